"""Copied words: shingles, reuse, reprints, utterances, groups and vectors on texts counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from etl.article import Article
from etl.schema import TABLES
from etl.transform.containment import measure_containment
from etl.transform.groups import part_chains, part_sources
from etl.transform.reprints import group_reprints, tell_earliest
from etl.transform.reuse import find_reuse
from etl.transform.shingles import cover_runs, fold_word, hash_shingles, mark_blocks, pair_within, read_tokens
from etl.transform.titles import choose_headlines
from etl.transform.utterances import join_utterances
from etl.transform.vectors import link_rows, scale_rows, weigh_words
from tests.etl.transform.retold import BUDGET, FERRY, make_tables, tell

FOLDED = [
    ("Colour", "color"), ("harbours", "harbors"), ("organise", "organize"), ("analysed", "analyzed"),
    ("offence", "offense"), ("centre", "center"), ("cancelled", "canceled"), ("programme", "program"),
    ("realisation", "realization"), ("neighbourhood", "neighborhood"), ("it’s", "it's"), ("BRIDGE", "bridge"),
]  # fmt: skip
APART = [("hour", "hor"), ("four", "for"), ("wise", "wize"), ("ill", "il"), ("bridge", "bridges")]
READ = [
    ("The ship, the SHIP.", ["The", "ship", "the", "SHIP"]),
    ("don't o’clock", ["don't", "o’clock"]),
    ("well-known 3.5", ["well", "known", "3", "5"]),
    ("the UN (United Nations - ed.) met", ["the", "UN", "met"]),
    ("the UN (United Nations) met", ["the", "UN", "United", "Nations", "met"]),
    ("he [the mayor] left", ["he", "left"]),
    ("[T]he end", ["T", "he", "end"]),
    ("snake_case", ["snake", "case"]),
    ("東京 Tokyo", ["東", "京", "Tokyo"]),
    ("…—!", []),
]
RUN = [
    "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo",
    "lima",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FOLDED)
def test_two_spellings_are_one_word(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other) == fold_word(fold_word(one))


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


@pytest.mark.parametrize(("text", "words"), READ)
def test_words_are_read_without_marks_and_insertions(text: str, words: list[str]) -> None:
    tokens = read_tokens((text,))
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == words


@given(st.lists(st.text(alphabet="abc ", max_size=20), max_size=5), st.integers(1, 4))
def test_equal_hashes_are_equal_runs_of_one_text(texts: list[str], words: int) -> None:
    hashes, places = hash_shingles(read_tokens(tuple(texts)), words)
    runs = [
        tuple(text.split()[first : first + words])
        for text in texts
        for first in range(len(text.split()) - words + 1)
    ]
    assert len(hashes) == len(places) == len(runs)
    assert len(set(hashes.tolist())) == len(set(runs))


def reuse_of(*bodies: str, outlets: str = "ABCDEF") -> pd.DataFrame:
    articles = [
        tell(outlet, body, title=f"Title{n}")
        for n, (outlet, body) in enumerate(zip(outlets, bodies, strict=False))
    ]
    return TABLES["reuse"].conform(find_reuse(*make_tables(*articles)))


@pytest.mark.parametrize(("words", "passages"), [(11, 0), (12, 1)])
def test_a_passage_counts_from_twelve_words_on(words: int, passages: int) -> None:
    run = " ".join(RUN[:words])
    assert len(reuse_of(f"One {run} two.", f"Three {run} four.")) == passages


@pytest.mark.parametrize(("words", "passages"), [(7, 0), (8, 2)])
def test_two_passages_count_from_eight_words_on(words: int, passages: int) -> None:
    first, second = " ".join(RUN[:words]), " ".join(f"{word}s" for word in RUN[:words])
    assert len(reuse_of(f"One {first} two {second}.", f"Three {second} four {first}.")) == passages


def test_an_insertion_and_a_spelling_do_not_end_a_passage() -> None:
    one = " ".join(["defence", *RUN[:5], "[the mayor]", *RUN[5:]])
    other = " ".join(["defense", *RUN])
    assert reuse_of(one, other)["tokens"].to_list() == [13]


def test_a_passage_is_cut_where_its_quotation_ends() -> None:
    quoted, plain = " ".join(RUN), " ".join(f"{word}s" for word in RUN)
    found = reuse_of(f"“{quoted}” {plain}", f"“{quoted}” {plain}").sort_values("start_a")
    assert found[["tokens", "quoted"]].to_numpy().tolist() == [[12, True], [12, False]]


@pytest.mark.parametrize(
    ("copies", "outlets", "blocked"), [(2, "AA", False), (3, "AAA", True), (3, "AAB", False)]
)
def test_a_run_is_an_outlets_boilerplate_from_three_articles_on(
    copies: int, outlets: str, blocked: bool
) -> None:
    texts = tuple(
        f"{' '.join(f'{letter}{n}' for n in range(20))} {' '.join(RUN[:8])}" for letter in "xyz"[:copies]
    )
    assert mark_blocks(read_tokens(texts), list(outlets)).any() == blocked


def contain(one: str, other: str) -> list[list[float]]:
    """Shares of runs of five and of three words: one in the other, and back."""
    shares = measure_containment(
        read_tokens((one, other)), pd.Series([one, other]), np.array([0]), np.array([1])
    )
    return [[round(float(share), 4) for share in row.ravel()] for row in shares]


def test_containment_is_the_share_of_runs_of_five_and_of_three_words() -> None:
    # 12 words: 8 runs of five, 10 of three; of 8 shared words and 4 others 4 and 6 are shared
    assert contain(" ".join(RUN), " ".join([*RUN[:8], "w", "x", "y", "z"])) == [[0.5, 0.5], [0.6, 0.6]]


def test_a_short_text_inside_a_long_one_is_contained_but_does_not_contain_it() -> None:
    long = " ".join([*RUN, *(f"w{n}" for n in range(12))])
    assert contain(" ".join(RUN), long) == [[1.0, 0.4], [1.0, 0.4545]]  # 8 of 20 runs, 10 of 22


def test_changed_words_leave_more_runs_of_three() -> None:
    changed = [word if place % 6 != 5 else f"un{word}" for place, word in enumerate(RUN * 4)]
    exact, loose = contain(" ".join(RUN * 4), " ".join(changed))
    assert exact[0] < loose[0] < 1


@pytest.mark.parametrize(("own", "shared"), [(40, [0.0, 0.0]), (20, [9 / 29, 11 / 31])])
def test_a_common_quotation_counts_only_between_texts_that_say_little_besides(
    own: int, shared: list[float]
) -> None:
    """13 words between the marks are 9 runs of five and 11 of three; 20 others are too few to go by."""
    said = f"“{' '.join([*RUN, 'mike'])}”"
    one, other = (f"{' '.join(f'{letter}{n}' for n in range(own))} {said}" for letter in "xy")
    assert [row[0] for row in contain(one, other)] == pytest.approx(shared, abs=1e-4)


# (time, precision) of each article of a group, and who is certainly first
TIMES = [
    ([("2024-06-24T07:18:05", "second"), ("2024-06-24T07:18:06", "second")], [True, False]),
    ([("2024-06-24T07:18:05", "second"), ("2024-06-24T07:18:00", "minute")], [None, None]),
    ([("2024-06-24T07:00:00", "hour"), ("2024-06-24T08:00:00", "hour")], [True, False]),
    ([("2024-06-24T00:00:00", "day"), ("2024-06-25T00:00:00", "day")], [True, False]),
    ([("2024-06-24T00:00:00", "day"), ("2024-06-24T23:59:00", "minute")], [None, None]),
    ([("2024-06-24T07:18:00", "minute")] * 2 + [("2024-06-24T07:20:00", "minute")], [None, None, False]),
    ([("2024-06-24T07:18:00", "minute"), (None, "none")], [None, None]),
]  # fmt: skip


@pytest.mark.parametrize(("times", "first"), TIMES)
def test_first_is_who_was_first_for_certain(
    times: list[tuple[str | None, str]], first: list[bool | None]
) -> None:
    published = pd.to_datetime(pd.Series([at for at, _ in times]), utc=True)
    told = tell_earliest(published, pd.Series([name for _, name in times]), pd.Series([0] * len(times)))
    assert [None if pd.isna(value) else bool(value) for value in told] == first


@settings(max_examples=10, deadline=None)
@given(st.permutations([tell("A", *FERRY), tell("B", *FERRY[:5]), tell("C", *BUDGET), tell("D", *BUDGET)]))
def test_reprints_and_reuse_do_not_depend_on_the_order(articles: list[Article]) -> None:
    one, other = make_tables(*articles), make_tables(*articles[::-1])
    for feature, name in ((group_reprints, "reprints"), (find_reuse, "reuse")):
        first, second = (TABLES[name].conform(feature(*tables)) for tables in (one, other))
        pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))
    assert group_reprints(*one)["reprint_id"].nunique() == 2


@pytest.mark.parametrize(
    ("pairs", "count", "groups"),
    [
        ([], 3, [{0}, {1}, {2}]),
        ([(0, 1, 1.0)], 3, [{0, 1}, {2}]),
        ([(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)], 3, [{0, 1, 2}]),
        ([(0, 1, 1.0), (1, 2, 1.0)], 3, [{0, 1, 2}]),  # both like 1, which is the centre
        ([(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)], 4, [{0, 1, 2}, {3}]),  # 3 is not like the centre 1
    ],
)
def test_members_are_like_the_centre_of_their_group(
    pairs: list[tuple[int, int, float]], count: int, groups: list[set[int]]
) -> None:
    links = np.zeros((count, count))
    for one, other, value in pairs:
        links[one, other] = links[other, one] = value
    found = part_chains(csr_matrix(links))
    alone = [{place} for place in range(count) if found[place] < 0]
    together = [set(np.flatnonzero(found == group).tolist()) for group in np.unique(found[found >= 0])]
    assert sorted(map(sorted, alone + together)) == sorted(map(sorted, groups))


MIXED = [  # how much of the row the column carries: a wire, its copy, a mix of two wires, the other, its copy
    [0.0, 0.9, 0.6, 0.0, 0.0],
    [0.9, 0.0, 0.4, 0.0, 0.0],
    [0.45, 0.3, 0.0, 0.2, 0.2],
    [0.0, 0.0, 0.9, 0.0, 0.9],
    [0.0, 0.0, 0.8, 0.9, 0.0],
]


def parts_of(shares: object) -> list[list[int]]:
    found = part_sources(csr_matrix(np.array(shares))).tolist()
    return sorted([n for n, group in enumerate(found) if group == one] for one in set(found) - {-1})


def test_a_mixed_text_belongs_to_the_source_of_most_of_it() -> None:
    assert parts_of(MIXED) == [[0, 1, 2], [3, 4]]
    without_copies = np.array(MIXED)[np.ix_([0, 2, 3, 4], [0, 2, 3, 4])]
    assert parts_of(without_copies) == [[0, 1], [2, 3]]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.9]), st.sampled_from([0.1, 0.3, 0.5, 0.9])),
        max_size=14,
    )
)
def test_every_group_has_a_centre_that_all_its_members_are_linked_to(
    pairs: dict[tuple[int, int], tuple[float, float]],
) -> None:
    shares = np.zeros((8, 8))
    for (one, other), (there, back) in pairs.items():
        shares[one, other], shares[other, one] = there, back
    groups = parts_of(shares)
    for group in groups:
        assert any(all(one == other or shares[one, other] for other in group) for one in group)
    assert bool(groups) == bool(pairs)


def test_unit_rows_and_their_likeness_by_hand() -> None:
    rows = scale_rows(csr_matrix(np.array([[3.0, 4.0], [4.0, 3.0], [0.0, 0.0]])))
    assert rows.toarray().tolist() == [[0.6, 0.8], [0.8, 0.6], [0, 0]]
    links = link_rows(rows, least=0.97)
    assert sorted(zip(links.row, links.col, strict=True)) == [(0, 0), (1, 1)]  # .6 * .8 * 2 = .96
    assert link_rows(rows, least=0.95).nnz == 4


def test_stop_words_weigh_nothing_and_names_more() -> None:
    tokens = read_tokens(("the ferry Brill", "of and the"))
    plain, named = (weigh_words(tokens, "en", names=weight, once=True).toarray() for weight in (1.0, 2.0))
    assert np.count_nonzero(plain, axis=1).tolist() == [2, 0]
    assert sorted(plain[0][plain[0] > 0]) == pytest.approx([0.5**0.5] * 2)
    # a name counts as two: 1 + ln 2 = 1.693 beside 1
    assert sorted(named[0][named[0] > 0]) == pytest.approx([1 / 1.9664, 1.6931 / 1.9664], abs=1e-3)


def test_of_equal_headlines_the_earlier_stands_for_the_story() -> None:
    titles = ["Ferry aground", "Ferry aground", "Ferry sinks", ""]
    members = pd.DataFrame({"story_id": list("ssst"), "language": "en", "title": titles})
    assert choose_headlines(members).to_dict() == {"s": "Ferry aground", "t": ""}


@pytest.mark.parametrize(("shared", "joined"), [(6, False), (7, True)])
def test_a_quotation_joins_from_three_fifths_of_its_runs_on(shared: int, joined: bool) -> None:
    # 10 words are 8 runs of three; of 6 shared words 4 runs (.5), of 7 words 5 runs (.625)
    said = [" ".join(RUN[:10]), " ".join([*RUN[:shared], "u", "v", "w", "x"][:10])]
    ids = ["a", "b"]
    quotes = pd.DataFrame({"article_id": ids, "start": 0, "end": [len(words) for words in said]})
    quotes = quotes.assign(kind="direct", actor_id=None)
    texts = pd.DataFrame({"article_id": ids, "text": said})
    around = quotes[["article_id", "start", "end"]].assign(sentence=1)
    told = join_utterances(quotes, texts, around, pd.DataFrame({"article_id": ids, "story_id": "s"}))
    assert told.notna().tolist() == [joined] * 2


def test_pairs_are_every_two_of_a_group() -> None:
    left, right = pair_within(np.array([7, 8, 7, 7]), most=3)
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (0, 3), (2, 3)]
    assert cover_runs(np.array([1]), 3, 6).tolist() == [False, True, True, True, False, False]

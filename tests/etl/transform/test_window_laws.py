"""Laws of what depends on several articles: copies by hand, both sides of a pair, company, stable names."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article
from etl.schema import TABLES
from etl.transform.claims import align_claims
from etl.transform.claims.likeness import LEAST
from etl.transform.events import list_events
from etl.transform.reprints import group_reprints
from etl.transform.reuse import find_reuse
from etl.transform.stories import describe_stories
from etl.transform.utterances import join_utterances
from tests.builders import make_article, make_article_rows, make_rows
from tests.etl.transform.retold import BUDGET, FERRY, make_needs, make_tables, tell

LENGTH = 100  # words of each text here: 96 runs of five


def words(letter: str, count: int = LENGTH) -> list[str]:
    """So many words that stand in no other text."""
    return [f"{letter}{letter}{number}" for number in range(count)]


def copy_words(count: int) -> Article:
    """An article of which so many words are the first ones of the text `o`, and the rest are its own."""
    return tell("B", " ".join(words("o", count) + words("b", LENGTH - count)), title="")


ORIGINAL = tell("A", " ".join(words("o")), title="")


def reprints_of(*articles: Article) -> pd.DataFrame:
    return TABLES["reprints"].conform(group_reprints(*make_tables(*articles))).set_index("article_id")


def reuse_of(*articles: Article) -> pd.DataFrame:
    return TABLES["reuse"].conform(find_reuse(*make_tables(*articles)))


def passages_of(*articles: Article) -> set[frozenset[tuple[str, str]]]:
    """Each passage as its two sides: outlet and words."""
    owner = {article.article_id: article for article in articles}
    return {
        frozenset(
            (owner[row[f"article_{side}"]].outlet,
             owner[row[f"article_{side}"]].text[row[f"start_{side}"] : row[f"end_{side}"]])
            for side in "ab"
        )
        for row in reuse_of(*articles).to_dict("records")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("copied", "level"),
    [(32, None), (33, "partial"), (61, "partial"), (62, "duplicate"), (100, "duplicate")],
)
def test_levels_begin_at_three_and_at_six_tenths_of_the_runs_of_five(copied: int, level: str | None) -> None:
    """Of `copied` words `copied - 4` runs are whole, of 96: 29 of 96 is .302, 58 of 96 is .604."""
    found = reprints_of(ORIGINAL, copy_words(copied))
    assert set(found["level"]) == ({level} if level else set())
    if level:
        assert found["containment"].tolist() == pytest.approx([(copied - 4) / 96] * 2)


@settings(max_examples=15, deadline=None)
@given(st.integers(35, LENGTH), st.integers(0, 30))
def test_the_more_is_copied_the_higher_the_containment(copied: int, more: int) -> None:
    counts = (copied, min(LENGTH, copied + more))
    one, other = (reprints_of(ORIGINAL, copy_words(count))["containment"].max() for count in counts)
    assert one <= other


def test_a_short_text_inside_a_long_one_is_its_duplicate_and_the_long_one_partial() -> None:
    long = tell("B", " ".join(words("o") + words("b", 200)), title="")  # 96 of its 296 runs: .324
    found = reprints_of(ORIGINAL, long)["level"].to_dict()
    assert found == {ORIGINAL.article_id: "duplicate", long.article_id: "partial"}


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_text_is_no_reprint_and_no_reuse_of_itself(times: int) -> None:
    alone = tell("A", *(FERRY * times))
    assert reprints_of(alone).empty and reuse_of(alone).empty


def test_a_stranger_in_the_company_changes_no_pair() -> None:
    pair, stranger = (tell("A", *FERRY), tell("B", *FERRY[:5], BUDGET[0])), tell("C", *BUDGET[1:])
    pd.testing.assert_frame_equal(reprints_of(*pair), reprints_of(*pair, stranger))
    pd.testing.assert_frame_equal(reuse_of(*pair), reuse_of(*pair, stranger))


@settings(max_examples=20, deadline=None)
@given(
    st.integers(8, 30), st.integers(0, 9), st.integers(0, 9), st.booleans(), st.sampled_from(["", "“", '"'])
)
def test_a_passage_has_the_same_words_on_both_sides_whichever_text_has_the_smaller_id(
    length: int, before: int, behind: int, swapped: bool, mark: str
) -> None:
    run = " ".join(words("r", length))
    said = mark + run + {"": "", "“": "”", '"': '"'}[mark]
    bodies = [
        " ".join([*words(side, before if side == "x" else behind), said, *words(side * 2, 3)])
        for side in ("x", "y")
    ]
    one, other = (tell(name, body) for name, body in zip("AB", bodies[:: -1 if swapped else 1], strict=True))
    assert passages_of(one, other) == ({frozenset({("A", run), ("B", run)})} if length >= 12 else set())


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(FERRY + BUDGET), min_size=1, max_size=8), st.integers(1, 4))
def test_passages_lie_in_their_texts_and_name_each_pair_once(lines: list[str], cut: int) -> None:
    articles = [tell("A", *lines), tell("B", *lines[cut:], *FERRY[:2]), tell("C", *lines[:cut])]
    length = {article.article_id: len(article.text) for article in articles}
    for row in reuse_of(*articles).to_dict("records"):
        assert row["article_a"] < row["article_b"] and row["tokens"] >= 8
        for side in "ab":
            assert 0 <= row[f"start_{side}"] < row[f"end_{side}"] <= length[row[f"article_{side}"]]


def claims_of(*articles: Article) -> pd.DataFrame:
    """The claims of these articles, which are one story."""
    known, texts = make_tables(*articles)
    return TABLES["claims"].conform(align_claims(*make_needs(known, texts)))


def dated(outlet: str, hour: int, *body: str) -> Article:
    return tell(outlet, *body, published=f"2024-06-24T{hour:02d}:00", title=f"By {outlet}")


def test_the_same_sentence_in_two_outlets_is_as_like_as_can_be() -> None:
    claims = claims_of(dated("A", 7, *FERRY), dated("B", 8, *FERRY))
    assert claims["similarity"].tolist() == pytest.approx([1.0] * 12)
    assert claims.groupby("claim_id").size().tolist() == [2] * 6


def test_a_claim_keeps_its_name_when_another_outlet_joins_later() -> None:
    early = (dated("A", 7, *FERRY), dated("B", 8, *FERRY[:3]))
    key = ["article_id", "sentence"]
    before = claims_of(*early).set_index(key)["claim_id"]
    after = claims_of(*early, dated("C", 9, *FERRY)).set_index(key)["claim_id"]
    assert after[before.index].to_dict() == before.to_dict()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.sampled_from(FERRY), min_size=1, max_size=5), min_size=2, max_size=3))
def test_a_claim_joins_each_sentence_once_and_tells_how_like_it_is(bodies: list[list[str]]) -> None:
    articles = [dated("ABC"[n], 7 + n, *body) for n, body in enumerate(bodies)]
    claims = claims_of(*articles)
    assert claims["similarity"].between(0, 1).all()
    assert not claims.duplicated(["article_id", "sentence"]).any()
    together = claims[claims["claim_id"].duplicated(keep=False)]
    assert (together["similarity"] >= LEAST).all()


# article (its number is its hour), sentence, its length, its role, value, granularity
DATED = [
    (0, 0, 60, "headline", "2024-06-19", "day"),
    (0, 1, 400, "body", "2024-06-19", "day"),  # too long to tell it by itself
    (1, 4, 90, "body", "2024-06-19T18:30", "time"),  # the evening belongs to the day
    (2, 2, 90, "body", "2024-06-19", "day"),  # earlier in its article than that
    (2, 3, 90, "body", "2024-06", "month"),
    (3, 1, 30, "body", "2024-06-21", "day"),
]


def events_of(levels: dict[int, str]) -> list[tuple[str, int, int, int, int]]:
    """Value, outlets, articles, and number of the best article and sentence; reprints by number."""
    articles = [
        make_article(item=f"e/{n}", outlet=f"o{n}", published=f"2024-06-24T{n:02d}:00") for n in range(4)
    ]
    ids = [article.article_id for article in articles]
    sentences = [
        {"article_id": ids[n], "sentence": s, "start": 0, "end": size, "role": role}
        for n, s, size, role, *_ in DATED
    ]
    dates = [
        {"article_id": ids[n], "sentence": s, "start": place, "end": place + 1, "value": value,
         "granularity": fine, "first_day": pd.Timestamp(value[:10]), "type": "DATE", "anchor": "text"}
        for place, (n, s, _, _, value, fine) in enumerate(DATED)
    ]  # fmt: skip
    copies = [{"article_id": ids[n], "reprint_id": "r", "level": level} for n, level in levels.items()]
    reprints = make_rows("reprints", *copies) if copies else TABLES["reprints"].empty()
    made = list_events(
        make_rows("dates", *dates),
        make_rows("sentences", *sentences),
        make_article_rows(*articles)["articles"],
        make_rows("story_articles", *({"article_id": x, "story_id": "s", "similarity": 1.0} for x in ids)),
        reprints,
    )
    return [
        (e["value"], e["outlets"], e["articles"], ids.index(e["sentence_article"]), e["sentence"])
        for e in TABLES["events"].conform(made).to_dict("records")
    ]


def test_a_day_is_told_by_a_body_sentence_of_good_length_that_stands_early() -> None:
    assert events_of({}) == [("2024-06-19", 3, 3, 2, 2), ("2024-06-21", 1, 1, 3, 1)]


@pytest.mark.parametrize(
    ("levels", "outlets"),
    [
        ({0: "duplicate", 1: "duplicate"}, 2),
        ({0: "partial", 1: "partial"}, 3),
        ({0: "duplicate", 1: "duplicate", 2: "duplicate"}, 1),
        ({1: "duplicate", 3: "duplicate"}, 3),  # of the copies only one names the day
    ],
)
def test_outlets_with_one_text_count_once_for_a_day_and_articles_each(
    levels: dict[int, str], outlets: int
) -> None:
    value, counted, articles, *_ = events_of(levels)[0]
    assert (value, counted, articles) == ("2024-06-19", outlets, 3)


def test_a_story_without_times_has_no_period_and_one_with_some_has_theirs() -> None:
    known = make_tables(dated("A", 9, *FERRY), dated("B", 7, *FERRY), tell("C", *FERRY))[0]
    known.loc[known["outlet"] == "C", "published"] = pd.NaT
    stories = known[["article_id"]].assign(
        story_id=known["outlet"].map({"A": "s", "B": "s", "C": "t"}), similarity=1.0
    )
    told = describe_stories(known, stories).set_index("story_id")
    assert [str(told.loc["s", name])[11:13] for name in ("first", "last")] == ["07", "09"]
    assert told.loc["t", ["first", "last"]].isna().all()
    assert told[["articles", "outlets"]].to_numpy().tolist() == [[2, 2], [1, 1]]


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)))
def test_utterances_are_the_same_whatever_the_order_of_their_rows(order: list[int]) -> None:
    said = " ".join(words("q", 9))
    texts = pd.DataFrame({"article_id": list("abcd"), "text": [said, said, said[:30], "Nothing of it."]})
    quotes = pd.DataFrame({"article_id": list("abcd"), "start": 0, "end": texts["text"].str.len()})
    quotes = quotes.assign(kind="direct", actor_id=None)
    story = pd.DataFrame({"article_id": list("abcd"), "story_id": "s"})
    around = quotes[["article_id", "start", "end"]].assign(sentence=1)
    told = join_utterances(quotes.iloc[order], texts.iloc[order[::-1]], around.iloc[order], story.iloc[order])
    assert told.index.tolist() == order
    pd.testing.assert_series_equal(told.sort_index(), join_utterances(quotes, texts, around, story))
    assert told.sort_index().notna().tolist() == [True, True, True, False] and told.nunique() == 1

"""Order of telling: facts of invented papers whose places are known, and tau-b worked by hand."""

from __future__ import annotations

from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.telling import compare_orders, count_steps, order_facts, tau_interval
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

# story -> article -> its facts in order, a letter each; the first letter of an article is that of its outlet
STORIES = {
    "order": {"p1": "abcdefghijkl", "s1": "acbdefghijxm", "w1": "lz"},
    "few": {"p2": "abcd", "s2": "dxxcbay"},
    "many": {"p3": "abcdefghijklmnopqr", "s3": "rbcdefghijklmnopqa", "w3": "bc"},
    "reprint": {"p4": "abc", "s4": "abc", "w4": "cb"},
    "several": {"p5": "axy", "p6": "ab", "p7": "ba", "s5": "ab"},
    "twice": {"p9": "aba", "s9": "ab"},
    "brief": {"p0": "a", "s0": "a"},
    "nothing": {"p8": "a", "s8": "b", "w8": "c"},
}
OUTLETS = {"p": "post", "s": "signal", "w": "wire"}
UNDATED = ("s4", "p7")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return fill_stories(tmp_path_factory.mktemp("telling"))


def fill_stories(folder: Path) -> Snapshot:
    """A store of all the stories; `x` is a sentence in no fact, and after the first sentence stands a caption."""
    facts = {name: (story, letters) for story, papers in STORIES.items() for name, letters in papers.items()}
    made = {name: _article(name, letters) for name, (_, letters) in facts.items()}
    ids = {name: article.article_id for name, article in made.items()}
    spans = [
        {"article_id": ids[name], "sentence": at, "start": made[name].text.index(words), "role": role,
         "end": made[name].text.index(words) + len(words)}
        for name in facts for at, (role, words) in enumerate(_sentences(name, made[name].body))
    ]  # fmt: skip
    claims = [
        {"story_id": story, "claim_id": f"{story}-{letter}", "article_id": ids[name], "sentence": _number(at)}
        for name, (story, letters) in facts.items() for at, letter in enumerate(letters) if letter != "x"
    ]  # fmt: skip
    headline = {"story_id": "few", "claim_id": "few-y", "article_id": ids["p2"], "sentence": 0}
    return make_store(
        folder,
        **make_article_rows(*made.values()),
        outlets=make_rows("outlets", *({"outlet": x, "name": x.title()} for x in OUTLETS.values())),
        stories=make_rows("stories", *({"story_id": story, "title": story} for story in STORIES)),
        story_articles=make_rows(
            "story_articles", *({"article_id": ids[x], "story_id": facts[x][0]} for x in facts)
        ),
        sentences=make_rows("sentences", *spans),
        claims=make_rows("claims", *claims, headline),
        reprints=make_rows(
            "reprints",
            *({"article_id": ids[x], "reprint_id": "same", "level": "duplicate"} for x in ("p4", "s4")),
        ),
    ).snapshot()


def _article(name: str, letters: str):
    """One article; that of the Signal tells each fact in more words."""
    longer = " again" if name[0] == "s" else ""
    body = tuple(f"Fact {letter}{longer} in {name}, {at}." for at, letter in enumerate(letters))
    if name == "p5":
        return make_article(
            outlet="post", item=name, title=f"Head {name}", body=body, published="2024-06-01T08:00"
        )
    published = {} if name not in UNDATED else {"published": make_article().published.__class__()}
    return make_article(outlet=OUTLETS[name[0]], item=name, title=f"Head {name}", body=body, **published)


def _sentences(name: str, body: tuple[str, ...]) -> list[tuple[str, str]]:
    """Headline, first sentence, a caption (its first word again), then the rest."""
    rest = [("body", words) for words in body]
    return [("headline", f"Head {name}"), rest[0], ("caption", "Fact"), *rest[1:]]


def _number(at: int) -> int:
    """The number that a sentence of the body has in the store: after the first stands a caption."""
    return at + 1 if at == 0 else at + 2


def rows_of(told: Snapshot, story: str, outlet: str, **chosen: object) -> pd.DataFrame:
    frame = order_facts(told, Filter(story=story, **chosen)).frame
    return frame[frame["outlet"] == outlet].assign(letter=frame["claim_id"].str[-1]).set_index("letter")


def test_a_place_is_the_share_of_the_bodys_sentences_before_it(told: Snapshot) -> None:
    """The Signal's seven sentences are d x x c b a y: caption and headline do not count, x is told by nobody."""
    rows = rows_of(told, "few", "signal")
    assert rows["sentence"].to_dict() == {"d": 1, "c": 4, "b": 5, "a": 6, "y": 7}
    assert rows["place"].to_dict() == pytest.approx({"d": 0, "c": 3 / 6, "b": 4 / 6, "a": 5 / 6, "y": 1})
    assert set(rows["sentences"]) == {7}


def test_a_fact_in_a_headline_alone_is_not_shared_and_one_that_is_has_its_spread(told: Snapshot) -> None:
    rows = rows_of(told, "few", "signal")
    assert rows["outlets"].to_dict() == {"d": 2, "c": 2, "b": 2, "a": 2, "y": 1}
    assert rows.loc["d", "apart"] == 1 and rows.loc["b", "apart"] == pytest.approx(4 / 6 - 1 / 3)
    assert rows.loc["d", "fact"] == "Fact d in p2, 3." and rows.loc["d", "text"] == "Fact d again in s2, 0."


def test_shared_facts_are_numbered_by_their_mean_place_and_others_are_not(told: Snapshot) -> None:
    """Means of both papers: a 0.42, b 0.5, d 0.5 (equal: by id), c 0.58."""
    numbers = rows_of(told, "few", "signal")["number"]
    assert numbers.dropna().to_dict() == {"a": 1, "b": 2, "d": 3, "c": 4}
    assert numbers.isna().to_dict()["y"]


def test_a_mark_leads_to_its_sentence(told: Snapshot) -> None:
    frame = order_facts(told, Filter(story="order")).frame
    texts = told.table("texts").set_index("article_id")["text"]
    for row in frame.to_dict("records"):
        assert texts[row["article_id"]][row["at"] :].startswith(row["text"])
    assert len(frame) == 12 + 11 + 2


def test_of_many_shared_facts_those_furthest_apart_keep_their_number(told: Snapshot) -> None:
    """Of 18, a and r change places; b and c have three tellers; of the others the last two by id go without."""
    answer = order_facts(told, Filter(story="many"))
    post = answer.frame[answer.frame["outlet"] == "post"]
    assert post.loc[post["number"].isna(), "claim_id"].str[-1].tolist() == ["p", "q"]
    assert (answer.n, post["number"].max()) == (18, 16)
    assert answer.note.startswith("16 of 18 shared facts are numbered; one article")


def test_the_article_that_shares_most_stands_for_its_outlet_the_earlier_of_equals(told: Snapshot) -> None:
    """Of the Post's three, p5, the earliest, shares one fact and p7, which shares as much as p6, has no time."""
    assert rows_of(told, "several", "post")["text"].tolist() == ["Fact a in p6, 0.", "Fact b in p6, 1."]


def test_a_fact_that_an_article_tells_twice_stands_where_it_is_told_first(told: Snapshot) -> None:
    rows = rows_of(told, "twice", "post")
    assert rows["sentence"].to_dict() == {"a": 1, "b": 2} and set(rows["sentences"]) == {3}


def test_the_only_sentence_of_an_article_is_its_first(told: Snapshot) -> None:
    answer = order_facts(told, Filter(story="brief"))
    assert answer.frame["place"].tolist() == [0, 0]
    assert answer.verdict.startswith("One fact has no order;") and answer.verdict.endswith(
        "at the same place."
    )


def test_an_outlet_without_a_shared_fact_is_left_out_and_counted(told: Snapshot) -> None:
    answer = order_facts(told, Filter(story="order", outlets=("post", "signal", "wire")))
    assert set(answer.frame["outlet"]) == {"post", "signal", "wire"} and "not drawn" not in answer.note
    few = order_facts(told, Filter(story="order", outlets=("signal", "wire")))
    assert few.empty and few.n == 0
    assert order_facts(told, Filter(story="nothing")).empty


def test_a_reprint_is_an_article_and_counts_once_where_texts_are_counted(told: Snapshot) -> None:
    """The Signal's reprint has no time, so that the Post's article stands for both."""
    articles, texts = (
        order_facts(told, Filter(story="reprint", unit=unit)) for unit in ("articles", "texts")
    )
    assert set(articles.frame["outlet"]) == {"post", "signal", "wire"} and articles.n == 3
    assert set(texts.frame["outlet"]) == {"post", "wire"} and texts.n == 2


def test_two_outlets_of_few_facts_are_told_by_counts_and_no_tau(told: Snapshot) -> None:
    answer = order_facts(told, Filter(story="few"))
    assert answer.verdict == (
        "0 of 6 pairs of shared facts stand in the same order; below 10 facts no tau-b is given. Furthest apart: "
        "“Fact d in p2, 3.”, sentence 1 of 7 in Signal and sentence 4 of 4 in Post."
    )
    assert answer.interval == ""


def test_the_tau_of_outlets_with_enough_facts_is_told_with_its_interval(told: Snapshot) -> None:
    """Post and Signal share ten facts, of which one pair is turned: (44 - 1) / 45."""
    answer = order_facts(told, Filter(story="order"))
    assert answer.verdict.startswith("Order of Post and Signal: tau-b .96 [")
    assert (
        "10 facts. The other 2 pairs of outlets share fewer than 10 facts. Furthest apart: “Fact l"
        in answer.verdict
    )
    assert answer.interval == "95 % interval of tau-b"


def places(**outlets: list[float | None]) -> pd.DataFrame:
    """Rows of facts numbered by their position in these lists of places."""
    told = [
        {"outlet": name, "claim_id": f"f{at:02d}", "place": place}
        for name, column in outlets.items() for at, place in enumerate(column) if place is not None
    ]  # fmt: skip
    return pd.DataFrame(told)


UP = [at / 9 for at in range(10)]


@pytest.mark.parametrize(
    ("other", "tau"),
    [
        (UP, 1.0),
        (UP[::-1], -1.0),
        ([*UP[1::-1], *UP[2:]], 43 / 45),
        ([UP[0], UP[0], *UP[2:]], 44 / (44 * 45) ** 0.5),  # a tie leaves 44 pairs in the one, 45 in the other
        ([*UP[5:], *UP[:5]], (20 - 25) / 45),
    ],
)
def test_tau_b_worked_by_hand(other: list[float], tau: float) -> None:
    (pair,) = compare_orders(places(post=UP, signal=other)).to_dict("records")
    assert pair["tau"] == pytest.approx(tau) and pair["n"] == 10
    assert pair["low"] <= pair["tau"] <= pair["high"]


def test_each_two_outlets_are_compared_over_what_both_tell_and_below_ten_not_at_all() -> None:
    nine = [None, *UP[:0:-1]]
    pairs = compare_orders(places(a=UP, b=nine, c=UP)).set_index(["outlet", "other"])
    assert pairs["n"].to_dict() == {("a", "b"): 9, ("a", "c"): 10, ("b", "c"): 9}
    assert pairs.loc[("a", "b"), ["tau", "low", "high"]].isna().all()
    assert pairs["same"].tolist() == [0, 45, 0] and pairs["turned"].tolist() == [36, 0, 36]


def test_facts_at_one_place_stand_in_no_order() -> None:
    assert count_steps(pd.DataFrame([(0, 0), (0, 1), (1, 0.5)])) == (1, 1)


def test_an_interval_worked_by_hand() -> None:
    """atanh .5 = .549306, its error sqrt(.437 / 9) = .220353, times 1.959964: tanh .117423 and tanh .981190."""
    assert tau_interval(0.5, 13) == pytest.approx((0.116887, 0.753597), abs=2e-5)
    assert tau_interval(-0.5, 13) == pytest.approx((-0.753597, -0.116887), abs=2e-5)


def test_a_perfect_order_reaches_the_end_and_leaves_room_to_the_middle() -> None:
    """Ten facts: as for 43 of 45 pairs in order, .955556, whose atanh is 1.890..., and its error .269877."""
    low, high = tau_interval(1.0, 10)
    assert high == 1 and low == pytest.approx(tau_interval(43 / 45, 10)[0]) and 0.85 < low < 0.9
    assert tau_interval(-1.0, 10) == pytest.approx((-1, -low))
    assert all(map(isnan, tau_interval(float("nan"), 3)))

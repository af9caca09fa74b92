"""Co-mentions against sums over frames and probabilities by counting; chance alone makes no pair."""

from __future__ import annotations

from itertools import combinations
from math import comb, exp, log
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.together import TOGETHER, order_rows
from dashboard.filters import Filter, Unit
from dashboard.queries.opened import list_articles
from dashboard.queries.together import FEWEST_NAMED, count_pairs, pair_actors, weigh_pairs
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import FILTERS, choose_rows

# who is named in which of thirty notices; numbers from 30 on are copies of 0 to 2 in another outlet
NAMED = {"ann": (*range(12), 30, 31, 32), "bo": (*range(10), 20, 30, 31, 32), "cy": tuple(range(0, 30, 3)),
         "rare": (1, 2, 3, 4)}  # fmt: skip
APART = (0, 1, 2)  # here Bo stands in another sentence than Ann


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Ann and Bo belong together; Cy is in every third notice, and four of the notices are Ann's."""
    articles = {
        number: make_article(outlet="Post" if number < 30 else "Wire", item=str(number), title=f"Notice {number}", body=("One.", "Two."))
        for number in range(33)
    }  # fmt: skip
    ids = {number: article.article_id for number, article in articles.items()}
    return make_store(
        tmp_path_factory.mktemp("together"),
        **make_article_rows(*articles.values()),
        actors=make_rows("actors", *({"actor_id": one, "name": one.title()} for one in NAMED)),
        reprints=make_rows(
            "reprints",
            *({"article_id": ids[n + more], "reprint_id": f"r{n}"} for n in range(3) for more in (0, 30)),
        ),
        mentions=make_rows("mentions", *(_mention(ids[n], n, one) for one in NAMED for n in NAMED[one])),
    ).snapshot()


def _mention(article_id: str, number: int, actor: str) -> dict[str, object]:
    return {"article_id": article_id, "start": 10 * list(NAMED).index(actor), "actor_id": actor,
            "sentence": 2 if actor == "bo" and number % 30 in APART else 1}  # fmt: skip


def tail(n: int, left: int, right: int, both: int) -> float:
    """The chance of so many common texts or more: ways to choose, counted."""
    ways = sum(comb(left, k) * comb(n - left, right - k) for k in range(both, min(left, right) + 1))
    return ways / comb(n, right)


def test_a_pair_is_counted_in_texts_and_in_sentences(notices: Snapshot) -> None:
    pairs = count_pairs(notices, Filter()).set_index(["left_id", "right_id"])
    ann_bo = pairs.loc[("ann", "bo")]
    assert ann_bo[["together", "sentences", "left_texts", "right_texts", "n"]].tolist() == [13, 7, 15, 14, 22]


def test_pairs_stand_in_the_order_of_how_widely_each_is_named_and_the_wider_on_the_left(
    notices: Snapshot,
) -> None:
    pairs = count_pairs(notices, Filter())
    assert pairs[["left_id", "right_id"]].to_numpy().tolist() == [["ann", "bo"], ["ann", "cy"], ["bo", "cy"]]
    assert pairs[["left_texts", "right_texts"]].to_numpy().tolist() == [[15, 14], [15, 10], [14, 10]]


def test_copies_of_a_text_count_once_among_unique_texts(notices: Snapshot) -> None:
    pairs = count_pairs(notices, Filter(unit="texts")).set_index(["left_id", "right_id"])
    ann_bo = pairs.loc[("ann", "bo")]
    assert ann_bo[["together", "sentences", "left_texts", "right_texts", "n"]].tolist() == [10, 7, 12, 11, 19]


def test_only_a_pair_above_chance_is_shown_and_a_rare_actor_is_not_compared(notices: Snapshot) -> None:
    answer = pair_actors(notices, Filter(unit="texts"))
    pairs = answer.frame[answer.frame["kind"] == "pair"]
    assert pairs[["left", "right"]].to_numpy().tolist() == [["Ann", "Bo"]]
    assert answer.note == "1 of 3 pairs above chance (q ≤ 0.05)"
    assert (answer.n, answer.unit) == (19, "unique texts that name an actor")


def test_odds_and_chance_are_those_of_the_four_cells(notices: Snapshot) -> None:
    """Nineteen texts: ten name both, two Ann alone, one Bo alone, six neither."""
    row = pair_actors(notices, Filter(unit="texts")).frame.iloc[0]
    half = 1.959964 * (1 / 10.5 + 1 / 2.5 + 1 / 1.5 + 1 / 6.5) ** 0.5
    assert row["expected"] == pytest.approx(12 * 11 / 19)
    assert row["log_odds"] == pytest.approx(log(10.5 * 6.5 / (2.5 * 1.5)))
    assert (row["high"] - row["low"]) / 2 == pytest.approx(half, rel=1e-5)
    assert row["q"] == pytest.approx(3 * tail(19, 12, 11, 10))  # the smallest of three


def test_a_mark_opens_the_articles_that_it_counts(notices: Snapshot) -> None:
    rows = pair_actors(notices, Filter()).frame.to_dict("records")
    opened = [Filter(**{field: row[column] for column, field in TOGETHER.opens}) for row in rows]
    assert [list_articles(notices, one)["n"].iloc[0] for one in opened] == [13, 15, 14]


@pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS)
def test_pairs_are_the_common_texts_of_the_frames(room: Snapshot, chosen: Filter) -> None:
    mentions = choose_rows("mentions", chosen)
    known = [one for one, part in mentions.groupby("actor_id") if part["counted"].nunique() >= FEWEST_NAMED]
    held = {one: mentions[mentions["actor_id"] == one] for one in known}
    expected = {
        frozenset((one, other)): held[one]
        .loc[held[one]["article_id"].isin(held[other]["article_id"]), "counted"]
        .nunique()
        for one, other in combinations(known, 2)
    }
    pairs = count_pairs(room, chosen)
    assert {frozenset((row.left_id, row.right_id)): row.together for row in pairs.itertuples()} == expected
    assert set(pairs["n"]) <= {mentions["counted"].nunique()}


@pytest.mark.parametrize("unit", ["texts", "families"])
def test_counting_once_is_never_above_counting_all(room: Snapshot, unit: Unit) -> None:
    once, every = (count_pairs(room, Filter(unit=one)) for one in (unit, "articles"))
    both = once.assign(key=once[["left_id", "right_id"]].apply(frozenset, axis=1)).merge(
        every.assign(key=every[["left_id", "right_id"]].apply(frozenset, axis=1)), on="key", validate="1:1"
    )
    assert len(both) == 3
    for name in ("together", "sentences", "n"):
        assert (both[f"{name}_x"] <= both[f"{name}_y"]).all()


def one_pair(n: int, left: int, right: int, both: int) -> pd.DataFrame:
    return pd.DataFrame({"n": [n], "left_texts": left, "right_texts": right, "together": both})


@settings(max_examples=30)
@given(
    st.integers(2, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n), st.integers(1, n))),
    st.data(),
)
def test_the_chance_of_a_pair_is_the_tail_by_counting(
    sizes: tuple[int, int, int], data: st.DataObject
) -> None:
    n, left, right = sizes
    both = data.draw(st.integers(max(0, left + right - n), min(left, right)))
    row = weigh_pairs(one_pair(n, left, right, both)).iloc[0]
    assert row["q"] == pytest.approx(tail(n, left, right, both), abs=1e-9)
    assert row["low"] < row["log_odds"] < row["high"]


@settings(max_examples=30)
@given(st.integers(20, 400), st.integers(1, 9), st.integers(1, 9))
def test_left_and_right_change_places_without_a_change(n: int, left: int, right: int) -> None:
    one, other = (weigh_pairs(one_pair(n, *two, 1)) for two in ((left, right), (right, left)))
    same = ["expected", "log_odds", "low", "high", "q"]
    pd.testing.assert_frame_equal(one[same], other[same])


def test_two_who_never_meet_are_below_chance() -> None:
    row = weigh_pairs(one_pair(100, 40, 40, 0)).iloc[0]
    assert row["high"] < 0 and row["q"] == pytest.approx(1)
    assert exp(row["log_odds"]) == pytest.approx(0.5 * 20.5 / (40.5 * 40.5))


def links(*told: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(told, columns=["left_id", "right_id", "log_odds"])


def test_rows_follow_a_chain() -> None:
    places = order_rows(links(("a", "d", 1.0), ("d", "b", 1.0), ("b", "c", 1.0)))
    assert sorted(places, key=places.__getitem__) in (["a", "d", "b", "c"], ["c", "b", "d", "a"])


@settings(max_examples=30)
@given(st.permutations([("a", "b", 2.0), ("b", "c", 1.0), ("d", "e", 3.0), ("a", "e", 0.5), ("c", "f", 1.5)]))
def test_the_order_of_pairs_does_not_move_an_actor(told: list[tuple[str, str, float]]) -> None:
    assert order_rows(links(*told)) == order_rows(links(*sorted(told)))


def test_a_capital_is_no_pair_with_its_own_country_but_with_others(tmp_path: Path) -> None:
    """All three stand in the same nine of twelve notices."""
    articles = [make_article(item=str(n), title=f"Notice {n}", body=("One.",)) for n in range(12)]
    named = {"rus": ("country", "RUS"), "mow": ("place", "RUS"), "chn": ("country", "CHN")}
    mentions = [
        {"article_id": article.article_id, "start": at, "actor_id": one, "sentence": 1}
        for number, article in enumerate(articles)
        for at, one in enumerate(named if number < 9 else ("chn",))
    ]
    actors = [
        {"actor_id": one, "name": one, "kind": kind, "country": of} for one, (kind, of) in named.items()
    ]
    snapshot = make_store(
        tmp_path, **make_article_rows(*articles), actors=make_rows("actors", *actors),
        mentions=make_rows("mentions", *mentions),
    ).snapshot()  # fmt: skip
    pairs = count_pairs(snapshot, Filter())
    assert {frozenset((row.left_id, row.right_id)) for row in pairs.itertuples()} == {
        frozenset(("rus", "chn")), frozenset(("mow", "chn")),
    }  # fmt: skip

"""Curves, intervals and overlaps against a published table, against all samples there are, and by hand."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from math import sqrt

import numpy as np
import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.agenda import measure_churn
from dashboard.queries.delays import _reach, follow_stories
from dashboard.queries.diversity import _tell_outlet, rarefy
from dashboard.queries.intervals import DRAWS, draw_means, percentile_interval, wilson_interval
from dashboard.queries.overlap import DEPTH, PERSISTENCE, overlap_rankings
from dashboard.queries.pairs import _pair_rows, name_relation
from dashboard.queries.survival import estimate_curve
from etl.store import Snapshot
from tests.dashboard.queries.ten_weeks import ANN_MORE, GAP, day_of

# Weeks in remission of the 21 patients who took 6-MP (Freireich et al. 1963; Gehan 1965): until it ended, or so far.
ENDED, LASTING = (6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PUBLISHED = {  # week: share in remission and Greenwood's standard error, as R's survfit prints them
    6: (0.857, 0.0764), 7: (0.807, 0.0869), 10: (0.753, 0.0963), 13: (0.690, 0.1068), 16: (0.627, 0.1141),
    22: (0.538, 0.1282), 23: (0.448, 0.1346),
}  # fmt: skip


def test_the_curve_and_its_interval_are_those_of_a_published_table() -> None:
    weeks, happened = np.array([*ENDED, *LASTING], dtype="float64"), np.arange(21) < len(ENDED)
    curve = estimate_curve(weeks, happened, np.array([40.0])).set_index("time")
    for week, (left, error) in PUBLISHED.items():
        cases = left * (1 - left) / error**2
        low, high = wilson_interval(pd.Series([(1 - left) * cases]), pd.Series([cases]))
        assert 1 - curve.loc[week, "share"] == pytest.approx(left, abs=6e-4)
        assert curve.loc[week, ["low", "high"]].tolist() == pytest.approx([low[0], high[0]], abs=2e-3)
    assert curve.loc[40.0].isna().all()


def watch(times: range, width: float) -> pd.DataFrame:
    """Stories that an outlet has at these hours, known to within so many hours before."""
    return pd.DataFrame(
        {"happened": True, "low": [at - width for at in times], "high": [float(at) for at in times]}
    )


def test_a_median_lies_where_wilsons_bounds_reach_half() -> None:
    """Twelve stories, one an hour: 3 of 12 is .09 to .53, 9 of 12 .47 to .91 and 10 of 12 .55 to .95."""
    exact, vague = _reach(watch(range(1, 13), 0.0)), _reach(watch(range(1, 13), 1.0))
    edges = [f"median_{edge}" for edge in ("low", "least", "most", "high")]
    assert [exact[edge] for edge in edges] == [3, 6, 6, 10]
    assert [vague[edge] for edge in edges] == [2, 5, 6, 10]


def test_a_curve_tells_the_share_at_the_hours_asked_between_slow_and_fast() -> None:
    points = {point[0]: point[1:3] for point in _reach(watch(range(1, 13), 1.0))["curve"]}  # type: ignore[attr-defined]
    assert points[6.0] == pytest.approx([6 / 12, 7 / 12]) and points[0.0] == pytest.approx([0, 1 / 12])
    assert points[168.0] == pytest.approx([1, 1])


def test_a_story_is_followed_until_the_first_day_on_which_nobody_looked() -> None:
    """A story of the first morning: b came after its gap, c was watched to the end, d not on the first day."""
    days = pd.date_range("2024-06-01", periods=4, freq="D")
    watched = pd.DataFrame({"a": True, "b": [True, True, False, True], "c": True,
                            "d": [False, True, True, True], "e": [True, True, False, False]}, index=days)  # fmt: skip
    start = days[0].timestamp() / 3600
    told = {"a": (8.0, 8.5), "b": (74.0, 74.0), "d": (30.0, 30.0), "e": (47.5, 47.75)}
    pairs = pd.DataFrame(
        [
            (3, outlet, start + early, start + late, early - 8.5, late - 8)
            for outlet, (early, late) in told.items()
        ],
        columns=["story", "outlet", "early", "late", "low", "high"],
    )
    pairs["low"] = pairs["low"].clip(lower=0)
    pairs = pairs.assign(high=pairs["high"].where(pairs["outlet"] != "a", 0.0))
    starts = pairs.groupby("story")[["early", "late"]].min()
    rows = {
        outlet: follow_stories(starts, pairs[pairs["outlet"] == outlet], watched[outlet])
        for outlet in watched
    }
    assert {outlet: tuple(told.loc[3]) for outlet, told in rows.items() if len(told)} == {
        "a": (True, 0, 0), "b": (False, 48 - 8.5, 48 - 8), "c": (False, 96 - 8.5, 96 - 8), "e": (True, 39, 39.75),
    }  # fmt: skip


def test_bootstrapped_means_are_of_all_that_five_articles_can_give() -> None:
    """Articles of one to five sentences are drawn whole: means are of their sums over their counts."""
    groups = [(0.0,), (1.0, 2.0), (0.5,) * 3, (-1.0, 0.0, 1.0, 4.0), (2.0,) * 5]
    values = np.array([value for group in groups for value in group])
    names = np.array([str(at) for at, group in enumerate(groups) for _ in group], dtype=object)
    drawn = draw_means(values, names, stream="hand")
    possible = [
        sum(sum(group) for group in sample) / sum(len(group) for group in sample)
        for sample in combinations_with_replacement(groups, len(groups))
    ]
    assert len(drawn) == DRAWS and np.isclose(drawn[:, None], np.array(possible)[None, :]).any(axis=1).all()
    every = [sum(map(sum, sample)) / sum(map(len, sample)) for sample in product(groups, repeat=len(groups))]
    assert percentile_interval(drawn) == pytest.approx(np.quantile(every, [0.025, 0.975]), abs=0.12)


def test_of_four_articles_their_sentences_are_drawn() -> None:
    """Four articles of ten equal sentences: whole articles would give means of quarters only."""
    values, names = np.repeat([0.0, 0.0, 0.0, 1.0], 10), np.repeat(list("abcd"), 10).astype(object)
    drawn = draw_means(values, names, stream="hand")
    assert len(np.unique(drawn)) > 5
    assert drawn.std() == pytest.approx(sqrt(0.25 * 0.75 / 40), rel=0.1)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (DEPTH, 1.0),
        (DEPTH - 1, 1 - PERSISTENCE ** (DEPTH - 1) / DEPTH),
        (
            1,
            (1 - PERSISTENCE) * sum(0.9**at / (at + 1) for at in range(49))
            + PERSISTENCE ** (DEPTH - 1) / DEPTH,
        ),
    ],
)
def test_fifty_places_are_read_and_the_last_has_the_weight_of_the_rest(places: int, expected: float) -> None:
    """The rankings share their first places and nothing after them."""
    shared = np.arange(60, 60 - places, -1.0)
    rest, nothing = np.arange(60.0 - places, 0, -1), np.zeros(60 - places)
    one, other = np.concatenate([shared, rest, nothing]), np.concatenate([shared, nothing, rest])
    assert overlap_rankings(np.array([one, other]), [(0, 1)])[0] == pytest.approx(expected)


def test_the_interval_of_variety_is_the_spread_over_stories_left_out() -> None:
    """Three parts of ten quotations; half is 1.96 times the root of two thirds of the squares."""
    told = {0: {"ann": 6, "bo": 4}, 1: {"ann": 9, "cy": 1}, 2: {"ann": 5, "di": 3, "bo": 2}}
    rows = pd.DataFrame(
        [{"part": part, "who": who, "count": n} for part, said in told.items() for who, n in said.items()]
    )
    row = _tell_outlet("Post", rows, 15)
    left = np.array([rarefy(np.array(rest), 15)[0] for rest in ([14, 2, 1, 3], [11, 6, 3], [15, 4, 1])])
    half = 1.959964 * sqrt(2 / 3 * ((left - left.mean()) ** 2).sum())
    whole = rarefy(np.array([20, 6, 1, 3]), 15)[0]
    assert [row["quotes"], row["speakers"], row["variety"]] == [30, 4, whole]
    edges = [row["variety_low"], row["variety_high"]]
    assert edges == pytest.approx([max(1.0, whole - half), whole + half])


def test_days_of_enough_texts_are_compared_day_by_day(weeks: Snapshot) -> None:
    """Ann and Bo share a place until Ann has seven texts: at depth 1 then two of three are common, below all."""
    chosen = Filter(start=day_of(47).date(), end=day_of(54).date())
    frame = measure_churn(weeks, chosen).frame.query("subject == 'actors'").set_index("first")
    assert (frame["texts"] == 20).all() and (frame.index == frame["last"]).all()
    changed = (min(ANN_MORE), min(ANN_MORE) + 3)
    expected = {day_of(n): (1 - PERSISTENCE) / 3 if n in changed else 0.0 for n in range(48, 55)}
    assert frame["churn"].iloc[1:].to_dict() == pytest.approx(expected) and pd.isna(frame["churn"].iloc[0])


def test_ten_texts_a_day_are_enough_and_days_without_any_make_weeks(weeks: Snapshot) -> None:
    """Thirty-five days each; the last week of the second has three days with ten texts each."""
    ten = measure_churn(weeks, Filter(start=day_of(0).date(), end=day_of(34).date()))
    assert ten.note.startswith("A period is a day") and len(ten.frame) == 2 * 35
    gap = measure_churn(weeks, Filter(start=day_of(5).date(), end=day_of(GAP[-1] + 1).date()))
    assert gap.note.startswith("A period is a week")
    assert gap.frame["texts"].tolist() == [70, 70, 70, 70, 30] * 2


@pytest.mark.parametrize(
    ("common", "of", "relation"), [(7, 10, "edited"), (9, 13, "paraphrased"), (10, 10, "verbatim")]
)
def test_seven_words_of_ten_in_common_are_an_edit(common: int, of: int, relation: str) -> None:
    """Nine of thirteen are .69."""
    left, other = ([f"{kind}{letter}" for letter in "abcdefghijklm"[:of]] for kind in ("word", "else"))
    assert name_relation(" ".join(left), " ".join([*left[:common], *other[common:]])) == relation


def sentence(start: int, claim: str | None, quoted: float) -> dict[str, object]:
    told = {"start": start, "quoted": quoted, "claim_id": claim, "text": f"Text {start}."}
    return {"outlet": "x", "article_id": "x", "unsure": claim is None} | told


def test_a_pair_is_quoted_where_half_of_either_sentence_is_and_a_fact_is_aligned_once() -> None:
    """The left tells one fact twice: its second sentence stands alone, as what no side aligns does."""
    left = pd.DataFrame(
        [sentence(0, "a", 0.5), sentence(9, "a", 1.0), sentence(20, "b", 0.5), sentence(30, None, 0.49)]
    )
    right = pd.DataFrame([sentence(5, "b", 0.49), sentence(15, "a", 0.5), sentence(25, None, 0.5)])
    rows = _pair_rows(left, right)
    assert rows[["left_at", "right_at"]].fillna(-1).to_numpy().tolist() == [
        [0, 15],
        [20, 5],
        [9, -1],
        [30, -1],
        [-1, 25],
    ]
    assert rows["relation"].tolist()[2:] == ["only left", "unsure left", "unsure right"]
    assert rows["quoted"].tolist() == [True, False, True, False, True]

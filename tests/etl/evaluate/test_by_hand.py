"""Every measure on an example small enough for a sheet of paper; the reckoning stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.evaluate.clusterings import measure_clusters, number_labels
from etl.evaluate.labels import measure_choices, measure_frames, measure_tone
from etl.evaluate.pages import compare_bodies, compare_facts, count_shingles
from etl.evaluate.quotations import Quote, count_quotes, likeness
from etl.evaluate.scores import bootstrap_scores, f_score, name_scores, score_found, share
from etl.evaluate.spans import Span, match_spans, measure_dates, measure_entities, touch

GROUPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=14)
SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(["PER", "ORG"])), max_size=6
)


def score_groups(found: str, labelled: str) -> dict[str, float]:
    """The measures of a grouping written as one letter an item."""
    measure = measure_clusters(number_labels(list(found)), number_labels(list(labelled)))
    return measure(np.arange(len(found)))


def score_rows(measure_rows, labelled, found) -> dict[str, float]:
    return measure_rows(labelled, found)(np.arange(len(labelled)))


def named(*spans: tuple[int, int, str]) -> dict[str, object]:
    return {"entities": [{"start": a, "end": b, "type": kind} for a, b, kind in spans]}


def dated(*spans: tuple[int, int, str, str]) -> dict[str, object]:
    return {"dates": [{"start": a, "end": b, "type": kind, "value": value} for a, b, kind, value in spans]}


# found, labelled, metric, value
CLUSTERS = [
    # items abcd: found {a b}{c d}, labelled {a b c}{d}
    # precision: a 2/2, b 2/2, c 1/2, d 1/2 = 3/4; recall: a 2/3, b 2/3, c 1/3, d 1/1 = 8/12
    ("xxyy", "ppps", "bcubed_precision", 3 / 4),
    ("xxyy", "ppps", "bcubed_recall", 2 / 3),
    ("xxyy", "ppps", "bcubed_f1", 2 * (3 / 4) * (2 / 3) / (3 / 4 + 2 / 3)),
    # pairs found: ab cd; labelled: ab ac bc; shared: ab
    ("xxyy", "ppps", "pairwise_precision", 1 / 2),
    ("xxyy", "ppps", "pairwise_recall", 1 / 3),
    ("xxyy", "ppps", "pairwise_f1", 0.4),
    # best match {ab}-{abc}: 2*2/5 = .8, {cd}-{d}: 2*1/3 = .667; 1.467 of 2 groups on either side
    ("xxyy", "ppps", "ceaf_e_precision", (0.8 + 2 / 3) / 2),
    ("xxyy", "ppps", "ceaf_e_f1", (0.8 + 2 / 3) / 2),
    # 1 pair shared, 2 found, 3 labelled, 6 in all: chance 1, room 2.5 - 1: (1 - 1) / 1.5
    ("xxyy", "ppps", "ari", 0.0),
    # all in one against two pairs: each item shares 2 of its 4, and all of its labelled 2
    ("xxxx", "ppqq", "bcubed_precision", 1 / 2),
    ("xxxx", "ppqq", "bcubed_recall", 1.0),
    ("xxxx", "ppqq", "pairwise_precision", 2 / 6),
    ("xxxx", "ppqq", "pairwise_recall", 1.0),
    # one match {abcd}-{ab}: 2*2/6; 1 group found, 2 labelled
    ("xxxx", "ppqq", "ceaf_e_precision", 2 / 3),
    ("xxxx", "ppqq", "ceaf_e_recall", 1 / 3),
    ("xxxx", "ppqq", "ari", 0.0),
    # all alone against two pairs
    ("wxyz", "ppqq", "bcubed_precision", 1.0),
    ("wxyz", "ppqq", "bcubed_recall", 1 / 2),
    ("wxyz", "ppqq", "pairwise_precision", 0.0),
    ("wxyz", "ppqq", "pairwise_f1", 0.0),
    # two of four groups matched at 2*1/3 each
    ("wxyz", "ppqq", "ceaf_e_precision", (4 / 3) / 4),
    ("wxyz", "ppqq", "ceaf_e_recall", (4 / 3) / 2),
    # five items: found {ab}{cde}, labelled {abc}{de}: shared ab de, found 1+3, labelled 3+1, 10 pairs
    # chance 4*4/10 = 1.6; (2 - 1.6) / (4 - 1.6)
    ("xxyyy", "pppqq", "ari", 0.4 / 2.4),
    ("xxyyy", "pppqq", "pairwise_f1", 1 / 2),
]


@pytest.mark.parametrize(("found", "labelled", "metric", "value"), CLUSTERS)
def test_groupings_by_hand(found: str, labelled: str, metric: str, value: float) -> None:
    assert score_groups(found, labelled)[metric] == pytest.approx(value)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=14))
def test_a_grouping_agrees_with_itself(groups: list[int]) -> None:
    scores = measure_clusters(np.array(groups), np.array(groups) + 7)(np.arange(len(groups)))
    alone = len(set(groups)) == len(groups)  # no pair to find: pairwise has nothing to be right about
    wanted = {name for name in scores if not (alone and name.startswith("pairwise"))}
    assert {name: scores[name] for name in wanted} == pytest.approx(dict.fromkeys(wanted, 1.0))


@given(GROUPS)
def test_the_order_of_the_items_changes_no_measure(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs).T
    places = np.arange(len(pairs))
    backwards = measure_clusters(one[::-1], other[::-1])(places)
    assert measure_clusters(one, other)(places) == pytest.approx(backwards)


def test_items_without_a_label_have_a_group_each() -> None:
    assert number_labels(["x", None, "x", None, "y"]).tolist() == [0, 1, 0, 2, 3]


# labelled, found, strict F1, overlap F1
ENTITIES = [
    (named((0, 4, "PER")), named((0, 4, "PER")), 1, 1),
    (named((0, 4, "PER")), named((0, 4, "ORG")), 0, 0),
    (named((0, 4, "PER")), named((2, 6, "PER")), 0, 1),
    (named((0, 4, "PER")), named((4, 6, "PER")), 0, 0),  # they touch, but share no character
    (named((0, 4, "PER"), (9, 12, "ORG")), named((0, 4, "PER")), 2 / 3, 2 / 3),  # P 1, R 1/2
    (named((0, 9, "PER")), named((0, 4, "PER"), (5, 9, "PER")), 0, 2 / 3),  # one of two pieces is right
    (named(), named((0, 4, "PER")), 0, 0),
]


@pytest.mark.parametrize(("labelled", "found", "strict", "overlap"), ENTITIES)
def test_entities_by_hand(labelled: object, found: object, strict: float, overlap: float) -> None:
    scores = score_rows(measure_entities, [labelled], [found])
    assert (scores["strict_f1"], scores["overlap_f1"]) == pytest.approx((strict, overlap))


@given(SPANS, SPANS)
def test_overlap_is_never_below_strict_and_swapping_sides_swaps_precision_and_recall(one, other) -> None:
    left, right = (
        named(*sorted({(a, a + length, kind) for a, length, kind in part})) for part in (one, other)
    )
    scores, swapped = (score_rows(measure_entities, [a], [b]) for a, b in ((left, right), (right, left)))
    assert 0 <= scores["strict_f1"] <= scores["overlap_f1"] <= 1
    assert scores["strict_precision"] == pytest.approx(swapped["strict_recall"])


def test_each_span_is_matched_at_most_once() -> None:
    labelled = [Span(0, 9, "PER"), Span(3, 6, "PER")]
    assert match_spans(labelled, [Span(4, 5, "PER")], touch) == [(Span(0, 9, "PER"), Span(4, 5, "PER"))]


def test_dates_by_hand() -> None:
    labelled = dated((0, 4, "DATE", "2020"), (10, 16, "DATE", "2020-05"), (30, 35, "DURATION", "P3W"))
    found = dated(
        (0, 4, "DATE", "2020"), (10, 20, "DATE", "2021-05"), (30, 35, "DATE", "P3W"), (50, 52, "SET", "")
    )
    scores = score_rows(measure_dates, [labelled], [found])
    # 4 found, 3 labelled: 3 touch, 2 have the same span, 2 the same type, 2 the same value; F1 = 2n / 7
    assert scores["relaxed_f1"] == pytest.approx(6 / 7)
    assert scores["strict_f1"] == pytest.approx(4 / 7)
    assert scores["type_f1"] == pytest.approx(4 / 7)
    assert scores["value_f1"] == pytest.approx(4 / 7)
    assert scores["value_accuracy"] == pytest.approx(2 / 3)


def test_macro_f1_by_hand() -> None:
    # labelled n n n p u; found n n p p n
    # negative: 2 right, 3 found, 3 labelled: 2/3; positive: 1 right, 2 found, 1 labelled: 2/3; neutral: 0
    measure = measure_choices(list("nnnpu"), list("nnppn"), "nup")
    scores = measure(np.arange(5))
    assert scores["accuracy"] == pytest.approx(3 / 5)
    assert [scores[f"{c}_f1"] for c in "nup"] == pytest.approx([2 / 3, 0, 2 / 3])
    assert scores["macro_f1"] == pytest.approx(4 / 9)


def test_the_likeliest_stance_is_the_label_and_a_label_wins() -> None:
    found = [
        {"negative": 0.5, "neutral": 0.3, "positive": 0.2},
        {"targets": [{"negative": 0.1, "neutral": 0.2, "positive": 0.7}]},
        {"label": "neutral", "negative": 1.0, "neutral": 0.0, "positive": 0.0},
    ]
    labelled = [{"label": stance} for stance in ("negative", "positive", "neutral")]
    assert score_rows(measure_tone, labelled, found)["accuracy"] == 1


def test_frames_by_hand() -> None:
    labelled = [{"frames": ["a", "b"]}, {"frames": ["a"]}]
    found = [{"frames": ["a"]}, {"frames": [{"frame": "b"}, {"frame": "z"}]}]
    # a: 1 right, 1 found, 2 labelled: 2/3; b: 0 right; z is in no label and does not count
    scores = score_rows(measure_frames, labelled, found)
    assert scores == pytest.approx({"macro_f1": 1 / 3, "a_f1": 2 / 3, "b_f1": 0.0})


# labelled text, found text, precision, recall of its runs of four words
BODIES = [
    ("a b c d e", "a b c d e", 1, 1),
    ("a b c d e", "a b c d", 1, 1 / 2),  # 1 run found, and it is one of two
    ("a b c d", "x a b c d", 1 / 2, 1),
    ("a b c d", "a b x c d", 0, 0),
    ("a b", "a b", 1, 1),  # a text of fewer words is one run
    ("a b", "a b c", 0, 0),
    ("", "", 1, 1),
    ("", "a b c d", 0, 0),
    ("a b c d a b c d", "a b c d", 1, 1 / 5),  # abcd stands twice of five runs, and once is found
    ("A b, c-d", "A b c d", 1, 1),  # marks part words as blanks do
]


@pytest.mark.parametrize(("labelled", "found", "precision", "recall"), BODIES)
def test_bodies_by_hand(labelled: str, found: str, precision: float, recall: float) -> None:
    assert compare_bodies({"text": labelled}, {"text": found}) == pytest.approx((precision, recall))


@given(st.text(alphabet="ab ", max_size=30), st.text(alphabet="ab ", max_size=30))
def test_swapping_bodies_swaps_precision_and_recall(one: str, other: str) -> None:
    there = compare_bodies({"text": one}, {"text": other})
    assert there == compare_bodies({"text": other}, {"text": one})[::-1]
    assert count_shingles(one).total() == (max(1, len(one.split()) - 3) if one.split() else 0)


@pytest.mark.parametrize(
    ("labelled", "found", "right"),
    [
        ({"title": "“A” day"}, {"title": '"A"  day'}, 1.0),
        ({"title": "A day"}, {"title": "a day"}, 0.0),
        ({"authors": ["Ann Roux", "Mark Reed"]}, {"authors": ["mark reed", "Ann Roux"]}, 1.0),
        ({"authors": ["Ann Roux"]}, {"authors": []}, 0.0),
        ({"published": "2024-06-24"}, {"published": "2024-06-24T21:00:00Z"}, 1.0),
        ({"published": "2024-06-24T01:00:00+03:00"}, {"published": "2024-06-23"}, 1.0),  # 22:00 UTC before
        ({"published": "2024-06-24"}, {"published": None}, 0.0),
    ],
)
def test_facts_by_hand(labelled: dict[str, object], found: dict[str, object], right: float) -> None:
    place = ("title", "authors", "published").index(next(iter(labelled)))
    facts = compare_facts(labelled, found)
    assert facts[place] == right
    assert all(np.isnan(fact) for other, fact in enumerate(facts) if other != place)


def quoted(start: int, end: int, speaker: tuple[int, int] = (0, 0)) -> Quote:
    return Quote(frozenset(range(start, end)), frozenset(range(*speaker)))


@pytest.mark.parametrize(
    ("gold", "got", "counts"),
    [
        ([quoted(0, 10)], [quoted(0, 10)], (1, 1, 1, 1)),
        ([quoted(0, 10)], [quoted(0, 5)], (1, 1, 1, 1)),  # 5 of 10 characters: just enough
        ([quoted(0, 10)], [quoted(0, 4)], (0, 0, 1, 1)),
        ([quoted(0, 10, (20, 24))], [quoted(0, 10, (22, 26))], (1, 1, 1, 1)),  # the speakers overlap
        ([quoted(0, 10, (20, 24))], [quoted(0, 10, (24, 26))], (1, 0, 1, 1)),
        ([quoted(0, 10, (20, 24))], [quoted(0, 10)], (1, 0, 1, 1)),
        ([quoted(0, 10)], [quoted(0, 6), quoted(0, 9)], (1, 1, 2, 1)),  # the better one is taken
        ([], [quoted(0, 6)], (0, 0, 1, 0)),
    ],
)
def test_quotations_by_hand(gold: list[Quote], got: list[Quote], counts: tuple[int, ...]) -> None:
    assert count_quotes(gold, got) == counts


def test_likeness_is_shared_of_all_characters() -> None:
    assert likeness(frozenset("abcd"), frozenset("cdef")) == pytest.approx(2 / 6)
    assert likeness(frozenset(), frozenset()) == 0


def test_scores_from_counts_by_hand() -> None:
    assert share(1, 4) == 0.25
    assert share(1, 0) == 0
    assert f_score(0.5, 1.0) == pytest.approx(2 / 3)
    assert score_found("x", 3, 4, 6) == pytest.approx({"x_precision": 0.75, "x_recall": 0.5, "x_f1": 0.6})
    assert name_scores("x", 0, 0) == {"x_precision": 0, "x_recall": 0, "x_f1": 0}


def test_the_interval_of_equal_documents_is_a_point_and_of_unlike_ones_is_not() -> None:
    equal = bootstrap_scores(lambda documents: {"mean": float(np.ones(9)[documents].mean())}, 9).iloc[0]
    unlike = bootstrap_scores(lambda documents: {"mean": float(np.arange(9)[documents].mean())}, 9).iloc[0]
    assert (equal["low"], equal["value"], equal["high"], equal["n"]) == (1, 1, 1, 9)
    # the mean of nine draws of 0 .. 8 has a standard error of sqrt(60 / 9) / 3 = 0.86
    assert unlike["value"] == 4
    assert (unlike["low"], unlike["high"]) == pytest.approx((4 - 1.96 * 0.86, 4 + 1.96 * 0.86), abs=0.35)

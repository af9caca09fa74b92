"""Accuracy: what was measured stands beside what is counted, and nothing is said where nothing was measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.charts.accuracy import BEHIND, known_quality, read_quality, tell_accuracy
from dashboard.charts.chart import Chart
from dashboard.charts.facts import EVENTS
from dashboard.charts.measures import MEASURES
from dashboard.charts.stories import ALONE, STORY_LIST
from dashboard.charts.timeline import DAYS, HAPPENED, REACH


def figure(measure: str, value: float, **more: object) -> dict[str, object]:
    row = {"measure": measure, "value": value, "low": value - 0.02, "high": value + 0.02, "n": 84}
    return row | {"task": "quotes", "data": "polnear_dev.jsonl", "unit": "article"} | more


ROWS = [
    figure("quotes_precision", 0.81), figure("quotes_recall", 0.62), figure("quotes_f1", 0.7),
    figure("with_speaker_precision", 0.744), figure("with_speaker_recall", 0.57),
    figure("quotes_precision", 0.2, data="polnear_train.jsonl"),
    figure("accuracy", 0.68, task="tone", data="newsmtsc_devtest_mt.jsonl", unit="sentence", n=1476),
]  # fmt: skip


def test_precision_and_recall_are_told_with_interval_and_n() -> None:
    assert tell_accuracy("Sources", ROWS) == (
        "quotations with their speaker: 74 % [72, 76] right of those found, 57 % [55, 59] found of all "
        "(n = 84 articles)"
    )


def test_a_measure_that_rests_on_two_labels_tells_both() -> None:
    told = tell_accuracy("Quotes", ROWS)
    assert "81 % [79, 83] right" in told
    assert "74 % [72, 76] right" in told


def test_an_accuracy_is_told_alone() -> None:
    told = tell_accuracy("Tone towards an actor", ROWS)
    assert told == "judgements: 68 % [66, 70] right (n = 1476 sentences)"


def test_what_one_outlet_alone_told_rests_on_stories_and_not_on_sentences() -> None:
    rows = [figure(f"pairwise_{side}", 0.9, task="stories", data="ecbplus.jsonl", n=982)
            for side in ("precision", "recall")]  # fmt: skip
    told = (
        "pairs of articles put into one story: 90 % [88, 92] right of those found, 90 % [88, 92] found of all"
    )
    assert tell_accuracy(ALONE.measure, rows) == f"{told} (n = 982 articles)"
    assert tell_accuracy(STORY_LIST.measure, rows) == tell_accuracy("Fact coverage", rows) == ""


@pytest.mark.parametrize("chart", [EVENTS, HAPPENED, DAYS, REACH], ids=lambda chart: str(chart.slug))
def test_every_card_of_dates_says_how_well_dates_are_read(chart: Chart) -> None:
    told = tell_accuracy(chart.measure, known_quality())
    assert re.fullmatch(
        r"dates with their value: \d\d % \[.*\] right of those found, \d\d % \[.*\] found of all .*183 articles\)",
        told,
    )


def test_where_nothing_was_measured_nothing_is_said() -> None:
    assert tell_accuracy("Attention", ROWS) == tell_accuracy("Quotes", []) == ""
    assert read_quality(Path("no-such-file.json")) == []


def test_every_label_that_is_named_was_measured_and_every_measure_is_defined() -> None:
    assert set(BEHIND) <= {term for term, _ in MEASURES}
    assert all(
        tell_accuracy(measure, known_quality()).count("% [") >= len(BEHIND[measure]) for measure in BEHIND
    )


def test_a_unit_is_told_in_its_plural() -> None:
    rows = [figure("pairs_precision", 0.95, task="claims", data="held.jsonl", unit="story", n=9)]
    assert tell_accuracy("Fact coverage", rows).endswith("95 % [93, 97] right of those found (n = 9 stories)")

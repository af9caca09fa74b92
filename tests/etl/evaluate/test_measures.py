from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.evaluate.labels import measure_frames, measure_tone
from etl.evaluate.pages import compare_bodies, compare_facts, measure_extraction
from etl.evaluate.quotations import likeness, measure_quotes
from etl.evaluate.scores import Measure, bootstrap_scores, count_measure, f_score, score_found
from etl.evaluate.spans import measure_dates, measure_entities

TEXT = 'Ann Lee said "we will stay here" in Oslo.'
Row = dict[str, Any]


def value(measure: Measure, name: str, documents: int = 1) -> float:
    return measure(np.arange(documents))[name]


def entity(start: int, end: int, kind: str) -> Row:
    return {"start": start, "end": end, "type": kind}


def test_entities_are_counted_strictly_and_by_overlap() -> None:
    gold = {"entities": [entity(0, 7, "PER"), entity(36, 40, "LOC")]}
    mentions = [{"start": 4, "end": 7, "kind": "person"}, {"start": 36, "end": 40, "kind": "place"}]
    measure = measure_entities([gold], [{"mentions": mentions}])
    assert value(measure, "strict_f1") == 0.5
    assert value(measure, "overlap_f1") == 1


def test_groups_of_people_are_neither_person_nor_place() -> None:
    measure = measure_entities([{"entities": []}], [{"mentions": [{"start": 0, "end": 3, "kind": "group"}]}])
    assert value(measure, "strict_precision") == 0


def test_an_entity_of_another_type_is_wrong() -> None:
    measure = measure_entities([{"entities": [entity(0, 7, "PER")]}], [{"entities": [entity(0, 7, "ORG")]}])
    assert value(measure, "overlap_f1") == 0


def date(start: int, end: int, when: str, kind: str = "DATE") -> Row:
    return {"start": start, "end": end, "type": kind, "value": when}


def test_dates_are_relaxed_strict_and_by_value() -> None:
    gold = [{"dates": [date(0, 10, "2024-06-19"), date(20, 30, "2024-06"), date(40, 50, "P1D")]}]
    found = [{"dates": [date(0, 10, "2024-06-19"), date(22, 30, "2024-07")]}]
    measure = measure_dates(gold, found)
    assert value(measure, "relaxed_f1") == pytest.approx(0.8)
    assert value(measure, "strict_f1") == pytest.approx(0.4)
    assert value(measure, "value_f1") == pytest.approx(0.4)
    assert value(measure, "value_accuracy") == pytest.approx(0.5)


def test_quotes_match_by_half_of_their_characters() -> None:
    gold = {"text": TEXT, "quotes": [{"content": [[13, 32]], "speaker": [[0, 7]], "cue": [[8, 12]]}]}
    found = {"quotes": [{"start": 14, "end": 31, "speaker_start": 0, "speaker_end": 3}]}
    measure = measure_quotes([gold], [found])
    for name in ("quotes", "with_speaker", "direct", "direct_with_speaker"):
        assert value(measure, f"{name}_f1") == 1


def test_a_wrong_speaker_is_a_wrong_quotation_only_with_speaker() -> None:
    gold = {"text": TEXT, "quotes": [{"content": [[13, 32]], "speaker": [[0, 7]]}]}
    found = {"quotes": [{"start": 13, "end": 32, "speaker_start": None, "speaker_end": None}]}
    measure = measure_quotes([gold], [found])
    assert value(measure, "quotes_f1") == 1
    assert value(measure, "with_speaker_f1") == 0


def test_an_indirect_quotation_is_no_direct_one() -> None:
    gold = {"text": "Ann Lee said that she stays.", "quotes": [{"content": [[13, 27]], "speaker": [[0, 7]]}]}
    measure = measure_quotes([gold], [{"quotes": []}])
    assert value(measure, "quotes_recall") == 0
    assert measure_quotes([gold], [gold])(np.arange(1))["direct_f1"] == 0


@given(st.frozensets(st.integers(0, 20)), st.frozensets(st.integers(0, 20)))
def test_likeness_is_symmetric_and_at_most_one(one: frozenset[int], other: frozenset[int]) -> None:
    assert likeness(one, other) == likeness(other, one) <= 1


def test_tone_takes_a_label_or_the_likeliest() -> None:
    gold = [{"label": label} for label in ("negative", "neutral", "positive", "positive")]
    targets = [{"negative": 0.1, "neutral": 0.7, "positive": 0.2}]
    chances = {"negative": 0.1, "neutral": 0.2, "positive": 0.7}
    found = [{"label": "negative"}, {"targets": targets}, chances, {"label": "neutral"}]
    measure = measure_tone(gold, found)
    assert value(measure, "accuracy", 4) == 0.75
    assert value(measure, "macro_f1", 4) == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)


def test_frames_are_a_set_an_article() -> None:
    gold = [{"frames": ["conflict"]}, {"frames": ["conflict", "economic"]}, {"frames": []}]
    found = [
        {"frames": [{"frame": "conflict"}, {"frame": "conflict"}]},
        {"frames": []},
        {"frames": ["economic"]},
    ]
    measure = measure_frames(gold, found)
    assert value(measure, "conflict_f1", 3) == pytest.approx(2 / 3)
    assert value(measure, "macro_f1", 3) == pytest.approx(1 / 3)


def test_bodies_are_compared_by_runs_of_four_words() -> None:
    assert compare_bodies({"text": "a b c d e"}, {"text": "a b c d x"}) == (0.5, 0.5)
    assert compare_bodies({"text": ""}, {"text": ""}) == (1, 1)
    assert compare_bodies({"text": "a b"}, {"text": "a b"}) == (1, 1)


def test_title_authors_and_day_are_compared_where_labelled() -> None:
    gold = {"title": "“Yes”", "authors": ["Ann Lee"], "published": "2024-06-24 01:00:00+02:00"}
    found = {"title": '"Yes"', "authors": ["ANN LEE"], "published": "2024-06-23T23:00:00+00:00"}
    assert compare_facts(gold, found) == (1, 1, 1)
    assert np.isnan(compare_facts({"title": None}, found)).all()


def test_extraction_leaves_out_what_no_page_labels() -> None:
    scores = measure_extraction([{"text": "a b c d"}], [{"text": "a b c d"}])(np.arange(1))
    assert scores == {"body_precision": 1, "body_recall": 1, "body_f1": 1}


def test_precision_and_recall_of_nothing_are_zero() -> None:
    assert set(score_found("x", 0, 0, 0).values()) == {0.0}


@given(st.floats(0, 1), st.floats(0, 1))
def test_f_lies_between_precision_and_recall(precision: float, recall: float) -> None:
    assert min(precision, recall) - 1e-9 <= f_score(precision, recall) <= max(precision, recall) + 1e-9


def test_the_bootstrap_brackets_the_value_and_repeats_itself() -> None:
    measure = count_measure([[1, 2]] * 30 + [[2, 2]] * 20, lambda sums: {"share": sums[0] / sums[1]})
    scores = bootstrap_scores(measure, 50)
    low, high = scores["low"].item(), scores["high"].item()
    assert low < scores["value"].item() == 0.7 < high
    assert 0.1 < high - low < 0.2  # by hand: 2 * 1.96 * sqrt(.6 * .4 / 50) / 2 = .14
    assert bootstrap_scores(measure, 50).equals(scores)


def piece(start: int, end: int, cue: str = "said", speaker: int | None = 0) -> Row:
    told = {"speaker_start": speaker, "speaker_end": None if speaker is None else speaker + 7}
    return {"start": start, "end": end, "cue": cue} | told


SPLIT = '"We stay," Ann Lee said. "We stay for years and years."'
LABELLED = {
    "text": SPLIT,
    "quotes": [{"content": [[0, 10], [25, 55]], "speaker": [[11, 18]], "cue": [[19, 23]]}],
}


def test_the_stretches_of_one_saying_are_one_quotation() -> None:
    found = {"quotes": [piece(1, 9, speaker=11), piece(26, 54, speaker=11)]}
    scores = measure_quotes([LABELLED], [found])(np.arange(1))
    assert {scores[f"{name}_f1"] for name in ("quotes", "with_speaker", "direct", "direct_with_speaker")} == {
        1.0
    }


@pytest.mark.parametrize("change", [{"cue": "added"}, {"speaker_start": 12}, {"speaker_start": None}])
def test_stretches_of_other_sayings_are_other_quotations(change: Row) -> None:
    found = {"quotes": [piece(1, 9, speaker=11), piece(26, 54, speaker=11) | change]}
    assert value(measure_quotes([LABELLED], [found]), "quotes_precision") == 0.5


def test_quotations_without_a_speaker_stand_alone() -> None:
    found = {"quotes": [piece(1, 9, speaker=None), piece(26, 54, speaker=None)]}
    assert value(measure_quotes([LABELLED], [found]), "quotes_precision") == 0.5
    assert value(measure_quotes([LABELLED], [found]), "with_speaker_precision") == 0

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.stance import describe_target, judge_targets

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2


def judge(text: str, target: str) -> int:
    start = text.index(target)
    return int(judge_targets([text], [(start, start + len(target))])[0].argmax())


def test_blame_is_negative_and_praise_positive() -> None:
    assert (
        judge("Critics slammed Smith for his disgraceful and dishonest attack on the victims.", "Smith")
        == NEGATIVE
    )
    assert (
        judge("Voters praised Smith for her great success, and she won the admiration of all.", "Smith")
        == POSITIVE
    )


def test_a_plain_statement_is_neutral() -> None:
    assert judge("The meeting with Smith is on Tuesday, according to a spokesman.", "Smith") == NEUTRAL


def test_the_name_itself_does_not_matter() -> None:
    texts, spans = ["Kim met the envoy.", "Trump met the envoy."], [(0, 3), (0, 5)]
    first, second = judge_targets(texts, spans)
    assert first == pytest.approx(second)


def test_words_are_told_by_side_and_distance() -> None:
    features = describe_target("not a good Smith horror", 11, 16)
    assert {"l:good", "r:horror", "l0:good", "x:l+0!", "x:r-0", "s:§"} <= set(features)


def test_no_sentences_give_no_rows() -> None:
    assert judge_targets([], []).shape == (0, 3)


def test_batches_do_not_matter() -> None:
    texts, spans = ["Kim smiled at us.", "The awful Kim lied."], [(0, 3), (10, 13)]
    together = judge_targets(texts, spans)
    apart = [judge_targets([text], [span])[0] for text, span in zip(texts, spans, strict=True)]
    assert np.allclose(together, apart)


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_gets_probabilities(text: str, one: int, two: int) -> None:
    shares = judge_targets([text], [(min(one, two), max(one, two))])
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()

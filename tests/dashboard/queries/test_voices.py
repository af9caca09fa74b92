"""The verdict on tone: a difference only where all three instruments agree on it."""

import numpy as np
import pandas as pd

from dashboard.queries.voices import judge_difference


def sentences(outlet, *, textblob, gdelt, stance, n=40):
    noise = np.tile([-0.05, 0.05], n // 2)
    return pd.DataFrame(
        {"outlet": outlet, "article_id": [f"{outlet}{i % 8}" for i in range(n)], "textblob": textblob + noise,
         "gdelt": gdelt + noise, "stance": stance + noise}
    )  # fmt: skip


def test_three_instruments_that_agree_make_a_verdict():
    both = [
        sentences("A", textblob=-0.5, gdelt=-0.5, stance=-0.5),
        sentences("B", textblob=0.5, gdelt=0.5, stance=0.5),
    ]
    assert judge_difference(pd.concat(both)) == "A is worded more negatively than B: 3 of 3 instruments."


def test_two_instruments_are_not_enough():
    both = [
        sentences("A", textblob=-0.5, gdelt=-0.5, stance=0),
        sentences("B", textblob=0.5, gdelt=0.5, stance=0),
    ]
    assert judge_difference(pd.concat(both)).startswith("No detectable difference.")


def test_instruments_that_contradict_make_no_verdict():
    both = [
        sentences("A", textblob=-0.5, gdelt=0.5, stance=-0.5),
        sentences("B", textblob=0.5, gdelt=-0.5, stance=0.5),
    ]
    assert judge_difference(pd.concat(both)).startswith("No detectable difference.")


def test_one_outlet_has_no_verdict():
    assert judge_difference(sentences("A", textblob=1, gdelt=1, stance=1)) == ""

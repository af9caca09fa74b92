from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.utterances import join_utterances

SAID = "We will defend every village of the island and we will not leave"
US = "We will defend every village of the island"
ELSE = "The harbour opens again when the storm has passed"


def utterances_of(*said: str, stories: str = "") -> list[str | None]:
    """The utterance of each quotation, each in an article of its own; all of one story unless told."""
    ids = [f"article {number}" for number in range(len(said))]
    quotes = pd.DataFrame({"article_id": ids, "start": 1, "end": [1 + len(words) for words in said]})
    texts = pd.DataFrame({"article_id": ids, "text": [f"“{words}”, he said." for words in said]})
    members = pd.DataFrame({"article_id": ids, "story_id": list(stories) or "s"})
    told = join_utterances(quotes, texts, members)
    return [None if pd.isna(value) else str(value) for value in told]


def test_a_truncated_quotation_is_the_same_utterance() -> None:
    whole, part, other = utterances_of(SAID, US, ELSE)
    assert whole == part is not None
    assert other is None


def test_spelling_does_not_matter() -> None:
    one, other = utterances_of(f"{US} in the harbour's defence", f"{US} in the harbor’s defense")
    assert one == other is not None


def test_the_same_words_in_another_story_are_another_utterance() -> None:
    assert utterances_of(SAID, SAID, stories="ab") == [None, None]


def test_a_few_words_are_no_utterance() -> None:
    assert utterances_of("We will not leave", "We will not leave") == [None, None]


def test_no_quotations_give_none() -> None:
    assert utterances_of() == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([SAID, US, ELSE, "No"]), max_size=6))
def test_quotations_join_exactly_those_that_share_their_words(said: list[str]) -> None:
    told = utterances_of(*said)
    for words, utterance in zip(said, told, strict=True):
        partners = [other for other in said if (other == ELSE) == (words == ELSE) and other != "No"]
        assert (utterance is not None) == (words != "No" and len(partners) > 1)

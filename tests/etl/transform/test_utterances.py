from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.utterances import join_utterances

SAID = "We will defend every village of the island and we will not leave"
US = "We will defend every village of the island"
ELSE = "The harbour opens again when the storm has passed"


STATED = (
    "the spread of the disease along the river should be of grave concern to anyone who keeps cattle there"
)
RETOLD = "the spread of the disease along the river should be a serious concern for anyone with cattle"
FULL = f"The ministry wrote that {STATED}."
TOLD = f"The ministry wrote that {RETOLD}."


def utterances_of(
    *said: str, stories: str = "", kinds: Sequence[str] = (), actors: Sequence[str | None] = ()
) -> list[str | None]:
    """The utterance of each quotation, each in an article of its own; all of one story unless told."""
    ids = [f"article {number}" for number in range(len(said))]
    quotes = pd.DataFrame({"article_id": ids, "start": 1, "end": [1 + len(words) for words in said]})
    quotes = quotes.assign(kind=list(kinds) or "direct", actor_id=list(actors) or None)
    texts = pd.DataFrame({"article_id": ids, "text": [f"“{words}”, he said." for words in said]})
    members = pd.DataFrame({"article_id": ids, "story_id": list(stories) or "s"})
    sentences = quotes[["article_id", "start", "end"]].assign(sentence=1)
    told = join_utterances(quotes, texts, sentences, members)
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


def phrases_of(*phrases: tuple[str, str, str]) -> list[str | None]:
    """The utterance of each phrase, given as sentence, phrase and kind, each in an article of its own."""
    ids = [f"article {number}" for number in range(len(phrases))]
    starts = [sentence.index(phrase) for sentence, phrase, _ in phrases]
    quotes = pd.DataFrame({"article_id": ids, "start": starts, "actor_id": None})
    quotes["end"] = quotes["start"] + [len(phrase) for _, phrase, _ in phrases]
    quotes["kind"] = [kind for *_, kind in phrases]
    whole = [sentence for sentence, *_ in phrases]
    texts = pd.DataFrame({"article_id": ids, "text": whole})
    ends = [len(sentence) for sentence in whole]
    sentences = pd.DataFrame({"article_id": ids, "sentence": 1, "start": 0, "end": ends})
    told = join_utterances(quotes, texts, sentences, pd.DataFrame({"article_id": ids, "story_id": "s"}))
    return [None if pd.isna(value) else str(value) for value in told]


def test_a_retelling_joins_the_quotation() -> None:
    quoted, retold, other = utterances_of(STATED, RETOLD, ELSE, kinds=("mixed", "indirect", "indirect"))
    assert quoted == retold is not None
    assert other is None


def test_two_reports_without_quotation_marks_are_no_utterance() -> None:
    assert utterances_of(STATED, RETOLD, kinds=("indirect", "indirect")) == [None, None]


def test_a_retelling_of_another_speaker_is_another_utterance() -> None:
    assert utterances_of(STATED, RETOLD, actors=("minister", "farmer")) == [None, None]
    assert None not in utterances_of(STATED, RETOLD, actors=("minister", None))


def test_names_and_topic_alone_join_nothing() -> None:
    """Nine words in common, seven runs: all names and function words."""
    names = "the United States of America and the Republic of Korea"
    said = (
        f"We will arm {names} at once with all we have",
        f"Nobody in {names} believes these tales any more",
    )
    assert utterances_of(*said, kinds=("direct", "direct")) == [None, None]


def test_short_phrases_join_where_their_sentences_tell_the_same() -> None:
    grave, serious = (
        (FULL, "should be of grave concern", "mixed"),
        (TOLD, "should be a serious concern", "mixed"),
    )
    one, other = phrases_of(grave, serious)
    assert one == other is not None


def test_short_phrases_of_other_sentences_stay_alone() -> None:
    grave = (FULL, "should be of grave concern", "mixed")
    other = ("Her budget should be a serious concern, he wrote.", "should be a serious concern", "mixed")
    assert phrases_of(grave, other) == [None, None]


def test_short_phrases_without_a_telling_word_in_common_stay_alone() -> None:
    grave, wrote = (
        (FULL, "should be of grave concern", "mixed"),
        (TOLD, "The ministry wrote that", "indirect"),
    )
    assert phrases_of(grave, wrote) == [None, None]
    assert phrases_of((FULL, "of the disease", "mixed"), (TOLD, "of the disease", "mixed")) == [None, None]


def test_no_quotations_give_none() -> None:
    assert utterances_of() == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([SAID, US, ELSE, "No"]), max_size=6))
def test_quotations_join_exactly_those_that_share_their_words(said: list[str]) -> None:
    told = utterances_of(*said)
    for words, utterance in zip(said, told, strict=True):
        partners = [other for other in said if (other == ELSE) == (words == ELSE) and other != "No"]
        assert (utterance is not None) == (words != "No" and len(partners) > 1)

"""Cues: the words that bring in what someone said, their stance, and how they build a sentence.

`neutral` leaves the truth open ("said"), `endorsing` takes it for granted ("pointed out"), `distancing`
leaves it to the speaker ("claimed"). Own list, in `data/lexicons/cues.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from etl.transform.lexicon import read_lexicon

Use = Literal["say", "tell", "act", "about", "toward", "seem", "quote", "source"]
USES: tuple[Use, ...] = get_args(Use)


@dataclass(frozen=True, kw_only=True)
class Cue:
    """One word for saying, and what of it is said without quotation marks.

    `uses`: a clause (say), a clause behind a hearer (tell), an object or infinitive (act), a topic behind "on"
    and the like (about) or also "to" and "with" (toward), what seems so to nobody named (seem), only what
    stands inside quotation marks (quote), the clause beside it ("according to": source).
    """

    lemma: str
    stance: Literal["neutral", "endorsing", "distancing"]
    uses: frozenset[Use]


@cache
def cue_forms() -> dict[str, Cue]:
    """Every inflected form with its cue; of a form in two entries the first counts."""
    forms: dict[str, Cue] = {}
    for row in read_lexicon("cues"):
        uses = frozenset(use for use in USES if use in row["use"].split())
        cue = Cue(lemma=row["lemma"], stance=_read_stance(row["class"]), uses=uses)
        for form in row["forms"].split("|" if "|" in row["forms"] or "source" in uses else " "):
            forms.setdefault(form, cue)
    return forms


@cache
def phrases_by_first() -> dict[str, tuple[str, ...]]:
    """The cues of several words by their first."""
    whole = [form for form in cue_forms() if " " in form]
    return {
        first: tuple(form for form in whole if form.split()[0] == first)
        for first in sorted({form.split()[0] for form in whole})
    }


@cache
def cue_words() -> frozenset[str]:
    """Every word with which a cue may begin."""
    return frozenset(form.split()[0] for form in cue_forms())


def begins_cue(text: str, start: int, word: str) -> bool:
    """Whether a cue of one word or more begins with this word, small letters, that stands at `start`."""
    if word in cue_forms():
        return True
    phrases = phrases_by_first().get(word, ())
    return any(text[start : start + len(phrase)].lower() == phrase for phrase in phrases)


def cue_stance(words: str) -> Literal["neutral", "endorsing", "distancing"]:
    """The stance of a cue as it stands in a text ("has claimed", "Quote:"); neutral if it is not listed."""
    forms = cue_forms()
    lowered = words.lower().strip(" :")
    pieces = lowered.split()
    tails = (" ".join(pieces[place:]) for place in range(len(pieces)))  # "had pointed out": "pointed out"
    known = [forms[form] for form in (*tails, *reversed(pieces)) if form in forms]
    return known[0].stance if known else "neutral"


def _read_stance(word: str) -> Literal["neutral", "endorsing", "distancing"]:
    """A stance as the lexicon writes it; anything else is neutral."""
    if word == "endorsing":
        return "endorsing"
    return "distancing" if word == "distancing" else "neutral"

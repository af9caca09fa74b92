"""Cues: the words that bring in what someone said, their stance, and how they build a sentence.

`neutral` leaves the truth open ("said"), `endorsing` takes it for granted ("pointed out"), `distancing`
leaves it to the speaker ("claimed"). Own list, in `data/lexicons/cues.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from etl.transform.lexicon import read_lexicon

Use = Literal["say", "tell", "that", "to", "act", "quote", "source"]


@dataclass(frozen=True, kw_only=True)
class Cue:
    """One word for saying, and what of it is said without quotation marks.

    `use`: a bare clause behind it (say), a hearer and a clause (tell), a clause with "that" (that) or "to"
    (to), what is done by words (act), a source ("according to": source), nothing (quote).
    """

    lemma: str
    stance: Literal["neutral", "endorsing", "distancing"]
    use: str


@cache
def cue_forms() -> dict[str, Cue]:
    """Every inflected form with its cue; of a form in two entries the first counts."""
    forms: dict[str, Cue] = {}
    for row in read_lexicon("cues"):
        whole = "|" in row["forms"] or row["use"] == "source"
        cue = Cue(lemma=row["lemma"], stance=_read_stance(row["class"]), use=row["use"])
        for form in row["forms"].split("|" if whole else " "):
            forms.setdefault(form, cue)
    return forms


def cue_stance(words: str) -> Literal["neutral", "endorsing", "distancing"]:
    """The stance of a cue as it stands in a text ("has claimed", "Quote:"); neutral if it is not listed."""
    forms = cue_forms()
    lowered = words.lower().strip(" :")
    pieces = lowered.split()
    tails = (" ".join(pieces[place:]) for place in range(len(pieces)))  # "had pointed out": "pointed out"
    known = [forms[form] for form in (*tails, *reversed(pieces)) if form in forms]
    return known[0].stance if known else "neutral"


def forms_used(*uses: str) -> tuple[str, ...]:
    """The forms of these uses, longest first, for a pattern."""
    return tuple(
        sorted((form for form, cue in cue_forms().items() if cue.use in uses), key=lambda f: (-len(f), f))
    )


def _read_stance(word: str) -> Literal["neutral", "endorsing", "distancing"]:
    """A stance as the lexicon writes it; anything else is neutral."""
    if word == "endorsing":
        return "endorsing"
    return "distancing" if word == "distancing" else "neutral"

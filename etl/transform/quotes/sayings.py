"""Sayings: where a sentence says that someone says something: "Putin also stated", "said the minister"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from etl.transform.cues import cue_forms, forms_used

Range = tuple[int, int]

WORD = re.compile(r"[A-Za-z]+")
HELPING = re.compile(
    r"(?:\s+(?:has|have|had|also|then|later|previously|earlier|repeatedly|already|now|once|only|even|just|recently|"
    r"reportedly|often|again|publicly|further|subsequently|would|will|did|could|might|may|not|never|still|[a-z]+ly|"
    r"immediately|quickly))+$|\s+(?:is|are|was|were|been)$"
)
BOUNDARY = re.compile(
    r"[;:\"“”«»()\[\]\n]|\s[–—-]+\s|--|,\s|(?<=\w[.!?])\s+(?=[A-Z])|\b(?:that|because|but|while|when|as|if|since|"
    r"after|although|though|whether|whereas|before|until|where|which|than|so|and|or|with|by|have|has|is|was|were)\s"
)
PRONOUN = re.compile(r"^(?:he|she|they|it|we|i|you|who|others|some|many|one|both)$", re.IGNORECASE)
SPEAKS = re.compile(
    r"^(?:(?i:the|a|an|his|her|their|its|our|one|two|three|some|many|several|most|another|other|these|those|this|"
    r"all|no|few)\s\S|[A-Z])"
)
NO_SUBJECT = re.compile(r"^(?:Having|And|But|As|In|On|At|To|For|With|From|When|While|If|So|Not|Then|There|"
                        r"Here|What|How|Why|Where|Asked|Speaking|After|Before|By)\b")  # fmt: skip
CONJUNCTION = re.compile(r"(?:And|But|Yet)\s+")
WHEN = re.compile(
    r"\s+(?:(?:late|early|later|earlier)\s)?(?:(?:on|last|this)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s(?:morning|afternoon|evening|night))?$"
)
SUBJECT = re.compile(
    r"(?:The|A|An|His|Her|Their)(?: [\w-]+){1,3}|[A-Z][\w.'’-]+(?: (?:de|van|bin|al-)? ?[A-Z][\w.'’-]+)*"
    r"(?:(?<=['’]s)(?: [a-z-]+){1,2})?"
)
PLURAL = re.compile(r"(?:^|\s)[a-z-]+(?:s|men|women|people|police|staff)$")
JOINT = re.compile(
    r"(?:[Tt]he )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
    r"(?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*)*(?:, (?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*)*"
    r",? and (?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*$"
)
INVERTED = re.compile(
    r"\s+(?P<who>(?:(?:the|a|an|his|her|one|another)\s+)?(?:[A-Z][\w.'’-]*|(?:the|a|an|his|her|one|another)\s+[\w-]+|he|she)"
    r"(?:(?:\s+(?:of|for|and|the|de|van|von|bin|al|del|la))*\s+[A-Z][\w.'’-]*|\s+[a-z-]+(?=\s+[A-Z])|"
    r"(?<=\bthe)\s+[a-z]+|\s+(?:spokes\w+|minister|president|leader|director|officials?|statement|report))*)"
)
SOURCE = re.compile(
    r"\b(?:[Aa]ccording to|[Ii]n the words of)\s+(?P<who>[^,.;:\n\"“”()]+?)"
    r"(?=,|\.(?:\s|$)|;|:|\n|\"|“|”|\(|$| (?:who|which|that|said)\b)"
)
VERB_BEHIND = re.compile(r"\s+(?:said|told|(?!\w*(?:need|seed|speed)\b)[a-z]{3,}ed)\s+(?:that|the|in|on)\b")
RELATION = re.compile(r"\s*(?P<head>(?:the|a|an|his|her|their|its) (?:[\w'’-]+ ){0,3}[\w-]+)$")
LONGEST = 14  # words of a speaker


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Who says (None where the text leaves it open) and with which word; the sentence around them."""

    speaker: Range | None
    cue: Range
    use: str
    inverted: bool
    sentence: Range

    @property
    def start(self) -> int:
        """Where speaker and cue together begin."""
        return min(self.cue[0], self.speaker[0]) if self.speaker else self.cue[0]

    @property
    def end(self) -> int:
        """Where speaker and cue together end."""
        return max(self.cue[1], self.speaker[1]) if self.speaker else self.cue[1]


def find_sayings(text: str, sentences: Iterable[Range], quoted: Iterable[Range]) -> list[Saying]:
    """The sayings in the words outside quotation marks, in order."""
    inside = list(quoted)
    found = [saying for sentence in sentences for saying in _read_sentence(text, sentence)]
    return [s for s in found if not any(start <= s.cue[0] < end for start, end in inside)]


def _read_sentence(text: str, sentence: Range) -> Iterator[Saying]:
    """The sayings of one sentence."""
    start, end = sentence
    for match in SOURCE.finditer(text, start, end):
        yield Saying(speaker=match.span("who"), cue=(match.start(), match.start("who")), use="source",
                     inverted=False, sentence=sentence)  # fmt: skip
    for cue_start, cue_end in _find_cues(text, start, end):
        use = cue_forms()[text[cue_start:cue_end].lower()].use
        speaker = _speaker_before(text, start, cue_start)
        behind = None if speaker or use == "tell" else _speaker_behind(text, start, cue_start, cue_end, end)
        if speaker or behind:
            yield Saying(speaker=speaker or behind, cue=(cue_start, cue_end), use=use,
                         inverted=speaker is None, sentence=sentence)  # fmt: skip


def _find_cues(text: str, start: int, end: int) -> Iterator[Range]:
    """Where the sentence holds a word for saying, with its particle ("pointed out")."""
    forms = cue_forms()
    words = (
        match for match in WORD.finditer(text, start, end) if text[match.start() - 1 : match.start()] != "-"
    )
    for match in words:
        longer = next(
            (form for form in _phrases().get(match.group(), ()) if text.startswith(form, match.start())), ""
        )
        if longer:
            yield match.start(), match.start() + len(longer)
        elif match.group() in forms and not VERB_BEHIND.match(text, match.end()):
            yield match.span()


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Cues of several words by their first."""
    whole = [form for form in forms_used("say", "that", "quote") if " " in form]
    return {
        form.split()[0]: tuple(other for other in whole if other.split()[0] == form.split()[0])
        for form in whole
    }


def _speaker_before(text: str, start: int, cue: int) -> Range | None:
    """The subject in front of a cue; behind an apposition the name before it."""
    end = len(text[start:cue].rstrip()) + start
    while helping := HELPING.search(text, start, end) or WHEN.search(text, start, end):
        end = helping.start()
    if text[start:end].endswith(","):
        return _before_apposition(text, start, end - 1) or _main_subject(text, start, cue)
    bounds = [match.end() for match in BOUNDARY.finditer(text, start, end)]
    joint = JOINT.search(text, start, end)
    if joint and not NO_SUBJECT.match(joint.group()):
        return joint.span()
    return _as_speaker(text, bounds[-1] if bounds else start, end)


def _before_apposition(text: str, start: int, end: int) -> Range | None:
    """The name before ", the director of the institute,"; all of "his mother, Ann Lee,"; `end` ends it."""
    comma = text.rfind(", ", start, end)
    if comma < 0 or end - comma > 160:
        return None
    bounds = [match.end() for match in BOUNDARY.finditer(text, start, comma)]
    begin = bounds[-1] if bounds else start
    begin += len(text[begin:comma]) - len(text[begin:comma].lstrip())
    if text[begin : begin + 1].isupper() and comma - begin < 60:
        return begin, comma
    relation = RELATION.match(text, begin, comma) if text[comma + 2].isupper() else None
    return (relation.start("head"), end) if relation else None


def _main_subject(text: str, start: int, cue: int) -> Range | None:
    """The sentence's first words as the subject of a participle: "Trump left early, saying that"."""
    if not re.match(r"\w+ing\b", text[cue : cue + 20]):
        return None
    match = SUBJECT.match(text, start + len(text[start:cue]) - len(text[start:cue].lstrip('"“”‘’ ')), cue)
    return match.span() if match and not NO_SUBJECT.match(match.group()) else None


def _as_speaker(text: str, begin: int, end: int) -> Range | None:
    """The stretch, if it can be one who speaks."""
    begin += len(text[begin:end]) - len(text[begin:end].lstrip(" ,'’‘*•–—-"))
    if joined := CONJUNCTION.match(text, begin, end):
        begin = joined.end()
    words = text[begin:end].strip()
    if not words or len(words.split()) > LONGEST or NO_SUBJECT.match(words) or words.endswith(("'s", "’s")):
        return None
    if PRONOUN.match(words) or SPEAKS.match(words) or PLURAL.search(words):
        return begin, begin + len(words)
    return None


def _speaker_behind(text: str, start: int, cue: int, cue_end: int, end: int) -> Range | None:
    """The subject behind a cue: '," said the minister'."""
    before = text[start:cue].rstrip()
    if before and before[-1] not in ",\"”'’?!…—–»":
        return None
    match = INVERTED.match(text, cue_end, end)
    return (match.start("who"), match.end("who") - match.group("who").endswith(".")) if match else None

"""Sayings: where a text says that someone says something: "Putin also stated", "said the minister"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc

from etl.transform.cues import begins_cue, cue_words
from etl.transform.quotes.excerpts import Range, shorten_quotes, split_lines
from etl.transform.quotes.statements import Words, read_statements
from etl.transform.quotes.trees import parse_sentences

WORD = re.compile(r"(?!(?<=United )States)[A-Za-z]+")
LEADING = re.compile(r"[\s,;:.”’\"'\]–—-]*(?:(?i:that),?\s+)?")
CLOSED = re.compile(r"[,?!—–-](?:[\"”»]|'')\s*$")
OPENED = re.compile(r"(?:\s\w+){0,3}\s?[,:]\s*(?:[\"“«]|'')")
LED_IN = re.compile(r"[^.!?\n\"“”«»]{0,90}:\s*(?:[\"“«]|'')")
BULLETS = " •*·–—-\t"
NAME_WORD = (
    r"[A-Z][\w.’'-]{0,40}+"  # bounded, and never given back: nothing may be read a thousand times over
)
NAME = rf"(?:the )?{NAME_WORD}(?: {NAME_WORD}){{0,3}}"
NO_NAME = r"(?!(?:In|On|At|From|After|Before|When|As|But|And|With|For|By|To|\w{1,9}day)\b)"
NAMED_BEFORE = re.compile(rf"{NO_NAME}{NAME}(?:(?:, {NAME}){{0,30}},? and {NAME})?(?=\s$)")
JOINT = re.compile(  # three names or more, or in a headline without "and"
    rf"(?:(?<=\bof )|(?<=\bby )|(?<![a-z] )){NO_NAME}{NAME}(?:, {NAME}){{1,30}},? and {NAME}|"
    rf"^{NAME}(?:, {NAME}){{2,30}}(?= [a-z]+ )",
    re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Who says (None where the text leaves it open), with which word, and what; the sentence around them."""

    speaker: Range | None
    cue: Range
    contents: tuple[Range, ...]
    sentence: Range
    speaks: bool = True  # the cue is one for words spoken or written

    @property
    def start(self) -> int:
        """Where speaker and cue together begin."""
        return min(self.cue[0], self.speaker[0]) if self.speaker else self.cue[0]

    @property
    def end(self) -> int:
        """Where speaker and cue together end."""
        return max(self.cue[1], self.speaker[1]) if self.speaker else self.cue[1]


def find_sayings(text: str, sentences: Iterable[Range], quoted: Sequence[Range]) -> list[Saying]:
    """The sayings in the words outside quotation marks, in order."""
    lines = (line for start, end in sentences for line in split_lines(text, start, end))
    telling = [line for line in lines if _may_tell(text, line, quoted)]
    excerpts = [shorten_quotes(text, sentence, quoted) for sentence in telling]
    trees = parse_sentences([excerpt.words for excerpt in excerpts], cue_words())
    found = [
        saying
        for sentence, excerpt, tree in zip(telling, excerpts, trees, strict=True)
        for saying in _read_sayings(text, sentence, excerpt.places, tree)
    ]
    return [s for s in found if not any(start <= s.cue[0] < end for start, end in quoted)]


def _may_tell(text: str, sentence: Range, quoted: Sequence[Range]) -> bool:
    """Whether a sentence holds a word with which a cue may begin, outside quotation marks, or next to them anything."""
    start, end = sentence
    inside = [(first, last) for first, last in quoted if first < end and start < last]
    if text.endswith(":", start, end) or any(first > start or last < end for first, last in inside):
        return True
    return any(
        begins_cue(text, word.start(), word.group().lower())
        and not any(first <= word.start() < last for first, last in inside)
        for word in WORD.finditer(text, start, end)
    )


def _read_sayings(text: str, sentence: Range, places: Sequence[int], tree: Doc) -> Iterator[Saying]:
    """The sayings of one sentence, as offsets into the text."""
    for statement in read_statements(tree, partial(_stands_beside, text, places)):
        cue = _place(tree, statement.cue, places)
        speaker = _place(tree, statement.speaker, places) if statement.speaker else None
        if speaker is None and statement.speaks:
            named = NAMED_BEFORE.search(text, sentence[0], cue[0])
            speaker = named.span() if named else None
        contents = [_trim(text, _place(tree, words, places)) for words in statement.contents]
        saying = Saying(
            speaker=_widen(text, speaker, sentence) if speaker else None,
            cue=cue,
            contents=tuple((start, end) for start, end in contents if start < end),
            sentence=sentence,
            speaks=statement.speaks,
        )
        yield replace(saying, contents=_read_inserted(text, saying)) if not saying.contents else saying


def _read_inserted(text: str, saying: Saying) -> tuple[Range, ...]:
    """What goes on behind a saying that is set between commas: "a pact that, he insists, is fair"."""
    inserted = text.endswith(("that, ", "which, ", "who, "), 0, saying.start) and text.startswith(
        ", ", saying.end
    )
    if not inserted or not saying.speaks or not saying.speaker:
        return ()
    return (_trim(text, (saying.end, saying.sentence[1])),)


def _stands_beside(text: str, places: Sequence[int], first: int, last: int, main: bool) -> bool:
    """Whether a quotation ends right before subject and verb, or begins behind them."""
    start, end = places[first], places[last]
    if CLOSED.search(text, max(0, places[0] - 2), start) or OPENED.match(text, end, places[-1] + 3):
        return True
    return main and LED_IN.match(text, end, places[-1] + 3) is not None


def _place(tree: Doc, words: Words, places: Sequence[int]) -> Range:
    """The characters of these words of a sentence in the text."""
    last = tree[words[1] - 1]
    return places[tree[words[0]].idx], places[last.idx + len(last) - 1] + 1


def _widen(text: str, speaker: Range, sentence: Range) -> Range:
    """All of an enumeration of names in which a speaker stands, without the bullet before it."""
    start, end = speaker
    start += len(text[start:end]) - len(text[start:end].lstrip(BULLETS))
    for joint in JOINT.finditer(text, *sentence):
        if joint.start() < end and start < joint.end():
            start, end = min(start, joint.start()), max(end, joint.end())
    return start, end


def _trim(text: str, span: Range) -> Range:
    """A stretch without "that" before it and punctuation around it."""
    start, end = span
    lead = LEADING.match(text, start, end)
    end = start + len(text[start:end].rstrip(" ,.;:\n\t\xa0–—-"))
    return (lead.end() if lead else start), end

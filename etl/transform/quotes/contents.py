"""Contents: what is said: stretches inside quotation marks, and statements reported without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from etl.transform.quotes.excerpts import Range
from etl.transform.quotes.sayings import Saying
from etl.transform.quotes.turns import find_turns

LEADING = re.compile(r"[^.!?\n]{0,90}(?::\s*[\"“«‘]?)?$")
LABELLED = re.compile(
    r"(?:^|\n)(?P<label>Quote|Quotation|Quote from (?P<from>[^:\n]{2,60})):[^:\n\"“”«»]*[\"“«]?$|"
    r"(?:^|\n|[.!?]\s+|\s[-–—]\s+)(?:(?:More )?[Ff]rom\s)?"
    r"(?P<who>(?:the (?=\w))?(?:[A-Z]|(?<=the )[a-z])[^:.!?\n\"“”]{1,60}):\s*[\"“«‘']*$"
)
CLOSING = re.compile(r"[.,]?(?:''|[\"”»])")
SIGNED = re.compile(
    r"[\"”»]?\s*[―—–]\s*(?P<who>[A-Z][\w.'’-]+(?: [\w.'’-]+){0,4}?)(?<!\.)[.,]?[ \t]*(?=\n|$)"
)
STOPPED = re.compile(r"[.…][\"”’»')\]]*\s|\n")
SOURCE_LABEL = re.compile(
    r"(?:^|\n)Source:\s*(?P<who>[^\n]+?)(?=\s+(?:published|posted|on|in|during)\b|[.,;]|\s*\n|$)"
)
TOPIC = re.compile(r"(?:on|to|with|about|for|at(?! least)|over|of|against|in)\b")
RUNS_ON = re.compile(r"\s*\n\s*[\"“«„]\s*")  # no mark closes a paragraph, and one opens the next
WENT_ON = re.compile(r"[^.!?\n\"“”«»]{0,60}[.!]\s*[\"“«]")
STAGE = re.compile(r"(?:spoke|spoken|speak|speaks|speaking) (?:for|on (?:the )?condition|on background)\b")
WHOSE = re.compile(r"(?:who|whose|which)\b[^,.\n]{1,160},\s+(?=\w)")
NEAR = 3  # characters between a word and a quotation beside it
SCARE, SENTENCE_LIKE, CLAUSE = 3, 7, 2  # words

Kind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """One quotation or reported statement and the saying that brings it in."""

    start: int
    end: int
    kind: Kind
    speaker: Range | None = None
    cue: Range | None = None


def find_quotes(text: str, quoted: Sequence[Range], sayings: Sequence[Saying]) -> list[Quote]:
    """Quotations and reported statements, in order, without overlap; scare quotes are none of them."""
    direct = _attribute(text, quoted, [saying for saying in sayings if saying.speaker])
    spoken = {quote.cue for quote in direct if quote.kind == "direct"}
    indirect = [
        quote
        for saying in sayings
        for quote in _report(text, saying, quoted)
        if not (saying.cue in spoken and _is_topic(text, quote))
        if not STAGE.match(text, saying.cue[0], quote.end)
    ]
    turns = [
        Quote(start=a, end=b, kind="direct", speaker=who, cue=(who[1], who[1] + 1))
        for who, (a, b) in find_turns(text)
    ]
    return _settle(text, direct, [*turns, *indirect])


def _attribute(text: str, quoted: Sequence[Range], sayings: Sequence[Saying]) -> list[Quote]:
    """The quotations with the name signed under them, the saying beside them, or that of the one before."""
    answer: list[Quote] = []
    kind: Kind
    for start, end in quoted:
        saying = _saying_beside(text, start, end, sayings)
        label = LABELLED.search(text, max(0, start - 160), start)
        signed = SIGNED.match(text, end)
        quote = Quote(start=start, end=end, kind=_read_kind(text, start, end))
        if signed:
            answer.append(replace(quote, kind="direct", speaker=signed.span("who")))
        elif saying:
            kind = "direct" if _is_said(text, quote, saying) else quote.kind
            answer.append(replace(quote, kind=kind, speaker=saying.speaker, cue=saying.cue))
        elif label:
            answer.append(_read_label(text, quote, label))
        elif answer and _continues(text, answer[-1], quote):
            kind = "direct" if _is_whole(text, quote) else quote.kind
            answer.append(replace(quote, kind=kind, speaker=answer[-1].speaker, cue=answer[-1].cue))
        elif _is_sentence(text, start, end) or _runs_on(text, end):
            answer.append(quote)
    return _speak_on(text, answer)


def _speak_on(text: str, quotes: list[Quote]) -> list[Quote]:
    """The quotations with one speaker for all paragraphs of one that runs on, named before or behind them."""
    for place in range(len(quotes) - 1, 0, -1):
        before, after = quotes[place - 1], quotes[place]
        if not before.speaker and RUNS_ON.fullmatch(text[before.end : after.start]):
            quotes[place - 1] = replace(before, speaker=after.speaker, cue=after.cue)
    return quotes


def _runs_on(text: str, end: int) -> bool:
    """Whether a quotation is left open at the end of its paragraph, and the next one opens with a mark."""
    return RUNS_ON.match(text, end) is not None


def _saying_beside(text: str, start: int, end: int, sayings: Sequence[Saying]) -> Saying | None:
    """The saying right behind a quotation, else the nearest in front of it, else the one of its sentence."""
    behind = (s for s in sayings if end <= s.start <= end + 5 and not STOPPED.search(text[end - 1 : s.start]))
    before = (
        s
        for s in reversed(sayings)
        if s.end <= start <= s.end + 95 and LEADING.fullmatch(text[s.end : start])
    )
    around = [s for s in sayings if s.sentence[0] <= start < s.sentence[1]]
    return (
        next(behind, None)
        or next(before, None)
        or next((s for s in around if s.speaks), None)
        or next(iter(around), None)
        or _saying_earlier(text, start, end, sayings)
    )


def _saying_earlier(text: str, start: int, end: int, sayings: Sequence[Saying]) -> Saying | None:
    """For a quoted sentence: the last saying of the sentence before it in its paragraph."""
    if not _is_sentence(text, start, end):
        return None
    earlier = [
        s
        for s in sayings
        if s.end <= start and "\n\n" not in text[s.end : start] and start - s.sentence[1] < 4
    ]
    spoken = [s for s in earlier if s.speaks]
    return (spoken or earlier)[-1] if earlier else None


def _read_kind(text: str, start: int, end: int) -> Kind:
    """Direct where a whole sentence is quoted, mixed where a part of one is."""
    return "direct" if _is_sentence(text, start, end) or _opens(text, start) else "mixed"


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a quotation is long enough and built as a sentence of its own."""
    words = text[start:end].split()
    return len(words) >= SENTENCE_LIKE and text[start:end].lstrip("[(.… ")[:1].isupper()


def _is_said(text: str, quote: Quote, saying: Saying) -> bool:
    """Whether a quotation, however short, is a sentence that a saying right beside it ends or leads in."""
    start, end = quote.start, quote.end
    stopped = text[end - 1] in ",.!?…" or text[end + 1 : end + 2] in (",", ".")
    alone = text[start].isupper() and stopped
    led = text[:start].rstrip("\"“«'‘ ")[-1:] in (",", ":", ".", "!", "?", "\n", "")
    beside = 0 <= saying.start - end <= NEAR or 0 <= start - saying.end <= NEAR
    return alone and led and (beside or WENT_ON.fullmatch(text, saying.end, start) is not None)


def _is_whole(text: str, quote: Quote) -> bool:
    """Whether a quotation, however short, begins and ends as a sentence does."""
    return text[quote.start].isupper() and text[quote.end - 1] in ".!?…"


def _opens(text: str, start: int) -> bool:
    """Whether a quotation opens its paragraph or follows a colon."""
    before = text[:start].rstrip("\"“«'‘ ")
    return not before or before[-1] in "\n:"


def _continues(text: str, before: Quote, quote: Quote) -> bool:
    """Whether a quotation goes on with the one before: in its paragraph, or at the head of the next."""
    between = text[before.end : quote.start]
    if before.speaker and before.cue and _is_whole(text, quote):
        said = max(before.speaker[1], before.cue[1])
        if before.end <= said and WENT_ON.fullmatch(text, said, quote.start):
            return True
    if between.count("\n\n") == 0:
        return before.speaker is not None and _is_sentence(text, quote.start, quote.end)
    return RUNS_ON.fullmatch(between) is not None or (
        between.count("\n\n") == 1
        and _opens(text, quote.start)
        and _is_sentence(text, quote.start, quote.end)
    )


def _read_label(text: str, quote: Quote, label: re.Match[str]) -> Quote:
    """A labelled quotation: "Quote:" has its speaker behind "Source:", "Quote from Putin:" in it, "Putin:" is he."""
    cue = label.span("label") if label["label"] else label.span("who")
    named = quote.kind if _is_sentence(text, quote.start, quote.end) else "direct"
    if not label["label"]:
        return replace(quote, kind=named, speaker=cue, cue=(cue[1], cue[1] + 1))
    if label["from"]:
        return replace(quote, kind="direct", speaker=label.span("from"), cue=cue)
    sources = list(SOURCE_LABEL.finditer(text, 0, quote.start))
    return replace(quote, kind="direct", speaker=sources[-1].span("who") if sources else None, cue=cue)


def _report(text: str, saying: Saying, quoted: Sequence[Range]) -> Iterator[Quote]:
    """The statements that a saying reports in its own sentence; what is quoted as a whole is none."""
    for begin, stop in saying.contents:
        start = _open(saying, begin, quoted)
        clause = WHOSE.match(text, start, stop)  # "according to a man who asked not to be named, ..."
        start = clause.end() if clause else start
        end = _close(text, start, stop, quoted)
        inside = sum(max(0, min(last, end) - max(first, start)) for first, last in quoted)
        if len(text[start:end].split()) >= CLAUSE and inside <= 0.8 * (end - start):
            kind: Kind = "mixed" if inside else "indirect"
            yield Quote(start=start, end=end, kind=kind, speaker=saying.speaker, cue=saying.cue)


def _is_topic(text: str, quote: Quote) -> bool:
    """Whether a stretch only says where, to whom or of what a quotation beside it was spoken: "on the stairs"."""
    return (
        TOPIC.match(text, quote.start) is not None
        and len(text[quote.start : quote.end].split()) < SENTENCE_LIKE
    )


def _open(saying: Saying, start: int, quoted: Sequence[Range]) -> int:
    """The start of a stretch, before the quotation that stands between it and the saying."""
    for first, last in quoted:
        if 0 <= first - saying.end <= NEAR and 0 <= start - last <= NEAR:
            return first - 1
    return start


def _close(text: str, start: int, end: int, quoted: Sequence[Range]) -> int:
    """The end of a stretch, behind the closing mark of a quotation that begins in it."""
    last = max([end, *(last for first, last in quoted if first <= end < last)])
    mark = CLOSING.match(text, last)
    opened = any(start < first and last == stop for first, stop in quoted)
    return mark.end() if mark and opened else last


def _settle(text: str, direct: Sequence[Quote], indirect: Sequence[Quote]) -> list[Quote]:
    """One row for each statement: a clause takes in the partial quotations it holds, a quotation the rest."""
    clauses: list[Quote] = []
    whole = [quote for quote in direct if quote.kind == "direct"]
    for quote in sorted(indirect, key=lambda quote: (quote.start, -quote.end)):
        if quote.start < quote.end and not _meets(quote, (*whole, *clauses[-1:])):
            clauses.append(quote)
    parts = [d for d in direct if not _meets(d, clauses)]
    kept = [
        d for d in parts if d.kind == "direct" or (d.speaker and len(text[d.start : d.end].split()) >= SCARE)
    ]
    return sorted((*kept, *clauses), key=lambda quote: quote.start)


def _meets(quote: Quote, others: Iterable[Quote]) -> bool:
    """Whether a quotation shares a character with one of these."""
    return any(other.start < quote.end and quote.start < other.end for other in others)

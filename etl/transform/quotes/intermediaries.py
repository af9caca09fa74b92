"""Intermediaries: by which way a statement came from who made it to this article: "told Reuters", "KCNA reported".

They are read off the words around the saying; what is quoted or reported itself is masked beforehand. Own interviews
and what a speaker says to nobody named have no intermediary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.transform.antecedents import Named
from etl.transform.media import one_word, platform_pattern, read_medium
from etl.transform.quotes.kinds import Range, read_kind

MASK = "\x00"
WHEN = r"on|late|early|earlier|later|last|this|exclusively|live|first|\w+day|week|month|year|night|morning|evening"
DAY = rf"(?:,? (?:{WHEN}))*"
TOLD = re.compile(r"\b(?:tell|tells|told|telling)$")
ADDRESSED = re.compile(rf"{DAY} (?:on|to|with) ")
LEADS = re.compile(
    rf"\b(?:(?:speak|talk)ing{DAY} (?:to|with|on)|spoke{DAY} (?:to|with|on)|"
    rf"(?:interview|conversation|remark|comment|statement|e-?mail|message|letter|article|column|op-ed|essay|piece|"
    rf"appearance|report|investigation|transcript)s?(?: (?:published|broadcast|aired|released|posted|carried|given|"
    rf"made|sent|written|obtained))?{DAY} (?:with|to|for|in|on|by|from)|"
    rf"(?:published|carried|released|posted|aired|broadcast|printed|reported|quoted|cited|distributed|obtained|seen|"
    rf"reviewed|viewed)(?: as saying)?{DAY} (?:by|in|on|to)|"
    rf"(?:write|writes|wrote|writing|written){DAY} (?:in|for)|according to) ",
    re.IGNORECASE,
)
ANOTHERS = re.compile(r"\b(?:who|whom|whose)\b[^,;]{0,20}$")  # "..., who in an interview with"
REPORTS = re.compile(
    r"(?:['’]s [a-z ]+)?(?: [a-z-]+){0,3}? "
    r"(?:reported|reports|report|writes|wrote|quoted|quotes|cited|cites|said|says)\b"
)
HANDED = re.compile(r"\b(?:obtained|seen|reviewed|viewed|published|released|leaked|carried) (?:by|in|on|to) ")
ASIDE = re.compile(rf"(?:[,”\"]|{MASK}(?!{MASK})|[–—-] )\s*(?:as )?")
POSTED = re.compile(
    rf"(?:[ ,{MASK}]|\b(?:{WHEN}|in|an?|his|her|its|their|statement|message|video|comments?|posts?|posted|published|"
    r"shared|letter|series|of|also|reply|response|note|text|clip|interview|speaking)\b)*"
)
SITE = re.compile(
    r"\bon (?:the |an? )?(?P<via>(?:(?!on |in |at |to |by |from |its own )[\w.&'’-]+ ){1,7}?"
    r"(?:website|web site|web page|webpage|homepage|blog))\b"
)
SPOKEN_FOR = re.compile(
    r"\b(?:through|via) (?P<via>(?:an? |the )?(?:his|her|its|their|[\w-]+['’]s?)(?: [a-z]+)? "
    r"(?:lawyers?|attorneys?|spokes\w+|publicists?|solicitors?|family))\b"
)
ACCORDING = re.compile(r"\b(?:[Aa]ccording to|as (?:reported|quoted|cited|told) by) (?:the |an? )?")
PHRASE = re.compile(rf"(?:[^.;{MASK}]|\.(?=\w)|(?<=\b[A-Z])\.)+")
ENDED = re.compile(r", | that | who | which | as saying| said | says ")


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands around one saying: the masked text from `start` to `end`, who speaks and with which word."""

    text: str
    start: int
    end: int
    speaker: Range | None
    cue: Range | None
    mentions: Sequence[Named]
    own: frozenset[str]
    media: tuple[str, ...]


def find_intermediary(around: Around) -> Range | None:
    """The words for who or what the statement came through; None for a direct one."""
    ways = (_told_to, _led_to, _reported_by, _posted_on, _said_by)
    found = (span for way in ways for span in way(around) if _is_between(around, span))
    return next(found, None)


def _is_between(around: Around, span: Range) -> bool:
    """Whether words in the stretch name neither the speaker himself nor the outlet that publishes."""
    first, last = around.speaker or (0, 0)
    apart = span[1] <= first or last <= span[0] or HANDED.search(around.text, first, span[0]) is not None
    inside = around.start <= span[0] and span[1] <= around.end
    return inside and apart and one_word(around.text[slice(*span)]) not in around.own


def _told_to(around: Around) -> Iterator[Range]:
    """The medium that is told: "told the BBC", "said on Monday on CNN", "added in the Guardian"."""
    if around.cue is None:
        return
    cue, end = around.text[slice(*around.cue)], around.cue[1]
    addressed = ADDRESSED.match(around.text, end, around.end)
    if TOLD.search(cue.lower()):
        yield from _media_at(around, end + 1)
    elif addressed:
        yield from _media_at(around, addressed.end())


def _led_to(around: Around) -> Iterator[Range]:
    """The medium behind "in an interview with", "published by", "seen by", "according to" and the like."""
    for lead in LEADS.finditer(around.text, around.start, around.end):
        if not ANOTHERS.search(around.text, around.start, lead.start()):
            yield from _media_at(around, lead.end())


def _reported_by(around: Around) -> Iterator[Range]:
    """The medium that reports it all, before or behind: ", KCNA reported", "Interfax quoted him as saying"."""
    places = [around.start, *(aside.end() for aside in ASIDE.finditer(around.text, around.start, around.end))]
    for start, end in (span for place in places for span in _media_at(around, place)):
        if REPORTS.match(around.text, end, around.end):
            yield start, end


def _posted_on(around: Around) -> Iterator[Range]:
    """The platform or site on which it stands: "on Telegram", "in a Facebook post", "on the ministry's website"."""
    for found in _posts().finditer(around.text, around.start, around.end):
        if _is_beside(around, found.start()):
            yield found.span("via")
    for found in SITE.finditer(around.text, around.start, around.end):
        yield found.span("via")


def _is_beside(around: Around, place: int) -> bool:
    """Whether a place opens the stretch or its part, or follows the saying but for when and in what it was said."""
    if not around.text[around.start : place].strip() or around.text.endswith(", ", around.start, place):
        return True
    ends = [span[1] for span in (around.cue, around.speaker) if span and span[1] <= place]
    return bool(ends) and POSTED.fullmatch(around.text, max(ends), place) is not None


def _said_by(around: Around) -> Iterator[Range]:
    """Who else hands it on: "according to the Kremlin" beside another speaker, "through his lawyer"."""
    for lead in ACCORDING.finditer(around.text, around.start, around.end):
        if around.cue is None or lead.start() != around.cue[0]:
            yield from _named_at(around, lead.end())
    for found in SPOKEN_FOR.finditer(around.text, around.start, around.end):
        yield found.span("via")


def _media_at(around: Around, place: int) -> Iterator[Range]:
    """The medium named at a place, if one is."""
    if span := read_medium(around.text, place, around.media):
        yield span


def _named_at(around: Around, place: int) -> Iterator[Range]:
    """The phrase at a place, if it names a source of some kind."""
    span = read_phrase(around.text, place, around.end)
    if span and read_kind(around.text, span, around.mentions):
        yield span


def read_phrase(text: str, start: int, end: int) -> Range | None:
    """The phrase that begins at `start`, up to the next clause."""
    found = PHRASE.match(text, start, end)
    if found is None:
        return None
    stop = ENDED.search(text, start, found.end())
    last = stop.start() if stop else found.end()
    return start, start + len(text[start:last].rstrip(' ,:\n”"'))


@cache
def _posts() -> re.Pattern[str]:
    """A pattern for posting on a platform."""
    own = (
        r"(?:his|her|its|their|the|an?|own|official|verified|personal|[\w.-]+['’]s|social (?:media|networking) \w+|"
        r"messaging \w+)"
    )
    return re.compile(
        rf"\b(?:(?:on|via|over)(?: {own})* |in an? (?:[a-z]+ )?)(?P<via>{platform_pattern()})", re.MULTILINE
    )

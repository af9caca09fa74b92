"""Metonyms: a capital, a palace or "the Russian government" named for the country that acts through it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl.transform.cues import cue_forms
from etl.transform.gazetteer import Hit, country_actor, country_of_capital, demonyms, known_by_surname
from etl.transform.lexicon import read_words

SEATS = {"Kremlin": "RUS", "the Elysee": "FRA", "Elysee Palace": "FRA", "Élysée": "FRA", "Whitehall": "GBR"}
DECISIONS = read_words("naming", "rule", "decision")
NOT_ACTS = read_words("naming", "rule", "no act")
ABSTRACT = read_words("naming", "rule", "of a government")
WORD_AFTER = re.compile(r"\s+((?:(?:has|have|had|also|now|then|again|repeatedly|later)\s+){0,2})(\w+)")
ALONG = re.compile(r"^(?:, [A-Z]\w+)*,? and [A-Z]\w+(?= )")  # "Beijing and Moscow said"
POSSESSED = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}?(\w+?)(?:s|ies)?\b")
PLACED = re.compile(
    r"\b(?:in|at|from|to|near|outside|around|of|into|for|through|across|visit(?:ed|ing)?)\s+$"
)
PAIRED = re.compile(
    r"\b(?:(?i:relation|tie|tension|talk|deal|negotiation|dialogue|cooperation|alliance|link|pressure)s?\s+(?:with|on)"
    r"|[Bb]etween)\s+(?:[A-Z]\w+\s+and\s+)?$"
)
ADDRESSED = re.compile(r"\b(?:warned|urged|accused|pressed|condemned|blamed)\s+$")
LED = re.compile(r"(?<![\w-])([A-Z][\w.-]{1,40}+) (?:administration|government)\b(?![’']s? [A-Z])")
GOVERNMENTS = re.compile(r" (?:government|authorities|regime|leadership|administration)\b(?![’']s? [A-Z])")


def find_metonyms(text: str) -> list[Hit]:
    """The places named for a government, as mentions of its country; in order, without overlap."""
    return sorted((*_acting_capitals(text), *_governments(text), *_led_governments(text), *_seats(text)))


def find_capitals(text: str) -> Iterator[tuple[int, int, str]]:
    """Every capital named in the text with the code of its country."""
    for match in _capital_pattern().finditer(text):
        yield match.start(), match.end(), country_of_capital()[match.group()]


def _acting_capitals(text: str) -> Iterator[Hit]:
    """Capitals that say, decide, possess an intention or stand in relations."""
    for start, end, code in find_capitals(text):
        if _acts(text[max(0, start - 60) : start], text[end : end + 60]):
            yield Hit(start, end, country_actor(code))


def _acts(before: str, after: str) -> bool:
    """Whether a capital between these words is its government."""
    if after.startswith(" state"):
        return False
    if PAIRED.search(before) or ADDRESSED.search(before):
        return True
    if possessed := POSSESSED.match(after):
        return _is_abstract(possessed.group(0)) and not re.search(r"[A-Z]\w+ $", before)
    verb = WORD_AFTER.match(ALONG.sub("", after))
    return verb is not None and not PLACED.search(before) and _is_act(verb.group(1), verb.group(2))


def _is_abstract(words: str) -> bool:
    """Whether what is possessed is something that only a government has."""
    return any(word in words for word in ABSTRACT)


def _is_act(auxiliaries: str, verb: str) -> bool:
    """Whether the verb is one of saying or deciding."""
    return verb not in NOT_ACTS and (verb in DECISIONS or verb in cue_forms() or bool(auxiliaries.strip()))


def _governments(text: str) -> Iterator[Hit]:
    """ "Russian government" and the like."""
    adjectives = demonyms().adjectives
    for match in GOVERNMENTS.finditer(text):
        words = text[max(0, match.start() - 40) : match.start()].split(" ")
        for adjective in (" ".join(words[-2:]), words[-1]):
            if code := adjectives.get(adjective):
                yield Hit(match.start() - len(adjective), match.end(), country_actor(code))
                break


def _led_governments(text: str) -> Iterator[Hit]:
    """ "Biden administration" and the like, of leaders that the gazetteer knows by surname."""
    for match in LED.finditer(text):
        leader = known_by_surname(match.group(1))
        if leader and leader.country:
            yield Hit(*match.span(), country_actor(leader.country))


def _seats(text: str) -> Iterator[Hit]:
    """Palaces that stand for a government."""
    for match in re.finditer(r"\b(?:Kremlin|Elysee Palace|Elysee|Élysée|Whitehall)\b", text):
        yield Hit(match.start(), match.end(), country_actor(SEATS.get(match.group(), "FRA")))


@cache
def _capital_pattern() -> re.Pattern[str]:
    """All capitals, the longest first."""
    cities = sorted(country_of_capital(), key=lambda city: (-len(city), city))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, cities))})(?!\w)")

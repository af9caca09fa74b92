"""Media: where a text names a newspaper, an agency, a station or its like, and the platforms on which people post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import pandas as pd

from etl.transform.gazetteer import demonyms, name_key
from etl.transform.lexicon import read_words

Range = tuple[int, int]

CAPITAL = r"[A-Z][\w&-]*(?:['’]\w{2,})?"
OWNED = r"state(?:-(?:run|owned|controlled|backed|funded))?|government-run|local|national|foreign|regional|independent"
NOUNS = r"media|television|TV|radio|press|news agenc(?:y|ies)|newspapers?|broadcasters?|outlets|news outlets"
OPENING = rf"(?:[Tt]he |[Aa]n? )?(?:(?:[A-Z][\w.-]*(?:['’]s)?|{OWNED}|official|public|private|news|business) ){{0,3}}?"


def read_medium(text: str, at: int, more: tuple[str, ...] = ()) -> Range | None:
    """The name of the medium that is named from `at` on, or None; `more` are names known beside the lexicon.

    A medium is known by its name ("Reuters"), by what it is called besides ("the Varnmouth Gazette", "the
    newspaper Aamuposti"), or it has no name ("state television"). Articles and what describes it stay outside.
    """
    for pattern in _medium_patterns(more):
        if found := pattern.match(text, at):
            start, end = found.span("via")
            return (start + 4 if text.startswith("The ", start) else start), end
    return None


@cache
def platform_pattern() -> str:
    """A pattern for any platform by its name: "Twitter"."""
    return rf"(?:{_any_of(read_words('media', 'rule', 'platform'))})(?![\w-])"


def names_medium(words: str) -> bool:
    """Whether these words are nothing but the name of a medium."""
    medium = read_medium(words, 0)
    return medium is not None and medium[1] == len(words)


def names_platform(words: str) -> bool:
    """Whether these words name where something is said, and not what about: "Telegram", "his blog", "Sky News"."""
    return _platform_or_site().match(words) is not None or names_medium(words)


@cache
def _platform_or_site() -> re.Pattern[str]:
    """A platform by its name, or somebody's page there."""
    own = r"(?:(?:his|her|its|their|the|an?|own|official|verified|personal|[\w.-]+['’]s) )*"
    pages = r"blog|website|web site|webpage|homepage|(?:Facebook|Twitter|social media)(?: page| account| feed)?|air"
    return re.compile(rf"{own}(?:{platform_pattern()}|(?:{pages})\b)")


@lru_cache(64)
def _medium_patterns(more: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The ways of naming a medium, the surest first."""
    known = _any_of((*read_words("media", "rule", "name"), *more))
    kinds, endings = (_any_of(read_words("media", "rule", rule)) for rule in ("kind", "ending"))
    nations = _any_of(demonyms().adjectives)
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{OPENING}(?:(?:{kinds}) )?[\"“'‘]?(?P<via>{known})(?![\w-])",
            rf"{OPENING}(?:{kinds}) (?P<via>{CAPITAL}(?: {CAPITAL}){{0,3}})",
            rf"(?:[Tt]he )?(?:US |UK )?(?P<via>{CAPITAL}(?: {CAPITAL}){{1,3}}) (?:{kinds})\b",
            rf"(?!The |US |UK |EU |(?:{nations}) )(?P<via>{CAPITAL}) (?:{kinds})\b",  # but "the Florida newspaper"
            rf"(?:[Tt]he )?(?P<via>(?:{CAPITAL} ){{1,4}}(?:{endings}))(?![\w-])(?! [A-Z])",
            rf"[Tt]he (?P<via>{endings})(?![\w-])(?! [A-Z])",
            rf"(?:[Tt]he )?(?P<via>(?:(?:{OWNED}|{nations}) ){{1,3}}(?:{NOUNS}))\b",
        )
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def read_own_names(outlets: pd.DataFrame) -> dict[str, frozenset[str]]:
    """What each outlet of the table `outlets` calls itself, by its id."""
    columns = (outlets[name] for name in ("outlet", "name", "domains"))
    return {outlet: own_names(outlet, name, domains) for outlet, name, domains in zip(*columns, strict=True)}


def own_names(outlet: str, name: str, domains: str) -> frozenset[str]:
    """What an outlet calls itself, as one word each: its name, its id, its domains (parted by '; ') up to the dot."""
    hosts = (domain.strip().partition(".")[0] for domain in domains.split(";"))
    return frozenset(map(one_word, (name, outlet, *hosts))) - {""}


def one_word(name: str) -> str:
    """A name's key without its article and blanks: "The New York Times" -> "newyorktimes"."""
    return name_key(name).removeprefix("the ").replace(" ", "")

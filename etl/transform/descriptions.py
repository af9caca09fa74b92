"""Descriptions: what words like "the former Russian president", "the agency" or "the three states" ask for.

They ask for a title or a kind of organisation, maybe for a nation, for how many, and for further words that
must stand beside the name they mean. Own list, in `data/lexicons/descriptions.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.transform.gazetteer import demonyms, find_known, known_by_name
from etl.transform.labels import describing_nouns
from etl.transform.lexicon import read_lexicon

COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "pair": 2, "duo": 2, "trio": 3}
QUALIFIERS = frozenset(
    (
        "former",
        "vice",
        "deputy",
        "assistant",
        "opposition",
        "prime",
        "late",
        "elect",
        "first",
        "under",
        "shadow",
    )
)
IDLE = re.compile(
    r"\d+-year-old$|\w+-based$|(?:current|embattled|outspoken|veteran|controversial|newly|elected|tech|giant|"
    r"state-run|technology|internet|authoritarian|brutal|own)$"
)
WORD = re.compile(r"[\w.&’'-]*\w")
PARTS = re.compile(r" and |, | & |/")
TAIL = re.compile(r" (?:of|for|at|in|to|on) .*$")
SUBJECT = re.compile(r"(?:^|[.!?…][\"”’)]?\s|\n|[\"”’]\s)$")
MOST_MODIFIERS = 3


@dataclass(frozen=True, kw_only=True)
class Role:
    """What a description asks for: noun, kind, nation (ISO 3166 alpha-3), how many, and further words."""

    noun: str
    kind: str
    nation: str | None
    count: int
    more: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Described:
    """A description in a text, and whether it is the subject of its sentence."""

    start: int
    end: int
    role: Role
    subject: bool


def find_described(text: str) -> Iterator[Described]:
    """Every description of one person, or of one organisation where it is a subject, in order."""
    for match in _pattern().finditer(text):
        role = read_role(match["words"])
        subject = SUBJECT.search(text, max(0, match.start() - 3), match.start()) is not None
        if role is not None and (subject or role.kind == "person"):
            yield Described(start=match.start("words"), end=match.end("words"), role=role, subject=subject)


def read_role(words: str) -> Role | None:
    """What these words ask for; None where they are no definite description of a listed kind."""
    head, _, place = words.partition(" of ")
    opening, *rest = head.split() or [""]
    count = 2 if opening.lower() == "both" else 0
    if opening.lower() not in ("the", "both", "these", "those", "all", "this", "that") or not rest:
        return None
    if rest[0].lower() in COUNTS:
        count, rest = COUNTS[rest[0].lower()], rest[1:]
    noun, kind = _read_noun(rest, count)
    if not kind or (count > 1) != (kind in ("countries", "people", "organisations", "any")):
        return None
    nation, more = _read_modifiers(rest[: len(rest) - len(noun.split())])
    if place:
        nation = next((hit.actor.country for hit in find_known(place) if hit.actor.kind == "country"), None)
        more |= frozenset() if nation else frozenset(WORD.findall(place.lower()))
    return Role(noun=noun, kind=kind, nation=nation, count=count, more=more)


def fits_label(role: Role, label: str) -> bool:
    """Whether the title beside a name is one that the description asks for, "former" and "vice" alike."""
    told = label.lower().replace("ex-", "former ").replace("vice-", "vice ").replace(".", "")
    if not role.more - QUALIFIERS <= set(WORD.findall(told)):
        return False
    asked = role.more & QUALIFIERS
    return any(
        set(part.removesuffix(title).split()) & QUALIFIERS == asked
        for whole in (told, TAIL.sub("", told))
        for part in PARTS.split(whole)
        for title in sorted(_titles_of(role.noun), key=len, reverse=True)
        if part == title or part.endswith(f" {title}")
    )


def fits_name(role: Role, words: frozenset[str]) -> bool:
    """Whether the words of an organisation's names and labels, in small letters, are what is asked for."""
    return role.more <= words and bool(_titles_of(role.noun) & words)


def may_stand(role: Role) -> bool:
    """Whether the description can mean the only one of its kind near by, whatever its title or name."""
    return role.noun in _alone() and not role.more


def is_other(role: Role, words: frozenset[str]) -> bool:
    """Whether these words of an organisation's name tell that it is of another kind than the one asked for."""
    return bool(words & (_other_kinds() - _titles_of(role.noun)))


def nations_in(label: str) -> frozenset[str]:
    """The countries whose name or adjective stands in a label."""
    adjectives = (demonyms().adjectives[match.group()] for match in _adjectives().finditer(label))
    names = (hit.actor.country for hit in find_known(label) if hit.actor.kind == "country")
    return frozenset((*adjectives, *names))


def _read_noun(words: list[str], count: int) -> tuple[str, str]:
    """The listed noun at the end of these words and its kind; of "the two" and "the pair" any; or nothing."""
    if count and (not words):
        return "", "any"
    for size in (3, 2, 1):
        noun = " ".join(words[-size:]).lower()
        if len(words) >= size and noun in _nouns():
            return noun, _nouns()[noun]
    return "", ""


def _read_modifiers(words: list[str]) -> tuple[str | None, frozenset[str]]:
    """The nation among these words, and those of the others that say something."""
    for size in (3, 2, 1):
        for place in range(len(words) - size + 1):
            nation = _nation(" ".join(words[place : place + size]))
            if nation:
                return nation, _telling([*words[:place], *words[place + size :]])
    return None, _telling(words)


def _telling(words: list[str]) -> frozenset[str]:
    """Of these words, in small letters, those that tell one from another."""
    return frozenset(word.lower().removeprefix("ex-") for word in words if not IDLE.match(word.lower()))


def _nation(word: str) -> str | None:
    """The country that an adjective or a short name stands for."""
    if word in demonyms().adjectives:
        return demonyms().adjectives[word]
    known = known_by_name(word)
    return known.country if known is not None and known.kind == "country" else None


@cache
def _nouns() -> dict[str, str]:
    """Every noun that a description may end with, and the kind it asks for."""
    listed = {row["noun"]: row["kind"] for row in read_lexicon("descriptions") if row["kind"] != "no company"}
    return {**dict.fromkeys(describing_nouns(), "person"), **listed}


@cache
def _titles_of(noun: str) -> frozenset[str]:
    """The titles or words of a name that fit a noun; itself where none are listed."""
    fits = next((row["fits"] for row in read_lexicon("descriptions") if row["noun"] == noun), "")
    return frozenset(fits.split(";")) if fits else frozenset((noun,))


@cache
def _alone() -> frozenset[str]:
    """The nouns that need no title."""
    return frozenset(row["noun"] for row in read_lexicon("descriptions") if row["alone"])


@cache
def _other_kinds() -> frozenset[str]:
    """Words of names that tell what an organisation is, other than a company or a loose group."""
    rows = read_lexicon("descriptions")
    told = (row["fits"].split(";") for row in rows if row["kind"] == "organisation" and not row["alone"])
    own = {row["noun"] for row in rows if row["kind"] == "no company"}
    return frozenset(word for words in told for word in words) | own - {"international", "watch", "air"}


@cache
def _adjectives() -> re.Pattern[str]:
    """All adjectives of nations, the longest first."""
    words = sorted(demonyms().adjectives, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


@cache
def _pattern() -> re.Pattern[str]:
    """A definite article, up to three words and a noun for one, with a word behind that leaves it whole."""
    single = sorted(noun for noun, kind in _nouns().items() if kind in ("person", "organisation"))
    nouns = "|".join(map(re.escape, sorted(single, key=len, reverse=True)))
    modifier = r"(?!(?:the|a|an|of|and|or|to|in|by|with|that|who|for|as|at|on|is|was) )[\w.’'-]+ "
    behind = (
        r"(?=['’]s\b|[.,;:!?)\]\"”]|$|\n|\s(?:and|or|but|in|on|at|to|with|from|by|for|after|before|during|as|when|"
        r"while|who|that|is|are|was|were|has|had|have|will|would|can|could|may|might|must|should|does|did|also|now|"
        r"then|later|again|not|never|still|a|an|the|his|her|its|their|said|told|wrote|went|made|took|gave|left|flew|came|met|spoke|saw|won|lost|"
        r"sent|began|became|knew|thought|held|kept|put|set|[a-z]+ed|[a-z]+ly|says|tells|wants|plans|hopes)\b)"
    )
    return re.compile(rf"\b(?P<words>[Tt]he (?:{modifier}){{0,{MOST_MODIFIERS}}}?(?i:{nouns})){behind}")

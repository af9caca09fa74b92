"""Resolve: which actor each name of one article means.

Countries and known organisations by the gazetteer; a person by the longest name before it that it is part
of ("Putin" -> "Vladimir Putin"), else by the surname that newspapers use for one person alone; an
abbreviation by the name that introduced it ("Institute for the Study of War (ISW)").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from etl.transform.actors.find import Found
from etl.transform.antecedents import Named, mean_words
from etl.transform.descriptions import Described, find_described
from etl.transform.gazetteer import (
    Kind,
    actor_identity,
    full_key,
    known_by_name,
    known_by_surname,
    name_key,
)
from etl.transform.labels import read_label
from etl.transform.lexicon import read_words
from etl.transform.voice import quoted_ranges

ACRONYM = re.compile(r" ?\((?:the )?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\)")
FEMALE = re.compile(r"^(?:Mrs|Ms|Miss|Lady|Madame)\b")
SURNAME = re.compile(r"[A-Z][\w'’-]{3,}$")
NOT_NAMES = read_words("naming", "rule", "no surname")


@dataclass(frozen=True, kw_only=True)
class Meant:
    """One mention: where, which actor of which kind, its label, and how it was found."""

    start: int
    end: int
    kind: Kind
    actor_id: str
    label: str | None
    metonym: bool
    method: str


def resolve_names(text: str, found: Sequence[Found]) -> list[Meant]:
    """The actors meant by the names of one article, in order, and by descriptions that stand for a person."""
    people = _full_names(text, found)
    acronyms = _introduced(text, found)
    complete = sorted((*found, *_overlooked(text, found, people, acronyms)), key=lambda name: name.start)
    meant = [_resolve(text, name, people, acronyms) for name in complete]
    return sorted((*meant, *_described(text, meant)), key=lambda mention: mention.start)


def _kind_of(name: Found, surface: str, people: list[tuple[int, str]]) -> Kind:
    """The kind of a name that nobody knows: a person's where it is the surname of one in the text."""
    return "person" if _is_surname(surface, people) else name.kind


def _resolve(text: str, name: Found, people: list[tuple[int, str]], acronyms: dict[str, str]) -> Meant:
    """The actor that one name means."""
    surface = text[name.start : name.end]
    known = name.known or (known_by_name(surface) if name.kind != "place" else None)
    kind = known.kind if known else _kind_of(name, surface, people)
    label = read_label(text, name.start, name.end, kind)
    actor_id = known.actor_id if known else ""
    if known is None and kind == "person":
        actor_id = _person_id(name_key(surface), name.start, label, people)
    elif known is None:
        actor_id = actor_identity(kind, _plain_key(surface, acronyms))
    return Meant(start=name.start, end=name.end, kind=kind, actor_id=actor_id, label=label,
                 metonym=name.metonym, method=name.method)  # fmt: skip


def _plain_key(surface: str, acronyms: dict[str, str]) -> str:
    """The key of an organisation, place or group."""
    return full_key(acronyms.get(surface, surface))


def _full_names(text: str, found: Sequence[Found]) -> list[tuple[int, str]]:
    """Where each person of the article is named by two words or more, with the key of the name."""
    keys = [(name.start, name_key(text[name.start : name.end])) for name in found if name.kind == "person"]
    return [(start, key) for start, key in keys if " " in key]


def _is_surname(surface: str, people: list[tuple[int, str]]) -> bool:
    """Whether a name taken for another kind is a surname in this article or in the gazetteer."""
    key = name_key(surface)
    return " " not in key and (
        known_by_surname(surface) is not None or any(full.endswith(f" {key}") for _, full in people)
    )


def _person_id(key: str, start: int, label: str | None, people: list[tuple[int, str]]) -> str:
    """The person meant by a name: the longest one it is part of, else the one known by it, else itself."""
    lone = known_by_surname(key)
    full = _antecedent(key, start, people)
    if lone is not None and not (full and (FEMALE.match(label or "") or name_key(lone.name) not in
                                           {other for _, other in people})):  # fmt: skip
        return lone.actor_id
    name = full or key
    known = known_by_name(name)
    return known.actor_id if known else actor_identity("person", name)


def _antecedent(key: str, start: int, people: list[tuple[int, str]]) -> str | None:
    """The key of the longest full name that this one ends or, for family names in front, begins; the nearest
    before it, else the first behind it."""
    for belongs in (_ends, _begins):
        whole = [(place, full) for place, full in people if belongs(full, key)]
        before = [full for place, full in whole if place < start]
        if whole:
            longest = max(len(full.split()) for full in (before or [full for _, full in whole]))
            choice = before[::-1] or [full for _, full in whole]
            return next(full for full in choice if len(full.split()) == longest)
    return None


def _ends(full: str, key: str) -> bool:
    """Whether the full name ends with this one."""
    return full.endswith(f" {key}")


def _begins(full: str, key: str) -> bool:
    """Whether the full name begins with this one."""
    return full.startswith(f"{key} ")


def _introduced(text: str, found: Sequence[Found]) -> dict[str, str]:
    """Abbreviations that stand in brackets behind the name they are made of, with that name."""
    answer: dict[str, str] = {}
    for name in found:
        surface = text[name.start : name.end]
        match = ACRONYM.match(text, name.end)
        if match and name.kind == "organisation" and _abbreviates(match.group(1), surface):
            answer.setdefault(match.group(1), name.known.name if name.known else surface)
    return answer


def _abbreviates(short: str, name: str) -> bool:
    """Whether the capitals of the short form begin words of the name, in order."""
    initials = "".join(word[0].upper() for word in re.findall(r"\w+", name))
    rest = iter(initials)
    return len(name.split()) > 1 and all(letter in rest for letter in short.upper() if letter.isalpha())


def _overlooked(
    text: str, found: Sequence[Found], people: list[tuple[int, str]], acronyms: dict[str, str]
) -> list[Found]:
    """Further places that name the article's people by surname, or its organisations by abbreviation."""
    keys = {key.rpartition(" ")[2] for _, key in people}
    surnames = {text[n.start : n.end].split()[-1] for n in found if n.kind == "person"}
    kinds: dict[str, Kind] = {name: "organisation" for name in acronyms}
    kinds |= {name: "person" for name in surnames if name_key(name) in keys and _stands_alone(name, text)}
    if not kinds:
        return []
    taken = [(name.start, name.end) for name in found]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(kinds)))})(?!\w|-[A-Z])")
    return [
        Found(*match.span(), kinds[match.group()], None, False, "repeated")
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and not _is_inside_name(text, *match.span())
    ]


def _stands_alone(name: str, text: str) -> bool:
    """Whether a surname is no everyday word of this article or of the gazetteer."""
    return (
        SURNAME.match(name) is not None
        and name not in NOT_NAMES
        and not re.search(rf"\b{re.escape(name.lower())}\b", text)
    )


def _is_inside_name(text: str, start: int, end: int) -> bool:
    """Whether the words beside a surname make it part of another name ("Trump Tower")."""
    return re.match(r" [A-Z]", text[end : end + 2]) is not None


def _described(text: str, meant: Sequence[Meant]) -> list[Meant]:
    """Descriptions outside quotation marks that mean one person or organisation of the article before."""
    quoted = quoted_ranges(text)
    inside = [any(first <= one.start < last for first, last in quoted) for one in meant]
    named = [
        Named(one.start, one.end, one.actor_id, one.kind, one.label, within)
        for one, within in zip(meant, inside, strict=True)
    ]
    taken = [(one.start, one.end + 2 * text.startswith(", the ", one.end)) for one in meant] + quoted
    free = (
        words
        for words in find_described(text)
        if not any(start < words.end and words.start <= end for start, end in taken)
    )
    return [
        _describe(text, words, mention)
        for words in free
        for mention in mean_words(text, words.start, words.end, named, sure=not words.subject)
    ]


def _describe(text: str, words: Described, mention: Named) -> Meant:
    """A mention of the same actor by description, which is its label too."""
    return Meant(start=words.start, end=words.end, kind=cast(Kind, mention.kind), actor_id=mention.actor_id,
                 label=text[words.start + 4 : words.end], metonym=False, method="description")  # fmt: skip

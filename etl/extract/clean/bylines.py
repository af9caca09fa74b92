"""Bylines: who wrote an article, read from a line or from metadata, as names without titles and places."""

from __future__ import annotations

import re

from etl.extract.clean.boilerplate import fold

LONGEST = 160
LONGEST_NAME = 6

ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)  # of a page about the author, not a name
_BY = re.compile(
    r"^(?:(?:story|text|words|report|analysis|opinion|written|reported|posted|published|article|review|interview)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autor(?:in)?|author|authors|auteur|writer|reporter|автор)\s*[:.]?\s+(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:authors?|written by|by|reporters?|autor(?:in)?|auteur|автор|byline)\s*:\s*(?=\S)", re.IGNORECASE
)
_JOIN = re.compile(
    r"\s*(?:,|;|\||•|·|&|\n|\band\b|\bund\b|\bet\b|\sy\s|\se\s|\si\s|\sи\s|\sта\s|\sog\s|\soch\s|\sve\s)\s*"
)
_PLACE = re.compile(r"\s+(?:in|from|at|aus|à|en|à|для|for|of|with|on)\s+.*$")
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|journalists?|writers?|staff|producers?|columnists?|contributors?|"
    r"analyst|bureau|chief|desk|newsroom|redaktion|rédaction|redacción|redazione|team|news|agency|agencies|"
    r"associated press|reuters|afp|dpa|bbc|cnn|press|media|online|tv|redakteur(?:in)?|autorin|"
    r"special to|author|photographer|политика|admin|administrator|web ?desk|newsletter|follow|email|"
    r"business|politics|world|sport|sports|technology|health|professor|lecturer|fellow|director|university)\b",
    re.IGNORECASE,
)
_NOT_NAME = re.compile(r"https?:|www\.|@|\d|[<>{}\[\]]")
_LOWER_PARTS = frozenset(
    (
        "de", "da", "di", "du", "del", "della", "der", "den", "des", "van", "von", "zu", "zum", "zur", "el",
        "al", "la", "le", "bin", "ibn", "ben", "dos", "das", "e", "y", "ten", "ter", "af", "av",
    )
)  # fmt: skip


def read_byline(line: str, *, outlet: str = "") -> tuple[str, ...] | None:
    """The names of a line that is a byline ("By Jane Doe and John Roe"); None when it is anything else.

    A line of an agency or a desk alone ("By BBC News") is a byline without names.
    """
    opening = _LABEL.match(line) or _BY.match(line)
    if opening is None or len(line) > LONGEST or line.rstrip().endswith((".", "?", "!", ":")):
        return None
    rest = line[opening.end() :]
    if not rest[0].isupper():
        return None
    names = clean_authors([rest], outlet=outlet)
    if names and all(is_name(name) for name in names):
        return names
    return () if _ROLE.search(rest) and len(rest.split()) <= LONGEST_NAME else None


def is_name(words: str) -> bool:
    """Whether the words look like a person's name: two to five words with capitals, no digit, no role."""
    parts = words.split()
    if not 2 <= len(parts) <= LONGEST_NAME or _NOT_NAME.search(words) or _ROLE.search(words):
        return False
    return all(_is_name_part(part) for part in parts)


def strip_place(words: str) -> str:
    """A name without the place or the outlet behind it: Jane Miller in Whitby."""
    return _PLACE.sub("", words)


def names_office(words: str) -> bool:
    """Whether the words name a role, a desk or an agency rather than a person."""
    return _ROLE.search(words) is not None


def clean_authors(written: list[str], *, outlet: str = "") -> tuple[str, ...]:
    """Each person once, in order: without "By", outlets, agencies, places, job titles and addresses."""
    names: dict[str, str] = {}
    for entry in written:
        for part in [] if ADDRESS.match(entry) else _split_names(entry):
            name = _trim_name(part)
            if name and fold(name) != fold(outlet) and not _is_office(name):
                names.setdefault(fold(name), _recase(name))
    return tuple(names.values())


def _split_names(entry: str) -> list[str]:
    stripped = _BY.sub("", _LABEL.sub("", entry.strip()))
    if re.fullmatch(r"[^\W\d_][\w'’-]+,\s[^\W\d_][\w'’.-]+(?:\s\w\.)?", stripped):  # "Doe, Jane"
        last, first = stripped.split(",")
        return [f"{first.strip()} {last}"]
    return _JOIN.split(stripped)


def _trim_name(part: str) -> str:
    bare = re.sub(r"\s*[(\[].*?[)\]]", "", part)
    bare = _BY.sub("", bare)
    bare = strip_place(bare.strip())
    bare = re.split(r"\s+[–—-]\s+|\s*/\s*|\s@", bare)[0]
    return bare.strip(" .,;:|*")


def _is_office(name: str) -> bool:
    """Whether this is no person: an address, a role, a desk, an agency, an outlet, a sentence."""
    return (
        bool(_NOT_NAME.search(name) or _ROLE.search(name))
        or len(name.split()) > LONGEST_NAME
        or len(name) < 3
    )


def _is_name_part(part: str) -> bool:
    return (
        part[0].isupper() or part.casefold() in _LOWER_PARTS or part.startswith(("'", "’", "al-", "d'", "d’"))
    )


def _recase(name: str) -> str:
    """A name in capitals only as names are written; others stay."""
    if not name.isupper() or len(name) < 6:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)

"""Primaries: original texts that outlets quote (a statement, a speech, a transcript), as the user gives them.

Their bytes lie in a folder of their own beside those of the articles. So no refresh ever takes one for an
article, and a store that is made anew from the kept bytes has them again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from etl.article import Article, Published, Raw, content_id
from etl.errors import UnreadableInput, UnusableInput
from etl.extract import Place, parse_raw, read_place
from etl.extract.clean.languages import UNDETERMINED, read_code
from etl.extract.fetch import Fetcher
from etl.extract.files import PAGES, TEXT, kind_of
from etl.extract.times import read_time
from etl.store.raws import drop_raws, keep_raw, read_raws

FOLDER = "primaries"  # in the folder of the raw bytes
NAME, DAY, LANGUAGE = "primary_name", "primary_published", "primary_language"  # what the user says of it
FILE_REMEDY = f"save the text as one file of {', '.join((*TEXT, *PAGES))}"


@dataclass(frozen=True, kw_only=True)
class Primary:
    """One original text; `item` is the path or address that it came from, `url` is empty for a file."""

    name: str
    item: str
    url: str
    language: str
    published: Published
    text: str
    snapshot: str

    @property
    def primary_id(self) -> str:
        """A hash of its words: the same text is the same original, wherever it was read."""
        return content_id("primary", self.text)


def primaries_folder(snapshots: Path) -> Path:
    """Where the bytes of original texts are kept."""
    return snapshots / FOLDER


def read_primary(
    address: str, fetcher: Fetcher, *, name: str = "", published: str = "", language: str = ""
) -> Raw:
    """The bytes of one file or page, with what the user says of it.

    Raises:
        UnusableInput: a folder, no text file, or a page that cannot be had or is never asked.
    """
    given = address.strip()
    kind = "webpage" if given.casefold().startswith(("http://", "https://")) else "files"
    place = Place(kind=kind, address=given)
    if kind == "files":
        _check_file(given)
    raw = next(read_place(place, fetcher))
    if isinstance(raw, UnusableInput):
        raise raw
    said = ((NAME, name.strip()), (DAY, published.strip()), (LANGUAGE, language.strip()))
    return replace(raw, hint=tuple(pair for pair in said if pair[1]))


def parse_primary(raw: Raw) -> Primary:
    """The text in these bytes, cleaned as that of an article.

    Raises:
        UnusableInput: no text in it, or a day or a language that cannot be read.
    """
    said = dict(raw.hint)
    found = list(parse_raw(_as_document(raw), {}))
    article = next((one for one in found if isinstance(one, Article)), None)
    if article is None:
        raise next(one for one in found if isinstance(one, UnusableInput))
    return Primary(
        name=said.get(NAME) or article.title or Path(raw.item).stem,
        item=raw.item,
        url=raw.url,
        language=_read_language(said[LANGUAGE]) if LANGUAGE in said else article.language or UNDETERMINED,
        published=_read_day(said[DAY], raw) if DAY in said else article.published,
        text=article.text,
        snapshot=raw.snapshot,
    )


def keep_primary(folder: Path, raw: Raw) -> Primary:
    """Keep an original text; one that came from the same path or address before goes.

    Raises:
        UnusableInput: there is no text in the bytes; nothing was changed.
    """
    primary = parse_primary(raw)
    drop_raws(folder, raw.item)
    keep_raw(folder, raw)
    return primary


def list_primaries(folder: Path) -> tuple[list[Primary], list[UnusableInput]]:
    """The original texts that are kept, in the order in which they came, each text once; and what is damaged."""
    found = [_parse_kept(raw) for raw in read_raws(folder)]
    known = {one.primary_id: one for one in reversed(found) if isinstance(one, Primary)}
    problems = [one for one in found if isinstance(one, UnusableInput)]
    return list(reversed(known.values())), problems


def remove_primary(folder: Path, wanted: str) -> tuple[str, ...]:
    """Forget the original text of this id, name, path or address; the paths or addresses that went.

    Raises:
        UnreadableInput: there is none.
    """
    called = [raw.item for raw in read_raws(folder) if wanted in _names_of(raw)]
    removed = tuple(item for item in called if drop_raws(folder, item))
    if not removed:
        raise UnreadableInput(wanted, "no original text of this id or name", "see `newsprism sources list`")
    return removed


def _check_file(given: str) -> None:
    """Refuse what is no single text."""
    if Path(given).expanduser().is_dir():
        raise UnreadableInput(given, "a folder, not one text", FILE_REMEDY)
    suffix = kind_of(given)
    if suffix not in (*TEXT, *PAGES):
        raise UnreadableInput(
            given, f"{suffix or 'a file without suffix'} is no text that is read", FILE_REMEDY
        )


def _as_document(raw: Raw) -> Raw:
    """The raw as sources know it, without what the user said; plain text at an address is read as a file."""
    if raw.url and raw.media.startswith("text/plain"):
        return replace(raw, hint=(), source=f"files {raw.item}", item=f"{raw.item}.txt")
    return replace(raw, hint=())


def _parse_kept(raw: Raw | UnusableInput) -> Primary | UnusableInput:
    """The text in bytes that were kept, or why there is none any more."""
    if isinstance(raw, UnusableInput):
        return raw
    try:
        return parse_primary(raw)
    except UnusableInput as problem:
        return problem


def _names_of(raw: Raw | UnusableInput) -> set[str]:
    """Whatever an original text may be called by; one that can no longer be read, by its path or address."""
    primary = _parse_kept(raw)
    return {raw.item, primary.primary_id, primary.name} if isinstance(primary, Primary) else {raw.item}


def _read_language(said: str) -> str:
    """The code that the user gives."""
    code = read_code(said)
    if code == UNDETERMINED:
        raise UnreadableInput(f"--language {said}", "no code of a language", "write ISO 639-1, such as en")
    return code


def _read_day(said: str, raw: Raw) -> Published:
    """The time that the user gives."""
    published = read_time(said, origin="file", seen=raw.seen)
    if published is None:
        raise UnreadableInput(f"--published {said}", "absurd or unreadable date", "write it as 2024-06-24")
    return published

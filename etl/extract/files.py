"""Files: articles saved one by one as plain text, Markdown or HTML, alone or in folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from etl.article import Article, Published, Raw
from etl.errors import UnreadableInput, UnusableInput
from etl.extract.addresses import canonical_url
from etl.extract.clean import clean_page, clean_text
from etl.extract.compose import compose_article, find_owner, page_address, read_published
from etl.extract.decoding import decode_page, decode_text, unpack_gzip
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet
from etl.extract.source import Place, Source, name_path
from etl.settings import DATA

TEXT = (".txt", ".text", ".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
HINTS = {
    "title": "title", "headline": "title", "subtitle": "subtitle", "description": "subtitle",
    "date": "published", "published": "published", "published_at": "published",
    "author": "authors", "authors": "authors", "outlet": "outlet", "source": "outlet",
    "url": "url", "link": "url", "section": "section", "category": "section",
}  # fmt: skip
# a bracketed address, in which brackets stand in pairs ("/Pier_(2024)"); a bracket left open ends at the first
ADDRESS = r"\((?:(?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\s*|[^)]*)\)"
MARKDOWN = (
    (re.compile(r"^```.*?^```[ \t]*$", re.MULTILINE | re.DOTALL), ""),
    (re.compile(rf"!\[([^\]]*)\]{ADDRESS}"), ""),
    (re.compile(rf"\[([^\]]+)\]{ADDRESS}"), r"\1"),
    (re.compile(r"^#{2,6}[ \t]+|^>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"^[ \t]*([-*_][ \t]*){3,}$", re.MULTILINE), ""),
)


def read_files(place: Place, fetcher: Fetcher) -> Iterator[Raw | UnusableInput]:
    """Each file of a path, a folder with all that is in it, sorted; hidden files are passed over."""
    path = Path(place.address).expanduser()
    if not path.exists():
        yield UnreadableInput(place.shown, "no such file or folder", "check the path")
        return
    for file in list_files(path):
        yield from read_file(file, place, limit=fetcher.settings.max_bytes)


def list_files(path: Path) -> list[Path]:
    """The file itself, or all files in the folder, sorted; what hides behind a dot is passed over."""
    if path.is_file():
        return [path.resolve()]
    found = (file for file in path.rglob("*") if file.is_file())
    return sorted(
        {f.resolve() for f in found if not any(p.startswith(".") for p in f.relative_to(path).parts)}
    )


def read_file(file: Path, place: Place, *, limit: int) -> Iterator[Raw | UnusableInput]:
    """The bytes of one file, unpacked; or why it cannot be read."""
    item = name_file(file)
    try:
        size = file.stat().st_size
        if size > limit:
            yield UnreadableInput(
                item, f"{size:,} bytes, more than {limit:,}", "split it, or raise `max_bytes`"
            )
            return
        content = unpack_gzip(file.read_bytes(), item, limit)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror})"
        yield UnreadableInput(item, reason, "check its permissions")
    except UnusableInput as problem:
        yield problem
    else:
        seen, hint = datetime.now(UTC), place.columns
        yield Raw(content=content, item=item, source=place.name, seen=seen, outlet=place.outlet, hint=hint)


def name_file(file: Path) -> str:
    """The path, from the data folder where it lies in it: the bundled sample has the same ids everywhere."""
    return name_path(file.relative_to(DATA).as_posix() if file.is_relative_to(DATA) else str(file))


def parse_file(raw: Raw, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """The article of one file, by what kind of file its name says that it is."""
    suffix = kind_of(raw.item)
    try:
        if suffix in PAGES:
            yield _parse_page(raw, outlets)
        elif suffix in TEXT:
            yield from _parse_text(raw, outlets, markdown=suffix in (".md", ".markdown"))
        else:
            known = ", ".join((*TEXT, *PAGES))
            remedy = f"give {known}, a feed, or records as .json, .jsonl, .csv or .parquet"
            yield UnreadableInput(
                raw.item, f"{suffix or 'a file without suffix'} is no kind that is read", remedy
            )
    except UnusableInput as problem:
        yield type(problem)(raw.item, problem.reason, problem.remedy)


def kind_of(name: str) -> str:
    """The suffix in lower case; that before `.gz` where the file is packed."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _parse_page(raw: Raw, outlets: Mapping[str, Outlet]) -> Article:
    """The article of a saved web page; its own address where it names one."""
    html = decode_page(raw.content, raw.item, raw.media)
    known = replace(raw, url=raw.url or page_address(html))
    outlet = find_owner(known, outlets)
    cleaned = clean_page(html, url=known.url, outlet=outlet.name, timezone=outlet.timezone, seen=raw.seen)
    return compose_article(known, cleaned, outlet)


def _parse_text(
    raw: Raw, outlets: Mapping[str, Outlet], *, markdown: bool
) -> Iterator[Article | UnusableInput]:
    """The article of a text, and a note when the date in its front matter cannot be used."""
    text = decode_text(raw.content, raw.item)
    told, text = split_front_matter(text) if markdown else ({}, text)
    known = replace(
        raw,
        url=canonical_url(told.get("url", "")),
        outlet=raw.outlet or told.get("outlet", ""),
        hint=tuple(told.items()),
    )
    outlet = find_owner(known, outlets)
    headed = f"# {told['title']}\n\n{text}" if told.get("title") else text
    plain = strip_markdown(headed) if markdown else headed
    cleaned = clean_text(plain, outlet=outlet.name, timezone=outlet.timezone, url=known.url, seen=raw.seen)
    published = read_published(raw, told.get("published", ""), outlet, origin="file")
    if isinstance(published, UnusableInput):
        yield published
        published = Published()
    article = compose_article(known, cleaned, outlet, published=published)
    yield replace(article, subtitle=article.subtitle or told.get("subtitle", ""))


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two lines of three hyphens at the top, and the text below them."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    pairs = (line.partition(":") for line in match[1].splitlines() if ":" in line)
    told = {HINTS.get(key.strip().lower(), ""): value.strip().strip("\"'[]") for key, _, value in pairs}
    return {key: value for key, value in told.items() if key and value}, text[match.end() :]


def strip_markdown(text: str) -> str:
    """The text without the marks of Markdown; a link leaves its words, a picture nothing."""
    for pattern, replacement in MARKDOWN:
        text = pattern.sub(replacement, text)
    return text


FILES = Source(kind="files", read=read_files, parse=parse_file)

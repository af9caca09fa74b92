"""Records: many articles in one JSON, JSON Lines, CSV or Parquet file, one a row; columns are mapped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from etl.article import Article, Cut, Published, Raw
from etl.errors import UnreadableInput, UnusableInput
from etl.extract.addresses import canonical_url
from etl.extract.clean import Cleaned, clean_page
from etl.extract.clean.boilerplate import cut_boilerplate
from etl.extract.clean.cleaned import tidy_line
from etl.extract.clean.languages import detect_language
from etl.extract.compose import compose_article, find_owner, read_published
from etl.extract.entries import plain_text
from etl.extract.fetch import Fetcher
from etl.extract.files import kind_of, list_files, read_file
from etl.extract.outlets import Outlet
from etl.extract.rows import Row, field_text, read_rows
from etl.extract.source import Place, Source

SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
SIZE_FACTOR = 50  # a file of records holds many articles, so it may be this often as large as one page
BREAK = re.compile(r"[\r\n\u2028\u2029]+|</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote)\b[^>]*>", re.IGNORECASE)
MARKUP = re.compile(r"</?[a-z][^>]*>|&#?\w+;", re.IGNORECASE)

USUAL: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "head", "name"),
    "text": ("text", "body", "content", "article", "articlebody", "fulltext", "full_text", "maintext"),
    "html": ("html", "raw_html"),
    "url": ("url", "link", "address", "article_source_link", "permalink", "web_url"),
    "published": (
        "published", "published_at", "publishedat", "date", "publish_date", "pubdate", "publication_date",
        "datepublished", "date_publish", "datetime", "timestamp", "time", "created_at",
    ),
    "outlet": ("outlet", "source", "publisher", "publication", "media", "site", "source_name", "domain"),
    "language": ("language", "lang"),
    "authors": ("authors", "author", "byline", "creator"),
    "subtitle": ("subtitle", "subheadline", "standfirst", "summary", "description", "lead"),
    "section": ("section", "category", "rubric", "topic"),
    "id": ("id", "article_id", "guid", "uuid", "_id", "doc_id"),
}  # fmt: skip


def read_records(place: Place, fetcher: Fetcher) -> Iterator[Raw | UnusableInput]:
    """The bytes of each file of records, with the column mapping as hint."""
    path = Path(place.address).expanduser()
    if not path.exists():
        yield UnreadableInput(place.shown, "no such file or folder", "check the path")
        return
    for file in list_files(path):
        if file == path.resolve() or kind_of(file.name) in SUFFIXES:
            yield from read_file(file, place, limit=fetcher.settings.max_bytes * SIZE_FACTOR)


def parse_records(raw: Raw, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """One article a row; a broken row is named `file#row` and skipped alone."""
    try:
        rows = list(read_rows(raw.content, raw.item, kind_of(raw.item)))
        names = dict.fromkeys(name for _, row in rows if isinstance(row, dict) for name in row)
        if not names:
            raise UnreadableInput(raw.item, "no rows", "write or download it again")
        columns = map_columns(names, dict(raw.hint), raw.item)
    except UnusableInput as problem:
        yield problem
        return
    snapshot, bare = raw.snapshot, replace(raw, content=b"")
    for number, row in rows:
        if isinstance(row, UnusableInput):
            yield row
            continue
        for one in _parse_row(bare, number, pick_fields(row, columns), outlets):
            yield replace(one, snapshot=snapshot) if isinstance(one, Article) else one


def map_columns(names: Collection[str], given: Mapping[str, str], item: str) -> dict[str, str]:
    """Which column holds which field: as given, else by usual names, whatever the case.

    Raises:
        UnreadableInput: a given column is missing, or none holds a text.
    """
    found = ", ".join(names)
    for field, name in given.items():
        if field not in USUAL:
            raise UnreadableInput(item, f"no field named {field}", f"map one of {', '.join(USUAL)}")
        if name not in names:
            raise UnreadableInput(item, f"no column {name!r}; found {found}", f"pass --columns {field}=NAME")
    folded = {re.sub(r"[\s-]+", "_", name.strip().casefold()): name for name in reversed(tuple(names))}
    guessed = {
        field: next((folded[usual] for usual in usuals if usual in folded), "")
        for field, usuals in USUAL.items()
    }
    columns = {field: name for field, name in {**guessed, **given}.items() if name}
    if "text" not in columns and "html" not in columns:
        raise UnreadableInput(
            item,
            f"missing columns: none holds the text; found {found}",
            "pass --columns text=NAME,title=NAME",
        )
    return columns


def pick_fields(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    """The fields of a row as texts."""
    return {field: field_text(row.get(name)) for field, name in columns.items()}


def clean_record(fields: Mapping[str, str]) -> Cleaned:
    """Title and paragraphs of a record, boilerplate cut; a line break or a block of HTML parts paragraphs."""
    title, subtitle = tidy_field(fields.get("title", "")), tidy_field(fields.get("subtitle", ""))
    paragraphs = (tidy_field(line) for line in BREAK.split(fields.get("text", "")))
    pieces = cut_boilerplate([paragraph for paragraph in paragraphs if paragraph])
    body = tuple(piece for piece in pieces if isinstance(piece, str))
    return Cleaned(
        title=title,
        subtitle=subtitle,
        body=body,
        language=detect_language(title, body, declared=fields.get("language", "")),
        cuts=tuple(piece for piece in pieces if isinstance(piece, Cut)),
    )


def tidy_field(value: str) -> str:
    """A field on one line, without the tags and entities that some exports leave in it."""
    return tidy_line(plain_text(value) if MARKUP.search(value) else value)


def _parse_row(
    raw: Raw, number: int, fields: dict[str, str], outlets: Mapping[str, Outlet]
) -> Iterator[Article | UnusableInput]:
    """The article of one row, and a note where its date cannot be used."""
    item = f"{raw.item}#{fields.get('id') or number}"
    hint = tuple((key, fields[key]) for key in ("title", "authors", "section") if fields.get(key))
    known = replace(
        raw,
        item=item,
        url=canonical_url(fields.get("url", "")),
        outlet=raw.outlet or fields.get("outlet", ""),
        hint=hint,
    )
    outlet = find_owner(known, outlets)
    try:
        cleaned = _clean_row(known, fields, outlet)
    except UnusableInput as problem:
        yield type(problem)(f"{raw.item}#{number}", problem.reason, problem.remedy)
        return
    published = read_published(known, fields.get("published", ""), outlet, origin="metadata")
    if isinstance(published, UnusableInput):
        yield published
        published = Published()
    yield compose_article(known, cleaned, outlet, published=published)


def _clean_row(raw: Raw, fields: dict[str, str], outlet: Outlet) -> Cleaned:
    """The row's article, from its text or else from its HTML.

    Raises:
        UnreadableInput: neither holds an article.
    """
    if fields.get("text"):
        cleaned = clean_record(fields)
    elif fields.get("html"):
        cleaned = clean_page(
            fields["html"], url=raw.url, outlet=outlet.name, timezone=outlet.timezone, seen=raw.seen
        )
    else:
        raise UnreadableInput(raw.item, "the row has no text", "remove it, or fill its text")
    if not cleaned.body:
        raise UnreadableInput(raw.item, "the row's text is all boilerplate", "look at the row")
    return cleaned


RECORDS = Source(kind="records", read=read_records, parse=parse_records)

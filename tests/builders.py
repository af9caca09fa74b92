"""Builders: an article, a table, a store, each in one line; whatever a test does not name is ordinary."""

from __future__ import annotations

import atexit
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import pandas as pd

from etl.article import Article, Published, content_id
from etl.schema import TABLES
from etl.store import Store
from etl.store.delta import open_pinned
from etl.table import Column

SEEN = pd.Timestamp("2024-06-25 09:00", tz="UTC")
DAYS = ("2024-06-24", "2024-06-25", "2024-07-01")
ORDINARY: dict[str, object] = {
    "str": "",
    "int64": 0,
    "Int64": 0,
    "float64": 0.0,
    "boolean": False,
    "datetime64[us, UTC]": SEEN,
    "datetime64[us]": pd.Timestamp("2024-06-24"),
}


def make_article(**changes: object) -> Article:
    """An ordinary article of one paragraph, with these fields changed; `published` may be given as text."""
    if isinstance(changes.get("published"), str):
        at = datetime.fromisoformat(str(changes["published"])).replace(tzinfo=UTC)
        changes["published"] = Published(at=at, precision="minute", origin="metadata")
    ordinary = Article(
        outlet="The Courier",
        item="courier/1",
        title="Harbour reopens after storm",
        body=("The harbour reopened on Monday. Ships left at dawn.",),
        language="en",
        published=Published(
            at=datetime(2024, 6, 24, 7, 18, tzinfo=UTC), precision="minute", origin="metadata"
        ),
        source="files:test",
    )
    return replace(ordinary, **changes)  # type: ignore[arg-type]  # a test names fields that there are


def make_rows(table: str, *rows: dict[str, object]) -> pd.DataFrame:
    """Rows of a contract table; columns that a row does not name are ordinary (optional ones missing)."""
    columns = TABLES[table].columns
    ordinary = {column.name: _ordinary(column) for column in columns}
    return TABLES[table].conform(pd.DataFrame([ordinary | row for row in rows], columns=list(ordinary)))


def _ordinary(column: Column) -> object:
    """What stands in a column that a test does not name: missing, its first value, or the least from 0 on."""
    if column.optional:
        return None
    if column.values:
        return column.values[0]
    return max(ORDINARY[column.dtype], column.bounds[0]) if column.bounds else ORDINARY[column.dtype]  # type: ignore[call-overload]


def make_article_rows(
    *articles: Article, seen: pd.Timestamp = SEEN, run: str = "run"
) -> dict[str, pd.DataFrame]:
    """The rows of `articles` and `texts` that these articles have."""
    told = [
        {
            "article_id": a.article_id, "outlet": a.outlet, "language": a.language or "und", "url": a.url,
            "title": a.title, "subtitle": a.subtitle, "authors": "; ".join(a.authors), "section": a.section,
            "published": a.published.at, "published_precision": a.published.precision,
            "published_origin": a.published.origin, "seen_first": seen, "seen_last": seen, "words": a.words,
            "snapshot": a.snapshot, "source": a.source, "run_id": run,
        }
        for a in articles
    ]  # fmt: skip
    texts = [{"article_id": a.article_id, "text": a.text, "body_start": _body_start(a)} for a in articles]
    return {"articles": make_rows("articles", *told), "texts": make_rows("texts", *texts)}


def make_store(folder: Path, **tables: pd.DataFrame) -> Store:
    """A store of one version that holds these tables; the rest is empty.

    Articles that rows refer to and that `articles` lacks are made up: a test names only what it is about.
    """
    named = [frame["article_id"] for name, frame in tables.items() if TABLES[name].key[0] == "article_id"]
    known = set(tables["articles"]["article_id"]) if "articles" in tables else set()
    missing = sorted({article_id for ids in named for article_id in ids} - known)
    if missing:
        made = make_rows(
            "articles", *({"article_id": x, "outlet": "The Courier", "language": "en"} for x in missing)
        )
        tables["articles"] = pd.concat(
            [frame for frame in (tables.get("articles"), made) if frame is not None]
        )
    store = Store(folder)
    if not store.versions():
        copytree(_make_blank(), folder, dirs_exist_ok=True)
    store.commit("run", upserts=tables or {"runs": make_rows("runs", {"run_id": "run"})})
    return store


@cache
def _make_blank() -> Path:
    """All tables without a row, made once for all stores: copying them takes a tenth of the time."""
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder)
    for table in TABLES.values():
        open_pinned(folder, table, None)
    return folder


def article_number(number: int, **changes: object) -> Article:
    """The article of this number: every third day, every second outlet, its own words."""
    ordinary: dict[str, object] = {
        "outlet": ("The Courier", "Daily Signal")[number % 2],
        "item": f"test/{number}",
        "title": f"Story {number}",
        "body": (f"Word{number} stands in the text. It is the body of {content_id(str(number))}.",),
        "published": f"{DAYS[number % 3]}T08:00",
    }
    return make_article(**(ordinary | changes))


def _body_start(article: Article) -> int:
    """Where the body begins in the text."""
    return sum(len(part) + 2 for part in (article.title, article.subtitle) if part)

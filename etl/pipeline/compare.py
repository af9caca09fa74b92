"""Compare: what came in against what the store holds: new, changed or as before; and the rows it makes.

An article is as before when title, text and what is known about it are equal. Another title or text makes a
revision; other metadata, or another reading of the same bytes, replaces the current version in place. What
was seen earlier than the current version (kept bytes, read again) takes its place in the history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby

import pandas as pd

from etl.article import Article
from etl.schema import TABLES
from etl.store import Snapshot

FIELDS = ("articles", "texts", "cuts", "revisions")
KNOWN = (
    "outlet", "language", "url", "title", "subtitle", "authors", "section",
    "published", "published_precision", "published_origin",
)  # fmt: skip
MOST_PAIRS = 4_000_000  # of equal words in two versions; a report of 5,000 words has some 185,000
Row = dict[str, object]


@dataclass(frozen=True)
class Incoming:
    """An article as it was read just now, and when."""

    article: Article
    seen: datetime


@dataclass(frozen=True)
class Version:
    """One text of an article, and when it was first seen."""

    seen: pd.Timestamp
    snapshot: str
    title: str
    text: str


@dataclass(frozen=True)
class Known:
    """An article in the store: its row, its text and its versions, oldest first."""

    row: Row
    text: str
    cuts: tuple[Row, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Compared:
    """The rows of all new and changed articles, and how many inputs were what."""

    tables: Mapping[str, pd.DataFrame]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def ids(self) -> tuple[str, ...]:
        """The articles that are new or changed."""
        return tuple(self.tables["articles"]["article_id"])


def compare_articles(
    incoming: Iterable[Incoming], snapshot: Snapshot | None, run_id: str, *, again: Collection[str] = ()
) -> Compared:
    """Sort out a batch; several inputs with one id are taken in the order in which they were seen.

    The articles in `again` have rows even where they are as before.
    """
    ordered = sorted(incoming, key=_place)
    stored = _read_known(snapshot, {one.article.article_id for one in ordered})
    counts: Counter[str] = Counter()
    differing: list[Known] = []
    for article_id, inputs in groupby(ordered, key=lambda one: one.article.article_id):
        before = known = stored.get(article_id)
        for one in inputs:
            after = take_in(known, one, run_id)
            counts["new" if known is None else "unchanged" if after is known else "changed"] += 1
            known = after
        if known is not None and (known is not before or article_id in again):
            differing.append(known)
    return Compared(_make_tables(differing), counts)


def recall_articles(snapshot: Snapshot, ids: Collection[str], run_id: str) -> Compared:
    """The rows of these articles as the store holds them, to have their features computed anew."""
    known = _read_known(snapshot, set(ids)).values()
    return Compared(_make_tables([replace(one, row=one.row | {"run_id": run_id}) for one in known]))


def take_in(known: Known | None, one: Incoming, run_id: str) -> Known:
    """What is known of the article after this input; the same object when nothing is new."""
    fresh = _first_known(one, run_id)
    if known is None:
        return fresh
    if known.text == fresh.text and all(known.row[name] == fresh.row[name] for name in KNOWN):
        return known
    if fresh.versions[0].seen < pd.Timestamp(str(known.row["seen_last"])):
        return _file_older(known, fresh.versions[0])
    versions = known.versions
    if known.row["snapshot"] == fresh.row["snapshot"]:
        again = replace(versions[-1], title=one.article.title, text=fresh.text)
        versions = _without_repeats((*versions[:-1], again))
    elif (versions[-1].title, versions[-1].text) != (one.article.title, fresh.text):
        versions = (*versions, fresh.versions[0])
    kept = {"seen_first": known.row["seen_first"], "revision": len(versions) - 1}
    return replace(fresh, row=fresh.row | kept, versions=versions)


def count_changes(before: str, after: str) -> tuple[int, int]:
    """Words that the later text adds, and words of the earlier one that are gone.

    Where few words stand over and over, so that comparing them in order would take minutes, only how often.
    """
    old, new = before.split(), after.split()
    had, has = Counter(old), Counter(new)
    if sum(times * has[word] for word, times in had.items()) > MOST_PAIRS:
        same = (had & has).total()
    else:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
    return len(new) - same, len(old) - same


def _place(one: Incoming) -> tuple[str, datetime, str, str]:
    """The order in which inputs are taken: article by article, as seen; ties by their words."""
    return one.article.article_id, one.seen, one.article.snapshot, one.article.text


def _file_older(known: Known, version: Version) -> Known:
    """An older version takes its place; the current one stays what it is, and the last."""
    if any(
        (v.snapshot, v.title, v.text) == (version.snapshot, version.title, version.text)
        for v in known.versions
    ):
        return known
    row = known.row
    now = Version(pd.Timestamp(str(row["seen_last"])), str(row["snapshot"]), str(row["title"]), known.text)
    others = (v for v in known.versions if (v.seen, v.snapshot) != (version.seen, version.snapshot))
    versions = _without_repeats(sorted((*others, version, now), key=lambda v: v.seen))
    if versions == known.versions:
        return known
    return replace(known, row=row | {"revision": len(versions) - 1}, versions=versions)


def _without_repeats(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The versions without those that say what the one before them says."""
    return tuple(
        v
        for n, v in enumerate(versions)
        if n == 0 or (v.title, v.text) != (versions[n - 1].title, versions[n - 1].text)
    )


def _first_known(one: Incoming, run_id: str) -> Known:
    """An article that was never seen before."""
    article, seen = one.article, pd.Timestamp(one.seen).tz_convert("UTC").as_unit("us")
    at = article.published.at
    row: Row = {
        "article_id": article.article_id,
        "outlet": article.outlet,
        "language": article.language or "und",
        "url": article.url,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": "; ".join(article.authors),
        "section": article.section,
        "published": None if at is None else pd.Timestamp(at).tz_convert("UTC").as_unit("us"),
        "published_precision": article.published.precision,
        "published_origin": article.published.origin,
        "seen_first": seen,
        "seen_last": seen,
        "revision": 0,
        "words": article.words,
        "snapshot": article.snapshot,
        "source": article.source,
        "run_id": run_id,
    }
    cuts = tuple(
        {"article_id": article.article_id, "cut": n, "role": cut.role, "text": cut.text, "rule": cut.rule}
        for n, cut in enumerate(article.cuts)
    )
    return Known(row, article.text, cuts, (Version(seen, article.snapshot, article.title, article.text),))


def _read_known(snapshot: Snapshot | None, ids: set[str]) -> dict[str, Known]:
    """What the store holds of these articles."""
    if snapshot is None:
        return {}
    found = {name: _rows_of(snapshot, name, ids) for name in FIELDS}
    texts = {str(row["article_id"]): str(row["text"]) for row in found["texts"]}
    cuts, versions = _by_article(found["cuts"]), _by_article(found["revisions"])
    return {
        name: Known(row, texts[name], tuple(cuts.get(name, ())), tuple(map(_version, versions[name])))
        for row in found["articles"]
        for name in (str(row["article_id"]),)
    }


def _rows_of(snapshot: Snapshot, name: str, ids: set[str]) -> list[Row]:
    """The rows of these articles as records in order of the key; missing values are None."""
    key = ", ".join(TABLES[name].key)
    query = f"SELECT * EXCLUDE (month) FROM {name} WHERE article_id IN (SELECT unnest(?)) ORDER BY {key}"  # noqa: S608  # names are the contract's
    rows = TABLES[name].conform(_in_utc(snapshot.sql(query, [sorted(ids)])))
    return [
        {str(key): None if value is pd.NaT else value for key, value in row.items()}
        for row in rows.to_dict("records")
    ]


def _in_utc(rows: pd.DataFrame) -> pd.DataFrame:
    """The answer of a query with its naive times marked as UTC."""
    times = rows.select_dtypes("datetime").columns
    return rows.assign(**{name: rows[name].dt.tz_localize("UTC") for name in times})


def _by_article(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by their article."""
    return {str(name): list(group) for name, group in groupby(rows, key=lambda row: row["article_id"])}


def _version(row: Row) -> Version:
    """A row of `revisions` as a version."""
    return Version(pd.Timestamp(str(row["seen"])), str(row["snapshot"]), str(row["title"]), str(row["text"]))


def _make_tables(known: list[Known]) -> dict[str, pd.DataFrame]:
    """The rows that these articles have from now on."""
    rows: dict[str, list[Row]] = {
        "articles": [one.row for one in known],
        "texts": [{"article_id": one.row["article_id"], **_lay_out(one)} for one in known],
        "cuts": [cut for one in known for cut in one.cuts],
        "revisions": [row for one in known for row in _revisions(one)],
    }
    return {name: TABLES[name].conform(pd.DataFrame(rows[name])) for name in FIELDS}


def _lay_out(one: Known) -> Row:
    """The text and where its body begins."""
    headed = sum(len(str(one.row[part])) + 2 for part in ("title", "subtitle") if one.row[part])
    return {"text": one.text, "body_start": min(headed, len(one.text))}


def _revisions(one: Known) -> list[Row]:
    """One row a version, with what it changed."""
    before, rows = one.versions[0].text, []
    for number, version in enumerate(one.versions):
        added, removed = count_changes(before, version.text) if number else (0, 0)
        told: Row = {"article_id": one.row["article_id"], "revision": number, **vars(version)}
        rows.append(told | {"words_added": added, "words_removed": removed})
        before = version.text
    return rows

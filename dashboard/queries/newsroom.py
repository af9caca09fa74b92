"""Newsroom: what one store version holds, so that filters can offer it: outlets, languages, countries,
days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.schema import TABLES
from etl.store import Snapshot


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """`order` is the fixed order of the outlets that have articles (by id), `names` their names for
    readers.
    """

    order: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    first: date | None
    last: date | None
    articles: int


def read_newsroom(snapshot: Snapshot) -> Newsroom:
    """What there is to choose from in this store version."""
    outlets = snapshot.sql("""
        SELECT a.outlet, min(coalesce(o.name, a.outlet)) AS name, min(o.country) AS country
        FROM articles a LEFT JOIN outlets o USING (outlet) GROUP BY a.outlet ORDER BY a.outlet""")
    known = snapshot.sql("SELECT outlet, name FROM outlets WHERE name IS NOT NULL ORDER BY outlet")
    languages = snapshot.sql("SELECT DISTINCT language FROM articles ORDER BY language")
    days = snapshot.sql(
        "SELECT min(CAST(published AS DATE)) first, max(CAST(published AS DATE)) last, count(*) n "
        "FROM articles"
    )
    first, last = days["first"].iloc[0], days["last"].iloc[0]
    return Newsroom(
        order=tuple(outlets["outlet"]),
        names=tuple({**dict(known.to_numpy()), **dict(outlets[["outlet", "name"]].to_numpy())}.items()),
        languages=tuple(languages["language"]),
        countries=tuple(sorted(outlets["country"].dropna().unique())),
        first=None if pd.isna(first) else pd.Timestamp(first).date(),
        last=None if pd.isna(last) else pd.Timestamp(last).date(),
        articles=int(days["n"].iloc[0]),
    )


def title_of(snapshot: Snapshot, story: str) -> str:
    """The title of a story; its id where it is unknown."""
    found = snapshot.sql("SELECT title FROM stories WHERE story_id = ?", (story,))
    return str(found.loc[0, "title"]) if len(found) else story


def name_of_outlet(snapshot: Snapshot, outlet: str) -> str:
    """The name of an outlet; its id where it is unknown."""
    found = snapshot.sql("SELECT name FROM outlets WHERE outlet = ?", (outlet,))
    return str(found.loc[0, "name"]) if len(found) else outlet


def name_of_actor(snapshot: Snapshot, actor: str) -> str:
    """The name of an actor; its id where it is unknown."""
    found = snapshot.sql("SELECT name FROM actors WHERE actor_id = ?", (actor,))
    return str(found.loc[0, "name"]) if len(found) else actor


def empty_tables(snapshot: Snapshot, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the tables that hold no row in this store version."""
    known = [name for name in names if name in TABLES]
    return tuple(name for name in known if snapshot.sql(f"SELECT 1 FROM {name} LIMIT 1").empty)  # ours

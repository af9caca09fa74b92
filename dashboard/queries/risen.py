"""Risen: which actors and stories were covered far above their usual level, on which days, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.baseline import HISTORY, Expected, Panel, expect_counts
from dashboard.queries.bulk import find_bulk
from dashboard.queries.bursts import FALSE_DISCOVERY, list_bursts
from dashboard.queries.selection import VOICED, key_articles, select_articles
from dashboard.theme import write_counted
from etl.store import Snapshot

MOST_TESTED, FEWEST_COUNTED = (
    300,
    10,
)  # of each kind, those of most texts; texts of each in the days that are read
MOST_LISTED = 12
BEFORE = timedelta(days=112)  # days read before the filter's first: what is usual is learned from them
ALL = "all"
SERIES = ["kind", "id"]


@dataclass(frozen=True, kw_only=True)
class Laid:
    """Series side by side: `named` holds kind and id of each column of the panel, `days` the day of each row.

    `since` is the first row that the filter asks about; the rows before are history.
    """

    named: pd.MultiIndex
    days: pd.DatetimeIndex
    panel: Panel
    since: int


def list_risen(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a burst within the filter's period, the one that brought most beyond the usual first.

    Columns: kind ("actor" or "story"), name, first, last, observed and expected (in the chosen unit), ratio, low,
    high, q, counts (a day, from `begin` on; missing where nothing at all was published), begin; actor_id, beside_id,
    story_id: what the filter becomes when the row is opened. A story is compared with itself, after its first day.
    """
    unit = f"actors and stories tested, in {UNIT_NAMES[chosen.unit]}"
    counts = count_by_day(snapshot, chosen)
    laid = lay_out(counts, chosen) if len(counts) else None
    if laid is None or laid.since >= len(laid.days) or not len(laid.named):
        return Answer(frame=pd.DataFrame({"kind": []}), n=0, unit=unit)
    expected = expect_counts(laid.panel)
    tested = int(expected.known[laid.since :].any(axis=0).sum())
    found = list_bursts(laid.panel, expected, since=laid.since)
    return Answer(
        frame=_describe(found, laid, chosen, snapshot) if len(found) else found,
        n=tested,
        unit=unit,
        interval="95 % of the ratio",
        verdict=_tell_found(found, laid, expected, tested),
    )


def count_by_day(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """Counts in the chosen unit, with the days before the filter's first: a row a day, a column a kind and id.

    Kind "all" (without id) is everything of the day; then actors in the chosen voice, and stories that last longer
    than the history which a first judgement needs; of each kind those with most texts.
    """
    key_mentions(snapshot)
    widened = chosen.narrow(start=chosen.start - BEFORE) if chosen.start else chosen
    one, distinct = ("article", "") if chosen.unit == "articles" else ("numbered", "DISTINCT")
    rows = select_articles(
        snapshot,
        widened,
        f""", told AS MATERIALIZED (
            SELECT {distinct} story_id, day, {one} AS one FROM chosen WHERE day IS NOT NULL),
        stories AS (
            SELECT story_id FROM told WHERE story_id IS NOT NULL GROUP BY story_id
            HAVING count(*) >= {FEWEST_COUNTED} AND max(day) - min(day) > {HISTORY}
            ORDER BY count(*) DESC, story_id LIMIT {MOST_TESTED})
        SELECT '{ALL}' AS kind, '' AS id, day, count({distinct} one) AS count FROM told GROUP BY day
        UNION ALL SELECT 'story', story_id, day, count(*) FROM told SEMI JOIN stories USING (story_id)
        GROUP BY story_id, day""",
    )
    named = select_articles(
        snapshot,
        widened,
        f"""SELECT actor, (day - DATE '1970-01-01')::INTEGER AS day FROM (
            SELECT {distinct} m.actor, c.day, {one} AS one FROM mention_keys m JOIN chosen c USING (article)
            WHERE day IS NOT NULL AND in_{chosen.voice})""",
    )
    table = rows.pivot(index="day", columns=SERIES, values="count")
    table.index = days = pd.DatetimeIndex(table.index)
    return table.join(_count_actors(snapshot, named, days)).sort_index(axis=1) if len(days) else table


def key_mentions(snapshot: Snapshot) -> None:
    """Keep who is named in which article in which voice, as numbers and once each; made at the first call.

    `actor_keys` (numbers in the order of the ids) and `mention_keys`, with the numbers of `article_keys`.
    """
    key_articles(snapshot)
    voices = ", ".join(f"bool_or({condition}) AS in_{voice}" for voice, condition in VOICED.items())
    for table, query in (
        ("actor_keys", "SELECT actor_id, row_number() OVER (ORDER BY actor_id)::INTEGER AS actor "
                       "FROM (SELECT DISTINCT actor_id FROM mentions)"),
        ("mention_keys", f"SELECT article, actor, {voices} FROM mentions m JOIN article_keys USING (article_id) "
                         "JOIN actor_keys USING (actor_id) GROUP BY article, actor"),
    ):  # fmt: skip
        snapshot.keep(table, query)


def lay_out(counts: pd.DataFrame, chosen: Filter) -> Laid:
    """The counts, of which there must be some, as a panel of all days in a row, each out of everything of its day.

    Outlets that come or go, and days that nobody collected, change what a count is out of and not its share. Days
    far from the bulk are left out where the filter names no period.
    """
    bulk = None if chosen.start or chosen.end else find_bulk(counts[(ALL, "")])
    first, last = bulk or (counts.index.min(), counts.index.max())
    days = pd.date_range(first, last, freq="D")
    table = counts.reindex(days).fillna(0.0).astype("float64")
    series = table.loc[:, table.columns.get_level_values("kind") != ALL]
    begun = (series.cumsum() > 0) | (series.columns.get_level_values("kind") != "story")
    panel = Panel(
        counts=series.to_numpy(),
        exposure=begun.to_numpy() * table[[(ALL, "")]].to_numpy(),
        weekdays=days.day_of_week.to_numpy(),
    )
    since = int(days.searchsorted(pd.Timestamp(chosen.start))) if chosen.start else 0
    return Laid(named=series.columns, days=days, panel=panel, since=since)  # type: ignore[arg-type]


def _count_actors(snapshot: Snapshot, named: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """As `count_by_day`, of actors alone; `named` holds a row a text: actor (its number), day (since 1970)."""
    texts = np.bincount(named["actor"])
    often = np.flatnonzero(texts >= FEWEST_COUNTED)
    top = np.sort(often[np.argsort(-texts[often], kind="stable")][:MOST_TESTED])
    ids = snapshot.sql("SELECT actor_id FROM actor_keys WHERE actor = ANY(?) ORDER BY actor", [top.tolist()])
    column = np.full(len(texts), len(top))  # one more for all the others
    column[top] = np.arange(len(top))
    numbers = days.to_numpy("datetime64[D]").astype("int64")
    row = np.zeros(numbers[-1] - numbers[0] + 1, dtype="int64")
    row[numbers - numbers[0]] = np.arange(len(days))
    shape = len(days), len(top) + 1
    cells = row[named["day"] - numbers[0]] * shape[1] + column[named["actor"]]
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    columns = pd.MultiIndex.from_product([["actor"], ids["actor_id"]], names=SERIES)
    return pd.DataFrame(counts[:, :-1], index=days, columns=columns)


def _describe(found: pd.DataFrame, laid: Laid, chosen: Filter, snapshot: Snapshot) -> pd.DataFrame:
    """The bursts that brought most beyond the usual, named, dated and with their counts by day."""
    largest = found.assign(beyond=found["observed"] - found["expected"]).nlargest(MOST_LISTED, "beyond")
    named = laid.named[largest["series"]].to_frame(index=False)
    shown = pd.concat([named, largest.drop(columns=["series", "beyond"]).reset_index(drop=True)], axis=1)
    actor, story = shown["kind"] == "actor", shown["kind"] == "story"
    names = _read_names(snapshot, shown.loc[actor, "id"], shown.loc[story, "id"])
    counts = laid.panel.counts[laid.since :].copy()
    counts[(laid.panel.exposure == 0)[laid.since :]] = float("nan")
    return shown.assign(
        name=shown["id"].map(names).fillna(shown["id"]),
        first=laid.days[shown["first"]],
        last=laid.days[shown["last"]],
        counts=[counts[:, at].tolist() for at in largest["series"]],
        begin=laid.days[laid.since],
        actor_id=chosen.actor or shown["id"].where(actor, ""),
        beside_id=shown["id"].where(actor & bool(chosen.actor), chosen.beside),
        story_id=shown["id"].where(story, chosen.story),
    )


def _read_names(snapshot: Snapshot, actors: pd.Series, stories: pd.Series) -> pd.Series:
    """The names of actors and the titles of stories, by id."""
    found = snapshot.sql(
        "SELECT actor_id AS id, name FROM actors WHERE actor_id = ANY(?::VARCHAR[]) "
        "UNION ALL SELECT story_id, title FROM stories WHERE story_id = ANY(?::VARCHAR[])",
        (list(actors), list(stories)),
    )
    return found.drop_duplicates("id").set_index("id")["name"]


def _tell_found(found: pd.DataFrame, laid: Laid, expected: Expected, tested: int) -> str:
    """How many rose; or why nothing can be said."""
    if not tested:
        return (
            f"Too early to say: a day can be judged after {HISTORY} observed days, and before these days there are "
            f"fewer."
        )
    judged = expected.known[laid.since :].any(axis=1)
    first = laid.days[laid.since + int(judged.argmax())]
    left_out = f"; the {MOST_LISTED} largest are shown" if len(found) > MOST_LISTED else ""
    return (
        f"{write_counted(len(found), 'burst')} (q ≤ {FALSE_DISCOVERY:g}) among {tested} actors and "
        f"stories{left_out}. The first day that could be judged is {first.day} {first:%B %Y}."
    )

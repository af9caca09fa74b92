"""Risen: which actors and stories were covered far above their usual level, on which days, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.baseline import HISTORY, Expected, Panel, expect_counts
from dashboard.queries.bulk import find_bulk
from dashboard.queries.bursts import FALSE_DISCOVERY, list_bursts
from dashboard.queries.labels import VOICED
from dashboard.queries.selection import select_articles
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
    """Counts in the chosen unit, with the days before the filter's first: kind, id, day, count.

    Kind "all" (without id) is everything of the day; then actors in the chosen voice, and stories that last longer
    than the history which a first judgement needs; of each kind those with most texts.
    """
    key_mentions(snapshot)
    widened = chosen.narrow(start=chosen.start - BEFORE) if chosen.start else chosen
    one, distinct = ("article", "") if chosen.unit == "articles" else ("hash(counted)", "DISTINCT")
    return select_articles(
        snapshot,
        widened,
        f""", dated AS MATERIALIZED (
            SELECT article, day, {one} AS one, story_id FROM chosen WHERE day IS NOT NULL),
        named AS MATERIALIZED (
            SELECT {distinct} m.actor, d.day, d.one FROM mention_keys m JOIN dated d USING (article)
            WHERE in_{chosen.voice}),
        told AS MATERIALIZED (SELECT {distinct} story_id, day, one FROM dated WHERE story_id IS NOT NULL),
        actors AS (
            SELECT actor FROM named GROUP BY actor HAVING count(*) >= {FEWEST_COUNTED}
            ORDER BY count(*) DESC, actor LIMIT {MOST_TESTED}),
        stories AS (
            SELECT story_id FROM told GROUP BY story_id
            HAVING count(*) >= {FEWEST_COUNTED} AND max(day) - min(day) > {HISTORY}
            ORDER BY count(*) DESC, story_id LIMIT {MOST_TESTED})
        SELECT '{ALL}' AS kind, '' AS id, day, count(DISTINCT one) AS count FROM dated GROUP BY day
        UNION ALL SELECT 'actor', k.actor_id, day, count FROM (
            SELECT actor, day, count(*) AS count FROM named SEMI JOIN actors USING (actor) GROUP BY actor, day)
        JOIN actor_keys k USING (actor)
        UNION ALL SELECT 'story', story_id, day, count(*) FROM told SEMI JOIN stories USING (story_id)
        GROUP BY story_id, day""",
        source="article_keys",
    )


def key_mentions(snapshot: Snapshot) -> None:
    """Keep who is named in which article in which voice, as numbers and once each; made at the first call.

    `article_keys` (what a filter asks about), `actor_keys` (numbers in the order of the ids), `mention_keys`.
    """
    voices = ", ".join(f"bool_or({condition}) AS in_{voice}" for voice, condition in VOICED.items())
    for table, query in (
        ("article_keys", "SELECT row_number() OVER ()::INTEGER AS article, article_id, outlet, language, published "
                         "FROM articles"),
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
    by_day = counts.pivot(index="day", columns=SERIES, values="count")
    by_day.index = pd.DatetimeIndex(by_day.index)
    bulk = None if chosen.start or chosen.end else find_bulk(by_day[(ALL, "")])
    days = pd.date_range(*(bulk or (by_day.index.min(), by_day.index.max())), freq="D")
    table = by_day.reindex(days).fillna(0.0).sort_index(axis=1).astype("float64")
    series = table.drop(columns=ALL, level="kind")
    exposure = series.mul(0.0).add(table[(ALL, "")], axis=0)
    begun = (series.cumsum() > 0) | (series.columns.get_level_values("kind") != "story")
    panel = Panel(
        counts=series.to_numpy(),
        exposure=exposure.where(begun, 0.0).to_numpy(),
        weekdays=days.day_of_week.to_numpy(),
    )
    since = int(days.searchsorted(pd.Timestamp(chosen.start))) if chosen.start else 0
    return Laid(named=series.columns, days=days, panel=panel, since=since)  # type: ignore[arg-type]


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
        f"{len(found)} {'burst' if len(found) == 1 else 'bursts'} (q ≤ {FALSE_DISCOVERY:g}) among {tested} actors and "
        f"stories{left_out}. The first day that could be judged is {first.day} {first:%B %Y}."
    )

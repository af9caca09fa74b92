"""Timeline: which days the coverage refers to, when it did so, and how far each outlet looks back and ahead."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.bulk import find_bulk
from dashboard.queries.dated import list_tellings, quote_sentences, rank_days, select_days
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.theme import agree, write_count, write_counted, write_share
from etl.store import Snapshot

MOST_EVENTS = 14
MOST_BINS, AROUND = 62, 31  # days or weeks across; days named before and after the days of publication
REACH = (  # what is asked of the days between publication and the day named: name, from, to
    ("over a year before", -4_000_000, -366),
    ("31–365 days before", -365, -31),
    ("8–30 days before", -30, -8),
    ("2–7 days before", -7, -2),
    ("the day before", -1, -1),
    ("the same day", 0, 0),
    ("the day after", 1, 1),
    ("2–7 days after", 2, 7),
    ("8–30 days after", 8, 30),
    ("over 30 days after", 31, 4_000_000),
)
CASES = " ".join(
    f"WHEN first_day - told_on BETWEEN {low} AND {high} THEN {at}" for at, (_, low, high) in enumerate(REACH)
)
DATED = "dated AS (SELECT * FROM told WHERE told_on IS NOT NULL AND NOT through_story)"
READ = "told_on IS NOT NULL AND language = 'en'"  # texts whose dates are read, and whose day is known


def list_events(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an event and outlet that tells it: a day that articles of one story name; by day, then best first.

    Columns: as `rank_events`, story (its title), best (the row's sentence tells it best), lag (days from the event
    to the first article that names it; negative: named ahead), outlet, told_on, article_id, at, sentence (what this
    outlet first said of it). The fourteen events of most outlets.
    """
    events = rank_days(snapshot, chosen, MOST_EVENTS)
    if events.empty:
        return Answer(frame=events, n=0, unit="dated events")
    named = ["story_id", "first_day"]
    tellings = list_tellings(snapshot, chosen, events)
    best = tellings.drop_duplicates(named)[[*named, "article_id"]].rename(
        columns={"article_id": "best_article"}
    )
    firsts = _first_words(snapshot, tellings)
    titles = snapshot.sql("SELECT story_id, title AS story FROM stories")
    kept = [*named, "value", "outlets", "articles", "first_told", "last_told", "through_story"]
    frame = (
        events[kept]
        .merge(titles, on="story_id", how="left", validate="many_to_one")
        .merge(firsts, on=named, validate="one_to_many")
        .merge(best, on=named, validate="many_to_one")
    )
    found, through = int(events["found"].iloc[0]), int(events["through_story"].sum())
    few = f"{len(events)} of most outlets shown; " if found > len(events) else ""
    guessed = f"; {write_counted(through, 'undated article')} placed by the story" if through else ""
    return Answer(
        frame=frame.assign(
            story=frame["story"].fillna(""), lag=(frame["first_told"] - frame["first_day"]).dt.days
        ),
        n=found,
        unit="dated events",
        note=f"{few}days that texts name, by story, reprints once{guessed}",
    )


def place_days(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a day of publication and a day named in it, each once a text in the chosen unit.

    Columns: told_on, first_day, bin ("day", or "week" over more than 62 days: both are then its Monday), named,
    before and after (of these, on which side of the publication), outlets, article_id, at (the first such mention).
    Days more than a month before the first or after the last publication are only counted, and so are those named
    by a few texts of another time.
    """
    pairs = select_days(
        snapshot,
        chosen,
        f""", {_place_within(snapshot, chosen)}
        SELECT told_bin AS told_on, day_bin AS first_day, bin, near, count(DISTINCT (numbered, first_day)) AS named,
            count(DISTINCT (numbered, first_day)) FILTER (first_day < told_on) AS before,
            count(DISTINCT (numbered, first_day)) FILTER (first_day > told_on) AS after,
            count(DISTINCT outlet) AS outlets,
            min((article_id, place))[1] AS article_id, min((article_id, place))[2] AS at
        FROM placed GROUP BY told_bin, day_bin, bin, near ORDER BY told_bin, day_bin, near""",
    )
    near = pairs[pairs["near"]].drop(columns="near").reset_index(drop=True)
    far = int(pairs.loc[~pairs["near"], "named"].sum())
    return Answer(
        frame=near.astype({"told_on": "datetime64[us]", "first_day": "datetime64[us]"}),
        n=int(pairs["named"].sum()) if len(near) else 0,
        unit=f"days named in {UNIT_NAMES[chosen.unit]}",
        verdict=_say_sides(pairs) if len(near) else "",
        note=f"{far} far from the rest not drawn" if far else "",
    )


def share_reach(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a reach and outlet: how many of its texts name a day that far from their publication.

    Columns: reach, outlet, texts, n (its dated texts in a language whose dates are read), share, low, high (0 to 1;
    missing below ten), article_id, at (the first such mention; missing where there is none).
    """
    rows = select_days(
        snapshot,
        chosen,
        f""", papers AS (SELECT outlet, count(DISTINCT numbered) AS n FROM chosen
            WHERE published IS NOT NULL AND language = 'en' GROUP BY outlet),
        reached AS (SELECT outlet, numbered, article_id, place, CASE {CASES} END AS reach FROM told
            WHERE NOT through_story AND {READ})
        SELECT b.reach, p.outlet, p.n, count(DISTINCT r.numbered) AS texts,
            min((r.article_id, r.place))[1] AS article_id, min((r.article_id, r.place))[2] AS at
        FROM papers p CROSS JOIN (SELECT unnest(range({len(REACH)})) AS reach) b
        LEFT JOIN reached r USING (outlet, reach)
        GROUP BY b.reach, p.outlet, p.n ORDER BY b.reach, p.outlet""",
    )
    if not rows["texts"].any():
        return Answer(frame=rows.head(0), n=0, unit=UNIT_NAMES[chosen.unit])
    low, high = wilson_interval(rows["texts"], rows["n"])
    enough = rows["n"] >= FEWEST
    shares = {"share": (rows["texts"] / rows["n"]).where(enough), "low": low.where(enough)}
    named = rows["reach"].map(lambda at: REACH[at][0])
    return Answer(
        frame=rows.assign(**shares, high=high.where(enough), reach=named),
        n=int(rows.loc[rows["reach"] == 0, "n"].sum()),
        unit=UNIT_NAMES[chosen.unit],
        interval="Wilson 95 %",
        note=f"dated texts in English; a text counts in each row that it reaches; blank below {FEWEST}",
    )


def list_naming(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of a cell of `place_days`; `row` names told_on and first_day."""
    cell = "near AND told_bin = CAST(? AS DATE) AND day_bin = CAST(? AS DATE)"
    placed = _place_within(snapshot, chosen)
    found = select_days(snapshot, chosen, f", {placed} SELECT article_id FROM placed WHERE {cell}", row)
    return list(found["article_id"])


def list_reaching(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of an outlet that name a day so far from their publication; `row` names reach and outlet."""
    reach = {name: at for at, (name, _, _) in enumerate(REACH)}.get(row[0], -1)
    reached = f"NOT through_story AND {READ} AND CASE {CASES} END = ? AND outlet = ?"
    found = select_days(snapshot, chosen, f" SELECT article_id FROM told WHERE {reached}", (reach, row[1]))
    return list(found["article_id"])


def _place_within(snapshot: Snapshot, chosen: Filter) -> str:
    """SQL of `placed`: each day named in its bin, and whether it is near enough to the bulk of the texts to draw."""
    counts = select_days(
        snapshot, chosen, f", {DATED} SELECT told_on, count(*) AS named FROM dated GROUP BY told_on"
    )
    low, high = find_bulk(counts.set_index("told_on")["named"]) or (pd.Timestamp.min, pd.Timestamp.min)
    size = "day" if (high - low).days < MOST_BINS else "week"
    inside = f"BETWEEN DATE '{low:%Y-%m-%d}' - {{around}} AND DATE '{high:%Y-%m-%d}' + {{around}}"
    return f"""{DATED}, placed AS (SELECT '{size}' AS bin, date_trunc('{size}', told_on) AS told_bin,
            date_trunc('{size}', first_day) AS day_bin, *,
            told_on {inside.format(around=0)} AND first_day {inside.format(around=AROUND)} AS near FROM dated)"""


def _first_words(snapshot: Snapshot, tellings: pd.DataFrame) -> pd.DataFrame:
    """What each outlet first said of each event: the best sentence of its first article that names the day."""
    by = ["story_id", "first_day", "outlet", "published", "article_id"]
    firsts = tellings.sort_values(by, kind="stable").drop_duplicates(by[:3]).drop(columns="published")
    return quote_sentences(snapshot, firsts)


def _say_sides(pairs: pd.DataFrame) -> str:
    """How many of the days named lie before, on and after the day of publication; shares of ten or more."""
    n, before, after = (int(pairs[column].sum()) for column in ("named", "before", "after"))
    sides = [
        write_count(part) + (f" ({write_share(part / n, 0)})" if n >= FEWEST else "")
        for part in (before, n - before - after, after)
    ]
    told = f"before the day of publication {sides[0]}, on it {sides[1]}, after it {sides[2]}"
    return f"Of {write_count(n)} {agree(n, 'days named')}: {told}."

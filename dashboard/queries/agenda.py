"""Agenda: how alike the outlets' top stories and top actors are, and how much they change from period to period."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.bulk import find_bulk
from dashboard.queries.intervals import FEWEST
from dashboard.queries.overlap import DEPTH, PERSISTENCE, jackknife_overlap, part_stories
from dashboard.queries.risen import key_mentions
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

Subject = Literal["stories", "actors"]
SUBJECTS: tuple[Subject, ...] = ("stories", "actors")
INTERVAL = "95 %, jackknife over 20 parts of the stories"
MOST_DAYS = 35  # from there on a period is a week; and where a day has fewer texts than this on average:
FEWEST_TEXTS = 10  # of a period, below which it is compared with none either
ITEMS = {
    "stories": "SELECT {by} AS ranking, story AS item, story, {one} AS one FROM chosen JOIN story_keys USING (article) "
    "WHERE story_id IS NOT NULL AND {by} IS NOT NULL",
    "actors": "SELECT {by} AS ranking, m.actor AS item, story, {one} AS one FROM mention_keys m "
    "JOIN chosen c USING (article) JOIN story_keys USING (article) WHERE in_{voice} AND {by} IS NOT NULL",
}


def compare_stories(snapshot: Snapshot, chosen: Filter) -> Answer:
    """How alike the outlets' top stories are: see `compare_agendas`."""
    return compare_agendas(snapshot, chosen, "stories")


def compare_actors(snapshot: Snapshot, chosen: Filter) -> Answer:
    """How alike the outlets' top actors are, in the chosen voice: see `compare_agendas`."""
    return compare_agendas(snapshot, chosen, "actors")


def compare_agendas(snapshot: Snapshot, chosen: Filter, subject: Subject) -> Answer:
    """One row an outlet and another outlet, each pair both ways: outlet, other, overlap, low, high, n, other_n.

    The overlap of the two rankings is rank-biased (0 to 1; missing below ten ranked of either outlet), n and other_n
    count what each ranks. Empty with fewer than two outlets.
    """
    counts = rank_items(snapshot, chosen, subject, "outlet")
    outlets = sorted(counts["ranking"].unique())
    pairs = list(combinations(range(len(outlets)), 2))
    unit = f"{subject} ranked by {UNIT_NAMES[chosen.unit]}"
    if not pairs:
        return Answer(frame=pd.DataFrame({"outlet": []}), n=0, unit=unit)
    numbered = counts.assign(ranking=counts["ranking"].map({name: at for at, name in enumerate(outlets)}))
    sizes = counts.groupby("ranking")["item"].nunique()
    told = jackknife_overlap(numbered, pairs).assign(
        outlet=[outlets[one] for one, _ in pairs], other=[outlets[other] for _, other in pairs]
    )
    both = pd.concat([told, told.rename(columns={"outlet": "other", "other": "outlet"})])
    both = both.assign(n=both["outlet"].map(sizes), other_n=both["other"].map(sizes))
    few = both[["n", "other_n"]].min(axis=1) < FEWEST
    shown = both.assign(**{name: both[name].mask(few) for name in ("overlap", "low", "high")})
    known = bool(shown["overlap"].notna().any())
    return Answer(
        frame=shown.sort_values(["outlet", "other"], ignore_index=True) if known else shown.iloc[0:0],
        n=counts["item"].nunique(),
        unit=unit,
        interval=INTERVAL,
        verdict="" if known else "No two outlets rank enough to be compared.",
        note=f"Rank-biased overlap, p = {PERSISTENCE:g}; blank below {FEWEST} ranked",
    )


def measure_churn(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a period and subject ("stories", "actors"): how much the ranking differs from the period before.

    Columns: subject, first, last (days), churn (1 - rank-biased overlap, 0 to 1), low, high (missing where one of the
    two has fewer than ten texts, or was not collected), texts (in the chosen unit). A period is a day, or a week where
    the filter spans more than 35 days or a day has under ten texts; the last week may be cut off.
    """
    counts = select_articles(
        snapshot,
        chosen,
        "SELECT day, count(DISTINCT numbered) AS texts FROM chosen WHERE day IS NOT NULL GROUP BY day ORDER BY day",
    )
    by_day = pd.Series(counts["texts"].to_numpy(dtype="float64"), index=pd.DatetimeIndex(counts["day"]))
    bulk, unit = find_bulk(by_day), UNIT_NAMES[chosen.unit]
    if bulk is None or bulk[0] == bulk[1]:
        return Answer(frame=pd.DataFrame({"subject": []}), n=0, unit=unit)
    whole = by_day[bulk[0] : bulk[1]].asfreq("D", fill_value=0.0)
    step = 7 if len(whole) > MOST_DAYS or whole.mean() < FEWEST_TEXTS else 1
    first = np.arange(0, len(whole), step)
    inside = chosen.narrow(start=bulk[0].date(), end=bulk[1].date())
    by = f"date_diff('day', DATE '{bulk[0]:%Y-%m-%d}', day) // {step}"
    texts = _count_texts(snapshot, inside, by, len(first))
    frame = pd.concat(
        [_churn(rank_items(snapshot, inside, x, by), texts, x) for x in SUBJECTS], ignore_index=True
    )
    edges = {"first": first, "last": np.minimum(first + step, len(whole)) - 1}
    dated = frame.assign(**{edge: whole.index[days[frame["period"]]] for edge, days in edges.items()})
    return Answer(
        frame=(dated if dated["churn"].notna().any() else dated.iloc[0:0]).drop(columns="period"),
        n=int(texts.sum()),
        unit=unit,
        interval=INTERVAL,
        note=f"A period is {'a week' if step > 1 else 'a day'}; blank where one of two has under {FEWEST_TEXTS} texts",
    )


def rank_items(snapshot: Snapshot, chosen: Filter, subject: Subject, by: str) -> pd.DataFrame:
    """What is counted in each ranking: ranking, item (its number), part (of the stories), count (in the chosen unit).

    `by` is the column or expression of `chosen` that names the ranking. Items far below the places that are read
    are left out; so are those of kind and voice that the filter does not choose.
    """
    key_mentions(snapshot)
    parts = part_stories(snapshot)
    one, count = ("article", "count(*)") if chosen.unit == "articles" else ("numbered", "count(DISTINCT one)")
    items = ITEMS[subject].format(by=by, one=one, voice=chosen.voice)
    rows = select_articles(
        snapshot,
        chosen,
        f""", told AS MATERIALIZED ({items}),
        top AS (
            SELECT ranking, item FROM told GROUP BY ranking, item
            QUALIFY rank() OVER (PARTITION BY ranking ORDER BY {count} DESC) <= {2 * DEPTH})
        SELECT ranking, item, story, {count} AS count FROM told SEMI JOIN top USING (ranking, item)
        GROUP BY ranking, item, story ORDER BY ranking, item, story""",
    )
    return rows.assign(part=parts[rows["story"]]).drop(columns="story")


def _count_texts(snapshot: Snapshot, chosen: Filter, by: str, periods: int) -> pd.Series:
    """Texts of each period in the chosen unit; 0 where there is none."""
    query = f"SELECT {by} AS period, count(DISTINCT numbered) AS texts FROM chosen GROUP BY period"
    met = select_articles(snapshot, chosen, query).set_index("period")["texts"]
    return met.reindex(range(periods), fill_value=0).astype("float64")


def _churn(counts: pd.DataFrame, texts: pd.Series, subject: Subject) -> pd.DataFrame:
    """period (from 0), subject, churn, low, high, texts; the first period is compared with none."""
    pairs = list(pairwise(range(len(texts))))
    numbered = counts.assign(ranking=counts["ranking"].astype("int64"))
    padded = pd.DataFrame({"ranking": [len(texts) - 1], "item": [-1], "part": [0], "count": [0]})
    told = jackknife_overlap(pd.concat([numbered, padded]), pairs)
    few = np.minimum(texts.to_numpy()[1:], texts.to_numpy()[:-1]) < FEWEST_TEXTS
    told = told.mask(pd.Series(few), axis=0)
    rows = pd.DataFrame({"churn": 1 - told["overlap"], "low": 1 - told["high"], "high": 1 - told["low"]})
    rows.index = rows.index + 1
    return rows.reindex(range(len(texts))).assign(subject=subject, texts=texts).reset_index(names="period")

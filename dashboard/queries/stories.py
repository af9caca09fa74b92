"""Stories: all stories of a filter with those who carried them, and what one outlet alone told."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.filters import Filter, Order
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.queries.leading import answer_leading
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

MOST_STORIES = 60
MOST_POINTS = 46  # of a small line: two pixels each
CARRIERS = """, carriers AS (
            SELECT story_id, count(DISTINCT outlet) AS outlets, count(*) AS articles
            FROM article_keys WHERE story_id IS NOT NULL GROUP BY story_id)"""
ORDER_NAMES: dict[Order, str] = {"outlets": "most outlets", "texts": "most texts", "latest": "latest"}


def list_stories(snapshot: Snapshot, chosen: Filter) -> Answer:
    """The stories of `chosen.fewest` outlets or more in `chosen.order`; the columns of `answer_leading`.

    `days` holds at most 46 counts: where the period is longer, each is the sum of several days.
    """
    answer = answer_leading(
        snapshot, chosen, most=MOST_STORIES, fewest_outlets=chosen.fewest, order=chosen.order
    )
    if answer.empty:
        return replace(answer, unit=_name_unit(chosen), note="")
    step = -(-len(answer.frame["days"].iloc[0]) // MOST_POINTS) or 1
    lines = [[sum(days[at : at + step]) for at in range(0, len(days), step)] for days in answer.frame["days"]]
    return replace(
        answer,
        frame=answer.frame.assign(days=pd.Series(lines, dtype="object")),
        unit=_name_unit(chosen),
        note=f"{len(lines)} shown, {ORDER_NAMES[chosen.order]} first" + _name_step(step),
    )


def share_alone(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet, most alone first.

    Columns: outlet, stories (that it carries), alone (that no other outlet of the store carries), long (those
    of two articles or more), and share, low, high (alone of stories, 0 to 1; missing below ten).

    Alone is judged over all outlets and all days of the store: a filter of outlets makes nobody alone.
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""{CARRIERS}, carried AS (SELECT DISTINCT outlet, story_id FROM chosen WHERE story_id IS NOT NULL)
        SELECT c.outlet, count(*) AS stories, count(*) FILTER (k.outlets = 1) AS alone,
            count(*) FILTER (k.outlets = 1 AND k.articles > 1) AS long
        FROM carried c JOIN carriers k USING (story_id)
        GROUP BY c.outlet ORDER BY alone DESC, c.outlet""",
    )
    low, high = wilson_interval(rows["alone"], rows["stories"])
    shares = pd.DataFrame({"share": rows["alone"] / rows["stories"], "low": low, "high": high})
    return Answer(
        frame=rows.join(shares.mask(rows["stories"] < FEWEST)),
        n=int(rows["alone"].sum()),
        unit="stories of one outlet alone",
        interval="Wilson 95 %",
        note=f"Share blank below {FEWEST} stories. Who was not observed could not be seen to carry one",
    )


def _name_unit(chosen: Filter) -> str:
    """What is counted: all stories, or those of enough outlets."""
    return "stories" if chosen.fewest < 2 else f"stories in {chosen.fewest} outlets or more"


def _name_step(step: int) -> str:
    """How many days a point of the small line stands for."""
    return f"; a point of the line is {step} days" if step > 1 else ""

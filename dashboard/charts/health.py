"""Health: one strip of days an outlet; full, half, hatched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.queries.answer import Answer
from dashboard.queries.health import STALE_HOURS, answer_health
from dashboard.theme import Theme, write_count, write_day

STATUS = {"o": "observed", "p": "partial", "f": "failed", "n": "not_watched"}
WORDS = {"o": "observed", "p": "some checks failed", "f": "all checks failed", "n": "not watched"}


def draw_health(answer: Answer, theme: Theme) -> Markup:
    """A block an outlet: name, strip, newest article, whole days, quarantine."""
    blocks = Markup("").join(_block(row, theme) for row in answer.frame.to_dict("records"))
    return Markup('<div class="strips">{}</div>').format(blocks)


def _block(row: Mapping[Any, Any], theme: Theme) -> Markup:
    """One outlet."""
    strip = Markup('<div class="strip" role="img" aria-label="{} of {} days observed whole">{}</div>').format(
        row["whole"], row["days"], _bars(row)
    )
    whole = f"{row['whole']} of {row['days']} days whole" if row["days"] else "no observations"
    return Markup(
        '<div><div><i class="sw" style="background:{}"></i><b>{}</b></div>{}{}<div>{}</div>'
        '<div><a href="page:method?{}">{} in quarantine</a></div></div>'
    ).format(
        theme.colour_of(row["outlet"]),
        theme.name_of(row["outlet"]),
        strip,
        _age(row),
        whole,
        urlencode({"outlets": row["outlet"]}),
        write_count(row["quarantined"]),
    )


def _bars(row: Mapping[Any, Any]) -> Markup:
    """One bar a day."""
    statuses = str(row["statuses"])
    days = list(pd.date_range(row["first_day"], periods=len(statuses))) if statuses else []
    return Markup("").join(
        Markup('<i class="{}" title="{}: {}"></i>').format(STATUS[letter], write_day(day), WORDS[letter])
        for day, letter in zip(days, statuses, strict=True)
    )


def _age(row: Mapping[Any, Any]) -> Markup:
    """How old the newest article was when the store version was made; red where that is stale."""
    hours = row["age_hours"]
    if pd.isna(hours):
        return Markup("<div>no dated article</div>")
    age = write_age(float(hours))
    if not row["watched"]:
        return Markup("<div>Newest {}</div>").format(write_day(row["newest"]))
    if hours > STALE_HOURS:
        return Markup('<div class="stale">Stale: newest {} before</div>').format(age)
    return Markup("<div>Newest {} before</div>").format(age)


def write_age(hours: float) -> str:
    """7 min, 31 h, 12 days."""
    if hours < 1:
        return f"{max(0, round(hours * 60))} min"
    return f"{round(hours)} h" if hours < 72 else f"{round(hours / 24)} days"


HEALTH = Chart(
    slug="health",
    question="Can the numbers be trusted today?",
    reading="One bar a day, the last six weeks at most. Full: every check answered. Half: some "
    "failed. Hatched: nothing "
    "was collected, so charts show a gap there and not a zero. Age: from the newest article to this "
    "store version.",
    needs=("articles",),
    query=answer_health,
    draw=draw_health,
    relax="Choose more outlets.",
    measure="Observation and gaps",
)

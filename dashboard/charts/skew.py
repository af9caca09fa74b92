"""Skew: a table of stories by groups of outlets: how many of each group carry it, and where a group is blind."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.links import story_link
from dashboard.charts.tables import clip_text, write_table
from dashboard.queries.answer import Answer
from dashboard.queries.skew import find_blind_spots
from dashboard.theme import Theme, write_number

LONGEST = 90  # characters of a headline
TAGS = {"blind": "blind spot", "more": "more", "less": "less"}


def draw_skew(answer: Answer, theme: Theme) -> Markup:
    """A row a story, a column a group; a cell says how many of its observed outlets carry the story."""
    groups = sorted(answer.frame["group"].unique())
    head = Markup("<th>Story</th>{}").format(
        Markup("").join(Markup("<th>{}</th>").format(group) for group in groups)
    )
    rows = [
        _story_row(part, groups) for _, part in answer.frame.groupby("story_id", sort=False, observed=True)
    ]
    return write_table(head, rows, "compare")


def _story_row(part: Any, groups: list[str]) -> Markup:
    """One story; its headline opens its page."""
    rows = zip(part.index, part.to_dict("records"), strict=True)
    cells = {row["group"]: _cell(place, row) for place, row in rows}
    told = Markup("").join(
        Markup('<td data-outlet="{}">{}</td>').format(group, cells.get(group, "")) for group in groups
    )
    first = part.iloc[0]
    title = clip_text(first["title"] or "(no headline)", LONGEST)
    return Markup('<tr><td class="what">{}</td>{}</tr>').format(story_link(first["story_id"], title), told)


def _cell(place: int, row: dict[Hashable, Any]) -> Markup:
    """How many of how many; a tag where the interval excludes 0; why not where too few were observed."""
    gaps = _tell_gaps(row)
    if row["state"] == "few":
        return Markup('<span class="sm">{}</span>').format(gaps) if gaps else Markup("")
    counted = f"{row['carried']:.0f} of {row['observed']:.0f}"
    link = Markup('<a href="open:{}">{}</a>').format(place, counted) if row["carried"] else counted
    edges = f"[{write_number(row['skew_low'])}, {write_number(row['skew_high'])}]"
    interval = f"log odds ratio {write_number(row['skew'])} {edges}"
    tag = TAGS.get(row["state"], "")
    mark = Markup(' <span class="tag">{}</span>').format(tag) if tag else Markup("")
    rest = f"rest: {row['rest_carried']:.0f} of {row['rest_observed']:.0f}" + (f"; {gaps}" if gaps else "")
    return Markup('{}{}<br><span class="sm">{}<br>{}</span>').format(link, mark, rest, interval)


def _tell_gaps(row: dict[Hashable, Any]) -> str:
    """How many of the group count nowhere: "2 not observed, 1 of other language"; "" for none."""
    known = ((row["unobserved"], "not observed"), (row["foreign"], "of other language"))
    return ", ".join(f"{count:.0f} {what}" for count, what in known if count)


SKEW = Chart(
    slug="skew",
    question="Which stories does a group of outlets hardly carry?",
    reading="How many of a group's observed outlets carry the story, and how many of the rest. Blind spot: the 95 % "
    "interval of the log odds ratio lies below 0 and at most a fifth of the group carries it; more, less: the interval "
    "excludes 0; blank: fewer than three observed outlets in the group or in the rest. Who was not observed, or writes "
    "in other languages alone, is no zero and counts nowhere. A count opens its articles.",
    needs=("stories", "story_articles", "outlets"),
    query=find_blind_spots,
    draw=draw_skew,
    opens=(("story_id", "behind"), ("group", "behind")),
    relax="No story can be judged: group the outlets otherwise, widen the period, or ask for fewer outlets.",
    measure="Coverage skew",
)

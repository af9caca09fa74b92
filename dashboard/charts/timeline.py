"""Timeline: events by date with what each outlet first said, days named against days of publication, and reach."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.grid import draw_grid, place_handles
from dashboard.charts.links import read_link, story_link
from dashboard.charts.marks import blank_figure, write_image
from dashboard.charts.names import names_as_text
from dashboard.charts.tables import clip_text, count_outlets, write_table
from dashboard.queries.answer import Answer
from dashboard.queries.timeline import list_events, place_days, share_reach
from dashboard.theme import Theme, write_count, write_counted, write_day, write_share

WIDTH, HEIGHT, DOT = 170, 16, 4  # of the small line and of the event on it, pixels
LONGEST, SHORTER = 230, 170  # characters of an event's sentence, and of what one outlet first said
SIDE = 420  # pixels: height of the figure of days
DARKEST = "C8"  # opacity of the most frequent pair of days, in hex
DAY, WEEK, DAYS_OF_YEAR = pd.Timedelta(days=1), pd.Timedelta(days=7), 365.25
DISC = Markup('<circle cx="{:.1f}" cy="{}" r="{}" fill="{}"/>')


def draw_events(answer: Answer, theme: Theme) -> Markup:
    """A row an event, by day: its best sentence, when it was named, and each outlet's first words folded away."""
    edges = _edges(answer.frame)
    events = answer.frame.groupby(["first_day", "story_id"], sort=False, observed=True)
    rows = [_event(told.to_dict("records"), edges, theme) for _, told in events]
    head = Markup(
        '<th class="n">Day</th><th>Told as</th><th class="only-wide">Named from … to</th><th class="n">Outlets</th>'
    )
    return write_table(head, rows, "dated")


@names_as_text
def draw_days(answer: Answer, theme: Theme) -> go.Figure:
    """Days named (up) against days of publication (across); the line is the day itself."""
    rows = answer.frame.assign(
        row=range(len(answer.frame)),
        shade=np.sqrt(answer.frame["named"] / answer.frame["named"].max()),
        hover=[_tell_pair(row) for row in answer.frame.to_dict("records")],
    )
    across, up = _every_bin(rows["told_on"], rows["bin"]), _every_bin(rows["first_day"], rows["bin"])
    shade, row, hover = (
        rows.pivot(index="first_day", columns="told_on", values=column).reindex(index=up, columns=across)
        for column in ("shade", "row", "hover")
    )
    figure = blank_figure(theme, SIDE)
    figure.add_heatmap(
        x=across,
        y=up,
        z=shade.to_numpy(),
        hovertext=hover.astype("object").where(hover.notna(), "").to_numpy(),
        hoverinfo="text",
        hoverongaps=False,
        colorscale=[(0, f"{theme.ink}22"), (1, f"{theme.ink}{DARKEST}")],
        showscale=False,
        zmin=0,
        xgap=1,
        ygap=1,
    )
    place_handles(figure, list(across), list(up), row, hover)
    ends = [rows["told_on"].min(), rows["told_on"].max()]
    figure.add_scatter(
        x=ends,
        y=ends,
        mode="lines",
        hoverinfo="skip",
        line={"color": theme.negative, "width": 1.4, "dash": "dot"},
    )
    soft = {"size": 12, "color": theme.soft}
    figure.update_xaxes(
        title={"text": "published", "font": soft}, nticks=6, tickformat="%-d %b\n%Y", **_mark_days(across)
    )
    figure.update_yaxes(
        title={"text": "day named", "font": soft}, nticks=8, tickformat="%-d %b %Y", **_mark_days(up)
    )
    return figure


@names_as_text
def draw_reach(answer: Answer, theme: Theme) -> go.Figure:
    """A grid of shares: outlets across, how far from its publication a text names a day from top to bottom."""
    told = answer.frame.to_dict("records")
    cells = answer.frame.assign(
        key=answer.frame["reach"],
        shade=answer.frame["share"],
        value=["" if pd.isna(row["share"]) else write_percent(row["share"]) for row in told],
        hover=[_tell_reach(row, theme) for row in told],
    )
    names = {reach: reach for reach in cells["key"]}
    colours = [(0, f"{theme.soft}0A"), (1, f"{theme.soft}73")]
    return draw_grid(cells, names, theme, gap="no text", zmin=0, colorscale=colours)


def write_percent(share: float) -> str:
    """A share in a cell: per cent without its sign, one place below ten; a dot for none."""
    percent = 100 * share
    return "·" if not percent else f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"


def write_lag(days: float) -> str:
    """How long after the event (or before it) it was first named; empty where no article of it has a day."""
    if pd.isna(days):
        return "told without a date"
    if not days:
        return "named that day"
    years = abs(days) / DAYS_OF_YEAR
    far = write_counted(round(years), "year") if years >= 2 else write_counted(abs(days), "day")
    return f"named {far} {'later' if days > 0 else 'ahead'}"


def _event(told: list[dict[Hashable, Any]], edges: tuple[pd.Timestamp, pd.Timestamp], theme: Theme) -> Markup:
    """One event: `told` is one row an outlet."""
    row = next((row for row in told if row["article_id"] == row["best_article"]), told[0])
    return Markup(
        '<tr><td class="n">{}<br><span class="sm">{}</span></td><td>{} <span class="sm">{} · {}</span>{}</td>'
        '<td class="only-wide">{}</td>{}</tr>'
    ).format(
        write_day(row["first_day"]),
        write_lag(row["lag"]),
        read_link(row["article_id"], row["at"], clip_text(row["sentence"], LONGEST)),
        theme.name_of(str(row["outlet"])),
        story_link(row["story_id"], clip_text(row["story"] or "its story", 70)),
        _first_words(told, theme) if len(told) > 1 else "",
        _draw_span(row, edges, theme),
        count_outlets(row["outlets"]),
    )


def _first_words(told: list[dict[Hashable, Any]], theme: Theme) -> Markup:
    """What each outlet first said of it, folded away; in order of the day."""
    ordered = sorted(told, key=lambda row: (pd.isna(row["told_on"]), row["told_on"], row["outlet"]))
    lines = Markup("").join(
        Markup(
            '<div class="lbl"><i class="sw" style="background:{}"></i><b>{}</b> <span class="sm">{}</span> {}</div>'
        ).format(
            theme.colour_of(row["outlet"]),
            theme.name_of(row["outlet"]),
            write_day(row["told_on"]),
            read_link(row["article_id"], row["at"], clip_text(row["sentence"], SHORTER)),
        )
        for row in ordered
    )
    return Markup('<details><summary class="sm">what each of {} first said</summary>{}</details>').format(
        write_counted(len(told), "outlet"), lines
    )


def _edges(frame: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days from which to which the small lines run: all days of publication, a week more on both sides."""
    days = pd.concat([frame["first_told"], frame["last_told"]]).dropna()
    days = days if len(days) else frame["first_day"]
    return days.min() - WEEK, days.max() + WEEK


def _draw_span(row: dict[Hashable, Any], edges: tuple[pd.Timestamp, pd.Timestamp], theme: Theme) -> Markup:
    """A line from the first to the last day on which it was named, and the day itself as a dot where it is near."""
    low, high = edges
    if pd.isna(row["first_told"]):
        return Markup("")
    scale = (WIDTH - 2 * DOT) / max(1, (high - low).days)
    at, first, last = (
        DOT + scale * (row[name] - low).days for name in ("first_day", "first_told", "last_told")
    )
    dot = DISC.format(at, HEIGHT // 2, DOT, theme.ink) if low <= row["first_day"] <= high else ""
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}"><path d="M0 {2}H{0}" stroke="{3}"/>'
        '<path d="M{4:.1f} {2}H{5:.1f}" stroke="{6}" stroke-width="5" stroke-linecap="round"/>'
        "{7}</svg>"
    ).format(WIDTH, HEIGHT, HEIGHT // 2, theme.line, first, last + 0.1, theme.soft, dot)
    return write_image(svg, f"named from {write_day(row['first_told'])} to {write_day(row['last_told'])}")


def _every_bin(days: pd.Series, bins: pd.Series) -> pd.DatetimeIndex:
    """All days (or Mondays) from the first to the last of these, so that every cell is as large as the others.

    A lone day stands between its neighbours: a cell is as wide as the next one is far.
    """
    weekly = (bins == "week").any()
    around = (WEEK if weekly else DAY) * int(days.min() == days.max())
    return pd.date_range(days.min() - around, days.max() + around, freq="7D" if weekly else "D")


def _mark_days(days: pd.DatetimeIndex) -> dict[str, object]:
    """Ticks of a few days stand at each day once: plotly would write one day at noon and at midnight."""
    whole = {"dtick": DAY / pd.Timedelta(milliseconds=1), "tick0": days[0]}
    return whole if days[-1] - days[0] <= WEEK else {}


def _tell_pair(row: dict[Hashable, Any]) -> str:
    """The hover text of a pair of days."""
    week = "week of " if row["bin"] == "week" else ""
    return (
        f"published {week}{write_day(row['told_on'])}<br>naming {week}{write_day(row['first_day'])}"
        f"<br><b>{write_counted(row['named'], 'time')}</b>, by {write_counted(row['outlets'], 'outlet')}"
    )


def _tell_reach(row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text of a cell: how many of the outlet's texts, with the interval."""
    name = f"<b>{row['reach']}</b>, {theme.name_of(row['outlet'])}"
    counted = f"{write_count(row['texts'])} of {write_counted(row['n'], 'text')}"
    if pd.isna(row["share"]):
        return f"{name}<br>{counted}: too few"
    return f"{name}<br>{counted}<br>{write_share(row['share'])} [{write_share(row['low'])}, {write_share(row['high'])}]"


HAPPENED = Chart(
    slug="timeline-events",
    question="Which events does the coverage refer to?",
    reading="Days that articles of a story name, those of most outlets, by date; the sentence that tells each best. "
    "Dot: the day itself, where it is near; thick line: from the first to the last day on which it was named. Click a "
    "sentence to read.",
    needs=("dates", "sentences", "story_articles"),
    query=list_events,
    draw=draw_events,
    relax="No article of a story names a day that can be resolved: widen the period, or choose another language.",
    measure="Timeline",
)
DAYS = Chart(
    slug="timeline-days",
    question="When is it about, and when was it said?",
    reading="Darker: more texts published then that name that day. On the dotted line: the day of publication; "
    "below it the past, above it what is to come; a dark row is a day that is named again and again. Click a cell "
    "to read.",
    needs=("dates",),
    query=place_days,
    draw=draw_days,
    opens=(("told_on", "behind"), ("first_day", "behind")),
    relax="No dated article names a day that can be resolved: widen the period, or choose another language.",
    measure="Timeline",
)
REACH = Chart(
    slug="timeline-reach",
    question="How far does each outlet look back and ahead?",
    reading="Per cent of the outlet's texts that name a day so far from their publication. A dot: none; blank: fewer "
    "than ten texts. A cell opens these texts; its 95 % interval is in the hover.",
    needs=("dates",),
    query=share_reach,
    draw=draw_reach,
    opens=(("reach", "behind"), ("outlet", "behind")),
    relax="No dated article in English names a day: widen the period, or choose another language.",
    measure="Timeline",
)

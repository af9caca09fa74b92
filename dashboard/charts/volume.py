"""Volume: a line of counts with its usual range and its gaps; share of voice as sorted bars."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.marks import blank_figure, hatch_days
from dashboard.charts.names import clip_name, names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.volume import answer_voice, answer_volume
from dashboard.theme import (
    Theme,
    write_chance,
    write_count,
    write_day,
    write_number,
    write_period,
    write_share,
)

HEIGHT = 340  # pixels: about that of the card beside it
CROWDED = 45  # days from which on points are small
BAR, THIN_BAR, MANY, HEAD = 42, 34, 6, 40  # pixels a bar, from seven bars on fewer, and above the first
LABELLED = 3  # days above the usual range that get a label
LEGIBLE = 0.3  # of the days that a band covers so that its label stands on it and not on the line
HALF_A_DAY = pd.Timedelta(hours=11)  # so that two surges side by side stay two
APART = 0.22  # of the width that two labels are apart, so that neither covers the other


@names_as_text
def draw_volume(answer: Answer, theme: Theme) -> go.Figure:
    """Counts a day; the band is the usual range, dots lie above it, hatched days were not collected.

    A surge is a thick line on the axis under its days.
    """
    days = answer.frame
    figure = blank_figure(theme, HEIGHT)
    _draw_band(figure, days, theme)
    top = float(days["count"].max())
    hatch_days(figure, days.loc[days["gap"], "day"], theme, 1.2 * top)
    colours = [theme.ink if above else theme.card for above in days["above"]]
    figure.add_scatter(
        x=days["day"],
        y=days["count"],
        mode="lines+markers",
        customdata=list(range(len(days))),
        connectgaps=False,
        cliponaxis=False,
        line={"color": theme.ink, "width": 1.6},
        hoverinfo="text",
        hovertext=_hover(days, answer.unit),
        marker={
            "size": [9 if above else 3 if len(days) > CROWDED else 6 for above in days["above"]],
            "color": colours,
            "opacity": 1,
            "line": {"color": theme.ink, "width": 1.4},
        },
    )
    _label_peaks(figure, days, theme)
    _draw_surges(figure, days, answer.unit, theme)
    figure.update_xaxes(
        showline=True, tickformat="%-d %b" if days["day"].dt.year.nunique() == 1 else "%-d %b\n%Y", nticks=8
    )
    figure.update_yaxes(
        range=[0, (1.36 if days["gap"].any() else 1.2) * max(1.0, top)],
        nticks=5,
        title={"text": f"{answer.unit} a day", "font": {"size": 12, "color": theme.soft}},
    )
    return figure


@names_as_text
def draw_voice(answer: Answer, theme: Theme) -> go.Figure:
    """One bar an outlet, largest first, with its interval as a thin line and its count on the right."""
    frame = answer.frame
    names = [theme.name_of(outlet) for outlet in frame["outlet"]]
    rows = list(range(len(frame)))
    figure = blank_figure(theme, HEAD + (BAR if len(frame) <= MANY else THIN_BAR) * max(3, len(frame)))
    figure.add_bar(
        x=frame["share"],
        y=rows,
        orientation="h",
        customdata=rows,
        width=0.46,
        marker={"color": [theme.colour_of(outlet) for outlet in frame["outlet"]]},
        hoverinfo="text",
        error_x={
            "type": "data",
            "symmetric": False,
            "array": frame["high"] - frame["share"],
            "arrayminus": frame["share"] - frame["low"],
            "color": theme.ink,
            "thickness": 1.6,
            "width": 0,
        },
        hovertext=[
            f"{name}<br>{write_count(count)} of {write_count(answer.n)} {answer.unit}<br>95 %: "
            f"{write_share(low)} to {write_share(high)}"
            for name, count, low, high in zip(names, frame["count"], frame["low"], frame["high"], strict=True)
        ],
    )
    reach = float(frame["high"].max())
    for row, (share, high, count) in enumerate(
        zip(frame["share"], frame["high"], frame["count"], strict=True)
    ):
        _write(figure, f"<b>{write_share(share)}</b>", high + 0.02 * reach, row, theme.ink, "left")
        _write(figure, write_count(count), reach * 1.42, row, theme.soft, "right")
    _write(figure, answer.unit.split()[-1], reach * 1.42, -0.8, theme.soft, "right")
    figure.update_xaxes(visible=False, range=[0, reach * 1.42])
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[clip_name(name) for name in names],
        range=[len(frame) - 0.4, -1.1],
        showgrid=False,
        tickfont={"color": theme.ink},
        ticklabelstandoff=6,
    )
    return figure


def _draw_band(figure: go.Figure, days: pd.DataFrame, theme: Theme) -> None:
    """The usual range as a band, broken where it is unknown."""
    known = days[days["low"].notna() & ~days["gap"]]
    if known.empty:
        return
    for _, part in known.groupby((known["day"].diff() != pd.Timedelta(days=1)).cumsum(), observed=True):
        edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
        figure.add_scatter(x=part["day"], y=part["high"], **edge)
        figure.add_scatter(x=part["day"], y=part["low"], fill="tonexty", fillcolor=theme.none, **edge)
    if len(known) < LEGIBLE * len(days):
        return  # no room for a label; the reading explains the band
    first = known.iloc[0]
    figure.add_annotation(
        x=first["day"],
        y=first["high"],
        text="usual range for the weekday",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"color": theme.soft, "size": 12},
    )


def _label_peaks(figure: go.Figure, days: pd.DataFrame, theme: Theme) -> None:
    """How many times the usual count the highest days above the range have; labels keep their distance."""
    span = max(1, len(days) - 1)
    labelled: list[float] = []
    for place, row in days[days["above"] & days["times"].notna()].nlargest(9, "count").iterrows():
        across = int(str(place)) / span
        if len(labelled) == LABELLED or any(abs(across - other) < APART for other in labelled):
            continue
        labelled.append(across)
        figure.add_annotation(
            x=row["day"],
            y=row["count"],
            showarrow=False,
            xanchor="left" if across < APART / 2 else "right" if across > 1 - APART / 2 else "center",
            yanchor="bottom",
            yshift=7,
            bgcolor=theme.card,
            font={"color": theme.ink, "size": 12},
            text=f"<b>{write_number(row['times'], 1)} ×</b> the usual {row['day']:%A}",
        )


def _draw_surges(figure: go.Figure, days: pd.DataFrame, unit: str, theme: Theme) -> None:
    """A thick line on the axis under each surge, which tells how much it was out of how much."""
    for _, surge in days.dropna(subset="surge").groupby("surge", observed=True):
        row = surge.iloc[0]
        told = (
            f"<b>{write_period(row['day'], surge['day'].iloc[-1])}</b><br>{write_count(row['met'])} {unit}, "
            f"{write_count(row['due'])} usual<br>{write_number(row['ratio'], 1)} × "
            f"[{write_number(row['ratio_low'], 1)}, {write_number(row['ratio_high'], 1)}], {write_chance(row['q'])}"
        )
        figure.add_scatter(
            x=[row["day"] - HALF_A_DAY, *surge["day"], surge["day"].iloc[-1] + HALF_A_DAY],
            y=[0] * (len(surge) + 2),
            mode="lines",
            customdata=[int(str(at)) for at in surge.index[[0, *range(len(surge)), -1]]],
            cliponaxis=False,
            line={"color": theme.ink, "width": 7},
            hoverinfo="text",
            hovertext=[told] * (len(surge) + 2),
        )


def _hover(days: pd.DataFrame, unit: str) -> list[str]:
    """Day, count, and outlets observed where that is known."""
    return [
        f"{row['day']:%A}, {write_day(row['day'])}<br><b>{write_count(row['count'])}</b> {unit}"
        + (f"<br>{row['observed']} of {row['outlets']} outlets observed" if row["outlets"] else "")
        if row["count"] == row["count"]
        else ""
        for row in days.to_dict("records")
    ]


def _write(figure: go.Figure, text: str, x: float, y: float, colour: str, anchor: str) -> None:
    """A label beside a mark."""
    figure.add_annotation(
        text=text,
        x=x,
        y=y,
        xanchor=anchor,
        yanchor="middle",
        showarrow=False,
        font={"color": colour, "size": 12},
    )


VOLUME = Chart(
    slug="volume",
    question="How much was published?",
    reading="Count a day, UTC. Grey band: usual for the weekday, from up to eight weeks before. "
    "Filled dots lie above "
    "it. A thick line on the axis: days together far above what the same outlets let expect. Hatched: nothing was "
    "collected, which is a gap and not a zero. Click a day to read its articles.",
    needs=("articles",),
    query=answer_volume,
    draw=draw_volume,
    opens=(("day", "start"), ("day", "end")),
    relax="Widen the period, or choose more outlets or languages; undated articles stand on no day.",
    measure="Attention",
)
VOICE = Chart(
    slug="voice",
    question="Whose voice is it?",
    reading="Share of what was published among these outlets. Thin line: 95 % interval. Click a bar to read.",
    needs=("articles",),
    query=answer_voice,
    draw=draw_voice,
    opens=(("outlet", "outlets"),),
    measure="Share of voice",
)

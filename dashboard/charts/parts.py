"""Parts: who acts and who is acted upon, as dots on a line; passives that name nobody, as sentences."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link
from dashboard.charts.names import clip_name, names_as_text
from dashboard.charts.tables import clip_text
from dashboard.queries.answer import Answer
from dashboard.queries.parts import list_passives, share_acting
from dashboard.theme import Theme, write_count, write_counted, write_share

ROW = 25  # pixels an actor
AROUND = 110  # characters of a sentence before and behind the mention


@names_as_text
def draw_acting(answer: Answer, theme: Theme) -> go.Figure:
    """A row an actor: a dot at the share of clauses in which it acts, with its interval; a line at that of all."""
    frame = answer.frame
    dots = go.Scatter(
        x=frame["share"],
        y=list(range(len(frame))),
        mode="markers",
        marker={"color": theme.ink, "size": 9},
        customdata=list(range(len(frame))),
        hovertext=[_tell_actor(row) for row in frame.to_dict("records")],
        hoverinfo="text",
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 2, "color": theme.soft,
            "array": frame["high"] - frame["share"], "arrayminus": frame["share"] - frame["low"],
        },
    )  # fmt: skip
    figure = go.Figure(dots)
    figure.add_vline(
        x=float(frame["all_share"].iloc[0]), line={"color": theme.soft, "width": 1, "dash": "dot"}
    )
    names = [f"{clip_name(row['actor'], 30)} ({row['n']})" for row in frame.to_dict("records")]
    figure.update_yaxes(
        tickvals=list(range(len(frame))), ticktext=names, range=[len(frame) - 0.4, -0.6], showgrid=False
    )
    figure.update_xaxes(
        tickvals=[0, 0.5, 1], ticktext=["acted upon", write_share(0.5, 0), "acts"], range=[-0.03, 1.04]
    )
    height = 60 + ROW * len(frame)
    return figure.update_layout(
        template=theme.template, height=height, margin={"l": 8, "r": 24, "t": 8, "b": 32}
    )


def draw_passives(answer: Answer, theme: Theme) -> Markup:
    """Sentences by actor with the actor marked; each opens in the reader."""
    told = []
    for _, rows in answer.frame.groupby("actor_id", sort=False, observed=True):
        first = rows.iloc[0]
        counted = f"{write_count(first['agentless'])} of {write_counted(first['passives'], 'passive')}"
        told.append(
            Markup('<p class="lbl out">{} <span class="sm">{}</span></p>').format(first["actor"], counted)
        )
        told += [_sentence(row, theme) for row in rows.to_dict("records")]
    return Markup("").join(told)


def _sentence(row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One sentence around its mention, with its outlet."""
    before, after = " ".join(row["before"].split()), " ".join(row["after"].split())
    cut = len(before) > AROUND
    lead = f"… {before[-AROUND:].partition(' ')[2]}" if cut else before
    space = " " if row["before"][-1:].isspace() else ""
    follows = " " if row["after"][:1].isspace() else ""
    words = Markup("{}{}<mark>{}</mark>{}{}").format(
        lead, space, row["mention"], follows, clip_text(after, AROUND)
    )
    outlet = Markup('<i class="sw" style="background:{}"></i>{}').format(
        theme.colour_of(row["outlet"]), theme.name_of(row["outlet"])
    )
    return Markup('<p>{} <span class="sm">{}</span></p>').format(
        read_link(row["article_id"], row["at"], words), outlet
    )


def _tell_actor(row: dict[Hashable, Any]) -> str:
    """The hover text of an actor."""
    interval = f"{write_share(row['share'])} [{write_share(row['low'])}, {write_share(row['high'])}]"
    counted = f"acts {write_count(row['agents'])}, acted upon {write_count(row['patients'])}"
    read = f"part read in {write_count(row['read'])} of {write_counted(row['mentions'], 'mention')}"
    return f"<b>{row['actor']}</b> · {row['kind']}<br>{counted}<br>{interval}<br>{read}"


ACTING = Chart(
    slug="acting",
    question="Who acts and who is acted upon?",
    reading="Share of an actor's clauses in which it is the one who does or says something, of all in which it acts or "
    "is acted upon; 95 % interval, n beside the name. Dotted: all actors together. Grammar, not blame.",
    needs=("mentions", "actors", "sentences"),
    query=share_acting,
    draw=draw_acting,
    opens=(("actor_id", "behind"),),
    relax="Widen the period: no actor has ten clauses in English that were read.",
    measure="Agents and patients",
)
PASSIVES = Chart(
    slug="passives",
    question="What is done, and nobody is named who did it?",
    reading="Sentences in which the actor is the subject of a passive without \"by\" (\"was arrested\"), the newest of "
    "each actor. Click to read on.",
    needs=("mentions", "actors", "sentences", "texts"),
    query=list_passives,
    draw=draw_passives,
    relax="Widen the period: no passive about an actor is left.",
    measure="Agents and patients",
)  # fmt: skip

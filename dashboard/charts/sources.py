"""Sources: kind of source by outlet, the share of the outlet's quotations that rest on it; and the unnamed ones."""

from __future__ import annotations

from collections.abc import Hashable

import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.grid import draw_grid
from dashboard.charts.links import read_link
from dashboard.charts.names import names_as_text
from dashboard.charts.quoted import DARKEST, tell_share, write_cell
from dashboard.charts.tables import clip_text
from dashboard.queries.answer import Answer
from dashboard.queries.sources import list_unnamed, share_sources
from dashboard.theme import Theme

LONGEST = 180  # characters of a quotation; the reader has all of it
NAMES = {
    "person": "Persons",
    "institution": "Institutions",
    "document": "Documents",
    "anonymous": "Anonymous",
}


@names_as_text
def draw_sources(answer: Answer, theme: Theme) -> go.Figure:
    """A grid of shares, darker where larger; the row of anonymous sources is marked as words are in the reader."""
    told = answer.frame.to_dict("records")
    anonymous = (answer.frame["source_type"] == "anonymous") & (answer.frame["share"] > 0)
    cells = answer.frame.assign(
        key=answer.frame["source_type"],
        shade=answer.frame["share"].mask(anonymous, -1.0),
        value=[write_cell(row) for row in told],
        hover=[tell_share(NAMES[row["source_type"]], row, theme) for row in told],
    )
    names = {kind: name for kind, name in NAMES.items() if kind in set(cells["key"])}
    colours = [(0, theme.mark), (0.49, theme.mark), (0.5, f"{theme.soft}0A"), (1, f"{theme.soft}{DARKEST}")]
    return draw_grid(cells, names, theme, gap="no quotation", zmin=-1, zmax=1, colorscale=colours)


def draw_unnamed(answer: Answer, theme: Theme) -> Markup:
    """A line a quotation: its words, which lead to it, then who is meant, through whom, and the outlet."""
    return Markup("").join(_write_line(row, theme) for row in answer.frame.to_dict("records"))


def _write_line(row: dict[Hashable, object], theme: Theme) -> Markup:
    """One quotation of nobody named."""
    told = [row["speaker"], f"via {row['via']}" if isinstance(row["via"], str) else None]
    who = ", ".join(word for word in told if isinstance(word, str))
    outlet = str(row["outlet"])
    return Markup('<p>{} <span class="sm">{} · <i class="sw" style="background:{}"></i>{}</span></p>').format(
        read_link(row["article_id"], row["at"], clip_text(row["quote"], LONGEST)),
        who or "not said who", theme.colour_of(outlet), theme.name_of(outlet),
    )  # fmt: skip


SOURCE_TYPES = Chart(
    slug="source-types",
    question="What kind of sources does each outlet rest on?",
    reading="Per cent of the outlet's quotations whose kind of source is known. Marked: nobody is named. A dot: never; "
    "blank: fewer than ten quotations. A cell opens their articles.",
    needs=("quotes",),
    query=share_sources,
    draw=draw_sources,
    opens=(("source_type", "behind"), ("outlet", "behind")),
    relax="Widen the period: no quotation with a known kind of source is left.",
    measure="Sources",
)
UNNAMED = Chart(
    slug="source-unnamed",
    question="Which statements does nobody answer for by name?",
    reading="Quotations of officials, experts, witnesses and other unnamed sources, and through whom they came. "
    "Each opens in the article.",
    needs=("quotes", "texts"),
    query=list_unnamed,
    draw=draw_unnamed,
    relax="Widen the period: every known source is named.",
    measure="Sources",
)

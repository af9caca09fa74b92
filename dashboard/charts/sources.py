"""Sources: kind of source by outlet, the share of the outlet's quotations that rest on it."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.grid import draw_grid
from dashboard.charts.names import names_as_text
from dashboard.charts.quoted import DARKEST, tell_share, write_cell
from dashboard.queries.answer import Answer
from dashboard.queries.sources import share_sources
from dashboard.theme import Theme

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
    anonymous = answer.frame["source_type"] == "anonymous"
    share = answer.frame["share"]
    cells = answer.frame.assign(
        key=answer.frame["source_type"],
        shade=share.mask(anonymous & share.notna(), -1.0),
        value=[write_cell(row) for row in told],
        hover=[tell_share(NAMES[row["source_type"]], row, theme) for row in told],
    )
    names = {kind: name for kind, name in NAMES.items() if kind in set(cells["key"])}
    colours = [(0, theme.mark), (0.49, theme.mark), (0.5, f"{theme.soft}0A"), (1, f"{theme.soft}{DARKEST}")]
    return draw_grid(cells, names, theme, gap="no quotation", zmin=-1, zmax=1, colorscale=colours)


SOURCE_TYPES = Chart(
    slug="source-types",
    question="What kind of sources does each outlet rest on?",
    reading="Per cent of the outlet's quotations whose kind of source is known. Marked: nobody is named. A dot: never; "
    "blank: fewer than ten quotations. A cell opens the first quotation.",
    needs=("quotes",),
    query=share_sources,
    draw=draw_sources,
    opens=(("outlet", "outlets"),),
    relax="Widen the period: no quotation with a known kind of source is left.",
    measure="Sources",
)

"""Chart: one question, answered by a query and drawn without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.theme import Theme
from etl.store import Snapshot


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`query` answers the `question`, `draw` shows the answer, `reading` says how to read it.

    `needs` names tables of the contract. `opens` maps columns of the answer's frame to Filter fields
    ("outlet" -> "outlets"): a click on the mark of a row narrows the filter by them and lists the articles
    behind it; a draw function puts the row's number into `customdata`. `relax` says which filter to widen
    when the answer is empty. `measure` is the heading in the method page that defines the measure.
    """

    slug: str
    question: str
    reading: str
    needs: tuple[str, ...]
    query: Callable[[Snapshot, Filter], Answer]
    draw: Callable[[Answer, Theme], go.Figure | Markup]
    opens: tuple[tuple[str, str], ...] = ()
    relax: str = "Widen the period or choose more outlets."
    measure: str = ""

"""Changes: what the last refresh brought, one line a kind of change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.queries.answer import Answer
from dashboard.queries.changes import answer_changes
from dashboard.theme import Theme, write_count


def draw_changes(answer: Answer, theme: Theme) -> Markup:
    """Kind, count, and the largest example with a link to it."""
    rows = Markup("").join(_change(row) for row in answer.frame.to_dict("records"))
    return Markup('<table class="ch">{}</table>').format(rows)


def _change(row: Mapping[Any, Any]) -> Markup:
    """One kind of change."""
    target = f"page:story?story={row['story_id']}" if row["story_id"] else ""
    target = f"page:articles?article={row['article_id']}" if row["article_id"] else target
    told = (
        Markup('<a href="{}">{}</a>').format(target, row["told"])
        if target
        else Markup("{}").format(row["told"])
    )
    count = Markup("<b>{}</b> · ").format(write_count(row["count"])) if row["count"] else Markup("")
    return Markup('<tr><td class="sm">{}</td><td>{}{}</td></tr>').format(row["what"], count, told)


CHANGES = Chart(
    slug="changes",
    question="What changed since the last refresh?",
    reading="This store version against the one before. The older one can be opened under “as of”.",
    needs=("articles",),
    query=answer_changes,
    draw=draw_changes,
    relax="This is the first version of the store: there is nothing to compare it with yet.",
    measure="Revision rate",
)

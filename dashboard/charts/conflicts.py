"""Conflicts: two outlets' sentences on one fact side by side, with the words marked in which they differ."""

from __future__ import annotations

from collections.abc import Hashable

from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.facts import STORY_TABLES
from dashboard.charts.links import read_link
from dashboard.charts.tables import write_table
from dashboard.queries.answer import Answer
from dashboard.queries.conflicts import list_conflicts
from dashboard.theme import Theme

AROUND = 90  # characters of a sentence to each side of the words that differ
NAMES = {"modality": "said or not", "update": "update"}
HEAD = Markup("<th>Differs</th><th>One says</th><th>The other says</th>")
SIDE = Markup('<span class="sm"><i class="sw" style="background:{}"></i>{}</span><br>{}')


def draw_conflicts(answer: Answer, theme: Theme) -> Markup:
    """A table: a difference a row, a side a column; each sentence opens in its article."""
    rows = [
        Markup(
            '<tr><td class="what">{}</td><td data-outlet="One says">{}</td>'
            '<td data-outlet="The other says">{}</td></tr>'
        ).format(
            NAMES.get(str(row["kind"]), row["kind"]), _write(row, "left", theme), _write(row, "right", theme)
        )
        for row in answer.frame.to_dict("records")
    ]
    return write_table(HEAD, rows, "compare")


def _write(row: dict[Hashable, object], side: str, theme: Theme) -> Markup:
    """One sentence with its outlet, the words that differ marked."""
    outlet, text = str(row[f"{side}_outlet"]), str(row[side])
    first, last = int(str(row[f"{side}_from"])), int(str(row[f"{side}_to"]))
    marked = Markup("{}<mark>{}</mark>{}").format(
        _clip_front(text[:first]), text[first:last], _clip_back(text[last:])
    )
    link = read_link(row[f"{side}_article"], row[f"{side}_at"], marked)
    return SIDE.format(theme.colour_of(outlet), theme.name_of(outlet), link)


def _clip_front(text: str) -> str:
    """The end of what stands before, cut at a word."""
    return text if len(text) <= AROUND else "… " + text[-AROUND:].split(" ", 1)[-1]


def _clip_back(text: str) -> str:
    """The beginning of what follows, cut at a word."""
    return text if len(text) <= AROUND else text[:AROUND].rsplit(" ", 1)[0] + " …"


CONFLICTS = Chart(
    slug="story-conflicts",
    question="Where do they differ on one fact?",
    reading="Two sentences that tell one fact, and the words in which they differ: another number, date or name, or "
    "said by one and denied or left open by the other. Update: a count that may grow is higher in the later "
    "article. Who is right is not judged, and some pairs are about two things after all: read both. Each sentence "
    "opens in its article.",
    needs=(*STORY_TABLES, "conflicts", "sentences", "texts"),
    query=list_conflicts,
    draw=draw_conflicts,
    relax="No two sentences on one fact are known to differ; that does not mean that none do.",
    measure="Conflicts",
)

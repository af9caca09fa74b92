"""Primary: an original text with the words marked that outlets quote, and how much each outlet has of it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.facts import STORY_TABLES
from dashboard.charts.links import read_link
from dashboard.charts.tables import order_outlets, write_table
from dashboard.queries.answer import Answer
from dashboard.queries.primary import mark_quoted
from dashboard.theme import Theme, write_count, write_counted, write_share, write_time

WEB = ("http://", "https://")
FOLDED = 60  # words of paragraphs in a row that nobody quotes: from so many on they are folded away
Row = dict[Any, Any]


def draw_primary(answer: Answer, theme: Theme) -> Markup:
    """Each original text: how much each outlet quotes, then the text; a swatch leads to the outlet's quotation."""
    return Markup("").join(
        _draw_text(rows, theme) for _, rows in answer.frame.groupby("primary_id", sort=False, observed=True)
    )


def _draw_text(rows: pd.DataFrame, theme: Theme) -> Markup:
    """One original text."""
    paragraphs = [
        list(pieces) for _, pieces in groupby(rows.to_dict("records"), key=lambda row: row["paragraph"])
    ]
    told = [
        _fold(list(run)) if unquoted else Markup("").join(_paragraph(pieces, theme) for pieces in run)
        for unquoted, run in groupby(paragraphs, key=_is_unquoted)
    ]
    return Markup('<div class="original">{}{}<div class="reader">{}</div></div>').format(
        _head(rows), _shares(rows, theme), Markup("").join(told)
    )


def _head(rows: pd.DataFrame) -> Markup:
    """Name, day and length of the text; its name leads to its address where it has one."""
    first = rows.iloc[0]
    url = str(first["url"])
    name = Markup("<b>{}</b>").format(first["primary"])
    if url.startswith(WEB):
        name = Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(
            url, name
        )
    when = "" if pd.isna(first["published"]) else f" · {write_time(first['published'], first['precision'])}"
    return Markup("<p>{}{} · {}</p>").format(name, when, write_counted(first["length"], "word"))


def _shares(rows: pd.DataFrame, theme: Theme) -> Markup:
    """One line an outlet: its words of the text; its name leads to its first quotation from it."""
    known = rows.dropna(subset=["outlet"]).drop_duplicates("outlet")
    by_outlet = {row["outlet"]: row for row in known.to_dict("records")}
    lines = [_share(by_outlet[outlet], theme) for outlet in order_outlets(known["outlet"], theme)]
    return write_table(
        Markup('<th>Outlet</th><th class="n">Words quoted</th><th class="n">Of the text</th>'), lines
    )


def _share(row: Row, theme: Theme) -> Markup:
    """What one outlet quotes."""
    name = Markup("{}{}").format(_swatch(row["outlet"], theme), theme.name_of(row["outlet"]))
    return Markup('<tr><td>{}</td><td class="n">{}</td><td class="n">{}</td></tr>').format(
        read_link(row["article_id"], row["at"], name),
        write_count(row["quoted"]),
        write_share(row["quoted"] / row["length"]),
    )


def _is_unquoted(pieces: list[Row]) -> bool:
    """Whether nobody quotes a word of the paragraph."""
    return all(row["outlets"] == 0 for row in pieces)


def _fold(paragraphs: list[list[Row]]) -> Markup:
    """Paragraphs that nobody quotes: short ones as they are, many words folded away."""
    words = sum(row["words"] for pieces in paragraphs for row in pieces)
    told = Markup("").join(
        Markup("<p>{}</p>").format("".join(row["text"] for row in pieces)) for pieces in paragraphs
    )
    if words < FOLDED:
        return told
    return Markup("<details><summary>{} that no outlet quotes</summary>{}</details>").format(
        write_counted(words, "word"), told
    )


def _paragraph(pieces: list[Row], theme: Theme) -> Markup:
    """One paragraph: quoted words are marked, and behind each run a swatch an outlet leads to its article."""
    runs = [list(run) for _, run in groupby(pieces, key=lambda row: row["start"])]
    return Markup("<p>{}</p>").format(Markup("").join(_run(run, theme) for run in runs))


def _run(rows: list[Row], theme: Theme) -> Markup:
    """One piece, and who quotes it."""
    text, outlets = rows[0]["text"], rows[0]["outlets"]
    if not outlets:
        return Markup("{}").format(text)
    order = order_outlets(pd.Series([row["outlet"] for row in rows]), theme)
    by_outlet = {row["outlet"]: row for row in rows}
    links = Markup("").join(_quoter(by_outlet[outlet], theme) for outlet in order)
    return Markup('<mark class="by{}" title="quoted by {}">{}</mark><sup>{}</sup>').format(
        min(outlets, 3), write_counted(outlets, "outlet"), text, links
    )


def _quoter(row: Row, theme: Theme) -> Markup:
    """A swatch that leads to the outlet's quotation."""
    return read_link(row["article_id"], row["at"], _swatch(row["outlet"], theme, named=True))


def _swatch(outlet: str, theme: Theme, *, named: bool = False) -> Markup:
    """The outlet's colour; named for those who do not see it."""
    said = Markup(' role="img" aria-label="{0}" title="{0}"').format(theme.name_of(outlet)) if named else ""
    return Markup('<i class="sw" style="background:{}"{}></i>').format(theme.colour_of(outlet), said)


PRIMARY = Chart(
    slug="story-original",
    question="What of the original text is quoted?",
    reading="The original text, its quoted words marked, the darker the more outlets; each swatch opens an "
    "outlet's quotation. Unmarked words nobody quotes.",
    needs=(*STORY_TABLES, "quotes", "texts"),
    query=mark_quoted,
    draw=draw_primary,
    relax="No quotation of this story repeats an original text. Give one: newsprism sources add --primary FILE.",
    measure="Quotes",
)

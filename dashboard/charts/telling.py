"""Telling: an outlet a column, its facts from its first sentence down to its last, the same fact linked."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.chart import Chart
from dashboard.charts.facts import STORY_TABLES
from dashboard.charts.links import read_link
from dashboard.charts.marks import write_image
from dashboard.charts.tables import clip_text, compare_table, fold_rows, order_outlets
from dashboard.queries.answer import Answer
from dashboard.queries.telling import order_facts
from dashboard.theme import Theme

DISC, TICK = 22, 5  # pixels that a numbered and a small mark take from top to bottom
LEAST, BESIDE = 340, 46  # height of the field, pixels; and of a fact in the list beside it
WIDTH = 1000  # of the lines' own coordinates; they stretch with the field
COLUMN = 46  # least width of a column, pixels
LONGEST_FACT, LONGEST_TEXT, LONGEST_EDGE = 120, 220, 90  # characters
STANDING_FACTS = 8  # of the list, on a phone
FIELD = Markup(
    '<div class="telling"><div class="wide"><div style="min-width:{}px"><div class="heads">{}</div>'
    '<div class="edge">first sentence</div><div class="field" style="height:{}px">{}{}</div>'
    '<div class="edge">last sentence</div></div></div>{}</div>{}'
)
HEAD = Markup('<span style="width:{:.3f}%" title="{}"><i class="sw" style="background:{}"></i>{}</span>')
SPOT = Markup('<span class="{}" style="left:{:.3f}%;top:{:.1f}px">{}</span>')
MARK = Markup('<i role="img" style="{}:{}" aria-label="{}" title="{}">{}</i>')
LINE = Markup(
    '<path d="M{} {:.1f}L{} {:.1f}" stroke="{}" stroke-width="{}" opacity="{}"{} vector-effect="non-scaling-stroke"/>'
)


def draw_telling(answer: Answer, theme: Theme) -> Markup:
    """Columns with marks and lines between them, the numbered facts beside them, first and last facts below."""
    outlets = order_outlets(answer.frame["outlet"], theme)
    columns = [answer.frame[answer.frame["outlet"] == outlet] for outlet in outlets]
    listed = BESIDE * answer.frame["number"].nunique()
    height = max(LEAST, listed, *(sum(map(_size, rows["number"])) for rows in columns))
    left = [100 * (at + 0.5) / len(outlets) for at in range(len(outlets))]
    placed = pd.concat(
        rows.assign(left=x, top=space_marks(rows["place"].tolist(), [*map(_size, rows["number"])], height))
        for x, rows in zip(left, columns, strict=True)
    )
    heads = (
        HEAD.format(100 / len(outlets), theme.name_of(o), theme.colour_of(o), theme.name_of(o))
        for o in outlets
    )
    marks = (_mark(row, theme) for row in placed.to_dict("records"))
    return FIELD.format(
        COLUMN * len(outlets),
        Markup("").join(heads),
        height,
        draw_lines(placed, height, theme),
        Markup("").join(marks),
        _list_facts(placed, theme),
        _list_edges(columns, outlets, theme),
    )


def space_marks(places: Sequence[float], sizes: Sequence[float], height: float) -> list[float]:
    """The middle of each mark in pixels from the top: at its place (0 to 1, sorted), moved where it would cover
    another; the order stays.
    """
    gaps = [0.0, *((one + other) / 2 for one, other in pairwise(sizes))]
    tops: list[float] = []
    for place, size, gap in zip(places, sizes, gaps, strict=True):
        wanted = size / 2 + place * (height - size)
        tops.append(max(wanted, tops[-1] + gap) if tops else wanted)
    edge = height - sizes[-1] / 2
    for at in reversed(range(len(tops))):
        tops[at] = min(tops[at], edge)
        edge = tops[at] - gaps[at]
    return tops


def draw_lines(placed: pd.DataFrame, height: float, theme: Theme) -> Markup:
    """A line a shared fact from column to column, broken where it passes one by; thick where the places of a fact
    differ most.
    """
    columns = sorted(placed["left"].unique())
    shared = placed[placed["outlets"] > 1]
    widest = shared["apart"].max()
    lines = [
        _draw_step(
            one,
            two,
            theme,
            thick=0 < one["apart"] == widest,
            passing=two["left"] not in columns[: columns.index(one["left"]) + 2],
        )
        for _, rows in shared.groupby("claim_id", sort=True, observed=True)
        for one, two in pairwise(rows.to_dict("records"))
    ]
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
        'preserveAspectRatio="none">{2}</svg>'
    ).format(WIDTH, height, Markup("").join(lines))
    return write_image(svg, f"{shared['claim_id'].nunique()} facts, each linked from outlet to outlet")


def _draw_step(
    one: dict[Hashable, Any], two: dict[Hashable, Any], theme: Theme, *, thick: bool, passing: bool
) -> Markup:
    """From the mark of a fact to its next one."""
    ends = (round(WIDTH * one["left"] / 100, 1), one["top"], round(WIDTH * two["left"] / 100, 1), two["top"])
    look = (theme.ink, 2.2, 1) if thick else (theme.soft, 1.2, 0.6)
    return LINE.format(*ends, *look, Markup(' stroke-dasharray="3 5"') if passing else "")


def _size(number: object) -> int:
    """How high a mark is."""
    return TICK if pd.isna(number) else DISC  # type: ignore[call-overload]


def _mark(row: dict[Hashable, Any], theme: Theme) -> Markup:
    """A numbered disc, or a small mark: wide where another outlet tells the fact, too."""
    numbered = pd.notna(row["number"])
    alone = "" if row["outlets"] > 1 else "here alone, "
    where = f"{theme.name_of(row['outlet'])}, {alone}sentence {row['sentence']} of {row['sentences']}"
    told = Markup("{}: {}").format(where, clip_text(row["text"], LONGEST_TEXT))
    side = "border-color" if numbered else "background"
    inside = MARK.format(
        side, theme.colour_of(row["outlet"]), told, told, f"{row['number']:.0f}" if numbered else ""
    )
    style = "spot no" if numbered else "spot" if row["outlets"] > 1 else "spot loose"
    return SPOT.format(style, row["left"], row["top"], read_link(row["article_id"], row["at"], inside))


def _list_facts(placed: pd.DataFrame, theme: Theme) -> Markup:
    """The numbered facts, each with the sentence of each outlet that tells it."""
    rows = [
        Markup('<tr><td><b class="no">{}</b></td><td>{}<br>{}</td></tr>').format(
            f"{number:.0f}",
            clip_text(told["fact"].iloc[0], LONGEST_FACT),
            Markup(" ").join(_link_place(row, theme) for row in told.to_dict("records")),
        )
        for number, told in placed.dropna(subset="number").groupby("number", observed=True)
    ]
    body, more = fold_rows(rows, STANDING_FACTS)
    return Markup('<div class="folding narrow"><table class="told-at">{}</table>{}</div>').format(body, more)


def _list_edges(columns: Sequence[pd.DataFrame], outlets: list[str], theme: Theme) -> Markup:
    """The first and the last fact of each outlet, in its own words."""
    rows = [
        (escape(word), [_link_edge(rows.iloc[at].to_dict()) for rows in columns])
        for word, at in (("First", 0), ("Last", -1))
    ]
    return compare_table("Told", rows, outlets, theme)


def _link_edge(row: dict[Hashable, Any]) -> Markup:
    """The sentence, behind its number where it has one."""
    number = "" if pd.isna(row["number"]) else Markup('<b class="no">{:.0f}</b> ').format(row["number"])
    return number + read_link(row["article_id"], row["at"], clip_text(row["text"], LONGEST_EDGE))


def _link_place(row: dict[Hashable, Any], theme: Theme) -> Markup:
    """Swatch and place, 4 of 31, that lead to the sentence."""
    inside = Markup('<i class="sw" style="background:{}" role="img" aria-label="{}"></i>{} of {}').format(
        theme.colour_of(row["outlet"]), theme.name_of(row["outlet"]), row["sentence"], row["sentences"]
    )
    return Markup('<span class="sm">{}</span>').format(read_link(row["article_id"], row["at"], inside))


TELLING = Chart(
    slug="story-telling",
    question="In which order do they tell it?",
    reading="A column is the article of one outlet, from its first sentence down to its last. Numbers: facts that "
    "several tell, linked; dashes pass an outlet by. Where lines cross, the order differs; thick: the fact whose "
    "places lie furthest apart. Small marks: told there alone. Marks that would cover each other are moved apart, "
    "and their order stays. Below: the first and the last fact of each. Click any to read the sentence.",
    needs=(*STORY_TABLES, "claims", "sentences", "texts"),
    query=order_facts,
    draw=draw_telling,
    relax="Choose a story of which two outlets tell the same fact.",
    measure="Order of telling",
)

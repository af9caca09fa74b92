"""Facts: which outlet carries which fact, what each calls an actor, who was first, which dates are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import partial

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link
from dashboard.charts.quotes import draw_quotes
from dashboard.charts.tables import (
    clip_text,
    compare_table,
    count_outlets,
    order_outlets,
    outlet_head,
    write_table,
    zone_of,
)
from dashboard.queries.answer import Answer
from dashboard.queries.labels import name_actors
from dashboard.queries.quotes import compare_quotes
from dashboard.queries.story import date_events, match_facts, time_firsts
from dashboard.theme import Theme, write_day, write_time

MOST_WORDINGS, FEWER_WORDINGS, MANY = 5, 3, 4  # fewer wordings in a cell from more than four outlets on
LONG_WORD = re.compile(r"\w\w+")  # an initial is no label: Donald J. Trump, S Korea
LONGEST_FACT, LONGEST_EVENT = 150, 130  # characters
STANDING_FACTS = 20  # rows that stand open on a phone
MORE_WORDINGS = Markup(' <details class="sm"><summary>and {} more</summary>{}</details>')
OPEN_DOT = Markup('<i class="dot no" role="img" aria-label="{} does not carry it" title="not carried"></i>')
UNSURE_DOT = Markup('<i class="dot x" role="img" aria-label="{}: {}, {}" title="{}: {}"></i>')
WHY = {
    "alike": "it has a sentence somewhat alike",
    "brief": "too little to look for: few words, or no whole sentence",
    "language": "it tells the story in another language, too",
    "earlier": "it wrote before this was told",
    "hidden": "the filter hides the article that tells it",
}
FULL_DOT = Markup('<i class="dot" style="background:{}" role="img" aria-label="{} carries it: read it"></i>')
STORY_TABLES = ("articles", "stories", "story_articles")


def draw_facts(answer: Answer, theme: Theme) -> Markup:
    """A table: a fact a row, an outlet a column; a filled dot links to the sentence."""
    outlets = order_outlets(answer.frame["outlet"], theme)
    head = Markup("").join(outlet_head(outlet, theme, "c") for outlet in outlets)
    rows = [
        Markup("<tr><td>{}</td>{}</tr>").format(
            clip_text(cells["fact"].iloc[0], LONGEST_FACT), _fact_cells(cells, outlets, theme)
        )
        for _, cells in answer.frame.groupby("claim_id", sort=False, observed=True)
    ]
    heads = Markup("<th>Fact, in the words of one outlet</th>{}").format(head)
    return write_table(heads, rows, "dotted", stand=STANDING_FACTS)


def draw_labels(answer: Answer, theme: Theme) -> Markup:
    """A table: an actor a row, an outlet a column; each wording with its count and a link.

    Marked: a wording that one outlet alone uses, however spelt, and that is no part of the actor's name.
    """
    frame = answer.frame.assign(folded=answer.frame["wording"].map(_fold_spelling))
    users = frame.groupby(["actor_id", "folded"], observed=True)["outlet"].transform("nunique")
    named = [
        set(LONG_WORD.findall(folded)) <= set(LONG_WORD.findall(_fold_spelling(actor)))
        for folded, actor in zip(frame["folded"], frame["actor"], strict=True)
    ]
    frame = frame.assign(telling=(users == 1) & ~pd.Series(named, index=frame.index))
    outlets = order_outlets(frame["outlet"], theme)
    write = partial(_wordings, most=MOST_WORDINGS if len(outlets) <= MANY else FEWER_WORDINGS)
    rows = [
        (Markup("{}").format(wordings["actor"].iloc[0]), _by_outlet(wordings, outlets, write))
        for _, wordings in frame.groupby("actor_id", sort=False, observed=True)
    ]
    return compare_table("Actor", rows, outlets, theme)


def draw_firsts(answer: Answer, theme: Theme) -> Markup:
    """A line an outlet: the time of its first article with its precision, and the lag where it is known."""
    return Markup("").join(_first_line(row, theme) for row in answer.frame.to_dict("records"))


def draw_events(answer: Answer, theme: Theme) -> Markup:
    """A line a date: the day, the sentence that tells it best, how many outlets mention it."""
    rows = [
        Markup('<tr><td class="n">{}</td><td>{} <span class="sm">{}</span></td>{}</tr>').format(
            write_day(row["first_day"]),
            read_link(row["article_id"], row["at"], clip_text(row["sentence"], LONGEST_EVENT)),
            theme.name_of(str(row["outlet"])),
            count_outlets(row["outlets"]),
        )
        for row in answer.frame.to_dict("records")
    ]
    return write_table(
        Markup('<th class="n">Date</th><th>Told as</th><th class="n">Outlets</th>'), rows, "dated"
    )


def _by_outlet(
    rows: pd.DataFrame, outlets: list[str], write: Callable[[pd.DataFrame], Markup]
) -> list[Markup]:
    """What each outlet has of these rows, in the order of the head."""
    parts = dict(list(rows.groupby("outlet", observed=True)))
    return [write(parts[outlet]) if outlet in parts else Markup("") for outlet in outlets]


def _fact_cells(cells: pd.DataFrame, outlets: list[str], theme: Theme) -> Markup:
    """One cell an outlet, in the order of the head."""
    by_outlet = {row["outlet"]: row for row in cells.to_dict("records")}
    return Markup("").join(
        Markup('<td class="c">{}</td>').format(_dot(by_outlet[outlet], outlet, theme)) for outlet in outlets
    )


def _dot(cell: dict[Hashable, object], outlet: str, theme: Theme) -> Markup:
    """A filled dot that opens the sentence, a hatched one that opens what is somewhat alike, or an open one."""
    name = theme.name_of(outlet)
    state, why = str(cell["state"]), WHY.get(str(cell["reason"]), "")
    full, unsure = (
        FULL_DOT.format(theme.colour_of(outlet), name),
        UNSURE_DOT.format(name, state, why, state, why),
    )
    dots = {"carried": full, "not sure": unsure, "not compared": unsure}
    dot = dots.get(state, OPEN_DOT.format(name))
    return read_link(cell["article_id"], cell["at"], dot) if isinstance(cell["article_id"], str) else dot


def _wordings(wordings: pd.DataFrame, most: int) -> Markup:
    """The wordings of one outlet for one actor, most frequent first."""
    parts = [
        Markup("{} {}").format(
            read_link(row["article_id"], row["at"], _tell(row["wording"], telling=row["telling"])),
            row["times"],
        )
        for row in wordings.to_dict("records")
    ]
    first, rest = (Markup(" · ").join(some) for some in (parts[:most], parts[most:]))
    return first + MORE_WORDINGS.format(len(parts) - most, rest) if rest else first


def _fold_spelling(wording: object) -> str:
    """In small letters and without the dots of abbreviations: U.S. is no other label than US."""
    return str(wording).lower().replace(".", "")


def _tell(wording: object, *, telling: bool) -> Markup:
    """The wording, marked where it is telling."""
    return Markup("<mark>{}</mark>").format(wording) if telling else escape(wording)


def _first_line(row: dict[Hashable, object], theme: Theme) -> Markup:
    """Outlet, time, precision and origin; a tag where the page has no time."""
    outlet = str(row["outlet"])
    name = Markup('<span class="out"><i class="sw" style="background:{}"></i>{}</span>').format(
        theme.colour_of(outlet), theme.name_of(outlet)
    )
    link = read_link(row["article_id"], 0, row["title"])
    if pd.isna(row["published"]):  # type: ignore[call-overload]
        told = Markup('<span class="tag">no time on the page</span>')
    else:
        zone = zone_of(row["timezone"], str(row["precision"]))
        when = write_time(pd.Timestamp(row["published"]), str(row["precision"]), zone)  # type: ignore[arg-type]
        told = Markup('{} <span class="tag">{} · {}</span>').format(when, row["precision"], row["origin"])
    return Markup('<div class="row">{}<span>{}<br><span class="sm">{}</span></span></div>').format(
        name, told, link
    )


FACTS = Chart(
    slug="story-facts",
    question="Who told what?",
    reading="A filled dot: the outlet carries the fact; click to read the sentence. Open: it does not. Hatched: "
    "not sure, click to read what is somewhat alike; or not compared, because the outlet tells the story in another "
    "language. Facts stand in the order in which they are told; dots at an edge: a clause of a longer sentence.",
    needs=(*STORY_TABLES, "claims", "echoes", "gaps", "sentences", "texts"),
    query=match_facts,
    draw=draw_facts,
    relax="Choose a story that two outlets carry.",
    measure="Fact coverage",
)
LABELS = Chart(
    slug="story-labels",
    question="What do they call it?",
    reading="Words used for the same actor, with counts; each opens at its first mention. Marked: no part of "
    "the name, and in one outlet alone.",
    needs=(*STORY_TABLES, "mentions", "actors"),
    query=name_actors,
    draw=draw_labels,
    relax="Choose all voices, or a story with named actors.",
    measure="Labels",
)
FIRSTS = Chart(
    slug="story-firsts",
    question="Who was first?",
    reading="Each outlet's first article and how exact its time is. Where one is missing, nobody is named.",
    needs=(*STORY_TABLES, "outlets"),
    query=time_firsts,
    draw=draw_firsts,
    measure="Time to coverage",
)
EVENTS = Chart(
    slug="story-events",
    question="Which dates does the story turn on?",
    reading="Days that the texts name, one sentence each, and how many outlets name the day.",
    needs=(*STORY_TABLES, "dates", "sentences", "texts"),
    query=date_events,
    draw=draw_events,
    relax="No sentence of these articles names a day that can be resolved.",
    measure="Timeline",
)
QUOTES = Chart(
    slug="story-quotes",
    question="Whom do they quote, and how truly?",
    reading="Each outlet's wording of one utterance against the original text, where you gave it, else against "
    "the fullest: underlined words differ or are its own, those struck through were dropped in its middle. "
    "Edited: in quotation marks with other words; truncated: a part; paraphrased: retold. Each opens in the "
    "article.",
    needs=(*STORY_TABLES, "quotes", "actors", "texts"),
    query=compare_quotes,
    draw=draw_quotes,
    relax="These articles hold no quotation.",
    measure="Quotes",
)

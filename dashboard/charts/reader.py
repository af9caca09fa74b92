"""Reader: one article with what was found in it highlighted, and what was cut from its page on demand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link, story_link
from dashboard.charts.tables import zone_of
from dashboard.queries.answer import Answer
from dashboard.queries.concordance import list_contexts
from dashboard.queries.reading import Reading
from dashboard.theme import Theme, write_count, write_counted, write_day, write_time

STYLES = {
    "actors": "l-actor",
    "quotations": "l-quote",
    "dates": "l-date",
    "tone words": "l-tone",
    "shared passages": "l-shared",
}
BREAK = re.compile(r"\n\s*\n")
WEB = ("http://", "https://")


@dataclass(frozen=True)
class Span:
    """A run of text to set off: in a style, with a tooltip and perhaps an actor's link."""

    start: int
    end: int
    style: str
    told: str = ""
    link: str = ""


def draw_reading(
    reading: Reading,
    *,
    layers: Iterable[str],
    at: int = -1,
    terms: re.Pattern[str] | None = None,
) -> Markup:
    """The text with the chosen layers, the sentence at `at` and the search terms marked."""
    spans = [span for name in layers for span in _layer_spans(reading.layers[name], STYLES[name])]
    if at >= 0:
        spans.append(Span(*reading.sentence_at(at), "l-here"))
    if terms is not None:
        spans += [Span(*match.span(), "l-term") for match in terms.finditer(reading.text)]
    body = len(str(reading.row["title"])) + 2 if reading.row["title"] else 0
    told = mark_spans(reading.text, spans, first=body)
    style = "reader asked" if at >= 0 else "reader"
    return Markup('<article class="{}">{}</article>').format(style, told)


def draw_head(reading: Reading, theme: Theme) -> Markup:
    """Outlet, headline, when it was published and how exactly, the ways to the original and to the story."""
    row = reading.row
    outlet = str(row["outlet"])
    name = Markup('<i class="sw" style="background:{}"></i>{}').format(
        theme.colour_of(outlet), theme.name_of(outlet)
    )
    language, section = str(row["language"]), str(row["section"])
    parts = [name, language, section, str(row["authors"]), _original(str(row["url"])), _story(row)]
    facts = [("Published", _when(row)), ("Versions", _versions(reading)), ("Words", str(row["words"]))]
    told = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(word, fact) for word, fact in facts if fact
    )
    return Markup('<p class="sm">{}</p><h2 class="title">{}</h2><dl class="when">{}</dl>').format(
        Markup(" · ").join(part for part in parts if part), row["title"] or "(no headline)", told
    )


def name_cuts(reading: Reading) -> str:
    """How much of the page is not in the text: "Cut from the page: 4 blocks, 1 284 characters"."""
    length = int(reading.cuts["text"].str.len().sum())
    return f"Cut from the page: {write_counted(len(reading.cuts), 'block')}, {write_count(length)} characters"


def mark_spans(text: str, spans: Sequence[Span], *, first: int = 0) -> Markup:
    """The text from `first` on as escaped paragraphs; overlapping spans share their characters."""
    cuts = [0, *(match.start() for match in BREAK.finditer(text)), len(text)]
    paragraphs = []
    for start, end in pairwise(cuts):
        if start >= first - 2 and text[start:end].strip():
            here = any(span.style == "l-here" and span.start < end and start < span.end for span in spans)
            paragraph = Markup('<p class="here">{}</p>') if here else Markup("<p>{}</p>")
            paragraphs.append(paragraph.format(_mark_run(text, start, end, spans)))
    return Markup("\n").join(paragraphs)


def draw_cuts(reading: Reading) -> Markup:
    """What was taken away from the page, by role and rule."""
    rows = [
        Markup('<tr><td><span class="tag">{}</span></td><td>{}</td><td class="sm">{}</td></tr>').format(
            row["role"], row["text"], row["rule"]
        )
        for row in reading.cuts.to_dict("records")
    ]
    head = Markup("<tr><th>Role</th><th>Text</th><th>Rule</th></tr>")
    return Markup('<div class="wide"><table>{}{}</table></div>').format(head, Markup("").join(rows))


def draw_contexts(answer: Answer, theme: Theme) -> Markup:
    """One line an occurrence: context, the words found, context, and where it stands."""
    rows = []
    for row in answer.frame.to_dict("records"):
        hit = read_link(row["article_id"], row["at"], Markup("<mark>{}</mark>").format(row["hit"]))
        place = Markup('<i class="sw" style="background:{}"></i>{} · {}').format(
            theme.colour_of(row["outlet"]), theme.name_of(row["outlet"]), write_day(row["day"])
        )
        rows.append(
            Markup(
                '<div class="kwic"><span>{}</span><b>{}</b><span>{}</span><span class="sm">{}</span></div>'
            ).format(row["left"], hit, row["right"], place)
        )
    return Markup("").join(rows)


def _layer_spans(rows: pd.DataFrame, style: str) -> list[Span]:
    """The rows of a layer as spans."""
    return [
        Span(int(row["start"]), int(row["end"]), style, str(row["told"]), str(row["link"]))
        for row in rows.to_dict("records")
    ]


def _mark_run(text: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    """One paragraph, cut at every edge of a span: each piece lies wholly inside or outside of each."""
    inside = [span for span in spans if span.start < end and start < span.end]
    edges = {start, end} | {min(max(edge, start), end) for span in inside for edge in (span.start, span.end)}
    pieces = sorted(edges)
    return Markup("").join(_piece(text, a, b, inside) for a, b in pairwise(pieces))


def _piece(text: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    """A piece of text with all styles that hold there."""
    holding = [span for span in spans if span.start <= start and end <= span.end]
    words = escape(text[start:end])
    if not holding:
        return words
    style = " ".join(dict.fromkeys(span.style for span in holding))
    told = "; ".join(dict.fromkeys(span.told for span in holding if span.told))
    link = next((span.link for span in holding if span.link), "")
    marked = Markup('<span class="{}" title="{}">{}</span>').format(style, told, words)
    return Markup('<a href="page:actors?actor={}">{}</a>').format(link, marked) if link else marked


def _when(row: dict[str, object]) -> Markup:
    """The time in the outlet's zone, how exact it is and where it was read."""
    precision = str(row["published_precision"])
    if precision == "none" or pd.isna(row["published"]):  # type: ignore[call-overload]
        return Markup('<span class="tag">no time on the page</span>')
    zone = zone_of(row["timezone"], precision)
    when = write_time(pd.Timestamp(row["published"]), precision, zone)  # type: ignore[arg-type]
    return Markup('{} <span class="tag">{} · {}</span>').format(when, precision, row["published_origin"])


def _original(url: str) -> Markup:
    """A link to the page itself; nothing for a file, or for an address that is not of the web."""
    if not url.startswith(WEB):
        return Markup("")
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">original page</a>').format(
        url
    )


def _story(row: dict[str, object]) -> Markup:
    """A link to the article's story, and whether it is a reprint."""
    told = [Markup('<span class="tag">{} of another text</span>').format(row["level"])]
    level = told if isinstance(row["level"], str) else []
    story = (
        [story_link(row["story_id"], f"story: {row['story_title']}")]
        if isinstance(row["story_id"], str)
        else []
    )
    return Markup(" ").join([*story, *level])


def _versions(reading: Reading) -> str:
    return f"{reading.revisions}" if reading.revisions > 1 else ""


CONTEXTS = Chart(
    slug="contexts",
    question="Where do the words stand?",
    reading="Each occurrence of the search words in its context; click the words to read on.",
    needs=("texts", "articles"),
    query=list_contexts,
    draw=draw_contexts,
    relax='Type search words above: words, "a phrase", AND, OR, NOT, title:word, outlet:name.',
    measure="Attention",
)

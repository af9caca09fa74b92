"""Articles: search, the words in context, and the reader with what was found in the text."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.charts.reader import CONTEXTS, STYLES, draw_cuts, draw_head, draw_reading, name_cuts
from dashboard.pages.page import Page
from dashboard.queries.concordance import find_terms
from dashboard.queries.opened import list_articles
from dashboard.queries.reading import read_article
from dashboard.screen import current, open_articles, page_head, show, write_html
from dashboard.screen.focus import card, choose_layers, fold, place_asked, two_columns
from dashboard.theme import write_count

LISTED = 40


def _draw() -> None:
    snapshot, chosen, _ = current()
    found = list_articles(snapshot, chosen, 1)
    n = 0 if found.empty else int(found["n"].iloc[0])
    about = f"Search: {chosen.words}" if chosen.words else "All articles of the filter"
    page_head(f"Articles · {about}", "What do the articles say?", ((write_count(n), "matching articles"),))
    article, at = place_asked()
    first = article or ("" if found.empty else str(found["article_id"].iloc[0]))
    with two_columns(1.0, 1.9) as (left, right):
        with left, card("list"):
            open_articles(chosen, "this filter, newest first", LISTED, article=first)
        with right, card("reader"):
            _draw_reader(first, at if article else -1)
    if chosen.words:
        show(CONTEXTS)


def _draw_reader(article: str, at: int) -> None:
    """The chosen article with its layers, and the cut pieces in a fold."""
    snapshot, chosen, theme = current()
    reading = read_article(snapshot, article)
    if reading is None:
        write_html(Markup("<p>No article here: choose one from the list, or relax the filter.</p>"))
        return
    write_html(draw_head(reading, theme))
    found = {name: len(reading.layers[name]) for name in STYLES}
    layers = choose_layers(found, ("actors", "quotations"))
    write_html(draw_reading(reading, layers=layers, at=at, terms=find_terms(chosen.words)))
    if len(reading.cuts):
        with fold(name_cuts(reading)):
            write_html(draw_cuts(reading))


ARTICLES = Page(slug="articles", title="Articles", draw=_draw, charts=(CONTEXTS,))

"""Articles: search, the words in context, and the reader with what was found in the text."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.charts.reader import CONTEXTS, STYLES, draw_cuts, draw_reading
from dashboard.pages.page import Page
from dashboard.queries.concordance import find_terms
from dashboard.queries.opened import list_articles
from dashboard.queries.reading import read_article
from dashboard.screen import current, open_articles, page_head, show, write_html
from dashboard.screen.focus import choose_layers, fold, place_asked, two_columns
from dashboard.theme import write_count

LISTED = 40


def _draw() -> None:
    snapshot, chosen, _ = current()
    found = list_articles(snapshot, chosen, 1)
    n = 0 if found.empty else int(found["n"].iloc[0])
    about = f"Search: {chosen.words}" if chosen.words else "All articles of the filter"
    page_head(f"Articles · {about}", "What do the articles say?", ((write_count(n), "articles match"),))
    article, at = place_asked()
    first = article or ("" if found.empty else str(found["article_id"].iloc[0]))
    with two_columns(1.0, 1.9) as (left, right):
        with left:
            open_articles(chosen, "newest first", LISTED)
        with right:
            _draw_reader(first, at if article else -1)
    if chosen.words:
        show(CONTEXTS)


def _draw_reader(article: str, at: int) -> None:
    """The chosen article with its layers, and the cut pieces in a fold."""
    snapshot, chosen, theme = current()
    reading = read_article(snapshot, article)
    if reading is None:
        write_html(Markup("<p>No article here: choose one from the list.</p>"))
        return
    layers = choose_layers(tuple(STYLES), ("actors", "quotations"))
    write_html(draw_reading(reading, theme, layers=layers, at=at, terms=find_terms(chosen.words)))
    if len(reading.cuts):
        with fold(f"{len(reading.cuts)} pieces of the page were cut away"):
            write_html(draw_cuts(reading))


ARTICLES = Page(slug="articles", title="Articles", draw=_draw, charts=(CONTEXTS,))

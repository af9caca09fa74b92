"""The screen: the only library of Streamlit. Pages describe themselves with these verbs and nothing else.

    snapshot, chosen, theme = current()      what is shown now: a store version, the filter, the colours
    page_head(kicker, title, figures)        the serif title; figures are (value, what it counts) pairs
    show(chart)                              one card: question, reading, chart, verdict, footer, downloads
    side_by_side(chart, chart, wide=0)       a row 1.55 : 1 (wide=1: 1 : 1.55); one column on a phone
    answer_of(chart)                         the cached Answer of a chart, for figures in the head
    write_html(markup)                       a piece of trusted Markup outside a card (escape with markupsafe)
    link_to("story", chosen.narrow(story=id))            a permalink to a page, relative, with room and
    version
    link_to("articles", chosen, article=id, at="120")    the reader at a character
    open_articles(chosen, "what they share")             the articles behind a number, as a list
    set_filter(story=id)                     in a callback: change the filter (and with it the address)
    rerun_filter(story=id)                   a link-like button's effect outside a callback

A page is a record `Page(slug, title, draw, charts)` (dashboard/pages/page.py) in a module constant, and a
line
in PAGES of app.py. `draw` takes nothing. A chart is a `Chart` in dashboard/charts and a line in CHARTS.
Queries begin with `select_articles(snapshot, chosen, "SELECT ... FROM chosen ...")`.

Charts that draw Markup use the classes of dashboard/static/look.css: table, th.n/td.n (numbers), td.c,
.dot (with
style="background:COLOUR"), .dot.no (open), .dot.x (hatched: not observed), .sw (swatch), .tag, .verdict,
.out,
.row, .lbl, .pair, .side, .key, .sm, .hatch, mark, ins, del. Links inside Markup: href="open:3" opens the
articles
of row 3 of the answer (through `Chart.opens`), href="page:story?story=ID" narrows the filter and goes to a
page.
The screen takes no <svg> element: draw it with marks.write_image(svg, alt). Outlet colours:
theme.colour_of(outlet) for marks, theme.text_colour_of(outlet) for text, theme.name_of(outlet).
"""

from dashboard.screen.address import link_to, rerun_filter, set_filter
from dashboard.screen.card import page_head, show, side_by_side, write_card, write_html
from dashboard.screen.opened import open_articles
from dashboard.screen.view import View, answer_of, current, view_now

__all__ = [
    "View",
    "answer_of",
    "current",
    "link_to",
    "open_articles",
    "page_head",
    "rerun_filter",
    "set_filter",
    "show",
    "side_by_side",
    "view_now",
    "write_card",
    "write_html",
]

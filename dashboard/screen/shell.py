"""Shell: what stands around every page: style, address, filters, progress of a refresh."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.screen.address import carry_address, take_wanted
from dashboard.screen.bar import show_bar
from dashboard.screen.refresh import show_beginning, watch_refreshes
from dashboard.screen.view import filled_rooms, open_view, theme_now
from dashboard.theme import read_look
from etl.errors import NewsPrismError
from etl.settings import Settings

PROBLEM = Markup(
    '<div class="begin"><div class="kick">NewsPrism</div><h1>The store cannot be read</h1><p>{}</p></div>'
)


def open_shell(settings: Settings, page: str) -> bool:
    """Draw what surrounds the page and open the view that it shows; false where there is nothing to show
    yet.
    """
    _dress()
    take_wanted()
    chosen, room, as_of = carry_address()
    st.session_state["page_shown"] = page
    try:
        view = open_view(settings, chosen, room, as_of)
    except NewsPrismError as error:
        st.html(PROBLEM.format(error))
        return False
    if view is None:
        show_beginning(settings)
        return False
    watch_refreshes(settings, view)
    show_bar(view, filled_rooms(settings), page)
    return True


def _dress() -> None:
    """The style of every page. Style alone would go to Streamlit's container of events, which is emptied
    between two runs of a slow page; with a mark before it, it stays in the page.
    """
    st.html(f"<i></i><style>:root{{{theme_now().variables}}}{read_look()}</style>")

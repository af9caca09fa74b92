"""NewsPrism in the browser: the pages, the shared filters, the navigation; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.pages.actors import ACTORS
from dashboard.pages.articles import ARTICLES
from dashboard.pages.framing import FRAMING
from dashboard.pages.method import METHOD
from dashboard.pages.outlets import OUTLETS
from dashboard.pages.overview import OVERVIEW
from dashboard.pages.stories import STORIES
from dashboard.pages.story import STORY
from dashboard.pages.timeline import TIMELINE
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

PAGES = (
    OVERVIEW,
    STORIES,
    STORY,
    ACTORS,
    FRAMING,
    TIMELINE,
    OUTLETS,
    ARTICLES,
    METHOD,
)
ICON = Path(__file__).with_name("static") / "icon.svg"

st.set_page_config(
    page_title="NewsPrism", page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed"
)
chosen_page = st.navigation(
    [st.Page(page.draw, title=page.title, url_path=page.slug, default=page is PAGES[0]) for page in PAGES],
    position="top",
)
if open_shell(read_settings(), chosen_page.url_path or PAGES[0].slug):
    chosen_page.run()

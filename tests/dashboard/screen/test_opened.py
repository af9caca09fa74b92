"""Opened: whatever plotly calls a clicked mark, its articles are listed; links keep the filter."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from tests.dashboard.small_newsroom import HOSTILE

OpenScript = Callable[..., AppTest]
HEAD = """
import streamlit as st
from markupsafe import Markup
from dashboard.charts.reader import CONTEXTS
from dashboard.charts.volume import VOICE, VOLUME
from dashboard.screen.opened import note_click, open_articles, opened_from, show_opened, tie_links
from dashboard.screen.shell import open_shell
from dashboard.screen.view import answer_of, view_now
from etl.settings import read_settings

open_shell(read_settings(), "overview")

def click(chart, customdata):
    st.session_state["clicked"] = {"selection": {"points": [{"customdata": customdata}]}}
    note_click(chart, "clicked")
    return getattr(st.session_state.get("opened"), "title", None)
"""
CLICKS = """
told = st.session_state["told"] = [click(VOICE, form) for form in (1, [2], {"0": 0}, (1, 7))]
st.session_state["clicked"] = {"selection": {"points": []}}
note_click(VOICE, "clicked")
told.append("opened" in st.session_state)
told += [click(VOICE, form) for form in (None, [], {})]
"""
LISTS = """
if not st.session_state.get("once"):
    st.session_state["once"] = click(VOLUME, [4])
show_opened(VOICE)
show_opened(VOLUME)
"""
ONE = """
words = answer_of(CONTEXTS)
st.session_state["opened"] = opened_from(CONTEXTS, words, 0, view_now().chosen)
show_opened(CONTEXTS)
open_articles(view_now().chosen.narrow(outlets=("Nobody",)), "<b>nobody</b>")
"""
STRANGE = """
from urllib.parse import urlencode
query = urlencode({"actor": "o'<b>\\"&amp;", "outlets": "A & 'B'"})
st.session_state["told"] = tie_links(Markup('<a href="page:actors?{}">x</a>').format(query))
"""
MARKED = """
from dashboard.charts.rhythm import RHYTHM

if not st.query_params.get("behind"):
    told = answer_of(RHYTHM)
    st.session_state["n"] = int(told.frame["n"].iloc[0])
    st.session_state["opened"] = opened_from(RHYTHM, told, 0, view_now().chosen)
    show_opened(RHYTHM)
else:
    st.session_state["n"] = answer_of(VOICE).n
"""
LINKS = """
links = Markup('<a href="open:0">x</a><a href="page:story?story=a%26b&amp;actor=x&amp;tab=2">y</a>')
st.session_state["told"] = (tie_links(links, VOICE, answer_of(VOICE)), tie_links(links))
"""


def lists_of(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [str(part.value) for part in app.html if '<div class="list">' in str(part.value)]


def test_a_row_number_is_found_in_every_form_that_plotly_sends(open_script: OpenScript) -> None:
    told = open_script(HEAD + CLICKS).session_state["told"]
    assert told[:4] == ["The Nordlys", "The Kontinent", "The Harbour Post", "The Nordlys"]
    assert told[4:] == [False, None, None, None]


def test_a_clicked_day_lists_its_articles_under_its_own_chart_until_closed(open_script: OpenScript) -> None:
    app = open_script(HEAD + LISTS, languages="en")
    (listed,) = lists_of(app)
    assert app.session_state["once"] == "5 May 2024"
    assert "Articles behind <b>5 May 2024</b> · 2 of 2</p>" in listed
    assert "Story 1 of 05 May" in listed and "5 May 2024, 09:30 UTC" in listed
    assert "&lt;script&gt;alert(" in listed and HOSTILE not in listed
    assert "languages=en" in listed and "start=2024-05-05&amp;end=2024-05-05" in listed
    app.button(key="close-volume").click().run()
    assert lists_of(app) == []


def test_a_mark_of_one_article_opens_that_article_at_its_place(open_script: OpenScript) -> None:
    one, none = lists_of(open_script(HEAD + ONE, words="late"))
    assert "Articles behind <b>this number</b> · 1 of 1</p>" in one
    assert "A late article" in one and '&amp;at=2"' in one
    assert none == '<div class="list"><p class="sm">No article: &lt;b&gt;nobody&lt;/b&gt;.</p></div>'


def test_links_of_a_chart_become_addresses_that_keep_the_filter(open_script: OpenScript) -> None:
    of_chart, of_page = open_script(HEAD + LINKS, unit="texts").session_state["told"]
    assert 'href="articles?outlets=Harbour+Post&amp;unit=texts" target="_self">x' in of_chart
    assert 'href="story?story=a%26b&amp;actor=x&amp;unit=texts&amp;tab=2" target="_self">y' in of_chart
    assert '<a href="#">x</a>' in of_page


def test_ids_with_marks_of_html_and_of_addresses_arrive_whole(open_script: OpenScript) -> None:
    app = open_script(HEAD + STRANGE)
    tied = str(app.session_state["told"])
    (address,) = re.findall('href="([^"]*)"', tied)
    assert parse_qs(unescape(address).partition("?")[2]) == {
        "actor": ["o'<b>\"&amp;"],
        "outlets": ["A & 'B'"],
    }
    assert tied.count("<") == 2


def test_a_mark_lists_what_it_counts_and_its_chip_gives_back_the_filter(open_script: OpenScript) -> None:
    app = open_script(HEAD + MARKED, start="2024-06-12", languages="en")
    (listed,) = lists_of(app)
    counted = app.session_state["n"]
    assert f"</b> · 6 of {counted} · " in listed
    (address,) = re.findall(f'href="articles[?]([^"]*)" target="_self">all {counted}</a>', listed)
    (behind,) = parse_qs(unescape(address)).pop("behind")
    shown = open_script(HEAD + MARKED, behind=behind)
    assert shown.session_state["n"] == counted
    chip = shown.button(key="clear-behind")
    assert chip.label in {f"The {name} ×" for name in ("Nordlys", "Kontinent", "Harbour Post")}
    chip.click().run()
    kept = {name: shown.session_state[name] for name in ("behind", "start", "languages")}
    assert kept == {"behind": "", "start": "2024-06-12", "languages": "en"}

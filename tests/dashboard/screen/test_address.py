"""Address: links carry filter, newsroom and version; a change in the body of a page counts in the next run."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenScript = Callable[..., AppTest]
SCRIPT = """
import streamlit as st
from dashboard.filters import Filter
from dashboard.screen.address import link_to, rerun_filter
from dashboard.screen.shell import open_shell
from dashboard.screen.view import view_now
from etl.settings import read_settings

open_shell(read_settings(), "overview")
st.session_state["told"] = [
    link_to("overview", Filter()),
    link_to("story", Filter(story="a&b=c#d")),
    link_to("articles", Filter(outlets=("A", "B ~"), fewest=3), article="x y", at="3"),
    link_to("stories", Filter(), room="other"),
]
if st.button("narrow", key="narrow"):
    rerun_filter(story="strike", outlets=("Nordlys",))
"""


def test_links_are_relative_escaped_and_say_only_what_differs(open_script: OpenScript) -> None:
    app = open_script(SCRIPT)
    assert app.session_state["told"] == [
        "./",
        "story?story=a%26b%3Dc%23d",
        "articles?outlets=A~B+~&fewest=3&article=x+y&at=3",
        "stories?room=other",
    ]


def test_newsroom_and_version_of_the_address_ride_along(open_script: OpenScript) -> None:
    told = open_script(SCRIPT, room="own", as_of="1").session_state["told"]
    assert told[0] == "./?room=own&as_of=1"
    assert told[3] == "stories?room=other&as_of=1"


def test_a_change_from_the_body_is_in_the_address_of_the_next_run(open_script: OpenScript) -> None:
    app = open_script(SCRIPT, unit="texts")
    app.button(key="narrow").click().run()
    assert not app.exception
    assert dict(app.query_params) == {"unit": "texts", "story": "strike", "outlets": "Nordlys"}
    chosen = app.session_state["view"].chosen
    assert (chosen.story, chosen.outlets, chosen.unit) == ("strike", ("Nordlys",), "texts")
    assert "wanted" not in app.session_state


def test_what_cannot_be_read_in_an_address_counts_as_not_given(open_script: OpenScript) -> None:
    strange = {"start": "2024-13-01", "unit": "pounds", "fewest": "many", "voice": "<b>", "order": "="}
    app = open_script(SCRIPT, room="attic", **strange)
    assert not app.exception
    assert app.session_state["view"].chosen.to_query() == {}
    assert app.session_state["view"].room == "own"

"""Focus: a page may look narrower than the address says; its controls write the address or nothing at all."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

OpenScript = Callable[..., AppTest]
SCRIPT = """
import streamlit as st
from dashboard.queries.stories import ORDER_NAMES
from dashboard.screen import link_to, view_now
from dashboard.screen.focus import (
    card, choose_layers, choose_stories, choose_two, fold, focus_view, place_asked, two_columns
)
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

open_shell(read_settings(), "story")
view = view_now()
pair = view.chosen.pair or ("Nordlys", "Kontinent")
choose_two(view.newsroom.order, pair)
choose_two(("Nordlys",), pair)
choose_two(view.newsroom.order, ())
choose_stories(view.chosen, ORDER_NAMES)
focus_view(story="strike")
with two_columns(1.0, 2.0) as (left, right):
    with left, card("own"):
        layers = choose_layers({"actors": 3, "dates": 0}, ("actors",))
    with right, fold("More"):
        st.text("inside")
st.session_state["told"] = (place_asked(), layers, link_to("story", view_now().chosen))
"""


def test_a_focus_narrows_the_links_and_leaves_the_address(open_script: OpenScript) -> None:
    app = open_script(SCRIPT, unit="texts")
    assert not app.exception
    place, layers, link = app.session_state["told"]
    assert (place, layers) == (("", 0), ("actors",))
    assert link == "story?story=strike&unit=texts"
    assert dict(app.query_params) == {"unit": "texts"}
    assert [part.label for part in app.expander] == ["More"]


def test_two_menus_stand_where_there_are_two_and_offer_only_the_others(open_script: OpenScript) -> None:
    app = open_script(SCRIPT)
    menus = [menu for menu in app.selectbox if menu.key.startswith("see_pair")]
    assert [menu.options for menu in menus] == [
        ["The Harbour Post", "The Nordlys"],
        ["The Harbour Post", "The Kontinent"],
    ]
    menus[1].select("Harbour Post").run()
    assert app.query_params["pair"] == "Nordlys~Harbour Post"
    app.selectbox(key="see_pair_0").select("Kontinent").run()
    assert app.query_params["pair"] == "Kontinent~Harbour Post"


def test_pressing_the_chosen_chip_again_changes_nothing(open_script: OpenScript) -> None:
    app = open_script(SCRIPT, fewest="3")
    app.get_by_key("see_fewest").set_value(None).run()
    assert dict(app.query_params) == {"fewest": "3"}
    app.get_by_key("see_fewest").set_value(6).run()
    assert dict(app.query_params) == {"fewest": "6"}


def test_a_number_that_is_no_chip_counts_and_no_chip_is_pressed(open_script: OpenScript) -> None:
    app = open_script(SCRIPT, fewest="5")
    assert app.get_by_key("see_fewest").value is None
    assert app.session_state["view"].chosen.fewest == 5


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"article": "a", "at": "70"}, ("a", 70)),
        ({"article": "a", "at": "-7"}, ("a", 0)),
        ({"at": "²"}, ("", 0)),
    ],
)
def test_the_address_asks_for_a_place(
    open_script: OpenScript, asked: dict[str, str], place: tuple[str, int]
) -> None:
    assert open_script(SCRIPT, **asked).session_state["told"][0] == place

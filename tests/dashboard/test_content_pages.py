"""Content pages, opened as a reader opens them: what they say of two outlets, and what their controls do."""

from collections.abc import Callable
from importlib import import_module

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tests.dashboard.two_outlets import fill_two_outlets

SCRIPT = """
from {module} import {name}
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

if open_shell(read_settings(), {name}.slug):
    {name}.draw()
"""
Opens = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path, two_stores) -> Opens:
    """Open a page of the store of two outlets with these parameters."""
    monkeypatch.setenv("NEWSPRISM_STORE", str(two_stores))
    monkeypatch.setenv("NEWSPRISM_DEMOS", str(tmp_path / "none"))

    def open_one(page: str, **query: str) -> AppTest:
        script = SCRIPT.format(module=f"dashboard.pages.{page}", name=page.upper())
        app = AppTest.from_string(script, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return open_one


@pytest.fixture(scope="module")
def two_stores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "own"
    fill_two_outlets(folder, kontinent_dated=False)
    return folder


def told(app: AppTest) -> str:
    """All that the page says."""
    assert not app.exception, app.exception
    return "\n".join(str(part.value) for part in app.html)


@pytest.mark.parametrize("page", ["story", "stories", "actors", "framing", "outlets", "articles"])
def test_a_page_shows_every_chart_that_it_names(open_page: Opens, page: str) -> None:
    record = getattr(import_module(f"dashboard.pages.{page}"), page.upper())
    shown = told(open_page(page, words="union", actor="union"))
    assert [chart.slug for chart in record.charts if f"<h2>{escape(chart.question)}</h2>" not in shown] == []


def test_the_story_says_who_told_what_and_that_the_first_is_unknown(open_page: Opens) -> None:
    page = told(open_page("story"))
    assert "2 of 4 facts are told by more than one outlet." in page
    assert "First: unknown." in page
    assert "24 June 2024, 08:18 London" in page
    assert "<ins>programme</ins>" in page
    assert "of 2 outlets tell it" in page


def test_the_head_of_a_story_says_whose_times_its_days_are_and_what_has_none(open_page: Opens) -> None:
    page = told(open_page("story"))
    assert "Story · 24 June 2024 in UTC · 1 article without a time<" in page
    assert "Story · undated<" in told(open_page("story", outlets="Kontinent"))
    assert "Story · 24 June 2024 in UTC<" in told(open_page("story", outlets="Post"))


def test_an_unknown_story_says_so(open_page: Opens) -> None:
    assert "No story matches this filter" in told(open_page("story", story="nobody"))


def test_the_pair_goes_into_the_address(open_page: Opens) -> None:
    app = open_page("story", pair="Post~Kontinent")
    assert [app.selectbox(key=f"see_pair_{side}").value for side in (0, 1)] == ["Post", "Kontinent"]


def test_asking_for_fewer_outlets_goes_into_the_address(open_page: Opens) -> None:
    app = open_page("stories", fewest="3")
    assert "Ask for fewer outlets" in told(app)
    app.get_by_key("see_fewest").set_value(2).run()
    assert "fewest" not in app.query_params
    assert "Strike goes on" in told(app)


def test_the_order_goes_into_the_address(open_page: Opens) -> None:
    app = open_page("stories")
    app.get_by_key("see_order").set_value("latest").run()
    assert app.query_params["order"] == "latest"
    assert "latest first" in told(app)


def test_an_article_opens_at_a_character(open_page: Opens) -> None:
    assert "No article here" in told(open_page("articles", article="nobody"))
    listed = told(open_page("articles", outlets="Post"))
    assert "Only the Post writes about the ferry." in listed


def test_the_open_article_is_marked_in_the_list_and_no_other(open_page: Opens) -> None:
    page = told(open_page("articles"))
    assert page.count('class="item on"') == 1
    assert page.count('class="item"') >= 1


@pytest.mark.parametrize("at", ["60", "-1", "far"])
def test_a_strange_place_still_opens_the_article(open_page: Opens, at: str) -> None:
    assert "reader" in told(open_page("articles", outlets="Post", at=at))


def test_the_story_shows_the_original_text_and_holds_the_wordings_against_it(open_page: Opens) -> None:
    page = told(open_page("story"))
    assert "5 of 17 words of “The leader&#39;s speech” are quoted by an outlet." in page
    assert "against the original text 2 edited" in page  # their spans end within a word
    assert page.count('class="tag">edited</span>') == 2
    assert '<mark class="by2" title="quoted by 2 outlets">' in page


def test_a_story_that_quotes_no_original_text_has_no_card_for_one(open_page: Opens) -> None:
    page = told(open_page("story", outlets="nobody"))
    assert "What of the original text is quoted?" not in page

"""Card: what a card says below its chart, what it says where there is none, and what it lets people take home."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard.charts.chart import Chart
from dashboard.charts.stories import ALONE
from dashboard.charts.volume import VOICE
from dashboard.filters import Filter
from dashboard.queries.newsroom import read_newsroom
from dashboard.screen.downloads import _failures, _files
from dashboard.screen.view import View
from dashboard.theme import LIGHT
from etl.errors import ExportFailed
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

OpenScript = Callable[..., AppTest]
SCRIPT = """
import streamlit as st
from markupsafe import Markup
from dashboard.charts.framing import FRAMES
from dashboard.charts.volume import VOICE, VOLUME
from dashboard.screen import page_head, side_by_side, show, write_card, write_html
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

open_shell(read_settings(), "overview")
page_head("<i>kicker", "<script>title", (("<b>7", "what & what"),))
write_html("<em>plain</em>")
write_card("own", "Why <b>?", "So.", Markup("<p>{}</p>").format("<u>"))
side_by_side(VOICE, VOLUME)
show(FRAMES)
"""
TWO = """
import pandas as pd
from dashboard.charts.volume import VOICE
from dashboard.queries.answer import Answer
from dashboard.screen import show
from dashboard.screen.shell import open_shell
from dataclasses import replace
from etl.settings import read_settings
from markupsafe import Markup

open_shell(read_settings(), "overview")
rows = pd.DataFrame({"left_outlet": ["Nordlys"], "right_outlet": ["Harbour Post"]})
answer = Answer(frame=rows, n=7, unit="words")
BESIDE = replace(VOICE, slug="beside", query=lambda *_: answer, draw=lambda *_: Markup("<p>beside</p>"))
"""


def shown(app: AppTest) -> str:
    assert not app.exception, app.exception
    return "\n".join(str(part.value) for part in app.html)


def test_a_card_says_what_its_number_rests_on(open_script: OpenScript) -> None:
    page = shown(open_script(SCRIPT))
    assert 'title="Outlets: The Harbour Post, The Kontinent, The Nordlys. Data as of ' in page
    assert "n = 207 articles · Wilson interval, 95 % · 3 outlets · version 2</span>" in page
    assert " · 2 days not observed · " in page
    one = shown(open_script(SCRIPT, outlets="Nordlys", start="2024-06-19", end="2024-06-22"))
    assert " · 1 day not observed · " in one and " · 1 outlet · version 2" in one


def test_texts_of_a_page_are_escaped_unless_they_are_markup(open_script: OpenScript) -> None:
    page = shown(open_script(SCRIPT))
    assert "&lt;i&gt;kicker" in page and "<h1>&lt;script&gt;title</h1>" in page
    assert "<b>&lt;b&gt;7</b><span>what &amp; what</span>" in page
    assert "&lt;em&gt;plain&lt;/em&gt;" in page
    assert "<h2>Why &lt;b&gt;?</h2>" in page and "<p>&lt;u&gt;</p>" in page


def test_a_table_that_is_empty_yet_is_told_from_a_filter_that_is_too_narrow(open_script: OpenScript) -> None:
    page = shown(open_script(SCRIPT))
    assert (
        "<b>Nothing of this kind was found yet.</b> No rows in the store's table frames, sentences."
        in page.replace("&#39;", "'")
    )
    assert "Nothing matches this filter." in shown(open_script(SCRIPT, words="zeppelin"))
    assert "Nothing matches this filter." not in page


def test_where_nothing_is_filtered_no_filter_is_blamed(open_script: OpenScript) -> None:
    script = f"{TWO}\nshow(replace(BESIDE, slug='none', query=lambda *_: Answer(frame=rows.head(0), n=0, unit='words')))\n"
    assert "<b>There is nothing to show here yet.</b> Widen the period" in shown(open_script(script))
    assert "<b>Nothing matches this filter.</b> Widen the period" in shown(open_script(script, unit="texts"))


def test_the_table_of_a_chart_holds_no_formula(
    open_script: OpenScript, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    evil = make_article(outlet="=HYPERLINK(1)", item="x")
    make_store(
        tmp_path / "own",
        **make_article_rows(evil),
        outlets=make_rows("outlets", {"outlet": evil.outlet, "name": "@x"}),
    )
    monkeypatch.setenv("NEWSPRISM_STORE", str(tmp_path / "own"))
    app = open_script(SCRIPT)
    app.button(key="turn-voice").click().run()
    assert app.dataframe[0].value["outlet"].tolist() == ["'=HYPERLINK(1)"]


@pytest.fixture
def view(snapshot: Snapshot) -> View:
    """The small newsroom as it stands on the screen."""
    room = read_newsroom(snapshot)
    return View(room="own", folder=str(snapshot.folder), versions=(1, 2), snapshot=snapshot, newsroom=room,
                chosen=Filter(outlets=("Nordlys", "Kontinent")), theme=LIGHT.wear(room.order, room.names))  # fmt: skip


@pytest.fixture
def failures() -> Iterator[dict[str, str]]:
    """What images have failed; nothing is left for other tests."""
    _failures().clear()
    yield _failures()
    _failures().clear()


def files_of(
    chart: Chart, view: View, monkeypatch: pytest.MonkeyPatch
) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Name and maker of each download of a card, by its word."""
    monkeypatch.setattr("dashboard.screen.view.view_now", lambda: view)
    answer = chart.query(view.snapshot, view.chosen)
    return {word: (name, make) for word, name, make in _files(chart, answer, view)}


def test_downloads_are_what_they_are_called(
    view: View, failures: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(VOICE, view, monkeypatch)
    assert list(files) == ["PNG", "SVG", "PDF", "CSV", "HTML", "evidence"]
    assert [name for name, _ in files.values()] == [
        "voice-v2.png", "voice-v2.svg", "voice-v2.pdf", "voice-v2.csv", "voice-v2.html", "voice-v2.evidence.csv"
    ]  # fmt: skip
    table = pd.read_csv(io.BytesIO(files["CSV"][1]()))
    assert set(table["outlet"]) == {"Nordlys", "Kontinent"}
    evidence = pd.read_csv(io.BytesIO(files["evidence"][1]()))
    assert len(evidence) == table["count"].sum() and set(evidence["store_version"]) == {2}
    assert "Whose voice is it?" in files["HTML"][1]().decode()
    assert Image.open(io.BytesIO(files["PNG"][1]())).format == "PNG"
    assert files["SVG"][1]().startswith(b"<svg") and files["PDF"][1]().startswith(b"%PDF")
    assert failures == {}


def test_a_table_has_neither_svg_nor_pdf_and_an_empty_card_has_its_evidence(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(files_of(ALONE, replace(view, chosen=Filter()), monkeypatch)) == [
        "PNG",
        "CSV",
        "HTML",
        "evidence",
    ]
    empty = files_of(VOICE, replace(view, chosen=Filter(words="zeppelin")), monkeypatch)
    assert list(empty) == ["evidence"]
    assert empty["evidence"][1]().decode().count("\n") == 1


def test_an_image_that_fails_is_told_under_its_card(
    view: View, failures: dict[str, str], monkeypatch: pytest.MonkeyPatch, open_script: OpenScript
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    with monkeypatch.context() as patch, pytest.raises(ExportFailed):
        files_of(ALONE, replace(view, chosen=Filter()), patch)["PNG"][1]()
    assert list(failures) == ["stories-alone"]
    assert "stories-alone could not be drawn by /bin/false" in failures["stories-alone"]
    failures["voice"] = "It broke & <b>fell."
    assert "<b>No image.</b> It broke &amp; &lt;b&gt;fell.</div>" in shown(open_script(SCRIPT))


def test_a_card_of_one_story_rests_on_the_outlets_that_tell_it(open_script: OpenScript) -> None:
    whole, day = (shown(open_script(SCRIPT, story="strike", **days)) for days in ({}, {"end": "2024-05-04"}))
    assert "n = 6 articles · Wilson interval, 95 % · 3 outlets · version 2" in whole
    assert "n = 2 articles · Wilson interval, 95 % · 2 of 3 outlets · version 2" in day
    assert 'title="Outlets: The Harbour Post, The Kontinent. Data as of ' in day


def test_two_outlets_side_by_side_are_what_a_card_rests_on(open_script: OpenScript) -> None:
    page = shown(open_script(f"{TWO}\nshow(BESIDE)\n"))
    assert "n = 7 words · 2 of 3 outlets · version 2" in page
    assert 'title="Outlets: The Harbour Post, The Nordlys. Data as of ' in page

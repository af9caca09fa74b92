"""The sheet: what stands around an exported figure; nothing overlaps, nothing is lost, hostile text stays text."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.export.sheet import EDGE, WIDTH, lay_out_sheet, place_sheet, wrap_text
from dashboard.export.stamp import Stamp, make_stamp
from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.theme import DARK, LIGHT, Theme

PLOT = '<svg xmlns="http://www.w3.org/2000/svg" width="1144" height="330" viewBox="0 0 1144 330"></svg>'
STAMP = Stamp(
    slug="volume", question="How much?", reading="Count a day.", verdict="", asked="all days", source="n = 3", version=7
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def texts_of(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}text"))


def test_the_texts_stand_in_the_order_of_reading() -> None:
    told = [part.text for part in texts_of(lay_out_sheet(PLOT, STAMP, LIGHT).svg)]
    assert told == ["How much?", "Count a day.", "all days", "n = 3"]


def test_a_verdict_stands_between_the_plot_and_the_footer() -> None:
    told = [
        part.text for part in texts_of(lay_out_sheet(PLOT, replace(STAMP, verdict="It rose."), LIGHT).svg)
    ]
    assert told[2:4] == ["It rose.", "all days"]


def test_the_sheet_is_the_plot_and_its_texts_high() -> None:
    plain = lay_out_sheet(PLOT, STAMP, LIGHT)
    longer = lay_out_sheet(PLOT, replace(STAMP, source="word " * 100), LIGHT)
    assert plain.width == WIDTH + 2 * EDGE
    assert longer.height - plain.height == 2 * round(1.42 * 12)


def test_the_plot_is_neither_scaled_nor_moved_sideways() -> None:
    svg = lay_out_sheet(PLOT, STAMP, LIGHT).svg
    assert re.search(rf'<g transform="translate\({EDGE},\d+\)"><svg [^>]*width="1144" height="330"', svg)


@given(st.text(max_size=200))
def test_any_text_is_xml_and_stays_inside(text: str) -> None:
    sheet = lay_out_sheet(PLOT, replace(STAMP, question=text, reading=text, verdict=text, asked=text), LIGHT)
    heights = [float(part.attrib["y"]) for part in texts_of(sheet.svg)]
    assert all(0 < y < sheet.height for y in heights)
    assert heights == sorted(heights)


@given(st.text(alphabet="ab ї<&", max_size=300), st.integers(5, 60))
def test_wrapping_loses_no_word(text: str, letters: int) -> None:
    lines = wrap_text(text, letters)
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= letters or " " not in line for line in lines)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.mode)
def test_the_sheet_wears_the_colours_of_its_mode(theme: Theme) -> None:
    svg = lay_out_sheet(PLOT, STAMP, theme).svg
    assert f'fill="{theme.card}"' in svg
    assert f'fill="{theme.ink}"' in svg


def test_a_sheet_is_placed_over_the_whole_image() -> None:
    placed = place_sheet(lay_out_sheet(PLOT, STAMP, LIGHT))["layout"]
    (picture,) = placed["images"]
    assert (picture["sizex"], picture["sizey"], placed["width"]) == (1, 1, 1200)
    assert picture["source"].startswith("data:image/svg+xml;base64,")


def test_a_plot_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="how high"):
        lay_out_sheet("<svg></svg>", STAMP, LIGHT)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)
def test_paper_is_not_told_to_click(chart: Chart) -> None:
    answer = Answer(frame=pd.DataFrame({"a": [1]}), n=1, unit="articles")
    reading = make_stamp(chart, answer, Filter(), version=3, as_of="today").reading
    assert "Click" not in reading
    assert reading == reading.strip() != ""


def test_the_footer_names_gaps_n_version_and_date() -> None:
    days = tuple(f"2024-06-0{day}" for day in range(1, 8))
    answer = Answer(
        frame=pd.DataFrame({"a": [1]}), n=1200, unit="articles", interval="95 %", note="2 shown", gaps=days
    )
    source = make_stamp(CHARTS[0], answer, Filter(), version=3, as_of="24 June 2024", room="own").source
    assert source.replace("\u202f", "") == (
        "n = 1200 articles · 95 % · 2 shown · days not observed: 2024-06-01, 2024-06-02, 2024-06-03, 2024-06-04, "
        "2024-06-05 ... · NewsPrism, own newsroom, store version 3, data as of 24 June 2024"
    )

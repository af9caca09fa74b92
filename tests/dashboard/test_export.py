import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from PIL import Image

from dashboard.charts import CHARTS
from dashboard.export.command import export_chart, export_table
from dashboard.export.figure import write_image, write_page
from dashboard.export.stamp import Stamp, describe_filter
from dashboard.export.tables import neutralise, write_csv, write_jsonl, write_parquet
from dashboard.export.worker import _guess_height, _trim, draw_image, find_browser, photograph_page
from dashboard.filters import Filter
from dashboard.queries.behind import mark_row
from dashboard.queries.opened import list_evidence
from dashboard.theme import DARK, LIGHT
from etl.commands.doctor import _find_browser
from etl.errors import ExportFailed
from etl.store import Snapshot, Store
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.golden.figure_answers import ARABIC, WORN, answer_for

STAMP = Stamp(
    slug="how much?",
    question="How <b>much</b>?",
    reading="Read it so. " * 30,
    verdict="",
    asked="June",
    source="n = 3",
    version=7,
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLOURS = ("#FF0000", "#00FF00", "#0000FF", "#FFFF00", "#800000")


def paint(colour: str) -> dict[str, object]:
    return {
        "data": [],
        "layout": {"width": 120, "height": 80, "paper_bgcolor": colour, "plot_bgcolor": colour},
    }


def test_a_png_shows_the_bars_in_the_colour_of_the_outlet() -> None:
    figure = go.Figure(go.Bar(x=["a"], y=[1], marker={"color": "#0072B2"}), layout={"height": 300})
    image = Image.open(io.BytesIO(write_image(figure, STAMP, LIGHT))).convert("RGB")
    colours = image.getcolors(image.width * image.height)
    assert colours is not None
    assert (
        sum(count for count, colour in colours if colour == (0, 0x72, 0xB2))
        > 0.2 * image.width * image.height
    )
    assert image.width == 2400


def test_threads_get_their_own_images() -> None:
    with ThreadPoolExecutor(len(COLOURS)) as threads:
        images = list(threads.map(lambda colour: draw_image(paint(colour), "png", "x"), COLOURS))
    middles = [Image.open(io.BytesIO(made)).convert("RGB").getpixel((20, 20)) for made in images]
    assert middles == [tuple(bytes.fromhex(colour[1:])) for colour in COLOURS]


def test_a_table_is_photographed() -> None:
    table = Markup('<table><tr><td style="background:#FF0000">x</td></tr></table>')
    image = Image.open(io.BytesIO(write_image(table, STAMP, LIGHT))).convert("RGB")
    assert (255, 0, 0) in {colour for _, colour in image.getcolors(1 << 24) or ()}


def test_a_table_has_no_svg() -> None:
    with pytest.raises(ExportFailed, match="choose PNG"):
        write_image(Markup("<table></table>"), STAMP, LIGHT, "svg")


def test_without_a_browser_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(ExportFailed, match="install Chromium"):
        find_browser()


def test_the_page_needs_nothing_from_outside() -> None:
    page = write_page(go.Figure(go.Bar(y=[1])), STAMP, LIGHT)
    head = page.partition("<script")[0] + page.rpartition("</script>")[2]
    assert "Plotly.newPlot" in page
    assert "<script src" not in page and "<link" not in page
    assert "http" not in head
    assert "How &lt;b&gt;much" in head


def test_links_into_the_app_do_not_leave_it() -> None:
    page = write_page(Markup('<a href="open:3">x</a><a href="page:story?a=b">y</a>'), STAMP, LIGHT)
    assert "<a >x</a><a >y</a>" in page


def test_drawing_an_image_leaves_the_figure_alone() -> None:
    figure = go.Figure(go.Bar(y=[1]))
    before = figure.to_json()
    svg = write_image(figure, STAMP, LIGHT, "svg").decode()
    assert figure.to_json() == before
    assert "How &lt;b&gt;much&lt;/b&gt;?" in svg


def test_a_pdf_is_a_pdf() -> None:
    assert write_image(go.Figure(go.Bar(y=[1])), STAMP, LIGHT, "pdf").startswith(b"%PDF-")


def test_a_file_name_holds_only_plain_letters() -> None:
    assert STAMP.file_name("png") == "how-much-v7.png"
    for slug in ("../A.b", "--a b-", "A/../B"):
        assert replace(STAMP, slug=slug).file_name("evidence.csv") == "a-b-v7.evidence.csv"


def test_every_choice_of_articles_is_told() -> None:
    day = pd.Timestamp("2024-06-24").date()
    choices = [{name: ("x",)} for name in ("outlets", "languages", "countries", "pair")]
    choices += [{name: "x"} for name in ("story", "actor", "beside", "behind", "words")]
    choices += [{"start": day}, {"end": day}, {"unit": "texts"}, {"unit": "families"}]
    choices += [{"voice": "outlet"}, {"voice": "quoted"}, {}]
    told = {describe_filter(Filter().narrow(**chosen)) for chosen in choices}
    assert len(told) == len(choices) == 16


def test_a_page_carries_what_is_needed_to_make_it_again(newsroom: Store) -> None:
    chosen = Filter(outlets=("Nordlys",), start=pd.Timestamp("2024-06-20").date())
    for version, counted in ((1, 8), (2, 9)):
        page = export_chart(newsroom.snapshot(version), "voice", chosen, "html", room="news").decode()
        foot = page.rpartition('<p class="told">')[2].partition("</p>")[0]
        asked, source = foot.split("<br>")
        assert asked == "from 20 June 2024 · outlets: Nordlys · counting articles"
        assert source.startswith(f"n = {counted} articles · Wilson interval, 95 % · ")
        assert f" · NewsPrism, news newsroom, store version {version}, data as of " in source
        assert page.count('<h2>Whose voice is it?</h2><p class="how">Share of') == 1


def test_a_mark_is_told_with_the_filter_under_which_it_was_counted(snapshot: Snapshot) -> None:
    chosen = mark_row("rhythm", ("Nordlys",), Filter(words="late"))
    told = "all days · behind: Nordlys in rhythm (all days · words: late · counting articles) · counting articles"
    assert describe_filter(chosen) == told
    assert export_chart(snapshot, "voice", chosen, "csv").decode().splitlines()[1].startswith("Nordlys,1,")


def test_a_filter_is_told_in_words() -> None:
    told = describe_filter(Filter(outlets=("A", "B"), unit="texts", voice="quoted"))
    assert told == "all days · outlets: A, B · counting unique texts · voice: quoted"


@given(st.lists(st.text(alphabet="=+-@\t\r\n＝＋－＠'a1", max_size=4), max_size=5))
def test_no_cell_begins_like_a_formula(texts: list[str]) -> None:
    safe = neutralise(pd.DataFrame({"text": pd.Series(texts, dtype="str")}))
    assert not any(text.startswith(FORMULAS) for text in safe["text"])
    plain = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [text.removeprefix("'") for text in safe["text"]] == [text.removeprefix("'") for text in plain]


def test_a_carriage_return_begins_no_row_and_no_formula() -> None:
    frame = pd.DataFrame({"title": ["x\r=HYPERLINK(1)", "y\r\nz"], "n": [1, 2]})
    rows = list(csv.reader(io.StringIO(write_csv(frame).decode(), newline="")))
    assert rows == [["title", "n"], ["x\n=HYPERLINK(1)", "1"], ["y\nz", "2"]]


def test_numbers_stay_numbers_and_plain_texts_stay_as_they_are() -> None:
    frame = pd.DataFrame({"=n": [-1, 2], "text": ["=cmd", "plain"], "none": [None, "x"]})
    assert write_csv(frame).decode().splitlines() == ["'=n,text,none", "-1,'=cmd,", "2,plain,x"]


def test_text_is_defused_whatever_the_type_of_its_column() -> None:
    cells = ["=1+1", None, 5, ["=x"], "'=1"]
    frame = pd.DataFrame(
        {"mixed": pd.Series(cells, dtype="object"), "kind": pd.Categorical(["@a", "b", "@a", "b", None])}
    )
    safe = neutralise(frame)
    assert safe["mixed"].tolist() == ["'=1+1", None, 5, ["=x"], "'=1"]
    assert safe["kind"].tolist()[:4] == ["'@a", "b", "'@a", "b"]
    assert frame["mixed"].tolist() == cells and list(frame.columns) == ["mixed", "kind"]


def test_json_lines_tell_times_in_iso_and_what_is_missing_as_null() -> None:
    frame = pd.DataFrame({"at": [pd.Timestamp("2024-06-24 04:18", tz="UTC"), pd.NaT], "n": [1.5, None]})
    first, second = map(json.loads, write_jsonl(frame).decode().splitlines())
    assert pd.Timestamp(first["at"]) == frame["at"][0] and "T" in first["at"]
    assert (first["n"], second) == (1.5, {"at": None, "n": None})


def test_json_lines_and_parquet_hold_the_same_rows() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "ї"]})
    assert write_jsonl(frame).decode().splitlines() == ['{"a":1,"b":"x"}', '{"a":2,"b":"ї"}']
    assert write_jsonl(frame.iloc[:0]) == b""
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(write_parquet(frame))), frame)


def test_evidence_names_every_article_with_its_hash_and_the_version(snapshot: Snapshot) -> None:
    rows = list_evidence(snapshot, Filter(outlets=("Nordlys",)))
    assert set(rows["outlet"]) == {"Nordlys"}
    assert (rows["store_version"] == 2).all()
    assert rows["snapshot"].str.len().ge(0).all() and rows["url"].notna().all()


@pytest.mark.parametrize("slug", [chart.slug for chart in CHARTS])
def test_every_chart_can_be_written_without_a_screen(snapshot: Snapshot, slug: str) -> None:
    assert export_chart(snapshot, slug, Filter(), "csv").count(b"\n") >= 1
    try:
        page = export_chart(snapshot, slug, Filter(), "html").decode()
    except ExportFailed as error:
        assert "nothing to draw" in str(error)
    else:
        assert '<script>alert("x")' not in page


def test_a_table_of_the_store_is_written_whole(snapshot: Snapshot) -> None:
    made = pd.read_parquet(io.BytesIO(export_table(snapshot, "articles", "parquet")))
    assert len(made) == len(snapshot.table("articles"))


@pytest.mark.parametrize(("slug", "kind"), [("nothing", "png"), ("volume", "tiff"), ("volume", "")])
def test_an_unknown_chart_or_format_is_named(snapshot: Snapshot, slug: str, kind: str) -> None:
    with pytest.raises(ExportFailed, match=r"there are|choose"):
        export_chart(snapshot, slug, Filter(), kind)


@pytest.mark.parametrize(("name", "kind"), [("nothing", "csv"), ("articles", "png")])
def test_an_unknown_table_or_format_is_named(snapshot: Snapshot, name: str, kind: str) -> None:
    with pytest.raises(ExportFailed, match=r"there are|choose"):
        export_table(snapshot, name, kind)


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A store in which every headline, outlet and actor begins like a formula."""
    made = [
        make_article(outlet=f"{begin}HYPERLINK(1)", item=str(place), title=f"{begin}cmd|' /C calc'!A0")
        for place, begin in enumerate(FORMULAS)
    ]
    outlets = ({"outlet": article.outlet, "name": article.outlet} for article in made)
    mentions = (
        {"article_id": article.article_id, "actor_id": "@x", "start": 0, "end": 4, "surface": "=cmd",
         "label": "+label"} for article in made
    )  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("formulas"), **make_article_rows(*made), outlets=make_rows("outlets", *outlets),
        mentions=make_rows("mentions", *mentions),
        actors=make_rows("actors", {"actor_id": "@x", "name": "=1+1", "kind": "person"}),
    ).snapshot()  # fmt: skip


def read_cells(made: bytes) -> list[str]:
    """All cells of a CSV as a spreadsheet finds them, the head included."""
    return [cell for row in csv.reader(io.StringIO(made.decode("utf-8"), newline="")) for cell in row]


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("slug", ["voice", "actors", "sources", "health", "versions"])
def test_a_chart_as_csv_holds_no_formula(formulas: Snapshot, slug: str) -> None:
    cells = read_cells(export_chart(formulas, slug, Filter(), "csv"))
    assert [cell for cell in cells if cell.startswith(FORMULAS) and not is_number(cell)] == []


def test_evidence_and_tables_keep_every_headline_behind_an_apostrophe(formulas: Snapshot) -> None:
    titles = {f"'{begin}cmd|' /C calc'!A0" for begin in FORMULAS if begin != "\r"}  # becomes a line feed
    for made in (
        export_chart(formulas, "voice", Filter(), "evidence"),
        export_table(formulas, "articles", "csv"),
    ):
        cells = read_cells(made)
        assert titles <= set(cells)
        assert [cell for cell in cells if cell.startswith(FORMULAS)] == []


def test_other_formats_keep_the_names_as_they_are(formulas: Snapshot) -> None:
    made = pd.read_json(io.BytesIO(export_table(formulas, "articles", "jsonl")), lines=True)
    assert {title[0] for title in made["title"]} == set(FORMULAS)


@pytest.mark.parametrize("slug", [chart.slug for chart in CHARTS])
def test_hostile_names_are_text_in_every_page(slug: str) -> None:
    chart = next(chart for chart in CHARTS if chart.slug == slug)
    hostile = Stamp(
        slug=slug, question="</title><script>", reading="<img src=x onerror=alert(1)>", verdict="<b>",
        asked="story: </p><script>alert(1)</script>", source=ARABIC, version=1,
    )  # fmt: skip
    page = write_page(chart.draw(answer_for(slug), WORN), hostile, LIGHT)
    own = page.partition("<script")[0] + page.rpartition("</script>")[2]
    assert "<img src=x" not in page and "<script>alert" not in page
    assert "</title><script>" not in page and "<b>Post" not in page
    assert own.count("<script") == 0 and ARABIC in own
    assert '="open:' not in own and '="page:' not in own


def test_a_browser_that_fails_is_named_with_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    with pytest.raises(ExportFailed, match=r"voice could not be drawn by /bin/false"):
        photograph_page("<html></html>", "png", "voice")


def test_the_browser_that_was_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/bin/true")
    assert find_browser() == "/bin/true"
    monkeypatch.delenv("BROWSER_PATH")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportFailed, match=r"no browser to draw with; install"):
        find_browser()
    (tmp_path / "google-chrome").write_text("#!/bin/sh")
    (tmp_path / "google-chrome").chmod(0o755)
    assert find_browser() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "chrome", "firefox"])
@pytest.mark.parametrize("named", ["", "/bin/true", "/nowhere/chromium"])
def test_the_doctor_finds_the_browser_that_draws_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, named: str
) -> None:
    (tmp_path / name).write_text("#!/bin/sh")
    (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BROWSER_PATH", named)
    try:
        drawing = (True, find_browser())
    except ExportFailed:
        drawing = (False, f"none{' at ' * bool(named)}{named}; install chromium (Debian: apt-get install "
                          "chromium) or set BROWSER_PATH")  # fmt: skip
    assert _find_browser() == drawing


def test_what_is_empty_below_the_card_is_cut_and_the_margin_stays_as_above() -> None:
    page, made = Image.new("RGB", (60, 200), "#FBFAF6"), io.BytesIO()
    page.paste("#1D1D21", (5, 12, 55, 50))
    page.save(made, "PNG")
    trimmed = Image.open(io.BytesIO(_trim(made.getvalue())))
    assert (trimmed.size, trimmed.getpixel((5, 12)), trimmed.getpixel((5, 61))) == (
        (60, 62), (0x1D, 0x1D, 0x21), (0xFB, 0xFA, 0xF6),
    )  # fmt: skip


def test_a_page_is_photographed_high_enough_for_its_rows_and_styles_are_none() -> None:
    assert _guess_height("<style><tr<tr<tr</style><p>") == 400
    assert (
        _guess_height('<style></style><tr><tr class="x"><div class="row"><div class="item">') == 400 + 62 * 4
    )


def test_a_page_without_rows_is_high_enough_for_its_letters_and_none_is_endless() -> None:
    passages = '<p class="left" title="of no height">' + "a word " * 100 + "</p>"
    assert _guess_height(f"<style>p {{}}</style>{passages}") == 400 + 840
    assert _guess_height(f"<style></style>{passages * 100}") == 8000


def test_a_page_tells_in_the_order_of_reading_and_in_the_colours_of_its_mode() -> None:
    told = Stamp(slug="x", question="Q?", reading="R.", verdict="<V>", asked="A & B", source="S", version=1)
    page = write_page(Markup("<table></table>"), told, DARK)
    assert page.partition("<body")[2] == (
        ' class="np"><section class="paper"><h2>Q?</h2><p class="how">R.</p><table></table>'
        '<div class="verdict">&lt;V&gt;</div><p class="told">A &amp; B<br>S</p></section></body></html>'
    )
    assert f"--card:{DARK.card};" in page and "color-scheme:dark;" in page and LIGHT.card not in page
    assert 'class="verdict"' not in write_page(Markup(""), STAMP, DARK).partition("<body")[2]


def test_a_blank_page_is_photographed_whole() -> None:
    image = Image.open(io.BytesIO(photograph_page("<html></html>", "png", "blank", width=300)))
    assert image.size == (600, 800)


def test_a_chart_is_written_as_an_image_with_its_question_and_version(snapshot: Snapshot) -> None:
    made = export_chart(snapshot, "voice", Filter(outlets=("Nordlys", "Kontinent")), "svg").decode()
    assert "Whose voice is it?" in made and "The Kontinent" in made
    assert "store version 2" in made and "outlets: Nordlys, Kontinent" in made

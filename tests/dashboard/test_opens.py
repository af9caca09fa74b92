"""What a mark opens: the articles that its number counts, inside the filter, under a name that readers know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard.charts.chart import Chart
from dashboard.charts.copying import COPYING
from dashboard.charts.profile import PROFILE
from dashboard.charts.rhythm import RHYTHM
from dashboard.charts.volume import VOICE, VOLUME
from dashboard.filters import Filter, Mark
from dashboard.queries.answer import Answer
from dashboard.queries.behind import hold_articles
from dashboard.queries.newsroom import read_newsroom
from dashboard.queries.opened import list_articles, list_evidence
from dashboard.screen.card import _told
from dashboard.screen.opened import _list, _page_address, opened_from
from dashboard.screen.view import View
from dashboard.theme import LIGHT
from etl.store import Snapshot
from tests.dashboard.small_newsroom import HOSTILE

TEN_DAYS = Filter(outlets=("Nordlys", "Kontinent"), start=date(2024, 6, 12), end=date(2024, 6, 21))
CHOSEN = {
    "ten days": TEN_DAYS,
    "story": Filter(story="strike", languages=("en",)),
    "nobody": Filter(actor="x"),
}


@pytest.fixture(autouse=True)
def view(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> View:
    """The small newsroom as the screen would hold it."""
    room = read_newsroom(snapshot)
    held = View(room="own", folder=str(snapshot.folder), versions=(1, 2), snapshot=snapshot, newsroom=room,
                chosen=TEN_DAYS, theme=LIGHT.wear(room.order, room.names))  # fmt: skip
    for module in ("opened", "card"):
        monkeypatch.setattr(f"dashboard.screen.{module}.view_now", lambda: held)
    return held


@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
@pytest.mark.parametrize(
    ("chart", "column"),
    [(VOLUME, "count"), (VOICE, "count"), (PROFILE, "articles"), (COPYING, "articles"), (RHYTHM, "n")],
    ids=lambda given: getattr(given, "slug", given),
)
def test_the_marks_share_out_the_articles_that_they_count(
    snapshot: Snapshot, chart: Chart, column: str, chosen: Filter
) -> None:
    answer = chart.query(snapshot, chosen)
    opened = [opened_from(chart, answer, row, chosen) for row in range(len(answer.frame))]
    held = [hold_articles(snapshot, mark.chosen) for mark in opened]
    listed = [list_articles(snapshot, mark, 300)["article_id"].tolist() for mark in held]
    counted = answer.frame.get(column, pd.Series(dtype="float64")).fillna(0)
    assert [len(ids) for ids in listed] == counted.tolist()
    every = sorted(article for ids in listed for article in ids)
    assert every == sorted(list_articles(snapshot, chosen, 300)["article_id"])


@pytest.mark.parametrize("chart", [VOLUME, VOICE], ids=["volume", "voice"])
def test_a_mark_stands_where_the_row_stands_that_it_opens(
    snapshot: Snapshot, view: View, chart: Chart
) -> None:
    answer = chart.query(snapshot, TEN_DAYS)
    figure = chart.draw(answer, view.theme)
    marks = [(x, y, row) for trace in figure.data if trace.customdata is not None
             for x, y, row in zip(trace.x, trace.y, trace.customdata, strict=True)]  # fmt: skip
    for x, y, row in marks:
        told = answer.frame.iloc[row]
        if chart is VOLUME:
            assert (pd.Timestamp(x), y) == (told["day"], told["count"]) or pd.isna(y)
        else:
            assert (x, figure.layout.yaxis.ticktext[y]) == (told["share"], f"The {told['outlet']}")
    assert {row for *_, row in marks} == set(range(len(answer.frame)))


ROW = {
    "actor_id": "q1",
    "actor": "Ann <b>",
    "outlet": "Nordlys",
    "article_id": "a1",
    "at": 5.0,
    "start": 70.0,
}


def open_row(opens: tuple[tuple[str, str], ...], **changes: object) -> tuple[object, ...]:
    """What a row opens: filter, heading, article, place."""
    answer = Answer(frame=pd.DataFrame([ROW | changes]).dropna(axis=1), n=1, unit="quotations")
    made = opened_from(replace(VOICE, opens=opens), answer, 0, Filter(unit="texts"))
    return made.chosen, made.title, made.article, made.at


def test_an_id_opens_and_its_name_stands_in_the_heading() -> None:
    both = (("actor_id", "actor"), ("outlet", "outlets"))
    chosen, title, *_ = open_row(both)
    assert chosen == Filter(unit="texts", actor="q1", outlets=("Nordlys",))
    assert title == "Ann <b>, The Nordlys"
    assert open_row(both, actor=None)[1] == "q1, The Nordlys"


@pytest.mark.parametrize(("changes", "at"), [({}, 5), ({"at": None}, 70), ({"at": None, "start": None}, 0)])
def test_the_place_is_the_character_asked_for_else_the_start(changes: dict[str, None], at: int) -> None:
    assert open_row((("outlet", "outlets"),), **changes)[2:] == ("a1", at)


def test_a_day_opens_as_a_day_and_is_named_once() -> None:
    chosen, title, *_ = open_row((("day", "start"), ("day", "end")), day=pd.Timestamp("2024-06-24 23:59"))
    assert chosen == Filter(unit="texts", start=date(2024, 6, 24), end=date(2024, 6, 24))
    assert title == "24 June 2024"


def test_a_list_says_how_many_there_are_and_leads_to_the_rest(snapshot: Snapshot) -> None:
    rows = list_articles(snapshot, TEN_DAYS, 2)
    told = str(_list(rows, "", TEN_DAYS, 0))
    assert 'Articles behind <b>this number</b> · 2 of 14 · <a href="articles?' in told
    assert "start=2024-06-12&amp;end=2024-06-21&amp;" in told and 'target="_self">all 14</a></p>' in told
    beside = str(_list(rows, "a < b", TEN_DAYS, 0, shown=rows["article_id"].iloc[1]))
    assert "<b>a &lt; b</b> · 2 of 14</p>" in beside
    first, second = beside.split('<div class="item')[1:]
    assert first.startswith('">') and second.startswith(' on">')


def test_a_line_of_a_list_escapes_its_headline_and_says_where_none_is(snapshot: Snapshot) -> None:
    rows = list_articles(snapshot, Filter(), 1).assign(published_precision="none", outlet="<i>")
    evil, bare = (str(_list(rows.assign(title=title), "x", Filter(), 7)) for title in (HOSTILE, ""))
    assert "<script" not in evil and "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; =cmd|calc" in evil
    assert '&lt;i&gt; · no time <span class="tag">unknown</span>' in evil
    assert (
        f'<a href="articles?article={rows["article_id"].iloc[0]}&amp;at=7" target="_self">(no headline)</a>'
        in bare
    )


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("overview?", "./?story=s"),
        ("story?story=t&amp;tab=2", "story?story=t&tab=2"),
        ("stories?fewest=4&amp;unit=tons", "stories?story=s&fewest=4"),
        ("story?story=", "story?story=s"),
        ("actors?actor=%22%3E%3Cscript%3E", "actors?story=s&actor=%22%3E%3Cscript%3E"),
    ],
)
def test_a_link_narrows_by_what_it_says_and_keeps_the_rest(target: str, address: str) -> None:
    assert _page_address(target, Filter(story="s")) == address


def test_evidence_is_told_oldest_first_and_counts_a_reprint_once(snapshot: Snapshot) -> None:
    rows = list_evidence(snapshot, Filter(story="strike", unit="texts"))
    assert rows["published"].is_monotonic_increasing and len(rows) == 6
    assert rows["counted"].value_counts().to_dict().pop("same") == 2
    assert (rows["counted"].nunique(), set(rows["story_id"])) == (5, {"strike"})


@pytest.mark.parametrize(
    ("gaps", "unit", "told"),
    [
        ((), "articles", ["n = 0 articles", "two", "2 outlets", "version 2"]),
        (("2024-06-18",), "outlets", ["n = 0 outlets", "1 day not observed", "two", "version 2"]),
        (("a", "b"), "texts", ["n = 0 texts", "2 days not observed", "two", "2 outlets", "version 2"]),
    ],
)
def test_a_footer_names_what_it_knows_in_order(gaps: tuple[str, ...], unit: str, told: list[str]) -> None:
    assert _told(Answer(frame=pd.DataFrame(), n=0, unit=unit, note="two", gaps=gaps)) == told


def test_two_columns_of_one_field_open_both() -> None:
    opens = (("word", "words"), ("left", "outlets"), ("right", "outlets"))
    chosen, title, *_ = open_row(opens, word="quay", left="Nordlys", right="Kontinent")
    assert chosen == Filter(unit="texts", words="quay", outlets=("Nordlys", "Kontinent"))
    assert title == "quay, The Nordlys, The Kontinent"


def test_a_mark_is_named_by_its_row_and_the_filter_under_which_it_counts() -> None:
    answer = Answer(
        frame=pd.DataFrame([{"word": "quay", "day": pd.Timestamp("2024-06-24")}]), n=1, unit="words"
    )
    opens = (("word", "behind"), ("day", "behind"))
    asked = Filter(words="port OR ship", unit="texts", start=date(2024, 6, 1))
    made = opened_from(replace(VOICE, opens=opens), answer, 0, asked)
    assert Mark.from_text(made.chosen.behind) == Mark(slug="voice", row=("quay", "2024-06-24"), chosen=asked)
    assert made.chosen == Filter(behind=made.chosen.behind, unit="texts")

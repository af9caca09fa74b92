"""Behind: what a mark opens is what its chart counts: asked of these articles alone, the chart says the same again."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.filters import Filter, Mark
from dashboard.queries.answer import Answer
from dashboard.queries.behind import EVIDENCE, hold_articles, mark_row
from dashboard.queries.opened import list_evidence
from dashboard.queries.selection import select_articles
from dashboard.screen.opened import opened_from
from etl.store import Snapshot
from tests.builders import make_rows, make_store
from tests.dashboard.laws.rich_room import CUES, choose, choose_rows, id_of, tables, told

COUNTED = {  # the column that counts; of these charts a row is left when only its own articles are
    "volume": "count", "voice": "count", "stories-alone": "alone", "copying": "articles", "outlet-profile": "articles",
    "delays": "carried", "rhythm": "n", "source-diversity": "quotes", "story-tones": "n", "actors": "counted",
    "tone-towards": "n", "speakers": "quotes", "speakers-by-outlet": "quotes", "source-types": "quotes", "acting": "n",
    "reporting-verbs": "verbs", "timeline-days": "named", "timeline-reach": "texts",
}  # fmt: skip
FLOORED = ("tone-towards", "acting", "speakers")  # one article has too little, or other letters
BY_HAND = {"agenda-stories", "agenda-actors", "distinct-words", "word-shift", "frames", "skew"}
BY_FIELDS = {"churn", "risen", "together"}  # a period, or actors and a story; tested where they have rows
OPENING = {chart.slug: chart for chart in CHARTS if chart.opens}
ASKED = Filter(unit="texts", fewest=1, start=date(2024, 6, 4))


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The rich room, with a day named in each third article and a kind of source of two thirds of the quotations."""
    rows = tables()
    kinds = [("person", "anonymous", None)[place % 3] for place in range(len(rows["quotes"]))]
    days = [
        {"article_id": id_of(number), "start": 3, "end": 8, "sentence": 0, "surface": "storm", "granularity": "day",
         "value": "2024-06-10", "first_day": pd.Timestamp("2024-06-10"), "last_day": pd.Timestamp("2024-06-10"),
         "type": "DATE", "anchor": "published"}
        for number in range(0, 75, 3)
    ]  # fmt: skip
    changed = {"quotes": rows["quotes"].assign(source_type=kinds), "dates": make_rows("dates", *days)}
    return make_store(tmp_path_factory.mktemp("behind"), **{**rows, **changed}).snapshot()


def test_of_every_chart_that_opens_articles_it_is_known_what_it_counts():
    assert set(OPENING) == {*COUNTED, *BY_HAND, *BY_FIELDS}
    marked = {
        slug: chart for slug, chart in OPENING.items() if any(name == "behind" for _, name in chart.opens)
    }
    assert {slug: tuple(column for column, _ in chart.opens) for slug, chart in marked.items()} == {
        slug: evidence.row for slug, evidence in EVIDENCE.items()
    }


def count_row(chart: Chart, answer: Answer, row: pd.Series) -> float:
    """What the answer counts in the row that has the same names; 0 where there is none."""
    same = answer.frame
    for column, _ in chart.opens if len(same) else ():
        same = same[same[column] == row[column]]
    return float(same[COUNTED[chart.slug]].sum()) if len(same) else 0.0


@pytest.mark.parametrize("slug", COUNTED)
@pytest.mark.parametrize("voice", ["all", "outlet"])
def test_asked_of_what_a_mark_opens_the_chart_counts_the_same(dated, slug, voice, monkeypatch):
    if voice == "outlet" and slug not in ("actors", "acting", "story-tones"):
        return
    monkeypatch.setattr("dashboard.screen.opened._told", str)  # the heading needs a page
    chart, asked = OPENING[slug], ASKED.narrow(voice=voice)
    answer = chart.query(dated, asked)
    counts = answer.frame[COUNTED[slug]]
    row = answer.frame.iloc[int(counts.to_numpy("float64").argmax())]
    opened = hold_articles(dated, opened_from(chart, answer, int(row.name), asked).chosen)
    evidence = list_evidence(dated, opened)
    opens = evidence["story_id" if slug == "stories-alone" else "counted"].nunique()
    assert 0 < opens <= counts.max() == count_row(chart, chart.query(dated, opened), row)
    if slug not in FLOORED:
        alone = opened.narrow(behind="", held=(evidence["article_id"].iloc[-1],))
        assert count_row(chart, chart.query(dated, alone), row) > 0


def behind(room: Snapshot, slug: str, *row: str, **chosen: object) -> set[str]:
    """Ids of the articles behind a mark."""
    return set(hold_articles(room, mark_row(slug, row, Filter().narrow(**chosen))).held or ())


def test_two_agendas_open_what_both_outlets_rank(room):
    rows = told()
    both = rows[rows["outlet"].isin(["Anchor", "Beacon"])]
    assert behind(room, "agenda-stories", "Anchor", "Beacon") == set(
        both.loc[both["story"] != "", "article_id"]
    )
    named = choose_rows("mentions", Filter(voice="quoted", outlets=("Anchor", "Beacon")))
    assert behind(room, "agenda-actors", "Anchor", "Beacon", voice="quoted") == set(named["article_id"])


def test_a_word_opens_the_texts_of_both_outlets_that_have_it(room):
    rows = choose(Filter(languages=("en",), outlets=("Comet", "Echo")))
    opened = behind(room, "distinct-words", "storm", languages=("en",), pair=("Comet", "Echo"))
    assert opened == set(rows.loc[rows["text"].str.contains("storm"), "article_id"])
    toned = choose_rows("tone_words", Filter(outlets=("Comet", "Echo")))
    shifted = behind(room, "word-shift", "bad", pair=("Comet", "Echo"))
    assert shifted == set(toned.loc[toned["word"] == "bad", "article_id"]) and len(shifted) > 9


def test_a_cell_of_the_skew_opens_the_groups_articles_of_any_day(room):
    day = date(2024, 6, 3)
    opened = behind(
        room, "skew", "election", "GBR", grouping="country", start=day, end=day, outlets=("Comet",)
    )
    assert opened == set()  # of outlets that are left out nothing is counted
    assert behind(room, "skew", "election", "GBR", grouping="country", start=day, end=day) == {
        id_of(number) for number in (5, 6, 11, 26)
    }


def test_verbs_open_the_articles_whose_quotations_they_bring_in(room):
    claimed = {id_of(n) for n in range(0, 75, 10) if CUES[n // 2 % 4][1] == "distancing"}
    assert behind(room, "reporting-verbs", "Anchor", "distancing") == claimed


def test_a_delay_opens_the_first_article_of_each_story_whatever_day_was_chosen(room):
    """Of the harbour Anchor has 0, 10 and 15, of the election 5; Comet has but the former's 2."""
    day = date(2024, 6, 3)
    assert behind(room, "delays", "Anchor") == {id_of(0), id_of(5)}
    assert behind(room, "delays", "Anchor", start=day, end=day, outlets=("Anchor",)) == {id_of(0)}
    assert behind(room, "delays", "Echo", languages=("en",)) == {id_of(9)}


def test_a_mark_within_a_mark_opens_what_both_mean(room):
    outer = mark_row("reporting-verbs", ("Anchor", "neutral"), Filter())
    inner = mark_row("stories-alone", ("Anchor",), outer)
    assert hold_articles(room, inner).held == ()
    timed = hold_articles(room, mark_row("rhythm", ("Anchor",), outer)).held
    assert timed == hold_articles(room, outer).held and len(timed) > 3
    narrowed = hold_articles(room, outer.narrow(end=date(2024, 6, 5)))
    assert set(select_articles(room, narrowed, "SELECT outlet FROM chosen")["outlet"]) == {"Anchor"}


@pytest.mark.parametrize("text", ["of=gossip&row=a", "of=rhythm&row=a~b", "%", "row=Anchor", "of=delays"])
def test_a_mark_that_no_chart_has_opens_nothing(room, text):
    assert hold_articles(room, Filter(behind=text)).held == ()


def test_marks_in_marks_without_end_open_nothing(room):
    chosen = Filter(outlets=("Anchor",))
    for _ in range(9):
        chosen = mark_row("rhythm", ("Anchor",), chosen)
    assert hold_articles(room, chosen).held == ()
    with pytest.raises(ValueError, match="hold_articles"):
        select_articles(room, chosen, "SELECT * FROM chosen")


def test_a_mark_survives_its_address():
    mark = Mark(
        slug="skew", row=("a&b=c", "Ö ~"[:2]), chosen=Filter(outlets=("x&y", "z"), behind="of=a&row=b")
    )
    assert Mark.from_text(Filter.from_query(Filter(behind=mark.to_text()).to_query()).behind) == mark

"""Which days a newsroom of six articles names: counted by hand, under filters, in two time zones."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.timeline import draw_days
from dashboard.filters import Filter
from dashboard.queries.dated import list_tellings, rank_days, rank_events
from dashboard.queries.timeline import (
    REACH,
    list_events,
    list_naming,
    list_reaching,
    place_days,
    share_reach,
)
from dashboard.theme import LIGHT, THIN
from etl.article import Article, Published
from etl.store import Snapshot
from etl.transform.events import GOOD_LENGTHS
from etl.transform.events import list_events as etl_events
from tests.builders import make_article, make_article_rows, make_rows, make_store

UNKNOWN = Published(at=None, precision="none")
LONG = "The treaty was signed on the nineteenth of June by both presidents in the old palace."
NAMED = {  # name: outlet, publication (UTC), and what each sentence of the body names
    "early": ("Post", "2024-06-24T21:30", {LONG: "2024-06-19", "It rains today.": "2024-06-25"}),
    "copy": ("Wire", "2024-06-25T09:00", {LONG: "2024-06-19", "It rains today.": "2024-06-25"}),
    "late": (
        "Wire",
        "2024-06-27T09:00",
        {"On 19 June it was done.": "2024-06-19", "It ends in July.": "2024-07-03"},
    ),
    "other": ("Post", "2024-06-28T09:00", {"It began a year before.": "2023-01-01", "All went home.": ""}),
    "undated": ("Echo", UNKNOWN, {f"{LONG} So it was said.": "2024-06-19"}),
    "alone": (
        "Echo",
        "2024-07-01T09:00",
        {"Nothing of the treaty stands here, it opens then.": "2024-07-02"},
    ),
}
STORY = {name: "treaty" for name in NAMED} | {"alone": "fair"}


def _make() -> dict[str, Article]:
    return {
        name: make_article(outlet=outlet, item=name, title=f"Title of {name}", body=tuple(told), published=at)
        for name, (outlet, at, told) in NAMED.items()
    }


def _found(name: str, article: Article) -> list[tuple[dict[str, object], dict[str, object]]]:
    """A sentence and its date (none where it names no day) for each sentence of an article."""
    rows = []
    for number, (words, day) in enumerate(NAMED[name][2].items(), start=1):
        start = article.text.index(words)
        span = {"article_id": article.article_id, "sentence": number, "start": start}
        anchor = "story" if name == "undated" else "published"
        told = span | {
            "end": start + 4,
            "first_day": pd.Timestamp(day),
            "granularity": "day",
            "anchor": anchor,
        }
        rows.append(
            (span | {"end": start + len(words), "role": "body"}, told | {"value": day} if day else {})
        )
    return rows


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post stands in Kyiv, where its first article is of the next day; Wire copies it; Echo has no zone."""
    articles = _make()
    ids = {name: article.article_id for name, article in articles.items()}
    found = [pair for name, article in articles.items() for pair in _found(name, article)]
    same = (
        {"article_id": ids[name], "reprint_id": ids["early"], "level": "duplicate"}
        for name in ("early", "copy")
    )
    return make_store(
        tmp_path_factory.mktemp("timeline"),
        **make_article_rows(*articles.values()),
        outlets=make_rows("outlets", {"outlet": "Post", "name": "The Post", "timezone": "Europe/Kyiv"},
                          {"outlet": "Wire", "name": "Wire", "timezone": "No/Where"}),
        stories=make_rows("stories", {"story_id": "treaty", "title": "Treaty signed"}),
        story_articles=make_rows("story_articles", *({"article_id": ids[n], "story_id": s} for n, s in STORY.items())),
        reprints=make_rows("reprints", *same),
        sentences=make_rows("sentences", *(sentence for sentence, _ in found)),
        dates=make_rows("dates", *(day for _, day in found if day)),
    ).snapshot()  # fmt: skip


def test_events_are_ranked_by_outlets_with_reprints_once(room: Snapshot) -> None:
    ranked = rank_events(room, Filter(), 2).set_index("value")
    assert ranked["outlets"].to_dict() == {"2024-06-19": 3, "2024-06-25": 1}
    assert ranked["articles"].to_dict() == {"2024-06-19": 4, "2024-06-25": 2}
    assert ranked.loc["2024-06-19", "sentence"] == LONG
    assert ranked["found"].unique().tolist() == [5]
    assert ranked.loc["2024-06-19", "through_story"] == 1


def test_a_copy_alone_counts_for_its_own_outlet(room: Snapshot) -> None:
    both = rank_events(room, Filter(end=date(2024, 6, 26)), 9).set_index("value")
    assert both.loc["2024-06-19", ["outlets", "articles"]].tolist() == [1, 2]
    wire = rank_events(room, Filter(outlets=("Wire",), end=date(2024, 6, 26)), 9).set_index("value")
    assert wire.loc["2024-06-19", ["outlet", "outlets"]].tolist() == ["Wire", 1]


def test_the_query_ranks_as_the_etl_does(room: Snapshot) -> None:
    tables = [room.table(name) for name in ("dates", "sentences", "articles", "story_articles", "reprints")]
    made = etl_events(*tables).sort_values(["first_day", "story_id"], ignore_index=True)
    told = rank_events(room, Filter(), 99)
    for name in ("story_id", "value", "outlets", "articles"):
        assert made[name].tolist() == told[name].tolist(), name
    assert made["sentence_article"].tolist() == told["article_id"].tolist()
    assert GOOD_LENGTHS == (50, 270)


def test_each_outlet_says_what_it_first_said(room: Snapshot) -> None:
    answer = list_events(room, Filter())
    treaty = answer.frame[answer.frame["value"] == "2024-06-19"].set_index("outlet")
    assert treaty["sentence"].to_dict() == {"Echo": f"{LONG} So it was said.", "Post": LONG, "Wire": LONG}
    assert treaty["told_on"].dt.strftime("%F").fillna("").to_dict() == {
        "Echo": "", "Post": "2024-06-25", "Wire": "2024-06-25",
    }  # fmt: skip
    assert treaty["lag"].unique().tolist() == [6]
    assert (answer.n, answer.unit) == (5, "dated events")
    assert (
        answer.note == "days that texts name, by story, reprints once; 1 undated article placed by the story"
    )
    assert answer.frame.loc[answer.frame["story_id"] == "fair", "story"].tolist() == [""]


def test_a_day_to_come_is_named_ahead(room: Snapshot) -> None:
    frame = list_events(room, Filter()).frame.set_index("value")
    assert frame.loc["2024-07-03", "lag"] == -6
    assert frame.loc["2024-06-25", "lag"].tolist() == [0, 0]


def test_days_named_stand_on_the_day_of_the_outlet(room: Snapshot) -> None:
    answer = place_days(room, Filter())
    frame = answer.frame.assign(told=answer.frame["told_on"].dt.strftime("%m-%d"))
    frame["day"] = frame["first_day"].dt.strftime("%m-%d")
    counted = frame.set_index(["told", "day"])["named"].to_dict()
    assert counted == {
        ("06-25", "06-19"): 2, ("06-25", "06-25"): 2, ("06-27", "06-19"): 1, ("06-27", "07-03"): 1,
        ("07-01", "07-02"): 1,
    }  # fmt: skip
    assert answer.note == "1 far from the rest not drawn"
    assert (
        answer.verdict.replace(THIN, " ")
        == "Of 8 days named: before the day of publication 4, on it 2, after it 2."
    )


def test_unique_texts_name_a_day_once(room: Snapshot) -> None:
    answer = place_days(room, Filter(unit="texts"))
    assert (answer.n, answer.unit) == (6, "days named in unique texts")
    assert set(answer.frame["bin"]) == {"day"}


def test_a_cell_opens_a_sentence_that_names_the_day(room: Snapshot) -> None:
    row = place_days(room, Filter()).frame.iloc[-1]
    text = room.table("texts").set_index("article_id").loc[row["article_id"], "text"]
    assert text[int(row["at"]) :].startswith("Nothing of the treaty")


def test_reach_counts_texts_of_each_outlet(room: Snapshot) -> None:
    answer = share_reach(room, Filter())
    grid = answer.frame.pivot(index="reach", columns="outlet", values="texts")
    assert grid.loc["2–7 days before"].to_dict() == {"Echo": 0, "Post": 1, "Wire": 1}
    assert grid.loc["8–30 days before", "Wire"] == 1
    assert grid.loc["over a year before", "Post"] == 1
    assert grid.loc["the same day"].to_dict() == {"Echo": 0, "Post": 1, "Wire": 1}
    assert grid.loc["the day after", "Echo"] == 1
    assert grid.loc["2–7 days after", "Wire"] == 1
    assert answer.frame["share"].isna().all() and answer.n == 5


def test_ten_texts_have_a_share_with_its_interval(tmp_path_factory: pytest.TempPathFactory) -> None:
    articles = [make_article(outlet="Post", item=str(at), title=f"T{at}", body=("On Monday.",), published="2024-06-25")
                for at in range(12)]  # fmt: skip
    dates = [{"article_id": a.article_id, "start": 0, "end": 2, "first_day": pd.Timestamp("2024-06-24"),
              "granularity": "day", "anchor": "published"} for a in articles[:3]]  # fmt: skip
    many = make_store(
        tmp_path_factory.mktemp("many"), **make_article_rows(*articles), dates=make_rows("dates", *dates)
    )
    row = share_reach(many.snapshot(), Filter()).frame.set_index("reach").loc["the day before"]
    assert (row["texts"], row["n"], row["share"]) == (3, 12, 0.25)
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.089, 0.532)  # Wilson (1927), by hand


def test_the_reaches_cover_every_day_once() -> None:
    steps = [(low, high) for _, low, high in REACH]
    assert all(one[1] + 1 == two[0] for one, two in pairwise(steps))


@pytest.mark.parametrize("query", [list_events, place_days, share_reach])
def test_another_language_or_nobody_answers_nothing(room: Snapshot, query) -> None:
    for nothing in (Filter(languages=("tlh",)), Filter(outlets=("Nobody",)), Filter(story="none")):
        assert query(room, nothing).empty and query(room, nothing).n == 0


def test_every_cell_has_a_mark_that_a_click_can_choose(room: Snapshot) -> None:
    answer = place_days(room, Filter())
    heat, handles, _ = draw_days(answer, LIGHT).data
    assert heat.customdata is None
    told = {
        (x, y): answer.frame.iloc[row]
        for x, y, row in zip(handles.x, handles.y, handles.customdata, strict=True)
    }
    assert len(told) == len(answer.frame)
    assert all((row["told_on"], row["first_day"]) == place for place, row in told.items())


def test_a_mark_of_the_timeline_is_found_again_by_a_reader_who_opens_it_first(room: Snapshot) -> None:
    """A link is opened before any chart was drawn: nothing is kept of the version yet."""
    cell, reach = (Snapshot(room.folder, room.manifest) for _ in range(2))
    named = list_naming(cell, Filter(), ("2024-06-27", "2024-07-03"))
    assert named == [place_days(room, Filter()).frame.set_index("first_day").loc["2024-07-03", "article_id"]]
    told = share_reach(room, Filter()).frame
    row = told[(told["reach"] == "the day after") & (told["outlet"] == "Echo")].iloc[0]
    assert len(set(list_reaching(reach, Filter(), ("the day after", "Echo")))) == row["texts"]
    assert list_reaching(reach, Filter(), ("never", "Echo")) == []


def test_of_equally_many_outlets_the_day_of_more_articles_comes_before_the_earlier_one(
    room: Snapshot,
) -> None:
    """All but the 19th are told by one outlet each, the 25th in two articles: it is the second, whoever is cut."""
    assert set(rank_days(room, Filter(), 2)["value"]) == {"2024-06-19", "2024-06-25"}
    every = rank_days(room, Filter(), 99)
    assert every["found"].tolist() == [5] * 5 and every["value"].is_monotonic_increasing
    assert rank_days(room, Filter(outlets=("Nobody",)), 2).empty


def test_the_sentences_that_name_a_day_come_best_first_and_only_of_the_story_asked_for(
    room: Snapshot,
) -> None:
    days = rank_days(room, Filter(), 2)
    rows = list_tellings(room, Filter(), days)
    text = room.table("texts").set_index("article_id")["text"]
    said = [text[row.article_id][row.at : row.end] for row in rows.itertuples()]
    first = rows["first_day"].dt.strftime("%F").drop_duplicates()
    assert {day: said[at] for at, day in first.items()}["2024-06-19"] == LONG
    pairs = set(zip(rows["story_id"], rows["first_day"], strict=True))
    assert pairs == set(zip(days["story_id"], days["first_day"], strict=True))


def test_a_stray_text_of_another_year_does_not_stretch_the_days(tmp_path: Path) -> None:
    """One day named in 2016 beside a hundred of June 2024: days stand by themselves, not in weeks."""
    texts = [
        make_article(item=at, published=f"{at}T09:00") for at in ("2016-04-19", "2024-06-24", "2024-06-25")
    ]
    named = [
        {"article_id": text.article_id, "start": start, "first_day": pd.Timestamp(text.published.at).tz_localize(None).floor("D"),
         "granularity": "day", "anchor": "published"}
        for text, many in zip(texts, (1, 50, 50), strict=True) for start in range(many)
    ]  # fmt: skip
    store = make_store(
        tmp_path,
        **make_article_rows(*texts),
        story_articles=make_rows(
            "story_articles", *({"article_id": t.article_id, "story_id": "s"} for t in texts)
        ),
        dates=make_rows("dates", *named),
    )
    answer = place_days(store.snapshot(), Filter())
    assert answer.frame["told_on"].dt.strftime("%Y-%m-%d").tolist() == ["2024-06-24", "2024-06-25"]
    assert (answer.frame["bin"].unique().tolist(), answer.n, answer.note) == (
        ["day"],
        3,
        "1 far from the rest not drawn",
    )
    assert list_naming(store.snapshot(), Filter(), ("2024-06-24", "2024-06-24")) == [texts[1].article_id] * 50

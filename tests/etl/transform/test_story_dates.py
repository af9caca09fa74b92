from __future__ import annotations

from datetime import date

import pandas as pd

from etl.article import Article, Published
from etl.schema import OUTLETS, TABLES
from etl.transform.dates import find_dates
from etl.transform.dates.storied import anchor_dates, find_story_days
from etl.transform.events import list_events
from etl.transform.reprints import group_reprints
from etl.transform.sentences import find_sentences
from tests.etl.transform.retold import BUDGET, FERRY, make_tables, tell

UNKNOWN = Published(at=None, precision="none")
TOLD = "They met on Wednesday and they will meet again next week, as was agreed on 3 May 2024 in Oslo."


def on(day: str) -> Published:
    return Published(at=pd.Timestamp(f"{day}T09:00", tz="UTC").to_pydatetime(), precision="minute")


def resolve(*articles: Article, stories: dict[str, str] | None = None, times: int = 1) -> pd.DataFrame:
    """The dates of these articles, of one story where nothing else is said, by outlet."""
    known, texts = make_tables(*articles)
    sentences = TABLES["sentences"].conform(find_sentences(known, texts))
    dates = TABLES["dates"].conform(find_dates(known, texts, sentences, OUTLETS.empty()))
    told = [(stories or {}).get(outlet, "story") for outlet in known["outlet"]]
    members = known[["article_id"]].assign(story_id=told, similarity=1.0)
    for _ in range(times):
        made = anchor_dates(dates, known, texts, sentences, OUTLETS.empty(), members)
        dates = TABLES["dates"].conform(made)
    return dates.merge(known[["article_id", "outlet"]], on="article_id", validate="many_to_one")


def values(dates: pd.DataFrame, outlet: str = "A") -> list[tuple[str, str]]:
    of = dates[dates["outlet"] == outlet].sort_values("start")
    return list(zip(of["value"], of["anchor"], strict=True))


UNDATED = tell("A", *FERRY[1:], TOLD, published=UNKNOWN)
MONDAY = tell("B", *BUDGET, published=on("2024-06-24"))
TUESDAY = tell("C", *BUDGET[1:], published=on("2024-06-25"))
MUCH_LATER = tell("D", *BUDGET[2:], published=on("2024-06-28"))


def test_an_undated_article_is_told_from_the_day_of_its_story() -> None:
    found = resolve(UNDATED, MONDAY)
    assert values(found)[-3:] == [("2024-06-19", "story"), ("2024-W27", "story"), ("2024-05-03", "text")]
    spoken = found[(found["outlet"] == "A") & (found["anchor"] == "story")]
    assert spoken["first_day"].dt.strftime("%F").to_list()[-2:] == ["2024-06-19", "2024-07-01"]
    assert spoken["last_day"].dt.strftime("%F").to_list()[-2:] == ["2024-06-19", "2024-07-07"]


def test_alone_or_in_a_long_story_it_stays_open() -> None:
    assert ("", "none") in values(resolve(UNDATED))
    assert "story" not in [anchor for _, anchor in values(resolve(UNDATED, MONDAY, MUCH_LATER))]
    apart = resolve(UNDATED, MONDAY, stories={"A": "one", "B": "other"})
    assert "story" not in [anchor for _, anchor in values(apart)]


def test_dated_articles_keep_their_own_day() -> None:
    told = tell("E", *BUDGET, "They left on Wednesday.", published=on("2024-06-26"))
    assert values(resolve(UNDATED, MONDAY, told), "E")[-1] == ("2024-06-26", "published")


def test_doing_it_twice_changes_nothing_and_a_lost_story_opens_it_again() -> None:
    once, twice = resolve(UNDATED, MONDAY), resolve(UNDATED, MONDAY, times=2)
    pd.testing.assert_frame_equal(once, twice)
    known, texts = make_tables(UNDATED)
    left = once[once["outlet"] == "A"].drop(columns="outlet")
    sentences = TABLES["sentences"].conform(find_sentences(known, texts))
    alone = known[["article_id"]].assign(story_id="other", similarity=1.0)
    opened = anchor_dates(left, known, texts, sentences, OUTLETS.empty(), alone)
    fresh = TABLES["dates"].conform(find_dates(known, texts, sentences, OUTLETS.empty()))
    pd.testing.assert_frame_equal(TABLES["dates"].conform(opened), fresh)


def test_the_day_of_a_story_is_its_commonest_the_earliest_of_equals() -> None:
    again = tell("F", *FERRY, published=on("2024-06-25"))
    for articles, day in (((MONDAY, TUESDAY), 24), ((MONDAY, TUESDAY, again), 25)):
        known, _ = make_tables(*articles)
        members = known[["article_id"]].assign(story_id="story", similarity=1.0)
        assert find_story_days(known, OUTLETS.empty(), members) == {"story": date(2024, 6, day)}


def test_its_days_count_as_events_of_the_story() -> None:
    dated = resolve(UNDATED, MONDAY).drop(columns="outlet")
    known, texts = make_tables(UNDATED, MONDAY)
    sentences = TABLES["sentences"].conform(find_sentences(known, texts))
    members = known[["article_id"]].assign(story_id="story", similarity=1.0)
    reprints = TABLES["reprints"].conform(group_reprints(known, texts))
    events = list_events(dated, sentences, known, members, reprints)
    assert "2024-06-19" in events["value"].to_list()

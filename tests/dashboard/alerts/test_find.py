"""What watches find: bursts of the newest days, stories that begin, groups that leave a ripe story out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest

from dashboard.alerts import find_alerts
from dashboard.alerts.alert import Alert
from dashboard.alerts.find import FINDERS, _clip, _tell_burst
from dashboard.alerts.watches import KINDS, Watch
from dashboard.filters import Filter
from dashboard.queries.fresh import list_fresh_conflicts
from dashboard.queries.opened import list_articles
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.alerts.alerted_room import TODAY, open_alerted
from tests.dashboard.queries.ten_weeks import ANN_MORE, day_of, open_weeks


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_alerted(tmp_path_factory.mktemp("alerted"))


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_weeks(tmp_path_factory.mktemp("weeks"))


def test_every_kind_that_a_watch_may_name_is_found_by_something() -> None:
    assert tuple(FINDERS) == KINDS


def find(snapshot: Snapshot, *when: str, days: int = 2, **chosen: object) -> tuple[Alert, ...]:
    return find_alerts(snapshot, Watch(name="desk", when=when, days=days, chosen=Filter().narrow(**chosen)))


def test_a_story_that_begins_is_told_once_enough_outlets_have_it(room: Snapshot) -> None:
    (alert,) = find(room, "story")
    assert (alert.subject, alert.first, alert.last) == ("fresh", TODAY.date(), TODAY.date())
    assert alert.sentence == "A new story: 3 articles of 3 outlets since 24 June 2024."
    assert {a.subject for a in find(room, "story", fewest=1)} == {"fresh", "lonely"}


def test_only_the_newest_days_are_looked_at(room: Snapshot) -> None:
    assert {a.subject for a in find(room, "story", days=3)} == {"fresh", "young"}
    assert {a.subject for a in find(room, "story", days=8)} == {"fresh", "young", "left out"}


def test_a_watch_sees_what_its_filter_chooses(room: Snapshot) -> None:
    assert find(room, "story", outlets=("agency1",)) == ()
    assert [a.subject for a in find(room, "story", outlets=("paper1", "paper2"))] == ["fresh"]


def test_a_blind_spot_is_told_when_the_story_is_three_days_old(room: Snapshot) -> None:
    (alert,) = find(room, "blind spot")
    assert (alert.subject, alert.page, alert.opens) == ("left out:paper", "stories", Filter(story="left out"))
    assert (alert.first, alert.last) == ((TODAY - pd.Timedelta(days=4)).date(), TODAY.date())
    assert alert.sentence == (  # log(.5 / 3.5) - log(6.5 / .5), 1.96 standard errors to each side
        "0 of 3 observed outlets carry it, elsewhere 6 of 6; log odds -4.5 [-8.6, -0.4]."
    )


def test_a_conflict_is_told_once_a_fact_and_an_update_is_none(room: Snapshot) -> None:
    (alert,) = find(room, "conflict")
    assert alert.title == "Perhaps at odds (number): The fresh <b>story</b>"
    assert alert.sentence == "Paper0: “Harbour reopens after storm” Paper1: “Harbour reopens after storm”"
    assert (alert.first, alert.opens.story) == (TODAY.date(), "fresh")
    story, kind, article, at = alert.subject.split(":")
    left = set(list_articles(room, Filter(story="fresh"))["article_id"])
    assert (story, kind, at) == ("fresh", "number", "0") and article in left
    assert find(room, "conflict", outlets=("agency1",)) == ()


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """At odds in a number since the 20th, when b contradicts a; c says on the 24th what b says. By name since then."""
    made = [make_article(outlet=name, item=name, published=f"2024-06-{day}T08:00")
            for name, day in (("a", 19), ("b", 20), ("c", 24))]  # fmt: skip
    a, b, c = (article.article_id for article in made)
    odds = [(a, b, "number", 0), (a, c, "number", 3), (b, c, "name", 3), (a, b, "modality", 0)]
    rows = [{"story_id": "s", "claim_id": "c", "kind": kind, "article_a": x, "start_a": at, "end_a": 7,
             "article_b": y, "start_b": 0, "end_b": 7} for x, y, kind, at in odds]  # fmt: skip
    spans = [{"article_id": x, "sentence": 0, "start": 0, "end": 20} for x in (a, b, c)]
    return make_store(
        tmp_path_factory.mktemp("quarrel"), **make_article_rows(*made), sentences=make_rows("sentences", *spans),
        conflicts=make_rows("conflicts", *rows), stories=make_rows("stories", {"story_id": "s", "title": "Toll"}),
        story_articles=make_rows("story_articles", *({"article_id": x, "story_id": "s"} for x in (a, b, c))),
    ).snapshot()  # fmt: skip


def test_a_conflict_begins_when_two_are_at_odds_and_not_when_a_third_joins(quarrel: Snapshot) -> None:
    def begun(first: int, last: int, **chosen: object) -> list[tuple[str, int]]:
        days = {"start": date(2024, 6, first), "end": date(2024, 6, last)}
        found = list_fresh_conflicts(quarrel, Filter().narrow(**days, **chosen))
        return sorted((row.kind, row.first.day) for row in found.itertuples())

    assert begun(24, 24) == [("name", 24)]
    assert begun(20, 24) == [("name", 24), ("number", 20)]
    assert begun(19, 19) == []  # the first of the two articles is not at odds with anybody yet
    assert begun(24, 24, outlets=("a", "c")) == [("number", 24)]  # between these two it does begin


def test_a_burst_is_told_with_its_count_and_interval(weeks: Snapshot) -> None:
    (alert,) = find(weeks, "burst", days=5)
    assert (alert.subject, alert.first) == ("actor:ann", day_of(70).date())
    assert alert.sentence.startswith(f"{ANN_MORE[70]} articles on 13 May 2024, ")
    assert find(weeks, "burst", days=2) == ()


def test_what_an_alert_opens_holds_what_it_counts(weeks: Snapshot) -> None:
    (alert,) = find(weeks, "burst", days=5)
    that_day = alert.opens.narrow(start=alert.first, end=alert.last)
    assert len(list_articles(weeks, that_day, 100)) == ANN_MORE[70]


def test_a_link_names_view_room_and_version(room: Snapshot) -> None:
    (alert,) = find(room, "story", unit="texts")
    parts = urlsplit(alert.link("https://desk.example/", "own", 7))
    assert (parts.netloc, parts.path) == ("desk.example", "/story")
    assert dict(parse_qsl(parts.query)) == {"story": "fresh", "unit": "texts", "room": "own", "as_of": "7"}


def test_ids_are_the_same_at_every_run_and_differ_by_watch(room: Snapshot) -> None:
    first, again = find(room, *KINDS, days=8), find(room, *KINDS, days=8)
    assert [a.alert_id for a in first] == [a.alert_id for a in again]
    other = find_alerts(room, Watch(name="other", days=8))
    assert not {a.alert_id for a in first} & {a.alert_id for a in other}


def test_a_day_that_is_yet_to_come_is_not_the_newest(tmp_path: Path) -> None:
    now = pd.Timestamp.now("UTC")
    made = [make_article(outlet=outlet, item=outlet, published=f"{day:%FT%H:%M}")
            for outlet, day in (("a", now), ("b", now), ("c", pd.Timestamp("2199-01-01")))]  # fmt: skip
    rows = make_article_rows(*made)
    told = ({"article_id": article, "story_id": "s"} for article in rows["articles"]["article_id"][:2])
    store = make_store(tmp_path, **rows, stories=make_rows("stories", {"story_id": "s", "title": "Now"}),
                       story_articles=make_rows("story_articles", *told))  # fmt: skip
    (alert,) = find(store.snapshot(), "story")
    assert (alert.title, alert.first) == ("Now", now.date())


def test_a_burst_is_told_in_the_unit_that_was_counted_and_with_how_sure_it_is() -> None:
    row = {"observed": 1234, "first": TODAY, "last": TODAY + pd.Timedelta(days=1), "ratio": 4.25, "low": 0.46,
           "high": 5.61, "q": 0.0124}  # fmt: skip
    assert _tell_burst(row, Filter(unit="texts")).replace("\u202f", "") == (
        "1234 unique texts on 24–25 June 2024, 4.2 times the usual [.5, 5.6], q = .012."
    )
    sure = _tell_burst(row | {"q": 0.0001, "last": TODAY}, Filter(unit="families"))
    assert "publisher families' texts on 24 June 2024, " in sure and sure.endswith(", q < .001.")


def test_a_long_sentence_is_cut_between_words_and_lines_are_joined() -> None:
    told = _clip("The strike\n\tgoes  on " + "and on " * 60)
    assert told.startswith("The strike goes on and") and told.endswith(" …")
    assert 230 < len(told) <= 240
    assert _clip("x" * 240) == "x" * 240


def test_an_empty_store_has_nothing_to_tell(tmp_path: object) -> None:
    assert find(make_store(tmp_path).snapshot(), *KINDS) == ()  # type: ignore[arg-type]

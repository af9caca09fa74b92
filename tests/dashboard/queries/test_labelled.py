"""Labels by outlet against a table written by hand: how often, from when to when, and the sentences behind."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.labelled import draw_labelled
from dashboard.filters import Filter
from dashboard.queries.labelled import MOST_SENTENCES, list_labels
from dashboard.theme import LIGHT
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

# outlet, day of June 2024 (none: undated), the label beside Kim's name, whose words
USED = [
    *(("Post", day, "dictator", "outlet") for day in range(1, 9)),
    ("Post", 20, "the dictator", "outlet"),
    ("Post", 3, None, "outlet"),
    ("Wire", 5, "leader", "outlet"),
    ("Wire", 2, "Leader", "outlet"),
    ("Wire", None, "dictator", "quoted"),
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Kim is named in every article, Lee with one title in one of them."""
    articles = [
        make_article(
            outlet=outlet, item=str(n), title=f"Notice {n}", published=f"2024-06-{day or 1:02}T08:00"
        )
        for n, (outlet, day, *_) in enumerate(USED)
    ]
    ids = [article.article_id for article in articles]
    rows = make_article_rows(*articles)
    undated = [one for one, (_, day, *_) in zip(ids, USED, strict=True) if day is None]
    told = rows["articles"]
    rows["articles"] = told.assign(published=told["published"].mask(told["article_id"].isin(undated)))
    mentions = [
        {"article_id": one, "start": 20, "actor_id": "kim", "sentence": 1, "label": label, "voice": voice}
        for one, (_, _, label, voice) in zip(ids, USED, strict=True)
    ]
    lee = {"article_id": ids[0], "start": 40, "actor_id": "lee", "label": "mayor", "voice": "outlet"}
    return make_store(
        tmp_path_factory.mktemp("labelled"),
        **rows,
        actors=make_rows("actors", {"actor_id": "kim", "name": "Kim"}, {"actor_id": "lee", "name": "Lee"}),
        mentions=make_rows("mentions", *mentions, lee),
        sentences=make_rows(
            "sentences", *({"article_id": x, "sentence": 1, "start": 0, "end": 9} for x in ids)
        ),
    ).snapshot()


def tell(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    once = frame.drop_duplicates(["label", "outlet"])
    days = [
        (None if pd.isna(first) else first.day, None if pd.isna(last) else last.day)
        for first, last in zip(once["first_day"], once["last_day"], strict=True)
    ]
    counts = once[["label", "outlet", "times", "n"]].itertuples(index=False, name=None)
    return [(*row, *span) for row, span in zip(counts, days, strict=True)]


def test_each_label_has_its_count_and_its_days_in_each_outlet(room: Snapshot) -> None:
    assert tell(list_labels(room, Filter()).frame) == [
        ("dictator", "Post", 9, 10, 1, 20),
        ("dictator", "Wire", 1, 3, None, None),
        ("Leader", "Wire", 2, 3, 2, 5),
    ]


def test_without_a_choice_it_is_the_actor_whom_most_outlets_label(room: Snapshot) -> None:
    answer = list_labels(room, Filter())
    assert set(answer.frame["actor"]) == {"Kim"}
    assert (answer.n, answer.verdict) == (12, "Kim: 12 of 13 mentions carry a label.")


def test_the_chosen_actor_and_voice_count_alone(room: Snapshot) -> None:
    assert tell(list_labels(room, Filter(actor="lee")).frame) == [("mayor", "Post", 1, 1, 1, 1)]
    assert "Wire" not in set(
        list_labels(room, Filter(voice="quoted")).frame.query("label != 'dictator'")["outlet"]
    )
    assert tell(list_labels(room, Filter(voice="quoted")).frame) == [("dictator", "Wire", 1, 1, None, None)]


def test_the_earliest_sentences_stand_behind_a_label(room: Snapshot) -> None:
    frame = list_labels(room, Filter(outlets=("Post",))).frame
    assert frame["day"].dt.day.tolist() == list(range(1, MOST_SENTENCES + 1))
    texts = room.table("texts").set_index("article_id")["text"]
    assert frame["sentence"].tolist() == [texts[one][:9] for one in frame["article_id"]]


def test_a_cell_says_how_often_and_when_and_links_each_sentence(room: Snapshot) -> None:
    told = str(draw_labelled(list_labels(room, Filter()), LIGHT.wear(("Post", "Wire"))))
    assert '9 of 10 <span class="sm">1–20 June 2024</span>' in told
    assert '1 of 3 <span class="sm">undated</span>' in told
    assert told.count('class="read"') == MOST_SENTENCES + 3

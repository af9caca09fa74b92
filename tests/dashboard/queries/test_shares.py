"""Actors and framing: shares and tones of two outlets, known by hand or counted again with pandas."""

import pytest

from dashboard.filters import Filter
from dashboard.queries.actors import share_mentions, share_quotes, tone_towards
from dashboard.queries.framing import class_cues, list_evidence, share_frames
from dashboard.queries.stories import share_alone
from etl.store import Snapshot
from tests.dashboard.toned_room import EACH, fill_toned


@pytest.fixture(scope="module")
def toned(tmp_path_factory) -> Snapshot:
    return fill_toned(tmp_path_factory.mktemp("toned"))


def test_shares_of_mentions_are_those_of_pandas(toned: Snapshot) -> None:
    mentions, articles = toned.table("mentions"), toned.table("articles")
    expected = mentions.groupby("actor_id")["article_id"].nunique() / len(articles)
    frame = share_mentions(toned, Filter()).frame.set_index("actor_id")
    assert frame["share"].to_dict() == pytest.approx(expected.to_dict())
    assert frame["share"].tolist() == [1.0, 0.25]


@pytest.mark.parametrize(
    ("chosen", "n"), [(Filter(outlets=("Post",)), 12), (Filter(actor="port"), 6), (Filter(voice="quoted"), 0)]
)
def test_mentions_obey_the_filter(toned: Snapshot, chosen: Filter, n: int) -> None:
    assert share_mentions(toned, chosen).n == n


def test_tone_is_positive_minus_negative(toned: Snapshot) -> None:
    frame = tone_towards(toned, Filter()).frame.set_index(["actor_id", "outlet"])
    assert frame["tone"].to_dict() == pytest.approx({("union", "Kontinent"): -0.1, ("union", "Post"): 0.6})
    assert (frame["n"] == EACH).all()


def test_the_interval_of_equal_mentions_is_their_tone(toned: Snapshot) -> None:
    frame = tone_towards(toned, Filter()).frame
    assert frame["low"].tolist() == pytest.approx(frame["tone"].tolist())


def test_speakers_are_one_whatever_their_case_and_pronouns_are_nobody(toned: Snapshot) -> None:
    answer = share_quotes(toned, Filter())
    assert answer.frame[["speaker", "quotes", "outlets", "share"]].to_numpy().tolist() == [
        ["The Boss", 18, 2, 1.0]
    ]
    assert answer.n == 18
    assert answer.note.startswith("6 more with an open speaker")


def test_frames_are_shares_of_articles(toned: Snapshot) -> None:
    answer = share_frames(toned, Filter())
    assert answer.frame.set_index("outlet")["share"].to_dict() == {"Kontinent": 1.0, "Post": 0.0}
    assert answer.n == 2 * EACH


def test_frames_of_fewer_than_ten_articles_are_not_shown(toned: Snapshot) -> None:
    assert share_frames(toned, Filter(actor="port")).empty


def test_the_evidence_is_the_sentence_in_three_parts(toned: Snapshot) -> None:
    answer = list_evidence(toned, Filter())
    row = answer.frame.iloc[0]
    text = toned.table("texts").set_index("article_id")["text"][row["article_id"]]
    assert row["before"] + row["evidence"] + row["after"] == text
    assert (row["evidence"], answer.n, len(answer.frame)) == ("union", EACH, 3)


def test_cues_of_an_outlet_sum_to_one(toned: Snapshot) -> None:
    frame = class_cues(toned, Filter()).frame
    assert frame.groupby("outlet")["share"].sum().tolist() == pytest.approx([1.0, 1.0])
    distancing = frame[frame["cue_class"] == "distancing"].set_index("outlet")
    assert distancing["share"].to_dict() == {"Kontinent": 1.0, "Post": 0.0}
    assert distancing["words"].iloc[0] == "claimed 12"


def test_few_cues_have_no_share(toned: Snapshot) -> None:
    assert class_cues(toned, Filter(actor="port")).frame["share"].isna().all()


def test_all_stories_are_told_alone(toned: Snapshot) -> None:
    frame = share_alone(toned, Filter()).frame
    assert frame["share"].tolist() == [1.0, 1.0]
    assert (frame["low"] < 1).all()

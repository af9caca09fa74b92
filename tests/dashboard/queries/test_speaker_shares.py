"""Shares of speakers where the copies of one text name different ones: each quotation has one speaker."""

from __future__ import annotations

import pytest

from dashboard.filters import Filter
from dashboard.queries.actors import share_quotes
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

# outlet, reprint group, place of the quotation in the body, who is said to speak
SAID = [
    ("Anchor", "wire", 0, "Ann Lee"),
    ("Beacon", "wire", 0, "the minister"),
    ("Comet", "wire", 0, "ann lee"),
    ("Anchor", "wire", 9, "Bo Ek"),  # one copy each: of equals the first by name
    ("Beacon", "wire", 9, "Al Roe"),
    ("Comet", "wire", 9, None),  # an open copy says nothing
    ("Drift", None, 0, "the minister"),
    ("Echo", None, 0, "he"),
]
TEXTS = Filter(unit="texts")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    outlets = sorted({outlet for outlet, *_ in SAID})
    articles = {name: make_article(outlet=name, title="", body=('"Yes." and "No."',)) for name in outlets}
    ids = {name: article.article_id for name, article in articles.items()}
    copies = {outlet: group for outlet, group, *_ in SAID if group}
    return make_store(
        tmp_path_factory.mktemp("speakers"),
        **make_article_rows(*articles.values()),
        reprints=make_rows(
            "reprints", *({"article_id": ids[name], "reprint_id": copies[name]} for name in copies)
        ),
        quotes=make_rows(
            "quotes",
            *(
                {"article_id": ids[outlet], "start": at, "end": at + 4, "speaker": who}
                for outlet, _, at, who in SAID
            ),
        ),
    ).snapshot()


def counted(snapshot: Snapshot, chosen: Filter) -> dict[str, tuple[int, int]]:
    frame = share_quotes(snapshot, chosen).frame
    return {row["speaker"]: (row["quotes"], row["outlets"]) for row in frame.to_dict("records")}


def test_a_quotation_of_many_copies_is_that_of_the_speaker_whom_most_of_them_name(room: Snapshot) -> None:
    """wire:0 is Ann Lee's by two to one; wire:9 Al Roe's by name; Drift's own is the minister's."""
    assert counted(room, TEXTS) == {"Ann Lee": (1, 2), "Al Roe": (1, 1), "the minister": (1, 1)}


def test_every_article_counts_for_itself_where_articles_are_counted(room: Snapshot) -> None:
    assert counted(room, Filter()) == {
        "the minister": (2, 2), "Ann Lee": (2, 2), "Al Roe": (1, 1), "Bo Ek": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize("unit", ["articles", "texts", "families"])
def test_shares_of_all_speakers_are_one_and_lie_in_their_intervals(room: Snapshot, unit: str) -> None:
    frame = share_quotes(room, Filter(unit=unit)).frame  # type: ignore[arg-type]
    assert frame["share"].sum() == pytest.approx(1)
    assert (frame["low"] <= frame["share"]).all() and (frame["share"] <= frame["high"]).all()


def test_n_is_of_quotations_that_anybody_is_named_for(room: Snapshot) -> None:
    answer = share_quotes(room, TEXTS)
    assert (answer.n, answer.note) == (3, "1 more with an open speaker")


def test_a_filter_settles_the_speaker_among_the_copies_that_it_chooses(room: Snapshot) -> None:
    alone = share_quotes(room, TEXTS.narrow(outlets=("Beacon",))).frame
    assert alone["speaker"].tolist() == ["Al Roe", "the minister"]

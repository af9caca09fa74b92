"""Kinds of sources by outlet: against sums over the frames, and a small newsroom written by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.facts import QUOTES
from dashboard.charts.sources import SOURCE_TYPES as CHART
from dashboard.filters import Filter
from dashboard.queries.quotes import compare_quotes
from dashboard.queries.reading import read_article
from dashboard.queries.sources import MOST_LISTED, list_unnamed, share_sources
from dashboard.theme import LIGHT
from etl.schema import SOURCE_TYPES
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import FILTERS, choose, tables

KINDS = (*SOURCE_TYPES, None)
WORN = LIGHT.wear(("Post", "Wire"))


def kinds_of_room() -> pd.DataFrame:
    """The quotations of the room, each with a kind by rule of its article's place."""
    quotes = tables()["quotes"]
    kinds = [KINDS[place % 5] for place in range(len(quotes))]
    return quotes.assign(source_type=pd.Series(kinds, index=quotes.index, dtype="str"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("kinds")
    return make_store(folder, **(tables() | {"quotes": kinds_of_room()})).snapshot()


@pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS)
def test_a_kind_has_the_quotations_of_the_outlets_frames(room: Snapshot, chosen: Filter) -> None:
    quotes = kinds_of_room().merge(choose(chosen), on="article_id", validate="m:1")
    quotes = quotes.assign(one=quotes["counted"] + ":" + quotes["start"].astype(str)).dropna(
        subset=["source_type"]
    )
    first = quotes.groupby(["outlet", "one"])["source_type"].min().reset_index()
    counted = first.groupby(["source_type", "outlet"])["one"].count().to_dict()
    frame = share_sources(room, chosen).frame
    shown = {(row.source_type, row.outlet): row.quotes for row in frame.itertuples() if row.quotes}
    assert shown == counted
    assert dict(zip(frame["outlet"], frame["n"], strict=True)) == first["outlet"].value_counts().to_dict()
    assert share_sources(room, chosen).n == first["one"].nunique()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post: nine persons, three anonymous in copies of one text, one open; Wire: four documents."""
    said = [*("Post person",) * 9, *("Post anonymous",) * 3, "Post ", *("Wire document",) * 4]
    articles = [
        make_article(outlet=one.split(" ")[0], item=str(n), body=('"Yes."',)) for n, one in enumerate(said)
    ]
    ids = [article.article_id for article in articles]
    quotes = [
        {"article_id": ids[n], "start": 30, "end": 34, "source_type": one.split(" ")[1] or None}
        for n, one in enumerate(said)
    ]
    return make_store(
        tmp_path_factory.mktemp("papers"),
        **make_article_rows(*articles),
        quotes=make_rows("quotes", *quotes),
        reprints=make_rows("reprints", *({"article_id": ids[n], "reprint_id": "again"} for n in (9, 10, 11))),
    ).snapshot()


def shares(snapshot: Snapshot, chosen: Filter) -> dict[tuple[str, str], tuple[int, int, float]]:
    """(quotes, n, share) by kind and outlet; a share that is not shown is -1."""
    frame = share_sources(snapshot, chosen).frame.fillna({"share": -1.0})
    return {(row.source_type, row.outlet): (row.quotes, row.n, row.share) for row in frame.itertuples()}


def test_shares_are_of_the_outlets_own_known_quotations_and_blank_below_ten(papers: Snapshot) -> None:
    assert shares(papers, Filter()) == {
        ("person", "Post"): (9, 12, 0.75), ("institution", "Post"): (0, 12, 0.0),
        ("document", "Post"): (0, 12, 0.0), ("anonymous", "Post"): (3, 12, 0.25),
        ("person", "Wire"): (0, 4, -1.0), ("institution", "Wire"): (0, 4, -1.0),
        ("document", "Wire"): (4, 4, -1.0), ("anonymous", "Wire"): (0, 4, -1.0),
    }  # fmt: skip
    assert share_sources(papers, Filter()).note.startswith("Kind open in 1 more")


def test_the_copies_of_a_quotation_count_once_among_texts(papers: Snapshot) -> None:
    once = shares(papers, Filter(unit="texts"))
    assert once["anonymous", "Post"] == (1, 10, pytest.approx(0.1))
    assert (share_sources(papers, Filter()).n, share_sources(papers, Filter(unit="texts")).n) == (16, 14)


def test_shares_of_an_outlet_are_one_together_and_lie_in_their_intervals(room: Snapshot) -> None:
    known = share_sources(room, Filter()).frame
    sums = known.groupby("outlet")["quotes"].sum()
    assert sums.to_dict() == known.groupby("outlet")["n"].first().to_dict()
    sure = known.dropna(subset=["share"])
    assert ((sure["low"] <= sure["share"]) & (sure["share"] <= sure["high"])).all()


def test_a_cell_leads_to_a_quotation_of_its_kind_and_outlet(room: Snapshot) -> None:
    quotes = kinds_of_room().merge(choose(Filter()), on="article_id").set_index(["article_id", "start"])
    led = share_sources(room, Filter()).frame.dropna(subset=["article_id"]).to_dict("records")
    found = [quotes.loc[(row["article_id"], row["at"])] for row in led]
    assert [(one["source_type"], one["outlet"]) for one in found] == [
        (row["source_type"], row["outlet"]) for row in led
    ]
    assert len(led) > 4


def test_anonymous_sources_are_marked_and_never_is_a_dot(papers: Snapshot) -> None:
    cells, handles = CHART.draw(share_sources(papers, Filter()), WORN).data
    assert cells.text.tolist() == [["75", ""], ["·", ""], ["·", ""], ["25", ""]]
    assert cells.z[3][0] == -1 and (cells.z[0][0], cells.z[1][0]) == (0.75, 0)
    assert "3 of 12 quotations<br>25.0 % [8.9 %, 53.2 %]" in cells.hovertext[3][0].replace("\u202f", " ")
    assert 6 in handles.customdata


@pytest.fixture(scope="module")
def handed_on(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """One utterance in two outlets, and one in Post alone, all of them handed on by somebody."""
    text = '"We will go home now," she told Reuters. "Nobody stays," a memo seen by Reuters said.'
    articles = [make_article(outlet=name, title=name, body=(text,)) for name in ("Post", "Wire")]
    quotes = []
    for article, way in zip(articles, ("Reuters", "CNN"), strict=True):
        one, two, told, memo = (article.text.index(x) for x in ("We", "Nobody", "Reuters", "a memo"))
        said = {"article_id": article.article_id, "kind": "direct", "via_start": told, "via_end": told + 7}
        quotes.append(
            said | {"start": one, "end": one + 20, "speaker": None, "via": way, "utterance_id": "u"}
        )
        seen = article.text.rindex("Reuters")
        quotes.append(said | {"start": two, "end": two + 13, "speaker": "a memo seen by Reuters", "via": "Reuters",
                              "speaker_start": memo, "speaker_end": seen + 7, "via_start": seen,
                              "via_end": seen + 7, "utterance_id": "m"})  # fmt: skip
    members = [{"article_id": article.article_id, "story_id": "s"} for article in articles]
    return make_store(
        tmp_path_factory.mktemp("ways"), **make_article_rows(*articles), quotes=make_rows("quotes", *quotes),
        stories=make_rows("stories", {"story_id": "s", "title": "S", "articles": 2, "outlets": 2}),
        story_articles=make_rows("story_articles", *members),
    ).snapshot()  # fmt: skip


def test_a_wording_comes_with_its_way_unless_the_speaker_words_tell_it(handed_on: Snapshot) -> None:
    frame = compare_quotes(handed_on, Filter(story="s")).frame
    assert frame.loc[frame["utterance"] == "u", "via"].tolist() == ["Reuters", "CNN"]
    assert frame.loc[frame["utterance"] == "m", "via"].isna().all()


def test_one_way_of_all_stands_beside_the_speaker_and_several_beside_the_words(handed_on: Snapshot) -> None:
    answer = compare_quotes(handed_on, Filter(story="s"))
    several = str(QUOTES.draw(answer, WORN))
    assert "via Reuters</span>" in several and "via CNN</span>" in several
    same = answer.frame.assign(via="KCNA", speaker="Pyongyang")
    told = str(QUOTES.draw(replace(answer, frame=same), WORN))
    assert told.count("Pyongyang, via KCNA<br>") == 2 and told.count("KCNA") == 2


def test_the_reader_tells_the_way_of_a_quotation(handed_on: Snapshot) -> None:
    (article,) = handed_on.sql("SELECT article_id FROM articles WHERE outlet = 'Wire'")["article_id"]
    reading = read_article(handed_on, article)
    assert reading is not None
    assert reading.layers["quotations"].sort_values("start")["told"].tolist() == [
        "direct · not said who, via CNN", "direct · a memo seen by Reuters",
    ]  # fmt: skip


def test_the_quotations_of_nobody_named_are_listed_the_outlets_in_turn(room: Snapshot) -> None:
    quotes = kinds_of_room().merge(choose(Filter()), on="article_id")
    unnamed = quotes[quotes["source_type"] == "anonymous"]
    answer = list_unnamed(room, Filter())
    assert answer.n == len(unnamed)
    places = set(zip(unnamed["article_id"], unnamed["start"], strict=True))
    listed = answer.frame[["article_id", "at"]].itertuples(index=False, name=None)
    assert len(answer.frame) == min(MOST_LISTED, len(unnamed)) and set(listed) <= places
    turns = answer.frame["outlet"].head(unnamed["outlet"].nunique())
    assert sorted(turns) == sorted(unnamed["outlet"].unique())


def test_the_copies_of_an_unnamed_quotation_are_one_among_texts(papers: Snapshot) -> None:
    assert (list_unnamed(papers, Filter()).n, list_unnamed(papers, Filter(unit="texts")).n) == (3, 1)

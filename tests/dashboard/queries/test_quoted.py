"""Speakers by outlet against sums over the frames; every outlet's shares are of its own quotations."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.intervals import FEWEST
from dashboard.queries.quoted import share_speakers
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import ACTORS, FILTERS, choose, tables


def known_quotes(chosen: Filter) -> pd.DataFrame:
    """Quotations with a speaker: outlet, who (without case), one (the same place of one text)."""
    quotes = tables()["quotes"].merge(choose(chosen), on="article_id", validate="m:1")
    names = quotes["actor_id"].map(ACTORS)
    quotes["who"] = names.where(names.notna(), quotes["speaker"]).str.lower()
    return quotes.assign(one=quotes["counted"] + ":" + quotes["start"].astype(str)).dropna(subset=["who"])


@pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS)
def test_a_speaker_has_the_quotations_of_the_outlets_frames(room: Snapshot, chosen: Filter) -> None:
    quotes, frame = known_quotes(chosen), share_speakers(room, chosen).frame
    counted = quotes.groupby(["who", "outlet"])["one"].nunique()
    whole = quotes.drop_duplicates(["outlet", "one"])["outlet"].value_counts()
    shown = {(row.speaker.lower(), row.outlet): row.quotes for row in frame.itertuples() if row.quotes}
    assert shown == counted.to_dict()
    assert dict(zip(frame["outlet"], frame["n"], strict=True)) == whole.to_dict()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post quotes Ann nine times and Bo three times, one of them in two copies; Wire quotes Cy four times."""
    said = [*("Post Ann",) * 9, *("Post Bo",) * 3, *("Wire Cy",) * 4]
    articles = [
        make_article(outlet=one.split()[0], item=str(n), body=('"Yes."',)) for n, one in enumerate(said)
    ]
    ids = [article.article_id for article in articles]
    quotes = [
        {"article_id": ids[n], "start": 0, "end": 4, "speaker": one.split()[1]} for n, one in enumerate(said)
    ]
    return make_store(
        tmp_path_factory.mktemp("papers"),
        **make_article_rows(*articles),
        quotes=make_rows("quotes", *quotes),
        reprints=make_rows("reprints", *({"article_id": ids[n], "reprint_id": "again"} for n in (9, 10))),
    ).snapshot()


def shares(snapshot: Snapshot, chosen: Filter) -> dict[tuple[str, str], tuple[int, int, float]]:
    """(quotes, n, share) by speaker and outlet; a share that is not shown is -1."""
    frame = share_speakers(snapshot, chosen).frame.fillna({"share": -1.0})
    return {(row.speaker, row.outlet): (row.quotes, row.n, row.share) for row in frame.itertuples()}


def test_shares_are_of_the_outlets_own_quotations_and_blank_below_ten(papers: Snapshot) -> None:
    assert shares(papers, Filter()) == {
        ("Ann", "Post"): (9, 12, 0.75), ("Bo", "Post"): (3, 12, 0.25), ("Cy", "Post"): (0, 12, 0.0),
        ("Ann", "Wire"): (0, 4, -1.0), ("Bo", "Wire"): (0, 4, -1.0), ("Cy", "Wire"): (4, 4, -1.0),
    }  # fmt: skip


def test_a_reprinted_quotation_counts_once_among_texts(papers: Snapshot) -> None:
    once = shares(papers, Filter(unit="texts"))
    assert once["Bo", "Post"] == (2, 11, pytest.approx(2 / 11))
    assert once["Ann", "Post"] == (9, 11, pytest.approx(9 / 11))
    assert (share_speakers(papers, Filter(unit="texts")).n, share_speakers(papers, Filter()).n) == (15, 16)


def test_shares_lie_in_their_intervals_and_never_quoted_leads_nowhere(papers: Snapshot) -> None:
    frame = share_speakers(papers, Filter()).frame
    known = frame.dropna(subset=["share"])
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).all()
    assert frame["low"].isna().tolist() == frame["high"].isna().tolist() == (frame["n"] < FEWEST).tolist()
    assert (frame["article_id"].isna() == (frame["quotes"] == 0)).all()


@pytest.mark.parametrize("chosen", [Filter(), Filter(unit="texts")], ids=["articles", "texts"])
def test_a_cell_leads_to_a_quotation_of_its_speaker_and_outlet(room: Snapshot, chosen: Filter) -> None:
    quotes = known_quotes(chosen).set_index(["article_id", "start"])
    for row in share_speakers(room, chosen).frame.dropna(subset=["article_id"]).to_dict("records"):
        found = quotes.loc[(row["article_id"], row["at"])]
        assert (found["who"], found["outlet"]) == (row["speaker"].lower(), row["outlet"])

"""Who acts and passives without an agent, against sums over the frames; what is missing is counted as not read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.intervals import FEWEST
from dashboard.queries.parts import MOST_SENTENCES, list_passives, share_acting
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import FILTERS, choose_rows, tables
from tests.dashboard.laws.test_actor_laws import wilson

filtered = pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS)


def read_mentions(chosen: Filter) -> pd.DataFrame:
    """The chosen mentions, one for the same place of one text: the copy with the smallest id."""
    rows = choose_rows("mentions", chosen).sort_values("article_id")
    body = tables()["texts"].set_index("article_id")["body_start"]
    rows["place"] = (
        rows["counted"] + ":" + (rows["start"] - rows["article_id"].map(body).astype("int64")).astype(str)
    )
    return rows.drop_duplicates(["place", "actor_id"])


@filtered
def test_an_actor_acts_in_the_clauses_of_the_frames(room: Snapshot, chosen: Filter) -> None:
    mentions, answer = read_mentions(chosen), share_acting(room, chosen)
    counts = pd.crosstab(mentions["actor_id"], mentions["part"]).reindex(
        columns=["agent", "patient"], fill_value=0
    )
    enough = counts[counts.sum(axis=1) >= FEWEST]
    shown = {row.actor_id: (row.agents, row.patients) for row in answer.frame.itertuples()}
    assert shown == {actor: tuple(row) for actor, row in zip(enough.index, enough.to_numpy(), strict=True)}
    assert answer.n == counts.to_numpy().sum()


@filtered
def test_a_share_is_of_its_clauses_and_has_wilsons_interval(room: Snapshot, chosen: Filter) -> None:
    frame = share_acting(room, chosen).frame
    for row in frame.to_dict("records"):
        assert row["share"] == pytest.approx(row["agents"] / row["n"])
        assert (row["low"], row["high"]) == pytest.approx(wilson(row["agents"], row["n"]), abs=1e-9)
    assert frame["n"].is_monotonic_decreasing and (frame["n"] >= FEWEST).all()


@filtered
def test_it_is_said_how_many_mentions_were_read(room: Snapshot, chosen: Filter) -> None:
    mentions, told = read_mentions(chosen), share_acting(room, chosen).note
    assert told.startswith(f"Part read in {mentions['part'].notna().sum()} of {len(mentions)} mentions")


@filtered
def test_passives_are_counted_by_sentence(room: Snapshot, chosen: Filter) -> None:
    mentions, answer = read_mentions(chosen), list_passives(room, chosen)
    passives = mentions.dropna(subset=["agentless"])
    alone = passives[passives["agentless"].astype(bool)]
    told = answer.frame.drop_duplicates("actor_id").set_index("actor_id")
    assert told["agentless"].to_dict() == alone.groupby("actor_id")["place"].nunique().to_dict()
    whole = passives[passives["actor_id"].isin(told.index)].groupby("actor_id")["place"].nunique()
    assert told["passives"].to_dict() == whole.to_dict()
    assert answer.n == alone["place"].nunique()


@filtered
def test_a_listed_passive_is_the_newest_of_its_actor_and_stands_in_the_text(
    room: Snapshot, chosen: Filter
) -> None:
    mentions = read_mentions(chosen)
    alone = mentions[mentions["agentless"].fillna(False).astype(bool)]
    texts = tables()["texts"].set_index("article_id")["text"]
    for actor, rows in list_passives(room, chosen).frame.groupby("actor_id"):
        own = alone[alone["actor_id"] == actor].sort_values(["at", "article_id"], ascending=[False, True])
        assert rows["article_id"].tolist() == own["article_id"].head(MOST_SENTENCES).tolist()
        for row in rows.to_dict("records"):
            around = row["before"] + row["mention"] + row["after"]
            assert around in texts[row["article_id"]] and texts[row["article_id"]][row["at"] :].startswith(
                row["mention"]
            )


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Ann acts nine times and is acted upon three times, in two copies once; Bo acts nine times; one is not read."""
    told = [*("ann agent",) * 9, *("ann patient",) * 3, *("bo agent",) * 9, "bo "]
    articles = [make_article(item=str(n), title="", body=("Ann was seen here.",)) for n in range(len(told))]
    mentions = [
        {"article_id": article.article_id, "actor_id": one.split(" ")[0], "part": one.split(" ")[1] or None,
         "agentless": True if "patient" in one else None, "start": 0, "end": 3, "sentence": 1}
        for article, one in zip(articles, told, strict=True)
    ]  # fmt: skip
    sentences = [
        {"article_id": article.article_id, "sentence": 1, "start": 0, "end": 18} for article in articles
    ]
    copies = ({"article_id": articles[n].article_id, "reprint_id": "again"} for n in (10, 11))
    return make_store(
        Path(tmp_path_factory.mktemp("papers")),
        **make_article_rows(*articles),
        sentences=make_rows("sentences", *sentences),
        mentions=make_rows("mentions", *mentions),
        actors=make_rows("actors", {"actor_id": "ann", "name": "Ann"}, {"actor_id": "bo", "name": "Bo"}),
        reprints=make_rows("reprints", *copies),
    ).snapshot()


def test_below_ten_clauses_no_share_is_shown_and_it_is_told(papers: Snapshot) -> None:
    answer = share_acting(papers, Filter())
    assert answer.frame[["actor", "agents", "patients", "share"]].to_numpy().tolist() == [["Ann", 9, 3, 0.75]]
    assert answer.frame["all_share"].tolist() == [pytest.approx(18 / 21)]
    assert answer.n == 21
    assert answer.note == "Part read in 21 of 22 mentions; left out: 1 with fewer than 10 clauses"


def test_a_clause_of_a_reprint_counts_once_among_texts(papers: Snapshot) -> None:
    once = share_acting(papers, Filter(unit="texts"))
    assert once.frame[["agents", "patients"]].to_numpy().tolist() == [[9, 2]]
    assert [list_passives(papers, Filter(unit=unit)).n for unit in ("articles", "texts")] == [3, 2]


def test_a_passive_is_cut_around_its_actor(papers: Snapshot) -> None:
    answer = list_passives(papers, Filter())
    assert answer.frame[["before", "mention", "after"]].drop_duplicates().to_numpy().tolist() == [
        ["", "Ann", " was seen here."]
    ]
    assert answer.note == "Of 3 with an actor as the subject of a passive"

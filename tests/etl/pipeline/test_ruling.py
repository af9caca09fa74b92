"""Ruling: what changes in `actors.toml` is computed anew at the next refresh, and nothing else."""

import pytest

from etl.errors import SettingsError
from etl.pipeline import refresh
from etl.pipeline.ruling import MARK, mark_applied, stale_articles
from etl.store import Store
from etl.transform.actors import ACTORS, MENTIONS
from etl.transform.rulings import Rulings, make_rulings
from etl.transform.sentences import SENTENCES
from tests.etl.pipeline_room import make_settings, record, write_records

TEXTS = (
    "The Dockers' League met on Monday. The League stayed.",
    "The Harbour Union spoke to Ann Miller. Miller left.",
    "Nothing was said in Norway that day by anyone.",
)
FEATURES = (SENTENCES, MENTIONS, ACTORS)
MERGE = '[[actor]]\nname = "Harbour Union"\nkind = "organisation"\naliases = ["Dockers\' League"]\n'


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ruled")
    records = [record(n, text=text, title=f"Monday {n}", language="en") for n, text in enumerate(TEXTS)]
    refresh_with(folder, "", [write_records(folder / "in.jsonl", records)])
    return folder


def refresh_with(folder, toml, places=()):
    (folder / "actors.toml").write_text(toml, encoding="utf-8")
    settings = make_settings(folder, actors=folder / "actors.toml")
    refresh(settings, list(places), store=Store(settings.store), features=FEATURES)
    return Store(settings.store).snapshot()


def tell(snapshot):
    mentions, actors = snapshot.table("mentions"), snapshot.table("actors")
    told = mentions.merge(actors[["actor_id", "name"]], on="actor_id", validate="many_to_one")
    return sorted(zip(told["article_id"], told["start"], told["surface"], told["name"], strict=True))


def test_a_merge_holds_from_the_next_refresh_on_and_ends_with_its_block(room):
    before = tell(refresh_with(room, ""))
    merged = tell(refresh_with(room, MERGE))
    assert {name for *_, surface, name in merged if surface == "Dockers' League"} == {"Harbour Union"}
    assert tell(refresh_with(room, MERGE)) == merged
    assert tell(refresh_with(room, "")) == before


def test_a_name_that_was_no_actor_comes_back(room):
    before = tell(refresh_with(room, ""))
    assert "Miller" not in {surface for *_, surface, _ in tell(refresh_with(room, NOBODY))}
    assert tell(refresh_with(room, "")) == before


NOBODY = '[[no_actor]]\nname = "Ann Miller"\n'


def test_only_articles_that_a_ruling_concerns_are_read_again(room):
    snapshot = refresh_with(room, "")
    folder = room / "store"
    league = make_rulings({"no_actor": [{"name": "Dockers' League"}]}, "here")
    texts = snapshot.table("texts").set_index("article_id")["text"]
    assert [TEXTS[0] in texts[one] for one in stale_articles(folder, league, snapshot)] == [True]
    assert stale_articles(folder, Rulings(), snapshot) == ()


def test_a_refresh_that_changes_nothing_computes_nothing(room):
    refresh_with(room, MERGE)
    runs = refresh_with(room, MERGE).table("articles")["run_id"]
    assert set(runs) == set(refresh_with(room, MERGE).table("articles")["run_id"])


def test_an_unreadable_note_has_all_read_again(room):
    snapshot = refresh_with(room, "")
    (room / "store" / MARK).write_text("{broken")
    assert len(stale_articles(room / "store", Rulings(), snapshot)) == len(TEXTS)
    mark_applied(room / "store", Rulings())
    assert stale_articles(room / "store", Rulings(), snapshot) == ()


def test_a_wrong_file_stops_the_refresh_and_leaves_the_store(room):
    before = refresh_with(room, "").version
    with pytest.raises(SettingsError, match="key nome is unknown"):
        refresh_with(room, '[[actor]]\nnome = "A"\n')
    assert Store(room / "store").snapshot().version == before

"""newsprism stories, as a user types it: list, merge, split, rename, pin, and what the next refresh makes of it."""

import json

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from etl.__main__ import app
from etl.commands.stories import _find_one, _list_largest
from etl.pipeline import refresh
from etl.settings import read_settings
from etl.store import Store
from etl.transform.stories import STORIES, STORY_ARTICLES
from etl.transform.stories.rulings import JUDGED, read_story_rulings
from tests.builders import make_rows, make_store
from tests.etl.pipeline_room import make_settings, record, write_records
from tests.etl.transform.retold import BUDGET, FERRY

CALL = CliRunner()
FEATURES = (STORY_ARTICLES, STORIES, JUDGED)
TOLD = (FERRY[:4], FERRY[1:5], FERRY[2:], BUDGET[:3], BUDGET[1:])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("told")
    records = [
        record(n, text="\n\n".join(lines), title=f"Report {n}", language="en") for n, lines in enumerate(TOLD)
    ]
    load(made, write_records(made / "in.jsonl", records))
    return made


@pytest.fixture(autouse=True)
def decided(folder, monkeypatch):
    """The store of this module with an empty file of decisions."""
    monkeypatch.setenv("NEWSPRISM_STORE", str(folder / "store"))
    monkeypatch.setenv("NEWSPRISM_STORIES", str(folder / "stories.toml"))
    (folder / "stories.toml").unlink(missing_ok=True)


def load(folder, *places):
    settings = make_settings(folder, stories=folder / "stories.toml")
    return refresh(settings, list(places), store=Store(settings.store), features=FEATURES)


def call(*words):
    answer = CALL.invoke(app, ["stories", *words])
    assert answer.exit_code == 0, answer.output
    return [line.split("\t") for line in answer.stdout.splitlines()]


def sizes(folder):
    return tables(folder)["stories"].set_index("story_id")["articles"].to_dict()


def test_stories_are_listed_largest_first_and_one_with_its_articles():
    (ferry, *counts, _), (budget, *_) = call("list")
    assert counts == ["3", "2"]
    articles = call("list", ferry[:6])
    assert [row[1] for row in articles] == ["courier", "daily-signal", "courier"]
    assert {row[3] for row in articles} == {"Report 0", "Report 1", "Report 2"}
    assert len(call("list", budget)) == 2


def test_a_merge_holds_from_the_next_refresh_on_until_its_block_is_taken_out(folder, tmp_path):
    before = sizes(folder)
    said = call("merge", *before)
    assert said[1][0].endswith("applied by the next `newsprism refresh`")
    assert sizes(folder) == before
    load(folder)
    assert list(sizes(folder).values()) == [5]
    merged = tables(folder)
    stays = set(merged["stories"]["story_id"])
    assert call("log") == [
        [gone, "merged", *stays, str(before[gone])] for gone in before if gone not in stays
    ]
    assert merged["judgements"]["task"].tolist() == ["story merge"] * 2
    assert_halves_are_the_whole(merged, folder, tmp_path)
    read_settings().stories.unlink()
    load(folder)
    assert sizes(folder) == before
    assert tables(folder)["judgements"].empty


def tables(folder):
    """Stories of now, their articles and the decisions, as the store has them."""
    snapshot = Store(folder / "store").snapshot()
    made = {name: snapshot.table(name) for name in ("stories", "story_articles", "judgements")}
    living = made["stories"][made["stories"]["merged_into"].isna()].reset_index(drop=True)
    return made | {"stories": living, "judgements": made["judgements"].drop(columns="made")}


def assert_halves_are_the_whole(whole, folder, tmp_path):
    """A store that is filled in two parts under the same decisions tells the same."""
    (tmp_path / "stories.toml").write_bytes((folder / "stories.toml").read_bytes())
    lines = (folder / "in.jsonl").read_text("utf-8").splitlines(keepends=True)
    for part in (lines[::-2], lines):
        place = write_records(tmp_path / "in.jsonl", map(json.loads, part))
        load(tmp_path, place)
    for name, halves in tables(tmp_path).items():
        pd.testing.assert_frame_equal(whole[name], halves)


def test_what_is_decided_is_written_down_by_articles(folder):
    ferry = call("list")[0][0]
    first, second, third = (row[0] for row in call("list", ferry))
    call("split", ferry, second[:8])
    call("rename", ferry, "The grounding")
    call("pin", ferry)
    split, pin, rename = read_story_rulings(read_settings().stories).blocks
    assert (split.articles, split.apart_from) == ((second,), (first, third))
    assert (rename.articles, rename.title) == ((first,), "The grounding")
    assert pin.articles == (first, second, third)


def test_stories_of_one_size_are_listed_by_id_and_named_by_how_their_id_begins(tmp_path):
    titles = {"cab": "Third", "ab2": "Second", "ab1": "First"}
    members = [
        {"article_id": f"{story}{n}", "story_id": story}
        for story in titles
        for n in range(1 + (story == "cab"))
    ]
    make_store(
        tmp_path,
        stories=make_rows("stories", *({"story_id": story, "title": titles[story]} for story in titles)),
        story_articles=make_rows("story_articles", *members),
    )
    largest = _list_largest(tmp_path)
    assert largest[["story_id", "articles", "title"]].values.tolist() == [
        ["cab", 2, "Third"], ["ab1", 1, "First"], ["ab2", 1, "Second"],
    ]  # fmt: skip
    assert _find_one(largest, "story_id", "c", "story") == "cab"
    for name, found in (("ab", 2), ("b", 0), ("cabb", 0), ("a.1", 0)):
        with pytest.raises(typer.BadParameter, match=f"^{found} ids of a story begin with '{name}'"):
            _find_one(largest, "story_id", name, "story")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "nobody"], "0 ids of a story"),
        (["merge", "", "nobody"], "2 ids of a story"),
        (["split", "nobody", "x"], "0 ids"),
    ],
)
def test_an_id_that_is_none_or_several_is_refused(words, told):
    answer = CALL.invoke(app, ["stories", *words])
    assert answer.exit_code == 2
    assert told in " ".join(answer.output.replace("│", " ").split())

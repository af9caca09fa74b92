"""sources add --primary, list and remove, as a user types them."""

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.errors import FetchRefused, UnreadableInput
from etl.store import Store
from tests.etl.pipeline.test_original_taken import FEATURES, SAID, SPOKEN
from tests.etl.pipeline_room import make_settings, record, write_records

CALL = CliRunner()


@pytest.fixture(autouse=True)
def room(tmp_path, monkeypatch):
    """Settings whose every folder is the test's own, with a speech in a file."""
    settings = make_settings(tmp_path, demos=tmp_path / "demo")
    for name in ("store", "snapshots", "outlets", "demos"):
        monkeypatch.setenv(f"NEWSPRISM_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("NEWSPRISM_WORKERS", "1")
    monkeypatch.setattr("etl.transform.features.FEATURES", FEATURES)
    (tmp_path / "speech.txt").write_text(SPOKEN)
    return tmp_path


def load(room):
    row = record(1, text=f'The mayor spoke on Monday.\n\n"{SAID}," she said.', language="en")
    foreign = record(
        2, text="Der Hafen wurde am Montag wieder geöffnet, sagte die Hafenverwaltung.", language="de"
    )
    CALL.invoke(app, ["refresh", write_records(room / "in.jsonl", [row, foreign]).address])


def call(*words):
    return CALL.invoke(app, ["sources", *words])


def test_before_the_first_refresh_it_is_kept_for_it(room):
    answer = call("add", "--primary", str(room / "speech.txt"), "--name", "The speech")
    assert (answer.exit_code, "The speech: 32 words, language en" in answer.stdout) == (0, True), (
        answer.output
    )
    assert "`newsprism refresh` will compare" in answer.stdout
    load(room)
    assert len(Store(room / "store").snapshot().table("primary_quotes")) == 1


def test_it_is_compared_at_once_where_there_are_articles(room):
    load(room)
    answer = call("add", "--primary", str(room / "speech.txt"))
    assert answer.exit_code == 0, answer.output
    assert (
        "repeated by 1 quotation of 1 outlet; not compared, for another language: 1 article" in answer.stdout
    )


def test_it_is_listed_below_the_outlets_and_removed_by_its_name(room):
    call("add", "--primary", str(room / "speech.txt"), "--name", "The speech")
    outlet, original = call("list").stdout.splitlines()
    assert outlet.startswith("courier\t")
    assert original.split("\t")[1:] == ["The speech", "en", str(room / "speech.txt")]
    load(room)
    assert call("remove", "The speech").exit_code == 0
    assert len(call("list").stdout.splitlines()) == 1
    assert Store(room / "store").snapshot().table("primary_quotes").empty


@pytest.mark.parametrize(
    "words",
    [[], ["https://x.example/feed.xml", "--primary", "a.txt"], ["https://x.example/feed.xml"]],
    ids=["neither", "both", "feed without a name"],
)  # fmt: skip
def test_a_wrong_call_leaves_with_2(words):
    assert call("add", *words).exit_code == 2


@pytest.mark.parametrize(
    ("address", "error"), [("none.txt", UnreadableInput), ("http://127.0.0.1:9/speech", FetchRefused)]
)
def test_what_cannot_be_used_is_an_error_of_the_tree_and_is_not_kept(room, address, error):
    answer = call("add", "--primary", address)
    assert isinstance(answer.exception, error)
    assert len(call("list").stdout.splitlines()) == 1


def test_a_removal_of_nothing_says_where_to_look():
    answer = call("remove", "Nothing")
    assert isinstance(answer.exception, UnreadableInput) and "sources list" in str(answer.exception)

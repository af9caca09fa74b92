"""The commands as a user calls them: what they answer, and with which status they leave."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import etl.__main__
from etl.__main__ import app, run_app
from etl.commands.refresh import read_columns, split_outlet
from etl.store import Store
from etl.transform.feature import Feature
from tests.builders import make_rows
from tests.etl.pipeline_room import GROUPS, SMALL, make_settings, record, write_records

CALL = CliRunner()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every folder of the settings lies in the test's own, and the features are the small ones."""
    settings = make_settings(tmp_path)
    for name in ("store", "snapshots", "outlets"):
        monkeypatch.setenv(f"NEWSPRISM_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("NEWSPRISM_DEMOS", str(tmp_path / "demo"))
    monkeypatch.setenv("NEWSPRISM_WORKERS", "1")
    monkeypatch.setattr("etl.transform.features.FEATURES", SMALL)
    return tmp_path


def number_texts(texts: pd.DataFrame) -> pd.DataFrame:
    """One sentence a text, as another version of the code might make it."""
    return make_rows("sentences", *[{"article_id": name, "role": "body"} for name in texts["article_id"]])


def test_refresh_reads_a_file_and_says_so(folder: Path) -> None:
    place = write_records(folder / "in.jsonl", map(record, range(3)))
    answer = CALL.invoke(app, ["refresh", place.address])
    assert answer.exit_code == 0, answer.output
    assert "3 read: 3 new, 0 changed, 0 unchanged, 0 quarantined" in answer.stdout


def test_refresh_leaves_with_3_when_something_is_in_quarantine(folder: Path) -> None:
    answer = CALL.invoke(app, ["refresh", str(folder / "none.txt")])
    assert answer.exit_code == 3
    assert "1 x no such file or folder" in answer.stdout


def test_refresh_takes_an_outlet_for_each_path(folder: Path) -> None:
    for name in ("a", "b"):
        text = (
            f"Harbour {name} reopens\n\nThe harbour {name} reopened on Monday after the storm, they said.\n"
        )
        (folder / f"{name}.txt").write_text(text)
    CALL.invoke(
        app, ["refresh", f"{folder}/a.txt=The Courier", f"{folder}/b.txt", "--outlet", "Daily Signal"]
    )
    outlets = Store(folder / "store").snapshot().table("articles")["outlet"]
    assert sorted(outlets) == ["courier", "daily-signal"]


def test_refresh_maps_columns_and_another_store(folder: Path) -> None:
    row = record(1)
    renamed = {"kop": row["title"], "tekst": row["text"], "outlet": "X", "url": row["url"]}
    place = write_records(folder / "in.jsonl", [renamed])
    to = ["--store", str(folder / "other"), "--columns", "title=kop,text=tekst"]
    assert CALL.invoke(app, ["refresh", place.address, *to]).exit_code == 0
    assert Store(folder / "other").snapshot().table("articles")["title"].tolist() == [row["title"]]


def test_refresh_from_the_kept_bytes(folder: Path) -> None:
    place = write_records(folder / "in.jsonl", map(record, range(3)))
    CALL.invoke(app, ["refresh", place.address])
    answer = CALL.invoke(app, ["refresh", "--from-snapshots", "--store", str(folder / "again")])
    assert (answer.exit_code, "3 new" in answer.stdout) == (0, True)


def test_recompute_computes_what_is_unchanged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = write_records(folder / "in.jsonl", map(record, range(3)))
    CALL.invoke(app, ["refresh", place.address])
    headlines = Feature(makes="sentences", needs=("texts",), compute=number_texts, scope="article")
    monkeypatch.setattr("etl.transform.features.FEATURES", (headlines, GROUPS))
    assert CALL.invoke(app, ["refresh", place.address]).exit_code == 0
    assert len(Store(folder / "store").snapshot().table("sentences")) == 9
    answer = CALL.invoke(app, ["refresh", "--recompute"])
    assert "3 read: 0 new, 0 changed, 3 unchanged" in answer.stdout
    assert len(Store(folder / "store").snapshot().table("sentences")) == 3


@pytest.mark.parametrize(
    "wrong",
    [["x.txt", "--from-snapshots"], ["x.txt", "--recompute"], ["x.txt", "--columns", "title"], ["--nothing"]],
)
def test_a_wrong_call_leaves_with_2(wrong: list[str]) -> None:
    assert CALL.invoke(app, ["refresh", *wrong]).exit_code == 2


def test_an_error_is_one_line_and_status_1(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["newsprism", "refresh"])
    with Store(folder / "store").lock(), pytest.raises(SystemExit, match="1"):
        run_app(etl.__main__.app)
    assert capsys.readouterr().err.startswith("newsprism: ")


def test_a_place_that_cannot_be_used_is_named_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").write_text("no folder", "utf-8")
    place = folder / "file" / "store"
    monkeypatch.setattr("sys.argv", ["newsprism", "stories", "list", "--store", str(place)])
    with pytest.raises(SystemExit, match="1"):
        run_app(etl.__main__.app)
    told = capsys.readouterr().err
    assert told.startswith(f"newsprism: {place}")
    assert told.endswith(": Not a directory; name another place, or make it one that can be used\n")


def test_doctor_finds_a_broken_outlet_file(folder: Path) -> None:
    assert "ok    outlets: 1 outlets" in CALL.invoke(app, ["doctor"]).stdout
    (folder / "outlets.toml").write_text("[broken")
    answer = CALL.invoke(app, ["doctor"])
    assert answer.exit_code == 1
    assert "FAIL  outlets: setting outlets" in answer.stdout


def test_doctor_describes_the_store(folder: Path) -> None:
    CALL.invoke(app, ["refresh", write_records(folder / "in.jsonl", [record(1)]).address])
    assert (
        "version 2, 1 articles, search index up to date, last run complete"
        in CALL.invoke(app, ["doctor"]).stdout
    )


def test_a_source_is_added_and_listed(folder: Path) -> None:
    added = CALL.invoke(app, ["sources", "add", "https://daily.example/feed.xml", "--name", "Daily Signal"])
    assert added.exit_code == 0, added.output
    assert (
        "daily-signal\tDaily Signal\t-\thttps://daily.example/feed.xml"
        in CALL.invoke(app, ["sources", "list"]).stdout
    )


def test_a_feed_that_does_not_answer_is_told(folder: Path) -> None:
    CALL.invoke(app, ["sources", "add", "http://127.0.0.1:9/feed.xml", "--name", "Daily Signal"])
    answer = CALL.invoke(app, ["sources", "check"])
    assert answer.exit_code == 3
    assert "daily-signal\thttp://127.0.0.1:9/feed.xml\t" in answer.stdout


def test_the_sample_newsroom_is_loaded_by_the_real_fetcher(folder: Path) -> None:
    answer = CALL.invoke(app, ["demo", "sample"])
    assert answer.exit_code == 3, answer.output  # the broken feed and the page that lies about its encoding
    snapshot = Store(folder / "demo" / "sample").snapshot()
    assert len(snapshot.table("articles")) >= 60
    days = snapshot.sql("SELECT status FROM observations WHERE outlet = 'nordlys' AND status = 'not_watched'")
    assert len(days) == 3
    assert snapshot.table("articles")["revision"].max() == 1


@pytest.mark.parametrize(
    ("argument", "split"),
    [
        ("a.txt=RBC-Ukraine", ("a.txt", "RBC-Ukraine")),
        ("a.txt", ("a.txt", "")),
        ("https://x.example/?id=3", ("https://x.example/?id=3", "")),
    ],
)
def test_path_and_outlet_are_split(argument: str, split: tuple[str, str]) -> None:
    assert split_outlet(argument) == split


def test_columns_are_read() -> None:
    assert read_columns("title=headline, text=body") == (("title", "headline"), ("text", "body"))

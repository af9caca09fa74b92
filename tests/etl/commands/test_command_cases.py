"""Each command with what users type and what may be wrong at their side: the answer and the exit status."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from etl.__main__ import app
from etl.commands.doctor import findings
from etl.commands.refresh import find_places, read_columns, split_outlet
from etl.commands.terminal import tell_summary
from etl.pipeline.ledger import RunSummary
from etl.settings import Settings
from etl.store import Store
from tests.etl.pipeline_room import SMALL, make_settings, record, write_records
from tests.servers import Answer, serve_answers

CALL = CliRunner()


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings whose every folder is the test's own, told by the environment as a user would."""
    settings = make_settings(tmp_path, demos=tmp_path / "demo")
    for name in ("store", "snapshots", "outlets", "demos"):
        monkeypatch.setenv(f"NEWSPRISM_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("NEWSPRISM_WORKERS", "1")
    monkeypatch.setattr("etl.transform.features.FEATURES", SMALL)
    return settings


@pytest.mark.parametrize(
    ("argument", "split"),
    [
        ("a.txt=X", ("a.txt", "X")), ("a=b.txt=X", ("a=b.txt", "X")), ("a.txt= X ", ("a.txt", "X")),
        ("a.txt=", ("a.txt", "")), ("http://x.example/?a=b", ("http://x.example/?a=b", "")), ("", ("", "")),
        ("HTTPS://x.example/?a=b", ("HTTPS://x.example/?a=b", "")),
    ],
)  # fmt: skip
def test_the_last_equals_sign_parts_path_and_outlet(argument: str, split: tuple[str, str]) -> None:
    assert split_outlet(argument) == split


def test_a_path_that_exists_with_its_equals_sign_names_no_outlet(tmp_path: Path) -> None:
    (tmp_path / "a=b.txt").write_text("x")
    assert split_outlet(f"{tmp_path}/a=b.txt") == (f"{tmp_path}/a=b.txt", "")


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ("", ()), (" , ", ()), ("a=b", (("a", "b"),)), (" a = b c ,", (("a", "b c"),)),
        ("a=b=c", (("a", "b=c"),)),
    ],
)  # fmt: skip
def test_columns_are_pairs(given: str, columns: tuple[tuple[str, str], ...]) -> None:
    assert read_columns(given) == columns


@pytest.mark.parametrize("wrong", ["a", "a=", "a=b,c", "a=b,c= "])
def test_a_column_without_its_name_is_refused(wrong: str) -> None:
    with pytest.raises(typer.BadParameter, match="write title=headline"):
        read_columns(wrong)


def test_a_path_has_its_own_outlet_else_that_of_all(room: Settings) -> None:
    places = find_places(room, ["a.csv=One", "b.csv", "https://x.example/?q=1"], "All", (("text", "t"),))
    assert [place.outlet for place in places] == ["One", "All", "All"]
    assert places[0].columns == (("text", "t"),)


def test_a_refresh_names_ten_reasons_at_most_and_leaves_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    whole = RunSummary(
        run_id="r", status="complete", version=3, read=1, new=1, changed=0, unchanged=0, quarantined=0,
        reasons=(), seconds=(),
    )  # fmt: skip
    reasons = tuple((f"reason {n}", 2000 - n) for n in range(12))
    partial = replace(whole, status="partial", quarantined=12, reasons=reasons)
    with pytest.raises(typer.Exit) as left:
        tell_summary(partial, whole)
    told = capsys.readouterr().out.splitlines()
    assert left.value.exit_code == 3
    assert (len(told), told[1], told[10]) == (14, "   2,000 x reason 0", "   1,991 x reason 9")
    assert told[0].endswith(" 12 quarantined") and told[-1] == "store version 3, run r ()"


def test_an_outlet_without_country_or_feed_is_listed_with_what_it_lacks(room: Settings) -> None:
    room.outlets.write_text('[x]\nname = "X y"\n[z]\nname = "Z"\ncountry = "GBR"\n', encoding="utf-8")
    listed = CALL.invoke(app, ["sources", "list"]).stdout.splitlines()
    assert [line.split("\t") for line in listed] == [
        ["x", "X y", "-", "no feed"],
        ["z", "Z", "GBR", "no feed"],
    ]


def test_the_doctor_tells_each_trouble_by_name(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(room.store).commit("run")
    (room.store / "current.json").write_text("{")
    room.outlets.write_text("[broken")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr("etl.commands.doctor.LEAST_FREE", 10**30)
    found = dict(findings(room))
    wrong = {name for name, (sound, _) in found.items() if not sound}
    assert {"outlets", "disk", "browser for PNG and SVG"} < wrong
    assert any("current.json is damaged" in told for name, (_, told) in found.items() if name in wrong)
    assert "NEWSPRISM_STORE" in found["disk"][1] and found["python"][0]


def test_the_doctor_tells_of_an_index_that_lags(room: Settings) -> None:
    Store(room.store).commit("run")
    (room.store / "search" / "version.json").unlink()
    told = [told for _, (_, told) in findings(room)]
    assert any("search index at None, no run" in line for line in told)


def test_an_empty_store_is_no_trouble_and_says_how_to_begin(room: Settings) -> None:
    stores = [finding for name, finding in findings(room) if name.startswith("store")]
    assert stores and all(sound and "newsprism refresh" in told for sound, told in stores)


def test_sources_are_checked_one_by_one(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    item = "<item><title>T</title><link>https://x.example/1</link></item>"
    feed = f"<rss version='2.0'><channel><title>N</title>{item * 2}</channel></rss>".encode()
    with serve_answers({"/good": Answer(feed), "/bad": Answer(b"no feed")}) as server:
        monkeypatch.setenv("NEWSPRISM_PRIVATE_HOSTS", f'["{server.host}"]')
        monkeypatch.setenv("NEWSPRISM_PAUSE", "0")
        told = [f'[{x}]\nname = "{x}"\nfeeds = ["{server.base}/{x}"]\n' for x in ("good", "bad")]
        room.outlets.write_text("\n".join(told), encoding="utf-8")
        answer = CALL.invoke(app, ["sources", "check"])
    lines = {line.split("\t")[0]: line.split("\t")[-1] for line in answer.stdout.splitlines()}
    assert answer.exit_code == 3
    assert lines["good"] == "2 entries" and lines["bad"].startswith("malformed feed")


@pytest.mark.parametrize("option", ["--from-snapshots", "--recompute"])
def test_kept_bytes_are_read_without_the_file(room: Settings, tmp_path: Path, option: str) -> None:
    place = write_records(tmp_path / "in.jsonl", map(record, range(3)))
    assert CALL.invoke(app, ["refresh", place.address]).exit_code == 0
    (tmp_path / "in.jsonl").unlink()
    answer = CALL.invoke(app, ["refresh", option])
    assert (answer.exit_code, answer.stdout.splitlines()[0]) == (
        0, "3 read: 0 new, 0 changed, 3 unchanged, 0 quarantined",
    )  # fmt: skip

"""The commands serve and export, run inside the test: what they write, what they say, how they end."""

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

import dashboard.__main__ as command
from etl.errors import EmptyStore, ExportFailed
from etl.store import Snapshot, Store

Run = Callable[..., Result]
UNTIL_TOLD = "import sys; sys.stdin.buffer.read(); "


@pytest.fixture
def run(settled: None) -> Run:
    """Run a command on the small newsroom."""
    return lambda *words: CliRunner().invoke(command.app, [str(word) for word in words])


@pytest.fixture
def signals() -> Iterator[None]:
    """What serve does to signals ends with the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_chart_is_written_and_its_size_and_version_are_told(
    run: Run, snapshot: Snapshot, tmp_path: Path
) -> None:
    file = tmp_path / "made" / "voice.csv"
    done = run("export", "voice", "--filter", "outlets=Nordlys~Kontinent&start=2024-05-01", "-o", file)
    assert done.exit_code == 0, done.output
    counts = snapshot.table("articles")["outlet"].value_counts().drop("Harbour Post").to_dict()
    rows = pd.read_csv(file)
    assert dict(zip(rows["outlet"], rows["count"], strict=True)) == counts
    assert f"{file.stat().st_size} bytes from store version 2" in " ".join(done.stderr.split())


def test_an_older_version_is_asked_for_by_its_number(run: Run, tmp_path: Path) -> None:
    for version, counted in ((1, 206), (2, 207)):
        assert run("export", "volume", "--version", version, "-o", tmp_path / "v.jsonl").exit_code == 0
        assert pd.read_json(tmp_path / "v.jsonl", lines=True)["count"].sum() == counted


def test_a_permalink_brings_its_newsroom_and_version_and_an_option_wins(run: Run, tmp_path: Path) -> None:
    link = "?outlets=Nordlys&unit=articles&room=own&as_of=1"
    for options, counted in (((), 50), (("--version", 2), 51)):
        done = run("export", "voice", "--filter", link, *options, "-o", tmp_path / "v.csv")
        assert done.exit_code == 0, done.output
        assert pd.read_csv(tmp_path / "v.csv")["count"].tolist() == [counted]
    assert isinstance(run("export", "voice", "--filter", "room=news", "-o", "x.csv").exception, EmptyStore)


def test_the_format_wins_over_the_ending(run: Run, tmp_path: Path) -> None:
    assert run("export", "--table", "runs", "--format", "csv", "-o", tmp_path / "runs.txt").exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "runs.txt").read_text(encoding="utf-8"))))
    assert [row["run_id"] for row in rows] == ["run", "second"]


def test_evidence_of_a_number_names_its_articles(run: Run, tmp_path: Path) -> None:
    done = run("export", "voice", "--filter", "story=strike", "--format", "evidence", "-o", tmp_path / "e")
    assert done.exit_code == 0, done.output
    assert pd.read_csv(tmp_path / "e")["story_id"].tolist() == ["strike"] * 6


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("voice", "-o", "x.xls"), "no format xls"),
        (("voice", "-o", "nothing"), "no format (none)"),
        (("nothing", "-o", "x.csv"), "no chart nothing; there are acting, actors"),
        (("--table", "nothing", "-o", "x.csv"), "no table nothing"),
        (("voice", "--filter", "outlets=Nobody", "-o", "x.html"), "voice has nothing to draw: Widen"),
        (("voice", "--room", "attic", "-o", "x.csv"), "no newsroom attic; there are own, news, sample"),
        (("voice", "--filter", "wrods=strike", "-o", "x.csv"), "--filter: wrods says nothing; copy what"),
        (("voice", "--filter", "outlets", "-o", "x.csv"), "--filter: outlets says nothing"),
        (("voice", "--filter", "as_of=soon", "-o", "x.csv"), "--filter: as_of says nothing"),
        (("--table", "runs", "--filter", "unit=texts", "-o", "x.csv"), "a table is written whole; leave"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    failed = run("export", *words)
    assert isinstance(failed.exception, ExportFailed)
    assert told in str(failed.exception)
    assert list(tmp_path.glob("*.*")) == []


def test_an_error_is_one_line_and_status_one(
    settled: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    strange = "[/red] [bold]no[/x] [[watch]]"
    monkeypatch.setattr(sys, "argv", ["newsprism", "export", strange, "-o", str(tmp_path / "x.csv")])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith(f"error no chart {strange}; there are acting, actors, ")
    assert told.index("\n") == len(told) - 1


def test_a_place_that_cannot_be_written_is_named_in_one_line(
    settled: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    words = ["newsprism", "export", "--table", "outlets", "-o", str(tmp_path / "file" / "x.csv")]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith(f"error {tmp_path / 'file'}: ")
    assert told.endswith("; name another place, or make it one that can be used\n")


def test_the_first_newsroom_with_articles_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, newsroom: Store
) -> None:
    monkeypatch.setenv("NEWSPRISM_STORE", str(tmp_path / "none"))
    monkeypatch.setenv("NEWSPRISM_DEMOS", str(tmp_path))
    with pytest.raises(EmptyStore):
        command.open_room("")
    (tmp_path / "news").mkdir()  # a refresh has begun and committed nothing
    (tmp_path / "sample").symlink_to(newsroom.folder)
    assert command.open_room("").folder == tmp_path / "sample"
    monkeypatch.setenv("NEWSPRISM_STORE", str(newsroom.folder))
    assert command.open_room("", 1).version == 1
    with pytest.raises(EmptyStore):
        command.open_room("news")


@pytest.mark.parametrize("status", [0, 3])
def test_serve_ends_with_the_dashboard_and_with_its_status(
    run: Run, signals: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int
) -> None:
    told = tmp_path / "told"
    program = f"import sys; open({str(told)!r}, 'w').write(' '.join(sys.argv[1:])); sys.exit({status})"
    monkeypatch.setattr(command, "LAUNCH", program)
    assert run("serve", "--port", 8765, "--address", "127.0.0.2").exit_code == status
    assert "app.py --server.headless true --server.address 127.0.0.2 --server.port 8765" in told.read_text()


def test_an_interrupt_ends_all_children_and_is_no_error(
    run: Run, signals: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ended = tmp_path / "ended"
    interrupt = "import os, signal; os.kill(os.getppid(), signal.SIGINT); "
    monkeypatch.setattr(
        command, "LAUNCH", f"{interrupt}{UNTIL_TOLD}open({str(ended)!r}, 'w').write('itself')"
    )
    done = run("serve", "--port", 8765)
    assert (done.exit_code, ended.read_text()) == (0, "itself")
    assert "NewsPrism: ending" in done.stderr
    assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler


def test_a_demonstration_that_fails_is_told_and_the_next_one_is_tried(
    run: Run, signals: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    fill = (
        f"import sys; open({str(begun)!r}, 'a').write(sys.argv[2] + ' '); sys.exit(sys.argv[2] == 'sample')"
    )
    begins = f"import pathlib, time\nfile = pathlib.Path({str(begun)!r})\n"
    wait = f"{begins}while not file.exists() or 'news' not in file.read_text(): time.sleep(0.02)"
    monkeypatch.setattr(command, "FILL", fill)
    monkeypatch.setattr(command, "LAUNCH", wait)
    done = run("serve", "--demo")
    assert begun.read_text() == "sample news "
    told = " ".join(done.stderr.split())
    assert "sample could not be loaded; the dashboard goes on without it" in told
    assert "news could not be loaded" not in told


def test_a_child_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "WAIT", 0.1)
    stubborn = command._start_child("import time; time.sleep(60)")
    command._end(stubborn)
    assert stubborn.wait(5) == -signal.SIGKILL


def test_a_child_ends_by_itself_when_its_parent_is_gone() -> None:
    program = f"{command.FOLLOW}\nwhile True: time.sleep(0.02)"
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(20) == -signal.SIGINT


def test_alerts_show_what_is_found_and_tell_it_once(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSPRISM_ALERTS", str(tmp_path / "alerts.toml"))
    asked = f"nothing is watched: write a [[watch]] block into {tmp_path}/alerts.toml; see the README"
    assert run("alerts").stderr.splitlines() == [asked]
    (tmp_path / "alerts.toml").write_text(
        '[[watch]]\nname = "All"\nwhen = ["story"]\ndays = 300\nfilter = "fewest=1"\nto = ["a.jsonl", "b.txt"]\n'
    )
    shown = run("alerts", "--dry-run")
    assert shown.exit_code == 0
    assert not (tmp_path / "a.jsonl").exists()
    told = run("alerts")
    assert told.exit_code == 1
    assert "alerts to b.txt: is no place" in told.stderr
    assert told.stdout == shown.stdout
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(shown.stdout.splitlines()) > 0
    links = [dict(parse_qsl(json.loads(line)["link"].partition("?")[2])) for line in lines]
    assert {(link["room"], link["as_of"]) for link in links} == {("own", "2")}
    run("alerts")
    assert (tmp_path / "a.jsonl").read_text("utf-8").splitlines() == lines

"""Every input that cannot be used is in quarantine with a reason and a remedy; the rest is unharmed."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.errors import UnusableInput
from etl.extract.fetch import Fetcher
from etl.extract.source import Place
from etl.extract.webpage import WEBPAGE
from etl.store import Snapshot, Store
from tests.etl.pipeline_room import SMALL, make_settings
from tests.servers import Answer, serve_answers

SMALLEST = 20_000  # bytes: what these refreshes read at most
BODY = (
    "The harbour of Ostvik reopened on Monday after a storm that had closed it for three days, officials "
    "said, and the first ferries left before noon with more than two hundred passengers on board."
)
MORE = "A second storm is expected later in the week, but the mayor said that the new wall would hold."
PAGE = f"""<html lang="en"><head><title>{{title}}</title></head><body><article><h1>{{title}}</h1>
<p>{BODY}</p><p>{MORE}</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Cut short</titel><link>"""
BAD_FILES = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "large.txt": b"word " * SMALLEST,
    "cut.txt.gz": gzip.compress(BODY.encode() * 20)[:-30],
    "encoding.txt": b"\xff\xfe\x00\xd8" * 60,
    "absurd.md": f"---\ntitle: From long ago\npublished: 9999-99-99\n---\n\n{BODY}\n\n{MORE}\n".encode(),
    "columns.csv": b"colour,size\nred,4\nblue,5\n",
}
HTML = {"Content-Type": "text/html"}
ANSWERS: dict[str, Answer | list[Answer]] = {
    "/page.html": Answer(PAGE.format(title="Ostvik opens").encode(), headers=HTML),
    "/feed.xml": Answer(FEED.encode(), headers={"Content-Type": "application/rss+xml"}),
    "/large.html": Answer(b"<p>word</p>" * SMALLEST, headers=HTML),
    "/cut.html": Answer(gzip.compress(PAGE.encode() * 9)[:-20], headers=HTML | {"Content-Encoding": "gzip"}),
}
Refreshed = tuple[Snapshot, int, str]


def fill_folder(folder: Path) -> None:
    """The bad files, and two good ones."""
    (folder / "good").mkdir(parents=True)
    for name, content in BAD_FILES.items():
        (folder / name).write_bytes(content)
    text = f"Ferries leave Ostvik again\n\n{BODY}\n\n{MORE}\n"
    (folder / "good" / "text.txt").write_text(text, encoding="utf-8")
    (folder / "page.html").write_text(PAGE.format(title="Storm is over"), encoding="utf-8")


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Refreshed:
    """One refresh by the command, over a folder and a server: the store, exit status and what it said."""
    folder = tmp_path_factory.mktemp("unusable")
    fill_folder(folder / "in")
    settings = make_settings(folder)
    given = {name: str(getattr(settings, name)) for name in ("store", "snapshots", "outlets")}
    given |= {"max_bytes": str(SMALLEST), "pause": "0", "workers": "1"}
    with serve_answers(ANSWERS) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in (given | {"private_hosts": f'["{server.host}"]'}).items():
            patch.setenv(f"NEWSPRISM_{name.upper()}", value)
        patch.setattr("etl.transform.features.FEATURES", SMALL)
        addresses = [server.base + path for path in ANSWERS]
        answer = CliRunner().invoke(
            app, ["refresh", str(folder / "in"), *addresses, "--outlet", "The Courier"]
        )
    return Store(folder / "store").snapshot(), answer.exit_code, answer.stdout


def quarantine_of(snapshot: Snapshot, name: str) -> pd.DataFrame:
    rows = snapshot.table("quarantine")
    return rows[rows["item"].str.contains(f"/{name}", regex=False)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"),
        ("binary.txt", "binary"),
        ("large.txt", "more than 20,000"),
        ("cut.txt.gz", "cut short"),
        ("encoding.txt", ""),
        ("absurd.md", "absurd or unreadable date"),
        ("columns.csv", "column"),
        ("feed.xml", ""),
        ("large.html", "more than 20,000 bytes"),
        ("cut.html", "cut short"),
    ],
)
def test_what_cannot_be_used_is_named_with_reason_and_remedy(
    refreshed: Refreshed, name: str, reason: str
) -> None:
    rows = quarantine_of(refreshed[0], name)
    assert len(rows) == 1, refreshed[2]
    assert reason in rows["reason"].iloc[0]
    assert rows["reason"].iloc[0] and rows["remedy"].iloc[0]


def test_the_good_ones_are_in_the_store(refreshed: Refreshed) -> None:
    titles = refreshed[0].table("articles")["title"]
    assert {"Ferries leave Ostvik again", "Ostvik opens", "Storm is over"} <= set(titles)


def test_an_article_with_an_absurd_date_is_kept_without_it(refreshed: Refreshed) -> None:
    articles = refreshed[0].table("articles")
    undated = articles[articles["title"] == "From long ago"]
    assert undated["published"].isna().tolist() == [True]
    assert len(articles) == 4


def test_status_and_summary_say_what_happened(refreshed: Refreshed) -> None:
    _, status, told = refreshed
    assert status == 3
    assert "4 new, 0 changed, 0 unchanged, 10 quarantined" in told
    run = refreshed[0].table("runs").iloc[0]
    assert (run["status"], run["new"], run["quarantined"]) == ("partial", 4, 10)


def test_a_page_of_50_megabytes_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    with serve_answers({"/huge.html": Answer(b"x" * 50_000_000, headers=HTML)}) as server:
        settings = make_settings(tmp_path, private_hosts=(server.host,), pause=0.0)
        place = Place(kind="webpage", address=f"{server.base}/huge.html")
        tracemalloc.start()
        with Fetcher(settings) as fetcher:
            (problem,) = WEBPAGE.read(place, fetcher)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert isinstance(problem, UnusableInput)
    assert problem.reason == "more than 10,000,000 bytes"
    assert most < 30_000_000

"""Refreshes of a newsroom that says "not modified": the same store for less traffic, and nothing missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.extract import Place
from etl.extract.fetch import Fetcher
from etl.extract.memory import FOLDER, Memory
from etl.pipeline import RunSummary, refresh
from etl.pipeline.intake import Intake
from etl.pipeline.ledger import Ledger
from etl.pipeline.progress import COMPUTING
from etl.store import Store
from tests.etl.pipeline_room import SMALL, make_settings
from tests.servers import Answer, WebServer, serve_answers

ITEM = "<item><title>{0}</title><link>/{0}</link><pubDate>Mon, 24 Jun 2024 07:18:09 +0300</pubDate></item>"
BROKEN = Answer(b"sorry", 500)
WALL = Answer(b"<html><body></body></html>", headers={"ETag": '"wall"'})


def feed(*names: str) -> Answer:
    """A feed of these pages."""
    items = "".join(map(ITEM.format, names))
    text = f'<rss version="2.0"><channel><title>C</title>{items}</channel></rss>'
    return Answer(text.encode(), headers={"ETag": f'"{"".join(names)}"'})


def page(told: str) -> Answer:
    """An article that says this."""
    prose = f"The harbour of Varnmouth {told} on Monday, and the first ships left at dawn. " * 9
    text = f"<html lang=en><head><title>Harbour</title></head><body><article><h1>Harbour {told}</h1><p>{prose}</p>"
    return Answer(text.encode(), headers={"ETag": f'"{told}"'})


class Impatient:
    """A user who ends the run as soon as anything is computed."""

    def tell(self, stage: str, done: int, total: int) -> None:
        """Interrupt."""
        if stage == COMPUTING:
            raise KeyboardInterrupt


def once(server: WebServer, folder: Path, progress: Impatient | None = None) -> RunSummary:
    """One scheduled refresh of the feed of this server."""
    settings = make_settings(folder, private_hosts=(server.host,), pause=0.0)
    place = Place(kind="feed", address=f"{server.base}/feed", outlet="The Courier")
    return refresh(settings, [place], store=Store(settings.store), features=SMALL, progress=progress)


def counted(summary: RunSummary) -> dict[str, int]:
    """What the summary counts, but for zeros."""
    names = ("new", "changed", "unchanged", "quarantined", "unmodified")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


def test_a_refresh_takes_what_is_new_and_is_spared_what_a_killed_one_had_been_sent(tmp_path: Path) -> None:
    opens, shuts, sinks = page("opens"), page("shuts"), page("sinks")
    answers = {"/feed": feed("a", "b"), "/a": [opens, opens, sinks], "/b": [BROKEN] * 3 + [shuts]}
    with serve_answers(answers) as server:
        with pytest.raises(KeyboardInterrupt):
            once(server, tmp_path, Impatient())
        assert not Store(tmp_path / "store").versions()
        told = [counted(once(server, tmp_path)) for _ in range(2)]
    assert told == [{"new": 2, "unmodified": 2}, {"changed": 1, "unchanged": 1, "unmodified": 2}]
    assert [server.sent.count(path) for path in ("/feed", "/a", "/b")] == [1, 2, 4]
    snapshot = Store(tmp_path / "store").snapshot()
    assert sorted(snapshot.table("articles")["title"]) == ["Harbour shuts", "Harbour sinks"]
    assert len(snapshot.table("revisions")) == 3
    observed = snapshot.table("observations").set_index("outlet").query("checks > 1")
    assert observed[["checks", "successes", "status"]].to_numpy().tolist() == [[2, 2, "observed"]]


def read(server: WebServer, folder: Path) -> int:
    """How many articles one more reading of the feed gives."""
    settings = make_settings(folder, private_hosts=(server.host,), pause=0.0)
    intake = Intake({}, Ledger(settings), settings.snapshots)
    place = Place(kind="feed", address=f"{server.base}/feed", outlet="The Courier")
    with Fetcher(settings, memory=Memory(settings.snapshots / FOLDER)) as fetcher:
        return sum(map(len, intake.read_places([place], fetcher)))


def test_a_page_without_an_article_or_an_answer_is_asked_in_full_until_it_has_one(tmp_path: Path) -> None:
    pages = {"/a": [WALL, WALL, page("shuts")], "/b": page("opens"), "/c": [BROKEN] * 3 + [page("sinks")]}
    with serve_answers({"/feed": feed("a", "b", "c"), **pages}) as server:
        assert [read(server, tmp_path) for _ in range(3)] == [1, 2, 3]
    assert [server.sent.count(path) for path in ("/feed", "/a", "/b", "/c")] == [1, 3, 1, 4]


@pytest.mark.parametrize("body", [b"<html>maintenance</html>", feed().body])
def test_a_feed_without_entries_is_asked_in_full_until_it_has_some(tmp_path: Path, body: bytes) -> None:
    with serve_answers({"/feed": Answer(body, headers={"ETag": '"x"'})}) as server:
        assert [read(server, tmp_path) for _ in range(2)] == [0, 0]
    assert server.sent.count("/feed") == 2


def test_kept_bytes_and_what_is_remembered_do_not_get_into_each_others_way(tmp_path: Path) -> None:
    with serve_answers({"/feed": feed("a"), "/a": page("opens")}) as server:
        assert read(server, tmp_path) == 1
    settings = make_settings(tmp_path)
    again = Intake({}, Ledger(settings), settings.snapshots)
    assert len([*again.read_kept()]) == 1 and not again.ledger.counts["quarantined"]

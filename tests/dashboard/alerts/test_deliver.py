"""How alerts arrive: in a file, a feed, by webhook and mail; once, whole, and without a secret in any message."""

from __future__ import annotations

import json
import socketserver
from collections.abc import Iterator
from contextlib import nullcontext
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from traceback import format_exception
from typing import Any

import pytest
from lxml import etree

from dashboard.alerts import find_alerts, read_told, tell_places
from dashboard.alerts.deliver import deliver
from dashboard.alerts.feed import MOST, write_feed
from dashboard.alerts.watches import Watch
from dashboard.filters import Filter
from etl.errors import DeliveryFailed
from etl.settings import Settings
from etl.store import Snapshot
from tests.dashboard.alerts.alerted_room import open_alerted

ROW = {
    "id": "1", "watch": "desk", "kind": "story", "title": "A <b>\nnew\u0001</b> story", "sentence": "3 articles.",
    "first": "2024-06-24", "last": "2024-06-24", "link": "http://127.0.0.1/story?a=1&b=2",
    "made": "2024-06-25T09:00:00+00:00",
}  # fmt: skip


class Heard:
    """What a server on this machine was sent, and how it answers."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self.lines: list[str] = []
        self.status = 204
        self.offers: tuple[bytes, ...] = (b"250 fine",)


def serve(server: socketserver.BaseServer) -> Iterator[int]:
    """Serve until the test ends; gives the port."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_address[1]  # type: ignore[misc]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def webhook(heard: Heard) -> Iterator[int]:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(heard.status)
            self.end_headers()

        def log_message(self, *told: Any) -> None:
            """Nothing on the screen."""

    yield from serve(HTTPServer(("127.0.0.1", 0), Hook))


@pytest.fixture
def mailbox(heard: Heard) -> Iterator[int]:
    class Box(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                heard.lines.append(line.decode())
                if line.upper().startswith(b"DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    heard.bodies.append(b"".join(lines).decode())
                leaves = line.upper().startswith(b"QUIT")
                told = heard.offers if line.upper().startswith(b"EHLO") else (b"250 fine",)
                self.wfile.write(b"221 bye\r\n" if leaves else b"\r\n".join(told) + b"\r\n")

    yield from serve(socketserver.TCPServer(("127.0.0.1", 0), Box))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(alerts=tmp_path / "alerts.toml", timeout=5.0)


def test_a_file_gains_a_line_an_alert(settings: Settings, tmp_path: Path) -> None:
    deliver([ROW, ROW | {"id": "2"}], "out/told.jsonl", settings)
    deliver([ROW | {"id": "3"}], "out/told.jsonl", settings)
    lines = [json.loads(line) for line in (tmp_path / "out" / "told.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["1", "2", "3"]
    assert lines[0] == ROW


def test_a_feed_holds_the_newest_first_and_escapes_what_is_hostile(
    settings: Settings, tmp_path: Path
) -> None:
    deliver([ROW], "told.xml", settings)
    deliver([ROW | {"id": "2"}], "told.xml", settings)
    channel = etree.parse(tmp_path / "told.xml").find("channel")
    assert channel is not None
    assert [item.text for item in channel.findall("item/guid")] == ["2", "1"]
    assert channel.findtext("item/title") == "A <b>\nnew </b> story"
    assert channel.findtext("item/pubDate") == "Tue, 25 Jun 2024 09:00:00 +0000"


def test_a_feed_keeps_a_hundred_and_begins_anew_where_it_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "told.rss"
    file.write_text("<rss", encoding="utf-8")
    write_feed(file, [ROW | {"id": str(number)} for number in range(MOST + 5)], "http://127.0.0.1")
    write_feed(file, [ROW | {"id": "next"}], "http://127.0.0.1")
    kept = [guid.text for guid in etree.parse(file).findall("channel/item/guid")]
    assert kept == ["next", *map(str, range(MOST - 1))]
    assert [each.name for each in tmp_path.iterdir()] == ["told.rss"]


def test_a_feed_is_rss_that_readers_take(tmp_path: Path) -> None:
    hostile = ROW | {"sentence": "]]> & \ufffe \ud7ff", "title": "=1+1 <script>", "kind": "blind spot"}
    write_feed(tmp_path / "a" / "told.rss", [hostile], "http://desk.example/?a&b")
    feed = etree.parse(tmp_path / "a" / "told.rss").getroot()
    assert (feed.tag, feed.get("version"), len(feed)) == ("rss", "2.0", 1)
    head = [feed.findtext(f"channel/{name}") for name in ("title", "link", "description")]
    assert head == ["NewsPrism alerts", "http://desk.example/?a&b", "What a watch found"]
    (item,) = feed.iterfind("channel/item")
    assert [part.tag for part in item] == ["guid", "title", "link", "category", "description", "pubDate"]
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("description") == "]]> &   \ud7ff" and item.findtext("link") == ROW["link"]
    assert parsedate_to_datetime(str(item.findtext("pubDate"))).isoformat() == ROW["made"]


def test_a_webhook_gets_the_rows_and_a_text(webhook: int, heard: Heard, settings: Settings) -> None:
    deliver([ROW], f"http://127.0.0.1:{webhook}/hook", settings)
    (body,) = map(json.loads, heard.bodies)
    assert body["alerts"] == [ROW]
    assert body["text"].endswith("3 articles.\nhttp://127.0.0.1/story?a=1&b=2")


def test_a_mail_says_the_first_and_how_many_more(mailbox: int, heard: Heard, settings: Settings) -> None:
    given = Settings(mail=f"smtp://127.0.0.1:{mailbox}", mail_from="desk@here.example")
    deliver([ROW, ROW], "mailto:ann@there.example", given)
    (mail,) = heard.bodies
    assert "From: desk@here.example" in mail
    assert "To: ann@there.example" in mail
    assert mail.count("3 articles.") == 2
    subject = next(line for line in mail.splitlines() if line.startswith("Subject:"))
    assert subject.startswith("Subject: NewsPrism: A <b> new")
    assert subject.endswith("story and 1 more")


@pytest.mark.parametrize(
    "place", ["told.txt", "ftp://host/secret", "$NEWSPRISM_NO_SUCH", "mailto:ann@there.example"]
)
def test_a_place_that_cannot_be_used_is_named(settings: Settings, place: str) -> None:
    with pytest.raises(DeliveryFailed, match="alerts to ") as caught:
        deliver([ROW], place, settings)
    assert "secret" not in str(caught.value)


def test_a_refusal_names_the_host_and_never_the_secret(
    webhook: int, heard: Heard, settings: Settings
) -> None:
    heard.status = 403
    with pytest.raises(DeliveryFailed, match=r"127\.0\.0\.1: answered 403") as caught:
        deliver([ROW], f"http://127.0.0.1:{webhook}/secret", settings)
    assert "secret" not in str(caught.value)


def test_an_address_may_stand_in_a_variable(
    webhook: int, heard: Heard, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOOK", f"http://127.0.0.1:{webhook}/")
    deliver([ROW], "$DESK_HOOK", settings)
    assert len(heard.bodies) == 1


def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    nowhere = Settings(mail="smtp://name:secret@127.0.0.1:1", timeout=2.0)
    for place in ("http://127.0.0.1:1/secret", "mailto:ann@there.example"):
        with pytest.raises(DeliveryFailed, match=r"127\.0\.0\.1: Conn") as caught:
            deliver([ROW], place, nowhere)
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "mail"),
    [
        ("https://[::1/s3cret", ""),
        ("https://host:s3cret/", ""),
        ("mailto:ann@there.example", "smtp://ann:s3c/ret@127.0.0.1:1"),
        ("mailto:ann@there.example", "smtp://ann:s3cret@127.0.0.1:99999"),
        ("mailto:ann@there.example", "imap://ann:s3cret@127.0.0.1"),
        ("mailto:ann@there.example\nBcc: s3cret@there.example", "smtp://127.0.0.1:1"),
    ],
)
def test_an_address_that_cannot_be_read_keeps_its_secret(place: str, mail: str) -> None:
    with pytest.raises(DeliveryFailed, match=r"^alerts to (webhook|mail|127\.0\.0\.1): .+; \w") as caught:
        deliver([ROW], place, Settings(mail=mail, timeout=2.0))
    assert "s3c" not in "".join(format_exception(caught.value))


def test_a_password_is_never_sent_in_the_clear(mailbox: int, heard: Heard) -> None:
    heard.offers = (b"250-here", b"250 AUTH PLAIN LOGIN")
    given = Settings(mail=f"smtp://ann:secret@127.0.0.1:{mailbox}", timeout=2.0)
    with pytest.raises(DeliveryFailed, match="SMTPNotSupportedError"):
        deliver([ROW], "mailto:ann@there.example", given)
    assert [line.split()[0].upper() for line in heard.lines] == ["EHLO", "QUIT"]


@pytest.mark.parametrize("place", ["mailto:", "mailto:Ann <>", "mailto:ann@there.example, Bob <>"])
def test_a_mail_to_nobody_is_a_failure(mailbox: int, heard: Heard, place: str) -> None:
    with pytest.raises(DeliveryFailed):
        deliver([ROW], place, Settings(mail=f"smtp://127.0.0.1:{mailbox}", timeout=2.0))
    assert heard.bodies == []


@pytest.mark.parametrize(("status", "taken"), [(200, True), (299, True), (300, False), (302, False)])
def test_a_webhook_has_taken_what_it_answers_with_200_to_299(
    webhook: int, heard: Heard, settings: Settings, status: int, taken: bool
) -> None:
    heard.status = status
    with nullcontext() if taken else pytest.raises(DeliveryFailed, match=f"answered {status}; "):
        deliver([ROW], f"http://127.0.0.1:{webhook}/", settings)


@pytest.mark.parametrize("place", ["a.txt/told.jsonl", "a.txt/told.rss"])
def test_a_file_that_cannot_be_written_is_named(settings: Settings, tmp_path: Path, place: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(DeliveryFailed, match=rf"alerts to {place}: .+; name a file that may be written"):
        deliver([ROW], place, settings)


@pytest.fixture
def room(tmp_path: Path) -> Snapshot:
    return open_alerted(tmp_path / "room")


def test_each_place_hears_of_each_thing_once_and_a_failed_one_the_next_time(
    room: Snapshot, webhook: int, heard: Heard, settings: Settings, tmp_path: Path
) -> None:
    watch = Watch(name="desk", days=8, chosen=Filter(), to=("told.jsonl", f"http://127.0.0.1:{webhook}/"))
    found = find_alerts(room, watch)
    heard.status = 500
    taken, failed = tell_places(room, watch, found, read_told(room.folder), room="own", settings=settings)
    assert (taken, len(failed)) == (len(found), 1)
    heard.status = 200
    taken, failed = tell_places(room, watch, found, read_told(room.folder), room="own", settings=settings)
    assert (taken, failed) == (len(found), [])
    taken, failed = tell_places(room, watch, found, read_told(room.folder), room="own", settings=settings)
    assert (taken, failed, len(heard.bodies)) == (0, [], 2)
    assert len((tmp_path / "told.jsonl").read_text("utf-8").splitlines()) == len(found) == 5


def test_what_was_told_hides_the_places(room: Snapshot, settings: Settings) -> None:
    watch = Watch(name="desk", days=8, to=("secret.jsonl",))
    tell_places(room, watch, find_alerts(room, watch), read_told(room.folder), room="own", settings=settings)
    assert "secret" not in (room.folder / "alerts.json").read_text("utf-8")

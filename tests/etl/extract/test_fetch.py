"""Fetch: polite towards servers, and safe from them; asked over real sockets."""

import gzip
import pickle
import socket
import time
import zlib

import httpx
import pytest

from etl.errors import FetchFailed, FetchRefused
from etl.extract.download import AttemptFailed
from etl.extract.fetch import Fetcher
from etl.extract.newsroom import NewsroomTransport
from etl.settings import Settings
from tests.servers import Answer, serve_answers

PAGE = Answer(b"<p>page</p>", headers={"Content-Type": "text/html"})


class Clock:
    """A clock that only sleeping moves, and a list of how long was slept."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def read(self):
        return self.now


def make_fetcher(server, clock=None, **changes):
    clock = clock or Clock()
    told = {"private_hosts": (server.host,), "pause": 0.0, "timeout": 3.0, "max_bytes": 10_000, **changes}
    return Fetcher(Settings(**told), sleep=clock.sleep, clock=clock.read)


def fetch(answers, path="/a", **changes):
    with serve_answers(answers) as server, make_fetcher(server, **changes) as fetcher:
        return fetcher.fetch(server.base + path)


def test_a_page_comes_with_its_address_and_media_type():
    page = fetch({"/a": PAGE})
    assert page.content == b"<p>page</p>" and page.media == "text/html" and page.url.endswith("/a")


def test_we_say_who_we_are():
    with serve_answers({"/a": PAGE}) as server, make_fetcher(server, user_agent="Prism/9 (me)") as fetcher:
        fetcher.fetch(server.base + "/a")
        assert set(server.agents) == {"Prism/9 (me)"}


def test_robots_are_obeyed_and_read_once():
    rules = Answer(b"User-agent: *\nDisallow: /private\nAllow: /private/open")
    with (
        serve_answers({"/robots.txt": rules, "/private/open": PAGE}) as server,
        make_fetcher(server) as fetcher,
    ):
        with pytest.raises(FetchRefused, match=r"robots\.txt") as refusal:
            fetcher.fetch(server.base + "/private/x")
        fetcher.fetch(server.base + "/private/open")
        assert server.asked == ["/robots.txt", "/private/open"] and refusal.value.remedy


def test_rules_for_us_by_name_count():
    rules = Answer(b"User-agent: newsprism\nDisallow: /\n\nUser-agent: *\nAllow: /")
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetch({"/robots.txt": rules, "/a": PAGE})


def test_robots_that_cannot_be_had_forbid():
    with pytest.raises(FetchFailed, match="503"):
        fetch({"/robots.txt": Answer(b"", 503), "/a": PAGE})


def test_a_host_is_left_in_peace_between_two_requests():
    clock = Clock()
    with serve_answers({"/a": PAGE}) as server, make_fetcher(server, clock, pause=2.0) as fetcher:
        fetcher.fetch(server.base + "/a")
        fetcher.fetch(server.base + "/a")
    assert clock.slept == [2.0, 2.0]


def test_a_longer_pause_that_the_host_asks_for_is_kept():
    clock, rules = Clock(), Answer(b"User-agent: *\nCrawl-delay: 7")
    with serve_answers({"/a": PAGE, "/robots.txt": rules}) as server, make_fetcher(server, clock) as fetcher:
        fetcher.fetch(server.base + "/a")
    assert clock.slept == [7.0]


def test_redirects_are_followed_to_the_last_address():
    hop = Answer(status=302, headers={"Location": "/b?x=1"})
    assert fetch({"/a": hop, "/b?x=1": PAGE}).url.endswith("/b?x=1")


def test_too_many_redirects_are_refused():
    with pytest.raises(FetchRefused, match="more than 2 redirects"):
        fetch({"/a": Answer(status=301, headers={"Location": "/a"})}, max_redirects=2)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data", "private network"),
        ("http://127.0.0.1:9/", "private network"),
        ("http://[::1]/", "private network"),
        ("http://[::ffff:a9fe:a9fe]/", "private network"),
        ("http://[fd00::1]:8080/", "private network"),
        ("http://2130706433/", "private network"),
        ("http://0x7f000001/", "private network"),
        ("//127.1/", "private network"),
        ("file:///etc/passwd", "not an http or https address"),
        ("http://ann:pw@8.8.8.8/", "a user or a password"),
    ],
)
def test_a_redirect_never_leads_inside(target, reason):
    with pytest.raises(FetchRefused, match=reason):
        fetch({"/a": Answer(status=302, headers={"Location": target})})


def test_a_second_answer_of_the_dns_changes_nothing(monkeypatch):
    """The name is looked up once a request, by the check; the connection goes to the IP that was checked."""
    names = []

    def resolve(host, port, *_, **__):
        names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with serve_answers({"/a": PAGE}) as server:
        port = server.host.partition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with Fetcher(Settings(private_hosts=(f"rebind.example:{port}",), pause=0)) as fetcher:
            assert fetcher.fetch(f"http://rebind.example:{port}/a").content == b"<p>page</p>"
    assert names.count("rebind.example") == 2  # robots.txt and the page


def test_a_name_of_which_one_of_several_answers_leads_inside_is_never_asked(monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("1.1.1.1", "10.0.0.1")]
    for told in (answers, answers[::-1]):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, told=told, **__: told)
        with Fetcher(Settings(pause=0)) as fetcher, pytest.raises(FetchRefused, match="private network"):
            fetcher.fetch("http://rebind.example/a")


@pytest.mark.parametrize("size", [9_999, 10_000, 10_001])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_page_may_be_as_large_as_the_limit_and_not_a_byte_larger(size, encoding):
    body = b"x" * size
    page = Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"}) if encoding else Answer(body)
    if size > 10_000:
        with pytest.raises(FetchFailed, match="more than 10,000 bytes"):
            fetch({"/a": page})
    else:
        assert fetch({"/a": page}).content == body


def test_a_host_may_ask_for_a_minute_and_not_for_a_second_more():
    for seconds, slept in (("60", [60.0]), ("61", [])):
        clock, busy = Clock(), Answer(b"", 503, {"Retry-After": seconds})
        with serve_answers({"/a": [busy, PAGE]}) as server, make_fetcher(server, clock) as fetcher:
            if slept:
                fetcher.fetch(server.base + "/a")
            else:
                with pytest.raises(FetchFailed, match="asks to wait 61 s"):
                    fetcher.fetch(server.base + "/a")
        assert clock.slept == slept


@pytest.mark.parametrize(("most", "hops"), [(0, 0), (1, 1), (3, 3)])
def test_as_many_redirects_are_followed_as_the_settings_say(most, hops):
    chain = {f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(hops)}
    assert fetch({**chain, f"/{hops}": PAGE}, path="/0", max_redirects=most).url.endswith(f"/{hops}")
    longer = {**chain, f"/{hops}": Answer(status=302, headers={"Location": "/end"}), "/end": PAGE}
    with pytest.raises(FetchRefused, match=f"more than {most} redirects"):
        fetch(longer, path="/0", max_redirects=most)


def test_a_redirect_to_what_robots_forbid_is_not_followed():
    hop = Answer(status=302, headers={"Location": "/private/x"})
    rules = Answer(b"User-agent: *\nDisallow: /private")
    with serve_answers({"/robots.txt": rules, "/a": hop, "/private/x": PAGE}) as server:
        with make_fetcher(server) as fetcher, pytest.raises(FetchRefused, match=r"robots\.txt"):
            fetcher.fetch(server.base + "/a")
        assert server.asked == ["/robots.txt", "/a"]


def test_a_page_that_is_too_large_is_dropped_on_the_way():
    with pytest.raises(FetchFailed, match="more than 10,000 bytes") as failure:
        fetch({"/a": Answer(b"x" * 60_000)})
    assert "max_bytes" in failure.value.remedy


def test_a_gzip_bomb_is_dropped_on_the_way():
    bomb = Answer(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchFailed, match="more than 10,000 bytes"):
        fetch({"/a": bomb})


def bare_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", bare_deflate)]
)
def test_packed_pages_are_unpacked(encoding, pack):
    assert fetch({"/a": Answer(pack(b"hello"), headers={"Content-Encoding": encoding})}).content == b"hello"


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(b"hello" * 99, mtime=0)[:-9], "gzip", "cut short"),
        (b"\x00\xffnot packed at all", "gzip", "broken"),
        (b"x", "br", "which we did not ask for"),
    ],
)
def test_badly_packed_pages_fail(body, encoding, reason):
    with pytest.raises(FetchFailed, match=reason):
        fetch({"/a": Answer(body, headers={"Content-Encoding": encoding})})


@pytest.mark.parametrize("status", [429, 503])
def test_passing_trouble_is_waited_for(status):
    clock, busy = Clock(), Answer(b"", status, {"Retry-After": "9"})
    with serve_answers({"/a": [busy, PAGE]}) as server, make_fetcher(server, clock) as fetcher:
        assert fetcher.fetch(server.base + "/a").content == b"<p>page</p>"
    assert clock.slept == [9.0]


def test_waiting_grows_and_ends():
    clock = Clock()
    with serve_answers({"/a": Answer(b"", 500)}) as server, make_fetcher(server, clock, pause=1.0) as fetcher:
        with pytest.raises(FetchFailed, match="500"):
            fetcher.fetch(server.base + "/a")
        assert server.asked.count("/a") == 3 and clock.slept == [1.0, 1.0, 2.0]


def test_a_host_that_asks_for_an_hour_is_not_waited_for():
    clock, busy = Clock(), Answer(b"", 429, {"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"})
    with serve_answers({"/a": busy}) as server, make_fetcher(server, clock) as fetcher:
        with pytest.raises(FetchFailed, match="asks to wait"):
            fetcher.fetch(server.base + "/a")
        assert clock.slept == []


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (Answer(b"", 429, {"Retry-After": "3600"}), ["/a"]),
        (Answer(b"", 503, {"Retry-After": "9"}), ["/a"] * 3),
        (Answer(b"", 503), ["/a"] * 3 + ["/b"]),
        (Answer(b"", 404, {"Retry-After": "3600"}), ["/a", "/b"]),
    ],
)
def test_a_host_that_asks_for_patience_and_has_had_ours_is_left_alone(answer, asked):
    with serve_answers({"/a": answer, "/b": PAGE}) as server, make_fetcher(server) as fetcher:
        with pytest.raises(AttemptFailed, match=str(answer.status)):
            fetcher.fetch(server.base + "/a")
        if "/b" in asked:
            fetcher.fetch(server.base + "/b")
        else:
            with pytest.raises(FetchFailed, match=str(answer.status)) as second:
                fetcher.fetch(server.base + "/b")
            assert second.value.remedy == "the host is left alone until the next refresh"
    assert server.asked == ["/robots.txt", *asked]


def test_a_missing_page_is_not_asked_twice():
    with serve_answers({}) as server, make_fetcher(server) as fetcher:
        with pytest.raises(FetchFailed, match="404"):
            fetcher.fetch(server.base + "/gone")
        assert server.asked == ["/robots.txt", "/gone"]


def test_a_silent_host_is_left_alone_afterwards():
    with serve_answers({}) as server:
        pass
    with make_fetcher(server) as fetcher:
        with pytest.raises(AttemptFailed, match="no connection"):
            fetcher.fetch(server.base + "/a?token=s3cret")
        with pytest.raises(FetchFailed, match="left alone until the next refresh") as second:
            fetcher.fetch(server.base + "/b?token=s3cret")
    assert "s3cret" not in str(second.value)


def test_a_slow_host_times_out():
    slow = Answer(b"late", wait=lambda: time.sleep(0.4))
    with serve_answers({"/a": slow, "/robots.txt": PAGE}) as server:
        with make_fetcher(server, timeout=0.1) as fetcher, pytest.raises(FetchFailed, match=r"0\.1 s"):
            fetcher.fetch(server.base + "/a")
        time.sleep(1.3)  # the server's threads end before the socket goes


def test_a_page_that_trickles_in_is_given_up():
    ticks = iter(range(0, 10_000, 10))
    with serve_answers({"/a": PAGE, "/robots.txt": Answer(b"", 404)}) as server:
        settings = Settings(private_hosts=(server.host,), timeout=3.0, pause=0.0)
        fetcher = Fetcher(settings, clock=lambda: next(ticks))
        with fetcher, pytest.raises(FetchFailed, match="not complete after 3 s"):
            fetcher.fetch(server.base + "/a")


@pytest.mark.parametrize(
    "url", ["http://", "nonsense", "https://a.example:99999/", "http://a\x00b/", "https://ann:pw@a.example/"]
)
def test_what_is_no_address_is_refused(url):
    with Fetcher(Settings()) as fetcher, pytest.raises(FetchRefused) as refusal:
        fetcher.fetch(url)
    assert "pw" not in str(refusal.value) and refusal.value.remedy


def test_a_newsroom_may_stand_in_for_the_network():
    with serve_answers({"/post/x.html": PAGE}) as server:
        fetcher = Fetcher(Settings(pause=0), transport=NewsroomTransport(server.base))
        with fetcher:
            assert fetcher.fetch("https://post.example/x.html").url == "https://post.example/x.html"


def test_failures_travel_between_processes():
    failure = AttemptFailed("https://a.example/", "no answer", "try again")
    assert str(pickle.loads(pickle.dumps(failure))) == str(failure)  # noqa: S301  # our own bytes


def test_the_host_header_names_the_host_and_not_its_ip():
    with serve_answers({"/a": PAGE}) as server:
        port = server.host.partition(":")[2]
        settings = Settings(private_hosts=(f"localhost:{port}",), pause=0)
        with Fetcher(settings) as fetcher:
            page = fetcher.fetch(f"http://localhost:{port}/a")
    assert httpx.URL(page.url).host == "localhost"

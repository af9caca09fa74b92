"""Servers: a small web server on a loopback port, told in a dictionary what to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Answer:
    """One answer; `wait` is called before the body is sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: Callable[[], object] | None = None


@dataclass
class WebServer:
    """A running server: its address, and the paths that were asked, in order, with their headers.

    `sent` are the paths whose body went out; of the others the asker had it already, by its marks.
    """

    base: str
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """host:port, as `private_hosts` wants it."""
        return self.base.removeprefix("http://")


def holds_mark(asked: Message, headers: dict[str, str]) -> bool:
    """Whether the asker has this answer already: by its ETag, or by its time where it has none (RFC 9110, 13.2.2)."""
    if "If-None-Match" in asked:
        return asked["If-None-Match"] == headers.get("ETag")
    return "If-Modified-Since" in asked and asked["If-Modified-Since"] == headers.get("Last-Modified")


@contextmanager
def serve_answers(answers: dict[str, Answer | list[Answer]]) -> Iterator[WebServer]:
    """Serve these answers by path; of a list each in its turn, the last for ever; 404 for anything else."""
    left = {path: list(given) if isinstance(given, list) else [given] for path, given in answers.items()}
    told = WebServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.agents.append(self.headers.get("User-Agent", ""))
            waiting = left.get(self.path, [Answer(b"none", 404)])
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if answer.status == 200 and holds_mark(self.headers, answer.headers):
                self.send_response(304)
                self.end_headers()
                return
            told.sent.append(self.path)
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.wait:
                answer.wait()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.base = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()

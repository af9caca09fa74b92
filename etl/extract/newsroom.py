"""Newsroom: a folder of invented outlets, served over a real loopback socket for tests and demonstrations.

Each outlet is a folder (`harbour-post/`) and owns one reserved host (`harbour-post.example`, RFC 2606). Feeds
and pages use these addresses only, so ids do not depend on the port. `NewsroomTransport` brings a fetcher:

    with serve_newsroom(folder) as base, httpx.Client(transport=NewsroomTransport(base)) as client:
        client.get("https://harbour-post.example/feed.xml")   # asks 127.0.0.1, /harbour-post/feed.xml

A file `slug.v2.html` is what `slug.html` became: edition 1 serves the first text, edition 2 the second.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import httpx

logger = logging.getLogger(__name__)

RESERVED = ".example"
LATER = re.compile(r"\.v\d+")  # a later version has no address of its own
MEDIA = {
    ".xml": "application/xml",
    ".html": "text/html",  # no charset: a page speaks for itself, and one of them lies
    ".txt": "text/plain; charset=utf-8",
}


@contextmanager
def serve_newsroom(folder: Path, *, edition: int = 1) -> Iterator[str]:
    """Serve the outlets of this folder on 127.0.0.1 and a free port; yields its URL, no slash at the end."""
    handler = partial(_Desk, folder.resolve(), edition)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def newsroom_hosts(folder: Path, base: str) -> dict[str, str]:
    """Host of each outlet in this folder (`harbour-post.example`) to its address under `base`."""
    outlets = sorted(feed.parent.name for feed in folder.glob("*/feed.xml"))
    return {f"{outlet}{RESERVED}": f"{base}/{outlet}" for outlet in outlets}


class NewsroomTransport(httpx.BaseTransport):
    """Carries requests for `*.example` to the newsroom at `base` and refuses every other host.

    The answer keeps the address that was asked, so that nothing of the loopback server reaches an article.
    """

    def __init__(self, base: str) -> None:
        self._base = httpx.URL(base)
        self._socket = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the newsroom instead.

        Raises:
            httpx.ConnectError: the host is not one of the reserved ones; nothing was sent.
        """
        host = request.url.host
        if not host.endswith(RESERVED):
            raise httpx.ConnectError(f"{host} is no outlet of the newsroom", request=request)
        path = f"/{host.removesuffix(RESERVED)}".encode() + request.url.raw_path
        url = self._base.copy_with(raw_path=path)
        inside = httpx.Request(request.method, url, headers=request.headers, stream=request.stream)
        inside.extensions = request.extensions  # the asker's timeouts
        return self._socket.handle_request(inside)

    def close(self) -> None:
        """Give back the sockets."""
        self._socket.close()


def edition_file(folder: Path, path: str, edition: int) -> Path | None:
    """The file that answers this path: its newest version up to this edition; None where there is none."""
    asked = (folder / unquote(path).lstrip("/")).resolve()
    if not asked.is_relative_to(folder) or LATER.fullmatch(Path(asked.stem).suffix):
        return None
    versions = [asked, *(asked.with_suffix(f".v{number}{asked.suffix}") for number in range(2, edition + 1))]
    return next((file for file in reversed(versions) if file.is_file()), None)


class _Desk(BaseHTTPRequestHandler):
    """Answers GET and HEAD with files, their ETag and type; 304 where the asker has the same bytes."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, edition: int, *connection: object) -> None:
        self._folder, self._edition = folder, edition
        super().__init__(*connection)  # type: ignore[arg-type]  # the socket, the address and the server

    def do_GET(self) -> None:
        """Headers and bytes."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Headers only."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """To the log, not to stderr."""
        logger.debug(format, *args)

    def _answer(self, *, with_body: bool) -> None:
        file = edition_file(self._folder, urlsplit(self.path).path, self._edition)
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = file.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        same = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if same else HTTPStatus.OK)
        self.send_header("ETag", tag)
        if not same:
            self.send_header("Content-Type", MEDIA.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body and not same:
            self.wfile.write(content)

"""Download: the body of one answer, unpacked piece by piece, so that no limit is passed on the way."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from etl.errors import FetchFailed

NO_ANSWER = 0
MAY_PASS = frozenset({NO_ANSWER, 429, 500, 502, 503, 504})
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib looks at the header itself
BARE_DEFLATE = -zlib.MAX_WBITS


class AttemptFailed(FetchFailed):
    """One attempt that failed: its status (0: no answer at all) and how long the server asks to wait."""

    status: int = NO_ANSWER
    wait: float = 0.0

    @property
    def may_pass(self) -> bool:
        """Whether another attempt may do better."""
        return self.status in MAY_PASS


def refuse_errors(response: httpx.Response, shown: str) -> None:
    """Let only a good answer pass.

    Raises:
        AttemptFailed: any status but 2xx.
    """
    if response.is_success:
        return
    wait = _read_wait(response.headers.get("retry-after", ""))
    remedy = f"the host asks to wait {wait:.0f} s" if wait else "open the address in a browser to see why"
    failure = AttemptFailed(
        shown, f"the server answered {response.status_code} {response.reason_phrase}", remedy
    )
    failure.status, failure.wait = response.status_code, wait
    raise failure


def read_body(
    response: httpx.Response, shown: str, *, limit: int, seconds: float, clock: Callable[[], float]
) -> bytes:
    """The body, unpacked, of at most `limit` bytes and within `seconds`.

    Raises:
        FetchFailed: longer, slower, cut short, or packed in a way that we did not ask for.
    """
    began, body = clock(), bytearray()
    unpack = _unpacker(response.headers.get("content-encoding", ""), shown)
    for piece in response.iter_raw():
        body += unpack(piece, limit + 1 - len(body))
        if len(body) > limit:
            raise FetchFailed(shown, f"more than {limit:,} bytes", "raise `max_bytes` if it is an article")
        if clock() - began > seconds:
            raise FetchFailed(
                shown, f"not complete after {seconds:g} s", "try again later, or raise `timeout`"
            )
    if not unpack.is_complete():
        raise FetchFailed(shown, "the compressed body is cut short", "try again later")
    return bytes(body)


class _Unpacker:
    """Unpacks gzip and deflate with a limit on what comes out; passes on what is not packed."""

    def __init__(self, encoding: str, shown: str) -> None:
        self._shown = shown
        self._packed = encoding not in ("", "identity")
        self._zlib = zlib.decompressobj(GZIP_OR_ZLIB)
        self._fed = False

    def __call__(self, piece: bytes, most: int) -> bytes:
        if not self._packed:
            return piece
        first, self._fed = not self._fed, True
        try:
            return self._zlib.decompress(piece, most)
        except zlib.error as error:
            if first:  # some servers send deflate without its header
                self._zlib = zlib.decompressobj(BARE_DEFLATE)
                return self(piece, most)
            raise FetchFailed(self._shown, "the compressed body is broken", "try again later") from error

    def is_complete(self) -> bool:
        """Whether the packed stream came to its end."""
        return not self._packed or not self._fed or self._zlib.eof


def _unpacker(encoding: str, shown: str) -> _Unpacker:
    """An unpacker for this Content-Encoding."""
    wanted = encoding.strip().lower()
    if wanted not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchFailed(shown, f"packed as {wanted}, which we did not ask for", "give another address")
    return _Unpacker(wanted, shown)


def _read_wait(value: str) -> float:
    """Seconds that a Retry-After header asks for: a number or a date; 0 where there is none."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0

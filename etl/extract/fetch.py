"""Fetch: ask a server politely, and never for longer or for more than we said we would.

Polite: our name, robots.txt, a pause for each host, few and patient retries, and what did not change since it was
sent last is not asked for again (memory.py). Safe: only public http(s) addresses, checked anew at each redirect
(transport.py), a limit on bytes after unpacking, a limit on time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx
from protego import Protego

from etl.errors import FetchFailed, FetchRefused
from etl.extract.addresses import public_url
from etl.extract.download import NO_ANSWER, AttemptFailed, read_body, refuse_errors
from etl.extract.memory import Memory, Remembered
from etl.extract.transport import CheckedTransport
from etl.settings import Settings

logger = logging.getLogger(__name__)

ATTEMPTS = 3
PATIENCE = 60.0  # longest wait that a server may ask for, seconds
ROBOTS_BYTES = 512_000  # RFC 9309: at least 500 KiB must be read
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml,*/*;q=0.8"


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a server gave: the bytes unpacked, the address at the end of the redirects, its media type.

    `unmodified` are bytes that it sent earlier, and called the same just now.
    """

    url: str
    content: bytes
    media: str
    seen: datetime
    unmodified: bool = False


class Fetcher:
    """One polite client for a whole refresh: it remembers each host's rules and when it was last asked.

    `unmodified` counts the answers that said "as before". Without a `memory` everything is asked in full.
    `transport` replaces the network (a newsroom in tests and demonstrations); then `private_hosts` and the
    check of addresses are the transport's own matter.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.BaseTransport | None = None,
        memory: Memory | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.unmodified = 0
        self._memory = memory
        self._sleep, self._clock = sleep, clock
        self._rules: dict[str, Protego] = {}
        self._last_asked: dict[str, float] = {}
        self._silent: dict[str, str] = {}
        self._robot = settings.user_agent.partition("/")[0]
        self._client = httpx.Client(
            transport=transport or CheckedTransport(settings.private_hosts),
            headers={"User-Agent": settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=settings.timeout,
            follow_redirects=False,  # each step is checked, against robots.txt too
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the sockets, and drop what was remembered for too long."""
        self._client.close()
        if self._memory:
            self._memory.drop_old()

    def fetch(self, url: str) -> Fetched:
        """The bytes behind an address.

        Raises:
            FetchRefused: an address that is never asked, robots.txt says no, or too many redirects.
            FetchFailed: no answer, an error answer, too many bytes or too slow.
        """
        fetched = self._follow(url, self.settings.max_bytes, obey=True)
        self.unmodified += fetched.unmodified
        return fetched

    def forget(self, content: bytes) -> None:
        """Ask in full next time for what came as these bytes: nobody could use them."""
        if self._memory:
            self._memory.forget(content)

    def _follow(self, url: str, limit: int, *, obey: bool) -> Fetched:
        """Ask, and ask again where the answer points, as often as the settings allow."""
        address = url
        for _ in range(self.settings.max_redirects + 1):
            if obey and not self._may_ask(address):
                remedy = "ask the publisher for leave, or take its feed instead"
                raise FetchRefused(public_url(url), "robots.txt of the host does not allow it", remedy)
            answer = self._ask_patiently(address, limit)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        reason = f"more than {self.settings.max_redirects} redirects"
        raise FetchRefused(public_url(url), reason, "give the address at their end")

    def _may_ask(self, url: str) -> bool:
        """What robots.txt of the host says; a host without one allows everything (RFC 9309)."""
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(f"{origin}/robots.txt")
        return bool(self._rules[origin].can_fetch(url, self._robot))

    def _read_rules(self, address: str) -> Protego:
        """robots.txt as rules; a client error means that there are none."""
        try:
            content = self._follow(address, ROBOTS_BYTES, obey=False).content
        except AttemptFailed as failure:
            if 400 <= failure.status < 500 and not failure.may_pass:
                return Protego.parse("")
            raise
        return Protego.parse(content.decode("utf-8", "replace"))

    def _ask_patiently(self, url: str, limit: int) -> Fetched | str:
        """Ask up to three times where the trouble may pass; a host that stays silent is not asked again."""
        origin = _origin(url)
        if origin in self._silent:
            remedy = "the host is left alone until the next refresh"
            raise FetchFailed(public_url(url), self._silent[origin], remedy)
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._ask_once(url, limit)
            except AttemptFailed as failure:
                wait = failure.wait or self.settings.pause * 2 ** (attempt - 1)
                if not failure.may_pass or wait > PATIENCE or attempt == ATTEMPTS:
                    self._leave_alone(origin, failure)
                    raise
                logger.info("%s: %s; again in %.0f s", failure.item, failure.reason, wait)
                self._sleep(wait)

    def _leave_alone(self, origin: str, failure: AttemptFailed) -> None:
        """Ask no other page of a host that stays silent, or that asks for patience and has had ours."""
        if failure.status == NO_ANSWER or (failure.may_pass and failure.wait):
            self._silent[origin] = failure.reason

    def _ask_once(self, url: str, limit: int) -> Fetched | str:
        """One request in its turn: the bytes, or the address that it points to; foreign errors translated."""
        self._wait_turn(url)
        shown = public_url(url)
        known = self._memory.recall(url, limit) if self._memory else None
        try:
            with self._client.stream("GET", url, headers=known.headers if known else None) as response:
                if response.next_request is not None:
                    return str(response.next_request.url)
                return self._take_answer(response, url, limit, known)
        except httpx.TimeoutException as error:
            reason = f"no answer within {self.settings.timeout:g} s"
            raise AttemptFailed(shown, reason, "try again later, or raise `timeout`") from error
        except httpx.HTTPError as error:
            reason = f"no connection ({type(error).__name__})"
            raise AttemptFailed(
                shown, reason, "check the address and the network, try again later"
            ) from error

    def _take_answer(
        self, response: httpx.Response, url: str, limit: int, known: Remembered | None
    ) -> Fetched:
        """The bytes of a good answer, remembered for the next time; or those remembered, where they still hold."""
        final, seen = str(response.url), datetime.now(UTC)
        if known and response.status_code == httpx.codes.NOT_MODIFIED:
            return Fetched(url=final, content=known.content, media=known.media, seen=seen, unmodified=True)
        shown, seconds = public_url(url), self.settings.timeout
        refuse_errors(response, shown)
        content = read_body(response, shown, limit=limit, seconds=seconds, clock=self._clock)
        if self._memory and response.status_code == httpx.codes.OK:
            self._memory.keep(url, content, response.headers)
        return Fetched(
            url=final, content=content, media=response.headers.get("content-type", ""), seen=datetime.now(UTC)
        )

    def _wait_turn(self, url: str) -> None:
        """Sleep until the host's pause is over: ours, or a longer one that its robots.txt asks for."""
        origin = _origin(url)
        rules = self._rules.get(origin)
        asked_for = float(rules.crawl_delay(self._robot) or 0) if rules else 0.0
        pause = max(self.settings.pause, min(asked_for, PATIENCE))
        wait = self._last_asked.get(origin, float("-inf")) + pause - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._last_asked[origin] = self._clock()


def _origin(url: str) -> str:
    """Scheme, host and port of an address.

    Raises:
        FetchRefused: it is no http(s) address, or carries a user or password.
    """
    shown = public_url(url)
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchRefused(shown, "not an address", "give one that begins with https://") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise FetchRefused(shown, "not an http or https address", "give one that begins with https://")
    if parts.userinfo:
        raise FetchRefused(shown, "the address carries a user or a password", "give it without them")
    return f"{parts.scheme}://{parts.netloc.decode('ascii')}"

"""Transport: each request goes to the IP that was checked; no redirect and no DNS trick reaches inside."""

from __future__ import annotations

import httpx

from etl.extract.addresses import check_address


class CheckedTransport(httpx.BaseTransport):
    """Checks every address (redirects come here too) and connects to the very IP that passed the check.

    The host's name still goes into the Host header and the TLS handshake, where its certificate is checked.
    """

    def __init__(self, private_hosts: tuple[str, ...] = ()) -> None:
        self._private_hosts = private_hosts
        self._socket = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the checked IP.

        Raises:
            FetchRefused: the address is none that we ask.
        """
        safe = check_address(str(request.url), self._private_hosts)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=safe.ip),
            headers=request.headers,  # carries Host already
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
        )
        return self._socket.handle_request(pinned)

    def close(self) -> None:
        """Give back the sockets."""
        self._socket.close()

"""Deliver: alerts to one place: a file, a feed, a webhook, a mailbox."""

from __future__ import annotations

import json
import os
import smtplib
from collections.abc import Callable, Iterable, Sequence
from email.message import EmailMessage
from ssl import create_default_context
from urllib.parse import SplitResult, unquote, urlsplit

import httpx

from dashboard.alerts.feed import write_feed
from etl.errors import DeliveryFailed
from etl.settings import Settings

Row = dict[str, str]
SECURE_PORT, OPEN_PORT = 465, 587


def deliver(rows: Sequence[Row], place: str, settings: Settings) -> None:
    """Bring the alerts to the place: `….jsonl`, `….xml`, `https://…`, `mailto:…`, or `$NAME` of a variable with one.

    Errors name the host or the file and never the whole address, which may hold a secret.

    Raises:
        DeliveryFailed: the place is none of these, or did not take them.
    """
    address = _look_up(place)
    for fits, send in PLACES:
        if fits(address):
            return send(rows, address, settings)
    raise DeliveryFailed(_hide(place), "is no place", "name a .jsonl or .xml file, https://… or mailto:…")


def append_lines(rows: Sequence[Row], address: str, settings: Settings) -> None:
    """A line of JSON an alert, at the end of the file; a relative path begins beside `alerts.toml`."""
    path = settings.alerts.parent / address
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise DeliveryFailed(address, str(error.strerror), "name a file that may be written") from error


def renew_feed(rows: Sequence[Row], address: str, settings: Settings) -> None:
    """An RSS feed of the newest hundred."""
    try:
        write_feed(settings.alerts.parent / address, rows, settings.address)
    except OSError as error:
        raise DeliveryFailed(address, str(error.strerror), "name a file that may be written") from error


def post_rows(rows: Sequence[Row], address: str, settings: Settings) -> None:
    """A POST of JSON: `alerts` as they are, and `text` for those who show a text, as chat services do."""
    host = _split("webhook", address).hostname or "(no host)"
    body = {"text": "\n".join(_lines(rows)), "alerts": list(rows)}
    try:
        answer = httpx.post(address, json=body, timeout=settings.timeout, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DeliveryFailed(host, type(error).__name__, "is the address right, and the host up?") from None
    if answer.status_code >= 300:
        raise DeliveryFailed(host, f"answered {answer.status_code}", "look at what it says of its webhooks")


def send_mail(rows: Sequence[Row], address: str, settings: Settings) -> None:
    """A mail by the server of the setting `mail`, in the clear only where that has neither name nor password."""
    server = _split("mail", settings.mail.get_secret_value())
    if server.scheme not in ("smtp", "smtps") or not server.hostname:
        raise DeliveryFailed(
            "mail", "no mail server is set", "set NEWSPRISM_MAIL=smtp://name:password@host:587"
        )
    try:
        message = _write_mail(rows, address.removeprefix("mailto:"), settings.mail_from)
        with _connect(server.scheme, server.hostname, server.port, settings.timeout) as line:
            if server.username:
                if server.scheme == "smtp":
                    line.starttls(context=create_default_context())
                line.login(unquote(server.username), unquote(server.password or ""))
            line.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise DeliveryFailed(
            server.hostname, type(error).__name__, "check server, port, name, password and both addresses"
        ) from None


PLACES: tuple[tuple[Callable[[str], bool], Callable[[Sequence[Row], str, Settings], None]], ...] = (
    (lambda address: address.startswith(("https://", "http://")), post_rows),
    (lambda address: address.startswith("mailto:"), send_mail),
    (lambda address: address.endswith((".xml", ".rss")), renew_feed),
    (lambda address: address.endswith(".jsonl"), append_lines),
)


def _look_up(place: str) -> str:
    """What stands in the variable, where a place is one."""
    if not place.startswith("$"):
        return place
    if address := os.environ.get(place[1:]):
        return address
    raise DeliveryFailed(place, "no such variable", f"set {place[1:]} in the environment")


def _split(place: str, address: str) -> SplitResult:
    """The parts of an address whose host and port can be read; what is wrong with it may be a secret."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # read when asked for, and refused then
    except ValueError:
        raise DeliveryFailed(
            place, "its address cannot be read", "write / # @ of a name or password as %2F %23 %40"
        ) from None
    return parts


def _hide(place: str) -> str:
    """As much of a place as may be shown."""
    return place if "//" not in place else f"{place.split('//')[0]}//…"


def _write_mail(rows: Sequence[Row], to: str, sender: str) -> EmailMessage:
    """Subject: the first alert, and how many more."""
    message = EmailMessage()
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    message["Subject"] = f"NewsPrism: {' '.join(rows[0]['title'].split())[:120]}{more}"
    message["From"], message["To"] = sender, to
    if not all(part.username for part in message["To"].addresses):
        raise DeliveryFailed("mail", "it is addressed to nobody", "write mailto:name@host")
    message.set_content("\n\n".join(_lines(rows)))
    return message


def _lines(rows: Iterable[Row]) -> list[str]:
    """Each alert as a reader wants it."""
    return [f"{row['title']}\n{row['sentence']}\n{row['link']}" for row in rows]


def _connect(scheme: str, host: str, port: int | None, timeout: float) -> smtplib.SMTP:
    """A line to the mail server, encrypted from the first byte where the scheme says so."""
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or SECURE_PORT, timeout=timeout, context=create_default_context())
    return smtplib.SMTP(host, port or OPEN_PORT, timeout=timeout)

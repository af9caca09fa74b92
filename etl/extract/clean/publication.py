"""Publication: when a page says that it was published, from its metadata and never from its prose."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from htmldate import find_date
from lxml.html import HtmlElement

from etl.article import Precision, Published
from etl.extract.clean.datelines import LATEST_YEAR, is_sane, read_dateline, read_zone
from etl.extract.clean.heads import Desk
from etl.extract.clean.metadata import Metadata, text_of

_METAS = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "originalpublicationdate", "published_at",
    "article_date_original", "published_time", "vr:published_time", "og:article:published_time",
    "datecreated",
)  # fmt: skip
_STAMP = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})"
    r"(?:[T\s]+(?P<h>\d{2}):?(?P<min>\d{2})(?P<s>:?\d{2})?(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?"
)
_DATED = (
    "contains(@class,'date') or contains(@class,'time') "
    "or contains(@class,'publish') or contains(@itemprop,'date')"
)
_OLDEST = datetime(1995, 1, 1, tzinfo=UTC)


def read_published(tree: HtmlElement, metadata: Metadata, desk: Desk, *, url: str = "") -> Published:
    """When the page appeared: JSON-LD, meta, time and date elements, then htmldate; empty if nowhere."""
    stamps = [text_of(value) for key in ("datePublished", "dateCreated") for value in metadata.linked(key)]
    stamps += [metadata.metas[name] for name in _METAS if name in metadata.metas]
    stamps += _time_stamps(tree)
    for stamp in stamps:
        published = read_stamp(stamp, desk)
        if published.at:
            return published
    return _read_date_elements(tree, desk) or _ask_htmldate(tree, desk, url)


def read_stamp(stamp: str, desk: Desk) -> Published:
    """A time as machines write it; without a zone it is the outlet's local time; absurd times are refused."""
    match = _STAMP.match(stamp.strip())
    if match is None:
        written = read_dateline(stamp.strip(), timezone=desk.timezone, seen=desk.seen)
        return (
            Published(at=written.at, precision=written.precision, origin="metadata")
            if written
            else Published()
        )
    clock = f"T{match['h']}:{match['min']}:{(match['s'] or '00').strip(':')}" if match["h"] else ""
    try:
        at = datetime.fromisoformat(f"{match['y']}-{match['m']}-{match['d']}{clock}{_zone_of(match['zone'])}")
    except ValueError:
        return Published()
    precision: Precision = "second" if match["s"] else "minute" if clock else "day"
    return _publish(at, precision, desk)


def _publish(at: datetime, precision: Precision, desk: Desk) -> Published:
    """The time in UTC; years that systems write for "never" (1, 9999) cannot even be shifted to it."""
    if not _OLDEST.year <= at.year <= LATEST_YEAR:
        return Published()
    local = at if at.tzinfo else at.replace(tzinfo=UTC if precision == "day" else read_zone(desk.timezone))
    utc = local.astimezone(UTC)
    return (
        Published(at=utc, precision=precision, origin="metadata") if is_sane(utc, desk.seen) else Published()
    )


def _zone_of(written: str | None) -> str:
    """The zone as `fromisoformat` reads it: +03 becomes +03:00."""
    return f"{written}:00" if written and len(written) == 3 else written or ""


def _time_stamps(tree: HtmlElement) -> list[str]:
    """The datetime attributes of time elements, those marked as publication first; none inside links."""
    times = tree.xpath(
        "//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer or ancestor::a)]"
    )
    marked = [time for time in times if "publi" in f"{time.get('class')} {time.get('itemprop')}".lower()]
    return [time.get("datetime") for time in [*marked, *times]]


def _read_date_elements(tree: HtmlElement, desk: Desk) -> Published | None:
    """The first element named after dates whose whole text is a dateline."""
    for element in tree.xpath(f"//time | //*[self::span or self::div or self::p or self::li][{_DATED}]")[:40]:
        line = " ".join(element.text_content().split())
        published = read_dateline(line, timezone=desk.timezone, seen=desk.seen)
        if published and published.at:
            return published
    return None


def _ask_htmldate(tree: HtmlElement, desk: Desk, url: str) -> Published:
    """The day that htmldate reads from markup or address without its search through the text."""
    latest = desk.seen or datetime.now(UTC)
    day = find_date(
        tree, extensive_search=False, original_date=True, url=url or None, min_date=_OLDEST, max_date=latest
    )
    if day is None:
        return Published()
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    in_url = re.search(at.strftime(r"%Y[-/_]?%m[-/_]?%d"), url) is not None
    return Published(at=at, precision="day", origin="url" if in_url else "metadata")

"""Feed: alerts as RSS 2.0, for whoever reads feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from lxml import etree

MOST = 100  # alerts that a feed keeps
# What XML cannot hold
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(file: Path, rows: Sequence[dict[str, str]], address: str) -> None:
    """Put the alerts on top of those that the feed holds; it stays whole meanwhile."""
    feed = etree.Element("rss", version="2.0")
    channel = etree.SubElement(feed, "channel")
    for name, text in (
        ("title", "NewsPrism alerts"),
        ("link", address),
        ("description", "What a watch found"),
    ):
        etree.SubElement(channel, name).text = text
    channel.extend([*(_write_item(row) for row in rows), *_read_items(file)][:MOST])
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))
    fresh.replace(file)


def _write_item(row: dict[str, str]) -> etree._Element:
    """One alert; its link names the store version that it was seen in."""
    item = etree.Element("item")
    etree.SubElement(item, "guid", isPermaLink="false").text = row["id"]
    made = format_datetime(datetime.fromisoformat(row["made"]))
    for name, text in (
        ("title", row["title"]),
        ("link", row["link"]),
        ("category", row["kind"]),
        ("description", row["sentence"]),
        ("pubDate", made),
    ):
        etree.SubElement(item, name).text = FORBIDDEN.sub(" ", text)
    return item


def _read_items(file: Path) -> Iterable[etree._Element]:
    """The items of the feed as it is; none where it is none."""
    if not file.exists():
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        return list(etree.parse(file, parser).iterfind("channel/item"))
    except etree.XMLSyntaxError:
        return ()

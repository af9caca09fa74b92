"""Metadata: what a page says about itself in JSON-LD and meta elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml.html import HtmlElement

from etl.extract.decoding import load_json

Node = dict[str, object]

_ARTICLE = re.compile(r"(?:article|posting|report|newsitem|liveblog|review|creativework)", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
_DEEPEST = 12


@dataclass(frozen=True)
class Metadata:
    """Article nodes of JSON-LD, best first; the first content of each meta element; names by JSON-LD id."""

    nodes: tuple[Node, ...]
    metas: dict[str, str]
    people: dict[str, str]

    def linked(self, key: str) -> list[object]:
        """The values of a JSON-LD key in the article nodes, best first, lists flattened."""
        values = [node[key] for node in self.nodes if node.get(key)]
        return [part for value in values for part in (value if isinstance(value, list) else [value])]

    def meta(self, *names: str) -> str:
        """The first of these meta elements that has content, or empty."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")


def read_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a page; broken JSON-LD is passed over."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]/text()")
    nodes = [node for script in scripts for node in _walk_nodes(_load_json(script))]
    articles = [node for node in nodes if _ARTICLE.search(_type_of(node))]
    ordered = sorted(articles, key=lambda node: not (node.get("headline") and node.get("datePublished")))
    people = {str(node["@id"]): text_of(node) for node in nodes if node.get("@id") and text_of(node)}
    return Metadata(tuple(ordered), _read_metas(tree), people)


def text_of(value: object) -> str:
    """The text of a JSON-LD value: a string itself, a node's name or @value; else empty."""
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _read_metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _load_json(script: str) -> object:
    bare = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip().rstrip(";")
    for attempt in (bare, re.sub(r",\s*([}\]])", r"\1", bare)):
        try:
            return load_json(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk_nodes(value: object, depth: int = 0) -> Iterator[Node]:
    """All nodes of a JSON-LD value that stand on their own: in lists, in @graph, as main entity."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _walk_nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (list, dict)):
                yield from _walk_nodes(value[key], depth + 1)


def _type_of(node: Node) -> str:
    kind = node.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)

"""Surroundings: what stands around each line of a page in its markup, as features for the model of lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

BLOCKS = frozenset(
    (
        "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "blockquote", "figcaption", "pre",
        "section", "article", "aside", "dd", "dt", "ul", "ol", "figure", "table", "tr", "header", "footer",
        "main", "nav", "form", "summary", "details", "caption",
    )
)  # fmt: skip
NEAR = 3
FURTHEST = 12
LONGEST_TEXT = 5_000
LEAST_OWN_TEXT = 20
KEY_LENGTH = 80

_LENGTHS = (15, 30, 60, 100, 160, 250, 400)
_FROM_START, _FROM_END, _LINKED = (1, 2, 3, 5), (1, 2, 3, 5, 8), (0.01, 0.2, 0.5, 0.9)
_ATTRIBUTES = ("class", "id", "itemprop", "role", "data-component", "data-testid")
_WORD_BREAK = re.compile(r"[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])")
_STOPPED = re.compile(r"[.!?。…]['\"”’»)]*$")


@dataclass(frozen=True)
class Surroundings:
    """Of one block element: words of tags and attributes up the tree, share of linked text, parent's path."""

    words: frozenset[str]
    linked: float
    parent: str


def index_blocks(tree: HtmlElement) -> dict[str, Surroundings]:
    """Surroundings by the key of the text that a block holds itself; the first of equal texts."""
    index: dict[str, Surroundings] = {}
    for element in tree.iter(*BLOCKS):
        text = element.text_content() if _holds_text(element) else ""
        key = line_key(text) if len(text) <= LONGEST_TEXT else ""
        if key and key not in index:
            index[key] = _read_surroundings(element, len(text.strip()))
    return index


def line_key(line: str) -> str:
    """What a line of the text and its element in the tree share: the first 80 letters and digits."""
    return "".join(re.findall(r"\w+", line.lower()))[:KEY_LENGTH]


def describe_lines(lines: Sequence[str], index: dict[str, Surroundings]) -> list[frozenset[str]]:
    """The features of each line: its shape, place and surroundings, and those of its neighbours."""
    found = [index.get(line_key(line)) for line in lines]
    parents = Counter[str]()
    for line, around in zip(lines, found, strict=True):
        parents[around.parent if around else ""] += len(line)
    main = next((path for path, _ in parents.most_common() if path), "")
    alone = [
        _shape(line) | _place(number, len(lines)) | _around(around, main)
        for number, (line, around) in enumerate(zip(lines, found, strict=True))
    ]
    return [features | frozenset(_neighbours(alone, number)) for number, features in enumerate(alone)]


def _holds_text(element: HtmlElement) -> bool:
    """Whether the element is the innermost block of a text, or holds text beside its blocks."""
    if not any(child.tag in BLOCKS for child in element):
        return True
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    return len(own.strip()) >= LEAST_OWN_TEXT


def _read_surroundings(element: HtmlElement, length: int) -> Surroundings:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    parent = element.getparent()
    path = element.getroottree().getpath(parent) if parent is not None else ""
    return Surroundings(frozenset(_path_words(element)), min(1.0, linked / max(length, 1)), path)


def _path_words(element: HtmlElement) -> Iterator[str]:
    """Tags, and words of class and the like, of the element and those around it: near (3 levels) or far."""
    for depth, around in enumerate([element, *element.iterancestors()][:FURTHEST]):
        if around.tag in ("body", "html"):
            return
        near = "near" if depth < NEAR else "far"
        yield f"{near}:<{around.tag!s}>"
        named = " ".join(around.get(attribute) or "" for attribute in _ATTRIBUTES)
        yield from (f"{near}:{word.lower()}" for word in _WORD_BREAK.split(named) if len(word) > 2)


def _shape(line: str) -> frozenset[str]:
    end = "stop" if _STOPPED.search(line) else "colon" if line.endswith(":") else "open"
    bar = {"bar"} if "|" in line else set()
    return frozenset({f"length {_step(len(line), _LENGTHS)}", f"end {end}", *bar})


def _place(number: int, lines: int) -> frozenset[str]:
    return frozenset((f"start {_step(number, _FROM_START)}", f"last {_step(lines - 1 - number, _FROM_END)}"))


def _around(around: Surroundings | None, main: str) -> frozenset[str]:
    if around is None:
        return frozenset(("no element",))
    inside = around.parent.startswith(main)
    where = "main" if around.parent == main else "inside main" if inside else "outside main"
    return around.words | {f"linked {_step(around.linked, _LINKED)}", where}


def _neighbours(alone: list[frozenset[str]], number: int) -> Iterator[str]:
    for distance in (-1, 1, 2):
        if 0 <= number + distance < len(alone):
            for feature in alone[number + distance]:
                if not feature.startswith("far:") and (distance < 2 or not feature.startswith("near:")):
                    yield f"{distance:+d} {feature}"


def _step(value: float, steps: tuple[float, ...]) -> int:
    return sum(value >= step for step in steps)

"""Shapes: what the words of a name tell about its kind and its end, whatever the recogniser takes it for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from etl.transform.gazetteer import country_of_capital
from etl.transform.lexicon import read_words
from etl.transform.names import Name

LEGAL_FORM = re.compile(r" ?,? (?:Inc|LLC|LLP|Ltd|Corp|Plc|PLC|plc|GmbH|Pty)\b(?: ?\.)?")
LAND = re.compile(
    r"(?:(?:[A-Z]\w+ ){0,2}(?:Colony|Principality|Duchy|Kingdom|Republic|Emirate|Sultanate|Province)|State) of "
)
JUDGED = frozenset(("PERSON", "ORG", "LOC"))
FIRST_NAMES = frozenset(("Paris", "Santiago", "Sofia"))  # capitals that people are called by too
MOST = 3  # times as often a kind is told as all others together before it is told everywhere


def shape_name(text: str, name: Name) -> Name:
    """The name to the end of its legal form, with the label that its first or last word gives it."""
    legal = LEGAL_FORM.match(text, name.end) if name.label in JUDGED else None
    if legal:
        return Name(name.start, legal.end(), "ORG")
    return name._replace(label=_label_by_words(text[name.start : name.end], name.label))


def agree_labels(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, each with the label that the text clearly most often gives to the same words."""
    told: dict[str, Counter[str]] = {}
    surfaces = [text[name.start : name.end] for name in names]
    for name, surface in zip(names, surfaces, strict=True):
        told.setdefault(surface, Counter())[name.label] += 1
    return [
        name._replace(label=_agreed(told[surface], name.label)) if name.label in JUDGED else name
        for name, surface in zip(names, surfaces, strict=True)
    ]


def _label_by_words(surface: str, label: str) -> str:
    """What the words of a name say that it is: "... Foundation", "... Festival", "Kingdom of ...", "Kyiv"."""
    last = surface.rpartition(" ")[2]
    if label == "PERSON" and surface in country_of_capital() and surface not in FIRST_NAMES:
        return "LOC"
    if label not in JUDGED or last == surface:
        return label
    if last in _heads("event head"):
        return "EVENT"
    if last in _heads("body head"):
        return "ORG"
    return "LOC" if label == "ORG" and LAND.match(surface) else label


def _agreed(told: Counter[str], label: str) -> str:
    """The label that is told clearly more often than all others, else the given one."""
    likely, times = told.most_common(1)[0]
    return likely if likely in JUDGED and times >= MOST * (told.total() - times) else label


@cache
def _heads(rule: str) -> frozenset[str]:
    """The words that end names of a sort."""
    return read_words("naming", "rule", rule)

"""Drawings: answers from tables to read, and what small pictures and bars of HTML charts hold, read back."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree

from markupsafe import Markup

from dashboard.queries.answer import Answer
from dashboard.theme import LIGHT
from tests.golden.figure_answers import read_rows
from tests.golden.figure_digests import tell_markup

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = re.compile(r'alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]+)"')
FIVE = LIGHT.wear(("Post", "Kontinent", "Khaleej", "Nordlys", "Lloyd"))


def tell(table: str, *, n: int = 60, unit: str = "articles") -> Answer:
    """The answer whose frame the table holds; a dash is a missing value."""
    return Answer(frame=read_rows(table), n=n, unit=unit)


def pictures_in(markup: object) -> list[tuple[str, ElementTree.Element]]:
    """What each picture tells those who cannot see it, and the picture."""
    return [
        (told, ElementTree.fromstring(b64decode(coded).decode()))
        for told, coded in SOURCE.findall(str(markup))
    ]


def picture_of(markup: object) -> tuple[str, ElementTree.Element]:
    """The only picture."""
    (picture,) = pictures_in(markup)
    return picture


def parts_of(picture: ElementTree.Element, tag: str, *names: str) -> list[tuple[str, ...]]:
    """The named attributes of each element of one kind, in the order in which they are painted."""
    return [tuple(part.attrib[name] for name in names) for part in picture.iter(f"{SVG}{tag}")]


def lines_of(markup: Markup) -> list[str]:
    """What the lines of a table say."""
    return list(tell_markup(markup, FIVE)["rows"])


def bars_in(markup: object) -> list[tuple[str, ...]]:
    """Of each bar its width, its colour, and where its interval begins and how wide that is, in per cent."""
    bar = (
        r'class="fill" style="width:([\d.]+)%;background:(#\w+)"></i>'
        r'<i class="range" style="left:([\d.]+)%;width:([\d.]+)%"'
    )
    return re.findall(bar, str(markup))

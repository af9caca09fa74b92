"""Papers: who speaks in "the statement": those who issued the only one of which the article tells who did."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.transform.antecedents import Named, mean_words

Range = tuple[int, int]

PAPER = r"(?P<paper>statement|declaration|communiqu[eé]|letter)"
ANY = r"(?P<paper>statement|declaration|communiqu[eé]|letter|document)"
ISSUED = re.compile(
    rf"\b(?:in|issued|released|published|signed|sent|wrote|with) (?:an?|their|its|his|her) (?:[\w-]+ ){{0,2}}{PAPER}\b",
    re.IGNORECASE,
)
MEANT = (
    re.compile(
        rf"(?:the|this|that) (?:joint )?{ANY}(?:['’]s (?:authors|signatories|drafters))?", re.IGNORECASE
    ),
    re.compile(rf"the (?:authors|signatories|drafters) of (?:the|this) (?:joint )?{ANY}", re.IGNORECASE),
)
COUNTED = re.compile(
    rf"(?:an?|the) (?:[\w-]+ ){{0,2}}{PAPER} (?:by|of|from) (?=(?:two|three|four|five|six|seven) )",
    re.IGNORECASE,
)


class Papers:
    """The papers of one article, read from its beginning: who issued them."""

    def __init__(self, text: str, named: Sequence[Named]) -> None:
        self.text, self.named = text, named
        self.makers: dict[tuple[str, frozenset[str]], tuple[Named, ...]] = {}

    def note_speakers(self, speakers: tuple[Named, ...], sentence: Range) -> None:
        """Take in who speaks in a sentence, which may say that it is in a statement."""
        if speakers and (issued := ISSUED.search(self.text, *sentence)):
            self._add(issued["paper"], speakers)

    def mean_makers(self, place: Range) -> tuple[Named, ...]:
        """Whose words a paper at this place holds; nobody where it is no paper, or one of several."""
        counted = COUNTED.match(self.text, *place)
        if counted:
            self._add(counted["paper"], self._mean_count(counted.end(), place[1]))
        meant = counted or next(filter(None, (form.fullmatch(self.text, *place) for form in MEANT)), None)
        asked = meant["paper"].lower() if meant else ""
        fitting = {who: one for (what, who), one in self.makers.items() if asked in (what, "document")}
        return next(iter(fitting.values())) if len(fitting) == 1 else ()

    def _mean_count(self, start: int, end: int) -> tuple[Named, ...]:
        """Who "three countries" are in "a statement by three countries": as if "the" stood before."""
        text = f"{self.text[:start]}the {self.text[start:end]}"
        return mean_words(text, start, len(text), self.named)

    def _add(self, paper: str, makers: tuple[Named, ...]) -> None:
        """Note the makers of a paper, once; nobody makes none."""
        if makers:
            self.makers.setdefault((paper.lower(), frozenset(one.actor_id for one in makers)), makers)

"""Stamp: what an exported figure must say about itself once it has left the dashboard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.charts.chart import Chart
from dashboard.filters import UNIT_NAMES, VOICE_NAMES, Filter, Mark
from dashboard.queries.answer import Answer
from dashboard.theme import agree, write_count, write_period

BOUND = ", "
ON_SCREEN = re.compile(r"\s*\bClick [^.]*\.")  # how to use the card, which paper cannot do


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Question, how to read it, verdict, and one line each for the filter and for where the numbers come
    from.
    """

    slug: str
    question: str
    reading: str
    verdict: str
    asked: str
    source: str
    version: int

    @property
    def footer(self) -> str:
        """Both lines, parted by a line break."""
        return f"{self.asked}\n{self.source}"

    def file_name(self, ending: str) -> str:
        """`volume-v46.png`; only letters, digits and hyphens before the ending."""
        return f"{re.sub(r'[^a-z0-9]+', '-', self.slug.lower()).strip('-')}-v{self.version}.{ending}"


def make_stamp(
    chart: Chart, answer: Answer, chosen: Filter, *, version: int, as_of: str, room: str = ""
) -> Stamp:
    """The stamp of an answer to this filter from this version of this newsroom's store ("": it has no name)."""
    told = [f"n = {write_count(answer.n)} {agree(answer.n, answer.unit)}", answer.interval, answer.note]
    if answer.gaps:
        told.append(
            f"days not observed: {BOUND.join(answer.gaps[:5])}{' ...' if len(answer.gaps) > 5 else ''}"
        )
    named = [f"{room} newsroom"] if room else []
    told.append(BOUND.join(["NewsPrism", *named, f"store version {version}", f"data as of {as_of}"]))
    return Stamp(
        slug=chart.slug,
        question=chart.question,
        reading=ON_SCREEN.sub("", chart.reading).strip(),
        verdict=answer.verdict,
        asked=describe_filter(chosen),
        source=" · ".join(part for part in told if part),
        version=version,
    )


def describe_filter(chosen: Filter) -> str:
    """The filter in one line: "1–30 June 2024 · outlets: all · counting unique texts"."""
    named = [
        ("outlets", BOUND.join(chosen.outlets)),
        ("languages", BOUND.join(chosen.languages)),
        ("countries", BOUND.join(chosen.countries)),
        ("story", chosen.story),
        ("actor", chosen.actor),
        ("named with", chosen.beside),
        ("behind", _tell_mark(chosen.behind)),
        ("words", chosen.words),
        ("compared", BOUND.join(chosen.pair)),
    ]
    told = [f"{name}: {value}" for name, value in named if value]
    voice = [] if chosen.voice == "all" else [f"voice: {VOICE_NAMES[chosen.voice]}"]
    return " · ".join(
        [write_period(chosen.start, chosen.end), *told, f"counting {UNIT_NAMES[chosen.unit]}", *voice]
    )


def _tell_mark(text: str) -> str:
    """The mark whose articles are meant, with the filter under which it was counted; "" for none."""
    mark = Mark.from_text(text)
    return f"{BOUND.join(mark.row)} in {mark.slug} ({describe_filter(mark.chosen)})" if text else ""

"""Measures: what each number means, in our own words, and the measured quality of the labels it rests on."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from dashboard.screen import write_card

QUALITY = Path(__file__).parents[2] / "benchmarks" / "quality.json"
MEASURES: tuple[tuple[str, str], ...] = (
    (
        "Counting unit",
        "Articles counts every article. Unique texts counts a group of reprints once: articles of which "
        "at least 60 % of the five-word runs stand in one another. Publisher families counts such a "
        "group once for each "
        "owner. The inflation factor is articles divided by unique texts.",
    ),
    (
        "Observation and gaps",
        "A day counts as observed for an outlet when at least one check of its sources answered. "
        "A day that nobody observed is a gap: the line breaks and the day is hatched, because nothing "
        "seen is not the "
        "same as nothing published.",
    ),
    (
        "Attention",
        "What was published a day in the chosen unit. The usual range is the median of the same weekday in "
        "the eight weeks before, plus or minus two robust standard deviations (1.4826 "
        "times the median absolute "
        "deviation, and at least the square root of the median). With fewer than four "
        "such days there is no range.",
    ),
    (
        "Share of voice",
        "What one outlet (or actor) has of the total of the set that is shown, in the chosen unit, with "
        "a Wilson interval of 95 %. It never stands for money or reach.",
    ),
    (
        "Tone",
        "TextBlob's polarity (−1 to 1) and subjectivity (0 to 1) of each sentence, always "
        "beside the share of its "
        "words that the lexicon knows; and the form of GDELT: positive minus negative words in 100 "
        "words. A lexicon hears "
        "words and not meaning, so where instruments disagree or the interval covers 0 the verdict is: "
        "no detectable "
        "difference.",
    ),
    (
        "Voice",
        "Words inside quotation marks belong to the speaker, the rest to the outlet; "
        "headlines and captions are "
        "voices of their own.",
    ),
    (
        "Time to coverage",
        "The time from a story's first article to an outlet's first. A time is as wide as its "
        "precision: where two such spans overlap it is a tie, and where one article has "
        "no time the first is unknown.",
    ),
    (
        "Text reuse",
        "Shared runs of twelve words or more, or two of eight. An article is a duplicate when at least 60 % "
        "of its five-word runs stand in another, partial from 30 %. Words inside "
        "quotation marks of both are marked.",
    ),
    (
        "Facts",
        "Sentences of different outlets that say the same. An omission is stated only for an outlet that was "
        "observed and carried the story.",
    ),
    (
        "Distinctive words",
        "Log-odds ratio with an informative Dirichlet prior from all texts (Monroe, Colaresi and "
        "Quinn 2008), with false discovery control.",
    ),
    ("Word shift", "What each word adds to the difference of two mean tones (Gallagher and others 2021)."),
    (
        "Revision rate",
        "Versions for each article. A changed article becomes a new version and stays one article.",
    ),
)


def show_measures() -> None:
    """The definitions, as a table of term and meaning."""
    rows = Markup("").join(
        Markup('<tr id="{}"><td class="out">{}</td><td>{}</td></tr>').format(
            term.lower().replace(" ", "-"), term, told
        )
        for term, told in MEASURES
    )
    write_card("measures", "What does each measure mean?", "", Markup("<table>{}</table>").format(rows))


def show_quality(path: Path = QUALITY) -> None:
    """The figures of the last evaluation, where it was committed: measure, value, interval, n, data."""
    rows = read_quality(path)
    if not rows:
        write_card(
            "quality",
            "How good are the machine's labels?",
            "",
            Markup(
                '<div class="empty"><b>Not measured in this copy.</b> <code>newsprism '
                "evaluate</code> measures each feature "
                "on labelled data and prints its figures.</div>"
            ),
        )
        return
    lines = Markup("").join(
        Markup(
            '<tr><td>{}</td><td>{}</td><td class="n">{}</td><td class="n">{}</td><td '
            'class="n">{}</td><td>{}</td></tr>'
        ).format(*(row.get(name, "–") for name in ("task", "measure", "value", "interval", "n", "data")))
        for row in rows
    )
    write_card(
        "quality",
        "How good are the machine's labels?",
        "Measured on labelled data that took no part in tuning.",
        Markup(
            '<div class="wide"><table><tr><th>Task</th><th>Measure</th><th '
            'class="n">Value</th><th class="n">95 %'
            '</th><th class="n">n</th><th>Data</th></tr>{}</table></div>'
        ).format(lines),
    )


def read_quality(path: Path) -> list[dict[str, object]]:
    """The rows of the quality file, `{"rows": [...]}` or a list; none where there is no readable file."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    rows = told.get("rows", []) if isinstance(told, dict) else told
    return [row for row in rows if isinstance(row, dict)]

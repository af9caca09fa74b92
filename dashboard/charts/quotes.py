"""Quotes: an utterance a row, an outlet a column; each wording held word by word against the original text,
where there is one, else against the fullest.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.links import read_link
from dashboard.charts.tables import clip_text, compare_table, order_outlets
from dashboard.queries.answer import Answer
from dashboard.queries.worddiff import Piece, diff_words, weave_words
from dashboard.theme import Theme

LONGEST = 320  # characters of a wording; the reader has all of it
ABSENT = Markup('<i class="dot no" aria-hidden="true"></i> <span class="sm">absent</span>')
UNKNOWN = Markup('<i class="dot x" aria-hidden="true"></i> <span class="sm">unknown: other language</span>')
GAPS = {"absent": ABSENT, "unknown": UNKNOWN}
ORIGINAL = "Original text"
SHORTENED = (
    "edited",
    "truncated",
)  # of these it is told what was dropped; a paraphrase has other words at large
INSERTED, DROPPED = Markup("<ins>{}</ins>"), Markup("<del>{}</del>")
MARKS = {"own": INSERTED, "respelt": INSERTED, "dropped": DROPPED}
NOT_IN_IT = Markup('<span class="sm">not in it</span>')


def draw_quotes(answer: Answer, theme: Theme) -> Markup:
    """A table: the speaker before each row, the original words where they are known, then the outlets' wordings.

    Words that the original (else the fullest wording) lacks are underlined, those that were dropped from the
    middle of it are struck through, the class is named.
    """
    outlets = order_outlets(answer.frame["outlet"], theme)
    beside = ORIGINAL if answer.frame["primary"].notna().any() else ""
    rows = []
    for _, cells in answer.frame.groupby("utterance", sort=False, observed=True):
        by_outlet = {row["outlet"]: row for row in cells.to_dict("records")}
        way = _common_way(by_outlet.values())
        original = [_original(cells)] if beside else []
        rows.append((_head(cells, way), [*original, *(_cell(by_outlet[outlet], way) for outlet in outlets)]))
    return compare_table("Said by", rows, outlets, theme, beside=beside, always=True)


def _original(cells: pd.DataFrame) -> Markup:
    """The passage of the original text with its name; or the sign that the utterance is not in it."""
    name = cells["primary"].iloc[0]
    if not isinstance(name, str):
        return NOT_IN_IT
    told = clip_text(cells["full"].iloc[0], LONGEST)
    return Markup('<p>{}<br><span class="sm">{}</span></p>').format(told, name)


def _common_way(rows: Iterable[dict[Hashable, object]]) -> str:
    """Through whom all outlets that have the utterance got it, where they all name the same; else empty."""
    ways = {row.get("via") for row in rows if row["state"] not in GAPS}
    way = ways.pop() if len(ways) == 1 else None
    return way if isinstance(way, str) else ""


def _head(cells: pd.DataFrame, way: str) -> Markup:
    """Who speaks and through whom ("Pyongyang, via KCNA"), and how many of the readable outlets carry it."""
    speaker, carried = cells["speaker"].iloc[0], cells["outlets"].iloc[0]
    readable = int((cells["state"] != "unknown").sum())
    who = speaker if isinstance(speaker, str) else "not said who"
    return Markup('{}<br><span class="sm">{} of {} outlets</span>').format(
        f"{who}, via {way}" if way else who, carried, readable
    )


def _cell(row: dict[Hashable, object], common: str) -> Markup:
    """One outlet's wording with its cue and way, linked to its place, or the sign that it has none."""
    state = str(row["state"])
    if state in GAPS:
        return GAPS[state]
    way = f"via {row['via']}" if isinstance(row.get("via"), str) and not common else None
    told = ", ".join(word for word in (row["cue"], way) if isinstance(word, str))
    cue = Markup('<span class="sm">{}</span> ').format(told) if told else ""
    alone = row["outlets"] == 1 and not isinstance(row["primary"], str)
    tag = "" if alone else Markup(' <span class="tag">{}</span>').format(state)
    words = read_link(row["article_id"], row["at"], _write(_compare(row)))
    return Markup("<p>{}{}{}</p>").format(cue, words, tag)


def _compare(row: dict[Hashable, object]) -> tuple[Piece, ...]:
    """The wording as runs, against the original or the fullest one."""
    full, told = str(row["full"]), str(row["quote"])
    return weave_words(full, told) if row["state"] in SHORTENED else diff_words(full, told)[1]


def _write(pieces: Iterable[Piece]) -> Markup:
    """The runs in a row with their marks, cut with an ellipsis where they are long."""
    told, room = [], LONGEST
    for piece in pieces:
        text = piece.text if len(piece.text) <= room else f"{piece.text[:room].rsplit(' ', 1)[0]} …"
        mark = MARKS.get(piece.kind)
        told.append(mark.format(text) if mark else escape(text))
        room -= len(piece.text)
        if room <= 0:
            break
    return Markup("").join(told)

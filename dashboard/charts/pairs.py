"""Pairs: two outlets side by side, word by word."""

from __future__ import annotations

from collections.abc import Hashable

from markupsafe import Markup, escape

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link
from dashboard.queries.answer import Answer
from dashboard.queries.pairs import align_sentences, share_passages
from dashboard.queries.worddiff import Piece, diff_words
from dashboard.theme import Theme

TAGS = {"verbatim": "the same words", "edited": "edited", "paraphrased": "in other words"}
MOST_ALIGNED, MOST_SINGLE, MOST_PASSAGES = 8, 9, 6  # that stand open; the others are folded away
FOLD = Markup("<details><summary>and {} more</summary>{}</details>")
SIDE = Markup('<div class="side">{}</div>')


def draw_pairs(answer: Answer, theme: Theme) -> Markup:
    """Aligned sentences in two columns with the differing words marked, then what only one side says."""
    rows = answer.frame.to_dict("records")
    left, right = str(rows[0]["left_outlet"]), str(rows[0]["right_outlet"])
    aligned = [_aligned(row, theme) for row in rows if row["relation"] in TAGS]
    alone = [_alone(rows, side, outlet, theme) for side, outlet in (("left", left), ("right", right))]
    heads = _heading(left, theme) + _heading(right, theme)
    return _fold_pairs(heads, aligned, MOST_ALIGNED) + SIDE.format(Markup("").join(alone))


def draw_passages(answer: Answer, theme: Theme) -> Markup:
    """Each shared passage twice, with respelt and differing words underlined."""
    rows = answer.frame.to_dict("records")
    left, right = str(rows[0]["left_outlet"]), str(rows[0]["right_outlet"])
    heads = _heading(left, theme) + _heading(right, theme)
    return _fold_pairs(heads, [_passage(row, theme) for row in rows], MOST_PASSAGES)


def _fold_pairs(heads: Markup, pairs: list[Markup], most: int) -> Markup:
    """The first pairs under their heads; what is more, behind a line that opens it."""
    rest = SIDE.format(Markup("").join(pairs[most:]))
    more = FOLD.format(len(pairs) - most, rest) if len(pairs) > most else Markup("")
    return SIDE.format(heads + Markup("").join(pairs[:most])) + more


def _heading(outlet: str, theme: Theme) -> Markup:
    """The name over a column, in the outlet's colour where that can be read."""
    colour = theme.text_colour_of(outlet)
    return Markup('<p class="out only-wide" style="color:{}">{}</p>').format(colour, theme.name_of(outlet))


def _aligned(row: dict[Hashable, object], theme: Theme) -> Markup:
    """One pair of sentences; one tag, after the second, says how they relate."""
    ours, theirs = diff_words(str(row["left"]), str(row["right"]))
    tag = Markup('<span class="tag">{}{}</span>').format(
        TAGS[str(row["relation"])], ", quoted" if row["quoted"] else ""
    )
    sides = [
        _side(row, side, _write(pieces), said, theme)
        for side, pieces, said in (("left", ours, Markup("")), ("right", theirs, tag))
    ]
    return Markup("").join(sides)


def _passage(row: dict[Hashable, object], theme: Theme) -> Markup:
    """One shared passage, marked as evidence."""
    ours, theirs = diff_words(str(row["left"]), str(row["right"]))
    tag = Markup('<span class="tag">{} words{}</span>').format(
        row["tokens"], ", inside quotation" if row["quoted"] else ""
    )
    mark = Markup("<mark>{}</mark>")
    sides = [
        _side(row, side, mark.format(_write(pieces)), said, theme)
        for side, pieces, said in (("left", ours, Markup("")), ("right", theirs, tag))
    ]
    return Markup("").join(sides)


def _side(row: dict[Hashable, object], side: str, words: Markup, tag: Markup, theme: Theme) -> Markup:
    """One side of a pair; its outlet's name stands over it where the columns fall together, on a phone."""
    outlet = str(row[f"{side}_outlet"])
    who = Markup('<b class="who" style="color:{}">{}</b>').format(
        theme.text_colour_of(outlet), theme.name_of(outlet)
    )
    return Markup('<p class="{}">{}{} {}</p>').format(
        side, who, read_link(row[f"{side}_article"], row[f"{side}_at"], words), tag
    )


def _write(pieces: tuple[Piece, ...]) -> Markup:
    """The passage with everything that is not the same on the other side underlined."""
    return Markup("").join(
        escape(piece.text) if piece.kind == "same" else Markup("<ins>{}</ins>").format(piece.text)
        for piece in pieces
    )


def _alone(rows: list[dict[Hashable, object]], side: str, outlet: str, theme: Theme) -> Markup:
    """What only one outlet says, and what the other may say somewhere else or in other words."""
    only, unsure = ([row for row in rows if row["relation"] == f"{how} {side}"] for how in ("only", "unsure"))
    name = theme.name_of(outlet)
    parts = [_listed(only, side, f"Only {name} ({len(only)})")]
    if unsure:
        parts.append(_listed(unsure, side, f"Not sure that only {name} ({len(unsure)})"))
    return Markup("<div>{}</div>").format(Markup("").join(parts))


def _listed(rows: list[dict[Hashable, object]], side: str, head: str) -> Markup:
    """Sentences of one side under their head: the first, and the others behind a line that opens them."""
    told = [
        Markup("<p>{}</p>").format(read_link(row[f"{side}_article"], row[f"{side}_at"], row[side]))
        for row in rows
    ]
    if len(told) > MOST_SINGLE:
        rest = Markup("").join(told[MOST_SINGLE:])
        told[MOST_SINGLE:] = [FOLD.format(len(rows) - MOST_SINGLE, rest)]
    return Markup('<p class="lbl">{}</p>{}').format(head, Markup("").join(told))


SIDE_BY_SIDE = Chart(
    slug="story-pairs",
    question="How do two outlets word it?",
    reading="Sentences that say the same, side by side; words that differ are underlined.",
    needs=("claims", "echoes", "sentences", "texts", "story_articles"),
    query=align_sentences,
    draw=draw_pairs,
    relax="Choose two outlets that carry this story.",
    measure="Fact coverage",
)
PASSAGES = Chart(
    slug="story-passages",
    question="Which passages do they share?",
    reading="Runs of twelve words or more, or several of eight, that stand in both; differences are marked.",
    needs=("reuse", "texts", "story_articles"),
    query=share_passages,
    draw=draw_passages,
    relax="These two outlets share no run of twelve words, nor several of eight.",
    measure="Text reuse",
)

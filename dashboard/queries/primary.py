"""Primary: the original texts that a story quotes: the passage behind each utterance, and who quotes which words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from etl.store import Snapshot

MOST_TEXTS = 4  # original texts that one story shows: those of which most words are quoted
GAP = " … "  # between passages that do not stand side by side
WORD = re.compile(r"\w+(?:['’]\w+)*")
BREAK = re.compile(r"\n\s*\n")
Span = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """The whole sentences of one original text that the wordings of an utterance repeat."""

    primary_id: str
    name: str
    text: str


def find_passages(snapshot: Snapshot, chosen: Filter, quotes: pd.DataFrame) -> dict[str, Passage]:
    """The passage of each utterance that repeats an original text; of several texts the one it has most of.

    `quotes` has the columns utterance, article_id, at.
    """
    runs = _list_runs(snapshot, chosen)
    if runs.empty:
        return {}
    places = quotes[["utterance", "article_id", "at"]].rename(columns={"at": "start"})
    joined = runs.merge(places, on=["article_id", "start"], validate="many_to_one")
    texts = _read_texts(snapshot, joined["primary_id"].unique())
    words = joined.groupby(["utterance", "primary_id"], observed=True)["tokens"].sum().reset_index()
    ranked = words.sort_values(["utterance", "tokens", "primary_id"], ascending=[True, False, True])
    best = ranked.drop_duplicates("utterance").set_index("utterance")["primary_id"]
    held = joined[joined["primary_id"] == joined["utterance"].map(best)]
    return {
        str(utterance): _join_passages(rows, texts)
        for utterance, rows in held.groupby("utterance", observed=True)
    }


def mark_quoted(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a piece of an original text and outlet of the story that quotes it, in the order of the text.

    Columns: primary_id, primary, url, published, precision, length (words), paragraph, start, end, text,
    words, outlets (how many quote the piece); outlet, quoted (words that it quotes of the whole text),
    article_id, at, all four missing for a piece that nobody quotes.
    """
    chosen = focus_story(snapshot, chosen)
    runs = _list_runs(snapshot, chosen)
    if runs.empty:
        return Answer(frame=pd.DataFrame(), n=0, unit="quotations")
    most = (
        runs.groupby("primary_id", observed=True)["tokens"].sum().sort_values(ascending=False, kind="stable")
    )
    shown = list(most.index[:MOST_TEXTS])
    texts = _read_texts(snapshot, shown)
    runs = runs[runs["primary_id"].isin(shown)]
    frame = pd.concat(
        [_cut_text(texts[name], runs[runs["primary_id"] == name]) for name in shown], ignore_index=True
    )
    return Answer(
        frame=frame,
        n=len(runs[["article_id", "start", "primary_id"]].drop_duplicates()),
        unit="quotations",
        verdict=_tell_share(frame),
        note=_tell_foreign(snapshot, chosen, {str(texts[name]["language"]) for name in shown}),
    )


def _list_runs(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """The rows of `primary_quotes` in the chosen articles, with their outlet, earliest article first."""
    return select_articles(
        snapshot,
        chosen,
        """SELECT p.* EXCLUDE (month), c.outlet FROM primary_quotes p JOIN chosen c USING (article_id)
        ORDER BY p.primary_id, c.published NULLS LAST, p.article_id, p.run_start""",
    )


def _read_texts(snapshot: Snapshot, ids: Iterable[str]) -> dict[str, dict[Hashable, Any]]:
    """The rows of these original texts by id."""
    found = snapshot.sql("SELECT * FROM primaries WHERE primary_id = ANY(?)", [list(ids)])
    return {str(row["primary_id"]): row for row in found.to_dict("records")}


def _join_passages(rows: pd.DataFrame, texts: Mapping[str, dict[Hashable, Any]]) -> Passage:
    """The passages of one utterance in one text, in order; an ellipsis where they do not meet."""
    original = texts[rows["primary_id"].iloc[0]]
    text = str(original["text"])
    told = ""
    before = 0
    for start, end in _unite(zip(rows["passage_start"], rows["passage_end"], strict=True)):
        told += (GAP if text[before:start].strip() else " ") if told else ""
        told += text[start:end]
        before = end
    return Passage(str(original["primary_id"]), str(original["name"]), told)


def _unite(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    united: list[Span] = []
    for start, end in sorted(set(spans)):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _cut_text(original: Mapping[Hashable, Any], runs: pd.DataFrame) -> pd.DataFrame:
    """The rows of one original text: cut where a quotation begins or ends, and between paragraphs."""
    text = str(original["text"])
    length = len(WORD.findall(text))
    quoted = {
        outlet: _count_words(text, _unite(zip(rows["primary_start"], rows["primary_end"], strict=True)))
        for outlet, rows in runs.groupby("outlet", observed=True)
    }
    head = {
        "primary_id": original["primary_id"], "primary": original["name"], "url": original["url"],
        "published": original["published"], "precision": original["published_precision"], "length": length,
    }  # fmt: skip
    rows = []
    for paragraph, start, end in _list_pieces(text, runs):
        here = runs[(runs["primary_start"] <= start) & (end <= runs["primary_end"])].drop_duplicates("outlet")
        piece = {
            "paragraph": paragraph, "start": start, "end": end, "text": text[start:end],
            "words": _count_words(text, [(start, end)]), "outlets": len(here),
        }  # fmt: skip
        quoters = [
            {"outlet": outlet, "quoted": quoted[outlet], "article_id": article, "at": at}
            for outlet, article, at in zip(here["outlet"], here["article_id"], here["run_start"], strict=True)
        ]
        nobody: list[dict[str, Any]] = [{"outlet": None, "quoted": None, "article_id": None, "at": None}]
        rows += [head | piece | quoter for quoter in quoters or nobody]
    return pd.DataFrame(rows).astype({"quoted": "Int64", "at": "Int64"})


def _list_pieces(text: str, runs: pd.DataFrame) -> list[tuple[int, int, int]]:
    """Paragraph number, start and end of each piece, in order; together they hold every word."""
    breaks = [match.span() for match in BREAK.finditer(text)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
    edges = {*runs["primary_start"], *runs["primary_end"]}
    return [
        (paragraph, a, b)
        for paragraph, (start, end) in enumerate(zip(starts, ends, strict=True))
        for a, b in pairwise(sorted({start, end} | {edge for edge in edges if start < edge < end}))
    ]


def _count_words(text: str, spans: Iterable[Span]) -> int:
    """Words in these characters."""
    return sum(len(WORD.findall(text, start, end)) for start, end in spans)


def _tell_share(frame: pd.DataFrame) -> str:
    """How much of each original text any outlet quotes."""
    told = []
    for _, rows in frame.groupby("primary_id", sort=False, observed=True):
        pieces = rows.drop_duplicates("start")
        quoted = int(pieces.loc[pieces["outlets"] > 0, "words"].sum())
        told.append(
            f"{quoted} of {rows['length'].iloc[0]} words of “{rows['primary'].iloc[0]}” are quoted by an outlet."
        )
    return " ".join(told)


def _tell_foreign(snapshot: Snapshot, chosen: Filter, languages: set[str]) -> str:
    """Which outlets of the story could not be compared, because none of their articles is in such a language."""
    known = select_articles(
        snapshot,
        chosen,
        """SELECT coalesce(o.name, c.outlet) AS name, list(DISTINCT c.language) AS languages
        FROM chosen c LEFT JOIN outlets o USING (outlet) GROUP BY ALL ORDER BY name""",
    )
    foreign = [
        name
        for name, own in zip(known["name"], known["languages"], strict=True)
        if not {*own, "und"} & languages and "und" not in own
    ]
    compared = "Words in the same order as in the original text, spelling variants folded"
    return f"{compared}; not compared, for another language: {', '.join(foreign)}" if foreign else compared

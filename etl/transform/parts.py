"""Parts: whether an actor acts in its clause, is acted upon, or neither; English alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from etl.transform.clauses import Role, read_role
from etl.transform.cues import cue_words
from etl.transform.feature import Feature
from etl.transform.quotes.excerpts import Excerpt, Range, long_quotes, shorten_quotes, split_lines
from etl.transform.quotes.trees import WORD, calm_titles, parse_sentences
from etl.transform.voice import quoted_ranges

MOST_WORDS = 120  # of a sentence: a longer one is a list or a table, and no tree of it is to be trusted


class _Asked(NamedTuple):
    """A mention as far as its part needs it: its row, where it stands, its words, and whether it is a place."""

    row: int
    start: int
    surface: str
    place: bool


def read_parts(
    articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The table `mentions` with its columns `part` and `agentless`; both missing in other languages."""
    english = articles.loc[articles["language"] == "en", "article_id"]
    text_of = dict(zip(texts["article_id"], texts["text"], strict=True))
    asked = mentions.loc[
        mentions["article_id"].isin(english), ["article_id", "sentence", "start", "end", "kind"]
    ]
    placed = asked.reset_index(names="row").merge(
        sentences[["article_id", "sentence", "start", "end"]],
        on=["article_id", "sentence"], suffixes=("", "_of"), validate="many_to_one",
    )  # fmt: skip
    found: dict[int, Role] = {}
    for article_id, rows in placed.groupby("article_id", observed=True):
        found |= _read_article(text_of[article_id], rows)
    parts = {row: role.part for row, role in found.items()}
    agentless = {row: role.agentless for row, role in found.items()}
    return mentions.assign(
        part=pd.Series(parts, dtype="str").reindex(mentions.index),
        agentless=pd.Series(agentless, dtype="boolean").reindex(mentions.index),
    )


def _read_article(text: str, mentions: pd.DataFrame) -> dict[int, Role]:
    """The role of each mention of one article whose words were parsed, by its row."""
    quoted = quoted_ranges(text)
    asked: dict[Range, list[_Asked]] = {}
    columns = (mentions[name].tolist() for name in ("start_of", "end_of", "row", "start", "end", "kind"))
    for first, last, row, start, end, kind in zip(*columns, strict=True):
        asked.setdefault((first, last), []).append(_Asked(row, start, text[start:end], kind == "place"))
    excerpts = [
        (excerpt, mention)
        for sentence, some in sorted(asked.items())
        for excerpt in cut_sentence(text, sentence, quoted)
        for mention in some
        if _locate(excerpt, mention)
    ]
    kept = frozenset(w.lower() for some in asked.values() for one in some for w in WORD.findall(one.surface))
    calm = {excerpt.words: _calm(excerpt.words, kept) for excerpt, _ in excerpts}
    trees = parse_sentences([calm[excerpt.words] for excerpt, _ in excerpts], cue_words())
    return {
        mention.row: role
        for (excerpt, mention), tree in zip(excerpts, trees, strict=True)
        if (role := _read_mention(tree, excerpt, mention))
    }


def cut_sentence(text: str, sentence: Range, quoted: Sequence[Range]) -> Iterator[Excerpt]:
    """The stretches of a sentence that are parsed: its lines, and each long quotation in it alone."""
    for line in split_lines(text, *sentence):
        whole = shorten_quotes(text, line, quoted)
        inside = long_quotes(text, line, quoted)
        alone = (Excerpt(text[start:end], tuple(range(start, end + 1))) for start, end in inside)
        yield from (piece for piece in (whole, *alone) if len(piece.words.split()) <= MOST_WORDS)


def _calm(sentence: str, names: frozenset[str]) -> str:
    """A headline with Every Word Capitalised with capitals in the words of names alone."""
    return calm_titles(sentence, frozenset(map(str.lower, WORD.findall(sentence))) - names)


def _locate(excerpt: Excerpt, mention: _Asked) -> Range | None:
    """The characters of an excerpt that stand for a mention; none where its words are left out."""
    first = bisect_left(excerpt.places, mention.start)
    last = first + len(mention.surface)
    held = excerpt.words.startswith(mention.surface, first) and excerpt.places[first] == mention.start
    return (first, last) if held and excerpt.places[last - 1] == mention.start + last - first - 1 else None


def _read_mention(tree: Doc, excerpt: Excerpt, mention: _Asked) -> Role | None:
    """The role of one mention in a tree; none where its words are no words of the tree."""
    place = _locate(excerpt, mention)
    span = tree.char_span(*place, alignment_mode="expand") if place else None
    return read_role(span.root, place=mention.place) if span is not None else None


PARTS = Feature(
    makes="mentions",
    needs=("articles", "texts", "sentences", "mentions"),
    compute=read_parts,
    scope="article",
    completes=True,
)

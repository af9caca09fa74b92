"""Parts: whether an actor acts in its clause, is acted upon, or neither; English alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import pandas as pd
from spacy.tokens import Doc

from etl.transform.clauses import Role, read_role
from etl.transform.cues import cue_words
from etl.transform.feature import Feature
from etl.transform.quotes.excerpts import Excerpt, Range, long_quotes, shorten_quotes, split_lines
from etl.transform.quotes.trees import WORD, calm_titles, parse_sentences
from etl.transform.voice import quoted_ranges

MOST_WORDS = 120  # of a sentence: a longer one is a list or a table, and no tree of it is to be trusted


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
    columns = (mentions[name].tolist() for name in ("start_of", "end_of", "row", "start", "end", "kind"))
    asked: dict[Range, list[tuple[int, int, int, str]]] = {}
    for first, last, *mention in zip(*columns, strict=True):
        asked.setdefault((first, last), []).append(tuple(mention))
    excerpts = [
        (excerpt, mention)
        for sentence, some in sorted(asked.items())
        for excerpt in cut_sentence(text, sentence, quoted)
        for mention in some
        if _locate(excerpt, mention[1], mention[2])
    ]
    names = [text[start:end] for start, end in zip(mentions["start"], mentions["end"], strict=True)]
    words = [_calm(excerpt.words, names) for excerpt, _ in excerpts]
    trees = parse_sentences(words, cue_words())
    return {
        mention[0]: role
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


def _calm(sentence: str, names: Sequence[str]) -> str:
    """A headline with Every Word Capitalised with capitals in the names alone."""
    kept = {word.lower() for name in names for word in WORD.findall(name)}
    return calm_titles(sentence, frozenset(map(str.lower, WORD.findall(sentence))) - kept)


def _locate(excerpt: Excerpt, start: int, end: int) -> Range | None:
    """The characters of an excerpt that stand for a span of the text; none where its words are left out."""
    places = excerpt.places
    first, last = bisect_left(places, start), bisect_left(places, end)
    whole = last - first == end - start and first < len(places) and places[first] == start
    return (first, last) if whole else None


def _read_mention(tree: Doc, excerpt: Excerpt, mention: tuple[int, int, int, str]) -> Role | None:
    """The role of one mention in a tree; none where its words are no words of the tree."""
    _, start, end, kind = mention
    place = _locate(excerpt, start, end)
    span = tree.char_span(*place, alignment_mode="expand") if place else None
    return read_role(span.root, place=kind == "place") if span is not None else None


PARTS = Feature(
    makes="mentions",
    needs=("articles", "texts", "sentences", "mentions"),
    compute=read_parts,
    scope="article",
    completes=True,
)

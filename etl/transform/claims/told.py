"""Told: the sentences of stories with all that they are compared by, and how alike they are.

Claims and echoes both ask for it; the last answer is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from etl.transform.claims.concepts import read_concepts
from etl.transform.claims.heard import weigh_words
from etl.transform.claims.likeness import QUOTED, compare_sentences, link_alike
from etl.transform.claims.senses import read_meanings
from etl.transform.groups import part_chains
from etl.transform.shingles import Mask, Numbers, Tokens, read_tokens
from etl.transform.spans import sentence_at
from etl.transform.stories import order_articles

NEEDS = ("articles", "texts", "sentences", "story_articles", "mentions", "dates", "quotes")
BEHIND = pd.Timedelta(days=60)  # a date so long before publication belongs to the background
NAME, DATE = 1.3, 0.6  # weights of an actor and of a date beside a word
END = re.compile(r"[.!?…。؟।][\"'”’»“)\]]*\s*$")


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Sentences (story_id, article_id, sentence, outlet, language, words, concepts, first), their pairs and words.

    `concepts` counts what can be sought elsewhere: nothing of a heading between paragraphs.
    `first` is the row of the first sentence that says the same; that of a sentence alone is its own.
    """

    told: pd.DataFrame
    pairs: pd.DataFrame
    words: pd.DataFrame


class _Asked:
    """The tables asked about; equal where they hold the same."""

    def __init__(self, tables: tuple[pd.DataFrame, ...]) -> None:
        self.tables = tables
        self.print = tuple(int(pd.util.hash_pandas_object(table, index=False).sum()) for table in tables)

    def __hash__(self) -> int:
        return hash(self.print)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.print == other.print


def compare_told(*tables: pd.DataFrame) -> Compared:
    """The sentences of stories that two outlets carry, and how alike they are; `tables` are those of NEEDS."""
    articles, texts, sentences, story_articles, mentions, dates, quotes = tables
    members = _list_members(articles, story_articles)
    mine = [members[["article_id"]].merge(frame, on="article_id") for frame in (texts, sentences)]
    spoken = [
        _cut(mentions, "actor_id"),
        _cut(dates, "value", "last_day"),
        _cut(quotes, "end", "utterance_id"),
    ]
    return _compare(_Asked((members, *mine, *spoken)))


@lru_cache(maxsize=1)
def _compare(asked: _Asked) -> Compared:
    """The same, from what it depends on alone."""
    members, texts, sentences, mentions, dates, quotes = asked.tables
    told = _list_sentences(members, sentences)
    if told.empty:
        return Compared(told=told, pairs=pd.DataFrame(), words=pd.DataFrame())
    tokens = _read_words(told, texts)
    told = told.assign(
        words=np.bincount(tokens.texts, minlength=len(told)),
        old=_reach_back(told, dates),
        utterance=_find_utterances(told, quotes, sentences),
    )
    text = dict(zip(texts["article_id"], texts["text"], strict=True))
    sources = [text[article] for article in told["article_id"]]
    concepts = read_concepts(tokens, sources, _list_meanings(told, mentions, dates), told["language"])
    pairs = compare_sentences(told, concepts, read_meanings(tokens, told["language"]))
    told["concepts"] = np.bincount(concepts.sentences, minlength=len(told)) * _end_whole(told, sources)
    told["first"] = _first_of_group(part_chains(link_alike(told, pairs)))
    return Compared(told=told, pairs=pairs, words=weigh_words(tokens, concepts, sources))


def _cut(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The place and these columns of what stands in texts."""
    place = ["article_id", "start", *({"end", "sentence"} & set(table.columns))]
    return table[sorted({*place, *columns})]


def _list_members(articles: pd.DataFrame, story_articles: pd.DataFrame) -> pd.DataFrame:
    """The articles of stories that two outlets carry, in order of publication."""
    columns = ["article_id", "outlet", "language", "published"]
    members = order_articles(articles)[columns].reset_index(names="place")
    members = members.merge(
        story_articles[["article_id", "story_id"]], on="article_id", validate="one_to_one"
    )
    return members[members.groupby("story_id")["outlet"].transform("nunique") >= 2]


def _list_sentences(members: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences to compare, story by story, in order of publication."""
    body = sentences[sentences["role"].isin(["body", "subtitle"])]
    told = body.merge(members, on="article_id", validate="many_to_one")
    return told.sort_values(["story_id", "place", "sentence"], ignore_index=True)


def _read_words(told: pd.DataFrame, texts: pd.DataFrame) -> Tokens:
    """The words of these sentences, each sentence a text of its own."""
    known = texts.sort_values("article_id", ignore_index=True)
    tokens = read_tokens(tuple(known["text"]))
    text = pd.Series(known.index, index=known["article_id"]).loc[told["article_id"]].to_numpy()
    width = int(max(tokens.ends.max(initial=0), told["end"].max())) + 1
    edges = text * width + told["start"].to_numpy()
    order = np.argsort(edges)
    place = np.maximum(
        np.searchsorted(edges[order], tokens.texts * width + tokens.starts, side="right") - 1, 0
    )
    sentence = order[place]
    inside = (text[sentence] == tokens.texts) & (tokens.ends <= told["end"].to_numpy()[sentence])
    inside &= tokens.starts >= told["start"].to_numpy()[sentence]
    return tokens.rename(np.where(inside, sentence, -1), len(told))


def _end_whole(told: pd.DataFrame, sources: list[str]) -> Mask:
    """True for sentences that end like one; headings between paragraphs and labels tell no whole fact."""
    ends = zip(sources, told["start"], told["end"], strict=True)
    return np.array(
        [END.search(source, start, end) is not None for source, start, end in ends], dtype=np.bool_
    )


def _reach_back(told: pd.DataFrame, dates: pd.DataFrame) -> Numbers:
    """1 for sentences that name a day long before their story, else 0."""
    days = _place_rows(told, dates[dates["last_day"].notna()])
    latest = told["published"].fillna(told.groupby("story_id")["published"].transform("max"))
    told_at = latest.dt.tz_localize(None).iloc[days["row"]].to_numpy()
    long = told_at - days["last_day"].to_numpy() > BEHIND.to_timedelta64()
    back = np.zeros(len(told), dtype=np.int64)
    back[days["row"].to_numpy()[long]] = 1
    return back


def _find_utterances(told: pd.DataFrame, quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """The utterance that fills most of each sentence; missing for most sentences."""
    known = quotes[quotes["utterance_id"].notna()]
    known = told[["article_id"]].drop_duplicates().merge(known, on="article_id")
    said = _place_rows(told, known.assign(sentence=sentence_at(known, sentences)))
    length = (told["end"] - told["start"]).iloc[said["row"]].to_numpy()
    inside = said["end"].to_numpy() <= told["end"].iloc[said["row"]].to_numpy()
    filling = said[((said["end"] - said["start"]).to_numpy() >= QUOTED * length) & inside]
    return filling.drop_duplicates("row").set_index("row")["utterance_id"].reindex(told.index)


def _list_meanings(told: pd.DataFrame, mentions: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """What actors' names and dates mean, by sentence: sentence, start, end, meaning, weight."""
    named = mentions.assign(meaning=mentions["actor_id"], weight=NAME)
    dated = dates[dates["value"] != ""]
    dated = dated.assign(meaning="day " + dated["value"].str[:10], weight=DATE)
    columns = ["article_id", "sentence", "start", "end", "meaning", "weight"]
    spans = _place_rows(told, pd.concat([dated[columns], named[columns]], ignore_index=True))
    return spans.drop(columns="sentence").rename(columns={"row": "sentence"})


def _place_rows(told: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """The spans within these sentences, with the number of their row."""
    rows = told[["article_id", "sentence"]].reset_index(names="row")
    return spans.merge(rows, on=["article_id", "sentence"], validate="many_to_one")


def _first_of_group(groups: Numbers) -> Numbers:
    """For each sentence the first one of its claim; itself if it is alone."""
    alone = groups < 0
    own = np.where(alone, np.arange(len(groups)) + len(groups), groups)
    _, first, which = np.unique(own, return_index=True, return_inverse=True)
    return first[which]

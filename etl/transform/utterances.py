"""Utterances: the quotations of several articles that repeat the same spoken or written words.

Two quotations of a story are one utterance where the shorter one's 3-word runs stand, most of them, in the
longer one: so edited and truncated variants join. Those of different articles join as well where they retell
one statement: enough runs in common that hold more than names and function words, for these only say what it
is about; or, for a short phrase, half of its words in the other and such runs in the sentences around both.
A retelling needs words inside quotation marks on one side at least, and no two different known speakers: two
reports of one event in the outlets' own words share much and quote nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix, csr_matrix

from etl.article import content_id
from etl.transform.feature import Feature
from etl.transform.groups import part_chains
from etl.transform.shingles import Mask, Numbers, Tokens, hash_shingles, pair_within, read_tokens
from etl.transform.spans import sentence_at, slice_spans
from etl.transform.vectors import read_stop_words

RUN, SHORTEST = 3, 3  # words of a run; runs of the shorter quotation: from 5 words on
CONTAINED = 0.6
RETOLD, TELLING = 0.3, 5  # share of the shorter one's telling runs, and how many, that make a retelling
PHRASE, BRIEF = 3, 8  # words of a short phrase: from, to
TELLING_PHRASE = 2  # of them no function words
HALF = 0.5  # of a short phrase's words, in the other
COMMON = 200  # quotations of one story: a run that more of them hold is a formula


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Pairs of texts of one story with runs in common: `left` < `right`, how many, and of how many each."""

    left: Numbers
    right: Numbers
    runs: Numbers
    sizes: Numbers

    @property
    def contained(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Share of the runs of the one with fewer that the other has, 0 to 1."""
        return self.runs / np.maximum(1, self.shorter)

    @property
    def shorter(self) -> Numbers:
        """Runs of the one with fewer."""
        return np.minimum(self.sizes[self.left], self.sizes[self.right])

    @property
    def retold(self) -> Mask:
        """True where the runs in common tell of one statement."""
        return (self.contained >= RETOLD) & (self.runs >= TELLING)


def name_utterances(
    quotes: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame, story_articles: pd.DataFrame
) -> pd.DataFrame:
    """The table `quotes` with its column `utterance_id`."""
    return quotes.assign(utterance_id=join_utterances(quotes, texts, sentences, story_articles))


def join_utterances(
    quotes: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame, story_articles: pd.DataFrame
) -> pd.Series:
    """The `utterance_id` of each quotation, with the index of `quotes`; missing for one that stands alone."""
    placed = quotes[["article_id", "start", "end", "kind", "actor_id"]].reset_index(names="place")
    told = placed.merge(story_articles[["article_id", "story_id"]], on="article_id", validate="many_to_one")
    told = told.sort_values(["article_id", "start"], ignore_index=True)
    groups = part_chains(_link_quotes(told, texts, sentences))
    joined = told[groups >= 0]
    named = joined.groupby(groups[groups >= 0])[["article_id", "start"]].transform("first")
    ids = [
        content_id("utterance", article, str(start))
        for article, start in zip(named.get("article_id", ()), named.get("start", ()), strict=True)
    ]
    return pd.Series(ids, index=joined["place"], dtype="str").reindex(quotes.index).rename("utterance_id")


def mark_telling(tokens: Tokens) -> Mask:
    """True for each word that begins a run with a word that is neither a name nor a function word."""
    plain = ~tokens.names & ~np.isin(tokens.codes, read_stop_words("en"))
    ahead = np.concatenate([plain, np.zeros(RUN, dtype=np.bool_)])
    marked: Mask = np.logical_or.reduce([ahead[step : step + len(plain)] for step in range(RUN)])
    return marked


def _link_quotes(told: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame) -> csr_matrix:
    """How alike each two quotations of one story are that hold the same utterance; symmetric."""
    stories = pd.factorize(told["story_id"])[0]
    words = read_tokens(tuple(slice_spans(told, texts).fillna("")))
    around = read_tokens(tuple(_sentences_around(told, texts, sentences)))
    same = _share_runs(words, stories)
    copied = (same.contained >= CONTAINED) & (same.shorter >= SHORTEST)
    telling = _share_runs(words, stories, telling=True)
    context = _share_runs(around, stories, telling=True)
    retold = telling.retold & _may_retell(told, telling)
    phrased = context.retold & _may_retell(told, context) & _repeat_phrases(words, context)
    parts = [(same, copied), (telling, retold), (context, phrased)]
    links = [
        coo_matrix(
            (pairs.contained[kept], (pairs.left[kept], pairs.right[kept])), shape=(len(told), len(told))
        ).tocsr()
        for pairs, kept in parts
    ]
    strongest = links[0].maximum(links[1]).maximum(links[2])
    return strongest.maximum(strongest.T)


def _share_runs(
    tokens: Tokens, stories: np.ndarray[tuple[int], np.dtype[np.intp]], *, telling: bool = False
) -> Shared:
    """The pairs of texts of one story that have runs in common; only runs that tell something, if asked."""
    hashes, places = hash_shingles(tokens, RUN)
    if telling:
        kept = mark_telling(tokens)[places]
        hashes, places = hashes[kept], places[kept]
    owner = tokens.texts[places]
    runs = pd.DataFrame({"run": hashes, "story": stories[owner], "quote": owner}).drop_duplicates()
    left, right = pair_within(runs.groupby(["story", "run"]).ngroup().to_numpy(), most=COMMON)
    owners = runs["quote"].to_numpy()
    one, other = np.minimum(owners[left], owners[right]), np.maximum(owners[left], owners[right])
    pairs = (np.ones(len(left), dtype=np.int64), (one, other))
    shared = coo_matrix(pairs, shape=(tokens.count, tokens.count)).tocsr().tocoo()
    return Shared(
        left=shared.row.astype(np.int64),
        right=shared.col.astype(np.int64),
        runs=shared.data,
        sizes=np.bincount(owners, minlength=tokens.count),
    )


def _sentences_around(told: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """The words of the sentence in which each quotation begins; empty where none is known."""
    number = sentence_at(told, sentences).rename("sentence")
    where = told[["article_id"]].assign(sentence=number).reset_index(names="row").dropna()
    known = sentences[["article_id", "sentence", "start", "end"]]
    spans = where.merge(known, on=["article_id", "sentence"], how="left", validate="many_to_one")
    return slice_spans(spans, texts).set_axis(spans["row"]).reindex(told.index).fillna("")


def _may_retell(told: pd.DataFrame, pairs: Shared) -> Mask:
    """True for pairs of different articles, one at least quoted, whose known speakers do not differ."""
    article, speaker = (pd.factorize(told[name])[0] for name in ("article_id", "actor_id"))
    quoted = (told["kind"] != "indirect").to_numpy()
    one, other = pairs.left, pairs.right
    differ = (speaker[one] != speaker[other]) & (speaker[one] >= 0) & (speaker[other] >= 0)
    may: Mask = (article[one] != article[other]) & (quoted[one] | quoted[other]) & ~differ
    return may


def _repeat_phrases(tokens: Tokens, pairs: Shared) -> Mask:
    """True for pairs of which one is a short phrase whose words the other has, half of them or more.

    Not for "in a statement": the phrase must hold two words that are no function words, one of them shared.
    """
    bounds, idle = tokens.bounds, read_stop_words("en")
    found = np.zeros(len(pairs.left), dtype=np.bool_)
    sizes = np.diff(bounds)
    brief = np.minimum(sizes[pairs.left], sizes[pairs.right])
    for place in np.flatnonzero((brief >= PHRASE) & (brief <= BRIEF)):
        one, other = (
            tokens.codes[bounds[text] : bounds[text + 1]] for text in (pairs.left[place], pairs.right[place])
        )
        common = np.intersect1d(one, other)
        own = one if len(one) <= len(other) else other
        telling = (
            len(own) - int(np.isin(own, idle).sum()) >= TELLING_PHRASE and not np.isin(common, idle).all()
        )
        found[place] = telling and len(common) >= HALF * brief[place]
    return found


UTTERANCES = Feature(
    makes="quotes",
    needs=("quotes", "texts", "sentences", "story_articles"),
    compute=name_utterances,
    scope="window",
    completes=True,
)

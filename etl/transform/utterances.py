"""Utterances: the quotations of several articles that repeat the same spoken or written words.

Two quotations of a story are one utterance where the shorter one's 3-word runs stand, most of them, in the
longer one: so edited and truncated variants join, and paraphrases do not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix, csr_matrix

from etl.article import content_id
from etl.transform.feature import Feature
from etl.transform.groups import part_chains
from etl.transform.shingles import hash_shingles, pair_within, read_tokens
from etl.transform.spans import slice_spans

RUN, SHORTEST = 3, 3  # words of a run; runs of the shorter quotation: from 5 words on
CONTAINED = 0.6
COMMON = 200  # quotations of one story: a run that more of them hold is a formula


def name_utterances(quotes: pd.DataFrame, texts: pd.DataFrame, story_articles: pd.DataFrame) -> pd.DataFrame:
    """The table `quotes` with its column `utterance_id`."""
    return quotes.assign(utterance_id=join_utterances(quotes, texts, story_articles))


def join_utterances(quotes: pd.DataFrame, texts: pd.DataFrame, story_articles: pd.DataFrame) -> pd.Series:
    """The `utterance_id` of each quotation, with the index of `quotes`; missing for one that stands alone."""
    placed = quotes[["article_id", "start", "end"]].reset_index(names="place")
    told = placed.merge(story_articles[["article_id", "story_id"]], on="article_id", validate="many_to_one")
    told = told.sort_values(["article_id", "start"], ignore_index=True)
    groups = part_chains(_link_quotes(slice_spans(told, texts), pd.factorize(told["story_id"])[0]))
    joined = told[groups >= 0]
    named = joined.groupby(groups[groups >= 0])[["article_id", "start"]].transform("first")
    ids = [
        content_id("utterance", article, str(start))
        for article, start in zip(named.get("article_id", ()), named.get("start", ()), strict=True)
    ]
    return pd.Series(ids, index=joined["place"], dtype="str").reindex(quotes.index).rename("utterance_id")


def _link_quotes(words: pd.Series, stories: np.ndarray[tuple[int], np.dtype[np.intp]]) -> csr_matrix:
    """Containment of the shorter in the longer quotation of each two of one story, where it is .6 or more."""
    tokens = read_tokens(tuple(words.fillna("")))
    hashes, places = hash_shingles(tokens, RUN)
    owner = tokens.texts[places]
    runs = pd.DataFrame({"run": hashes, "story": stories[owner], "quote": owner}).drop_duplicates()
    keys = runs.groupby(["story", "run"]).ngroup().to_numpy()
    left, right = pair_within(keys, most=COMMON)
    owners = runs["quote"].to_numpy()
    pairs = (np.ones(len(left)), (owners[left], owners[right]))
    shared = coo_matrix(pairs, shape=(tokens.count, tokens.count)).tocsr().tocoo()
    sizes = np.bincount(owners, minlength=tokens.count)
    shorter = np.minimum(sizes[shared.row], sizes[shared.col])
    contained = shared.data / np.maximum(1, shorter)
    kept = (contained >= CONTAINED) & (shorter >= SHORTEST)
    links = csr_matrix((contained[kept], (shared.row[kept], shared.col[kept])), shape=shared.shape)
    return links.maximum(links.T)


UTTERANCES = Feature(
    makes="quotes",
    needs=("quotes", "texts", "story_articles"),
    compute=name_utterances,
    scope="window",
    completes=True,
)

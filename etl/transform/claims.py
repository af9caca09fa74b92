"""Claims: which sentences of different outlets say the same thing of one story, and which stand alone.

Likeness is that of words (TF-IDF within the story, so that what all its sentences name says little), names
and numbers counting more. Two sentences are linked where each is the other's best match in that outlet, or
where they are nearly the same; every sentence of a claim is linked to its most central one. Precision goes
before recall: a sentence alone may still be told elsewhere in other words, which its similarity hints at.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from etl.article import content_id
from etl.schema import CLAIMS as TABLE
from etl.transform.feature import Feature
from etl.transform.groups import part_chains
from etl.transform.shingles import Numbers, Tokens, read_tokens
from etl.transform.stories import order_articles
from etl.transform.vectors import link_rows, weigh_words

NAMES = 1.5  # weight of a name or number beside another word
MUTUAL, ONE_WAY = 0.45, 0.55  # of 30 pairs read at each level, some 3 in 4 said the same at .45 to .5
NOTED = 0.1  # likeness below counts as none
SHORTEST = 4  # words: "He did." says the same as many a sentence


def align_claims(
    articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame, story_articles: pd.DataFrame
) -> pd.DataFrame:
    """Rows for the table `claims`: all sentences of stories that two outlets carry, less headlines."""
    told = _list_sentences(articles, sentences, story_articles)
    if told.empty:
        return TABLE.empty()
    links = _link_sentences(told, _read_words(told, texts))
    best = _find_best(links, told["outlet"])
    agreed = _agree(best, len(told))
    nearest = best.groupby("row")["value"].max().reindex(told.index, fill_value=0.0).clip(0, 1)
    first = _first_of_group(part_chains(agreed))
    opening = told[["story_id", "article_id", "sentence"]].iloc[first].astype("str")
    ids = [content_id("claim", *names) for names in opening.itertuples(index=False)]
    return told[["story_id", "article_id", "sentence"]].assign(claim_id=ids, similarity=nearest)


def _list_sentences(
    articles: pd.DataFrame, sentences: pd.DataFrame, story_articles: pd.DataFrame
) -> pd.DataFrame:
    """The sentences to compare, story by story, in order of publication, with outlet and language."""
    members = order_articles(articles)[["article_id", "outlet", "language"]].reset_index(names="place")
    members = members.merge(
        story_articles[["article_id", "story_id"]], on="article_id", validate="one_to_one"
    )
    members = members[members.groupby("story_id")["outlet"].transform("nunique") >= 2]
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


def _link_sentences(told: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """Likeness of sentences of different outlets within a story: row, column, value."""
    enough = np.bincount(tokens.texts, minlength=len(told)) >= SHORTEST
    parts = []
    for _, story in told.groupby("story_id", observed=True):
        first, last = int(story.index[0]), int(story.index[-1]) + 1
        words = weigh_words(
            tokens.between(first, last), str(story["language"].iloc[0]), names=NAMES, once=True
        )
        links = link_rows(words, least=NOTED)
        parts.append(
            pd.DataFrame({"row": links.row + first, "column": links.col + first, "value": links.data})
        )
    pairs = pd.concat(parts, ignore_index=True)
    outlet = pd.factorize(told["outlet"])[0]
    other = outlet[pairs["row"]] != outlet[pairs["column"]]
    kept: pd.DataFrame = pairs[other & enough[pairs["row"]] & enough[pairs["column"]]]
    return kept


def _find_best(links: pd.DataFrame, outlets: pd.Series) -> pd.DataFrame:
    """For each sentence and other outlet the most alike sentence there; of equals the first."""
    known = links.assign(value=links["value"].round(9), outlet=outlets.iloc[links["column"]].to_numpy())
    order = ["row", "outlet", "value", "column"]
    ranked = known.sort_values(order, ascending=[True, True, False, True])
    best: pd.DataFrame = ranked.drop_duplicates(["row", "outlet"])
    return best


def _agree(best: pd.DataFrame, count: int) -> csr_matrix:
    """The links that hold: each the other's best, or nearly the same; symmetric."""
    back = best[["column", "row"]].set_axis(["row", "column"], axis=1).assign(mutual=True)
    pairs = best.merge(back, on=["row", "column"], how="left", validate="one_to_one")
    mutual = pairs["mutual"].eq(True)
    held = pairs[(mutual & (pairs["value"] >= MUTUAL)) | (pairs["value"] >= ONE_WAY)]
    matrix = csr_matrix((held["value"], (held["row"], held["column"])), shape=(count, count))
    return matrix.maximum(matrix.T)


def _first_of_group(groups: Numbers) -> Numbers:
    """For each sentence the first one of its claim; itself if it is alone."""
    alone = groups < 0
    own = np.where(alone, np.arange(len(groups)) + len(groups), groups)
    _, first, which = np.unique(own, return_index=True, return_inverse=True)
    return first[which]


CLAIMS = Feature(
    makes="claims",
    needs=("articles", "texts", "sentences", "story_articles"),
    compute=align_claims,
    scope="window",
)

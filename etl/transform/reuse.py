"""Reuse: passages that two articles share word for word, spelling variants folded, with their place in both.

A shared run counts from 12 words on, or from 8 where the two articles share at least two such runs. Blocks
that an outlet repeats are no reuse. Runs are cut where a quotation begins or ends, so that `quoted` holds for
all of their words.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.schema import REUSE as TABLE
from etl.transform.feature import Feature
from etl.transform.shingles import (
    Mask,
    Numbers,
    Tokens,
    hash_shingles,
    mark_blocks,
    mark_ranges,
    pair_within,
    read_tokens,
)
from etl.transform.voice import quoted_ranges

LONG_RUN, SHORT_RUN, SHORT_RUNS = 12, 8, 2
COMMON = 50  # articles: a run that more of them carry is a formula, and would cost the square of their number
PAIR = ["text_a", "text_b"]


def find_reuse(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `reuse`: each passage that two articles at different addresses share."""
    known = texts.merge(articles[["article_id", "outlet", "url"]], on="article_id", validate="one_to_one")
    known = known.sort_values("article_id", ignore_index=True)
    tokens = read_tokens(tuple(known["text"]))
    runs = _match_runs(tokens, mark_blocks(tokens, known["outlet"].tolist()))
    runs = _keep_long(runs[_differ(known["url"], runs)])
    runs = _keep_long(_part_quoted(runs, tokens, _mark_quoted(tokens, known["text"], runs)))
    return _name_spans(runs, tokens, known["article_id"]) if len(runs) else TABLE.empty()


def _match_runs(tokens: Tokens, blocks: Mask) -> pd.DataFrame:
    """Longest shared runs of at least 8 words: text_a < text_b, first word in each, words."""
    hashes, places = hash_shingles(tokens, SHORT_RUN)
    free = ~(blocks[places] | blocks[places + SHORT_RUN - 1])
    places = places[free]
    left, right = pair_within(hashes[free], most=COMMON)
    seeds = pd.DataFrame({"a": places[left], "b": places[right]})
    seeds["text_a"], seeds["text_b"] = tokens.texts[seeds["a"]], tokens.texts[seeds["b"]]
    seeds = seeds[seeds["text_a"] < seeds["text_b"]].assign(shift=lambda rows: rows["b"] - rows["a"])
    seeds = seeds.sort_values([*PAIR, "shift", "a"], ignore_index=True)
    goes_on = (seeds[[*PAIR, "shift"]].diff().eq(0).all(axis=1)) & seeds["a"].diff().eq(1)
    runs = seeds.groupby((~goes_on).cumsum()).agg(
        text_a=("text_a", "first"),
        text_b=("text_b", "first"),
        a=("a", "first"),
        b=("b", "first"),
        last=("a", "last"),
    )
    return _drop_inner(runs.assign(words=runs["last"] - runs["a"] + SHORT_RUN).drop(columns="last"))


def _drop_inner(runs: pd.DataFrame) -> pd.DataFrame:
    """Without runs that lie inside a longer one of the same two texts on either side: a phrase said twice."""
    for side in ("a", "b"):
        runs = runs.sort_values([*PAIR, side, "words"], ascending=[True, True, True, False])
        ends = runs[side] + runs["words"]
        reached = ends.groupby([runs[name] for name in PAIR]).cummax()
        before = reached.groupby([runs[name] for name in PAIR]).shift()
        runs = runs[~(ends <= before)]
    return runs.sort_values([*PAIR, "a", "b"], ignore_index=True)


def _differ(urls: pd.Series, runs: pd.DataFrame) -> pd.Series:
    """True where the two articles do not stand at one address; articles without an address always differ."""
    left, right = urls.iloc[runs["text_a"]].to_numpy(), urls.iloc[runs["text_b"]].to_numpy()
    return pd.Series((left != right) | (left == ""), index=runs.index)


def _mark_quoted(tokens: Tokens, texts: pd.Series, runs: pd.DataFrame) -> Mask:
    """True for words inside quotation marks, in the texts that share anything."""
    sharing = np.unique(runs[PAIR].to_numpy())
    return mark_ranges(tokens, {int(text): quoted_ranges(texts.iloc[text]) for text in sharing})


def _part_quoted(runs: pd.DataFrame, tokens: Tokens, quoted: Mask) -> pd.DataFrame:
    """Each run as the parts that are quoted in both texts, and those that are not."""
    words = runs["words"].to_numpy()
    run = np.repeat(np.arange(len(runs)), words)
    step = np.arange(len(run)) - np.repeat(np.cumsum(words) - words, words)
    a, b = runs["a"].to_numpy()[run] + step, runs["b"].to_numpy()[run] + step
    both = quoted[a] & quoted[b]
    begins = np.flatnonzero((step == 0) | (np.diff(both, prepend=False)))
    parts = runs.iloc[run[begins]].reset_index(drop=True)
    lengths = np.diff(np.append(begins, len(run)))
    return parts.assign(a=a[begins], b=b[begins], words=lengths, quoted=both[begins])


def _keep_long(runs: pd.DataFrame) -> pd.DataFrame:
    """Runs of at least 12 words; of at least 8 where the two texts share two of them."""
    runs = runs[runs["words"] >= SHORT_RUN]
    shared = runs.groupby(PAIR)["words"].transform("size")
    return runs[(runs["words"] >= LONG_RUN) | (shared >= SHORT_RUNS)]


def _name_spans(runs: pd.DataFrame, tokens: Tokens, ids: pd.Series) -> pd.DataFrame:
    """The runs with article ids and character spans."""
    made = {"tokens": runs["words"].to_numpy(), "quoted": runs["quoted"].to_numpy()}
    for side in ("a", "b"):
        first: Numbers = runs[side].to_numpy()
        made[f"article_{side}"] = ids.iloc[runs[f"text_{side}"]].to_numpy()
        made[f"start_{side}"] = tokens.starts[first]
        made[f"end_{side}"] = tokens.ends[first + runs["words"].to_numpy() - 1]
    return pd.DataFrame(made)


REUSE = Feature(makes="reuse", needs=("articles", "texts"), compute=find_reuse, scope="window")

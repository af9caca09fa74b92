"""Reprints: groups of articles that are one text, in whole or in part, whoever published it.

Candidates come from MinHash over 3-word shingles (rensa); what counts is containment, the share of an
article's 5-word shingles that another one carries (Broder 1997), after the outlet's repeated blocks and all
quotations are taken away: two outlets that quote one statement at length have not reprinted each other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from rensa import RMinHash
from scipy.sparse import csr_matrix

from etl.article import content_id
from etl.schema import REPRINTS as TABLE
from etl.transform.containment import measure_containment
from etl.transform.feature import Feature
from etl.transform.groups import part_sources
from etl.transform.shingles import (
    MIX,
    Numbers,
    Tokens,
    hash_shingles,
    mark_blocks,
    pair_within,
    read_tokens,
)

DUPLICATE, PARTIAL = 0.6, 0.3
CHANGED = 0.35  # of the runs of three words: where single words were changed few runs of five are left
CANDIDATE_WORDS = 3
PERMUTATIONS, BANDS, SEED = 256, 128, 7
CANDIDATE_JACCARD = (
    0.1  # estimated from 256 permutations, whose error is .02 to .03: copies have .15 and more
)
CROWD, HUBS = 200, 20  # in a crowd of more alike articles each is compared with 20 of them, not with all
PRECISION_WIDTH = {"second": "1s", "minute": "1min", "hour": "1h", "day": "1D", "month": "31D"}


def group_reprints(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `reprints`: the articles that share their text with another one, and with which."""
    known = texts.merge(articles, on="article_id", validate="one_to_one").sort_values(
        "article_id", ignore_index=True
    )
    tokens = read_tokens(tuple(known["text"]))
    tokens = tokens.keep(~mark_blocks(tokens, known["outlet"].tolist()))
    links, near = _link_copies(tokens, known["text"], *_find_candidates(tokens))
    groups = part_sources(near)
    members = np.flatnonzero(groups >= 0)
    if not len(members):
        return TABLE.empty()
    return _describe_groups(known.iloc[members], groups[members], links[members][:, members])


def _link_copies(
    tokens: Tokens, texts: pd.Series, left: Numbers, right: Numbers
) -> tuple[csr_matrix, csr_matrix]:
    """Share of the row's runs that the column's text carries, for pairs where one side reaches enough.

    Two matrices, of runs of five and of three words.
    """
    exact, loose = measure_containment(tokens, texts, left, right)
    kept = (exact.max(axis=0) >= PARTIAL) | (loose.max(axis=0) >= CHANGED)
    rows, columns = np.concatenate([left[kept], right[kept]]), np.concatenate([right[kept], left[kept]])
    links, near = (
        csr_matrix((shares[:, kept].ravel(), (rows, columns)), shape=(tokens.count, tokens.count))
        for shares in (exact, loose)
    )
    return links, near


def tell_earliest(published: pd.Series, precision: pd.Series, group: pd.Series) -> pd.Series:
    """True for the article of a group that was certainly first, false for those surely later, else missing.

    A time holds for as long as its precision says: 07:18 may be any second of that minute. Where one time of
    the group is unknown, nobody is certainly first.
    """
    ends = published + pd.to_timedelta(precision.map(PRECISION_WIDTH))
    starts = published.where(ends.notna())
    later = starts >= ends.groupby(group).transform("min")
    ordered = starts.sort_values()
    ranks = ordered.groupby(group).cumcount()
    second = ordered[ranks.reindex(ordered.index) == 1]
    complete = starts.notna().groupby(group).transform("all")
    first = complete & (ends <= group.map(second.set_axis(group[second.index])))
    return pd.Series(pd.NA, index=published.index, dtype="boolean").mask(later, False).mask(first, True)


def _find_candidates(tokens: Tokens) -> tuple[Numbers, Numbers]:
    """Pairs of texts whose sets of 3-word runs are probably alike (Jaccard >= .2), by MinHash, bands of 2."""
    hashes, places = hash_shingles(tokens, CANDIDATE_WORDS)
    bounds = np.searchsorted(tokens.texts[places], np.arange(tokens.count + 1)).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, bounds, PERMUTATIONS, SEED)
    digests = np.array(matrix.to_rows(), dtype=np.uint32).reshape(-1, PERMUTATIONS)
    bands = (digests.view(np.uint64) * MIX) ^ np.arange(BANDS, dtype=np.uint64)
    filled = np.diff(bounds.astype(np.int64)) > 0
    one, other = pair_within(bands[filled].ravel(), most=CROWD, hubs=HUBS)
    texts = np.flatnonzero(filled)
    pairs = np.unique(texts[one // BANDS] * tokens.count + texts[other // BANDS])
    left, right = pairs // max(1, tokens.count), pairs % max(1, tokens.count)
    alike = (left != right) & ((digests[left] == digests[right]).mean(axis=1) >= CANDIDATE_JACCARD)
    return left[alike], right[alike]


def _describe_groups(members: pd.DataFrame, groups: Numbers, links: csr_matrix) -> pd.DataFrame:
    """One row an article of a group; the group is named after the smallest article id in it."""
    group = pd.Series(groups, index=members.index)
    together = links.multiply(csr_matrix(groups[:, None] == groups[None, :]))
    containment = np.minimum(1.0, together.max(axis=1).toarray().ravel())
    named = members["article_id"].groupby(group).transform("min")
    return pd.DataFrame({
        "article_id": members["article_id"],
        "reprint_id": [content_id("reprint", first) for first in named],
        "level": np.where(containment >= DUPLICATE, "duplicate", "partial"),
        "containment": containment,
        "earliest": tell_earliest(members["published"], members["published_precision"], group),
    })  # fmt: skip


REPRINTS = Feature(makes="reprints", needs=("articles", "texts"), compute=group_reprints, scope="window")

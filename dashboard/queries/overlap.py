"""Overlap: how alike two rankings are, first places weighing most; and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import NormalDist
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.queries.intervals import LEVEL, Floats
from dashboard.queries.selection import key_articles
from etl.store import Snapshot

PERSISTENCE: Final = 0.9  # of rank-biased overlap: the first ten places have 86 % of the weight
DEPTH: Final = 50  # places read; the rest would weigh less than .6 %
PARTS: Final = 20  # parts of the stories, each of which is left out once

STORY_KEYS = {  # what is in no story is one of its own
    "story_names": "SELECT name, (row_number() OVER (ORDER BY name) - 1)::INTEGER AS story "
                   "FROM (SELECT DISTINCT coalesce(story_id, article_id) AS name FROM article_keys)",
    "story_keys": "SELECT article, story FROM article_keys JOIN story_names ON name = coalesce(story_id, article_id)",
}  # fmt: skip

Pairs = list[tuple[int, int]]
Whole = npt.NDArray[np.int64]


def part_stories(snapshot: Snapshot) -> Whole:
    """The part (0 to 19) of each story in the order of its number: the same story is in the same part everywhere."""
    number_stories(snapshot)
    return part_names(snapshot.sql("SELECT name FROM story_names ORDER BY story")["name"])


def number_stories(snapshot: Snapshot) -> None:
    """Keep `story_names` (story, name) and `story_keys` (article, story), in which articles and stories are numbers."""
    key_articles(snapshot)
    for table, query in STORY_KEYS.items():
        snapshot.keep(table, query)


def part_names(stories: Iterable[str]) -> Whole:
    """The part (0 to 19) of each story, by its id."""
    return np.array([crc32(story.encode()) % PARTS for story in stories], dtype=np.int64)


def jackknife_overlap(counts: pd.DataFrame, pairs: Pairs) -> pd.DataFrame:
    """One row a pair of rankings: overlap, low, high (0 to 1), in the order of the pairs.

    `counts` has ranking (a number from 0), item, part and count. The 95 % interval is that of a jackknife that
    leaves out one part of the stories after another: stories come and go whole. It is
    missing where nothing is shared: there nothing that is left out could change anything.
    """
    table, part = _spread(counts)
    whole = table.sum(axis=0)
    overlap = overlap_rankings(whole, pairs)
    left = np.array([overlap_rankings(whole - table[at], pairs) for at in range(len(part))])
    half = np.where(overlap > 0, half_width(left), np.nan)
    return pd.DataFrame(
        {"overlap": overlap, "low": (overlap - half).clip(0, 1), "high": (overlap + half).clip(0, 1)}
    )


def overlap_rankings(counts: Floats, pairs: Pairs) -> Floats:
    """Rank-biased overlap (Webber, Moffat & Zobel 2010) of each pair of rows of `counts` (0 to 1).

    A column is an item, ranked by its count; what has none is not ranked. Equal counts share their place, and
    enter together (their section 4.6). Missing where one of the two ranks nothing.
    """
    places = _place_items(counts)
    sizes = _count_to(places)
    weights = PERSISTENCE ** np.arange(DEPTH) * (1 - PERSISTENCE)
    weights[-1] += PERSISTENCE**DEPTH
    ones, others = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    shared = np.zeros((len(pairs), DEPTH))
    for one in np.unique(ones):
        within = np.flatnonzero(places[one] <= DEPTH)
        beside = places[np.ix_(others[ones == one], within)]
        shared[ones == one] = _count_to(np.maximum(places[one, within], beside))
    both = sizes[ones] + sizes[others]
    known = (sizes[ones, -1] > 0) & (sizes[others, -1] > 0)
    told = np.minimum((2 * shared / np.maximum(both, 1)) @ weights, 1.0)  # the weights sum to a hair over 1
    answer: Floats = np.where(known, told, np.nan)
    return answer


def half_width(left: Floats) -> Floats:
    """Half of the 95 % interval from estimates that each leave out one part, a row each (Shao & Wu 1989).

    From one part alone nothing can be said: missing.
    """
    groups = len(left)
    if groups < 2:
        return np.full(left.shape[1:], np.nan)
    spread = np.sqrt((groups - 1) / groups * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
    half: Floats = NormalDist().inv_cdf((1 + LEVEL) / 2) * spread
    return half


def _place_items(counts: Floats) -> Whole:
    """The place of each item in the ranking of its row; DEPTH + 1 for what lies below or has no count."""
    row, item = np.nonzero(counts > 0)
    order = np.lexsort((-counts[row, item], row))
    row, item = row[order], item[order]
    new = np.flatnonzero(np.diff(row, prepend=-1) | (np.diff(counts[row, item], prepend=0) != 0))
    first = np.repeat(new, np.diff(new, append=len(row)))  # of those that are equal
    place = first - np.searchsorted(row, row) + 1
    places = np.full(counts.shape, DEPTH + 1)
    places[row, item] = np.minimum(place, DEPTH + 1)
    return places


def _count_to(places: Whole) -> Floats:
    """How many places of each row are up to each depth, from 1 on."""
    shape = len(places), DEPTH + 2
    cells = np.arange(len(places))[:, None] * shape[1] + places
    counts = np.bincount(cells.ravel(), minlength=shape[0] * shape[1]).reshape(shape)
    return counts[:, 1:-1].cumsum(axis=1).astype("float64")


def _spread(counts: pd.DataFrame) -> tuple[Floats, Whole]:
    """Counts by part, ranking and item, and the parts that there are."""
    items, names = pd.factorize(counts["item"])
    parts, which = pd.factorize(counts["part"], sort=True)
    rankings = counts["ranking"].to_numpy(dtype=np.int64)
    shape = (len(which), int(rankings.max()) + 1 if len(rankings) else 0, len(names))
    table = np.zeros(shape)
    np.add.at(table, (parts, rankings, items), counts["count"].to_numpy(dtype="float64"))
    return table, np.asarray(which, dtype=np.int64)

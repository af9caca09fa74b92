"""Ruled: the stories as a person would have them, by `stories.toml`.

Splits and pins fix articles; the others then choose anew between the stories that are there. Merges come last
and join whole stories, so that what is published later follows its story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from etl.transform.shingles import Mask, Numbers
from etl.transform.stories.groups import think_again
from etl.transform.stories.rulings import StoryRuling, StoryRulings


def rule_groups(links: csr_matrix, groups: Numbers, ids: pd.Series, rulings: StoryRulings) -> Numbers:
    """A story number for each article under the splits and pins; the same where none concerns these."""
    places = dict(zip(ids, range(len(ids)), strict=True))
    fixed: Mask = np.zeros(len(groups), dtype=np.bool_)
    ruled = groups.copy()
    for ruling in rulings.of("split", "pin"):
        members = _find_places(ruling.articles, places)
        if len(members):
            alone = ruling.kind == "split"
            fixed[_find_staying(ruling, members, ruled, places)] = True
            ruled[members] = ruled.max() + 1 if alone else ruled[members[0]]
            fixed[members] = True
    return think_again(links, ruled, fixed) if fixed.any() else groups


def merge_stories(members: pd.DataFrame, rulings: StoryRulings) -> pd.Series:
    """The story of each row after the merges; of merged stories that which comes first in these rows."""
    numbers, stories = pd.factorize(members["story_id"])
    places = dict(zip(members["article_id"], numbers, strict=True))
    pairs = [
        (stories_of[0], other)
        for ruling in rulings.of("merge")
        for stories_of in (_find_places(ruling.articles, places),)
        for other in stories_of[1:]
    ]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    joined = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(stories), len(stories)))
    parts = connected_components(joined, directed=False)[1]
    first = pd.Series(stories).groupby(parts).transform("first").to_numpy()
    return pd.Series(first[numbers], index=members.index)


def rename_stories(titles: pd.Series, members: pd.DataFrame, rulings: StoryRulings) -> pd.Series:
    """The titles by `story_id`, those that were renamed as they were; the last of several decides."""
    story = members.set_index("article_id")["story_id"]
    given = {
        story[article]: ruling.title
        for ruling in rulings.of("rename")
        for article in ruling.articles
        if article in story.index
    }
    return titles.where(~titles.index.isin(list(given)), titles.index.map(given)) if given else titles


def _find_staying(
    ruling: StoryRuling, members: Numbers, groups: Numbers, places: Mapping[str, int]
) -> Numbers:
    """The articles that a split must not take along: those it names, else all that it leaves behind."""
    if ruling.kind != "split":
        return members
    named = _find_places(ruling.apart_from, places)
    return named if ruling.apart_from else np.flatnonzero(np.isin(groups, groups[members]))


def _find_places(articles: Iterable[str], places: Mapping[str, int]) -> Numbers:
    """The places of those of these articles that are there, in their order."""
    return np.fromiter((places[one] for one in articles if one in places), dtype=np.int64)

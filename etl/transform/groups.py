"""Groups: things that are alike in pairs, parted so that every member of a group is like its centre."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from etl.transform.shingles import Numbers

MUTUAL = 0.1  # weight of the other's share when a text chooses between two that carry as much of it
ROUNDS = 3  # after which hardly any text moves


def part_chains(links: csr_matrix) -> Numbers:
    """A group number for each row, -1 for those alone; every member is linked to the medoid of its group.

    Connected components chain: A and C meet only through B. So of each component only the links of its most
    central text stay, and what is left is looked at again.
    """
    return _mark_alone(_choose_centres(links))


def part_sources(shares: csr_matrix) -> Numbers:
    """The same where `shares` is how much of the row the column carries; rows are linked by either share.

    The central text is the one that carries most of others and has most of itself carried by them. Each text
    then joins the group that carries most of it, among those to whose centre it is linked, and centres are
    chosen anew: half of a mixed text comes from one source and a fifth from another, and the larger group
    took it first.
    """
    mutual = shares.multiply(shares.T).tocsr()
    pairs = (shares + MUTUAL * shares.T).tocoo()
    near = pd.DataFrame({"text": pairs.row, "other": pairs.col, "value": pairs.data})
    weights = mutual.sum(axis=0).A1.round(9)  # sums of the same numbers in another order differ behind that
    centres = _choose_centres(mutual)
    for _ in range(ROUNDS):
        centres = _join_nearest(_centre_anew(centres, weights), near)
    return _mark_alone(centres)


def _choose_centres(links: csr_matrix) -> Numbers:
    """For each row the centre that took it first; for a centre, and for a row that none took, itself."""
    centres = np.arange(links.shape[0])
    waiting = [centres.copy()]
    while waiting:
        texts = waiting.pop()
        count, parts = connected_components(links[texts][:, texts], directed=False)
        for members in _members_by_part(texts, parts, count):
            strength = links[members][:, members]
            medoid = int(strength.sum(axis=1).A1.argmax())
            near = strength[medoid].toarray().ravel() > 0
            near[medoid] = True
            centres[members[near]] = members[medoid]
            waiting += [members[~near]] if not near.all() else []
    return centres


def _centre_anew(centres: Numbers, weights: npt.NDArray[np.float64]) -> Numbers:
    """The same groups, each with the text that weighs most as its centre."""
    order = np.lexsort((-weights, centres))
    groups, firsts = np.unique(centres[order], return_index=True)
    return order[firsts][np.searchsorted(groups, centres)]


def _join_nearest(centres: Numbers, near: pd.DataFrame) -> Numbers:
    """Each text that is no centre of others in the group that carries most of it, of those whose centre it is
    linked to; alone where there is none."""
    sizes = np.bincount(centres, minlength=len(centres))
    itself = np.arange(len(centres))
    free = (centres != itself) | (sizes == 1)
    both_alone = (sizes[centres[near["text"]]] == 1) & (sizes[centres[near["other"]]] == 1)
    able = near[free[near["text"]] & ~both_alone]
    able = able.assign(centre=centres[able["other"]])
    able["direct"] = able["centre"] == able["other"]
    best = able.groupby(["text", "centre"], as_index=False).agg({"value": "max", "direct": "any"})
    best = best[best["direct"]].sort_values(["text", "value", "centre"], ascending=[True, False, True])
    best = best.drop_duplicates("text")
    joined = np.where(free, itself, centres)
    joined[best["text"]] = best["centre"]
    return np.where(joined[joined] == joined, joined, itself)  # a centre may itself have gone elsewhere


def _mark_alone(centres: Numbers) -> Numbers:
    """The group numbers, -1 where a group has one member."""
    return np.where(np.bincount(centres, minlength=len(centres))[centres] > 1, centres, -1)


def _members_by_part(texts: Numbers, parts: Numbers, count: int) -> list[Numbers]:
    """The texts of each part that has at least two."""
    order = np.argsort(parts, kind="stable")
    edges = np.searchsorted(parts[order], np.arange(1, count))
    return [texts[np.sort(members)] for members in np.split(order, edges) if len(members) > 1]

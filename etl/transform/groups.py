"""Groups: things that are alike in pairs, parted so that every member of a group is like its centre."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from etl.transform.shingles import Numbers


def part_chains(links: csr_matrix) -> Numbers:
    """A group number for each row, -1 for those alone; every member is linked to the medoid of its group.

    Connected components chain: A and C meet only through B. So of each component only the links of its most
    central text stay, and what is left is looked at again.
    """
    groups = np.full(links.shape[0], -1, dtype=np.int64)
    waiting = [np.arange(links.shape[0])]
    while waiting:
        texts = waiting.pop()
        count, parts = connected_components(links[texts][:, texts], directed=False)
        for members in _members_by_part(texts, parts, count):
            strength = links[members][:, members]
            medoid = int(strength.sum(axis=1).A1.argmax())
            near = strength[medoid].toarray().ravel() > 0
            near[medoid] = True
            groups[members[near]] = members[medoid]
            waiting += [members[~near]] if not near.all() else []
    return groups


def _members_by_part(texts: Numbers, parts: Numbers, count: int) -> list[Numbers]:
    """The texts of each part that has at least two."""
    order = np.argsort(parts, kind="stable")
    edges = np.searchsorted(parts[order], np.arange(1, count))
    return [texts[np.sort(members)] for members in np.split(order, edges) if len(members) > 1]

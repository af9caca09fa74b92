"""Groups of a story: articles whose links say that they tell of one happening.

Each article joins the story whose articles are on average most like it (mean link), or opens a new one. What
the order of an hour's articles decided is then thought over: look-alikes that fell together are parted where
a seam goes through a story, and articles move to the story that they are most like.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import linkage
from scipy.sparse import csr_matrix
from scipy.spatial.distance import squareform

from etl.transform.shingles import Mask, Numbers

JOINS = 0.14  # mean likeness from which an article joins; .12 to .17 do equally well on three labelled sets
SEAM, CLOSE = 0.75, 0.35  # two parts are two stories where they are less alike than this share of what holds
SIDE = 3  # each of them together (up to CLOSE: copies are closer than that); smallest part
LARGEST = 2_500  # articles of a story in which seams are looked for: memory grows with the square
ROUNDS = 6
TIE = 1e-9  # sums of the same numbers in another order differ behind that
Likeness = npt.NDArray[np.float64]


def join_stories(links: csr_matrix) -> Numbers:
    """A story number for each article, from links in order of publication."""
    groups = think_again(links, _join_in_order(links))
    return think_again(links, _part_groups(links, groups))


def think_again(links: csr_matrix, groups: Numbers, fixed: Mask | None = None) -> Numbers:
    """The same articles, each but the fixed ones moved to the story that it is most like, for a few rounds."""
    groups = groups.copy()
    sizes = np.bincount(groups, minlength=len(groups))
    for _ in range(ROUNDS):
        restless = _find_restless(links, groups)
        restless = restless if fixed is None else restless[~fixed[restless]]
        if not any([_move(links, article, groups, sizes) for article in restless]):
            break
    return groups


def rest_similarity(links: csr_matrix, groups: Numbers) -> Likeness:
    """Mean likeness of each article to the other articles of its story; 1 for an article alone."""
    pairs = links.tocoo()
    inside = groups[pairs.row] == groups[pairs.col]
    sums = np.bincount(pairs.row[inside], weights=pairs.data[inside], minlength=len(groups))
    others = np.bincount(groups)[groups] - 1
    return np.where(others > 0, np.clip(sums / np.maximum(1, others), 0, 1), 1.0)


def part_group(likeness: Likeness) -> list[Numbers]:
    """The parts of one story by the likeness of each two of its articles; one part where there is no seam.

    The tree of average link is cut at its highest seam; what hung outside of both parts stays with the second.
    """
    whole = np.arange(len(likeness))
    if len(whole) < 2 * SIDE:
        return [whole]
    side = _find_seam(likeness)
    if side is None:
        return [whole]
    rest = np.setdiff1d(whole, side)
    return [part[inner] for part in (side, rest) for inner in part_group(likeness[np.ix_(part, part)])]


def _find_seam(likeness: Likeness) -> Numbers | None:
    """The articles on one side of the highest seam; none where there is none."""
    count = len(likeness)
    tree = linkage(squareform(1 - likeness, checks=False), "average")
    members = [np.array([article]) for article in range(count)]
    within = [0.0] * count  # sum of likeness over the pairs inside
    seam = None
    for left, right, distance, _ in tree:
        one, other = int(left), int(right)
        sides = members[one], members[other]
        across = 1 - distance
        if min(map(len, sides)) >= SIDE:
            held = min(
                _mean_pair(within[one], len(sides[0])), _mean_pair(within[other], len(sides[1])), CLOSE
            )
            seam = sides[0] if across < SEAM * held else seam
        members.append(np.sort(np.concatenate(sides)))
        within.append(within[one] + within[other] + across * len(sides[0]) * len(sides[1]))
    return seam


def _mean_pair(total: float, count: int) -> float:
    """The mean over all pairs of so many."""
    return total / (count * (count - 1) / 2)


def _part_groups(links: csr_matrix, groups: Numbers) -> Numbers:
    """The same groups, those with a seam parted."""
    parted, opened = groups.copy(), int(groups.max(initial=-1)) + 1
    order = np.argsort(groups, kind="stable")
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    for members in np.split(order, edges):
        if not 2 * SIDE <= len(members) <= LARGEST:
            continue
        likeness = links[members][:, members].toarray()
        np.fill_diagonal(likeness, 1.0)
        for part in part_group(likeness)[1:]:
            parted[members[part]] = opened
            opened += 1
    return parted


def _join_in_order(links: csr_matrix) -> Numbers:
    """A story number for each article: that of the most alike story so far, or a new one."""
    groups = np.full(links.shape[0], -1, dtype=np.int64)
    sizes = np.zeros(links.shape[0], dtype=np.int64)
    opened = 0
    for article in range(links.shape[0]):
        stories, means = _near_stories(links, article, groups, sizes)
        best = int(means.argmax()) if len(means) else -1
        joins = best >= 0 and means[best] >= JOINS
        groups[article] = stories[best] if joins else opened
        opened += not joins
        sizes[groups[article]] += 1
    return groups


def _find_restless(links: csr_matrix, groups: Numbers) -> Numbers:
    """The articles that are more like another story than their own, as all stand now."""
    count = len(groups)
    placed = csr_matrix((np.ones(count), (np.arange(count), groups)))
    near = (links @ placed).tocoo()
    sizes = np.bincount(groups)
    own = near.col == groups[near.row]
    means = near.data / np.maximum(1, sizes[near.col] - own)
    kept, best = np.zeros(count), np.zeros(count)
    kept[near.row[own]] = means[own]
    np.maximum.at(best, near.row[~own], means[~own])
    return np.flatnonzero((best >= JOINS) & (best > kept + TIE))


def _move(links: csr_matrix, article: int, groups: Numbers, sizes: Numbers) -> bool:
    """Put the article into the story that it is most like, as all stand at this moment; whether it moved."""
    own = groups[article]
    groups[article] = -1
    sizes[own] -= 1
    stories, means = _near_stories(links, article, groups, sizes)
    best = int(means.argmax())
    stays = means[stories == own].max(initial=0.0) + TIE >= means[best] or means[best] < JOINS
    groups[article] = own if stays else stories[best]
    sizes[groups[article]] += 1
    return not stays


def _near_stories(
    links: csr_matrix, article: int, groups: Numbers, sizes: Numbers
) -> tuple[Numbers, Likeness]:
    """The stories of the articles that are like this one, and its mean likeness to each story as a whole."""
    near = slice(links.indptr[article], links.indptr[article + 1])
    placed = groups[links.indices[near]]
    known = placed >= 0
    stories, which = np.unique(placed[known], return_inverse=True)
    sums = np.bincount(which, weights=links.data[near][known], minlength=len(stories))
    return stories, sums / sizes[stories]

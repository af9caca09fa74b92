"""Rivals of the reprint feature: what the bare library and a plain inverted index make of the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from zlib import crc32

import numpy as np
from rensa import RMinHash, RMinHashLSH
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from etl.transform.shingles import mark_blocks, read_tokens

PERMUTATIONS, BANDS, SEED, JACCARD = 256, 128, 7, 0.2
SAMPLED = 4  # one run in so many
COMMON, CONTAINED = (
    6,
    0.5,
)  # texts that carry a run; share of the shorter text: best of nine settings on seed 1

Pairs = Iterator[tuple[int, int]]


def join_plainly(outlets: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Groups by rensa as its documentation has it: runs of three words, Jaccard >= .2, whatever is linked."""
    return _join(_link_by_rensa([_read_words(text) for text in texts]), len(texts))


def join_without_blocks(outlets: Sequence[str], texts: Sequence[str]) -> list[int]:
    """The same after our filter has taken away the blocks that an outlet repeats."""
    return _join(_link_by_rensa(_read_without_blocks(outlets, texts)), len(texts))


def join_by_containment(outlets: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Groups by a sample of the runs of five words behind our filter of blocks, common ones left out: share of
    the shorter text's >= .5."""
    runs = [_sample_runs(words) for words in _read_without_blocks(outlets, texts)]
    carriers: dict[int, list[int]] = {}
    for number, own in enumerate(runs):
        for run in own:
            carriers.setdefault(run, []).append(number)
    rare = [places for places in carriers.values() if len(places) <= COMMON]
    sizes = np.bincount(
        np.fromiter((place for places in rare for place in places), int), minlength=len(texts)
    )
    shared: dict[tuple[int, int], int] = {}
    for places in rare:
        for pair in combinations(places, 2):
            shared[pair] = shared.get(pair, 0) + 1
    links = (
        pair for pair, count in shared.items() if count >= CONTAINED * min(sizes[pair[0]], sizes[pair[1]])
    )
    return _join(links, len(texts))


def _link_by_rensa(words: Sequence[list[str]]) -> Pairs:
    """Pairs whose estimated Jaccard index of runs of three words is at least .2."""
    sets = [{" ".join(own[place : place + 3]) for place in range(len(own) - 2)} for own in words]
    sketches = RMinHash.from_token_sets(sets, num_perm=PERMUTATIONS, seed=SEED)
    index = RMinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS, num_bands=BANDS)
    for number, sketch in enumerate(sketches):
        if not sets[number]:
            continue
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= JACCARD:
                yield other, number
        index.insert(number, sketch)


def _read_words(text: str) -> list[str]:
    """The words in lower case."""
    return re.findall(r"\w+", text.lower())


def _read_without_blocks(outlets: Sequence[str], texts: Sequence[str]) -> list[list[str]]:
    """The words behind our filter of blocks, each as the number that stands for it."""
    tokens = read_tokens(tuple(texts))
    free = tokens.keep(~mark_blocks(tokens, outlets))
    bounds = free.bounds.tolist()
    words = [str(code) for code in free.codes.tolist()]
    return [words[first:last] for first, last in pairwise(bounds)]


def _sample_runs(words: list[str]) -> set[int]:
    """One in four of the runs of five words, chosen by their own hash."""
    runs = {crc32(" ".join(words[place : place + 5]).encode()) for place in range(len(words) - 4)}
    return {run for run in runs if run % SAMPLED == 0}


def _join(pairs: Pairs, count: int) -> list[int]:
    """The number of the connected component of each text."""
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    links = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return list(connected_components(links, directed=False)[1])


RIVALS = {
    "rensa (3-word runs, J >= .2, 256 permutations, 128 bands)": join_plainly,
    "rensa behind our filter of repeated blocks": join_without_blocks,
    "sampled runs behind our filter, containment >= .5, document frequency <= 6": join_by_containment,
}

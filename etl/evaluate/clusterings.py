"""Clusterings: how well a grouping agrees with a labelled one, from 0 to 1.

B-cubed (Bagga & Baldwin 1998), pairs, CEAF-e (Luo 2005), adjusted Rand index (Hubert & Arabie 1985). All are
ratios of sums over items, so that a bootstrap may draw items without tearing groups or doubling pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linear_sum_assignment

from etl.evaluate.scores import Measure, count_measure, name_scores, share

Labels = npt.NDArray[np.int64]
Sums = npt.NDArray[np.float64]


def measure_clusters(found: Labels, labelled: Labels) -> Measure:
    """All measures of a grouping; one group number an item in each."""
    in_both, in_found, in_labelled = _count_shared(found, labelled)
    dice_found, dice_labelled = _match_groups(found, labelled)
    columns = [
        np.ones(len(found)),
        in_both / in_found,
        in_both / in_labelled,
        in_both - 1,
        in_found - 1,
        in_labelled - 1,
        np.full(len(found), len(found) - 1),
        dice_found / in_found,
        1 / in_found,
        dice_labelled / in_labelled,
        1 / in_labelled,
    ]
    return count_measure(np.stack(columns, axis=1), _score_sums)


def number_labels(labels: Sequence[object]) -> Labels:
    """A number for each label; items without a label (None) each stand alone."""
    alone = [("alone", place) if label is None else label for place, label in enumerate(labels)]
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in alone], dtype=np.int64)


def _score_sums(sums: Sums) -> dict[str, float]:
    """The measures from the sums over the items chosen."""
    items, precise, recalled, both, found, labelled, pairs, *groups = sums
    chance = share(found * labelled, pairs)
    room = (found + labelled) / 2 - chance  # 0 where both sides are all together or all alone
    return {
        **name_scores("bcubed", share(precise, items), share(recalled, items)),
        **name_scores("pairwise", share(both, found), share(both, labelled)),
        **name_scores("ceaf_e", share(groups[0], groups[1]), share(groups[2], groups[3])),
        "ari": share(both - chance, room) if room else 1.0,
    }


def _count_shared(found: Labels, labelled: Labels) -> tuple[Labels, Labels, Labels]:
    """For each item how many share both its groups, its found group, its labelled group; itself included."""
    both = np.unique(np.stack([found, labelled]), axis=1, return_inverse=True)[1].ravel()
    return _count_own(both), _count_own(found), _count_own(labelled)


def _count_own(groups: Labels) -> Labels:
    """How many items stand in the group of each item."""
    return np.bincount(groups)[groups].astype(np.int64)


def _match_groups(found: Labels, labelled: Labels) -> tuple[Sums, Sums]:
    """For each item the overlap (Dice) of its found and of its labelled group with their partner.

    Groups are matched one to one so that all overlaps together are greatest; 0 without a partner.
    """
    overlap = pd.crosstab(found, labelled).to_numpy(dtype=float)
    dice = 2 * overlap / (overlap.sum(axis=1, keepdims=True) + overlap.sum(axis=0, keepdims=True))
    rows, columns = linear_sum_assignment(dice, maximize=True)
    matched = np.zeros_like(dice)
    matched[rows, columns] = dice[rows, columns]
    place_found = np.unique(found, return_inverse=True)[1]
    place_labelled = np.unique(labelled, return_inverse=True)[1]
    return matched.sum(axis=1)[place_found], matched.sum(axis=0)[place_labelled]

"""Feature: a small stateless record from tables to one table, and how a set of them is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from etl.schema import TABLES

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Feature:
    """What it needs, how it is computed, what it makes.

    `compute` takes the tables named in `needs`, in that order, and gives the table `makes`. Scope
    `article`: rows depend on their own article only, so only new and changed articles are computed.
    Scope `window`: rows depend on other articles too, and are computed anew when any of them changes.
    `completes` is true where the table was made by an earlier feature, and a column of it is filled here.
    """

    makes: str
    needs: tuple[str, ...]
    compute: Callable[..., pd.DataFrame]
    scope: Literal["article", "window"]
    completes: bool = False


def compute_features(features: Iterable[Feature], tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables that these features make, in order; a later one may need an earlier one's table."""
    known = dict(tables)
    made: dict[str, pd.DataFrame] = {}
    for feature in features:
        answer = feature.compute(*(known[name] for name in feature.needs))
        made[feature.makes] = known[feature.makes] = TABLES[feature.makes].conform(answer)
    return made

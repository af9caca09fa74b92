"""Grouping: the tables that depend on several articles, computed over all articles as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pandas as pd

from etl.errors import NewsPrismError
from etl.extract.outlets import Outlet
from etl.extract.primaries import Primary
from etl.schema import TABLES
from etl.transform.feature import Feature, Tables, compute_features


def needs_from_outside(features: Sequence[Feature]) -> set[str]:
    """The tables that these features need and that no earlier one of them makes."""
    made: set[str] = set()
    needed: set[str] = set()
    for feature in features:
        needed |= set(feature.needs) - made
        made.add(feature.makes)
    return needed


def compute_apart(features: Sequence[Feature], tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables of window scope.

    Raises:
        NewsPrismError: one of these features failed; whatever its code raises is told as one error of ours.
    """
    with ThreadPoolExecutor(1) as thread:
        task = thread.submit(compute_features, features, tables)
        error = task.exception()
    if error is not None:
        articles = len(tables["articles"])
        raise NewsPrismError(
            f"grouping {articles} articles failed: {error}; report it with this text"
        ) from error
    return task.result()


def stack_rows(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all parts in the order of the key; empty parts must not change dtypes."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return TABLES[name].empty()
    return pd.concat(filled).sort_values(list(TABLES[name].key), kind="stable", ignore_index=True)


def describe_outlets(outlets: Mapping[str, Outlet], articles: pd.DataFrame) -> pd.DataFrame:
    """Rows for `outlets`: those configured, and those met that are not, by their name alone."""
    met = {name: Outlet(outlet=name, name=name) for name in articles["outlet"].unique()}
    rows = [
        {
            "outlet": o.outlet, "name": o.name, "country": o.country or None, "family": o.family or None,
            "kind": o.kind or None, "timezone": o.timezone or None, "languages": "; ".join(o.languages),
            "groups": "; ".join(o.groups), "domains": "; ".join(o.domains),
        }
        for o in {**met, **outlets}.values()
    ]  # fmt: skip
    return TABLES["outlets"].conform(pd.DataFrame(rows))


def describe_primaries(primaries: Iterable[Primary]) -> pd.DataFrame:
    """Rows for `primaries`."""
    rows = [
        {
            "primary_id": p.primary_id, "name": p.name, "url": p.url, "language": p.language,
            "published": p.published.at, "published_precision": p.published.precision,
            "text": p.text, "snapshot": p.snapshot,
        }
        for p in primaries
    ]  # fmt: skip
    return TABLES["primaries"].conform(pd.DataFrame(rows))

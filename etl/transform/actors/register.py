"""Register: one row for each actor that any article names, under the name it mostly goes by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from etl.schema import ACTORS as TABLE
from etl.transform.feature import Feature
from etl.transform.gazetteer import Known, actor_identity, country_of_capital, known_actors, name_key
from etl.transform.rulings import Rulings, registered


class Use(NamedTuple):
    """One way in which an actor is mentioned."""

    kind: str
    surface: str
    method: str


def register_actors(
    mentions: pd.DataFrame, articles: pd.DataFrame, *, rulings: Rulings | None = None
) -> pd.DataFrame:
    """Rows for the table `actors`, for mentions of articles that exist; the order of rows does not matter."""
    named = mentions[mentions["article_id"].isin(articles["article_id"])]
    seen: dict[str, Counter[Use]] = defaultdict(Counter)
    for actor_id, *use in zip(
        *(named[column] for column in ("actor_id", "kind", "surface", "method")), strict=True
    ):
        seen[actor_id][Use(*use)] += 1
    decided = registered(rulings or Rulings())
    rows = [_actor_row(actor_id, uses, decided.get(actor_id)) for actor_id, uses in seen.items()]
    return TABLE.conform(pd.DataFrame(rows)) if rows else TABLE.empty()


def _actor_row(actor_id: str, uses: Counter[Use], decided: Known | None) -> dict[str, object]:
    """One actor: the name a person decided on, the gazetteer's or the most frequent full one; its others."""
    known = decided or known_actors().get(actor_id)
    kind = known.kind if known else _most(_count_kinds(uses))
    spoken = {use: n for use, n in uses.items() if use.method != "description"} or dict(uses)
    name = known.name if known else _full_name(actor_id, kind, spoken)
    others = sorted({use.surface for use in spoken} - {name})
    return {
        "actor_id": actor_id, "name": name, "kind": kind, "country": _read_country(known, kind, name),
        "wikidata": pd.NA, "aliases": "; ".join(others),
    }  # fmt: skip


def _count_kinds(uses: Mapping[Use, int]) -> Counter[str]:
    """How often the actor was taken for each kind."""
    kinds: Counter[str] = Counter()
    for use, count in uses.items():
        kinds[use.kind] += count
    return kinds


def _full_name(actor_id: str, kind: str, spoken: Mapping[Use, int]) -> str:
    """The most frequent surface that makes this id by itself, so that "Smith" does not name "Ann Smith"."""
    surfaces: Counter[str] = Counter()
    for use, count in spoken.items():
        surfaces[use.surface] += count
    whole = {name: n for name, n in surfaces.items() if actor_identity(kind, name_key(name)) == actor_id}
    calm = {name: n for name, n in (whole or surfaces).items() if not (name.isupper() and len(name) > 5)}
    return _most(calm or whole or surfaces)


def _most(counts: Mapping[str, int]) -> str:
    """The one with the highest count; of equals the first in order of letters."""
    return min(counts, key=lambda name: (-counts[name], name))


def _read_country(known: Known | None, kind: str, name: str) -> object:
    """The country it is or belongs to, missing where that is not known."""
    if known is not None:
        return known.country or pd.NA
    return country_of_capital().get(name, pd.NA) if kind == "place" else pd.NA


ACTORS = Feature(makes="actors", needs=("mentions", "articles"), compute=register_actors, scope="window")

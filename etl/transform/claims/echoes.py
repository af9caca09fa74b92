"""Echoes: where an outlet may tell a claim in other words, so that nobody says that it left it out.

An outlet left a claim out only where it tells the story and has no sentence that is somewhat alike: more alike
than its sentences are anyway, because they name the same people, and than the likest of so many is by chance. A
claim of few concepts cannot be sought, and one in another language neither.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.schema import ECHOES as TABLE
from etl.transform.claims.align import name_claims
from etl.transform.claims.likeness import ROOM, count_told, find_best
from etl.transform.claims.told import NEEDS, Compared, compare_told
from etl.transform.feature import Feature

FEWEST = 4  # concepts of the fullest sentence of a claim, below which nothing can be sought


def list_echoes(*tables: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `echoes`: one row a claim and an outlet of its story that may tell it.

    `tables` are those of NEEDS.
    """
    compared = compare_told(*tables)
    if compared.told.empty:
        return TABLE.empty()
    told = compared.told.assign(claim_id=name_claims(compared.told))
    cells = _list_cells(told)
    nearest = _find_nearest(told, compared)
    cells = cells.merge(nearest, on=["claim_id", "outlet"], how="left", validate="one_to_one")
    cells["reason"] = np.select(
        [cells["similarity"].notna(), ~cells["spoken"], cells["concepts"] < FEWEST],
        ["alike", "language", "brief"],
        "",
    )
    return cells[cells["reason"] != ""]


def _list_cells(told: pd.DataFrame) -> pd.DataFrame:
    """Each claim with each outlet of its story that has no sentence in it.

    Columns: story_id, claim_id, outlet, concepts (of the fullest sentence), spoken (all that the outlet tells of
    the story is in the claim's language).
    """
    claims = told.groupby(["story_id", "claim_id"], observed=True).agg(
        concepts=("concepts", "max"), language=("language", "first")
    )
    outlets = told[["story_id", "outlet", "language"]].drop_duplicates()
    spoken = outlets.groupby(["story_id", "outlet"], observed=True)["language"].agg(frozenset)
    cells = claims.reset_index().merge(
        spoken.rename("languages").reset_index(), on="story_id", validate="many_to_many"
    )
    carried = told[["claim_id", "outlet"]].drop_duplicates().assign(carried=True)
    cells = cells.merge(carried, on=["claim_id", "outlet"], how="left", validate="one_to_one")
    cells = cells[cells["carried"].isna()]
    spoken_too = [{one} == known for one, known in zip(cells["language"], cells["languages"], strict=True)]
    return cells.assign(spoken=spoken_too)[["story_id", "claim_id", "outlet", "concepts", "spoken"]]


def _find_nearest(told: pd.DataFrame, compared: Compared) -> pd.DataFrame:
    """The sentence of each other outlet that is most like one of a claim's sentences, where it may tell the same.

    Columns: claim_id, outlet, article_id, sentence, similarity.
    """
    best = find_best(compared.pairs.assign(value=compared.pairs["beyond"]), told["outlet"])
    best = best[best["value"] >= ROOM * np.log(count_told(told)[best["column"]])]
    best = best.assign(claim_id=told["claim_id"].iloc[best["row"]].to_numpy())
    best = best.sort_values(["value", "column"], ascending=[False, True])
    best = best.drop_duplicates(["claim_id", "outlet"])
    place = told[["article_id", "sentence"]].iloc[best["column"]].set_axis(best.index)
    return best[["claim_id", "outlet"]].join(place).assign(similarity=best["value"])


ECHOES = Feature(makes="echoes", needs=NEEDS, compute=list_echoes, scope="window")

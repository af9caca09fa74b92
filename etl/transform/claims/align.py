"""Align: sentences of a story's outlets parted into claims."""

from __future__ import annotations

import pandas as pd

from etl.article import content_id
from etl.schema import CLAIMS as TABLE
from etl.transform.claims.likeness import find_best
from etl.transform.claims.told import NEEDS, compare_told
from etl.transform.feature import Feature


def align_claims(*tables: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `claims`: all sentences of stories that two outlets carry, less headlines.

    `tables` are those of NEEDS.
    """
    compared = compare_told(*tables)
    told = compared.told
    if told.empty:
        return TABLE.empty()
    best = find_best(compared.pairs, told["outlet"])
    nearest = best.groupby("row")["value"].max().reindex(told.index, fill_value=0.0)
    columns = told[["story_id", "article_id", "sentence"]]
    return columns.assign(claim_id=name_claims(told), similarity=nearest)


def name_claims(told: pd.DataFrame) -> list[str]:
    """The claim of each sentence, named after its first sentence."""
    opening = told[["story_id", "article_id", "sentence"]].iloc[told["first"]].astype("str")
    return [content_id("claim", *names) for names in opening.itertuples(index=False)]


CLAIMS = Feature(makes="claims", needs=NEEDS, compute=align_claims, scope="window")

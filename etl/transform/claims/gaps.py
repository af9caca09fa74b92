"""Gaps: clauses that no other outlet of the story tells, in sentences that others tell, too.

The other outlets have the claim, so nobody can say that they left the sentence out; but an aside of it ("and to
prevent an escalation") may stand in one outlet alone. That is said only of a clause most of whose telling words
every other outlet has nowhere in the story, while who tells the claim has most of the other words of the sentence.
Where the few words of the clause that an outlet has stand together in one of its sentences, or a rare one of them
stands beside what tells the claim, or where that has such an aside, too, it may tell the clause in other words, and
nothing is said.
"""

from __future__ import annotations

import pandas as pd

from etl.schema import GAPS as TABLE
from etl.transform.claims.align import name_claims
from etl.transform.claims.asides import cut_clauses
from etl.transform.claims.concepts import LANGUAGES
from etl.transform.claims.heard import mark_unheard
from etl.transform.claims.told import NEEDS, compare_told
from etl.transform.feature import Feature
from etl.transform.spans import slice_spans

FEWEST, LEAST = 2, 6.5  # unheard words of a clause, and what they weigh at least
MOSTLY = 0.5  # share of the weight
HEARD = 3  # words of the rest of the sentence that the other outlet has
TOGETHER = 2  # words of the clause in one sentence of the other outlet that may tell it
RARE = 4.0  # weight of a word that fewer than one article in twenty carries
CELL = ["row", "outlet"]


def list_gaps(*tables: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `gaps`: one row a clause of one outlet alone; `tables` are those of NEEDS."""
    compared = compare_told(*tables)
    if compared.told.empty:
        return TABLE.empty()
    told = compared.told.assign(claim_id=name_claims(compared.told))
    cells = _list_cells(told)
    if cells.empty:
        return TABLE.empty()
    texts = tables[NEEDS.index("texts")]
    texts = texts[texts["article_id"].isin(set(told["article_id"]))]
    clauses = _list_clauses(told.loc[sorted(set(cells["row"]))], texts)
    words = _place_words(cells, clauses, compared.words)
    words = words.assign(unheard=mark_unheard(words, told, compared.words, texts))
    found = _drop_met(_weigh_clauses(words, clauses), words, told, compared.words)
    alone = found.groupby("clause").agg(outlets=("outlet", "size"), share=("share", "min"))
    gaps = clauses.join(alone, how="inner")
    gaps = gaps[gaps["outlets"] == gaps["row"].map(cells.groupby("row").size())]
    return gaps.join(told[["story_id", "claim_id", "article_id", "sentence"]], on="row")


def _list_cells(told: pd.DataFrame) -> pd.DataFrame:
    """The whole sentences that another outlet tells, too, in a language that is known, with each other outlet of
    the story in that language alone: row, story_id, outlet, carried (whether it tells the claim)."""
    shared = told.groupby("claim_id", observed=True)["outlet"].transform("nunique") > 1
    chosen = told[shared & told["language"].isin(LANGUAGES) & (told["concepts"] > 0)]
    chosen = chosen.rename(columns={"outlet": "own"})[["story_id", "claim_id", "language", "own"]]
    spoken = told.groupby(["story_id", "outlet"], observed=True)["language"].agg(["nunique", "first"])
    spoken = spoken[spoken.pop("nunique") == 1].rename(columns={"first": "language"}).reset_index()
    cells = chosen.reset_index(names="row").merge(
        spoken, on=["story_id", "language"], validate="many_to_many"
    )
    carried = told[["claim_id", "outlet"]].drop_duplicates().assign(carried=True)
    cells = cells.merge(carried, on=["claim_id", "outlet"], how="left", validate="many_to_one")
    cells["carried"] = cells["carried"].notna()
    return cells.loc[cells["own"] != cells["outlet"], ["row", "story_id", "outlet", "carried"]]


def _list_clauses(told: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The clauses of these sentences in order: row, start, end (in the article's text), aside."""
    parts = [
        (row, start + clause.start, start + clause.end, clause.aside)
        for row, start, words in zip(told.index, told["start"], slice_spans(told, texts), strict=True)
        for clause in cut_clauses(words)
    ]
    return pd.DataFrame(parts, columns=["row", "start", "end", "aside"])


def _place_words(cells: pd.DataFrame, clauses: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """The telling words of each cell's sentence, each in its clause (its number)."""
    telling = words[(words["weight"] > 0) & words["row"].isin(set(cells["row"]))]
    opened = clauses[["row", "start"]].reset_index(names="clause").sort_values("start")
    placed = pd.merge_asof(telling.sort_values("start"), opened, on="start", by="row")
    return cells.merge(placed, on="row", validate="many_to_many")


def _weigh_clauses(words: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """The asides that an outlet has mostly not: row, outlet, clause, share (of the weight that is unheard)."""
    new = words.assign(
        new=words["weight"].where(words["unheard"], 0.0), stem=words["stem"].where(words["unheard"])
    )
    sums = new.groupby([*CELL, "carried", "clause"], observed=True).agg(
        weight=("weight", "sum"),
        new=("new", "sum"),
        stems=("stem", "nunique"),
        heard=("stem", _count_missing),
    )
    sums = sums.reset_index("carried")
    carried = sums.pop("carried")
    rest = sums.groupby(CELL, observed=True).transform("sum") - sums
    kept = (sums["stems"] >= FEWEST) & (sums["new"] >= LEAST) & (sums["new"] >= MOSTLY * sums["weight"])
    told = (rest["heard"] >= HEARD) & (rest["new"] <= MOSTLY * rest["weight"])
    found: pd.DataFrame = sums.assign(share=sums["new"] / sums["weight"])[kept & (told | ~carried)]
    found = found.reset_index()[[*CELL, "clause", "share"]]
    return found[found["clause"].map(clauses["aside"])]


def _drop_met(
    found: pd.DataFrame, words: pd.DataFrame, told: pd.DataFrame, known: pd.DataFrame
) -> pd.DataFrame:
    """The same asides without those that the outlet may tell in other words; `known` has all sentences' words."""
    heard = words[~words["unheard"]].merge(found[[*CELL, "clause"]], on=[*CELL, "clause"])
    met = pd.concat([_find_met(heard, told, known), _find_returned(found, told)]).drop_duplicates()
    kept = found.merge(met.assign(met=True), on=[*CELL, "clause"], how="left", validate="one_to_one")
    return kept[kept["met"].isna()]


def _find_met(heard: pd.DataFrame, told: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """The clauses that the outlet may tell in other words: row, outlet, clause; `heard` has the words it has."""
    theirs = words.rename(columns={"row": "other"}).join(told[["story_id", "outlet"]], on="other")
    parts = [
        heard.merge(
            theirs[["story_id", "outlet", way, "other"]].drop_duplicates(), on=["story_id", "outlet", way]
        )
        for way in ("code", "stem")
    ]
    met = pd.concat(parts, ignore_index=True).drop_duplicates([*CELL, "clause", "stem", "other"])
    together = met.groupby([*CELL, "clause", "other"])["stem"].transform("size") >= TOGETHER
    same, beside = (_tells_claim(met, told, steps) for steps in ((0,), (-1, 1)))
    telling = same | (beside & (met["weight"] >= RARE))
    return met.loc[together | (telling & ~met["named"]), [*CELL, "clause"]].drop_duplicates()


def _tells_claim(met: pd.DataFrame, told: pd.DataFrame, steps: tuple[int, ...]) -> pd.Series:
    """Whether a sentence so many sentences from `other`, in its article, tells the claim of `row`."""
    place = told["article_id"] + " " + told["claim_id"]
    wanted = met["other"].map(told["article_id"]) + " " + met["row"].map(told["claim_id"])
    return pd.concat([(met["other"] + step).map(place).eq(wanted) for step in steps], axis=1).any(axis=1)


def _find_returned(found: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The clauses for which the outlet has a clause in return: row, outlet, clause."""
    place = told[["claim_id", "outlet"]].rename(columns={"outlet": "own"})
    mine = found.join(place, on="row")
    back = mine[["claim_id", "outlet", "own"]].drop_duplicates()
    back = back.rename(columns={"outlet": "own", "own": "outlet"})
    return mine.merge(back, on=["claim_id", "own", "outlet"], validate="many_to_one")[[*CELL, "clause"]]


def _count_missing(stems: pd.Series) -> int:
    """How many are missing."""
    return int(stems.isna().sum())


GAPS = Feature(makes="gaps", needs=NEEDS, compute=list_gaps, scope="window")

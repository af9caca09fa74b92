"""Telling: in which order each outlet tells the facts of one story, and how alike these orders are."""

from __future__ import annotations

from itertools import combinations
from math import atanh, isnan, nan, sqrt, tanh
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import kendalltau

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, LEVEL
from dashboard.queries.newsroom import name_of_outlet
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from dashboard.theme import write_counted, write_number
from etl.store import Snapshot

MOST_NUMBERED: Final = 16  # shared facts that are numbered and listed; the others are drawn without a number
SPREAD: Final = 0.437  # variance of atanh(tau), times n - 4 (Fieller, Hartley & Pearson 1957)
QUOTED: Final = 70  # characters of a fact in the verdict
UNIT = "shared facts"


def order_facts(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a fact and the article that stands for an outlet, by outlet in the order of the article.

    Columns: outlet, article_id, at, sentence (1 for the first of the body), sentences, place (0 first to 1 last),
    claim_id, text (of this sentence), fact (shortest wording of all), outlets (that tell it), apart (largest
    difference of its places) and number (from 1, by mean place; missing where the fact is told here alone or is
    not among the sixteen of most outlets, then furthest apart). The article of most shared facts stands for an
    outlet. An outlet that shares no fact is left out.
    """
    told = _select_told(snapshot, focus_story(snapshot, chosen))
    rows = _measure_facts(_choose_articles(_drop_copies(told)))
    if rows.empty:
        return Answer(frame=rows, n=0, unit=UNIT)
    pairs = compare_orders(rows)
    shared = rows[rows["outlets"] > 1]
    return Answer(
        frame=rows,
        n=shared["claim_id"].nunique(),
        unit=UNIT,
        interval="95 % interval of tau-b" if pairs["tau"].notna().any() else "",
        verdict=f"{_say_orders(snapshot, pairs)} {_say_furthest(snapshot, shared)}",
        note=_note(told, rows),
    )


def compare_orders(rows: pd.DataFrame) -> pd.DataFrame:
    """One row two outlets: outlet, other, n (facts that both tell), same and turned (pairs of these facts that stand
    in the same and in the reverse order), tau (-1 to 1), low, high.

    Tau-b (Kendall 1945) of the facts' places; it is missing below ten facts.
    """
    places = rows.pivot(index="claim_id", columns="outlet", values="place")
    found = []
    for outlet, other in combinations(places.columns, 2):
        both = places[[outlet, other]].dropna()
        same, turned = count_steps(both)
        tau = float(kendalltau(both[outlet], both[other]).statistic) if len(both) >= FEWEST else nan
        counted = {"n": len(both), "same": same, "turned": turned}
        low, high = tau_interval(tau, len(both))
        found.append({"outlet": outlet, "other": other, **counted, "tau": tau, "low": low, "high": high})
    return pd.DataFrame(found)


def count_steps(places: pd.DataFrame) -> tuple[int, int]:
    """Of all pairs of rows: how many stand in the same order in both columns, and how many in reverse order."""
    steps = [np.sign(later - earlier).prod() for earlier, later in combinations(places.to_numpy(), 2)]
    return steps.count(1), steps.count(-1)


def tau_interval(tau: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a tau-b of n facts (Fieller, Hartley & Pearson 1957); missing with tau.

    The transformation has no value for the perfect order, so that counts as one pair of facts less than perfect,
    and the interval reaches to the end.
    """
    if isnan(tau):
        return nan, nan
    perfect = 1 - 2 / (n * (n - 1) / 2)
    middle = atanh(max(-perfect, min(perfect, tau)))
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * sqrt(SPREAD / (n - 4))
    return -1.0 if tau <= -perfect else tanh(middle - half), 1.0 if tau >= perfect else tanh(middle + half)


def _select_told(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a sentence of the chosen articles that is in a fact, the earliest article first."""
    return select_articles(
        snapshot,
        chosen,
        """, body AS (
            SELECT article_id, sentence, start, "end",
                row_number() OVER (PARTITION BY article_id ORDER BY sentence) AS place,
                count(*) OVER (PARTITION BY article_id) AS sentences
            FROM sentences WHERE role = 'body' AND article_id IN (SELECT article_id FROM chosen))
        SELECT c.outlet, c.article_id, c.counted, b.start AS at, b.place AS sentence, b.sentences, k.claim_id,
            substring(t.text, b.start + 1, b.end - b.start) AS text
        FROM claims k JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
        JOIN body b ON b.article_id = k.article_id AND b.sentence = k.sentence
        WHERE k.story_id = c.story_id
        ORDER BY c.published NULLS LAST, c.article_id, b.sentence, k.claim_id""",
    )


def _drop_copies(told: pd.DataFrame) -> pd.DataFrame:
    """Each fact where an article first tells it, in the earliest article of what counts once."""
    earliest = told.groupby("counted", sort=False, observed=True)["article_id"].transform("first")
    return told[told["article_id"] == earliest].drop_duplicates(["article_id", "claim_id"])


def _choose_articles(told: pd.DataFrame) -> pd.DataFrame:
    """The rows of the article of each outlet that shares most facts with other outlets; the earlier of equals."""
    shared = told.groupby("claim_id", observed=True)["outlet"].transform("nunique") > 1
    counts = (
        told.assign(shared=shared)
        .groupby(["outlet", "article_id"], sort=False, observed=True)["shared"]
        .sum()
    )
    foremost = counts.sort_values(ascending=False, kind="stable").reset_index().drop_duplicates("outlet")
    return told[told["article_id"].isin(foremost["article_id"])]


def _measure_facts(told: pd.DataFrame) -> pd.DataFrame:
    """The rows of outlets that share a fact, with place, outlets, apart, fact and number."""
    last = (told["sentences"] - 1).clip(lower=1)
    rows = told.drop(columns="counted").assign(place=(told["sentence"] - 1) / last)
    rows["outlets"] = rows.groupby("claim_id", observed=True)["outlet"].transform("nunique")
    rows = rows[rows.groupby("outlet", observed=True)["outlets"].transform("max") > 1]
    places = rows.groupby("claim_id", observed=True)["place"]
    rows = rows.assign(apart=places.transform("max") - places.transform("min"), mean=places.transform("mean"))
    length = rows["text"].str.len()
    shortest = rows.assign(length=length).sort_values(["length", "text"]).drop_duplicates("claim_id")
    rows = rows.assign(fact=rows["claim_id"].map(shortest.set_index("claim_id")["text"]))
    rows["number"] = rows["claim_id"].map(_number_facts(rows)).astype("Int64")
    return rows.drop(columns="mean").sort_values(["outlet", "sentence", "claim_id"], ignore_index=True)


def _number_facts(rows: pd.DataFrame) -> pd.Series:
    """The number of each fact that is listed, by its id: 1 for what is told first on the whole."""
    facts = rows[rows["outlets"] > 1].drop_duplicates("claim_id").set_index("claim_id").sort_index()
    facts = facts.sort_values(["outlets", "apart"], ascending=False, kind="stable").head(MOST_NUMBERED)
    return facts["mean"].sort_index().rank(method="first").astype("Int64")


def _say_orders(snapshot: Snapshot, pairs: pd.DataFrame) -> str:
    """How alike the orders are: of two outlets, or of the most and the least alike of several."""
    known = pairs.dropna(subset="tau").sort_values("tau", ascending=False, kind="stable")
    if known.empty:
        return _say_few(pairs)
    first, last = (_say_pair(snapshot, known.iloc[at]) for at in (0, -1))
    few = len(pairs) - len(known)
    left = f" The other {few} pairs of outlets share fewer than {FEWEST} facts." if few else ""
    return (
        f"Order of {first}." if len(known) == 1 else f"Most alike in order: {first}. Least: {last}."
    ) + left


def _say_few(pairs: pd.DataFrame) -> str:
    """That there are too few facts for tau-b; of two outlets, what can be counted."""
    if len(pairs) > 1:
        return f"Two outlets share {pairs['n'].max()} facts at most: below {FEWEST} no tau-b is given."
    n, same = int(pairs["n"].iloc[0]), int(pairs["same"].iloc[0])
    steps = n * (n - 1) // 2
    told = (
        f"{same} of {steps} pairs of shared facts stand in the same order"
        if steps
        else "One fact has no order"
    )
    return f"{told}; below {FEWEST} facts no tau-b is given."


def _say_pair(snapshot: Snapshot, pair: pd.Series) -> str:
    """The Post and Signal: tau-b .62 [.21, .84], 12 facts."""
    names = " and ".join(name_of_outlet(snapshot, str(pair[side])) for side in ("outlet", "other"))
    tau, low, high = (write_number(float(pair[name])) for name in ("tau", "low", "high"))
    return f"{names}: tau-b {tau} [{low}, {high}], {pair['n']} facts"


def _say_furthest(snapshot: Snapshot, shared: pd.DataFrame) -> str:
    """The fact that stands furthest apart, with its first and its last place."""
    if not shared["apart"].any():
        return "Each shared fact stands at the same place."
    furthest = shared.sort_values("apart", ascending=False, kind="stable")["claim_id"].iloc[0]
    rows = shared[shared["claim_id"] == furthest].sort_values("place", kind="stable")
    fact = " ".join(str(rows["fact"].iloc[0]).split())
    fact = fact if len(fact) <= QUOTED else fact[:QUOTED].rsplit(" ", 1)[0] + " …"
    early, late = (
        f"sentence {row['sentence']} of {row['sentences']} in {name_of_outlet(snapshot, str(row['outlet']))}"
        for row in rows.iloc[[0, -1]].to_dict("records")
    )
    return f"Furthest apart: “{fact}”, {early} and {late}."


def _note(told: pd.DataFrame, rows: pd.DataFrame) -> str:
    """What is not drawn, and what stands for an outlet."""
    left = told["outlet"].nunique() - rows["outlet"].nunique()
    shared = rows.loc[rows["outlets"] > 1, "claim_id"].nunique()
    parts = [
        f"{MOST_NUMBERED} of {shared} shared facts are numbered" if shared > MOST_NUMBERED else "",
        f"not drawn, without a shared fact: {write_counted(left, 'outlet')}" if left else "",
        "one article stands for each outlet",
    ]
    return "; ".join(part for part in parts if part)

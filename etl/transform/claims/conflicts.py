"""Conflicts: where sentences of one claim are at odds, with the words that differ; shown, never judged.

A count that may grow (of the dead, of signatures) and is higher in an article published an hour later or more
is an update.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from etl.schema import CONFLICTS as TABLE
from etl.transform.claims.align import name_claims
from etl.transform.claims.concepts import LANGUAGES
from etl.transform.claims.differences import Day, Difference, Name, Side, Span, find_differences
from etl.transform.claims.likeness import least_likeness
from etl.transform.claims.told import NEEDS, Compared, compare_told
from etl.transform.feature import Feature
from etl.transform.shingles import Numbers
from etl.transform.spans import sentence_at, slice_spans

Row = dict[Hashable, Any]

LATER = pd.Timedelta(hours=1)
# likeness above the least that links: in real news sentences below it often tell two things
CLEAR = {"number": 0.05, "date": 0.1, "name": 0.03, "modality": 0.15}

GRANULARITIES = ("day", "month", "year")
SAID = re.compile(
    r"\b(?:said|says|told|announced|statement|reported|added|interview)(?:\s\w+){0,2}\s?$", re.IGNORECASE
)
BOUND = re.compile(
    r"\b(?:before|until|after|by|since|to|from|between|within|than)(?: the)?\s$", re.IGNORECASE
)
DEICTIC = re.compile(r"today|tonight|yesterday|tomorrow|this |last |next |ago|now", re.IGNORECASE)


def list_conflicts(*tables: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `conflicts`: one row a difference of two sentences; `tables` are those of NEEDS."""
    compared = compare_told(*tables)
    if compared.told.empty:
        return TABLE.empty()
    pairs = _list_pairs(compared)
    by_name = dict(zip(NEEDS, tables, strict=True))
    told = _list_told(compared.told, np.union1d(pairs["row"], pairs["column"]), by_name["texts"])
    sides = _read_sides(told, by_name["mentions"], by_name["dates"])
    rows = told.to_dict("index")
    found = [
        _write_row(rows[one], rows[other], difference)
        for one, other, clear in zip(pairs["row"], pairs["column"], pairs["clear"], strict=True)
        for difference in find_differences(sides[one], sides[other])
        if clear >= CLEAR[difference.kind]
    ]
    return pd.DataFrame(found, columns=[column.name for column in TABLE.columns])


def _list_pairs(compared: Compared) -> pd.DataFrame:
    """The pairs of sentences of one claim, in a language that is known, that are clearly alike; each once."""
    told, pairs = compared.told, compared.pairs[compared.pairs["row"] < compared.pairs["column"]]
    first, known = told["first"].to_numpy(), told["language"].isin(LANGUAGES).to_numpy()
    row, column = pairs["row"].to_numpy(dtype=int), pairs["column"].to_numpy(dtype=int)
    kept = (first[row] == first[column]) & known[row] & known[column]
    clear = pairs["value"].to_numpy() - least_likeness(told, pairs)
    chosen = kept & (clear >= min(CLEAR.values())) & (pairs["value"].to_numpy() < 1)
    held: pd.DataFrame = pairs.assign(clear=clear)[chosen]
    return held


def mark_claims(claims: pd.DataFrame, conflicts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The table `claims` with its column `conflict`."""
    ends = [
        conflicts[["claim_id", "kind", f"article_{side}", f"start_{side}"]].set_axis(
            ["claim_id", "kind", "article_id", "start"], axis=1
        )
        for side in "ab"
    ]
    marked = pd.concat(ends, ignore_index=True)
    marked = marked.assign(sentence=sentence_at(marked, sentences)).drop_duplicates(
        ["claim_id", "article_id", "sentence", "kind"]
    )
    key = ["claim_id", "article_id", "sentence"]
    kinds = marked.sort_values("kind").groupby(key, observed=True)["kind"].agg("; ".join).rename("conflict")
    return claims.drop(columns="conflict").merge(
        kinds.reset_index(), on=key, how="left", validate="many_to_one"
    )


def _list_told(told: pd.DataFrame, rows: Numbers, texts: pd.DataFrame) -> pd.DataFrame:
    """These sentences with their words and the claim that each stands in."""
    chosen = told.assign(claim_id=name_claims(told)).loc[rows]
    return chosen.assign(words=slice_spans(chosen, texts))


def _read_sides(told: pd.DataFrame, mentions: pd.DataFrame, dates: pd.DataFrame) -> dict[int, Side]:
    """What each sentence can be held against others by, by its row."""
    known = dates[dates["type"].isin(("DATE", "TIME"))]
    names, days = (_list_spans(told, spans) for spans in (mentions, known))
    named = mentions.groupby("article_id", observed=True)["actor_id"].agg(frozenset).to_dict()
    return {
        row: Side(
            text=words,
            dates=tuple(
                Day(*span, **_read_day(found))
                for span, found in days[row]
                if _is_comparable(words, span, found)
            ),
            names=tuple(Name(*span, **_read_name(found)) for span, found in names[row]),
            taken=tuple(span for span, _ in names[row] + days[row]),
            named=named.get(article, frozenset()),
        )
        for row, article, words in zip(told.index.tolist(), told["article_id"], told["words"], strict=True)
    }


def _list_spans(told: pd.DataFrame, spans: pd.DataFrame) -> dict[int, list[tuple[Span, Row]]]:
    """What stands in each sentence and where in it, by the sentence's row."""
    rows = told[["article_id", "sentence", "start"]].rename(columns={"start": "opens"})
    found = spans.merge(rows.reset_index(names="row"), on=["article_id", "sentence"], validate="many_to_one")
    listed: dict[int, list[tuple[Span, Row]]] = defaultdict(list)
    for row in found.to_dict("records"):
        listed[row["row"]].append(((row["start"] - row["opens"], row["end"] - row["opens"]), row))
    return listed


def _is_comparable(words: str, span: Span, found: Row) -> bool:
    """True for a day, month or year that the sentence speaks of; not for the day on which somebody said it, nor for
    one in brackets."""
    before = words[: span[0]]
    loose = (
        before.endswith("(")
        or SAID.search(before)
        or BOUND.search(before)
        or DEICTIC.search(words[slice(*span)])
    )
    return not loose and found["granularity"] in GRANULARITIES and bool(pd.notna(found["first_day"]))


def _read_day(found: Row) -> dict[str, Any]:
    """The fields of a date."""
    return {
        "words": found["surface"],
        "first": found["first_day"],
        "last": found["last_day"],
        "granularity": found["granularity"],
    }


def _read_name(found: Row) -> dict[str, Any]:
    """The fields of a name."""
    label = found["label"] if isinstance(found["label"], str) else ""
    return {"actor_id": found["actor_id"], "kind": found["kind"], "label": label}


def _write_row(left: Row, right: Row, found: Difference) -> Row:
    """The row of the table for one difference."""
    return {
        "story_id": left["story_id"], "claim_id": left["claim_id"],
        "kind": _name_kind(found, right["published"] - left["published"]),
        "article_a": left["article_id"], "start_a": left["start"] + found.left[0],
        "end_a": left["start"] + found.left[1],
        "article_b": right["article_id"], "start_b": right["start"] + found.right[0],
        "end_b": right["start"] + found.right[1],
    }  # fmt: skip


def _name_kind(found: Difference, later: object) -> str:
    """The kind, or update where what grows is higher in what was published later."""
    grew = found.kind == "number" and found.grows > 0
    return "update" if grew and isinstance(later, pd.Timedelta) and later >= LATER else found.kind


CONFLICTS = Feature(makes="conflicts", needs=NEEDS, compute=list_conflicts, scope="window")
AT_ODDS = Feature(
    makes="claims",
    needs=("claims", "conflicts", "sentences"),
    compute=mark_claims,
    scope="window",
    completes=True,
)

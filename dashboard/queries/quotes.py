"""Quotes: each utterance of a story as its outlets word it, held against the original text, else the fullest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.fidelity import FIDELITIES, Wording, measure_fullness, name_fidelity
from dashboard.queries.labels import list_quotes
from dashboard.queries.primary import Passage, find_passages
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from etl.store import Snapshot

MOST_UTTERANCES = 12
MOST_ALONE = 12  # utterances of one outlet alone that are listed, parted equally among the outlets
FULLEST, ABSENT, UNKNOWN = "fullest", "absent", "unknown"
STATES = (FULLEST, *FIDELITIES)  # the truer before the freer
Row = dict[Hashable, Any]


def compare_quotes(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an utterance and outlet of the story: utterance, speaker, outlets, outlet, state, quote, full.

    Further columns: cue, via, kind, article_id, at (missing where the outlet has none of it). `state` is "fullest",
    a class of fidelity, "absent", or "unknown" where no article of the outlet is in the utterance's language,
    so that its words could not be told. `outlets` is how many have a wording. `full` is the passage of the
    original text that they repeat, named in `primary`; where there is none (`primary` missing), the fullest.
    """
    chosen = focus_story(snapshot, chosen)
    listed = list_quotes(snapshot, chosen)
    if listed.empty:
        return listed
    quotes = listed.frame.assign(
        utterance=listed.frame["utterance_id"].fillna(
            listed.frame["article_id"] + ":" + listed.frame["at"].astype(str)
        )
    )
    worded = _word_utterances(quotes, find_passages(snapshot, chosen, quotes))
    known = select_articles(snapshot, chosen, "SELECT DISTINCT outlet, language FROM chosen ORDER BY outlet")
    return Answer(
        frame=_complete(_rank(worded), known),
        n=len(quotes),
        unit="quotations",
        verdict=f"{_count_classes(worded)} {listed.verdict}".strip(),
        note=f"{worded['utterance'].nunique()} utterances; of those that one outlet alone has, some are listed. "
        "Wordings are aligned by their words; the speaker is open where the text does not say.",
    )


def _word_utterances(quotes: pd.DataFrame, passages: Mapping[str, Passage]) -> pd.DataFrame:
    """One row an utterance and outlet that has it, in the order of the quotations."""
    told: dict[str, list[Row]] = {}
    for row in quotes.to_dict("records"):
        told.setdefault(row["utterance"], []).append(row)
    return pd.DataFrame(
        [row for utterance, rows in told.items() for row in _word_outlets(rows, passages.get(utterance))]
    )


def _word_outlets(rows: list[Row], passage: Passage | None) -> list[Row]:
    """One row an outlet: its truest wording of this utterance, and of equals the fullest."""
    wordings = [Wording(str(row["quote"]), str(row["kind"])) for row in rows]
    sizes = [measure_fullness(wording) for wording in wordings]
    full = wordings[max(range(len(rows)), key=lambda place: (*sizes[place], -place))]
    told = Wording(passage.text, "direct") if passage else full
    states = [FULLEST if wording is told else name_fidelity(told, wording) for wording in wordings]
    ranks = [(STATES.index(state), -size[0], -size[1]) for state, size in zip(states, sizes, strict=True)]
    said: Row = {
        "speaker": _agree_speaker(rows),
        "full": told.text,
        "primary": passage.name if passage else None,
        "outlets": len({row["outlet"] for row in rows}),
    }
    best: dict[str, Row] = {}
    for place in sorted(range(len(rows)), key=lambda place: ranks[place]):
        best.setdefault(rows[place]["outlet"], rows[place] | said | {"state": states[place]})
    return list(best.values())


def _agree_speaker(rows: list[Row]) -> str | None:
    """Whom most of an utterance's quotations give as its speaker: by name where one of them does."""
    told = [row for row in rows if isinstance(row["speaker"], str)]
    names = [row["speaker"] for row in told if row["known"]] or [row["speaker"] for row in told]
    return max(names, key=names.count, default=None)


def _rank(worded: pd.DataFrame) -> pd.DataFrame:
    """The rows of the utterances to list: those of most outlets, then some of each outlet alone.

    What repeats an original text is listed before the rest, and also where one outlet alone has it.
    """
    ordered = worded.assign(order=range(len(worded)))
    ordered["order"] = ordered.groupby("utterance", observed=True)["order"].transform("min")
    ordered["apart"] = ordered["primary"].isna()
    ordered = ordered.sort_values(["apart", "outlets", "order"], ascending=[True, False, True], kind="stable")
    single = ordered["apart"] & (ordered["outlets"] == 1)
    several = ordered[~single]
    several = several[several["utterance"].isin(several["utterance"].unique()[:MOST_UTTERANCES])]
    alone = ordered[single]
    each = max(2, MOST_ALONE // worded["outlet"].nunique())
    return pd.concat([several, alone.groupby("outlet", observed=True).head(each)], ignore_index=True)


def _complete(worded: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """A row for each outlet of the story, absent or unknown where it has no wording."""
    languages = known.groupby("outlet", observed=True)["language"].agg(set)
    said = worded.groupby("utterance", sort=False, observed=True).agg(
        speaker=("speaker", "first"), full=("full", "first"), primary=("primary", "first"),
        outlets=("outlets", "first"), tongues=("language", set),
    )  # fmt: skip
    grid = said.reset_index().merge(pd.DataFrame({"outlet": languages.index}), how="cross")
    columns = ["utterance", "outlet", "state", "quote", "cue", "via", "kind", "article_id", "at"]
    filled = grid.merge(worded[columns], on=["utterance", "outlet"], how="left", validate="one_to_one")
    readable = [
        bool(languages[outlet] & tongues)
        for outlet, tongues in zip(filled["outlet"], filled["tongues"], strict=True)
    ]
    gaps = pd.Series(readable, index=filled.index).map({True: ABSENT, False: UNKNOWN})
    return filled.assign(state=filled["state"].fillna(gaps)).drop(columns="tongues")


def _count_classes(worded: pd.DataFrame) -> str:
    """How many utterances several outlets have, and how true they are to the original or the fullest wording."""
    shared = worded[worded["outlets"] > 1]
    original = worded["primary"].notna()
    parts = [
        f"{shared['utterance'].nunique()} of {worded['utterance'].nunique()} utterances stand in more than one outlet",
        _tell_states("beside the fullest wording", shared.loc[shared["primary"].isna(), "state"]),
        _tell_states("against the original text", worded.loc[original, "state"]),
    ]
    return f"{'; '.join(part for part in parts if part)}."


def _tell_states(what: str, states: pd.Series) -> str:
    """How many wordings are in which class: "beside the fullest wording 2 verbatim, 1 edited"."""
    counts = states.value_counts()
    told = [f"{counts[state]} {state}" for state in FIDELITIES if state in counts]
    return f"{what} {', '.join(told)}" if told else ""

"""Heard: whose words each outlet of a story gives, in quotation marks or retold."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.actors import ONE_QUOTE
from dashboard.queries.answer import Answer
from dashboard.queries.labels import NAMED_SPEAKER, VIA
from dashboard.queries.newsroom import name_of_outlet
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from etl.store import Snapshot

MOST_SHARED = 12  # speakers of several outlets
MOST_ALONE = 12  # speakers of one outlet alone, parted equally among the outlets
FEWEST_ALONE = 3  # of each outlet all the same
TOGETHER = """(SELECT p.article_id, p.start, string_agg(DISTINCT n.name, '; ' ORDER BY n.name) AS names
            FROM quote_speakers p JOIN actors n USING (actor_id) GROUP BY p.article_id, p.start)"""  # in one order
HEARD, SILENT, UNKNOWN = "heard", "not heard", "unknown"


def list_heard(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a speaker and outlet of the story; the speakers of most outlets first, then those of most quotations.

    Columns: speaker (several of one statement parted by "; "), outlets (how many give a word of theirs), outlet,
    state ("heard", "not heard", or "unknown" where no article of the outlet is in a language of which quotations
    are read), marked and retold (quotations with and without quotation marks), via (the intermediary, where there
    is one), article_id, at (the first with marks, else the first; missing where there is none).
    """
    chosen = focus_story(snapshot, chosen)
    said = _read_said(snapshot, chosen)
    known = said[said["speaker"].notna()]
    outlets = select_articles(
        snapshot, chosen, "SELECT DISTINCT outlet, language FROM chosen ORDER BY outlet"
    )
    if known.empty:
        return Answer(frame=known, n=0, unit="quotations with a speaker")
    left = int(said.loc[said["speaker"].isna(), "quotations"].sum())
    counted = known.assign(outlets=known.groupby("speaker", observed=True)["outlet"].transform("nunique"))
    listed = _choose(counted)
    return Answer(
        frame=_complete(listed, outlets, set(said["language"])),
        n=int(known["quotations"].sum()),
        unit="quotations with a speaker",
        verdict=_tell_alone(counted, snapshot),
        note=f"{listed['speaker'].nunique()} of {known['speaker'].nunique()} speakers listed. In {left} more the text "
        "names nobody. Headlines are left out",
    )


def _read_said(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a speaker (missing: nobody is named) and outlet, with its quotations outside of headlines."""
    return select_articles(
        snapshot,
        chosen,
        f""", said AS (
            SELECT c.outlet, c.language, {ONE_QUOTE} AS one, q.article_id, q.start, q.kind <> 'indirect' AS marked,
                coalesce(j.names, {NAMED_SPEAKER}) AS speaker, {VIA} AS via
            FROM quotes q JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
            LEFT JOIN actors a ON a.actor_id = q.actor_id
            LEFT JOIN {TOGETHER} j ON j.article_id = q.article_id AND j.start = q.start
            WHERE q.start >= t.body_start)
        SELECT min(speaker) AS speaker, outlet, min(language) AS language, count(DISTINCT one) AS quotations,
            count(DISTINCT one) FILTER (marked) AS marked, count(DISTINCT one) FILTER (NOT marked) AS retold,
            min(via) AS via, min((NOT marked, article_id, start))[2] AS article_id,
            min((NOT marked, article_id, start))[3] AS at
        FROM said GROUP BY lower(speaker), outlet ORDER BY quotations DESC, lower(speaker), outlet""",
    ).pipe(lambda rows: rows.assign(speaker=_agree_on_case(rows["speaker"])))


def _agree_on_case(speakers: pd.Series) -> pd.Series:
    """One spelling of each speaker: "the Mayor" and "The Mayor" are one."""
    return speakers.groupby(speakers.str.lower()).transform("min")


def _choose(known: pd.DataFrame) -> pd.DataFrame:
    """The rows of the speakers to list: those of several outlets, then some of each outlet alone."""
    total = known.groupby("speaker", observed=True)["quotations"].transform("sum")
    ordered = known.assign(total=total).sort_values(
        ["outlets", "total", "speaker"], ascending=[False, False, True], kind="stable"
    )
    shared, alone = ordered[ordered["outlets"] > 1], ordered[ordered["outlets"] == 1]
    shared = shared[shared["speaker"].isin(shared["speaker"].unique()[:MOST_SHARED])]
    each = max(FEWEST_ALONE, MOST_ALONE // known["outlet"].nunique())
    return pd.concat([shared, alone.groupby("outlet", observed=True).head(each)], ignore_index=True)


def _complete(listed: pd.DataFrame, known: pd.DataFrame, languages: set[str]) -> pd.DataFrame:
    """A row for each outlet of the story; unknown where it writes in none of the languages that are read."""
    readable = known["language"].isin(languages).groupby(known["outlet"]).any()
    speakers = listed[["speaker", "outlets"]].drop_duplicates()
    grid = speakers.merge(pd.DataFrame({"outlet": readable.index}), how="cross")
    columns = ["speaker", "outlet", "marked", "retold", "via", "article_id", "at"]
    filled = grid.merge(listed[columns], on=["speaker", "outlet"], how="left", validate="one_to_one")
    silent = filled["outlet"].map(readable).map({True: SILENT, False: UNKNOWN})
    filled["state"] = silent.where(filled["article_id"].isna(), HEARD)
    return filled.fillna({"marked": 0, "retold": 0}).astype({"marked": "int64", "retold": "int64"})


def _tell_alone(counted: pd.DataFrame, snapshot: Snapshot) -> str:
    """How many speakers have a word in one outlet alone: "Heard in one outlet alone: The Courier 3, Signal 1."."""
    alone = counted.loc[counted["outlets"] == 1, "outlet"].value_counts().sort_index()
    if alone.empty or counted["outlet"].nunique() == 1:
        return ""
    parts = (f"{name_of_outlet(snapshot, str(outlet))} {count}" for outlet, count in alone.items())
    return f"Heard in one outlet alone: {', '.join(parts)}."

"""Conflicts: where two outlets tell one fact at odds: other numbers, dates, names, or said and denied."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from etl.store import Snapshot

MOST = 24
KINDS = ("number", "date", "name", "modality", "update")
MEASURED = (
    "Shown, never judged, and a hint: in 9 invented stories 9 of 9 found were right and 9 of 61 were found, but of "
    "those read in real news about 5 of 8 numbers and at most 2 of 5 names were right"
)


def list_conflicts(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a difference between two outlets' sentences on one fact, by kind, then in order of publication.

    Columns: claim_id, kind, and for `left` and `right`: the sentence, and as `_outlet, _article, _at, _from, _to`
    its outlet, its article, where it begins, and the words that differ as offsets into the sentence. The left
    article was published first, where that is known.
    """
    found = _drop_copies(select_conflicts(snapshot, focus_story(snapshot, chosen)))
    if found.empty:
        return Answer(frame=found, n=0, unit="conflicts")
    updates = int((found["kind"] == "update").sum())
    return Answer(
        frame=found.head(MOST),
        n=len(found),
        unit="conflicts",
        verdict=f"{len(found) - updates} differences and {updates} updates in {found['claim_id'].nunique()} facts.",
        note=(f"The first {MOST} are shown. " if len(found) > MOST else "") + MEASURED,
    )


def select_conflicts(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """All differences between the chosen articles, those of reprints too; the columns of `list_conflicts`."""
    order = ", ".join(f"'{kind}'" for kind in KINDS)
    sides = ", ".join(
        f"""{table}.outlet AS {side}_outlet, k.article_{end} AS {side}_article, {spans}.start AS {side}_at,
        substring({text}.text, {spans}.start + 1, {spans}.end - {spans}.start) AS {side},
        k.start_{end} - {spans}.start AS {side}_from, k.end_{end} - {spans}.start AS {side}_to"""
        for side, end, table, spans, text in (("left", "a", "a", "m", "x"), ("right", "b", "b", "n", "y"))
    )
    return select_articles(
        snapshot,
        chosen,
        f"""SELECT k.claim_id, k.kind, {sides}
        FROM conflicts k JOIN chosen a ON a.article_id = k.article_a JOIN chosen b ON b.article_id = k.article_b
        JOIN sentences m ON m.article_id = k.article_a AND k.start_a >= m.start AND k.start_a < m.end
        JOIN sentences n ON n.article_id = k.article_b AND k.start_b >= n.start AND k.start_b < n.end
        JOIN texts x ON x.article_id = k.article_a JOIN texts y ON y.article_id = k.article_b
        WHERE k.story_id = a.story_id AND a.story_id = b.story_id
        ORDER BY list_position([{order}], k.kind), a.published NULLS LAST, k.claim_id, k.article_a, k.start_a,
            k.article_b, k.start_b""",
    )


def _drop_copies(found: pd.DataFrame) -> pd.DataFrame:
    """One row for each two wordings: a reprint's sentence is no second conflict."""
    return found.drop_duplicates(["kind", "left", "right"], ignore_index=True)

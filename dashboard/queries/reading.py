"""Reading: one article with everything that was found in it, and everything that was cut from its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from etl.store import Snapshot

# layer: rows of start, end, told (what the tooltip says) and link (an actor's id, or empty)
LAYERS: Final = {
    "actors": """SELECT m.start, m.end, a.name || ' · ' || m.kind || coalesce(' · ' || m.label, '') AS told,
        m.actor_id AS link FROM mentions m JOIN actors a USING (actor_id) WHERE article_id = ?""",
    "quotations": """SELECT "start", "end", kind || coalesce(' · ' || speaker, ' · not said who')
        || coalesce(', via ' || CASE WHEN coalesce(via_end <= speaker_start OR via_start >= speaker_end, true)
        THEN via END, '')
        || coalesce(' · ' || cue, '') AS told, '' AS link FROM quotes WHERE article_id = ?""",
    "dates": """SELECT "start", "end", '' AS link,
        CASE value WHEN '' THEN 'not resolved' ELSE value END || ' · ' || anchor AS told
        FROM dates WHERE article_id = ?""",
    "tone words": """SELECT "start", "end", printf('%s · polarity %+.2f', word, polarity) AS told, '' AS link
        FROM tone_words WHERE article_id = ?""",
    "shared passages": """SELECT start_a AS "start", end_a AS "end", tokens || ' words shared' AS told,
        '' AS link
        FROM reuse WHERE article_a = $1 UNION
        SELECT start_b, end_b, tokens || ' words shared', '' FROM reuse WHERE article_b = $1""",
}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`row` is the article with its outlet; `layers` hold spans by name; `sentences` start, end, sentence."""

    row: dict[str, object]
    text: str
    layers: dict[str, pd.DataFrame]
    sentences: pd.DataFrame
    cuts: pd.DataFrame
    revisions: int

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The span of the sentence that holds this character; (-1, -1) where there is none."""
        holds = self.sentences[(self.sentences["start"] <= at) & (at < self.sentences["end"])]
        return (-1, -1) if holds.empty else (int(holds["start"].iloc[0]), int(holds["end"].iloc[0]))


def read_article(snapshot: Snapshot, article_id: str) -> Reading | None:
    """The article of this id; none where the store version does not hold it."""
    found = snapshot.sql(
        """SELECT a.*, o.name, o.timezone, t.text, s.story_id, z.title AS story_title, r.level
        FROM articles a JOIN texts t USING (article_id) LEFT JOIN outlets o USING (outlet)
        LEFT JOIN story_articles s USING (article_id) LEFT JOIN stories z USING (story_id)
        LEFT JOIN reprints r USING (article_id) WHERE a.article_id = ?""",
        (article_id,),
    )
    if found.empty:
        return None
    row = {str(name): value for name, value in found.iloc[0].to_dict().items()}
    return Reading(
        row=row,
        text=str(row.pop("text")),
        layers={name: snapshot.sql(query, (article_id,)) for name, query in LAYERS.items()},
        sentences=snapshot.sql(
            'SELECT "start", "end", sentence FROM sentences WHERE article_id = ?', (article_id,)
        ),
        cuts=snapshot.sql(
            "SELECT role, text, rule FROM cuts WHERE article_id = ? ORDER BY cut", (article_id,)
        ),
        revisions=len(snapshot.sql("SELECT 1 FROM revisions WHERE article_id = ?", (article_id,))),
    )

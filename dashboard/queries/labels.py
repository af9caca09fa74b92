"""Labels: which words each outlet uses for the same actor, and whom it quotes."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import VOICED, select_articles
from dashboard.queries.story import focus_story
from etl.store import Snapshot

MOST_ACTORS = 12
NOBODY = (
    "he",
    "she",
    "it",
    "they",
    "who",
    "i",
    "we",
    "you",
    "the",
    "one",
    "that",
    "this",
)  # stands for somebody
SPEAKER = f"coalesce(a.name, CASE WHEN lower(q.speaker) NOT IN {NOBODY} THEN q.speaker END)"
SPOKEN = """quotes q JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
            LEFT JOIN quote_speakers p ON p.article_id = q.article_id AND p.start = q.start
            LEFT JOIN actors a ON a.actor_id = coalesce(p.actor_id, q.actor_id)"""  # a row for each joint speaker
JOINT = """(SELECT p.article_id, p.start, string_agg(n.name, '; ' ORDER BY p.named_start, n.name) AS names
            FROM quote_speakers p JOIN actors n USING (actor_id) GROUP BY p.article_id, p.start)"""
LEADS = "The|This|That|His|Her|Its|Their|Our|My"
SOME = "an?|one|some|many|most|several|two|three|another|other|each|few|all|both|none"
CROWDS = (
    "aides|analysts|authorities|campaigners|critics|diplomats|doctors|economists|experts|friends|government|"
    "investigators|lawmakers|lawyers|neighbou?rs|observers|officers|officials|opponents|others|people|police|"
    "prosecutors|researchers|residents|scientists|sources|supporters|voters|witnesses"
)
NAMED_SPEAKER = f"""coalesce(a.name, CASE WHEN lower(q.speaker) NOT IN {NOBODY}
            AND regexp_matches(regexp_replace(q.speaker, '^({LEADS})\\b', ''), '[\\p{{Lu}}\\p{{Lo}}]')
            AND NOT regexp_matches(q.speaker, '(?i)\\b({CROWDS})($|,| (of|in|at|from|for|who|on|with|close) )')
            AND NOT regexp_matches(q.speaker, '^(?i:{SOME})( |$)')
            THEN q.speaker END)"""  # "the report" and "US officials" name nobody
VIA = "CASE WHEN coalesce(q.via_end <= q.speaker_start OR q.via_start >= q.speaker_end, true) THEN q.via END"


def name_actors(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an actor, outlet and wording: actor_id, actor, outlet, wording, times, article_id, at.

    The wording is the label and the surface ("Russian leader Vladimir Putin"). The most named actors first;
    `article_id` and `at` lead to the first such mention.
    """
    labels = select_articles(
        snapshot,
        chosen,
        f""", named AS (
            SELECT m.actor_id, c.outlet, m.article_id, m.start, coalesce(nullif(
                CASE WHEN contains(lower(m.surface), lower(m.label)) THEN '' ELSE m.label END, '')
                || ' ', '') || m.surface AS wording
            FROM mentions m JOIN chosen c USING (article_id) WHERE {VOICED[chosen.voice]}),
        top AS (
            SELECT actor_id, count(*) AS mentions, count(DISTINCT outlet) AS outlets
            FROM named GROUP BY actor_id
            ORDER BY outlets DESC, mentions DESC, actor_id LIMIT {MOST_ACTORS})
        SELECT n.actor_id, a.name AS actor, n.outlet, n.wording, count(*) AS times,
            arg_min(n.article_id, n.article_id || lpad(n.start::VARCHAR, 9, '0')) AS article_id,
            arg_min(n.start, n.article_id || lpad(n.start::VARCHAR, 9, '0')) AS at
        FROM named n JOIN top t USING (actor_id) JOIN actors a USING (actor_id)
        GROUP BY n.actor_id, a.name, n.outlet, n.wording
        ORDER BY any_value(t.outlets) DESC, any_value(t.mentions) DESC, n.actor_id, n.outlet,
            times DESC, n.wording""",
    )
    return Answer(frame=labels, n=int(labels["times"].sum()), unit="mentions")


def list_quotes(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a quotation, by speaker.

    Columns: outlet, name, language, speaker (several parted by "; "; missing where the text does not say), cue,
    cue_class, via (the intermediary), kind, quote, article_id, at, utterance_id. A reported statement is listed
    where another article quotes it, or where it repeats words of an original text.
    """
    quotes = select_articles(
        snapshot,
        focus_story(snapshot, chosen),
        f"""SELECT c.outlet, coalesce(o.name, c.outlet) AS name,
            coalesce(j.names, min({SPEAKER}) OVER (PARTITION BY lower({SPEAKER}))) AS speaker,
            q.cue, q.cue_class, {VIA} AS via, q.kind,
            q.article_id, q.start AS at, c.language,
            j.names IS NOT NULL OR {NAMED_SPEAKER} IS NOT NULL AS known,
            q.utterance_id, substring(t.text, q.start + 1, q.end - q.start) AS quote
        FROM quotes q JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
        LEFT JOIN actors a ON a.actor_id = q.actor_id
        LEFT JOIN {JOINT} j ON j.article_id = q.article_id AND j.start = q.start
        LEFT JOIN outlets o ON o.outlet = c.outlet
        WHERE q.kind <> 'indirect' OR q.utterance_id IN (
            SELECT x.utterance_id FROM quotes x JOIN chosen USING (article_id) WHERE x.kind <> 'indirect')
            OR (q.article_id, q.start) IN (SELECT (p.article_id, p.start) FROM primary_quotes p)
        ORDER BY speaker NULLS LAST, c.outlet, q.article_id, q.start""",
    )
    return Answer(
        frame=quotes,
        n=len(quotes),
        unit="quotations",
        verdict=_count_speakers(quotes),
        note="Quotations in marks and their retellings; the speaker is open where the text does not say.",
    )


def _count_speakers(quotes: pd.DataFrame) -> str:
    """How many distinct speakers each outlet quotes, each of several, and how many quotations leave them open."""
    each = quotes[quotes["known"]].assign(speaker=lambda rows: rows["speaker"].str.split("; "))
    known = each.explode("speaker").groupby("name", observed=True)["speaker"].nunique()
    parts = [f"{outlet} {count}" for outlet, count in known.items()]
    left = f"; open in {len(quotes) - len(each)} of {len(quotes)}" if len(each) < len(quotes) else ""
    return f"Distinct speakers: {', '.join(parts)}{left}." if parts else ""

"""Pairs: two outlets side by side: aligned sentences, shared passages, what only one says."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.newsroom import name_of_outlet
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from dashboard.queries.worddiff import diff_words, share_common
from etl.store import Snapshot

VERBATIM, EDITED = 0.999, 0.7  # share of words in common, in the passage that has more of them
MOST_PASSAGES = 12
HALF = 0.5  # share of words inside quotation marks that makes a sentence a quoted one


def choose_pair(snapshot: Snapshot, chosen: Filter) -> tuple[str, ...]:
    """The two outlets of the filter's pair, or the two that share most facts of the story."""
    if len(chosen.pair) == 2:
        return chosen.pair
    ranked = select_articles(
        snapshot,
        chosen,
        """, told AS (SELECT DISTINCT k.claim_id, c.outlet FROM claims k JOIN chosen c USING (article_id))
        SELECT a.outlet AS one, b.outlet AS two FROM told a JOIN told b
        ON a.claim_id = b.claim_id AND a.outlet < b.outlet
        GROUP BY one, two ORDER BY count(*) DESC, one, two LIMIT 1""",
    )
    if not ranked.empty:
        return str(ranked["one"].iloc[0]), str(ranked["two"].iloc[0])
    outlets = select_articles(snapshot, chosen, "SELECT DISTINCT outlet FROM chosen ORDER BY outlet LIMIT 2")
    return tuple(outlets["outlet"])


def align_sentences(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a pair of aligned sentences, or a sentence of one side.

    Columns: left, right (texts), left_article, left_at, right_article, right_at, quoted, and relation:
    "verbatim", "edited", "paraphrased", "only left", "only right"; "unsure left" and "unsure right" where the other
    outlet tells the fact elsewhere or may tell it.

    One article stands for each outlet: the one whose sentences are aligned most.
    """
    chosen = focus_story(snapshot, chosen)
    pair = choose_pair(snapshot, chosen)
    sentences = _sentences_of_pair(snapshot, chosen, pair)
    if len(pair) < 2 or sentences["outlet"].nunique() < 2:
        return Answer(frame=pd.DataFrame(), n=0, unit="sentences")
    left, right = (sentences[sentences["outlet"] == outlet] for outlet in pair)
    rows = _pair_rows(left, right).assign(left_outlet=pair[0], right_outlet=pair[1])
    counts = rows["relation"].value_counts()
    names = [name_of_outlet(snapshot, outlet) for outlet in pair]
    both = int(rows["left"].notna().mul(rows["right"].notna()).sum())
    unsure = int(counts.filter(like="unsure").sum())
    perhaps = f"; not sure of {unsure}" if unsure else ""
    return Answer(
        frame=rows,
        n=len(left) + len(right),
        unit="sentences",
        verdict=f"{both} pairs of sentences say the same; only {names[0]} {counts.get('only left', 0)}, "
        f"only {names[1]} {counts.get('only right', 0)}{perhaps}.",
        note="One article stands for each outlet.",
    )


def share_passages(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a passage that the two outlets share: left, right (texts), tokens, quoted, places."""
    chosen = focus_story(snapshot, chosen)
    pair = choose_pair(snapshot, chosen)
    passages = select_articles(
        snapshot,
        chosen,
        """SELECT a.outlet AS outlet_a, b.outlet AS outlet_b, r.tokens, r.quoted, r.article_a, r.article_b,
            r.start_a, r.start_b, substring(x.text, r.start_a + 1, r.end_a - r.start_a) AS text_a,
            substring(y.text, r.start_b + 1, r.end_b - r.start_b) AS text_b
        FROM reuse r JOIN chosen a ON a.article_id = r.article_a JOIN chosen b ON b.article_id = r.article_b
        JOIN texts x ON x.article_id = r.article_a JOIN texts y ON y.article_id = r.article_b
        WHERE [a.outlet, b.outlet] IN (?, ?) ORDER BY r.tokens DESC, r.article_a, r.article_b, r.start_a""",
        (list(pair), list(pair)[::-1]),
    )
    frame = _turn(passages, pair[0]) if len(pair) == 2 else passages.head(0)
    frame = frame.drop_duplicates(["left", "right"]).reset_index(drop=True)
    longest = f"The longest common run has {frame['tokens'].max()} words." if len(frame) else ""
    few = f"The {MOST_PASSAGES} longest are shown. " if len(frame) > MOST_PASSAGES else ""
    return Answer(
        frame=frame.head(MOST_PASSAGES),
        n=len(frame),
        unit="passages",
        verdict=longest,
        note=f"{few}Spelling variants count as equal",
    )


def name_relation(left: str, right: str) -> str:
    """How one wording relates to the other: by the share of words that both have in the same order."""
    ours, theirs = diff_words(left, right)
    common = max(share_common(ours), share_common(theirs))
    if common >= VERBATIM:
        return "verbatim"
    return "edited" if common >= EDITED else "paraphrased"


def _sentences_of_pair(snapshot: Snapshot, chosen: Filter, pair: tuple[str, ...]) -> pd.DataFrame:
    """Body sentences of the article of each outlet that has most aligned ones.

    Columns: outlet, article_id, start, quoted, claim_id, text, unsure (whether the other outlet has it, too).
    """
    return select_articles(
        snapshot,
        chosen,
        """, linked AS (
            SELECT k.*, count(DISTINCT c.outlet) OVER (PARTITION BY k.claim_id) > 1 AS aligned
            FROM (SELECT DISTINCT article_id, sentence, claim_id FROM claims) k
            JOIN chosen c USING (article_id)
            WHERE c.outlet = ANY(?)),
        foremost AS (
            SELECT c.outlet, c.article_id FROM chosen c LEFT JOIN linked l USING (article_id)
            WHERE c.outlet = ANY(?) GROUP BY c.outlet, c.article_id
            QUALIFY row_number() OVER (PARTITION BY c.outlet
                ORDER BY count(*) FILTER (l.aligned) DESC, min(c.published) NULLS LAST, c.article_id) = 1)
        SELECT d.outlet, n.article_id, n.start, n.quoted, l.claim_id,
            substring(t.text, n.start + 1, n.end - n.start) AS text,
            l.claim_id IS NULL OR l.aligned OR e.claim_id IS NOT NULL AS unsure
        FROM foremost d JOIN sentences n USING (article_id) JOIN texts t USING (article_id)
        LEFT JOIN linked l ON l.article_id = n.article_id AND l.sentence = n.sentence
        LEFT JOIN echoes e ON e.claim_id = l.claim_id AND e.outlet = ANY(?) AND e.outlet <> d.outlet
        WHERE n.role = 'body' ORDER BY d.outlet, n.start""",
        (list(pair), list(pair), list(pair)),
    )


def _pair_rows(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Aligned sentences in the order of the left text, then what only the left says, then only the right."""
    one = left.drop_duplicates("claim_id").dropna(subset=["claim_id"])
    two = right.drop_duplicates("claim_id").dropna(subset=["claim_id"])
    both = one.merge(two, on="claim_id", suffixes=("_left", "_right"), validate="one_to_one")
    rows = [_both(row) for row in both.to_dict("records")]
    only_left = left[~left["start"].isin(both["start_left"])]
    only_right = right[~right["start"].isin(both["start_right"])]
    rows += [_single("left", row) for row in only_left.to_dict("records")]
    rows += [_single("right", row) for row in only_right.to_dict("records")]
    return pd.DataFrame(rows)


def _both(row: dict[Hashable, Any]) -> dict[str, object]:
    """One aligned pair."""
    sides = {side: row[f"text_{side}"] for side in ("left", "right")}
    places = {f"{side}_article": row[f"article_id_{side}"] for side in sides}
    starts = {f"{side}_at": row[f"start_{side}"] for side in sides}
    quoted = min(row["quoted_left"], row["quoted_right"]) >= HALF
    return {**sides, **places, **starts, "relation": name_relation(**sides), "quoted": quoted}


def _single(side: str, row: dict[Hashable, Any]) -> dict[str, object]:
    """A sentence that stands beside none of the other side."""
    placed = {side: row["text"], f"{side}_article": row["article_id"], f"{side}_at": row["start"]}
    relation = f"{'unsure' if row['unsure'] else 'only'} {side}"
    return {**placed, "relation": relation, "quoted": row["quoted"] >= HALF}


def _turn(passages: pd.DataFrame, left: str) -> pd.DataFrame:
    """The same passages with the left outlet's side called left."""
    straight = passages[passages["outlet_a"] == left]
    turned = passages[passages["outlet_a"] != left]
    names = {"text": "", "article": "_article", "start": "_at", "outlet": "_outlet"}
    parts = []
    for frame, sides in ((straight, {"a": "left", "b": "right"}), (turned, {"b": "left", "a": "right"})):
        renamed = {f"{k}_{s}": side + tail for k, tail in names.items() for s, side in sides.items()}
        parts.append(frame.rename(columns=renamed))
    return pd.concat(parts).sort_values(["tokens", "left_at"], ascending=[False, True], ignore_index=True)

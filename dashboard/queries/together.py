"""Together: which actors are named in the same texts more often than chance would have it."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, hypergeom

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import LEVEL
from dashboard.queries.risen import key_mentions
from dashboard.queries.selection import VOICED, select_articles
from etl.store import Snapshot

MOST_COMPARED = 20  # actors; every two of them are compared
MOST_PAIRS = 24  # more lines could not be told apart
FEWEST_NAMED, FEWEST_TOGETHER = 5, 5  # texts that name the actor, and that name both
FALSE_DISCOVERY = 0.05
CAPITAL = """a.country IS NOT DISTINCT FROM b.country AND a.country IS NOT NULL
            AND list_sort([a.kind, b.kind]) = ['country', 'place']"""  # of places only capitals have a country
SIDE_BY_SIDE = f"""
    SELECT l.actor_id AS left_id, a."name" AS "left", r.actor_id AS right_id, b."name" AS "right",
        coalesce(t.texts, 0) AS together, coalesce(s.sentences, 0) AS sentences,
        l.texts AS left_texts, r.texts AS right_texts, (SELECT count(DISTINCT numbered) FROM named) AS n
    FROM top l JOIN top r ON l.place < r.place
    JOIN actors a ON a.actor_id = l.actor_id JOIN actors b ON b.actor_id = r.actor_id
        AND NOT ({CAPITAL})
    LEFT JOIN (
        SELECT x.place AS one, y.place AS other, count(DISTINCT x.numbered) AS texts
        FROM held x JOIN held y ON x.article = y.article AND x.place < y.place GROUP BY one, other) t
        ON t.one = l.place AND t.other = r.place
    LEFT JOIN (
        SELECT one, other, count(*) AS sentences FROM (
            SELECT DISTINCT x.place AS one, y.place AS other, x.numbered, x.sentence FROM placed x
            JOIN placed y ON x.article = y.article AND x.sentence = y.sentence AND x.place < y.place)
        GROUP BY one, other) s
        ON s.one = l.place AND s.other = r.place
    ORDER BY l.place, r.place"""  # the more widely named actor is the left one


def pair_actors(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a pair of actors above chance, surest first; then one row an actor of these pairs.

    Columns: kind ("pair" or "actor"), left_id, left, right_id, right (an actor's row names it twice),
    together (in the chosen unit), expected, sentences (that name both), left_texts, right_texts, n, log_odds,
    low, high, q. Of all pairs of the actors most widely named.
    """
    pairs = weigh_pairs(count_pairs(snapshot, chosen))
    sure = pairs[(pairs["q"] <= FALSE_DISCOVERY) & (pairs["together"] >= FEWEST_TOGETHER)]
    ranked = sure.sort_values(["low", "left_id", "right_id"], ascending=[False, True, True])
    shown = ranked.head(MOST_PAIRS).assign(kind="pair")
    return Answer(
        frame=pd.concat([shown, _own_rows(shown)], ignore_index=True) if len(shown) else shown,
        n=int(pairs["n"].iloc[0]) if len(pairs) else 0,
        unit=f"{UNIT_NAMES[chosen.unit]} that name an actor",
        interval="95 % of the log odds ratio (Woolf)",
        note=_tell_compared(pairs, len(sure)),
    )


def count_pairs(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row each two of the actors most widely named.

    Columns: left_id, left, right_id, right, together, sentences, left_texts, right_texts, n (texts with any
    actor), counted in the chosen unit and voice. A text names both where one of its copies does; a sentence of a
    reprint counts as its text does. A capital and its own country are no pair: that they meet is no finding.
    """
    key_mentions(snapshot)
    return select_articles(
        snapshot,
        chosen,
        f""", named AS MATERIALIZED (
            SELECT DISTINCT c.numbered, m.actor FROM mention_keys m JOIN chosen c USING (article)
            WHERE in_{chosen.voice}),
        top AS MATERIALIZED (
            SELECT actor_id, texts, row_number() OVER (ORDER BY texts DESC, actor_id) AS place
            FROM (SELECT actor, count(*) AS texts FROM named GROUP BY actor)
            JOIN actor_keys USING (actor) SEMI JOIN actors USING (actor_id) WHERE texts >= {FEWEST_NAMED}
            ORDER BY place LIMIT {MOST_COMPARED}),
        placed AS MATERIALIZED (
            SELECT DISTINCT c.numbered, c.article, m.sentence, t.place
            FROM mentions m JOIN top t USING (actor_id) JOIN chosen c USING (article_id)
            WHERE {VOICED[chosen.voice]}),
        held AS MATERIALIZED (SELECT DISTINCT numbered, article, place FROM placed)
        {SIDE_BY_SIDE}""",
    )


def weigh_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Add expected (texts, were the two independent), log_odds, low, high and q.

    q is the upper tail of the hypergeometric distribution (Fisher's exact test, one-sided) under false discovery
    control over all pairs (Benjamini & Hochberg 1995); the log odds ratio has half a text more in each cell
    (Haldane 1956), its interval is Woolf's (1955).
    """
    both, left, right, n = (
        pairs[name].to_numpy("float64") for name in ("together", "left_texts", "right_texts", "n")
    )
    cells = np.array([both, left - both, right - both, (n - left - right + both).clip(0)]) + 0.5
    log_odds = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt((1 / cells).sum(axis=0))
    chance = hypergeom.sf(both - 1, n, left, right)
    return pairs.assign(
        expected=left * right / n,
        log_odds=log_odds,
        low=log_odds - half,
        high=log_odds + half,
        q=false_discovery_control(chance.clip(0, 1)) if len(pairs) else chance,
    )


def _own_rows(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row an actor of the pairs: named together with itself, so that its mark opens all its articles."""
    sides = [
        pairs[[f"{side}_id", side, f"{side}_texts", "n"]].set_axis(["id", "name", "texts", "n"], axis=1)
        for side in ("left", "right")
    ]
    own = pd.concat(sides).drop_duplicates("id").sort_values(["texts", "id"], ascending=[False, True])
    return pd.DataFrame(
        {
            "kind": "actor", "left_id": own["id"], "left": own["name"], "right_id": own["id"],
            "right": own["name"], "together": own["texts"], "left_texts": own["texts"],
            "right_texts": own["texts"], "n": own["n"],
        }
    )  # fmt: skip


def _tell_compared(pairs: pd.DataFrame, sure: int) -> str:
    """How many pairs were compared, and how many of those above chance are not drawn."""
    left_out = f", the {MOST_PAIRS} surest are drawn" if sure > MOST_PAIRS else ""
    return f"{sure} of {len(pairs)} pairs above chance (q ≤ {FALSE_DISCOVERY:g}){left_out}"

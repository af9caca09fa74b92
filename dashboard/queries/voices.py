"""Voices: the tone of each outlet by three instruments, by whose words they are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, Floats, draw_means, percentile_interval
from dashboard.queries.selection import select_articles
from dashboard.queries.story import focus_story
from etl.store import Snapshot

INSTRUMENTS = {
    "textblob": "TextBlob",
    "gdelt": "GDELT form",
    "stance": "Model, to actors",
}
VOICES = {"all": "true", "outlet": "n.quoted < 0.5", "quoted": "n.quoted >= 0.5"}
UNDETECTABLE = "No detectable difference."


def compare_tones(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an instrument and outlet: instrument, outlet, tone, low, high, n (sentences), articles.

    TextBlob: mean polarity of sentences with a lexicon word. GDELT form: 100 (positive - negative) / words, a
    sentence. Model: mean of positive minus negative probability over mentions of a sentence. Tone is missing
    below ten sentences. All three are scaled to -1 to 1 (GDELT form / 100).
    """
    sentences = _toned_sentences(snapshot, focus_story(snapshot, chosen))
    if sentences.empty:
        return Answer(frame=sentences, n=0, unit="sentences")
    rows = [_estimate(part, *names) for names, part in _by_instrument(sentences)]
    return Answer(
        frame=pd.DataFrame(rows),
        n=len(sentences),
        unit="sentences",
        interval="95 %, bootstrap over articles (over sentences below five articles)",
        verdict=judge_difference(sentences.assign(outlet=sentences["name"])),
        note=f"Blank below {FEWEST} sentences.",
    )


def list_toned(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of the outlet with a sentence that the instrument read; `row` names both, instrument first."""
    sentences = _toned_sentences(snapshot, focus_story(snapshot, chosen))
    read = sentences.dropna(subset=[row[0]]) if row[0] in INSTRUMENTS else sentences.iloc[:0]
    return list(read.loc[read["outlet"] == row[1], "article_id"])


def judge_difference(sentences: pd.DataFrame) -> str:
    """A sentence about the two most distant outlets: a difference only where all instruments agree on it."""
    drawn = {names: _draws(part, *names) for names, part in _by_instrument(sentences)}
    outlets = sorted({outlet for _, outlet in drawn})
    if len(outlets) < 2:
        return ""
    agreed = [pair for pair in combinations(outlets, 2) if _all_agree(drawn, pair)]
    if not agreed:
        return f"{UNDETECTABLE} For no two outlets do all three instruments agree on a sign outside chance."
    return " ".join(_say(drawn, pair) for pair in agreed[:3])


def _toned_sentences(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a sentence: article_id, outlet, textblob, gdelt, stance (each may be missing)."""
    return select_articles(
        snapshot,
        chosen,
        f""", stances AS (
            SELECT article_id, sentence, avg(tone_positive - tone_negative) AS stance
            FROM mentions GROUP BY article_id, sentence)
        SELECT c.article_id, coalesce(o.name, c.outlet) AS name, c.outlet,
            z.textblob_polarity AS textblob, s.stance,
            CASE WHEN z.words > 0 THEN (z.positive_words - z.negative_words) / z.words END AS gdelt
        FROM tones z JOIN chosen c USING (article_id)
        LEFT JOIN outlets o ON o.outlet = c.outlet
        JOIN sentences n ON n.article_id = z.article_id AND n.sentence = z.sentence
        LEFT JOIN stances s ON s.article_id = z.article_id AND s.sentence = z.sentence
        WHERE n.role <> 'caption' AND {VOICES[chosen.voice]}
        ORDER BY c.article_id, z.sentence""",
    )


def _by_instrument(sentences: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """((instrument, outlet), rows with a value) for each; `value` and `article_id` are the columns."""
    parts = []
    for instrument in INSTRUMENTS:
        known = sentences.dropna(subset=[instrument])
        for outlet, part in known.groupby("outlet", observed=True):
            renamed = part.rename(columns={instrument: "value"})[["article_id", "value"]]
            parts.append(((instrument, str(outlet)), renamed))
    return parts


def _draws(part: pd.DataFrame, instrument: str, outlet: str) -> Floats | None:
    """Bootstrapped means; none below the minimum n."""
    if len(part) < FEWEST:
        return None
    values, articles = part["value"].to_numpy("float64"), part["article_id"].to_numpy(object)
    return draw_means(values, articles, stream=f"{instrument} {outlet}")


def _estimate(part: pd.DataFrame, instrument: str, outlet: str) -> dict[str, object]:
    """One row of the answer."""
    draws = _draws(part, instrument, outlet)
    low, high = (np.nan, np.nan) if draws is None else percentile_interval(draws)
    tone = np.nan if draws is None else part["value"].mean()
    counts = {"n": len(part), "articles": part["article_id"].nunique()}
    return {"instrument": instrument, "outlet": outlet, "tone": tone, "low": low, "high": high, **counts}


def _signs(drawn: dict[tuple[str, str], Floats | None], pair: tuple[str, str]) -> list[int]:
    """The sign of first minus second by each instrument; 0 where the interval covers 0 or n is too small."""
    signs = []
    for instrument in INSTRUMENTS:
        one, two = (drawn.get((instrument, outlet)) for outlet in pair)
        low, high = (0.0, 0.0) if one is None or two is None else percentile_interval(one - two)
        signs.append(int(low > 0) - int(high < 0))
    return signs


def _all_agree(drawn: dict[tuple[str, str], Floats | None], pair: tuple[str, str]) -> bool:
    return abs(sum(_signs(drawn, pair))) == len(INSTRUMENTS)


def _say(drawn: dict[tuple[str, str], Floats | None], pair: tuple[str, str]) -> str:
    more, less = pair if _signs(drawn, pair)[0] < 0 else pair[::-1]
    return f"{more} is worded more negatively than {less}: 3 of 3 instruments."

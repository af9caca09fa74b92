"""Framing: which frames each outlet's articles hold, and how it introduces those who speak."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.queries.selection import select_articles
from dashboard.queries.voices import VOICES
from etl.store import Snapshot

CUE_ORDER = ("endorsing", "neutral", "distancing")
MOST_EVIDENCE = 6


def share_frames(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a frame and outlet: frame, outlet, share, low, high (0 to 1), n (articles read for frames).

    The share is that of articles with the frame in at least one sentence; missing below ten articles.
    """
    found = select_articles(
        snapshot,
        chosen,
        f"""SELECT f.frame, c.outlet, count(DISTINCT c.numbered) AS held
        FROM frames f JOIN chosen c USING (article_id)
        JOIN sentences n ON n.article_id = f.article_id AND n.sentence = f.sentence
        WHERE {VOICES[chosen.voice]} GROUP BY f.frame, c.outlet""",
    )
    read = select_articles(
        snapshot,
        chosen,
        """SELECT outlet, count(DISTINCT numbered) AS n FROM chosen WHERE language = 'en' GROUP BY outlet""",
    )
    if found.empty or read["n"].max() < FEWEST:
        return Answer(frame=pd.DataFrame(), n=0, unit="articles")
    grid = found[["frame"]].drop_duplicates().merge(read, how="cross")
    grid = grid.merge(found, on=["frame", "outlet"], how="left", validate="one_to_one")
    held = grid["held"].fillna(0)
    low, high = wilson_interval(held, grid["n"])
    shares = grid.assign(share=held / grid["n"], low=low, high=high)
    shares[["share", "low", "high"]] = shares[["share", "low", "high"]].mask(shares["n"] < FEWEST)
    order = shares.groupby("frame", observed=True)["share"].mean().sort_values(ascending=False).index
    shares["frame"] = pd.Categorical(shares["frame"], list(order), ordered=True)
    return Answer(
        frame=shares.sort_values(["frame", "outlet"], ignore_index=True).astype({"frame": "str"}),
        n=int(read["n"].sum()),
        unit="English articles",
        interval="Wilson 95 %",
        note=f"Blank below {FEWEST} articles. The frames were learned from climate news: elsewhere a hint.",
    )


def list_evidence(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a sentence, three a frame, highest score first.

    Columns: frame, outlet, score, before, evidence, after (parts of the sentence), article_id, at.
    """
    sentences = select_articles(
        snapshot,
        chosen,
        f"""SELECT f.frame, c.outlet, f.score, f.article_id, n.start AS at,
            substring(t.text, n.start + 1, f.evidence_start - n.start) AS before,
            substring(t.text, f.evidence_start + 1, f.evidence_end - f.evidence_start) AS evidence,
            substring(t.text, f.evidence_end + 1, n.end - f.evidence_end) AS after,
            count(*) OVER () AS total
        FROM frames f JOIN chosen c USING (article_id)
        JOIN sentences n ON n.article_id = f.article_id AND n.sentence = f.sentence
        JOIN texts t ON t.article_id = f.article_id
        WHERE {VOICES[chosen.voice]}
        QUALIFY row_number() OVER (PARTITION BY f.frame ORDER BY f.score DESC, f.article_id, f.sentence) <= 3
        ORDER BY f.frame, f.score DESC, f.article_id""",
    )
    total = 0 if sentences.empty else int(sentences["total"].iloc[0])
    return Answer(frame=sentences.drop(columns="total"), n=total, unit="sentences with a frame")


def class_cues(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet and class of cue: outlet, cue_class, verbs (count), share, low, high, n, words.

    `words` are the most frequent verbs of the class with counts. Shares are missing below ten verbs.
    """
    cues = select_articles(
        snapshot,
        chosen,
        """SELECT c.outlet, q.cue_class, lower(q.cue) AS cue, count(*) AS times
        FROM quotes q JOIN chosen c USING (article_id)
        WHERE q.cue_class IS NOT NULL AND q.cue IS NOT NULL
        GROUP BY c.outlet, q.cue_class, lower(q.cue) ORDER BY times DESC, cue""",
    )
    if cues.empty:
        return Answer(frame=cues, n=0, unit="verbs")
    n = cues.groupby("outlet", observed=True)["times"].sum()
    grid = pd.MultiIndex.from_product([sorted(n.index), CUE_ORDER], names=["outlet", "cue_class"])
    verbs = cues.groupby(["outlet", "cue_class"], observed=True)["times"].sum().reindex(grid, fill_value=0)
    rows = verbs.rename("verbs").reset_index()
    rows["n"] = rows["outlet"].map(n)
    low, high = wilson_interval(rows["verbs"], rows["n"])
    rows = rows.assign(share=rows["verbs"] / rows["n"], low=low, high=high)
    rows[["share", "low", "high"]] = rows[["share", "low", "high"]].mask(rows["n"] < FEWEST)
    named = cues.groupby("cue_class", observed=True).apply(_name_verbs).rename("words")
    return Answer(
        frame=rows.merge(named.reset_index(), on="cue_class", how="left", validate="many_to_one"),
        n=int(n.sum()),
        unit="verbs",
        interval="Wilson 95 %",
        note=f"Blank below {FEWEST} verbs",
    )


def _name_verbs(cues: pd.DataFrame) -> str:
    """The most frequent verbs of a class over all outlets: "said 402 · told 117"."""
    times = cues.groupby("cue", observed=True)["times"].sum().sort_values(ascending=False, kind="stable")
    return " · ".join(f"{cue} {count}" for cue, count in times.head(MOST_EVIDENCE).items())

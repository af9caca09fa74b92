"""Tones, frames and quotations by another road: means and bootstrap with loops, verdicts from hand-made samples."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.actors import share_quotes, tone_towards
from dashboard.queries.framing import CUE_ORDER, class_cues, share_frames
from dashboard.queries.intervals import DRAWS, FEWEST, SEED
from dashboard.queries.labels import list_quotes
from dashboard.queries.voices import compare_tones
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import choose, choose_rows, tables

PRONOUNS = ("He", "she", "THEY", "one", None)


def draw_interval(parts: list[np.ndarray], stream: str) -> tuple[float, float]:
    """The middle 95 % of a thousand means of parts that were drawn anew."""
    drawn = np.random.default_rng([SEED, crc32(stream.encode())]).integers(
        0, len(parts), size=(DRAWS, len(parts))
    )
    means = [np.concatenate([parts[at] for at in draw]).mean() for draw in drawn]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


@pytest.mark.parametrize(
    "chosen", [Filter(), Filter(voice="quoted"), Filter(languages=("en",), unit="texts")]
)
def test_tone_towards_an_actor_has_the_interval_of_its_articles(room, chosen):
    mentions = choose_rows("mentions", chosen).dropna(subset=["tone_positive"])
    mentions = mentions.assign(tone=mentions["tone_positive"] - mentions["tone_negative"])
    known = tone_towards(room, chosen).frame.dropna(subset=["tone"])
    for row in known.head(3).to_dict("records"):
        own = mentions[(mentions["actor_id"] == row["actor_id"]) & (mentions["outlet"] == row["outlet"])]
        parts = [part["tone"].to_numpy("float64") for _, part in own.groupby("article_id")]
        assert row["articles"] == len(parts)
        assert (row["low"], row["high"]) == pytest.approx(
            draw_interval(parts, f"{row['actor_id']} {row['outlet']}")
        )


def test_tone_of_a_story_by_few_articles_has_the_interval_of_its_sentences(tmp_path):
    """Two articles of six sentences each: articles are too few to be drawn, sentences are not."""
    values = {"a": (-0.5, 0.1, 0.3, 0.2, -0.1, 0.4), "b": (0.6, 0.6, -0.2, 0.0, 0.1, 0.5)}
    articles = {name: make_article(outlet="Post", item=name) for name in values}
    order = sorted(values, key=lambda name: articles[name].article_id)
    rows = [(articles[name].article_id, n, value) for name in order for n, value in enumerate(values[name])]
    ids = [{"article_id": x.article_id, "story_id": "s"} for x in articles.values()]
    snapshot = make_store(
        tmp_path, **make_article_rows(*articles.values()), story_articles=make_rows("story_articles", *ids),
        sentences=make_rows("sentences", *({"article_id": x, "sentence": n, "role": "body"} for x, n, _ in rows)),
        tones=make_rows("tones", *({"article_id": x, "sentence": n, "textblob_polarity": v, "words": 0} for x, n, v in rows)),
    ).snapshot()  # fmt: skip
    frame = compare_tones(snapshot, Filter()).frame.set_index("instrument")
    sample = [np.array([value]) for _, _, value in rows]
    assert frame.index.tolist() == ["textblob"]
    assert frame.loc["textblob", ["n", "articles"]].tolist() == [12, 2]
    assert tuple(frame.loc["textblob", ["low", "high"]]) == pytest.approx(
        draw_interval(sample, "textblob Post")
    )


@pytest.mark.parametrize("n", [FEWEST - 1, FEWEST])
def test_shares_begin_with_ten(tmp_path, n):
    """Nine articles say nothing about a share; ten do."""
    articles = [make_article(outlet="Post", item=str(at)) for at in range(n)]
    frames = [{"article_id": x.article_id, "sentence": 1, "frame": "economy"} for x in articles[:4]]
    quotes = [{"article_id": x.article_id, "cue": "said", "cue_class": "neutral"} for x in articles]
    snapshot = make_store(
        tmp_path, **make_article_rows(*articles), frames=make_rows("frames", *frames), quotes=make_rows("quotes", *quotes),
        sentences=make_rows("sentences", *({"article_id": x.article_id, "sentence": 1} for x in articles)),
    ).snapshot()  # fmt: skip
    shared, cues = share_frames(snapshot, Filter()).frame, class_cues(snapshot, Filter()).frame
    assert shared.get("share", pd.Series(dtype=float)).tolist() == ([0.4] if n >= FEWEST else [])
    assert cues["verbs"].tolist() == [0, n, 0] and cues["cue_class"].tolist() == list(CUE_ORDER)
    assert cues["share"].notna().tolist() == [n >= FEWEST] * 3


@pytest.mark.parametrize("unit", ["articles", "texts", "families"])
def test_frames_of_reprints_count_in_the_unit(room, unit):
    chosen = Filter(languages=("en",)).narrow(unit=unit)
    held = choose_rows("frames", chosen).groupby(["frame", "outlet"])["counted"].nunique()
    read = choose(chosen).groupby("outlet")["counted"].nunique()
    frame = share_frames(room, chosen).frame
    assert dict(zip(frame["outlet"], frame["n"], strict=False)) == read.to_dict()
    for row in frame[frame["n"] >= FEWEST].to_dict("records"):
        assert row["share"] == pytest.approx(held.get((row["frame"], row["outlet"]), 0) / row["n"])


def test_a_pronoun_speaks_for_nobody(tmp_path):
    articles = [make_article(outlet="Post", item=str(at)) for at in range(len(PRONOUNS) + 1)]
    speakers = [*PRONOUNS, "Ann Lee"]
    quotes = [{"article_id": x.article_id, "kind": "direct", "speaker": speaker, "end": 5}
              for x, speaker in zip(articles, speakers, strict=True)]  # fmt: skip
    snapshot = make_store(
        tmp_path, **make_article_rows(*articles), quotes=make_rows("quotes", *quotes)
    ).snapshot()
    answer = share_quotes(snapshot, Filter())
    assert answer.frame[["speaker", "quotes", "share"]].to_numpy().tolist() == [["Ann Lee", 1, 1.0]]
    assert (answer.n, answer.note.split()[0]) == (1, str(len(PRONOUNS)))
    assert list_quotes(snapshot, Filter()).verdict == "Distinct speakers: Post 1; open in 5 of 6."


def test_sentences_without_a_value_are_not_zeros(room):
    """Every fifth sentence has no lexicon word: it is in no mean and in no n."""
    story = Filter(story="harbour")
    tones = tables()["tones"].merge(choose(story), on="article_id", validate="m:1")
    frame = compare_tones(room, story).frame
    found = frame[frame["instrument"] == "textblob"].set_index("outlet")["n"].to_dict()
    assert found == tones.dropna(subset=["textblob_polarity"]).groupby("outlet").size().to_dict()
    assert sum(found.values()) < len(tones) == compare_tones(room, story).n

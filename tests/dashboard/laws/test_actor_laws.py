"""Actors, labels, quotations, tones and frames against sums over the frames; minimum n; voices; units."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.framing import FRAMES
from dashboard.filters import Filter
from dashboard.queries.actors import share_mentions, share_quotes, tone_towards
from dashboard.queries.behind import hold_articles
from dashboard.queries.framing import class_cues, list_evidence, share_frames
from dashboard.queries.intervals import FEWEST
from dashboard.queries.labels import list_quotes, name_actors
from dashboard.queries.selection import select_articles
from dashboard.queries.story import leading_story
from dashboard.queries.voices import compare_tones, judge_difference
from dashboard.screen.opened import opened_from
from etl.store import Snapshot
from tests.dashboard.laws.rich_room import ACTORS, choose, choose_rows, id_of, tables

Z = 1.959963984540054


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The roots of (share - p)^2 = z^2 p (1 - p) / n: the interval by its definition."""
    share = hits / n
    roots = np.roots([1 + Z**2 / n, -(2 * share + Z**2 / n), share**2])
    return float(min(roots.real)), float(max(roots.real))


def focus(room: Snapshot, chosen: Filter) -> Filter:
    return chosen if chosen.story else chosen.narrow(story=leading_story(room, chosen))


def quotations(chosen: Filter) -> pd.DataFrame:
    """Quotations of chosen articles; `who` is the speaker without case, `one` the same place of one text."""
    quotes = tables()["quotes"].merge(choose(chosen), on="article_id", validate="m:1")
    names = quotes["actor_id"].map(ACTORS)
    quotes["who"] = names.where(names.notna(), quotes["speaker"]).str.lower()
    return quotes.assign(one=quotes["counted"] + ":" + quotes["start"].astype(str))


def test_actors_are_counted_in_articles_mentions_and_the_unit(room, chosen):
    mentions = choose_rows("mentions", chosen)
    frame = share_mentions(room, chosen).frame.set_index("actor_id")
    assert frame["mentions"].to_dict() == mentions["actor_id"].value_counts().to_dict()
    assert frame["counted"].to_dict() == mentions.groupby("actor_id")["counted"].nunique().to_dict()


def test_shares_of_actors_are_of_all_that_the_filter_counts(room, chosen):
    answer, everything = share_mentions(room, chosen), choose(chosen)["counted"].nunique()
    assert answer.n == (everything if len(answer.frame) else 0)
    for row in answer.frame.to_dict("records"):
        assert row["share"] == pytest.approx(row["counted"] / everything)
        assert (row["low"], row["high"]) == pytest.approx(wilson(row["counted"], everything), abs=1e-9)


def test_speakers_are_one_whatever_the_case_and_the_name(room, chosen):
    quotes = quotations(chosen).dropna(subset=["who"])
    frame = share_quotes(room, chosen).frame
    shown = dict(zip(frame["speaker"].str.lower(), frame["quotes"], strict=True))
    assert shown == quotes.groupby("who")["one"].nunique().to_dict()
    outlets = dict(zip(frame["speaker"].str.lower(), frame["outlets"], strict=True))
    assert outlets == quotes.groupby("who")["outlet"].nunique().to_dict()


def test_quotations_without_a_speaker_are_told_and_not_shared_out(room, chosen):
    quotes, answer = quotations(chosen), share_quotes(room, chosen)
    known = quotes.dropna(subset=["who"])["one"].nunique()
    assert answer.n == known
    assert answer.note.startswith(f"{quotes['one'].nunique() - known} more")
    assert answer.frame["share"].sum() == pytest.approx(1 if known else 0)


def test_a_reprinted_quotation_counts_once_among_texts(room):
    """Every even article quotes; of the reprints `wire` does so twice, in 0 and in 24."""
    articles, texts = (share_quotes(room, Filter(unit=unit)) for unit in ("articles", "texts"))
    spread = [answer.n + int(answer.note.split()[0]) for answer in (articles, texts)]
    assert spread == [38, 37]


def test_tone_towards_actors_is_the_mean_of_their_mentions(room, chosen):
    mentions = choose_rows("mentions", chosen).dropna(subset=["tone_positive"])
    tones = (mentions["tone_positive"] - mentions["tone_negative"]).groupby(
        [mentions["actor_id"], mentions["outlet"]]
    )
    frame = tone_towards(room, chosen).frame
    for row in frame.to_dict("records"):
        own = tones.get_group((row["actor_id"], row["outlet"]))
        assert row["n"] == len(own)
        expected = own.mean() if len(own) >= FEWEST else math.nan
        assert row["tone"] == pytest.approx(expected, nan_ok=True)


def test_no_tone_is_shown_without_its_interval_or_below_ten(room, chosen):
    frame = tone_towards(room, chosen).frame
    if frame.empty:
        return
    assert frame["tone"].notna().tolist() == frame["low"].notna().tolist() == (frame["n"] >= FEWEST).tolist()
    known = frame.dropna(subset=["tone"])
    assert ((known["low"] <= known["tone"]) & (known["tone"] <= known["high"])).all()


def test_labels_are_counted_by_outlet_and_wording(room, chosen):
    mentions = choose_rows("mentions", chosen)
    label, surface = mentions["label"].fillna(""), mentions["surface"]
    repeated = [one.lower() in other.lower() for one, other in zip(label, surface, strict=True)]
    mentions["wording"] = surface.where(repeated, label + " " + surface)
    expected = mentions.groupby(["actor_id", "outlet", "wording"]).size().to_dict()
    frame = name_actors(room, chosen).frame
    assert frame.set_index(["actor_id", "outlet", "wording"])["times"].to_dict() == expected


def test_a_label_leads_to_a_mention_with_that_wording(room):
    mentions = tables()["mentions"].set_index(["article_id", "start"])
    for row in name_actors(room, Filter()).frame.to_dict("records"):
        found = mentions.loc[(row["article_id"], row["at"])]
        assert found["actor_id"] == row["actor_id"] and row["wording"].endswith(found["surface"])


def test_listed_quotations_are_direct_ones_of_the_story(room, chosen):
    told = focus(room, chosen)
    expected = quotations(told) if told.story else quotations(chosen)
    expected = expected[expected["kind"] != "indirect"]
    answer = list_quotes(room, chosen)
    assert set(answer.frame["article_id"]) == set(expected["article_id"])
    assert answer.n == len(answer.frame) == len(expected)


def test_a_listed_quotation_is_the_text_at_its_place(room):
    texts = tables()["texts"].set_index("article_id")["text"]
    frame = list_quotes(room, Filter(story="harbour")).frame
    assert len(frame)
    for row in frame.to_dict("records"):
        assert texts[row["article_id"]][row["at"] :].startswith(row["quote"])


def test_speakers_are_counted_by_outlet_in_the_verdict(room):
    """Harbour: 0 (Anchor, Ann Lee, direct), 2 is indirect, 10 (Anchor, Bo Ek, mixed): two of one outlet."""
    assert list_quotes(room, Filter(story="harbour")).verdict == "Distinct speakers: The Anchor 2."


def test_frames_are_shared_out_over_articles_read_for_frames(room, chosen):
    """Articles in German are not read for frames; whatever is found in one must not enter a share."""
    english = choose(chosen.narrow(languages=("en",))) if chosen.languages != ("de",) else choose(chosen)
    read = english.groupby("outlet")["counted"].nunique()
    answer = share_frames(room, chosen)
    for row in answer.frame.to_dict("records"):
        assert row["n"] == read[row["outlet"]]
        assert pd.isna(row["share"]) == (row["n"] < FEWEST)
    assert answer.n == (read.sum() if len(answer.frame) else 0)


def test_a_frame_counts_articles_that_hold_it_in_the_chosen_voice(room, chosen):
    held = choose_rows("frames", chosen).groupby(["frame", "outlet"])["counted"].nunique()
    for row in share_frames(room, chosen).frame.to_dict("records"):
        if row["n"] < FEWEST:
            continue
        hits = held.get((row["frame"], row["outlet"]), 0)
        assert row["share"] == pytest.approx(hits / row["n"])


def test_evidence_marks_its_words_inside_its_sentence(room, chosen):
    answer, expected = list_evidence(room, chosen), choose_rows("frames", chosen)
    assert answer.n == len(expected)
    sentences = tables()["sentences"].set_index(["article_id", "start"])
    texts = tables()["texts"].set_index("article_id")["text"]
    for row in answer.frame.to_dict("records"):
        end = sentences.loc[(row["article_id"], row["at"]), "end"]
        assert row["before"] + row["evidence"] + row["after"] == texts[row["article_id"]][row["at"] : end]
        assert len(row["before"]) == 4 and len(row["evidence"]) == 5


def test_evidence_shows_the_three_surest_of_each_frame(room, chosen):
    scores = choose_rows("frames", chosen).groupby("frame")["score"]
    frame = list_evidence(room, chosen).frame
    shown = {name: part["score"].tolist() for name, part in frame.groupby("frame")}
    assert shown == {name: part.nlargest(3).tolist() for name, part in scores}


def test_cues_are_counted_by_class_and_their_shares_sum_to_one(room, chosen):
    quotes = quotations(chosen)
    expected = quotes.groupby(["outlet", "cue_class"]).size()
    answer = class_cues(room, chosen)
    assert answer.n == len(quotes)
    for row in answer.frame.to_dict("records"):
        assert row["verbs"] == expected.get((row["outlet"], row["cue_class"]), 0)
        assert pd.isna(row["share"]) == (row["n"] < FEWEST)
    if len(answer.frame):
        whole = answer.frame.groupby("outlet")[["verbs", "n"]].agg({"verbs": "sum", "n": "first"})
        assert whole["verbs"].tolist() == whole["n"].tolist()


def test_verbs_are_named_without_case_most_frequent_first(room):
    words = class_cues(room, Filter()).frame.groupby("cue_class")["words"].unique()
    assert words["neutral"].tolist() == ["said 10 · told 9"]
    assert words["endorsing"].tolist() == ["confirmed 9"]


def tone_rows(chosen: Filter) -> pd.DataFrame:
    """Sentences with each instrument's value, from the frames."""
    rows = choose_rows("tones", chosen)
    mentions = tables()["mentions"]
    stance = (mentions["tone_positive"] - mentions["tone_negative"]).groupby(
        [mentions["article_id"], mentions["sentence"]]
    )
    rows = rows.join(stance.mean().rename("stance"), on=["article_id", "sentence"])
    return rows.assign(
        gdelt=(rows["positive_words"] - rows["negative_words"]) / rows["words"],
        textblob=rows["textblob_polarity"],
    )


def test_tones_of_a_story_are_means_over_its_sentences(room, chosen):
    rows = tone_rows(focus(room, chosen))
    frame = compare_tones(room, chosen).frame
    for row in frame.to_dict("records"):
        own = rows.loc[rows["outlet"] == row["outlet"], row["instrument"]].dropna()
        assert row["n"] == len(own)
        assert row["tone"] == pytest.approx(own.mean() if len(own) >= FEWEST else math.nan, nan_ok=True)


def judged(**tones: float) -> str:
    """The verdict on two outlets of forty sentences each, Post's shifted by these amounts."""
    noise = np.tile([0.01, -0.01], 20)
    parts = [
        pd.DataFrame({"article_id": [f"{outlet}{n}" for n in range(40)], "outlet": outlet}
                     | {name: noise + (shift if outlet == "Post" else 0) for name, shift in tones.items()})
        for outlet in ("Courier", "Post")
    ]  # fmt: skip
    return judge_difference(pd.concat(parts, ignore_index=True))


def test_a_difference_needs_all_three_instruments():
    assert judged(textblob=-0.3, gdelt=-0.1, stance=-0.2).startswith(
        "Post is worded more negatively than Courier"
    )
    assert judged(textblob=0.3, gdelt=0.1, stance=0.2).startswith(
        "Courier is worded more negatively than Post"
    )


@pytest.mark.parametrize("odd", ["textblob", "gdelt", "stance"])
@pytest.mark.parametrize("value", [0.0, 0.3])
def test_one_instrument_that_sees_nothing_or_the_opposite_is_enough_for_no_verdict(odd, value):
    tones = dict.fromkeys(("textblob", "gdelt", "stance"), -0.3) | {odd: value}
    assert judged(**tones).startswith("No detectable difference.")


def test_ids_of_the_room_are_those_of_its_articles(room):
    known = set(name_actors(room, Filter()).frame["article_id"])
    assert known <= {id_of(number) for number in range(75)}


@pytest.mark.parametrize("unit", ["articles", "texts"])
def test_a_frame_opens_the_articles_with_a_sentence_of_it(room, unit, monkeypatch):
    monkeypatch.setattr("dashboard.screen.opened._told", str)  # the heading needs a page
    whole = Filter(unit=unit, languages=("en",))
    answer = share_frames(room, whole)
    assert answer.n > 0
    for place, told in answer.frame.iterrows():
        chosen = opened_from(FRAMES, answer, place, whole).chosen
        held = select_articles(
            room, hold_articles(room, chosen), "SELECT count(DISTINCT counted) AS n FROM chosen"
        )["n"].iloc[0]
        assert pd.isna(told["share"]) or held == round(told["share"] * told["n"])

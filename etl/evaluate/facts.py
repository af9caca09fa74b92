"""Facts: how well sentences that say the same are found, what was left out, and what is at odds.

A labelled story has articles whose sentences name the facts that they tell; `data/labelled/claims/README.md`
says how. Omissions are stated, right or wrong, for single sentences and outlets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.evaluate.lines import Row
from etl.evaluate.rows import make_tables, read_time
from etl.evaluate.scores import Measure, count_measure, name_scores, share
from etl.schema import TABLES
from etl.transform.feature import Tables, compute_features
from etl.transform.spans import sentence_at

LISTS = ("pairs", "left_out", "conflicts")
LATER = timedelta(hours=1)
Place = tuple[int, int]  # an article of the story and a sentence of it, from 0


def measure_facts(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """Precision, recall and F1 of aligned pairs, of stated omissions and of conflicts, by story."""
    counts = [
        _count_right(_read_lists(row), _read_lists(answer))
        for row, answer in zip(labelled, found, strict=True)
    ]
    return count_measure(counts, _score_sums)


def align_stories(rows: Iterable[Row]) -> Iterator[Row]:
    """One record a story: id, pairs, left_out and conflicts, as `label_story` gives them."""
    told = list(rows)
    tables = _find_claims(told)
    placed = _place_sentences(tables, told)
    for number, row in enumerate(told):
        yield {"id": row["id"]} | _list_found(placed[placed["story"] == number], tables, row)


def label_story(row: Row) -> dict[str, set[tuple[object, ...]]]:
    """What is labelled: pairs (article, sentence, article, sentence), left_out (article, sentence, outlet),
    conflicts (a pair and its kind); articles and sentences by number from 0.
    """
    places = [
        (number, place)
        for number, told in enumerate(row["articles"])
        for place in range(len(told["sentences"]))
    ]
    across = [pair for pair in combinations(places, 2) if _outlet(row, pair[0]) != _outlet(row, pair[1])]
    pairs = [
        pair
        for pair in across
        if set(_sentence(row, pair[0])["facts"]) & set(_sentence(row, pair[1])["facts"])
    ]
    carried = {(one, _outlet(row, other)) for pair in pairs for one, other in (pair, pair[::-1])}
    outlets = sorted({str(told["outlet"]) for told in row["articles"]})
    return {
        "pairs": {(*one, *other) for one, other in pairs},
        "left_out": {
            (*place, outlet)
            for place in places
            for outlet in outlets
            if outlet != _outlet(row, place) and (place, outlet) not in carried
        },
        "conflicts": {(*one, *other, kind) for one, other in pairs for kind in _list_kinds(row, one, other)},
    }


def _read_lists(row: Row) -> dict[str, set[tuple[object, ...]]]:
    """What a record says, labelled or found."""
    if "pairs" in row:
        return {name: {tuple(item) for item in row[name]} for name in LISTS}
    return label_story(row)


def _count_right(
    labelled: dict[str, set[tuple[object, ...]]], found: dict[str, set[tuple[object, ...]]]
) -> list[int]:
    """Of each list how many are right, found and labelled."""
    return [
        n
        for name in LISTS
        for n in (len(labelled[name] & found[name]), len(found[name]), len(labelled[name]))
    ]


def _score_sums(sums: npt.NDArray[np.float64]) -> dict[str, float]:
    """The measures from the counts of the stories chosen."""
    scores: dict[str, float] = {}
    for place, name in enumerate(LISTS):
        right, found, labelled = sums[3 * place : 3 * place + 3]
        scores |= name_scores(name, share(right, found), share(right, labelled))
    return scores


def _outlet(row: Row, place: Place) -> str:
    """The outlet of a sentence."""
    return str(row["articles"][place[0]]["outlet"])


def _sentence(row: Row, place: Place) -> Row:
    """The labelled sentence at a place."""
    sentence: Row = row["articles"][place[0]]["sentences"][place[1]]
    return sentence


def _list_kinds(row: Row, one: Place, other: Place) -> list[str]:
    """The kinds in which two sentences are at odds; a toll that is higher later is an update."""
    ours, theirs = (_sentence(row, place).get("says", {}) for place in (one, other))
    times = [read_time(row["articles"][place[0]]) for place in (one, other)]
    return [
        _name_toll(ours[kind], theirs[kind], times) if kind == "toll" else kind
        for kind in sorted(set(ours) & set(theirs))
        if ours[kind] != theirs[kind]
    ]


def _name_toll(ours: str, theirs: str, times: list[datetime | None]) -> str:
    """Whether a toll that differs is an update; values may hold several numbers, the first counts."""
    told = [
        (time, int(value.split("/")[0])) for time, value in zip(times, (ours, theirs), strict=True) if time
    ]
    if len(told) < 2:
        return "number"
    (early, fewer), (late, more) = sorted(told, key=lambda toll: toll[0])
    return "update" if more > fewer and late - early >= LATER else "number"


def _find_claims(rows: Sequence[Row]) -> Tables:
    """The tables of these stories with all that claims need and make; each sentence is a paragraph."""
    from etl.transform.claims import CLAIMS, CONFLICTS, ECHOES
    from etl.transform.features import FEATURES
    from etl.transform.utterances import UTTERANCES

    articles = [
        {"outlet": told["outlet"], "published_at": told.get("published_at"), "language": row.get("language", "en"),
         "text": "\n\n".join(sentence["text"] for sentence in told["sentences"])}
        for row in rows for told in row["articles"]
    ]  # fmt: skip
    tables = make_tables(articles)
    members = tables["articles"][["article_id"]].assign(
        story_id=[f"{number:06d}" for number, row in enumerate(rows) for _ in row["articles"]], similarity=1.0
    )
    tables["story_articles"] = TABLES["story_articles"].conform(members)
    single = [
        feature for feature in FEATURES
        if feature.scope == "article" and feature.makes in ("sentences", "dates", "mentions", "quotes")
    ]  # fmt: skip
    return tables | compute_features([*single, UTTERANCES, CLAIMS, ECHOES, CONFLICTS], tables)


def _place_sentences(tables: Tables, rows: Sequence[Row]) -> pd.DataFrame:
    """The sentences of claims: story, article, place, outlet, article_id, sentence, start, end, claim_id."""
    numbers = [(story, number) for story, row in enumerate(rows) for number in range(len(row["articles"]))]
    articles = tables["articles"][["article_id", "outlet"]].assign(
        story=[story for story, _ in numbers], article=[number for _, number in numbers]
    )
    spans = tables["sentences"][["article_id", "sentence", "paragraph", "start", "end"]]
    placed = tables["claims"].merge(spans, on=["article_id", "sentence"], validate="one_to_one")
    placed = placed.merge(articles, on="article_id", validate="many_to_one")
    return placed.rename(columns={"paragraph": "place"}).sort_values(["article", "place"])


def _list_found(placed: pd.DataFrame, tables: Tables, row: Row) -> dict[str, list[tuple[object, ...]]]:
    """The pairs, omissions and conflicts that were found in one story."""
    sides = placed[["claim_id", "article", "place", "outlet"]].drop_duplicates()
    both = sides.merge(sides, on="claim_id", suffixes=("", "_b"), validate="many_to_many")
    both = both[(both["article"] < both["article_b"]) & (both["outlet"] != both["outlet_b"])]
    carried = set(zip(sides["claim_id"], sides["outlet"], strict=True))
    unsure = set(zip(tables["echoes"]["claim_id"], tables["echoes"]["outlet"], strict=True))
    outlets = sorted({str(told["outlet"]) for told in row["articles"]})
    return {
        "pairs": sorted(
            {*zip(both["article"], both["place"], both["article_b"], both["place_b"], strict=True)}
        ),
        "left_out": [
            (article, place, outlet)
            for claim, article, place, own in sides.itertuples(index=False)
            for outlet in outlets
            if outlet != own and (claim, outlet) not in carried | unsure
        ],
        "conflicts": _list_conflicts(placed, tables["conflicts"]),
    }


def _list_conflicts(placed: pd.DataFrame, conflicts: pd.DataFrame) -> list[tuple[object, ...]]:
    """The conflicts of one story, each with the places of its two sentences."""
    mine = conflicts[conflicts["claim_id"].isin(set(placed["claim_id"]))].reset_index(drop=True)
    left, right = (_find_places(mine, placed, side) for side in "ab")
    both = zip(left, right, mine["kind"], strict=True)
    return [(*min(one, other), *max(one, other), kind) for one, other, kind in both]


def _find_places(conflicts: pd.DataFrame, placed: pd.DataFrame, side: str) -> list[Place]:
    """The sentence in which each conflict's words of one side begin."""
    words = conflicts[[f"article_{side}", f"start_{side}"]].set_axis(["article_id", "start"], axis=1)
    sentence = sentence_at(words, placed).rename("sentence")
    found = words.join(sentence).merge(
        placed[["article_id", "sentence", "article", "place"]],
        on=["article_id", "sentence"],
        validate="many_to_one",
    )
    return list(zip(found["article"].tolist(), found["place"].tolist(), strict=True))

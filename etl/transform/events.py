"""Events: the dated days that a story's articles speak of, each with the sentence that tells it best.

A day counts for each outlet that mentions it; of outlets that carry the same text (a duplicate), the first
one counts.
"""

from __future__ import annotations

import pandas as pd

from etl.schema import EVENTS as TABLE
from etl.transform.feature import Feature
from etl.transform.stories import order_articles

FINE = ("day", "time")
DAY_LENGTH = 10  # characters of "2024-06-19"; a time of that day belongs to the day
GOOD_LENGTHS = (50, 270)  # characters of a sentence that tells an event by itself


def list_events(
    dates: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    story_articles: pd.DataFrame,
    reprints: pd.DataFrame,
) -> pd.DataFrame:
    """Rows for the table `events`: one row a story and day that its articles mention."""
    mentions = _list_mentions(dates, articles, story_articles, reprints)
    if mentions.empty:
        return TABLE.empty()
    key = ["story_id", "first_day", "value"]
    best = _rank_sentences(mentions, sentences).drop_duplicates(key).set_index(key)
    counted = mentions.groupby(key, observed=True).agg(
        outlets=("counted_outlet", "nunique"), articles=("article_id", "nunique")
    )
    told = best[["article_id", "sentence"]].rename(columns={"article_id": "sentence_article"})
    return counted.join(told, validate="one_to_one").reset_index()


def _list_mentions(
    dates: pd.DataFrame, articles: pd.DataFrame, story_articles: pd.DataFrame, reprints: pd.DataFrame
) -> pd.DataFrame:
    """Each mention of a day, with its story and the outlet that counts for it, in order of publication."""
    days = dates[dates["granularity"].isin(FINE) & dates["first_day"].notna()]
    days = days.assign(value=days["value"].str[:DAY_LENGTH])
    members = order_articles(articles)[["article_id", "outlet", "published"]].reset_index(names="place")
    members = members.merge(
        story_articles[["article_id", "story_id"]], on="article_id", validate="one_to_one"
    )
    copies = reprints.loc[reprints["level"] == "duplicate", ["article_id", "reprint_id"]]
    members = members.merge(copies, on="article_id", how="left", validate="one_to_one")
    text = members["reprint_id"].fillna(members["article_id"])
    members = members.assign(counted_outlet=members.groupby(text)["outlet"].transform("first"))
    return days.merge(members, on="article_id", validate="many_to_one").sort_values(["place", "start"])


def _rank_sentences(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Mentions, best sentence first: in the body, of telling length, early, in an early article."""
    told = mentions.merge(
        sentences[["article_id", "sentence", "start", "end", "role"]],
        on=["article_id", "sentence"],
        suffixes=("", "_sentence"),
        validate="many_to_one",
    )
    length = told["end_sentence"] - told["start_sentence"]
    return told.assign(
        odd_role=told["role"].ne("body"), odd_length=~length.between(*GOOD_LENGTHS), late=told["sentence"]
    ).sort_values(["odd_role", "odd_length", "late", "place"], kind="stable")


EVENTS = Feature(
    makes="events",
    needs=("dates", "sentences", "articles", "story_articles", "reprints"),
    compute=list_events,
    scope="window",
)

"""Storied: dates of undated articles that depend on the day of publication, told from the day of the story.

What such an article means by "on Wednesday" cannot be known from itself; the other articles of its story are of
the same days. Where these lie close together, their commonest day stands in for its own, and what is so
resolved is marked: its anchor is "story". A story over many days leaves it open.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from etl.transform.dates import LANGUAGES, list_bounds, publication_days, read_dates
from etl.transform.dates.timex import cover_days
from etl.transform.feature import Feature

CLOSE = timedelta(days=2)  # from the first to the last day of a story that has one day
ANCHOR = "story"


def anchor_dates(
    dates: pd.DataFrame,
    articles: pd.DataFrame,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
    outlets: pd.DataFrame,
    story_articles: pd.DataFrame,
) -> pd.DataFrame:
    """The table `dates`, with what undated articles left open resolved through their story where it can be."""
    days = _place_undated(articles, outlets, story_articles)
    opened = _open_again(dates)
    told = texts[texts["article_id"].isin(days.index)]
    bounds = list_bounds(sentences[sentences["article_id"].isin(days.index)])
    rows = [
        (article, found.start, found.end, found.timex.value)
        for article, text in zip(told["article_id"], told["text"], strict=True)
        for found in read_dates(text, days[article], bounds.get(article, ()))
        if cover_days(found.timex.value)
    ]
    return _fill(opened, rows) if rows else opened


def find_story_days(
    articles: pd.DataFrame, outlets: pd.DataFrame, story_articles: pd.DataFrame
) -> dict[str, date]:
    """The commonest day of each story, the earliest of equals; stories over more than three days have none."""
    members = articles.merge(
        story_articles[["article_id", "story_id"]], on="article_id", validate="one_to_one"
    )
    members = members[members["published"].notna()]
    members = members.assign(day=pd.Series(publication_days(members, outlets), index=members.index))
    days = members.groupby("story_id", observed=True)["day"].agg([list, "min", "max"])
    close = days[(days["max"] - days["min"]) <= CLOSE]
    return {story: _commonest(told) for story, told in zip(close.index, close["list"], strict=True)}


def _commonest(days: list[date]) -> date:
    """The day that occurs most often; the earliest of equals."""
    return min(days, key=lambda day: (-days.count(day), day))


def _place_undated(articles: pd.DataFrame, outlets: pd.DataFrame, story_articles: pd.DataFrame) -> pd.Series:
    """The day of the story of each undated article in a language that is read, by article."""
    undated = articles.loc[
        articles["published"].isna() & articles["language"].isin(LANGUAGES), ["article_id"]
    ]
    placed = undated.merge(story_articles[["article_id", "story_id"]], on="article_id", validate="one_to_one")
    known = articles[articles["article_id"].isin(_fellows(placed, story_articles))]
    day = placed["story_id"].map(find_story_days(known, outlets, story_articles))
    return pd.Series(day.to_numpy(), index=placed["article_id"]).dropna()


def _fellows(placed: pd.DataFrame, story_articles: pd.DataFrame) -> pd.Series:
    """The articles of the stories of these."""
    return story_articles.loc[story_articles["story_id"].isin(placed["story_id"]), "article_id"]


def _open_again(dates: pd.DataFrame) -> pd.DataFrame:
    """The dates without what was resolved through a story before: stories change."""
    before = dates["anchor"] == ANCHOR
    if not before.any():
        return dates
    opened = dates.copy()
    opened.loc[before, ["first_day", "last_day"]] = pd.NaT
    opened.loc[before, "value"], opened.loc[before, "anchor"] = "", "none"
    return opened


def _fill(dates: pd.DataFrame, rows: list[tuple[str, int, int, str]]) -> pd.DataFrame:
    """The dates with these values where they are open."""
    named = ["article_id", "start", "end", "told"]
    filled = dates.merge(pd.DataFrame(rows, columns=named), on=named[:3], how="left", validate="one_to_one")
    at = filled["told"].notna() & (filled["value"] == "")
    days = filled.loc[at, "told"].map(cover_days)
    filled.loc[at, "first_day"] = pd.to_datetime(days.str[0]).astype("datetime64[us]")
    filled.loc[at, "last_day"] = pd.to_datetime(days.str[1]).astype("datetime64[us]")
    filled.loc[at, "value"], filled.loc[at, "anchor"] = filled["told"], ANCHOR
    return filled.drop(columns="told")


STORY_DATES = Feature(
    makes="dates",
    needs=("dates", "articles", "texts", "sentences", "outlets", "story_articles"),
    compute=anchor_dates,
    scope="window",
    completes=True,
)

"""Stories: which articles tell of the same happening, whatever their outlet.

Articles join in the order of publication: each goes to the story whose articles are on average most like it
(mean link), or opens a new one. Likeness is that of the words of body and headline, names counting most, and
fades softly with the days between two articles. Then all is thought over: stories in which two happenings
fell together are parted, and articles may move. What comes out depends on the articles alone, never on the
order or the batches in which they were read. Each language is grouped by itself; then stories of several are
joined by names, numbers and days.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.article import content_id
from etl.transform.feature import Feature
from etl.transform.shingles import Tokens, read_tokens
from etl.transform.stories.groups import join_stories, rest_similarity
from etl.transform.stories.languages import join_languages
from etl.transform.stories.links import index_articles, link_articles
from etl.transform.stories.ruled import merge_stories, rename_stories, rule_groups
from etl.transform.stories.rulings import UNRULED, StoryRulings
from etl.transform.stories.words import weigh_articles
from etl.transform.titles import OPENING, choose_headlines


def group_stories(
    articles: pd.DataFrame, texts: pd.DataFrame, rulings: StoryRulings = UNRULED
) -> pd.DataFrame:
    """Rows for the table `story_articles`: each article in its story, named after its first article."""
    known = articles.merge(texts, on="article_id", validate="one_to_one").sort_values(
        "article_id", ignore_index=True
    )
    bodies = _read_bodies(known)
    ordered = order_articles(known.assign(text=known.index))
    parts = [
        _group_language(part.reset_index(drop=True), bodies, str(language), rulings)
        for language, part in ordered.groupby("language", observed=True)
    ]
    if not parts:
        return pd.DataFrame(columns=["article_id", "story_id", "similarity"])
    found = ordered.merge(pd.concat(parts), on="article_id", validate="one_to_one")
    words = read_tokens(tuple(known["text"])).pick(ordered["text"].to_numpy())
    found["story_id"] = join_languages(found, words, rulings)
    found["story_id"] = merge_stories(found, rulings)
    return found[["article_id", "story_id", "similarity"]]


def describe_stories(
    articles: pd.DataFrame,
    story_articles: pd.DataFrame,
    texts: pd.DataFrame | None = None,
    *,
    rulings: StoryRulings = UNRULED,
) -> pd.DataFrame:
    """Rows for the table `stories`: title, period and size of each story; texts help to choose the title."""
    members = order_articles(articles).merge(story_articles, on="article_id", validate="one_to_one")
    described = members.groupby("story_id", observed=True).agg(
        first=("published", "min"),
        last=("published", "max"),
        articles=("article_id", "size"),
        outlets=("outlet", "nunique"),
    )
    if texts is not None:
        openings = [
            text[start : start + OPENING]
            for text, start in zip(texts["text"], texts["body_start"], strict=True)
        ]
        told = texts[["article_id"]].assign(opening=openings)
        members = members.merge(told, on="article_id", validate="one_to_one")
    titles = rename_stories(choose_headlines(members), members, rulings)
    return described.join(titles).reset_index()


def order_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """By publication time, then id; those without a time last."""
    return articles.sort_values(["published", "article_id"], na_position="last", ignore_index=True)


def _read_bodies(known: pd.DataFrame) -> Tokens:
    """The words of each body; of a text without a body, of its headline."""
    tokens = read_tokens(tuple(known["text"]))
    lengths = known["text"].str.len().to_numpy()
    begins = np.where(known["body_start"] < lengths, known["body_start"], 0)
    return tokens.keep(tokens.starts >= begins[tokens.texts])


def _group_language(
    articles: pd.DataFrame, bodies: Tokens, language: str, rulings: StoryRulings
) -> pd.DataFrame:
    """The stories of one language, from its articles in order; `text` is the number of its text."""
    titles = read_tokens(tuple(articles["title"]))
    rows = weigh_articles(titles, bodies.pick(articles["text"].to_numpy()), language)
    links = link_articles(index_articles(rows, articles["published"]))
    groups = rule_groups(links, join_stories(links), articles["article_id"], rulings)
    first = articles.groupby(groups)["article_id"].transform("first")
    similarity = pd.Series(rest_similarity(links, groups))
    return pd.DataFrame({
        "article_id": articles["article_id"],
        "story_id": [content_id("story", article) for article in first],
        "similarity": similarity.where(articles["article_id"].ne(first), 1.0),
    })  # fmt: skip


STORY_ARTICLES = Feature(
    makes="story_articles", needs=("articles", "texts"), compute=group_stories, scope="window"
)
STORIES = Feature(
    makes="stories", needs=("articles", "story_articles", "texts"), compute=describe_stories, scope="window"
)

"""Stories: which articles tell of the same happening, whatever their outlet.

Articles join in the order of publication: each goes to the story whose articles are on average most like it
(mean link), or opens a new one. Likeness is that of the words of body (.7) and headline (.3), and fades
softly with the days between two articles. A few rounds of second thoughts then let articles move, so that
the order of an hour's articles does not decide. Languages are kept apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack

from etl.article import content_id
from etl.transform.feature import Feature
from etl.transform.shingles import Numbers, Tokens, read_tokens
from etl.transform.titles import choose_headlines
from etl.transform.vectors import link_rows, weigh_words

BODY, TITLE = 0.7, 0.3
JOINS = 0.18  # mean likeness from which an article joins; .15 to .18 do equally well on two labelled sets
NOTED = 0.05  # likeness below counts as none: keeps the pairs few
FADES_TO, FADES_IN = (
    0.5,
    21.0,
)  # likeness of articles far apart in time is halved; days in which most of that happens
ROUNDS = 5


def group_stories(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `story_articles`: each article in its story, named after its first article."""
    known = articles.merge(texts, on="article_id", validate="one_to_one").sort_values(
        "article_id", ignore_index=True
    )
    bodies = _read_bodies(known)
    languages = order_articles(known.assign(text=known.index)).groupby("language", observed=True)
    parts = [_group_language(part.reset_index(drop=True), bodies, language) for language, part in languages]
    return pd.concat(parts) if parts else pd.DataFrame(columns=["article_id", "story_id", "similarity"])


def describe_stories(articles: pd.DataFrame, story_articles: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `stories`: title, period and size of each story."""
    members = order_articles(articles).merge(story_articles, on="article_id", validate="one_to_one")
    described = members.groupby("story_id", observed=True).agg(
        first=("published", "min"),
        last=("published", "max"),
        articles=("article_id", "size"),
        outlets=("outlet", "nunique"),
    )
    return described.join(choose_headlines(members)).reset_index()


def order_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """By publication time, then id; those without a time last."""
    return articles.sort_values(["published", "article_id"], na_position="last", ignore_index=True)


def _read_bodies(known: pd.DataFrame) -> Tokens:
    """The words of each body; of a text without a body, of its headline."""
    tokens = read_tokens(tuple(known["text"]))
    lengths = known["text"].str.len().to_numpy()
    begins = np.where(known["body_start"] < lengths, known["body_start"], 0)
    return tokens.keep(tokens.starts >= begins[tokens.texts])


def _group_language(articles: pd.DataFrame, bodies: Tokens, language: object) -> pd.DataFrame:
    """The stories of one language, from its articles in order; `text` is the number of its text."""
    links = _link_articles(articles, bodies.pick(articles["text"].to_numpy()), str(language))
    groups = _think_again(links, _join_in_order(links))
    first = articles.groupby(groups)["article_id"].transform("first")
    return pd.DataFrame({
        "article_id": articles["article_id"],
        "story_id": [content_id("story", article) for article in first],
        "similarity": _rest_similarity(links, groups).where(articles["article_id"].ne(first), 1.0),
    })  # fmt: skip


def _link_articles(articles: pd.DataFrame, bodies: Tokens, language: str) -> csr_matrix:
    """Likeness of each two articles, faded by the days between them; unknown times do not fade."""
    body = weigh_words(bodies, language) * BODY**0.5
    title = weigh_words(read_tokens(tuple(articles["title"])), language) * TITLE**0.5
    links = link_rows(hstack([body, title], format="csr"), least=NOTED)
    days = ((articles["published"] - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)).to_numpy(dtype=float)
    apart = np.nan_to_num(np.abs(days[links.row] - days[links.col]), nan=0.0)
    links.data = links.data * (FADES_TO + (1 - FADES_TO) * np.exp(-apart / FADES_IN))
    kept = (links.data >= NOTED) & (links.row != links.col)
    return csr_matrix((links.data[kept], (links.row[kept], links.col[kept])), shape=links.shape)


def _join_in_order(links: csr_matrix) -> Numbers:
    """A story number for each article: that of the most alike story so far, or a new one."""
    groups = np.full(links.shape[0], -1, dtype=np.int64)
    sizes = np.zeros(links.shape[0], dtype=np.int64)
    opened = 0
    for article in range(links.shape[0]):
        story, likeness = _find_story(links, article, groups, sizes)
        if likeness < JOINS:
            story, opened = opened, opened + 1
        groups[article] = story
        sizes[story] += 1
    return groups


def _think_again(links: csr_matrix, groups: Numbers) -> Numbers:
    """The same articles, each moved to the story that it is most like now, for at most 5 rounds."""
    groups = groups.copy()
    sizes = np.bincount(groups, minlength=links.shape[0])
    for _ in range(ROUNDS):
        before = groups.copy()
        for article in range(links.shape[0]):
            own = groups[article]
            groups[article], sizes[own] = -1, sizes[own] - 1
            story, likeness = _find_story(links, article, groups, sizes, stay=own)
            groups[article] = story if likeness >= JOINS else own
            sizes[groups[article]] += 1
        if (before == groups).all():
            break
    return groups


def _find_story(
    links: csr_matrix, article: int, groups: Numbers, sizes: Numbers, *, stay: int = -1
) -> tuple[int, float]:
    """The story whose articles are on average most like this one, and how much; of equals `stay` first."""
    near = slice(links.indptr[article], links.indptr[article + 1])
    placed = groups[links.indices[near]]
    known = placed >= 0
    if not known.any():
        return stay, 0.0
    sums = np.bincount(placed[known], weights=links.data[near][known])
    means = sums / np.maximum(1, sizes[: len(sums)])
    best = int(means.argmax())
    if 0 <= stay < len(means) and means[stay] >= means[best]:
        best = stay
    return best, float(means[best])


def _rest_similarity(links: csr_matrix, groups: Numbers) -> pd.Series:
    """Mean likeness of each article to the other articles of its story; 1 for an article alone."""
    pairs = links.tocoo()
    inside = groups[pairs.row] == groups[pairs.col]
    sums = np.bincount(pairs.row[inside], weights=pairs.data[inside], minlength=len(groups))
    others = np.bincount(groups)[groups] - 1
    return pd.Series(np.where(others > 0, np.clip(sums / np.maximum(1, others), 0, 1), 1.0))


STORY_ARTICLES = Feature(
    makes="story_articles", needs=("articles", "texts"), compute=group_stories, scope="window"
)
STORIES = Feature(
    makes="stories", needs=("articles", "story_articles"), compute=describe_stories, scope="window"
)

"""Languages: stories that tell one happening in several, joined by the names and numbers that they share.

Words differ from language to language; who, where, how many and on which day hardly do. A story may join one of a
language with more articles, where one of its articles shares enough rare names and numbers with one of the other
that appeared within days, and clearly more than with any other story there. Editions of one publisher share
most. What is not clear stays apart; other scripts have no common names, so they stay apart too.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from etl.transform.shingles import Numbers, Tokens
from etl.transform.stories.links import Days, tell_days
from etl.transform.stories.rulings import StoryRuling, StoryRulings
from etl.transform.stories.words import Counts, count_words
from etl.transform.vectors import read_stop_words, scale_rows

LEAST, SHARED = 0.09, 4  # likeness of names and numbers, and how many different ones are in common
CLEAR = 1.25  # times as alike as the next story of that language: look-alikes share the same people
NEAR = 4.0  # days between two articles
BLOCK = 500


def join_languages(articles: pd.DataFrame, words: Tokens, rulings: StoryRulings) -> pd.Series:
    """The story of each row, with that of another language that tells the same in its place.

    `articles` has article_id, story_id, language and published, in order of publication; `words` are theirs.
    """
    rank = _rank_languages(articles["language"])
    if rank.max(initial=0) == 0:
        return articles["story_id"]
    pairs = _compare_languages(
        _weigh_names(words, articles["language"]), tell_days(articles["published"]), rank
    )
    leads = _choose_stories(pairs, articles["story_id"].to_numpy(), rank)
    held = articles.groupby("story_id")["article_id"].agg(set)
    kept = {
        one: other
        for one, other in leads.items()
        if not any(_parts(ruling, held[one], held[other]) for ruling in rulings.of("split"))
    }
    return articles["story_id"].map(lambda story: _follow(story, kept))


def _rank_languages(languages: pd.Series) -> Numbers:
    """0 for the language of most articles, 1 for the next; of equals the first by name."""
    counts = languages.value_counts().rename_axis("language").reset_index(name="articles")
    order = counts.sort_values(["articles", "language"], ascending=[False, True])["language"].tolist()
    return np.array([order.index(language) for language in languages], dtype=np.int64)


def _weigh_names(words: Tokens, languages: pd.Series) -> csr_matrix:
    """A row of unit length an article, a column a name or number, the rarer the heavier; none of one character."""
    stop = np.concatenate([read_stop_words(str(language)) for language in sorted(set(languages))])
    named = words.keep(words.names & (words.ends - words.starts > 1) & ~np.isin(words.codes, stop))
    columns, known = pd.factorize(named.codes)
    shape = (named.count, max(1, len(known)))
    rows = csr_matrix((np.ones(len(columns)), (named.texts, columns)), shape=shape)
    counts: Counts = count_words(named)
    rows.data = counts.weigh(known)[rows.indices]
    rows.eliminate_zeros()
    return scale_rows(rows)


def _compare_languages(rows: csr_matrix, days: Days, rank: Numbers) -> pd.DataFrame:
    """Pairs of articles, the second of a language with more articles: row, column, value, shared."""
    dated = int(np.count_nonzero(~np.isnan(days)))  # those without a time come last
    smaller = np.flatnonzero(rank[:dated] > 0)
    blocks = [smaller[first : first + BLOCK] for first in range(0, len(smaller), BLOCK)]
    none = pd.DataFrame({"row": [], "column": [], "value": [], "shared": []})
    parts = [_compare_block(rows, days[:dated], rank, block) for block in blocks]
    return pd.concat([none, *parts], ignore_index=True).astype({"row": "int64", "column": "int64"})


def _compare_block(rows: csr_matrix, days: Days, rank: Numbers, block: Numbers) -> pd.DataFrame:
    """The pairs of some articles with those that appeared within days of them."""
    low = int(np.searchsorted(days, days[block[0]] - NEAR))
    high = int(np.searchsorted(days, days[block[-1]] + NEAR, side="right"))
    value = (rows[block] @ rows[low:high].T).tocsr()
    there = rows.astype(bool).astype(float)
    common = (there[block] @ there[low:high].T).tocsr()
    for matrix in (value, common):
        matrix.sort_indices()  # no weight is zero, so both have the same places
    places = value.tocoo()
    row, column = block[places.row], places.col.astype(np.int64) + low
    alike = value.data.round(9)
    kept = (alike >= LEAST / CLEAR) & (rank[column] < rank[row]) & (np.abs(days[row] - days[column]) <= NEAR)
    pairs = {"row": row, "column": column, "value": alike, "shared": common.data}
    return pd.DataFrame({name: values[kept] for name, values in pairs.items()})


def _choose_stories(pairs: pd.DataFrame, stories: Numbers, rank: Numbers) -> dict[str, str]:
    """For each story that one of a larger language clearly tells too that one; of several languages the largest."""
    told = pairs.assign(
        story=stories[pairs["row"]], other=stories[pairs["column"]], language=rank[pairs["column"]]
    )
    told = told.sort_values(["story", "language", "value", "other"], ascending=[True, True, False, True])
    best = told.drop_duplicates(["story", "other"])
    next_best = best.groupby(["story", "language"])["value"].shift(-1).fillna(0)
    first = best.assign(next_best=next_best).drop_duplicates(["story", "language"])
    clear = (first["value"] >= LEAST) & (first["value"] >= CLEAR * first["next_best"])
    chosen = first[clear & (first["shared"] >= SHARED)].drop_duplicates("story")
    return dict(zip(chosen["story"], chosen["other"], strict=True))


def _parts(ruling: StoryRuling, one: set[str], other: set[str]) -> bool:
    """True where a person parted articles of these two stories."""
    named, rest = set(ruling.articles), set(ruling.apart_from)
    sides = ((one, other), (other, one))
    return any(named & mine and (rest & theirs or not rest) for mine, theirs in sides)


def _follow(story: str, leads: dict[str, str]) -> str:
    """The story at the end of the way; each step goes to a language with more articles."""
    while story in leads:
        story = leads[story]
    return story

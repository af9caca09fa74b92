"""Heard: which telling words of a sentence another outlet has anywhere in its articles on the story.

Two words count as one where they mean the same (`concepts`) or begin alike: a word is called unheard only where
nothing that looks like it stands in any of these articles, headlines included. How much a word says goes by how
few articles of news carry it; in languages whose words are not counted nothing says anything.
"""

from __future__ import annotations

import pandas as pd

from etl.transform.claims.concepts import LANGUAGES, WORD, Concepts, is_idle, list_surfaces
from etl.transform.shingles import Tokens, code_words, fold_word, read_tokens
from etl.transform.stories.words import read_counts

STEM = 5  # letters: "possible" and "possibility" begin alike


def weigh_words(tokens: Tokens, concepts: Concepts, sources: list[str]) -> pd.DataFrame:
    """One row a concept of sentences: row (of the sentence), start, code, stem, named, weight (0: tells nothing)."""
    places = concepts.places
    known = _read_forms(tokens.keep(places), sources)
    return pd.DataFrame(
        {
            "row": concepts.sentences,
            "start": tokens.starts[places],
            "code": concepts.codes,
            "stem": known["stem"],
            "named": concepts.weights > WORD,
            "weight": known["weight"].where(concepts.weights >= WORD, 0.0),
        }
    )


def mark_unheard(
    cells: pd.DataFrame, told: pd.DataFrame, words: pd.DataFrame, texts: pd.DataFrame
) -> pd.Series:
    """True for each word of `cells` (story_id, outlet, code, stem) that the outlet has nowhere in the story."""
    place = ["story_id", "outlet"]
    meant = told[place].iloc[words["row"]].assign(code=words["code"].to_numpy()).drop_duplicates()
    spelt = told[[*place, "article_id"]].drop_duplicates().merge(_list_stems(texts), on="article_id")
    spelt = spelt[[*place, "stem"]].drop_duplicates()
    found = cells.merge(meant.assign(meant=True), on=[*place, "code"], how="left", validate="many_to_one")
    found = found.merge(spelt.assign(spelt=True), on=[*place, "stem"], how="left", validate="many_to_one")
    unheard: pd.Series = (found["meant"].isna() & found["spelt"].isna()).set_axis(cells.index)
    return unheard


def _list_stems(texts: pd.DataFrame) -> pd.DataFrame:
    """The beginnings of all words of each article, once each: article_id, stem."""
    known = texts.sort_values("article_id", ignore_index=True)
    sources = known["text"].tolist()
    tokens = read_tokens(tuple(sources))
    article = known["article_id"].to_numpy()[tokens.texts]
    return pd.DataFrame(
        {"article_id": article, "stem": _read_forms(tokens, sources)["stem"]}
    ).drop_duplicates()


def _read_forms(tokens: Tokens, sources: list[str]) -> pd.DataFrame:
    """The stem and the weight of each of these words, without its possessive; weight 0 for idle words."""
    which, surfaces = list_surfaces(tokens, sources)
    folded = [fold_word(surface).removesuffix("'s") for surface in surfaces]
    counts = read_counts(LANGUAGES[0])
    weights = pd.Series(0.0 if counts is None else counts.weigh(code_words(folded)))
    idle = [is_idle(word) for word in folded]
    known = pd.DataFrame(
        {"stem": code_words(word[:STEM] for word in folded), "weight": weights.mask(pd.Series(idle), 0.0)}
    )
    return known.iloc[which].reset_index(drop=True)

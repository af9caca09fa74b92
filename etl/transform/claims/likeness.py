"""Likeness: how much two sentences of one story say the same, and which pairs hold.

Half of it is what both share. Shared concepts weigh by their rarity in the story: once all of them, once the
words alone, because sentences that share only names share nothing that happened; and their number counts, because
two rare words may meet by chance. The other half is what both mean (`senses`), where the language's words are
known. What reaches back behind the story ("in 2019 he resigned") is not what it tells. Where all sentences name
the same three states, any two are somewhat alike: so it is also told how much a pair stands out beyond what both
have in common with the other's outlet anyway. The weights were set on `data/labelled/claims/development.jsonl`
and on pairs of real news that were read.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from etl.transform.claims.concepts import WORD, Concepts
from etl.transform.claims.senses import Vectors
from etl.transform.shingles import Mask, Numbers
from etl.transform.vectors import scale_rows

ALL, WORDS, SHARED, OLD = 0.5, 0.3, 0.025, 0.3
SENSE = 0.5  # weight of what both mean beside all of that
MANY = 8  # shared concepts: more say no more
NOTED = 0.16  # likeness below counts as none
SAME = 0.999  # cosine of sentences of the same words
LEAST, ROOM, ENOUGH = 0.16, 0.05, 0.55  # the more pairs to choose from, the liker the best by chance
ALWAYS = 0.65  # so alike that neither need be the other's best
FEWEST = 2  # shared concepts
SHORTEST = 4  # words: "He did." says the same as many a sentence
QUOTED = 0.5  # share of a sentence that one quotation fills
BLOCK = 1000

Values = npt.NDArray[np.float64]
Rows = tuple[
    csr_matrix, csr_matrix, csr_matrix, Vectors
]  # by concepts, by words alone, by what is there, by sense


def compare_sentences(told: pd.DataFrame, concepts: Concepts, meanings: Vectors) -> pd.DataFrame:
    """Pairs of sentences of one language, of different outlets of a story: row, column, value, shared, beyond.

    Each pair stands in both ways; `value` is 0 to 1.
    `beyond` is what is left of the value (at most as much) without what is usual between the two outlets.
    `meanings` has a row a sentence, and zeros where nothing is known. `told` has story_id, outlet, language,
    words, old, utterance (missing: none), and is sorted by story.
    """
    outlet, old = pd.factorize(told["outlet"])[0], told["old"].to_numpy(dtype=bool)
    bounds = _bound_stories(told["story_id"])
    parts = [
        _compare_story(first, concepts, meanings[first:last], outlet[first:last]) for first, last in bounds
    ]
    pairs = pd.concat(parts, ignore_index=True)
    row, column = (pairs[side].to_numpy(dtype=np.int64) for side in ("row", "column"))
    value = pairs["value"].to_numpy(dtype=float) - OLD * (old[row] != old[column])
    value = np.where(_same_utterance(told, row, column), np.maximum(value, ALWAYS), value)
    spoken = pd.factorize(told["language"])[0]
    kept = (outlet[row] != outlet[column]) & (spoken[row] == spoken[column]) & (value >= NOTED)
    value = value.clip(0, 1).round(9)
    beyond = (value - pairs.pop("usual")).round(9)
    held: pd.DataFrame = pairs.assign(value=value, beyond=beyond)[kept]
    return held


def link_alike(told: pd.DataFrame, pairs: pd.DataFrame) -> csr_matrix:
    """The pairs that say the same: each the other's best in its outlet, or nearly the same; symmetric."""
    enough = told["words"].to_numpy() >= SHORTEST
    long = pairs[enough[pairs["row"]] & enough[pairs["column"]] & (pairs["shared"] >= FEWEST)]
    best = find_best(long, told["outlet"])
    back = best[["column", "row"]].set_axis(["row", "column"], axis=1).assign(mutual=True)
    chosen = best.merge(back, on=["row", "column"], how="left", validate="one_to_one")
    mutual = chosen["mutual"].eq(True) & (chosen["value"] >= least_likeness(told, chosen))
    held = chosen[mutual | (chosen["value"] >= ALWAYS)]
    shape = (len(told), len(told))
    matrix = csr_matrix((held["value"], (held["row"], held["column"])), shape=shape)
    return matrix.maximum(matrix.T)


def least_likeness(told: pd.DataFrame, pairs: pd.DataFrame) -> Values:
    """For each pair how alike the best must be: more where it was chosen from more pairs of sentences."""
    sizes = count_told(told)
    room = np.log(sizes[pairs["row"]] * sizes[pairs["column"]])
    least: Values = np.minimum(LEAST + ROOM * room, ENOUGH)
    return least


def count_told(told: pd.DataFrame) -> Values:
    """For each sentence how many its outlet has in the story."""
    sizes: Values = (
        told.groupby(["story_id", "outlet"], observed=True)["words"].transform("size").to_numpy(dtype=float)
    )
    return sizes


def find_best(pairs: pd.DataFrame, outlets: pd.Series) -> pd.DataFrame:
    """For each sentence and other outlet the most alike sentence there; of equals the first."""
    known = pairs.assign(outlet=outlets.iloc[pairs["column"]].to_numpy())
    order = ["row", "outlet", "value", "column"]
    ranked = known.sort_values(order, ascending=[True, True, False, True])
    best: pd.DataFrame = ranked.drop_duplicates(["row", "outlet"])
    return best


def _bound_stories(stories: pd.Series) -> list[tuple[int, int]]:
    """First row of each story, and one past its last."""
    edges = np.flatnonzero(stories.ne(stories.shift()).to_numpy())
    return list(zip(edges.tolist(), [*edges[1:].tolist(), len(stories)], strict=True))


def _compare_story(first: int, concepts: Concepts, meanings: Vectors, outlet: Numbers) -> pd.DataFrame:
    """Likeness within one story, without what depends on more than the concepts; `outlet` of each sentence."""
    here = slice(*np.searchsorted(concepts.sentences, [first, first + len(outlet)]))
    columns = pd.factorize(concepts.codes[here])[0]
    where, weights = concepts.sentences[here] - first, concepts.weights[here]
    shape = (len(outlet), int(columns.max(initial=0)) + 1)
    carried = _strongest(where, columns, weights, shape)
    rare = 1 + np.log((1 + shape[0]) / (1 + np.bincount(carried.indices, minlength=shape[1])))
    carried.data = carried.data * rare[carried.indices]
    words = carried.multiply(_strongest(where, columns, (weights <= WORD).astype(float), shape)).tocsr()
    words.eliminate_zeros()
    rows = (scale_rows(carried), scale_rows(words), carried.astype(bool).astype(float), meanings)
    pairs = pd.concat(
        [_multiply(rows, slice(start, start + BLOCK)) for start in range(0, shape[0], BLOCK)],
        ignore_index=True,
    )
    pairs["usual"] = _tell_usual(rows, outlet, pairs)
    return pairs.assign(row=pairs["row"] + first, column=pairs["column"] + first)


def _tell_usual(rows: Rows, outlet: Numbers, pairs: pd.DataFrame) -> Values:
    """For each pair the mean likeness of either sentence to all sentences of the other's outlet, halved and added."""
    means = csr_matrix((1 / np.bincount(outlet)[outlet], (outlet, np.arange(len(outlet)))))
    shared = sum(
        weight * (part @ (means @ part).T).toarray()
        for weight, part in zip((ALL, WORDS, SHARED), rows[:3], strict=True)
    )
    to_outlet = _add_sense(shared, rows[3], means @ rows[3])
    one, other = pairs["row"].to_numpy(), pairs["column"].to_numpy()
    usual: Values = (to_outlet[one, outlet[other]] + to_outlet[other, outlet[one]]) / 2
    return usual.clip(min=0)


def _add_sense(shared: Values, ours: Vectors, theirs: Vectors) -> Values:
    """The likeness by what is shared, and half of it by what both mean where words of both are known."""
    known = SENSE * np.outer(ours.any(axis=1), theirs.any(axis=1))
    mixed: Values = (1 - known) * shared + SENSE * (ours @ theirs.T)
    return mixed


def _strongest(where: Numbers, columns: Numbers, weights: Values, shape: tuple[int, int]) -> csr_matrix:
    """Sentences by concepts with the greatest weight that the concept has in the sentence."""
    order = np.lexsort((weights, columns, where))
    key = where[order] * shape[1] + columns[order]
    last = np.append(key[1:] != key[:-1], True)[: len(key)]
    chosen = order[last]
    return csr_matrix((weights[chosen], (where[chosen], columns[chosen])), shape=shape)


def _multiply(rows: Rows, block: slice) -> pd.DataFrame:
    """The likeness of some sentences to all of the story."""
    carried, words, present, meanings = rows
    both = (carried[block] @ carried.T).toarray()
    shared = (present[block] @ present.T).toarray()
    value = ALL * both + WORDS * (words[block] @ words.T).toarray() + SHARED * shared.clip(max=MANY)
    value = np.maximum(_add_sense(value, meanings[block], meanings), both >= SAME)
    row, column = np.nonzero(value >= NOTED)
    kept = {"value": value[row, column], "shared": shared[row, column]}
    return pd.DataFrame({"row": row + block.start, "column": column} | kept)


def _same_utterance(told: pd.DataFrame, row: Numbers, column: Numbers) -> Mask:
    """True where one quotation fills most of both sentences."""
    said = pd.factorize(told["utterance"])[0]
    same: Mask = (said[row] == said[column]) & (said[row] >= 0)
    return same

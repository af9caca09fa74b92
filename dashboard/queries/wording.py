"""Wording: which words set two outlets apart, and which words make their tone differ."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, norm

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import (
    DRAWS,
    FEWEST_ARTICLES,
    SEED,
    Floats,
    draw_means,
    percentile_interval,
)
from dashboard.queries.newsroom import name_of_outlet
from dashboard.queries.selection import select_articles
from dashboard.queries.voices import VOICES
from etl.store import Snapshot

PRIOR_WORDS = 500.0  # weight of the background, in words: strong enough to hold a word that stands twice
FEWEST_TIMES = 5  # a word must stand this often in both outlets together
LEAST_PRIOR = 1e-6  # of the words that are not shown, where all are shown: no odds are infinite
EACH_SIDE = 8
MOST_SHIFTING = 12
FALSE_DISCOVERY = 0.05
MOST_READ = 500  # articles of each outlet, and of all others together, whose words are counted
WORD = r"\p{L}[\p{L}''-]+"  # the doubled quote is SQL's
FEWEST_SHIFT = 5e-5  # a smaller contribution would be written as zero
LITTLE = (
    "a about after again all also am an and any are as at be because been before being between both but "
    "by can could did do does doing down during each few for from further had has have having he her "
    "here hers him his how i if in into is it it's its itself just me more most my no nor not of off on "
    "once only or other our out over own same she should so some such than that that's the their them "
    "then there these they this those through to too under until up us very was we were what when where "
    "which while who whom why will with would you your "
)  # English; they are counted, but they are not listed
FUNCTION_WORDS = frozenset(LITTLE.split())


def compare_two(snapshot: Snapshot, chosen: Filter) -> tuple[str, ...]:
    """The outlets of the filter's pair, or the two with most articles in the filter."""
    if len(chosen.pair) == 2:
        return chosen.pair
    ranked = select_articles(
        snapshot, chosen, "SELECT outlet FROM chosen GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT 2"
    )
    return tuple(sorted(ranked["outlet"]))


def distinguish_words(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a word: word, log_odds, low, high, z, q, left and right (counts), left_rate and right_rate (per
    10,000 words), side ("left", "right" or "neither" where q is above 5 %).

    Log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16-22); the prior is the
    wording of all articles of the filter. Positive: more in the left outlet. The interval is a bootstrap over
    articles, q controls the false discovery rate over all words (Benjamini-Hochberg).
    """
    pair = compare_two(snapshot, chosen)
    counts = count_words(snapshot, chosen, pair)
    totals = _sum_words(counts)
    if len(pair) < 2 or not set(pair) <= set(totals):
        return Answer(frame=pd.DataFrame(), n=0, unit="articles")
    words = weigh_words(totals[pair[0]], totals[pair[1]], totals.sum(axis=1))
    shown = _most_distinct(words)
    part = counts[counts["outlet"].isin(pair)]
    shown = shown.join(_bootstrap(part, shown.index, pair, totals.sum(axis=1)))
    shown = shown.assign(left_outlet=pair[0], right_outlet=pair[1]).reset_index(names="word")
    return Answer(
        frame=shown,
        n=part["article_id"].nunique(),
        unit="articles",
        interval=f"95 %, bootstrap over articles, {DRAWS} draws",
        verdict=_say_distinct(words),
        note=f"{int(totals[list(pair)].to_numpy().sum()):,} words; prior: all articles of the filter. "
        f"At most {MOST_READ:,} articles of an outlet, and of the rest, are read",
    )


def weigh_words(left: pd.Series, right: pd.Series, background: pd.Series) -> pd.DataFrame:
    """One row a word that stands often enough: left, right, left_rate, right_rate, log_odds, z, q, side."""
    log_odds, variance = _log_odds(left.to_numpy("float64"), right.to_numpy("float64"), _prior(background))
    words = pd.DataFrame({"left": left, "right": right}).assign(
        left_rate=1e4 * left / left.sum(),
        right_rate=1e4 * right / right.sum(),
        log_odds=log_odds,
        z=log_odds / np.sqrt(variance),
    )
    words = words[words["left"] + words["right"] >= FEWEST_TIMES]
    chance = 2 * norm.sf(words["z"].abs())
    words = words.assign(q=false_discovery_control(chance) if len(words) else chance)
    sides = np.where(words["log_odds"] > 0, "left", "right")
    return words.assign(side=np.where(words["q"] <= FALSE_DISCOVERY, sides, "neither"))


def shift_words(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a word: word, contribution (to right minus left mean tone), left and right (times),
    polarity_left, polarity_right, kind ("positive more", "positive less", "negative more", "negative less").

    Generalised word shift (Gallagher et al. 2021): p2 f2 - p1 f1, with p the word's share of all tone words
    and f its mean TextBlob polarity there. The contributions of all words sum to the difference.
    """
    pair = compare_two(snapshot, chosen)
    words = _tone_words(snapshot, chosen)
    words = words[words["outlet"].isin(pair)]
    if words["outlet"].nunique() < 2:
        return Answer(frame=pd.DataFrame(), n=0, unit="tone words")
    shift = contribute(words, pair)
    difference = shift["contribution"].sum()
    ranked = shift.reindex(shift["contribution"].abs().sort_values(ascending=False, kind="stable").index)
    shown = ranked[ranked["contribution"].abs() >= FEWEST_SHIFT][:MOST_SHIFTING]
    low, high = _difference_interval(words, pair)
    names = [name_of_outlet(snapshot, outlet) for outlet in pair]
    return Answer(
        frame=shown.reset_index(names="word").assign(
            left_outlet=pair[0], right_outlet=pair[1], difference=difference, low=low, high=high
        ),
        n=len(words),
        unit="tone words",
        interval="95 % of the difference, bootstrap over articles",
        verdict=_say_shift(difference, low, high, names),
        note=f"{len(shown)} of {len(shift)} words shown",
    )


def contribute(words: pd.DataFrame, pair: tuple[str, ...]) -> pd.DataFrame:
    """Contributions by word (index): contribution, left, right, polarity_left, polarity_right, kind."""
    by = words.groupby(["word", "outlet"], observed=True)["polarity"]
    times = by.size().unstack(fill_value=0).reindex(columns=list(pair), fill_value=0)
    sums = by.sum().unstack(fill_value=0).reindex(columns=list(pair), fill_value=0.0)
    share = sums / times.sum()
    polarity = sums.sum(axis=1) / times.sum(axis=1)
    more = times[pair[1]] / times[pair[1]].sum() > times[pair[0]] / times[pair[0]].sum()
    kinds = pd.Series(np.where(polarity >= 0, "positive", "negative"), index=share.index)
    return pd.DataFrame(
        {
            "contribution": share[pair[1]] - share[pair[0]],
            "left": times[pair[0]],
            "right": times[pair[1]],
            "polarity_left": sums[pair[0]] / times[pair[0]].where(times[pair[0]] > 0),
            "polarity_right": sums[pair[1]] / times[pair[1]].where(times[pair[1]] > 0),
            "kind": kinds + np.where(more, " more", " less"),
        }
    )


def list_worded(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of the two outlets in which the word of the row was counted."""
    pair = compare_two(snapshot, chosen)
    counts = count_words(snapshot, chosen, pair)
    return list(counts.loc[counts["outlet"].isin(pair) & (counts["word"] == row[0]), "article_id"])


def list_toning(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of the two outlets in which the word of the row adds to the tone."""
    words = _tone_words(snapshot, chosen)
    told = words["outlet"].isin(compare_two(snapshot, chosen)) & (words["word"] == row[0])
    return list(words.loc[told, "article_id"])


def count_words(snapshot: Snapshot, chosen: Filter, pair: tuple[str, ...]) -> pd.DataFrame:
    """One row an article and word of the chosen voice: article_id, outlet, word (lower case), times.

    Articles of outlets outside the pair are the background: they are counted together, under no id. Of each
    outlet of the pair, and of the background, the same arbitrary five hundred articles are read where there
    are more; a reprint is read once where the chosen unit counts it once.
    """
    read = select_articles(
        snapshot,
        chosen,
        f""", parted AS (
            SELECT article_id, counted, CASE WHEN outlet = ANY(?) THEN outlet ELSE '' END AS outlet
            FROM chosen),
        once AS (
            SELECT * FROM parted
            QUALIFY row_number() OVER (PARTITION BY outlet, counted ORDER BY article_id) = 1),
        drawn AS (
            SELECT * FROM once
            QUALIFY row_number() OVER (
                PARTITION BY outlet ORDER BY md5(article_id), article_id) <= {MOST_READ})
        SELECT d.article_id, d.outlet, regexp_extract_all(replace(lower(string_agg(
            substring(t.text, n.start + 1, n.end - n.start), chr(10))), '’', ''''), '{WORD}') AS words
        FROM drawn d JOIN sentences n USING (article_id) JOIN texts t USING (article_id)
        WHERE n.role IN ('body', 'headline', 'subtitle') AND {VOICES[chosen.voice]}
        GROUP BY d.article_id, d.outlet""",
        (list(pair),),
    )
    return _count_pairs(read)


def _count_pairs(read: pd.DataFrame) -> pd.DataFrame:
    """Rows of `count_words` from one row an article (article_id, outlet, words), by article and word.

    Words are numbered before they are counted: numbers are counted several times as fast as texts.
    """
    heard = read[read["words"].map(len) > 0]
    if heard.empty:
        blank = pd.Categorical([], categories=pd.Index([], dtype="str"))
        return pd.DataFrame({"article_id": blank, "outlet": blank, "word": blank, "times": 0})
    names = heard["article_id"].where(heard["outlet"] != "", "")
    articles, ids = pd.factorize(names, sort=True)
    words, vocabulary = pd.factorize(np.concatenate(heard["words"].to_list()), sort=True)
    pairs = np.repeat(articles, heard["words"].map(len)) * len(vocabulary) + words
    found, times = np.unique(pairs, return_counts=True)
    article, word = found // len(vocabulary), found % len(vocabulary)
    outlets = heard["outlet"].groupby(articles).first()
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(article, ids),
            "outlet": pd.Categorical(outlets.to_numpy()[article]),
            "word": pd.Categorical.from_codes(word, pd.Index(vocabulary, dtype="str")),
            "times": times,
        }
    )


def _sum_words(counts: pd.DataFrame) -> pd.DataFrame:
    """How often each word (index) stands in each outlet (columns)."""
    words, outlets = counts["word"].cat, counts["outlet"].cat
    shape = len(words.categories), len(outlets.categories)
    cells = np.ravel_multi_index((words.codes, outlets.codes), shape)
    sums = np.bincount(cells, weights=counts["times"], minlength=shape[0] * shape[1]).reshape(shape)
    return pd.DataFrame(
        sums.astype("int64"), index=words.categories.rename("word"), columns=list(outlets.categories)
    )


def _tone_words(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a tone word of the chosen voice: article_id, outlet, word, polarity."""
    return select_articles(
        snapshot,
        chosen,
        f"""SELECT c.article_id, c.outlet, w.word, w.polarity
        FROM tone_words w JOIN chosen c USING (article_id)
        JOIN sentences n ON n.article_id = w.article_id AND n.sentence = w.sentence
        WHERE {VOICES[chosen.voice]} ORDER BY c.article_id, w.start""",
    )


def _prior(background: pd.Series) -> Floats:
    """Pseudo-counts of each word: its share of the background times the weight of the prior."""
    prior: Floats = (PRIOR_WORDS * background / background.sum()).to_numpy("float64")
    return prior


def _log_odds(left: Floats, right: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """The log-odds ratio of each word and its variance; a bootstrap may pass (draws, words)."""
    total = prior.sum()
    n_left, n_right = left.sum(axis=-1, keepdims=True), right.sum(axis=-1, keepdims=True)
    ours, theirs = left + prior, right + prior
    rest_left, rest_right = (
        np.maximum(n + total - word, LEAST_PRIOR) for n, word in ((n_left, ours), (n_right, theirs))
    )
    odds = np.log(ours / rest_left) - np.log(theirs / rest_right)
    return odds, 1 / ours + 1 / theirs


def _most_distinct(words: pd.DataFrame) -> pd.DataFrame:
    """The words with the largest z of each side, most distinctive of the left first; no function words."""
    ranked = words[~words.index.isin(FUNCTION_WORDS)].sort_values(["z", "left", "right"], kind="stable")
    left, right = ranked[ranked["z"] > 0].tail(EACH_SIDE), ranked[ranked["z"] < 0].head(EACH_SIDE)
    return pd.concat([right, left]).iloc[::-1]


def _bootstrap(
    counts: pd.DataFrame, words: pd.Index, pair: tuple[str, ...], background: pd.Series
) -> pd.DataFrame:
    """Columns low and high by word: articles of each outlet are drawn anew, the prior stays.

    Missing where an outlet has fewer than five articles: one article drawn again and again never varies.
    """
    if counts.groupby("outlet", observed=True)["article_id"].nunique().min() < FEWEST_ARTICLES:
        return pd.DataFrame({"low": np.nan, "high": np.nan}, index=words)
    draws = [_draw_counts(counts[counts["outlet"] == outlet], words, outlet) for outlet in pair]
    prior = PRIOR_WORDS * background[words].to_numpy("float64") / background.sum()
    prior = np.append(prior, max(PRIOR_WORDS - prior.sum(), LEAST_PRIOR))
    odds, _ = _log_odds(draws[0], draws[1], prior)
    low, high = np.quantile(odds[:, :-1], [0.025, 0.975], axis=0)
    return pd.DataFrame({"low": low, "high": high}, index=words)


def _draw_counts(counts: pd.DataFrame, words: pd.Index, outlet: str) -> Floats:
    """Counts of the words (columns; all other words last) in each draw of articles (rows)."""
    columns = words.get_indexer(counts["word"].cat.categories)[counts["word"].cat.codes] % (len(words) + 1)
    articles, rows = np.unique(counts["article_id"].cat.codes, return_inverse=True)
    shape = len(articles), len(words) + 1
    cells = np.ravel_multi_index((rows, columns), shape)
    table = np.bincount(cells, weights=counts["times"], minlength=shape[0] * shape[1]).reshape(shape)
    weights = np.random.default_rng([SEED, crc32(outlet.encode())]).multinomial(
        len(articles), np.full(len(articles), 1 / len(articles)), size=DRAWS
    )
    drawn: Floats = weights.astype("float64") @ table
    return drawn


def _difference_interval(words: pd.DataFrame, pair: tuple[str, ...]) -> tuple[float, float]:
    """The interval of right minus left mean polarity of tone words."""
    left, right = (
        draw_means(
            part["polarity"].to_numpy("float64"),
            part["article_id"].to_numpy(object),
            stream=f"shift {outlet}",
        )
        for outlet, part in ((outlet, words[words["outlet"] == outlet]) for outlet in pair)
    )
    return percentile_interval(right - left)


def _say_distinct(words: pd.DataFrame) -> str:
    """How many words tell the outlets apart after false discovery control."""
    found = int((words["side"] != "neither").sum())
    if not found:
        return "No word tells the two apart after false discovery control."
    return f"{found} of {len(words)} words tell the two apart (false discovery rate 5 %)."


def _say_shift(difference: float, low: float, high: float, names: list[str]) -> str:
    """The difference with its interval; undetectable where the interval covers 0."""
    told = f"{names[1]} minus {names[0]}: {difference:+.3f} [{low:+.3f}, {high:+.3f}]."
    return told if low > 0 or high < 0 else f"No detectable difference. {told}"

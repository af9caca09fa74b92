"""Wording by another road: words counted with a Counter, the paper's formulas and the bootstrap with loops."""

from __future__ import annotations

import math
import re
from collections import Counter
from zlib import crc32

import numpy as np
import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries import wording
from dashboard.queries.intervals import DRAWS, SEED
from dashboard.queries.wording import PRIOR_WORDS, compare_two, count_words, distinguish_words, shift_words
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import FILTERS, choose, tables

PAIR = ("Anchor", "Drift")
VOICED = {
    "all": lambda share: True,
    "outlet": lambda share: share < 0.5,
    "quoted": lambda share: share >= 0.5,
}
WORDY = ("Ebb", "Flow", "Neap")
VOCABULARY = ("harbour", "ferry", "storm", "dock", "union", "crane", "wage", "strike", "tide", "pilot")
HARD = "It’s the O'Neil-Lee plan—naïve, ÉCOLE, km² x 1st a Übung's well-\nknown 中文字 'end'"


def split(text: str) -> list[str]:
    """Words of two or more letters in lower case, with hyphens and apostrophes inside or after."""
    return re.findall(r"[^\W\d_](?:[^\W\d_]|['-])+", text.lower().replace("’", "'").replace("²", " "))


def tally(
    rows: pd.DataFrame, sentences: pd.DataFrame, pair: tuple[str, ...], voice: str = "all"
) -> dict[tuple[str, str], Counter[str]]:
    """The words of each article of the pair, and of all others together, read from the frames."""
    sided = rows.assign(side=rows["outlet"].where(rows["outlet"].isin(pair), ""))
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in sided.sort_values("article_id").drop_duplicates(["side", "counted"]).to_dict("records"):
        own = sentences[sentences["article_id"] == row["article_id"]]
        spans = zip(own["start"], own["end"], own["quoted"], strict=True)
        lines = [row["text"][start:end] for start, end, quoted in spans if VOICED[voice](quoted)]
        key = (row["article_id"] if row["side"] else "", row["side"])
        counts.setdefault(key, Counter()).update(word for line in lines for word in split(line))
    return {key: words for key, words in counts.items() if words}


def wordy_tables() -> dict[str, pd.DataFrame]:
    """Three outlets of twelve articles in ten words by rule; the first two articles of each are one text."""
    articles = [
        make_article(outlet=outlet, item=f"{outlet}{n}", title="", body=(_write(at, max(1, n)),))
        for at, outlet in enumerate(WORDY)
        for n in range(12)
    ]
    return make_article_rows(*articles) | {
        "sentences": make_rows("sentences", *({"article_id": x.article_id, "sentence": 1, "role": "body",
                                               "end": len(x.text)} for x in articles)),
        "reprints": make_rows("reprints", *({"article_id": articles[n].article_id, "reprint_id": f"r{n // 12}",
                                             "level": "duplicate"} for n in (0, 1, 12, 13, 24, 25))),
    }  # fmt: skip


def _write(outlet: int, number: int) -> str:
    """Eight words and more, eight times over: each outlet walks through the vocabulary at its own pace."""
    places = (number * (outlet + 1) + step * step * (outlet + 2) for step in range(8 + number % 5))
    return " ".join([VOCABULARY[place % (10 - outlet)] for place in places] * 8) + "."


def wordy_tally(unit: str, pair: tuple[str, ...]) -> dict[tuple[str, str], Counter[str]]:
    """The words of the wordy room, each text of an outlet once where the unit counts texts."""
    frames = wordy_tables()
    rows = frames["articles"].merge(frames["texts"], on="article_id", validate="1:1")
    groups = frames["reprints"].set_index("article_id")["reprint_id"]
    ids = rows["article_id"]
    counted = ids if unit == "articles" else ids.map(groups).fillna(ids)
    return tally(rows.assign(counted=counted), frames["sentences"], pair)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return make_store(tmp_path_factory.mktemp("wordy"), **wordy_tables()).snapshot()


@pytest.mark.parametrize("name", FILTERS)
def test_words_are_those_that_a_counter_counts(room, name):
    chosen = FILTERS[name]
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in count_words(room, chosen, PAIR).to_dict("records"):
        found.setdefault((row["article_id"], row["outlet"]), Counter())[row["word"]] += row["times"]
    assert found == tally(choose(chosen), tables()["sentences"], PAIR, chosen.voice)


def test_hard_words_are_split_as_read(tmp_path):
    article = make_article(title="", body=(HARD,))
    sentence = {"article_id": article.article_id, "end": len(article.text), "role": "body"}
    snapshot = make_store(
        tmp_path, **make_article_rows(article), sentences=make_rows("sentences", sentence)
    ).snapshot()
    counts = count_words(snapshot, Filter(), ("The Courier", "x"))
    assert Counter(dict(zip(counts["word"], counts["times"], strict=True))) == Counter(split(HARD))


def test_rows_are_one_an_article_and_word(room):
    counts = count_words(room, Filter(), PAIR)
    assert not counts.duplicated(["article_id", "word"]).any()
    assert counts["times"].min() >= 1
    assert counts.groupby("article_id", observed=True)["outlet"].nunique().max() == 1


def test_nothing_chosen_gives_no_rows_and_an_empty_answer(room):
    nothing = Filter(words="zeppelin", pair=PAIR)
    assert count_words(room, nothing, PAIR).columns.tolist() == ["article_id", "outlet", "word", "times"]
    assert count_words(room, nothing, PAIR).empty and distinguish_words(room, nothing).empty


def weigh(counted: dict[tuple[str, str], Counter[str]], pair: tuple[str, ...]) -> pd.DataFrame:
    """Equations 16 to 22 of the paper, a word at a time; q by Benjamini and Hochberg's step-up rule."""
    everything = sum(counted.values(), Counter())
    left, right = (sum((c for key, c in counted.items() if key[1] == side), Counter()) for side in pair)
    rows = []
    for word in {word for word in everything if left[word] + right[word] >= 5}:
        prior = PRIOR_WORDS * everything[word] / everything.total()
        ours, theirs = left[word] + prior, right[word] + prior
        log_odds = math.log(ours / (left.total() + PRIOR_WORDS - ours)) - math.log(
            theirs / (right.total() + PRIOR_WORDS - theirs)
        )
        z = log_odds / math.sqrt(1 / ours + 1 / theirs)
        rows.append((math.erfc(abs(z) / math.sqrt(2)), word, log_odds, z, left[word], right[word]))
    frame = pd.DataFrame(sorted(rows), columns=["p", "word", "log_odds", "z", "left", "right"])
    steps = frame["p"] * len(frame) / np.arange(1, len(frame) + 1)
    return frame.assign(q=steps[::-1].cummin()[::-1].clip(upper=1)).set_index("word")


@pytest.mark.parametrize("unit", ["articles", "texts"])
@pytest.mark.parametrize("pair", [("Ebb", "Flow"), ("Neap", "Ebb"), ("Flow", "Neap")])
def test_weights_are_those_of_the_paper(wordy, pair, unit):
    expected = weigh(wordy_tally(unit, pair), pair)
    answer = distinguish_words(wordy, Filter(pair=pair).narrow(unit=unit))
    assert len(answer.frame) >= 5
    for row in answer.frame.to_dict("records"):
        own = expected.loc[row["word"]]
        assert (row["left"], row["right"]) == (own["left"], own["right"])
        assert [row[x] for x in ("log_odds", "z", "q")] == pytest.approx(own[["log_odds", "z", "q"]].tolist())
        assert row["side"] == ("neither" if own["q"] > 0.05 else "left" if own["log_odds"] > 0 else "right")


def test_the_verdict_counts_what_false_discovery_control_leaves(wordy):
    expected = weigh(wordy_tally("articles", ("Ebb", "Neap")), ("Ebb", "Neap"))
    told = int((expected["q"] <= 0.05).sum())
    verdict = distinguish_words(wordy, Filter(pair=("Ebb", "Neap"))).verdict
    assert 0 < told < len(expected)
    assert verdict.startswith(f"{told} of {len(expected)} words tell the two apart")


@pytest.mark.parametrize("unit", ["articles", "texts"])
def test_the_interval_is_the_middle_of_a_thousand_draws_of_articles(wordy, unit):
    pair = ("Ebb", "Flow")
    counted = wordy_tally(unit, pair)
    everything = sum(counted.values(), Counter())
    row = distinguish_words(wordy, Filter(pair=pair).narrow(unit=unit)).frame.iloc[0]
    prior = PRIOR_WORDS * everything[row["word"]] / everything.total()
    odds = []
    for outlet in pair:
        articles = [counted[key] for key in sorted(counted) if key[1] == outlet]
        chance = np.random.default_rng([SEED, crc32(outlet.encode())])
        draws = chance.multinomial(len(articles), [1 / len(articles)] * len(articles), size=DRAWS)
        own, spoken = draws @ [a[row["word"]] for a in articles], draws @ [a.total() for a in articles]
        odds.append(np.log((own + prior) / (spoken + PRIOR_WORDS - own - prior)))
    assert (row["low"], row["high"]) == pytest.approx(tuple(np.percentile(odds[0] - odds[1], [2.5, 97.5])))


def test_rates_are_of_ten_thousand_words(wordy):
    counted = wordy_tally("articles", ("Ebb", "Flow"))
    total = sum(words.total() for (_, outlet), words in counted.items() if outlet == "Ebb")
    frame = distinguish_words(wordy, Filter(pair=("Ebb", "Flow"))).frame
    assert frame["left_rate"].tolist() == pytest.approx([1e4 * times / total for times in frame["left"]])


@pytest.mark.parametrize(("unit", "n"), [("articles", 24), ("texts", 22)])
def test_a_reprint_is_read_once_among_texts(wordy, unit, n):
    assert distinguish_words(wordy, Filter(pair=("Ebb", "Flow")).narrow(unit=unit)).n == n


def test_of_many_articles_the_same_few_are_read(room, monkeypatch):
    whole = count_words(room, Filter(), PAIR)
    monkeypatch.setattr(wording, "MOST_READ", 3)
    one, again = (count_words(room, Filter(), PAIR) for _ in range(2))
    assert one.equals(again)
    assert one[one["outlet"] == "Anchor"]["article_id"].nunique() == 3
    assert one["times"].sum() < whole["times"].sum()


def test_few_articles_have_no_interval(wordy):
    few = wordy.table("articles").query("outlet != 'Neap'").groupby("outlet")["article_id"].head(4)
    counts = count_words(wordy, Filter(), ("Ebb", "Flow"))
    kept = counts[counts["article_id"].isin(few)]
    words = pd.Index(["storm", "dock"])
    bounds = wording._bootstrap(kept, words, ("Ebb", "Flow"), pd.Series({"storm": 9, "dock": 9}))
    assert bounds.isna().all(axis=None) and bounds.index.equals(words)


def tone_words(chosen: Filter) -> pd.DataFrame:
    """Tone words of chosen articles in the chosen voice; the second sentence alone is quoted."""
    words = tables()["tone_words"].merge(choose(chosen), on="article_id", validate="m:1")
    quoted = words["sentence"] == 2
    return words if chosen.voice == "all" else words[quoted == (chosen.voice == "quoted")]


@pytest.mark.parametrize("name", FILTERS)
def test_each_contribution_is_share_times_polarity_right_minus_left(room, name):
    chosen = FILTERS[name].narrow(pair=PAIR)
    words, answer = tone_words(chosen), shift_words(room, chosen)
    sides = [words[words["outlet"] == outlet] for outlet in PAIR]
    if any(side.empty for side in sides):
        assert answer.empty
        return
    assert answer.n == sum(map(len, sides))
    for row in answer.frame.to_dict("records"):
        own = [side.loc[side["word"] == row["word"], "polarity"] for side in sides]
        assert (row["left"], row["right"]) == (len(own[0]), len(own[1]))
        parts = [values.sum() / len(side) for values, side in zip(own, sides, strict=True)]
        assert row["contribution"] == pytest.approx(parts[1] - parts[0])
    assert answer.frame["difference"].tolist() == pytest.approx(
        [sides[1]["polarity"].mean() - sides[0]["polarity"].mean()] * len(answer.frame)
    )


def test_the_two_with_most_articles_are_compared_in_the_order_of_their_names(room):
    counts = choose(Filter(languages=("de",)))["outlet"].value_counts()
    expected = sorted(sorted(counts.index, key=lambda outlet: (-counts[outlet], outlet))[:2])
    assert compare_two(room, Filter(languages=("de",))) == tuple(expected)

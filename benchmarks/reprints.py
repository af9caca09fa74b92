"""Reprints on a bench with known groups, beside plain ways to find them: writes benchmarks/reprints.md.

    python -m benchmarks.reprints [SEED...]                     the seeds (1, on which rules were tuned, and 2)
    python -m benchmarks.reprints --lines FILE SEED             the bench itself, for `newsprism evaluate reprints`

The bench is made anew from the NewsArticles corpus, which is fetched by name and checksum; no text is kept.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import pair_confusion_matrix

from benchmarks.reprint_bench import Source, build_bench
from benchmarks.reprint_rivals import RIVALS
from etl.article import Article
from etl.evaluate.clusterings import number_labels
from etl.evaluate.rows import make_tables
from etl.extract import Place, parse_raw, read_place
from etl.extract.fetch import Fetcher
from etl.extract.newsarticles import fetch_corpus
from etl.extract.outlets import read_outlets
from etl.settings import DATA, read_settings
from etl.transform.reprints import group_reprints
from etl.transform.shingles import read_tokens

ANSWER = Path(__file__).with_suffix(".md")
SEEDS = {1: "tuned on", 2: "not looked at while tuning"}
OURS = "NewsPrism"
RUNS = 3  # other work on the machine makes a CPU-second worth less: the best run counts
NOTE = """
Docs per CPU-second from text to groups, the best of three runs of one process. F1 is over pairs of articles. Each
bench: real articles of NewsArticles that share at most a fifth of their runs of five words with any other, and
what other outlets made of 15 % of them (`benchmarks/reprint_edits.py`); half of all articles carry a block of
their outlet, 60 statements are quoted and 25 notes carried by foreign articles. The others join whatever is
linked, and a mix of two wires links what belongs apart.
"""

Row = dict[str, str]


class Result(NamedTuple):
    """One grouping of one bench; rate in docs per CPU-second."""

    seed: int
    method: str
    f1: float
    precision: float
    recall: float
    ari: float
    rate: float


def main(seeds: Sequence[int] = tuple(SEEDS)) -> None:
    """Measure every method on the bench of every seed and write the tables."""
    sources = read_sources()
    results: list[Result] = []
    edits: dict[int, pd.DataFrame] = {}
    for seed in seeds:
        rows = build_bench(sources, seed)
        for method, join in {OURS: join_reprints, **RIVALS}.items():
            groups, seconds = spend(join, rows)
            results.append(score(seed, method, rows, groups, len(rows) / seconds))
            print(results[-1], file=sys.stderr)
            if method == OURS:
                edits[seed] = tell_edits(rows, groups)
    told = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, one process."
    text = f"# Reprints\n\n{told}\n{NOTE}\n{write_results(results)}\n\n{write_edits(edits)}\n"
    ANSWER.write_text(text, encoding="utf-8")
    print(text)


def read_sources() -> list[Source]:
    """The articles of the corpus, cleaned as for the store."""
    place = Place(kind="newsarticles", address=str(fetch_corpus(DATA / "demo" / "cache")))
    outlets = read_outlets(DATA / "outlets.toml")
    with Fetcher(read_settings()) as fetcher:
        found = [one for raw in read_place(place, fetcher) for one in parse_raw(raw, outlets)]
    articles = [one for one in found if isinstance(one, Article)]
    return [Source(one.outlet, one.title, "\n\n".join(one.body)) for one in articles]


def join_reprints(rows: Sequence[Row]) -> list[object]:
    """The reprint group of each record by our feature; none for those alone."""
    tables = make_tables(rows)
    found = group_reprints(tables["articles"], tables["texts"])
    groups = found.set_index("article_id")["reprint_id"].to_dict()
    return [groups.get(article) for article in tables["texts"]["article_id"]]


def spend(join: Callable[..., Sequence[object]], rows: Sequence[Row]) -> tuple[Sequence[object], float]:
    """The groups that a method finds, and the CPU-seconds that the best of its runs took."""
    columns = (
        [rows] if join is join_reprints else [[row[name] for row in rows] for name in ("outlet", "text")]
    )
    seconds = []
    for _ in range(RUNS):
        read_tokens.cache_clear()
        began = time.process_time()
        groups = join(*columns)
        seconds.append(time.process_time() - began)
    return groups, min(seconds)


def score(seed: int, method: str, rows: Sequence[Row], groups: Sequence[object], rate: float) -> Result:
    """How well the groups agree with the known ones."""
    found, known = number_labels(groups), number_labels([row["reprint"] for row in rows])
    (_, wrong), (missed, right) = pair_confusion_matrix(known, found)
    precision, recall = right / (right + wrong), right / (right + missed)
    f1 = 2 * precision * recall / (precision + recall)
    ari = adjusted_rand_score(known, found)
    return Result(seed, method, f1=f1, precision=precision, recall=recall, ari=ari, rate=rate)


def tell_edits(rows: Sequence[Row], groups: Sequence[object]) -> pd.DataFrame:
    """One row an edit: copies, found (share of them that stand in the group of their original)."""
    original = {
        row["reprint"]: group for row, group in zip(rows, groups, strict=True) if row["edit"] == "none"
    }
    copies = pd.DataFrame(
        [
            (row["edit"], group is not None and group == original[row["reprint"]])
            for row, group in zip(rows, groups, strict=True)
            if row["edit"] != "none"
        ],
        columns=["edit", "found"],
    )
    told = copies.groupby("edit")["found"].agg(["size", "mean"]).reset_index()
    return told.set_axis(["edit", "copies", "found"], axis=1)


def write_results(results: Sequence[Result]) -> str:
    """The methods side by side in Markdown."""
    lines = [
        "| seed | method | F1 | precision | recall | ARI | docs per CPU-second |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in results:
        named = f"{one.seed} ({SEEDS[one.seed]})" if one.seed in SEEDS else str(one.seed)
        figures = " | ".join(f"{value:.3f}" for value in (one.f1, one.precision, one.recall, one.ari))
        lines.append(f"| {named} | {one.method} | {figures} | {one.rate:,.0f} |")
    return "\n".join(lines)


def write_edits(edits: dict[int, pd.DataFrame]) -> str:
    """How many copies of each edit stand with their original, in Markdown."""
    lines = ["| seed | edit | copies | found with their original |", "|---|---|---|---|"]
    for seed, told in edits.items():
        lines += [f"| {seed} | {row.edit} | {row.copies} | {row.found:.3f} |" for row in told.itertuples()]
    return "\n".join(lines)


def write_lines(path: Path, seed: int) -> None:
    """The bench as JSON Lines, for use outside of the repository."""
    rows = build_bench(read_sources(), seed)
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    print(Counter(row["edit"] for row in rows), file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--lines"]:
        write_lines(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main([int(seed) for seed in sys.argv[1:]] or tuple(SEEDS))

"""The machine's own labels held against labelled data: writes benchmarks/quality.md and quality.json.

    python -m benchmarks.quality [FOLDER [TASK...]]    the labelled data (../shared/data); these tasks alone

The data is for measuring and does not stand in the repository; `newsprism evaluate` reads the same files.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from etl.evaluate.lines import require_rows
from etl.evaluate.tasks import evaluate, find_task

LEARNED = "learned from it: not a measure"
OWN = Path(__file__).parents[1] / "data" / "labelled"  # written for NewsPrism, in the repository
FOLDER = Path(__file__).parents[2] / "shared" / "data"
ANSWER = Path(__file__).with_suffix(".md")
FIGURES = Path(__file__).with_suffix(".json")


class Run(NamedTuple):
    """One file measured: the task, the file, the metrics shown, and what others reached on such data."""

    task: str
    file: str
    metrics: tuple[str, ...]
    elsewhere: str


RUNS = (
    Run("extraction", "extraction/fundus_dev.jsonl.gz", (), "trafilatura .949"),
    Run(
        "extraction",
        "extraction/aeb.jsonl.gz",
        ("body_precision", "body_recall", "body_f1"),
        "trafilatura .960",
    ),
    Run(
        "entities",
        "entities/crossner_politics_dev.jsonl",
        (),
        "spaCy small .651, trained .751 (politics test)",
    ),
    Run("entities", "entities/uner_ewt_dev.jsonl", (), LEARNED),
    Run("entities", "entities/uner_ewt_test.jsonl", (), "spaCy small .591, trained .673 (PUD)"),
    Run("entities", "entities/crossner_literature_dev.jsonl", (), ""),
    Run("entities", "entities/wnut17_train.jsonl", (), LEARNED),
    *(
        Run("entities", f"entities/crossner_{field}_dev.jsonl", (), LEARNED)
        for field in ("ai", "music", "science")
    ),
    *(
        Run("entities", f"entities/crossner_{field}_train.jsonl", (), LEARNED)
        for field in ("ai", "literature", "music", "politics", "science")
    ),
    Run("quotes", "quotes/polnear_dev.jsonl", (), "rules .600 / .512, direct .795 / .645"),
    Run("quotes", "quotes/polnear_train.jsonl", (), ""),
    Run("tone", "tone/newsmtsc_devtest_mt.jsonl", (), "TextBlob .402, TF-IDF .604, GRU-TSC .825"),
    Run("tone", "tone/newsmtsc_train.jsonl", (), LEARNED),
    Run("frames", "frames/narrative_dev.jsonl", (), f"TF-IDF .52 to .70; {LEARNED}"),
    Run("stories", "stories/basil.jsonl", (), "stream .922, Leiden .934 (B-cubed F1)"),
    Run("stories", "stories/ecbplus.jsonl", (), "stream .878, Leiden .910 (B-cubed F1)"),
    Run("dates", "dates/timebank.jsonl", (), "rules .902 / .773 (relaxed / value F)"),
    Run("dates", "dates/aquaint.jsonl", (), "rules .902 / .773 (relaxed / value F)"),
    Run(
        "claims",
        str(OWN / "claims" / "held.jsonl"),
        (),
        "words alone before: pairs .931 / .250 / .394, 61 % of omissions wrong; invented news, ours",
    ),
)


def main(folder: Path = FOLDER, tasks: tuple[str, ...] = ()) -> None:
    """Evaluate every file that is there (of these tasks) and write both answers; the others stay as they were."""
    kept = pd.read_json(FIGURES) if tasks else pd.DataFrame({"data": []})
    measured = [
        kept[kept["data"] == Path(run.file).name]
        if tasks and run.task not in tasks
        else measure(run, folder / run.file)
        for run in RUNS
        if (folder / run.file).exists()
    ]
    told = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}"
    table = pd.concat(measured, ignore_index=True)
    head = "| task | data | n | metric | value | 95 % interval | measured elsewhere |\n|---|---|---|---|---|---|---|"
    lines = [write_line(row) for row in table.to_dict("records")]
    text = f"# Quality\n\n{told}. Intervals: bootstrap by document. Development data: see each line.\n\n"
    ANSWER.write_text(text + "\n".join([head, *lines]) + "\n", encoding="utf-8")
    FIGURES.write_text(json.dumps(table.to_dict("records"), indent=1) + "\n", encoding="utf-8")
    print(ANSWER.read_text(encoding="utf-8"))


def measure(run: Run, path: Path) -> pd.DataFrame:
    """The scores of one file: measure, value, low, high, n, data, task, elsewhere."""
    began, task = time.time(), find_task(run.task)
    scores = evaluate(task, require_rows(str(path), task.labelled))
    print(f"{run.file}: {time.time() - began:.0f} s", file=sys.stderr)
    shown = scores[scores["metric"].isin(run.metrics)] if run.metrics else scores
    named = shown.rename(columns={"metric": "measure"}).round({"value": 4, "low": 4, "high": 4})
    return named.assign(data=Path(run.file).name, task=run.task, unit=task.unit, elsewhere=run.elsewhere)


def write_line(row: dict[str, object]) -> str:
    """One metric as a line of the table."""
    units = find_task(str(row["task"])).units
    cells = (
        row["task"], row["data"], f"{row['n']} {units}", row["measure"], f"{row['value']:.3f}",
        f"{row['low']:.3f} to {row['high']:.3f}", row["elsewhere"],
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER, tuple(sys.argv[2:]))

"""Quality may not fall: our own labels on samples of labelled data against floors.json.

The floors lie a little below what was measured when they were set. They may only rise: who lowers one says in
the commit what was worth it. The data is for measuring and does not stand in the repository; without it these
tests are skipped, and the newsroom of the sample is judged alone.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from etl.evaluate.lines import Row, require_rows
from etl.evaluate.tasks import evaluate, find_task
from etl.settings import DATA
from tests.golden.newsroom_pages import SAMPLE, clean_sample
from tests.quality.measured import LABELLED, SAMPLES, Sample, draw_sample

FLOORS: dict[str, dict[str, float]] = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
NEWSROOM = "the sample newsroom"
FACTS = "facts of stories kept out"


@cache
def score_sample(name: str) -> dict[str, float]:
    task = find_task(SAMPLES[name].task)
    scores = evaluate(task, draw_sample(SAMPLES[name]))
    return dict(zip(scores["metric"], scores["value"], strict=True))


@cache
def read_newsroom(language: str) -> list[Row]:
    with (SAMPLE / "gold.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["language"] == language]
    return [_label_article(row) for row in rows]


def _label_article(row: dict[str, str]) -> Row:
    cleaned = clean_sample(row["file"])
    return {
        "id": row["file"], "outlet": row["outlet"], "title": cleaned.title, "text": cleaned.text,
        "published_at": row["published"] or None, "language": row["language"], "story": row["story"],
        "reprint": row["reprint_of"] or row["url"] or row["file"],
    }  # fmt: skip


@pytest.mark.parametrize("name", list(SAMPLES))
def test_our_labels_are_as_good_as_they_were(name: str) -> None:
    if not (LABELLED / SAMPLES[name].file).exists():
        pytest.skip(f"{SAMPLES[name].file} is not at hand: labelled data stays outside of the repository")
    scores = score_sample(name)
    fallen = {
        metric: (scores[metric], floor) for metric, floor in FLOORS[name].items() if scores[metric] < floor
    }
    assert not fallen, f"measured, floor: {fallen}"


@pytest.mark.parametrize("task", ["stories", "reprints"])
def test_the_newsroom_is_grouped_as_well_as_it_was(task: str) -> None:
    scores = evaluate(find_task(task), read_newsroom("en")).set_index("metric")["value"]
    floors = FLOORS[f"{NEWSROOM}, {task}"]
    fallen = {metric: (scores[metric], floor) for metric, floor in floors.items() if scores[metric] < floor}
    assert not fallen, f"measured, floor: {fallen}"


def test_facts_are_aligned_and_left_out_as_rightly_as_they_were() -> None:
    task = find_task("claims")
    rows = require_rows(str(DATA / "labelled" / "claims" / "held.jsonl"), task.labelled)
    scores = evaluate(task, rows).set_index("metric")["value"]
    fallen = {
        metric: (scores[metric], floor) for metric, floor in FLOORS[FACTS].items() if scores[metric] < floor
    }
    assert not fallen, f"measured, floor: {fallen}"


def test_every_sample_has_a_floor_and_every_floor_its_sample() -> None:
    assert set(FLOORS) == {*SAMPLES, f"{NEWSROOM}, stories", f"{NEWSROOM}, reprints", FACTS}
    assert all(0 < floor <= 1 for floors in FLOORS.values() for floor in floors.values())


def test_a_sample_is_the_same_each_time_and_keeps_groups_whole(tmp_path: Path) -> None:
    rows = [{"id": n, "text": "x", "story": f"s{n % 20}"} for n in range(60)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    drawn = draw_sample(Sample("stories", "rows.jsonl", 12, "story"), tmp_path)
    assert drawn == draw_sample(Sample("stories", "rows.jsonl", 12, "story"), tmp_path)
    assert [row["id"] for row in drawn] == sorted(row["id"] for row in drawn)
    assert all(sum(row["story"] == other["story"] for other in drawn) == 3 for row in drawn)
    assert len(drawn) == 12

"""Which labelled data a floor stands on: the file, and how its small sample is drawn."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

from etl.evaluate.lines import Row, require_rows
from etl.evaluate.tasks import find_task

LABELLED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
SEED = 20240624


class Sample(NamedTuple):
    """So many documents of a file (those of whole groups where `together` names a field), for one task."""

    task: str
    file: str
    size: int
    together: str = ""


SAMPLES = {
    "pages of publishers": Sample("extraction", "extraction/fundus_dev.jsonl.gz", 40),
    "pages of blogs and news": Sample("extraction", "extraction/aeb.jsonl.gz", 40),
    "names in politics": Sample("entities", "entities/crossner_politics_dev.jsonl", 200),
    "names in literature": Sample("entities", "entities/crossner_literature_dev.jsonl", 150),
    "names on the web": Sample("entities", "entities/uner_ewt_test.jsonl", 300),
    "names in messages": Sample("entities", "entities/wnut17_train.jsonl", 300),
    "attributions": Sample("quotes", "quotes/polnear_dev.jsonl", 30),
    "tone towards a target": Sample("tone", "tone/newsmtsc_devtest_mt.jsonl", 400),
    "frames of climate news": Sample("frames", "frames/narrative_dev.jsonl", 60),
    "dates in newswire": Sample("dates", "dates/timebank.jsonl", 60),
    "dates in crisis news": Sample("dates", "dates/aquaint.jsonl", 30),
    "events told by three outlets": Sample("stories", "stories/basil.jsonl", 60, "story"),
    "look-alike events": Sample("stories", "stories/ecbplus.jsonl", 120, "story"),
}


def draw_sample(sample: Sample, folder: Path = LABELLED) -> list[Row]:
    """The documents of a sample in the order of the file; the same ones each time."""
    rows = require_rows(str(folder / sample.file), find_task(sample.task).labelled)
    chance = random.Random(SEED)  # noqa: S311  # a sample, no secret
    if not sample.together:
        kept = set(chance.sample(range(len(rows)), min(sample.size, len(rows))))
        return [row for place, row in enumerate(rows) if place in kept]
    groups = sorted({row[sample.together] for row in rows})
    chance.shuffle(groups)
    chosen: set[str] = set()
    for name in groups:
        if sum(row[sample.together] in chosen for row in rows) < sample.size:
            chosen.add(name)
    return [row for row in rows if row[sample.together] in chosen]

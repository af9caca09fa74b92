"""Whole articles against what a person has read and found right; `make golden` writes them anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.evaluate.predict import annotate
from tests.golden.goldens import FOLDER, compare_golden, write_golden
from tests.golden.newsroom_pages import ANNOTATED, PAGES, clean_sample, golden_name, name_outlet, tell_page

SHOWN = {
    "sentences": ("sentence", "paragraph", "role", "quoted", "surface"),
    "tones": ("sentence", "textblob_polarity", "textblob_subjectivity", "textblob_hits", "positive_words",
              "negative_words", "active_words", "words"),
    "mentions": ("surface", "kind", "actor_id", "label", "voice", "metonym", "method"),
    "quotes": ("kind", "speaker", "actor_id", "cue", "cue_class", "surface"),
    "dates": ("surface", "value", "type", "granularity", "first_day", "last_day", "anchor"),
}  # fmt: skip


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden-update"))


def annotate_sample(page: str) -> dict[str, Any]:
    cleaned = clean_sample(page)
    row = {
        "id": page, "text": cleaned.text, "title": cleaned.title, "language": cleaned.language,
        "outlet": name_outlet(page).name, "published_at": str(cleaned.published.at),
    }  # fmt: skip
    return next(annotate([row], tables=tuple(SHOWN)))


def tell_annotation(answer: dict[str, Any]) -> dict[str, list[str]]:
    """Each table as lines: the columns worth reading, parted by bars; fractions to two places."""
    return {
        table: [" | ".join(_tell_cell(row.get(column)) for column in columns) for row in answer[table]]
        for table, columns in SHOWN.items()
    }


def _tell_cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else "" if value is None else str(value)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_cleaned_as_it_was_when_a_person_read_it(page: str, update: bool) -> None:
    difference = compare_golden(golden_name("pages", page), tell_page(clean_sample(page)), update=update)
    assert not difference, difference


@pytest.mark.parametrize("page", ANNOTATED)
def test_an_article_is_annotated_as_it_was_when_a_person_read_it(page: str, update: bool) -> None:
    told = tell_annotation(annotate_sample(page))
    difference = compare_golden(golden_name("annotations", page), told, update=update)
    assert not difference, difference


@pytest.mark.parametrize("page", ANNOTATED)
def test_every_span_of_an_annotated_article_quotes_its_text(page: str) -> None:
    text, answer = clean_sample(page).text, annotate_sample(page)
    spans = [row for table in ("sentences", "mentions", "quotes", "dates") for row in answer[table]]
    assert [text[row["start"] : row["end"]] for row in spans] == [row["surface"] for row in spans]


def test_no_golden_file_is_left_without_its_page() -> None:
    known = {golden_name("pages", page) for page in PAGES}
    known |= {golden_name("annotations", page) for page in ANNOTATED}
    stored = {f"{file.parent.name}/{file.stem}" for file in FOLDER.rglob("*.json")} - {"golden/floors"}
    stored -= {name for name in stored if name.startswith("figures/")}  # these have a chart: test_figures.py
    assert stored == known


def test_a_difference_is_shown_line_by_line(tmp_path: Path) -> None:
    before, now = (
        {"title": "Ferry aground", "body": ["One.", "Two."]},
        {"title": "Ferry aground", "body": ["One."]},
    )
    assert compare_golden("page", before, update=True, folder=tmp_path) == ""
    shown = compare_golden("page", now, update=False, folder=tmp_path).splitlines()
    assert '-  "Two."' in shown
    assert not any("Ferry" in line for line in shown if line[0] in "+-")


def test_a_missing_golden_is_a_difference(tmp_path: Path) -> None:
    assert '+ "title": "New"' in compare_golden("none", {"title": "New"}, update=False, folder=tmp_path)


def test_a_golden_is_valid_json_with_a_row_a_line() -> None:
    answer = {"title": 'He said "no"', "body": ["Łódź", "b"], "cuts": []}
    told = write_golden(answer)
    assert json.loads(told) == answer
    assert told.splitlines()[2:5] == [' "body": [', '  "Łódź",', '  "b"']

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from etl.errors import EvaluationError
from etl.evaluate.lines import require_rows
from etl.evaluate.tasks import TASKS, evaluate, find_task
from tests.etl.evaluate.command_line import command_line

FERRY = "A ferry with ninety passengers ran aground off the northern island on Sunday morning."
BUDGET = "Parliament adopted the budget for next year after a debate that lasted through the night."
STORIES = [
    {"id": "1", "text": FERRY, "title": "Ferry aground", "story": "ferry", "reprint": "r"},
    {"id": "2", "text": BUDGET, "title": "Budget adopted", "story": "budget", "reprint": "s"},
    {"id": "3", "text": FERRY, "title": "Ferry on the rocks", "story": "ferry", "reprint": "r"},
]
TOLD = [
    {"outlet": "A", "sentences": [{"text": "Seven died.", "facts": ["a"], "says": {"number": "7"}}]},
    {"outlet": "B", "sentences": [{"text": "Nine died.", "facts": ["a"], "says": {"number": "9"}}]},
    {"outlet": "C", "sentences": [{"text": "It rained.", "facts": []}]},
]
LABELLED: dict[str, dict[str, Any]] = {
    "extraction": {"text": "a b c d"},
    "entities": {"text": "Ann", "entities": [{"start": 0, "end": 3, "type": "PER"}]},
    "quotes": {"text": '"No," she said.', "quotes": [{"content": [[0, 5]], "speaker": [[6, 9]], "cue": []}]},
    "tone": {"text": "Ann", "start": 0, "end": 3, "label": "neutral"},
    "frames": {"text": "a", "frames": ["conflict"]},
    "dates": {"text": "today", "dates": [{"start": 0, "end": 5, "type": "DATE", "value": "2024-06-24"}]},
    "stories": {"text": "a", "story": "x"},
    "reprints": {"text": "a", "reprint": "x"},
    "claims": {"articles": TOLD},
}


def write_rows(file: Path, rows: list[dict[str, Any]]) -> str:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(file)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_the_labels_themselves_score_one(task: Any) -> None:
    rows = [LABELLED[task.name] | {"id": name} for name in "ab"]
    scores = evaluate(task, rows, rows).set_index("metric")["value"]
    assert scores.iloc[0] == 1
    assert len(LABELLED) == len(TASKS)


@pytest.mark.parametrize("name", ["stories", "reprints"])
def test_groups_are_predicted_and_scored(name: str) -> None:
    scores = evaluate(find_task(name), STORIES).set_index("metric")
    assert scores.loc["bcubed_f1", "value"] == 1
    assert (scores["n"] == 3).all()


def test_an_unknown_task_is_refused_with_the_known_ones() -> None:
    with pytest.raises(EvaluationError, match="choose from extraction, entities"):
        find_task("weather")


def test_a_missing_prediction_is_named() -> None:
    with pytest.raises(EvaluationError, match="no prediction for id '2'"):
        evaluate(find_task("stories"), STORIES, [{"id": "1", "story_id": "x"}])


def test_a_prediction_without_its_fields_is_named() -> None:
    with pytest.raises(EvaluationError, match="id '1' lacks story_id or story"):
        evaluate(find_task("stories"), STORIES, [{"id": "1"}])


def test_labels_in_another_format_are_refused() -> None:
    rows = [{"id": "a", "text": "x", "entities": [{"from": 0}]}]
    with pytest.raises(EvaluationError, match="id 'a' has no field 'start'"):
        evaluate(find_task("entities"), rows, rows)


def test_a_page_without_an_article_counts_as_empty() -> None:
    rows = [{"id": "a", "text": "a b c d"}]
    scores = evaluate(find_task("extraction"), rows, [{"id": "a", "error": "no article"}])
    assert scores.set_index("metric").loc["body_recall", "value"] == 0


def test_evaluate_prints_a_table_and_one_json_object(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", STORIES)
    answer = CliRunner().invoke(command_line(), ["evaluate", "stories", file])
    told = json.loads(answer.stdout)
    assert (told["task"], told["unit"], told["n"]) == ("stories", "article", 3)
    assert told["metrics"]["ari"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert "bcubed_f1" in answer.stderr


def test_a_text_too_short_to_tell_its_language_has_that_of_the_file() -> None:
    short = {"id": "2", "text": "In Argentina.", "entities": [{"start": 3, "end": 12, "type": "LOC"}]}
    rows = [{"id": "1", "text": f"{FERRY} {BUDGET}", "entities": []}, short]
    scores = evaluate(find_task("entities"), rows).set_index("metric")["value"]
    assert scores["strict_recall"] == 1
    unknown = evaluate(find_task("entities"), [row | {"language": "und"} for row in rows])
    assert unknown.set_index("metric")["value"]["strict_recall"] == 0


def test_json_alone_prints_no_table(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", STORIES)
    answer = CliRunner().invoke(
        command_line(), ["evaluate", "stories", file, "--predictions", file, "--json"]
    )
    assert json.loads(answer.stdout)["metrics"]["bcubed_f1"]["value"] == 1
    assert answer.stderr == ""


def test_group_writes_json_lines_and_nothing_else(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", [*STORIES, {"id": "4"}])
    answer = CliRunner().invoke(command_line(), ["group", file])
    assert [json.loads(line)["id"] for line in answer.stdout.splitlines()] == ["1", "2", "3", "4"]
    assert "no text" in answer.stderr


def test_extract_reads_standard_input() -> None:
    page = {"id": "a", "outlet": "A", "text": f"Ferry aground\n\n{FERRY}\n\n{BUDGET}"}
    answer = CliRunner().invoke(command_line(), ["extract"], input=json.dumps(page) + "\nbroken\n")
    first, second = map(json.loads, answer.stdout.splitlines())
    assert first["title"] == "Ferry aground"
    assert second["error"].startswith("line 2")


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        (
            "entities",
            {"entities": [{"start": 0, "end": 4, "type": "PER"}]},
            r"\(0, 4\) is outside its text of 3",
        ),
        ("entities", {"entities": [{"start": 2, "end": 2, "type": "PER"}]}, r"\(2, 2\) is outside"),
        ("entities", {"entities": "Ann"}, "'b' or its prediction is not in the documented format"),
        ("entities", {"entities": [{"start": 0, "type": "PER"}]}, "'b' has no field 'end'"),
        ("quotes", {"quotes": [{"content": [[0, 99]], "speaker": [], "cue": []}]}, r"\(0, 99\) is outside"),
        ("quotes", {"quotes": [{"content": [[0, 5]], "speaker": [[-1, 3]]}]}, r"\(-1, 3\) is outside"),
        ("tone", {"start": 0, "end": 30}, r"\(0, 30\) is outside its text of 3"),
        ("tone", {"label": "bad"}, "label 'bad' is none of negative, neutral, positive"),
        ("dates", {"dates": [{"start": 5, "end": 6, "type": "DATE", "value": ""}]}, r"\(5, 6\) is outside"),
    ],
)
def test_the_first_row_that_is_not_as_documented_is_named(name: str, change: Any, problem: str) -> None:
    rows = [LABELLED[name] | {"id": "a"}, LABELLED[name] | {"id": "b"} | change, {"id": "c"} | LABELLED[name]]
    answers = [LABELLED[name] | {"id": row["id"]} for row in rows]
    with pytest.raises(EvaluationError, match=problem) as refused:
        evaluate(find_task(name), rows, answers)
    assert str(refused.value).startswith(f"{name}: id 'b'")
    assert str(refused.value).endswith("see newsprism evaluate --help for the format")


def test_an_id_that_is_a_list_is_refused(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", [{"id": 1.5, "text": ""}, {"id": ["a"], "text": ""}])
    with pytest.raises(EvaluationError, match=r"record 2: id \['a'\] is neither text nor a number"):
        require_rows(file, ("text",))


def test_units_are_counted_in_the_plural():
    assert {task.units for task in TASKS} == {"pages", "texts", "articles", "sentences", "stories"}

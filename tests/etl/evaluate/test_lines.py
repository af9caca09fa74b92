from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import EvaluationError
from etl.evaluate.lines import open_lines, read_rows, require_rows, write_row


def test_a_broken_line_is_named_and_keeps_its_place() -> None:
    rows = list(read_rows(['{"id": "a"}', "", "{", "[1]"]))
    assert [row["id"] for row in rows] == ["a", None, None]
    assert rows[1]["error"].startswith("line 3: no JSON")
    assert rows[2]["error"].startswith("line 4: no JSON object")


def test_gzipped_and_plain_files_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "é"}\n', "utf-8")
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write('{"id": "é"}\n')
    assert list(open_lines(str(tmp_path / "a.jsonl"))) == list(open_lines(str(tmp_path / "a.jsonl.gz")))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no records"),
        (b"{\n", "line 1: no JSON"),
        (b'{"id": "a"}\n', "record 1: no field text"),
        (b'{"id": "a", "text": ""}\n{"id": "a", "text": ""}\n', "record 2: id 'a' stands twice"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_malformed_file_is_refused_with_the_reason(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "rows.jsonl").write_bytes(content)
    with pytest.raises(EvaluationError, match=problem):
        require_rows(str(tmp_path / "rows.jsonl"), ("text",))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="give a JSON Lines file"):
        require_rows(str(tmp_path / "none.jsonl"), ())


def test_a_truncated_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b'{"id": 1}\n' * 100)[:30])
    with pytest.raises(EvaluationError):
        require_rows(str(tmp_path / "a.gz"), ())


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_a_written_record_reads_back(row: dict[str, str | int | None]) -> None:
    assert json.loads(write_row(row)) == row
    assert list(read_rows([write_row(row)])) == [row]

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import EvaluationError
from etl.evaluate.lines import Row, open_lines, read_rows, require_rows, take_batches, write_row


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
        (b"\xff\xfe\x00", "line 1: no JSON .* in UTF-8"),
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


def test_an_input_that_breaks_off_gives_what_was_read_before_its_error(tmp_path: Path) -> None:
    whole = gzip.compress("".join(f'{{"id": "{n}x{n * n}"}}\n' for n in range(4000)).encode())
    (tmp_path / "cut.gz").write_bytes(whole[: len(whole) // 2])
    batches = take_batches(read_rows(open_lines(str(tmp_path / "cut.gz"))), 64)
    taken: list[Row] = []
    with pytest.raises(EvaluationError, match=r"cut\.gz: .*; give a JSON Lines file"):
        for batch in batches:
            taken += batch
    assert [row["id"] for row in taken] == [f"{n}x{n * n}" for n in range(len(taken))]
    assert 64 < len(taken) < 4000


@given(st.lists(st.integers(), max_size=9), st.integers(1, 4))
def test_batches_hold_every_record_once_in_order(numbers: list[int], size: int) -> None:
    batches = list(take_batches(({"id": n} for n in numbers), size))
    assert [row["id"] for batch in batches for row in batch] == numbers
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
    assert all(batches)


def test_gzip_is_known_by_its_bytes_and_not_by_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(gzip.compress(b'{"id": 1}\n'))
    (tmp_path / "b.jsonl.gz").write_bytes(b'{"id": 2}\n')
    assert [list(read_rows(open_lines(str(file)))) for file in sorted(tmp_path.iterdir())] == [
        [{"id": 1}],
        [{"id": 2}],
    ]


def test_a_line_that_is_no_utf_8_spoils_no_other() -> None:
    first, broken, last = read_rows([b'\xef\xbb\xbf{"id": 1}\r\n', b'{"id": "Caf\xe9"}\n', b'{"id": 3}'])
    assert (first, last) == ({"id": 1}, {"id": 3})
    assert broken["error"].startswith("line 2: no JSON ('utf-8' codec can't decode byte 0xe9")
    assert broken["error"].endswith("write one object a line, in UTF-8")


def test_a_number_without_end_is_named_and_one_that_is_none_is_null() -> None:
    rows = list(read_rows([f'{{"id": {"1" * 5000}}}', '{"id": NaN, "a": [1e999, -Infinity, 2.5]}']))
    assert rows[0]["error"].startswith("line 1: no JSON (Exceeds the limit")
    assert rows[1] == {"id": None, "a": [None, None, 2.5]}


def test_half_a_character_is_replaced_and_moves_no_offset() -> None:
    (row,) = read_rows([r'{"id": "a\\ud800", "text": ["\ud83d\ude00", "x\ud800y", "\udc00"]}'])
    assert row == {"id": r"a\ud800", "text": ["😀", "x\ufffdy", "\ufffd"]}


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(EvaluationError, match="standard input is closed; name a file"):
        list(open_lines("-"))

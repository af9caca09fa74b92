"""The four commands of judgement as a command line, and records as lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import typer
from typer.testing import CliRunner

from etl.commands.judging import annotate_command, evaluate_command, extract_command, group_command

Row = dict[str, Any]
COMMANDS = {
    "annotate": annotate_command,
    "extract": extract_command,
    "group": group_command,
    "evaluate": evaluate_command,
}


class Told(NamedTuple):
    """What a command wrote: its records in order, what it said beside them, its exit status."""

    rows: list[Row]
    beside: str
    status: int


def command_line() -> typer.Typer:
    """The commands without the rest of `newsprism`."""
    app = typer.Typer()
    for name, command in COMMANDS.items():
        app.command(name)(command)
    return app


def run_lines(command: str, rows: Sequence[object]) -> Told:
    """The command with these records on standard input; a string is a line as it stands."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    return run_command([command], "\n".join(lines) + "\n")


def run_command(words: Sequence[str], given: str = "") -> Told:
    """The command line with these words; every line of its standard output is a record, or the test fails."""
    answer = CliRunner().invoke(command_line(), list(words), input=given.encode())
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    return Told(rows, answer.stderr, answer.exit_code)


def write_lines(file: Path, rows: Sequence[Row]) -> str:
    """The records in a file, gzipped where its name says so."""
    told = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    file.write_bytes(gzip.compress(told) if file.suffix == ".gz" else told)
    return str(file)

"""The README tells the truth: its dictionary, its commands and its links."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from dashboard.__main__ import app
from etl.schema import describe_tables

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_data_dictionary_is_the_contract():
    assert describe_tables() in README


def test_every_command_of_the_table_exists():
    named = set(re.findall(r"^\| `newsprism (\w+)", README, re.MULTILINE))
    assert named == set(get_command(app).commands)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_to_a_file(link):
    assert (ROOT / link).exists()


def test_the_two_commands_are_targets_of_the_makefile():
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"run", "test"} <= set(targets)


def test_the_example_in_python_runs(tmp_path, monkeypatch):
    from tests.builders import make_store

    make_store(tmp_path / "data" / "store")
    monkeypatch.chdir(tmp_path)
    exec(re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0], {})  # noqa: S102  # our own README

"""The training script of the line model learns from labelled pages and writes weights that can be read."""

from __future__ import annotations

import gzip
import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "benchmarks" / "train_page_lines.py"
TRUE = "The harbour council agreed to rebuild pier number {} after the storms of last winter, the mayor said."
FALSE = "Buy the book of pier number {} in our shop now, with free delivery to the harbour, dear reader."


def write_pages(file: Path, pages: int) -> None:
    rows = []
    for page in range(pages):
        text = [TRUE.format(10 * page + number) for number in range(6)]
        body = "".join(f"<p class='text'>{line}</p>" for line in text)
        shop = f"<p class='shop'>{FALSE.format(page)}</p>"
        html = f"<html><body><article><h1>Pier</h1>{body}{shop}</article></body></html>"
        rows.append({"html": html, "url": f"https://post{page}.example/a", "text": "\n\n".join(text)})
    with gzip.open(file, "wt", encoding="utf-8") as opened:
        opened.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.mark.slow
def test_the_shop_is_learned_to_be_no_article(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages.jsonl.gz", 8)
    command = [
        sys.executable,
        str(SCRIPT),
        str(tmp_path / "pages.jsonl.gz"),
        "--out",
        str(tmp_path / "w.json"),
    ]
    answer = subprocess.run([*command, "--folds", "2"], cwd=ROOT, capture_output=True, text=True, check=True)
    weights = json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))["weights"]
    assert weights["near:shop"] < 0 < weights["near:text"]
    assert "of true words 0.0000" in answer.stdout


def test_a_line_is_article_when_most_of_its_runs_stand_in_the_text() -> None:
    is_article = runpy.run_path(str(SCRIPT))["is_article"]
    text = TRUE.format(1)
    assert is_article(text[:60], text)
    assert is_article("rebuild pier", text)
    assert not is_article(FALSE.format(1), text)
    assert is_article("***", text)

"""Source cases: the labelled sentences of `source_cases.txt`, and what the machine says of each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from etl.schema import TABLES
from etl.transform.actors import MENTIONS
from etl.transform.quotes import QUOTES
from etl.transform.quotes.sources import CHAINS
from tests.builders import make_rows
from tests.etl.transform.newsdesk import lay_out

OWN = "NewsPrism Daily"
FILE = Path(__file__).with_name("source_cases.txt")
MARKS = re.compile(r"[{}\[\]]")


class Case(NamedTuple):
    """One labelled text: the statement and the intermediary (empty for none) as spans and words."""

    text: str
    start: int
    end: int
    kind: str
    via: str


@cache
def read_cases() -> tuple[Case, ...]:
    """All labelled sentences, each as an article under a headline."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_read_case(line) for line in lines if line and not line.startswith("#"))


def _read_case(line: str) -> Case:
    kind, _, words = line.partition(" | ")
    marked = "Notes\n\n" + words.replace(" ¶ ", "\n\n")
    start = len(MARKS.sub("", marked.partition("{")[0]))
    said, via = (re.search(rf"\{opening}(.*?)\{closing}", marked) for opening, closing in ("{}", "[]"))
    end = start + len(MARKS.sub("", said[1])) if said else start
    return Case(MARKS.sub("", marked), start, end, "" if kind == "-" else kind, via[1] if via else "")


def trace_texts(*texts: str, outlet: str = OWN) -> pd.DataFrame:
    """The quotations of these texts by one outlet, with their sources."""
    articles, frame, sentences = lay_out(*texts, outlet=outlet)
    mentions = MENTIONS.compute(articles, frame, sentences)
    quotes = QUOTES.compute(articles, frame, sentences, mentions)
    return CHAINS.compute(articles, frame, sentences, mentions, make_rows("outlets"), quotes)


@cache
def judge_cases() -> pd.DataFrame:
    """One row a case: text, kind, via as labelled; found_kind and found_via as the machine says; found (any quote)."""
    cases = read_cases()
    quotes = trace_texts(*(case.text for case in cases))
    rows = []
    for number, case in enumerate(cases):
        own = quotes[quotes["article_id"] == f"a{number}"]
        meets = own[(own["start"] < case.end) & (case.start < own["end"])]
        best = meets.iloc[(meets["start"] - case.start).abs().argsort()[:1]]
        told = best.to_dict("records")[0] if len(best) else dict.fromkeys(TABLES["quotes"].names)
        rows.append({
            "text": case.text, "kind": case.kind, "via": case.via, "found": len(best) > 0,
            "found_kind": told["source_type"] if pd.notna(told["source_type"]) else "",
            "found_via": told["via"] if pd.notna(told["via"]) else "",
            "speaker": told["speaker"], "cue": told["cue"],
        })  # fmt: skip
    return pd.DataFrame(rows)

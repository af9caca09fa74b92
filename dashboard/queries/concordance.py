"""Concordance: the search words in their context (KWIC), and the words to highlight."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

CONTEXT = 70  # characters on either side
MOST_TEXTS, MOST_LINES = 200, 60
TERM = re.compile(r'(?P<no>\bNOT\s+|-)?(?:(?P<field>\w+):)?(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s()"]+))')
OPERATORS = {"AND", "OR", "NOT", "IN", "TO"}
READ_FIELDS = {None, "text", "title"}


def search_terms(words: str) -> tuple[str, ...]:
    """The words and phrases of a query that a text may show: no operators, excluded ones, other fields."""
    terms = []
    for match in TERM.finditer(words):
        term = (match["phrase"] or match["word"] or "").strip("+*^~,.;")
        if term and term not in OPERATORS and not match["no"] and match["field"] in READ_FIELDS:
            terms.append(term)
    return tuple(dict.fromkeys(terms))


def find_terms(words: str) -> re.Pattern[str] | None:
    """A pattern for the search terms as whole words, without regard to case; none without a term."""
    terms = [r"\W+".join(map(re.escape, re.findall(r"\w+", term))) for term in search_terms(words)]
    known = [term for term in terms if term]
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", re.IGNORECASE) if known else None


def list_contexts(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an occurrence, newest article first: left, hit, right, outlet, day, article_id, at."""
    pattern = find_terms(chosen.words)
    if pattern is None:
        return Answer(frame=pd.DataFrame(), n=0, unit="occurrences")
    texts = select_articles(
        snapshot,
        chosen,
        """SELECT c.article_id, c.outlet, c.day, t.text, count(*) OVER () AS found
        FROM chosen c JOIN texts t USING (article_id)
        ORDER BY c.published DESC NULLS LAST, c.article_id LIMIT ?""",
        (MOST_TEXTS,),
    )
    lines = [_line(row, match) for row in texts.to_dict("records") for match in pattern.finditer(row["text"])]
    return Answer(
        frame=pd.DataFrame(lines[:MOST_LINES]),
        n=len(lines),
        unit="occurrences",
        note=f"{min(len(lines), MOST_LINES)} shown, from the newest {len(texts)} articles that match",
    )


def _line(row: dict[Hashable, Any], match: re.Match[str]) -> dict[str, object]:
    """One occurrence with its context on one line."""
    text = str(row["text"])
    left = text[max(0, match.start() - CONTEXT) : match.start()]
    right = text[match.end() : match.end() + CONTEXT]
    flat = {"left": " ".join(left.split()), "hit": match.group(), "right": " ".join(right.split())}
    return flat | {
        "outlet": row["outlet"],
        "day": row["day"],
        "article_id": row["article_id"],
        "at": match.start(),
    }

"""Copying, counted by hand: ten articles of a wire and of a paper that takes from them, 100 characters each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filter
from dashboard.queries.copying import measure_cover, rate_copying
from etl.article import Article, Published
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

LENGTH = 100
# pair, span in both, quoted: overlapping spans count once, quotations not at all
SHARED = [*((n, 0, 50, False) for n in range(5)), (0, 40, 60, False), (0, 60, 100, True), (5, 0, 30, False)]
ELSEWHERE = [(6, 0, 90, False)]  # its two articles are of different stories


def write(outlet: str, number: int, hour: int, precision: Literal["minute", "day"] = "minute") -> Article:
    at = datetime(2024, 6, 24, hour, tzinfo=UTC)
    return make_article(
        outlet=outlet, item=f"{outlet}{number}", title="T", body=("x" * (LENGTH - 3),),
        published=Published(at=at, precision=precision, origin="metadata"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Wire at eight, Post at nine; of Wire's sixth only the day is known. Sun has two articles."""
    wire = [write("Wire", n, 0 if n == 5 else 8, "day" if n == 5 else "minute") for n in range(10)]
    post, sun = [write("Post", n, 9) for n in range(10)], [write("Sun", n, 9) for n in range(2)]
    stories = {article.article_id: f"s{n}" for pair in (wire, post) for n, article in enumerate(pair)}
    stories[post[6].article_id] = "another"
    passages = []
    for n, start, end, quoted in [*SHARED, *ELSEWHERE]:
        first, second = sorted((wire[n].article_id, post[n].article_id))
        spans = {"start_a": start, "end_a": end, "start_b": start, "end_b": end}
        passages.append({"article_a": first, "article_b": second, "tokens": 12, "quoted": quoted} | spans)
    return make_store(
        tmp_path_factory.mktemp("copying"),
        **make_article_rows(*wire, *post, *sun),
        story_articles=make_rows(
            "story_articles", *({"article_id": x, "story_id": s} for x, s in stories.items())
        ),
        reuse=make_rows("reuse", *passages),
    ).snapshot()


def rates(snapshot: Snapshot, chosen: Filter) -> dict[str, tuple[int, int, float, float]]:
    """Articles, copies, copied and unsure by outlet; a share that is not shown is -1."""
    frame = rate_copying(snapshot, chosen).frame.astype({"copied": float, "unsure": float}).fillna(-1.0)
    return {
        row.outlet: (row.articles, row.copies, pytest.approx(row.copied), pytest.approx(row.unsure))
        for row in frame.itertuples()
    }


def test_only_what_surely_stood_before_is_copied(papers: Snapshot) -> None:
    """Post: 60 and four times 50 of 1,000 characters; 30 may be Wire's or its own, and so for Wire."""
    assert rates(papers, Filter()) == {
        "Post": (10, 5, 0.26, 0.03),
        "Wire": (10, 0, 0.0, 0.03),
        "Sun": (2, 0, -1, -1),
    }


def test_who_copies_most_comes_first_and_a_few_articles_last(papers: Snapshot) -> None:
    frame = rate_copying(papers, Filter()).frame
    assert frame["outlet"].tolist() == ["Post", "Wire", "Sun"]
    post = frame.iloc[0]
    assert 0 <= post["low"] < post["copied"] < post["high"] <= 1


def test_an_earlier_article_counts_though_the_filter_leaves_it_out(papers: Snapshot) -> None:
    assert rates(papers, Filter(outlets=("Post",))) == {"Post": (10, 5, 0.26, 0.03)}


def test_the_unit_does_not_change_what_is_measured(papers: Snapshot) -> None:
    assert rates(papers, Filter(unit="texts")) == rates(papers, Filter())


@given(st.lists(st.tuples(st.sampled_from("pq"), st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_overlapping_spans_cover_each_character_once(spans: list[tuple[str, int, int]]) -> None:
    covered = {name: {at for n, start, size in spans if n == name for at in range(start, start + size)}
               for name in "pq"}  # fmt: skip
    rows = pd.DataFrame(
        [(name, start, start + size) for name, start, size in spans], columns=["article", "start", "stop"]
    ).astype({"start": "int64", "stop": "int64"})
    assert measure_cover(rows).to_dict() == {name: len(known) for name, known in covered.items() if known}

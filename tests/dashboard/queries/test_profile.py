"""Profile: languages, times, versions and gaps of three outlets, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.profile import profile_outlets
from etl.article import Article, Published
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

Row = dict[str, object]


def write(
    outlet: str, number: int, day: int | None, language: str = "en", precision: str = "minute"
) -> Article:
    at = None if day is None else datetime(2024, 6, day, tzinfo=UTC)
    published = Published(at=at, precision=precision if day else "none", origin="metadata")  # type: ignore[arg-type]
    body = ("word " * (10 * number + 10),)
    return make_article(
        outlet=outlet, item=f"{outlet}{number}", published=published, language=language, body=body
    )


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post: twelve articles from the 1st to the 12th, two of them German, one undated, one known to the day; Sun: one."""
    post = [
        write("Post", n, n + 1, "de" if n > 8 else "en", "day" if n == 1 else "minute") for n in range(11)
    ]
    post += [write("Post", 11, None)]
    rows = make_article_rows(*post, write("Sun", 0, 5))
    revised = rows["articles"]["article_id"].isin([post[0].article_id, post[2].article_id])
    rows["articles"].loc[revised, "revision"] = 2
    versions: list[Row] = [
        {"article_id": a.article_id, "revision": n, "words_added": 4 * n, "words_removed": 1 if n else 0}
        for a in (post[0], post[2]) for n in range(3)
    ]  # fmt: skip
    days: list[Row] = [
        {"outlet": "Post", "day": pd.Timestamp(2024, 6, day), "status": status}
        for day, status in [(1, "observed"), (2, "partial"), (3, "failed"), (4, "failed"), (6, "failed")]
        + [(day, "observed") for day in (5, 7, 8, 9, 10, 11)]
    ]
    return make_store(
        tmp_path_factory.mktemp("profile"),
        **rows,
        revisions=make_rows("revisions", *versions),
        observations=make_rows("observations", *days),
    ).snapshot()


@pytest.fixture(scope="module")
def post(papers: Snapshot) -> dict[str, object]:
    frame = profile_outlets(papers, Filter()).frame
    return {str(name): value for name, value in frame.set_index("outlet").to_dict("index")["Post"].items()}


def test_languages_and_precisions_are_counted(post: dict[str, object]) -> None:
    counts = [post[name] for name in ("articles", "languages", "minute", "day", "undated")]
    assert counts == [12, "en 10, de 2", 10, 1, 1]


def test_words_are_told_by_their_middle_half(post: dict[str, object]) -> None:
    lengths = [10 * n + 10 for n in range(12)]
    assert post["words"] == pytest.approx(pd.Series(lengths).median())
    assert post["words_high"] == pytest.approx(pd.Series(lengths).quantile(0.75))


def test_changes_are_of_articles_that_were_read_again(post: dict[str, object]) -> None:
    """Two of twelve; each has three versions, whose two changes touch 4 + 1 and 8 + 1 words."""
    assert (post["revised"], post["share"]) == (2, pytest.approx(1 / 6))
    assert (post["low"], post["high"]) == (pytest.approx(0.0470, abs=1e-4), pytest.approx(0.4480, abs=1e-4))
    assert post["versions"] == pytest.approx(16 / 12) and post["changed"] == 7


def test_gaps_are_days_without_a_look_between_the_first_and_the_last_article(post: dict[str, object]) -> None:
    assert [post[name] for name in ("observed", "partial", "gaps", "longest")] == [7, 1, 3, 2]


def test_files_loaded_by_hand_have_no_gaps_to_speak_of(papers: Snapshot) -> None:
    sun = profile_outlets(papers, Filter()).frame.set_index("outlet").to_dict("index")["Sun"]
    assert pd.isna(sun["gaps"]) and pd.isna(sun["share"]) and pd.isna(sun["changed"])


def test_a_period_sets_the_days_that_are_looked_at(papers: Snapshot) -> None:
    frame = profile_outlets(
        papers, Filter(start=date(2024, 6, 2), end=date(2024, 6, 20), outlets=("Post",))
    ).frame
    assert frame[["observed", "partial", "gaps", "longest"]].to_numpy().tolist() == [[6, 1, 12, 9]]

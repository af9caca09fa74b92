"""Workers and grouping: who computes what, what one bad article costs, and how parts become a table again."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import NewsPrismError
from etl.extract.outlets import Outlet
from etl.pipeline.grouping import compute_apart, describe_outlets, needs_from_outside, stack_rows
from etl.pipeline.workers import CHUNK, Workers
from etl.schema import TABLES
from etl.transform.feature import Feature
from tests.builders import make_article, make_article_rows, make_rows
from tests.etl.pipeline_room import LINES, make_settings


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    with Workers(make_settings(tmp_path_factory.mktemp("workers"))) as workers:
        yield workers


def tables(count: int, bad: frozenset[int] = frozenset()) -> dict[str, pd.DataFrame]:
    """The tables of so many articles; those of the bad numbers fail."""
    articles = (
        make_article(item=f"{n:04d}", title=f"N{n}", body=("poison" if n in bad else "fine",))
        for n in range(count)
    )
    return make_article_rows(*articles)


def watched(seen: list[list[str]]) -> Feature:
    """Lines, and a note of which articles stood in each task."""

    def compute(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
        seen.append(articles["article_id"].tolist())
        return LINES.compute(articles, texts)

    return Feature(makes="sentences", needs=("articles", "texts"), compute=compute, scope="article")


def test_articles_are_handed_out_in_chunks_and_each_comes_back_once(workers: Workers) -> None:
    given, seen = tables(2 * CHUNK + 3), []
    ids = given["articles"]["article_id"].tolist()
    outcomes = list(workers.collect(workers.start([watched(seen)], given, ids[::-1])))
    wanted = [sorted(ids)[at : at + CHUNK] for at in range(0, len(ids), CHUNK)]  # in whatever order they came
    assert sorted(map(sorted, seen)) == wanted
    assert sorted(name for some, _ in outcomes for name in some) == sorted(ids)
    for some, made in outcomes:
        assert isinstance(made, dict)
        assert set(made["sentences"]["article_id"]) == set(some)


@pytest.mark.parametrize("bad", [{0}, {24, 25}, {3, 4, 20}, set(range(30))])
def test_each_bad_article_stands_alone_with_its_error_and_no_good_one_does(
    workers: Workers, bad: set[int]
) -> None:
    given = tables(30, frozenset(bad))
    texts = given["texts"].set_index("article_id")["text"]
    outcomes = list(workers.collect(workers.start([LINES], given, texts.index)))
    failed = [(some, made) for some, made in outcomes if isinstance(made, BaseException)]
    assert {name for (name,), _ in failed} == {name for name in texts.index if "poison" in texts[name]}
    assert {str(error) for _, error in failed} == {"poison"} and len(failed) == len(bad)
    assert sum(len(some) for some, _ in outcomes) == 30


def test_one_bad_article_of_a_chunk_is_found_by_halves(workers: Workers) -> None:
    given, seen = tables(16, frozenset({5})), []
    list(workers.collect(workers.start([watched(seen)], given, given["articles"]["article_id"])))
    assert sorted(map(len, seen), reverse=True) == [16, 16, 8, 8, 4, 4, 2, 2, 1, 1]


def test_a_table_that_is_no_articles_is_handed_out_whole(workers: Workers) -> None:
    heard: list[int] = []

    def compute(articles: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
        heard.append(len(outlets))
        return TABLES["sentences"].empty()

    feature = Feature(makes="sentences", needs=("articles", "outlets"), compute=compute, scope="article")
    given = tables(CHUNK + 1) | {"outlets": make_rows("outlets", {"outlet": "a"}, {"outlet": "b"})}
    list(workers.collect(workers.start([feature], given, given["articles"]["article_id"])))
    assert heard == [2, 2]


def test_no_articles_are_no_work(workers: Workers) -> None:
    work = workers.start([LINES], tables(1), [])
    assert (work.tasks, list(workers.collect(work))) == ({}, [])


def test_two_batches_under_way_are_told_apart(workers: Workers) -> None:
    given = tables(40)
    ids = given["articles"]["article_id"].tolist()
    works = [workers.start([LINES], given, part) for part in (ids[:10], ids[10:])]
    found = [{name for some, _ in workers.collect(work) for name in some} for work in reversed(works)]
    assert found == [set(ids[10:]), set(ids[:10])]


def note_process(texts: pd.DataFrame) -> pd.DataFrame:
    """No sentences; the number of the process is written into the file that the text names."""
    Path(texts["text"].iloc[0]).write_text(str(os.getpid()), encoding="utf-8")
    return TABLES["sentences"].empty()


def hold_a_worker(folder: Path) -> None:
    """Have a worker note its number, and keep it until killed."""
    noting = Feature(makes="sentences", needs=("texts",), compute=note_process, scope="article")
    texts = make_rows("texts", {"article_id": "a", "text": str(folder / "worker")})
    with Workers(make_settings(folder, workers=2)) as workers:
        list(workers.collect(workers.start([noting], {"texts": texts}, ["a"])))
        (folder / "worker").rename(folder / "noted")
        time.sleep(600)


def test_a_worker_ends_when_its_refresh_is_killed(tmp_path: Path) -> None:
    refresh = multiprocessing.get_context("spawn").Process(target=hold_a_worker, args=(tmp_path,))
    refresh.start()
    wait_until((tmp_path / "noted").exists)
    worker = int((tmp_path / "noted").read_text(encoding="utf-8"))
    os.kill(worker, 0)
    refresh.kill()
    refresh.join()
    with pytest.raises(ProcessLookupError):
        wait_until(lambda: bool(os.kill(worker, 0)))


def wait_until(done: Callable[[], bool]) -> None:
    """Wait until it is so, at most a minute."""
    for _ in range(600):
        if done():
            return
        time.sleep(0.1)
    pytest.fail("it is not so after a minute")


@pytest.mark.parametrize(
    ("chain", "outside"),
    [
        ([], set()),
        ([("stories", ("articles",))], {"articles"}),
        ([("reuse", ("texts",)), ("stories", ("reuse", "articles"))], {"texts", "articles"}),
        ([("stories", ("reuse",)), ("reuse", ("texts",))], {"reuse", "texts"}),  # made too late to be used
        ([("quotes", ("quotes", "texts"))], {"quotes", "texts"}),
    ],
)
def test_what_no_earlier_feature_makes_is_needed_from_outside(
    chain: list[tuple[str, tuple[str, ...]]], outside: set[str]
) -> None:
    features = [
        Feature(makes=makes, needs=needs, compute=pd.DataFrame, scope="window") for makes, needs in chain
    ]
    assert needs_from_outside(features) == outside


def test_whatever_grouping_raises_is_told_as_one_error_with_its_cause() -> None:
    def fail(articles: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame({"no": articles["such column"]})

    feature = Feature(makes="stories", needs=("articles",), compute=fail, scope="window")
    with pytest.raises(NewsPrismError, match="grouping 3 articles failed: 'such column'") as caught:
        compute_apart([feature], tables(3))
    assert isinstance(caught.value.__cause__, KeyError)


SENTENCE_KEYS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 5)), unique=True, min_size=1, max_size=9
)


@given(SENTENCE_KEYS, st.integers(0, 9))
def test_stacked_parts_are_the_table_in_order_of_its_key(keys: list[tuple[str, int]], cut: int) -> None:
    made = [make_rows("sentences", {"article_id": a, "sentence": n, "end": 1}) for a, n in keys]
    parts = [pd.concat(made[:cut]), pd.concat(made[cut:])] if 0 < cut < len(made) else made
    stacked = stack_rows("sentences", [TABLES["sentences"].empty(), *parts])
    assert list(zip(stacked["article_id"], stacked["sentence"], strict=True)) == sorted(keys)
    assert stacked.dtypes.to_dict() == TABLES["sentences"].empty().dtypes.to_dict()


def test_no_parts_stack_to_an_empty_table() -> None:
    pd.testing.assert_frame_equal(stack_rows("sentences", []), TABLES["sentences"].empty())


def test_an_outlet_of_the_file_is_described_by_it_and_another_by_its_name(tmp_path: Path) -> None:
    known = {"courier": Outlet(outlet="courier", name="The Courier", country="GBR", languages=("en", "cy"))}
    articles = pd.DataFrame({"outlet": ["courier", "stranger", "stranger"]})
    rows = describe_outlets(known, articles).set_index("outlet")
    assert rows["name"].to_dict() == {"courier": "The Courier", "stranger": "stranger"}
    assert rows.loc["courier", "languages"] == "en; cy"
    assert rows["country"].fillna("unknown").to_dict() == {"courier": "GBR", "stranger": "unknown"}


def test_an_outlet_without_articles_is_there_too() -> None:
    known = {"silent": Outlet(outlet="silent", name="Silent Post")}
    assert describe_outlets(known, pd.DataFrame({"outlet": []}))["outlet"].tolist() == ["silent"]

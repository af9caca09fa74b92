"""Comparing: what makes an article new, changed or as before, and which history it has, whatever the order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.article import Article, Cut, Published
from etl.pipeline.compare import Compared, Incoming, Known, compare_articles, take_in
from etl.store import Store
from tests.builders import make_article

START = datetime(2024, 6, 24, 8, tzinfo=UTC)
SEEN = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from("AB"), st.sampled_from("xy")),
    min_size=1, max_size=6, unique_by=lambda told: told[0],
)  # fmt: skip


def saw(hour: int, text: str = "A", section: str = "", **changes: object) -> Incoming:
    """The one article of these tests as it was read at this hour; other words or section are other bytes."""
    told = {"body": (f"Version {text}.",), "section": section, "snapshot": f"bytes {text}{section}"}
    return Incoming(make_article(**(told | changes)), START + timedelta(hours=hour))


def after(*inputs: Incoming) -> Known:
    """What is known after these inputs, one refresh each."""
    known = reduce(lambda before, one: take_in(before, one, "run"), inputs, None)
    assert known is not None
    return known


def history(known: Known) -> list[str]:
    """The letters of its versions, oldest first."""
    return [version.text[-2] for version in known.versions]


def numbered(count: int) -> list[Article]:
    return [make_article(item=f"courier/{n}", title=f"Number {n}") for n in range(count)]


def rows(compared: Compared, name: str) -> list[dict[str, object]]:
    return compared.tables[name].to_dict("records")  # type: ignore[return-value]


def test_the_same_reading_again_is_the_same_object() -> None:
    known = after(saw(0))
    assert take_in(known, saw(5), "later") is known


@pytest.mark.parametrize(
    "changes",
    [
        {"section": "Sport"}, {"language": "de"}, {"subtitle": "All is well"}, {"authors": ("Ann Lee",)},
        {"title": "Another headline"},
    ],
)  # fmt: skip
def test_each_thing_known_of_an_article_makes_it_changed(changes: dict[str, object]) -> None:
    known = after(saw(0))
    assert take_in(known, saw(1, snapshot="other", **changes), "run") is not known


def test_where_it_was_read_from_changes_nothing() -> None:
    known = after(saw(0))
    assert take_in(known, saw(1, source="feed other", snapshot="other bytes"), "run") is known


def test_first_and_last_reading_frame_the_changes() -> None:
    row = after(saw(1), saw(3, "B"), saw(7, "B")).row
    assert [str(row[name])[11:13] for name in ("seen_first", "seen_last")] == ["09", "11"]
    assert row["revision"] == 1


def test_other_metadata_alone_is_no_version() -> None:
    known = after(saw(0, section="x"), saw(1, section="y"))
    assert (history(known), known.row["section"], known.row["revision"]) == (["A"], "y", 0)


def test_another_reading_of_the_same_bytes_takes_the_place_of_the_first() -> None:
    known = after(saw(0, "A", snapshot="same"), saw(0, "B", snapshot="same"))
    assert (history(known), known.text[-2]) == (["B"], "B")


def test_what_was_seen_before_takes_its_place_in_the_history() -> None:
    known = after(saw(4, "C"), saw(0, "A"), saw(2, "B"))
    assert (history(known), known.text[-2], known.row["revision"]) == (["A", "B", "C"], "C", 2)


def test_an_older_text_between_two_equal_ones_parts_them() -> None:
    known = after(saw(0, section="x"), saw(5, section="y"), saw(3, "B"))
    assert (history(known), known.text[-2]) == (["A", "B", "A"], "A")


def test_kept_bytes_that_a_newer_program_reads_otherwise_are_no_revision() -> None:
    before = after(saw(0, section="x"), saw(5, section="y"))
    again = [saw(hour, "B", section, snapshot=f"bytes A{section}") for hour, section in ((0, "x"), (5, "y"))]
    known = reduce(lambda known, one: take_in(known, one, "newer"), again, before)
    assert (history(known), known.text[-2]) == (["B"], "B")


@given(SEEN)
def test_the_current_text_is_the_last_version_and_no_version_repeats_the_one_before(told) -> None:
    known = after(*(saw(*one) for one in told))
    assert known.versions[-1].text == known.text
    assert all(one != other for one, other in zip(history(known), history(known)[1:], strict=False))
    assert known.row["revision"] == len(known.versions) - 1
    assert [v.seen for v in known.versions] == sorted(v.seen for v in known.versions)


@given(st.permutations(range(5)))
def test_different_texts_make_one_history_in_whatever_order_they_come(order: list[int]) -> None:
    known = after(*(saw(n, "ABCDE"[n]) for n in order))
    assert (history(known), known.text[-2]) == (list("ABCDE"), "E")


@given(st.permutations([saw(0), saw(1, "B"), saw(1, "B"), saw(3, "C"), saw(4, "C", section="x")]))
def test_a_batch_is_sorted_out_by_when_its_inputs_were_seen(inputs: list[Incoming]) -> None:
    compared = compare_articles(inputs, None, "run")
    assert compared.counts == {"new": 1, "changed": 3, "unchanged": 1}
    assert [row["text"][-2] for row in rows(compared, "revisions")] == ["A", "B", "C"]  # type: ignore[index]


def test_a_whole_batch_has_its_rows_and_its_ids_once_each() -> None:
    articles = numbered(4)
    compared = compare_articles([Incoming(one, START) for one in articles * 2], None, "run")
    assert compared.counts == {"new": 4, "unchanged": 4}
    assert sorted(compared.ids) == sorted(one.article_id for one in articles)
    assert [len(frame) for frame in compared.tables.values()] == [4, 4, 0, 4]


def test_cuts_are_numbered_in_page_order() -> None:
    cuts = (Cut("byline", "By Ann", "byline"), Cut("appeal", "Support us", "appeal"))
    compared = compare_articles([Incoming(make_article(cuts=cuts), START)], None, "run")
    assert [(row["cut"], row["text"]) for row in rows(compared, "cuts")] == [(0, "By Ann"), (1, "Support us")]


@pytest.mark.parametrize(
    ("title", "subtitle", "body", "begins"),
    [("Ab", "", ("Body.",), 4), ("Ab", "Cde", ("Body.",), 9), ("", "", ("Body.",), 0), ("Ab", "", (), 2)],
)
def test_the_body_begins_behind_title_and_subtitle(title, subtitle, body, begins: int) -> None:
    article = make_article(title=title, subtitle=subtitle, body=body)
    text = rows(compare_articles([Incoming(article, START)], None, "run"), "texts")[0]
    assert text["body_start"] == begins
    assert str(text["text"])[begins:] == "".join(body)


def test_what_a_page_does_not_say_is_missing_and_not_made_up() -> None:
    article = make_article(language="", published=Published())
    row = rows(compare_articles([Incoming(article, START)], None, "run"), "articles")[0]
    assert (row["language"], str(row["published"]), row["published_precision"]) == ("und", "NaT", "none")


def test_no_inputs_give_empty_tables() -> None:
    compared = compare_articles([], None, "run")
    assert (compared.ids, dict(compared.counts)) == ((), {})
    assert list(compared.tables) == ["articles", "texts", "cuts", "revisions"]


def test_what_is_to_be_computed_again_has_its_rows_though_it_is_as_before(tmp_path: Path) -> None:
    first, store = compare_articles([saw(0)], None, "run"), Store(tmp_path / "store")
    store.commit("run", upserts=dict(first.tables))
    asked = (first.ids, ())
    again, plain = (compare_articles([saw(1)], store.snapshot(), "run", again=ids) for ids in asked)
    assert again.counts == plain.counts == {"unchanged": 1}
    assert (again.ids, plain.ids) == (first.ids, ())
    pd.testing.assert_frame_equal(again.tables["articles"], first.tables["articles"])

"""Laws of the store: types survive the disk, months part the rows, locks and manifests say what is wrong."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.article import Raw
from etl.errors import ContractBroken, EmptyStore, StoreBusy, StoreError, UnreadableInput
from etl.schema import TABLES
from etl.store import Snapshot, Store
from etl.store.delta import UNDATED, in_months, is_monthly, month_of
from etl.store.lock import hold_lock, make_lock, read_owner
from etl.store.manifest import contract_mark, list_versions, read_manifest, replace_file, write_manifest
from etl.store.raws import keep_raw, raw_path, read_raws
from etl.store.search import indexed_version
from etl.table import Column
from tests.builders import article_number, make_article, make_article_rows, make_rows, make_store

EXTREMES: dict[str, tuple[object, object]] = {
    "str": ("", "“Порт” \U0001f6a2 \u200b'%_\"\\\n\t"),
    "int64": (0, 2**53 + 1),
    "Int64": (0, 2**53 + 1),
    "float64": (0.1, 1e300),
    "boolean": (True, False),
    "datetime64[us, UTC]": (
        pd.Timestamp("1995-01-01 00:00:00.000001", tz="UTC"),
        pd.Timestamp("2262-01-01 23:59:59.999999", tz="UTC"),
    ),
    "datetime64[us]": (pd.Timestamp("1900-02-28"), pd.Timestamp("2400-02-29")),
}


def extreme(column: Column, which: int) -> object:
    """The least or the greatest value that the column allows."""
    if column.values:
        return column.values[0 if which == 0 else -1]
    value = EXTREMES[column.dtype][which]
    if column.bounds is None or isinstance(value, str | bool | pd.Timestamp):
        return value
    low, high = column.bounds
    kept = max(low, min(high, float(value)))  # type: ignore[arg-type]  # it is a number
    return int(kept) if column.dtype.lower() == "int64" and kept < 2**53 else value if kept == value else kept


def extreme_rows(name: str) -> pd.DataFrame:
    """Three rows: with the least values, with the greatest, and with all that may be missing missing."""
    columns = TABLES[name].columns
    rows = [{c.name: extreme(c, which) for c in columns} for which in (0, 1)]
    rows.append({c.name: None if c.optional else extreme(c, 0) for c in columns})
    for number, row in enumerate(rows):
        for part in TABLES[name].key:
            column = next(c for c in columns if c.name == part)
            if column.dtype == "str":
                row[part] = column.values[number] if column.values else f"key {number}"
    return TABLES[name].conform(pd.DataFrame(rows, columns=list(TABLES[name].names)))


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A store whose every table holds the extremes."""
    folder = tmp_path_factory.mktemp("extremes")
    return make_store(folder, **{name: extreme_rows(name) for name in TABLES}).snapshot()


@pytest.mark.parametrize("name", TABLES)
def test_extremes_and_missing_values_of_every_table_survive_the_disk(name: str, extremes: Snapshot) -> None:
    rows, found = extreme_rows(name), extremes.table(name)
    assert len(found) == 3
    pd.testing.assert_frame_equal(found, rows)
    assert found.dtypes.astype(str).to_dict() == {c.name: c.dtype for c in TABLES[name].columns}


@pytest.mark.parametrize("name", TABLES)
def test_sql_counts_the_missing_values_that_were_given(name: str, extremes: Snapshot) -> None:
    rows = extreme_rows(name)
    counted = ", ".join(f'count("{column}") AS "{column}"' for column in rows)
    told = extremes.sql(f"SELECT {counted} FROM {name}")  # noqa: S608
    assert told.iloc[0].to_dict() == rows.count().to_dict()


@given(
    st.lists(
        st.one_of(st.none(), st.datetimes(datetime(1995, 1, 1), datetime(2099, 12, 31))),
        min_size=1,
        max_size=9,
    )
)
def test_the_part_of_an_article_is_its_month_in_utc(times: list[datetime | None]) -> None:
    published = pd.Series(times, dtype="datetime64[us]").dt.tz_localize("UTC")
    expected = [UNDATED if at is None else at.isoformat()[:7] for at in times]
    assert month_of(published).tolist() == expected


def test_the_last_second_of_a_month_lies_in_it(tmp_path: Path) -> None:
    rows = make_article_rows(
        make_article(item="1", published="2024-06-30T23:59:59"),
        make_article(item="2", published="2024-07-01T00:00:00"),
    )
    months = make_store(tmp_path, **rows).snapshot().sql("SELECT month FROM articles ORDER BY published")
    assert months["month"].tolist() == ["2024-06", "2024-07"]


def test_months_are_chosen_by_their_folder_only() -> None:
    files = ["/s/2024-06/texts/month=2024-07/a.parquet", "/s/texts/month=2024-06/2024-07.parquet"]
    assert in_months(files, {"2024-07"}) == files[:1]
    assert in_months(files, {"2024-06"}) == files[1:]
    assert in_months(files, set()) == []


@pytest.mark.parametrize("there_and_back", [("2024-07-02T08:00", "2024-06-24T08:00")])
def test_an_article_that_moves_there_and_back_is_where_it_was(
    tmp_path: Path, there_and_back: tuple[str, str]
) -> None:
    first = make_article_rows(make_article(published=there_and_back[1]), article_number(1))
    store = make_store(tmp_path, **first)
    for published in there_and_back:
        store.commit("move", upserts=make_article_rows(make_article(published=published)))
    assert store.versions() == [1, 2, 3]
    for name in ("articles", "texts"):
        pd.testing.assert_frame_equal(store.snapshot(3).table(name), store.snapshot(1).table(name))
    assert store.snapshot(2).sql("SELECT count(*) AS n FROM texts WHERE month = '2024-07'")["n"][0] == 1


def test_a_month_that_nobody_touches_keeps_its_files(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(*(article_number(n) for n in range(6))))
    before = store.snapshot().files["texts"]
    store.commit("july", upserts=make_article_rows(article_number(2, title="New")))
    after = store.snapshot().files["texts"]
    assert in_months(after, {"2024-06"}) == in_months(before, {"2024-06"})
    assert in_months(after, {"2024-07"}) != in_months(before, {"2024-07"})


def test_only_tables_of_the_article_are_parted() -> None:
    assert {name for name, table in TABLES.items() if not is_monthly(table)} == {
        name for name, table in TABLES.items() if table.key[0] != "article_id"
    }
    assert is_monthly(TABLES["texts"]) and not is_monthly(TABLES["runs"])


@pytest.mark.parametrize("kind", ["upserts", "replaced", "deleted"])
def test_doing_it_twice_is_doing_it_once(tmp_path: Path, kind: str) -> None:
    rows = make_article_rows(article_number(1), article_number(2))
    given_rows = {"upserts": rows, "replaced": rows, "deleted": list(rows["articles"]["article_id"][:1])}
    store = make_store(tmp_path, **rows)
    once = store.commit("once", **{kind: given_rows[kind]})
    assert store.commit("twice", **{kind: given_rows[kind]}) == once


def test_an_article_that_goes_takes_its_rows_of_every_table(tmp_path: Path) -> None:
    keyed = [name for name, table in TABLES.items() if is_monthly(table)]
    tables = {name: make_rows(name, {"article_id": "a"}, {"article_id": "b"}) for name in keyed}
    store = make_store(tmp_path, **tables)
    store.commit("again", deleted=["a", "not there"])
    left = {name: store.snapshot().table(name)["article_id"].tolist() for name in keyed}
    assert left == {name: ["b"] for name in keyed}


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("tones", {"article_id": "a", "sentence": -1}, "outside"),
        ("articles", {"article_id": "a", "published_precision": "century"}, "none of"),
        ("runs", {"run_id": "r", "status": "asleep"}, "none of"),
        ("articles", {"article_id": None}, "missing"),
        ("runs", {"run_id": "r", "read": 1.5}, "not int64"),
    ],
)
def test_a_row_that_breaks_the_contract_changes_nothing(
    tmp_path: Path, table: str, row: dict[str, object], said: str
) -> None:
    store = make_store(tmp_path, **make_article_rows(make_article(item="a")))
    before = (tmp_path / "current.json").read_bytes()
    sound = make_rows(table, {} if table == "runs" else {"article_id": "a"})
    broken = sound.astype(object).assign(**{name: [value] for name, value in row.items()})
    with pytest.raises(ContractBroken, match=said):
        store.commit("again", upserts={table: broken})
    assert (tmp_path / "current.json").read_bytes() == before


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", "null", '{"version": 1}', '{"version": 1, "odd": 2}', "\x00"]
)
def test_a_damaged_manifest_is_named_with_the_way_out(tmp_path: Path, broken: str) -> None:
    store = make_store(tmp_path)
    (tmp_path / "current.json").write_text(broken, encoding="utf-8")
    for ask in (store.snapshot, store.versions, lambda: store.commit("again")):
        with pytest.raises(StoreError, match=r"current\.json is damaged.*versions"):
            ask()


def test_the_kept_manifest_mends_a_damaged_store(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(make_article()))
    (tmp_path / "current.json").write_text("{")
    (tmp_path / "current.json").write_bytes((tmp_path / "versions" / "000001.json").read_bytes())
    assert len(store.snapshot().table("articles")) == 1


def test_a_store_of_another_contract_says_how_to_make_it_again(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    manifest = read_manifest(tmp_path)
    assert manifest.contract == contract_mark()
    replace_file(tmp_path / "current.json", json.dumps(asdict(replace(manifest, contract="0" * 16))))
    with pytest.raises(StoreError, match="refresh --from-snapshots"):
        store.snapshot()


def test_a_version_whose_manifest_is_gone_is_missed_and_the_newest_stays(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(article_number(1)))
    store.commit("two", upserts=make_article_rows(article_number(2)))
    (tmp_path / "versions" / "000001.json").unlink()
    assert (store.versions(), len(store.snapshot().table("articles"))) == ([2], 2)
    with pytest.raises(StoreError, match="has no version 1; its newest is 2"):
        store.snapshot(1)


def test_a_manifest_that_was_kept_but_never_published_is_no_version(tmp_path: Path) -> None:
    make_store(tmp_path)
    ahead = replace(read_manifest(tmp_path), version=2)
    replace_file(tmp_path / "versions" / "000002.json", json.dumps(asdict(ahead)))
    assert list_versions(tmp_path) == [1]
    with pytest.raises(StoreError, match="no version 2"):
        read_manifest(tmp_path, 2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.integers(1, 10**6), st.text(max_size=20), st.dictionaries(st.text(max_size=5), st.integers(0, 99)))
def test_a_manifest_is_read_as_it_was_written(
    tmp_path: Path, version: int, run: str, tables: dict[str, int]
) -> None:
    manifest = replace(_any_manifest(), version=version, run=run, tables=tables)
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == read_manifest(tmp_path, version) == manifest


def _any_manifest() -> object:
    """A manifest of today's contract."""
    from etl.store.manifest import Manifest

    return Manifest(version=1, run="", made="2024-06-24T00:00:00", tables={}, contract=contract_mark())


def test_a_version_whose_delta_files_are_gone_is_named(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    manifest = read_manifest(tmp_path)
    write_manifest(tmp_path, replace(manifest, tables={**manifest.tables, "texts": 77}))
    with pytest.raises(StoreError, match=r"texts has no version 77"):
        store.snapshot().table("texts")


def test_replacing_a_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    for text in ("one", "two"):
        replace_file(tmp_path / "deep" / "a.json", text)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.json"]
    assert (tmp_path / "deep" / "a.json").read_text() == "two"


def test_the_lock_may_be_held_twice_by_its_owner_and_by_nobody_else(tmp_path: Path) -> None:
    lock = make_lock(tmp_path)
    with hold_lock(lock, tmp_path):
        with hold_lock(lock, tmp_path), pytest.raises(StoreBusy):
            Store(tmp_path).commit("other")
        with pytest.raises(StoreBusy, match=f"process {os.getpid()} on "):
            Store(tmp_path).commit("other")
    assert Store(tmp_path).commit("other") == 1


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store(tmp_path).lock():
        raise ZeroDivisionError
    assert Store(tmp_path).commit("other") == 1


@pytest.mark.parametrize(("age", "told"), [(0, range(3)), (90, range(90, 93)), (-50, range(1))])
def test_the_owner_is_told_with_its_age(tmp_path: Path, age: int, told: range) -> None:
    with Store(tmp_path).lock():
        os.utime(tmp_path / "lock.txt", (time.time() - age, time.time() - age))
        found = re.fullmatch(r"process (\d+) on \S+ \(since (\d+) s\)", read_owner(tmp_path))
    assert found and int(found[1]) == os.getpid() and int(found[2]) in told


def test_an_owner_that_left_no_name_is_another_process(tmp_path: Path) -> None:
    assert read_owner(tmp_path) == "another process"


def test_readers_need_no_lock_and_write_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(make_article()))
    with store.lock():
        other = Store(tmp_path)
        before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
        assert len(other.snapshot().search("harbour")) == len(other.snapshot().table("articles")) == 1
        assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize(
    "mark",
    ["{", "", "{}", '{"version": 99, "shape": 2}', '{"version": 1, "made": "another day", "shape": 2}'],
)
def test_an_index_of_another_state_is_made_again(tmp_path: Path, mark: str) -> None:
    store = make_store(tmp_path, **make_article_rows(article_number(1)))
    (tmp_path / "search" / "version.json").write_text(mark)
    store.commit("two", upserts=make_article_rows(article_number(2)))
    assert indexed_version(tmp_path) == 2
    assert len(store.snapshot().search("story")) == 2


def test_an_older_version_finds_none_of_the_articles_that_came_later(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(article_number(1)))
    store.commit("two", upserts=make_article_rows(article_number(2)))
    assert store.snapshot(1).search("story")["article_id"].tolist() == [article_number(1).article_id]


def test_an_empty_commit_makes_a_store_that_is_no_longer_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyStore):
        Store(tmp_path).snapshot()
    assert Store(tmp_path).commit("nothing") == 1
    assert all(Store(tmp_path).snapshot().table(name).empty for name in TABLES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(st.binary(min_size=1, max_size=30), st.sampled_from("ab"), st.integers(0, 5)), max_size=5
    )
)
def test_kept_bytes_come_back_once_each_in_the_order_they_were_seen(
    tmp_path: Path, given_raws: list[tuple[bytes, str, int]]
) -> None:
    folder = tmp_path / str(time.monotonic_ns())
    begun = datetime(2024, 6, 24, tzinfo=UTC)
    raws = [
        Raw(
            content=content,
            item=item,
            source="files x",
            seen=begun + timedelta(hours=hour),
            hint=(("a", "b"),),
        )
        for content, item, hour in given_raws
    ]
    first: dict[tuple[bytes, str], Raw] = {}
    for raw in raws:
        keep_raw(folder, raw)
        first.setdefault((raw.content, raw.item), raw)
    found = list(read_raws(folder))
    assert sorted(found, key=repr) == sorted(first.values(), key=repr)
    assert [one.seen for one in found if isinstance(one, Raw)] == sorted(one.seen for one in first.values())


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no gzip",
        b"\x1f\x8b\x08\x00",
    ],
)
def test_damaged_bytes_cost_only_themselves(tmp_path: Path, damage: bytes) -> None:
    seen = datetime(2024, 6, 24, tzinfo=UTC)
    raws = [Raw(content=word, item=word.decode(), source="s", seen=seen) for word in (b"good", b"bad")]
    for raw in raws:
        keep_raw(tmp_path, raw)
    raw_path(tmp_path, raws[1].snapshot).write_bytes(damage)
    problem, good = read_raws(tmp_path)
    assert good == raws[0]
    assert isinstance(problem, UnreadableInput) and problem.item == "bad"

"""Records: many articles in a file; one broken row costs one row."""

import gzip
import json
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.article import Article, Raw
from etl.errors import UnreadableInput, UnusableInput
from etl.extract import parse_raw, place_for, read_place, rows
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet
from etl.extract.records import map_columns, parse_records
from etl.extract.rows import field_text
from etl.settings import Settings

OUTLETS = {"courier": Outlet(outlet="courier", name="The Courier", domains=("courier.example",),
                             timezone="Europe/Kyiv")}  # fmt: skip
ROW = {"headline": "Harbour reopens", "body": "The harbour reopened on Monday.\n\nShips left at dawn.",
       "link": "https://courier.example/1?utm_source=x",
       "date": "2024-06-24 07:18", "author": ["Ann Lee", "Bo Yi"],
       "category": "Town", "lang": "en", "id": 7, "description": "A storm passed"}  # fmt: skip


def parse(name, content, columns=()):
    """All that a file of records of this name gives."""
    content = content if isinstance(content, bytes) else content.encode()
    seen = datetime(2024, 6, 25, tzinfo=UTC)
    raw = Raw(content=content, item=name, source=f"records {name}", seen=seen, hint=columns)
    return list(parse_records(raw, OUTLETS))


def write_parquet(folder, rows):
    path = folder / "rows.parquet"
    pd.DataFrame(rows).to_parquet(path)
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["json", "jsonl", "wrapped", "csv", "parquet"])
def test_every_kind_of_record_gives_the_same_article(tmp_path, kind):
    content = {
        "json": lambda: json.dumps([ROW]),
        "jsonl": lambda: json.dumps(ROW) + "\n",
        "wrapped": lambda: json.dumps({"status": "ok", "articles": [ROW]}),
        "csv": lambda: pd.DataFrame([ROW | {"author": "Ann Lee; Bo Yi"}]).to_csv(index=False),
        "parquet": lambda: write_parquet(tmp_path, [ROW]),
    }[kind]()
    (article,) = parse(f"rows.{'json' if kind == 'wrapped' else kind}", content)
    assert (article.title, article.outlet, article.url) == (
        "Harbour reopens",
        "courier",
        "https://courier.example/1",
    )
    assert article.body == ("The harbour reopened on Monday.", "Ships left at dawn.")
    assert article.authors == ("Ann Lee", "Bo Yi") and article.section == "Town"
    assert article.published.at == datetime(2024, 6, 24, 4, 18, tzinfo=UTC)
    assert article.item.endswith("#7") and article.subtitle == "A storm passed"


def test_a_broken_row_is_named_and_costs_only_itself():
    good = json.dumps(ROW)
    found = parse("a.jsonl", f"{good}\n{{broken\n\n[1]\n{good}\n{json.dumps({'headline': 'No text'})}\n")
    assert [isinstance(one, Article) for one in found] == [True, False, False, True, False]
    assert [one.item for one in found] == ["a.jsonl#7", "a.jsonl#2", "a.jsonl#4", "a.jsonl#7", "a.jsonl#6"]
    assert all(one.remedy for one in found if isinstance(one, UnusableInput))


def test_a_row_with_a_cell_too_many_is_named():
    one, two = parse("a.csv", "title;text\nA;B;C\nA;Words here\n")
    assert one.item == "a.csv#1" and one.reason == "3 cells where the header has 2"
    assert isinstance(two, Article) and two.item == "a.csv#2"


def test_missing_columns_are_told_with_those_found_and_the_way_out():
    (problem,) = parse("a.csv", "name,price\nTea,2\n")
    assert problem.reason == "missing columns: none holds the text; found name, price"
    assert "--columns text=NAME" in problem.remedy


def test_columns_may_be_given():
    given_columns = (("text", "words"), ("title", "top"))
    (article,) = parse("a.csv", "top,words,body\nHead,The true text,other\n", given_columns)
    assert (article.title, article.body) == ("Head", ("The true text",))


@pytest.mark.parametrize(
    ("columns", "reason"),
    [((("text", "nope"),), "no column 'nope'; found title, text"), ((("x", "text"),), "no field")],
)
def test_wrongly_given_columns_are_refused(columns, reason):
    (problem,) = parse("a.csv", "title,text\nA,B\n", columns)
    assert reason in problem.reason and problem.remedy


def test_columns_are_found_whatever_their_case_and_in_any_row():
    columns = map_columns(["HEADLINE", "Full Text", "Publish-Date"], {}, "a")
    assert columns == {"title": "HEADLINE", "text": "Full Text", "published": "Publish-Date"}
    one, two = parse("a.json", json.dumps([{"title": "A"}, {"title": "B", "text": "Words"}]))
    assert "no text" in one.reason and isinstance(two, Article)


@pytest.mark.parametrize("date", ["1066-10-14", "2031-01-01", "some day"])
def test_an_absurd_date_is_noted_and_the_article_kept_undated(date):
    problem, article = parse("a.jsonl", json.dumps(ROW | {"date": date}))
    assert (
        problem.item == "a.jsonl#7@published"
        and date in problem.reason
        and "2024-06-24T07:18" in problem.remedy
    )
    assert article.published.at is None and article.published.precision == "none"


def test_no_date_is_no_problem():
    (article,) = parse("a.jsonl", json.dumps(ROW | {"date": None}))
    assert article.published.origin == "none"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", "{", "no JSON"),
        ("a.json", "[]", "no rows"),
        ("a.csv", "title,text\n", "no rows"),
        ("a.csv", "", "empty"),
        ("a.csv", "title,text\nJosé,x".encode("latin-1"), "not UTF-8"),
        ("a.jsonl", b"\x00\x01\x02", "binary"),
        ("a.parquet", b"PAR1 cut", "no Parquet file"),
        ("a.json", "[" * 100_000, "no JSON"),
    ],
)
def test_a_file_that_holds_no_records_is_refused(name, content, reason):
    (problem,) = parse(name, content)
    assert isinstance(problem, UnreadableInput) and reason in problem.reason and problem.remedy


def test_html_in_a_text_column_becomes_paragraphs():
    row = ROW | {"body": "<p>One &amp; two</p><script>alert(1)</script><p>Three</p>"}
    assert parse("a.jsonl", json.dumps(row))[0].body == ("One & two", "Three")


def test_a_column_of_pages_is_cleaned_as_pages():
    prose = (
        "The harbour of Varnmouth reopened on Monday after the storm, and the first ships left at dawn. " * 3
    )
    page = f"<html><body><nav>Menu</nav><article><h1>Reopens</h1><p>{prose}</p></article></body></html>"
    (article,) = parse("a.jsonl", json.dumps({"html": page, "url": "https://courier.example/2"}))
    assert article.body == (prose.strip(),) and article.outlet == "courier"


def test_a_row_of_boilerplate_only_is_no_article():
    (problem,) = parse("a.jsonl", json.dumps({"title": "A", "text": "Follow us on Twitter"}))
    assert "boilerplate" in problem.reason or "no text" in problem.reason


def test_long_articles_in_csv_are_read_whole():
    (article,) = parse("a.csv", f'title,text\nA,"{"word " * 60_000}"\n')
    assert article.words == 60_000


def test_a_cell_that_is_too_long_costs_its_row(monkeypatch):
    monkeypatch.setattr(rows, "LONGEST_FIELD", 50)
    problem, article = parse("a.csv", f"title,text\nA,{'x' * 60}\n\nB,Words here\n")
    assert problem.item == "a.csv#1" and "broken" in problem.reason and article.title == "B"


def test_a_packed_file_is_read_from_disk_with_its_own_hash(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(ROW).encode()))
    with Fetcher(Settings()) as fetcher:
        (raw,) = read_place(place_for(str(path), "courier", (("title", "headline"),)), fetcher)
    (article,) = parse_raw(raw, OUTLETS)
    assert article.snapshot == raw.snapshot and article.title == "Harbour reopens"


def test_a_missing_file_is_named(tmp_path):
    with Fetcher(Settings()) as fetcher:
        (problem,) = read_place(place_for(str(tmp_path / "none.csv")), fetcher)
    assert problem.reason == "no such file or folder"


@given(
    st.lists(
        st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1), min_size=1, max_size=4
    )
)
def test_rows_in_are_rows_out(titles):
    content = "\n".join(json.dumps({"title": title, "text": "Some words"}) for title in titles)
    assert len(parse("a.jsonl", content)) == len(titles)


def test_values_become_texts():
    values = [None, float("nan"), ["a", None, "b"], {"name": "Ann"}, datetime(2024, 6, 24, tzinfo=UTC), 3]
    assert [field_text(value) for value in values] == [
        "",
        "",
        "a; b",
        "Ann",
        "2024-06-24T00:00:00+00:00",
        "3",
    ]

"""The records of annotate, extract and group, held against what is promised to a judge outside."""

from __future__ import annotations

import json
from errno import ENOSPC
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.commands.judging import group_command
from etl.errors import EvaluationError
from etl.evaluate.predict import ANNOTATED, annotate, extract, group
from etl.schema import TABLES
from tests.etl.evaluate.command_line import Row, run_command, run_lines, write_lines

TITLE = "Allies promise ironclad help to Seoul"
BODY = (
    "SEOUL — President Joe Biden said on Wednesday that the United States would defend South Korea.\n\n"
    '"Our promise is ironclad and it will not change," Foreign Minister Ann Lee told reporters. '
    "Critics were angry about the wonderful plan.\n\n"
    "The dispute over tariffs cost the two governments 40 million dollars, and officials blamed each other."
)
ARTICLE: Row = {
    "id": "a1", "text": f"{TITLE}\n\n{BODY}", "title": TITLE, "published_at": "2024-06-24T07:18:00+00:00",
    "outlet": "The Courier", "language": "en", "url": "https://courier.example/1",
}  # fmt: skip


class Full:
    """A standard output on a disk without room."""

    @property
    def buffer(self) -> Full:
        return self

    def write(self, line: bytes) -> int:
        raise OSError(ENOSPC, "No space left on device", len(line))


KEYS = ("id", "sentences", "tones", "mentions", "quotes", "dates", "frames", "targets")
PAGE_KEYS = (
    "id",
    "title",
    "subtitle",
    "authors",
    "published",
    "published_precision",
    "language",
    "text",
    "cuts",
)
TYPES: dict[str, dict[str, tuple[type, ...]]] = {
    "sentences": {"sentence": (int,), "start": (int,), "end": (int,), "paragraph": (int,), "role": (str,),
                  "quoted": (float,), "surface": (str,)},
    "tones": {"sentence": (int,), "textblob_polarity": (float, type(None)),
              "textblob_subjectivity": (float, type(None)), "textblob_hits": (int,), "positive_words": (int,),
              "negative_words": (int,), "active_words": (int,), "words": (int,)},
    "mentions": {"start": (int,), "end": (int,), "sentence": (int,), "actor_id": (str,), "surface": (str,),
                 "kind": (str,), "voice": (str,), "label": (str, type(None))},
    "quotes": {"start": (int,), "end": (int,), "kind": (str,), "surface": (str,),
               "speaker_start": (int, type(None)), "speaker_end": (int, type(None)),
               "speaker": (str, type(None)), "cue": (str, type(None)), "cue_class": (str, type(None))},
    "dates": {"start": (int,), "end": (int,), "sentence": (int,), "surface": (str,), "value": (str,),
              "type": (str,), "granularity": (str,), "anchor": (str,), "first_day": (str, type(None)),
              "last_day": (str, type(None))},
    "frames": {"sentence": (int,), "frame": (str,), "scheme": (str,), "score": (float,)},
}  # fmt: skip


@cache
def answer() -> Row:
    """What `annotate` says of the article; made when the first test asks."""
    return next(annotate([ARTICLE]))


def make_page(name: object, **more: object) -> Row:
    paragraphs = "".join(f"<p>{part}</p>" for part in BODY.split("\n\n"))
    head = f"<title>{TITLE}</title><meta name='author' content='Ann Smith'>"
    article = f"<article><h1>{TITLE}</h1>{paragraphs}</article>"
    html = f"<html lang='en'><head>{head}</head><body>{article}</body></html>"
    return {"id": name, "url": "https://courier.example/1", "outlet": "The Courier", "html": html} | more


def test_an_annotated_article_has_the_promised_keys_in_order() -> None:
    assert tuple(answer()) == KEYS


@pytest.mark.parametrize("table", ANNOTATED)
def test_every_row_has_the_columns_of_its_table_but_the_article(table: str) -> None:
    columns = {column.name for column in TABLES[table].columns} - {"article_id"}
    assert answer()[table], table
    assert all(columns <= set(row) for row in answer()[table])


@pytest.mark.parametrize("table", list(TYPES))
def test_every_value_is_of_the_promised_type(table: str) -> None:
    for row in answer()[table]:
        wrong = {name: row[name] for name, kinds in TYPES[table].items() if not isinstance(row[name], kinds)}
        assert not wrong


@pytest.mark.parametrize("table", ["sentences", "mentions", "quotes", "dates"])
def test_every_surface_stands_where_its_row_says(table: str) -> None:
    rows = answer()[table]
    assert [ARTICLE["text"][row["start"] : row["end"]] for row in rows] == [row["surface"] for row in rows]
    assert rows == sorted(rows, key=lambda row: row["start"])


def test_every_speaker_stands_where_its_quotation_says() -> None:
    told = [quote for quote in answer()["quotes"] if quote["speaker"] is not None]
    assert [ARTICLE["text"][q["speaker_start"] : q["speaker_end"]] for q in told] == [
        q["speaker"] for q in told
    ]
    assert any("Ann Lee" in quote["speaker"] and quote["kind"] == "direct" for quote in told)


def test_kinds_are_those_of_the_contract() -> None:
    kinds = {mention["surface"]: mention["kind"] for mention in answer()["mentions"]}
    assert set(kinds.values()) <= {"person", "organisation", "country", "place", "group"}
    assert (kinds["Joe Biden"], kinds["South Korea"]) == ("person", "country")


def test_days_are_written_as_days() -> None:
    (wednesday,) = [date for date in answer()["dates"] if date["surface"] == "Wednesday"]
    assert (wednesday["value"], wednesday["first_day"], wednesday["last_day"]) == ("2024-06-19",) * 3


@pytest.mark.parametrize("name", ["a", "", 7, 7.5, None, True, ["x", 1], {"k": "v"}])
def test_an_id_comes_back_as_it_was_given(name: object) -> None:
    answers = [
        next(annotate([ARTICLE | {"id": name}], tables=())),
        next(group([ARTICLE | {"id": name}])),
        next(extract([make_page(name)])),
        next(annotate([{"id": name}], tables=())),
    ]
    assert [answer["id"] for answer in answers] == [name] * 4


def test_keys_that_mean_nothing_here_change_nothing() -> None:
    more = {"labels": ["x"], "entities": [{"start": 0}], "sentences": 3, "error_rate": 0.1}
    assert next(annotate([ARTICLE | more], tables=("dates",))) == next(annotate([ARTICLE], tables=("dates",)))


@pytest.mark.parametrize("field", ["title", "published_at", "outlet", "language", "url", "targets"])
def test_null_is_the_same_as_nothing(field: str) -> None:
    without = {key: value for key, value in ARTICLE.items() if key != field}
    tables = ("sentences", "dates")
    assert next(annotate([ARTICLE | {field: None}], tables=tables)) == next(
        annotate([without], tables=tables)
    )


BAD_LINES = ("broken", "[1, 2]", '"text"', "3", '{"id": "x"', '{"id": "n"}', '{"id": "n", "text": null}')


@pytest.mark.parametrize("command", ["annotate", "extract", "group"])
def test_a_bad_line_is_answered_in_its_place(command: str) -> None:
    good = {"id": "first", "text": f"{TITLE}\n\n{BODY}"}
    told = run_lines(command, [good, *BAD_LINES, good | {"id": "last"}])
    assert [row["id"] for row in told.rows] == ["first", None, None, None, None, None, "n", "n", "last"]
    assert ["error" in row for row in told.rows] == [False, *[True] * 7, False]
    assert [f"line {number}" in told.rows[number - 1]["error"] for number in range(2, 7)] == [True] * 5
    assert told.status == 0
    assert 'record 8, id "n": ' in told.beside
    assert "7 of 9 records refused" in told.beside


@pytest.mark.parametrize("command", ["annotate", "extract", "group"])
def test_where_nothing_could_be_used_the_status_says_so(command: str) -> None:
    told = run_lines(command, BAD_LINES)
    assert (len(told.rows), told.status) == (7, 1)
    assert run_lines(command, []) == ([], "", 0)


def test_a_standard_output_that_takes_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_lines(tmp_path / "rows.jsonl", [{"id": 1, "text": BODY}])
    for closed, problem in (
        (None, "standard output is closed; send it"),
        (Full(), "standard output: No space left"),
    ):
        with monkeypatch.context() as changed, pytest.raises(EvaluationError, match=problem):
            changed.setattr("sys.stdout", closed)
            group_command(file)


@pytest.mark.parametrize("command", ["annotate", "extract", "group"])
def test_a_record_without_an_id_keeps_its_place(command: str) -> None:
    told = run_lines(command, [{"text": f"{TITLE}\n\n{BODY}"}, {"id": 2, "text": 5}])
    assert [row["id"] for row in told.rows] == [None, 2]
    assert ["error" in row for row in told.rows] == [False, True]


@pytest.mark.parametrize("field", ["url", "outlet"])
@pytest.mark.parametrize("value", [5, ["a"], {"a": 1}])
def test_a_page_with_a_field_of_another_type_is_named(field: str, value: object) -> None:
    (told,) = extract([make_page("p", **{field: value})])
    assert told == {
        "id": "p",
        "error": f"p: {field} is no text; write it in quotation marks or leave it out",
    }


@pytest.mark.parametrize(
    ("targets", "problem"),
    [
        ([{"start": 0, "end": 9999}], r"targets[0] (0 to 9999) is outside the text"),
        ([{"start": 0, "end": 3}, {"start": -1, "end": 3}], "targets[1] (-1 to 3)"),
        ([{"start": 5, "end": 5}], "targets[0] (5 to 5)"),
        ([{"start": 5}], "targets[0] lacks start or end"),
        ([{"start": True, "end": 3}], "targets[0] lacks start or end"),
        (["Biden"], "targets[0] lacks start or end"),
        ({"start": 0, "end": 3}, "targets is no list"),
    ],
)
def test_a_target_that_is_no_stretch_of_the_text_is_named(targets: object, problem: str) -> None:
    answer = next(annotate([ARTICLE | {"targets": targets}], tables=()))
    assert answer["id"] == "a1"
    assert problem in answer["error"]


def test_targets_keep_their_order_and_add_up_to_one() -> None:
    text = ARTICLE["text"]
    names = ("Ann Lee", "Joe Biden", "Critics", "Ann Lee")
    spans = [{"start": text.index(name), "end": text.index(name) + len(name)} for name in names]
    told = next(annotate([ARTICLE | {"targets": spans}], tables=()))["targets"]
    assert [(t["start"], t["end"]) for t in told] == [(s["start"], s["end"]) for s in spans]
    assert all(abs(t["negative"] + t["neutral"] + t["positive"] - 1) < 1e-6 for t in told)
    assert told[0] == told[3]


def find_day(change: Row, zones: dict[str, str] | None = None) -> str:
    row = {"id": 1, "text": "The harbour reopened today.", "language": "en", "outlet": "The Courier"} | change
    return str(next(annotate([row], tables=("dates",), zones=zones))["dates"][0]["value"])


KYIV, CHICAGO = {"The Courier": "Europe/Kyiv"}, {"The Courier": "America/Chicago"}


@pytest.mark.parametrize(
    ("written", "zones", "day"),
    [
        ("2024-06-24", None, "2024-06-24"),
        ("2024-06-24", CHICAGO, "2024-06-24"),  # a day is that day everywhere
        ("2024-06-24", KYIV, "2024-06-24"),
        ("2024-06-24T23:30:00Z", None, "2024-06-24"),
        ("2024-06-24T23:30:00Z", KYIV, "2024-06-25"),  # 02:30 in Kyiv
        ("2024-06-24T00:30:00+00:00", CHICAGO, "2024-06-23"),  # 19:30 in Chicago
        ("2024-06-24T00:30", KYIV, "2024-06-24"),  # told in the outlet's own time
        ("2024-06-24T00:30", CHICAGO, "2024-06-24"),
        ("2024-06-24T00:30", None, "2024-06-24"),
        ("2024-06-24T00:30:00+03:00", KYIV, "2024-06-24"),
    ],
)
def test_today_is_the_day_where_the_outlet_is(written: str, zones: dict[str, str] | None, day: str) -> None:
    assert find_day({"published_at": written}, zones) == day


def test_an_undated_article_leaves_today_open() -> None:
    assert find_day({}) == ""


def test_the_time_may_stand_under_the_name_that_extract_writes() -> None:
    assert find_day({"published": "2024-06-24T07:18:00+00:00"}) == "2024-06-24"
    assert find_day({"published": "2020-01-01", "published_at": "2024-06-24"}) == "2024-06-24"


@pytest.mark.parametrize(
    "written",
    ["soon", "2024-13-45", "24 June", "0001-01-01T00:00+23:00", "1699-12-31", "2200-01-01", "9999-12-31"],
)
def test_a_time_that_is_none_is_refused_with_the_form_wanted(written: str) -> None:
    answer = next(annotate([ARTICLE | {"published_at": written}], tables=()))
    assert "write it as 2024-06-24T07:18:00+03:00" in answer["error"]


def test_the_first_and_the_last_year_that_can_be_are_taken() -> None:
    assert [find_day({"published_at": day}) for day in ("1700-01-01", "2199-12-31")] == [
        "1700-01-01",
        "2199-12-31",
    ]


@pytest.mark.parametrize("written", ["EN", "en-US", "en_GB", "eN-latn"])
def test_a_language_is_read_however_it_is_written(written: str) -> None:
    assert find_day({"published_at": "2024-06-24", "language": written}) == "2024-06-24"


def test_the_commands_know_the_zones_of_the_configured_outlets() -> None:
    row = {
        "id": 1,
        "text": "The harbour reopened today.",
        "language": "en",
        "published_at": "2024-06-24T23:30Z",
    }
    told = run_lines(
        "annotate", [row | {"outlet": "TASS"}, row | {"outlet": "tass"}, row | {"outlet": "New"}]
    )
    assert [answer["dates"][0]["value"] for answer in told.rows] == ["2024-06-25", "2024-06-25", "2024-06-24"]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_a_file_gives_the_same_as_standard_input(name: str, tmp_path: Path) -> None:
    rows = [{"id": n, "text": text} for n, text in enumerate((BODY, "", "Łódź otwarta."))]
    from_file = run_command(["group", write_lines(tmp_path / name, rows)])
    assert from_file.rows == run_lines("group", rows).rows
    assert [row["id"] for row in from_file.rows] == [0, 1, 2]


def test_blank_lines_are_passed_over() -> None:
    told = run_lines("group", ["", json.dumps({"id": 1, "text": BODY}), "   ", ""])
    assert [row["id"] for row in told.rows] == [1]


def test_an_empty_text_is_an_article_without_anything() -> None:
    answer = next(annotate([{"id": 1, "text": ""}]))
    assert answer == {"id": 1} | {key: [] for key in KEYS[1:]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Minister sagte am Mittwoch: »Das ist schlecht.« Die Regierung in Berlin schwieg dazu."),
        ("es", "El ministro afirmó el miércoles que «todo va mal». El Gobierno de Madrid no respondió."),
        ("ja", "首相は水曜日に東京で会見した。記者団は質問した。"),
        ("uk", "Президент заявив у середу: «Ми переможемо». Уряд у Києві підтримав його."),
    ],
)
def test_features_that_know_english_alone_abstain_elsewhere(language: str, text: str) -> None:
    answer = next(annotate([{"id": 1, "text": text, "language": language, "published_at": "2024-06-24"}]))
    assert answer["sentences"]
    assert answer["dates"] == answer["frames"] == []
    assert all(row["textblob_polarity"] is None for row in answer["tones"])


def test_the_language_is_detected_where_none_is_given() -> None:
    german = "Der Minister sagte am Mittwoch in Berlin, die Lage sei schlecht und werde nicht besser werden."
    answer = next(annotate([{"id": 1, "text": german, "published_at": "2024-06-24"}], tables=("dates",)))
    assert answer["dates"] == []


def test_a_megabyte_of_text_is_annotated_to_its_end() -> None:
    sentence = "The mayor of the town said on Monday that the harbour would reopen next week. "
    text = "\n\n".join([sentence * 12] * 1_090)
    answer = next(annotate([{"id": 1, "text": text, "published_at": "2024-06-24"}], tables=("sentences",)))
    assert len(text) > 1_000_000
    assert len(answer["sentences"]) == 12 * 1_090
    assert answer["sentences"][-1]["end"] >= len(text) - 1


def test_what_extract_writes_can_be_annotated_and_grouped() -> None:
    published = "<meta property='article:published_time' content='2024-06-24T07:18:00+03:00'>"
    page = make_page("p", html=make_page("p")["html"].replace("<h1>", f"{published}<h1>"))
    (extracted,) = extract([page])
    annotated, grouped = next(annotate([extracted], tables=("dates",))), next(group([extracted]))
    assert extracted["published"] == "2024-06-24T04:18:00+00:00"
    assert annotated["dates"][0]["value"] == "2024-06-19"
    assert (annotated["id"], grouped["id"], grouped["story_title"]) == ("p", "p", TITLE)


def test_an_extracted_page_has_the_promised_keys_and_types() -> None:
    (told,) = extract([make_page(1)])
    assert tuple(told) == PAGE_KEYS
    assert (told["title"], told["authors"], told["language"]) == (TITLE, ["Ann Smith"], "en")
    assert (told["published"], told["published_precision"]) == (None, "none")
    assert told["text"] == BODY
    assert all(set(cut) == {"role", "text", "rule"} for cut in told["cuts"])


@pytest.mark.parametrize("html", ["", None, 3, "<html></html>", "\x00\x01\x02" * 99, "<p>" * 50])
def test_a_page_without_an_article_is_an_error_with_its_remedy(html: object) -> None:
    (told,) = extract([make_page("p", html=html)])
    assert (told["id"], set(told)) == ("p", {"id", "error"})
    assert ";" in told["error"] or ":" in told["error"]


def test_group_tells_story_and_reprint_with_the_promised_keys() -> None:
    told = list(group([ARTICLE, ARTICLE | {"id": "a2", "outlet": "Other"}]))
    assert [tuple(row) for row in told] == [("id", "story_id", "story_title", "reprint_id", "level")] * 2
    assert told[0]["story_id"] == told[1]["story_id"]
    assert told[0]["reprint_id"] == told[1]["reprint_id"] is not None
    assert {row["level"] for row in told} == {"duplicate"}


@settings(max_examples=25)
@given(st.lists(st.text(max_size=60), max_size=4), st.booleans())
def test_any_text_gives_a_record_that_is_json_and_quotes_it(texts: list[str], titled: bool) -> None:
    rows: list[Row] = [{"id": n, "text": text, "language": "en"} for n, text in enumerate(texts)]
    if titled:
        rows = [row | {"title": row["text"][:9]} for row in rows]
    for row, answer in zip(
        rows, annotate(rows, tables=("sentences", "tones", "quotes", "dates")), strict=True
    ):
        spans: list[dict[str, Any]] = [*answer["sentences"], *answer["quotes"], *answer["dates"]]
        assert json.loads(json.dumps(answer, allow_nan=False)) == answer
        assert all(row["text"][span["start"] : span["end"]] == span["surface"] for span in spans)

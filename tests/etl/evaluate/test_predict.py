from __future__ import annotations

from typing import Any

import pytest

from etl.evaluate.predict import annotate, cut_sentence, extract, group
from etl.evaluate.rows import make_tables

TITLE = "Ferry runs aground off island"
BODY = (
    "A ferry with ninety passengers ran aground off the northern island on Sunday morning. "
    'The captain, Ann Lee, told investigators that "the rudder failed twice" during the crossing.'
)
OTHER = (
    "Parliament adopted the budget for next year after a debate that lasted through the night. "
    "Spending on schools grows by four per cent while the army receives slightly less money."
)
Row = dict[str, Any]


def article(name: str, text: str = BODY, **more: object) -> Row:
    return {"id": name, "text": text, "published_at": "2024-06-24", **more}


def test_every_offset_points_into_the_text_that_was_given() -> None:
    text = f"  \n{BODY}\n\n{OTHER} "
    answer = next(annotate([article("a", text)]))
    for name in ("sentences", "mentions", "quotes", "dates"):
        assert answer[name], name
        assert all(text[row["start"] : row["end"]] == row["surface"] for row in answer[name])
    assert answer["dates"][0]["value"].startswith("2024-06-23")
    assert answer["dates"][0]["first_day"] == "2024-06-23"


def test_each_quotation_lists_all_who_say_it_with_offsets_into_the_text() -> None:
    text = (
        "France, Germany and Italy met in Turin on Monday. The three countries said that the treaty would hold. "
        'A clerk said that it would not. "It must hold for all of us," Angela Merkel said.'
    )
    first, open_one, last = next(annotate([article("a", text)], tables=("quotes",)))["quotes"]
    assert [who["surface"] for who in first["speakers"]] == ["France", "Germany", "Italy"]
    assert {who["link"] for who in first["speakers"]} == {"description"}
    assert (first["speaker"], first["actor_id"], open_one["speakers"]) == ("The three countries", None, [])
    assert [(text[who["start"] : who["end"]], who["actor_id"]) for who in last["speakers"]] == [
        ("Angela Merkel", last["actor_id"])
    ]


def test_sentences_are_numbered_from_1_unless_the_text_begins_with_the_title() -> None:
    answers = annotate([article("a", title=TITLE), article("b", f"{TITLE}\n\n{BODY}", title=TITLE)])
    assert [answer["sentences"][0]["sentence"] for answer in answers] == [1, 0]


def test_targets_come_back_with_probabilities() -> None:
    spans = [{"start": BODY.index("Ann"), "end": BODY.index("Ann") + 7}, {"start": 2, "end": 7}]
    first, second = annotate([article("a", targets=spans), article("b")])
    assert [(span["start"], span["end"]) for span in first["targets"]] == [
        (s["start"], s["end"]) for s in spans
    ]
    assert all(
        span["negative"] + span["neutral"] + span["positive"] == pytest.approx(1) for span in first["targets"]
    )
    assert second["targets"] == []


def test_a_target_is_judged_in_its_sentence() -> None:
    start = BODY.index("captain")
    sentence, first, last = cut_sentence(BODY, start, start + 7)
    assert sentence.startswith("The captain")
    assert sentence[first:last] == "captain"
    assert cut_sentence(BODY, 0, len(BODY)) == (BODY, 0, len(BODY))


def test_no_record_is_lost_and_the_order_is_kept() -> None:
    rows = [
        article("a"),
        {"id": "b"},
        {"id": None, "error": "line 3: no JSON"},
        article("c", published_at="soon"),
    ]
    for answer in (annotate(rows, tables=("sentences",)), group(rows)):
        told = list(answer)
        assert [row["id"] for row in told] == ["a", "b", None, "c"]
        assert ["error" in row for row in told] == [False, True, True, True]
        assert told[2]["error"] == "line 3: no JSON"


@pytest.mark.parametrize("change", [{"text": 3}, {"title": 3}, {"outlet": ["x"]}])
def test_fields_of_another_type_are_refused(change: Row) -> None:
    assert "error" in next(annotate([article("a") | change], tables=("sentences",)))


@pytest.mark.parametrize("text", ["", " \n\n ", "…", "\U0001f600" * 5, "A" * 5000])
def test_odd_texts_are_survived(text: str) -> None:
    assert next(annotate([article("a", text)], tables=("sentences", "dates")))["id"] == "a"


def test_batches_give_the_same_as_one_by_one() -> None:
    rows = [article(str(n), OTHER if n % 2 else BODY) for n in range(70)]
    together = list(annotate(rows, tables=("dates",)))
    assert together == [next(annotate([row], tables=("dates",))) for row in rows]


def test_stories_and_reprints_are_told_in_the_order_of_the_stream() -> None:
    rows = [
        article("z", f"{BODY} {BODY.upper()}", title=TITLE),
        article("m", OTHER, title="Budget adopted"),
        article("a", BODY, title="Ferry aground"),
    ]
    first, second, third = group(rows)
    assert first["story_id"] == third["story_id"] != second["story_id"]
    assert first["reprint_id"] == third["reprint_id"] is not None
    assert (second["reprint_id"], second["level"]) == (None, None)
    assert second["story_title"] == "Budget adopted"


def test_no_records_give_none() -> None:
    assert list(group([])) == list(annotate([], tables=("sentences",))) == []


def test_a_page_is_extracted_from_html_or_from_text() -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in (BODY, OTHER))
    head = f"<head><title>{TITLE}</title></head>"
    html = f"<html>{head}<body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>"
    page = {"id": "h", "url": "https://a.example/1", "outlet": "A", "html": html}
    from_html, from_text, refused = extract(
        [page, {"id": "t", "text": f"{TITLE}\n\n{BODY}\n\n{OTHER}"}, {"id": "x"}]
    )
    assert from_html["text"] == from_text["text"] == f"{BODY}\n\n{OTHER}"
    assert from_html["title"] == from_text["title"] == TITLE
    assert refused["id"] == "x"
    assert "give the page" in refused["error"]


def test_unknown_outlets_are_not_one_outlet() -> None:
    tables = make_tables([article("a"), article("b"), article("c", outlet="The Courier")])
    assert tables["articles"]["outlet"].nunique() == 3


def test_precision_follows_from_how_the_time_is_written() -> None:
    times = ("2024-06-24", "2024-06-24T07:18", "2024-06-24T07:18:00+03:00", "")
    tables = make_tables([article("a", published_at=time) for time in times])
    assert tables["articles"]["published_precision"].to_list() == ["day", "minute", "second", "none"]
    assert str(tables["articles"]["published"][2]) == "2024-06-24 04:18:00+00:00"

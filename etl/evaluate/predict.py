"""Predict: the machine without a store, records in and records out, so that it can be used and judged.

`annotate` writes every feature of each article with offsets into the text as it was given, `extract` the
article of each page, `group` the story and reprint group of each article. All keep the order and lose no
record: one that cannot be used comes back as its `id` and an `error`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from etl.errors import UnreadableInput, UnusableInput
from etl.evaluate.lines import Row, take_batches
from etl.evaluate.rows import Zones, check_record, check_texts, make_tables
from etl.extract.clean import clean_page, clean_text
from etl.transform.feature import Feature, compute_features
from etl.transform.reprints import REPRINTS
from etl.transform.sentences import split_sentences
from etl.transform.spans import split_paragraphs
from etl.transform.stories import STORIES, STORY_ARTICLES

BATCH = 64
ANNOTATED = ("sentences", "tones", "mentions", "quotes", "dates", "frames")
BESIDE = {"quotes": "quote_speakers"}  # what is told within the rows of another table
STANCES = ("negative", "neutral", "positive")


def annotate(
    rows: Iterable[Row], tables: Sequence[str] = ANNOTATED, *, zones: Zones | None = None
) -> Iterator[Row]:
    """One record an article: id, sentences, tones, mentions, quotes, dates, frames and targets.

    Takes id and text, and may take title, published_at (or published, as `extract` writes it), outlet,
    language, url and targets ({start, end}). Of the tables only those named are computed; the others are
    empty. Each quotation has its `speakers`: whoever says it, several where they speak together. Dates are
    told in the zone of the outlet, UTC where `zones` do not name it.
    """
    known = _choose_features([*tables, *(BESIDE[name] for name in tables if name in BESIDE)])
    for batch in take_batches(rows, BATCH):
        yield from _answer_all(batch, lambda kept: _annotate_articles(kept, known, zones))


def extract(rows: Iterable[Row], zones: Zones | None = None) -> Iterator[Row]:
    """One record a page: id, title, subtitle, authors, published, published_precision, language, text, cuts.

    Takes id, url, outlet and html, or text for a page saved as plain text; `zones` are time zones by outlet.
    `text` is the body: paragraphs parted by a blank line.
    """
    for row in rows:
        try:
            yield _extract_page(row, zones or {})
        except UnusableInput as error:
            yield _refuse(row, error)


def group(rows: Iterable[Row]) -> Iterator[Row]:
    """One record an article: id, story_id, story_title, reprint_id, level (both null without a reprint)."""
    for told in take_batches(rows):
        yield from _answer_all(told, _group_articles)


def _answer_all(rows: list[Row], answer: Callable[[list[Row]], list[Row]]) -> Iterator[Row]:
    """The answers in the order of the records; in place of one that cannot be used, why."""
    problems = [_problem(row) for row in rows]
    kept = [row for row, problem in zip(rows, problems, strict=True) if problem is None]
    answers = iter(answer(kept) if kept else [])
    for row, problem in zip(rows, problems, strict=True):
        yield next(answers) if problem is None else _refuse(row, problem)


def _annotate_articles(rows: list[Row], features: Sequence[Feature], zones: Zones | None) -> list[Row]:
    """The records of one batch, in order."""
    tables = make_tables(rows, zones)
    made = tables | compute_features(features, tables)
    lists = {name: list_rows(made[name], tables["texts"]) for name in ANNOTATED}
    add_speakers(lists["quotes"], made["quote_speakers"], tables["texts"])
    return [
        {"id": row.get("id")}
        | {name: lists[name].get(article, []) for name in ANNOTATED}
        | {"targets": targets}
        for article, row, targets in zip(tables["texts"]["article_id"], rows, judge_spans(rows), strict=True)
    ]


def list_rows(table: pd.DataFrame, texts: pd.DataFrame) -> dict[str, list[Row]]:
    """The rows of a table by article, as records with their `surface`; missing values are null."""
    text = texts.set_index("article_id")["text"]
    listed: dict[str, list[Row]] = {}
    for record in json.loads(table.to_json(orient="records", date_format="iso")):
        article = record.pop("article_id")
        if "start" in record:
            record["surface"] = text[article][record["start"] : record["end"]]
        for day in ("first_day", "last_day"):
            if record.get(day):
                record[day] = record[day][:10]
        listed.setdefault(article, []).append(record)
    return listed


def add_speakers(quotes: dict[str, list[Row]], said: pd.DataFrame, texts: pd.DataFrame) -> None:
    """Give each quotation `speakers`: the mention of everyone who says it, in the order of the text.

    Each is {start, end, surface, actor_id, link}; the mention may stand before the speaker's own words, as
    that of `he` or `the three states` does. An empty list where the speaker's words stay open.
    """
    spans = said.drop(columns=["start", "end"]).rename(columns={"named_start": "start", "named_end": "end"})
    spans = spans.assign(quote=said["start"]).sort_values(["article_id", "quote", "start"])
    told: dict[tuple[str, int], list[Row]] = {}
    for article, rows in list_rows(spans, texts).items():
        for row in rows:
            told.setdefault((article, row.pop("quote")), []).append(row)
    for article, rows in quotes.items():
        for row in rows:
            row["speakers"] = told.get((article, row["start"]), [])


def judge_spans(rows: Sequence[Row]) -> list[list[Row]]:
    """The targets of each record, each with the probability that its sentence is negative ... towards it."""
    asked = [(row["text"], span["start"], span["end"]) for row in rows for span in row.get("targets") or ()]
    judged = iter(_judge_all([cut_sentence(*target) for target in asked]))
    return [
        [span | dict(zip(STANCES, next(judged), strict=True)) for span in row.get("targets") or ()]
        for row in rows
    ]


def cut_sentence(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentence in which a span begins, and the span in it; all of the text where it crosses a border."""
    for first, last in split_paragraphs(text):
        if first <= start < last:
            for left, right in split_sentences(text, first, last):
                if left <= start and end <= right:
                    return text[left:right], start - left, end - left
    return text, start, end


def _judge_all(targets: Sequence[tuple[str, int, int]]) -> list[list[float]]:
    """Probabilities for each target; imported late, because it brings a model along."""
    from etl.transform.stance import judge_targets

    sentences, spans = [text for text, _, _ in targets], [(start, end) for _, start, end in targets]
    return [[float(chance) for chance in row] for row in judge_targets(sentences, spans)] if targets else []


def _extract_page(row: Row, zones: Zones) -> Row:
    """The record of one page.

    Raises:
        UnusableInput: it holds neither html nor text, a field of another type, or no article.
    """
    check_texts(row, ("url", "outlet"))
    page, name = row.get("html") or row.get("text"), str(row.get("id"))
    if not isinstance(page, str):
        raise UnreadableInput(name, "neither html nor text", "give the page as html or as text")
    url, outlet = row.get("url") or "", row.get("outlet") or ""
    clean = clean_page if row.get("html") else clean_text
    cleaned = clean(page, url=url, outlet=outlet, timezone=zones.get(outlet, ""))
    return {
        "id": row.get("id"),
        "title": cleaned.title,
        "subtitle": cleaned.subtitle,
        "authors": list(cleaned.authors),
        "published": cleaned.published.at.isoformat() if cleaned.published.at else None,
        "published_precision": cleaned.published.precision,
        "language": cleaned.language,
        "text": "\n\n".join(cleaned.body),
        "cuts": [{"role": cut.role, "text": cut.text, "rule": cut.rule} for cut in cleaned.cuts],
    }


def _group_articles(rows: list[Row]) -> list[Row]:
    """Story and reprint group of each record, in order."""
    tables = make_tables(rows)
    titles = [row.get("title") or "" for row in rows]
    tables["articles"] = tables["articles"].assign(title=titles)
    made = compute_features((STORY_ARTICLES, STORIES, REPRINTS), tables)
    story = made["story_articles"].set_index("article_id")["story_id"]
    title = made["stories"].set_index("story_id")["title"]
    reprint = made["reprints"].set_index("article_id")[["reprint_id", "level"]]
    alone: Row = {"reprint_id": None, "level": None}
    return [
        {"id": row.get("id"), "story_id": story[article], "story_title": title[story[article]]}
        | (reprint.loc[article].to_dict() if article in reprint.index else alone)
        for row, article in zip(rows, tables["texts"]["article_id"], strict=True)
    ]


def _problem(row: Row) -> UnusableInput | None:
    """Why a record cannot be used; none if it can."""
    try:
        check_record(row)
    except UnreadableInput as error:
        return error
    return None


def _refuse(row: Row, error: UnusableInput) -> Row:
    """What stands in the place of a record that cannot be used: its id, and what was wrong first."""
    return {"id": row.get("id"), "error": row.get("error") or str(error)}


def _choose_features(tables: Sequence[str]) -> tuple[Feature, ...]:
    """The features of single articles that make these tables; imported late, as they bring models along."""
    from etl.transform.features import FEATURES

    wanted, chosen = set(tables), []
    for feature in reversed([feature for feature in FEATURES if feature.scope == "article"]):
        if feature.makes in wanted:
            wanted |= set(feature.needs)
            chosen.append(feature)
    return tuple(reversed(chosen))

"""Who speaks and who is meant: 178 short texts labelled by hand before the rules, and the laws of the table."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from etl.transform.actors import MENTIONS
from etl.transform.quotes import QUOTES
from etl.transform.quotes.saidby import QUOTE_SPEAKERS
from tests.etl.transform.newsdesk import lay_out

LABELLED = Path(__file__).with_name("who_speaks.txt")
PRECISE, COVERED = 0.95, 0.85  # what was measured when they were set, less a little


class Case(NamedTuple):
    """A text, the words that are asked about (or its last quotation), and words for each actor meant."""

    text: str
    words: str
    meant: tuple[str, ...]


class Read(NamedTuple):
    """All short texts as the machine reads them."""

    texts: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    speakers: pd.DataFrame


def read_cases() -> list[Case]:
    lines = [line for line in LABELLED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [_read_case(asked, text) for asked, text in zip(lines[::2], lines[1::2], strict=True)]


def _read_case(asked: str, text: str) -> Case:
    words, _, meant = asked[2:].rpartition(" = ") if asked.startswith("@") else ("", "", asked[2:])
    names = () if meant == "-" else tuple(name.strip() for name in meant.split(";"))
    return Case("Report\n\n" + text.replace(" ¶ ", "\n\n"), words, names)


def read_texts(*texts: str, order: int = 1) -> Read:
    articles, frame, sentences = lay_out(*texts)
    frame = frame[::order]
    mentions = MENTIONS.compute(articles, frame, sentences)
    quotes = QUOTES.compute(articles, frame, sentences, mentions)
    return Read(
        frame, sentences, mentions, quotes, QUOTE_SPEAKERS.compute(frame, sentences, mentions, quotes)
    )


@pytest.fixture(scope="module")
def read() -> Read:
    return read_texts(*(case.text for case in read_cases()))


def found_in(case: Case, article: str, read: Read) -> set[str]:
    """The actors that the machine finds for a case."""
    mentions, quotes, speakers = (
        table[table["article_id"] == article] for table in (read.mentions, read.quotes, read.speakers)
    )
    if case.words:
        return set(mentions.loc[mentions["start"] == case.text.rindex(case.words), "actor_id"])
    return set(speakers.loc[speakers["start"] == quotes["start"].max(), "actor_id"])


def is_right(case: Case, article: str, read: Read) -> bool:
    """Whether they are the actors meant, each of whom the text names by the words of the label."""
    mentions = read.mentions[read.mentions["article_id"] == article]
    named = [
        set(mentions.loc[mentions["surface"].str.contains(name, regex=False), "actor_id"])
        for name in case.meant
    ]
    found = found_in(case, article, read)
    return len(found) == len(named) and all(found & ids for ids in named)


def test_who_is_meant_is_mostly_found_and_hardly_ever_wrong(read: Read) -> None:
    cases = list(enumerate(read_cases()))
    answered = [(n, case) for n, case in cases if found_in(case, f"a{n}", read)]
    right = [case for n, case in answered if is_right(case, f"a{n}", read)]
    wrong = [case.text for n, case in answered if not is_right(case, f"a{n}", read)]
    assert len(right) / len(answered) >= PRECISE, wrong
    assert len(right) / sum(bool(case.meant) for _, case in cases) >= COVERED


def test_there_are_texts_of_every_sort() -> None:
    cases = read_cases()
    assert len(cases) >= 150
    assert sum(not case.meant for case in cases) >= 40
    assert sum(len(case.meant) > 1 for case in cases) >= 25


def test_each_span_quotes_what_names_the_speaker(read: Read) -> None:
    places = {(row.article_id, row.start, row.end): row.actor_id for row in read.mentions.itertuples()}
    for row in read.speakers.itertuples():
        assert places[row.article_id, row.named_start, row.named_end] == row.actor_id


def test_a_lone_speaker_is_the_actor_of_the_quotation_and_joint_ones_are_not(read: Read) -> None:
    told = read.speakers.groupby(["article_id", "start"])["actor_id"].agg(list)
    for row in read.quotes.itertuples():
        who = told.get((row.article_id, row.start), [])
        assert (row.actor_id if pd.notna(row.actor_id) else None) == (who[0] if len(who) == 1 else None)


def test_neither_order_nor_company_of_articles_changes_who_speaks(read: Read) -> None:
    texts = [case.text for case in read_cases()][:30]
    known = read.speakers[read.speakers["article_id"].isin([f"a{n}" for n in range(30)])]
    keys = ["article_id", "start", "actor_id"]
    again = read_texts(*texts, order=-1).speakers.sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(again, known.sort_values(keys, ignore_index=True))


def test_a_quotation_by_three_has_three_rows() -> None:
    text = 'Report\n\n"The trade must stop at once for good," the United States, Japan and South Korea said.'
    rows = read_texts(text).speakers.sort_values("named_start")
    assert [text[start:end] for start, end in zip(rows["named_start"], rows["named_end"], strict=True)] == [
        "United States", "Japan", "South Korea",
    ]  # fmt: skip
    assert set(rows["link"]) == {"name"}


def test_how_a_speaker_was_found_is_told() -> None:
    text = (
        "Report\n\nRussian President Vladimir Putin said the pact was fair. He said it would hold. "
        "The Russian leader said that others could join."
    )
    assert read_texts(text).speakers.sort_values("start")["link"].tolist() == [
        "name",
        "pronoun",
        "description",
    ]


def test_an_article_without_speakers_has_no_rows() -> None:
    assert read_texts("Report\n\nIt rained on Monday.").speakers.empty

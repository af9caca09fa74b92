"""Pages saved as plain text become articles, whatever the manner of the outlet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import UnreadableInput
from etl.extract.clean import Cleaned, clean_text
from tests.etl.extract import plain_pages

SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"
SEEN = datetime(2026, 1, 1, tzinfo=UTC)
manners = pytest.mark.parametrize("page", plain_pages.PAGES.values(), ids=plain_pages.PAGES)


def clean(text: str, *, outlet: str = "The Harbour Post", timezone: str = "Europe/Kyiv") -> Cleaned:
    return clean_text(text, outlet=outlet, timezone=timezone, seen=SEEN)


def clean_manner(page: plain_pages.PlainPage) -> Cleaned:
    return clean(page.text, outlet=page.outlet, timezone=page.timezone)


def read_seed(number: str) -> str:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the reference pages are not beside this repository")
    return found[0].read_text(encoding="utf-8")


@manners
def test_title_and_body_are_found_in_every_manner(page: plain_pages.PlainPage) -> None:
    cleaned = clean_manner(page)
    assert cleaned.title == page.title
    assert cleaned.body == page.body


@manners
def test_the_publication_time_is_read_from_the_dateline_alone(page: plain_pages.PlainPage) -> None:
    published = clean_manner(page).published
    assert (published.at.isoformat() if published.at else "") == page.published
    assert published.precision == page.precision
    assert published.origin == ("dateline" if page.published else "none")


@manners
def test_authors_are_those_of_the_byline(page: plain_pages.PlainPage) -> None:
    assert clean_manner(page).authors == page.authors


@manners
def test_everything_cut_is_on_record_in_page_order(page: plain_pages.PlainPage) -> None:
    assert tuple(cut.role for cut in clean_manner(page).cuts) == page.roles


@manners
def test_cleaning_a_clean_page_changes_nothing(page: plain_pages.PlainPage) -> None:
    once = clean_manner(page)
    assert clean(once.text, outlet=page.outlet, timezone=page.timezone).text == once.text


LINES = st.one_of(
    st.sampled_from([line for page in plain_pages.PAGES.values() for line in page.text.split("\n")]),
    st.text(alphabet="abcAB .,:|\n•-0129Ж\"'()\u200b\x00", max_size=60),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_cleaning_any_text_twice_is_cleaning_it_once(lines: list[str]) -> None:
    try:
        once = clean("\n".join([*lines, plain_pages.PROSE[0]]))
    except UnreadableInput:
        return
    assert clean(once.text).text == once.text


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_no_letter_is_lost_without_a_record(lines: list[str]) -> None:
    text = "\n".join([*lines, plain_pages.PROSE[0]])
    cleaned = clean(text)
    kept = f"{cleaned.text} {' '.join(cut.text for cut in cleaned.cuts)}"
    letters = {letter: text.count(letter) for letter in "abcABЖ"}
    assert all(kept.count(letter) >= number for letter, number in letters.items())


def test_short_lines_above_a_long_paragraph_are_no_hard_wrap() -> None:
    cleaned = clean(
        "\n".join(["Also Read: Ferry fares to rise in autumn", plain_pages.TITLE, plain_pages.PROSE[0]])
    )
    assert cleaned.body == (plain_pages.PROSE[0],)


def test_the_reference_page_without_a_date_stays_undated() -> None:
    cleaned = clean(read_seed("000"), outlet="RBC-Ukraine")
    assert cleaned.title == "US, South Korea, Japan condemn deepening North Korea-Russia military cooperation"
    assert cleaned.published.at is None
    assert not any("Getty" in paragraph or "Support" in paragraph for paragraph in cleaned.body)
    assert [cut.role for cut in cleaned.cuts] == ["navigation", "duplicate", "caption", "credit"]


def test_the_reference_page_with_a_dateline_is_dated_to_the_minute() -> None:
    cleaned = clean(read_seed("001"), outlet="Ukrainska Pravda")
    assert (
        cleaned.title
        == "US, South Korea and Japan condemn military cooperation between Russia and North Korea"
    )
    assert cleaned.published.at == datetime(2024, 6, 24, 4, 18, tzinfo=UTC)
    assert cleaned.published.precision == "minute"
    assert [cut.role for cut in cleaned.cuts] == ["appeal", "dateline", "duplicate", "credit", "appeal"]
    assert len(cleaned.body) == 9


def test_labels_of_the_text_stay_in_the_body() -> None:
    labelled = (
        "Source: a statement of the harbour council",
        "Quote: We will rebuild.",
        "Details: Work begins in May.",
    )
    assert clean("\n".join([plain_pages.TITLE, *labelled, *plain_pages.PROSE])).body[:3] == labelled


def test_only_the_appeal_is_cut_from_a_sentence_it_is_glued_to() -> None:
    cleaned = clean(f"{plain_pages.TITLE}\n\n{plain_pages.PROSE[0]}\n\nThe deal was signed.Support Us")
    assert cleaned.body[-1] == "The deal was signed."
    assert [(cut.role, cut.text) for cut in cleaned.cuts] == [("appeal", "Support Us")]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = "The harbour council agreed on Thursday to rebuild the\n"
    wrapped += "northern pier after two winters of storms had left\n"
    wrapped += "it closed to ferries and to the fishing fleet."
    assert clean(f"{plain_pages.TITLE}\n\n{wrapped}").body == (plain_pages.PROSE[0],)


def test_a_date_in_prose_is_never_the_publication_date() -> None:
    assert (
        clean(f"{plain_pages.TITLE}\n\nOn 6 June 2024 the council of the harbour met again.").published.at
        is None
    )


def test_the_line_under_the_title_is_the_subtitle() -> None:
    line = "Ferries will use the southern quay until the work is done"
    cleaned = clean("\n\n".join([plain_pages.TITLE, line, *plain_pages.PROSE]))
    assert cleaned.subtitle == line
    assert cleaned.body == plain_pages.PROSE


@pytest.mark.parametrize("text", ["", " \n\n ", "Share\nSupport us\n"])
def test_a_text_without_an_article_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput, match="no paragraph"):
        clean(text)


def test_binary_content_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="binary"):
        clean("\x00\x01" * 500)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="characters of text"):
        clean("word " * 4_000_001)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring

from etl.article import Cut
from etl.errors import UnreadableInput
from etl.extract.clean import clean_page
from etl.extract.clean.boilerplate import part_credit
from etl.extract.clean.captions import add_captions, read_captions
from etl.extract.clean.standfirsts import find_standfirst

RULE = "caption of a picture"
PROSE = (
    "The harbour council agreed on Thursday to rebuild the northern pier after two winters of storms had "
    "left it closed to ferries and to the fishing fleet.",
    "Engineers expect the work to take eighteen months, and the mayor said that the town would not borrow "
    "for it.",
)
STANDFIRST = "Repairs to the northern pier will begin before the autumn storms"


def figure(caption: str) -> HtmlElement:
    return fromstring(f"<main><figure><img><figcaption>{caption}</figcaption></figure></main>")


def tell(cuts: list[Cut]) -> list[tuple[str, str]]:
    return [(cut.role, cut.text) for cut in cuts]


def make_page(head: str = "", above: str = "", lines: tuple[str, ...] = PROSE) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    title = "<h1>Council votes to rebuild pier</h1>"
    return f"<html><head>{head}</head><body><article>{title}{above}{body}</article></body></html>"


@pytest.mark.parametrize(
    ("caption", "told"),
    [
        ("The pier.", [("caption", "The pier.")]),
        ("The pier. <span class='credit'>Ann Lee</span>", [("caption", "The pier."), ("credit", "Ann Lee")]),
        ("The pier. <small class='img-source'>AFP</small>", [("caption", "The pier."), ("credit", "AFP")]),
        ("The pier (Getty Images)", [("caption", "The pier"), ("credit", "(Getty Images)")]),
        ("The pier. Photo: Ann Lee", [("caption", "The pier."), ("credit", "Photo: Ann Lee")]),
        ("The pier. Photo: A. Lee <b class='credit'>AP</b>",
         [("caption", "The pier."), ("credit", "Photo: A. Lee AP")]),
        ("<em class='credit'>Getty Images</em>", [("credit", "Getty Images")]),
        ("<em class='credit'>AP</em> The pier.", [("caption", "AP The pier.")]),
        (" \n ", []),
        ("***", []),
        ("word " * 200, []),
    ],
)  # fmt: skip
def test_a_caption_and_its_credit_are_told_apart(caption: str, told: list[tuple[str, str]]) -> None:
    assert tell(read_captions(figure(caption))) == told


def test_captions_come_in_page_order_and_the_same_words_once() -> None:
    names = ("One", "Two", "One", "Three")
    tree = fromstring("".join(f"<figure><figcaption>{name}.</figcaption></figure>" for name in names))
    assert tell(read_captions(tree)) == [("caption", "One."), ("caption", "Two."), ("caption", "Three.")]


def test_a_caption_that_is_known_is_not_told_again() -> None:
    known = Cut("caption", "The pier in June. AFP", "picture label")
    fresh = Cut("caption", "The mayor.", RULE)
    assert add_captions([known, "Prose."], [Cut("credit", "AFP", RULE), fresh]) == [fresh, known, "Prose."]


def test_a_page_puts_its_captions_on_record_and_not_into_the_body() -> None:
    above = (
        "<figure><img><figcaption>The pier in June. <i class='credit'>Getty Images</i></figcaption></figure>"
    )
    cleaned = clean_page(make_page(above=above), url="", outlet="")
    assert cleaned.body == PROSE
    assert ("caption", "The pier in June.") in tell(list(cleaned.cuts))
    assert ("credit", "Getty Images") in tell(list(cleaned.cuts))


@given(st.text(alphabet="Photo: AnLe().©\n", max_size=40))
def test_parting_a_credit_loses_no_letter(caption: str) -> None:
    parted = part_credit(caption)
    assert "".join("".join(parted).split()) == "".join(caption.split())


@pytest.mark.parametrize("mark", ["<h2 class='standfirst'>", "<p class='dek'>", "<p class='article-lead'>"])
def test_a_line_named_standfirst_is_the_subtitle_and_leaves_the_body(mark: str) -> None:
    closed = mark[:3].replace("<", "</").strip() + ">"
    cleaned = clean_page(make_page(above=f"{mark}{STANDFIRST}{closed}"), url="", outlet="")
    assert (cleaned.subtitle, cleaned.body) == (STANDFIRST, PROSE)


def test_a_description_that_repeats_the_first_paragraph_takes_nothing_from_the_body() -> None:
    head = f'<meta name="description" content="{PROSE[0]}">'
    cleaned = clean_page(make_page(head=head), url="", outlet="")
    assert (cleaned.subtitle, cleaned.body) == ("", PROSE)


@pytest.mark.parametrize(
    "first", ["A line of its own", f"{STANDFIRST}.", "港は木曜日に再建されることになった。"]
)
def test_other_first_lines_stay(first: str) -> None:
    candidates = [first] if first != "A line of its own" else [STANDFIRST]
    assert find_standfirst([first, *PROSE], candidates) == ("", [first, *PROSE])


def test_a_body_of_one_line_is_no_standfirst() -> None:
    assert find_standfirst([STANDFIRST], [STANDFIRST]) == ("", [STANDFIRST])


def test_cuts_before_the_standfirst_stay_where_they_are() -> None:
    cut = Cut("byline", "By Ann Lee", "byline above the text")
    assert find_standfirst([cut, STANDFIRST, *PROSE], [STANDFIRST]) == (STANDFIRST, [cut, *PROSE])


def test_a_page_of_signs_alone_holds_no_article() -> None:
    with pytest.raises(UnreadableInput, match="no paragraph of an article"):
        clean_page("()-*" * 99, url="page", outlet="")


APPEALS = (
    ("Do you know more? Email newsdesk@courier.example or message us in confidence.", "promotion"),
    ("Follow our messaging channel so that you miss nothing.", "promotion"),
    ("Sigue nuestro canal de mensajería para no perderte nada.", "promotion"),
    ("Hometown news, delivered: get the Courier in your mailbox every Thursday.", "promotion"),
    ("Support The Harbour Courier on Patreon: a coffee a month helps.", "appeal"),
    ("Support Kurier on your favourite platform", "appeal"),
)


@pytest.mark.parametrize(("line", "role"), APPEALS)
def test_appeals_of_the_house_are_cut(line: str, role: str) -> None:
    cleaned = clean_page(make_page(lines=(PROSE[0], line, PROSE[1])), url="", outlet="")
    assert cleaned.body == PROSE
    assert (role, line) in tell(list(cleaned.cuts))


@pytest.mark.parametrize(
    "line",
    [
        "Do you know more about the flood than the minister, the opposition asked on Monday.",
        "Follow our reporters, the minister said, and you will see them write what they are told.",
        "Support for the president on Twitter has fallen by half since spring, researchers said.",
        "Farmers get the news of the harvest late, because few of them read what the ministry sends.",
    ],
)
def test_sentences_that_begin_like_appeals_stay(line: str) -> None:
    assert clean_page(make_page(lines=(PROSE[0], line, PROSE[1])), url="", outlet="").body[1] == line

"""Layers of the reader: each marks its own words, says of them what was found, and says no more than is known."""

from __future__ import annotations

import re

import pytest

from dashboard.charts.reader import STYLES, Span, draw_reading, mark_spans
from dashboard.queries.reading import LAYERS, Reading, read_article
from tests.builders import make_article, make_article_rows, make_rows, make_store

BODY = (
    "Ann Lee, the <b>mayor, said it was a very good day, Reuters wrote.",
    "On Monday she left. Some day they said so, $x$ and $y$ \u202eagain.",
)
MARKED = re.compile(r'class="([^"]*)" title="([^"]*)">([^<]*)<')


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    """Two articles that share a passage, the smaller id first; then the one of them with something in every layer."""
    told, other = (
        make_article(item="1", title="Head", body=BODY),
        make_article(item="2", title="Head", body=BODY),
    )

    def span(words: str, prefix: str = "", article: str = told.article_id) -> dict[str, object]:
        start = told.text.index(words)
        return {"article_id": article, f"{prefix}start": start, f"{prefix}end": start + len(words)}

    ann = {"actor_id": "a&b", "kind": "person", "surface": "Ann Lee"}
    quotes = [
        span("it was a very good day") | {"kind": "indirect", "cue": "said", "via": "Reuters", "speaker": "Ann Lee"}
        | span("Ann Lee", "speaker_") | span("Reuters", "via_"),
        span("she left") | {"kind": "indirect", "via": "Ann Lee", "speaker": "Ann Lee, the"}
        | span("Ann Lee, the", "speaker_") | span("Ann Lee", "via_"),
        span("so") | {"kind": "mixed", "via": "Telegram"},
    ]  # fmt: skip
    dates = [
        span("Monday") | {"value": "2024-06-24", "anchor": "published"},
        span("Some day") | {"value": "", "anchor": "none"},
    ]
    words = [
        span("very good") | {"word": "very good", "polarity": 0.9},
        span("left") | {"word": "left", "polarity": -0.1},
    ]
    pair = sorted((told.article_id, other.article_id))
    shared = {"article_a": pair[0], "article_b": pair[1], "tokens": 3} | {
        f"{name}_{side}": span(passage)[name] for side, passage in zip("ab", ("On Monday she", "Some day they"), strict=True)
        for name in ("start", "end")
    }  # fmt: skip
    snapshot = make_store(
        tmp_path_factory.mktemp("layers"), **make_article_rows(told, other), reuse=make_rows("reuse", shared),
        actors=make_rows("actors", {"actor_id": "a&b", "name": "Ann <Lee>", "kind": "person"}),
        mentions=make_rows("mentions", span("Ann Lee") | ann | {"label": "the mayor"},
                           span("she") | ann, span("Ann Lee", article=other.article_id) | ann),
        quotes=make_rows("quotes", *quotes), dates=make_rows("dates", *dates), tone_words=make_rows("tone_words", *words),
    ).snapshot()  # fmt: skip
    found = [read_article(snapshot, article) for article in (*pair, told.article_id)]
    return [each for each in found if each is not None]


@pytest.fixture
def reading(readings: list[Reading]) -> Reading:
    """The article with something in every layer."""
    return readings[2]


@pytest.mark.parametrize(
    ("layer", "marked"),
    [
        (
            "actors",
            [("Ann Lee", "Ann &lt;Lee&gt; · person · the mayor"), ("she", "Ann &lt;Lee&gt; · person")],
        ),
        (
            "quotations",
            [
                ("it was a very good day", "indirect · Ann Lee, via Reuters · said"),
                ("she left", "indirect · Ann Lee, the"),  # through whom it came is who speaks
                ("so", "mixed · not said who, via Telegram"),
            ],
        ),
        ("dates", [("Monday", "2024-06-24 · published"), ("Some day", "not resolved · none")]),
        ("tone words", [("very good", "very good · polarity +0.90"), ("left", "left · polarity -0.10")]),
    ],
)
def test_a_layer_marks_its_words_and_says_what_was_found(
    reading: Reading, layer: str, marked: list[tuple[str, str]]
) -> None:
    found = MARKED.findall(str(draw_reading(reading, layers=(layer,))))
    assert [(words, told) for style, told, words in found] == marked
    assert {style for style, *_ in found} == {STYLES[layer]}


def test_a_passage_is_marked_on_the_side_of_the_article(readings: list[Reading]) -> None:
    drawn = [str(draw_reading(each, layers=("shared passages",))) for each in readings[:2]]
    marked = [MARKED.findall(told) for told in drawn]
    assert marked == [[("l-shared", "3 words shared", words)] for words in ("On Monday she", "Some day they")]


def test_what_two_findings_say_alike_is_said_once_and_the_first_link_leads() -> None:
    spans = [Span(0, 4, "one", "told", ""), Span(0, 4, "one", "told", "a"), Span(2, 4, "two", "", "b")]
    assert str(mark_spans("abcd", spans)) == (
        '<p><a href="page:actors?actor=a"><span class="one" title="told">ab</span></a>'
        '<a href="page:actors?actor=a"><span class="one two" title="told">cd</span></a></p>'
    )


def test_text_that_looks_like_markup_stays_text_under_all_layers(reading: Reading) -> None:
    told = str(draw_reading(reading, layers=LAYERS))
    assert "<b>" not in told and "the &lt;b&gt;mayor" in re.sub(r"</?(span|a)\b[^>]*>", "", told)
    assert "$x$ and $y$ \u202eagain." in told
    assert 'href="page:actors?actor=a&amp;b"' in told
    assert set(LAYERS) == set(STYLES)

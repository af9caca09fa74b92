from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.filters import FIELDS, Filter, find_unread, read_number

IDS = st.text(st.characters(exclude_characters="~", exclude_categories=["Cs"]), min_size=1, max_size=8)
MANY = st.lists(IDS, max_size=3).map(tuple)
DAYS = st.none() | st.dates()
FILTERS = st.builds(
    Filter,
    start=DAYS,
    end=DAYS,
    outlets=MANY,
    languages=MANY,
    countries=MANY,
    story=IDS | st.just(""),
    actor=IDS | st.just(""),
    beside=IDS | st.just(""),
    behind=st.sampled_from(("", "of=voice&row=A~%C3%B6")) | st.text(max_size=6),
    words=st.text(max_size=12),
    pair=MANY,
    unit=st.sampled_from(["articles", "texts", "families"]),
    voice=st.sampled_from(["all", "outlet", "quoted"]),
    fewest=st.integers(0, 999),
    order=st.sampled_from(["outlets", "texts", "latest"]),
    grouping=st.sampled_from(["country", "language", "family", "kind", "group"]),
)
NAMES = FIELDS


@given(FILTERS)
def test_an_address_gives_back_its_filter(chosen: Filter) -> None:
    assert Filter.from_query(chosen.to_query()) == chosen


@given(FILTERS, st.randoms())
def test_the_order_of_parameters_does_not_matter(chosen: Filter, chance) -> None:
    items = list(chosen.to_query().items())
    chance.shuffle(items)
    assert Filter.from_query(dict(items)) == chosen


@given(FILTERS, DAYS, MANY)
def test_the_order_of_choices_does_not_matter(
    chosen: Filter, day: date | None, outlets: tuple[str, ...]
) -> None:
    one = chosen.narrow(start=day).narrow(outlets=outlets)
    assert one == chosen.narrow(outlets=outlets).narrow(start=day)


def test_an_empty_filter_has_an_empty_address() -> None:
    assert Filter().to_query() == {}


def test_what_cannot_be_read_counts_as_not_given() -> None:
    assert Filter.from_query({"start": "soon", "unit": "tons", "voice": "loud", "room": "own"}) == Filter()


@given(FILTERS)
@example(Filter(words="a&b=c #1 100% +ü ~ / ?", outlets=("x&y", "ö ü")))
def test_a_filter_survives_the_address_line_of_a_browser(chosen: Filter) -> None:
    line = urlencode(chosen.to_query())
    assert Filter.from_query(dict(parse_qsl(line, keep_blank_values=True))) == chosen


@given(FILTERS)
def test_an_address_names_only_what_differs_from_the_default(chosen: Filter) -> None:
    default = Filter()
    told = {name for name in NAMES if getattr(chosen, name) != getattr(default, name)}
    assert set(chosen.to_query()) == told


@given(FILTERS)
def test_other_filters_have_other_addresses_and_equal_ones_one_hash(chosen: Filter) -> None:
    assert chosen.narrow(voice="outlet").to_query() != chosen.narrow(voice="quoted").to_query()
    assert hash(chosen) == hash(Filter.from_query(chosen.to_query()))


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=6), st.text(max_size=12)))
def test_any_address_gives_a_filter_that_gives_itself_back(query: dict[str, str]) -> None:
    read = Filter.from_query(query)
    assert Filter.from_query(read.to_query()) == read


@given(st.sampled_from(NAMES), FILTERS)
def test_a_parameter_that_is_empty_counts_as_not_given(name: str, chosen: Filter) -> None:
    query = chosen.to_query() | {name: ""}
    assert getattr(Filter.from_query(query), name) == getattr(Filter(), name)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("start", "2024-06-24", date(2024, 6, 24)),
        ("start", "2024-02-30", None),
        ("end", "24.06.2024", None),
        ("end", "2024-06-24T10:00", None),
        ("fewest", "3", 3),
        ("fewest", "-3", 2),
        ("fewest", "٣", 2),
        ("fewest", "1000", 2),
        ("fewest", "2.5", 2),
        ("order", "latest", "latest"),
        ("order", "Latest", "outlets"),
        ("outlets", "a~b", ("a", "b")),
        ("outlets", "~a~~b~", ("a", "b")),
        ("pair", "b~a", ("b", "a")),
        ("words", "a~b", "a~b"),
        ("story", " ", " "),
    ],
)
def test_a_parameter_is_read_as_written(name: str, text: str, value: object) -> None:
    assert getattr(Filter.from_query({name: text}), name) == value


def test_one_parameter_that_cannot_be_read_leaves_the_others() -> None:
    query = {"start": "soon", "end": "2024-06-30", "unit": "tons", "outlets": "a", "as_of": "3"}
    assert Filter.from_query(query) == Filter(end=date(2024, 6, 30), outlets=("a",))


def test_a_choice_leaves_the_filter_that_it_was_made_on() -> None:
    chosen = Filter(outlets=("a",))
    assert chosen.narrow(story="s") == Filter(outlets=("a",), story="s")
    assert chosen == Filter(outlets=("a",))
    with pytest.raises(TypeError):
        chosen.narrow(room="own")


@given(FILTERS)
def test_nothing_of_a_permalink_is_unread(chosen: Filter) -> None:
    assert find_unread(chosen.to_query() | {"room": "own", "as_of": "3"}) == []


@pytest.mark.parametrize(
    ("query", "unread"),
    [
        (
            {"unit": "articles", "voice": "all", "fewest": "0", "room": ""},
            [],
        ),  # said though it is the default
        ({"wrods": "strike", "story": "", "words": "port"}, ["story", "wrods"]),
        ({"outlets": "~", "start": "2024-02-30", "unit": "tons"}, ["outlets", "start", "unit"]),
        ({"as_of": "soon"}, ["as_of"]),
        ({"as_of": "\u00b2", "fewest": "\u00b2"}, ["as_of", "fewest"]),
    ],
)
def test_a_parameter_that_says_nothing_is_named(query: dict[str, str], unread: list[str]) -> None:
    assert find_unread(query) == unread


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 9, 999_999_999), ("9" * 10, None), ("9" * 5000, None), ("\u00b2", None),
     ("\u0663", None), ("-1", None), ("1_0", None), (" 1", None), ("", None)],
)  # fmt: skip
def test_a_number_of_an_address_is_a_few_plain_digits(text: str, number: int | None) -> None:
    assert read_number(text) == number

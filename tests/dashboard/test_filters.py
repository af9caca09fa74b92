from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filter

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
    words=st.text(max_size=12),
    pair=MANY,
    unit=st.sampled_from(["articles", "texts", "families"]),
    voice=st.sampled_from(["all", "outlet", "quoted"]),
)


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

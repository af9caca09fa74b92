"""Labels: titles beside names, and descriptions in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.descriptions import find_described
from etl.transform.labels import label_start, read_label, strip_title


def label_of(text, name, kind="person"):
    start = text.index(name)
    return read_label(text, start, start + len(name), kind)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("the visit of Russian leader Vladimir Putin to Hanoi", "Vladimir Putin", "Russian leader"),
        ("• NATO Secretary General Jens Stoltenberg said", "Jens Stoltenberg", "NATO Secretary General"),
        ("He called the dictator Kim a friend.", "Kim", "dictator"),
        ("Russia's President Vladimir Putin left.", "Vladimir Putin", "President"),
        ("He left. President Putin stayed.", "Putin", "President"),
        ("Angela Merkel, the German chancellor, spoke.", "Angela Merkel", "German chancellor"),
        ("US Secretary of State Rex Tillerson", "Rex Tillerson", "US Secretary of State"),
        ("Mr Trump went", "Trump", None),
        ("In Syria. Putin agreed", "Putin", None),
        ("They saw Putin, and the crowd, cheering.", "Putin", None),
        ("He met the Chinese president. Trump spoke later.", "Trump", None),
        ("She became prime minister. Mr Varadkar left.", "Varadkar", None),
        ("It was said by Pentagon spokesman Capt. Jeff Davis.", "Jeff Davis", "Pentagon spokesman Capt."),
        ("In Beijing Mr Tillerson spoke", "Tillerson", None),
        ("a spokesman for Mr Trump", "Trump", None),
        ("Foreign Minister Mr Coveney spoke", "Coveney", "Foreign Minister Mr"),
        ("So said U.S. Sen. John McCain.", "John McCain", "U.S. Sen."),
    ],
)
def test_the_label_of_a_person(text, name, label):
    assert label_of(text, name) == label


def test_organisations_have_labels_and_places_none():
    assert label_of("the militant group Hamas said", "Hamas", "organisation") == "militant group"
    assert label_of("President Paris", "Paris", "place") is None


def test_titles_inside_a_name_are_cut():
    text = "President Donald Trump"
    assert text[strip_title(text, 0, len(text)) :] == "Donald Trump"


def test_a_subject_that_is_a_role_alone_is_a_description():
    text = (
        "Putin flew on. The dictator is also considering it. The secretary general said no. The table fell."
    )
    assert [found.role.noun for found in find_described(text)] == ["dictator", "secretary general"]


@given(st.text(), st.integers(0, 40))
def test_a_label_never_begins_behind_its_name(text, place):
    start = min(place, len(text))
    assert 0 <= label_start(text, start, "person") <= start

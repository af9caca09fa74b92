"""Countries, seats of government, titles and credits, case by case and without the recogniser of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.actors.credits import credit_ranges, is_picture_agency
from etl.transform.actors.metonyms import find_capitals, find_metonyms
from etl.transform.descriptions import find_described
from etl.transform.gazetteer import find_known, known_by_name, name_key
from etl.transform.labels import read_label, strip_title
from etl.transform.names import calm_capitals

COUNTRIES = [
    ("Norway and Sweden signed it.", "en", ["NOR", "SWE"]),
    ("The Netherlands beat Belgium.", "en", ["NLD", "BEL"]),
    ("A US senator went to the UK.", "en", ["USA", "GBR"]),
    ("Tell us who came.", "en", []),
    ("South Africa and South Korea met.", "en", ["ZAF", "KOR"]),
    ("Guinea-Bissau and Guinea differ.", "en", ["GNB", "GIN"]),
    ("Niger is not Nigeria.", "en", ["NER", "NGA"]),
    ("The Nigerians left.", "en", []),
    ("Democratic Republic of the Congo", "en", ["COD"]),
    ("Bosnia and Herzegovina", "en", ["BIH"]),
    ("Trinidad and Tobago", "en", ["TTO"]),
    ("pro-Russia and anti-Russia rallies", "en", []),
    ("Russia's army and Ukraine’s army", "en", ["RUS", "UKR"]),
    ("Spanien und Portugal", "de", ["ESP", "PRT"]),
    ("España y Francia", "es", ["ESP", "FRA"]),
    ("Польща та Німеччина", "uk", ["POL", "DEU"]),
    ("norway and sweden", "en", []),
    ("", "en", []),
]
METONYMS = [
    ("Moscow said it would not yield.", ["Moscow"]),
    ("Beijing has denied the report.", ["Beijing"]),
    ("Relations with Tehran are cold.", ["Tehran"]),
    ("Talks between Moscow and Kyiv began.", ["Moscow", "Kyiv"]),
    ("He flew to Moscow on Friday.", []),
    ("A fire broke out in Paris.", []),
    ("People in Beijing said it was loud.", []),
    ("The Kremlin kept silent.", ["Kremlin"]),
    ("Whitehall was not amused.", ["Whitehall"]),
    ("The French government fell.", ["French government"]),
    ("The North Korean regime fired two rockets.", ["North Korean regime"]),
    ("The city government fell.", []),
]
KEYS = [
    ("Łukasz Kowalski", "lukasz kowalski"),
    ("José Peña", "jose pena"),
    ("Jean-Luc Picard", "jean luc picard"),
    ("O’Neil", "oneil"),
    ("John F. Doe", "john doe"),
    ("Ines Holt’s", "ines holt"),
    ("  Ines   Holt ", "ines holt"),
    ("Straße", "strasse"),
]
LABELS = [
    ("French President Ann Roux left.", "Ann Roux", "person", "French President"),
    ("former minister Ann Roux left.", "Ann Roux", "person", "former minister"),
    ("Ms Ann Roux left.", "Ann Roux", "person", None),
    ("Then Ann Roux left.", "Ann Roux", "person", None),
    ("Ann Roux, the former minister, left.", "Ann Roux", "person", "former minister"),
    ("Ann Roux, tired and wet, left.", "Ann Roux", "person", None),
    ("It ended. President Roux left.", "Roux", "person", "President"),
    ("The terrorist group Red Hand struck.", "Red Hand", "organisation", "terrorist group"),
    ("President Paris left.", "Paris", "place", None),
]
CREDITS = [
    ("Reporting by Ann Roux", "Ann Roux", True),
    ("Editing by Ann Roux and Mark Reed", "Mark Reed", True),
    ("Additional reporting by Ann Roux", "Ann Roux", True),
    ("Photo: Getty Images", "Getty Images", True),
    ("A bridge (Shutterstock)", "Shutterstock", True),
    ("© 2024 Brill Gazette", "Brill Gazette", True),
    ("Copyright Brill Gazette", "Brill Gazette", True),
    ("Subscribe to the Brill Gazette", "Brill Gazette", True),
    ("The report by Ann Roux was read.", "Ann Roux", False),
    ("Ann Roux told the Brill Gazette a story.", "Brill Gazette", False),
    ("Getty Images sued the company.", "Getty Images", False),
    ("We support Ann Roux in this matter.", "Ann Roux", False),
]
SHOUTS = [
    ("BRIDGE FALLS IN BRILL", "Bridge Falls in Brill"),
    ("NATO AND THE EU MEET IN ROME", "NATO and the EU Meet in Rome"),
    ("Bridge falls in Brill", "Bridge falls in Brill"),
    ("NATO", "NATO"),
    ("The IMF paid", "The IMF paid"),
]


@pytest.mark.parametrize(("text", "language", "codes"), COUNTRIES)
def test_countries_are_found_by_their_names_alone(text: str, language: str, codes: list[str]) -> None:
    found = [hit.actor.country for hit in find_known(text, language) if hit.actor.kind == "country"]
    assert found == codes


@pytest.mark.parametrize(("text", "seats"), METONYMS)
def test_a_seat_of_government_acts_or_is_a_place(text: str, seats: list[str]) -> None:
    hits = find_metonyms(text)
    assert [text[hit.start : hit.end] for hit in hits] == seats
    assert all(hit.actor.kind == "country" for hit in hits)


def test_metonyms_mean_the_country_that_they_govern() -> None:
    text = "Moscow said no, Beijing said yes, and the Kremlin said nothing; the French government slept."
    assert [hit.actor.country for hit in find_metonyms(text)] == ["RUS", "CHN", "RUS", "FRA"]
    assert [code for _, _, code in find_capitals("From Oslo to Madrid")] == ["NOR", "ESP"]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_key_has_no_accents_hyphens_initials_or_possessive(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(("text", "name", "kind", "label"), LABELS)
def test_a_label_stands_before_or_behind_a_name(text: str, name: str, kind: str, label: str | None) -> None:
    start = text.index(name)
    assert read_label(text, start, start + len(name), kind) == label


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Ann Roux", "Ann Roux"),
        ("Prime Minister Ann Roux", "Ann Roux"),
        ("Ann Roux", "Ann Roux"),
        ("President", "President"),
    ],
)
def test_a_name_begins_behind_its_titles(text: str, name: str) -> None:
    assert text[strip_title(text, 0, len(text)) :] == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The president has left.", [("The president", True)]),
        ("It rained. The former minister said no.", [("The former minister", True)]),
        ("The bridge has fallen.", []),
        ("They saw the president.", [("the president", False)]),
        ("They saw the president of Brill.", []),
        ("They saw the president Ann Roux.", []),
        ("They fined the company.", []),
        ("The company is fined.", [("The company", True)]),
        ("A president is elected.", []),
    ],
)
def test_a_role_alone_describes_a_person_and_as_subject_an_organisation(
    text: str, found: list[tuple[str, bool]]
) -> None:
    assert [(text[one.start : one.end], one.subject) for one in find_described(text)] == found


@pytest.mark.parametrize(("text", "name", "credited"), CREDITS)
def test_who_signs_is_told_from_who_acts(text: str, name: str, credited: bool) -> None:
    whole = f"The bridge fell.\n\n{text}\n\nIt rained."
    start = whole.index(name)
    inside = [one for one in credit_ranges(whole) if one[0] <= start and start + len(name) <= one[1]]
    assert bool(inside) == credited


def test_a_picture_agency_is_known_and_a_newspaper_is_none() -> None:
    assert [is_picture_agency(name) for name in ("Getty Images", "Alamy", "Brill Gazette", "")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("shouted", "calm"), SHOUTS)
def test_a_shouted_line_is_written_as_a_headline(shouted: str, calm: str) -> None:
    assert calm_capitals(shouted) == calm


@given(st.text(max_size=80))
def test_hits_credits_and_metonyms_lie_in_any_text(text: str) -> None:
    ranges = [(hit.start, hit.end) for hit in (*find_known(text), *find_metonyms(text))]
    assert all(0 <= start < end <= len(text) for start, end in (*ranges, *credit_ranges(text)))


@given(st.sampled_from(["Emmanuel Macron", "Angela Merkel", "Xi Jinping", "Recep Tayyip Erdogan"]))
def test_a_known_person_is_the_same_in_capitals_and_with_hyphens(name: str) -> None:
    person = known_by_name(name)
    assert person is not None
    assert known_by_name(name.upper()) == known_by_name(name.replace(" ", "-")) == person

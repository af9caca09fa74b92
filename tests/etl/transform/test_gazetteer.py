"""Gazetteer: countries by any of their names, and well-known actors."""

import pytest

from etl.transform.gazetteer import (
    country_actor,
    country_of_capital,
    demonyms,
    find_known,
    known_actors,
    known_by_name,
    known_by_surname,
    name_key,
)
from etl.transform.lexicon import read_lexicon


def codes(text, language="en"):
    return [hit.actor.country for hit in find_known(text, language)]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("PRK", ("North Korea", "DPRK", "Democratic People's Republic of Korea")),
        ("KOR", ("South Korea", "ROK", "Republic of Korea")),
        ("USA", ("US", "U.S.", "United States", "United States of America", "America")),
        ("GBR", ("UK", "Britain", "United Kingdom")),
        ("RUS", ("Russia", "Russian Federation")),
        ("CZE", ("Czechia", "Czech Republic")),
        ("CIV", ("Ivory Coast", "Côte d’Ivoire")),
        ("TUR", ("Turkey", "Türkiye")),
    ],
)
def test_all_names_of_a_country_mean_one_actor(code, names):
    assert {hit.actor.actor_id for name in names for hit in find_known(name)} == {
        country_actor(code).actor_id
    }


def test_small_letters_are_no_country():
    assert codes("He told us about turkey and china plates.") == []


def test_the_longest_name_counts():
    text = "South Sudan and the UN Security Council"
    assert [text[hit.start : hit.end] for hit in find_known(text)] == ["South Sudan", "UN Security Council"]


def test_two_countries_joined_by_a_hyphen_are_two():
    assert codes("North Korea-Russia cooperation") == ["PRK", "RUS"]


def test_prefixes_and_continents_are_no_country():
    assert codes("anti-US protests in Latin America") == []


def test_other_languages_name_countries_their_own_way():
    assert codes("Deutschland und Frankreich", "de") == ["DEU", "FRA"]
    assert codes("Україна та Японія", "uk") == ["UKR", "JPN"]
    assert codes("Gobelins", "qqq") == []


def test_spelling_does_not_part_a_person():
    assert name_key("Kim Jong-un's") == name_key("Kim Jong Un") == "kim jong un"
    assert name_key("Recep Tayyip Erdoğan") == "recep tayyip erdogan"
    assert name_key("Donald J. Trump") == "donald trump"


def test_a_known_person_is_found_by_name_and_by_surname():
    assert known_by_name("Volodymyr Zelensky") == known_by_surname("Zelenskiy")
    assert known_by_surname("Clinton") is None


def test_every_actor_has_its_own_id_and_a_known_country():
    actors = known_actors()
    assert all(actor.actor_id == key for key, actor in actors.items())
    assert {actor.country for actor in actors.values()} - {""} <= {
        actor.country for actor in actors.values() if actor.kind == "country"
    }


def test_no_name_of_the_lexicon_stands_for_two_actors():
    rows = read_lexicon("actors")
    names = [name for row in rows for name in (row["name"], *filter(None, row["other_names"].split(";")))]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert [name for name in names if codes(name) and find_known(name)[0].actor.kind == "country"] == []


@pytest.mark.parametrize(
    ("said", "name", "country"),
    [
        ("Pfizer", "Pfizer", "USA"),
        ("Goldman Sachs", "Goldman Sachs", "USA"),
        ("SDLP", "Social Democratic and Labour Party", "GBR"),
        ("Interfax-Ukraine", "Interfax-Ukraine", "UKR"),
        ("United Russia", "United Russia", "RUS"),
        ("ITAR-TASS", "TASS", "RUS"),
        ("L’Oréal", "L'Oréal", "FRA"),
        ("Doctors Without Borders", "Médecins Sans Frontières", "FRA"),
    ],
)
def test_companies_parties_and_agencies_are_known_by_any_of_their_names(said, name, country):
    (hit,) = find_known(f"On Monday {said} declined to comment.")
    assert (hit.actor.name, hit.actor.kind, hit.actor.country) == (name, "organisation", country)


def test_demonyms_and_capitals_point_at_known_countries():
    for code in (
        *demonyms().adjectives.values(),
        *demonyms().people.values(),
        *country_of_capital().values(),
    ):
        assert country_actor(code).country == code

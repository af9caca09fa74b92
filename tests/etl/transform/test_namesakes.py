"""Namesakes: teams, companies, seas and states that carry a country's or a capital's name are not it."""

import pytest

from tests.etl.transform.newsdesk import register


def meant(sentence):
    told, _ = register(f"Talks\n\n{sentence}")
    return dict(zip(told["surface"], told["name"], strict=True))


@pytest.mark.parametrize(
    ("sentence", "surface", "name"),
    [
        ("The France coach Didier Deschamps picked a striker.", "France", "France (team)"),
        ("England captain Harry Kane scored twice.", "England", "England (team)"),
        ("India's captain met the press in Delhi.", "India", "India"),
        ("The Biden administration imposed sanctions.", "Biden administration", "United States"),
        ("Moscow warned Kiev on Monday.", "Kiev", "Ukraine"),
        ("The Kremlin said it would respond.", "Kremlin", "Russia"),
    ],
)
def test_a_name_means_the_team_or_the_government_by_the_words_beside_it(sentence, surface, name):
    assert meant(sentence)[surface] == name


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("The Bank of China raised its rates.", "China"),
        ("Air France cancelled its flights to Berlin.", "France"),
        ("Team USA won gold in the relay.", "United States"),
        ("China Daily wrote that the talks went well.", "China"),
        ("A ship sank in the Sea of Japan on Monday.", "Japan"),
        ("Oil leaked into the Gulf of Mexico on Monday.", "Mexico"),
        ("Washington state voted against the bill.", "United States"),
    ],
)
def test_what_carries_the_name_of_a_country_is_not_the_country(sentence, country):
    assert country not in meant(sentence).values()


def test_a_team_belongs_to_its_country():
    _, actors = register("Talks\n\nThe Wales captain and the Spain coach met.")
    countries = dict(zip(actors["name"], actors["country"], strict=True))
    assert countries == {"Wales (team)": "GBR", "Spain (team)": "ESP"}


@pytest.mark.parametrize(
    ("sentence", "team"),
    [
        ("Brazil 2-1 Chile was the surprise of the day.", "Brazil"),
        ("Brazil 2-1 Chile was the surprise of the day.", "Chile"),
        ("Finals: Brazil 2 Chile 1.", "Brazil"),
        ("France beat Belgium 1-0 in the semi-final.", "France"),
        ("France beat Belgium 1-0 in the semi-final.", "Belgium"),
        ("Spain drew with Portugal 3-3 on Friday.", "Portugal"),
        ("Peru lost to Denmark 0–1 on Saturday.", "Denmark"),
    ],
)
def test_a_country_with_a_score_is_its_team(sentence, team):
    assert meant(sentence)[team] == f"{team} (team)"


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("The court ruled against China 5-0 in July.", "China"),
        ("France 10-15 March is the season of strikes.", "France"),
        ("Russia won 3 of 10 contracts in Syria.", "Russia"),
        ("Iran lost a 12-3 vote on Monday.", "Iran"),
        ("Spain and Portugal signed on 12 May 2017.", "Portugal"),
    ],
)
def test_other_numbers_leave_a_country_a_country(sentence, country):
    assert meant(sentence)[country] == country

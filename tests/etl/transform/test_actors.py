"""Actors: who is mentioned, under which name, and who is none."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.actors import ACTORS, MENTIONS
from etl.transform.actors.credits import credit_ranges
from tests.etl.transform.newsdesk import lay_out, mention, read_seed, register

SENTENCE = "Talks\n\n"
PIECES = ("Putin", "Kim Jong-un", "US", "The dictator is", "Seoul said", "\n\n", ". ", "’s", "“", '"',
          "(AFP)", " and ",
          "Photo: ", "Bank of America", "é", "NATO (", ")", "President ",
          "the Russian government", "\t")  # fmt: skip


def surfaces(mentions, name):
    return mentions.loc[mentions["name"] == name, "surface"].tolist()


def named(text):
    return set(register(SENTENCE + text)[0]["name"])


def test_two_names_of_a_country_are_one_actor():
    mentions, actors = register(SENTENCE + "North Korea (DPRK) threatened the ROK. South Korea answered.")
    assert surfaces(mentions, "North Korea") == ["North Korea", "DPRK"]
    assert surfaces(mentions, "South Korea") == ["ROK", "South Korea"]
    assert actors.set_index("name").at["North Korea", "country"] == "PRK"


def test_two_countries_are_two_mentions():
    mentions = mention(SENTENCE + "South Korea and the United States agreed.")
    assert mentions["surface"].tolist() == ["South Korea", "United States"]


def test_a_surname_means_the_person_named_before():
    mentions, _ = register(SENTENCE + "Ann Miller met Peter Brown. Miller left and Brown's car stayed.")
    assert surfaces(mentions, "Ann Miller") == ["Ann Miller", "Miller"]
    assert surfaces(mentions, "Peter Brown") == ["Peter Brown", "Brown"]


def test_an_abbreviation_means_the_name_that_introduced_it():
    text = "The Harbour Workers Union (HWU) called a strike. The HWU wants more pay."
    mentions, _ = register(SENTENCE + text)
    assert set(mentions.loc[mentions["surface"] == "HWU", "actor_id"]) == set(
        mentions.loc[mentions["surface"] == "Harbour Workers Union", "actor_id"]
    )


@pytest.mark.parametrize(
    ("text", "surface", "metonym"),
    [
        ("Seoul promised to consider it.", "Seoul", True),
        ("It showed Moscow's desire to build a coalition.", "Moscow", True),
        ("Talks between Washington and Beijing failed.", "Beijing", True),
        ("The Russian government fell.", "Russian government", True),
        ("Thousands marched in Moscow on Sunday.", "Moscow", False),
    ],
)
def test_a_capital_stands_for_its_country_only_where_it_acts(text, surface, metonym):
    mentions = mention(SENTENCE + text).set_index("surface")
    assert bool(mentions.at[surface, "metonym"]) is metonym
    assert mentions.at[surface, "kind"] == ("country" if metonym else "place")


def test_part_of_another_name_is_no_country():
    assert "United States" not in named("Shares of Bank of America fell.")
    assert "Mexico" not in named("She was born in New Mexico in 1950.")


@pytest.mark.parametrize(
    "text",
    ["Stock photo: Getty Images", "Photo: Vladimir Putin and Kim Jong-un (Getty Images)",
     "A ship (Reuters)",
     "Photo by John Smith/AFP", "Reporting by Jane Roe; editing by John Doe",
     "Support UP or become our patron!"],
)  # fmt: skip
def test_credits_and_appeals_are_no_actors(text):
    assert not named(text) & {"Getty Images", "Reuters", "AFP", "John Smith", "Jane Roe", "John Doe", "UP"}


def test_the_pictured_are_actors_and_an_agency_that_is_told_something_too():
    assert "Vladimir Putin" in named("Photo: Vladimir Putin and Kim Jong-un (Getty Images)")
    assert credit_ranges("The minister told Reuters that he would go.") == []


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("SEOUL, June 24 (Meridian) — The two met.", ["Meridian"]),
        ("NEW YORK (Harbour News) - The two met.", ["Harbour News"]),
        ("Oslo (Nordlys) — The two met.", []),
        ("SEOUL (of all places) is where the two met.", []),
        ("WHO (World Health Organization of Geneva) - the agency - warned.", []),
    ],
)
def test_who_filed_is_credited_in_a_dateline_and_its_place_is_not(text, credited):
    assert [text[start:end] for start, end in credit_ranges(text)] == credited


def test_a_description_means_the_one_person_before():
    text = SENTENCE + "Putin flew to Vietnam. The dictator is also considering a change."
    row = register(text)[0].set_index("method").loc["description"]
    assert (row["surface"], row["label"], row["name"]) == ("The dictator", "dictator", "Vladimir Putin")


def test_a_description_after_two_people_is_left_alone():
    mentions = mention(SENTENCE + "Putin met Kim Jong Un. The dictator is also considering a change.")
    assert "description" not in mentions["method"].tolist()


def test_voice_tells_headline_quotation_and_outlet():
    mentions = mention('Russia warned\n\nHe said: "Ukraine must win." Japan agreed.').set_index("surface")[
        "voice"
    ]
    assert mentions.to_dict() == {"Russia": "headline", "Ukraine": "quoted", "Japan": "outlet"}


def test_tone_towards_an_actor_is_a_probability():
    tones = mention(SENTENCE + "Russia launched a brutal attack.")[
        ["tone_negative", "tone_neutral", "tone_positive"]
    ]
    assert tones.sum(axis=1).round(6).eq(1).all()


def test_an_unknown_language_has_no_mentions_and_a_known_one_countries():
    assert mention("Putin und Deutschland", language="und").empty
    assert mention("Putin besucht Deutschland", language="de")["surface"].tolist() == ["Deutschland"]


def test_the_register_does_not_depend_on_order():
    articles, texts, sentences = lay_out("Miller and Ann Miller won.", "Ann Miller met NATO in Paris.")
    mentions = MENTIONS.compute(articles, texts, sentences)
    turned = ACTORS.compute(mentions[::-1], articles[::-1])
    pd.testing.assert_frame_equal(turned, ACTORS.compute(mentions, articles))


def test_no_articles_no_mentions_no_actors():
    empty = [TABLES[name].empty() for name in ("articles", "texts", "sentences")]
    mentions = MENTIONS.compute(*empty)
    assert mentions.empty
    assert ACTORS.compute(mentions, empty[0]).empty


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map(" ".join))
def test_spans_quote_the_text_and_do_not_overlap(text):
    mentions = mention(text)
    assert all(text[row.start : row.end] == row.surface != "" for row in mentions.itertuples())
    assert (mentions["start"].to_numpy()[1:] >= mentions["end"].to_numpy()[:-1]).all()


def test_an_article_is_read_alone():
    texts = ("Ann Miller won.", "Miller lost in Paris.")
    both = mention(*texts)
    alone = mention(texts[0])
    pd.testing.assert_frame_equal(both[both["article_id"] == "a0"], alone)


def test_seed_rbc_names_its_actors():
    mentions, _ = register(read_seed(0))
    assert not mentions["surface"].str.contains("Getty").any()
    assert {"Vladimir Putin", "Putin", "The dictator"} == set(surfaces(mentions, "Vladimir Putin"))
    assert {"ROK", "South Korea", "Republic of Korea", "Seoul"} == set(surfaces(mentions, "South Korea"))
    assert {"North Korea", "DPRK"} == set(surfaces(mentions, "North Korea"))


def test_seed_up_names_its_actors_with_their_labels():
    mentions, actors = register(read_seed(1))
    labels = mentions.dropna(subset=["label"]).groupby("name")["label"].agg(set).to_dict()
    assert labels["Jens Stoltenberg"] == {"NATO Secretary General"}
    assert labels["Vladimir Putin"] == {"Russian leader"}
    assert labels["Kim Jong Un"] == {"North Korean leader"}
    assert not actors["name"].isin(["Getty Images", "UP"]).any()


@pytest.mark.parametrize(
    "people", ["Canadians", "Serbs", "Romanians", "Pakistanis", "Jamaicans", "Nigeriens", "Ugandans"]
)
def test_a_people_is_a_group_whatever_the_recogniser_takes_it_for(people):
    found = mention(SENTENCE + f"They met on Monday. {people} marched in town, and so did many {people}.")
    assert found["surface"].tolist() == [people, people]
    assert found["kind"].tolist() == ["group", "group"]
    assert found["actor_id"].nunique() == 1


@pytest.mark.parametrize(
    "words", ["two Great Danes", "the Young Turks", "a non-Russians list", "Finns Party"]
)
def test_a_word_for_a_people_in_another_name_is_no_people(words):
    found = mention(SENTENCE + f"Officials met {words} in the capital on Monday.")
    assert not {"Danes", "Turks", "Russians", "Finns"} & set(found["surface"])

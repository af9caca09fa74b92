"""Where sentences end, case by case: `|` marks every end that a careful reader would set."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.sentences import find_sentences, split_sentences

ENGLISH = [
    "The ship sank.|Nobody drowned.",
    "Did it sink?|It did!|Nobody drowned.",
    "Prof. Hale and Rev. Moss spoke.|Lt. Gen. Cray did not.",
    "Gov. Ashe met Sen. Boyle.|They ate.",
    "The firm, Hollis Corp., paid.|It had to.",
    "She works for Hollis Ltd.|The firm is old.",
    "He was born in Washington D.C. in May.",
    "At 7 a.m. on Friday they left.|At 9 p.m. they came back.",
    "It cost $3.50.|That is cheap.",
    "Version 2.0.1 is out.|Get it.",
    "See p. 14 and vol. 3 for more.|It is long.",
    "He got a Ph.D. in law.|His mother wept.",
    "Bring bread, milk, etc. when you come.",
    "“We lost.|It was fair,” she said.",
    "“Who goes there?” the guard shouted.|Nobody answered.",
    "“Who goes there?”|Nobody answered.",
    "She asked: “Why?”|He shrugged.",
    "They won (at last).|Everybody sang.",
    "They sang.|(Nobody danced.)|They left.",
    "It was… odd.|Very odd.",
    "What?!|No way.",
    "T. S. Eliot wrote it.|W. H. Auden read it.",
    "The U.N. envoy came.|The U.S. envoy did not.",
    "Visit example.org today.|It is free.",
    "St. Mary's church burned.|The roof fell.",
    "Messrs. Bolt vs. Kerr was heard.|It took long.",
]
GERMAN = [
    "Das Schiff sank.|Niemand ertrank.",
    "Am 3. Oktober wurde gefeiert.|Viele kamen.",
    "Dr. Weiß und Prof. Lang kamen.|Sie blieben lange.",
    "Es gab z.B. Brot, Käse usw. und Wein.",
    "Der 2. Platz ging an Köln.|Der 1. an Bonn.",
    "„Wir gehen“, sagte sie.|Er blieb.",
    "Rund 3,5 Mio. Euro fehlten.|Das ist viel.",
    "War das alles?|Ja!",
]
SPANISH = [
    "El barco se hundió.|Nadie murió.",
    "¿Se hundió?|¡Sí!|Nadie murió.",
    "La Sra. Ruiz y el Dr. Paz llegaron.|Luego cenaron.",
    "Vive en EE. UU. desde 2010.|Es médico.",
    "«Nos vamos», dijo ella.|Él se quedó.",
    "Cuesta 1.500 euros.|Es caro.",
]
UKRAINIAN = [
    "Корабель затонув.|Ніхто не загинув.",
    "У 2023 р. він виїхав.|У 2024 р. повернувся.",
    "Збитки сягнули 5 млн грн.|Це багато.",
    "Він жив на вул. Садовій у м. Львів.|Потім поїхав.",
    "«Ми йдемо», — сказала вона.|Він лишився.",
    "Чому?|Бо так.",
    "Проф. Коваль і ген. Бойко мовчали.|Усі чекали.",
]
CASES = [
    *(("en", case) for case in ENGLISH),
    *(("de", case) for case in GERMAN),
    *(("es", case) for case in SPANISH),
    *(("uk", case) for case in UKRAINIAN),
]


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text), language)]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_a_text_ends_where_a_reader_would_end_it(language: str, case: str) -> None:
    assert split(case.replace("|", " "), language) == case.split("|")


@pytest.mark.parametrize("language", ["en", "de", "es", "uk"])
def test_all_cases_of_a_language_in_a_row_split_as_they_do_alone(language: str) -> None:
    cases = [case for known, case in CASES if known == language and case.endswith((".", "!"))]
    whole = " ".join(case.replace("|", " ") for case in cases)
    alone = [sentence for case in cases for sentence in case.split("|")]
    assert split(whole, language) == alone


@given(st.lists(st.sampled_from([case for _, case in CASES]), min_size=1, max_size=6))
def test_a_blank_line_always_ends_a_sentence(cases: list[str]) -> None:
    text = "\n\n".join(case.replace("|", " ") for case in cases)
    articles = pd.DataFrame({"article_id": ["a"], "title": [""], "language": ["en"]})
    found = find_sentences(articles, pd.DataFrame({"article_id": ["a"], "text": [text], "body_start": [0]}))
    assert found.groupby("paragraph").size().size == len(cases)
    assert not any("\n\n" in text[a:b] for a, b in zip(found["start"], found["end"], strict=True))

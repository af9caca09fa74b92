"""The sample newsroom's files hold what their README promises; test_sample_fetched.py fetches them."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from etl.extract.newsroom import edition_file, newsroom_hosts
from etl.extract.outlets import read_outlets

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
GOLD = list(csv.DictReader((SAMPLE / "gold.csv").read_text("utf-8").splitlines()))
NAMES_OF_STANDARDS = {"schema.org", "purl.org", "www.w3.org"}
LYING = "la-ribera/es/2024/06/21/aforo-playas-verano.html"
HONEST = "kontinent/de/transport/faehren-ostsee-regeln.html"


def read_sample(name: str) -> str:
    content = (SAMPLE / name).read_bytes()
    return content.decode("cp1252" if b'charset="windows-1252"' in content else "utf-8")


def files_about(story: str) -> dict[str, str]:
    return {row["file"]: read_sample(row["file"]) for row in GOLD if row["story"] == story}


def read_paragraphs(file: str) -> list[str]:
    text = read_sample(file)
    if file.endswith(".txt"):
        return text.split("\n\n")
    return [unescape(re.sub("<[^>]+>", "", found)) for found in re.findall(r"<p\b[^>]*>(.+?)</p>", text)]


@cache
def shingles(file: str) -> frozenset[tuple[str, ...]]:
    outlet = next(row["outlet"] for row in GOLD if row["file"] == file)
    words = re.findall(r"\w+", " ".join(p for p in read_paragraphs(file) if p not in blocks(outlet)).lower())
    return frozenset(tuple(words[first : first + 5]) for first in range(len(words) - 4))


@cache
def blocks(outlet: str) -> frozenset[str]:
    seen = Counter(p for row in GOLD if row["outlet"] == outlet for p in set(read_paragraphs(row["file"])))
    return frozenset(paragraph for paragraph, pages in seen.items() if pages > 1)


def share_of_copy(copy: str, original: str) -> float:
    return len(shingles(copy) & shingles(original)) / len(shingles(copy))


def test_there_are_enough_articles_outlets_countries_and_stories() -> None:
    outlets = tomllib.loads(read_sample("outlets.toml"))
    assert len(GOLD) >= 64
    assert {row["outlet"] for row in GOLD} == set(outlets)
    assert len(outlets) == 7
    assert len({block["country"] for block in outlets.values()}) == 6
    assert len({row["story"] for row in GOLD}) >= 9


def test_eight_stories_are_told_by_three_outlets_or_more() -> None:
    tellers = Counter(story for story, _ in {(row["story"], row["outlet"]) for row in GOLD})
    assert sum(outlets >= 3 for outlets in tellers.values()) >= 8
    assert tellers["russia-north-korea"] == 7


def test_all_dates_lie_in_the_three_weeks() -> None:
    days = sorted(row["published"][:10] for row in GOLD if row["published"])
    assert (days[0], days[-1]) == ("2024-06-03", "2024-06-24")


def test_the_sample_stays_small() -> None:
    assert sum(file.stat().st_size for file in SAMPLE.rglob("*") if file.is_file()) < 1_500_000


def test_gold_lists_every_page_that_can_be_read() -> None:
    found = {str(f.relative_to(SAMPLE)) for f in SAMPLE.rglob("*") if f.suffix in (".html", ".txt")}
    pages = {page for page in found if ".v2." not in page and not page.endswith("robots.txt")}
    assert pages - {row["file"] for row in GOLD} == {LYING}
    assert {row["file"] for row in GOLD} <= pages


def test_each_outlet_is_served_under_its_own_host() -> None:
    outlets = read_outlets(SAMPLE / "outlets.toml")
    hosts = {domain for outlet in outlets.values() for domain in outlet.domains}
    assert set(newsroom_hosts(SAMPLE, "http://127.0.0.1:1")) == hosts


def test_every_absolute_address_is_reserved_or_names_a_standard() -> None:
    addresses = {
        address
        for file in SAMPLE.rglob("*.*ml")
        for address in re.findall(r"https?://[^\s\"'<&]+", file.read_text("latin-1"))
    }
    hosts = {str(urlsplit(address).hostname) for address in addresses} - NAMES_OF_STANDARDS
    assert all(host.endswith((".example", ".invalid")) for host in hosts)


def test_each_page_claims_the_address_under_which_it_is_served() -> None:
    for row in GOLD:
        if row["url"]:
            assert f'<link rel="canonical" href="{row["url"]}">' in read_sample(row["file"])
            assert row["url"] == "https://" + row["file"].replace("/", ".example/", 1)


def test_reprints_share_what_gold_says() -> None:
    originals = {row["url"]: row for row in GOLD if row["url"]}
    copies = [row for row in GOLD if row["reprint_of"]]
    for row in copies:
        share = share_of_copy(row["file"], originals[row["reprint_of"]]["file"])
        assert row["level"] == ("duplicate" if share >= 0.6 else "partial" if share >= 0.3 else ""), row
        assert row["story"] == originals[row["reprint_of"]]["story"]
    assert Counter(row["level"] for row in copies) == {"duplicate": 6, "partial": 2}


def test_no_other_pages_share_as_much() -> None:
    known = {frozenset((row["url"], row["reprint_of"])) for row in GOLD if row["reprint_of"]}
    texts = {row["file"] for row in GOLD if not row["url"]}
    for one, other in combinations((row for row in GOLD if row["file"] not in texts), 2):
        if frozenset((one["url"], other["url"])) not in known:
            share = max(share_of_copy(one["file"], other["file"]), share_of_copy(other["file"], one["file"]))
            assert share < 0.2, (one["file"], other["file"])


@pytest.mark.parametrize(
    ("story", "whole", "cuts"),
    [
        (
            "varnmouth-port-strike",
            "We did not want this strike, and we will end it the hour the company puts a safe crane",
            ("will end it the hour the company puts a safe crane crew back", "did not want this strike"),
        ),
        (
            "fjordvern-data-breach",
            "our customers have every right to be angry. No claim will go unpaid because of this",
            (
                "had eleven days in a system",
                "No claim will go unpaid because of this",
                "every right to be angry",
            ),
        ),
        (
            "baltic-ferry-safety",
            "what can be done by winter over what would be perfect in ten years. The dead of the Sundvik",
            (
                "what can be done by winter over what would be perfect in ten years",
                '"what can be done by winter"',
            ),
        ),
    ],
)
def test_one_statement_is_cut_differently(story: str, whole: str, cuts: tuple[str, ...]) -> None:
    texts = [" ".join(read_paragraphs(file)) for file in files_about(story)]
    assert sum(whole in text for text in texts) == 1
    for cut in cuts:
        assert any(cut in text and whole not in text for text in texts), cut


def test_undated_pages_say_no_date_anywhere() -> None:
    page = read_sample("harbour-post/explainers/what-the-varnmouth-strike-means.html")
    assert not re.search(r"published|datetime|20\d\d-\d\d|June \d|\d June", page)
    entry = read_sample("harbour-post/feed.xml").partition("explainers/")[2].partition("</item>")[0]
    assert "pubDate" not in entry
    assert sum(row["precision"] == "none" for row in GOLD) == 2


def test_the_feed_tells_of_the_revision() -> None:
    assert edition_file(SAMPLE, "/nordlys/feed.xml", 2) == SAMPLE / "nordlys/feed.v2.xml"
    assert "2024-06-12T09:10:00+02:00" in read_sample("nordlys/feed.v2.xml")


def test_articles_come_in_three_languages() -> None:
    languages = Counter(row["language"] for row in GOLD)
    assert (languages["es"], languages["de"]) == (5, 2)


def test_one_page_lies_about_its_encoding_and_one_tells_it() -> None:
    lying, honest = ((SAMPLE / name).read_bytes() for name in (LYING, HONEST))
    assert b'charset="utf-8"' in lying
    assert "arena" in lying.decode("cp1252")
    with pytest.raises(UnicodeDecodeError):
        lying.decode("utf-8")
    assert b'charset="windows-1252"' in honest


def test_nordlys_was_not_watched_for_three_days() -> None:
    unseen = set(tomllib.loads(read_sample("outlets.toml"))["nordlys"]["not_watched"])
    assert unseen == {"2024-06-15", "2024-06-16", "2024-06-17"}
    assert not any(row["outlet"] == "nordlys" and row["published"][:10] in unseen for row in GOLD)


@pytest.mark.parametrize(
    ("story", "numbers"),
    [
        ("varnmouth-port-strike", ("1,800", "2,400")),
        ("fjordvern-data-breach", ("2.1 million", "1.4 million")),
        ("swiss-peace-summit", ("80 states", "78 nations")),
    ],
)
def test_outlets_contradict_each_other_in_numbers(story: str, numbers: tuple[str, str]) -> None:
    texts = files_about(story)
    tellers = [{file.split("/")[0] for file, text in texts.items() if number in text} for number in numbers]
    assert all(tellers)
    assert tellers[0] != tellers[1]


@pytest.mark.parametrize(
    "name", ["ROK", "Republic of Korea", "South Korea", "Seoul", "DPRK", "North Korea", "European Union"]
)
def test_one_actor_has_many_names(name: str) -> None:
    assert any(name in text for text in files_about("russia-north-korea").values())


def test_georgia_is_a_state_and_a_team() -> None:
    peaches, matches = files_about("georgia-peaches"), files_about("georgia-turkey-euro")
    assert len(peaches) == len(matches) == 2
    assert all("Georgia" in text and "Fort Valley" in text for text in peaches.values())
    assert all("Georgia" in text and "dortmund" in text.lower() for text in matches.values())


def test_days_are_named_by_their_weekday_and_by_their_date() -> None:
    texts = files_about("russia-north-korea").values()
    for expression in ("on Wednesday", "last Wednesday", "19 June", "On 20 June"):
        assert any(expression in text for text in texts), expression


def test_pictures_are_credited_to_an_agency_that_is_no_actor() -> None:
    assert sum("Getty Images" in read_sample(row["file"]) for row in GOLD) >= 3


def test_a_feed_carries_a_script_and_a_link_to_one() -> None:
    feed = read_sample("harbour-post/feed.xml")
    assert "<link>javascript:alert(document.cookie)</link>" in feed
    assert "&lt;script&gt;" in feed.partition("Win a cruise")[2].partition("</title>")[0]


def test_each_outlet_repeats_its_own_blocks() -> None:
    for outlet in tomllib.loads(read_sample("outlets.toml")):
        assert blocks(outlet), outlet


def test_the_readme_names_only_files_that_exist() -> None:
    named = re.findall(r"`([a-z-]+/[\w./-]+\.(?:html|txt|xml))`", read_sample("README.md"))
    assert len(named) >= 12
    assert [name for name in named if not (SAMPLE / name).is_file()] == []

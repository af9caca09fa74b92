"""Outlets: the file is checked to the last value, and every article finds its outlet."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SettingsError
from etl.extract.outlets import Outlet, add_outlet, find_outlet, outlet_block, read_outlets, slug

BUNDLED = Path(__file__).resolve().parents[3] / "data" / "outlets.toml"
BLOCK = '[courier]\nname = "The Courier"\ncountry = "IRL"\ndomains = ["courier.example"]\n'


def write_file(folder, text):
    path = folder / "outlets.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_bundled_outlets_are_right_and_none_is_watched():
    outlets = read_outlets(BUNDLED)
    assert len(outlets) == 11
    assert outlets["rbc-ukraine"].timezone == "Europe/Kyiv"
    assert not any(outlet.watch for outlet in outlets.values())


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("rte", "", "rte"),
        ("ukrainska pravda", "", "ukrainska-pravda"),
        ("bbc.co.uk", "", "bbc"),
        ("", "https://newsukraine.rbc.ua/news/1.html", "rbc-ukraine"),
        ("", "http://www.dw.com/en/x/a-1", "dw"),
        ("", "https://notdw.com/", "notdw.com"),
        ("The Daily Bugle", "https://www.dw.com/", "the-daily-bugle"),
        ("", "", "unknown"),
    ],
)
def test_an_article_finds_its_outlet(name, url, expected):
    assert find_outlet(read_outlets(BUNDLED), name, url).outlet == expected


def test_the_longest_domain_wins():
    outlets = {"all": Outlet(outlet="all", name="All", domains=("x.example",))}
    outlets["sport"] = Outlet(outlet="sport", name="Sport", domains=("sport.x.example",))
    assert find_outlet(outlets, url="https://www.sport.x.example/1").outlet == "sport"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('country = "GB"', "country: 'GB'"),
        ('languages = ["eng"]', "languages: 'eng'"),
        ('timezone = "Kyiv"', "timezone: 'Kyiv'"),
        ('feeds = ["feed.xml"]', "feeds: 'feed.xml'"),
        ('pages = ["ftp://a.example"]', "pages: 'ftp://a.example'"),
        ('domains = ["https://a.example"]', "domains: 'https://a.example'"),
        ('not_watched = ["2026-05-05/2026-05-03"]', "not_watched: '2026-05-05/2026-05-03'"),
        ('not_watched = ["May"]', "not_watched: 'May'"),
        ('watch = "yes"', "watch = 'yes'"),
        ('feeds = "https://a.example"', "feeds = 'https://a.example'"),
        ('colour = "red"', "colour: no such key"),
    ],
)
def test_a_wrong_value_is_named_with_file_block_and_key(tmp_path, line, problem):
    path = write_file(tmp_path, f"[post]\n{line}\n")
    with pytest.raises(SettingsError) as error:
        read_outlets(path)
    assert problem in str(error.value) and "[post]" in str(error.value) and str(path) in str(error.value)


@pytest.mark.parametrize("text", ["x = 1", "[a]\n[a]", "[a", '[a]\nname = "X"\n[b]\nname = "x"',
                                  '[a]\ndomains = ["d.example"]\n[b]\ndomains = ["d.example"]'])  # fmt: skip
def test_a_file_that_is_no_list_of_outlets_is_refused(tmp_path, text):
    with pytest.raises(SettingsError, match=r"outlets\.toml"):
        read_outlets(write_file(tmp_path, text))


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_outlets(tmp_path / "none.toml")


def test_periods_hold_both_ends(tmp_path):
    text = BLOCK + 'not_watched = ["2026-05-03/2026-05-05", "2026-06-01"]\n'
    periods = read_outlets(write_file(tmp_path, text))["courier"].unwatched_periods
    assert periods == ((date(2026, 5, 3), date(2026, 5, 5)), (date(2026, 6, 1), date(2026, 6, 1)))


def test_an_outlet_is_appended_and_read_back(tmp_path):
    path = write_file(tmp_path, "# mine\n" + BLOCK)
    new = Outlet(outlet="post.example", name='The "Post"', feeds=("https://post.example/rss",))
    add_outlet(path, new)
    assert read_outlets(path)["post.example"] == new
    assert path.read_text("utf-8").startswith("# mine\n" + BLOCK)


@pytest.mark.parametrize(
    "outlet",
    [
        Outlet(outlet="courier", name="Another"),
        Outlet(outlet="other", name="the courier"),
        Outlet(outlet="other", name="Other", domains=("courier.example",)),
        Outlet(outlet="other", name="Other", timezone="Nowhere"),
    ],
)
def test_a_wrong_outlet_leaves_the_file_alone(tmp_path, outlet):
    path = write_file(tmp_path, BLOCK)
    with pytest.raises(SettingsError):
        add_outlet(path, outlet)
    assert path.read_text("utf-8") == BLOCK


def test_the_first_outlet_makes_the_file(tmp_path):
    path = tmp_path / "new.toml"
    add_outlet(path, Outlet(outlet="a", name="A"))
    assert path.read_text("utf-8") == '[a]\nname = "A"\nwatch = true\n'
    assert outlet_block(Outlet(outlet="a", name="A", watch=False)).endswith("watch = false\n")


@given(st.text(max_size=40))
def test_an_id_made_of_an_id_is_the_same(name):
    assert slug(slug(name)) == slug(name) != ""

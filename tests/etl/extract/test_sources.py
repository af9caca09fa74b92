"""Sources: what a path or an address means, and what a bare refresh asks."""

import pytest

from etl.extract import SOURCES, place_for, watched_places
from etl.extract.outlets import Outlet


@pytest.mark.parametrize(
    ("argument", "kind"),
    [
        ("https://a.example/news/rss", "feed"),
        ("https://a.example/feed.xml", "feed"),
        ("HTTPS://A.example/?feed=atom", "feed"),
        ("https://feeds.a.example/story", "webpage"),
        ("https://a.example/2024/feedback", "webpage"),
        ("story.txt", "files"),
        ("rows.JSONL.gz", "records"),
        ("rows.parquet", "records"),
        ("feed.rss", "feed"),
        ("page.html", "files"),
    ],
)
def test_a_path_or_address_tells_its_kind(argument, kind):
    assert place_for(argument).kind == kind


def test_a_folder_is_files_whatever_its_name(tmp_path):
    folder = tmp_path / "rows.csv"
    folder.mkdir()
    place = place_for(str(folder), "courier", (("text", "words"),))
    assert (place.kind, place.outlet, place.columns) == ("files", "courier", (("text", "words"),))


def test_only_watched_outlets_are_asked():
    feeds, pages = ("https://a.example/f",), ("https://a.example/p",)
    loud = Outlet(outlet="loud", name="Loud", feeds=feeds, pages=pages)
    still = Outlet(outlet="still", name="Still", feeds=feeds, watch=False)
    places = watched_places({"still": still, "loud": loud})
    assert [(place.kind, place.outlet) for place in places] == [("feed", "loud"), ("webpage", "loud")]


def test_every_kind_stands_once():
    kinds = [source.kind for source in SOURCES]
    assert sorted(kinds) == sorted(set(kinds)) and all(place_kind.islower() for place_kind in kinds)

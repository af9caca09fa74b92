"""Addresses: one form for one page, and none that leads inside."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchFailed, FetchRefused
from etl.extract.addresses import (
    canonical_url,
    check_address,
    host_of,
    is_public,
    link_from,
    public_url,
    registrable_domain,
)


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("http://WWW.Example.com:80/a#top", "http://www.example.com/a"),
        ("https://a.example/s?id=45310061&utm_source=x&fbclid=1", "https://a.example/s?id=45310061"),
        ("https://a.example/s?story=2&b=1&at_medium=RSS", "https://a.example/s?b=1&story=2"),
        ("https://a.example/?p=12&cmpid=rss&ocid=soc", "https://a.example/?p=12"),
        ("https://a.example", "https://a.example/"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/x", ""),
        ("http://[::1", ""),
        ("http://a.example:99999/", ""),
        ("", ""),
    ],
)
def test_one_page_has_one_address(given_url, expected):
    assert canonical_url(given_url) == expected


@given(
    st.text(max_size=60), st.dictionaries(st.sampled_from(["id", "p", "q", "utm_term"]), st.text(max_size=8))
)
def test_canonical_addresses_stay_as_they_are(path, query):
    url = "https://news.example/" + path + "?" + "&".join(f"{key}={value}" for key, value in query.items())
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(st.integers(1, 10**9))
def test_the_number_of_an_article_never_goes(number):
    assert (
        canonical_url(f"https://a.example/x?utm_medium=rss&id={number}") == f"https://a.example/x?id={number}"
    )


def test_links_are_resolved_and_only_http_passes():
    assert link_from("https://a.example/feed/x.xml", "../news/1?utm_source=rss") == "https://a.example/news/1"
    assert link_from("https://a.example/", "javascript:alert(1)") == ""
    assert link_from("https://a.example/", "http://[bad") == ""


def test_the_registrable_domain_knows_public_suffixes():
    assert registrable_domain("www.bbc.co.uk") == "bbc.co.uk"
    assert registrable_domain("localhost") == "localhost"
    assert host_of("https://News.Example./x") == "news.example"


def test_secrets_are_not_shown():
    shown = public_url("https://ann:hunter2@a.example/f?api_key=s3cret&id=3")
    assert shown == "https://a.example/f?api_key=...&id=3"
    assert public_url("http://[bad") == "an address that cannot be read"


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "0.1.2.3", "100.64.0.1", "224.0.0.1", "::1",
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1", "240.0.0.1"],
)  # fmt: skip
def test_inner_addresses_are_not_public(inside):
    assert not is_public(ipaddress.ip_address(inside))


@pytest.mark.parametrize("outside", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_outer_addresses_are_public(outside):
    assert is_public(ipaddress.ip_address(outside))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "not an http or https address"),
        ("https://ann:pw@a.example/", "a user or a password"),
        ("http://127.0.0.1/", "private network"),
        ("http://2130706433/", "private network"),
        ("http://[::ffff:169.254.169.254]/latest", "private network"),
    ],
)
def test_addresses_that_are_never_asked(url, reason):
    with pytest.raises(FetchRefused, match=reason) as refusal:
        check_address(url)
    assert refusal.value.remedy and "pw" not in str(refusal.value)


def test_a_host_that_is_not_there_is_a_failure():
    with pytest.raises(FetchFailed, match="no host named"):
        check_address("https://nowhere.invalid/")


def test_a_private_host_may_be_named_with_its_port():
    assert check_address("http://127.0.0.1:8123/x", ("127.0.0.1:8123",)).ip == "127.0.0.1"
    with pytest.raises(FetchRefused):
        check_address("http://127.0.0.1:8124/x", ("127.0.0.1:8123",))

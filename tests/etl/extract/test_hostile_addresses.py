"""Addresses: the tricks with which a feed would lead a reader inside, and all the forms of one page."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchFailed, FetchRefused
from etl.extract.addresses import canonical_url, check_address, is_public, link_from, public_url

INSIDE = (
    "0.1.0.0", "10.255.255.255", "100.127.255.254", "127.255.255.254", "169.254.0.1", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.255.255", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fc00::1", "fdff::1", "fe80::1", "febf::1", "ff02::1", "2001:db8::1",
    "::ffff:0.0.0.0", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.168.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:a00:1::1", "2002:c0a8:101::", "2002:a9fe:a9fe::",
)  # fmt: skip
OUTSIDE = (
    "1.1.1.1", "9.9.9.9", "11.0.0.1", "99.255.255.255", "100.63.255.255", "100.128.0.1", "126.255.255.255",
    "128.0.0.1", "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255",
    "192.169.0.1", "198.17.255.255", "198.20.0.1", "223.255.255.254", "2001:4860:4860::8888",
    "2a00:1450:4001::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:808:808::1",
)  # fmt: skip


@pytest.mark.parametrize("ip", INSIDE)
def test_no_address_of_an_inner_network_is_public(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", ["192.0.0.8", "192.0.0.192", "::ffff:192.0.0.192"])
def test_the_rest_of_192_0_0_is_inside_too(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", OUTSIDE)
def test_the_neighbours_of_inner_networks_are_public(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@given(st.integers(0, 2**32 - 1))
def test_a_wrapped_address_is_as_public_as_the_one_inside(number: int) -> None:
    inner = ipaddress.IPv4Address(number)
    mapped = ipaddress.IPv6Address(f"::ffff:{inner}")
    nat64 = ipaddress.IPv6Address((0x64FF9B << 96) + number)
    sixtofour = ipaddress.IPv6Address((0x2002 << 112) + (number << 80) + 1)
    assert {is_public(mapped), is_public(nat64), is_public(sixtofour)} == {is_public(inner)}


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_private_networks_are_never_asked_by_number(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    host = f"[{ip}]" if ip.version == 6 else str(ip)
    with pytest.raises(FetchRefused, match="private network"):
        check_address(f"https://{host}/feed.xml")


@pytest.mark.parametrize(
    "host",
    [
        "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0",
        "localhost", "LOCALHOST", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]",
        "10.1", "192.168.257", "0xa9fea9fe", "169.254.43518", "2852039166",
    ],
)  # fmt: skip
def test_numbers_in_disguise_lead_nowhere(host: str) -> None:
    with pytest.raises((FetchRefused, FetchFailed)) as refusal:
        check_address(f"http://{host}/latest/meta-data")
    assert isinstance(refusal.value, FetchRefused), "the resolver must have been understood"
    assert "private network" in refusal.value.reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("gopher://a.example/", "not an http"),
        ("data:text/html,<p>x", "not an http"),
        ("//a.example/x", "not an http"),
        ("http:///x", "not an http"),
        ("http://a.example:0x50/", "not an http"),
        ("http://user@a.example/", "a user or a password"),
        ("http://:secret@127.0.0.1/", "a user or a password"),
        ("http://1.1.1.1@127.0.0.1/", "a user or a password"),
        ("http://127.0.0.1#@1.1.1.1/", "private network"),
        ("http://127.0.0.1?@1.1.1.1/", "private network"),
        ("http://127.0.0.1:443/", "private network"),
    ],
)
def test_an_address_that_pretends_is_refused(url: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason) as refusal:
        check_address(url)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("allowed", "asked"),
    [("127.0.0.1:81", "127.0.0.1"), ("127.0.0.1:80", "127.0.0.1:81"), ("127.0.0.1", "127.0.0.1")],
)
def test_a_trusted_host_is_trusted_at_its_port_only(allowed: str, asked: str) -> None:
    with pytest.raises(FetchRefused, match=r"add '127\.0\.0\.1:"):
        check_address(f"http://{asked}/", (allowed,))


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTPS://News.Example/A/B", "https://news.example/A/B"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://news.example/a?utm_source=&utm_medium=x", "https://news.example/a"),
        ("https://news.example/a?UTM_Source=x&id=7", "https://news.example/a?id=7"),
        ("https://news.example/a?gclid=1&dclid=2&msclkid=3&yclid=4", "https://news.example/a"),
        ("https://news.example/a?ref_src=x&smid=tw&spm=1.2", "https://news.example/a"),
        ("https://news.example/a?wt.mc_id=x&xtor=RSS-1", "https://news.example/a"),
        ("https://news.example/a?at_medium=x&at_bbc_team=y", "https://news.example/a"),
        ("https://news.example/a?page=2#comments", "https://news.example/a?page=2"),
        ("https://news.example/?p=77#more", "https://news.example/?p=77"),
        ("  https://news.example/a \n", "https://news.example/a"),
        ("https://news.example?id=1", "https://news.example/?id=1"),
        ("mailto:desk@news.example", ""),
        ("tel:+49123", ""),
        ("news.example/a", ""),
        ("/a/b", ""),
        ("https://", ""),
        ("https://news.example:port/", ""),
        ("vbscript:x", ""),
        ("http://[::g]/", ""),
    ],
)
def test_all_forms_of_one_page_are_one_address(given_url: str, expected: str) -> None:
    assert canonical_url(given_url) == expected


@given(st.permutations(["a=1", "b=2", "id=3", "utm_source=x", "fbclid=y"]))
def test_neither_the_order_nor_the_tracking_of_a_query_makes_another_page(query: list[str]) -> None:
    assert canonical_url(f"https://n.example/x?{'&'.join(query)}#top") == "https://n.example/x?a=1&b=2&id=3"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("b", "https://n.example/feeds/b"), ("/b", "https://n.example/b"), ("../b", "https://n.example/b"),
        ("//cdn.example/b", "https://cdn.example/b"), ("?id=4", "https://n.example/feeds/rss?id=4"),
        ("http://other.example/b", "http://other.example/b"), ("", ""), ("  ", ""),
        ("file:///etc/passwd", ""), ("JavaScript:alert(1)", ""), ("ftp://n.example/b", ""),
    ],
)  # fmt: skip
def test_links_are_read_where_they_stand(link: str, expected: str) -> None:
    assert link_from("https://n.example/feeds/rss", link) == expected


@pytest.mark.parametrize(
    "query", ["key", "apikey", "API_KEY", "access_token", "client_secret", "sig", "password", "session"]
)
def test_no_secret_parameter_is_ever_shown(query: str) -> None:
    assert "hunter2" not in public_url(f"https://n.example/feed?a=1&{query}=hunter2")
    assert public_url(f"https://n.example/feed?{query}=hunter2&a=1").endswith("=...&a=1")

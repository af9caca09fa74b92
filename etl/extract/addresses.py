"""Addresses: one form for one page, and which addresses are never asked."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import tldextract
from courlan import clean_url
from w3lib.url import canonicalize_url

from etl.errors import FetchFailed, FetchRefused

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

TRACKING = re.compile(
    r"(?i)^(utm_.*|at_(medium|campaign|link.*|ptr.*|format|bbc.*|custom.*)|"
    r"ns_(m?channel|source|campaign|fee|linkname)|"
    r"fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmp(id)?|ocid|ito|xtor|smid|smtyp|_ga|_gl|spm|"
    r"wt\.mc_id|maca|ref_?src|ref_url|guccounter|guce_referrer.*|__twitter_impression)$"
)
SECRET = re.compile(r"(?i)(key|token|secret|sig|pass|pwd|auth|session|credential)")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
PROTOCOL_BLOCK = ipaddress.ip_network("192.0.0.0/24")  # RFC 6890; older Pythons know a part of it
_known_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@dataclass(frozen=True)
class SafeAddress:
    """An address that may be asked, with the one IP address that was checked and must be used."""

    url: str
    host: str
    port: int
    ip: str


def canonical_url(url: str) -> str:
    """One form for one page: no fragment, no tracking parameters, sorted query; empty unless it is http(s).

    What may name the article (`id=`, `story=`, `p=`) always stays.
    """
    stripped = url.strip()
    parts = _split(stripped)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    cleaned = urlsplit(str(clean_url(canonicalize_url(stripped)) or canonicalize_url(stripped)))
    kept = [(name, value) for name, value in parse_qsl(cleaned.query, True) if not TRACKING.match(name)]
    return urlunsplit((cleaned.scheme, cleaned.netloc, cleaned.path or "/", urlencode(kept), ""))


def link_from(base: str, link: str) -> str:
    """A link as found on a page or in a feed, absolute and canonical; empty unless it is http(s)."""
    try:
        return canonical_url(urljoin(base, link.strip())) if link.strip() else ""
    except ValueError:
        return ""


def host_of(url: str) -> str:
    """The host name in lower case, or empty."""
    parts = _split(url)
    return (parts.hostname or "").rstrip(".") if parts else ""


@cache
def registrable_domain(host: str) -> str:
    """`bbc.co.uk` of `www.bbc.co.uk`; the host itself where there is no public suffix. Asks nobody."""
    return str(_known_suffixes(host).top_domain_under_public_suffix or host)


def public_url(url: str) -> str:
    """The address as it may be shown: without user, password and the values of secret parameters."""
    parts = _split(url)
    if parts is None:
        return "an address that cannot be read"
    query = urlencode([(k, "..." if SECRET.search(k) else v) for k, v in parse_qsl(parts.query, True)])
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def check_address(url: str, private_hosts: tuple[str, ...] = ()) -> SafeAddress:
    """The address with the IP that was checked, so that a second answer of the DNS cannot change it.

    Raises:
        FetchRefused: not http(s), credentials in it, or any of its IPs is not public.
        FetchFailed: no such host.
    """
    shown, parts = public_url(url), _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchRefused(shown, "not an http or https address", "give one that begins with https://")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(shown, "the address carries a user or a password", "give it without them")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = _resolve(parts.hostname, port, shown)
    exempt = f"{parts.hostname}:{port}"
    if exempt not in private_hosts and not all(is_public(ip) for ip in found):
        remedy = f"add '{exempt}' to private_hosts in data/settings.toml when you trust it"
        raise FetchRefused(shown, "the address lies in a private network", remedy)
    return SafeAddress(url, parts.hostname, port, str(found[0]))


def is_public(ip: IPAddress) -> bool:
    """Whether an IP belongs to the public internet, also when it is wrapped in an IPv6 one."""
    inner = _unwrap(ip)
    if inner is not None:
        return is_public(inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in PROTOCOL_BLOCK


def _unwrap(ip: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to (mapped, 6to4, Teredo, NAT64), or none."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _resolve(host: str, port: int, shown: str) -> list[IPAddress]:
    """All IPs of the host, in the resolver's order."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(shown, f"no host named {host}", "check the spelling and the network") from error
    return [ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]


def _split(url: str) -> SplitResult | None:
    """The parts of an address, or none where it cannot be read (its port is no number, say)."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no port
    except ValueError:
        return None
    return parts

"""Gazetteer: the actors that are known by name beforehand, and where a text names one of them.

Countries carry their ISO 3166 alpha-3 code; their names come from CLDR (babel), from ISO (pycountry) and
from `data/lexicons/countries.csv`; organisations, people and groups from `data/lexicons/actors.csv`.
Names count as they are written: "US" is a country and "us" is not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import pycountry
from babel import Locale, UnknownLocaleError

from etl.article import content_id
from etl.transform.lexicon import read_lexicon

Kind = Literal["person", "organisation", "country", "place", "group"]

WORD = re.compile(r"\w+")
NOT_A_LETTER = re.compile(r"[^\w]+")
INITIAL = re.compile(r"(?<=\w )\w\.? (?=\w)")
COMPANY = re.compile(r",? (?:inc|ltd|llc|plc|corp|co|gmbh|ag|sa|corporation|limited)$")
PARENTHESIS = re.compile(r"\s*\([^)]*\)")
PREFIX = re.compile(r"(?:\b(?i:anti|pro|non|ex|post|pre|mid|trans))[-‐‑]$")
COMPASS = re.compile(r"\b(?:Latin|South|North|Central|New|West|Papua|Southern|Northern|Eastern|Western) $")
SPECIAL = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"}
HOME_NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
UNSAFE = frozenset(
    ("Jersey", "Reunion", "Réunion", "Guernsey", "Sark", "Male", "Bern", "Nassau", "Praia", "Sucre")
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """One actor of the gazetteer; `country` is ISO 3166 alpha-3 or empty."""

    name: str
    kind: Kind
    country: str
    actor_id: str


class Hit(NamedTuple):
    """A stretch of a text that names a known actor."""

    start: int
    end: int
    actor: Known


@dataclass(frozen=True)
class Demonyms:
    """Words for belonging to a country ("Russian") and for its people ("Russians"), each with its code."""

    adjectives: dict[str, str]
    people: dict[str, str]


@lru_cache(100_000)
def name_key(name: str) -> str:
    """What a name is compared by: no accents, case, hyphens or middle initials."""
    lowered = name.replace("’s", "").replace("'s", "").lower()
    plain = "".join(SPECIAL.get(letter, letter) for letter in lowered)
    folded = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return NOT_A_LETTER.sub(" ", INITIAL.sub("", folded.replace("'", "").replace("’", ""))).strip()


def full_key(name: str) -> str:
    """The key of a name without a company's legal form; the name itself where nothing else is left."""
    return COMPANY.sub("", name_key(name)) or name


def actor_identity(kind: str, key: str) -> str:
    """The id of an actor: of its kind and its key, which is a country's code or a name's key."""
    return content_id(kind, key)


@cache
def known_actors() -> dict[str, Known]:
    """All actors of the gazetteer by id."""
    countries = _country_actors().values()
    teams = (
        *(team_of(land.name, land.country) for land in countries),
        *(team_of(x, "GBR") for x in HOME_NATIONS),
    )
    return {actor.actor_id: actor for actor in (*countries, *teams, *_name_table().values())}


@cache
def country_of_capital() -> dict[str, str]:
    """Capitals with the code of their country."""
    pairs = ((city, row["code"]) for row in read_lexicon("countries") for city in _parts(row["capital"]))
    return {city: code for city, code in pairs if city not in UNSAFE}


@cache
def demonyms() -> Demonyms:
    """The words for belonging to each country and for its people."""
    rows = read_lexicon("countries")
    return Demonyms(
        {word: row["code"] for row in rows for word in _parts(row["adjective"])},
        {word: row["code"] for row in rows for word in _parts(row["people"])},
    )


@cache
def team_of(nation: str, country: str) -> Known:
    """The national team of a nation, which belongs to its country and is not it."""
    name = f"{nation} (team)"
    return Known(
        name=name, kind="organisation", country=country,
        actor_id=actor_identity("organisation", name_key(name)),
    )  # fmt: skip


def country_actor(code: str) -> Known:
    """The country with this ISO 3166 alpha-3 code.

    Raises:
        KeyError: the gazetteer does not hold this code.
    """
    return _country_actors()[code]


def known_by_name(name: str) -> Known | None:
    """The actor that goes by this full name anywhere, whatever its accents and hyphens."""
    return _forms("en").get(name) or _folded_people().get(name_key(name))


def known_by_surname(surname: str) -> Known | None:
    """The person that newspapers call by this name alone; none where several are."""
    return _lone_names().get(name_key(surname))


def find_known(text: str, language: str = "en") -> list[Hit]:
    """Where the text names known actors, in order, without overlap, the longest name first.

    In other languages than English only countries, by their English names and those of the language.
    """
    starts = _forms_by_first_word(language)
    plain = text.replace("’", "'")
    hits: list[Hit] = []
    free = 0
    for match in WORD.finditer(plain):
        forms = starts.get(match.group()) if match.start() >= free else None
        form = next((form for form in forms or () if _stands_at(plain, form, match.start())), None)
        if form is not None:
            free = match.start() + len(form)
            hits.append(Hit(match.start(), free, _forms(language)[form]))
    return hits


def _stands_at(text: str, form: str, start: int) -> bool:
    """Whether the whole form stands there as words of its own."""
    end = start + len(form)
    if not text.startswith(form, start) or text[end : end + 1].isalnum():
        return False
    before = text[max(0, start - 10) : start]
    return not PREFIX.search(before) and not (form == "America" and COMPASS.search(before))


@cache
def _forms_by_first_word(language: str) -> dict[str, tuple[str, ...]]:
    """The forms that begin with a word, longest first."""
    starts: dict[str, list[str]] = {}
    for form in sorted(_forms(language), key=lambda form: (-len(form), form)):
        first = WORD.search(form)
        if first is not None and first.start() == 0:
            starts.setdefault(first.group(), []).append(form)
    return {word: tuple(forms) for word, forms in starts.items()}


@cache
def _forms(language: str) -> dict[str, Known]:
    """Everything that a text in this language may call the known actors."""
    countries = {name: _country_actors()[code] for name, code in _country_names(language).items()}
    return {**countries, **_name_table()} if language == "en" else countries


@cache
def _country_actors() -> dict[str, Known]:
    """The countries by code."""
    names = _territories("en")
    return {
        row["code"]: Known(
            name=(names.get(row["code"]) or _parts(row["other_names"])[0]).replace(" - ", "-"),
            kind="country",
            country=row["code"],
            actor_id=actor_identity("country", row["code"]),
        )
        for row in read_lexicon("countries")
    }


@cache
def _country_names(language: str) -> dict[str, str]:
    """Names of countries with their codes: CLDR in English and in the language, ISO, and our own."""
    codes = set(_country_actors())
    names: dict[str, str] = {}
    for territories in (_territories(language), _territories("en")):
        names.update(
            {form: code for code, name in territories.items() if code in codes for form in _variants(name)}
        )
    for country in pycountry.countries:
        if country.alpha_3 in codes:
            said = (getattr(country, field, "") for field in ("name", "common_name", "official_name"))
            names.update(dict.fromkeys((name for name in said if name and "," not in name), country.alpha_3))
    for row in read_lexicon("countries"):
        names.update(dict.fromkeys(_parts(row["other_names"]), row["code"]))
    return {name.replace("’", "'"): code for name, code in names.items() if name not in UNSAFE}


def _territories(language: str) -> dict[str, str]:
    """CLDR's names of countries in a language by alpha-3 code; none for an unknown language."""
    try:
        territories = Locale(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    pairs = ((pycountry.countries.get(alpha_2=code), name) for code, name in territories.items())
    return {country.alpha_3: PARENTHESIS.sub("", name) for country, name in pairs if country is not None}


def _variants(name: str) -> tuple[str, ...]:
    """A country's name with "and" for "&" and with "Saint" for "St."."""
    spelled = name.replace(" & ", " and ")
    return (name, spelled, spelled.replace("St. ", "Saint "), spelled.replace("St. ", "St "))


@cache
def _name_table() -> dict[str, Known]:
    """Organisations, people and groups by each of their names."""
    table: dict[str, Known] = {}
    for row in read_lexicon("actors"):
        actor = Known(
            name=row["name"],
            kind=_read_kind(row["kind"]),
            country=row["country"],
            actor_id=actor_identity(row["kind"], name_key(row["name"])),
        )
        table.update(dict.fromkeys((row["name"], *_parts(row["other_names"])), actor))
    return table


def _read_kind(word: str) -> Kind:
    """A kind as the lexicon writes it."""
    kinds: dict[str, Kind] = {
        "person": "person",
        "organisation": "organisation",
        "group": "group",
        "place": "place",
    }
    return kinds[word]


@cache
def _folded_people() -> dict[str, Known]:
    """Known people by the key of each of their names."""
    return {name_key(name): actor for name, actor in _name_table().items() if actor.kind == "person"}


@cache
def _lone_names() -> dict[str, Known]:
    """Known people by the surname that stands for them alone."""
    rows = read_lexicon("actors")
    return {name_key(alone): _name_table()[row["name"]] for row in rows for alone in _parts(row["alone"])}


def _parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell parted by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())

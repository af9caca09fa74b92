"""Calendars: the names of months, weekdays and time zones in the languages that newsrooms write."""

from __future__ import annotations

from functools import cache

from babel.dates import get_day_names, get_month_names

LANGUAGES = (
    "en",
    "uk",
    "ru",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sv",
    "da",
    "nb",
    "tr",
    "ro",
    "el",
    "id",
)

ZONES = {
    "GMT": "Etc/GMT", "UTC": "Etc/UTC", "Z": "Etc/UTC", "BST": "Europe/London",
    "ET": "America/New_York", "EST": "Etc/GMT+5", "EDT": "Etc/GMT+4",
    "CT": "America/Chicago", "CST": "Etc/GMT+6", "CDT": "Etc/GMT+5",
    "MT": "America/Denver", "MST": "Etc/GMT+7", "MDT": "Etc/GMT+6",
    "PT": "America/Los_Angeles", "PST": "Etc/GMT+8", "PDT": "Etc/GMT+7",
    "WET": "Etc/GMT", "WEST": "Etc/GMT-1", "CET": "Etc/GMT-1", "CEST": "Etc/GMT-2",
    "EET": "Etc/GMT-2", "EEST": "Etc/GMT-3", "MSK": "Europe/Moscow", "TRT": "Europe/Istanbul",
    "IST": "Asia/Kolkata", "PKT": "Asia/Karachi", "JST": "Asia/Tokyo", "KST": "Asia/Seoul",
    "HKT": "Asia/Hong_Kong", "SGT": "Asia/Singapore", "WIB": "Asia/Jakarta", "PHT": "Asia/Manila",
    "AWST": "Australia/Perth", "AEST": "Etc/GMT-10", "AEDT": "Etc/GMT-11", "NZST": "Etc/GMT-12",
    "NZDT": "Etc/GMT-13", "SAST": "Africa/Johannesburg", "WAT": "Africa/Lagos", "EAT": "Africa/Nairobi",
    "CAT": "Africa/Maputo", "GST": "Asia/Dubai", "BRT": "America/Sao_Paulo",
    "ART": "America/Argentina/Buenos_Aires",
}  # fmt: skip


@cache
def month_numbers() -> dict[str, int]:
    """Month names, whole and short, in lower case, to 1-12; English wins where languages clash."""
    numbers: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    numbers.setdefault(name.rstrip(".").casefold(), number)
    return numbers


@cache
def weekday_names() -> frozenset[str]:
    """Weekday names, whole and short, word by word in lower case."""
    names = {"tues", "thur", "thurs", "weds"}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for name in get_day_names(width, "format", language).values():
                names.update(name.rstrip(".").casefold().replace("-", " ").split())
    return frozenset(names)

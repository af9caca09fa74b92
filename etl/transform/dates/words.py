"""The words of English dates: months, weekdays, numbers, units; as values and as pieces of patterns."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
ORDINALS |= {"last": 2, "latter": 2}  # halves
SEASON_OF = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PART_OF_DAY = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
SMALL = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
         "twenty")
    )
}  # fmt: skip
SMALL |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SMALL |= {"a": 1, "an": 1, "dozen": 12, "hundred": 100, "thousand": 1000, "couple": 2}

FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = (
    rf"(?P<month>{FULL_MONTH}|{FULL_MONTH.upper()}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
FULL_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAY = rf"(?P<weekday>{FULL_DAY}|{FULL_DAY.upper()})"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?"
YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)"
TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten|eleven|twelve|\w{3,5}teen"
ONES = "one|two|three|four|five|six|seven|eight|nine"
SPOKEN_YEAR = (
    rf"(?P<spoken>(?i:(?:eighteen|nineteen|twenty)[-\s](?:{TENS})(?:[-\s](?:{ONES}))?"
    rf"|two\sthousand(?:\s(?:and\s)?(?:{TENS}|{ONES}))?))\b(?!\spercent)"
)
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|/)"
NUMBER_WORD = "|".join(sorted((word for word in SMALL if len(word) > 2), key=len, reverse=True))
NUMBER = (
    rf"(?P<count>(?<!\d[,.])\d{{1,3}}(?:,\d{{3}})*(?:\.\d|\s\d/\d)?(?![,\d])"
    r"|(?i:(?:a\s)?(?:couple\sof|few|dozen)|several|many|some"
    rf"|(?:{NUMBER_WORD}|an?)(?:[-\s](?:{NUMBER_WORD}))*))"
)
UNIT = r"(?P<unit>(?i:second|minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|century))"
UNITS_ = (
    r"(?:trading\s|fiscal\s|consecutive\s|full\s|more\s)?"
    r"(?P<unit>(?i:second|minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|centurie|century))s?\b"
)
CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?)"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?!\d|:)"
)
ZONE = r"(?:\s(?:GMT|UTC|BST|CET|EST|EDT|ET|CST|CDT|PST|PDT|PT|MSK|IST|AEDT|AEST|local\stime))"


def read_month(name: str) -> int:
    """Number of a month by its name or abbreviation."""
    return MONTHS[name.rstrip(".").lower()]


def read_weekday(name: str) -> int:
    """Number of a weekday, Monday 0."""
    return WEEKDAYS[name.rstrip(".").lower()]


def read_unit(name: str) -> str:
    """A unit of time in the singular, lower case."""
    return "century" if name.lower().startswith("centur") else name.lower().rstrip("s")


def read_count(words: str) -> str:
    """A number as TIMEX3 writes it: digits, or X where it is vague ("several")."""
    words = words.lower().replace("-", " ").replace(",", "")
    words = re.sub(r"^an?\s(?!hundred|thousand|dozen|couple|few)(?=\w)", "", words)
    if re.search(r"few|several|many|some", words):
        return "X"
    if match := re.fullmatch(r"(\d+)(?:\.(\d))?(?:\s(\d)/(\d))?", words):
        return f"{match[1]}.{'5' if match[3] else match[2]}" if match[2] or match[3] else match[1]
    total = 0
    for word in words.replace(" of", "").split():
        number = SMALL.get(word, 0)
        total = max(total, 1) * number if number >= 100 or word in ("dozen", "couple") else total + number
    return str(total)


def read_spoken_year(words: str) -> int:
    """A year in words: nineteen ninety-six is 1996, two thousand and one 2001."""
    century, rest = words.lower().replace("-", " ").split(maxsplit=1)
    if rest.startswith("thousand"):
        return 2000 + sum(SMALL[word] for word in rest.split()[1:] if word != "and")
    return SMALL[century] * 100 + sum(SMALL[word] for word in rest.split())

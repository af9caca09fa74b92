"""Counts: the numbers of a sentence with what they count, so that those of two outlets can be held together.

A count has a value, how exact it is meant ("about", "at least", "a dozen"), the nouns behind it, and its fate:
dead, hurt, held or missing people are not the same people. Dates are no counts; durations are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.transform.claims.concepts import fold_concept, is_idle
from etl.transform.dates.words import SMALL

WORDS = "|".join(
    sorted((word for word in SMALL if len(word) > 2 and word != "couple"), key=len, reverse=True)
)
BEFORE = {
    "near": "about around some roughly approximately nearly almost estimated",
    "least": "over least than above",
    "most": "to under below",
}
COUNT = re.compile(
    r"(?P<hedge>\b(?:about|around|some|roughly|approximately|nearly|almost|an estimated|(?:well )?over|at least|"
    r"more than|above|up to|as many as|fewer than|less than|no more than|under|below)\s+)?"
    r"(?P<sign>[$€£]\s?)?(?<![\w.,-])"
    rf"(?P<number>\d+(?:,\d+)*(?:\.\d+)?(?!\d|(?:st|nd|rd|th)\b)|\b(?:a\s)?(?:{WORDS})(?:[\s-](?:{WORDS}))*\b)"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|m|bn|k)\b)?"
    r"(?P<share>\s?(?:%|per\s?cent\b|percentage points?))?",
    re.IGNORECASE,
)
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
    "trillion": 1e12,
}  # fmt: skip
CURRENCIES_WORDS = "dollar euro pound crown ruble rouble yen yuan peso rupee shekel lira franc zloty"
CURRENCIES = frozenset(CURRENCIES_WORDS.split())
FATES = {
    "dead": "kill lives", "hurt": "injure hospital", "held": "arrest", "missing": "miss", "fled": "evacuation evacuate",
    "saved": "rescue",
}  # fmt: skip
GROWING = frozenset(("dead", "hurt", "held", "missing", "fled", "saved"))
GROWING_UNITS = frozenset(("sign", "case"))
MEASURES_WORDS = (
    "km kilomet kilometr mile met metr foot feet ton tonn hour day week month year minut second degre "
    "lit litr kilo hectar acr mph kg m cm"
)
MEASURES = frozenset(MEASURES_WORDS.split())
HUMAN_WORDS = (
    "people passenger employ troops residents patient child refugee protest police rebel student "
    "civilian victim demonstrator tourist visitor member voter voting elect"
)
HUMAN = frozenset(HUMAN_WORDS.split())
SCORE = re.compile(
    rf"(?:\s?[-–]\s?|\s(?:votes\s)?to\s)(?:\d+|{WORDS})\b", re.IGNORECASE
)  # 151-132, eight to five
CHANCE = re.compile(
    rf"\b(?:\d+|{WORDS})[\s-](?:in|out of)[\s-](?:\d{{1,3}}|{WORDS})\b", re.IGNORECASE
)  # two in three
OTHERS = re.compile(
    r"\s?(?:more|fewer|less|other|others|additional|further|extra)\b", re.IGNORECASE
)  # eight fewer seats
WHOLE = re.compile(
    rf"\b(?:\d+|{WORDS})\sof\s(?:the\s|its\s|his\s|her\s|their\s)?$", re.IGNORECASE
)  # one of four
END_WORDS = (  # that end the nouns behind a number
    "and or but to in on at of for from by with after before when while who which that were was is "
    "are be been has have had will would as the a an his her its their this these not no did does do"
)
ENDS = frozenset(END_WORDS.split())
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.;:,()\"“”]")
REACH = 4  # words behind a number among which its noun stands, and on either side what it is about
LOOSE = frozenset(("money", "percent"))  # say of what only together with the words around, as measures do
TEN_PERCENT, QUARTER = 0.1, 0.25


@dataclass(frozen=True, kw_only=True)
class Count:
    """One number: span, value, hedge ("", near, least, most), units (concepts of its nouns), fate, part.

    `about` holds the concepts of the telling words around it.
    """

    start: int
    end: int
    value: float
    digits: int
    hedge: str
    units: frozenset[str]
    fate: str
    part: bool
    about: frozenset[str]

    @property
    def grows(self) -> bool:
        """True for a count that may be higher an hour later: of the dead, of signatures."""
        return self.fate in GROWING or bool(self.units & GROWING_UNITS)


def read_counts(sentence: str, dates: tuple[tuple[int, int], ...] = ()) -> list[Count]:
    """The counts of an English sentence in order; numbers within these dates and of a chance are none."""
    taken = (*dates, *(match.span() for match in CHANCE.finditer(sentence)))
    found = [match for match in COUNT.finditer(sentence) if not _within(match, taken)]
    found = [match for match in found if _is_total(sentence, match)]
    stops = [*(match.start() for match in found[1:]), len(sentence)]
    return [_read_count(sentence, match, stop) for match, stop in zip(found, stops, strict=False)]


def counts_same(one: Count, other: Count) -> bool:
    """True where both count the same thing: a common noun, or people of one fate."""
    if one.part != other.part or one.fate != other.fate:
        return False
    if one.units & MEASURES != other.units & MEASURES:
        return False
    if one.units & other.units & (LOOSE | MEASURES) and not one.about & other.about:
        return False  # the price of a watch, and what was spent on everything
    human = bool(one.units & HUMAN) and bool(other.units & HUMAN)
    return bool(one.units & other.units) or human or (bool(one.fate) and not (one.units and other.units))


def same_value(one: Count, other: Count) -> bool:
    """True where the two values are equal, or one is the other rounded."""
    return one.value == other.value or _rounded(one, other)


def agree(one: Count, other: Count) -> bool:
    """True where the two values can both be meant: equal, rounded, or within what "about" and "over" leave."""
    low, high = sorted((one, other), key=lambda count: count.value)
    if same_value(one, other):
        return True
    near = high.value - low.value <= TEN_PERCENT * high.value
    if "near" in (one.hedge, other.hedge) and near:
        return True
    return (low.hedge == "least" or high.hedge == "most") and high.value <= (1 + QUARTER) * low.value


def _is_total(sentence: str, match: re.Match[str]) -> bool:
    """True for how many there are; not for how many more, for the whole of a part, nor for a range."""
    if match["number"].lower().removeprefix("a ") == "one":  # mostly no count
        return False
    after = sentence[match.end() :]
    ranged = "." in match["number"] and SCORE.match(after)
    apart = not match["share"] and OTHERS.match(after)  # "27 percent more slowly" says how much
    return not (ranged or apart or WHOLE.search(sentence[: match.start()]))


def _within(match: re.Match[str], dates: tuple[tuple[int, int], ...]) -> bool:
    """True where the number stands inside one of these."""
    return any(start <= match.start("number") < end for start, end in dates)


def _read_count(sentence: str, match: re.Match[str], stop: int) -> Count:
    """One count, whose clause ends where the next number begins."""
    written = match["number"].lower()
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    units, part = _read_units(sentence[match.end() : match.end() + 80])
    if match["scale"] == "m" and not match["sign"] and not units & CURRENCIES:
        scale, units = 1.0, frozenset(("m",))  # 230m high
    if match["share"]:
        units = frozenset(("percent",))
    elif match["sign"] or units & CURRENCIES - ({"pound"} if scale == 1 else set()):
        units = frozenset(("money",))
    hedge = "near" if "dozen" in written else _read_hedge(match["hedge"] or "")
    return Count(
        start=match.start("number"), end=match.end(), value=_read_value(written) * scale,
        digits=_count_digits(written), hedge=hedge, units=units, part=part,
        fate=_read_fate(sentence[match.end() : stop]) or _read_fate(sentence[: match.start()]),
        about=frozenset(_read_telling(sentence[: match.start()])[-REACH:]
                        + _read_telling(sentence[match.end() :])[:REACH]),
    )  # fmt: skip


def _read_value(written: str) -> float:
    """The value of a number in figures or in words."""
    if written[0].isdigit():
        return float(written.replace(",", "").rstrip("."))
    total = 0
    for word in written.removeprefix("a ").replace("-", " ").split():
        number = SMALL[word]
        total = max(total, 1) * number if number >= 100 or word == "dozen" else total + number
    return float(total)


def _count_digits(written: str) -> int:
    """How many digits of a number are meant; zeros at the end of a thousand and more are not."""
    if not written[0].isdigit():
        return len(str(int(_read_value(written))).rstrip("0")) or 1
    whole = written.replace(",", "").replace(".", "").lstrip("0")
    return len(whole.rstrip("0") if len(whole) > 3 and "." not in written else whole) or 1


def _rounded(one: Count, other: Count) -> bool:
    """True where the value with fewer digits is the other one rounded to that many."""
    rough, fine = sorted((one, other), key=lambda count: count.digits)
    return rough.digits < fine.digits and float(f"{fine.value:.{rough.digits - 1}e}") == rough.value


def _read_hedge(words: str) -> str:
    """How a number is meant by the words before it."""
    if re.search(r"as many as|no more than|up to|under|below|fewer|less", words, re.IGNORECASE):
        return "most"
    last = words.lower().split()
    return next((name for name, known in BEFORE.items() if last and last[-1] in known.split()), "")


def _read_units(after: str) -> tuple[frozenset[str], bool]:
    """The concepts of the nouns behind a number, and whether it is a part ("two of the nine members")."""
    if SCORE.match(after):
        return frozenset((fold_concept("votes"),)), False
    words = WORD.findall(after)[: REACH + 2]
    part = bool(words) and words[0].lower() == "of"
    units: list[str] = []
    for word in words[3 if part else 0 :][:REACH]:
        if not word[0].isalpha() or word.lower() in ENDS or word.endswith("ed"):
            break
        if not word[0].isupper():  # a Malaysian diplomat and a Malaysian ship are two things
            units.append(fold_concept(word))
        if after.startswith("-"):  # a two-term president: terms are counted
            break
    return frozenset(units), part


def _read_telling(words: str) -> list[str]:
    """The concepts of the words that tell something, in order."""
    return [fold_concept(word) for word in WORD.findall(words) if word[0].isalpha() and not is_idle(word)]


def _read_fate(words: str) -> str:
    """What befell those counted, by the first word that says so."""
    for word in WORD.findall(words):
        concept = fold_concept(word)
        for fate, known in FATES.items():
            if concept in known.split() or word.lower() in known.split():
                return fate
    return ""

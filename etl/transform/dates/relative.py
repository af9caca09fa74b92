"""Relative rules: weekdays, "last month", "three days ago", durations, repetitions, now and then."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.transform.dates.absolute import read_clock
from etl.transform.dates.implied import compare_quarter
from etl.transform.dates.rules import Clause, Rule, tell_tense
from etl.transform.dates.timex import (
    SEASONS,
    Kind,
    Timex,
    cover_days,
    format_duration,
    shift_unit,
    unit_grain,
)
from etl.transform.dates.words import (
    CLOCK,
    FULL_DAY,
    FULL_MONTH,
    MONTH,
    NUMBER,
    SEASON_OF,
    UNIT,
    UNITS_,
    WEEKDAY,
    ZONE,
    read_count,
    read_month,
    read_unit,
    read_weekday,
)  # fmt: skip

PART = r"(?:\s(?P<part>(?i:morning|afternoon|evening|night))\b)?"
NEARLY = (
    r"(?:(?i:about|nearly|almost|around|over|more\sthan|less\sthan|at\sleast|up\sto|some|roughly|only|just|another"
    r"|within|the\s(?:entire|whole|full)|no\smore\sthan|fewer\sthan)\s)?"
)
WHICH = (
    r"(?P<which>(?i:last|this|next|this\spast|this\scoming|the\sprevious|the\sfollowing|the\scoming|the\slast"
    r"|the\snext|the\spast|the\scurrent|the\slatest|current|previous|following|coming|the\ssame|the\spreceding|that|past))"
)
GRAINS: dict[Kind, str] = {"TIME": "time", "DATE": "day"}
BACK = ("last", "this past", "the previous", "previous", "the last", "the preceding")
ON = ("next", "this coming", "the following", "the coming", "following", "coming", "the next")
EDGE = (
    r"(?:(?i:earlier|later|early|late|mid|sometime|the\send\sof|the\sstart\sof|the\sbeginning\sof"
    r"|by\sthe\send\sof)[-\s])?"
)
SOON = r"(?:(?i:earlier|later|early|late)\s)?"
DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
        "overnight": 0, "the day after tomorrow": 2}  # fmt: skip
HOURS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def read_weekday_name(match: re.Match[str], clause: Clause) -> Timex | None:
    """The last such day up to the publication, or the next one where the clause tells of the future."""
    clock = read_clock(match) or HOURS.get((match["hours"] or "").lower(), "")
    kind: Kind = "TIME" if clock else "DATE"
    if clause.today is None:
        return Timex(value="", kind=kind, granularity=GRAINS[kind])
    since = _last_named(clause) if (match["which"] or "").lower() in AFTER_NAMED else clause.today
    day = since + timedelta(days=_count_days(match, clause, since))
    return Timex(value=day.isoformat() + clock, kind=kind, anchor="published")


def _count_days(match: re.Match[str], clause: Clause, today: date) -> int:
    """Days from the publication to the weekday meant, -7 to 7; its own weekday is the day itself."""
    which = (match["which"] or "").lower()
    ahead = (read_weekday(match["weekday"]) - today.weekday()) % 7
    if which in ON:
        return ahead or 7
    if which in BACK:
        return ahead - 7
    comes = which == "this" or (not which and tell_tense(match, clause) == "future")
    return ahead if comes or not ahead else ahead - 7


def read_day_name(match: re.Match[str], clause: Clause) -> Timex | None:
    """Today, yesterday, tomorrow, this morning, last night, with a time of day if one stands there."""
    clock, words = read_clock(match), (match["day_name"] or match["night"]).lower()
    kind: Kind = "TIME" if clock else "DATE"
    if clause.today is None:
        return Timex(value="", kind=kind, granularity=GRAINS[kind])
    shift = -1 if words.startswith("last") else DAYS.get(re.sub(r"\s+", " ", words), 0)
    if not clock and (words in ("tonight", "overnight") or match["night"]):
        clock = next((code for name, code in NIGHTS if name in words), "TNI")
    value = (clause.today + timedelta(days=shift)).isoformat() + clock
    return Timex(value=value, kind="TIME" if clock else kind, anchor="published")


def read_period(match: re.Match[str], clause: Clause) -> Timex | None:
    """This, last or next week, weekend, month, quarter, year, decade, century, season or named month."""
    which = re.sub(r"\s+", " ", match["which"].lower())
    shift = -1 if which in (*BACK, "the latest") else 1 if which in ON else 0
    if not match["month"] and not match["season"] and which in ANAPHORIC:
        return _follow(which, read_unit(match["unit"]), clause)
    if match["month"]:
        return _shift_named_month(read_month(match["month"]), which, clause.today)
    if match["season"]:
        return _read_season(match["season"].lower(), shift, clause.today)
    unit = read_unit(match["unit"])
    if _is_length(which, unit):
        return Timex(value=format_duration("1", unit), kind="DURATION", granularity=unit_grain(unit))
    if clause.today is None:
        return Timex(value="", granularity=unit_grain(unit))
    return Timex(value=shift_unit(clause.today, unit, shift), anchor="published")


def _is_length(which: str, unit: str) -> bool:
    """Whether so long a time is meant, not one on the calendar: the past week, the last day."""
    short = unit in ("day", "hour", "minute")
    return which in ("the past", "past") or (which in ("the last", "the next") and short)


def _read_season(season: str, shift: int, today: date | None) -> Timex:
    """This, last or next summer; open where the day of publication is unknown."""
    if today is None:
        return Timex(value="", granularity="quarter")
    return Timex(value=_shift_season(SEASON_OF[season], shift, today), anchor="published")


def read_offset(match: re.Match[str], clause: Clause) -> Timex | None:
    """Three days ago, a year earlier, two weeks from now; vague numbers stay unresolved."""
    unit, count, today = read_unit(match["unit"]), read_count(match["count"]), clause.today
    if (unit, count) == ("year", "1") and (quarter := compare_quarter(clause)):
        return quarter
    back = match["direction"].lower() in ("ago", "earlier", "before", "previously")
    if not count.isdigit():
        return Timex(value="PAST_REF" if back else "FUTURE_REF", granularity="vague")
    if today is None or int(count) > 9999:
        return Timex(value="", granularity=unit_grain(unit))
    shift = int(count) * (-1 if back else 1)
    if unit in ("second", "minute", "hour"):
        return Timex(value=today.isoformat(), anchor="published") if abs(shift) < 12 else None
    if unit in ("day", "week") and match["direction"].lower() in ("later", "earlier", "before", "previously"):
        today = _last_named(clause)
    return Timex(value=shift_unit(today, unit, shift), anchor="published")


def _follow(which: str, unit: str, clause: Clause) -> Timex | None:
    """That year, the following month: so many from the latest time that the text named."""
    days = cover_days(clause.named.get("latest", ""))
    if days is None:
        return Timex(value="", granularity=unit_grain(unit))
    shift = {"that": 0, "the same": 0, "the preceding": -1}.get(which, 1)
    return Timex(value=shift_unit(days[0], unit, shift), anchor="text")


def _last_named(clause: Clause) -> date:
    """The first day of the time that the text named last; the day of publication where it named none."""
    days = cover_days(clause.named.get("latest", ""))
    return days[0] if days else clause.today or date.min


def read_duration(match: re.Match[str], clause: Clause) -> Timex | None:
    """Two weeks, a ten-day trip, the first nine months: a length of time, X where the number is vague."""
    unit = read_unit(match["unit"])
    count = read_count(match["count"]) if match["count"] else "X"
    if AGE.match(clause.text, match.end()) or (
        unit in ("second", "quarter") and AMOUNT.match(clause.text, match.start())
    ):
        return None
    groups = match.groupdict()
    if (groups.get("half_more") or groups.get("half_first")) and count.isdigit():
        count = f"{count}.5"
    return Timex(value=format_duration(count, unit), kind="DURATION", granularity=unit_grain(unit))


def read_half(match: re.Match[str], clause: Clause) -> Timex | None:
    """Half an hour, half a century: a length of time."""
    unit = match["unit"]
    return Timex(value=HALF_OF[unit], kind="DURATION", granularity=unit_grain(unit))


def read_set(match: re.Match[str], clause: Clause) -> Timex | None:
    """Every week, each Monday, daily, Tuesdays: what comes again and again."""
    if match["adverb"]:
        unit = ADVERBS[match["adverb"].lower()]
    elif match["weekday"] or match["plural"]:
        day = read_weekday(match["weekday"] or match["plural"].removesuffix("s"))
        return Timex(value=f"XXXX-WXX-{day + 1}", kind="SET", granularity="day")
    elif match["month"]:
        return Timex(value=f"XXXX-{read_month(match['month']):02d}", kind="SET", granularity="month")
    else:
        unit = read_unit(match["unit"])
    return Timex(value=format_duration("1", unit), kind="SET", granularity=unit_grain(unit))


def read_hour(match: re.Match[str], clause: Clause) -> Timex | None:
    """A time of day: of the day named just before it ("Friday at noon"), else of the publication."""
    clock = read_clock(match) or HOURS[match["hours"].lower()]
    if clause.today is None:
        return Timex(value="", kind="TIME", granularity="time")
    before = DAY_AT.search(clause.text, max(clause.start, match.start() - 30), match.start())
    day = clause.named.get("day") if before else None
    return Timex(value=(day or clause.today.isoformat()) + clock, kind="TIME", anchor="published")


def _shift_named_month(month: int, which: str, today: date | None) -> Timex:
    """Last April, next May, this June: "last" is the latest one that is over."""
    if today is None:
        return Timex(value="", granularity="month")
    year = today.year
    if which in BACK:
        year -= month >= today.month
    elif which in ON:
        year += month <= today.month
    return Timex(value=f"{year:04d}-{month:02d}", anchor="published")


def _shift_season(season: str, shift: int, today: date) -> str:
    """This, last or next season; in January and February the winter is that of the year before."""
    first, last = SEASONS[season]
    year = today.year - (season == "WI" and today.month <= last)
    over = today.month > last if season != "WI" else 3 <= today.month < first
    if shift < 0:
        year -= 0 if over and season != "WI" else 1
    elif shift > 0:
        year += 1 if today.month >= first or (season == "WI" and today.month <= last) else 0
    return f"{year:04d}-{season}"


AFTER_NAMED = ("the previous", "the following", "following", "the preceding", "the same", "that")
ANAPHORIC = ("that", "the same", "the following", "the preceding", "following")
AGE = re.compile(r"[-\s](?:olds?\b|of\sage\b)")
DAY_AT = re.compile(rf"\b(?:{FULL_DAY}|[Tt]oday|[Tt]omorrow|[Yy]esterday|[12]\d{{3}})\s(?:at|around|by)\s$")
AMOUNT = re.compile(r"(?i)(?:\w+\s)*(?:an?|three)[-\s](?:second|quarters?)\b")
NIGHTS = (("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI"))
HALF_OF = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}
ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year",
           "yearly": "year", "hourly": "hour", "nightly": "day"}  # fmt: skip
SEASON = r"(?P<season>(?i:spring|summer|fall|autumn|winter))\b"
CLOCK_AND = rf"(?:(?:{CLOCK}|(?P<hours>(?i:noon|midday|midnight))){ZONE}?,?\s(?:on\s)?)?"

RULES = {
    "set": Rule(
        rf"(?P<adverb>(?i:{'|'.join(ADVERBS)}))\b|(?i:every|each)\s(?:{WEEKDAY}\b|{MONTH}|{UNIT}\b)"
        r"|(?P<plural>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)\b",
        read_set,
    ),
    "weekday": Rule(rf"{CLOCK_AND}{SOON}(?:{WHICH}\s)?\b{WEEKDAY}\b{PART}(?:['’]s\b)?", read_weekday_name),
    "day_name": Rule(
        rf"(?:(?:{CLOCK}){ZONE}?\s)?{SOON}\b(?:(?P<day_name>(?i:the\sday\s(?:before\syesterday|after\stomorrow)"
        rf"|today|tonight|yesterday|tomorrow|overnight)){PART}"
        r"|(?P<night>(?i:this\s(?:morning|afternoon|evening)|last\s(?:night|evening))))\b",
        read_day_name,
    ),
    "offset": Rule(
        rf"{NEARLY}\b{NUMBER}[-\s]{UNITS_}[-\s]"
        r"(?P<direction>(?i:ago|earlier|before(?=\s*[.,;])|previously|later|from\snow|hence))\b",
        read_offset,
    ),
    "span": Rule(
        rf"(?:(?i:the)\s)?(?:(?i:last|past|next|coming|first|previous|latest|final|following)\s)"
        rf"{NEARLY}{NUMBER}[-\s]{UNITS_}",
        read_duration,
    ),
    "period": Rule(
        rf"{EDGE}\b{WHICH}\s(?:fiscal\s)?(?:{UNIT}\b|{SEASON}|(?P<month>{FULL_MONTH})\b)(?:['’]s\b)?",
        read_period,
    ),
    "duration": Rule(
        rf"{NEARLY}\b{NUMBER}(?P<half_first>\sand\sa\shalf)?[-\s]{UNITS_}(?P<half_more>\sand\sa\shalf\b)?(?:[-\s](?:long|term)\b)?",
        read_duration,
    ),
    "half": Rule(rf"{NEARLY}\b(?i:half)\san?\s(?P<unit>{'|'.join(HALF_OF)})\b", read_half),
    "plural": Rule(
        r"(?:(?i:for|in|within|of|over|take|takes|took|many)\s)(?P<count>)"
        r"(?P<unit>(?i:minute|hour|day|week|month|year|decade|centurie))s\b(?!\s(?:old|ago))",
        read_duration,
    ),
    "hour": Rule(rf"\b(?:{CLOCK}|(?P<hours>(?i:noon|midday|midnight))\b){ZONE}?", read_hour),
}

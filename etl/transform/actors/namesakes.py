"""Namesakes: a country's name that stands for its team or ends the name of a sea."""

from __future__ import annotations

import re

from etl.transform.gazetteer import HOME_NATIONS, Hit, team_of

MEMBER = (
    r"captain|(?:head )?coach|striker|goalkeeper|midfielder|defender|winger|batsman|batter|bowler|seamer|"
    r"fly-half|scrum-half|wicketkeeper|all-rounder|squad|national team|(?:wo)?men['’]s team|"
    r"(?:foot|basket|volley)ball team|rugby team|cricket team|under-\d\d|U-?\d\d"
)
MEMBER_BEHIND = re.compile(rf" (?:(?:vice|former|ex)[ -])?(?:{MEMBER})\b(?! (?:of|for) )")
TEAM_BEFORE = re.compile(r"\bTeam $")
SCORE = r"\d{1,3} ?[-–] ?\d{1,3}(?: \([^()\n]{1,30}\))?"
BEATS = (
    r"(?:beat|beats|beating|beaten|defeat(?:s|ed|ing)?|thrash(?:es|ed|ing)?|edg(?:es|ed|ing)|dr[ae]w|draws|los[te]|loses|"
    r"losing|won|wins|hammer(?:s|ed)|stun(?:s|ned)|hold|holds|held|trail(?:s|ed)|led|lead|crush(?:es|ed))"
)
NO_MONTH = r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
SCORE_BEHIND = re.compile(
    rf"(?: {SCORE} {NO_MONTH}[A-Z]| \d{{1,2}}(?:,| -)? {NO_MONTH}(?:[A-Z][\w.]+ ){{1,3}}\d{{1,2}}(?![\d,.%]*\d| [a-z])|"
    rf" {BEATS} (?:by |to |against |with |over |past )?(?:the )?(?:[A-Z][\w.]+ ){{0,3}}{SCORE}(?! (?:vote|majority))\b)"
)
SCORE_BEFORE = re.compile(rf"[A-Z]\w+ {SCORE} $")
BEATEN = re.compile(rf"\b{BEATS}(?: to| against| with| over| past)? (?:the )?$")
SCORE_NEXT = re.compile(rf" (?:by )?{SCORE}(?! (?:vote|majority))\b")
WATERS_BEFORE = re.compile(r"\b(?:Sea|Gulf|Strait|Straits|Bay|Miss) (?:of )?$")
HOME_TEAMS = re.compile(rf"\b(?:{'|'.join(HOME_NATIONS)})\b")


def tell_namesakes(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits without names of waters and with the team where the country's name stands for it."""
    told = [_as_team(text, hit) for hit in hits if not _is_water(text, hit)]
    return sorted((*told, *_home_teams(text)))


def _is_water(text: str, hit: Hit) -> bool:
    """Whether a country's name ends the name of a sea, or of a beauty queen."""
    return (
        hit.actor.kind == "country"
        and WATERS_BEFORE.search(text, max(0, hit.start - 12), hit.start) is not None
    )


def _as_team(text: str, hit: Hit) -> Hit:
    """The hit as one of the country's team where the words beside it are of sport."""
    if hit.actor.kind != "country" or not _plays(text, hit.start, hit.end):
        return hit
    return hit._replace(actor=team_of(hit.actor.name, hit.actor.country))


def _home_teams(text: str) -> list[Hit]:
    """England, Scotland, Wales and Northern Ireland where they play."""
    return [
        Hit(*match.span(), team_of(match.group(), "GBR"))
        for match in HOME_TEAMS.finditer(text)
        if _plays(text, *match.span())
    ]


def _plays(text: str, start: int, end: int) -> bool:
    """Whether the name has a captain, a coach, the word "team" or a score."""
    before = TEAM_BEFORE.search(text, max(0, start - 6), start)
    return before is not None or MEMBER_BEHIND.match(text, end) is not None or _scores(text, start, end)


def _scores(text: str, start: int, end: int) -> bool:
    """Whether the name stands in a score line: "Brazil 2-1 Chile", "Brazil beat Chile 2-1"."""
    if SCORE_BEHIND.match(text, end) or SCORE_BEFORE.search(text, max(0, start - 60), start):
        return True
    beaten = BEATEN.search(text, max(0, start - 24), start)
    return beaten is not None and SCORE_NEXT.match(text, end) is not None

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
    """Whether the name has a captain, a coach or the word "team"."""
    before = TEAM_BEFORE.search(text, max(0, start - 6), start)
    return before is not None or MEMBER_BEHIND.match(text, end) is not None

"""Observe: on which days an outlet was watched, so that a zero means silence and not a gap.

Known are: when a feed or page was asked and whether it answered; how far back its articles reach; on which
days an archive holds anything; and which days the outlet file calls `not_watched`. A day of which nothing is
known has no row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from etl.extract.outlets import Outlet
from etl.schema import TABLES

REACH = 31  # days that a feed is taken to reach back from its newest entry: older ones may be evergreens
LIVE = ("feed", "webpage")
CHECKS = "checks.jsonl"
KEYS = ["outlet", "day"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A place was asked once: did it answer, and from when to when are the articles of this outlet in it.

    `held` are the days of which the place holds an article of any outlet, so that it was collected then.
    """

    place: str
    outlet: str
    asked: str
    answered: bool
    first: str = ""
    last: str = ""
    held: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether the place tells what is published now, as a feed does and a file does not."""
        return self.place.partition(" ")[0] in LIVE

    @property
    def asked_day(self) -> date:
        """The day on which it was asked, UTC."""
        return datetime.fromisoformat(self.asked).date()

    @property
    def covered(self) -> list[date]:
        """The days of this outlet that are known to be whole.

        A feed: all between its first and its last article, for it drops its oldest. An archive: those between
        them of which it holds anything at all; why it is silent on other days, nobody knows.
        """
        if not (self.answered and self.first):
            return []
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        if not self.is_live:
            return [day for day in map(date.fromisoformat, self.held) if first <= day <= last]
        first = max(first, last - timedelta(days=REACH))
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def keep_checks(folder: Path, checks: Iterable[Check]) -> None:
    """Append the checks to the log beside the kept bytes, so that observations can be made again."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"\n{json.dumps(asdict(check))}" for check in checks)
    with (folder / CHECKS).open("a", encoding="utf-8") as file:
        file.write(lines)


def read_checks(folder: Path) -> list[Check]:
    """The log of checks; a line that was cut short by a kill is passed over."""
    path = folder / CHECKS
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return [check for line in lines for check in _read_check(line)]


def observe_days(
    before: pd.DataFrame, checks: Iterable[Check], articles: pd.DataFrame, outlets: Mapping[str, Outlet]
) -> pd.DataFrame:
    """Rows for `observations`: what was known before, with these checks and all articles of today.

    A day is `observed` where every check succeeded or an archive or feed covers it, `failed` where none did,
    `partial` where some did or where articles came from elsewhere, `not_watched` where the file says so.
    """
    counted = before.set_index(KEYS)[["checks", "successes"]]
    for days in (_asked_days(checks), _covered_days(checks)):
        counted = _add(counted, days)
    counted = counted.reindex(counted.index.union(_unwatched_days(outlets)), fill_value=0)
    items = _count_items(articles)
    made = counted.join(items, how="outer").fillna(0).astype("int64").rename_axis(KEYS).reset_index()
    silent = pd.Series(pd.MultiIndex.from_frame(made[KEYS]).isin(_unwatched_days(outlets)), made.index)
    told = made.assign(status=_statuses(made, silent))
    return TABLES["observations"].conform(told[silent | made["checks"].gt(0) | made["items"].gt(0)])


def _read_check(line: str) -> Iterator[Check]:
    """The check that a line of the log tells; none where it is empty or was cut short."""
    try:
        told = json.loads(line)
    except ValueError:
        return
    yield Check(**told)


def _statuses(made: pd.DataFrame, silent: pd.Series) -> pd.Series:
    """What the counts of each day amount to."""
    status = pd.Series("partial", index=made.index)
    status = status.mask((made["checks"] > 0) & (made["successes"] == made["checks"]), "observed")
    status = status.mask((made["checks"] > 0) & (made["successes"] == 0), "failed")
    return status.mask(silent, "not_watched")


def _add(counted: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Counts with more counts; `at_least` rows raise a day to one check, the others add to it."""
    both = counted.reindex(counted.index.union(days.index), fill_value=0)
    more = days.reindex(both.index, fill_value=0)
    asked = both + more[["checks", "successes"]]
    floor = more["at_least"].clip(upper=1)
    raised = asked["successes"].eq(0) & floor.eq(1)
    return asked.assign(
        checks=asked["checks"].mask(raised, asked["checks"].clip(lower=1)),
        successes=asked["successes"].mask(raised, asked["checks"].clip(lower=1)),
    )


def _asked_days(checks: Iterable[Check]) -> pd.DataFrame:
    """Checks and successes of the live places, by outlet and the day on which they were asked."""
    return _tally([(c.outlet, c.asked_day, 1, int(c.answered), 0) for c in checks if c.is_live])


def _covered_days(checks: Iterable[Check]) -> pd.DataFrame:
    """Days that an archive or a feed covers."""
    return _tally([(c.outlet, day, 0, 0, 1) for c in checks for day in c.covered])


def _tally(rows: list[tuple[str, date, int, int, int]]) -> pd.DataFrame:
    """Sums by outlet and day."""
    frame = pd.DataFrame(rows, columns=[*KEYS, "checks", "successes", "at_least"])
    frame = frame.astype({"outlet": "str", "day": "datetime64[us]"})
    return frame.groupby(KEYS, observed=True).sum().astype("int64")


def _count_items(articles: pd.DataFrame) -> pd.Series:
    """Articles by outlet and day of publication, UTC."""
    day = articles["published"].dt.tz_localize(None).dt.normalize().rename("day")
    dated = articles.assign(day=day).dropna(subset=["day"])
    return dated.groupby(KEYS, observed=True).size().rename("items")


def _unwatched_days(outlets: Mapping[str, Outlet]) -> pd.MultiIndex:
    """Outlet and day where nobody looked."""
    days = [
        (outlet.outlet, pd.Timestamp(first) + pd.Timedelta(days=n))
        for outlet in outlets.values()
        for first, last in outlet.unwatched_periods
        for n in range((last - first).days + 1)
    ]
    frame = pd.DataFrame(days, columns=KEYS).astype({"outlet": "str", "day": "datetime64[us]"})
    return pd.MultiIndex.from_frame(frame)

"""Diversity: how many different speakers each outlet quotes, and how evenly, at the same number of quotations."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaln

from dashboard.filters import Filter
from dashboard.queries.actors import AGREED, key_speakers
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import Floats
from dashboard.queries.overlap import PARTS, half_width, part_stories
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

FEWEST_QUOTES = 20  # with a speaker, below which an outlet is not compared
LARGEST = 500  # quotations to which outlets are brought down at most
KEPT = 0.9  # of the smallest outlet's quotations: so many are left where a part of the stories is left out
MEASURES = ("variety", "effective")
COUNTED = """FROM said s JOIN agreed a USING (one) JOIN sayer_keys k ON k.sayers = a.sayers
        JOIN sayer_keys own ON own.sayers = s.sayers AND own.who = k.who"""  # the speakers agreed on who stand there
Counts = npt.NDArray[np.int64]


def compare_sources(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet, the one with most different speakers at equal n first.

    Columns: outlet, quotes (with a known speaker), speakers (different ones), evenness (Shannon's, 0 to 1), size
    (quotations to which all are brought down), variety, variety_low, variety_high (speakers that so many quotations
    would have), effective, effective_low, effective_high (equally quoted speakers of the same mix, at that size); the
    measures are missing below twenty quotations. A reprinted quotation counts once an outlet where the unit says so.
    """
    key_speakers(snapshot)
    parts = part_stories(snapshot)
    rows = select_articles(
        snapshot,
        chosen,
        f"""{AGREED}
        SELECT s.outlet, k.who, z.story, count(DISTINCT s.one) AS count
        {COUNTED} JOIN story_keys z ON z.article = s.article
        GROUP BY s.outlet, k.who, z.story""",
    )
    rows = rows.assign(part=parts[rows["story"]])
    totals = rows.groupby("outlet")["count"].sum()
    enough = totals[totals >= FEWEST_QUOTES]
    size = int(min(LARGEST, KEPT * enough.min())) if len(enough) else 0
    told = [_tell_outlet(str(outlet), part, size) for outlet, part in rows.groupby("outlet", observed=True)]
    frame = pd.DataFrame(told)
    return Answer(
        frame=frame.sort_values(["variety", "outlet"], ascending=[False, True], ignore_index=True)
        if told
        else frame,
        n=int(totals.sum()),
        unit="quotations with a speaker",
        interval=f"95 %, jackknife over {PARTS} parts of the stories",
        note=f"All at {size} quotations; blank below {FEWEST_QUOTES}"
        if size
        else f"Blank below {FEWEST_QUOTES}",
    )


def list_speaking(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of the outlet with a quotation by a speaker who counts for it; `row` holds the outlet alone."""
    key_speakers(snapshot)
    found = select_articles(
        snapshot, chosen, f"{AGREED} SELECT s.article_id {COUNTED} WHERE s.outlet = ?", row
    )
    return list(found["article_id"])


def rarefy(counts: Counts, size: int) -> tuple[float, float]:
    """Speakers, and equally quoted speakers of the same mix, that `size` of the quotations would have on average.

    The first is Hurlbert's (1971), the second the exponential of Shannon's entropy of the expected frequencies (Chao
    and others 2014); `size` beyond all quotations means all of them.
    """
    values, times = np.unique(counts[counts > 0], return_counts=True)
    drawn = min(size, int(counts.sum()))
    if not drawn:
        return 0.0, 0.0
    places = np.arange(1, min(drawn, int(values.max())) + 1)
    expected = times @ _draw_chances(places, values[:, None], drawn, int(counts.sum()))
    return float(expected.sum()), float(np.exp(-(places / drawn * np.log(places / drawn)) @ expected))


def _tell_outlet(outlet: str, rows: pd.DataFrame, size: int) -> dict[str, object]:
    """The row of one outlet."""
    table = _spread_counts(rows)
    counts = table.sum(axis=0)
    quotes, speakers = int(counts.sum()), len(counts)
    told: dict[str, object] = {"outlet": outlet, "quotes": quotes, "speakers": speakers}
    edges = [f"{name}{edge}" for name in MEASURES for edge in ("", "_low", "_high")]
    if quotes < FEWEST_QUOTES:
        return told | dict.fromkeys(["evenness", "size", *edges])
    whole = rarefy(counts, size)
    left = np.array([rarefy(counts - part, size) for part in table])
    half = half_width(left)
    spans = [
        (value, max(1.0, value - reach), value + reach) for value, reach in zip(whole, half, strict=True)
    ]
    told |= {"evenness": _evenness(counts), "size": size}
    return told | dict(zip(edges, [edge for span in spans for edge in span], strict=True))


def _spread_counts(rows: pd.DataFrame) -> Counts:
    """Quotations by part of the stories, a row each, and speaker, a column each in the order of the names."""
    (row, parts), (column, speakers) = (pd.factorize(rows[name], sort=True) for name in ("part", "who"))
    table = np.zeros((len(parts), len(speakers)), dtype=np.int64)
    np.add.at(table, (row, column), rows["count"].to_numpy(dtype="int64"))
    return table


@lru_cache(maxsize=4)
def _count_ways(digits: int) -> Floats:
    """The logarithm of the factorial of each number of so many binary digits."""
    ways: Floats = gammaln(np.arange(2**digits) + 1.0)
    return ways


def _draw_chances(found: Counts, marked: Counts, drawn: int, of: int) -> Floats:
    """The hypergeometric chance to find so many of the marked ones among so many drawn of all."""
    ways = _count_ways(of.bit_length())
    missed, rest = np.maximum(marked - found, 0), np.maximum(of - marked - drawn + found, 0)
    log_chance = (
        ways[marked] - ways[found] - ways[missed]
        + ways[of - marked] - ways[drawn - found] - ways[rest]
        - ways[of] + ways[drawn] + ways[of - drawn]
    )  # fmt: skip
    possible = (found <= marked) & (drawn - found <= of - marked)
    chance: Floats = np.where(possible, np.exp(log_chance), 0.0)
    return chance


def _evenness(counts: Counts) -> float | None:
    """Shannon's entropy as a share of the largest that so many speakers can have; none for one speaker."""
    if len(counts) < 2:
        return None
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(len(shares)))

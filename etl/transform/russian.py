"""Russian: names by the models that the package natasha brings, without its morphology.

Its recogniser (slovnet) and word vectors (navec) are read from the package's folder: importing the package
itself would need a setuptools that still has pkg_resources.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from etl.errors import SettingsError

VECTORS, MODEL = "emb/navec_news_v1_1B_250K_300d_100q.tar", "model/slovnet_ner_news_v1.tar"


def read_names(text: str) -> list[tuple[int, int, str]]:
    """Where a Russian text names someone: start, end, and PER, ORG or LOC.

    Raises:
        SettingsError: the extra `newsprism[russian]` is not installed.
    """
    return [(span.start, span.stop, span.type) for span in _load_recogniser()(text).spans]


@cache
def _load_recogniser() -> Any:
    """The recogniser with its word vectors, once a process."""
    package = find_spec("natasha")
    if package is None or not package.submodule_search_locations:
        raise SettingsError("recognisers", "natasha is not installed", "pip install newsprism[russian]")
    from navec import Navec
    from slovnet import NER

    folder = Path(package.submodule_search_locations[0]) / "data"
    recogniser = NER.load(folder / MODEL)
    recogniser.navec(Navec.load(folder / VECTORS))
    return recogniser

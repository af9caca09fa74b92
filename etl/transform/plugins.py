"""Plug-ins: recognisers of names for further languages, or in place of ours.

The setting `recognisers` names one a language: an installed spaCy package ("de_core_news_sm"), a folder with a
pipeline of one's own, or a function of an installed module ("my_models.onnx:read_names") that takes a line of
text and gives (start, end, label) for each name: any model, ONNX or other, can stand behind it. Labels: PERSON
or PER, ORG, GPE, LOC, FAC; others are dropped. Where nothing is set, French and Russian are read by the extras
`newsprism[french]` and `newsprism[russian]` if they are installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module, metadata
from importlib.util import find_spec

import spacy
from spacy.language import Language

from etl.errors import SettingsError
from etl.settings import read_settings

Reader = Callable[[str], Iterable[tuple[int, int, str]]]
EXTRAS = {
    "fr": ("fr_core_news_md", "fr_core_news_md"),
    "ru": ("natasha", "etl.transform.russian:read_names"),
}  # language -> module that must be installed, recogniser
NOT_FOR_NAMES = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")
SQUAT = "999."  # official names of models that strangers hold on the package index bear this version


@cache
def find_reader(language: str) -> Reader | None:
    """The recogniser that is plugged in for a language; none where ours or nothing is in its place.

    Raises:
        SettingsError: the setting names what is not installed or is no recogniser.
    """
    chosen = read_settings().recognisers
    if language in chosen:
        return load_reader(chosen[language]) if chosen[language] else None
    needed, name = EXTRAS.get(language, ("", ""))
    return load_reader(name) if needed and find_spec(needed) else None


def load_reader(name: str) -> Reader:
    """The recogniser of this name: a package or folder of spaCy's, or `module:function`.

    Raises:
        SettingsError: it is not installed, is no recogniser or is a look-alike.
    """
    module, parted, function = name.rpartition(":")
    if not parted:
        return _read_with(_load_pipeline(name))
    try:
        reader: object = getattr(import_module(module), function, None)
    except ImportError as error:
        raise _refuse(name, f"cannot be imported ({error})", "install what it needs") from error
    if not callable(reader):
        raise _refuse(name, "is no function", "name it as module:function")
    return reader


def _load_pipeline(name: str) -> Language:
    """A pipeline of spaCy's with what it needs to recognise names."""
    _refuse_squat(name)
    try:
        return spacy.load(name, exclude=NOT_FOR_NAMES)
    except (OSError, ImportError, ValueError) as error:
        raise _refuse(
            name, "is no pipeline that spaCy can load", "install it, or name module:function"
        ) from error


def _read_with(pipeline: Language) -> Reader:
    """A spaCy pipeline as a recogniser."""
    return lambda line: [(span.start_char, span.end_char, span.label_) for span in pipeline(line).ents]


def _refuse_squat(module: str) -> None:
    """Refuse a package that only bears the name of an official model."""
    try:
        version = metadata.version(module)
    except (metadata.PackageNotFoundError, ValueError):  # a pipeline in a folder of the user's own
        return
    if version.startswith(SQUAT):
        raise _refuse(module, f"version {version} is a look-alike of the official model", "uninstall it")


def _refuse(name: str, problem: str, remedy: str) -> SettingsError:
    """The error about one recogniser."""
    return SettingsError("recognisers", f"{name} {problem}", remedy)

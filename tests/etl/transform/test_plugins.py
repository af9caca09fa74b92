"""Plug-ins: which recogniser reads a language, and what happens to one that cannot."""

import sys
from importlib.util import find_spec

import pytest
import spacy

from etl.errors import SettingsError
from etl.transform.actors.find import find_names
from etl.transform.names import read_names
from etl.transform.plugins import EXTRAS, find_reader, load_reader


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(tmp_path)
    find_reader.cache_clear()
    yield
    find_reader.cache_clear()
    sys.modules.pop("my_reader", None)


@pytest.fixture
def chosen(monkeypatch):
    def choose(**readers):
        told = ",".join(f'"{language}": "{name}"' for language, name in readers.items())
        monkeypatch.setenv("NEWSPRISM_RECOGNISERS", "{" + told + "}")

    return choose


READER = """
def read_names(line):
    place = line.find("Olof Palme")
    return [(place, place + 10, "PER")] if place >= 0 else []
"""


def save_pipeline(folder):
    nlp = spacy.blank("sv")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Olof Palme"}])
    nlp.to_disk(folder)


@pytest.mark.parametrize("kind", ["function", "folder"])
def test_a_function_or_a_pipeline_reads_the_language_it_is_set_for(kind, chosen, tmp_path):
    (tmp_path / "my_reader.py").write_text(READER)
    save_pipeline(tmp_path / "pipeline")
    chosen(sv="my_reader:read_names" if kind == "function" else str(tmp_path / "pipeline"))
    text = "Statsminister Olof Palme talade i Sverige."
    found = {(text[name.start : name.end], name.kind) for name in find_names(text, "sv")}
    assert found == {("Olof Palme", "person"), ("Sverige", "country")}


def test_ours_is_replaced_where_the_setting_says_so(chosen, tmp_path):
    (tmp_path / "my_reader.py").write_text(READER)
    chosen(en="my_reader:read_names")
    text = "Olof Palme met Angela Merkel."
    assert [text[name.start : name.end] for name in read_names(text)] == ["Olof Palme"]


def test_an_empty_name_turns_an_extra_off(chosen):
    chosen(fr="", ru="")
    assert find_reader("fr") is None
    assert find_reader("ru") is None


@pytest.mark.parametrize(("name", "problem"), [
    ("no_such_package", "no pipeline"), ("json", "no pipeline"), ("json:nothing", "is no function"),
    ("no_such_module:read", "cannot be imported"),
])  # fmt: skip
def test_what_cannot_read_names_is_refused_with_a_remedy(name, problem):
    with pytest.raises(SettingsError, match=problem):
        load_reader(name)


def test_a_look_alike_of_an_official_model_is_refused(tmp_path):
    told = tmp_path / "xx_names_sm-999.9.9.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: xx-names-sm\nVersion: 999.9.9\n")
    with pytest.raises(SettingsError, match="look-alike"):
        load_reader("xx_names_sm")


def test_a_language_without_a_recogniser_has_none():
    assert find_reader("sv") is None
    assert find_reader("en") is None


@pytest.mark.parametrize(("language", "text", "people"), [
    ("fr", "Emmanuel Macron a rencontré Olaf Scholz à Berlin.", {"Emmanuel Macron", "Olaf Scholz"}),
    ("ru", "Президент Владимир Путин встретился с Ким Чен Ыном в Пхеньяне.", {"Владимир Путин", "Ким Чен Ыном"}),
])  # fmt: skip
def test_the_extras_read_names_where_they_are_installed(language, text, people):
    if find_spec(EXTRAS[language][0]) is None:
        pytest.skip(f"{EXTRAS[language][0]} is not installed")
    found = {text[name.start : name.end] for name in find_names(text, language) if name.kind == "person"}
    assert found == people


def test_russian_without_its_package_says_what_to_install(monkeypatch):
    from etl.transform import russian

    monkeypatch.setattr(russian, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"newsprism\[russian\]"):
        russian._load_recogniser.__wrapped__()

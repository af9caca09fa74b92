"""Settings: code before environment before file before default; a wrong one is named."""

from pathlib import Path

import pytest

from etl.errors import SettingsError
from etl.settings import Settings, read_settings


def test_a_default_holds_where_nobody_speaks():
    assert read_settings().max_bytes == 10_000_000


def test_the_file_beats_the_default_and_the_environment_beats_the_file(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text("batch = 7\npause = 0.5\n")
    monkeypatch.setenv("NEWSPRISM_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("NEWSPRISM_PAUSE", "0.25")
    settings = read_settings()
    assert (settings.batch, settings.pause) == (7, 0.25)


def test_what_is_given_in_code_beats_all(monkeypatch):
    monkeypatch.setenv("NEWSPRISM_WORKERS", "3")
    assert read_settings(workers=2).workers == 2


@pytest.mark.parametrize(("name", "value"), [("workers", 0), ("pause", -1), ("batch", "many")])
def test_a_wrong_value_is_named(name, value):
    with pytest.raises(SettingsError, match=f"setting {name}: ") as caught:
        read_settings(**{name: value})
    assert caught.value.setting == name


def test_an_unknown_name_in_the_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text("workrs = 7\n")
    monkeypatch.setenv("NEWSPRISM_SETTINGS", str(tmp_path / "settings.toml"))
    with pytest.raises(SettingsError, match="workrs"):
        read_settings()


def test_your_own_newsroom_comes_first():
    rooms = Settings(store=Path("mine"), demos=Path("demo")).newsrooms
    assert list(rooms) == ["own", "news", "sample"]
    assert rooms["news"] == Path("demo/news")

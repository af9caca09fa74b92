"""Refresh: what a running refresh says, on a page that has a store and on one that waits for its first."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screen.refresh import Progress, running_refreshes
from etl.store import Store

OpenScript = Callable[..., AppTest]
SCRIPT = """
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

open_shell(read_settings(), "overview")
"""


def tell(folder: Path, **changes: object) -> None:
    """Write what a refresh of this store says of itself."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"stage": "tones", "done": 50, "total": 200, "estimate": 95} | changes
    (folder / "progress.json").write_text(json.dumps(told), encoding="utf-8")


def shown(app: AppTest) -> str:
    assert not app.exception, app.exception
    return "\n".join(str(part.value) for part in app.html)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.2, "about 1 s left"),
        (89.4, "about 89 s left"),
        (90, "about 2 min left"),
        (3569, "about 59 min left"),
        (3570, "about 1 h 0 min left"),
        (4800, "about 1 h 20 min left"),
        (None, "read"),
    ],
)
def test_the_rest_is_told_in_the_unit_that_fits(seconds: float | None, told: str) -> None:
    progress = Progress(room="own", stage="read", done=0, total=0, estimate=seconds)
    assert progress.told.endswith(told)
    assert progress.share == 0


def test_more_done_than_expected_is_still_a_whole() -> None:
    assert Progress(room="own", stage="tones", done=300, total=200, estimate=None).share == 1


@pytest.mark.parametrize("age", [0, 119, 121])
def test_a_refresh_that_falls_silent_has_ended(tmp_path: Path, age: int) -> None:
    tell(tmp_path)
    written = (tmp_path / "progress.json").stat().st_mtime
    assert len(running_refreshes({"own": tmp_path}, now=written + age)) == (age < 120)


@pytest.mark.parametrize(
    "changes", [{"done": "many"}, {"total": None}, {"estimate": "soon"}, {"stage": "failed"}]
)
def test_progress_that_cannot_be_read_is_none(tmp_path: Path, changes: dict[str, object]) -> None:
    tell(tmp_path, **changes)
    assert running_refreshes({"own": tmp_path}) == ()


def test_a_line_over_the_page_tells_how_far_the_other_newsroom_is(
    open_script: OpenScript, tmp_path: Path
) -> None:
    tell(tmp_path / "demos" / "news", stage="<b>tones</b>")
    page = shown(open_script(SCRIPT))
    assert '<i style="width:25.0%">' in page
    assert "news: &lt;b&gt;tones&lt;/b&gt;, 50 of 200, about 2 min left" in page
    assert "store version 2 is shown" in page


def test_before_the_first_version_the_page_waits_and_then_opens(
    open_script: OpenScript, newsroom: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSPRISM_STORE", str(tmp_path / "own"))
    tell(tmp_path / "own", stage="fetch", total=0, estimate=None)
    app = open_script(SCRIPT)
    assert "No articles yet" in shown(app)
    assert "Nothing is being loaded" not in shown(app)
    assert [(bar.value, bar.text) for bar in app.progress] == [(0, "own: fetch")]
    monkeypatch.setenv("NEWSPRISM_STORE", str(newsroom.folder))
    app.run()
    assert "No articles yet" not in shown(app)
    assert app.session_state["view"].snapshot.version == 2


def test_a_damaged_store_is_told_in_words_and_the_page_stays(
    open_script: OpenScript, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "<b>own"
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "1.json").write_text("{", encoding="utf-8")
    (folder / "current.json").write_text("{", encoding="utf-8")
    monkeypatch.setenv("NEWSPRISM_STORE", str(folder))
    page = shown(open_script(SCRIPT))
    assert "The store cannot be read" in page
    assert "<b>own" not in page

"""Bar: chips say what is chosen, every control writes the address, hostile names are no markup."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.filters import Filter
from dashboard.screen.bar import _folded
from etl.store import Store
from tests.builders import make_article, make_article_rows, make_rows, make_store

OpenScript = Callable[..., AppTest]
SCRIPT = """
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

open_shell(read_settings(), "story")
"""
NAMES = ("[x](http://evil) $a$ `b`", "*bold* <b>", ":red[no] _u_ ~s~")
MARKUP = re.compile(
    r"(?<!\\)[\[\]*$`<_~]"
)  # what Streamlit reads as Markdown where no backslash stands before


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store whose outlets, story and actor are named in Markdown."""
    made = [make_article(outlet=f"o{place}", item=name) for place, name in enumerate(NAMES)]
    outlets = ({"outlet": f"o{place}", "name": name} for place, name in enumerate(NAMES))
    return make_store(
        tmp_path_factory.mktemp("bar") / "own",
        **make_article_rows(*made),
        outlets=make_rows("outlets", *outlets),
        stories=make_rows("stories", {"story_id": "s", "title": NAMES[0], "articles": 1, "outlets": 1}),
        actors=make_rows("actors", {"actor_id": "a", "name": NAMES[2] * 4, "kind": "person"}),
    )


def chips_of(app: AppTest) -> dict[str, str]:
    """What stands on the chips, by their keys."""
    assert not app.exception, app.exception
    blocks = (block for block in walk(app.main) if block.type == "popover")
    return {block.key: block.proto.popover.label for block in blocks}


def walk(block: Any) -> Iterator[Any]:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from walk(child)


def folded(app: AppTest) -> str:
    (line,) = (str(part.value) for part in app.html if 'class="folded"' in str(part.value))
    return line


def test_without_a_filter_the_chips_say_all(open_script: OpenScript) -> None:
    app = open_script(SCRIPT)
    chips = chips_of(app)
    assert chips["chip-period"] == "all: 1 May – 29 June 2024"
    assert (chips["chip-outlets"], chips["chip-languages"]) == ("all 3", "all 1")
    assert '<span>▸ Filters: all days · articles</span><span class="chip">0 on</span>' in folded(app)
    assert "clear-all" not in [button.key for button in app.button]


def test_chosen_values_stand_on_the_chips_and_on_the_folded_line(open_script: OpenScript) -> None:
    three = "Nordlys~Kontinent~Harbour Post"
    app = open_script(SCRIPT, outlets=three, start="2024-05-03", languages="en", unit="texts")
    chips = chips_of(app)
    assert chips["chip-outlets"] == "The Nordlys, The Kontinent +1"
    assert (chips["chip-period"], chips["chip-languages"]) == ("from 3 May 2024", "en")
    assert 'from 3 May 2024 · en · unique texts</span><span class="chip">4 on' in folded(app)


def test_the_folded_line_tells_any_address_as_text() -> None:
    line = str(_folded(Filter(languages=("<b>", "uk"), unit="families", end=date(2024, 6, 24), fewest=3)))
    assert "▸ Filters: until 24 June 2024 · &lt;b&gt; · uk · publisher families&#39; texts</span>" in line
    assert line.endswith('<span class="chip">4 on</span></label>')


def test_days_and_voice_are_written_to_the_address_and_all_is_cleared(open_script: OpenScript) -> None:
    app = open_script(SCRIPT, story="strike")
    app.date_input(key="see_end").set_value("2024-05-09").run()
    app.get_by_key("see_voice").set_value("quoted").run()
    assert dict(app.query_params) == {"story": "strike", "end": "2024-05-09", "voice": "quoted"}
    assert chips_of(app)["chip-period"] == "until 9 May 2024"
    app.button(key="clear-all").click().run()
    assert dict(app.query_params) == {}


def test_an_older_version_is_chosen_left_and_copied(open_script: OpenScript) -> None:
    app = open_script(SCRIPT, outlets="Nordlys")
    assert app.selectbox(key="see_as_of").options == ["2", "1"]
    app.selectbox(key="see_as_of").select("1").run()
    assert app.session_state["view"].snapshot.version == 1
    assert chips_of(app)["as-of"].endswith("version 1")
    assert app.code[0].value.endswith("?outlets=Nordlys&as_of=1&room=own")
    next(button for button in app.button if button.label == "Back to the newest version").click().run()
    assert app.session_state["view"].snapshot.version == 2
    assert dict(app.query_params) == {"outlets": "Nordlys"}


def test_names_in_markdown_are_shown_as_written(
    open_script: OpenScript, hostile: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_STORE", str(hostile.folder))
    app = open_script(SCRIPT, story="s", actor="a", outlets="o0~o1~o2")
    told = [
        chips_of(app)["chip-outlets"],
        *(app.button(key=f"clear-{name}").label for name in ("story", "actor")),
    ]
    assert [label for label in told if MARKUP.search(label)] == []
    assert told[0].replace("\\", "") == f"{NAMES[0]}, {NAMES[1]} +1"
    assert told[1].replace("\\", "") == f"{NAMES[0]} ×"
    assert told[2].replace("\\", "") == f"{(NAMES[2] * 4)[:46].rstrip()} … ×"


def test_a_cross_takes_away_the_actor_and_nothing_else(
    open_script: OpenScript, hostile: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_STORE", str(hostile.folder))
    app = open_script(SCRIPT, story="s", actor="a")
    app.button(key="clear-actor").click().run()
    assert dict(app.query_params) == {"story": "s"}


def test_a_store_that_knows_no_country_offers_none(
    open_script: OpenScript, hostile: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_STORE", str(hostile.folder))
    assert "chip-countries" not in chips_of(open_script(SCRIPT))

"""View: what is on the screen now: a newsroom's store version, the filter, the colours; and its cached
answers.

All caches are keyed by (store folder, version, filter, chart), never by a frame; what they hold is never
changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.filters import Filter, read_number
from dashboard.queries.answer import Answer
from dashboard.queries.behind import hold_articles
from dashboard.queries.newsroom import Newsroom, read_newsroom
from dashboard.theme import DARK, LIGHT, Theme, write_time
from etl.errors import EmptyStore, StoreError
from etl.settings import Settings
from etl.store import Snapshot, Store


@dataclass(frozen=True, kw_only=True)
class View:
    """One newsroom at one version under one filter. `versions` are all that can be opened, oldest first."""

    room: str
    folder: str
    versions: tuple[int, ...]
    snapshot: Snapshot
    newsroom: Newsroom
    chosen: Filter
    theme: Theme

    @property
    def as_of(self) -> str:
        """When the store version was made: 24 June 2024, 18:00 UTC."""
        return write_time(self.snapshot.made)


def view_now() -> View:
    """The view that app.py opened for this run."""
    view: View = st.session_state["view"]
    return view


def current() -> tuple[Snapshot, Filter, Theme]:
    """The store version, the filter and the colours that are shown now."""
    view = view_now()
    return view.snapshot, view.chosen, view.theme


def open_view(settings: Settings, chosen: Filter, room: str, as_of: str) -> View | None:
    """Open the newsroom that was asked for, else your own, else the first that has a version; none: no
    version.
    """
    filled = filled_rooms(settings)
    if not filled:
        return None
    room = room if room in filled else _default_room(filled, busy=bool(as_of or chosen.to_query()))
    st.session_state.update(room_shown=room, room_linked=room if len(filled) > 1 else "")
    folder = str(settings.newsrooms[room])
    snapshot = _open_version(folder, as_of)
    newsroom = _cached_newsroom(folder, snapshot.version, snapshot)
    theme = theme_now().wear(newsroom.order, newsroom.names)
    view = View(
        room=room,
        folder=folder,
        versions=_list_versions(folder),
        snapshot=snapshot,
        newsroom=newsroom,
        chosen=_cached_filter(folder, snapshot.version, chosen, snapshot),
        theme=theme,
    )
    st.session_state["view"] = view
    return view


def _default_room(filled: tuple[str, ...], *, busy: bool) -> str:
    """The newsroom of a visitor who named none: the first that has a version.

    A demonstration fills while people look, so a better newsroom may appear. Who has set a filter, opened
    articles or left the overview is not moved: the page stays, and a line offers the other newsroom.
    """
    shown = st.session_state.get("room_shown", "")
    if shown not in filled:
        return filled[0]
    reading = (
        busy or "opened" in st.session_state or st.session_state.get("page_shown", "overview") != "overview"
    )
    return shown if reading else filled[0]


def filled_rooms(settings: Settings) -> tuple[str, ...]:
    """The newsrooms that have a version, your own first."""
    return tuple(room for room, folder in settings.newsrooms.items() if _list_versions(str(folder)))


def theme_now() -> Theme:
    """Light or dark, as the browser shows the app; light where it has not said so yet."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def answer_of(chart: Chart) -> Answer:
    """The chart's answer to the filter; computed once a (store version, filter)."""
    view = view_now()
    return _cached_answer(view.folder, view.snapshot.version, view.chosen, chart.slug, view.snapshot, chart)


def drawing_of(chart: Chart, answer: Answer) -> go.Figure | Markup:
    """The chart as drawn for this theme; computed once a (store version, filter, mode). Not to be changed."""
    view = view_now()
    key = (view.folder, view.snapshot.version, view.chosen, chart.slug, view.theme.mode)
    return _cached_drawing(key, chart, answer, view.theme)


def _list_versions(folder: str) -> tuple[int, ...]:
    """The versions of a store, oldest first; none where there is no store yet."""
    return tuple(Store(Path(folder)).versions()) if Path(folder).is_dir() else ()


def _open_version(folder: str, as_of: str) -> Snapshot:
    """The version that was asked for, or the newest where it is unknown or gone."""
    newest = _list_versions(folder)[-1]
    asked = read_number(as_of)
    try:
        return _cached_snapshot(folder, newest if asked is None else asked)
    except EmptyStore:
        raise
    except StoreError:
        return _cached_snapshot(folder, newest)


@st.cache_resource(max_entries=6, show_spinner=False)
def _cached_snapshot(folder: str, version: int) -> Snapshot:
    return Store(Path(folder)).snapshot(version)


@st.cache_resource(max_entries=12, show_spinner=False)
def _cached_newsroom(folder: str, version: int, _snapshot: Snapshot) -> Newsroom:
    return read_newsroom(_snapshot)


@st.cache_resource(max_entries=64, show_spinner=False)
def _cached_filter(folder: str, version: int, chosen: Filter, _snapshot: Snapshot) -> Filter:
    return hold_articles(_snapshot, chosen)


@st.cache_resource(max_entries=512, show_spinner=False)
def _cached_answer(
    folder: str, version: int, chosen: Filter, slug: str, _snapshot: Snapshot, _chart: Chart
) -> Answer:
    return _chart.query(_snapshot, chosen)


@st.cache_resource(max_entries=256, show_spinner=False)
def _cached_drawing(
    key: tuple[object, ...], _chart: Chart, _answer: Answer, _theme: Theme
) -> go.Figure | Markup:
    return _chart.draw(_answer, _theme)

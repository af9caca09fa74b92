"""Refresh: how far a running refresh has come; a slim line over the page, or the page before there is a
store.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from dashboard.screen.address import ROOM
from dashboard.screen.view import View, filled_rooms
from dashboard.theme import write_count
from etl.settings import Settings

PROGRESS = "progress.json"
STALE = 120.0  # seconds without a word after which a refresh counts as ended
EVERY = 3.0  # seconds between two looks


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One running refresh: which newsroom, what it does, how much is done, and the estimate of the rest."""

    room: str
    stage: str
    done: int
    total: int
    estimate: float | None

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where the total is unknown."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def told(self) -> str:
        """news: tones, 1 200 of 3 824, about 3 min left."""
        rest = "" if self.estimate is None else f", about {_write_rest(self.estimate)} left"
        count = f", {write_count(self.done)} of {write_count(self.total)}" if self.total else ""
        return f"{self.room}: {self.stage}{count}{rest}"


def running_refreshes(rooms: Mapping[str, Path], now: float | None = None) -> tuple[Progress, ...]:
    """The refreshes that have said something in the last two minutes and are not done."""
    return tuple(p for room, folder in rooms.items() if (p := _read_progress(room, folder, now)) is not None)


def watch_refreshes(settings: Settings, view: View) -> None:
    """A slim line for each running refresh, and one that offers a newsroom that became ready meanwhile."""
    rooms = filled_rooms(settings)
    if rooms[0] != view.room and not st.session_state.get(ROOM):
        _offer(rooms[0])
    if running_refreshes(settings.newsrooms):
        _watch(settings, rooms, view.snapshot.version)


def _offer(room: str) -> None:
    """A line that leads to another newsroom: nobody is taken away from what he reads."""
    st.html(
        Markup(
            '<div class="ready" role="status">The newsroom <b>{}</b> has its first articles: '
            '<a href="./?{}={}" target="_self">show it</a></div>'
        ).format(room, ROOM, room)
    )


def show_beginning(settings: Settings) -> None:
    """The page before any newsroom has a version: what happens now, or how to begin."""
    st.html(
        '<div class="begin"><div class="kick">NewsPrism</div><h1>No articles '
        "yet</h1><p>As soon as the first refresh "
        "has loaded articles, this page shows them by itself.</p></div>"
    )
    _await_first(settings)


@st.fragment(run_every=EVERY)
def _await_first(settings: Settings) -> None:
    """Progress, or the commands that begin; the whole page runs again once there is a version."""
    if filled_rooms(settings):
        st.rerun()
    running = running_refreshes(settings.newsrooms)
    for progress in running:
        st.progress(progress.share, text=progress.told)
    if not running:
        st.html(
            '<div class="begin"><p>Nothing is being loaded. Begin with one of these in a terminal:</p>'
            "<p><code>newsprism demo</code> · real news to look at</p>"
            "<p><code>newsprism refresh</code> · your own outlets, from data/outlets.toml</p></div>"
        )


@st.fragment(run_every=EVERY)
def _watch(settings: Settings, rooms: tuple[str, ...], version: int) -> None:
    """One line a running refresh; the whole page runs again when a newsroom gets its first version."""
    if filled_rooms(settings) != rooms:
        st.rerun()
    for progress in running_refreshes(settings.newsrooms):
        st.html(
            Markup(
                '<div class="slim" title="store version {} is shown"><i '
                'style="width:{}%"></i><span>{}</span></div>'
            ).format(version, round(100 * progress.share, 1), progress.told)
        )


def _read_progress(room: str, folder: Path, now: float | None) -> Progress | None:
    """What the refresh of this store wrote last; none where it is old, done or unreadable."""
    path = folder / PROGRESS
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        age = (time.time() if now is None else now) - path.stat().st_mtime
        estimate = told.get("estimate")
        progress = Progress(
            room=room,
            stage=str(told["stage"]),
            done=int(told["done"]),
            total=int(told["total"]),
            estimate=None if estimate is None else float(estimate),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # being replaced, or of another version: the next look will tell
    return None if age > STALE or progress.stage in ("done", "failed") else progress


def _write_rest(seconds: float) -> str:
    """40 s, 3 min, 1 h 20 min."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"

"""Focus: a page looks at one story, or at two outlets, without changing what the address says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.screen.address import set_filter
from dashboard.screen.view import view_now


def focus_view(**chosen: object) -> None:
    """Narrow the filter for the rest of this run only; links from here carry the narrower filter."""
    view = view_now()
    st.session_state["view"] = replace(view, chosen=view.chosen.narrow(**chosen))


def choose_two(outlets: Sequence[str], pair: Sequence[str]) -> None:
    """Two menus, "Compare ... with ..."; the choice goes into the address. Nothing without two outlets."""
    if len(outlets) < 2 or len(pair) < 2:
        return
    with st.container(key="pair", horizontal=True, vertical_alignment="center", gap="xsmall"):
        for word, place in (("Compare", 0), ("with", 1)):
            st.html(f'<span class="word">{word}</span>', width="content")
            key = f"see_pair_{place}"
            st.session_state[key] = pair[place]
            st.selectbox(
                f"{word} outlet",
                [outlet for outlet in outlets if outlet != pair[1 - place]],
                key=key,
                format_func=view_now().theme.name_of,
                on_change=_take_pair(tuple(pair), place),
                label_visibility="collapsed",
                width=240,
            )


def _take_pair(pair: tuple[str, ...], place: int) -> Callable[[], None]:
    """The callback of one menu: the other outlet stays."""

    def take() -> None:
        chosen = st.session_state[f"see_pair_{place}"]
        set_filter(pair=(chosen, pair[1]) if place == 0 else (pair[0], chosen))

    return take


def place_asked() -> tuple[str, int]:
    """The article and the character that the address asks for; ("", 0) where it does not."""
    at = st.query_params.get("at", "")
    return st.query_params.get("article", ""), int(at) if at.isdigit() else 0


def choose_layers(names: Sequence[str], default: Sequence[str]) -> tuple[str, ...]:
    """Which findings the reader highlights."""
    chosen = st.pills(
        "Highlight",
        names,
        default=list(default),
        selection_mode="multi",
        key="layers",
        label_visibility="collapsed",
    )
    return tuple(chosen)


@contextmanager
def two_columns(left: float, right: float) -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """Two columns of these parts; one below the other on a phone."""
    one, two = st.columns([left, right], gap=22)
    yield one, two


@contextmanager
def fold(title: str) -> Iterator[None]:
    """A part of the page that opens on demand."""
    with st.expander(title):
        yield

"""Focus: a page looks at one story, or at two outlets, without changing what the address says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts.chart import Chart
from dashboard.filters import Filter, Grouping, Order, read_number
from dashboard.screen.address import set_filter
from dashboard.screen.card import NARROW, WIDE, show
from dashboard.screen.view import view_now


def focus_view(**chosen: object) -> None:
    """Narrow the filter for the rest of this run only; links from here carry the narrower filter."""
    view = view_now()
    st.session_state["view"] = replace(view, chosen=view.chosen.narrow(**chosen))


def choose_two(outlets: Sequence[str], pair: Sequence[str]) -> None:
    """Two menus, "Compare ... with ..."; the choice goes into the address. Nothing without two outlets."""
    if len(outlets) < 2 or len(pair) < 2:
        return
    with st.container(key="choose-pair", horizontal=True, vertical_alignment="center", gap="xsmall"):
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


def choose_stories(chosen: Filter, orders: Mapping[Order, str]) -> None:
    """How many outlets a story must have, and which stories come first; both go into the address."""
    with st.container(key="stories-choice", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _choose("In at least", "fewest", {1: "1 outlet", 2: "2", 3: "3", 4: "4", 6: "6"}, chosen.fewest)
        _choose("First", "order", orders, chosen.order)


def choose_grouping(chosen: Filter, groupings: Mapping[Grouping, str]) -> None:
    """By which property outlets are grouped; the choice goes into the address."""
    with st.container(key="grouping-choice", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _choose("Group outlets by", "grouping", groupings, chosen.grouping)


def _choose(word: str, name: str, options: Mapping[Any, str], now: object) -> None:
    """One of a few values as chips; a value of the address that is no chip chooses none."""
    st.html(f'<span class="word">{word}</span>', width="content")
    key = f"see_{name}"
    st.session_state[key] = now if now in options else None
    st.segmented_control(
        word,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=_take(name),
        label_visibility="collapsed",
    )


def _take(name: str) -> Callable[[], None]:
    """The callback of a row of chips; pressing the chosen one again changes nothing."""

    def take() -> None:
        value = st.session_state[f"see_{name}"]
        if value is not None:
            set_filter(**{name: value})

    return take


def _take_pair(pair: tuple[str, ...], place: int) -> Callable[[], None]:
    """The callback of one menu: the other outlet stays."""

    def take() -> None:
        chosen = st.session_state[f"see_pair_{place}"]
        set_filter(pair=(chosen, pair[1]) if place == 0 else (pair[0], chosen))

    return take


def place_asked() -> tuple[str, int]:
    """The article and the character that the address asks for; ("", 0) where it does not."""
    return st.query_params.get("article", ""), read_number(st.query_params.get("at", "")) or 0


def choose_layers(found: Mapping[str, int], default: Sequence[str]) -> tuple[str, ...]:
    """Which findings the reader highlights; each with how many there are in the article."""
    with st.container(key="reader-layers", gap=None):
        chosen = st.pills(
            "Highlight",
            list(found),
            default=list(default),
            selection_mode="multi",
            key="layers",
            format_func=lambda name: f"{name} {found[name]}",
            label_visibility="collapsed",
        )
    return tuple(chosen)


@contextmanager
def two_columns(left: float, right: float) -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """Two columns of these parts; one below the other on a phone."""
    one, two = st.columns([left, right], gap=22)
    yield one, two


def columns_of(left: Sequence[Chart], right: Sequence[Chart]) -> None:
    """Two columns, 1.55 : 1, each with its cards one below the other; the left ones first on a phone."""
    for column, charts in zip(st.columns([WIDE, NARROW], gap=22), (left, right), strict=True):
        with column:
            for chart in charts:
                show(chart)


@contextmanager
def card(slug: str) -> Iterator[None]:
    """A card that a page fills itself."""
    with st.container(key=f"card-{slug}", border=True, gap=None):
        yield


@contextmanager
def fold(title: str) -> Iterator[None]:
    """A part of the page that opens on demand."""
    with st.expander(title):
        yield

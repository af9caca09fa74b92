"""Bar: the shared filters as chips under the navigation; on a phone they fold away behind one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, get_args

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from dashboard.filters import FIELDS, UNIT_NAMES, VOICE_NAMES, Filter, Mark, Unit, Voice
from dashboard.queries.behind import name_value
from dashboard.queries.newsroom import Newsroom, name_of_actor, title_of
from dashboard.screen.address import AS_OF, ROOM, link_to, set_filter, set_place
from dashboard.screen.view import View
from dashboard.theme import write_day, write_period

UNIT_WORDS = {"articles": "articles", "texts": "unique texts", "families": "publisher families"}
MARKDOWN = re.compile(r"[\\`*_\[\]<>$~#]")  # Streamlit reads labels as Markdown, and names are none
ESCAPED = r"\\\g<0>"
# A phone unfolds the bar by CSS alone.
SWITCH = '<input type="checkbox" id="filters-open" aria-label="Show filters">'


def show_bar(view: View, rooms: Sequence[str], page: str) -> None:
    """All filters, the newsroom and the store version; every choice is written to the address."""
    chosen, room = view.chosen, view.newsroom
    st.html(f'<div class="fold">{SWITCH}</div>')
    st.html(_folded(chosen))
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _choose_period(chosen, room)
        _choose_many("Outlets", "outlets", room.order, chosen.outlets, view.theme.name_of)
        _choose_many("Language", "languages", room.languages, chosen.languages, str)
        _choose_many("Country", "countries", room.countries, chosen.countries, str)
        _choose_one("Count", "unit", get_args(Unit), chosen.unit, UNIT_WORDS)
        _choose_one("Voice", "voice", get_args(Voice), chosen.voice, VOICE_NAMES)
        _choose_words(chosen)
        _clearable(view)
        _choose_place(view, rooms, page)


def _folded(chosen: Filter) -> Markup:
    """The line that stands for the bar on a phone: what is chosen, and how many filters are on."""
    on = len(chosen.to_query())
    told = " · ".join([write_period(chosen.start, chosen.end), *chosen.languages, UNIT_NAMES[chosen.unit]])
    return Markup(
        '<label class="folded" for="filters-open"><span>▸ Filters: {}</span><span '
        'class="chip">{} on</span></label>'
    ).format(told, on)


def _choose_period(chosen: Filter, room: Newsroom) -> None:
    """Two days; a missing one leaves that side open."""
    label = write_period(chosen.start, chosen.end)
    if chosen.start is None and chosen.end is None:
        label = f"all: {write_period(room.first, room.last)}" if room.first else "all days"
    with _chip("Period", label, "period"):
        for name, word, edge in (("start", "First day", room.first), ("end", "Last day", room.last)):
            st.session_state[f"see_{name}"] = getattr(chosen, name)
            st.date_input(
                word,
                value=None,
                key=f"see_{name}",
                min_value=room.first,
                max_value=room.last,
                format="YYYY-MM-DD",
                help=f"{word}; empty: {write_day(edge)}",
                on_change=_take(name),
            )


def _choose_many(
    word: str, name: str, options: Sequence[str], now: Sequence[str], show: Callable[[str], str]
) -> None:
    """Several values; none means all."""
    if not options:
        return
    label = ", ".join(show(value) for value in now[:2]) + (f" +{len(now) - 2}" if len(now) > 2 else "")
    with _chip(word, label or f"all {len(options)}", name):
        st.session_state[f"see_{name}"] = [value for value in now if value in options]
        st.multiselect(
            word,
            options,
            key=f"see_{name}",
            format_func=show,
            placeholder="all",
            on_change=_take(name, tuple),
        )


def _choose_one(word: str, name: str, options: Sequence[Any], now: str, words: dict[Any, str]) -> None:
    """One of a few values, all in sight."""
    st.session_state[f"see_{name}"] = now
    with _beside(word, name):
        st.segmented_control(
            word,
            options,
            key=f"see_{name}",
            format_func=words.__getitem__,
            required=True,
            on_change=_take(name),
            label_visibility="collapsed",
        )


def _choose_words(chosen: Filter) -> None:
    """Search words: boolean, phrases and fields, as on the Articles page."""
    st.session_state["see_words"] = chosen.words
    st.text_input(
        "Search words",
        key="see_words",
        placeholder='words, "a phrase", AND, NOT',
        on_change=_take("words"),
        label_visibility="collapsed",
        width=200,
    )


def _clearable(view: View) -> None:
    """The story and the actor that were chosen elsewhere, each with a cross; and one button for all
    filters.
    """
    chosen = view.chosen
    if chosen.story:
        _cross("Story", "story", title_of(view.snapshot, chosen.story))
    if chosen.actor:
        _cross("Actor", "actor", name_of_actor(view.snapshot, chosen.actor))
    if chosen.beside:
        _cross("Named with", "beside", name_of_actor(view.snapshot, chosen.beside))
    if chosen.behind:
        _cross_mark(view)
    if chosen.to_query():
        st.button("clear all", key="clear-all", type="tertiary", on_click=_clear_all)


def _cross(word: str, name: str, title: str) -> None:
    """A chip that takes itself away."""
    short = title if len(title) < 48 else f"{title[:46].rstrip()} …"
    with _beside(word, name):
        st.button(
            f"{MARKDOWN.sub(ESCAPED, short)} ×",
            key=f"clear-{name}",
            help=f"Show all {name} again",
            on_click=_drop,
            args=(name,),
        )


def _cross_mark(view: View) -> None:
    """A chip for the mark whose articles are shown; it gives back the filter under which the mark was counted."""
    mark = Mark.from_text(view.chosen.behind)
    before = {name: getattr(mark.chosen, name) for name in FIELDS}
    told = ", ".join(name_value(view.snapshot, view.theme.name_of(value)) for value in mark.row)
    with _beside("Counted for", "behind"):
        st.button(
            f"{MARKDOWN.sub(ESCAPED, told)} ×",
            key="clear-behind",
            help=f"Back to the filter of {mark.slug.replace('-', ' ')}",
            on_click=set_filter,
            kwargs=before,
        )


def _choose_place(view: View, rooms: Sequence[str], page: str) -> None:
    """The newsroom, the store version, and the permalink of what is on the screen."""
    with st.container(
        key="place", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"
    ):
        with st.popover(
            f"{view.room} newsroom · as of {view.as_of} · version {view.snapshot.version}", key="as-of"
        ):
            _select("Newsroom", ROOM, list(rooms), view.room)
            _select(
                "Store version", AS_OF, [str(v) for v in reversed(view.versions)], str(view.snapshot.version)
            )
            if view.snapshot.version != view.versions[-1]:
                st.button("Back to the newest version", on_click=set_place, args=(AS_OF, ""))
        with st.popover("copy link", key="copy-link", type="tertiary"):
            here = (st.context.url or "").split("?")[0].rstrip("/")
            query = link_to(page, view.chosen, room=view.room, as_of=str(view.snapshot.version)).partition(
                "?"
            )[2]
            st.code(f"{here}?{query}", language=None, wrap_lines=True)


def _select(word: str, name: str, options: list[str], now: str) -> None:
    """A choice of the newsroom or the version, kept in the address."""
    st.session_state[f"see_{name}"] = now
    st.selectbox(
        word, options, key=f"see_{name}", on_change=lambda: set_place(name, st.session_state[f"see_{name}"])
    )


def _chip(word: str, label: str, name: str) -> Any:
    """A word and a chip that opens."""
    with _beside(word, name):
        return st.popover(MARKDOWN.sub(ESCAPED, label), key=f"chip-{name}")


def _beside(word: str, name: str) -> DeltaGenerator:
    """A place for a control after its word, so that no line breaks between the two."""
    place = st.container(
        key=f"pair-{name}", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"
    )
    place.html(f'<span class="word">{word}</span>', width="content")
    return place


def _take(name: str, kind: Callable[[Any], object] = lambda value: value) -> Callable[[], None]:
    """A callback that copies a visible widget's value into the address."""

    def take() -> None:
        set_filter(**{name: kind(st.session_state[f"see_{name}"])})

    return take


def _drop(name: str) -> None:
    """Take one field out of the filter."""
    set_filter(**{name: ""})


def _clear_all() -> None:
    """An empty filter."""
    for name in FIELDS:
        st.session_state[name] = ""

"""Address: the query part of the URL is the one place where the user's choices live.

Each parameter is carried by a text input that nobody sees, bound to the address by Streamlit. Visible widgets
show what the carriers hold and write to them in callbacks. So a permalink survives page changes and Back, ids
stand in the address while names stand on the screen, and every field has one form: that of `Filter.to_query`.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.filters import FIELDS, Filter

ROOM, AS_OF = "room", "as_of"
CARRIED = (*FIELDS, ROOM, AS_OF)


def carry_address() -> tuple[Filter, str, str]:
    """Put the carriers on the page; the filter, the newsroom and the store version that the address names."""
    _put_back_lost()
    with st.container(key="address", gap=None):
        carried = {name: st.text_input(name, key=name, bind="query-params") for name in CARRIED}
    return Filter.from_query(carried), carried[ROOM], carried[AS_OF]


def _put_back_lost() -> None:
    """Write choices to the address that still hold but left it: a page was changed before the last was drawn."""
    for name in CARRIED:
        if (text := st.session_state.get(name)) and name not in st.query_params:
            st.session_state[name] = text


def set_filter(**chosen: object) -> None:
    """Change fields of the filter; only in a callback, before the carriers are drawn."""
    now = Filter.from_query({name: st.session_state.get(name, "") for name in CARRIED}).narrow(**chosen)
    query = now.to_query()
    for name in chosen:
        st.session_state[name] = query.get(name, "")


def set_place(name: str, value: str) -> None:
    """Change the newsroom or the store version; only in a callback."""
    st.session_state[name] = value


def rerun_filter(**chosen: object) -> None:
    """Change the filter from the body of a page: kept for the next run, which begins at once."""
    st.session_state["wanted"] = chosen
    st.rerun()


def take_wanted() -> None:
    """Apply what `rerun_filter` left; app.py calls this before the carriers are drawn."""
    if wanted := st.session_state.pop("wanted", None):
        set_filter(**wanted)


def link_to(page: str, chosen: Filter, **more: str) -> str:
    """The address of a page with this filter, relative to any page; `more` adds or replaces parameters."""
    linked = st.session_state.get("room_linked", "")  # a link stays in its newsroom when others appear
    place = {ROOM: st.session_state.get(ROOM, "") or linked, AS_OF: st.session_state.get(AS_OF, "")}
    query = {**chosen.to_query(), **{name: text for name, text in place.items() if text}, **more}
    return ("./" if page == "overview" else page) + (f"?{urlencode(query)}" if query else "")

"""Opened: a click on a mark opens the articles behind it, under the chart; each leads into the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.behind import hold_articles, mark_row
from dashboard.queries.opened import find_article, list_articles
from dashboard.screen.address import link_to
from dashboard.screen.view import answer_of, view_now
from dashboard.theme import write_count, write_day, write_time
from etl.store import Snapshot

LISTED = 6
LINK = re.compile(r'href="(open|page):([^"]*)"')
BEHIND = "behind"  # all columns that open by it name the row together
MANY = ("outlets", "languages", "countries", "pair")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a click chose: the chart, the narrowed filter, words for the heading, perhaps one article and
    place.
    """

    slug: str
    chosen: Filter
    title: str
    article: str = ""
    at: int = 0


def note_click(chart: Chart, key: str) -> None:
    """Remember the clicked row as our own state: Plotly's selection is lost when the figure changes."""
    points = st.session_state[key]["selection"]["points"]
    if not points:
        st.session_state.pop("opened", None)
        return
    row = _row_number(points[0].get("customdata"))
    if row is not None:
        st.session_state["opened"] = opened_from(chart, answer_of(chart), row, view_now().chosen)


def opened_from(chart: Chart, answer: Answer, row: int, chosen: Filter) -> Opened:
    """The articles that a row of the answer counts."""
    values = answer.frame.iloc[row]
    marked = tuple(str(_as_field(name, values[column])) for column, name in chart.opens if name == BEHIND)
    narrowed = (
        mark_row(chart.slug, marked, chosen) if marked else chosen.narrow(**_as_fields(chart.opens, values))
    )
    named = [column.removesuffix("_id") for column, _ in chart.opens]  # an id says nothing to a reader
    told = ", ".join(dict.fromkeys(_told(values[name if name in values else f"{name}_id"]) for name in named))
    places = [values[name] for name in ("at", "start") if name in values and pd.notna(values[name])]
    place = next(iter(places), 0)
    return Opened(
        slug=chart.slug,
        chosen=narrowed,
        title=told,
        at=int(place),
        article=str(values["article_id"])
        if "article_id" in values and pd.notna(values["article_id"])
        else "",
    )


def show_opened(chart: Chart) -> None:
    """The list under the chart whose mark was clicked; nothing under the others."""
    opened: Opened | None = st.session_state.get("opened")
    if opened is None or opened.slug != chart.slug:
        return
    with st.container(key=f"opened-{chart.slug}", gap=None):
        view = view_now()
        st.html(_list(_rows_of(opened, view.snapshot), opened.title, opened.chosen, opened.at))
        st.button("close", key=f"close-{chart.slug}", type="tertiary", on_click=_close)


def open_articles(chosen: Filter, title: str, limit: int = LISTED, *, article: str = "") -> None:
    """The articles that a filter chooses, as a list with links into the reader, where the page stands; the
    open one is marked.
    """
    view = view_now()
    st.html(_list(list_articles(view.snapshot, chosen, limit), title, chosen, 0, shown=article))


def tie_links(markup: Markup, chart: Chart | None = None, answer: Answer | None = None) -> Markup:
    """Make `open:ROW` and `page:slug?field=value` real addresses that keep the filter."""
    view = view_now()

    def tie(found: re.Match[str]) -> str:
        kind, target = found.groups()
        if kind == "page":
            address = _page_address(target, view.chosen)
        elif chart is not None and answer is not None:
            address = _row_address(opened_from(chart, answer, int(target), view.chosen))
        else:
            return 'href="#"'
        return f'href="{Markup.escape(address)}" target="_self"'

    return Markup(LINK.sub(tie, markup))  # noqa: S704  # the rest was Markup before, the addresses are escaped


def _page_address(target: str, chosen: Filter) -> str:
    """`story?story=ID&article=X`: filter fields narrow the filter, other parameters ride along."""
    page, _, query = unescape(target).partition("?")
    given = dict(parse_qsl(query))
    narrowed = {name: value for name, value in given.items() if hasattr(chosen, name)}
    read = Filter.from_query({**chosen.to_query(), **narrowed})
    return link_to(page, read, **{name: value for name, value in given.items() if name not in narrowed})


def _row_address(opened: Opened) -> str:
    """The reader for one article, else the Articles page with the narrowed filter."""
    more = {"article": opened.article, "at": str(opened.at)} if opened.article else {}
    return link_to("articles", opened.chosen, **more)


def _rows_of(opened: Opened, snapshot: Snapshot) -> pd.DataFrame:
    """The articles behind a mark, or the one article that it stands for."""
    if opened.article and not opened.chosen.behind:
        return find_article(snapshot, opened.article)
    rows = list_articles(snapshot, hold_articles(snapshot, opened.chosen), LISTED)
    return rows.assign(here=rows["article_id"] == opened.article)


def _row_number(customdata: Any) -> int | None:
    """The row's number as a draw function put it into `customdata`: alone, or first of a list or mapping."""
    if isinstance(customdata, Mapping):
        customdata = next(iter(customdata.values()), None)
    if isinstance(customdata, list | tuple):
        customdata = customdata[0] if customdata else None
    return None if customdata is None else int(customdata)


def _as_fields(opens: tuple[tuple[str, str], ...], values: pd.Series) -> dict[str, object]:
    """The fields of the Filter that a row sets; columns for one field of many values are put together."""
    fields: dict[str, object] = {}
    for field in dict.fromkeys(field for _, field in opens):
        read = [_as_field(field, values[column]) for column, named in opens if named == field]
        fields[field] = tuple(read) if field in MANY else read[0]
    return fields


def _as_field(field: str, value: Any) -> object:
    """A value of the answer as the Filter holds it, or one of several."""
    if field in ("start", "end"):
        return pd.Timestamp(value).date()
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _told(value: Any) -> str:
    """A value for the heading of the list."""
    if isinstance(value, pd.Timestamp):
        return write_day(value)
    return view_now().theme.name_of(str(value))


def _list(rows: pd.DataFrame, title: str, chosen: Filter, at: int, *, shown: str = "") -> Markup:
    """Headline, outlet, time with its precision; the rest one click away, except beside the reader."""
    if rows.empty:
        return Markup('<div class="list"><p class="sm">No article: {}.</p></div>').format(title)
    total = int(rows["n"].iloc[0])
    lines = Markup("").join(_line(row, chosen, at, shown=shown) for row in rows.to_dict("records"))
    more = Markup("")
    if total > len(rows) and not shown:
        more = Markup(' · <a href="{}" target="_self">all {}</a>').format(
            link_to("articles", chosen), write_count(total)
        )
    head = Markup('<p class="sm">Articles behind <b>{}</b> · {} of {}{}</p>').format(
        title or "this number", len(rows), write_count(total), more
    )
    return Markup('<div class="list">{}{}</div>').format(head, lines)


def _line(row: Mapping[Any, Any], chosen: Filter, at: int, *, shown: str) -> Markup:
    """One article of the list; `shown` is the one that the reader shows."""
    theme = view_now().theme
    return Markup(
        '<div class="item{}"><div class="sm"><i class="sw" style="background:{}"></i>{} · '
        '{} <span class="tag">{}</span>'
        '</div><a href="{}" target="_self">{}</a></div>'
    ).format(
        " on" if row["article_id"] == shown else "",
        theme.colour_of(row["outlet"]),
        theme.name_of(row["outlet"]),
        write_time(row["published"], row["published_precision"]),
        "unknown" if row["published_precision"] == "none" else row["published_precision"],
        link_to("articles", chosen, article=row["article_id"], at=str(at if row.get("here", True) else 0)),
        row["title"] or "(no headline)",
    )


def _close() -> None:
    """Forget the click."""
    st.session_state.pop("opened", None)

"""Skew: which stories a group of outlets hardly carries, against the rest of the outlets that were observed."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from dashboard.filters import PART, Filter, Grouping
from dashboard.queries.answer import Answer
from dashboard.queries.baseline import Bools, Places
from dashboard.queries.compared import share_languages
from dashboard.queries.intervals import LEVEL, Floats
from dashboard.queries.overlap import number_stories
from dashboard.queries.selection import chosen_outlets, key_articles, select_articles
from dashboard.queries.watched import watch_days
from etl.store import Snapshot

FEWEST_OUTLETS = 3  # observed ones of the group, and of the rest, below which nothing is said
BLIND = 0.2  # share of its observed outlets up to which a group can be blind
MOST_STORIES, MOST_GROUPS = 12, 8
COLUMNS: dict[Grouping, str] = {
    "country": "country",
    "language": "languages",
    "family": "coalesce(family, outlet)",
    "kind": "kind",
    "group": "groups",
}
GROUPINGS: dict[Grouping, str] = {
    "country": "country",
    "language": "language",
    "family": "family",
    "kind": "kind",
    "group": "your groups",
}
APART = ("family", "group")  # who has none of these is not unknown but stands alone


def find_blind_spots(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a story and group of outlets, the story with the surest blind spot first, then that of most outlets.

    The grouping is the filter's. Columns: story_id, title, group, carried, observed (outlets of the group that carry
    the story, of those observed), share, rest_carried, rest_observed, skew (log odds against the rest, half an outlet
    added to each cell), skew_low, skew_high, state ("blind": the interval lies below 0 and at most a fifth carry it;
    "more", "less": it excludes 0; "open": it does not; "few": under three observed outlets on a side, nothing is
    said), foreign and unobserved (outlets of the group that write in other languages alone; that nobody watched),
    outlets (those of the group that carry it, parted by "~").
    """
    told = _list_carriers(snapshot, chosen)
    groups = _list_groups(snapshot, chosen)
    unit = f"stories in {max(2, chosen.fewest)} outlets or more"
    if told.empty or groups.empty:
        return Answer(frame=pd.DataFrame({"story_id": []}), n=0, unit=unit)
    rows = weigh_groups(count_groups(told, groups, watch_days(snapshot), shared=share_languages(snapshot)))
    ranked = _rank(rows)
    names = _name_stories(snapshot, ranked)
    carriers = name_carriers(told[told["story"].isin(ranked)], groups)
    shown = names[["story", "story_id"]].merge(
        rows[rows["group"].isin(_widest(groups))], on="story", validate="1:m"
    )
    shown = shown.merge(carriers, on=["story", "group"], how="left", validate="1:1")
    shown = shown.merge(names[["story", "title"]], on="story", validate="m:1")
    return Answer(
        frame=shown.drop(columns="story"),
        n=rows["story"].nunique(),
        unit=unit,
        interval="95 % of the log odds ratio (Woolf)",
        verdict=_tell_spots(rows),
        note=f"{len(ranked)} listed; blank below {FEWEST_OUTLETS} observed outlets of the group or of the rest",
    )


def list_carrying(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles of the story by the outlets of the group, of any day; `row` names story and group."""
    key_articles(snapshot)
    groups = _list_groups(snapshot, chosen)
    outlets = list(groups.loc[groups["group"] == row[1], "outlet"])
    found = snapshot.sql(
        "SELECT article_id FROM article_keys WHERE story_id = ? AND outlet = ANY(?::VARCHAR[])",
        (row[0], outlets),
    )
    return list(found["article_id"])


def count_groups(
    told: pd.DataFrame, groups: pd.DataFrame, watched: pd.DataFrame, *, shared: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row a story and group: story, group, carried, observed, foreign, unobserved, rest_carried, rest_observed.

    `told`: story, outlet, day (of an article; may be missing); `groups`: outlet, group (missing: of no group, yet
    of the rest); `watched`: a row a day, a column an outlet; `shared`: who writes in a language of which story (a row
    a story, a column an outlet; everybody where it is not given). Observed is who carries the story, or was watched
    on a day of it and could be compared; foreign who was watched and writes in other languages alone, unobserved who
    was not watched: neither of the two is a zero.
    """
    outlets = pd.Index(sorted(groups["outlet"].unique()))
    named = groups.dropna(subset="group")
    member = named.assign(one=1.0).pivot(index="outlet", columns="group", values="one").reindex(outlets)
    told = told[told["outlet"].isin(outlets)]
    at, stories = pd.factorize(told["story"], sort=True)
    carries = np.zeros((len(stories), len(outlets)))
    carries[at, outlets.get_indexer(told["outlet"])] = 1.0
    seen = _watch_stories(
        at, pd.DatetimeIndex(told["day"]), watched.reindex(columns=outlets, fill_value=False)
    )
    alike = (
        np.True_ if shared is None else shared.reindex(stories, columns=outlets, fill_value=True).to_numpy()
    )
    rows = pd.DataFrame(
        {
            "story": np.repeat(stories, member.shape[1]),
            "group": np.tile(member.columns.to_numpy(), len(stories)),
        }
    )
    for name, table in _part_outlets(carries, seen, alike).items():
        inside = table @ member.fillna(0.0).to_numpy()
        rows[name] = inside.ravel()
        if name in ("carried", "observed"):
            rows[f"rest_{name}"] = (table.sum(axis=1, keepdims=True) - inside).ravel()
    return rows


def weigh_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Add share, skew, skew_low, skew_high and state; skew and interval are missing where too few were observed.

    The skew is the log odds ratio with half an outlet added to each cell (Haldane 1956; interval: Woolf 1955).
    """
    inside, rest = rows["carried"], rows["rest_carried"]
    cells = (
        np.array([inside, rows["observed"] - inside, rest, rows["rest_observed"] - rest], dtype="float64")
        + 0.5
    )
    skew = np.log(cells[0] / cells[1]) - np.log(cells[2] / cells[3])
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt((1 / cells).sum(axis=0))
    few = (rows[["observed", "rest_observed"]].min(axis=1) < FEWEST_OUTLETS).to_numpy()
    share = (inside / rows["observed"]).to_numpy(dtype="float64")
    less = skew + half < 0
    state = np.select(
        [few, less & (share <= BLIND), less, skew - half > 0], ["few", "blind", "less", "more"], "open"
    )
    known = {"skew": skew, "skew_low": skew - half, "skew_high": skew + half}
    return rows.assign(
        share=share, **{name: np.where(few, np.nan, part) for name, part in known.items()}, state=state
    )


def name_carriers(told: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """story, group, outlets: the outlets of the group that carry the story, parted by "~"."""
    named = groups.dropna(subset="group")
    pairs = told[["story", "outlet"]].drop_duplicates().merge(named, on="outlet", validate="m:m")
    return pairs.groupby(["story", "group"])["outlet"].agg(PART.join).rename("outlets").reset_index()


def _list_carriers(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """story (its number), outlet, day of the articles of all stories that the filter touches and enough carry."""
    number_stories(snapshot)
    told = select_articles(
        snapshot,
        chosen,
        """, touched AS (SELECT story FROM chosen JOIN story_keys USING (article) WHERE story_id IS NOT NULL)
        SELECT DISTINCT story, outlet, day FROM article_keys JOIN story_keys USING (article)
        WHERE story IN (FROM touched) AND (?::VARCHAR[] IS NULL OR outlet = ANY(?::VARCHAR[])) ORDER BY ALL""",
        (outlets := chosen_outlets(snapshot, chosen), outlets),
    )
    enough = told.groupby("story")["outlet"].transform("nunique") >= max(2, chosen.fewest)
    return told[enough].reset_index(drop=True)


def _name_stories(snapshot: Snapshot, ranked: list[int]) -> pd.DataFrame:
    """story, story_id, title of these stories (numbers), in their order."""
    names = snapshot.sql(
        "SELECT story, name AS story_id, title FROM story_names LEFT JOIN stories ON story_id = name "
        "WHERE story = ANY(?)",
        [ranked],
    )
    return names.set_index("story").reindex(ranked).reset_index()


def _list_groups(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """outlet, group: one row a group of the filter's grouping that an outlet with articles belongs to.

    Who belongs to none is left out where that means unknown (country, language, kind), else has a row without one.
    """
    rows = snapshot.sql(
        f"SELECT outlet, {COLUMNS[chosen.grouping]} AS told FROM outlets SEMI JOIN articles USING (outlet) "
        "ORDER BY outlet"
    )
    outlets = chosen_outlets(snapshot, chosen)
    rows = rows if outlets is None else rows[rows["outlet"].isin(outlets)]
    parted = rows.assign(group=rows["told"].str.split("; ")).explode("group")[["outlet", "group"]]
    parted = parted.assign(group=parted["group"].where(parted["group"].fillna("") != "")).drop_duplicates()
    return parted if chosen.grouping in APART else parted.dropna(subset="group")


def _part_outlets(carried: Floats, watched: Bools, alike: Bools | np.bool_) -> dict[str, Floats]:
    """carried, observed, foreign, unobserved: each 1 or 0, a row a story, a column an outlet."""
    observed = np.maximum(watched & alike, carried)
    foreign = np.maximum(watched - observed, 0.0)
    return {
        "carried": carried,
        "observed": observed,
        "foreign": foreign,
        "unobserved": 1.0 - observed - foreign,
    }


def _watch_stories(stories: Places, days: pd.DatetimeIndex, watched: pd.DataFrame) -> Bools:
    """Whether each outlet (column) was watched on any of the days named beside the number of a story (row)."""
    at = watched.index.get_indexer(days)
    shape = int(stories.max(initial=-1)) + 1, len(watched)
    told = csr_array((np.ones(len(at))[at >= 0], (stories[at >= 0], at[at >= 0])), shape=shape)
    seen: Bools = told @ watched.to_numpy(dtype="float64") > 0
    return seen


def _widest(groups: pd.DataFrame) -> list[str]:
    """The groups of most outlets; those of too few to be judged are left out where any has enough."""
    sizes = groups["group"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    judged = sizes[sizes >= FEWEST_OUTLETS]
    return list((judged if len(judged) else sizes).index[:MOST_GROUPS])


def _rank(rows: pd.DataFrame) -> list[int]:
    """The stories to list, of those that can be judged: the surest blind spots first, then those of most outlets."""
    rows = rows.assign(
        known=rows["state"] != "few",
        blind=rows["state"] == "blind",
        edge=rows["skew_high"].where(rows["state"] == "blind"),
        outlets=rows["carried"] + rows["rest_carried"],
    )
    stories = (
        rows[rows["known"]]
        .groupby("story")
        .agg(blind=("blind", "max"), edge=("edge", "min"), outlets=("outlets", "max"))
    )
    order = ["blind", "edge", "outlets", "story"]
    return list(stories.sort_values(order, ascending=[False, True, False, True]).index[:MOST_STORIES])


def _tell_spots(rows: pd.DataFrame) -> str:
    """How many blind spots there are; or that nothing can be said."""
    judged = rows[rows["state"] != "few"]
    if judged.empty:
        return "Nothing can be said: no group has three observed outlets beside three others."
    blind = judged[judged["state"] == "blind"]
    counted = ((len(blind), "blind spot"), (judged["group"].nunique(), "group"))
    spots, groups = (f"{n} {word}{'' if n == 1 else 's'}" for n, word in counted)
    return f"{spots} among {judged['story'].nunique()} stories that could be judged, by {groups}."

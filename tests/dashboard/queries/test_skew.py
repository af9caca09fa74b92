"""Skew: the formula by hand, who counts as observed, and blind spots of ten outlets in two kinds."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.skew import count_groups, find_blind_spots, list_carrying, weigh_groups
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

Row = dict[str, object]
PAPERS, AGENCIES = [f"paper{n}" for n in range(6)], [f"agency{n}" for n in range(5)]
CARRIED = {
    "hidden": AGENCIES,
    "shared": [*PAPERS, *AGENCIES],
    "papers": [*PAPERS, AGENCIES[0]],
    "alone": [PAPERS[0]],
}


def write_outlet(name: str, place: int) -> Row:
    groups = "big; north" if place < 3 else ""
    return {
        "outlet": name, "kind": name[:-1].removesuffix("y"), "country": "NOR" if place else None,
        "languages": "en; nb", "groups": groups, "family": "One" if place < 4 else None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Six papers and five agencies, watched on the one day; paper5 only where it carries a story."""
    made = [
        (story, make_article(outlet=outlet, item=f"{story}{outlet}", published="2024-06-24T08:00"))
        for story, outlets in CARRIED.items()
        for outlet in outlets
    ]
    day = pd.Timestamp("2024-06-24")
    late = make_article(outlet="paper5", item="next", published="2024-06-25T08:00")
    made = [(s, a) for s, a in made if a.outlet != "paper5"] + [("later", late)]
    return make_store(
        tmp_path_factory.mktemp("skew"),
        **make_article_rows(*(article for _, article in made)),
        outlets=make_rows("outlets", *(write_outlet(o, n) for n, o in enumerate([*PAPERS, *AGENCIES]))),
        observations=make_rows(
            "observations",
            *({"outlet": o, "day": day, "status": "observed"} for o in [*PAPERS[:5], *AGENCIES]),
        ),
        stories=make_rows("stories", *({"story_id": x, "title": x.title()} for x in CARRIED)),
        story_articles=make_rows(
            "story_articles", *({"article_id": a.article_id, "story_id": s} for s, a in made)
        ),
    ).snapshot()


def states(snapshot: Snapshot, **chosen: object) -> dict[tuple[str, str], tuple[int, int, int, int, str]]:
    """carried, observed, rest_carried, rest_observed and state by story and group."""
    frame = find_blind_spots(snapshot, Filter().narrow(**chosen)).frame
    return {
        (row.story_id, row.group): (row.carried, row.observed, row.rest_carried, row.rest_observed, row.state)
        for row in frame.itertuples()
    }


def test_a_group_that_misses_what_the_rest_carries_is_blind(papers: Snapshot) -> None:
    assert states(papers) == {
        ("hidden", "paper"): (0, 5, 5, 5, "blind"), ("hidden", "agenc"): (5, 5, 0, 5, "more"),
        ("papers", "paper"): (5, 5, 1, 5, "more"), ("papers", "agenc"): (1, 5, 5, 5, "blind"),
        ("shared", "paper"): (5, 5, 5, 5, "open"), ("shared", "agenc"): (5, 5, 5, 5, "open"),
    }  # fmt: skip


def test_who_was_not_observed_counts_nowhere(papers: Snapshot) -> None:
    """paper5 publishes on the next day alone, and nobody watched it on the day of the stories."""
    assert {observed for _, observed, _, _, _ in states(papers).values()} == {5}


def test_a_filter_of_outlets_leaves_too_few_to_say_anything(papers: Snapshot) -> None:
    answer = find_blind_spots(papers, Filter(outlets=("paper0", "agency0", "agency1")))
    assert answer.empty and answer.n == 3
    assert answer.verdict.startswith("Nothing can be said")


def test_unknown_countries_are_left_out_and_no_family_is_one_of_its_own(papers: Snapshot) -> None:
    assert states(papers, grouping="country") == {}
    family = states(papers, grouping="family")
    assert family["hidden", "One"] == (0, 4, 5, 6, "blind")
    assert {group for _, group in family} == {"One"}


def test_an_outlet_may_be_of_several_groups_or_of_none(papers: Snapshot) -> None:
    groups = states(papers, grouping="group")
    assert groups["hidden", "big"] == groups["hidden", "north"] == (0, 3, 5, 7, "open")


def test_the_surest_blind_spot_comes_first_and_is_counted(papers: Snapshot) -> None:
    answer = find_blind_spots(papers, Filter())
    assert answer.frame["story_id"].drop_duplicates().tolist() == ["hidden", "papers", "shared"]
    assert answer.verdict == "2 blind spots among 3 stories that could be judged, by 2 groups."
    assert answer.frame["outlets"].tolist()[0] == "~".join(AGENCIES)


def test_a_mark_opens_what_the_group_wrote_even_before_any_chart_was_drawn(papers: Snapshot) -> None:
    found = list_carrying(Snapshot(papers.folder, papers.manifest), Filter(), ("papers", "agenc"))
    held = papers.sql("SELECT outlet FROM articles WHERE article_id = ANY(?)", (found,))
    assert held["outlet"].tolist() == ["agency0"]


def test_asking_for_more_outlets_leaves_fewer_stories(papers: Snapshot) -> None:
    assert find_blind_spots(papers, Filter(fewest=7)).n == 1


def test_the_formula_by_hand() -> None:
    row = pd.DataFrame([{"carried": 1.0, "observed": 8.0, "rest_carried": 9.0, "rest_observed": 10.0}])
    told = weigh_groups(row).iloc[0]
    skew = log(1.5 / 7.5) - log(9.5 / 1.5)
    half = 1.959964 * sqrt(1 / 1.5 + 1 / 7.5 + 1 / 9.5 + 1 / 1.5)
    assert told[["skew", "skew_low", "skew_high"]].tolist() == pytest.approx([skew, skew - half, skew + half])
    assert (told["share"], told["state"]) == (1 / 8, "blind")


@pytest.mark.parametrize(
    ("cells", "state"),
    [((3, 9, 9, 9), "less"), ((2, 2, 0, 9), "few"), ((0, 9, 2, 2), "few"), ((9, 9, 2, 9), "more")],
    ids=str,
)
def test_a_blind_group_carries_little_and_few_outlets_say_nothing(cells: tuple[int, ...], state: str) -> None:
    names = ["carried", "observed", "rest_carried", "rest_observed"]
    told = weigh_groups(pd.DataFrame([cells], columns=names).astype("float64")).iloc[0]
    assert told["state"] == state
    assert np.isnan(told["skew"]) == (state == "few")


def test_who_was_not_watched_or_writes_in_other_languages_is_no_zero() -> None:
    """Of x, a carries it, b could, c writes in another language; of y, d was not watched; e carries in its own way."""
    day = pd.Timestamp(0)
    told = pd.DataFrame({"story": ["s", "s"], "outlet": ["a", "e"], "day": [day, day]})
    groups = pd.DataFrame({"outlet": list("abcde"), "group": list("xxxyy")})
    watched = pd.DataFrame({outlet: [outlet != "d"] for outlet in "abcde"}, index=[day])
    shared = pd.DataFrame({outlet: [outlet in "abd"] for outlet in "abcde"}, index=["s"])
    rows = count_groups(told, groups, watched, shared=shared).set_index("group")
    counts = ["carried", "observed", "foreign", "unobserved", "rest_carried", "rest_observed"]
    assert rows.loc["x", counts].tolist() == [1, 2, 1, 0, 1, 1]
    assert rows.loc["y", counts].tolist() == [1, 1, 0, 1, 1, 2]
    whole = count_groups(told, groups, watched).set_index("group")
    assert whole.loc["x", ["observed", "foreign"]].tolist() == [3, 0]


def test_undated_stories_count_who_carries_them() -> None:
    told = pd.DataFrame({"story": ["s"], "outlet": ["a"], "day": [None]})
    groups = pd.DataFrame({"outlet": ["a", "b"], "group": ["x", "x"]})
    rows = count_groups(told, groups, pd.DataFrame({"a": [True], "b": [True]}, index=[pd.Timestamp(0)]))
    assert rows[["carried", "observed"]].to_numpy().tolist() == [[1, 1]]

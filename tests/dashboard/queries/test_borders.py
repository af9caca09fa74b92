"""Just below and just at the border of what is said: fewest cases, a day's delay, equal times, words that name nobody."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from dashboard.queries.agenda import _churn
from dashboard.queries.copying import _tell_order
from dashboard.queries.diversity import _tell_outlet
from dashboard.queries.labels import NAMED_SPEAKER, VIA
from dashboard.queries.quoted import share_out
from dashboard.queries.skew import _rank, _widest, count_groups, name_carriers, weigh_groups
from dashboard.queries.story import _fill_cells, _rank_facts


def test_a_period_of_ten_texts_is_compared_and_one_of_nine_with_neither_neighbour() -> None:
    counts = pd.DataFrame({"ranking": range(5), "item": "a", "part": 0, "count": 1})
    told = _churn(counts, pd.Series([10.0, 10.0, 9.0, 10.0, 10.0]), "stories")
    assert told["churn"].isna().tolist() == [True, False, True, True, False]
    assert (told["churn"].dropna() >= 0).all() and told["churn"].max() == pytest.approx(0)
    assert told["period"].tolist() == [0, 1, 2, 3, 4] and told["texts"].tolist() == [10, 10, 9, 10, 10]


def test_twenty_quotations_are_compared_and_nineteen_are_counted_only() -> None:
    """Of two speakers as often quoted the mix is even; a lone speaker has no mix."""
    rows = pd.DataFrame({"part": [0, 1], "who": ["ann", "bo"], "count": [10, 10]})
    enough, few = _tell_outlet("Post", rows, 18), _tell_outlet("Post", rows.assign(count=[10, 9]), 18)
    assert enough["evenness"] == pytest.approx(1) and enough["variety"] == pytest.approx(2, abs=1e-3)
    assert (few["quotes"], few["speakers"], few["variety"], few["evenness"]) == (19, 2, None, None)
    alone = _tell_outlet("Post", rows.assign(who="ann"), 18)
    assert (alone["evenness"], alone["variety"], alone["variety_low"]) == (None, pytest.approx(1), 1.0)


def test_a_share_is_told_of_ten_quotations_and_not_of_nine() -> None:
    rows = share_out(pd.DataFrame({"quotes": [5, 5], "n": [10, 9]}))
    assert rows.iloc[0][["share", "low", "high"]].tolist() == pytest.approx([0.5, 0.2366, 0.7634], abs=1e-4)
    assert rows.iloc[1][["share", "low", "high"]].isna().all()


def test_an_article_is_earlier_where_its_time_ends_before_the_other_begins() -> None:
    """Known to the minute: 8:59 ends at 9:00; a day ends at midnight; without a time either may be first."""
    own = ["2024-06-24T09:00", "2024-06-24T09:00", "2024-06-25T00:00", "2024-06-24T09:00", None]
    other = [
        "2024-06-24T08:59",
        "2024-06-24T09:00",
        "2024-06-24T00:00",
        "2024-06-24T09:01",
        "2024-06-24T09:00",
    ]
    passages = pd.DataFrame(
        {"published": pd.to_datetime(own), "precision": "minute", "other_published": pd.to_datetime(other),
         "other_precision": ["minute", "minute", "day", "minute", "minute"]}
    )  # fmt: skip
    surely, maybe = _tell_order(passages)
    assert surely.tolist() == [True, False, True, False, False]
    assert maybe.tolist() == [True, True, True, False, True]


GROUPS = {"a": ("x", "y"), "b": ("x",), "c": ("y",), "d": (None,)}
MEMBERS = pd.DataFrame(
    [(outlet, group) for outlet, own in GROUPS.items() for group in own], columns=["outlet", "group"]
)


def test_who_was_watched_on_any_day_of_a_story_or_carries_it_is_observed() -> None:
    """c was watched on the second day alone; d, of no group, belongs to the rest; an outlet outside counts nowhere."""
    days = pd.to_datetime(["2024-06-24", "2024-06-25"])
    carried = [("s", "a", 0), ("s", "b", 0), ("s", "b", 1), ("s", "z", 0), ("theirs", "z", 1)]
    told = pd.DataFrame(carried, columns=["story", "outlet", "day"])
    told["day"] = days[told["day"]]
    watched = pd.DataFrame({"a": False, "b": False, "c": [False, True], "d": True, "z": True}, index=days)
    rows = count_groups(told, MEMBERS, watched).set_index("group")
    counts = ["carried", "observed", "rest_carried", "rest_observed"]
    assert rows.loc["x", counts].tolist() == [2, 2, 0, 2] and rows.loc["y", counts].tolist() == [1, 2, 1, 2]
    named = name_carriers(told, MEMBERS).set_index("group")
    assert named["outlets"].to_dict() == {"x": "a~b", "y": "a"} and set(named["story"]) == {"s"}


def test_the_surest_blind_spot_leads_and_then_the_story_of_most_outlets() -> None:
    """b's interval lies further below 0 than a's; d was carried by more outlets than c; e cannot be judged."""
    cells = {"c": (3, 5, 3, 5), "a": (1, 8, 9, 10), "b": (0, 9, 10, 10), "d": (4, 5, 3, 5), "e": (2, 2, 9, 9)}
    names = ["carried", "observed", "rest_carried", "rest_observed"]
    rows = pd.DataFrame([*cells.values()], columns=names).astype("float64").assign(story=list(cells))
    assert _rank(weigh_groups(rows)) == ["b", "a", "d", "c"]


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [({"x": 2, "y": 3, "z": 4}, ["z", "y"]), ({"x": 1, "y": 2}, ["y", "x"]), ({"b": 3, "a": 3}, ["a", "b"])],
)
def test_groups_too_small_to_be_judged_are_left_out_beside_larger_ones(
    sizes: dict[str, int], shown: list[str]
) -> None:
    assert _widest(pd.DataFrame({"group": [name for name, n in sizes.items() for _ in range(n)]})) == shown


def tell(*rows: tuple[str, str, str | None, int]) -> pd.DataFrame:
    """Sentences in facts: fact, outlet, day of June (none: undated), number of the sentence."""
    told = pd.DataFrame(rows, columns=["claim_id", "outlet", "published", "sentence"])
    return told.assign(
        published=pd.to_datetime("2024-06-" + told["published"].astype("str"), utc=True), fact="One two three.",
        article_id=told["outlet"] + told["sentence"].astype(str), start=told["sentence"] * 10, similarity=1.0, told=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("last", "state"),
    [("24T09:00", "not sure"), ("24T09:01", "not carried"), (None, "not carried")],
)
def test_who_fell_silent_a_whole_day_before_a_fact_was_told_left_nothing_out(
    last: str | None, state: str
) -> None:
    """The fact was told on the 25th at nine; of an outlet with an undated article nobody knows when it ended."""
    told = tell(
        ("new", "Post", "25T09:00", 1),
        ("old", "Wire", last, 1),
        ("old", "Wire", "20T09:00", 3),
        ("old", "Wire", "20T09:00", 2),
    )
    none = pd.DataFrame(
        {name: pd.Series(dtype="str") for name in ("claim_id", "outlet", "reason", "article_id")}
    )
    grid = _fill_cells(told, none.assign(at=pd.Series(dtype="Int64"))).set_index(["claim_id", "outlet"])
    assert grid.loc[("new", "Wire"), "state"] == state
    assert grid.loc[("old", "Wire"), "article_id"] == "Wire2"


def test_sixteen_shared_facts_are_listed_and_two_of_each_of_many_outlets() -> None:
    """The widest first, then in the order in which they are told."""
    shared = [(f"s{n:02}", outlet, "24", n) for n in range(18) for outlet in ("A", "B")] + [
        ("s17", "C", "24", 17)
    ]
    alone = [(f"{outlet}{9 - n}", outlet, "24", n) for outlet in "CDEFGHIJK" for n in (3, 1, 2)]
    ranked = _rank_facts(tell(*shared, *alone), pd.Series(dtype="int64"))["claim_id"].tolist()
    assert ranked[:16] == ["s17", *(f"s{n:02}" for n in range(15))]
    assert ranked[16:] == [f"{outlet}{9 - n}" for outlet in "CDEFGHIJK" for n in (1, 2)]


SPEAKERS = {
    "Ann Lee": True, "the Kremlin": True, "His lawyer Bo Ek": True, "李明": True, "Doctors Without Borders": True,
    "Ministry of Defence": True, "He": False, "the report": False, "The report": False, "US officials": False,
    "Officials in Kyiv": False, "police": False, "sources close to Trump": False, "an aide to Biden": False,
    "Some Americans": False, "Two Germans": False, "Residents, mostly from Berlin": False, "Our Europe editor": True,
}  # fmt: skip


def test_words_name_somebody_by_a_capital_that_is_no_crowds_and_no_openings() -> None:
    said = pd.DataFrame({"speaker": list(SPEAKERS)})
    known = pd.DataFrame({"name": pd.Series([None], dtype="str")})
    con = duckdb.connect()
    spoken = con.from_df(said).set_alias("q").join(con.from_df(known).set_alias("a"), "true")
    rows = spoken.project(f"q.speaker, {NAMED_SPEAKER} AS named").df()
    assert {row.speaker: row.named == row.speaker for row in rows.itertuples()} == SPEAKERS


def test_a_go_between_that_stands_within_the_speakers_words_is_none() -> None:
    """The speaker stands at 10 to 20; a span that ends where it begins, or begins where it ends, is outside."""
    spans = [(5, 10), (5, 11), (12, 15), (20, 24), (19, 24), (None, None)]
    said = pd.DataFrame(spans, columns=["via_start", "via_end"], dtype="Int64")
    said = said.assign(speaker_start=10, speaker_end=20, via="TASS")
    told = duckdb.connect().from_df(said).set_alias("q").project(f"{VIA} AS via").df()["via"]
    assert told.notna().tolist() == [True, False, False, True, False, True]

"""The two seed articles, refreshed from their texts with nothing but the outlets' names given."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.filters import Filter
from dashboard.queries.conflicts import list_conflicts
from dashboard.queries.pairs import align_sentences
from dashboard.queries.quotes import compare_quotes
from dashboard.queries.story import match_facts
from etl.__main__ import app
from etl.settings import DATA
from etl.store import Snapshot, Store

SEEDS = sorted((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob("*.txt"))
OUTLETS = {"rbc-ukraine": "RBC-Ukraine", "ukrainska-pravda": "Ukrainska Pravda"}
FOUND = dict(zip(OUTLETS, SEEDS, strict=False))

pytestmark = pytest.mark.skipif(len(SEEDS) != 2, reason="the two seed articles are not beside the project")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The store after `newsprism refresh A="RBC-Ukraine" B="Ukrainska Pravda"`."""
    folder = tmp_path_factory.mktemp("seeds")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("store", "snapshots"):
            patch.setenv(f"NEWSPRISM_{name.upper()}", str(folder / name))
        patch.setenv("NEWSPRISM_OUTLETS", str(DATA / "outlets.toml"))
        patch.setenv("NEWSPRISM_WORKERS", "1")
        given = [f"{path}={OUTLETS[outlet]}" for outlet, path in FOUND.items()]
        answer = CliRunner().invoke(app, ["refresh", *given])
    assert answer.exit_code == 0, answer.output
    return Store(folder / "store").snapshot()


@pytest.fixture(scope="module")
def articles(snapshot: Snapshot) -> pd.DataFrame:
    """Both articles by outlet."""
    return snapshot.table("articles").set_index("outlet")


def cut_roles(snapshot: Snapshot, article_id: str) -> set[str]:
    cuts = snapshot.table("cuts")
    return set(cuts.loc[cuts["article_id"] == article_id, "role"])


def test_the_title_is_the_line_that_each_page_repeats(articles: pd.DataFrame) -> None:
    for outlet, path in FOUND.items():
        title = articles.loc[outlet, "title"]
        lines = path.read_text(encoding="utf-8").splitlines()
        assert title in lines
        assert sum(line.startswith(title) for line in lines) == 2


def test_one_dateline_is_read_to_the_minute_in_kyiv(articles: pd.DataFrame) -> None:
    told = articles.loc["ukrainska-pravda"]
    assert told["published"].tz_convert("Europe/Kyiv").isoformat() == "2024-06-24T07:18:00+03:00"
    assert told["published_precision"] == "minute"


def test_an_article_without_a_date_gets_none(articles: pd.DataFrame) -> None:
    told = articles.loc["rbc-ukraine"]
    assert (pd.isna(told["published"]), told["published_precision"]) == (True, "none")


def test_captions_credits_and_appeals_are_cut_and_recorded(
    snapshot: Snapshot, articles: pd.DataFrame
) -> None:
    assert {"caption", "credit"} <= cut_roles(snapshot, articles.loc["rbc-ukraine", "article_id"])
    assert {"credit", "appeal"} <= cut_roles(snapshot, articles.loc["ukrainska-pravda", "article_id"])
    assert not snapshot.table("texts")["text"].str.contains("Getty|Support U", regex=True).any()


def test_the_shared_statement_is_reuse_inside_quotation(snapshot: Snapshot) -> None:
    texts = snapshot.table("texts").set_index("article_id")["text"]
    told = [
        row
        for row in snapshot.table("reuse").itertuples()
        if "ironclad" in texts[row.article_a][row.start_a : row.end_a]
    ]
    assert [row.quoted for row in told] == [True]
    assert told[0].tokens >= 33


def test_both_quote_one_utterance(snapshot: Snapshot) -> None:
    texts = snapshot.table("texts").set_index("article_id")["text"]
    quotes = snapshot.table("quotes")
    words = [texts[row.article_id][row.start : row.end] for row in quotes.itertuples()]
    told = quotes[["ironclad" in said for said in words]]
    assert len(told) == 2
    assert told["utterance_id"].nunique() == 1


def test_a_retelling_of_the_statement_is_its_utterance(snapshot: Snapshot) -> None:
    texts = snapshot.table("texts").set_index("article_id")["text"]
    quotes = snapshot.table("quotes")
    words = [texts[row.article_id][row.start : row.end] for row in quotes.itertuples()]
    told = quotes[["concern" in said for said in words]]
    assert len(told) == 2
    assert told["utterance_id"].nunique() == 1 and told["utterance_id"].notna().all()


def test_each_utterance_has_its_class_of_fidelity(snapshot: Snapshot) -> None:
    """Read by a person: one passage copied, one quoted in part, one retold; two of one outlet alone."""
    frame = compare_quotes(snapshot, Filter()).frame
    told = {
        key: set(rows["state"])
        for key in ("ironclad", "strongest possible", "concern", "very big mistake", "nuclear doctrine")
        for _, rows in frame.groupby("utterance")
        if key in rows["full"].iloc[0]
    }
    assert told == {
        "ironclad": {"fullest", "verbatim"},
        "strongest possible": {"fullest", "truncated"},
        "concern": {"fullest", "paraphrased"},
        "very big mistake": {"fullest", "absent"},
        "nuclear doctrine": {"fullest", "absent"},
    }


def test_the_three_states_speak_together_by_their_names_and_by_their_number(snapshot: Snapshot) -> None:
    names = snapshot.table("actors").set_index("actor_id")["name"]
    who = snapshot.table("quote_speakers").groupby(["article_id", "start"])["actor_id"].agg(set)
    told = snapshot.table("quotes").dropna(subset=["speaker"])
    joint = told[
        told["speaker"].str.contains(
            r"^(?:the representatives of )?(?:US|the US|the United States),|The three", case=False
        )
    ]
    assert len(joint) >= 4
    assert {frozenset(names[list(who[row.article_id, row.start])]) for row in joint.itertuples()} == {
        frozenset(("United States", "South Korea", "Japan"))
    }
    assert joint["actor_id"].isna().all()


def test_the_statement_and_its_authors_are_the_three_states(snapshot: Snapshot) -> None:
    names = snapshot.table("actors").set_index("actor_id")["name"]
    who = snapshot.table("quote_speakers").groupby(["article_id", "start"])["actor_id"].agg(set)
    quotes = snapshot.table("quotes")
    papers = quotes[quotes["source_type"].eq("document")]
    assert len(papers) == 6
    assert {frozenset(names[list(who[row.article_id, row.start])]) for row in papers.itertuples()} == {
        frozenset(("United States", "South Korea", "Japan"))
    }


def test_actors_are_counted_as_a_careful_reader_counts_them(
    snapshot: Snapshot, articles: pd.DataFrame
) -> None:
    """Names, metonyms and the one description, in headline and body; by two readers, who settled where they differed."""
    names = snapshot.table("actors").set_index("actor_id")["name"]
    counts = snapshot.table("mentions").value_counts(["article_id", "actor_id"])
    told = {
        outlet: {names[actor]: count for actor, count in counts[article].items()}
        for outlet, article in articles["article_id"].items()
    }
    read = {
        "rbc-ukraine": {"North Korea": 12, "South Korea": 8, "Vladimir Putin": 7, "Russia": 6, "Japan": 5,
                        "United States": 5, "Ukraine": 4, "Vietnam": 1},
        "ukrainska-pravda": {"North Korea": 11, "Russia": 9, "United States": 6, "South Korea": 5, "Japan": 5,
                             "Vladimir Putin": 3, "Ukraine": 1, "China": 1, "Iran": 1, "Syria": 1},
    }  # fmt: skip
    assert {outlet: {name: told[outlet][name] for name in read[outlet]} for outlet in read} == read


def test_he_and_the_dictator_are_the_president_whom_the_paragraph_names(snapshot: Snapshot) -> None:
    quotes, actors = snapshot.table("quotes"), snapshot.table("actors").set_index("actor_id")["name"]
    told = quotes[quotes["speaker"].isin(["he", "The dictator"])]
    assert [actors[one] for one in told["actor_id"]] == ["Vladimir Putin"] * 2


def test_they_are_one_story_that_begins_on_the_day_of_the_treaty(snapshot: Snapshot) -> None:
    assert snapshot.table("story_articles")["story_id"].nunique() == 1
    assert snapshot.table("stories")["outlets"].tolist() == [2]
    assert snapshot.table("events")["first_day"].min() == pd.Timestamp("2024-06-19")


def list_alone(snapshot: Snapshot, outlet: str) -> pd.DataFrame:
    """The facts that this outlet alone carries, with what is said of the other."""
    told = match_facts(snapshot, Filter()).frame
    own = set(told.loc[(told["outlet"] == outlet) & (told["state"] == "carried"), "claim_id"])
    return told[told["claim_id"].isin(own) & (told["outlet"] != outlet) & (told["state"] != "carried")]


def test_each_outlets_own_facts_are_listed_as_its_own(snapshot: Snapshot) -> None:
    rbc, pravda = (" ".join(list_alone(snapshot, outlet)["fact"]) for outlet in OUTLETS)
    for word in ("Vietnam", "high-precision", "nuclear doctrine", "Study of War", "Seoul promised"):
        assert word in rbc and word not in pravda, word
    for word in ("Stoltenberg", "Biden administration", "non-proliferation regime", "prevent the escalation"):
        assert word in pravda and word not in rbc, word


def test_only_the_clauses_that_one_alone_tells_are_cut_from_what_both_tell(snapshot: Snapshot) -> None:
    """Read by a person: of the grave concern and of the intent both tell; these clauses stand in one alone."""
    told = match_facts(snapshot, Filter()).frame
    clauses = told[told["claim_id"].str.contains("/")]
    assert set(clauses.loc[clauses["outlet"] == "rbc-ukraine", "state"]) == {"not carried"}
    assert set(clauses["fact"]) == {
        "… upholding the global non-proliferation regime …",
        "… as they defend their freedom and independence against Russia’s brutal aggression …",
        "… and to prevent the escalation of the situation.",
    }


def test_nothing_that_both_tell_is_said_to_be_left_out(snapshot: Snapshot) -> None:
    """Read by a person: of what one outlet alone has, these are told nowhere in the other, in no other words."""
    left_out = " ".join(
        row.fact
        for outlet in OUTLETS
        for row in list_alone(snapshot, outlet).itertuples()
        if row.state == "not carried"
    )
    assert "Institute for the Study of War" in left_out
    for word in (
        "prolonging the suffering",
        "ironclad",
        "condemn",
        "reaffirm",
        "strategic partnership",
        "mutual",
    ):
        assert word not in left_out, word


def test_what_one_alone_tells_is_said_to_be_left_out(snapshot: Snapshot) -> None:
    """That both name the same states and the same treaty makes no sentence alike."""
    sure = {
        outlet: " ".join(told.loc[told["state"] == "not carried", "fact"])
        for outlet in OUTLETS
        for told in (list_alone(snapshot, outlet),)
    }
    alone = {
        "rbc-ukraine": ("Vietnam", "high-precision weapons", "nuclear doctrine", "Study of War",
                        "very big mistake", "Seoul promised"),
        "ukrainska-pravda": ("Stoltenberg", "Biden administration"),
    }  # fmt: skip
    for outlet, words in alone.items():
        for word in words:
            assert word in sure[outlet], word


def test_side_by_side_only_is_said_of_what_one_alone_tells(snapshot: Snapshot) -> None:
    """Both tell of the suffering that is prolonged: it stands in the longer quotation of the one."""
    rows = align_sentences(snapshot, Filter(pair=tuple(OUTLETS))).frame
    unsure = rows[rows["relation"].str.startswith("unsure")]
    assert unsure["left"].str.contains("prolonging the suffering").sum() == 1
    assert unsure["right"].str.contains("prolong the suffering").sum() == 1
    only = " ".join(rows.loc[rows["relation"].str.startswith("only"), ["left", "right"]].fillna("").sum())
    assert "suffering" not in only
    assert "Vietnam" in only and "Stoltenberg" in only


def test_a_heading_and_a_label_are_not_said_to_be_left_out(snapshot: Snapshot) -> None:
    told = pd.concat(list_alone(snapshot, outlet) for outlet in OUTLETS).set_index("fact")["state"]
    assert set(told.filter(regex="^(?:Agreement with|Source:)")) <= {"not sure"}


def test_the_two_articles_are_nowhere_at_odds(snapshot: Snapshot) -> None:
    """Read by a person: "on Wednesday" and "on June 19" are one day, and no number is told in two ways."""
    assert list_conflicts(snapshot, Filter()).empty
    assert snapshot.table("claims")["conflict"].isna().all()


def test_a_picture_agency_is_no_actor(snapshot: Snapshot) -> None:
    assert not snapshot.table("actors")["name"].str.contains("Getty").any()
    assert not snapshot.table("mentions")["surface"].str.contains("Getty").any()


def test_south_korea_is_one_actor_under_all_its_names(snapshot: Snapshot) -> None:
    mentions = snapshot.table("mentions")
    korea = mentions[mentions["surface"].isin(["ROK", "South Korea", "Republic of Korea"])]
    assert korea["surface"].nunique() == 3
    assert korea["actor_id"].nunique() == 1

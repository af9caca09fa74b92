"""Shares of speakers where copies of one text name different ones, where several speak, and where nobody is named."""

from __future__ import annotations

import pytest

from dashboard.filters import Filter
from dashboard.queries.actors import key_speakers, share_quotes
from dashboard.queries.diversity import list_speaking
from dashboard.queries.labels import list_quotes
from dashboard.queries.quoted import list_quoting, share_speakers
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

# outlet, reprint group, place of the quotation in the body, who is said to speak
SAID = [
    ("Anchor", "wire", 0, "Ann Lee"),
    ("Beacon", "wire", 0, "the Minister"),
    ("Comet", "wire", 0, "Ann lee"),
    ("Anchor", "wire", 9, "Bo Ek"),  # one copy each: of equals the first by name
    ("Beacon", "wire", 9, "Al Roe"),
    ("Comet", "wire", 9, None),  # an open copy says nothing
    ("Drift", None, 0, "the Minister"),
    ("Echo", None, 0, "he"),
]
TEXTS = Filter(unit="texts")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    outlets = sorted({outlet for outlet, *_ in SAID})
    articles = {name: make_article(outlet=name, title="", body=('"Yes." and "No."',)) for name in outlets}
    ids = {name: article.article_id for name, article in articles.items()}
    copies = {outlet: group for outlet, group, *_ in SAID if group}
    return make_store(
        tmp_path_factory.mktemp("speakers"),
        **make_article_rows(*articles.values()),
        reprints=make_rows(
            "reprints", *({"article_id": ids[name], "reprint_id": copies[name]} for name in copies)
        ),
        quotes=make_rows(
            "quotes",
            *(
                {"article_id": ids[outlet], "start": at, "end": at + 4, "speaker": who}
                for outlet, _, at, who in SAID
            ),
        ),
    ).snapshot()


def counted(snapshot: Snapshot, chosen: Filter) -> dict[str, tuple[int, int]]:
    frame = share_quotes(snapshot, chosen).frame
    return {row["speaker"]: (row["quotes"], row["outlets"]) for row in frame.to_dict("records")}


def test_a_quotation_of_many_copies_is_that_of_the_speaker_whom_most_of_them_name(room: Snapshot) -> None:
    """wire:0 is Ann Lee's by two to one; wire:9 Al Roe's by name; Drift's own is the minister's."""
    assert counted(room, TEXTS) == {"Ann Lee": (1, 2), "Al Roe": (1, 1), "the Minister": (1, 1)}


def test_every_article_counts_for_itself_where_articles_are_counted(room: Snapshot) -> None:
    assert counted(room, Filter()) == {
        "the Minister": (2, 2), "Ann Lee": (2, 2), "Al Roe": (1, 1), "Bo Ek": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize("unit", ["articles", "texts", "families"])
def test_shares_of_all_speakers_are_one_and_lie_in_their_intervals(room: Snapshot, unit: str) -> None:
    frame = share_quotes(room, Filter(unit=unit)).frame  # type: ignore[arg-type]
    assert frame["share"].sum() == pytest.approx(1)
    assert (frame["low"] <= frame["share"]).all() and (frame["share"] <= frame["high"]).all()


def test_n_is_of_quotations_that_anybody_is_named_for(room: Snapshot) -> None:
    answer = share_quotes(room, TEXTS)
    assert (answer.n, answer.note) == (3, "1 more with an open speaker (1 by words that name nobody)")


def test_a_filter_settles_the_speaker_among_the_copies_that_it_chooses(room: Snapshot) -> None:
    alone = share_quotes(room, TEXTS.narrow(outlets=("Beacon",))).frame
    assert alone["speaker"].tolist() == ["Al Roe", "the Minister"]


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Three quotations of Post: one by two countries, one by one of them, one by "the report"; Wire's by a crowd."""
    articles = [
        make_article(outlet=one, item=one, body=('"Yes." "No." "Never."',)) for one in ("Post", "Wire")
    ]
    post, wire = (article.article_id for article in articles)
    said = [
        (post, 0, "Japan and Peru"),
        (post, 5, "Japan"),
        (post, 9, "The report"),
        (wire, 0, "US officials"),
    ]
    named = [(post, 0, "jpn", 30), (post, 0, "per", 40), (post, 5, "jpn", 30)]
    countries = {"jpn": "Japan", "per": "Peru"}
    return make_store(
        tmp_path_factory.mktemp("joint"),
        **make_article_rows(*articles),
        actors=make_rows("actors", *({"actor_id": x, "name": name} for x, name in countries.items())),
        quotes=make_rows("quotes", *({"article_id": article, "start": at, "end": at + 4, "speaker": who,
                                      "actor_id": "jpn" if who == "Japan" else None, "kind": "direct"}
                                     for article, at, who in said)),
        quote_speakers=make_rows("quote_speakers", *({"article_id": article, "start": at, "actor_id": actor,
                                                      "named_start": place, "link": "name"}
                                                     for article, at, actor, place in named)),
    ).snapshot()  # fmt: skip


def test_a_quotation_of_two_speakers_counts_for_both_and_once_in_n(joint: Snapshot) -> None:
    answer = share_quotes(joint, Filter())
    assert counted(joint, Filter()) == {"Japan": (2, 1), "Peru": (1, 1)}
    assert answer.frame["share"].tolist() == [1.0, 0.5]
    assert answer.note == (
        "2 more with an open speaker (2 by words that name nobody); 1 of several speakers, counted for each"
    )
    assert answer.n == 2


def test_an_outlets_shares_are_of_its_quotations_however_many_speak(joint: Snapshot) -> None:
    answer = share_speakers(joint, Filter())
    assert (answer.n, answer.note.split(";")[0]) == (2, "2 more with an open speaker")
    frame = answer.frame
    assert frame[["speaker", "quotes", "n"]].to_numpy().tolist() == [["Japan", 2, 2], ["Peru", 1, 2]]


def test_the_story_names_all_who_speak_and_counts_each(joint: Snapshot) -> None:
    answer = list_quotes(joint, Filter())
    told = answer.frame.set_index("at").loc[[0, 5, 9], "speaker"]
    assert {"Japan; Peru", "US officials"} == set(answer.frame.loc[answer.frame["at"] == 0, "speaker"])
    assert told[[5, 9]].tolist() == ["Japan", "The report"]
    assert answer.verdict == "Distinct speakers: Post 2; open in 2 of 4."


def test_speakers_and_sets_of_speakers_are_numbered_in_the_order_of_their_names(
    joint: Snapshot, room: Snapshot
) -> None:
    """Of equals the first by name is the one of the smallest number, and upper case is no other name."""
    for store in (joint, room):
        key_speakers(store)
        names = store.sql("SELECT DISTINCT who, lower(speaker) AS name FROM speaker_keys ORDER BY who")
        assert names["name"].is_monotonic_increasing and names["who"].is_unique and names["name"].is_unique
        sets = (
            store.sql("SELECT sayers, who FROM sayer_keys ORDER BY sayers, who")
            .groupby("sayers")["who"]
            .agg(tuple)
        )
        assert sets.is_monotonic_increasing and sets.is_unique
    assert joint.sql("SELECT count(*) AS n FROM quote_keys")["n"].tolist() == [len(joint.table("quotes"))]


def test_a_quotation_without_a_name_is_kept_with_no_speakers(room: Snapshot) -> None:
    key_speakers(room)
    kept = room.sql("SELECT place, sayers, told FROM quote_keys q JOIN article_keys a USING (article) "
                    "WHERE a.outlet IN ('Comet', 'Echo') ORDER BY a.outlet, place")  # fmt: skip
    assert kept["place"].tolist() == [0, 9, 0]
    assert kept["sayers"].isna().tolist() == [False, True, True] and kept["told"].tolist() == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("outlet", "times"), [("Anchor", 1), ("Beacon", 1), ("Comet", 1), ("Drift", 1), ("Echo", 0)]
)
def test_a_speaker_counts_for_an_outlet_whose_own_copy_names_the_one_agreed_on(
    room: Snapshot, outlet: str, times: int
) -> None:
    """Of the two quotations of Anchor and Beacon one names the speaker agreed on, of Echo's none."""
    own = room.table("articles").query("outlet == @outlet")["article_id"].tolist()
    assert list_speaking(room, TEXTS, (outlet,)) == own * times
    both = 2 if outlet in ("Anchor", "Beacon") else times
    assert list_speaking(room, Filter(), (outlet,)) == own * both


@pytest.mark.parametrize(
    ("speaker", "outlet", "chosen", "found"),
    [
        ("Ann Lee", "Beacon", TEXTS, True),  # its copy names the minister: it is the same quotation
        ("ann LEE", "Comet", TEXTS, True),
        ("Bo Ek", "Anchor", TEXTS, False),  # of equals Al Roe is the first by name
        ("Bo Ek", "Anchor", Filter(), True),
        ("Ann Lee", "Beacon", Filter(), False),
        ("Al Roe", "Comet", TEXTS, False),  # its copy leaves the speaker open
        ("nobody", "Drift", TEXTS, False),
    ],
)
def test_a_share_opens_the_copies_that_count_for_the_speaker(
    room: Snapshot, speaker: str, outlet: str, chosen: Filter, found: bool
) -> None:
    own = room.table("articles").query("outlet == @outlet")["article_id"].tolist()
    assert list_quoting(room, chosen, (speaker, outlet)) == (own if found else [])

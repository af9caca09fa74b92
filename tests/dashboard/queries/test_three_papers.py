"""Facts, firsts, dates, pairs and passages of a story whose answers were written down before they were asked."""

from datetime import date

import pytest

from dashboard.filters import Filter
from dashboard.queries.leading import answer_leading
from dashboard.queries.pairs import align_sentences, choose_pair, share_passages
from dashboard.queries.story import date_events, list_articles, match_facts, time_firsts
from etl.store import Snapshot
from tests.dashboard.queries.three_papers import BODIES, DATES, FACTS, fill_papers, make_papers

FLOOD = Filter(story="flood")
CONFIGURED = FLOOD.narrow(countries=("DEU", "GBR"))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return fill_papers(tmp_path_factory.mktemp("papers"))


def ids() -> dict[str, str]:
    return {name: article.article_id for name, article in make_papers().items()}


@pytest.mark.parametrize(
    ("chosen", "order", "verdict"),
    [
        (FLOOD, ["streets", "dam", "schools", "weather", "cost", "late"], "2 of 6"),
        (CONFIGURED, ["dam", "streets", "schools", "weather", "cost"], "2 of 5"),
        (
            FLOOD.narrow(outlets=("courier", "wire")),
            ["streets", "dam", "schools", "weather", "late"],
            "1 of 5",
        ),
        (FLOOD.narrow(outlets=("wire",)), ["streets", "late"], "0 of 2"),
    ],
)
def test_shared_facts_come_first_and_then_each_papers_own(papers, chosen, order, verdict):
    answer = match_facts(papers, chosen)
    assert answer.frame["claim_id"].drop_duplicates().tolist() == order
    assert answer.verdict.startswith(verdict)
    assert answer.n == len(order)


@pytest.mark.parametrize(
    ("chosen", "alone"),
    [
        (FLOOD, " Surely in one alone: The Courier 2, Signal 1, wire 1."),
        (CONFIGURED, " Surely in one alone: The Courier 2, Signal 1."),
        (FLOOD.narrow(outlets=("courier", "wire")), " Surely in one alone: The Courier 3, wire 1."),
        (FLOOD.narrow(outlets=("wire",)), ""),
    ],
)
def test_facts_of_one_paper_alone_are_counted_by_paper(papers, chosen, alone):
    """By hand: the Courier's weather and schools, the Signal's cost, the wire's late help; the wire has
    no dam, so the Courier alone has it where the Signal is not asked."""
    assert match_facts(papers, chosen).verdict.partition("more than one outlet.")[2] == alone


def test_every_fact_has_a_state_in_every_paper(papers):
    states = match_facts(papers, FLOOD).frame.set_index(["claim_id", "outlet"])["state"]
    outlets = {"courier": BODIES["c1"] + BODIES["c2"], "signal": BODIES["s1"], "wire": BODIES["w1"]}
    expected = {
        (fact, outlet): "carried" if FACTS[fact] in told else "not carried"
        for outlet, told in outlets.items()
        for fact in FACTS
    }
    assert states.to_dict() == expected


def test_a_fact_opens_at_the_first_article_that_tells_it(papers):
    row = match_facts(papers, FLOOD).frame.set_index(["claim_id", "outlet"]).loc[("dam", "courier")]
    assert row["article_id"] == ids()["c1"]
    assert make_papers()["c1"].text[int(row["at"]) :].startswith(FACTS["dam"])


def test_a_paper_that_no_configuration_knows_can_be_first(papers):
    answer = time_firsts(papers, FLOOD)
    assert answer.verdict == "First: wire."
    assert answer.frame["outlet"].tolist() == ["wire", "courier", "signal"]
    assert answer.frame["lag"].dt.total_seconds().tolist() == [0, 60, 41 * 60]


def test_articles_of_a_story_are_all_of_them_by_time(papers):
    frame = list_articles(papers, FLOOD).frame
    assert frame["article_id"].tolist() == [ids()[name] for name in ("w1", "c1", "s1", "c2")]
    assert frame["name"].tolist() == ["wire", "The Courier", "Signal", "The Courier"]


def test_firsts_are_taken_again_among_the_chosen(papers):
    answer = time_firsts(papers, CONFIGURED)
    assert answer.verdict == "First: The Courier."
    assert answer.frame["lag"].dt.total_seconds().tolist() == [0, 40 * 60]


def test_the_twelve_dates_of_most_outlets_are_shown_by_day(papers):
    answer = date_events(papers, FLOOD)
    left_out = {"2024-05-09", "2024-05-13"}  # named by one article, as 1 and 5 May, but later
    assert answer.frame["value"].tolist() == [
        day for day in (f"2024-05-{at:02d}" for at in range(1, DATES + 1)) if day not in left_out
    ]
    assert answer.frame["outlets"].tolist() == [1, 2, 3, 3, 1, 2, 3, 3, 2, 3, 3, 2]
    assert answer.frame["articles"].tolist() == [1, 2, 3, 4, 1, 2, 3, 4, 2, 3, 4, 2]
    assert answer.n == 14
    assert answer.note.startswith("12 of most outlets shown")


def test_dates_are_counted_again_among_the_chosen_articles(papers):
    only = date_events(papers, FLOOD.narrow(outlets=("signal",)))
    assert only.n == 10  # all but the four that c1 alone names
    assert set(only.frame["outlets"]) == set(only.frame["articles"]) == {1}
    assert set(only.frame["outlet"]) == {"signal"}
    early = date_events(papers, FLOOD.narrow(end=date(2024, 6, 3)))
    assert early.frame["articles"].max() == 2  # w1 and c1
    assert date_events(papers, FLOOD.narrow(outlets=("nobody",))).n == 0


def test_the_pair_shares_most_facts(papers):
    assert choose_pair(papers, FLOOD) == ("courier", "signal")
    assert choose_pair(papers, FLOOD.narrow(outlets=("signal", "wire"))) == ("signal", "wire")


@pytest.mark.parametrize(
    ("pair", "relations", "articles"),
    [
        (("courier", "signal"), ["verbatim", "verbatim", "only left", "only right"], ("c1", "s1")),
        (("wire", "courier"), ["verbatim", "only left", "only right", "only right"], ("w1", "c1")),
        (("wire", "signal"), ["verbatim", "only left", "only right", "only right"], ("w1", "s1")),
    ],
)
def test_the_article_with_most_in_common_stands_for_its_paper(papers, pair, relations, articles):
    answer = align_sentences(papers, FLOOD.narrow(pair=pair))
    assert answer.frame["relation"].tolist() == relations
    sides = (answer.frame[f"{side}_article"].dropna().unique().tolist() for side in ("left", "right"))
    assert list(sides) == [[ids()[name]] for name in articles]
    assert answer.n == sum(len(BODIES[name]) for name in articles)


def test_each_aligned_sentence_is_the_text_at_its_place(papers):
    texts = papers.table("texts").set_index("article_id")["text"]
    for row in align_sentences(papers, FLOOD).frame.to_dict("records"):
        for side in ("left", "right"):
            if isinstance(row[side], str):
                assert texts[row[f"{side}_article"]][int(row[f"{side}_at"]) :].startswith(row[side])


@pytest.mark.parametrize("pair", [("courier", "signal"), ("signal", "courier")])
def test_the_longest_passages_are_shown_and_each_wording_once(papers, pair):
    answer = share_passages(papers, FLOOD.narrow(pair=pair))
    assert answer.frame["tokens"].tolist() == list(range(21, 9, -1))
    assert answer.n == 14
    assert answer.verdict == "The longest common run has 21 words."
    assert answer.note.startswith("The 12 longest are shown.")
    assert (answer.frame["left_outlet"] == pair[0]).all()


def test_papers_without_a_common_passage_have_none(papers):
    answer = share_passages(papers, FLOOD.narrow(pair=("wire", "signal")))
    assert (answer.n, answer.verdict, answer.note) == (0, "", "Spelling variants count as equal")


def test_a_country_leaves_the_outlets_of_others_out_of_the_dots(papers):
    row = answer_leading(papers, Filter(countries=("DEU",))).frame.iloc[0]
    assert row["carried"] == {"signal": "carried"}
    both = answer_leading(papers, Filter(countries=("DEU", "GBR"), outlets=("courier", "wire"))).frame.iloc[0]
    assert both["carried"] == {"courier": "carried"}

"""Who is heard: an invented story of four outlets, every cell of the card counted by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.heard import HEARD
from dashboard.filters import Filter
from dashboard.queries.heard import list_heard
from dashboard.theme import LIGHT
from etl.article import Article
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

STORY = Filter(story="harbour")
ACTORS = {"lee": "Ann Lee", "us": "United States", "jp": "Japan", "evil": "<b>Evil</b>"}
TOLD = {  # outlet: language, then its quotations: words, kind, who (actors, or the words for the speaker), through whom
    "anchor": ("en", (("she stays", "indirect", "lee", None), ("we stay", "direct", "lee", None), ("we go on", "direct", "lee", "Reuters"),
                      ("it holds", "indirect", "us jp", None), ("nobody knows", "direct", "he", None))),
    "bell": ("en", (("they stay", "indirect", "lee", None), ("it will hold", "direct", "jp us", None),
                    ("ships sank", "indirect", "the Harbour Board", None))),
    "crane": ("en", (("boats sank", "indirect", "The Harbour Board", None), ("a lie", "mixed", "evil", None),
                     ("little helps", "indirect", "Few in Seoul", None), ("it helps", "indirect", "Each", None))),
    "dock": ("de", ()),
}  # fmt: skip


def make_copy(outlet: str, copy: int = 0) -> Article:
    language, told = TOLD[outlet]
    body = tuple(f'Somebody said "{words}".' for words, *_ in told) or ("Nichts.",)
    return make_article(
        outlet=outlet, item=f"{outlet}{copy}", title="They say we stay", body=body, language=language
    )


def list_quotes(article: Article, outlet: str) -> list[dict[str, object]]:
    rows = []
    for words, kind, who, via in TOLD[outlet][1]:
        start = article.text.index(f'"{words}"') + 1
        known = who.split(" ")[0] if set(who.split()) <= set(ACTORS) else None
        rows.append({"article_id": article.article_id, "start": start, "end": start + len(words), "kind": kind,
                     "speaker": who, "actor_id": known, "via": via})  # fmt: skip
    return rows


def list_speakers(article: Article, outlet: str) -> list[dict[str, object]]:
    spoken = zip(list_quotes(article, outlet), TOLD[outlet][1], strict=True)
    return [
        {
            "article_id": row["article_id"],
            "start": row["start"],
            "end": row["end"],
            "actor_id": actor,
            "named_start": at,
        }
        for row, (_, _, who, _) in spoken
        for at, actor in enumerate(who.split())
        if set(who.split()) <= set(ACTORS)
    ]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    papers = [(outlet, make_copy(outlet)) for outlet in TOLD] + [("anchor", make_copy("anchor", 1))]
    headline = {
        "article_id": papers[1][1].article_id,
        "start": 9,
        "end": 16,
        "kind": "direct",
        "actor_id": "evil",
    }
    quotes = [row for outlet, paper in papers for row in list_quotes(paper, outlet)]
    copies = [
        {"article_id": papers[place][1].article_id, "reprint_id": "r", "level": "duplicate"}
        for place in (0, 4)
    ]
    members = [{"article_id": paper.article_id, "story_id": "harbour"} for _, paper in papers]
    return make_store(
        Path(tmp_path_factory.mktemp("heard")),
        **make_article_rows(*(paper for _, paper in papers)),
        outlets=make_rows("outlets", {"outlet": "bell", "name": "The Bell"}),
        actors=make_rows("actors", *({"actor_id": key, "name": name} for key, name in ACTORS.items())),
        quotes=make_rows("quotes", *quotes, headline),
        quote_speakers=make_rows("quote_speakers", *(r for o, p in papers for r in list_speakers(p, o))),
        reprints=make_rows("reprints", *copies),
        stories=make_rows(
            "stories", {"story_id": "harbour", "title": "Harbour", "articles": 5, "outlets": 4}
        ),
        story_articles=make_rows("story_articles", *members),
    ).snapshot()


@pytest.fixture(scope="module")
def cells(snapshot: Snapshot) -> pd.DataFrame:
    return list_heard(snapshot, STORY).frame.set_index(["speaker", "outlet"])


def test_every_cell_tells_marked_and_retold_quotations(cells: pd.DataFrame) -> None:
    told = cells[cells["state"] == "heard"][["marked", "retold"]]
    assert {key: tuple(row) for key, row in zip(told.index, told.to_numpy().tolist(), strict=True)} == {
        ("Ann Lee", "anchor"): (4, 2), ("Ann Lee", "bell"): (0, 1),
        ("Japan; United States", "anchor"): (0, 2), ("Japan; United States", "bell"): (1, 0),
        ("The Harbour Board", "bell"): (0, 1), ("The Harbour Board", "crane"): (0, 1),
        ("<b>Evil</b>", "crane"): (1, 0),
    }  # fmt: skip


def test_who_is_heard_in_most_outlets_and_most_often_stands_first(cells: pd.DataFrame) -> None:
    order = ["Ann Lee", "Japan; United States", "The Harbour Board", "<b>Evil</b>"]
    assert list(cells.index.get_level_values("speaker").unique()) == order
    assert cells["outlets"].groupby("speaker", sort=False).first().tolist() == [2, 2, 2, 1]


def test_an_outlet_of_another_language_is_unknown_and_not_silent(cells: pd.DataFrame) -> None:
    assert set(cells.xs("dock", level="outlet")["state"]) == {"unknown"}
    assert cells.loc[("Ann Lee", "crane"), "state"] == "not heard"
    assert cells.loc[("<b>Evil</b>", ["anchor", "bell"]), "state"].tolist() == ["not heard"] * 2


def test_a_cell_leads_to_the_first_quotation_in_marks(cells: pd.DataFrame, snapshot: Snapshot) -> None:
    first = cells.loc[("Ann Lee", "anchor")]
    text = snapshot.table("texts").set_index("article_id").loc[first["article_id"], "text"]
    assert text[int(first["at"]) :].startswith('we stay"') and first["via"] == "Reuters"


def test_a_reprint_counts_once_where_texts_are_counted(snapshot: Snapshot) -> None:
    told = list_heard(snapshot, Filter(story="harbour", unit="texts"))
    counted = told.frame.set_index(["speaker", "outlet"]).loc[("Ann Lee", "anchor")]
    assert (counted["marked"], told.n, list_heard(snapshot, STORY).n) == (2, 9, 13)


def test_it_says_who_has_a_word_in_one_outlet_alone_and_how_many_are_not_named(snapshot: Snapshot) -> None:
    answer = list_heard(snapshot, STORY)
    assert answer.verdict == "Heard in one outlet alone: crane 1."
    assert answer.note.startswith("4 of 4 speakers listed. In 4 more the text names nobody.")
    alone = list_heard(snapshot, Filter(story="harbour", outlets=("crane",)))
    assert alone.verdict == ""


def test_nobody_heard_is_an_empty_answer(snapshot: Snapshot) -> None:
    assert list_heard(snapshot, Filter(story="harbour", outlets=("dock",))).empty


def test_the_card_has_a_link_a_sign_and_escaped_names(snapshot: Snapshot) -> None:
    drawn = str(HEARD.draw(list_heard(snapshot, STORY), LIGHT))
    assert "4 in marks, 2 retold</a>" in drawn and "via Reuters" in drawn and "2 of 3 outlets" in drawn
    assert "&lt;b&gt;Evil&lt;/b&gt;" in drawn and "<b>Evil" not in drawn
    assert drawn.count('class="dot x"') == 4 and drawn.count('class="dot no"') == 5

"""Articles for the tests of reuse, reprints, stories and claims: invented texts told again with changes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.article import Article, content_id
from etl.extract.clean import clean_text
from etl.schema import TABLES
from etl.transform.claims.told import NEEDS
from etl.transform.sentences import find_sentences
from tests.builders import make_article, make_article_rows

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
SEED_FILES = {"RBC-Ukraine": "000_ae80e3bc584dad1c.txt", "Ukrainska Pravda": "001_236b2892647d6c3a.txt"}
FERRY = (
    "A ferry with ninety passengers ran aground off the northern island early on Sunday morning.",
    "Rescue boats from three villages brought everybody ashore before noon, the coast guard said.",
    "The captain told investigators that the rudder had failed twice during the crossing.",
    "Two similar ships of the line were ordered to stay in harbour until their steering was checked.",
    "The ministry of transport promised a first report within fourteen days.",
    "Hotels on the island opened their doors to stranded travellers and refused to be paid.",
)
BUDGET = (
    "Parliament adopted the budget for next year after a debate that lasted through the night.",
    "Spending on schools grows by four per cent while the army receives slightly less money.",
    "The opposition called the plan reckless and announced a complaint to the constitutional court.",
    "Economists expect that the deficit will stay below the limit which the law allows.",
)


def make_tables(*articles: Article) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `articles` and `texts` of these articles."""
    rows = make_article_rows(*articles)
    return rows["articles"], rows["texts"]


def tell(outlet: str, *body: str, **changes: object) -> Article:
    """An article of this outlet with these paragraphs; its address follows from outlet and title."""
    named = {"title": f"Report by {outlet}"} | changes
    url = f"https://{content_id(outlet)}.example/{content_id(str(named['title']), *body)}"
    return make_article(outlet=outlet, body=tuple(body), **({"url": url} | named))


def make_needs(known: pd.DataFrame, texts: pd.DataFrame, **tables: pd.DataFrame) -> list[pd.DataFrame]:
    """The tables that claims need: all of these articles in one story, those not given empty."""
    found = {
        "articles": known,
        "texts": texts,
        "sentences": TABLES["sentences"].conform(find_sentences(known, texts)),
        "story_articles": known[["article_id"]].assign(story_id="story", similarity=1.0),
    } | tables
    return [found.get(name, TABLES[name].empty()) for name in NEEDS]


def read_seeds() -> list[Article]:
    """The two reference articles as the extraction reads them."""
    seeds = []
    for outlet, file in SEED_FILES.items():
        page = clean_text((SEEDS / file).read_text("utf-8"), outlet=outlet, timezone="Europe/Kyiv")
        seeds.append(
            make_article(
                outlet=outlet,
                item=file,
                title=page.title,
                body=page.body,
                published=page.published,
                language=page.language,
            )
        )
    return seeds

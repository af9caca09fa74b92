"""The pages and texts of the sample newsroom that have a golden file, and how each is cleaned."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from etl.extract.clean import Cleaned, clean_page, clean_text
from etl.extract.outlets import Outlet, read_outlets

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
SEEN = datetime(2024, 6, 25, 9, 0, tzinfo=UTC)

PAGES = (
    "harbour-post/2024/06/24/allies-blast-putin-kim-pact.html",
    "harbour-post/2024/06/07/sunak-leaves-dday-early.html",
    "harbour-post/explainers/what-the-varnmouth-strike-means.html",
    "kontinent/en/world/g7-frozen-assets-loan.html",
    "kontinent/de/transport/faehren-ostsee-regeln.html",
    "kurier-zatoki/en/2024/06/24/three-allies-condemn-arms-trade.html",
    "kurier-zatoki/en/2024/06/10/tusk-wins-european-elections.html",
    "la-ribera/en/2024/06/20/hajj-heat-families.html",
    "la-ribera/es/2024/06/24/declaracion-conjunta-corea-norte.html",
    "meridian-wire/2024/06/24/joint-statement-russia-north-korea.html",
    "meridian-wire/2024/06/09/eu-election-results.html",
    "nordlys/news/north-korea-russia-statement.html",
    "nordlys/news/fjordvern-data-theft.v2.html",
    "prairie-ledger/2024/06/24/north-korea-russia-statement-busan-sailors.html",
    "prairie-ledger/2024/06/05/spreadsheet-school-budget.html",
    "texts/kurier-zatoki/2024-06-03-mexico-first-woman-president.txt",
    "texts/kurier-zatoki/2024-06-16-summit-switzerland-poland.txt",
    "texts/prairie-ledger/2024-06-12-wheat-tour-plus-five.txt",
    "texts/prairie-ledger/archive-dday-holt-prairie-veteran.txt",
)
ANNOTATED = (
    "harbour-post/2024/06/24/allies-blast-putin-kim-pact.html",
    "kurier-zatoki/en/2024/06/24/three-allies-condemn-arms-trade.html",
    "meridian-wire/2024/06/24/joint-statement-russia-north-korea.html",
    "prairie-ledger/2024/06/24/north-korea-russia-statement-busan-sailors.html",
)


@cache
def clean_sample(page: str) -> Cleaned:
    """The article of one page of the sample, as a refresh of 25 June 2024 cleans it."""
    outlet = name_outlet(page)
    file, zone = SAMPLE / page, outlet.timezone
    if file.suffix == ".txt":
        return clean_text(file.read_text(encoding="utf-8"), outlet=outlet.name, timezone=zone, seen=SEEN)
    return clean_page(file.read_bytes(), url="", outlet=outlet.name, timezone=zone, seen=SEEN)


def name_outlet(page: str) -> Outlet:
    """The outlet in whose folder a page lies."""
    folders = page.split("/")
    return read_outlets(SAMPLE / "outlets.toml")[folders[1] if folders[0] == "texts" else folders[0]]


def tell_page(cleaned: Cleaned) -> dict[str, Any]:
    """What cleaning found, to be read by a person: heads first, then body, then what was cut and why."""
    return {
        "title": cleaned.title,
        "subtitle": cleaned.subtitle,
        "authors": list(cleaned.authors),
        "published": cleaned.published.at.isoformat() if cleaned.published.at else None,
        "precision": cleaned.published.precision,
        "origin": cleaned.published.origin,
        "language": cleaned.language,
        "section": cleaned.section,
        "body": list(cleaned.body),
        "cuts": [f"{cut.role} | {cut.text} | {cut.rule}" for cut in cleaned.cuts],
    }


def golden_name(kind: str, page: str) -> str:
    """Where the golden of a page lies: pages/la-ribera-es-2024-06-24-declaracion ..."""
    return f"{kind}/{page.rpartition('.')[0].replace('/', '-').replace('.', '-')}"

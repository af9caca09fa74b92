"""The house keeps its order: every record is listed, every room holds what its name says."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import dashboard.charts
import dashboard.pages
import etl.extract
import etl.transform
from dashboard.app import PAGES
from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.pages.page import Page
from etl.extract import SOURCES
from etl.extract.source import Source
from etl.schema import TABLES
from etl.transform.feature import Feature
from etl.transform.features import FEATURES

ROOT = Path(__file__).resolve().parents[1]


def records_in(package, kind):
    """Every record of a kind that stands at the top of a module of the package."""
    names = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
    modules = [importlib.import_module(name) for name in names]
    return [value for module in modules for value in vars(module).values() if isinstance(value, kind)]


@pytest.mark.parametrize(
    ("package", "kind", "listed"),
    [
        (etl.extract, Source, SOURCES),
        (etl.transform, Feature, FEATURES),
        (dashboard.charts, Chart, CHARTS),
        (dashboard.pages, Page, PAGES),
    ],
    ids=["sources", "features", "charts", "pages"],
)
def test_every_record_is_listed(package, kind, listed):
    forgotten = [record for record in records_in(package, kind) if record not in listed]
    assert forgotten == []


def test_features_make_tables_of_the_contract_once():
    made = [feature.makes for feature in FEATURES if not feature.completes]
    assert len(made) == len(set(made))
    assert set(made) <= set(TABLES)


def test_what_completes_a_table_needs_it():
    assert all(feature.makes in feature.needs for feature in FEATURES if feature.completes)


def test_a_feature_needs_only_what_stands_before_it():
    known = {"outlets", "observations", "articles", "texts", "revisions", "cuts", "primaries"}
    for feature in FEATURES:
        assert set(feature.needs) <= known, feature.makes
        known.add(feature.makes)


def test_article_features_stand_before_window_features():
    scopes = [feature.scope for feature in FEATURES]
    assert scopes == sorted(scopes)


def test_charts_need_tables_of_the_contract():
    assert {name for chart in CHARTS for name in chart.needs} <= set(TABLES)


def test_chart_slugs_are_unique():
    slugs = [chart.slug for chart in CHARTS]
    assert len(slugs) == len(set(slugs))


def test_every_chart_asks_a_question_and_says_how_to_read_it():
    for chart in CHARTS:
        assert chart.question.endswith("?"), chart.slug
        assert chart.reading.endswith("."), chart.slug
        assert chart.relax.endswith("."), chart.slug


def test_no_file_of_the_dashboard_carries_a_standard_library_name():
    import sys

    names = {path.stem for path in (ROOT / "dashboard").glob("*.py")} - {"__init__", "__main__"}
    assert names & set(sys.stdlib_module_names) == set()


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().partition("\ndependencies = [")[2].partition("\n]")[0]
    without = [line for line in lines.splitlines() if line.strip() and "#" not in line]
    assert without == []

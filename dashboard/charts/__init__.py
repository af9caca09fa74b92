"""Charts: draw functions and the Chart records. They colour and label; they never count."""

from dashboard.charts.changes import CHANGES
from dashboard.charts.chart import Chart
from dashboard.charts.health import HEALTH
from dashboard.charts.leading import LEADING
from dashboard.charts.method import DICTIONARY, QUARANTINE, RUNS, SOURCES, STORE_TABLES, VERSIONS
from dashboard.charts.volume import VOICE, VOLUME

CHARTS: tuple[Chart, ...] = (
    VOLUME,
    VOICE,
    LEADING,
    CHANGES,
    HEALTH,
    SOURCES,
    RUNS,
    VERSIONS,
    QUARANTINE,
    STORE_TABLES,
    DICTIONARY,
)

"""Charts: draw functions and the Chart records. They colour and label; they never count."""

from dashboard.charts.chart import Chart
from dashboard.charts.health import HEALTH
from dashboard.charts.volume import VOICE, VOLUME

CHARTS: tuple[Chart, ...] = (
    VOLUME,
    VOICE,
    HEALTH,
)

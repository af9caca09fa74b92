"""Alerts: what a watch of `alerts.toml` finds in the newest days of a store, told once to each place it names."""

from dashboard.alerts.find import find_alerts
from dashboard.alerts.tell import tell_places
from dashboard.alerts.told import read_told
from dashboard.alerts.watches import read_watches

__all__ = ["find_alerts", "read_told", "read_watches", "tell_places"]

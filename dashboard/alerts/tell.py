"""Tell: each place of a watch hears what is new to it; a place that fails is tried again the next time."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.alerts.alert import Alert
from dashboard.alerts.deliver import deliver
from dashboard.alerts.told import Told, write_told
from dashboard.alerts.watches import Watch
from etl.errors import DeliveryFailed
from etl.settings import Settings
from etl.store import Snapshot


def tell_places(
    snapshot: Snapshot, watch: Watch, found: Sequence[Alert], told: Told, *, room: str, settings: Settings
) -> tuple[int, list[DeliveryFailed]]:
    """How many alerts were taken (each place counts), and which places took none.

    What was told is kept after each place, so that a run that is cut tells nothing twice.
    """
    taken, failed = 0, []
    for place in watch.to:
        fresh = [alert for alert in found if told.is_new(alert, place)]
        rows = [
            alert.to_row(alert.link(settings.address, room, snapshot.version), snapshot.made)
            for alert in fresh
        ]
        try:
            if rows:
                deliver(rows, place, settings)
        except DeliveryFailed as error:
            failed.append(error)
            continue
        for alert in fresh:
            told.add(alert, place)
        write_told(snapshot.folder, told)
        taken += len(fresh)
    return taken, failed

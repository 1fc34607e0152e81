"""A desk to draw, for tests of what is drawn of one."""

from datetime import date

from labkit.charts.kpi_dashboard import Alarm, Desk, Part
from labkit.charts.kpi_tiles import Reading, Tile

NAMES = ("Amount", "Orders", "Mean of an order", "Applications", "Failures", "Visits", "Conversion")
KINDS = ("money", "count", "money", "count", "count", "count", "share")


def a_desk(tiles: int = 7, alarms: int = 1, beyond: int = 2, note: str = "") -> Desk:
    """A desk whose first tiles lie above their limits; its second alarm and every other one ring no more."""
    shown = []
    for number, (name, kind) in enumerate(zip(NAMES[:tiles], KINDS[:tiles], strict=True)):
        size = {"money": 2.4e10, "count": 9_000.0, "share": 0.12}[kind]
        month = [Reading(size * (1 + day % 5 / 50), size, 0.8 * size, 1.2 * size) for day in range(27)]
        today = size * (1.5 if number < beyond else 1.0)
        shown.append(Tile(name, [*month, Reading(today, size, 0.8 * size, 1.2 * size)], kind))
    rings = [
        Alarm(
            f"Fanying + Yunting · place {n}",
            date(2025, 11, 15),
            date(2025, 11, 24 - n),
            -0.27,
            rings=n % 2 == 0,
        )
        for n in range(alarms)
    ]
    parts = [
        Part("Channel", "mobile app", Reading(600, 700, 500, 900)),
        Part("Channel", "branch", Reading(300, 800, 500, 900), holds_fault=True),
        Part("Product", "loan", Reading(900, 1_500, 1_200, 1_800)),
    ]
    return Desk(date(2025, 11, 24), "Yunting", shown, rings, parts, note)

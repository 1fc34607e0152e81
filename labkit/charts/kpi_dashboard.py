"""The page of an operations desk for one day: tiles, what rings and where, and the parts of each sum. First used in lab 7.4."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from labkit.charts.kpi_tiles import Reading, State, Tile, curve_image, percent, written
from labkit.charts.palette import GREY, ORANGE, RED
from labkit.charts.place_names import BETWEEN_STEPS, leads_through, place_name
from labkit.language import Text
from labkit.page_template import page_template

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

DAY = Text("{weekday} {day}", "{day} {weekday}")
WEEKDAYS = Text("Mon Tue Wed Thu Fri Sat Sun", "周一 周二 周三 周四 周五 周六 周日")
WORDS = {
    "figures": Text("Figures of the day", "当日指标"),
    "expected": Text("expected", "预期"),
    "limits": Text("limits", "控制限"),
    "alarms": Text("Alarms", "警报"),
    "quiet": Text("Nothing rings, and nothing rang in the week before.", "没有警报，前一周也没有。"),
    "rings": Text("rings today", "今日在响"),
    "ended": Text("rang this week", "近七天响过"),
    "parts": Text("Where the orders come from", "订单来自哪里"),
    "no_parts": Text("These data have no finer parts to look into.", "这份数据没有更细的维度可查。"),
    "fault": Text("fault", "故障"),
    "orders": Text("orders", "订单数"),
    "sum": Text("sum", "合计"),
}
SUMMARY = Text(
    "{day}, {place}: {beyond} of {count} figures beyond their limits{which}. {alarms}",
    "{day}，{place}：{count} 个指标中有 {beyond} 个越限{which}。{alarms}",
)
WHICH = Text(" ({names})", "（{names}）")
BEYOND = Text("{name} {word}", "{name}{word}")
LIST = Text(", ", "、")
ONE_ALARM = Text("{address} ({days}; {change})", "{address}（{days}；{change}）")
SINCE = Text("since {first}", "始于 {first}")
FROM_TO, RANG = Text("{first} to {last}", "{first} 至 {last}"), Text("rang {days}", "{days} 响过")
CHANGE = Text("orders {deviation} against expectation", "订单数偏离预期 {deviation}")
RINGING = Text("Alarms: {list}.", "警报：{list}。")
SEPARATOR = Text("; ", "；")


@dataclass(frozen=True)
class Alarm:
    """Something that rings, or rang in the days before.

    Parameters
    ----------
    address : str
        The place it comes from.
    first, last : date
        Days of the event, as far as they are known on the day of the dashboard.
    deviation : float
        Share by which the orders at the address lay above expectation over these days.
    rings : bool
        Whether it rings on the day of the dashboard.
    """

    address: str
    first: date
    last: date
    deviation: float
    rings: bool

    @property
    def days(self) -> str:
        """Since when it rings, or when it rang."""
        return str((SINCE if self.rings else FROM_TO).fill(first=self.first, last=self.last))

    @property
    def change(self) -> str:
        """What it does to the orders."""
        return str(CHANGE.fill(deviation=percent(self.deviation)))

    @property
    def sentence(self) -> str:
        """The alarm in words."""
        days = self.days if self.rings else RANG.fill(days=self.days)
        return str(ONE_ALARM.fill(address=self.address, days=days, change=self.change))


@dataclass(frozen=True)
class Part:
    """One part of a sum of orders.

    Parameters
    ----------
    dimension : str
        What the sum is cut by; parts of one dimension stand together and add up to the whole.
    name : str
        Of the part.
    reading : Reading
        Its orders of the day.
    holds_fault : bool
        Whether an alarm's address lies in it.
    """

    dimension: str
    name: str
    reading: Reading
    holds_fault: bool = False


@dataclass(frozen=True)
class Desk:
    """What an operations desk sees of one day.

    Parameters
    ----------
    day : date
        The day shown.
    place : str
        What the tiles are of: the whole, or one part of it.
    tiles : sequence of Tile
        In the order of reading.
    alarms : sequence of Alarm
        Everywhere, not only at the place: an alarm has an address.
    parts : sequence of Part
        The orders of the place, cut along each dimension.
    note : str
        What is special about the day.
    """

    day: date
    place: str
    tiles: Sequence[Tile]
    alarms: Sequence[Alarm]
    parts: Sequence[Part] = ()
    note: str = ""

    @property
    def day_in_words(self) -> str:
        """The day with its weekday, in the edition's language."""
        return str(DAY.fill(day=self.day, weekday=str(WEEKDAYS).split()[self.day.weekday()]))

    @property
    def beyond(self) -> list[Tile]:
        """Tiles whose value lies beyond a limit."""
        return [tile for tile in self.tiles if tile.state in (State.ABOVE, State.BELOW)]

    @property
    def loudest_first(self) -> list[Alarm]:
        """The alarms, those first that ring on the day."""
        return sorted(self.alarms, key=lambda alarm: not alarm.rings)

    @property
    def in_words(self) -> str:
        """All in one or two sentences: what lies beyond its limits, what rings and where. Also an alternative text."""
        beyond = self.beyond
        names = str(LIST).join(str(BEYOND.fill(name=tile.name, word=tile.state.word)) for tile in beyond)
        listed = str(SEPARATOR).join(alarm.sentence for alarm in self.loudest_first)
        return str(
            SUMMARY.fill(
                place=self.place,
                day=self.day_in_words,
                beyond=len(beyond),
                count=len(self.tiles),
                which=WHICH.fill(names=names) if beyond else "",
                alarms=RINGING.fill(list=listed) if self.alarms else WORDS["quiet"],
            )
        )


def parts_of(
    place: str,
    today: Mapping[str, Reading],
    values: Mapping[str, Sequence[str]],
    addresses: Sequence[str],
    cities: Mapping[str, str],
) -> list[Part]:
    """The parts of a place along each dimension but its own; of the whole along every dimension.

    Parameters
    ----------
    place : str
        A value of the first dimension; empty for the whole.
    today : mapping of str to Reading
        Orders of the day by series: a value, or ``place · value``. A part without a series is left out.
    values : mapping of str to sequence of str
        Dimension → its values.
    addresses : sequence of str
        Where alarms come from.
    cities : mapping of str to str
        Code of a city → its name.
    """
    first, *others = list(values) or [""]
    return [
        Part(
            place_name(dimension, {}),
            place_name(value, cities),
            today[series],
            any(leads_through(address, place, value, values[first]) for address in addresses),
        )
        for dimension in (others if place else values)
        for value in values[dimension]
        if (series := f"{place}{BETWEEN_STEPS}{value}" if place else value) in today
    ]


def kpi_dashboard(desk: Desk) -> tuple[Markup, str]:
    """Return the desk as HTML that follows JupyterLab's light and dark themes, and the same in words."""
    from markupsafe import Markup

    tables = [
        (cut, list(rows)) for cut, rows in itertools.groupby(desk.parts, key=lambda part: part.dimension)
    ]
    html = _template().render(
        words={name: str(text) for name, text in WORDS.items()},
        desk=desk,
        tables=[(cut, rows, sum(row.reading.value for row in rows)) for cut, rows in tables],
        beyond=(State.ABOVE, State.BELOW),
        signs=(State.WITHIN, State.ABOVE, State.BELOW),
        colours={"rings": RED, "ended": ORANGE, "quiet": GREY},
        loudest=("rings" if desk.loudest_first[0].rings else "ended") if desk.alarms else "quiet",
        curve=curve_image,
        percent=percent,
        count=functools.partial(written, kind="count"),
    )
    return Markup(html), desk.in_words


@functools.cache
def _template() -> Template:
    return page_template("labkit.charts", "kpi_dashboard.html.j2")

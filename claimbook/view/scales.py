"""The axes of a picture: where values lie along them, and what is written there."""

import datetime
import itertools
import math
import re
from dataclasses import dataclass, field

MINUS = str.maketrans("-", "−")


@dataclass
class Axis:
    """An axis: which values it takes, where they lie, and what is written along it."""

    key: str
    conf: dict
    kind: str = "linear"
    categories: list = field(default_factory=list)
    low: float = 0.0
    high: float = 1.0
    start: float = 0.0
    end: float = 1.0
    ticks: list = field(default_factory=list)
    title: list = field(default_factory=list)
    angle: float = 0.0

    def number(self, value) -> float | None:
        """Return a value as a number along the axis; None where it has no place there."""
        if value is None or value != value:
            return None
        if self.kind == "category":
            return float(self.categories.index(value)) if value in self.categories else float(value)
        if self.kind == "date":
            return days(value)
        value = float(value)
        return value if self.kind != "log" else math.log10(value) if value > 0 else None

    def place(self, number: float) -> float:
        """Return where a number along the axis lies, in pixels."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def at(self, value) -> float | None:
        """Return where a value lies, in pixels."""
        number = self.number(value)
        return None if number is None else self.place(number)

    def told(self, number: float):
        """Return a number along the axis as Plotly takes it in a range."""
        if self.kind != "date":
            return number
        moment = datetime.datetime.min + datetime.timedelta(days=number - 1)
        return moment.isoformat(timespec="minutes")

    @property
    def pixels(self) -> float:
        """Return how long the axis is."""
        return abs(self.end - self.start)


def days(value) -> float:
    """Return a day or moment as days since the first year, with fractions; a month or year counts from its first day.

    Examples
    --------
    >>> days("0001-01-02T12:00")
    2.5
    """
    date = [int(part) for part in re.findall(r"\d+", str(value)[:10])]
    year, month, day = [*date, 1, 1][:3]
    clock = datetime.time.fromisoformat(str(value)[11:].rstrip("Z") or "00:00")
    return datetime.date(year, month, day).toordinal() + (clock.hour * 60 + clock.minute + clock.second / 60) / 1440


def _steps(least: float):
    """Yield round numbers from `least` on, each about twice the one before."""
    power = math.floor(math.log10(least))
    for exponent in itertools.count(power):
        for digit in (1, 2, 5):
            if (step := digit * 10.0**exponent) >= least * 0.999:
                yield step


def _linear_ticks(low: float, high: float, most: float, conf: dict):
    most = min(most, conf.get("nticks") or most)
    given, span = conf.get("dtick"), high - low
    steps = (given * 2**n for n in itertools.count()) if given else _steps(span / max(most, 1))
    whole = conf.get("tickformat") == "d"
    for step in steps:
        if whole and step < 1:
            continue
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        yield [round(n * step, 10) for n in range(first, last + 1)]
        if step > span:
            return


def _log_ticks(low: float, high: float, most: float, conf: dict):
    powers = range(math.floor(low), math.ceil(high) + 1)
    for digits in ((1, 2, 5), (1,)):
        found = [power + math.log10(digit) for power in powers for digit in digits]
        found = [number for number in found if low - 1e-9 <= number <= high + 1e-9]
        if len(digits) == 1 or len(found) <= most:
            yield found
    for every in (2, 3, 4, 6):
        yield [float(power) for power in powers if power % every == 0 and low <= power <= high]


def _date_ticks(low: float, high: float, most: float, conf: dict):
    first, last = datetime.date.fromordinal(int(low)), datetime.date.fromordinal(math.ceil(high))
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200):
        if (high - low) / (months * 30.4) > most:
            continue
        start = (first.year * 12 + first.month - 1) // months * months
        dates = range(start, last.year * 12 + last.month, months)
        found = [datetime.date(n // 12, n % 12 + 1, 1).toordinal() for n in dates if n >= 12]
        yield [float(number) for number in found if low <= number <= high]


TICKS = {"linear": _linear_ticks, "log": _log_ticks, "date": _date_ticks}


def _told_number(number: float, numbers: list[float]) -> str:
    """Return a number as an axis says it, in the unit of the largest one there."""
    most = max(map(abs, numbers))
    for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if most >= size:
            return f"{number / size:g}{letter}".translate(MINUS) if number else "0"
    return (f"{number:,g}" if most >= 10_000 else f"{number:g}").translate(MINUS)


def _told_power(number: float, numbers: list[float]) -> str:
    value = float(f"{10**number:.3g}")
    return _told_number(value, [value])


def _told_day(number: float, numbers: list[float]) -> str:
    dates = [datetime.date.fromordinal(int(n)) for n in numbers]
    day = datetime.date.fromordinal(int(number))
    return str(day.year) if all(d.month == 1 for d in dates) and len(dates) > 1 else day.strftime("%b %Y")


TOLD = {"linear": _told_number, "log": _told_power, "date": _told_day}

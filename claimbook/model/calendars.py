"""Dates as people write them: of other calendars than the Gregorian, and in digits of any script.

Tables have dates of the Gregorian calendar in ISO 8601. Here others are brought to it, by arithmetic and without making
them more exact than they are: a month becomes its first and its last day. A calendar that no rule reckons is refused.
"""

import calendar
import contextlib
import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from claimbook.model.span import DATE, RULE, Span


@dataclass(frozen=True)
class Calendar:
    """A calendar of twelve months that arithmetic reckons.

    Attributes
    ----------
    called : str
        Its name in words.
    years : range
        The years for which the arithmetic is known to hold.
    begins : callable
        Takes a year and returns its first day, counted as :meth:`datetime.date.toordinal` counts.
    months : callable
        Takes a year and returns how many days each of its months has.
    """

    called: str
    years: range
    begins: Callable[[int], int]
    months: Callable[[int], list[int]]

    def span(self, date: str) -> Span:
        """Return the days of a day, month or year of this calendar, written as in ISO 8601.

        Raises
        ------
        ValueError
            If it is none; the message is the rule.
        """
        found = DATE.fullmatch(date)
        year, month, day = (int(part) if part else None for part in found.groups()) if found else (0, None, None)
        if year not in self.years:
            years = f"from {self.years[0]} to {self.years[-1]}"
            raise ValueError(f"must be a day, month or year of the {self.called} calendar, {years}: YYYY-MM-DD")
        lengths = self.months(year)
        if month is not None and not 1 <= month <= len(lengths):
            raise ValueError(f"must have a month from 01 to {len(lengths)}, as the {self.called} calendar has")
        first = self.begins(year) + sum(lengths[: (month or 1) - 1])
        length = lengths[month - 1] if month else sum(lengths)
        if day is not None:
            if not 1 <= day <= length:
                raise ValueError(
                    f"must have a day from 01 to {length}, as that month of the {self.called} calendar has"
                )
            first, length = first + day - 1, 1
        ends = (datetime.date.fromordinal(at).isoformat() for at in (first, first + length - 1))
        return Span(*ends)


def _leap_of_33(year: int) -> bool:
    """Tell whether a year of the solar Hijri calendar has 366 days: eight of each 33 do."""
    return (25 * year + 11) % 33 < 8


def _gregorian_months(year: int) -> list[int]:
    return [calendar.monthrange(year, month)[1] for month in range(1, 13)]


def _julian_months(year: int) -> list[int]:
    return [31, 28 + (year % 4 == 0), *(_gregorian_months(2001)[2:])]


CALENDARS = {
    # The law of 1925 counts from the equinox; to 1502 the cycle of 33 years hits it always.
    "persian": Calendar(
        "solar Hijri",
        range(1304, 1503),
        lambda year: datetime.date(1925, 3, 21).toordinal() + sum(365 + _leap_of_33(y) for y in range(1304, year)),
        lambda year: [31] * 6 + [30] * 5 + [29 + _leap_of_33(year)],
    ),
    "julian": Calendar(
        "Julian",
        range(2, 2101),
        lambda year: 365 * (year - 1) + (year - 1) // 4 - 1,
        _julian_months,
    ),
    # The year has begun on 1 January since 1941.
    "buddhist": Calendar(
        "Thai Buddhist",
        range(2484, 2700),
        lambda year: datetime.date(year - 543, 1, 1).toordinal(),
        lambda year: _gregorian_months(year - 543),
    ),
}
"""The calendars that are understood, by the names of the Unicode locale data, which has none for the Julian."""


def plain(text: str) -> str:
    """Return `text` with the digits of any script as those from 0 to 9.

    Examples
    --------
    >>> plain("۱۴۰۲-۰۱")
    '1402-01'
    """
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def read(text: str) -> Span:
    """Read a date as somebody writes it.

    Parameters
    ----------
    text : str
        As :meth:`claimbook.model.span.Span.read` takes it, in digits of any script; or a calendar of
        :data:`CALENDARS`, a blank, and a day, month or year of it, or two with a slash between.

    Returns
    -------
    Span
        Its days in the Gregorian calendar.

    Raises
    ------
    ValueError
        If it is no such date; the message is the rule, and says how to write it.

    Examples
    --------
    >>> read("persian 1402-01").edtf
    '2023-03-21/2023-04-20'
    """
    name, _, date = plain(text.strip()).rpartition(" ")
    if not name:
        return Span.read(date)
    if not re.fullmatch("[a-z-]+", name):
        raise ValueError(RULE)
    if name not in CALENDARS:
        ways = ", ".join(f"“{key} …” ({one.called})" for key, one in CALENDARS.items())
        raise ValueError(
            f"dates of the calendar {name} are not reckoned here: look the day up, and write it in the Gregorian "
            f"calendar; understood are {ways}"
        )
    begin, _, end = date.partition("/")
    first, last = (CALENDARS[name].span(one) for one in (begin, end or begin))
    return Span(first.first, last.last)


def meant(text: str) -> str:
    """Return a date that is written otherwise than tables have it as they have it; empty where it is none.

    Examples
    --------
    >>> meant("persian 1402-01-16"), meant("۲۰۲۳-۰۴-۰۵"), meant("2023-04-05")
    ('2023-04-05', '2023-04-05', '')
    """
    try:
        span = read(text)
    except ValueError:
        return ""
    return "" if plain(text) == text and " " not in text else span.edtf


def guess(text: str, takes: Callable[[str], bool]) -> str:
    """Say how to write a bare date if it is of another calendar; empty where no calendar gives one that is taken.

    Parameters
    ----------
    text : str
        A date that is not taken as one of the Gregorian calendar.
    takes : callable
        Tells whether a date of the Gregorian calendar is.
    """
    for one in (CALENDARS["persian"], CALENDARS["buddhist"]):
        with contextlib.suppress(ValueError):
            if takes(date := one.span(plain(text)).edtf):
                return f"; if it is a date of the {one.called} calendar, write {date}"
    return ""

"""Spans of days, written as EDTF (ISO 8601-2): as exact as what was read, and no more."""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

DIFFERS, OVERLAPS, FITS = "differ", "overlap in part", "fit"

RULE = (
    "must be a day, month or year (2001-11-03, 2001-11, 2001), two of them with a slash between (2001-11/2002), or one "
    "with an open end (../2001-11-03, 2001-11-03/..)"
)
OPEN = ".."
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
"""A day, month or year as its parts."""


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both included.

    Attributes
    ----------
    first, last : str
        ISO days; ``""`` is an end that nothing bounds.

    Raises
    ------
    ValueError
        If it ends before it begins, or an end is no day.
    """

    first: str = ""
    last: str = ""

    def __post_init__(self):
        if any(end and end != _days(end)[0] for end in (self.first, self.last)):
            raise ValueError(f"an end of a span must be a day, not {self.first!r} or {self.last!r}")
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"a span must not end before it begins: {self.first}, {self.last}")

    @classmethod
    def read(cls, text: str) -> "Span":
        """Read a date or an interval in EDTF; an empty text is a span with two open ends.

        Raises
        ------
        ValueError
            If it is none; the message is :data:`RULE`, or says that the ends stand the wrong way round.

        Examples
        --------
        >>> Span.read("2000-02")
        Span(first='2000-02-01', last='2000-02-29')
        >>> Span.read("../2023-10-13").latest
        '2023-10-13'
        """
        if not text:
            return cls()
        begin, slash, end = text.partition("/")
        if slash and begin == end == OPEN:
            raise ValueError(RULE)
        first = "" if slash and begin == OPEN else _days(begin)[0]
        return cls(first, "" if slash and end == OPEN else _days(end if slash else begin)[1])

    @property
    def edtf(self) -> str:
        """The span in EDTF, as short as it can be written.

        Examples
        --------
        >>> Span("2001-11-01", "2001-11-30").edtf
        '2001-11'
        """
        if not self.first and not self.last:
            return ""
        for length in (4, 7, 10) if self.first and self.last else ():
            begin, end = self.first[:length], self.last[:length]
            if (_days(begin)[0], _days(end)[1]) == (self.first, self.last):
                return begin if begin == end else f"{begin}/{end}"
        return f"{self.first or OPEN}/{self.last or OPEN}"

    @property
    def latest(self) -> str:
        """The last day that it allows; ``""`` where its end is open."""
        return self.last

    @property
    def text(self) -> str:
        """The span as a reader would say it: a day, a month, a year, the two ends, or the one that is known."""
        return self._said("{} to {}")

    @property
    def between(self) -> str:
        """The same of something that happened on one day within it."""
        return self._said("between {} and {}")

    def _said(self, joint: str) -> str:
        if not self.first and not self.last:
            return "no date"
        if not self.first or not self.last:
            return f"not before {_day(self.first)}" if self.first else f"not after {_day(self.last)}"
        if self.first == self.last:
            return _day(self.first)
        if _days(self.first[:7]) == (self.first, self.last):
            return f"{datetime.date.fromisoformat(self.first):%B %Y}"
        if self.first.endswith("-01-01") and self.last.endswith("-12-31"):
            first, last = int(self.first[:4]), int(self.last[:4])
            return str(first) if first == last else f"{first} to {last}"
        return joint.format(_day(self.first), _day(self.last))

    def compare(self, other: "Span") -> str:
        """Compare two spans.

        Returns
        -------
        str
            :data:`FITS` where one of them lies within the other, :data:`OVERLAPS` where they only share days,
            :data:`DIFFERS` where they share none.

        Examples
        --------
        >>> Span.read("2021-11-03").compare(Span.read("2021-11-04"))
        'differ'
        """
        (first, last), (start, end) = self._closed, other._closed
        if last < start or end < first:
            return DIFFERS
        return FITS if (first <= start and end <= last) or (start <= first and last <= end) else OVERLAPS

    @property
    def _closed(self) -> tuple[str, str]:
        return self.first or "0001-01-01", self.last or "9999-12-31"


def merge(spans: Iterable[Span]) -> tuple[Span, bool]:
    """Merge the spans in which several tellings put one thing; those with two open ends tell nothing.

    Returns
    -------
    span : Span
        The days that all of them allow; where no day suits all, the whole from the earliest to the latest.
    agree : bool
        Whether some day suits all of them.

    Examples
    --------
    >>> merge([Span.read("2021"), Span.read("../2021-06-30")])
    (Span(first='2021-01-01', last='2021-06-30'), True)
    """
    told = [span for span in spans if span.first or span.last]
    starts, ends = [span.first for span in told if span.first], [span.last for span in told if span.last]
    start, end = max(starts, default=""), min(ends, default="")
    if not start or not end or start <= end:
        return Span(start, end), True
    whole = Span(
        "" if len(starts) < len(told) else min(starts),
        "" if len(ends) < len(told) else max(ends),
    )
    return whole, False


def _days(text: str) -> tuple[str, str]:
    """Return the first and the last day of a day, month or year."""
    found = DATE.fullmatch(text)
    if not found:
        raise ValueError(RULE)
    try:
        year, month, day = (int(part) if part else None for part in found.groups())
        last = month or 12
        ends = (
            datetime.date(year, month or 1, day or 1),
            datetime.date(year, last, day or calendar.monthrange(year, last)[1]),
        )
    except ValueError as error:  # the month 13, the 30th of February
        raise ValueError(RULE) from error
    return ends[0].isoformat(), ends[1].isoformat()


def _day(iso: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"

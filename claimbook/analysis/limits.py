"""What a record covers, and when two computed numbers differ: the limits that all checks keep, and their common words.

A record says nothing of a time that it does not cover, so no check may take its silence there for an answer. What it
covers is read from the record itself: the times of its rows, and ``covered_to`` where a list was kept on after its last
row.
"""

import datetime
import math
import re

import pandas as pd

TOLERANCE = 1e-9
"""Numbers nearer to each other than this, or than this part of them, are equal.

The last binary digit of a sum depends on the order in which it was added up, so that ten times 0.1 falls short of 1. No
record is published to so many places that two of its numbers could lie so near.
"""

COVERED_TO = "covered_to"
"""Column with the last day that a list of events covers, which is later than its last event."""


def at_least(value: float, bound: float) -> bool:
    """Tell whether a computed number reaches a bound, equal ones included."""
    return bool(value >= bound) or math.isclose(value, bound, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def exceeds(value: float, bound: float) -> bool:
    """Tell whether a computed number is larger than a bound, equal ones excluded."""
    return not at_least(bound, value)


def span(first, last) -> str:
    """Write a time: ``2001``, or ``2001 to 2003``."""
    return str(first) if first == last else f"{first} to {last}"


def settled(supports: bool, contradicts: bool, otherwise: str = "qualifies") -> str:
    """Return the stance of a check with two bounds, of which the first decides where both hold."""
    return "supports" if supports else "contradicts" if contradicts else otherwise


def only(rows: pd.DataFrame, asked: str) -> pd.Series:
    """Return the one row that there must be.

    Raises
    ------
    ValueError
        If there is none, or several; it names what was `asked`.
    """
    if len(rows) != 1:
        raise ValueError(f"the record has {len(rows)} rows for {asked}")
    return rows.iloc[0]


def within(first, last, covered: tuple, what: str) -> None:
    """Refuse a time that a record does not cover.

    Parameters
    ----------
    first, last : int or str
        The time asked for, both ends included: years, or days in ISO 8601.
    covered : tuple
        The first and the last year or day covered.
    what : str
        The record, as its error names it.

    Raises
    ------
    ValueError
        If `first` is after `last`, or if one of the two lies outside what is covered.
    """
    if first > last:
        raise ValueError(f"{first} is after {last}; name the earlier one first")
    if first < covered[0] or last > covered[1]:
        raise ValueError(f"{what} covers {span(*covered)}, not {span(first, last)}; ask for a time that it covers")


def covered_years(frame: pd.DataFrame, column: str, what: str, until: str = "") -> tuple[int, int]:
    """Return the first and the last year of a record's rows.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows that say what is covered.
    column : str
        Column of the years.
    what : str
        What the rows are, as the error names it.
    until : str, optional
        Column of the last year where a row stands for several.

    Raises
    ------
    ValueError
        If there is no such row.
    """
    if frame.empty:
        raise ValueError(f"the record holds no {what}")
    return int(frame[column].min()), int(frame[until or column].max())


def covered_days(frame: pd.DataFrame, column: str, what: str) -> tuple[str, str]:
    """Return the first day of a record's rows and the last that it covers, by :data:`COVERED_TO` or by its rows.

    Raises
    ------
    ValueError
        If there is no row with a day.
    """
    dated = frame.loc[frame[column] != "", column]
    if dated.empty:
        raise ValueError(f"the record holds no {what}")
    return dated.min(), frame[COVERED_TO].min() if COVERED_TO in frame else dated.max()


def day(text: str) -> str:
    """Return a day as it is given, if it is one.

    Raises
    ------
    ValueError
        If it is no day in ISO 8601.
    """
    return _iso(text, r"\d{4}-\d\d-\d\d", "", "a day in ISO 8601, such as 2001-11-30")


def month(text: str) -> str:
    """Return a month as it is given, if it is one.

    Raises
    ------
    ValueError
        If it is no month in ISO 8601.
    """
    return _iso(text, r"\d{4}-\d\d", "-01", "a month in ISO 8601, such as 2001-11")


def _iso(text: str, form: str, rest: str, what: str) -> str:
    try:
        if not re.fullmatch(form, text, re.ASCII):
            raise ValueError
        datetime.date.fromisoformat(text + rest)
    except ValueError:
        raise ValueError(f"{text!r} is not {what}") from None
    return text


def release_of(frame: pd.DataFrame) -> str:
    """Return the release of a record that must not hold several.

    Raises
    ------
    ValueError
        If it holds none, or more than one: each repeats the facts of the others, and what is counted counts double.
    """
    found = sorted(set(frame["release"]))
    if len(found) != 1:
        held = f"the releases {', '.join(found)}, which repeat one another" if found else "no row"
        raise ValueError(f"the record holds {held}: keep the rows of one release")
    return found[0]

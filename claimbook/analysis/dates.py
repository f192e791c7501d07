"""Dates: days as they are asked for, and dates as told beside dates on record."""

import calendar
import datetime
import re

import pandas as pd

from claimbook.model.ledger import Ledger

ASKED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def latest_day(when: str | datetime.date) -> str:
    """Read a date that somebody asks for; of a month or a year it is the last day.

    Parameters
    ----------
    when : str or datetime.date
        A day, month or year in ISO 8601 (``2010-12-31``, ``2010-12``, ``2010``), or a date, of which a time of day
        is left out.

    Returns
    -------
    str
        The ISO day.

    Raises
    ------
    ValueError
        If it is no such date.

    Examples
    --------
    >>> latest_day("2012-02")
    '2012-02-29'
    """
    rule = f"must be a date, or a day, month or year such as 2010-12-31, 2010-12 or 2010, not {when!r}"
    if isinstance(when, datetime.date) and not pd.isna(when):
        return datetime.date(when.year, when.month, when.day).isoformat()
    found = ASKED.fullmatch(when) if isinstance(when, str) and when.isascii() else None
    if not found:
        raise ValueError(rule)
    try:
        year, month, day = (int(part) if part else None for part in found.groups())
        month = 12 if month is None else month
        return datetime.date(year, month, calendar.monthrange(year, month)[1] if day is None else day).isoformat()
    except ValueError as error:  # the month 13, the 30th of February
        raise ValueError(rule) from error


DIFFERS, OVERLAPS, FITS = "differ", "overlap in part", "fit"


def compare(told_start: str, told_end: str, start: str, end: str) -> str:
    """Compare an interval told with one on record; all four are ISO days, an empty told end is open.

    Returns
    -------
    str
        ``FITS`` where one of the two lies within the other, ``OVERLAPS`` where they only share days, ``DIFFERS`` where
        they share none.

    Examples
    --------
    >>> compare("2021-11-03", "2021-11-03", "2021-11-04", "2021-11-04")
    'differ'
    """
    first, last = told_start or "0001-01-01", told_end or "9999-12-31"
    if last < start or end < first:
        return DIFFERS
    inside = (first <= start and end <= last) or (start <= first and last <= end)
    return FITS if inside else OVERLAPS


def compared(ledger: Ledger) -> pd.DataFrame:
    """Compare told and recorded dates of every event that a reference dates.

    Returns
    -------
    pandas.DataFrame
        A row per event and telling with a told date: the columns of ``event_claims`` and ``events`` with ``source_id``
        and ``outcome``; one row where a text tells the same date with the same words more than once; differences first.
    """
    told = ledger.event_claims.merge(ledger.events, on="event_id")
    told = told[(told["date_basis"] == "record") & ((told["told_start"] != "") | (told["told_end"] != ""))]
    told = told.assign(
        source_id=told["claim_id"].str.rsplit("-", n=1).str[0],
        outcome=[compare(r.told_start, r.told_end, r.date_start, r.date_end) for r in told.itertuples(index=False)],
    )
    told = told.drop_duplicates(["event_id", "source_id", "told_start", "told_end", "date_words"])
    rank = told["outcome"].map([DIFFERS, OVERLAPS, FITS].index)
    return told.assign(rank=rank).sort_values(["rank", "date_start", "event_id"], kind="stable").drop(columns="rank")

"""Dates: days as they are asked for, and dates as told beside dates on record."""

import datetime

import pandas as pd

from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.model.span import DIFFERS, FITS, OVERLAPS, Span


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
    if not isinstance(when, str) or not when or "/" in when:
        raise ValueError(rule)
    try:
        return Span.read(when).latest
    except ValueError as error:
        raise ValueError(rule) from error


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
        source_id=ids.texts_of(told["claim_id"]),
        outcome=[
            Span(r.told_start, r.told_end).compare(Span(r.date_start, r.date_end)) for r in told.itertuples(index=False)
        ],
    )
    told = told.drop_duplicates(["event_id", "source_id", "told_start", "told_end", "date_words"])
    rank = told["outcome"].map([DIFFERS, OVERLAPS, FITS].index)
    return told.assign(rank=rank).sort_values(["rank", "date_start", "event_id"], kind="stable").drop(columns="rank")

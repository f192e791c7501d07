"""Dates as told beside dates on record: whether the two can both be right."""

import pandas as pd

from claimbook.ledger import Ledger

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

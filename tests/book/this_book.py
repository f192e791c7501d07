"""The ledger of this book, loaded once in each process that tests it; no test may change it in place."""

from dataclasses import replace

from files import rows
from places import ROOT

from claimbook.model import ledger

DATA = ROOT / "data"
BOOK = ledger.load(DATA)


def rows_of(name):
    """Return the rows of a table as they stand in its file."""
    return rows(DATA / f"{name}.csv")


def with_tables(**frames):
    """Return the book with other frames for some of its tables."""
    return replace(BOOK, tables={**BOOK.tables, **frames})


def with_records(**frames):
    """Return the book with other frames for some of its records."""
    return replace(BOOK, records={**BOOK.records, **frames})

"""Cells of the records: read by another reader than the package's, and changed in copies."""

from files import rows
from own_checks import run
from this_book import DATA


def stored(name, **wanted):
    """Read the rows of a record, as text, whose cells are as wanted."""
    return [row for row in rows(DATA / "records" / f"{name}.csv") if all(row[k] == v for k, v in wanted.items())]


def _where(frame, cells):
    hit = frame.index == frame.index
    for column, wanted in cells.items():
        hit &= (frame[column] == wanted).fillna(False).to_numpy()
    assert hit.any()
    return hit


def changed(records, name, column, value, **cells):
    """Copy the records with `value` in a column of those rows of one record that hold these cells."""
    frame = records[name].copy()
    frame.loc[_where(frame, cells), column] = value
    return {**records, name: frame}


def without(records, name, **cells):
    """Copy the records without those rows of one record that hold these cells."""
    return {**records, name: records[name][~_where(records[name], cells)]}


def stance(records, name, arguments):
    return run(name, arguments, records).stance

"""A problem, the inspection that collects them, and what several groups of rules need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from claimbook.checks import Check
from claimbook.ledger import SCHEMA as SCHEMA

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True)
class Problem:
    """One broken rule and its place.

    Attributes
    ----------
    file : str
        Path inside the data folder.
    row : int or None
        Line of the file, the header being line 1.
    column : str
        Name of the column; of several, joined by ``+``.
    value : str
        The offending value as it stands.
    rule : str
        What is required instead.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        place = f"{_shown(self.file)}:{'' if self.row is None else self.row}:{_shown(self.column)}"
        return f"{place}: {_shown(self.value)}: {_shown(self.rule, None)}"

    def sort_key(self) -> tuple:
        """Return what problems are ordered by: file, row, column, rule, value."""
        return self.file, self.row or 0, self.column, self.rule, self.value


@dataclass
class Inspection:
    """What was read, by table with the lines of the file as index, and the problems found so far.

    Attributes
    ----------
    problems : list of Problem
        The problems, in the order in which they were found.
    registry : mapping of str to Check
        The checks by name.
    files : dict
        Path of each table.
    cells : dict
        Cells of each table that could be read, as they stand.
    ragged, ragged_problems : set
        Rows (file, line) that have not the cells of their header, and what is said of them.
    bibliography : dict or None
        Entries of ``references.bib``; None where it cannot be read.
    texts : dict
        Text of each source, where texts are at hand.
    """

    problems: list[Problem]
    registry: Mapping[str, Check]
    files: dict[str, str] = field(default_factory=dict)
    cells: dict[str, pd.DataFrame] = field(default_factory=dict)
    ragged: set[tuple[str, int]] = field(default_factory=set)
    ragged_problems: set[Problem] = field(default_factory=set)
    bibliography: dict[str, dict[str, str]] | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, file: str, row: int | None, column: str, value: object, rule: str) -> None:
        """Add a problem at a place of a file."""
        self.problems.append(Problem(file, row, column, str(value), rule))

    def flag(self, table: str, where: pd.Series | Iterable[int], column: str, rule: str) -> None:
        """Add a problem for every line of `table` that `where` (a mask, or line numbers) chooses."""
        if isinstance(where, pd.Series):
            where = where.index[where.to_numpy(dtype=bool, na_value=False)]
        for line in where:
            self.add(self.files[table], line, column, self.cells[table].at[line, column], rule)


def lookup(frame: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return `column` by `key`, each key once: a key given twice is told elsewhere."""
    return frame.drop_duplicates(key).set_index(key)[column]


def both_or_neither(table: str, frame: pd.DataFrame, first: str, last: str, found: Inspection) -> None:
    """Check that a row with one of two dates has the other too, and that they are in order."""
    start, end = frame[first], frame[last]
    found.flag(table, (start != "") & (end == ""), last, f"must be given where {first} is")
    found.flag(table, (end != "") & (start == ""), first, f"must be given where {last} is")
    ordered(table, frame, first, last, found)


def ordered(table: str, frame: pd.DataFrame, first: str, last: str, found: Inspection) -> None:
    """Check that the second of two dates does not lie before the first."""
    start, end = frame[first], frame[last]
    found.flag(table, (start != "") & (end != "") & (end < start), last, f"must not lie before {first}")


def stem(identifiers: pd.Series) -> pd.Series:
    """Return what stands before the last hyphen: the text of wnd-2001-c014 is wnd-2001."""
    return identifiers.str.replace(r"-[^-]*$", "", regex=True)


def _shown(value: str, limit: int | None = 80) -> str:
    """Return `value` on one line, what does not print escaped, cut to `limit` characters."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in value)
    return shown if limit is None or len(shown) <= limit else shown[: limit - 1] + "…"

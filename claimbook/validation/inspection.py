"""The inspection that collects problems, and what several groups of rules need."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from claimbook.model.checks import Check, Runner
from claimbook.model.languages import Language
from claimbook.model.ledger import SCHEMA as SCHEMA
from claimbook.model.problems import Problem as Problem


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule that rows of a table break, as a group of rules yields it.

    Attributes
    ----------
    table : str
        The table.
    where : pandas.Series of bool, or iterable of int
        A mask over its rows, or the lines of its file, of those that break the rule.
    column : str
        The column whose cell the problem names.
    message : str
        What must hold, and how to mend what does not.
    name : str
        What ``debts.csv`` calls a rule that came after rows which break it; empty where a rule gives no credit.
    """

    table: str
    where: pd.Series | Iterable[int]
    column: str
    message: str
    name: str = ""


SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass
class Inspection:
    """What was read, by table with the lines of the file as index, and the problems found so far.

    Attributes
    ----------
    problems : list of Problem
        The problems, in the order in which they were found.
    registry : mapping of str to Check
        The checks by name.
    runner : Runner
        What runs them over the records.
    every_check : bool
        Whether all checks of the book are among them; else nobody can say which of them is missing.
    files : dict
        Path of each table.
    cells : dict
        Cells of each table that could be read, as they stand.
    refused : set of tuple of (str, int, str)
        Cells that break the schema: table, line, column. No further rule speaks of them.
    doubtful : set of tuple of (str, int)
        Rows with a value that the schema does not take: table, line. No further rule speaks of them either, because
        what it would say follows from that value.
    bibliography : dict or None
        Entries of ``references.bib``; None where it cannot be read.
    texts : dict
        Text of each source, where texts are at hand.
    languages : dict of str to Language
        What is known of languages, by code.
    keys : dict of str to list of str
        The primary key of each table.
    debts : set of tuple of (str, str, str)
        Rule, table and key of the rows that are known to break a rule and still to be mended.
    owed : list of tuple of (str, str, str)
        Those that were found to break it.
    lenient : bool
        Whether every such row is let pass, as where they are only to be listed.
    """

    problems: list[Problem]
    registry: Mapping[str, Check]
    runner: Runner
    every_check: bool = True
    files: dict[str, str] = field(default_factory=dict)
    cells: dict[str, pd.DataFrame] = field(default_factory=dict)
    refused: set[tuple[str, int, str]] = field(default_factory=set)
    doubtful: set[tuple[str, int]] = field(default_factory=set)
    bibliography: dict[str, dict[str, str]] | None = None
    texts: dict[str, str] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    debts: set[tuple[str, str, str]] = field(default_factory=set)
    owed: list[tuple[str, str, str]] = field(default_factory=list)
    lenient: bool = False

    def add(self, file: str, row: int | None, column: str, value: object, rule: str) -> None:
        """Add a problem at a place of a file."""
        self.problems.append(Problem(file, row, column, str(value), rule))

    def take(self, broken: Rule | Problem) -> None:
        """Add a problem, or one for every line that breaks a rule.

        A row or cell that breaks the schema is passed over: that is told already.
        """
        if isinstance(broken, Problem):
            self.problems.append(broken)
            return
        table, where, column = broken.table, broken.where, broken.column
        if isinstance(where, pd.Series):
            where = where.index[where.to_numpy(dtype=bool, na_value=False)]
        for line in where:
            if (table, line) in self.doubtful or (table, line, column) in self.refused:
                continue
            if broken.name:
                key = " ".join(self.cells[table].at[line, part] for part in self.keys[table])
                debt = (broken.name, table, key)
                self.owed.append(debt)
                if self.lenient or debt in self.debts:
                    continue
            self.add(self.files[table], line, column, self.cells[table].at[line, column], broken.message)

    def sure(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of `table` that are not doubtful: from the others nothing follows for other tables."""
        if not any(name == table for name, _ in self.doubtful):
            return frame
        return frame[[(table, line) not in self.doubtful for line in frame.index]]


def lookup(frame: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return `column` by `key`, each key once: a key given twice is told elsewhere."""
    return frame.drop_duplicates(key).set_index(key)[column]


def both_or_neither(table: str, frame: pd.DataFrame, first: str, last: str) -> Iterator[Rule]:
    """Check that a row with one of two dates has the other too, and that they are in order."""
    start, end = frame[first], frame[last]
    yield Rule(table, (start != "") & (end == ""), last, f"must be given where {first} is")
    yield Rule(table, (end != "") & (start == ""), first, f"must be given where {last} is")
    yield from ordered(table, frame, first, last)


def ordered(table: str, frame: pd.DataFrame, first: str, last: str) -> Iterator[Rule]:
    """Check that the second of two dates does not lie before the first."""
    start, end = frame[first], frame[last]
    yield Rule(table, (start != "") & (end != "") & (end < start), last, f"must not lie before {first}")


def whole(frame: pd.DataFrame, key: str, number: str) -> pd.Series:
    """Tell which rows belong to a group, the rows of one `key`, in which every row has its number."""
    return ~frame[key].isin(frame[key][frame[number].isna()])

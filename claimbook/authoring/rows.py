"""The tables of a ledger as rows that a command changes: ids that follow, rows that go together, one stable order."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from claimbook.model import ids, schema
from claimbook.model.cells import Cells
from claimbook.model.ledger import is_record
from claimbook.model.problems import LedgerError, Problem
from claimbook.validation.columns import CONTRACT

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_UNORDERED = ("sources", "corrections")
"""Tables whose rows stand in an order of their own."""

Row = dict[str, str]


class Rows:
    """The rows of every table of a ledger, records apart.

    Parameters
    ----------
    data : pathlib.Path
        The data folder.

    Attributes
    ----------
    tables : dict of str to list of dict
        The rows of each table, cell by column; a command changes them in place.
    resources : dict of str to dict
        What the data package says of each table.
    origins_of_records : set of str
        The origins that its records have.

    Raises
    ------
    LedgerError
        If a table cannot be read, so that its rows cannot be written again.
    """

    def __init__(self, data: Path):
        self.data = data
        package, problems = schema.read_package(data)
        if package is None:
            raise LedgerError("the ledger cannot be read, so nothing can be changed in it:", problems)
        reading = schema.read(data, package, [r["name"] for r in package["resources"] if not is_record(r)])
        if reading.malformed:
            raise LedgerError("a table cannot be read, so nothing can be changed in it:", reading.malformed)
        self.origins_of_records = {r["origin"] for r in package["resources"] if is_record(r) and "origin" in r}
        self.resources = {r["name"]: r for r in package["resources"] if r["name"] in reading.tables}
        self._before = {name: table.cells for name, table in reading.tables.items()}
        self.tables = {name: _rows(cells) for name, cells in self._before.items()}

    def add(self, resource: dict) -> None:
        """Add an empty table, as the data package describes it."""
        name, columns = resource["name"], [column["name"] for column in resource["schema"]["fields"]]
        self.resources[name], self.tables[name] = resource, []
        self._before[name] = Cells(resource["path"], {column: [] for column in columns}, [])

    def key(self, table: str) -> list[str]:
        """Return the columns of a table's primary key."""
        named = self.resources[table]["schema"].get("primaryKey", [])
        return [named] if isinstance(named, str) else named

    def taken(self) -> set[str]:
        """Return every id that is in use or was: the first column of each key, and what was retired."""
        return {row[self.key(name)[0]] for name, rows in self.tables.items() if self.key(name) for row in rows}

    def line(self, table: str, row: Row) -> int:
        """Return the line of the file on which a row of a table stands."""
        return self._before[table].lines[next(at for at, one in enumerate(self.tables[table]) if one is row)]

    def problem(self, table: str, row: Row, column: str, rule: str) -> Problem:
        """Return a rule that a cell of a row breaks, with its place."""
        return Problem(self._before[table].file, self.line(table, row), column, row[column], rule)

    def follow(self, renamed: Callable[[str], str]) -> None:
        """Let every cell that has an id follow a change of ids.

        Parameters
        ----------
        renamed : callable
            Takes an id and returns what it is now; as :func:`follower` gives it.
        """
        for rows in self.tables.values():
            for row in rows:
                for column, cell in row.items():
                    if "-" in cell:
                        row[column] = _ID.sub(lambda match: renamed(match[0]), cell)

    def drop(self, table: str, column: str, gone: set[str]) -> int:
        """Take out the rows that have one of some values in a column; return how many rows went in all.

        A row of another table that names one of them goes as well, unless its column may be empty: then only the cell
        is emptied.
        """
        key = self.key(table)
        lost = {row[key[0]] for row in self.tables[table] if row[column] in gone} if len(key) == 1 else set()
        before = len(self.tables[table])
        self.tables[table] = [row for row in self.tables[table] if row[column] not in gone]
        went = before - len(self.tables[table])
        for name, leading, loose in self._leading_to(table) if lost else ():
            if loose:
                for row in self.tables[name]:
                    row[leading] = "" if row[leading] in lost else row[leading]
            else:
                went += self.drop(name, leading, lost)
        return went

    def _leading_to(self, table: str) -> list[tuple[str, str, bool]]:
        """Return the columns that lead to a table: their table, name, and whether they may be empty."""
        found = []
        for name, resource in self.resources.items():
            required = {f["name"] for f in resource["schema"]["fields"] if f.get("constraints", {}).get("required")}
            for foreign in resource["schema"].get("foreignKeys", []):
                column = foreign["fields"][0] if isinstance(foreign["fields"], list) else foreign["fields"]
                if foreign["reference"]["resource"] == table:
                    found.append((name, column, column not in required and column not in self.key(name)))
        return found

    def order(self) -> int:
        """Put the rows of every book's tables in one order and leave out those given twice; return how many those are.

        Texts stand as in ``sources``, the rows of each by their ids; so do the rows that are of no text.
        """
        at = {row["source_id"]: number for number, row in enumerate(self.tables["sources"])}
        again = 0
        for name, rows in self.tables.items():
            once = list({tuple(row.items()): row for row in rows}.values())
            again += len(rows) - len(once)
            if name in CONTRACT and name not in _UNORDERED:
                once.sort(key=partial(_place, key=self.key(name), texts=at))
            self.tables[name] = once
        return again

    def changes(self) -> dict[Path, bytes]:
        """Return every table file that is to be written anew, with its content."""
        made = {}
        for name, cells in self._before.items():
            if self.tables[name] != _rows(cells):
                columns = {column: [row[column] for row in self.tables[name]] for column in cells.columns}
                made[self.data / cells.file] = Cells(cells.file, columns, []).written()
        return made


def _rows(cells: Cells) -> list[Row]:
    return [dict(zip(cells.columns, row, strict=True)) for row in zip(*cells.columns.values(), strict=True)]


def _place(row: Row, key: list[str], texts: Mapping[str, int]) -> tuple:
    return texts.get(ids.text_of(row[key[0]]), len(texts)), [ids.place_in_order(row[column]) for column in key]


def follower(known: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that gives what an id is now, by what ids of claims, sentences and so on became.

    Rows on a claim, which have its id in theirs, go with it.

    Examples
    --------
    >>> now = follower({"alder-2030-c002": "alder-2030-c009"})
    >>> now("alder-2030-c002-e01"), now("alder-2030-c002"), now("alder-2030-c003")
    ('alder-2030-c009-e01', 'alder-2030-c009', 'alder-2030-c003')
    """

    def renamed(row_id: str) -> str:
        if row_id in known:
            return known[row_id]
        owner = ids.claim_of(row_id)
        return f"{known[owner]}{row_id[len(owner) :]}" if owner in known and ids.claim_named(owner) else row_id

    return renamed


def follow_words(words: str, renamed: Callable[[str], str]) -> str:
    """Return the words of a page or a program, every id in them followed by :func:`follower`."""
    return _ID.sub(lambda match: renamed(match[0]), words)


def of_text(rows: Iterable[Row], column: str, source_id: str) -> list[Row]:
    """Return the rows whose id in a column is that of a row of a text."""
    return [row for row in rows if ids.is_of(row[column], source_id)]

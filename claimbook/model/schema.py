"""What ``datapackage.json`` says of the tables, and the one reading of it: for loading and for validation alike.

Header, types, constraints and keys are checked here, on the distinct values of each column; rules between the tables
that a schema cannot say are those of :mod:`claimbook.validation`. The tests hold this reading against Frictionless.
"""

import datetime
import json
import math
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd

from claimbook.model import calendars, cells, span
from claimbook.model.cells import Cells
from claimbook.model.problems import Problem
from claimbook.model.span import Span

FILE = "datapackage.json"
"""The only schema, and the name of the data package."""

PLAIN = {
    "integer": (r"-?[0-9]{1,18}", "must be an integer in plain digits"),
    "number": (r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?", "must be a number in plain decimal notation"),
    "boolean": (r"true|false", "must be true or false"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "must be a date, YYYY-MM-DD"),
    "year": (r"[0-9]{4}", "must be a year, YYYY"),
}
"""The one way to write a value of each type that is not text; an integer fits 64 bits."""

BOOLEANS = {"TRUE": "true", "True": "true", "FALSE": "false", "False": "false"}
"""How spreadsheets and pandas write what is true or false."""

CELL_RULES = (
    (
        # Joiners are letters' own in Arabic and Indic scripts: without them a Persian word is misspelt.
        re.compile(
            r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
            r"|(?<![\u0600-\u109f])[\u200c\u200d]|\u200c(?![\u0600-\u109f])"
        ),
        "must not contain line breaks, control or invisible characters",
    ),
    (re.compile(r"^\s|\s\Z"), "must not begin or end with white space"),
    (
        re.compile(r"^[=+\-@\t\r](?![0-9]+(?:\.[0-9]+)?\Z)"),
        "must not begin like a spreadsheet formula (= + - @ tab return)",
    ),
)
"""What must hold of every cell of every table."""

_OF_TIME = f" (a bound in {FILE}; a book of other times sets another there)"
_Test = tuple[Callable[[set[str]], Iterable[str]], str]
_MARKS = re.compile(r"(?<=\d)[,' ](?=\d)", re.ASCII)
_BLANK = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BOUNDS = {
    "minimum": (operator.lt, "must be at least {}"),
    "maximum": (operator.gt, "must be at most {}"),
    "exclusiveMinimum": (operator.le, "must be more than {}"),
    "exclusiveMaximum": (operator.ge, "must be less than {}"),
}
_LENGTHS = {
    "minLength": (operator.lt, "must have at least {} characters"),
    "maxLength": (operator.gt, "must have at most {} characters"),
}
EDTF = "edtf"
"""Property of a column of text whose cells are dates in EDTF: an object, with bounds if the column has any."""

_CONSTRAINTS = {
    "string": {"required", "unique", "enum", "pattern", *_LENGTHS},
    "boolean": {"required", "unique", "enum"},
    **{kind: {"required", "unique", "enum", *_BOUNDS} for kind in ("integer", "number", "date", "year")},
}
"""Types that a column can have, each with the constraints that it knows."""


def read_package(directory: Path) -> tuple[dict | None, list[Problem]]:
    """Read ``datapackage.json``; a package that no table can be read by is refused with its problems."""

    def refuse(rule: str, row: int | None = None, column: str = "", value: object = ""):
        return None, [Problem(FILE, row, column, str(value), rule)]

    if not directory.is_dir():
        return None, [Problem(str(directory), None, "", "", "there is no such folder")]
    try:
        package = json.loads((directory / FILE).read_text(encoding="utf-8-sig"))
    except OSError as error:
        return refuse(f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return refuse(f"must be UTF-8: {error.reason} at byte {error.start}")
    except json.JSONDecodeError as error:
        return refuse(f"must be JSON: {error.msg}", error.lineno)
    except RecursionError:
        return refuse("must be JSON: nested too deeply")
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        return refuse("must be an object with a list of resources")
    names, paths = set(), set()
    for resource in resources:
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            return refuse("every resource must be an object with a name", column="resources")
        name, path = resource["name"], resource.get("path")
        if not isinstance(path, str) or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return refuse("path must name a file inside the data folder", column=name, value=path)
        if name in names or path in paths:
            return refuse("name and path of a resource must be unique", column=name, value=path)
        names.add(name)
        paths.add(path)
        schema = resource.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if (
            not isinstance(fields, list)
            or not fields
            or not all(
                isinstance(f, dict) and isinstance(f.get("name"), str) and isinstance(f.get("type"), str)
                for f in fields
            )
        ):
            return refuse("a resource needs a schema with fields, each with name and type", column=name)
        columns = [f["name"] for f in fields]
        if len(set(columns)) < len(columns):
            return refuse("names of fields must be unique", column=name)
    return package, []


class Column:
    """What the schema says of one column.

    Parameters
    ----------
    described : dict
        The field of the schema.

    Attributes
    ----------
    name, kind : str
        Its name and its type.
    required, unique : bool
        Whether a cell must be filled, and whether no value may stand in it twice.
    flaws : list of tuple of (str, object, str)
        What is wrong with the description itself: property, its value, the rule.
    """

    def __init__(self, described: dict):
        self.name, self.kind = described["name"], described["type"]
        self.required = self.unique = False
        self._edtf = EDTF in described
        self.flaws: list[tuple[str, object, str]] = []
        self._forms: list[_Test] = []
        self._limits: list[_Test] = []
        if self.kind not in _CONSTRAINTS:
            self.flaws.append(("type", self.kind, f"must be one of: {', '.join(_CONSTRAINTS)}"))
            return
        if described.get("format", "default") != "default":
            rule = "must be left out: there is one way to write a value of each type"
            self.flaws.append(("format", described["format"], rule))
        if self._edtf:
            self._date(described[EDTF])
        if self.kind in PLAIN:
            form, rule = PLAIN[self.kind]
            plain = re.compile(form).fullmatch
            self._forms.append((lambda values: [v for v in values if not plain(v)], rule))
            if self.kind == "date":
                self._forms.append((lambda values: [v for v in values if not is_day(v)], rule))
        constraints = described.get("constraints", {})
        if not isinstance(constraints, dict):
            self.flaws.append(("constraints", constraints, "must be an object"))
            return
        for name, limit in constraints.items():
            if name not in _CONSTRAINTS[self.kind]:
                rule = f"a column of type {self.kind} can have: {', '.join(sorted(_CONSTRAINTS[self.kind]))}"
            else:
                rule = self._constrain(name, limit)
            if rule:
                self.flaws.append((f"constraints.{name}", limit, rule))

    def _date(self, bounds: object) -> None:
        """Take in that cells are dates in EDTF, and the first and the last day that they may lie on."""
        self._forms.append((lambda values: [v for v in values if not _is_span(v)], span.RULE))
        rule = "must be an object, with a minimum, a maximum or neither, each a day; and the type must be string"
        ends = bounds.items() if isinstance(bounds, dict) else [("", "")]
        if self.kind != "string" or not all(name in ("minimum", "maximum") and is_day(day) for name, day in ends):
            self.flaws.append((EDTF, bounds, rule))
            return
        for name, day in ends:
            outside = _before if name == "minimum" else _after
            rule = _BOUNDS[name][1].format(day) + _OF_TIME
            self._limits.append(
                (lambda values, outside=outside, day=day: [v for v in values if outside(Span.read(v), day)], rule)
            )

    def _constrain(self, name: str, limit) -> str | None:
        """Take in a constraint, or say what its value must be."""
        if name in ("required", "unique"):
            setattr(self, name, limit is True)
            return None if isinstance(limit, bool) else "must be true or false"
        if name == "pattern":
            try:
                fits = re.compile(limit).fullmatch
            except (re.error, TypeError) as error:
                return f"must be a regular expression: {error}"
            self._limits.append((lambda values: [v for v in values if not fits(v)], f"must match the pattern {limit}"))
        elif name == "enum":
            words = list(map(_as_cell, limit)) if isinstance(limit, list) else []
            if not words or self.untyped(set(words)):
                return f"must be a list of values of type {self.kind}"
            allowed, value = {self.value(word) for word in words}, self.value
            rule = f"must be one of: {', '.join(words)}"
            if self.counts:
                self._limits.append((lambda values: [v for v in values if value(v) not in allowed], rule))
            else:
                self._limits.append((lambda values: values - allowed, rule))
        elif name in _LENGTHS:
            if type(limit) is not int:
                return "must be an integer"
            outside, rule = _LENGTHS[name]
            self._limits.append((lambda values: [v for v in values if outside(len(v), limit)], rule.format(limit)))
        else:
            word, value = _as_cell(limit), self.value
            if self.untyped({word}):
                return PLAIN[self.kind][1]
            outside, rule = _BOUNDS[name]
            bound, rule = value(word), rule.format(word) + (_OF_TIME if self.kind in ("date", "year") else "")
            self._limits.append((lambda values: [v for v in values if outside(value(v), bound)], rule))
        return None

    @property
    def dated(self) -> bool:
        """Whether its cells are dates."""
        return self.kind == "date" or self._edtf

    @property
    def counts(self) -> bool:
        """Whether one value can be written in several ways, as 1 and 01."""
        return self.kind in ("integer", "number", "year")

    def value(self, cell: str) -> str | int | float:
        """Return what a cell of the column's type says; two ways to write one value are equal."""
        return int(cell) if self.kind in ("integer", "year") else float(cell) if self.kind == "number" else cell

    def untyped(self, values: set[str]) -> dict[str, str]:
        """Return which of some values, none empty, are not of the column's type, each with the rule it breaks."""
        return _failing(self._forms, values)

    def outside(self, values: set[str]) -> dict[str, str]:
        """Return which of some values of the column's type break a constraint, each with the rule."""
        return _failing(self._limits, values)

    def takes(self, value: str) -> bool:
        """Tell whether the column would take a value."""
        return not (self.untyped({value}) or self.outside({value}))


def _failing(tests: list[_Test], values: set[str]) -> dict[str, str]:
    failing: dict[str, str] = {}
    for test, rule in tests:
        if odd := test(values):
            failing |= dict.fromkeys(odd, rule)
            values = values - failing.keys()
    return failing


def is_day(value: object) -> bool:
    """Tell whether a value of the descriptor or a cell is a day, YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def is_text(value: object) -> bool:
    """Tell whether a value is text that says something."""
    return isinstance(value, str) and value.strip() != ""


def _is_span(cell: str) -> bool:
    try:
        Span.read(cell)
    except ValueError:
        return False
    return True


def _before(span_: Span, day: str) -> bool:
    return bool(span_.first or span_.last) and (span_.first or span_.last) < day


def _after(span_: Span, day: str) -> bool:
    return bool(span_.first or span_.last) and (span_.last or span_.first) > day


def _as_cell(value: object) -> str:
    """Return a value of the descriptor as a cell would have it."""
    if isinstance(value, float) and math.isfinite(value):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass
class Table:
    """A table that could be read, with its description.

    Attributes
    ----------
    name : str
        Its name in the data package.
    schema : dict
        Its schema.
    columns : dict of str to Column
        What the schema says of each column.
    cells : Cells
        Its cells.
    unfit : dict of str to set of str
        By column that is not of text: values that it does not take.
    meant : dict of str to dict of str to str
        By column of text: refused values with what they would be if mended, so that nothing else is said for them.
    """

    name: str
    schema: dict
    columns: dict[str, Column]
    cells: Cells
    unfit: dict[str, set[str]] = field(default_factory=dict)
    meant: dict[str, dict[str, str]] = field(default_factory=dict)

    def frame(self) -> pd.DataFrame:
        """Return the table in the types of its schema, with the lines of the file as index.

        Empty cells, and what a column of another type than text does not take, are missing, or ``""`` among dates.
        """
        made = {}
        for name, column in self.columns.items():
            values, unfit = self._values(name), self.unfit.get(name)
            made[name] = _typed(column, ["" if v in unfit else v for v in values] if unfit else values)
        return pd.DataFrame(made, index=pd.Index(self.cells.lines), copy=False)

    @property
    def primary(self) -> list[str]:
        """The columns of the primary key; none where there is none."""
        return _primary(self.schema)

    def rows(self, names: list[str]) -> list[tuple[int, tuple[str, ...]]]:
        """Return the line and some cells of every row."""
        cells_of = zip(*(self.cells.columns[name] for name in names), strict=True)
        return list(zip(self.cells.lines, cells_of, strict=True))

    def keys(self, names: list[str]) -> list:
        """Return what some cells of each row say together: two ways to write one number are equal."""
        parts = [self._key(name) for name in names]
        return parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))

    def _values(self, name: str) -> list[str]:
        values, meant = self.cells.columns[name], self.meant.get(name)
        return [meant.get(v, v) for v in values] if meant else values

    def _key(self, name: str) -> list:
        column, values = self.columns[name], self._values(name)
        if not column.counts:
            return values
        distinct = set(values) - {""}
        said = {v: column.value(v) for v in distinct - column.untyped(distinct).keys()}
        return [said.get(v, v) for v in values]


@dataclass
class Reading:
    """The tables of a data folder as they were read, and what is wrong with them.

    Attributes
    ----------
    directory : pathlib.Path
        The data folder.
    package : dict or None
        The data package; None where no table can be read by it.
    malformed : list of Problem
        What is wrong with a table's description or with the form of its file, so that cells may stand elsewhere.
    broken : list of Problem
        What is wrong with cells and keys.
    files : dict of str to str
        The path of each table that was asked for.
    tables : dict of str to Table
        Each table that could be read.
    refused : set of tuple of (str, int, str)
        Cells of which a problem speaks: table, line, column.
    doubtful : set of tuple of (str, int)
        Rows with a value that the schema does not take, or with cells missing, table and line: what else would be
        said of them is a guess.
    """

    directory: Path
    package: dict | None = None
    malformed: list[Problem] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    refused: set[tuple[str, int, str]] = field(default_factory=set)
    doubtful: set[tuple[str, int]] = field(default_factory=set)

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong."""
        return self.malformed + self.broken

    def refuse(self, table: Table, line: int, names: list[str], row: tuple[str, ...], rule: str) -> None:
        """Add a problem, unless one speaks of the cell or of the whole row already."""
        places = {(table.name, line, name) for name in names}
        if line not in table.cells.ragged and self.refused.isdisjoint(places):
            self.refused |= places
            self.broken.append(Problem(table.cells.file, line, "+".join(names), " + ".join(row), rule))


def read_all(directory: Path | str) -> Reading:
    """Read a data folder: its data package, and every table of it."""
    directory = Path(directory)
    package, problems = read_package(directory)
    return Reading(directory, malformed=problems) if package is None else read(directory, package)


def read(directory: Path, package: dict, tables: Iterable[str] | None = None) -> Reading:
    """Read tables of a data folder and check all that the schema says of them.

    Parameters
    ----------
    directory : pathlib.Path
        The data folder.
    package : dict
        The data package, as :func:`read_package` gives it.
    tables : iterable of str, optional
        The tables that are wanted; default: every resource. Keys into a table that is not wanted are not looked up.
    """
    reading = Reading(directory, package)
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    for resource in package["resources"]:
        name = resource["name"]
        if tables is not None and name not in tables:
            continue
        reading.files[name] = resource["path"]
        columns = {f["name"]: Column(f) for f in resource["schema"]["fields"]}
        if flaws := list(_flaws(resource, columns, described)):
            reading.malformed += flaws
            continue
        made = cells.read(directory, resource["path"], described[name], reading.malformed)
        if made is not None:
            reading.tables[name] = table = Table(name, resource["schema"], columns, made)
            reading.doubtful |= {(name, line) for line in made.ragged}
            for column in columns.values():
                _check_cells(reading, table, column)
    for table in reading.tables.values():
        _check_unique(reading, table)
        _check_foreign(reading, table)
    return reading


def _flaws(resource: dict, columns: dict[str, Column], described: dict[str, list[str]]) -> Iterable[Problem]:
    """Yield what is wrong with the description of a table, beyond what :func:`read_package` refuses."""
    name, schema = resource["name"], resource["schema"]

    def flaw(place: str, value: object, rule: str) -> Problem:
        return Problem(FILE, None, f"{name}.{place}", _as_cell(value), rule)

    for column in columns.values():
        for place, value, rule in column.flaws:
            yield flaw(f"{column.name}.{place}", value, rule)
    for place, value, only, rule in (
        ("encoding", resource.get("encoding", "utf-8"), "utf-8", "must be utf-8"),
        ("dialect", resource.get("dialect", {}), {}, "must be left out: cells are separated by commas"),
        ("missingValues", schema.get("missingValues", [""]), [""], 'must be [""]: what is not known stays empty'),
    ):
        if value != only:
            yield flaw(place, value, rule)
    own, of_this = described[name], "must be columns of the table"
    for place, names in (("primaryKey", _primary(schema)), *(("uniqueKeys", key) for key in _unique(schema))):
        if not _known(names, own):
            yield flaw(place, names, of_this)
    for names, target, targets in foreign_keys(schema, name):
        if not _known(names, own):
            yield flaw("foreignKeys", names, of_this)
        elif not isinstance(target, str) or target not in described:
            yield flaw("foreignKeys", target, "must lead to a table of the data package")
        elif len(targets) != len(names) or not _known(targets, described[target]):
            yield flaw("foreignKeys", targets, f"must be as many columns of {target}")


def _listed(names: object) -> list:
    return names if isinstance(names, list) else [names]


def _known(names: list, columns: list[str]) -> bool:
    return all(name in columns for name in names)


def _primary(schema: dict) -> list:
    """Return the columns of the primary key; none where there is none."""
    return _listed(schema.get("primaryKey", []))


def _unique(schema: dict) -> list[list]:
    """Return the columns of each other key."""
    return [_listed(key) for key in _listed(schema.get("uniqueKeys", []))]


def foreign_keys(schema: dict, own: str) -> list[tuple[list, object, list]]:
    """Return the columns of each foreign key, the table that it leads to, and the columns there, as it says."""
    keys = []
    for key in _listed(schema.get("foreignKeys", [])):
        key = key if isinstance(key, dict) else {}
        reference = key.get("reference") if isinstance(key.get("reference"), dict) else {"fields": None}
        keys.append((_listed(key.get("fields")), reference.get("resource") or own, _listed(reference.get("fields"))))
    return keys


def _check_cells(reading: Reading, table: Table, column: Column) -> None:
    """Check a column by its distinct values: what holds of a value holds of every cell that has it."""
    values = table.cells.columns[column.name]
    distinct = set(values)
    if column.kind == "boolean" and not distinct.isdisjoint(BOOLEANS):
        values = table.cells.columns[column.name] = [BOOLEANS.get(value, value) for value in values]
        distinct = set(values)
    if column.required and "" in distinct and [column.name] != _primary(table.schema):
        for line, cell in table.rows([column.name]):
            if cell == ("",):
                reading.refuse(table, line, [column.name], cell, "must not be empty")
    distinct.discard("")
    untyped = column.untyped(distinct)
    unfit = untyped | column.outside(distinct - untyped.keys())
    if unfit and column.kind != "string":
        table.unfit[column.name] = set(unfit)
    odd = _odd(distinct)
    if not unfit and not odd:
        return
    rules = {v: _told(table, column, v, rule, column.takes) for v, rule in unfit.items()} | odd
    if column.kind == "string":
        table.meant.setdefault(column.name, {}).update({v: v.strip() for v in odd if v != v.strip()})
    for line, cell in table.rows([column.name]):
        if cell[0] in rules:
            reading.refuse(table, line, [column.name], cell, rules[cell[0]])
        if cell[0] in unfit:
            reading.doubtful.add((table.name, line))


def _odd(values: set[str]) -> dict[str, str]:
    """Return which of some values, none empty, break a rule of :data:`CELL_RULES`, each with the rule."""
    first, last = set(map(itemgetter(0), values)), set(map(itemgetter(-1), values))
    if all(map(str.isprintable, values)) and not any(c.isspace() for c in first | last) and first.isdisjoint("=+-@"):
        return {}
    broken = ((v, next((rule for form, rule in CELL_RULES if form.search(v)), "")) for v in values)
    return {v: rule for v, rule in broken if rule}


def _check_unique(reading: Reading, table: Table) -> None:
    primary = _primary(table.schema)
    if primary and all("" in table.cells.columns[name] for name in primary):
        for line, row in table.rows(primary):
            if not any(row):
                reading.refuse(table, line, primary, row, "the key must not be empty")
    wanted = [(primary, "the key must be unique")] if primary else []
    wanted += [([name], "must be unique") for name, column in table.columns.items() if column.unique]
    wanted += [(names, "must be unique together") for names in _unique(table.schema)]
    for names, rule in wanted:
        keys = table.keys(names)
        if len(set(keys)) == len(keys):
            continue
        first: dict = {}
        for (line, row), key in zip(table.rows(names), keys, strict=True):
            if any(row) and first.setdefault(key, line) != line:
                reading.refuse(table, line, names, row, f"{rule} and is also in row {first[key]}")


def _check_foreign(reading: Reading, table: Table) -> None:
    for names, target, targets in foreign_keys(table.schema, table.name):
        if target not in reading.tables:
            continue
        keys, known = table.keys(names), set(reading.tables[target].keys(targets))
        missing = set(keys) - known
        rule = f"must be found in {target}.{'+'.join(targets)}"
        for (line, row), key in zip(table.rows(names), keys, strict=True) if missing else ():
            if key in missing and any(row):
                column, told = table.columns[names[0]], rule
                if len(names) == 1:
                    told = _told(table, column, row[0], rule, known.__contains__)
                reading.refuse(table, line, names, row, told)
                reading.doubtful.add((table.name, line))


def _told(table: Table, column: Column, value: str, rule: str, takes: Callable[[str], bool]) -> str:
    """Return the rule that a value breaks, with what would mend it where that is plain to see."""
    for changed, said in (
        (_BLANK.sub(" ", value), "it holds a blank of another kind, such as a non-breaking one: type it anew"),
        (_BLANK.sub("", value), "it holds a blank of another kind, such as a non-breaking one: delete it"),
        (value.strip(), "delete the blank"),
        (value.strip(cells.QUOTES), "write it without quotation marks of its own"),
        (_MARKS.sub("", value), "write a decimal with a point, and no marks between thousands"),
        (value.lower(), "write it in small letters"),
        (value.upper(), "write it in capital letters"),
        (calendars.plain(value), "write it with the digits 0 to 9"),
        (date := calendars.meant(value), f"in the Gregorian calendar, which tables have, it is {date}"),
    ):
        if changed not in ("", value) and takes(changed):
            if column.kind == "string":
                table.meant.setdefault(column.name, {})[value] = changed
            return f"{rule}; {said}"
    return rule + (calendars.guess(value, takes) if column.dated else "")


def _typed(column: Column, values: list[str]):
    """Return cells, each of its column's type or empty, as an array of the dtype that the ledger has for it."""
    if column.kind == "boolean":
        return pd.arrays.BooleanArray(*_masked(values, bool, "true".__eq__))
    if column.kind == "number":
        return pd.arrays.FloatingArray(*_masked(values, np.float64, float))
    if column.counts:
        return pd.arrays.IntegerArray(*_masked(values, np.int64, int))
    return cells.text(values)


def _masked(values: list[str], dtype: type, said: Callable[[str], object]) -> tuple[np.ndarray, np.ndarray]:
    filled = map(said, [value or "0" for value in values])
    return np.fromiter(filled, dtype, len(values)), np.array([not value for value in values], bool)

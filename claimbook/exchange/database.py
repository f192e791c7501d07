"""The tables as one SQLite database, with the types, the keys and the allowed values of the data package."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd

from claimbook.exchange.terms import addressed, titled
from claimbook.model.records import read_records

FILE = "ledger.sqlite"

TYPES = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""SQLite type of each Table Schema type; every other one is TEXT, dates as ISO 8601."""

CHECKS = {
    "minimum": "{column} >= {limit}",
    "maximum": "{column} <= {limit}",
    "exclusiveMinimum": "{column} > {limit}",
    "exclusiveMaximum": "{column} < {limit}",
    "minLength": "length({column}) >= {limit}",
    "maxLength": "length({column}) <= {limit}",
}
"""What a constraint of the schema is in SQL. A pattern has no counterpart: SQLite brings no regular expressions."""

ABOUT = """\
CREATE TABLE about_tables (
  "table" TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, terms TEXT NOT NULL, sources TEXT
);
CREATE TABLE about_columns (
  "table" TEXT REFERENCES about_tables, "column" TEXT, type TEXT NOT NULL, description TEXT NOT NULL,
  PRIMARY KEY ("table", "column")
);
CREATE TABLE about_traps (
  "table" TEXT REFERENCES about_tables, number INTEGER, trap TEXT NOT NULL, PRIMARY KEY ("table", number)
);
"""
"""The data dictionary inside, since the file may be passed on alone: what a table is, its terms, its traps."""


def write(package: dict, folder: Path) -> None:
    """Write the tables of a data package as a database beside them.

    The same tables give the same bytes, whatever version of SQLite writes them.

    Parameters
    ----------
    package : dict
        The data package.
    folder : pathlib.Path
        Where its tables lie; the database, :data:`FILE`, must not be there.
    """
    path = folder / FILE
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # A table may refer to one that comes later.
        for pragma in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "foreign_keys = OFF"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        for statement in ABOUT.split(";\n")[:-1]:
            database.execute(statement)
        for resource in package["resources"]:
            database.execute(table(resource))
            fields = resource["schema"]["fields"]
            frame = read_records(folder / resource["path"], types={f["name"]: f["type"] for f in fields})
            _insert(database, resource["name"], zip(*(_values(frame[f["name"]]) for f in fields), strict=True))
            terms = "; ".join(addressed(licence) for licence in resource["licenses"])
            sources = "; ".join(addressed(source) for source in resource.get("sources", []))
            about = (resource["name"], titled(resource), resource["description"], terms, sources or None)
            _insert(database, "about_tables", [about])
            columns = [(resource["name"], f["name"], f["type"], f.get("description", "")) for f in fields]
            _insert(database, "about_columns", columns)
            traps = [(resource["name"], number, trap) for number, trap in enumerate(resource.get("traps", []), 1)]
            _insert(database, "about_traps", traps)
        database.execute("COMMIT")
        database.execute("VACUUM")
    with path.open("r+b") as handle:
        # SQLite notes here which version of it wrote last, and reads the file all the same.
        handle.seek(96)
        handle.write(bytes(4))


def table(resource: dict) -> str:
    """Return the statement that creates the table of a resource.

    Examples
    --------
    >>> key = {"name": "id", "type": "string", "constraints": {"required": True}}
    >>> schema = {"fields": [key, {"name": "own", "type": "boolean"}], "primaryKey": ["id"]}
    >>> print(table({"name": "things", "schema": schema}))
    CREATE TABLE "things" (
      "id" TEXT NOT NULL,
      "own" INTEGER CHECK ("own" IN (0, 1)),
      PRIMARY KEY ("id")
    )
    """
    schema = resource["schema"]
    lines = [_column(field) for field in schema["fields"]]
    if key := schema.get("primaryKey"):
        lines.append(f"PRIMARY KEY ({_names(key)})")
    for foreign in schema.get("foreignKeys", []):
        # An empty name is the table itself.
        target = foreign["reference"]["resource"] or resource["name"]
        there = f"{_name(target)} ({_names(foreign['reference']['fields'])})"
        lines.append(f"FOREIGN KEY ({_names(foreign['fields'])}) REFERENCES {there}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_name(resource['name'])} (\n  {body}\n)"


def _column(field: dict) -> str:
    column, kind, rules = _name(field["name"]), field["type"], field.get("constraints", {})
    checks = []
    if kind == "boolean":
        checks.append(f"{column} IN (0, 1)")
    if kind == "date":
        checks.append(f"{column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'")
    if "enum" in rules and kind != "boolean":
        checks.append(f"{column} IN ({', '.join(map(_literal, rules['enum']))})")
    checks += [
        form.format(column=column, limit=_literal(rules[name])) for name, form in CHECKS.items() if name in rules
    ]
    parts = [column, TYPES.get(kind, "TEXT")]
    parts += ["NOT NULL"] if rules.get("required") else []
    parts += ["UNIQUE"] if rules.get("unique") else []
    parts += [f"CHECK ({' AND '.join(checks)})"] if checks else []
    return " ".join(parts)


def _values(column: pd.Series) -> list:
    """Return cells as SQLite takes them; what is empty is NULL."""
    missing = column.isna() | column.eq("")
    return [None if gone else value for value, gone in zip(column.tolist(), missing, strict=True)]


def _insert(database: sqlite3.Connection, name: str, rows) -> None:
    rows = list(rows)
    if rows:
        database.executemany(f"INSERT INTO {_name(name)} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _name(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _names(names: list[str] | str) -> str:
    return ", ".join(map(_name, [names] if isinstance(names, str) else names))


def _literal(value: object) -> str:
    return "'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value)

"""Bringing a ledger of the first edition over to the second: its columns, tables and words, in one change of all files.

What is new is described once, in ``ledger-2.json`` beside this module. Nothing that was coded is changed, except that
the verdict once called unverifiable has another name. What a 1.x ledger cannot know stands as it was meant there: each
origin is its own owner, nobody is accused, and who held a claim true in part affirmed that part. What the new rules
find in old rows goes into ``debts.csv``, so that the ledger is valid at once, and is mended row by row.
"""

import copy
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from claimbook.authoring import transaction
from claimbook.model import schema
from claimbook.model.cells import Cells
from claimbook.model.ledger import BESIDE, folder_of
from claimbook.model.problems import LedgerError, Problem
from claimbook.validation import validate

EDITION = 2
"""The edition that a ledger is brought to: the number before the first point of its version."""

_Row = dict[str, str]

_FILL: dict[tuple[str, str], Callable[[_Row], str]] = {
    ("origins", "owner"): lambda row: row["origin"],
    ("evidence", "affirms"): lambda row: "true" if row["stance"] == "qualifies" else "",
}
"""What a cell of a new column is, where it is not empty."""


@dataclass
class Migration:
    """What a migration changes.

    Attributes
    ----------
    changes : dict of pathlib.Path to bytes
        The new content of each file that changes or is new; empty where the ledger is of this edition already.
    done : list of str
        What is done, a line each.
    debts : int
        How many rows break a rule that came after them.
    """

    changes: dict[Path, bytes] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    debts: int = 0


def migrate(data: Path) -> Migration:
    """Bring the ledger in `data` to the second edition; one that is of it already stays as it is.

    Raises
    ------
    OSError
        If a file cannot be read or written; then none is changed.
    LedgerError
        If the ledger is not sound as it stands; it lists every problem, and nothing is written.
    """
    with transaction.locked(data):
        planned = plan(data)
        if planned.changes:
            transaction.apply(data, planned.changes)
    return planned


def plan(data: Path) -> Migration:
    """Work out what :func:`migrate` would change, without changing it; errors as there."""
    reading = schema.read_all(data)
    if reading.package is None or reading.problems:
        raise LedgerError(f"{data}: nothing is migrated, because of what is wrong already:", reading.problems)
    if edition(reading.package) >= EDITION:
        return Migration()
    new = json.loads(resources.files(__package__).joinpath("ledger-2.json").read_text(encoding="utf-8"))
    package, made = copy.deepcopy(reading.package), Migration()
    tables = {name: _rows(table) for name, table in reading.tables.items()}
    described = {resource["name"]: resource for resource in package["resources"]}
    if lacking := [table for table in dict.fromkeys(c["table"] for c in new["columns"]) if table not in described]:
        problems = [Problem(schema.FILE, None, "resources", name, "a ledger has this table") for name in lacking]
        raise LedgerError(f"{data}: nothing is migrated, because this is no ledger:", problems)

    changed: set[str] = set()
    for column in new["columns"]:
        if _add_column(described[column["table"]], column, tables):
            changed.add(column["table"])
            made.done.append(f"{column['table']}.{column['field']['name']}: new")
    for table in new["tables"]:
        if table["resource"]["name"] not in described:
            _insert(package["resources"], table["resource"], table["after"])
            described[table["resource"]["name"]] = table["resource"]
            tables[table["resource"]["name"]] = []
            changed.add(table["resource"]["name"])
            made.done.append(f"{table['resource']['path']}: new")
    for words in new["words"]:
        _describe(described[words["table"]], words)
    for old, word in new["renamed"].items():
        for name in _rename(described, tables, old, word):
            changed.add(name)
            made.done.append(f"{name}: {old} is {word}")
    made.done.append(f"version: {package.get('version', 'none')} is {new['version']}")
    package["version"] = new["version"]

    made.changes = {data / described[name]["path"]: _written(described[name], tables[name]) for name in sorted(changed)}
    made.changes[data / schema.FILE] = f"{json.dumps(package, indent=2, ensure_ascii=False)}\n".encode()
    owed = _owed(data, made.changes)
    made.debts = len(owed)
    rows = [dict(zip(("rule", "table", "row"), debt, strict=True)) for debt in owed]
    made.changes[data / described["debts"]["path"]] = _written(described["debts"], rows)
    return made


def edition(package: dict) -> int:
    """Return the edition of a ledger: the number before the first point of its version; 1 where that says nothing."""
    number = str(package.get("version", "")).split(".")[0]
    return max(1, int(number)) if number.isdecimal() else 1


def _rows(table: schema.Table) -> list[_Row]:
    columns = table.cells.columns
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _add_column(resource: dict, column: dict, tables: dict[str, list[_Row]]) -> bool:
    """Add a column to the description of a table and to its rows; tell whether it was not there."""
    name = column["field"]["name"]
    if any(described["name"] == name for described in resource["schema"]["fields"]):
        return False
    _insert(resource["schema"]["fields"], column["field"], column["after"])
    fill = _FILL.get((resource["name"], name), lambda row: "")
    for row in tables[resource["name"]]:
        row[name] = fill(row)
    return True


def _insert(named: list[dict], new: dict, after: str) -> None:
    place = next((n for n, one in enumerate(named, 1) if one["name"] == after), len(named))
    named.insert(place, new)


def _describe(resource: dict, words: dict) -> None:
    for described in resource["schema"]["fields"]:
        if described["name"] == words["column"]:
            described["description"] = words["description"]
            if "enum" in words:
                described["constraints"] = described.get("constraints", {}) | {"enum": words["enum"]}


def _rename(described: dict[str, dict], tables: dict[str, list[_Row]], old: str, word: str) -> list[str]:
    """Rename a value in every column that lists it, and in its cells; return the tables."""
    renamed = []
    for name, resource in described.items():
        for column in resource["schema"]["fields"]:
            values = column.get("constraints", {}).get("enum", [])
            if old in values:
                values[values.index(old)] = word
                for row in tables[name]:
                    row[column["name"]] = word if row[column["name"]] == old else row[column["name"]]
                renamed.append(name)
    return renamed


def _written(resource: dict, rows: list[_Row]) -> bytes:
    columns = [described["name"] for described in resource["schema"]["fields"]]
    cells = {column: [row[column] for row in rows] for column in columns}
    return Cells(resource["path"], cells, range(2, len(rows) + 2)).written()


def _owed(data: Path, changes: dict[Path, bytes]) -> list[tuple[str, str, str]]:
    """Return what the new rules find in the ledger as it would be; what else is wrong with it is raised."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "data"
        for path in data.rglob("*"):
            if path.is_file() and path not in changes:
                there = copied / path.relative_to(data)
                there.parent.mkdir(parents=True, exist_ok=True)
                there.symlink_to(path.resolve())
        for path, content in changes.items():
            there = copied / path.relative_to(data)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(content)
        for name in BESIDE:
            own = folder_of(data, name)
            if own.is_dir() and not (copied / name).exists():
                (copied.parent / name).symlink_to(own.resolve(), target_is_directory=True)
        owed: list[tuple[str, str, str]] = []
        if problems := validate(copied, owed=owed):
            raise LedgerError(f"{data}: nothing is migrated, because of what is wrong already:", problems)
    return sorted(set(owed))

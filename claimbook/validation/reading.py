"""Reading the data package, its tables and the bibliography as they stand, cell by cell."""

import csv
import io
import json
from pathlib import Path, PurePosixPath

import pandas as pd

from claimbook import references
from claimbook.validation.problems import SCHEMA, Inspection, Problem


def read_package(directory: Path) -> tuple[dict | None, list[Problem]]:
    """Read ``datapackage.json``; a package that no table can be read by is refused with its problem."""

    def refuse(rule: str, row: int | None = None, column: str = "", value: object = ""):
        return None, [Problem(SCHEMA, row, column, str(value), rule)]

    if not directory.is_dir():
        return None, [Problem(str(directory), None, "", "", "there is no such folder")]
    try:
        package = json.loads((directory / SCHEMA).read_text(encoding="utf-8"))
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
        if not isinstance(fields, list) or not all(
            isinstance(f, dict) and isinstance(f.get("name"), str) and isinstance(f.get("type"), str) for f in fields
        ):
            return refuse("a resource needs a schema with fields, each with name and type", column=name)
        columns = [f["name"] for f in fields]
        if len(set(columns)) < len(columns):
            return refuse("names of fields must be unique", column=name)
    return package, []


def read_table(directory: Path, resource: dict, found: Inspection) -> None:
    """Read the cells of one table as they stand; a table with no usable header is left out."""
    table, file = resource["name"], resource["path"]
    found.files[table] = file
    columns = [f["name"] for f in resource["schema"]["fields"]]
    text = _read_utf8(directory, file, found)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, rows, begins = [], [], 1
    try:
        header = next(reader, None)
        if not _header_fits(file, header, columns, found):
            return
        begins = reader.line_num + 1
        for row in reader:
            if len(row) != len(columns):
                found.ragged.add((file, begins))
                rule = f"the row must have {len(columns)} cells and has {len(row)}"
                found.ragged_problems.add(Problem(file, begins, "", "", rule))
            elif row == columns:
                found.add(file, begins, "", "", "the header is given twice")
            lines.append(begins)
            rows.append((row + [""] * len(columns))[: len(columns)])
            begins = reader.line_num + 1
    except csv.Error as error:
        found.add(file, begins, "", "", f"must be CSV: {error}")
        return
    found.cells[table] = pd.DataFrame(rows, columns=columns, index=lines, dtype="str")


def _read_utf8(directory: Path, file: str, found: Inspection) -> str | None:
    try:
        raw = (directory / file).read_bytes()
    except FileNotFoundError:
        found.add(file, None, "", "", "the file is missing")
        return None
    except OSError as error:
        found.add(file, None, "", "", f"cannot be read: {error.strerror}")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found.add(file, line, "", raw[error.start : error.end], "must be UTF-8; save it as UTF-8")
        return None
    for character, name, hint in (
        ("\0", "a NUL character", ""),
        ("\ufeff", "a byte order mark", "; save it as UTF-8 without one, which Excel cannot: use another editor"),
    ):
        if character in text:
            line = text.count("\n", 0, text.index(character)) + 1
            found.add(file, line, "", "", f"must not contain {name}{hint}")
            return None
    return text


def _header_fits(file: str, header: list[str] | None, columns: list[str], found: Inspection) -> bool:
    if header == columns:
        return True
    if not header:
        found.add(file, 1, "", "", "the header is missing")
        return False
    if len(header) == 1 and (separator := next((s for s in ";\t" if header == [s.join(columns)]), None)):
        found.add(file, 1, "", repr(separator), "cells must be separated by commas; save it as comma-separated CSV")
        return False
    for name in columns:
        if name not in header:
            found.add(file, 1, name, "", "the column is missing")
    for name in dict.fromkeys(header):
        if name not in columns:
            found.add(file, 1, name, name, f"{SCHEMA} describes no such column")
        elif header.count(name) > 1:
            found.add(file, 1, name, name, "the column is given twice")
    if sorted(header) == sorted(columns):
        found.add(file, 1, "", ",".join(header), f"columns must stand in the order of {SCHEMA}")
    return False


def undescribed(directory: Path, package: dict, found: Inspection) -> None:
    """Check that the data package describes every table in the folder."""
    described = {PurePosixPath(r["path"]).as_posix() for r in package["resources"]}
    for path in directory.rglob("*"):
        file = path.relative_to(directory).as_posix()
        if path.suffix.lower() == ".csv" and file not in described:
            found.add(file, None, "", "", f"{SCHEMA} does not describe this file")


def bibliography(directory: Path, found: Inspection) -> dict[str, dict[str, str]] | None:
    """Read ``references.bib`` and note its flaws."""
    text = _read_utf8(directory, references.FILE, found)
    if text is None:
        return None
    entries, flaws = references.parse(text)
    for flaw in flaws:
        found.add(references.FILE, flaw.line, flaw.field, flaw.value, flaw.rule)
    return entries

"""What the schema can say: types, constraints and keys by Frictionless, the contract, and rules on every cell."""

import re

import pandas as pd
from frictionless import FrictionlessException, Package

from claimbook.records import DTYPES
from claimbook.validation.problems import SCHEMA, Inspection

CONTRACT = {
    "sources": "source_id title title_basis outlet outlet_basis author author_basis voice url url_basis sha256"
    " published_earliest:date published_latest:date characters:integer",
    "sentences": "sentence_id source_id paragraph:integer sentence:integer start:integer end:integer sha256 role",
    "claims": "claim_id sentence_id start:integer end:integer statement quote layer kind subject object hedge weight"
    " checkable:boolean not_checkable_reason chain_id",
    "claim_links": "claim_id related_claim_id type",
    "chains": "chain_id hop:integer actor_id",
    "actors": "actor_id kind iso3 living:boolean",
    "mentions": "mention_id sentence_id start:integer end:integer actor_id as_written epithet",
    "quantities": "quantity_id value:number low:number high:number bound dimension currency price_year:year stage"
    " supplier period_start:date period_end:date arms_deal:boolean",
    "quantity_claims": "quantity_id claim_id wording",
    "quantity_recipients": "quantity_id actor_id",
    "events": "event_id date_start:date date_end:date date_precision date_basis evidence_id reference place",
    "event_claims": "event_id claim_id told_start:date told_end:date date_words",
    "event_actors": "event_id actor_id role",
    "number_exceptions": "exception_id sentence_id start:integer end:integer",
    "evidence": "evidence_id claim_id stance check check_args reference locator finding origin reliability"
    " primary:boolean interested:boolean read_as fact_public_from:date version_released:date",
    "searches": "search_id claim_id side looked_for where result date:date",
    "origins": "origin name kind note",
    "lineage": "telling_id date:date date_end:date amount:integer bound currency wording period_start:date"
    " period_end:date period_words stage stage_words credited_to names_telling inferred_from inference_reason"
    " quantity_id reference read_as",
    "lineage_buyers": "telling_id place:integer buyer buyer_group",
    "lineage_searches": "search_id about looked_for where result date:date",
    "outcomes": "event_id claim_id status known_on:date reference outcome",
    "shared_wording": "sentence_id start:integer end:integer words:integer reference published:date speech:boolean",
    "corrections": "correction_id date:date claim_id raised_by was now reason",
    "yardsticks": "yardstick_id counts amount:number bound unit currency price_year:year spread period_start:date"
    " period_end:date finding covers_nonstate reference read_as",
}
"""Columns that the rules below, and the book, cannot do without; a column with no type is a string."""

PLAIN = {
    "integer": (r"-?[0-9]{1,15}", "must be an integer in plain digits"),
    "number": (r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", "must be a number in plain decimal notation"),
    "boolean": (r"true|false", "must be true or false"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "must be a date, YYYY-MM-DD"),
    "year": (r"[0-9]{4}", "must be a year, YYYY"),
}
"""The one way to write a value of each type: Frictionless also takes '1_000', 'NaN', 'TRUE' and 2001-9-1."""

CONSTRAINTS = {
    "required": "must not be empty",
    "enum": "must be one of: {}",
    "pattern": "must match the pattern {}",
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "maxLength": "must have at most {} characters",
}

CELL_RULES = (
    (
        re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"),
        "must not contain line breaks, control or invisible characters",
    ),
    (re.compile(r"^\s|\s\Z"), "must not begin or end with white space"),
    (
        re.compile(r"^[=+\-@\t\r](?![0-9]+(?:\.[0-9]+)?\Z)"),
        "must not begin like a spreadsheet formula (= + - @ tab return)",
    ),
)


def typed(cells: pd.DataFrame, resource: dict) -> pd.DataFrame:
    """Return `cells` in the dtypes of :mod:`claimbook.ledger`; what is not of its type counts as empty."""
    frame = cells.copy()
    for column in resource["schema"]["fields"]:
        name, kind = column["name"], column["type"]
        if kind not in PLAIN:
            continue
        plain = cells[name].where(cells[name].str.fullmatch(PLAIN[kind][0]))
        if kind == "date":
            real = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce").notna()
            frame[name] = plain.where(real).fillna("")
        elif kind == "boolean":
            frame[name] = plain.map({"true": True, "false": False}).astype("boolean")
        else:
            frame[name] = pd.to_numeric(plain).astype(DTYPES[kind])
    return frame


class _Rows(list):
    """The rows of a table, which Frictionless copies deeply several times over and never changes."""

    def __deepcopy__(self, memo):
        return self


def _descriptor(resource: dict, cells: pd.DataFrame, columns: set[str] | None = None) -> dict:
    """Describe a table, or some of its columns, to Frictionless, with its rows inline: it opens no file."""
    schema = dict(resource["schema"])
    # It copies and checks the schema many times over, and most of that is prose.
    schema["fields"] = [{k: v for k, v in f.items() if k != "description"} for f in schema["fields"]]
    if columns is not None:
        schema = {k: v for k, v in schema.items() if k not in ("primaryKey", "foreignKeys")}
        schema["fields"] = [field for field in schema["fields"] if field["name"] in columns]
        cells = cells[[field["name"] for field in schema["fields"]]]
    return {"name": resource["name"], "data": _Rows([list(cells), *cells.values.tolist()]), "schema": schema}


def _keys(resource: dict) -> list:
    keys = resource["schema"].get("foreignKeys")
    return keys if isinstance(keys, list) else []


def _target(key: object) -> tuple[str, set[str]]:
    """Return the table and the columns that a foreign key leads to, as far as it says so."""
    reference = key.get("reference") if isinstance(key, dict) else None
    table, columns = (reference.get("resource"), reference.get("fields")) if isinstance(reference, dict) else ("", [])
    columns = [columns] if isinstance(columns, str) else columns
    return str(table), set(map(str, columns)) if isinstance(columns, list) else set()


def _tables(resource: dict, resources: dict[str, dict], found: Inspection) -> list[dict]:
    """Describe a table and, of each table that its keys lead to, the columns they ask for: Frictionless reads them."""
    table, asked = _descriptor(resource, found.cells[resource["name"]]), {}
    if keys := _keys(resource):
        # Frictionless would give up on a key into a table that could not be read.
        unreadable = set(found.files) - set(found.cells)
        table["schema"]["foreignKeys"] = keys = [key for key in keys if _target(key)[0] not in unreadable]
    for name, columns in map(_target, keys):
        if name in resources and name != resource["name"]:
            asked.setdefault(name, set()).update(columns)
    return [table, *(_descriptor(resources[name], found.cells[name], columns) for name, columns in asked.items())]


def table_errors(tables: list[dict]) -> list:
    """Return the errors that Frictionless finds in the first of some described tables.

    Raises
    ------
    frictionless.FrictionlessException, re.error
        If the description itself is wrong.
    """
    package = Package.from_descriptor({"name": "ledger", "resources": tables})
    # Without a limit of its own Frictionless would stop at the thousandth error of a table.
    report = package.validate(name=tables[0]["name"], limit_errors=10**12)
    return report.tasks[0].errors


def schema_rules(package: dict, found: Inspection) -> None:
    """Check every table against its schema, and every typed value against the one way to write it."""
    resources = [r for r in package["resources"] if r["name"] in found.cells]
    readable = {r["name"]: r for r in resources}
    for resource in resources:
        lines = found.cells[resource["name"]].index
        try:
            errors = table_errors(_tables(resource, readable, found))
        except (FrictionlessException, re.error) as error:
            for reason in getattr(error, "reasons", None) or [getattr(error, "error", error)]:
                said = getattr(reason, "message", reason)
                found.add(SCHEMA, None, "resources", "", f"must be a data package: {said}")
            continue
        for error in errors:
            _schema_problem(resource, error, lines, found)
    for resource in resources:
        cells = found.cells[resource["name"]]
        for column in resource["schema"]["fields"]:
            if column["type"] in PLAIN:
                form, rule = PLAIN[column["type"]]
                values = cells[column["name"]]
                odd = (values != "") & ~values.str.fullmatch(form)
                found.flag(resource["name"], odd, column["name"], rule)


def _schema_problem(resource: dict, error, lines: pd.Index, found: Inspection) -> None:
    file, schema = resource["path"], resource["schema"]
    fields = {f["name"]: f for f in schema["fields"]}
    if not hasattr(error, "row_number"):
        found.add(file, None, "", "", f"{error.title}: {error.note}")
        return
    line = int(lines[error.row_number - 2])
    cells = dict(zip(fields, error.cells, strict=False))

    def add(columns: list[str], rule: str) -> None:
        found.add(file, line, "+".join(columns), " + ".join(cells[c] for c in columns), rule)

    def earlier() -> int:
        return int(lines[int(re.findall(r"\d+", error.note)[-1]) - 2])

    if error.type == "type-error":
        kind = fields[error.field_name]["type"]
        add([error.field_name], PLAIN[kind][1] if kind in PLAIN else f"must be of type {kind}")
    elif error.type == "constraint-error":
        name = error.note.split('"')[1]
        limit = fields[error.field_name]["constraints"][name]
        limit = ", ".join(map(str, limit)) if isinstance(limit, list) else limit
        add([error.field_name], CONSTRAINTS.get(name, f"must obey {name} {{}}").format(limit))
    elif error.type == "unique-error":
        add([error.field_name], f"must be unique and is also in row {earlier()}")
    elif error.type == "primary-key":
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        empty = not any(cells[column] for column in key)
        add(key, "the key must not be empty" if empty else f"the key must be unique and is also in row {earlier()}")
    elif error.type == "foreign-key":
        target = f"{error.reference_name or resource['name']}.{'+'.join(error.reference_field_names)}"
        add(list(error.field_names), f"must be found in {target}")
    elif error.type == "blank-row":
        found.add(file, line, "", "", "the row must not be empty")
    else:
        found.add(file, line, "", "", error.message)


def contract(package: dict, found: Inspection) -> set[str]:
    """Return the tables that can be read and have the columns the rules rely on."""
    usable = set(found.cells)
    described = {r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in package["resources"]}
    for table, columns in CONTRACT.items():
        if table not in described:
            found.add(SCHEMA, None, "resources", table, "the ledger needs this table")
            continue
        for column in columns.split():
            name, _, kind = column.partition(":")
            if described[table].get(name) != (kind or "string"):
                found.add(SCHEMA, None, table, name, f"the ledger needs this column, of type {kind or 'string'}")
                usable.discard(table)
    return usable


def cell_rules(found: Inspection) -> None:
    """Check what must hold of every cell of every table."""
    for table, cells in found.cells.items():
        for column in cells:
            lines, values = cells.index, cells[column].tolist()
            for form, rule in CELL_RULES:
                odd = [line for line, value in zip(lines, values, strict=True) if form.search(value)]
                found.flag(table, odd, column, rule)

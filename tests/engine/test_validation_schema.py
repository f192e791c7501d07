"""One piece of code reads the schema, for loading and for validation: it finds what Frictionless finds, and dates."""

import csv
import json
import re

import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import FIXTURES
from test_validation import CELLS

from claimbook.analysis import evidence
from claimbook.analysis.verdicts import as_of
from claimbook.model import ledger, schema
from claimbook.model.problems import LedgerError
from claimbook.model.span import RULE
from claimbook.validation import validate

SMALL = ledger.read_schema(FIXTURES / "ledger")


class Rows(list):
    """The rows of a table, which Frictionless copies deeply several times over and never changes."""

    def __deepcopy__(self, memo):
        return self


def placed(path):
    """Return the rows of a file and the line on which each begins."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader, rows, lines = csv.reader(handle), [], [1]
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num + 1)
    return rows, lines[:-1]


def values_of(path, columns):
    header, *rows = placed(path)[0]
    return [tuple(row[header.index(column)] for column in columns) for row in rows]


def described(resource, folder, keys=True):
    """Describe a table to Frictionless with its rows inline, and return the lines of these rows as well."""
    rows, lines = placed(folder / resource["path"])
    # It copies and checks the schema many times over, and most of that is prose.
    fields = [{k: v for k, v in f.items() if k != "description"} for f in resource["schema"]["fields"]]
    own = {k: v for k, v in resource["schema"].items() if keys or k != "foreignKeys"} | {"fields": fields}
    return {"name": resource["name"], "schema": own, "data": Rows(rows)}, lines


def by_frictionless(folder, package, known):
    """Return the cells that Frictionless finds at fault, alone and in keys; `known` keeps what it said of a table."""
    alone, in_keys, resources = set(), set(), {r["name"]: r for r in package["resources"]}
    for name, resource in resources.items():
        keys = resource["schema"].get("foreignKeys", [])
        targets = sorted({key["reference"]["resource"] for key in keys} - {"", name})
        asked_for = {
            (k["reference"]["resource"], *k["reference"]["fields"]) for k in keys if k["reference"]["resource"]
        }
        state = (
            (folder / resource["path"]).read_bytes(),
            *(tuple(values_of(folder / resources[table]["path"], fields)) for table, *fields in sorted(asked_for)),
        )
        if state not in known:
            table, lines = described(resource, folder)
            tables = [table, *(described(resources[target], folder, keys=False)[0] for target in targets)]
            asked = {"$schema": SMALL["$schema"], "name": "ledger", "resources": tables}
            report = Package.from_descriptor(asked).validate(name=name, limit_errors=10**6)
            known[state] = [
                (e.type, lines[e.row_number - 1], columns_of(e, table["schema"])) for e in report.tasks[0].errors
            ]
        for kind, line, columns in known[state]:
            places = alone if kind in ("type-error", "constraint-error") else in_keys
            places |= {(resource["path"], line, column) for column in columns}
    return alone, in_keys


def columns_of(error, of):
    if error.type == "primary-key":
        return of["primaryKey"]
    return error.field_names if error.type == "foreign-key" else [error.field_name]


def agree(folder, package, known):
    """Hold our reading of a folder against that of Frictionless.

    Each finds fault with the same cells, except that one way to write each type is taken here. A cell that is refused
    is not told again as part of a key.
    """
    (alone, in_keys), ours = by_frictionless(folder, package, known), by_us(folder, package)
    odd = stricter(folder, package, ours)
    assert alone <= ours
    assert ours - odd <= alone | in_keys
    assert {place[:2] for place in in_keys} <= {place[:2] for place in ours}


def by_us(folder, package):
    problems = schema.read(folder, package).problems
    return {(p.file, p.row, column) for p in problems for column in p.column.split("+")}


def stricter(folder, package, places):
    """Return those of some cells that are written otherwise than in the one way that a table takes."""
    odd = set()
    for file, line, column in places:
        field = next(
            f for r in package["resources"] if r["path"] == file for f in r["schema"]["fields"] if f["name"] == column
        )
        rows, lines = placed(folder / file)
        value = rows[lines.index(line)][rows[0].index(column)]
        form = schema.PLAIN.get(field["type"], ("(?s:.*)",))[0]
        if not re.fullmatch(form, value) or any(rule.search(value) for rule, _ in schema.CELL_RULES):
            odd.add((file, line, column))
    return odd


@pytest.fixture(scope="module")
def known():
    return {}


@pytest.mark.parametrize("cells", [cells for cells, _ in CELLS.values()], ids=CELLS)
def test_a_corrupt_cell_is_at_fault_for_frictionless_too_and_no_other_is(folder, known, cells):
    for cell in cells:
        folder.set(*cell)
    agree(folder.path, ledger.read_schema(folder.path), known)


VALUES = {
    "string": ["", "a", "b", "ab", "A", "a b", "é", "x" * 9],
    "integer": ["", "0", "1", "01", "-3", "12", "7", "x", "1.5", "2_0"],
    "number": ["", "0", "1", "1.0", "-2.5", "12.25", "1e3", "NaN", "3,5"],
    "boolean": ["", "true", "false", "TRUE", "no"],
    "date": ["", "2001-09-11", "2000-02-29", "2001-02-29", "1999-12-31", "0201-09-11", "11/09/2001"],
    "year": ["", "1999", "2001", "0201", "99"],
}
CONSTRAINTS = {
    "string": {"enum": ["a", "b", "a b"], "pattern": "[ab]+", "minLength": 2, "maxLength": 2},
    "integer": {"minimum": 0, "maximum": 7, "enum": [1, 7]},
    "number": {"minimum": 0, "exclusiveMaximum": 12.25, "enum": [1, 3.5]},
    "boolean": {"enum": [True]},
    "date": {"minimum": "2000-01-01", "maximum": "2035-12-31", "enum": ["2001-09-11"]},
    "year": {"minimum": 1900, "exclusiveMinimum": 1999, "maximum": 2035},
}


def fits(kind, value):
    return value == "" or schema.Column({"name": "x", "type": kind}).takes(value)


@st.composite
def packages(draw):
    """Return two tables of a few rows, with types and constraints, and either keys or cells of another type.

    What Frictionless cannot read counts as empty in its keys, where here it counts as what it is.
    """
    keyed = draw(st.booleans())

    def field(name):
        kind = draw(st.sampled_from(sorted(VALUES)))
        rules = draw(st.lists(st.sampled_from(sorted(CONSTRAINTS[kind])), max_size=2, unique=True))
        rules = {rule: CONSTRAINTS[kind][rule] for rule in rules} | {"required": draw(st.booleans())}
        return {"name": name, "type": kind, "constraints": rules | ({"unique": draw(st.booleans())} if keyed else {})}

    parent, child = [field(f"p{n}") for n in range(3)], [field(f"c{n}") for n in range(2)]
    child.append(dict(parent[0], name="c2", constraints={}))
    schemas = {"parents": {"fields": parent}, "children": {"fields": child}}
    if keyed:
        schemas["parents"]["primaryKey"] = ["p0"]
        schemas["children"]["primaryKey"] = draw(st.sampled_from([["c0"], ["c0", "c2"], ["c2", "c1"]]))
        leads = {"fields": ["c2"], "reference": {"resource": "parents", "fields": ["p0"]}}
        schemas["children"]["foreignKeys"] = [leads]
    tables = []
    for one in schemas.values():
        known = [[v for v in VALUES[f["type"]] if not keyed or fits(f["type"], v)] for f in one["fields"]]
        row = st.tuples(*map(st.sampled_from, known)).filter(any)
        tables.append(([f["name"] for f in one["fields"]], draw(st.lists(row, max_size=6))))
    resources = [{"name": name, "path": f"{name}.csv", "schema": one} for name, one in schemas.items()]
    return {"name": "made", "resources": resources}, tables


@given(packages())
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_table_has_the_faults_that_frictionless_finds(tmp_path, made):
    package, tables = made
    for resource, (header, rows) in zip(package["resources"], tables, strict=True):
        with (tmp_path / resource["path"]).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows([header, *rows])
    agree(tmp_path, package, {})


def test_a_mistyped_year_is_refused_with_its_bound_and_where_the_bound_stands(folder):
    folder.set("evidence.csv", 3, "fact_public_from", "0201-11-05")
    folder.set("events.csv", 2, "date_start", "2201-03-03")
    assert [str(p) for p in validate(folder.path)] == [
        "events.csv:2:date_start: 2201-03-03: must be at most 2100-12-31 (a bound in datapackage.json; a book of other "
        "times sets another there)",
        "evidence.csv:3:fact_public_from: 0201-11-05: must be at least 1800-01-01 (a bound in datapackage.json; a book "
        "of other times sets another there)",
    ]


def test_another_book_sets_other_bounds(folder):
    path = folder.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == "fact_public_from":
                field["edtf"]["minimum"] = "0100-01-01"
    folder.set("evidence.csv", 3, "fact_public_from", "0201-11-05")
    path.write_text(json.dumps(package), encoding="utf-8")
    assert validate(folder.path) == []


WRONG = {
    "type of a column": ({"type": "datetime"}, "living.type: datetime: must be one of: string, boolean, integer"),
    "format of a column": ({"format": "%d/%m/%Y"}, "living.format: %d/%m/%Y: must be left out"),
    "constraints that are a list": ({"constraints": []}, "living.constraints: []: must be an object"),
    "constraint of another type": (
        {"constraints": {"minimum": 1}},
        "living.constraints.minimum: 1: a column of type boolean can have: enum, required, unique",
    ),
    "values of another type": (
        {"constraints": {"enum": ["yes"]}},
        "living.constraints.enum: ['yes']: must be a list of values of type boolean",
    ),
    "requirement in words": ({"constraints": {"required": "yes"}}, "living.constraints.required: yes: must be true"),
    "bound that is no date": (
        {"type": "date", "constraints": {"minimum": "2001-02-30"}},
        "living.constraints.minimum: 2001-02-30: must be a date, YYYY-MM-DD",
    ),
    "dates that are bounded by a month": (
        {"type": "string", "edtf": {"minimum": "2001-02"}},
        "living.edtf: {'minimum': '2001-02'}: must be an object, with a minimum, a maximum or neither, each a day",
    ),
    "dates of another type": ({"edtf": {}}, "living.edtf: {}: must be an object, "),
    "dates without an object": ({"type": "string", "edtf": True}, "living.edtf: true: must be an object, "),
    "length in words": (
        {"type": "string", "constraints": {"maxLength": "ten"}},
        "living.constraints.maxLength: ten: must be an integer",
    ),
}


@pytest.mark.parametrize(("change", "line"), WRONG.values(), ids=WRONG)
def test_a_wrong_description_of_a_column_is_named(folder, change, line):
    rewrite(folder, lambda actors: next(f for f in actors["schema"]["fields"] if f["name"] == "living").update(change))
    assert any(str(problem).startswith(f"datapackage.json::actors.{line}") for problem in validate(folder.path))
    with pytest.raises(LedgerError, match=r"actors\.living"):
        ledger.load(folder.path)


KEYS = {
    "primary key": ({"primaryKey": ["id"]}, "primaryKey: ['id']: must be columns of the table"),
    "unique key": ({"uniqueKeys": [["id"]]}, "uniqueKeys: ['id']: must be columns of the table"),
    "foreign key": ({"foreignKeys": [{"fields": "id"}]}, "foreignKeys: ['id']: must be columns of the table"),
    "foreign key without columns": ({"foreignKeys": ["kind"]}, "foreignKeys: [None]: must be columns of the table"),
    "foreign key that leads nowhere": (
        {"foreignKeys": [{"fields": "kind"}]},
        "foreignKeys: [None]: must be as many columns of actors",
    ),
    "table that is a list": (
        {"foreignKeys": [{"fields": "kind", "reference": {"resource": ["claims"], "fields": "kind"}}]},
        "foreignKeys: ['claims']: must lead to a table of the data package",
    ),
    "target": (
        {"foreignKeys": [{"fields": "kind", "reference": {"resource": "claims", "fields": ["kind", "hedge"]}}]},
        "foreignKeys: ['kind', 'hedge']: must be as many columns of claims",
    ),
    "missing values": ({"missingValues": ["", "-"]}, "missingValues: ['', '-']: must be [\"\"]"),
}


@pytest.mark.parametrize(("change", "line"), KEYS.values(), ids=KEYS)
def test_a_wrong_description_of_a_table_is_named(folder, change, line):
    rewrite(folder, lambda actors: actors["schema"].update(change))
    assert any(str(problem).startswith(f"datapackage.json::actors.{line}") for problem in validate(folder.path))


def test_keys_may_be_written_without_brackets(folder):
    path = folder.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        described = resource["schema"]
        if len(described.get("primaryKey", [])) == 1:
            described["primaryKey"] = described["primaryKey"][0]
        for key in described.get("foreignKeys", []):
            key["fields"], key["reference"]["fields"] = key["fields"][0], key["reference"]["fields"][0]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert validate(folder.path) == []
    folder.set("mentions.csv", 2, "actor_id", "nobody")
    folder.set("actors.csv", 4, "actor_id", "")
    told = [str(problem) for problem in validate(folder.path)]
    assert "mentions.csv:2:actor_id: nobody: must be found in actors.actor_id" in told
    assert "actors.csv:4:actor_id: : the key must not be empty" in told


def test_a_bound_may_be_any_number(folder):
    column = schema.Column({"name": "x", "type": "number", "constraints": {"minimum": 0.00001, "maximum": 2.5e3}})
    assert column.flaws == []
    assert column.takes("0.00001")
    assert column.takes("2500")
    assert column.outside({"0", "2500.5"}) == {"0": "must be at least 0.00001", "2500.5": "must be at most 2500"}


def test_columns_that_are_unique_together_are_told_twice(folder):
    rewrite(folder, lambda actors: actors["schema"].update(uniqueKeys=[["name", "kind"]]))
    assert validate(folder.path) == []
    rows = folder.rows("actors.csv")
    folder.set("actors.csv", 3, "name", rows[1][1])
    assert [str(p) for p in validate(folder.path)] == [
        "actors.csv:3:name+kind: Norland + state: must be unique together and is also in row 2"
    ]


def test_two_ways_to_write_a_number_are_one_key(folder):
    folder.set("chains.csv", 4, "hop", "01")
    line = "chains.csv:4:chain_id+hop: alder-2030-k02 + 01: the key must be unique and is also in row 3"
    assert line in [str(p) for p in validate(folder.path)]


def rewrite(folder, change):
    """Change the description of the actors."""
    path = folder.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(next(r for r in package["resources"] if r["name"] == "actors"))
    path.write_text(json.dumps(package), encoding="utf-8")


DATES = {
    "2030-03": "",
    "2030": "",
    "../2030-03-04": "",
    "2030-03-04/..": "",
    "2030-03-04/2030-04": "",
    "3 March 2030": RULE,
    "2030-02-30": RULE,
    "2030-04/2030-03": RULE,
    "0230-03": "must be at least 1800-01-01 (a bound in datapackage.json; a book of other times sets another there)",
    "2030/2303": "must be at most 2035-12-31 (a bound in datapackage.json; a book of other times sets another there)",
}


@pytest.mark.parametrize("date", DATES)
def test_a_date_in_edtf_is_as_exact_as_what_was_read_and_keeps_its_bounds(folder, date):
    folder.set("evidence.csv", 3, "fact_public_from", date)
    told = [str(problem) for problem in validate(folder.path)]
    assert told == ([f"evidence.csv:3:fact_public_from: {date}: {DATES[date]}"] if DATES[date] else [])


@pytest.mark.parametrize(
    ("date", "day", "known"),
    [
        ("2030-03", "2030-03-30", False),
        ("2030-03", "2030-03-31", True),
        ("../2030-03-04", "2030-03-04", True),
        ("2030-03-04/..", "2034-01-01", False),
    ],
)
def test_evidence_counts_from_the_last_day_that_its_date_allows(folder, date, day, known):
    for line in range(2, len(folder.rows("evidence.csv")) + 1):
        folder.set("evidence.csv", line, "version_released", "")
        folder.set("evidence.csv", line, "fact_public_from", date)
    book = ledger.load(folder.path)
    assert set(evidence.resolved(book)["known_from"]) == {date}
    by_day = [item for items in evidence.items(book).values() for item in as_of(items, day)]
    assert bool(by_day) == known

"""The schema of this book: valid for others, with bounds for its dates, and what the tests of the package use."""

import pytest
from frictionless import Package
from places import FIXTURES
from this_book import BOOK, DATA

from claimbook.model import ledger, schema

DATED = [
    (resource["name"], field)
    for resource in BOOK.schema["resources"]
    for field in resource["schema"]["fields"]
    if field["type"] in ("date", "year")
    or schema.EDTF in field
    or (field["type"] == "integer" and "year" in field["name"])
    or "[0-9]{2}" in field.get("constraints", {}).get("pattern", "")
]


def rules(package):
    """Return what a data package asks of each table that is no record, without its prose."""
    return {
        resource["name"]: resource["schema"]
        | {"fields": [{k: v for k, v in field.items() if k != "description"} for field in resource["schema"]["fields"]]}
        for resource in package["resources"]
        if not ledger.is_record(resource)
    }


SMALL = rules(ledger.read_schema(FIXTURES / "ledger"))


# Debts go with the last of them, and what a ledger does that has some is for the tests of the package to show.
@pytest.mark.parametrize("table", sorted({*rules(BOOK.schema), *SMALL} - {"debts"}))
def test_the_small_ledger_of_the_tests_has_the_tables_of_this_book(table):
    of_book, of_tests = rules(BOOK.schema).get(table), SMALL.get(table)
    assert of_book == of_tests, (
        f"{table} is described otherwise in tests/fixtures/ledger/datapackage.json than in data/datapackage.json: "
        "change its columns, constraints and keys there as well, and its rows in tests/fixtures/ledger"
    )


def test_the_package_of_the_book_is_valid_for_frictionless():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "type", "note"])


def test_the_package_has_columns_of_dates_and_years():
    assert len(DATED) > 50
    names = {field["name"] for _, field in DATED}
    assert {"fact_public_from", "date_start", "price_year", "order_year", "delivery_years", "withdrawn"} <= names


@pytest.mark.parametrize(("table", "field"), DATED, ids=[f"{table}.{field['name']}" for table, field in DATED])
def test_every_date_has_bounds_that_catch_a_year_with_its_digits_turned(table, field):
    column = schema.Column(field)
    form = {"year": "{}", "integer": "{}", "date": "{}-11-05"}.get(field["type"], "{}-11")
    if field["name"] == "delivery_years":
        form = "2001|{}"
    assert column.takes(form.format("2001"))
    assert not any(column.takes(form.format(year)) for year in ("0201", "2201", "0021", "9999"))
    if field["type"] != "string":
        rules = field["constraints"]
        first, last = int(str(rules["minimum"])[:4]), int(str(rules["maximum"])[:4])
        assert 1800 <= first < 2026 <= last <= 2100

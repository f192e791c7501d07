"""Tables: what the data package says of the tables and of the records, and numbers as people write them."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from claimbook.model import ledger
from claimbook.site.renderers import table_html
from claimbook.view import cards, palette, tables, walk


@pytest.fixture
def small(folder):
    return ledger.load(folder.path)


def facts(html):
    """Return what the lists of facts say, as one dict per list."""
    return [
        dict(zip((t.text for t in dl.select("dt")), (d.text for d in dl.select("dd")), strict=True))
        for dl in BeautifulSoup(html, "html.parser").select("dl")
    ]


def test_tables_are_described_without_the_records(small):
    described = tables.describe_tables(small)
    counted = BeautifulSoup(described.short, "html.parser")
    assert [code.text for code in counted.select("code")] == list(small.tables)
    assert [row["id"] for row in counted.select("tbody tr")] == [f"table-{name}" for name in small.tables]
    assert [a["href"] for a in counted.select("a")] == [f"data-{name}.html" for name in small.tables]
    whole = BeautifulSoup(described, "html.parser")
    paths = [r["path"] for r in small.schema["resources"] if not ledger.is_record(r)]
    assert [table.caption.text.split(":")[0] for table in whole.select("table")] == paths


def test_records_are_described_with_origin_licence_and_readers(small):
    shown = tables.describe_records(small)
    deliveries, members = facts(shown)
    assert deliveries == {
        "Rows": "4 rows",
        "Publisher": "Register of Arms, reliability B",
        "Version": "2, released 1 February 2031",
        "Licence": "CC0-1.0",
        "Taken from": "Register of Arms",
        "Cited as": "arms-register-2031",
        "To get it again": "Table of deliveries, rockets, all years.",
        "Traps": "Small numbers are left out.",
        "Read by": "rockets_delivered",
    }
    assert members["Shown in"] == "data"
    assert "Read by" not in members
    columns = BeautifulSoup(shown, "html.parser").select("caption")
    assert [c.text for c in columns] == ["records/rocket_deliveries.csv: 4 rows", "records/league_members.csv: 2 rows"]
    assert 'href="https://register.example/rockets"' in shown
    short = BeautifulSoup(shown.short, "html.parser")
    leads = {item["id"]: item.a["href"] for item in short.select("li")}
    assert leads == {f"record-{name}": f"data-{name}.html" for name in ("rocket_deliveries", "league_members")}


def test_entries_show_every_cell_under_its_name():
    frame = pd.DataFrame({"Event": ["A meeting", "A <visit>"], "Told": ["in May", None], "n": [1, 2000.0]})
    shown = BeautifulSoup(tables.entries(frame, "2 events"), "html.parser")
    assert shown.select_one("p.cb-caption").text == shown.select_one("[role=region]")["aria-label"] == "2 events"
    assert [head.text for head in shown.select("li > .cb-head")] == ["A meeting", "A <visit>"]
    assert facts(shown.decode()) == [{"Told": "in May", "n": "1"}, {"Told": "–", "n": "2,000"}]
    assert "2 events: none." in tables.entries(frame[:0], "2 events")


def test_no_records_are_said_to_be_none(small):
    resources = [r for r in small.schema["resources"] if not ledger.is_record(r)]
    bare = ledger.Ledger(small.directory, {**small.schema, "resources": resources}, small.tables)
    assert "none" in tables.describe_records(bare)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12_345e9, "12.35 trillion dollars"),
        (999_999_999, "1 billion dollars"),
        (-999_999_999, "-1 billion dollars"),
        (999_999_999_999.0, "1 trillion dollars"),
        (999_940_000, "999.9 million dollars"),
        (999_999.999999999, "1 million dollars"),
        (999_999, "999,999 dollars"),
        (500_000_000, "500 million dollars"),
        (pd.array([7_450_000_000], dtype="Int64")[0], "7.45 billion dollars"),
        (12_345_678e12, "12,345,678 trillion dollars"),
        (10**30, "1,000,000,000,000,000,000 trillion dollars"),
        (1e22, "10,000,000,000 trillion dollars"),
        (0, "0 dollars"),
        (-0.0, "0 dollars"),
        (1, "1 dollar"),
        (1.0, "1 dollar"),
        (-1, "-1 dollars"),
        (2.5, "2.5 dollars"),
        (0.1 + 0.2, "0.3 dollars"),
        (0.00001, "0.00001 dollars"),
        (-0.00001, "-0.00001 dollars"),
        (1e-300, "less than 0.000001 dollars"),
        (-1e-300, "between -0.000001 and 0 dollars"),
        (float("nan"), "no number, in dollars"),
        (pd.NA, "no number, in dollars"),
        (None, "no number, in dollars"),
        (float("inf"), "no number, in dollars"),
    ],
)
def test_an_amount_is_written_as_people_write_it(value, shown):
    assert tables.amount(value, "dollars") == shown


def test_one_of_something_keeps_the_ending_that_is_no_plural():
    assert [tables.amount(1, unit) for unit in ("tanks", "pass", "USD")] == ["1 tank", "1 pass", "1 USD"]


@given(st.floats(-1e300, 1e300) | st.integers())
def test_no_amount_has_an_exponent_and_each_says_its_number(value):
    shown = tables.amount(value, "men")
    number, _, word = shown.removesuffix(" men").removesuffix(" man").partition(" ")
    assert not re.search(r"\d[eE]", shown)
    assert "1,000 million" not in shown
    if not word.startswith(("than", "-")):
        size = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[word]
        assert float(number.replace(",", "")) * size == pytest.approx(value, rel=1e-3, abs=1e-6)


NUMBERS = {
    "value": ({"value": 40}, "40 tanks"),
    "value and ends": ({"value": 40, "low": 30, "high": 50}, "40 tanks"),
    "low alone": ({"low": 30}, "at least 30 tanks"),
    "high alone": ({"high": 50}, "at most 50 tanks"),
    "both ends": ({"low": 30, "high": 50}, "30 to 50 tanks"),
    "large ends": ({"low": 1e9, "high": 2e9}, "1 to 2 billion tanks"),
    "ends far apart": ({"low": 900, "high": 2e9}, "900 tanks to 2 billion tanks"),
    "none": ({}, "no number, in tanks"),
}


@pytest.mark.parametrize(("numbers", "shown"), NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("bound", ["exact", "range", "unspecified"])
def test_a_quantity_is_written_with_whatever_number_it_has(small, numbers, shown, bound):
    row = small.quantities[small.quantities["quantity_id"] == "alder-2030-q03"]
    row = row.assign(bound=bound, **{end: pd.array([numbers.get(end, pd.NA)]) for end in ("value", "low", "high")})
    if bound == "range" and len(numbers) == 3:
        shown = "30 to 50 tanks"
    assert tables.number_text(row.iloc[0]) == shown


def test_cells_of_tables_have_no_exponent(small):
    frame = pd.DataFrame({"a": ["x", "y"], "b": [1e-07, 1e22], "c": [0.5, float("nan")]})
    for html in (tables.table(frame, "c"), table_html("c", frame.columns, frame.to_numpy().tolist())):
        cells = [td.text.replace(",", "") for td in BeautifulSoup(html, "html.parser").select("td")]
        assert [cells[0], cells[1], cells[2]] == ["0.0000001", "0.5", "1" + 22 * "0"]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2020-01-01", "2021-01-31", "1 January 2020 to 31 January 2021"),
        ("2020-01-01", "2020-02-29", "1 January 2020 to 29 February 2020"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("9999-12-01", "9999-12-31", "December 9999"),
        ("0001-01-01", "9999-12-31", "1 to 9999"),
        ("2011-01-01", "", "not before 1 January 2011"),
        ("", "", "no date"),
    ],
)
def test_a_pair_of_days_is_written_as_a_reader_would(start, end, words):
    assert tables.date_text(start, end) == words


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("0 hard cases; in 0 the rule gives the outcome argued for", "No hard cases."),
        ("0 actors under more than one epithet, in the words of the texts", "No actors under more than one epithet."),
        ("Epithets, in the words of the text; none is rated", "Epithets, in the words of the text: none."),
    ],
)
def test_nothing_is_said_in_a_sentence_of_its_own(caption, words):
    for shown in (tables.table, tables.entries):
        assert shown(pd.DataFrame(), caption) == f'<p class="cb-quiet">{words}</p>'


def test_the_address_of_a_retired_claim_leads_to_its_successor(folder):
    folder.add("retired_ids.csv", id="alder-2030-c090", successors="alder-2030-c091", reason="It says the same.")
    folder.add("retired_ids.csv", id="alder-2030-c091", successors="alder-2030-c001 | alder-2030-c002", reason="Split.")
    text = ledger.load(folder.path).text("alder-2030")
    page = BeautifulSoup(walk.claims(text), "html.parser")
    for old in ("alder-2030-c090", "alder-2030-c091"):
        assert page.find(id=old).find_parent("article")["id"] == "alder-2030-c001"
    assert "alder-2030-c090, which is retired: It says the same." in cards.Cards(text).facts(text.claims.iloc[0])


def test_badges_name_the_layer_only_of_a_claim_that_something_was_said(small):
    layer = small.claims.set_index("claim_id")["layer"]
    assert set(layer) == set(palette.LAYERS)
    shown = {claim["claim_id"]: cards.badges(claim) for _, claim in small.claims.iterrows()}
    assert {claim for claim, words in shown.items() if palette.LAYERS["said"] in words} == set(
        layer[layer == "said"].index
    )
    assert not any(palette.LAYERS["content"] in words for words in shown.values())

"""Tables of the data chapter: what the data package says of the tables and of the records."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from claimbook import ledger, tables


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
    counted = BeautifulSoup(tables.row_counts(small), "html.parser")
    assert [code.text for code in counted.select("code")] == list(small.tables)
    described = BeautifulSoup(tables.describe_tables(small), "html.parser")
    assert [h3["id"] for h3 in described.select("h3")] == [f"table-{name}" for name in small.tables]


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
    columns = BeautifulSoup(shown, "html.parser").select("details caption")
    assert [c.text for c in columns] == ["records/rocket_deliveries.csv: 4 rows", "records/league_members.csv: 2 rows"]
    assert 'href="https://register.example/rockets"' in shown


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
        ("0 hard cases; the rule gives the outcome argued for in 0", "No hard cases."),
        ("0 actors under more than one epithet, in the words of the texts", "No actors under more than one epithet."),
        ("Epithets, in the words of the text; none is rated", "Epithets, in the words of the text: none."),
    ],
)
def test_nothing_is_said_in_a_sentence_of_its_own(caption, words):
    for shown in (tables.table, tables.entries):
        assert shown(pd.DataFrame(), caption) == f'<p class="cb-quiet">{words}</p>'

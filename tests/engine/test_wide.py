"""The package as it is imported, and one row a claim: each column against the table that it comes from."""

import subprocess
import sys

import pandas as pd
import pytest

import claimbook
from claimbook.analysis import evidence, wide
from claimbook.analysis.chains import terminal_sources
from claimbook.model import ids, ledger
from claimbook.view.charts import Figure


@pytest.fixture
def book(folder):
    return ledger.load(folder.path)


def test_importing_the_package_costs_nothing_and_what_it_offers_is_there():
    code = "import sys, claimbook; assert not {'pandas', 'plotly', 'claimbook.model'} & set(sys.modules); "
    code += "print(*(getattr(claimbook, name).__name__ for name in claimbook.__all__))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(done.stdout.split()) == len(claimbook.__all__)
    assert claimbook.load is ledger.load
    assert (claimbook.claims, claimbook.Figure) == (wide.claims, Figure)
    assert set(claimbook.__all__) <= set(dir(claimbook))
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = claimbook.lode


def test_there_is_one_row_a_claim_with_the_columns_that_are_documented(book):
    found = wide.claims(book)
    assert list(found.columns) == list(wide.COLUMNS)
    assert list(found["claim_id"]) == list(book.claims["claim_id"])
    assert list(found.index) == list(range(len(found)))


def test_what_the_ledger_says_of_a_claim_stands_in_its_row(book):
    found = wide.claims(book)
    for column in set(book.claims.columns) & set(wide.COLUMNS):
        pd.testing.assert_series_equal(found[column], book.claims[column])
    assert list(found["text"]) == list(ids.texts_of(book.claims["claim_id"]))
    sources = book.sources.set_index("source_id")
    assert list(found["text_name"]) == [sources.at[text, "short_name"] for text in found["text"]]
    assert list(found["published"]) == [sources.at[text, "published_earliest"] for text in found["text"]]
    paragraphs = book.sentences.set_index("sentence_id")["paragraph"]
    assert list(found["paragraph"]) == [paragraphs[sentence] for sentence in found["sentence_id"]]


def test_verdicts_and_chains_are_those_of_the_analysis(book):
    found = wide.claims(book)
    pd.testing.assert_frame_equal(found[list(evidence.COLUMNS)], evidence.verdicts(book))
    ends = terminal_sources(book)
    assert list(found["terminal_actor"]) == list(ends["actor_id"])
    for column in ("hops", "own", "nameless"):
        assert list(found[column]) == list(ends[column])


def test_names_are_those_of_actors_and_free_words_stay(book):
    names = dict(zip(book.actors["actor_id"], book.actors["name"], strict=True))
    found = wide.claims(book)
    for key, name in (("subject", "subject_name"), ("object", "object_name"), ("terminal_actor", "terminal_name")):
        assert list(found[name]) == [names.get(one, one) for one in found[key]]
    assert set(found["subject_name"]) & set(names.values())


@pytest.mark.parametrize(
    ("column", "table", "cell"),
    [
        ("accused", "claim_accused", "actor_id"),
        ("quantities", "quantity_claims", "quantity_id"),
        ("events", "event_claims", "event_id"),
    ],
)
def test_what_a_claim_tells_of_is_joined(book, column, table, cell):
    found = wide.claims(book).set_index("claim_id")[column]
    rows = book[table]
    assert found.any()
    for claim_id, told in found.items():
        assert told == "; ".join(rows.loc[rows["claim_id"] == claim_id, cell])


def test_evidence_searches_and_denials_are_counted(book):
    found, rows = wide.claims(book).set_index("claim_id"), evidence.resolved(book)
    for claim_id, row in found.iterrows():
        mine = rows[rows["claim_id"] == claim_id]
        assert (row["evidence"], row["counted"]) == (len(mine), mine["counts"].sum())
        assert row["searches"] == (book.searches["claim_id"] == claim_id).sum()
        assert row["denied"] == (mine["stance"] == "denies").any()
    assert found["denied"].any()
    assert found["counted"].sum() < found["evidence"].sum()


def test_a_part_has_its_own_rows_and_nobody_else_sees_what_is_changed(book):
    whole = wide.claims(book)
    part = wide.claims(book.text("alder-2030"))
    mine = whole[whole["text"] == "alder-2030"].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, mine)
    whole["statement"] = "spoiled"
    assert "spoiled" not in set(wide.claims(book)["statement"]) | set(book.claims["statement"])


def test_a_ledger_without_a_claim_has_the_same_columns(book):
    bare = {name: frame.iloc[:0] for name, frame in book.tables.items()}
    found = wide.claims(ledger.Ledger(book.directory, book.schema, bare, book.records))
    assert (len(found), list(found.columns)) == (0, list(wide.COLUMNS))

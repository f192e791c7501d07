"""The ledger as it is loaded: what belongs to a text, the types of its columns, and what is refused."""

import pickle
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from places import ROOT

import claimbook
from claimbook.analysis import evidence
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.model.span import DIFFERS, FITS, OVERLAPS, RULE, Span
from claimbook.validation import validate


@pytest.mark.parametrize(
    ("told", "record", "outcome"),
    [
        (("2021-11-03", "2021-11-03"), ("2021-11-04", "2021-11-04"), DIFFERS),
        (("2021-11-01", "2021-11-30"), ("2021-11-04", "2021-11-04"), FITS),
        (("2021-11-04", "2021-11-04"), ("2021-11-01", "2021-11-30"), FITS),
        (("2021-11-01", "2021-11-10"), ("2021-11-05", "2021-11-20"), OVERLAPS),
        (("", "2021-11-30"), ("2021-11-04", "2021-11-04"), FITS),
        (("", "2021-11-03"), ("2021-11-04", "2021-11-04"), DIFFERS),
        (("2021-11-05", ""), ("2021-11-04", "2021-11-04"), DIFFERS),
    ],
)
def test_told_and_recorded_dates_compare(told, record, outcome):
    assert Span(*told).compare(Span(*record)) == outcome


def test_one_text_holds_only_its_own_rows(folder):
    whole = ledger.load(folder.path)
    for source_id in whole.texts:
        text = whole.text(source_id)
        assert text.claims["claim_id"].str.startswith(f"{source_id}-c").all()
        assert set(text.quantities["quantity_id"]) == set(text.quantity_claims["quantity_id"])
        assert set(text.events["event_id"]) == set(text.event_claims["event_id"])
    with pytest.raises(KeyError):
        whole.text("nowhere-1999")


def test_records_stand_apart_from_the_tables_and_stay_whole(folder):
    whole = ledger.load(folder.path)
    assert set(whole.records) == {"rocket_deliveries", "league_members"}
    assert not set(whole.records) & set(whole.tables)
    assert whole.records["rocket_deliveries"]["rockets"].sum() == 110
    assert whole.text("birch-2031").records["rocket_deliveries"].equals(whole.records["rocket_deliveries"])


def test_a_text_has_its_own_evidence_searches_and_origins(folder):
    text = ledger.load(folder.path).text("alder-2030")
    assert set(text.evidence["claim_id"]) == {"alder-2030-c001", "alder-2030-c003", "alder-2030-c008"}
    assert text.searches["claim_id"].str.startswith("alder-2030-c").all()
    assert list(text.origins["origin"]) == ["arms-register", "vestria-courier", "norland"]
    assert text.evidence["interested"].dtype == "boolean"


def test_typed_columns_have_their_types(folder):
    book = ledger.load(folder.path)
    assert book.claims["checkable"].dtype == "boolean"
    assert book.claims["start"].dtype == "Int64"
    assert book.quantities["value"].dtype == "Float64"
    assert book.claims["quote"].notna().all()


def test_data_folder_is_found_upward_and_named_by_the_environment(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text("{}")
    (tmp_path / "chapters").mkdir()
    assert ledger.data_dir(tmp_path / "chapters") == tmp_path / "data"
    monkeypatch.setenv("CLAIMBOOK_DATA", str(tmp_path / "elsewhere"))
    assert ledger.data_dir() == tmp_path / "elsewhere"
    monkeypatch.delenv("CLAIMBOOK_DATA")
    monkeypatch.chdir(tmp_path.parent)
    with pytest.raises(FileNotFoundError, match="CLAIMBOOK_DATA"):
        ledger.data_dir()


# What changes a verdict, a count or a chart without a word where it is read: a cell, and what is said of it.
WRONG = {
    "a stance misspelt": ("evidence.csv", 3, "stance", "suports", "must be one of: supports, admits, supports_part"),
    "a stance in capitals": ("evidence.csv", 3, "stance", "Denies", "must be one of: supports, admits, supports_part"),
    "a trailing blank": ("evidence.csv", 3, "stance", "denies ", "must not begin or end with white space"),
    "a small letter": ("evidence.csv", 2, "reliability", "b", "must be one of: A, B, C, D, E, F"),
    "a date of another country": ("evidence.csv", 3, "fact_public_from", "3/4/2030", RULE),
    "a day that is none": ("events.csv", 2, "date_start", "2030-02-30", "must be a date, YYYY-MM-DD"),
    "a year with its digits turned": ("evidence.csv", 3, "fact_public_from", "0230-03-04", "must be at least 1800"),
    "a half": ("claims.csv", 2, "start", "0.5", "must be an integer in plain digits"),
    "digits of another script": ("claims.csv", 2, "end", "１２", "must be an integer in plain digits"),
    "a number without a value": ("quantities.csv", 3, "value", "nan", "must be a number in plain decimal notation"),
    "neither true nor false": ("claims.csv", 2, "checkable", "yes", "must be true or false"),
    "nobody": ("mentions.csv", 2, "actor_id", "nobody", "must be found in actors.actor_id"),
    "an id given twice": ("actors.csv", 3, "actor_id", "norland", "the key must be unique and is also in row 2"),
    "nothing where something must be": ("claims.csv", 2, "statement", "", "must not be empty"),
    "an id of another form": ("claims.csv", 19, "claim_id", "c3", "must match the pattern"),
    "a cell of a record": ("records/rocket_deliveries.csv", 3, "year", "20301", "must be a year, YYYY"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_breaks_the_schema_is_not_loaded(folder, wrong):
    file, row, column, value, rule = wrong
    folder.set(file, row, column, value)
    with pytest.raises(ValueError, match="nothing is loaded") as refused:
        ledger.load(folder.path)
    told = str(refused.value).splitlines()[1:]
    assert any(line.startswith(f"{file}:{row}:{column}: {value}: {rule}") for line in told), told
    assert set(told) <= set(map(str, validate(folder.path)))
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


FORMS = {
    "a column is missing": (
        lambda raw: raw.replace(b",living", b"", 1),
        "actors.csv:1:living: : the column is missing",
    ),
    "columns in another order": (
        lambda raw: raw.replace(b"kind,iso3", b"iso3,kind", 1),
        "columns must stand in the order of datapackage.json",
    ),
    "a cell is missing": (lambda raw: raw.replace(b"state,XNO,", b"state,", 1), "the row must have 8 cells and has 7"),
    "another encoding": (lambda raw: raw.decode().encode("utf-16"), "is UTF-16"),
    "no file": (None, "actors.csv::: : the file is missing"),
}


@pytest.mark.parametrize(("change", "line"), FORMS.values(), ids=FORMS)
def test_a_table_of_another_form_is_not_loaded(folder, change, line):
    path = folder.path / "actors.csv"
    if change:
        path.write_bytes(change(path.read_bytes()))
    else:
        path.unlink()
    with pytest.raises(ValueError, match="nothing is loaded") as refused:
        ledger.load(folder.path)
    assert line in str(refused.value)


def test_all_that_is_wrong_is_told_at_once(folder):
    for wrong in WRONG.values():
        folder.set(*wrong[:4])
    with pytest.raises(ValueError, match="nothing is loaded") as refused:
        ledger.load(folder.path)
    places = {(p.file, p.row, p.column) for p in refused.value.problems}
    assert {wrong[:3] for wrong in WRONG.values()} <= places


def test_a_tool_may_read_what_is_not_sound_yet(folder):
    folder.set("evidence.csv", 3, "stance", "suports")
    folder.set("mentions.csv", 2, "actor_id", "nobody")
    book = ledger.load(folder.path, validate=False)
    assert (book.evidence["stance"].iloc[1], book.mentions["actor_id"].iloc[0]) == ("suports", "nobody")


def test_rules_between_the_tables_are_left_to_validation(folder):
    folder.set("claims.csv", 2, "kind", "opinion")
    assert validate(folder.path)
    assert ledger.load(folder.path).claims["kind"].iloc[0] == "opinion"


def test_a_sound_ledger_has_the_same_cells_checked_or_not(folder):
    checked, unchecked = ledger.load(folder.path), ledger.load(folder.path, validate=False)
    for one, other in ((checked.tables, unchecked.tables), (checked.records, unchecked.records)):
        assert list(one) == list(other)
        for name, frame in one.items():
            pd.testing.assert_frame_equal(frame, other[name], check_exact=True)


def test_whole_numbers_beyond_what_a_float_can_tell_apart_are_exact(folder):
    folder.write("records/rocket_deliveries.csv", [["year", "supplier", "recipient", "rockets"]])
    folder.add("records/rocket_deliveries.csv", year="2030", supplier="a", recipient="b", rockets="9007199254740993")
    folder.add("records/rocket_deliveries.csv", year="2031", supplier="a", recipient="b")
    assert ledger.load(folder.path).records["rocket_deliveries"]["rockets"].iloc[0] == 9007199254740993


def test_every_command_lists_what_is_wrong_without_a_traceback(folder, texts, tmp_path, capsys):
    folder.set("evidence.csv", 3, "stance", "suports")
    (tmp_path / "_toc.yml").write_text("root: index\nchapters:\n- file: a\n", encoding="utf-8")
    for command in (
        ["passage", "alder-2030", "Norland", "--data", folder.path, "--texts", texts],
        ["agreement", folder.path, folder.path],
        ["export", tmp_path / "out", "--data", folder.path],
        ["validate", "--data", folder.path],
    ):
        assert main(list(map(str, command))) == 1
        told = capsys.readouterr()
        assert "evidence.csv:3:stance: suports: must be one of: supports" in told.out + told.err


def test_a_book_is_not_built_on_tables_that_break_their_schema(folder, tmp_path):
    folder.set("evidence.csv", 3, "stance", "suports")
    book = tmp_path / "book"
    shutil.copytree(folder.path, book / "data")
    (book / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    (book / "_config.yml").write_text("title: A\n", encoding="utf-8")
    command = [sys.executable, "-m", "claimbook.site", "--source", str(book)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "evidence.csv:3:stance: suports: must be one of: supports" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (book / "_build" / "html").exists()


def test_a_part_with_another_table_answers_from_that_table(folder):
    text = ledger.load(folder.path).text("alder-2030")
    before = evidence.verdicts(text)
    bare = replace(text, tables={**text.tables, "evidence": text.evidence.iloc[:0]})
    assert evidence.resolved(bare).empty
    assert set(evidence.verdicts(bare)["verdict"]) <= {"not_established", "not_checkable"} < set(before["verdict"])
    none = replace(text, records={})
    with pytest.raises(KeyError, match="rocket_deliveries"):
        evidence.resolved(none)


# In the hand: what somebody sees who meets a ledger in a notebook or a console.


def test_a_ledger_says_in_a_few_lines_what_it_holds_and_what_to_try(folder):
    book = ledger.load(folder.path)
    told = repr(book)
    assert len(told.splitlines()) <= 15
    assert [line for line in told.splitlines()[:-2] if len(line) > ledger.WIDTH] == []
    for source_id in book.texts:
        claims = len(book.text(source_id).claims)
        assert f"{source_id} ({claims} claim" in told
    assert f"claims {len(book.claims)}" in told
    assert f"rocket_deliveries {len(book.records['rocket_deliveries'])}" in told
    assert str(folder.path) in told
    tried = re.search(r"^Try +(.+)$", told, re.M)[1].split("   ")
    assert len(tried) == 4
    for code in tried:
        assert eval(code, {"book": book, "claimbook": claimbook}) is not None, code


def test_its_html_names_every_table_and_shows_markup_of_a_name_as_text(folder):
    book = ledger.load(folder.path)
    html = book._repr_html_()
    for name, frame in {**book.tables, **book.records}.items():
        assert f"{name} {len(frame):,}" in html
    odd = replace(book, directory=folder.path / "<b>")
    assert "&lt;b&gt;" in odd._repr_html_()
    assert "<b>" not in odd._repr_html_()


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_a_large_ledger_is_told_as_shortly_and_an_empty_one_as_well(folder, engine):
    book = ledger.load(folder.path, engine=engine)
    many = {f"record_of_some_length_{number}": book.records["rocket_deliveries"] for number in range(500)}
    texts = pd.concat([book.sources] * 500, ignore_index=True)
    large = replace(book, records=many, tables={**book.tables, "sources": texts})
    assert len(repr(large).splitlines()) <= 15
    assert "more: dir(book)" in repr(large)
    assert repr(ledger.Ledger(folder.path, book.schema, {})).startswith("Ledger: 0 texts, 0 claims")


def test_a_part_is_told_as_one(folder):
    told = repr(ledger.load(folder.path).text("alder-2030"))
    assert told.startswith("Part of a ledger: 1 text, ")
    assert "book.text(" not in told


def test_tables_records_and_columns_are_reached_by_name(folder):
    book = ledger.load(folder.path)
    assert book["claims"] is book.claims is book.tables["claims"]
    assert book["rocket_deliveries"] is book.rocket_deliveries is book.records["rocket_deliveries"]
    assert book["claims", "statement"].equals(book.claims["statement"])
    assert {"claims", "rocket_deliveries", "text", "finding"} <= set(dir(book))


UNKNOWN = {
    "a table": (lambda book: book["claim"], KeyError, "no table or record 'claim': did you mean 'claims'"),
    "a record": (lambda book: book["rocket_delivery"], KeyError, "did you mean 'rocket_deliveries'"),
    "an attribute": (lambda book: book.evidense, AttributeError, "did you mean 'evidence'"),
    "a column": (lambda book: book["claims", "statment"], KeyError, "'claims' has no column 'statment': did you mean"),
    "a text": (lambda book: book.text("alder-2031"), KeyError, "no text 'alder-2031': did you mean 'alder-2030'"),
    "nothing near": (lambda book: book["zzz"], KeyError, "no table or record 'zzz'; there are sources, sentences"),
}


@pytest.mark.parametrize(("ask", "error", "told"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_name_that_is_not_there_is_answered_with_near_ones(folder, ask, error, told):
    with pytest.raises(error, match=re.escape(told)):
        ask(ledger.load(folder.path))


COMPLETED = {
    'book["rock': "rocket_deliveries",
    'book["claims", "state': "statement",
    "book.eviden": "evidence",
    "book.claims.statem": "statement",
    "claimbook.clai": "claims",
}


@pytest.mark.parametrize(("typed", "name"), COMPLETED.items(), ids=COMPLETED)
def test_the_tab_key_completes(folder, typed, name):
    shell = InteractiveShell(user_ns={"book": ledger.load(folder.path), "claimbook": claimbook})
    with provisionalcompleter():
        assert name in [one.text.strip("'\"") for one in shell.Completer.completions(typed, len(typed))]

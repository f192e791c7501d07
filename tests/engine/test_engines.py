"""Computations over large records: written once, and equal on every engine; files read whole, or refused by place."""

import csv
import datetime
import decimal
import io
import os
import subprocess
import sys
import warnings
from importlib.util import find_spec
from shutil import which

import pandas as pd
import pytest
from engines import reason
from folder import Folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimbook.analysis import aggregates
from claimbook.analysis.evidence import resolved
from claimbook.model import records
from claimbook.model.ledger import load
from claimbook.model.records import EngineError, RecordsError, collected, read_records

# Text is compared with text over the ends of the world: commas and quotes in names, votes not cast, a roll call that
# one state missed, an absent cell.
VOTES = [
    (call, state, 2000 + call // 10, vote)
    for call in range(40)
    for state, vote in (
        ("Here", ("yes", "no", "abstain", "absent")[call % 4]),
        ('There, "upper"', ("yes", "abstain", "no")[call % 3]),
        ("Elsewhere", "no"),
        ("Nowhere", "absent"),
    )
    if not (state == "Elsewhere" and call == 7)
]
FLOW_COLUMNS = ["release", "supplier", "recipient", "year", "tiv_millions"]
FLOWS = [
    (release, supplier, f"State {number}", 2000 + number, 0.5 + number * more)
    for release, more in (("2022-05", 1.25), ("2026-02-12", 2.0))
    for supplier, numbers in (("Elsewhere", (0, 1, 2)), ("Here", (0, 1)), ("There", (1, 2)))
    for number in numbers
]
PLACES = {"yes": 1.0, "abstain": 0.5, "no": 0.0}


def only_once(engine, files):
    """Spare PySpark what is tested elsewhere: each of its jobs takes a second or more."""
    if engine == "pyspark" and files != "parts":
        pytest.skip("on PySpark only the hardest of these cases is run")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the votes as one CSV file, as two, and the events as they may come."""
    folder = tmp_path_factory.mktemp("records")
    votes = pd.DataFrame(VOTES, columns=["roll_call", "state", "year", "vote"])
    votes.to_csv(folder / "votes.csv", index=False)
    (folder / "parts").mkdir()
    votes[:70].to_csv(folder / "parts" / "a.csv", index=False)
    votes[70:].to_csv(folder / "parts" / "b.csv", index=False)
    pd.DataFrame(FLOWS, columns=FLOW_COLUMNS).to_csv(folder / "flows.csv", index=False)
    days = ["2022-03-01", "2022-03-31", "2022-04", "2022", ""]
    rows = [(day, actor, "B") for day in days for actor in ("A", "C")] + [("2022-03-02", "A", "B")]
    pd.DataFrame(rows, columns=["date", "actor", "recipient"]).to_csv(folder / "events.csv", index=False)
    return folder


def by_hand(state="Here"):
    """Compute the agreement with plain loops."""
    cast = {(call, who): PLACES[vote] for call, who, _, vote in VOTES if vote in PLACES}
    year = {call: year for call, _, year, _ in VOTES}
    found = {}
    for (call, who), place in cast.items():
        if who != state and (call, state) in cast:
            found.setdefault((who, year[call]), []).append(1 - abs(place - cast[call, state]))
    return {
        key: (len(near), sum(near) / len(near), sum(n == 1 for n in near) / len(near)) for key, near in found.items()
    }


@pytest.mark.parametrize("files", ["votes.csv", "parts", "parts/*.csv"])
def test_agreement_with_all_others_is_equal_on_every_engine(engine, folder, files):
    only_once(engine, files)
    votes = read_records(folder / files, engine, {"roll_call": "integer", "year": "year", "vote": "string"})
    found = aggregates.agreement(votes, "Here", PLACES, roll_call="roll_call")
    assert list(found.columns) == ["state_a", "state_b", "year", "roll_calls", "agreement", "identical"]
    assert found.dtypes.astype(str).tolist() == ["str", "str", "Int64", "Int64", "Float64", "Float64"]
    rows = {(r.state_b, r.year): (r.roll_calls, r.agreement, r.identical) for r in found.itertuples()}
    expected = by_hand()
    assert rows.keys() == expected.keys()
    assert list(rows) == sorted(rows)
    for key, numbers in expected.items():
        assert rows[key] == pytest.approx(numbers)
    with pytest.raises(ValueError, match="no roll call in which Atlantis"):
        aggregates.agreement(votes, "Atlantis", PLACES, roll_call="roll_call")


def test_parquet_is_read_as_csv_is(engine, folder, tmp_path):
    pytest.importorskip("pyarrow", reason="pandas, Dask and this test write and read Parquet with pyarrow")
    for part, rows in (("a", VOTES[:70]), ("b", VOTES[70:])):
        frame = pd.DataFrame(rows, columns=["roll_call", "state", "year", "vote"])
        frame.to_parquet(tmp_path / f"{part}.parquet", index=False)
    types = {"roll_call": "integer", "year": "year", "vote": "string"}
    found = aggregates.agreement(read_records(tmp_path, engine, types), "Here", PLACES, roll_call="roll_call")
    same = aggregates.agreement(read_records(folder / "votes.csv", "pandas", types), "Here", PLACES, (), "roll_call")
    assert found["roll_calls"].sum() == same["roll_calls"].sum()
    assert {(r.state_b, r.year) for r in found.itertuples()} == by_hand().keys()
    with pytest.raises(ValueError, match=r"\.parquet: the column nation is missing"):
        read_records(tmp_path, engine, {"nation": "string"})


def test_sums_are_equal_on_every_engine(engine, folder):
    types = {"year": "integer", "tiv_millions": "number"}
    flows = read_records(folder / "flows.csv", engine, types)
    kept = pd.DataFrame(FLOWS, columns=FLOW_COLUMNS)
    by_exporter = kept.groupby(["release", "supplier", "year"], as_index=False)["tiv_millions"].sum()
    pd.testing.assert_frame_equal(
        aggregates.sums(flows, "tiv_millions", ("release", "supplier", "year")), by_exporter, check_dtype=False
    )
    one = aggregates.sums(flows, "tiv_millions", ("recipient",), {"supplier": "There", "release": "2022-05"})
    assert set(one["recipient"]) == {"State 1", "State 2"}


def test_events_are_counted_alike_on_every_engine(engine, folder):
    counted = aggregates.event_counts(read_records(folder / "events.csv", engine, {"date": "date"}))
    assert counted.to_dict("records") == [
        {"actor": "A", "recipient": "B", "month": "2022-03", "events": 3},
        {"actor": "A", "recipient": "B", "month": "2022-04", "events": 1},
        {"actor": "C", "recipient": "B", "month": "2022-03", "events": 2},
        {"actor": "C", "recipient": "B", "month": "2022-04", "events": 1},
    ]


# Cells: of their type, or refused.

KINDS = {
    "integer": (
        [("1", 1), ("9007199254740993", 2**53 + 1), ("", None), ("-5", -5), ("007", 7)],
        ["1.5", " 7", "1e3", "then", "0x1", "１", "1_000", "9223372036854775807", "12\n", "1\n2"],
    ),
    "number": (
        [("1.5", 1.5), ("", None), ("1e-05", 1e-05), (".5", 0.5), ("-0.1", -0.1),
         ("0.123456789123456789", 0.12345678912345678)],
        ["14,0", "nan", "NaN", "inf", " 1", "NA", "1e999", "true"],
    ),
    "boolean": (
        [("true", True), ("TRUE", True), ("True", True), ("", None), ("false", False), ("FALSE", False),
         ("False", False)],
        ["yes", "ja", "0", "1", "t", "tRUE", " true", "no"],
    ),
    "date": (
        [(day, day) for day in ("2001-01-31", "2000-02-29", "2001", "2001-12", "")],
        ["2001-02-29", "1900-02-29", "2001-13-01", "01/02/2001", "2001-1-1", "2001-01-01T00:00", "20010101"],
    ),
}  # fmt: skip
RULES = {
    "integer": "must be an integer in plain digits",
    "number": "must be a number in plain decimal notation, such as 14.5",
    "boolean": "must be true or false",
    "date": "must be a date, YYYY-MM-DD, or its month or year alone",
}


def written(path, cells, columns=("n", "a.b")):
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(enumerate(cells))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_cells_of_their_type_are_read_exactly_on_every_engine(engine, tmp_path, kind):
    cells, _ = KINDS[kind]
    frame = collected(read_records(written(tmp_path / "a.csv", [cell for cell, _ in cells]), engine, {"a.b": kind}))
    read = [None if pd.isna(value) else value for value in frame["a.b"]]
    assert read == [value for _, value in cells]
    assert str(frame["a.b"].dtype) == records.DTYPES.get(kind, "str")


@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, (_, odd) in KINDS.items() for cell in odd])
def test_a_cell_that_is_not_of_its_type_is_refused(engine, tmp_path, kind, cell):
    if engine == "pyspark" and cell not in ("1.5", "14,0", "yes", "2001-02-29"):
        pytest.skip("on PySpark one cell of each type is tried")
    path = written(tmp_path / "odd.csv", [KINDS[kind][0][0][0], cell, ""])
    with pytest.raises(ValueError, match=RULES[kind]) as refused:
        collected(read_records(path, engine, {"a.b": kind}))
    shown = cell.replace("\n", "\\n")
    if engine == "pandas":
        assert str(refused.value) == f"{path}:3:a.b: '{shown}': {RULES[kind]}"
    else:
        row = "3" if engine == "dask" else ""
        what = f"{path}:{row}:a.b: '{shown}': {RULES[kind]}; try engine='pandas' to see the row"
        assert str(refused.value) == f"the engine {engine} could not compute: {what}"
        assert isinstance(refused.value, EngineError)
        assert refused.value.__cause__ is not None


def test_a_refused_cell_stands_where_an_editor_shows_it(tmp_path):
    (tmp_path / "a.csv").write_text('words,year\n"one\ntwo",2001\n\nthree,2002\n', encoding="utf-8")
    (tmp_path / "b.csv").write_text('words,year\n"one, two",2001\nfour,in 2002\n', encoding="utf-8")
    with pytest.raises(RecordsError) as refused:
        read_records(tmp_path / "*.csv", types={"year": "year"})
    assert str(refused.value) == f"{tmp_path}/b.csv:3:year: 'in 2002': must be an integer in plain digits"


def test_pyspark_refuses_where_its_casts_are_set_to_give_nothing(engine, tmp_path):
    if engine != "pyspark":
        pytest.skip("a setting of Spark")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    session.conf.set("spark.sql.ansi.enabled", "false")
    try:
        for kind, cell in (("integer", "1.5"), ("date", "then")):
            with pytest.raises(EngineError, match=f"'{cell}': must be"):
                collected(read_records(written(tmp_path / "odd.csv", [cell]), engine, {"a.b": kind}))
    finally:
        session.conf.unset("spark.sql.ansi.enabled")


# Files, as people's tools leave them.

NASTY = {
    "plain": (b"a,b\n1,x\n2,y\n", [["1", "x"], ["2", "y"]]),
    "byte-order mark": (b"\xef\xbb\xbfa,b\n1,x\n", [["1", "x"]]),
    "byte-order mark and quotation marks": (b'\xef\xbb\xbf"a","b"\n1,x\n', [["1", "x"]]),
    "carriage returns": (b"a,b\r\n1,x\r\n2,y\r\n", [["1", "x"], ["2", "y"]]),
    "carriage returns alone": (b"a,b\r1,x\r2,y\r", [["1", "x"], ["2", "y"]]),
    "no line end": (b"a,b\n1,x\n2,y", [["1", "x"], ["2", "y"]]),
    "every cell quoted": (b'"a","b"\n"1","x"\n"2","y, z"\n', [["1", "x"], ["2", "y, z"]]),
    "blanks": (b'a,b\n 1, x \n\t2 ," y "\n', [[" 1", " x "], ["\t2 ", " y "]]),
    "blank line": (b"a,b\n1,x\n\n2,y\n\n", [["1", "x"], ["2", "y"]]),
    "blank line with carriage return": (b"a,b\r\n1,x\r\n\r\n2,y\r\n", [["1", "x"], ["2", "y"]]),
    "empty rows at the end": (b'a,b\n1,x\n,\n"",\n', [["1", "x"]]),
    "empty columns at the end": (b"a,b,,\n1,x,,\n2,y,,\n", [["1", "x"], ["2", "y"]]),
    "a comma too many at the end": (b"a,b\n1,x,\n2,y,\n", [["1", "x"], ["2", "y"]]),
    "line break in a cell": (b'a,b\n1,"x\ny"\n2,"\n\n"\n3,z\n', [["1", "x\ny"], ["2", "\n\n"], ["3", "z"]]),
    "carriage return in a cell": (b'a,b\r\n1,"x\r\ny"\r\n2,z\r\n', [["1", "x\r\ny"], ["2", "z"]]),
    "lone quotation mark": (b'a,b\n1,5" gun\n2,6" "gun"\n3,z\n', [["1", '5" gun'], ["2", '6" "gun"'], ["3", "z"]]),
    "quotation mark after a blank": (b'a,b\n1, "x"\n2,y\n', [["1", ' "x"'], ["2", "y"]]),
    "doubled quotation marks": (
        b'a,b\n1,"5"" gun"\n2,""""\n"""","x"",""y"\n',
        [["1", '5" gun'], ["2", '"'], ['"', 'x","y']],
    ),
    "empty quoted cells": (b'a,b\n1,""\n"",y\n', [["1", ""], ["", "y"]]),
    "words for nothing": (
        b"a,b\nNA,null\nNone,NaN\n#N/A,\\N\nnan,NULL\n-,?\n",
        [["NA", "null"], ["None", "NaN"], ["#N/A", "\\N"], ["nan", "NULL"], ["-", "?"]],
    ),
    "leading zeros": (b"a,b\n007,0\n00,1e5\n", [["007", "0"], ["00", "1e5"]]),
    "a very long cell": (b"a,b\n1," + b"x" * 3_000_000 + b"\n2,y\n", [["1", "x" * 3_000_000], ["2", "y"]]),
    "header alone": (b"a,b\n", []),
    "header alone without line end": (b"a,b", []),
    "one column": (b'a\nx\n"y, z"\n""\nv\n', [["x"], ["y, z"], [""], ["v"]]),
    "one column with a blank line": (b"a\nx\n\ny\n", [["x"], ["y"]]),
    "backslashes": (b'a,b\n1,x\\\n2,"x\\"\n"\\",\\"\n', [["1", "x\\"], ["2", "x\\"], ["\\", '\\"']]),
    "number signs": (b"#a,b\n#1,x\n2,#y\n", [["#1", "x"], ["2", "#y"]]),
    "the header as a row": (b"a,b\na,b\n1,x\n", [["a", "b"], ["1", "x"]]),
    "odd line separators": ("a,b\n\u00a0x\u2028,\x85\x0b\x0c\x1c\n".encode(), [["\u00a0x\u2028", "\x85\x0b\x0c\x1c"]]),
    "other scripts": ("à,名\nŁódź,Мінск 🚀\n".encode(), [["Łódź", "Мінск 🚀"]]),
    "a column without a name": (b',b\n1,x\n', [["1", "x"]]),
    "names with dots and quotation marks": (b'a.b,"c `""d"\n1,x\n', [["1", "x"]]),
    "semicolons in cells": (b"a,b\nx;y,1;2\n", [["x;y", "1;2"]]),
}  # fmt: skip
ON_SPARK = (
    "byte-order mark and quotation marks",
    "carriage returns",
    "blanks",
    "line break in a cell",
    "words for nothing",
    "doubled quotation marks",
    "lone quotation mark",
    "one column",
    "header alone",
    "names with dots and quotation marks",
)
"""Each job of Spark takes a second: on it those are read that its own reader could spoil, and one it does not get."""


@pytest.mark.parametrize("case", NASTY)
def test_the_same_file_holds_the_same_cells_on_every_engine(engine, tmp_path, case):
    if engine == "pyspark" and case not in ON_SPARK:
        pytest.skip("on PySpark only some of these files are read")
    raw, rows = NASTY[case]
    # Engines take some names of files for patterns.
    path = tmp_path / "My Books #1 [a]" / "nasty [1] {a,b}.csv"
    path.parent.mkdir()
    path.write_bytes(raw)
    header = next(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    frame = collected(read_records(path, engine))
    assert list(frame.columns) == [name or f"Unnamed: {n}" for n, name in enumerate(header)][: len(frame.columns)]
    assert frame.to_numpy().tolist() == rows
    assert all(str(dtype) == "str" for dtype in frame.dtypes) or frame.empty


REFUSED = {
    "short row": (b"a,b\n1,x\n2\n", "3: the row must have 2 cells and has 1"),
    "long row": (b"a,b\n1,x\n2,y,z\n", "3: the row must have 2 cells and has 3"),
    "every row too long": (b"a,b\n1,x,z\n2,y,z\n", "2: the row must have 2 cells and has 3"),
    "a decimal comma": (b"a,b\n1,14,0\n", "2: the row must have 2 cells and has 3"),
    "semicolons": (b"a;b\n1;x\n", "1: cells must be separated by commas, not semicolons; save it as comma-"),
    "tabs": (b"a\tb\n1\tx\n", "1: cells must be separated by commas, not tabs; save it as comma-separated"),
    "a line for Excel": (b"sep=;\na;b\n1;x\n", "1: must not begin with a line for Excel alone, 'sep=;'; delete it"),
    "text after a quoted cell": (b'a,b\n1,"x"y\n2,z\n', "2: must be CSV: "),
    "a quoted cell that does not end": (b'a,b\n1,x\n2,"y\n3,z\n', "3: must be CSV: "),
    "curly quotation marks": ("“a”,“b”\n“1”,“x”\n".encode(), "1:“a”: only straight quotation marks, \", hold a cell"),
    "Windows-1252": (b"a,b\n1,x\n2,caf\xe9\n", r"3: must be UTF-8, and seems to be Windows-1252 \('é'\); save it as"),
    "UTF-16": ("a,b\n1,x\n".encode("utf-16"), "1: must be UTF-8, and is UTF-16, .*; save it as UTF-8"),
    "a NUL": (b"a,b\n1,x\0y\n", "2: must not contain a NUL character"),
    "a column twice": (b"a,b,a\n1,x,2\n", "1: the column a is given twice"),
    "nothing": (b"", "1: the header is missing"),
    "an empty header": (b",\n1,x\n", "1: the header is missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_engines_would_read_differently_is_refused_by_its_line(engine, tmp_path, case):
    raw, what = REFUSED[case]
    (tmp_path / "odd.csv").write_bytes(raw)
    with pytest.raises(RecordsError, match=f"odd.csv:{what}"):
        read_records(tmp_path / "odd.csv", engine)


def test_quotation_marks_and_breaks_far_down_a_large_file_are_read_alike(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(records, "CHUNK", 1 << 18)  # what is looked through, and a part of Dask, ends inside a cell
    rows = [[str(n), f"state {n % 200}"] for n in range(25_000)]
    rows += [["x", 'Korea, "North"'], ["y", "one\n\ntwo\n"], ["NA", ""], ["z", "long " * 20_000], ["", '"w"']]
    with (tmp_path / "large.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([["a", "b"], *rows, *rows])
    frame = read_records(tmp_path / "large.csv", engine)
    if engine == "dask":
        assert frame.npartitions > 3
    assert sorted(collected(frame).to_numpy().tolist()) == sorted(rows + rows)


def test_several_files_are_read_as_one_though_tools_wrote_them_differently(engine, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfa,b\r\n1,x\r\n")
    (tmp_path / "b.csv").write_bytes(b'"a","b"\n"2","y"')
    (tmp_path / "c.csv").write_bytes(b"a,b\n")
    rows = [["1", "x"], ["2", "y"]]
    assert sorted(collected(read_records(tmp_path, engine)).to_numpy().tolist()) == rows
    (tmp_path / "d.csv").write_bytes(b'a,b,\n3,5" gun,\n,,\n')
    rows.append(["3", '5" gun'])
    assert sorted(collected(read_records(tmp_path, engine)).to_numpy().tolist()) == rows


def test_an_address_is_read_with_the_same_settings(engine, tmp_path):
    raw, rows = NASTY["words for nothing"]
    (tmp_path / "a.csv").write_bytes(raw + b'"7, ""seven""",\n')
    frame = read_records((tmp_path / "a.csv").as_uri(), engine)
    assert collected(frame).to_numpy().tolist() == [*rows, ['7, "seven"', ""]]


@pytest.mark.parametrize("cell", ["\t", " ", "  \t"])
def test_a_cell_of_white_space_alone_is_a_row(engine, tmp_path, cell):
    (tmp_path / "a.csv").write_text(f"a\nx\n{cell}\ny\n", encoding="utf-8")
    assert collected(read_records(tmp_path / "a.csv", engine)).to_numpy().tolist() == [["x"], [cell], ["y"]]


@pytest.fixture(scope="module")
def side(tmp_path_factory):
    return tmp_path_factory.mktemp("drawn")


CELL = st.text(st.sampled_from('a,"\n\r\t ;\\#é0'), max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    width=st.integers(1, 3),
    data=st.data(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_python_writes_every_engine_reads_as_python_does(engine, side, width, data, quoting, end):
    if engine == "pyspark":
        pytest.skip("each job of Spark takes a second")
    rows = data.draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=5))
    if any("\r" in cell for row in rows for cell in row):
        quoting = csv.QUOTE_ALL  # else Python leaves a carriage return bare, which then ends the row
    with (side / "drawn.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator=end, quoting=quoting).writerows([["a", "b", "c"][:width], *rows])
    kept = [row for row in rows if any(row) or width == 1]
    assert collected(read_records(side / "drawn.csv", engine)).to_numpy().tolist() == kept


# Parquet knows types of its own.


def parquet(path, **columns):
    pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()}).to_parquet(path)
    return path


def test_columns_of_parquet_get_the_types_asked_for_or_are_refused(engine, tmp_path):
    pytest.importorskip("pyarrow", reason="this test writes Parquet with pyarrow")
    day = datetime.date(2001, 1, 31)
    path = parquet(
        tmp_path / "a.parquet",
        whole=[1.0, None, -3.0],
        text=["9007199254740993", None, ""],
        flag=[True, None, False],
        day=[day, None, day],
        number=[1, 2, 3],
        exact=[decimal.Decimal("1.00"), None, decimal.Decimal("7.00")],
        other=["x", None, "z"],
    )
    types = {"whole": "integer", "text": "integer", "flag": "boolean", "day": "date", "number": "number"}
    types["exact"] = "integer"
    frame = collected(read_records(path, engine, {**types, "other": "string"}))
    read = {name: [None if pd.isna(v) else v for v in frame[name]] for name in frame}
    assert read == {
        "whole": [1, None, -3],
        "text": [2**53 + 1, None, None],
        "flag": [True, None, False],
        "day": ["2001-01-31", "", "2001-01-31"],
        "number": [1.0, 2.0, 3.0],
        "exact": [1, None, 7],
        "other": ["x", "", "z"],
    }
    assert frame.dtypes.astype(str).tolist() == ["Int64", "Int64", "boolean", "str", "Float64", "Int64", "str"]
    for name, kind in (("number", "boolean"), ("flag", "number"), ("day", "integer")):
        with pytest.raises(RecordsError, match=rf"a\.parquet::{name}: .*must be"):
            collected(read_records(path, engine, {name: kind}))
    path = parquet(tmp_path / "b.parquet", whole=[1.0, 2.5], flag=["yes", "true"])
    for name, kind, value in (("whole", "integer", "2.5"), ("flag", "boolean", "'yes'")):
        with pytest.raises(ValueError, match=f"{name}: '?{value}'?: must be"):
            collected(read_records(path, engine, {name: kind}))


# What is said where something fails.


def test_an_error_of_an_engine_names_it_and_what_to_do(engine, tmp_path):
    if engine == "pandas":
        pytest.skip("pandas names the row")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 is how it begins")
    with pytest.raises(EngineError) as failed:
        collected(read_records(tmp_path / "broken.parquet", engine))
    assert str(failed.value).startswith(f"the engine {engine} could not ")
    assert str(failed.value).endswith("; try engine='pandas' to see the row")
    assert "\n" not in str(failed.value)
    assert failed.value.__cause__ is not None


def test_a_column_that_a_computation_needs_is_missed_by_name(engine, tmp_path):
    (tmp_path / "a.csv").write_text("resolution,state,year\nR/1,Here,2001\nR/1,There,2001\n", encoding="utf-8")
    frame = read_records(tmp_path / "a.csv", engine)
    for compute, column in (
        (lambda: aggregates.agreement(frame, "Here"), "vote"),
        (lambda: aggregates.sums(frame, "tonnes", ("state",)), "tonnes"),
        (lambda: aggregates.event_counts(frame, ("state",)), "date"),
        (lambda: aggregates.spans(frame, ("release", "state")), "release"),
    ):
        with pytest.raises(RecordsError) as refused:
            compute()
        what = f"the records have no column {column}, which is needed; theirs are resolution, state, year"
        assert str(refused.value) == what


def test_the_checks_of_a_ledger_find_the_same_on_every_engine(engine, tmp_path):
    small = Folder(tmp_path / "data").path
    pd.testing.assert_frame_equal(resolved(load(small, engine)), resolved(load(small)))


def test_nothing_that_libraries_tell_developers_reaches_a_reader(engine, folder):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        votes = read_records(folder / "parts", engine, {"year": "year"})
        assert len(aggregates.agreement(votes, "Here", PLACES, roll_call="roll_call"))
        assert aggregates.distinct(votes, "vote") == {"yes", "no", "abstain", "absent"}
        flows = read_records(folder / "flows.csv", engine, {"tiv_millions": "number"})
        assert len(aggregates.sums(aggregates.one_release(flows), "tiv_millions", ("supplier",)))
        if engine != "pyspark" and find_spec("pyarrow"):
            collected(votes).to_parquet(folder / "votes.parquet")
            assert len(collected(read_records(folder / "votes.parquet", engine))) == len(VOTES)
        (folder / "votes.parquet").unlink(missing_ok=True)


def test_pyspark_without_java_says_what_it_needs(tmp_path):
    if find_spec("pyspark") is None:
        pytest.skip(reason("pyspark"))
    (tmp_path / "a.csv").write_text("state\nHere\n", encoding="utf-8")
    code = "import sys; from claimbook.model.records import read_records; read_records(sys.argv[1], 'pyspark')"
    away = {key: value for key, value in os.environ.items() if key != "JAVA_HOME"}
    bare = tmp_path / "bin"
    bare.mkdir()
    for tool in ("bash", "dirname", "env", "sh", "cat", "ps", "uname", "basename"):
        if found := which(tool):
            (bare / tool).symlink_to(found)
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.csv"],
        env={**away, "PATH": str(bare)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "EngineError: the engine pyspark could not read" in done.stderr
    assert "PySpark needs Java 17 or newer, on PATH or named by JAVA_HOME" in done.stderr


@pytest.mark.parametrize(
    ("paths", "types", "engine", "error", "words"),
    [
        ("none.csv", {}, "pandas", FileNotFoundError, "none.csv: no such file of records"),
        ("none/*.csv", {}, "pandas", FileNotFoundError, "no such file of records"),
        ("a.csv", {"nation": "string"}, "pandas", ValueError, "a.csv:1: the column nation is missing"),
        ("*.csv", {}, "pandas", ValueError, "b.csv:1: columns must be those of"),
        ("a.txt", {}, "pandas", ValueError, "must be all .csv or all .parquet, not txt"),
        ("a.csv", {}, "abacus", ValueError, "engine must be one of pandas, polars, duckdb, dask, pyspark"),
        ([], {}, "pandas", FileNotFoundError, "no file of records is named"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path, paths, types, engine, error, words):
    (tmp_path / "a.csv").write_text("state,year\nHere,2001\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("year,state\n2001,Here\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("state\nHere\n", encoding="utf-8")
    with pytest.raises(error, match=words.replace("*", r"\*")):
        read_records(tmp_path / paths if paths else paths, engine, types)


def test_an_engine_that_is_not_installed_is_named_with_its_extra(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("state\nHere\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(
        ImportError, match=r'the engine polars is not installed .*python -m pip install -e "\.\[polars\]"'
    ):
        read_records(tmp_path / "a.csv", "polars")


def test_parquet_without_pyarrow_is_refused_with_what_installs_it(tmp_path, monkeypatch):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        ImportError, match=r'pandas reads Parquet with pyarrow, .*python -m pip install -e "\.\[parquet\]"'
    ):
        read_records(tmp_path / "a.parquet")

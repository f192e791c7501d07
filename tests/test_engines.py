"""Computations over large records: written once, and equal on every engine; files read whole, or refused by place."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pandas as pd
import pytest

from claimbook import aggregates, checks
from claimbook.ledger import load
from claimbook.records import ENGINES, collected, read_records

ROOT = Path(__file__).parents[1]
NEEDS = {"pandas": "pandas", "polars": "polars", "duckdb": "duckdb", "dask": "dask.dataframe", "pyspark": "pyspark"}

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
PLACES = {"yes": 1.0, "abstain": 0.5, "no": 0.0}


def reason(engine):
    """Say why an engine cannot run here; None where it can."""
    try:
        if find_spec(NEEDS[engine]) is None:
            return f"{engine} is not installed: pip install .[{engine}]"
    except ModuleNotFoundError:
        return f"{engine} is not installed: pip install .[{engine}]"
    if engine == "pyspark" and which("java") is None and "JAVA_HOME" not in os.environ:
        return "PySpark needs Java, which is not on PATH"
    return None


def only_once(engine, files):
    """Spare PySpark what is tested elsewhere: each of its jobs takes a second or more."""
    if engine == "pyspark" and files != "parts":
        pytest.skip("on PySpark only the hardest of these cases is run")


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request):
    if why := reason(request.param):
        pytest.skip(why)
    if request.param != "pyspark":
        yield request.param
        return
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    quick = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.memory": "1g"}
    builder = SparkSession.builder.master("local[1]")
    for key, value in quick.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield request.param
    session.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the votes as one CSV file, as two, and the events as they may come."""
    folder = tmp_path_factory.mktemp("records")
    votes = pd.DataFrame(VOTES, columns=["roll_call", "state", "year", "vote"])
    votes.to_csv(folder / "votes.csv", index=False)
    (folder / "parts").mkdir()
    votes[:70].to_csv(folder / "parts" / "a.csv", index=False)
    votes[70:].to_csv(folder / "parts" / "b.csv", index=False)
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


def test_deliveries_ranks_and_events_are_equal_on_every_engine(engine, folder, records):
    types = {"year": "integer", "tiv_millions": "number"}
    flows = read_records(ROOT / "data" / "records" / "sipri_flows.csv", engine, types)
    stored = records["sipri_flows"]
    found = aggregates.deliveries(flows)
    expected = stored.groupby(["release", "supplier", "year"], as_index=False)["tiv_millions"].sum()
    pd.testing.assert_frame_equal(found, expected)
    one = aggregates.deliveries(flows, ("recipient",), {"supplier": "Iran", "release": "2022-05"})
    assert set(one["recipient"]) <= set(stored.loc[stored["supplier"] == "Iran", "recipient"])
    ranks = aggregates.exporter_ranks(flows)
    assert list(ranks.columns) == list(records["sipri_exporter_ranks"].columns)
    for _, year in ranks.groupby(["release", "year"]):
        assert year["world_share_percent"].sum() == pytest.approx(100)
        assert year.sort_values("tiv_millions", ascending=False)["world_rank"].is_monotonic_increasing
        assert set(year["exporters_ranked"]) == {len(year)}

    counted = aggregates.event_counts(read_records(folder / "events.csv", engine, {"date": "date"}))
    assert counted.to_dict("records") == [
        {"actor": "A", "recipient": "B", "month": "2022-03", "events": 3},
        {"actor": "A", "recipient": "B", "month": "2022-04", "events": 1},
        {"actor": "C", "recipient": "B", "month": "2022-03", "events": 2},
        {"actor": "C", "recipient": "B", "month": "2022-04", "events": 1},
    ]


BUILT_ON_THEM = [
    ("un_moved_from_west", "state=Belarus; partner=United States; start=1994; end=2001"),
    ("un_votes_with_west", "state=Belarus; west=Poland; east=Russia; start=1994; end=2019"),
    ("exports_by_kind_of_recipient", "supplier=Belarus; first=1995; last=2001"),
    ("share_of_exports", "supplier=Belarus; recipient=Iran; first=1995; last=2023"),
    ("deliveries", "supplier=Russia; recipient=Syria; first=2012; last=2018"),
    ("growth_since", "supplier=Russia; recipient=Syria; split=2012; last=2017"),
    ("from_earlier_orders", "supplier=Russia; recipient=Syria; start=2011; last=2017"),
    ("exporter_rank", "exporter=Russia; first=1995; last=2016"),
    ("un_only_backers", "states=Belarus, Eritrea; start=2022-03-02; end=2023-04-05"),
]


def test_every_check_over_large_records_is_tried():
    over_large = {name for name, check in checks.registry().items() if set(check.records) & set(checks.LARGE)}
    assert over_large <= {name for name, _ in BUILT_ON_THEM}


def test_checks_find_the_same_on_every_engine(engine, records):
    needed = {name for check, _ in BUILT_ON_THEM for name in checks.registry()[check].records}
    resources = {r["name"]: r for r in load(ROOT / "data").schema["resources"]}
    there = {
        name: read_records(
            ROOT / "data" / resources[name]["path"],
            engine,
            {field["name"]: field["type"] for field in resources[name]["schema"]["fields"]},
        )
        for name in needed
    }
    assert engine == "pandas" or not any(isinstance(frame, pd.DataFrame) for frame in there.values())
    for name, arguments in BUILT_ON_THEM:
        if engine == "pyspark" and name in ("exporter_rank", "deliveries", "exports_by_kind_of_recipient"):
            continue  # what these need of the engine, the others need as well
        found, expected = checks.run(name, arguments, there), checks.run(name, arguments, records)
        assert (found.stance, found.sentence) == (expected.stance, expected.sentence), name
        assert found.numbers == pytest.approx(expected.numbers), name
    with pytest.raises(ValueError, match="no supplier"):
        checks.run("deliveries", "supplier=Atlantis; recipient=Syria; first=2012; last=2018", there)
    with pytest.raises(ValueError, match="lack years"):
        checks.run("un_moved_from_west", "state=Belarus; partner=Atlantis; start=1994; end=2001", there)


def test_a_ledger_whose_records_lie_on_an_engine_gives_records_of_the_same_cells(engine, records):
    if engine == "pyspark":
        pytest.skip("two dozen small files, one Spark job each, show no more than the tests above")
    there = load(ROOT / "data", engine).records
    for name, frame in records.items():
        pd.testing.assert_frame_equal(collected(there[name]), frame, check_dtype=False)


def test_a_cell_that_is_not_of_its_type_is_refused(engine, tmp_path):
    (tmp_path / "odd.csv").write_text("state,year\nHere,2001\nThere,then\n", encoding="utf-8")
    with pytest.raises(Exception, match="then") as refused:
        collected(read_records(tmp_path / "odd.csv", engine, {"year": "year"}))
    if engine == "pandas":
        assert str(refused.value) == f"{tmp_path}/odd.csv:3:year: 'then': must be an integer in plain digits"


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
    with pytest.raises(ImportError, match=r"the engine polars is not installed .*pip install \.\[polars\]"):
        read_records(tmp_path / "a.csv", "polars")

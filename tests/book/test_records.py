"""The records of this book: what each says of itself, and checks over them that find the same on every engine."""

import re

import pandas as pd
import pytest
from own_checks import CHECKS, run
from this_book import BOOK, DATA

from claimbook.analysis import aggregates
from claimbook.model import ledger
from claimbook.model.ledger import load
from claimbook.model.records import collected, read_records

TOLD_AGAIN = {"release", "edition_year", "first_edition", "snapshot_date", "transaction"}
"""Columns by which a record can tell the same fact more than once."""


def test_a_record_that_tells_facts_more_than_once_says_what_to_do():
    resources = [r for r in BOOK.schema["resources"] if ledger.is_record(r)]
    again = [r for r in resources if TOLD_AGAIN & {field["name"] for field in r["schema"]["fields"]}]
    assert len(again) >= 10
    for resource in again:
        words = resource["traps"][0]
        assert re.search(r"\b(release|export|workbook|edition|snapshot|accounts?)", words), resource["name"]
        assert re.search(r"\b(add|added|sum|counts?|averag)", words), resource["name"]
        assert re.search(r"\b(keep|take|put|compare|add lengths up)\b", words, re.IGNORECASE), resource["name"]


def test_the_deliveries_of_the_book_cannot_be_summed_over_both_releases(records):
    with pytest.raises(ValueError, match="counts double: take one, as in one_release"):
        aggregates.sums(records["sipri_flows"], "tiv_millions", ("supplier",))


def test_deliveries_and_ranks_of_the_book_are_equal_on_every_engine(engine, records):
    types = {"year": "integer", "tiv_millions": "number"}
    flows = read_records(DATA / "records" / "sipri_flows.csv", engine, types)
    kept = records["sipri_flows"]
    expected = kept.groupby(["release", "supplier", "year"], as_index=False)["tiv_millions"].sum()
    pd.testing.assert_frame_equal(aggregates.sums(flows, "tiv_millions", ("release", "supplier", "year")), expected)
    ranks = aggregates.ranks(flows, "tiv_millions", "supplier", ("release", "year"))
    for _, year in ranks.groupby(["release", "year"]):
        assert year["share_percent"].sum() == pytest.approx(100)
        assert year.sort_values("tiv_millions", ascending=False)["rank"].is_monotonic_increasing
        assert set(year["ranked"]) == {len(year)}


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
    over_large = {name for name, check in CHECKS.items() if check.large}
    assert over_large <= {name for name, _ in BUILT_ON_THEM}


def test_checks_find_the_same_on_every_engine(engine, records):
    needed = {name for check, _ in BUILT_ON_THEM for name in CHECKS[check].records}
    resources = {r["name"]: r for r in BOOK.schema["resources"]}
    there = {
        name: read_records(
            DATA / resources[name]["path"],
            engine,
            {field["name"]: field["type"] for field in resources[name]["schema"]["fields"]},
        )
        for name in needed
    }
    assert engine == "pandas" or not any(isinstance(frame, pd.DataFrame) for frame in there.values())
    for name, arguments in BUILT_ON_THEM:
        if engine == "pyspark" and name in ("exporter_rank", "deliveries", "exports_by_kind_of_recipient"):
            continue  # what these need of the engine, the others need as well
        found, expected = run(name, arguments, there), run(name, arguments, records)
        assert (found.stance, found.sentence) == (expected.stance, expected.sentence), name
        assert found.numbers == pytest.approx(expected.numbers), name
    with pytest.raises(ValueError, match="no supplier"):
        run("deliveries", "supplier=Atlantis; recipient=Syria; first=2012; last=2018", there)
    with pytest.raises(ValueError, match="lack years"):
        run("un_moved_from_west", "state=Belarus; partner=Atlantis; start=1994; end=2001", there)


def test_a_ledger_whose_records_lie_on_an_engine_gives_records_of_the_same_cells(engine, records):
    if engine == "pyspark":
        pytest.skip("two dozen small files, one Spark job each, show no more than the tests above")
    there = load(DATA, engine).records
    for name, frame in records.items():
        pd.testing.assert_frame_equal(collected(there[name]), frame, check_dtype=False)

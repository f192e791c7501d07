"""Every rule of the tables that this book has for itself has a case that breaks it."""

import pytest
from places import ROOT

from claimbook.validation import validate


@pytest.fixture
def folder(folder):
    """Return the folder of the small ledger, with the rules that the book brings along."""
    (folder.path.parent / "checks" / "own_tables.py").symlink_to(ROOT / "checks" / "own_tables.py")
    return folder


def problems(folder):
    return {str(p) for p in validate(folder.path)}


def test_sound_tellings_and_yardsticks_pass(folder):
    assert problems(folder) == set()


CASES = {
    "trade of nobody": (
        ("quantities.csv", 3, "stage", "delivery"),
        "must be other where neither arms_deal is true nor a supplier is given",
    ),
    "reference": (("lineage.csv", 2, "reference", "nowhere"), "nowhere: must be a key of references.bib"),
    "order of dates": (("lineage.csv", 2, "date_end", "2028-01-01"), "must not lie before date"),
    "half a period": (("lineage.csv", 2, "period_start", "2028-01-01"), "must be given where period_start is"),
    "named and inferred": (("lineage.csv", 3, "names_telling", "first"), "must be empty where a telling is named"),
    "no reason": (("lineage.csv", 3, "inference_reason", ""), "must be given for what is inferred"),
    "idle reason": (("lineage.csv", 2, "inference_reason", "why"), "must be empty where nothing is inferred"),
    "no buyer": (
        ("lineage_buyers.csv", 2, "telling_id", "second"),
        "lineage.csv:2:telling_id: first: must name a buyer",
    ),
    "unknown forerunner": (("lineage.csv", 3, "inferred_from", "third"), "must be found in lineage.telling_id"),
    "itself": (("lineage.csv", 3, "inferred_from", "second"), "must not lead back to the telling"),
    "long quote": (
        ("lineage.csv", 2, "wording", "a " * 12 + "b"),
        "wording: a a a a a a a a a a a a b: must quote at most 12",
    ),
    "long quote within": (("lineage.csv", 2, "stage_words", f'said "{"a " * 12}b"'), "must quote at most 12 words"),
    "gap of places": (("lineage_buyers.csv", 2, "place", "2"), "places must run from 1 without a gap"),
    "stage": (("lineage.csv", 2, "stage", "rumour"), "must be one of: contract, export, delivery, flow"),
    "yardstick's reference": (("yardsticks.csv", 2, "reference", "nowhere"), "must be a key of references.bib"),
    "amount without bound": (("yardsticks.csv", 2, "bound", ""), "must be given where there is an amount"),
    "bound without amount": (("yardsticks.csv", 2, "amount", ""), "must be empty where there is no amount"),
    "number of a statement": (("yardsticks.csv", 2, "counts", "statement"), "where there is no amount, and else not"),
    "no currency": (("yardsticks.csv", 2, "currency", ""), "must be given for money"),
    "currency of weapons": (("yardsticks.csv", 2, "unit", "weapons"), "must be empty except for money"),
    "unit of another thing": (
        ("yardsticks.csv", 2, "unit", "fighters"),
        "must be what is counted where it is no money",
    ),
    "sum of no period": (("yardsticks.csv", 2, "period_start", ""), "must be given for a sum over a period"),
    "trade's reference": (("trade_told.csv", 2, "reference", "nowhere"), "must be a key of references.bib"),
    "half of a yardstick's period": (("yardsticks.csv", 2, "period_end", ""), "must be given where period_start is"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_rule_has_a_case_that_breaks_it(case, folder):
    cell, expected = CASES[case]
    folder.set(*cell)
    assert any(expected in problem for problem in problems(folder)), problems(folder)


def test_without_its_own_rules_a_book_may_do_without_its_own_columns(folder):
    folder.replace("datapackage.json", '"name": "arms_deal"', '"name": "of_interest"')
    rows = folder.rows("quantities.csv")
    folder.write("quantities.csv", [["of_interest" if c == "arms_deal" else c for c in rows[0]], *rows[1:]])
    missing = "datapackage.json::quantities: arms_deal: the ledger needs this column, of type boolean"
    assert problems(folder) == {missing}
    (folder.path.parent / "checks" / "own_tables.py").unlink()
    assert problems(folder) == set()


def test_a_forerunner_must_not_lie_after_its_telling(folder):
    folder.set("lineage.csv", 3, "date", "2028-01-01")
    folder.set("lineage.csv", 3, "date_end", "2028-01-01")
    assert any("inferred_from: first: must not lie after the telling" in p for p in problems(folder))


def test_tellings_must_not_lead_back_to_each_other(folder):
    folder.set("lineage.csv", 2, "inferred_from", "second")
    assert sum("must not lead back" in p for p in problems(folder)) == 2


def test_prices_belong_to_money(folder):
    for column, value in (("unit", "weapons"), ("counts", "weapons"), ("currency", ""), ("price_year", "2029")):
        folder.set("yardsticks.csv", 2, column, value)
    assert any("price_year: 2029: must be empty except for money" in p for p in problems(folder))


def test_the_telling_of_a_quantity_agrees_with_it(folder):
    rows = folder.rows("quantities.csv")
    folder.set("lineage.csv", 2, "quantity_id", rows[1][0])
    assert any("must be that of the quantity" in p for p in problems(folder))

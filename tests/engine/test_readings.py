"""Weights that several readers coded: what most gave stands, or a reason does; agreement is printed beside them."""

import pytest
from bs4 import BeautifulSoup

from claimbook.analysis import readings
from claimbook.model import ledger
from claimbook.validation import validate
from claimbook.view import weights as shown

READERS = ("first", "second", "third")


def read(folder, claim, *weights, settled=None, why=""):
    """Let readers give a claim these weights, in order."""
    rows = list(zip(READERS, weights, strict=False)) + ([("settled", settled)] if settled else [])
    for reader, weight in rows:
        reason = why if reader == "settled" else ""
        folder.add("weight_readings.csv", claim_id=claim, reader=reader, weight=weight, why=reason)


def problems(folder):
    return [str(problem) for problem in validate(folder.path)]


THESIS, SUPPORT = "alder-2030-c001", "alder-2030-c002"


def test_what_most_readers_gave_stands(folder):
    read(folder, THESIS, "thesis", "support", "thesis")
    assert problems(folder) == []


@pytest.mark.parametrize("weights", [("support", "support", "thesis"), ("thesis", "support", "background")])
def test_a_weight_that_most_did_not_give_needs_a_reason(folder, weights):
    read(folder, THESIS, *weights)
    rule = "the claim has another weight than most readers gave: add a row of the reader 'settled' that says why"
    assert problems(folder) == [f"weight_readings.csv:2:claim_id: {THESIS}: {rule}"]


def test_a_reason_settles_it(folder):
    read(folder, THESIS, "support", "support", "thesis", settled="thesis", why="It is the headline.")
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("weights", "settled", "why", "fault"),
    [
        (("support", "support"), "support", "Why.", "weight: support: must be the weight that the claim has"),
        (("support", "support"), "thesis", "", "why: : must be given where a weight is settled"),
        (("thesis", "thesis"), "thesis", "Why.", "reader: settled: must not settle a weight that most readers gave"),
    ],
)
def test_what_settles_a_weight_names_it_with_its_reason_and_only_where_it_is_open(folder, weights, settled, why, fault):
    read(folder, THESIS, *weights, settled=settled, why=why)
    assert [line.partition(":4:")[2] for line in problems(folder)] == [fault]


def test_agreement_and_every_settled_weight_are_shown(folder):
    for number, claim in enumerate(ledger.load(folder.path).claims.itertuples(index=False)):
        other = {"thesis": "support", "support": "background", "background": "support"}[claim.weight]
        read(folder, claim.claim_id, claim.weight, claim.weight, other if number < 9 else claim.weight)
    folder.replace("weight_readings.csv", f"{THESIS},second,thesis", f"{THESIS},second,background")
    read(folder, THESIS, settled="thesis", why="It is <b>the</b> headline.")
    book = ledger.load(folder.path)
    assert readings.weight_agreement(book)["first", "second"].agreed == 17
    page = BeautifulSoup(shown.agreement(book), "html.parser")
    assert page.caption.text == "Weights of 18 claims by 3 readers; 9 alike by all"
    row = page.find("th", string="first and third").parent
    assert [cell.text for cell in row.select("td")][:2] == ["18", "50%"]
    folded = page.details
    assert folded.summary.text == "1 claim settled by a reason against or without a majority"
    assert "It is <b>the</b> headline." in folded.text
    assert "first: thesis; second: background; third: support" in folded.text


def test_a_book_need_not_have_readings(folder):
    assert shown.agreement(ledger.load(folder.path)) == '<p class="cb-quiet">No weight was coded a second time.</p>'

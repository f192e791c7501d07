"""What several readers coded: what most gave stands, or a reason does; agreement and audits are counted as they are."""

import pandas as pd
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


def twice(folder, row, first, second, why=""):
    """Let two readers code a row of evidence."""
    for reader, (stance, origin, primary) in (("first", first), ("second", second)):
        folder.add(
            "second_reading.csv",
            evidence_id=row,
            reader=reader,
            stance=stance,
            origin=origin,
            primary=primary,
            interested="false",
            note="",
            why=why if reader == "second" else "",
        )


def evidence_rows(folder):
    return ledger.load(folder.path).evidence["evidence_id"].tolist()


def test_readers_who_agree_need_no_reason(folder):
    row = evidence_rows(folder)[0]
    twice(folder, row, ("supports", "gazette", "true"), ("supports", "gazette", "true"))
    assert problems(folder) == []


@pytest.mark.parametrize(
    "second", [("qualifies", "gazette", "true"), ("supports", "herald", "true"), ("supports", "gazette", "false")]
)
def test_readers_who_differ_need_one(folder, second):
    row = evidence_rows(folder)[0]
    twice(folder, row, ("supports", "gazette", "true"), second)
    assert problems(folder) == [
        "second_reading.csv:3:why: : must say why the row is settled as it is: the two readers differ"
    ]


def test_a_reason_settles_what_readers_differ_on(folder):
    row = evidence_rows(folder)[0]
    twice(folder, row, ("supports", "gazette", "true"), ("qualifies", "gazette", "true"), why="One of two is told.")
    assert problems(folder) == []


def test_a_reading_alone_or_of_a_third_is_refused(folder):
    row = evidence_rows(folder)[0]
    folder.add(
        "second_reading.csv",
        evidence_id=row,
        reader="third",
        stance="supports",
        origin="gazette",
        primary="true",
        interested="false",
    )
    assert [line.partition("csv:2:")[2] for line in problems(folder)] == [
        f"evidence_id: {row}: must have a row of the first reader and one of the second",
        "reader: third: must be first or second",
    ]


def test_agreement_of_readers_is_counted_for_each_variable(folder):
    rows = evidence_rows(folder)[:12]
    for number, row in enumerate(rows):
        second = ("qualifies" if number == 0 else "supports", "herald" if number < 3 else "gazette", "true")
        first = ("supports_part" if number == 0 else "supports", "gazette", "true")
        twice(folder, row, first, second, why="So." if number < 3 else "")
    found = readings.evidence_agreement(ledger.load(folder.path))
    assert {name: (one.agreed, one.n) for name, one in found.items()} == {
        "stance": (len(rows), len(rows)),
        "origin": (len(rows) - 3, len(rows)),
        "primary": (len(rows), len(rows)),
        "interested": (len(rows), len(rows)),
    }


def audit(**cells):
    usual = {"right": "yes", "complete": "yes", "words_right": "yes", "stance": "supports", "stance_second": ""}
    usual |= {
        "drawn_from": "a",
        "origin": "gazette",
        "date": "2016",
        "coded_stance": "supports",
        "coded_origin": "gazette",
    }
    return usual | {"coded_date": "2016"} | cells


def test_an_audit_counts_what_could_be_judged_and_no_more():
    rows = [
        audit(),
        audit(complete="no"),
        audit(right="", complete="", words_right="", date=""),
        audit(stance="qualifies", stance_second="supports", origin="herald"),
        audit(stance="qualifies", date="2016-02"),
        audit(drawn_from="b", origin="herald | gazette", date="2017"),
        audit(drawn_from="b", coded_date=""),
    ]
    found = readings.audited(type("Book", (), {"audits": pd.DataFrame(rows)}))
    counted = {name: found[name].dropna().tolist() for name in found}
    assert counted == {
        "draw": [1, 1, 1, 1, 1, 2, 2],
        "right": [True] * 6,
        "right_and_complete": [True, False, True, True, True, True],
        "words": [True] * 6,
        "stance": [True, True, True, True, False, True, True],
        "origin": [True, True, True, False, True, True, True],
        "date": [True, True, True, True, False, False],
    }


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs one at least"):
        readings.share(0, 0)
    assert [round(number, 3) for number in readings.share(0, 10)] == [0, 0, 0.278]

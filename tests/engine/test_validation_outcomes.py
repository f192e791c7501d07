"""Rules of what came of things foretold, shared wording, corrections, versions and examples: a case breaks each."""

import pytest

from claimbook.model import ledger
from claimbook.validation import validate
from claimbook.view import cards, corrections

OTHER = "must be given, or claim_id, and not both"
CASES = {
    "neither": (("outcomes.csv", 2, "event_id", ""), f"event_id: : {OTHER}"),
    "both": (("outcomes.csv", 2, "claim_id", "alder-2030-c001"), OTHER),
    "uncited": (("outcomes.csv", 2, "reference", ""), "must be given unless the outcome is not known"),
    "foreign": (("outcomes.csv", 2, "reference", "nowhere-2030"), "nowhere-2030: must be a key of references.bib"),
    "too early": (("shared_wording.csv", 2, "sentence_id", "alder-2030-p02-s1"), "must not lie before its sentence"),
    "too long": (("shared_wording.csv", 2, "end", "900"), "end: 900: must not lie after its sentence"),
    "backward": (("shared_wording.csv", 2, "end", "1"), "end: 1: must lie after start"),
    "disordered": (("corrections.csv", 3, "date", "2031-01-01"), "must not lie before that of the row above"),
    "unchanged": (("corrections.csv", 3, "now", "two origins counted as two"), "must differ from what was there"),
    "nobody's": (("corrections.csv", 2, "raised_by", "the king"), "must be one of: reader, named, contributors"),
    "lost claim": (("corrections.csv", 2, "claim_id", "alder-2030-c999"), "must be found in claims.claim_id"),
    "unknown": (("shared_wording.csv", 2, "reference", "nowhere-2030"), "must be a key of references.bib"),
}


def test_the_fixture_is_sound(folder):
    assert validate(folder.path) == []


@pytest.mark.parametrize("case", CASES)
def test_each_rule_has_a_case_that_breaks_it(case, folder):
    cell, expected = CASES[case]
    folder.set(*cell)
    assert any(expected in str(problem) for problem in validate(folder.path))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"value": "event"}, "claim_id: : must be given, or evidence_id, and not both"),
        ({"value": "event", "claim_id": "alder-2030-c999"}, "must be found in claims.claim_id"),
        ({"value": "rumour", "claim_id": "alder-2030-c001"}, "value: rumour: must be a value of the variable"),
        ({"variable": "claims.colour", "value": "red", "claim_id": "alder-2030-c001"}, "must be table and column"),
    ],
)
def test_an_example_shows_a_value_that_there_is_by_a_row_that_there_is(folder, cells, expected):
    folder.add("examples.csv", **{"variable": "claims.kind", "value": "quantity", "claim_id": "alder-2030-c001"})
    folder.add("examples.csv", **{"variable": "claims.hedge", "value": "given", "claim_id": "alder-2030-c001"})
    assert validate(folder.path) == []
    folder.add("examples.csv", **{"variable": "claims.kind", **cells})
    assert [str(problem) for problem in validate(folder.path) if expected in str(problem)]


def test_what_is_not_known_needs_no_source(folder):
    folder.set("outcomes.csv", 2, "status", "not_known")
    folder.set("outcomes.csv", 2, "reference", "")
    assert validate(folder.path) == []


def test_a_correction_stands_in_the_log_and_in_the_card_of_its_claim(folder):
    book = ledger.load(folder.path)
    log = corrections.log(book)
    assert log.index("2031-03-05") < log.index("2031-02-01")
    card = cards.Cards(book).facts(book.claims.iloc[0])
    assert "in version 1.0.0, 2031-02-01: a finding gave the wrong year → the year of the source" in card
    assert "Corrected" not in cards.Cards(book).facts(book.claims.iloc[1])


def test_a_book_without_corrections_says_so(folder):
    folder.drop("corrections.csv", 3)
    folder.drop("corrections.csv", 2)
    folder.set("versions.csv", 2, "last_correction", "")
    assert validate(folder.path) == []
    assert "Nothing has been corrected since version 1.0.0." in corrections.log(ledger.load(folder.path))

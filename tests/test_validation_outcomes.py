"""Rules of what came of things foretold and of shared wording: a case breaks each."""

import pytest

from claimbook.validation import validate

OTHER = "must be given, or claim_id, and not both"
CASES = {
    "neither": (("outcomes.csv", 2, "event_id", ""), f"event_id: : {OTHER}"),
    "both": (("outcomes.csv", 2, "claim_id", "alder-2030-c001"), OTHER),
    "uncited": (("outcomes.csv", 2, "reference", ""), "must be given unless the outcome is not known"),
    "foreign": (("outcomes.csv", 2, "reference", "nowhere-2030"), "nowhere-2030: must be a key of references.bib"),
    "too early": (("shared_wording.csv", 2, "sentence_id", "alder-2030-p02-s1"), "must not lie before its sentence"),
    "too long": (("shared_wording.csv", 2, "end", "900"), "end: 900: must not lie after its sentence"),
    "backward": (("shared_wording.csv", 2, "end", "1"), "end: 1: must lie after start"),
    "unknown": (("shared_wording.csv", 2, "reference", "nowhere-2030"), "must be a key of references.bib"),
}


def test_the_fixture_is_sound(folder):
    assert validate(folder.path) == []


@pytest.mark.parametrize("case", CASES)
def test_each_rule_has_a_case_that_breaks_it(case, folder):
    cell, expected = CASES[case]
    folder.set(*cell)
    assert any(expected in str(problem) for problem in validate(folder.path))


def test_what_is_not_known_needs_no_source(folder):
    folder.set("outcomes.csv", 2, "status", "not_known")
    folder.set("outcomes.csv", 2, "reference", "")
    assert validate(folder.path) == []

"""Verdicts on linked claims: which of them fit, and what the validator says of those that do not."""

import pytest

from claimbook.analysis import coherence
from claimbook.analysis.verdicts import VERDICTS
from claimbook.model import ledger
from claimbook.validation import validate
from claimbook.view import cards

LINK = 8
"""The line of the link by which one claim of the small ledger repeats another, with a reason."""


def problems(folder):
    return [str(problem) for problem in validate(folder.path)]


@pytest.mark.parametrize("one", VERDICTS)
@pytest.mark.parametrize("other", VERDICTS)
def test_what_is_told_again_has_one_verdict_and_a_denial_never_stands_beside_it(one, other):
    assert coherence.fits("repeats", one, other) == (one == other)
    both_stand = {one, other} <= {"supported", "partly_supported"}
    assert coherence.fits("denies", one, other) == coherence.fits("contradicts", one, other) == (not both_stand)
    suggested = one in ("supported", "partly_supported") and other == "contradicted"
    assert coherence.fits("implies", one, other) != suggested


def test_linked_claims_are_compared(folder):
    pairs = coherence.pairs(ledger.load(folder.path)).set_index(["claim_id", "related_claim_id"])
    assert set(pairs["type"]) == {"denies", "repeats", "contradicts"}
    told_again = pairs.loc[("alder-2030-c003", "alder-2030-c001")]
    assert (told_again["verdict"], told_again["related_verdict"]) == ("partly_supported", "supported")
    assert (told_again["fits"], told_again["differs"]) == (False, "The first names a sum.")
    assert pairs.drop(("alder-2030-c003", "alder-2030-c001"))["fits"].all()


def test_verdicts_that_do_not_fit_need_a_reason(folder):
    assert problems(folder) == []
    folder.set("claim_links.csv", LINK, "differs", "")
    (line,) = problems(folder)
    assert line == (
        f"claim_links.csv:{LINK}:differs: : the verdicts on the two, partly_supported and supported, do not fit: give "
        "both their shared evidence, say here why they may differ, or mend the link"
    )


def test_a_reason_that_is_no_longer_needed_is_deleted(folder):
    folder.set("claim_links.csv", LINK, "claim_id", "alder-2030-c005")
    folder.set("claim_links.csv", LINK, "related_claim_id", "alder-2030-c013")
    (line,) = problems(folder)
    rule = "must be empty where the verdicts on the two claims fit"
    assert line == f"claim_links.csv:{LINK}:differs: The first names a sum.: {rule}"


@pytest.mark.parametrize("kind", coherence.OPPOSED)
def test_no_reason_excuses_that_a_claim_and_its_denial_both_stand(folder, kind):
    folder.set("claim_links.csv", LINK, "claim_id", "alder-2030-c008")
    folder.set("claim_links.csv", LINK, "type", kind)
    for reason in ("", "They are not quite the same."):
        folder.set("claim_links.csv", LINK, "differs", reason)
        found = problems(folder)
        assert any(
            line.startswith(f"claim_links.csv:{LINK}:type: {kind}: the verdicts on the two, supported and supported")
            for line in found
        )
        rule = f"claim_links.csv:{LINK}:differs: {reason}: must be empty except for the types repeats and implies"
        assert (rule in found) == bool(reason)


def test_verdicts_are_not_compared_while_something_else_is_wrong(folder):
    folder.set("claim_links.csv", LINK, "differs", "")
    folder.set("evidence.csv", 5, "origin", "nobody")
    assert not any("do not fit" in line for line in problems(folder))


def test_a_pair_that_does_not_fit_may_stand_in_the_debts_until_it_is_mended(folder):
    owed = {"rule": "coherence", "table": "claim_links", "row": "alder-2030-c003 alder-2030-c001 repeats"}
    folder.set("claim_links.csv", LINK, "differs", "")
    folder.add("debts.csv", **owed)
    assert problems(folder) == []
    folder.set("claim_links.csv", LINK, "differs", "The first names a sum.")
    (line,) = problems(folder)
    assert line.endswith("this row does not break its rule, or is not there: delete the debt")


def test_a_reader_sees_why_the_verdicts_differ(folder):
    book = ledger.load(folder.path)
    assert "The first names a sum." in str(cards.collisions(book, "repeats", across=False))
    claim = book.claims.set_index("claim_id", drop=False).loc["alder-2030-c003"]
    assert "The first names a sum." in str(cards.of(book).facts(claim))

"""Care for the people and companies that this book names."""

import pytest
from this_book import BOOK

from claimbook.analysis import care
from claimbook.view.assessments import Assessments

NAMED = (
    "Marzuk|Aleinik|Assad|Batekhin|Belyaninov|Defense Systems|Goldman Sachs|Kyzym|Lukashenko|Mezentsev|Mokhber|Putin|"
    "Rosoboronexport|Shoigu|Srebrnik|Wezeman|Yanukovych"
)
"""The companies and the living of the book, one by one."""


def test_the_book_marks_whoever_is_named_and_nobody_else():
    claims = BOOK.claims
    sides = claims[["subject", "object"]].isin(set(care.people_and_companies(BOOK)["actor_id"])).any(axis=1)
    words = claims["statement"] + " " + claims["quote"] + " " + claims["subject"] + " " + claims["object"]
    assert care.claims_about(BOOK) == set(claims["claim_id"][sides | words.str.contains(NAMED)])


def test_the_book_marks_who_is_named_inside_a_statement():
    assessed = Assessments(BOOK)
    for claim in ("wnd-2001-c101", "wnd-2001-c102", "wnd-2001-c103", "wnd-2001-c111", "defence-ua-c137"):
        assert assessed.denial(claim) is not None


@pytest.mark.parametrize("source_id", BOOK.texts)
def test_a_text_alone_marks_the_claims_that_the_whole_ledger_marks(source_id):
    whole, part = care.claims_about(BOOK), BOOK.text(source_id)
    assert care.claims_about(part) == whole & set(part.claims["claim_id"])

"""\"Was this checked?\" over this book: paraphrases that were written without sight of the search."""

import csv
import gzip
import re
from pathlib import Path

import pytest
from browser import DESK, Visit
from search_page import check, write
from this_book import BOOK

from claimbook.site import find

CASES = Path(__file__).parent / "paraphrases.csv"


@pytest.fixture(scope="module")
def answers(browser, tmp_path_factory):
    """Ask for every sentence once; return per sentence the claims that it should find and those that it found."""
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path = write(tmp_path_factory.mktemp("page"), BOOK)
    with Visit(browser, path.parent.as_uri(), viewport=DESK) as visit:
        visit.page.goto(path.as_uri())
        got = [
            (row["sentence"], set(re.findall(r"[\w-]+", row["claim_ids"])), check(visit.page, row["sentence"]))
            for row in rows
        ]
        assert (visit.outside, visit.errors) == ([], [])
    return got, path.parent


def test_the_sentences_are_of_this_book(answers):
    claims = set(BOOK.claims["claim_id"])
    wanted = [ids for _, ids, _ in answers[0] if ids]
    assert (len(wanted), len(answers[0]) - len(wanted)) == (60, 30)
    assert set().union(*wanted) <= claims


def test_most_paraphrases_find_their_claim_among_three(answers):
    missed = [sentence for sentence, ids, found in answers[0] if ids and not ids & set(found[:3])]
    assert len(missed) <= 10, missed


def test_hardly_any_other_sentence_finds_something(answers):
    misled = [(sentence, found) for sentence, ids, found in answers[0] if not ids and found]
    assert len(misled) <= 3, misled


def test_the_index_is_light(answers):
    script = (answers[1] / find.CHECKED).read_bytes()
    assert len(gzip.compress(script)) <= 100_000

"""Ids of rows: the text and the claim that they name, and how new ones are made."""

import pandas as pd
import pytest
from places import FIXTURES

from claimbook.model import ids
from claimbook.model.ledger import load

TEXTS = ("alder-2030", "alder", "alder-2030-c001", "alder-p01-s1", "e-1")
"""Names that a text may have, some of which end as ids of rows do."""


@pytest.mark.parametrize("text", TEXTS)
def test_every_row_names_its_text(text):
    claim = ids.claim(text, 7)
    made = {
        claim: "c007",
        ids.sentence(text, 2, 11): "p02-s11",
        ids.chain(text, 1): "k01",
        ids.mention(text, 12): "m012",
        ids.evidence(claim, 2): "c007-e02",
        ids.search(claim, 3): "c007-s03",
        ids.within(text, "q01"): "q01",
        ids.within(text, "x04"): "x04",
    }
    for row_id, part in made.items():
        assert ids.split(row_id) == (text, part)
        assert row_id == ids.within(text, part)
    assert ids.claim_of(ids.evidence(claim, 2)) == ids.claim_of(ids.search(claim, 3)) == claim
    assert ids.paragraph_of(ids.sentence(text, 2, 11)) == ids.paragraph_of(ids.sentence(text, 2, 1))
    assert ids.paragraph_of(ids.sentence(text, 2, 1)) != ids.paragraph_of(ids.sentence(text, 3, 1))


def test_what_ids_say_is_what_the_tables_say():
    ledger = load(FIXTURES / "ledger")
    text = dict(zip(ledger.sentences["sentence_id"], ledger.sentences["source_id"], strict=True))
    of_claim = dict(zip(ledger.claims["claim_id"], ledger.claims["sentence_id"].map(text), strict=True))
    for table, key in (("claims", "claim_id"), ("mentions", "mention_id"), ("number_exceptions", "exception_id")):
        frame = ledger.tables[table]
        assert len(frame)
        assert ids.texts_of(frame[key]).tolist() == frame["sentence_id"].map(text).tolist()
    for table, key in (("evidence", "evidence_id"), ("searches", "search_id")):
        frame = ledger.tables[table]
        assert ids.claims_of(frame[key]).tolist() == frame["claim_id"].tolist()
        assert ids.texts_of(frame[key]).tolist() == frame["claim_id"].map(of_claim).tolist()
    sentences = ledger.sentences
    made = map(ids.sentence, sentences["source_id"], sentences["paragraph"], sentences["sentence"])
    assert list(made) == sentences["sentence_id"].tolist()


def test_a_column_without_rows_stays_one_of_text():
    none = pd.Series([], dtype="str")
    assert str(ids.texts_of(none).dtype) == str(none.dtype)
    kept = ids.texts_of(pd.Series(["alder-c001", "birch-c002"], [4, 2], dtype="str"))
    assert kept.to_dict() == {4: "alder", 2: "birch"}


@pytest.mark.parametrize(
    ("event_id", "year"), [("ev-2031-treaty", "2031"), ("ev-undated-treaty", ""), ("ev-20311-treaty", ""), ("2031", "")]
)
def test_an_event_may_have_its_year_in_its_id(event_id, year):
    assert ids.year_of(event_id) == year


@pytest.mark.parametrize(("row_id", "text"), [("alder-2030-claim7", "alder-2030"), ("alder", ""), ("", "")])
def test_an_id_of_another_form_is_cut_at_its_last_hyphen(row_id, text):
    assert ids.text_of(row_id) == text

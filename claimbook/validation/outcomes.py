"""Rules of what came of things foretold, of text reuse, of corrections, and of the examples of the codebook."""

from collections.abc import Iterator

import pandas as pd

from claimbook.model import bibliography
from claimbook.model.ledger import Ledger
from claimbook.model.schema import BOOLEANS
from claimbook.validation.inspection import Inspection, Rule, lookup


def _unknown_reference(cells: pd.Series, found: Inspection) -> pd.Series:
    known = [] if found.bibliography is None else list(found.bibliography)
    return (cells != "") & ~cells.isin(known) & (found.bibliography is not None)


def _outcomes(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.outcomes

    yield Rule(
        "outcomes",
        (rows["event_id"] == "") == (rows["claim_id"] == ""),
        "event_id",
        "must be given, or claim_id, and not both",
    )
    yield Rule(
        "outcomes", _unknown_reference(rows["reference"], found), "reference", f"must be a key of {bibliography.FILE}"
    )
    unsourced = (rows["reference"] == "") & (rows["status"] != "not_known")
    yield Rule("outcomes", unsourced, "reference", "must be given unless the outcome is not known")


def _text_reuse(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.shared_wording

    start, end = (rows["sentence_id"].map(lookup(ledger.sentences, "sentence_id", c)) for c in ("start", "end"))
    yield Rule("shared_wording", rows["start"] < start, "start", "must not lie before its sentence")
    yield Rule("shared_wording", rows["end"] > end, "end", "must not lie after its sentence")
    yield Rule("shared_wording", rows["end"] <= rows["start"], "end", "must lie after start")
    yield Rule(
        "shared_wording",
        _unknown_reference(rows["reference"], found),
        "reference",
        f"must be a key of {bibliography.FILE}",
    )


def _corrections(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.corrections
    yield Rule("corrections", rows["date"] < rows["date"].cummax(), "date", "must not lie before that of the row above")
    yield Rule("corrections", rows["was"] == rows["now"], "now", "must differ from what was there before")


def _examples(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.examples
    parts = (name.partition(".") for name in rows["variable"])
    columns = [ledger.column(table, column) for table, _, column in parts]
    unknown = pd.Series([not column for column in columns], rows.index, dtype=bool)
    yield Rule("examples", unknown, "variable", "must be table and column as the data package names them")
    listed = [
        [*BOOLEANS, *BOOLEANS.values()]
        if column.get("type") == "boolean"
        else column.get("constraints", {}).get("enum")
        for column in columns
    ]
    strange = [bool(enum) and value not in enum for enum, value in zip(listed, rows["value"], strict=True)]
    yield Rule("examples", pd.Series(strange, rows.index, dtype=bool), "value", "must be a value of the variable")
    both_or_none = (rows["claim_id"] == "") == (rows["evidence_id"] == "")
    yield Rule("examples", both_or_none, "claim_id", "must be given, or evidence_id, and not both")


OUTCOME_RULES = (
    (_corrections, "corrections"),
    (_outcomes, "outcomes"),
    (_text_reuse, "sentences shared_wording"),
    (_examples, "examples"),
)

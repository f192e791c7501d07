"""Rules of what came of things foretold, of shared wording, of corrections, and of the examples of the codebook."""

import pandas as pd

from claimbook.model import bibliography
from claimbook.model.ledger import Ledger
from claimbook.validation.inspection import Inspection, lookup


def _unknown_reference(cells: pd.Series, found: Inspection) -> pd.Series:
    known = [] if found.bibliography is None else list(found.bibliography)
    return (cells != "") & ~cells.isin(known) & (found.bibliography is not None)


def _outcomes(ledger: Ledger, found: Inspection) -> None:
    rows = ledger.outcomes

    def flag(where: pd.Series, column: str, rule: str) -> None:
        found.flag("outcomes", where, column, rule)

    flag((rows["event_id"] == "") == (rows["claim_id"] == ""), "event_id", "must be given, or claim_id, and not both")
    flag(_unknown_reference(rows["reference"], found), "reference", f"must be a key of {bibliography.FILE}")
    unsourced = (rows["reference"] == "") & (rows["status"] != "not_known")
    flag(unsourced, "reference", "must be given unless the outcome is not known")


def _shared_wording(ledger: Ledger, found: Inspection) -> None:
    rows = ledger.shared_wording

    def flag(where: pd.Series, column: str, rule: str) -> None:
        found.flag("shared_wording", where, column, rule)

    start, end = (rows["sentence_id"].map(lookup(ledger.sentences, "sentence_id", c)) for c in ("start", "end"))
    flag(rows["start"] < start, "start", "must not lie before its sentence")
    flag(rows["end"] > end, "end", "must not lie after its sentence")
    flag(rows["end"] <= rows["start"], "end", "must lie after start")
    flag(_unknown_reference(rows["reference"], found), "reference", f"must be a key of {bibliography.FILE}")


def _corrections(ledger: Ledger, found: Inspection) -> None:
    rows = ledger.corrections
    found.flag("corrections", rows["date"] < rows["date"].cummax(), "date", "must not lie before that of the row above")
    found.flag("corrections", rows["was"] == rows["now"], "now", "must differ from what was there before")


def _examples(ledger: Ledger, found: Inspection) -> None:
    rows = ledger.examples
    parts = (name.partition(".") for name in rows["variable"])
    columns = [ledger.column(table, column) for table, _, column in parts]
    unknown = pd.Series([not column for column in columns], rows.index, dtype=bool)
    found.flag("examples", unknown, "variable", "must be table and column as the data package names them")
    listed = [column.get("constraints", {}).get("enum") for column in columns]
    strange = [bool(enum) and value not in enum for enum, value in zip(listed, rows["value"], strict=True)]
    found.flag("examples", pd.Series(strange, rows.index, dtype=bool), "value", "must be a value of the variable")
    both_or_none = (rows["claim_id"] == "") == (rows["evidence_id"] == "")
    found.flag("examples", both_or_none, "claim_id", "must be given, or evidence_id, and not both")


OUTCOME_RULES = (
    (_corrections, "corrections"),
    (_outcomes, "outcomes"),
    (_shared_wording, "sentences shared_wording"),
    (_examples, "examples"),
)

"""Rules of what came of things foretold, of wording shared with other publications, and of corrections."""

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


OUTCOME_RULES = (
    (_corrections, "corrections"),
    (_outcomes, "outcomes"),
    (_shared_wording, "sentences shared_wording"),
)

"""Rules of what further readers coded: how that on which they differ was settled."""

from collections.abc import Iterator

from claimbook.analysis.readings import CODED, SETTLED, majority
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.validation.inspection import Inspection, Rule, lookup


def _weights(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Compare the weights of claims with those that further readers gave: what most gave stands, or a reason does."""
    rows = ledger.weight_readings
    settled = rows["reader"] == SETTLED
    given = rows[~settled].groupby("claim_id")["weight"].agg(majority)
    weight = rows["claim_id"].map(lookup(ledger.claims, "claim_id", "weight"))
    most = rows["claim_id"].map(given).fillna("")
    yield Rule(
        "weight_readings", settled & (weight != rows["weight"]), "weight", "must be the weight that the claim has"
    )
    yield Rule(
        "weight_readings", settled & (most == weight), "reader", "must not settle a weight that most readers gave"
    )
    yield Rule("weight_readings", settled & (rows["why"] == ""), "why", "must be given where a weight is settled")
    reasoned = rows["claim_id"].isin(rows.loc[settled, "claim_id"])
    open_ = (most != weight) & ~reasoned & ~rows["claim_id"].duplicated()
    rule = f"the claim has another weight than most readers gave: add a row of the reader {SETTLED!r} that says why"
    yield Rule("weight_readings", open_ & weight.notna(), "claim_id", rule)


def _evidence(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Check that rows of evidence were read by two readers, and that a reason stands where these differ."""
    rows = ledger.second_reading
    unknown = ~rows["reader"].isin(("first", "second"))
    yield Rule("second_reading", unknown, "reader", "must be first or second")
    alone = ~rows["evidence_id"].duplicated(keep=False)
    yield Rule("second_reading", alone, "evidence_id", "must have a row of the first reader and one of the second")
    differs = rows.groupby("evidence_id")[list(CODED)].nunique().gt(1).any(axis=1)
    open_ = rows["evidence_id"].map(differs).eq(True) & (rows["reader"] == "second") & (rows["why"] == "")
    yield Rule("second_reading", open_, "why", "must say why the row is settled as it is: the two readers differ")


DECIDED_ON = (
    *(("claims", "claim_id", column) for column in ("layer", "kind", "weight", "polarity")),
    ("evidence", "evidence_id", "stance"),
)
"""What the decision between two codings leaves in a cell of its own, with its table and key."""


def _adjudications(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Check that a decision between two codings names its row, and that what was decided still stands."""
    rows = ledger.adjudications
    left = rows["decision"] == "leave_out"
    yield Rule("adjudications", left & (rows["row"] != ""), "row", "must be empty where it was left out")
    yield Rule("adjudications", ~left & (rows["row"] == ""), "row", "must be given where it was not left out")
    keys = (("claims", "claim_id"), ("evidence", "evidence_id"), ("sentences", "sentence_id"), ("sources", "source_id"))
    keys += (("actors", "actor_id"), ("origins", "origin"), ("retired_ids", "id"))
    known = {row_id for table, key in keys for row_id in ledger.tables[table][key]}
    lost = (rows["row"] != "") & ~rows["row"].isin(known)
    yield Rule("adjudications", lost, "row", "must be the id of a row of the ledger, or one that was retired")
    decided = rows["first_value"].where(rows["decision"] == "first", rows["second_value"])
    decided = decided.where(rows["decision"].isin(("first", "second")), rows["decision"])
    last = ledger.corrections.groupby("claim_id")["date"].max().to_dict()
    corrected = rows["row"].map(lambda row: last.get(ids.claim_named(row), "")) >= rows["date"]
    for table, key, column in DECIDED_ON:
        stands = rows["row"].map(lookup(ledger.tables[table], key, column))
        # A cell of the rows of evidence alone says more than a stance where the stances are the same.
        plain = ~decided.str.contains("=", regex=False)
        other = (rows["variable"] == column) & stands.notna() & (stands != decided) & plain & ~corrected
        rule = "is not what the ledger has: log what was changed since as a correction, or decide anew"
        yield Rule("adjudications", other, "decision", rule)


READING_RULES = (
    (_weights, "weight_readings claims"),
    (_evidence, "second_reading evidence"),
    (_adjudications, "adjudications claims evidence sentences sources actors origins retired_ids corrections"),
)
"""Each group of rules with the tables it needs."""

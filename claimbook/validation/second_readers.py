"""Rules of what further readers coded: how that on which they differ was settled."""

from collections.abc import Iterator

from claimbook.analysis.readings import CODED, SETTLED, majority
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


READING_RULES = ((_weights, "weight_readings claims"), (_evidence, "second_reading evidence"))
"""Each group of rules with the tables it needs."""

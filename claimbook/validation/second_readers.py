"""Rules of what further readers coded: how the weights on which they differ were settled."""

from collections.abc import Iterator

from claimbook.analysis.readings import SETTLED, majority
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


READING_RULES = ((_weights, "weight_readings claims"),)
"""Each group of rules with the tables it needs."""

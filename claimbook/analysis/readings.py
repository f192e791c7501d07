"""What further readers made of the same claims: weights that were coded anew, in the table ``weight_readings``."""

import itertools
from collections import Counter

import pandas as pd

from claimbook.analysis.agreement import Kappa, kappa
from claimbook.model.ledger import Ledger

SETTLED = "settled"
"""The reader of a row of ``weight_readings`` that settles what the others differ on."""


def majority(values) -> str:
    """Return the value that more than half of the readers gave, or ``""``.

    Examples
    --------
    >>> majority(["thesis", "support", "thesis"]), majority(["thesis", "support"])
    ('thesis', '')
    """
    counted = Counter(values)
    return next((value for value, number in counted.items() if 2 * number > counted.total()), "")


def weights(ledger: Ledger) -> pd.DataFrame:
    """Return what each reader gave each claim: a row per ``claim_id``, a column per reader, ``""`` where none did."""
    rows = ledger.weight_readings
    rows = rows[rows["reader"] != SETTLED]
    return rows.pivot(index="claim_id", columns="reader", values="weight").fillna("")


def weight_agreement(ledger: Ledger) -> dict[tuple[str, str], Kappa]:
    """Return the agreement on weights between each two readers."""
    given = weights(ledger)
    found = {}
    for one, other in itertools.combinations(given, 2):
        both = given[(given[one] != "") & (given[other] != "")]
        found[one, other] = kappa(list(zip(both[one], both[other], strict=True)))
    return found

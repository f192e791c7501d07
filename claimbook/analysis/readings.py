"""What further readers made of the same claims and rows: weights and evidence coded anew, and audits at the source."""

import itertools
import math
from collections import Counter

import pandas as pd

from claimbook.analysis.agreement import Coefficient, kappa
from claimbook.model.ledger import Ledger
from claimbook.model.passages import SEPARATOR
from claimbook.model.span import FITS, Span

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


def weight_agreement(ledger: Ledger) -> dict[tuple[str, str], Coefficient]:
    """Return the agreement on weights between each two readers."""
    given = weights(ledger)
    found = {}
    for one, other in itertools.combinations(given, 2):
        both = given[(given[one] != "") & (given[other] != "")]
        found[one, other] = kappa(list(zip(both[one], both[other], strict=True)))
    return found


CODED = ("stance", "origin", "primary", "interested")
"""What a second reader of the evidence codes."""

NORMAL = 1.959963984540054
"""Within so many standard deviations of the mean lie 95 % of a normal distribution."""


def evidence_pairs(ledger: Ledger) -> pd.DataFrame:
    """Return what two readers made of the same rows of evidence.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``evidence_id``; columns (variable, reader) for each variable of :data:`CODED`, ``note`` and
        ``why``; rows in the order of ``evidence``. ``supports_part`` is ``qualifies`` here: when the rows were read
        twice the two were one.
    """
    rows = ledger.second_reading.assign(stance=lambda frame: frame["stance"].replace("supports_part", "qualifies"))
    pairs = rows.pivot(index="evidence_id", columns="reader", values=[*CODED, "note", "why"])
    order = [row for row in ledger.evidence["evidence_id"] if row in pairs.index]
    return pairs.loc[order]


def differences(ledger: Ledger) -> pd.DataFrame:
    """Return the rows of :func:`evidence_pairs` which the two readers coded otherwise in some variable."""
    pairs = evidence_pairs(ledger)
    differs = [pairs[name, "first"] != pairs[name, "second"] for name in CODED]
    return pairs[pd.concat(differs, axis=1).any(axis=1)]


def evidence_agreement(ledger: Ledger) -> dict[str, Coefficient]:
    """Return how far the two readers of the evidence agree on each variable."""
    pairs = evidence_pairs(ledger)
    return {name: kappa(list(zip(pairs[name, "first"], pairs[name, "second"], strict=True))) for name in CODED}


def share(successes: int, trials: int) -> tuple[float, float, float]:
    """Return a share and its 95 % interval.

    The interval is Wilson's: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.

    Raises
    ------
    ValueError
        If there was no trial.

    Examples
    --------
    >>> [round(number, 3) for number in share(38, 40)]
    [0.95, 0.835, 0.986]
    """
    if not trials:
        raise ValueError("trials: 0: a share needs one at least")
    found, square = successes / trials, NORMAL**2
    middle = (found + square / (2 * trials)) / (1 + square / trials)
    spread = NORMAL / (1 + square / trials) * math.sqrt(found * (1 - found) / trials + square / (4 * trials**2))
    return found, middle - spread, middle + spread


def _alike(coded: str, found: str) -> bool:
    """Tell whether a date that was coded and one that was found can be the same: one lies within the other."""
    return coded != "" and Span.read(coded).compare(Span.read(found)) == FITS


def audited(ledger: Ledger) -> pd.DataFrame:
    """Return, for each row audited, whether it was found right: missing where that could not be judged.

    Returns
    -------
    pandas.DataFrame
        ``draw``: the number of the draw, from 1 in order; then ``right``, ``right_and_complete``, ``words``, ``stance``
        (as the auditor has it, or holds defensible), ``origin`` (one of the auditor's) and ``date`` (one of the two
        lies within the other), of booleans and None; a row an audited row.
    """
    rows = ledger.audits
    said = {name: rows[name].map({"yes": True, "no": False}) for name in ("right", "complete", "words_right")}
    judged = said["right"].notna() & said["complete"].notna()
    dates = zip(rows["coded_date"], rows["date"], strict=True)
    origins = zip(rows["coded_origin"], rows["origin"].str.split(SEPARATOR), strict=True)
    return pd.DataFrame(
        {
            "draw": pd.factorize(rows["drawn_from"])[0] + 1,
            "right": said["right"],
            "right_and_complete": (said["right"].eq(True) & said["complete"].eq(True)).where(judged, None),
            "words": said["words_right"],
            "stance": (rows["coded_stance"] == rows["stance"]) | (rows["coded_stance"] == rows["stance_second"]),
            "origin": [coded in found for coded, found in origins],
            "date": [_alike(coded, found) if found else None for coded, found in dates],
        }
    ).astype(object)

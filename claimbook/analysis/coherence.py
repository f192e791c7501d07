"""Whether the verdicts on claims that are linked fit together.

Claims that tell the same again share their evidence, or the link says why their verdicts may differ; a claim and its
denial never both stand. What does not fit is a fault of the rows, and never mended by changing a verdict.
"""

import pandas as pd

from claimbook.analysis import evidence
from claimbook.analysis.verdicts import verdict
from claimbook.model.ledger import Ledger

STAND = ("supported", "partly_supported")
"""The verdicts by which a claim stands, in full or in part."""

OPPOSED = ("denies", "contradicts")
"""Links of claims of which one at most can be so: no reason excuses that both stand."""

COMPARED = ("repeats", "implies", *OPPOSED)
"""Links by which the verdict on one claim says something of that on the other."""

COLUMNS = ("claim_id", "related_claim_id", "type", "verdict", "related_verdict", "fits", "differs")


def fits(kind: str, one: str, other: str) -> bool:
    """Tell whether the verdicts on two claims fit the link that leads from the one to the other.

    Parameters
    ----------
    kind : str
        One of :data:`COMPARED`.
    one, other : str
        The verdicts on the claim that the link starts from and on the one that it leads to.

    Examples
    --------
    >>> fits("repeats", "supported", "partly_supported")
    False
    >>> fits("implies", "supported", "not_established")
    True
    >>> fits("denies", "partly_supported", "supported")
    False
    """
    if kind == "repeats":
        return one == other
    if kind == "implies":
        return not (one in STAND and other == "contradicted")
    return not (one in STAND and other in STAND)


def pairs(ledger: Ledger) -> pd.DataFrame:
    """Compare the verdicts on all claims that a link of :data:`COMPARED` joins.

    Returns
    -------
    pandas.DataFrame
        A row per link, in their order and with their index, with :data:`COLUMNS`: the claims, the link, the verdicts on
        both, whether they fit, and the reason given why they may differ.
    """
    links = ledger.claim_links[ledger.claim_links["type"].isin(COMPARED)]
    found, claims = evidence.items(ledger), evidence.claims(ledger)
    linked = {*links["claim_id"], *links["related_claim_id"]}
    known = {claim: verdict(found.get(claim, []), claims[claim]) for claim in linked if claim in claims}
    rows = links.assign(
        verdict=links["claim_id"].map(known), related_verdict=links["related_claim_id"].map(known)
    ).dropna(subset=["verdict", "related_verdict"])
    told = zip(rows["type"], rows["verdict"], rows["related_verdict"], strict=True)
    fit = pd.Series([fits(*pair) for pair in told], rows.index, dtype=bool)
    return rows.assign(fits=fit)[list(COLUMNS)]

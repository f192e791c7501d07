"""What texts foretell, and what became of it."""

import pandas as pd

from claimbook.model.ledger import Ledger
from claimbook.model.span import Span

AHEAD = ("promised", "planned", "hypothetical")
"""Modes of an event that lies ahead, or may."""

PREDICTED = "predicted"
"""Stands for the mode of what a claim predicts and no event is."""

NOT_KNOWN = "not_known"
"""The status of what has no outcome on record."""


def foretold(ledger: Ledger) -> pd.DataFrame:
    """Return everything the texts foretell, with its outcome on record.

    Returns
    -------
    pandas.DataFrame
        A row per event that is promised, planned or (where a claim predicts it, or an outcome is on record)
        hypothetical, and per prediction without such an event: ``event_id``, ``claim_id`` (one of the two is empty),
        ``claims`` (list), ``summary``, ``mode``, ``status`` (the last outcome's) and ``found`` (list: labels of its
        rows in ``outcomes``, the oldest first).
    """
    predictions = set(ledger.claims.loc[ledger.claims["kind"] == "prediction", "claim_id"])
    told = ledger.event_claims.groupby("event_id")["claim_id"].agg(lambda c: list(dict.fromkeys(c))).to_dict()
    settled = set(ledger.outcomes["event_id"]) | set(ledger.outcomes["claim_id"])
    rows, covered = [], set()
    for e in ledger.events[ledger.events["mode"].isin(AHEAD)].itertuples(index=False):
        mine = told[e.event_id]
        if e.mode != "hypothetical" or predictions & set(mine) or e.event_id in settled:
            covered |= set(mine)
            rows.append((e.event_id, "", mine, e.summary, e.mode))
    statements = ledger.claims.set_index("claim_id")["statement"]
    for claim_id in ledger.claims["claim_id"]:
        if claim_id in predictions - covered:
            rows.append(("", claim_id, [claim_id], statements[claim_id], PREDICTED))
    frame = pd.DataFrame(rows, columns=["event_id", "claim_id", "claims", "summary", "mode"])
    ordered = ledger.outcomes.sort_values(
        "known_on", key=lambda days: days.map(lambda day: Span.read(day).latest), kind="stable"
    )
    found = [
        ordered.index[(ordered["event_id"] == r.event_id) & (ordered["claim_id"] == r.claim_id)].tolist()
        for r in frame.itertuples(index=False)
    ]
    status = [ordered.at[labels[-1], "status"] if labels else NOT_KNOWN for labels in found]
    return frame.assign(status=status, found=found)

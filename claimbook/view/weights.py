"""What further readers made of the same claims, as a reader sees it: agreement, what differs, how it was settled."""

import pandas as pd

from claimbook.analysis import readings
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view.markup import Html, el
from claimbook.view.tables import claim_link, lines, quiet, table


def agreement(ledger: Ledger) -> Html:
    """Show how far readers agree on the weight of claims, and every claim whose weight was settled with a reason."""
    if "weight_readings" not in ledger.tables or ledger.weight_readings.empty:
        return quiet("No weight was coded a second time.")
    given, rows = readings.weights(ledger), ledger.weight_readings
    found = {f"{one} and {other}": kappa for (one, other), kappa in readings.weight_agreement(ledger).items()}
    whole = int((given.nunique(axis=1) == 1).sum())
    settled = rows[rows["reader"] == readings.SETTLED]
    statements = dict(zip(ledger.claims["claim_id"], ledger.claims["statement"], strict=True))
    frame = pd.DataFrame(
        {
            "Claim": [claim_link(c, words=statements.get(c)) for c in settled["claim_id"]],
            "Readers": ["; ".join(f"{who}: {given.at[c, who]}" for who in given) for c in settled["claim_id"]],
            "Settled": [lines(r.weight, r.why) for r in settled.itertuples(index=False)],
        }
    )
    head = f"Weights of {count(len(given), 'claim')} by {count(len(given.columns), 'reader')}; {whole} alike by all"
    agreed = pd.DataFrame(
        {
            "Readers": list(found),
            "Units": [kappa.n for kappa in found.values()],
            "Agreed": [f"{kappa.agreed / kappa.n:.0%}" if kappa.n else "–" for kappa in found.values()],
            "Kappa": [kappa.words[0] for kappa in found.values()],
            "95 % interval": [kappa.words[1] for kappa in found.values()],
        }
    )
    words = " settled by a reason against or without a majority"
    folded = el("details", el("summary", count(len(settled), "claim"), words), table(frame, "Settled"))
    return el("div", table(agreed, head), folded if len(settled) else quiet(f"None{words}."))

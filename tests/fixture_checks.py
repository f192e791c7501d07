"""The checks of the small ledger, which keeps a copy of this file as a book keeps its own."""

from claimbook.model.checks import Finding, check

PARAMETERS = {"supplier": "Who delivers.", "recipient": "Who receives."}


@check(
    "rocket_deliveries",
    asks="Does the register list so many rockets from a supplier to a recipient?",
    shows="Rockets by year, as far as they are registered.",
    cannot_show="Rockets that were given away.",
    stances={"supports": "as many or more", "qualifies": "fewer", "silent": "none"},
    parameters={"least": "The number claimed."},
)
def rockets_delivered(deliveries, supplier: str, recipient: str, least: int = 1) -> Finding:
    if supplier not in set(deliveries["supplier"]):
        raise ValueError(f"no supplier {supplier}")
    mine = deliveries[(deliveries["supplier"] == supplier) & (deliveries["recipient"] == recipient)]
    rockets = int(mine["rockets"].sum())
    if not rockets:
        return Finding("silent", "The register lists no rocket.", {"rockets": 0})
    stance = "supports" if rockets >= least else "qualifies"
    return Finding(stance, f"The register lists {rockets} rockets.", {"rockets": rockets})

"""The checks of the small ledger, in the place of those of the book."""

from claimbook.model import checks
from claimbook.model.checks import Check, Finding


def rockets_delivered(deliveries, supplier: str, recipient: str, least: int = 1) -> Finding:
    """Does the register list so many rockets from a supplier to a recipient?"""
    if supplier not in set(deliveries["supplier"]):
        raise ValueError(f"no supplier {supplier}")
    mine = deliveries[(deliveries["supplier"] == supplier) & (deliveries["recipient"] == recipient)]
    rockets = int(mine["rockets"].sum())
    if not rockets:
        return Finding("silent", "The register lists no rocket.", {"rockets": 0})
    stance = "supports" if rockets >= least else "qualifies"
    return Finding(stance, f"The register lists {rockets} rockets.", {"rockets": rockets})


REGISTRY = {"rockets_delivered": Check("rockets_delivered", rockets_delivered, ("rocket_deliveries",))}


def install(replace=setattr):
    """Let the package find these checks and no others."""
    replace(checks, "registry", lambda: dict(REGISTRY))

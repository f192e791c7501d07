"""The checks of this book, as tests run them."""

from browser import ROOT

from claimbook.model.checks import declared
from claimbook.model.ledger import CHECKS as FOLDER
from claimbook.model.ledger import brought_along

CHECKS = declared(brought_along(ROOT / "data", FOLDER).values())


def run(name, arguments, records):
    """Run a check by its name, as a row of evidence does."""
    return CHECKS[name].run(arguments, records)

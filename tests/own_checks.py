"""The checks of this book, as tests run them."""

from browser import ROOT

from claimbook.model.ledger import read_checks

CHECKS = read_checks(ROOT / "data")[0]


def run(name, arguments, records):
    """Run a check by its name, as a row of evidence does."""
    return CHECKS[name].run(arguments, records)

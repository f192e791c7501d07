"""The checks of this book, as tests run them."""

from this_book import BOOK

CHECKS = BOOK.checks


def run(name, arguments, records):
    """Run a check by its name, as a row of evidence does."""
    return CHECKS[name].run(arguments, records)

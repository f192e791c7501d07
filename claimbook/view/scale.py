"""What the benchmarks measured: their files of results, and how amounts in them grow with size.

Seconds belong to one machine and one hour. So findings are ratios within a run and exponents: how many times longer a
ten times larger job takes, as a power of ten.
"""

import math
import statistics

import pandas as pd

from claimbook.model import decimals
from claimbook.model.ledger import results_dir

SOURCE = "benchmarks of this book, benchmarks/results"
LIMIT = 1.1
"""Exponent from which on time would grow clearly faster than size."""

ENGINES = {"pandas": "pandas", "polars": "Polars", "duckdb": "DuckDB", "dask": "Dask", "pyspark": "PySpark"}
STEPS = {"load": "loading", "validate": "validation", "verdicts": "verdicts"}
SCRIPTS = {
    "records": "records.py",
    "ledger": "ledger.py",
    "book": "book.py",
    "notebooks": "book.py",
    "texts": "book.py --texts",
    "machine": "records.py",
}
"""Which benchmark writes each file of results."""


def results(name: str) -> pd.DataFrame:
    """Read one file of results.

    Raises
    ------
    FileNotFoundError
        If it has not been measured; the message says how to.
    """
    path = results_dir() / f"{name}.csv"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not measured yet: run python benchmarks/{SCRIPTS[name]}")
    return pd.read_csv(path)


def ended(name: str) -> pd.DataFrame:
    """Read the runs of one file of results that went through.

    Raises
    ------
    FileNotFoundError
        If it has not been measured.
    ValueError
        If no run went through.
    """
    rows = results(name)
    rows = rows[rows["status"] == "ok"]
    if rows.empty:
        raise ValueError(f"{name}.csv: status: no run went through: run python benchmarks/{SCRIPTS[name]} again")
    return rows


def stopped(name: str) -> pd.DataFrame:
    """Read the runs of one file of results that did not go through."""
    return results(name).query("status != 'ok'")


def exponent(sizes, amounts) -> float:
    """Fit the exponent of growth: the slope of a line through the logarithms, by least squares.

    Parameters
    ----------
    sizes, amounts : sequence of float
        Positive numbers, at least two different sizes.

    Examples
    --------
    >>> round(exponent([1, 10, 100], [2, 20, 200]), 2)
    1.0
    """
    if len(set(sizes)) < 2:
        raise ValueError("an exponent needs two sizes")
    return statistics.linear_regression([math.log10(s) for s in sizes], [math.log10(a) for a in amounts]).slope


def growth(rows: pd.DataFrame, size: str, group: str, amount: str) -> pd.DataFrame:
    """Return how an amount grows with size, for each group of some runs.

    Parameters
    ----------
    rows : pandas.DataFrame
        Runs that went through, as :func:`ended` reads them.
    size, group, amount : str
        Columns of it.

    Returns
    -------
    pandas.DataFrame
        Indexed by group: the ``largest`` size, the ``amount`` there, the ``fitted`` exponent over all sizes and the
        exponent of the ``last`` step alone, where start-up weighs least; both are missing for a single size.
    """
    found = {}
    for key, part in rows.groupby(group, sort=False):
        part = part.sort_values(size)
        whole = last = float("nan")
        if len(part) > 1:
            whole = exponent(part[size], part[amount])
            last = exponent(part[size].tail(2), part[amount].tail(2))
        found[key] = (int(part[size].iloc[-1]), float(part[amount].iloc[-1]), whole, last)
    columns = ["largest", "amount", "fitted", "last"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis(group)


def pace(exponents) -> str:
    """Say how an amount grows whose steepest exponent is known: no faster than size, nearly in step, or faster.

    Examples
    --------
    >>> pace([0.8, 1.04]), pace([1.3])
    ('nearly in step with', 'faster than')
    """
    steepest = round(max(exponents), 2)  # as it is shown
    return "no faster than" if steepest <= 1 else "nearly in step with" if steepest <= LIMIT else "faster than"


def power(number: int) -> str:
    """Write a number in words of scale.

    Examples
    --------
    >>> power(100_000), power(10**7)
    ('100 thousand', '10 million')
    """
    return " ".join(filter(None, decimals.scaled(number, (*decimals.SCALES, (10**3, "thousand")))))


def seconds(value: float) -> str:
    """Write a time, with no more digits than it deserves.

    Examples
    --------
    >>> seconds(12.3), seconds(0.123), seconds(float("nan"))
    ('12 s', '0.12 s', '–')
    """
    if pd.isna(value):
        return "–"
    return f"{value:.0f} s" if value >= 10 else f"{decimals.plain(value, 2)} s"

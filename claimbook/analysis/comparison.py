"""What a number that was counted says of a number that was told: the stance follows, and is not judged.

Three zones lie about the number told. Within :data:`TOLERANCE` the count bears it out. Within :data:`NEAR` the order of
magnitude is right and the number is not, so that the count limits the claim and affirms a part of it. Beyond, it
contradicts. A bound has no middle zone: who says "more than 500" is wrong at 400, and not nearly right. Nor has a place
in an order: the fifth is not nearly the fourth.
"""

from dataclasses import dataclass

import pandas as pd

from claimbook.analysis.quantities import NUMBERS, Interval, told_interval
from claimbook.model.ledger import Ledger

TOLERANCE = {"exact": 0.01, "approximate": 0.1, "range": 0.01, "at_least": 0.01, "at_most": 0.01}
"""By how much of the number told a count may differ and still bear it out, by the words that bound the number.

One per cent takes up rounding. "Some" and "about" are given ten, as a round number is.
"""

NEAR = 0.25
"""By how much of the number told a count may differ and still bear out its order of magnitude."""

BOUNDS = ("at_least", "at_most")


@dataclass(frozen=True)
class Compared:
    """What a count says of a number told: a stance, and of one that qualifies whether it affirms a part."""

    stance: str
    affirms: bool = False


def compare(bound: str, told: Interval, counted: Interval, ordinal: bool = False) -> Compared:
    """Compare a number that was counted with a number that was told; both in the same unit.

    Parameters
    ----------
    bound : str
        How the words bound the number told: a key of :data:`TOLERANCE`.
    told : Interval
        The number told: both ends the same unless it is a range; of a bound, the end it gives.
    counted : Interval
        The number counted: both ends the same, or the range that the source gives.
    ordinal : bool
        Whether it is a place in an order.

    Returns
    -------
    Compared
        A count that is a range supports where all of it bears the number out, and contradicts where none of it comes
        near; otherwise it qualifies, and affirms nothing: the number told may be right, and so may others.

    Raises
    ------
    ValueError
        If the words bound no number, or an end that is needed is missing.

    Examples
    --------
    >>> compare("exact", Interval(500, 500), Interval(5, 5)).stance
    'contradicts'
    >>> compare("at_least", Interval(500, None), Interval(800, 800)).stance
    'supports'
    """
    if bound not in TOLERANCE:
        raise ValueError(f"a number told as {bound!r} bounds nothing to compare with")
    if counted.low is None or counted.high is None:
        raise ValueError("a count needs a number, or both ends of a range")
    allowed = _widened(bound, told, TOLERANCE[bound])
    near = allowed if ordinal or bound in BOUNDS else _widened(bound, told, NEAR)
    if _within(counted, allowed):
        return Compared("supports")
    if not _meets(counted, near):
        return Compared("contradicts")
    return Compared("qualifies", affirms=_within(counted, near))


def _widened(bound: str, told: Interval, share: float) -> Interval:
    low = None if bound == "at_most" else _end(told.low, -share)
    high = None if bound == "at_least" else _end(told.high, share)
    return Interval(low, high)


def _end(number: float | None, share: float) -> float:
    if number is None:
        raise ValueError("the number told lacks an end")
    return number + abs(number) * share


def _within(inner: Interval, outer: Interval) -> bool:
    return (outer.low is None or inner.low >= outer.low) and (outer.high is None or inner.high <= outer.high)


def _meets(one: Interval, other: Interval) -> bool:
    return (other.low is None or one.high >= other.low) and (other.high is None or one.low <= other.high)


def counts(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows of evidence carry a number."""
    return rows[NUMBERS].notna().any(axis=1)


def told(ledger: Ledger) -> dict[tuple[str, str], list[pd.Series]]:
    """Return the quantities that each claim tells, by claim and unit."""
    found: dict[tuple[str, str], list[pd.Series]] = {}
    rows = ledger.quantity_claims.merge(ledger.quantities, on="quantity_id")
    for _, row in rows.iterrows():
        found.setdefault((row["claim_id"], row["unit"]), []).append(row)
    return found


def of_row(row: pd.Series, quantities: dict[tuple[str, str], list[pd.Series]]) -> Compared:
    """Compare the number of a row of evidence with that of its claim in the same unit.

    Parameters
    ----------
    row : pandas.Series
        A row of ``evidence`` that carries a number. Where it has a value, that is its best estimate and is compared;
        otherwise both ends of its range are.
    quantities : dict
        As :func:`told` returns them.

    Raises
    ------
    ValueError
        If the claim tells no quantity in this unit, or several, or one that nothing can be compared with.
    """
    mine = quantities.get((row["claim_id"], row["unit"]), [])
    if len(mine) != 1:
        raise ValueError(f"the claim must tell one quantity in {row['unit'] or 'its unit'}, and tells {len(mine)}")
    quantity = mine[0]
    ends = (row["value"], row["value"]) if pd.notna(row["value"]) else (row["low"], row["high"])
    counted = Interval(*(None if pd.isna(end) else float(end) for end in ends))
    words = told_interval(*quantity[["bound", *NUMBERS]])
    return compare(quantity["bound"], words, counted, ordinal=quantity["dimension"] == "ordinal")

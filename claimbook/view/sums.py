"""Quantities as a reader sees them in words."""

from claimbook.analysis.quantities import Quantity
from claimbook.view.tables import amount


def said(q: Quantity) -> str:
    """Say what a quantity amounts to: about, at least, from–to, or open-ended."""
    low, high = q.interval.low, q.interval.high
    if low is None and high is None:
        return f"no number, in {q.unit}"
    if high is None:
        return f"{amount(low, q.unit)} or more" + (", the words give no number" if q.bound == "unspecified" else "")
    if low is None:
        return f"at most {amount(high, q.unit)}"
    return ("about " if q.soft else "") + from_to(amount(low, q.unit), amount(high, q.unit))


def from_to(low: str, high: str) -> str:
    """Join two numbers as they are written, or give the one that both are."""
    return low if low == high else f"{low} to {high}"

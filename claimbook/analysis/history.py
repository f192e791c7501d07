"""How the verdict on a claim moved as evidence became known."""

from collections.abc import Iterable

from claimbook.analysis.verdicts import PLAIN, Claim, Item, as_of, verdict


def steps(items: Iterable[Item], claim: Claim = PLAIN, since: str = "") -> list[tuple[str, str]]:
    """Return the verdicts that a claim would have had, each with the day from which.

    Parameters
    ----------
    items : iterable of Item
        The evidence on the claim; what has no day is in none of them.
    claim : Claim
        What kind of claim it is.
    since : str
        ISO date on which the claim was made, or "" where that is not known: then it begins with what was known first.

    Returns
    -------
    list of (str, str)
        ISO date and verdict. The first is the verdict on the day that the claim was made, each further one differs
        from that before it.

    Examples
    --------
    >>> known = Item("supports", "register", "A", known_from="2031-05-01")
    >>> steps([known], since="2030-01-01")
    [('2030-01-01', 'not_established'), ('2031-05-01', 'supported')]
    """
    items = list(items)
    days = sorted({item.known_from for item in items if item.known_from > since})
    found: list[tuple[str, str]] = []
    for day in [*[since] * bool(since), *days]:
        now = verdict(as_of(items, day), claim)
        if not found or found[-1][1] != now:
            found.append((day, now))
    return found

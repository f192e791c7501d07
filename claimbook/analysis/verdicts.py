"""The verdict rule: pure functions from the evidence on a claim to its verdict, with no exception for any claim.

The rule in words is on the method page, which prints it from :data:`RULE`. Nothing here reads a file; the evidence
comes as :class:`Item` rows, which :mod:`claimbook.analysis.evidence` makes from the ledger.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

VERDICTS = ("supported", "partly_supported", "disputed", "contradicted", "unverifiable", "not_checkable")

ORDER = {"contradicted": 0, "disputed": 1, "unverifiable": 1, "partly_supported": 2, "supported": 3}
"""The order in which a supporting origin never lowers a verdict and a contradicting one never raises it.

Disputed and unverifiable stand on one step: neither says that a claim holds, neither that it does not.
"""

FOR = ("supports", "qualifies")
COUNTED = (*FOR, "contradicts")
"""The stances that can count; a party's own word (asserts, denies) and silence are shown beside the claim only. Whether
a row counts depends on its letter as well: see :func:`counts`."""

RULE = (
    ("not_checkable", "the claim is of a kind that evidence cannot settle; the reason is given with it"),
    ("supported", "support is established, and nothing qualifies or contradicts it"),
    (
        "partly_supported",
        "support is established, but at least one source holds the claim true in part only, or contradicts it "
        "without establishing the contradiction",
    ),
    ("disputed", "both sides are established, or both are present and neither is"),
    ("contradicted", "the contradiction is established, and support is not"),
    ("unverifiable", "anything else: no evidence, or nothing that establishes a side"),
)
"""Each verdict with the condition under which it is given."""


@dataclass(frozen=True)
class Item:
    """One piece of evidence on one claim, as the rule sees it.

    Attributes
    ----------
    stance : str
        One of ``supports qualifies contradicts asserts denies silent``.
    origin : str
        The ultimate upstream; evidence of one origin counts once on each side.
    reliability : str
        Admiralty letter A to F of the source; F means that it cannot be judged.
    primary : bool
        Whether the source is the act itself or, for what was said, the speaker's own publication.
    interested : bool
        Whether a party speaks of its own conduct.
    known_from : str
        ISO date from which it could be known; empty where that is not established.
    """

    stance: str
    origin: str
    reliability: str = "B"
    primary: bool = False
    interested: bool = False
    known_from: str = ""


@dataclass(frozen=True)
class Threshold:
    """How much evidence establishes a side.

    Attributes
    ----------
    origins : int
        Independent origins that establish a side without a primary record. At 1, the default, a lone origin does so
        where it is of reliability A or B and nothing stands against it; a contested side needs two at least.
    primary_only : bool
        Whether only primary records count.
    floor : str
        The lowest reliability that counts, A to F. Sources that are unreliable (E) or cannot be judged (F) are shown
        and, by default, not counted.
    """

    origins: int = 1
    primary_only: bool = False
    floor: str = "D"

    def __post_init__(self):
        if self.origins < 1:
            raise ValueError(f"origins must be at least 1, not {self.origins}")
        if self.floor not in tuple("ABCDEF"):
            raise ValueError(f"floor must be a letter from A to F, not {self.floor!r}")


DEFAULT = Threshold()

STRICTER = (
    ("Rule of the book", DEFAULT),
    ("Two origins", Threshold(origins=2)),
    ("Three origins", Threshold(origins=3)),
    ("Sources A and B only", Threshold(floor="B")),
    ("Primary records only", Threshold(primary_only=True)),
)
"""Thresholds from the rule of the book to stricter ones, with their names; a primary record establishes under each."""


@dataclass(frozen=True)
class Side:
    """What stands on one side of a claim: how many independent origins, how good they are."""

    origins: int
    primary: bool
    usually_reliable: bool

    def established(self, contested: bool, threshold: Threshold = DEFAULT) -> bool:
        """Tell whether the side is established, given whether anything stands on the other side."""
        if self.primary:
            return True
        if threshold.origins == 1 and not contested:
            return self.origins >= 2 or (self.origins == 1 and self.usually_reliable)
        return self.origins >= max(2, threshold.origins)


def counts(item: Item, threshold: Threshold = DEFAULT) -> bool:
    """Tell whether a piece of evidence counts under `threshold`: the one definition of evidence that counts."""
    return (
        item.stance in COUNTED
        and not item.interested
        and item.reliability <= threshold.floor
        and (item.primary or not threshold.primary_only)
    )


def counted(items: Iterable[Item], threshold: Threshold = DEFAULT) -> list[Item]:
    """Return the items that count under `threshold`, in order."""
    return [item for item in items if counts(item, threshold)]


def side(items: Iterable[Item], stances: Sequence[str]) -> Side:
    """Return the side that the items of `stances` make; the items must be counted ones."""
    mine = [item for item in items if item.stance in stances]
    return Side(
        origins=len({item.origin for item in mine}),
        primary=any(item.primary for item in mine),
        usually_reliable=any(item.reliability in "AB" for item in mine),
    )


def verdict(items: Iterable[Item], checkable: bool = True, threshold: Threshold = DEFAULT) -> str:
    """Return the verdict on a claim.

    Parameters
    ----------
    items : iterable of Item
        The evidence on the claim; neither its order nor a repetition matters.
    checkable : bool
        Whether the claim is of a kind that evidence can settle.
    threshold : Threshold
        How much evidence establishes a side.

    Returns
    -------
    str
        One of :data:`VERDICTS`.

    Examples
    --------
    >>> verdict([Item("supports", "parliament", "A", primary=True)])
    'supported'
    >>> verdict([Item("supports", "an-outlet", "C")])
    'unverifiable'
    """
    if not checkable:
        return "not_checkable"
    items = counted(items, threshold)
    pro, contra = side(items, FOR), side(items, ("contradicts",))
    contested = bool(pro.origins and contra.origins)
    for_it, against_it = pro.established(contested, threshold), contra.established(contested, threshold)
    if not contra.origins:
        if not for_it:
            return "unverifiable"
        return "partly_supported" if any(item.stance == "qualifies" for item in items) else "supported"
    if not pro.origins:
        return "contradicted" if against_it else "unverifiable"
    if for_it == against_it:
        return "disputed"
    return "partly_supported" if for_it else "contradicted"


def as_of(items: Iterable[Item], day: str) -> list[Item]:
    """Return the items that could be known on `day` (ISO date); what has no date could not, as far as is known."""
    return [item for item in items if item.known_from and item.known_from <= day]


def fragility(items: Iterable[Item], checkable: bool = True, threshold: Threshold = DEFAULT) -> int | None:
    """Return the fewest origins whose removal changes the verdict; None where no removal does.

    Origins that stand alike are interchangeable, so that only their numbers are tried, not their subsets.
    """
    items = counted(items, threshold)
    before = verdict(items, checkable, threshold)
    profiles: dict[str, set] = {}
    for item in items:
        profiles.setdefault(item.origin, set()).add((item.stance, item.primary, item.reliability in "AB"))
    alike: dict[frozenset, list[str]] = {}
    for origin, profile in profiles.items():
        alike.setdefault(frozenset(profile), []).append(origin)
    fewest = None
    for numbers in product(*(range(len(origins) + 1) for origins in alike.values())):
        if not sum(numbers) or (fewest is not None and sum(numbers) >= fewest):
            continue
        gone = {o for origins, n in zip(alike.values(), numbers, strict=True) for o in origins[:n]}
        if verdict([item for item in items if item.origin not in gone], checkable, threshold) != before:
            fewest = sum(numbers)
    return fewest


@dataclass(frozen=True)
class Change:
    """A piece of evidence that would change a verdict: its stance, whether primary, and the verdict it would make."""

    stance: str
    primary: bool
    verdict: str


def would_change(items: Iterable[Item], checkable: bool = True, threshold: Threshold = DEFAULT) -> list[Change]:
    """Return what single further independent origin would change the verdict, and to which.

    An ordinary origin is taken to be of reliability B. Where an ordinary one suffices, a primary one is listed only
    if it would lead to another verdict.
    """
    items = list(items)
    before = verdict(items, checkable, threshold)
    found: list[Change] = []
    for stance in ("supports", "contradicts"):
        after_ordinary = before
        for primary in (False, True):
            more = Item(stance, "", "A" if primary else "B", primary)
            after = verdict([*items, more], checkable, threshold)
            if after not in (before, after_ordinary):
                found.append(Change(stance, primary, after))
            if not primary:
                after_ordinary = after
    return found


def credibility(items: Iterable[Item], checkable: bool = True, threshold: Threshold = DEFAULT) -> str:
    """Return the Admiralty digit of the information, as the evidence has it.

    1 confirmed: supported by a primary record or by two independent origins; 2 probably true: supported by one;
    3 possibly true: partly supported; 4 doubtful: disputed; 5 improbable: contradicted; 6 cannot be judged.
    """
    items = counted(items, threshold)
    outcome = verdict(items, checkable, threshold)
    if outcome == "supported":
        pro = side(items, FOR)
        return "1" if pro.primary or pro.origins >= 2 else "2"
    return {"partly_supported": "3", "disputed": "4", "contradicted": "5"}.get(outcome, "6")


def shares(outcomes: Iterable[str]) -> dict[str, int]:
    """Count verdicts, in the order of :data:`VERDICTS`, none left out."""
    found = Counter(outcomes)
    return {name: found[name] for name in VERDICTS}

"""What a verdict hangs on: the fewest owners that would have to fall away, what would change it, how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from claimbook.analysis.verdicts import (
    CLASSES,
    DEFAULT,
    PLAIN,
    Claim,
    Item,
    Step,
    Threshold,
    competent,
    counts,
    grade,
    judge,
    superseded,
    verdict,
)


def fragility(items: Iterable[Item], claim: Claim = PLAIN, threshold: Threshold = DEFAULT) -> int | None:
    """Return the fewest owners whose evidence would have to fall away for the verdict to change; None if none would.

    Owners whose evidence stands alike are interchangeable, so that only their numbers are tried, not their subsets. A
    source that could not verify the claim can fall away as well.
    """
    items = list(items)
    gone = superseded(items)
    items = [item for item in items if not item.key or item.key not in gone]
    items = [item for item in items if counts(item, threshold) or competent(item, threshold)]
    before = verdict(items, claim, threshold)
    profiles: dict[str, set] = {}
    for item in items:
        weight = CLASSES.index(grade(item, threshold)), item.reliability in "AB"
        profiles.setdefault(item.owner, set()).add((item.stance, *weight, item.affirms, item.together))
    alike: dict[frozenset, list[str]] = {}
    for owner, profile in profiles.items():
        alike.setdefault(frozenset(profile), []).append(owner)
    fewest = None
    for numbers in product(*(range(len(owners) + 1) for owners in alike.values())):
        if not sum(numbers) or (fewest is not None and sum(numbers) >= fewest):
            continue
        lost = {o for owners, n in zip(alike.values(), numbers, strict=True) for o in owners[:n]}
        if verdict([item for item in items if item.owner not in lost], claim, threshold) != before:
            fewest = sum(numbers)
    return fewest


@dataclass(frozen=True)
class Change:
    """A piece of evidence that would change a verdict: its stance, whether it is a record, and the verdict it makes."""

    stance: str
    primary: bool
    verdict: str


def would_change(items: Iterable[Item], claim: Claim = PLAIN, threshold: Threshold = DEFAULT) -> list[Change]:
    """Return what single further piece of evidence, of an owner not yet heard, would change the verdict, and to which.

    A witness is taken to be of reliability B. Where a witness suffices, a record is listed only if it would lead to
    another verdict.
    """
    items = list(items)
    before = verdict(items, claim, threshold)
    found: list[Change] = []
    for stance in ("supports", "contradicts"):
        after_witness = before
        for primary in (False, True):
            more = Item(stance, "", "A" if primary else "B", primary)
            after = verdict([*items, more], claim, threshold)
            if after not in (before, after_witness):
                found.append(Change(stance, primary, after))
            if not primary:
                after_witness = after
    unverified = verdict([*items, Item("not_verified", "", "A")], claim, threshold)
    if unverified != before:
        found.append(Change("not_verified", False, unverified))
    return found


def credibility(items: Iterable[Item], claim: Claim = PLAIN, threshold: Threshold = DEFAULT) -> str:
    """Return the Admiralty digit of the information, as the evidence has it.

    1 confirmed: supported by a record or by independent witnesses; 2 probably true: supported by one; 3 possibly true:
    partly supported; 4 doubtful: disputed; 5 improbable: contradicted; 6 cannot be judged.
    """
    found = judge(items, claim, threshold)
    if found.verdict == "supported":
        return "1" if found.whole.step >= Step.INDEPENDENT else "2"
    return {"partly_supported": "3", "disputed": "4", "contradicted": "5"}.get(found.verdict, "6")

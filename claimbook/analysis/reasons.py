"""Why a verdict is as it is, in one sentence of plain English, from what the rule itself weighed."""

from collections.abc import Iterable

from claimbook.analysis.verdicts import WHOLE, Item, Judgement, Side, Step, grade, witnesses

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

NOUNS = {
    "outlet": ("news report", "news reports"),
    "agency": ("agency report", "agency reports"),
    "state": ("official source", "official sources"),
    "intergovernmental": ("international body", "international bodies"),
    "research": ("research source", "research sources"),
    "ngo": ("non-governmental body", "non-governmental bodies"),
    "person": ("named source", "named sources"),
    "court": ("court", "courts"),
    "company": ("company source", "company sources"),
}
"""What witnesses of one kind of origin are called, one and several."""

MIXED = ("source", "sources")

STANDING = {Step.FAIR: "less reliable ", Step.INDEPENDENT: "independent "}
"""How the witnesses of a side are called by its step."""


def why(found: Judgement) -> str:
    """Say in one sentence why the verdict is as it is.

    Examples
    --------
    >>> from claimbook.analysis.verdicts import judge
    >>> rows = [Item("supports", owner, kind="outlet") for owner in ("gazette", "herald")]
    >>> why(judge([*rows, Item("denies", "ministry", interested=True, name="the ministry")]))
    'Two independent news reports support it; the ministry denies it.'
    """
    if found.verdict == "not_checkable":
        return "It is of a kind that evidence cannot settle."
    sentence = "; ".join([*_MAIN[found.verdict](found), *_denied(found), *_superseded(found)])
    return f"{sentence[0].upper()}{sentence[1:]}."


def number(count: int) -> str:
    """Write a small number as a word."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def agree(verb: str, count: int) -> str:
    """Put a verb, given as several do it, in the form in which `count` do it."""
    if count != 1 or verb.endswith("ed"):
        return verb
    return f"{verb[:-1]}ies" if verb.endswith("ny") else f"{verb}s"


def _name(item: Item) -> str:
    """Name an origin without what stands in brackets after its name."""
    return item.name.split(" (")[0]


def _named(items: Iterable[Item]) -> str:
    """Name a single owner by its first outlet, in brackets; nothing where there are more, or no name."""
    items = list(items)
    names = {_name(item) for item in items if item.name}
    return f" ({min(names)})" if names and witnesses(items) == 1 else ""


def _witnesses(items: Iterable[Item], verb: str, rest: str = "it", how: str = "") -> str:
    """Say how many witnesses do what; a single one is named where it has a name."""
    items = list(items)
    n, kinds = witnesses(items), {item.kind for item in items}
    one, several = NOUNS.get(kinds.pop(), MIXED) if len(kinds) == 1 else MIXED
    return f"{number(n)} {how}{one if n == 1 else several}{_named(items)} {agree(verb, n)} {rest}"


def _side(side: Side, verb: str, of_record: str = "", rest: str = "it") -> str:
    """Say what a side rests on: its records, or its witnesses."""
    if all(item.stance == "admits" for item in side.items):
        return f"{_parties(side.items, 'admit')[0]} against its own interest"
    if side.items and all(item.together for item in side.items):
        n = len({owner for item in side.items for owner in item.joint_of})
        noun = "records" if side.step == Step.RECORD else NOUNS.get(side.items[0].kind, MIXED)[1]
        if n > 1:
            return f"{number(n)} {noun} together {of_record if side.step == Step.RECORD else verb} {rest}"
    if side.step < Step.RECORD:
        how = "reliable " if side.step == Step.RELIABLE and side.origins == 1 else STANDING.get(side.step, "")
        return _witnesses(side.items, verb, rest, how)
    acts = [item for item in side.items if grade(item) == "record"]
    n = witnesses(acts)
    return f"{f'a record{_named(acts)}' if n == 1 else f'{number(n)} records'} {agree(of_record or verb, n)} {rest}"


def _others(found: Judgement, side: Side) -> list[str]:
    """Say who stands on the side that does not decide, and what was tried and not verified."""
    how = STANDING[Step.FAIR] if side.step == Step.FAIR else ""
    said = [_witnesses(side.items, "say", "otherwise", how)] if side.items else []
    return [*said, *_unverified(found)]


def _unverified(found: Judgement) -> list[str]:
    return [_witnesses(found.unverified, "tried", "to verify it and could not")] if found.unverified else []


def _limits(found: Judgement) -> list[str]:
    return [_witnesses(found.limits.items, "limit")] if found.limits.items else []


def _parts(found: Judgement) -> list[str]:
    parts = [item for item in found.support.items if item.stance == "supports_part"]
    return [_witnesses(parts, "bear", "out a part of it")] if parts else []


def _parties(items: Iterable[Item], verb: str) -> list[str]:
    """Say which parties do what, by name where there are one or two."""
    items = list(items)
    names = sorted({_name(item) or "the party" for item in items})
    if not names:
        return []
    who = " and ".join(names) if len(names) < 3 else f"{number(len(names))} parties"
    return [f"{who} {agree(verb, len(names))} it"]


def _admitted(found: Judgement) -> list[str]:
    mine = [item for item in found.support.items if item.stance == "admits"]
    return _parties(mine, "admit") if len(mine) < len(found.support.items) else []


def _denied(found: Judgement) -> list[str]:
    return _parties((item for item in found.shown if item.stance == "denies"), "deny")


def _superseded(found: Judgement) -> list[str]:
    if not found.superseded:
        return []
    return ["what its own source took back or replaced is not counted"]


def _supported(found: Judgement) -> list[str]:
    main = _side(found.whole, "support", "settle")
    return [main, *_admitted(found), *_limits(found), *_others(found, found.contradiction)]


def _partly_supported(found: Judgement) -> list[str]:
    main = _side(found.whole, "support") if found.whole.items else _part(found)
    more = [*_limits(found), *_parts(found)] if found.whole.items else []
    return [main, *more, *_admitted(found), *_others(found, found.contradiction)]


def _part(found: Judgement) -> str:
    return _side(found.support, "bear", rest="out a part of it, and not the whole")


def _contradicted(found: Judgement) -> list[str]:
    return [_side(found.contradiction, "contradict"), *_admitted(found), *_others(found, found.support)]


def _disputed(found: Judgement) -> list[str]:
    sides = [_side(found.support, "support"), _side(found.contradiction, "contradict")]
    return [*sides, *_admitted(found), *_unverified(found)]


def _not_established(found: Judgement) -> list[str]:
    if not found.support.items and not found.contradiction.items:
        return [*_nothing(found), *_unverified(found)]
    said = []
    if found.support.items:
        said.append(_side(found.support, "support", rest=_extent(found)))
    if found.contradiction.items:
        said.append(_side(found.contradiction, "contradict"))
    if max(found.support.step, found.contradiction.step) == Step.FAIR:
        said.append("such sources alone establish nothing")
    elif not found.unverified:
        alone = found.claim.accusation and found.support.step > found.contradiction.step
        said.append("an accusation takes more than that" if alone else "that is too little to establish it")
    return [*said, *_admitted(found), *_unverified(found)]


def _extent(found: Judgement) -> str:
    """Say whether those who support a claim do so in full."""
    return "it" if all(item.stance in WHOLE for item in found.support.items) else "it, in full or in part"


def _nothing(found: Judgement) -> list[str]:
    """Say what there is where nothing counts for a claim or against it."""
    if found.limits.items:
        return [*_limits(found), "no source affirms any part of it"]
    stances = {item.stance for item in found.shown}
    if found.unverified:
        return []
    if asserted := _parties((item for item in found.shown if item.stance == "asserts"), "assert"):
        return [*asserted, "nothing else was found that counts"]
    if stances & {"supports", "contradicts", "qualifies", "admits"}:
        return ["only sources that do not count speak of it"]
    if "silent" in stances:
        return ["what was looked at is silent on it"]
    return ["nothing was found that counts for it or against it"]


_MAIN = {
    "supported": _supported,
    "partly_supported": _partly_supported,
    "contradicted": _contradicted,
    "disputed": _disputed,
    "not_established": _not_established,
}

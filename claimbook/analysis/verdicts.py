"""The verdict rule: pure functions from the evidence on a claim to its verdict, with no exception for any claim.

Everything follows from one comparison. The evidence on each side of a claim is put on a :class:`Step`, by the best of
what stands there; the higher step decides, where it is high enough; equal steps are disputed. What is known on a day,
what a stricter threshold asks, how much would have to fall away (:mod:`claimbook.analysis.sensitivity`) and the
sentence that says why (:mod:`claimbook.analysis.reasons`) are the same comparison over other rows.

Nothing here reads a file; the evidence comes as :class:`Item` rows, which :mod:`claimbook.analysis.evidence` makes from
the ledger. :data:`PRINCIPLES` has the principles in words, which the method page prints, and
:mod:`claimbook.analysis.cases` has the cases that they were tried on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

VERDICTS = ("supported", "partly_supported", "disputed", "contradicted", "not_established", "not_checkable")

ORDER = {"contradicted": 0, "disputed": 1, "not_established": 1, "partly_supported": 2, "supported": 3}
"""The order in which supporting evidence never lowers a verdict and contradicting evidence never raises it.

Disputed and not established stand on one step: neither says that a claim holds, neither that it does not.
"""

STANCES = (
    "supports",
    "admits",
    "supports_part",
    "qualifies",
    "contradicts",
    "not_verified",
    "asserts",
    "denies",
    "silent",
)

WHOLE = ("supports", "admits")
"""The stances that hold a claim true as it is worded."""

FOR = (*WHOLE, "supports_part", "qualifies")
"""The stances that can speak for a claim: in full, or for a part of it where the source affirms one."""

COUNTED = (*FOR, "contradicts")
"""The stances that can count for or against; whether a row does depends on its class: see :func:`counts`."""

OWN_WORD = ("asserts", "denies")
"""The stances of a party on its own conduct, which never count."""

CLASSES = ("shown", "witness", "record")
"""The classes of evidence, the lowest first."""

PRINCIPLES = {
    "owner": "Witnesses are counted by owner, not by outlet: television and radio of one state are one witness, and a "
    "joint body of two states is no witness beside them.",
    "class": "A record is the act itself, with no doubt of authenticity (primary, A or B). A witness is a "
    "disinterested source of reliability A to C. D, E and F are shown, and change nothing.",
    "established": "A record establishes a side. So do two witnesses of different owners, one of them at least A or B; "
    "and, for a claim that accuses nobody, a single witness of A or B. Sources of C alone never do.",
    "accusation": "A claim that accuses somebody of wrongdoing is not supported by one witness: it needs two or a "
    "record. Contradicting it takes no more than usual.",
    "precedence": "The better established side decides: a record before any number of witnesses, several witnesses "
    "before one, a reliable one before fair ones. What cannot establish a side cannot undo one either.",
    "equal": "Two sides on one step are disputed, if each could be established by itself.",
    "superseded": "What its own source has retracted, corrected or replaced is shown and not counted; the later row "
    "must be of the same owner and no weaker, since nobody takes back another's word.",
    "not_verified": "Where a competent source tried to verify a claim and could not, one witness is not enough, for it "
    "or against it.",
    "party": "A party's denial or boast about its own conduct never counts.",
    "admission": "What a party admits against its own interest counts as a witness, not as a record.",
    "number": "Numbers are compared, not judged: the stance follows from the number told, the words that bound it, the "
    "number counted and a published tolerance.",
    "part": "A source that limits the claim as worded makes it partly supported, unless it is below the class of what "
    "bears the whole claim out. Limits alone do so only where a source affirms a part; and what affirms a part "
    "helps to establish that part, never the whole. A source that bears a part out and says nothing of the rest "
    "limits nothing.",
    "together": "Sources that each bear out a part, and together every part, count as one witness of the whole, no "
    "stronger than the weakest of them and only while all of them count.",
    "silence": "Silence counts only where the source would have to tell it; then it is coded as contradicting, with "
    "the reason. Any other silence is shown.",
    "cause": "Another cause named contradicts only that a cause was the sole one.",
    "day": "Asked as of a day, the rule sees only what was known by it; what had not yet been retracted still counts.",
    "kind": "An opinion, an open prediction or words without a measure cannot be checked, whatever the evidence.",
}
"""The principles by name. Those on silence, causes and kinds are kept where the evidence is coded, the others here."""

RULE = (
    ("not_checkable", "the claim is of a kind that evidence cannot settle; the reason is given with it"),
    ("supported", "support of the whole claim is the better established side, and nothing of its class limits it"),
    ("partly_supported", "support is the better established side, but for a part of the claim only, or limited"),
    ("contradicted", "the contradiction is the better established side"),
    ("disputed", "both sides stand on one step, and each could be established by itself"),
    ("not_established", "anything else: nothing found establishes a side"),
)
"""Each verdict with the condition under which it is given."""


@dataclass(frozen=True)
class Item:
    """One piece of evidence on one claim, as the rule sees it.

    Attributes
    ----------
    stance : str
        One of :data:`STANCES`.
    owner : str
        Who controls the origin; all evidence of one owner on a side is one witness.
    reliability : str
        Admiralty letter A to F of the source on this matter; F means that it cannot be judged.
    primary : bool
        Whether the source is the act itself or, for what was said, the speaker's own publication.
    interested : bool
        Whether a party speaks of its own conduct.
    known_from : str
        ISO date from which it could be known; empty where that is not established.
    affirms : bool
        Of a source that qualifies: whether it affirms a part of the claim as worded, and does not only limit it.
    key, supersedes : str
        What the row is called, and the row that it takes the place of; empty where there is none.
    joint_of : tuple of str
        Of a joint body, the owners that it is made of: what it says is their word, and no witness beside them.
    together : tuple of str
        Of a source that bears out a part: the keys of all rows, its own among them, that together bear out every part.
    name, kind : str
        The origin as a reader knows it and its sort, for the sentence that says why.
    """

    stance: str
    owner: str
    reliability: str = "B"
    primary: bool = False
    interested: bool = False
    known_from: str = ""
    affirms: bool = False
    key: str = ""
    supersedes: str = ""
    joint_of: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    name: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)


@dataclass(frozen=True)
class Claim:
    """What the rule must know of a claim.

    Attributes
    ----------
    checkable : bool
        Whether the claim is of a kind that evidence can settle.
    accusation : bool
        Whether it accuses somebody of wrongdoing.
    """

    checkable: bool = True
    accusation: bool = False


PLAIN = Claim()


@dataclass(frozen=True)
class Threshold:
    """How much evidence establishes a side.

    Attributes
    ----------
    origins : int
        Independent origins, which are those of different owners, that establish a side without a record. At 1, the
        default, one of reliability A or B does so where the rule allows it; otherwise it takes two at least.
    primary_only : bool
        Whether only records count.
    floor : str
        The lowest reliability that counts, A to F. What is not usually reliable (D), unreliable (E) or cannot be judged
        (F) is shown and, by default, not counted.
    """

    origins: int = 1
    primary_only: bool = False
    floor: str = "C"

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
"""Thresholds from the rule of the book to stricter ones, with their names; a record establishes under each."""


class Step(IntEnum):
    """How well a side stands, from nothing to a record."""

    NOTHING = 0
    FAIR = 1
    """Only witnesses of C, or of lower letters where the threshold admits them: they establish nothing by themselves,
    however many repeat it, and can only make up a pair with a better one."""
    RELIABLE = 2
    """One owner of reliability A or B, or more owners who are fewer than the threshold asks."""
    INDEPENDENT = 3
    """Two owners or more, at least one of them of reliability A or B."""
    RECORD = 4


@dataclass(frozen=True)
class Side:
    """What stands on one side of a claim.

    Attributes
    ----------
    items : tuple of Item
        The evidence that counts there.
    step : Step
        How well the side stands.
    """

    items: tuple[Item, ...]
    step: Step

    @property
    def origins(self) -> int:
        """How many independent origins stand there, those of one owner being one."""
        return witnesses(self.items)

    @property
    def standard(self) -> int:
        """The class of evidence that the side has to show, as an index of :data:`CLASSES`."""
        return {Step.RECORD: 2, Step.INDEPENDENT: 1, Step.RELIABLE: 1}.get(self.step, 0)


@dataclass(frozen=True)
class Judgement:
    """A verdict with all from which it follows.

    Attributes
    ----------
    verdict : str
        One of :data:`VERDICTS`.
    claim : Claim
        What was judged.
    support, contradiction : Side
        What holds the claim true in full or affirms a part of it, and what contradicts it.
    whole, limits : Side
        What holds it true as worded, and what limits it as worded, whether or not that affirms a part.
    unverified : tuple of Item
        What competent sources tried to verify and could not.
    shown : tuple of Item
        The rest that stands beside it: parties' own word, silence, sources below the floor.
    superseded : tuple of Item
        What its own source has taken back or replaced.
    """

    verdict: str
    claim: Claim
    support: Side
    contradiction: Side
    whole: Side
    limits: Side
    unverified: tuple[Item, ...]
    shown: tuple[Item, ...]
    superseded: tuple[Item, ...]

    @property
    def favourable(self) -> Side:
        """All that counts for it, in full or in part."""
        return Side(tuple(dict.fromkeys((*self.support.items, *self.limits.items))), self.support.step)


def grade(item: Item, threshold: Threshold = DEFAULT) -> str:
    """Return the class of a piece of evidence, one of :data:`CLASSES`: principles on class, party and admission.

    A document of doubtful authenticity has the letter C, and so is a witness and no record. The letter of an admission
    rates the admission, not the party's word in general: one made under duress is a D.
    """
    admitted = item.stance == "admits"
    if item.reliability > threshold.floor or (item.interested and not admitted):
        return "shown"
    if item.primary and item.reliability in "AB" and not admitted:
        return "record"
    return "shown" if threshold.primary_only else "witness"


def counts(item: Item, threshold: Threshold = DEFAULT) -> bool:
    """Tell whether a piece of evidence counts for or against under `threshold`."""
    return item.stance in COUNTED and grade(item, threshold) != "shown"


def competent(item: Item, threshold: Threshold = DEFAULT) -> bool:
    """Tell whether a source that could not verify a claim is one whose failing says something: A or B, no party."""
    return item.stance == "not_verified" and item.reliability in "AB" and grade(item, threshold) != "shown"


def _weight(item: Item) -> tuple[int, int]:
    return CLASSES.index(grade(item)), -ord(item.reliability)


def superseded(items: Iterable[Item]) -> set[str]:
    """Return the keys of what its own source has taken back or replaced.

    The later row must be of the same owner and no weaker. So a party that first admits and then denies has not taken
    the admission back, no unreliable copy undoes a sound report, and no ministry retracts what a newspaper wrote.
    """
    items = list(items)
    rows = {item.key: item for item in items if item.key}
    return {
        new.supersedes
        for new in items
        if (old := rows.get(new.supersedes))
        and old.key != new.key
        and old.owner == new.owner
        and _weight(new) >= _weight(old)
    }


def as_of(items: Iterable[Item], day: str) -> list[Item]:
    """Return the items that could be known on `day` (ISO date); what has no date could not, as far as is known.

    What supersedes them later is not among them, so that a report counts until it is retracted.
    """
    return [item for item in items if item.known_from and item.known_from <= day]


def witnesses(items: Iterable[Item]) -> int:
    """Return how many independent witnesses speak: one an owner, and a joint body where none of its owners speaks."""
    speaking: set[str] = set()
    number = 0
    for owners in sorted({item.joint_of or (item.owner,) for item in items}, key=lambda owners: (len(owners), owners)):
        if speaking.isdisjoint(owners):
            number += 1
            speaking.update(owners)
    return number


def joined(counted: Iterable[Item]) -> list[Item]:
    """Return one witness of the whole for each complete group of counted parts: the principle on parts together.

    It has the letter of its weakest part, is a record only where all parts are, and speaks for all their owners.
    """
    parts = {item.key: item for item in counted if item.stance == "supports_part" and item.together}
    groups = sorted({keys for item in parts.values() if set(keys := item.together) <= parts.keys()})
    return [_joined([parts[key] for key in keys], keys) for keys in groups]


def _joined(parts: list[Item], keys: tuple[str, ...]) -> Item:
    owners = sorted({owner for part in parts for owner in part.joint_of or (part.owner,)})
    kinds, names = {part.kind for part in parts}, dict.fromkeys(part.name for part in parts)
    return Item(
        "supports",
        owner=" and ".join(owners),
        joint_of=tuple(owners),
        reliability=max(part.reliability for part in parts),
        primary=all(part.primary for part in parts),
        known_from=max(part.known_from for part in parts),
        key=" and ".join(keys),
        together=keys,
        name=" and ".join(names),
        kind=kinds.pop() if len(kinds) == 1 else "",
    )


def side(items: Iterable[Item], threshold: Threshold = DEFAULT) -> Side:
    """Return the side that counted items make: principles on owners, on classes and on what establishes."""
    items = tuple(items)
    reliable = any(item.reliability in "AB" for item in items)
    if any(grade(item, threshold) == "record" for item in items):
        step = Step.RECORD
    elif reliable and witnesses(items) >= max(2, threshold.origins):
        step = Step.INDEPENDENT
    else:
        step = Step.RELIABLE if reliable else Step.FAIR if items else Step.NOTHING
    return Side(items, step)


def needed(claim: Claim, unverified: bool, threshold: Threshold, support: bool) -> Step:
    """Return the step from which a side is established: principles on accusations and on what was not verified."""
    alone = threshold.origins == 1 and not unverified and not (support and claim.accusation)
    return Step.RELIABLE if alone else Step.INDEPENDENT


def limited(whole: Side, limits: Side) -> bool:
    """Tell whether a claim whose support stands is limited: the principle on parts.

    A source that limits agrees with those for the claim as far as it goes, and knows it more narrowly; unlike one that
    contradicts, it need not outdo them. But what is below the class of what bears the whole claim out does not limit
    it: a newspaper does not narrow a treaty, nor do tabloids narrow what reliable sources report.
    """
    return bool(limits.items) and limits.standard >= whole.standard


def judge(items: Iterable[Item], claim: Claim = PLAIN, threshold: Threshold = DEFAULT) -> Judgement:
    """Weigh the evidence on a claim.

    Parameters
    ----------
    items : iterable of Item
        The evidence on the claim; neither its order nor a repetition matters.
    claim : Claim
        What kind of claim it is.
    threshold : Threshold
        How much evidence establishes a side.

    Returns
    -------
    Judgement
        The verdict, and what it follows from.
    """
    items = list(dict.fromkeys(items))
    gone = superseded(items)
    standing = [item for item in items if not item.key or item.key not in gone]
    counted = [item for item in standing if counts(item, threshold)]
    unverified = tuple(item for item in standing if competent(item, threshold))

    def of(*stances: str) -> Iterator[Item]:
        return (item for item in counted if item.stance in stances)

    whole, limits = side((*of(*WHOLE), *joined(counted)), threshold), side(of("qualifies"), threshold)
    support = side((item for item in of(*FOR) if item.stance != "qualifies" or item.affirms), threshold)
    contradiction = side(of("contradicts"), threshold)
    bar = {pro: needed(claim, bool(unverified), threshold, pro) for pro in (True, False)}
    if not claim.checkable:
        verdict = "not_checkable"
    elif support.step == contradiction.step:
        verdict = "disputed" if support.step >= Step.RELIABLE else "not_established"
    elif support.step < contradiction.step:
        verdict = "contradicted" if contradiction.step >= bar[False] else "not_established"
    elif support.step < bar[True]:
        verdict = "not_established"
    elif whole.step > contradiction.step and whole.step >= bar[True] and not limited(whole, limits):
        verdict = "supported"
    else:
        verdict = "partly_supported"
    weighed = {*counted, *unverified}
    return Judgement(
        verdict=verdict,
        claim=claim,
        support=support,
        contradiction=contradiction,
        whole=whole,
        limits=limits,
        unverified=unverified,
        shown=tuple(item for item in standing if item not in weighed),
        superseded=tuple(item for item in items if item.key and item.key in gone),
    )


def verdict(items: Iterable[Item], claim: Claim = PLAIN, threshold: Threshold = DEFAULT) -> str:
    """Return the verdict on a claim, one of :data:`VERDICTS`; parameters as for :func:`judge`.

    Examples
    --------
    >>> verdict([Item("supports", "parliament", "A", primary=True)])
    'supported'
    >>> verdict([Item("supports", "tabloid", "C"), Item("supports", "another-tabloid", "C")])
    'not_established'
    """
    return judge(items, claim, threshold).verdict


def shares(outcomes: Iterable[str]) -> dict[str, int]:
    """Count verdicts, in the order of :data:`VERDICTS`, none left out."""
    found = Counter(outcomes)
    return {name: found[name] for name in VERDICTS}

"""The evidence of the ledger brought before the verdict rule: checks are run, dates settled, verdicts tabulated."""

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from claimbook.analysis import comparison
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.dates import latest_day
from claimbook.analysis.reasons import why
from claimbook.analysis.sensitivity import credibility, fragility
from claimbook.analysis.verdicts import (
    DEFAULT,
    Claim,
    Item,
    Judgement,
    Threshold,
    as_of,
    counts,
    judge,
    superseded,
    verdict,
)
from claimbook.model.ids import texts_of
from claimbook.model.ledger import Ledger, kept
from claimbook.model.span import Span

WEIGHTS = ("thesis", "support", "background")
"""How much a claim weighs in its text, the most first."""


def resolved(ledger: Ledger) -> pd.DataFrame:
    """Return ``evidence`` with the stance and the finding of every check computed, and the stance of every count.

    A check that qualifies says itself whether it finds a part of the claim to be so, or only limits it.

    Returns
    -------
    pandas.DataFrame
        The rows and columns of ``evidence``, with ``known_from``: the date in EDTF from which the evidence could be
        known, which is the later of ``fact_public_from`` and ``version_released`` by the last day that each allows, or
        ``""``; with ``superseded``: whether its own source has taken the row back or replaced it; and with ``counts``:
        whether the rule counts the row.
    """
    return _resolved(ledger)[0]


@kept
def _resolved(ledger: Ledger) -> tuple[pd.DataFrame, list[Item]]:
    """Return what :func:`resolved` does, and each row as the verdict rule sees it."""
    if ledger.cut_from:
        rows, seen = _resolved(ledger.cut_from)
        return _cut(rows, ledger), list(itertools.compress(seen, rows["claim_id"].isin(ledger.claims["claim_id"])))
    rows = ledger.evidence
    asked = dict.fromkeys(zip(rows["check"], rows["check_args"], strict=True))
    found = {pair: ledger.finding(*pair) for pair in asked if pair[0]}
    pairs = list(zip(rows["check"], rows["check_args"], strict=True))
    latest = {date: Span.read(date).latest for date in {*rows["fact_public_from"], *rows["version_released"]}}
    released_later = rows["version_released"].map(latest) > rows["fact_public_from"].map(latest)
    quantities = comparison.told(ledger)
    counted = {
        row["evidence_id"]: comparison.of_row(row, quantities)
        for _, row in rows[comparison.counts(rows) & ~rows["interested"]].iterrows()
    }
    stances = [
        found[pair].stance if pair in found else counted[row].stance if row in counted else stance
        for pair, row, stance in zip(pairs, rows["evidence_id"], rows["stance"], strict=True)
    ]
    affirms = [
        stance == "qualifies" and found[pair].affirms
        if pair in found
        else counted[row].affirms
        if row in counted
        else given is True
        for pair, row, stance, given in zip(
            pairs, rows["evidence_id"], stances, rows["affirms"].eq(True).fillna(False).tolist(), strict=True
        )
    ]
    computed = rows.assign(
        stance=stances,
        affirms=affirms,
        finding=[found[p].sentence if p in found else f for p, f in zip(pairs, rows["finding"], strict=True)],
        known_from=rows["version_released"].where(released_later, rows["fact_public_from"]),
    )
    seen = list(_as_items(ledger, computed))
    gone = superseded(seen)
    replaced = pd.Series([item.key in gone for item in seen], computed.index, dtype=bool)
    counting = pd.Series([counts(item) for item in seen], computed.index, dtype=bool) & ~replaced
    return computed.assign(superseded=replaced, counts=counting), seen


def _as_items(ledger: Ledger, rows: pd.DataFrame) -> Iterator[Item]:
    latest = {date: Span.read(date).latest for date in set(rows["known_from"])}
    origins = {origin.origin: origin for origin in ledger.origins.itertuples(index=False)}
    joint = {name: tuple(origin.joint_of.split("; ")) for name, origin in origins.items() if origin.joint_of}
    labelled = rows[rows["together"] != ""].groupby(["claim_id", "together"])["evidence_id"]
    groups = {label: tuple(sorted(keys)) for label, keys in labelled}
    for row in rows.itertuples(index=False):
        yield Item(
            stance=row.stance,
            owner=(owner := origins[row.origin].owner),
            joint_of=joint.get(owner, ()),
            reliability=row.reliability,
            primary=bool(row.primary),
            interested=bool(row.interested),
            known_from=latest[row.known_from],
            affirms=row.affirms,
            key=row.evidence_id,
            supersedes=row.supersedes,
            together=groups.get((row.claim_id, row.together), ()),
            name=origins[row.origin].name,
            kind=origins[row.origin].kind,
        )


def _cut(rows: pd.DataFrame, part: Ledger) -> pd.DataFrame:
    """Return the rows on the claims of a part."""
    return rows[rows["claim_id"].isin(part.claims["claim_id"])].reset_index(drop=True)


@kept
def items(ledger: Ledger) -> dict[str, list[Item]]:
    """Return, for every claim with evidence, its evidence as the verdict rule sees it; not to be changed in place."""
    found: dict[str, list[Item]] = {}
    rows, seen = _resolved(ledger)
    for claim, item in zip(rows["claim_id"], seen, strict=True):
        found.setdefault(claim, []).append(item)
    return found


@kept
def claims(ledger: Ledger) -> dict[str, Claim]:
    """Return every claim as the verdict rule sees it."""
    accusing = set(ledger.claim_accused["claim_id"])
    checkable = zip(ledger.claims["claim_id"], ledger.claims["checkable"], strict=True)
    return {claim: Claim(bool(can), claim in accusing) for claim, can in checkable}


@kept
def published(ledger: Ledger) -> dict[str, str]:
    """Return, for every claim, the first day on which its text may have appeared: what came later was not knowable."""
    day = ledger.sources.set_index("source_id")["published_earliest"]
    source = ledger.claims["sentence_id"].map(ledger.sentences.set_index("sentence_id")["source_id"])
    return dict(zip(ledger.claims["claim_id"], source.map(day), strict=True))


THEN = "then"
"""In place of a day: for each claim the first day on which its text may have appeared."""


@dataclass(frozen=True)
class _Case:
    """A claim before the rule: what was known of it by the day asked for, and when its text appeared."""

    claim_id: str
    claim: Claim
    known: list[Item]
    then: list[Item]
    letters: tuple[str, str]
    threshold: Threshold

    @cached_property
    def found(self) -> Judgement:
        return judge(self.known, self.claim, self.threshold)


_CELLS: dict[str, Callable[[_Case], object]] = {
    "claim_id": lambda case: case.claim_id,
    "verdict": lambda case: case.found.verdict,
    "why": lambda case: why(case.found),
    "verdict_then": lambda case: verdict(case.then, case.claim, case.threshold),
    "origins_for": lambda case: case.found.favourable.origins,
    "origins_against": lambda case: case.found.contradiction.origins,
    "fragility": lambda case: fragility(case.known, case.claim, case.threshold),
    "carrier": lambda case: case.letters[0],
    "terminal": lambda case: case.letters[1],
    "credibility": lambda case: credibility(case.known, case.claim, case.threshold),
}

COLUMNS = tuple(_CELLS)
"""Columns of ``verdicts.csv``."""


def verdicts(
    ledger: Ledger,
    threshold: Threshold = DEFAULT,
    day: str | datetime.date | None = None,
    columns: Iterable[str] = COLUMNS,
) -> pd.DataFrame:
    """Compute the verdict on every claim that had been made by a day.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    threshold : Threshold
        How much evidence establishes a side.
    day : str or datetime.date, optional
        A date, or a day, month or year in ISO 8601, of which the last day is meant: only evidence that could be known
        on it counts, and only claims whose text may have appeared by it are there; one whose day is not known may
        have. :data:`THEN` asks of each claim what could be known when its text appeared. Without a day all evidence
        counts and all claims are there.
    columns : iterable of str
        The columns wanted; fragility takes longest.

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of ``claims``, with those of :data:`COLUMNS` that are wanted: the verdict; why,
        in one sentence; the verdict that could be known when the text appeared; how many independent origins that count
        stand for (in full or in part) and against; the fewest origins whose removal changes the verdict (empty where
        none does); the Admiralty letters of the text that carries the claim and of the source at which its trail ends;
        the digit of the information.

    Raises
    ------
    ValueError
        If the day is no date or a column is none of :data:`COLUMNS`.
    """
    wanted = list(columns)
    if unknown := [name for name in wanted if name not in COLUMNS]:
        raise ValueError(f"columns must be of {', '.join(COLUMNS)}, not {unknown[0]!r}")
    if threshold == DEFAULT and day is None:
        return _current(ledger)[wanted].copy()
    return _weighed(ledger, threshold, day if day is None or day == THEN else latest_day(day), wanted)


@kept
def _current(ledger: Ledger) -> pd.DataFrame:
    """Return the verdicts on all evidence, with all columns."""
    if ledger.cut_from:
        return _cut(_current(ledger.cut_from), ledger)
    return _weighed(ledger, DEFAULT, None, list(COLUMNS))


def _weighed(ledger: Ledger, threshold: Threshold, asked: str | None, wanted: list[str]) -> pd.DataFrame:
    evidence, appeared, letters, rows = items(ledger), published(ledger), source_letters(ledger), []
    for claim_id, claim in claims(ledger).items():
        on = appeared[claim_id] if asked == THEN else asked
        if on is None or appeared[claim_id] <= on:
            mine = evidence.get(claim_id, [])
            known = mine if on is None else as_of(mine, on)
            case = _Case(claim_id, claim, known, as_of(mine, appeared[claim_id]), letters[claim_id], threshold)
            rows.append([_CELLS[name](case) for name in wanted])
    types = {"fragility": "Int64"} if "fragility" in wanted else {}
    return pd.DataFrame(rows, columns=wanted).astype(types)


def contradicted_at_publication(ledger: Ledger) -> pd.DataFrame:
    """Return the claims that evidence already public when their text appeared contradicts.

    Returns
    -------
    pandas.DataFrame
        ``claim_id`` in the order of ``claims``, and ``own``: whether the text says it itself. What it reports of others
        is a claim of theirs, and no error of the text.
    """
    outcome = verdicts(ledger, columns=("claim_id", "verdict_then")).merge(terminal_sources(ledger), on="claim_id")
    return outcome.loc[outcome["verdict_then"] == "contradicted", ["claim_id", "own"]].reset_index(drop=True)


def charges(ledger: Ledger) -> pd.DataFrame:
    """Return the checkable claims with their verdicts, what a text says again left out: so a charge counts once.

    Of two claims of one text of which one repeats the other, the weightier is the charge; of two that weigh alike, the
    one that the other goes back to.

    Returns
    -------
    pandas.DataFrame
        ``claim_id``, ``text``, ``weight`` and ``verdict``, in the order of ``claims``.
    """
    rows = ledger.claims.assign(verdict=verdicts(ledger, columns=["verdict"])["verdict"].to_numpy())
    rows = rows.loc[rows["checkable"], ["claim_id", "weight", "verdict"]]
    rows = rows.assign(text=texts_of(rows["claim_id"]))
    rank = dict(zip(rows["claim_id"], rows["weight"].map(WEIGHTS.index), strict=True))
    text = dict(zip(rows["claim_id"], rows["text"], strict=True))
    links = ledger.claim_links[ledger.claim_links["type"] == "repeats"]
    again = set()
    for claim, first in zip(links["claim_id"], links["related_claim_id"], strict=True):
        if claim in text and text[claim] == text.get(first):
            again.add(first if rank[claim] < rank[first] else claim)
    return rows[~rows["claim_id"].isin(again)].reset_index(drop=True)


@kept
def source_letters(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Return, for every claim, the Admiralty letters of its carrier and of its terminal source.

    The carrier is the text. A terminal source that the text describes or leaves unnamed cannot be judged (F), nor can
    a named one whose record nobody has assessed (``actors.reliability`` empty).
    """
    ends = terminal_sources(ledger)
    source = ledger.claims["sentence_id"].map(ledger.sentences.set_index("sentence_id")["source_id"])
    carrier = source.map(ledger.sources.set_index("source_id")["reliability"])
    judged = ends["actor_id"].map(ledger.actors.set_index("actor_id")["reliability"]).replace("", "F").fillna("F")
    terminal = judged.mask(ends["nameless"], "F").mask(ends["own"], carrier)
    return dict(zip(ledger.claims["claim_id"], zip(carrier, terminal, strict=True), strict=True))


def coverage(ledger: Ledger) -> dict[str, int]:
    """Count the checkable claims: in all, with evidence that counts, with other evidence only, with a search only."""
    checkable = set(ledger.claims["claim_id"][ledger.claims["checkable"]])
    rows = resolved(ledger)
    with_any = set(rows["claim_id"])
    with_counted = set(rows["claim_id"][rows["counts"]])
    return {
        "checkable": len(checkable),
        "counted": len(checkable & with_counted),
        "shown_only": len(checkable & (with_any - with_counted)),
        "search_only": len((checkable & set(ledger.searches["claim_id"])) - with_any),
    }


SEARCHED = {"for": ("for",), "against": ("against",), "both": ("for", "against"), "denial": ("denial",)}
"""What a search by its ``side`` covers: that the claim holds, that it does not, that somebody denies it."""


def searched(ledger: Ledger) -> set[tuple[str, str]]:
    """Return for which claims, and on which of their sides, a search is logged.

    Returns
    -------
    set of (str, str)
        ``claim_id`` with ``for``, ``against`` or ``denial``. Where a pair is missing nothing was looked for, so that
        nothing can be said to have been found or not.
    """
    logged = zip(ledger.searches["claim_id"], ledger.searches["side"], strict=True)
    return {(claim, side) for claim, asked in logged for side in SEARCHED[asked]}

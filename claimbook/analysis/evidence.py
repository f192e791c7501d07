"""The evidence of the ledger brought before the verdict rule: checks are run, dates settled, verdicts tabulated."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.dates import latest_day
from claimbook.analysis.verdicts import (
    DEFAULT,
    FOR,
    Item,
    Threshold,
    as_of,
    counted,
    counts,
    credibility,
    fragility,
    side,
    verdict,
)
from claimbook.model.ledger import Ledger, kept
from claimbook.model.span import Span


@kept
def resolved(ledger: Ledger) -> pd.DataFrame:
    """Return ``evidence`` with the stance and the finding of every check computed.

    Returns
    -------
    pandas.DataFrame
        The rows and columns of ``evidence``, with ``known_from``: the date in EDTF from which the evidence could be
        known, which is the later of ``fact_public_from`` and ``version_released`` by the last day that each allows, or
        ``""``; and with ``counts``: whether the rule counts the row, as :func:`claimbook.analysis.verdicts.counts` has
        it.
    """
    if ledger.cut_from:
        return _cut(resolved(ledger.cut_from), ledger)
    rows = ledger.evidence
    asked = dict.fromkeys(zip(rows["check"], rows["check_args"], strict=True))
    found = {pair: ledger.finding(*pair) for pair in asked if pair[0]}
    pairs = list(zip(rows["check"], rows["check_args"], strict=True))
    latest = {date: Span.read(date).latest for date in {*rows["fact_public_from"], *rows["version_released"]}}
    released_later = rows["version_released"].map(latest) > rows["fact_public_from"].map(latest)
    computed = rows.assign(
        stance=[found[p].stance if p in found else s for p, s in zip(pairs, rows["stance"], strict=True)],
        finding=[found[p].sentence if p in found else f for p, f in zip(pairs, rows["finding"], strict=True)],
        known_from=rows["version_released"].where(released_later, rows["fact_public_from"]),
    )
    return computed.assign(counts=pd.Series([counts(i) for i in _as_items(computed)], computed.index, dtype=bool))


def _cut(rows: pd.DataFrame, part: Ledger) -> pd.DataFrame:
    """Return the rows on the claims of a part."""
    return rows[rows["claim_id"].isin(part.claims["claim_id"])].reset_index(drop=True)


def _as_items(rows: pd.DataFrame) -> Iterator[Item]:
    latest = {date: Span.read(date).latest for date in set(rows["known_from"])}
    for row in rows.itertuples(index=False):
        known_from = latest[row.known_from]
        yield Item(row.stance, row.origin, row.reliability, bool(row.primary), bool(row.interested), known_from)


@kept
def items(ledger: Ledger) -> dict[str, list[Item]]:
    """Return, for every claim with evidence, its evidence as the verdict rule sees it; not to be changed in place."""
    found: dict[str, list[Item]] = {}
    rows = resolved(ledger)
    for claim, item in zip(rows["claim_id"], _as_items(rows), strict=True):
        found.setdefault(claim, []).append(item)
    return found


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
    checkable: bool
    known: list[Item]
    then: list[Item]
    letters: tuple[str, str]


_CELLS: dict[str, Callable[[_Case, Threshold], object]] = {
    "claim_id": lambda case, _: case.claim_id,
    "verdict": lambda case, threshold: verdict(case.known, case.checkable, threshold),
    "verdict_then": lambda case, threshold: verdict(case.then, case.checkable, threshold),
    "origins_for": lambda case, threshold: side(counted(case.known, threshold), FOR).origins,
    "origins_against": lambda case, threshold: side(counted(case.known, threshold), ("contradicts",)).origins,
    "fragility": lambda case, threshold: fragility(case.known, case.checkable, threshold),
    "carrier": lambda case, _: case.letters[0],
    "terminal": lambda case, _: case.letters[1],
    "credibility": lambda case, threshold: credibility(case.known, case.checkable, threshold),
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
        One row per claim, in the order of ``claims``, with those of :data:`COLUMNS` that are wanted: the verdict; the
        verdict that could be known when the text appeared; how many independent origins that count stand for (in full
        or in part) and against; the fewest origins whose removal changes the verdict (empty where none does); the
        Admiralty letters of the text that carries the claim and of the source at which its trail ends; the digit of
        the information.

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
    for claim, checkable in zip(ledger.claims["claim_id"], ledger.claims["checkable"], strict=True):
        on = appeared[claim] if asked == THEN else asked
        if on is None or appeared[claim] <= on:
            mine = evidence.get(claim, [])
            known = mine if on is None else as_of(mine, on)
            case = _Case(claim, checkable, known, as_of(mine, appeared[claim]), letters[claim])
            rows.append([_CELLS[name](case, threshold) for name in wanted])
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

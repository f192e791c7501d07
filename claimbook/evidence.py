"""The evidence of the ledger brought before the verdict rule: checks are run, dates settled, verdicts tabulated."""

from functools import lru_cache

import pandas as pd

from claimbook import checks
from claimbook.chains import terminal_sources
from claimbook.ledger import Ledger
from claimbook.verdicts import (
    COUNTED,
    DEFAULT,
    FOR,
    Item,
    Threshold,
    as_of,
    counted,
    credibility,
    fragility,
    side,
    verdict,
)

COLUMNS = (
    "claim_id",
    "verdict",
    "verdict_then",
    "origins_for",
    "origins_against",
    "fragility",
    "carrier",
    "terminal",
    "credibility",
)
"""Columns of ``verdicts.csv``."""


@lru_cache(maxsize=16)
def resolved(ledger: Ledger) -> pd.DataFrame:
    """Return ``evidence`` with the stance and the finding of every check computed.

    Returns
    -------
    pandas.DataFrame
        The rows and columns of ``evidence``, with ``known_from``: the ISO date from which the evidence could be
        known, which is the later of ``fact_public_from`` and ``version_released``, or ``""``.
    """
    rows = ledger.evidence
    asked = dict.fromkeys(zip(rows["check"], rows["check_args"], strict=True))
    found = {pair: checks.run(*pair, ledger.records) for pair in asked if pair[0]}
    pairs = list(zip(rows["check"], rows["check_args"], strict=True))
    return rows.assign(
        stance=[found[p].stance if p in found else s for p, s in zip(pairs, rows["stance"], strict=True)],
        finding=[found[p].sentence if p in found else f for p, f in zip(pairs, rows["finding"], strict=True)],
        known_from=rows[["fact_public_from", "version_released"]].max(axis=1),
    )


@lru_cache(maxsize=16)
def items(ledger: Ledger) -> dict[str, list[Item]]:
    """Return, for every claim with evidence, its evidence as the verdict rule sees it; not to be changed in place."""
    found: dict[str, list[Item]] = {}
    for row in resolved(ledger).itertuples(index=False):
        item = Item(row.stance, row.origin, row.reliability, bool(row.primary), bool(row.interested), row.known_from)
        found.setdefault(row.claim_id, []).append(item)
    return found


@lru_cache(maxsize=16)
def published(ledger: Ledger) -> dict[str, str]:
    """Return, for every claim, the first day on which its text may have appeared: what came later was not knowable."""
    day = ledger.sources.set_index("source_id")["published_earliest"]
    source = ledger.claims["sentence_id"].map(ledger.sentences.set_index("sentence_id")["source_id"])
    return dict(zip(ledger.claims["claim_id"], source.map(day), strict=True))


THEN = "then"
"""In place of a day: for each claim the first day on which its text may have appeared."""


def outcomes(ledger: Ledger, threshold: Threshold = DEFAULT, day: str | None = None) -> dict[str, str]:
    """Compute the verdict on every claim that had been made by a day.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    threshold : Threshold
        How much evidence establishes a side.
    day : str, optional
        ISO date: only evidence that could be known on it counts, and only claims whose text may have appeared by it
        are there; one whose day is not known may have. :data:`THEN` asks of each claim what could be known when its
        text appeared.

    Returns
    -------
    dict of str to str
        Per ``claim_id`` its verdict, in the order of ``claims``.
    """
    evidence, appeared, found = items(ledger), published(ledger), {}
    for claim, checkable in zip(ledger.claims["claim_id"], ledger.claims["checkable"], strict=True):
        on = appeared[claim] if day == THEN else day
        if on is None or appeared[claim] <= on:
            mine = evidence.get(claim, [])
            found[claim] = verdict(mine if on is None else as_of(mine, on), checkable, threshold)
    return found


def verdicts(ledger: Ledger, threshold: Threshold = DEFAULT, day: str | None = None) -> pd.DataFrame:
    """Compute the verdict on every claim.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    threshold : Threshold
        How much evidence establishes a side.
    day : str, optional
        ISO date: only evidence that could be known on it counts.

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of ``claims``, with the columns of :data:`COLUMNS`: the verdict; the verdict
        that could be known when the text appeared; how many independent origins that count stand for (in full or in
        part) and against; the fewest origins whose removal changes the verdict (empty where none does); the Admiralty
        letters of the text that carries the claim and of the source at which its trail ends; the digit of the
        information.
    """
    evidence, appeared, letters = items(ledger), published(ledger), source_letters(ledger)
    rows = []
    for claim, checkable in zip(ledger.claims["claim_id"], ledger.claims["checkable"], strict=True):
        mine = evidence.get(claim, [])
        if day is not None:
            mine = as_of(mine, day)
        counting = counted(mine, threshold)
        rows.append(
            (
                claim,
                verdict(mine, checkable, threshold),
                verdict(as_of(mine, appeared[claim]), checkable, threshold),
                side(counting, FOR).origins,
                side(counting, ("contradicts",)).origins,
                fragility(mine, checkable, threshold),
                *letters[claim],
                credibility(mine, checkable, threshold),
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS).astype({"fragility": "Int64"})


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
    with_counted = set(rows["claim_id"][rows["stance"].isin(COUNTED) & ~rows["interested"]])
    return {
        "checkable": len(checkable),
        "counted": len(checkable & with_counted),
        "shown_only": len(checkable & (with_any - with_counted)),
        "search_only": len((checkable & set(ledger.searches["claim_id"])) - with_any),
    }

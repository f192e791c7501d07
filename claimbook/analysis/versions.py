"""The versions of a book: which corrections each holds, and which verdicts changed from one to the next.

The verdicts of a version stand in ``version_verdicts.csv`` as they were computed when it was noted, so that a later
rule or a later row cannot change what was published.
"""

from dataclasses import dataclass

import pandas as pd

from claimbook.analysis import evidence
from claimbook.model.ledger import Ledger


@dataclass(frozen=True)
class Version:
    """A version of a book: a row of ``versions.csv``.

    Attributes
    ----------
    version : str
        Its number, such as ``2.0.0``.
    name : str
        What it is called.
    date : str
        ISO date of its release.
    last_correction : str
        The last correction that it holds; "" where it holds none.
    note : str
        What else there is to say of it.
    """

    version: str
    name: str
    date: str
    last_correction: str = ""
    note: str = ""


def number(version: str) -> tuple[int, ...]:
    """Return a version as numbers that can be compared.

    Examples
    --------
    >>> number("2.10.0") > number("2.9.1")
    True
    """
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def listed(ledger: Ledger) -> list[Version]:
    """Return the versions of a book, oldest first; none where it keeps no list of them."""
    table = (ledger.whole or ledger).tables.get("versions")
    columns = ["version", "name", "date", "last_correction", "note"]
    return [] if table is None else [Version(*row) for row in table[columns].itertuples(index=False)]


def of_corrections(ledger: Ledger) -> dict[str, Version | None]:
    """Return for each correction the first version that holds it; None where it is newer than the last version."""
    known = [*(ledger.whole or ledger).corrections["correction_id"]]
    held: dict[str, Version | None] = dict.fromkeys(known)
    begin = 0
    for version in listed(ledger):
        end = known.index(version.last_correction) + 1 if version.last_correction in known else begin
        held |= dict.fromkeys(known[begin:end], version)
        begin = max(begin, end)
    return held


def verdicts_of(ledger: Ledger, version: str) -> pd.Series:
    """Return the verdicts of a version by claim; of "", the verdicts as they follow from the tables now."""
    ledger = ledger.whole or ledger
    if not version:
        return evidence.verdicts(ledger, columns=("claim_id", "verdict")).set_index("claim_id")["verdict"]
    rows = ledger.version_verdicts[ledger.version_verdicts["version"] == version]
    return rows.drop_duplicates("claim_id").set_index("claim_id")["verdict"]  # validation may meet one twice


@dataclass(frozen=True)
class Change:
    """What is not as it was in the version before.

    Attributes
    ----------
    verdicts : pandas.DataFrame
        Of the claims that stand in both and have another verdict: ``claim_id``, ``was``, ``now``, and ``reasons``, the
        list of ids of the corrections that say why, empty where none does.
    shared : int
        How many claims stand in both.
    added, gone : list of str
        The claims that are new, and those that are there no more.
    """

    verdicts: pd.DataFrame
    shared: int
    added: list[str]
    gone: list[str]

    @property
    def unexplained(self) -> list[str]:
        """The claims whose verdict changed and of which no correction says why."""
        return [row.claim_id for row in self.verdicts.itertuples() if not row.reasons]


def change(ledger: Ledger, before: str, version: str = "") -> Change:
    """Compare the verdicts of a version with those of the one before it.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    before : str
        The version before.
    version : str
        The version; "" for the tables as they are now.
    """
    held = {key: one.version if one else "" for key, one in of_corrections(ledger).items()}
    reasons: dict[str, list[str]] = {}
    for row in ledger.corrections.itertuples(index=False):
        if row.claim_id and held[row.correction_id] == version:
            reasons.setdefault(row.claim_id, []).append(row.correction_id)
    was, now = verdicts_of(ledger, before), verdicts_of(ledger, version)
    both = [claim for claim in now.index if claim in was.index]
    rows = [(claim, was[claim], now[claim], reasons.get(claim, [])) for claim in both if was[claim] != now[claim]]
    return Change(
        verdicts=pd.DataFrame(rows, columns=["claim_id", "was", "now", "reasons"]),
        shared=len(both),
        added=[claim for claim in now.index if claim not in was.index],
        gone=[claim for claim in was.index if claim not in now.index],
    )

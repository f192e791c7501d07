"""The blind exercise of a whole class: what each coded, brought together from the files that the exercise makes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.analysis.agreement import Coefficient, alpha
from claimbook.model import cells
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.model.problems import LedgerError, Problem

VARIABLES = ("layer", "kind", "checkable", "polarity")
"""What is coded. Weight and chain are left out: who has not read the whole text cannot give them."""

COLUMNS = ("coder", "claim_id", *VARIABLES)
"""The header of a file of the exercise."""

MOST = 10
"""So many of the most disputed items are named first."""


def coded(claim) -> dict[str, str]:
    """Return what a ledger codes of a claim (a row of ``claims``), by variable."""
    return {name: getattr(claim, name) for name in VARIABLES} | {"checkable": "yes" if claim.checkable else "no"}


@dataclass(frozen=True)
class Pool:
    """What a class coded.

    Attributes
    ----------
    coders : tuple of str
        Who coded, in order.
    agreement : dict of str to Coefficient
        Krippendorff's alpha over all coders, by variable.
    items : pandas.DataFrame
        A row per claim and variable that somebody coded, the most disputed first: ``claim_id``, ``variable``,
        ``coders`` (how many coded it), ``values`` (a Counter), ``book`` (the ledger's own value), ``as_book`` (how many
        gave that), ``disputed`` (the share of pairs of coders who differ; missing where one alone coded it).
    """

    coders: tuple[str, ...]
    agreement: dict[str, Coefficient]
    items: pd.DataFrame


def read(paths: Iterable[Path], ledger: Ledger) -> Pool:
    """Read files of the exercise and bring them together.

    Parameters
    ----------
    paths : iterable of path
        The files; a folder stands for all CSV files in it.
    ledger : Ledger
        The ledger whose claims were coded.

    Raises
    ------
    LedgerError
        If a file cannot be read, names no coder or a claim that the ledger has not, has a value that is none, or codes
        what somebody has coded in it or another file before; it lists every such place.
    ValueError
        If there is no file.
    """
    files = [file for path in map(Path, paths) for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
    if not files:
        raise ValueError("no file of the exercise: name some, or a folder with CSV files")
    claims = {claim.claim_id: claim for claim in ledger.claims.itertuples(index=False)}
    allowed = {name: _values(ledger, name) for name in VARIABLES}
    problems: list[Problem] = []
    given: dict[tuple[str, str], dict[str, str]] = {}
    for file in files:
        table = cells.read(file.parent, file.name, list(COLUMNS), problems)
        rows = zip(*table.columns.values(), strict=True) if table else ()
        for line, row in zip(table.lines if table else (), rows, strict=True):
            row = dict(zip(COLUMNS, row, strict=True))
            for column, rule in _flaws(row, claims, allowed, given):
                problems.append(Problem(file.name, line, column, row[column], rule))
            given[row["coder"], row["claim_id"]] = row
    if problems:
        raise LedgerError("nothing is pooled, because files of the exercise are wrong:", problems)
    coders = tuple(dict.fromkeys(coder for coder, _ in given))
    items = [
        _item(claim, name, [given.get((coder, claim_id), {}).get(name) or None for coder in coders])
        for claim_id, claim in claims.items()
        if any((coder, claim_id) in given for coder in coders)
        for name in VARIABLES
    ]
    agreed = {name: alpha(item["given"] for item in items if item["variable"] == name) for name in VARIABLES}
    frame = pd.DataFrame(items, columns=["claim_id", "variable", "coders", "values", "book", "as_book", "disputed"])
    frame = frame[frame["coders"] > 0].sort_values("disputed", ascending=False, kind="stable", na_position="last")
    return Pool(coders, agreed, frame.reset_index(drop=True))


def _values(ledger: Ledger, name: str) -> tuple[str, ...]:
    described = ledger.column("claims", name)
    return ("yes", "no") if described["type"] == "boolean" else tuple(described["constraints"]["enum"])


def _flaws(
    row: Mapping[str, str], claims: Mapping[str, object], allowed: Mapping[str, tuple[str, ...]], given: Mapping
) -> Iterable[tuple[str, str]]:
    if not row["coder"]:
        yield "coder", "must be given: who coded"
    if row["claim_id"] not in claims:
        yield "claim_id", "must be a claim of the ledger: the file may be of another version, or another book"
    if (row["coder"], row["claim_id"]) in given:
        yield "claim_id", f"{row['coder']} has coded this claim before: leave one file out, or give each a name"
    for name, values in allowed.items():
        if row[name] and row[name] not in values:
            yield name, f"must be one of {', '.join(values)}, or empty"


def _item(claim, name: str, given: list[str | None]) -> dict:
    values = Counter(value for value in given if value)
    number, book = values.total(), coded(claim)[name]
    pairs = number * (number - 1)
    same = sum(n * (n - 1) for n in values.values())
    return {
        "claim_id": claim.claim_id,
        "variable": name,
        "given": given,
        "coders": number,
        "values": values,
        "book": book,
        "as_book": values[book],
        "disputed": 1 - same / pairs if pairs else None,
    }


def told(values: Counter) -> str:
    """Write how often each value was given, the most frequent first.

    Examples
    --------
    >>> told(Counter({"event": 2, "status": 5}))
    '5 status, 2 event'
    """
    return ", ".join(f"{number} {value}" for value, number in sorted(values.items(), key=lambda one: (-one[1], one[0])))


def report(pool: Pool) -> str:
    """Write a pool as plain text: agreement, the most disputed items, every item."""
    width = max((len(claim) for claim in pool.items["claim_id"]), default=0)
    lines = [f"{count(len(pool.coders), 'coder')}: {', '.join(pool.coders)}", ""]
    lines.append(f"{'variable':<12}{'units':>6}{'same':>6}   {'alpha':<20}95 % interval")
    for name, found in pool.agreement.items():
        value, interval = found.words
        lines.append(f"{name:<12}{found.n:>6}{found.agreed:>6}   {value:<20}{interval}")
    lines += ["", "Claims, most disputed first (share of pairs of coders who differ; what they gave; the ledger):"]
    for item in pool.items.itertuples(index=False):
        share = "–" if pd.isna(item.disputed) else f"{item.disputed:.0%}"
        lines.append(f"  {item.claim_id:<{width}} {item.variable:<10}{share:>5}  {told(item.values)}; {item.book}")
    return "\n".join(lines)

"""Rules of the versions of a book: their order, the corrections that they hold, and a reason for every new verdict."""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from claimbook.analysis import versions
from claimbook.analysis.versions import number
from claimbook.model.ledger import Ledger
from claimbook.validation.inspection import Inspection, Rule


def _order(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = found.sure("versions", ledger.versions)
    numbers = [number(version) for version in rows["version"]]
    early = [False, *(second <= first for first, second in pairwise(numbers))][: len(rows)]
    yield Rule("versions", _mask(early, rows), "version", "must be higher than that of the row above")
    yield Rule("versions", rows["date"] < rows["date"].cummax(), "date", "must not lie before that of the row above")
    if "version" in ledger.schema:
        newer = [one > number(str(ledger.schema["version"])) for one in numbers]
        rule = f"must not be higher than the version of datapackage.json, {ledger.schema['version']}"
        yield Rule("versions", _mask(newer, rows), "version", rule)


def _corrections(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = found.sure("versions", ledger.versions)
    place = {key: at for at, key in enumerate(ledger.corrections["correction_id"])}
    held = rows["last_correction"].map(lambda key: place.get(key, -1))
    rule = "must not be older than that of the row above"
    yield Rule("versions", held < held.cummax(), "last_correction", rule)
    days = dict(zip(ledger.corrections["correction_id"], ledger.corrections["date"], strict=True))
    made = rows["last_correction"].map(lambda key: days.get(key, ""))
    yield Rule("versions", made > rows["date"], "date", "must not lie before that of the last correction it holds")


def _verdicts(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.version_verdicts
    known = {*ledger.claims["claim_id"], *ledger.retired_ids["id"]}
    rule = "must be found in claims.claim_id or retired_ids.id"
    yield Rule("version_verdicts", ~rows["claim_id"].isin(known), "claim_id", rule)
    lacking = ~ledger.versions["version"].isin(rows["version"])
    yield Rule("versions", lacking, "version", "must have its verdicts in version_verdicts.csv")
    known_versions = found.sure("versions", ledger.versions)["version"]
    for before, version in pairwise(known_versions):
        unexplained = versions.change(ledger, before, version).unexplained
        silent = (rows["version"] == version) & rows["claim_id"].isin(unexplained)
        rule = f"is not the verdict of version {before}: corrections.csv must say why, by version {version}"
        yield Rule("version_verdicts", silent, "verdict", rule)


def _mask(broken: list[bool], rows: pd.DataFrame) -> pd.Series:
    return pd.Series(broken, rows.index, dtype=bool)


VERSION_RULES = (
    (_order, "versions"),
    (_corrections, "versions corrections"),
    (_verdicts, "versions version_verdicts corrections claims retired_ids"),
)

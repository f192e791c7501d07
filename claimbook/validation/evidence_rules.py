"""Rules of the evidence: what stands beside the claims, the searches, the origins, and the records that checks read."""

import re
from collections.abc import Collection, Iterator

from claimbook.analysis.quantities import NUMBERS
from claimbook.model import bibliography, ids
from claimbook.model.checks import Check, Runner
from claimbook.model.ledger import Ledger, is_record
from claimbook.model.schema import is_day, is_text
from claimbook.validation.inspection import SCHEMA, SLUG, Inspection, Problem, Rule, lookup

OWN_CONDUCT = ("asserts", "denies", "admits")
"""Stances of a party about its own conduct."""

RELIABILITY = "ABCDEF"

RECORD_PROPERTIES = {
    "title": "must be text",
    "description": "must be text",
    "origin": "must be found in origins.origin",
    "reliability": f"must be one of: {', '.join(RELIABILITY)}",
    "reference": f"must be a key of {bibliography.FILE}",
    "version": "must be text",
    "versionReleased": "must be a date, YYYY-MM-DD",
    "query": "must be text",
    "traps": "must be a list of texts",
    "licenses": "must be a list of objects, each with a title or name and, where it has a path, an http(s) address",
    "sources": "must be a list of objects, each with a title or name and, where it has a path, an http(s) address",
}
"""What a record says of itself in the data package, and of what form."""


def _of_claim(table: str, key: str, ledger: Ledger) -> Iterator[Rule]:
    frame = ledger.tables[table]
    yield Rule(table, ids.claims_of(frame[key]) != frame["claim_id"], key, "must begin with its claim_id")
    checkable = frame["claim_id"].map(lookup(ledger.claims, "claim_id", "checkable"))
    yield Rule(table, checkable.eq(False), "claim_id", "must be a checkable claim")


def _evidence(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence
    computed, cited = rows["check"] != "", rows["reference"] != ""

    yield from _of_claim("evidence", "evidence_id", ledger)
    yield Rule("evidence", computed & cited, "reference", "must be empty where a check is given")
    yield Rule("evidence", ~computed & ~cited, "reference", "must be given where no check is")
    yield Rule(
        "evidence", ~computed & (rows["check_args"] != ""), "check_args", "must be empty where no check is given"
    )
    for column in ("stance", "finding"):
        yield Rule(
            "evidence",
            computed & (rows[column] != ""),
            column,
            "must be empty where a check is given, which computes it",
        )
    for column in ("stance", "finding", "read_as"):
        # A number decides the stance of a publication that counts.
        decided = rows[NUMBERS].notna().any(axis=1) if column == "stance" else False
        bare = ~computed & cited & (rows[column] == "") & ~decided
        yield Rule("evidence", bare, column, "must be given for a publication")
    if found.bibliography is not None:
        unknown = cited & ~rows["reference"].isin(list(found.bibliography))
        yield Rule("evidence", unknown, "reference", f"must be a key of {bibliography.FILE}")
    own, words = rows["stance"].isin(OWN_CONDUCT), "asserts, denies or admits"
    yield Rule("evidence", own & ~rows["interested"], "interested", f"must be true where the stance is {words}")
    free = ~own & ~computed & rows["interested"]  # a check may read the books of whom the claim accuses
    rule = f"must be false except where the stance is {words}, or where a check reads a party's own register"
    yield Rule("evidence", free, "interested", rule)
    again = rows.duplicated(["claim_id", "check", "check_args", "reference", "stance"])
    rule = "the claim must not have the same check or reference with the same stance twice"
    yield Rule("evidence", again & (computed | cited), "claim_id", rule)


def _checks(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence[ledger.evidence["check"] != ""]
    described = {r["name"]: r for r in ledger.schema["resources"] if is_record(r)}
    for (name, arguments), lines in rows.groupby(["check", "check_args"], sort=False).groups.items():
        if name not in found.registry:
            if found.every_check:
                yield Rule("evidence", lines, "check", "must be a registered check")
        elif flaw := _flaw(found.registry[name], arguments, ledger.records, found.runner):
            yield Rule("evidence", lines, *flaw)
    for line, name, origin, reliability in zip(
        rows.index, rows["check"], rows["origin"], rows["reliability"], strict=True
    ):
        if name not in found.registry:
            continue
        read = [described[record] for record in found.registry[name].records if record in described]
        graded = [record.get("reliability") for record in read if record.get("origin") == origin]
        if not graded:
            yield Rule("evidence", [line], "origin", "must be the origin of a record that the check reads")
        elif reliability not in graded:
            yield Rule("evidence", [line], "reliability", "must be that of the record that the check reads")
    for check in found.registry.values():
        file, line = check.place
        for name in (name for name in check.records if name not in described):
            rule = f"must be a record that {SCHEMA} describes, for {check.name} to read it"
            yield Problem(file, line, "records", name, rule)
    for name in found.registry.keys() - set(rows["check"]):
        yield Problem(found.files["evidence"], None, "check", name, "a registered check must be used by a row")


def _flaw(check: Check, arguments: str, records: Collection[str], runner: Runner) -> tuple[str, str] | None:
    """Return column and rule of what keeps a check from running; None where it runs or its records are unreadable."""
    try:
        check.arguments(arguments)
    except ValueError as error:
        return "check_args", f"must fit the check: {error}"
    if not all(name in records for name in check.records):
        return None
    try:
        runner.run(check, arguments)
    except Exception as error:
        return "check_args", f"the check must run over the records: {type(error).__name__}: {error}"
    return None


def _searches(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    claims, searched = ledger.claims, ledger.claims["claim_id"].isin(ledger.searches["claim_id"])
    yield from _of_claim("searches", "search_id", ledger)
    known = searched | claims["claim_id"].isin(ledger.evidence["claim_id"])
    bare = claims["checkable"] & ~known
    yield Rule("claims", bare, "claim_id", "a checkable claim must have evidence or a search")
    for side in ("for", "against"):
        mine = ledger.searches["claim_id"][ledger.searches["side"].isin([side, "both"])]
        unsearched = claims["checkable"] & (claims["weight"] == "thesis") & ~claims["claim_id"].isin(mine)
        rule = f"a checkable claim of the thesis must have a search for what speaks {side} it"
        yield Rule("claims", unsearched, "claim_id", rule)


def _origins(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    used = {r.get("origin") for r in ledger.schema["resources"] if is_record(r) and isinstance(r.get("origin"), str)}
    used.update(ledger.evidence["origin"])
    used.update(ledger.origins["owner"][ledger.origins["origin"].isin(used)])
    idle = ~ledger.origins["origin"].isin(used)
    yield Rule("origins", idle, "origin", "must be the origin of evidence or of a record, or own one that is")


def _records(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    read = {name for check in found.registry.values() for name in check.records}
    origins = set(ledger.origins["origin"])
    for record in filter(is_record, ledger.schema["resources"]):
        name = record["name"]
        for key, rule in RECORD_PROPERTIES.items():
            value = record.get(key)
            if key == "reference" and found.bibliography is None:
                continue
            if not _well_formed(key, value, origins, found):
                yield Problem(SCHEMA, None, f"{name}.{key}", "" if value is None else str(value), rule)
        for column in record["schema"]["fields"]:
            if not is_text(column.get("description")):
                yield Problem(SCHEMA, None, name, column["name"], "a column of a record needs a description")
        shown = record.get("shownIn")
        if shown is not None and not (shown and _are_texts(shown)):
            yield Problem(SCHEMA, None, f"{name}.shownIn", str(shown), "must be a list of the names of chapters")
        elif name not in read and shown is None and found.every_check:
            rule = "a record must be read by a check or name in shownIn the chapters that show it"
            yield Problem(SCHEMA, None, name, "", rule)


def _well_formed(key: str, value: object, origins: set[str], found: Inspection) -> bool:
    if key == "traps":
        return _are_texts(value)
    if key in ("licenses", "sources"):
        return isinstance(value, list) and bool(value) and all(map(_is_titled, value))
    if not is_text(value):
        return False
    if key == "origin":
        return re.fullmatch(SLUG, value) is not None and value in origins
    if key == "reliability":
        return value in tuple(RELIABILITY)
    if key == "reference":
        return value in found.bibliography
    return key != "versionReleased" or is_day(value)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def _is_titled(value: object) -> bool:
    if not isinstance(value, dict) or not (is_text(value.get("title")) or is_text(value.get("name"))):
        return False
    return "path" not in value or (isinstance(value["path"], str) and bibliography.is_web_address(value["path"]))


EVIDENCE_RULES = (
    (_evidence, "claims evidence"),
    (_checks, "evidence"),
    (_searches, "claims evidence searches"),
    (_origins, "evidence origins"),
    (_records, "origins"),
)
"""Each group of rules with the tables it needs."""

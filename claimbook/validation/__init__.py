"""Validation of the ledger: the schema, the rules beyond it, and the passages where the texts are at hand.

What ``datapackage.json`` says is checked by :mod:`claimbook.model.schema`, as on every loading. What a table schema
cannot say is checked here, in one function per group of rules. Every function is linear in the number of rows, up to
sorting.

:mod:`.reading` looks at what else the folder holds, :mod:`.columns` at what the schema must describe, :mod:`.claims`
holds the rules of the coding tables, :mod:`.evidence_rules` those of evidence, records and checks,
:mod:`.witness_rules` those of witnesses and of what an older coding still owes, :mod:`.second_readers` those of what
further readers coded, :mod:`.outcomes` those of things foretold, of text reuse, of corrections and of examples,
:mod:`.version_rules` those of versions, :mod:`.texts` those that need the texts; :mod:`.inspection` is what they
share. A book has tables of its own: a module of its folder ``checks`` may name, as ``TABLES``, the columns that it
relies on, written as :data:`.columns.CONTRACT` is, and offer ``RULES`` as the modules here do.
"""

from collections.abc import Mapping
from pathlib import Path

from claimbook.model import schema as schemas
from claimbook.model.checks import Check
from claimbook.model.ledger import Ledger, bibliography_of, languages_of, own_of, records_of, runner_of
from claimbook.validation.claims import MAX_QUOTE, MAX_SENTENCE, MAX_TEXT, RULES
from claimbook.validation.columns import contract
from claimbook.validation.evidence_rules import EVIDENCE_RULES
from claimbook.validation.inspection import SCHEMA, Inspection, Problem
from claimbook.validation.outcomes import OUTCOME_RULES
from claimbook.validation.reading import undescribed
from claimbook.validation.second_readers import READING_RULES
from claimbook.validation.texts import TEXT_RULES, read_texts
from claimbook.validation.version_rules import VERSION_RULES
from claimbook.validation.witness_rules import WITNESS_RULES, WITNESS_TABLES, paid

__all__ = ["MAX_QUOTE", "MAX_SENTENCE", "MAX_TEXT", "SCHEMA", "Problem", "validate"]


def validate(
    directory: Path | str,
    texts: Path | str | None = None,
    registry: Mapping[str, Check] | None = None,
    only: str | None = None,
    reading: schemas.Reading | None = None,
    owed: list[tuple[str, str, str]] | None = None,
) -> list[Problem]:
    """Check a data folder against its schema, the rules of the ledger and, where given, the texts.

    Parameters
    ----------
    directory : path
        The data folder.
    texts : path, optional
        Folder with a ``<source_id>.txt`` per text; without it passages are not compared with the texts.
    registry : mapping of str to Check, optional
        The checks by name; default: those that the book declares.
    only : str, optional
        The one text to compare with its copy, for whoever has no copies of the others.
    reading : Reading, optional
        The tables of the folder, where a command has read them already.
    owed : list, optional
        Takes rule, table and row of what breaks a rule that came after it, which is then no problem; otherwise only
        what stands in ``debts.csv`` is none.

    Returns
    -------
    list of Problem
        Every problem, sorted by place; empty if there is none.
    """
    directory = Path(directory)
    reading = reading or schemas.read_all(directory)
    if (package := reading.package) is None:
        return reading.problems
    modules, checks, unsound = own_of(reading)
    if registry is not None:
        checks, unsound = registry, []
    found = Inspection(
        problems=reading.problems + unsound,
        registry=checks,
        runner=runner_of(reading),
        every_check=not unsound,
        files=reading.files,
        cells={name: table.cells.frame() for name, table in reading.tables.items()},
        refused=reading.refused,
        doubtful=reading.doubtful,
        keys={name: table.primary for name, table in reading.tables.items()},
        lenient=owed is not None,
    )
    undescribed(directory, package, found)

    usable = contract(package, found, (own.TABLES for own in modules.values() if hasattr(own, "TABLES")))
    records = {name: frame for name, frame in records_of(reading).items() if name in usable}
    tables = {name: t.frame() for name, t in reading.tables.items() if name in usable and name not in records}
    ledger = Ledger(directory, package, tables, records=records)
    ledger.__dict__["_read_from"] = reading
    found.bibliography, flaws = bibliography_of(reading)
    found.problems += flaws
    found.languages, flaws = languages_of(reading)
    found.problems += flaws
    found.debts = set(ledger.debts.itertuples(index=False, name=None)) if "debts" in tables else set()
    own = tuple(rule for module in modules.values() for rule in getattr(module, "RULES", ()))
    rules = RULES + EVIDENCE_RULES + WITNESS_RULES + READING_RULES + OUTCOME_RULES + VERSION_RULES + own
    rules += () if texts is None else TEXT_RULES
    if texts is not None:
        found.texts = read_texts(Path(texts), ledger, found, only)
    for rule, needed in rules:
        if usable.issuperset(needed.split()):
            for broken in rule(ledger, found):
                found.take(broken)
    if owed is not None:
        owed.extend(found.owed)
    elif usable.issuperset({*WITNESS_TABLES, "debts"}):
        for broken in paid(ledger, found):
            found.take(broken)
    return sorted(set(found.problems), key=Problem.sort_key)

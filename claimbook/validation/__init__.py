"""Validation of the ledger: the schema, the rules beyond it, and the passages where the texts are at hand.

Frictionless checks what ``datapackage.json`` says. What a table schema cannot say is checked here, in one function
per group of rules. Every function is linear in the number of rows, up to sorting.

:mod:`.reading` reads files, :mod:`.schema` holds what the schema can say, :mod:`.rules` the rules of the coding
tables, :mod:`.evidence` those of evidence, records and checks,
:mod:`.lineage` those of the tellings of a figure and its yardsticks, :mod:`.outcomes` those of things foretold,
of shared wording and of corrections, :mod:`.texts` those that need the texts;
:mod:`.problems` is what they share.
"""

from collections.abc import Mapping
from pathlib import Path

from claimbook import checks
from claimbook.ledger import Ledger, is_record
from claimbook.validation.evidence import EVIDENCE_RULES
from claimbook.validation.lineage import LINEAGE_RULES
from claimbook.validation.outcomes import OUTCOME_RULES
from claimbook.validation.problems import SCHEMA, Inspection, Problem
from claimbook.validation.reading import bibliography, read_package, read_table, undescribed
from claimbook.validation.rules import MAX_QUOTE, MAX_SENTENCE, MAX_TEXT, RULES
from claimbook.validation.schema import cell_rules, contract, schema_rules, typed
from claimbook.validation.texts import TEXT_RULES, read_texts

__all__ = ["MAX_QUOTE", "MAX_SENTENCE", "MAX_TEXT", "SCHEMA", "Problem", "validate"]


def validate(
    directory: Path | str,
    texts: Path | str | None = None,
    registry: Mapping[str, checks.Check] | None = None,
    only: str | None = None,
) -> list[Problem]:
    """Check a data folder against its schema, the rules of the ledger and, where given, the texts.

    Parameters
    ----------
    directory : path
        The data folder.
    texts : path, optional
        Folder with a ``<source_id>.txt`` per text; without it passages are not compared with the texts.
    registry : mapping of str to Check, optional
        The checks by name; default: :func:`claimbook.checks.registry`.
    only : str, optional
        The one text to compare with its copy, for whoever has no copies of the others.

    Returns
    -------
    list of Problem
        Every problem, sorted by place; empty if there is none.
    """
    directory = Path(directory)
    package, problems = read_package(directory)
    if package is None:
        return problems
    found = Inspection(problems, checks.registry() if registry is None else registry)
    for resource in package["resources"]:
        read_table(directory, resource, found)
    undescribed(directory, package, found)
    schema_rules(package, found)
    cell_rules(found)

    usable = contract(package, found)
    tables = {r["name"]: typed(found.cells[r["name"]], r) for r in package["resources"] if r["name"] in usable}
    records = {r["name"]: tables.pop(r["name"]) for r in package["resources"] if r["name"] in usable and is_record(r)}
    records = {name: frame.reset_index(drop=True) for name, frame in records.items()}
    ledger = Ledger(directory, package, tables, records=records)
    found.bibliography = bibliography(directory, found)
    rules = RULES + EVIDENCE_RULES + LINEAGE_RULES + OUTCOME_RULES + (() if texts is None else TEXT_RULES)
    if texts is not None:
        found.texts = read_texts(Path(texts), ledger, found, only)
    for rule, needed in rules:
        if usable.issuperset(needed.split()):
            rule(ledger, found)
    # A row with cells missing or to spare has its values in the wrong columns: that alone is worth telling.
    sound = {p for p in found.problems if (p.file, p.row) not in found.ragged}
    return sorted(sound | found.ragged_problems, key=Problem.sort_key)

"""What the data folder holds beside the tables: files that nothing describes, and the bibliography."""

from pathlib import Path, PurePosixPath

from claimbook.model import bibliography, cells
from claimbook.validation.inspection import SCHEMA, Inspection


def undescribed(directory: Path, package: dict, found: Inspection) -> None:
    """Check that the data package describes every table in the folder."""
    described = {PurePosixPath(r["path"]).as_posix() for r in package["resources"]}
    for path in directory.rglob("*"):
        file = path.relative_to(directory).as_posix()
        if path.suffix.lower() == ".csv" and file not in described:
            found.add(file, None, "", "", f"{SCHEMA} does not describe this file")


def read_bibliography(directory: Path, found: Inspection) -> dict[str, dict[str, str]] | None:
    """Read ``references.bib`` and note its flaws."""
    text = cells.read_utf8(directory, bibliography.FILE, found.problems)
    if text is None:
        return None
    entries, flaws = bibliography.parse(text)
    for flaw in flaws:
        found.add(bibliography.FILE, flaw.line, flaw.field, flaw.value, flaw.rule)
    return entries

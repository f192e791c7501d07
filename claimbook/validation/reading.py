"""What the data folder holds beside the tables: files that nothing describes."""

from pathlib import Path, PurePosixPath

from claimbook.validation.inspection import SCHEMA, Inspection


def undescribed(directory: Path, package: dict, found: Inspection) -> None:
    """Check that the data package describes every table in the folder."""
    described = {PurePosixPath(r["path"]).as_posix() for r in package["resources"]}
    for path in directory.rglob("*"):
        file = path.relative_to(directory).as_posix()
        if path.suffix.lower() == ".csv" and file not in described:
            found.add(file, None, "", "", f"{SCHEMA} does not describe this file")

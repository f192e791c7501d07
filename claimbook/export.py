"""Export of the ledger: the validated tables, the records and the verdicts, written aside and then put in place."""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from claimbook import evidence, verdicts
from claimbook.ledger import load, read_schema
from claimbook.references import FILE as REFERENCES
from claimbook.validation import SCHEMA

SUMS = "SHA256SUMS"
VERDICTS = "verdicts.csv"

_LETTER = {"enum": list("ABCDEF")}
_VERDICT = {"required": True, "enum": list(verdicts.VERDICTS)}
_FIELDS = (
    ("claim_id", "string", "The claim.", {"required": True}),
    ("verdict", "string", "The verdict on all evidence.", _VERDICT),
    (
        "verdict_then",
        "string",
        "The verdict that could be known on the first day the text may have appeared.",
        _VERDICT,
    ),
    ("origins_for", "integer", "Independent origins that count for the claim, in full or in part.", {"minimum": 0}),
    ("origins_against", "integer", "Independent origins that count against the claim.", {"minimum": 0}),
    (
        "fragility",
        "integer",
        "The fewest origins whose removal changes the verdict; empty where none does.",
        {"minimum": 1},
    ),
    ("carrier", "string", "Admiralty letter of the text.", _LETTER),
    ("terminal", "string", "Admiralty letter of the source at which the claim's trail ends.", _LETTER),
    (
        "credibility",
        "string",
        "Admiralty digit of the information, 1 to 6; 6 means that it cannot be judged.",
        {"enum": list("123456")},
    ),
)


def export(data: Path, target: Path) -> int:
    """Write a validated ledger to a folder, which is replaced as a whole at the end.

    Parameters
    ----------
    data : pathlib.Path
        The data folder; it must be valid.
    target : pathlib.Path
        The folder to write; :func:`refuse_foreign` says which are refused.

    Returns
    -------
    int
        How many files were written.
    """
    package = read_schema(data)
    if "verdicts" in (names := {resource["name"]: resource for resource in package["resources"]}):
        package["resources"].remove(names["verdicts"])  # an export may be exported again
    files = [REFERENCES, *(resource["path"] for resource in package["resources"])]
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as side:
        fresh = Path(side) / "new"
        fresh.mkdir()
        for file in files:
            (fresh / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(data / file, fresh / file)
        evidence.verdicts(load(data)).to_csv(fresh / VERDICTS, index=False, lineterminator="\n")
        package["resources"].append(_resource(package))
        (fresh / SCHEMA).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        written = sorted([*files, VERDICTS, SCHEMA])
        sums = [f"{_sha256(fresh / file)}  {file}\n" for file in written]
        (fresh / SUMS).write_text("".join(sums), encoding="utf-8")
        _swap(fresh, target, Path(side) / "old")
    return len(written)


def _resource(package: dict) -> dict:
    claims = next(resource for resource in package["resources"] if resource["name"] == "claims")
    return {
        **{key: value for key, value in claims.items() if key != "schema"},
        "name": "verdicts",
        "path": VERDICTS,
        "title": "Verdicts",
        "description": "The verdict on every claim, computed from the evidence at the time of the export.",
        "schema": {
            "fields": [
                {"name": name, "type": kind, "description": text, "constraints": rules}
                for name, kind, text, rules in _FIELDS
            ],
            "primaryKey": ["claim_id"],
            "foreignKeys": [{"fields": ["claim_id"], "reference": {"resource": "claims", "fields": ["claim_id"]}}],
        },
    }


def refuse_foreign(target: Path, data: Path) -> None:
    """Raise ValueError unless `target` is new, empty or an unchanged export."""
    if target.resolve() == data.resolve() or data.resolve() in target.resolve().parents:
        raise ValueError(f"{target} is in the data folder itself: nothing written")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ValueError(f"{target} is no folder: nothing written")
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if not found:
        return
    if SUMS not in found:
        raise ValueError(f"{target} is neither empty nor an export: nothing written")
    lines = (target / SUMS).read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("  ", 1)[::-1] for line in lines if "  " in line)
    changed = sorted(
        file
        for file in (found | set(listed)) - {SUMS}
        if file not in found or listed.get(file) != _sha256(target / file)
    )
    if changed:
        raise ValueError(f"{target} has changed since it was exported ({', '.join(changed)}): nothing written")


def _swap(fresh: Path, target: Path, old: Path) -> None:
    """Put `fresh` in the place of `target`; where that fails, `target` stays what it was."""
    try:
        if target.exists():
            os.rename(target, old)
        os.rename(fresh, target)
    except BaseException:
        if old.exists() and not target.exists():
            os.rename(old, target)
        raise


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""Export of the ledger: the validated tables, the records and the verdicts, written aside and then put in place.

Tables are written from their cells, in one form whatever tool saved them. With `everything` also what is worked out
from them, the formats of others, a README with licences and citation, and a zip of it all. The same ledger and address
give the same bytes: no clock is read.
"""

import ast
import copy
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from importlib import resources as package_files
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

import pandas as pd

from claimbook.analysis import evidence, verdicts
from claimbook.exchange import database
from claimbook.model import cells, languages, schema
from claimbook.model.bibliography import FILE as REFERENCES
from claimbook.model.ledger import (
    BESIDE,
    CHECKS,
    DERIVED,
    RECORDS,
    SCHEMA,
    Ledger,
    folder_of,
    is_record,
    load,
    read_schema,
)
from claimbook.model.problems import LedgerError
from claimbook.model.records import INSTALL
from claimbook.model.spreadsheet import neutral

SUMS = "SHA256SUMS"
VERDICTS = "verdicts.csv"
PARQUET = "parquet"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in a zip: the earliest that the format has, so that the bytes depend on the contents alone."""

DOCUMENTS = {
    "README.txt": ("Read me", "What each file is, what the data cannot show, how to load them.", "text/plain"),
    "LICENCES.txt": ("Licences", "The terms, file by file.", "text/plain"),
    "CITATION.cff": ("Citation", "How to cite, with the texts as references (CFF 1.2.0).", "text/yaml"),
    "citation.bib": ("Citation, BibTeX", "The same for BibTeX.", "application/x-bibtex"),
    SCHEMA: (
        "Data package",
        "Every table and column described (Frictionless Data Package 2.0).",
        "application/json",
    ),
    database.FILE: (
        "Database",
        "All tables with their types, keys and allowed values in one SQLite database, and what they are in the tables "
        "about_tables, about_columns and about_traps. The terms stay those of each table.",
        "application/vnd.sqlite3",
    ),
    REFERENCES: ("Bibliography", "Every publication and data set cited.", "application/x-bibtex"),
    "claimreview.jsonld": (
        "Reviewed claims",
        "The checkable claims with their verdicts as schema.org ClaimReview in a DataFeed.",
        "application/ld+json",
    ),
    "plover/events.jsonl": (
        "Events, PLOVER",
        "Events as each text tells them, as PLOVER records, one JSON object a line. Dates are those on record; where "
        "only bounds are known, date is the first and enddate the last possible day.",
        "application/x-ndjson",
    ),
    "plover/undated.jsonl": (
        "Undated events, PLOVER",
        "Events whose date nothing establishes: the same records without date, which PLOVER would require.",
        "application/x-ndjson",
    ),
    "annotations.jsonl": (
        "Passages, Web Annotation",
        "Where each claim stands in its text: W3C Web Annotations with positions, in Unicode code points, in a text "
        "named by its hash, one JSON object a line.",
        "application/x-ndjson",
    ),
    "schemas/claimreview.schema.json": (
        "Schema of claimreview.jsonld",
        "JSON Schema of the reviewed claims.",
        "application/schema+json",
    ),
    "schemas/plover.schema.json": (
        "Schema of plover/events.jsonl",
        "JSON Schema of the events.",
        "application/schema+json",
    ),
}
"""What a whole export holds besides tables: path to title, description and media type."""

PARQUETS = {
    f"{PARQUET}/": (
        "Tables as Parquet",
        f"Every table again with the types of the data package; records lie in {RECORDS}/{PARQUET}/, under their "
        "publishers' terms.",
        "application/vnd.apache.parquet",
    )
}
CRATE = ("ro-crate-metadata.json", "RO-Crate", "Which file is what, for archives (RO-Crate 1.2).")

_LETTER = {"enum": list("ABCDEF")}
_VERDICT = {"required": True, "enum": list(verdicts.VERDICTS)}
_FIELDS = (
    ("claim_id", "string", "The claim.", {"required": True}),
    ("verdict", "string", "The verdict on all evidence.", _VERDICT),
    ("why", "string", "Why, in one sentence, from the same rule.", {"required": True}),
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


def export(
    data: Path,
    target: Path,
    everything: bool = False,
    parquet: bool = False,
    base: str = "",
    reading: schema.Reading | None = None,
) -> int:
    """Write a validated ledger to a folder, which is replaced as a whole at the end.

    Parameters
    ----------
    data : pathlib.Path
        The data folder; it must be valid.
    target : pathlib.Path
        The folder to write; :func:`refuse_foreign` says which are refused.
    everything : bool
        Also write derived tables, the formats of others, README, licences, citation and a zip.
    parquet : bool
        Also write every table as Parquet, which needs pyarrow; see :func:`require_parquet`.
    base : str
        Address at which the book is published, for links to it; empty where none is known.
    reading : Reading, optional
        The tables of the folder, where a command has read them already.

    Returns
    -------
    int
        How many files were written.
    """
    reading = reading or schema.read(data, read_schema(data))
    package = copy.deepcopy(reading.package)
    computed = [r for r in package["resources"] if r["name"] == "verdicts" or _folder(r) == DERIVED]
    for resource in computed:  # an export may be exported again
        package["resources"].remove(resource)
    malformed: list = list(reading.malformed)
    bibliography = cells.read_utf8(data, REFERENCES, malformed)
    if malformed:
        raise LedgerError(f"{data}: nothing is exported:", malformed)
    kept = {r["name"] for r in package["resources"]}
    files = {table.cells.file: table.cells.written() for name, table in reading.tables.items() if name in kept}
    files[REFERENCES] = bibliography.replace("\r\n", "\n").replace("\r", "\n").encode()
    for folder, form in BESIDE.items():
        files |= {f"{folder}/{path.name}": path.read_bytes() for path in sorted(folder_of(data, folder).glob(form))}
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as side:
        fresh = Path(side) / "new"
        fresh.mkdir()
        for file, raw in files.items():
            (fresh / file).parent.mkdir(parents=True, exist_ok=True)
            (fresh / file).write_bytes(raw)
        ledger = load(data, reading=reading)
        for name in {r["name"] for r in computed} & set(ledger.tables):
            del ledger.tables[name]
        if everything:
            _write_everything(ledger, package, fresh, base, PARQUETS if parquet else {})
        else:
            _write_table(evidence.verdicts(ledger), fresh / VERDICTS)
            package["resources"].append(_resource(package))
            _write_json(package, fresh / SCHEMA)
        if parquet:
            _write_parquet(package, fresh)
        written = _sum_up(fresh)
        if everything:
            name = f"{package['name']}-{package.get('version', 'unnumbered')}"
            write_zip(fresh / f"{name}.zip", {f"{name}/{file}": fresh / file for file in _files(fresh)})
            written = _sum_up(fresh)
        _swap(fresh, target, Path(side) / "old")
    return len(written)


def described(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return what an export holds besides tables: path to title, description and media type.

    Each module that the book brings along is described by the first line of its docstring.
    """
    modules = {
        f"{CHECKS}/{path.name}": (
            f"{path.stem.replace('_', ' ').capitalize()}, in Python",
            (ast.get_docstring(ast.parse(path.read_bytes())) or "").partition("\n")[0],
            "text/x-python",
        )
        for path in sorted((folder / CHECKS).glob("*.py"))
    }
    spoken = {
        f"{languages.FOLDER}/{path.name}": (
            f"Language {path.stem}",
            "Where its sentences end, and how it writes numbers.",
            "application/toml",
        )
        for path in sorted((folder / languages.FOLDER).glob("*.toml"))
    }
    return DOCUMENTS | modules | spoken


def require_parquet() -> None:
    """Raise ValueError unless Parquet can be written."""
    if find_spec("pyarrow") is None:
        raise ValueError(f"Parquet needs pyarrow, which is not installed: {INSTALL.format('parquet')}; nothing written")


def _folder(resource: dict) -> str:
    return PurePosixPath(resource["path"]).parts[0]


def _write_everything(ledger: Ledger, package: dict, fresh: Path, base: str, more: dict) -> None:
    # Only a whole export needs what these import.
    from claimbook.exchange import annotations, citation, claimreview, crate, derived, plover, readme
    from claimbook.view.cards import Cards

    _require_described(package)
    cards = Cards(ledger)
    denied = claimreview.denials(cards)
    tables = derived.tables(cards)
    package["resources"] += [_resource(package), *(table.resource(package) for table in tables)]
    _write_table(cards.assessed.verdicts, fresh / VERDICTS)
    for table in tables:
        _write_table(table.frame, fresh / table.path)
    dated, undated = plover.records(cards, denied, package)
    _write_json(package, fresh / SCHEMA)
    database.write(package, fresh)
    _write_json(claimreview.feed(cards, denied, package, base), fresh / "claimreview.jsonld")
    _write_lines(dated, fresh / "plover/events.jsonl")
    _write_lines(undated, fresh / "plover/undated.jsonl")
    _write_lines(annotations.annotations(cards, denied, base), fresh / "annotations.jsonl")
    documents = described(fresh)
    listed = documents | more | {CRATE[0]: (*CRATE[1:], "application/ld+json")}
    texts = {
        "README.txt": readme.readme(ledger, package, listed, base),
        "LICENCES.txt": readme.licences(package),
        "CITATION.cff": citation.cff(ledger, package, base),
        "citation.bib": citation.bibtex(ledger, package, base),
    }
    for file, text in texts.items():
        (fresh / file).write_text(text, encoding="utf-8", newline="\n")
    for file in (name for name in DOCUMENTS if name.startswith("schemas/")):
        (fresh / file).parent.mkdir(exist_ok=True)
        raw = package_files.files("claimbook.exchange").joinpath(file).read_bytes()
        (fresh / file).write_bytes(raw)
    _write_json(crate.metadata(ledger, package, documents, base), fresh / CRATE[0])


def _require_described(package: dict) -> None:
    """Raise ValueError where the data package lacks what the other formats pass on."""
    described = [("", package, ("title", "description", "licenses", "contributors"))]
    described += [
        (f"{r['path']}: ", r, ("title", "description", "mediatype", "licenses")) for r in package["resources"]
    ]
    if missing := [
        f"{SCHEMA}: {where}{name}" for where, one, names in described for name in names if not one.get(name)
    ]:
        raise ValueError(f"an export of everything needs {', '.join(missing)}")


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as the tables are written: true and false in lower case, and no text that acts as a formula."""
    cells = frame.copy()
    for name, column in frame.items():
        if pd.api.types.is_bool_dtype(column):
            cells[name] = column.map({True: "true", False: "false"})
        elif not pd.api.types.is_numeric_dtype(column):
            cells[name] = column.fillna("").map(neutral)
    path.parent.mkdir(parents=True, exist_ok=True)
    cells.to_csv(path, index=False, lineterminator="\n")


def _write_json(value: dict, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _write_lines(values: list[dict], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(value, ensure_ascii=False) + "\n" for value in values]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def _write_parquet(package: dict, fresh: Path) -> None:
    """Write every table again as Parquet, with the types of the data package; records stay in a folder of theirs."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    types["year"] = pa.int64()
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        options = csv.ConvertOptions(
            column_types={field["name"]: types.get(field["type"], pa.string()) for field in fields},
            null_values=[""],
            strings_can_be_null=True,
        )
        parsing = csv.ParseOptions(newlines_in_values=True)
        table = csv.read_csv(fresh / resource["path"], parse_options=parsing, convert_options=options)
        folder = fresh / RECORDS / PARQUET if is_record(resource) else fresh / PARQUET
        folder.mkdir(parents=True, exist_ok=True)
        parquet.write_table(table, folder / f"{resource['name']}.parquet")


def write_zip(path: Path, files: Mapping[str, Path | bytes]) -> None:
    """Write a zip whose bytes depend on nothing but names and contents.

    Parameters
    ----------
    path : pathlib.Path
        The zip, which must not be there yet.
    files : mapping of str to pathlib.Path or bytes
        Names within the zip, in their order, each with the file to take or its content.
    """
    with zipfile.ZipFile(path, "x") as archive:
        for name, file in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on every system
            content = file if isinstance(file, bytes) else file.read_bytes()
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _sum_up(fresh: Path) -> list[str]:
    """Write the hashes of all files of a folder beside them; return the files."""
    written = [file for file in _files(fresh) if file != SUMS]
    sums = [f"{_sha256(fresh / file)}  {file}\n" for file in written]
    (fresh / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    return written


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
    found = {file for file in found if "__pycache__" not in PurePosixPath(file).parts}  # from running its checks
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

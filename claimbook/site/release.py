"""A version of the book: noted in its ledger, then packed as one zip that opens without server or network.

A version is a tag of the repository. What is packed is therefore the book as it was built from a commit, and nothing is
packed while files wait to be committed or the book is not the one that follows from them.
"""

import datetime
import re
import shlex
import subprocess
import tomllib
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import pandas as pd

from claimbook.analysis import versions
from claimbook.authoring import transaction
from claimbook.exchange.export import write_zip
from claimbook.exchange.published import base_url, edition
from claimbook.model.ledger import Ledger, load
from claimbook.model.schema import FILE as SCHEMA
from claimbook.model.schema import Reading
from claimbook.model.span import Span
from claimbook.site import build

FOLDER = "dist"
"""The folder of the book into which zips are written."""

BESIDE = ("LICENSE", "THIRD_PARTY_LICENCES.md", "CITATION.cff")
"""Files of a book's folder that a zip holds beside the book, where there are any."""

SOME = 5
"""So many claims or files are named in a reason."""

NUMBER = re.compile(r"\d+\.\d+\.\d+")
NAMED = re.compile(r"\bversion \d+\.\d+\.\d+, \d{1,2} \w+ \d{4}")
"""How a README names version and day."""
CITED = {
    "version": re.compile(r"^version:.*$", re.MULTILINE),
    "date": re.compile(r"^date-released:.*$", re.MULTILINE),
}
"""The lines of ``CITATION.cff`` that name version and day."""

README = """\
{title}
Version {words}

Open book/index.html in a browser. The book needs no server and no network.

book/data/ holds the tables as CSV, as a database and in the formats of others. README.txt there says what each file is
and what the data cannot show; LICENCES.txt has the terms, file by file. LICENSE has those of code and prose.

Cite it as: {authors} ({year}): {title}, version {words}{address}.

Made from commit {commit}.
"""


class ReleaseError(ValueError):
    """A version that cannot be noted or packed; the message lists every reason with what mends it."""

    def __init__(self, reasons: list[str]):
        super().__init__("\n  ".join(["nothing is released:", *reasons]))


@dataclass(frozen=True)
class Noted:
    """What :func:`note` did: the version, and the files that changed."""

    version: str
    changed: list[Path]


@dataclass(frozen=True)
class Packed:
    """What :func:`pack` made: the zip, how many files it holds, and the command that sets the tag."""

    path: Path
    files: int
    tag: str


def note(book: Path, data: Path, name: str, day: str, reading: Reading | None = None) -> Noted:
    """Write the present state down as the version that ``datapackage.json`` names, all files or none.

    Parameters
    ----------
    book, data : pathlib.Path
        The folders of the book and of its valid ledger.
    name : str
        What the version is called.
    day : str
        ISO date of its release.
    reading : Reading, optional
        The tables of the folder, where a command has read them already.

    Raises
    ------
    ReleaseError
        If the version is no number, is not higher than the one before, or is tagged already; if a verdict changed and
        no correction says why; if the day is none or lies before a correction.
    """
    ledger = load(data, reading=reading)
    version = str(ledger.schema.get("version", ""))
    listed = versions.listed(ledger)
    known, noted = [[one for one in listed if (one.version == version) == same] for same in (False, True)]
    if reasons := [*_no_number(book, ledger, version, known), *_no_day(ledger, known, day)]:
        raise ReleaseError(reasons)
    last = "" if ledger.corrections.empty else ledger.corrections["correction_id"].iloc[-1]
    row = versions.Version(version, name, day, last, noted[0].note if noted else "")
    ledger = _listing(ledger, [*known, row])
    if known and (reasons := _unexplained(ledger, known[-1].version)):
        raise ReleaseError(reasons)
    changes = {
        data / f"{table}.csv": ledger.tables[table].to_csv(index=False, lineterminator="\n").encode()
        for table in ("versions", "version_verdicts")
    }
    changes |= _named(book, version, day)
    changes = {path: new for path, new in changes.items() if path.read_bytes() != new}
    with transaction.locked(book):
        transaction.apply(book, changes)
    return Noted(version, [*changes])


def _no_number(book: Path, ledger: Ledger, version: str, known: list[versions.Version]) -> list[str]:
    """Say why a version cannot be noted under its number."""
    if not {"versions", "version_verdicts"} <= ledger.tables.keys():
        return [
            f"{SCHEMA} describes no tables versions and version_verdicts, in which versions are noted: describe both"
        ]
    if not NUMBER.fullmatch(version):
        return [f"{SCHEMA}: version: {version}: must be three numbers, such as 1.0.0"]
    if tagged := _tagged(book, version):
        return [f"v{version} is a tag already, of {tagged[:12]}: give {SCHEMA} a higher version"]
    if known and versions.number(known[-1].version) > versions.number(version):
        return [f"version {known[-1].version} is listed already: give {SCHEMA} a higher version than that"]
    return []


def _no_day(ledger: Ledger, known: list[versions.Version], day: str) -> list[str]:
    """Say why a day cannot be that of a release."""
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return [f"--date: {day}: must be a day, YYYY-MM-DD"]
    before = max([*ledger.corrections["date"], *(one.date for one in known)], default="")
    return [f"--date: {day}: must not lie before {before}, that of a correction or of a version"] * (day < before)


def _listing(ledger: Ledger, known: list[versions.Version]) -> Ledger:
    """Return the ledger with these versions, the last with the verdicts as they follow from the tables."""
    now, kept = known[-1].version, ledger.version_verdicts
    fresh = versions.verdicts_of(ledger, "").reset_index()
    fresh.insert(0, "version", now)
    listed = pd.DataFrame([astuple(one) for one in known], columns=[f.name for f in fields(versions.Version)])
    verdicts = pd.concat([kept[kept["version"] != now], fresh[list(kept.columns)]], ignore_index=True)
    return replace(ledger, tables=ledger.tables | {"versions": listed, "version_verdicts": verdicts})


def _unexplained(ledger: Ledger, before: str) -> list[str]:
    """Name each claim whose verdict is not that of the version before, where no correction says why."""
    change = versions.change(ledger, before, versions.listed(ledger)[-1].version)
    silent = change.verdicts[change.verdicts["claim_id"].isin(change.unexplained)]
    return [
        f"{row.claim_id}: {row.was} in version {before}, {row.now} now: say why in corrections.csv"
        for row in silent.itertuples()
    ]


def _named(book: Path, version: str, day: str) -> dict[Path, bytes]:
    """Return the files beside the ledger that name the version, with version and day put in."""
    cited, readme = book / "CITATION.cff", book / "README.md"
    changes = {}
    if cited.is_file():
        lines = CITED["version"].sub(f"version: {version}", cited.read_text(encoding="utf-8"))
        changes[cited] = CITED["date"].sub(f'date-released: "{day}"', lines).encode()
    if readme.is_file():
        words = f"version {version}, {Span.read(day).text}"
        changes[readme] = NAMED.sub(words, readme.read_text(encoding="utf-8")).encode()
    return changes


def pack(book: Path, data: Path, reading: Reading | None = None) -> Packed:
    """Write the built book, its tables and its licences as one zip into :data:`FOLDER`.

    Parameters
    ----------
    book, data : pathlib.Path
        The folders of the book and of its valid ledger.
    reading : Reading, optional
        The tables of the folder, where a command has read them already.

    Raises
    ------
    ReleaseError
        If the version is not noted as the tables are now, if files wait to be committed, or if the book is not built
        or was built from something else.
    """
    ledger = load(data, reading=reading)
    html = book / build.OUT
    if reasons := [*_not_noted(book, ledger), *_uncommitted(book, ledger), *_unbuilt(book, html)]:
        raise ReleaseError(reasons)
    commit = _git(book, "rev-parse", "HEAD")
    now, config = edition(ledger), build.configuration(book)
    base = base_url(data)
    said = README.format(
        title=config.get("title") or ledger.schema["title"],
        authors=config.get("author") or "the authors",
        words=now.words,
        year=now.date[:4],
        address=f", {base}" if base else "",
        commit=commit,
    )
    name = f"{ledger.schema['name']}-{now.version}"
    files: dict[str, Path | bytes] = {f"{name}/README.txt": said.encode()}
    files |= {f"{name}/{file}": book / file for file in BESIDE if (book / file).is_file()}
    pages = sorted(path for path in html.rglob("*") if path.is_file())
    files |= {f"{name}/book/{path.relative_to(html).as_posix()}": path for path in pages}
    target = book / FOLDER / f"{name}.zip"
    target.parent.mkdir(exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    write_zip(fresh, files)
    fresh.replace(target)
    about = f"{versions.listed(ledger)[-1].name}, {Span.read(now.date).text}"
    return Packed(target, len(files), f"git tag -a v{now.version} -m {shlex.quote(about)} {commit[:12]}")


def _not_noted(book: Path, ledger: Ledger) -> list[str]:
    """Say what of the version is not noted as it is now, there or in the files beside the ledger."""
    number, known = str(ledger.schema.get("version", "")), versions.listed(ledger)
    again = "run release --name NAME, then commit"
    if not known or known[-1].version != number:
        return [f"versions.csv does not list version {number} of {SCHEMA}: {again}"]
    last, reasons = known[-1], []
    before, now = versions.verdicts_of(ledger, number), versions.verdicts_of(ledger, "")
    if differ := sorted({claim for claim, verdict in {*before.items()} ^ {*now.items()}}):
        some = ", ".join(differ[:SOME]) + (f" and {len(differ) - SOME} more" if len(differ) > SOME else "")
        reasons.append(f"verdicts are not those noted for version {number} ({some}): {again}")
    if newer := [key for key, version in versions.of_corrections(ledger).items() if version is None]:
        reasons.append(f"{', '.join(newer)}: newer than what version {number} holds: {again}")
    for path, new in _named(book, number, last.date).items():
        if path.read_bytes() != new:
            reasons.append(f"{path.name} names another version or day than versions.csv: {again}")
    project = book / "pyproject.toml"
    if project.is_file():
        said = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {}).get("version", number)
        reasons += [f"pyproject.toml has version {said}: write {number}, then commit"] * (said != number)
    return reasons


def _uncommitted(book: Path, ledger: Ledger) -> list[str]:
    """Say what of the folder is in no commit, or that a tag stands elsewhere."""
    try:
        changed = _git(book, "status", "--porcelain", "--", ".").splitlines()
        head = _git(book, "rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return [f"{book} is in no git repository with a commit, and a version is a tag: run git init, and commit"]
    some = ", ".join(line[3:] for line in changed[:SOME]) + (", …" if len(changed) > SOME else "")
    if changed:
        return [f"{len(changed)} files are in no commit ({some}): commit them or name them in .gitignore"]
    version = str(ledger.schema.get("version", ""))
    tagged = _tagged(book, version)
    if tagged and tagged != head:
        return [f"v{version} is a tag already, of {tagged[:12]}: go to it, or give {SCHEMA} a higher version"]
    return []


def _unbuilt(book: Path, html: Path) -> list[str]:
    """Say that the book is not built, or not from what is there."""
    if not (html / "index.html").is_file():
        return [f"there is no book in {html}: build it (make book)"]
    if not build.current(book, html, build.inputs(book).whole):
        return [f"the book in {html} is not the one that follows from these files: build it (make book)"]
    return []


def _tagged(book: Path, version: str) -> str:
    """Return the commit that is tagged as a version, "" where none is."""
    try:
        return _git(book, "rev-parse", "--quiet", "--verify", f"refs/tags/v{version}^{{commit}}")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(book: Path, *arguments: str) -> str:
    run = subprocess.run(["git", "-C", str(book), *arguments], capture_output=True, check=True, encoding="utf-8")
    return run.stdout.rstrip()

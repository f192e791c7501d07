"""The bibliography, ``references.bib``: every publication and data set cited."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError
from pybtex.textutils import normalize_whitespace

FILE = "references.bib"


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a bibliography, and on which line (of an entry: the line on which it begins)."""

    line: int
    field: str
    value: str
    rule: str

    def __str__(self) -> str:
        return f"{FILE}:{self.line}:{self.field}: {self.value}: {self.rule}"


def is_web_address(address: str) -> bool:
    """Tell whether `address` is an http(s) address with a host and without white space."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.split() == [address]


def parse(bibtex: str) -> tuple[dict[str, dict[str, str]], list[Flaw]]:
    """Read a bibliography and say what is wrong with it.

    Parameters
    ----------
    bibtex : str
        The text of ``references.bib``.

    Returns
    -------
    entries : dict
        Key to fields: names in lower case, values as written, with ``entry_type`` (such as ``online``) among them.
    flaws : list of Flaw
        In the order of the lines.
    """
    flaws: list[Flaw] = []
    errors: list[Flaw] = []

    def note(error: PybtexSyntaxError) -> None:
        errors.append(Flaw(error.lineno, "", "", f"is not BibTeX: {error.args[0]}"))

    entries: dict[str, dict[str, str]] = {}
    folded: set[str] = set()
    parser = LowLevelParser(bibtex, macros=dict(month_names), handle_error=note)
    line, counted, errors_before = 1, 0, 0
    for command, body in parser:
        broken, errors_before = len(errors) > errors_before, len(errors)
        line += bibtex.count("\n", counted, parser.command_start)
        counted = parser.command_start
        if command.lower() in ("string", "preamble"):
            continue
        key, parts = body
        if not key:
            continue
        if key.lower() in folded:  # BibTeX keys do not mind case
            flaws.append(Flaw(line, "", key, "the key is given twice"))
            continue
        folded.add(key.lower())
        entries[key] = entry = {"entry_type": command.lower()}
        for name, value in parts:
            if name.lower() in entry:
                flaws.append(Flaw(line, name, key, "the field is given twice"))
            entry[name.lower()] = normalize_whitespace("".join(value))
        if not broken:
            flaws += [Flaw(line, field, value, rule) for field, value, rule in _entry_flaws(key, entry)]
    return entries, sorted(flaws + errors, key=lambda flaw: flaw.line)


def read(directory: Path | str) -> dict[str, dict[str, str]]:
    """Read ``references.bib`` of the data folder.

    Returns
    -------
    dict
        Key to fields, as :func:`parse` gives them.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is not UTF-8 or has a flaw; the message names file, line and rule of each.
    """
    try:
        # As the tables, it may have a byte-order mark, any line ends and any normal form.
        bibtex = unicodedata.normalize("NFC", (Path(directory) / FILE).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{FILE}: must be UTF-8: {error.reason} at byte {error.start}") from None
    entries, flaws = parse(bibtex)
    if flaws:
        raise ValueError("\n".join(map(str, flaws)))
    return entries


def _entry_flaws(key: str, entry: dict[str, str]):
    if not entry.get("title"):
        yield "title", key, "an entry needs a title"
    if not (entry.get("date") or entry.get("year") or "no date" in entry.get("note", "").lower()):
        yield "date", key, "an entry needs a date, or a note that says: no date"
    if "url" in entry and not is_web_address(entry["url"]):
        yield "url", entry["url"], "must be an http(s) address with a host"
    for role in ("author", "editor"):
        for name in split_name_list(entry.get(role, "")):
            try:
                Person(name)
            except PybtexError as error:
                yield role, name, f"is not a BibTeX name: {error}"

"""The files of the ledger as cells of text: read as people's tools leave them, written in one form.

What tools do to a file without being asked is taken back: a byte-order mark, line ends, quotation marks round every
cell, empty rows and columns at the end, another normal form of Unicode. What would lose or shift values is refused,
with what to do about it.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd

from claimbook.model.decimals import count
from claimbook.model.problems import Problem

QUOTES = "“”„‟«»″"
"""Quotation marks that word processors type, and that hold no cell together."""
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}

BLOCK = 500
"""Rows that are taken apart at once: with more of them at hand, collecting garbage takes longer than reading."""

_TEXT = pd.StringDtype("python", na_value=np.nan)
UTF_16 = "must be UTF-8, and is UTF-16, as Windows PowerShell and Excel's Unicode text are; save it as UTF-8"
COMMAS = "save it as comma-separated CSV (in a country with a decimal comma, Excel's CSV has semicolons)"


@dataclass
class Cells:
    """The cells of one table, each as text.

    Attributes
    ----------
    file : str
        Path inside the data folder.
    columns : dict of str to list of str
        The cells of each column, in the order of the schema; normal form C.
    lines : sequence of int
        The line of the file on which each row begins, the header being line 1.
    ragged : set of int
        Lines of the rows whose values may stand in the wrong columns.
    """

    file: str
    columns: dict[str, list[str]]
    lines: Sequence[int]
    ragged: set[int] = field(default_factory=set)

    def frame(self) -> pd.DataFrame:
        """Return the cells as a frame of text, with the lines as index."""
        return pd.DataFrame({name: text(cells) for name, cells in self.columns.items()}, index=pd.Index(self.lines))

    def written(self, more: Iterable[dict[str, object]] = ()) -> bytes:
        """Return the file as it is to be: UTF-8 in normal form C, LF, commas, quotation marks only where needed.

        Parameters
        ----------
        more : iterable of dict
            Rows to add, each by column; a column that it does not name stays empty.
        """
        rows: list[str] = []
        # With this end of a row, and no other, the writer quotes every cell that holds a line break of any kind.
        writer = csv.writer(SimpleNamespace(write=rows.append), lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(zip(*self.columns.values(), strict=True))
        writer.writerows([row.get(name, "") for name in self.columns] for row in more)
        return unicodedata.normalize("NFC", "".join(f"{row[:-2]}\n" for row in rows)).encode()


def text(cells: list[str]) -> pd.api.extensions.ExtensionArray:
    """Return cells as the text column that every frame of the ledger has, whatever else is installed."""
    return pd.array(cells, dtype=_TEXT)


def read_utf8(directory: Path, file: str, problems: list[Problem]) -> str | None:
    """Return the text of a file without byte-order mark and in normal form C; None where a problem is added.

    Line ends stay as they are.
    """

    def refuse(rule: str, line: int | None = None, value: object = "") -> None:
        problems.append(Problem(file, line, "", str(value), rule))

    try:
        raw = (directory / file).read_bytes()
    except FileNotFoundError:
        return refuse("the file is missing")
    except OSError as error:
        return refuse(f"cannot be read: {error.strerror}")
    head = raw[:200]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or 4 * max(head[::2].count(0), head[1::2].count(0)) > len(head) > 1:
        return refuse(UTF_16, 1)
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return refuse(not_utf8(raw, error.start, file), line, raw[error.start : error.end])
    decoded = decoded.removeprefix("\ufeff")
    for character, rule in (
        ("\0", "must not contain a NUL character"),
        ("\ufeff", "must not contain a byte order mark except at its beginning"),
    ):
        if character in decoded:
            return refuse(rule, decoded.count("\n", 0, decoded.index(character)) + 1)
    return unicodedata.normalize("NFC", decoded)


def not_utf8(raw: bytes, at: int, file: str) -> str:
    """Say how to mend a file that is not UTF-8, and what it seems to be."""
    rest = raw.decode("utf-8", "ignore")
    try:
        meant = raw[at : at + 1].decode("cp1252")
    except UnicodeDecodeError:
        meant = ""
    if not meant or not rest.isascii():
        return "must be UTF-8; save it as UTF-8"
    lines = sum(not line.isascii() for line in raw.split(b"\n"))
    more = f"; and {count(lines - 1, 'more line')}" if lines > 1 else ""
    how = ", in Excel as “CSV UTF-8”" if file.endswith(".csv") else ""
    return f"must be UTF-8, and seems to be Windows-1252 ({meant!r}); save it as UTF-8{how}{more}"


def read(directory: Path, file: str, columns: list[str], problems: list[Problem]) -> Cells | None:
    """Read the cells of a table; None where its header or its form leave none that can be told apart.

    Parameters
    ----------
    directory : pathlib.Path
        The data folder.
    file : str
        Path of the table in it.
    columns : list of str
        What the header must be.
    problems : list of Problem
        Takes what is wrong with the file.
    """
    decoded = read_utf8(directory, file, problems)
    if decoded is None:
        return None
    if (regular := _regular(decoded, columns)) is not None:
        return Cells(file, regular, range(2, len(regular[columns[0]]) + 2))
    try:
        rows, lines = _parsed(decoded)
    except _BrokenCsvError as error:
        problems.append(Problem(file, error.args[0], "", "", f"must be CSV: {error.args[1]}"))
        return None
    first = header = rows[0] if rows else []
    width = len(first)
    while header and header[-1] == "":
        header = header[:-1]
    if header != columns:
        problems += _header_problems(file, decoded, header, columns)
        return None
    while not any(rows[-1]):
        rows.pop()
    ragged: set[int] = set()
    rows, lines = _sifted(file, rows[1:], lines[1 : len(rows)], first, ragged, problems)
    if width > len(columns):
        spare = {line for row, line in zip(rows, lines, strict=True) if any(row[len(columns) :])} - ragged
        rule = "the header names no column for a cell right of the last one; delete it"
        problems += [Problem(file, line, "", "", rule) for line in sorted(spare)]
        ragged |= spare
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return Cells(file, {name: list(column) for name, column in zip(columns, cells, strict=False)}, lines, ragged)


class _BrokenCsvError(Exception):
    """Text that is not CSV: the line on which the broken row begins, and what is wrong."""


def _regular(decoded: str, columns: list[str]) -> dict[str, list[str]] | None:
    """Return the cells of a table with nothing to take back or to refuse, as nearly all are; None of another."""
    reader = csv.reader(io.StringIO(decoded, newline=""), strict=True)
    made: list[list[str]] = [[] for _ in columns]
    known: list[dict[str, str]] = [{} for _ in columns]  # a value is kept once, however many cells have it
    try:
        if next(reader, None) != columns:
            return None
        while block := list(islice(reader, BLOCK)):
            if columns in block or {len(columns)} != set(map(len, block)) or not all(map(any, block)):
                return None
            for cells, values, column in zip(made, known, zip(*block, strict=True), strict=True):
                cells.extend(map(values.setdefault, column, column))
            if reader.line_num != len(made[0]) + 1:
                return None
    except csv.Error:
        return None
    return dict(zip(columns, made, strict=True))


def _parsed(decoded: str) -> tuple[list[list[str]], list[int]]:
    """Return all rows and the lines on which they begin."""
    reader, rows, lines, begins = csv.reader(io.StringIO(decoded, newline=""), strict=True), [], [], 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _BrokenCsvError(begins, error) from None
    return rows, lines


def _sifted(
    file: str,
    rows: list[list[str]],
    lines: list[int],
    header: list[str],
    ragged: set[int],
    problems: list[Problem],
) -> tuple[list[list[str]], list[int]]:
    """Return the rows that hold cells of their own, all of the width of the header; add what is wrong with the others.

    A row with cells missing or to spare is kept, filled or cut: others may refer to it.
    """
    kept, kept_lines, width = [], [], len(header)
    for row, line in zip(rows, lines, strict=True):
        if not any(row):
            problems.append(Problem(file, line, "", "", "the row must not be empty; delete it"))
            continue
        if row == header:
            problems.append(Problem(file, line, "", "", "the header is given twice"))
            continue
        if len(row) != width:
            ragged.add(line)
            rule = f"the row must have {width} cells and has {len(row)}{_why_ragged(row, width)}"
            problems.append(Problem(file, line, "", "", rule))
        kept.append((row + [""] * width)[:width])
        kept_lines.append(line)
    return kept, kept_lines


def _why_ragged(row: list[str], width: int) -> str:
    if len(row) < width:
        return ""
    if any(cell[:1] in QUOTES for cell in row if cell):
        return '; a cell with a comma stands in straight quotation marks ("), which curly ones are not'
    if any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(row)):
        return "; a number has a decimal point and no comma, and a cell with a comma stands in quotation marks"
    return "; a cell with a comma stands in quotation marks"


def _header_problems(file: str, decoded: str, header: list[str], columns: list[str]) -> list[Problem]:
    def problem(rule: str, column: str = "", value: str = "") -> Problem:
        return Problem(file, 1, column, value, rule)

    if not header:
        return [problem("the header is missing")]
    first, second = (*decoded.splitlines(), "", "")[:2]
    if first.lower().startswith("sep="):
        rule = "must not begin with a line for Excel alone; delete it"
        if len(first) > 4 and first[4] in SEPARATORS and second.count(first[4]):
            rule = f"{rule}, and {COMMAS}"
        return [problem(rule, value=first)]
    for separator, name in SEPARATORS.items():
        if set(columns) & set(_plain(next(csv.reader([first], delimiter=separator), []))) - set(_plain(header)):
            return [problem(f"cells must be separated by commas, not {name}; {COMMAS}", value=separator)]
    if _plain(header) == columns:
        rule = "columns must be named without blanks and without curly quotation marks, which hold no cell together"
        return [problem(rule, value=",".join(header))]
    found = [problem("the column is missing", name) for name in columns if name not in header]
    for name in dict.fromkeys(header):
        if name not in columns:
            found.append(problem("datapackage.json describes no such column", name, name))
        elif header.count(name) > 1:
            found.append(problem("the column is given twice", name, name))
    if sorted(header) == sorted(columns):
        found.append(problem("columns must stand in the order of datapackage.json", "", ",".join(header)))
    return found


def _plain(names: Iterable[str]) -> list[str]:
    """Return names of columns without what word processors and other separators put round them."""
    return [name.strip(f"{QUOTES}\"' \t\u00a0") for name in names]

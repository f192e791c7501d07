"""The ledger: the coding of the texts, read into typed pandas frames.

The schema is ``data/datapackage.json`` and nothing else; this module only follows it. :mod:`claimbook.model.schema`
checks that the tables obey it, and :mod:`claimbook.validation` the rules that a schema cannot say.
"""

import difflib
import errno
import os
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property, wraps
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import TypeVar
from xml.etree import ElementTree

import pandas as pd

from claimbook.model import bibliography, cells, ids, languages, plugins
from claimbook.model import schema as schemas
from claimbook.model.checks import Check, Finding, Runner, declared
from claimbook.model.decimals import count
from claimbook.model.languages import Language
from claimbook.model.problems import LedgerError, Problem
from claimbook.model.records import read_records
from claimbook.model.settings import Settings

# Where pyarrow is installed, pandas would keep text in Arrow, which turns cells of markup, a class of string, into
# plain text to be escaped. One storage, whatever else is installed, also gives every reader the same pages.
pd.set_option("mode.string_storage", "python")

SCHEMA = schemas.FILE
"""The only schema, and the name of the data package."""

RECORDS = "records"
"""Where the records lie: facts taken from open data sets, apart from the coding of the texts."""

CHECKS = "checks"
"""Folder of Python files that a book may have beside its data."""

BESIDE = {CHECKS: "*.py", languages.FOLDER: "*.toml"}
"""Folders that a book may have beside its data, each with what is read of it."""

DERIVED = "derived"
"""Where an export has the tables that are worked out from the ledger and the records."""

WIDTH, LINES = 100, {"Texts": 3, "Tables": 4, "Records": 3}
"""Characters of a line of a ledger's summary, and how many lines some of its parts may take."""

FIRST = 8
"""Names that an error lists where none is near the one asked for."""


def data_dir(start: Path | str | None = None) -> Path:
    """Find the data folder.

    ``CLAIMBOOK_DATA`` wins; otherwise the nearest ``data/datapackage.json`` from `start` (default: the working
    directory) upward, so that notebooks find it whether the package is installed or checked out.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    if start is None and (chosen := Settings.read().data):
        return chosen
    here = Path(start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / SCHEMA).is_file():
            return folder / "data"
    raise FileNotFoundError(f"no data/datapackage.json in {here} or above; set CLAIMBOOK_DATA")


def results_dir() -> Path:
    """Find the folder with the results of the benchmarks: beside the data folder, else from the working directory up.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    here = Path.cwd()
    for folder in (data_dir().resolve().parent, here, *here.parents):
        if (found := folder / "benchmarks" / "results").is_dir():
            return found
    raise FileNotFoundError(f"no benchmarks/results beside the data or above {here}; run python benchmarks/records.py")


def texts_dir() -> Path | None:
    """Return the folder of the reader's own copies of the texts, by ``CLAIMBOOK_TEXTS``; None where it is not set."""
    return Settings.read().texts


def read_schema(directory: Path | str) -> dict:
    """Return ``datapackage.json`` of `directory` as a dict.

    Raises
    ------
    FileNotFoundError
        If there is none.
    LedgerError
        If no table can be read by it.
    """
    path = Path(directory) / SCHEMA
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    package, problems = schemas.read_package(Path(directory))
    if package is None:
        raise LedgerError(f"{directory}: no table can be read:", problems)
    return package


def is_record(resource: dict) -> bool:
    """Tell whether a resource of the data package is a record, not a table of the ledger."""
    return PurePosixPath(resource["path"]).parts[:1] == (RECORDS,)


def read_table(directory: Path | str, resource: dict, engine: str = "pandas"):
    """Read one table as its resource in ``datapackage.json`` describes it.

    Parameters
    ----------
    directory : path
        The data folder.
    resource : dict
        A resource of the data package, with ``path`` and ``schema``.
    engine : str
        The engine whose frame is wanted; see :mod:`claimbook.model.records`.

    Returns
    -------
    pandas.DataFrame, or the frame of another engine
        Columns in schema order; empty cells are missing in typed columns and ``""`` in text columns.
    """
    types = {column["name"]: column["type"] for column in resource["schema"]["fields"]}
    return read_records(Path(directory) / resource["path"], engine, types)


@dataclass(frozen=True, eq=False)  # a ledger is itself alone: what is computed of it can be kept by it
class Ledger:
    """All tables and records of the ledger, each a frame.

    ``book.claims``, ``book["claims"]`` and ``book.tables["claims"]`` are the frame of ``claims.csv``, and
    ``book["claims", "statement"]`` is one of its columns; records are reached in the same way. What a notebook shows of
    a ledger is a summary of what it holds.

    Attributes
    ----------
    directory : pathlib.Path
        Where the tables were read.
    schema : dict
        The data package.
    tables : dict of str to pandas.DataFrame
        One frame per resource that is no record, in the order of the data package.
    records : dict of str to pandas.DataFrame
        One frame per record: what the checks read. The checks take frames of any engine, charts those of pandas.
    whole : Ledger or None
        Of the part that belongs to one text, the ledger that it was cut from; a whole ledger has None.
    """

    directory: Path
    schema: dict
    tables: dict[str, pd.DataFrame] = field(repr=False)
    records: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    whole: "Ledger | None" = field(default=None, repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return the table or record called `name`."""
        if name not in (frames := self._frames):
            raise AttributeError(_unknown("table or record", name, frames))
        return frames[name]

    def __getitem__(self, key: str | tuple[str, str]):
        """Return the table or record of a name, or one column of it: ``book["claims", "statement"]``.

        Raises
        ------
        KeyError
            If there is none of that name; it tells which names are near.
        """
        name, *columns = key if isinstance(key, tuple) else (key,)
        if name not in (frames := self._frames):
            raise KeyError(_unknown("table or record", name, frames))
        frame = frames[name]
        for column in columns:
            if column not in frame.columns:
                raise KeyError(_unknown("column", column, frame.columns, f"{name!r}"))
            frame = frame[column]
        return frame

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._frames})

    def _ipython_key_completions_(self) -> list[str | tuple[str, str]]:
        """Return the keys that a notebook completes: tables, records and, after a comma, their columns."""
        frames = self._frames
        return [*frames, *((name, column) for name, frame in frames.items() for column in frame.columns)]

    def __repr__(self) -> str:
        """Say in a few lines what it holds, where that was read, and what to try."""
        title, parts = self._summary()
        lines = [title]
        for head, words in parts.items():
            lines += _folded(head, words, LINES.get(head))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return the same as HTML, with every table and record."""
        title, parts = self._summary()
        whole = ElementTree.Element("div")
        ElementTree.SubElement(whole, "strong").text = title
        listed = ElementTree.SubElement(whole, "dl")
        for head, words in parts.items():
            ElementTree.SubElement(listed, "dt").text = head
            ElementTree.SubElement(listed, "dd").text = ", ".join(words)
        return ElementTree.tostring(whole, encoding="unicode", method="html")

    def _summary(self) -> tuple[str, dict[str, list[str]]]:
        """Return a title and, by heading, what is in the ledger."""
        texts = [*self.tables["sources"]["source_id"]] if "sources" in self.tables else []
        claims = ids.texts_of(self.tables["claims"]["claim_id"]) if "claims" in self.tables else pd.Series(dtype="str")
        told = claims.value_counts()
        tries = ["book.claims", *(f'book["{name}"]' for name in [*self.records][:1])]
        tries += [] if self.part else [f'book.text("{name}")' for name in texts[:1]]
        parts = {
            "Texts": [f"{name} ({count(int(told.get(name, 0)), 'claim')})" for name in texts],
            "Tables": [_sized(name, frame) for name, frame in self.tables.items()],
            "Records": [_sized(name, frame) for name, frame in self.records.items()],
            "Read from": [str(self.directory)],
            "Try": [*tries, "claimbook.claims(book)"],
        }
        title = f"{'Part of a ledger' if self.part else 'Ledger'}: {count(len(texts), 'text')}, "
        return title + count(len(claims), "claim"), {head: words for head, words in parts.items() if words}

    @property
    def _frames(self) -> dict[str, pd.DataFrame]:
        # What is being copied has no fields yet, and is asked for methods that it does not have.
        tables = self.__dict__.get("tables", {})
        return {**tables, **self.__dict__.get("records", {}), **tables}

    def __getstate__(self) -> dict:
        """Return what a copy begins with: what was computed of the ledger is computed again."""
        return {own.name: self.__dict__[own.name] for own in fields(self)}

    @property
    def part(self) -> bool:
        """Whether it is the part that belongs to one text."""
        return self.whole is not None

    @property
    def cut_from(self) -> "Ledger | None":
        """The ledger that a part was cut from, whose results hold for it; None where tables were put in their place."""
        return self.__dict__.get("_cut_from")

    @property
    def _reading(self) -> schemas.Reading | None:
        """What a command has read of the folder before; None where nothing, or where something was put in its place."""
        return self.__dict__.get("_read_from")

    @property
    def texts(self) -> tuple[str, ...]:
        """The source_id of every text of the whole ledger, in order."""
        return tuple((self.whole or self).sources["source_id"])

    @property
    def checks(self) -> dict[str, Check]:
        """The checks by name, as the folder ``checks`` of the book declares them.

        They are code of the book, so nothing of them is run before somebody asks for them.

        Raises
        ------
        LedgerError
            If a file of the folder cannot be run, or a declaration is not sound; it lists every problem.
        """
        return self._own[1]

    @property
    def own(self) -> dict[str, ModuleType]:
        """The modules of the folder ``checks`` by name: beside checks they may have rules and derived tables.

        Raises
        ------
        LedgerError
            As for :attr:`checks`.
        """
        return self._own[0]

    def finding(self, check: str, arguments: str) -> Finding:
        """Return what a check finds over the records of the ledger, which keeps it.

        Parameters
        ----------
        check, arguments : str
            The cells ``check`` and ``check_args`` of ``evidence.csv``.

        Raises
        ------
        KeyError
            If there is no such check, or if a record that it reads is missing.
        ValueError, RuntimeError
            As :meth:`claimbook.model.checks.Runner.run` does.
        LedgerError
            As for :attr:`checks`.
        """
        return self._runner.run(self.checks[check], arguments)

    @cached_property
    def _runner(self) -> Runner:
        if self.cut_from:
            return self.cut_from._runner
        return runner_of(self._reading) if self._reading else Runner(self.records)

    @cached_property
    def _own(self) -> tuple[dict[str, ModuleType], dict[str, Check]]:
        if self.whole:
            return self.whole._own
        modules, checks, problems = own_of(self._reading) if self._reading else read_own(self.directory)
        _refuse(folder_of(self.directory, CHECKS), problems)
        return modules, checks

    def language(self, source_id: str) -> Language:
        """Return what is known of the language of a text; of English where there is no such text.

        Raises
        ------
        LedgerError
            If a file of the folder ``languages`` of the book is not sound; it lists every flaw.
        """
        codes = dict(zip(self.sources["source_id"], self.sources["language"], strict=True))
        code = codes.get(source_id, languages.DEFAULT)
        return self._languages.get(code, Language(code))

    @cached_property
    def _languages(self) -> dict[str, Language]:
        if self.whole:
            return self.whole._languages
        read, problems = languages_of(self._reading) if self._reading else read_languages(self.directory)
        _refuse(folder_of(self.directory, languages.FOLDER), problems)
        return read

    @cached_property
    def bibliography(self) -> dict[str, dict[str, str]]:
        """The entries of ``references.bib`` by key, as :func:`claimbook.model.bibliography.read` returns them."""
        if self.whole:
            return self.whole.bibliography
        entries, flaws = bibliography_of(self._reading) if self._reading else (None, [])
        return bibliography.read(self.directory) if entries is None or flaws else entries

    def column(self, table: str, name: str) -> dict:
        """Return what ``datapackage.json`` says of a column; empty where it describes no such column."""
        fields = (f for r in self.schema["resources"] if r["name"] == table for f in r["schema"]["fields"])
        return next((field for field in fields if field["name"] == name), {})

    def text(self, source_id: str) -> "Ledger":
        """Return the part of the ledger that belongs to one text.

        Tables of the text's own rows are cut to it, evidence and searches to those on its claims, links to those that
        begin or end in it; quantities, events and actors are cut to those that it tells or mentions, origins to those
        of its evidence. Records stay whole.

        Raises
        ------
        KeyError
            If there is no such text; it tells which names are near.
        """
        t = self.tables
        if source_id not in set(t["sources"]["source_id"]):
            raise KeyError(_unknown("text", source_id, t["sources"]["source_id"]))
        sentences = t["sentences"][t["sentences"]["source_id"] == source_id]
        claims = t["claims"][t["claims"]["sentence_id"].isin(sentences["sentence_id"])]
        mine = set(claims["claim_id"])
        cut = {
            "sources": t["sources"][t["sources"]["source_id"] == source_id],
            "sentences": sentences,
            "claims": claims,
            "chains": t["chains"][t["chains"]["chain_id"].isin(claims["chain_id"])],
        }
        for name in ("mentions", "number_exceptions", "shared_wording"):
            cut[name] = t[name][t[name]["sentence_id"].isin(sentences["sentence_id"])]
        own = (
            *("quantity_claims", "event_claims", "evidence", "searches", "hard_cases", "corrections"),
            "claim_accused",
        )
        for name in (name for name in own if name in t):  # hard cases are a table that a book need not have
            cut[name] = t[name][t[name]["claim_id"].isin(mine)]
        links = t["claim_links"]
        cut["claim_links"] = links[links["claim_id"].isin(mine) | links["related_claim_id"].isin(mine)]
        told = set(cut["quantity_claims"]["quantity_id"])
        for name in ("quantities", "quantity_recipients"):
            cut[name] = t[name][t[name]["quantity_id"].isin(told)]
        told = set(cut["event_claims"]["event_id"])
        for name in ("events", "event_actors"):
            cut[name] = t[name][t[name]["event_id"].isin(told)]
        foretold = t["outcomes"]
        cut["outcomes"] = foretold[foretold["event_id"].isin(told) | foretold["claim_id"].isin(mine)]
        cut["origins"] = t["origins"][t["origins"]["origin"].isin(cut["evidence"]["origin"])]
        cut["origin_matters"] = t["origin_matters"][t["origin_matters"]["origin"].isin(cut["origins"]["origin"])]
        cut["retired_ids"] = t["retired_ids"][t["retired_ids"]["id"].str.startswith(f"{source_id}-")]
        named = set(cut["mentions"]["actor_id"]) | set(cut["chains"]["actor_id"]) | set(claims["subject"])
        cut["actors"] = t["actors"][t["actors"]["actor_id"].isin(named | set(claims["object"]))]
        tables = {name: cut[name].reset_index(drop=True) for name in t if name in cut}
        part = Ledger(self.directory, self.schema, tables, self.records, whole=self.whole or self)
        part.__dict__["_cut_from"] = self  # no field, so that a copy with other tables does not take it over
        return part


def _unknown(what: str, name: object, known: Iterable[str], where: str = "the ledger") -> str:
    """Say that there is no `what` of a name, and which names are near, or else which there are."""
    known = list(known)
    if near := difflib.get_close_matches(str(name), known, n=3):
        return f"{where} has no {what} {name!r}: did you mean {' or '.join(map(repr, near))}?"
    some = ", ".join(known[:FIRST]) + (", …" if len(known) > FIRST else "")
    return f"{where} has no {what} {name!r}; there are {some or 'none'}"


def _sized(name: str, frame) -> str:
    """Return a frame's name with its number of rows, which only what lies in memory tells at no cost."""
    return f"{name} {len(frame):,}" if isinstance(frame, pd.DataFrame) else name


def _folded(head: str, words: list[str], most: int | None) -> list[str]:
    """Return words in lines under a heading, of which the last says where there are more than `most` lines hold."""
    indent = f"{head:<11}"
    if most is None:
        return [indent + "   ".join(words)]
    unbroken = ", ".join(word.replace(" ", "\N{NO-BREAK SPACE}") for word in words)
    lines = textwrap.wrap(
        unbroken,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_on_hyphens=False,
        max_lines=most,
        placeholder=" … more: dir(book)" if head != "Texts" else " … more: book.texts",
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


_Of = TypeVar("_Of", Ledger, schemas.Reading)
_Result = TypeVar("_Result")


def kept(function: Callable[[_Of], _Result]) -> Callable[[_Of], _Result]:
    """Let a function compute once for each ledger, which keeps the result; nobody may change it in place.

    In the same way the reading of a data folder keeps what validation and loading both need.
    """

    @wraps(function)
    def once(of: _Of) -> _Result:
        results = of.__dict__.setdefault("_kept", {})
        if function not in results:
            results[function] = function(of)
        return results[function]

    return once


@kept
def own_of(reading: schemas.Reading) -> tuple[dict[str, ModuleType], dict[str, Check], list[Problem]]:
    """Return what :func:`read_own` returns for the folder that was read."""
    return read_own(reading.directory)


@kept
def languages_of(reading: schemas.Reading) -> tuple[dict[str, Language], list[Problem]]:
    """Return what :func:`read_languages` returns for the folder that was read."""
    return read_languages(reading.directory)


@kept
def bibliography_of(reading: schemas.Reading) -> tuple[dict[str, dict[str, str]] | None, list[Problem]]:
    """Return the entries of ``references.bib``, None where it cannot be read, and what is wrong with it."""
    problems: list[Problem] = []
    if (text := cells.read_utf8(reading.directory, bibliography.FILE, problems)) is None:
        return None, problems
    entries, flaws = bibliography.parse(text)
    return entries, [Problem(bibliography.FILE, f.line, f.field, f.value, f.rule) for f in flaws]


@kept
def records_of(reading: schemas.Reading) -> dict[str, pd.DataFrame]:
    """Return the records that could be read."""
    records = {r["name"] for r in reading.package["resources"] if is_record(r)}
    return {name: t.frame().reset_index(drop=True) for name, t in reading.tables.items() if name in records}


@kept
def runner_of(reading: schemas.Reading) -> Runner:
    """Return what runs checks over the records that could be read."""
    return Runner(records_of(reading))


def folder_of(directory: Path | str, name: str) -> Path:
    """Return the folder called `name` of the book that a data folder belongs to, whether there is one or not.

    It stands beside the data or, as in an export, among them.
    """
    here = Path(directory).resolve()
    return here / name if (here / name).is_dir() else here.parent / name


def read_own(directory: Path | str) -> tuple[dict[str, ModuleType], dict[str, Check], list[Problem]]:
    """Return modules and checks of the book that a data folder belongs to by name, and what is wrong with others."""
    modules, broken = plugins.modules(folder_of(directory, CHECKS))
    checks, unsound = declared(modules.values())
    return modules, checks, broken + unsound


def read_languages(directory: Path | str) -> tuple[dict[str, Language], list[Problem]]:
    """Return all languages by code, those of the book of a data folder among them, and what is wrong with any."""
    return languages.known(folder_of(directory, languages.FOLDER))


def _refuse(folder: Path, problems: list[Problem]) -> None:
    """Refuse what a folder of the book holds where something is wrong with a file of it."""
    if problems:
        raise LedgerError(f"{folder}: nothing of it is used, because of:", problems)


def load(
    directory: Path | str | None = None,
    engine: str = "pandas",
    validate: bool = True,
    reading: schemas.Reading | None = None,
) -> Ledger:
    """Read the whole ledger, which must obey its schema: header, types, constraints and keys of every table.

    Parameters
    ----------
    directory : path, optional
        The data folder; found by :func:`data_dir` where not given.
    engine : str
        The engine that holds the records, and so runs the checks over them: pandas, polars, duckdb, dask or pyspark.
    validate : bool
        False is for tools that look at a ledger which is not sound yet: text is then taken as it stands, and only a
        cell that cannot be read in its type is refused. Otherwise records are read into memory to be checked, whatever
        engine then holds them.
    reading : Reading, optional
        The tables of the folder, where a command has read them already.

    Raises
    ------
    FileNotFoundError
        If the folder is missing.
    LedgerError
        If tables break the schema; it lists every problem. The rules between tables are those of
        :func:`claimbook.validation.validate`, which each build runs once.
    ImportError
        If the engine is not installed.
    """
    directory = Path(directory) if directory else data_dir()
    package = reading.package if reading and reading.package else read_schema(directory)
    resources, before = package["resources"], reading
    if validate:
        reading = reading or schemas.read(directory, package)
        if reading.problems:
            raise LedgerError(f"{directory}: nothing is loaded, because tables break their schema:", reading.problems)
        tables = {r["name"]: _numbered(reading, r) for r in resources if not is_record(r)}
    else:
        tables = {r["name"]: read_table(directory, r) for r in resources if not is_record(r)}
    if validate and engine == "pandas":
        records = dict(records_of(reading))
    else:
        records = {r["name"]: read_table(directory, r, engine) for r in resources if is_record(r)}
    ledger = Ledger(directory, package, tables, records)
    if before and validate and engine == "pandas":
        ledger.__dict__["_read_from"] = before  # no field, so that a copy with other records does not take it over
    return ledger


def _numbered(reading: schemas.Reading, resource: dict) -> pd.DataFrame:
    """Return a table with its rows numbered from 0, not by the lines of its file."""
    return reading.tables[resource["name"]].frame().reset_index(drop=True)

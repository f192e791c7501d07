"""Validation of the ledger: the schema, the rules beyond it, and the passages where the texts are at hand.

Frictionless checks what ``datapackage.json`` says. What a table schema cannot say is checked here, in one function
per group of rules. Every function is linear in the number of rows, up to sorting.
"""

import calendar
import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pandas as pd
from frictionless import FrictionlessException, Package

from claimbook import passages, references
from claimbook.ledger import DTYPES, Ledger

SCHEMA = "datapackage.json"
MAX_QUOTE = 12
"""Words of a quote."""
MAX_SENTENCE = 0.5
"""Share of a sentence that the ledger may hold."""
MAX_TEXT = 0.2
"""Share of a text that the ledger may hold."""

CONTRACT = {
    "sources": "source_id title title_basis outlet outlet_basis author author_basis voice url url_basis sha256"
    " published_earliest:date published_latest:date characters:integer",
    "sentences": "sentence_id source_id paragraph:integer sentence:integer start:integer end:integer sha256 role",
    "claims": "claim_id sentence_id start:integer end:integer statement quote layer kind subject object hedge"
    " checkable:boolean not_checkable_reason chain_id",
    "claim_links": "claim_id related_claim_id type",
    "chains": "chain_id hop:integer actor_id",
    "actors": "actor_id kind iso3 living:boolean",
    "mentions": "mention_id sentence_id start:integer end:integer actor_id as_written epithet",
    "quantities": "quantity_id value:number low:number high:number bound dimension currency price_year:year stage"
    " supplier period_start:date period_end:date arms_deal:boolean",
    "quantity_claims": "quantity_id claim_id wording",
    "quantity_recipients": "quantity_id actor_id",
    "events": "event_id date_start:date date_end:date date_precision date_basis evidence_id reference place",
    "event_claims": "event_id claim_id told_start:date told_end:date date_words",
    "event_actors": "event_id actor_id role",
    "number_exceptions": "exception_id sentence_id start:integer end:integer",
}
"""Columns that the rules below, and the book, cannot do without; a column with no type is a string."""

PLAIN = {
    "integer": (r"-?[0-9]{1,15}", "must be an integer in plain digits"),
    "number": (r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", "must be a number in plain decimal notation"),
    "boolean": (r"true|false", "must be true or false"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "must be a date, YYYY-MM-DD"),
    "year": (r"[0-9]{4}", "must be a year, YYYY"),
}
"""The one way to write a value of each type: Frictionless also takes '1_000', 'NaN', 'TRUE' and 2001-9-1."""

CONSTRAINTS = {
    "required": "must not be empty",
    "enum": "must be one of: {}",
    "pattern": "must match the pattern {}",
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
}

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
CELL_RULES = (
    (
        re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"),
        "must not contain line breaks, control or invisible characters",
    ),
    (re.compile(r"^\s|\s\Z"), "must not begin or end with white space"),
    (
        re.compile(r"^[=+\-@\t\r](?![0-9]+(?:\.[0-9]+)?\Z)"),
        "must not begin like a spreadsheet formula (= + - @ tab return)",
    ),
)


@dataclass(frozen=True)
class Problem:
    """One broken rule and its place.

    Attributes
    ----------
    file : str
        Path inside the data folder.
    row : int or None
        Line of the file, the header being line 1.
    column : str
        Name of the column; of several, joined by ``+``.
    value : str
        The offending value as it stands.
    rule : str
        What is required instead.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        place = f"{_shown(self.file)}:{'' if self.row is None else self.row}:{_shown(self.column)}"
        return f"{place}: {_shown(self.value)}: {_shown(self.rule, None)}"

    def sort_key(self) -> tuple:
        """Return what problems are ordered by: file, row, column, rule, value."""
        return self.file, self.row or 0, self.column, self.rule, self.value


def validate(directory: Path | str, texts: Path | str | None = None) -> list[Problem]:
    """Check a data folder against its schema, the rules of the ledger and, where given, the texts.

    Parameters
    ----------
    directory : path
        The data folder.
    texts : path, optional
        Folder with a ``<source_id>.txt`` per text; without it passages are not compared with the texts.

    Returns
    -------
    list of Problem
        Every problem, sorted by place; empty if there is none.
    """
    directory = Path(directory)
    package, problems = _read_package(directory)
    if package is None:
        return problems
    found = _Findings(problems=problems)
    for resource in package["resources"]:
        _read_table(directory, resource, found)
    _undescribed(directory, package, found)
    _schema_rules(package, found)
    _cell_rules(found)

    usable = _contract(package, found)
    tables = {r["name"]: _typed(found.cells[r["name"]], r) for r in package["resources"] if r["name"] in usable}
    ledger = Ledger(directory, package, tables)
    found.bibliography = _bibliography(directory, found)
    rules = RULES if texts is None else RULES + TEXT_RULES
    if texts is not None:
        found.texts = _read_texts(Path(texts), ledger, found)
    for rule, needed in rules:
        if usable.issuperset(needed.split()):
            rule(ledger, found)
    # A row with cells missing or to spare has its values in the wrong columns: that alone is worth telling.
    sound = {p for p in found.problems if (p.file, p.row) not in found.ragged}
    return sorted(sound | found.ragged_problems, key=Problem.sort_key)


@dataclass
class _Findings:
    """What was read, by table with the lines of the file as index, and the problems found so far."""

    problems: list[Problem]
    files: dict[str, str] = field(default_factory=dict)
    cells: dict[str, pd.DataFrame] = field(default_factory=dict)
    ragged: set[tuple[str, int]] = field(default_factory=set)
    ragged_problems: set[Problem] = field(default_factory=set)
    bibliography: dict[str, dict[str, str]] | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, file: str, row: int | None, column: str, value: object, rule: str) -> None:
        self.problems.append(Problem(file, row, column, str(value), rule))

    def flag(self, table: str, where: pd.Series | Iterable[int], column: str, rule: str) -> None:
        """Add a problem for every line of `table` that `where` (a mask, or line numbers) chooses."""
        if isinstance(where, pd.Series):
            where = where.index[where.to_numpy(dtype=bool, na_value=False)]
        for line in where:
            self.add(self.files[table], line, column, self.cells[table].at[line, column], rule)


# Reading


def _read_package(directory: Path) -> tuple[dict | None, list[Problem]]:
    def refuse(rule: str, row: int | None = None, column: str = "", value: object = ""):
        return None, [Problem(SCHEMA, row, column, str(value), rule)]

    if not directory.is_dir():
        return None, [Problem(str(directory), None, "", "", "there is no such folder")]
    try:
        package = json.loads((directory / SCHEMA).read_text(encoding="utf-8"))
    except OSError as error:
        return refuse(f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return refuse(f"must be UTF-8: {error.reason} at byte {error.start}")
    except json.JSONDecodeError as error:
        return refuse(f"must be JSON: {error.msg}", error.lineno)
    except RecursionError:
        return refuse("must be JSON: nested too deeply")
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        return refuse("must be an object with a list of resources")
    names, paths = set(), set()
    for resource in resources:
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            return refuse("every resource must be an object with a name", column="resources")
        name, path = resource["name"], resource.get("path")
        if not isinstance(path, str) or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return refuse("path must name a file inside the data folder", column=name, value=path)
        if name in names or path in paths:
            return refuse("name and path of a resource must be unique", column=name, value=path)
        names.add(name)
        paths.add(path)
        schema = resource.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if not isinstance(fields, list) or not all(
            isinstance(f, dict) and isinstance(f.get("name"), str) and isinstance(f.get("type"), str) for f in fields
        ):
            return refuse("a resource needs a schema with fields, each with name and type", column=name)
        columns = [f["name"] for f in fields]
        if len(set(columns)) < len(columns):
            return refuse("names of fields must be unique", column=name)
    return package, []


def _read_table(directory: Path, resource: dict, found: _Findings) -> None:
    """Read the cells of one table as they stand; a table with no usable header is left out."""
    table, file = resource["name"], resource["path"]
    found.files[table] = file
    columns = [f["name"] for f in resource["schema"]["fields"]]
    text = _read_utf8(directory, file, found)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, rows, begins = [], [], 1
    try:
        header = next(reader, None)
        if not _header_fits(file, header, columns, found):
            return
        begins = reader.line_num + 1
        for row in reader:
            if len(row) != len(columns):
                found.ragged.add((file, begins))
                rule = f"the row must have {len(columns)} cells and has {len(row)}"
                found.ragged_problems.add(Problem(file, begins, "", "", rule))
            elif row == columns:
                found.add(file, begins, "", "", "the header is given twice")
            lines.append(begins)
            rows.append((row + [""] * len(columns))[: len(columns)])
            begins = reader.line_num + 1
    except csv.Error as error:
        found.add(file, begins, "", "", f"must be CSV: {error}")
        return
    found.cells[table] = pd.DataFrame(rows, columns=columns, index=lines, dtype="str")


def _read_utf8(directory: Path, file: str, found: _Findings) -> str | None:
    try:
        raw = (directory / file).read_bytes()
    except FileNotFoundError:
        found.add(file, None, "", "", "the file is missing")
        return None
    except OSError as error:
        found.add(file, None, "", "", f"cannot be read: {error.strerror}")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found.add(file, line, "", raw[error.start : error.end], "must be UTF-8")
        return None
    for character, name in (("\0", "a NUL character"), ("\ufeff", "a byte order mark")):
        if character in text:
            line = text.count("\n", 0, text.index(character)) + 1
            found.add(file, line, "", "", f"must not contain {name}")
            return None
    return text


def _header_fits(file: str, header: list[str] | None, columns: list[str], found: _Findings) -> bool:
    if header == columns:
        return True
    if not header:
        found.add(file, 1, "", "", "the header is missing")
        return False
    for name in columns:
        if name not in header:
            found.add(file, 1, name, "", "the column is missing")
    for name in dict.fromkeys(header):
        if name not in columns:
            found.add(file, 1, name, name, f"{SCHEMA} describes no such column")
        elif header.count(name) > 1:
            found.add(file, 1, name, name, "the column is given twice")
    if sorted(header) == sorted(columns):
        found.add(file, 1, "", ",".join(header), f"columns must stand in the order of {SCHEMA}")
    return False


def _undescribed(directory: Path, package: dict, found: _Findings) -> None:
    described = {PurePosixPath(r["path"]).as_posix() for r in package["resources"]}
    for path in directory.rglob("*"):
        file = path.relative_to(directory).as_posix()
        if path.suffix.lower() == ".csv" and file not in described:
            found.add(file, None, "", "", f"{SCHEMA} does not describe this file")


def _bibliography(directory: Path, found: _Findings) -> dict[str, dict[str, str]] | None:
    text = _read_utf8(directory, references.FILE, found)
    if text is None:
        return None
    entries, flaws = references.parse(text)
    for flaw in flaws:
        found.add(references.FILE, flaw.line, flaw.field, flaw.value, flaw.rule)
    return entries


def _typed(cells: pd.DataFrame, resource: dict) -> pd.DataFrame:
    """Return `cells` in the dtypes of :mod:`claimbook.ledger`; what is not of its type counts as empty."""
    frame = cells.copy()
    for column in resource["schema"]["fields"]:
        name, kind = column["name"], column["type"]
        if kind not in PLAIN:
            continue
        plain = cells[name].where(cells[name].str.fullmatch(PLAIN[kind][0]))
        if kind == "date":
            real = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce").notna()
            frame[name] = plain.where(real).fillna("")
        elif kind == "boolean":
            frame[name] = plain.map({"true": True, "false": False}).astype("boolean")
        else:
            frame[name] = pd.to_numeric(plain).astype(DTYPES[kind])
    return frame


# The schema


def _descriptor(resource: dict, cells: pd.DataFrame, unreadable: set[str]) -> dict:
    """Describe a table to Frictionless, with its rows inline, so that it guesses no dialect and opens no file."""
    schema, keys = dict(resource["schema"]), resource["schema"].get("foreignKeys")
    # It copies and checks the schema many times over, and most of that is prose.
    schema["fields"] = [{k: v for k, v in f.items() if k != "description"} for f in schema["fields"]]
    if unreadable and isinstance(keys, list):
        # Frictionless would give up on a key into a table that could not be read.
        schema["foreignKeys"] = [key for key in keys if not _leads_to(key, unreadable)]
    return {"name": resource["name"], "data": [list(cells), *cells.values.tolist()], "schema": schema}


def _leads_to(key: object, tables: set[str]) -> bool:
    reference = key.get("reference") if isinstance(key, dict) else None
    return isinstance(reference, dict) and reference.get("resource") in tables


def _schema_rules(package: dict, found: _Findings) -> None:
    resources = [r for r in package["resources"] if r["name"] in found.cells]
    if not resources:
        return
    unreadable = set(found.files) - set(found.cells)
    tables = [_descriptor(r, found.cells[r["name"]], unreadable) for r in resources]
    try:
        # Without a limit of its own Frictionless would stop at the thousandth error of a table.
        report = Package.from_descriptor({"name": "ledger", "resources": tables}).validate(limit_errors=10**12)
    except (FrictionlessException, re.error) as error:
        for reason in getattr(error, "reasons", None) or [getattr(error, "error", error)]:
            said = getattr(reason, "message", reason)
            found.add(SCHEMA, None, "resources", "", f"must be a data package: {said}")
        return
    for resource, task in zip(resources, report.tasks, strict=True):
        lines = found.cells[resource["name"]].index
        for error in task.errors:
            _schema_problem(resource, error, lines, found)
    for resource in resources:
        cells = found.cells[resource["name"]]
        for column in resource["schema"]["fields"]:
            if column["type"] in PLAIN:
                form, rule = PLAIN[column["type"]]
                values = cells[column["name"]]
                odd = (values != "") & ~values.str.fullmatch(form)
                found.flag(resource["name"], odd, column["name"], rule)


def _schema_problem(resource: dict, error, lines: pd.Index, found: _Findings) -> None:
    file, schema = resource["path"], resource["schema"]
    fields = {f["name"]: f for f in schema["fields"]}
    if not hasattr(error, "row_number"):
        found.add(file, None, "", "", f"{error.title}: {error.note}")
        return
    line = int(lines[error.row_number - 2])
    cells = dict(zip(fields, error.cells, strict=False))

    def add(columns: list[str], rule: str) -> None:
        found.add(file, line, "+".join(columns), " + ".join(cells[c] for c in columns), rule)

    def earlier() -> int:
        return int(lines[int(re.findall(r"\d+", error.note)[-1]) - 2])

    if error.type == "type-error":
        kind = fields[error.field_name]["type"]
        add([error.field_name], PLAIN[kind][1] if kind in PLAIN else f"must be of type {kind}")
    elif error.type == "constraint-error":
        name = error.note.split('"')[1]
        limit = fields[error.field_name]["constraints"][name]
        limit = ", ".join(map(str, limit)) if isinstance(limit, list) else limit
        add([error.field_name], CONSTRAINTS.get(name, f"must obey {name} {{}}").format(limit))
    elif error.type == "unique-error":
        add([error.field_name], f"must be unique and is also in row {earlier()}")
    elif error.type == "primary-key":
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        empty = not any(cells[column] for column in key)
        add(key, "the key must not be empty" if empty else f"the key must be unique and is also in row {earlier()}")
    elif error.type == "foreign-key":
        target = f"{error.reference_name or resource['name']}.{'+'.join(error.reference_field_names)}"
        add(list(error.field_names), f"must be found in {target}")
    elif error.type == "blank-row":
        found.add(file, line, "", "", "the row must not be empty")
    else:
        found.add(file, line, "", "", error.message)


def _contract(package: dict, found: _Findings) -> set[str]:
    """Return the tables that can be read and have the columns the rules rely on."""
    usable = set(found.cells)
    described = {r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in package["resources"]}
    for table, columns in CONTRACT.items():
        if table not in described:
            found.add(SCHEMA, None, "resources", table, "the ledger needs this table")
            continue
        for column in columns.split():
            name, _, kind = column.partition(":")
            if described[table].get(name) != (kind or "string"):
                found.add(SCHEMA, None, table, name, f"the ledger needs this column, of type {kind or 'string'}")
                usable.discard(table)
    return usable


# Rules on every cell


def _cell_rules(found: _Findings) -> None:
    for table, cells in found.cells.items():
        for column in cells:
            values = cells[column]
            for form, rule in CELL_RULES:
                found.flag(table, [line for line, value in values.items() if form.search(value)], column, rule)


# Rules of the ledger


def _column(frame: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return `column` by `key`, each key once: a key given twice is told elsewhere."""
    return frame.drop_duplicates(key).set_index(key)[column]


def _both_or_neither(table: str, frame: pd.DataFrame, first: str, last: str, found: _Findings) -> None:
    start, end = frame[first], frame[last]
    found.flag(table, (start != "") & (end == ""), last, f"must be given where {first} is")
    found.flag(table, (end != "") & (start == ""), first, f"must be given where {last} is")
    _ordered(table, frame, first, last, found)


def _ordered(table: str, frame: pd.DataFrame, first: str, last: str, found: _Findings) -> None:
    start, end = frame[first], frame[last]
    found.flag(table, (start != "") & (end != "") & (end < start), last, f"must not lie before {first}")


def _within_sentence(table: str, key: str, ledger: Ledger, found: _Findings) -> pd.Series:
    """Check passages of `table` against their sentences and return the text that each belongs to."""
    frame, sentences = ledger.tables[table], ledger.sentences
    found.flag(table, frame["start"] >= frame["end"], "end", "must lie after start")
    begins = frame["sentence_id"].map(_column(sentences, "sentence_id", "start"))
    ends = frame["sentence_id"].map(_column(sentences, "sentence_id", "end"))
    found.flag(table, frame["start"] < begins, "start", "must lie inside the sentence")
    found.flag(table, frame["end"] > ends, "end", "must lie inside the sentence")
    source = frame["sentence_id"].map(_column(sentences, "sentence_id", "source_id"))
    stray = source.notna() & (_text_of(frame[key]) != source)
    found.flag(table, stray, key, "must begin with the source_id of its sentence")
    return source


def _text_of(identifiers: pd.Series) -> pd.Series:
    """Return what stands before the last hyphen: the text of wnd-2001-c014 is wnd-2001."""
    return identifiers.str.replace(r"-[^-]*$", "", regex=True)


def _sources(ledger: Ledger, found: _Findings) -> None:
    sources = ledger.sources
    _both_or_neither("sources", sources, "published_earliest", "published_latest", found)
    found.flag(
        "sources",
        (sources["url"] != "") & ~sources["url"].map(references.is_web_address).astype(bool),
        "url",
        "must be an http(s) address with a host",
    )
    for column in ("title", "outlet", "url"):
        unfounded = (sources[column] != "") & (sources[f"{column}_basis"] == "")
        found.flag("sources", unfounded, f"{column}_basis", f"must be given where {column} is")
    why = "must say where the author comes from, or why none is given"
    found.flag("sources", sources["author_basis"] == "", "author_basis", why)


def _sentences(ledger: Ledger, found: _Findings) -> None:
    sentences = ledger.sentences
    known = sentences["paragraph"].notna() & sentences["sentence"].notna()
    expected = pd.Series(
        [
            f"{source}-p{paragraph:02d}-s{sentence}" if is_known else identifier
            for source, paragraph, sentence, is_known, identifier in zip(
                sentences["source_id"],
                sentences["paragraph"].fillna(0),
                sentences["sentence"].fillna(0),
                known,
                sentences["sentence_id"],
                strict=True,
            )
        ],
        index=sentences.index,
        dtype="str",
    )
    found.flag(
        "sentences",
        sentences["sentence_id"] != expected,
        "sentence_id",
        "must be made of source_id, paragraph and sentence, as in wnd-2001-p06-s1",
    )
    found.flag("sentences", sentences["start"] >= sentences["end"], "end", "must lie after start")
    characters = sentences["source_id"].map(_column(ledger.sources, "source_id", "characters"))
    found.flag("sentences", sentences["end"] > characters, "end", "must lie inside the text")

    by_text = sentences.groupby("source_id", sort=False)
    overlap = sentences["start"] < by_text["end"].shift()
    found.flag("sentences", overlap, "start", "must not lie before the end of the sentence before")
    paragraph = by_text["paragraph"].shift().fillna(0)
    before = by_text["sentence"].shift().fillna(0)
    same = (sentences["paragraph"] == paragraph) & (sentences["sentence"] == before + 1)
    fresh = (sentences["paragraph"] == paragraph + 1) & (sentences["sentence"] == 1)
    found.flag("sentences", ~(same | fresh), "sentence", "paragraphs and sentences must be numbered without a gap")


def _claims(ledger: Ledger, found: _Findings) -> None:
    claims, sentences = ledger.claims, ledger.sentences
    source = _within_sentence("claims", "claim_id", ledger, found)
    role = claims["sentence_id"].map(_column(sentences, "sentence_id", "role"))
    found.flag("claims", role == "boilerplate", "sentence_id", "must be a sentence of role content")
    bare = (sentences["role"] == "content") & ~sentences["sentence_id"].isin(claims["sentence_id"])
    found.flag("sentences", bare, "sentence_id", "a sentence of role content must carry a claim")

    many = pd.Series([len(passages.words(quote)) > MAX_QUOTE for quote in claims["quote"]], claims.index)
    found.flag("claims", many, "quote", f"must have at most {MAX_QUOTE} words")
    ends = claims["sentence_id"].map(_column(sentences, "sentence_id", "end"))
    begins = claims["sentence_id"].map(_column(sentences, "sentence_id", "start"))
    whole = (claims["quote"] != "") & (claims["quote"].str.len() >= ends - begins)
    found.flag("claims", whole, "quote", "must be shorter than the sentence")

    # An opinion can be about a status, a relation or a cause; numbers, events and utterances are facts or vague.
    reason, kind, checkable = claims["not_checkable_reason"], claims["kind"], claims["checkable"]
    unexplained = ~checkable & (reason == "")
    found.flag("claims", unexplained, "not_checkable_reason", "must be given where checkable is false")
    explained = checkable & (reason != "")
    found.flag("claims", explained, "not_checkable_reason", "must be empty where checkable is true")
    found.flag("claims", checkable & (kind == "opinion"), "checkable", "must be false where kind is opinion")
    open_question = (reason == "prediction") & (kind != "prediction")
    found.flag("claims", open_question, "kind", "must be prediction where the reason is prediction")
    judged = reason.isin(["opinion", "epithet"]) & kind.isin(["quantity", "event", "statement"])
    rule = "a claim not checkable for its opinion or epithet is no quantity, event or statement"
    found.flag("claims", judged, "kind", rule)

    again = pd.DataFrame({"source": source, "statement": claims["statement"].str.casefold()}).duplicated()
    found.flag("claims", again, "statement", "must be told once in a text")
    for column in ("subject", "object"):
        unknown = claims[column].str.fullmatch(SLUG) & ~claims[column].isin(ledger.actors["actor_id"])
        found.flag("claims", unknown, column, "must be an actor_id, or words with a space or a capital letter")


def _claim_links(ledger: Ledger, found: _Findings) -> None:
    links, claims = ledger.claim_links, ledger.claims
    found.flag(
        "claim_links",
        links["claim_id"] == links["related_claim_id"],
        "related_claim_id",
        "a claim must not be linked to itself",
    )
    layer = _column(claims, "claim_id", "layer")
    from_layer, to_layer = links["claim_id"].map(layer), links["related_claim_id"].map(layer)
    content_of, denies = links["type"] == "content_of", links["type"] == "denies"
    # A report of a report: what is passed on was said as well, one hop further down.
    chain, hops = _column(claims, "claim_id", "chain_id"), ledger.chains["chain_id"].value_counts()
    deeper = links["claim_id"].map(chain).map(hops) > links["related_claim_id"].map(chain).map(hops)
    leads = "content_of must lead from a claim of layer content, or from one of layer said with a longer chain"
    found.flag("claim_links", content_of & (from_layer == "said") & ~deeper, "claim_id", leads)
    found.flag(
        "claim_links",
        content_of & (to_layer == "content"),
        "related_claim_id",
        "content_of must lead to a claim of layer said",
    )
    found.flag(
        "claim_links", denies & (from_layer == "said"), "claim_id", "denies must lead from a claim of layer content"
    )
    abroad = content_of & (_text_of(links["claim_id"]) != _text_of(links["related_claim_id"]))
    found.flag("claim_links", abroad, "related_claim_id", "content_of must stay inside a text")

    answered = links["related_claim_id"][content_of]
    hollow = (claims["layer"] == "said") & ~claims["claim_id"].isin(answered)
    found.flag("claims", hollow, "claim_id", "a claim of layer said needs a content_of link to it")

    both_ways = links[links["type"].isin(["content_of", "contradicts", "strains", "repeats"])]
    pairs = pd.DataFrame(
        {
            "first": both_ways[["claim_id", "related_claim_id"]].min(axis=1),
            "second": both_ways[["claim_id", "related_claim_id"]].max(axis=1),
            "type": both_ways["type"],
        }
    )
    turned = pairs.duplicated() & ~both_ways.duplicated(["claim_id", "related_claim_id", "type"])
    found.flag("claim_links", turned, "related_claim_id", "the link must not be given in both directions")


def _chains(ledger: Ledger, found: _Findings) -> None:
    chains, claims = ledger.chains.sort_values(["chain_id", "hop"]), ledger.claims
    by_chain = chains.groupby("chain_id", sort=False)
    found.flag("chains", chains["hop"] != by_chain.cumcount() + 1, "hop", "hops must run from 1 without a gap")
    text = _text_of(chains["chain_id"])
    voice = text.map(_column(ledger.sources, "source_id", "voice"))
    found.flag("chains", voice.isna(), "chain_id", "must begin with a source_id")
    mute = (chains["hop"] == 1) & voice.notna() & (chains["actor_id"] != voice)
    found.flag("chains", mute, "actor_id", "hop 1 must be the voice of the text")
    found.flag(
        "chains",
        chains["actor_id"] == by_chain["actor_id"].shift(),
        "actor_id",
        "an actor must not follow itself in a chain",
    )
    idle = ~chains["chain_id"].isin(claims["chain_id"]) & ~chains["chain_id"].duplicated()
    found.flag("chains", idle, "chain_id", "must be the chain of a claim")

    missing = (claims["chain_id"] != "") & ~claims["chain_id"].isin(chains["chain_id"])
    found.flag("claims", missing, "chain_id", "must be found in chains.chain_id")
    source = claims["sentence_id"].map(_column(ledger.sentences, "sentence_id", "source_id"))
    abroad = ~missing & source.notna() & (_text_of(claims["chain_id"]) != source)
    found.flag("claims", abroad, "chain_id", "must be a chain of the claim's own text")


def _actors(ledger: Ledger, found: _Findings) -> None:
    actors = ledger.actors
    person = actors["kind"] == "person"
    found.flag("actors", person & actors["living"].isna(), "living", "must be given for a person")
    found.flag("actors", ~person & actors["living"].notna(), "living", "must be empty except for persons")
    found.flag("actors", (actors["kind"] == "state") & (actors["iso3"] == ""), "iso3", "must be given for a state")
    columns = (
        (ledger.sources, "voice"),
        (ledger.claims, "subject"),
        (ledger.claims, "object"),
        (ledger.chains, "actor_id"),
        (ledger.mentions, "actor_id"),
        (ledger.quantities, "supplier"),
        (ledger.quantity_recipients, "actor_id"),
        (ledger.event_actors, "actor_id"),
    )
    used = set().union(*(frame[column] for frame, column in columns))
    found.flag("actors", ~actors["actor_id"].isin(used), "actor_id", "must be used somewhere in the ledger")


def _mentions(ledger: Ledger, found: _Findings) -> None:
    mentions = ledger.mentions
    _within_sentence("mentions", "mention_id", ledger, found)
    length = mentions["end"] - mentions["start"]
    odd = mentions["as_written"].str.len() != length
    found.flag("mentions", odd & (length > 0), "as_written", "must be as long as from start to end")
    placed = mentions.dropna(subset=["start", "end"]).sort_values(
        ["sentence_id", "start", "end"], ascending=[True, True, False]
    )
    crossing, sentence, enclosing = [], None, []
    for line, of_sentence, start, end in zip(
        placed.index, placed["sentence_id"], placed["start"], placed["end"], strict=True
    ):
        if of_sentence != sentence:
            sentence, enclosing = of_sentence, []
        while enclosing and enclosing[-1] <= start:
            enclosing.pop()
        if enclosing and end > enclosing[-1]:
            crossing.append(line)
        enclosing.append(end)
    found.flag("mentions", crossing, "start", "must not overlap another mention in part")


def _number_exceptions(ledger: Ledger, found: _Findings) -> None:
    _within_sentence("number_exceptions", "exception_id", ledger, found)


def _quantities(ledger: Ledger, found: _Findings) -> None:
    quantities = ledger.quantities
    value, low, high, bound = (quantities[c] for c in ("value", "low", "high", "bound"))

    def flag(where: pd.Series, column: str, rule: str) -> None:
        found.flag("quantities", where, column, rule)

    told = quantities["quantity_id"].isin(ledger.quantity_claims["quantity_id"])
    flag(~told, "quantity_id", "must be told by a claim")
    foreign = ~_text_of(quantities["quantity_id"]).isin(ledger.sources["source_id"])
    flag(foreign, "quantity_id", "must begin with a source_id")
    flag(low > value, "low", "must not exceed value")
    flag(value > high, "high", "must not be less than value")
    flag(low > high, "high", "must not be less than low")
    valued = bound.isin(["exact", "approximate", "at_least", "at_most"])
    flag(valued & value.isna(), "value", "must be given for this bound")
    flag((bound == "range") & low.isna(), "low", "must be given for a range")
    flag((bound == "range") & high.isna(), "high", "must be given for a range")
    flag((bound == "unspecified") & value.notna(), "value", "must be empty where the bound is unspecified")
    money = quantities["dimension"] == "money"
    flag(money & (quantities["currency"] == ""), "currency", "must be given for money")
    flag(~money & (quantities["currency"] != ""), "currency", "must be empty except for money")
    flag(~money & quantities["price_year"].notna(), "price_year", "must be empty except for money")
    _ordered("quantities", quantities, "period_start", "period_end", found)
    trade = quantities["stage"].isin(["contract", "delivery", "flow"])
    aimless = trade & ~quantities["arms_deal"] & (quantities["supplier"] == "")
    flag(aimless, "stage", "must be other where neither arms_deal is true nor a supplier is given")


def _events(ledger: Ledger, found: _Findings) -> None:
    events, told = ledger.events, ledger.event_claims
    start, end = events["date_start"], events["date_end"]
    precision, basis = events["date_precision"], events["date_basis"]

    def flag(where: pd.Series, column: str, rule: str) -> None:
        found.flag("events", where, column, rule)

    flag(~events["event_id"].isin(told["event_id"]), "event_id", "must be told by a claim")
    flag(~events["event_id"].isin(ledger.event_actors["event_id"]), "event_id", "must have an actor")

    _both_or_neither("events", events, "date_start", "date_end", found)
    dated = start != ""
    for column in ("date_precision", "date_basis"):
        flag(dated & (events[column] == ""), column, "must be given for a dated event")
        flag(~dated & (end == "") & (events[column] != ""), column, "must be empty for an undated event")
    known = dated & (end != "")
    flag(known & (precision == "day") & (start != end), "date_end", "must be date_start where the precision is day")
    month_end = pd.Series([_month_end(day) for day in start], events.index, dtype="str")
    whole_month = start.str.endswith("-01") & (end == month_end)
    rule = "must be the last day of the month that date_start begins"
    flag(known & (precision == "month") & ~whole_month, "date_end", rule)
    whole_year = start.str.endswith("-01-01") & (end == start.str[:4] + "-12-31")
    rule = "must be the last day of the year that date_start begins"
    flag(known & (precision == "year") & ~whole_year, "date_end", rule)

    year = events["event_id"].str.extract(r"^ev-(\d{4})-", expand=False)
    wide = precision.isin(["interval", "bounded"])
    inside = (year == start.str[:4]) | (wide & (start.str[:4] <= year) & (year <= end.str[:4]))
    flag(known & year.notna() & ~inside, "event_id", "must carry the year of the event's date")

    unsourced = (basis == "record") & (events["reference"] == "") & (events["evidence_id"] == "")
    flag(unsourced, "reference", "a recorded date needs a reference or an evidence_id")
    idle = (events["reference"] != "") & (basis != "record") & (events["place"] == "")
    flag(idle, "reference", "must be empty where neither a recorded date nor a place rests on it")
    if found.bibliography is not None:
        uncited = (events["reference"] != "") & ~events["reference"].isin(list(found.bibliography))
        flag(uncited, "reference", f"must be a key of {references.FILE}")
    if "evidence" not in {r["name"] for r in ledger.schema["resources"]}:
        flag(events["evidence_id"] != "", "evidence_id", "must be empty while there is no table of evidence")

    # Words such as "until" or "recently" bound a date on one side only, so the other side may stay open.
    _ordered("event_claims", told, "told_start", "told_end", found)
    wordless = ((told["told_start"] != "") | (told["told_end"] != "")) & (told["date_words"] == "")
    found.flag("event_claims", wordless, "date_words", "must be given where a date is told")


def _month_end(day: str) -> str:
    if not day:
        return ""
    year, month = int(day[:4]), int(day[5:7])
    return f"{day[:7]}-{calendar.monthrange(year, month)[1]:02d}"


def _held_words(ledger: Ledger, found: _Findings) -> None:
    by_sentence, by_text = passages.held_words(ledger), passages.held_shares(ledger)
    for table, frame, limit, words in (
        ("sentences", by_sentence, MAX_SENTENCE, "half of its sentence"),
        ("sources", by_text, MAX_TEXT, "a fifth of the text"),
    ):
        for line in frame.index[(frame["share"] > limit).to_numpy(dtype=bool, na_value=False)]:
            held, characters = frame.at[line, "held"], frame.at[line, "characters"]
            rule = f"the ledger must hold at most {words} and holds {held} of {characters} characters"
            found.flag(table, [line], "sentence_id" if table == "sentences" else "source_id", rule)


# Rules that need the texts


def _read_texts(directory: Path, ledger: Ledger, found: _Findings) -> dict[str, str]:
    """Read the text of each source; a copy of another length is refused, as every offset in it would be off."""
    texts = {}
    for line, row in ledger.tables.get("sources", pd.DataFrame()).iterrows():
        source = row["source_id"]
        if not re.fullmatch(SLUG, source):
            continue
        try:
            text = passages.read_text(directory, source)
        except OSError as error:
            rule = f"{directory / source}.txt cannot be read: {error.strerror}"
            found.flag("sources", [line], "source_id", rule)
            continue
        except UnicodeDecodeError:
            found.flag("sources", [line], "source_id", f"{directory / source}.txt must be UTF-8")
            continue
        same_length = row["characters"] == len(text)
        if passages.sha256(text) != row["sha256"]:
            found.flag("sources", [line], "sha256", f"must be the hash of {directory / source}.txt")
            if not same_length:
                continue
        if not same_length:
            found.flag("sources", [line], "characters", f"the text has {len(text)} characters")
        texts[source] = text
    return texts


def _sentence_texts(ledger: Ledger, found: _Findings) -> dict[str, tuple[int, str]]:
    """Return start and words of each sentence whose text was read."""
    sentences = ledger.sentences.dropna(subset=["start", "end"])
    rows = zip(sentences["sentence_id"], sentences["source_id"], sentences["start"], sentences["end"], strict=True)
    return {
        sentence: (start, passages.slice_of(found.texts[source], start, end))
        for sentence, source, start, end in rows
        if source in found.texts
    }


def _sentence_passages(ledger: Ledger, found: _Findings) -> None:
    sentences, words = ledger.sentences, _sentence_texts(ledger, found)
    rows = zip(sentences.index, sentences["sentence_id"], sentences["sha256"], strict=True)
    wrong = [line for line, key, hashed in rows if key in words and passages.sha256(words[key][1]) != hashed]
    found.flag("sentences", wrong, "sha256", "must be the hash of the passage from start to end")
    by_text = {key: frame for key, frame in sentences.dropna(subset=["start", "end"]).groupby("source_id")}
    for line, source in ledger.sources["source_id"].items():
        if source not in found.texts:
            continue
        frame = by_text.get(source, sentences.iloc[:0]).sort_values("start")
        for start, end in passages.gaps(found.texts[source], list(zip(frame["start"], frame["end"], strict=True))):
            rule = f"sentences must cover the text and leave out characters {start} to {end}"
            found.flag("sources", [line], "source_id", rule)


def _verbatim(ledger: Ledger, found: _Findings) -> None:
    words = _sentence_texts(ledger, found)
    sentence_of = _column(ledger.claims, "claim_id", "sentence_id")

    def check(table: str, sentences: pd.Series, column: str, within: dict, place: str) -> None:
        cells = ledger.tables[table][column]
        wrong = [
            line
            for line, sentence, cell in zip(cells.index, sentences, cells, strict=True)
            if cell and sentence in within
            if not all(piece in within[sentence] for piece in cell.split(passages.SEPARATOR))
        ]
        found.flag(table, wrong, column, f"must stand verbatim in {place}")

    alone = {sentence: text for sentence, (_, text) in words.items()}
    # A date is carried on: "In 2011 …" dates the next sentence of its paragraph as well.
    upto, opened = {}, {}
    for sentence, text in alone.items():
        paragraph = sentence.rsplit("-s", 1)[0]
        opened[paragraph] = upto[sentence] = f"{opened.get(paragraph, '')} {text}"

    claims, mentions = ledger.claims, ledger.mentions
    check("claims", claims["sentence_id"], "hedge", alone, "the sentence")
    check("mentions", mentions["sentence_id"], "epithet", alone, "the sentence")
    check("quantity_claims", ledger.quantity_claims["claim_id"].map(sentence_of), "wording", alone, "the sentence")
    told_in = ledger.event_claims["claim_id"].map(sentence_of)
    check("event_claims", told_in, "date_words", upto, "the sentence or an earlier one of its paragraph")

    rows = zip(claims.index, claims["sentence_id"], claims["quote"], strict=True)
    wrong = [
        line
        for line, sentence, quote in rows
        if quote and sentence in words and len(passages.occurrences(quote, words[sentence][1])) != 1
    ]
    found.flag("claims", wrong, "quote", "must stand verbatim and exactly once in the sentence")

    placed = mentions.dropna(subset=["start", "end"])
    source = placed["sentence_id"].map(_column(ledger.sentences, "sentence_id", "source_id"))
    rows = zip(placed.index, source, placed["start"], placed["end"], placed["as_written"], strict=True)
    wrong = [
        line
        for line, text, start, end, written in rows
        if text in found.texts and passages.slice_of(found.texts[text], start, end) != written
    ]
    found.flag("mentions", wrong, "as_written", "must be the passage from start to end")


def _numbers(ledger: Ledger, found: _Findings) -> None:
    words = _sentence_texts(ledger, found)
    sentence_of = dict(zip(ledger.claims["claim_id"], ledger.claims["sentence_id"], strict=True))
    coded: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, column in ((ledger.quantity_claims, "wording"), (ledger.event_claims, "date_words")):
        for claim, cell in zip(table["claim_id"], table[column], strict=True):
            sentence = sentence_of.get(claim)
            if sentence in words:
                for piece in cell.split(passages.SEPARATOR):
                    coded[sentence] += passages.occurrences(piece, words[sentence][1])
    exceptions = ledger.number_exceptions.dropna(subset=["start", "end"])
    for sentence, start, end in zip(exceptions["sentence_id"], exceptions["start"], exceptions["end"], strict=True):
        if sentence in words:
            begins = words[sentence][0]
            coded[sentence].append((start - begins, end - begins))
    for line, sentence in ledger.sentences["sentence_id"].items():
        text = words.get(sentence, (0, ""))[1]
        for start, end in passages.number_expressions(text):
            if not any(first <= start and end <= last for first, last in coded[sentence]):
                rule = f"{text[start:end]!r} must lie in a wording, in date_words or in number_exceptions"
                found.flag("sentences", [line], "sentence_id", rule)


def _copied(ledger: Ledger, found: _Findings) -> None:
    text_of_run = {hash(run): source for source, text in found.texts.items() for run in passages.word_runs(text)}

    def source_in(cell: str) -> str | None:
        return next((text_of_run[h] for h in map(hash, passages.word_runs(cell)) if h in text_of_run), None)

    for table, cells in found.cells.items():
        for column in cells:
            for line, cell in cells[column].items():
                if source := source_in(cell):
                    rule = f"must not repeat {passages.RUN} words in a row of {source}"
                    found.flag(table, [line], column, rule)
    for key, entry in (found.bibliography or {}).items():
        for name, value in entry.items():
            if source := source_in(value):
                rule = f"{key} must not repeat {passages.RUN} words in a row of {source}"
                found.add(references.FILE, None, name, value, rule)


RULES = (
    (_sources, "sources"),
    (_sentences, "sources sentences"),
    (_claims, "sentences claims actors"),
    (_claim_links, "claims claim_links"),
    (_chains, "sources sentences claims chains"),
    (_actors, "sources claims chains mentions quantities quantity_recipients event_actors actors"),
    (_mentions, "sentences mentions"),
    (_number_exceptions, "sentences number_exceptions"),
    (_quantities, "sources quantities quantity_claims"),
    (_events, "events event_claims event_actors"),
    (_held_words, "sources sentences claims mentions quantity_claims event_claims"),
)
"""Each group of rules with the tables it needs."""

TEXT_RULES = (
    (_sentence_passages, "sources sentences"),
    (_verbatim, "sentences claims mentions quantity_claims event_claims"),
    (_numbers, "sentences claims quantity_claims event_claims number_exceptions"),
    (_copied, "sources"),
)


def _shown(value: str, limit: int | None = 80) -> str:
    """Return `value` on one line, what does not print escaped, cut to `limit` characters."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in value)
    return shown if limit is None or len(shown) <= limit else shown[: limit - 1] + "…"

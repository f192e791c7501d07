"""Corrupted tables and hostile cells: each is refused with its place and rule, or shown harmlessly and unchanged."""

import csv
import dataclasses
import io
import random
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from places import FIXTURES

from claimbook.model import cells, ledger, schema
from claimbook.model.checks import Runner
from claimbook.model.schema import CELL_RULES
from claimbook.site.renderers import csv_text, script_json, table_html
from claimbook.validation import validate
from claimbook.validation.claims import RULES
from claimbook.validation.evidence_rules import EVIDENCE_RULES
from claimbook.validation.inspection import Inspection
from claimbook.validation.outcomes import OUTCOME_RULES
from claimbook.validation.version_rules import VERSION_RULES
from claimbook.validation.witness_rules import WITNESS_RULES
from claimbook.view import corrections, explore, network, prose, tables, timeline, trails, walk
from claimbook.view.markup import el, plain

BATCHES = 20
PER_BATCH = 26  # corruptions of different rows, judged together, because a run of the validator takes half a second

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "&lt;b&gt; &amp; <b>bold",
    "{{ 7*7 }} ${7*7} {% raw %}",
    "[x](javascript:alert(1)) {eval-rst} $\\href{x}{y}$",
    "```{raw} html",
    "<!-- -->",
)
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", '=HYPERLINK("x")')
ODD = (
    "NaN",
    "inf",
    "-0",
    "1e400",
    "9" * 40,
    "0x1F",
    "1_000",
    "１２",
    "2001-02-30",
    "31/12/2001",
    "0000-00-00",
    "2001-9-1",
    "TRUE",
    "None",
    "null",
    "",
    " ",
    "x" * 5000,
    "Лукашенко 卢卡申科 🚀",
    "e\u0301",
    "a;b|c",
    "'; DROP TABLE claims; --",
    "../../etc/passwd",
    "https://example.org/?q=<script>",
    "javascript:alert(1)",
)
INVISIBLE = ("a\u202eb", "a\u200bb", "a\x07b", "a\nb", "a\r\nb", "\ufeffx", "a\u2028b", "a\x00b", "\ud7ff\ue000")
# These make the whole file unreadable or move its lines; they have tests of their own.
ELSEWHERE = ("\ufeffx", "a\x00b", "a\nb", "a\r\nb")
HELD = ("quote", "wording", "epithet", "hedge", "date_words", "as_written")
TABLES = {path.name for path in (FIXTURES / "ledger").glob("*.csv")}
HOSTILE = MARKUP + FORMULAS + ODD + INVISIBLE


def place(rng, folder, taken, sizes):
    """Choose a cell of a row that no other corruption of the batch touches or has added."""
    while True:
        file = rng.choice(sorted(path.relative_to(folder.path).as_posix() for path in folder.path.rglob("*.csv")))
        rows = folder.rows(file)
        if sizes.setdefault(file, len(rows)) < 2:
            continue
        line = rng.randrange(2, sizes[file] + 1)
        if (file, line) not in taken:
            taken.add((file, line))
            return file, line, rng.choice(rows[0])


def corrupt(rng, folder, file, line, column):
    """Corrupt one cell or row in a random way; return the sort of corruption and the value it leaves, if any."""
    sort = rng.choice(["hostile", "hostile", "hostile", "neighbour", "letter", "cell lost", "cell to spare", "twice"])
    rows = folder.rows(file)
    row, at = rows[line - 1], rows[0].index(column)
    if sort == "hostile":
        row[at] = rng.choice([value for value in HOSTILE if value not in ELSEWHERE])
    elif sort == "neighbour":
        row[at] = rng.choice(row)
    elif sort == "letter":
        row[at] = row[at][:-1] + rng.choice("abcxyz0189-ÄЖ ")
    elif sort == "cell lost":
        del row[at]
    elif sort == "cell to spare":
        row.insert(at, "spare")
    else:
        rows.append(list(row))
    folder.write(file, rows)
    return sort, row[at] if sort in ("hostile", "neighbour", "letter") else None


def told(problems, before, file, line, column, sort, value):
    """Tell whether a problem names the row, its copy, a row that misses its key, or the text it quotes."""
    before = before[file, line]
    rows = {(p.file, p.row) for p in problems}
    if sort == "twice":
        return any(f == file and row and row > line for f, row in rows)
    missed = any(p.file != file and p.value and set(p.value.split(" + ")) & set(before) for p in problems)
    held = column in HELD and any(p.rule.startswith("the ledger must hold at most") for p in problems)
    return (file, line) in rows or missed or held


def reached(problems, folder, key):
    """Tell whether a problem names a row that has this key: what is wrong with it can come from the row of the key."""
    return any(p.file in TABLES and p.row and key in folder.rows(p.file)[p.row - 1] for p in problems)


def mend(folder, file, line, before, sort):
    """Undo a corruption."""
    rows = folder.rows(file)
    if sort == "twice":
        del rows[len(rows) - 1 - rows[::-1].index(before)]
    else:
        rows[line - 1] = before
    folder.write(file, rows)


def same(cell, value):
    """Tell whether a cell of the loaded ledger is the value of its file."""
    if value == "":
        return pd.isna(cell) or cell == ""
    value = schema.BOOLEANS.get(value, unicodedata.normalize("NFC", value))
    return str(cell) == value or str(cell).lower() == value or float(cell) == float(value)


def script_address(name, value):
    return name in {"href", "src", "action", "formaction", "data"} and "javascript:" in value.lower()


class Actives(HTMLParser):
    """Collect what could act in a piece of HTML: elements that run or load, handlers, script addresses."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "img", "svg", "iframe", "object", "embed", "style", "link", "meta", "form"}:
            self.found.append(tag)
        self.found += [n for n, v in attributes if n.startswith("on") or script_address(n, v or "")]


def actives(html):
    parser = Actives()
    parser.feed(html)
    return parser.found


def shown(book):
    """Return the HTML of the blocks of the book in which cells of every table stand."""
    yield prose.theses(book)
    for control in (explore.claims, timeline.events, network.edge_filter):
        yield "".join(html for _, _, html in control(book).rows)
    for block in (tables.quantities, tables.epithets, tables.hedges, tables.spellings, corrections.log):
        yield block(book)
    for source_id in book.sources["source_id"]:
        text = book.text(source_id)
        yield tables.source_card(text)
        yield walk.claims(text)
        yield trails.figure(text)
        yield from (show(text) for show in (prose.result, prose.known_wrong, prose.holds))
        yield tables.events(text)


@pytest.mark.thorough
def test_random_corruptions_are_refused_with_their_place_or_shown_harmlessly(folder_factory):
    rng = random.Random(20260101)
    outcomes = Counter()
    for _ in range(BATCHES):
        folder, taken, sizes, made, before = folder_factory(), set(), {}, [], {}
        for _ in range(PER_BATCH):
            file, line, column = place(rng, folder, taken, sizes)
            before[file, line] = folder.rows(file)[line - 1]
            made.append((file, line, column, *corrupt(rng, folder, file, line, column)))
        # What is mended no longer hides what else is wrong, so the validator is asked until it has nothing to say.
        while problems := validate(folder.path):
            assert all(p.file and p.rule for p in problems)
            if {p.column for p in problems} == {"differs"}:  # with what was corrupted a verdict has changed
                for p in problems:
                    folder.set(p.file, p.row, "differs", "" if "must be empty" in p.rule else "Another sum.")
                set_anew = {(p.file, p.row, "differs") for p in problems}
                outcomes["refused"] += len(gone := [c for c in made if c[:3] in set_anew])
                made = [c for c in made if c not in gone]
                continue
            named = [corruption for corruption in made if told(problems, before, *corruption)]
            named = named or [c for c in made if reached(problems, folder, before[c[:2]][0])]
            assert named, "\n".join(map(str, (*made, *problems)))
            for corruption in named:
                file, line, _, sort, _ = corruption
                mend(folder, file, line, before[file, line], sort)
                made.remove(corruption)
            outcomes["refused"] += len(named)
        outcomes["kept"] += len(made)
        book = ledger.load(folder.path)
        names = {r["path"]: r["name"] for r in book.schema["resources"]}
        for file, line, column, sort, value in made:
            assert sort in ("hostile", "neighbour", "letter"), (file, line, column, sort)
            frame = (book.tables | book.records)[names[file]]
            cell = frame[column].iloc[line - 2]
            assert same(cell, value), (file, line, column, value, cell)
        for block in shown(book):
            assert actives(str(block)) == []
    assert sum(outcomes.values()) == BATCHES * PER_BATCH >= 500
    assert min(outcomes["refused"], outcomes["kept"]) > 50, outcomes


@pytest.fixture
def folder_factory(tmp_path, monkeypatch, folder):
    """Give fresh copies of the small ledger, one a call."""
    numbers = iter(range(10**6))
    kind = type(folder)
    return lambda: kind(tmp_path / f"book-{next(numbers)}" / "data")


FILES = {
    "not UTF-8": (b"\xff\xfe", "must be UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbf", "must not contain a byte order mark"),
    "a NUL": (b"\x00", "must not contain a NUL character"),
}


@pytest.mark.parametrize("sort", FILES)
def test_bytes_that_are_no_text_are_refused_with_their_line(folder, sort):
    inserted, rule = FILES[sort]
    path = folder.path / "claims.csv"
    first, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(first + b"\n" + inserted + rest)
    (problem,) = [p for p in validate(folder.path) if rule in p.rule]
    assert (problem.file, problem.row) == ("claims.csv", 2)


CELLS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.text(alphabet="<>&\"'=+-@\t\r\n\u202e\u200f\u0000;,|$`{}", max_size=30),
    st.integers().map(str),
    st.floats().map(repr),
    st.dates().map(str),
    st.tuples(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE)).map("".join),
)
FIELDS = [
    {"name": "text", "type": "string"},
    {"name": "count", "type": "integer"},
    {"name": "share", "type": "number"},
    {"name": "day", "type": "date"},
    {"name": "flag", "type": "boolean"},
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a function that reads a row of a table of one's own, as any table of the ledger is read."""
    folder = tmp_path_factory.mktemp("made")

    def read(fields, row):
        with (folder / "t.csv").open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, quoting=csv.QUOTE_ALL).writerows([[f["name"] for f in fields], row])
        package = {"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": fields}}]}
        return schema.read(folder, package)

    return read


@given(CELLS)
@settings(max_examples=400, deadline=None, derandomize=True)
@example("=cmd|' /C calc'!A0")
@example("-1")
@example("a\u202eb")
def test_a_cell_is_refused_or_shown_as_the_text_it_is(made, value):
    hostile = any(form.search(value) for form, _ in CELL_RULES)
    problems = made([{"name": "text", "type": "string"}, {"name": "filled", "type": "string"}], [value, "x"]).problems
    assert bool(problems) == hostile
    assert all(p.file == "t.csv" and p.row >= 2 and p.rule for p in problems)
    html = el("td", value, title=value)
    assert actives(html) == []
    assert plain(html) == " ".join(value.split())
    assert actives(table_html("c", ["a", "b"], [[value, value]])) == []
    assert "<" not in script_json({"x": value})


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(any), max_size=4))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_was_read_is_written_so_that_it_is_read_again(tmp_path_factory, rows):
    folder, problems = tmp_path_factory.getbasetemp(), []
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    read = cells.read(folder, "t.csv", ["a", "b"], problems)
    if read is None:
        assert problems
        return
    (folder / "t.csv").write_bytes(read.written([{"b": "added"}]))
    again = cells.read(folder, "t.csv", ["a", "b"], problems)
    assert again.columns == {"a": [*read.columns["a"], ""], "b": [*read.columns["b"], "added"]}
    (folder / "t.csv").write_bytes(written := again.written())
    assert cells.read(folder, "t.csv", ["a", "b"], problems).written() == written


@given(CELLS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_chart_s_csv_runs_nothing_in_a_spreadsheet_and_loses_nothing(value):
    (_, (cell, *_)) = csv.reader(io.StringIO(csv_text(["a", "b"], [[value, "x"]]), newline=""))
    if value.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert cell == f"'{value}" or (cell == value and re.fullmatch(r"[+-]?[\d_.einfa]+([+-]\d+)?", value, re.I))
    else:
        assert cell == value


@given(CELLS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_typed_cell_is_read_as_it_stands_or_not_at_all(made, value):
    reading = made(FIELDS, [value] * len(FIELDS))
    if "t" not in reading.tables or reading.tables["t"].frame().empty:
        assert reading.problems or not value
        return
    row = reading.tables["t"].frame().iloc[0]
    refused = {p.column for p in reading.problems}
    value = unicodedata.normalize("NFC", value)
    assert row["text"] == value or "text" in refused
    for name, same in (("count", int), ("share", float)):
        assert pd.isna(row[name]) == (name in refused) or not value
        assert pd.isna(row[name]) or same(row[name]) == same(value)
    assert row["day"] in ("", value)
    assert pd.isna(row["flag"]) or str(bool(row["flag"])).lower() == schema.BOOLEANS.get(value, value)


@pytest.mark.parametrize(
    "rule", [*RULES, *EVIDENCE_RULES, *WITNESS_RULES, *OUTCOME_RULES, *VERSION_RULES], ids=lambda r: r[0].__name__
)
def test_a_rule_reads_only_the_tables_it_asks_for(rule, folder):
    check, needed = rule
    whole = ledger.load(folder.path)
    found = Inspection([], whole.checks, Runner(whole.records))
    found.files = {name: f"{name}.csv" for name in whole.tables}
    found.cells = {name: frame.astype(str) for name, frame in whole.tables.items()}
    list(check(dataclasses.replace(whole, tables={name: whole.tables[name] for name in needed.split()}), found))

"""Where two codings of a text differ, and the file in which somebody decides on each difference.

The file is a CSV with the columns :data:`COLUMNS`, a row a difference. Where it is begun by the command, all is filled
in but what was decided, by whom, when and why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from claimbook.analysis import agreement, alignment
from claimbook.authoring import transaction
from claimbook.authoring.edits import ACTORS_IN
from claimbook.authoring.rows import Row, Rows
from claimbook.model import bibliography, cells
from claimbook.model.cells import Cells
from claimbook.model.ledger import load
from claimbook.model.letters import fold
from claimbook.model.problems import LedgerError, Problem
from claimbook.model.schema import CELL_RULES, is_day

SAME = ("first_row", "second_row", "variable", "first_value", "second_value")
DECIDED = ("decision", "by", "date", "reason")
COLUMNS = (*SAME, *DECIDED)
"""The header of the file of decisions."""

FIRST, SECOND, KEEP, LEAVE_OUT = "first", "second", "keep", "leave_out"
SIDES, ALONE = (FIRST, SECOND), (KEEP, LEAVE_OUT)

WORDING = "statement"
"""The variable that stands for the words of a claim and all that no other variable has."""
CLAIM_PARTS = {
    **{name: (name,) for name in ("layer", "kind", "weight", "polarity", "hedge")},
    "checkable": ("checkable", "not_checkable_reason"),
}
"""What is decided on a claim beside its wording, with the columns that go with it."""
UNTOLD = ("claim_id", "chain_id", "note", *(column for part in CLAIM_PARTS.values() for column in part))

EVIDENCE_PARTS = {
    "stance": ("stance", "affirms", "interested", "check_args", "value", "low", "high", "unit"),
    "origin": ("origin", "reliability", "primary"),
    "day": ("fact_public_from", "version_released"),
}
"""What is decided on evidence that both have, by the columns in which it differs."""

SHARED = {"sources": "source_id", "actors": "actor_id", "origins": "origin"}
"""Tables whose rows both codings may have filled in, with their key."""

LETTER, LETTERED = "letter", ("reliability", "reason")
"""The variable that stands for the reliability of an origin wherever a coding gives it, and the columns that say it."""

ENDS = ("claim_id", "related_claim_id")

HANGING = {
    "quantity": ("quantity_id", "quantities", "quantity_claims", "quantity_recipients"),
    "event": ("event_id", "events", "event_claims", "event_actors"),
}
"""What a claim tells, with its key, its table, the table of the claims that tell it, and that of its actors."""
HANGS = ("chain", *HANGING, "accused")
"""What hangs on a claim and is decided as a whole."""

REFERENCES_IN = (("evidence", "reference"), ("events", "reference"))
ORIGINS_IN = (("evidence", "origin"), ("origins", "owner"), ("origins", "joint_of"), ("origin_matters", "origin"))
"""The columns that name a publication, and an origin."""

NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """Something in which two codings differ.

    Attributes
    ----------
    first_row, second_row : str
        The row in each coding; empty where it has none.
    variable : str
        What differs.
    first_value, second_value : str
        What each has.
    choices : tuple of str
        What may be decided.
    on : str
        What it is about, in words.
    """

    first_row: str
    second_row: str
    variable: str
    first_value: str
    second_value: str
    choices: tuple[str, ...]
    on: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What no other difference has."""
        return self.first_row, self.second_row, self.variable

    def __str__(self) -> str:
        rows = " | ".join(filter(None, dict.fromkeys((self.first_row, self.second_row))))
        return f"{self.variable} of {rows} ({self.first_value or NOTHING} | {self.second_value or NOTHING})"


class Codings:
    """Two codings of a text, compared.

    Parameters
    ----------
    first, second : pathlib.Path
        Their data folders, or exports of them.
    text : str, optional
        The one text; by default every text that both have.

    Attributes
    ----------
    mine, theirs : Rows
        Their tables. An actor, an origin or a publication that the second coding has under another id than the first is
        called there as in the first: actors and origins by their names, publications by their web address.
    found : Comparison
        How they compare.
    partner : dict of str to str
        The claim of the first coding by that of the second.

    Raises
    ------
    LedgerError
        If a table cannot be read, or both have one key for different publications.
    ValueError
        As :func:`claimbook.analysis.agreement.compare` does.
    """

    def __init__(self, first: Path, second: Path, text: str | None = None):
        ledgers = [load(first), load(second)]
        self.found = agreement.compare(ledgers, text)
        self.mine, self.theirs = Rows(first), Rows(second)
        self.partner = {b: a for a, b in self.found.groups}
        for table, columns in (
            ("actors", (("actors", "actor_id"), *ACTORS_IN)),
            ("origins", (("origins", "origin"), *ORIGINS_IN)),
        ):
            self._call(columns, _alike(self.mine.tables[table], self.theirs.tables[table], SHARED[table]))
        places = [{key: alignment.address(book, key) for key in book.bibliography} for book in ledgers]
        _same_publications(second, *places)
        keys = {place: key for key, place in reversed(places[0].items())}
        self._call(REFERENCES_IN, {key: keys[place] for key, place in places[1].items() if place in keys})

    def _call(self, columns: Iterable[tuple[str, str]], known: Mapping[str, str]) -> None:
        for table, column in columns:
            for row in self.theirs.tables[table]:
                row[column] = "; ".join(known.get(one, one) for one in row[column].split("; "))

    def of(self, table: str, key: str) -> tuple[dict[str, Row], dict[str, Row]]:
        """Return the rows of a table in each coding by a key."""
        return tuple({row[key]: row for row in rows.tables[table]} for rows in (self.mine, self.theirs))

    @cached_property
    def differences(self) -> list[Difference]:
        """Every difference on which somebody must decide, claim by claim, then of the tables behind them."""
        found = [*self._of_claims(), *self._alone(), *self._links(), *self._behind()]
        return list({one.key: one for one in found}.values())

    def _of_claims(self) -> Iterator[Difference]:
        first, second = self.of("claims", "claim_id")
        rows = self.of("evidence", "evidence_id")
        told = [_hanging(tables) for tables in (self.mine, self.theirs)]
        for a, b in self.found.groups:
            one, other = first[a], second[b]
            worded = [column for column in one if column not in UNTOLD]
            parts = {WORDING: worded} | CLAIM_PARTS
            for variable, columns in parts.items():
                if _differ(one, other, columns):
                    values = (_told(variable, row, columns, (one, other)) for row in (one, other))
                    more = self._values("claims", variable) if variable in CLAIM_PARTS else ()
                    yield Difference(a, b, variable, *values, SIDES + more, one["statement"])
            for variable in HANGS:
                values = [told[side][variable].get(claim, "") for side, claim in enumerate((a, b))]
                if values[0] != values[1]:
                    yield Difference(a, b, variable, *values, SIDES, one["statement"])
            mine = [pair for pair in self.found.shared if pair[0] and rows[0][pair[0]]["claim_id"] == a]
            for x, y in mine:
                yield from self._of_evidence(rows[0][x], rows[1][y], one["statement"])

    def _of_evidence(self, one: Row, other: Row, on: str) -> Iterator[Difference]:
        about = f"{one['check'] or one['reference']}: {on}"
        for variable, columns in EVIDENCE_PARTS.items():
            if _differ(one, other, columns):
                values = (_told(variable, row, columns, (one, other)) for row in (one, other))
                yield Difference(one["evidence_id"], other["evidence_id"], variable, *values, SIDES, about)

    def _alone(self) -> Iterator[Difference]:
        """Yield what one coding has and the other has not: claims, and evidence on claims that both have."""
        for side in (0, 1):
            statement = {row["claim_id"]: row["statement"] for row in (self.mine, self.theirs)[side].tables["claims"]}
            for variable, rows, key in (
                ("claim", self.found.unaligned[side], "claim_id"),
                ("evidence", self.found.unshared[side], "evidence_id"),
            ):
                for row in rows.to_dict("records"):
                    told = f"{row['stance']} {row['check'] or row['reference']}".strip() if "stance" in row else ""
                    blank = ["", ""], ["", ""]
                    blank[0][side], blank[1][side] = row[key], told or row["statement"]
                    yield Difference(*blank[0], variable, *blank[1], ALONE, statement[row["claim_id"]])

    def _links(self) -> Iterator[Difference]:
        """Yield links between claims that both have and one coding alone links so."""
        named = [{(*sorted(_ends(row)), row["type"]): row for row in self.links(side)} for side in (0, 1)]
        for side in (0, 1):
            for row in (row for key, row in named[side].items() if key not in named[1 - side]):
                rows, values = ["", ""], ["", ""]
                rows[side], values[side] = row["claim_id"], f"{row['type']} {row['related_claim_id']}"
                yield Difference(*rows, f"link {values[side]}", *values, ALONE)

    def links(self, side: int) -> list[Row]:
        """Return a coding's links between claims that both have, by the claims of the first coding."""
        called = self.partner if side else {claim: claim for claim in self.partner.values()}
        rows = (self.mine, self.theirs)[side].tables["claim_links"]
        return [
            row | {column: called[row[column]] for column in ENDS}
            for row in rows
            if all(row[column] in called for column in ENDS)
        ]

    def _behind(self) -> Iterator[Difference]:
        first, second = self.of("sentences", "sentence_id")
        for key in first.keys() & second.keys():
            if first[key]["source_id"] in self.found.texts and first[key]["role"] != second[key]["role"]:
                yield Difference(key, key, "role", first[key]["role"], second[key]["role"], SIDES)
        for table, key in SHARED.items():
            first, second = self.of(table, key)
            for row_id in (row_id for row_id in first if row_id in second):
                if table == "sources" and row_id not in self.found.texts:
                    continue
                if table == "origins" and row_id in self.graded_otherwise:
                    yield Difference(row_id, row_id, LETTER, *self.letters[row_id], SIDES)
                for column, cell in first[row_id].items():
                    if table == "origins" and column in LETTERED:
                        continue
                    if cell and second[row_id].get(column, "") not in ("", cell):
                        yield Difference(row_id, row_id, column, cell, second[row_id][column], SIDES)

    @cached_property
    def letters(self) -> dict[str, tuple[str, str]]:
        """The letter of every origin in each coding, by its own row or by all evidence on it; "" where there is none.

        Ask for it before rows of both codings stand in one table.
        """
        sides = []
        for rows in (self.mine, self.theirs):
            given: dict[str, set[str]] = {}
            for row in rows.tables["evidence"]:
                given.setdefault(row["origin"], set()).add(row["reliability"])
            given |= {row["origin"]: {row["reliability"]} for row in rows.tables["origins"] if row["reliability"]}
            one = {origin: letters - {""} for origin, letters in given.items()}
            sides.append({origin: letters.pop() for origin, letters in one.items() if len(letters) == 1})
        mine, theirs = sides
        return {origin: (mine.get(origin, ""), theirs.get(origin, "")) for origin in mine | theirs}

    @cached_property
    def graded_otherwise(self) -> set[str]:
        """The origins to which the codings give different letters."""
        return {origin for origin, (one, other) in self.letters.items() if one and other and one != other}

    def _values(self, table: str, column: str) -> tuple[str, ...]:
        """Return the values that the data package lists for a column."""
        fields = self.mine.resources[table]["schema"]["fields"]
        described = next(field for field in fields if field["name"] == column)
        return tuple(described.get("constraints", {}).get("enum", ()))


def _alike(mine: list[Row], theirs: list[Row], key: str) -> dict[str, str]:
    """Return the ids of the second coding that the first calls otherwise, by the name of what they stand for."""
    known = {fold(row["name"]): row[key] for row in reversed(mine)}
    held, taken = {row[key] for row in mine}, {row[key] for row in theirs}
    named = {row[key]: known.get(fold(row["name"]), "") for row in theirs if row[key] not in held}
    return {old: new for old, new in named.items() if new and new not in taken}


def _same_publications(second: Path, mine: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """Refuse a key that the codings give to publications of different addresses."""
    rule = "the first coding has another publication under this key: call it otherwise in one of them"
    clash = [key for key in mine.keys() & theirs.keys() if mine[key] != theirs[key]]
    if clash:
        problems = [Problem(bibliography.FILE, None, "url", f"{key}: {theirs[key]}", rule) for key in clash]
        raise LedgerError(f"{second}: the codings cannot be joined:", problems)


def _ends(row: Row) -> tuple[str, str]:
    return row["claim_id"], row["related_claim_id"]


def _differ(one: Row, other: Row, columns: Iterable[str]) -> bool:
    return any(one[column] != other[column] for column in columns)


def _told(variable: str, row: Row, columns: Iterable[str], both: tuple[Row, Row]) -> str:
    """Return what a row has for a variable: its own cell where that differs, else the cells that do."""
    if variable == "checkable":
        return "yes" if row["checkable"] == "true" else f"no: {row['not_checkable_reason']}"
    if variable in row and both[0][variable] != both[1][variable]:
        return row[variable]
    return _listed({column: row[column] for column in columns if both[0][column] != both[1][column]})


def _listed(cells_of: Mapping[str, str]) -> str:
    return "; ".join(f"{column}={cell}" for column, cell in cells_of.items() if cell)


def _hanging(rows: Rows) -> dict[str, dict[str, str]]:
    """Return what hangs on each claim, in words, by variable."""
    tables = rows.tables
    hops: dict[str, list[str]] = {}
    for row in sorted(tables["chains"], key=lambda row: int(row["hop"])):
        hops.setdefault(row["chain_id"], []).append(f"{row['actor_id']} {row['verb']} ({row['anonymity']})")
    accused: dict[str, list[str]] = {}
    for row in sorted(tables["claim_accused"], key=lambda row: row["actor_id"]):
        accused.setdefault(row["claim_id"], []).append(row["actor_id"])
    told = {
        "chain": {row["claim_id"]: " > ".join(hops.get(row["chain_id"], [])) for row in tables["claims"]},
        "accused": {claim: ", ".join(actors) for claim, actors in accused.items()},
    }
    for variable, (key, of, links, actors) in HANGING.items():
        known = {row[key]: {c: cell for c, cell in row.items() if c not in (key, "evidence_id")} for row in tables[of]}
        parties: dict[str, list[str]] = {}
        for row in tables[actors]:
            parties.setdefault(row[key], []).append(" ".join(filter(None, (row["actor_id"], row.get("role", "")))))
        said: dict[str, list[str]] = {}
        for row in tables[links]:
            link = {column: cell for column, cell in row.items() if column not in (key, "claim_id")}
            who = {"of": ", ".join(sorted(parties.get(row[key], [])))}
            said.setdefault(row["claim_id"], []).append(_listed(known.get(row[key], {}) | link | who))
        told[variable] = {claim: " / ".join(sorted(listed)) for claim, listed in said.items()}
    return told


@dataclass(frozen=True)
class Decision:
    """What was decided on a difference.

    Attributes
    ----------
    difference : Difference
        On what.
    decision : str
        One of its choices.
    by, date, reason : str
        Who decided, when and why.
    """

    difference: Difference
    decision: str
    by: str
    date: str
    reason: str


def read(path: Path, differences: Iterable[Difference]) -> list[Decision]:
    """Read a file of decisions, which must decide on every difference and on nothing else.

    Raises
    ------
    LedgerError
        If it does not; it names every difference without a decision, and every row and cell that is wrong.
    """
    table, problems = _table(path)
    known, decided, seen = {one.key: one for one in differences}, [], set()
    for line, row in table:
        wrong = list(_flaws(row, known, seen))
        problems += [Problem(path.name, line, column, row[column], rule) for column, rule in wrong]
        seen.add(key(row))
        if not wrong:
            decided.append(Decision(known[key(row)], *(row[column] for column in DECIDED)))
    for missing, one in known.items():
        if missing not in seen:
            rule = f"{one} is undecided: add its row, as adjudicate without --into writes it"
            problems.append(Problem(path.name, None, "decision", "", rule))
    if problems:
        raise LedgerError(f"{path}: nothing is joined, because decisions are missing or wrong:", problems)
    return decided


def _flaws(row: Row, known: Mapping[tuple, Difference], seen: set[tuple]) -> Iterator[tuple[str, str]]:
    one = known.get(key(row))
    if one is None:
        yield "variable", "must be a difference of these codings: delete the row"
    elif key(row) in seen:
        yield "variable", "must be decided once: delete one of the rows"
    elif (row["first_value"], row["second_value"]) != (one.first_value, one.second_value):
        yield "first_value", f"the codings differ otherwise now, {one}: decide on that, and write these values"
    elif not row["decision"]:
        yield "decision", f"{one} is undecided: write one of {', '.join(one.choices)}"
    elif row["decision"] not in one.choices:
        yield "decision", f"must be one of {', '.join(one.choices)}, for {one}"
    else:
        for column in ("by", "reason"):
            if not row[column]:
                yield column, f"must say {'who decided' if column == 'by' else 'why'}, for {one}"
        if not is_day(row["date"]):
            yield "date", f"must be a date, YYYY-MM-DD, for {one}"
        for column in DECIDED:
            yield from ((column, rule) for form, rule in CELL_RULES if form.search(row[column]))


def begin(path: Path, differences: Iterable[Difference]) -> list[Difference]:
    """Write a file of decisions with a row for each difference, and return those that are undecided.

    What such a file has decided already is kept, where the difference is still the same.

    Raises
    ------
    LedgerError
        If there is such a file and it cannot be read; it stays as it is.
    """
    known = {tuple(row[column] for column in SAME): row for row in (rows(path) if path.exists() else ())}
    made = []
    for one in differences:
        same = dict(zip(SAME, astuple(one), strict=False))
        made.append(known.get(tuple(same.values()), same | dict.fromkeys(DECIDED, "")))
    write(path, made)
    return [one for one, row in zip(differences, made, strict=True) if not row["decision"]]


def rows(path: Path) -> list[Row]:
    """Return the rows of a file of decisions, as far as they are decided.

    Raises
    ------
    LedgerError
        If it cannot be read.
    """
    table, problems = _table(path)
    if problems:
        raise LedgerError(f"{path}: the file cannot be read:", problems)
    return [row for _, row in table]


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write a file of decisions, whole or not at all."""
    content = Cells(path.name, {column: [] for column in COLUMNS}, []).written(rows)
    with transaction.locked(path.parent):
        transaction.apply(path.parent, {path: content})


def _table(path: Path) -> tuple[list[tuple[int, Row]], list[Problem]]:
    problems: list[Problem] = []
    found = cells.read(path.parent, path.name, list(COLUMNS), problems)
    if found is None:
        return [], problems
    rows = zip(*(found.columns[column] for column in COLUMNS), strict=True)
    return [(line, dict(zip(COLUMNS, row, strict=True))) for line, row in zip(found.lines, rows, strict=True)], problems


def key(row: Row) -> tuple[str, str, str]:
    """Return what no other difference has, of a row of the file."""
    return row["first_row"], row["second_row"], row["variable"]

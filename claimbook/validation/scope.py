"""Which problems of a ledger are those of one text, and how many of its sentences still have some."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import RECORDS
from claimbook.model.problems import Problem
from claimbook.model.schema import Reading, Table


@dataclass(frozen=True)
class Left:
    """What is left to do for a text.

    Attributes
    ----------
    problems : list of Problem
        Its problems, and those of no text.
    sentences : int
        How many of its sentences carry claims.
    waiting : int
        How many of these have a problem, in their own row or in one on them.
    elsewhere : int
        How many problems have no such sentence.
    """

    problems: list[Problem]
    sentences: int
    waiting: int
    elsewhere: int

    def told(self, source_id: str) -> str:
        """Say in a line what is left."""
        more = f", and {count(self.elsewhere, 'other place')}" if self.elsewhere else ""
        return f"{source_id}: {self.waiting} of {self.sentences} sentences left{more}"


def left(problems: Iterable[Problem], reading: Reading, source_id: str, chapters: Iterable[str] = ()) -> Left:
    """Return what is left to do for one text.

    Parameters
    ----------
    problems : iterable of Problem
        All problems.
    reading : Reading
        The tables that they were found in.
    source_id : str
        The text.
    chapters : iterable of str
        The chapters of other texts, as problems name them.

    Raises
    ------
    ValueError
        If the ledger has no such text.
    """
    tables = {name: table for name, table in reading.tables.items() if not reading.files[name].startswith(RECORDS)}
    if source_id not in tables["sources"].cells.columns["source_id"]:
        raise ValueError(f"--only: {source_id}: must be the id of a text of the ledger")
    mine, by_file = _lines(tables, source_id), {path: name for name, path in reading.files.items()}
    others, kept, waiting, elsewhere = set(chapters), [], set(), 0
    sentence_of = _sentences(tables)
    for problem in problems:
        name = by_file.get(problem.file)
        if problem.file in others or (name and problem.row is not None and problem.row not in mine.get(name, ())):
            continue
        kept.append(problem)
        sentence = sentence_of.get((name, problem.row))
        if sentence is None:
            elsewhere += 1
        else:
            waiting.add(sentence)
    rows = tables["sentences"].rows(["source_id", "sentence_id", "role"])
    content = {sentence for _, (text, sentence, role) in rows if text == source_id and role == "content"}
    return Left(kept, len(content | waiting), len(waiting), elsewhere)


def _lines(tables: dict[str, Table], source_id: str) -> dict[str, set[int]]:
    """Return the lines of each table that are of a text: those with its ids, and what these name of no text.

    What hangs on the latter, such as the actors of an event, is of the text as well.
    """
    texts = set(tables["sources"].cells.columns["source_id"])
    mine: dict[str, set[int]] = {name: set() for name in tables}
    named: dict[str, set[str]] = {name: set() for name in tables}

    def of(cell: str) -> str:
        return cell if cell in texts else ids.text_of(cell)

    def take(name: str, wanted) -> bool:
        table, found = tables[name], False
        leading = _leading(table)
        columns = list(dict.fromkeys([*table.primary, *leading]))
        for line, row in table.rows(columns):
            cells = dict(zip(columns, row, strict=True))
            if line in mine[name] or not wanted(cells):
                continue
            mine[name].add(line)
            found = True
            for column, target in leading.items():
                if target in named:
                    named[target].add(cells[column])
        return found

    def own(cells: dict[str, str]) -> bool:
        return any(cell == source_id or ids.is_of(cell, source_id) for cell in cells.values())

    def by_others(name: str, cells: dict[str, str]) -> bool:
        """Tell whether a row of no text is named by one of the text, or hangs on such a row."""
        if any(of(cell) in texts for cell in cells.values()):
            return False
        first = tables[name].primary[:1]
        key = cells[first[0]] if first else ""
        return key in named[name] or key in named.get(_leading(tables[name]).get(first[0], "") if first else "", ())

    for name in tables:
        take(name, own)
    while any([take(name, partial(by_others, name)) for name in tables]):
        pass
    return mine


def _leading(table: Table) -> dict[str, str]:
    """Return the columns of a table that lead to another, each with that one."""
    found = {}
    for key in table.schema.get("foreignKeys", []):
        fields = key["fields"] if isinstance(key["fields"], list) else [key["fields"]]
        found |= dict.fromkeys(fields, key["reference"]["resource"] or table.name)
    return found


def _sentences(tables: dict[str, Table]) -> dict[tuple[str, int], str]:
    """Return the sentence of each row that is on one, by table and line."""
    claims = tables["claims"].cells.columns if "claims" in tables else {"claim_id": [], "sentence_id": []}
    of_claim = dict(zip(claims["claim_id"], claims["sentence_id"], strict=True))
    found = {}
    for name, table in tables.items():
        column = next((one for one in ("sentence_id", "claim_id") if one in table.columns), None)
        for line, (cell,) in table.rows([column]) if column else ():
            sentence = cell if column == "sentence_id" else of_claim.get(cell)
            if sentence:
                found[name, line] = sentence
    return found

"""The workbench: a text is coded by choosing words of it and filling in forms, and each row is written as it is given.

Here is all of it but what is drawn: the forms with the codebook's rule at each field, what is carried over from row to
row, what follows from what, writing, taking back, and what validation says. :mod:`.workbench_form` shows it.
"""

import datetime
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from claimbook.authoring import generic, newtext, transaction
from claimbook.authoring.forms import CARRIED, FOLLOWS, FORMS, NAMED_IN_ITS_ID, PASSAGE, SEVERAL, USUAL
from claimbook.authoring.rows import Row, Rows, of_text
from claimbook.model import bibliography, ids, languages, passages, schema
from claimbook.model.ledger import Ledger, folder_of, read_schema
from claimbook.model.letters import slug
from claimbook.model.problems import lines
from claimbook.model.schema import CELL_RULES, Column
from claimbook.validation import validate
from claimbook.validation.claims import HELD
from claimbook.validation.evidence_rules import OWN_CONDUCT
from claimbook.validation.scope import left
from claimbook.view import codebook

WORDS_OF_AN_EVENT = 5
"""So many words of its summary an event has in its id."""

WIDTH = 60
"""So many characters of a row stand in the list of those that can be corrected."""

TOKEN = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")
"""What is chosen as one in a text: a word or a number, or a mark."""


IDENTIFIED = {
    "claims": ids.claim,
    "mentions": ids.mention,
    "quantities": ids.quantity,
    "number_exceptions": ids.number_exception,
    "evidence": ids.evidence,
    "searches": ids.search,
}
"""How the first id of a table is made, from what its rows belong to."""


class RefusedError(ValueError):
    """A row cannot be written as it was given.

    Parameters
    ----------
    rules : dict of str to str
        By field: the rule that its value breaks; by "" what is wrong with the whole.
    """

    def __init__(self, rules: dict[str, str]):
        super().__init__("; ".join(f"{name}: {rule}" if name else rule for name, rule in rules.items()))
        self.rules = rules


@dataclass(frozen=True)
class Passage:
    """Words of the text that are chosen.

    Attributes
    ----------
    sentence_id : str
        The sentence in which they stand.
    start, end : int
        Their place in the text, in code points.
    words : str
        The words, as a cell of a table holds them.
    """

    sentence_id: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Step:
    """One thing that was done, as it can be taken back.

    Attributes
    ----------
    form : str
        The form that was filled in.
    values : dict of str to str
        What stood in it.
    rows : dict of str to list of dict
        The rows that were written, by table.
    before, after : dict of pathlib.Path to bytes
        The files that it changed, as they were and as they are.
    passage : Passage or None
        The words that were chosen.
    row : str
        The key of the row that was corrected; "" where one was added.
    """

    form: str
    values: dict[str, str]
    rows: dict[str, list[Row]]
    before: dict[Path, bytes] = field(repr=False)
    after: dict[Path, bytes] = field(repr=False)
    passage: Passage | None = None
    row: str = ""

    def told(self) -> str:
        """Say which rows were written, cell by cell with its column."""
        told = [(table, row) for table, rows in self.rows.items() for row in rows]
        return "; ".join(
            f"{table}.csv: {', '.join(f'{column} {cell}' for column, cell in row.items() if cell)}"
            for table, row in told
        )


@dataclass(frozen=True)
class Standing:
    """What validation says.

    Attributes
    ----------
    told : str
        In a line, how many sentences are left.
    here : list of str
        What is wrong with the rows that were written last.
    open : list of str
        What else is still to be done for the text.
    """

    told: str
    here: list[str]
    open: list[str]


class Workbench:
    """A text at hand and the ledger that it is coded in. Every row is on the disk as soon as it is given.

    Parameters
    ----------
    data, texts : pathlib.Path
        The data folder, and the folder with the copy of the text.
    source_id : str
        A text that ``new-text`` has added.
    book : pathlib.Path, optional
        The folder of the book; by default the one above `data`.
    today : str, optional
        The day of a search that is logged.

    Attributes
    ----------
    passage : Passage or None
        The words that are chosen.
    claim : str
        The claim that was written or named last; "" before the first.
    done, undone : list of Step
        What was done, and what of it was taken back and can be done again.

    Raises
    ------
    OSError
        If the copy cannot be read.
    LedgerError
        If a table cannot be read.
    ValueError
        If the ledger has no such text, or the copy is another.
    """

    def __init__(self, data: Path, texts: Path, source_id: str, book: Path | None = None, today: str = ""):
        self.data, self.texts, self.id = Path(data), Path(texts), source_id
        self.book = newtext.book_of(self.data, book)
        self.today = today or datetime.date.today().isoformat()
        transaction.recover(self.book)
        self.rows = Rows(self.data)
        source = next((row for row in self.rows.tables["sources"] if row["source_id"] == source_id), None)
        if source is None:
            raise ValueError(f"{source_id}: must be the id of a text of the ledger: add it with new-text")
        self.text = passages.read_text(self.texts, source_id)
        if passages.sha256(self.text) != source["sha256"]:
            raise ValueError(f"{self.texts / source_id}.txt: must be the text of the ledger, by its SHA-256")
        self.schema = Ledger(self.data, read_schema(self.data), {})
        self.passage: Passage | None = None
        self.claim = self._last("claims").get("claim_id", "")
        self._around = ""  # the claim around the words that were chosen after it
        self.done: list[Step] = []
        self.undone: list[Step] = []

    # The text ------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The code of the language of the text, without what follows it."""
        return re.match("[a-z]*", self._source["language"])[0]

    @property
    def _source(self) -> Row:
        return next(row for row in self.rows.tables["sources"] if row["source_id"] == self.id)

    @cached_property
    def _reads(self) -> languages.Language:
        known, _ = languages.known(folder_of(self.data, languages.FOLDER))  # validation tells what is not sound
        return known.get(self.language, languages.Language(self.language))

    @property
    def sentences(self) -> list[Row]:
        """The rows of the sentences, in the order of the text."""
        mine = [row for row in self.rows.tables["sentences"] if row["source_id"] == self.id]
        return sorted(mine, key=lambda row: int(row["start"]))

    def tokens(self, sentence: Row) -> list[tuple[int, int]]:
        """Return the place of every word and mark of a sentence."""
        return [match.span() for match in TOKEN.finditer(self.text, int(sentence["start"]), int(sentence["end"]))]

    def choose(self, start: int, end: int) -> Passage:
        """Choose words by their place; white space at the ends is no part of them.

        Raises
        ------
        ValueError
            If they are none, or do not lie in one sentence.
        """
        part = passages.slice_of(self.text, start, end)
        start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
        if start >= end:
            raise ValueError(f"{start} to {end}: must be words of the text")
        for row in self.sentences:
            if int(row["start"]) <= start and end <= int(row["end"]):
                words = " ".join(passages.slice_of(self.text, start, end).split())
                self.passage = Passage(row["sentence_id"], start, end, passages.nfc(words))
                self._around = self._holding(self.passage)
                return self.passage
        raise ValueError(f"{start} to {end}: must lie in one sentence: choose fewer words")

    def _holding(self, place: Passage | None) -> str:
        """Return the claim with the shortest passage that holds a place; of several the last, and "" without one."""
        held = [
            (int(row["end"]) - int(row["start"]), -number, row["claim_id"])
            for number, row in enumerate(self.claims)
            if place and int(row["start"]) <= place.start and place.end <= int(row["end"])
        ]
        return min(held)[2] if held else ""

    def find(self, words: str) -> list[Passage]:
        """Return every place where words stand in a sentence of the text, in its order; none is chosen."""
        places = [(row["sentence_id"], int(row["start"]), int(row["end"])) for row in self.sentences]
        found, _ = newtext.find(self.text, words, places)
        return [
            Passage(key, place.start, place.end, passages.slice_of(self.text, place.start, place.end))
            for key, place in sorted(found, key=lambda one: one[1].start)
        ]

    # The forms -----------------------------------------------------------------------------------------

    def fields(self, form: str) -> list[str]:
        """Return the fields of a form in order, each as ``table.column``."""
        shape = FORMS[form]
        described = [f["name"] for f in self.rows.resources[shape.table]["schema"]["fields"]]
        asked = [name if "." in name else f"{shape.table}.{name}" for name in shape.asked.split()]
        known = {_column(name) for name in asked if _table(name) == shape.table} | set(shape.made.split())
        more = [f"{shape.table}.{name}" for name in described if name not in known]
        return [name for name in asked + more if _table(name) in self.rows.resources]

    def rule(self, name: str) -> tuple[str, dict[str, str]]:
        """Return the codebook's rule for a field, and that for each of its values where it has a list of them."""
        described, column = self._described(name), Column(self._described(name))
        ruled = codebook.rules(self.schema, name)
        values = described.get("constraints", {}).get("enum", ["true", "false"] if column.kind == "boolean" else [])
        return described.get("description", ""), {value: ruled.get(value, "") for value in values}

    def offered(self, name: str) -> dict[str, str]:
        """Return the values that a field can take, each with words for it; empty where it takes words of one's own."""
        if values := self.rule(name)[1]:
            return values
        tables = self.rows.tables
        table, column = _table(name), _column(name)
        if column in ("claim_id", "related_claim_id"):
            return {row["claim_id"]: row["statement"] for row in of_text(tables["claims"], "claim_id", self.id)}
        if column == "chain_id":
            named = {row["actor_id"]: row["name"] for row in tables["actors"]}
            hops: dict[str, list[str]] = {}
            for row in of_text(tables["chains"], "chain_id", self.id):
                hops.setdefault(row["chain_id"], []).append(named.get(row["actor_id"], row["actor_id"]))
            return {chain: ", ".join(names) for chain, names in hops.items()}
        if column == "reference" or name == "origins.origin":
            return {key: entry.get("title", "") for key, entry in self.references.items()}
        if column in ("subject", "object", "supplier", "actor_id", "voice") or table == "event_actors":
            return {row["actor_id"]: row["name"] for row in tables["actors"]} if name != "actors.actor_id" else {}
        if self._described(name)["type"] == "date":
            source = self._source
            days = {source["published_earliest"]: "the day of the text", source["published_latest"]: "its last day"}
            days |= {row["date_start"]: row["summary"] for row in tables["events"]}
            return {day: words for day, words in days.items() if day}
        if column in ("origin", "owner"):
            return {row["origin"]: row["name"] for row in tables["origins"]}
        return {}

    def free(self, name: str) -> bool:
        """Tell whether a field takes other values than those that are offered."""
        named = _column(name) in ("subject", "object", "origin", "owner", "chain_id")
        named = named and name != "origin_matters.origin"  # it says more of an origin that is there
        return named or self._described(name)["type"] == "date" or not self.offered(name)

    def required(self, name: str) -> bool:
        """Tell whether a field must be filled in: the schema wants it, and nothing else gives it."""
        return Column(self._described(name)).required and name not in FOLLOWS and name not in SEVERAL

    def words(self, table: str) -> list[str]:
        """Return the cells of the text's rows of a table that hold words."""
        return [cell for row in self._mine(table) for cell in row.values() if " " in cell]

    @property
    def claims(self) -> list[Row]:
        """The rows of the claims of the text."""
        return self._mine("claims")

    @property
    def references(self) -> dict[str, dict[str, str]]:
        """The publications of ``references.bib`` by key; none where it is not sound."""
        try:
            return bibliography.read(self.data)
        except (OSError, ValueError):
            return {}

    def defaults(self, form: str) -> dict[str, str]:
        """Return what stands in the fields of a form before anything is given: what is usual, or as in the row before.

        A form that changes a row begins with that row.
        """
        shape, made = FORMS[form], {}
        if shape.changes:
            row = self._changed(form)
            return {name: row[_column(name)] for name in self.fields(form)} if row else {}
        before = self._last(shape.table)
        for name in self.fields(form):
            carried = before and (name in CARRIED or generic.OWN in self._described(name))
            made[name] = before[_column(name)] if carried else USUAL.get(name, "")
            if name.endswith(".claim_id"):
                made[name] = self._around or self.claim
        made |= self._suggested(form)
        return {name: value for name, value in made.items() if value}

    def _suggested(self, form: str) -> dict[str, str]:
        """Return defaults that hang on other tables or on the chosen words."""
        words = self.passage.words if self.passage else ""
        if form == "claim":
            return {"claims.chain_id": ids.chain(self.id, 1)}
        if form == "actor":
            return {"actors.name": words}
        if form == "quantity":
            value = self._reads.value(words)
            return {"quantity_claims.wording": words, "quantities.value": "" if value is None else f"{value:f}"}
        if form == "search":
            return {} if self._last("searches") else {"searches.date": self.today}
        if form == "link":
            told = {row["related_claim_id"] for row in self.rows.tables["claim_links"] if row["type"] == "content_of"}
            said = [row["claim_id"] for row in self._mine("claims") if row["layer"] == "said"]
            waiting = [claim for claim in said if claim not in told and claim != self.claim]
            return {"claim_links.type": "content_of", "claim_links.related_claim_id": waiting[-1]} if waiting else {}
        return {}

    def there(self, form: str) -> dict[str, str]:
        """Return the keys of the text's rows that a form can correct, each with a few words, the newest first."""
        shape = FORMS[form]
        if shape.changes:
            return {}
        words = {
            self._key(shape.table, row): " ".join(row[column] for column in shape.told.split())
            for row in reversed(self._mine(shape.table))
        }
        return {key: textwrap.shorten(told, WIDTH, placeholder=" …") for key, told in words.items()}

    def given(self, form: str, row: str) -> dict[str, str]:
        """Return what a row that is there has in the fields of the form's own table.

        Raises
        ------
        RefusedError
            If the text has no such row.
        """
        cells, table = self._named(form, row), FORMS[form].table
        return {name: cells[_column(name)] for name in self.fields(form) if _table(name) == table}

    def said(self, name: str, value: str) -> str:
        """Return the rule of the schema that a value breaks in a field; empty where it breaks none."""
        described = self._described(name)
        return self._broken(_table(name), described, _tidy(name, value))

    # Writing and taking back ---------------------------------------------------------------------------

    def write(self, form: str, values: Mapping[str, str], row: str = "") -> Step:
        """Write the row, or rows, of a form: all files or none.

        Parameters
        ----------
        form : str
            The form.
        values : mapping of str to str
            By field what was given; a field that is not named stays empty, or has what follows.
        row : str, optional
            The key of a row that is there, one of :meth:`there`: it is corrected in its place. Its id and its passage
            stay, and so do cells whose fields are not named.

        Returns
        -------
        Step
            What was written. What breaks rules between rows is written as well: :meth:`standing` tells it.

        Raises
        ------
        RefusedError
            If a value breaks the schema, no words are chosen where the row rests on some, or there is no such row to
            correct; nothing is written.
        LedgerError
            If a table cannot be read any more.
        BlockingIOError
            If another command is changing the book.
        """
        tidied = {name: _tidy(name, value) for name, value in values.items()}
        given = {name: value for name, value in tidied.items() if value}
        if unknown := given.keys() - set(self.fields(form)):
            raise RefusedError(dict.fromkeys(sorted(unknown), f"is no field of the form {form}"))
        with transaction.locked(self.book):
            self.rows = Rows(self.data)  # others may have written since
            if row:
                made = self._correct(form, tidied, row)
            else:
                made = self._change(form, given) if FORMS[form].changes else self._add(form, given)
            after = self.rows.changes()
            before = {path: path.read_bytes() for path in after}
            if after:
                transaction.apply(self.book, after)
        self.rows = Rows(self.data)
        step = Step(form, dict(values), made, before, after, self.passage, row)
        self.done.append(step)
        self.undone.clear()
        claims = [one["claim_id"] for rows in made.values() for one in rows if one.get("claim_id")]
        if claims:
            self.claim, self._around = claims[0], ""
        return step

    def undo(self) -> Step | None:
        """Take back what was done last and return it, so that its form can be filled in again; None before the first.

        Raises
        ------
        ValueError
            If a file has been changed since by something else; nothing is taken back.
        """
        return self._turn(self.done, self.undone, back=True)

    def redo(self) -> Step | None:
        """Do again what was taken back last and return it; None where there is nothing. Raises as :meth:`undo` does."""
        return self._turn(self.undone, self.done, back=False)

    def _turn(self, of: list[Step], to: list[Step], *, back: bool) -> Step | None:
        if not of:
            return None
        step = of[-1]
        there, wanted = (step.after, step.before) if back else (step.before, step.after)
        with transaction.locked(self.book):
            for path, content in there.items():
                if path.read_bytes() != content:
                    raise ValueError(f"{path.name}: was changed by something else since: change the row there")
            transaction.apply(self.book, wanted)
        to.append(of.pop())
        self.rows, self.passage = Rows(self.data), step.passage
        self._around = self._holding(self.passage)
        if self.claim not in {row["claim_id"] for row in self.rows.tables["claims"]}:
            self.claim = self._last("claims").get("claim_id", "")
        return step

    def standing(self) -> Standing:
        """Return what ``validate`` says of the text: of the rows written last, and what else is open."""
        reading = schema.read_all(self.data)
        whole = left(validate(self.data, self.texts, only=self.id, reading=reading), reading, self.id)
        last = self._places(self.done[-1].rows) if self.done else set()
        holds = self._quoted(self.done[-1].rows) if self.done else set()
        here = [
            problem
            for problem in whole.problems
            if (problem.file, problem.row) in last or (problem.rule.startswith(HELD) and problem.value in holds)
        ]
        others = [problem for problem in whole.problems if problem not in here]
        return Standing(whole.told(self.id), lines(here), lines(others))

    # What rows are made of -----------------------------------------------------------------------------

    def _add(self, form: str, given: dict[str, str]) -> dict[str, list[Row]]:
        shape = FORMS[form]
        if PASSAGE in shape.made and self.passage is None:
            raise RefusedError({"": "choose the words of the text on which it rests first"})
        own = {_column(name): value for name, value in given.items() if _table(name) == shape.table}
        own = self._full(shape.table, own)
        made = {shape.table: [own]}
        if shape.table == "chains":
            made = {"chains": self._hops(own)}
        if shape.table in ("quantities", "events"):
            key = self.rows.key(shape.table)[0]
            if own[key] in {row[key] for row in self.rows.tables[shape.table]}:
                made = {}
            made |= self._beside(shape.table, {key: own[key]}, given)
        self._check(form, made)
        for table, rows in made.items():
            self.rows.tables[table] += rows
        return made

    def _beside(self, table: str, key: Row, given: dict[str, str]) -> dict[str, list[Row]]:
        """Return the rows of other tables that hang on a quantity or an event."""
        told, named = ("quantity_claims", "quantity_recipients")
        if table == "events":
            told, named = ("event_claims", "event_actors")
        cells = {_column(name): value for name, value in given.items() if _table(name) == told}
        made = {told: [self._whole(told, key | cells)]}
        rows = []
        for name in SEVERAL:
            if _table(name) == named:
                role = {"role": _column(name)} if table == "events" else {}
                for actor in filter(None, map(str.strip, given.get(name, "").split("|"))):
                    rows.append(self._whole(named, key | role | {"actor_id": actor}))
        return made | ({named: rows} if rows else {})

    def _change(self, form: str, given: dict[str, str]) -> dict[str, list[Row]]:
        row = self._changed(form)
        if row is None:
            raise RefusedError({"": "choose words of the sentence first"})
        made = {FORMS[form].table: [row | {_column(name): given.get(name, "") for name in self.fields(form)}]}
        self._check(form, made, row)
        row.update(made[FORMS[form].table][0])
        return made

    def _correct(self, form: str, given: dict[str, str], key: str) -> dict[str, list[Row]]:
        row, table = self._named(form, key), FORMS[form].table
        if others := [name for name, value in given.items() if value and _table(name) != table]:
            raise RefusedError(dict.fromkeys(others, f"stands in another row: correct it in {_table(others[0])}.csv"))
        own = row | {_column(name): value for name, value in given.items() if _table(name) == table}
        names = self.rows.key(table)
        stays = (names if len(names) == 1 else []) + list(NAMED_IN_ITS_ID.get(table, ()))
        own |= {column: row[column] for column in stays if not own[column]}
        if moved := [column for column in stays if own[column] != row[column]]:
            rule = "must stay {}: a row that is there keeps its id, and what the id stands for"
            raise RefusedError({f"{table}.{column}": rule.format(row[column]) for column in moved})
        filled = {name: value for name, value in own.items() if value}
        made = {table: [self._whole(table, _following(table, filled, self))]}
        self._check(form, made, row)
        row.update(made[table][0])
        return made

    def _named(self, form: str, key: str) -> Row:
        """Return the row of the text that a form is to correct."""
        table = FORMS[form].table
        mine = [] if FORMS[form].changes else self._mine(table)
        if row := next((row for row in mine if self._key(table, row) == key), None):
            return row
        raise RefusedError({"": f"{key}: must be the key of a row of the text in {table}.csv"})

    def _key(self, table: str, row: Row) -> str:
        return " + ".join(row[column] for column in self.rows.key(table))

    def _changed(self, form: str) -> Row | None:
        """Return the row that a form changes."""
        if form == "source":
            return self._source
        at = self.passage.sentence_id if self.passage else ""
        return next((row for row in self.rows.tables["sentences"] if row["sentence_id"] == at), None)

    def _full(self, table: str, row: Row) -> Row:
        """Return a row with its id, its passage, and what follows from its other cells."""
        column = self.rows.key(table)[0]
        if self.passage and PASSAGE in next(form.made for form in FORMS.values() if form.table == table):
            at = self.passage
            row |= {"sentence_id": at.sentence_id, "start": str(at.start), "end": str(at.end)}
            row |= {"as_written": at.words} if table == "mentions" else {}
        row = {name: value for name, value in _following(table, row, self).items() if value}
        if table in IDENTIFIED and column not in row:
            owner = row.get("claim_id", "") if table in ("evidence", "searches") else self.id
            row[column] = ids.next_free(IDENTIFIED[table](owner, 1), self.rows.taken())
        return self._whole(table, row)

    def _hops(self, hop: Row) -> list[Row]:
        """Return the row of the next hop of a chain, before it the text's own voice where the chain is new."""
        chains = self.rows.tables["chains"]
        known = [row for row in chains if row["chain_id"] == hop["chain_id"]]
        if known and hop["chain_id"]:
            return [hop | {"hop": str(len(known) + 1)}]
        own = next(row for row in self._mine("chains") if row["hop"] == "1")
        new = hop["chain_id"] or ids.next_free(ids.chain(self.id, 1), {row["chain_id"] for row in chains})
        return [own | {"chain_id": new, "verb": "relays"}, hop | {"chain_id": new, "hop": "2"}]

    def _whole(self, table: str, row: Row) -> Row:
        names = [f["name"] for f in self.rows.resources[table]["schema"]["fields"]]
        return {name: row.get(name, "") for name in names}

    # What is refused -----------------------------------------------------------------------------------

    def _check(self, form: str, made: dict[str, list[Row]], instead: Row | None = None) -> None:
        """Refuse rows that break the schema, each at the field to mend; a corrected one takes the place of another."""
        rules: dict[str, str] = {}
        asked = self.fields(form)
        for table, rows in made.items():
            for row in rows:
                for described in self.rows.resources[table]["schema"]["fields"]:
                    name = f"{table}.{described['name']}"
                    if table == "event_actors" and described["name"] == "actor_id":
                        name = f"{table}.{row['role']}"
                    if rule := self._broken(table, described, row[described["name"]], made):
                        rules.setdefault(name if name in asked else "", rule if name in asked else f"{name}: {rule}")
            taken = {self._key(table, row) for row in self.rows.tables[table] if row is not instead}
            if again := next((key for row in rows if (key := self._key(table, row)) in taken), ""):
                rules.setdefault(f"{table}.{self.rows.key(table)[0]}", f"{again}: the key must be unique")
        if rules:
            raise RefusedError(rules)

    def _broken(self, table: str, described: dict, value: str, made: Mapping[str, list[Row]] | None = None) -> str:
        column = Column(described)
        if not value:
            return "must not be empty" if column.required and made is not None else ""
        if found := next((rule for form, rule in CELL_RULES if form.search(value)), ""):
            return found
        if wrong := column.untyped({value}) or column.outside({value}):
            return wrong[value]
        for names, target, targets in schema.foreign_keys(self.rows.resources[table]["schema"], table):
            if names == [column.name] and target in self.rows.tables:
                known = [*self.rows.tables[target], *(made or {}).get(target, [])]
                if value not in {row[targets[0]] for row in known}:
                    return f"must be found in {target}.{targets[0]}"
        return ""

    def _described(self, name: str) -> dict:
        column = "actor_id" if _table(name) == "event_actors" else _column(name)
        return self.schema.column(_table(name), column)

    def _mine(self, table: str) -> list[Row]:
        """Return the rows of a table that are the text's; all where its rows are of no text."""
        rows, key = self.rows.tables[table], self.rows.key(table)[0]
        if table == "events":  # their ids name no text
            told = {row[key] for row in of_text(self.rows.tables["event_claims"], "claim_id", self.id)}
            return [row for row in rows if row[key] in told]
        return rows if table in ("actors", "origins", "origin_matters") else of_text(rows, key, self.id)

    def _last(self, table: str) -> Row:
        return next(reversed(self._mine(table)), {})

    def _quoted(self, rows: dict[str, list[Row]]) -> set[str]:
        """Return the sentences of which rows hold words, and the text; none where they hold none."""
        sentence_of = {row["claim_id"]: row["sentence_id"] for row in self.claims}
        sentences = {
            row.get("sentence_id") or sentence_of.get(row["claim_id"], "")
            for table, columns in passages.QUOTED.items()
            for row in rows.get(table, ())
            if any(row[column] for column in columns)
        }
        return sentences and sentences | {self.id}

    def _places(self, rows: dict[str, list[Row]]) -> set[tuple[str, int]]:
        """Return file and line of rows that were written."""
        return {
            (self.rows.resources[table]["path"], self.rows.line(table, row))
            for table, written in rows.items()
            for row in self.rows.tables[table]
            if row in written
        }


def _table(name: str) -> str:
    return name.partition(".")[0]


def _column(name: str) -> str:
    return name.partition(".")[2]


def _tidy(name: str, value: str) -> str:
    """Return a value as its cell has it: one blank between words, and none in the name of a relation."""
    value = " ".join(value.split())
    return value.lower().replace(" ", "_") if name == "claims.relation" else value


def _following(table: str, row: Row, bench: Workbench) -> Row:
    """Return a row with what follows from its other cells where nothing was given."""
    made: Row = {}
    if table == "claims":
        opinion = "opinion" if row.get("kind") == "opinion" else ""
        reason = row.get("not_checkable_reason") or opinion
        made = {"not_checkable_reason": reason, "checkable": "false" if reason else "true"}
        made["layer"] = row.get("layer") or ("said" if row.get("kind") == "statement" else "content")
    elif table == "actors":
        made = {"actor_id": row.get("actor_id") or slug(row.get("name", ""))}
        made["living"] = row.get("living", "") if row.get("kind") == "person" else ""
    elif table == "origins":
        origin = row.get("origin") or slug(row.get("name", ""))
        author = " ".join(reversed(bench.references.get(origin, {}).get("author", "").split(", ")))
        made = {"origin": origin, "name": row.get("name") or author, "owner": row.get("owner") or origin}
    elif table == "quantities":
        made = {"currency": row.get("currency", "") if row.get("dimension") == "money" else ""}
    elif table == "events":
        made = _dated(row)
    elif table == "evidence":
        before = [one for one in bench.rows.tables["evidence"] if one["reference"] == row.get("reference")]
        same = {one["origin"] for one in bench.rows.tables["origins"]} & {row.get("reference", "")}
        origin = row.get("origin") or (before[-1]["origin"] if before else next(iter(same), ""))
        made = {"origin": origin}
        made["interested"] = row.get("interested") or str(row.get("stance") in OWN_CONDUCT).lower()
        made["affirms"] = row.get("affirms") or ("true" if row.get("stance") == "qualifies" else "")
    return row | made


def _dated(row: Row) -> Row:
    """Return what follows from the days of an event, and its id."""
    start = row.get("date_start", "")
    end = row.get("date_end") or start
    made = {"date_end": end, "date_precision": row.get("date_precision", "")}
    if start and not made["date_precision"]:
        bounds = {newtext.bounds(start[:length]): name for length, name in ((4, "year"), (7, "month"), (10, "day"))}
        made["date_precision"] = bounds.get((start, end), "interval")
    if not start:
        made["date_basis"] = ""
    name = slug(" ".join(row.get("summary", "").split()[:WORDS_OF_AN_EVENT]))
    made["event_id"] = row.get("event_id") or (ids.event(start[:4], name) if name else "")
    return made

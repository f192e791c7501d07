"""Changing what a ledger holds: taking a text or a claim out, naming a text anew, cutting and joining sentences.

Ids, hashes and positions follow in every table, and in the chapters and checks that name an id. A claim that is no
longer leaves its id in ``retired_ids``, so that an old address still answers. Each command changes all files or none.
"""

import contextlib
import csv
import io
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from claimbook.authoring import newtext, transaction
from claimbook.authoring.rows import Row, Rows, follow_words, follower, of_text
from claimbook.model import ids, passages, prints
from claimbook.model.decimals import count
from claimbook.model.ledger import BESIDE, CHECKS
from claimbook.model.passages import SEPARATOR
from claimbook.model.problems import LedgerError, Problem
from claimbook.validation import validate
from claimbook.validation.inspection import SLUG

NUMBERED = ("claims", "evidence", "searches", "chains", "mentions", "quantities", "number_exceptions", "corrections")
"""Tables whose ids end in a running number; claims before what has their ids in its own."""

ACTORS_IN = (
    *(("sources", "voice"), ("claims", "subject"), ("claims", "object"), ("chains", "actor_id")),
    *(("mentions", "actor_id"), ("quantities", "supplier"), ("quantity_recipients", "actor_id")),
    *(("event_actors", "actor_id"), ("claim_accused", "actor_id")),
)
"""The columns that name an actor."""


@dataclass
class Edit:
    """What a command changes.

    Attributes
    ----------
    changes : dict of pathlib.Path to bytes or None
        Each file with its new content; None where it goes.
    done : list of str
        What is done, in words.
    todo : list of str
        What is left to whoever gave the command.
    """

    changes: dict[Path, bytes | None] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    todo: list[str] = field(default_factory=list)


def apply(made: Callable[[], Edit], book: Path) -> Edit:
    """Work out an edit and write it, while no other command changes the book.

    Parameters
    ----------
    made : callable
        Works it out.
    book : pathlib.Path
        The folder of the book.
    """
    with transaction.locked(book):
        edit = made()
        if edit.changes:
            transaction.apply(book, edit.changes)
    return edit


def remove(data: Path, book: Path, named: str, reason: str, successors: Iterable[str] = ()) -> Edit:
    """Take a text, or one claim, out of the ledger with all that hangs on it.

    Parameters
    ----------
    data, book : pathlib.Path
        The data folder, and the folder of the book.
    named : str
        Id of a text or of a claim.
    reason : str
        Why; ``retired_ids`` has it for each claim that goes.
    successors : iterable of str
        Claims that stand in its place.

    Raises
    ------
    LedgerError
        If a table cannot be read.
    ValueError
        If there is no such text or claim, no reason, or a successor is none.
    """
    rows, successors = Rows(data), list(successors)
    texts = {row["source_id"] for row in rows.tables["sources"]}
    claims = {row["claim_id"] for row in rows.tables["claims"]}
    if named not in texts | claims:
        raise ValueError(f"{named}: must be the id of a text or of a claim of the ledger")
    if not reason.strip():
        raise ValueError("--reason: : must be given: whoever follows an old address reads it")
    going = {claim for claim in claims if claim == named or ids.is_of(claim, named)}
    if wrong := [one for one in successors if one not in claims - going]:
        raise ValueError(f"--successor: {', '.join(wrong)}: must be a claim that stays")
    table, key = ("sources", "source_id") if named in texts else ("claims", "claim_id")
    edit, before = Edit(), rested_on(rows)
    evidence = {row["evidence_id"] for row in rows.tables["evidence"]}
    went = rows.drop(table, key, {named})
    if named in texts:
        for name, column in (("chains", "chain_id"), ("quantities", "quantity_id")):
            told = {row["quantity_id"] for row in rows.tables["quantity_claims"]}
            mine = {row[column] for row in of_text(rows.tables[name], column, named)} - told
            went += rows.drop(name, column, mine)
        _hand_on(rows, named)
        edit.changes |= _without_chapter(book, named, edit.todo)
    went += drop_idle(rows, before)
    decided = rows.tables.get("adjudications", [])
    decided[:] = [row for row in decided if not (row["row"] == named or ids.is_of(row["row"], named))]
    decided[:] = [row for row in decided if ids.claim_named(row["row"]) not in going]
    debts = rows.tables.get("debts", [])
    debts[:] = [row for row in debts if not any(ids.claim_named(part) in going for part in row["row"].split())]
    # An example of the codebook shows a claim or a row of evidence; without either it shows nothing.
    examples = rows.tables.get("examples", [])
    examples[:] = [row for row in examples if row["claim_id"] or row["evidence_id"]]
    # What stands in the place of an older id must go on leading somewhere, be it a row of evidence.
    led_to = {one for row in rows.tables["retired_ids"] for one in row["successors"].split(SEPARATOR)}
    evidence -= {row["evidence_id"] for row in rows.tables["evidence"]}
    rows.tables["retired_ids"] += [
        {"id": one, "successors": SEPARATOR.join(successors), "reason": reason}
        for one in sorted(going | (evidence & led_to))
    ]
    edit.changes |= rows.changes()
    edit.done.append(f"{named}: {count(went, 'row')} taken out; {count(len(going), 'claim')} retired")
    gone = re.compile("|".join([_address(named), *(rf"(?<![\w-]){one}(?![\w-])" for one in going)]))
    for path, words in _pages(book).items():
        if path not in edit.changes and gone.search(words):
            edit.todo.append(f"{path.relative_to(book).as_posix()}: names {named} or a claim of it; change its words")
    edit.todo += map(str, _new_problems(data, edit.changes))
    return edit


def rename(data: Path, book: Path, old: str, new: str) -> Edit:
    """Give a text another id; all its rows, its chapter and what names it follow.

    Raises
    ------
    LedgerError
        If a table cannot be read.
    ValueError
        If there is no such text, or the new id is none or is or was another's.
    """
    rows = Rows(data)
    if old not in {row["source_id"] for row in rows.tables["sources"]}:
        raise ValueError(f"{old}: must be the id of a text of the ledger")
    if not re.fullmatch(SLUG, new):
        raise ValueError(f"{new}: must be lower-case letters and digits, in groups joined by hyphens")
    if any(new == one or ids.is_of(one, new) for one in rows.taken()):
        raise ValueError(f"{new}: is or was the id of another text; an id is never used again")

    def renamed(row_id: str) -> str:
        return ids.within(new, ids.split(row_id)[1]) if ids.is_of(row_id, old) else row_id

    claims = [row["claim_id"] for row in rows.tables["claims"] if ids.is_of(row["claim_id"], old)]
    earlier = [row for row in rows.tables["retired_ids"] if ids.is_of(row["id"], old)]
    kept = {id(row): row["id"] for row in earlier}
    rows.follow(renamed)
    for row in earlier:
        row["id"] = kept[id(row)]  # an address that was given stays
    for table in rows.tables.values():
        for row in table:
            if row.get("source_id") == old:
                row["source_id"] = new
    reason = f"The text has the id {new} now."
    rows.tables["retired_ids"] += [{"id": one, "successors": renamed(one), "reason": reason} for one in claims]
    edit = Edit(rows.changes())
    address = re.compile(_address(old))
    for path, before in _pages(book).items():
        after = address.sub(new, follow_words(before, renamed))
        if path == book / newtext.FOLDER / f"{old}.ipynb":
            edit.changes |= {path: None, path.with_stem(new): after.encode()}
            continue
        if after != before:
            edit.changes[path] = after.encode()
        if re.search(rf"(?<![\w-]){old}-", after):
            edit.todo.append(f"{path.relative_to(book).as_posix()}: puts together ids of {old}; change it")
    edit.done.append(f"{old} is {new} in {count(len(edit.changes), 'file')}; {count(len(claims), 'old address')} kept")
    edit.todo += [
        f"name your copy of the text {new}.txt",
        f"_config.yml: under claimbook_moved write {newtext.FOLDER}/{old}: {newtext.FOLDER}/{new}, if it was published",
    ]
    return edit


def split(data: Path, book: Path, texts: Path, sentence: str, words: str) -> Edit:
    """Cut a sentence in two before some words of it.

    Parameters
    ----------
    data, book, texts : pathlib.Path
        The data folder, the folder of the book, and that of the copies of the texts.
    sentence : str
        The id of the sentence.
    words : str
        The words that the second one begins with; they must stand in it once.

    Raises
    ------
    LedgerError
        If a table cannot be read, a passage lies on both sides, or words would no longer stand in their sentence; the
        error names every place.
    ValueError
        If there is no such sentence, the words do not stand in it once, or the copy is not the text.
    """
    rows = Rows(data)
    row, text = _sentence(rows, texts, sentence)
    start, end = int(row["start"]), int(row["end"])
    found, _ = newtext.find(text, words, [(sentence, start, end)])
    if len(found) != 1:
        raise ValueError(f"{words!r}: must stand once in {sentence}, and stands there {count(len(found), 'time')}")
    cut = found[0][1].start
    before = start + len(passages.slice_of(text, start, cut).rstrip())
    if before == start:
        raise ValueError(f"{words!r}: must not be the beginning of {sentence}")
    number = ids.place_of(sentence)[1]
    renamed = _numbered(rows, row, lambda at: at + 1 if at > number else at)
    second = ids.sentence(row["source_id"], ids.place_of(sentence)[0], number + 1)
    rows.tables["sentences"].insert(
        rows.tables["sentences"].index(row) + 1,
        row | {"sentence_id": second, "sentence": str(number + 1), "start": str(cut), **_prints(text, cut, end)},
    )
    row |= {"end": str(before), **_prints(text, start, before)}
    across = []
    for name, table in rows.tables.items():
        for one in table if name != "sentences" else ():
            if one.get("sentence_id") != sentence or not one.get("start", "").isdigit():
                continue
            if int(one["start"]) >= cut:
                one["sentence_id"] = second
            elif one["end"].isdigit() and int(one["end"]) > cut:
                rule = f"must lie on one side of character {cut}, where {sentence} is cut: change start or end first"
                across.append(rows.problem(name, one, "end", rule))
    if across:
        raise LedgerError(f"{sentence} cannot be cut there:", across)
    done = f"{sentence} ends at {before}; {second} begins at {cut}; later sentences of the paragraph moved up by one"
    return _resentenced(rows, book, texts, row["source_id"], renamed, done)


def join(data: Path, book: Path, texts: Path, sentence: str) -> Edit:
    """Join a sentence with the next one of its paragraph.

    Parameters and errors are those of :func:`split`.
    """
    rows = Rows(data)
    row, text = _sentence(rows, texts, sentence)
    paragraph, number = ids.place_of(sentence)
    follows = ids.sentence(row["source_id"], paragraph, number + 1)
    after = next((one for one in rows.tables["sentences"] if one["sentence_id"] == follows), None)
    if after is None:
        raise ValueError(f"{sentence}: must have a sentence after it in its paragraph; there is no {follows}")
    if after["role"] != row["role"]:
        raise ValueError(
            f"{follows}: role: {after['role']}: must be that of {sentence}, {row['role']}: change it first"
        )
    row |= {"end": after["end"], **_prints(text, int(row["start"]), int(after["end"]))}
    rows.tables["sentences"] = [one for one in rows.tables["sentences"] if one is not after]
    renamed = _numbered(rows, row, lambda at: at - 1 if at > number else at)
    done = f"{sentence} takes in {follows} and ends at {row['end']}; later sentences moved down by one"
    return _resentenced(rows, book, texts, row["source_id"], renamed, done)


def renumber(data: Path, book: Path, branch: str = "") -> Edit:
    """Before a merge give new ids to rows of ours whose ids another branch of git has given; after it order the rows.

    Parameters
    ----------
    data, book : pathlib.Path
        The data folder, and the folder of the book.
    branch : str
        The branch that this one is to be merged with; without one the rows are put in one order, and those given twice
        go. Both at once would make git take rows that moved for rows that changed.

    Raises
    ------
    LedgerError
        If a table cannot be read.
    ValueError
        If git does not know the branch, or both branches have added a text of one id.
    """
    rows = Rows(data)
    if not branch:
        again = rows.order()
        edit = Edit(rows.changes(), [f"{count(again, 'row')} given twice left out"] * bool(again))
        edit.done.append(f"{count(len(edit.changes), 'table')} put in order")
        return edit
    known = _clashes(rows, data, branch)
    renamed = follower(known)
    rows.follow(renamed)
    for row in rows.tables.get("corrections", []):
        row["correction_id"] = known.get(row["correction_id"], row["correction_id"])
    done = [f"{old} is {new}" for old, new in known.items()] or [f"no id of {branch} is that of another row here"]
    return Edit(rows.changes() | _followed(book, renamed), done)


def _sentence(rows: Rows, texts: Path, sentence: str) -> tuple[Row, str]:
    """Return the row of a sentence, and its text, which must be the one that the ledger was coded from."""
    row = next((one for one in rows.tables["sentences"] if one["sentence_id"] == sentence), None)
    if row is None:
        raise ValueError(f"{sentence}: must be the id of a sentence of the ledger")
    text = passages.read_text(texts, row["source_id"])
    source = next(one for one in rows.tables["sources"] if one["source_id"] == row["source_id"])
    if passages.sha256(text) != source["sha256"]:
        raise ValueError(f"{texts / row['source_id']}.txt: must be the text of the ledger, by its SHA-256")
    return row, text


def _prints(text: str, start: int, end: int) -> dict[str, str]:
    return {name: str(cell) for name, cell in prints.cells(passages.slice_of(text, start, end)).items()}


def _numbered(rows: Rows, row: Row, moved: Callable[[int], int]) -> Callable[[str], str]:
    """Number the sentences of a paragraph anew, let all ids follow, and return what an id is now."""
    source_id, paragraph = row["source_id"], row["paragraph"]
    sentences = rows.tables["sentences"]
    mine = [one for one in sentences if (one["source_id"], one["paragraph"]) == (source_id, paragraph)]
    # The number of a sentence that was joined is no row's any more, but other tables still name it.
    numbers = range(1, max(int(one["sentence"]) for one in mine) + 2)
    name = partial(ids.sentence, source_id, int(paragraph))
    renamed = follower({name(at): name(moved(at)) for at in numbers})
    for one in mine:
        one["sentence"] = str(moved(int(one["sentence"])))
    rows.follow(renamed)
    return renamed


def _resentenced(rows: Rows, book: Path, texts: Path, source_id: str, renamed: Callable[[str], str], done: str) -> Edit:
    """Return the edit of sentences, unless rows on them break rules after it that they keep before.

    What is to be done for the sentences themselves, such as a claim for each, is left to do.
    """
    edit = Edit(rows.changes() | _followed(book, renamed), [done])
    broken = _new_problems(rows.data, edit.changes, texts, source_id)
    file = rows.resources["sentences"]["path"]
    edit.todo += [str(problem) for problem in broken if problem.file == file]
    if others := [problem for problem in broken if problem.file != file]:
        raise LedgerError("the sentences cannot be changed so, because it would break rules:", others)
    return edit


def _new_problems(
    data: Path, changes: dict[Path, bytes | None], texts: Path | None = None, only: str | None = None
) -> list[Problem]:
    """Return what is wrong with the ledger after some changes and was not before."""
    known = Counter(_fault(one) for one in validate(data, texts, only=only))
    with changed(data, changes) as after:
        found = validate(after, texts, only=only)
    fresh = []
    for one in found:
        known[_fault(one)] -= 1
        if known[_fault(one)] < 0:
            fresh.append(one)
    return fresh


@contextlib.contextmanager
def changed(data: Path, changes: Mapping[Path, bytes | None]) -> Iterator[Path]:
    """Give a copy of a data folder, with what a ledger reads beside it, in which some files are changed."""
    with tempfile.TemporaryDirectory() as folder:
        after = Path(shutil.copytree(data, Path(folder) / "data"))
        for name in BESIDE:
            if (data.parent / name).is_dir():
                shutil.copytree(data.parent / name, after.parent / name)
        for path, content in changes.items():
            if path.is_relative_to(data) and content is not None:
                (after / path.relative_to(data)).write_bytes(content)
        yield after


def _fault(problem: Problem) -> tuple[str, ...]:
    """Return what a problem has in common with itself after rows have moved."""
    return problem.file, problem.column, re.sub(r"\d+", "", problem.rule)


def _hand_on(rows: Rows, source_id: str) -> None:
    """Give quantities that another text tells as well the id of that text."""
    told = {row["quantity_id"]: ids.text_of(row["claim_id"]) for row in reversed(rows.tables["quantity_claims"])}
    known: dict[str, str] = {}
    for row in of_text(rows.tables["quantities"], "quantity_id", source_id):
        first = ids.within(told[row["quantity_id"]], ids.split(row["quantity_id"])[1])
        known[row["quantity_id"]] = ids.next_free(first, rows.taken() | set(known.values()))
    rows.follow(follower(known))


def rested_on(rows: Rows) -> dict[str, set[str]]:
    """Return which events, quantities, origins and actors something in the ledger rests on."""
    own = {row["origin"] for row in rows.tables["evidence"]} | rows.origins_of_records
    owners = {row["owner"] for row in rows.tables["origins"] if row["origin"] in own}
    actors = {row[column] for table, column in ACTORS_IN for row in rows.tables[table]}
    return {
        "events": {row["event_id"] for row in rows.tables["event_claims"]},
        "quantities": {row["quantity_id"] for row in rows.tables["quantity_claims"]},
        "origins": own | owners,
        "actors": actors | owners - {row["origin"] for row in rows.tables["origins"]},
    }


def drop_idle(rows: Rows, before: Mapping[str, set[str]]) -> int:
    """Take out what something rested on before (:func:`rested_on`) and nothing does now; return how many rows went."""
    went = 0
    for table, known in before.items():
        idle = known - rested_on(rows)[table]
        went += rows.drop(table, rows.key(table)[0], idle)
    return went


def _clashes(rows: Rows, data: Path, branch: str) -> dict[str, str]:
    """Return new ids for rows that this branch has added under ids that another has given to other rows."""
    base = _git(data, "merge-base", "HEAD", branch).strip()
    mine, theirs, before = rows.tables, {}, {}
    for name, resource in rows.resources.items():
        for ref, tables in ((branch, theirs), (base, before)):
            tables[name] = _of_branch(data, ref, resource["path"])
    added = {row["source_id"] for row in theirs["sources"]} - {row["source_id"] for row in before["sources"]}
    for row in mine["sources"]:
        if row["source_id"] in added and row not in theirs["sources"]:
            rule = f"{branch} has added another text of this id; first: python -m claimbook rename"
            raise LedgerError("the branches cannot be merged:", [rows.problem("sources", row, "source_id", rule)])
    taken = rows.taken() | {row[rows.key(name)[0]] for name, table in theirs.items() for row in table if rows.key(name)}
    known: dict[str, str] = {}
    for name in NUMBERED:
        key = rows.key(name)[0]
        ours, others, old = (_by_key(tables[name], key) for tables in (mine, theirs, before))
        for one in ours.keys() & others.keys() - old.keys():
            if ours[one] != others[one] and ids.claim_of(one) not in known:
                known[one] = ids.next_free(one, taken)
                taken.add(known[one])
    return dict(sorted(known.items()))


def _by_key(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def _of_branch(data: Path, ref: str, file: str) -> list[Row]:
    """Return the rows of a table as a branch has them; none where it has no such table."""
    with contextlib.suppress(ValueError):
        return list(csv.DictReader(io.StringIO(_git(data, "show", f"{ref}:./{file}").removeprefix("\ufeff"))))
    return []


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def _pages(book: Path) -> dict[Path, str]:
    """Return the words of each file of a book in which words name ids: its pages, contents and checks."""
    found = [*book.glob("*.md"), book / "_toc.yml", *book.glob(f"{CHECKS}/*.py")]
    found += [path for end in ("ipynb", "md") for path in book.glob(f"chapters/**/*.{end}")]
    return {path: path.read_bytes().decode("utf-8") for path in sorted(found) if path.is_file()}


def _address(source_id: str) -> str:
    """Return what finds a text where a page means it: quoted or in an address; elsewhere its id may be a word."""
    return rf"(?<=texts/){source_id}(?![\w-])|(?<=[\"'/(#]){source_id}(?=\.ipynb|\.html|\\?[\"'])"


def _followed(book: Path, renamed: Callable[[str], str]) -> dict[Path, bytes | None]:
    """Return the pages of a book that name an id which has changed, with it changed."""
    after = {path: (words, follow_words(words, renamed)) for path, words in _pages(book).items()}
    return {path: now.encode() for path, (before, now) in after.items() if now != before}


def _without_chapter(book: Path, source_id: str, todo: list[str]) -> dict[Path, bytes | None]:
    """Return the change that takes out a text's chapter and its line in the table of contents."""
    changes: dict[Path, bytes | None] = {}
    chapter, toc = book / newtext.FOLDER / f"{source_id}.ipynb", book / "_toc.yml"
    if chapter.exists():
        changes[chapter] = None
    line = re.compile(rf"^\s*- file: [\"']?{newtext.FOLDER}/{source_id}(?:\.ipynb)?[\"']?[^\S\n]*\r?\n", re.MULTILINE)
    before = toc.read_bytes().decode("utf-8") if toc.is_file() else ""
    after, number = line.subn("", before)
    if number == 1:
        changes[toc] = after.encode()
    else:
        todo.append(f"_toc.yml: take the line of {newtext.FOLDER}/{source_id} out")
    if (book / "CITATION.cff").is_file():
        todo.append("CITATION.cff: take the entry of the text out")
    return changes

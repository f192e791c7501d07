"""Adding a text: its sentences by position, the rows that can be written, a chapter, and a list of what is to do.

What only a reader can know stays empty, and validation asks for it; nothing is invented to fill a cell. The text
itself is read and never copied.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from claimbook.authoring import skeleton, splitting, transaction
from claimbook.authoring.yaml_lists import YamlFile
from claimbook.exchange import citation
from claimbook.model import bibliography, calendars, ids, languages, passages, prints, schema
from claimbook.model.ledger import folder_of, read_schema
from claimbook.model.letters import slug
from claimbook.model.problems import LedgerError, Problem
from claimbook.model.schema import CELL_RULES
from claimbook.validation.inspection import SLUG

FOLDER = "chapters/texts"
"""Where a book keeps the chapters of its texts."""
TABLES = ("sources", "sentences", "actors", "chains", "claims")


@dataclass(frozen=True)
class Options:
    """What a reader says of a text; empty where it is not stated.

    Attributes
    ----------
    id : str
        Identifier of the text, lower case with hyphens; every other identifier of the text begins with it.
    genre, language : str
        As the columns of ``sources.csv``.
    title, outlet, author, url : str
        As stated on the text or its published page.
    published : str
        The bounds of the day of publication, as :func:`bounds` takes them.
    short_name : str
        Name for charts, unlike that of any other text; by default the outlet, or else the author, with the year, and
        with the identifier where another text has that name.
    voice : str
        The actor in whose own voice the text speaks; by default the author, or else the outlet, who becomes an
        actor where there is none of that name.
    abbreviations : tuple of str
        Words that a full stop follows without ending a sentence, beyond those known.
    breaks : tuple of str
        Words that begin a sentence where the rules see none.
    """

    id: str
    genre: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published: str = ""
    language: str = "en"
    short_name: str = ""
    voice: str = ""
    abbreviations: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What adding a text would change.

    Attributes
    ----------
    changes : dict of pathlib.Path to bytes
        Each file with its new content; empty where the text is there already.
    sentences : list of Sentence
        The sentences.
    text : str
        The text.
    todo : list of str
        What only a reader can do next, in order.
    """

    changes: dict[Path, bytes]
    sentences: list[splitting.Sentence]
    text: str
    todo: list[str]


def book_of(data: Path, given: Path | None = None) -> Path:
    """Return the folder of the book to which a data folder belongs: the one above it, unless another is given.

    Raises
    ------
    ValueError
        If there is no ``_toc.yml`` in it.
    """
    book = given or data.resolve().parent
    if not (book / "_toc.yml").is_file():
        raise ValueError(f"{book} holds no _toc.yml, so no chapter can be added there: name the book's folder (--book)")
    return book


def add(path: Path, options: Options, data: Path, book: Path | None = None) -> Plan:
    """Add a text to the ledger in `data` and to the book, as one change of all files.

    Parameters
    ----------
    path : pathlib.Path
        The text, a UTF-8 file. It is not copied.
    options : Options
        What is known of it.
    data : pathlib.Path
        The data folder.
    book : pathlib.Path, optional
        The folder of ``_toc.yml`` and ``chapters``; by default the one above `data`.

    Returns
    -------
    Plan
        What was changed, with what is to do; a text that is there already, with these options, changes nothing.

    Raises
    ------
    OSError
        If a file cannot be read or written.
    ValueError
        If the file or an option breaks a rule; the message names each, its value and the rule. Nothing is written.
    """
    book = book_of(data, book)
    with transaction.locked(book):
        made = plan(path, options, data, book)
        if made.changes:
            transaction.apply(book, made.changes)
    return made


def plan(path: Path, options: Options, data: Path, book: Path) -> Plan:
    """Work out what :func:`add` would change, without changing it."""
    text = read(path)
    # What a terminal on macOS passes on may be in another normal form than the tables are read in.
    given = {name: passages.nfc(value) for name, value in asdict(options).items() if isinstance(value, str)}
    options = replace(options, **given)
    package = read_schema(data)
    read_tables = _read_tables(data, package)
    cells = {name: table.cells.frame() for name, table in read_tables.items()}
    others = cells["sources"].loc[cells["sources"]["source_id"] != options.id, "short_name"]
    source, problems = _source(options, text, package, set(others))
    problems += _taken(options, source, cells, book)
    language = languages.read(options.language, folder_of(data, languages.FOLDER))
    try:
        sentences = splitting.sentences(text, options.abbreviations, language, options.breaks)
    except ValueError as error:
        problems += [f"--break: {line}" for line in str(error).splitlines()]
        sentences = []
    made = [ids.sentence(options.id, s.paragraph, s.sentence) for s in sentences]
    # A book that was begun with room for fewer says so in its own schema.
    column = schema.Column(_fields(package, "sentences")["sentence_id"])
    for rule in dict.fromkeys(column.outside(set(made)).values()):
        problems.append(f"{path}: {made[-1]}: {rule}; let {schema.FILE} take it, or split the text into several")
    if problems:
        raise ValueError("\n".join(problems))
    if options.id in set(cells["sources"]["source_id"]):
        return Plan({}, sentences, text, [])

    voice, actor = _voice(options, cells["actors"])
    rows = {
        "sources": [source | {"voice": voice}],
        "sentences": [
            {
                "sentence_id": sentence_id,
                "source_id": options.id,
                "paragraph": s.paragraph,
                "sentence": s.sentence,
                "start": s.start,
                "end": s.end,
                "role": "content",
                **prints.cells(passages.slice_of(text, s.start, s.end)),
            }
            for sentence_id, s in zip(made, sentences, strict=True)
        ],
        "actors": [actor] if actor else [],
        "chains": [
            {
                "chain_id": ids.chain(options.id, 1),
                "hop": 1,
                "actor_id": voice,
                "verb": "asserts",
                "anonymity": "named" if options.author or options.outlet or options.voice else "unnamed",
            }
        ],
    }
    changes = {data / read_tables[t].cells.file: read_tables[t].cells.written(new) for t, new in rows.items() if new}
    chapter = book / FOLDER / f"{options.id}.ipynb"
    heading = _markdown(options.title or source["short_name"])
    changes[chapter] = skeleton.notebook(options.id, heading)
    toc = book / "_toc.yml"
    changes[toc], beside = _listed(toc, options.id, list(cells["sources"]["source_id"]))
    cff = book / "CITATION.cff"
    if cff.exists():
        changes[cff] = _cited(cff, source)
    todo = _todo(options, source, actor, path, len(sentences), chapter, book)
    if not beside:
        todo.insert(0, "_toc.yml: its line begins the first list, as no other text has one; move it where it belongs")
    return Plan(changes, sentences, text, todo)


def read(path: Path) -> str:
    """Read a reader's own text.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is empty, binary, not UTF-8, or begins with a byte order mark.
    """
    raw = path.read_bytes()
    if b"\0" in raw:
        raise ValueError(f"{path}: NUL at byte {raw.index(0)}: must be a text, not a binary file")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        value = raw[error.start : error.end].hex(" ")
        raise ValueError(f"{path}: {value} at byte {error.start}: must be UTF-8; save it as UTF-8") from None
    if text.startswith("\ufeff"):
        raise ValueError(f"{path}: ef bb bf at byte 0: must not begin with a byte order mark; save it without one")
    for at, character in enumerate(text):
        if unicodedata.category(character) == "Cc" and not character.isspace():
            raise ValueError(f"{path}: {character!r} at character {at}: must be a text, without control characters")
    if not any(map(str.isalnum, text)):
        raise ValueError(f"{path}: {len(text)} characters: must not be empty")
    return text


def find(
    text: str, words: str, sentences: Iterable[tuple[str, int, int]]
) -> tuple[list[tuple[str, passages.Place]], list[passages.Place]]:
    """Return every place in a text that looks like some words (:func:`claimbook.model.passages.alike`).

    Parameters
    ----------
    text, words : str
        The text as it stands, and words of it.
    sentences : iterable of tuple of (str, int, int)
        Identifier, start and end of each sentence.

    Returns
    -------
    found : list of tuple of (str, Place)
        The places that lie in one sentence, each with its identifier.
    across : list of Place
        The others.
    """
    across, found = passages.alike(words, text), []
    for key, start, end in sentences:
        found += [(key, place) for place in across if start <= place.start and place.end <= end]
    within = {(place.start, place.end) for _, place in found}
    return found, [place for place in across if (place.start, place.end) not in within]


def chapter_of(source_id: str) -> str:
    """Return the path of a text's chapter within its book."""
    return f"{FOLDER}/{source_id}.ipynb"


def unwritten(book: Path, texts: Iterable[str]) -> list[Problem]:
    """Return a problem for every cell of a text's chapter in `book` that still waits for its author's words."""
    problems = []
    for source_id in texts:
        path = book / chapter_of(source_id)
        try:
            sources = ["".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
        except FileNotFoundError:
            continue  # a ledger may be kept without its book
        except (OSError, ValueError, KeyError, TypeError):
            problems.append(Problem(chapter_of(source_id), None, "", "", "must be a notebook"))
            continue
        for number, source in enumerate(sources, 1):
            for line in source.splitlines():
                if skeleton.TO_DO in line:
                    rule = f"write it, and remove {skeleton.TO_DO!r} (the row is the cell's number)"
                    problems.append(Problem(chapter_of(source_id), number, "source", line, rule))
    return problems


def _read_tables(data: Path, package: dict) -> dict[str, schema.Table]:
    """Read the tables that rows are added to; what is still to be filled in is no hindrance."""
    reading = schema.read(data, package, TABLES)
    if reading.malformed:
        raise LedgerError("a table cannot be read, so nothing can be added to it:", reading.malformed)
    if missing := set(TABLES) - set(reading.tables):
        raise ValueError(f"datapackage.json: {', '.join(sorted(missing))}: the ledger needs these tables")
    return reading.tables


def _fields(package: dict, table: str) -> dict[str, dict]:
    """Return what the data package says of each column of a table."""
    return {f["name"]: f for r in package["resources"] if r["name"] == table for f in r["schema"]["fields"]}


def _source(options: Options, text: str, package: dict, names: set[str]) -> tuple[dict[str, str], list[str]]:
    """Return the row of the text in ``sources.csv`` and what is wrong with the options it is made of.

    `names` are the short names of the other texts.
    """
    problems = []

    def refuse(option: str, value: str, rule: str) -> None:
        problems.append(f"--{option.replace('_', '-')}: {value}: {rule}")

    fields = _fields(package, "sources")
    for option in ("id", "title", "outlet", "author", "genre", "url", "language", "short_name", "voice"):
        value = getattr(options, option)
        for form, rule in CELL_RULES:
            if form.search(value):
                refuse(option, value, rule)
    if not re.fullmatch(SLUG, options.id):
        rule = "must be lower-case letters and digits, in groups joined by hyphens, as in"
        refuse("id", options.id, f"{rule} {slug(options.id) or 'alder-2030'}")
    genres = fields["genre"]["constraints"]["enum"]
    if options.genre not in genres:
        refuse("genre", options.genre, f"must be one of: {', '.join(genres)}")
    if not re.fullmatch(fields["language"]["constraints"]["pattern"], options.language):
        refuse("language", options.language, "must be an ISO 639-1 code of two letters, such as en")
    if options.url and not bibliography.is_web_address(options.url):
        refuse("url", options.url, "must be an http(s) address with a host")
    if options.voice and not re.fullmatch(SLUG, options.voice):
        rule = "must be an actor_id: lower case with hyphens, as in"
        refuse("voice", options.voice, f"{rule} {slug(options.voice) or 'town-council'}")
    earliest = latest = ""
    if options.published:
        try:
            earliest, latest = bounds(options.published)
        except ValueError as error:
            refuse("published", options.published, str(error))
        else:
            column = schema.Column(fields["published_earliest"])
            guess = calendars.guess(options.published, lambda date: not column.outside({date}))
            for rule in dict.fromkeys(column.outside({earliest, latest}).values()):
                refuse("published", options.published, rule + guess)
    year = earliest[:4] if earliest[:4] == latest[:4] else ""
    named = options.outlet or options.author
    if options.short_name in names:
        refuse("short_name", options.short_name, "is the short name of another text")
    short = options.short_name or " ".join(filter(None, [named, year])) or options.id
    if short in names:
        short = f"{short} ({options.id})"
    stated = {
        "source_id": options.id,
        "short_name": short,
        "title": options.title,
        "outlet": options.outlet,
        "author": options.author,
        "published_earliest": earliest,
        "published_latest": latest,
        "genre": options.genre,
        "language": options.language,
        "url": options.url,
        "sha256": passages.sha256(text),
        "characters": str(len(text)),
    }
    return dict.fromkeys(fields, "") | stated, problems


def bounds(published: str) -> tuple[str, str]:
    """Return the first and the last day of a day, month or year, or of two of them with a slash between.

    Digits may be of any script, and dates of another calendar, as :func:`claimbook.model.calendars.read` takes them.

    Raises
    ------
    ValueError
        If it is none of these; the message is the rule.

    Examples
    --------
    >>> bounds("2001-11"), bounds("2018-01-19/2019"), bounds("persian 1402-01-16")
    (('2001-11-01', '2001-11-30'), ('2018-01-19', '2019-12-31'), ('2023-04-05', '2023-04-05'))
    """
    rule = "must be a date, YYYY-MM-DD, YYYY-MM or YYYY, or two of them with a slash between, the earlier first"
    try:
        span = calendars.read(published)
    except ValueError as error:
        raise ValueError(str(error) if " " in published else rule) from None
    if not span.first or not span.last:
        raise ValueError(rule)
    return span.first, span.last


def _taken(options: Options, source: dict[str, str], cells: dict, book: Path) -> list[str]:
    """Say what of the text is there already; nothing where it is new, or there with these very options."""
    sources = cells["sources"]
    here = sources[sources["source_id"] == options.id]
    same = sources[(sources["sha256"] == source["sha256"]) & (sources["source_id"] != options.id)]
    if len(same):
        return [f"--id: {options.id}: this very text is in the ledger already, as {same['source_id'].iloc[0]}"]
    if here.empty:
        chapter = book / FOLDER / f"{options.id}.ipynb"
        return [f"--id: {options.id}: there is a chapter {chapter} already"] if chapter.exists() else []
    row = here.iloc[0]
    if row["sha256"] != source["sha256"]:
        return [f"--id: {options.id}: is the id of another text of the ledger; an id is never used again"]
    stated = {name: name for name in ("title", "outlet", "author", "genre", "url", "language")}
    stated |= {"published_earliest": "published", "published_latest": "published"}
    return [
        f"--{option}: {source[name]}: the text is there already, with {row[name] or 'nothing'}; change sources.csv"
        for name, option in stated.items()
        if source[name] and source[name] != row[name]
    ]


def _voice(options: Options, actors) -> tuple[str, dict[str, str] | None]:
    """Return the actor who speaks in the text, and its new row where there is none of that id or name."""
    name = options.author or options.outlet or f"Author of {options.id}"
    kind = "person" if options.author or not options.outlet else "media"
    if options.voice:
        voice = options.voice
    else:
        known = actors[actors["name"] == name]["actor_id"]
        unnamed = f"{'author' if kind == 'person' else 'outlet'}-of-{options.id}"
        voice = known.iloc[0] if len(known) else slug(name) or unnamed
        if known.empty and voice in set(actors["actor_id"]):
            voice = f"{voice}-{options.id}"
    if voice in set(actors["actor_id"]):
        return voice, None
    return voice, {"actor_id": voice, "name": name, "kind": kind}


def _markdown(words: str) -> str:
    """Return words as Markdown that shows them as they are."""
    return re.sub(r"([\\`*_{}\[\]<>()#|~$&!])", r"\\\1", words)


def _listed(toc: Path, source_id: str, texts: list[str]) -> tuple[bytes, bool]:
    """Return the table of contents with the new chapter after those of the other texts, all else as it was.

    Where no other text has a chapter there, the new one begins the first list.

    Returns
    -------
    content : bytes
        The file's new content.
    beside : bool
        Whether it stands beside another text.

    Raises
    ------
    ValueError
        If the file is no table of contents that a chapter can be added to; the message says how to mend it.
    """
    file = YamlFile(toc, toc.read_bytes())
    if not isinstance(file.said, dict) or not isinstance(file.said.get("root"), str):
        rule = "must name the first page of the book and list its chapters: write “root: index” and below it"
        raise ValueError(f"{toc}: {rule} “chapters:”, with a line “- file: chapters/…” for each")
    lists = file.lists("chapters", "sections")
    if not lists:
        raise ValueError(f"{toc}: must have a list of chapters that a chapter can be added to: write “chapters:” in it")
    entry = f"{FOLDER}/{source_id}"
    pages = [(listed, place, _page(one)) for listed in lists for place, one in enumerate(listed.entries, 1)]
    if any(page == entry for _, _, page in pages):
        raise ValueError(f"{toc}: {entry}: is listed already")
    own = [(listed, place) for listed, place, page in pages if page.removeprefix(f"{FOLDER}/") in texts]
    listed, place = own[-1] if own else (lists[0], 0)
    return file.with_entry(listed, place, {"file": entry}, [f"- file: {entry}"]), bool(own)


def _page(entry: object) -> str:
    """Return the page that an entry of a table of contents names, without suffix; "" where it names none."""
    return str(entry.get("file", "")).removesuffix(".ipynb") if isinstance(entry, dict) else ""


def _cited(cff: Path, source: dict[str, str]) -> bytes:
    """Return ``CITATION.cff`` with the text after its other references, all else as it was.

    Raises
    ------
    ValueError
        If its references are no list that an entry can be added to.
    """
    name = "references"
    file = YamlFile(cff, cff.read_bytes())
    if isinstance(file.said, dict) and name not in file.said:
        file = file.with_key(name)
    listed = next((one for one in file.lists(name) if one.owner is file.said), None)
    if listed is None:
        raise ValueError(f"{cff}: {name}: must be a YAML list, one entry below the other, so that one can be added")
    reference = citation.reference(source)
    lines = [line.removeprefix("  ") for line in citation.yaml({name: [reference]}).splitlines()[1:]]
    return file.with_entry(listed, len(listed.entries), reference, lines)


def _todo(
    options: Options, source: dict[str, str], actor: dict | None, path: Path, sentences: int, chapter: Path, book: Path
) -> list[str]:
    stated = [name for name in ("title", "outlet", "url") if source[name]]
    nameless = "" if not actor or slug(actor["name"]) else "its id, which the letters of the name do not give; "
    reasons = ", ".join(f"{name}_basis" for name in [*stated, "author", "date"])
    return [
        f"keep your file as {options.id}.txt in a folder of texts (it was not copied: {path}), and name the folder in "
        "CLAIMBOOK_TEXTS or --texts, so that validation compares every passage with it",
        f"read the {sentences} sentences; furniture of the page (bylines, notices) gets the role boilerplate in "
        "sentences.csv",
        f"sources.csv: say how you know it ({reasons}), whom the text speaks for (stance), and how reliable it is "
        "(reliability, reliability_reason)",
        *([f"actors.csv: check the row {actor['actor_id']} ({nameless}kind; living, for a person)"] if actor else []),
        "make lab, chapter Workbench: choose words of the text and fill in forms; it writes the rows that follow here",
        f"claims.csv: one row per fact for each sentence of role content, on the chain {options.id}-k01 where the text "
        "speaks in its own voice; the codebook chapter has the rules, the data chapter the columns of every table",
        f'python -m claimbook passage {options.id} "some words" --texts DIR prints the sentence and the offsets of '
        "words of it",
        "chains.csv: a chain for every other speaker, hop by hop, each a row of actors.csv; claim_links.csv: "
        "content_of from the matter itself to the claim that it was said, and which claim denies which",
        "claim_accused.csv: whom a claim accuses of wrongdoing, if anybody; such a claim takes more than one witness",
        "mentions.csv: every name; quantities.csv with quantity_claims.csv, events.csv with event_claims.csv and "
        "event_actors.csv: every number and date, or number_exceptions.csv where it is neither",
        "evidence.csv or searches.csv: for each checkable claim what stands for and against it, or what was sought; "
        "a publication is an entry of references.bib, who found it out a row of origins.csv with its owner, and "
        "fact_public_from says whether it could be known when the text appeared; the thesis needs a search in any case",
        f"{chapter.relative_to(book)}: write what stands as “{skeleton.TO_DO}”",
        f"python -m claimbook validate --only {options.id} --texts DIR: says what is still missing, place by place",
        "make book (python -m claimbook.site): builds the book with the new chapter",
    ]

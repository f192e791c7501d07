"""Command line of the ledger: ``python -m claimbook`` with a command, from ``init`` to ``agreement``."""

import argparse
import datetime
import json
import sys
from pathlib import Path

from claimbook.analysis import agreement, pooling
from claimbook.authoring import adjudicate, decisions, edits, init, migrate, newtext, transaction
from claimbook.exchange.export import SUMS, VERDICTS, export, refuse_foreign, require_parquet
from claimbook.exchange.published import base_url
from claimbook.model import ids, schema
from claimbook.model.bibliography import FILE as REFERENCES
from claimbook.model.bibliography import is_web_address
from claimbook.model.decimals import count
from claimbook.model.ledger import data_dir, is_record, load, texts_dir
from claimbook.model.passages import read_text, told
from claimbook.model.problems import lines
from claimbook.model.records import INSTALL
from claimbook.model.settings import BASE_URL
from claimbook.validation import SCHEMA, validate
from claimbook.validation.scope import left

PLAIN = argparse.RawDescriptionHelpFormatter
INIT = "begin a book of your own: schema, empty tables, chapters, configuration"
INIT_HELP = """\
The folder then holds a book that can be built as it is and grows with each text: empty tables under the schema that
every ledger has, the chapters that hold for any book, and the configuration with what you say here. The README in it
says how to go on. Its pages, verdicts and exports speak English, whatever the language of its texts. All files are
written or none is; a folder that holds something is refused.
"""

RULES_HELP = """\
Each problem is one line, file:row:column: value: rule. Row is the line of the file, the header being line 1;
parts that do not apply stay empty. The same fault in more than ten rows of a column is one line with their number.
The exit status is 1 where there is a problem.

A byte-order mark, any line ends, TRUE and FALSE, quotation marks round every cell, empty rows and columns at the end
and any normal form of Unicode are no problem: an export, and every table that new-text adds to, is written in one form.

With --texts, or CLAIMBOOK_TEXTS in the environment, every passage, hash and quote is compared with your own
copies of the texts, a <source_id>.txt each; without them that part is skipped, and the last line says so.

--only ID shows what is left to do for one text, of which you have a copy: the problems of its rows, of what they name,
and of its chapter, and then how many of its sentences still have some, as in "12 of 40 sentences left".

In a book, the chapters of the texts are looked through as well for what is still to be written.
"""

MIGRATE_HELP = """\
Brings a ledger of the first edition (version 1 or lower in datapackage.json) to the second: the columns and tables that
are new, and the verdict called not_established that was called unverifiable. What was coded stays: each origin is its
own owner, nobody is accused of anything, and who held a claim true in part is taken to affirm that part. Then say in
origins.owner who controls an origin, and in claim_accused.csv who is accused.

The ledger must be sound as it stands. All files change together or none does; a ledger of the second edition stays as
it is. Rows that break a rule which is new are listed in debts.csv, with the rule, so that the ledger is valid at once.
Mend them one by one and delete their lines: validate says when a line is to go.
"""

EXPORT_HELP = f"""\
Writes the tables, the records, {VERDICTS}, {SCHEMA}, {REFERENCES} and {SUMS} (check it with: sha256sum -c {SUMS}).
The ledger is validated first, and nothing is written where there is a problem. Every table has the cells of its file,
as UTF-8 without a byte-order mark, with LF and quotation marks only where needed; {VERDICTS} is computed, and {SCHEMA}
gains its description.

Spreadsheets run cells that start with = + - @ tab or return as formulas. An export would have to put an
apostrophe before them; here validation refuses such cells in the ledger, numbers excepted, so that an export is
safe to open and still equals the ledger. In tables that are computed, such a text gets the apostrophe.

--all adds the tables worked out (derived/), all tables in one SQLite database with types and keys (ledger.sqlite),
reviewed claims (claimreview.jsonld: schema.org ClaimReview), events (plover/), passages (annotations.jsonl: W3C Web
Annotation), the schemas of these, README.txt, LICENCES.txt, CITATION.cff, citation.bib, ro-crate-metadata.json, and a
zip of it all. Records stay apart in records/ under their
publishers' terms. --parquet adds every table as Parquet and needs pyarrow: {INSTALL.format("parquet")}.

Links to the book are absolute where its address is known: --base-url, else {BASE_URL}, else html.baseurl in the
_config.yml beside the data folder. The same ledger and address give the same bytes.

DIR must be new, empty, or an earlier export that nobody has changed since. It is replaced as a whole at the end.
"""

RELEASE_HELP = """\
A version of the book is a tag of the repository with a name, a date, and a zip of book and tables that opens without
server or network. It takes two steps.

1. release --name NAME notes the version of datapackage.json: its row in versions.csv, with the last correction that it
   holds, and the verdict on every claim in version_verdicts.csv. CITATION.cff, and README.md where it names version and
   day, follow. As long as there is no tag, the same version may be noted again. Every verdict that is not that of the
   version before needs a correction that says why.
2. Commit, build the book, and run release. It writes dist/<name>-<version>.zip and prints the line that sets the tag.

Both steps change nothing where something is amiss, and say how to mend it. The same commit gives the same bytes.
"""

NEW_TEXT_HELP = """\
Splits the text into sentences and adds what can be written: rows in sources.csv, sentences.csv, chains.csv and
actors.csv, a chapter from the common skeleton, and its line in _toc.yml. What only a reader can know stays empty; the
list printed at the end says what it is, and validate says so until it is done. All files change together or none does.
The text is not copied: keep your file, and name its folder in CLAIMBOOK_TEXTS to have every passage compared with it.

--published takes a day, a month or a year (2001-11), or two of them with a slash between (2018-01-19/2019-01-18). A
date of another calendar follows its name: "persian 1402-01-16" (solar Hijri), "julian 1917-10-25", "buddhist 2566".

Sentences end as --language ends them. With --dry-run they are shown and nothing is written: where one is cut at an
abbreviation, give the word as --abbreviation; where two stand as one, give the first words of the second as --break;
and look again. The book is the folder above the data folder, unless --book names another.
"""

PASSAGE_HELP = """\
Prints a line per place, sentence_id,start,end, as the tables need them. With --texts, or CLAIMBOOK_TEXTS in the
environment, naming the folder of your <source_id>.txt.

Offsets count Unicode code points (not bytes, not UTF-16 units) from 0 in the text as it stands, the end excluded.

Words that look the same are found as well: in another normal form of Unicode, with other quotation marks, apostrophes,
hyphens or dashes, with other white space or a line break, with soft hyphens. The offsets are those of the text, and
what differs is said on standard error. A cell must then have the words as the text has them, but for two things: it
may be in another normal form, and has a blank where the text has a line break.
"""

REMOVE_HELP = """\
Takes out the rows of the text or claim and all that hang on them, its chapter, and the events, quantities, origins and
actors that nothing else names. Each claim that goes leaves its id in retired_ids.csv with the reason, so that an old
address still answers. What still names it is listed. All files change together or none does.
"""

RENAME_HELP = """\
Every row of the text, its chapter, the contents, and what chapters and checks name get the new id. The old ids of its
claims are kept in retired_ids.csv and lead to the new ones. All files change together or none does.
"""

SPLIT_HELP = """\
WORDS are those that the second sentence begins with. Claims, mentions and exceptions go to the side on which their
passage lies, and later sentences of the paragraph move up by one; hashes are computed from your copy of the text. A
passage that lies on both sides is named and nothing changes, as where words of a row would leave their sentence.
"""

JOIN_HELP = """\
The sentence takes in the one that follows it in its paragraph, with all rows on it; later ones move down by one.
"""

RENUMBER_HELP = """\
Before two branches of git are merged: with BRANCH, rows that are new here get ids that are free in both wherever BRANCH
has given theirs to other rows; what names them follows. After it: without BRANCH, rows given twice are left out, and
all stand in one order, whoever merged. validate then names each row that both branches have changed.
"""

CLAIMREVIEW_HELP = """\
Prints reviews as schema.org ClaimReview in one DataFeed, as an export has them in claimreview.jsonld; each with
verdict, reason and denial. The organisation is the first contributor of datapackage.json,
unless you name another. Each review is dated by the last search or correction on its claim, unless you give a day. The
ledger is validated first, and nothing is printed where there is a problem.
"""

AGREEMENT_HELP = f"""\
A, B and more are codings of the same text: data folders, or exports of them. Their sentences must be the same.

{agreement.METHOD}
"""

ADJUDICATE_HELP = f"""\
A and B are two codings of the same text: data folders, or exports of them. Without --into the file of decisions is
written, a row for each difference; what it has decided already is kept. Fill in of each row

  decision  one of: {decisions.FIRST}, {decisions.SECOND} (that coding's value stands); {decisions.KEEP}, \
{decisions.LEAVE_OUT} (of what one coding alone has);
            of layer, kind, weight and polarity also any other value
  by, date, reason

With --into the two become one ledger in DIR, which must be new or empty, or A, whose place it takes. It keeps every
decision in adjudications.csv. Nothing is written while a difference is undecided, a decision fits none, or the ledger
that comes out breaks a rule. Ids are those of A; what B alone has gets free ones, what A alone had and was left out is
retired. Searches of both are joined. The words of a claim are those of whoever's statement stands, the words of a row
of evidence those of whoever's stance stands. A third coding is joined to the outcome in the same way.
"""

POOL_HELP = """\
FILE is what the blind exercise saves, of one coder or of several; a folder stands for all CSV files in it. Alpha is
Krippendorff's over all coders, as in the command agreement. A claim is the more disputed the larger the share of pairs
of coders who differ on it. Values that the exercise does not offer, and claims that the ledger has not, are refused.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : list of str, optional
        Default: those of the process.

    Returns
    -------
    int
        Exit status: 0, or 1 where there is a problem.
    """
    sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        if options.run is _init:
            return _init(options)
        data = Path(options.data) if options.data else getattr(options, "first", None) or data_dir()
        if (root := _book(data, options)) and transaction.recover(root):
            print(f"claimbook: what was left half-done in {root} has been undone", file=sys.stderr)
        return options.run(data, options)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"claimbook: {f'{error.filename}: {error.strerror}' if error.filename else error}", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"claimbook: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m claimbook", description="Begin a book, add texts, validate and export the ledger."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, run, text: str, epilog: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=text,
            description=text,
            epilog=epilog,
            formatter_class=PLAIN,
        )
        made.add_argument(
            "--data", metavar="DIR", help="data folder; default: CLAIMBOOK_DATA, else data/ here or above"
        )
        made.add_argument("--texts", metavar="DIR", help="folder of the texts; default: CLAIMBOOK_TEXTS")
        made.set_defaults(run=run)
        return made

    begin = commands.add_parser("init", help=INIT, description=INIT, epilog=INIT_HELP, formatter_class=PLAIN)
    begin.set_defaults(run=_init)
    begin.add_argument("directory", metavar="DIR", type=Path, help="folder to write, new or empty")
    begin.add_argument("--title", required=True, help="title of the book")
    begin.add_argument("--subject", default="", help='what its texts are about, after "texts": "on the weather"')
    begin.add_argument("--organisation", default="", help="who makes it and is credited; default: its makers")
    begin.add_argument("--organisation-url", metavar="URL", default="", help="its address")
    begin.add_argument("--coder", default="not stated", help="who coded the texts and the evidence")
    begin.add_argument("--licence", default="CC-BY-4.0", help=f"of data and words: {', '.join(init.LICENCES)}")
    check = command("validate", _validate, "check every table, and passages where the texts are given", RULES_HELP)
    check.add_argument("--only", metavar="ID", help="this text alone, with a count of what is left")
    bring = command("migrate", _migrate, "bring a ledger of the first edition to the second", MIGRATE_HELP)
    bring.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
    export = command("export", _export, "validate, then write the tables to a folder", EXPORT_HELP)
    export.add_argument("directory", metavar="DIR", type=Path, help="folder to write")
    export.add_argument("--all", action="store_true", help="everything: derived tables, other formats, a zip")
    export.add_argument("--parquet", action="store_true", help="also every table as Parquet (needs pyarrow)")
    export.add_argument("--base-url", metavar="URL", help="address at which the book is published")
    release = command("release", _release, "note a version of the book, then pack it as a zip", RELEASE_HELP)
    release.add_argument("--name", metavar="NAME", help="note the version under this name; packs nothing")
    release.add_argument("--date", metavar="DAY", help="with --name: day of the release, YYYY-MM-DD; default: today")
    add = command("new-text", _new_text, "add a text: its sentences, its rows, its chapter", NEW_TEXT_HELP)
    add.add_argument("path", metavar="PATH", type=Path, help="the text, UTF-8")
    add.add_argument("--id", required=True, help="identifier, lower case with hyphens, such as alder-2030")
    add.add_argument(
        "--genre", required=True, help="kind of text: news, opinion …; a word that is none is answered with the list"
    )
    for name, text in (
        ("title", "title as published"),
        ("outlet", "who published it"),
        ("author", "author as named"),
        ("url", "published address"),
        ("published", "date of publication, or bounds of it"),
        ("short-name", "name for charts; default: outlet or author, with the year"),
        ("voice", "actor_id of whoever speaks in the text; default: the author, else the outlet"),
    ):
        add.add_argument(f"--{name}", default="", help=text)
    add.add_argument("--language", default="en", help="ISO 639-1 code, by which sentences end; default: en")
    add.add_argument("--abbreviation", action="append", default=[], metavar="WORD", help="ends no sentence; repeatable")
    add.add_argument(
        "--break", action="append", default=[], dest="breaks", metavar="WORDS", help="begin a sentence; repeatable"
    )
    add.add_argument("--book", metavar="DIR", type=Path, help="folder of _toc.yml and chapters")
    add.add_argument("--dry-run", action="store_true", help="show the sentences, write nothing")
    place = command("passage", _passage, "find words of a text: their sentence and offsets", PASSAGE_HELP)
    place.add_argument("id", metavar="ID", help="the text")
    place.add_argument("words", metavar="WORDS", help="words of it, as they stand")
    out = command("remove", _edit(_remove), "take a text or a claim out", REMOVE_HELP)
    out.add_argument("id", metavar="ID", help="text or claim")
    out.add_argument("--reason", required=True, help="why; shown at the old address")
    out.add_argument("--successor", action="append", default=[], metavar="ID", help="claim in its place; repeatable")
    again = command("rename", _edit(_rename), "give a text another id", RENAME_HELP)
    again.add_argument("id", metavar="ID", help="the text")
    again.add_argument("new", metavar="NEW", help="its new id")
    cut = command("split", _edit(_split), "cut a sentence in two", SPLIT_HELP)
    cut.add_argument("id", metavar="SENTENCE", help="the sentence, such as alder-2030-p02-s1")
    cut.add_argument("words", metavar="WORDS", help="words that the second one begins with")
    whole = command("join", _edit(_join), "join a sentence with the next one", JOIN_HELP)
    whole.add_argument("id", metavar="SENTENCE", help="the sentence, such as alder-2030-p02-s1")
    order = command("renumber", _edit(_renumber), "give free ids before a merge, and one order after it", RENUMBER_HELP)
    order.add_argument("branch", metavar="BRANCH", nargs="?", default="", help="the branch to be merged with")
    for one in (out, again, cut, whole, order):
        one.add_argument("--book", metavar="DIR", type=Path, help="folder of _toc.yml and chapters")
    review = command("claimreview", _claimreview, "print the reviews of a text, for search engines", CLAIMREVIEW_HELP)
    review.add_argument("--text", metavar="ID", default="", help="this text alone; default: every text")
    review.add_argument("--organisation", metavar="NAME", default="", help="who publishes them")
    review.add_argument("--organisation-url", metavar="URL", default="", help="its address")
    review.add_argument("--date", metavar="DAY", default="", help="day of all reviews, YYYY-MM-DD")
    review.add_argument("--base-url", metavar="URL", help="address at which the book is published")
    compare = command("agreement", _agreement, "compare several people's codings of the same text", AGREEMENT_HELP)
    compare.add_argument("first", metavar="A", type=Path, help="data folder or export")
    compare.add_argument("others", metavar="B", type=Path, nargs="+", help="another one; repeatable")
    compare.add_argument("--text", metavar="ID", help="this text alone; default: every text that all have")
    join = command("adjudicate", _adjudicate, "turn two codings and decisions into one ledger", ADJUDICATE_HELP)
    join.add_argument("first", metavar="A", type=Path, help="data folder or export")
    join.add_argument("second", metavar="B", type=Path, help="data folder or export")
    join.add_argument("--decisions", metavar="FILE", type=Path, required=True, help="the file of decisions, a CSV")
    join.add_argument("--into", metavar="DIR", type=Path, help="where the ledger goes; without it FILE is written")
    join.add_argument("--text", metavar="ID", help="this text alone; default: every text that both have")
    pool = command("pool", _pool, "bring together what a class saved of the blind exercise", POOL_HELP)
    pool.add_argument("files", metavar="FILE", type=Path, nargs="+", help="file or folder; repeatable")
    return parser


def _book(data: Path, options: argparse.Namespace) -> Path | None:
    """Return the folder of the book that the data belong to, where there is one."""
    root = getattr(options, "book", None) or data.resolve().parent
    return root if (root / "_toc.yml").is_file() else None


def _init(options: argparse.Namespace) -> int:
    names = ("title", "subject", "organisation", "organisation_url", "coder", "licence")
    files = init.begin(options.directory, init.Options(**{name: getattr(options, name) for name in names}))
    print(
        f"init: {len(files)} files in {options.directory.resolve()}; README.md says how to go on. Next, in that folder:"
    )
    print("  python -m claimbook new-text my.txt --id my-text --genre news")
    print("  python -m claimbook validate")
    print("  python -m claimbook.site")
    return 0


def _validate(data: Path, options: argparse.Namespace) -> int:
    return _examine(data, options, schema.read_all(data))


def _examine(data: Path, options: argparse.Namespace, reading: schema.Reading, quiet: bool = False) -> int:
    texts = Path(options.texts) if options.texts else texts_dir()
    only = getattr(options, "only", None)
    problems = validate(data, texts, only=only, reading=reading)
    sources = reading.tables["sources"].cells.columns["source_id"] if "sources" in reading.tables else []
    if book := _book(data, options):
        problems += newtext.unwritten(book, sources)
    count = None
    if only and "sources" in reading.tables and "sentences" in reading.tables:
        others = [newtext.chapter_of(source_id) for source_id in sources if source_id != only]
        still = left(problems, reading, only, others)
        problems, count = still.problems, still.told(only)
    if problems:
        print(*lines(problems), *filter(None, [count]), sep="\n")
        return 1
    if quiet:
        return 0
    resources = sorted(reading.package["resources"], key=is_record)
    width = max(len(resource["name"]) for resource in resources)
    rows = {resource["name"]: len(reading.tables[resource["name"]].cells.lines) for resource in resources}
    for name, number in rows.items() if count is None else ():
        print(f"{name:<{width}}{number:>7} rows")
    if count:
        print(count)
    if texts:
        compared = only or f"the {rows['sources']} texts"
        print(f"passages: compared with {compared} in {texts}")
    else:
        print("passages: not compared with the texts (skipped: give --texts DIR or set CLAIMBOOK_TEXTS)")
    return 0


def _migrate(data: Path, options: argparse.Namespace) -> int:
    made = migrate.plan(data) if options.dry_run else migrate.migrate(data)
    if not made.changes:
        print(f"migrate: {data} is of the second edition already: nothing changed")
        return 0
    print(f"migrate: {data}{', if it were written' if options.dry_run else ''}:")
    print(*(f"  {line}" for line in made.done), sep="\n")
    print(f"debts.csv: {made.debts} rows break a rule that is new; mend them and delete their lines")
    return 0


def _release(data: Path, options: argparse.Namespace) -> int:
    from claimbook.site import release  # brings what builds pages, which no other command needs

    if (book := _book(data, options)) is None:
        raise ValueError(f"{data.resolve().parent} has no _toc.yml: a version is one of a book; run this in its folder")
    reading = schema.read_all(data)
    if status := _examine(data, options, reading, quiet=True):
        return status
    if options.name:
        day = options.date or datetime.date.today().isoformat()
        made = release.note(book, data, options.name, day, reading)
        print(f"release: version {made.version} is noted; changed:")
        print(*(f"  {path}" for path in made.changed), sep="\n")
        print("Now commit, build the book, and run release again.")
        return 0
    packed = release.pack(book, data, reading)
    print(f"release: {packed.path}, {packed.path.stat().st_size / 1e6:.1f} MB, {packed.files} files")
    print("Set the tag, which makes it the version:")
    print(f"  {packed.tag}")
    return 0


def _new_text(data: Path, options: argparse.Namespace) -> int:
    names = ("id", "genre", "title", "outlet", "author", "url", "published", "language", "short_name", "voice")
    given = newtext.Options(
        **{name: getattr(options, name) for name in names},
        abbreviations=tuple(options.abbreviation),
        breaks=tuple(options.breaks),
    )
    if options.dry_run:
        made = newtext.plan(options.path, given, data, newtext.book_of(data, options.book))
        for s in made.sentences:
            print(f"{ids.sentence(given.id, s.paragraph, s.sentence)}  {' '.join(made.text[s.start : s.end].split())}")
        return 0
    made = newtext.add(options.path, given, data, options.book)
    if not made.changes:
        print(f"new-text: {given.id} is there already, from this very file: nothing changed")
        return 0
    print(f"new-text: {given.id}, {len(made.sentences)} sentences; changed or new:")
    for path in made.changes:
        print(f"  {path}")
    print("To do, in this order:")
    for number, step in enumerate(made.todo, 1):
        print(f"  {number}. {step}")
    return 0


def _edit(made):
    """Return the command that works out an edit with `made`, writes it, and says what was done and is left to do."""

    def run(data: Path, options: argparse.Namespace) -> int:
        book = newtext.book_of(data, options.book)
        edit = edits.apply(lambda: made(data, book, options), book)
        for line in edit.done:
            print(f"{options.command}: {line}")
        for path in edit.changes:
            print(f"  {path}{'' if edit.changes[path] is not None else ' (removed)'}")
        if edit.todo:
            print("To do:")
            print(*(f"  {number}. {step}" for number, step in enumerate(edit.todo, 1)), sep="\n")
        return 0

    return run


def _remove(data: Path, book: Path, options: argparse.Namespace) -> edits.Edit:
    return edits.remove(data, book, options.id, options.reason, options.successor)


def _rename(data: Path, book: Path, options: argparse.Namespace) -> edits.Edit:
    return edits.rename(data, book, options.id, options.new)


def _split(data: Path, book: Path, options: argparse.Namespace) -> edits.Edit:
    return edits.split(data, book, _texts(options), options.id, options.words)


def _join(data: Path, book: Path, options: argparse.Namespace) -> edits.Edit:
    return edits.join(data, book, _texts(options), options.id)


def _renumber(data: Path, book: Path, options: argparse.Namespace) -> edits.Edit:
    return edits.renumber(data, book, options.branch)


def _texts(options: argparse.Namespace) -> Path:
    """Return the folder of the texts, without which the command cannot do."""
    folder = Path(options.texts) if options.texts else texts_dir()
    if folder is None:
        raise ValueError("name the folder of the texts: --texts DIR, or CLAIMBOOK_TEXTS in the environment")
    return folder


def _passage(data: Path, options: argparse.Namespace) -> int:
    folder = _texts(options)
    sentences = load(data).sentences
    rows = sentences[sentences["source_id"] == options.id]
    if rows.empty:
        raise ValueError(f"the ledger has no text {options.id}")
    places = rows[["sentence_id", "start", "end"]].itertuples(index=False, name=None)
    text = read_text(folder, options.id)
    found, across = newtext.find(text, options.words, places)
    if not found and across:
        where = ", ".join(f"{place.start} to {place.end}" for place in across)
        raise ValueError(f"{options.id} has the words {options.words!r} in no one sentence, but from {where}")
    if not found:
        raise ValueError(f"{options.id} has no sentence with the words {options.words!r}")
    for sentence, place in found:
        print(sentence, place.start, place.end, sep=",", flush=True)
        if place.differences:
            print(f"passage: {sentence}: {told(place.differences)}", file=sys.stderr)
    return 0


def _claimreview(data: Path, options: argparse.Namespace) -> int:
    # Only this command needs what these import.
    from claimbook.exchange import claimreview
    from claimbook.view.cards import Cards

    if options.date and not schema.is_day(options.date):
        raise ValueError(f"--date: {options.date}: must be a date, YYYY-MM-DD")
    if options.organisation_url and not is_web_address(options.organisation_url):
        raise ValueError(f"--organisation-url: {options.organisation_url}: must be an http(s) address with a host")
    if problems := validate(data):
        print(*lines(problems), sep="\n", file=sys.stderr)
        return 1
    ledger = load(data)
    cards = Cards(ledger)
    reviewer = claimreview.Reviewer(options.organisation, options.organisation_url, options.date)
    base = base_url(data, options.base_url)
    made = claimreview.feed(cards, claimreview.denials(cards), ledger.schema, base, options.text, reviewer)
    print(json.dumps(made, ensure_ascii=False, indent=2))
    return 0


def _agreement(data: Path, options: argparse.Namespace) -> int:
    codings = [load(folder) for folder in (options.first, *options.others)]
    print(agreement.report(agreement.compare(codings, options.text)))
    return 0


def _adjudicate(data: Path, options: argparse.Namespace) -> int:
    if options.into is None:
        differences = decisions.Codings(options.first, options.second, options.text).differences
        left = decisions.begin(options.decisions, differences)
        print(f"adjudicate: {options.decisions}: {count(len(differences), 'difference')}, {len(left)} undecided")
        return 0
    texts = Path(options.texts) if options.texts else texts_dir()
    made = adjudicate.adjudicate(options.first, options.second, options.decisions, options.into, options.text, texts)
    print(
        *(f"adjudicate: {line}" for line in made.done),
        f"  {count(len(made.changes), 'file')} in {options.into}",
        sep="\n",
    )
    return 0


def _pool(data: Path, options: argparse.Namespace) -> int:
    print(pooling.report(pooling.read(options.files, load(data))))
    return 0


def _export(data: Path, options: argparse.Namespace) -> int:
    target = options.directory.absolute()
    refuse_foreign(target, data)
    base = base_url(data, options.base_url)
    if options.parquet:
        require_parquet()
    reading = schema.read_all(data)
    if _examine(data, options, reading):
        return 1
    files = export(data, target, options.all, options.parquet, base, reading)
    print(f"export: {files} files in {target}")
    if options.all and not base:
        print("links to the book: relative, because its published address is not known (see export --help)")
    return 0

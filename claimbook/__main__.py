"""Command line of the ledger: ``python -m claimbook validate`` and ``python -m claimbook export``."""

import argparse
import os
import signal
import sys
from pathlib import Path

from claimbook.exchange.addresses import VARIABLE, base_url
from claimbook.export import SUMS, VERDICTS, export, refuse_foreign, require_parquet
from claimbook.ledger import data_dir, load, texts_dir
from claimbook.references import FILE as REFERENCES
from claimbook.validation import SCHEMA, validate

RULES_HELP = """\
Each problem is one line, file:row:column: value: rule. Row is the line of the file, the header being line 1;
parts that do not apply stay empty. The exit status is 1 where there is a problem.

With --texts, or CLAIMBOOK_TEXTS in the environment, every passage, hash and quote is compared with your own
copies of the texts, a <source_id>.txt each; without them that part is skipped, and the last line says so.
"""

EXPORT_HELP = f"""\
Writes the tables, the records, {VERDICTS}, {SCHEMA}, {REFERENCES} and {SUMS} (check it with: sha256sum -c {SUMS}).
The ledger is validated first, and nothing is written where there is a problem. Files are copied byte for byte;
{VERDICTS} is computed, and {SCHEMA} gains its description.

Spreadsheets run cells that start with = + - @ tab or return as formulas. An exporter would have to put an
apostrophe before them; here validation refuses such cells in the ledger, numbers excepted, so that an export is
safe to open and still equals the ledger. In tables that are computed, such a text gets the apostrophe.

--all adds the tables worked out (derived/), reviewed claims (claimreview.jsonld: schema.org ClaimReview), events
(plover/), passages (annotations.jsonl: W3C Web Annotation), the schemas of these, README.txt, LICENCES.txt,
CITATION.cff, citation.bib, ro-crate-metadata.json, and a zip of it all. Records stay apart in records/ under their
publishers' terms. --parquet adds every table as Parquet and needs pyarrow: pip install '.[parquet]'.

Links to the book are absolute where its address is known: --base-url, else {VARIABLE}, else html.baseurl in the
_config.yml beside the data folder. The same ledger and address give the same bytes.

DIR must be new, empty, or an earlier export that nobody has changed since. It is replaced as a whole at the end.
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
        data = Path(options.data) if options.data else data_dir()
        return options.run(data, options)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        print(f"claimbook: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m claimbook", description="Validate and export the ledger.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, text: str, epilog: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=text,
            description=text,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.add_argument(
            "--data", metavar="DIR", help="data folder; default: CLAIMBOOK_DATA, else data/ here or above"
        )
        made.add_argument("--texts", metavar="DIR", help="folder of the texts; default: CLAIMBOOK_TEXTS")
        made.set_defaults(run=run)
        return made

    command("validate", _validate, "check every table, and passages where the texts are given", RULES_HELP)
    export = command("export", _export, "validate, then write the tables to a folder", EXPORT_HELP)
    export.add_argument("directory", metavar="DIR", type=Path, help="folder to write")
    export.add_argument("--all", action="store_true", help="everything: derived tables, other formats, a zip")
    export.add_argument("--parquet", action="store_true", help="also every table as Parquet (needs pyarrow)")
    export.add_argument("--base-url", metavar="URL", help="address at which the book is published")
    return parser


def _validate(data: Path, options: argparse.Namespace) -> int:
    texts = Path(options.texts) if options.texts else texts_dir()
    problems = validate(data, texts)
    for problem in problems:
        print(problem)
    if problems:
        return 1
    ledger = load(data)
    width = max(map(len, (*ledger.tables, *ledger.records)))
    for name, table in (ledger.tables | ledger.records).items():
        print(f"{name:<{width}}{len(table):>7} rows")
    if texts:
        print(f"passages: compared with the {len(ledger.sources)} texts in {texts}")
    else:
        print("passages: not compared with the texts (skipped: give --texts DIR or set CLAIMBOOK_TEXTS)")
    return 0


def _export(data: Path, options: argparse.Namespace) -> int:
    target = options.directory.absolute()
    refuse_foreign(target, data)
    base = base_url(data, options.base_url)
    if options.parquet:
        require_parquet()
    if _validate(data, options):
        return 1
    files = export(data, target, options.all, options.parquet, base)
    print(f"export: {files} files in {target}")
    if options.all and not base:
        print("links to the book: relative, because its published address is not known (see export --help)")
    return 0


if __name__ == "__main__":
    # By default SIGTERM would end an export without removing what stands half-written beside its target.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of the output, such as head, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)

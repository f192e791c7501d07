"""The words that go with the data: what each file is, what it cannot show, under which terms, how to load it."""

import textwrap

from claimbook.analysis.verdicts import RULE
from claimbook.exchange import database
from claimbook.exchange.claimreview import SCALE
from claimbook.exchange.published import data_day, edition
from claimbook.exchange.terms import addressed, called, titled
from claimbook.model.ledger import DERIVED, Ledger, is_record
from claimbook.view import palette

FILE = "README.txt"
LICENCES = "LICENCES.txt"

LOADING = {
    "pandas": """\
import json, pandas as pd

kinds = {"string": "str", "integer": "Int64", "year": "Int64", "number": "Float64", "boolean": "boolean"}
tables = {}
for r in json.load(open("datapackage.json", encoding="utf-8"))["resources"]:
    types = {f["name"]: f["type"] for f in r["schema"]["fields"]}
    tables[r["name"]] = pd.read_csv(
        r["path"],
        dtype={name: kinds[kind] for name, kind in types.items() if kind in kinds},
        parse_dates=[name for name, kind in types.items() if kind == "date"],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=[""],
    )
""",
    "R": """\
# install.packages("jsonlite")
kinds <- c(string = "character", date = "Date", boolean = "logical",
           integer = "numeric", year = "numeric", number = "numeric")  # R's own integers end at two thousand millions
resources <- jsonlite::read_json("datapackage.json")$resources
tables <- lapply(resources, function(r) {
  types <- sapply(r$schema$fields, function(f) f$type)
  read.csv(r$path, colClasses = unname(kinds[types]), na.strings = "", encoding = "UTF-8")
})
names(tables) <- sapply(resources, function(r) r$name)
""",
    "DuckDB": """\
SET VARIABLE kinds = (
  SELECT map_from_entries(list((r.name, [MAP {'string': 'VARCHAR', 'date': 'DATE', 'boolean': 'BOOLEAN',
    'integer': 'BIGINT', 'year': 'BIGINT', 'number': 'DOUBLE'}[f.type] FOR f IN r.schema.fields])))
  FROM (SELECT unnest(resources) AS r FROM read_json('datapackage.json'))
);
CREATE TABLE sources AS FROM read_csv('sources.csv', header = true, delim = ',', quote = '"', escape = '"',
  types = getvariable('kinds')['sources']);
CREATE TABLE claims AS FROM read_csv('claims.csv', header = true, delim = ',', quote = '"', escape = '"',
  types = getvariable('kinds')['claims']);
CREATE TABLE verdicts AS FROM read_csv('verdicts.csv', header = true, delim = ',', quote = '"', escape = '"',
  types = getvariable('kinds')['verdicts']);
SELECT weight, verdict, count(*) AS n FROM claims JOIN verdicts USING (claim_id) GROUP BY ALL ORDER BY ALL;
""",
    "SQLite": """\
.open ledger.sqlite
SELECT weight, verdict, count(*) AS n FROM claims JOIN verdicts USING (claim_id) GROUP BY 1, 2 ORDER BY 1, 2;
SELECT "table", trap FROM about_traps;
""",
}
"""Lines per tool that load the tables, run in the folder of ``datapackage.json``, which gives the types: a tool left to
guess takes a column that holds nothing but F for truth values. The database was written with those types."""

OFFSETS = (
    "Positions in texts (start, end) count Unicode code points from 0, the end excluded, in the text file as it "
    "stands: they are the indices of a string in Python, and neither bytes nor the UTF-16 units of JavaScript, Java "
    "and C#."
)

UNPUBLISHED = (
    "No published address of the book was given when these files were written: addresses of claims are relative, as "
    "seen from the folder data of the built book."
)

CAVEATS = (
    "Absence from a register or a coding proves nothing. Silence counts against a claim only where the source is "
    "exhaustive for that item and period, and then the row of evidence says so.",
    "Many sources were read in excerpt or in another's account; the column read_as of evidence.csv says which.",
    "Splitting sentences makes many easy claims: rank no text by its share of supported claims; look at the weight.",
    "A claim about a living person or a company goes with its verdict and its denial; show them together. A verdict "
    "is no judgement of a person.",
    "Not established says that nothing found settles a claim, not that it is false, nor that nothing could settle it.",
)
"""What any such ledger cannot show; what one alone cannot, its data package says as ``caveats``."""


def readme(ledger: Ledger, package: dict, documents: dict, base: str = "") -> str:
    """Return ``README.txt``: what is in an export, its caveats, the rule of the verdicts, how to load the tables.

    Parameters
    ----------
    ledger : Ledger
        The ledger exported.
    package : dict
        The data package as exported.
    documents : dict
        Path to (title, description, media type) of the files that are no table.
    base : str
        Address at which the book is published.
    """
    resources = package["resources"]
    records = [r for r in resources if is_record(r)]
    derived = [r for r in resources if r["path"].startswith(f"{DERIVED}/")]
    own = [r for r in resources if r not in derived and not is_record(r)]
    rule = "; ".join(f"{palette.VERDICTS[word]}: {when}" for word, when in RULE)
    scale = ", ".join(f"{number} {palette.VERDICTS[word]}" for word, number in SCALE.items())
    where = f"The book is published at {base}" if base else UNPUBLISHED
    day = data_day(ledger) or "not known"
    parts = [
        _title(package["title"]),
        _para(package["description"]),
        _para(f"Version {edition(ledger, package).words or 'not numbered'}; day of the data: {day}. {where}"),
        _title("What each file is"),
        *(_item(path, title, about) for path, (title, about, _) in documents.items()),
        _title("Tables of the ledger"),
        _para("CSV, UTF-8, a header line, empty = not stated. Columns, keys and allowed values: datapackage.json."),
        _para(OFFSETS),
        *(_item(r["path"], r["title"], r["description"]) for r in own),
        _title("Tables worked out from them"),
        *(_item(r["path"], r["title"], r["description"]) + _traps(r) for r in derived),
        _title("Records: facts of others, under their publishers' terms"),
        _para("Read the traps of a record before you sum or compare its rows."),
        *(_item(r["path"], r["title"], _terms(r)) + _traps(r) for r in records),
        _title("Caveats"),
        *(_para(f"- {caveat}", "  ") for caveat in (*package.get("caveats", ()), *CAVEATS)),
        _title("The verdict"),
        _para(
            "The verdict on a claim is computed from its evidence by one rule and stored nowhere by hand. A side is "
            "established by one primary record, by two independent origins of which one at least is usually reliable "
            "(A or B), or, for a claim that accuses nobody and that no competent source failed to verify, by one such "
            "origin. The better established side decides. Origins of one owner are one. A party's denial or boast and "
            f"silence are shown and never counted; sources rated D, E or F neither. {rule}."
        ),
        _para(f"Numbers in claimreview.jsonld: {scale}. Disputed claims and those not established have no number."),
        _title("Load the tables"),
        _para("Run in the folder of datapackage.json, from which the types are taken: none is guessed."),
        *(f"{tool}:\n\n{textwrap.indent(lines, '    ')}\n" for tool, lines in LOADING.items()),
        _title("Terms and citation"),
        _para(f"{LICENCES} has the terms file by file; CITATION.cff and citation.bib say how to cite."),
    ]
    return "".join(parts)


def licences(package: dict) -> str:
    """Return ``LICENCES.txt``: the terms of the tables, file by file."""
    own, apart = package["licenses"][0], package.get("derivedTerms", [])
    marks = " or ".join(terms["mark"] for terms in apart)
    by_terms: dict[str, list[dict]] = {}
    for resource in package["resources"]:
        for licence in resource["licenses"]:
            if called(licence) != called(own) or is_record(resource):
                by_terms.setdefault(addressed(licence), []).append(resource)
    parts = [
        _title("Ours"),
        _para(f"Every file but those named below: {addressed(own)}. Credit: {package['contributors'][0]['title']}."),
        _title("Not ours to license"),
        _para(
            "The texts that the ledger reads belong to their authors and publishers. They are not part of these "
            "files, which hold positions in them and short fragments, quoted for criticism and review."
        ),
        _para(
            "The records hold facts taken from open data sets; each stays under its publisher's terms, credited to "
            "the publisher named with it." + "".join(f" {terms['note']}" for terms in apart)
        ),
        _para(f"{database.FILE} holds every table; each stays in it under the terms named here."),
    ]
    for terms, resources in by_terms.items():
        parts.append(_para(f"{terms}:"))
        for resource in resources:
            credit = "; ".join(titled(source) for source in resource.get("sources", []))
            part = f", rows marked {marks} in the column terms" if len(resource["licenses"]) > 1 else ""
            parts.append(_para(f"- {resource['path']}{part}{f': {credit}' if credit else ''}", "  "))
        parts.append("\n")
    return "".join(parts)


def _terms(record: dict) -> str:
    names = ", ".join(map(called, record["licenses"]))
    return f"{record['description']} Terms: {names}."


def _traps(resource: dict) -> str:
    return "".join(_para(f"    Trap: {trap}", "      ") for trap in resource.get("traps", []))


def _title(words: str) -> str:
    return f"\n{words}\n{'=' * len(words)}\n\n"


def _para(words: str, indent: str = "") -> str:
    # Addresses and paths are searched and copied: they are never broken.
    wrapped = textwrap.fill(words, 100, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return wrapped + ("\n" if indent else "\n\n")


def _item(path: str, title: str, about: str) -> str:
    return _para(f"{path}: {title}. {about}", "    ")

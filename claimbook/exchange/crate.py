"""RO-Crate 1.2 metadata: which file is what, and under which licence."""

from claimbook.exchange import database
from claimbook.exchange.published import edition
from claimbook.exchange.readme import OFFSETS
from claimbook.exchange.terms import called, identifier, titled
from claimbook.model.ledger import Ledger

FILE = "ro-crate-metadata.json"
CRATE = "https://w3id.org/ro/crate/1.2"
POSITIONED = ("annotations.jsonl", "plover/events.jsonl", "plover/undated.jsonl", database.FILE)
"""Files other than tables that give places in texts."""


def metadata(ledger: Ledger, package: dict, documents: dict, base: str = "") -> dict:
    """Return the metadata of an export.

    Parameters
    ----------
    ledger : Ledger
        The ledger exported.
    package : dict
        The data package as exported: each of its resources becomes a file with its own licence.
    documents : dict
        Path to (title, description, media type) of the other files, which have the licence of the package; only the
        database holds every table, and so the licences of all.
    base : str
        Address at which the book is published.
    """
    licences = {identifier(package["licenses"][0]): package["licenses"][0]}
    own = identifier(package["licenses"][0])
    files = []
    for resource in package["resources"]:
        for licence in resource["licenses"]:
            licences.setdefault(identifier(licence), licence)
        terms = [{"@id": identifier(licence)} for licence in resource["licenses"]]
        files.append(
            {
                "@id": resource["path"],
                "@type": "File",
                "name": resource["title"],
                "description": _told(resource),
                "encodingFormat": resource["mediatype"],
                "license": terms[0] if len(terms) == 1 else terms,
            }
        )
    for path, (title, about, mediatype) in documents.items():
        about = f"{about} {OFFSETS}" if path in POSITIONED else about
        entity = {"@id": path, "@type": "File", "name": title, "description": about, "encodingFormat": mediatype}
        terms = [{"@id": key} for key in licences] if path == database.FILE else {"@id": own}
        files.append({**entity, "license": terms})
    author = {"@id": "#contributors", "@type": "Organization", "name": package["contributors"][0]["title"]}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": package["title"],
        "description": f"{package['description']} Facts in records/ and sums from them stay under their publishers' "
        "terms, given file by file. Dated by the last day on which evidence was searched for.",
        "datePublished": edition(ledger, package).date,
        "license": {"@id": own},
        "author": {"@id": author["@id"]},
        "version": package.get("version", ""),
        "url": base,
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    descriptor = {
        "@id": FILE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": CRATE},
    }
    terms = [
        {
            "@id": key,
            "@type": "CreativeWork",
            "name": called(licence),
            "description": titled(licence),
        }
        for key, licence in licences.items()
    ]
    root = {key: value for key, value in root.items() if value}
    return {"@context": f"{CRATE}/context", "@graph": [descriptor, root, author, *terms, *files]}


def _told(resource: dict) -> str:
    """Describe a table, and what its positions count where it has any."""
    integers = {field["name"] for field in resource["schema"]["fields"] if field["type"] == "integer"}
    return f"{resource['description']} {OFFSETS}" if {"start", "end"} <= integers else resource["description"]

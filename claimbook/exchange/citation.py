"""How to cite the data: CITATION.cff 1.2.0 with the texts as references, and BibTeX."""

import json

from claimbook.exchange.published import day_of, edition
from claimbook.exchange.terms import called, titled
from claimbook.model.bibliography import encode
from claimbook.model.ledger import Ledger

TYPES = {
    "news": "newspaper-article",
    "blog": "blog",
    "post": "blog",
    "report": "report",
    "speech": "generic",
    "press_release": "generic",
}
"""CFF type of a text by its genre; the others are articles."""

UNPUBLISHED = "no published address of this book is known"
"""What a citation says in place of an address; the page's script says the same."""


def cff(ledger: Ledger, package: dict, base: str = "") -> str:
    """Return ``CITATION.cff`` of a data package."""
    entry = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them." + ("" if base else f" So far {UNPUBLISHED}."),
        "title": package["title"],
        "type": "dataset",
        "authors": _authors(package),
        "version": package.get("version"),
        "date-released": edition(ledger, package).date,
        "license": called(package["licenses"][0]),
        "url": base,
        "keywords": package.get("keywords"),
        "abstract": package["description"],
        "references": references(ledger),
    }
    return yaml({key: value for key, value in entry.items() if value})


def references(ledger: Ledger) -> list[dict]:
    """Return the texts as CFF references; what is not known of one is left out, a missing title said to be missing."""
    return [reference(source) for _, source in ledger.sources.iterrows()]


def reference(source) -> dict:
    """Return a row of ``sources.csv`` as a CFF reference."""
    day = day_of(source)
    known = {
        "type": TYPES.get(source["genre"], "article"),
        "title": source["title"] or f"[no headline known: {source['short_name']}]",
        "authors": [{"name": source["author"] or source["outlet"] or "not named"}],
        "publisher": {"name": source["outlet"]} if source["outlet"] else None,
        "date-published": day if len(day) > len("2001-11") else None,
        "year": int(day[:4]) if day else None,
        "month": int(day[5:7]) if day else None,
        "url": source["url"],
        "languages": [source["language"]],
    }
    return {key: value for key, value in known.items() if value}


def bibtex(ledger: Ledger, package: dict, base: str = "") -> str:
    """Return a BibTeX entry for a data package."""
    now = edition(ledger, package)
    fields = {
        # The inner braces keep the name of a body in one piece, and the capitals of a title.
        "author": " and ".join(f"{{{encode(author['name'])}}}" for author in _authors(package)),
        "title": f"{{{encode(package['title'])}}}",
        "year": now.date[:4],
        "version": encode(now.words),
        "note": encode(f"Data set, {titled(package['licenses'][0])}" + ("" if base else f"; {UNPUBLISHED}")),
        "url": encode(base, "url"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{package['name']},", *lines, "}", ""])


def _authors(package: dict) -> list[dict]:
    return [{"name": contributor["title"]} for contributor in package["contributors"]]


def yaml(value: dict, indent: str = "") -> str:
    """Write nested dicts and lists as YAML, one value a line, every string quoted as JSON, which YAML reads alike."""
    out = []
    for key, item in value.items():
        if isinstance(item, dict):
            out.append(f"{indent}{key}:\n{yaml(item, indent + '  ')}")
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            entries = [yaml(entry, indent + "    ") for entry in item]
            out.append(f"{indent}{key}:\n" + "".join(f"{indent}  - {entry.lstrip()}" for entry in entries))
        else:
            out.append(f"{indent}{key}: {json.dumps(item, ensure_ascii=False)}\n")
    return "".join(out)

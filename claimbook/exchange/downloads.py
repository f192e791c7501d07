"""The folder of downloads: every file with what it is, its rows, size and licence, and how to load the tables."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from claimbook.exchange import database, export
from claimbook.exchange.claimreview import SCALE
from claimbook.exchange.published import base_url
from claimbook.exchange.readme import LOADING
from claimbook.exchange.terms import called, titled
from claimbook.model.bibliography import is_web_address
from claimbook.model.ledger import DERIVED, Ledger, is_record, read_schema
from claimbook.model.settings import Settings
from claimbook.view import palette
from claimbook.view.markup import Html, el, folded, join
from claimbook.view.tables import lines, table

GROUPS = {
    "ledger": "Tables of the ledger",
    "derived": "Tables worked out from ledger and records",
    "records": "Records, under their publishers’ terms",
}
"""The groups of tables among the downloads."""

FOLDER = "../../data/"
"""Leads from a chapter to the downloads; in a checkout the tables and records lie there as well."""


@contextlib.contextmanager
def _exported(ledger: Ledger, base: str) -> Iterator[Path]:
    """Give a whole export: that of the build, or where none is under way, one made for the moment."""
    if made := Settings.read().export:
        yield made
        return
    with tempfile.TemporaryDirectory() as side:
        folder = Path(side) / "data"
        export.export(ledger.directory, folder, everything=True, base=base)
        yield folder


def downloads(ledger: Ledger) -> Html:
    """List every file of a whole export of the ledger, with links to the copies that the built book carries."""
    base = base_url(ledger.directory)
    with _exported(ledger, base) as folder:
        package = read_schema(folder)
        own = licence_of(package)
        apart = el("a", "file by file", href=f"{FOLDER}LICENCES.txt", download=True)
        whole = [path.name for path in folder.glob("*.zip")]
        described = {whole[0]: ("All of it", "Every file of this page in one zip.", ""), **export.described(folder)}
        described[export.CRATE[0]] = (*export.CRATE[1:], "")
        described[export.SUMS] = ("Hashes", "SHA-256 of every file.", "")
        documents = [
            _row(folder, path, title, about, apart if path in (*whole, database.FILE) else own)
            for path, (title, about, _) in described.items()
        ]
        groups: dict[str, list] = {group: [] for group in GROUPS}
        for r in package["resources"]:
            group = "records" if is_record(r) else "derived" if r["path"].startswith(f"{DERIVED}/") else "ledger"
            groups[group].append(_row(folder, r["path"], r["title"], None, licence_of(r)))
    where = (
        f"Links to the book inside the files begin with {base}"
        if base
        else "Where this book is published was not known when it was built, so links to it inside the files are "
        "relative, as seen from the folder of the downloads."
    )
    return join(
        [
            table(pd.DataFrame(documents), "The whole, and other formats"),
            el("p", where, class_="cb-quiet"),
            [folded(name, table(pd.DataFrame(groups[group]), name)) for group, name in GROUPS.items()],
        ]
    )


def licence_of(described: dict) -> Html:
    """Name the licences of a resource or package, each leading to its terms where it has an address."""
    named = [
        el("a", called(one), href=one["path"], title=titled(one))
        if is_web_address(one.get("path", ""))
        else titled(one)
        for one in described["licenses"]
    ]
    return join(named, ", ")


def licence(ledger: Ledger) -> Html:
    """Say under which licence the ledger is given, and whom to credit."""
    package = ledger.schema
    credit = package["contributors"][0]["title"]
    return el("p", "The ledger is licensed under ", licence_of(package), f"; credit “{credit}”.")


def _row(folder: Path, path: str, title: str, about: str | None, licence: Html) -> dict:
    raw = (folder / path).read_bytes()
    return {
        "File": el("a", path, href=FOLDER + path, download=True),
        "What it is": lines(title, about),
        "Rows": _rows(path, raw),
        "Size": size(len(raw)),
        "Licence": licence,
    }


def _rows(path: str, raw: bytes) -> int | None:
    if path.endswith(".csv"):
        return raw.count(b"\n") - 1
    if path.endswith(".jsonl"):
        return raw.count(b"\n")
    return len(json.loads(raw)["dataFeedElement"]) if path.endswith(".jsonld") else None


def size(count: int) -> str:
    r"""Write a number of bytes as kilobytes or megabytes.

    Examples
    --------
    >>> size(340), size(12_345), size(1_234_567)
    ('0.3\xa0KB', '12\xa0KB', '1.2\xa0MB')
    """
    if count >= 1e6:
        return f"{count / 1e6:.1f}\xa0MB"
    return f"{count / 1e3:.0f}\xa0KB" if count >= 1e4 else f"{count / 1e3:.1f}\xa0KB"


def scale() -> Html:
    """List the numbers that reviewed claims carry for each verdict."""
    numbers = [str(SCALE[word]) if word in SCALE else "no number" for word in palette.VERDICTS]
    frame = pd.DataFrame({"Verdict": palette.VERDICTS.values(), "ratingValue": numbers})
    return table(frame[frame["Verdict"] != palette.VERDICTS["not_checkable"]], "Verdicts as numbers")


def loading() -> Html:
    """Show the lines that load the tables in each tool."""
    return join(
        [el("p", el("strong", tool)), el("div", el("pre", code, tabindex="0"), class_="highlight")]
        for tool, code in LOADING.items()
    )

"""A book of another subject, begun with ``init``: without this one's tables, checks and words it works as well."""

import csv
import json
import shutil

import pytest
from ledgers import LEDGERS, write
from notebooks import code_cells
from test_small_ledgers import faults, shown

from claimbook.authoring import init, skeleton
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.model.settings import BASE_URL
from claimbook.validation import validate
from claimbook.view import prose
from claimbook.view.markup import plain

OPTIONS = init.Options("Weather", subject="on the weather")


@pytest.fixture(params=["empty", "one text"])
def other(request, tmp_path, monkeypatch):
    """Begin a book, and fill its tables with a small ledger."""
    init.begin(tmp_path / "book", OPTIONS)
    data, full = tmp_path / "book" / "data", write(LEDGERS[request.param](), tmp_path / "full").data
    for resource in json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        with (full / resource["path"]).open(encoding="utf-8", newline="") as file:
            filled = list(csv.DictReader(file))
        with (data / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [f["name"] for f in resource["schema"]["fields"]], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(filled)
    shutil.copy(full / "references.bib", data)
    for variable in ("CLAIMBOOK_TEXTS", BASE_URL):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("CLAIMBOOK_DATA", str(data))
    return data


def test_it_is_valid(other):
    assert list(map(str, validate(other))) == []
    assert ledger.load(other).checks == {}


def test_its_export_says_nothing_of_this_book(other, tmp_path, capsys):
    target = tmp_path / "export"
    assert main(["export", str(target), "--all", "--data", str(other)]) == 0, capsys.readouterr().out
    assert not (target / "derived" / "sipri_deliveries_by_year.csv").exists()
    said = "".join(
        (target / name).read_text(encoding="utf-8") for name in ("README.txt", "LICENCES.txt", "CITATION.cff")
    )
    assert "Not established says" in said
    assert "the makers of Weather" in said
    for word in ("SIPRI", "TIV", "arms", "machine reading", "Belarus", "Allegations"):
        assert word not in said, word


def test_its_generic_chapters_show_what_there_is(other, monkeypatch):
    book = ledger.load(other)
    load = ledger.load
    monkeypatch.setattr(ledger, "load", lambda *given, **options: load(*given, **options) if given else book)
    problems = []
    paths = [other.parent / "index", *sorted(other.parent.rglob("chapters/**/*.ipynb"))]
    pages = {path.stem: code_cells(path.with_suffix("").as_posix()) for path in paths}
    assert len(pages) > 8
    for source_id in book.texts:
        made = skeleton.cells(source_id, source_id)
        pages[source_id] = [source for kind, source in made if kind == "code"]
    for page, cells in pages.items():
        found, failed = shown(page, cells)
        problems += failed + [fault for output in found for fault in faults(*output)]
        for _, call, bundle in found:
            if "diplomatic-events" in bundle.get("text/html", "") or "arms-deals" in bundle.get("text/html", ""):
                problems.append(f"{page}: {call}: leads to a chapter that only this book has")
    assert problems == []


def test_its_texts_report_quantities_of_no_subject(other):
    book = ledger.load(other)
    for source_id in book.texts:
        said = plain(prose.quantities_lead(book.text(source_id)))
        assert said.startswith("The text reports ")
        assert ";" not in said

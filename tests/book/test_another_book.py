"""A book of another subject: without this one's tables, columns, records, checks and words it works as well."""

import csv
import json
import shutil

import pytest
from ledgers import LEDGERS, write
from notebooks import OF_THE_SUBJECT, code_cells, toc_pages
from test_small_ledgers import TEXTS, faults, shown

from claimbook.authoring import skeleton
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.model.settings import BASE_URL
from claimbook.validation import validate
from claimbook.validation.columns import CONTRACT
from claimbook.view import prose
from claimbook.view.markup import plain

OWN_COLUMNS = {"quantities": {"stage", "arms_deal"}, "actors": {"collective"}}
OWN_WORDS = ("caveats", "coder", "derivedTerms", "keywords")
OWN_PAGES = OF_THE_SUBJECT | TEXTS


@pytest.fixture(params=["empty", "one text"])
def other(request, tmp_path, monkeypatch):
    """Write a ledger as a book would that has nothing of this one's own."""
    data = write(LEDGERS[request.param](), tmp_path / "book").data
    shutil.rmtree(data.parent / "checks")
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    for word in OWN_WORDS:
        del package[word]
    package |= {"name": "weather", "title": "Weather: the ledger", "description": "Claims on the weather."}
    kept = []
    for resource in package["resources"]:
        path = data / resource["path"]
        if resource["name"] not in CONTRACT:
            path.unlink()
            continue
        resource.pop("chapter", None)
        schema, own = resource["schema"], OWN_COLUMNS.get(resource["name"], set())
        schema["fields"] = [field for field in schema["fields"] if field["name"] not in own]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [field["name"] for field in schema["fields"]], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        kept.append(resource)
    package["resources"] = kept
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for variable in ("CLAIMBOOK_TEXTS", BASE_URL):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("CLAIMBOOK_DATA", str(data))
    return data


def test_it_is_valid(other):
    assert validate(other) == []
    assert ledger.load(other).checks == {}


def test_its_export_says_nothing_of_this_book(other, tmp_path, capsys):
    target = tmp_path / "export"
    assert main(["export", str(target), "--all", "--data", str(other)]) == 0, capsys.readouterr().out
    assert not (target / "derived" / "sipri_deliveries_by_year.csv").exists()
    said = "".join(
        (target / name).read_text(encoding="utf-8") for name in ("README.txt", "LICENCES.txt", "CITATION.cff")
    )
    assert "Not established says" in said
    for word in ("SIPRI", "TIV", "arms", "machine reading", "Belarus"):
        assert word not in said.replace("the Arms, Allies, Allegations contributors", ""), word


def test_its_generic_chapters_show_what_there_is(other, monkeypatch):
    book = ledger.load(other)
    load = ledger.load
    monkeypatch.setattr(ledger, "load", lambda *given, **options: load(*given, **options) if given else book)
    problems = []
    pages = {page: code_cells(page) for page in toc_pages() if page not in OWN_PAGES}
    for source_id in book.texts:
        made = skeleton.cells(source_id, source_id)
        pages[f"chapters/texts/{source_id}"] = [source for kind, source in made if kind == "code"]
    for page, cells in pages.items():
        cells = [cell for cell in cells if '"quantities.stage"' not in cell]
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

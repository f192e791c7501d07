"""The folder of downloads of the built book, and what the page says of it."""

import contextlib
import json
import sqlite3
import tomllib
import zipfile

import pandas as pd
import pytest
import schemas
import yaml
from bs4 import BeautifulSoup
from frictionless import Package
from jsonschema import Draft202012Validator as Validator
from own_checks import CHECKS
from places import ROOT
from this_book import BOOK

from claimbook.analysis import versions
from claimbook.exchange import citation, database, downloads, readme
from claimbook.model.ledger import is_record
from claimbook.model.span import Span


@pytest.fixture(scope="module")
def folder(book):
    return book / "data"


@pytest.fixture(scope="module")
def page(book):
    return BeautifulSoup((book / "chapters" / "use" / "data.html").read_text(encoding="utf-8"), "html.parser")


def test_the_page_lists_every_file_with_its_rows_and_size(folder, page):
    listed = {}
    for link in page.select("tbody th a[download]"):
        rows, size = (cell.get_text() for cell in link.find_parent("tr").find_all("td")[1:3])
        listed[link["href"].removeprefix("../../data/")] = rows.replace(",", ""), size
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    assert set(listed) == set(files)
    for name, (rows, size) in listed.items():
        assert size == downloads.size(files[name].stat().st_size), name
        if name.endswith(".csv"):
            assert int(rows) == len(pd.read_csv(files[name], dtype=str)), name


def test_records_and_sums_from_sipri_are_not_relicensed(folder, page):
    cells = {link.get_text(): link.find_parent("tr").find_all("td")[3] for link in page.select("tbody th a[download]")}
    own = cells["claims.csv"].get_text()
    for name in ("records/sipri_flows.csv", "derived/sipri_deliveries_by_year.csv"):
        assert own not in cells[name].get_text(), name
        assert "SIPRI" in cells[name].get_text(), name
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    sums = next(r for r in package["resources"] if r["name"] == "sipri_deliveries_by_year")
    assert "our calculation" in sums["description"]
    assert "not dollars" in sums["description"]
    assert "derived/sipri_deliveries_by_year.csv" in (folder / readme.LICENCES).read_text(encoding="utf-8")
    rows = pd.read_csv(folder / "derived" / "evidence_findings.csv", dtype=str, keep_default_na=False)
    registry = CHECKS
    readers = {"SIPRI" if any(r.startswith("sipri") for r in check.records) else "" for check in registry.values()}
    assert readers == {"SIPRI", ""}
    assert ((rows["terms"] == "SIPRI") == rows["records"].str.contains("sipri")).all()
    assert (rows["terms"] == "SIPRI").any()


def test_sums_from_sipri_are_the_sums_of_the_record(folder):
    flows = pd.read_csv(folder / "records" / "sipri_flows.csv")
    sums = pd.read_csv(folder / "derived" / "sipri_deliveries_by_year.csv")
    assert sums["tiv_millions"].sum() == pytest.approx(flows["tiv_millions"].sum())
    assert not sums.duplicated(["release", "supplier", "year"]).any()


def test_the_package_of_the_book_is_valid(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "type", "note"])


def test_every_review_leads_to_its_claim(book, folder):
    feed = json.loads((folder / "claimreview.jsonld").read_text(encoding="utf-8"))
    schema = json.loads((folder / "schemas" / "claimreview.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Validator(schema).iter_errors(feed)] == []
    pages = {f"../claims/{page.name}" for page in (book / "claims").glob("*.html")}
    urls = [element["item"]["url"] for element in feed["dataFeedElement"]]
    assert len(urls) == len(set(urls)) == int(BOOK.claims["checkable"].sum())
    assert set(urls) <= pages


def test_living_persons_have_their_denial_in_every_review_event_and_passage(folder):
    living = set(BOOK.actors["actor_id"][BOOK.actors["living"].fillna(False)])
    careful = BOOK.claims[BOOK.claims[["subject", "object"]].isin(living).any(axis=1)]
    said = {}
    for element in json.loads((folder / "claimreview.jsonld").read_text(encoding="utf-8"))["dataFeedElement"]:
        item = element["item"]
        said.setdefault(item["identifier"], []).append(item["reviewRating"]["ratingExplanation"])
    for name in ("annotations", "plover/events", "plover/undated"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if "body" in record:
                key = record["id"].rpartition("/")[2].removesuffix(".html")
                words = " ".join(body["value"] for body in record["body"])
                said.setdefault(key, []).append(words)
            for claim in record.get("claimbook", {}).get("claims", []):
                said.setdefault(claim["claim_id"], []).append(claim["denial"])
    for claim_id in careful["claim_id"]:
        assert said[claim_id], claim_id
        assert all("Denied: " in words or "No denial was " in words for words in said[claim_id]), claim_id


def test_events_and_passages_of_the_book_obey_their_schemas(folder):
    schema = Validator(json.loads((folder / "schemas" / "plover.schema.json").read_text(encoding="utf-8")))
    for line in (folder / "plover" / "events.jsonl").read_text(encoding="utf-8").splitlines():
        assert [error.message for error in schema.iter_errors(json.loads(line))] == []
    schema = Validator(schemas.ANNOTATION)
    for line in (folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines():
        assert [error.message for error in schema.iter_errors(json.loads(line))] == []


def test_the_zip_of_the_book_opens_in_one_folder(folder):
    (path,) = folder.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {path.stem}
        assert f"{path.stem}/records/sipri_flows.csv" in archive.namelist()


def test_the_database_lies_among_the_downloads_under_the_terms_of_its_tables(folder, page):
    link = next(link for link in page.select("tbody th a[download]") if link.get_text() == database.FILE)
    licence = link.find_parent("tr").find_all("td")[3]
    assert licence.get_text() == "file by file"
    assert licence.a["href"].endswith("LICENCES.txt")
    with contextlib.closing(sqlite3.connect(f"{(folder / database.FILE).as_uri()}?mode=ro", uri=True)) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        # A tool that guessed would take them all for truth values.
        assert base.execute("SELECT DISTINCT reliability, typeof(reliability) FROM sources").fetchall() == [
            ("F", "text")
        ]
        count = len(pd.read_csv(folder / "claims.csv", dtype=str))
        assert base.execute("SELECT count(*) FROM claims JOIN verdicts USING (claim_id)").fetchone() == (count,)


def test_the_pages_of_records_and_the_readme_print_the_traps_of_every_record(folder, book):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    traps = {trap for r in package["resources"] if is_record(r) for trap in r["traps"]}
    leaves = {f"data-{r['name']}.html" for r in package["resources"] if is_record(r)}
    pages = [(book / "chapters" / "use" / leaf).read_text(encoding="utf-8") for leaf in leaves]
    assert traps <= {item.get_text() for text in pages for item in BeautifulSoup(text, "html.parser").select("li")}
    flat = " ".join((folder / readme.FILE).read_text(encoding="utf-8").split())
    assert {trap for trap in traps if f"Trap: {' '.join(trap.split())}" not in flat} == set()


def test_the_page_prints_the_lines_that_load_the_tables(page):
    printed = [pre.get_text() for pre in page.select("div.highlight pre")]
    for code in readme.LOADING.values():
        assert code.strip() in {text.strip() for text in printed}


def test_the_citation_of_the_repository_is_cff_and_names_the_texts():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert [error.message for error in Validator(schemas.CFF).iter_errors(cff)] == []
    assert cff["references"] == citation.references(BOOK)
    last = versions.listed(BOOK)[-1]
    assert (cff["version"], cff["date-released"]) == (last.version, last.date), "run release --name again"
    assert f"version {last.version}, {Span.read(last.date).text}" in (ROOT / "README.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == BOOK.schema["version"]

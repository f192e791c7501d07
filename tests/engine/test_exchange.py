"""The ledger in the formats of others: what each must hold, on the small ledger, and that breaking a rule shows."""

import contextlib
import copy
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from importlib import resources

import pandas as pd
import pybtex.database
import pytest
import schemas
import yaml
from files import contents
from folder import Folder
from frictionless import Package
from jsonschema import Draft202012Validator as Validator

from claimbook.analysis.verdicts import VERDICTS
from claimbook.cli import main
from claimbook.exchange import citation, claimreview, database, plover, readme
from claimbook.exchange import export as exporting
from claimbook.exchange import published as addresses
from claimbook.model.ledger import is_record, load
from claimbook.model.settings import BASE_URL
from claimbook.view import tables
from claimbook.view.markup import el

ZIP = "norland-and-the-brigade-2.0.0.zip"


def export(folder, target, *arguments):
    return main(["export", str(target), "--data", str(folder), "--all", *arguments])


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)
    monkeypatch.delenv(BASE_URL, raising=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The small ledger with events of every mode, one without an actor, one without a recipient, one of no type."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CLAIMBOOK_TEXTS", raising=False)
        folder = Folder(tmp_path_factory.mktemp("exchange") / "data")
        extra = (
            ("planned", "SANCTION", "planned", ("actor", "recipient")),
            ("imagined", "MOBILIZE", "hypothetical", ("actor",)),
            ("denied-sale", "AID", "denied", ("actor", "recipient")),
            ("alleged-sale", "COOPERATE", "alleged", ("actor", "recipient")),
            ("one-sided", "COOPERATE", "promised", ("actor",)),
            ("nobodys", "ASSAULT", "alleged", ("recipient",)),
            ("no-type", "none", "happened", ("actor",)),
        )
        for name, kind, mode, roles in extra:
            event = f"ev-undated-{name}"
            folder.add("events.csv", event_id=event, summary="A thing is told.", type=kind, mode=mode)
            folder.add("event_claims.csv", event_id=event, claim_id="alder-2030-c001")
            for role in roles:
                actor = {"actor": "norland", "recipient": "river-brigade"}[role]
                folder.add("event_actors.csv", event_id=event, actor_id=actor, role=role)
        yield folder.path


@pytest.fixture(scope="module")
def exported(data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CLAIMBOOK_TEXTS", raising=False)
        patch.delenv(BASE_URL, raising=False)
        target = tmp_path_factory.mktemp("exported") / "all"
        assert export(data, target) == 0
        yield target


@pytest.fixture(scope="module")
def ledger(data):
    return load(data)


def document(exported, name):
    return json.loads((exported / name).read_text(encoding="utf-8"))


def lines(exported, name):
    return [json.loads(line) for line in (exported / name).read_text(encoding="utf-8").splitlines()]


def schema(name):
    return json.loads((resources.files("claimbook.exchange") / f"schemas/{name}.schema.json").read_bytes())


def change(value, place, new):
    """Return a copy of nested JSON with one place set; ``...`` removes it."""
    changed = copy.deepcopy(value)
    *way, last = place
    at = changed
    for step in way:
        at = at[step]
    if new is ...:
        del at[last]
    else:
        at[last] = new
    return changed


# The whole.


def test_the_package_is_valid_and_describes_every_table(exported):
    package = Package(str(exported / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    described = {resource.path for resource in package.resources}
    assert described == {file for file in contents(exported) if file.endswith(".csv")}
    assert {f"derived/{name}.csv" for name in ("evidence_findings", "relations", "terminal_sources")} <= described
    assert "records/rocket_deliveries.csv" in described
    assert all(resource.to_descriptor()["licenses"] for resource in package.resources)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda text: text.replace("claim_id", "claim", 1), "incorrect-label"),
        (lambda text: text + text.splitlines()[-1] + "\n", "primary-key"),
        (lambda text: text.replace("alder-2030-c001", "alder-2030-c999", 1), "foreign-key"),
        (lambda text: text.replace("named", "known", 1), "constraint-error"),
    ],
)
def test_the_package_refuses_a_spoilt_derived_table(exported, tmp_path, spoil, kind):
    spoilt = shutil.copytree(exported, tmp_path / "spoilt")
    table = spoilt / "derived" / "terminal_sources.csv"
    table.write_text(spoil(table.read_text(encoding="utf-8")), encoding="utf-8")
    report = Package(str(spoilt / "datapackage.json")).validate()
    assert kind in {error for (error,) in report.flatten(["type"])}


def test_an_export_of_everything_is_a_ledger_that_can_be_exported_again(exported, tmp_path, capsys, monkeypatch):
    assert main(["validate", "--data", str(exported)]) == 0
    assert export(exported, tmp_path / "again") == 0
    assert contents(tmp_path / "again") == contents(exported)


def test_the_zip_holds_every_file_and_no_clock(exported):
    beside = contents(exported)
    top = ZIP.removesuffix(".zip")
    with zipfile.ZipFile(exported / ZIP) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {exporting.EPOCH}
        held = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    sums = held.pop(f"{top}/SHA256SUMS").decode()
    assert held == {f"{top}/{file}": raw for file, raw in beside.items() if file not in (ZIP, "SHA256SUMS")}
    assert sums.splitlines() == [one for one in beside["SHA256SUMS"].decode().splitlines() if not one.endswith(ZIP)]
    assert {f"{top}/{name}" for name in ("README.txt", "LICENCES.txt", "CITATION.cff", "citation.bib")} <= set(held)


def test_everything_replaces_an_earlier_export_or_leaves_it_whole(data, exported, tmp_path, monkeypatch):
    target = shutil.copytree(exported, tmp_path / "all")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(exporting, "write_zip", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(data, target)
    assert contents(target) == contents(exported)
    assert os.listdir(tmp_path) == ["all"]


def test_computed_cells_cannot_act_as_formulas(tmp_path):
    frame = pd.DataFrame({"finding": ["=1+1", "-5", None], "own": [True, False, True], "n": [1, -2, 3]})
    exporting._write_table(frame, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "finding,own,n\n'=1+1,true,1\n-5,false,-2\n,true,3\n"


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (("contributors",), "contributors"),
        (("licenses",), "licenses"),
        (("resources", 0, "title"), "sources.csv: title"),
        (("resources", -1, "licenses"), "records/league_members.csv: licenses"),
    ],
)
def test_a_package_that_does_not_say_what_the_formats_pass_on_is_refused(data, tmp_path, place, named):
    spoilt = shutil.copytree(data, tmp_path / "data")
    package = change(document(data, "datapackage.json"), place, ...)
    (spoilt / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(ValueError, match=f"needs datapackage.json: {named}"):
        exporting.export(spoilt, tmp_path / "all", everything=True)
    assert os.listdir(tmp_path) == ["data"]


# The address of the book.


def test_the_address_of_the_book_is_taken_from_option_environment_or_configuration(data, tmp_path, monkeypatch):
    assert addresses.base_url(data) == ""
    beside = shutil.copytree(data, tmp_path / "data")
    (tmp_path / "_config.yml").write_text("html:\n  baseurl: https://config.example/book\n")
    assert addresses.base_url(beside) == "https://config.example/book/"
    monkeypatch.setenv(BASE_URL, "https://variable.example/")
    assert addresses.base_url(beside) == "https://variable.example/"
    assert addresses.base_url(beside, "https://option.example") == "https://option.example/"


@pytest.mark.parametrize("address", ["book", "ftp://a.example", "https://a.example/?a", "https://a.example/#b"])
def test_an_address_that_is_none_is_refused(data, tmp_path, capsys, address):
    assert export(data, tmp_path / "all", "--base-url", address) == 1
    assert f"--base-url: {address}: must be an http(s) address" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_with_an_address_links_are_absolute_and_without_one_they_say_that_they_are_not(
    data, exported, tmp_path, capsys, monkeypatch
):
    assert export(data, tmp_path / "all", "--base-url", "https://a.example/b") == 0
    assert "relative" not in capsys.readouterr().out
    for folder, first in ((exported, "../claims/"), (tmp_path / "all", "https://a.example/b/claims/")):
        feed = document(folder, "claimreview.jsonld")
        assert all(item["item"]["url"].startswith(first) for item in feed["dataFeedElement"])
        assert all(one["id"].startswith(first) for one in lines(folder, "annotations.jsonl"))
        assert Validator(schema("claimreview")).is_valid(feed)
        told = (
            "relative" in feed["description"],
            "addresses of claims are relative" in " ".join((folder / readme.FILE).read_text(encoding="utf-8").split()),
        )
        assert told == (first == "../claims/",) * 2
    reviewer = document(tmp_path / "all", "claimreview.jsonld")["dataFeedElement"][0]["item"]["author"]
    assert reviewer["correctionsPolicy"] == "https://a.example/b/chapters/use/corrections.html"
    assert "https://a.example/b/" in (tmp_path / "all" / "CITATION.cff").read_text()


# ClaimReview.


def test_every_checkable_claim_is_reviewed_and_no_other(exported, ledger):
    feed = document(exported, "claimreview.jsonld")
    problems = [error.message for error in Validator(schema("claimreview")).iter_errors(feed)]
    assert problems == []
    reviews = {element["item"]["identifier"]: element["item"] for element in feed["dataFeedElement"]}
    claims = ledger.claims.set_index("claim_id")
    assert set(reviews) == set(claims.index[claims["checkable"]])
    verdicts = pd.read_csv(exported / "verdicts.csv").set_index("claim_id")["verdict"]
    assert {"supported", "not_established"} <= set(verdicts[list(reviews)])
    for claim_id, review in reviews.items():
        rating = review["reviewRating"]
        assert rating["alternateName"] == verdicts[claim_id].replace("_", " ")
        assert rating.get("ratingValue") == claimreview.SCALE.get(verdicts[claim_id])
        assert review["claimReviewed"] == claims.at[claim_id, "statement"]


def test_the_scale_rises_with_truth_and_has_no_place_for_what_is_not_established():
    order = [claimreview.SCALE[v] for v in ("contradicted", "partly_supported", "supported")]
    assert order == sorted(order) == list(range(claimreview.WORST, claimreview.BEST + 1))
    assert claimreview.WORST >= 1
    assert set(VERDICTS) - set(claimreview.SCALE) == {"disputed", "not_established", "not_checkable"}


def test_a_claim_is_credited_to_a_named_terminal_source_and_to_nobody_else(exported):
    feed = document(exported, "claimreview.jsonld")
    authors = {e["item"]["identifier"]: e["item"]["itemReviewed"].get("author") for e in feed["dataFeedElement"]}
    assert authors["alder-2030-c001"] == {"@type": "Person", "name": "Tess Harrow"}
    assert authors["alder-2030-c003"] == {"@type": "Organization", "name": "Vestria Courier"}
    assert authors["alder-2030-c005"] is None  # officials without a name


def test_a_claim_about_a_living_person_carries_its_denial(exported):
    feed = document(exported, "claimreview.jsonld")
    said = {e["item"]["identifier"]: e["item"]["reviewRating"]["ratingExplanation"] for e in feed["dataFeedElement"]}
    assert said["alder-2030-c006"].endswith("No denial was searched for.")
    assert "Denied: " in said["alder-2030-c001"]
    assert "Norland" in said["alder-2030-c001"].partition("Denied: ")[2]


def test_a_text_without_address_and_day_has_neither(exported):
    feed = document(exported, "claimreview.jsonld")
    claims = {e["item"]["identifier"]: e["item"]["itemReviewed"] for e in feed["dataFeedElement"]}
    assert "appearance" not in claims["birch-2031-c001"]
    assert "datePublished" not in claims["birch-2031-c001"]
    assert claims["alder-2030-c001"]["datePublished"] == "2030-03"
    assert claims["alder-2030-c001"]["appearance"]["url"] == "https://alder.example/norland"


ITEM = ("dataFeedElement", 0, "item")
RATING = (*ITEM, "reviewRating")


@pytest.mark.parametrize(
    ("place", "new"),
    [
        (("@context",), "http://schema.org"),
        (("license",), ...),
        ((*ITEM, "claimReviewed"), ...),
        ((*ITEM, "claimReviewed"), " "),
        ((*ITEM, "url"), ...),
        ((*ITEM, "url"), "../claims/alder-2030.html"),
        ((*ITEM, "url"), "javascript:alert(1)"),
        ((*ITEM, "reviewRating"), ...),
        ((*ITEM, "author", "name"), ...),
        ((*ITEM, "datePublished"), "24 November"),
        ((*ITEM, "itemReviewed", "author", "name"), ...),
        ((*ITEM, "itemReviewed", "appearance", "url"), "alder"),
        ((*RATING, "alternateName"), ...),
        ((*RATING, "alternateName"), "not checkable"),
        ((*RATING, "ratingExplanation"), ...),
        ((*RATING, "ratingValue"), ...),
        ((*RATING, "ratingValue"), 2),
        ((*RATING, "bestRating"), 5),
        ((*RATING, "worstRating"), 0),
        ((*RATING, "alternateName"), "disputed"),
    ],
)
def test_a_review_that_breaks_a_rule_is_refused(exported, place, new):
    feed = document(exported, "claimreview.jsonld")
    feed["dataFeedElement"] = [
        e for e in feed["dataFeedElement"] if e["item"]["reviewRating"]["alternateName"] == "supported"
    ]
    assert Validator(schema("claimreview")).is_valid(feed)
    assert not Validator(schema("claimreview")).is_valid(change(feed, place, new))


# PLOVER.


def test_every_event_is_a_record_or_said_to_be_none(exported, ledger):
    dated, undated = (lines(exported, f"plover/{name}.jsonl") for name in ("events", "undated"))
    validator = Validator(schema("plover"))
    assert [error.message for record in dated for error in validator.iter_errors(record)] == []
    messages = {error.message for record in undated for error in validator.iter_errors(record)}
    assert messages == {"'date' is a required property"}
    left_out = pd.read_csv(exported / "derived" / "plover_left_out.csv").set_index("event_id")["reason"]
    made = {record["link"] for record in dated + undated}
    assert made | set(left_out.index) == set(ledger.events["event_id"])
    assert not made & set(left_out.index)
    assert left_out.to_dict() == {
        "ev-undated-one-sided": "no recipient is told, which COOPERATE needs",
        "ev-undated-nobodys": "no actor is told, which every record needs",
        "ev-undated-no-type": "no PLOVER type fits",
    }


def test_a_record_says_what_the_ledger_says(exported, ledger):
    records = {
        record["link"]: record for name in ("events", "undated") for record in lines(exported, f"plover/{name}.jsonl")
    }
    visit = records["ev-2029-brandt-vestria"]
    assert (visit["date"], visit["enddate"]) == ("2029-04-01", "2029-04-30")
    brandt = {"code": "XNO", "identifier_text": "Oda Brandt", "actor_id": "oda-brandt"}
    assert {key: visit["actor"][0][key] for key in brandt} == brandt
    assert visit["recipient"][0]["code"] == "XVE"
    claim = ledger.claims.set_index("claim_id").loc["alder-2030-c008"]
    assert (visit["text_info"]["start"], visit["text_info"]["end"]) == (claim["start"], claim["end"])
    told = {claim["claim_id"]: claim for claim in visit["claimbook"]["claims"]}
    assert told["alder-2030-c008"]["verdict"] == "supported"
    assert told["alder-2030-c008"]["denial"] == "No denial was searched for."
    assert {record["text"] for record in records.values()} == {""}
    report = records["ev-2030-courier-report"]
    assert "enddate" not in report
    assert (report["actor"][0]["sector"], report["event_scale"]) == ("JRN", -3)
    assert records["ev-undated-planned"]["quad_code"] == 4


def test_modes_are_the_auxiliary_ones_and_an_allegation_stays_one(exported):
    records = {r["link"]: r for r in lines(exported, "plover/undated.jsonl")}
    modes = {name: records[f"ev-undated-{name}"]["mode"] for name in ("planned", "imagined", "denied-sale")}
    assert modes == {"planned": ["future"], "imagined": ["hypothetical"], "denied-sale": ["negation"]}
    alleged = records["ev-undated-alleged-sale"]
    assert (alleged["mode"], alleged["claimbook"]["mode"]) == ([], "alleged")


def test_the_types_of_the_ledger_are_those_of_the_manual(ledger):
    events = next(r for r in ledger.schema["resources"] if r["name"] == "events")
    types = next(f for f in events["schema"]["fields"] if f["name"] == "type")["constraints"]["enum"]
    assert set(types) - {"none"} == set(plover.TYPES)
    modes = next(f for f in events["schema"]["fields"] if f["name"] == "mode")["constraints"]["enum"]
    assert set(plover.MODES) < set(modes)


@pytest.mark.parametrize(
    ("place", "new"),
    [
        (("id",), ...),
        (("date",), ...),
        (("date",), "2029"),
        (("actor",), []),
        (("actor", 0, "code"), "Norland"),
        (("actor", 0, "sector"), "MIN"),
        (("event",), ["VISIT"]),
        (("event",), ["AID"]),
        (("quad_code",), 4),
        (("event_scale",), 9.5),
        (("mode",), ["alleged"]),
        (("context",), ["gossip"]),
        (("text",), "She also visited Vestria"),
        (("text_info", "start"), -1),
        (("text_info", "end"), ...),
        (("cite_info", "language"), "English"),
        (("claimbook", "claims"), []),
        (("claimbook", "claims", 0, "denial"), ...),
        (("source",), []),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(exported, place, new):
    visit = next(r for r in lines(exported, "plover/events.jsonl") if r["event"] == ["CONSULT"])
    assert Validator(schema("plover")).is_valid(visit)
    assert not Validator(schema("plover")).is_valid(change(visit, place, new))


def test_what_needs_a_recipient_is_refused_without_one(exported):
    sale = next(r for r in lines(exported, "plover/undated.jsonl") if r["event"] == ["COOPERATE"])
    sale["date"] = "2030-01-01"
    assert Validator(schema("plover")).is_valid(sale)
    assert not Validator(schema("plover")).is_valid(change(sale, ("recipient",), []))
    assert not Validator(schema("plover")).is_valid(change(sale, ("recipient",), ...))


# Web Annotation, RO-Crate, CFF, BibTeX.


def test_every_claim_is_a_passage_of_a_text_named_by_its_hash(exported, ledger):
    found = lines(exported, "annotations.jsonl")
    assert [error.message for one in found for error in Validator(schemas.ANNOTATION).iter_errors(one)] == []
    assert [one["id"].rpartition("/")[2].removesuffix(".html") for one in found] == ledger.claims["claim_id"].tolist()
    quoted = next(one for one in found if one["id"].endswith("alder-2030-c007.html"))
    passage, words = quoted["target"]
    assert passage["selector"] == {"type": "TextPositionSelector", "start": 220, "end": 250}
    assert words["selector"]["refinedBy"]["exact"] == "nobody of that kind"
    assert words["selector"]["start"] <= 220
    assert {body["purpose"] for body in quoted["body"]} >= {"describing", "classifying"}


@pytest.mark.parametrize(
    ("place", "new"),
    [
        (("@context",), ...),
        (("type",), "Note"),
        (("motivation",), "accusing"),
        (("target",), ...),
        (("target", 0, "source", "id"), "https://alder.example/norland"),
        (("target", 0, "selector", "end"), ...),
        (("target", 0, "selector", "start"), -1),
        (("target", 1, "selector", "refinedBy", "exact"), ...),
    ],
)
def test_an_annotation_that_breaks_a_rule_is_refused(exported, place, new):
    quoted = next(one for one in lines(exported, "annotations.jsonl") if isinstance(one["target"], list))
    assert not Validator(schemas.ANNOTATION).is_valid(change(quoted, place, new))


def test_the_crate_lists_every_file_with_its_terms(exported):
    crate = document(exported, "ro-crate-metadata.json")
    assert [error.message for error in Validator(schemas.CRATE).iter_errors(crate)] == []
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    listed = {part["@id"] for part in entities["./"]["hasPart"]}
    assert listed == set(contents(exported)) - {ZIP, "SHA256SUMS", "ro-crate-metadata.json"}
    own = entities["./"]["license"]
    assert entities["claims.csv"]["license"] == own
    assert entities["records/rocket_deliveries.csv"]["license"] != own
    for entity in entities.values():
        terms = entity.get("license", [])
        for one in terms if isinstance(terms, list) else [terms]:
            assert entities[one["@id"]]["name"]
            assert entities[one["@id"]]["description"]


@pytest.mark.parametrize("name", ["name", "description", "datePublished", "license"])
def test_a_crate_without_a_required_property_is_refused(exported, name):
    crate = document(exported, "ro-crate-metadata.json")
    root = next(i for i, entity in enumerate(crate["@graph"]) if entity["@id"] == "./")
    assert not Validator(schemas.CRATE).is_valid(change(crate, ("@graph", root, name), ...))


def test_the_citation_is_cff_and_names_the_texts(exported):
    cff = yaml.safe_load((exported / "CITATION.cff").read_text(encoding="utf-8"))
    assert [error.message for error in Validator(schemas.CFF).iter_errors(cff)] == []
    alder, birch = cff["references"]
    assert (alder["title"], alder["year"], alder["month"]) == ("Norland Quietly Arms the River Brigade", 2030, 3)
    assert alder["authors"] == [{"name": "Tess Harrow"}]
    assert birch["title"] == "[no headline known: Birch]"
    assert not {"year", "url"} & set(birch)
    bib = (exported / "citation.bib").read_text(encoding="utf-8")
    assert bib.startswith("@misc{norland-and-the-brigade,\n")
    (entry,) = pybtex.database.parse_string(bib, "bibtex").entries.values()
    assert entry.fields["year"] == cff["date-released"][:4]
    assert entry.fields["note"].endswith(f"; {citation.UNPUBLISHED}")
    assert citation.UNPUBLISHED in cff["message"]
    assert "url" not in cff
    assert "url" not in entry.fields


def test_a_citation_has_the_address_of_the_published_book(folder):
    ledger = load(folder.path)
    package = ledger.schema
    cff = yaml.safe_load(citation.cff(ledger, package, "https://a.example/b/"))
    entry = pybtex.database.parse_string(citation.bibtex(ledger, package, "https://a.example/b/"), "bibtex")
    (fields,) = (one.fields for one in entry.entries.values())
    assert cff["url"] == fields["url"] == "https://a.example/b/"
    assert citation.UNPUBLISHED not in cff["message"] + fields["note"]


@pytest.mark.parametrize(
    ("place", "new"),
    [
        (("authors",), []),
        (("message",), ...),
        (("title",), ...),
        (("cff-version",), 1.2),
        (("references", 0, "type"), "gossip"),
        (("references", 0, "authors"), ...),
        (("references", 0, "title"), ...),
        (("references", 0, "month"), 13),
        (("references", 0, "outlet"), "The Alder"),
    ],
)
def test_a_citation_that_breaks_a_rule_is_refused(exported, place, new):
    cff = yaml.safe_load((exported / "CITATION.cff").read_text(encoding="utf-8"))
    assert not Validator(schemas.CFF).is_valid(change(cff, place, new))


def test_text_that_yaml_could_take_for_something_else_survives():
    odd = {"a": "yes: no", "b": [{"c": "# x", "d": ["- y", "'"]}, {"c": "2001-11-01"}], "e": {"f": '"\\ é'}}
    assert yaml.safe_load(citation.yaml(odd)) == odd


# The words that go with it.


def test_the_readme_says_what_each_file_is_and_what_it_cannot_show(exported):
    text = (exported / readme.FILE).read_text(encoding="utf-8")
    for file in set(contents(exported)) - {ZIP, "SHA256SUMS"}:
        assert f"\n{file}: " in text, file
    flat = " ".join(text.split())
    for caveat in ("A rocket is no price", "proves nothing", "Nobody has coded these texts"):
        assert caveat in flat
    assert "established by one primary record" in flat
    for code in readme.LOADING.values():
        assert all(line in text for line in code.splitlines())


def test_the_readme_prints_the_traps_of_every_record(exported):
    flat = " ".join((exported / readme.FILE).read_text(encoding="utf-8").split())
    package = document(exported, "datapackage.json")
    traps = [(r["path"], trap) for r in package["resources"] for trap in r.get("traps", [])]
    assert traps
    for path, trap in traps:
        _, _, after = flat.partition(f" {path}: ")
        assert f"Trap: {trap}" in after, path


@pytest.mark.parametrize("where", [readme.FILE, "sentences.csv", "claims.csv", "annotations.jsonl"])
def test_what_positions_count_is_said_wherever_they_are_passed_on(exported, where):
    if where == readme.FILE:
        text = (exported / where).read_text(encoding="utf-8")
    else:
        crate = document(exported, "ro-crate-metadata.json")
        text = next(entity["description"] for entity in crate["@graph"] if entity["@id"] == where)
    flat = " ".join(text.split())
    assert [words for words in schemas.POSITIONS if words not in flat] == []


def test_the_crate_says_nothing_of_positions_where_there_are_none(exported):
    crate = document(exported, "ro-crate-metadata.json")
    told = {entity["@id"] for entity in crate["@graph"] if "code points from 0" in entity.get("description", "")}
    package = document(exported, "datapackage.json")
    tables = {r["path"] for r in package["resources"] if {"start", "end"} <= {f["name"] for f in r["schema"]["fields"]}}
    assert told == tables | {"annotations.jsonl", "plover/events.jsonl", "plover/undated.jsonl", database.FILE}


def test_the_licences_keep_the_records_apart(exported):
    text = (exported / "LICENCES.txt").read_text(encoding="utf-8")
    package = document(exported, "datapackage.json")
    for resource in package["resources"]:
        assert (f"\n- {resource['path']}" in text) == is_record(resource), resource["path"]


# Loading, by the lines that page and README print.


def rows_of(exported):
    package = document(exported, "datapackage.json")
    return {r["name"]: len(pd.read_csv(exported / r["path"], dtype=str)) for r in package["resources"]}


def types_of(exported):
    package = document(exported, "datapackage.json")
    return {(r["name"], f["name"]): f["type"] for r in package["resources"] for f in r["schema"]["fields"]}


def test_the_lines_for_pandas_load_every_table_with_its_types(exported, ledger, monkeypatch):
    monkeypatch.chdir(exported)
    space = {}
    exec(readme.LOADING["pandas"], space)
    tables = space["tables"]
    assert {name: len(frame) for name, frame in tables.items()} == rows_of(exported)
    for name, frame in (ledger.tables | ledger.records).items():
        for column in frame:
            read = tables[name][column].dropna().astype(str).tolist()
            assert len(read) == int((frame[column].astype(object).fillna("").astype(str) != "").sum()), (name, column)
    assert tables["sources"]["reliability"].tolist() == ["F", "F"]
    kinds = {
        **dict.fromkeys(("integer", "year"), "Int64"),
        "number": "Float64",
        "string": "str",
        "boolean": "boolean",
        "date": "datetime64",
    }
    for (name, column), kind in types_of(exported).items():
        assert str(tables[name][column].dtype).startswith(kinds[kind]), (name, column)


def test_the_lines_for_duckdb_take_the_types_and_count_verdicts(exported, monkeypatch):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    monkeypatch.chdir(exported)
    connection = duckdb.connect()
    counted = connection.execute(readme.LOADING["DuckDB"]).fetchall()
    rows = rows_of(exported)
    assert sum(n for _, _, n in counted) == rows["verdicts"]
    assert connection.execute("SELECT DISTINCT reliability FROM sources").fetchall() == [("F",)]
    kinds = {"string": "VARCHAR", "date": "DATE", "boolean": "BOOLEAN", "number": "DOUBLE"}
    for table in ("sources", "claims", "verdicts"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (rows[table],)
        for column, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall():
            assert kind == kinds.get(types_of(exported)[table, column], "BIGINT"), column


def test_the_lines_for_r_load_every_table_with_its_types(exported):
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    if subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True).returncode:
        pytest.skip("R has no package jsonlite")
    script = readme.LOADING["R"] + (
        "for (t in names(tables)) for (c in names(tables[[t]]))"
        ' cat(t, c, class(tables[[t]][[c]]), nrow(tables[[t]]), "\\n")\n'
        'cat(tables$sources$reliability, "\\n")'
    )
    done = subprocess.run(["Rscript", "-e", script], cwd=exported, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    *columns, last = done.stdout.splitlines()
    assert last.split() == ["F", "F"]
    kinds = {"string": "character", "date": "Date", "boolean": "logical"}
    found = [line.split() for line in columns]
    assert {(t, c): kind for t, c, kind, _ in found} == {
        place: kinds.get(kind, "numeric") for place, kind in types_of(exported).items()
    }
    assert {t: int(rows) for t, _, _, rows in found} == rows_of(exported)


@pytest.mark.parametrize("tool", ["command", "Python"])
def test_the_lines_for_sqlite_count_verdicts(exported, monkeypatch, tool):
    monkeypatch.chdir(exported)
    lines = readme.LOADING["SQLite"]
    if tool == "command":
        if shutil.which("sqlite3") is None:
            pytest.skip("sqlite3 is not installed")
        done = subprocess.run(["sqlite3"], input=lines, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        counted = [line.split("|") for line in done.stdout.splitlines() if line.count("|") == 2]
    else:
        opened, count, *_ = lines.splitlines()
        counted = sqlite3.connect(opened.removeprefix(".open ")).execute(count).fetchall()
    assert sum(int(n) for _, _, n in counted) == rows_of(exported)["verdicts"]


# The database.


@pytest.fixture
def base(exported):
    with contextlib.closing(sqlite3.connect(f"{(exported / database.FILE).as_uri()}?mode=ro", uri=True)) as base:
        yield base


def test_the_database_holds_every_cell_with_its_type(exported, base):
    package = document(exported, "datapackage.json")
    held = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert held == {r["name"] for r in package["resources"]} | {"about_tables", "about_columns", "about_traps"}
    storage = {"integer": "integer", "year": "integer", "number": "real", "boolean": "integer"}
    as_written = {"boolean": {"true": 1, "false": 0}.__getitem__, "integer": int, "year": int, "number": float}
    for resource in package["resources"]:
        with (exported / resource["path"]).open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        fields = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        expected = [
            tuple(as_written.get(kind, str)(row[name]) if row[name] else None for name, kind in fields.items())
            for row in rows
        ]
        name = resource["name"]
        assert base.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() == expected, name
        for column, kind in fields.items():
            stored = {s for (s,) in base.execute(f'SELECT DISTINCT typeof("{column}") FROM "{name}"')} - {"null"}
            assert stored <= {storage.get(kind, "text")}, (name, column)


def test_the_database_is_sound_and_every_key_leads_somewhere(exported, base):
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for resource in document(exported, "datapackage.json")["resources"]:
        name, schema = resource["name"], resource["schema"]
        columns = base.execute(f'PRAGMA table_info("{name}")').fetchall()
        key = [column for _, column, *_, place in sorted(columns, key=lambda c: c[5]) if place]
        assert key == schema["primaryKey"]
        found = {(row[3], row[2], row[4]) for row in base.execute(f'PRAGMA foreign_key_list("{name}")')}
        assert found == {
            (f["fields"][0], f["reference"]["resource"] or name, f["reference"]["fields"][0])
            for f in schema.get("foreignKeys", [])
        }


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("UPDATE claims SET checkable = 2", "CHECK"),
        ("UPDATE claims SET weight = 'heavy'", "CHECK"),
        ("UPDATE claims SET statement = NULL", "NOT NULL"),
        ("UPDATE claims SET start = -1", "CHECK"),
        ("UPDATE claims SET sentence_id = 'none'", "FOREIGN KEY"),
        ("UPDATE sources SET published_earliest = '5 March 2030'", "CHECK"),
        ("INSERT INTO claims SELECT * FROM claims", "UNIQUE"),
        ("DELETE FROM actors", "FOREIGN KEY"),
    ],
)
def test_the_database_refuses_what_the_schema_does(exported, tmp_path, statement, refused):
    path = shutil.copyfile(exported / database.FILE, tmp_path / "changed.sqlite")
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match=refused):
            base.execute(statement)


def test_the_database_says_what_its_tables_are_and_under_which_terms(exported, base):
    package = document(exported, "datapackage.json")
    told = dict(base.execute('SELECT "table", terms FROM about_tables').fetchall())
    for resource in package["resources"]:
        for licence in resource["licenses"]:
            assert licence.get("title", licence.get("name")) in told[resource["name"]]
        described = {f["name"]: f["description"] for f in resource["schema"]["fields"]}
        rows = base.execute('SELECT "column", description FROM about_columns WHERE "table" = ?', [resource["name"]])
        assert dict(rows.fetchall()) == described
        traps = base.execute('SELECT trap FROM about_traps WHERE "table" = ? ORDER BY number', [resource["name"]])
        assert [trap for (trap,) in traps] == resource.get("traps", [])
    crate = document(exported, "ro-crate-metadata.json")
    terms = {entity["@id"]: entity.get("license") for entity in crate["@graph"]}
    every = {one["@id"] for r in package["resources"] for one in _listed(terms[r["path"]])}
    assert {one["@id"] for one in _listed(terms[database.FILE])} == every
    assert f"{database.FILE} holds every table" in (exported / readme.LICENCES).read_text(encoding="utf-8")


def _listed(terms):
    return terms if isinstance(terms, list) else [terms]


def test_the_same_tables_give_the_same_database(exported, tmp_path, monkeypatch):
    for name, zone in (("a", "UTC"), ("b", "Asia/Tokyo")):
        monkeypatch.setenv("TZ", zone)
        folder = shutil.copytree(exported, tmp_path / name)
        (folder / database.FILE).unlink()
        database.write(document(exported, "datapackage.json"), folder)
    raw = (exported / database.FILE).read_bytes()
    assert raw == (tmp_path / "a" / database.FILE).read_bytes() == (tmp_path / "b" / database.FILE).read_bytes()
    assert int.from_bytes(raw[16:18]) == 4096
    assert raw[96:100] == bytes(4)  # the version of SQLite that wrote it


# Parquet.


def test_parquet_without_pyarrow_is_refused_before_anything_is_written(data, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(exporting, "find_spec", lambda name: None)
    assert export(data, tmp_path / "all", "--parquet") == 1
    needed = 'Parquet needs pyarrow, which is not installed: python -m pip install -e ".[parquet]"; nothing written'
    assert needed in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_parquet_holds_the_same_rows_with_their_types(data, tmp_path, ledger, monkeypatch):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert export(data, tmp_path / "all", "--parquet") == 0
    claims = pd.read_parquet(tmp_path / "all" / "parquet" / "claims.parquet")
    assert claims["claim_id"].tolist() == ledger.claims["claim_id"].tolist()
    assert claims["start"].dtype == "int64"
    assert claims["checkable"].dtype == "bool"
    assert claims["quote"].isna().sum() == (ledger.claims["quote"] == "").sum()
    assert "\nparquet/: Tables as Parquet" in (tmp_path / "all" / readme.FILE).read_text(encoding="utf-8")
    records = {path.name for path in (tmp_path / "all" / "records" / "parquet").iterdir()}
    assert records == {"rocket_deliveries.parquet", "league_members.parquet"}
    assert main(["export", str(tmp_path / "again"), "--data", str(data), "--all", "--parquet"]) == 0
    assert contents(tmp_path / "again") == contents(tmp_path / "all")


def test_cells_of_markup_stay_markup_where_pyarrow_is_installed():
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    shown = tables.table(pd.DataFrame({"a": [el("b", "x")]}), "caption")
    assert "<b>x</b>" in shown


def test_the_command_runs_as_a_process_and_says_what_is_missing(data, tmp_path):
    command = [sys.executable, "-m", "claimbook", "export", tmp_path / "a", "--data", data, "--base-url", "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("claimbook: --base-url: nowhere: must be")


def test_no_warning_of_a_library_reaches_whoever_exports(data, tmp_path):
    code = (
        "import sys; from claimbook.cli import main;"
        f"sys.exit(main(['export', r'{tmp_path / 'all'}', '--data', r'{data}', '--all']))"
    )
    strict = ["-W", "error", "-c", code]
    done = subprocess.run([sys.executable, *strict], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")

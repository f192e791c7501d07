"""A text coded twice in a book of one's own: compared, decided on, joined, and out under its publisher's name."""

import csv
import json
import shutil
from types import SimpleNamespace

import pytest
from files import contents, rows
from places import FIXTURES

from claimbook.authoring import decisions, workshop
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.validation import validate

CODED = FIXTURES / "coded_twice"
TEXT = "yar-2031"
ACTORS = {
    "first": {"plant": "Plant in Verkhny Yar", "vestnik": "Vestnik", "director": "Director of the plant"},
    "second": {"yar-plant": "Plant in Verkhny Yar", "vestnik": "Vestnik", "director": "Director of the plant"},
}
ORIGINS = {
    "first": {"vestnik": "Vestnik", "road-office": "Road Office"},
    "second": {"vestnik-paper": "Vestnik", "road-office": "Road Office"},
}
KINDS = {"director": "person", "vestnik": "media", "road-office": "state"}


class Coder(workshop.Workshop):
    """Somebody who codes the text in a data folder of their own."""

    def __init__(self, data, texts):
        self.id, self.data, self.texts = TEXT, data, texts
        package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        self.columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}

    def _prepared(self, name):
        return rows(CODED / f"{name}.csv") if (CODED / f"{name}.csv").exists() else []

    def work(self, coder, bound):
        basis = {f"{name}_basis": "Made up." for name in ("title", "outlet", "author", "date", "url")}
        made_up = {"reliability": "F", "reliability_reason": "Made up.", "title": "Автобусы", "stance": "None."}
        self._change("sources", "source_id", TEXT, basis | made_up)
        for actor, name in ACTORS[coder].items():
            living = {"living": "false"} if actor == "director" else {}
            kind = KINDS.get(actor, "company")
            self._write("actors", [{"actor_id": actor, "name": name, "kind": kind} | living])
        for origin, name in ORIGINS[coder].items():
            kind = "state" if origin == "road-office" else "outlet"
            self._write("origins", [{"origin": origin, "name": name, "kind": kind, "owner": origin}])
        self.chain("k02", "director", "says")
        self.chain("k03", "vestnik", "reports")
        (self.data / "references.bib").write_bytes((CODED / coder / "references.bib").read_bytes())
        self.code(coder)
        quantity = {"quantity_id": f"{TEXT}-q01", "value": "40", "bound": bound, "unit": "buses"}
        plant = next(iter(ACTORS[coder]))
        self._write("quantities", [quantity | {"dimension": "count", "measure": "buses sold", "supplier": plant}])
        sentence, start, end = self._place("p01-s5", "половину")
        half = {"sentence_id": sentence, "start": start, "end": end, "reason": "half of the number sold"}
        self._write("number_exceptions", [{"exception_id": f"{TEXT}-x01"} | half])
        told = {"claim_id": f"{TEXT}-c001", "wording": "40 автобусов"}
        self._write("quantity_claims", [{"quantity_id": f"{TEXT}-q01"} | told])


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A book of one's own with the text, coded there by the first and in a copy of its data by the second."""
    root = tmp_path_factory.mktemp("twice")
    texts = root / "texts"
    texts.mkdir()
    shutil.copy(CODED / f"{TEXT}.txt", texts)
    book, second = root / "book", root / "second" / "data"
    assert main(["init", str(book), "--title", "Buses", "--organisation", "Bus Checkers"]) == 0
    data = book / "data"
    given = ["--id", TEXT, "--genre", "news", "--language", "ru", "--outlet", "Листок", "--published", "2031-04-10"]
    assert main(["new-text", str(texts / f"{TEXT}.txt"), *given, "--data", str(data)]) == 0
    shutil.copytree(data, second)
    Coder(data, texts).work("first", "exact")
    Coder(second, texts).work("second", "approximate")
    return SimpleNamespace(book=book, first=data, second=second, texts=texts, file=root / "decisions.csv")


@pytest.mark.parametrize("coder", ["first", "second"])
def test_each_codes_ten_sentences_and_breaks_no_rule(place, coder):
    data = getattr(place, coder)
    assert validate(data, place.texts) == []
    assert len(rows(data / "sentences.csv")) == 10


def test_agreement_aligns_what_both_have_and_lists_what_one_alone_has(place, capsys):
    assert main(["agreement", str(place.first), str(place.second)]) == 0
    out = capsys.readouterr().out
    assert "Claims: 10 aligned; 0 of A and 1 of B without a counterpart" in out
    assert "Evidence on them: 2 shared; 0 of A and 1 of B without a counterpart" in out
    assert "Only in B:\n  yar-2031-c006 (yar-2031-p01-s5) There were buses to be had." in out
    assert "Evidence of B alone:\n  yar-2031-c007-e01: old-road-survey" in out
    for told in (
        "stance of road-office-log, yar-2031-p02-s3\n    A yar-2031-c008: contradicts:",
        "verdict, yar-2031-p02-s3\n    A yar-2031-c008: contradicted:",
        "bound, yar-2031-p01-s1\n    A yar-2031-c001: exact:",
        "weight, yar-2031-p01-s2\n    A yar-2031-c002: support:",
    ):
        assert told in out
    assert "\n  origin of " not in out  # the same paper under two ids


def decided(place):
    """Decide: the second's stance and bound, the first's words, and what the second alone has only as evidence."""
    chosen = {"stance": "second", "quantity": "second", "claim": "leave_out", "evidence": "keep"}
    for row in rows(place.file):
        decision = chosen.get(row["variable"], "first")
        yield row | {"decision": decision, "by": "Both", "date": "2031-06-01", "reason": "Read the sentence again."}


def test_what_both_decided_becomes_the_ledger_of_the_book_and_goes_out_under_its_name(place, capsys):
    run = ["adjudicate", str(place.first), str(place.second), "--decisions", str(place.file)]
    assert main(run) == 0
    assert "undecided" in capsys.readouterr().out
    into = ["--into", str(place.first), "--texts", str(place.texts)]
    before = contents(place.book)
    assert main([*run, *into]) == 1
    told = capsys.readouterr().err
    assert "stance of yar-2031-c008-e01 | yar-2031-c009-e01 (contradicts | qualifies) is undecided" in told
    assert contents(place.book) == before

    decisions.write(place.file, decided(place))
    assert main([*run, *into]) == 0, capsys.readouterr().err
    assert validate(place.first, place.texts) == []
    assert main(["validate", "--data", str(place.first), "--only", TEXT, "--texts", str(place.texts)]) == 1
    assert "adjudications" not in capsys.readouterr().out  # the chapter alone waits for its words
    book = ledger.load(place.first)
    assert len(book.claims) == 10
    assert book.quantities["bound"].tolist() == ["approximate"]
    assert set(book.origins["origin"]) == {"vestnik", "road-office"}
    assert set(book.evidence["reference"]) == {"vestnik-sale", "road-office-log", "old-road-survey"}
    assert list(book.bibliography) == ["old-road-survey", "road-office-log", "vestnik-sale"]
    with place.file.open(encoding="utf-8", newline="") as file:
        assert len(book.adjudications) == len(list(csv.DictReader(file)))
    searched = book.searches.groupby("claim_id")["looked_for"].agg(list)
    assert searched["yar-2031-c005"] == ["How many arrived", "Arrivals"]
    assert searched["yar-2031-c001"] == ["The contract"]

    named = ["--organisation", "River Desk", "--organisation-url", "https://desk.example/", "--date", "2031-06-02"]
    assert main(["claimreview", "--text", TEXT, *named, "--data", str(place.first)]) == 0
    feed = json.loads(capsys.readouterr().out)
    reviews = {entry["item"]["identifier"]: entry["item"] for entry in feed["dataFeedElement"]}
    assert set(reviews) == set(book.claims["claim_id"][book.claims["checkable"]])
    assert {(one["author"]["name"], one["author"]["url"]) for one in reviews.values()} == {
        ("River Desk", "https://desk.example/")
    }
    late = reviews["yar-2031-c008"]["reviewRating"]
    assert (late["alternateName"], late["ratingValue"]) == ("partly supported", 2)
    assert reviews["yar-2031-c001"]["reviewRating"]["alternateName"] == "supported"
    assert main(["claimreview", "--text", TEXT, "--data", str(place.first)]) == 0
    assert '"name": "Bus Checkers"' in capsys.readouterr().out

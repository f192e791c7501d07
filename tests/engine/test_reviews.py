"""The reviews of one text, with the name and the dates of whoever publishes them."""

import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator as Validator

from claimbook.cli import main
from claimbook.model.settings import BASE_URL

SCHEMA = json.loads(
    resources.files("claimbook.exchange").joinpath("schemas/claimreview.schema.json").read_text(encoding="utf-8")
)
NAMED = ("--organisation", "River Checkers", "--organisation-url", "https://rivers.example/")


@pytest.fixture
def reviews(folder, capsys, monkeypatch):
    """Return a call that prints reviews and gives the feed, and its items by claim."""
    monkeypatch.delenv(BASE_URL, raising=False)

    def run(*arguments):
        assert main(["claimreview", "--data", str(folder.path), *arguments]) == 0
        feed = json.loads(capsys.readouterr().out)
        assert [error.message for error in Validator(SCHEMA).iter_errors(feed)] == []
        return feed, {one["item"]["identifier"]: one["item"] for one in feed["dataFeedElement"]}

    return run


def test_one_text_is_reviewed_alone(reviews):
    every, one = reviews()[1], reviews("--text", "birch-2031")[1]
    assert one == {claim: item for claim, item in every.items() if claim.startswith("birch-2031")}
    assert 0 < len(one) < len(every)


def test_the_organisation_is_the_contributor_or_who_is_named(reviews, folder):
    package = json.loads((folder.path / "datapackage.json").read_text(encoding="utf-8"))
    credited = package["contributors"][0]["title"]
    assert {item["author"]["name"] for item in reviews()[1].values()} == {credited}
    item = next(iter(reviews(*NAMED, "--base-url", "https://book.example")[1].values()))
    assert item["author"]["name"] == "River Checkers"
    assert item["author"]["url"] == "https://rivers.example/"
    assert item["author"]["publishingPrinciples"] == "https://book.example/chapters/use/method.html"
    assert item["url"].startswith("https://book.example/claims/")


def test_each_review_has_the_day_of_its_last_search_or_correction(reviews, folder):
    claim = "alder-2030-c001"
    searched = max(row[-1] for row in folder.rows("searches.csv")[1:] if row[1] == claim)
    assert reviews()[1][claim]["datePublished"] == searched
    row = dict(zip(folder.rows("corrections.csv")[0], folder.rows("corrections.csv")[1], strict=True))
    folder.add("corrections.csv", **row | {"correction_id": "k900", "claim_id": claim, "date": "2034-05-06"})
    feed, items = reviews()
    assert items[claim]["datePublished"] == feed["dateModified"] == "2034-05-06"
    assert len({item["datePublished"] for item in items.values()}) > 1


def test_a_day_that_is_given_is_that_of_all(reviews):
    feed, items = reviews("--date", "2035-01-02")
    assert {item["datePublished"] for item in items.values()} == {feed["dateModified"]} == {"2035-01-02"}
    assert "dated by" not in feed["description"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--text", "cedar-2032"], "--text: cedar-2032: must be the id of a text of the ledger"),
        (["--date", "May"], "--date: May: must be a date, YYYY-MM-DD"),
        (["--organisation-url", "rivers"], "--organisation-url: rivers: must be an http(s) address"),
    ],
)
def test_what_breaks_a_rule_is_named(folder, capsys, arguments, complaint):
    assert main(["claimreview", "--data", str(folder.path), *arguments]) == 1
    assert complaint in capsys.readouterr().err


def test_a_ledger_with_a_fault_is_not_reviewed(folder, capsys):
    folder.set("claims.csv", 2, "weight", "heavy")
    assert main(["claimreview", "--data", str(folder.path)]) == 1
    out, said = capsys.readouterr()
    assert out == ""
    assert "claims.csv:2:weight: heavy: must be one of" in said

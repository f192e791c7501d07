"""The codebook follows the schema and shows what it says; the exercise is chosen by rule and compared as coders are."""

import dataclasses
import json

import nbformat
import pytest
from bs4 import BeautifulSoup
from places import ROOT
from this_book import BOOK

from claimbook.analysis import agreement, evidence
from claimbook.model import ledger
from claimbook.view import codebook, exercise, palette


@pytest.fixture(scope="module")
def whole():
    return BOOK


def cells(name):
    return "\n".join(c.source for c in nbformat.read(ROOT / "chapters" / "use" / f"{name}.ipynb", as_version=4).cells)


VARIABLES = (*codebook.RULES, "quantities.stage")


@pytest.mark.parametrize("name", VARIABLES)
def test_every_value_has_a_rule_and_an_example_that_has_it(whole, name):
    _, values = codebook.described(whole, name)
    shown = codebook.examples(whole)
    for value in values:
        row_id = shown.get((name, value))
        assert codebook.rules(whole, name)[value].endswith(".")
        if name == "evidence.origin":
            assert row_id in set(whole.evidence["evidence_id"])
        elif row_id:
            assert value in codebook.coded(whole, name, row_id)
        else:
            table, column = name.split(".")
            # The stance and finding of a check are computed, so the table itself need not show them.
            frame = evidence.resolved(whole) if table == "evidence" else whole.tables[table]
            assert value not in set(frame[column].astype(str)), f"{name} {value} has a case and no example"


def test_the_chapter_shows_every_variable(whole):
    source = cells("codebook")
    assert all(f'codebook.variable(book, "{name}")' in source for name in VARIABLES)
    shown = BeautifulSoup(codebook.variable(whole, "claims.kind"), "html.parser")
    described = {
        f["name"]: f for r in whole.schema["resources"] if r["name"] == "claims" for f in r["schema"]["fields"]
    }
    assert described["kind"]["description"] in shown.text
    assert [row.code.text for row in shown.select("tbody tr")] == described["kind"]["constraints"]["enum"]


def test_a_book_without_examples_shows_the_rules_alone(whole):
    for tables in ({**whole.tables, "examples": whole.examples.iloc[:0]}, dict(whole.tables)):
        if len(tables["examples"]):
            del tables["examples"]
        shown = BeautifulSoup(
            codebook.variable(dataclasses.replace(whole, tables=tables), "claims.kind"), "html.parser"
        )
        assert [head.text for head in shown.select("thead th")] == ["Value", "Rule"]
        assert shown.caption.text == "kind: values and rules"


def test_a_variable_that_nothing_rules_is_refused(whole):
    with pytest.raises(KeyError):
        codebook.described(whole, "claims.colour")
    assert codebook.rules(whole, "claims.note") == {}


def test_a_schema_with_another_value_is_refused(whole):
    schema = json.loads(json.dumps(whole.schema))
    field = next(
        f for r in schema["resources"] if r["name"] == "claims" for f in r["schema"]["fields"] if f["name"] == "kind"
    )
    field["constraints"]["enum"].append("rumour")
    with pytest.raises(ValueError, match=r"claims.kind has the values .*rumour"):
        codebook.described(ledger.Ledger(whole.directory, schema, whole.tables), "claims.kind")


def test_every_enumeration_of_a_coder_is_in_the_codebook(whole):
    coders = {
        "claims": {"note"},
        "chains": set(),
        "quantities": {"dimension"},
        "events": {"date_precision", "date_basis", "type"},
    }
    for resource in whole.schema["resources"]:
        if resource["name"] in coders:
            listed = {f["name"] for f in resource["schema"]["fields"] if "enum" in f.get("constraints", {})}
            rules = {name.split(".")[1] for name in VARIABLES if name.startswith(f"{resource['name']}.")}
            assert listed - coders[resource["name"]] <= rules


def test_the_exercise_is_spread_over_kinds_and_texts(whole):
    chosen = exercise.choose(whole)
    assert len(chosen) == len(set(chosen["claim_id"])) == exercise.CLAIMS
    kinds = chosen["kind"].value_counts()
    assert set(kinds.index) == set(palette.KINDS)
    assert kinds.max() - kinds.min() <= 1
    assert set(chosen["claim_id"].str.rsplit("-", n=1).str[0]) == set(whole.texts)
    assert set(chosen["weight"]) == set(palette.WEIGHTS)
    assert set(chosen["layer"]) == set(palette.LAYERS)
    assert list(exercise.choose(whole)["claim_id"]) == list(chosen["claim_id"])


def test_the_choice_does_not_hang_on_the_order_of_the_rows(whole):
    turned = {**whole.tables, "claims": whole.claims.iloc[::-1].reset_index(drop=True)}
    other = dataclasses.replace(whole, tables=turned)
    assert list(exercise.choose(other)["claim_id"]) == list(exercise.choose(whole)["claim_id"])


def test_no_living_person_and_no_company_is_in_the_exercise(whole):
    careful = whole.actors[whole.actors["living"].fillna(False) | (whole.actors["kind"] == "company")]
    chosen = exercise.choose(whole)
    assert not (set(chosen["subject"]) | set(chosen["object"])) & set(careful["actor_id"])
    words = set(" ".join(chosen["statement"] + " " + chosen["quote"]).replace("'", " ").replace(".", " ").split())
    assert not {"Putin", "Lukashenko", "Khamenei", "Zelensky"} & words
    assert any("Lukashenko" in s for s in whole.claims["statement"])


def test_a_small_ledger_gives_what_it_has(folder):
    small = ledger.load(folder.path)
    assert 0 < len(exercise.choose(small)) <= len(small.claims)


def given(made, **otherwise):
    """Return the book's own answers to an exercise, with the answers to its first claim changed."""
    answers = {claim: dict(of) for claim, of in made.answers.items()}
    answers[next(iter(answers))] |= otherwise
    return answers


def text(html):
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_who_codes_as_the_book_agrees_with_it(whole):
    made = exercise.Exercise(whole)
    shown = text(made.compare(given(made)))
    assert shown.count("20 20 1.00 not known") == len(exercise.VARIABLES)
    assert "No difference" in shown
    nothing = text(made.compare({}))
    assert nothing.count("0 0 too few to say: 0 –") == len(exercise.VARIABLES)
    assert "You have coded nothing yet." in nothing
    assert "No difference" not in nothing


def test_of_fewer_than_ten_claims_no_agreement_is_claimed(whole):
    made = exercise.Exercise(whole)
    nine = dict(list(given(made).items())[:9])
    shown = text(made.compare(nine))
    assert shown.count("9 9 too few to say: 9 –") == len(exercise.VARIABLES)
    assert "%" not in shown.replace("95 % interval", "")


def test_a_difference_is_told_with_the_rule_and_the_link(whole):
    made = exercise.Exercise(whole)
    claim, book = next(iter(made.answers.items()))
    mine = next(kind for kind in palette.KINDS if kind != book["kind"])
    html = made.compare(given(made, kind=mine))
    shown = text(html)
    assert f"Kind: you {palette.KINDS[mine]}, the book {palette.KINDS[book['kind']]}." in shown
    assert codebook.RULES["claims.kind"][book["kind"]] in shown
    assert f"#{claim}" in html
    kappa = agreement.kappa([(mine, book["kind"]), *((a["kind"], a["kind"]) for a in list(made.answers.values())[1:])])
    assert f"20 19 {' '.join(kappa.words)}" in shown
    assert kappa.low < kappa.value < kappa.high == 1


def test_in_a_kernel_the_widgets_compare_and_save(whole, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = exercise.Exercise(whole)
    box = made.widget()
    *claims, button, coder, save, saved, result = box.children
    assert len(claims) == exercise.CLAIMS
    for shown, answers in zip(claims, made.answers.values(), strict=True):
        for dropdown, value in zip(shown.children[1:], answers.values(), strict=True):
            dropdown.value = value
    button.click()
    [shown] = result.outputs
    assert "No difference" in shown["data"]["text/html"]
    save.click()
    assert exercise.NO_NAME in saved.outputs[0]["data"]["text/html"]
    assert list(tmp_path.iterdir()) == []
    coder.value = "ann"
    save.click()
    assert (tmp_path / "coding-ann.csv").read_text(encoding="utf-8") == made.file("ann", made.answers)


def test_on_the_page_a_form_stands_that_shows_no_answer(whole):
    bundle = exercise.Exercise(whole)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert len(page.select("fieldset")) == exercise.CLAIMS
    labels = {label["for"] for label in page.select("label")}
    assert labels == {field["id"] for field in page.select("select, input")}
    assert not page.select("[selected]")
    assert all(line.has_attr("hidden") for line in page.select(".cb-book"))

"""An audit by a reader: what is drawn, what is shown of it, and that the answers are tables that the ledger takes."""

import csv
import io

import pytest
from browser import DESK, Visit

import claimbook
from claimbook.model import ledger
from claimbook.site import STATIC
from claimbook.validation import validate
from claimbook.view import audit
from claimbook.view.markup import plain

ANSWERS = {
    "seen": "yes",
    "words_right": "yes",
    "stance": "qualifies",
    "stance_second": "supports",
    "origin": "herald | gazette",
    "date": "2030-05",
    "right": "no",
    "complete": "no",
    "note": '=it says "some", not all',
}


@pytest.fixture
def book(folder):
    return ledger.load(folder.path)


def test_a_seed_draws_the_same_rows_again_and_another_seed_others(book):
    first = audit.draw(book, "1", 5)["evidence_id"].tolist()
    assert first == audit.draw(book, "1", 5)["evidence_id"].tolist()
    assert first == audit.draw(book, "1")["evidence_id"].tolist()[:5]
    assert first != audit.draw(book, "2", 5)["evidence_id"].tolist()
    assert len(set(first)) == 5


def test_what_its_own_source_took_back_is_not_drawn(book):
    rows = audit.draw(book, n=10_000)
    assert len(rows) <= len(book.evidence)
    assert not rows["superseded"].any()


def test_a_seed_that_is_a_commit_stands_as_it_is():
    assert audit.drawn_from("a" * 40) == "a" * 40
    assert len(audit.drawn_from("some words")) == 40


def test_a_row_shows_all_that_is_needed_to_check_it_and_keeps_the_coding_apart(book):
    made = audit.Audit(book, n=10_000)
    for _, row in made.rows.iterrows():
        asked, coding = made.asked(row), made.coding(row)
        assert made.assessed.claims.at[row["claim_id"], "statement"] in plain(asked)
        assert "paragraph" in plain(asked)
        assert row["finding"] not in plain(asked)
        assert row["finding"] in plain(coding)
        assert f"reliability {row['reliability']}" in plain(coding)
        assert row["words"] in plain(asked)
        if row["words"] and (url := book.bibliography[row["reference"]].get("url")) and not url.endswith(".pdf"):
            assert ":~:text=" in asked
        if (denial := made.assessed.denied(row["claim_id"])) is not None:
            assert denial in asked


def test_answers_and_a_fault_are_tables_that_the_ledger_takes(book, folder):
    made = audit.Audit(book)
    first, second, *_ = made.rows["evidence_id"]
    text = made.table("reader", {first: ANSWERS, second: {"seen": "no", "stance": ""}})
    [row] = csv.DictReader(io.StringIO(text))
    assert tuple(row) == audit.COLUMNS
    assert row["evidence_id"] == first
    assert row["note"] == '\'=it says "some", not all'
    path = folder.path / next(r["path"] for r in book.schema["resources"] if r["name"] == "audits")
    path.write_text(text, encoding="utf-8")
    with (folder.path / "corrections.csv").open("a", encoding="utf-8") as handle:
        line = made.fault(first, "It says all.", "It says some.", "The page says some.", "2031-05-01")
        handle.write(line.partition("\n")[2])
    assert list(map(str, validate(folder.path))) == []
    assert len(claimbook.load(folder.path).audits) == 1


def test_what_cannot_be_counted_is_said(book):
    made = audit.Audit(book)
    with pytest.raises(ValueError, match="lower-case letters"):
        made.table("Reader 1", {})
    with pytest.raises(ValueError, match="No row has both"):
        made.table("reader", {made.rows["evidence_id"][0]: {"seen": "yes"}})
    with pytest.raises(ValueError, match="what should stand there"):
        made.fault(made.rows["evidence_id"][0], "This.", "", "Because.")


def test_without_evidence_or_audits_sentences_say_so(book):
    tables = {name: frame for name, frame in book.tables.items() if name != "audits"}
    tables["evidence"] = book.evidence.iloc[:0]
    empty = ledger.Ledger(book.directory, book.schema, tables, book.records)
    assert "there is no evidence yet" in audit.of(empty)
    assert "Nobody has audited this ledger yet." in audit.so_far(empty)


def filled(page, made, auditor="reader"):
    """Answer the first row of the form and make the CSV."""
    row = page.locator("li[data-row]").first
    row.get_by_text("Your answers").click()
    for name, value in ANSWERS.items():
        field = row.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("f => f.tagName") == "SELECT" else field.fill(value)
    page.locator("[name=auditor]").fill(auditor)
    page.get_by_role("button", name="Make the CSV").click()
    return page.locator(".cb-made-answers")


def test_the_script_writes_what_the_kernel_writes(book, browser, tmp_path):
    made = audit.Audit(book)
    first = made.rows["evidence_id"][0]
    page_file = tmp_path / "page.html"
    script = (STATIC / "audit.js").read_text(encoding="utf-8")
    page_file.write_text(f"<!doctype html><meta charset=utf-8>{made.form()}<script>{script}</script>")
    with Visit(browser, "file://", viewport=DESK, accept_downloads=True) as visit:
        page = visit.page
        page.goto(page_file.as_uri())
        assert filled(page, made, "Me").inner_text() == audit.NO_NAME
        page.locator("[name=auditor]").fill("reader")
        page.locator("li[data-row]").first.locator("[name=seen]").select_option("")
        page.get_by_role("button", name="Make the CSV").click()
        assert page.locator(".cb-made-answers").inner_text() == audit.NOTHING
        page.reload()  # what was answered is there again
        row = page.locator("li[data-row]").first
        assert row.locator("[name=note]").input_value() == ANSWERS["note"]
        row.get_by_text("Your answers").click()
        row.locator("[name=seen]").select_option("yes")
        row.get_by_text("How the book codes it").click()
        page.get_by_role("button", name="Make the CSV").click()
        shown = page.locator(".cb-made-answers textarea").input_value()
        assert shown == made.table("reader", {first: ANSWERS | {"assessment_seen": "yes"}})
        with page.expect_download() as download:
            page.locator(".cb-made-answers a").click()
        download.value.save_as(tmp_path / "audit.csv")
        assert (tmp_path / "audit.csv").read_text(encoding="utf-8") == shown
        page.get_by_role("button", name="Make the line").click()
        assert "what should stand there" in page.locator(".cb-made-fault").inner_text()
        for name, value in {"was": "It says all.", "now": "It says some.", "reason": "The page says some."}.items():
            page.locator(f".cb-fault [name={name}]").fill(value)
        page.get_by_role("button", name="Make the line").click()
        today = page.evaluate("new Date().toLocaleDateString('sv')")
        line = made.fault(first, "It says all.", "It says some.", "The page says some.", today)
        assert page.locator(".cb-made-fault textarea").input_value() == line
        page.get_by_role("button", name="Start again").click()
        assert page.locator(".cb-made-answers").inner_text() == ""
        page.reload()
        assert page.locator("li[data-row] [name=note]").first.input_value() == ""
        assert (visit.outside, visit.errors) == ([], [])


def test_in_a_kernel_a_seed_changes_the_rows_and_the_answers_become_a_file(book, tmp_path):
    (out := tmp_path / "out").mkdir()
    made = audit.Audit(book, folder=out)
    widget = made.widget()
    seed, place = widget.children
    heads = [box.outputs[0]["data"]["text/html"] for box in place.children if getattr(box, "outputs", ())]
    seed.value = "2"
    others = [box.outputs[0]["data"]["text/html"] for box in place.children if getattr(box, "outputs", ())]
    assert heads != others
    seed.value = made.seed
    by_label = {getattr(box, "description", ""): box for box in reversed(place.children)}
    for name, (label, _) in audit.QUESTIONS.items():
        by_label[label].value = ANSWERS[name]
    by_label["Your name"].value = "reader"
    by_label["Write the CSV of your answers"].click()
    [path] = out.iterdir()
    assert path.read_text(encoding="utf-8") == made.table("reader", {made.rows["evidence_id"][0]: ANSWERS})
    path.unlink()
    for label in ("Stands there", "Should stand", "Why"):
        by_label[label].value = label
    by_label["Write the line of the correction"].click()
    [path] = out.iterdir()
    assert path.name == f"fault-{made.rows['evidence_id'][0]}.csv"
    assert path.read_text(encoding="utf-8").startswith(",".join(audit.FAULT))

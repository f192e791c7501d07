"""The chapter in which a reader audits: read without scripts, answered on the page, run with another seed."""

import csv
import io

import pytest
from browser import DESK, Visit
from notebooks import code_cells
from this_book import BOOK

from claimbook.view import audit

PAGE = "chapters/use/audit.html"


@pytest.fixture(scope="module")
def made():
    return audit.of(BOOK)


def test_without_scripts_twenty_rows_stand_there_with_what_is_needed(browser, site_url, made):
    with Visit(browser, site_url, viewport=DESK, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(site_url + PAGE)
        rows = page.locator(".cb-audit li[data-row]")
        assert rows.count() == audit.ROWS == len(made.rows)
        for shown, (_, row) in zip(rows.all(), made.rows.iterrows(), strict=True):
            claim = row["claim_id"]
            assert made.assessed.claims.at[claim, "statement"] in shown.inner_text()
            assert not shown.locator(".cb-answers").is_visible()
            shown.locator(".cb-coding summary").click()
            assert row["finding"] in shown.inner_text()
            assert shown.locator(f"a[href*='claims/{claim}.html']").count()
        assert "needs JavaScript or a kernel" in page.locator(".cb-audit").inner_text()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_form_of_the_page_makes_a_table_of_audits(browser, site_url, book, made, scheme):
    home = site_url if scheme == "http" else f"{book.as_uri()}/"
    with Visit(browser, home, viewport=DESK) as visit:
        page = visit.page
        page.goto(home + PAGE)
        asked = len(visit.asked)
        for shown in page.locator(".cb-audit li[data-row]").all():
            shown.get_by_text("Your answers").click()
            shown.locator("[name=seen]").select_option("yes")
            shown.locator("[name=stance]").select_option("supports")
        page.locator(".cb-audit [name=auditor]").fill("reader")
        page.get_by_role("button", name="Make the CSV").click()
        text = page.locator(".cb-made-answers textarea").input_value()
        given = {row: {"seen": "yes", "stance": "supports"} for row in made.rows["evidence_id"]}
        assert text == made.table("reader", given)
        assert len(list(csv.DictReader(io.StringIO(text)))) == audit.ROWS
        assert (visit.outside, visit.errors) == ([], [])
        assert all(address.endswith("favicon.svg") for address in visit.asked[asked:])


def test_another_seed_in_the_cell_draws_other_rows():
    [cell] = [source for source in code_cells(PAGE.removesuffix(".html")) if "audit.of(" in source]
    drawn = {
        seed: eval(cell.replace('"1"', repr(seed)), {"audit": audit, "book": BOOK}).rows["evidence_id"].tolist()
        for seed in ("1", "any words")
    }
    assert drawn["1"] == audit.draw(BOOK)["evidence_id"].tolist()
    assert drawn["1"] != drawn["any words"]

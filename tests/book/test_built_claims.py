"""The pages of claims as built: light, accessible, the one address that every link to a claim leads to."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import DESK, Visit, use_theme
from bs4 import BeautifulSoup
from this_book import BOOK

from claimbook.analysis import evidence
from claimbook.exchange.published import CLAIMS, claim_path

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
FOUND = evidence.verdicts(BOOK).set_index("claim_id")["verdict"]
ROWS = evidence.resolved(BOOK)["claim_id"].value_counts()
RETIRED = next(name for name in BOOK.retired_ids["id"] if "-e" not in name)
FIRST = FOUND.reset_index().drop_duplicates("verdict")["claim_id"]
SAMPLE = sorted({*FIRST, ROWS.index[0]})
"""A claim of each verdict, and the one with the most evidence."""


def test_every_claim_and_every_retired_one_has_a_page(book):
    made = {path.stem for path in (book / CLAIMS).glob("*.html")}
    retired = {name for name in BOOK.retired_ids["id"] if "-e" not in name}
    assert made == {*BOOK.claims["claim_id"], *retired}


def test_links_to_claims_lead_to_their_pages_and_old_addresses_still_show_the_claim(book):
    for path in (book / "chapters").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert re.findall(r'href="[^"#]*\.html#[a-z0-9-]+-c[0-9]+(?:-e[0-9]+)?"', html) == re.findall(
            r'href="[^"#]*claims/[^"#]*\.html#[a-z0-9-]+-c[0-9]+(?:-e[0-9]+)?"', html
        ), path.name
    for source in BOOK.sources["source_id"]:
        page = BeautifulSoup(
            (book / "chapters" / "texts" / f"{source}.html").read_text(encoding="utf-8"), "html.parser"
        )
        shown = {e["id"] for e in page.find_all(id=True)}
        assert {*BOOK.text(source).claims["claim_id"]} <= shown


@pytest.mark.parametrize("claim", [*SAMPLE, RETIRED])
def test_a_page_of_a_claim_is_light_still_and_accessible(browser, site_url, claim):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}{claim_path(claim)}", wait_until="networkidle")
        assert visit.kilobytes <= 60
        assert len(visit.asked) <= 4
        assert not visit.outside
        for scheme in ("light", "dark"):
            use_theme(page, scheme)
            found = Axe().run(page, None, RULES).response["violations"]
            assert [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]] == []
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert visit.errors == []


def test_the_keyboard_reaches_evidence_text_and_card(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}{claim_path(ROWS.index[0])}")
        reached = []
        for _ in range(page.locator("a[href], summary").count()):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.tagName")
            )
        assert "../index.html" in reached
        assert any("/chapters/" in href for href in reached)
        assert any(href.startswith("http") for href in reached), "words lead to their source"
        assert "SUMMARY" in reached


def test_the_words_of_a_source_are_set_as_the_rest_of_its_row_and_stay_in_it(browser, site_url):
    sizes = "[e, e.parentElement].map(one => getComputedStyle(one).fontSize)"
    look = f"e => [{sizes}, getComputedStyle(e).position]"
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}{claim_path(ROWS.index[0])}")
        (words, row), position = visit.page.locator(".cb-sides div.cb-words").first.evaluate(look)
        assert (words, position) == (row, "static")

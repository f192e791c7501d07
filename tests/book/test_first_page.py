"""The first page as built, the switch for code and the line under a figure: pointer, finger and keyboard."""

import pytest
from browser import DESK, Visit
from notebooks import shown_by
from playwright.sync_api import expect
from this_book import BOOK

from claimbook.analysis import evidence
from claimbook.view import palette
from claimbook.view.markup import plain

STORY = "chapters/stories/the-doctrine"
PHONE = {"width": 390, "height": 844}
OPEN_CODE = "details.above-input[open] >> visible=true"


def test_the_lead_counts_each_charge_of_the_texts_once():
    lead, *_ = shown_by("index")
    charges, said = evidence.charges(BOOK), plain(lead)
    names = {"background": "background claims", "support": "supporting claims", "thesis": "main points"}
    for weight, name in names.items():
        mine = charges.loc[charges["weight"] == weight, "verdict"]
        assert f"{(mine == 'supported').sum()} of {len(mine)} {name}" in said
    assert len(charges) < BOOK.claims["checkable"].sum()


def test_no_id_and_no_code_is_in_view(front):
    words = front.locator("article").inner_text()
    assert not [claim for claim in BOOK.claims["claim_id"] if claim in words]
    assert front.locator("details.above-input >> visible=true").count() == 0
    assert "A language model read and coded these texts and the evidence; no independent person has." in words


def test_arrow_keys_go_from_claim_to_claim_and_enter_follows(front):
    first = front.locator(".cb-cells a").first
    assert front.locator(".cb-cells a[tabindex='0']").count() == front.locator(".cb-cells").count()
    first.focus()
    front.keyboard.press("ArrowRight")
    second = front.locator(".cb-cells a").nth(1)
    expect(second).to_be_focused()
    expect(front.get_by_role("tooltip")).to_contain_text(second.get_attribute("aria-label").partition(": ")[2])
    front.keyboard.press("ArrowDown")
    below = front.evaluate("document.activeElement.getBoundingClientRect()")
    assert below["y"] > second.bounding_box()["y"]
    assert abs(below["x"] - second.bounding_box()["x"]) < 2
    front.keyboard.press("Enter")
    front.wait_for_url("**/claims/**")


def test_a_text_alone_is_counted_and_the_address_keeps_it(front):
    whole = front.locator(".cb-held").all_inner_texts()
    name = BOOK.sources["short_name"].iloc[2]
    front.get_by_label(name).check()
    charges = evidence.charges(BOOK)
    mine = charges[charges["text"] == BOOK.sources["source_id"].iloc[2]]
    for weight, block in zip(("background", "support", "thesis"), front.locator(".cb-held").all(), strict=True):
        verdicts = mine.loc[mine["weight"] == weight, "verdict"]
        expect(block).to_have_text(f"{(verdicts == 'supported').sum()} of {len(verdicts)} supported")
    front.reload()
    expect(front.get_by_label(name)).to_be_checked()
    assert front.locator(".cb-held").all_inner_texts() != whole
    front.go_back()
    expect(front.locator(".cb-held").first).to_have_text(whole[0])


def test_the_first_tap_reads_and_the_second_follows(browser, site_url):
    with Visit(browser, site_url, viewport=PHONE, has_touch=True, is_mobile=True) as visit:
        page = visit.page
        page.goto(f"{site_url}index.html")
        mark = page.locator(".cb-cells a").nth(3)
        assert mark.bounding_box()["width"] >= 24
        mark.tap()
        expect(page.get_by_role("tooltip")).to_contain_text(mark.get_attribute("aria-label").partition(": ")[2])
        mark.tap()
        page.wait_for_url("**/claims/**")


def test_a_text_card_says_how_the_text_stands(front):
    cards = front.locator(".cb-cards > li")
    assert cards.count() == len(BOOK.sources)
    for card in cards.all():
        words = card.inner_text()
        assert "Argues that" in words
        assert "Clearest error" in words
        assert "What holds" in words
        assert any(word in words for word in palette.VERDICTS.values())


def test_one_switch_shows_all_code_of_a_page_and_is_kept_for_the_visit(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}{STORY}.html")
        assert page.locator(OPEN_CODE).count() == 0
        switch = page.get_by_role("button", name="Show the code")
        switch.focus()
        page.keyboard.press("Enter")
        expect(switch).to_have_attribute("aria-pressed", "true")
        assert page.locator(OPEN_CODE).count() == page.locator("details.above-input").count() > 0
        page.goto(f"{site_url}chapters/use/method.html")
        assert page.locator(OPEN_CODE).count() > 0
        page.get_by_role("button", name="Show the code").click()
        assert page.locator("details.above-input >> visible=true").count() == 0
        assert visit.errors == []


def test_a_page_without_code_has_no_switch_and_one_without_scripts_has_folds(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/use/glossary.html")
        assert visit.page.locator(".cb-code-switch").count() == 0
    with Visit(browser, site_url, viewport=DESK, java_script_enabled=False) as visit:
        visit.page.goto(f"{site_url}{STORY}.html")
        expect(visit.page.locator(".cb-code-switch")).to_be_hidden()
        folds = visit.page.locator("details.above-input > summary >> visible=true")
        assert folds.count() == visit.page.locator("details.above-input").count() > 0
        folds.first.click()
        expect(visit.page.locator("details.above-input pre").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_line_under_a_figure_has_all_in_one_row_of_targets(width, browser, site_url):
    with Visit(browser, site_url, viewport={"width": width, "height": 800}) as visit:
        page = visit.page
        page.goto(f"{site_url}{STORY}.html")
        figure = page.locator("figure.cb-chart").first
        targets = figure.locator(".cb-under").locator("summary, a, button").locator("visible=true")
        boxes = {target.inner_text(): target.bounding_box() for target in targets.all()}
        assert [*boxes] == ["Table", "Data (CSV)", "Cite", "Code", "#"]
        assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes.values())
        assert all(box["x"] + box["width"] <= width for box in boxes.values())
        figure.get_by_text("Table", exact=True).click()
        expect(figure.locator(".cb-data table")).to_be_visible()
        figure.get_by_role("button", name="Code").click()
        assert page.locator(OPEN_CODE).count() == 1
        cell = page.locator("div.cell", has=page.locator(f"#{figure.get_attribute('id')}"))
        expect(cell.locator("details.above-input pre")).to_be_visible()
        assert visit.errors == []

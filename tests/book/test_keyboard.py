"""Pictures with the keyboard alone, at a desk and on a phone: the years of the events, the matrix of votes."""

import pytest
from browser import DESK, Visit
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def tabbed_to(page, selector, most=400):
    """Press Tab until what is focused matches; tell whether it came to that."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return True
    return False


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_year_of_the_strip_opens_its_list(viewport, browser, site_url):
    with Visit(browser, site_url, viewport=viewport) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/record/diplomatic-events.html")
        expect(page.locator("#events-2021 > summary + *")).not_to_be_visible()
        assert tabbed_to(page, '#chart-timeline-events a[href="#events-2021"]')
        page.keyboard.press("Enter")
        expect(page.locator("#events-2021 .cb-row").first).to_be_visible()
        expect(page.locator("#events-2021 > summary")).to_be_in_viewport()
        assert visit.errors == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_matrix_of_votes_and_its_table_are_reached(viewport, browser, site_url):
    with Visit(browser, site_url, viewport=viewport) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/record/alliances.html")
        assert tabbed_to(page, "#chart-alliances-who-voted .cb-plot")
        # Its table is long and has a leaf.
        assert tabbed_to(page, "#chart-alliances-who-voted a.cb-data")
        page.keyboard.press("Enter")
        page.wait_for_url("**/chart-alliances-who-voted.html")
        expect(page.locator("main table")).to_be_visible()
        assert visit.errors == []


def test_a_choice_opens_the_folds_that_hold_some_of_it_and_resetting_closes_them(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/record/diplomatic-events.html#events:type=SANCTION")
        folds = page.locator(".cb-facets[data-control=events] .cb-fold")
        shown = page.locator(".cb-facets[data-control=events] .cb-row:visible").count()
        assert page.locator(".cb-facets[data-control=events] .cb-count").inner_text().startswith(f"{shown} of ")
        assert 0 < folds.locator("visible=true").count() < folds.count()
        page.locator(".cb-facets[data-control=events] [type=reset]").click()
        assert page.locator(".cb-facets[data-control=events] .cb-fold[open]").count() == 0

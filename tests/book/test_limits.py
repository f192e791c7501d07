"""How long the pages of the book may be as built: as they open, and with every fold open four times that."""

import pytest
from browser import DESK, Visit

MOST_PIXELS = {
    "chapters/maps": 5000,
}
"""Pages with the height that they may have at 1280 pixels across."""


@pytest.fixture(scope="module", params=MOST_PIXELS)
def opened(request, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}{request.param}.html")
        yield visit.page, MOST_PIXELS[request.param]


def test_a_page_is_no_longer_than_its_limit(opened):
    page, most = opened
    height = "document.documentElement.scrollHeight"
    assert page.evaluate(height) <= most
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert page.evaluate(height) <= 4 * most

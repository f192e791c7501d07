"""How long pages may be as built, so that nobody has to survive one."""

import pytest
from browser import Visit

MOST = {"index": 2_400}
"""Pixels of a page at 1280 by 800, by its name."""


@pytest.mark.parametrize("page", MOST)
def test_a_page_keeps_to_its_length(page, browser, site_url):
    with Visit(browser, site_url, viewport={"width": 1280, "height": 800}) as visit:
        visit.page.goto(f"{site_url}{page}.html")
        assert visit.page.evaluate("document.documentElement.scrollHeight") <= MOST[page]

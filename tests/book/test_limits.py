"""No page has to be survived: each as built is at most so high on a desk, and four times that with every fold open."""

import pytest
from browser import Visit

DESK = {"width": 1280, "height": 800}
LIMITS = {
    "index": 2_400,
    "chapters/wnd-2001": 8000,
    "chapters/srebrnik-2023": 8000,
    "chapters/defence-ua": 8000,
    "chapters/walsh-2021": 8000,
}
UNFOLD = """() => {
    document.querySelectorAll('article details').forEach(one => one.open = true);
    return document.documentElement.scrollHeight;
}"""


@pytest.mark.parametrize("page", LIMITS)
def test_a_page_keeps_its_limit(page, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}{page}.html")
        assert visit.page.evaluate("document.documentElement.scrollHeight") <= LIMITS[page]
        assert visit.page.evaluate(UNFOLD) <= 4 * LIMITS[page]

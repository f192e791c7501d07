"""No page has to be survived: each as built is at most so high on a desk, and four times that with every fold open."""

import pytest
from browser import DESK, Visit

LIMITS = {
    "index": 2400,
    "chapters/texts/wnd-2001": 8000,
    "chapters/texts/srebrnik-2023": 8000,
    "chapters/texts/defence-ua": 8000,
    "chapters/texts/walsh-2021": 8000,
    "chapters/record/claims": 9000,
    "chapters/record/arms-deals": 9000,
    "chapters/record/armed-groups": 9000,
    "chapters/record/diplomatic-events": 9000,
    "chapters/record/maps": 5000,
    "chapters/record/alliances": 9000,
    "chapters/record/actors-language": 9000,
    "chapters/record/texts-collide": 9000,
    "chapters/use/audit": 12000,
    "chapters/use/corrections": 12000,
}
"""Pages with the height in pixels that they may have at 1280 across."""

FOLDED = 4
"""So many times as high a page may be with every fold open, code apart."""

HEIGHT = "document.documentElement.scrollHeight"
UNFOLD = "document.querySelectorAll('article details:not(.above-input)').forEach(fold => { fold.open = true; })"
INNER = """[...document.querySelectorAll("article *")].filter(one => one.scrollHeight > one.clientHeight + 2
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowY)).map(one => one.className)"""


@pytest.mark.parametrize("page", LIMITS)
def test_a_page_keeps_its_limit_and_scrolls_in_no_part(page, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}{page}.html")
        assert visit.page.evaluate(HEIGHT) <= LIMITS[page]
        assert visit.page.evaluate(INNER) == []
        visit.page.evaluate(UNFOLD)
        assert visit.page.evaluate(HEIGHT) <= FOLDED * LIMITS[page]

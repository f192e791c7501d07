"""The length of pages as built, nothing hidden: in pixels at a desk, folded, and with every fold open."""

import pytest
from browser import DESK, Visit

LIMITS = {
    "chapters/diplomatic-events": 9_000,
    "chapters/claims": 9_000,
    "chapters/actors-language": 9_000,
    "chapters/alliances": 9_000,
    "chapters/texts-collide": 9_000,
}
OPEN = {"chapters/diplomatic-events": 36_000, "chapters/alliances": 36_000}
"""How long a page may be with every fold open."""

LAID_OUT = "* { content-visibility: visible !important; }"
UNFOLD = "document.querySelectorAll('article details').forEach(fold => { fold.open = true; })"
HEIGHT = "document.documentElement.scrollHeight"
INNER = """[...document.querySelectorAll("article *")].filter(one => one.scrollHeight > one.clientHeight + 2
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowY)).map(one => one.className)"""


@pytest.mark.parametrize("name", LIMITS)
def test_a_page_is_no_longer_than_it_may_be_and_scrolls_in_no_part(name, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}{name}.html")
        page.add_style_tag(content=LAID_OUT)
        assert page.evaluate(HEIGHT) <= LIMITS[name]
        assert page.evaluate(INNER) == []
        page.evaluate(UNFOLD)
        assert name not in OPEN or page.evaluate(HEIGHT) <= OPEN[name]

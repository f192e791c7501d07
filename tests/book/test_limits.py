"""No page has to be survived: each as built is at most so high on a desk, and four times that with every fold open."""

import functools
from dataclasses import dataclass

import pytest
from browser import DESK, Visit
from notebooks import toc_pages

from claimbook.site.light import is_leaf

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
    **{page: 12000 for page in toc_pages() if page.startswith("chapters/use/")},
}
"""Pages with the height in pixels that they may have at 1280 across."""

FOLDED = 4
"""So many times as high a page may be with every fold open, code apart."""

HEIGHT = "document.documentElement.scrollHeight"
UNFOLD = "document.querySelectorAll('article details:not(.above-input)').forEach(fold => { fold.open = true; })"
INNER = """[...document.querySelectorAll("article *")].filter(one => one.scrollHeight > one.clientHeight + 2
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowY)).map(one => one.className)"""


WORDS_OF = """(() => { const words = (text) => text.split(/\\s+/).filter(Boolean).length;
    const article = document.querySelector("article"), lists = [...article.querySelectorAll("select, .cb-citation")];
    return lists.reduce((n, list) => n - words(list.innerText), words(article.innerText));
})()"""
"""The words of a page but for what a closed list offers and for citations, which are copied and not read."""


@dataclass
class Seen:
    """What one visit of a page has shown: its height, its parts that scroll, and height and words with folds open."""

    height: int
    inner: list
    unfolded: int
    words: int


@pytest.fixture(scope="module")
def seen(browser, site_url):
    """Return a function that visits a page, once."""
    with Visit(browser, site_url, viewport=DESK) as visit:

        @functools.cache
        def look(page):
            visit.page.goto(f"{site_url}{page}.html")
            height, inner, _ = map(visit.page.evaluate, (HEIGHT, INNER, UNFOLD))
            return Seen(height, inner, visit.page.evaluate(HEIGHT), visit.page.evaluate(WORDS_OF))

        yield look


@pytest.mark.parametrize("page", LIMITS)
def test_a_page_keeps_its_limit_and_scrolls_in_no_part(page, seen):
    assert seen(page).height <= LIMITS[page]
    assert seen(page).inner == []
    assert seen(page).unfolded <= FOLDED * LIMITS[page]


APART = tuple(f"chapters/use/{name}" for name in ("references", "data", "audit", "corrections", "api"))
"""Pages that list what the book rests on: publications, tables, rows drawn at random, the log of corrections, names in
the package. With the leaves and the pages of claims they are looked up, not read."""

WORDS = 75_000
"""So many words has the book at most with every fold open, but for what stands APART."""


def test_the_book_keeps_to_its_words_with_every_fold_open(seen):
    assert sum(seen(page).words for page in toc_pages() if page not in APART) <= WORDS


LONGEST = 24
"""So many leaves are looked at, those with most on them: the others, whose tables are shorter, are less high."""


def test_a_leaf_keeps_the_limit_of_a_page_for_use(browser, book, site_url):
    html = {path: path.read_text(encoding="utf-8") for path in book.glob("chapters/**/*.html")}
    leaves = [path for path, text in html.items() if is_leaf(text)]
    assert len(leaves) > 100
    with Visit(browser, site_url, viewport=DESK) as visit:
        for path in sorted(leaves, key=lambda path: len(html[path]))[-LONGEST:]:
            visit.page.goto(f"{site_url}{path.relative_to(book).as_posix()}")
            assert visit.page.evaluate(HEIGHT) <= 12000, path.name
            visit.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            assert visit.page.evaluate(HEIGHT) <= FOLDED * 12000, path.name

"""Finding one's way in the built book: search, addresses, cards at links, citations, routes, the order of pages."""

import csv
import json
import re
from collections import Counter

import pytest
from browser import DESK, ROOT, Visit, toc_pages
from bs4 import BeautifulSoup
from playwright.sync_api import expect
from test_pages import WCAG, violations

from claimbook import addresses, references
from claimbook.markup import plain
from claimbook.site import find, folding
from claimbook.site.renderers import page_address

PAGES = toc_pages()
# Words, with a group in which they must find something and the end of an address that must be among it.
FINDS = [
    ("Wezeman", "claims", "#wnd-2001-c052"),
    ("Wezemaen", "actors", "#claims:actor=wezeman"),
    ("Khameini", "claims", None),
    ("Хаменеи", "actors", "#claims:actor=khamenei"),
    ("Batehkin", "actors", "#claims:actor=batekhin"),
    ("Лукашенко", "actors", "#claims:actor=lukashenko"),
    ("Łukaszenka", "claims", None),
    ("Тегеран", "actors", "#claims:actor=iran"),
    ("wnd-2001-c042", "claims", "#wnd-2001-c042"),
    ("500 million", "quantities", "#wnd-2001-q01"),
    ("road map", "events", "#row-ev-2023-road-map-signed"),
    ("TREND-indicator", "terms", "#term-TIV"),
    ("hard cases", "sections", "method.html#hard-cases"),
    ("wnd-2001-c001-e01", "evidence", "#wnd-2001-c001-e01"),
    ("kremlin embassy", "publications", None),
]


def ask(page, words):
    """Type words into the search page and wait for the whole answer."""
    page.locator("#cb-q").fill(words)
    expect(page.locator("#cb-results")).to_have_attribute("data-whole", "yes")
    expect(page.locator("#cb-found")).to_contain_text(f"“{words}”")


@pytest.fixture(scope="module")
def search(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}search.html")
        yield visit.page
    assert visit.errors == []


@pytest.mark.parametrize(("words", "group", "end"), FINDS)
def test_the_search_finds(words, group, end, search):
    ask(search, words)
    hits = search.locator(f"[data-group={group}]")
    if more := hits.locator("button").all():
        more[0].click()
    links = hits.locator("li > a").evaluate_all("links => links.map(link => link.href)")
    assert links
    assert end is None or any(link.endswith(end) for link in links), links


def test_the_search_says_where_it_finds_nothing_and_how_much_elsewhere(search):
    ask(search, "zzzz nothing")
    expect(search.locator("#cb-found")).to_have_role("status")
    expect(search.locator("#cb-found")).to_contain_text("Nothing found for “zzzz nothing”")
    assert search.locator("#cb-results li").count() == 0
    ask(search, "lukashenko")
    hits = search.locator("[data-group=claims]")
    total = int(re.search(r"\d+", hits.locator("h2").inner_text())[0])
    assert hits.locator("li").count() == 5
    hits.get_by_role("button", name="Show all").press("Enter")
    assert hits.locator("li").count() == total
    expect(hits.locator("li").nth(5).locator("a")).to_be_focused()
    assert hits.locator("li .cb-verdict").count() == total


def test_an_answer_is_accessible(search):
    ask(search, "tehran")
    assert violations(search, WCAG) == []


def test_an_exact_id_comes_first(search):
    ask(search, "wnd-2001-c001-e01")
    expect(search.locator("#cb-results > section").first).to_have_attribute("data-group", "evidence")


def test_build_and_page_fold_alike(search):
    ask(search, "iran")
    with (ROOT / "data" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["as_written"] for row in csv.DictReader(file)]
    texts += ["Łukaszenka Лукашэнка", "ÉTAT d’état", "straße Ærø Щёлково Їжак Ґ ў İstanbul ﬁne", "S-300, $500"]
    script = """texts => {
        const { words, sound } = claimbookFolding(claimbookSearch.rules);
        return texts.map(text => words(text).map(word => [word, sound(word)]));
    }"""
    expected = [[[word, folding.sound(word)] for word in folding.words(text)] for text in texts]
    assert search.evaluate(script, texts) == expected


def test_the_search_works_without_a_server_from_the_dialog_of_any_page(browser, book):
    home = book.as_uri()
    with Visit(browser, home, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{home}/chapters/method.html")
        page.get_by_role("button", name="Search").locator("visible=true").first.click()
        page.locator("dialog[open] input[name=q]").fill("Тегеран")
        page.keyboard.press("Enter")
        expect(page.locator("#cb-found")).to_contain_text("“Тегеран”")
        assert page.url.startswith(f"{home}/search.html?q=")
        page.locator("[data-group=actors] li > a").first.click()
        page.wait_for_url("**/claims.html#claims:actor=iran")
        assert (visit.outside, visit.errors) == ([], [])


def test_without_scripts_the_search_page_leads_on(browser, site_url):
    with Visit(browser, site_url, java_script_enabled=False, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}search.html")
        main = visit.page.locator("main article")
        expect(main.get_by_role("link", name="all claims")).to_be_visible()
        assert main.locator("input, button").locator("visible=true").count() == 0


# Addresses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "address"),
    [
        ("claims", addresses.claim),
        ("evidence", addresses.evidence),
        ("quantities", addresses.quantity),
        ("events", addresses.event),
    ],
)
def test_every_row_has_its_place_on_one_page(table, address, book):
    ids = {
        page: Counter(re.findall(r'\sid="([^"]+)"', (book / f"{page}.html").read_text(encoding="utf-8")))
        for page in PAGES
    }
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [next(iter(row.values())) for row in csv.DictReader(file)]
    assert rows
    for row in rows:
        page, anchor = page_address(address(row, "chapters/")).split("#")
        places = [(name, counted[anchor]) for name, counted in ids.items() if counted[anchor]]
        assert places == [(page.removesuffix(".html"), 1)], row


def test_pages_describe_themselves_and_lead_on_in_order(book):
    described = set()
    for number, name in enumerate(PAGES):
        page = BeautifulSoup((book / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        described.add(page.select_one("meta[name=description]")["content"])
        leads = [page.select_one(f"a.{kind}") for kind in ("left-prev", "right-next")]
        beside = [PAGES[number - 1] if number else None, PAGES[number + 1] if number + 1 < len(PAGES) else None]
        found = [
            link and (book / f"{name}.html").parent.joinpath(link["href"]).resolve().relative_to(book.resolve())
            for link in leads
        ]
        assert [path and path.as_posix().removesuffix(".html") for path in found] == beside, name
        assert page.select("link[rel=canonical], meta[property='og:url'], meta[property='og:image']") == []
    assert len(described) == len(PAGES)
    assert not (book / "sitemap.xml").exists()


def test_the_front_page_has_three_routes(book):
    page = BeautifulSoup((book / "index.html").read_text(encoding="utf-8"), "html.parser")
    routes = page.select("#three-routes > section")
    assert [route.find("h3").find(string=True) for route in routes] == [
        "Five minutes",
        "A seminar",
        "A working analyst",
    ]
    for route in routes:
        steps = route.select("ol > li")
        assert len(steps) >= 4
        assert all(step.a and len(step.get_text()) > len(step.a.get_text()) + 20 for step in steps)


# Cards at links and citations ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cards(book):
    script = (book / find.CARDS).read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.claimbookCards=").rstrip().rstrip(";"))


@pytest.fixture
def front(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}index.html")
        yield visit.page
        assert visit.errors == []


def test_pointing_at_a_claim_shows_what_it_says(front, cards):
    link, card = front.locator("article a.cb-id").first, front.get_by_role("tooltip")
    statement, verdict, _, denial = cards["claims"][link.inner_text()]
    height = front.evaluate("document.documentElement.scrollHeight")
    link.hover()
    expect(card).to_contain_text(statement)
    expect(card.locator(".cb-verdict")).to_contain_text(cards["verdicts"][verdict][1])
    assert ("Denied: " in card.inner_text()) == bool(denial)
    assert front.evaluate("document.documentElement.scrollHeight") == height
    assert violations(front, WCAG) == []
    # The pointer can go onto the card, and the card stays until it has left.
    card.hover()
    front.wait_for_timeout(600)
    expect(card).to_be_visible()
    front.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_keyboard_gets_the_card_of_a_claim_and_of_a_term(front, cards):
    card = front.get_by_role("tooltip")
    for links in ("article a.cb-id", "article a.cb-term"):
        link = front.locator(links).first
        link.evaluate("link => { link.previousSibling.before(Object.assign(document.createElement('button'))); }")
        link.locator("xpath=preceding::button[1]").focus()
        front.keyboard.press("Tab")
        expect(link).to_be_focused()
        expect(card).to_be_visible()
        expect(link).to_have_attribute("aria-describedby", card.get_attribute("id"))
        name = link.get_attribute("href").split("#")[1]
        said = cards["claims"][name][0] if name in cards["claims"] else cards["terms"][name][1]
        expect(card).to_contain_text(said)
        front.keyboard.press("Tab")
        expect(link).not_to_have_attribute("aria-describedby", "cb-hover")


def test_a_finger_follows_the_link(browser, site_url):
    with Visit(browser, site_url, viewport={"width": 390, "height": 844}, has_touch=True) as visit:
        visit.page.goto(f"{site_url}index.html")
        link = visit.page.locator("article a.cb-id").first
        name = link.inner_text()
        link.tap()
        visit.page.wait_for_url(f"**#{name}")


def test_a_claim_and_a_chart_can_be_cited(browser, site_url, cards):
    claim = "wnd-2001-c042"
    statement, verdict, _, denial = cards["claims"][claim]
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/wnd-2001.html#{claim}")
        cite = page.locator(f"#{claim} > .cb-cite")
        cite.locator("summary").click()
        expect(cite.locator(".cb-citation")).to_have_count(2)
        text, bibtex = cite.locator(".cb-citation").all_inner_texts()
        for part in (statement, cards["verdicts"][verdict][1], denial, f"{site_url}chapters/wnd-2001.html#{claim}"):
            assert part in text
        assert bibtex.startswith(f"@misc{{{claim},")
        assert references.parse(bibtex)[0][claim]["title"] == statement
        cite.get_by_role("button", name="Copy BibTeX").click()
        expect(cite.get_by_role("status")).to_have_text("Copied")
        chart = page.locator("figure.cb-chart").first
        chart.locator(".cb-cite summary").click()
        text = chart.locator(".cb-citation").first.inner_text()
        assert chart.locator(".cb-title > span").inner_text() in text
        assert "Arms, Allies, Allegations, version " in text
        assert text.endswith(f"#{chart.get_attribute('id')}")
        odd = r"50% of $5 & a_b ~ ^ # -- \o/ {x} 1975–2017"
        other = page.locator("figure.cb-chart").nth(1)
        other.locator(".cb-title > span").evaluate("(title, text) => { title.textContent = text; }", odd)
        other.locator(".cb-cite summary").click()
        [entry] = references.parse(other.locator(".cb-citation").nth(1).inner_text())[0].values()
        assert entry["title"] == odd
        assert visit.errors == []


def test_every_term_marked_on_a_page_has_a_gloss(book, cards):
    marked = 0
    for name in PAGES:
        page = BeautifulSoup((book / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        terms = [link["href"].split("#")[1] for link in page.select("a.cb-term")]
        assert len(terms) == len(set(terms)), name
        assert set(terms) <= set(cards["terms"])
        marked += len(terms)
    assert marked
    assert all(gloss == plain(gloss) for _, gloss in cards["terms"].values())

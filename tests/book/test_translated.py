"""The book as a browser translates it: every word on the page is another one, and everything still answers."""

import json

import pybtex.database
import pytest
from browser import DESK, Visit
from playwright.sync_api import expect
from this_book import BOOK

from claimbook.site import find
from claimbook.view import explore
from claimbook.view.exercise import CLAIMS

# As translators in browsers do it: each text becomes another one within two elements of their own, options and all;
# what asks not to be translated, code, and what nobody sees stay. Here a word is read backwards.
TRANSLATE = """() => {
    document.documentElement.lang = 'xx';
    document.documentElement.classList.add('translated-ltr');
    const kept = 'script, style, template, code, pre, textarea, [translate=no]';
    const turn = text => text.replace(/\\p{L}+/gu, word => [...word].reverse().join('').toLowerCase());
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest(kept)) continue;
        if (text.parentElement.matches('option')) { text.data = turn(text.data); continue; }
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        outer.style.verticalAlign = inner.style.verticalAlign = 'inherit';
        inner.textContent = turn(text.data);
        outer.append(inner);
        text.replaceWith(outer);
    }
    for (const element of document.querySelectorAll('[title]')) element.title = turn(element.title);
}"""
COPIED = """() => { document.execCommand = () => { copied = getSelection().toString() || document.activeElement.value;
    return true; }; }"""


@pytest.fixture
def translated(browser, site_url):
    """Open a page and translate it once it stands; at the end nothing may have gone wrong."""
    with Visit(browser, site_url, viewport=DESK) as visit:

        def go(name):
            visit.page.goto(f"{site_url}{name}", wait_until="networkidle")
            visit.page.evaluate(TRANSLATE)
            visit.page.evaluate(COPIED)
            return visit.page

        yield go
        assert visit.errors == []


def rows(section):
    return section.locator(".cb-row:not([hidden])").evaluate_all("rows => rows.map(row => row.id.replace(/^row-/, ''))")


@pytest.mark.parametrize(
    "choice",
    [
        {"text": "wnd-2001", "verdict": "disputed"},
        {"q": "Hamas"},
        {"q": "  SRAELI"},
        {"actor": "iran", "q": "wnd-2001"},
    ],
)
def test_a_filter_finds_what_it_found(translated, choice):
    section = translated("chapters/record/claims.html").locator("[data-control=claims]")
    for name, value in choice.items():
        field = section.locator(f"[name={name}]")
        field.fill(value) if name == "q" else field.select_option(value)
    wanted = explore.claims(BOOK).select(**choice)
    expect(section.get_by_role("status")).to_have_text(f"{len(wanted)} of {len(BOOK.claims)} claims")
    assert rows(section) == wanted


def test_a_filter_finds_the_words_that_a_reader_sees(translated):
    section = translated("chapters/record/claims.html").locator("[data-control=claims]")
    section.locator("[name=q]").fill("SAMAH")
    wanted = explore.claims(BOOK).select(q="hamas")
    expect(section.get_by_role("status")).to_have_text(f"{len(wanted)} of {len(BOOK.claims)} claims")
    assert rows(section) == wanted != []


def test_a_choice_among_states_counts_what_it_counted(translated):
    section = translated("chapters/record/claims.html").locator("[data-control=threshold]")
    control = explore.threshold(BOOK)
    section.locator("input[name=origins][value='2']").check()
    choice = {"origins": "2"}
    expect(section.get_by_role("status")).to_have_text(control.sentence(**choice))
    cells = [row.locator("td").all_inner_texts() for row in section.locator("tbody tr").all()]
    assert [[int(cell.split(" ")[0]) for cell in row] for row in cells] == control.counts(**choice).to_numpy().tolist()
    assert section.locator("details").count() == len(control.changes(**choice))


def test_the_exercise_compares(translated):
    exercise = translated("chapters/use/codebook.html").locator(".cb-exercise")
    for select in exercise.locator("select").all():
        select.select_option(select.get_attribute("data-answer"))
    exercise.locator("[type=submit]:not(.cb-save)").click()
    agree = exercise.locator(".cb-result tbody tr td:nth-child(3)").all_inner_texts()
    assert agree == [str(CLAIMS)] * 4


def test_an_address_leads_to_its_claim(translated):
    page = translated("chapters/texts/wnd-2001.html")
    page.evaluate("location.hash = 'wnd-2001-c042'")
    expect(page.locator("#wnd-2001-c042").first).to_be_in_viewport()


def test_pointing_at_a_claim_shows_it(translated, book):
    page = translated("index.html")
    link = page.locator("article a.cb-sq").first
    script = (book / find.CARDS).read_text(encoding="utf-8").removeprefix("window.claimbookCards=").rstrip(";\n")
    statement, *_ = json.loads(script)["claims"][link.evaluate("link => link.hash.slice(1)")]
    link.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(statement)


def copied(place):
    """Return what the two buttons of a citation copy."""
    found = []
    for button in place.locator("button").all():
        button.click()
        found.append(place.evaluate("() => window.copied"))
    return found


@pytest.mark.parametrize("again", [False, True], ids=["once", "and again"])
def test_a_citation_is_the_book_s_own(translated, again):
    page = translated("chapters/texts/wnd-2001.html")
    places = {"WorldNetDaily, November 2001": page.locator("article")}
    for title, holder in places.items():
        place = holder.locator("> .cb-cite")
        place.locator("summary").click()
        expect(place.locator("button")).to_have_count(2)
        if again:
            page.evaluate(TRANSLATE)
        plain, bibtex = copied(place)
        assert f"“{title}”" in plain
        (entry,) = pybtex.database.parse_string(bibtex, "bibtex").entries.values()
        assert entry.fields["title"] == f"{{{title}}}"


def test_a_chart_is_cited_by_its_finding(translated):
    page = translated("chapters/record/claims.html")
    figure = page.locator("figure.cb-chart").first
    title = figure.locator(".cb-plot").get_attribute("data-title")
    figure.locator(".cb-cite > summary").click()
    assert f"“{title}”" in copied(figure.locator(".cb-cite"))[0]
    assert title not in figure.locator(".cb-title").inner_text()

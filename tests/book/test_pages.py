"""The book as its readers get it: every page is opened in a browser, and its charts and controls are used."""

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import DESK, Timeout, Visit, draw_charts, use_theme
from bs4 import BeautifulSoup
from notebooks import cells_giving, toc_pages
from playwright.sync_api import expect

from claimbook.exchange.published import CLAIMS
from claimbook.view import palette
from claimbook.view.charts import Figure

PAGES = toc_pages()
WCAG = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
PHONES = (390, 320)
# All rows of a filter come from one function, as do all rows of a table, cards, pairs and references: the first ones
# stand for hundreds. axe looks at every element, also at what it is told to leave out: the others are taken away.
ALIKE = """() => {
    const alike = '.cb-row:nth-child(n+13), .cb-sentence:nth-child(n+7), .cb-pairs > section:nth-child(n+7), '
        + '.cb-references > li:nth-child(n+13), .cb-table tbody tr:nth-child(n+13), .cb-entry:nth-child(n+13), '
        + 'details:not([open]) > :not(summary)';
    document.querySelectorAll(alike).forEach(element => element.remove());
}"""
# axe does not judge the text of drawings: PALE does.
UNJUDGED = {"exclude": [[".cb-drawing svg g"]]}
# Whether colours stand out takes axe longer than all its other rules together, so it is asked of one of each look, and
# of each look once: the same colours, size and weight stand out alike on every page.
OTHERS = WCAG | {"rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Mark the first element of each look that is not known yet: its own text, or what is typed, in a colour, size and
# weight on a ground. Return the looks that the page has.
LOOKS = """judged => {
    const known = new Set(judged), found = new Set();
    const search = (e, ground) => {
        const { backgroundColor, backgroundImage, opacity, filter, color, fontSize, fontWeight } = getComputedStyle(e);
        const [, , , alpha] = backgroundColor.match(/[\\d.]+/g);
        if (alpha === undefined) ground = '';
        if (alpha !== '0' || backgroundImage !== 'none') ground += backgroundColor + backgroundImage;
        if (opacity !== '1' || filter !== 'none') ground += opacity + filter;
        const look = [color, fontSize, fontWeight, e.disabled, ground].join();
        const words = [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if ((words || e.matches('input, select, textarea')) && e.checkVisibility({ visibilityProperty: true })) {
            e.toggleAttribute('data-look', !known.has(look));
            known.add(look);
            found.add(look);
        }
        for (const child of e.children) if (!e.matches('svg')) search(child, ground);
    };
    search(document.body, '');
    return [...found];
}"""

# The labels of charts, but for those on bars, that stand out from the page by less than 4.5 to 1.
PALE = """() => {
    const light = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const page = light(getComputedStyle(document.body).backgroundColor);
    return [...document.querySelectorAll('.cb-drawing svg text:not(.bartext)')].flatMap(text => {
        const { fill, fillOpacity } = getComputedStyle(text);
        const [less, more] = [page, light(fill)].sort((a, b) => a - b);
        return more / less < 4.5 || fillOpacity < 1 ? [`${text.textContent} is ${fill}, opacity ${fillOpacity}`] : [];
    });
}"""
# What follows the start of an element that stands for an icon of the theme.
ICON = re.compile(r'<\w+ class="(?:[^"]* )?(?:fa[srb]?|fa-solid|fa-regular|fa-brands) [^"]*"[^>]*>(.{4})', re.DOTALL)
HEIGHTS = "Object.fromEntries([...document.querySelectorAll('figure.cb-chart')].map(f => [f.id, f.offsetHeight]))"
# Per bar chart: the sizes of its bars as Plotly has calculated them, and the numbers of the table below it.
BARS = """[...document.querySelectorAll('figure.cb-chart')].flatMap(figure => {
    const traces = figure.querySelector('.js-plotly-plot')?.calcdata ?? [];
    const bars = traces.filter(([first]) => first.trace.type === 'bar');
    const cells = [...figure.querySelectorAll('details td.cb-number')];
    return bars.length ? [[figure.id, bars.flat().map(bar => bar.s), cells.map(cell => Number(cell.textContent))]] : [];
})"""
# Every other one of the first folded parts, so that what is folded and what is not are both looked at.
UNFOLD = "document.querySelectorAll('main details').forEach((e, i) => { if (i < 12 && i % 2 === 0) e.open = true; })"
# The innermost elements that make the page wider than its window, with where they end.
WIDE = """() => {
    const end = e => Math.round(e.getBoundingClientRect().left + Math.max(e.offsetWidth ?? 0, e.scrollWidth));
    const apart = e => getComputedStyle(e).overflowX !== 'visible' || getComputedStyle(e).position === 'fixed';
    const search = e => {
        const within = [...e.children].flatMap(child => apart(child) ? [] : search(child));
        return within.length || end(e) <= innerWidth ? within : [`${e.outerHTML.slice(0, 80)} ends at ${end(e)}`];
    };
    return search(document.body);
}"""


@dataclass
class Seen:
    """What one visit of a page has shown."""

    name: str
    first_kilobytes: float
    first_requests: list
    heights: tuple
    drawn: list
    bars: list
    violations: dict
    too_wide: dict
    menu: bool
    outside: list
    errors: list


def asked_of_axe(page, context, rules):
    found = Axe().run(page, context, rules).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]


JUDGED = set()
"""The looks that this process has found to stand out."""


def too_pale(page):
    """Return what does not stand out from its ground in the scheme that the page has now."""
    looks = set(page.evaluate(LOOKS, list(JUDGED)))
    assert looks
    faults = []
    if looks - JUDGED:
        faults = asked_of_axe(page, UNJUDGED | {"include": [["[data-look]"]]}, CONTRAST)
    if not faults:
        JUDGED.update(looks)
    return faults + page.evaluate(PALE)


def violations(page):
    """Return what is not accessible in the scheme that the page has now."""
    return asked_of_axe(page, UNJUDGED, OTHERS) + too_pale(page)


def too_wide(page, width):
    """Return what is wider than a window of that width, once the page had time to fit itself to it."""
    page.set_viewport_size({"width": width, "height": 844})
    fits = "() => document.documentElement.scrollWidth <= innerWidth"
    try:
        page.wait_for_function(fits, timeout=30_000)
    except Timeout:
        return page.evaluate(WIDE) or ["unknown"]
    return []


def menu_opens(page):
    """Tell whether the button of the phone's menu brings up links within the window."""
    page.set_viewport_size({"width": PHONES[0], "height": 844})
    page.evaluate("scrollTo(0, 0)")
    page.locator("button.primary-toggle").locator("visible=true").click()
    link = page.get_by_role("dialog").get_by_role("link").first
    try:
        link.wait_for(timeout=30_000)
    except Timeout:
        return False
    box = link.bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= PHONES[0]


@pytest.fixture(scope="module", params=[*(f"{page}.html" for page in PAGES), "404.html", "search.html"])
def seen(request, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(site_url + request.param, wait_until="networkidle")
        kilobytes, asked = visit.kilobytes, list(visit.asked)
        before = page.evaluate(HEIGHTS)
        drawn = draw_charts(page)
        after = page.evaluate(HEIGHTS)
        bars = page.evaluate(BARS)
        page.evaluate(UNFOLD)
        wide = {width: too_wide(page, width) for width in PHONES}
        menu = menu_opens(page)
        page.keyboard.press("Escape")
        page.set_viewport_size(DESK)
        page.evaluate(ALIKE)
        wrong = {}
        # Only colours differ between the schemes: the other rules are asked once.
        for scheme, faults in (("dark", too_pale), ("light", violations)):
            use_theme(page, scheme)
            wrong[scheme] = faults(page)
    return Seen(
        request.param, kilobytes, asked, (before, after), drawn, bars, wrong, wide, menu, visit.outside, visit.errors
    )


def test_nothing_comes_from_another_host(seen):
    assert seen.outside == []


def test_the_console_is_silent(seen):
    assert seen.errors == []


def test_the_first_view_is_light(seen):
    assert seen.first_kilobytes <= 150
    assert len(seen.first_requests) <= 20, seen.first_requests


@pytest.fixture(scope="module")
def parsed(seen, book):
    return BeautifulSoup((book / seen.name).read_text(encoding="utf-8"), "html.parser")


def test_headings_say_something_and_links_lead_somewhere(parsed):
    assert [str(h) for h in parsed.select("h1, h2, h3, h4") if not h.get_text(strip=True)] == []
    assert [str(a) for a in parsed.select("a:not([href])")] == []


def test_what_is_for_notebooks_alone_stays_off_the_page(seen, book):
    html = (book / seen.name).read_text(encoding="utf-8")
    assert [words for words in ("data-jupyter-id", "onclick", "claimbookAsked") if words in html] == []


def test_every_chart_of_the_notebook_is_drawn(seen, parsed):
    placed = {figure["id"]: figure.select_one(".cb-still") is None for figure in parsed.select("figure.cb-chart")}
    page = seen.name.removesuffix(".html")
    assert len(placed) == (cells_giving(page, Figure) if page in PAGES else 0)
    assert seen.drawn == [name for name, comes_alive in placed.items() if comes_alive]


def test_bars_are_as_long_as_the_table_says(seen, book):
    for name, bars, cells in seen.bars:
        if not cells:  # a long table stands on a light page of its own
            leaf = (book / seen.name).with_name(f"{name}.html").read_text(encoding="utf-8")
            cells = [float(cell.text) for cell in BeautifulSoup(leaf, "html.parser").select("td.cb-number")]
        assert Counter(filter(None, bars)) == Counter(filter(None, cells)), name


def test_drawing_a_chart_moves_nothing(seen):
    before, after = seen.heights
    assert {name: abs(after[name] - height) <= 2 for name, height in before.items()} == dict.fromkeys(before, True)


def test_the_page_is_accessible(seen):
    assert seen.violations == {scheme: [] for scheme in seen.violations}


def test_the_page_fits_a_phone(seen):
    assert seen.too_wide == {width: [] for width in PHONES}
    assert seen.menu, "the menu does not open"


def test_words_too_pale_to_read_are_found_among_others_like_them(browser, site_url):
    pale = """[...document.querySelectorAll('article p')].at(-1).append(Object.assign(document.createElement('i'),
        { textContent: 'hardly there', style: 'color: #888' }))"""
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}index.html")
        visit.page.evaluate(pale)
        for scheme, found in (("dark", False), ("light", True)):
            use_theme(visit.page, scheme)
            assert [("hardly there" in fault) for fault in too_pale(visit.page)] == [True] * found


def shown(locator):
    """Return the texts of the elements that can be seen."""
    return locator.locator("visible=true").all_inner_texts()


@pytest.fixture(scope="module")
def scriptless(browser, site_url):
    """Give one tab without scripts, in which a page keeps nothing for the next."""
    with Visit(browser, site_url, java_script_enabled=False, viewport=DESK) as visit:
        yield visit


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_scripts_holds_everything(name, scriptless, site_url):
    page = scriptless.page
    page.goto(f"{site_url}{name}.html")
    main = page.locator("main article")
    expect(main.locator("h1")).to_be_visible()
    for what in (".cb-data table", ".cb-row", ".cb-claim > summary"):
        assert [text for text in shown(main.locator(what)) if not text] == [], what
    assert len(shown_pictures(main)) == main.locator("figure.cb-chart").count()
    dead = page.locator("button, input, select").locator("visible=true").all()
    assert [control.get_attribute("class") for control in dead] == []
    if (folded := main.locator("details:not(.cb-data, .cb-cite, details details) > summary")).count():
        folded.last.click()
        expect(folded.last.locator("xpath=following-sibling::*[1]")).to_be_visible()
    assert scriptless.errors == []


def shown_pictures(place):
    """Return the widths of the pictures that can be seen, as they are shown and as they were drawn."""
    sizes = """all => all.filter(svg => svg.checkVisibility({ visibilityProperty: true }))
        .map(svg => [svg.getBoundingClientRect().width, svg.viewBox.baseVal.width])"""
    return place.locator(".cb-plot > svg").evaluate_all(sizes)


def opened_card(page, claim):
    """Expect a claim in the walk through its text: a link must have unfolded it and brought it into view."""
    card = page.locator(f"#{claim}")
    expect(card).to_be_in_viewport()
    expect(card.locator(".cb-statement")).to_be_visible()


def test_a_link_to_a_claim_opens_its_card(browser, site_url):
    with Visit(browser, site_url) as visit:
        visit.page.goto(f"{site_url}chapters/texts/wnd-2001.html#wnd-2001-c042")
        opened_card(visit.page, "wnd-2001-c042")
        visit.page.goto(f"{site_url}chapters/record/claims.html#claims:text=wnd-2001")
        row = visit.page.locator("#row-wnd-2001-c002")
        row.get_by_role("link", name="Claim wnd-2001-c002", exact=True).click()
        visit.page.wait_for_url("**/claims/wnd-2001-c002.html#wnd-2001-c002")
        expect(visit.page.locator("h1#wnd-2001-c002")).to_be_visible()


def test_the_buttons_over_a_chart_are_large_enough_and_are_not_printed(browser, site_url):
    sizes = """all => all.filter(one => one.checkVisibility())
        .map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"""
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/record/actors-language.html")
        drawn = draw_charts(visit.page)
        buttons = visit.page.locator(".cb-drawing .modebar-btn")
        for name in drawn:
            visit.page.locator(f"#{name} .cb-drawing").hover(force=True)
            visit.page.wait_for_timeout(300)  # they fade in
        shown = buttons.evaluate_all(sizes)
        assert len(shown) >= 3 * len(drawn) > 3
        assert [size for size in shown if min(size) < 24] == []
        visit.page.emulate_media(media="print")
        assert buttons.evaluate_all(sizes) == []


# Where Plotly has drawn, how far its plot area lies from the picture's, and what follows from where it was.
COVERED = """() => [...document.querySelectorAll('.cb-drawing')].flatMap(area => {
    const place = area.parentElement;
    const svg = [...place.querySelectorAll(':scope > svg')].find(one => one.getClientRects().length);
    const [box, drawn] = [svg.getBoundingClientRect(), area.getBoundingClientRect()];
    const n = [...place.querySelectorAll(':scope > svg')].indexOf(svg);
    const { margin } = window.claimbookFigures[place.dataset.chart].layouts[n];
    const { _size: size } = area._fullLayout;
    const off = [box.x - drawn.x, box.y - drawn.y, box.width - drawn.width, box.height - drawn.height,
        ...['l', 'r', 't', 'b'].map(side => size[side] - margin[side])];
    return off.some(by => Math.abs(by) > 1) ? [[place.dataset.chart, ...off]] : [];
})"""


def asked_for_scripts(visit):
    return [address.rsplit("/", 1)[1] for address in visit.asked if "plotly" in address or "/charts/" in address]


@pytest.mark.parametrize("way", ["hover", "focus", "tap"])
def test_plotly_comes_when_a_chart_is_asked_for_and_nothing_moves(way, browser, site_url):
    tops = """[...document.querySelectorAll('article :is(h2, .cb-chart)')].filter(e => e.checkVisibility())
        .map(e => e.getBoundingClientRect().top + scrollY)"""
    with Visit(browser, site_url, viewport=DESK, has_touch=way == "tap") as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/record/alliances.html", wait_until="networkidle")
        page.mouse.wheel(0, 3000)
        page.keyboard.press("End")
        page.wait_for_timeout(500)
        assert asked_for_scripts(visit) == []
        before = page.evaluate(tops)
        plot = page.locator(".cb-plot").first
        plot.scroll_into_view_if_needed()
        getattr(plot, way)()
        page.locator(".cb-plot.cb-drawn").wait_for()
        assert sorted(asked_for_scripts(visit)) == ["alliances.js", "plotly.min.js"]
        assert plot.locator(".js-plotly-plot .main-svg .trace").count() > 1
        assert page.evaluate(tops) == before
        assert page.evaluate(COVERED) == []
        assert shown_pictures(plot) == []
        assert visit.errors == []


def test_a_chart_follows_the_window(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/texts/defence-ua.html")
        draw_charts(visit.page)
        for width in (390, 320, 1280):
            visit.page.set_viewport_size({"width": width, "height": 800})
            with suppress(Timeout):  # what is drawn again is drawn after a frame or two
                visit.page.wait_for_function(f"() => !({COVERED})().length", timeout=20_000)
            assert visit.page.evaluate(COVERED) == []


@pytest.mark.parametrize(("width", "drawn"), [(1280, 760), (390, 350), (320, 350)])
def test_the_picture_is_the_one_for_the_page(width, drawn, browser, site_url):
    with Visit(browser, site_url, viewport={"width": width, "height": 800}, java_script_enabled=False) as visit:
        visit.page.goto(f"{site_url}chapters/record/alliances.html")
        sizes = shown_pictures(visit.page)
        assert {at for _, at in sizes} == {drawn}
        # The smallest type is 12 in a picture; it has to be 10 pixels high on the page, or nearly so on the smallest.
        assert min(shown / at for shown, at in sizes) * 12 >= (9.8 if width == 320 else 10)


def test_pictures_and_charts_have_the_colours_of_the_scheme(browser, site_url):
    stroke = "svg => getComputedStyle(svg.querySelector('path[stroke=\"var(--cb-link)\"]')).stroke"
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/record/alliances.html")
        (chart, *_) = draw_charts(page, "figure.cb-chart >> nth=1")
        for scheme, n in (("dark", 1), ("light", 0), ("dark", 1)):
            use_theme(page, scheme)
            value = palette.TOKENS["link"][n]
            rgb = ", ".join(str(int(value[at : at + 2], 16)) for at in (1, 3, 5))
            page.wait_for_timeout(500)
            assert page.locator(f"#{chart} .cb-plot > svg").first.evaluate(stroke) == f"rgb({rgb})"
            lines = page.locator(f"#{chart} .scatterlayer .js-line")
            assert f"rgb({rgb})" in lines.evaluate_all("all => all.map(one => getComputedStyle(one).stroke)")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_is_printed_whole(scripts, browser, site_url):
    with Visit(browser, site_url, viewport=DESK, java_script_enabled=scripts) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/texts/wnd-2001.html")
        page.emulate_media(media="print")
        article = page.locator("main article")
        assert len(shown_pictures(article)) == article.locator("figure.cb-chart").count()
        for folded in (article.locator("details article.cb-point").first, article.locator(".cb-card details p").first):
            expect(folded).to_be_visible()
        for screen in (
            ".bd-sidebar-primary",
            ".prev-next-footer",
            "details.above-input",
            ".headerlink",
            ".cb-download",
        ):
            assert shown(page.locator(screen)) == [], screen
        link = article.locator('a[href^="http"]').first
        spelled = link.evaluate("link => getComputedStyle(link, '::after').content")
        assert link.get_attribute("href") in spelled or "attr(href)" in spelled


def test_paper_gets_the_picture_also_where_plotly_has_drawn(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/record/claims.html")
        draw_charts(page, "figure.cb-chart >> nth=0")
        page.emulate_media(media="print")
        assert len(shown_pictures(page)) == page.locator("figure.cb-chart").count()
        assert shown(page.locator(".cb-drawing")) == []
        page.emulate_media(media="screen")
        assert len(shown_pictures(page)) == page.locator("figure.cb-chart").count() - 1


def test_every_icon_is_drawn_where_it_stands_and_no_font_is_left(book):
    files = [path for path in book.rglob("*") if path.suffix in (".html", ".css")]
    texts = {path.relative_to(book).as_posix(): path.read_text(encoding="utf-8") for path in files}
    icons = {name: ICON.findall(text) for name, text in texts.items() if name.endswith(".html")}
    outside = {name for name in icons if '<header class="cb-top">' in texts[name]}  # light pages have no theme
    assert any(name.startswith(f"{CLAIMS}/") for name in outside)
    assert [name for name, found in icons.items() if bool(found) == (name in outside)] == []
    assert [name for name, found in icons.items() if len(found) < 5 and name not in outside] == []
    assert [(name, after) for name, found in icons.items() for after in found if after != "<svg"] == []
    assert [name for name, text in texts.items() if re.search("[\ue000-\uf8ff]|@font-face|font-src", text)] == []
    assert [path.name for path in book.rglob("*") if path.suffix in (".woff2", ".woff", ".ttf", ".otf", ".eot")] == []


def test_nothing_is_lost_where_colours_are_forced(browser, site_url):
    look = """elements => elements.map(e => {
        const style = getComputedStyle(e);
        return [style.borderTopStyle, style.borderTopWidth, style.borderTopColor === style.backgroundColor];
    })"""
    with Visit(browser, site_url, forced_colors="active", color_scheme="dark") as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/texts/wnd-2001.html")
        boxes = page.locator("#strip i").evaluate_all(look)
        assert {style for style, _, _ in boxes} >= {"solid", "dashed", "dotted"}
        assert len({width for _, width, _ in boxes}) > 1, "the verdicts look alike"
        badges = page.locator(":is(.cb-badge, .cb-verdict)").locator("visible=true").evaluate_all(look)
        assert badges
        assert [look for look in boxes + badges if look[0] == "none" or look[2]] == []
        link = page.locator("main article p a").locator("visible=true").first
        link.focus()
        assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"


def test_more_contrast_is_given_where_it_is_asked_for(browser, site_url):
    quiet = "getComputedStyle(document.querySelector('main .cb-quiet, main .cb-place')).color"
    colours = {}
    for contrast in ("no-preference", "more"):
        with Visit(browser, site_url, contrast=contrast) as visit:
            visit.page.goto(f"{site_url}chapters/texts/wnd-2001.html")
            ink = visit.page.evaluate("getComputedStyle(document.querySelector('.cb-statement')).color")
            colours[contrast] = (visit.page.evaluate(quiet), ink)
    assert colours["more"][0] == colours["more"][1]
    assert colours["no-preference"][0] != colours["no-preference"][1]


def test_sending_a_form_leads_to_its_results(browser, site_url):
    with Visit(browser, site_url) as visit:
        visit.page.goto(f"{site_url}chapters/record/claims.html")
        for control, results in ((".cb-facets", ".cb-rows"), (".cb-states", ".cb-scroll")):
            form = visit.page.locator(control).last
            form.get_by_role("button", name="Go to the results").click()
            found = form.locator(results)
            expect(found).to_be_focused()
            expect(found).to_be_in_viewport()


def test_the_book_works_without_a_server(browser, book):
    home = book.as_uri()
    with Visit(browser, home) as visit:
        page = visit.page
        page.goto(f"{home}/chapters/texts/wnd-2001.html#wnd-2001-c042")
        opened_card(page, "wnd-2001-c042")
        page.goto(f"{home}/chapters/record/claims.html")
        assert len(draw_charts(page)) > 0
        assert (visit.outside, visit.errors) == ([], [])

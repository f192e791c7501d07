"""The book where a browser keeps nothing for it: in a sandboxed frame, with cookies refused, on file:// as well."""

import json
from contextlib import contextmanager

import pytest
from browser import FLAGS, Visit, installed
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
PLACES = ("frame", "refused", "refused on file")
KINDS = ["index", "chapters/record/arms-deals", "404"]
DRAWN = """[...document.querySelectorAll('.cb-icon')].filter(icon => icon.checkVisibility())
    .map(icon => icon.querySelector('path').getBoundingClientRect().width)"""
FRAME = '<iframe sandbox="allow-scripts" src="{}" style="width:100%;height:800px;border:0"></iframe>'


@contextmanager
def in_frame(browser, site_url):
    """Give a way to open pages in a sandboxed frame, and the errors that they cause."""
    with Visit(browser, site_url, viewport=PHONE) as visit:

        def go(name):
            host = f"{site_url}frame-{name.replace('/', '-')}.html"
            body = FRAME.format(f"{name}.html")
            visit.page.route(host, lambda route: route.fulfill(content_type="text/html", body=body))
            visit.page.goto(host, wait_until="networkidle")
            return visit.page.frames[1]

        yield go, visit.errors


@contextmanager
def refused(browser, home, profile):
    """Give a way to open pages in a browser that refuses all cookies and with them storage, and their errors."""
    (profile / "Default").mkdir(parents=True)
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(settings), encoding="utf-8")
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=installed(), args=FLAGS, viewport=PHONE, reduced_motion="reduce"
    )
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))

    def go(name):
        page.goto(f"{home}{name}.html", wait_until="networkidle")
        return page

    yield go, errors
    context.close()


@pytest.fixture(scope="module", params=PLACES)
def place(request, browser, book, site_url, tmp_path_factory):
    home = f"{book.as_uri()}/" if request.param.endswith("file") else site_url
    place = (
        in_frame(browser, home) if request.param == "frame" else refused(browser, home, tmp_path_factory.mktemp("p"))
    )
    with place as (go, errors):
        yield go, errors


@pytest.fixture
def go(place):
    """Open a page where storage is refused; at the end nothing may have gone wrong."""
    go, errors = place
    errors.clear()
    yield go
    assert errors == []


def test_storage_is_refused_there_and_kept_for_the_visit(go):
    """Were it not refused, these tests would tell nothing."""
    page = go("index")
    real = "Object.prototype.toString.call(localStorage) === '[object Storage]'"
    assert not page.evaluate(real)
    kept = "() => { localStorage.setItem('a', 1); const b = [localStorage.getItem('a'), localStorage.length, "
    kept += "localStorage.key(0)]; localStorage.clear(); return [...b, localStorage.getItem('a')]; }"
    assert page.evaluate(kept)[0] == "1"
    assert page.evaluate(kept)[3] is None


@pytest.mark.parametrize("name", KINDS)
def test_a_page_has_its_theme_and_its_menu(go, name):
    page = go(name)
    button = page.locator("button.theme-switch-button").locator("visible=true").first
    seen = []
    for _ in range(3):
        button.click()
        seen.append(page.evaluate("document.documentElement.dataset.mode"))
    assert set(seen) == {"light", "dark", "auto"}
    assert min(page.evaluate(DRAWN)) > 5
    assert page.evaluate("document.fonts.size") == 0
    assert page.locator(".btn-fullscreen-button").count() == page.evaluate("Number(document.fullscreenEnabled)")
    page.locator("button.primary-toggle").locator("visible=true").click()
    link = page.get_by_role("dialog").get_by_role("link").first
    expect(link).to_be_in_viewport()


def test_a_filter_answers_and_enter_leads_to_what_it_found(go):
    section = go("chapters/record/claims").locator("[data-control=claims]")
    section.get_by_label("Text", exact=True).select_option("wnd-2001")
    words = section.get_by_label("Words", exact=True)
    words.fill("lukashenko")
    count = section.get_by_role("status")
    shown, all_rows = (section.locator(rows).count() for rows in (".cb-row:not([hidden])", ".cb-row"))
    assert 0 < shown < all_rows
    expect(count).to_have_text(f"{shown} of {all_rows} claims")
    words.press("Enter")
    expect(section.locator(".cb-rows")).to_be_focused()
    section.get_by_role("button", name="Reset").click()
    expect(section.locator(".cb-row[hidden]")).to_have_count(0)


def test_the_exercise_compares(go):
    exercise = go("chapters/use/codebook").locator(".cb-exercise")
    exercise.locator("select").first.select_option(index=1)
    exercise.get_by_role("button", name="Compare").click()
    expect(exercise.locator(".cb-result table")).to_be_visible()


def test_the_search_answers(go):
    page = go("search")
    page.locator("#cb-q").fill("Тегеран")
    page.locator("#cb-q").press("Enter")
    expect(page.locator("#cb-found")).to_contain_text("“Тегеран”")
    expect(page.locator("#cb-found")).to_be_focused()
    assert page.locator("#cb-results li > a").count() > 5


def test_the_page_not_found_leads_to_the_search(go):
    page = go("404")
    page.locator("#cb-q").fill("tehran")
    page.locator("#cb-q").press("Enter")
    page.wait_for_url("**/search.html?q=tehran")
    expect(page.locator("#cb-found")).to_contain_text("“tehran”")


def test_a_claim_is_cited_and_a_chart_is_drawn(go):
    claim = go("claims/wnd-2001-c042")
    expect(claim.get_by_role("heading", name="Cite it")).to_be_visible()
    page = go("chapters/record/claims")
    figure = page.locator("figure.cb-chart").first
    for place in (figure.locator(".cb-cite"), page.locator("article > .cb-cite")):
        place.locator("summary").click()
        place.get_by_role("button", name="Copy", exact=True).click()
        expect(place.get_by_role("status")).not_to_be_empty()
    figure.scroll_into_view_if_needed()
    figure.locator(".cb-plot").hover()
    expect(figure.locator(".main-svg .trace").first).to_be_visible(timeout=20_000)

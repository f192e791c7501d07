"""The exercise on the page: coded by a reader, it tells what the same coding tells in a kernel, and sends nothing."""

import random

import pytest
from browser import DESK, Visit
from places import ROOT
from this_book import BOOK

from claimbook.analysis import pooling
from claimbook.view import exercise, palette

TEXT = "e => e.innerText.split(/\\s+/).join(' ').trim()"


@pytest.fixture(scope="module")
def made():
    return exercise.Exercise(BOOK)


def code(page, answers):
    """Choose the answers in the form, as they stand in the order of its claims."""
    page.evaluate(
        """answers => document.querySelectorAll('.cb-exercise fieldset').forEach((claim, i) =>
            claim.querySelectorAll('select').forEach(select => { select.value = answers[i]?.[select.name] ?? ''; }))""",
        answers,
    )


def expected(page, made, answers):
    """Return what the kernel shows for these answers, as the browser reads it."""
    html = made.compare(dict(zip(made.answers, answers, strict=False)))
    return page.evaluate(
        """html => { const box = document.createElement('div'); document.body.append(box); box.innerHTML = html;
            const text = box.innerText.split(/\\s+/).join(' ').trim(); box.remove(); return text; }""",
        str(html),
    )


def test_the_script_says_what_the_kernel_says(browser, made):
    """Rounding, draws and refusals are the same, whatever is coded and however much of it."""
    draw, page = random.Random(4), browser.new_page()
    page.set_content(str(made.form()))
    page.add_script_tag(path=ROOT / "claimbook" / "site" / "static" / "exercise.js")
    for coded in (0, 1, 9, 10, 11, 16, 20, 20, 20):
        answers = [
            {name: draw.choice([of[name], *words]) for name, (_, words) in exercise.VARIABLES.items()}
            for of in list(made.answers.values())[:coded]
        ]
        code(page, answers)
        page.get_by_role("button", name="Compare").click()
        assert page.locator(".cb-result").evaluate(TEXT) == expected(page, made, answers)
    page.close()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_page_compares_as_a_kernel_does(browser, site_url, book, made, scheme):
    home = site_url if scheme == "http" else f"{book.as_uri()}/"
    own = list(made.answers.values())
    rare = [{"kind": "opinion", "layer": "said", "checkable": "yes", "polarity": of["polarity"]} for of in own]
    turned = [{"kind": list(palette.KINDS)[i % 8], "layer": list(palette.LAYERS)[i % 2]} for i in range(len(own))]
    with Visit(browser, home, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{home}chapters/use/codebook.html")
        asked = len(visit.asked)
        form, result = page.locator(".cb-exercise form"), page.locator(".cb-exercise .cb-result")
        assert not page.locator(".cb-exercise .cb-book").first.is_visible()
        for answers in (own, rare, turned, own[:3], []):
            code(page, answers)
            form.get_by_role("button", name="Compare").click()
            assert result.evaluate(TEXT) == expected(page, made, answers)
            assert page.locator(".cb-exercise .cb-book").first.is_visible()
        form.get_by_role("button", name="Start again").click()
        assert result.inner_text() == ""
        assert not page.locator(".cb-exercise .cb-book").first.is_visible()
        assert page.locator(".cb-exercise select").first.input_value() == ""
        assert page.url == f"{home}chapters/use/codebook.html"
        assert (visit.outside, visit.errors) == ([], [])
        assert all(address.endswith("favicon.svg") for address in visit.asked[asked:])


def test_the_page_saves_what_a_kernel_saves(browser, made, tmp_path):
    """What a class brings together is the same, wherever it was coded, and a file without a name is not made."""
    page = browser.new_page()
    page.set_content(str(made.form()))
    page.add_script_tag(path=ROOT / "claimbook" / "site" / "static" / "exercise.js")
    save, name, status = (
        page.get_by_role("button", name="Save your"),
        page.get_by_label("Name of"),
        page.locator(".cb-saved"),
    )
    save.click()
    assert status.inner_text() == exercise.NOTHING
    answers = [dict(of) for of in list(made.answers.values())[:3]] + [{"layer": "", "kind": "event"}]
    code(page, answers)
    for wrong in ("", "two words", "a,b"):
        name.fill(wrong)
        save.click()
        assert status.inner_text() == exercise.NO_NAME
    name.fill("Zoë_1")
    with page.expect_download() as saved:
        save.click()
    assert saved.value.suggested_filename == "coding-Zoë_1.csv"
    saved.value.save_as(tmp_path / "coding.csv")
    given = dict(zip(made.answers, answers, strict=False))
    assert (tmp_path / "coding.csv").read_text(encoding="utf-8") == made.file("Zoë_1", given)
    pool = pooling.read([tmp_path], BOOK)
    assert (pool.coders, len(pool.items)) == (("Zoë_1",), 3 * len(exercise.VARIABLES) + 1)
    page.close()


def test_other_pages_do_not_load_the_script(book):
    with_script = {
        p.stem for p in (book / "chapters").rglob("*.html") if "exercise.js" in p.read_text(encoding="utf-8")
    }
    assert with_script == {"codebook"}

"""The notebooks as an analyst gets them: opened, run and used in a real JupyterLab."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import ipywidgets
import nbformat
import pytest
from browser import DESK, Visit
from lab import RUN, Desk, jupyterlab, started
from notebooks import called, cells_giving, code_cells, makers, results, toc_pages
from places import ROOT
from playwright.sync_api import expect

from claimbook.authoring.deciding import Deciding
from claimbook.authoring.workbench_form import Bench, Choice
from claimbook.view.audit import Audit
from claimbook.view.charts import Figure
from claimbook.view.exercise import Exercise
from claimbook.view.explore import Control, StateChoice

OWN = """import pandas
from claimbook.model import ledger
from claimbook.view import tables
book = ledger.load()
pandas.DataFrame({"words": ["prose"], "number": [1]})"""


KINDS = (Figure, Control, Exercise, Audit, Bench, Choice, Deciding)
"""What JupyterLab draws of a chapter."""


def kinds(page):
    """Return which kinds of thing the cells of a chapter give; one that gives none of them has words alone."""
    made = {result for kind in KINDS for f in makers(page, kind) for result in results(f)}
    return made or {"words alone"}


def of_each_kind(pages):
    """Return so few chapters as give every kind of thing.

    One chart is drawn in JupyterLab as another: ``test_pages`` draws each of the book from the same JSON by the same
    Plotly. That a cell imports what it names is seen in ``test_notebooks``, and that it runs in every build.
    """
    known, found = set(), []
    for page in sorted(pages, key=lambda page: -len(kinds(page))):
        if kinds(page) - known:
            known |= kinds(page)
            found.append(page)
    return found


CHAPTERS = of_each_kind(page for page in toc_pages() if (ROOT / f"{page}.ipynb").exists())
FIRST = 3
"""So many of them, those with most kinds of thing, are opened in every run of the tests."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Give a copy of chapters and data, with a chapter of a reader's own."""
    book = tmp_path_factory.mktemp("lab") / "book"
    for folder in ("chapters", "checks", "data", "benchmarks"):
        shutil.copytree(ROOT / folder, book / folder)
    cells = [nbformat.v4.new_code_cell(source) for source in (OWN, "tables.quantities(book)")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    own = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(own, book / "chapters" / "own.ipynb")
    return book


@pytest.fixture(scope="module")
def desk(shown, browser):
    """Give one JupyterLab for all chapters."""
    with jupyterlab(sys.executable, shown, shown.parent) as url, Visit(browser, url, viewport=DESK) as visit:
        yield Desk(visit.page, url)


def controls(name):
    """Return the controls of a chapter as its cells make them."""
    names, made = {}, []
    if not cells_giving(name, Control):
        return made
    for source, function in zip(code_cells(name), called(name), strict=True):
        tree = ast.parse(source)
        last = tree.body.pop()
        exec(compile(tree, name, "exec"), names)
        if any(issubclass(result, Control) for result in results(function)):
            made.append(eval(compile(ast.Expression(last.value), name, "eval"), names))
    return made


def use(control, box):
    """Narrow a control facet by facet, each time by as little as can be, then by words; compare what it counts."""
    chosen = {}

    def size(**more):
        return len(control.select(**chosen, **more))

    def counted():
        count = f"{size()} of {len(control.rows)} {control.noun}"
        expect(box.get_by_text(count, exact=True)).to_be_visible(timeout=30_000)

    counted()
    lists = iter(box.locator("select").all())
    for name, (label, words) in control.facets.items():
        before, sizes = size(), {value: size(**{name: value}) for value in words}
        chosen[name] = max(words, key=lambda value, n=sizes, all=before: (0 < n[value] < all, n[value]))
        if control.widgets.get(name) is ipywidgets.RadioButtons:
            radios = box.locator(".widget-radio").filter(has_text=label).locator("input")
            radios.nth(1 + list(words).index(chosen[name])).check()
        else:
            next(lists).select_option(label=words[chosen[name]])
        counted()
    chosen["q"] = "no such word"
    box.locator("input[type=text]").fill(chosen["q"])
    counted()


def use_states(control, box):
    """Take the second option of each field, one after the other; compare what it says of the verdicts that change."""
    chosen = {}
    for name, (label, words) in control.fields.items():
        chosen[name] = list(words)[1]
        if (radios := box.locator(".widget-radio").filter(has_text=label)).count():
            radios.locator("input").nth(1).check()
        else:
            box.locator("select").select_option(label=words[chosen[name]])
        expect(box.get_by_text(control.sentence(**chosen), exact=True)).to_be_visible(timeout=30_000)


def compare(box):
    """Code one claim of the exercise and compare."""
    box.locator("select").first.select_option(index=1)
    box.get_by_role("button", name="Compare with the book").click()
    expect(box.get_by_text("Kappa", exact=True).first).to_be_visible(timeout=30_000)


def answer(box):
    """Draw other rows, answer the first of them, and have the answers written to a file."""
    statement = box.locator("strong").nth(1)
    before = statement.inner_text()
    box.get_by_label("Seed").fill("any words")
    box.get_by_label("Seed").press("Enter")
    expect(statement).not_to_have_text(before, timeout=30_000)
    box.get_by_label("Did you see the source?").first.select_option("yes")
    box.get_by_label("What is its stance on the claim?").first.select_option(index=1)
    box.get_by_label("Your name").fill("reader")
    box.get_by_role("button", name="Write the CSV").click()
    expect(box.get_by_text("Written to")).to_be_visible(timeout=30_000)
    expect(box.locator("pre").filter(has_text="auditor,evidence_id")).to_be_visible()


def decide(box):
    """Decide otherwise on the first difference, and have the decisions written to their file."""
    box.locator("select").first.select_option("as the first")
    box.get_by_label("Decided by").fill("R. Editor")
    box.get_by_role("button", name="Write the decisions").click()
    expect(box.get_by_text(re.compile("^Written to .*0 differences undecided"))).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(
    "name", [*CHAPTERS[:FIRST], *(pytest.param(name, marks=pytest.mark.thorough) for name in CHAPTERS[FIRST:])]
)
def test_a_chapter_runs_and_shows_all_it_has_and_its_controls_answer(desk, name):
    desk.start(name)
    for following in CHAPTERS[CHAPTERS.index(name) + 1 :][:1]:
        desk.start(following)
    outputs = desk.look(name)
    charts, made = cells_giving(name, Figure), controls(name)
    expect(outputs.locator(".js-plotly-plot:has(.main-svg .trace)")).to_have_count(charts, timeout=20_000)
    boxes, exercises = outputs.locator(".widget-vbox:not(.widget-vbox .widget-vbox)"), cells_giving(name, Exercise)
    audits, benches, decisions = (cells_giving(name, kind) for kind in (Audit, (Bench, Choice), Deciding))
    expect(boxes).to_have_count(len(made) + exercises + audits + benches + decisions)
    html = outputs.locator(".jp-RenderedHTML:not(.widget-vbox *)").filter(has_text=re.compile(r"\S"))
    expect(html).to_have_count(len(code_cells(name)) - charts - len(made) - exercises - audits - benches - decisions)
    if exercises:
        compare(boxes.last)
    if audits:
        answer(boxes.last)
    if decisions:
        decide(boxes.last)
    for control, box in zip(made, boxes.all(), strict=not (exercises or audits or benches or decisions)):
        (use_states if isinstance(control, StateChoice) else use)(control, box)
    desk.close(name)


# How a chapter looks, and where its links lead --------------------------------------------------------

ALIGNED = """cells => [...new Set(cells.map(cell => getComputedStyle(cell).textAlign))]"""
BOXES = "sides => [...sides.children].map(side => side.getBoundingClientRect().toJSON())"
UNFOLD = "e => { for (let f = e.closest('details'); f; f = f.parentElement.closest('details')) f.open = true; }"


def test_tables_keep_prose_at_the_left_and_leave_a_readers_own_as_they_are(desk):
    desk.start("chapters/own")
    outputs = desk.look("chapters/own")
    ours, own = (outputs.locator(f"table.{name} :is(td, th)") for name in ("cb-table", "dataframe"))
    expect(ours.first).to_be_visible()
    assert ours.evaluate_all(ALIGNED) == ["start"]
    assert own.evaluate_all(ALIGNED) == ["right"]
    assert outputs.locator("style").filter(has_text=re.compile("cb-")).count() == 0
    desk.close("chapters/own")


def test_numbers_of_a_control_stay_at_the_right(desk):
    desk.start("chapters/record/claims")
    numbers = desk.look("chapters/record/claims").locator(".widget-vbox td.cb-number")
    expect(numbers.first).to_be_visible()
    assert numbers.evaluate_all(ALIGNED) == ["end"]


def test_for_and_against_stand_side_by_side(desk):
    desk.start("chapters/texts/wnd-2001")
    outputs = desk.look("chapters/texts/wnd-2001")
    card = outputs.locator("article.cb-point:has(.cb-sides)").first
    sides = card.locator(".cb-sides").first
    sides.scroll_into_view_if_needed()
    left, right = sides.evaluate(BOXES)
    assert left["top"] == right["top"]
    assert 0 < left["right"] < right["left"]


def arrived(page, claim):
    """Expect a claim to be unfolded in the window of JupyterLab."""
    card = page.locator(f"article[data-jupyter-id={claim}]")
    expect(card.locator("p").first).to_be_in_viewport(timeout=60_000)


def follow(page, link):
    link.evaluate(UNFOLD)
    link.click()
    page.mouse.move(0, 0)


def test_a_link_to_a_claim_leads_to_its_card(desk):
    page = desk.page
    for name in ("chapters/texts/wnd-2001", "chapters/record/claims", "chapters/record/texts-collide"):
        desk.start(name)
        desk.look(name)
    # From another chapter, from a list as well as from a control, and within the chapter.
    links = desk.look("chapters/record/texts-collide").locator("a.cb-id[href*='wnd-2001.ipynb']:not(.widget-vbox *)")
    claim = links.first.evaluate("link => link.hash.slice(1)")
    follow(page, links.first)
    arrived(page, claim)
    outputs = desk.look("chapters/texts/wnd-2001")
    link = outputs.locator(".cb-holds a").first
    claim = link.evaluate("link => link.hash.slice(1)")
    follow(page, link)
    arrived(page, claim)
    outputs = desk.look("chapters/record/claims")
    follow(page, outputs.locator(".widget-vbox a[href$='#wnd-2001-c030']").first)
    arrived(page, "wnd-2001-c030")
    # A row of evidence unfolds the card in which it stands.
    outputs = desk.look("chapters/texts/wnd-2001")
    evidence = outputs.locator("a[href*='#wnd-2001-c'][href*='-e0']").first
    name = evidence.evaluate("link => link.hash.slice(1)")
    follow(page, evidence)
    claim = page.locator(f"article:has(> span[data-jupyter-id={name}])")
    expect(claim.locator("p").first).to_be_in_viewport(timeout=60_000)
    assert "/lab" in page.url


def test_a_link_to_a_chapter_that_has_not_run_waits_for_its_card(desk, shown):
    shutil.copy(
        ROOT / "chapters" / "texts" / "walsh-2021.ipynb", shown / "chapters" / "texts"
    )  # as it is before anybody has run it
    desk.start("chapters/record/claims")
    outputs = desk.look("chapters/record/claims")
    follow(desk.page, outputs.locator(".widget-vbox a[href$='#walsh-2021-c040']").first)
    opened = "() => jupyterapp.shell.currentWidget.context?.path === 'chapters/texts/walsh-2021.ipynb'"
    desk.page.wait_for_function(opened)
    idle = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
    desk.page.wait_for_function(idle, timeout=60_000)
    desk.page.evaluate(RUN)
    arrived(desk.page, "walsh-2021-c040")
    for name in ("texts/walsh-2021", "texts/wnd-2001", "record/claims", "record/texts-collide"):
        desk.close(f"chapters/{name}")


# make lab ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("uid", "told"), [(0, True), (1000, False)])
def test_only_root_is_told_to_run_as_root(tmp_path, uid, told):
    (tmp_path / "id").write_text(f"#!/bin/sh\necho {uid}\n")
    (tmp_path / "id").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    dry = subprocess.run(["make", "-n", "lab", "LAB=--x"], cwd=ROOT, env=environment, capture_output=True, text=True)
    (line,) = (line for line in dry.stdout.splitlines() if "jupyter lab" in line)
    assert line.split() == [".venv/bin/jupyter", "lab", *(["--allow-root"] if told else []), "--x"]


def test_make_lab_opens_at_the_root_of_the_book(tmp_path):
    book = tmp_path / "book"
    for folder in ("chapters", "data"):
        shutil.copytree(ROOT / folder, book / folder)
    for name in ("Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, book)
    (book / ".venv" / "bin").mkdir(parents=True)
    for name in ("python", "jupyter"):
        (book / ".venv" / "bin" / name).symlink_to(Path(sys.executable).with_name(name))
    (book / ".venv" / "book.done").touch()

    def listed(url, folder):
        with urllib.request.urlopen(f"{url}api/contents/{folder}", timeout=30) as answer:
            return {entry["name"] for entry in json.load(answer)["content"]}

    options = {"options": lambda words: [f"LAB={' '.join(words)}"], "cwd": book}
    with started(["make", "lab"], tmp_path, **options) as url:
        assert {"chapters", "data"} <= listed(url, "")
        assert {"claims.csv", "evidence.csv", "datapackage.json"} <= listed(url, "data")
        assert "wnd-2001.ipynb" in listed(url, "chapters/texts")

"""The notebooks as an analyst gets them: opened, run and used in a real JupyterLab."""

import ast
import re
import shutil
import sys

import pytest
from browser import DESK, ROOT, Visit, cells_giving, code_cells, results, toc_pages
from lab import Desk, jupyterlab
from playwright.sync_api import expect

from claimbook.charts import Figure
from claimbook.exercise import Exercise
from claimbook.explore import Control, StateChoice

CHAPTERS = [page for page in toc_pages() if (ROOT / f"{page}.ipynb").exists()]


@pytest.fixture(scope="module")
def desk(tmp_path_factory, browser):
    """Give one JupyterLab, on a copy of chapters and data, for all chapters."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("chapters", "data", "benchmarks"):
        shutil.copytree(ROOT / folder, home / "book" / folder)
    with jupyterlab(sys.executable, home / "book", home) as url, Visit(browser, url, viewport=DESK) as visit:
        yield Desk(visit.page, url)


def controls(name):
    """Return the controls of a chapter as its cells make them."""
    names, made = {}, []
    if not cells_giving(name, Control):
        return made
    for source in code_cells(name):
        tree = ast.parse(source)
        last = tree.body.pop()
        exec(compile(tree, name, "exec"), names)
        if any(issubclass(result, Control) for result in results(source)):
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
    for (name, (_, words)), chooser in zip(control.facets.items(), box.locator("select").all(), strict=True):
        before, sizes = size(), {value: size(**{name: value}) for value in words}
        chosen[name] = max(words, key=lambda value, n=sizes, all=before: (0 < n[value] < all, n[value]))
        chooser.select_option(label=words[chosen[name]])
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


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_runs_and_shows_all_it_has_and_its_controls_answer(desk, name):
    desk.start(name)
    for following in CHAPTERS[CHAPTERS.index(name) + 1 :][:1]:
        desk.start(following)
    outputs = desk.look(name)
    charts, made = cells_giving(name, Figure), controls(name)
    expect(outputs.locator(".js-plotly-plot:has(.main-svg .trace)")).to_have_count(charts, timeout=20_000)
    boxes, exercises = outputs.locator(".widget-vbox:not(.widget-vbox .widget-vbox)"), cells_giving(name, Exercise)
    expect(boxes).to_have_count(len(made) + exercises)
    html = outputs.locator(".jp-OutputArea-output.jp-RenderedHTML").filter(has_text=re.compile(r"\S"))
    expect(html).to_have_count(len(code_cells(name)) - charts - len(made) - exercises)
    if exercises:
        compare(boxes.last)
    for control, box in zip(made, boxes.all(), strict=not exercises):
        (use_states if isinstance(control, StateChoice) else use)(control, box)
    desk.close(name)

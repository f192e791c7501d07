"""Chapters as files: stored clean, short cells, no typed numbers; what to try works, and every cell gives a result."""

import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import outputs
import pytest
import yaml
from jupyter_cache import get_cache
from notebooks import code_cells, load_once, named_modules
from places import ROOT

from claimbook.model.settings import EXPORT
from claimbook.site import cache_key

CHAPTERS = sorted((ROOT / "chapters").rglob("*.ipynb"))
STORIES = ROOT / "chapters" / "stories"
BOOKS_OWN_NUMBERS = [
    "at most 12 words",  # a rule of the ledger
    "Hop 1",  # a rule of the ledger
    "[CC BY 4.0]",
    "licenses/by/4.0",
    "SHA-256",
    "180119",  # the string that the text carries at its head
    "August 2020",  # dates of events outside the ledger, named in prose
    "manual of February 2024",
    "January 2018",
    "January 2019",
    "S-300",
    "Su-25",
    "July 1870",  # the example of a text to add
]


def page_of(path):
    """Return the path of a page within the book without suffix."""
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    return request.param


def test_stored_without_outputs_and_state(chapter):
    notebook = nbformat.read(chapter, as_version=4)
    nbformat.validate(notebook)
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_a_chapter_imports_each_module_that_it_uses(chapter):
    """In an ordinary kernel nothing else has imported them; in a build, and here, everything has."""
    trees = [ast.parse(source) for source in code_cells(page_of(chapter))]
    modules = {name: module for tree in trees for name, module in named_modules(tree.body)}
    used = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    of_modules = [node for node in used if isinstance(node.value, ast.Name) and node.value.id in modules]
    through = [node for node in of_modules if inspect.ismodule(getattr(modules[node.value.id], node.attr, None))]
    assert [ast.unparse(node) for node in through] == []


def test_each_cell_of_the_workbench_imports_what_it_uses():
    """Whoever codes a text of their own runs its cell alone."""
    for source in code_cells("chapters/use/workbench"):
        names = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
        given = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        given |= {
            alias.name
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert {node.id for node in names} <= given, source


MOST_LINES = 25


def test_code_cells_are_short_and_define_nothing(chapter):
    for cell in nbformat.read(chapter, as_version=4).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= MOST_LINES, cell.source
            assert not re.search(r"^\s*(def|class|while) ", cell.source, re.M), cell.source
            brought = [line.split()[1].split(".")[0] for line in re.findall(r"^(?:import|from) .*", cell.source, re.M)]
            assert set(brought) <= {"claimbook", "dataclasses", "pandas", "plotly", "ipywidgets"}, cell.source


def test_prose_types_no_number_that_data_decide(chapter):
    for cell in nbformat.read(chapter, as_version=4).cells:
        if cell.cell_type == "markdown":
            # A title names the text by its date; the items of a list are counted.
            text = re.sub(r"^# .*|^\d+\. ", "", cell.source, flags=re.M)
            if text.startswith("**Try:**"):
                text = re.sub("`[^`]+`", "", text)  # what to type is meant to be changed
            for known in BOOKS_OWN_NUMBERS:
                text = text.replace(known, "")
            assert not re.search(r"\d", text), re.search(r".{0,40}\d.{0,40}", text)[0]


TRY = re.compile(
    r"\*\*Try:\*\* (?:in the first cell, )?change `(.+?)` to `(.+?)` and run (the cell again|all cells): .+\."
)


def shown(sources, index, everything=False):
    """Run the cells up to one of them, or all, and return a hash of what the book renders of that one."""
    names, found = {}, None
    for i, source in enumerate(sources if everything else sources[: index + 1]):
        tree = ast.parse(source)
        last = ast.Expression(tree.body.pop().value)
        exec(compile(tree, "cell", "exec"), names)
        if everything or i == index:
            value = eval(compile(last, "cell", "eval"), names)
            found = outputs.digest(outputs.bundle_of(value)) if i == index else found
    return found


def test_what_a_chapter_says_to_try_works_and_changes_what_is_shown(chapter, book, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    monkeypatch.setenv(EXPORT, str(book / "data"))
    monkeypatch.chdir(chapter.parent)
    load_once(monkeypatch)
    cells = nbformat.read(chapter, as_version=4).cells
    place = next(i for i, cell in enumerate(cells) if cell.source.startswith("**Try:**"))
    top = 4 if chapter.parent.name == "texts" else 2  # a text has its byline above its argument and the finding
    assert place <= top or chapter.parent == STORIES, "it must stand below title and finding, in a story anywhere"
    old, new, extent = TRY.fullmatch(cells[place].source).groups()
    before = [cell.source for cell in cells if cell.cell_type == "code"]
    [index] = [i for i, source in enumerate(before) if old in source]
    after = [*before[:index], before[index].replace(old, new), *before[index + 1 :]]
    changed = shown(after, index, everything=extent == "all cells")
    assert changed
    assert changed != shown(before, index)


def test_every_chapter_is_in_the_table_of_contents():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = {c["file"] for part in toc["parts"] for c in part["chapters"]}
    assert listed == {page_of(path) for path in (*CHAPTERS, *(ROOT / "chapters").rglob("*.md"))}


def built(chapter):
    """Return the code cells of a chapter as the build has just run them, or had before."""
    cache = get_cache(ROOT / "_build" / "cache" / cache_key(ROOT))
    _, notebook = cache.merge_match_into_notebook(nbformat.read(chapter, as_version=4))
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_cell_gives_one_result_and_says_nothing_else(chapter, book, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    for cell in built(chapter):
        kinds = [output.output_type for output in cell.outputs]
        assert kinds == ["execute_result"], f"{cell.source}: {kinds}"


@pytest.mark.thorough
def test_what_chapters_show_hangs_on_no_hash_seed(book, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    run = subprocess.run(
        [sys.executable, Path(outputs.__file__)],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    again = set(run.stdout.splitlines())
    for chapter in CHAPTERS:
        for number, cell in enumerate(built(chapter), start=1):
            line = f"{page_of(chapter)} {number} {outputs.digest(cell.outputs[0].data)}"
            assert line in again, cell.source

"""A chapter made into a page, a Markdown file or a print by nbconvert keeps words and tables where no script is had."""

import ast

import nbformat
import pytest
from browser import DESK, Visit
from IPython.core.formatters import DisplayFormatter
from nbconvert import HTMLExporter, MarkdownExporter
from notebooks import code_cells, load_once
from playwright.sync_api import expect

from claimbook.view.charts import Figure
from claimbook.view.exercise import Exercise
from claimbook.view.explore import FacetFilter, StateChoice
from claimbook.view.markup import Html, lined, plain
from claimbook.view.mime import META
from claimbook.view.proofs import Sentence

FORMAT = DisplayFormatter()


def executed(page):
    """Return what the cells of a chapter show, and the chapter as a kernel leaves it."""
    scope, shown, cells = {}, [], []
    for source in code_cells(page):
        *body, last = ast.parse(source).body
        exec(compile(ast.Module(body, []), page, "exec"), scope)
        shown.append(eval(compile(ast.Expression(last.value), page, "eval"), scope))
        data, metadata = FORMAT.format(shown[-1])
        output = nbformat.v4.new_output("execute_result", data, metadata=metadata, execution_count=1)
        cells.append(nbformat.v4.new_code_cell(source, outputs=[output], execution_count=1))
    return shown, nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="module", params=["chapters/record/claims", "chapters/use/codebook"])
def chapter(request):
    with pytest.MonkeyPatch.context() as patch:
        load_once(patch)
        return executed(request.param)


def words_of(shown):
    """Return words that nobody may miss of a thing that a cell shows."""
    if isinstance(shown, Figure):
        said = shown.layout.meta[META]
        return [said[key] for key in ("title", "alt", "caption", "source")] + [str(said["rows"][-1][0])]
    if isinstance(shown, FacetFilter):
        return [shown.label, lined(shown.rows[0][2]).split("\n")[0], lined(shown.rows[-1][2]).split("\n")[0]]
    if isinstance(shown, StateChoice):
        return [shown.label, shown.sentence(), shown.caption, shown.note]
    if isinstance(shown, Exercise):
        return list(shown.claims["statement"])
    if isinstance(shown, Sentence):
        return [shown]
    assert isinstance(shown, Html)
    return [lined(shown).split("\n")[0]]


def test_a_page_without_scripts_has_finding_text_alternative_and_table(chapter, browser, tmp_path):
    shown, notebook = chapter
    html, _ = HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    with Visit(browser, "file://", viewport=DESK, java_script_enabled=False) as visit:
        visit.page.goto((tmp_path / "page.html").as_uri())
        outputs = visit.page.locator(".jp-OutputArea-output")
        expect(outputs).to_have_count(len(shown))
        for output, thing in zip(outputs.all(), shown, strict=True):
            text = " ".join(output.inner_text().split())
            for words in words_of(thing):
                assert " ".join(words.split()) in text
            if isinstance(thing, Figure):
                expect(output.locator("table tbody tr")).to_have_count(len(thing.layout.meta[META]["rows"]))
                expect(output.locator("table")).to_be_visible()
                assert output.locator(".plotly-graph-div").bounding_box()["height"] == 0


def test_markdown_has_the_words(chapter):
    shown, notebook = chapter
    text, _ = MarkdownExporter().from_notebook_node(notebook)
    for thing in shown:
        for words in words_of(thing):
            assert " ".join(words.split()) in plain(text)


def test_what_knows_no_html_has_the_words_and_no_code(chapter):
    shown, notebook = chapter
    for thing, cell in zip(shown, notebook.cells, strict=True):
        text = cell.outputs[0].data["text/plain"]
        for words in words_of(thing):
            assert " ".join(words.split()) in " ".join(text.split())
        assert not any(code in text for code in ("<p", "</", "Figure(", "Html(", "VBox("))

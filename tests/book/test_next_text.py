"""The next text needs data and a notebook: the cells of a text chapter run on texts that the book does not know."""

import ast
import importlib

import nbformat
import pytest
from nbclient import NotebookClient
from places import ROOT

from claimbook.model import ledger
from claimbook.view import charts, explore, prose, timeline

SKELETON = ROOT / "chapters" / "srebrnik-2023.ipynb"


def calls():
    """Return what the code cells of a text chapter call, as (module, function)."""
    found = []
    for cell in nbformat.read(SKELETON, as_version=4).cells:
        if cell.cell_type == "code":
            last = ast.parse(cell.source).body[-1].value
            found.append((last.func.value.id, last.func.attr))
    return found


@pytest.mark.parametrize("source_id", ["alder-2030", "birch-2031"])
def test_every_cell_of_a_text_chapter_works_for_a_text_it_was_not_written_for(folder, source_id):
    text = ledger.load(folder.path).text(source_id)
    for module, function in calls():
        shown = getattr(importlib.import_module(f"claimbook.{module}"), function)(text)
        assert shown._repr_mimebundle_()[0] if isinstance(shown, charts.Figure) else shown._repr_html_()


def test_the_whole_book_works_for_another_ledger(folder):
    book = ledger.load(folder.path)
    ids = [row_id for row_id, _, _ in explore.claims(book).rows]
    assert ids == list(book.claims["claim_id"])
    assert timeline.all_events(book)._repr_mimebundle_()[0]
    assert prose.theses(book).count("<li>") == (book.claims["weight"] == "thesis").sum()


def test_a_chapter_with_another_source_id_runs(folder, tmp_path, monkeypatch):
    notebook = nbformat.read(SKELETON, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("srebrnik-2023", "birch-2031")
    monkeypatch.setenv("CLAIMBOOK_DATA", str(folder.path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert all(cell.outputs for cell in notebook.cells if cell.cell_type == "code")

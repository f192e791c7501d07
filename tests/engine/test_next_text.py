"""The next text needs data and a notebook: the cells of a text chapter run on whatever texts a ledger holds."""

import ast

import pytest

from claimbook.authoring import skeleton
from claimbook.model import ledger
from claimbook.view import charts, explore, prose, timeline


@pytest.mark.parametrize("source_id", ["alder-2030", "birch-2031"])
def test_every_cell_of_a_text_chapter_works(folder, monkeypatch, source_id):
    monkeypatch.setenv("CLAIMBOOK_DATA", str(folder.path))
    cells = [source for kind, source in skeleton.cells(source_id, "A text") if kind == "code"]
    assert len(cells) > 5
    scope = {}
    for source in cells:
        *body, last = ast.parse(source).body
        exec(compile(ast.Module(body, []), source_id, "exec"), scope)
        shown = eval(compile(ast.Expression(last.value), source_id, "eval"), scope)
        assert shown._repr_mimebundle_()[0] if isinstance(shown, charts.Figure) else shown._repr_html_()


def test_what_shows_all_texts_works_for_any_ledger(folder):
    book = ledger.load(folder.path)
    ids = [row_id for row_id, _, _ in explore.claims(book).rows]
    assert sorted(ids) == sorted(book.claims["claim_id"])
    assert {row_id for row_id, _, _ in timeline.events(book).rows} == set(book.events["event_id"])
    assert prose.theses(book).count("<li>") == (book.claims["weight"] == "thesis").sum()

"""The pages of this book and the code cells of their notebooks: which there are, and what each of them gives."""

import ast
import functools
import importlib
import inspect
import typing

import nbformat
import pytest
import yaml
from myst_nb.core.read import read_myst_markdown_notebook
from places import ROOT
from this_book import BOOK

import claimbook
from claimbook.model import ledger
from claimbook.view.charts import Figure
from claimbook.view.mime import META


def toc_pages():
    """Return the pages of the table of contents, as paths within the book without suffix."""

    def files(node):
        if isinstance(node, list):
            return [name for item in node for name in files(item)]
        if not isinstance(node, dict):
            return []
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [name for value in node.values() for name in files(value)]

    return files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))


STORIES = {page for page in toc_pages() if page.startswith("chapters/stories/")}

OF_THE_SUBJECT = {
    *STORIES,
    *(f"chapters/record/{name}" for name in ("arms-deals", "armed-groups", "alliances", "maps")),
    *(f"chapters/use/{name}" for name in ("second-reading", "python", "scale")),
}
"""Pages whose cells know what this book is about, how it was read again or measured; they run in this book alone."""


@functools.cache
def code_cells(page):
    """Return the sources of the code cells of a page's notebook."""
    notebook = ROOT / f"{page}.ipynb"
    if notebook.exists():
        cells = nbformat.read(notebook, as_version=4).cells
    else:
        cells = read_myst_markdown_notebook((ROOT / f"{page}.md").read_text(encoding="utf-8")).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def load_once(monkeypatch, book=BOOK):
    """Give every chapter, which loads the ledger of its folder for itself, the one that is loaded."""
    load = ledger.load
    monkeypatch.setattr(ledger, "load", lambda *given, **options: load(*given, **options) if given else book)


def cells_giving(page, kind):
    """Count the code cells of a page's notebook whose last line calls a function annotated to return `kind`."""
    return len(makers(page, kind))


def makers(page, kind):
    """Return the functions that the last lines of a page's code cells call and that are annotated to give `kind`."""
    return [function for function in called(page) if any(issubclass(result, kind) for result in results(function))]


@functools.cache
def called(page):
    """Return the function of the book that makes what each code cell gives, or None."""
    cells = [ast.parse(source).body for source in code_cells(page)]
    modules = {name: module for body in cells for name, module in named_modules(body)}
    return [function_of(made_by(body), modules) for body in cells]


def made_by(body):
    """Return the statement that makes what a cell gives: its last, or what a figure that it changes was set to."""
    match body[-1]:
        case ast.Expr(ast.Call(ast.Attribute(ast.Call() as made, attr=str(method)))) if method.startswith("update_"):
            return ast.Expr(made)
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), attr=str(method)))) if method.startswith("add_"):
            for statement in reversed(body[:-1]):
                match statement:
                    case ast.Assign([ast.Name(target)], value) if target == name:
                        return ast.Expr(value)
    return body[-1]


def named_modules(body):
    """Yield the names that a cell gives to modules of the package, with the modules."""
    for statement in body:
        match statement:
            case ast.Import(names=[ast.alias(name="claimbook", asname=None)]):
                yield "claimbook", claimbook
            case ast.ImportFrom(module=str(package)) if package.startswith("claimbook"):
                home = importlib.import_module(package)
                for alias in statement.names:
                    thing = getattr(home, alias.name, None) or importlib.import_module(f"{package}.{alias.name}")
                    if inspect.ismodule(thing):
                        yield alias.asname or alias.name, thing


def function_of(last, modules):
    """Return the function of a module, or of its class, that a statement calls; a method of anything gives None."""
    match last:
        case ast.Expr(ast.Call(ast.Attribute() as function)):
            module, *names = ast.unparse(function).split(".")
            if module in modules and all(name.isidentifier() for name in names):
                return functools.reduce(getattr, names, modules[module])
    return None


def results(function):
    """Return the types that a function is annotated to return."""
    if function is None:
        return ()
    # A chart with nothing to draw would be a sentence; the texts of the book give each something.
    annotation = inspect.signature(function, eval_str=True).return_annotation
    return typing.get_args(annotation) or (annotation,)


def results_of(page, monkeypatch, book=BOOK, change=("", "")):
    """Run the code cells of a page's notebook with a ledger, a filter changed where asked, and return their results.

    Parameters
    ----------
    page : str
        Path within the book without suffix.
    monkeypatch : pytest.MonkeyPatch
        Hands the ledger on to the notebook.
    book : Ledger
        The ledger that the notebook gets.
    change : tuple of (str, str)
        What to write in its cells in place of what; it must stand there.
    """
    return [*run_cells(page, monkeypatch, book, change)]


def run_cells(page, monkeypatch, book=BOOK, change=("", "")):
    """Yield the results of a page's cells one by one, as :func:`results_of` gives them together."""
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    monkeypatch.chdir((ROOT / page).parent)
    load_once(monkeypatch, book)
    old, new = change
    assert old in "\n".join(code_cells(page))
    names = {}
    for source in code_cells(page):
        tree = ast.parse(source.replace(old, new) if old else source)
        last = ast.Expression(tree.body.pop().value)
        exec(compile(tree, page, "exec"), names)
        yield eval(compile(last, page, "eval"), names)


def figures_of(page, monkeypatch, book=BOOK, change=("", "")):
    """Return the figures of a page's notebook by their ids, run as :func:`results_of` does."""
    return figures_among(results_of(page, monkeypatch, book, change))


def figure_of(name, page, monkeypatch, book=BOOK, change=("", "")):
    """Return one figure of a page's notebook, for which the cells below it need not run."""
    for result in run_cells(page, monkeypatch, book, change):
        if name in (found := figures_among([result])):
            return found[name]
    raise KeyError(name)


def figures_among(found):
    """Return those of some results that are figures by their ids."""
    return {figure.layout.meta[META]["id"]: figure for figure in found if isinstance(figure, Figure)}


@functools.cache
def shown_by(page):
    """Return what the cells of a page give in this book, run once in each process; no test may change any of it."""
    with pytest.MonkeyPatch.context() as patch:
        return tuple(results_of(page, patch))


def charts_of(page):
    """Return the figures among what :func:`shown_by` gives by their ids."""
    return figures_among(shown_by(page))

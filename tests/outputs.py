"""Run every code cell of the book in one process and print a hash of what it shows, to compare two runs."""

import ast
import hashlib
import json

from browser import code_cells, toc_pages


def digest(shown) -> str:
    """Return a hash of an output as a notebook stores it, but for the names of widgets, which are random."""
    if hasattr(shown, "_repr_mimebundle_"):
        bundle = shown._repr_mimebundle_()
        bundle = bundle[0] if isinstance(bundle, tuple) else bundle
        shown = json.dumps({kind: data for kind, data in bundle.items() if "widget-view" not in kind})
    else:
        shown = shown._repr_html_()
    return hashlib.sha256(shown.encode()).hexdigest()


for page in toc_pages():
    scope: dict = {}
    for number, source in enumerate(code_cells(page), start=1):
        *body, last = ast.parse(source).body
        exec(compile(ast.Module(body, []), page, "exec"), scope)
        print(page, number, digest(eval(compile(ast.Expression(last.value), page, "eval"), scope)))

"""Run every code cell of the chapters in one process and print a hash of what it shows, to compare with the build's."""

import ast
import hashlib
import json

import pytest
from notebooks import code_cells, load_once, toc_pages

from claimbook.view.mime import CHART, COPY, FACETS, STATES


def digest(bundle) -> str:
    """Return a hash of what the book renders of an output; the rest is for kernels, and widgets have random names."""
    kind = next(kind for kind in (FACETS, STATES, COPY, CHART, "text/html") if kind in bundle)
    return hashlib.sha256(json.dumps(bundle[kind], sort_keys=True).encode()).hexdigest()


def bundle_of(shown) -> dict:
    """Return what an object shows, by MIME type."""
    if not hasattr(shown, "_repr_mimebundle_"):
        return {"text/html": shown._repr_html_()}
    bundle = shown._repr_mimebundle_()
    return bundle[0] if isinstance(bundle, tuple) else bundle


def main() -> None:
    """Print page, number of the cell and hash, a line per code cell."""
    load_once(pytest.MonkeyPatch())
    for page in toc_pages():
        scope: dict = {}
        for number, source in enumerate(code_cells(page), start=1):
            *body, last = ast.parse(source).body
            exec(compile(ast.Module(body, []), page, "exec"), scope)
            shown = eval(compile(ast.Expression(last.value), page, "eval"), scope)
            print(page, number, digest(bundle_of(shown)))


if __name__ == "__main__":
    main()


def claim_of(link):
    """Return the claim that a link of a soup names: its id is for whoever points at the link."""
    return link["title"].removeprefix("Claim ")

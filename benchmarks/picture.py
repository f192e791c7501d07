"""Draw the picture of the project's README: a square for each claim, as the chapter on claims draws them.

``python benchmarks/picture.py`` runs that chapter's cells up to the chart and writes ``docs/claims.svg``. Run it again
when the ledger or the look of the chart has changed.
"""

import ast
import os
import re
import sys
from pathlib import Path

import nbformat

from claimbook.view import drawing, palette
from claimbook.view.charts import Figure
from claimbook.view.markup import el
from claimbook.view.mime import META

ROOT = Path(__file__).parents[1]
CHAPTER = ROOT / "chapters" / "record" / "claims.ipynb"
CHART = "verdict-profile"
PICTURE = ROOT / "docs" / "claims.svg"


def main():
    """Write the picture; return the exit code."""
    os.chdir(CHAPTER.parent)  # the chapter finds its ledger from there
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(chart()), encoding="utf-8")
    print(PICTURE)
    return 0


def chart():
    """Return the chart of the chapter, by running its cells until one gives it.

    Raises
    ------
    LookupError
        If no cell gives it.
    """
    names: dict = {}
    for cell in nbformat.read(CHAPTER, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        *body, last = ast.parse(cell.source).body
        exec(compile(ast.Module(body, []), CHAPTER.name, "exec"), names)
        shown = eval(compile(ast.Expression(last.value), CHAPTER.name, "eval"), names)
        if isinstance(shown, Figure) and shown.layout.meta[META]["id"] == CHART:
            return shown
    raise LookupError(f"{CHAPTER}: no cell gives the chart {CHART}: name another one in {Path(__file__).name}")


def svg(figure):
    """Return a figure of the book as a picture that stands alone, with its own colours for light and dark.

    Parameters
    ----------
    figure : Figure
        A chart that can be drawn.

    Returns
    -------
    str
    """
    drawn = drawing.draw(
        figure.to_plotly_json(), drawing.WIDTHS["wide"], name=CHART, alt=figure.layout.meta[META]["alt"]
    ).svg
    used = sorted({*re.findall(r"var\(--cb-([\w-]+)\)", drawn), "paper"})
    light, dark = ("".join(f"--cb-{token}:{palette.TOKENS[token][n]};" for token in used) for n in (0, 1))
    look = "svg{background:var(--cb-paper);font-family:system-ui,sans-serif}"
    style = el("style", f"{look}:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}")
    head, mark, body = drawn.partition(">")
    return f"{head}{mark}{style}{body}\n"


if __name__ == "__main__":
    sys.exit(main())

"""HTML that a notebook and the page show alike, escaped by construction.

Cells of the ledger are data: whatever stands in them is shown as text. Links between chapters are written to the
notebook (``claims.ipynb#…``), which JupyterLab opens; the build turns them into links to the page.
"""

import re
import unicodedata

from markupsafe import Markup, escape


class Html(Markup):
    """Markup that a notebook displays as HTML, and as text where it is made into something without HTML."""

    def _repr_html_(self) -> str:
        return str(self)

    def _repr_pretty_(self, printer, cycle: bool) -> None:
        printer.text(lined(self))


def el(tag: str, *children, **attributes) -> Html:
    """Build an HTML element.

    Parameters
    ----------
    tag : str
        Name of the element.
    *children : str, Markup, iterable of these, or None
        Content; plain strings are escaped, None is left out.
    **attributes : str, bool or None
        Attributes: ``class_`` and ``for_`` lose the underscore, inner underscores become hyphens; True gives a bare
        attribute, None and False none.

    Examples
    --------
    >>> el("b", "<script>")
    Html('<b>&lt;script&gt;</b>')
    """
    head = "".join(
        f" {name.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(value)}"')
        for name, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in {"br", "hr", "img", "input"}:
        return Html(f"<{tag}{head}>")
    return Html(f"<{tag}{head}>{join(children)}</{tag}>")


def join(children, separator: str = "") -> Html:
    """Join strings, markup and nested iterables of them, escaping plain strings and leaving out None."""
    parts = []
    for child in children:
        if child is None or child is False:
            continue
        if isinstance(child, str | int | float):
            parts.append(escape(child))
        elif hasattr(child, "__html__"):
            parts.append(child.__html__())
        else:
            parts.append(join(child))
    return Html(str(escape(separator)).join(parts))


def plain(html: str) -> str:
    """Return the text of `html` as a browser's ``textContent`` with white space collapsed."""
    return " ".join(Markup(html).striptags().split())


_UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.S)
_CELL = re.compile(r"</t[hd]>\s*(?=<t[hd])")
_LINE = re.compile(r"<br>|</(?:caption|dd|div|dt|figcaption|h\d|label|legend|li|option|p|summary|tr)>")


def lined(html: str) -> str:
    """Return the text of `html` in lines: each paragraph, item and row of a table on its own.

    Examples
    --------
    >>> lined("<p>One  &amp; two</p><table><tr><th>a</th><td>1</td></tr></table>")
    'One & two\\na | 1'
    """
    apart = _LINE.sub("\n", _CELL.sub(" | ", _UNSEEN.sub("", html)))
    return "\n".join(filter(None, map(plain, apart.split("\n"))))


_ALIKE = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', **dict.fromkeys("‐‑‒–—", "-")})


def fold(text: str) -> str:
    """Return `text` as a search compares it: no capitals, no accents, one form of quotation mark, dash and space.

    Whoever types has neither the accents nor the typographer's apostrophe at hand; the page's script folds alike.

    Examples
    --------
    >>> fold("Coup  D’ÉTAT")
    "coup d'etat"
    """
    apart = unicodedata.normalize("NFKD", text).lower()
    bare = (c for c in apart if not unicodedata.category(c).startswith("M"))
    return " ".join("".join(bare).translate(_ALIKE).split())

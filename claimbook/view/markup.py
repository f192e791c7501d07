"""HTML that a notebook and the page show alike, escaped by construction.

Cells of the ledger are data: whatever stands in them is shown as text. Links between chapters are written to the
notebook (``claims.ipynb#…``), which JupyterLab opens; the build turns them into links to the page.
"""

import re
import unicodedata

from markupsafe import Markup, escape

FOLLOW = """\
const link = event.target.closest("a[href*='#']");
if (link) {
  const id = decodeURIComponent(link.hash.slice(1));
  const asked = window.claimbookAsked = {};
  (function look(times) {
    const found = document.querySelectorAll(`[data-jupyter-id="${CSS.escape(id)}"]`);
    const place = [...found].find((one) => !one.closest(".lm-mod-hidden"));
    if (place) {
      for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      place.scrollIntoView();
    } else if (times && asked === window.claimbookAsked) setTimeout(look, 250, times - 1);
  })(240);
}"""
"""What a click on a link does in JupyterLab: it waits a minute for its place to show, maybe in a notebook that is
opened and run first, unfolds it and brings it into view. A later click goes before."""

WRAP = f'<div onclick="{escape(FOLLOW)}">'

STYLES = {
    "number": "text-align:end;vertical-align:top",
    "cell": "text-align:start;vertical-align:top",
    "sides": "display:grid;gap:.3rem 1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr))",
}
"""What JupyterLab would show otherwise: it sets every cell of a table flush right, and knows no sides."""

STYLED = re.compile(
    r'<(?:(?P<number>td class="cb-number")|(?P<cell>t[dh])|(?P<sides>div class="cb-sides"))(?=[ >])(?![^>]* style=)'
)
WORN = re.compile(rf""" (?:style="(?:{"|".join(map(re.escape, STYLES.values()))})"|data-jupyter-id="[^"]*")""")


class Html(Markup):
    """Markup that a notebook displays as HTML, and as text where it is made into something without HTML."""

    def _repr_html_(self) -> str:
        return dressed(str(self))

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


def quoted(words: str, language: str) -> Html:
    """Show words that somebody else wrote, in their language and direction; of an unknown language it is "".

    Examples
    --------
    >>> quoted("بله", "fa")
    Html('<q lang="fa" dir="auto">بله</q>')
    """
    return el("q", words, lang=language, dir="auto")


def named(name: str, language: str | None = None) -> Html:
    """Show a name or title in its own direction, apart from the words around it."""
    return el("bdi", name, lang=language, dir="auto")


def folded(summary, *children, **attributes) -> Html:
    """Fold content under a line that says what it is."""
    return el("details", el("summary", summary), *children, **attributes)


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


def dressed(html: str) -> str:
    """Return `html` as a notebook has to have it: with its own styles, and with ids by which JupyterLab finds places.

    Nothing is set for the whole page, so that what else a notebook shows stays as it is. The book's page has a style
    sheet and a script instead: :func:`undressed` takes off what is put on here.
    """
    html = STYLED.sub(lambda tag: f'{tag[0]} style="{STYLES[tag.lastgroup]}"', html)
    html = re.sub(r' id="([^"]*)"', r' id="\1" data-jupyter-id="\1"', html)
    return f"{WRAP}{html}</div>"


def undressed(html: str) -> str:
    """Return what :func:`dressed` was given; other HTML stays as it is."""
    if not html.startswith(WRAP):
        return html
    return WORN.sub("", html[len(WRAP) : -len("</div>")])


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

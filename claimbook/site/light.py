"""Light static pages, which are no documents of Sphinx: those of claims, and the leaves of pages.

A book has hundreds of them, and they need neither the theme nor its scripts.
"""

import json
import posixpath
import re
from dataclasses import asdict
from html import escape, unescape

from claimbook.site.kept import Kept
from claimbook.site.page import STYLE, Finished, source_of
from claimbook.site.places import address
from claimbook.site.templating import render

SCHEME = """\
const dark = matchMedia("(prefers-color-scheme: dark)");
let kept = "auto";
try {
  kept = localStorage.getItem("mode") || "auto";
} catch {}
const follow = () => {
  document.documentElement.dataset.theme = kept === "auto" ? (dark.matches ? "dark" : "light") : kept;
};
follow();
dark.addEventListener("change", follow);
"""
"""The script of such a page: it takes over the reader's choice of light or dark from the book."""

LEAF = '<html lang="en" data-theme="light" class="cb-leaf">'
"""What tells a leaf from the pages that Sphinx wrote, among which it lies."""

START = f"<!DOCTYPE html>\n{LEAF}"
"""How a leaf begins."""

HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
LINKED = re.compile(r'<a\b([^>]*?)\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
CLASS = re.compile(r'\bclass="([^"]*)"')
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)")
NAME = re.compile(r'\s([a-z-]+)="')


def framed(template: str, path: str, *more: str, **values) -> str:
    """Return a light page.

    Parameters
    ----------
    template : str
        File of the template.
    path : str
        Path of the page within the book.
    *more : str
        Scripts beside the one that every light page has.
    **values
        What the template shows.
    """
    scripts = [SCHEME, *more]
    hashes = " ".join(map(source_of, scripts))
    return render(template, root="../" * path.count("/"), style=STYLE, scripts=scripts, hashes=hashes, **values)


def leaf(path: str, title: str, body: str, *, book: str, coder: str, page: str, of: str) -> str:
    """Return the leaf of a page.

    Parameters
    ----------
    path : str
        Its path within the book.
    title, body : str
        Its heading, and the HTML below.
    book, coder : str
        Title of the book, and who coded it.
    page, of : str
        Path within the book of the page that it belongs to, without suffix, and that page's title.
    """
    facts = {"title": book, "coder": coder}
    return framed("leaf.html", path, facts=facts, title=title, body=body, back=_way(path, page), of=of, mark=LEAF)


def moved(path: str, *, book: str, coder: str, page: str, title: str) -> str:
    """Return the page at an old address, which leads on to the place that was asked for.

    Parameters
    ----------
    path : str
        The old address, within the book.
    book, coder : str
        Title of the book, and who coded it.
    page, title : str
        Path within the book of the page as it is now, without suffix, and its title.
    """
    way, facts = _way(path, page), {"title": book, "coder": coder}
    aim = json.dumps(way).replace("<", "\\u003c")
    lead = f"location.replace({aim} + location.search + location.hash);"
    return framed("moved.html", path, lead, facts=facts, title=title, address=way, mark=LEAF)


def _way(path: str, page: str) -> str:
    """Return the address of a page, without suffix, as seen from a path within the book."""
    return f"{posixpath.relpath(page, posixpath.dirname(path))}.html"


def is_leaf(text: str) -> bool:
    """Tell whether the HTML of a page is that of a leaf."""
    return text.startswith(START)


def led(text: str) -> str:
    """Let each link to a claim or to a publication lead to the page on which it stands in full."""
    return HREF.sub(lambda match: match[1] + escape(address(unescape(match[2]))) + match[3], text)


def finished(texts: dict[str, str], there: set[str], kept: Kept) -> list[Finished]:
    """Return light pages as the finishing step has pages, without links to pages that the book has not.

    Parameters
    ----------
    texts : dict of str to str
        Their HTML by their path within the book.
    there : set of str
        Paths of the other pages of the book.
    kept : claimbook.site.kept.Kept
        Results of earlier builds.
    """
    known = {*texts, *(name for name in there if name.endswith(".html"))}
    asked = "".join(f"{name}\0{text}" for name, text in texts.items()), " ".join(sorted(known))
    return [Finished(**one) for one in kept.once(lambda: [asdict(_finished(*p, known)) for p in texts.items()], *asked)]


def _finished(name: str, text: str, known: set[str]) -> Finished:
    def kept(match: re.Match) -> str:
        href = unescape(match[2]).partition("#")[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), href))
        outside = href.startswith(("http:", "https:", "mailto:")) or not href
        return match[0] if outside or target in known else match[3]

    text = LINKED.sub(kept, text)
    tags = TAG.findall(text)
    words = {tag for tag, _ in tags} | {n for _, rest in tags for n in NAME.findall(rest)}
    marks = {one for value in CLASS.findall(text) for one in value.split()} | set(ID.findall(text))
    return Finished(
        name=name,
        text=text,
        groups={},
        sheets=[],
        scripts=[],
        files=["_static/favicon.svg"],
        names=sorted(words | marks),
        properties=[],
        ids=list(dict.fromkeys(ID.findall(text))),
        links=[("a", address) for address in dict.fromkeys(unescape(href) for _, href, _ in HREF.findall(text))],
        description="",
    )

"""Cards of the pages of a folder: title, opening finding, first picture small.

A page that has the directive ``openings`` with the name of a folder shows a card for each page of that folder, in the
order of the table of contents. What stands on a card is noted when its page is read, so it follows the page. It is the
first sentence of the page, unless a cell of its notebook has ``card`` in its metadata: the numbers of the sentences of
the lead that a card shows, counted from 1.
"""

import re

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from claimbook.site.templating import render
from claimbook.view.drawing import draw

LEAD = "cb-lead"
AXIS = re.compile(r"[xy]axis\d*")
WIDTH, HEIGHT = 300, 180
"""Pixels of a small picture; the height includes what a chart would need for its words."""


class openings(nodes.General, nodes.Element):  # noqa: N801  (as docutils names its nodes)
    """The place of the cards of a folder's pages, until all pages are read."""


class Openings(SphinxDirective):
    """``openings``, with a folder of pages as its argument."""

    required_arguments = 1

    def run(self):
        """Return the place of the cards."""
        return [openings("", folder=self.arguments[0].strip("/"))]


def setup(app):
    """Register the directive with Sphinx."""
    app.add_directive("openings", Openings)
    app.add_node(openings)
    app.connect("env-purge-doc", lambda app, env, docname: noted(env).pop(docname, None))
    app.connect("doctree-read", note)
    app.connect("env-updated", pages_with_cards)
    app.connect("doctree-resolved", show)
    return {"parallel_write_safe": True}


def noted(env):
    """Return per page what its card shows: its opening finding, its first picture and the title of that picture."""
    if not hasattr(env, "claimbook_openings"):
        env.claimbook_openings = {}
    return env.claimbook_openings


def note(app, doctree):
    """Note what the card of a page shows; its charts have no use for their small pictures any more."""
    raw = list(doctree.findall(nodes.raw))
    small = [node.attributes.pop("small") for node in raw if "small" in node]
    noted(app.env)[app.env.docname] = {
        "finding": " ".join(chosen(sentences(opening(doctree)), wanted(doctree))),
        "picture": small[0] if small else "",
        "has_cards": any(doctree.findall(openings)),
    }


def pages_with_cards(app, env):
    """Return the pages that show cards, which Sphinx would not write anew when a page on a card has changed."""
    return [name for name, card in noted(env).items() if card["has_cards"]]


def opening(doctree):
    """Return the words that a page opens with: its lead, or else its first paragraph."""
    for node in doctree.findall(nodes.raw):
        if LEAD in node.astext() and (lead := BeautifulSoup(node.astext(), "html.parser").select_one(f".{LEAD}")):
            return lead.get_text()
    paragraph = next(doctree.findall(nodes.paragraph), None)
    return paragraph.astext() if paragraph else ""


def wanted(doctree):
    """Return the numbers of the sentences that the page's card shows."""
    cells = (node.get("cell_metadata") or {} for node in doctree.findall(nodes.container))
    return next((cell["card"] for cell in cells if "card" in cell), [1])


def chosen(said, numbers):
    """Return the sentences of some numbers; of a text that has none of them, its first."""
    return [said[number - 1] for number in numbers if 0 < number <= len(said)] or said[:1]


def sentences(text):
    """Return the sentences of a text, each on one line."""
    return re.findall(r"\S.*?[.!?](?=\s|$)|\S.*", " ".join(text.split()))


def first_sentence(text):
    """Return the first sentence of a text, on one line."""
    return "".join(sentences(text)[:1])


def small(figure, name):
    """Return a figure as a small picture without words, which would be too small to be read.

    Parameters
    ----------
    figure : dict
        A Plotly figure as JSON.
    name : str
        What the figure is called.

    Returns
    -------
    str
        SVG that assistive technology passes over: title and finding stand beside it.
    """
    bare = {"showticklabels": False, "title": {}, "automargin": False}
    axes = {key: axis | bare for key, axis in figure["layout"].items() if AXIS.fullmatch(key)}
    layout = figure["layout"] | axes | {"annotations": [], "showlegend": False, "height": HEIGHT}
    traces = [{key: of for key, of in trace.items() if key != "text"} for trace in figure["data"]]
    traces = [trace | {"mode": trace["mode"].replace("+text", "")} if "mode" in trace else trace for trace in traces]
    marks = [trace for trace in traces if trace.get("mode") != "text"]
    drawn = draw({"data": marks, "layout": layout}, WIDTH, name=f"{name}-small", alt="-").svg
    start, _, rest = drawn.partition(">")
    return start.replace('role="img" aria-label="-"', 'aria-hidden="true"') + ">" + rest


def in_order(env, name):
    """Yield the pages below the page `name`, in the order of the table of contents."""
    for below in env.toctree_includes.get(name, ()):
        yield below
        yield from in_order(env, below)


def show(app, doctree, docname):
    """Put the cards into their place."""
    for place in list(doctree.findall(openings)):
        pages = [name for name in in_order(app.env, app.config.root_doc) if name.startswith(f"{place['folder']}/")]
        cards = [
            noted(app.env)[name]
            | {"page": app.env.titles[name].astext(), "address": app.builder.get_relative_uri(docname, name)}
            for name in pages
        ]
        place.replace_self(nodes.raw(text=render("openings.html", cards=cards), format="html") if cards else [])

"""Long forms: what a page names in a few lines stands in full on light pages of their own, its leaves.

A notebook shows the long form in its place. In the book nobody has to get past it: the page shows the short form, each
line of which leads to a leaf in the folder of the page.
"""

from dataclasses import dataclass

from claimbook.view.markup import Html, el, join, lined
from claimbook.view.mime import LEAVES


@dataclass(frozen=True)
class Leaf:
    """A light page.

    Attributes
    ----------
    name : str
        Of its file, without suffix: lower case with hyphens, and that of no chapter.
    title : str
        Its heading.
    body : Html
        What it shows; links are those of the page that it belongs to.
    label : str
        What leads to it in the line of leaves that stands above each; "" where there is to be none.
    """

    name: str
    title: str
    body: Html
    label: str = ""

    @property
    def address(self) -> str:
        """Where it stands, as seen from its page and from its other leaves."""
        return f"{self.name}.html"


def line(leaves, here: Leaf | None = None) -> Html:
    """Link to leaves by their labels, but for the one on which the line stands."""
    return join((el("b", leaf.label) if leaf is here else _link(leaf) for leaf in leaves), " · ")


def _link(leaf: Leaf) -> Html:
    return el("a", leaf.label, href=leaf.address, aria_label=leaf.title)


class Long(Html):
    """A long form, as a notebook shows it, with the short one that stands for it on the page; :func:`long` makes it.

    Attributes
    ----------
    short : Html
        The short form, with links to the leaves.
    leaves : list of Leaf
        The long form.
    """

    short = Html("")
    leaves = ()

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        labelled = [leaf for leaf in self.leaves if leaf.label]
        made = [
            {
                "name": leaf.name,
                "title": leaf.title,
                "html": join([el("p", line(labelled, leaf)) if leaf.label else None, leaf.body]),
            }
            for leaf in self.leaves
        ]
        words = {"text/html": self._repr_html_(), "text/plain": lined(self)}
        return words | {LEAVES: {"html": self.short, "leaves": made}}


def long(short: Html, leaves: list[Leaf], head: Html | str = "") -> Long:
    """Put a long form on leaves.

    Parameters
    ----------
    short : Html
        What stands for it on the page, with links to the leaves.
    leaves : list of Leaf
        The long form.
    head : Html, optional
        What stands above either.
    """
    whole = Long(join([head, [[el("h3", leaf.title), leaf.body] for leaf in leaves]]))
    whole.short, whole.leaves = join([head, short]), leaves
    return whole


def one(name: str, title: str, body: Html, id: str | None = None) -> Long:
    """Put a long form on a single leaf, to which its title leads.

    Parameters
    ----------
    name, title, body
        As :class:`Leaf` has them.
    id : str, optional
        The anchor of the line that leads there, and of the form.
    """
    leaf = Leaf(name, title, el("div", body, id=id) if id else body)
    return long(el("p", el("a", title, href=leaf.address), id=id), [leaf])

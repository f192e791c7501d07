"""A page of the book after Sphinx: without what it does not use, under a policy that lets nothing else in.

What becomes of a page follows from the page, the glossary and this package alone. So a page that has not changed since
the last build is not finished again: :func:`finished` looks it up by what it comes from.
"""

import base64
import hashlib
import json
import posixpath
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from claimbook.site import find, glosses, kernels, places, publish
from claimbook.site.icons import Icons

STYLE = "_static/book.css"
PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")
FEW = 3
"""So many pages are finished one after another; processes for them would take longer to start."""

# Scripts that not every page needs, with the classes or ids one of which a page must have to keep them.
SCRIPTS = {
    "fontawesome.js": set(),  # draws the icons when the page is open, for 400 KB on the wire
    "bootstrap.js": set(),  # 24 KB on the wire for tooltips, which the title attribute gives as well
    "searchindex.js": set(),  # these four are of the theme's search, which ours replaces
    "sphinx_highlight.js": set(),
    "searchtools.js": set(),
    "language_data.js": set(),
    "search.js": {"cb-results"},
    "checked.js": {"cb-nearest"},
    "exercise.js": {"cb-exercise"},
    "audit.js": {"cb-audit"},
    "copy.js": {"cb-own"},
    "clipboard.min.js": {"highlight"},
    "copybutton.js": {"highlight"},
    "togglebutton.js": {"toggle", "dropdown"},
    "design-tabs.js": {"sd-tab-set"},
}
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src {connect}; form-action 'self'; base-uri 'none'"
)
CLOSED = {"cb-own"}
"""What a page has that may connect to nothing, because a reader trusts it with something of their own."""


@dataclass
class Page:
    """A page of the book while it is finished.

    Attributes
    ----------
    name : str
        Its path within the book, with slashes.
    soup : BeautifulSoup
        Its markup.
    elements : list of bs4.Tag
        All elements in order: one walk serves every question, which on a page of 300 claims saves seconds.
    """

    name: str
    soup: BeautifulSoup
    elements: list

    @classmethod
    def read(cls, name, text):
        """Read the page called `name`."""
        soup = BeautifulSoup(text, "html.parser")
        return cls(name, soup, soup.find_all(True))

    def all(self, tag, attribute=None):
        """Return the elements of a tag, in order, that have an attribute."""
        return [e for e in self.elements if e.name == tag and (attribute is None or attribute in e.attrs)]

    def marks(self):
        """Return all classes and ids of the page."""
        found = {e.get("id") for e in self.elements}
        return found.union(*(e.get("class", ()) for e in self.elements))

    def remove(self, elements):
        """Remove elements from the page."""
        # By identity: asked whether it is decomposed, an element searches all that is below it.
        gone = {id(part) for element in elements for part in (element, *element.find_all(True))}
        self.elements = [e for e in self.elements if id(e) not in gone]
        for element in elements:
            element.decompose()


@dataclass
class Finished:
    """A page as it is published, and what the book needs to know of it.

    Attributes
    ----------
    name : str
        Its path within the book, with slashes.
    text : str
        Its HTML.
    groups : dict of str to list
        What a reader can find on it, as :class:`claimbook.site.find.Found` has it.
    sheets, scripts, files : list of str
        Paths within the book of the style sheets that it had, of its scripts, and of all that it loads.
    names : list of str
        Its tags, classes, ids and names of attributes: what a style can ask for.
    properties : list of str
        The custom properties that its own styles read.
    ids : list of str
        What can be linked to.
    links : list of tuple of (str, str)
        Tag and address of all it links to and loads, each once.
    description : str
        How it describes itself.
    """

    name: str
    text: str
    groups: dict[str, list]
    sheets: list[str]
    scripts: list[str]
    files: list[str]
    names: list[str]
    properties: list[str]
    ids: list[str]
    links: list[tuple[str, str]]
    description: str


def finished(texts, glossary, kept, claims=False):
    """Return pages finished, in their order.

    Parameters
    ----------
    texts : dict of str to str
        The HTML that Sphinx wrote, by the path of each page within the book.
    glossary : claimbook.site.glosses.Glossary
        The terms of the book.
    kept : claimbook.site.kept.Kept
        Results of earlier builds: pages in it are not finished again.
    claims : bool
        Whether the book has a page for every claim, where links to claims shall lead.

    Returns
    -------
    list of Finished
    """
    terms = json.dumps([glossary.page, glossary.entries, claims])
    places = {name: kept.place(terms, name, text) for name, text in texts.items()}
    for page in _each([(name, texts[name], glossary, claims) for name, place in places.items() if not place.is_file()]):
        kept.write(places[page.name], asdict(page))
    return [Finished(**kept.read(place)) for place in places.values()]


def _each(pages) -> Iterable[Finished]:
    """Finish pages, many of them at a time."""
    if len(pages) <= FEW:
        return [finish_page(*page) for page in pages]
    longest_first = sorted(pages, key=lambda page: -len(page[1]))
    with kernels.workers() as pool:
        done = {page.name: page for page in pool.map(finish_page, *zip(*longest_first, strict=True))}
    return [done[name] for name, *_ in pages]


def finish_page(name, text, glossary, claims=False):
    """Finish one page; parameters are those of :func:`finished`, for one."""
    page, found = Page.read(name, text), find.Found()
    if Path(name).stem not in publish.UNLISTED:
        find.on_page(found, page)
    tidy(page)
    if claims:
        lead_to_claims(page)
    Icons.read().draw(page)
    add_citation(page)
    add_code_switch(page)
    glosses.link(page, glossary)
    sheets = [link for link in page.all("link", "href") if "stylesheet" in link["rel"]]
    styles = [resolve(link["href"], name) for link in sheets]
    page.remove(sheets)
    root = "../" * name.count("/")
    links = unique(
        (e.name, e.get("src") or e.get("href"))
        for e in page.elements
        if (e.get("src") or e.get("href")) and "canonical" not in e.get("rel", ())
    )
    files = [e.get("src") or (e.name == "link" and e.get("href")) for e in page.elements]
    inline = " ".join(e["style"] for e in page.elements if "style" in e.attrs)
    names = {name for e in page.elements for name in (e.name, *e.attrs)}
    known = {
        "groups": {group: entries for group, entries in found.groups.items() if entries},
        "sheets": styles,
        "scripts": unique(resolve(script["src"], name) for script in page.all("script", "src")),
        "files": unique(resolve(address, name) for address in files if address),
        "names": sorted(names | {mark for mark in page.marks() if mark}),
        "properties": unique(PROPERTY.findall(inline)),
        "ids": unique(e["id"] for e in page.elements if "id" in e.attrs),
        "links": links,
        "description": next((m["content"] for m in page.all("meta", "name") if m["name"] == "description"), ""),
    }
    page.soup.head.append(page.soup.new_tag("link", rel="stylesheet", href=root + STYLE))
    add_policy(page)
    if name == "404.html":
        page.elements = page.soup.find_all(True)
        publish.anchor_at(page)
    return Finished(name, str(page.soup), **known)


def unique(values):
    """Return values in order, each once."""
    return list(dict.fromkeys(values))


def resolve(address, name):
    """Return the path within the book of the file that an address means in the file called `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(urlsplit(address).path)))


def tidy(page):
    """Take out of a page what it does not use, and what the policy or the rules of accessibility forbid."""
    marks = page.marks()
    unused = [
        script
        for script in page.all("script", "src")
        if not SCRIPTS.get(Path(urlsplit(script["src"]).path).name, marks) & marks
    ]
    unused += [link for link in page.all("link", "rel") if "preload" in link["rel"]]
    unused += [meta for meta in page.all("meta", "name") if meta["name"].startswith("docsearch")]
    unused += [meta for meta in page.all("meta", "name") if meta["name"] == "viewport"][1:]
    unused += [e for e in page.elements if e.get("id") == "ethical-ad-placement"]
    unused += [e for e in page.elements if e.name == "h1" and not e.get_text(strip=True)]
    page.remove(unused)
    for form in page.all("form"):
        if "bd-search" in form.get("class", ()):  # the theme's has nothing to send it with but the enter key
            form.append(page.soup.new_tag("button", type="submit", string="Search"))
    for element in page.elements:
        if element.get("role") == "doc-biblioentry":
            element["role"] = "listitem"  # the other one is deprecated, and no item of the list around it
        if title := element.attrs.pop("data-bs-title", None):
            element["title"] = title
        if "onclick" in element.attrs:
            del element["onclick"]
            element["aria-label"] = element.get("title", "")


def lead_to_claims(page):
    """Let links to a claim, which lead to its chapter till now, lead to the claim's own page."""
    for link in page.all("a", "href"):
        link["href"] = places.address(link["href"])


def add_citation(page):
    """Let a page of the book end with the way to cite it."""
    article = page.soup.find("article")
    if article is None or article.find("h1") is None or Path(page.name).stem in publish.UNLISTED:
        return
    place = page.soup.new_tag("details", attrs={"class": ["cb-cite", "cb-js"]})
    place.append(page.soup.new_tag("summary", string="Cite this page"))
    article.append(place)
    page.elements += [place, place.summary]


def add_code_switch(page):
    """Let a page with code have one switch for all of it, in the line above the article, which stays in sight."""
    buttons = next((e for e in page.elements if "article-header-buttons" in e.get("class", ())), None)
    if buttons is None or not any("above-input" in e.get("class", ()) for e in page.all("details", "class")):
        return
    switch = page.soup.new_tag("button", type="button", string="Show the code", attrs={"aria-pressed": "false"})
    switch["class"] = ["cb-code-switch", "cb-js"]
    buttons.insert(0, switch)
    page.elements.append(switch)


def source_of(script):
    """Return how a content security policy names an inline script: by its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def add_policy(page):
    """Put the content security policy into a page's head; its inline scripts are named by their hashes."""
    hashes = []
    for script in page.all("script"):
        if "src" not in script.attrs and not script.get("type", "").endswith("json"):
            hashes.append(source_of(script.string or ""))
    connect = "'none'" if CLOSED & page.marks() else "'self'"
    scripts = " ".join(["'self'", *dict.fromkeys(hashes)])
    policy = page.soup.new_tag("meta", content=POLICY.format(scripts=scripts, connect=connect))
    policy["http-equiv"] = "Content-Security-Policy"
    page.all("meta", "charset")[0].insert_after(policy)

"""The step after Sphinx: pages without what they do not use, under a policy that lets nothing else in."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import tinycss2
from bs4 import BeautifulSoup

from claimbook.site import find, glosses, publish
from claimbook.site.icons import Icons

# Scripts that not every page needs, with the classes or ids one of which a page must have to keep them.
SCRIPTS = {
    "fontawesome.js": set(),  # draws the icons when the page is open, for 400 KB on the wire
    "bootstrap.js": set(),  # 24 KB on the wire for tooltips, which the title attribute gives as well
    "searchindex.js": set(),  # these three are of the theme's search, which ours replaces
    "searchtools.js": set(),
    "language_data.js": set(),
    "search.js": {"cb-results"},
    "exercise.js": {"cb-exercise"},
    "clipboard.min.js": {"highlight"},
    "copybutton.js": {"highlight"},
    "togglebutton.js": {"toggle", "dropdown"},
    "design-tabs.js": {"sd-tab-set"},
}
# Fetched by a script, or by those who link to the book: no page names them as its own.
UNNAMED = ("_static/plotly.min.js", find.CARDS, find.SEARCH, find.EVIDENCE, publish.PREVIEW)
STYLE = "_static/book.css"
MOST_ROWS, MOST_LINES = 12, 15
"""Rows of a list and lines of a table that a page shows at full height; longer ones scroll inside themselves."""
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<address>.*?)(?P=quote)\s*\)""")
NAME = re.compile(r"-?[A-Za-z_][\w-]*")


class BookError(Exception):
    """A built book that must not be published; the message lists every fault with its page."""


@dataclass
class Page:
    """A page of the book while it is finished.

    Attributes
    ----------
    name : str
        Its path within the book, with slashes.
    path : Path
        Its file.
    soup : BeautifulSoup
        Its markup.
    elements : list of bs4.Tag
        All elements in order: one walk serves every question, which on a page of 300 claims saves seconds.
    """

    name: str
    path: Path
    soup: BeautifulSoup
    elements: list

    @classmethod
    def read(cls, path, book):
        """Read the page at `path` of the folder `book`."""
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        return cls(path.relative_to(book).as_posix(), path, soup, soup.find_all(True))

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


def finish(book, found=None):
    """Finish a built book in place.

    Parameters
    ----------
    book : Path
        The folder that Sphinx wrote.
    found : claimbook.site.find.Found, optional
        What of the ledger can be found; what the pages hold is added to it.

    Raises
    ------
    BookError
        If a link within the book leads nowhere, something is loaded from another host, or two pages describe
        themselves alike.
    """
    book, found = book.resolve(), found or find.Found()
    files = (path for path in sorted(book.rglob("*.html")) if "_static" not in path.relative_to(book).parts)
    pages = [Page.read(path, book) for path in files]
    glossary, drawn = glosses.read(pages), Icons.read()
    sheets = {}
    for page in pages:
        if Path(page.name).stem not in publish.UNLISTED:
            find.on_page(found, page)
        tidy(page)
        drawn.draw(page)
        add_citation(page)
        glosses.link(page, glossary)
        links = [link for link in page.all("link", "href") if "stylesheet" in link["rel"]]
        sheets.update((resolve(link["href"], page.path), None) for link in links)
        page.remove(links)
    anchors = {page.path: {e["id"] for e in page.elements if "id" in e.attrs} for page in pages}
    (book / STYLE).write_text(join_styles(sheets, pages, book, drawn), encoding="utf-8")
    (book / find.CARDS).write_text(find.cards_script(found, glossary.glosses), encoding="utf-8")
    for name, text in zip((find.SEARCH, find.EVIDENCE), find.search_scripts(found), strict=True):
        (book / name).write_text(text, encoding="utf-8")
    faults = [fault for page in pages for fault in check(page, anchors)]
    faults += find.misplaced(found, {path.relative_to(book).as_posix(): ids for path, ids in anchors.items()})
    faults += described_alike(pages)
    if faults:
        raise BookError("\n".join(faults))
    for page in pages:
        root = "../" * page.name.count("/")
        page.soup.head.append(page.soup.new_tag("link", rel="stylesheet", href=root + STYLE))
        add_policy(page)
    remove_unused(book, pages)
    for page in pages:
        if page.name == "404.html":
            page.elements = page.soup.find_all(True)
            publish.anchor_at(page)
        page.path.write_text(str(page.soup), encoding="utf-8")


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
        classes = element.get("class", ())
        if "cb-scroll" in classes or "cb-rows" in classes:
            mark_tall(element)
        if element.get("role") == "doc-biblioentry":
            element["role"] = "listitem"  # the other one is deprecated, and no item of the list around it
        if title := element.attrs.pop("data-bs-title", None):
            element["title"] = title
        if "onclick" in element.attrs:
            del element["onclick"]
            element["aria-label"] = element.get("title", "")


def add_citation(page):
    """Let a page of the book end with the way to cite it."""
    article = page.soup.find("article")
    if article is None or article.find("h1") is None or Path(page.name).stem in publish.UNLISTED:
        return
    place = page.soup.new_tag("details", attrs={"class": ["cb-cite", "cb-js"]})
    place.append(page.soup.new_tag("summary", string="Cite this page"))
    article.append(place)
    page.elements += [place, place.summary]


def mark_tall(region):
    """Mark a table or a list of rows that is longer than a window; a style that counted rows would slow every page."""
    listed = {"cb-rows", "cb-entries"} & {*region["class"]}
    rows, most = (".cb-row, .cb-entry", MOST_ROWS) if listed else ("tbody tr", MOST_LINES)
    if len(region.select(rows, limit=most + 1)) > most:
        region["class"] = [*region["class"], "cb-tall"]


def resolve(address, path):
    """Return the file that an address means in the file at `path`."""
    return (path.parent / unquote(urlsplit(address).path)).resolve()


def join_styles(sheets, pages, book, drawn):
    """Return one style sheet with the rules that some page or script of the book can use.

    Parameters
    ----------
    sheets : iterable of Path
        The style sheets in the order in which pages load them.
    pages : list of Page
        All pages.
    book : Path
        The book's folder.
    drawn : claimbook.site.icons.Icons
        The icons that the kept rules show.
    """
    scripted = words_of_scripts(pages)
    used = scripted | names_in_use(pages)
    kept = []
    for first in sheets:
        for sheet, rule in rules_of(first):
            text = keep(rule, used)
            kept.append(URL.sub(lambda match, sheet=sheet: relocate(match, sheet, book), text))
    return drop_unread_properties(drawn.mask("\n".join(filter(None, kept)), scripted), pages)


def rules_of(sheet):
    """Yield the rules of a style sheet and of those it imports, each with the sheet it stands in."""
    text = sheet.read_text(encoding="utf-8")
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            address = next(token.value for token in rule.prelude if token.type in ("string", "url"))
            yield from rules_of(resolve(address, sheet))
        else:
            yield sheet, rule


def names_in_use(pages):
    """Return every tag, class, id and attribute name of the pages."""
    names = set()
    for page in pages:
        names |= page.marks()
        for element in page.elements:
            names.add(element.name)
            names.update(element.attrs)
    return names


def words_of_scripts(pages):
    """Return every word of the scripts that the pages load."""
    scripts = {resolve(script["src"], page.path) for page in pages for script in page.all("script", "src")}
    return {word for script in scripts for word in NAME.findall(script.read_text(encoding="utf-8"))}


def keep(rule, used):
    """Return the text of a rule without the selectors that nothing matches; empty where none is left."""
    if rule.type == "qualified-rule":
        selectors = [part for part in split(rule.prelude) if possible(part, used)]
        body = tinycss2.serialize(rule.content).strip()
        return f"{','.join(map(text_of, selectors))}{{{body}}}" if selectors and body else ""
    if rule.type != "at-rule":
        return ""
    if rule.content is None or rule.lower_at_keyword not in ("media", "supports", "layer"):
        return rule.serialize()
    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    body = "\n".join(filter(None, (keep(one, used) for one in inner)))
    return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{body}\n}}" if body else ""


def split(prelude):
    """Split a list of selectors at its commas."""
    parts = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def text_of(selector):
    """Return a selector's text on one line."""
    return " ".join(tinycss2.serialize(selector).split())


def possible(selector, used):
    """Tell whether every name that a selector asks for occurs in the book."""
    after_colon = False
    for token in selector:
        if token.type == "ident" and not after_colon and token.value not in used:
            return False
        if token.type == "hash" and token.value not in used:
            return False
        if token.type == "[] block" and token.content[0].value not in used:
            return False
        after_colon = token == ":"
    return True


def relocate(match, sheet, book):
    """Return a ``url()`` of `sheet` as seen from the joined style sheet."""
    if match["address"].startswith("data:"):
        return match[0]
    target = resolve(match["address"], sheet)
    return f"url({target.relative_to((book / STYLE).parent.resolve()).as_posix()})"


def drop_unread_properties(text, pages):
    """Drop custom properties that no rule and no page reads; our own stay, because our script reads them."""
    inline = " ".join(e["style"] for page in pages for e in page.elements if "style" in e.attrs)
    declaration = re.compile(r"""(?<=[{;\s])(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|[^;{}"'])*(?:;|(?=\}))""")
    before = None
    while before != text:
        before = text
        read = set(re.findall(r"var\(\s*(--[\w-]+)", text + inline))
        text = declaration.sub(lambda m, read=read: m[0] if m[1] in read or m[1].startswith("--cb-") else "", text)
    return text


def add_policy(page):
    """Put the content security policy into a page's head; its inline scripts are named by their hashes."""
    hashes = []
    for script in page.all("script"):
        if "src" not in script.attrs and not script.get("type", "").endswith("json"):
            digest = base64.b64encode(hashlib.sha256((script.string or "").encode()).digest()).decode()
            hashes.append(f"'sha256-{digest}'")
    policy = page.soup.new_tag("meta", content=POLICY.format(scripts=" ".join(["'self'", *dict.fromkeys(hashes)])))
    policy["http-equiv"] = "Content-Security-Policy"
    page.all("meta", "charset")[0].insert_after(policy)


def remove_unused(book, pages):
    """Delete the files beside the pages that nothing names."""
    named = {book / STYLE, *(book / name for name in UNNAMED)}
    for page in pages:
        for element in page.elements:
            if address := element.get("src") or (element.name == "link" and element.get("href")):
                named.add(resolve(address, page.path))
    style = (book / STYLE).read_text(encoding="utf-8")
    addresses = (match["address"] for match in URL.finditer(style))
    named.update(resolve(address, book / STYLE) for address in addresses if not address.startswith("data:"))
    for path in sorted((book / "_static").rglob("*"), reverse=True):
        if path.is_file() and path not in named:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    (book / ".buildinfo").unlink(missing_ok=True)


def check(page, anchors):
    """Yield what is wrong with a page: links within the book that lead nowhere, things loaded from outside.

    Parameters
    ----------
    page : Page
        The page.
    anchors : dict of Path to set of str
        The ids of every page.
    """
    for element in page.elements:
        address = element.get("src") or element.get("href")
        if not address:
            continue
        parts = urlsplit(address)
        if element.name != "a":
            if "canonical" in element.get("rel", ()):
                continue
            if parts.netloc or parts.scheme not in ("", "data"):
                yield f"{page.name}: loads {address} from elsewhere"
            continue
        if parts.scheme in ("http", "https", "mailto"):
            continue
        target = resolve(parts.path, page.path) if parts.path else page.path
        # "#name:…" is the state of a filter, not a place
        if parts.scheme or parts.netloc or not target.is_file():
            yield f"{page.name}: link to {address} leads nowhere"
        elif parts.fragment and ":" not in parts.fragment and unquote(parts.fragment) not in anchors.get(target, ()):
            yield f"{page.name}: link to {address}, where nothing has that id"


def described_alike(pages):
    """Yield the pages that have the description of an earlier one."""
    seen = {}
    for page in pages:
        for meta in page.all("meta", "name"):
            if meta["name"] == "description" and seen.setdefault(meta["content"], page.name) != page.name:
                yield f"{page.name}: its first sentence, which describes it, is that of {seen[meta['content']]}"

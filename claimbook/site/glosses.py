"""The glossary at the point of use: on every page the first use of each term becomes a link that shows its gloss."""

import posixpath
import re
from collections.abc import Iterable

from bs4 import NavigableString

CLOSED = {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "label", "option", "pre", "q", "script", "style"}
CLOSED |= {"select", "summary", "svg", "noscript", "nav", "caption", "template", "textarea"}
"""Where no link may stand, or where a word is not the book's own: links, headings, controls, code, quotations."""
SOURCES = {"cb-sides", "cb-aside"}
"""Lists of findings: an ordinary word there may be a source's and not the book's."""
QUIET = {"cb-alt", "cb-title", "cb-statement", "cb-rows", "cb-references", "cb-badges", "cb-verdict"}


class Glossary:
    """The terms of a book.

    Parameters
    ----------
    page : str
        The glossary's path within the book; "" where there is none.
    entries : iterable of tuple of (str, str, str, list of str)
        Id, term, gloss and other forms of each.
    """

    def __init__(self, page: str = "", entries: Iterable[tuple[str, str, str, list[str]]] = ()):
        self.page, self.entries = page, [*entries]
        self.glosses: dict[str, list[str]] = {}
        self.forms: dict[str, str] = {}
        for name, term, gloss, others in self.entries:
            self.glosses[name] = [term, gloss]
            for form in (term, *others):
                self.forms[form if form.isupper() else form.lower()] = name
        longest = sorted(self.forms, key=len, reverse=True)
        words = "|".join(re.escape(f) if f.isupper() else f"(?i:{re.escape(f)}s?)" for f in longest)
        self.pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if longest else None

    def term(self, words: str) -> str:
        """Return the id of the term that `words` are a form of."""
        return self.forms[next(f for f in (words, words.lower(), words.lower()[:-1]) if f in self.forms)]


def link(page, glossary: Glossary) -> None:
    """Turn the first use of each term on a page into a link to its entry.

    What can be seen at once comes before what is folded, so that the first use a reader meets is the one marked.

    Parameters
    ----------
    page : claimbook.site.finish.Page
        A page of the book.
    glossary : Glossary
        The terms; its own page stays as it is.
    """
    article = page.soup.find("article")
    if glossary.pattern is None or article is None or page.name == glossary.page:
        return
    seen: set[str] = set()
    seen_at_once, folded = [], []
    for text in article.find_all(string=glossary.pattern):
        parents = list(text.parents)
        inside = parents[: parents.index(article)]
        classes = {name for p in inside for name in p.get("class", ())}
        if classes & QUIET or any(p.name in CLOSED for p in inside):
            continue
        place = folded if any(p.name == "details" for p in inside) else seen_at_once
        place.append((text, bool(classes & SOURCES)))
    target = posixpath.relpath(glossary.page, posixpath.dirname(page.name) or ".")
    for text, reported in (*seen_at_once, *folded):
        parts, at = [], 0
        for match in glossary.pattern.finditer(text):
            name = glossary.term(match[0])
            if name in seen or (reported and match[0].isalpha() and match[0].islower()):
                continue
            seen.add(name)
            mark = page.soup.new_tag("a", href=f"{target}#{name}")
            mark["class"] = ["cb-term"]
            mark.string = match[0]
            parts += [NavigableString(text[at : match.start()]), mark]
            at = match.end()
        if parts:
            text.replace_with(*parts, NavigableString(text[at:]))
    page.elements = page.soup.find_all(True)

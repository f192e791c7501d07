"""What a book needs where it is published: its address, descriptions and pictures for links, a map, a page not found.

All of it needs absolute addresses. The book's own is taken from ``CLAIMBOOK_BASEURL`` or, without that, from
``html.baseurl`` in ``_config.yml``; where neither is given, what needs it is left out.
"""

import json
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.errors import ConfigError

from claimbook.site.templating import part, render

OWN_PREVIEW = "preview.png"
"""The picture, 1200 by 630, that links to a book's pages are shown with; a book may have it beside ``_config.yml``."""

PREVIEW = f"_static/{OWN_PREVIEW}"
UNLISTED = ("404", "search")
"""Pages that a search engine has no use for."""

LOST = "There is no page at this address; search the book or choose a chapter."
FINDS = "Search the book: claims, names in every spelling, quantities, events, evidence, publications, terms, sections."


def base_url(configured=""):
    """Return the address of the published book, with a slash at its end; "" where none is known.

    Parameters
    ----------
    configured : str, optional
        ``html.baseurl`` of ``_config.yml``; the environment wins.

    Raises
    ------
    sphinx.errors.ConfigError
        If it is no http(s) address, or has a query or a fragment.
    """
    from claimbook.exchange.published import first_address

    try:
        return first_address(None, configured, "_config.yml: html.baseurl")
    except ValueError as error:
        raise ConfigError(str(error)) from None


def cited_as(data):
    """Return how citations name the ledger in the folder `data`: its version with the day, and its year.

    Both are "" where there is no sound ledger.
    """
    from claimbook.exchange.published import edition
    from claimbook.model.ledger import SCHEMA, load

    try:
        now = edition(load(data)) if Path(data, SCHEMA).is_file() else None
    except ValueError:
        now = None
    return citation(now)


def citation(now):
    """Return version and year of an edition as citations have them; both are "" where there is none."""
    return {"version": now.words, "year": now.date[:4]} if now else {"version": "", "year": ""}


def head(*, title, description, book, address, base, preview=False):
    """Return what a page's head says to search engines, to pages that link to it, and to who cites it.

    Parameters
    ----------
    title, description : str
        Of the page; an empty description is left out.
    book : dict of str to str
        ``title``, ``authors``, ``version`` (with its day) and ``year`` of the book, for citations.
    address : str
        The page's path within the book, with suffix.
    base : str
        Address of the published book, "" where none is known.
    preview : bool
        Whether the book has a picture for links.
    """
    facts = {"og:type": "article", "og:site_name": book["title"], "og:title": title}
    named = {"description": description} if description else {}
    if description:
        facts["og:description"] = description
    if base and Path(address).stem not in UNLISTED:
        facts["og:url"] = base + address
        if preview:
            facts |= {
                "og:image": base + PREVIEW,
                "og:image:alt": book["title"],
                "og:image:width": "1200",
                "og:image:height": "630",
            }
            named["twitter:card"] = "summary_large_image"
    cited = json.dumps({**book, "page": title, "base": base}, ensure_ascii=False).replace("<", "\\u003c")
    return part("head", named, facts, cited)


def write_map(folder, pages, base):
    """Write ``sitemap.xml`` and ``robots.txt`` of a published book.

    Parameters
    ----------
    folder : Path
        The book's folder.
    pages : iterable of str
        Names of its pages, without suffix.
    base : str
        Its address; where none is known, nothing is written.
    """
    if not base:
        return
    places = render("sitemap.xml", base=base, pages=sorted(pages))
    Path(folder, "sitemap.xml").write_text(places, encoding="utf-8")
    Path(folder, "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8")


def search(titles):
    """Return the body of the search page; `titles` as for :func:`not_found`."""
    return render("search.html", titles=titles)


def not_found(titles):
    """Return the body of the page for an address that leads nowhere.

    Parameters
    ----------
    titles : dict of str to str
        Title of every page of the table of contents, by its name, in order.
    """
    return render("not_found.html", titles=titles)


def anchor_at(page):
    """Make the addresses of a page absolute, for it is shown wherever nothing is found, at any depth.

    They begin at the root of the host and do not name it, so that the policy of the page still lets them in.

    Parameters
    ----------
    page : claimbook.site.finish.Page
        The page not found; it lies in the book's first folder. Where the book's address is not known, its own
        addresses stay relative.
    """
    facts = page.soup.find(id="cb-book")
    base = json.loads(facts.string)["base"] if facts else ""
    if not base:
        return
    root = urlsplit(base).path
    for element in page.elements:
        for name in ("href", "src", "action"):
            address = element.get(name)
            if address is None or address.startswith(("#", "/")) or urlsplit(address).scheme:
                continue
            element[name] = root + address.removeprefix("./")
    page.soup.html["data-content_root"] = root

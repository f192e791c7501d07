"""Where the finished book has the page of a claim, and which links lead there."""

import posixpath
import re

FOLDER = "claims"

CLAIM = re.compile(r"(?P<text>[^/#:]+)\.(?:ipynb|html)#(?P<claim>(?P=text)-c[0-9]+)(?P<row>-e[0-9]+)?")
"""The address of a claim or a row of evidence, from the folder of the chapters."""


def name_of(claim_id: str) -> str:
    """Return the path within the book of a claim's page.

    Examples
    --------
    >>> name_of("alder-2030-c042")
    'claims/alder-2030-c042.html'
    """
    return f"{FOLDER}/{claim_id}.html"


def address(href: str) -> str:
    """Return where a link leads in the finished book: a claim's to its page, any other one as it is.

    Parameters
    ----------
    href : str
        As it stands on a page that lies in the folder of the chapters, or leads there.

    Examples
    --------
    >>> address("chapters/alder-2030.html#alder-2030-c042-e01"), address("../alder-2030.html#alder-2030-p01-s1")
    ('claims/alder-2030-c042.html#alder-2030-c042-e01', '../alder-2030.html#alder-2030-p01-s1')
    """
    folder, slash, last = href.rpartition("/")
    if not (found := CLAIM.fullmatch(last)):
        return href
    place = posixpath.normpath(posixpath.join(f"{folder}{slash}", "..", name_of(found["claim"])))
    return f"{place}#{found['claim']}{found['row'] or ''}"

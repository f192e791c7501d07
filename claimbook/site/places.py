"""Which links of the finished book lead to the page of a claim, or to a leaf."""

import posixpath

from claimbook.exchange.published import claim_path
from claimbook.model import ids
from claimbook.view import addresses

ENDINGS = (".ipynb", ".html")
"""A chapter in JupyterLab, and as a page."""


def address(href: str) -> str:
    """Return where a link leads in the finished book: a claim's to its page, that to what stands on a leaf there.

    Any other link leads where it says.

    Parameters
    ----------
    href : str
        As it stands on a page; of a chapter, or leading to one, in the folder of the texts.

    Examples
    --------
    >>> address("chapters/texts/alder-2030.html#alder-2030-c042-e01"), address("alder-2030.html#alder-2030-p01-s1")
    ('claims/alder-2030-c042.html#alder-2030-c042-e01', 'alder-2030.html#alder-2030-p01-s1')
    >>> address("chapters/use/references.html#birch-2031")
    'chapters/use/references-b.html#birch-2031'
    """
    page, _, row = href.partition("#")
    folder, slash, chapter = page.rpartition("/")
    text, ending = posixpath.splitext(chapter)
    if ending in ENDINGS and row and "://" not in href and (leaf := addresses.leaf_of(text, row)):
        return f"{folder}{slash}{leaf}.html#{row}"
    claim = ids.claim_named(row)
    if ending not in ENDINGS or not claim or ids.text_of(claim) != text:
        return href
    place = posixpath.normpath(posixpath.join(f"{folder}{slash}", "../..", claim_path(claim)))
    return f"{place}#{row}"

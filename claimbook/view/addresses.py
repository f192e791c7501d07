"""Where each thing of the ledger stands in the book: one page and one anchor for every id.

Addresses are written to the notebook, as all links between chapters are (:mod:`claimbook.view.markup`); `base` leads
from the page on which the link stands to the chapters.
"""

from urllib.parse import quote, urlsplit

from claimbook.model import ids
from claimbook.model.ledger import Ledger

OMITTED = "…"
"""What stands for words left out of a quotation."""

WHOLE = 6
"""Words that an address names whole; of more, it names where they begin and end."""

ENDS = 3
"""Words at either end that an address names of a longer quotation."""


_HYPHEN = str.maketrans({"-": "%2D"})  # it has a meaning of its own in a text fragment


def words(url: str, quoted: str) -> str:
    """Return the address of words within a page: a browser that knows text fragments goes there and marks them.

    Of words with some left out between, and of long ones, the first and the last are named. A PDF has no such
    addresses; neither has a page of which no words are quoted.

    Parameters
    ----------
    url : str
        Address of the page.
    quoted : str
        The words as they stand there; :data:`OMITTED` for words left out.

    Examples
    --------
    >>> words("https://example.org/a", "well-known, they say")
    'https://example.org/a#:~:text=well%2Dknown%2C%20they%20say'
    >>> words("https://example.org/a#top", "one two three four five six seven eight nine")
    'https://example.org/a#top:~:text=one%20two%20three,seven%20eight%20nine'
    """
    parts = [part.split() for part in quoted.split(OMITTED) if part.split()]
    if not parts or urlsplit(url).path.lower().endswith(".pdf"):
        return url
    if len(parts) > 1 or len(parts[0]) > WHOLE:
        parts = [parts[0][:ENDS], parts[-1][-ENDS:]]
    named = ",".join(quote(" ".join(part), safe="").translate(_HYPHEN) for part in parts)
    return f"{url}{'' if urlsplit(url).fragment else '#'}:~:text={named}"


def claim(claim_id: str, base: str = "") -> str:
    """Return the address of a claim in the chapter of its text; the built book leads from there to its own page."""
    return f"{base}{ids.text_of(claim_id)}.ipynb#{claim_id}"


def evidence(evidence_id: str, base: str = "") -> str:
    """Return the address of a row of evidence, as that of its claim."""
    return f"{base}{ids.text_of(evidence_id)}.ipynb#{evidence_id}"


def quantity(quantity_id: str, base: str = "") -> str:
    """Return the address of a quantity, in the chapter of the text that told it first."""
    return f"{base}{ids.text_of(quantity_id)}.ipynb#{quantity_id}"


def events(ledger: Ledger, base: str = "") -> str:
    """Return the address of the chapter that lists all events: ``chapter`` of their table in ``datapackage.json``."""
    resource = next(r for r in ledger.schema["resources"] if r["name"] == "events")
    return f"{base}{resource.get('chapter', 'events')}.ipynb"


def event(ledger: Ledger, event_id: str, base: str = "") -> str:
    """Return the address of an event, in the list of all events."""
    return f"{events(ledger, base)}#row-{event_id}"


def pair(subject: str, target: str, base: str = "") -> str:
    """Return the address of what one actor is said to do to another, in the list of all pairs."""
    return f"{base}actors-language.ipynb#row-{ids.pair(subject, target)}"


def sentence(sentence_id: str, base: str = "") -> str:
    """Return the address of a sentence's place in the walk through its text."""
    return f"{base}{ids.text_of(sentence_id)}.ipynb#{sentence_id}"


def claims_of(actor_id: str, base: str = "") -> str:
    """Return the address of the list of all claims, filtered to those in which an actor takes part."""
    return f"{base}claims.ipynb#claims:actor={actor_id}"

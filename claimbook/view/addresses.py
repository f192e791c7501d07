"""Where each thing of the ledger stands in the book: one page and one anchor for every id.

Addresses are written to the notebook, as all links between chapters are (:mod:`claimbook.view.markup`). A book keeps
its chapters in folders: those of the texts, those of the record across them, and those on how the book is made and
used. `base` leads from the page on which the link stands to those folders; where it is not given, from a chapter.
"""

from string import ascii_lowercase, digits
from urllib.parse import quote, urlsplit

from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.model.letters import fold

BASE = "../"
"""Leads from a chapter to the folder of all chapters."""

REFERENCES = "references"
"""The chapter that lists the bibliography."""

ABOUT = "about"
"""The place in the chapter of a text that tells what it is, and who wrote it."""

CHECK = "check-"
"""How the anchor of a check begins."""

CHECKS = "method-checks"
"""The leaf with all checks."""

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


def text(source_id: str, place: str = "", base: str = BASE) -> str:
    """Return the address of the chapter of a text, or of a place in it."""
    return _page("texts", source_id, place, base)


def record(name: str, place: str = "", base: str = BASE) -> str:
    """Return the address of a chapter of the record across the texts, or of a place in it."""
    return _page("record", name, place, base)


def use(name: str, place: str = "", base: str = BASE) -> str:
    """Return the address of a chapter on how the book is made and used, or of a place in it."""
    return _page("use", name, place, base)


def _page(folder: str, name: str, place: str, base: str) -> str:
    return f"{base}{folder}/{name}.ipynb{f'#{place}' * bool(place)}"


def reference(key: str, base: str = BASE) -> str:
    """Return the address of an entry of the bibliography, in its list; the built book leads to its leaf."""
    return use(REFERENCES, key, base)


def check(name: str, base: str = BASE) -> str:
    """Return the address of a check, in the list of all checks; the built book leads to its leaf."""
    return use("method", f"{CHECK}{name}", base)


def leaf_of(page: str, place: str) -> str | None:
    """Name the leaf of a page on which a place of it stands in full: of an entry of the bibliography, or a check.

    Examples
    --------
    >>> leaf_of("references", "Élan-2030"), leaf_of("references", "1tv-2020"), leaf_of("references", "新华社-2030")
    ('references-e', 'references-0-9', 'references-other')
    >>> leaf_of("method", "check-is_member"), leaf_of("method", "checks")
    ('method-checks', None)
    """
    if page == REFERENCES:
        return f"{REFERENCES}-{letter_of(place)}"
    if page == "method" and place.startswith(CHECK):
        return CHECKS
    return None


def letter_of(key: str) -> str:
    """Return the letter under which an entry of the bibliography is listed, or what stands for all others."""
    first = fold(key)[:1]
    return first if first in ascii_lowercase else "0-9" if first in digits else "other"


def claim(claim_id: str, base: str = BASE) -> str:
    """Return the address of a claim in the chapter of its text; the built book leads from there to its own page."""
    return text(ids.text_of(claim_id), claim_id, base)


def evidence(evidence_id: str, base: str = BASE) -> str:
    """Return the address of a row of evidence, as that of its claim."""
    return text(ids.text_of(evidence_id), evidence_id, base)


def quantity(quantity_id: str, base: str = BASE) -> str:
    """Return the address of a quantity, in the chapter of the text that told it first."""
    return text(ids.text_of(quantity_id), quantity_id, base)


def events(ledger: Ledger, base: str = BASE) -> str:
    """Return the address of the chapter that lists all events: ``chapter`` of their table in ``datapackage.json``."""
    resource = next(r for r in ledger.schema["resources"] if r["name"] == "events")
    return record(resource.get("chapter", "events"), base=base)


def event(ledger: Ledger, event_id: str, base: str = BASE) -> str:
    """Return the address of an event, in the list of all events."""
    return f"{events(ledger, base)}#row-{event_id}"


def pair(subject: str, target: str, base: str = BASE) -> str:
    """Return the address of what one actor is said to do to another, in the list of all pairs."""
    return record("actors-language", f"row-{ids.pair(subject, target)}", base)


def sentence(sentence_id: str, base: str = BASE) -> str:
    """Return the address of a sentence's place in the walk through its text."""
    return text(ids.text_of(sentence_id), sentence_id, base)


def claims_of(actor_id: str, base: str = BASE) -> str:
    """Return the address of the list of all claims, filtered to those of an actor."""
    return record("claims", f"claims:actor={actor_id}", base)

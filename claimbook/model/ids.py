"""Ids of rows: how they are made, and what they say. No other module puts them together or takes them apart.

The rows of a text are named after it: of ``alder-2030``, the first sentence of paragraph 2 is ``alder-2030-p02-s1``.
A claim is ``alder-2030-c007``, evidence on it ``alder-2030-c007-e02``, a search ``alder-2030-c007-s01``. Chains end in
``-k01``, mentions in ``-m001``, quantities in ``-q01``, exceptions among numbers in ``-x01``. An event may be told by
several texts, and has its year in its id, as ``ev-2031-harbour-treaty``.

The forms are checked by the patterns of the data package. Of an id in another form the part before its last hyphen is
taken for the text.
"""

import re
from collections.abc import Iterable

import pandas as pd

_ROW = re.compile(r"(.+?)-((?:p[0-9]+-s|c[0-9]+-[es]|[ckmqx])[0-9]+)")
_CLAIM = re.compile(r"(.+-c[0-9]+)(?:-e[0-9]+)?")
_COUNTED = re.compile(r"(.*?-?[a-z])([0-9]+)")
_YEAR = re.compile(r"ev-([0-9]{4})-.+")


def within(owner: str, part: str) -> str:
    """Return the id of the row of a text, or of a claim, that ends in `part`, such as ``c007`` or ``p02-s1``."""
    return f"{owner}-{part}"


def sentence(source_id: str, paragraph: int, number: int) -> str:
    """Return the id of a sentence by its paragraph and its number in it, both from 1."""
    return within(source_id, f"p{paragraph:02d}-s{number}")


def claim(source_id: str, number: int) -> str:
    """Return the id of a claim of a text, numbered from 1."""
    return within(source_id, f"c{number:03d}")


def chain(source_id: str, number: int) -> str:
    """Return the id of a chain of attribution of a text, numbered from 1."""
    return within(source_id, f"k{number:02d}")


def mention(source_id: str, number: int) -> str:
    """Return the id of a mention of a text, numbered from 1."""
    return within(source_id, f"m{number:03d}")


def evidence(claim_id: str, number: int) -> str:
    """Return the id of a row of evidence on a claim, numbered from 1."""
    return within(claim_id, f"e{number:02d}")


def search(claim_id: str, number: int) -> str:
    """Return the id of a search on a claim, numbered from 1."""
    return within(claim_id, f"s{number:02d}")


def quantity(source_id: str, number: int) -> str:
    """Return the id of a quantity that a text tells first, numbered from 1."""
    return within(source_id, f"q{number:02d}")


def number_exception(source_id: str, number: int) -> str:
    """Return the id of an exception among the numbers of a text, numbered from 1."""
    return within(source_id, f"x{number:02d}")


def event(year: str, name: str) -> str:
    """Return the id of an event by the year it happened in, empty where undated, and a slug.

    Examples
    --------
    >>> event("2031", "harbour-treaty"), event("", "harbour-treaty")
    ('ev-2031-harbour-treaty', 'ev-undated-harbour-treaty')
    """
    return f"ev-{year or 'undated'}-{name}"


def is_of(row_id: str, source_id: str) -> bool:
    """Tell whether an id is that of a row of a text.

    Examples
    --------
    >>> is_of("alder-2030-c007-e02", "alder-2030"), is_of("alder-2030-paper", "alder-2030")
    (True, False)
    """
    found = _ROW.fullmatch(row_id)
    return bool(found) and found[1] == source_id


def counted(row_id: str) -> tuple[str, int]:
    """Return what an id that ends in a running number has before it, and the number.

    Examples
    --------
    >>> counted("alder-2030-c007"), counted("alder-2030-c007-e02"), counted("k900")
    (('alder-2030-c', 7), ('alder-2030-c007-e', 2), ('k', 900))
    """
    before, number = _COUNTED.fullmatch(row_id).groups()
    return before, int(number)


def next_free(row_id: str, taken: Iterable[str]) -> str:
    """Return the id with the lowest number above all that are taken of the same kind and owner.

    Examples
    --------
    >>> next_free("alder-2030-c002", ["alder-2030-c002", "alder-2030-c041", "birch-2031-c900"])
    'alder-2030-c042'
    """
    before, _ = counted(row_id)
    width = len(row_id) - len(before)
    last = max((counted(one)[1] for one in taken if re.fullmatch(rf"{re.escape(before)}[0-9]+", one)), default=0)
    return f"{before}{last + 1:0{width}d}"


def place_in_order(row_id: str) -> tuple:
    """Return what ids are ordered by, so that c10 comes after c9 whatever digits they are written with."""
    parts = re.split(r"([0-9]+)", row_id)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def pair(first: str, second: str) -> str:
    """Return the id of two things together: an ordered pair of actors, or an event as a text tells it."""
    return f"{first}--{second}"


def split(row_id: str) -> tuple[str, str]:
    """Return the text of a row, and what follows it in the id.

    Examples
    --------
    >>> split("alder-2030-c007-e02"), split("alder-2030-p02-s1"), split("alder-2030-q01"), split("alder-2030-other")
    (('alder-2030', 'c007-e02'), ('alder-2030', 'p02-s1'), ('alder-2030', 'q01'), ('alder-2030', 'other'))
    """
    if found := _ROW.fullmatch(row_id):
        return found[1], found[2]
    text, _, part = row_id.rpartition("-")
    return text, part


def text_of(row_id: str) -> str:
    """Return the text that a row of whatever table belongs to."""
    return split(row_id)[0]


def texts_of(row_ids: Iterable[str]) -> pd.Series:
    """Return the text of each row, with the index of the column that is given."""
    return _each(text_of, row_ids)


def claim_of(row_id: str) -> str:
    """Return the claim of a row of evidence or of a search."""
    return row_id.rpartition("-")[0]


def claim_named(row_id: str) -> str:
    """Return the claim that the id of a claim, or of a row of evidence on one, names; empty for any other id.

    Examples
    --------
    >>> claim_named("alder-2030-c007-e02"), claim_named("alder-2030-c007"), claim_named("alder-2030-p02-s1")
    ('alder-2030-c007', 'alder-2030-c007', '')
    """
    found = _CLAIM.fullmatch(row_id)
    return found[1] if found else ""


def claims_of(row_ids: Iterable[str]) -> pd.Series:
    """Return the claim of each row of evidence or search, with the index of the column that is given."""
    return _each(claim_of, row_ids)


def paragraph_of(sentence_id: str) -> str:
    """Return what the sentences of a paragraph have in common, such as ``alder-2030-p02``."""
    return sentence_id.rpartition("-s")[0]


def place_of(sentence_id: str) -> tuple[int, int]:
    """Return the paragraph of a sentence, and its number in it.

    Examples
    --------
    >>> place_of("alder-2030-p02-s1")
    (2, 1)
    """
    paragraph, number = split(sentence_id)[1].removeprefix("p").split("-s")
    return int(paragraph), int(number)


def year_of(event_id: str) -> str:
    """Return the year that the id of an event has; empty where it has none.

    Examples
    --------
    >>> year_of("ev-2031-harbour-treaty"), year_of("ev-undated-harbour-treaty")
    ('2031', '')
    """
    found = _YEAR.fullmatch(event_id)
    return found[1] if found else ""


def _each(of, row_ids: Iterable[str]) -> pd.Series:
    return pd.Series([of(row_id) for row_id in row_ids], getattr(row_ids, "index", None), dtype="str")

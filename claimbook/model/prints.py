"""Fingerprints of sentences, by which a reader's own copy of a text is recognised though the book does not hold it.

A sentence is known by the SHA-256 of its characters, and by that of its folded form, which copies that differ in
quotation marks, dashes, line ends or capitals have in common. The script ``copy.js`` folds by the same rule.
"""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from claimbook.model import passages

MARK = "."
"""Stands in a folded form for what stands between two digits, so that 1.5 and 15 never fold alike."""


class Kept(NamedTuple):
    """A character of a folded form, and the place in the text (end excluded) of what it was made of."""

    character: str
    start: int
    end: int


def folded(text: str) -> list[Kept]:
    """Fold a text: what is left of it to compare.

    Every letter, with the marks over and under it, is brought to normal form KC and lower case; of what that gives,
    letters and digits stay. Between two digits a run with punctuation or a symbol in it leaves one :data:`MARK`; blanks
    and invisible characters leave nothing.

    Examples
    --------
    >>> "".join(kept.character for kept in folded("“About $1.5 mil\\u00adlion”"))
    'about1.5million'
    >>> "".join(kept.character for kept in folded("In 2001, 15 of them"))
    'in2001.15ofthem'
    """
    found: list[Kept] = []
    between: tuple[int, int] | None = None
    for character, start, end in _characters(text):
        kind = unicodedata.category(character)
        if kind[0] in "PS":
            between = between or (start, end)
        elif kind[0] in "LN":
            if between and kind == "Nd" and found and unicodedata.category(found[-1].character) == "Nd":
                found.append(Kept(MARK, *between))
            found.append(Kept(character, start, end))
            between = None
    return found


def _characters(text: str) -> Iterator[Kept]:
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        for character in unicodedata.normalize("NFKC", text[at:end]).lower():
            yield Kept(character, at, end)
        at = end


def steps(kept: list[Kept], length: int) -> list[int]:
    """Return how the places in a text lead to those in its folded form.

    Parameters
    ----------
    kept : list of Kept
        The folded form.
    length : int
        How many characters the text has.

    Returns
    -------
    list of int
        In turn: how many characters of the folded form a stretch without a gap gives, and how many of the text it has
        with the gap after it. The first stretch is empty where the text begins with a gap.

    Examples
    --------
    >>> steps(folded("“No,” he said."), 14)
    [0, 1, 2, 5, 2, 3, 4, 5]
    """
    starts, counts = [0], [0]
    reached = 0
    for one in kept:
        if one.start > reached:
            starts.append(one.start)
            counts.append(0)
        counts[-1] += 1
        reached = one.end
    ends = [*starts[1:], length]
    return [number for n, a, b in zip(counts, starts, ends, strict=True) for number in (n, b - a)]


def cells(sentence: str) -> dict[str, str | int]:
    """Return the fingerprints of a sentence as ``sentences.csv`` has them.

    Examples
    --------
    >>> known = cells("No, 1.5.")
    >>> known["folded_length"], known["folded_steps"]
    (5, '2 4 3 4')
    """
    kept = folded(sentence)
    return {
        "sha256": passages.sha256(sentence),
        "folded_sha256": passages.sha256("".join(one.character for one in kept)),
        "folded_length": len(kept),
        "folded_steps": " ".join(map(str, steps(kept, len(sentence)))),
    }

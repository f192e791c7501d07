"""Splitting a text into paragraphs and sentences by position, so that every character that is not blank lies in one.

The rules are few and the same for every text; a reader corrects them by naming what ends no sentence. Offsets count
Unicode code points, as in :mod:`claimbook.model.passages`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_SHORT = """mr mrs ms dr prof st sr jr gen col maj capt lt sgt adm gov sen rep rev hon messrs
vs cf e.g i.e viz approx ca inc ltd co corp dept"""
_BEFORE_NUMBERS = """no nos vol vols fig figs p pp ch art
jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"""

ABBREVIATIONS = frozenset(_SHORT.split())
"""Words that a full stop follows without ending a sentence, in lower case and without the last stop."""

BEFORE_NUMBERS = frozenset(_BEFORE_NUMBERS.split())
"""Words for which that holds only before a digit: "no. 7", "Oct. 5"."""

CLOSING = "\"'”’»)]"
OPENING = "\"'“‘«([—–-"

_END = re.compile(rf"[.!?…]+[{re.escape(CLOSING)}]*(?=\s)|[。！？]+[」』”’）]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\r?\n[^\S\n]*)+")
_LAST_WORD = re.compile(r"[\w.]*\w\Z")


@dataclass(frozen=True)
class Sentence:
    """A sentence by position: its paragraph and its place in it, both from 1, and its start and end (excluded)."""

    paragraph: int
    sentence: int
    start: int
    end: int


def sentences(text: str, abbreviations: Iterable[str] = ()) -> list[Sentence]:
    """Split `text` into sentences.

    A blank line ends a paragraph. A single line break ends one too, unless the lines of its block are wrapped: most of
    them then end in the middle of a sentence. Within a paragraph a sentence ends with a full stop, a question or
    exclamation mark or an ellipsis, and the quotation marks and brackets that close after it, where white space and
    then anything but a lower-case letter follows; not after an abbreviation or an initial. The marks of Chinese and
    Japanese end one without white space.

    Parameters
    ----------
    text : str
        The text as it stands in its file.
    abbreviations : iterable of str
        Words beyond :data:`ABBREVIATIONS` that a full stop follows without ending a sentence, in any case, with or
        without the stop.

    Returns
    -------
    list of Sentence
        In order and without overlap; no character that is not white space lies outside them.

    Examples
    --------
    >>> [(s.start, s.end) for s in sentences("Gen. Ames said no. He left.")]
    [(0, 18), (19, 27)]
    """
    short = ABBREVIATIONS | {word.casefold().rstrip(".") for word in abbreviations}
    found = []
    for number, (start, end) in enumerate(_paragraphs(text), 1):
        for place, (first, last) in enumerate(_within(text, start, end, short), 1):
            found.append(Sentence(number, place, first, last))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _cut(text, 0, len(text), (match.end() for match in _BLANK_LINE.finditer(text))):
        breaks = [match.end() for match in re.finditer(r"\n", text[start:end])]
        ended = sum(_ends(text[start : start + at].rstrip()) for at in breaks)
        wrapped = 2 * ended < len(breaks)
        yield from _cut(text, start, end, () if wrapped else (start + at for at in breaks))


def _ends(line: str) -> bool:
    return line.rstrip(CLOSING)[-1:] in tuple(".!?…。！？:")


def _within(text: str, start: int, end: int, short: frozenset[str]) -> Iterator[tuple[int, int]]:
    def stops() -> Iterator[int]:
        begin = start
        for match in _END.finditer(text, start, end):
            said, after = text[begin : match.start()], text[match.end() : end].lstrip().lstrip(OPENING)
            if not any(map(str.isalnum, said)) or not after or after[0].islower():
                continue
            if match[0] != "." or not _abbreviated(said, after, short):
                yield match.end()
                begin = match.end()

    return _cut(text, start, end, stops())


def _abbreviated(before: str, after: str, short: frozenset[str]) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    known = word[0].casefold() in short or (after[0].isdigit() and word[0].casefold() in BEFORE_NUMBERS)
    return known or re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word[0]) is not None


def _cut(text: str, start: int, end: int, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a passage between `places`, without the white space around them and without empty ones."""
    for first, last in pairwise([start, *places, end]):
        part = text[first:last]
        if part.strip():
            yield first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())

"""Splitting a text into paragraphs and sentences by position, so that every character that is seen lies in one.

The rules are few and the same for every text; what a language adds to them is data
(:mod:`claimbook.model.languages`). A reader corrects them by naming what ends no sentence, and what begins one. Offsets
count Unicode code points, as in :mod:`claimbook.model.passages`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claimbook.model import languages, letters, passages
from claimbook.model.decimals import count
from claimbook.model.languages import Language
from claimbook.model.letters import BLANKS, INVISIBLE

# Written with the module regex 2026.11.19, which tells the property; the re of Python does not.
TERMINAL = (
    "!.?\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b\u1362"
    "\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b4e\u1b4f\u1b5a\u1b5b"
    "\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b\u1c3c\u1c7e\u1c7f\u2024\u203c\u203d\u2047-\u2049\u2cf9-\u2cfb\u2e2e\u2e3c"
    "\u2e53\u2e54\u2e60\u2e61\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9"
    "\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61"
    "\U00010a56\U00010a57\U00010f55-\U00010f59\U00010f86-\U00010f89\U00011047\U00011048\U000110be-\U000110c1"
    "\U00011141-\U00011143\U000111c5\U000111c6\U000111cd\U000111de\U000111df\U00011238\U00011239"
    "\U0001123b\U0001123c\U000112a9\U000113d4\U000113d5\U0001144b\U0001144c\U000115c2\U000115c3"
    "\U000115c9-\U000115d7\U00011641\U00011642\U0001173c-\U0001173e\U00011944\U00011946\U00011a42\U00011a43"
    "\U00011a9b\U00011a9c\U00011c41\U00011c42\U00011ef7\U00011ef8\U00011f43\U00011f44\U00016a6e\U00016a6f"
    "\U00016af5\U00016b37\U00016b38\U00016b44\U00016d6e\U00016d6f\U00016e98\U0001bc9f\U0001da88"
)
"""The characters with Unicode's property Sentence_Terminal (PropList.txt), as a class of a regular expression."""

# Chinese and Japanese, Burmese, Khmer.
UNSPACED = "。！？｡\u104a\u104b\u17d4\u17d5"
"""Those of scripts that set no blank between words: they end a sentence without one."""

CLOSING = "\"'”’“‘»«›‹)]』」）】"
OPENING = "\"'“‘„‚«»‹›([「『（【—–―-"

_CLOSE, _OPEN = re.escape(CLOSING), re.escape(OPENING)
_END = re.compile(rf"([{TERMINAL}…]+[{_CLOSE}]*)[{INVISIBLE}]*(?=\s)|([{UNSPACED}]+[{_CLOSE}]*)")
_BETWEEN = re.compile(rf"[\s{INVISIBLE}{_OPEN}]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\r?\n[^\S\n]*)+")
# A word before a stop, with the short ones before it that have stops of their own, as in "z. B" and "U.S".
_LAST_WORD = re.compile(r"(?:[^\W\d_]{1,4}\.\s?)*[\w.’'-]*\w\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?![\w.-])")
_PIECE = re.compile(r"([^\W\d_]{1,4})\.")
_INITIALS = re.compile(r"(?:\A|\.)((?:[^\W\d_]\.)*[^\W\d_])\Z")
_ORDINAL = re.compile(r"\d{1,2}|[IVXLCDM]+")
_LISTED = re.compile(r"\d{1,2}|[^\W\d_]")


@dataclass(frozen=True)
class Sentence:
    """A sentence by position: its paragraph and its place in it, both from 1, and its start and end (excluded)."""

    paragraph: int
    sentence: int
    start: int
    end: int


def sentences(
    text: str, abbreviations: Iterable[str] = (), language: Language | None = None, breaks: Iterable[str] = ()
) -> list[Sentence]:
    """Split `text` into sentences.

    A blank line ends a paragraph. A single line break ends one too, unless the lines of its block are wrapped: most of
    them then end in the middle of a sentence. Within a paragraph a sentence ends with marks of :data:`TERMINAL` or an
    ellipsis, and the quotation marks and brackets that close after them, where white space and then anything but a
    lower-case letter follows, a dash before it or not; with those of :data:`UNSPACED` it ends without white space.
    What is not seen, such as a zero-width blank, makes no sentence. No sentence ends

    - after an abbreviation, an initial or an ordinal of the language, as :mod:`claimbook.model.languages` says;
    - after a number or a letter that it begins with, as in a list;
    - within brackets that stand inside of it.

    Parameters
    ----------
    text : str
        The text as it stands in its file.
    abbreviations : iterable of str
        Words beyond those of the language that a full stop follows without ending a sentence, in any case, with or
        without the stop.
    language : Language, optional
        Default: English.
    breaks : iterable of str
        Words that begin a sentence, whatever the rules say; each must stand once in the text.

    Returns
    -------
    list of Sentence
        In order and without overlap; no character that is seen lies outside them.

    Raises
    ------
    ValueError
        If words of `breaks` do not stand in the text once; the message names all of them.

    Examples
    --------
    >>> [(s.start, s.end) for s in sentences("Gen. Ames said no. He left.")]
    [(0, 18), (19, 27)]
    """
    cuts = _breaks(text, breaks)
    ends = _Ends(language or languages.read(languages.DEFAULT), abbreviations)
    found = []
    for number, (start, end) in enumerate(_paragraphs(text), 1):
        places = sorted({*ends.within(text, start, end), *(cut for cut in cuts if start < cut < end)})
        for place, (first, last) in enumerate(_cut(text, start, end, places), 1):
            found.append(Sentence(number, place, first, last))
    return found


def _breaks(text: str, breaks: Iterable[str]) -> list[int]:
    """Return where sentences are said to begin."""
    places, problems = [], []
    for words in breaks:
        found = passages.alike(words, text)
        if len(found) == 1:
            places.append(found[0].start)
        else:
            more = "; give more of the words" if found else ""
            problems.append(f"{words}: must stand once in the text, and stands there {count(len(found), 'time')}{more}")
    if problems:
        raise ValueError("\n".join(problems))
    return places


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _cut(text, 0, len(text), (match.end() for match in _BLANK_LINE.finditer(text))):
        breaks = [match.end() for match in re.finditer(r"\n", text[start:end])]
        ended = sum(_ends(text[start : start + at]) for at in breaks)
        wrapped = 2 * ended < len(breaks)
        yield from _cut(text, start, end, () if wrapped else (start + at for at in breaks))


def _ends(line: str) -> bool:
    """Tell whether a line ends as a sentence does, or as what leads to another."""
    return re.search(rf"[{TERMINAL}…:][{_CLOSE}{INVISIBLE}\s]*\Z", line) is not None


class _Ends:
    """Where the sentences of a language end."""

    def __init__(self, language: Language, abbreviations: Iterable[str]):
        self.language = language
        self.never = language.never | {word.casefold().rstrip(".") for word in abbreviations}

    def within(self, text: str, start: int, end: int) -> Iterator[int]:
        """Yield the end of every sentence of a paragraph but the last."""
        begin, heading = start, not _ends(text[start:end])
        for match in _END.finditer(text, start, end):
            said, marks = text[begin : match.start()].strip(), match[1] or match[2]
            between = _BETWEEN.match(text, match.end(), end)
            after = text[between.end() : end]
            if not any(map(str.isalnum, said)) or not after or self._goes_on(said, marks, between[0], after):
                continue
            if marks != "." or not self._shortened(said, after, heading):
                yield match.end()
                begin = match.end()

    def _goes_on(self, said: str, marks: str, between: str, after: str) -> bool:
        """Tell whether a sentence goes on after marks, be they a stop or not."""
        for opens, closes in ("()", "[]"):
            if closes in marks and said.rfind(opens) > max(said.rfind(closes), 0):
                return not self._begins(after, "starters")
        if after[0].isalpha() and after[0].lower() == after[0].upper():  # a letter of a script without capitals
            quoted = marks[-1] in CLOSING
            halting = quoted or "…" in marks or ".." in marks
            return (quoted and any(dash in between for dash in "—–-")) or (halting and self._begins(after, "continues"))
        return after[0].islower()

    def _shortened(self, said: str, after: str, heading: bool) -> bool:
        """Tell whether a stop stands after a short form and ends no sentence."""
        language, word = self.language, _LAST_WORD.search(said)
        if _LISTED.fullmatch(said.lstrip(OPENING)):
            return True
        if word is None:
            return False
        # In the heading of an article every word may have a capital.
        ended = self._begins(after, "starters") and not heading
        compact = re.sub(r"\s", "", word[0])
        parts = compact.casefold().split(".")
        follows = _PIECE.match(after)
        for known in (".".join(parts[at:]) for at in range(len(parts))):
            if follows and f"{known}.{follows[1].casefold()}" in self.never | language.rarely | language.often:
                return True
            if known in language.often:
                return False
            if known in self.never or (after[0].isdigit() and self._numbered(known)):
                return True
            if known in language.rarely:
                return not ended
        initials = _INITIALS.search(compact)
        named = initials and not (len(initials[1]) == 1 and initials[1].islower())
        return bool(named or self._ordinal(said)) and not ended

    def _ordinal(self, said: str) -> bool:
        """Tell whether a stop after these words makes a number an ordinal: after "No." it does not."""
        *before, last = said.split()
        numbered = before and self._numbered(before[-1].casefold().rstrip("."))
        return self.language.ordinals and not numbered and _ORDINAL.fullmatch(last) is not None

    def _numbered(self, word: str) -> bool:
        """Tell whether a word goes before a number: as a whole, or by its ending where the list has a hyphen."""
        return any(word.endswith(one[1:]) if one[0] == "-" else word == one for one in self.language.before_numbers)

    def _begins(self, after: str, words: str) -> bool:
        """Tell whether words begin with one of a list of the language, which is no initial."""
        first = _FIRST_WORD.match(after)
        return first is not None and first[0].casefold() in getattr(self.language, words)


def _cut(text: str, start: int, end: int, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a passage between `places`, without blanks around them and without what is not seen."""
    for first, last in pairwise([start, *places, end]):
        part = text[first:last]
        if letters.seen(part):
            yield first + len(part) - len(part.lstrip(BLANKS)), last - len(part) + len(part.rstrip(BLANKS))

"""Passages: reading the texts, finding words in them, and measuring how many of their words the ledger holds.

Offsets count Unicode code points from 0, the end excluded, in the text file as it stands.
"""

import hashlib
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import add
from pathlib import Path

import pandas as pd

from claimbook.model import letters
from claimbook.model.languages import Language
from claimbook.model.ledger import Ledger

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RUN = 13
"""Words in a row that count as text reuse; a quote is shorter."""

SEPARATOR = " | "
"""Stands between several hedges or epithets in one cell."""

NAME_PARTICLES = {"the", "of", "and", "al", "de", "for"}
"""Lower-case words that a bare name may contain."""

ALIKE = {
    **dict.fromkeys("‘’‚‛‹›ʼʻ′´`", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
"""Characters that a keyboard or a program puts in the place of others."""


def read_text(directory: Path | str, source_id: str) -> str:
    """Return the text `source_id` from a folder of texts, every character as it stands.

    Raises
    ------
    OSError
        If ``<source_id>.txt`` is not there or cannot be read.
    UnicodeDecodeError
        If it is not UTF-8.
    """
    # Universal newlines would shift every offset, so the bytes are decoded as they are.
    return (Path(directory) / f"{source_id}.txt").read_bytes().decode("utf-8")


def slice_of(text: str, start: int, end: int) -> str:
    """Return the passage of `text` from `start` to `end`."""
    return text[start:end]


def sha256(text: str) -> str:
    """Return the SHA-256 of `text` as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def nfc(text: str) -> str:
    """Return `text` in normal form C of Unicode, in which the ledger is read."""
    return unicodedata.normalize("NFC", text)


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """Return every place (start, end) at which `words` stand in `text`, also where places overlap."""
    places, at = [], text.find(words) if words else -1
    while at >= 0:
        places.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return places


@dataclass(frozen=True)
class Place:
    """Where words stand in a text, maybe written in other characters that look the same.

    Attributes
    ----------
    start, end : int
        The place in the text as it stands.
    differences : tuple of (str, str)
        What the text has and the words have instead, each pair once, in order; empty where they are the same.
    """

    start: int
    end: int
    differences: tuple[tuple[str, str], ...] = ()


def alike(words: str, text: str) -> list[Place]:
    """Return every place in `text` that looks like `words`, also where places overlap.

    Alike are other normal forms of Unicode, other quotation marks, apostrophes, hyphens and dashes, and any run of
    white space, line breaks among it. Soft hyphens and other characters that are not seen do not count. Capitals do.
    White space around `words` is no part of them.
    """
    words, parts = words.strip(), list(_parts(text))
    sought = [(seen, words[start:end]) for seen, start, end in _parts(words)]
    pattern = "".join(seen for seen, _ in sought)
    # For each character that is seen, the part it belongs to; a place must not cut one, such as an accent off a letter.
    owner = [number for number, (seen, _, _) in enumerate(parts) for _ in seen]
    places = []
    for start, end in occurrences(pattern, "".join(seen for seen, _, _ in parts)) if pattern.strip() else ():
        first, last = owner[start], owner[end - 1]
        if owner[start - 1 : start] == [first] or owner[end : end + 1] == [last]:
            continue
        place = [(seen, text[a:b]) for seen, a, b in parts[first : last + 1]]
        differences = tuple(dict.fromkeys(_differences(place, sought)))
        places.append(Place(parts[first][1], parts[last][2], differences))
    return places


def verbatim(words: str, text: str) -> list[tuple[int, int]]:
    """Return every place (start, end) at which `words` stand in `text` as far as a cell of a table can hold it.

    That is in any normal form of Unicode, and with a blank where the text has a line break.
    """

    def held(there: str, here: str) -> bool:
        normal = unicodedata.normalize("NFC", there) == unicodedata.normalize("NFC", here)
        return normal or (here == " " and _breaks(there))

    exact = occurrences(words, text)
    return exact or [(p.start, p.end) for p in alike(words, text) if all(held(*pair) for pair in p.differences)]


def told(differences: Iterable[tuple[str, str]], writer: str = "you wrote") -> str:
    """Say what differs between a text and words that look the same.

    Examples
    --------
    >>> told([("’", "'")])
    "the text has U+2019 ’ where you wrote '"
    """
    return "; ".join(f"the text has {_named(there)} where {writer} {_named(here)}" for there, here in differences)


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what is seen of each part of `text`, with its place: a letter with its marks, or a run of white space."""
    at = 0
    while at < len(text):
        end = at + 1
        if text[at].isspace():
            while end < len(text) and text[end].isspace():
                end += 1
            seen = " "
        elif unicodedata.category(text[at]) == "Cf":
            seen = ""
        else:
            while end < len(text) and unicodedata.category(text[end])[0] == "M":
                end += 1
            letter = ALIKE.get(text[at:end]) or unicodedata.normalize("NFKD", text[at:end])
            seen = "".join(ALIKE.get(c, c) for c in letter)
        yield seen, at, end
        at = end


def _differences(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what differs between a text and words that look the same, each given by its parts, as seen and as is."""
    left, right = deque(left), deque(right)

    def unseen(side: deque) -> Iterator[str]:
        while side and not side[0][0]:
            yield side.popleft()[1]

    while left or right:
        there, here = ("".join(unseen(side)) for side in (left, right))
        if not there and not here:
            (seen, there), (looks, here) = left.popleft(), right.popleft()
            while len(seen) != len(looks):  # one character may look like several, as three dots do
                if len(seen) < len(looks):
                    seen, there = map(add, (seen, there), left.popleft())
                else:
                    looks, here = map(add, (looks, here), right.popleft())
        if there != here:
            yield there, here


def _breaks(white: str) -> bool:
    return len(f"{white}.".splitlines()) > 1


def _named(characters: str) -> str:
    if not characters:
        return "nothing"
    if _breaks(characters):
        return "a line break"
    if set(characters) == {" "}:
        return "a blank" if len(characters) == 1 else f"{len(characters)} blanks"
    if characters.isascii() and characters.isprintable():
        return characters
    points = " ".join(f"U+{ord(c):04X}" for c in characters)
    if characters.isprintable():
        return f"{points} {characters}"
    return f"{points} ({', '.join(unicodedata.name(c, 'a control character').lower() for c in characters)})"


def gaps(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places between ordered `spans` of `text` at which something is seen."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if letters.seen(text[start:end])]


def number_expressions(text: str, language: Language) -> list[tuple[int, int]]:
    """Return the place of every digit group, number word, name of a month and name of a weekday in `text`."""
    return [match.span() for match in language.number.finditer(text)]


def words(text: str) -> list[str]:
    """Return the words of `text`, folded so that case and the form of an apostrophe do not matter."""
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def word_runs(text: str, length: int = RUN) -> Iterator[tuple[str, ...]]:
    """Return every run of `length` words in a row of `text`."""
    # Each word has a character at least, and another one stands before the next: most cells are too short.
    tokens = words(text) if len(text) >= 2 * length - 1 else []
    return zip(*(tokens[i:] for i in range(length)), strict=False)


QUOTED = {
    "claims": ("quote", "hedge"),
    "mentions": ("epithet", "as_written"),
    "quantity_claims": ("wording",),
    "event_claims": ("date_words",),
}
"""By table: the columns that hold words of a text; an ``as_written`` counts where it is more than a name."""


def quoted_cells(ledger: Ledger) -> pd.DataFrame:
    """Return every cell that holds words of a text.

    Returns
    -------
    pandas.DataFrame
        A row per cell: ``table``, ``line`` (its label in the index of the table), ``column``, ``sentence_id``,
        ``words``.
    """
    claims = ledger.claims
    sentence_of = dict(zip(claims["claim_id"], claims["sentence_id"], strict=True))
    found = []
    for table, columns in QUOTED.items():
        frame = ledger.tables[table]
        sentences = frame["sentence_id"] if "sentence_id" in frame else frame["claim_id"].map(sentence_of)
        for column in columns:
            for line, sentence, cell in zip(frame.index, sentences, frame[column], strict=True):
                if cell and (column != "as_written" or _more_than_name(cell)):
                    found.append((table, line, column, sentence, cell))
    return pd.DataFrame(found, columns=["table", "line", "column", "sentence_id", "words"])


def quoted_words(ledger: Ledger) -> pd.DataFrame:
    """Measure how many characters of each sentence the ledger quotes.

    Counted are the cells of :func:`quoted_cells`. This is an upper estimate that needs no text: words that lie within
    other quoted words of the sentence count once, words that only overlap count twice.

    Returns
    -------
    pandas.DataFrame
        A row per sentence: ``sentence_id``, ``source_id``, ``characters``, ``held`` (characters), ``share``.
    """
    held: dict[str, set[str]] = {sentence: set() for sentence in ledger.sentences["sentence_id"]}

    cells = quoted_cells(ledger)
    for sentence, cell in zip(cells["sentence_id"], cells["words"], strict=True):
        if sentence in held:
            held[sentence].update(cell.split(SEPARATOR))

    frame = ledger.sentences[["sentence_id", "source_id"]].copy()
    frame["characters"] = ledger.sentences["end"] - ledger.sentences["start"]
    frame["held"] = pd.array([_characters(held[s]) for s in frame["sentence_id"]], dtype="Int64")
    frame["share"] = frame["held"] / frame["characters"].mask(frame["characters"] <= 0)
    return frame


def quoted_shares(ledger: Ledger) -> pd.DataFrame:
    """Measure how much of each text the ledger quotes (see :func:`quoted_words`).

    Returns
    -------
    pandas.DataFrame
        A row per text: ``source_id``, ``characters``, ``held`` (characters), ``share``, ``max_sentence_share``.
    """
    by_text = quoted_words(ledger).groupby("source_id", sort=False)
    frame = ledger.sources[["source_id", "characters"]].copy()
    frame["held"] = frame["source_id"].map(by_text["held"].sum()).astype("Int64").fillna(0)
    frame["share"] = frame["held"] / frame["characters"].mask(frame["characters"] <= 0)
    frame["max_sentence_share"] = frame["source_id"].map(by_text["share"].max()).astype("Float64").fillna(0)
    return frame


def _more_than_name(as_written: str) -> bool:
    return any(word[0].islower() and word not in NAME_PARTICLES for word in as_written.split())


def _characters(held: set[str]) -> int:
    kept: list[str] = []
    for piece in sorted(held, key=len, reverse=True):
        if not any(piece in other for other in kept):
            kept.append(piece)
    return sum(map(len, kept))

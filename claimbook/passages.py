"""Passages: reading the texts, finding words in them, and measuring how many of their words the ledger holds.

Offsets count Unicode code points from 0, the end excluded, in the text file as it stands.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from claimbook.ledger import Ledger

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RUN = 13
"""Words in a row that count as copied; a quote is shorter."""

SEPARATOR = " | "
"""Stands between several hedges or epithets in one cell."""

NAME_PARTICLES = {"the", "of", "and", "al", "de", "for"}
"""Lower-case words that a bare name may contain."""

NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    r"|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|trillions?"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|half|halves|dozens?)\b"
)


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
    """Return every place (start, end) at which `words` stand in `text`, also where places overlap.

    Either may be in any normal form of Unicode; places count the code points of `text` as it stands.
    """
    words, (composed_text, origin) = nfc(words), composed(text)
    places, at = [], composed_text.find(words) if words else -1
    while at >= 0:
        places.append((origin[at], origin[at + len(words)]))
        at = composed_text.find(words, at + 1)
    return places


def composed(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` in normal form C, and for each place in it, the end included, the place in `text`."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    parts, origin, begins = [""], [], 0
    for at, character in enumerate(text):
        joined, alone = nfc(text[begins : at + 1]), nfc(character)
        if unicodedata.combining(character) or joined != parts[-1] + alone:
            parts[-1] = joined
        else:
            origin += [min(begins + i, at) for i in range(len(parts[-1]))]
            parts.append(alone)
            begins = at
    origin += [min(begins + i, len(text)) for i in range(len(parts[-1]) + 1)]
    origin[-1] = len(text)
    return "".join(parts), origin


def gaps(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places between ordered `spans` of `text` that hold more than white space."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if text[start:end].strip()]


def number_expressions(text: str) -> list[tuple[int, int]]:
    """Return the place of every digit group, number word, name of a month and name of a weekday in `text`."""
    return [match.span() for match in NUMBER.finditer(text)]


def words(text: str) -> list[str]:
    """Return the words of `text`, folded so that case and the form of an apostrophe do not matter."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def word_runs(text: str, length: int = RUN) -> Iterator[tuple[str, ...]]:
    """Yield every run of `length` words in a row of `text`."""
    tokens = words(text)
    return zip(*(tokens[i:] for i in range(length)), strict=False)


def held_words(ledger: Ledger) -> pd.DataFrame:
    """Measure how many characters of each sentence the ledger holds.

    Held are ``quote``, ``hedge``, ``epithet``, ``wording``, ``date_words`` and any ``as_written`` that is more than
    a name. This is an upper estimate that needs no text: words that lie within other held words of the sentence
    count once, words that only overlap count twice.

    Returns
    -------
    pandas.DataFrame
        A row per sentence: ``sentence_id``, ``source_id``, ``characters``, ``held`` (characters), ``share``.
    """
    claims, mentions = ledger.claims, ledger.mentions
    sentence_of = dict(zip(claims["claim_id"], claims["sentence_id"], strict=True))
    held: dict[str, set[str]] = {sentence: set() for sentence in ledger.sentences["sentence_id"]}

    def hold(sentences: pd.Series, cells: pd.Series) -> None:
        for sentence, cell in zip(sentences, cells, strict=True):
            if cell and sentence in held:
                held[sentence].update(cell.split(SEPARATOR))

    hold(claims["sentence_id"], claims["quote"])
    hold(claims["sentence_id"], claims["hedge"])
    hold(mentions["sentence_id"], mentions["epithet"])
    more_than_name = mentions[mentions["as_written"].map(_more_than_name).astype(bool)]
    hold(more_than_name["sentence_id"], more_than_name["as_written"])
    for table, column in ((ledger.quantity_claims, "wording"), (ledger.event_claims, "date_words")):
        hold(table["claim_id"].map(sentence_of), table[column])

    frame = ledger.sentences[["sentence_id", "source_id"]].copy()
    frame["characters"] = ledger.sentences["end"] - ledger.sentences["start"]
    frame["held"] = pd.array([_characters(held[s]) for s in frame["sentence_id"]], dtype="Int64")
    frame["share"] = frame["held"] / frame["characters"].mask(frame["characters"] <= 0)
    return frame


def held_shares(ledger: Ledger) -> pd.DataFrame:
    """Measure how much of each text the ledger holds (see :func:`held_words`).

    Returns
    -------
    pandas.DataFrame
        A row per text: ``source_id``, ``characters``, ``held`` (characters), ``share``, ``max_sentence_share``.
    """
    by_text = held_words(ledger).groupby("source_id", sort=False)
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

"""Rules that need the texts: every passage, hash, quote and number compared with the words themselves."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from claimbook.model import bibliography, ids, passages, prints
from claimbook.model.languages import Language
from claimbook.model.ledger import Ledger
from claimbook.validation.inspection import SLUG, Inspection, Problem, Rule, lookup


def read_texts(directory: Path, ledger: Ledger, found: Inspection, only: str | None = None) -> dict[str, str]:
    """Read the text of each source, or of one; a copy of another length is refused: every offset in it is off."""
    texts = {}
    for line, row in ledger.tables.get("sources", pd.DataFrame()).iterrows():
        source = row["source_id"]
        if not re.fullmatch(SLUG, source) or (only and source != only):
            continue
        try:
            text = passages.read_text(directory, source)
        except OSError as error:
            hint = "" if only else " (--only ID compares one text alone)"
            rule = f"{directory / source}.txt cannot be read: {error.strerror}{hint}"
            found.take(Rule("sources", [line], "source_id", rule))
            continue
        except UnicodeDecodeError:
            found.take(
                Rule("sources", [line], "source_id", f"{directory / source}.txt must be UTF-8; save it as UTF-8")
            )
            continue
        same_length = row["characters"] == len(text)
        if passages.sha256(text) != row["sha256"]:
            found.take(
                Rule("sources", [line], "sha256", f"must be the hash of {directory / source}.txt{_fits(text, row)}")
            )
            if not same_length:
                continue
        if not same_length:
            found.take(Rule("sources", [line], "characters", f"the text has {len(text)} characters"))
        texts[source] = text
    return texts


def _fits(text: str, row: pd.Series) -> str:
    """Say in which other form a text would have the hash of its row: what tools change without being asked."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for name, ends in (("of Unix (LF)", "\n"), ("of Windows (CRLF)", "\r\n")):
        if passages.sha256(plain.replace("\n", ends)) == row["sha256"]:
            mark = ", and no byte-order mark" if text.startswith("\ufeff") else ""
            return f", and would be with the line ends {name}{mark}: save the copy so (git and editors change them)"
    return ""


def _sentence_texts(ledger: Ledger, found: Inspection) -> dict[str, tuple[int, str]]:
    """Return start and words of each sentence whose text was read."""
    sentences = ledger.sentences.dropna(subset=["start", "end"])
    rows = zip(sentences["sentence_id"], sentences["source_id"], sentences["start"], sentences["end"], strict=True)
    return {
        sentence: (start, passages.slice_of(found.texts[source], start, end))
        for sentence, source, start, end in rows
        if source in found.texts
    }


def _sentence_passages(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    sentences, words = ledger.sentences, _sentence_texts(ledger, found)
    rows = zip(sentences.index, sentences["sentence_id"], sentences["sha256"], strict=True)
    wrong = [line for line, key, hashed in rows if key in words and passages.sha256(words[key][1]) != hashed]
    yield Rule("sentences", wrong, "sha256", "must be the hash of the passage from start to end")
    # Where a text was not at hand when its row was written, its cells are empty.
    told = sentences[sentences["folded_sha256"] != ""]
    for line, row in told[told["sentence_id"].isin(words)].iterrows():
        for column, cell in prints.cells(words[row["sentence_id"]][1]).items():
            if column.startswith("folded") and row[column] != cell:
                yield Rule("sentences", [line], column, f"must be that of the passage from start to end: {cell}")
    by_text = {key: frame for key, frame in sentences.groupby("source_id")}
    for line, source in ledger.sources["source_id"].items():
        if source not in found.texts:
            continue
        if source in by_text and by_text[source][["start", "end"]].isna().to_numpy().any():
            continue  # what is left out may be the sentence whose place is not known
        frame = by_text.get(source, sentences.iloc[:0]).sort_values("start")
        for start, end in passages.gaps(found.texts[source], list(zip(frame["start"], frame["end"], strict=True))):
            rule = f"sentences must cover the text and leave out characters {start} to {end}"
            yield Rule("sources", [line], "source_id", rule)


def _verbatim(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    words = _sentence_texts(ledger, found)
    sentence_of = lookup(ledger.claims, "claim_id", "sentence_id")

    def check(table: str, sentences: pd.Series, column: str, within: dict, place: str) -> Iterator[Rule]:
        cells = ledger.tables[table][column]
        for line, sentence, cell in zip(cells.index, sentences, cells, strict=True):
            if not cell or sentence not in within:
                continue
            for piece in cell.split(passages.SEPARATOR):
                if not passages.verbatim(piece, within[sentence]):
                    rule = f"must stand verbatim in {place}{_but(piece, within[sentence])}"
                    yield Rule(table, [line], column, rule)
                    break

    alone = {sentence: text for sentence, (_, text) in words.items()}
    # A date is carried on: "In 2011 …" dates the next sentence of its paragraph as well.
    upto, opened = {}, {}
    for sentence, text in alone.items():
        paragraph = ids.paragraph_of(sentence)
        opened[paragraph] = upto[sentence] = f"{opened.get(paragraph, '')} {text}"

    claims, mentions = ledger.claims, ledger.mentions
    yield from check("claims", claims["sentence_id"], "hedge", alone, "the sentence")
    yield from check("mentions", mentions["sentence_id"], "epithet", alone, "the sentence")
    yield from check(
        "quantity_claims", ledger.quantity_claims["claim_id"].map(sentence_of), "wording", alone, "the sentence"
    )
    told_in = ledger.event_claims["claim_id"].map(sentence_of)
    yield from check("event_claims", told_in, "date_words", upto, "the sentence or an earlier one of its paragraph")

    for line, sentence, quote in zip(claims.index, claims["sentence_id"], claims["quote"], strict=True):
        if quote and sentence in alone and len(places := passages.verbatim(quote, alone[sentence])) != 1:
            but = "" if places else _but(quote, alone[sentence])
            yield Rule("claims", [line], "quote", f"must stand verbatim and exactly once in the sentence{but}")

    placed = mentions.dropna(subset=["start", "end"])
    source = placed["sentence_id"].map(lookup(ledger.sentences, "sentence_id", "source_id"))
    rows = zip(placed.index, source, placed["start"], placed["end"], placed["as_written"], strict=True)
    for line, text, start, end, written in rows:
        if text not in found.texts:
            continue
        passage = passages.slice_of(found.texts[text], start, end)
        if passages.verbatim(written, passage) != [(0, len(passage))]:
            rule = f"must be the passage from start to end{_but(written, passage)}"
            yield Rule("mentions", [line], "as_written", rule)


def _but(words: str, text: str) -> str:
    """Say what differs where a text has the words of a cell in other characters that look the same."""
    looks = passages.alike(words, text)
    return f": {passages.told(looks[0].differences, 'the cell has')}" if looks and looks[0].differences else ""


def _whole_words(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Refuse a passage that is cut inside a word or begins or ends in a blank: its offsets were miscounted.

    Letters without case are passed over, because some scripts set no blank between words.
    """

    def inside(text: str, at: int) -> bool:
        return 0 < at < len(text) and all(
            unicodedata.category(c) in {"Lu", "Ll", "Lt", "Nd"} for c in text[at - 1 : at + 1]
        )

    source_of = lookup(ledger.sentences, "sentence_id", "source_id")
    for table in ("claims", "number_exceptions"):
        placed = ledger.tables[table].dropna(subset=["start", "end"])
        sources = placed["sentence_id"].map(source_of)
        rows = zip(placed.index, sources, placed["start"], placed["end"], strict=True)
        for line, source, start, end in rows:
            text = found.texts.get(source)
            if text is None or not 0 <= start < end <= len(text):
                continue  # another rule names it
            for column, at, edge in (("start", start, text[start]), ("end", end, text[end - 1])):
                if edge.isspace() or inside(text, at):
                    rule = "must not cut a word or take in a blank: the command passage prints both offsets"
                    yield Rule(table, [line], column, rule)


def _numbers(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    words = _sentence_texts(ledger, found)
    sentence_of = dict(zip(ledger.claims["claim_id"], ledger.claims["sentence_id"], strict=True))
    coded: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, column in ((ledger.quantity_claims, "wording"), (ledger.event_claims, "date_words")):
        for claim, cell in zip(table["claim_id"], table[column], strict=True):
            sentence = sentence_of.get(claim)
            if sentence in words:
                for piece in cell.split(passages.SEPARATOR):
                    coded[sentence] += passages.verbatim(piece, words[sentence][1])
    exceptions = ledger.number_exceptions
    unplaced = set(exceptions["sentence_id"][exceptions[["start", "end"]].isna().any(axis=1)])
    exceptions = exceptions.dropna(subset=["start", "end"])
    for sentence, start, end in zip(exceptions["sentence_id"], exceptions["start"], exceptions["end"], strict=True):
        if sentence in words:
            begins = words[sentence][0]
            coded[sentence].append((start - begins, end - begins))
    sources = zip(ledger.sources["source_id"], ledger.sources["language"], strict=True)
    spoken = {source: found.languages.get(code, Language(code)) for source, code in sources}
    rows = zip(ledger.sentences.index, *(ledger.sentences[c] for c in ("sentence_id", "source_id")), strict=True)
    for line, sentence, source in rows:
        text = words.get(sentence, (0, ""))[1] if sentence not in unplaced else ""
        for start, end in passages.number_expressions(text, spoken.get(source, Language(""))):
            if not any(first <= start and end <= last for first, last in coded[sentence]):
                rule = (
                    f"{text[start:end]!r} must lie in a wording of quantity_claims, in date_words of event_claims or "
                    "in a passage of number_exceptions"
                )
                yield Rule("sentences", [line], "sentence_id", rule)


def _reused(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    text_of_run = {hash(run): source for source, text in found.texts.items() for run in passages.word_runs(text)}

    def source_in(cell: str) -> str | None:
        return next((text_of_run[h] for h in map(hash, passages.word_runs(cell)) if h in text_of_run), None)

    for table, cells in found.cells.items():
        for column in cells:
            for line, cell in cells[column].items():
                if source := source_in(cell):
                    rule = f"must not repeat {passages.RUN} words in a row of {source}"
                    yield Rule(table, [line], column, rule)
    for key, entry in (found.bibliography or {}).items():
        for name, value in entry.items():
            if source := source_in(value):
                rule = f"{key} must not repeat {passages.RUN} words in a row of {source}"
                yield Problem(bibliography.FILE, None, name, value, rule)


TEXT_RULES = (
    (_sentence_passages, "sources sentences"),
    (_verbatim, "sentences claims mentions quantity_claims event_claims"),
    (_whole_words, "sentences claims number_exceptions"),
    (_numbers, "sources sentences claims quantity_claims event_claims number_exceptions"),
    (_reused, "sources"),
)

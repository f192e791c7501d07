"""The engine can carry any book: no file of it names an id, an actor or a subject of this one."""

import csv
import re

from places import ROOT
from this_book import BOOK

from claimbook.model import ledger

ENGINE = ROOT / "claimbook"

NAMED = ("state", "person", "armed_group", "alliance", "media", "government_body", "international_organisation")
"""Kinds of actor whose names would give the book away; the others are described, or are words of every book."""

SUBJECT = (
    *("arms", "weapons?", "weaponry", "armaments?", "firearms", "missiles?", "rockets?", "warheads?", "drones?"),
    *("tanks?", "nuclear", "reactors?", "terroris[mt]s?", "extremis[mt]s?", "militants?", "rebels?", "insurgen[a-z]+"),
    *("alliances?", "allied", "embargo(?:es)?", "sanctions?", "war", "wars", "troops", "soldiers?", "militar[a-z]+"),
    *("diplomatic", "diplomats?", "deliver(?:y|ies|ed|s)", "exporters?", "cargo(?:es)?", "fighters?", "union state"),
    *("sipri", "tiv", "trend-indicator", "ucdp", "v-?dem", "ofac", "unvotes", "general assembly", "united nations"),
    *("nato", "csto", "factbook", "reign", "kremlin", "soviet", "minsk", "moscow", "tehran", "kyiv", "kiev"),
    *("belarusians?", "russians?", "iranians?", "syrians?", "ukrainians?", "palestinians?", "israelis?"),
    *("united states", "worldnetdaily", "defen[cs]e express", "walsh", "srebrnik", "guardian"),
    *("language model", "machine reading"),
)
"""Words of the subject, of those who publish its records, and of how this book was coded."""

STANDARD = "PLOVER, a published standard of political events, has it among its types and contexts"
ENGLISH = "a list of everyday English for every book, in which war stands beside illness and trade"
ALLOWED = {
    ("exchange/plover.py", "sanction"): STANDARD,
    ("example/ems-1870/references.bib", "war"): "the title of a book on the short example text of 1870",
    **{
        ("exchange/schemas/plover.schema.json", word): STANDARD
        for word in ("sanction", "troops", "weapons", "firearms", "drone", "military", "terrorism", "diplomatic")
    },
    **{
        ("site/synonyms.py", word): ENGLISH
        for word in (
            *("alliance", "armament", "arms", "cargo", "delivery", "diplomat", "drone", "embargo"),
            *("extremist", "fighter", "insurgent", "militant", "military", "missile", "nuclear", "reactor"),
            *("rebel", "reign", "rocket", "sanction", "soldier", "tank", "terrorism", "terrorist", "troops"),
            *("war", "warhead", "weapon", "weaponry"),
        )
    },
}
"""What a file may say all the same, each with the reason."""


def ids():
    """Return every identifier in the tables that no ordinary word is: those with a hyphen or a digit."""
    found = set(BOOK.bibliography)
    for path in (ROOT / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {v for c, v in row.items() if c.endswith("_id") or c in ("origin", "reference", "voice")}
    return {value for value in found if re.search(r"[-\d]", value)}


def names():
    """Return the names of those whom the book is about, and the last names of persons."""
    actors = BOOK.actors[BOOK.actors["kind"].isin(NAMED)]
    named = {name for name in actors["name"] if name[:1].isupper()}
    persons = BOOK.actors.loc[BOOK.actors["kind"] == "person", "name"]
    named |= {name.split()[-1] for name in persons if name.split()[-1][:1].isupper()}
    return (
        named | set(BOOK.sources["short_name"]) | {r["name"] for r in BOOK.schema["resources"] if ledger.is_record(r)}
    )


def files():
    """Return the text of every file of the engine, by its path there."""
    paths = (p for p in ENGINE.rglob("*") if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".png")
    return {p.relative_to(ENGINE).as_posix(): p.read_text(encoding="utf-8") for p in sorted(paths)}


def named(words, text):
    """Return those of some words that stand in a text with no letter, digit or hyphen beside them."""
    whole = set(re.findall(r"[\w-]+", text))
    apart = (word for word in words if not re.fullmatch(r"[\w-]+", word) and word in text)
    return (words & whole) | {word for word in apart if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)}


def found(words, flags=0):
    """Return where which of some regular expressions stands, with no letter beside it."""
    words = "|".join(sorted(words, key=len, reverse=True))
    any_of = re.compile(f"(?<![A-Za-z])(?:{words})(?![A-Za-z])", flags)
    return {(file, word) for file, text in files().items() for word in any_of.findall(text)}


def test_the_lists_are_of_this_book():
    assert {"ev-2023-raisi-promises-help", "walsh-2021-c108", "un-ga", "international-community"} <= ids()
    assert {"Belarus", "Russia", "Iran", "Hamas", "Lukashenko", "Putin", "sipri_flows"} <= names()
    assert "validation/claims.py" in files()
    assert "site/static/claimbook.js" in files()


def test_no_file_names_an_id_of_the_book():
    own = ids()
    assert {file: words for file, text in files().items() if (words := named(own, text))} == {}


def test_a_word_is_found_whole_alone():
    words = {"a-1", "Al Jazeera", "a.b"}
    assert named(words, "from a-1, Al Jazeera; a.b") == words
    assert named(words, "x-a-1 a-10 Al Jazeeras aa.b a-1_") == set()


def test_no_file_names_an_actor_a_text_or_a_record_of_the_book():
    assert found(map(re.escape, names())) == set()


def test_no_file_speaks_of_the_subject_of_the_book():
    said = {(file, word.lower()) for file, word in found(SUBJECT, flags=re.IGNORECASE)}
    assert said - set(ALLOWED) == set()
    assert set(ALLOWED) - said == set(), "an exception that nothing needs any more"


def test_columns_of_this_book_alone_are_described_by_its_schema_alone():
    assert BOOK.column("quantities", "arms_deal")["concerns"]
    assert BOOK.column("quantities", "stage")["words"]
    assert BOOK.column("quantities", "nothing") == {}

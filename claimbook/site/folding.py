"""How words are compared when a reader searches: one spelling for what is written in many.

The rules are data. The build applies them here, and the page's script applies the same rules, which travel with the
search data; nothing is written twice. A rule is a pair of a regular expression and what replaces it; expressions keep
to what Python and JavaScript understand alike: plain characters, classes, groups without names and look-ahead.

Two foldings:

- :func:`claimbook.model.letters.fold`, for every word: no case, no diacritics, Cyrillic in Latin letters.
- :func:`sound`, for names alone and for whole names only: what is left when the ways to romanise one name have been
  made alike. It is coarse: it would take *ship* for *chip*, so ordinary words are never compared by it.
"""

import re

from claimbook.model.letters import LETTERS, fold

SOUND = (
    ("enka$", "enko"),  # Kovalenka, from one language; Kovalenko, from its neighbour
    ("tsch|tch|cz", "ch"),  # Polish cz, German tsch, French tch
    ("shch|sch|sz|ch", "sh"),  # Polish sz, German sch, French ch
    ("ph", "f"),
    ("ks", "x"),
    ("ck|q|c", "k"),
    ("kh", "h"),
    ("w", "v"),
    ("ou", "u"),  # French
    ("^y(?=[aeiou])|^j(?=e)", ""),  # Yevgeny and Evgeny
    ("[yj]", "i"),
    ("g", "h"),  # Cyrillic г is both: Гамлет, Hamlet; Гоголь, Gogol
    ("(?!^)h", ""),  # Johann and Johan; Mahler and Maler
    ("[ei]", "e"),
    ("[aou]", "a"),
    ("(.)(?=\\1)", ""),  # doubled letters
)
"""Rules that make the romanisations of one name alike, in order; what they give is for comparing, not for reading."""

SKELETON = 4
"""A name whose consonants are at least this many is told by them alone; a shorter one keeps its vowels."""

VOWELS = ("(?!^)[ae]", "")
"""What a skeleton leaves out: vowels, except at the beginning."""

WORD = "[^\\s\\-–—/.,;:!?()\\[\\]«»“”„\"'‘’…|·•→+*_#$€£%&=<>~@^`]+"
"""What is one word; an apostrophe ends it, so that a possessive s stands apart."""

RULES = {"letters": LETTERS, "sound": SOUND, "skeleton": SKELETON, "vowels": VOWELS, "word": WORD}
"""All of it, as the page's script gets it."""


def words(text: str) -> list[str]:
    """Return the words of `text`, folded, in order."""
    return re.findall(WORD, fold(text))


def sound(word: str) -> str:
    """Return what a folded word has in common with other romanisations of the same name.

    Examples
    --------
    >>> sound(fold("Гамлет")) == sound("hamlet") == sound("gamlet")
    True
    """
    for pattern, replacement in SOUND:
        word = re.sub(pattern, replacement, word)
    bare = re.sub(*VOWELS, word)
    return bare if len(bare) >= SKELETON else word

"""Letters of other alphabets in those of English: for comparing words, and for identifiers made of names."""

import re
import unicodedata
from collections.abc import Iterable

LETTERS = {
    # Cyrillic, in the romanisation that English-language newspapers use; и, й, і and е, ё, є fall together.
    **dict(zip("абвгдезиклмнопрстуфыэі", "abvgdeziklmnoprstufyei", strict=True)),
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"},
    **{"ъ": "", "ь": "", "є": "e", "ґ": "g"},
    **{"ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѕ": "dz"},
    # Latin letters that have no decomposition into a base letter and a mark.
    **{"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"},
}
"""Letters that a decomposition leaves as they are, each with its replacement, after case and marks are gone."""


def fold(text: str) -> str:
    """Return `text` without case and diacritics, Cyrillic in Latin letters.

    Examples
    --------
    >>> fold("Wałęsa Чайковский Zoë")
    'walesa chaikovskii zoe'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if unicodedata.category(c)[0] != "M")
    return "".join(LETTERS.get(c, c) for c in plain)


def slug(name: str) -> str:
    """Return a name as an identifier: letters from a to z and digits, in groups joined by hyphens.

    It is empty where a letter or digit of the name has no such form, as in Chinese or Arabic: what is left would be
    a stump, and could be that of another name.

    Examples
    --------
    >>> slug("Łukasz Żak"), slug("Александр К."), slug("Côte d’Ivoire"), slug("新华社 2")
    ('lukasz-zak', 'aleksandr-k', 'cote-d-ivoire', '')
    """
    plain = "".join(c for c in fold(name) if unicodedata.category(c) != "Lm")  # letters that modify others
    if any(c.isalnum() and not c.isascii() for c in plain):
        return ""
    return "-".join(re.findall("[a-z0-9]+", plain))


def slugs(names: Iterable[str], noun: str) -> dict[str, str]:
    """Give each of some names an identifier of its own, in their order: its :func:`slug`, as far as that serves.

    Parameters
    ----------
    names : iterable of str
        The names; one that is repeated counts once.
    noun : str
        What stands, with a number, for a name that has no slug, or none of its own.

    Examples
    --------
    >>> slugs(["Côte d'Ivoire", "Cote d’Ivoire", "中国"], "state")
    {"Côte d'Ivoire": 'cote-d-ivoire', 'Cote d’Ivoire': 'state-1', '中国': 'state-2'}
    """
    given: dict[str, str] = {}
    for name in dict.fromkeys(names):
        chosen, number = slug(name), 0
        while not chosen or chosen in given.values():
            number += 1
            chosen = f"{noun}-{number}"
        given[name] = chosen
    return given

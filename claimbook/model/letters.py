"""Letters of other alphabets in those of English, for comparing words and for identifiers made of names; and what is
not seen at all."""

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

BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u2060\ufeff"
"""White space, and blanks that have no width."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that are not seen, by Unicode's property Default_Ignorable_Code_Point, as a class of a regular
expression."""

_SEEN = re.compile(rf"[^\s{INVISIBLE}]")


def seen(text: str) -> bool:
    """Tell whether anything of `text` is seen.

    Examples
    --------
    >>> seen(" \\u200b"), seen("\\u200b.")
    (False, True)
    """
    return _SEEN.search(text) is not None


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

"""Languages: where a sentence of each may end, and how it writes numbers and dates.

A language is a file ``<code>.toml`` of this folder, or of the folder ``languages`` beside the data of a book, whose
files go before those of the same name here. Every key may be missing. Words stand in lower case with blanks between:

- ``variants``: letters that are typed for one another, a string for each set; it begins with the one used here, where
  it must not stand in brackets of a regular expression.
- ``stops``: words that a full stop follows, without the last stop and without blanks ("e.g", "z.b"). After ``never``
  no sentence ends; after ``rarely`` one ends before a word of ``starters`` only, after ``often`` before any capital;
  after ``before_numbers`` none ends before a digit ("-str": after any word that ends so). ``ordinals = true``: a stop
  makes a number of one or two digits, or a Roman one, an ordinal. ``continues``: in scripts without capitals, words
  that go on with a sentence after an ellipsis, or after a quotation mark that closes.
- ``numbers``: what counts as a number besides digits, months and weekdays among it, as regular expressions of whole
  words without blanks: ``names``, whose capitals count, and ``words``, whose capitals do not. ``scales``: words that
  say without a number where it begins at the earliest, each with that number. ``values``: words that are a number of
  their own; ``multiples``: words behind a number that multiply it, each with its size. ``decimal``: the mark before a
  fraction in digits; the other marks, and blanks, part thousands.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from claimbook.model.problems import LedgerError, Problem

FOLDER = "languages"
"""The folder of a book with languages of its own."""

DEFAULT = "en"

DIGITS = r"\d+(?:[.,٫٬]\d+)*"
"""Digits of any script, with the marks that stand between them."""

_STOPS = ("never", "rarely", "often", "before_numbers", "starters", "continues")
_FORM = {
    "": {"variants": list, "stops": dict, "numbers": dict},
    "stops": {**dict.fromkeys(_STOPS, str), "ordinals": bool},
    "numbers": {"names": str, "words": str, "scales": dict, "values": dict, "multiples": dict, "decimal": str},
}
_KINDS = {str: "text", list: "a list", dict: "a table", bool: "true or false"}


@dataclass(frozen=True)
class Language:
    """What is known of a language.

    Attributes
    ----------
    code : str
        Its code, as in ``sources.language``.
    never, rarely, often, before_numbers, starters, continues : frozenset of str
        The words of ``stops``, as the module says.
    ordinals : bool
        Whether a stop makes a number an ordinal.
    names, words : tuple of str
        Regular expressions of what counts as a number.
    scales : dict of str to float
        Regular expressions of words of scale, each with where it begins.
    values, multiples : dict of str to float
        Regular expressions of words that are a number, and of those that multiply the one before, each with its size.
    decimal : str
        The mark before a fraction; "" where it is not known.
    variants : tuple of str
        Letters that are typed for one another.
    """

    code: str
    never: frozenset[str] = frozenset()
    rarely: frozenset[str] = frozenset()
    often: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    continues: frozenset[str] = frozenset()
    ordinals: bool = False
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    scales: dict[str, float] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    multiples: dict[str, float] = field(default_factory=dict)
    decimal: str = ""
    variants: tuple[str, ...] = ()

    @cached_property
    def number(self) -> re.Pattern:
        """What finds digits, number words, and names of months and weekdays."""
        wholes = [rf"\b(?:{'|'.join(self.names)})\b"] if self.names else []
        wholes += [rf"\b(?i:{'|'.join(self.words)})\b"] if self.words else []
        return re.compile(self._typed("|".join([DIGITS, *wholes])))

    def least(self, wording: str) -> float | None:
        """Return where a number begins of which only a word of scale is told, such as "billions"; None without one."""
        for form, size in self.scales.items():
            if re.search(self._typed(rf"\b(?:{form})\b"), wording, re.IGNORECASE):
                return size
        return None

    def value(self, wording: str) -> Decimal | None:
        """Return the one number that words tell in digits or words; None where they tell none, several, or a date.

        Examples
        --------
        >>> read("ru").value("1,2 млрд крон"), read("en").value("some 1,200 men"), read("en").value("3 March")
        (Decimal('1200000000'), Decimal('1200'), None)
        """
        plain = DIGITS.replace(r"[.,٫٬]\d+", r"[.,٫٬]\d+|[ \u00a0\u202f]\d{3}(?!\d)")
        words, several = "|".join(self.values), "|".join(self.multiples)
        number = rf"(?<![\w.,])(?<!\w-)(?:{plain})" + (rf"|\b(?:{words})\b" if words else "")
        behind = self._typed(rf"[\s-]?({several})\b\.?") if several else "(?!)"
        found = [match.span() for match in re.finditer(self._typed(number), wording, re.IGNORECASE)]
        if len(found) != 1:
            return None
        [(start, end)] = found
        size = self._size(wording[start:end])
        while size and (match := re.compile(behind, re.IGNORECASE).match(wording, end)):
            size, end = size * self._among(self.multiples, match[1]), match.end()
        told = [match.span() for match in self.number.finditer(wording)]
        if size is None or any(first < start or last > end for first, last in told):
            return None
        return Decimal(f"{size.normalize():f}")

    def _size(self, number: str) -> Decimal | None:
        if not number[0].isdigit():
            return self._among(self.values, number)
        whole, *fractions = number.split(self.decimal) if self.decimal else [number]
        first, *groups = re.split(r"\D", whole)
        grouped = not groups or (len(first) < 4 and {len(group) for group in groups} == {3})
        if not grouped or len(fractions) > 1 or not "".join(fractions or ["0"]).isdigit():
            return None
        return Decimal(".".join(["".join([first, *groups]), *fractions]))

    def _among(self, sizes: Mapping[str, float], word: str) -> Decimal:
        return next(
            Decimal(str(size)) for form, size in sizes.items() if re.fullmatch(self._typed(form), word, re.IGNORECASE)
        )

    def _typed(self, pattern: str) -> str:
        for letters in self.variants:
            pattern = pattern.replace(letters[0], f"[{letters}]")
        return pattern


def known(own: Path | None = None) -> tuple[dict[str, Language], list[Problem]]:
    """Read all languages.

    Parameters
    ----------
    own : pathlib.Path, optional
        A folder with languages of a book's own; it need not be there.

    Returns
    -------
    dict of str to Language
        By code; a language whose file is not sound is left out.
    list of Problem
        What is wrong with the files.
    """
    found, problems = {}, []
    for folder in (Path(__file__).parent, *([own] if own else [])):
        for path in sorted(folder.glob("*.toml")):
            flaws: list[Problem] = []
            made = _read(path, flaws)
            problems += flaws
            if not flaws:
                found[path.stem] = made
    return found, problems


def read(code: str, own: Path | None = None) -> Language:
    """Return one language; where no file is on it, what holds for all. Parameters are those of :func:`known`.

    Raises
    ------
    LedgerError
        If a file of the book's languages is not sound; it lists every flaw.
    """
    languages, problems = known(own)
    if problems:
        raise LedgerError(f"{own}: no language is read, because of:", problems)
    return languages.get(code, Language(code))


def _read(path: Path, problems: list[Problem]) -> Language | None:
    """Read a file; what is wrong with it is added to `problems`."""

    def refuse(key: str, value: object, rule: str) -> None:
        problems.append(Problem(f"{FOLDER}/{path.name}", None, key, str(value), rule))

    if not re.fullmatch("[a-z]{2}", path.stem):
        return refuse("", path.stem, "must be named by an ISO 639-1 code of two letters, such as en.toml")
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return refuse("", "", f"must be TOML in UTF-8: {error}")
    for table, kinds in _FORM.items():
        for key, value in (said.get(table, {}) if table else said).items():
            named = f"{table}.{key}".strip(".")
            if key not in kinds:
                refuse(named, value, f"there is no such key; it must be one of: {', '.join(kinds)}")
            elif not isinstance(value, kinds[key]):
                return refuse(named, value, f"must be {_KINDS[kinds[key]]}")
    stops, numbers = said.get("stops", {}), said.get("numbers", {})
    made = Language(
        path.stem,
        **{key: frozenset(stops[key].split()) for key in _STOPS if key in stops},
        ordinals=stops.get("ordinals", False),
        names=tuple(numbers.get("names", "").split()),
        words=tuple(numbers.get("words", "").split()),
        scales=numbers.get("scales", {}),
        values=numbers.get("values", {}),
        multiples=numbers.get("multiples", {}),
        decimal=numbers.get("decimal", ""),
        variants=tuple(said.get("variants", ())),
    )
    sizes = {"scales": made.scales, "values": made.values, "multiples": made.multiples}
    for key, forms in {"names": made.names, "words": made.words, **sizes}.items():
        for form in forms:
            try:
                re.compile(form)
            except re.error as error:
                refuse(f"numbers.{key}", form, f"must be a regular expression: {error}")
    for key, forms in sizes.items():
        for form, size in forms.items():
            if not isinstance(size, float | int) or isinstance(size, bool):
                refuse(f"numbers.{key}.{form}", size, "must be a number, such as 1e6")
    for letters in made.variants:
        if not isinstance(letters, str) or len(letters) < 2 or not letters.isprintable():
            refuse("variants", letters, "must be letters that are typed for one another, at least two in a string")
    return made

"""The bibliography, ``references.bib``: every publication and data set cited.

BibTeX is read and written here alone. What :func:`parse` and :func:`read` return are words as a reader sees them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from latexcodec.codec import UnicodeLatexIncrementalDecoder
from latexcodec.lexer import Token
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError
from pybtex.textutils import normalize_whitespace

FILE = "references.bib"
KEY = re.compile(r"[\w.:+/-]+")
"""What a key may consist of; it becomes an address within a page."""

ADDRESSES = ("url", "archived")
"""Fields that hold a web address: of the publication, and of a copy of its page that an archive keeps."""

VERBATIM = ("doi", *ADDRESSES)
"""Fields in which every character stands for itself; many programs escape some of them all the same."""

MARKS = dict(
    zip(
        "`'^~\"=.uvHrckdb",
        "\u0300\u0301\u0302\u0303\u0308\u0304\u0307\u0306\u030c\u030b\u030a\u0327\u0328\u0323\u0331",
        strict=True,
    )
)
"""The combining mark that each command sets on a letter; latexcodec knows only the commonest letters with marks."""

NO_ENTRY = ("string", "preamble")
"""Commands that begin no entry."""

SYMBOLS = {
    **{"{": "{", "}": "}", "$": "$", "/": "", "!": "", "\\": " ", ",": "\u202f", ":": " ", ";": " "},
    **{"textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "textunderscore": "_", "textbar": "|"},
    **{"textasciicircum": "^", "textasciigrave": "`", "textless": "<", "textgreater": ">", "slash": "/"},
    **{"textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”"},
    **{"quotesinglbase": "‚", "quotedblbase": "„", "grqq": "“", "textquotesingle": "'", "textquotedbl": '"'},
    **{"dots": "…", "textellipsis": "…", "texteuro": "€", "textsection": "§", "space": " "},
    **dict.fromkeys(["emph", "textit", "textsl", "textbf", "textsc", "textrm", "textsf", "texttt", "textnormal"], ""),
    **dict.fromkeys(["text", "mbox", "url", "relax", "em", "it", "bf", "sc"], ""),
}
"""Commands that latexcodec leaves as they are, each with what it shows: a character, or nothing beside its words."""

_TEX = re.compile(r"[\\{}~%$]|--|``|''|,,|[?!]`")
_LETTER = re.compile(
    r"\\(?:(?P<escape>\\)|(?P<mark>[`'^~\"=.]|[uvHrckdb](?![A-Za-z]))\s*\{?\s*"
    r"(?:\\(?P<dotless>[ij])(?![A-Za-z])|(?P<letter>[^\W\d_][\u0300-\u036f]*))\s*\}?)"
)
_TAKEN = str.maketrans(
    {c: rf"\{c}" for c in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # no brace without its fellow
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~"}
)


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a bibliography, and on which line (of an entry: the line on which it begins)."""

    line: int
    field: str
    value: str
    rule: str

    def __str__(self) -> str:
        return f"{FILE}:{self.line}:{self.field}: {self.value}: {self.rule}"


def is_web_address(address: str) -> bool:
    """Tell whether `address` is an http(s) address with a host and without white space."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.split() == [address]


class _Decoder(UnicodeLatexIncrementalDecoder):
    """What latexcodec knows of TeX, without braces, with the commands of :data:`SYMBOLS`, and none left over."""

    def decode_token(self, token: Token) -> str:
        if token.text in ("{", "}"):
            return ""
        if not token.name.startswith("control"):
            return token.text
        if token.text[1:] not in SYMBOLS:
            raise ValueError(f"the command {token.text} is not known: write what it shows, in UTF-8")
        return SYMBOLS[token.text[1:]]


def decode(value: str, field: str = "") -> str:
    r"""Return the value of a BibTeX field as words for a reader: without commands, escapes and braces.

    A percent sign and a dollar are what they show: a field of a bibliography holds neither comments nor formulas.

    Parameters
    ----------
    value : str
        As it stands between the field's outer braces or quotes.
    field : str
        Name of the field, in lower case.

    Raises
    ------
    ValueError
        If it has a command that is not known; the message names it.

    Examples
    --------
    >>> decode(r"{\v S}ef\v{c}ovi\v{c} \& Ku{\'z}niar, 1975--2017: 5\% of {US}")
    'Šefčovič & Kuźniar, 1975–2017: 5% of US'
    """
    if field in VERBATIM:
        return re.sub(r"\{?\\([_%&#~$])\}?", r"\1", value)

    value = normalize_whitespace(value)
    if not _TEX.search(value):  # as in most; latexcodec takes its time
        return unicodedata.normalize("NFC", value)

    def marked(match: re.Match) -> str:
        return match[0] if match["escape"] else (match["dotless"] or match["letter"]) + MARKS[match["mark"]]

    def kept(match: re.Match) -> str:
        if match[0] == "\\":
            raise ValueError("must not end in a backslash")
        if match[0] == r"\-":  # where a word may be parted
            return ""
        return match[0] if match[0][0] == "\\" else rf"\{match[0]}"

    before = ""
    while before != value:  # a mark may stand on a letter with a mark
        before, value = value, _LETTER.sub(marked, value)
    value = re.sub(r"\\.?|[%$]", kept, value)
    return unicodedata.normalize("NFC", _Decoder().decode(value, final=True).strip(" "))


def encode(words: str, field: str = "") -> str:
    r"""Return words as the value of a BibTeX field, which :func:`decode` reads as the same words.

    Examples
    --------
    >>> encode("50% of R&D -- {draft}")
    '50\\% of R\\&D -{}- \\textbraceleft{}draft\\textbraceright{}'
    """
    if field in VERBATIM:
        return re.sub(r"[\\{}]", lambda match: f"%{ord(match[0]):X}", words)
    # What TeX would draw together, such as two hyphens as a dash, is kept apart.
    return re.sub(r"([-'`?!,])(?=[-'`,])", r"\1{}", words.translate(_TAKEN))


def parse(bibtex: str) -> tuple[dict[str, dict[str, str]], list[Flaw]]:
    """Read a bibliography and say what is wrong with it.

    Parameters
    ----------
    bibtex : str
        The text of ``references.bib``.

    Returns
    -------
    entries : dict
        Key to fields: names in lower case, values as :func:`decode` gives them, with ``entry_type`` (such as
        ``online``) among them.
    flaws : list of Flaw
        In the order of the lines.
    """
    flaws: list[Flaw] = []
    errors: list[Flaw] = []

    def note(error: PybtexSyntaxError) -> None:
        errors.append(Flaw(error.lineno, "", "", f"is not BibTeX: {error.args[0]}"))

    entries: dict[str, dict[str, str]] = {}
    folded: set[str] = set()
    parser = LowLevelParser(bibtex, macros=dict(month_names), handle_error=note)
    line, counted, errors_before = 1, 0, 0
    for command, body in parser:
        broken, errors_before = len(errors) > errors_before, len(errors)
        line += bibtex.count("\n", counted, parser.command_start)
        counted = parser.command_start
        if command.lower() in NO_ENTRY:
            continue
        key, parts = body
        if not key:
            continue
        if not KEY.fullmatch(key):
            flaws.append(Flaw(line, "", key, "a key must consist of letters, digits and - _ . : + /"))
        if key.lower() in folded:  # BibTeX keys do not mind case
            flaws.append(Flaw(line, "", key, "the key is given twice"))
            continue
        folded.add(key.lower())
        entry = {"entry_type": command.lower()}
        for name, value in parts:
            if name.lower() in entry:
                flaws.append(Flaw(line, name, key, "the field is given twice"))
            entry[name.lower()] = normalize_whitespace("".join(value))
        entries[key] = shown = {}
        for name, value in entry.items():
            try:
                shown[name] = decode(value, name)
            except ValueError as error:
                flaws.append(Flaw(line, name, value, str(error)))
                shown[name] = value
        if not broken:
            flaws += [Flaw(line, field, value, rule) for field, value, rule in _entry_flaws(key, entry)]
    return entries, sorted(flaws + errors, key=lambda flaw: flaw.line)


def with_entries(bibtex: str, other: str, wanted: Iterable[str]) -> str:
    """Return a bibliography with the entries of another that are wanted and missing, as they are written there.

    Each stands before the first entry whose key comes after its own, so that an order of keys is kept.
    """
    held, theirs = _written(bibtex), _written(other)
    for key in sorted(theirs.keys() & set(wanted) - held.keys()):
        start, end = theirs[key]
        held = _written(bibtex)
        later = [place for one, (place, _) in held.items() if one.lower() > key.lower()]
        before, after = (bibtex[: min(later)], bibtex[min(later) :]) if later else (f"{bibtex.rstrip()}\n\n", "")
        bibtex = f"{before}{other[start:end]}\n\n{after}".strip() + "\n"
    return bibtex


def _written(bibtex: str) -> dict[str, tuple[int, int]]:
    """Return where each entry of a bibliography begins and ends."""
    parser = LowLevelParser(bibtex, macros=dict(month_names))
    return {body[0]: (parser.command_start, parser.pos) for command, body in parser if command.lower() not in NO_ENTRY}


def read(directory: Path | str) -> dict[str, dict[str, str]]:
    """Read ``references.bib`` of the data folder.

    Returns
    -------
    dict
        Key to fields, as :func:`parse` gives them.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is not UTF-8 or has a flaw; the message names file, line and rule of each.
    """
    try:
        # As the tables, it may have a byte-order mark, any line ends and any normal form.
        bibtex = unicodedata.normalize("NFC", (Path(directory) / FILE).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{FILE}: must be UTF-8: {error.reason} at byte {error.start}") from None
    entries, flaws = parse(bibtex)
    if flaws:
        raise ValueError("\n".join(map(str, flaws)))
    return entries


def _entry_flaws(key: str, entry: dict[str, str]):
    if not entry.get("title"):
        yield "title", key, "an entry needs a title"
    if not (entry.get("date") or entry.get("year") or "no date" in entry.get("note", "").lower()):
        yield "date", key, "an entry needs a date, or a note that says: no date"
    for field in ADDRESSES:
        if field in entry and not is_web_address(entry[field]):
            yield field, entry[field], "must be an http(s) address with a host"
    for role in ("author", "editor"):
        for name in split_name_list(entry.get(role, "")):
            try:
                Person(name)
            except PybtexError as error:
                yield role, name, f"is not a BibTeX name: {error}"

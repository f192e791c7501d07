"""Care for people named: which claims are on a living person or a company, and so carry their denial and verdict.

Names are looked for word by word. Marks between and around words do not matter ("Acme Inc.", "Yahoo!", "AT&T",
"O’Brien", "Smith's"), nor do accents and normal forms. Capitals do: a company called Target is not in every target.
Where words could be read in two ways, the claim is taken to be on the actor: a remark too many harms nobody.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, dropwhile

import pandas as pd

from claimbook.model.ledger import Ledger, kept

_LIST = re.compile(r"\w+")

PARTICLES = frozenset(
    _LIST.findall(
        "a abu af al and av bar ben bin bint da das de del della den der des di do dos du e el i ibn la le les lo los "
        "of t ten ter the til u ul und v van vom von y zu zum zur"
    )
)
"""Words in lower case that a name may have; any other tells that somebody is described and not named."""

AFTER_NAMES = frozenset(_LIST.findall("esq ii iii iv jr junior md phd senior sr"))
"""What can follow a person's last name."""

LEGAL_FORMS = frozenset(
    _LIST.findall(
        "ab ag aps as asa bv bvba co company corp corporation gmbh inc incorporated jsc kg kgaa limited llc llp lp ltd "
        "nv oao ooo oy oyj pao pjsc plc pt pte pty sa sae sarl sas se spa srl sro zao"
    )
)
"""What companies are in law, without full stops; a company is known by its name with it and without it."""

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
"""Latin letters that no normal form takes apart."""

# Scripts without blanks between words, and Korean, which ties its particles to them: every character is a word.
_CHARACTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Elsewhere letters and digits make a word, in Indic scripts with signs that are neither.
_WORD = re.compile(rf"[{_CHARACTERS}]|(?:[^\W_{_CHARACTERS}]|[\u0900-\u0963\u0966-\u0dff])+")

Word = tuple[str, bool]
"""A word without accents and case, and whether it begins in lower case."""
Name = tuple[Word, ...]


def people_and_companies(ledger: Ledger) -> pd.DataFrame:
    """Return the rows of ``actors`` that are owed care: companies, and persons who are not known to be dead."""
    person, company = (ledger.actors["kind"] == kind for kind in ("person", "company"))
    return ledger.actors[company | (person & ledger.actors["living"].fillna(True).astype(bool))]


@kept
def claims_about(ledger: Ledger) -> set[str]:
    """Return the claims (``claim_id``) that are on a living person or a company.

    A claim is on one where that actor is its subject or object, or where its statement, quote, subject or object names
    the actor. Names of an actor are ``actors.name`` and every spelling in ``mentions.as_written`` that is a name; a
    comma or bracket ends a name. A person is also known by the last name alone, without particles before it (al-Assad,
    de Gaulle) or what follows it (Jr.), a company also without its legal form. These are no names:

    - words that describe somebody, told by a word in lower case that is no particle: "an official of the ministry";
    - what another actor is called as well, such as a state, and a last name alone that is also a month, a weekday or
      a number (May): they do not tell who is meant;
    - a spelling that a text has for another actor as well, or all of whose words the ledger also has in lower case,
      such as "President".
    """
    owed, frame = people_and_companies(ledger), ledger.claims
    direct = frame[["subject", "object"]].isin(set(owed["actor_id"])).any(axis=1)
    names: dict[str, list[Name]] = {}
    for name in _names(ledger, owed):
        names.setdefault(name[0][0], []).append(name)
    ids = set(ledger.actors["actor_id"])
    named = {
        row.claim_id
        for row in frame[~direct].itertuples(index=False)
        # An id stands for its actor, who is not owed care here, and is not to be read as words.
        if any(_names_one(part, names) for part in (row.statement, row.quote, *({row.subject, row.object} - ids)))
    }
    return named | set(frame["claim_id"][direct])


def _names_one(text: str, names: dict[str, list[Name]]) -> bool:
    words = _words(text)
    return any(
        at + len(name) <= len(words) and all(map(_same, name, words[at:]))
        for at, (first, _) in enumerate(words)
        for name in names.get(first, ())
    )


def _same(known: Word, word: Word) -> bool:
    return known[0] == word[0] and (known[1] or not word[1])


def _words(text: str) -> Name:
    found = _WORD.findall(_bare(text))
    return tuple((word.casefold().translate(_LETTERS), word[0].islower()) for word in found)


def _bare(text: str) -> str:
    """Return `text` without accents."""
    if text.isascii():
        return text
    # Only marks that are accents go: in Indic scripts and in Japanese, marks of the low classes tell words apart.
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.combining(c) < 10)
    return unicodedata.normalize("NFC", bare)


def _folded(words: Name) -> tuple[str, ...]:
    return tuple(word for word, _ in words)


def _names(ledger: Ledger, owed: pd.DataFrame) -> Iterator[Name]:
    """Yield every name of the actors that are owed care."""
    spoken = {language.code: language for language in map(ledger.language, ("", *ledger.texts))}
    numbers = [re.compile(_bare(language.number.pattern)) for language in spoken.values()]
    others = ledger.actors[~ledger.actors["actor_id"].isin(owed["actor_id"])]
    written = ledger.mentions.drop_duplicates(["actor_id", "as_written"])
    foreign = written["actor_id"].isin(others["actor_id"])
    taken = {_folded(form) for name in others["name"] for form in _forms(name)}
    shared = {_folded(form) for spelling in written["as_written"][foreign] for form in _forms(spelling)}
    spellings = written[~foreign].groupby("actor_id")["as_written"].agg(list)
    cells = (*ledger.claims["statement"], *written["as_written"])
    common = {word for cell in cells for word, small in _words(cell) if small}
    for actor in owed.itertuples(index=False):
        forms = _forms(actor.name, actor.kind)
        for spelling in spellings.get(actor.actor_id, ()):
            forms += [f for f in _forms(spelling, actor.kind) if _folded(f) not in shared and {*_folded(f)} - common]
        yield from (
            form for form in dict.fromkeys(forms) if _tells(_folded(form), numbers) and _folded(form) not in taken
        )


def _tells(words: tuple[str, ...], numbers: Iterable[re.Pattern]) -> bool:
    """Tell whether words can be a name: more than a letter, and no month, weekday or number."""
    forms = (words[0], words[0].capitalize()) if len(words) == 1 else ()
    if any(number.fullmatch(form) for number in numbers for form in forms):
        return False
    return len("".join(words)) > 1


def _forms(name: str, kind: str = "") -> list[Name]:
    """Return a name whole and short; nothing where its words describe somebody."""
    parts = [part for part in re.split(r"[,(（]", name)[0].split() if _words(part)]
    words = [_words(part) for part in parts]
    if kind == "person":
        if any(all(small and word not in PARTICLES for word, small in part) for part in words):
            return []
        end = parts.index("of") if "of" in parts else len(parts)
        while end > 1 and _plain(parts[end - 1]) in AFTER_NAMES:
            end -= 1
        short = [tuple(dropwhile(lambda word: word[1], part)) for part in words[max(end - 1, 0) : end]]
    else:
        if len(words) > 1 and all(small for part in words for _, small in part):
            return []
        first, end = 0, len(parts)
        while end > 1 and (_is_legal(parts[end - 1]) or parts[end - 1] == "and"):
            end -= 1
        while first < end - 1 and (_is_legal(parts[first]) or _plain(parts[first]) == "the"):
            first += 1
        short = words[first:end]
    return [tuple(chain(*form)) for form in (words, short)]


def _is_legal(word: str) -> bool:
    """Tell whether a word is a legal form; in lower case a long one describes ("unnamed company")."""
    return _plain(word) in LEGAL_FORMS and (word[0].isupper() or len(_plain(word)) < 4)


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()

"""Sentences about the data that carry their proof: when the data stop bearing one out, the book is not built."""

import numbers
import re
import string

import pandas as pd

from claimbook.model.decimals import plain
from claimbook.view.markup import Html, el

TYPED = re.compile(r"(?<![\w{./-])\d[\d.,]*(?![\w}/-])")
"""A number typed into a sentence, and not a part of a name such as S-400."""


class NotBorneOutError(ValueError):
    """The data do not bear out a sentence; the message has the sentence and the values it was to be filled with."""


class Sentence(str):
    """A sentence that the data bear out: text for a title, a paragraph where it ends a cell."""

    def _repr_html_(self) -> str:
        return str(self.paragraph())

    def _repr_pretty_(self, printer, cycle: bool) -> None:
        printer.text(str(self))

    def paragraph(self, *more, lead: bool = False) -> Html:
        """Return the sentence as a paragraph, what is said `more` after it; as the lead of a page where asked."""
        return el("p", str(self), *(part for one in more for part in (" ", one)), class_="cb-lead" if lead else None)


def finding(text: str, *, holds, **values) -> Sentence:
    """Return a sentence about the data, filled with values that were computed.

    Parameters
    ----------
    text : str
        The sentence, with a ``{name}`` for each value, or ``{name:.2f}``; a number is never typed into it.
    holds : bool
        Whether the data bear the sentence out.
    **values
        Numbers, which are written as a reader writes them, or words.

    Raises
    ------
    NotBorneOutError
        If the data do not bear it out.
    ValueError
        If a number is typed into the sentence, or a value is missing, or one is given that it does not have.
    TypeError
        If `holds` is no truth value: what is merely not empty proves nothing.

    Examples
    --------
    >>> orders, sales = [14, 6], [546, 1459]
    >>> finding(
    ...     "Orders fell to {now}, sales rose.",
    ...     now=orders[1],
    ...     holds=orders[1] < orders[0] and sales[1] > sales[0],
    ... )
    'Orders fell to 6, sales rose.'
    """
    if typed := TYPED.search(text):
        raise ValueError(f"{text!r}: {typed[0]}: give a number as a value, {{name}}, so that the data decide it")
    for name in values:
        if "{" + name not in text:
            raise ValueError(f"{text!r}: {name}: is not in the sentence")
    if not pd.api.types.is_bool(holds):
        raise TypeError(f"{text!r}: holds: {type(holds).__name__}: must be True or False")
    try:
        said = Written().format(text, **values)
    except KeyError as error:
        raise ValueError(f"{text!r}: {error.args[0]}: the sentence needs this value") from error
    if not holds:
        told = ", ".join(f"{name} = {Written().format('{}', value)}" for name, value in values.items()) or "none"
        rule = "is not borne out by the data; word it anew, or mend the data"
        raise NotBorneOutError(f"{said!r}: {rule} (values: {told})")
    return Sentence(said)


class Written(string.Formatter):
    """Fill values into a sentence: numbers as a reader writes them, unless the sentence has a form of its own."""

    def format_field(self, value, format_spec: str) -> str:
        """Return a value as text."""
        if format_spec or not isinstance(value, numbers.Real):
            return format(value, format_spec)
        return f"{value:,}" if isinstance(value, numbers.Integral) else plain(value, 4)


def year(value) -> str:
    """Return a year as text, for a sentence: a year is a name, and no thousands are parted in it.

    Examples
    --------
    >>> year(2001)
    '2001'
    """
    return str(int(value))

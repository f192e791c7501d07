"""Numbers as a reader writes them: thousands parted, no exponent, no digits that are noise."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from numbers import Integral

import pandas as pd

SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
"""Words of scale, the largest first."""

FEW = 10
"""Of fewer units no rate, percentage or interval is told: one unit more or less would change it by a tenth and more."""

LEAST = Decimal("0.000001")
"""Smaller numbers are not written out."""


def is_number(value) -> bool:
    """Tell whether a cell holds a finite number: not None, NA, NaN or infinite."""
    return not pd.isna(value) and abs(value) != float("inf")


def rounded(value, digits: int) -> Decimal:
    """Return a finite number rounded, half away from zero, to so many significant digits, but never before the point.

    Examples
    --------
    >>> [str(rounded(n, 4)) for n in (12.3456, 0.00123456, 123456.7)]
    ['12.35', '0.001235', '123457']
    """
    exact = Decimal(int(value)) if isinstance(value, Integral) else Decimal(str(value))
    with localcontext(prec=1000):  # as many digits as any float has, written out
        places = max(digits - 1 - exact.adjusted(), 0)
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def written(value) -> str:
    """Write a number with all its digits and no exponent.

    Examples
    --------
    >>> written(1e-07), written(1e22), written(1234.5)
    ('0.0000001', '10000000000000000000000', '1234.5')
    """
    return f"{Decimal(str(value)):f}" if is_number(value) else str(value)


def plain(value, digits: int = 10) -> str:
    """Write a finite number, at most so many significant digits, none of a whole part left out.

    Examples
    --------
    >>> plain(1234567.0), plain(-0.5), plain(1e-05), plain(0.1 + 0.2), plain(1e-300)
    ('1,234,567', '-0.5', '0.00001', '0.3', 'less than 0.000001')
    """
    number = rounded(value, digits)
    if number and abs(number) < LEAST:
        return f"less than {LEAST}" if number > 0 else f"between -{LEAST} and 0"
    text = f"{number:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if number else "0"


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun, in the plural where it is not one.

    Examples
    --------
    >>> count(1, "seat"), count(1234, "seat"), count(0, "entry", "entries")
    ('1 seat', '1,234 seats', '0 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def runs(numbers) -> str:
    """Write whole numbers, such as years, in order: single ones, and runs of three or more by their ends.

    Examples
    --------
    >>> runs([2009, 2006, 2008, 2010, 2008]), runs([2001, 2002]), runs([])
    ('2006, 2008–2010', '2001, 2002', '')
    """
    found: list[list[int]] = []
    for number in sorted({int(number) for number in numbers}):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found)


def scaled(value, scales=SCALES) -> tuple[str, str]:
    """Write a finite number as digits and a word of scale: four digits of a large one, ten of any other and no word.

    Examples
    --------
    >>> scaled(12_345e9), scaled(999_999_999), scaled(-2_500)
    (('12.35', 'trillion'), ('1', 'billion'), ('-2,500', ''))
    """
    number = rounded(value, 10)
    if abs(number) < scales[-1][0]:
        return plain(number), ""
    # The word is chosen after rounding: 999,999,999 is a billion, not a thousand million.
    found = [(rounded(number / size, 4), word) for size, word in reversed(scales)]
    shown, word = next((pair for pair in found if abs(pair[0]) < 1000), found[-1])
    return plain(shown), word


def per_hundred(number: int, units: int) -> float:
    """Return how many come to a hundred units; NaN where the units are :data:`FEW`."""
    return 100 * number / units if units >= FEW else float("nan")

"""Quantities: what a number counts, how far its words bound it, and which numbers may stand on one axis.

What is agreed is not yet done, a volume is no sum of money, and a half-year is not eight years. So every number carries
what it counts, its unit, its prices and its span, and :func:`require_alike` refuses to put unlike ones on one axis or
into one sum. A conversion gives a new quantity that keeps every step by which it was reached.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from claimbook.model import ids, languages
from claimbook.model.decimals import count, plain
from claimbook.model.languages import Language
from claimbook.model.ledger import Ledger

OTHER = "other"
"""What a number counts that no stage tells apart."""

BOUNDS = ("exact", "approximate", "at_least", "at_most", "range", "unspecified")
"""How words can bound a number."""

NUMBERS = ["value", "low", "high"]
"""Columns of ``quantities`` that hold the number a text gives."""

MONTHS = 12


def has_number(quantities: pd.DataFrame | pd.Series):
    """Tell which quantities the text gives a number for: a value, or an end; words alone, such as billions, are none.

    Parameters
    ----------
    quantities : pandas.DataFrame or pandas.Series
        Rows of ``quantities.csv``, or one of them.

    Returns
    -------
    pandas.Series of bool, or bool
        One for each row.
    """
    given = quantities[NUMBERS].notna()
    return given.any(axis=1) if given.ndim == 2 else given.any()


class UnlikeError(ValueError):
    """Raised where unlike quantities are put on one axis or into one sum."""


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`; None is an end that nothing bounds."""

    low: float | None = None
    high: float | None = None

    def __post_init__(self):
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval cannot run from {plain(self.low)} to {plain(self.high)}")

    def __add__(self, other: "Interval") -> "Interval":
        low = None if None in (self.low, other.low) else self.low + other.low
        high = None if None in (self.high, other.high) else self.high + other.high
        return Interval(low, high)

    def scaled(self, factor: "Interval") -> "Interval":
        """Return the interval times a positive factor that is itself known between two ends."""
        if factor.low is None or factor.high is None or factor.low <= 0:
            raise ValueError("a factor needs two ends above zero")
        return Interval(
            None if self.low is None else self.low * factor.low, None if self.high is None else self.high * factor.high
        )

    def over(self, other: "Interval") -> "Interval":
        """Return between which numbers the ratio of two positive sums lies, as far as their ends tell.

        Raises
        ------
        ValueError
            If nothing bounds one of the two on the side on which the other is bounded.

        Examples
        --------
        >>> Interval(6.0, None).over(Interval(2.0, 3.0))
        Interval(low=2.0, high=None)
        """
        low = self.low / other.high if self.low is not None and other.high else None
        high = self.high / other.low if self.high is not None and other.low else None
        if low is None and high is None:
            raise ValueError("the words of the two bound no ratio of one to the other")
        return Interval(low, high)


@dataclass(frozen=True)
class Step:
    """One step of a conversion: what was done, by which factor, why, on whose numbers, with what result."""

    rule: str
    factor: Interval
    source: str
    result: Interval


@dataclass(frozen=True)
class Quantity:
    """A number with all that decides what it may be set beside.

    Attributes
    ----------
    name : str
        What it is called in a chart and in an error.
    counts : str
        What it counts: a value of the column ``stage``, where the book has one, or another word of its own;
        :data:`OTHER` where nothing tells it apart.
    unit : str
        Currency, or what is counted (metres, seats).
    bound : str
        One of :data:`BOUNDS`.
    interval : Interval
        What the words allow; both ends the same for a number, also for an approximate one, whose ends are soft.
    wording : str
        The words, where a text tells it.
    start, end : str
        First and last day of the period counted, ISO 8601; empty where none is told.
    spread : str
        ``sum`` over the period, ``rate`` a year, or ``single`` (one thing, dated by the period).
    money : bool
        Whether the unit is a currency.
    price_year : int or None
        Year of the prices; None for prices of the day.
    called : str
        What it counts, in words; `counts` itself where not given.
    of : str
        For :data:`OTHER`: of what, since otherwise nothing says that two such numbers are alike.
    steps : tuple of Step
        How it was converted, in order.
    """

    name: str
    counts: str
    unit: str
    bound: str
    interval: Interval
    wording: str = ""
    start: str = ""
    end: str = ""
    spread: str = "sum"
    money: bool = True
    price_year: int | None = None
    called: str = ""
    of: str = ""
    steps: tuple[Step, ...] = ()

    def __post_init__(self):
        if self.bound not in BOUNDS:
            raise ValueError(f"{self.name}: there is no bound {self.bound!r}")

    @property
    def soft(self) -> bool:
        """Whether the words say that the number is about right, and not how far off it may be."""
        return self.bound == "approximate"

    @property
    def open_ended(self) -> bool:
        """Whether nothing bounds it upward."""
        return self.interval.high is None

    @property
    def days(self) -> int | None:
        """Length of the period in days, first and last included; None where the text leaves an end open."""
        period = self._period
        return (period[1] - period[0]).days if period else None

    @property
    def months(self) -> int | None:
        """Length of the period in months, where it runs for whole ones (from the 3rd to the 2nd); else None."""
        first, after = self._period or (None, None)
        if first is None or first.day != after.day:
            return None
        return (after.year - first.year) * MONTHS + after.month - first.month

    @property
    def years(self) -> float | None:
        """Length of the period in years, None where an end is open.

        Whole months are twelfths. Of any other period the whole years count as such, whichever have a leap day, and
        the rest as its days among those of the year that they begin.
        """
        if not self._period:
            return None
        if self.months is not None:
            return self.months / MONTHS
        first, after = self._period
        whole = after.year - first.year - ((after.month, after.day) < (first.month, first.day))
        begun, complete = (_years_after(first, n) for n in (whole, whole + 1))
        return whole + (after - begun).days / (complete - begun).days

    @property
    def length(self) -> str:
        """The length of the period in words: months where they are whole, else days."""
        if not self._period:
            return "no period told"
        number, noun = (self.days, "day") if self.months is None else (self.months, "month")
        return count(number, noun)

    @property
    def has_pace(self) -> bool:
        """Whether it is a sum over a month or longer, and so can be brought to a year."""
        return self.spread == "sum" and self.years is not None and self.years >= 1 / MONTHS

    @property
    def _period(self) -> tuple[datetime.date, datetime.date] | None:
        """First day of the period, and the day after its last."""
        if not self.start or not self.end:
            return None
        first, last = (datetime.date.fromisoformat(day) for day in (self.start, self.end))
        return first, last + datetime.timedelta(days=1)

    @property
    def span(self) -> str:
        """What the number is spread over, in words."""
        if self.spread == "rate":
            return "a year"
        if self.spread == "single":
            return "one at a time"
        return f"{self.length} together" if self._period else self.length

    @property
    def prices(self) -> str:
        """In which prices it is, in words."""
        if not self.money:
            return "no prices"
        if self.price_year is not None:
            return f"prices of {self.price_year}"
        years = list(dict.fromkeys(day[:4] for day in (self.start, self.end) if day))
        return f"prices of {' to '.join(years)}" if years else "prices of a time not told"

    @property
    def kind(self) -> dict[str, str]:
        """What must be the same of quantities on one axis, by what it is called in an error."""
        counted = f"something else: {self.of}" if self.counts == OTHER else self.called or self.counts
        return {"counts": counted, "is in": self.unit, "is spread over": self.span, "stands in": self.prices}

    @property
    def untold(self) -> set[str]:
        """The keys of :attr:`kind` of which nothing is told."""
        open_ = {
            "counts": self.counts == OTHER and not self.of,
            "is spread over": self.spread == "sum" and not self._period,
            "stands in": self.money and self.price_year is None and not (self.start or self.end),
        }
        return {respect for respect, untold in open_.items() if untold}


def unlike(one: Quantity, other: Quantity) -> list[str]:
    """Say in which respects `other` is unlike `one`; empty where they may stand on one axis.

    What neither of them tells does not make them alike.
    """
    pairs = zip(one.kind.items(), other.kind.values(), strict=True)
    return [
        f"{respect} {theirs}, not {ours}" if ours != theirs else f"{respect} {theirs}, as is “{one.name}”"
        for (respect, ours), theirs in pairs
        if ours != theirs or respect in one.untold
    ]


def require_alike(quantities: Iterable[Quantity]) -> None:
    """Refuse quantities that do not belong on one axis.

    Raises
    ------
    UnlikeError
        If any two differ in what they count, in unit, span or prices; the message names every one that differs from
        the first, and in what.
    ValueError
        If there is none.
    """
    quantities = list(quantities)
    if not quantities:
        raise ValueError("an axis needs a quantity")
    first, *rest = quantities
    told = [f"“{q.name}” {'; '.join(differing)}" for q in rest if (differing := unlike(first, q))]
    if told:
        raise UnlikeError(f"not on one axis with “{first.name}”: {'. '.join(told)}")


def alike(quantities: Iterable[Quantity]) -> list[list[Quantity]]:
    """Sort quantities into groups each of which may stand on one axis, in the order of their first members."""
    groups: dict[tuple, list[Quantity]] = {}
    for number, quantity in enumerate(quantities):
        groups.setdefault((*quantity.kind.values(), number if quantity.untold else None), []).append(quantity)
    return list(groups.values())


def total(quantities: Sequence[Quantity]) -> Interval:
    """Add quantities that are alike; an end is open where it is open for one of them.

    Raises
    ------
    UnlikeError
        If they are not alike.
    ValueError
        If there is none, or they are rates or single things, of which a sum says nothing.
    """
    require_alike(quantities)
    if quantities[0].spread != "sum":
        raise ValueError(f"no sum of what is spread over {quantities[0].span}")
    result = Interval(0.0, 0.0)
    for quantity in quantities:
        result += quantity.interval
    return result


def told_interval(
    bound: str, value=None, low=None, high=None, wording: str = "", language: Language | None = None
) -> Interval:
    """Return what the words of a number allow.

    Parameters
    ----------
    bound : str
        One of :data:`BOUNDS`.
    value, low, high : float, optional
        The number or its ends; missing ones are NA or None.
    wording : str
        The words: where there is no number, a word of scale (billions) says where it begins at the earliest.
    language : Language, optional
        Their language; default: English.
    """
    value, low, high = (None if x is None or pd.isna(x) else float(x) for x in (value, low, high))
    if bound == "at_least":
        return Interval(low if value is None else value, None)
    if bound == "at_most":
        return Interval(None, high if value is None else value)
    if bound == "range" or (value is None and (low, high) != (None, None)):
        return Interval(low, high)
    if value is not None:
        return Interval(value, value)
    return Interval((language or languages.read(languages.DEFAULT)).least(wording), None)


@dataclass(frozen=True)
class PriceIndex:
    """Factors that bring prices of a year to those of `base`, in a currency, with the record they are derived from."""

    currency: str
    base: int
    factors: dict[int, float]
    source: str

    def between(self, first: int, last: int) -> Interval:
        """Return the least and the greatest factor of the years from `first` to `last`.

        Raises
        ------
        ValueError
            If the index does not cover one of the years.
        """
        missing = [year for year in range(first, last + 1) if year not in self.factors]
        if missing:
            raise ValueError(f"the price index does not cover {', '.join(map(str, missing))}")
        factors = [self.factors[year] for year in range(first, last + 1)]
        return Interval(min(factors), max(factors))


def derived_index(
    rows: pd.DataFrame, *, current: str, constant: str, year: str, currency: str, source: str, tolerance: float = 1e-4
) -> PriceIndex:
    """Derive a price index from rows that give the same sums in prices of their year and in those of one base year.

    Parameters
    ----------
    rows : pandas.DataFrame
        The sums; those that are not above zero tell nothing and are left out.
    current, constant, year : str
        Columns: the sum in prices of its year, the same sum in prices of the base year, and its year.
    currency : str
        In which they are.
    source : str
        Name of the record that the index keeps as its source.
    tolerance : float
        How far two rows of a year may differ by the rounding of their sums.

    Raises
    ------
    ValueError
        If rows of one year disagree, or not just one year has the same sum in both.

    Examples
    --------
    >>> paid = pd.DataFrame({"year": [2001, 2024], "now": [100.0, 80.0], "then": [150.0, 80.0]})
    >>> index = derived_index(paid, current="now", constant="then", year="year", currency="USD", source="aid")
    >>> index.base, index.factors[2001]
    (2024, 1.5)
    """
    paid = rows[rows[current] > 0]
    ratios = (paid[constant].astype(float) / paid[current].astype(float)).groupby(paid[year])
    apart = ratios.max() - ratios.min() > tolerance * ratios.mean()
    if apart.any():
        raise ValueError(f"rows of {', '.join(map(str, apart.index[apart]))} disagree on the price index")
    factors = {int(named): float(factor) for named, factor in ratios.median().items()}
    base = [named for named, factor in factors.items() if abs(factor - 1) <= tolerance]
    if len(base) != 1:
        raise ValueError("the price index has no single base year")
    return PriceIndex(currency, base[0], factors, source)


def in_prices(quantity: Quantity, index: PriceIndex) -> Quantity:
    """Convert a sum of money in the index's currency to the prices of its base year.

    Over a period of several years the factor is only known between those of its dearest and its cheapest year.

    Raises
    ------
    ValueError
        If it is not in that currency, has neither a price year nor a period, or the index does not cover it.
    """
    if not quantity.money or quantity.unit != index.currency:
        raise ValueError(f"{quantity.name}: the price index is of {index.currency}")
    if quantity.price_year is None and not (quantity.start and quantity.end):
        raise ValueError(f"{quantity.name}: no year of prices is known")
    years = (
        (quantity.price_year, quantity.price_year)
        if quantity.price_year is not None
        else (int(quantity.start[:4]), int(quantity.end[:4]))
    )
    factor = index.between(*years)
    named = str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"
    rule = f"prices of {named} to prices of {index.base}"
    result = quantity.interval.scaled(factor)
    step = Step(rule, factor, index.source, result)
    return replace(quantity, interval=result, price_year=index.base, steps=(*quantity.steps, step))


def per_year(quantity: Quantity) -> Quantity:
    """Convert a sum over a period to a year.

    A year or more gives its yearly mean. A shorter period says nothing of the rest of the year: the result runs from
    nothing more to the same pace throughout, which is a reading of it and no bound. A sum over less than a month is
    refused: it mostly is one thing with its date, and the pace of a day, kept up for a year, is a number 365 times as
    large that nobody has told.

    Raises
    ------
    ValueError
        If it is no sum over a period, or the period is shorter than a month.
    """
    if quantity.spread != "sum" or quantity.years is None:
        raise ValueError(f"{quantity.name}: only a sum over a period can be brought to a year")
    if not quantity.has_pace:
        raise ValueError(f"{quantity.name}: a period of {quantity.length} is too short to be brought to a year")
    pace = 1 / quantity.years
    if quantity.years >= 1:
        factor, rule = Interval(pace, pace), f"{quantity.length} together to their yearly mean"
    else:
        factor = Interval(1.0, pace)
        rule = f"{quantity.length} to a year: from nothing more in the rest of it to the same pace throughout"
    result = quantity.interval.scaled(factor)
    step = Step(rule, factor, "", result)
    return replace(quantity, interval=result, spread="rate", steps=(*quantity.steps, step))


def _years_after(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year that has none
        return datetime.date(day.year + years, 3, 1)


def reported(ledger: Ledger, rows: pd.DataFrame) -> list[Quantity]:
    """Return rows of ``quantities`` as quantities, with the words that tell them.

    What they count is their ``stage``, where the book has this column; its field in ``datapackage.json`` may say as
    ``counts`` what each value is called on an axis.
    """
    first = ledger.quantity_claims.groupby("quantity_id").first()
    words, told_in = first["wording"], ids.texts_of(first["claim_id"])
    called = ledger.column("quantities", "stage").get("counts", {})
    stages = rows["stage"] if "stage" in rows else pd.Series(OTHER, rows.index)
    return [
        Quantity(
            name=words[q["quantity_id"]],
            counts=stage,
            unit=q["currency"] or q["unit"],
            bound=q["bound"],
            interval=told_interval(
                q["bound"], *q[NUMBERS], words[q["quantity_id"]], ledger.language(told_in[q["quantity_id"]])
            ),
            wording=words[q["quantity_id"]],
            start=q["period_start"],
            end=q["period_end"],
            money=q["dimension"] == "money",
            price_year=None if pd.isna(q["price_year"]) else int(q["price_year"]),
            called=called.get(stage, ""),
            of=q["measure"] if stage == OTHER else "",
        )
        for stage, (_, q) in zip(stages, rows.iterrows(), strict=True)
    ]


def of_rows(rows: pd.DataFrame, called: Mapping[str, str]) -> list[Quantity]:
    """Return sums of money that a table of a book's own holds as quantities.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns ``short_name``, ``counts``, ``currency``, ``bound``, ``amount``, ``period_start``, ``period_end``,
        ``spread`` and ``price_year``, as :class:`Quantity` means them.
    called : mapping of str to str
        What each value of ``counts`` is called on an axis.
    """
    return [
        Quantity(
            name=row.short_name,
            counts=row.counts,
            unit=row.currency,
            bound=row.bound,
            interval=told_interval(row.bound, row.amount),
            start=row.period_start,
            end=row.period_end,
            spread=row.spread,
            price_year=None if pd.isna(row.price_year) else int(row.price_year),
            called=called.get(row.counts, ""),
        )
        for row in rows.itertuples(index=False)
    ]

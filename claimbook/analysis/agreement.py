"""Agreement between codings of the same text: Krippendorff's alpha, Cohen's kappa of each two, every disagreement."""

import math
import string
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

import numpy as np
import pandas as pd

from claimbook.analysis import alignment, evidence
from claimbook.model import decimals
from claimbook.model.ledger import Ledger

UNITS = decimals.FEW
"""Under so many units nothing is said of a coefficient."""
RESAMPLES = 2000
"""How often the units are drawn anew for an interval."""
TAIL = 40
"""One in so many resamples lies beyond either end of a 95 % interval."""
MULTIPLIER, MODULUS = 48271, 2**31 - 1
"""The generator of the draws, exact in the whole numbers of Python and of a browser alike."""

METHOD = f"""\
{alignment.METHOD}

The units of a variable are the aligned claims for which two coders at least give it. The reason why a claim is not
checkable is compared where they call it so; bound, stage and mode where they tell just one quantity or event. Stance
and origin are compared for each piece of evidence that two have on a claim: the same check, or a reference of the same
web address; where there are several, first those with the same arguments or locator. Evidence of one coder alone is
counted apart, and a check with the same arguments is no unit, because its stance is computed. The verdict, computed
from the evidence of each, is compared for claims that all who have them call checkable and on which one at least has
evidence.

Alpha is Krippendorff's for nominal values, over all coders, whoever left a unit out. Kappa is Cohen's, unweighted, for
each two. Under {UNITS} units nothing is said of either. Their 95 % interval is a percentile bootstrap: the units are
drawn anew {RESAMPLES} times, with replacement and always the same draws, and the interval holds the middle 95 % of
what is found. It takes units as independent, which claims of one sentence are not quite, so that it is rather too
narrow. Where all agree, or one value is nearly constant, resampling cannot tell how far off a coefficient may be, and
no interval is given. Where every unit has one and the same value, it is not defined."""

VARIABLES = ("layer", "kind", "weight", "checkable", "not_checkable_reason", "polarity", "hedged", "anonymity")
TOLD = ("bound", "stage", "mode")
"""Variables of the one quantity or event that a claim tells; compared where both codings have exactly one."""
STANCE, ORIGIN, VERDICT = "stance", "origin", "verdict"
"""What is compared of the evidence."""

NAMES = string.ascii_uppercase


@dataclass(frozen=True)
class Coefficient:
    """Agreement on one variable.

    Attributes
    ----------
    n : int
        How many units were compared.
    agreed : int
        On how many of them all who coded them agree.
    value : float
        Kappa or alpha; NaN under :data:`UNITS` units, and where it is not defined.
    low, high : float
        Its 95 % interval; NaN where there is none.
    """

    n: int
    agreed: int
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan

    @property
    def words(self) -> tuple[str, str]:
        """The coefficient and its interval as they are shown."""
        if self.n < UNITS:
            return f"too few to say: {self.n}", "–"
        if math.isnan(self.value):
            return "not defined", "–"
        if math.isnan(self.low):
            return digits(self.value), "not known"
        return digits(self.value), f"{digits(self.low)} to {digits(self.high)}"


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Coefficient:
    """Compute Cohen's kappa with a bootstrap interval.

    The interval is the percentile interval of Efron and Tibshirani over the units; Reichenheim describes it for kappa,
    where the large-sample formula has no width for units that all agree and goes beyond 1 for most others. Draws come
    from the generator of Park and Miller with its later multiplier, so that the same pairs in the same order always
    have the same interval, here and in the browser.

    Parameters
    ----------
    pairs : sequence of tuple
        What the first and the second coder gave each unit.

    References
    ----------
    J. Cohen, A coefficient of agreement for nominal scales, 1960; B. Efron and R. J. Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 13; M. E. Reichenheim, Confidence intervals for the kappa statistic, Stata Journal 4, 2004;
    S. K. Park and K. W. Miller, Random number generators: good ones are hard to find, 1988.

    Examples
    --------
    >>> found = kappa([("a", "a")] * 31 + [("a", "b")] * 12 + [("b", "a")] * 4 + [("b", "b")] * 58)
    >>> round(found.value, 7), found.words
    (0.6756757, ('0.68', '0.52 to 0.81'))
    """
    return _with_interval(pairs, _kappas)


def alpha(units: Iterable[Sequence[Hashable | None]]) -> Coefficient:
    """Compute Krippendorff's alpha for nominal values, with an interval found as that of :func:`kappa` is.

    Unlike kappa it takes all coders for draws from one pool of values, and any number of them.

    Parameters
    ----------
    units : iterable of sequence
        What each coder gave each unit, None where nothing. A unit that fewer than two coded does not count.

    References
    ----------
    K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, examples A and C.

    Examples
    --------
    >>> round(alpha([*zip("0100000010", "1110010000")]).value, 3)
    0.095
    """
    given = (tuple(value for value in unit if value is not None) for unit in units)
    return _with_interval([unit for unit in given if len(unit) > 1], _alphas)


def _with_interval(units: Sequence[tuple], coefficient: Callable[[np.ndarray, list[tuple]], np.ndarray]) -> Coefficient:
    n, agreed = len(units), sum(len(set(unit)) == 1 for unit in units)
    if n < UNITS:
        return Coefficient(n, agreed)
    cells = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    numbers = np.array([cells[unit] for unit in units])
    found = float(coefficient(np.bincount(numbers)[None, :], list(cells))[0])
    # The powers of the multiplier are the states of the generator, one after the other.
    powers = np.array([MULTIPLIER])
    while len(powers) < n:
        powers = np.concatenate([powers, powers * pow(MULTIPLIER, len(powers), MODULUS) % MODULUS])
    begins = np.array([pow(MULTIPLIER, number * n, MODULUS) for number in range(RESAMPLES)])
    drawn = numbers[begins[:, None] * powers[:n] % MODULUS % n]
    rows = np.arange(RESAMPLES)[:, None] * len(cells)
    counts = np.bincount((drawn + rows).ravel(), minlength=RESAMPLES * len(cells)).reshape(RESAMPLES, -1)
    spread = coefficient(counts, list(cells))
    spread = np.sort(spread[~np.isnan(spread)])
    if len(spread) < RESAMPLES - RESAMPLES // TAIL:
        return Coefficient(n, agreed, found)
    low, high = (float(end) for end in (spread[len(spread) // TAIL], spread[-1 - len(spread) // TAIL]))
    return Coefficient(n, agreed, found, low, high) if low < high else Coefficient(n, agreed, found)


def _kappas(counts: np.ndarray, cells: list[tuple]) -> np.ndarray:
    """Return kappa of each row of counts per cell, NaN where it is not defined; whole numbers up to the division."""
    values = list(dict.fromkeys(value for cell in cells for value in cell))
    first, second = (np.array([[cell[side] == v for v in values] for cell in cells], dtype=np.int64) for side in (0, 1))
    n, agreed = counts.sum(axis=1), counts @ np.array([a == b for a, b in cells], dtype=np.int64)
    expected = ((counts @ first) * (counts @ second)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return (n * agreed - expected) / (n * n - expected)


def _alphas(counts: np.ndarray, cells: list[tuple]) -> np.ndarray:
    """Return alpha of each row of counts per cell, NaN where it is not defined."""
    values = list(dict.fromkeys(value for cell in cells for value in cell))
    held = np.array([[cell.count(value) for value in values] for cell in cells])
    size = held.sum(axis=1)
    apart = (size**2 - (held**2).sum(axis=1)) / (size - 1)
    pool, number = counts @ held, counts @ size
    expected = number**2 - (pool**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (number - 1) * (counts @ apart) / expected, math.nan)


def digits(value: float) -> str:
    """Write kappa or a bound of its interval with two digits, halves away from zero as browsers do, nothing as 0.00."""
    text = str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return "0.00" if text == "-0.00" else text


@dataclass(frozen=True)
class Agreement:
    """Agreement of several coders on one variable.

    Attributes
    ----------
    alpha : Coefficient
        Krippendorff's alpha over all.
    kappas : dict of (str, str) to Coefficient
        Cohen's kappa of each two, by their names.
    """

    alpha: Coefficient
    kappas: dict[tuple[str, str], Coefficient]


@dataclass(frozen=True)
class Comparison:
    """Codings compared.

    Attributes
    ----------
    names : tuple of str
        What the codings are called: A, B and so on.
    texts : list of str
        The texts compared.
    groups : dict of tuple of str to bool
        The aligned claims as :func:`claimbook.analysis.alignment.groups` gives them.
    unaligned : tuple of pandas.DataFrame
        The claims of each coding that have no counterpart.
    shared : list of tuple of str
        The rows of evidence (``evidence_id``, ``""`` where one has none) that two at least have on an aligned claim.
    unshared : tuple of pandas.DataFrame
        The rows of ``evidence`` on aligned claims that one coding alone has.
    variables : dict of str to Agreement
        Agreement per variable.
    disagreements : pandas.DataFrame
        A row per variable and group that differ: ``variable``, ``sentence_id``, ``evidence`` (the check or reference,
        where it is on that), and per coding, as ``A``, ``A_value`` and ``A_statement``: the claim, its value and what
        it says, ``""`` where it has none.
    """

    names: tuple[str, ...]
    texts: list[str]
    groups: dict[tuple[str, ...], bool]
    unaligned: tuple[pd.DataFrame, ...]
    shared: list[tuple[str, ...]]
    unshared: tuple[pd.DataFrame, ...]
    variables: dict[str, Agreement]
    disagreements: pd.DataFrame = field(repr=False)


def compare(codings: Sequence[Ledger], text: str | None = None) -> Comparison:
    """Compare two or more codings of the same text or texts.

    Parameters
    ----------
    codings : sequence of Ledger
        The codings.
    text : str, optional
        The one text to compare; by default every text that all have.

    Raises
    ------
    ValueError
        If they are fewer than two or more than 26, share no such text, its file or sentences differ, or a check that
        one of them names cannot be run; the message names where.
    """
    if not 1 < len(codings) <= len(NAMES):
        raise ValueError(f"{len(codings)} codings: name two to {len(NAMES)}")
    names = tuple(NAMES[: len(codings)])
    texts = _shared_texts(names, codings, text)
    ledgers = [ledger.text(text) if text else ledger for ledger in codings]
    claims = [_claims(ledger, texts) for ledger in ledgers]
    groups = alignment.groups(claims)
    rows = [_evidence(name, ledger) for name, ledger in zip(names, ledgers, strict=True)]
    shared = [found for whole in groups for found in _rows_on(whole, rows)]
    units = _units(ledgers, claims, groups, rows, shared)
    aligned = [{whole[side] for whole in groups} for side in range(len(names))]
    matched = [{found[side].evidence_id for found in shared if found[side]} for side in range(len(names))]
    alone = (
        ledger.evidence[ledger.evidence["claim_id"].isin(taken) & ~ledger.evidence["evidence_id"].isin(both)]
        for ledger, taken, both in zip(ledgers, aligned, matched, strict=True)
    )
    return Comparison(
        names,
        texts,
        groups,
        tuple(frame[~frame["claim_id"].isin(taken)] for frame, taken in zip(claims, aligned, strict=True)),
        [tuple(row.evidence_id if row else "" for row in found) for found in shared],
        tuple(alone),
        {variable: _agreed(names, [values for _, _, values in compared]) for variable, compared in units.items()},
        _disagreements(names, claims, units),
    )


def _agreed(names: tuple[str, ...], units: list[tuple]) -> Agreement:
    pairs = {
        (names[i], names[j]): kappa([(u[i], u[j]) for u in units if u[i] is not None and u[j] is not None])
        for i, j in combinations(range(len(names)), 2)
    }
    return Agreement(alpha(units), pairs)


def _disagreements(names: tuple[str, ...], claims: list[pd.DataFrame], units: dict[str, list[tuple]]) -> pd.DataFrame:
    by_id = [frame.set_index("claim_id") for frame in claims]
    rows = []
    for variable, compared in units.items():
        for whole, on, values in compared:
            if len(set(values) - {None}) > 1:
                sides = [side for side, claim in enumerate(whole) if claim]
                row = {"variable": variable, "evidence": on}
                row["sentence_id"] = by_id[sides[0]].at[whole[sides[0]], "sentence_id"]
                for side in sides:
                    said = by_id[side].at[whole[side], "statement"]
                    value = {f"{names[side]}_value": values[side], f"{names[side]}_statement": said}
                    row |= {names[side]: whole[side]} | value
                rows.append(row)
    columns = ["variable", "sentence_id", "evidence"]
    columns += [f"{name}{of}" for of in ("", "_value", "_statement") for name in names]
    return pd.DataFrame(rows, columns=columns).fillna("")


def _units(
    ledgers: list[Ledger],
    claims: list[pd.DataFrame],
    groups: Iterable[tuple[str, ...]],
    rows: list[dict],
    shared: list[tuple],
) -> dict[str, list[tuple]]:
    """Return the units of each variable: the claims, the check or reference where it is on one, and the values."""
    coded = [_values(ledger, frame) for ledger, frame in zip(ledgers, claims, strict=True)]

    def of(whole: tuple[str, ...], given: Iterable[dict[str, str]]) -> tuple:
        return whole, "", tuple(values.get(claim) for values, claim in zip(given, whole, strict=True))

    units: dict[str, list[tuple]] = {
        variable: [of(whole, [values[variable] for values in coded]) for whole in groups]
        for variable in (*VARIABLES, *TOLD)
        if all(variable in values for values in coded)
    }
    read = [found for found in shared if not next(filter(None, found)).check]
    units[STANCE] = [_on_evidence(found, lambda side, row: row.stance) for found in shared if _coded(found)]
    names = [dict(zip(ledger.origins["origin"], ledger.origins["name"], strict=True)) for ledger in ledgers]
    units[ORIGIN] = [_on_evidence(found, lambda side, row: names[side].get(row.origin) or row.origin) for found in read]
    outcomes = [
        dict(evidence.verdicts(ledger, columns=("claim_id", "verdict")).itertuples(index=False)) for ledger in ledgers
    ]
    units[VERDICT] = [
        of(whole, outcomes)
        for whole in groups
        if not any(values["checkable"].get(claim) == "no" for values, claim in zip(coded, whole, strict=True))
        and any(claim in mine for mine, claim in zip(rows, whole, strict=True))
    ]
    return {
        variable: [unit for unit in found if sum(value is not None for value in unit[2]) > 1]
        for variable, found in units.items()
    }


def _coded(found: tuple) -> bool:
    """Tell whether the stance of rows that go together was coded: that of a check follows from its arguments."""
    return len({row.check_args if row.check else number for number, row in enumerate(found) if row}) > 1


def _on_evidence(found: tuple, value: Callable) -> tuple:
    row = next(filter(None, found))
    claims = tuple(row.claim_id if row else "" for row in found)
    values = tuple(value(side, row) if row else None for side, row in enumerate(found))
    return claims, row.check or row.reference, values


def report(found: Comparison) -> str:
    """Write a comparison as plain text: counts, coefficients, what one coder alone has, every disagreement."""
    lines = [f"Texts: {', '.join(found.texts)}"]
    by_words = sum(not by_passage for by_passage in found.groups.values())
    for what, word, both, alone in (
        ("Claims", "aligned", found.groups, found.unaligned),
        ("Evidence on them", "shared", found.shared, found.unshared),
    ):
        left = " and ".join(f"{len(rows):,} of {name}" for name, rows in zip(found.names, alone, strict=True))
        whole = sum(all(group) for group in both)
        by_all = f" ({whole:,} by all)" if len(found.names) > 2 else ""
        lines.append(f"{what}: {len(both):,} {word}{by_all}; {left} without a counterpart")
    if by_words:
        lines.insert(2, f"Aligned by their statements alone, as their passages do not meet: {by_words:,}")
    pairs = list(combinations(found.names, 2))
    heads = ["alpha", *(f"kappa {one}, {other}" for one, other in pairs)]
    lines += ["", f"{'variable':<22}{'units':>6}{'same':>6}   {_beside(heads)}"]
    compared = {variable: agreed for variable, agreed in found.variables.items() if agreed.alpha.n}
    for variable, agreed in compared.items():
        cells = [_with_its_interval(one) for one in (agreed.alpha, *map(agreed.kappas.get, pairs))]
        lines.append(f"{variable:<22}{agreed.alpha.n:>6}{agreed.alpha.agreed:>6}   {_beside(cells)}")
    if none := [variable for variable in found.variables if variable not in compared]:
        lines.append(f"Nothing to compare in {', '.join(none)}.")
    for name, frame in zip(found.names, found.unaligned, strict=True):
        if len(frame):
            lines += ["", f"Only in {name}:"]
            lines += [f"  {c.claim_id} ({c.sentence_id}) {c.statement}" for c in frame.itertuples(index=False)]
    for name, frame in zip(found.names, found.unshared, strict=True):
        if len(frame):
            lines += ["", f"Evidence of {name} alone:"]
            lines += [f"  {e.evidence_id}: {e.check or e.reference}" for e in frame.itertuples(index=False)]
    if len(found.disagreements):
        lines += ["", "Disagreements:"]
        for row in found.disagreements.to_dict("records"):
            on = f" of {row['evidence']}" if row["evidence"] else ""
            lines.append(f"  {row['variable']}{on}, {row['sentence_id']}")
            told = set()
            for name in (name for name in found.names if row[name]):
                said = row[f"{name}_statement"]
                again = "" if said in told else f": {said}"
                told.add(said)
                lines.append(f"    {name} {row[name]}: {row[f'{name}_value']}{again}")
    elif any(map(len, found.unshared)):
        lines += ["", "No disagreement on what several have coded; the evidence of one alone stands above."]
    elif found.groups:
        lines += ["", "No disagreement on any aligned claim."]
    return "\n".join(lines)


def _beside(cells: Iterable[str]) -> str:
    return "".join(f"{cell:<22}" for cell in cells).rstrip()


def _with_its_interval(found: Coefficient) -> str:
    value, interval = found.words
    return "–" if found.n < UNITS else value if interval == "–" else f"{value} ({interval})"


def _evidence(name: str, ledger: Ledger) -> dict[str, list]:
    """Return the evidence of a coding by claim, stances of checks computed."""
    try:
        rows = evidence.resolved(ledger)
    except KeyError as missing:
        raise ValueError(f"evidence.csv: {name} names a check or record that is not here: {missing}") from None
    found: dict[str, list] = {}
    places = [alignment.address(ledger, reference) for reference in rows["reference"]]
    for row in rows.assign(place=places).itertuples(index=False):
        found.setdefault(row.claim_id, []).append(row)
    return found


def _rows_on(whole: tuple[str, ...], rows: list[dict[str, list]]) -> Iterator[tuple]:
    """Yield the rows of evidence that two codings at least have on a claim; None stands for whoever has none."""
    mine = [of.get(claim, []) for of, claim in zip(rows, whole, strict=True)]
    keys = (lambda row: (row.check, row.place, row.check_args, row.locator), lambda row: (row.check, row.place))
    yield from (found for found in alignment.rows_together(mine, keys) if sum(row is not None for row in found) > 1)


def _shared_texts(names: tuple[str, ...], codings: Sequence[Ledger], text: str | None) -> list[str]:
    sources = [ledger.sources.set_index("source_id") for ledger in codings]
    if text:
        for name, table in zip(names, sources, strict=True):
            if text not in table.index:
                raise ValueError(f"{name} has no text {text}; it has {', '.join(table.index) or 'none'}")
    texts = [text] if text else [key for key in sources[0].index if all(key in table.index for table in sources)]
    if not texts:
        have = (f"{n} has {', '.join(table.index) or 'none'}" for n, table in zip(names, sources, strict=True))
        raise ValueError(f"{' and '.join(names)} have no text in common: {', '.join(have)}")
    for name, table, ledger in zip(names[1:], sources[1:], codings[1:], strict=True):
        for key in texts:
            _same_sentences(key, name, (sources[0], table), (codings[0], ledger))
    return texts


def _same_sentences(key: str, name: str, sources: tuple, codings: tuple[Ledger, Ledger]) -> None:
    hashes = [table.at[key, "sha256"] for table in sources]
    if hashes[0] != hashes[1]:
        raise ValueError(f"sources.csv: {key}: the codings are of different files: sha256 {' and '.join(hashes)}")
    rows = [ledger.sentences[ledger.sentences["source_id"] == key] for ledger in codings]
    columns = ["sentence_id", "start", "end", "sha256"]
    listed = [[tuple(map(str, row)) for row in frame[columns].itertuples(index=False)] for frame in rows]
    for a, b in zip(*listed, strict=False):
        if a != b:
            raise ValueError(
                f"sentences.csv: {key}: the sentences differ first at {a[0]} ({a[1]} to {a[2]}) in A and "
                f"{b[0]} ({b[1]} to {b[2]}) in {name}; code the same sentences"
            )
    if len(listed[0]) != len(listed[1]):
        raise ValueError(f"sentences.csv: {key}: A has {len(listed[0])} sentences and {name} has {len(listed[1])}")


def _claims(ledger: Ledger, texts: list[str]) -> pd.DataFrame:
    source = ledger.sentences.set_index("sentence_id")["source_id"]
    return ledger.claims[ledger.claims["sentence_id"].map(source).isin(texts)]


def _values(ledger: Ledger, claims: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return what a coding gives its claims, variable by variable."""
    ends = ledger.chains.sort_values("hop").drop_duplicates("chain_id", keep="last").set_index("chain_id")["anonymity"]
    frame = claims.set_index("claim_id")
    coded = {name: frame[name].astype(str).to_dict() for name in VARIABLES if name in frame}
    coded["checkable"] = {c: "yes" if value else "no" for c, value in frame["checkable"].items()}
    coded["not_checkable_reason"] = {c: reason for c, reason in frame["not_checkable_reason"].items() if reason}
    coded["hedged"] = {c: "yes" if words else "no" for c, words in frame["hedge"].items()}
    coded["anonymity"] = {c: ends[chain] for c, chain in frame["chain_id"].items() if chain in ends.index}
    for columns, links, table, key in (
        (("bound", "stage"), ledger.quantity_claims, ledger.quantities, "quantity_id"),
        (("mode",), ledger.event_claims, ledger.events, "event_id"),
    ):
        told = links.drop_duplicates("claim_id", keep=False).set_index("claim_id")[key]
        for column in (column for column in columns if column in table):  # not every book has stages
            of = table.drop_duplicates(key).set_index(key)[column]
            coded[column] = {c: of[k] for c, k in told.items() if k in of.index}
    return coded

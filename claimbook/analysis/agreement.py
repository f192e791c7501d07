"""Agreement between two codings of the same text: claims aligned one to one, Cohen's kappa, every disagreement."""

import difflib
import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter

import numpy as np
import pandas as pd

from claimbook.analysis import evidence
from claimbook.model import decimals, passages
from claimbook.model.ledger import Ledger

LEAST = 0.5
"""The least score of a pair of claims that are taken for the same claim."""
SAME_KIND = 0.1
"""What the same kind adds to the score of a pair: it decides between pairs that are else alike."""
UNITS = decimals.FEW
"""Under so many units nothing is said of kappa."""
RESAMPLES = 2000
"""How often the units are drawn anew for an interval."""
TAIL = 40
"""One in so many resamples lies beyond either end of a 95 % interval."""
MULTIPLIER, MODULUS = 48271, 2**31 - 1
"""The generator of the draws, exact in the whole numbers of Python and of a browser alike."""

METHOD = f"""\
Claims are aligned one to one within each sentence. A pair scores the overlap of its passages (characters in both, of
those in either), plus the similarity of its statements (difflib's ratio over words), plus {SAME_KIND} where the kind is
the same; passages without a common character are never a pair. The best pair is taken first, then the best of what
is left, down to a score of {LEAST}; equal scores go by claim_id. What is left over on either side is counted apart, and
does not enter kappa.

The units of a variable are the aligned claims for which both coders give it. The reason why a claim is not checkable
is compared where both call it so; bound, stage and mode where both tell just one quantity or event. Stance is compared
for each piece of evidence that both have on a claim: the same check or the same reference; where there are several,
first those with the same arguments or locator. Evidence of one coder alone is counted apart, and a check with the same
arguments is no unit, because its stance is computed. The verdict, computed from the evidence of each, is compared for
claims that both call checkable and on which one at least has evidence.

Kappa is Cohen's, unweighted. Under {UNITS} units nothing is said of it. Its 95 % interval is a percentile bootstrap:
the units are drawn anew {RESAMPLES} times, with replacement and always the same draws, and the interval holds the
middle 95 % of the kappas found. It takes units as independent, which claims of one sentence are not quite, so that it
is rather too narrow. Where all agree, or one value is nearly constant, resampling cannot tell how far off kappa may
be, and no interval is given. Where both coders give every unit one and the same value, kappa is not defined."""

VARIABLES = ("layer", "kind", "weight", "checkable", "not_checkable_reason", "polarity", "hedged", "anonymity")
TOLD = ("bound", "stage", "mode")
"""Variables of the one quantity or event that a claim tells; compared where both codings have exactly one."""
STANCE, VERDICT = "stance", "verdict"
"""What is compared of the evidence."""


@dataclass(frozen=True)
class Kappa:
    """Agreement on one variable.

    Attributes
    ----------
    n : int
        How many units were compared.
    agreed : int
        On how many of them the two agree.
    kappa : float
        Cohen's kappa; NaN under :data:`UNITS` units, and where it is not defined.
    low, high : float
        Its 95 % interval; NaN where there is none.
    """

    n: int
    agreed: int
    kappa: float = math.nan
    low: float = math.nan
    high: float = math.nan

    @property
    def words(self) -> tuple[str, str]:
        """Kappa and its interval as they are shown."""
        if self.n < UNITS:
            return f"too few to say: {self.n}", "–"
        if math.isnan(self.kappa):
            return "not defined", "–"
        if math.isnan(self.low):
            return digits(self.kappa), "not known"
        return digits(self.kappa), f"{digits(self.low)} to {digits(self.high)}"


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
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
    >>> round(found.kappa, 7), found.words
    (0.6756757, ('0.68', '0.52 to 0.81'))
    """
    n, agreed = len(pairs), sum(a == b for a, b in pairs)
    if n < UNITS:
        return Kappa(n, agreed)
    cells = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    units = np.array([cells[pair] for pair in pairs])
    found = float(_kappas(np.bincount(units)[None, :], list(cells))[0])
    # The powers of the multiplier are the states of the generator, one after the other.
    states = np.array([MULTIPLIER])
    while len(states) < n:
        states = np.concatenate([states, states * pow(MULTIPLIER, len(states), MODULUS) % MODULUS])
    counts = np.empty((RESAMPLES, len(cells)), dtype=np.int64)
    for number in range(RESAMPLES):
        drawn = states[:n] * pow(MULTIPLIER, number * n, MODULUS) % MODULUS % n
        counts[number] = np.bincount(units[drawn], minlength=len(cells))
    spread = _kappas(counts, list(cells))
    spread = np.sort(spread[~np.isnan(spread)])
    if len(spread) < RESAMPLES - RESAMPLES // TAIL:
        return Kappa(n, agreed, found)
    low, high = (float(end) for end in (spread[len(spread) // TAIL], spread[-1 - len(spread) // TAIL]))
    return Kappa(n, agreed, found, low, high) if low < high else Kappa(n, agreed, found)


def alpha(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Compute Krippendorff's alpha for two coders, nominal values and no unit left out; NaN where it is not defined.

    Unlike kappa it takes both coders for draws from one pool of values.

    References
    ----------
    K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, example A.

    Examples
    --------
    >>> round(alpha([*zip("0100000010", "1110010000")]), 3)
    0.095
    """
    pool = Counter(value for pair in pairs for value in pair)
    number = pool.total()
    expected = number * (number - 1) - sum(n * (n - 1) for n in pool.values())
    apart = sum(a != b for a, b in pairs)
    return 1 - 2 * apart * (number - 1) / expected if expected else math.nan


def _kappas(counts: np.ndarray, cells: list[tuple]) -> np.ndarray:
    """Return kappa of each row of counts per cell, NaN where it is not defined; whole numbers up to the division."""
    values = list(dict.fromkeys(value for cell in cells for value in cell))
    first, second = (np.array([[cell[side] == v for v in values] for cell in cells], dtype=np.int64) for side in (0, 1))
    n, agreed = counts.sum(axis=1), counts @ np.array([a == b for a, b in cells], dtype=np.int64)
    expected = ((counts @ first) * (counts @ second)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return (n * agreed - expected) / (n * n - expected)


def digits(value: float) -> str:
    """Write kappa or a bound of its interval with two digits, halves away from zero as browsers do, nothing as 0.00."""
    text = str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return "0.00" if text == "-0.00" else text


def similarity(first: str, second: str) -> float:
    """Return how alike two statements are, from 0 to 1, word by word and whichever comes first."""
    words = sorted((passages.words(first), passages.words(second)))
    return difflib.SequenceMatcher(None, *words, autojunk=False).ratio()


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return the share of characters in either passage that lie in both."""
    common = min(first[1], second[1]) - max(first[0], second[0])
    return max(common, 0) / (max(first[1], second[1]) - min(first[0], second[0]))


def align(first: pd.DataFrame, second: pd.DataFrame) -> list[tuple[str, str]]:
    """Pair the claims of two codings one to one, as :data:`METHOD` says.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Rows of ``claims.csv``.

    Returns
    -------
    list of tuple of (str, str)
        Pairs of claim_id, in the order of the first coding.
    """
    theirs = {sentence: rows for sentence, rows in second.groupby("sentence_id", sort=False)}
    pairs = {}
    for sentence, mine in first.groupby("sentence_id", sort=False):
        if sentence not in theirs:
            continue
        scored = []
        for a in mine.itertuples(index=False):
            for b in theirs[sentence].itertuples(index=False):
                shared = overlap((a.start, a.end), (b.start, b.end))
                if shared:
                    score = shared + similarity(a.statement, b.statement) + SAME_KIND * (a.kind == b.kind)
                    scored.append((-round(score, 9), a.claim_id, b.claim_id))
        taken = set()
        for score, a, b in sorted(scored):
            if -score >= LEAST and a not in pairs and b not in taken:
                pairs[a] = b
                taken.add(b)
    return [(claim, pairs[claim]) for claim in first["claim_id"] if claim in pairs]


@dataclass(frozen=True)
class Comparison:
    """Two codings compared.

    Attributes
    ----------
    texts : list of str
        The texts compared.
    pairs : list of tuple of (str, str)
        The aligned claims.
    unaligned : tuple of two pandas.DataFrame
        The claims of each coding that have no counterpart.
    shared : list of tuple of (str, str)
        The rows of evidence (``evidence_id``) that both have on an aligned claim.
    unshared : tuple of two pandas.DataFrame
        The rows of ``evidence`` on aligned claims that one coding alone has.
    variables : dict of str to Kappa
        Agreement per variable.
    disagreements : pandas.DataFrame
        A row per variable and pair that differ: ``variable``, ``sentence_id``, ``evidence`` (the check or reference,
        where it is on that), ``first``, ``second`` (claims), ``first_value``, ``second_value``, ``first_statement``,
        ``second_statement``.
    """

    texts: list[str]
    pairs: list[tuple[str, str]]
    unaligned: tuple[pd.DataFrame, pd.DataFrame]
    shared: list[tuple[str, str]]
    unshared: tuple[pd.DataFrame, pd.DataFrame]
    variables: dict[str, Kappa]
    disagreements: pd.DataFrame = field(repr=False)


def compare(first: Ledger, second: Ledger, text: str | None = None) -> Comparison:
    """Compare two codings of the same text or texts.

    Parameters
    ----------
    first, second : Ledger
        The codings.
    text : str, optional
        The one text to compare; by default every text that both have.

    Raises
    ------
    ValueError
        If they share no such text, its file or sentences differ, or a check that either names cannot be run; the
        message names where.
    """
    texts = _shared_texts(first, second, text)
    ledgers = [ledger.text(text) if text else ledger for ledger in (first, second)]
    claims = [_claims(ledger, texts) for ledger in ledgers]
    pairs = align(*claims)
    rows = [_evidence(name, ledger) for name, ledger in zip("AB", ledgers, strict=True)]
    shared = [match for a, b in pairs for match in _matches(rows[0].get(a, []), rows[1].get(b, []))]
    units = _units(ledgers, claims, pairs, rows, shared)
    by_id = [frame.set_index("claim_id") for frame in claims]
    sentence = by_id[0]["sentence_id"]
    said = [frame["statement"] for frame in by_id]
    differ = [
        (variable, sentence[a], on, a, b, x, y, said[0][a], said[1][b])
        for variable, compared in units.items()
        for a, b, on, x, y in compared
        if x != y
    ]
    columns = ["variable", "sentence_id", "evidence"]
    columns += [f"{side}{of}" for of in ("", "_value", "_statement") for side in ("first", "second")]
    aligned = [{pair[side] for pair in pairs} for side in (0, 1)]
    matched = [{match[side].evidence_id for match in shared} for side in (0, 1)]
    left = (frame[~frame["claim_id"].isin(taken)] for frame, taken in zip(claims, aligned, strict=True))
    alone = (
        ledger.evidence[ledger.evidence["claim_id"].isin(taken) & ~ledger.evidence["evidence_id"].isin(both)]
        for ledger, taken, both in zip(ledgers, aligned, matched, strict=True)
    )
    return Comparison(
        texts,
        pairs,
        tuple(left),
        [(x.evidence_id, y.evidence_id) for x, y in shared],
        tuple(alone),
        {variable: kappa([unit[-2:] for unit in compared]) for variable, compared in units.items()},
        pd.DataFrame(differ, columns=columns),
    )


def _units(
    ledgers: list[Ledger],
    claims: list[pd.DataFrame],
    pairs: list[tuple[str, str]],
    rows: list[dict],
    shared: list[tuple],
) -> dict[str, list[tuple]]:
    """Return the units of each variable: the claims, the check or reference where it is on one, and the two values."""
    values = [_values(ledger, frame) for ledger, frame in zip(ledgers, claims, strict=True)]
    units: dict[str, list[tuple]] = {
        variable: [
            (a, b, "", values[0][variable][a], values[1][variable][b])
            for a, b in pairs
            if a in values[0][variable] and b in values[1][variable]
        ]
        for variable in (*VARIABLES, *TOLD)
        if all(variable in coded for coded in values)
    }
    units[STANCE] = [
        (x.claim_id, y.claim_id, x.check or x.reference, x.stance, y.stance)
        for x, y in shared
        if not x.check or x.check_args != y.check_args
    ]
    outcomes = [
        dict(evidence.verdicts(ledger, columns=("claim_id", "verdict")).itertuples(index=False)) for ledger in ledgers
    ]
    checkable = [dict(zip(frame["claim_id"], frame["checkable"], strict=True)) for frame in claims]
    units[VERDICT] = [
        (a, b, "", outcomes[0][a], outcomes[1][b])
        for a, b in pairs
        if checkable[0][a] and checkable[1][b] and (a in rows[0] or b in rows[1])
    ]
    return units


def report(found: Comparison) -> str:
    """Write a comparison as plain text: counts, a line per variable, what one coder alone has, every disagreement."""
    (first, second), (mine, theirs) = found.unaligned, found.unshared
    counted = (
        ("Claims", "aligned", found.pairs, found.unaligned),
        ("Evidence on them", "shared", found.shared, found.unshared),
    )
    lines = [
        f"Texts: {', '.join(found.texts)}",
        *(
            f"{what}: {len(both):,} {word}; {len(a):,} of A and {len(b):,} of B without a counterpart"
            for what, word, both, (a, b) in counted
        ),
        "",
        f"{'variable':<22}{'units':>6}{'same':>6}   {'kappa':<20}95 % interval",
    ]
    for variable, k in found.variables.items():
        value, interval = k.words
        lines.append(f"{variable:<22}{k.n:>6}{k.agreed:>6}   {value:<20}{interval}")
    for name, frame in (("A", first), ("B", second)):
        if len(frame):
            lines += ["", f"Only in {name}:"]
            lines += [f"  {c.claim_id} ({c.sentence_id}) {c.statement}" for c in frame.itertuples(index=False)]
    for name, frame in (("A", mine), ("B", theirs)):
        if len(frame):
            lines += ["", f"Evidence of {name} alone:"]
            lines += [f"  {e.evidence_id}: {e.check or e.reference}" for e in frame.itertuples(index=False)]
    if len(found.disagreements):
        lines += ["", "Disagreements:"]
        for row in found.disagreements.itertuples(index=False):
            on = f" of {row.evidence}" if row.evidence else ""
            lines.append(f"  {row.variable}{on}, {row.sentence_id}")
            lines.append(f"    A {row.first}: {row.first_value}: {row.first_statement}")
            lines.append(f"    B {row.second}: {row.second_value}: {row.second_statement}")
    elif len(mine) or len(theirs):
        lines += ["", "No disagreement on what both have coded; the evidence of one alone stands above."]
    elif found.pairs:
        lines += ["", "No disagreement on any aligned claim."]
    return "\n".join(lines)


def _evidence(name: str, ledger: Ledger) -> dict[str, list]:
    """Return the evidence of a coding by claim, stances of checks computed."""
    try:
        rows = evidence.resolved(ledger)
    except KeyError as missing:
        raise ValueError(f"evidence.csv: {name} names a check or record that is not here: {missing}") from None
    found: dict[str, list] = {}
    for row in rows.itertuples(index=False):
        found.setdefault(row.claim_id, []).append(row)
    return found


def _matches(mine: list, theirs: list) -> list[tuple]:
    """Pair the rows of evidence on one claim: first those alike in arguments or locator, then by check or reference."""
    found = []
    for key in (attrgetter("check", "reference", "check_args", "locator"), attrgetter("check", "reference")):
        waiting: dict[tuple, list] = {}
        for row in theirs:
            waiting.setdefault(key(row), []).append(row)
        left = []
        for row in mine:
            if alike := waiting.get(key(row)):
                found.append((row, alike.pop(0)))
            else:
                left.append(row)
        mine, theirs = left, [row for rows in waiting.values() for row in rows]
    return found


def _shared_texts(first: Ledger, second: Ledger, text: str | None) -> list[str]:
    sources = [ledger.sources.set_index("source_id") for ledger in (first, second)]
    if text:
        for name, table in zip("AB", sources, strict=True):
            if text not in table.index:
                raise ValueError(f"{name} has no text {text}; it has {', '.join(table.index) or 'none'}")
    texts = [text] if text else [key for key in sources[0].index if key in sources[1].index]
    if not texts:
        raise ValueError(
            f"A and B have no text in common: A has {', '.join(sources[0].index) or 'none'}, "
            f"B has {', '.join(sources[1].index) or 'none'}"
        )
    columns = ["sentence_id", "start", "end", "sha256", "role"]
    for key in texts:
        hashes = [table.at[key, "sha256"] for table in sources]
        if hashes[0] != hashes[1]:
            raise ValueError(
                f"sources.csv: {key}: the two codings are of different files: sha256 {' and '.join(hashes)}"
            )
        rows = [ledger.sentences[ledger.sentences["source_id"] == key] for ledger in (first, second)]
        listed = [[tuple(map(str, row)) for row in frame[columns[:4]].itertuples(index=False)] for frame in rows]
        for a, b in zip(*listed, strict=False):
            if a != b:
                raise ValueError(
                    f"sentences.csv: {key}: the sentences differ first at {a[0]} ({a[1]} to {a[2]}) in A and "
                    f"{b[0]} ({b[1]} to {b[2]}) in B; code the same sentences"
                )
        if len(listed[0]) != len(listed[1]):
            raise ValueError(f"sentences.csv: {key}: A has {len(listed[0])} sentences and B has {len(listed[1])}")
    return texts


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

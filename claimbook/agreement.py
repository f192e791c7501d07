"""Agreement between two codings of the same text: claims aligned one to one, Cohen's kappa, every disagreement."""

import difflib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from claimbook import passages
from claimbook.ledger import Ledger

LEAST = 0.5
"""The least score of a pair of claims that are taken for the same claim."""
SAME_KIND = 0.1
"""What the same kind adds to the score of a pair: it decides between pairs that are else alike."""
Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""

METHOD = f"""\
Claims are aligned one to one within each sentence. A pair scores the overlap of its passages (characters in both, of
those in either), plus the likeness of its statements (difflib's ratio over words), plus {SAME_KIND} where the kind is
the same; passages without a common character are never a pair. The best pair is taken first, then the best of what
is left, down to a score of {LEAST}; equal scores go by claim_id. What is left over on either side is counted apart, and
does not enter kappa.

Kappa is Cohen's, unweighted. Its 95 % interval is kappa ± {Z:.2f} standard errors of the large-sample formula of
Fleiss, Cohen and Everitt, cut at -1 and 1: with few claims it is too narrow, and where all claims agree it has no
width. Where both coders give every claim one and the same value, kappa is not defined."""

VARIABLES = ("layer", "kind", "weight", "checkable", "not_checkable_reason", "polarity", "hedged", "anonymity")
TOLD = ("bound", "stage", "mode")
"""Variables of the one quantity or event that a claim tells; compared where both codings have exactly one."""


@dataclass(frozen=True)
class Kappa:
    """Agreement on one variable.

    Attributes
    ----------
    n : int
        How many claims were compared.
    observed : float
        Share on which the two agree; NaN where none was compared.
    kappa, low, high : float
        Cohen's kappa with its 95 % interval; NaN where it is not defined.
    se : float
        Its standard error.
    """

    n: int
    observed: float
    kappa: float
    se: float
    low: float
    high: float


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa:
    """Compute Cohen's kappa with its large-sample standard error.

    Parameters
    ----------
    pairs : sequence of tuple of (str, str)
        What the first and the second coder gave each item.

    References
    ----------
    J. Cohen, A coefficient of agreement for nominal scales, 1960; J. L. Fleiss, J. Cohen and B. S. Everitt, Large
    sample standard errors of kappa and weighted kappa, 1969.

    Examples
    --------
    >>> found = kappa([("a", "a")] * 31 + [("a", "b")] * 12 + [("b", "a")] * 4 + [("b", "b")] * 58)
    >>> round(found.kappa, 7), round(found.se, 8)
    (0.6756757, 0.07344761)
    """
    n, nan = len(pairs), math.nan
    if not n:
        return Kappa(0, nan, nan, nan, nan, nan)
    first, second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    cells = {pair: count / n for pair, count in Counter(pairs).items()}
    row, column = ({value: count / n for value, count in side.items()} for side in (first, second))
    observed = sum(share for (a, b), share in cells.items() if a == b)
    expected = sum(share * column.get(value, 0) for value, share in row.items())
    if len(first) == 1 and first.keys() == second.keys():
        return Kappa(n, observed, nan, nan, nan, nan)
    found = (observed - expected) / (1 - expected)
    spread = 0.0
    for (a, b), share in cells.items():
        if a == b:
            spread += share * (1 - (row[a] + column[a]) * (1 - found)) ** 2
        else:
            spread += share * (1 - found) ** 2 * (column.get(a, 0) + row.get(b, 0)) ** 2
    spread -= (found - expected * (1 - found)) ** 2
    se = math.sqrt(max(spread, 0) / n) / (1 - expected)
    return Kappa(n, observed, found, se, max(found - Z * se, -1.0), min(found + Z * se, 1.0))


def digits(value: float) -> str:
    """Write kappa or a bound of its interval with two digits, nothing as 0.00 from either side."""
    return f"{0.0 if abs(value) < 0.005 else value:.2f}"


def interval(found: Kappa) -> str:
    """Write the interval of kappa."""
    return f"{digits(found.low)} to {digits(found.high)}"


def likeness(first: str, second: str) -> float:
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
                    score = shared + likeness(a.statement, b.statement) + SAME_KIND * (a.kind == b.kind)
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
    variables : dict of str to Kappa
        Agreement per variable.
    disagreements : pandas.DataFrame
        A row per variable and pair that differ: ``variable``, ``sentence_id``, ``first``, ``second`` (claims),
        ``first_value``, ``second_value``, ``first_statement``, ``second_statement``.
    """

    texts: list[str]
    pairs: list[tuple[str, str]]
    unaligned: tuple[pd.DataFrame, pd.DataFrame]
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
        If they share no such text, or its file or sentences differ; the message names where.
    """
    texts = _shared(first, second, text)
    claims = [_claims(ledger, texts) for ledger in (first, second)]
    pairs = align(*claims)
    values = [_values(ledger, frame) for ledger, frame in zip((first, second), claims, strict=True)]
    compared: dict[str, Kappa] = {}
    differ = []
    by_id = [frame.set_index("claim_id") for frame in claims]
    for variable in (*VARIABLES, *TOLD):
        given = [(a, b, values[0][variable].get(a), values[1][variable].get(b)) for a, b in pairs]
        given = [row for row in given if row[2] is not None and row[3] is not None]
        compared[variable] = kappa([(x, y) for _, _, x, y in given])
        differ += [
            (
                variable,
                by_id[0].at[a, "sentence_id"],
                a,
                b,
                x,
                y,
                by_id[0].at[a, "statement"],
                by_id[1].at[b, "statement"],
            )
            for a, b, x, y in given
            if x != y
        ]
    columns = ["variable", "sentence_id"]
    columns += [f"{side}{of}" for of in ("", "_value", "_statement") for side in ("first", "second")]
    aligned = [{pair[side] for pair in pairs} for side in (0, 1)]
    left = tuple(frame[~frame["claim_id"].isin(taken)] for frame, taken in zip(claims, aligned, strict=True))
    return Comparison(texts, pairs, left, compared, pd.DataFrame(differ, columns=columns))


def report(found: Comparison) -> str:
    """Write a comparison as plain text: counts, a line per variable, what is unaligned, and every disagreement."""
    first, second = found.unaligned
    lines = [
        f"Texts: {', '.join(found.texts)}",
        f"Claims: {len(found.pairs)} aligned; {len(first)} of A and {len(second)} of B without a counterpart",
        "",
        f"{'variable':<22}{'claims':>7}{'agree':>8}{'kappa':>8}   95 % interval",
    ]
    for variable, k in found.variables.items():
        share = "–" if math.isnan(k.observed) else f"{k.observed:.0%}"
        undefined = math.isnan(k.kappa)
        rest = f"{'–':>8}   not defined" if undefined else f"{digits(k.kappa):>8}   {interval(k)}"
        lines.append(f"{variable:<22}{k.n:>7}{share:>8}{rest}")
    for name, frame in (("A", first), ("B", second)):
        if len(frame):
            lines += ["", f"Only in {name}:"]
            lines += [f"  {c.claim_id} ({c.sentence_id}) {c.statement}" for c in frame.itertuples(index=False)]
    if len(found.disagreements):
        lines += ["", "Disagreements:"]
        for row in found.disagreements.itertuples(index=False):
            lines.append(f"  {row.variable}, {row.sentence_id}")
            lines.append(f"    A {row.first}: {row.first_value}: {row.first_statement}")
            lines.append(f"    B {row.second}: {row.second_value}: {row.second_statement}")
    elif found.pairs:
        lines += ["", "No disagreement on any aligned claim."]
    return "\n".join(lines)


def _shared(first: Ledger, second: Ledger, text: str | None) -> list[str]:
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
    coded["not_checkable_reason"] = {c: reason or "none" for c, reason in frame["not_checkable_reason"].items()}
    coded["hedged"] = {c: "yes" if words else "no" for c, words in frame["hedge"].items()}
    coded["anonymity"] = {c: ends[chain] for c, chain in frame["chain_id"].items() if chain in ends.index}
    for columns, links, table, key in (
        (("bound", "stage"), ledger.quantity_claims, ledger.quantities, "quantity_id"),
        (("mode",), ledger.event_claims, ledger.events, "event_id"),
    ):
        told = links.drop_duplicates("claim_id", keep=False).set_index("claim_id")[key]
        for column in columns:
            of = table.drop_duplicates(key).set_index(key)[column]
            coded[column] = {c: of[k] for c, k in told.items() if k in of.index}
    return coded

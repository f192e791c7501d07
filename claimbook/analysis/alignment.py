"""Which claims and rows of evidence of several codings are the same: by passage first, then by what is said."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from math import inf, log
from typing import NamedTuple

import pandas as pd

from claimbook.model import passages
from claimbook.model.ids import texts_of
from claimbook.model.ledger import Ledger
from claimbook.model.letters import fold

LEAST = 0.5
"""The least score of claims on common words of the text that are taken for the same claim."""
SAME_KIND = 0.1
"""What the same kind adds to the score of a pair: it decides between pairs that are else alike."""
ALIKE = 0.6
"""The least likeness of two statements that are taken for the same claim although their passages do not meet."""
PIECE = 3
"""Letters of the pieces by which words are compared: an ending that differs leaves most of them as they are."""

METHOD = f"""\
Claims are aligned one to one. First, within each sentence, those whose passages have a common character: a pair scores
the overlap (characters in both, of those in either), plus the likeness of its statements, plus {SAME_KIND} where the
kind is the same; under {LEAST} it is none. Then, among what is left of a text, those whose passages do not meet: their
statements must be alike by {ALIKE} at least and have the same figures and the same polarity. Each time those pairs are
taken whose scores have the highest sum; equal sums go by claim_id. Of more than two codings each two are aligned so;
the pairs then make groups, the best pair first, and none puts two claims of one coding into a group. What is left over
is listed for each coding, and does not enter the coefficients.

Likeness is computed from the words alone, in any alphabet: each word is cut into pieces of {PIECE} letters, a piece
weighs the more the fewer statements have it, and the likeness is twice the weight of the common pieces by that of all.
The same thing said in wholly other words is not seen."""


class Match(NamedTuple):
    """How well two claims of two codings fit.

    Attributes
    ----------
    score : float
        What was summed up.
    by_passage : bool
        Whether their passages meet; else their statements alone are alike.
    """

    score: float
    by_passage: bool


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return the share of characters in either passage that lie in both."""
    common = min(first[1], second[1]) - max(first[0], second[0])
    return max(common, 0) / (max(first[1], second[1]) - min(first[0], second[0]))


def likeness(statements: Iterable[str]) -> Callable[[str, str], float]:
    """Return what tells how alike two of some statements are, from 0 to 1, as :data:`METHOD` says.

    Examples
    --------
    >>> alike = likeness(["The mill sold paper.", "Paper was sold by the mill.", "It rained."])
    >>> round(alike("The mill sold paper.", "Paper was sold by the mill."), 2)
    0.81
    >>> alike("The mill sold paper.", "It rained.")
    0.0
    """
    pieces = {statement: Counter(_pieces(statement)) for statement in statements}
    held = Counter(piece for counted in pieces.values() for piece in counted)
    weight = {piece: log(1 + len(pieces) / number) for piece, number in held.items()}

    def weighed(counted: Counter) -> float:
        return sum(weight[piece] * number for piece, number in counted.items())

    def alike(first: str, second: str) -> float:
        a, b = pieces[first], pieces[second]
        return 2 * weighed(a & b) / total if (total := weighed(a) + weighed(b)) else 0.0

    return alike


def _pieces(statement: str) -> Iterator[str]:
    for word in passages.words(fold(statement)):
        closed = f" {word} "
        yield from (closed[at : at + PIECE] for at in range(len(closed) - PIECE + 1))


def align(first: pd.DataFrame, second: pd.DataFrame) -> dict[tuple[str, str], Match]:
    """Pair the claims of two codings one to one, as :data:`METHOD` says.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Rows of ``claims.csv``.

    Returns
    -------
    dict of (str, str) to Match
        Pairs of claim_id, in the order of the first coding.
    """
    alike = likeness([*first["statement"], *second["statement"]])
    pairs: dict[tuple[str, str], Match] = {}

    def on_common_words(a, b) -> float:
        shared = overlap((a.start, a.end), (b.start, b.end))
        score = shared + alike(a.statement, b.statement) + SAME_KIND * (a.kind == b.kind)
        return score if shared and round(score, 9) >= LEAST else 0

    def by_meaning(a, b) -> float:
        score = alike(a.statement, b.statement)
        same = a.polarity == b.polarity and _figures(a.statement) == _figures(b.statement)
        return score if same and score >= ALIKE else 0

    for by_passage, scored, where in ((True, on_common_words, "sentence_id"), (False, by_meaning, "text")):
        taken = [{pair[side] for pair in pairs} for side in (0, 1)]
        left = [
            claims[~claims["claim_id"].isin(done)].assign(text=lambda rows: texts_of(rows["sentence_id"]))
            for claims, done in zip((first, second), taken, strict=True)
        ]
        theirs = {key: rows.sort_values("claim_id") for key, rows in left[1].groupby(where, sort=False)}
        for key, mine in left[0].groupby(where, sort=False):
            if key in theirs:
                rows = [list(frame.itertuples(index=False)) for frame in (mine.sort_values("claim_id"), theirs[key])]
                gains = [[round(scored(a, b), 9) for b in rows[1]] for a in rows[0]]
                for i, j in best(gains):
                    pairs[rows[0][i].claim_id, rows[1][j].claim_id] = Match(gains[i][j], by_passage)
    place = {claim: at for at, claim in enumerate(first["claim_id"])}
    return dict(sorted(pairs.items(), key=lambda pair: place[pair[0][0]]))


def _figures(statement: str) -> list[str]:
    return sorted(re.findall(r"\d+", statement))


def best(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs of a row and a column, each once at most, whose gains have the highest sum; those of 0 are none.

    References
    ----------
    H. W. Kuhn, The Hungarian method for the assignment problem, 1955, with the shortest augmenting paths of
    R. Jonker and A. Volgenant, 1987.

    Examples
    --------
    >>> best([[1.6, 1.5], [1.5, 0.0]])
    [(0, 1), (1, 0)]
    """
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        return sorted((i, j) for j, i in best([*zip(*gains, strict=True)]))
    wide = len(gains[0])
    rows, columns = [0.0] * len(gains), [0.0] * (wide + 1)  # what each is worth, so that no pair gains more
    owner = [-1] * (wide + 1)  # the last column stands for the row that looks for one
    for row in range(len(gains)):
        owner[wide], at = row, wide
        least, before, seen = [inf] * wide, [wide] * wide, [False] * (wide + 1)
        while owner[at] >= 0:
            seen[at] = True
            for j in (j for j in range(wide) if not seen[j]):
                spare = -gains[owner[at]][j] - rows[owner[at]] - columns[j]
                if spare < least[j]:
                    least[j], before[j] = spare, at
            nearest = min((j for j in range(wide) if not seen[j]), key=least.__getitem__)
            step = least[nearest]
            for j in range(wide + 1):
                if seen[j]:
                    rows[owner[j]] += step
                    columns[j] -= step
                elif j < wide:
                    least[j] -= step
            at = nearest
        while at != wide:
            owner[at] = owner[before[at]]
            at = before[at]
    return sorted((owner[j], j) for j in range(wide) if owner[j] >= 0 and gains[owner[j]][j] > 0)


def groups(codings: Sequence[pd.DataFrame]) -> dict[tuple[str, ...], bool]:
    """Bring the claims of several codings together, as :data:`METHOD` says.

    Parameters
    ----------
    codings : sequence of pandas.DataFrame
        Rows of ``claims.csv`` of each coding.

    Returns
    -------
    dict of tuple of str to bool
        Per group that two codings at least have a part in: the claim_id in each coding, ``""`` where it has none; and
        whether passages alone brought it together. In the order of the first coding, then of the next ones.
    """
    links = [
        (match, (i, a), (j, b))
        for i, j in combinations(range(len(codings)), 2)
        for (a, b), match in align(codings[i], codings[j]).items()
    ]
    group: dict[tuple[int, str], dict[int, str]] = {}
    loose: set[tuple[int, str]] = set()
    for match, *ends in sorted(links, key=lambda link: (not link[0].by_passage, -link[0].score, *link[1:])):
        one, other = (group.get(end, dict([end])) for end in ends)
        if one is other or one.keys() & other.keys():
            continue
        whole = one | other
        group |= dict.fromkeys(whole.items(), whole)
        loose.update(() if match.by_passage else whole.items())
    found: dict[tuple[str, ...], bool] = {}
    for number, coding in enumerate(codings):
        for claim in coding["claim_id"]:
            if whole := group.get((number, claim)):
                key = tuple(whole.get(at, "") for at in range(len(codings)))
                found.setdefault(key, loose.isdisjoint(whole.items()))
    return found


def address(ledger: Ledger, reference: str) -> str:
    """Return where a publication lies, as two coders would both find it; its key where it has no web address."""
    url = ledger.bibliography.get(reference, {}).get("url", "")
    return re.sub(r"^https?://(?:www\.)?|/*(?:#.*)?$", "", url) or reference


def rows_together(codings: Sequence[Sequence], keys: Sequence[Callable[..., Hashable]]) -> list[tuple]:
    """Bring rows of several codings together that have a key in common, one of each coding at most.

    Parameters
    ----------
    codings : sequence of sequence
        The rows of each coding.
    keys : sequence of callable
        What to compare rows by, the strictest first.

    Returns
    -------
    list of tuple
        The row in each coding, None where it has none; in the order of the first coding, then of the next ones.
    """
    found: list[list] = []
    for number, rows in enumerate(codings):
        free = [whole for whole in found if whole[number] is None]
        for key in keys:
            left = []
            for row in rows:
                alike = next((w for w in free if any(r is not None and key(r) == key(row) for r in w)), None)
                if alike is None:
                    left.append(row)
                else:
                    alike[number] = row
                    free = [whole for whole in free if whole is not alike]
            rows = left
        found += [[None] * number + [row] + [None] * (len(codings) - number - 1) for row in rows]
    return [tuple(whole) for whole in found]

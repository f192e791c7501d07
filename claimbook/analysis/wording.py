"""Wording: words that two texts share, and how often texts hedge, give epithets and lean on unnamed sources."""

import re

import pandas as pd

from claimbook.model.decimals import per_hundred
from claimbook.model.ledger import Ledger

WORD = re.compile(r"[\w$%]+(?:[-'’]\w+)*")
"""A word, for counting: letters and digits with what joins them; punctuation and quotation marks fall away."""

KINDS = ("hedged claims", "epithets", "claims from unsourced collectives")


def words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text in lower case, with where each begins and ends."""
    return [(m.group().casefold(), m.start(), m.end()) for m in WORD.finditer(text)]


def longest_run(one: str, other: str) -> tuple[int, int, int]:
    """Find the longest run of consecutive words that two texts share.

    Letter case, punctuation and quotation marks are left aside.

    Returns
    -------
    count, start, end : int
        How many words, and where the run lies in `one`; three zeros where no word is shared.

    Examples
    --------
    >>> longest_run("He said: “A wall is being built.”", "It is known that a wall is being dug")
    (4, 10, 25)
    """
    first, second = words(one), words(other)
    best, at, before = 0, 0, [0] * (len(second) + 1)
    for i, (word, _, _) in enumerate(first):
        now = [0] * (len(second) + 1)
        for j, (candidate, _, _) in enumerate(second):
            if word == candidate:
                now[j + 1] = before[j] + 1
                if now[j + 1] > best:
                    best, at = now[j + 1], i
        before = now
    return (best, first[at - best + 1][1], first[at][2]) if best else (0, 0, 0)


def collective_claims(ledger: Ledger) -> pd.DataFrame:
    """Return the claims whose trail ends at somebody whom nobody can ask: unnamed, and not the text itself."""
    last = ledger.chains.sort_values("hop").groupby("chain_id").last()[["actor_id", "anonymity", "hop", "verb"]]
    claims = ledger.claims.join(last, on="chain_id")
    kinds = ledger.actors.set_index("actor_id")["kind"]
    loose = (claims["anonymity"] == "unnamed") | (
        (claims["anonymity"] == "described") & (claims["actor_id"].map(kinds) == "group")
    )
    return claims[(claims["hop"] > 1) & loose]


def measures(ledger: Ledger) -> pd.DataFrame:
    """Count hedged claims, epithets and claims from unsourced collectives, per text.

    Returns
    -------
    pandas.DataFrame
        ``source_id``, ``kind`` (one of KINDS), ``n``, ``sentences`` (content sentences), ``rate`` per hundred of them,
        NaN where they are fewer than :data:`~claimbook.model.decimals.FEW`.
    """
    collective = set(collective_claims(ledger)["claim_id"])
    rows = []
    for source_id in ledger.sources["source_id"]:
        text = ledger.text(source_id)
        sentences = int((text.sentences["role"] == "content").sum())
        numbers = (
            int((text.claims["hedge"] != "").sum()),
            int((text.mentions["epithet"] != "").sum()),
            int(text.claims["claim_id"].isin(collective).sum()),
        )
        rows += [(source_id, k, n, sentences, per_hundred(n, sentences)) for k, n in zip(KINDS, numbers, strict=True)]
    return pd.DataFrame(rows, columns=["source_id", "kind", "n", "sentences", "rate"])

"""Pairs of actors that claims join, and whose word a text carries."""

import pandas as pd

from claimbook.analysis import evidence
from claimbook.model import ids
from claimbook.model.ledger import Ledger

COLUMNS = ("edge_id", "subject", "object", "claims", "verbs", "verdicts", "denied", "standing", "texts", "n")
"""What is known of a pair."""

STANDINGS = {
    "plain": "none is denied, and at least one can be weighed",
    "denied": "at least one is denied, or told as not so",
    "not_established": "no claim is established or can be checked",
}
UNSETTLED = ("not_established", "not_checkable")


def standing(verdicts, denied: bool) -> str:
    """Return how an edge stands: denied, not established (no claim of it can be weighed) or plain.

    Examples
    --------
    >>> standing(["supported", "not_established"], denied=False)
    'plain'
    """
    if denied:
        return "denied"
    return "not_established" if all(v in UNSETTLED for v in verdicts) else "plain"


def edges(ledger: Ledger) -> pd.DataFrame:
    """Return who is said to do what to whom: claims that a thing is so, joined by subject and object.

    Returns
    -------
    pandas.DataFrame
        A row per ordered pair of two different actors, most claims first, with :data:`COLUMNS`: ``edge_id``,
        ``subject``, ``object``, ``claims`` (list), ``verbs`` (list, most frequent first, "not: " before what is
        told as not so), ``verdicts`` (list, as ``claims``), ``denied``, ``standing``, ``texts`` (list) and ``n``.
    """
    known = set(ledger.actors["actor_id"])
    claims = ledger.claims
    claims = claims[
        (claims["layer"] == "content")
        & claims["subject"].isin(known)
        & claims["object"].isin(known)
        & (claims["subject"] != claims["object"])
    ]
    links = ledger.claim_links
    denied_in_text = set(links.loc[links["type"] == "denies", "related_claim_id"])
    verdict = evidence.verdicts(ledger, columns=("claim_id", "verdict")).set_index("claim_id")["verdict"]
    found = evidence.resolved(ledger)
    denied_outside = set(found.loc[found["stance"] == "denies", "claim_id"])
    rows = []
    for (subject, target), part in claims.groupby(["subject", "object"], sort=False):
        told = part["claim_id"].tolist()
        denied = [
            c
            for c, polarity in zip(told, part["polarity"], strict=True)
            if polarity == "negative" or c in denied_in_text | denied_outside
        ]
        verdicts = [verdict[c] for c in told]
        verbs = part["relation"].str.replace("_", " ")
        verbs = verbs.mask(part["polarity"] == "negative", "not: " + verbs)
        rows.append(
            {
                "edge_id": ids.pair(subject, target),
                "subject": subject,
                "object": target,
                "claims": told,
                "verbs": most_frequent(verbs).index.tolist(),
                "verdicts": verdicts,
                "denied": denied,
                "standing": standing(verdicts, bool(denied)),
                "texts": list(dict.fromkeys(ids.text_of(c) for c in told)),
                "n": len(told),
            }
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["n", "edge_id"], ascending=[False, True], kind="stable").reset_index(drop=True)


def most_frequent(values: pd.Series) -> pd.Series:
    """Count values, most frequent first, equals in the order in which they first stand."""
    return values.value_counts(sort=False).sort_values(ascending=False, kind="stable")


def covered(intervals) -> int:
    """Count the characters that half-open intervals cover together, each once.

    Examples
    --------
    >>> covered([(0, 5), (3, 8), (10, 12)])
    10
    """
    total, reached = 0, -1
    for start, end in sorted(intervals):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def voice_shares(ledger: Ledger) -> pd.DataFrame:
    """Return, for each text with content, how many of its characters rest on whose word.

    The passages of the claims are merged, so that no character counts twice for a voice. Words of a speaker told by
    another speaker count for the last one, at whom the trail ends.

    Returns
    -------
    pandas.DataFrame
        ``source_id``, ``actor_id``, ``anonymity``, ``own`` (the text's own voice), ``characters``, ``share`` of the
        characters of all content sentences.
    """
    hops = ledger.chains.sort_values("hop")
    last = hops.groupby("chain_id").last()[["actor_id", "anonymity", "hop"]]
    claims = ledger.claims.join(last, on="chain_id").merge(
        ledger.sentences[["sentence_id", "source_id"]], on="sentence_id"
    )
    content = ledger.sentences[ledger.sentences["role"] == "content"]
    length = (content["end"] - content["start"]).groupby(content["source_id"]).sum()
    rows = []
    for source_id, voice in zip(ledger.sources["source_id"], ledger.sources["voice"], strict=True):
        if source_id not in length.index:
            continue
        mine = claims[claims["source_id"] == source_id]
        for (actor, anonymity), part in mine[mine["hop"] > 1].groupby(["actor_id", "anonymity"], sort=False):
            n = covered(zip(part["start"], part["end"], strict=True))
            rows.append((source_id, actor, anonymity, False, n))
        others = covered(zip(mine.loc[mine["hop"] > 1, "start"], mine.loc[mine["hop"] > 1, "end"], strict=True))
        rows.append((source_id, voice, "own", True, int(length[source_id]) - others))
    frame = pd.DataFrame(rows, columns=["source_id", "actor_id", "anonymity", "own", "characters"])
    return frame.assign(
        share=[n / int(length[s]) for n, s in zip(frame["characters"], frame["source_id"], strict=True)]
    )

"""Chains of attribution: at which source the trail of each claim ends, and on whose word it rests."""

import pandas as pd

from claimbook.model.ledger import Ledger


def terminal_sources(ledger: Ledger) -> pd.DataFrame:
    """Return, for each claim, the source at which its chain ends.

    Returns
    -------
    pandas.DataFrame
        Indexed like ``ledger.claims``: ``claim_id``, ``actor_id`` and ``anonymity`` of the last hop, ``hops`` (how many
        there are), ``own`` (the text's own voice is the terminal source) and ``nameless`` (somebody else is, whom the
        text describes or leaves unnamed).
    """
    last = ledger.chains.sort_values("hop").groupby("chain_id")[["actor_id", "anonymity", "hop"]].last()
    ends = ledger.claims[["claim_id", "chain_id"]].join(last, on="chain_id").rename(columns={"hop": "hops"})
    ends["own"] = ends["hops"] == 1
    ends["nameless"] = ~ends["own"] & (ends["anonymity"] != "named")
    return ends.drop(columns="chain_id")

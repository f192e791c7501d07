"""Everything the book knows of a claim in one row: the frame that most questions begin with."""

import pandas as pd

from claimbook.analysis import evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.model.ledger import Ledger

COLUMNS = {
    "claim_id": "the claim",
    "text": "source_id of the text that makes it",
    "text_name": "short name of the text",
    "published": "first day on which the text may have appeared; empty where no day is known",
    "sentence_id": "the sentence that it stands in",
    "paragraph": "number of its paragraph",
    "place": "how far into the text its sentence begins, from zero to one",
    "statement": "what is claimed, in the words of the ledger",
    "quote": "words of the text that carry it; empty where none are kept",
    "layer": "content (the matter itself) or said (that it was said)",
    "kind": "what sort of claim it is",
    "weight": "thesis, support or background",
    "hedge": "words by which the text holds back; empty where it does not",
    "polarity": "positive or negative",
    "subject": "actor_id, or words, of whom it is about",
    "subject_name": "the same as a reader knows it",
    "relation": "what the subject is said to do or be",
    "object": "actor_id, or words, of whom or what that touches",
    "object_name": "the same as a reader knows it",
    "item": "the thing that passes between them",
    "checkable": "whether evidence could settle it",
    "not_checkable_reason": "why not; empty where it could",
    "chain_id": "its chain of attribution",
    "hops": "how long that chain is; one where the text speaks itself",
    "own": "whether the text says it in its own voice",
    "terminal_actor": "actor_id of the terminal source, at which the trail ends: on whose word it rests",
    "terminal_name": "the same as a reader knows it",
    "nameless": "whether that is somebody whom the text describes or leaves unnamed",
    "carrier": "Admiralty letter of the text",
    "terminal": "Admiralty letter of the terminal source",
    "verdict": "the verdict on all evidence",
    "verdict_then": "the verdict that could be known when the text appeared",
    "why": "the verdict's reason in a sentence",
    "credibility": "Admiralty digit of the information",
    "fragility": "fewest origins whose removal changes the verdict; missing where none does",
    "origins_for": "independent origins that count for it, in full or in part",
    "origins_against": "independent origins that count against it",
    "evidence": "rows of evidence on it, shown or counted",
    "counted": "rows of evidence that the rule counts",
    "searches": "searches logged for it",
    "denied": "whether a party denies it",
    "accused": "actor_ids that it accuses of wrongdoing, joined by '; '",
    "quantities": "quantity_ids that it tells, joined by '; '",
    "events": "event_ids that it tells, joined by '; '",
}
"""What each column of :func:`claims` says."""


def claims(ledger: Ledger) -> pd.DataFrame:
    """Return one row a claim, with its text, its words, its chain, its evidence and its verdicts side by side.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.

    Returns
    -------
    pandas.DataFrame
        In the order of ``claims``, with the columns of :data:`COLUMNS`, which says what each holds. It is a frame of
        its own, which may be changed.

    Raises
    ------
    LedgerError
        If the checks of the book cannot be run.
    """
    found = ledger.claims.drop(columns=["start", "end", "note"])
    sentences = ledger.sentences.rename(columns={"source_id": "text"})
    whole = sentences["text"].map(ledger.sources.set_index("source_id")["characters"])
    sentences = sentences.assign(place=sentences["start"] / whole)[["sentence_id", "text", "paragraph", "place"]]
    texts = ledger.sources[["source_id", "short_name", "published_earliest"]].set_axis(
        ["text", "text_name", "published"], axis=1
    )
    trail = terminal_sources(ledger).rename(columns={"actor_id": "terminal_actor"})
    for rows, key in (
        (sentences, "sentence_id"),
        (texts, "text"),
        (trail[["claim_id", "terminal_actor", "hops", "own", "nameless"]], "claim_id"),
        (evidence.verdicts(ledger), "claim_id"),
    ):
        found = found.merge(rows, on=key, how="left", validate="many_to_one")
    names = dict(zip(ledger.actors["actor_id"], ledger.actors["name"], strict=True))
    beside = evidence.resolved(ledger)
    denied = set(beside.loc[beside["stance"] == "denies", "claim_id"])
    found = found.assign(
        **{name: found[column].map(lambda one: names.get(one, one)) for column, name in _NAMED.items()},
        **{column: _number(found, rows) for column, rows in _counted(ledger, beside).items()},
        denied=found["claim_id"].isin(denied),
        **{column: _joined(found, *told) for column, told in _told(ledger).items()},
    )
    return found[list(COLUMNS)]


_NAMED = {"subject": "subject_name", "object": "object_name", "terminal_actor": "terminal_name"}


def _counted(ledger: Ledger, beside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {"evidence": beside, "counted": beside[beside["counts"]], "searches": ledger.searches}


def _told(ledger: Ledger) -> dict[str, tuple[pd.DataFrame, str]]:
    return {
        "accused": (ledger.claim_accused, "actor_id"),
        "quantities": (ledger.quantity_claims, "quantity_id"),
        "events": (ledger.event_claims, "event_id"),
    }


def _number(found: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Return how many of some rows each claim has."""
    return found["claim_id"].map(rows["claim_id"].value_counts()).fillna(0).astype("int64")


def _joined(found: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.Series:
    """Return the cells of a column that belong to each claim in one cell."""
    cells = rows.groupby("claim_id", sort=False)[column].agg("; ".join)
    return found["claim_id"].map(cells).fillna("").astype("str")

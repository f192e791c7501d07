"""Claim-by-claim source checking: a validated ledger, its charts and controls, and the book built from them.

What most people need stands here: ``book = claimbook.load()`` reads the ledger, ``claimbook.claims(book)`` gives one
row a claim. Nothing is imported before it is asked for.
"""

from importlib import import_module

_PLACES = {
    "load": "claimbook.model.ledger",
    "Ledger": "claimbook.model.ledger",
    "claims": "claimbook.analysis.wide",
    "verdicts": "claimbook.analysis.evidence",
    "Threshold": "claimbook.analysis.verdicts",
    "Figure": "claimbook.view.charts",
    "grammar": "claimbook.view",
    "finding": "claimbook.view.proofs",
}

__all__ = list(_PLACES)


def __getattr__(name: str):
    """Return what stands in a module of the package, imported now, and looked up each time."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place = import_module(_PLACES[name])
    return getattr(place, name, None) or import_module(f"{_PLACES[name]}.{name}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})

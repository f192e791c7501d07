"""A page of its own for every claim: light and static, the one address at which a claim stands.

They are no documents of Sphinx: a book has hundreds of them, and what they show follows from the ledger alone. In the
finished book every link to a claim or to a row of its evidence leads here; in JupyterLab, and in a book that is built
without the finishing step, it leads to the claim's place in the chapter of its text.
"""

import json
from dataclasses import dataclass

from claimbook.exchange.published import claim_path
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.model.passages import SEPARATOR
from claimbook.site import light
from claimbook.site.renderers import page_links
from claimbook.view import claim_page
from claimbook.view.cards import Cards

CHAPTERS = "../chapters/"
ESTABLISHED = ("supported", "partly_supported", "disputed", "contradicted")
"""The verdicts that rest on a side which the evidence establishes: these alone are told to search engines."""


@dataclass(frozen=True)
class Facts:
    """What the pages say of the book: its title, who is cited, version with its day, year, who coded it, its address.

    The address is "" where none is known.
    """

    title: str
    authors: str
    version: str
    year: str
    coder: str
    base: str


def pages(ledger: Ledger, facts: Facts, reviews: dict[str, dict]) -> dict[str, str]:
    """Return the page of every claim of a ledger, and of every claim that is retired, by its path within the book.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    facts : Facts
        What the pages say of the book.
    reviews : dict of str to dict
        The ClaimReview of each claim; a page holds it where the book has an address and its evidence establishes a
        side.
    """
    cards = Cards(ledger, CHAPTERS, whole=True)
    made = {}
    for _, claim in ledger.claims.iterrows():
        claim_id = claim["claim_id"]
        where = facts.base + claim_path(claim_id) if facts.base else ""
        verdict = cards.assessed.verdicts.at[claim_id, "verdict"]
        review = reviews.get(claim_id) if where and verdict in ESTABLISHED else None
        path = claim_path(claim_id)
        made[path] = light.framed(
            "claim.html",
            path,
            facts=facts,
            claim_id=claim_id,
            title=claim["statement"],
            description=f"{cards.assessed.outcome(claim_id)}. {_why(cards, claim)}".strip(),
            address=where,
            review=json.dumps(review, ensure_ascii=False).replace("<", "\\u003c") if review else "",
            said=claim_page.outcome(cards, claim_id),
            body=claim_page.body(cards, claim),
            snippet=claim_page.snippet(cards, claim_id, where),
        )
    for row in ledger.retired_ids.itertuples(index=False):
        if ids.claim_named(row.id) == row.id:
            path = claim_path(row.id)
            made[path] = light.framed(
                "retired.html",
                path,
                facts=facts,
                claim_id=row.id,
                reason=row.reason,
                successors=row.successors.split(SEPARATOR),
            )
    return {name: light.led(page_links(text)) for name, text in made.items()}


def _why(cards: Cards, claim) -> str:
    return cards.assessed.why(claim["claim_id"]) if claim["checkable"] else ""

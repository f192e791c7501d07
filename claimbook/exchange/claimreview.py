"""Claims with their verdicts as schema.org ClaimReview in one DataFeed."""

from dataclasses import dataclass

import pandas as pd

from claimbook.analysis.chains import terminal_sources
from claimbook.exchange.published import claim_address, data_day, day_of
from claimbook.exchange.terms import titled
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.cards import Cards
from claimbook.view.markup import plain

UNPUBLISHED = (
    "No published address of the book was given: addresses of the reviews are relative, as seen from the folder data "
    "of the built book."
)

SCALE = {"contradicted": 1, "partly_supported": 2, "supported": 3}
"""The number of each verdict that lies on the line from false to true; the others have none."""

WORST, BEST = min(SCALE.values()), max(SCALE.values())


@dataclass(frozen=True)
class Reviewer:
    """Who publishes the reviews, where it is not who the data package credits.

    Attributes
    ----------
    name, url : str
        The organisation and its address; empty for what the data package says.
    day : str
        The day that all reviews carry; empty for that of each.
    """

    name: str = ""
    url: str = ""
    day: str = ""


def feed(
    cards: Cards,
    denied: dict[str, str],
    package: dict,
    base: str = "",
    source_id: str = "",
    reviewer: Reviewer = Reviewer(),
) -> dict:
    """Return the reviews of all checkable claims, or of those of one text.

    Parameters
    ----------
    cards : Cards
        Of the whole ledger.
    denied : dict of str to str
        As :func:`denials` gives it.
    package : dict
        Its data package: title, version, licence and authors of the reviews.
    base : str
        Address at which the book is published; without one the addresses of the reviews are relative.
    source_id : str
        The text; all of them where none is named.
    reviewer : Reviewer
        Who publishes them, if somebody else.

    Returns
    -------
    dict
        JSON-LD: a ``DataFeed`` with a ``DataFeedItem`` per checkable claim, in the order of the ledger.

    Raises
    ------
    ValueError
        If the ledger has no such text.
    """
    claims = cards.ledger.claims[cards.ledger.claims["checkable"]]
    sources, source_of = cards.sources.to_dict("index"), cards.sentences["source_id"].to_dict()
    if source_id and source_id not in sources:
        raise ValueError(f"--text: {source_id}: must be the id of a text of the ledger")
    if source_id:
        claims = claims[claims["sentence_id"].map(source_of) == source_id]
    days = _days(cards.ledger, reviewer)
    day = max((days[claim] for claim in claims["claim_id"]), default="")
    ends = _authors(cards.ledger, cards)
    outcomes = cards.assessed.verdicts.to_dict("index")
    author = organisation(package, base, reviewer)
    where = f"Addresses of the reviews begin with {base}." if base else UNPUBLISHED
    scale = ", ".join(f"{number} {palette.VERDICTS[word]}" for word, number in SCALE.items())
    dated = "Each review is dated by the last day on which evidence on its claim was searched for, or it was corrected."
    if reviewer.day or not day:
        dated = "" if reviewer.day else "Reviews have no date, because the ledger gives no day."
    of = f" of {sources[source_id]['short_name']}" if source_id else ""
    said = f"One review per checkable claim. Scale: {scale}; disputed claims and those not established"
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": f"{package['title']}: reviews of claims{of}",
        "description": " ".join(filter(None, [f"{said} have no place on it and no number.", dated, where])),
        "version": package.get("version", ""),
        **({"dateModified": day} if day else {}),
        "license": package["licenses"][0].get("path") or titled(package["licenses"][0]),
        "dataFeedElement": [
            {
                "@type": "DataFeedItem",
                "item": {
                    "@type": "ClaimReview",
                    "url": claim_address(claim["claim_id"], base),
                    "identifier": claim["claim_id"],
                    "claimReviewed": claim["statement"],
                    "author": author,
                    **({"datePublished": days[claim["claim_id"]]} if days[claim["claim_id"]] else {}),
                    "reviewRating": _rating(claim, outcomes[claim["claim_id"]], denied[claim["claim_id"]]),
                    "itemReviewed": _claim(sources[source_of[claim["sentence_id"]]], ends.get(claim["claim_id"])),
                },
            }
            for claim in claims.to_dict("records")
        ],
    }


def _days(ledger: Ledger, reviewer: Reviewer) -> dict[str, str]:
    """Return the day of each review: its last search or correction; where it has none, that of the ledger."""
    if reviewer.day:
        return dict.fromkeys(ledger.claims["claim_id"], reviewer.day)
    days = pd.concat([ledger.searches[["claim_id", "date"]], ledger.corrections[["claim_id", "date"]]])
    last, whole = days.groupby("claim_id")["date"].max().to_dict(), data_day(ledger)
    return {claim: last.get(claim, whole) for claim in ledger.claims["claim_id"]}


def organisation(package: dict, base: str = "", reviewer: Reviewer = Reviewer()) -> dict:
    """Return who made the reviews, with the pages of their rules and corrections where the book's address is known."""
    credited = package["contributors"][0]
    made = {"@type": "Organization", "name": reviewer.name or credited["title"]}
    if url := reviewer.url or ("" if reviewer.name else credited.get("path", "")) or base:
        made["url"] = url
    if base:
        made["publishingPrinciples"] = f"{base}chapters/use/method.html"
        made["correctionsPolicy"] = f"{base}chapters/use/corrections.html"
    return made


NO_DENIAL = {"none found": "No denial was found.", "not searched": "No denial was searched for."}
"""What a review says of a claim that nobody is known to deny."""


def denials(cards: Cards) -> dict[str, str]:
    """Say of every claim who denies it, as claim ids of the text and names of origins; empty where nothing is said."""
    found = {}
    for claim_id in cards.ledger.claims["claim_id"]:
        said = cards.assessed.denial(claim_id)
        found[claim_id] = NO_DENIAL.get(said) or (f"Denied: {plain(said)}." if said else "")
    return found


def _claim(source: dict, author: dict | None) -> dict:
    """Return a claim as the thing reviewed: where and when its text appeared, and whose word it is."""
    parts = {
        "appearance": _appearance(source) if source["url"] else None,
        "author": author,
        "datePublished": day_of(source),
    }
    return {"@type": "Claim", **{name: part for name, part in parts.items() if part}}


def _rating(claim: dict, outcome: dict, denial: str) -> dict:
    verdict = outcome["verdict"]
    because = [outcome["why"], denial]
    rating = {"@type": "Rating", "alternateName": palette.VERDICTS[verdict]}
    if verdict in SCALE:
        rating |= {"ratingValue": SCALE[verdict], "bestRating": BEST, "worstRating": WORST}
    aspect = palette.LAYERS[claim["layer"]]
    return {**rating, "reviewAspect": aspect, "ratingExplanation": " ".join(filter(None, because))}


def _appearance(source: dict) -> dict:
    work = {"@type": "CreativeWork", "url": source["url"], "name": source["title"]}
    work["publisher"] = {"@type": "Organization", "name": source["outlet"]} if source["outlet"] else None
    work["author"] = {"@type": "Person", "name": source["author"]} if source["author"] else None
    return {key: value for key, value in work.items() if value}


def _authors(ledger: Ledger, cards: Cards) -> dict[str, dict]:
    """Return who made each claim whose trail ends at a named source."""
    kinds = ledger.actors.set_index("actor_id")["kind"]
    ends = terminal_sources(ledger)
    return {
        end.claim_id: {
            "@type": "Person" if kinds[end.actor_id] == "person" else "Organization",
            "name": cards.names[end.actor_id],
        }
        for end in ends[ends["anonymity"] == "named"].itertuples(index=False)
        if kinds[end.actor_id] not in ("document", "place")
    }

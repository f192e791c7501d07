"""Claims as W3C Web Annotations: positions in a text that is named by its hash, and no copy of its words."""

import base64

from claimbook.exchange.published import claim_address
from claimbook.view import palette
from claimbook.view.cards import Cards

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotations(cards: Cards, denied: dict[str, str], base: str = "") -> list[dict]:
    """Return an annotation per claim, in the order of the ledger.

    The target is the text file that ``sources.sha256`` fixes, as a name by hash (RFC 6920), since offsets in it hold
    for no other copy; ``via`` is where the text was published. A claim that keeps a quote has it as a second target:
    the sentence, refined by the words. Words before and after a quote are left out, because the ledger holds none.

    Parameters
    ----------
    cards : Cards
        Of the whole ledger.
    denied : dict of str to str
        As :func:`.claimreview.denials` gives it.
    base : str
        Address at which the book is published.
    """
    sentences, sources = cards.sentences.to_dict("index"), cards.sources.to_dict("index")
    verdicts = cards.assessed.verdicts["verdict"]
    made = []
    for claim in cards.ledger.claims.to_dict("records"):
        claim_id, sentence = claim["claim_id"], sentences[claim["sentence_id"]]
        source = sources[sentence["source_id"]]
        made.append(_annotation(claim, sentence, source, verdicts[claim_id], denied[claim_id], base))
    return made


def _annotation(claim: dict, sentence: dict, source: dict, verdict: str, denial: str, base: str) -> dict:
    text = {
        "id": named_by_hash(source["sha256"]),
        "type": "Text",
        "format": "text/plain",
        "language": source["language"],
        "via": source["url"],
    }
    text = {key: value for key, value in text.items() if value}
    targets = [{"type": "SpecificResource", "source": text, "selector": _position(claim)}]
    if claim["quote"]:
        quoted = {**_position(sentence), "refinedBy": {"type": "TextQuoteSelector", "exact": claim["quote"]}}
        targets.append({"type": "SpecificResource", "source": text, "selector": quoted})
    bodies = [
        {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": "en"}
        for purpose, value in (
            ("describing", claim["statement"]),
            ("classifying", palette.VERDICTS[verdict]),
            ("commenting", denial),
        )
        if value
    ]
    return {
        "@context": CONTEXT,
        "id": claim_address(claim["claim_id"], base),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
    }


def _position(row: dict) -> dict:
    return {"type": "TextPositionSelector", "start": int(row["start"]), "end": int(row["end"])}


def named_by_hash(sha256: str) -> str:
    """Return the RFC 6920 name of a file by its SHA-256 in hexadecimal."""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"

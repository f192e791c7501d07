"""What the ledger holds for a reader to find: its claims, names, quantities, events, evidence and publications."""

import pandas as pd

from claimbook.model.ledger import Ledger
from claimbook.site import nearest, places
from claimbook.site.find import Found
from claimbook.site.renderers import page_address
from claimbook.view import addresses, own_copy, palette, timeline
from claimbook.view.cards import Cards
from claimbook.view.markup import Html, plain
from claimbook.view.tables import date_text, quantity_text

CHAPTERS = "chapters/"


def in_ledger(ledger: Ledger) -> Found:
    """Return what the ledger holds for a reader to find, with addresses from the book's first folder."""
    cards, found = Cards(ledger), Found()
    spellings: dict[str, dict[str, None]] = {actor: {name: None} for actor, name in cards.names.items()}
    for mention in ledger.mentions.itertuples(index=False):
        spellings[mention.actor_id][mention.as_written] = None
    found.actors = {actor: " · ".join(forms) for actor, forms in spellings.items()}
    _add_claims(found, cards)
    _add_actors(found, cards, spellings)
    _add_quantities(found, ledger)
    _add_events(found, cards)
    _add_evidence(found, cards)
    _add_publications(found, ledger)
    found.nearest = nearest.index(cards)
    found.copies = {source_id: own_copy.known(cards, source_id) for source_id in ledger.texts}
    for group, entries in found.groups.items():
        found.groups[group] = [(name, places.address(page_address(where)), *rest) for name, where, *rest in entries]
    return found


def _hops(ledger: Ledger) -> dict[str, list[str]]:
    """Return the actors of each chain, in order."""
    return {key: list(rows["actor_id"]) for key, rows in ledger.chains.groupby("chain_id")}


def _parties(claim: pd.Series, cards: Cards) -> list[str]:
    """Return which of a claim's subject and object are actors."""
    return [actor for actor in (claim["subject"], claim["object"]) if actor in cards.names]


def _add_claims(found: Found, cards: Cards) -> None:
    ledger, verdicts = cards.ledger, cards.assessed.verdicts["verdict"]
    in_sentence, hops = {key: rows for key, rows in ledger.mentions.groupby("sentence_id")}, _hops(ledger)
    shorts, source_of = cards.sources["short_name"], cards.sentences["source_id"]
    for _, claim in ledger.claims.iterrows():
        claim_id, actors = claim["claim_id"], _parties(claim, cards)
        named = in_sentence.get(claim["sentence_id"])
        if named is not None:
            within = named[(named["start"] >= claim["start"]) & (named["end"] <= claim["end"])]
            actors += list(within["actor_id"])
        reason = "" if claim["checkable"] else palette.REASONS[claim["not_checkable_reason"]]
        denial = cards.assessed.denial(claim_id)
        said = "" if denial is None else plain(denial)
        found.claims[claim_id] = (claim["statement"], verdicts[claim_id], reason, said)
        address, short = addresses.claim(claim_id, CHAPTERS), shorts[source_of[claim["sentence_id"]]]
        told = [*dict.fromkeys([*actors, *hops[claim["chain_id"]]])]
        # Who asks what was denied means claims with a denial, and not those of which none was found.
        words = [claim["quote"], "denied" if isinstance(denial, Html) else ""]
        found.add("claims", claim_id, address, "", short, " ".join(filter(None, words)), told, claim_id)


def _add_actors(found: Found, cards: Cards, spellings: dict[str, dict[str, None]]) -> None:
    """Add each actor with its claims where it is a party to one, else with the first place that tells of it."""
    ledger, hops = cards.ledger, _hops(cards.ledger)
    involved, first = set(), {}
    for _, claim in ledger.claims.iterrows():
        involved.update(_parties(claim, cards))
        for actor in hops[claim["chain_id"]]:
            first.setdefault(actor, addresses.claim(claim["claim_id"], CHAPTERS))
    for mention in ledger.mentions.itertuples(index=False):
        first.setdefault(mention.actor_id, addresses.sentence(mention.sentence_id, CHAPTERS))
    for actor, forms in spellings.items():
        if actor in involved:
            address = addresses.claims_of(actor, CHAPTERS)
        elif actor in first:
            address = first[actor]
        else:
            continue
        name, *others = forms
        below = f"also written {', '.join(others)}" if others else ""
        found.add("actors", actor, address, name, below, "", [actor])


def _add_quantities(found: Found, ledger: Ledger) -> None:
    told = ledger.quantity_claims.groupby("quantity_id")
    for _, quantity in ledger.quantities.iterrows():
        rows = told.get_group(quantity["quantity_id"])
        wording = ", ".join(f"“{w}”" for w in dict.fromkeys(rows["wording"]))
        address = addresses.quantity(quantity["quantity_id"], CHAPTERS)
        supplier = [quantity["supplier"]] if quantity["supplier"] else []
        text = quantity_text(quantity)
        found.add("quantities", quantity["quantity_id"], address, text, wording, "", supplier, rows["claim_id"].iloc[0])


def _add_events(found: Found, cards: Cards) -> None:
    ledger = cards.ledger
    takes_part = ledger.event_actors.groupby("event_id")["actor_id"].agg(list).to_dict()
    for _, event in timeline.placed(ledger, cards.assessed).iterrows():
        day = date_text(event["start"], event["end"], "bounded")
        below = f"{palette.MODES[event['mode']]}; {day}" + (f"; {event['place']}" if event["place"] else "")
        address = addresses.event(ledger, event["event_id"], CHAPTERS)
        actors = takes_part.get(event["event_id"], [])
        shown = event["verdict"] if event["verdict"] in palette.VERDICTS else ""
        found.add("events", event["event_id"], address, event["summary"], below, "", actors, "", shown)


def _add_evidence(found: Found, cards: Cards) -> None:
    for claim_id, rows in cards.assessed.rows.items():
        for row in rows.itertuples(index=False):
            below = f"{palette.STANCES[row.stance]}; {cards.assessed.origins[row.origin]}"
            address = addresses.evidence(row.evidence_id, CHAPTERS)
            found.add("evidence", row.evidence_id, address, row.finding, below, row.reference, (), claim_id)


def _add_publications(found: Found, ledger: Ledger) -> None:
    for key, entry in ledger.bibliography.items():
        who = entry.get("author") or entry.get("editor") or ""
        where = entry.get("organization") or entry.get("publisher") or entry.get("journal") or ""
        below = "; ".join(filter(None, (who, where, entry.get("date") or entry.get("year"))))
        found.add("publications", key, addresses.reference(key, CHAPTERS), entry["title"], below)

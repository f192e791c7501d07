"""What the ledger holds for a reader to find: its claims, names, quantities, events, evidence and publications."""

from collections import Counter

from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.site import nearest, places, speech
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
    found.texts = called(ledger)
    found.nearest = nearest.index(cards)
    found.copies = {source_id: own_copy.known(cards, source_id) for source_id in ledger.texts}
    for group, entries in found.groups.items():
        found.groups[group] = [(name, places.address(page_address(where)), *rest) for name, where, *rest in entries]
    return found


KINDS = {
    "news": "article",
    "opinion": "article commentary",
    "analysis": "article analysis",
    "blog": "blog blogger post",
    "advocacy": "pamphlet",
    "speech": "speech",
    "post": "post",
    "press_release": "release",
    "report": "report",
}
"""Everyday words for a text of each kind; none that is said of other things as often."""

SIGNED = "column columnist oped essay"
"""Further words for an opinion whose author is named."""


def called(ledger: Ledger) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """Return per text how a reader may call it: words for its kind, its years, and the words of its name, as stems."""
    out = {}
    for source in ledger.sources.itertuples(index=False):
        signed = f" {SIGNED}" if source.genre == "opinion" and source.author else ""
        kinds = [*map(speech.stem, f"{KINDS.get(source.genre, source.genre)}{signed}".split())]
        years = sorted({day[:4] for day in (source.published_earliest, source.published_latest) if day})
        name = [w for w in speech.words(source.short_name) if w not in nearest.STOP and not w.isdigit()]
        out[source.source_id] = (kinds, years, [w for w in map(speech.stem, name) if w not in kinds])
    return out


def _add_claims(found: Found, cards: Cards) -> None:
    ledger, assessed = cards.ledger, cards.assessed
    shorts, source_of = cards.sources["short_name"], cards.sentences["source_id"]
    for _, claim in ledger.claims.iterrows():
        claim_id = claim["claim_id"]
        reason = "" if claim["checkable"] else palette.REASONS[claim["not_checkable_reason"]]
        denial, extent = assessed.denial(claim_id), assessed.extent(claim_id)
        said = "" if denial is None else plain(denial)
        why = assessed.why(claim_id) if claim["checkable"] else ""
        verdict, part = assessed.verdicts.at[claim_id, "verdict"], "" if extent is None else plain(extent)
        found.claims[claim_id] = (claim["statement"], verdict, reason, said, why, part)
        address, short = addresses.claim(claim_id, CHAPTERS), shorts[source_of[claim["sentence_id"]]]
        # Who asks what was denied means claims with a denial, and not those of which none was found.
        words = [claim["quote"], "denied" if isinstance(denial, Html) else ""]
        said = " ".join(filter(None, words))
        of = [ids.text_of(claim_id)]
        found.add("claims", claim_id, address, "", short, said, cards.people(claim), claim_id, texts=of)


def _add_actors(found: Found, cards: Cards, spellings: dict[str, dict[str, None]]) -> None:
    """Add each actor with a place of its own: the writer of a text where its chapter tells of it, others their claims.

    Whoever only stands in what is no claim, as a name in a heading does, has the place where it stands.
    """
    ledger, rests = cards.ledger, cards.assessed.trail_ends["own"]
    number = Counter(actor for _, claim in ledger.claims.iterrows() for actor in cards.people(claim))
    texts = {source.voice: source for source in ledger.sources.itertuples(index=False)}
    first = ledger.mentions.groupby("actor_id")["sentence_id"].first()
    for actor, forms in spellings.items():
        name, *others = forms
        of, said = [], ""
        if actor in texts:
            source = texts[actor]
            of, own = [source.source_id], rests[[ids.is_of(claim, source.source_id) for claim in rests.index]]
            author = f"Author: {source.author}" if source.author else "Its author is not named"
            day = date_text(source.published_earliest, source.published_latest, "bounded")
            published = f"Published: {day}" if day else "It has no date"
            said = f"{author}. {published}. Of its {count(len(own), 'claim')} {own.sum()} rest on the text's own word."
        below = [f"also written {', '.join(others)}"] if others else []
        if actor in texts:
            address = addresses.text(texts[actor].source_id, addresses.ABOUT, CHAPTERS)
            below.insert(0, f"{texts[actor].short_name}: about the text and who wrote it")
        elif actor in number:
            address = addresses.claims_of(actor, CHAPTERS)
            below.insert(0, count(number[actor], "claim"))
        elif actor in first:
            address = addresses.sentence(first[actor], CHAPTERS)
        else:
            continue
        found.add("actors", actor, address, name, "; ".join(below), said, [actor], texts=of)


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
    of = ledger.event_claims.assign(text=ids.texts_of(ledger.event_claims["claim_id"]))
    told = of.groupby("event_id")["text"].unique().to_dict()
    takes_part = ledger.event_actors.groupby("event_id")["actor_id"].agg(list).to_dict()
    for _, event in timeline.placed(ledger, cards.assessed).iterrows():
        day = date_text(event["start"], event["end"], "bounded")
        below = f"{palette.MODES[event['mode']]}; {day}" + (f"; {event['place']}" if event["place"] else "")
        address = addresses.event(ledger, event["event_id"], CHAPTERS)
        actors = takes_part.get(event["event_id"], [])
        shown = event["verdict"] if event["verdict"] in palette.VERDICTS else ""
        texts = told.get(event["event_id"], [])
        found.add("events", event["event_id"], address, event["summary"], below, "", actors, "", shown, texts)


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

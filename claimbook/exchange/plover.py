"""Events as PLOVER records (manual of February 2024), one JSON object per line.

A record is an event as one text tells it; records of one event share their ``link``. Two slips of the manual are
resolved by its section text: the score of ACCUSE is negative, and SANCTION is material conflict.
"""

import pandas as pd

from claimbook.model import ids
from claimbook.view.cards import Cards

TYPES = {
    "AGREE": (1, 2.5),
    "CONSULT": (1, 2.5),
    "SUPPORT": (1, 5.0),
    "CONCEDE": (1, 4.5),
    "COOPERATE": (2, 9.5),
    "AID": (2, 10.0),
    "RETREAT": (2, 6.5),
    "REQUEST": (3, 0.0),
    "ACCUSE": (3, -3.0),
    "REJECT": (3, -2.0),
    "THREATEN": (3, -3.5),
    "PROTEST": (4, -5.0),
    "SANCTION": (4, -6.0),
    "MOBILIZE": (4, -5.5),
    "COERCE": (4, -7.0),
    "ASSAULT": (4, -9.0),
}
"""Quad category and score of each type; finer modes, which have scores of their own, are not coded."""

NEEDS_RECIPIENT = ("COOPERATE", "AID", "SANCTION")

MODES = {"planned": "future", "promised": "future", "hypothetical": "hypothetical", "denied": "negation"}
"""The manual's auxiliary mode for ours. An allegation has none, and what is historical is not coded."""

SECTORS = {"media": "JRN"}
"""Sector by kind of actor, where the kind decides it: a body of a state may be GOV, MIL or another."""

CODEBOOK = "plover-2.0-draft-2024-02-04"
UNKNOWN = "not stated"
"""Coder of a data package that does not name its own as ``coder``."""


def records(cards: Cards, denied: dict[str, str], package: dict) -> tuple[list[dict], list[dict]]:
    """Return the records of all events that PLOVER can hold.

    Parameters
    ----------
    cards : Cards
        Of the whole ledger.
    denied : dict of str to str
        As :func:`.claimreview.denials` gives it.
    package : dict
        Its data package.

    Returns
    -------
    dated : list of dict
        Records with every field that the manual requires.
    undated : list of dict
        The same without ``date``, which nothing establishes.
    """
    ledger = cards.ledger
    gone = set(left_out(cards)["event_id"])
    events = ledger.events[~ledger.events["event_id"].isin(gone)]
    parties: dict[str, list] = {}
    for row in ledger.event_actors.itertuples(index=False):
        parties.setdefault(row.event_id, []).append((row.role, row.actor_id))
    told = ledger.event_claims.merge(ledger.claims, on="claim_id", sort=False)
    told["source_id"] = told["sentence_id"].map(cards.sentences["source_id"])
    told = told.sort_values(["start", "claim_id"])[["event_id", "source_id", "sentence_id", "claim_id", "start", "end"]]
    of_text: dict[tuple[str, str], list] = {}
    for row in told.itertuples(index=False):
        of_text.setdefault((row.event_id, row.source_id), []).append(row)
    place = ledger.sentences.groupby("source_id").cumcount() + 1
    sequence = dict(zip(ledger.sentences["sentence_id"], place, strict=True))
    actors, written = ledger.actors.set_index("actor_id", drop=False).to_dict("index"), {}
    sources, verdicts = cards.sources.to_dict("index"), cards.assessed.verdicts["verdict"]
    for row in ledger.mentions.itertuples(index=False):
        written.setdefault((row.actor_id, row.sentence_id), row.as_written)
    found = []
    for event in events.to_dict("records"):
        for source_id in ledger.sources["source_id"]:
            if not (mine := of_text.get((event["event_id"], source_id))):
                continue
            first = mine[0]
            sides: dict[str, list] = {"actor": [], "recipient": []}
            for role, actor_id in parties[event["event_id"]]:
                words = [written[key] for row in mine if (key := (actor_id, row.sentence_id)) in written]
                sides[role].append(_entity(actors[actor_id], words[0] if words else ""))
            claims = [
                {"claim_id": claim, "verdict": verdicts[claim], "denial": denied[claim]}
                for claim in (row.claim_id for row in mine)
            ]
            where = {"sequence": int(sequence[first.sentence_id]), "start": int(first.start), "end": int(first.end)}
            found.append(_record(event, source_id, sources[source_id], sides, where, claims, package))
    return [r for r in found if "date" in r], [r for r in found if "date" not in r]


def left_out(cards: Cards) -> pd.DataFrame:
    """Return the events that make no record.

    Returns
    -------
    pandas.DataFrame
        ``event_id`` and ``reason``.
    """
    roles = cards.ledger.event_actors.groupby("event_id")["role"].agg(set).to_dict()
    rows = []
    for event in cards.ledger.events.itertuples(index=False):
        mine = roles.get(event.event_id, set())
        if event.type == "none":
            rows.append((event.event_id, "no PLOVER type fits"))
        elif "actor" not in mine:
            rows.append((event.event_id, "no actor is told, which every record needs"))
        elif event.type in NEEDS_RECIPIENT and "recipient" not in mine:
            rows.append((event.event_id, f"no recipient is told, which {event.type} needs"))
    return pd.DataFrame(rows, columns=["event_id", "reason"])


def _record(event: dict, source_id: str, source: dict, sides: dict, where: dict, claims: list, package: dict) -> dict:
    quad, scale = TYPES[event["type"]]
    days = {"date": event["date_start"], "enddate": event["date_end"]}
    if event["date_end"] == event["date_start"]:
        del days["enddate"]
    return {
        "id": ids.pair(event["event_id"], source_id),
        "has_event": True,
        **{name: day for name, day in days.items() if day},
        **sides,
        "event": [event["type"]],
        "quad_code": quad,
        "event_scale": scale,
        "mode": [MODES[event["mode"]]] if event["mode"] in MODES else [],
        "link": event["event_id"],
        "text": "",
        "text_info": where,
        "cite_info": _cited(package, source),
        "coder": package.get("coder", UNKNOWN),
        "comment": event["summary"],
        "claimbook": {
            "mode": event["mode"],
            "date_precision": event["date_precision"],
            "date_basis": event["date_basis"],
            "place": event["place"],
            "source_sha256": source["sha256"],
            "claims": claims,
        },
    }


def _entity(actor: dict, words: str) -> dict:
    """Return an actor: code and sector where the ledger has them, the words of the text, the normal name."""
    entity = {
        "code": actor["iso3"],
        "sector": SECTORS.get(actor["kind"], ""),
        "entity_text": words,
        "identifier_text": actor["name"],
    }
    return {**{key: value for key, value in entity.items() if value}, "actor_id": actor["actor_id"]}


def _cited(package: dict, source: dict) -> dict:
    cite = {
        "corpus": package["title"],
        "citation": source["short_name"],
        "url": source["url"],
        "title": source["title"],
        "language": source["language"],
        "publication": source["outlet"],
        "license": "none known; the text is not part of this data set",
        "copyright": "with its author or publisher",
        "coder": package.get("coder", UNKNOWN),
        "codebook": CODEBOOK,
        "version": package.get("version", ""),
    }
    return {key: value for key, value in cite.items() if value}

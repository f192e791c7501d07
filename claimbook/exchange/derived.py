"""Tables worked out from the ledger and the records, as frames with their descriptions for the data package."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from claimbook.analysis import dates, evidence, pairs, wording
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.verdicts import STRICTER, VERDICTS, verdict
from claimbook.exchange import plover
from claimbook.exchange.terms import called
from claimbook.model import passages
from claimbook.model.ledger import DERIVED, Ledger
from claimbook.model.span import DIFFERS, FITS, OVERLAPS
from claimbook.view.cards import Cards

_VERDICT = {"enum": list(VERDICTS)}
_CLAIM = ("claim_id", "string", "The claim.", {"required": True})
_KEYS = {
    "claim_id": ("claims", "claim_id"),
    "event_id": ("events", "event_id"),
    "evidence_id": ("evidence", "evidence_id"),
    "source_id": ("sources", "source_id"),
    "actor_id": ("actors", "actor_id"),
    "subject": ("actors", "actor_id"),
    "object": ("actors", "actor_id"),
}
"""Where a column leads: table and key."""


@dataclass(frozen=True)
class Table:
    """A table worked out: its frame and what the data package says of it.

    Attributes
    ----------
    name, title, description : str
        As in the data package.
    frame : pandas.DataFrame
        The rows.
    fields : tuple
        Name, type, description and constraints of each column, in order.
    key : tuple of str
        The primary key.
    origins : tuple of str
        Origins of records whose terms hold beside the book's own licence, or, for `whole`, in its place.
    whole : bool
        Whether every row is worked out from those records.
    traps : tuple of str
        What misleads whoever sums or compares the rows.
    """

    name: str
    title: str
    description: str
    frame: pd.DataFrame
    fields: tuple
    key: tuple[str, ...]
    origins: tuple[str, ...] = ()
    whole: bool = False
    traps: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies in an export."""
        return f"{DERIVED}/{self.name}.csv"

    def resource(self, package: dict) -> dict:
        """Return its description for the data package."""
        terms = [
            licence
            for resource in package["resources"]
            if resource.get("origin") in self.origins
            for licence in resource["licenses"]
        ]
        licences = [*([] if self.whole else package["licenses"]), *terms]
        return {
            "name": self.name,
            "type": "table",
            "path": self.path,
            "title": self.title,
            "description": self.description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "licenses": list({called(licence): licence for licence in licences}.values()),
            **({"traps": list(self.traps)} if self.traps else {}),
            "schema": {
                "fields": [
                    {"name": name, "type": kind, "description": text, "constraints": rules}
                    for name, kind, text, rules in self.fields
                ],
                "missingValues": [""],
                "primaryKey": list(self.key),
                "foreignKeys": [
                    {"fields": [name], "reference": {"resource": _KEYS[name][0], "fields": [_KEYS[name][1]]}}
                    for name, *_ in self.fields
                    if name in _KEYS
                ],
            },
        }


def tables(cards: Cards) -> list[Table]:
    """Return every derived table of a ledger, last those that a module of its book offers as ``derived(ledger)``."""
    ledger = cards.ledger
    return [
        findings(ledger),
        ends(ledger),
        thresholds(cards),
        event_dates(ledger),
        relations(cards),
        words(ledger),
        quoted(ledger),
        left_out(cards),
        *(table for own in ledger.own.values() if hasattr(own, "derived") for table in own.derived(ledger)),
    ]


def findings(ledger: Ledger) -> Table:
    """Return stance and finding of every row of evidence, those of checks computed."""
    rows = evidence.resolved(ledger)
    read = [ledger.checks[name].records if name else () for name in rows["check"]]
    origins = {r["name"]: r.get("origin") for r in ledger.schema["resources"]}
    own, apart = called(ledger.schema["licenses"][0]), ledger.schema.get("derivedTerms", [])
    marks = {terms["origin"]: terms["mark"] for terms in apart}
    frame = rows[["evidence_id", "claim_id", "stance", "finding", "known_from"]].assign(
        records=[" | ".join(names) for names in read],
        terms=[
            " | ".join(dict.fromkeys(marks[origins[n]] for n in names if origins[n] in marks)) or own for names in read
        ],
    )
    known = list(dict.fromkeys([own, *marks.values(), *frame["terms"]]))
    return Table(
        "evidence_findings",
        "Findings of the evidence",
        "Stance and finding of every row of evidence, those of checks computed from the records named."
        + "".join(f" Rows with the terms {terms['mark']} hold {terms['rows']}." for terms in apart),
        frame,
        (
            ("evidence_id", "string", "The row of evidence.", {"required": True}),
            _CLAIM,
            ("stance", "string", "Stance toward the claim.", {"required": True}),
            ("finding", "string", "What was found, in our own words.", {}),
            ("known_from", "string", "From when it could be known, in EDTF; empty where not established.", {}),
            ("records", "string", "Records that the check reads, separated by ' | '; empty for a publication.", {}),
            (
                "terms",
                "string",
                "Under whose terms the row stands.",
                {"enum": known},
            ),
        ),
        ("evidence_id",),
        tuple(marks),
    )


def ends(ledger: Ledger) -> Table:
    """Return the source at which the trail of each claim ends."""
    return Table(
        "terminal_sources",
        "Terminal sources",
        "The source at which the trail of each claim ends.",
        terminal_sources(ledger)[["claim_id", "actor_id", "anonymity", "hops", "own", "nameless"]],
        (
            _CLAIM,
            ("actor_id", "string", "The last hop of the chain.", {"required": True}),
            ("anonymity", "string", "How the text identifies it.", {"enum": ["named", "described", "unnamed"]}),
            ("hops", "integer", "Hops of the chain; 1 is the text's own voice.", {"minimum": 1}),
            ("own", "boolean", "Whether the text's own voice is the terminal source.", {}),
            ("nameless", "boolean", "Whether it is somebody else, whom the text does not name.", {}),
        ),
        ("claim_id",),
    )


def thresholds(cards: Cards) -> Table:
    """Return the verdict on each claim under each threshold of the book."""
    found, claims = cards.assessed.items, cards.ledger.claims
    parts = [
        claims[["claim_id"]].assign(
            threshold=name,
            verdict=[
                verdict(found.get(claim, ()), checkable, threshold)
                for claim, checkable in zip(claims["claim_id"], claims["checkable"], strict=True)
            ],
        )
        for name, threshold in STRICTER
    ]
    return Table(
        "verdicts_by_threshold",
        "Verdicts by threshold",
        "The verdict on each claim when more is asked of the evidence.",
        pd.concat(parts, ignore_index=True),
        (
            _CLAIM,
            ("threshold", "string", "What establishes a side.", {"enum": [name for name, _ in STRICTER]}),
            ("verdict", "string", "The verdict under this threshold.", _VERDICT),
        ),
        ("claim_id", "threshold"),
    )


def event_dates(ledger: Ledger) -> Table:
    """Return told beside recorded dates of events."""
    columns = ["event_id", "claim_id", "source_id", "told_start", "told_end", "date_start", "date_end", "outcome"]
    return Table(
        "event_dates",
        "Dates told and on record",
        "Every date that a text tells of an event, beside the date on record, and whether both can be right.",
        dates.compared(ledger)[columns],
        (
            ("event_id", "string", "The event.", {"required": True}),
            _CLAIM,
            ("source_id", "string", "The text.", {"required": True}),
            ("told_start", "date", "First day that the words of the text allow.", {}),
            ("told_end", "date", "Last day that the words of the text allow.", {}),
            ("date_start", "date", "First day on record.", {}),
            ("date_end", "date", "Last day on record.", {}),
            (
                "outcome",
                "string",
                "Whether the two fit.",
                {"enum": [DIFFERS, OVERLAPS, FITS]},
            ),
        ),
        ("event_id", "claim_id"),
    )


def relations(cards: Cards) -> Table:
    """Return who is said to do what to whom, with the verdicts."""
    edges = pairs.edges(cards.ledger)
    counts = [Counter(found) for found in edges["verdicts"]]
    frame = edges[["edge_id", "subject", "object", "n", "standing"]].assign(
        denied=edges["denied"].map(len),
        claims=edges["claims"].map(" | ".join),
        verbs=edges["verbs"].map(" | ".join),
        **{word: [found[word] for found in counts] for word in VERDICTS},
    )
    columns = ["edge_id", "subject", "object", "n", "denied", "standing", "claims", "verbs", *VERDICTS]
    return Table(
        "relations",
        "Relations told",
        "Who is said to do what to whom: ordered pairs of actors that claims join. It shows what is said, not what is "
        "so; the verdicts on the claims stand beside it.",
        frame[columns],
        (
            ("edge_id", "string", "Identifier: subject and object.", {"required": True}),
            ("subject", "string", "The actor of whom the claims speak.", {"required": True}),
            ("object", "string", "The actor toward whom.", {"required": True}),
            ("n", "integer", "Claims.", {"minimum": 1}),
            ("denied", "integer", "Of these, denied or told as not so.", {"minimum": 0}),
            ("standing", "string", "How the pair stands.", {"enum": list(pairs.STANDINGS)}),
            ("claims", "string", "The claims, separated by ' | '.", {}),
            ("verbs", "string", "Relations told, most frequent first, separated by ' | '.", {}),
            *((word, "integer", f"Claims with the verdict {word}.", {"minimum": 0}) for word in VERDICTS),
        ),
        ("edge_id",),
    )


def words(ledger: Ledger) -> Table:
    """Return how often each text hedges, gives epithets and leans on collectives."""
    frame = wording.measures(ledger)
    return Table(
        "language",
        "Language of the texts",
        "Hedged claims, epithets and claims from collectives that nobody can ask, per text. The texts are short and "
        "of different kinds.",
        frame.assign(rate=frame["rate"].round(4)),
        (
            ("source_id", "string", "The text.", {"required": True}),
            ("kind", "string", "What is counted.", {"enum": list(wording.KINDS)}),
            ("n", "integer", "How many.", {"minimum": 0}),
            ("sentences", "integer", "Content sentences of the text.", {"minimum": 0}),
            ("rate", "number", "Per hundred content sentences.", {"minimum": 0}),
        ),
        ("source_id", "kind"),
    )


def quoted(ledger: Ledger) -> Table:
    """Return how much of each text the ledger quotes."""
    frame = passages.quoted_shares(ledger)
    return Table(
        "held_words",
        "Words held of each text",
        "How many characters of each text the ledger holds in quotes, hedges, epithets, wordings and date words: an "
        "upper estimate.",
        frame.assign(share=frame["share"].round(4), max_sentence_share=frame["max_sentence_share"].round(4)),
        (
            ("source_id", "string", "The text.", {"required": True}),
            ("characters", "integer", "Characters of the text.", {"minimum": 1}),
            ("held", "integer", "Characters that the ledger holds.", {"minimum": 0}),
            ("share", "number", "Held by characters.", {"minimum": 0, "maximum": 1}),
            ("max_sentence_share", "number", "Largest share of a sentence.", {"minimum": 0, "maximum": 1}),
        ),
        ("source_id",),
    )


def left_out(cards: Cards) -> Table:
    """Return the events that make no PLOVER record."""
    return Table(
        "plover_left_out",
        "Events without a PLOVER record",
        "Events of the ledger that PLOVER cannot hold, with the reason.",
        plover.left_out(cards),
        (
            ("event_id", "string", "The event.", {"required": True}),
            ("reason", "string", "Why there is no record.", {"required": True}),
        ),
        ("event_id",),
    )

"""The forms of the workbench: what is asked for each sort of thing, in which order, and what stands there already."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """What is asked for one sort of thing.

    Attributes
    ----------
    table : str
        The table of its row.
    asked : str
        Its columns in the order in which they are asked; what else the schema has follows them. One of another table
        whose rows hang on it has that table's name before it.
    made : str
        Columns that are never asked, because they follow from the words chosen or from the other rows.
    says : str
        What it is for.
    told : str
        The columns by whose words a row is known in a list; empty where its key says enough.
    changes : bool
        Whether it changes a row that is there, and no other.
    """

    table: str
    asked: str
    made: str
    says: str
    told: str = ""
    changes: bool = False


PASSAGE = "sentence_id start end"
FORMS = {
    "claim": Form(
        "claims",
        "statement subject relation object kind weight quote not_checkable_reason chain_id layer polarity hedge",
        f"claim_id checkable {PASSAGE}",
        "one fact that the chosen words tell",
        "statement",
    ),
    "link": Form("claim_links", "claim_id type related_claim_id differs", "", "how two claims hang together"),
    "wrongdoing": Form("claim_accused", "actor_id reason claim_id", "", "whom a claim accuses", "reason"),
    "chain": Form("chains", "actor_id verb anonymity chain_id", "hop", "the next hop of who says so", "actor_id verb"),
    "actor": Form("actors", "name kind iso3 living actor_id", "", "somebody whom other rows name", "name"),
    "mention": Form(
        "mentions",
        "actor_id epithet",
        f"mention_id as_written {PASSAGE}",
        "the chosen words are somebody's name",
        "as_written",
    ),
    "quantity": Form(
        "quantities",
        "quantity_claims.wording value bound unit dimension measure currency low high supplier"
        " quantity_recipients.actor_id period_start period_end price_year quantity_claims.claim_id",
        "",
        "a number that a claim tells",
        "measure",
    ),
    "number": Form(
        "number_exceptions",
        "reason",
        f"exception_id {PASSAGE}",
        "the chosen number is no quantity and no date",
        "reason",
    ),
    "event": Form(
        "events",
        "summary type mode date_start date_end date_precision date_basis reference place event_actors.actor"
        " event_actors.recipient event_claims.told_start event_claims.told_end event_claims.date_words"
        " event_claims.told_place event_claims.claim_id",
        "",
        "what a claim tells to have happened",
        "summary",
    ),
    "evidence": Form(
        "evidence",
        "reference finding words stance reliability claim_id primary origin assessment locator read_as affirms",
        "evidence_id",
        "what a publication says of a claim",
        "finding",
    ),
    "origin": Form("origins", "origin kind name owner note", "", "from whom evidence comes", "name"),
    "matter": Form(
        "origin_matters",
        "origin matter reliability reason",
        "",
        "a matter on which an origin has another letter than its own",
        "reason",
    ),
    "search": Form(
        "searches", "looked_for side result where claim_id date", "search_id", "what was looked for", "looked_for"
    ),
    "source": Form(
        "sources",
        "title_basis outlet_basis author_basis date_basis url_basis stance reliability reliability_reason",
        "source_id sha256 characters",
        "what is known of the text itself",
        changes=True,
    ),
    "sentence": Form(
        "sentences",
        "role",
        "sentence_id source_id paragraph sentence start end sha256 folded_sha256 folded_length folded_steps",
        "whether the sentence at the chosen words carries claims",
        changes=True,
    ),
}
"""The forms by name."""

USUAL = {
    **{"claims.kind": "event", "claims.weight": "support", "claims.polarity": "positive", "actors.kind": "person"},
    **{"chains.anonymity": "named", "quantities.bound": "exact", "quantities.dimension": "count"},
    **{"events.mode": "happened", "events.type": "none", "evidence.stance": "supports", "evidence.primary": "false"},
    **{"evidence.read_as": "excerpt", "searches.side": "both", "searches.result": "none", "sentences.role": "content"},
}
"""What stands in a field of a form when nothing has been given yet: what is usual, for the coder to see and change."""

CARRIED = (
    *("claims.kind", "actors.kind", "actors.living", "origins.kind", "events.date_basis"),
    *("quantities.unit", "quantities.dimension", "quantities.currency"),
    *("evidence.stance", "evidence.reliability", "evidence.read_as"),
    *("searches.side", "searches.where", "searches.result", "searches.date"),
)
"""Fields in which the row before gives what stands there; so it does in every column that is of one book alone."""

FOLLOWS = {
    "claims.layer": "said for a statement, else content",
    "actors.actor_id": "made of the name",
    "origins.name": "the author of the publication",
    "origins.owner": "itself",
    "quantities.quantity_id": "the next free one; one that is there is told by the claim as well",
    "events.event_id": "made of year and summary; one that is there is told by the claim as well",
    "events.date_end": "the day on which it began",
    "events.date_precision": "day, month, year or interval, as the two days say",
    "evidence.origin": "as before for this publication",
    "evidence.affirms": "true for what qualifies",
    "evidence.interested": "true for what a party says of its own conduct",
    "chains.chain_id": "a new chain; one that is there gets another hop",
}
"""Fields that may stay empty because something follows, and what."""

NAMED_IN_ITS_ID = {"evidence": ("claim_id",), "searches": ("claim_id",), "chains": ("chain_id",)}
"""By table: columns that stay when a row is corrected, as its id does, which is made of them."""

VERBATIM = ("claims.quote", "claims.hedge", "mentions.epithet", "quantity_claims.wording", "event_claims.date_words")
"""Fields that hold words of the sentence as they stand."""

SEVERAL = ("quantity_recipients.actor_id", "event_actors.actor", "event_actors.recipient")
"""Fields that may hold several values with ``|`` between them, each a row."""

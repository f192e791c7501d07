"""The contract: what the data package must describe for the rules, and the book, to work."""

from collections.abc import Iterable, Mapping

from claimbook.validation.inspection import SCHEMA, Inspection

CONTRACT = {
    "sources": "source_id title title_basis outlet outlet_basis author author_basis voice url url_basis sha256"
    " published_earliest:date published_latest:date characters:integer",
    "sentences": "sentence_id source_id paragraph:integer sentence:integer start:integer end:integer sha256 role"
    " folded_sha256 folded_length:integer folded_steps",
    "claims": "claim_id sentence_id start:integer end:integer statement quote layer kind subject object hedge weight"
    " checkable:boolean not_checkable_reason chain_id",
    "claim_links": "claim_id related_claim_id type note differs",
    "chains": "chain_id hop:integer actor_id",
    "actors": "actor_id kind iso3 living:boolean",
    "mentions": "mention_id sentence_id start:integer end:integer actor_id as_written epithet",
    "quantities": "quantity_id value:number low:number high:number bound unit dimension currency price_year:year"
    " measure supplier period_start:date period_end:date",
    "quantity_claims": "quantity_id claim_id wording",
    "quantity_recipients": "quantity_id actor_id",
    "events": "event_id date_start:date date_end:date date_precision date_basis evidence_id reference place",
    "event_claims": "event_id claim_id told_start:date told_end:date date_words",
    "event_actors": "event_id actor_id role",
    "number_exceptions": "exception_id sentence_id start:integer end:integer",
    "claim_accused": "claim_id actor_id reason",
    "retired_ids": "id successors reason",
    "evidence": "evidence_id claim_id stance affirms:boolean check check_args reference locator finding words"
    " words_english assessment origin reliability primary:boolean interested:boolean read_as supersedes together"
    " value:number low:number high:number unit fact_public_from version_released",
    "searches": "search_id claim_id side looked_for where result date:date",
    "origins": "origin name kind owner joint_of reliability reason reference note",
    "origin_matters": "origin matter reliability reason",
    "outcomes": "event_id claim_id status known_on reference outcome",
    "shared_wording": "sentence_id start:integer end:integer words:integer reference published speech:boolean",
    "corrections": "correction_id date:date claim_id raised_by was now reason",
}
"""Columns that the rules, and the pages of any book, cannot do without; a column with no type is a string."""

OPTIONAL = {
    "debts": "rule table row",
    "weight_readings": "claim_id reader weight why",
    "coded_anew": "coded_id sentence_id start:integer end:integer statement layer kind polarity hedge weight"
    " checkable:boolean not_checkable_reason",
    "second_reading": "evidence_id reader stance origin primary:boolean interested:boolean note why",
    "adjudications": "row first_row second_row variable first_value second_value decision by date:date reason",
    "audits": "auditor evidence_id drawn_from seen right complete assessment_seen words_right stance stance_second"
    " origin date note coded_stance coded_origin coded_date",
    "versions": "version name date:date last_correction note",
    "version_verdicts": "version claim_id verdict",
    "hard_cases": "claim_id difficulty expected argument",
    "examples": "variable value claim_id evidence_id",
    "episodes": "episode event_id",
    "places": "place iso3 longitude:number latitude:number point label source",
    "place_names": "name place label reason",
    "map_relations": "map relation",
}
"""The same of tables that a book need not have."""


def contract(package: dict, found: Inspection, own: Iterable[Mapping[str, str]] = ()) -> set[str]:
    """Return the tables that can be read and have the columns the rules rely on.

    Parameters
    ----------
    package : dict
        The data package.
    found : Inspection
        Takes what is missing.
    own : iterable of mapping of str to str
        What modules of the book rely on, written as :data:`CONTRACT` is.
    """
    usable = set(found.cells)
    described = {r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in package["resources"]}
    for table, columns in (pair for tables in (CONTRACT, OPTIONAL, *own) for pair in tables.items()):
        if table not in described:
            if table not in OPTIONAL:
                found.add(SCHEMA, None, "resources", table, "the ledger needs this table")
            continue
        for column in columns.split():
            name, _, kind = column.partition(":")
            if described[table].get(name) != (kind or "string"):
                found.add(SCHEMA, None, table, name, f"the ledger needs this column, of type {kind or 'string'}")
                usable.discard(table)
    return usable

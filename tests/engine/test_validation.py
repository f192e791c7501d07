"""Every rule of the ledger has a case that breaks it, seen as a user sees it: in the output of the command."""

import json
from dataclasses import replace
from itertools import cycle

import pytest

from claimbook.cli import main
from claimbook.model.ledger import load
from claimbook.validation import Problem, validate


def lines_of(capsys, folder, *arguments):
    """Run ``validate`` on a folder that must be refused and return the lines it prints."""
    assert main(["validate", "--data", str(folder.path), *arguments]) == 1
    return capsys.readouterr().out.splitlines()


SHA = "0" * 64

SHORTER = (
    "quote, hedge, epithet, wording, date_words and an as_written that is more than a name count: a quote or an "
    "epithet may be left out, a wording or date_words cut to the number or the date"
)

# Cells to set, each (file, row, column, value), and a line that the command must then print.
CELLS = {
    # The schema.
    "required": ([("claims.csv", 2, "statement", "")], "claims.csv:2:statement: : must not be empty"),
    "enum": ([("claims.csv", 2, "layer", "told")], "claims.csv:2:layer: told: must be one of: said, content"),
    "pattern": (
        [("actors.csv", 2, "iso3", "xno")],
        "actors.csv:2:iso3: xno: must match the pattern [A-Z]{3}; write it in capital letters",
    ),
    "minimum": ([("chains.csv", 2, "hop", "0")], "chains.csv:2:hop: 0: must be at least 1"),
    "unique": (
        [("sources.csv", 2, "sha256", SHA), ("sources.csv", 3, "sha256", SHA)],
        f"sources.csv:3:sha256: {SHA}: must be unique and is also in row 2",
    ),
    "one short name for two texts": (
        [("sources.csv", 3, "short_name", "Alder")],
        "sources.csv:3:short_name: Alder: must be unique and is also in row 2",
    ),
    "type of an integer": (
        [("claims.csv", 2, "start", "ten")],
        "claims.csv:2:start: ten: must be an integer in plain digits",
    ),
    "form of an integer": (
        [("claims.csv", 2, "end", "2_0")],
        "claims.csv:2:end: 2_0: must be an integer in plain digits",
    ),
    "integer beyond all texts": (
        [("claims.csv", 2, "end", "9" * 30)],
        f"claims.csv:2:end: {'9' * 30}: must be an integer in plain digits",
    ),
    "type of a number": (
        [("quantities.csv", 3, "value", "two")],
        "quantities.csv:3:value: two: must be a number in plain decimal notation",
    ),
    "not a number": (
        [("quantities.csv", 3, "value", "NaN")],
        "quantities.csv:3:value: NaN: must be a number in plain decimal notation",
    ),
    "form of a boolean": (
        [("claims.csv", 2, "checkable", "yes")],
        "claims.csv:2:checkable: yes: must be true or false",
    ),
    "no such day": (
        [("events.csv", 2, "date_start", "2030-02-30")],
        "events.csv:2:date_start: 2030-02-30: must be a date, YYYY-MM-DD",
    ),
    "form of a date": (
        [("events.csv", 2, "date_start", "2030-3-3")],
        "events.csv:2:date_start: 2030-3-3: must be a date, YYYY-MM-DD",
    ),
    "form of a year": (
        [("quantities.csv", 2, "price_year", "30")],
        "quantities.csv:2:price_year: 30: must be a year, YYYY",
    ),
    "primary key": (
        [("actors.csv", 3, "actor_id", "norland")],
        "actors.csv:3:actor_id: norland: the key must be unique and is also in row 2",
    ),
    "empty primary key": (
        [("actors.csv", 3, "actor_id", "")],
        "actors.csv:3:actor_id: : the key must not be empty",
    ),
    "compound primary key": (
        [("chains.csv", 4, "hop", "1")],
        "chains.csv:4:chain_id+hop: alder-2030-k02 + 1: the key must be unique and is also in row 3",
    ),
    "foreign key": (
        [("mentions.csv", 2, "actor_id", "nobody")],
        "mentions.csv:2:actor_id: nobody: must be found in actors.actor_id",
    ),
    "foreign key of a source": (
        [("sentences.csv", 2, "source_id", "cedar-2032")],
        "sentences.csv:2:source_id: cedar-2032: must be found in sources.source_id",
    ),
    # Cells.
    "line break": (
        [("claims.csv", 2, "note", "one\ntwo")],
        "claims.csv:2:note: one\\ntwo: must not contain line breaks, control or invisible characters",
    ),
    "control character": (
        [("claims.csv", 2, "note", "bell\a")],
        "claims.csv:2:note: bell\\x07: must not contain line breaks, control or invisible characters",
    ),
    "bidirectional override": (
        [("claims.csv", 2, "note", "a\u202eb")],
        "claims.csv:2:note: a\\u202eb: must not contain line breaks, control or invisible characters",
    ),
    "zero-width space": (
        [("actors.csv", 2, "name", "Nor\u200bland")],
        "actors.csv:2:name: Nor\\u200bland: must not contain line breaks, control or invisible characters",
    ),
    "leading space": (
        [("claims.csv", 2, "note", " n")],
        "claims.csv:2:note:  n: must not begin or end with white space",
    ),
    "trailing no-break space": (
        [("claims.csv", 2, "note", "n\u00a0")],
        "claims.csv:2:note: n\\xa0: must not begin or end with white space",
    ),
    "formula": (
        [("claims.csv", 2, "note", "=1+1")],
        "claims.csv:2:note: =1+1: must not begin like a spreadsheet formula (= + - @ tab return)",
    ),
    "formula behind a minus": (
        [("claims.csv", 2, "note", "-2+cmd")],
        "claims.csv:2:note: -2+cmd: must not begin like a spreadsheet formula (= + - @ tab return)",
    ),
    "long value": (
        [("claims.csv", 2, "note", "=" * 200)],
        f"claims.csv:2:note: {'=' * 79}…: must not begin like a spreadsheet formula (= + - @ tab return)",
    ),
    # Sources.
    "dates of publication turned": (
        [("sources.csv", 2, "published_latest", "2030-03-01")],
        "sources.csv:2:published_latest: 2030-03-01: must not lie before published_earliest",
    ),
    "one date of publication": (
        [("sources.csv", 2, "published_latest", "")],
        "sources.csv:2:published_latest: : must be given where published_earliest is",
    ),
    "script as address": (
        [("sources.csv", 2, "url", "javascript:alert(1)")],
        "sources.csv:2:url: javascript:alert(1): must be an http(s) address with a host",
    ),
    "address without host": (
        [("sources.csv", 2, "url", "https:///page")],
        "sources.csv:2:url: https:///page: must be an http(s) address with a host",
    ),
    "title without basis": (
        [("sources.csv", 2, "title_basis", "")],
        "sources.csv:2:title_basis: : must be given where title is",
    ),
    "author without basis": (
        [("sources.csv", 3, "author_basis", "")],
        "sources.csv:3:author_basis: : must say where the author comes from, or why none is given",
    ),
    # Sentences.
    "sentence_id": (
        [("sentences.csv", 3, "sentence_id", "alder-2030-p02-s9")],
        "sentences.csv:3:sentence_id: alder-2030-p02-s9: must be made of source_id, paragraph and sentence, "
        "as in alder-2030-p06-s1",
    ),
    "sentence turned": (
        [("sentences.csv", 3, "end", "40")],
        "sentences.csv:3:end: 40: must lie after start",
    ),
    "sentence beyond the text": (
        [("sentences.csv", 12, "end", "731")],
        "sentences.csv:12:end: 731: must lie inside the text",
    ),
    "sentences overlap": (
        [("sentences.csv", 5, "start", "174")],
        "sentences.csv:5:start: 174: must not lie before the end of the sentence before",
    ),
    "sentence left out": (
        [("sentences.csv", 5, "sentence", "3")],
        "sentences.csv:5:sentence: 3: paragraphs and sentences must be numbered without a gap",
    ),
    "paragraph left out": (
        [("sentences.csv", 15, "paragraph", "4")],
        "sentences.csv:15:sentence: 1: paragraphs and sentences must be numbered without a gap",
    ),
    # Claims.
    "passage turned": ([("claims.csv", 3, "end", "130")], "claims.csv:3:end: 130: must lie after start"),
    "passage before its sentence": (
        [("claims.csv", 3, "start", "55")],
        "claims.csv:3:start: 55: must lie inside the sentence",
    ),
    "passage behind its sentence": (
        [("claims.csv", 2, "end", "39")],
        "claims.csv:2:end: 39: must lie inside the sentence",
    ),
    "claim on boilerplate": (
        [("sentences.csv", 2, "role", "boilerplate")],
        "claims.csv:2:sentence_id: alder-2030-p01-s1: must be a sentence of role content",
    ),
    "sentence without claim": (
        [("sentences.csv", 3, "role", "content")],
        "sentences.csv:3:sentence_id: alder-2030-p02-s1: a sentence of role content must carry a claim: add its rows to"
        " claims.csv, or make its role boilerplate",
    ),
    "claim_id of another text": (
        [("claims.csv", 2, "claim_id", "birch-2031-c009")],
        "claims.csv:2:claim_id: birch-2031-c009: must begin with the source_id of its sentence",
    ),
    "long quote": (
        [("claims.csv", 8, "quote", "a b c d e f-g h i j k l m")],
        "claims.csv:8:quote: a b c d e f-g h i j k l m: must have at most 12 words",
    ),
    "quote of a whole sentence": (
        [("claims.csv", 5, "quote", "x" * 41)],
        f"claims.csv:5:quote: {'x' * 41}: must be shorter than the sentence",
    ),
    "reason missing": (
        [("claims.csv", 11, "not_checkable_reason", "")],
        "claims.csv:11:not_checkable_reason: : must be given where checkable is false",
    ),
    "reason too many": (
        [("claims.csv", 2, "not_checkable_reason", "vague")],
        "claims.csv:2:not_checkable_reason: vague: must be empty where checkable is true",
    ),
    "checkable opinion": (
        [("claims.csv", 2, "kind", "opinion")],
        "claims.csv:2:checkable: true: must be false where kind is opinion",
    ),
    "prediction of another kind": (
        [("claims.csv", 12, "kind", "event")],
        "claims.csv:12:kind: event: must be prediction where the reason is prediction",
    ),
    "epithet of another kind": (
        [("claims.csv", 11, "kind", "quantity")],
        "claims.csv:11:kind: quantity: a claim not checkable for its opinion or epithet is no quantity, event or "
        "statement",
    ),
    "statement told twice": (
        [("claims.csv", 3, "statement", "norland supplies the Brigade with arms in secret.")],
        "claims.csv:3:statement: norland supplies the Brigade with arms in secret.: must be told once in a text",
    ),
    "subject that is no actor": (
        [("claims.csv", 2, "subject", "norlund")],
        "claims.csv:2:subject: norlund: must be an actor_id, or words with a space or a capital letter",
    ),
    "object that is no actor": (
        [("claims.csv", 2, "object", "brigade")],
        "claims.csv:2:object: brigade: must be an actor_id, or words with a space or a capital letter",
    ),
    # Links.
    "link to itself": (
        [("claim_links.csv", 9, "related_claim_id", "birch-2031-c003")],
        "claim_links.csv:9:related_claim_id: birch-2031-c003: a claim must not be linked to itself",
    ),
    "content_of from what is said": (
        [("claim_links.csv", 2, "claim_id", "alder-2030-c006")],
        "claim_links.csv:2:claim_id: alder-2030-c006: content_of must lead from a claim of layer content, or from "
        "one of layer said with a longer chain",
    ),
    "content_of to content": (
        [("claim_links.csv", 2, "related_claim_id", "alder-2030-c001")],
        "claim_links.csv:2:related_claim_id: alder-2030-c001: content_of must lead to a claim of layer said",
    ),
    "content_of in another text": (
        [("claim_links.csv", 2, "claim_id", "birch-2031-c001")],
        "claim_links.csv:2:related_claim_id: alder-2030-c002: content_of must stay inside a text",
    ),
    "said without content": (
        [("claim_links.csv", 2, "type", "implies")],
        "claims.csv:3:claim_id: alder-2030-c002: a claim of layer said needs a content_of link to it",
    ),
    "denied by what is said": (
        [("claim_links.csv", 4, "claim_id", "alder-2030-c004")],
        "claim_links.csv:4:claim_id: alder-2030-c004: denies must lead from a claim of layer content",
    ),
    # Chains.
    "hop left out": (
        [("chains.csv", 4, "hop", "3")],
        "chains.csv:4:hop: 3: hops must run from 1 without a gap",
    ),
    "another voice": (
        [("chains.csv", 3, "actor_id", "observers")],
        "chains.csv:3:actor_id: observers: hop 1 must be the voice of the text",
    ),
    "chain of no text": (
        [("chains.csv", 11, "chain_id", "cedar-2032-k01")],
        "chains.csv:11:chain_id: cedar-2032-k01: must begin with a source_id",
    ),
    "chain of no claim": (
        [("claims.csv", 4, "chain_id", "alder-2030-k01")],
        "chains.csv:3:chain_id: alder-2030-k02: must be the chain of a claim in claims.csv",
    ),
    "actor after itself": (
        [("chains.csv", 4, "actor_id", "tess-harrow")],
        "chains.csv:4:actor_id: tess-harrow: an actor must not follow itself in a chain",
    ),
    "claim without its chain": (
        [("claims.csv", 2, "chain_id", "alder-2030-k09")],
        "claims.csv:2:chain_id: alder-2030-k09: must be found in chains.chain_id",
    ),
    "chain of another text": (
        [("claims.csv", 2, "chain_id", "birch-2031-k01")],
        "claims.csv:2:chain_id: birch-2031-k01: must be a chain of the claim's own text",
    ),
    # Actors.
    "person neither living nor dead": (
        [("actors.csv", 7, "living", "")],
        "actors.csv:7:living: : must be given for a person",
    ),
    "living state": (
        [("actors.csv", 2, "living", "true")],
        "actors.csv:2:living: true: must be empty except for persons",
    ),
    "state without code": ([("actors.csv", 2, "iso3", "")], "actors.csv:2:iso3: : must be given for a state"),
    "actor of no use": (
        [("mentions.csv", 16, "actor_id", "norland"), ("claims.csv", 14, "subject", "norland")],
        "actors.csv:10:actor_id: northern-league: must be used somewhere in the ledger",
    ),
    # Mentions and exceptions.
    "mention outside": (
        [("mentions.csv", 2, "sentence_id", "alder-2030-p03-s1")],
        "mentions.csv:2:start: 0: must lie inside the sentence",
    ),
    "mention of another length": (
        [("mentions.csv", 2, "as_written", "Norlands")],
        "mentions.csv:2:as_written: Norlands: must be as long as from start to end",
    ),
    "mentions overlap in part": (
        [
            ("mentions.csv", 7, "start", "130"),
            ("mentions.csv", 7, "as_written", "the Vestria"),
        ],
        "mentions.csv:8:start: 134: must not overlap another mention in part",
    ),
    "mention_id of another text": (
        [("mentions.csv", 2, "mention_id", "birch-2031-m009")],
        "mentions.csv:2:mention_id: birch-2031-m009: must begin with the source_id of its sentence",
    ),
    "exception outside": (
        [("number_exceptions.csv", 2, "end", "600")],
        "number_exceptions.csv:2:end: 600: must lie inside the sentence",
    ),
    # Quantities.
    "quantity of no claim": (
        [("quantity_claims.csv", 3, "quantity_id", "alder-2030-q01")],
        "quantities.csv:3:quantity_id: alder-2030-q02: must be told by a claim",
    ),
    "quantity of no text": (
        [("quantities.csv", 3, "quantity_id", "cedar-2032-q02")],
        "quantities.csv:3:quantity_id: cedar-2032-q02: must begin with a source_id",
    ),
    "low above value": (
        [("quantities.csv", 3, "low", "3")],
        "quantities.csv:3:low: 3: must not exceed value",
    ),
    "high below value": (
        [("quantities.csv", 3, "high", "1.5")],
        "quantities.csv:3:high: 1.5: must not be less than value",
    ),
    "high below low": (
        [("quantities.csv", 4, "high", "100")],
        "quantities.csv:4:high: 100: must not be less than low",
    ),
    "bound without value": (
        [("quantities.csv", 3, "value", "")],
        "quantities.csv:3:value: : must be given for this bound",
    ),
    "range without low": (
        [("quantities.csv", 4, "low", "")],
        "quantities.csv:4:low: : must be given for a range",
    ),
    "range without high": (
        [("quantities.csv", 4, "high", "")],
        "quantities.csv:4:high: : must be given for a range",
    ),
    "value without bound": (
        [("quantities.csv", 3, "bound", "unspecified")],
        "quantities.csv:3:value: 2: must be empty where the bound is unspecified",
    ),
    "money without currency": (
        [("quantities.csv", 2, "currency", "")],
        "quantities.csv:2:currency: : must be given for money",
    ),
    "currency without money": (
        [("quantities.csv", 3, "currency", "USD")],
        "quantities.csv:3:currency: USD: must be empty except for money",
    ),
    "prices without money": (
        [("quantities.csv", 3, "price_year", "2029")],
        "quantities.csv:3:price_year: 2029: must be empty except for money",
    ),
    "period turned": (
        [("quantities.csv", 3, "period_end", "2029-03-01")],
        "quantities.csv:3:period_end: 2029-03-01: must not lie before period_start",
    ),
    # Events.
    "event of no claim": (
        [("event_claims.csv", 4, "event_id", "ev-2030-courier-report")],
        "events.csv:4:event_id: ev-undated-brandt-denial: must be told by a claim",
    ),
    "event without actor": (
        [("event_actors.csv", 6, "event_id", "ev-2030-courier-report")],
        "events.csv:4:event_id: ev-undated-brandt-denial: must have an actor",
    ),
    "event with one date": (
        [("events.csv", 2, "date_end", "")],
        "events.csv:2:date_end: : must be given where date_start is",
    ),
    "event turned": (
        [("events.csv", 2, "date_end", "2030-03-02")],
        "events.csv:2:date_end: 2030-03-02: must not lie before date_start",
    ),
    "dated without precision": (
        [("events.csv", 2, "date_precision", "")],
        "events.csv:2:date_precision: : must be given for a dated event",
    ),
    "undated with basis": (
        [("events.csv", 4, "date_basis", "stated")],
        "events.csv:4:date_basis: stated: must be empty for an undated event",
    ),
    "long day": (
        [("events.csv", 2, "date_end", "2030-03-04")],
        "events.csv:2:date_end: 2030-03-04: must be date_start where the precision is day",
    ),
    "short month": (
        [("events.csv", 3, "date_end", "2029-04-29")],
        "events.csv:3:date_end: 2029-04-29: must be the last day of the month that date_start begins",
    ),
    "short year": (
        [("events.csv", 3, "date_precision", "year")],
        "events.csv:3:date_end: 2029-04-30: must be the last day of the year that date_start begins",
    ),
    "year of an event_id": (
        [("events.csv", 2, "date_start", "2031-03-03"), ("events.csv", 2, "date_end", "2031-03-03")],
        "events.csv:2:event_id: ev-2030-courier-report: must carry the year of the event's date",
    ),
    "record without reference": (
        [("events.csv", 3, "reference", "")],
        "events.csv:3:reference: : a recorded date needs a reference or an evidence_id",
    ),
    "reference without record": (
        [("events.csv", 2, "reference", "alder-2030")],
        "events.csv:2:reference: alder-2030: must be empty where neither a recorded date nor a place rests on it",
    ),
    "unknown reference": (
        [("events.csv", 3, "reference", "courier-2029")],
        "events.csv:3:reference: courier-2029: must be a key of references.bib",
    ),
    "evidence of a date that is not there": (
        [("events.csv", 3, "evidence_id", "e1")],
        "events.csv:3:evidence_id: e1: must be found in evidence.evidence_id",
    ),
    "told dates turned": (
        [("event_claims.csv", 2, "told_end", "2030-03-02")],
        "event_claims.csv:2:told_end: 2030-03-02: must not lie before told_start",
    ),
    "told without words": (
        [("event_claims.csv", 2, "date_words", "")],
        "event_claims.csv:2:date_words: : must be given where a date is told",
    ),
    # Evidence.
    "check beside a reference": (
        [("evidence.csv", 2, "reference", "arms-register-2031")],
        "evidence.csv:2:reference: arms-register-2031: must be empty where a check is given",
    ),
    "neither check nor reference": (
        [("evidence.csv", 3, "reference", "")],
        "evidence.csv:3:reference: : must be given where no check is",
    ),
    "stance of a check": (
        [("evidence.csv", 2, "stance", "supports")],
        "evidence.csv:2:stance: supports: must be empty where a check is given, which computes it",
    ),
    "finding of a check": (
        [("evidence.csv", 2, "finding", "Sixty.")],
        "evidence.csv:2:finding: Sixty.: must be empty where a check is given, which computes it",
    ),
    "arguments of no check": (
        [("evidence.csv", 3, "check_args", "least=1")],
        "evidence.csv:3:check_args: least=1: must be empty where no check is given",
    ),
    "publication without stance": (
        [("evidence.csv", 3, "stance", "")],
        "evidence.csv:3:stance: : must be given for a publication",
    ),
    "publication without finding": (
        [("evidence.csv", 3, "finding", "")],
        "evidence.csv:3:finding: : must be given for a publication",
    ),
    "publication not read": (
        [("evidence.csv", 3, "read_as", "")],
        "evidence.csv:3:read_as: : must be given for a publication",
    ),
    "long finding": (
        [("evidence.csv", 3, "finding", "x" * 321)],
        f"evidence.csv:3:finding: {'x' * 79}…: must have at most 320 characters",
    ),
    "publication not listed": (
        [("evidence.csv", 3, "reference", "courier-2030")],
        "evidence.csv:3:reference: courier-2030: must be a key of references.bib",
    ),
    "check not registered": (
        [("evidence.csv", 2, "check", "rockets_lost")],
        "evidence.csv:2:check: rockets_lost: must be a registered check",
    ),
    "argument unknown": (
        [("evidence.csv", 2, "check_args", "buyer=x")],
        "evidence.csv:2:check_args: buyer=x: must fit the check: rockets_delivered takes supplier, recipient, least, "
        "not 'buyer=x'",
    ),
    "argument missing": (
        [("evidence.csv", 2, "check_args", "supplier=norland")],
        "evidence.csv:2:check_args: supplier=norland: must fit the check: rockets_delivered needs recipient",
    ),
    "argument of another type": (
        [("evidence.csv", 2, "check_args", "supplier=norland; recipient=vestria; least=few")],
        "evidence.csv:2:check_args: supplier=norland; recipient=vestria; least=few: must fit the check: least is not "
        "int: 'few'",
    ),
    "check that fails": (
        [("evidence.csv", 2, "check_args", "supplier=x; recipient=vestria")],
        "evidence.csv:2:check_args: supplier=x; recipient=vestria: the check must run over the records: ValueError: "
        "no supplier x",
    ),
    "origin of another record": (
        [("evidence.csv", 2, "origin", "norland")],
        "evidence.csv:2:origin: norland: must be the origin of a record that the check reads",
    ),
    "reliability of another record": (
        [("evidence.csv", 2, "reliability", "A")],
        "evidence.csv:2:reliability: A: must be that of the record that the check reads",
    ),
    "origin that is none": (
        [("evidence.csv", 3, "origin", "southland")],
        "evidence.csv:3:origin: southland: must be found in origins.origin",
    ),
    "denial counted": (
        [("evidence.csv", 3, "interested", "false")],
        "evidence.csv:3:interested: false: must be true where the stance is asserts, denies or admits",
    ),
    "interested publication": (
        [("evidence.csv", 5, "interested", "true")],
        "evidence.csv:5:interested: true: must be false except where the stance is asserts, denies or admits, or where "
        "a check reads a party's own register",
    ),
    "evidence of an opinion": (
        [
            ("evidence.csv", 3, "claim_id", "alder-2030-c010"),
            ("evidence.csv", 3, "evidence_id", "alder-2030-c010-e01"),
        ],
        "evidence.csv:3:claim_id: alder-2030-c010: must be a checkable claim",
    ),
    "evidence_id of another claim": (
        [("evidence.csv", 3, "evidence_id", "alder-2030-c002-e01")],
        "evidence.csv:3:evidence_id: alder-2030-c002-e01: must begin with its claim_id",
    ),
    "evidence twice": (
        [
            ("evidence.csv", 4, "claim_id", "alder-2030-c001"),
            ("evidence.csv", 4, "evidence_id", "alder-2030-c001-e03"),
            ("evidence.csv", 4, "check_args", "supplier=norland; recipient=river-brigade"),
        ],
        "evidence.csv:4:claim_id: alder-2030-c001: the claim must not have the same check or reference with the same "
        "stance twice",
    ),
    # Searches and origins.
    "search on an opinion": (
        [("searches.csv", 3, "claim_id", "alder-2030-c010"), ("searches.csv", 3, "search_id", "alder-2030-c010-s01")],
        "searches.csv:3:claim_id: alder-2030-c010: must be a checkable claim",
    ),
    "search_id of another claim": (
        [("searches.csv", 3, "search_id", "alder-2030-c003-s02")],
        "searches.csv:3:search_id: alder-2030-c003-s02: must begin with its claim_id",
    ),
    "neither evidence nor search": (
        [("searches.csv", 3, "claim_id", "alder-2030-c003"), ("searches.csv", 3, "search_id", "alder-2030-c003-s02")],
        "claims.csv:3:claim_id: alder-2030-c002: a checkable claim must have evidence or a search",
    ),
    "thesis without search": (
        [("searches.csv", 2, "claim_id", "alder-2030-c002"), ("searches.csv", 2, "search_id", "alder-2030-c002-s02")],
        "claims.csv:2:claim_id: alder-2030-c001: a checkable claim of the thesis must have a search for what speaks "
        "for it",
    ),
    "thesis searched on one side": (
        [("searches.csv", 2, "side", "for")],
        "claims.csv:2:claim_id: alder-2030-c001: a checkable claim of the thesis must have a search for what speaks "
        "against it",
    ),
    "search without a side": (
        [("searches.csv", 2, "side", "")],
        "searches.csv:2:side: : must not be empty",
    ),
    "origin of nothing": (
        [("evidence.csv", 3, "origin", "vestria-courier")],
        "origins.csv:4:origin: norland: must be the origin of evidence or of a record, or own one that is",
    ),
    # Records.
    "cell of a record": (
        [("records/rocket_deliveries.csv", 3, "rockets", "some")],
        "records/rocket_deliveries.csv:3:rockets: some: must be an integer in plain digits",
    ),
    "key of a record": (
        [("records/league_members.csv", 3, "member", "norland")],
        "records/league_members.csv:3:member: norland: the key must be unique and is also in row 2",
    ),
    # Held words.
    "words of a sentence": (
        [("claims.csv", 5, "hedge", "Officials in Norland’s")],
        "sentences.csv:5:sentence_id: alder-2030-p03-s2: the ledger must hold at most half of its sentence and "
        "holds 22 of 41 characters; most of them stand in claims.csv:5:hedge (22); " + SHORTER,
    ),
    "words of a text": (
        [("claims.csv", 9, "hedge", "She also visited")],
        "sources.csv:2:source_id: alder-2030: the ledger must hold at most a fifth of the text and holds 160 of "
        "730 characters; most of them stand in claims.csv:8:quote (19), quantity_claims.csv:4:wording (19), "
        "mentions.csv:14:epithet (17); " + SHORTER,
    ),
}

# The same, with the texts at hand.
CELLS_WITH_TEXTS = {
    "another text": (
        [("sources.csv", 2, "sha256", SHA)],
        f"sources.csv:2:sha256: {SHA}: must be the hash of {{texts}}/alder-2030.txt",
    ),
    "length of a text": (
        [("sources.csv", 2, "characters", "731")],
        "sources.csv:2:characters: 731: the text has 730 characters",
    ),
    "hash of a sentence": (
        [("sentences.csv", 2, "sha256", SHA)],
        f"sentences.csv:2:sha256: {SHA}: must be the hash of the passage from start to end",
    ),
    "text not covered": (
        [("sentences.csv", 12, "end", "720")],
        "sources.csv:2:source_id: alder-2030: sentences must cover the text and leave out characters 720 to 730",
    ),
    "mention of other words": (
        [("mentions.csv", 2, "as_written", "Norwand")],
        "mentions.csv:2:as_written: Norwand: must be the passage from start to end",
    ),
    "quote of other words": (
        [("claims.csv", 8, "quote", "nobody of this kind")],
        "claims.csv:8:quote: nobody of this kind: must stand verbatim and exactly once in the sentence",
    ),
    "quote found twice": (
        [("claims.csv", 8, "quote", "in")],
        "claims.csv:8:quote: in: must stand verbatim and exactly once in the sentence",
    ),
    "quote in other characters": (
        [("claims.csv", 8, "quote", '"We sell to nobody')],
        'claims.csv:8:quote: "We sell to nobody: must stand verbatim and exactly once in the sentence: the text has '
        'U+201C “ where the cell has "',
    ),
    "mention in other characters": (
        [
            ("mentions.csv", 2, "start", "25"),
            ("mentions.csv", 2, "end", "38"),
            ("mentions.csv", 2, "as_written", "River\u00a0Brigade"),
        ],
        "mentions.csv:2:as_written: River\\xa0Brigade: must be the passage from start to end: the text has a blank "
        "where the cell has U+00A0 (no-break space)",
    ),
    "hedge of other words": (
        [("claims.csv", 12, "hedge", "may | might")],
        "claims.csv:12:hedge: may | might: must stand verbatim in the sentence",
    ),
    "epithet of other words": (
        [("mentions.csv", 14, "epithet", "ruthless | King")],
        "mentions.csv:14:epithet: ruthless | King: must stand verbatim in the sentence",
    ),
    "wording of other words": (
        [("quantity_claims.csv", 3, "wording", "2 agreements")],
        "quantity_claims.csv:3:wording: 2 agreements: must stand verbatim in the sentence",
    ),
    "date_words of other words": (
        [("event_claims.csv", 4, "date_words", "Tuesday")],
        "event_claims.csv:4:date_words: Tuesday: must stand verbatim in the sentence or an earlier one of "
        "its paragraph",
    ),
    "digits not coded": (
        [("number_exceptions.csv", 2, "start", "531"), ("number_exceptions.csv", 2, "end", "532")],
        "sentences.csv:9:sentence_id: alder-2030-p05-s2: '9' must lie in a wording of quantity_claims, in "
        "date_words of event_claims or in a passage of number_exceptions",
    ),
    "number word not coded": (
        [("quantity_claims.csv", 5, "wording", "flow")],
        "sentences.csv:11:sentence_id: alder-2030-p06-s2: 'Billions' must lie in a wording of quantity_claims, in "
        "date_words of event_claims or in a passage of number_exceptions",
    ),
    "weekday not coded": (
        [("event_claims.csv", 4, "date_words", "")],
        "sentences.csv:6:sentence_id: alder-2030-p04-s1: 'Monday' must lie in a wording of quantity_claims, in "
        "date_words of event_claims or in a passage of number_exceptions",
    ),
    "month not coded": (
        [("event_claims.csv", 3, "date_words", "2029")],
        "sentences.csv:7:sentence_id: alder-2030-p04-s2: 'April' must lie in a wording of quantity_claims, in "
        "date_words of event_claims or in a passage of number_exceptions",
    ),
    "passage that starts inside a word": (
        [("claims.csv", 3, "start", "131")],
        "claims.csv:3:start: 131: must not cut a word or take in a blank: the command passage prints both offsets",
    ),
    "passage that ends inside a word": (
        [("claims.csv", 2, "end", "19")],
        "claims.csv:2:end: 19: must not cut a word or take in a blank: the command passage prints both offsets",
    ),
    "passage that takes in a blank": (
        [("claims.csv", 4, "end", "108")],
        "claims.csv:4:end: 108: must not cut a word or take in a blank: the command passage prints both offsets",
    ),
    "exception that cuts a number": (
        [("number_exceptions.csv", 3, "end", "167")],
        "number_exceptions.csv:3:end: 167: must not cut a word or take in a blank: the command passage prints both "
        "offsets",
    ),
    "thirteen words of a finding": (
        [("evidence.csv", 3, "finding", "army keeps BETWEEN 120 and 150 old tanks of the T-9 type")],
        "evidence.csv:3:finding: army keeps BETWEEN 120 and 150 old tanks of the T-9 type: must not repeat 13 words "
        "in a row of alder-2030",
    ),
    "thirteen words": (
        [("claims.csv", 13, "note", "army keeps BETWEEN 120 and 150 old tanks of the T-9 type")],
        "claims.csv:13:note: army keeps BETWEEN 120 and 150 old tanks of the T-9 type: must not repeat 13 words "
        "in a row of alder-2030",
    ),
}


@pytest.mark.parametrize(("cells", "line"), CELLS.values(), ids=CELLS)
def test_a_corrupt_cell_is_named(folder, capsys, monkeypatch, cells, line):
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)
    for cell in cells:
        folder.set(*cell)
    assert line in lines_of(capsys, folder)


@pytest.mark.parametrize(("cells", "line"), CELLS_WITH_TEXTS.values(), ids=CELLS_WITH_TEXTS)
def test_a_cell_that_the_text_contradicts_is_named(folder, texts, capsys, cells, line):
    for cell in cells:
        folder.set(*cell)
    assert line.format(texts=texts) in lines_of(capsys, folder, "--texts", str(texts))


def header(old, new):
    return lambda folder: folder.replace("actors.csv", old, new)


def raw(file, change):
    """Return a corruption of the bytes of `file`."""

    def corrupt(folder):
        path = folder.path / file
        path.write_bytes(change(path.read_bytes()))

    return corrupt


def schema(change):
    """Return a corruption of the data package, given as a change of its resources by name."""

    def corrupt(folder):
        path = folder.path / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        change({resource["name"]: resource for resource in package["resources"]}, package)
        path.write_text(json.dumps(package), encoding="utf-8")

    return corrupt


def column(resource, name):
    return next(field for field in resource["schema"]["fields"] if field["name"] == name)


# A corruption of the folder, and a line that the command must then print.
FILES = {
    "column missing": (header("kind,iso3", "iso3"), "actors.csv:1:kind: : the column is missing"),
    "semicolons for commas": (
        lambda f: f.write("origins.csv", [[";".join(row)] for row in f.rows("origins.csv")]),
        "origins.csv:1:: ;: cells must be separated by commas, not semicolons; save it as comma-separated CSV (in a "
        "country with a decimal comma, Excel's CSV has semicolons)",
    ),
    "column too many": (
        header("living", "living,age"),
        "actors.csv:1:age: age: datapackage.json describes no such column",
    ),
    "column twice": (header("living", "living,kind"), "actors.csv:1:kind: kind: the column is given twice"),
    "columns in another order": (
        header("kind,iso3", "iso3,kind"),
        "actors.csv:1:: actor_id,name,iso3,kind,living,reliability,reliability_reason,"
        "collective: columns must stand in the order of datapackage.json",
    ),
    "empty file": (raw("actors.csv", lambda data: b""), "actors.csv:1:: : the header is missing"),
    "header twice": (
        raw("actors.csv", lambda data: data + data.splitlines(keepends=True)[0]),
        "actors.csv:13:: : the header is given twice",
    ),
    "short row": (
        raw("actors.csv", lambda data: data.replace(b"state,XNO,", b"state")),
        "actors.csv:2:: : the row must have 8 cells and has 6",
    ),
    "long row": (
        raw("actors.csv", lambda data: data.replace(b"state,XNO,", b"state,XNO,,")),
        "actors.csv:2:: : the row must have 8 cells and has 9; a cell with a comma stands in quotation marks",
    ),
    "blank line": (
        raw("actors.csv", lambda data: data.replace(b"\n", b"\n\n", 1)),
        "actors.csv:2:: : the row must not be empty; delete it",
    ),
    "row behind a line break in a cell": (
        raw("actors.csv", lambda data: data.replace(b"Norland,state", b'"Nor\nland",state').replace(b"XVE,", b"XVE,?")),
        "actors.csv:4:living: ?: must be true or false",
    ),
    "empty row": (
        raw("actors.csv", lambda data: data.replace(b"\n", b"\n,,,,,,\n", 1)),
        "actors.csv:2:: : the row must not be empty; delete it",
    ),
    "open quotation mark": (
        raw("actors.csv", lambda data: data + b'"open'),
        "actors.csv:13:: : must be CSV: unexpected end of data",
    ),
    "not UTF-8": (
        raw("actors.csv", lambda data: data.replace(b"Vestria,", b"V\xe9stria,")),
        "actors.csv:3:: b'\\xe9': must be UTF-8, and seems to be Windows-1252 ('é'); save it as UTF-8, in Excel as "
        "“CSV UTF-8”",
    ),
    "NUL": (
        raw("actors.csv", lambda data: data.replace(b"Vestria,", b"V\0stria,")),
        "actors.csv:3:: : must not contain a NUL character",
    ),
    "table missing": (
        lambda folder: (folder.path / "actors.csv").unlink(),
        "actors.csv::: : the file is missing",
    ),
    "table not described": (
        lambda folder: (folder.path / "notes.csv").write_text("a,b\n"),
        "notes.csv::: : datapackage.json does not describe this file",
    ),
    "schema missing": (
        lambda folder: (folder.path / "datapackage.json").unlink(),
        "datapackage.json::: : cannot be read: No such file or directory",
    ),
    "schema cut off": (
        raw("datapackage.json", lambda data: b'{"name": "x",\n'),
        "datapackage.json:2:: : must be JSON: Expecting property name enclosed in double quotes",
    ),
    "schema nested without end": (
        raw("datapackage.json", lambda data: b"[" * 200_000),
        "datapackage.json::: : must be JSON: nested too deeply",
    ),
    "schema not UTF-8": (
        raw("datapackage.json", lambda data: b"\xff"),
        "datapackage.json::: : must be UTF-8: invalid start byte at byte 0",
    ),
    "schema without resources": (
        raw("datapackage.json", lambda data: b"{}"),
        "datapackage.json::: : must be an object with a list of resources",
    ),
    "path out of the folder": (
        schema(lambda resources, _: resources["actors"].update(path="../actors.csv")),
        "datapackage.json::actors: ../actors.csv: path must name a file inside the data folder",
    ),
    "resource twice": (
        schema(lambda resources, package: package["resources"].append(resources["actors"])),
        "datapackage.json::actors: actors.csv: name and path of a resource must be unique",
    ),
    "resource without schema": (
        schema(lambda resources, _: resources["actors"].pop("schema")),
        "datapackage.json::actors: : a resource needs a schema with fields, each with name and type",
    ),
    "field twice": (
        schema(lambda resources, _: column(resources["actors"], "kind").update(name="name")),
        "datapackage.json::actors: : names of fields must be unique",
    ),
    "unknown type": (
        schema(lambda resources, _: column(resources["actors"], "name").update(type="strnig")),
        "datapackage.json::actors.name.type: strnig: must be one of: string, boolean, integer, number, date, year",
    ),
    "pattern that is none": (
        schema(lambda resources, _: column(resources["actors"], "iso3").update(constraints={"pattern": "["})),
        "datapackage.json::actors.iso3.constraints.pattern: [: must be a regular expression: unterminated character "
        "set at position 0",
    ),
    "foreign key into nothing": (
        schema(
            lambda resources, _: resources["actors"]["schema"].update(
                foreignKeys=[{"fields": ["kind"], "reference": {"resource": "kinds", "fields": ["kind"]}}]
            )
        ),
        "datapackage.json::actors.foreignKeys: kinds: must lead to a table of the data package",
    ),
    "needed table not described": (
        schema(lambda resources, package: package["resources"].remove(resources["number_exceptions"])),
        "datapackage.json::resources: number_exceptions: the ledger needs this table",
    ),
    "needed column not described": (
        schema(lambda resources, _: column(resources["actors"], "living").update(type="string")),
        "datapackage.json::actors: living: the ledger needs this column, of type boolean",
    ),
    "link twice": (
        lambda folder: folder.add(
            "claim_links.csv",
            claim_id="alder-2030-c003",
            related_claim_id="birch-2031-c003",
            type="contradicts",
        ),
        "claim_links.csv:10:related_claim_id: birch-2031-c003: the link must not be given in both directions",
    ),
    "record without its properties": (
        schema(lambda resources, _: resources["rocket_deliveries"].pop("query")),
        "datapackage.json::rocket_deliveries.query: : must be text",
    ),
    "record of no origin": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(origin="register")),
        "datapackage.json::rocket_deliveries.origin: register: must be found in origins.origin",
    ),
    "record of no reliability": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(reliability="AB")),
        "datapackage.json::rocket_deliveries.reliability: AB: must be one of: A, B, C, D, E, F",
    ),
    "record of no publication": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(reference="register")),
        "datapackage.json::rocket_deliveries.reference: register: must be a key of references.bib",
    ),
    "record of a version that is a number": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(version=2)),
        "datapackage.json::rocket_deliveries.version: 2: must be text",
    ),
    "record released on no day": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(versionReleased="2031-02")),
        "datapackage.json::rocket_deliveries.versionReleased: 2031-02: must be a date, YYYY-MM-DD",
    ),
    "record with one trap": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(traps="Small numbers are left out.")),
        "datapackage.json::rocket_deliveries.traps: Small numbers are left out.: must be a list of texts",
    ),
    "record without licence": (
        schema(lambda resources, _: resources["rocket_deliveries"].update(licenses=[])),
        "datapackage.json::rocket_deliveries.licenses: []: must be a list of objects, each with a title or name and, "
        "where it has a path, an http(s) address",
    ),
    "record taken from a script": (
        schema(lambda resources, _: resources["rocket_deliveries"]["sources"][0].update(path="javascript:alert(1)")),
        "datapackage.json::rocket_deliveries.sources: [{'title': 'Register of Arms', 'path': 'javascript:alert(1)'}]: "
        "must be a list of objects, each with a title or name and, where it has a path, an http(s) address",
    ),
    "column of a record not described": (
        schema(lambda resources, _: column(resources["rocket_deliveries"], "year").pop("description")),
        "datapackage.json::rocket_deliveries: year: a column of a record needs a description",
    ),
    "record that nothing reads": (
        schema(lambda resources, _: resources["league_members"].pop("shownIn")),
        "datapackage.json::league_members: : a record must be read by a check or name in shownIn the chapters that "
        "show it",
    ),
    "record shown nowhere": (
        schema(lambda resources, _: resources["league_members"].update(shownIn=[])),
        "datapackage.json::league_members.shownIn: []: must be a list of the names of chapters",
    ),
    "record that a check misses": (
        schema(lambda resources, package: package["resources"].remove(resources["rocket_deliveries"])),
        "checks/rockets.py:8:records: rocket_deliveries: must be a record that datapackage.json describes, for "
        "rockets_delivered to read it",
    ),
    "record missing": (
        lambda folder: (folder.path / "records" / "rocket_deliveries.csv").unlink(),
        "records/rocket_deliveries.csv::: : the file is missing",
    ),
    "record not described": (
        lambda folder: (folder.path / "records" / "notes.csv").write_text("a,b\n"),
        "records/notes.csv::: : datapackage.json does not describe this file",
    ),
    "check of no use": (
        lambda folder: folder.write("evidence.csv", folder.rows("evidence.csv")[:1]),
        "evidence.csv::check: rockets_delivered: a registered check must be used by a row",
    ),
    "bibliography missing": (
        lambda folder: (folder.path / "references.bib").unlink(),
        "references.bib::: : the file is missing",
    ),
    "bibliography not UTF-8": (
        raw("references.bib", lambda data: data + b"\xff"),
        "references.bib:32:: b'\\xff': must be UTF-8, and seems to be Windows-1252 ('ÿ'); save it as UTF-8",
    ),
    "bibliography that is no BibTeX": (
        raw("references.bib", lambda data: data.replace(b"date = {2029", b"date {2029")),
        "references.bib:12:: : is not BibTeX: '=' expected",
    ),
    "bibliography cut off": (
        raw("references.bib", lambda data: data + b"@misc{open, title = {A"),
        "references.bib:32:: : is not BibTeX: premature end of file",
    ),
    "key twice": (
        raw("references.bib", lambda data: data.replace(b"{birch-2031", b"{Alder-2030")),
        "references.bib:17:: Alder-2030: the key is given twice",
    ),
    "field of an entry twice": (
        raw("references.bib", lambda data: data.replace(b"  title = {Minister", b"  title={A},\n  title = {Minister")),
        "references.bib:9:title: courier-2029-visit: the field is given twice",
    ),
    "entry without title": (
        raw("references.bib", lambda data: data.replace(b"title = {Birch note}", b"title = {}")),
        "references.bib:17:title: birch-2031: an entry needs a title",
    ),
    "entry without date": (
        raw("references.bib", lambda data: data.replace(b"No date is stated", b"Undated")),
        "references.bib:17:date: birch-2031: an entry needs a date, or a note that says: no date",
    ),
    "entry with a script": (
        raw("references.bib", lambda data: data.replace(b"https://courier.example", b"javascript:alert")),
        "references.bib:9:url: javascript:alert/minister: must be an http(s) address with a host",
    ),
    "entry with a name of too many parts": (
        raw("references.bib", lambda data: data.replace(b"Harrow, Tess", b"a, b, c, d, e")),
        "references.bib:1:author: a, b, c, d, e: is not a BibTeX name: Too many commas in 'a, b, c, d, e'",
    ),
}


@pytest.mark.parametrize(("corrupt", "line"), FILES.values(), ids=FILES)
def test_a_corrupt_file_is_named(folder, capsys, monkeypatch, corrupt, line):
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)
    corrupt(folder)
    assert line in lines_of(capsys, folder)


def test_a_sound_ledger_has_no_problem(folder, texts):
    assert validate(folder.path) == []
    assert validate(folder.path, texts) == []


def test_all_problems_are_told_at_once_and_in_order(folder, capsys):
    folder.set("quantities.csv", 3, "bound", "maybe")
    folder.set("actors.csv", 2, "kind", "realm")
    folder.set("actors.csv", 11, "name", "")
    folder.replace("references.bib", "2029-04-12", "")
    lines = lines_of(capsys, folder)
    assert [line.split(": ")[0] for line in lines] == [
        "actors.csv:2:kind",
        "actors.csv:11:name",
        "quantities.csv:3:bound",
        "references.bib:9:date",
    ]


def test_there_is_no_limit_to_the_problems_told(folder):
    rows = folder.rows("actors.csv")
    folder.write("actors.csv", rows + [[f"actor-{i}", "A", "realm", *[""] * (len(rows[0]) - 3)] for i in range(1200)])
    told = [problem for problem in validate(folder.path) if problem.column == "kind"]
    assert len(told) == 1200


def test_a_ragged_row_is_told_once_and_hides_no_other_problem(folder):
    folder.replace("actors.csv", "vestria,Vestria,state,XVE,", "vestria,state,,")
    folder.set("claims.csv", 2, "layer", "told")
    assert [(p.file, p.row) for p in validate(folder.path)] == [("actors.csv", 3), ("claims.csv", 2)]


# A cell that the schema refuses, after which nothing more is to be said of what follows from it.
ALONE = {
    "a day that is none": ("events.csv", 2, "date_start", "2030-02-30"),
    "the other day": ("events.csv", 3, "date_end", "2029-04-31"),
    "a day of a publication": ("sources.csv", 2, "published_latest", "14 March 2030"),
    "a stance": ("evidence.csv", 3, "stance", "asserst"),
    "an origin": ("evidence.csv", 3, "origin", "Norland"),
    "a kind of claim": ("claims.csv", 12, "kind", "predicton"),
    "checkable": ("claims.csv", 11, "checkable", "no"),
    "a kind of actor": ("actors.csv", 7, "kind", "Person"),
    "a number of a sentence": ("sentences.csv", 7, "paragraph", "four"),
    "a place of a sentence": ("sentences.csv", 7, "start", "x"),
    "a hop": ("chains.csv", 3, "hop", "first"),
    "a type of a link": ("claim_links.csv", 2, "type", "content-of"),
    "a bound": ("quantities.csv", 4, "bound", "Range"),
    "a value": ("quantities.csv", 3, "value", "2,0"),
    "a dimension": ("quantities.csv", 2, "dimension", "Money"),
    "a place of a buyer": ("lineage_buyers.csv", 2, "place", "one"),
    "an amount of a yardstick": ("yardsticks.csv", 2, "amount", "3 million"),
    "a place of an exception": ("number_exceptions.csv", 2, "start", "x"),
    "a voice": ("sources.csv", 2, "voice", "nobody"),
    "the claim of a row of evidence": ("evidence.csv", 3, "claim_id", "alder-2030-c900"),
}


@pytest.mark.parametrize("cell", ALONE.values(), ids=ALONE)
def test_a_cell_that_is_refused_brings_no_second_line(folder, texts, capsys, cell):
    folder.set(*cell)
    (line,) = lines_of(capsys, folder, "--texts", str(texts))
    assert line.startswith("{}:{}:{}: ".format(*cell))


def test_rules_between_tables_wait_for_a_table_that_cannot_be_read(folder):
    (folder.path / "claims.csv").unlink()
    assert [str(p) for p in validate(folder.path)] == ["claims.csv::: : the file is missing"]


def test_a_table_of_broken_rows_is_refused_without_a_traceback(folder, texts):
    for path, value in zip(sorted(folder.path.rglob("*.csv")), cycle([" ", "?", "-1", "9" * 40, "2030-13-01"])):
        file = path.relative_to(folder.path)
        rows = folder.rows(file)
        folder.write(file, [rows[0], *([value] * len(row) for row in rows[1:])])
        assert bool(validate(folder.path, texts)) == (len(rows) > 1)
        folder.write(file, rows)


def test_an_empty_ledger_raises_nothing(folder, texts):
    for path in sorted(folder.path.rglob("*.csv")):
        file = path.relative_to(folder.path)
        folder.write(file, folder.rows(file)[:1])
        assert all(isinstance(problem, Problem) for problem in validate(folder.path, texts))


def test_a_text_that_is_missing_or_another_copy_is_named(folder, texts, capsys):
    (texts / "alder-2030.txt").unlink()
    copy = texts / "birch-2031.txt"
    copy.write_bytes(copy.read_bytes().replace(b"\n", b"\r\n"))
    sha256 = folder.rows("sources.csv")[2][17]
    assert lines_of(capsys, folder, "--texts", str(texts)) == [
        f"sources.csv:2:source_id: alder-2030: {texts}/alder-2030.txt cannot be read: No such file or directory "
        "(--only ID compares one text alone)",
        f"sources.csv:3:sha256: {sha256}: must be the hash of {texts}/birch-2031.txt, and would be with the line ends "
        "of Unix (LF): save the copy so (git and editors change them)",
    ]


def test_a_text_that_is_not_utf_8_is_named(folder, texts, capsys):
    (texts / "alder-2030.txt").write_bytes(b"\xff")
    line = f"sources.csv:2:source_id: alder-2030: {texts}/alder-2030.txt must be UTF-8; save it as UTF-8"
    assert lines_of(capsys, folder, "--texts", str(texts)) == [line]


def test_the_bibliography_must_not_copy_a_text(folder, texts, capsys):
    copied = "army keeps between 120 and 150 old tanks of the T-9 type"
    folder.replace("references.bib", "Read whole, for the date of the visit.", copied)
    lines = lines_of(capsys, folder, "--texts", str(texts))
    rule = "courier-2029-visit must not repeat 13 words in a row of alder-2030"
    assert lines == [f"references.bib::note: {copied}: {rule}"]


def test_one_side_of_a_told_date_may_stay_open(folder):
    folder.set("event_claims.csv", 2, "told_start", "")
    assert validate(folder.path) == []


def test_an_event_may_carry_any_year_of_its_interval(folder):
    for column_, value in (("date_start", "2028-05-01"), ("date_precision", "bounded")):
        folder.set("events.csv", 3, column_, value)
    assert validate(folder.path) == []


def test_a_cell_may_hold_a_negative_number_or_markup(folder):
    folder.set("claims.csv", 2, "note", "-5")
    folder.set("claims.csv", 3, "note", "<script>alert(1)</script>")
    assert validate(folder.path) == []


def test_a_date_may_rest_on_an_earlier_sentence_of_its_paragraph_and_on_no_later_one(folder, texts):
    def problems(words):
        folder.set("event_claims.csv", 4, "date_words", words)
        return [str(problem) for problem in validate(folder.path, texts) if problem.column == "date_words"]

    rule = "must stand verbatim in the sentence or an earlier one of its paragraph"
    assert problems("April 2029") == [f"event_claims.csv:4:date_words: April 2029: {rule}"]
    folder.set("event_claims.csv", 4, "claim_id", "alder-2030-c009")
    assert problems("Monday") == []


def test_words_across_a_line_break_and_in_another_normal_form_are_verbatim(folder, texts):
    text = (texts / "alder-2030.txt").read_text(encoding="utf-8")
    words = "nobody of that kind"
    for there, here in (("nobody\nof that kind", words), ("nobe\u0301y of that kind", "nob\u00e9y of that kind")):
        (texts / "alder-2030.txt").write_text(text.replace(words, there), encoding="utf-8", newline="")
        folder.set("claims.csv", 8, "quote", here)
        assert [p for p in validate(folder.path, texts) if p.column == "quote"] == []
    folder.set("claims.csv", 8, "quote", "nobey of that kind")
    [problem] = [p for p in validate(folder.path, texts) if p.column == "quote"]
    assert problem.row == 8


def test_a_name_across_a_line_break_can_be_written(folder, texts):
    text = (texts / "alder-2030.txt").read_text(encoding="utf-8")
    (texts / "alder-2030.txt").write_text(text.replace("River Brigade", "River\nBrigade"), encoding="utf-8", newline="")
    assert [p for p in validate(folder.path, texts) if p.column == "as_written"] == []


def test_what_is_passed_on_may_itself_be_a_saying(folder):
    folder.set("claims.csv", 7, "chain_id", "alder-2030-k02")
    folder.add("claim_links.csv", claim_id="alder-2030-c006", related_claim_id="alder-2030-c002", type="content_of")
    assert validate(folder.path) == []


def test_the_checks_may_be_given(folder):
    checks = load(folder.path).checks
    idle = replace(checks["rockets_delivered"], name="rockets_lost")
    problems = validate(folder.path, registry={**checks, "rockets_lost": idle})
    assert [str(p) for p in problems] == ["evidence.csv::check: rockets_lost: a registered check must be used by a row"]


def test_a_record_that_cannot_be_read_is_told_once(folder):
    (folder.path / "records" / "rocket_deliveries.csv").write_bytes(b"\xff")
    assert [(p.file, p.rule) for p in validate(folder.path)] == [
        (
            "records/rocket_deliveries.csv",
            "must be UTF-8, and seems to be Windows-1252 ('ÿ'); save it as UTF-8, in Excel as “CSV UTF-8”",
        )
    ]

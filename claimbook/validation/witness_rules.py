"""Rules of witnesses: who owns an origin, what a row may say beside others of its origin, its reference and its claim.

Some of them came after rows which break them. Such a row may stand in ``debts.csv`` until it is mended; each of these
rules has the name that it is called by there.
"""

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from claimbook.analysis import coherence, comparison
from claimbook.analysis.quantities import NUMBERS
from claimbook.analysis.verdicts import COUNTED, OWN_WORD
from claimbook.model import bibliography, passages
from claimbook.model.ledger import Ledger
from claimbook.model.passages import SEPARATOR
from claimbook.validation.inspection import Inspection, Rule, lookup

DEBTS = {
    "own_witness": "a party counts as a disinterested witness of its own conduct",
    "letters": "one origin has two letters on one claim",
    "in_full_and_in_part": "one origin both supports and limits one claim",
    "quotation": "one quotation has two stances",
    "days": "rows of one publication on one sentence have different days",
    "silence": "a silent source without a reason why it would have to tell",
    "words": "a publication that counts, and was itself read, without its decisive words",
    "coherence": "linked claims whose verdicts do not fit, without a reason",
}
"""The rules that a row may owe, with what it does."""

COUNTING = ("supports", "qualifies", "contradicts", "not_verified")
"""Stances that a party cannot have on its own conduct."""

WITNESSES = "ABC"
"""Letters of whom a verdict can rest on."""

MAX_WORDS = 25
"""Words of a publication that a row may quote."""

PUBLIC = ("government_body",)
"""Kinds of actor that act for the state of their code, and never for themselves."""

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
MIN_QUOTED = 3
"""Words that a quotation has at least: fewer are a term that many sentences share."""


def _owners(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    origins = ledger.origins
    known = origins["owner"].isin({*origins["origin"], *ledger.actors["actor_id"]})
    strange = (origins["reference"] != "") & ~origins["reference"].map(bibliography.is_web_address).astype(bool)
    yield Rule("origins", strange, "reference", "must be an http(s) address")
    yield Rule("origins", ~known, "owner", "must be found in origins.origin or actors.actor_id; its own id is one")
    owner = lookup(origins, "origin", "owner")
    chained = origins["owner"].map(owner)
    yield Rule(
        "origins",
        chained.notna() & (chained != origins["owner"]),
        "owner",
        "must be who controls it in the end: this owner has another one; name that",
    )
    joint = origins["joint_of"] != ""
    own = origins["owner"] == origins["origin"]
    yield Rule("origins", joint & ~own, "joint_of", "must stand with the owner, not with what it owns")
    owners = {*origins["owner"], *ledger.actors["actor_id"]}
    strange = [not owners.issuperset(filter(None, who.split("; "))) for who in origins["joint_of"]]
    yield Rule("origins", pd.Series(strange, origins.index, dtype=bool), "joint_of", "must name owners or actors")


def _accused(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    accused = ledger.claim_accused
    layer = accused["claim_id"].map(lookup(ledger.claims, "claim_id", "layer"))
    rule = "must be a claim of layer content: that somebody said so accuses nobody"
    yield Rule("claim_accused", layer.eq("said"), "claim_id", rule)


def _stances(ledger: Ledger, found: Inspection) -> pd.Series:
    """Return the stance of every row as far as it can be told here: those of checks and counts are computed."""
    rows, stances = ledger.evidence, ledger.evidence["stance"].copy()
    beside = rows.duplicated(["claim_id", "origin"], keep=False)
    quantities = comparison.told(ledger)
    counted = comparison.counts(rows) & ~rows["interested"]
    for line, row in rows[((rows["check"] != "") | counted) & beside].iterrows():
        try:
            if row["check"]:
                stances[line] = found.runner.run(found.registry[row["check"]], row["check_args"]).stance
            else:
                stances[line] = comparison.of_row(row, quantities).stance
        except Exception:
            continue  # what keeps a check from running, or a number from being compared, is told by its own rule
    return stances


def _state_of(actors: pd.DataFrame) -> dict[str, str]:
    """Return the state that an actor of public power acts for, by actor; nothing for others.

    A government, a ministry or an army is the state of its code, whose conduct its own is.
    """
    states = lookup(actors[(actors["kind"] == "state") & (actors["iso3"] != "")], "iso3", "actor_id").to_dict()
    public = actors[actors["kind"].isin(PUBLIC) & actors["iso3"].isin(list(states))]
    return {actor: states[code] for actor, code in zip(public["actor_id"], public["iso3"], strict=True)}


def _own_witness(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Tell which rows let a party, or what it owns, count on its own conduct: the act itself may, its word may not."""
    rows = ledger.evidence
    state = _state_of(ledger.actors)
    owner = [state.get(who, who) for who in rows["origin"].map(lookup(ledger.origins, "origin", "owner"))]
    whom = [state.get(who, who) for who in ledger.claim_accused["actor_id"]]
    accused = set(zip(ledger.claim_accused["claim_id"], whom, strict=True))
    on_itself = pd.Series(
        [pair in accused for pair in zip(rows["claim_id"], owner, strict=True)], rows.index, dtype=bool
    )
    stance = rows["stance"].isin(COUNTING) | (rows["check"] != "") | comparison.counts(rows)
    rule = (
        "the claim accuses the owner of this origin: code its word as denies, asserts or admits, with interested true, "
        "or name an origin that it does not own"
    )
    unverified = rows["stance"] == "not_verified"
    free = on_itself & stance & ~rows["interested"] & ~rows["primary"]
    yield Rule("evidence", free & ~unverified, "origin", rule, "own_witness")
    rule = "a party that could not verify what it is accused of says nothing; leave the row out, or code it as denies"
    yield Rule("evidence", on_itself & unverified, "origin", rule)


def _retired(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Check that an identifier that was retired is not in use, and that what stands in its place is."""
    retired, used = ledger.retired_ids, set()
    for table, key in (("claims", "claim_id"), ("evidence", "evidence_id")):
        used.update(ledger.tables[table][key])
    yield Rule("retired_ids", retired["id"].isin(used), "id", "must not be in use: an identifier is never given again")
    named = retired["successors"].map(lambda cell: cell.split(SEPARATOR) if cell else [])
    lost = named.map(lambda ids: not used.union(retired["id"]).issuperset(ids)).astype(bool)
    rule = f"must be claims, rows of evidence or retired identifiers, separated by '{SEPARATOR}'"
    yield Rule("retired_ids", lost, "successors", rule)
    first = pd.Series(named.map(lambda ids: ids[0] if ids else "").to_numpy(), retired["id"])
    rings = _in_ring(retired["id"], first[~first.index.duplicated()])
    yield Rule("retired_ids", rings, "successors", "must not lead back to its own identifier")


def _superseded(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence
    given = rows["supersedes"] != ""
    by_id = {name: lookup(rows, "evidence_id", name) for name in ("claim_id", "origin", "supersedes")}
    claim = rows["supersedes"].map(by_id["claim_id"])
    yield Rule("evidence", given & claim.isna(), "supersedes", "must be found in evidence.evidence_id")
    there = given & claim.notna()
    yield Rule("evidence", there & (claim != rows["claim_id"]), "supersedes", "must be a row on the same claim")
    owner = lookup(ledger.origins, "origin", "owner")
    old, new = (of.map(owner) for of in (rows["supersedes"].map(by_id["origin"]), rows["origin"]))
    rule = "must be a row of the same owner: nobody takes back another's word"
    yield Rule("evidence", there & (old != new), "supersedes", rule)
    yield Rule(
        "evidence",
        _in_ring(rows["evidence_id"], by_id["supersedes"]),
        "supersedes",
        "must not lead back to its own row",
    )


def _in_ring(keys: pd.Series, earlier: pd.Series) -> pd.Series:
    leads = earlier[earlier != ""].to_dict()
    rings = []
    for start in keys:
        at, seen = leads.get(start), {start}
        while at is not None and at not in seen:
            seen.add(at)
            at = leads.get(at)
        rings.append(at == start)
    return pd.Series(rings, keys.index, dtype=bool)


def _affirms(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence
    limits, given = rows["stance"] == "qualifies", rows["affirms"].notna()
    yield Rule("evidence", limits & ~given, "affirms", "must be true or false where the stance is qualifies")
    yield Rule("evidence", ~limits & given, "affirms", "must be empty except where the stance is qualifies")


def _numbers(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence
    counts = comparison.counts(rows)
    value, low, high = (rows[name] for name in NUMBERS)
    yield Rule("evidence", counts & (rows["unit"] == ""), "unit", "must be given where there is a number")
    yield Rule("evidence", ~counts & (rows["unit"] != ""), "unit", "must be empty where there is no number")
    yield Rule("evidence", low > high, "high", "must not be less than low")
    yield Rule("evidence", (value < low) | (value > high), "value", "must lie between low and high")
    computed = counts & (rows["check"] != "")
    yield Rule("evidence", computed, "value", "must be empty where a check is given, which computes it")
    compared = counts & ~rows["interested"] & (rows["check"] == "")
    rule = "must be empty where a disinterested source counts: it follows from the numbers"
    yield Rule("evidence", compared & (rows["stance"] != ""), "stance", rule)
    quantities = comparison.told(ledger)
    for line, row in rows[compared & (rows["unit"] != "")].iterrows():
        try:
            comparison.of_row(row, quantities)
        except ValueError as error:
            yield Rule("evidence", [line], "value" if pd.notna(row["value"]) else "low", f"must be comparable: {error}")


def _letters(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Compare the letters of an origin: on one claim with each other, and everywhere with those that it has at all."""
    rows = found.sure("evidence", ledger.evidence)
    told = rows[~rows["interested"]]  # a party's word on its own conduct is another matter than what else it knows
    several = told.groupby(["claim_id", "origin"])["reliability"].transform("nunique") > 1
    rule = "one origin must have one letter on one claim; where the matter differs, the claim does"
    yield Rule("evidence", several, "reliability", rule, "letters")

    columns = ["origin", "reliability"]
    given = pd.concat([found.sure(table, ledger.tables[table])[columns] for table in ("origins", "origin_matters")])
    given = given[given["reliability"] != ""]
    pairs = pd.MultiIndex.from_frame(rows[columns])
    strange = ~pairs.isin(pd.MultiIndex.from_frame(given)) & rows["origin"].isin(given["origin"])
    rule = (
        "must be the letter of its origin in origins, or one that origin_matters gives it for some matter; add the "
        "matter with its reason where this is one"
    )
    yield Rule("evidence", strange & (rows["check"] == ""), "reliability", rule)


def _in_full_and_in_part(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence[~ledger.evidence["evidence_id"].isin(ledger.evidence["supersedes"])]
    stance = _stances(ledger, found)[rows.index]
    pairs = pd.MultiIndex.from_frame(rows[["claim_id", "origin"]])
    both = pairs.isin(pairs[stance == "supports"]) & pairs.isin(pairs[stance == "qualifies"])
    rule = "its origin supports the same claim as well: say which it does, or code two claims"
    yield Rule("evidence", rows.index[both & (stance == "qualifies")], "stance", rule, "in_full_and_in_part")


def _tried(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Tell which sources are said to have failed to verify what their owner reports or denies."""
    rows = ledger.evidence[~ledger.evidence["evidence_id"].isin(ledger.evidence["supersedes"])]
    stance = _stances(ledger, found)[rows.index]
    owners = rows["origin"].map(lookup(ledger.origins, "origin", "owner"))
    pairs = pd.MultiIndex.from_arrays([rows["claim_id"], owners])
    failed = stance == "not_verified"
    both = failed & pairs.isin(pairs[stance.isin((*COUNTED, *OWN_WORD))])
    rule = "its owner speaks for or against the same claim as well: say which it does"
    yield Rule("evidence", rows.index[both], "stance", rule)


def _together(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence
    given = rows["together"] != ""
    partial = _stances(ledger, found) == "supports_part"
    yield Rule("evidence", given & ~partial, "together", "must be empty except where the stance is supports_part")
    alone = given & (rows.groupby(["claim_id", "together"])["evidence_id"].transform("size") < 2)
    yield Rule("evidence", alone, "together", "must stand with two rows or more of one claim, which make up the whole")


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for each of what is joined pair by pair, one of its group, which is the same for all of the group."""
    leads: dict[str, str] = {}

    def head(one: str) -> str:
        while (above := leads.setdefault(one, one)) != one:
            leads[one] = one = leads[above]
        return one

    for one, other in pairs:
        leads[head(one)] = head(other)
    return {one: head(one) for one in leads}


def _quotations(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Tell where the same words of one publication stand for and against a claim, or one that repeats it."""
    rows = ledger.evidence[ledger.evidence["stance"].isin(("supports", "qualifies", "contradicts"))]
    repeats = ledger.claim_links[ledger.claim_links["type"] == "repeats"]
    group = _joined(zip(repeats["claim_id"], repeats["related_claim_id"], strict=True))
    quoted: dict[tuple[str, str, str], dict[int, str]] = {}
    for line, row in rows.iterrows():
        for words in _QUOTED.findall(row["finding"]):
            if len(words.split()) >= MIN_QUOTED:
                key = (group.get(row["claim_id"], row["claim_id"]), row["reference"], words.casefold())
                quoted.setdefault(key, {})[line] = row["stance"]
    torn = {line for lines in quoted.values() if len(set(lines.values())) > 1 for line in lines}
    rule = "the same words of this publication have another stance on this claim, or on one that repeats it"
    yield Rule("evidence", sorted(torn), "stance", rule, "quotation")


def _days(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence[ledger.evidence["reference"] != ""]
    sentence = rows["claim_id"].map(lookup(ledger.claims, "claim_id", "sentence_id"))
    several = rows["fact_public_from"].groupby([sentence, rows["reference"]]).transform("nunique") > 1
    rule = "rows of one publication on claims of one sentence must have one day"
    yield Rule("evidence", rows.index[several], "fact_public_from", rule, "days")


def _silence(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.evidence
    bare = (rows["stance"] == "silent") & (rows["assessment"] == "")
    rule = "must say why this source would have to tell it; a source that need not is a search"
    yield Rule("evidence", bare, "assessment", rule, "silence")


def _words(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Tell which rows have words where there can be none, too many of them, or none where a reader needs them."""
    rows = ledger.evidence
    given, computed = rows["words"] != "", rows["check"] != ""
    yield Rule("evidence", given & computed, "words", "must be empty where a check is given, which has its records")
    many = pd.Series([len(passages.words(words)) > MAX_WORDS for words in rows["words"]], rows.index, dtype=bool)
    yield Rule("evidence", many, "words", f"must have at most {MAX_WORDS} words")
    translated = rows["words_english"] != ""
    yield Rule("evidence", translated & ~given, "words_english", "must be empty where there are no words to translate")
    decisive = rows["stance"].isin(COUNTED) | comparison.counts(rows) & ~rows["interested"]
    witness = rows["reliability"].isin(list(WITNESSES)) & (rows["read_as"] != "relay")
    rule = "must be given for a publication that counts; where only another's account was reached, read_as is relay"
    yield Rule("evidence", decisive & witness & ~computed & ~given, "words", rule, "words")


def _coherent(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Compare the verdicts on linked claims; while something else is wrong, nobody knows what they are."""
    if found.problems:
        return
    pairs = coherence.pairs(ledger)
    opposed, reason = pairs["type"].isin(coherence.OPPOSED), pairs["differs"] != ""
    for line, row in pairs[~pairs["fits"]].iterrows():
        of_both = f"the verdicts on the two, {row['verdict']} and {row['related_verdict']}, do not fit"
        if row["type"] in coherence.OPPOSED:
            rule = f"{of_both}: both cannot be so; mend the evidence of one, or the link"
            yield Rule("claim_links", [line], "type", rule, "coherence")
        elif not row["differs"]:
            rule = f"{of_both}: give both their shared evidence, say here why they may differ, or mend the link"
            yield Rule("claim_links", [line], "differs", rule, "coherence")
    rule = "must be empty where the verdicts on the two claims fit"
    yield Rule("claim_links", pairs.index[pairs["fits"] & ~opposed & reason], "differs", rule)
    links = ledger.claim_links
    rule = "must be empty except for the types repeats and implies"
    alone = ~links["type"].isin([kind for kind in coherence.COMPARED if kind not in coherence.OPPOSED])
    yield Rule("claim_links", alone & (links["differs"] != ""), "differs", rule)


def paid(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Tell which rows of ``debts.csv`` name no rule, or a row that keeps it: what is paid is to be struck off."""
    rows = ledger.debts
    known = rows["rule"].isin(list(DEBTS))
    yield Rule("debts", ~known, "rule", f"must be one of: {', '.join(DEBTS)}")
    owed = set(found.owed)
    unread = {place[0] for place in (*found.doubtful, *found.refused)}  # what their rows owe was not looked at
    uncompared = (rows["rule"] == "coherence") & bool(found.problems)  # verdicts were not compared then
    settled = [debt not in owed for debt in rows[["rule", "table", "row"]].itertuples(index=False, name=None)]
    rule = "this row does not break its rule, or is not there: delete the debt"
    looked_at = known & ~rows["table"].isin(unread) & ~uncompared
    yield Rule("debts", looked_at & pd.Series(settled, rows.index, dtype=bool), "row", rule)


WITNESS_RULES = (
    (_owners, "origins actors"),
    (_accused, "claim_accused claims"),
    (_retired, "retired_ids claims evidence"),
    (_own_witness, "evidence origins claim_accused actors"),
    (_superseded, "evidence origins"),
    (_affirms, "evidence"),
    (_numbers, "evidence quantities quantity_claims"),
    (_letters, "evidence origins origin_matters"),
    (_in_full_and_in_part, "evidence quantities quantity_claims"),
    (_tried, "evidence origins quantities quantity_claims"),
    (_together, "evidence quantities quantity_claims"),
    (_quotations, "evidence claims claim_links"),
    (_days, "evidence claims"),
    (_silence, "evidence"),
    (_words, "evidence"),
    (_coherent, "claim_links claims evidence origins claim_accused quantities quantity_claims"),
)
"""Each group of rules with the tables it needs."""

WITNESS_TABLES = {name for _, needed in WITNESS_RULES for name in needed.split()}
"""All tables that these rules need: without one of them nobody can say that a debt is paid."""

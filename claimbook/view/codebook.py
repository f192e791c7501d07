"""The codebook: for every coded variable its values, the rule for each, and a claim of the ledger that shows it.

What a variable is and which values it has comes from ``datapackage.json``. The rules for the values stand here, those
of a column that only one book has as ``rules`` of its field there, and a rule too many or too few is an error, so that
the two cannot drift apart. The examples are the book's own, in its table ``examples``.
"""

import pandas as pd

from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.model.schema import BOOLEANS
from claimbook.view import cards as claim_cards
from claimbook.view.cards import Cards
from claimbook.view.leaves import Leaf, Long, long
from claimbook.view.markup import Html, el, folded, join
from claimbook.view.tables import cited, claim_link, lines, table

RULES: dict[str, dict[str, str]] = {
    "claims.layer": {
        "said": "That somebody said, wrote, denied or announced something, true or not. Each such claim has a "
        "second one beside it, of the layer content, linked by content_of.",
        "content": "The matter itself, whoever says it: the text, or the last hop of the chain.",
    },
    "claims.kind": {
        "quantity": "The point of the claim is how many, how much, how long or which in a row.",
        "event": "Something happened, or happens repeatedly, at some time and place.",
        "statement": "Somebody said something: the kind of every claim of the layer said.",
        "relation": "How two actors stand to each other, over a stretch of time.",
        "status": "What somebody or something is or has, without a second actor.",
        "causal": "That one thing came of another, or was done for a reason.",
        "opinion": "A judgement of worth, duty or character; never checkable.",
        "prediction": "What will, may or is to come, seen from the day of the text.",
    },
    "claims.weight": {
        "thesis": "What the text is out to say: without it the text would have another point.",
        "support": "What the text rests its thesis on; it would be weaker without.",
        "background": "All else: setting, explanation, asides.",
    },
    "claims.checkable": {
        "true": "Some evidence that could exist would settle it, also where none was found.",
        "false": "No evidence could settle it; the reason is one of those in the next table.",
    },
    "claims.not_checkable_reason": {
        "opinion": "A judgement of worth or duty.",
        "epithet": "A word of praise or blame for somebody; it is listed and never rated.",
        "vague": "Names no measure, time or object by which one could tell whether it holds.",
        "prediction": "A prediction without a date on which it falls due. With a date it is checkable.",
        "intent": "A motive or state of mind. What somebody said of his motives is a checkable claim of its own.",
        "insinuation": "Suggests something indefinite. Where it suggests something definite it is checkable.",
    },
    "claims.polarity": {
        "positive": "Affirms something.",
        "negative": "Negates something. The statement carries the negation.",
    },
    "claims.hedge": {
        "given": "Words by which the text takes something back or leaves it open, verbatim.",
        "none": "The text says it flatly.",
    },
    "chains.anonymity": {
        "named": "A name that a reader could look up: a person, body, outlet or document.",
        "described": "A kind of person or body without a name.",
        "unnamed": "Nothing that identifies anybody: passives, “it is said”, “questions have been raised”.",
    },
    "quantities.bound": {
        "exact": "The number alone, as told.",
        "approximate": "Some, about, nearly, around.",
        "at_least": "More than, at least, or more.",
        "at_most": "Up to, at most, less than.",
        "range": "Between two numbers, both given.",
        "unspecified": "A quantity without a number: several, billions, more and more.",
    },
    "events.mode": {
        "happened": "Told as fact, whatever the verdict.",
        "alleged": "Told as a charge or suspicion, or on the word of somebody who is not identified.",
        "promised": "Somebody has undertaken to do it.",
        "planned": "Announced, decided or scheduled, and not yet done.",
        "hypothetical": "It may, might or could come.",
        "denied": "Told as not having happened.",
    },
    "claim_links.type": {
        "content_of": "Claims what the related claim reports as said.",
        "denies": "Says that the related claim does not hold.",
        "repeats": "The same again, in this text or another.",
        "contradicts": "The two cannot both hold.",
        "strains": "Both can hold only on a reading that neither text gives.",
        "implies": "Lets a reader think the related claim without saying it.",
    },
    "evidence.stance": {
        "supports": "Bears out the claim as it is stated.",
        "admits": "A party says so of its own conduct, against its own interest. An admission that speaks against a "
        "claim contradicts it.",
        "supports_part": "Bears out a part of the claim and says nothing of the rest.",
        "qualifies": "Limits the claim as worded, about the same thing, time and place: less, later, elsewhere, under "
        "another name. A remark on another claim, or that something is left out, does not.",
        "contradicts": "Says that it does not hold. Another cause named contradicts only that one was the sole cause.",
        "not_verified": "A competent source, no party, tried to verify it and says that it could not.",
        "asserts": "A party says so of its own conduct or of its opponent's.",
        "denies": "A party says that it does not hold.",
        "silent": "Would have to tell it, was looked at, and does not; the row says why it would have to.",
    },
    "evidence.origin": {
        "itself": "Who found it out and publishes it is the origin.",
        "relay": "A publication that passes on another's word counts for that other.",
        "nobody named": "Unnamed people are no origin: the outlet is, with the letter F.",
    },
    "evidence.primary": {
        "true": "The act itself (vote, signed text, decree), or for what was said the speaker's own publication. It "
        "belongs to the pair: one page can be primary for one claim and not for another.",
        "false": "Reports, statistics, expert codings, registers built on reports.",
    },
    "evidence.interested": {
        "true": "A party on its own conduct; with asserts, denies and admits, and with them only.",
        "false": "Everybody else, friend or foe.",
    },
    "evidence.reliability": {
        "A": "Known for accuracy on this matter, method published.",
        "B": "Usually reliable: minor doubts.",
        "C": "Fairly reliable: doubts, but was right before.",
        "D": "Not usually reliable.",
        "E": "Unreliable: known to be wrong on such matters.",
        "F": "Cannot be judged. It is not the worst letter.",
    },
}
"""Per variable that every book codes and per value: the rule."""

UNLISTED = ("claims.hedge", "evidence.origin")
"""Variables that hold words of their own; the values here sort them for the rules."""


def rules(ledger: Ledger, variable: str) -> dict[str, str]:
    """Return the rule for each value of a variable; none where neither the engine nor the book has any."""
    return RULES.get(variable) or ledger.column(*variable.split(".")).get("rules", {})


def examples(ledger: Ledger) -> dict[tuple[str, str], str]:
    """Return the claim, or row of evidence, that shows each value, by variable and value; a book need not have any."""
    rows = ledger.tables.get("examples", pd.DataFrame())
    rows = rows.replace({"value": BOOLEANS})  # in a column of text, where they stand beside words
    return {(e.variable, e.value): e.claim_id or e.evidence_id for e in rows.itertuples(index=False)}


def described(ledger: Ledger, variable: str) -> tuple[str, list[str]]:
    """Return what ``datapackage.json`` says of a variable: its description and its values.

    Raises
    ------
    KeyError
        If there is no such column.
    ValueError
        If the rules here are not for those values.
    """
    field, ruled = ledger.column(*variable.split(".")), list(rules(ledger, variable))
    if not field:
        raise KeyError(variable)
    values = field.get("constraints", {}).get("enum", [])
    if field["type"] == "boolean":
        values = ["true", "false"]
    elif variable in UNLISTED:
        values = ruled
    if values != ruled:
        raise ValueError(f"{variable} has the values {values}, and there are rules for {ruled}")
    return field["description"], values


def coded(ledger: Ledger, variable: str, row_id: str) -> set[str]:
    """Return the values that a claim, or a row of evidence, has of a variable."""
    name, column = variable.split(".")
    if name == "evidence":
        value = ledger.evidence.set_index("evidence_id").at[row_id, column]
        return {str(value).lower() if column in ("primary", "interested") else str(value)}
    claim = ledger.claims.set_index("claim_id").loc[row_id]
    if name == "chains":
        hops = ledger.chains[ledger.chains["chain_id"] == claim["chain_id"]].sort_values("hop")
        return {hops[column].iloc[-1]}
    if name == "claim_links":
        return set(ledger.claim_links[ledger.claim_links["claim_id"] == row_id]["type"])
    for told, of, key in (
        (ledger.quantity_claims, "quantities", "quantity_id"),
        (ledger.event_claims, "events", "event_id"),
    ):
        if name == of:
            mine = told[told["claim_id"] == row_id][key]
            return set(ledger.tables[of].loc[ledger.tables[of][key].isin(mine), column])
    if variable == "claims.hedge":
        return {"given" if claim["hedge"] else "none"}
    return {str(claim[column]).lower() if column == "checkable" else claim[column]}


def variable(ledger: Ledger, name: str) -> Html | Long:
    """Show a variable: what it is, and for each of its values the rule and, on a leaf, an example.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    name : str
        Table and column of a variable that has rules, such as ``claims.kind``.
    """
    description, values = described(ledger, name)
    ruled, shown_by = rules(ledger, name), examples(ledger)
    rows = pd.DataFrame({"Value": [el("code", value) for value in values], "Rule": [ruled[value] for value in values]})
    head, said = el("p", el("code", name), ": ", description), count(len(values), "value")
    table_name, column = name.split(".")
    short = folded(f"{said} with rules", table(rows, f"{column}: values and rules"))
    if not shown_by:
        return el("div", head, short)
    cards, row_ids = claim_cards.of(ledger), [shown_by.get((name, value)) for value in values]
    rows["Example"] = [_example(cards, row_id) if row_id else "no case yet" for row_id in row_ids]
    body = table(rows, f"{column}: values, rules and examples")
    leaf = Leaf(f"codebook-{table_name}-{column}", f"{column.replace('_', ' ').capitalize()}: rules and examples", body)
    return long(join([short, el("p", el("a", "An example for each", href=leaf.address))]), [leaf], head)


def _example(cards: Cards, row_id: str) -> Html:
    claim_id = ids.claim_of(row_id) if row_id not in cards.assessed.claims.index else row_id
    claim = cards.assessed.claims.loc[claim_id]
    denied, spoken = cards.assessed.denial(claim_id), cards.spoken[ids.text_of(claim_id)]
    finding = None
    if row_id != claim_id:
        row = cards.assessed.rows[claim_id].set_index("evidence_id").loc[row_id]
        origin = cards.assessed.origin_of(row["origin"], row_id)
        finding = join(["Evidence: ", row["finding"], " (", origin, ")"])
    return lines(
        join([claim["statement"], " ", cards.assessed.mark(claim_id), " ", claim_link(claim_id)]),
        cited(claim["quote"], spoken) if claim["quote"] else None,
        join(["Hedge: ", cited(claim["hedge"], spoken)]) if claim["hedge"] else None,
        join(["Denied: ", denied]) if denied else None,
        finding,
    )

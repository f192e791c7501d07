"""The codebook: for every coded variable its values, the rule for each, and a claim of the ledger that shows it.

What a variable is and which values it has comes from ``datapackage.json``; the rules for the values stand here, and a
rule too many or too few is an error, so that the two cannot drift apart.
"""

import pandas as pd

from claimbook.model.ledger import Ledger
from claimbook.view import cards as claim_cards
from claimbook.view.cards import Cards
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import cited, claim_link, lines, not_here, table

RULES: dict[str, dict[str, tuple[str, str]]] = {
    "claims.layer": {
        "said": (
            "That somebody said, wrote, denied or announced it, whether or not it is so. Each such claim has a second "
            "one beside it, of the layer content, linked by content_of.",
            "wnd-2001-c095",
        ),
        "content": ("That it is so, whoever says it: the text itself, or the last hop of the chain.", "wnd-2001-c096"),
    },
    "claims.kind": {
        "quantity": ("The point of the claim is how many, how much, how long or which in a row.", "srebrnik-2023-c049"),
        "event": ("Something happened, or happens repeatedly, at some time and place.", "srebrnik-2023-c145"),
        "statement": ("Somebody said something: the kind of every claim of the layer said.", "wnd-2001-c095"),
        "relation": ("How two actors stand to each other, over a stretch of time.", "srebrnik-2023-c143"),
        "status": ("What somebody or something is or has, without a second actor.", "walsh-2021-c108"),
        "causal": ("That one thing came of another, or was done for a reason.", "srebrnik-2023-c140"),
        "opinion": ("A judgement of worth, duty or character; never checkable.", "srebrnik-2023-c065"),
        "prediction": ("What will, may or is to come, seen from the day of the text.", "srebrnik-2023-c114"),
    },
    "claims.weight": {
        "thesis": ("What the text is out to say: without it the text would have another point.", "wnd-2001-c008"),
        "support": ("What the text rests its thesis on; it would be weaker without.", "srebrnik-2023-c143"),
        "background": ("All else: setting, explanation, asides.", "srebrnik-2023-c038"),
    },
    "claims.checkable": {
        "true": ("Some evidence that could exist would settle it, also where none was found.", "srebrnik-2023-c038"),
        "false": ("No evidence could settle it; the reason is one of those in the next table.", "srebrnik-2023-c065"),
    },
    "claims.not_checkable_reason": {
        "opinion": ("A judgement of worth or duty.", "defence-ua-c164"),
        "epithet": ("A word of praise or blame for somebody; it is listed and never rated.", "srebrnik-2023-c065"),
        "vague": (
            "No measure, time or object that would tell a case in which it is so from one in which it is not.",
            "wnd-2001-c006",
        ),
        "prediction": (
            "A prediction without a date on which it falls due. With a date it is checkable.",
            "wnd-2001-c107",
        ),
        "intent": (
            "A motive or state of mind. What somebody said of his motives is a checkable claim of its own.",
            "srebrnik-2023-c073",
        ),
        "insinuation": (
            "Suggested, and nothing definite in it. With a definite content it is checkable.",
            "wnd-2001-c083",
        ),
    },
    "claims.polarity": {
        "positive": ("Says that something is so.", "srebrnik-2023-c038"),
        "negative": ("Says that something is not so. The statement carries the negation.", "wnd-2001-c096"),
    },
    "claims.hedge": {
        "given": ("Words by which the text takes something back or leaves it open, verbatim.", "wnd-2001-c065"),
        "none": ("The text says it flatly.", "srebrnik-2023-c143"),
    },
    "chains.anonymity": {
        "named": ("A name that a reader could look up: a person, body, outlet or document.", "wnd-2001-c036"),
        "described": ("A kind of person or body without a name.", "wnd-2001-c042"),
        "unnamed": (
            "Nothing that identifies anybody: passives, “it is said”, “questions have been raised”.",
            "wnd-2001-c065",
        ),
    },
    "quantities.bound": {
        "exact": ("The number alone, as told.", "srebrnik-2023-c087"),
        "approximate": ("Some, about, nearly, around.", "wnd-2001-c042"),
        "at_least": ("More than, at least, or more.", "srebrnik-2023-c049"),
        "at_most": ("Up to, at most, less than.", ""),
        "range": ("Between two numbers, both given.", ""),
        "unspecified": ("A quantity without a number: several, billions, more and more.", "wnd-2001-c059"),
    },
    "quantities.stage": {
        "contract": ("Agreed, ordered or signed.", "wnd-2001-c042"),
        "delivery": ("Handed over, received, shipped.", "defence-ua-c047"),
        "flow": ("Trade with no stage told.", "wnd-2001-c059"),
        "other": ("No trade.", "srebrnik-2023-c049"),
    },
    "events.mode": {
        "happened": ("Told as fact, whatever the verdict.", "wnd-2001-c008"),
        "alleged": (
            "Told as a charge or suspicion, or on the word of somebody who is not identified.",
            "wnd-2001-c042",
        ),
        "promised": ("Somebody has undertaken to do it.", "srebrnik-2023-c102"),
        "planned": ("Announced, decided or scheduled, and not yet done.", "wnd-2001-c115"),
        "hypothetical": ("It may, might or could come.", "wnd-2001-c107"),
        "denied": ("Told as not having happened.", "srebrnik-2023-c129"),
    },
    "claim_links.type": {
        "content_of": ("That what the related claim reports as said is so.", "wnd-2001-c002"),
        "denies": ("That the related claim is not so.", "wnd-2001-c054"),
        "repeats": ("The same again, in this text or another.", "wnd-2001-c038"),
        "contradicts": ("Both cannot be so.", "wnd-2001-c063"),
        "strains": ("Both can be so only under a reading that neither text gives.", "wnd-2001-c008"),
        "implies": ("Lets a reader think the related claim without saying it.", "wnd-2001-c012"),
    },
    "evidence.stance": {
        "supports": ("Says that the claim is so, as it is stated.", "srebrnik-2023-c114-e01"),
        "qualifies": ("Says that it is so in part: less, later, elsewhere, under another name.", "defence-ua-c087-e01"),
        "contradicts": ("Says that it is not so.", "walsh-2021-c112-e02"),
        "asserts": ("A party says so of its own conduct or of its opponent's.", "srebrnik-2023-c138-e01"),
        "denies": ("A party says that it is not so.", "defence-ua-c021-e05"),
        "silent": ("Could have told it, was looked at, and does not.", "defence-ua-c135-e02"),
    },
    "evidence.origin": {
        "itself": ("Who found it out and publishes it is the origin.", "srebrnik-2023-c114-e01"),
        "relay": ("A publication that passes on another's word counts for that other.", "wnd-2001-c088-e02"),
        "nobody named": ("Unnamed people are no origin: the outlet is, with the letter F.", "defence-ua-c029-e02"),
    },
    "evidence.primary": {
        "true": (
            "The act itself (vote, signed text, decree), or for what was said the speaker's own publication. "
            "It belongs to the pair: one page can be primary for one claim and not for another.",
            "walsh-2021-c109-e01",
        ),
        "false": ("Reports, statistics, expert codings, registers built on reports.", "srebrnik-2023-c114-e01"),
    },
    "evidence.interested": {
        "true": ("A party on its own conduct; with asserts and denies, and with them only.", "srebrnik-2023-c138-e01"),
        "false": ("Everybody else, friend or foe.", "walsh-2021-c112-e02"),
    },
    "evidence.reliability": {
        "A": ("Known for accuracy on this matter, method published.", "defence-ua-c055-e04"),
        "B": ("Usually reliable: minor doubts.", "wnd-2001-c106-e03"),
        "C": ("Fairly reliable: doubts, but was right before.", "wnd-2001-c091-e02"),
        "D": ("Not usually reliable.", "defence-ua-c053-e02"),
        "E": ("Unreliable: known to be wrong on such matters.", ""),
        "F": ("Cannot be judged. It is not the worst letter.", "wnd-2001-c054-e04"),
    },
}
"""Per variable and value: the rule, and the claim or the row of evidence that shows it; empty where the ledger has no
case."""

UNLISTED = ("claims.hedge", "evidence.origin")
"""Variables that hold words of their own; the values here sort them for the rules."""


def described(ledger: Ledger, variable: str) -> tuple[str, list[str]]:
    """Return what ``datapackage.json`` says of a variable: its description and its values.

    Raises
    ------
    KeyError
        If there is no such column.
    ValueError
        If the rules here are not for those values.
    """
    name, column = variable.split(".")
    fields = {(r["name"], f["name"]): f for r in ledger.schema["resources"] for f in r["schema"]["fields"]}
    field = fields[name, column]
    values = field.get("constraints", {}).get("enum", [])
    if field["type"] == "boolean":
        values = ["true", "false"]
    elif variable in UNLISTED:
        values = list(RULES[variable])
    if values != list(RULES[variable]):
        raise ValueError(f"{variable} has the values {values}, and there are rules for {list(RULES[variable])}")
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


def variable(ledger: Ledger, name: str) -> Html:
    """Show a variable: what it is, and for each of its values the rule and an example.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    name : str
        A key of :data:`RULES`.
    """
    description, values = described(ledger, name)
    cards = claim_cards.of(ledger)
    rows = [
        {"Value": el("code", value), "Rule": rule, "Example": _example(cards, row_id) if row_id else "no case yet"}
        for value, (rule, row_id) in ((value, RULES[name][value]) for value in values)
    ]
    shown = table(pd.DataFrame(rows), f"{name.split('.')[1]}: values, rules and examples")
    return el("div", el("p", el("code", name), ": ", description), shown)


def _example(cards: Cards, row_id: str) -> Html:
    claim_id = row_id.rsplit("-", 1)[0] if row_id not in cards.assessed.claims.index else row_id
    known = claim_id == row_id or row_id in set(cards.ledger.evidence["evidence_id"])
    if claim_id not in cards.assessed.claims.index or not known:
        return not_here([row_id])
    claim = cards.assessed.claims.loc[claim_id]
    denied = cards.assessed.denial(claim_id)
    finding = None
    if row_id != claim_id:
        rows = cards.assessed.rows[claim_id].set_index("evidence_id", drop=False)
        finding = join(["Evidence: ", rows.at[row_id, "finding"], " (", cards.assessed.weight(rows.loc[row_id]), ")"])
    return lines(
        join([claim["statement"], " ", cards.assessed.mark(claim_id), " ", claim_link(claim_id)]),
        cited(claim["quote"]) if claim["quote"] else None,
        join(["Hedge: ", cited(claim["hedge"])]) if claim["hedge"] else None,
        join(["Denied: ", denied]) if denied else None,
        finding,
    )

"""What is open: the claims that are not established or disputed, and what would settle each."""

from claimbook.analysis import evidence
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view.assessments import Assessments
from claimbook.view.leaves import Leaf, Long, long
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import quiet

OPEN = ("not_established", "disputed")
"""The verdicts that settle nothing."""

SOUGHT = {"none": "Would help, and was not found: ", "partly": "Would help, and was found in part: "}
"""What is said of a search that did not settle a claim, by its result."""


def unsettled(ledger: Ledger) -> Html | Long:
    """List the open main points, each with what was sought in vain; a leaf a text has all that is open in it.

    A charge that a text makes again stands once among the main points.
    """
    assessed = Assessments(ledger)
    rows = ledger.claims[ledger.claims["claim_id"].map(assessed.verdicts["verdict"]).isin(OPEN)]
    if rows.empty:
        return quiet("No claim that can be checked is open.")
    rows = rows.assign(text=ids.texts_of(rows["claim_id"]), main=rows["weight"] == "thesis")
    rows = rows.sort_values("main", ascending=False, kind="stable")
    leaves = []
    for source in ledger.sources.itertuples(index=False):
        if len(mine := rows[rows["text"] == source.source_id]):
            title = f"{source.short_name}: what is open, and what would settle it"
            body = el("ul", [el("li", _whole(assessed, claim)) for claim in mine["claim_id"]], class_="cb-references")
            leaves.append(Leaf(f"claims-open-{source.source_id}", title, body, f"{source.short_name} ({len(mine)})"))
    charges = set(evidence.charges(ledger)["claim_id"])
    points = [claim for claim in rows.loc[rows["main"], "claim_id"] if claim in charges]
    found = rows["claim_id"].map(assessed.verdicts["verdict"]).value_counts()
    open_, disputed = found.get("not_established", 0), found.get("disputed", 0)
    head = el(
        "p",
        f"{count(len(rows), 'claim')} {'is' if len(rows) == 1 else 'are'} open (unresolved): {open_} not established, ",
        f"{disputed} disputed. ",
        "The main points among them stand below. " if points else "No main point is. ",
        "All, each with what would settle it: ",
        join((el("a", leaf.label, href=leaf.address, aria_label=leaf.title) for leaf in leaves), ", "),
        ".",
    )
    short = [el("li", assessed.linked(claim), _sought(assessed, claim)) for claim in points]
    return long(el("ul", short) if points else Html(""), leaves, head)


def _whole(assessed: Assessments, claim_id: str) -> Html:
    """Show an open claim with why it is open, what was sought in vain, and what the rule would take."""
    main = " Main point." if assessed.claims.at[claim_id, "weight"] == "thesis" else None
    takes = el("div", "It would change with ", assessed.what_would_change(claim_id), ".")
    why = el("div", assessed.why(claim_id), main)
    return join([assessed.linked(claim_id), why, _sought(assessed, claim_id), takes])


def _sought(assessed: Assessments, claim_id: str) -> Html | None:
    """Say one thing that was sought of a claim and not found, or else found in part; its own page has all."""
    searches = assessed.searches.get(claim_id)
    if searches is None:
        return None
    asked = searches[searches["side"] != "denial"]
    told = (
        el("div", said, row.looked_for, ".")
        for result, said in SOUGHT.items()
        for row in asked[asked["result"] == result].itertuples(index=False)
    )
    return next(told, None)

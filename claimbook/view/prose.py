"""Sentences whose numbers the data decide: a chapter calls them where it would otherwise type a number."""

from claimbook.analysis import evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.quantities import has_number
from claimbook.analysis.verdicts import VERDICTS, shares
from claimbook.model import ids
from claimbook.model.decimals import FEW, count, per_hundred
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.assessments import Assessments, mark
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import actor_names, cited, claim_link, claim_links, quiet


def listing(items, last: str = "and") -> Html:
    """Join items as a sentence does: a, b and c."""
    items = list(items)
    if len(items) < 2:
        return join(items)
    return join([join(items[:-1], ", "), f" {last} ", items[-1]])


def outcomes(found: dict[str, int]) -> Html:
    """Say of how many claims each verdict is: 1 is supported, 2 are disputed and 3 are not established."""
    return listing(f"{n} {'is' if n == 1 else 'are'} {palette.VERDICTS[v]}" for v, n in found.items() if n)


def text_lead(text: Ledger) -> Html:
    """Say in one paragraph how many claims a text makes, how many cannot be checked, how many carry its thesis."""
    claims = text.claims
    if claims.empty:
        return el("p", "No claim of the text is coded.", class_="cb-lead")
    open_ = int((~claims["checkable"]).sum())
    content = int((text.sentences["role"] == "content").sum())
    thesis = claims[claims["weight"] == "thesis"]
    return el(
        "p",
        f"The text makes {count(len(claims), 'claim')} in {count(content, 'sentence')}. ",
        f"{open_ or 'None'} of them cannot be checked, whatever the evidence. ",
        f"{count(len(thesis), 'claim')} {'carries' if len(thesis) == 1 else 'carry'} its thesis.",
        class_="cb-lead",
    )


ENDS = {
    "named": "somebody who is named",
    "described": "somebody who is only described",
    "unnamed": "somebody who cannot be identified",
}
"""To whom the trail of a claim leads back, by how the last source is identified."""


def authority(text: Ledger) -> Html:
    """Say in one paragraph on whose word a text's claims rest: its own, that of somebody named, or of nobody named."""
    ends = terminal_sources(text)
    if ends.empty:
        return el("p", "No claim of the text is coded.")
    own, others = int(ends["own"].sum()), ends[~ends["own"]]
    verb = "rests" if own < 2 else "rest"
    said = f"{own or 'None'} of {count(len(ends), 'claim')} {verb} on the text's own word alone"
    if others.empty:
        return el("p", f"{said}.")
    found = others["anonymity"].value_counts()
    (first, number), *more = [(ENDS[kind], found[kind]) for kind in ENDS if kind in found]
    leads = f"{'leads' if number == 1 else 'lead'} back to {first}"
    rest = count(len(others), "claim")
    told = f"The other {rest} {leads}"
    if more:
        told = join([f"Of the other {rest}, ", listing([f"{number} {leads}", *(f"{n} to {end}" for end, n in more)])])
    longest = f"The longest trail has {count(int(others['hops'].max()), 'hop')}."
    return el("p", f"{said}. ", told, f". {longest}")


def theses(ledger: Ledger, base: str = "") -> Html:
    """List, text by text, the claims that carry its thesis, attributed to the text, with their verdicts."""
    if ledger.sources.empty:
        return quiet("No text is in this ledger.")
    assessed = Assessments(ledger, base)
    source_of = ledger.sentences.set_index("sentence_id")["source_id"]
    thesis = ledger.claims[ledger.claims["weight"] == "thesis"]
    owners = thesis["sentence_id"].map(source_of)
    parts = []
    for source in ledger.sources.itertuples(index=False):
        mine = thesis[owners == source.source_id]
        head = el(
            "p", el("strong", f"{source.short_name} claims:"), "" if len(mine) else " no claim is coded as thesis."
        )
        items = [_claim_item(assessed, c) for c in mine.itertuples(index=False)]
        parts.append([head, el("ul", items) if items else None])
    return el("div", parts)


def _claim_item(assessed: Assessments, claim) -> Html:
    return el(
        "li",
        claim.statement,
        " ",
        assessed.mark(claim.claim_id, why=False),
        " (",
        claim_link(claim.claim_id, assessed.base),
        ")",
        el("div", assessed.why(claim.claim_id), class_="cb-quiet") if claim.checkable else None,
        assessed.denied(claim.claim_id),
    )


def supports(text: Ledger) -> Html:
    """Sort what a text rests its thesis on by verdict: what stands, what does not, what nobody can establish."""
    assessed = Assessments(text)
    rows = text.claims[text.claims["weight"] == "support"]
    outcome = rows["claim_id"].map(assessed.verdicts["verdict"])
    parts = []
    for verdict in VERDICTS:
        mine = rows[outcome == verdict]
        if len(mine):
            items = [_claim_item(assessed, c) for c in mine.itertuples(index=False)]
            head = el("summary", mark(verdict), f": {count(len(mine), 'claim')}")
            parts.append(el("details", head, el("ul", items), class_="cb-claim"))
    sorted_ = ", sorted here by verdict" if parts else ""
    return el("div", el("p", f"It rests its thesis on {count(len(rows), 'claim')}{sorted_}."), parts)


def thesis_lead(text: Ledger) -> Html:
    """Say in one paragraph what becomes of a text's thesis and of what it rests on."""
    outcome = evidence.verdicts(text)
    outcome = outcome.assign(weight=text.claims["weight"].to_numpy())
    parts = []
    for weight, one, several, none in (
        ("thesis", "that carries its thesis", "that carry its thesis", "No claim carries its thesis. "),
        ("support", *["on which it rests that"] * 2, "It rests that on no claim. "),
    ):
        found = shares(outcome.loc[outcome["weight"] == weight, "verdict"])
        number = sum(found.values())
        which = f"Of {count(number, 'claim')} {one if number == 1 else several}, "
        parts.append([which, outcomes(found), ". "] if number else none)
    wrong = evidence.contradicted_at_publication(text)
    own, relayed = (wrong.loc[wrong["own"] == said, "claim_id"] for said in (True, False))
    already = "When it appeared, public evidence already contradicted this"
    if len(own):
        parts.append([f"{already}, which it says itself: ", claim_links(own), ". "])
    if len(relayed):
        parts.append([f"{already}, which it reports from others: ", claim_links(relayed), "."])
    if wrong.empty:
        parts.append("No evidence known to have been public when it appeared contradicts any claim of it.")
    return el("p", parts, class_="cb-lead")


def collisions_lead(ledger: Ledger) -> Html:
    """Say how many pairs of claims repeat, contradict or strain against one another, across and within the texts."""
    links = ledger.claim_links[ledger.claim_links["type"].isin(["repeats", "contradicts", "strains"])]
    if links.empty:
        return el(
            "p", "No link says that two claims contradict, strain against or repeat each other.", class_="cb-lead"
        )
    across = ids.texts_of(links["claim_id"]) != ids.texts_of(links["related_claim_id"])

    def said(rows) -> str:
        kinds = rows["type"].value_counts()
        return (
            f"in {kinds.get('contradicts', 0)} the claims contradict each other, in {kinds.get('strains', 0)} they "
            f"strain against each other, in {kinds.get('repeats', 0)} one repeats the other"
        )

    return el(
        "p",
        f"{count(int(across.sum()), 'pair')} of claims from two texts are linked: {said(links[across])}. "
        f"Within one text there are {count(int((~across).sum()), 'pair')}: {said(links[~across])}.",
        class_="cb-lead",
    )


def language_lead(text: Ledger) -> Html:
    """Say how often the text hedges and gives epithets, per hundred sentences, and to whom most often."""
    content = int((text.sentences["role"] == "content").sum())
    hedged = int((text.claims["hedge"] != "").sum())
    given = text.mentions[text.mentions["epithet"] != ""]
    carry = "carries" if hedged < 2 else "carry"
    parts = [f"{hedged or 'None'} of {count(len(text.claims), 'claim')} {carry} hedging words. "]
    if text.claims.empty:
        parts = ["No claim of the text is coded. "]
    if text.mentions.empty:
        return el("p", parts, "Nobody is named.")
    parts.append(
        f"{len(given) or 'None'} of {count(len(text.mentions), 'mention')} {'comes' if len(given) < 2 else 'come'} "
        "with an epithet"
        + (f", {per_hundred(len(given), content):.0f} per hundred sentences" if content >= FEW else "")
    )
    if len(given):
        totals = given["actor_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
        actor, most = totals.index[0], totals.iloc[0]

        words = given[given["actor_id"] == actor]["epithet"]
        parts.append(
            [
                f"; no actor gets more than {actor_names(text)[actor]} ({most}): ",
                listing(cited(w) for w in dict.fromkeys(words)),
            ]
        )
    return el("p", parts, ".")


def events_lead(text: Ledger) -> Html:
    """Say how many events the text tells and how many it dates."""
    if text.events.empty:
        return el("p", "The text tells no event.")
    bounds = text.event_claims[["told_start", "told_end"]]
    told = text.event_claims[(bounds != "").any(axis=1)]["event_id"].nunique()
    recorded = int((text.events["date_basis"] == "record").sum())
    alleged = int((text.events["mode"] != "happened").sum())
    return el(
        "p",
        f"The text tells {count(len(text.events), 'event')}. It gives {told} of them a date, however coarse; "
        f"{alleged or 'none'} {'is' if alleged < 2 else 'are'} not told as fact but alleged, planned, promised, denied "
        f"or hypothetical. {recorded or 'None'} {'has' if recorded < 2 else 'have'} a date that was looked up.",
    )


def quantities_lead(text: Ledger) -> Html:
    """Say how many quantities the text reports, and how many concern what the book is about.

    That is told by the columns of truth values whose field in ``datapackage.json`` says as ``concerns`` what they mark;
    a book need not have any.
    """
    if text.quantities.empty:
        return el("p", "The text reports no quantity.")
    said = f"The text reports {count(len(text.quantities), 'quantity', 'quantities')}"
    for name in text.quantities:
        if subject := text.column("quantities", name).get("concerns"):
            mine = text.quantities[text.quantities[name]]
            bare = int((~has_number(mine)).sum())
            tail = f", {'all' if bare == len(mine) > 1 else bare} of them with no number" if bare > 0 else ""
            said += f"; {len(mine) or 'none'} {'concerns' if len(mine) < 2 else 'concern'} {subject}{tail}"
    return el("p", f"{said}.")

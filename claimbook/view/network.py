"""Actors: who is said to do what to whom.

An edge is a pair of actors that claims join as subject and object. It shows what is said, not what is so: beside each
stand the verdicts of its claims.
"""

from claimbook.analysis.pairs import STANDINGS, edges
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import addresses
from claimbook.view.assessments import Assessments
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import Html, el, join, named
from claimbook.view.tables import actor_names, claim_link, quiet


def edge_filter(ledger: Ledger, assessed: Assessments | None = None) -> FacetFilter | Html:
    """Return the filter over all edges: by text, by who acts, by whom it concerns, and by how the claims stand.

    They lie folded, those of several claims first; each fold names its pairs, and a name brings its row.

    Where no claim joins two actors, a sentence says so.
    """
    assessed = assessed or Assessments(ledger)
    names = actor_names(ledger)
    found = edges(ledger)
    if found.empty:
        return quiet("Nothing to filter: no claim joins two actors.")
    shorts = ledger.sources.set_index("source_id")["short_name"]
    rows, folds, links = [], {}, {}
    for e in found.itertuples(index=False):
        values = {"text": e.texts, "subject": [e.subject], "object": [e.object], "standing": [e.standing]}
        items = [
            join([assessed.mark(c, why=False), " ", claim_link(c), _denied(c, e.denied, assessed)]) for c in e.claims
        ]
        pair = join([named(names[e.subject]), " → ", named(names[e.object])])
        html = el(
            "div",
            el("strong", pair),
            f": {', '.join(e.verbs)}",
            el("small", f"{count(e.n, 'claim')}; {STANDINGS[e.standing]}: ", join(items, " ")),
            class_="cb-line",
        )
        rows.append((e.edge_id, values, html))
        name, heading = (
            ("edges-several", "Joined by several claims") if e.n > 1 else ("edges-one", "Joined by one claim")
        )
        folds.setdefault(name, (heading, []))[1].append(e.edge_id)
        links.setdefault(name, []).append(el("a", pair, href=addresses.pair(e.subject, e.object)))
    facets = {
        "text": ("Text", shorts.to_dict()),
        "subject": ("Who", {a: names[a] for a in sorted(set(found["subject"]), key=lambda a: names[a].casefold())}),
        "object": ("To whom", {a: names[a] for a in sorted(set(found["object"]), key=lambda a: names[a].casefold())}),
        "standing": ("Standing", STANDINGS),
    }
    label = "Filter who does what to whom"
    briefs = {name: el("p", join(mine, " · ")) for name, mine in links.items()}
    more = {"rows": rows, "folds": folds, "briefs": briefs}
    return FacetFilter(id="edges", label=label, noun="pairs", facets=facets, **more)


def _denied(claim_id: str, denied: list[str], assessed: Assessments) -> Html | None:
    if claim_id not in denied:
        return None
    if assessed.claims.at[claim_id, "polarity"] == "negative":
        return el("span", " (told as not so)", class_="cb-quiet")
    outside = assessed.denials(claim_id)
    return el("span", " denied: ", outside) if outside else el("span", " (denied in the text)")

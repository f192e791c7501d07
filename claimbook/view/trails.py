"""On whose word a text speaks: where the trails of its claims end, as a bar, and the trails themselves, as a tree."""

from claimbook.analysis import evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.verdicts import shares
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import blocks, palette
from claimbook.view.markup import Html, el
from claimbook.view.tables import actor_names, no_chart

ENDS = {
    "own": "the text's own word",
    "named": "someone named",
    "described": "described, not named",
    "unnamed": "not identifiable",
}
"""Where a trail can end, in the order of the bar."""

LOOKS = {
    "own": "background:currentcolor;border:2px solid",
    "named": "background:color-mix(in srgb,currentcolor 45%,transparent);border:2px solid",
    "described": "border:2px dashed",
    "unnamed": "border:2px dotted",
}

MAIN = 5
"""Branches that the tree shows; those with fewer claims are folded."""


def figure(text: Ledger) -> Html:
    """Draw where the trails of a text's claims end, and the trails from its own voice on, a block a claim."""
    if text.chains.empty or text.claims.empty:
        return no_chart("no claim is coded")
    return el("figure", _bar(text), _tree(text), el("figcaption", CAPTION), class_="cb-trails", id="chain-tree")


CAPTION = (
    "Each step to the right is one mouth further from the text's own voice, each block a claim. Frames: solid, "
    "somebody named; dashed, described; dotted, not identifiable. Saying a thing and the thing said are two claims."
)


def _bar(text: Ledger) -> Html:
    ends = terminal_sources(text)
    kinds = ends["anonymity"].mask(ends["own"], "own").value_counts()
    found = {kind: int(kinds[kind]) for kind in ENDS if kind in kinds}
    parts = [
        el(
            "div",
            el("div", style=f"height:1.9rem;border-radius:2px;{LOOKS[kind]}"),
            el("strong", f"{n:,}"),
            el("div", ENDS[kind], class_="cb-quiet"),
            style=f"flex:{n} 1 5.5rem;min-width:0",
        )
        for kind, n in found.items()
    ]
    title = f"Where the trail of each of {count(len(ends), 'claim')} ends"
    return el("div", el("p", el("strong", title)), el("div", parts, style="display:flex;flex-wrap:wrap;gap:3px"))


def _tree(text: Ledger) -> Html:
    verdict = evidence.verdicts(text).set_index("claim_id")["verdict"]
    per_chain = text.claims["claim_id"].map(verdict).groupby(text.claims["chain_id"]).agg(list)
    root: dict = {}
    for chain_id, hops in text.chains.sort_values("hop").groupby("chain_id", sort=False):
        node = {"next": root}
        for hop in hops.itertuples(index=False):
            node = node["next"].setdefault((hop.actor_id, hop.anonymity), {"next": {}, "found": [], "verbs": {}})
            node["verbs"][hop.verb] = 1
        node["found"] += per_chain.get(chain_id, [])
    return _branch(root, actor_names(text))


def _size(node: dict) -> int:
    return len(node["found"]) + sum(map(_size, node["next"].values()))


def _branch(branch: dict, names: dict) -> Html:
    nodes = sorted(branch.items(), key=lambda item: -_size(item[1]))
    shown = el("ul", [_node(names, *item) for item in nodes[:MAIN]])
    if not (rest := nodes[MAIN:]):
        return shown
    number = count(sum(_size(node) for _, node in rest), "claim")
    more = f"{count(len(rest), 'further branch', 'further branches')}, {number}"
    return el("div", shown, el("details", el("summary", more), el("ul", [_node(names, *item) for item in rest])))


def _node(names: dict, who: tuple[str, str], node: dict) -> Html:
    actor, anonymity = who
    frame = f"display:inline-block;border:2px {palette.ANONYMITY_LINE[anonymity]};border-radius:4px;padding:0 .4em"
    found = shares(node["found"])
    n = len(node["found"])
    return el(
        "li",
        el("span", names[actor], dir="auto", style=frame, title=palette.ANONYMITY[anonymity]),
        " ",
        [blocks.marks(found), " ", el("small", count(n, "claim"), class_="cb-quiet")]
        if n
        else el("small", ", ".join(node["verbs"]), class_="cb-quiet"),
        _branch(node["next"], names) if node["next"] else None,
    )

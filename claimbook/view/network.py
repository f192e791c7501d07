"""Actors: who is said to do what to whom, and whose words the texts carry.

An edge is a pair of actors that claims join as subject and object. It shows what is said, not what is so: beside each
stand the verdicts of its claims.
"""

import math
import textwrap

import pandas as pd
import plotly.graph_objects as go

from claimbook.analysis import pairs
from claimbook.analysis.pairs import STANDINGS, edges, most_frequent
from claimbook.analysis.verdicts import VERDICTS
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.assessments import Assessments
from claimbook.view.charts import LEGEND, Figure, _bars, _foremost, _marker
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import (
    actor_names,
    claim_link,
    claim_links,
    entries,
    lines,
    no_chart,
    quiet,
    sentence_link,
    table,
)

STANDING_LOOKS = {
    "plain": (palette.ACCENT, "solid"),
    "denied": (palette.SERIES[2], "dash"),
    "not_established": (palette.NEUTRAL, "dot"),
}
"""Colour and dash of an edge by how its claims stand."""

MOST_PAIRS, WIDEST = 40, 16.0
"""Pairs of actors that a chart draws, and the width of its thickest arc in pixels."""


def _arc(start: int, end: int, side: int, base: float) -> tuple[list[float], list[float]]:
    """Return the points of a half circle from row to row, `base` to the right (1) or left (-1) of the middle."""
    middle, radius = (start + end) / 2, abs(end - start) / 2
    steps = [math.pi * i / 16 for i in range(17)]
    ys = [middle - math.cos(a) * (end - start) / 2 for a in steps]
    xs = [side * (base + radius * math.sin(a)) for a in steps]
    return xs, ys


def _busiest(found: pd.DataFrame) -> list[str]:
    """Return the actors of some edges, those with most claims first."""
    weight = pd.concat([found.groupby("subject")["n"].sum(), found.groupby("object")["n"].sum()])
    return weight.groupby(level=0).sum().sort_values(ascending=False, kind="stable").index.tolist()


def _arcs(drawn: pd.DataFrame, row: dict[str, int], names: dict[str, str], base: float) -> list[go.Scatter]:
    """Return an arc for each edge, and the triangle at its object; each standing has one place in the legend."""
    thick = min(0.8, WIDEST / max(drawn["n"], default=1))
    traces, shown = [], set()
    for e in drawn.itertuples(index=False):
        side = 1 if row[e.object] > row[e.subject] else -1
        xs, ys = _arc(row[e.subject], row[e.object], side, base)
        colour, dash = STANDING_LOOKS[e.standing]
        said = f"{names[e.subject]} → {names[e.object]}: {', '.join(e.verbs[:3])}; {count(e.n, 'claim')}"
        traces.append(
            go.Scatter(
                x=xs,
                y=ys,
                mode="lines",
                line={"color": colour, "dash": dash, "width": thick * e.n},
                name="<br>".join(textwrap.wrap(STANDINGS[e.standing], 30)),  # a phone shows no longer line
                legendgroup=e.standing,
                showlegend=e.standing not in shown,
                text=said,
                hoverinfo="text",
            )
        )
        shown.add(e.standing)
        traces.append(
            go.Scatter(
                x=[side * base],
                y=[row[e.object]],
                mode="markers",
                marker={"symbol": "triangle-left" if side > 0 else "triangle-right", "size": 10, "color": colour},
                hoverinfo="skip",
                showlegend=False,
                name=said,
            )
        )
    return traces


def network(ledger: Ledger, least: int = 3) -> Figure | Html:
    """Chart who is said to do what to whom: actors in a column, arcs from subject to object.

    Downward arcs run on the right, upward ones on the left; a triangle stands at the object. Where no claim joins two
    actors, a sentence says so.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    least : int
        Fewest claims of an edge that is drawn, and of these at most :data:`MOST_PAIRS`; the table beside it has all.
        Where no edge has so many, those with most are drawn.
    """
    names = actor_names(ledger)
    found = edges(ledger)
    if found.empty:
        return no_chart("no claim joins two actors")
    least = min(least, int(found["n"].max()))
    enough = found[found["n"] >= least]
    drawn = enough.head(MOST_PAIRS)
    cut = f", the {len(drawn)} with most" if len(drawn) < len(enough) else ""
    order = _busiest(drawn)
    row = {actor: i for i, actor in enumerate(order)}
    widest = max((abs(row[e.object] - row[e.subject]) / 2 for e in drawn.itertuples(index=False)), default=1)
    base = 0.55 * widest  # half the room that a name takes
    first = found.iloc[0]
    dashed = int((found["standing"] != "plain").sum())
    title = (
        f"Most is said of what {names[first['subject']]} does to {names[first['object']]}: "
        f"{count(int(first['n']), 'claim')}; "
        f"{dashed} of {count(len(found), 'pair')} {'is' if len(found) == 1 else 'are'} denied, or not established"
    )
    return Figure(
        _arcs(drawn, row, names, base),
        id=f"network-{ledger.sources['source_id'].iloc[0]}" if ledger.part else "network",
        title=title,
        caption=f"An arc leads from who is said to act to whom it concerns, where a triangle stands; downward arcs "
        f"run on the right, upward ones on the left. Its width is the number of claims. Drawn: n = {len(drawn)} pairs "
        f"with at least {count(least, 'claim')}{cut}, of {len(found)}. Solid: {STANDINGS['plain']}; dashed: "
        f"{STANDINGS['denied']}; dotted: {STANDINGS['not_established']}.",
        alt=f"Network of {count(len(order), 'actor')}. {title}. "
        + "; ".join(
            f"{names[e.subject]} to {names[e.object]} {e.n}, {STANDINGS[e.standing]}"
            for e in drawn.head(8).itertuples(index=False)
        )
        + ".",
        table=_edge_table(found, names),
        height=160 + 44 * len(order),
        annotations=[
            {
                "x": 0,
                "y": i,
                "text": "<br>".join(textwrap.wrap(names[a], 16)),
                "showarrow": False,
                "font": {"size": 11},
            }
            for a, i in row.items()
        ],
        xaxis={"visible": False, "range": [-base - widest - 0.4, base + widest + 0.4]},
        yaxis={"visible": False, "range": [len(order) - 0.4, -0.8]},
        legend={**LEGEND, "y": 0, "yanchor": "top"},
        hovermode="closest",
    )


def _edge_table(found: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Who": [names[a] for a in found["subject"]],
            "To whom": [names[a] for a in found["object"]],
            "Claims": found["n"],
            "What": [", ".join(v) for v in found["verbs"]],
            "Standing": found["standing"].map(STANDINGS),
            "Verdicts": [_verdict_counts(v) for v in found["verdicts"]],
            "Claim ids": [", ".join(c) for c in found["claims"]],
        }
    )


def _verdict_counts(found: list[str]) -> str:
    return ", ".join(
        f"{palette.VERDICT_GLYPHS[v]} {palette.VERDICTS[v]} {found.count(v)}" for v in VERDICTS if v in found
    )


def adjacency(ledger: Ledger, top: int = 12) -> Html:
    """Show the network as a table: who acts in the rows, whom it concerns in the columns; numbers lead to the claims.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    top : int
        How many actors with the most claims to show; the filter below it has all.
    """
    names = actor_names(ledger)
    found = edges(ledger)
    if found.empty:
        return quiet("No claim joins two actors.")
    order = _busiest(found)[:top]
    cells = {(e.subject, e.object): e for e in found.itertuples(index=False)}
    rows = []
    for subject in order:
        row = {"Who ↓, to whom →": names[subject]}
        for target in order:
            e = cells.get((subject, target))
            row[names[target]] = (
                el("a", f"{e.n}{_sign(e.standing)}", href=f"#row-{e.edge_id}", title=", ".join(e.verbs)) if e else "–"
            )
        rows.append(row)
    caption = (
        f"Claims from row to column among the {count(len(order), 'actor')} with most claims; a number leads to its "
        "claims. *: denied or told as not so; °: no claim can be verified or checked"
    )
    return table(pd.DataFrame(rows), caption)


def _sign(standing_: str) -> str:
    return {"plain": "", "denied": "*", "not_established": "°"}[standing_]


def edge_filter(ledger: Ledger, assessed: Assessments | None = None) -> FacetFilter | Html:
    """Return the filter over all edges: by text, by who acts, by whom it concerns, and by how the claims stand.

    Where no claim joins two actors, a sentence says so.
    """
    assessed = assessed or Assessments(ledger)
    names = actor_names(ledger)
    found = edges(ledger)
    if found.empty:
        return quiet("Nothing to filter: no claim joins two actors.")
    shorts = ledger.sources.set_index("source_id")["short_name"]
    rows = []
    for e in found.itertuples(index=False):
        values = {"text": e.texts, "subject": [e.subject], "object": [e.object], "standing": [e.standing]}
        items = [
            el(
                "li",
                assessed.claims.at[c, "statement"],
                " ",
                assessed.mark(c),
                " ",
                claim_link(c),
                _denied(c, e.denied, assessed),
            )
            for c in e.claims
        ]
        html = el(
            "details",
            el(
                "summary",
                el("strong", f"{names[e.subject]} → {names[e.object]}"),
                f": {', '.join(e.verbs)} ",
                el("small", f"({count(e.n, 'claim')}; {STANDINGS[e.standing]})"),
            ),
            el("ul", items),
            class_="cb-claim",
        )
        rows.append((e.edge_id, values, html))
    facets = {
        "text": ("Text", shorts.to_dict()),
        "subject": ("Who", {a: names[a] for a in sorted(set(found["subject"]), key=lambda a: names[a].casefold())}),
        "object": ("To whom", {a: names[a] for a in sorted(set(found["object"]), key=lambda a: names[a].casefold())}),
        "standing": ("Standing", STANDINGS),
    }
    return FacetFilter(id="edges", label="Filter who does what to whom", noun="pairs", facets=facets, rows=rows)


def _denied(claim_id: str, denied: list[str], assessed: Assessments) -> Html | None:
    if claim_id not in denied:
        return None
    if assessed.claims.at[claim_id, "polarity"] == "negative":
        return el("span", " (told as not so)", class_="cb-quiet")
    outside = assessed.denials(claim_id)
    return el("div", "Denied: ", outside, class_="cb-quiet") if outside else el("span", " (denied in the text)")


def voice_shares(ledger: Ledger) -> Figure | Html:
    """Chart whose word each text carries: its own, that of named speakers, of described ones, of nobody identified.

    Where the ledger has no text with a claim, a sentence says so.
    """
    if ledger.claims.empty:
        return no_chart("no claim is coded")
    frame = pairs.voice_shares(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    shorts = shorts[shorts.index.isin(frame["source_id"])]
    words = {"own": "the text's own voice", **palette.ANONYMITY}
    looks = {
        "own": (palette.NEUTRAL, ""),
        "named": (palette.SERIES[0], "/"),
        "described": (palette.SERIES[2], "x"),
        "unnamed": (palette.SERIES[1], "."),
    }
    sums = frame.groupby(["source_id", "anonymity"])["share"].sum().unstack(fill_value=0)
    sums = sums.reindex(index=list(shorts.index), columns=list(words), fill_value=0)
    others = 1 - sums["own"]
    most, least = others.idxmax(), others.idxmin()
    title = f"{others[most]:.0%} of the wording of {shorts[most]} rests on the words of others"
    if len(shorts) > 1:
        title += f", {others[least]:.0%} of that of {shorts[least]}"
    table_ = pd.DataFrame(
        {"Text": [shorts[s] for s in sums.index], **{words[k]: (100 * sums[k]).round(1).tolist() for k in words}}
    )
    return _bars(
        table_,
        [_marker(*looks[k]) for k in words],
        "per cent of the text's characters",
        id="network-heard",
        title=title,
        caption=f"Characters of the passages that rest on somebody's word, per cent of the content; n = "
        f"{count(len(shorts), 'text')}. Measured on the passages of the claims, as the words of the texts are not part "
        "of this book; where two speakers stand behind one passage it counts for both, so a bar can pass a hundred.",
        alt=f"Bar chart. {title}. "
        + " ".join(
            f"{shorts[s]}: " + ", ".join(f"{words[k]} {sums.at[s, k]:.0%}" for k in words if sums.at[s, k]) + "."
            for s in _foremost(ledger, others)
            if s in shorts.index
        ),
    )


def quoted_or_described(ledger: Ledger, top: int = 6) -> Html:
    """List, per text, who speaks and with what share, and who is mentioned often and never heard."""
    names = actor_names(ledger)
    frame = pairs.voice_shares(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    named = ledger.mentions.merge(ledger.sentences[["sentence_id", "source_id"]], on="sentence_id")
    spoken = ledger.chains.merge(ledger.claims[["claim_id", "chain_id"]], on="chain_id")
    spoken = spoken.assign(source_id=ids.texts_of(spoken["claim_id"]))
    out = []
    for source_id, short in shorts.items():
        mine = frame[(frame["source_id"] == source_id) & ~frame["own"]].sort_values("share", ascending=False)
        speaks = set(spoken.loc[spoken["source_id"] == source_id, "actor_id"])
        mentions = most_frequent(named[named["source_id"] == source_id]["actor_id"])
        silent = [(a, n) for a, n in mentions.items() if a not in speaks][:top]
        out.append(
            {
                "Text": short,
                "Heard, with the share of the text": lines(
                    *(f"{names[v.actor_id]}: {v.share:.1%}" for v in mine.itertuples(index=False))
                )
                if len(mine)
                else "nobody but the text itself",
                "Named most often and never heard": lines(
                    *(f"{names[a]}: {count(int(n), 'mention')}" for a, n in silent)
                )
                if silent
                else "nobody",
            }
        )
    return table(pd.DataFrame(out), "Who is quoted and who is only described")


def own_voice_inside(ledger: Ledger, assessed: Assessments | None = None) -> Html:
    """List the sentences that attribute a statement and in which the text also speaks for itself."""
    names = actor_names(ledger)
    last = ledger.chains.sort_values("hop").groupby("chain_id").last()[["actor_id", "hop"]]
    claims = ledger.claims.join(last, on="chain_id")
    # That somebody said a thing is always told in the text's own voice; only what is held to be so counts here.
    claims = claims[claims["layer"] == "content"]
    assessed = assessed or Assessments(ledger)
    out = []
    for sentence_id, part in claims.groupby("sentence_id", sort=False):
        own, others = part[part["hop"] == 1], part[part["hop"] > 1]
        if len(own) and len(others):
            out.append(
                {
                    "Sentence": sentence_link(sentence_id),
                    "Attributed to": ", ".join(names[a] for a in dict.fromkeys(others["actor_id"])),
                    "Said by the text itself": el(
                        "ul",
                        [
                            el("li", c.statement, " ", assessed.mark(c.claim_id), " ", claim_link(c.claim_id))
                            for c in own.itertuples(index=False)
                        ],
                    ),
                    "Attributed claims": join([claim_links(others["claim_id"])]),
                }
            )
    return entries(
        pd.DataFrame(out), f"{count(len(out), 'sentence')} in which the text's own voice stands beside another's"
    )

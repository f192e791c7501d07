"""Sums of money and other quantities as they are told, each drawn on an axis with its like alone."""

import math
import textwrap

import pandas as pd
import plotly.graph_objects as go

from claimbook.analysis import quantities
from claimbook.analysis.quantities import Quantity
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.charts import Figure, _listed
from claimbook.view.markup import Html
from claimbook.view.tables import amount, no_chart

HALO = ((44, 0.12), (32, 0.18), (22, 0.25))
"""Sizes and opacities of the discs that make a point soft."""


def money(text: Ledger) -> Figure | Html:
    """Chart the sums of money that a text reports, each on an axis with its like alone; say so where there is none."""
    rows = text.quantities[text.quantities["dimension"] == "money"]
    if rows.empty:
        return no_chart("no sum of money is reported")
    found = quantities.reported(text, rows)
    groups = quantities.alike(found)
    traces, layout, height = panels(groups)
    bare = int((~quantities.has_number(rows)).sum())
    said_of = [f"{bare or 'none'} {'have' if bare > 1 else 'has'} no number"] if bare or len(found) > 1 else []
    if len(groups) > 1:
        counted = {q.kind["counts"] for q in found}
        said_of.insert(0, "they count different things" if len(counted) > 1 else "nothing says that they are alike")
    verb = "needs" if len(found) == 1 else "need"
    axes = count(len(groups), "axis", "axes")
    title = f"{count(len(found), 'reported sum')} of money {verb} {axes}"
    if said_of:
        title += f": {', and '.join(said_of)}"
    return Figure(
        traces,
        id=f"{text.sources['source_id'].iloc[0]}-money",
        title=title,
        caption=f"Sums of money as reported; n = {len(found)}. A hollow ring in a haze: about, with no interval "
        "of its own. A dotted line to the right edge: open-ended, beginning where the word of scale does.",
        alt=f"Dot chart. {title}. " + _listed(f"“{q.name}”: {said(q)}, {q.kind['counts']}" for q in found) + ".",
        table=quantity_table(found),
        height=height,
        **layout,
    )


def panels(groups: list[list[Quantity]]) -> tuple[list, dict, int]:
    """Return traces, layout and height of a figure with one axis per group of like quantities.

    Raises
    ------
    UnlikeError
        If a group holds unlike quantities.
    """
    heights = [84 + 46 * len(group) for group in groups]
    height = sum(heights) + 40
    traces, layout, top = [], {"annotations": [], "showlegend": False, "hovermode": "closest"}, 0.0
    for number, (group, own) in enumerate(zip(groups, heights, strict=True), start=1):
        quantities.require_alike(group)
        suffix = "" if number == 1 else str(number)
        # The names of the rows stand above the marks, those of the axes below them.
        upper, lower = 1 - top / sum(heights), 1 - (top + own - 66) / sum(heights)
        top += own
        ends = [e for q in group for e in (q.interval.low, q.interval.high) if e is not None]
        right = 1.35 * max(ends, default=0.0) or 1.0
        for row, q in enumerate(group):
            traces += _drawn(q, row, right, suffix)
            layout["annotations"].append(
                {
                    "x": 0,
                    "xref": "paper",
                    "xanchor": "left",
                    "y": row,
                    "yref": f"y{suffix}",
                    "yshift": 19,
                    "text": q.name,
                    "showarrow": False,
                    "font": {"size": 12},
                }
            )
        kind = group[0].kind
        said = [kind["counts"], kind["is in"], kind["is spread over"], kind["stands in"] if group[0].money else ""]
        layout[f"xaxis{suffix}"] = {
            "range": [0, right],
            "anchor": f"y{suffix}",
            "title": {"text": "<br>".join(_fold(", ".join(filter(None, said)))), "font": {"size": 12}},
            "nticks": 4,
            "automargin": False,
        }
        layout[f"yaxis{suffix}"] = {
            "visible": False,
            "domain": [max(lower, 0.0), upper],
            "range": [len(group) - 0.5, -0.9],
            "anchor": f"x{suffix}",
        }
    return traces, layout, height


def _fold(words: str, width: int = 38) -> list[str]:
    return textwrap.wrap(words, width)


def _drawn(q: Quantity, row: int, right: float, suffix: str) -> list:
    """Draw a quantity as what it is: a point, a soft point, an interval, or open toward the axis' end."""
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "hovertext": said(q), "hoverinfo": "text"}
    low, high, colour = q.interval.low, q.interval.high, palette.ACCENT
    start = 0.0 if low is None else low
    # A conversion multiplies both ends, and their last digits may part.
    if low is not None and high is not None and math.isclose(low, high):
        discs = HALO if q.soft else ()
        return [
            *(
                go.Scatter(x=[low], y=[row], mode="markers", marker=_disc(size, opacity, colour), **axes)
                for size, opacity in discs
            ),
            go.Scatter(
                x=[low],
                y=[row],
                mode="markers",
                marker={"symbol": "circle-open" if q.soft else "circle", "size": 11, "color": colour},
                **axes,
            ),
        ]
    end = right if high is None else high
    dash = "dot" if q.bound == "unspecified" else "dash" if q.soft else "solid"
    symbols = [
        "line-ns-open" if low is not None else "triangle-left",
        "triangle-right" if high is None else "line-ns-open",
    ]
    return [
        go.Scatter(
            x=[start, end],
            y=[row, row],
            mode="lines+markers",
            line={"dash": dash, "width": 4, "color": colour},
            marker={"symbol": symbols, "size": 13, "color": colour, "line": {"width": 2, "color": colour}},
            cliponaxis=False,
            **axes,
        )
    ]


def _disc(size: int, opacity: float, colour: str) -> dict:
    return {"symbol": "circle", "size": size, "opacity": opacity, "color": colour, "line": {"width": 0}}


def said(q: Quantity) -> str:
    """Say what a quantity amounts to: about, at least, from–to, or open-ended."""
    low, high = q.interval.low, q.interval.high
    if low is None and high is None:
        return f"no number, in {q.unit}"
    if high is None:
        return f"{amount(low, q.unit)} or more" + (", the words give no number" if q.bound == "unspecified" else "")
    if low is None:
        return f"at most {amount(high, q.unit)}"
    return ("about " if q.soft else "") + from_to(amount(low, q.unit), amount(high, q.unit))


def from_to(low: str, high: str) -> str:
    """Join two numbers as they are written, or give the one that both are."""
    return low if low == high else f"{low} to {high}"


def quantity_table(found: list[Quantity]) -> pd.DataFrame:
    """List quantities with all that decides which of them are alike."""
    return pd.DataFrame(
        {
            "Quantity": [q.name for q in found],
            "What it counts": [q.kind["counts"] for q in found],
            "Unit": [q.unit for q in found],
            "Low end": [q.interval.low for q in found],
            "High end": [q.interval.high for q in found],
            "Bound": [palette.BOUNDS[q.bound] for q in found],
            "Spread over": [q.span for q in found],
            "Prices": [q.prices for q in found],
        }
    )

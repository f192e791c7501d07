"""Charts: Plotly figures that carry their finding, text alternative, source and data table with them.

Each function takes a :class:`~claimbook.model.ledger.Ledger` and returns a :class:`Figure` whose drawn values are
those of its table, all or the foremost of them. Pictures that stand in the first screen of a page (:func:`strip`,
:func:`chain_tree`) are HTML, so that no page needs Plotly before its reader scrolls.
"""

import base64
import datetime
import hashlib
import json
import numbers
import re
import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

from claimbook.analysis import evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.verdicts import STRICTER, VERDICTS, shares
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.model.letters import slug
from claimbook.view import palette, tables
from claimbook.view.markup import Html, el, join, lined
from claimbook.view.mime import CHART, META
from claimbook.view.tables import actor_names, date_text, no_chart

SOURCE = "the ledger of this book"
MOST_TEXTS = 8
"""Texts that one chart shows side by side, each in a look of its own; of more it draws the foremost and says so."""

LISTED = 12
"""Items that a text alternative lists; the data table below the chart has all."""

LEGEND = {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"}

DRAWN = ("locations", "lat", "lon", "labels", "ids", "parents", "r", "theta", "a", "b", "c", "x", "y", "z")
DRAWN += ("open", "high", "low", "close", "values", "value")
"""What a trace of Plotly can draw, in the order of a table's columns."""


class Figure(go.Figure):
    """A Plotly figure with what a reader needs beside it.

    Parameters
    ----------
    traces : list
        Plotly traces.
    id : str
        Stable anchor, lower case with hyphens.
    title : str
        The finding, one sentence.
    caption : str
        What is shown, with n.
    alt : str
        Text alternative; states the finding to somebody who does not see the chart.
    table : pandas.DataFrame
        The data drawn; cells are str, int, float or missing.
    source : str
        Where the data come from.
    **layout
        Plotly layout.
    """

    _ipython_display_ = None  # IPython would prefer Plotly's own display, which costs seconds a kernel

    def __init__(self, traces, *, id, title, caption, alt, table, source=SOURCE, **layout):
        rows = [[_plain(cell) for cell in row] for row in table.itertuples(index=False)]
        meta = {
            "id": id,
            "title": title,
            "caption": caption,
            "alt": alt,
            "source": source,
            "columns": list(table.columns),
            "rows": rows,
        }
        margin = {"l": 8, "r": 36, "t": 16, "b": 48}
        super().__init__(traces, {"margin": margin, **layout, "meta": {META: meta}})

    @classmethod
    def from_plotly(cls, figure, *, title, alt, source, caption="", table=None, id="") -> "Figure":
        """Give a figure made with Plotly what a reader needs beside it.

        Parameters
        ----------
        figure : plotly.graph_objects.Figure or FigureWidget
            Any figure, of ``plotly.express`` as well; it stays as it is.
        title : str
            The finding, one sentence; it takes the place of the figure's own title.
        alt : str
            Text alternative; states the finding to somebody who does not see the chart.
        source : str
            Where the data come from.
        caption : str, optional
            What is shown, with n; by default how many rows the table has.
        table : pandas.DataFrame, optional
            The data drawn; by default what the traces hold, under the titles of the axes.
        id : str, optional
            Stable anchor, lower case with hyphens; by default made of the title.

        Raises
        ------
        TypeError
            If `figure` is no figure of Plotly.
        ValueError
            If title, text alternative or source is empty, or the traces hold nothing that a table could show.

        Examples
        --------
        >>> import plotly.express as px
        >>> bars = px.bar({"year": ["2001", "2002"], "claims": [3, 5]}, x="year", y="claims")
        >>> words = {"title": "Claims grew", "alt": "Bar chart. Claims grew from 3 to 5.", "source": "our count"}
        >>> Figure.from_plotly(bars, **words).layout.meta["claimbook"]["rows"]
        [['2001', 3], ['2002', 5]]
        """
        if not isinstance(figure, BaseFigure):
            raise TypeError(f"figure: {type(figure).__name__}: must be a figure of Plotly")
        for name, words in (("title", title), ("alt", alt), ("source", source)):
            if not str(words).strip():
                raise ValueError(f"{name}: empty: must say something to a reader who does not see the chart")
        whole = figure.to_plotly_json()
        table = _drawn(whole) if table is None else table
        if table.empty:
            kinds = ", ".join(sorted({trace["type"] for trace in whole["data"]})) or "none"
            raise ValueError(f"table: nothing to show in traces of type {kinds}: give table=, a pandas frame")
        caption = caption or f"All that is drawn stands in the table; n = {len(table)} rows."
        named = {"id": id or _anchor(title), "title": title, "caption": caption, "alt": alt, "source": source}
        layout = {key: value for key, value in whole["layout"].items() if key not in ("title", "meta")}
        made = cls(_spelled_out(whole["data"]), table=table, **named, **layout)
        made.frames = figure.frames
        return made

    def __reduce__(self):
        """Copy and pickle what there is; Plotly would call this class as it calls its own."""
        _, (properties,) = super().__reduce__()
        return _again, (type(self), properties)

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        """Return the figure as Plotly's MIME type alone, without the template that page and JupyterLab have."""
        figure = json.loads(self.to_json())
        figure["layout"].pop("template", None)
        figure["layout"]["title"] = {"text": figure["layout"]["meta"][META]["title"], "x": 0}
        figure["layout"].setdefault("margin", {})["t"] = 60
        return {CHART: figure}, {}

    def _repr_html_(self) -> str:
        """Return the drawing with all that it says, for a page that may not get Plotly's script."""
        name = f"drawing-{self.layout.meta[META]['id']}"
        drawing = Html(self.to_html(full_html=False, include_plotlyjs="cdn", div_id=name))
        # Where nothing can be drawn, no place is kept for it.
        style = Html("<style>div:has(> .plotly-graph-div:empty) { height: 0 !important }</style>")
        return str(self._words(join([style, drawing])))

    def _repr_pretty_(self, printer, cycle: bool) -> None:
        printer.text(lined(self._words()))

    def _words(self, drawing: Html | None = None) -> Html:
        said = self.layout.meta[META]
        return el(
            "figure",
            el("p", el("strong", said["title"])),
            drawing,
            el("p", said["alt"]),
            el("figcaption", el("p", said["caption"]), el("p", "Source: ", said["source"])),
            tables.table(pd.DataFrame(said["rows"], columns=said["columns"], dtype=object), said["title"]),
        )


def _again(kind: type, properties: dict) -> Figure:
    """Return a figure of some kind with Plotly's own `properties`."""
    figure = kind.__new__(kind)
    go.Figure.__init__(figure, properties)
    return figure


def _plain(cell):
    """Return a table's cell as str, int, float or None: whole numbers without a fraction, days and moments in ISO."""
    if not pd.api.types.is_scalar(cell):
        return str(cell)
    if pd.isna(cell):
        return None
    if isinstance(cell, datetime.date):
        return _day(cell.isoformat())
    if isinstance(cell, bool) or not isinstance(cell, numbers.Real):
        return str(cell)
    return int(cell) if float(cell).is_integer() else float(cell)


def _anchor(words: str) -> str:
    """Make an id of a title; of one without Latin letters, a hash."""
    return slug(words)[:60].strip("-") or f"chart-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _drawn(figure: dict) -> pd.DataFrame:
    """Return what the traces of a figure draw, as a table: a row for each mark, a column for each thing it shows.

    Parameters
    ----------
    figure : dict
        A figure as Plotly's own dicts, with ``data``, ``layout`` and, where it moves, ``frames``.
    """
    layout, frames = figure["layout"], figure.get("frames") or [figure]
    traces = [(frame.get("name"), trace) for frame in frames for trace in frame["data"]]
    slider = (layout.get("sliders") or [{}])[0].get("currentvalue", {}).get("prefix", "").strip("= ")
    heads = {"frame": slider or "Frame", "series": _title(layout, "legend") or "Series"}
    parts = []
    for number, (frame, trace) in enumerate(traces, start=1):
        columns = {key: _cells(trace[key]) for key in DRAWN if trace.get(key) is not None}
        for key, cells in columns.items():
            if key != "z" and cells and isinstance(cells[0], list):  # categories within categories
                columns[key] = [" / ".join(map(str, pair)) for pair in zip(*cells, strict=True)]
        if columns.keys() == {"y"}:
            columns = {"x": list(range(len(columns["y"]))), **columns}
        if isinstance(columns.get("z", [None])[0], list):
            columns = _grid(columns)
        # Plotly Express names in its labels what the layout has no title for.
        named = dict(re.findall(r"([^<>=:]+)[=:] ?%{(\w+)", str(trace.get("hovertemplate") or ""))[::-1])
        named = {key.rstrip("s"): words for words, key in named.items()}
        for key in columns:
            axis = trace.get(f"{key}axis", key).replace(key, f"{key}axis", 1)
            heads.setdefault(key, _title(layout, axis) or named.get(key.rstrip("s")) or key)
        rows = pd.DataFrame({key: pd.Series(cells, dtype=object) for key, cells in columns.items()})
        parts.append(rows.assign(frame=frame, series=trace.get("name") or f"series {number}"))
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    shown = [key for key in DRAWN if key in whole]
    told = [whole[key].astype(str).tolist() for key in shown]
    if len(figure["data"]) > 1 and whole["series"].tolist() not in told:
        shown.insert(0, "series")
    if figure.get("frames"):
        shown.insert(0, "frame")
    return whole[shown].set_axis([heads[key] for key in shown], axis=1)


def _spelled_out(part):
    """Return traces of Plotly with every array as a list of plain cells, as the book's own are."""
    if isinstance(part, dict) and "bdata" in part:
        return _unpacked(**part)
    if isinstance(part, dict):
        return {key: _spelled_out(value) for key, value in part.items()}
    if hasattr(part, "tolist"):
        part = part.tolist()
    if isinstance(part, list | tuple):
        return [_spelled_out(value) for value in part]
    return None if isinstance(part, float) and part != part else part


def _title(layout: dict, part: str) -> str:
    """Return the words of a part's title as plain text; empty where it has none."""
    title = (layout.get(part) or {}).get("title") or {}
    return re.sub("<[^>]*>", " ", title if isinstance(title, str) else title.get("text") or "").strip()


def _cells(values) -> list:
    """Return an array of a trace as a list of cells, a matrix as a list of lists."""
    if isinstance(values, dict):
        values = _unpacked(**values)
    if not pd.api.types.is_list_like(values):
        return [values]
    if any(pd.api.types.is_list_like(row) for row in values):
        return [_cells(row) for row in values]
    return [_day(cell) for cell in pd.Series(values).tolist()]


def _unpacked(dtype: str, bdata: str, shape: str = "") -> list:
    """Return numbers that Plotly's JSON has packed, a list for each row where they are a matrix."""
    kinds = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}
    cells = memoryview(base64.b64decode(bdata)).cast(kinds[dtype]).tolist()
    width = int(shape.split(",")[-1]) if "," in shape else 0
    return [cells[at : at + width] for at in range(0, len(cells), width)] if width else cells


def _day(cell):
    """Return a moment at midnight, as Plotly writes a day, as that day; anything else as it is."""
    return re.sub(r"(?<=-\d\d)T00:00:00(\.0+)?$", "", cell) if isinstance(cell, str) else cell


def _grid(columns: dict) -> dict:
    """Return a matrix `z` with its `x` and `y` as three columns; places without a name are numbered."""
    matrix = columns["z"]
    across = columns.get("x") or list(range(len(matrix[0])))
    down = columns.get("y") or list(range(len(matrix)))
    cells = [(x, y, cell) for y, row in zip(down, matrix, strict=False) for x, cell in zip(across, row, strict=False)]
    return dict(zip("xyz", map(list, zip(*cells, strict=True)), strict=True))


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"


def _listed(items) -> str:
    """Join items for a text alternative, the first :data:`LISTED` of them where there are more."""
    items = list(items)
    more = len(items) - LISTED
    return "; ".join(items[:LISTED]) + (f"; {more} more are in the table" if more > 0 else "")


def _foremost(ledger: Ledger, weight: pd.Series, most: int = MOST_TEXTS) -> list[str]:
    """Return the texts that one chart can show side by side, in order: all, or the `most` of most weight.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    weight : pandas.Series
        How much each text, by source_id, weighs in the chart; one that is missing weighs nothing.
    most : int
        How many are shown at most.
    """
    texts = list(ledger.sources["source_id"])
    if len(texts) <= most:
        return texts
    chosen = set(weight.reindex(texts, fill_value=0).sort_values(ascending=False, kind="stable").index[:most])
    return [t for t in texts if t in chosen]


def _bars(
    table: pd.DataFrame, markers, unit: str, *, grouped: bool = False, drawn: pd.DataFrame | None = None, **block
) -> Figure:
    """Return a chart of horizontal bars: the first column names them, every other column is a series.

    Parameters
    ----------
    table : pandas.DataFrame
        The chart's data table.
    markers : iterable of dict
        Colour and pattern of each series that is drawn.
    unit : str
        What the bars count.
    grouped : bool
        Side by side, with their values written out, instead of stacked.
    drawn : pandas.DataFrame, optional
        What is drawn, where it is not the whole table.
    **block
        The other arguments of :class:`Figure`.
    """
    drawn = table if drawn is None else drawn
    names = drawn.iloc[:, 0].tolist()
    values = {"textposition": "outside", "cliponaxis": False} if grouped else {}
    traces = [
        go.Bar(
            x=drawn[series].tolist(),
            y=names,
            orientation="h",
            name=series,
            marker=marker,
            text=[f"{value:.0f}" for value in drawn[series]] if grouped else None,
            **values,
        )
        for series, marker in zip(drawn.columns[1:], markers, strict=True)
    ]
    lanes = len(traces) if grouped else 1
    return Figure(
        traces,
        table=table,
        height=150 + (22 * lanes + 12) * len(names),
        barmode="group" if grouped else "stack",
        showlegend=len(traces) > 1,
        xaxis={"title": {"text": unit}, "rangemode": "tozero"},
        yaxis=_names_axis(names),
        legend=LEGEND,
        **block,
    )


def _marker(colour: str, pattern: str = "") -> dict:
    return {"color": colour, "pattern": {"shape": pattern}}


def _markers(ledger: Ledger, texts) -> list[dict]:
    """Return colour and pattern of each of some texts, in order.

    Where the book has too many for one chart, looks repeat among them; those drawn then have looks among themselves.
    """
    looks = tuple(texts) if len(texts) < len(ledger.sources) else ledger.texts
    return [palette.text_marker(looks, source_id) for source_id in texts]


def _stacked_by_text(table: pd.DataFrame, ledger: Ledger, unit: str, *, caption: str, **block) -> Figure:
    """Return stacked bars with a series per text; of very many texts the smaller ones are one series together.

    Parameters
    ----------
    table : pandas.DataFrame
        The chart's data table: the first column names the bars, then a column for each text of `ledger`, in order.
    ledger : Ledger
        The whole ledger or one text's part.
    unit : str
        What the bars count.
    caption : str
        What is shown.
    **block
        The other arguments of :class:`Figure`.
    """
    counts = table.iloc[:, 1:].set_axis(ledger.sources["source_id"], axis=1)
    texts = _foremost(ledger, counts.sum())
    drawn, markers = None, _markers(ledger, texts)
    if left := counts.shape[1] - len(texts):
        shorts = ledger.sources.set_index("source_id")["short_name"]
        rest = f"{left} other texts"
        drawn = pd.concat([table.iloc[:, :1], counts[texts].rename(columns=shorts)], axis=1)
        drawn[rest] = counts.drop(columns=texts).sum(axis=1)
        markers.append(_marker(palette.NEUTRAL))
        caption += f" Drawn one by one: the {len(texts)} texts with most; the table has all."
    return _bars(table, markers, unit, drawn=drawn, caption=caption, **block)


def _names_axis(names) -> dict:
    """Return a category axis from top to bottom whose long names are folded, so that a phone has room for bars."""
    folded = ["<br>".join(textwrap.wrap(name, 20, max_lines=2, placeholder="…")) for name in names]
    return {
        "autorange": "reversed",
        "automargin": True,
        "tickmode": "array",
        "tickvals": list(names),
        "ticktext": folded,
        "tickfont": {"size": 12},
    }


def strip(text: Ledger) -> Html:
    """Draw the text as a strip of sentences: width by length, colour by weight, dashes for attribution."""
    if text.sentences.empty:
        return no_chart("no sentence of the text is in the ledger")
    weights = list(palette.WEIGHTS)
    claims = text.claims.assign(rank=text.claims["weight"].map(weights.index), others=~terminal_sources(text)["own"])
    grouped = {key: part for key, part in claims.groupby("sentence_id")}
    blocks = []
    for s in text.sentences.itertuples(index=False):
        part = grouped.get(s.sentence_id)
        if part is None:
            colour, thick, label, line, n = palette.NEUTRAL, 2, "no claims", "dotted", 0
        else:
            weight = weights[part["rank"].min()]
            colour, thick, n = palette.WEIGHT_COLOURS[weight], palette.WEIGHT_LINES[weight], len(part)
            others = bool(part["others"].any())
            line = "dashed" if others else "solid"
            label = f"{count(n, 'claim')}, {weight}" + (", on others' authority" if others else "")
        style = (
            f"flex:{s.end - s.start} 1 28px;min-width:28px;min-height:30px;border:{thick}px {line} {colour};"
            "border-radius:4px;display:flex;align-items:center;justify-content:center;text-decoration:none"
        )
        where = f"Paragraph {s.paragraph}, sentence {s.sentence}: {label}"
        blocks.append(
            el(
                "a",
                str(n),
                href=f"#{s.sentence_id}",
                style=style,
                title=where,
                aria_label=where,
                class_="cb-block",
            )
        )
    legend = [
        el(
            "span",
            palette.WEIGHTS[w],
            style=f"border-bottom:{palette.WEIGHT_LINES[w]}px solid {palette.WEIGHT_COLOURS[w]};margin-right:1em",
        )
        for w in weights
    ]
    caption = el(
        "figcaption",
        "One box a sentence, in order; its width is the sentence's length, its number the claims it carries, its "
        "colour and the thickness of its frame the weightiest of them. A dashed frame: at least one claim rests on "
        "somebody else's authority. "
        "Dotted: no claims. ",
        el("span", legend),
    )
    row = el("div", blocks, style="display:flex;flex-wrap:wrap;gap:4px")
    return el("figure", row, caption, class_="cb-strip", id="strip")


def chain_tree(text: Ledger) -> Html:
    """Draw all chains of attribution of a text as one tree, from its own voice to the terminal sources."""
    if text.chains.empty:
        return no_chart("no claim is coded")
    names = actor_names(text)
    per_chain = text.claims.groupby("chain_id", sort=False)["claim_id"].agg(list)
    tree: dict = {}
    for chain_id, hops in text.chains.sort_values("hop").groupby("chain_id", sort=False):
        node = {"next": tree}
        for hop in hops.itertuples(index=False):
            node = node["next"].setdefault((hop.actor_id, hop.anonymity), {"next": {}, "claims": [], "verbs": {}})
            node["verbs"][hop.verb] = 1
        node["claims"] += per_chain.get(chain_id, [])
    return el(
        "figure",
        _branch(tree, names),
        el(
            "figcaption",
            "Read downward: each step to the right is one more hop away from the text's own voice. "
            "A solid frame stands for a named speaker, a dashed one for somebody only described, a dotted one for "
            "nobody that can be identified.",
        ),
        class_="cb-tree",
        id="chain-tree",
    )


def _branch(tree: dict, names: dict) -> Html:
    items = []
    for (actor, anonymity), node in tree.items():
        frame = (
            f"display:inline-block;border:2px {palette.ANONYMITY_LINE[anonymity]};border-radius:4px;padding:.1em .5em"
        )
        n = len(node["claims"])
        links = [
            el("a", ids.split(claim)[1], href=f"#{claim}", class_="cb-id", style="margin-right:.6em")
            for claim in node["claims"]
        ]
        items.append(
            el(
                "li",
                el("span", names[actor], style=frame, title=palette.ANONYMITY[anonymity]),
                " ",
                el("span", ", ".join(node["verbs"]), class_="cb-quiet"),
                el("details", el("summary", count(n, "claim")), links) if n else None,
                _branch(node["next"], names) if node["next"] else None,
            )
        )
    return el("ul", items)


def authority(text: Ledger) -> Figure | Html:
    """Chart how many claims rest on which terminal source, named or not; say so where there is no claim."""
    if text.claims.empty:
        return no_chart("no claim is coded")
    names = actor_names(text)
    ends = terminal_sources(text)
    counts = ends.groupby(["actor_id", "anonymity"], sort=False).size().reset_index(name="n")
    counts = counts.sort_values(["n", "actor_id"], ascending=[False, True], kind="stable")
    counts["name"] = counts["actor_id"].map(names)
    own, nameless = int(ends["own"].sum()), int(ends["nameless"].sum())
    title = f"{own} of {len(ends)} claims rest on the text's own word, {nameless or 'none'} on an unnamed source"
    shapes = {"named": "", "described": "/", "unnamed": "x"}
    traces = []
    for anonymity, pattern in shapes.items():
        part = counts[counts["anonymity"] == anonymity]
        if len(part):
            traces.append(
                go.Bar(
                    x=part["n"].tolist(),
                    y=part["name"].tolist(),
                    orientation="h",
                    name=palette.ANONYMITY[anonymity],
                    text=part["n"].tolist(),
                    textposition="outside",
                    cliponaxis=False,
                    marker=_marker(palette.ACCENT, pattern),
                )
            )
    table = counts.assign(word=counts["anonymity"].map(palette.ANONYMITY))[["name", "word", "n"]]
    return Figure(
        traces,
        id=f"{_prefix(text)}-authority",
        title=title,
        caption=f"Claims by terminal source, the last hop of their chain; n = {len(ends)} claims.",
        alt=f"Bar chart. {title}. The most frequent terminal source is {counts['name'].iloc[0]} with "
        f"{count(int(counts['n'].iloc[0]), 'claim')}.",
        table=table.set_axis(["Terminal source", "How it is identified", "Claims"], axis=1),
        height=150 + 34 * len(counts),
        barmode="stack",
        xaxis={"title": {"text": "claims"}, "rangemode": "tozero"},
        yaxis=_names_axis(counts["name"]) | {"categoryarray": counts["name"].tolist()},
        legend=LEGEND,
    )


def mentions(ledger: Ledger, top: int = 15) -> Figure | Html:
    """Chart how often each actor is named, per text.

    Parameters
    ----------
    ledger : Ledger
        One text's part or the whole.
    top : int
        How many actors to draw; the caption says how many there are. Where none is named, a sentence says so.
    """
    if ledger.mentions.empty:
        return no_chart("nobody is named")
    names = actor_names(ledger)
    frame = ledger.mentions.merge(ledger.sentences[["sentence_id", "source_id"]], on="sentence_id")
    totals = frame["actor_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    shown = totals.head(top)
    counts = frame.groupby(["source_id", "actor_id"]).size()
    sources = ledger.sources.set_index("source_id")["short_name"]
    table = pd.DataFrame(
        {
            "Actor": [names[a] for a in shown.index],
            **{short: [int(counts.get((s, a), 0)) for a in shown.index] for s, short in sources.items()},
        }
    )
    title = f"{names[shown.index[0]]} is named most often, {int(shown.iloc[0])} of {len(frame)} times"
    next_most = ", ".join(f"{names[a]} ({n})" for a, n in shown.iloc[1:4].items())
    then = f"; next come {next_most}" if next_most else ""
    return _stacked_by_text(
        table,
        ledger,
        "mentions",
        id=f"{_prefix(ledger)}-mentions",
        title=title,
        caption=f"Mentions by actor; the {len(shown)} most often named of {len(totals)} actors, n = {len(frame)} "
        "mentions. Capitals that stand for a government count for its state.",
        alt=f"Bar chart. {title}{then}.",
    )


MONEY_SYMBOLS = {
    "exact": "circle",
    "approximate": "circle-open",
    "at_least": "triangle-right",
    "at_most": "triangle-left",
    "range": "line-ew",
}


def _prefix(ledger: Ledger) -> str:
    return ledger.sources["source_id"].iloc[0] if ledger.part else "all"


def _row_label(y: float, words: str, shift: int = 0) -> dict:
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yshift": shift, "text": words, "showarrow": False}


def _event_marks(dated: pd.DataFrame) -> list[go.Scatter]:
    """Return the traces of dated events at their column ``y``: a line over the possible days, a mark at its start."""
    traces = []
    for mode, word in palette.MODES.items():
        part = dated[dated["mode"] == mode]
        if part.empty:
            continue
        colour = palette.MODE_COLOURS[mode]
        xs, ys = [], []
        for e in part.itertuples(index=False):
            xs += [e.date_start, _day_after(e.date_end), None]
            ys += [e.y, e.y, None]
        line = {"color": colour, "width": 3}
        traces.append(go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False))
        traces.append(
            go.Scatter(
                x=part["date_start"].tolist(),
                y=part["y"].tolist(),
                mode="markers",
                marker={"symbol": palette.MODE_SYMBOLS[mode], "size": 11, "color": colour, "line": {"width": 2}},
                name=word,
                hovertext=[
                    f"{e.summary}<br>{date_text(e.date_start, e.date_end, e.date_precision)}"
                    for e in part.itertuples(index=False)
                ],
                hoverinfo="text",
            )
        )
    return traces


def _publication(ledger: Ledger, source, **place) -> dict:
    """Return the shape that marks when a text was published: a line, or a box where only bounds are known."""
    colour = palette.text_colour(ledger.texts, source.source_id)
    exact = source.published_earliest == source.published_latest
    return {
        "type": "line" if exact else "rect",
        "x0": source.published_earliest,
        "x1": source.published_latest,
        "line": {"color": colour, "dash": "dash", "width": 2},
        **place,
    }


def _event_table(events: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Event": events["summary"],
            "First day": events["date_start"].replace("", None),
            "Last day": events["date_end"].replace("", None),
            "How the date is known": events["date_basis"].map({**palette.DATE_BASES, "": "no date"}),
            "As told": events["mode"].map(palette.MODES),
            "Type (PLOVER)": events["type"],
        }
    )


def timeline(text: Ledger) -> Figure | Html:
    """Chart the events of one text by their date on record, a row an event, with the date of publication marked.

    Events without any date stand in the table alone; the caption says how many. Where none has a date, a sentence says
    so in place of the chart.
    """
    dated = text.events[text.events["date_basis"] != ""].sort_values(["date_start", "date_end", "event_id"])
    if dated.empty:
        return no_chart("none of the events has a date")
    dated = dated.assign(y=range(len(dated)))
    undated = text.events[text.events["date_basis"] == ""]
    published = [s for s in text.sources.itertuples(index=False) if s.published_earliest]
    modes = dated["mode"].value_counts()
    happened, alleged = int(modes.get("happened", 0)), int(modes.get("alleged", 0))
    title = (
        f"{happened} of {count(len(dated), 'dated event')} {'is' if happened == 1 else 'are'} told as fact, "
        f"{alleged or 'none'} only as {'allegations' if alleged > 1 else 'an allegation'}"
    )
    when = "; ".join(date_text(s.published_earliest, s.published_latest, "bounded") for s in published)
    first, last = dated["date_start"].min(), dated["date_end"].max()
    return Figure(
        _event_marks(dated),
        id=f"{_prefix(text)}-events",
        title=title,
        caption=f"Events by date on record; n = {count(len(dated), 'dated event')}"
        + (f", {len(undated)} more with no date, in the table only" if len(undated) else "")
        + ". A line runs from the first to the last possible day."
        + (f" Dashed upright: publication ({when})." if when else ""),
        alt=f"Timeline from {date_text(first, first)} to {date_text(last, last)}. {title}.",
        table=_event_table(pd.concat([dated, undated])),
        height=140 + 40 * len(dated),
        annotations=[
            {**_row_label(e.y, _cut(e.summary, 46), 14), "font": {"size": 11}} for e in dated.itertuples(index=False)
        ],
        shapes=[_publication(text, s, yref="paper", y0=0, y1=1) for s in published],
        xaxis={"title": {"text": "date of the event"}, "type": "date"},
        yaxis={"visible": False, "range": [len(dated) - 0.5, -0.9]},
        legend=LEGEND,
        hovermode="closest",
    )


def _day_after(day: str) -> str:
    one = datetime.timedelta(days=1)
    return (min(datetime.date.fromisoformat(day), datetime.date.max - one) + one).isoformat()


def claims_by_kind(ledger: Ledger) -> Figure | Html:
    """Chart the claims by kind, checkable beside not checkable; say so where there is none."""
    if ledger.claims.empty:
        return no_chart("no claim is coded")
    counts = ledger.claims.groupby(["kind", "checkable"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(palette.KINDS), columns=[True, False], fill_value=0)
    counts = counts[counts.sum(axis=1) > 0]
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    counts = counts.loc[order]
    words = [palette.KINDS[k] for k in order]
    total, checkable = len(ledger.claims), int(ledger.claims["checkable"].sum())
    title = f"{checkable} of {total} claims are of a kind that evidence could settle"
    table = pd.DataFrame({"Kind": words, "Checkable": counts[True].tolist(), "Not checkable": counts[False].tolist()})
    return _bars(
        table,
        (_marker(palette.ACCENT), _marker(palette.NEUTRAL, "/")),
        "claims",
        id="claims-by-kind",
        title=title,
        caption=f"Claims by kind; n = {total} claims of {count(len(ledger.sources), 'text')}.",
        alt=f"Bar chart. {title}. The most frequent kind is {words[0]}, {count(int(counts.iloc[0].sum()), 'claim')}.",
    )


def _verdict_bars(table: pd.DataFrame, **block) -> Figure:
    """Return stacked bars of verdicts: the first column of `table` names the bars, then one column per verdict."""
    looks = [_marker(palette.VERDICT_COLOURS[v], palette.VERDICT_PATTERNS[v]) for v in VERDICTS]
    shown = [v for v in VERDICTS if table[v].any()]
    markers = [look for v, look in zip(VERDICTS, looks, strict=True) if v in shown]
    return _bars(table[[table.columns[0], *shown]].rename(columns=palette.VERDICTS), markers, "claims", **block)


def verdict_profile(ledger: Ledger) -> Figure | Html:
    """Chart the verdicts of each text's claims by weight: thesis, support, background; say so where there is none."""
    if ledger.claims.empty:
        return no_chart("no claim is coded")
    outcome = evidence.verdicts(ledger).set_index("claim_id")["verdict"]
    source = ledger.claims["sentence_id"].map(ledger.sentences.set_index("sentence_id")["source_id"])
    claims = ledger.claims.assign(verdict=ledger.claims["claim_id"].map(outcome), source_id=source)
    rows = []
    for weight in palette.WEIGHTS:
        for s in ledger.sources.itertuples(index=False):
            mine = claims[(claims["weight"] == weight) & (claims["source_id"] == s.source_id)]
            rows.append({"Claims": f"{weight.capitalize()}: {s.short_name}", **shares(mine["verdict"])})
    thesis = shares(claims.loc[claims["weight"] == "thesis", "verdict"])
    total = sum(thesis.values())
    title = f"{thesis['supported']} of {total} thesis claims are supported, {thesis['contradicted']} contradicted"
    said = ", ".join(f"{n} {palette.VERDICTS[v]}" for v, n in thesis.items() if n)
    if not total:
        title = "No claim is coded as thesis"
    return _verdict_bars(
        pd.DataFrame(rows),
        id="verdict-profile",
        title=title,
        caption=f"Verdicts by weight and text; n = {len(claims)} claims. Splitting sentences makes many easy "
        "background claims, so the shares of texts are not compared.",
        alt=f"Bar chart. {title}." + (f" Of the thesis claims {said}." if said else ""),
    )


def verdicts_by_kind(ledger: Ledger) -> Figure | Html:
    """Chart the verdicts by kind of claim; say so where there is no claim."""
    if ledger.claims.empty:
        return no_chart("no claim is coded")
    outcome = evidence.verdicts(ledger).set_index("claim_id")["verdict"]
    by_kind = ledger.claims["claim_id"].map(outcome).groupby(ledger.claims["kind"]).agg(list)
    kinds = sorted(by_kind.index, key=lambda k: (-len(by_kind[k]), k))
    table = pd.DataFrame([{"Kind": palette.KINDS[k], **shares(by_kind[k])} for k in kinds])
    contradicted = table.sort_values("contradicted", ascending=False, kind="stable").iloc[0]
    title = f"Most contradicted claims are of the kind {contradicted['Kind']}: {contradicted['contradicted']}"
    if not contradicted["contradicted"]:
        title = "No claim is contradicted"
    return _verdict_bars(
        table,
        id="verdicts-by-kind",
        title=title,
        caption=f"Verdicts by kind of claim; n = {len(ledger.claims)} claims.",
        alt=f"Bar chart. {title}. The most frequent kind is {table['Kind'].iloc[0]}, "
        f"{count(len(by_kind[kinds[0]]), 'claim')}.",
    )


def verdicts_by_threshold(ledger: Ledger) -> Figure | Html:
    """Chart how the verdicts on checkable claims move as the threshold tightens; say so where there is none."""
    if not ledger.claims["checkable"].any():
        return no_chart("no claim is checkable")
    rows = []
    for name, threshold in STRICTER:
        outcome = evidence.verdicts(ledger, threshold)["verdict"]
        rows.append({"Threshold": name, **shares(outcome[outcome != "not_checkable"])})
    table = pd.DataFrame(rows)
    first, last = table["supported"].iloc[0], table["supported"].iloc[-1]
    title = f"Supported claims fall from {first} to {last} where only primary records count"
    if first == last:
        title = f"Supported claims stay {first} where only primary records count"
    if not first:
        title = "No claim is supported, under whatever threshold"
    total = int(ledger.claims["checkable"].sum())
    return _verdict_bars(
        table,
        id="verdicts-by-threshold",
        title=title,
        caption=f"Verdicts under stricter thresholds; n = {total} checkable claims.",
        alt=f"Bar chart. {title}. "
        + "; ".join(
            f"{r['Threshold']}: {r['supported']} supported, {r['not_established']} not established" for r in rows
        )
        + ".",
    )


def event_types(ledger: Ledger) -> Figure | Html:
    """Chart the events by PLOVER type, told as fact beside all other modes; say so where there is none."""
    if ledger.events.empty:
        return no_chart("no event is told")
    fact = ledger.events["mode"] == "happened"
    counts = pd.DataFrame({"fact": fact, "type": ledger.events["type"]}).groupby(["type", "fact"]).size()
    counts = counts.unstack(fill_value=0).reindex(columns=[True, False], fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    types = ["no type fits" if t == "none" else t for t in counts.index]
    typed = counts.drop(index="none", errors="ignore")
    title = "No event fits a type"
    if len(typed):
        most = int(typed.iloc[0].sum())
        title = f"{typed.index[0]} is the most frequent type, {most} of {count(len(ledger.events), 'event')}"
        if "none" in counts.index:
            title += f"; {int(counts.loc['none'].sum())} fit no type"
    return _bars(
        pd.DataFrame(
            {"Type": types, "Told as fact": counts[True].tolist(), "Not told as fact": counts[False].tolist()}
        ),
        (_marker(palette.MODE_COLOURS["happened"]), _marker(palette.MODE_COLOURS["alleged"], "/")),
        "events",
        id="all-event-types",
        title=title,
        caption=f"Events by PLOVER type; n = {len(ledger.events)}. Hatched: not told as fact.",
        alt=f"Bar chart. {title}.",
    )

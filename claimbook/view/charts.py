"""Charts: Plotly figures that carry their finding, text alternative, source and data table with them.

Each function takes a :class:`~claimbook.model.ledger.Ledger` and returns a :class:`Figure` whose drawn values are
those of its table, all or the foremost of them. Pictures that stand in the first screen of a page (:func:`strip`,
:func:`chain_tree`) are HTML, so that no page needs Plotly before its reader scrolls.
"""

import datetime
import hashlib
import json
import numbers
import re

import pandas as pd
import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

from claimbook.analysis.chains import terminal_sources
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.model.letters import slug
from claimbook.view import palette, tables
from claimbook.view.markup import Html, el, join, lined
from claimbook.view.mime import CHART, META
from claimbook.view.plot_area import unpacked
from claimbook.view.tables import actor_names, no_chart

SOURCE = "the ledger of this book"
LEGEND = {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"}

PLOTLYS = ("#636efa", "#EF553B", "#00cc96", "#ab63fa", "#FFA15A", "#19d3f3", "#FF6692", "#B6E880", "#FF97FF", "#FECB52")
"""The colours that Plotly Express gives to groups, one after the other, where none are asked for."""

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
        made = cls(_in_our_colours(_spelled_out(whole["data"])), table=table, **named, **layout)
        made.layout.meta = {META: made.layout.meta[META] | {"adopted": True}}
        made.frames = figure.frames
        return made

    @property
    def table(self) -> pd.DataFrame:
        """The data drawn, as the table below the chart has them; numbers are numbers, and empty cells are missing.

        It is a frame of its own: what is changed in it changes nothing of the figure.
        """
        said = self.layout.meta[META]
        return pd.DataFrame(list(said["rows"]), columns=list(said["columns"])).convert_dtypes()

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
        return unpacked(part)
    if isinstance(part, dict):
        return {key: _spelled_out(value) for key, value in part.items()}
    if hasattr(part, "tolist"):
        part = part.tolist()
    if isinstance(part, list | tuple):
        return [_spelled_out(value) for value in part]
    return None if isinstance(part, float) and part != part else part


def _in_our_colours(part):
    """Return traces with the colours that Plotly takes of itself as those of the book, which a page can turn dark."""
    if isinstance(part, dict):
        return {key: _in_our_colours(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_in_our_colours(value) for value in part]
    place = PLOTLYS.index(part) if isinstance(part, str) and part in PLOTLYS else None
    return part if place is None else palette.SERIES[place % len(palette.SERIES)]


def _title(layout: dict, part: str) -> str:
    """Return the words of a part's title as plain text; empty where it has none."""
    title = (layout.get(part) or {}).get("title") or {}
    return re.sub("<[^>]*>", " ", title if isinstance(title, str) else title.get("text") or "").strip()


def _cells(values) -> list:
    """Return an array of a trace as a list of cells, a matrix as a list of lists."""
    values = unpacked(values)
    if not pd.api.types.is_list_like(values):
        return [values]
    if any(pd.api.types.is_list_like(row) for row in values):
        return [_cells(row) for row in values]
    return [_day(cell) for cell in pd.Series(values).tolist()]


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


def _on_page(colour: str) -> str:
    """Return a colour as HTML has it: that of the page's scheme; a notebook, which has none, shows that of its text."""
    return palette.css(colour)[0].replace(")", ", currentcolor)")


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
            f"flex:{s.end - s.start} 1 28px;min-width:28px;min-height:30px;border:{thick}px {line} {_on_page(colour)};"
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
        el("span", palette.WEIGHTS[w], style=f"border-bottom:{palette.WEIGHT_LINES[w]}px solid {line};margin-right:1em")
        for w, line in ((w, _on_page(palette.WEIGHT_COLOURS[w])) for w in weights)
    ]
    caption = el(
        "figcaption",
        "One box a sentence, in order; its width is the sentence's length, its number the claims it carries, its "
        "colour and the thickness of its frame the weightiest of them. A dashed frame means that at least one claim "
        "rests on somebody else's authority, a dotted one that the sentence carries no claim. ",
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
            "somebody who cannot be identified.",
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
            el("a", str(number), href=f"#{claim}", title=f"Claim {claim}", class_="cb-id", style="margin-right:.6em")
            for number, claim in enumerate(node["claims"], start=1)
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

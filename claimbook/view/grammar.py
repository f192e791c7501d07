"""The grammar of charts: a few forms, each a call on a data frame that reads like one of ``plotly.express``.

Every form takes a data frame and names of its columns as ``plotly.express`` does, and besides what a reader needs who
does not see the picture or wants to know where it comes from: ``title``, ``alt``, ``source``, ``note``. It returns a
:class:`~claimbook.view.charts.Figure`, which has its table, its download and its words with it.
"""

import json
import math
import textwrap
from collections.abc import Iterable, Mapping
from functools import wraps

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

from claimbook.model.ledger import Ledger
from claimbook.view import maps, palette
from claimbook.view.charts import LEGEND, Figure
from claimbook.view.markup import Html, el
from claimbook.view.mime import META
from claimbook.view.tables import no_chart
from claimbook.view.widths import width

TITLE_WORDS = 12
"""A title states one finding, which has room in so many words."""

LANES, LANE, FRAME = 20, 24, 110
"""Characters of a line of a name; pixels of a row, and of what stands around the rows."""

BEYOND = 0.05
"""By what share of what is drawn an axis reaches beyond it on either side."""

LABEL, TALL = 15, 300
"""Pixels that two labels at the ends of lines lie apart, and of the plot area that they lie in."""

ABREAST, SPAN, NARROW = 3, 600, 290
"""Marks of a year side by side; pixels of an axis of years, and of all lanes on a narrow page."""

STEP, APART, COLUMN, ROW = 7, 9, 34, 2.8
"""Pixels from a mark to the next, on wide pages and on narrow ones; characters of a line of a label; steps from a row
to the next that a finger needs."""

HIGHEST = 560
"""Pixels that the lanes take together; where they would take more, marks lie closer."""

MANY = 10
"""Whole numbers of which each has its tick."""

UNTOLD = ("meta", "template", "title")
"""What of a layout the picture for narrow pages does not repeat."""

_PLAIN = dict.fromkeys(palette.MODES | palette.WEIGHTS, "")
KNOWN = (
    (palette.VERDICTS, palette.VERDICT_COLOURS, palette.VERDICT_PATTERNS, palette.VERDICT_SYMBOLS),
    (palette.MODES, palette.MODE_COLOURS, _PLAIN, palette.MODE_SYMBOLS),
    (palette.WEIGHTS, palette.WEIGHT_COLOURS, _PLAIN, dict(zip(palette.WEIGHTS, palette.SYMBOLS, strict=False))),
)
"""Values that have words, colours, fillings and symbols of their own everywhere in the book."""

SQUARES = {palette.VERDICTS[verdict]: symbol for verdict, symbol in palette.VERDICT_SQUARES.items()}
"""The square that stands for a verdict, by its word: whoever sees no colours tells them apart by their filling."""

WORDS = {value: word for words, *_ in KNOWN for value, word in words.items()}


def _form(draw):
    """Let a form say that there is nothing to draw where its frame has no row, for a book may be small."""

    @wraps(draw)
    def drawn(data_frame: pd.DataFrame, *more, **options) -> Figure | Html:
        if not isinstance(data_frame, pd.DataFrame):
            kind = type(data_frame).__name__
            raise TypeError(f"data_frame: {kind}: must be a frame of pandas; reset_index() makes one of a count")
        if "colour" in options:
            raise TypeError("colour: is called color, as in plotly.express")
        return no_chart("there is nothing to draw") if data_frame.empty else draw(data_frame, *more, **options)

    return drawn


def credit(ledger: Ledger, *records: str) -> str:
    """Return the line that says whose data records hold, in which version.

    Raises
    ------
    KeyError
        If the ledger has no record of that name.
    """
    resources = {resource["name"]: resource for resource in ledger.schema["resources"]}
    names = ledger.origins.set_index("origin")["name"]
    lines = []
    for record in records:
        of = resources[record]
        publisher = names.get(of["origin"], of["title"])
        lines.append(f"{publisher}: {of['title']} ({of['version']}); record {record} of this book")
    return "; ".join(lines)


def published(ledger: Ledger, *, days: bool = False) -> dict:
    """Return when each text appeared, as marks of an axis: place on the axis to the text's short name.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    days : bool
        Whether the axis has days; else it has years. Where bounds alone are known, the first day or the middle year.
    """
    marks: dict = {}
    for source in ledger.sources[ledger.sources["published_earliest"] != ""].itertuples(index=False):
        first, last = int(source.published_earliest[:4]), int(source.published_latest[:4])
        place = source.published_earliest if days else (first + last) / 2
        marks[place] = f"{marks[place]}, {source.short_name}" if place in marks else source.short_name
    return marks


@_form
def bars(
    data_frame: pd.DataFrame, *, title, alt, source, note="", id="", table=None, marks=None, **options
) -> Figure | Html:
    """Draw bars, as ``plotly.express.bar`` does: lying, from the top down, unless `orientation` is ``"v"``.

    Parameters
    ----------
    data_frame : pandas.DataFrame
        A row a bar, or a part of one.
    title : str
        The finding, at most :data:`TITLE_WORDS` words.
    alt : str
        Text alternative; states the finding to somebody who does not see the chart.
    source : str
        Where the data come from; :func:`credit` has it for records.
    note : str, optional
        What is shown, with its number and caveat.
    id : str, optional
        Stable anchor, lower case with hyphens; by default made of the title.
    table : pandas.DataFrame, optional
        The data table; by default the columns that are drawn, under their labels.
    marks : mapping of place to str, optional
        Places on the axis of time that an upright marks, with its words; :func:`published` has those of the texts.
    **options
        All others as ``plotly.express.bar`` takes them: `x`, `y`, `color`, `text`, `facet_row`, `labels`, `barmode`,
        `category_orders`, `color_discrete_map`, `pattern_shape`, `hover_name` and more. Verdicts, modes of events and
        weights have their own words and colours.

    Returns
    -------
    Figure or Html
        A sentence where the frame has no row.

    Raises
    ------
    ValueError
        If the title has too many words, title, text alternative or source are empty, or there is no such column.

    Examples
    --------
    >>> frame = pd.DataFrame({"year": [2001, 2002, 2003, 2004], "sold": [3, 5, 2, 1]})
    >>> words = {"title": "Sales fell", "alt": "Bar chart. Sales fell from 3 to 1.", "source": "our count"}
    >>> bars(frame, x="year", y="sold", orientation="v", **words).layout.meta["claimbook"]["columns"]
    ['year', 'sold']
    """
    options = {"orientation": "h", **options}
    frame, options, shown = _prepared(data_frame, options, table, "pattern_shape_map")
    if "color" in options:
        options.setdefault("pattern_shape", options["color"])
    figure = px.bar(frame, **_spaced(options))
    _name_panels(figure)
    figure.update_traces(marker_line_width=0, textposition="outside", cliponaxis=False)
    lying = options["orientation"] == "h"
    height = None
    if lying:
        names = list(dict.fromkeys(frame[options["y"]].astype(str)))
        groups = len(figure.data) if options.get("barmode") == "group" else 1
        height = FRAME + (LANE * groups + 8) * len(names) * max(1, _facets(figure))
        figure.update_yaxes(**_names(names), title_text="", categoryorder="array", categoryarray=names)
        figure.update_xaxes(rangemode="tozero")
    return _finished(figure, shown, title, alt, source, note, id, marks, height=height)


@_form
def lines(
    data_frame: pd.DataFrame, *, title, alt, source, note="", id="", table=None, marks=None, low="", high="", **options
) -> Figure | Html:
    """Draw lines, as ``plotly.express.line`` does, each labelled at its end.

    Parameters
    ----------
    low, high : str, optional
        Columns that hold the ends of a band around each line.
    data_frame, title, alt, source, note, id, table, marks, **options
        As :func:`bars` has them; options go to ``plotly.express.line``.

    Raises
    ------
    ValueError
        As :func:`bars` does; and if one end of a band is given without the other.
    """
    if bool(low) != bool(high):
        raise ValueError("low, high: give both ends of a band, or none")
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map", low, high)
    name = options.get("color")
    if name:
        looks = {group: palette.group_look(at)["dash"] for at, group in enumerate(dict.fromkeys(frame[name]))}
        options = {"line_dash": name, "line_dash_map": looks, "symbol": name, **options}
    figure = px.line(frame, render_mode="svg", **{"markers": True, **_spaced(options)})
    _name_panels(figure)
    figure.update_traces(marker_size=6, line_width=2)
    bands = [_band(frame, trace, options, low, high) for trace in figure.data] if low else []
    ends = _ends(figure, options) if name and _facets(figure) == 1 else []
    figure = go.Figure([*bands, *figure.data, *ends], figure.layout)
    figure.for_each_yaxis(lambda axis: axis.update(range=_decades(figure, axis)), selector={"type": "log"})
    if ends:
        figure.update_traces(showlegend=False)
    if panels := _facets(figure) - 1:  # what is measured differs from panel to panel, and its head names it
        figure.update_yaxes(matches=None, title_text="")
    return _finished(figure, shown, title, alt, source, note, id, marks, height=320 * (panels + 1) if panels else 420)


@_form
def dots(
    data_frame: pd.DataFrame, *, title, alt, source, note="", id="", table=None, marks=None, **options
) -> Figure | Html:
    """Draw dots, as ``plotly.express.scatter`` does; names on the upright axis run from the top down.

    Parameters
    ----------
    data_frame, title, alt, source, note, id, table, marks, **options
        As :func:`bars` has them; options go to ``plotly.express.scatter``. Hollow marks (symbols that end in
        ``-open``) mean alleged or foretold, solid ones recorded.
    """
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map")
    figure = px.scatter(frame, render_mode="svg", **options)
    figure.update_traces(marker_size=11, marker_line_width=2)
    height = _rows(figure, frame, options)
    return _finished(figure, shown, title, alt, source, note, id, marks, height=height)


@_form
def matrix(data_frame: pd.DataFrame, *, title, alt, source, note="", id="", table=None, **options) -> Figure | Html:
    """Draw a matrix: a mark where a row's `x` and `y` meet, in the look of its `color`, its number as `text`.

    Parameters
    ----------
    data_frame, title, alt, source, note, id, table, **options
        As :func:`dots` has them. The names across stand at the top.
    """
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map")
    if "color" in options:
        options.setdefault("symbol", options["color"])
    figure = px.scatter(frame, render_mode="svg", **options)
    size = 20 if "text" in options else 15
    figure.update_traces(marker_size=size, marker_line_width=2, textposition="middle center")
    across = list(dict.fromkeys(frame[options["x"]].astype(str)))
    longest = max(map(len, across))
    ends, turned = [-0.6, len(across) - 0.4], -90 if longest > 4 else 0
    axis = _names(across, range=ends, type="category", categoryorder="array", categoryarray=across)
    figure.update_xaxes(**axis, side="top", tickangle=turned, title_text="")
    height = _rows(figure, frame, options) + 20 + (6 * min(longest, LANES) if longest > 4 else 0)
    return _finished(figure, shown, title, alt, source, note, id, None, height=height)


@_form
def intervals(
    data_frame: pd.DataFrame, *, x_start, x_end, title, alt, source, note="", id="", table=None, marks=None, **options
) -> Figure | Html:
    """Draw a line from `x_start` to `x_end` in the row of `y`, with a mark at its start, in the look of its `color`.

    Parameters
    ----------
    x_start, x_end : str
        Columns of days or numbers, as in ``plotly.express.timeline``.
    data_frame, title, alt, source, note, id, table, marks, **options
        As :func:`dots` has them.
    """
    return _spanned(
        data_frame, (x_start, x_end), False, (title, alt, source, note, id, marks), table=table, options=options
    )


@_form
def dumbbells(
    data_frame: pd.DataFrame, *, x_start, x_end, title, alt, source, note="", id="", table=None, marks=None, **options
) -> Figure | Html:
    """Draw two places in the row of `y`, the hollow `x_start` and the solid `x_end`, and the line between them.

    What is told is hollow, what is recorded solid.

    Parameters
    ----------
    data_frame, x_start, x_end, title, alt, source, note, id, table, marks, **options
        As :func:`intervals` has them.
    """
    return _spanned(
        data_frame, (x_start, x_end), True, (title, alt, source, note, id, marks), table=table, options=options
    )


@_form
def strip(
    data_frame: pd.DataFrame,
    *,
    title,
    alt,
    source,
    note="",
    id="",
    table=None,
    marks=None,
    lane_marks=None,
    bins=60,
    **options,
) -> Figure | Html:
    """Draw events on one axis, a lane for each `y`: marks that would lie on one another stand above one another.

    Many marks above one another are smaller, so that the chart stays low.

    Parameters
    ----------
    lane_marks : mapping of str to place, optional
        A place on the axis that an upright marks in one lane, by the lane.
    bins : int
        Places of the axis that are told apart.
    data_frame, title, alt, source, note, id, table, marks, **options
        As :func:`dots` has them; `x` is a column of days or numbers.
    """
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map")
    x, lane = options["x"], options["y"]
    number = frame[x] if frame[x].dtype.kind in "iuf" else pd.to_datetime(frame[x], errors="coerce", format="ISO8601")
    if without := int(number.isna().sum()):
        raise ValueError(f"{x}: {without} of {len(frame)} rows have no day, YYYY-MM-DD, and no number: leave them out")
    number = number if number.dtype.kind in "iuf" else number.map(pd.Timestamp.toordinal)
    low, high = number.min(), number.max()
    place = ((number - low) * bins // max(high - low, 1)).astype(int)
    lanes = list(dict.fromkeys(frame[lane]))
    level = frame.groupby([frame[lane], place]).cumcount()
    base, ticks = 0, []
    heights = level.groupby(frame[lane]).max() + 1
    for name in lanes[::-1]:
        ticks.insert(0, base)
        frame.loc[frame[lane] == name, "_level"] = base + level[frame[lane] == name]
        base += int(heights[name]) + 1
    options = {**options, "y": "_level", "hover_data": {"_level": False, **options.get("hover_data", {})}}
    figure = px.scatter(frame, render_mode="svg", **options)
    step = max(8, min(13, 420 // base))
    figure.update_traces(marker_size=min(9, step - 1), marker_line_width=2)
    marked = {} if lane_marks is None else dict(lane_marks)
    for name, bottom in zip(lanes, ticks, strict=True):
        if name in marked:
            ends = {"yref": "y", "y0": bottom - 0.7, "y1": bottom + int(heights[name]) - 0.3}
            figure.add_shape(_upright(marked[name]) | ends)
    figure.update_yaxes(**_names(lanes, tickvals=ticks, range=[-1, base], zeroline=False), title_text="")
    return _finished(figure, shown, title, alt, source, note, id, marks, height=FRAME + step * base)


MOST_LANES = 12
"""So many lanes one picture of years has room for."""


@_form
def years(
    data_frame: pd.DataFrame,
    *,
    title,
    alt,
    source,
    note="",
    id="",
    table=None,
    lane_marks=None,
    label="",
    links=None,
    **options,
) -> Figure | Html:
    """Draw a mark for each event at its year, a lane for each `y`; where the page is narrow, a row for each year.

    Of many lanes those with most marks are drawn; the table has all. The marks of a lane's year stand above one
    another, those with a label on top. A year can be a link, which the keyboard reaches as well; then the picture stays
    a picture on the page, and Plotly draws it in a notebook alone.

    Parameters
    ----------
    lane_marks : mapping of str to float, optional
        A place on the axis of years that an upright marks in one lane, by the lane.
    label : str, optional
        A column of words that stand at the mark in the wide picture; empty where there are none.
    links : mapping of int to (str, str), optional
        Per year the address to which it leads, and what is said of it.
    data_frame, title, alt, source, note, id, table, **options
        As :func:`dots` has them; `x` is a column of whole years.

    Raises
    ------
    ValueError
        As :func:`bars` does; and if a row has no whole year.
    """
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map")
    x, lane = options["x"], options["y"]
    number = pd.to_numeric(frame[x], errors="coerce")
    if without := int((number.isna() | (number % 1 != 0)).sum()):
        raise ValueError(f"{x}: {without} of {len(frame)} rows have no whole year: leave them out")
    frame = frame.assign(year_=number.astype(int), words_=frame[label] if label else "", plain_=True)
    frame["plain_"] = frame["words_"] == ""
    frame = frame.sort_values(["year_", "plain_"], ascending=[True, False], kind="stable")
    frame["n_"] = frame.groupby([lane, "year_"]).cumcount()
    most = frame[lane].value_counts().index[:MOST_LANES]
    lanes = [name for name in dict.fromkeys(data_frame[lane]) if name in most]
    frame = frame[frame[lane].isin(lanes)]
    marked = {name: place for name, place in dict(lane_marks or {}).items() if name in lanes}

    def finished(figure: go.Figure, height: int) -> Figure:
        return _finished(figure, shown, title, alt, source, note, id, None, height=height)

    given = (frame, options, lanes, marked, dict(links or {}), finished)
    figure, zones = _years_across(*given)
    turned, rows = _years_down(*given)
    narrow = json.loads(turned.to_json())
    narrow = {"data": narrow["data"], "layout": {k: v for k, v in narrow["layout"].items() if k not in UNTOLD}}
    figure.layout.meta = {META: figure.layout.meta[META] | {"links": zones, "narrow": narrow | {"links": rows}}}
    return figure


def _years_across(frame, options: dict, lanes: list, marked: dict, links: dict, finished) -> tuple[Figure, list[dict]]:
    """Return the picture in which time runs across, and where in it each year that is a link lies."""
    lane = options["y"]
    ends = [int(frame["year_"].min()), int(frame["year_"].max()), *map(math.floor, marked.values())]
    first, last = min(ends), max(ends) + 1
    pixels = SPAN / (last - first)
    frame = frame.assign(x_=frame["year_"] + (frame["n_"] % ABREAST + 0.5) / ABREAST, y_=0.0)
    base, ticks, notes, shapes = 0.0, [], [], []
    for name in lanes[::-1]:
        mine = frame["y_"].index[frame[lane] == name]
        level = frame.loc[mine, "n_"] // ABREAST
        frame.loc[mine, "y_"] = base + level
        stacks = (level.groupby(frame.loc[mine, "year_"]).max() + 1).to_dict()
        taken = [(year, year + 1, high) for year, high in stacks.items()]
        for at in frame.loc[mine].query("words_ != ''").index:
            words = textwrap.wrap(str(frame.at[at, "words_"]), COLUMN)
            x, wide = frame.at[at, "x_"], (max(width(line, 11) for line in words) + 8) / pixels
            side = "right" if x > (first + last) / 2 else "left"
            start, end = (x - wide, x + 0.5) if side == "right" else (x - 0.5, x + wide)
            foot = max([high for a, b, high in taken if a < end and b > start], default=0) + 0.8
            taken.append((start, end, foot + len(words) * 15 / STEP))
            line = {"color": palette.NEUTRAL, "width": 1}
            foot_at = {"y0": base + stacks[frame.at[at, "year_"]] - 0.4, "y1": base + foot}
            shapes.append({"type": "line", "x0": x, "x1": x, "line": line, **foot_at})
            note = {
                "x": x,
                "y": base + foot + len(words) * 7.5 / STEP,
                "text": "<br>".join(words),
                "showarrow": False,
                "font": {"size": 11},
            }
            notes.append(note | {"xanchor": side, "yanchor": "middle", "align": side})
        high = max(high for _, _, high in taken)
        if name in marked:
            upright = {"yref": "y", "y0": base - 0.7, "y1": base + max(stacks.values()) + 0.3}
            shapes.append(_upright(marked[name]) | upright)
        ticks.insert(0, base)
        base += high + 1.2
    step = max(4, min(STEP, HIGHEST / base))
    figure = _year_marks(frame, options, step - 1)
    figure.update_xaxes(range=[first - 0.3, last + 0.3], title_text="", tickmode="linear", dtick=5, tick0=0)
    figure.update_yaxes(**_names(lanes, tickvals=ticks, range=[-1, base], zeroline=False), title_text="")
    figure.update_layout(shapes=shapes, annotations=notes)
    zones = [_zone(links[y], (y, y + 1), (-1, base)) for y in sorted(set(frame["year_"])) if y in links]
    return finished(figure, height=FRAME + round(step * base)), zones


def _years_down(frame, options: dict, lanes: list, marked: dict, links: dict, finished) -> tuple[Figure, list[dict]]:
    """Return the picture in which time runs down, and where in it each year that is a link lies."""
    lane, abreast = options["y"], max(3, NARROW // APART // len(lanes) - 1)
    lines_ = frame.groupby("year_")["n_"].max() // abreast + 1
    tops = (lines_ + ROW - 1).cumsum() - (lines_ + ROW - 1)
    column = frame[lane].map(lanes.index) * (abreast + 2)
    frame = frame.assign(x_=column + frame["n_"] % abreast, y_=frame["year_"].map(tops) + frame["n_"] // abreast)
    shapes = []
    for name, place in marked.items():
        left = lanes.index(name) * (abreast + 2) - 0.7
        before = tops[tops.index <= place]
        at = float(before.iloc[-1] + lines_[before.index[-1]]) - 0.3 if len(before) else -0.7
        ends = {"x0": left, "x1": left + abreast, "y0": at, "y1": at}
        shapes.append(_upright(0) | {"yref": "y"} | ends)
    figure = _year_marks(frame, options, APART - 1.5)
    end = float(tops.iloc[-1] + lines_.iloc[-1])
    rows = {"tickmode": "array", "tickvals": tops.tolist(), "ticktext": [str(year) for year in tops.index]}
    figure.update_yaxes(**rows, range=[end, -1], zeroline=False, showgrid=False, title_text="")
    heads = ["<br>".join(textwrap.wrap(str(name), abreast + 3, break_long_words=False)) for name in lanes]
    places = [at * (abreast + 2) + (abreast - 1) / 2 for at in range(len(lanes))]
    across = {"side": "top", "tickmode": "array", "tickvals": places, "ticktext": heads, "tickangle": 0}
    figure.update_xaxes(
        **across, range=[-1, len(lanes) * (abreast + 2) - 1], showgrid=False, zeroline=False, title_text=""
    )
    figure.update_layout(shapes=shapes)
    edges = [(top - 0.9, top + lines_[year] + ROW - 1.9) for year, top in tops.items()]
    wide = (-1, len(lanes) * (abreast + 2) - 1)
    zones = [_zone(links[y], wide, edge) for y, edge in zip(tops.index, edges, strict=True) if y in links]
    return finished(figure, height=FRAME + round(APART * (end + 1))), zones


def _zone(link: tuple[str, str], across: tuple, down: tuple) -> dict:
    """Return where in a picture a link lies."""
    ends = zip(("x0", "x1", "y0", "y1"), map(float, (*across, *down)), strict=True)
    return {"href": link[0], "label": link[1], **dict(ends)}


def _year_marks(frame: pd.DataFrame, options: dict, size: float) -> go.Figure:
    own = {"x": "x_", "y": "y_", "hover_data": {"x_": False, "y_": False, **options.get("hover_data", {})}}
    figure = px.scatter(frame, render_mode="svg", **{**options, **own})
    return figure.update_traces(marker_size=size, marker_line_width=1.5)


@_form
def squares(
    data_frame: pd.DataFrame, *, title, alt, source, note="", id="", table=None, across=10, **options
) -> Figure | Html:
    """Draw a square for each row, in the block of its `x` and the lane of its `y`, in the look of its `color`.

    A lane has its name above it, so that a phone has its whole width for the squares.

    Parameters
    ----------
    across : int
        Squares in a row of a block.
    data_frame, title, alt, source, note, id, table, **options
        As :func:`dots` has them; rows stand in the order of the frame.
    """
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map")
    block, lane = options["x"], options["y"]
    blocks, lanes = list(dict.fromkeys(frame[block])), list(dict.fromkeys(frame[lane]))
    place = frame.groupby([block, lane]).cumcount()
    deep = place.groupby(frame[lane]).max() // across + 3
    tops = deep.reindex(lanes).cumsum() - deep.reindex(lanes) + 1
    column = frame[block].map(blocks.index)
    frame["_x"] = column * (across + 2) + place % across
    frame["_y"] = frame[lane].map(tops) + place // across
    own = {"x": "_x", "y": "_y", "hover_data": {"_x": False, "_y": False, **options.get("hover_data", {})}}
    figure = px.scatter(frame, render_mode="svg", **{**options, **own})
    for trace in figure.data:
        symbol = SQUARES.get(trace.name, "square")
        size = 5 if symbol.startswith("line") else 8  # dashes as long as squares would run into one another
        trace.marker.update(symbol=symbol, size=size, line_width=2 if "-open" in symbol else 0)
    for name in lanes:
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=float(tops[name]) - 1, text=str(name), showarrow=False, font_size=12
        )
    deepest = int(deep.sum())
    figure.update_yaxes(visible=False, range=[deepest - 0.5, -0.8])
    figure.update_xaxes(
        tickmode="array",
        tickvals=[at * (across + 2) + (across - 1) / 2 for at in range(len(blocks))],
        ticktext=[str(name) for name in blocks],
        side="top",
        title_text="",
        range=[-1, len(blocks) * (across + 2) - 2],
        showgrid=False,
        zeroline=False,
    )
    return _finished(figure, shown, title, alt, source, note, id, None, height=FRAME + 13 * deepest)


@_form
def genealogy(
    nodes: pd.DataFrame, edges: pd.DataFrame, *, x, y, title, alt, source, note="", id="", table=None, **options
) -> Figure | Html:
    """Draw what goes back to what: a hollow mark a node, an arrow an edge, dotted where it is inferred.

    Parameters
    ----------
    nodes : pandas.DataFrame
        A row a node; its index names it.
    edges : pandas.DataFrame
        Columns ``source``, ``target`` (names of nodes; an arrow runs from the earlier to the later one) and
        ``inferred`` (bool).
    x, y : str
        Columns of `nodes`: the kind across, and the row, from the top down.
    title, alt, source, note, id, table, **options
        As :func:`dots` has them.

    Raises
    ------
    KeyError
        If an edge names a node that is not there.
    """
    frame, options, shown = _prepared(nodes, {"x": x, "y": y, **options}, table, "symbol_map")
    columns, rows = list(dict.fromkeys(frame[x])), list(dict.fromkeys(frame[y]))
    frame["_x"], frame["_y"] = frame[x].map(columns.index), frame[y].map(rows.index)
    own = {"x": "_x", "y": "_y", "hover_data": {"_x": False, "_y": False, **options.get("hover_data", {})}}
    figure = px.scatter(frame, render_mode="svg", **{**options, **own})
    figure.update_traces(marker_symbol="circle-open", marker_size=12, marker_line_width=2, textposition="middle right")
    traces = []
    for inferred, part in edges.groupby("inferred", sort=True):
        xs, ys = [], []
        for edge in part.itertuples(index=False):
            (x0, y0), (x1, y1) = (
                (int(n) for n in frame.loc[name, ["_x", "_y"]]) for name in (edge.source, edge.target)
            )
            # A line within one column bends past the marks between its ends, which it does not concern.
            bend = [(x0 - min(0.08 * abs(y1 - y0), 0.4), (y0 + y1) / 2)] if x0 == x1 and abs(y1 - y0) > 1 else []
            for x_, y_ in ((x0, y0), *bend, (x1, y1), (None, None)):
                xs.append(x_)
                ys.append(y_)
        look = {"color": palette.NEUTRAL, "width": 2, "dash": "dot" if inferred else "solid"}
        said = "descent inferred from shared details" if inferred else "names the earlier one"
        traces.append(go.Scatter(x=xs, y=ys, mode="lines", line=look, name=said, hoverinfo="skip"))
    figure = go.Figure([*traces, *figure.data], figure.layout)
    axis = _names(rows, tickvals=list(range(len(rows))), range=[len(rows) - 0.4, -0.6], zeroline=False)
    figure.update_yaxes(**axis, title_text="")
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=[str(name) for name in columns],
        side="top",
        title_text="",
        range=[-0.5, len(columns) - 0.5],
        zeroline=False,
    )
    return _finished(figure, shown, title, alt, source, note, id, None, height=FRAME + 34 * len(rows))


@_form
def arcs(
    data_frame: pd.DataFrame,
    *,
    start,
    end,
    look,
    places,
    outlines,
    title,
    alt,
    source,
    note="",
    id="",
    table=None,
    color="",
    size="",
    text="",
    href="",
    labels=None,
    elsewhere="Off the map",
) -> Figure | Html:
    """Draw a map with an arc for each row, from one place to another.

    A hollow arc is what is told, in the colour of its verdict and with its mark; a solid one is recorded, its thickness
    by the square root of its number; a dotted one is a journey. Ends that have no place stand in a box off the map.

    Parameters
    ----------
    data_frame : pandas.DataFrame
        A row an arc.
    start, end : str
        Columns of names of places.
    look : str
        Column of the looks of arcs, each one of :data:`claimbook.view.maps.LOOKS`.
    places : pandas.DataFrame
        Where each name lies, as :func:`claimbook.view.maps.places` has it.
    outlines : pandas.DataFrame
        Coasts and borders, as :func:`claimbook.view.maps.outline` takes them.
    color : str, optional
        Column of verdicts, of hollow arcs.
    size : str, optional
        Column of numbers, of solid arcs.
    text, href : str, optional
        Columns of what is written at an arc, nothing where it is empty, and of where that leads.
    labels : mapping of str to str, optional
        What the table calls the columns.
    elsewhere : str, optional
        What the box off the map says before the names in it.
    title, alt, source, note, id, table
        As :func:`bars` has them.

    Returns
    -------
    Figure or Html
        A sentence where the frame has no row, or no arc begins at a place that is known.

    Raises
    ------
    ValueError
        If an arc begins at no known place while others do, or has none of the looks.
    """
    if unknown := sorted(set(data_frame[look]) - set(maps.LOOKS)):
        raise ValueError(f"{look}: {', '.join(unknown)}: must be one of {', '.join(maps.LOOKS)}")
    lost = [name for name in dict.fromkeys(data_frame[start]) if name not in places.index]
    if len(lost) == data_frame[start].nunique():
        return no_chart(f"no place is known of {', '.join(lost)}")
    if lost:
        raise ValueError(f"{start}: {', '.join(lost)}: must have a place in the table of places, where the arc begins")
    ends = list(dict.fromkeys([*data_frame[start], *data_frame[end]]))
    known, off = places.loc[[name for name in ends if name in places.index]], [n for n in ends if n not in places.index]
    ground = maps.Ground.of(known, off)
    drawn = maps.curves(data_frame, ground, start, end, look)
    verdicts = drawn[color].map(lambda verdict: WORDS.get(verdict, verdict)) if color else ""
    drawn = drawn.assign(verdict=verdicts, amount=drawn[size] if size else 1.0)
    figure = go.Figure([*maps.outlined(outlines, ground), *maps.arcs(drawn), *maps.named(known, ground)])
    for shape in ground.shapes():
        figure.add_shape(shape)
    if off:
        figure.add_annotation(text=f"{elsewhere}: {'; '.join(off)}", showarrow=False, **ground.corner())
    for row, (x, y) in zip(drawn.to_dict("records"), drawn["middle"], strict=True):
        if text and row[text] != "":
            said = ", ".join(part for part in (f"{row[start]} to {row[end]}", row["verdict"]) if part)
            words = str(el("a", row[text], href=row[href])) if href else str(row[text])
            figure.add_annotation(x=x, y=y, xshift=maps.BESIDE, text=words, hovertext=said, showarrow=False)
    bare = {"visible": False, "showgrid": False, "zeroline": False}
    figure.update_xaxes(range=[ground.left, ground.right], **bare)
    figure.update_yaxes(range=[ground.low, ground.top], scaleanchor="x", **bare)
    shown = data_frame[list(dict.fromkeys(name for name in (text, start, end, look, color, size) if name))]
    shown = shown.replace({look: maps.LOOKS} | ({color: WORDS} if color else {})).rename(columns=labels or {})
    return _finished(figure, shown if table is None else table, title, alt, source, note, id, None)


def _spanned(data_frame, ends: tuple[str, str], told: bool, words: tuple, *, table, options: dict) -> Figure:
    """Return a chart of spans: rows of `y`, a line between two `ends`; hollow and solid marks where one is `told`."""
    title, alt, source, note, id, marks = words
    start, end = ends
    frame, options, shown = _prepared(data_frame, options, table, "symbol_map", start, end)
    y = options.get("y")
    figure = px.scatter(frame, render_mode="svg", **{**options, "x": end if told else start})
    figure.update_traces(marker_size=10, marker_line_width=2)
    name = options.get("color")
    traces = []
    for group, part in frame.groupby(name, sort=False) if name else [("", frame)]:
        colour = _colour_of(figure, group)
        xs = [cell for row in part[[start, end]].itertuples(index=False) for cell in (*row, None)]
        ys = [cell for row in part[y] for cell in (row, row, None)]
        line = {"color": palette.NEUTRAL if told else colour, "width": 2 if told else 4}
        traces.append(go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False))
    if told:
        look = {"symbol": "circle-open", "size": 10, "color": palette.NEUTRAL, "line": {"width": 2}}
        label = (options.get("labels") or {}).get(start, start)
        traces.append(go.Scatter(x=_list(frame[start]), y=_list(frame[y]), mode="markers", marker=look, name=label))
        if not name:
            figure.update_traces(name=(options.get("labels") or {}).get(end, end), showlegend=True)
    figure = go.Figure([*traces, *figure.data], figure.layout)
    height = _rows(figure, frame, options)
    figure.update_xaxes(title_text="")
    if all(frame[edge].dtype.kind == "i" for edge in ends):
        low, high = (int(frame[[*ends]].stack().agg(which)) for which in ("min", "max"))
        if high - low < MANY:
            figure.update_xaxes(tickmode="array", tickvals=list(range(low, high + 1)))
    return _finished(figure, shown, title, alt, source, note, id, marks, height=height, legend=bool(name) or told)


def _prepared(data_frame: pd.DataFrame, options: dict, table, looks: str, *more: str):
    """Return a frame to draw, options for Plotly with the book's looks, and the data table.

    Raises
    ------
    ValueError
        If no column is named for an axis, or one that the frame has not.
    """
    frame = data_frame.copy()
    if lacking := [axis for axis in ("x", "y") if axis not in options and not (axis == "x" and any(more))]:
        raise ValueError(f"{', '.join(lacking)}: name a column for each axis, of {', '.join(map(str, frame))}")
    named = [options[key] for key in ("x", "y", "facet_row", "facet_col", "color", "symbol", "text") if key in options]
    if "y" in options and options["y"] in frame and frame[options["y"]].dtype.kind not in "iuf":
        named[:2] = named[1::-1]  # what heads a row of the picture heads it in the table
    drawn = list(dict.fromkeys(name for name in (*named, *more) if isinstance(name, str) and name))
    if absent := [name for name in drawn if name not in frame]:
        raise ValueError(f"data_frame: {', '.join(absent)}: no such column among {', '.join(map(str, frame))}")
    for axis in {options.get("x"), options["y"]} & set(drawn):
        if frame[axis].dtype == bool or set(frame[axis]) <= set(WORDS):
            frame[axis] = frame[axis].map({True: "yes", False: "no", **WORDS})
    colour = options.get("color")
    options = {"color_discrete_sequence": [palette.ACCENT], **options}
    if colour:
        frame[colour] = frame[colour].astype(str)  # groups, and no scale of colours
        values = list(dict.fromkeys(frame[colour]))
        order, colours, second = _looks(values, looks)
        frame[colour] = frame[colour].map(lambda value: WORDS.get(value, value))
        options.setdefault("color_discrete_map", colours)
        options.setdefault(looks, second)
        options["category_orders"] = {colour: order, **options.get("category_orders", {})}
    labels = options.get("labels") or {}
    shown = data_frame[drawn].replace({colour: WORDS}) if colour and table is None else data_frame[drawn]
    shown = shown.rename(columns=labels or {}) if table is None else table
    return frame, options, shown


def _looks(values: list, second: str) -> tuple[list, dict, dict]:
    """Return the order of values, their colours, and their patterns or symbols."""
    kind = second.removesuffix("_map").removesuffix("_shape")
    for words, colours, patterns, symbols in KNOWN:
        if set(values) <= set(words):
            order = [value for value in words if value in values]
            marks = patterns if kind == "pattern" else symbols
            named = {words[value]: colours[value] for value in order}
            return [words[value] for value in order], named, {words[value]: marks[value] for value in order}
    looks = {value: palette.group_look(at) for at, value in enumerate(values)}
    return values, *({value: look[part] for value, look in looks.items()} for part in ("color", kind))


def _colour_of(figure: go.Figure, name: str) -> str:
    return next((trace.marker.color for trace in figure.data if trace.name == str(name)), palette.ACCENT)


def _list(values: pd.Series) -> list:
    return [None if pd.isna(value) else value for value in values.tolist()]


def _names(names: Iterable, **axis) -> dict:
    """Return an axis of names, long ones folded and none cut: from the top down, unless its range is given."""
    names = list(names)
    whole = {} if "range" in axis else {"autorange": "reversed"}
    return whole | {
        "automargin": True,
        "tickmode": "array",
        "tickvals": names,
        "ticktext": ["<br>".join(textwrap.wrap(str(name), LANES)) for name in names],
        "tickfont": {"size": 12},
        **axis,
    }


def _rows(figure: go.Figure, frame: pd.DataFrame, options: dict) -> int:
    """Give a figure rows of names from the top down where its `y` holds words; return the height it needs."""
    y = options.get("y")
    if y is None or frame[y].dtype.kind in "iuf":
        return 420
    names = list(options.get("category_orders", {}).get(y) or dict.fromkeys(frame[y].astype(str)))
    axis = _names(names, range=[len(names) - 0.4, -0.6], type="category", categoryorder="array", categoryarray=names)
    figure.update_yaxes(**axis, title_text="")
    lines_ = sum(len(textwrap.wrap(name, LANES)) for name in names)
    return FRAME + max(LANE * len(names), 16 * lines_) + 20


def _spaced(options: dict) -> dict:
    """Leave room between the panels of a small multiple for the head of each."""
    return {"facet_row_spacing": 0.12, **options} if "facet_row" in options else options


def _facets(figure: go.Figure) -> int:
    return len({trace.yaxis or "y" for trace in figure.data}) or 1


def _name_panels(figure: go.Figure) -> None:
    """Give panels their names alone, and those that stand below one another the whole width, with the name above."""
    rows = {sum(axis.domain) / 2: axis.domain[1] for axis in figure.select_yaxes() if axis.domain}
    for note in figure.layout.annotations:
        note.text = note.text.partition("=")[2]
        if note.textangle:
            note.update(x=0, xanchor="left", textangle=0, yanchor="bottom")
            note.y = rows[min(rows, key=lambda middle: abs(middle - note.y))]
            figure.update_xaxes(domain=[0, 1])


def _band(frame: pd.DataFrame, trace, options: dict, low: str, high: str) -> go.Scatter:
    """Return the band around a line, over the places at which both its ends are known."""
    colour = options.get("color")
    rows = frame[frame[colour].astype(str) == trace.name] if colour else frame
    known = rows[[options["x"], low, high]].dropna().sort_values(options["x"])
    xs = _list(known[options["x"]])
    return go.Scatter(
        x=[*xs, *xs[::-1]],
        y=[*_list(known[high]), *_list(known[low])[::-1]],
        fill="toself",
        fillcolor=palette.washed(trace.line.color, 0.18),
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        name=f"{trace.name}, band",
    )


def _decades(figure: go.Figure, axis) -> list[int]:
    """Return the range of an upright axis of logarithms, from a power of ten to a power of ten."""
    name = axis.plotly_name.replace("axis", "")
    known = [math.log10(y) for trace in figure.data if (trace.yaxis or "y") == name for y in trace.y if y and y == y]
    low = math.floor(min(known, default=0))
    return [low, max(low + 1, math.ceil(max(known, default=1)))]


def _ends(figure: go.Figure, options: dict) -> list[go.Scatter]:
    """Return labels at the ends of lines, moved apart where they would lie on one another."""
    up, down = (math.log10, lambda power: 10**power) if options.get("log_y") else (float, float)
    ends, whole = [], []
    for trace in figure.data:
        known = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if y is not None and y == y]
        if known:
            ends.append((float(up(known[-1][1])), known[-1][0], trace))
            whole += [float(up(y)) for _, y in known]
    apart = LABEL * (max(whole, default=0) - min(whole, default=0) or 1) / TALL
    labels, before = [], -math.inf
    for y, x, trace in sorted(ends, key=lambda end: end[0]):
        before = max(y, before + apart)
        labels.append(
            go.Scatter(
                x=[x],
                y=[down(before)],
                mode="text",
                text=[trace.name],
                textposition="middle right",
                textfont={"color": trace.line.color, "size": 12},
                cliponaxis=False,
                hoverinfo="skip",
                name=f"{trace.name}, label",
            )
        )
    return labels


def _upright(place) -> dict:
    """Return the shape of an upright that is as high as the plot area."""
    line = {"color": palette.NEUTRAL, "dash": "dash", "width": 1}
    return {"type": "line", "x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _number(place) -> float:
    """Return a place on an axis of numbers or of days as a number."""
    return float(pd.Timestamp(place).toordinal()) if isinstance(place, str) else float(place)


def _uprights(figure: go.Figure, marks: Mapping) -> tuple[list[dict], list[dict]]:
    """Return the shapes of uprights where the axis reaches, and their words over them, each a line above the last."""
    if not marks:
        return [], []
    drawn = [_number(x) for trace in figure.data for x in trace.x if x is not None and x == x]
    beyond = BEYOND * (max(drawn) - min(drawn))
    first, last = min(drawn) - beyond, max(drawn) + beyond
    shapes, labels = [], []
    for place in sorted(place for place in marks if first <= _number(place) <= last):
        shapes.append(_upright(place))
        label = {"x": place, "yref": "paper", "y": 1, "text": marks[place], "showarrow": False, "font": {"size": 11}}
        labels.append(label | {"yanchor": "bottom", "yshift": LABEL * len(labels)})
    return shapes, labels


def _finished(
    figure: go.Figure, shown: pd.DataFrame, title, alt, source, note, id, marks, *, height=None, legend=None
) -> Figure:
    """Return the figure of the book: its words, its data table, one look of axes and legend.

    Raises
    ------
    ValueError
        If the title has more than :data:`TITLE_WORDS` words.
    """
    if len(str(title).split()) > TITLE_WORDS:
        raise ValueError(f"title: {title!r}: must have at most {TITLE_WORDS} words; the note has room for more")
    shapes, labels = _uprights(figure, marks or {})
    named = [trace for trace in figure.data if trace.showlegend is not False and trace.name]
    if legend is None:
        legend = figure.layout.showlegend is not False and len({trace.name for trace in named}) > 1
    # Names across stand where the legend of other charts does.
    heads = figure.layout.xaxis.side == "top"
    place = {"y": 0, "yanchor": "top"} if heads else {"y": 1.08 if _facets(figure) > 1 else 1.02}
    figure.update_layout(
        template="none",
        showlegend=legend,
        legend={**LEGEND, "title": {"text": ""}, **place},
        margin={"l": 8, "r": 24, "t": 24, "b": 48},
        height=height or 420,
        shapes=[*figure.layout.shapes, *shapes],
        annotations=[*figure.layout.annotations, *labels],
        hovermode="closest",
    )
    figure.update_xaxes(automargin=True)
    figure.update_yaxes(automargin=True)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(dtick=1, selector={"type": "log"})  # powers of ten alone
    caption = note or f"What is drawn stands in the table, n = {len(shown):,} rows."
    made = Figure.from_plotly(figure, title=str(title), alt=alt, source=source, caption=caption, table=shown, id=id)
    # A form that could not be drawn as a picture would be a mistake of the book, not of whose figure it took.
    made.layout.meta = {META: {key: told for key, told in made.layout.meta[META].items() if key != "adopted"}}
    return made

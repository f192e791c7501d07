"""Charts draw what their tables say, and their tables say what the ledger holds."""

import copy
import json
import pickle
from decimal import Decimal

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import plotly.io
import pytest
from figures import block, bundle
from this_book import BOOK

from claimbook.view import explore, palette
from claimbook.view.charts import Figure
from claimbook.view.markup import el
from claimbook.view.mime import META

# What Plotly made ----------------------------------------------------------------------------------

WORDS = {"title": "Deals grew", "alt": "Bar chart. Deals grew from 1 to 2.", "source": "our own count"}
DEALS = pd.DataFrame(
    {"day": pd.to_datetime(["2001-01-01", "2002-01-01"]), "deals": [1, 2.5], "who": ["a", "b"], "open": [True, False]}
)
PACKED = plotly.io.from_json(px.imshow([[1, 2], [3, 4]]).to_json())
PLOTLY = {
    "axes give the headings": (px.bar(DEALS, x="who", y="deals"), ["who", "deals"], [["a", 1], ["b", 2.5]]),
    "days are days": (px.line(DEALS, x="day", y="deals"), ["day", "deals"], [["2001-01-01", 1], ["2002-01-01", 2.5]]),
    "series are told apart": (
        px.bar(DEALS, x="day", y="deals", color="who"),
        ["who", "day", "deals"],
        [["a", "2001-01-01", 1], ["b", "2002-01-01", 2.5]],
    ),
    "but not named twice": (px.bar(DEALS, x="who", y="deals", color="who"), ["who", "deals"], [["a", 1], ["b", 2.5]]),
    "slices": (px.pie(DEALS, names="who", values="deals"), ["who", "deals"], [["a", 1], ["b", 2.5]]),
    "a grid": (
        px.imshow([[1, 2], [3, 4]], x=["a", "b"], y=["c", "d"], labels={"x": "from", "color": "heat"}),
        ["from", "y", "heat"],
        [["a", "c", 1], ["b", "c", 2], ["a", "d", 3], ["b", "d", 4]],
    ),
    "packed numbers": (PACKED, ["x", "y", "color"], [[0, 0, 1], [1, 0, 2], [0, 1, 3], [1, 1, 4]]),
    "no x": (go.Figure(go.Bar(y=[3, None])), ["x", "y"], [[0, 3], [1, None]]),
    "categories in categories": (
        go.Figure(go.Bar(x=[["a", "a"], ["b", "c"]], y=[1, 2])),
        ["x", "y"],
        [["a / b", 1], ["a / c", 2]],
    ),
    "two axes": (
        go.Figure([go.Bar(x=["a"], y=[1], name="one"), go.Bar(x=["b"], y=[2], yaxis="y2")], {"yaxis2": {"title": "t"}}),
        ["Series", "x", "y"],
        [["one", "a", 1], ["series 2", "b", 2]],
    ),
    "a place": (px.choropleth(locations=["BLR"], color=[3]), ["locations", "color"], [["BLR", 3]]),
    "one number": (go.Figure(go.Indicator(value=3)), ["value"], [[3]]),
    "what moves": (
        px.bar(DEALS, x="who", y="deals", animation_frame="open"),
        ["open", "who", "deals"],
        [["True", "a", 1], ["False", "b", 2.5]],
    ),
}


@pytest.mark.parametrize(("figure", "columns", "rows"), PLOTLY.values(), ids=PLOTLY)
def test_a_figure_of_plotly_gets_the_table_of_what_it_draws(figure, columns, rows):
    before = figure.to_json()
    meta = block(Figure.from_plotly(figure, **WORDS))
    assert (meta["columns"], meta["rows"]) == (columns, rows)
    assert meta["caption"].endswith(f"n = {len(rows)} rows.")
    assert {key: meta[key] for key in WORDS} == WORDS
    assert figure.to_json() == before


def test_a_figure_of_plotly_draws_what_it_drew():
    plain = px.bar(DEALS, x="who", y="deals", title="Old", animation_frame="open")
    made = bundle(Figure.from_plotly(plain, **WORDS, id="own", caption="Two deals.", table=DEALS))
    spelled = [list(trace.y) for trace in plain.data]
    packed = json.loads(plain.to_json())["data"]
    ours = {"color": palette.SERIES[0], "pattern": {"shape": ""}}
    assert made["data"] == [{**trace, "y": ys, "marker": ours} for trace, ys in zip(packed, spelled, strict=True)]
    assert [frame["name"] for frame in made["frames"]] == ["True", "False"]
    layout = made["layout"]
    assert layout["xaxis"]["title"] == {"text": "who"}
    assert layout["title"]["text"] == WORDS["title"]
    assert (layout["meta"][META]["id"], layout["meta"][META]["caption"]) == ("own", "Two deals.")
    assert layout["meta"][META]["rows"][0] == ["2001-01-01", 1, "a", "True"]


@pytest.mark.parametrize(
    ("title", "name"), [("Größer als „je“: +5 %!", "grosser-als-je-5"), ("Рост", "rost"), ("增长", "chart-e1cf00d8")]
)
def test_the_anchor_of_a_figure_is_made_of_its_title(title, name):
    made = Figure.from_plotly(PACKED, **WORDS | {"title": title})
    assert block(made)["id"] == name


@pytest.mark.parametrize(
    ("figure", "changes", "message"),
    [
        ({"data": []}, {}, "figure: dict: must be a figure of Plotly"),
        (PACKED, {"alt": " "}, "alt: empty: must say something"),
        (PACKED, {"source": ""}, "source: empty: must say something"),
        (go.Figure(), {}, "table: nothing to show in traces of type none: give table="),
        (go.Figure(go.Sankey(link={"source": [0]})), {}, "table: nothing to show in traces of type sankey"),
    ],
)
def test_what_a_figure_still_lacks_is_named(figure, changes, message):
    with pytest.raises((TypeError, ValueError), match=message):
        Figure.from_plotly(figure, **WORDS | changes)


def test_any_cell_of_a_table_can_be_told():
    odd = pd.DataFrame({"a": [Decimal("1.5"), [1], pd.NaT, pd.Timestamp("2001-01-01 10:00"), 2.0]}, dtype=object)
    rows = block(Figure.from_plotly(PACKED, **WORDS, table=odd))["rows"]
    assert rows == [["1.5"], ["[1]"], [None], ["2001-01-01T10:00:00"], [2]]


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_what_a_cell_holds_can_be_copied_and_pickled(duplicate):
    figure, markup = Figure.from_plotly(PACKED, **WORDS), el("p", "<b>")
    twin = duplicate(figure)
    assert type(twin) is Figure
    assert bundle(twin) == bundle(figure)
    twin.update_layout(height=99)
    assert figure.layout.height != 99
    assert type(duplicate(markup)) is type(markup)
    assert duplicate(markup) == markup
    book = duplicate(BOOK)
    assert book.claims.equals(BOOK.claims)
    assert book.text("wnd-2001").texts == BOOK.texts
    with pytest.raises(AttributeError, match="the ledger has no table or record 'no_such'"):
        _ = book.no_such
    control = explore.claims(BOOK)
    assert duplicate(control).select(q="tehran") == control.select(q="tehran")


def test_a_figure_gives_back_the_data_drawn():
    frame = pd.DataFrame({"who": ["a", "b", None], "deals": [1, None, 3], "share": [0.5, 1.0, None]})
    words = {"title": "Deals", "alt": "Bar chart.", "source": "us"}
    figure = Figure.from_plotly(px.bar(DEALS, x="who", y="deals"), table=frame, **words)
    given = figure.table
    assert given.to_numpy(dtype=object, na_value=None).tolist() == [["a", 1, 0.5], ["b", None, 1], [None, 3, None]]
    assert [str(kind) for kind in given.dtypes[1:]] == ["Int64", "Float64"]
    given["deals"] = 9
    assert figure.table["deals"].tolist()[0] == 1

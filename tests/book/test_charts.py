"""Charts draw what their tables say, and their tables say what the ledger holds."""

import copy
import json
import pickle
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import plotly.io
import pytest
from figures import block, bundle
from this_book import BOOK, with_tables

from claimbook.analysis import evidence
from claimbook.view import cards, charts, explore, palette, sums
from claimbook.view.charts import Figure
from claimbook.view.markup import el
from claimbook.view.mime import META

TEXTS = {source_id: BOOK.text(source_id) for source_id in BOOK.sources["source_id"]}
NAMING = [text for text in TEXTS.values() if len(text.mentions)]
DATED = [source_id for source_id, text in TEXTS.items() if (text.events["date_basis"] != "").any()]
BARS = [
    charts.mentions(BOOK),
    charts.claims_by_kind(BOOK),
    charts.verdict_profile(BOOK),
    charts.verdicts_by_kind(BOOK),
    charts.verdicts_by_threshold(BOOK),
    charts.event_types(BOOK),
    *(charts.mentions(text) for text in NAMING),
]
OTHERS = [
    sums.money(TEXTS["wnd-2001"]),
    *(charts.authority(text) for text in TEXTS.values()),
    *(charts.timeline(TEXTS[source_id]) for source_id in DATED),
]


def by_id(figure):
    return block(figure)["id"]


@pytest.mark.parametrize("figure", BARS + OTHERS, ids=by_id)
def test_chart_carries_all_that_a_reader_needs(figure):
    meta = block(figure)
    for part in ("id", "title", "caption", "alt", "source"):
        assert meta[part].strip()
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert meta["rows"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])
    assert "template" not in bundle(figure)["layout"]


@pytest.mark.parametrize("figure", BARS, ids=by_id)
def test_bars_are_the_columns_of_the_table(figure):
    meta = block(figure)
    frame = pd.DataFrame(meta["rows"], columns=meta["columns"])
    drawn = bundle(figure)["data"]
    assert len(drawn) == len(meta["columns"]) - 1
    for trace, column in zip(drawn, meta["columns"][1:], strict=True):
        assert trace["x"] == frame[column].tolist()
        assert trace["y"] == frame[meta["columns"][0]].tolist()


@pytest.mark.parametrize("source_id", TEXTS)
def test_authority_counts_every_claim_once(source_id):
    text = TEXTS[source_id]
    figure = charts.authority(text)
    drawn = sorted(n for trace in bundle(figure)["data"] for n in trace["x"])
    assert drawn == sorted(row[-1] for row in block(figure)["rows"])
    assert sum(drawn) == len(text.claims)


@pytest.mark.parametrize("source_id", DATED)
def test_timeline_draws_every_dated_event_at_its_first_day(source_id):
    text = TEXTS[source_id]
    dated = text.events[text.events["date_basis"] != ""]
    marks = [t for t in bundle(charts.timeline(text))["data"] if t["mode"] == "markers"]
    assert sorted(x for t in marks for x in t["x"]) == sorted(dated["date_start"])
    assert len(block(charts.timeline(text))["rows"]) == len(text.events)


@pytest.mark.parametrize("source_id", DATED)
def test_an_alleged_event_is_drawn_hollow_and_never_with_the_facts(source_id):
    text = TEXTS[source_id]
    marks = [t for t in bundle(charts.timeline(text))["data"] if t["mode"] == "markers"]
    by_name = {t["name"]: t["marker"]["symbol"] for t in marks}
    assert all(symbol.endswith("-open") for name, symbol in by_name.items() if name != "told as fact")
    dated = text.events[text.events["date_basis"] != ""]
    facts = [t for t in marks if t["name"] == "told as fact"]
    assert sum(len(t["x"]) for t in facts) == (dated["mode"] == "happened").sum()


def test_unlike_sums_of_a_text_stand_on_axes_of_their_own():
    figure = bundle(sums.money(TEXTS["wnd-2001"]))
    axes = {trace.get("xaxis", "x") for trace in figure["data"]}
    rows = TEXTS["wnd-2001"].quantities
    assert len(axes) == len(rows[rows["dimension"] == "money"]) == 2
    assert len(block(sums.money(TEXTS["walsh-2021"]))["rows"]) == 1
    assert "No chart" in sums.money(TEXTS["defence-ua"])


@pytest.mark.parametrize("figure", [charts.verdict_profile(BOOK), charts.verdicts_by_kind(BOOK)], ids=by_id)
def test_every_claim_is_in_the_profile_once_under_its_verdict(figure):
    drawn = {t["name"]: sum(t["x"]) for t in bundle(figure)["data"]}
    found = evidence.verdicts(BOOK)["verdict"].map(palette.VERDICTS).value_counts().to_dict()
    assert drawn == found


def test_verdicts_differ_by_filling_as_well_as_colour():
    looks = {
        (t["marker"]["color"], t["marker"]["pattern"]["shape"]) for t in bundle(charts.verdict_profile(BOOK))["data"]
    }
    fillings = {shape for _, shape in looks}
    assert len(looks) == len(fillings) == len(bundle(charts.verdict_profile(BOOK))["data"])


def test_a_tighter_threshold_establishes_less():
    rows = pd.DataFrame(block(charts.verdicts_by_threshold(BOOK))["rows"]).set_axis(
        block(charts.verdicts_by_threshold(BOOK))["columns"], axis=1
    )
    supported = rows.set_index("Threshold")["supported"]
    assert supported.iloc[0] >= supported["Two origins"] >= supported["Three origins"] >= supported.iloc[-1]
    assert (rows.drop(columns="Threshold").sum(axis=1) == BOOK.claims["checkable"].sum()).all()


def test_a_changed_row_changes_chart_and_title():
    events = BOOK.events.copy()
    events["mode"] = "alleged"
    changed = with_tables(events=events)
    source_id = next(iter(TEXTS))
    assert "0 of" in block(charts.timeline(changed.text(source_id)))["title"]


def test_markup_in_a_cell_is_shown_as_text():
    claims = TEXTS["wnd-2001"].claims.copy()
    claims.loc[0, "statement"] = "<script>alert(1)</script>"
    changed = replace(TEXTS["wnd-2001"], tables={**TEXTS["wnd-2001"].tables, "claims": claims})
    html = cards.claims_in_order(changed)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_strip_has_one_box_a_sentence_and_the_tree_every_claim():
    for text in TEXTS.values():
        assert charts.strip(text).count("cb-block") == len(text.sentences)
        tree = charts.chain_tree(text)
        assert all(f'href="#{claim}"' in tree for claim in text.claims["claim_id"])


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
    assert made["data"] == [{**trace, "y": ys} for trace, ys in zip(packed, spelled, strict=True)]
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
    figure, markup = charts.authority(TEXTS["wnd-2001"]), el("p", "<b>")
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
    with pytest.raises(AttributeError, match="the ledger has no table 'no_such'"):
        _ = book.no_such
    control = explore.claims(BOOK)
    assert duplicate(control).select(q="tehran") == control.select(q="tehran")

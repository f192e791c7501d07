"""The grammar of charts, over made-up frames: what is drawn is what the frame has, and the words stand with it."""

import pandas as pd
import pytest

from claimbook.view import grammar, palette
from claimbook.view.markup import plain

WORDS = {"title": "Sales fell", "alt": "Chart. Sales fell.", "source": "our count"}
SALES = pd.DataFrame(
    {"year": [2001, 2002, 2001, 2002], "state": ["Here", "Here", "There", "There"], "sold": [3, 5, 2, 1]}
)
SPANS = pd.DataFrame(
    {
        "what": ["one", "two", "three", "four"],
        "told": ["2001-03-01", "2001-05-01", "2002-01-01", "2002-02-01"],
        "recorded": ["2001-04-01", "2001-05-03", "2002-01-09", "2003-02-01"],
        "mode": ["happened", "alleged", "happened", "planned"],
    }
)
EDGES = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "inferred": [True, False]})
NODES = pd.DataFrame({"verb": ["sold", "sent", "sold"], "day": ["1 May", "2 May", "3 May"]}, index=["a", "b", "c"])


def spans(frame, **words):
    return grammar.intervals(frame, x_start="told", x_end="recorded", y="what", color="mode", **words)


FORMS = {
    "bars": (SALES, lambda f, **w: grammar.bars(f, x="sold", y="state", color="year", **w)),
    "lines": (SALES, lambda f, **w: grammar.lines(f, x="year", y="sold", color="state", **w)),
    "dots": (SALES, lambda f, **w: grammar.dots(f, x="year", y="state", color="state", **w)),
    "matrix": (SALES, lambda f, **w: grammar.matrix(f, x="year", y="state", color="state", text="sold", **w)),
    "intervals": (SPANS, spans),
    "dumbbells": (SPANS, lambda f, **w: grammar.dumbbells(f, x_start="told", x_end="recorded", y="what", **w)),
    "strip": (SPANS, lambda f, **w: grammar.strip(f, x="told", y="mode", color="mode", **w)),
    "squares": (SALES, lambda f, **w: grammar.squares(f, x="state", y="year", color="state", **w)),
    "genealogy": (NODES, lambda f, **w: grammar.genealogy(f, EDGES, x="verb", y="day", **w)),
}
MORE = {
    "year": 2003,
    "state": "There",
    "sold": 4,
    "what": "five",
    "told": "2002-05-01",
    "recorded": "2002-06-01",
    "mode": "alleged",
    "verb": "sent",
    "day": "4 May",
}


def meta(figure):
    return figure.layout.meta["claimbook"]


def marks(figure):
    """Return the marks of a figure that is no line alone, by the name of their trace."""
    drawn = [trace for trace in figure.data if trace.type == "bar" or "markers" in trace.mode]
    return {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in drawn}


@pytest.fixture(params=FORMS, ids=list(FORMS))
def form(request):
    frame, draw = FORMS[request.param]
    return lambda more=(), **words: draw(pd.concat([frame, *more]), **words)


def test_every_form_has_its_words_and_its_table(form):
    said = meta(form(**WORDS, note="n = 4 sales.", id="sales"))
    assert (said["id"], said["title"], said["alt"]) == ("sales", WORDS["title"], WORDS["alt"])
    assert (said["source"], said["caption"]) == (WORDS["source"], "n = 4 sales.")
    assert said["rows"]


def test_every_form_refuses_a_title_of_more_than_twelve_words(form):
    with pytest.raises(ValueError, match=r"title: .*must have at most 12 words"):
        form(**{**WORDS, "title": "one two three four five six seven eight nine ten eleven twelve thirteen"})
    assert meta(form(**{**WORDS, "title": "one two three four five six seven eight nine ten eleven twelve"}))


@pytest.mark.parametrize("lacking", ["title", "alt", "source"])
def test_every_form_refuses_to_say_nothing(form, lacking):
    with pytest.raises(ValueError, match=f"{lacking}: empty"):
        form(**{**WORDS, lacking: " "})


def test_every_form_holds_plain_cells_and_colours_of_the_palette(form):
    known = {value for name, value in vars(palette).items() if isinstance(value, str) and value.startswith("#")}
    known |= set(palette.SERIES)
    for colours in (palette.VERDICT_COLOURS, palette.MODE_COLOURS, palette.WEIGHT_COLOURS):
        known |= set(colours.values())
    figure = form(**WORDS)
    for trace in figure.data:
        cells = [*trace.x, *trace.y]
        assert all(cell is None or type(cell) in (str, int, float) for cell in cells), trace
        colours = {trace.marker.color, None if trace.type == "bar" else trace.line.color} - {None}
        assert colours <= known, trace


def test_no_name_is_cut(form):
    long = "a very long name of a state that no axis of a phone could ever show on a single line of text"
    figure = grammar.bars(SALES.replace("Here", long), x="sold", y="state", **WORDS)
    assert " ".join(figure.layout.yaxis.ticktext[0].split("<br>")) == long
    assert "…" not in str(form(**WORDS).layout.yaxis.ticktext)


@pytest.mark.parametrize("name", FORMS)
def test_a_frame_without_rows_is_said_to_have_nothing_to_draw(name):
    frame, draw = FORMS[name]
    assert plain(draw(frame[:0], **WORDS)) == "No chart: there is nothing to draw."


@pytest.mark.parametrize("name", ["bars", "lines", "dots", "matrix", "strip"])
def test_a_column_that_is_not_there_is_named(name):
    with pytest.raises(ValueError, match="bought: no such column among year, state, sold"):
        getattr(grammar, name)(SALES, x="year", y="bought", **WORDS)


def test_bars_are_what_the_frame_has():
    figure = FORMS["bars"][1](SALES, **WORDS)
    assert marks(figure) == {"2001": [(3, "Here"), (2, "There")], "2002": [(5, "Here"), (1, "There")]}
    assert meta(figure)["columns"] == ["state", "sold", "year"]
    assert meta(figure)["rows"][0] == ["Here", 3, 2001]


def test_one_row_more_is_one_mark_more(form):
    def number(figure):
        return sum(len(points) for points in marks(figure).values())

    row = pd.DataFrame(MORE, index=["d"])
    assert number(form([row], **WORDS)) > number(form(**WORDS))


def test_lines_are_labelled_at_their_ends_and_labels_lie_apart():
    near = SALES.assign(sold=[3.0, 5.0, 2.0, 5.01])
    figure = grammar.lines(near, x="year", y="sold", color="state", **WORDS)
    ends = {trace.text[0]: trace for trace in figure.data if trace.mode == "text"}
    assert set(ends) == {"Here", "There"}
    assert not figure.layout.showlegend
    heights = sorted(trace.y[0] for trace in ends.values())
    assert (heights[1] - heights[0]) * grammar.TALL / 3.01 >= grammar.LABEL - 0.01


def test_a_line_may_have_a_band_where_both_ends_are_known():
    banded = SALES.assign(low=[2.0, None, 1.0, 0.5], high=[4.0, 6.0, 3.0, 1.5])
    figure = grammar.lines(banded, x="year", y="sold", color="state", low="low", high="high", **WORDS)
    bands = {trace.name: list(trace.y) for trace in figure.data if trace.fill}
    assert bands == {"Here, band": [4.0, 2.0], "There, band": [3.0, 1.5, 0.5, 1.0]}
    with pytest.raises(ValueError, match="both ends of a band"):
        grammar.lines(banded, x="year", y="sold", low="low", **WORDS)


def test_marks_stand_upright_with_their_words():
    figure = FORMS["lines"][1](SALES, **WORDS, marks={2001.5: "the text"})
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(2001.5, 2001.5)]
    assert "the text" in [label.text for label in figure.layout.annotations]


@pytest.mark.parametrize(("place", "drawn"), [(2002.04, True), (2003, False), (1990, False)])
def test_a_mark_that_the_axis_does_not_reach_is_left_out(place, drawn):
    figure = FORMS["lines"][1](SALES, **WORDS, marks={place: "the text"})
    assert bool(figure.layout.shapes) == drawn


def test_a_seventh_line_and_a_seventh_bar_look_like_none_before_them():
    many = pd.DataFrame({"year": [2001, 2002] * 9, "state": [f"s{n // 2}" for n in range(18)], "sold": range(18)})
    drawn = grammar.lines(many, x="year", y="sold", color="state", **WORDS).data
    looks = [(t.line.color, t.line.dash, t.marker.symbol) for t in drawn if "lines" in t.mode]
    assert len(set(looks)) == len(looks) == 9
    bars = grammar.bars(many, x="sold", y="year", color="state", **WORDS).data
    assert len({(t.marker.color, t.marker.pattern.shape) for t in bars}) == 9


def test_verdicts_have_their_words_and_looks_and_nothing_else_has():
    frame = pd.DataFrame({"text": list("aabb"), "n": [1, 2, 3, 4], "v": ["supported", "contradicted"] * 2})
    bars = grammar.bars(frame, x="n", y="text", color="v", **WORDS)
    assert [trace.name for trace in bars.data] == ["supported", "contradicted"]
    assert [trace.marker.color for trace in bars.data] == [
        palette.VERDICT_COLOURS["supported"],
        palette.VERDICT_COLOURS["contradicted"],
    ]
    squares = grammar.squares(frame, x="text", y="text", color="v", **WORDS)
    assert {trace.name for trace in squares.data} == {"supported", "contradicted"}


def test_dumbbells_show_what_is_told_hollow_and_what_is_recorded_solid():
    figure = FORMS["dumbbells"][1](SPANS, **WORDS)
    told = next(trace for trace in figure.data if trace.name == "told")
    recorded = next(trace for trace in figure.data if trace.name == "recorded")
    assert told.marker.symbol.endswith("-open")
    assert not (recorded.marker.symbol or "circle").endswith("-open")
    assert list(told.x) == SPANS["told"].tolist()
    assert list(recorded.x) == SPANS["recorded"].tolist()


def test_marks_of_a_strip_never_lie_on_one_another():
    crowd = pd.DataFrame({"day": ["2001-01-01"] * 5 + ["2020-01-01"], "text": ["a", "a", "a", "b", "b", "b"]})
    figure = grammar.strip(crowd, x="day", y="text", **WORDS)
    places = [(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(places)) == len(places) == 6


def test_an_upright_of_a_strip_stands_in_its_lane_alone():
    crowd = pd.DataFrame({"day": ["2001-01-01"] * 3 + ["2020-01-01"], "text": ["a", "a", "a", "b"]})
    figure = grammar.strip(crowd, x="day", y="text", lane_marks={"a": "2002-01-01", "z": "2003-01-01"}, **WORDS)
    [upright] = figure.layout.shapes
    assert upright.x0 == upright.x1 == "2002-01-01"
    mine = [y for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True) if x == "2001-01-01"]
    other = [y for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True) if x == "2020-01-01"]
    assert all(upright.y0 < y < upright.y1 for y in mine)
    assert not any(upright.y0 < y < upright.y1 for y in other)
    assert not figure.layout.annotations
    assert not grammar.strip(crowd, x="day", y="text", **WORDS).layout.shapes


def test_many_marks_above_one_another_make_a_strip_no_taller_than_a_screen():
    crowd = pd.DataFrame({"day": ["2001-01-01"] * 60 + ["2020-01-01"], "text": "a"})
    few, many = (grammar.strip(frame, x="day", y="text", **WORDS) for frame in (crowd.tail(3), crowd))
    assert many.layout.height < 620
    assert many.data[0].marker.size < few.data[0].marker.size


def test_what_stands_across_a_matrix_is_named_above_it_and_whole_and_the_legend_below():
    long = SALES.assign(year="a name of many words that no column has room for")
    figure = FORMS["matrix"][1](long, **WORDS)
    assert figure.layout.xaxis.side == "top"
    assert figure.layout.xaxis.ticktext[0].replace("<br>", " ") == long["year"].iloc[0]
    assert (figure.layout.legend.y, figure.layout.legend.yanchor) == (0, "top")
    assert figure.layout.height > FORMS["matrix"][1](SALES, **WORDS).layout.height


def test_squares_stand_in_their_block_and_lane_without_overlap():
    many = pd.DataFrame({"weight": ["thesis"] * 25 + ["background"] * 3, "text": ["a"] * 14 + ["b"] * 14})
    figure = grammar.squares(many, x="weight", y="text", color="text", across=10, **WORDS)
    places = [(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(places)) == 28
    assert max(x for x, _ in places if x < 12) == 9
    names = {note.text: note.y for note in figure.layout.annotations}
    tops = {trace.name: min(trace.y) for trace in figure.data}
    assert names == {name: top - 1 for name, top in tops.items()}


def test_squares_of_verdicts_are_told_apart_without_colour():
    frame = pd.DataFrame({"weight": "thesis", "text": "a", "v": list(palette.VERDICTS)})
    figure = grammar.squares(frame, x="weight", y="text", color="v", **WORDS)
    assert len({trace.marker.symbol for trace in figure.data}) == len(palette.VERDICTS)


def test_an_arrow_of_a_genealogy_is_dotted_where_it_is_inferred():
    arrows = {trace.name: trace for trace in FORMS["genealogy"][1](NODES, **WORDS).data if trace.mode == "lines"}
    assert {name: trace.line.dash for name, trace in arrows.items()} == {
        "names the earlier one": "solid",
        "descent inferred from shared details": "dot",
    }
    with pytest.raises(KeyError):
        grammar.genealogy(NODES, EDGES.replace("c", "z"), x="verb", y="day", **WORDS)


def test_on_axes_of_logarithms_labels_stand_at_their_lines_and_ticks_at_powers_of_ten():
    grown = pd.DataFrame({"size": [10, 1000] * 2, "time": [0.5, 20, 2, 300], "step": ["load"] * 2 + ["check"] * 2})
    figure = grammar.lines(grown, x="size", y="time", color="step", log_x=True, log_y=True, **WORDS)
    places = {trace.text[0]: (trace.x[0], trace.y[0]) for trace in figure.data if trace.mode == "text"}
    assert places == {"load": (1000, pytest.approx(20)), "check": (1000, pytest.approx(300))}
    assert (list(figure.layout.yaxis.range), figure.layout.yaxis.dtick) == ([-1, 3], 1)
    assert figure.layout.xaxis.dtick == 1


def test_a_panel_bears_the_name_of_what_it_shows():
    for form, more in ((grammar.lines, {}), (grammar.bars, {"orientation": "v"})):
        figure = form(SALES, x="year", y="sold", facet_row="state", **more, **WORDS)
        assert {note.text for note in figure.layout.annotations} == set(SALES["state"])


def test_a_line_within_a_column_bends_past_the_marks_between_its_ends():
    nodes = pd.DataFrame({"kind": ["told"] * 3, "row": ["one", "two", "three"]}, index=["a", "b", "c"])
    edges = pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "inferred": [False, False]})
    [line] = [
        trace for trace in grammar.genealogy(nodes, edges, x="kind", y="row", **WORDS).data if trace.mode == "lines"
    ]
    near, far = ([], [])
    for x, y in zip(line.x, line.y, strict=True):
        (far if near and near[-1][1] is None else near).append((x, y))
    assert near[:-1] == [(0, 0), (0, 1)]
    assert far[0] == (0, 0)
    assert far[1][0] < 0
    assert far[2] == (0, 2)


def test_each_panel_of_a_small_multiple_has_its_value_above_it():
    frame = pd.DataFrame({"year": [2001, 2001], "sold": [1, 2], "what": ["orders", "deliveries"]})
    figure = grammar.bars(frame, x="year", y="sold", facet_row="what", orientation="v", **WORDS)
    tops = {axis.domain[1] for axis in figure.select_yaxes()}
    heads = {head.text: head for head in figure.layout.annotations}
    assert heads.keys() == {"orders", "deliveries"}
    assert {head.y for head in heads.values()} == tops
    assert {head.textangle for head in heads.values()} == {0}


def test_names_across_the_top_keep_the_legend_below():
    figure = FORMS["genealogy"][1](NODES, **WORDS)
    assert figure.layout.xaxis.side == "top"
    assert (figure.layout.legend.y, figure.layout.legend.yanchor) == (0, "top")


def test_an_axis_of_yes_and_no_and_one_of_verdicts_is_named_in_words():
    flags = pd.DataFrame({"hedged": [True, False], "verdict": ["not_established", "supported"], "n": [3, 5]})
    assert list(grammar.bars(flags, x="n", y="hedged", **WORDS).layout.yaxis.ticktext) == ["yes", "no"]
    assert list(grammar.bars(flags, x="n", y="verdict", **WORDS).layout.yaxis.ticktext) == [
        "not established",
        "supported",
    ]


def test_what_is_no_frame_or_names_no_axis_is_refused_with_the_way_out():
    with pytest.raises(TypeError, match=r"Series: must be a frame of pandas; reset_index\(\)"):
        grammar.bars(SALES.groupby("state")["sold"].sum(), x="sold", y="state", **WORDS)
    with pytest.raises(TypeError, match="colour: is called color"):
        grammar.bars(SALES, x="sold", y="state", colour="year", **WORDS)
    with pytest.raises(ValueError, match="y: name a column for each axis, of year, state, sold"):
        grammar.bars(SALES, x="sold", **WORDS)
    with pytest.raises(ValueError, match="x, y: name a column"):
        grammar.lines(SALES, **WORDS)


def test_a_strip_names_the_column_whose_days_are_missing():
    days = pd.DataFrame({"day": ["2001-01-01", "", "../2007-06-11"], "text": ["a", "b", "c"]})
    with pytest.raises(ValueError, match=r"day: 2 of 3 rows have no day, YYYY-MM-DD"):
        grammar.strip(days, x="day", y="text", **WORDS)

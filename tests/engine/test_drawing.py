"""Pictures of charts: what they show, in what, and what they refuse."""

import itertools
import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from claimbook.view import drawing, palette, plot_area, widths

BARS = {"type": "bar", "orientation": "h", "y": ["one", "two"], "x": [10, 40], "marker": {"color": palette.ACCENT}}
POINTS = {"type": "scatter", "mode": "markers", "x": [0, 10, 40], "y": [1, 1, 1], "marker": {"symbol": "square"}}


def figure(*traces, **layout):
    return {"data": list(traces), "layout": layout}


def picture(*traces, width=760, **layout):
    return drawing.draw(figure(*traces, **layout), width, name="test", alt="What it says.")


def svg(drawn):
    return BeautifulSoup(drawn.svg, "html.parser").svg


def paths(drawn, colour=palette.ACCENT):
    """Return the numbers of each part of the paths in one colour: where it begins, and its first steps."""
    found = [p["d"] for p in svg(drawn)("path") if palette.css(colour)[0] in (p.get("fill"), p.get("stroke"))]
    return [[float(n) for n in re.findall(r"-?[\d.]+", part)] for d in found for part in d.split("M")[1:]]


def words(drawn):
    return [text.get_text() for text in svg(drawn)("text")]


def test_a_bar_is_as_long_as_its_value():
    (x1, _, wide1, *_), (x2, _, wide2, *_) = paths(picture(BARS))
    assert x1 == x2
    assert wide2 == pytest.approx(4 * wide1, abs=1)


def test_a_point_lies_where_its_value_is():
    (a, *_), (b, *_), (c, *_) = paths(picture(POINTS))
    assert c - a == pytest.approx(4 * (b - a), abs=1.5)


@pytest.mark.parametrize(
    ("kind", "values"),
    [("log", [1, 100, 10000]), ("date", ["2000-01-01", "2002-01-01", "2004-01-01"]), ("linear", [-5, 0, 5])],
)
def test_equal_steps_are_equally_long(kind, values):
    trace = POINTS | {"x": values}
    (a, *_), (b, *_), (c, *_) = paths(picture(trace, xaxis={"type": kind}))
    assert c - b == pytest.approx(b - a, abs=1)


def test_stacked_bars_stand_one_on_the_other_and_grouped_ones_side_by_side():
    other = BARS | {"marker": {"color": palette.SERIES[1]}, "x": [5, 5]}
    for mode, beside in (("stack", False), ("group", True)):
        drawn = picture(BARS, other, barmode=mode)
        first, second = paths(drawn)[0], paths(drawn, palette.SERIES[1])[0]
        assert (first[0] == second[0]) == beside
        assert (first[1] == second[1]) != beside
        if not beside:
            assert second[0] == pytest.approx(first[0] + first[2], abs=1)


@pytest.mark.parametrize("width", drawing.WIDTHS.values())
def test_long_labels_are_whole_and_within_the_picture(width):
    name = "Unnamed official of a foreign ministry who was asked on the telephone, twice, about deliveries"
    drawn = picture(BARS | {"y": [name, "two"]}, width=width, annotations=[{"x": 40, "y": 1, "text": name}])
    joined = " ".join(words(drawn))
    assert joined.count(name) == 2
    assert "…" not in joined
    for text in svg(drawn)("text"):
        wide = widths.width(text.get_text(), float(text.get("font-size", drawing.SIZE)))
        before = {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
        if "transform" not in text.attrs:
            assert float(text["x"]) - before >= 0
            assert float(text["x"]) - before + wide <= width
    rows = sorted(float(t["y"]) for t in svg(drawn)("text") if t.get("text-anchor") == "end")
    assert min(b - a for a, b in itertools.pairwise(rows)) >= drawing.SIZE


@pytest.mark.parametrize("width", drawing.WIDTHS.values())
def test_words_at_the_head_of_an_upright_stand_within_the_picture(width):
    head = {"x": 10, "yref": "paper", "y": 1, "yanchor": "bottom", "text": "the day", "showarrow": False}
    drawn = picture(POINTS, width=width, annotations=[head])
    [text] = [text for text in svg(drawn)("text") if text.get_text() == "the day"]
    assert float(text["y"]) > plot_area.SIZE - 2


def test_labels_along_an_axis_do_not_touch():
    drawn = picture(POINTS | {"x": [1_000_000, 2_000_000, 9_000_000]}, width=350)
    ticks = [t for t in svg(drawn)("text") if t.get("text-anchor") == "middle"]
    spans = [(float(t["x"]), widths.width(t.get_text(), drawing.SIZE) / 2) for t in ticks]
    assert len(spans) > 2
    assert all(a + half < b - other for (a, half), (b, other) in itertools.pairwise(spans))


def test_it_says_what_it_shows_to_who_does_not_see_it():
    root = svg(picture(BARS))
    assert (root["role"], root["aria-label"]) == ("img", "What it says.")
    assert root["viewbox"].split() == ["0", "0", root["width"], root["height"]]


def test_colours_are_those_of_the_page():
    drawn = picture(BARS, POINTS | {"marker": {"color": "rgba(29, 75, 184, 0.5)"}})
    assert not re.search(r"#[0-9a-f]{3}|rgb", drawn.svg)
    assert set(re.findall(r"var\((--cb-[\w-]+)\)", drawn.svg)) <= {f"--cb-{token}" for token in palette.TOKENS}


@pytest.mark.parametrize(
    ("trace", "layout", "said"),
    [
        (BARS | {"marker": {"color": "#123456"}}, {}, "figure test: colour #123456 is no token.* ink, ink-2"),
        ({"type": "pie", "values": [1]}, {}, "figure test: a trace of type pie: can draw bar and scatter"),
        (POINTS | {"error_x": {"array": [1, 1, 1]}}, {}, "figure test: .*error_x"),
        (POINTS | {"marker": {"symbol": "asterisk-open"}}, {}, "a mark asterisk: can draw circle"),
        (POINTS | {"fill": "tozeroy"}, {}, "fill tozeroy"),
        (BARS | {"marker": {"pattern": {"shape": "?"}}}, {}, r"a filling \?"),
        (POINTS, {"sliders": [{}]}, "sliders"),
        (POINTS, {"xaxis": {"domain": [0, 0.5]}}, "side by side"),
        (POINTS, {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}, "shape of type circle"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(trace, layout, said):
    with pytest.raises(plot_area.NotDrawnError, match=said):
        picture(trace, **layout)


def test_plotly_gets_the_same_plot_area():
    drawn = picture(BARS, xaxis={"title": {"text": "claims"}})
    margin, wide = drawn.layout["margin"], drawn.layout["width"]
    low, high = drawn.layout["xaxis"]["range"]
    first = paths(drawn)[0]
    assert not margin["autoexpand"]
    assert first[0] == pytest.approx(
        margin["l"] + (0 - low) / (high - low) * (wide - margin["l"] - margin["r"]), abs=0.1
    )
    assert drawn.layout["yaxis"]["range"] == [1.5, -0.5] or drawn.layout["yaxis"]["range"] == [-0.5, 1.5]
    assert [text for text in drawn.layout["xaxis"]["ticktext"] if text not in words(drawn)] == []


def test_the_same_figure_has_the_same_bytes_without_fonts():
    code = (
        "from claimbook.view import drawing\n"
        f"print(drawing.draw({figure(BARS, POINTS)!r}, 350, name='test', alt='What it says.').svg)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": "", "FONTCONFIG_PATH": "/nowhere", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    expected = drawing.draw(figure(BARS, POINTS), 350, name="test", alt="What it says.").svg
    assert found.stdout.decode().strip() == expected


def places(drawn):
    """Return where each text of a picture stands, by its words: x, y, where it is held, and whether it is turned."""
    return {
        text.get_text(): (
            float(text["x"]),
            float(text["y"]),
            text.get("text-anchor"),
            "rotate" in text.get("transform", ""),
        )
        for text in svg(drawn)("text")
    }


def test_turned_words_of_an_upper_axis_begin_at_it_and_those_of_a_lower_one_end_there():
    across = {"type": "category", "categoryarray": [name := "a name of many words that no column has room for", "two"]}
    trace = {"type": "scatter", "mode": "markers", "x": [name, "two"], "y": [1, 2], "marker": {"color": palette.ACCENT}}
    for side, held in (("top", "start"), ("bottom", "end")):
        drawn = picture(trace, width=350, xaxis=across | {"side": side}, height=400)
        _, y, anchor, turned = places(drawn)[name]
        assert (anchor, turned) == (held, True)
        marks = [part[1] for part in paths(drawn)]
        assert (y < min(marks)) if side == "top" else (y > max(marks))


def test_words_over_the_plot_area_stay_within_the_picture_however_high():
    notes = [
        {
            "x": 10 * n,
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "yshift": 15 * n,
            "text": f"text {n}",
            "showarrow": False,
        }
        for n in range(4)
    ]
    found = places(picture(POINTS, annotations=notes))
    assert all(found[f"text {n}"][1] > 8 for n in range(4))
    assert sorted(found[f"text {n}"][1] for n in range(4)) == [found[f"text {n}"][1] for n in (3, 2, 1, 0)]

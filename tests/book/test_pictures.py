"""The pictures of the charts: each shows what its chart shows, in the colours of the page, with its words whole."""

import datetime
import json
import math
import re

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from notebooks import toc_pages

from claimbook.view import palette, widths
from claimbook.view.drawing import WIDTHS
from claimbook.view.marks import STROKES
from claimbook.view.plot_area import SIZE, unpacked

NUMBER = re.compile(r"-?[\d.]+")


@pytest.fixture(scope="module")
def charts(book):
    """Return of each chart of the book its figure, as the page's script has it, and its pictures."""
    found = {}
    for page in toc_pages():
        html = (book / f"{page}.html").read_text(encoding="utf-8")
        soup = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer(class_="cb-plot"))
        if plots := soup.select(".cb-plot"):
            script = (book / "charts" / f"{page}.js").read_text(encoding="utf-8")
            figures = json.loads(re.fullmatch(r"window\.claimbookFigures=(.*);\n", script)[1])
            for plot in plots:
                name = plot["data-chart"]
                found[name] = figures[name], plot.find_all("svg", recursive=False)
    assert len(found) > 20
    return found


def each(charts):
    """Yield name, figure, layout, width and picture of each picture."""
    for name, (figure, pictures) in charts.items():
        assert len(pictures) == len(figure["layouts"]) == len(WIDTHS), name
        for layout, width, picture in zip(figure["layouts"], WIDTHS.values(), pictures, strict=True):
            yield name, figure, layout, width, picture


class Along:
    """Where Plotly puts values along an axis, by its layout alone."""

    def __init__(self, key, figure, layout):
        name = f"{key[0]}axis{key[1:]}"
        self.axis, margin = layout[name], layout["margin"]
        whole = {"x": layout["width"] - margin["l"] - margin["r"], "y": layout["height"] - margin["t"] - margin["b"]}
        low, high = figure["layout"].get(name, {}).get("domain", (0, 1)) if key[0] == "y" else (0, 1)
        tall, first = whole[key[0]], margin["l" if key[0] == "x" else "t"]
        self.start, self.end = (
            (first + tall * low, first + tall * high)
            if key[0] == "x"
            else (first + tall * (1 - low), first + tall * (1 - high))
        )

    def number(self, value):
        kind = self.axis["type"]
        if kind == "category":
            return self.axis["categoryarray"].index(value)
        if kind == "date":
            return datetime.datetime.fromisoformat(value).timestamp()
        return math.log10(value) if kind == "log" else value

    def at(self, value):
        ends = self.axis["range"]
        low, high = map(self.number, ends) if self.axis["type"] == "date" else ends
        return self.start + (self.number(value) - low) / (high - low) * (self.end - self.start)


def parts(paths):
    """Return the numbers of each part of some paths."""
    return [list(map(float, NUMBER.findall(p))) for path in paths for p in path["d"].split("M")[1:]]


def values(trace):
    xs, ys = unpacked(trace.get("x")), unpacked(trace.get("y"))
    return list(zip(xs, ys, strict=True))


def traces(charts):
    """Yield name, number, trace, its two axes and the picture of each trace of each picture."""
    for name, figure, layout, _, picture in each(charts):
        for n, trace in enumerate(figure["data"]):
            axes = [Along(trace.get(f"{letter}axis", letter), figure, layout) for letter in "xy"]
            yield name, n, trace, axes, picture


def test_each_bar_is_drawn_as_long_as_its_value(charts):
    bars = 0
    for name, n, trace, (x, y), picture in traces(charts):
        if trace["type"] != "bar":
            continue
        level = trace.get("orientation") == "h"
        axis = x if level else y
        told = [pair[0 if level else 1] for pair in values(trace)]
        lengths = [abs(axis.at(value) - axis.at(0)) for value in told if value]
        drawn = parts(picture.select(f'[data-trace="{n}"] path'))
        # A thick line has its length third, a box its width third and its height fourth.
        found = [abs(part[2] if len(part) == 3 or level else part[3]) for part in drawn]
        assert found == pytest.approx(lengths, abs=1), (name, n)
        bars += len(found)
    assert bars


def test_each_mark_is_drawn_where_its_values_are(charts):
    marks = 0
    for name, n, trace, (x, y), picture in traces(charts):
        marker = trace.get("marker", {})
        if trace["type"] == "bar" or "markers" not in trace.get("mode", "") or marker.get("angleref"):
            continue
        places = [(x.at(a), y.at(b)) for a, b in values(trace) if None not in (a, b)]
        line = "lines" in trace["mode"] and trace.get("line", {}).get("width", 2)
        paths = picture.select(f'[data-trace="{n}"] path')[1 if line else 0 :]
        symbols, sizes = (marker.get(key) for key in ("symbol", "size"))
        dots = "dot" in str(symbols) or any(s in str(symbols) for s in STROKES)
        starts = [part[:2] for part in parts(paths)]
        assert len(starts) == len(places) or dots, (name, n)
        room = max(sizes) if isinstance(sizes, list) else sizes or 6
        for at in places:
            near = min(math.dist(at, start) for start in starts)
            assert near <= room + 1, (name, n, at)
        marks += len(places)
    assert marks


def test_each_line_has_all_its_points(charts):
    lines = 0
    for name, n, trace, (x, y), picture in traces(charts):
        line = trace.get("line", {})
        if "lines" not in trace.get("mode", "") or line.get("shape") == "spline" or not line.get("width", 2):
            continue
        numbers = [number for a, b in values(trace) if None not in (a, b) for number in (x.at(a), y.at(b))]
        path = picture.select_one(f'[data-trace="{n}"] path')
        assert list(map(float, NUMBER.findall(path["d"]))) == pytest.approx(numbers, abs=1), (name, n)
        lines += 1
    assert lines


def test_colours_are_tokens_and_words_are_said(charts):
    tokens = {f"var(--cb-{token})" for token in palette.TOKENS}
    for name, figure, _, width, picture in each(charts):
        html = str(picture)
        assert {*re.findall(r"var\([^)]*\)", html)} <= tokens, name
        assert not re.search(r"(?:fill|stroke)=\"(?!var\(|none|url\(#)", html), name
        assert not re.search(r"\"(?:#[0-9a-fA-F]{3,8}|rgba?\(.*?)\"", json.dumps(figure)), name
        assert picture["role"] == ("group" if picture.find("a") else "img"), name
        assert len(picture["aria-label"]) > 20, name
        assert picture["viewbox"] == f"0 0 {width} {picture['height']}"


def test_words_are_whole_and_end_within_the_picture(charts):
    for name, figure, layout, width, picture in each(charts):
        said = " ".join(text.get_text() for text in picture("text"))
        assert "…" not in said, name
        for note in figure["layout"].get("annotations", ()):
            words = re.sub("<[^>]*>", "", note["text"].replace("<br>", " "))
            assert " ".join(words.split()) in said, name
        for text in picture("text"):
            size = float(text.get("font-size", SIZE))
            assert size >= SIZE
            if text.get("transform"):
                continue
            wide = widths.width(text.get_text(), size)
            left = float(text["x"]) - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
            assert left > -1, (name, text)
            assert left + wide < width + 1, (name, text)
            assert 0 < float(text["y"]) < layout["height"], (name, text)

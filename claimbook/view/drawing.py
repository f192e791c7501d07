"""Charts as pictures: a figure of Plotly as SVG, made without a browser, and the layout that lets Plotly draw over it.

One layout serves axes, marks, labels and legend. It depends on the figure and the width alone: text is measured by
:mod:`claimbook.view.widths`, colours are the custom properties of the page. What a picture cannot show as Plotly
would is refused, so that no picture says something else than its chart.
"""

import itertools
import math
from dataclasses import dataclass

from claimbook.view import palette
from claimbook.view.marks import (
    PATTERNS,
    POLYGONS,
    STROKES,
    box_path,
    crossing,
    dashes,
    direction,
    line_path,
    short,
    spline_path,
)
from claimbook.view.markup import Html, el, join
from claimbook.view.plot_area import EDGE, LINE, ROW, SIZE, SWATCH, TICK, Bar, PlotArea, mode_of, one, unpacked
from claimbook.view.scales import Axis
from claimbook.view.widths import width

WIDTHS = {"wide": 760, "narrow": 350}
"""The two widths in which a figure is drawn; between them text would be too small or too large."""

INK, QUIET, GRID = "var(--cb-ink)", "var(--cb-ink-2)", "var(--cb-rule)"


@dataclass(frozen=True)
class Drawing:
    """A figure as a picture.

    Attributes
    ----------
    svg : str
        The picture, with its text alternative.
    width, height : float
        Its size in pixels.
    layout : dict
        What of the layout of Plotly has to be as given here, so that it draws over the same plot area.
    """

    svg: str
    width: float
    height: float
    layout: dict


def draw(figure: dict, across: float, *, name: str, alt: str, links=()) -> Drawing:
    """Draw a figure.

    Parameters
    ----------
    figure : dict
        A figure of Plotly as its plain JSON: ``data`` and ``layout``.
    across : float
        The width in pixels.
    name : str
        What the figure is called in messages and, within the page, the names of its fillings.
    alt : str
        Text alternative.
    links : list of dict, optional
        Parts of the picture that lead somewhere, as :mod:`claimbook.view.mime` has them.

    Returns
    -------
    Drawing

    Raises
    ------
    NotDrawnError
        If the figure has a trace, an attribute or a colour that cannot be drawn.

    Examples
    --------
    >>> bars = {"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], "layout": {}}
    >>> draw(bars, 350, name="bars", alt="Two bars.").height
    389.0
    """
    return _Picture(figure, across, name).drawing(alt, links)


class _Picture(PlotArea):
    """A figure while it is drawn, a part after the other."""

    @staticmethod
    def haloed(words) -> Html:
        """Keep what crosses words from running through their letters."""
        return el("g", words, stroke="var(--cb-paper)", stroke_width=3, stroke_linejoin="round", paint_order="stroke")

    def text(self, x, y, lines, *, size=SIZE, anchor=None, middle=0.35, turn=None, fill=None) -> Html:
        """Write lines, of which the first has its middle at `y` or what `middle` says of its height."""
        y += middle * size
        return join(
            el(
                "text",
                line,
                x=short(x),
                y=short(y + n * LINE),
                font_size=None if size == SIZE else short(size),
                text_anchor=anchor,
                transform=None if turn is None else f"rotate({turn} {short(x)} {short(y - middle * size)})",
                fill=fill,
            )
            for n, line in enumerate(lines)
        )

    # Drawing ------------------------------------------------------------------------------------

    def drawing(self, alt: str, links=()) -> Drawing:
        """Return the picture, and what Plotly has to know of it."""
        under = [shape for shape in self.layout.get("shapes") or () if shape.get("layer") == "below"]
        over = [shape for shape in self.layout.get("shapes") or () if shape.get("layer") != "below"]
        parts = [self.frame(), map(self.shape, under)]
        bars = [n for n, trace in enumerate(self.traces) if trace.get("type") == "bar"]
        parts += [el("g", self.bar_marks(n), data_trace=n) for n in bars]
        parts += [el("g", self.scatter(n), data_trace=n) for n in range(len(self.traces)) if n not in bars]
        parts += [map(self.shape, over), map(self.annotation, self.notes), self.key()]
        parts += [map(self.link, links)]
        body = join(parts)
        fillings = [self.filling(shape, colour, at) for (shape, colour), at in self.patterns.items()]
        svg = el(
            "svg",
            el("defs", fillings) if fillings else None,
            body,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {short(self.across)} {short(self.height)}",
            width=short(self.across),
            height=short(self.height),
            # What is within an image is no link for whoever hears it.
            role="group" if links or any(note["href"] for note in self.notes) else "img",
            aria_label=alt,
            font_size=SIZE,
            fill=INK,
        )
        return Drawing(str(svg), self.across, self.height, self.plotly())

    def frame(self) -> Html:
        """Draw grid, zero lines, ticks and titles of the axes."""
        lines, zeros, words = [], [], []
        for axis in self.axes.values():
            if axis.conf.get("visible") is False:
                continue
            level = axis.key[0] == "x"
            spans = self.spans(axis)
            edge = self.floor(axis) if level else self.left
            upper = axis.conf.get("side") == "top"
            for number, label in axis.ticks:
                at = axis.place(number)
                if axis.kind != "category" and axis.conf.get("showgrid", True):
                    lines += [crossing(level, at, *span) for span in spans]
                words.append(self.tick(axis, at, edge, label, upper))
            zero = axis.number(0) if axis.kind == "linear" and axis.conf.get("zeroline") is not False else None
            if zero is not None and min(axis.low, axis.high) <= zero <= max(axis.low, axis.high):
                at = axis.place(zero)
                zeros += [crossing(level, at, *span) for span in spans]
            if axis.title and level:
                at = edge + (EDGE - self.along(axis) + LINE / 2 if upper else self.along(axis) - EDGE - LINE / 2)
                first = at if upper else at - (len(axis.title) - 1) * LINE
                words.append(self.text((axis.start + axis.end) / 2, first, axis.title, anchor="middle"))
            elif axis.title:
                middle = (axis.start + axis.end) / 2
                words.append(
                    join(
                        self.text(EDGE + LINE / 2 + n * LINE, middle, [line], anchor="middle", turn=-90)
                        for n, line in enumerate(axis.title)
                    )
                )
        grid = el("path", d="".join(lines), stroke=GRID) if lines else None
        zero = el("path", d="".join(zeros), stroke="var(--cb-ink-3)") if zeros else None
        return join([grid, zero, el("g", words, fill=QUIET)])

    def spans(self, axis: Axis) -> list[tuple[float, float]]:
        """Return from where to where the lines of an axis go: through each axis that a trace pairs with it."""
        own, other = ("x", "y") if axis.key[0] == "x" else ("y", "x")
        mine = [trace for trace in self.traces if trace.get(f"{own}axis", own) == axis.key]
        paired = dict.fromkeys(trace.get(f"{other}axis", other) for trace in mine)
        return [(self.axes[key].start, self.axes[key].end) for key in paired]

    def tick(self, axis: Axis, at: float, edge: float, label: list[str], upper: bool) -> Html:
        """Write a label of an axis."""
        if axis.key[0] == "y":
            return self.text(self.left - TICK, at - (len(label) - 1) * LINE / 2, label, anchor="end")
        if axis.angle:
            # Turned words end at a lower axis and begin at an upper one, so that none runs into the picture.
            y, anchor = (edge - TICK - EDGE, "start") if upper else (edge + TICK + EDGE, "end")
            return self.text(at, y, label, anchor=anchor, turn=short(axis.angle))
        y = edge - TICK - LINE / 2 - (len(label) - 1) * LINE if upper else edge + TICK + LINE / 2
        return self.text(at, y, label, anchor="middle")

    def look(self, n: int, i: int = 0) -> tuple[str, float]:
        """Return the colour of a mark of a trace, with its opacity."""
        marker = self.traces[n].get("marker") or {}
        line = self.traces[n].get("line") or {}
        colour, clear = self.colour(one(unpacked(marker.get("color")), i, line.get("color") or self.series[n]))
        return colour, clear * one(unpacked(marker.get("opacity")), i, 1) * self.traces[n].get("opacity", 1)

    def bar_marks(self, n: int) -> Html:
        """Draw the bars of a trace, and their labels."""
        trace = self.traces[n]
        level = trace.get("orientation", "v") == "h"
        x, y = self.axes[trace.get("xaxis", "x")], self.axes[trace.get("yaxis", "y")]
        across, along = (y, x) if level else (x, y)
        paths: dict[tuple, list[str]] = {}
        words = []
        for i, bar in enumerate(self.bars[n]):
            sides, ends = (
                (across.place(bar.first), across.place(bar.last)),
                (along.place(bar.base), along.place(bar.end)),
            )
            look = (*self.look(n, i), one(((trace.get("marker") or {}).get("pattern") or {}).get("shape"), i, ""))
            thick, middle = abs(sides[1] - sides[0]), sum(sides) / 2
            if look[2]:
                path = box_path(*ends, *sides) if level else box_path(*sides, *ends)
            else:  # a thick line has fewer numbers than a box, and hundreds of bars weigh on a page
                length = short(ends[1] - ends[0])
                path = (
                    f"M{short(ends[0])} {short(middle)}h{length}"
                    if level
                    else f"M{short(middle)} {short(ends[0])}v{length}"
                )
            paths.setdefault((look, short(thick)), []).append(path)
            if bar.label:
                words.append(self.bar_label(trace, bar, ends, middle, level))
        return join([[self.area(*look, "".join(path)) for look, path in paths.items()], words])

    def bar_label(self, trace: dict, bar: Bar, ends: tuple[float, float], middle: float, level: bool) -> Html | None:
        """Write the label of a bar: beyond its end, or within where it fits."""
        wide, outside = width(bar.label, SIZE), trace.get("textposition", "auto") == "outside"
        if not outside and abs(ends[1] - ends[0]) < (wide if level else LINE) + 2 * EDGE:
            return None
        if not outside:
            centre = sum(ends) / 2
            x, y = (centre, middle) if level else (middle, centre)
            return self.text(x, y, [bar.label], anchor="middle", fill="var(--cb-paper)")
        beyond = EDGE if (ends[1] >= ends[0]) == level else -EDGE
        if level:
            return self.text(ends[1] + beyond, middle, [bar.label], anchor=None if beyond > 0 else "end")
        return self.text(middle, ends[1] + (beyond + math.copysign(LINE / 2, beyond)), [bar.label], anchor="middle")

    def area(self, look: tuple[str, float, str], thick: str, path: str) -> Html:
        """Draw bars in one look: colour, opacity and filling; boxes where they are filled, thick lines where not."""
        colour, clear, shape = look
        if shape and shape not in PATTERNS:
            self.fail(f"a filling {shape}: can draw {' '.join(PATTERNS)}")
        faint = {"opacity": None if clear == 1 else short(clear, 2)}
        if not shape:
            return el("path", d=path, stroke=colour, stroke_width=thick, **faint)
        at = self.patterns.setdefault((shape, colour), f"{self.name}-{short(self.across)}-{len(self.patterns)}")
        return el("path", d=path, fill=f"url(#{at})", stroke=colour, **faint)

    @staticmethod
    def filling(shape: str, colour: str, name: str) -> Html:
        """Return the filling of areas by a pattern."""
        dots = {"stroke_width": 3, "stroke_linecap": "round"} if shape == "." else {"stroke_width": 1.5}
        path = el("path", d=PATTERNS[shape], stroke=colour, fill="none", **dots)
        return el("pattern", path, id=name, width=8, height=8, patternUnits="userSpaceOnUse")

    def scatter(self, n: int) -> Html:
        """Draw the line, the marks and the labels of a trace."""
        trace, mode = self.traces[n], mode_of(self.traces[n])
        x, y = self.axes[trace.get("xaxis", "x")], self.axes[trace.get("yaxis", "y")]
        xs, ys = self.columns[n]
        places = [(x.at(a), y.at(b)) for a, b in zip(xs, ys, strict=True)]
        parts = []
        line = trace.get("line") or {}
        if trace.get("fill") == "toself":
            colour, clear = self.colour(trace.get("fillcolor") or line.get("color") or self.series[n])
            clear = clear if trace.get("fillcolor") else clear / 2
            parts.append(el("path", d=f"{line_path(places)}z", fill=colour, opacity=short(clear, 2)))
        if "lines" in mode and line.get("width", 2):
            colour, clear = self.colour(
                line.get("color") or one((trace.get("marker") or {}).get("color"), 0, self.series[n])
            )
            curve = spline_path(places) if line.get("shape") == "spline" else line_path(places)
            parts.append(
                el(
                    "path",
                    d=curve,
                    fill="none",
                    stroke=colour,
                    stroke_width=short(line.get("width", 2)),
                    stroke_dasharray=dashes(line),
                    opacity=None if clear * trace.get("opacity", 1) == 1 else short(clear * trace.get("opacity", 1), 2),
                )
            )
        if "markers" in mode:
            parts.append(self.marks(n, places))
        if "text" in mode:
            words = unpacked(trace.get("text"))
            told = (self.beside_mark(trace, i, *p, one(words, i, "")) for i, p in enumerate(places) if None not in p)
            parts.append(self.haloed(told))
        inside = all(a is None or b is None or (_within(a, x) and _within(b, y)) for a, b in places)
        return join(parts) if inside or trace.get("cliponaxis") is False else self.clipped(x, y, parts)

    @staticmethod
    def clipped(x: Axis, y: Axis, parts: list) -> Html:
        """Show of what is drawn only what lies within the axes."""
        box = (min(x.start, x.end), min(y.start, y.end), x.pixels, y.pixels)
        sides = dict(zip(("x", "y", "width", "height"), map(short, box), strict=True))
        return el("svg", parts, **sides, viewBox=" ".join(map(short, box)))

    def beside_mark(self, trace: dict, i: int, x: float, y: float, words: str) -> Html:
        """Write the label of a mark at the side where it is to stand."""
        upright, _, level = one(trace.get("textposition"), i, "middle center").partition(" ")
        away = max(one(unpacked((trace.get("marker") or {}).get("size")), i, 6) / 2, 3) + EDGE
        lines = str(words).split("<br>")
        y += {"top": -away - LINE / 2, "bottom": away + LINE / 2}.get(upright, 0)
        x += {"left": -away, "right": away}.get(level, 0)
        anchor = {"left": "end", "right": None}.get(level, "middle")
        return self.text(x, y - (len(lines) - 1) * LINE / 2, lines, anchor=anchor)

    def marks(self, n: int, places: list, size: float | None = None) -> Html:
        """Draw marks of a trace, all that look alike in one path."""
        marker = self.traces[n].get("marker") or {}
        border = marker.get("line") or {}
        groups: dict[tuple, list[str]] = {}
        for i, (x, y) in enumerate(places):
            symbol, r = one(marker.get("symbol"), i, "circle"), (size or one(unpacked(marker.get("size")), i, 6)) / 2
            if x is None or y is None or not r:
                continue
            base, _, _ = str(symbol).partition("-open")
            base = base.removesuffix("-dot")
            turn = direction(places, i) if marker.get("angleref") == "previous" and not size else None
            if turn is not None:
                back = marker.get("standoff", 0)
                x, y = x - back * math.sin(turn), y + back * math.cos(turn)
            look = (base, "-open" in str(symbol), str(symbol).endswith("-dot"), r, *self.look(n, i))
            groups.setdefault(look, []).append(self.mark(base, "-open" in str(symbol), x, y, r, turn or 0.0))
            if str(symbol).endswith("-dot"):
                groups.setdefault(("circle", False, False, 1.5, *look[4:]), []).append(f"M{short(x)} {short(y)}h0")
        made = []
        for (base, hollow, _, r, colour, clear), paths in groups.items():
            look = {"opacity": None if clear == 1 else short(clear, 2)}
            thick = border.get("width") if border.get("width") is not None else 2 if hollow or base in STROKES else 0
            if base == "circle" and not hollow:
                look |= {"stroke": colour, "stroke_width": short(2 * r), "stroke_linecap": "round"}
            elif hollow or base in STROKES:
                look |= {"fill": "none", "stroke": colour, "stroke_width": short(thick or 1)}
            else:
                look |= {"fill": colour}
            made.append(el("path", d="".join(paths), **look))
        return join(made)

    def mark(self, base: str, hollow: bool, x: float, y: float, r: float, turn: float) -> str:
        """Return the path of a mark."""
        if base == "circle":
            if not hollow:
                return f"M{short(x)} {short(y)}h0"
            across, back = short(2 * r), short(-2 * r)
            return (
                f"M{short(x - r)} {short(y)}"
                + "".join(f"a{short(r)} {short(r)} 0 1 0 {by} 0" for by in (across, back))
                + "z"
            )
        if base in STROKES:
            return "".join(
                f"M{short(x + a * r)} {short(y + b * r)}L{short(x + c * r)} {short(y + d * r)}"
                for a, b, c, d in STROKES[base]
            )
        if base not in POLYGONS:
            self.fail(f"a mark {base}: can draw {', '.join(['circle', *POLYGONS, *STROKES])}")
        cos, sin = math.cos(turn), math.sin(turn)
        corners = [(r * (a * cos - b * sin), r * (a * sin + b * cos)) for a, b in POLYGONS[base]]
        # From corner to corner by steps, which are the same for all marks of a kind and so weigh next to nothing.
        steps = (f"{short(c - a)} {short(d - b)}" for (a, b), (c, d) in itertools.pairwise(corners))
        return f"M{short(x + corners[0][0])} {short(y + corners[0][1])}l{' '.join(steps)}z"

    def shape(self, given: dict) -> Html:
        """Draw a line or a box that belongs to no trace."""
        if given.get("type") not in ("line", "rect"):
            self.fail(f"a shape of type {given.get('type')}: can draw line and rect")
        (x0, x1), (y0, y1) = ([self.spot(c, given, f"{c}{n}") for n in (0, 1)] for c in "xy")
        line = given.get("line") or {}
        stroke, _ = self.colour(line.get("color", palette.NEUTRAL))
        fill, clear = self.colour(given["fillcolor"]) if given.get("fillcolor") else ("none", 1.0)
        return el(
            "path",
            d=f"M{short(x0)} {short(y0)}L{short(x1)} {short(y1)}"
            if given["type"] == "line"
            else box_path(x0, x1, y0, y1),
            fill=fill,
            fill_opacity=None if clear == 1 else short(clear, 2),
            stroke=stroke if line.get("width", 2) else None,
            stroke_width=short(line.get("width", 2)),
            stroke_dasharray=dashes(line),
            opacity=given.get("opacity"),
        )

    def link(self, given: dict) -> Html:
        """Lay a link over a part of the picture."""
        (x0, x1), (y0, y1) = (sorted(self.spot(c, given, f"{c}{n}") for n in (0, 1)) for c in "xy")
        sides = {"x": x0, "y": y0, "width": x1 - x0, "height": y1 - y0}
        box = el("rect", fill_opacity=0, **{name: short(side) for name, side in sides.items()})
        return el("a", el("title", given["label"]), box, href=given["href"], aria_label=given["label"])

    def annotation(self, note: dict) -> Html:
        """Write an annotation, with its arrow."""
        given, lines, size = note["given"], note["lines"], note["size"]
        x, y = self.spot("x", given) + given.get("xshift", 0), self.spot("y", given) - note["shift"]
        colour = (given.get("font") or {}).get("color")
        fill = self.colour(colour)[0] if colour else None
        arrow = None
        if note["arrow"]:
            tip, (x, y) = (x, y), (x + given.get("ax", -10), y + given.get("ay", -30))
            turn = direction([(x, y), tip], 1)
            head = f"M{short(tip[0])} {short(tip[1])}L{short(x)} {short(y)}", self.mark("arrow", False, *tip, 3, turn)
            arrow = el("path", d="".join(head), stroke=INK)
            y += math.copysign(LINE * len(lines) / 2, given.get("ay", -30))
        block = (len(lines) - 1) * LINE
        anchor = note["anchor"]
        if anchor == "auto" and given.get("yref") == "paper" and not note["arrow"]:
            anchor = "bottom" if given["y"] < 1 / 3 else "top" if given["y"] > 2 / 3 else "middle"
        y -= {"bottom": block + LINE / 2, "top": -LINE / 2}.get(anchor, block / 2)
        side = {"left": None, "right": "end", "center": "middle"}[note["side"]]
        words = self.haloed(self.text(x + note["nudge"], y, lines, size=size, anchor=side, fill=fill))
        if note["href"]:
            words = el("a", words, href=note["href"], aria_label=given.get("hovertext"))
        return join([arrow, words])

    def key(self) -> Html:
        """Draw the legend."""
        made = []
        for row, entries in enumerate(self.legend):
            y = self.key_top + ROW * row + ROW / 2
            for n, x, lines in entries:
                if n >= 0:
                    made.append(self.sample(n, x + EDGE, y))
                made.append(self.text(x + SWATCH + EDGE, y, lines))
        return join(made)

    def sample(self, n: int, x: float, y: float) -> Html:
        """Draw what stands for a trace in the legend."""
        trace, right = self.traces[n], x + SWATCH - 2 * EDGE
        if trace.get("type") == "bar":
            shape = one(((trace.get("marker") or {}).get("pattern") or {}).get("shape"), 0, "")
            path = box_path(x, right, y - 6, y + 6) if shape else f"M{short(x)} {short(y)}H{short(right)}"
            return self.area((*self.look(n), shape), "12", path)
        parts, line = [], trace.get("line") or {}
        if "lines" in mode_of(trace) and line.get("width", 2):
            colour, _ = self.colour(
                line.get("color") or one((trace.get("marker") or {}).get("color"), 0, self.series[n])
            )
            thick = min(line.get("width", 2), 6)
            look = {"stroke": colour, "stroke_width": short(thick), "stroke_dasharray": dashes(line)}
            parts.append(el("path", d=f"M{short(x)} {short(y)}H{short(right)}", **look))
        if "markers" in mode_of(trace):
            parts.append(self.marks(n, [((x + right) / 2, y)], size=10))
        return join(parts)


def _within(at: float, axis: Axis) -> bool:
    return min(axis.start, axis.end) - 1 <= at <= max(axis.start, axis.end) + 1

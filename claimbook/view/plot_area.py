"""The layout of a picture: which axes a figure has, where its plot area lies, and what is written around it.

It follows from the figure and the width alone, and both the drawing and Plotly are given it.
"""

import base64
import itertools
import math
import re
from dataclasses import dataclass

from claimbook.view import palette
from claimbook.view.markup import Html, el
from claimbook.view.scales import TICKS, TOLD, Axis, days
from claimbook.view.widths import folded, width

SIZE, LINE = 12, 15
"""Size of the smallest type, and height of a line: at the narrowest page it is still 10 pixels high."""

HEIGHT, AROUND = 420, 64
"""Height of a figure that names none, and what of a figure's height its margins take without a legend."""

ROUNDS = 6
"""How often room is made at the right for labels along a level axis, which is less each time."""

EDGE, TICK, SWATCH, ROW = 4, 6, 30, 20
_WORDS = {"type", "name", "text", "hovertext", "hoverinfo", "hovertemplate", "hoverlabel", "customdata", "uid", "meta"}
_WORDS |= {"showlegend", "legendgroup", "ids", "opacity", "xaxis", "yaxis", "x", "y", "marker", "cliponaxis", "visible"}
_WORDS |= {"textposition", "textfont", "orientation", "offsetgroup", "alignmentgroup", "legendrank"}
DRAWN = {"bar": _WORDS | {"base"}, "scatter": _WORDS | {"mode", "line", "fill", "fillcolor", "connectgaps"}}
MARKED = {"color", "line", "opacity", "size", "symbol", "pattern", "angleref", "standoff"}
REFUSED = {"sliders", "updatemenus", "images", "polar", "geo", "scene", "ternary", "coloraxis", "grid"}
"""What of traces, of their marks and of layouts can be drawn, and what would be drawn wrong."""

LINKED = re.compile(r'<a href="(?P<href>[^"]*)"[^>]*>(?P<words>.*)</a>')
"""A note that leads somewhere, as Plotly writes one."""

_NAMED = re.compile(r"([xy])axis(\d*)")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ].*)?)?)?")


class NotDrawnError(ValueError):
    """A figure that cannot be drawn as a picture; the message names figure, part and what can be drawn."""


def unpacked(values):
    """Return an array of a figure as a list, and numbers that Plotly has packed as a list of them."""
    if not isinstance(values, dict):
        return values
    kinds = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}
    cells = memoryview(base64.b64decode(values["bdata"])).cast(kinds[values["dtype"]]).tolist()
    shape = values.get("shape", "")
    across = int(shape.split(",")[-1]) if "," in shape else 0
    return [cells[at : at + across] for at in range(0, len(cells), across)] if across else cells


def one(value, i: int, usual):
    """Return the value of one mark, where each has its own or all have one; the usual one where there is none."""
    if isinstance(value, list | tuple):
        value = value[i] if i < len(value) else None
    return usual if value is None else value


def mode_of(trace: dict) -> str:
    """Return what a trace of points shows; without a word on it, long ones are lines alone."""
    few = len(unpacked(trace.get("x")) or unpacked(trace.get("y")) or ()) < 20
    return trace.get("mode") or ("lines" if trace.get("fill") == "toself" or not few else "lines+markers")


@dataclass
class Bar:
    """A bar in numbers along its axes: from where to where across, and from where to where along."""

    first: float
    last: float
    base: float
    end: float
    label: str


class PlotArea:
    """The plot area of a figure, its axes and what is written around it, for one width: the layout of a picture."""

    def __init__(self, figure: dict, across: float, name: str):
        self.across, self.name = across, name
        self.layout = figure.get("layout") or {}
        self.traces = [trace for trace in figure["data"] if trace.get("visible", True) is True]
        self.series = [palette.SERIES[n % len(palette.SERIES)] for n in range(len(self.traces))]
        self.patterns: dict[tuple[str, str], str] = {}
        self.refuse()
        self.axes = self.named_axes()
        self.columns = [self.both(trace) for trace in self.traces]
        for axis in self.axes.values():
            self.know(axis)
        self.bars = self.placed_bars()
        self.legend = self.legend_rows()
        for axis in self.axes.values():
            self.bound(axis)
        self.give_room()

    # What can be drawn --------------------------------------------------------------------------

    def fail(self, what: str):
        """Refuse the figure."""
        raise NotDrawnError(f"figure {self.name}: {what}")

    def refuse(self) -> None:
        """Refuse what would be drawn as something else."""
        for trace in self.traces:
            kind = trace.get("type", "scatter")
            if kind not in DRAWN:
                self.fail(f"a trace of type {kind}: can draw {' and '.join(DRAWN)}")
            marker = trace.get("marker") or {}
            unknown = sorted({*trace} - DRAWN[kind]) + sorted({*marker} - MARKED)
            if trace.get("fill", "none") not in ("none", "toself"):
                unknown.append(f"fill {trace['fill']}")
            if unknown:
                self.fail(f"a trace of type {kind} with {', '.join(unknown)}: cannot draw that")
        if refused := sorted(REFUSED & {*self.layout}):
            self.fail(f"a layout with {', '.join(refused)}: cannot draw that")

    def colour(self, colour: str) -> tuple[str, float]:
        """Return a colour as the page has it, and its opacity."""
        try:
            return palette.css(colour)
        except ValueError as error:
            return self.fail(str(error))

    # Axes ---------------------------------------------------------------------------------------

    def named_axes(self) -> dict[str, Axis]:
        """Return the axes by the names that traces have for them."""
        confs = {f"{m[1]}{m[2]}": conf for key, conf in self.layout.items() if (m := _NAMED.fullmatch(key))}
        asked = [trace.get(f"{letter}axis", letter) for letter in "xy" for trace in self.traces]
        axes = {key: Axis(key, confs.get(key) or {}) for key in dict.fromkeys(["x", "y", *asked, *confs])}
        for axis in axes.values():
            if axis.conf.get("overlaying") or (axis.key[0] == "y" and axis.conf.get("side", "left") != "left"):
                self.fail(f"axis {axis.key} over another one or at the right: cannot draw that")
            if axis.key[0] == "x" and [*axis.conf.get("domain", (0, 1))] != [0, 1]:
                self.fail(f"axis {axis.key} with a part of the width: cannot draw charts side by side")
        return axes

    @staticmethod
    def both(trace: dict) -> tuple[list, list]:
        """Return the values of a trace across and down; where it has none along one axis, they are numbered."""
        xs, ys = unpacked(trace.get("x")), unpacked(trace.get("y"))
        numbers = [*range(len(xs or ys or ()))]
        return numbers if xs is None else xs, numbers if ys is None else ys

    def on(self, axis: Axis):
        """Yield the traces on an axis, each with its values there."""
        letter = axis.key[0]
        for trace, (xs, ys) in zip(self.traces, self.columns, strict=True):
            if trace.get(f"{letter}axis", letter) == axis.key:
                yield trace, xs if letter == "x" else ys

    def know(self, axis: Axis) -> None:
        """Find out which kind of values an axis has."""
        values = [value for _, column in self.on(axis) for value in column if value is not None]
        words = [value for value in values if isinstance(value, str)]
        axis.kind = axis.conf.get("type") or "linear"
        if axis.kind == "linear" and words:
            axis.kind = "date" if all(_DAY.fullmatch(word) for word in words) else "category"
        if axis.kind == "category":
            axis.categories = list(dict.fromkeys([*(unpacked(axis.conf.get("categoryarray")) or ()), *values]))

    def placed_bars(self) -> list[list[Bar]]:
        """Return the bars of each trace, none for a trace of another kind."""
        made: list[list[Bar]] = [[] for _ in self.traces]
        mode, groups = self.layout.get("barmode", "group"), {}
        for n, trace in enumerate(self.traces):
            if trace.get("type") == "bar":
                key = (trace.get("xaxis", "x"), trace.get("yaxis", "y"), trace.get("orientation", "v"))
                groups.setdefault(key, []).append(n)
        for (x, y, way), members in groups.items():
            across, along = (self.axes[y], self.axes[x]) if way == "h" else (self.axes[x], self.axes[y])
            at, of = (1, 0) if way == "h" else (0, 1)
            places = sorted({across.number(v) for n in members for v in self.columns[n][at]} - {None})
            unit = min((b - a for a, b in itertools.pairwise(places)), default=1) if across.kind != "category" else 1
            thick = unit * (1 - self.layout.get("bargap", 0.2))
            lanes = len(members) if mode == "group" else 1
            piled: dict[tuple[float, bool], float] = {}
            for lane, n in enumerate(members):
                trace = self.traces[n]
                bases, labels = unpacked(trace.get("base")), unpacked(trace.get("text"))
                for i, (place, value) in enumerate(zip(self.columns[n][at], self.columns[n][of], strict=True)):
                    centre = across.number(place)
                    if value is None or centre is None:
                        continue
                    first = centre - thick / 2 + (lane * thick / lanes if mode == "group" else 0)
                    base = one(bases, i, 0)
                    if mode in ("stack", "relative") and bases is None:
                        base = piled.get((centre, value < 0), 0)
                        piled[centre, value < 0] = base + value
                    ends = along.number(base if along.kind != "log" else base or 1e-300), along.number(base + value)
                    if None not in ends and ends[0] != ends[1]:
                        made[n].append(Bar(first, first + thick / lanes, *ends, str(one(labels, i, ""))))
        return made

    def bound(self, axis: Axis) -> None:
        """Find the range of an axis: the one that is given, or one that holds all marks."""
        low, high, letter = math.inf, -math.inf, axis.key[0]
        before = after = 0.0
        for trace, column in self.on(axis):
            if trace.get("type") != "bar":
                numbers = [n for n in map(axis.number, column) if n is not None]
                low, high = min([low, *numbers]), max([high, *numbers])
                pad = 0.05 if "markers" in mode_of(trace) or axis.key[0] == "y" else 0.0
                before, after = max(before, pad), max(after, pad)
                continue
            along = (trace.get("orientation", "v") == "h") == (letter == "x")
            for bar in self.bars[self.traces.index(trace)]:
                ends = (bar.base, bar.end) if along else (bar.first - 0.1, bar.last + 0.1)
                low, high = min([low, *ends]), max([high, *ends])
                if along and bar.label and trace.get("textposition") == "outside":
                    room = width(bar.label, SIZE) + 2 * EDGE if letter == "x" else LINE + EDGE
                    after = max(after, room / (0.55 * self.across if letter == "x" else 200))
            after = max(after, 0.05 if along else 0)
        if axis.kind == "category" and axis.categories:
            low, high, before, after = -0.5, len(axis.categories) - 0.5, 0.0, 0.0
        if low > high:
            low, high = 0.0, 1.0
        if axis.kind == "linear" and axis.conf.get("rangemode") in ("tozero", "nonnegative"):
            low, high = min(low, 0.0), max(high, 0.0)
        if low == high:
            low, high = low - 1, high + 1
        span = high - low
        low, high = low - (before * span if low else 0.0), high + (after * span if high else 0.0)
        given = axis.conf.get("range") or (None, None)
        ends = [self.end_of(axis, value, usual) for value, usual in zip(given, (low, high), strict=True)]
        turned = axis.conf.get("autorange") in ("reversed", "max reversed", "min reversed") and ends[0] < ends[1]
        axis.low, axis.high = ends[::-1] if turned else ends

    @staticmethod
    def end_of(axis: Axis, value, usual: float) -> float:
        """Return one end of a range that is given, or the usual one."""
        if value is None:
            return usual
        return days(value) if axis.kind == "date" else axis.number(value) if isinstance(value, str) else float(value)

    # Room ---------------------------------------------------------------------------------------

    def give_room(self) -> None:
        """Find the plot area and what is written around it."""
        below = self.legend and (self.layout.get("legend") or {}).get("y") == 0
        keyed = len(self.legend) * ROW + EDGE if self.legend else 0
        whole = self.layout.get("height") or HEIGHT
        self.tall = max(float(whole) - AROUND - (24 if self.legend else 0), 40.0)
        downs = [axis for key, axis in self.axes.items() if key[0] == "y"]
        flats = [axis for key, axis in self.axes.items() if key[0] == "x"]
        self.right = 3.0 * EDGE
        self.top = self.left = 0.0
        for axis in downs:
            self.stretch(axis)
            self.set_ticks(axis, axis.pixels)
        self.left = math.ceil(2.0 * EDGE + max((self.beside(axis) for axis in downs), default=0))
        for _ in range(ROUNDS):  # a label that reaches beyond the right edge moves as room is made for it
            self.lay_across(flats)
            edges = [
                axis.place(number) + width(line, SIZE) * self.overhang(axis)
                for axis in flats
                for number, lines in axis.ticks
                for line in lines
            ]
            edges += self.labelled()
            beyond = max(edges, default=0) - (self.across - EDGE)
            if beyond <= 0:
                break
            self.right += beyond
        self.lay_across(flats)
        for axis in downs:  # on a map a kilometre is as long down as across
            if (other := self.axes.get(axis.conf.get("scaleanchor"))) is not None:
                self.tall = abs((axis.high - axis.low) / (other.high - other.low)) * other.pixels
        self.notes = [self.note(given) for given in self.layout.get("annotations") or ()]
        self.tall *= max([1.0, *(self.crowded(axis) for axis in downs)])
        rows = max((len(axis.categories) for axis in downs), default=0) or 1
        self.tall = float(math.ceil(self.tall / rows) * rows)  # rows of whole pixels are as high as one another
        upper = [axis for axis in flats if axis.conf.get("side") == "top"]
        lower = [axis for axis in flats if axis not in upper]
        heads = [LINE * len(note["lines"]) + EDGE + note["shift"] for note in self.notes if self.heads(note)]
        self.top = math.ceil(max([2.0 * EDGE, *map(self.along, upper), *heads])) + (0 if below else keyed)
        for axis in downs:
            self.stretch(axis)
            if axis.kind != "category" and not axis.conf.get("tickvals"):
                self.set_ticks(axis, axis.pixels)
        deepest = [self.floor(axis) + self.along(axis) - self.top - self.tall for axis in lower]
        self.bottom = math.ceil(max([2.0 * EDGE, *deepest]))
        self.key_top = self.top + self.tall + self.bottom if below else EDGE
        self.height = self.top + self.tall + self.bottom + (keyed if below else 0)

    def lay_across(self, flats: list[Axis]) -> None:
        """Give level axes their place, and what is written along them."""
        for axis in flats:
            axis.start, axis.end = self.left, self.across - self.right
            self.set_ticks(axis, axis.pixels)

    @staticmethod
    def heads(note: dict) -> bool:
        """Tell whether a note stands on the upper edge of the plot area."""
        return note["anchor"] == "bottom" and note["given"].get("yref") == "paper" and note["given"]["y"] == 1

    @staticmethod
    def overhang(axis: Axis) -> float:
        """Return what share of a label's width lies to the right of its place on a level axis."""
        if not axis.angle:
            return 0.5
        return math.cos(math.radians(axis.angle)) if axis.conf.get("side") == "top" else 0.0

    def labelled(self):
        """Yield how far to the right the labels of marks reach."""
        for trace, (xs, _) in zip(self.traces, self.columns, strict=True):
            if "text" in mode_of(trace) and trace.get("type") != "bar":
                axis, words = self.axes[trace.get("xaxis", "x")], unpacked(trace.get("text"))
                for i, x in enumerate(xs or ()):
                    side = one(trace.get("textposition"), i, "middle center").partition(" ")[2]
                    share = {"right": 1.0, "left": 0.0}.get(side, 0.5)
                    if (at := axis.at(x)) is not None:
                        yield at + share * (width(str(one(words, i, "")), SIZE) + 3 * EDGE)

    def stretch(self, axis: Axis) -> None:
        """Give an upright axis its place."""
        low, high = axis.conf.get("domain") or (0, 1)
        axis.start, axis.end = self.top + self.tall * (1 - low), self.top + self.tall * (1 - high)

    def beside(self, axis: Axis) -> float:
        """Return the room that an upright axis needs at its left."""
        if axis.conf.get("visible") is False:
            return 0
        labels = max((width(line, SIZE) for _, lines in axis.ticks for line in lines), default=0)
        axis.title = self.title_of(axis, axis.pixels)
        return labels + TICK + (len(axis.title) * LINE + EDGE if axis.title else 0)

    def along(self, axis: Axis) -> float:
        """Return the room that a level axis needs below, or above, its plot area."""
        if axis.conf.get("visible") is False:
            return 0
        axis.title = self.title_of(axis, axis.pixels)
        turn = math.sin(math.radians(abs(axis.angle)))
        widest = max((width(line, SIZE) for _, lines in axis.ticks for line in lines), default=0)
        labels = widest * turn + LINE if axis.angle else LINE * max((len(lines) for _, lines in axis.ticks), default=0)
        return TICK + labels + (len(axis.title) * LINE + EDGE if axis.title else 0) + EDGE

    @staticmethod
    def title_of(axis: Axis, room: float) -> list[str]:
        """Return the title of an axis in lines."""
        title = axis.conf.get("title") or ""
        words = title if isinstance(title, str) else title.get("text") or ""
        return folded(words, room, SIZE) if words else []

    def floor(self, axis: Axis) -> float:
        """Return where a level axis lies: at the foot, or the head, of the upright axis that it is anchored to."""
        other = self.axes.get(axis.conf.get("anchor", "y"))
        upper = axis.conf.get("side") == "top"
        if other is None:
            return self.top if upper else self.top + self.tall
        return min(other.start, other.end) if upper else max(other.start, other.end)

    def crowded(self, axis: Axis) -> float:
        """Return how many times higher an upright axis has to be so that what is written at its rows fits."""
        needs = []
        if axis.ticks and (axis.kind == "category" or axis.conf.get("tickvals")):
            deepest = max(len(lines) for _, lines in axis.ticks) * LINE + EDGE
            needs.append((deepest, [number for number, _ in axis.ticks]))
        rows = [note for note in self.notes if note["rows"] == axis.key]
        if rows:
            needs.append((max(n["shift"] + len(n["lines"]) * LINE for n in rows) + 12, [n["row"] for n in rows]))
        found = [1.0]
        for need, places in needs:
            apart = [b - a for a, b in itertools.pairwise(sorted({*places}))]
            if apart:
                found.append(need / (min(apart) / abs(axis.high - axis.low) * axis.pixels))
        return max(found)

    # Ticks --------------------------------------------------------------------------------------

    def set_ticks(self, axis: Axis, room: float) -> None:
        """Find what is written along an axis: as much as has room."""
        conf, upright = axis.conf, axis.key[0] == "y"
        if conf.get("visible") is False or conf.get("showticklabels") is False:
            axis.ticks = []
            return
        if conf.get("tickvals") is not None or axis.kind == "category":
            values = unpacked(conf.get("tickvals")) or axis.categories
            texts = unpacked(conf.get("ticktext")) or [str(value) for value in values]
            named = [(axis.number(value), text) for value, text in zip(values, texts, strict=True)]
            low, high = sorted((axis.low, axis.high))
            named = [(number, text) for number, text in named if number is not None and low <= number <= high]
            if upright:
                axis.ticks = [(number, folded(text, 0.36 * self.across, SIZE)) for number, text in named]
                return
            axis.ticks = [(number, text.split("<br>")) for number, text in named]
            each = room / max(len(axis.ticks), 1)
            widest = max((width(line, SIZE) for _, lines in axis.ticks for line in lines), default=0)
            axis.angle = -60.0 if widest + EDGE > each else 0.0
            if axis.angle:  # two lines of turned words would run into the next label
                axis.ticks = [(number, [" ".join(lines)]) for number, lines in axis.ticks]
            return
        low, high = sorted((axis.low, axis.high))
        for numbers in TICKS[axis.kind](low, high, room / (40 if upright else 64), conf):
            axis.ticks = [(number, [TOLD[axis.kind](number, numbers)]) for number in numbers]
            if upright or self.apart(axis):
                return

    @staticmethod
    def apart(axis: Axis) -> bool:
        """Tell whether no label along a level axis touches the next."""
        spans = [(axis.place(n), width(lines[0], SIZE) / 2 + EDGE) for n, lines in axis.ticks]
        return all(a + half <= b - other for (a, half), (b, other) in itertools.pairwise(sorted(spans)))

    # Words --------------------------------------------------------------------------------------

    def legend_rows(self) -> list[list[tuple[int, float, list[str]]]]:
        """Return the rows of the legend: of each entry its trace, its place and its words."""
        named = [n for n, t in enumerate(self.traces) if t.get("showlegend", True) and t.get("name")]
        asked = any(trace.get("showlegend") for trace in self.traces)
        if not self.layout.get("showlegend", len(named) > 1 or asked):
            return []
        rows, right = [], self.across
        for n in named:
            lines = folded(self.traces[n]["name"], self.across - SWATCH - 4 * EDGE, SIZE)
            wide = SWATCH + EDGE + max(width(line, SIZE) for line in lines) + 3 * EDGE
            if right + wide > self.across - EDGE:
                rows.append([])
                right = EDGE
            for more, line in enumerate(lines):
                rows += [[]] if more else []
                rows[-1].append((n if not more else -1, right, [line]))
            right = right + wide if len(lines) == 1 else self.across
        return rows

    def note(self, given: dict) -> dict:
        """Return an annotation with its text in lines that fit, and with what places it."""
        size = max(SIZE, (given.get("font") or {}).get("size", SIZE))
        words, arrow = given.get("text", ""), given.get("showarrow", True)
        if linked := LINKED.fullmatch(words):
            words = linked["words"]
        yref = given.get("yref", "y")
        rows = yref if yref in self.axes and not arrow else ""
        shift, anchor = given.get("yshift", 0), given.get("yanchor", "auto")
        if rows and shift > 0 and anchor == "auto":
            shift, anchor = shift - LINE / 2, "bottom"
        side = given.get("xanchor", "auto")
        if side == "auto":
            third = given["x"] * 3 if given.get("xref") == "paper" and not arrow else 1.5
            side = "left" if third < 1 else "right" if third > 2 else "center"
        x = self.spot("x", given) + given.get("xshift", 0) + (given.get("ax", -10) if arrow else 0)
        room = {"left": self.across - EDGE - x, "right": x - EDGE, "center": 2 * min(x, self.across - x) - EDGE}[side]
        room = max(room, 0.3 * self.across)
        lines = [line for part in words.split("<br>") for line in folded(part, room, size)]
        wide = max(width(line, size) for line in lines)
        left = x - {"left": 0, "right": wide, "center": wide / 2}[side]
        nudge = min(max(left, EDGE), max(self.across - EDGE - wide, EDGE)) - left
        row = self.axes[rows].number(given["y"]) if rows and anchor == "bottom" else None
        leads = {"href": linked["href"] if linked else None}
        placed = leads | {"lines": lines, "size": size, "side": side, "anchor": anchor, "shift": shift, "nudge": nudge}
        return placed | {"rows": rows if row is not None else "", "row": row, "given": given, "arrow": arrow}

    def spot(self, letter: str, given: dict, key: str = "") -> float:
        """Return where a shape or an annotation lies along one direction, in pixels."""
        ref, value = given.get(f"{letter}ref", letter), given[key or letter]
        if ref == "paper" or ref.endswith(" domain"):
            axis = self.axes.get(ref.removesuffix(" domain"))
            if axis is not None:
                return axis.start + value * (axis.end - axis.start)
            if letter == "x":
                return self.left + value * (self.across - self.left - self.right)
            return self.top + self.tall * (1 - value)
        return self.axes[ref].at(value)

    def plotly(self) -> dict:
        """Return the layout by which Plotly draws over the same plot area."""
        made = {
            "width": self.across,
            "height": self.height,
            "font": {"size": SIZE},
            "margin": {
                "l": self.left,
                "r": self.right,
                "t": self.top,
                "b": self.height - self.top - self.tall,
                "autoexpand": False,
            },
            "annotations": [self.plotly_note(note) for note in self.notes],
            "showlegend": bool(self.legend),
            "legend": {"orientation": "h", "x": 0, "xanchor": "left", "xref": "container", "yref": "container"}
            | {"y": 1 - self.key_top / self.height, "yanchor": "top", "traceorder": "normal", "font": {"size": SIZE}},
        }
        for key, axis in self.axes.items():
            title = {"text": "<br>".join(axis.title), "font": {"size": SIZE}}
            made[f"{key[0]}axis{key[1:]}"] = {
                "type": axis.kind,
                "range": [axis.told(axis.low), axis.told(axis.high)],
                "autorange": False,
                "automargin": False,
                "tickmode": "array",
                "tickvals": [10**n if axis.kind == "log" else axis.told(n) for n, _ in axis.ticks],
                "ticktext": ["<br>".join(lines) for _, lines in axis.ticks],
                "tickangle": axis.angle,
                "tickfont": {"size": SIZE},
                "ticklabelstandoff": TICK // 2,
                "showgrid": axis.kind != "category" and axis.conf.get("showgrid", True),
                "title": title,
            }
            if axis.kind == "category":
                made[f"{key[0]}axis{key[1:]}"] |= {"categoryorder": "array", "categoryarray": axis.categories}
        return made

    @staticmethod
    def plotly_note(note: dict) -> dict:
        """Return an annotation as Plotly has to write it."""
        words = "<br>".join(note["lines"])
        # Plotly would open any other link in a window of its own.
        words = str(el("a", Html(words), href=note["href"], target="_self")) if note["href"] else words
        given = note["given"] | {"text": words, "yshift": note["shift"], "yanchor": note["anchor"]}
        given |= {"font": {**(note["given"].get("font") or {}), "size": note["size"]}, "xanchor": note["side"]}
        return given | {"xshift": note["given"].get("xshift", 0) + note["nudge"], "align": note["side"]}

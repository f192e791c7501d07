"""Marks, lines and fillings of pictures as the paths of SVG."""

import itertools
import math

DASHES = {"dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1), "longdashdot": (5, 2, 1, 2)}
_ARM = 0.4
_CROSS = [(1, _ARM), (_ARM, _ARM), (_ARM, 1), (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM)]
_CROSS = [(1.2 * x, 1.2 * y) for x, y in [*_CROSS, *((-x, -y) for x, y in _CROSS)]]


def _star(points: int, inner: float) -> list[tuple[float, float]]:
    turns = [(n * math.pi / points - math.pi / 2, inner if n % 2 else 1.4) for n in range(2 * points)]
    return [(r * math.cos(turn), r * math.sin(turn)) for turn, r in turns]


POLYGONS = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    "triangle-up": [(0, -1.15), (1.15, 0.58), (-1.15, 0.58)],
    "triangle-down": [(0, 1.15), (1.15, -0.58), (-1.15, -0.58)],
    "triangle-left": [(-1.15, 0), (0.58, 1.15), (0.58, -1.15)],
    "triangle-right": [(1.15, 0), (-0.58, 1.15), (-0.58, -1.15)],
    "cross": _CROSS,
    "x": [((x + y) / math.sqrt(2), (y - x) / math.sqrt(2)) for x, y in _CROSS],
    "star": _star(5, 0.535),
    "star-diamond": _star(4, 0.6),
    "hexagon": [(math.cos(turn * math.pi / 6), math.sin(turn * math.pi / 6)) for turn in (1, 3, 5, 7, 9, 11)],
    "arrow": [(0, 0), (1, 2), (-1, 2)],
}
STROKES = {
    "line-ew": [(-1.4, 0, 1.4, 0)],
    "line-ns": [(0, -1.4, 0, 1.4)],
    "cross-thin": [(-1.4, 0, 1.4, 0), (0, -1.4, 0, 1.4)],
    "x-thin": [(-1, -1, 1, 1), (-1, 1, 1, -1)],
}
"""The marks in units of half their size; a circle is one of neither kind."""

PATTERNS = {
    "/": "M-2 2L2-2M0 8L8 0M6 10L10 6",
    "\\": "M-2 6L2 10M0 0L8 8M6-2L10 2",
    "x": "M0 0L8 8M0 8L8 0",
    "-": "M0 4H8",
    "|": "M4 0V8",
    "+": "M0 4H8M4 0V8",
    ".": "M2 2h0M6 6h0",
}


def short(value: float, digits: int | None = None) -> str:
    """Return a number as short as it is exact enough: whole from 10 on, as a pixel is, and below with a tenth.

    Examples
    --------
    >>> short(218.96), short(3.14159), short(-0.04)
    ('219', '3.1', '0')
    """
    digits = (0 if abs(value) >= 10 else 1) if digits is None else digits
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def dashes(line: dict) -> str | None:
    """Return the dashes of a line by the word or the lengths that Plotly has for them."""
    dash, thick = line.get("dash", "solid"), max(line.get("width", 2), 3)
    if dash in DASHES:
        return " ".join(short(part * thick) for part in DASHES[dash])
    return None if dash == "solid" else str(dash).replace("px", "")


def crossing(level: bool, at: float, start: float, end: float) -> str:
    """Return the path of a line that crosses an axis, a level one or an upright one."""
    return f"M{short(at)} {short(start)}V{short(end)}" if level else f"M{short(start)} {short(at)}H{short(end)}"


def box_path(x0: float, x1: float, y0: float, y1: float) -> str:
    """Return the path of a box between two places across and two down."""
    left, top = min(x0, x1), min(y0, y1)
    return f"M{short(left)} {short(top)}h{short(abs(x1 - x0))}v{short(abs(y1 - y0))}h{short(-abs(x1 - x0))}z"


def runs(places: list):
    """Yield the runs of places between gaps."""
    for there, run in itertools.groupby(places, key=lambda place: None not in place):
        if there:
            yield list(run)


def line_path(places: list) -> str:
    """Return straight lines from place to place, with a gap where one is missing."""
    return "".join("M" + "L".join(f"{short(x)} {short(y)}" for x, y in run) for run in runs(places))


def spline_path(places: list) -> str:
    """Return a smooth curve through places."""
    parts = []
    for run in runs(places):
        ends = [run[0], *run, run[-1]]
        parts.append(f"M{short(run[0][0])} {short(run[0][1])}")
        for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
            points = (bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
            parts.append("C" + " ".join(map(short, points)))
    return "".join(parts)


def direction(places: list, i: int) -> float | None:
    """Return the direction from the place before to this one, clockwise from upright; None at the first."""
    if i == 0 or None in places[i - 1]:
        return None
    (ax, ay), (bx, by) = places[i - 1], places[i]
    return math.atan2(bx - ax, ay - by)

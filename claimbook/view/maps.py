"""Maps: where places lie in one projection, the outlines around them, and the curves from one to another."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from claimbook.model.ledger import Ledger
from claimbook.view import palette

RADIUS = 6371.0
"""Of the earth, in kilometres."""

KINDS = ("land", "border", "disputed")
"""Kinds of outlines, in the order in which they lie on one another."""

LOOKS = {"hollow": "told", "solid": "recorded", "dotted": "journey"}
"""Looks of arcs, and what they stand for."""

_BENDS = {"hollow": (0.13, 0.1), "solid": (-0.04, -0.08), "dotted": (0.1, 0.1)}
"""How far arcs of a look bend, the first between two places and how much more each further one."""

_FAN = 0.03
"""How much more each of the next arcs that begin at one place bends, four in turn, so that none lies on another."""

_THICK, _TUBE, _HOLLOW = 10.0, 5.0, 2.4
"""Pixels of the thickest solid arc, of a hollow one, and of what is open in it."""

BESIDE = 13
"""Pixels from the mark of an arc to what is written there."""

AROUND, OFF, BROAD = 0.08, 0.21, 1.3
"""Of the width of a map what lies around the places, and the height of the box off it; how broad a map is at least."""

_PAPER, _PANEL = (palette.TOKENS[token][0] for token in ("paper", "panel"))
_COAST, _BORDER = palette.NEUTRAL, palette.TOKENS["rule"][0]

_PAIR = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
POINTS = 12
"""Straight pieces of which a curve is made."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def places(ledger: Ledger) -> pd.DataFrame:
    """Return where each name lies that the ledger places: its places, and the names that are drawn at one of them.

    Returns
    -------
    pandas.DataFrame
        By name: ``longitude``, ``latitude``, ``iso3``, ``label`` (what a map writes there) and ``side`` (of the mark,
        where it does). Without rows where the ledger has no table of places.
    """
    columns = ["longitude", "latitude", "iso3", "label", "side"]
    known = ledger.tables.get("places")
    if known is None or known.empty:
        return pd.DataFrame(columns=columns)
    known = known.rename(columns={"label": "side"})
    also = ledger.tables.get("place_names", pd.DataFrame(columns=["name", "place", "label"]))
    named = also.merge(known, on="place")
    named["label"] = named["label"].where(named["label"] != "", named["place"])
    whole = pd.concat([known.assign(name=known["place"], label=known["place"]), named])
    return whole.set_index("name")[columns]


def project(longitude: float, latitude: float, centre: Point) -> Point:
    """Return where a place lies in kilometres from a centre, by Lambert's azimuthal equal-area projection.

    Parameters
    ----------
    longitude, latitude : float
        The place, in degrees.
    centre : tuple of (float, float)
        Longitude and latitude of the centre, in degrees.

    Examples
    --------
    >>> project(10.0, 50.0, (10.0, 50.0))
    (0.0, 0.0)
    >>> [round(n) for n in project(10.0, 51.0, (10.0, 50.0))]
    [0, 111]
    """
    turn, up, middle = map(math.radians, (longitude - centre[0], latitude, centre[1]))
    scale = RADIUS * math.sqrt(
        2 / (1 + math.sin(middle) * math.sin(up) + math.cos(middle) * math.cos(up) * math.cos(turn))
    )
    x = scale * math.cos(up) * math.sin(turn)
    y = scale * (math.cos(middle) * math.sin(up) - math.sin(middle) * math.cos(up) * math.cos(turn))
    return x, y


def outline(outlines: pd.DataFrame, kind: str, centre: Point, box: Box) -> list[list[Point]]:
    """Return what of the outlines of one kind lies within a box, of lines whole pieces that may reach beyond it.

    Parameters
    ----------
    outlines : pandas.DataFrame
        Columns ``kind``, one of :data:`KINDS`, and ``wkt``, a polygon or a line of degrees as well-known text.
    kind : str
        Which of them.
    centre : tuple of (float, float)
        As :func:`project` has it.
    box : tuple of float
        Left, lower, right and upper edge, in kilometres.

    Returns
    -------
    list of list of (float, float)
        Points in kilometres, of land as closed rings.
    """
    found = []
    for wkt in outlines.loc[outlines["kind"] == kind, "wkt"]:
        points = [project(float(x), float(y), centre) for x, y in _PAIR.findall(wkt)]
        found += [_clipped(points, box)] if kind == "land" else _within(points, box)
    return [part for part in found if len(part) > 1]


def _clipped(ring: list[Point], box: Box) -> list[Point]:
    """Return what of a closed ring lies in a box, edge by edge as Sutherland and Hodgman do; closed again."""
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        kept: list[Point] = []
        for before, here in zip([*ring[-1:], *ring], ring, strict=False):
            was, now = ((point[axis] - limit) * sign >= 0 for point in (before, here))
            if was != now:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append(tuple(a + share * (b - a) for a, b in zip(before, here, strict=True)))
            if now:
                kept.append(here)
        ring = kept
    return [*ring, *ring[:1]]


def _within(line: list[Point], box: Box):
    """Yield the runs of a line that may meet a box: pieces that lie wholly to one side of it are left out."""
    run: list[Point] = []
    for ends in itertools.pairwise(line):
        spans = [sorted(coordinates) for coordinates in zip(*ends, strict=True)]
        if all(low <= box[at + 2] and high >= box[at] for at, (low, high) in enumerate(spans)):
            run = [*(run or ends[:1]), ends[1]]
        elif run:
            yield run
            run = []
    if run:
        yield run


def curve(start: Point, end: Point, bend: float, first: float = 0.0, last: float = 1.0) -> list[Point]:
    """Return points on the curve from one place to another that bends to the left by a share of their distance.

    Parameters
    ----------
    start, end : tuple of (float, float)
        The places.
    bend : float
        How far its middle lies from the straight line, as a share of the distance; to the right where negative.
    first, last : float
        From which share of the way to which.

    Examples
    --------
    >>> curve((0.0, 0.0), (10.0, 0.0), 0.1, 0.5, 0.5)[0]
    (5.0, 1.0)
    """
    (x0, y0), (x1, y1) = start, end
    middle = ((x0 + x1) / 2 - 2 * bend * (y1 - y0), (y0 + y1) / 2 + 2 * bend * (x1 - x0))
    found = []
    for step in range(POINTS + 1):
        t = first + (last - first) * step / POINTS
        weights = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
        found.append(tuple(sum(w * p[at] for w, p in zip(weights, (start, middle, end), strict=True)) for at in (0, 1)))
    return found


@dataclass(frozen=True)
class Ground:
    """What a map shows: its edges in kilometres around its centre, and where each name lies.

    Attributes
    ----------
    centre : tuple of (float, float)
        Longitude and latitude.
    left, low, right, high : float
        The edges of the map.
    top : float
        The upper edge of the box off the map, or of the map where it has none.
    spots : dict of str to tuple of (float, float)
        Where each name lies.
    """

    centre: Point
    left: float
    low: float
    right: float
    high: float
    top: float
    spots: dict[str, Point]

    @classmethod
    def of(cls, known: pd.DataFrame, off: Iterable[str] = ()) -> "Ground":
        """Return the ground on which places lie, and names `off` it that have none.

        Parameters
        ----------
        known : pandas.DataFrame
            As :func:`places` has them, at least one.
        off : iterable of str
            Names that stand in the box.
        """
        off = list(off)
        centre = (float(known["longitude"].mean()), float(known["latitude"].mean()))
        spots = {p.Index: project(p.longitude, p.latitude, centre) for p in known.itertuples()}
        xs, ys = zip(*spots.values(), strict=True)
        room = AROUND * max(max(xs) - min(xs), max(ys) - min(ys), 500.0)
        low, high = min(ys) - room, max(ys) + (2 if off else 1) * room
        more = max(0.0, BROAD * (high - low) - (max(xs) - min(xs) + 2 * room)) / 2
        left, right = min(xs) - room - more, max(xs) + room + more
        box = OFF * (right - left)
        for at, name in enumerate(off, 1):
            spots[name] = (left + 0.7 * (right - left) * at / (len(off) + 1), high + box / 8)
        return cls(centre, left, low, right, high, high + (box if off else 0), spots)

    def shapes(self) -> list[dict]:
        """Return the sea, and the box off the map, as shapes of Plotly."""
        sides = {"type": "rect", "layer": "below", "x0": self.left, "x1": self.right}
        made = [sides | {"y0": self.low, "y1": self.high, "fillcolor": _PANEL, "line": {"width": 0}}]
        if self.top > self.high:
            edge = {"color": palette.NEUTRAL, "width": 1, "dash": "dash"}
            made.append(sides | {"layer": "above", "y0": self.high, "y1": self.top, "line": edge})
        return made

    def corner(self) -> dict:
        """Return where the words of the box off the map begin, as an annotation of Plotly has it."""
        inner = (self.right - self.left) / 80
        return {"x": self.left + inner, "xanchor": "left", "y": self.top - inner, "yanchor": "top"}


def curves(frame: pd.DataFrame, ground: Ground, start: str, end: str, look: str) -> pd.DataFrame:
    """Return arcs with their ``look``, the points of their ``path``, their ``tip`` and their ``middle``.

    Arcs between the same two places bend by different shares; the middles of those that begin at one place lie at
    different shares of their way, so that their marks keep apart.
    """
    twins: Counter = Counter()
    begun: Counter = Counter()
    looks, paths, tips, middles = [], [], [], []
    for a, b, kind in zip(frame[start], frame[end], frame[look], strict=True):
        first, more = _BENDS[kind]
        bend = 0.02 if ground.spots[b][1] > ground.high else first + more * twins[a, b, kind]
        bend += _FAN * (begun[a, kind] % 4) if kind == "hollow" else 0
        ends = ground.spots[a], ground.spots[b]
        twins[a, b, kind] += 1
        looks.append(kind)
        paths.append(curve(*ends, bend, 0.03, 0.94))
        tips.append(curve(*ends, bend, 0.94, 0.98)[::POINTS])
        middles.append(curve(*ends, bend, *[0.3 + 0.085 * (begun[a, kind] % 6)] * 2)[0])
        begun[a, kind] += 1
    return frame.assign(look=looks, path=paths, tip=tips, middle=middles)


def _joined(paths: Iterable[list[Point]]) -> dict[str, list]:
    """Return paths as the points of one trace, with gaps between them."""
    gap: tuple = (None, None)
    points = [point for path in paths for point in (*((round(x), round(y)) for x, y in path), gap)][:-1]
    return {"x": [x for x, _ in points], "y": [y for _, y in points], "hoverinfo": "skip"}


def _lines(paths, colour: str, thick: float, dash: str = "solid", **more) -> go.Scatter:
    look = {"color": colour, "width": thick, "dash": dash}
    return go.Scatter(**_joined(paths), mode="lines", line=look, **{"showlegend": False, **more})


def _tips(tips, colour: str, size: float, hollow: bool) -> go.Scatter:
    """Return the heads of arrows, each turned as its way ends."""
    marker = {"symbol": "arrow-open" if hollow else "arrow", "color": colour, "angleref": "previous"}
    sizes = [0, size, 0] * len(tips)
    marker |= {"size": sizes[:-1], "line": {"width": 1.6 if hollow else 0}}
    return go.Scatter(**_joined(tips), mode="markers", marker=marker, showlegend=False)


def outlined(outlines: pd.DataFrame, ground: Ground) -> list[go.Scatter]:
    """Return coasts and borders as traces: land on the sea, borders in it, disputed ones dashed."""
    room = (ground.right - ground.left) / 25
    above = 0 if ground.top > ground.high else room
    box = (ground.left - room, ground.low - room, ground.right + room, ground.high + above)
    looks = {
        "land": {"fill": "toself", "fillcolor": _PAPER, "line": {"color": _COAST, "width": 0.7}},
        "border": {"line": {"color": _BORDER, "width": 1.2}},
        "disputed": {"line": {"color": _COAST, "width": 1.2, "dash": "3px,2.5px"}},
    }
    made = []
    for kind, look in looks.items():
        if paths := outline(outlines, kind, ground.centre, box):
            made.append(go.Scatter(**_joined(paths), mode="lines", showlegend=False, **look))
    return made


def arcs(drawn: pd.DataFrame) -> list[go.Scatter]:
    """Return arcs as traces, recorded ones below those that are told.

    Parameters
    ----------
    drawn : pandas.DataFrame
        As :func:`curves` has it, with ``verdict`` and ``amount``.
    """
    made = []
    solid = drawn[drawn["look"] == "solid"].sort_values("amount", ascending=False)
    for at, arc in enumerate(solid.itertuples(index=False)):
        thick = max(1.0, _THICK * math.sqrt(arc.amount / solid["amount"].max()))
        grey = palette.washed(palette.NEUTRAL, 0.6)
        named = {"name": "recorded", "showlegend": not at}
        made += [_lines([arc.path], grey, thick, **named), _tips([arc.tip], palette.NEUTRAL, 7 + 1.2 * thick, False)]
    dotted = drawn[drawn["look"] == "dotted"]
    if len(dotted):
        made.append(_lines(dotted["path"], palette.NEUTRAL, 2.2, "2px,4px"))
        made.append(_tips(dotted["tip"].tolist(), palette.NEUTRAL, 11, False))
    hollow = drawn[drawn["look"] == "hollow"]
    looks = {
        palette.VERDICTS[key]: (palette.VERDICT_COLOURS[key], palette.VERDICT_SYMBOLS[key]) for key in palette.VERDICTS
    }
    for verdict in [word for word in looks if word in set(hollow["verdict"])]:
        part, (colour, symbol) = hollow[hollow["verdict"] == verdict], looks[verdict]
        made += [_lines(part["path"], colour, _TUBE), _lines(part["path"], _PAPER, _HOLLOW)]
        made.append(_tips(part["tip"].tolist(), colour, 11, True))
        xs, ys = zip(*part["middle"], strict=True)
        ground = {"symbol": "circle", "size": 17, "color": _PAPER}
        made.append(go.Scatter(x=xs, y=ys, mode="markers", marker=ground, hoverinfo="skip", showlegend=False))
        mark = {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2}}
        name = f"told, {verdict}"
        made.append(go.Scatter(x=xs, y=ys, mode="markers", marker=mark, hoverinfo="skip", name=name, showlegend=True))
    return made


def named(known: pd.DataFrame, ground: Ground) -> list[go.Scatter]:
    """Return places with their names, each place once; a name of its own goes before that of the place."""
    own = known.assign(own=known["label"] != known.index, spot=[ground.spots[name] for name in known.index])
    once = own.sort_values("own", ascending=False, kind="stable").drop_duplicates("spot")
    xs, ys = zip(*once["spot"], strict=True)
    mark = {"symbol": "circle", "size": 6, "color": palette.TOKENS["ink"][0]}
    words = {"text": once["label"].tolist(), "textposition": once["side"].tolist(), "textfont": {"size": 12}}
    look = {"mode": "markers+text", "marker": mark, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}
    return [go.Scatter(x=xs, y=ys, **words, **look)]

"""Maps: places of the small ledger, outlines in a window, arcs of three looks, and the box of what has no place."""

import json
import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from places import FIXTURES

from claimbook.model import ledger
from claimbook.validation import validate
from claimbook.view import grammar, maps
from claimbook.view.drawing import draw
from claimbook.view.markup import plain

LEDGER = ledger.load(FIXTURES / "ledger")
PLACES = maps.places(LEDGER)
SEA = "POLYGON ((5 45, 20 45, 20 60, 5 60, 5 45))"
OUTLINES = pd.DataFrame(
    {
        "kind": ["land", "border", "disputed", "border"],
        "wkt": [SEA, "LINESTRING (8 52, 16 52)", "LINESTRING (12 48, 12 54)", "LINESTRING (100 10, 110 10)"],
    }
)
ARCS = pd.DataFrame(
    {
        "from": ["Norland", "Norland", "Norland", "Vestria"],
        "to": ["River Brigade", "Vestria", "nobody known", "Norland"],
        "look": ["hollow", "solid", "hollow", "dotted"],
        "verdict": ["supported", "", "not_established", ""],
        "sold": [None, 40.0, None, None],
        "n": ["1", "", "2", ""],
        "leads": ["#row-1", "", "#row-2", ""],
    }
)
COLUMNS = {
    "start": "from",
    "end": "to",
    "look": "look",
    "color": "verdict",
    "size": "sold",
    "text": "n",
    "href": "leads",
}
WORDS = {"title": "Arms", "alt": "Map. Norland to the Brigade.", "source": "our count", "id": "arms"}


def drawn(frame=ARCS, places=PLACES, **more):
    return grammar.arcs(frame, **{**COLUMNS, **more}, places=places, outlines=OUTLINES, **WORDS)


def picture(figure, width=760):
    return draw(json.loads(figure.to_json()), width, name="arms", alt="Map.")


def svg(figure, width=760):
    return BeautifulSoup(picture(figure, width).svg, "html.parser").svg


def line(figure, name):
    """Return the line of the first trace that begins with a name in the legend."""
    return next(trace for trace in figure.data if (trace.name or "").startswith(name))


def test_a_name_lies_where_its_place_does_under_its_own_label():
    assert PLACES.loc["River Brigade", ["longitude", "latitude"]].tolist() == [14.0, 50.0]
    assert PLACES.loc["River Brigade", "label"] == "River Brigade, Vestria"
    assert PLACES.loc["Vestria", "label"] == "Vestria"


@pytest.mark.parametrize("left", ["none", "no rows"])
def test_a_ledger_without_places_says_so_in_a_sentence(left):
    tables = {**LEDGER.tables, "places": LEDGER.tables["places"].iloc[:0]}
    if left == "none":
        del tables["places"]
    none = maps.places(replace(LEDGER, tables=tables))
    assert none.empty
    assert "no place is known of Norland, Vestria" in plain(drawn(places=none))


def test_an_arc_that_begins_nowhere_and_an_unknown_look_are_errors_that_name_them():
    with pytest.raises(ValueError, match="from: Nowhere: must have a place"):
        drawn(ARCS.replace({"from": {"Vestria": "Nowhere"}}))
    with pytest.raises(ValueError, match="look: wavy: must be one of hollow, solid, dotted"):
        drawn(ARCS.replace({"look": {"dotted": "wavy"}}))


def test_an_area_keeps_its_size_in_the_projection():
    centre = (10.0, 50.0)

    def area(south):
        corners = [maps.project(x, y, centre) for x, y in ((9, south), (11, south), (11, south + 1), (9, south + 1))]
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)) / 2

    on_globe = [
        maps.RADIUS**2 * math.radians(2) * (math.sin(math.radians(s + 1)) - math.sin(math.radians(s))) for s in (30, 60)
    ]
    assert [area(30), area(60)] == pytest.approx(on_globe, rel=0.005)


def test_outlines_are_cut_to_the_window():
    box = (-100.0, -100.0, 100.0, 100.0)
    [ring] = maps.outline(OUTLINES, "land", (12.0, 52.0), box)
    assert ring[0] == ring[-1]
    assert {abs(round(c)) for point in ring for c in point} == {100}
    [run] = maps.outline(OUTLINES, "border", (12.0, 52.0), box)
    assert run == [maps.project(x, 52.0, (12.0, 52.0)) for x in (8.0, 16.0)]
    assert maps.outline(OUTLINES, "border", (12.0, 58.0), box) == []


def test_what_is_told_is_hollow_in_the_colour_of_its_verdict_and_what_is_recorded_solid():
    figure = drawn()
    assert [trace.name for trace in figure.data if trace.showlegend] == [
        "recorded", "told, supported", "told, not established"
    ]  # fmt: skip
    tubes = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 5]
    holes = [
        trace
        for trace in figure.data
        if trace.mode == "lines" and trace.line.color == grammar.palette.TOKENS["paper"][0]
    ]
    assert [t.line.color for t in tubes] == [
        grammar.palette.VERDICT_COLOURS[v] for v in ("supported", "not_established")
    ]
    assert [(h.x, h.y) for h in holes] == [(t.x, t.y) for t in tubes]
    assert all(hole.line.width < tube.line.width for hole, tube in zip(holes, tubes, strict=True))


def test_thickness_goes_by_the_square_root():
    more = pd.concat([ARCS, ARCS.iloc[[1]].assign(sold=10.0, **{"from": "Vestria", "to": "Norland"})])
    thick = [trace.line.width for trace in drawn(more).data if trace.name == "recorded"]
    assert thick[0] / thick[1] == pytest.approx(2)


def test_a_place_that_moves_takes_its_arc_along():
    before, after = (
        drawn(),
        drawn(places=PLACES.assign(latitude=PLACES["latitude"].where(PLACES.index != "Norland", 58.0))),
    )
    high = [figure.layout.yaxis.range[1] - figure.layout.yaxis.range[0] for figure in (before, after)]
    assert high[1] > high[0]
    assert line(before, "recorded").y != line(after, "recorded").y


def test_who_has_no_place_stands_in_the_box_and_the_box_goes_with_the_last_of_them():
    figure = drawn()
    assert [note.text for note in figure.layout.annotations if "Off the map" in note.text] == [
        "Off the map: nobody known"
    ]
    assert len(figure.layout.shapes) == 2
    none = drawn(ARCS[ARCS["to"] != "nobody known"])
    assert len(none.layout.shapes) == 1
    assert not [note for note in none.layout.annotations if "Off the map" in note.text]


@pytest.mark.parametrize("width", [760, 350])
def test_a_kilometre_is_as_long_down_as_across_and_every_number_leads_to_its_row(width):
    made = picture(drawn(), width)
    given = made.layout
    across = given["width"] - given["margin"]["l"] - given["margin"]["r"]
    down = given["height"] - given["margin"]["t"] - given["margin"]["b"]
    x, y = (abs(b - a) for a, b in (given["xaxis"]["range"], given["yaxis"]["range"]))
    assert across / x == pytest.approx(down / y, rel=0.01)
    links = BeautifulSoup(made.svg, "html.parser").select("a")
    assert {a["href"]: (a["aria-label"], a.get_text()) for a in links} == {
        "#row-1": ("Norland to River Brigade, supported", "1"),
        "#row-2": ("Norland to nobody known, not established", "2"),
    }
    assert BeautifulSoup(made.svg, "html.parser").svg["role"] == "group"
    assert [n["text"] for n in given["annotations"] if "<a" in n["text"]] == [
        f'<a href="#row-{n}" target="_self">{n}</a>' for n in (1, 2)
    ]


def test_a_map_without_links_is_an_image():
    assert svg(drawn(text="", href=""))["role"] == "img"


def test_a_disputed_border_is_dashed_and_another_one_is_not():
    dashes = {path.get("stroke-dasharray") for path in svg(drawn(ARCS.iloc[:1])).select("path[stroke-width='1.2']")}
    assert dashes == {None, "3,2.5"}


def test_names_do_not_cross_the_edge_of_the_picture():
    for width in (760, 350):
        for text in svg(drawn(), width).find_all("text"):
            assert re.fullmatch(r"-?[\d.]+", text["x"])
            assert 0 <= float(text["x"]) <= width


CASES = {
    "place": (("place_names.csv", 2, "place", "Nowhere"), "Nowhere: must be found in places.place"),
    "latitude": (("places.csv", 2, "latitude", "155"), "must be at most 90"),
    "state": (("places.csv", 2, "iso3", "Norland"), "iso3: Norland"),
    "side": (("places.csv", 2, "label", "north"), "must be one of: top left"),
    "name that is a place": (("place_names.csv", 2, "name", "Vestria"), "must not be the name of a place"),
    "idle relation": (("map_relations.csv", 2, "relation", "lends_to"), "must be a relation of a claim"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_rule_of_the_tables_of_maps_has_a_case_that_breaks_it(case, folder):
    change, said = CASES[case]
    folder.set(*change)
    assert [str(p) for p in validate(folder.path) if said in str(p)]

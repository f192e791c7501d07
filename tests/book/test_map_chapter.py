"""The chapter of maps: arcs are those of claims, register and events; a row changed, and the arc follows."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block, rows
from notebooks import charts_of, figure_of, figures_of, shown_by
from outputs import claim_of
from this_book import BOOK, with_records, with_tables

from claimbook.analysis import aggregates
from claimbook.view import maps
from claimbook.view.assessments import Assessments
from claimbook.view.explore import FacetFilter
from claimbook.view.palette import VERDICTS
from claimbook.view.proofs import NotBorneOutError
from claimbook.view.tables import actor_names

PAGE = "chapters/record/maps"
ASSESSED = Assessments(BOOK)
NAMES = {actor: name.split(",")[0] for actor, name in actor_names(BOOK).items()}
FLOWS = aggregates.one_release(BOOK.records["sipri_flows"])


@pytest.fixture
def figures():
    return charts_of(PAGE)


@pytest.fixture
def results():
    return shown_by(PAGE)


def arcs_of(figure, look):
    found = rows(figure)
    return found[found["arc shows"] == look]


def test_every_arc_that_is_told_is_one_of_claims_with_its_verdict(figures):
    told = arcs_of(figures["map-arms"], "told")
    relations = set(BOOK.map_relations["relation"])
    claims = BOOK.claims[BOOK.claims["relation"].isin(relations) & (BOOK.claims["polarity"] == "positive")]
    known = {
        (NAMES[c.subject], NAMES[c.object], VERDICTS[ASSESSED.verdicts.at[c.claim_id, "verdict"]])
        for c in claims[claims["object"].isin(list(NAMES))].itertuples()
    }
    drawn = set(told[["from", "to", "verdict"]].itertuples(index=False, name=None))
    assert drawn <= known
    assert {arc[:2] for arc in drawn} == {arc[:2] for arc in known}
    assert list(told["arc"]) == [str(n) for n in range(1, len(told) + 1)]


def test_every_arc_of_the_register_has_the_sum_of_its_rows(figures):
    drawn = arcs_of(figures["map-arms"], "recorded")
    assert len(drawn) > 5
    for arc in drawn.itertuples(index=False):
        mine = FLOWS[(FLOWS["supplier"] == arc[1]) & (FLOWS["recipient"] == arc[2]) & FLOWS["year"].between(2001, 2024)]
        assert arc[-1] == pytest.approx(mine["tiv_millions"].sum())
        assert arc[-1] >= 10


def test_a_row_of_the_register_changed_changes_its_arc(monkeypatch, figures):
    record = BOOK.records["sipri_flows"].copy()
    at = (record["supplier"] == "Russia") & (record["recipient"] == "Syria") & (record["year"] == 2013)
    assert at.any()
    record.loc[at, "tiv_millions"] += 1000
    changed = figures_of(PAGE, monkeypatch, with_records(sipri_flows=record))

    def sum_of(figure):
        drawn = arcs_of(figure, "recorded").set_index(["from", "to"])["million TIV"]
        return drawn["Russia", "Syria"]

    assert sum_of(changed["map-arms"]) == pytest.approx(sum_of(figures["map-arms"]) + 1000)


def test_a_claim_whose_recipient_changes_takes_its_arc_along(monkeypatch, figures):
    claims = BOOK.claims.copy()
    claims.loc[claims["claim_id"] == "defence-ua-c019", "object"] = "iraq"
    changed = arcs_of(figure_of("map-arms", PAGE, monkeypatch, with_tables(claims=claims)), "told")
    before = arcs_of(figures["map-arms"], "told")
    pairs = [set(frame[["from", "to", "verdict"]].itertuples(index=False, name=None)) for frame in (before, changed)]
    assert ("Russia", "Iraq", "supported") in pairs[1] - pairs[0]
    assert ("Russia", "Donbas", "supported") in pairs[0] - pairs[1]


def test_a_relation_that_the_table_drops_is_not_drawn(monkeypatch, figures):
    fewer = BOOK.map_relations.query("relation != 'concluded_arms_contracts_with'")
    changed = arcs_of(figure_of("map-arms", PAGE, monkeypatch, with_tables(map_relations=fewer)), "told")
    gone = set(arcs_of(figures["map-arms"], "told")["to"]) - set(changed["to"])
    assert gone == {NAMES[f"{who}-extremist-groups"] for who in ("arab", "palestinian", "albanian-muslim")}


def test_years_chosen_in_the_first_cell_choose_the_deliveries(monkeypatch, figures):
    change = ("first, last = 2001, 2024", "first, last = 2001, 2010")
    fewer = arcs_of(figure_of("map-arms", PAGE, monkeypatch, change=change), "recorded")
    assert ("Iran", "Russia") not in set(zip(fewer["from"], fewer["to"], strict=True))
    whole = arcs_of(figures["map-arms"], "recorded")
    assert ("Iran", "Russia") in set(zip(whole["from"], whole["to"], strict=True))


def test_groups_without_a_place_stand_in_the_box_until_one_is_given(monkeypatch, figures):
    def box(figure):
        return next(note.text for note in figure.layout.annotations if note.text.startswith("Off the map"))

    assert "Arab groups called extremist" in box(figures["map-arms"])
    assert "Hamas" not in box(figures["map-arms"])
    names = BOOK.place_names
    placed = pd.concat([names, names.iloc[[0]].assign(name="Arab groups called extremist", label="")])
    changed = figure_of("map-arms", PAGE, monkeypatch, with_tables(place_names=placed))
    assert "Arab groups called extremist" not in box(changed)


def test_a_verdict_that_the_words_do_not_foresee_stops_the_page(monkeypatch):
    rows_ = BOOK.evidence[BOOK.evidence["claim_id"] != "defence-ua-c019"]
    fewer = with_tables(evidence=rows_)
    drawn = arcs_of(figure_of("map-arms", PAGE, monkeypatch, fewer), "told")
    assert ("Donbas", "not established") in set(zip(drawn["to"], drawn["verdict"], strict=True))
    none = with_tables(map_relations=BOOK.map_relations.query("relation == 'concluded_arms_contracts_with'"))
    with pytest.raises(NotBorneOutError):
        figures_of(PAGE, monkeypatch, none)


def test_journeys_are_those_of_the_events(figures):
    drawn = rows(figures["map-visits"])
    met = BOOK.events.query("type == 'CONSULT'")
    known = {(place.split(",")[0], day[:4]) for place, day in zip(met["place"], met["date_start"], strict=True)}
    assert set(zip(drawn["to"], drawn["year"].astype(str), strict=True)) <= known
    assert {"Tehran", "Moscow", "St Petersburg", "Dushanbe"} == set(drawn["to"])
    assert ("Iran", "Dushanbe") in set(zip(drawn["from"], drawn["to"], strict=True))


def test_a_meeting_that_moves_takes_its_journey_along(monkeypatch):
    events = BOOK.events.copy()
    events.loc[events["event_id"] == "ev-2021-putin-lukashenko-meeting", "place"] = "St Petersburg, Russia"
    drawn = rows(figure_of("map-visits", PAGE, monkeypatch, with_tables(events=events)))
    assert "Moscow" not in set(drawn["to"])
    assert ("St Petersburg", "2021") in set(zip(drawn["to"], drawn["year"].astype(str), strict=True))


def test_every_number_leads_to_a_row_with_its_claims_verdicts_and_denials(figures, results):
    [control] = [result for result in results if isinstance(result, FacetFilter)]
    ids = {f"row-{row_id}" for row_id, _, _ in control.rows}
    linked = {note.text.split('"')[1] for note in figures["map-arms"].layout.annotations if "<a " in note.text}
    assert linked == {f"#{row_id}" for row_id in ids}
    shown = BeautifulSoup("".join(html for _, _, html in control.rows), "html.parser")
    for (row_id, values, _), row in zip(control.rows, shown.select(".cb-claim"), strict=True):
        claims = [claim_of(link) for link in row.select("a.cb-id")]
        marks = {mark.get_text(" ", strip=True) for mark in row.select(".cb-verdict")}
        assert {VERDICTS[ASSESSED.verdicts.at[claim, "verdict"]] for claim in claims} == {m[2:] for m in marks}, row_id
        assert set(values["verdict"]) <= {m[2:] for m in marks}
        deniers = dict.fromkeys(name for claim in claims for name in ASSESSED.deniers(claim))
        assert all(name in row.get_text() for name in list(deniers)[:2]), row_id
        assert ("denied: " in row.get_text()) >= bool(deniers)
    assert len(shown.select("a.cb-id")) > len(control.rows)
    tables = BeautifulSoup("".join(r._repr_html_() for r in results if hasattr(r, "_repr_html_")), "html.parser")
    visits = {note.text.split('"')[1] for note in figures["map-visits"].layout.annotations}
    assert visits == {f"#{row['data-jupyter-id']}" for row in tables.select("tr[data-jupyter-id^=visit-]")}


def test_the_captions_say_what_the_maps_do_not_show(figures):
    said = block(figures["map-arms"])["caption"]
    for words in ("TIV is not money", "a missing arc proves nothing", "omits small arms", "square root", "n = "):
        assert words in said
    assert "Natural Earth" in block(figures["map-arms"])["source"]
    assert "Natural Earth" in block(figures["map-visits"])["source"]


def test_disputed_lines_are_those_that_the_chapter_names():
    outlines = BOOK.records["map_outlines"]
    disputed = set(outlines.loc[outlines["kind"] == "disputed", "between"])
    for pair in ("Russia and Ukraine", "Israel and Syria", "Israel and Palestine", "Cyprus and Northern Cyprus"):
        assert pair in disputed
    assert "Kosovo and Serbia" in disputed
    assert not {pair for pair in outlines["between"] if "Abkhazia" in pair or "Ossetia" in pair}
    crimea = outlines[(outlines["kind"] == "disputed") & (outlines["between"] == "Russia and Ukraine")]["wkt"]
    assert len(crimea) == 1
    assert all(
        32 < float(x) < 37 and 45 < float(y) < 47 for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", crimea.iloc[0])
    )


@pytest.mark.parametrize("name", ["Belarus", "Hamas", "Ukraine rebels"])
def test_names_have_the_coordinates_of_their_place(name):
    lies = maps.places(BOOK).loc[name]
    place = BOOK.place_names.set_index("name")["place"].get(name, name)
    [known] = BOOK.places[BOOK.places["place"] == place].itertuples()
    assert (lies["longitude"], lies["latitude"]) == (known.longitude, known.latitude)

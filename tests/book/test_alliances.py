"""The chapter on alliances: its cells over the records, totals against lists; a row changed, and pictures follow."""

import pytest
from figures import block, rows
from notebooks import charts_of, figure_of, figures_of, shown_by
from this_book import BOOK, with_records

from claimbook.view.explore import FacetFilter
from claimbook.view.proofs import NotBorneOutError, Sentence

PAGE = "chapters/record/alliances"
CALLS = BOOK.records["un_ukraine_roll_calls"].query("'2022-03-01' <= date <= '2023-04-30'")
VOTES = BOOK.records["un_ukraine_votes"]


@pytest.fixture
def figures():
    return charts_of(PAGE)


def lines_of(figure):
    return [trace for trace in figure.data if "lines" in trace.mode]


def test_every_chart_carries_all_that_a_reader_needs(figures):
    assert len(figures) == 5
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("id", "title", "caption", "alt", "source"))
        assert "n = " in said["caption"]
        assert "record" in said["source"]
        assert said["rows"]


def test_the_lists_of_states_are_as_long_as_the_totals_announced():
    whole = {"abstained": ["full", "against_and_abstained"], "not_voting": ["full"]}
    totals = {"against": "no_count", "abstained": "abstain_count", "not_voting": "not_voting_count"}
    listed = VOTES.groupby(["resolution", "vote"]).size()
    compared = 0
    for call in BOOK.records["un_ukraine_roll_calls"].itertuples(index=False):
        for vote, total in totals.items():
            number = listed.get((call.resolution, vote), 0)
            if call.states_listed in whole.get(vote, [call.states_listed]):
                assert number == getattr(call, total), (call.resolution, vote)
                compared += 1
            assert number <= getattr(call, total)
    assert compared > len(CALLS)


def test_every_vote_against_is_drawn_and_no_vote_is_made_up(figures):
    drawn = rows(figures["alliances-who-voted"])
    assert (drawn["vote"] == "against").sum() == int(CALLS["no_count"].sum())
    unlisted = drawn.merge(CALLS, left_on="resolution", right_on="resolution")
    guessed = unlisted[(unlisted["vote"] == "in favour") & (unlisted["states_listed"] != "full")]
    assert guessed.empty, "a state in no list is known only as far as the lists are whole"
    assert {"Russia", "Iran", "Belarus"} <= set(drawn["state"])


def test_the_states_called_loyal_stand_in_a_box_and_an_abstention_looks_like_nothing_else(figures):
    figure = figures["alliances-who-voted"]
    [box] = figure.layout.shapes
    rows_ = list(figure.layout.yaxis.categoryarray)
    boxed = {state for place, state in enumerate(rows_) if box.y0 < place < box.y1}
    assert boxed == {"Belarus", "Eritrea", "North Korea", "Syria"}
    symbols = {trace.name: trace.marker.symbol for trace in figure.data}
    assert symbols["abstained"] == "circle-open"
    assert len(set(symbols.values())) == len(symbols)


def test_a_changed_vote_changes_matrix_and_title_or_stops_the_lead(monkeypatch):
    gone = VOTES[~((VOTES["state"] == "Syria") & (VOTES["resolution"] == "A/RES/ES-11/1"))]
    changed = figure_of("alliances-who-voted", PAGE, monkeypatch, with_records(un_ukraine_votes=gone))
    assert "Syria" not in block(changed)["title"]
    assert "Belarus, North Korea" in block(changed)["title"]
    none = VOTES[~((VOTES["state"] == "Belarus") & (VOTES["vote"] == "against"))]
    with pytest.raises(NotBorneOutError, match="calls loyal"):
        figures_of(PAGE, monkeypatch, with_records(un_ukraine_votes=none))


def test_a_changed_filter_changes_the_picture(monkeypatch, figures):
    change = ("('Russia', 'Iran', 'United States')", "('Russia', 'Iran', 'United States', 'Poland')")
    wider = figures_of(PAGE, monkeypatch, change=change)
    before = set(rows(figures["alliances-agreement"])["Belarus with"])
    assert set(rows(wider["alliances-agreement"])["Belarus with"]) - before == {"Poland"}


def test_lines_have_the_values_of_the_records(figures):
    record = BOOK.records["un_agreement"]
    for trace in lines_of(figures["alliances-agreement"]):
        mine = record[(record["state_a"] == "Belarus") & (record["state_b"] == trace.name)]
        assert list(zip(trace.x, trace.y, strict=True)) == list(zip(mine["year"], mine["agreement"], strict=True))
    points = BOOK.records["un_ideal_points"].set_index(["state", "year"])
    lines = [trace for trace in lines_of(figures["alliances-ideal-points"]) if not trace.fill]
    assert {trace.name for trace in lines} == set(BOOK.records["un_ideal_points"]["state"])
    for trace in lines:
        assert [points.at[(trace.name, x), "ideal_point"] for x in trace.x] == list(trace.y)


def test_agreement_that_turns_stops_the_title(monkeypatch):
    record = BOOK.records["un_agreement"].copy()
    last = (record["state_b"] == "United States") & (record["year"] == record["year"].max())
    record.loc[last & (record["state_a"] == "Belarus"), "agreement"] = 0.9
    with pytest.raises(NotBorneOutError, match="seldom with the United States"):
        figures_of(PAGE, monkeypatch, with_records(un_agreement=record))


def test_spans_of_membership_are_those_of_the_editions(figures):
    drawn = rows(figures["alliances-memberships"]).set_index("state and organisation")
    for row in BOOK.records["organisations"].itertuples(index=False):
        if f"{row.country}: {row.organisation}" in drawn.index:
            span = drawn.loc[f"{row.country}: {row.organisation}"]
            assert (span["first edition"], span["last edition"]) == (row.first_edition, row.last_edition)
    assert any(name.startswith("Iran: SCO") for name in drawn.index)


def test_what_is_said_stands_beside_what_the_numbers_show():
    found = shown_by(PAGE)
    [control] = [result for result in found if isinstance(result, FacetFilter)]
    shown = "".join(html for _, _, html in control.rows)
    for claim in ("srebrnik-2023-c056", "walsh-2021-c003", "wnd-2001-c072"):
        assert f'#{claim}"' in shown
    parts = [control.select(verdict=verdict) for verdict in control.facets["verdict"][1]]
    assert len(parts) > 1
    assert sum(map(len, parts)) == len(control.rows)
    assert [result for result in found if isinstance(result, Sentence)]

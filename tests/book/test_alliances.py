"""Alliances by the numbers: scores recomputed from votes, totals against lists, bands where the data have them."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block, bundle
from this_book import BOOK, with_records, with_tables

from claimbook.view.markup import plain
from claimbook.view.mime import CHART
from topics import alliances

MAKERS = (
    alliances.agreement,
    alliances.ideal_points,
    alliances.roll_calls,
    alliances.who_voted,
    alliances.memberships,
    alliances.democracy,
    alliances.elections,
    alliances.media,
)
FIGURES = {make.__name__: make(BOOK) for make in MAKERS}


@pytest.mark.parametrize("name", FIGURES)
def test_chart_carries_all_that_a_reader_needs(name):
    meta = block(FIGURES[name])
    assert all(meta[part].strip() for part in ("id", "title", "caption", "alt", "source"))
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert meta["rows"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])
    assert "record" in meta["source"]


@pytest.mark.parametrize("name", ["agreement", "ideal_points", "democracy", "elections", "media"])
def test_lines_are_the_columns_of_the_table_and_differ_by_more_than_colour(name):
    meta = block(FIGURES[name])
    frame = pd.DataFrame(meta["rows"], columns=meta["columns"])
    lines = [t for t in bundle(FIGURES[name])["data"] if t.get("mode") == "lines+markers"]
    assert lines
    for trace in lines:
        assert trace["y"] == [None if pd.isna(v) else v for v in frame[trace["name"]]]
    assert len({(t["line"]["dash"], t["marker"]["symbol"]) for t in lines}) == len(lines)


@pytest.mark.parametrize("name", ["ideal_points", "democracy"])
def test_bands_run_from_the_lower_to_the_upper_end(name):
    meta = block(FIGURES[name])
    frame = pd.DataFrame(meta["rows"], columns=meta["columns"])
    bands = {t["name"].removesuffix(", band"): t for t in bundle(FIGURES[name])["data"] if t.get("fill") == "toself"}
    lines = [t["name"] for t in bundle(FIGURES[name])["data"] if t.get("mode") == "lines+markers"]
    assert set(bands) == set(lines)
    for state, trace in bands.items():
        n = len(frame)
        assert trace["y"][:n] == pytest.approx(frame[f"{state}, upper"].astype(float), abs=1e-3)
        assert trace["y"][n:][::-1] == pytest.approx(frame[f"{state}, lower"].astype(float), abs=1e-3)


def test_the_lists_of_states_are_as_long_as_the_totals_announced():
    calls, votes = BOOK.records["un_ukraine_roll_calls"], BOOK.records["un_ukraine_votes"]
    found = alliances.tallies(calls, votes)
    whole = found[found["whole"]]
    assert len(whole)
    assert (whole["listed"] == whole["announced"]).all()
    assert (found["listed"] <= found["announced"]).all()
    short = alliances.tallies(calls, votes.iloc[1:])
    short = short[short["whole"]]
    assert (short["listed"] != short["announced"]).sum() == 1


def test_a_state_in_no_list_is_known_only_as_far_as_the_lists_are_whole():
    votes = pd.DataFrame([{"resolution": "r", "state": "A", "vote": "against"}])
    calls = pd.DataFrame(
        [{"resolution": "r", "states_listed": s} for s in ("full", "against", "against_and_abstained")]
    )
    full, *partial = calls.itertuples(index=False)
    assert alliances.vote_of("A", full, votes) == "against"
    assert alliances.vote_of("B", full, votes) == "in_favour"
    assert {alliances.vote_of("B", call, votes) for call in partial} == {"not_against"}


def test_every_vote_against_is_drawn():
    figure = bundle(FIGURES["who_voted"])
    drawn = {t["name"]: len(t["x"]) for t in figure["data"]}
    calls = BOOK.records["un_ukraine_roll_calls"]
    inside = calls[calls["date"].between(*alliances.WAR)]
    assert drawn[alliances.VOTES["against"]] == int(inside["no_count"].sum())
    states = {row[0] for row in block(FIGURES["who_voted"])["rows"]}
    assert {*alliances.LOYAL, *alliances.BESIDE, "Russia"} <= states
    assert len({t["marker"]["symbol"] for t in figure["data"]}) == len(figure["data"])


def test_two_roll_calls_of_a_day_are_both_drawn():
    calls = BOOK.records["un_ukraine_roll_calls"].copy()
    calls.loc[calls["resolution"] == "A/RES/ES-11/5", "date"] = "2023-02-23"
    both = with_records(un_ukraine_roll_calls=calls)
    figure = alliances.who_voted(both)
    drawn = {t["name"]: t for t in bundle(figure)["data"]}[alliances.VOTES["against"]]
    inside = calls[calls["date"].between(*alliances.WAR)]
    assert len(set(drawn["x"])) == len(inside)
    assert len(block(figure)["columns"]) == 1 + len(inside)
    assert {"23 February 2023 (A/RES/ES-11/5)", "23 February 2023 (A/RES/ES-11/6)"} < set(drawn["x"])
    assert len({row[0] for row in block(alliances.roll_calls(both))["rows"]}) == len(inside)
    assert len(set(figure._repr_mimebundle_()[0][CHART]["layout"]["xaxis"]["categoryarray"])) == len(inside)


def test_totals_are_drawn_as_the_record_has_them():
    rows = block(FIGURES["roll_calls"])["rows"]
    calls = BOOK.records["un_ukraine_roll_calls"]
    inside = calls[calls["date"].between(*alliances.WAR)].sort_values("date")
    assert [row[2] for row in rows] == inside["no_count"].tolist()
    assert all(sum(row[1:]) == sum(rows[0][1:]) for row in rows)


def test_a_changed_vote_changes_title_and_lead():
    votes = BOOK.records["un_ukraine_votes"]
    gone = votes[~((votes["state"] == "Belarus") & (votes["vote"] == "against"))]
    changed = with_records(un_ukraine_votes=gone)
    assert "Belarus" in block(alliances.who_voted(BOOK))["title"]
    assert "Belarus" not in block(alliances.who_voted(changed))["title"]
    assert "Belarus in 0" in plain(alliances.lead(changed))


def test_the_score_of_the_title_is_that_of_the_record():
    rows = BOOK.records["un_agreement"]
    last = rows[rows["year"] == rows["year"].max()].set_index(["state_a", "state_b"])["agreement"]
    assert f"{last['Belarus', 'Russia']:.2f}" in block(FIGURES["agreement"])["title"]


def test_spans_of_membership_are_those_of_the_editions():
    drawn = {
        name: (base, base + width - 1)
        for t in bundle(FIGURES["memberships"])["data"]
        for name, base, width in zip(t["y"], t["base"], t["x"], strict=True)
    }
    for row in BOOK.records["organisations"].itertuples(index=False):
        if f"{row.country}: {row.organisation}" in drawn:
            assert drawn[f"{row.country}: {row.organisation}"] == (row.first_edition, row.last_edition)
    assert any(name.startswith("Iran: SCO") for name in drawn)


def test_what_is_said_stands_beside_what_the_numbers_show():
    html = alliances.sayings(BOOK)
    for claim in ("srebrnik-2023-c056", "walsh-2021-c003", "wnd-2001-c072"):
        assert f'#{claim}"' in html


def test_recomputed_agreement_lists_the_loyal_first():
    text = plain(alliances.with_russia(BOOK))
    places = [text.index(state) for state in alliances.LOYAL]
    assert max(places) < text.index("Kazakhstan")


@pytest.mark.parametrize("day", ["", "1870-07-13"], ids=["undated", "older than the index"])
def test_a_text_outside_the_years_of_a_record_breaks_no_chart(day):
    sources = BOOK.sources.copy()
    sources.loc[0, ["published_earliest", "published_latest"]] = day
    other = with_tables(sources=sources)
    assert "Freedom of expression in Russia is rated" in alliances.media(other).layout.meta["claimbook"]["title"]


def test_of_few_roll_calls_no_percentage_is_told():
    """There are six: who voted alike in one of two did not do so in half of all."""
    shown = alliances.with_russia(BOOK)
    assert "%" not in plain(shown)
    rows = [[cell.text for cell in tr.select("th, td")] for tr in BeautifulSoup(shown, "html.parser").select("tr")]
    assert rows[0][3] == "Voted the same in"
    known = [row for row in rows[1:] if row[3] != "–"]
    assert known
    assert all(0 <= int(row[3]) <= int(row[1]) for row in known)
    assert [row[2] for row in known] == sorted((row[2] for row in known), reverse=True)
    assert rows[1:] == known + [row for row in rows[1:] if row[3] == "–"]

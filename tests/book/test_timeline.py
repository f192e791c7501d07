"""Events in time: what the chapter on them draws and lists, and what places them; a row changed, and it follows."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block
from notebooks import figures_of, results_of
from this_book import BOOK, with_tables

from claimbook.analysis import dates, evidence
from claimbook.analysis.foretold import NOT_KNOWN, PREDICTED, foretold
from claimbook.model.span import FITS, Span, merge
from claimbook.view import palette, timeline
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import plain

PAGE = "chapters/diplomatic-events"
ROWS = timeline.placed(BOOK)
DATED = ROWS[(ROWS["start"] != "") | (ROWS["end"] != "")]
SHORTS = BOOK.sources.set_index("source_id")["short_name"]


@pytest.fixture(scope="module")
def page():
    """Return what the cells of the chapter give."""
    with pytest.MonkeyPatch.context() as patch:
        return results_of(PAGE, patch)


def controls(results):
    """Return the controls of the chapter by their ids."""
    return {result.id: result for result in results if isinstance(result, FacetFilter)}


def strip(results):
    [figure] = [result for result in results if hasattr(result, "data")]
    return figure


def drawn(figure):
    """Return where the marks of the strip stand, with the name and the symbols of what they stand for."""
    return [(x, trace.name, trace.marker.symbol) for trace in figure.data for x in trace.x]


def test_the_strip_carries_all_that_a_reader_needs(page):
    said = block(strip(page))
    assert said["id"] == "timeline-events"
    assert all(said[part].strip() for part in ("title", "caption", "alt", "source"))
    assert said["title"] in said["alt"]
    assert f"n = {len(said['rows'])}" in said["caption"]
    assert f"nothing dates them: {len(ROWS) - len(DATED)} events" in said["caption"]
    assert strip(page).layout.height < 600


def test_the_strip_draws_every_event_that_has_a_place_once_for_each_text_that_tells_it(page):
    expected = [(e.start or e.end, palette.MODES[e.mode]) for e in DATED.itertuples() for _ in e.texts]
    assert sorted((x, name) for x, name, _ in drawn(strip(page))) == sorted(expected)
    said = block(strip(page))
    told = pd.DataFrame(said["rows"], columns=said["columns"])
    pairs = [(e.summary, SHORTS[t]) for e in DATED.itertuples() for t in e.texts]
    assert sorted(zip(told["event"], told["text"], strict=True)) == sorted(pairs)
    words = {word for cell in told["rests on"] for word in cell.split("; ") if word}
    assert words == {word for words in DATED["words"] for word in words}


def test_full_is_told_as_fact_and_an_allegation_has_its_verdict_beside_it(page):
    for _, name, symbol in drawn(strip(page)):
        assert symbol.endswith("-open") == (name != palette.MODES["happened"])
    said = block(strip(page))
    told = pd.DataFrame(said["rows"], columns=said["columns"])
    assert (told.loc[told["told"] == palette.MODES["alleged"], "verdict"] != "").all()
    assert (told.loc[told["told"] != palette.MODES["alleged"], "verdict"] == "").all()


def test_an_upright_in_a_lane_is_the_day_of_its_text(page):
    days = set(BOOK.sources["published_earliest"]) - {""}
    shapes = sorted(strip(page).layout.shapes, key=lambda shape: shape.y0)
    assert {shape.x0 for shape in shapes} == days
    assert all(low.y1 < high.y0 for low, high in pairwise(shapes))
    assert shapes[0].x0 == max(days), "the latest text stands lowest"


def test_a_changed_row_changes_strip_and_lead(monkeypatch):
    changed = results_of(PAGE, monkeypatch, with_tables(events=BOOK.events.assign(mode="alleged")))
    assert {name for _, name, _ in drawn(strip(changed))} == {palette.MODES["alleged"]}
    assert f"{len(ROWS)} alleged" in plain(changed[0])
    assert block(strip(changed))["title"].startswith("Told as fact: 0 of ")


def test_a_changed_filter_changes_the_picture(monkeypatch):
    change = ("ledger.load()", 'ledger.load().text("srebrnik-2023")')
    [figure] = figures_of(PAGE, monkeypatch, change=change).values()
    mine = [e for e in DATED.itertuples() if "srebrnik-2023" in e.texts]
    assert len(drawn(figure)) == len(mine) < len(DATED)


def merged(told):
    span, agree = merge(Span(*ends) for ends in told)
    return span.first, span.last, agree


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], ("", "", True)),
        ([("", "")], ("", "", True)),
        ([("2021-01-01", "2021-12-31")], ("2021-01-01", "2021-12-31", True)),
        ([("2021-01-01", "2021-12-31"), ("2021-10-01", "2021-10-31")], ("2021-10-01", "2021-10-31", True)),
        ([("", "2021-06-30"), ("2021-01-01", "2021-12-31")], ("2021-01-01", "2021-06-30", True)),
        ([("", "2023-04-05")], ("", "2023-04-05", True)),
        ([("2021-11-03", "2021-11-03"), ("2021-10-01", "2021-10-31")], ("2021-10-01", "2021-11-03", False)),
        ([("", "2001-05-01"), ("2002-01-01", "2002-12-31")], ("", "2002-12-31", False)),
        ([("2002-01-01", ""), ("2001-01-01", "2001-12-31")], ("2001-01-01", "", False)),
    ],
)
def test_tellings_merge_to_the_days_that_all_allow_and_no_further(told, expected):
    assert merged(told) == expected


def test_the_order_of_tellings_does_not_matter():
    told = [("2021-01-01", "2021-12-31"), ("", "2021-06-30"), ("2021-03-01", "")]
    assert merged(told) == merged(told[::-1]) == ("2021-03-01", "2021-06-30", True)


def test_every_event_is_placed_once_and_by_its_record_where_it_has_one():
    assert ROWS["event_id"].tolist() == BOOK.events["event_id"].tolist()
    dated = ROWS[ROWS["date_basis"] != ""]
    assert (dated["start"] == dated["date_start"]).all()
    assert (dated["end"] == dated["date_end"]).all()


def test_an_undated_event_is_bounded_by_its_words_alone():
    bare = ROWS[ROWS["date_basis"] == ""]
    told = BOOK.event_claims[(BOOK.event_claims["told_start"] != "") | (BOOK.event_claims["told_end"] != "")]
    placed = set(bare.loc[(bare["start"] != "") | (bare["end"] != ""), "event_id"])
    assert placed == set(bare["event_id"]) & set(told["event_id"])


def test_the_verdict_of_an_event_is_that_of_its_claims():
    verdicts = evidence.verdicts(BOOK).set_index("claim_id")["verdict"]
    for event in ROWS.itertuples(index=False):
        found = {verdicts[c] for c in event.claims}
        assert event.verdict in found | {timeline.MIXED}
    assert timeline.event_verdict(["supported", "supported"]) == "supported"
    assert timeline.event_verdict(["supported", "disputed"]) == timeline.MIXED


def test_the_filter_has_every_event_and_every_claim_on_it():
    control = timeline.events(BOOK)
    assert {row_id for row_id, *_ in control.rows} == set(BOOK.events["event_id"])
    html = {row_id: html for row_id, _, html in control.rows}
    for told in BOOK.event_claims.itertuples(index=False):
        assert f'#{told.claim_id}"' in html[told.event_id]
    alleged = control.select(mode="alleged")
    assert set(alleged) == set(BOOK.events.loc[BOOK.events["mode"] == "alleged", "event_id"])
    source_id = BOOK.sources["source_id"].iloc[0]
    assert set(control.select(text=source_id)) == {e.event_id for e in ROWS.itertuples() if source_id in e.texts}
    assert "denied: wnd-2001-c054" in plain(html["ev-2001-belarus-extremist-arms-contracts"])
    assert set(control.select(date="none")) == set(ROWS.loc[(ROWS["start"] == "") & (ROWS["end"] == ""), "event_id"])


@pytest.mark.parametrize("name", dict.fromkeys(BOOK.episodes["episode"]))
def test_an_episode_shows_its_events_and_every_difference_the_evidence_has(name):
    html = timeline.episode(BOOK, name)
    known = list(BOOK.episodes.loc[BOOK.episodes["episode"] == name, "event_id"])
    summaries = BOOK.events.set_index("event_id")["summary"]
    heads = [head.div.text for head in BeautifulSoup(html, "html.parser").select(".cb-head")]
    assert heads == list(summaries[known])
    claims = set(BOOK.event_claims.loc[BOOK.event_claims["event_id"].isin(known), "claim_id"])
    rows = evidence.resolved(BOOK)
    against = rows[rows["claim_id"].isin(claims) & rows["stance"].isin(("qualifies", "contradicts"))]
    text = plain(html)
    assert all(" ".join(finding.split()) in text for finding in against["finding"])
    assert all(f'#{claim}"' in html for claim in claims)


def test_an_episode_is_one_of_the_book():
    with pytest.raises(KeyError, match="no episode 'nowhere', only tehran"):
        timeline.episode(BOOK, "nowhere")
    for tables in ({**BOOK.tables, "episodes": BOOK.episodes.iloc[:0]}, {**BOOK.tables}):
        if len(tables["episodes"]):
            del tables["episodes"]
        said = timeline.episode(replace(BOOK, tables=tables), "tehran")
        assert plain(said) == "None of the events of this episode is in this ledger."


def test_a_moved_record_shows_as_a_difference():
    events = BOOK.events.copy()
    at = events.index[events["event_id"] == "ev-2023-lukashenko-meets-raisi"][0]
    events.loc[at, ["date_start", "date_end"]] = "2023-05-01"
    changed = with_tables(events=events)
    before, after = plain(timeline.episode(BOOK, "tehran")), plain(timeline.episode(changed, "tehran"))
    assert after.count("✕ Dates differ") == before.count("✕ Dates differ") + 1


def unlike(results):
    """Return the rows of the table of dates that do not fit, as their cells."""
    tables = [
        t for r in results for t in BeautifulSoup(str(r), "html.parser").select("table") if "do not fit" in t.text
    ]
    return [row for table in tables for row in table.select("tbody tr")]


def test_every_date_that_differs_stands_beside_the_one_on_record(page):
    both = dates.compared(BOOK)
    expected = both[both["outcome"] != FITS]
    assert len(expected) == len(unlike(page)) > 0
    for telling, row in zip(expected.itertuples(), unlike(page), strict=True):
        assert row.th.text == telling.summary
        assert f'#{telling.claim_id}"' in str(row)
        assert telling.date_words in row.text
    assert any("share no day: 3 November 2021 against 4 November 2021" in str(result) for result in page)


def test_a_moved_record_is_said_to_differ(monkeypatch, page):
    events = BOOK.events.copy()
    at = events.index[events["event_id"] == "ev-2023-lukashenko-meets-raisi"][0]
    events.loc[at, ["date_start", "date_end"]] = "2023-05-01"
    changed = results_of(PAGE, monkeypatch, with_tables(events=events))
    assert len(unlike(changed)) == len(unlike(page)) + 1
    assert any("11 March 2023 to 20 March 2023 against 1 May 2023" in str(result) for result in changed)


def test_the_last_outcome_decides_and_without_one_it_is_not_known():
    found = foretold(BOOK).set_index("event_id")["status"]
    moldova = "ev-undated-moldova-joins-union"
    assert found[moldova] == "not_kept"
    later = pd.DataFrame([{**BOOK.outcomes.iloc[0], "event_id": moldova, "status": "kept", "known_on": "2030-01-01"}])
    changed = with_tables(outcomes=pd.concat([BOOK.outcomes, later], ignore_index=True))
    assert foretold(changed).set_index("event_id").loc[moldova, "status"] == "kept"
    bare = with_tables(outcomes=BOOK.outcomes.iloc[:0])
    assert set(foretold(bare)["status"]) == {NOT_KNOWN}


def test_every_prediction_plan_and_promise_is_listed_once_with_what_is_on_record_of_it(page):
    found = foretold(BOOK)
    listed = [c for claims in found["claims"] for c in claims]
    predictions = set(BOOK.claims.loc[BOOK.claims["kind"] == "prediction", "claim_id"])
    assert predictions - set(listed) <= set(BOOK.event_claims["claim_id"])
    assert set(found["mode"]) <= {*palette.MODES, PREDICTED}
    ahead = BOOK.events.loc[BOOK.events["mode"].isin(("promised", "planned")), "event_id"]
    assert set(ahead) <= set(found["event_id"])
    shown = controls(page)["foretold"]
    text = " ".join(plain(html) for _, _, html in shown.rows)
    assert all(" ".join(words.split()) in text for words in [*found["summary"], *BOOK.outcomes["outcome"]])
    assert len(shown.select(outcome="not known")) == (found["status"] == NOT_KNOWN).sum()
    assert sum(len(shown.select(outcome=value)) for value in shown.facets["outcome"][1]) == len(found)

"""Events in time: what the chapter on them draws and lists, and what places them; a row changed, and it follows."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block
from notebooks import figure_of, results_of, shown_by
from this_book import BOOK, with_tables

from claimbook.analysis import dates, evidence
from claimbook.analysis.foretold import NOT_KNOWN, PREDICTED, foretold
from claimbook.model.span import Span, merge
from claimbook.view import palette, timeline
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import plain

PAGE = "chapters/record/diplomatic-events"
ROWS = timeline.placed(BOOK)
DATED = ROWS[(ROWS["start"] != "") | (ROWS["end"] != "")]
SHORTS = BOOK.sources.set_index("source_id")["short_name"]


@pytest.fixture
def page():
    return shown_by(PAGE)


def controls(results):
    """Return the controls of the chapter by their ids."""
    return {result.id: result for result in results if isinstance(result, FacetFilter)}


def strip(results):
    return next(result for result in results if hasattr(result, "data"))


def drawn(figure):
    """Return the years of the marks of the strip, with the name and the symbol of what they stand for."""
    return [(int(x), trace.name, trace.marker.symbol) for trace in figure.data for x in trace.x]


def year_of(event):
    return int((event.start or event.end)[:4])


def test_every_chart_carries_all_that_a_reader_needs(page):
    figures = {block(figure)["id"]: block(figure) for figure in page if hasattr(figure, "data")}
    assert list(figures) == ["timeline-events", "timeline-told", "timeline-foretold"]
    for said in figures.values():
        assert all(said[part].strip() for part in ("title", "caption", "alt", "source"))
        marks = sum(row[-1] for row in said["rows"]) if said["columns"][-1] == "foretold" else len(said["rows"])
        assert f"n = {marks}" in said["caption"]
    assert f"nothing dates them: {len(ROWS) - len(DATED)} events" in figures["timeline-events"]["caption"]


def test_the_strip_draws_every_event_that_has_a_place_once_for_each_text_that_tells_it(page):
    expected = sorted(year_of(e) for e in DATED.itertuples() for _ in e.texts)
    assert sorted(x for x, _, _ in drawn(strip(page))) == expected
    assert sorted(y for trace in narrow(strip(page))["data"] for y in trace["y"])
    assert sum(len(trace["x"]) for trace in narrow(strip(page))["data"]) == len(expected)
    said = block(strip(page))
    told = pd.DataFrame(said["rows"], columns=said["columns"])
    pairs = [(e.summary, SHORTS[t]) for e in DATED.itertuples() for t in e.texts]
    assert sorted(zip(told["event"], told["text"], strict=True)) == sorted(pairs)
    assert 350 < strip(page).layout.height < 500


def narrow(figure):
    return block(figure)["narrow"]


def test_full_is_told_as_fact_and_an_allegation_has_its_verdict_beside_it(page):
    for _, name, symbol in drawn(strip(page)):
        assert symbol.endswith("-open") == (not name.startswith("told as fact"))
    alleged = {name for _, name, _ in drawn(strip(page)) if name.startswith("alleged")}
    verdicts = set(DATED.loc[DATED["mode"] == "alleged", "verdict"])
    words = palette.VERDICTS | {timeline.MIXED: "of several verdicts"}
    assert alleged == {f"alleged, {words[verdict]}" for verdict in verdicts}
    labels = [note.text.replace("<br>", " ") for note in strip(page).layout.annotations]
    assert "arms contracts of Belarus (alleged, not established)" in labels


def test_a_year_leads_to_its_list_in_either_picture(page):
    years = {str(year_of(e)) for e in DATED.itertuples()}
    folds = controls(page)["events"].folds
    assert set(folds) == {timeline.year_fold(year) for year in {*years, ""}}
    for links in (block(strip(page))["links"], narrow(strip(page))["links"]):
        assert {link["href"] for link in links} == {f"#{timeline.year_fold(year)}" for year in years}
        for link in links:
            heading, events = folds[link["href"][1:]]
            assert link["label"].startswith(f"{heading}: {len(events)} event")


def test_an_upright_in_a_lane_is_the_day_of_its_text(page):
    days = BOOK.sources.loc[BOOK.sources["published_earliest"].str.len() > 6, "published_earliest"]
    dashed = [shape for shape in strip(page).layout.shapes if shape.line.dash == "dash"]
    assert sorted(int(shape.x0) for shape in dashed) == sorted(days.str[:4].astype(int))
    dashed.sort(key=lambda shape: shape.y0)
    assert all(low.y1 < high.y0 for low, high in pairwise(dashed))
    assert dashed[0].x0 == max(shape.x0 for shape in dashed), "the latest text stands lowest"


def test_a_changed_row_changes_strip_and_lead(monkeypatch):
    changed = results_of(PAGE, monkeypatch, with_tables(events=BOOK.events.assign(mode="alleged")))
    assert all(name.startswith("alleged") for _, name, _ in drawn(strip(changed)))
    moved = BOOK.events.copy()
    at = moved["event_id"] == "ev-1994-lukashenko-takes-office"
    moved.loc[at, ["date_start", "date_end"]] = "1999-07-20"
    years = [x for x, _, _ in drawn(strip(results_of(PAGE, monkeypatch, with_tables(events=moved))))]
    assert 1999 in years


def test_a_changed_filter_changes_the_picture(monkeypatch):
    change = ("ledger.load()", 'ledger.load().text("srebrnik-2023")')
    figure = figure_of("timeline-events", PAGE, monkeypatch, change=change)
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
    assert "denied: Unnamed official of Belarus's foreign ministry" in plain(
        html["ev-2001-belarus-extremist-arms-contracts"]
    )
    assert set(control.select(date="none")) == set(ROWS.loc[(ROWS["start"] == "") & (ROWS["end"] == ""), "event_id"])


@pytest.mark.parametrize("name", dict.fromkeys(BOOK.episodes["episode"]))
def test_an_episode_has_a_line_for_each_event_with_its_claims_and_no_evidence(name):
    html = timeline.episode(BOOK, name)
    known = list(BOOK.episodes.loc[BOOK.episodes["episode"] == name, "event_id"])
    rows = [row.text for row in BeautifulSoup(html, "html.parser").select(".cb-line")]
    summaries = BOOK.events.set_index("event_id")["summary"]
    assert all(summary in row for summary, row in zip(summaries[known], rows, strict=True))
    claims = set(BOOK.event_claims.loc[BOOK.event_claims["event_id"].isin(known), "claim_id"])
    assert all(f'#{claim}"' in html for claim in claims)
    findings = BOOK.evidence.loc[BOOK.evidence["claim_id"].isin(claims), "finding"]
    assert not any(finding in plain(html) for finding in findings), "evidence is printed on the page of its claim"


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
    """Return the rows of the picture of dates that no reading joins."""
    [said] = [block(r) for r in results if hasattr(r, "data") and block(r)["id"] == "timeline-told"]
    return pd.DataFrame(said["rows"], columns=said["columns"])


def test_every_date_that_no_reading_joins_is_drawn_and_no_other(page):
    both = dates.compared(BOOK)
    expected = both[both["outcome"] == dates.DIFFERS]
    assert len(expected) == len(unlike(page)) > 0
    assert all(s.startswith(e) for s, e in zip(expected["summary"], unlike(page)["event"], strict=True))
    assert set(unlike(page)["days apart"]) == {-1}
    assert any("share no day: told 3 November 2021, on record 4 November 2021" in str(result) for result in page)


def test_a_moved_record_is_said_to_differ(monkeypatch, page):
    events = BOOK.events.copy()
    at = events.index[events["event_id"] == "ev-2023-lukashenko-meets-raisi"][0]
    events.loc[at, ["date_start", "date_end"]] = "2023-05-01"
    changed = results_of(PAGE, monkeypatch, with_tables(events=events))
    assert len(unlike(changed)) == len(unlike(page)) + 1
    assert -42 in unlike(changed)["days apart"].tolist(), "from the last day told, 20 March, to 1 May"
    assert any("told 11 March 2023 to 20 March 2023, on record 1 May 2023" in str(result) for result in changed)


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
    lying = {heading: ids for heading, ids in shown.folds.values()}
    assert len(lying["not known"]) == (found["status"] == NOT_KNOWN).sum()
    assert sorted(row for ids in lying.values() for row in ids) == sorted(row for row, _, _ in shown.rows)
    [picture] = [block(r) for r in page if hasattr(r, "data") and block(r)["id"] == "timeline-foretold"]
    counted = pd.DataFrame(picture["rows"], columns=picture["columns"]).groupby("outcome")["foretold"].sum()
    assert counted.to_dict() == {heading: len(ids) for heading, ids in lying.items()}

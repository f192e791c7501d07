"""Events in time: intervals merge as words allow, allegations are never drawn as facts, outcomes follow their rows."""

from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block, bundle
from this_book import BOOK, with_tables

from claimbook.analysis import dates, evidence
from claimbook.model.span import FITS, Span, merge
from claimbook.view import palette, timeline
from claimbook.view.assessments import Assessments
from claimbook.view.markup import plain

ROWS = timeline.placed(BOOK)
FIGURES = [timeline.all_events(BOOK), timeline.per_year(BOOK), timeline.told_against_happened(BOOK)]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: block(f)["id"])
def test_chart_carries_all_that_a_reader_needs(figure):
    meta = block(figure)
    assert all(meta[part].strip() for part in ("id", "title", "caption", "alt", "source"))
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert meta["rows"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])


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


def test_the_axis_draws_every_event_that_has_a_place_and_lists_the_rest():
    marks = [t for t in bundle(timeline.all_events(BOOK))["data"] if t["mode"] == "markers"]
    placed = ROWS[(ROWS["start"] != "") | (ROWS["end"] != "")]
    expected = [s or e for s, e in zip(placed["start"], placed["end"], strict=True)]
    assert sorted(x for t in marks for x in t["x"]) == sorted(expected)
    assert len(block(timeline.all_events(BOOK))["rows"]) == len(BOOK.events)


def test_an_alleged_event_has_a_hollow_mark_of_its_verdict_and_stands_with_no_fact():
    full = palette.MODE_SYMBOLS["happened"]
    marks = [t for t in bundle(timeline.all_events(BOOK))["data"] if t["mode"] == "markers"]
    for trace in marks:
        symbols = set(trace["marker"]["symbol"])
        if trace["name"].startswith("alleged"):
            assert full not in symbols
            assert all("open" in symbol for symbol in symbols)
        else:
            assert not symbols & (set(timeline.ALLEGED_SYMBOLS.values()) - {palette.MODE_SYMBOLS["alleged"]})
    assert set(timeline.ALLEGED_SYMBOLS) == {*palette.VERDICTS, timeline.MIXED}
    assert len(set(timeline.ALLEGED_SYMBOLS.values())) == len(timeline.ALLEGED_SYMBOLS)


def test_the_verdict_of_an_event_is_that_of_its_claims():
    verdicts = evidence.verdicts(BOOK).set_index("claim_id")["verdict"]
    for event in ROWS.itertuples(index=False):
        found = {verdicts[c] for c in event.claims}
        assert event.verdict in found | {timeline.MIXED}
    assert timeline.event_verdict(["supported", "supported"]) == "supported"
    assert timeline.event_verdict(["supported", "disputed"]) == timeline.MIXED


def test_a_changed_mode_changes_mark_and_lead():
    events = BOOK.events.assign(mode="alleged")
    changed = with_tables(events=events)
    names = {t["name"] for t in bundle(timeline.all_events(changed))["data"]}
    assert palette.MODES["happened"] not in names
    assert "0 are told as fact" in plain(timeline.lead(changed))


def test_intervals_are_drawn_to_the_end_of_their_last_day():
    lines = [t for t in bundle(timeline.all_events(BOOK))["data"] if t["mode"] == "lines"]
    ends = {pair for t in lines for pair in zip(t["x"][::3], t["x"][1::3], strict=True)}
    closed = ROWS[(ROWS["start"] != "") & (ROWS["end"] != "")]
    for event in closed.itertuples(index=False):
        day_after = (pd.Timestamp(event.end) + pd.Timedelta(days=1)).date().isoformat()
        assert (event.start, day_after) in ends


def test_the_words_a_date_rests_on_stand_in_the_table():
    meta = block(timeline.all_events(BOOK))
    at = meta["columns"].index("Words it rests on")
    shown = {word for row in meta["rows"] for word in row[at].split("; ") if word}
    assert shown == {w for w in BOOK.event_claims["date_words"] if w}


def test_years_count_every_placed_event_once():
    meta = block(timeline.per_year(BOOK))
    placed = ROWS[(ROWS["start"] != "") | (ROWS["end"] != "")]
    assert sum(sum(row[1:]) for row in meta["rows"]) == len(placed)


def test_each_text_has_its_panel_and_its_dated_events():
    drawn = bundle(timeline.told_against_happened(BOOK))["data"]
    placed = ROWS[(ROWS["start"] != "") | (ROWS["end"] != "")]
    for trace, source_id in zip(drawn, BOOK.sources["source_id"], strict=True):
        assert len(trace["x"]) == sum(source_id in texts for texts in placed["texts"])


def test_what_a_text_leaves_out_had_happened_before_it():
    html = timeline.left_out(BOOK)
    assert html.count("<tr>") == len(BOOK.sources) + 1


@pytest.mark.parametrize(
    ("days", "gap"),
    [([], None), (["2001-01-01"], None), (["2020-01-01", "2001-01-01", "2001-02-01"], ("2001-02-01", "2020-01-01"))],
)
def test_the_longest_gap_lies_between_neighbours(days, gap):
    assert timeline.longest_gap(days) == gap


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


def test_every_date_that_differs_is_on_the_page():
    html = timeline.differences(BOOK)
    compared = dates.compared(BOOK)
    for row in compared[compared["outcome"] != FITS].itertuples(index=False):
        assert f'#{row.claim_id}"' in html
    rows = evidence.resolved(BOOK)
    dated = set(BOOK.event_claims.loc[BOOK.event_claims["date_words"] != "", "claim_id"])
    rows = rows[
        rows["claim_id"].isin(dated) & rows["stance"].isin(("qualifies", "contradicts")) & (rows["check"] == "")
    ]
    text = plain(html)
    for row in rows.itertuples(index=False):
        if timeline.WHEN.search(row.finding):
            assert " ".join(row.finding.split()) in text


def test_a_moved_record_shows_as_a_difference():
    events = BOOK.events.copy()
    at = events.index[events["event_id"] == "ev-2023-lukashenko-meets-raisi"][0]
    events.loc[at, ["date_start", "date_end"]] = "2023-05-01"
    changed = with_tables(events=events)
    before, after = plain(timeline.episode(BOOK, "tehran")), plain(timeline.episode(changed, "tehran"))
    assert after.count("✕ Dates differ") == before.count("✕ Dates differ") + 1


def test_the_last_outcome_decides_and_without_one_it_is_not_known():
    found = timeline.foretold(BOOK).set_index("event_id")["status"]
    moldova = "ev-undated-moldova-joins-union"
    assert found[moldova] == "not_kept"
    later = pd.DataFrame([{**BOOK.outcomes.iloc[0], "event_id": moldova, "status": "kept", "known_on": "2030-01-01"}])
    changed = with_tables(outcomes=pd.concat([BOOK.outcomes, later], ignore_index=True))
    assert timeline.foretold(changed).set_index("event_id").loc[moldova, "status"] == "kept"
    bare = with_tables(outcomes=BOOK.outcomes.iloc[:0])
    assert set(timeline.foretold(bare)["status"]) == {"not_known"}


def test_every_prediction_plan_and_promise_is_listed_once():
    found = timeline.foretold(BOOK)
    listed = [c for claims in found["claims"] for c in claims]
    predictions = set(BOOK.claims.loc[BOOK.claims["kind"] == "prediction", "claim_id"])
    assert predictions - set(listed) <= set(BOOK.event_claims["claim_id"])
    ahead = BOOK.events.loc[BOOK.events["mode"].isin(("promised", "planned")), "event_id"]
    assert set(ahead) <= set(found["event_id"])
    assert (BOOK.outcomes["reference"] != "").all()
    titles = Assessments(BOOK).titles
    assert set(BOOK.outcomes["reference"]) <= set(titles)
    assert set(BOOK.outcomes["status"]) <= set(timeline.OUTCOMES)
    assert plain(timeline.outcomes(BOOK)).count("not known") >= (found["status"] == "not_known").sum()

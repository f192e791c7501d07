"""The stories: short as built, every figure of the tables, findings that stop when they no longer hold, both sides."""

import re

import pandas as pd
import pytest
from browser import DESK, Visit
from bs4 import BeautifulSoup
from figures import block, rows
from notebooks import STORIES, charts_of, figure_of, figures_of, results_of, shown_by, toc_pages
from outputs import claim_of
from this_book import BOOK, with_records, with_tables

from claimbook.site.openings import sentences
from claimbook.view.assessments import Assessments
from claimbook.view.markup import plain
from claimbook.view.palette import VERDICTS
from claimbook.view.proofs import NotBorneOutError

MISSILE, NUCLEAR = "chapters/stories/one-missile", "chapters/stories/the-nuclear-thread"
VISITS, SEVEN = "chapters/stories/minsk-tehran", "chapters/stories/the-seven-billion"
SUM, SYRIA = "chapters/stories/the-500-million", "chapters/stories/ordered-and-delivered"
DOCTRINE = "chapters/stories/the-doctrine"
MOST_WORDS, MOST_PIXELS = 1200, 6000
DEALS, FLOWS = BOOK.records["sipri_deals"], BOOK.records["sipri_flows"]


@pytest.fixture(scope="module", params=sorted(STORIES))
def opened(request, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}{request.param}.html")
        yield visit.page


def test_a_story_is_short_as_built(opened):
    assert len(opened.locator("article").inner_text().split()) <= MOST_WORDS
    assert opened.evaluate("document.documentElement.scrollHeight") <= MOST_PIXELS


def test_a_story_says_who_read_and_ends_with_what_would_settle_it(opened):
    words = " ".join(opened.locator("article").inner_text().split())
    assert "A language model read and coded" in words
    assert "no independent person has" in words
    assert "settle it" in opened.locator("article h2").last.inner_text()


def html_of(page, monkeypatch, book=BOOK):
    """Return what the cells of a story show as HTML, in order, figures left out."""
    found = shown_by(page) if book is BOOK else results_of(page, monkeypatch, book)
    shown = [r for r in found if hasattr(r, "_repr_html_") and not hasattr(r, "layout")]
    return BeautifulSoup("".join(f"<section>{r._repr_html_()}</section>" for r in shown), "html.parser")


def with_row(name, key, **cells):
    """Return the book with cells of one row of a table changed; the row is named by the table's first column."""
    frame = BOOK.tables[name].copy()
    at = frame.iloc[:, 0] == key
    assert at.any()
    for column, value in cells.items():
        frame.loc[at, column] = value
    return with_tables(**{name: frame})


@pytest.mark.parametrize("page", sorted(STORIES))
def test_every_claim_shown_has_its_verdict_and_its_denial_beside_it(page, monkeypatch):
    assessed, shown = Assessments(BOOK, base="../"), 0
    for place in html_of(page, monkeypatch).select("tr, p"):
        links = [a for a in place.select("a.cb-id") if a.find_parent(["tr", "p"]) is place]
        if not links:
            continue
        claim = claim_of(links[0])
        verdict = VERDICTS[assessed.verdicts.at[claim, "verdict"]]
        assert verdict in place.select_one(".cb-verdict").get_text(), claim
        denial = assessed.denial(claim)
        assert denial is None or plain(denial) in " ".join(place.get_text().split()), claim
        shown += 1
    assert shown >= 3


@pytest.mark.parametrize("page", sorted(STORIES))
def test_links_lead_from_the_folder_of_stories_to_the_chapters(page, monkeypatch):
    links = [a["href"] for a in html_of(page, monkeypatch).select("a[href]")]
    assert links
    assert [link for link in links if not link.startswith("../")] == []


@pytest.mark.parametrize("page", sorted(STORIES))
def test_every_figure_has_its_words_its_number_and_its_caveat(page):
    figures = charts_of(page)
    assert len(figures) == 2
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("id", "title", "caption", "alt", "source"))
        assert "n = " in said["caption"]


def test_every_telling_is_drawn_where_its_stage_and_its_day_put_it():
    figure = charts_of(SUM)["story-tellings"]
    drawn = rows(figure)
    assert len(drawn) == len(BOOK.lineage)
    [dpa] = [label for label in drawn["telling"] if label.endswith(": dpa")]
    assert dpa.startswith("2001-07 to 2002-01"), "it is as uncertain as the table has it"
    lines = {trace.name: sum(x is None for x in trace.x) for trace in figure.data if "lines" in trace.mode}
    assert lines["names the earlier one"] == (BOOK.lineage["names_telling"] != "").sum()
    assert lines["descent inferred from shared details"] == (BOOK.lineage["inferred_from"] != "").sum()
    [marks] = [trace for trace in figure.data if "markers" in trace.mode]
    assert marks.marker.symbol == "circle-open", "nothing recorded is in it"


def test_a_changed_telling_changes_the_picture_or_stops_its_title(monkeypatch):
    moved = figures_of(SUM, monkeypatch, with_row("lineage", "bakuria-2008-03", stage="delivery", bound="at_least"))
    assert rows(moved["story-tellings"]).set_index("telling").at["2008-03: Bakuria", "sum"] == "over 500 M"
    [marks] = [trace for trace in moved["story-tellings"].data if "markers" in trace.mode]
    assert max(marks.x) == 2
    with pytest.raises(NotBorneOutError, match="say contracts"):
        figures_of(SUM, monkeypatch, with_row("lineage", "rferl-2001-10-31", stage="delivery"))
    with pytest.raises(NotBorneOutError, match="The number stays"):
        figures_of(SUM, monkeypatch, with_row("lineage", "bakuria-2008-03", amount=700_000_000))


def test_the_only_copy_of_one_telling_is_said_to_be_later_than_the_text(monkeypatch):
    words = " ".join(html_of(SUM, monkeypatch).get_text(" ").split())
    assert "dated 30 January 2002, after WorldNetDaily (November 2001)" in words
    with pytest.raises(NotBorneOutError, match="only copy"):
        results_of(SUM, monkeypatch, with_row("lineage", "dpa-lenzi-lemke", date_end="2001-10-31"))


def test_a_buyer_more_is_a_mark_more_and_two_named_alike_stop_the_title(monkeypatch):
    named = BOOK.lineage_buyers
    more = pd.DataFrame([["bakuria-2008-03", 3, "Iran", "Iran"]], columns=named.columns)
    figure = figures_of(SUM, monkeypatch, with_tables(lineage_buyers=pd.concat([named, more], ignore_index=True)))
    assert len(rows(figure["story-buyers"])) == len(named) + 1
    at = named.index[named["buyer_group"] == "Palestinians"][:3]
    with pytest.raises(NotBorneOutError, match="other buyers change"):
        figures_of(SUM, monkeypatch, with_tables(lineage_buyers=named.drop(at)))


def test_a_yardstick_stands_in_its_own_unit_with_what_limits_it_and_in_no_chart(monkeypatch):
    [table] = [t for t in html_of(SUM, monkeypatch).select("table") if "settles nothing" in t.caption.get_text()]
    body = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert len(body) == 5
    assert all(re.search(r"times that$", row[2]) and row[3] for row in body)
    cheaper = with_row("yardsticks", "karine-a", amount=5_000_000)
    [table] = [t for t in html_of(SUM, monkeypatch, cheaper).select("table") if "settles" in t.caption.get_text()]
    assert "100 times the smallest" in table.caption.get_text()


def test_volumes_are_those_of_the_newest_release():
    drawn = rows(charts_of(SYRIA)["story-deliveries"]).set_index("year")["million TIV delivered"]
    record = FLOWS.query("supplier == 'Russia' and recipient == 'Syria' and release == release.max()")
    assert drawn.to_dict() == record.set_index("year")["tiv_millions"].to_dict()


def test_a_changed_delivery_changes_the_picture_or_stops_the_lead(monkeypatch):
    at = FLOWS.query("recipient == 'Syria' and supplier == 'Russia' and year == 2012").index
    more = FLOWS.copy()
    more.loc[at, "tiv_millions"] = 1495.5
    figure = figure_of("story-deliveries", SYRIA, monkeypatch, with_records(sipri_flows=more))
    assert 1495.5 in rows(figure)["million TIV delivered"].tolist()
    assert "4.5 times" in block(figure)["title"]
    none = FLOWS[~((FLOWS["recipient"] == "Syria") & FLOWS["year"].between(2011, 2013))]
    with pytest.raises(NotBorneOutError, match="grew in the war"):
        figures_of(SYRIA, monkeypatch, with_records(sipri_flows=none))


def test_a_launcher_and_its_missiles_are_one_order():
    drawn = rows(charts_of(SYRIA)["story-orders"])
    ordered = DEALS.query("supplier == 'Russia' and recipient == 'Syria' and 2004 <= order_year <= 2017")
    missiles = {"57-E6", "9M317", "Yakhont"}
    assert missiles <= set(ordered["designation"])
    assert len(drawn) == len(ordered) - len(missiles)
    assert not drawn["system and order year"].str.contains("|".join(missiles)).any()
    guessed = ordered[ordered["order_year_uncertain"] & ~ordered["designation"].isin(missiles)]
    assert (drawn["order"] == "order year estimated").sum() == len(guessed)


def test_a_changed_order_year_changes_the_picture_and_many_stop_its_title(monkeypatch):
    earlier, most_later = DEALS.copy(), DEALS.copy()
    of = (DEALS["supplier"] == "Russia") & (DEALS["recipient"] == "Syria")
    earlier.loc[of & (DEALS["designation"] == "Igla-S"), "order_year"] = 2003
    figure = figure_of("story-orders", SYRIA, monkeypatch, with_records(sipri_deals=earlier))
    assert block(figure)["title"].startswith("10 systems delivered were ordered before the war, 6")
    assert not rows(figure)["system and order year"].str.startswith("Igla-S").any()
    most_later.loc[of & DEALS["order_year"].between(2005, 2010), "order_year"] = 2011
    with pytest.raises(NotBorneOutError, match="have brought"):
        figures_of(SYRIA, monkeypatch, with_records(sipri_deals=most_later))


def test_every_weapon_that_the_text_lists_stands_with_what_the_register_has(monkeypatch):
    listed = BOOK.text("defence-ua").claims.query("subject == 'russia' and object == 'syria' and item != ''")
    [table] = [t for t in html_of(SYRIA, monkeypatch).select("table") if "items listed" in t.caption.get_text()]
    body = {
        claim_of(row.select_one("a.cb-id")): [cell.get_text() for cell in row.select("td")]
        for row in table.select("tbody tr")
    }
    assert list(body) == listed["claim_id"].tolist()
    came = [item.lower() for item, claim in zip(listed["item"], body, strict=True) if body[claim][0][0].isdigit()]
    assert table.caption.get_text().endswith(f", only {' and '.join(came)}")
    assert body["defence-ua-c050"][0] == "2011–2013: 96K9 Pantsyr-S1, Buk-M2, S-125 Pechora-2M"
    assert body["defence-ua-c055"][:2] == ["none registered", "Russia 2020; Soviet Union 1987, 1988"]
    assert body["defence-ua-c049"][0] == body["defence-ua-c057"][0] == "outside the register"


def test_who_says_what_of_the_missile_is_drawn_as_the_evidence_has_it(monkeypatch):
    moved = with_row("evidence", "defence-ua-c066-e02", origin="us-state")
    before, after = (
        set(map(tuple, rows(figure_of("story-whose-word", MISSILE, monkeypatch, book)).to_numpy()))
        for book in (BOOK, moved)
    )
    assert after - before == {("US State Department", "Israel protested to Moscow", "bears out a part")}
    given = with_row("evidence", "defence-ua-c065-e01", stance="supports")
    with pytest.raises(NotBorneOutError, match="gave Hamas the missile"):
        figures_of(MISSILE, monkeypatch, given)


def test_a_second_voice_on_the_make_of_the_missile_stops_what_is_said_of_it(monkeypatch):
    words = " ".join(html_of(MISSILE, monkeypatch).get_text(" ").split())
    assert "whether it was made in Russia, is not established" in words
    assert "Hamas denied that the bus was a civilian one" in words
    with pytest.raises(NotBorneOutError, match="made in Russia"):
        results_of(MISSILE, monkeypatch, with_row("evidence", "defence-ua-c064-e01", origin="human-rights-watch"))
    with pytest.raises(NotBorneOutError, match="civilian"):
        results_of(MISSILE, monkeypatch, with_row("evidence", "defence-ua-c061-e05", stance="asserts"))


def test_missiles_are_counted_by_the_register_and_a_supplier_named_for_gaza_stops_the_title(monkeypatch):
    more, named = DEALS.copy(), DEALS.copy()
    more.loc[DEALS["deal_id"] == "unknown-hamas-2010-kornet", "number_delivered"] = 30
    results = results_of(MISSILE, monkeypatch, with_records(sipri_deals=more))
    assert any("30 to Hamas, nobody knows by whom" in str(result) for result in results)
    figure = figure_of("story-routes", MISSILE, monkeypatch, with_records(sipri_deals=more))
    assert "Hamas, 30, order of 2010" in rows(figure).to_numpy()
    named.loc[DEALS["deal_id"] == "unknown-palestinian-islamic-jihad-2012-kornet", "supplier"] = "Russia"
    with pytest.raises(NotBorneOutError, match="names no supplier"):
        figures_of(MISSILE, monkeypatch, with_records(sipri_deals=named))


def test_verdicts_on_nuclear_matters_are_drawn_as_computed_and_stop_the_lead_when_they_turn(monkeypatch):
    drawn = rows(charts_of(NUCLEAR)["story-nuclear"])
    assert len(drawn) == drawn["point"].nunique() > 10
    seen = with_row("evidence", "srebrnik-2023-c072-e01", stance="supports", primary=True)
    changed = rows(figure_of("story-nuclear", NUCLEAR, monkeypatch, seen))
    cell = drawn["point"] == "Iran hurries"
    assert drawn[cell]["verdict"].tolist() != changed[cell]["verdict"].tolist() == ["supported"]
    heard = with_row("evidence", "srebrnik-2023-c074-e01", reliability="A", origin="us-odni", primary=True)
    with pytest.raises(NotBorneOutError, match="touch on nuclear matters"):
        figures_of(NUCLEAR, monkeypatch, heard)


def test_a_case_of_material_from_belarus_stops_the_sentence_that_none_was_found(monkeypatch):
    with pytest.raises(NotBorneOutError, match="Nobody who asked"):
        results_of(NUCLEAR, monkeypatch, with_row("searches", "wnd-2001-c065-s01", result="partly"))
    with pytest.raises(NotBorneOutError, match="Nobody who asked"):
        results_of(NUCLEAR, monkeypatch, with_row("evidence", "wnd-2001-c065-e01", stance="supports_part"))


def test_who_says_that_warheads_came_stands_at_its_day_and_a_known_witness_stops_the_title(monkeypatch):
    moved = with_row("evidence", "srebrnik-2023-c005-e02", fact_public_from="2023-07-01")
    drawn = rows(figure_of("story-warheads", NUCLEAR, monkeypatch, moved))
    scientists = drawn[drawn["who"] == "Federation of American Scientists"].set_index("kind")["day"]
    assert scientists["looked, and could not tell"] == "2023-07-01" < scientists["signs of a store"]
    with pytest.raises(NotBorneOutError, match="Only parties"):
        figures_of(NUCLEAR, monkeypatch, with_row("evidence", "srebrnik-2023-c005-e04", reliability="C"))


def test_every_year_and_goal_of_trade_is_drawn_hollow_where_it_was_hoped_for():
    figure = charts_of(VISITS)["story-trade"]
    told = BOOK.trade_told
    assert sorted(rows(figure)["millions"]) == sorted(told["amount"] / 1e6)
    looks = {trace.marker.symbol: sorted(trace.y) for trace in figure.data}
    assert looks["circle-open"] == sorted(told.loc[told["kind"] == "hoped", "amount"] / 1e6)


def test_a_changed_year_of_trade_changes_the_picture_or_stops_its_title(monkeypatch):
    figure = figure_of("story-trade", VISITS, monkeypatch, with_row("trade_told", "of-2024", amount=140_000_000))
    assert 140 in rows(figure)["millions"].tolist()
    with pytest.raises(NotBorneOutError, match="By Minsk's count"):
        figures_of(VISITS, monkeypatch, with_row("trade_told", "of-2024", amount=90_000_000))
    with pytest.raises(NotBorneOutError, match="lies below the goal"):
        results_of(VISITS, monkeypatch, with_row("trade_told", "of-2023", amount=120_000_000))


def test_what_came_of_a_promise_follows_its_last_outcome(monkeypatch):
    kept = BOOK.outcomes.assign(status=BOOK.outcomes["status"].replace({"partly": "kept"}))
    with pytest.raises(NotBorneOutError, match="promised, planned or proposed"):
        results_of(VISITS, monkeypatch, with_tables(outcomes=kept))


def test_a_promise_told_in_full_or_a_denial_withdrawn_stops_what_the_story_says(monkeypatch):
    with pytest.raises(NotBorneOutError, match="Raisi said less"):
        results_of(VISITS, monkeypatch, with_row("evidence", "srebrnik-2023-c150-e05", stance="supports"))
    with pytest.raises(NotBorneOutError, match="supplies went on"):
        results_of(VISITS, monkeypatch, with_row("evidence", "srebrnik-2023-c069-e02", stance="supports"))


def test_a_visit_between_the_two_would_be_another_gap(monkeypatch):
    with pytest.raises(NotBorneOutError, match="calendar years, as"):
        results_of(VISITS, monkeypatch, with_row("events", "ev-2006-lukashenko-visits-iran", date_start="2016-11-05"))


def test_more_arms_to_iran_change_the_picture_or_stop_its_title(monkeypatch):
    at = (FLOWS["supplier"] == "Russia") & (FLOWS["recipient"] == "Iran") & (FLOWS["year"] == 2024)
    more, most = FLOWS.copy(), FLOWS.copy()
    more.loc[at, "tiv_millions"], most.loc[at, "tiv_millions"] = 77.5, 900.0
    figure = figure_of("story-directions", VISITS, monkeypatch, with_records(sipri_flows=more))
    assert 77.5 in rows(figure)["million TIV delivered"].tolist()
    with pytest.raises(NotBorneOutError, match="more arms from Iran"):
        figures_of(VISITS, monkeypatch, with_records(sipri_flows=most))


def with_aid(change, **cells):
    """Return the book with one obligation to Ukraine changed."""
    aid = BOOK.records["us_foreign_assistance"].copy()
    at = (aid["country"] == "Ukraine") & (aid["transaction"] == "obligated") & (aid["fiscal_year"] == change)
    assert at.sum() == 1
    aid.loc[at, list(cells)] = list(cells.values())
    return with_records(us_foreign_assistance=aid)


def test_assistance_is_added_up_year_by_year_from_obligations_alone():
    drawn = rows(charts_of(SEVEN)["story-assistance"])
    aid = BOOK.records["us_foreign_assistance"].query("country == 'Ukraine' and transaction == 'obligated'")
    [at] = drawn.query("`counted in` == 'dollars of each year' and `fiscal year` == 2014")["billion dollars, added up"]
    assert at == pytest.approx(aid.query("fiscal_year <= 2014")["current_usd"].sum() / 1e9)
    assert set(drawn.query("`counted in` == 'the sum told'")["billion dollars, added up"]) == {7.0}


def test_a_changed_year_of_assistance_changes_the_picture_or_stops_its_findings(monkeypatch):
    figure = figure_of("story-years", SEVEN, monkeypatch, with_aid(2013, current_usd=200_000_000))
    assert 0.2 in rows(figure)["billion dollars of the year"].tolist()
    with pytest.raises(NotBorneOutError, match="Washington reports"):
        results_of(SEVEN, monkeypatch, with_aid(2014, constant_usd=600_000_000))
    with pytest.raises(NotBorneOutError, match="fell before the change"):
        figures_of(SEVEN, monkeypatch, with_aid(2013, current_usd=400_000_000))


def test_a_source_that_names_the_sum_stops_the_finding_that_none_does(monkeypatch):
    with pytest.raises(NotBorneOutError, match="none names 7"):
        results_of(SEVEN, monkeypatch, with_row("evidence", "walsh-2021-c040-e03", finding="He said 7 billion."))


def with_evidence(evidence_id, **cells):
    return with_row("evidence", evidence_id, **cells)


def test_every_step_of_the_doctrine_is_drawn_from_its_first_to_its_last_possible_day():
    drawn = rows(charts_of(DOCTRINE)["story-doctrine-steps"]).set_index("step")["day, in EDTF"]
    assert drawn["Ministries agree a draft"] == "2018", "no source read has more than the year"
    assert drawn["It is signed"] == "2021-11-04/2022-02-09", "between the approval and the first report of a signature"
    event = BOOK.events.set_index("event_id").loc["ev-2021-union-state-doctrine-signed"]
    assert f"{event['date_start']}/{event['date_end']}" == drawn["It is signed"]


def test_a_changed_day_moves_a_step_of_the_doctrine_or_stops_its_lead(monkeypatch):
    earlier = with_evidence("walsh-2021-c070-e06", fact_public_from="2018-11-20")
    figure = figure_of("story-doctrine-steps", DOCTRINE, monkeypatch, earlier)
    assert rows(figure).set_index("step").at["Minsk approves a draft", "day, in EDTF"] == "2018-11-20"
    assert "2018-11-20" in [x for trace in figure.data for x in trace.x]
    with pytest.raises(NotBorneOutError, match="approved a draft of a common military doctrine"):
        results_of(DOCTRINE, monkeypatch, with_evidence("walsh-2021-c070-e06", fact_public_from="2021-10-21"))
    with pytest.raises(NotBorneOutError, match="Only its makers"):
        results_of(DOCTRINE, monkeypatch, with_evidence("walsh-2021-c070-e10", stance="supports"))
    with pytest.raises(NotBorneOutError, match="signed after the meeting"):
        results_of(DOCTRINE, monkeypatch, with_evidence("walsh-2021-c100-e02", stance="supports"))


def test_days_told_stand_beside_the_record_and_one_that_comes_to_fit_stops_the_sentence(monkeypatch):
    drawn = rows(charts_of(DOCTRINE)["story-doctrine-days"])
    council = drawn[drawn["as told"].str.startswith("Council met")].set_index("source")
    assert (council.at["the blog", "first day"], council.at["the record", "first day"]) == ("2021-11-03", "2021-11-04")
    council = with_row(
        "events", "ev-2021-supreme-state-council-meeting", date_start="2021-11-03", date_end="2021-11-03"
    )
    assert "4 of 6" in block(figure_of("story-doctrine-days", DOCTRINE, monkeypatch, council))["title"]
    visit = with_row("events", "ev-2021-putin-lukashenko-meeting", date_start="2021-08-09", date_end="2021-08-09")
    with pytest.raises(NotBorneOutError, match="fit the record"):
        results_of(DOCTRINE, monkeypatch, visit)


def test_the_first_page_has_a_card_for_each_story_with_its_finding_and_its_picture_small(browser, site_url):
    toc = [page for page in toc_pages() if page in STORIES]
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}index.html")
        cards = BeautifulSoup(visit.page.content(), "html.parser").select(".cb-openings > li")
        assert [card.a["href"] for card in cards] == [f"{page}.html" for page in toc]
        for card in cards:
            visit.page.goto(f"{site_url}{card.a['href']}")
            story = BeautifulSoup(visit.page.content(), "html.parser")
            assert card.a.get_text() == story.h1.find(string=True)
            lead = " ".join(story.select_one(".cb-lead").get_text().split())
            assert all(said in lead for said in sentences(card.p.get_text()))
            assert card.svg["aria-hidden"] == "true"
            assert card.svg.select("path, rect, circle")
            assert not card.svg.select("text"), "words would be too small to be read"
        assert len(str(cards)) < 8_000 * len(cards)

"""The chapter on arms deals: its cells over the records and the tellings; a row changed, and what is shown follows."""

import re
from functools import cache

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block
from notebooks import figures_of, results_of
from outputs import claim_of
from this_book import BOOK, with_records, with_tables

from claimbook.analysis import quantities
from claimbook.validation import MAX_QUOTE
from claimbook.view import tables
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import plain
from claimbook.view.proofs import NotBorneOutError, Sentence

PAGE = "chapters/arms-deals"
FLOWS, DEALS = BOOK.records["sipri_flows"], BOOK.records["sipri_deals"]
NEWEST = FLOWS[FLOWS["release"] == FLOWS["release"].max()]
SUPPORT = BOOK.records["ucdp_external_support"]
SYRIA = DEALS[(DEALS["supplier"] == "Russia") & (DEALS["recipient"] == "Syria")]
CHARTS = {
    *("figure-tellings", "figure-buyers", "belarus-years", "belarus-rank", "belarus-recipients", "syria-years"),
    *("syria-orders", "groups-suppliers", "groups-supporters", "iran-deals"),
}


@cache
def shown():
    """Return what the cells of the chapter give; no test may change it."""
    with pytest.MonkeyPatch.context() as patch:
        return tuple(results_of(PAGE, patch))


@pytest.fixture(scope="module")
def figures():
    with pytest.MonkeyPatch.context() as patch:
        return figures_of(PAGE, patch)


@pytest.fixture(scope="module")
def control():
    [found] = [one for one in shown() if isinstance(one, FacetFilter)]
    return found


def words(results=None):
    return [plain(str(one)) for one in results or shown() if isinstance(one, str)]


def captioned(start, results=None):
    """Return the cells of the table or the list that is captioned so, a dict a row."""
    for html in results or shown():
        soup = BeautifulSoup(str(html), "html.parser")
        for link in soup.select("a.cb-id[title]"):  # its id is for whoever points at it
            link.string = claim_of(link)
        for table in soup.select("table"):
            if table.caption.text.startswith(start):
                heads = [head.text for head in table.select("thead th")]
                rows = [[cell.get_text(" ") for cell in row.select("th, td")] for row in table.select("tbody tr")]
                return [dict(zip(heads, row, strict=True)) for row in rows]
        if (caption := soup.select_one(".cb-caption")) and caption.text.startswith(start):
            return [plain(str(entry)) for entry in soup.select(".cb-entry")]
    raise AssertionError(f"nothing is captioned {start}")


def rows(figure):
    said = block(figure)
    return pd.DataFrame(said["rows"], columns=said["columns"])


def test_every_chart_carries_all_that_a_reader_needs(figures):
    assert figures.keys() == CHARTS
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("id", "title", "caption", "alt", "source"))
        assert "n = " in said["caption"]
        assert said["rows"]
        assert re.search(r"record|publications", said["source"])


def test_where_volumes_are_drawn_the_chapter_says_that_they_are_no_money_and_leave_out_small_arms(figures):
    for name in ("belarus-years", "belarus-rank", "syria-years"):
        assert "money" in block(figures[name])["caption"]
    limits = {row["limit"] for row in captioned("30 limits")}
    used = ("sipri_flows", "sipri_deals", "sipri_exporter_ranks")
    traps = {trap for r in BOOK.schema["resources"] if r["name"] in used for trap in r["traps"]}
    assert traps <= limits
    assert any("small arms" in trap.lower() for trap in traps)


# One sum ----------------------------------------------------------------------------------------------


def test_one_quantity_has_a_number_and_a_second_one_stops_the_lead(monkeypatch):
    assert words()[0].startswith("Of 6 quantities of arms deals and flows that the texts report, one has a number")
    changed = BOOK.quantities.copy()
    changed.loc[changed["quantity_id"] == "wnd-2001-q02", "value"] = 2_000_000_000
    with pytest.raises(NotBorneOutError, match="one has a number"):
        results_of(PAGE, monkeypatch, with_tables(quantities=changed))


def test_a_line_of_descent_is_solid_only_where_a_telling_names_its_forerunner(figures, monkeypatch):
    def lines(figure):
        drawn = [trace for trace in figure.data if trace.mode == "lines"]
        return {trace.line.dash: sum(x is None for x in trace.x) for trace in drawn}

    named, inferred = (BOOK.lineage[column] != "" for column in ("names_telling", "inferred_from"))
    assert lines(figures["figure-tellings"]) == {"solid": named.sum(), "dot": inferred.sum()}
    lineage = BOOK.lineage.copy()
    where = lineage["telling_id"] == "wnd-2001"
    lineage.loc[where, ["names_telling", "inferred_from"]] = ["", "rferl-2001-10-31"]
    lineage.loc[where, "inference_reason"] = "the same words"
    changed = figures_of(PAGE, monkeypatch, with_tables(lineage=lineage))["figure-tellings"]
    assert lines(changed) == {"solid": named.sum() - 1, "dot": inferred.sum() + 1}


def test_every_telling_stands_at_its_stage_with_its_sum_and_bound(figures):
    drawn = rows(figures["figure-tellings"])
    assert len(drawn) == len(BOOK.lineage)
    stages = {"contract": "contracts", "export": "exports", "delivery": "deliveries", "flow": "sold, stage not told"}
    assert sorted(drawn["stage told"]) == sorted(BOOK.lineage["stage"].map(stages))
    assert drawn["sum"].str.startswith("over").sum() == (BOOK.lineage["bound"] == "at_least").sum()


def test_a_later_telling_of_contracts_stops_the_title(monkeypatch):
    stages = BOOK.lineage["stage"].where(BOOK.lineage["telling_id"] != "belarusdigest-2009", "contract")
    with pytest.raises(NotBorneOutError, match="speak of contracts"):
        results_of(PAGE, monkeypatch, with_tables(lineage=BOOK.lineage.assign(stage=stages)))


def test_no_telling_lies_before_the_one_it_goes_back_to():
    tellings = BOOK.lineage.set_index("telling_id")
    for later in tellings.itertuples():
        for earlier in filter(None, (later.names_telling, later.inferred_from)):
            assert tellings.at[earlier, "date"] <= (later.date_end or "9999")


def test_the_telling_of_the_ledger_agrees_with_its_quantity():
    telling = BOOK.lineage.set_index("quantity_id").loc["wnd-2001-q01"]
    quantity = BOOK.quantities.set_index("quantity_id").loc["wnd-2001-q01"]
    assert (telling["amount"], telling["bound"]) == (quantity["value"], quantity["bound"])
    assert (telling["period_start"], telling["period_end"]) == (quantity["period_start"], quantity["period_end"])
    assert telling["stage"] == quantity["stage"]


def test_words_of_tellings_are_short():
    for column in ("wording", "period_words", "stage_words"):
        quoted = [w for cell in BOOK.lineage[column] for w in re.findall(r'"([^"]*)"', cell)]
        whole = list(BOOK.lineage["wording"]) if column == "wording" else []
        assert all(len(said.split()) <= MAX_QUOTE for said in quoted + whole)


def test_buyers_are_those_that_the_tellings_name(figures):
    drawn = rows(figures["figure-buyers"])
    assert len(drawn) == len(BOOK.lineage_buyers)
    assert set(drawn["in the words of the telling"]) == set(BOOK.lineage_buyers["buyer"])
    most = BOOK.lineage_buyers.groupby("buyer_group")["telling_id"].nunique()
    assert (
        f"{most.idxmax()} are named in {most.max()} of {len(BOOK.lineage)}" in block(figures["figure-buyers"])["title"]
    )


def test_changes_name_what_differs_and_what_neither_tells_is_not_the_same(monkeypatch):
    moved = {row["from → to"]: row for row in captioned("What differs")}
    assert len(moved) == (BOOK.lineage[["names_telling", "inferred_from"]] != "").any(axis=1).sum()
    assert moved["RFE/RL → WorldNetDaily"]["stage told"] == "contracts"
    assert moved["dpa → Jane's Digest"]["stage told"] == "contracts → exports"
    assert moved["dpa → RFE/RL"]["sum"] == "over 500 M → about 500 M"
    untold = BOOK.lineage.assign(credited_to="", period_start="", period_end="")
    changed = captioned("What differs", results_of(PAGE, monkeypatch, with_tables(lineage=untold)))
    assert {(row["period"], row["credited to"]) for row in changed} == {("no period told", "nobody")}


def test_every_telling_and_yardstick_leads_to_where_it_was_read():
    html = "".join(str(one) for one in shown() if isinstance(one, str))
    for key in {*BOOK.lineage["reference"], *BOOK.yardsticks["reference"]}:
        assert tables.reference_address(key) in html
    assert len(captioned(f"{len(BOOK.lineage)} tellings of the sum")) == len(BOOK.lineage)
    assert len(captioned(f"{len(BOOK.yardsticks)} yardsticks")) == len(BOOK.yardsticks)


def test_markup_in_a_telling_is_shown_as_text(monkeypatch):
    lineage = BOOK.lineage.assign(credited_to="<script>alert(1)</script>")
    found = results_of(PAGE, monkeypatch, with_tables(lineage=lineage))
    html = "".join(str(one) for one in found if isinstance(one, str))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_chapter_shows_a_refusal_and_its_words(monkeypatch):
    [said] = [one for one in words() if one.startswith("The answer of the book")]
    assert "counts deliveries, not contracts" in said
    assert "is in million TIV, not USD" in said
    monkeypatch.setattr(quantities, "unlike", lambda one, other: [])
    with pytest.raises(NotBorneOutError, match="The answer of the book"):
        results_of(PAGE, monkeypatch)


def test_the_reported_sum_is_a_multiple_of_each_yardstick_in_dollars_with_what_that_counts():
    found = captioned("“some $500 million” would be")
    in_dollars = BOOK.yardsticks[BOOK.yardsticks["currency"] == "USD"]
    assert [row["Sum"] for row in found] == in_dollars["short_name"].tolist()
    multiples = {row["Sum"]: row["The reported sum, as a multiple of it"] for row in found}
    paid = BOOK.records["us_foreign_assistance"]
    then, later = (paid[paid["fiscal_year"] == year].iloc[0] for year in (2001, 2002))
    dearer = (then["constant_usd"] / then["current_usd"]) / (later["constant_usd"] / later["current_usd"])
    assert multiples["Cargo of the Karine A, 2002"] == f"{500 / 15 * dearer:.2g}"
    assert all(row["Spread over"] for row in found)


def test_conversions_show_factor_source_and_result_of_each_step():
    paid = BOOK.records["us_foreign_assistance"].query("fiscal_year == 2001").iloc[0]
    steps = captioned("Conversions step by step")
    first = steps[0]
    assert first["Factor"] == f"{paid['constant_usd'] / paid['current_usd']:.4g}"
    assert first["Rule"] == "prices of 2001 to prices of 2022"
    assert any("same pace" in step["Rule"] for step in steps)
    assert {step["Source of the factor"] for step in steps} == {"the price index of the book", "arithmetic"}


def test_what_was_not_found_is_listed():
    log = captioned("33 searches")
    assert len(log) == len(BOOK.lineage_searches)
    missing = (BOOK.lineage_searches["result"] == "none").sum()
    assert sum(row["result"] == "not found" for row in log) == missing > 0


# Belarus ----------------------------------------------------------------------------------------------


def test_deliveries_of_belarus_add_up_to_the_register(figures):
    drawn, mine = rows(figures["belarus-years"]), NEWEST[NEWEST["supplier"] == "Belarus"]
    by_year = drawn.groupby("year")["million TIV delivered"].sum()
    assert by_year.sum() == pytest.approx(mine["tiv_millions"].sum(), abs=0.5)
    assert by_year[2001] == pytest.approx(mine.loc[mine["year"] == 2001, "tiv_millions"].sum())
    none = drawn.loc[drawn["delivered to"] == "a buyer that is no state", "million TIV delivered"].sum()
    assert none == pytest.approx(mine.loc[mine["recipient_kind"] == "non-state", "tiv_millions"].sum(), abs=0.01)
    assert len(rows(figures["belarus-recipients"])) == len(mine)


def test_a_recipient_is_embargoed_only_in_the_years_of_its_embargo(figures, monkeypatch):
    def embargoed(figure):
        drawn = rows(figure)
        return {(r.recipient, r.year) for r in drawn.itertuples() if "embargo" in r.to}

    found = embargoed(figures["belarus-recipients"])
    for embargo in BOOK.records["un_arms_embargoes"].itertuples():
        years = {year for state, year in found if state == embargo.state}
        last = 9999 if pd.isna(embargo.last_year) else embargo.last_year
        assert all(embargo.first_year <= year <= last for year in years)
    assert ("Sudan", 2003) not in found
    assert ("Sudan", 2007) in found
    earlier = BOOK.records["un_arms_embargoes"].copy()
    earlier.loc[earlier["state"] == "Sudan", "first_year"] = 2003
    changed = figures_of(PAGE, monkeypatch, with_records(un_arms_embargoes=earlier))
    assert embargoed(changed["belarus-recipients"]) - found == {("Sudan", 2003)}


def test_deliveries_that_did_not_fall_stop_the_title(monkeypatch):
    flows = FLOWS.copy()
    flows.loc[(flows["supplier"] == "Belarus") & (flows["year"] == 2001), "tiv_millions"] = 900.0
    with pytest.raises(NotBorneOutError, match="fell to"):
        results_of(PAGE, monkeypatch, with_records(sipri_flows=flows))


def test_ranks_are_those_of_every_release_and_the_title_follows(figures, monkeypatch):
    ranks = BOOK.records["sipri_exporter_ranks"]
    mine = ranks[ranks["exporter"] == "Belarus"]
    for trace in figures["belarus-rank"].data:
        of = mine[mine["release"] == trace.name].sort_values("year")
        assert list(zip(trace.x, trace.y, strict=True)) == list(zip(of["year"], of["world_rank"], strict=True))
    third = mine[mine["release"] == mine["release"].max()].assign(release="2027-03-01")
    third.loc[third["year"] == 2001, "world_rank"] = 12
    changed = figures_of(PAGE, monkeypatch, with_records(sipri_exporter_ranks=pd.concat([ranks, third])))[
        "belarus-rank"
    ]
    assert [trace.name for trace in changed.data] == sorted({*mine["release"], "2027-03-01"})
    assert "place 12 " in block(changed)["title"]


def test_a_deal_with_a_palestinian_group_stops_the_sentence(monkeypatch):
    deals = DEALS.copy()
    deals.loc[deals.index[deals["supplier"] == "Belarus"][0], "recipient_group"] = "Palestinian"
    with pytest.raises(NotBorneOutError, match="none with a Palestinian"):
        results_of(PAGE, monkeypatch, with_records(sipri_deals=deals))


# Syria ------------------------------------------------------------------------------------------------


def test_shipments_grew_while_orders_fell_and_both_are_volumes(figures):
    drawn = rows(figures["syria-years"])
    came, placed = (drawn[drawn["panel"].str.startswith(word)] for word in ("deliveries", "orders"))
    mine = NEWEST[(NEWEST["supplier"] == "Russia") & (NEWEST["recipient"] == "Syria")]
    assert came["million TIV"].sum() == pytest.approx(mine["tiv_millions"].sum())
    ordered = SYRIA[SYRIA["order_year"] >= NEWEST["year"].min()]["tiv_delivered_millions"].sum()
    assert placed["million TIV"].sum() == pytest.approx(ordered)
    estimated = placed[placed["what"] == "ordered, year estimated"]["million TIV"].sum()
    later = SYRIA[(SYRIA["order_year"] >= NEWEST["year"].min()) & SYRIA["order_year_uncertain"]]
    assert estimated == pytest.approx(later["tiv_delivered_millions"].sum())
    [said] = [one for one in words() if "delivered 1,459 million TIV to Syria" in one]
    assert "before 546" in said
    assert block(figures["syria-years"])["title"].startswith("Russia's deliveries to Syria grew in the war")


def test_orders_that_grew_stop_the_title_and_shipments_that_fell_the_sentence(monkeypatch):
    later = DEALS.assign(order_year=DEALS["order_year"].mask(DEALS.index.isin(SYRIA.index[8:17]), 2012))
    with pytest.raises(NotBorneOutError, match="new orders did not"):
        results_of(PAGE, monkeypatch, with_records(sipri_deals=later))
    flows = FLOWS.copy()
    gone = (flows["recipient"] == "Syria") & (flows["year"] > 2010)
    flows.loc[gone, "tiv_millions"] = 0.0
    with pytest.raises(NotBorneOutError, match="In 2011 to 2017 Russia delivered"):
        results_of(PAGE, monkeypatch, with_records(sipri_flows=flows))


def test_every_deal_with_wartime_deliveries_runs_from_its_order_to_its_last_delivery(figures, monkeypatch):
    delivering = SYRIA[SYRIA["delivery_years"].str.contains(r"201[1-7]")]
    drawn = rows(figures["syria-orders"])
    assert sorted(drawn["ordered"]) == sorted(delivering["order_year"])
    assert sorted(drawn["last delivery"]) == sorted(int(cell[-4:]) for cell in delivering["delivery_years"])
    assert drawn["deal"].str.contains("about").sum() == delivering["order_year_uncertain"].sum()
    deals = DEALS.copy()
    deals.loc[delivering.index[-1], "order_year"] = 2009
    changed = block(figures_of(PAGE, monkeypatch, with_records(sipri_deals=deals))["syria-orders"])["title"]
    before = int(re.search(r"(\d+) were", block(figures["syria-orders"])["title"])[1])
    assert int(re.search(r"(\d+) were", changed)[1]) == before + 1


def test_what_the_text_says_of_growth_stands_with_verdicts_and_calculations():
    found = captioned("What the text says of shipments")
    said = {row["claim"].split()[-1]: row for row in found}
    assert said.keys() == {f"defence-ua-c0{n}" for n in (38, 40, 41, 43)}
    assert "averaged" in said["defence-ua-c038"]["what the register shows"]
    assert all(row["verdict"].strip() for row in found)


def test_every_item_of_the_text_is_set_against_the_register():
    items = {row["Item"].rsplit(" ", 1)[0].strip(): row for row in captioned("Items that the text lists")}
    assert len(items) == 9
    for outside in ("Small arms", "Ammunition", "T-80 tanks"):
        assert items[outside]["From Russia, before the text"] == "–"
    assert items["T-72 tanks"]["From the Soviet Union"] != "–"
    assert items["S-300 systems"]["From Russia, 2018 or later"].startswith("2018")
    assert items["MiG-29 jets"]["From Russia, 2018 or later"] == "2020"
    assert all(row["Verdict"].strip() for row in items.values())


# Armed groups -----------------------------------------------------------------------------------------


def test_suppliers_of_groups_count_every_deal_once(figures, monkeypatch):
    drawn = rows(figures["groups-suppliers"])
    mine = DEALS[DEALS["recipient_kind"] == "non-state"]
    deals = drawn["deals"].astype(int)
    assert deals.sum() == len(mine)
    assert deals[drawn["supplier"] == "Russia"].sum() == (mine["supplier"] == "Russia").sum()
    assert deals[drawn["supplier"] == "not known"].sum() == (mine["supplier"] == "unknown").sum()
    changed = DEALS.copy()
    changed.loc[changed.index[changed["recipient"] == "Hamas"][0], "supplier"] = "Russia"
    with pytest.raises(NotBorneOutError, match="not for Hamas or Hezbollah"):
        results_of(PAGE, monkeypatch, with_records(sipri_deals=changed))


def test_support_is_shown_once_a_group_and_year_and_follows_who_is_asked_for(figures, monkeypatch):
    armed = SUPPORT[SUPPORT["actor_kind"] == "non-state"]
    figure = figures["groups-supporters"]
    assert len(rows(figure)) == len(armed[["actor", "year"]].drop_duplicates())

    def marked(figure, name):
        return sum(len(trace.x) for trace in figure.data if trace.name == f"{name} named")

    def pairs(name):
        return len(armed[armed["supporter"].str.startswith(name)][["actor", "year"]].drop_duplicates())

    assert marked(figure, "Russia") == pairs("Russia")
    iran = figures_of(PAGE, monkeypatch, change=('who = "Russia"', 'who = "Iran"'))["groups-supporters"]
    assert (marked(iran, "Iran"), marked(iran, "Russia")) == (pairs("Iran"), 0)
    assert block(iran)["title"].startswith("The conflict data name Iran for ")


def test_every_route_has_its_verdicts_and_says_where_the_register_is_silent():
    routes = {row["Route"]: row for row in captioned("Routes named by the text")}
    assert len(routes) == 6
    assert routes["Russia to Islamic State"]["Suppliers in the register"] == "not in our extract"
    assert "2014–2017" in routes["Russia to Donbas"]["Conflict data name Russia"]
    passed = BOOK.claims[BOOK.claims["relation"].str.contains(r"(?:^|_)arms(?:_|$)")]
    ends = ["hamas", "hezbollah", "islamic-state", "donbas", "south-ossetia", "abkhazia"]
    on_them = passed[passed["subject"].eq("russia") & passed["object"].isin(ends) & passed["checkable"]]
    claims = captioned(f"{len(on_them)} claims on the routes")
    assert all(row["Verdict"].strip() and row["Against"].strip() for row in claims)
    assert any("not searched" in row["Against"] or "none found" in row["Against"] for row in claims)


def test_the_claims_on_the_sum_stand_with_both_sides_their_denial_and_their_verdict():
    found = {
        re.search(r"wnd-2001-c\d+", row["Claim"])[0]: row for row in captioned("The sum, its buyers and the denial")
    }
    assert len(found) == 5
    assert "Denied: wnd-2001-c054" in " ".join(found["wnd-2001-c042"]["Claim"].split())
    assert all(row[part].strip() for row in found.values() for part in row)


# Iran -------------------------------------------------------------------------------------------------


def test_every_deal_between_iran_russia_and_belarus_is_drawn(figures, monkeypatch):
    drawn = rows(figures["iran-deals"])
    pairs = [("Iran", "Russia"), ("Iran", "Belarus"), ("Belarus", "Iran")]
    mine = DEALS[DEALS[["supplier", "recipient"]].apply(tuple, axis=1).isin(pairs)]
    assert len(drawn) == len(mine)
    assert (drawn["delivered"] == "no delivery registered").sum() == (mine["delivery_years"] == "").sum()
    later = DEALS.copy()
    later.loc[(later["supplier"] == "Iran") & (later["recipient"] == "Belarus"), "delivery_years"] = "2025"
    changed = figures_of(PAGE, monkeypatch, with_records(sipri_deals=later))["iran-deals"]
    assert "to Belarus since 2025" in block(changed)["title"]


# Pairs ------------------------------------------------------------------------------------------------


def test_every_claim_of_a_transfer_stands_with_its_denial_and_its_verdict():
    found = captioned("46 claims on arms")
    passed = BOOK.claims[BOOK.claims["relation"].str.contains(r"(?:^|_)arms(?:_|$)")]
    assert {row["Claim"] for row in found} == set(passed["claim_id"])
    row = next(row for row in found if row["Claim"] == "wnd-2001-c042")
    assert "wnd-2001-c054" in row["Denied"]
    assert all(row["Denied"].strip() and row["Verdict"].strip() for row in found)
    assert "says that this is not so" in next(r for r in found if r["Claim"] == "wnd-2001-c054")["Statement"]


@pytest.mark.parametrize(
    ("choices", "supplier", "years"),
    [
        ({"exporter": "Belarus", "period": "2001"}, "Belarus", range(2001, 2002)),
        ({"exporter": "Russia", "recipient": "Syria", "period": "2011–2017"}, "Russia", range(2011, 2018)),
    ],
    ids=["Belarus", "Russia"],
)
def test_the_control_sets_registered_deals_beside_the_words(control, choices, supplier, years):
    found = set(control.select(**choices))
    told, registered = (found & set(mine) for _, mine in control.columns.values())
    mine = DEALS[(DEALS["supplier"] == supplier) & DEALS["recipient"].eq(choices.get("recipient", DEALS["recipient"]))]
    assert len(registered) == sum(any(str(year) in cell for year in years) for cell in mine["delivery_years"])
    assert told


def test_the_control_holds_every_deal_and_every_transfer_that_has_a_giver(control):
    told, registered = (mine for _, mine in control.columns.values())
    passed = BOOK.claims[BOOK.claims["relation"].str.contains(r"(?:^|_)arms(?:_|$)")]
    assert len(registered) == len(DEALS)
    assert len(told) == (~passed["relation"].str.startswith("negotiat")).sum()
    assert sorted(told + registered) == sorted(row_id for row_id, _, _ in control.rows)
    assert 0 < len(control.select(q="kornet")) < len(control.select(q="kor"))


def test_a_transfer_told_without_one_recipient_stands_under_each_that_is_meant(control):
    def row_of(claim):
        links = re.compile(r'title="Claim (.+?)"')
        return next((v, plain(html)) for _, v, html in control.rows if links.findall(html)[:1] == [claim])

    values, html = row_of("wnd-2001-c042")
    buyers = BOOK.quantity_recipients["quantity_id"] == "wnd-2001-q01"
    assert len(values["recipient"]) == buyers.sum() > 1
    assert values["period"] == ["2001"]
    assert "Denied: Unnamed official" in html
    values, _ = row_of("defence-ua-c023")
    assert set(values["recipient"]) == {"Ukraine rebels", "South Ossetia", "Abkhazia"}
    assert "no period told" in values["period"]
    assert "2022 or later" not in values["period"]
    assert "told as not so by" in row_of("wnd-2001-c054")[1]


def test_the_control_names_no_exporter_or_recipient_that_is_none(control):
    assert "Alexander Lukashenko" not in control.facets["exporter"][1]
    assert not [name for name in control.facets["recipient"][1] if "dollars" in name or " or " in name]
    for _, values, _ in control.rows:
        for name, chosen in values.items():
            assert chosen
            assert set(chosen) <= set(control.facets[name][1])


def test_nothing_shown_is_a_value_that_is_missing(control):
    html = [str(one) for one in shown() if isinstance(one, str)] + [str(html) for _, _, html in control.rows]
    assert not [plain(one)[:80] for one in html if re.search(r"\b(nan|NaN|NaT|None)\b|<NA>", plain(one))]


def test_every_sentence_that_a_person_wrote_has_its_proof():
    assert sum(isinstance(one, Sentence) for one in shown()) >= 8

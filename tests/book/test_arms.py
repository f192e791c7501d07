"""The chapter on arms deals: charts draw what the records hold, titles follow the data, and no limit is passed over."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from figures import block, bundle
from this_book import BOOK, with_records, with_tables

from claimbook.analysis import quantities
from claimbook.validation import MAX_QUOTE
from claimbook.view import sums, tables
from claimbook.view.markup import plain
from topics import arms_deals as arms
from topics import provenance

FLOWS, DEALS = BOOK.records["sipri_flows"], BOOK.records["sipri_deals"]
NEWEST = FLOWS[FLOWS["release"] == FLOWS["release"].max()]
CHARTS = {
    function.__name__: function
    for function in (
        provenance.reported,
        provenance.tellings,
        provenance.buyers,
        provenance.yardsticks,
        arms.belarus_by_year,
        arms.belarus_rank,
        arms.belarus_recipients,
        arms.syria_by_year,
        arms.syria_orders,
        arms.syria_items,
        arms.suppliers_of_groups,
        arms.supporters,
        arms.iran_deals,
    )
}
TABLES = (
    provenance.changes,
    provenance.telling_list,
    provenance.conversions,
    provenance.plausibility,
    provenance.yardstick_list,
    arms.syria_list,
    arms.syria_growth,
    arms.routes,
    arms.route_evidence,
    arms.iran_evidence,
    arms.iran_lead,
)


def frame(figure):
    meta = block(figure)
    return pd.DataFrame(meta["rows"], columns=meta["columns"])


@pytest.mark.parametrize("name", CHARTS)
def test_chart_carries_all_that_a_reader_needs(name):
    figure = CHARTS[name](BOOK)
    meta = block(figure)
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert meta["rows"]
    assert meta["source"].strip()
    if name in vars(arms):
        assert re.search(r"SIPRI Arms Transfers Database .*(our calculation)|UCDP .*ours", meta["source"])


def test_ids_of_charts_are_distinct():
    ids = [block(chart(BOOK))["id"] for chart in CHARTS.values()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("show", TABLES, ids=lambda f: f.__name__)
def test_tables_show_something_and_close_every_element(show):
    html = str(show(BOOK))
    assert plain(html)
    assert html.count("<td") == html.count("</td>")


@pytest.mark.parametrize("name", ["belarus_by_year", "syria_by_year", "suppliers_of_groups"])
def test_bars_are_the_numbers_of_the_table(name):
    drawn = bundle(CHARTS[name](BOOK))
    rows = frame(CHARTS[name](BOOK))
    values = [v for trace in drawn["data"] for v in (trace["x"] if trace.get("orientation") == "h" else trace["y"])]
    cells = [v for column in rows.columns[1:] for v in rows[column]]
    assert sorted(filter(None, values)) == sorted(filter(None, cells))


def test_deliveries_of_belarus_add_up_to_the_register():
    rows = frame(arms.belarus_by_year(BOOK)).set_index("Year")
    mine = NEWEST[NEWEST["supplier"] == "Belarus"]
    assert rows.sum().sum() == pytest.approx(mine["tiv_millions"].sum(), abs=0.5)
    assert rows.loc["2001"].sum() == pytest.approx(mine.loc[mine["year"] == 2001, "tiv_millions"].sum())
    none = rows[arms.KINDS["non-state"][0]].sum()
    assert none == pytest.approx(mine.loc[mine["recipient_kind"] == "non-state", "tiv_millions"].sum(), abs=0.01)
    drawn = bundle(arms.belarus_recipients(BOOK))["data"]
    assert sum(len(trace["x"]) for trace in drawn) == len(mine)


def test_a_recipient_is_embargoed_only_in_the_years_of_its_embargo():
    embargo = BOOK.records["un_arms_embargoes"].iloc[0]
    year = int(embargo["first_year"])
    rows = pd.DataFrame(
        {"recipient": [embargo["state"]] * 2, "recipient_kind": "state", "year": [year - 1, year], "tiv_millions": 1.0}
    )
    assert arms._kind_of(BOOK, rows) == ["state", embargo["scope"]]


def test_ranks_are_those_of_both_releases():
    ranks = BOOK.records["sipri_exporter_ranks"]
    mine = ranks[ranks["exporter"] == "Belarus"]
    drawn = bundle(arms.belarus_rank(BOOK))["data"]
    assert [sorted(y for y in t["y"] if y is not None) for t in drawn] == [
        sorted(mine.loc[mine["release"] == release, "world_rank"])
        for release in sorted(set(mine["release"]), reverse=True)
    ]


def test_every_deal_with_syria_is_drawn_from_order_to_delivery():
    mine = DEALS[(DEALS["supplier"] == "Russia") & (DEALS["recipient"] == "Syria")]
    marks = {t["name"]: t for t in bundle(arms.syria_orders(BOOK))["data"] if t.get("name")}
    assert len(marks["ordered"]["x"]) == (~mine["order_year_uncertain"]).sum()
    assert len(marks["ordered, year estimated"]["x"]) == mine["order_year_uncertain"].sum()
    assert len(marks["delivered"]["x"]) == sum(len(cell.split("|")) for cell in mine["delivery_years"] if cell)
    assert len(frame(arms.syria_orders(BOOK))) == len(mine)


def test_growth_is_tested_on_deliveries_and_on_orders_and_follows_the_record():
    before = block(arms.syria_by_year(BOOK))["title"]
    years = DEALS.assign(order_year=DEALS["order_year"].where(DEALS["order_year"] < 2004, 2012))
    assert block(arms.syria_by_year(with_records(sipri_deals=years)))["title"] != before
    shown = plain(arms.syria_growth(BOOK))
    assert "deliver" in shown
    assert "ordered in" in shown
    assert arms.war_began(BOOK) == 2011


def test_every_item_of_the_text_is_set_against_the_register():
    rows = frame(arms.syria_items(BOOK)).set_index("Item of the text")
    assert set(rows.index) == set(arms._items(BOOK)["item"])
    assert set(rows.index[rows["In the register's scope"] == "no"]) == set(arms.OUTSIDE)
    assert pd.isna(rows.loc["T-80 tanks", "Delivered by Russia"])
    assert rows.loc["T-72 tanks", "Delivered by the Soviet Union"]
    assert "may have appeared" in rows.loc["S-300 systems", "Against the text"]
    assert rows.loc["MiG-29 jets", "Against the text"].endswith("after the text")


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([2006, 2008, 2009, 2010], "2006, 2008–2010: before the text"),
        ([2018], "2018: in the years in which the text may have appeared"),
        ([2017, 2020], "2017: before the text; 2020: after the text"),
        ([], ""),
    ],
)
def test_years_stand_before_about_or_after_the_text(years, words):
    assert arms._against_text(years, (2018, 2019)) == words


def test_suppliers_of_groups_count_every_deal_once():
    rows = frame(arms.suppliers_of_groups(BOOK)).set_index("Recipient")
    mine = DEALS[DEALS["recipient_kind"] == "non-state"]
    assert rows.sum().sum() == len(mine)
    assert rows["Russia"].sum() == (mine["supplier"] == "Russia").sum()
    assert rows["not known"].sum() == (mine["supplier"] == "unknown").sum()


def test_support_is_shown_once_a_group_and_year():
    support = BOOK.records["ucdp_external_support"]
    pairs = support[support["actor_kind"] == "non-state"][["actor", "year"]].drop_duplicates()
    drawn = bundle(arms.supporters(BOOK))["data"]
    assert sum(len(t["x"]) for t in drawn) == len(pairs)
    russian = next(t for t in drawn if t["name"] == "Russia named")
    named = support[(support["actor_kind"] == "non-state") & support["supporter"].str.startswith("Russia")]
    assert len(russian["x"]) == len(named[["actor", "year"]].drop_duplicates())


def test_a_solid_arrow_stands_only_where_a_telling_names_its_forerunner():
    solid = [a for a in provenance.arrows(BOOK) if a[2] == "names_telling"]
    assert len(solid) == (BOOK.lineage["names_telling"] != "").sum()
    drawn = [t for t in bundle(provenance.tellings(BOOK))["data"] if t["mode"] == "lines+markers"]
    assert [t["line"]["dash"] for t in drawn].count("solid") == len(solid)
    assert [t["line"]["dash"] for t in drawn].count("dot") == (BOOK.lineage["inferred_from"] != "").sum()
    rows = BOOK.lineage.assign(names_telling="", inferred_from="")
    bare = bundle(provenance.tellings(with_tables(lineage=rows)))["data"]
    assert not [t for t in bare if t["mode"] == "lines+markers"]


def test_equal_volumes_stand_in_the_order_of_names_whatever_their_parts():
    parts = [("Angola", 2001, 0.3), ("Cuba", 2001, 0.1), ("Cuba", 2002, 0.2)]
    flows = FLOWS[FLOWS["supplier"] != "Belarus"]
    rows = FLOWS[FLOWS["supplier"] == "Belarus"].head(3).assign(release="2026-02-12")
    rows[["recipient", "year", "tiv_millions"]] = parts
    figure = bundle(arms.belarus_recipients(with_records(sipri_flows=pd.concat([flows, rows]))))
    assert figure["layout"]["yaxis"]["ticktext"] == ["Angola", "Cuba"]


def test_two_ends_that_are_written_alike_are_one_number():
    def money(low, high):
        return quantities.Quantity("", "other", "USD", "exact", quantities.Interval(low, high), of="sum")

    low = 0.1 + 0.2
    assert low > 0.3
    assert sums.said(money(3e8, 1e9 * low)) == "300 million USD"
    assert sums.said(money(3e8, 4e8)) == "300 million USD to 400 million USD"
    [mark] = sums._drawn(money(3e8, 1e9 * low), 0, 1e9, "")
    assert mark.mode == "markers"


def test_every_telling_is_drawn_at_its_stage_with_its_bound():
    marks = [t for t in bundle(provenance.tellings(BOOK))["data"] if t["mode"] == "markers+text"]
    assert sum(len(t["x"]) for t in marks) == len(BOOK.lineage)
    stages = list(provenance.STAGES)
    assert sorted(x for t in marks for x in t["x"]) == sorted(stages.index(s) for s in BOOK.lineage["stage"])
    assert [len(t["x"]) for t in marks if t["marker"]["symbol"] == "triangle-right"] == [
        (BOOK.lineage["bound"] == "at_least").sum()
    ]


def test_no_telling_lies_before_the_one_it_goes_back_to():
    tellings = BOOK.lineage.set_index("telling_id")
    for earlier, later, _ in provenance.arrows(BOOK):
        end = tellings.at[later, "date_end"] or "9999"
        assert tellings.at[earlier, "date"] <= end


def test_the_telling_of_the_ledger_agrees_with_its_quantity():
    telling = BOOK.lineage.set_index("quantity_id").loc[provenance.FIGURE]
    quantity = BOOK.quantities.set_index("quantity_id").loc[provenance.FIGURE]
    assert (telling["amount"], telling["bound"]) == (quantity["value"], quantity["bound"])
    assert (telling["period_start"], telling["period_end"]) == (quantity["period_start"], quantity["period_end"])
    assert telling["stage"] == quantity["stage"]


def test_words_of_tellings_are_short():
    for column in ("wording", "period_words", "stage_words"):
        quoted = [w for cell in BOOK.lineage[column] for w in re.findall(r'"([^"]*)"', cell)] or []
        whole = list(BOOK.lineage["wording"]) if column == "wording" else []
        assert all(len(words.split()) <= MAX_QUOTE for words in quoted + whole)


def test_every_telling_and_yardstick_leads_to_its_source_and_its_table():
    for show, name in ((provenance.telling_list, "lineage"), (provenance.yardstick_list, "yardsticks")):
        html = str(show(BOOK))
        for key in BOOK.tables[name]["reference"]:
            assert f"{tables.reference_link(key, '').split('>')[0]}>" in html
        assert f"data.ipynb#table-{name}" in html


def test_changes_name_what_differs_between_two_tellings():
    shown = plain(provenance.changes(BOOK))
    assert "contracts → exports" in shown
    assert "over 500 million USD → about 500 million USD" in shown
    assert "RFE/RL → WorldNetDaily" in shown


@pytest.mark.parametrize("chart", [provenance.reported, provenance.yardsticks])
def test_a_panel_holds_only_what_is_alike(chart):
    drawn = bundle(chart(BOOK))
    rows = frame(chart(BOOK))
    axes = {trace["xaxis"] for trace in drawn["data"]}
    assert len(axes) == len(rows.drop_duplicates(["What it counts", "Unit", "Spread over", "Prices"]))
    assert str(len(axes)) in block(chart(BOOK))["title"]


def test_unlike_quantities_cannot_be_drawn_in_one_panel():
    found = provenance.measured(BOOK)
    with pytest.raises(quantities.UnlikeError):
        sums.panels([found])


def test_vague_amounts_are_drawn_as_what_they_are():
    soft, ring, opened = (bundle(provenance.reported(BOOK))["data"][i] for i in (0, len(sums.HALO), -1))
    assert soft["marker"]["opacity"] < 0.5
    assert ring["marker"]["symbol"] == "circle-open"
    assert (opened["line"]["dash"], opened["marker"]["symbol"][-1]) == ("dot", "triangle-right")
    assert frame(provenance.reported(BOOK))["High end"].isna().sum() == 1


def test_the_chapter_shows_a_refusal_and_why():
    shown = plain(provenance.refusal(BOOK))
    assert "not on one axis" in shown
    assert "counts deliveries, not contracts" in shown
    assert "is in million TIV, not USD" in shown


def test_conversions_show_factor_source_and_result_of_each_step():
    shown = str(provenance.conversions(BOOK))
    index = provenance.derived_index(BOOK.records["us_foreign_assistance"])
    assert f"{index.factors[2001]:.4g}" in shown
    assert "data.ipynb#record-us_foreign_assistance" in shown
    assert "same pace" in shown


def test_what_was_not_found_is_listed():
    for about in ("telling", "yardstick"):
        rows = BOOK.lineage_searches[BOOK.lineage_searches["about"] == about]
        shown = plain(provenance.searches(BOOK, about))
        assert f"{(rows['result'] == 'none').sum()} not found" in shown


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"exporter": "belarus", "period": "2001"},
        {"exporter": "russia", "recipient": "syria", "period": "2011-2017"},
        {"q": "kornet"},
    ],
    ids=str,
)
def test_the_control_sets_registered_deals_beside_the_words(choices):
    control = arms.deals(BOOK)
    found = control.select(**choices)
    assert found
    assert len({row_id for row_id, _, _ in control.rows}) == len(control.rows)
    if choices.get("period") == "2001":
        delivered = DEALS[(DEALS["supplier"] == "Belarus") & DEALS["delivery_years"].str.contains("2001")]
        assert {f"deal-{d}" for d in delivered["deal_id"]} <= set(found)
        assert "told-wnd-2001-c042" in found
    if not choices:
        # A claim about negotiations names no side that gives.
        transfers = arms.transfers(BOOK)
        assert len(found) == len(DEALS) + (~transfers["relation"].str.startswith("negotiat")).sum()


def test_the_control_names_no_exporter_or_recipient_that_is_none():
    facets = arms.deals(BOOK).facets
    assert "alexander-lukashenko" not in facets["exporter"][1]
    assert not [name for name in facets["recipient"][1].values() if "dollars" in name or " or " in name]


def test_the_control_tells_names_of_every_script_apart():
    names = dict(zip(DEALS.index[:4], ["Türkiye", "Куба", "中国", "伊朗"], strict=True))
    changed = DEALS.assign(supplier=DEALS["supplier"].where(~DEALS.index.isin(names), DEALS.index.map(names)))
    control = arms.deals(replace(BOOK, records=BOOK.records | {"sipri_deals": changed}))
    options = {name: value for value, name in control.facets["exporter"][1].items()}
    assert (options["Türkiye"], options["Куба"]) == ("turkiye", "kuba")
    for row, name in names.items():
        assert control.select(exporter=options[name]) == [f"deal-{DEALS['deal_id'][row]}"]


def test_a_transfer_told_without_one_recipient_stands_under_each_that_is_meant():
    control = arms.deals(BOOK)
    values = {row_id: values for row_id, values, _ in control.rows}
    buyers = BOOK.quantity_recipients.loc[BOOK.quantity_recipients["quantity_id"] == "wnd-2001-q01"]
    assert len(values["told-wnd-2001-c042"]["recipient"]) == len(buyers) > 1
    listed = values["told-defence-ua-c023"]["recipient"]
    assert {"ukraine-rebels", "south-ossetia", "abkhazia"} == set(listed)


def test_the_control_shows_who_denies_a_transfer_and_whether_it_is_told_as_not_so():
    html = {row_id: plain(html) for row_id, _, html in arms.deals(BOOK).rows}
    assert "Denied: wnd-2001-c054" in html["told-wnd-2001-c042"]
    assert "told as not so by" in html["told-wnd-2001-c054"]


def test_the_columns_of_the_control_hold_every_row_once():
    control = arms.deals(BOOK)
    told, registered = (ids for _, ids in control.columns.values())
    assert len(registered) == len(DEALS)
    assert sorted(told + registered) == sorted(row_id for row_id, _, _ in control.rows)


def test_every_row_of_the_control_has_known_values():
    control = arms.deals(BOOK)
    for _, values, _ in control.rows:
        for name, chosen in values.items():
            assert chosen
            assert set(chosen) <= set(control.facets[name][1])


def test_limits_are_those_of_the_record():
    shown = plain(arms.limits(BOOK, "sipri_flows"))
    traps = next(r for r in BOOK.schema["resources"] if r["name"] == "sipri_flows")["traps"]
    assert all(trap in shown for trap in traps)


def test_markup_in_a_telling_is_shown_as_text():
    rows = BOOK.lineage.assign(credited_to="<script>alert(1)</script>")
    html = provenance.telling_list(with_tables(lineage=rows))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html

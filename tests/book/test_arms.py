"""The chapter on arms deals: every figure told, the registers beside it; a row changed, and what is shown follows."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block, rows
from notebooks import charts_of, figure_of, results_of, shown_by
from this_book import BOOK, with_records, with_tables

from claimbook.analysis import chains, evidence, quantities
from claimbook.validation import MAX_QUOTE
from claimbook.view import addresses, palette
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import plain
from claimbook.view.proofs import NotBorneOutError, Sentence

PAGE = "chapters/record/arms-deals"
FLOWS, DEALS = BOOK.records["sipri_flows"], BOOK.records["sipri_deals"]
NEWEST = FLOWS[FLOWS["release"] == FLOWS["release"].max()]
SYRIA = DEALS[(DEALS["supplier"] == "Russia") & (DEALS["recipient"] == "Syria")]
CHARTS = {"figures-by-kind", "belarus-years", "iran-deals"}


@pytest.fixture
def figures():
    return charts_of(PAGE)


@pytest.fixture
def control():
    return {one.id: one for one in shown_by(PAGE) if isinstance(one, FacetFilter)}["deals"]


def words(results=None):
    return [plain(str(one)) for one in results or shown_by(PAGE) if isinstance(one, str)]


def captioned(start, results=None):
    """Return the cells of the table or the list that is captioned so, a dict a row."""
    for html in results or shown_by(PAGE):
        soup = BeautifulSoup(str(html), "html.parser")
        for table in soup.select("table"):
            if table.caption.text.startswith(start):
                heads = [head.text for head in table.select("thead th")]
                rows = [[cell.get_text(" ") for cell in row.select("th, td")] for row in table.select("tbody tr")]
                return [dict(zip(heads, row, strict=True)) for row in rows]
        if (caption := soup.select_one(".cb-caption")) and caption.text.startswith(start):
            return [plain(str(entry)) for entry in soup.select(".cb-entry")]
    raise AssertionError(f"nothing is captioned {start}")


def test_every_chart_carries_all_that_a_reader_needs(figures):
    assert figures.keys() == CHARTS
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("id", "title", "caption", "alt", "source"))
        assert "n = " in said["caption"]
        assert said["rows"]
        assert re.search(r"record|ledger", said["source"])


def test_where_volumes_are_drawn_the_chapter_says_that_they_are_no_money_and_leave_out_small_arms(figures):
    assert "No money, no small arms" in block(figures["belarus-years"])["caption"]
    [folded] = [str(one) for one in shown_by(PAGE) if 'id="belarus-recipients"' in str(one)]
    assert "TIV is no money" in folded
    limits = {row["limit"] for row in captioned("30 limits")}
    used = ("sipri_flows", "sipri_deals", "sipri_exporter_ranks")
    traps = {trap for r in BOOK.schema["resources"] if r["name"] in used for trap in r["traps"]}
    assert all(any(limit.startswith(trap) for limit in limits) for trap in traps)
    assert any("small arms" in trap.lower() for trap in traps)


# Every figure -----------------------------------------------------------------------------------------

FIGURES = BOOK.quantities.merge(BOOK.quantity_claims, on="quantity_id")
VERDICT = evidence.verdicts(BOOK).set_index("claim_id")["verdict"]


def with_quantity(quantity, **cells):
    """Return the book with cells of one quantity changed."""
    changed = BOOK.quantities.copy()
    for column, value in cells.items():
        changed.loc[changed["quantity_id"] == quantity, column] = value
    return with_tables(quantities=changed)


def test_one_figure_on_arms_has_a_number_and_a_second_one_stops_the_lead(monkeypatch):
    assert words()[0].startswith("Of 6 figures on arms in the texts, one has a number: “some $500 million”.")
    with pytest.raises(NotBorneOutError, match="one has a number"):
        results_of(PAGE, monkeypatch, with_quantity("wnd-2001-q02", value=2_000_000_000))


def test_the_table_holds_every_figure_with_its_words_bound_period_source_and_verdict():
    found = captioned(f"{len(BOOK.quantities)} figures of the texts")
    assert len(found) == len(BOOK.quantities)
    assert ["money: " in next(iter(row.values())) for row in found] == [True] * 3 + [False] * (len(found) - 3)
    said, left = "In the words; what it counts, bound, period", list(found)
    for quantity in BOOK.quantities.itertuples():
        told = FIGURES[FIGURES["quantity_id"] == quantity.quantity_id]
        row = next(
            row
            for row in left
            if all(wording in row[said] for wording in told["wording"])
            and f"; {palette.BOUNDS[quantity.bound].removesuffix(' given')}; " in row[said]
            and palette.VERDICTS[VERDICT[told["claim_id"].iloc[0]]] in row["Verdict"]
        )
        assert (quantity.period_start == "") == ("no period" in row[said])
        left.remove(row)
    assert left == []
    ends = chains.terminal_sources(BOOK).set_index("claim_id").loc[FIGURES.drop_duplicates("quantity_id")["claim_id"]]
    assert sum(row["On whose word"] == "own word" for row in found) == ends["own"].sum()
    assert sum(row["On whose word"] == "unnamed source" for row in found) == ends["nameless"].sum()


def test_the_sum_stands_with_its_stage_its_half_year_its_claim_and_its_denial():
    [said] = [cell for row in captioned("29 figures") if "some $500 million" in (cell := next(iter(row.values())))]
    assert "money: contracts; about; 1 January 2001 to 30 June 2001" in said
    assert "Denied: Unnamed official of Belarus's foreign ministry" in " ".join(said.split())
    html = "".join(str(one) for one in shown_by(PAGE) if isinstance(one, str))
    assert all(f'href="../texts/wnd-2001.ipynb#{claim}"' in html for claim in ("wnd-2001-c042", "wnd-2001-c054"))


def test_every_figure_is_one_square_by_what_it_counts_and_a_changed_one_moves(figures, monkeypatch):
    def counted(figure):
        drawn = rows(figure)
        return drawn.set_index(["counts", "text"]).sum(axis=1).groupby("counts").sum()

    once = counted(figures["figures-by-kind"])
    assert once.sum() == len(FIGURES.assign(v=FIGURES["claim_id"].map(VERDICT)).drop_duplicates(["quantity_id", "v"]))
    assert sum(len(trace.x) for trace in figures["figures-by-kind"].data) == once.sum()
    assert once["money"] == (BOOK.quantities["dimension"] == "money").sum()
    moved = figure_of("figures-by-kind", PAGE, monkeypatch, with_quantity("defence-ua-q07", stage="contract"))
    assert counted(moved)["contracts"] == once["contracts"] + 1
    assert counted(moved)["deliveries"] == once["deliveries"] - 1


def test_a_sum_of_money_that_is_supported_stops_the_sentence(monkeypatch):
    with pytest.raises(NotBorneOutError, match="sums of money none is"):
        results_of(PAGE, monkeypatch, with_quantity("walsh-2021-q04", dimension="money", currency="dollars"))


# One sum ----------------------------------------------------------------------------------------------


def test_the_tellings_are_counted_and_lead_to_their_story(monkeypatch):
    [said] = [one for one in words() if one.startswith("The sum is older")]
    assert f"{len(BOOK.lineage)} tellings were found" in said
    assert "the-500-million" in "".join(str(one) for one in shown_by(PAGE) if isinstance(one, str))
    alike = BOOK.lineage.assign(stage="contract")
    with pytest.raises(NotBorneOutError, match="The sum is older"):
        results_of(PAGE, monkeypatch, with_tables(lineage=alike))


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


def test_every_telling_and_yardstick_leads_to_where_it_was_read():
    html = "".join(str(one) for one in shown_by(PAGE) if isinstance(one, str))
    for key in {*BOOK.lineage["reference"], *BOOK.yardsticks["reference"]}:
        assert addresses.reference(key) in html
    assert len(captioned(f"{len(BOOK.lineage)} tellings of the sum")) == len(BOOK.lineage)
    assert len(captioned(f"{len(BOOK.yardsticks)} yardsticks")) == len(BOOK.yardsticks)


def test_markup_in_a_telling_is_shown_as_text(monkeypatch):
    lineage = BOOK.lineage.assign(credited_to="<script>alert(1)</script>")
    found = results_of(PAGE, monkeypatch, with_tables(lineage=lineage))
    html = "".join(str(one) for one in found if isinstance(one, str))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_chapter_shows_a_refusal_and_its_words(monkeypatch):
    [said] = [one for one in words() if "the book refuses" in one]
    assert "counts volume of deliveries (TIV), not contracts" in said
    assert "is in million TIV, not USD" in said
    monkeypatch.setattr(quantities, "unlike", lambda one, other: [])
    with pytest.raises(NotBorneOutError, match="the book refuses"):
        results_of(PAGE, monkeypatch)


def test_any_two_figures_can_be_put_side_by_side_and_unlike_ones_are_refused_with_the_reason():
    control = {one.id: one for one in shown_by(PAGE) if isinstance(one, FacetFilter)}["compare"]
    said = {row_id: plain(html) for row_id, _, html in control.rows}

    def answer(**choice):
        [row_id] = control.select(**choice)
        return said[row_id]

    contract, delivered, volume = "some $500 million", "CRS, deliveries 1998–2005", "registered deliveries"
    assert "counts deliveries, not contracts" in answer(put=contract, beside=delivered)
    assert "is in million TIV, not USD" in answer(put=contract, beside=volume)
    assert "is in USD, not million TIV" in answer(put=volume, beside=contract)
    alike = {row["beside"][0] for row_id, row, _ in control.rows if "may stand on one axis" in said[row_id]}
    assert alike
    assert all("in prices of" in name for name in alike)
    held = len(control.facets["put"][1])
    assert len(control.rows) == held * (held - 1)


def test_the_reported_sum_is_a_multiple_of_each_yardstick_in_dollars_with_what_that_counts():
    found = captioned("For scale alone: ")
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
    listed = captioned("32 registered recipients")
    assert {row["recipient"] for row in listed} == set(mine["recipient"])
    assert sum(float(row["million TIV"].replace(",", "")) for row in listed) == pytest.approx(
        mine["tiv_millions"].sum(), abs=1
    )


def test_a_recipient_is_embargoed_only_in_the_years_of_its_embargo(monkeypatch):
    def embargoed(results=None):
        listed = captioned("32 registered recipients", results)
        return {row["recipient"]: row["years"] for row in listed if "embargo" in row["is"]}

    assert "2003" not in embargoed()["Sudan"]
    earlier = BOOK.records["un_arms_embargoes"].copy()
    earlier.loc[earlier["state"] == "Sudan", "first_year"] = 2003
    changed = results_of(PAGE, monkeypatch, with_records(un_arms_embargoes=earlier))
    assert embargoed(changed)["Sudan"].startswith("2003")
    figure = {block(f)["id"]: f for f in changed if hasattr(f, "layout")}["belarus-years"]
    under = rows(figure).query("`delivered to` == 'a state under a UN arms embargo' and year == 2003")
    assert under["million TIV delivered"].sum() > 0


def test_the_buyers_around_the_year_of_the_sum_are_counted_and_follow_the_filter(monkeypatch):
    def near(years):
        mine = NEWEST[(NEWEST["supplier"] == "Belarus") & NEWEST["year"].between(2001 - years, 2001 + years)]
        return f"From {2001 - years} to {2001 + years} all {mine['recipient'].nunique()} recipients were states"

    assert any(near(3) in one for one in words())
    wider = words(results_of(PAGE, monkeypatch, change=("around = 3", "around = 6")))
    assert any(near(6) in one for one in wider)
    assert near(6) != near(3)
    flows = FLOWS.copy()
    flows.loc[(flows["supplier"] == "Belarus") & (flows["year"] == 2001), "recipient_kind"] = "non-state"
    with pytest.raises(NotBorneOutError, match="recipients were states"):
        results_of(PAGE, monkeypatch, with_records(sipri_flows=flows))


def test_deliveries_that_did_not_fall_stop_the_title(monkeypatch):
    flows = FLOWS.copy()
    flows.loc[(flows["supplier"] == "Belarus") & (flows["year"] == 2001), "tiv_millions"] = 900.0
    with pytest.raises(NotBorneOutError, match="fell to"):
        results_of(PAGE, monkeypatch, with_records(sipri_flows=flows))


def test_ranks_are_those_of_every_release_and_the_sentence_follows(monkeypatch):
    ranks = BOOK.records["sipri_exporter_ranks"]
    mine = ranks[ranks["exporter"] == "Belarus"]
    listed = captioned("Place of Belarus among exporters")
    assert {int(row["place"]) for row in listed} == set(mine["world_rank"])
    assert set(mine["release"]) < listed[0].keys()
    third = mine[mine["release"] == mine["release"].max()].assign(release="2027-03-01")
    third.loc[third["year"] == 2001, "world_rank"] = 12
    changed = results_of(PAGE, monkeypatch, with_records(sipri_exporter_ranks=pd.concat([ranks, third])))
    assert any("held place 12 among exporters in 2001" in one for one in words(changed))
    assert "2027-03-01" in captioned("Place of Belarus among exporters", changed)[0]


def test_a_deal_with_a_palestinian_group_stops_the_sentence(monkeypatch):
    deals = DEALS.copy()
    deals.loc[deals.index[deals["supplier"] == "Belarus"][0], "recipient_group"] = "Palestinian"
    with pytest.raises(NotBorneOutError, match="none with a Palestinian"):
        results_of(PAGE, monkeypatch, with_records(sipri_deals=deals))


# Syria ------------------------------------------------------------------------------------------------


def test_shipments_grew_while_orders_fell_and_both_are_volumes():
    listed = captioned("Russia to Syria, in million TIV")

    def total(head):
        return sum(float(row[head]) for row in listed if row[head] != "–")

    mine = NEWEST[(NEWEST["supplier"] == "Russia") & (NEWEST["recipient"] == "Syria")]
    assert total("delivered") == pytest.approx(mine["tiv_millions"].sum(), abs=1)
    ordered = SYRIA[SYRIA["order_year"] >= NEWEST["year"].min()]
    for head, uncertain in (("ordered", False), ("ordered, year estimated", True)):
        volume = ordered.loc[ordered["order_year_uncertain"] == uncertain, "tiv_delivered_millions"].sum()
        assert total(head) == pytest.approx(volume, abs=1)
    [said] = [one for one in words() if "delivered 1,459 million TIV to Syria" in one]
    assert "and 546 in as many years before" in said


def test_orders_that_grew_or_shipments_that_fell_stop_the_sentence(monkeypatch):
    later = DEALS.assign(order_year=DEALS["order_year"].mask(DEALS.index.isin(SYRIA.index[8:17]), 2012))
    with pytest.raises(NotBorneOutError, match="In 2011–2017 Russia delivered"):
        results_of(PAGE, monkeypatch, with_records(sipri_deals=later))
    flows = FLOWS.copy()
    gone = (flows["recipient"] == "Syria") & (flows["year"] > 2010)
    flows.loc[gone, "tiv_millions"] = 0.0
    with pytest.raises(NotBorneOutError, match="In 2011–2017 Russia delivered"):
        results_of(PAGE, monkeypatch, with_records(sipri_flows=flows))


# Iran -------------------------------------------------------------------------------------------------


def test_every_deal_between_iran_russia_and_belarus_is_drawn(figures, monkeypatch):
    drawn = rows(figures["iran-deals"])
    pairs = [("Iran", "Russia"), ("Iran", "Belarus"), ("Belarus", "Iran")]
    mine = DEALS[DEALS[["supplier", "recipient"]].apply(tuple, axis=1).isin(pairs)]
    assert len(drawn) == len(mine)
    assert (drawn["delivered"] == "no delivery registered").sum() == (mine["delivery_years"] == "").sum()
    later = DEALS.copy()
    later.loc[(later["supplier"] == "Iran") & (later["recipient"] == "Belarus"), "delivery_years"] = "2025"
    changed = figure_of("iran-deals", PAGE, monkeypatch, with_records(sipri_deals=later))
    assert "to Belarus since 2025" in block(changed)["title"]


# Pairs ------------------------------------------------------------------------------------------------


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
    html = [str(one) for one in shown_by(PAGE) if isinstance(one, str)] + [str(html) for _, _, html in control.rows]
    assert not [plain(one)[:80] for one in html if re.search(r"\b(nan|NaN|NaT|None)\b|<NA>", plain(one))]


def test_every_sentence_that_a_person_wrote_has_its_proof():
    assert sum(isinstance(one, Sentence) for one in shown_by(PAGE)) >= 5

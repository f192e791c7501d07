"""The sums that the texts tell and what they are held against: what may be compared, and what pages say of it."""

import pytest
from bs4 import BeautifulSoup
from figures import block
from one_sum import GIVEN, telling
from this_book import BOOK, with_tables
from topics import arms_deals as arms
from topics import provenance

from claimbook.analysis import quantities as q
from claimbook.analysis.quantities import Interval
from claimbook.view import prose, tables
from claimbook.view.markup import plain


def test_the_index_is_derived_from_sums_given_twice():
    frame = BOOK.records["us_foreign_assistance"]
    index = provenance.derived_index(frame)
    same = frame[frame["current_usd"] == frame["constant_usd"]]
    assert {index.base} == set(same["fiscal_year"])
    row = frame[frame["fiscal_year"] == 2001].iloc[0]
    assert index.factors[2001] == pytest.approx(row["constant_usd"] / row["current_usd"], rel=1e-5)
    changed = frame.copy()
    changed.loc[changed.index[changed["fiscal_year"] == 2001][0], "constant_usd"] *= 2
    with pytest.raises(ValueError, match="2001 disagree"):
        provenance.derived_index(changed)
    with pytest.raises(ValueError, match="no single base year"):
        provenance.derived_index(frame[frame["fiscal_year"] != index.base])


def test_the_words_of_the_texts_become_what_they_are():
    told = {r.wording: r for r in q.reported(BOOK, arms.of_arms(BOOK))}
    assert told["some $500 million"].soft
    assert told["some $500 million"].months == 6
    assert told["billions of dollars"].open_ended
    with pytest.raises(q.UnlikeError, match="counts flows with no stage told, not contracts"):
        q.require_alike([told["some $500 million"], told["billions of dollars"]])


def test_registered_volume_is_the_sum_of_the_record_and_no_money():
    flows = BOOK.records["sipri_flows"]
    release = flows["release"].max()
    mine = flows[(flows["release"] == release) & (flows["supplier"] == "Belarus") & (flows["year"] == 2001)]
    volume = provenance.registered(flows, "Belarus", 2001, 2001, release)
    assert volume.interval == Interval(mine["tiv_millions"].sum(), mine["tiv_millions"].sum())
    assert (volume.money, volume.prices) == (False, "no prices")
    with pytest.raises(ValueError, match="does not cover"):
        provenance.registered(flows, "Belarus", 1950, 2001, release)


def test_yardsticks_of_money_keep_what_they_count():
    found = provenance.measured(BOOK)
    assert len(found) == (BOOK.yardsticks["unit"] == "currency").sum()
    assert {x.unit for x in found} == set(BOOK.yardsticks["currency"]) - {""}
    for group in q.alike(found):
        q.require_alike(group)


def test_a_sum_of_a_day_stands_on_the_page_as_it_is_told():
    day = {"counts": "income", "spread": "sum", "period_start": "2001-01-03", "period_end": "2001-01-03"}
    yardsticks = BOOK.yardsticks.assign(
        **{
            column: BOOK.yardsticks[column].mask(BOOK.yardsticks["yardstick_id"] == "karine-a", value)
            for column, value in day.items()
        }
    )
    changed = with_tables(yardsticks=yardsticks)
    shown = plain(provenance.conversions(changed))
    assert "as told: about 15 million USD, 1 day together" in shown
    assert "1 months" not in shown
    assert "5.4 billion" not in plain(provenance.plausibility(changed))
    rows = {row[0]: row for row in block(provenance.yardsticks(changed))["rows"]}
    assert rows["Cargo of the Karine A, 2002"][6] == "1 day together"


def test_what_two_tellings_leave_out_is_not_the_same_in_both():
    tellings = BOOK.lineage.assign(credited_to="", period_start="", period_end="")
    none = with_tables(lineage=tellings, lineage_buyers=BOOK.lineage_buyers.iloc[:0])
    rows = BeautifulSoup(provenance.changes(none), "html.parser").select("tbody tr")
    assert {tuple(cell.text for cell in row.select("td")[2:]) for row in rows} == {("told by neither",) * 3}
    rows = BeautifulSoup(provenance.changes(BOOK), "html.parser").select("tbody tr")
    periods = {row.select_one("th").text: row.select("td")[2].text for row in rows}
    assert [told for arrow, told in periods.items() if arrow.startswith("Wprost")] == ["told by neither"]
    assert "2001 → no period told" in periods.values()


@pytest.mark.parametrize(("cells", "number"), GIVEN.values(), ids=GIVEN)
def test_the_picture_of_the_reported_sums_counts_those_without_a_number(folder, cells, number):
    title = block(provenance.reported(telling(folder, cells)))["title"]
    assert ("1 has no number" in title) == (not number)


@pytest.mark.parametrize(("cells", "number"), GIVEN.values(), ids=GIVEN)
def test_every_page_on_arms_means_the_same_by_a_number(folder, cells, number):
    text = telling(folder, cells)
    assert f"{int(number)} of them {'has' if number else 'have'} a number" in plain(arms.told_lead(text))
    said = plain(prose.findings(text, arms.findings(text)))
    assert f"Of 1 reported quantity of arms deals and arms flows, {1 if number else 'none'} has a number" in said
    assert (tables.number_text(text.quantities.iloc[0]) in said) == number
    stages = block(arms.by_stage(text))
    assert stages["title"].startswith(f"{'0' if number else '1'} of 1 ")
    mark = next(trace for trace in arms.by_stage(text).data if trace.y)
    assert mark.name == ("with a number" if number else "no number given")
    assert (stages["rows"][0][stages["columns"].index("Number")] is None) == (not number)


def test_a_range_is_listed_with_both_its_ends(folder):
    meta = block(arms.by_stage(telling(folder, {"low": 30e6, "high": 50e6, "bound": "range"})))
    assert meta["rows"][0][meta["columns"].index("Number")] == "30 to 50 million USD"

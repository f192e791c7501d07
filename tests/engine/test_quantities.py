"""The guard on comparison, what words allow, and conversions that show their steps."""

from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from one_sum import GIVEN, telling

from claimbook.analysis import quantities as q
from claimbook.analysis.quantities import Interval, Quantity
from claimbook.view import prose, tables
from claimbook.view.markup import plain

HALF_YEAR = Quantity(
    "some",
    "contract",
    "USD",
    "approximate",
    Interval(500e6, 500e6),
    "some",
    "2001-01-01",
    "2001-06-30",
    called="contracts",
)
UNLIKE = {
    "what is counted": replace(HALF_YEAR, counts="delivery", called=""),
    "exports": replace(HALF_YEAR, counts="export", called="exports"),
    "flows": replace(HALF_YEAR, counts="flow", called="flows"),
    "income": replace(HALF_YEAR, counts="income", called=""),
    "budget": replace(HALF_YEAR, counts="budget", called=""),
    "volume": replace(HALF_YEAR, counts="volume", called="volume of deliveries", unit="tonnes", money=False),
    "another thing": replace(HALF_YEAR, counts="other", of="seats"),
    "currency": replace(HALF_YEAR, unit="GBP"),
    "prices": replace(HALF_YEAR, price_year=2022),
    "span": replace(HALF_YEAR, end="2002-06-30"),
    "no period": replace(HALF_YEAR, start="", end=""),
    "rate": replace(HALF_YEAR, spread="rate"),
    "single": replace(HALF_YEAR, spread="single"),
    "prices of another day": replace(HALF_YEAR, start="1998-01-01", end="1998-06-30"),
}
INDEX = q.PriceIndex("USD", 2022, {1998: 1.7, 1999: 1.6, 2000: 1.6, 2001: 1.5, 2022: 1.0}, "record")


@pytest.mark.parametrize("what", UNLIKE)
def test_each_unlike_pair_is_refused_with_both_sides_named(what):
    other = replace(UNLIKE[what], name="the other one")
    for pair in ((HALF_YEAR, other), (other, HALF_YEAR)):
        with pytest.raises(q.UnlikeError, match="not on one axis") as refused:
            q.require_alike(pair)
        assert f"“{pair[0].name}”" in str(refused.value)
        assert f"“{pair[1].name}”" in str(refused.value)
        with pytest.raises(q.UnlikeError):
            q.total(pair)
    assert len(q.alike([HALF_YEAR, other])) == 2


def test_a_refusal_names_every_difference_and_every_stranger():
    strangers = [UNLIKE["currency"], replace(UNLIKE["volume"], name="volume"), HALF_YEAR]
    with pytest.raises(q.UnlikeError) as refused:
        q.require_alike([HALF_YEAR, *strangers])
    assert "is in GBP, not USD" in str(refused.value)
    assert "counts volume of deliveries, not contracts; is in tonnes, not USD" in str(refused.value)


def test_alike_quantities_share_an_axis_whatever_their_bounds():
    q.require_alike([HALF_YEAR, replace(HALF_YEAR, bound="at_least", interval=Interval(6e8, None))])
    with pytest.raises(ValueError, match="needs a quantity"):
        q.require_alike([])


def test_two_other_things_are_alike_only_if_they_are_the_same_thing():
    seats = replace(HALF_YEAR, counts="other", of="seats")
    assert q.unlike(seats, replace(seats, name="again")) == []
    assert q.unlike(seats, replace(seats, of="votes"))


@pytest.mark.parametrize(
    ("bound", "numbers", "wording", "expected"),
    [
        ("exact", {"value": 7}, "7", Interval(7, 7)),
        ("approximate", {"value": 5e8}, "some $500 million", Interval(5e8, 5e8)),
        ("at_least", {"value": 6e8}, "more than $600 million", Interval(6e8, None)),
        ("at_most", {"value": 6}, "up to six", Interval(None, 6)),
        ("range", {"low": 2, "high": 4}, "two to four", Interval(2, 4)),
        ("unspecified", {"value": pd.NA}, "Billions of dollars", Interval(1e9, None)),
        ("unspecified", {}, "mountains", Interval(None, None)),
    ],
)
def test_words_allow_no_more_than_they_say(bound, numbers, wording, expected):
    assert q.told_interval(bound, **numbers, wording=wording) == expected


def test_sums_add_both_ends_and_stay_open_where_one_is_open():
    more = replace(HALF_YEAR, bound="at_least", interval=Interval(6e8, None))
    assert q.total([HALF_YEAR, HALF_YEAR]) == Interval(1e9, 1e9)
    assert q.total([HALF_YEAR, more]) == Interval(1.1e9, None)
    with pytest.raises(ValueError, match="no sum"):
        q.total([replace(HALF_YEAR, spread="rate")])
    with pytest.raises(ValueError, match="cannot run"):
        Interval(2, 1)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (Interval(6, 6), Interval(3, 3), Interval(2, 2)),
        (Interval(6, None), Interval(2, 3), Interval(2, None)),
        (Interval(None, 6), Interval(2, 3), Interval(None, 3)),
        (Interval(6, 6), Interval(2, None), Interval(None, 3)),
        (Interval(6, 6), Interval(None, 2), Interval(3, None)),
    ],
)
def test_a_ratio_is_bounded_as_the_words_of_both_sums_are(one, other, ratio):
    assert one.over(other) == ratio


@pytest.mark.parametrize(("one", "other"), [((6, None), (2, None)), ((None, 6), (None, 2)), ((None, None), (2, 2))])
def test_two_sums_that_bound_no_ratio_are_refused(one, other):
    with pytest.raises(ValueError, match="bound no ratio"):
        Interval(*one).over(Interval(*other))


def test_rows_of_a_table_become_quantities_with_bound_period_and_prices():
    row = {"short_name": "office", "counts": "income", "currency": "USD", "bound": "at_least", "amount": 7}
    row |= {"period_start": "2001-01-01", "period_end": "2001-06-30", "spread": "sum", "price_year": pd.NA}
    told, priced = q.of_rows(pd.DataFrame([row, row | {"price_year": 2002, "counts": "rank"}]), {"income": "earnings"})
    assert (told.kind["counts"], told.interval, told.span) == ("earnings", Interval(7, None), "6 months together")
    assert (told.prices, priced.prices) == ("prices of 2001", "prices of 2002")
    assert priced.kind["counts"] == "rank"


def test_a_half_year_becomes_a_year_only_as_a_reading():
    year = q.per_year(HALF_YEAR)
    assert (year.interval, year.spread) == (Interval(5e8, 1e9), "rate")
    assert "same pace" in year.steps[0].rule
    assert q.per_year(replace(HALF_YEAR, start="1998-01-01", end="2005-12-31")).interval == Interval(62.5e6, 62.5e6)
    for flaw in (UNLIKE["rate"], UNLIKE["no period"], UNLIKE["single"]):
        with pytest.raises(ValueError, match="only a sum over a period"):
            q.per_year(flaw)


def test_prices_are_converted_by_the_years_they_stand_in():
    assert q.in_prices(HALF_YEAR, INDEX).interval == Interval(7.5e8, 7.5e8)
    several = q.in_prices(replace(HALF_YEAR, start="1998-01-01", end="2001-12-31"), INDEX)
    assert several.interval == Interval(7.5e8, 8.5e8)
    assert several.prices == "prices of 2022"
    assert q.in_prices(replace(HALF_YEAR, price_year=1999), INDEX).interval == Interval(8e8, 8e8)
    for flaw in (UNLIKE["currency"], UNLIKE["volume"], UNLIKE["no period"], replace(HALF_YEAR, end="2003-01-01")):
        with pytest.raises(ValueError, match=r"index is of USD|no year of prices|does not cover"):
            q.in_prices(flaw, INDEX)


def test_steps_lead_from_the_words_to_the_result():
    converted = q.per_year(q.in_prices(HALF_YEAR, INDEX))
    value = HALF_YEAR.interval
    for step in converted.steps:
        value = value.scaled(step.factor)
        assert step.result == value
    assert value == converted.interval
    assert converted.wording == HALF_YEAR.wording


def test_without_a_stage_a_number_counts_what_its_words_say(told):
    text = told({"value": 40e6, "bound": "exact"})
    staged = q.reported(text, text.quantities)[0]
    assert staged.kind["counts"] == "flows with no stage told"
    bare = q.reported(text, text.quantities.drop(columns="stage"))[0]
    assert bare.kind["counts"] == "something else: trade of this kind"
    assert "money, flows" in plain(tables.quantities(text))
    assert "flows" not in plain(tables.quantities(text, text.quantities.drop(columns="stage")))


def test_a_quantity_needs_a_known_bound():
    with pytest.raises(ValueError, match="no bound"):
        replace(HALF_YEAR, bound="maybe")


@pytest.fixture
def told(folder):
    """Return a function that makes the ledger tell one sum of arms money, with these numbers."""
    return partial(telling, folder)


def test_the_lead_says_how_many_concern_what_the_book_is_about(told):
    text = told({"bound": "unspecified"})
    said = "The text reports 1 quantity; 1 concerns arms deals or arms flows, 1 of them with no number."
    assert plain(prose.quantities_lead(text)) == said
    other = replace(text, tables={**text.tables, "quantities": text.quantities.drop(columns="arms_deal")})
    assert plain(prose.quantities_lead(other)) == "The text reports 1 quantity."


@pytest.mark.parametrize(("cells", "number"), GIVEN.values(), ids=GIVEN)
def test_every_page_means_the_same_by_a_number(told, cells, number):
    text = told(cells)
    rows = text.quantities
    assert q.has_number(rows).tolist() == [number]
    assert q.has_number(rows.iloc[0]) == number
    assert ("no number" in tables.number_text(rows.iloc[0])) == (not number)
    assert ("1 of them with no number" in plain(prose.quantities_lead(text))) == (not number)


def test_ends_of_words_without_a_bound_are_kept():
    assert q.told_interval("unspecified", low=2, wording="billions") == Interval(2, None)
    assert q.told_interval("unspecified", high=5, wording="billions") == Interval(None, 5)
    assert q.told_interval("at_least", low=3) == Interval(3, None)
    assert q.told_interval("at_most", high=3) == Interval(None, 3)


@pytest.mark.parametrize(
    ("start", "end", "length", "years"),
    [
        ("2001-01-01", "2001-01-01", "1 day", 1 / 365),
        ("2000-01-01", "2000-01-01", "1 day", 1 / 366),
        ("2001-03-01", "2001-03-10", "10 days", 10 / 365),
        ("2001-02-01", "2001-02-28", "1 month", 1 / 12),
        ("2000-02-01", "2000-02-29", "1 month", 1 / 12),
        ("2001-01-15", "2001-02-14", "1 month", 1 / 12),
        ("2001-01-01", "2001-06-30", "6 months", 1 / 2),
        ("2001-01-01", "2001-06-29", "180 days", 180 / 365),
        ("2001-01-01", "2001-12-31", "12 months", 1),
        ("2000-01-01", "2000-12-31", "12 months", 1),
        ("2000-01-01", "2000-12-30", "365 days", 365 / 366),
        ("2001-01-01", "2002-01-01", "366 days", 1 + 1 / 365),
        ("2000-02-29", "2001-02-28", "366 days", 1),
        ("1998-01-01", "2005-12-31", "96 months", 8),
        ("2001-01-01", "", "no period told", None),
        ("", "2001-01-01", "no period told", None),
    ],
)
def test_a_period_is_as_long_as_the_calendar_has_it(start, end, length, years):
    period = replace(HALF_YEAR, start=start, end=end)
    assert (period.length, period.span) == (length, length if years is None else f"{length} together")
    assert period.years == pytest.approx(years) if years else period.years is None
    assert period.has_pace == (years is not None and years >= 1 / 12)


@pytest.mark.parametrize(("end", "pace"), [("2001-01-31", 12), ("2001-02-14", 365 / 45), ("2001-12-30", 365 / 364)])
def test_the_pace_of_a_part_of_a_year_is_that_of_its_days(end, pace):
    year = q.per_year(replace(HALF_YEAR, end=end))
    assert year.interval.low == HALF_YEAR.interval.low
    assert year.interval.high == pytest.approx(HALF_YEAR.interval.high * pace)
    assert q.per_year(replace(HALF_YEAR, end="2002-01-01")).interval.high < HALF_YEAR.interval.high


@pytest.mark.parametrize(("end", "words"), [("2001-01-01", "1 day"), ("2001-01-30", "30 days")])
def test_less_than_a_month_has_no_pace(end, words):
    with pytest.raises(ValueError, match=f"a period of {words} is too short to be brought to a year"):
        q.per_year(replace(HALF_YEAR, end=end))


def test_what_neither_tells_does_not_make_two_alike():
    undated = replace(HALF_YEAR, start="", end="")
    with pytest.raises(q.UnlikeError, match="spread over no period told, as is “some”; stands in prices of a time not"):
        q.require_alike([undated, replace(undated, name="again")])
    with pytest.raises(q.UnlikeError):
        q.total([undated, undated])
    assert len(q.alike([undated, undated])) == 2
    things = replace(HALF_YEAR, counts="other", of="")
    assert q.unlike(things, things)
    rate = replace(undated, spread="rate", price_year=2000)
    assert q.unlike(rate, rate) == []

"""What holds of every check, tried on a use of each set of its parameters that the book gives it.

A check answers from what its records cover and from nothing else: not from the order or the number of copies of their
rows, not from the last binary digit of a sum, not from the engine or the types of the frame. Where the records do not
reach, it is silent or refuses by name.
"""

import datetime
import random
import re
import traceback
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_checks import CHECKS, run
from record_cells import changed
from this_book import BOOK, DATA, rows_of

from claimbook.model.records import read_records

RECORDS = BOOK.records
REGISTRY = CHECKS

USES = sorted({(row["check"], row["check_args"]) for row in rows_of("evidence") if row["check"]})

SAMPLE = list({(name, *re.findall(r"(\w+)=", text)): (name, text) for name, text in reversed(USES)}.values())
"""A use of every check, and one for every set of parameters that its uses give."""

USE = pytest.mark.parametrize(
    ("name", "text"), SAMPLE, ids=[f"{name}-{number}" for number, (name, _) in enumerate(SAMPLE)]
)

TIMES = {"year", "on", "first", "last", "start", "end", "split", "until", "reference", "date"}
"""Parameters that say for which time a record is asked."""

CLAIMED = {"top", "term", "months", "years", "count", "km", "billions", "factor"}
"""Parameters that are numbers of the claim, compared with what the record says."""

CLAIMED_YEAR = {("took_office_in", "year")}
"""Years that are what is claimed, and not the time for which the record is asked."""

WHO = {
    "country",
    "state",
    "a",
    "b",
    "west",
    "east",
    "exporter",
    "supplier",
    "one",
    "actor",
    "group",
    "middle",
    "countries",
}
"""Parameters that say whom a record is asked about; others are what is claimed of them."""

COVERED = {
    "competitive_elections": ("year",),
    "currency_codes": ("withdrawn", "covered_to"),
    "elections": ("date", "covered_to"),
    "electoral_democracy": ("year",),
    "factbook_facts": ("edition_year",),
    "land_borders": ("edition_year",),
    "nuclear_reactors": ("construction_start", "covered_to"),
    "ofac_iran_programs": ("snapshot_date",),
    "ofac_snapshots": ("snapshot_date",),
    "organisations": ("first_edition", "last_edition"),
    "party_seats": ("year",),
    "regime_types": ("start", "covered_to"),
    "sipri_deals": ("order_year", "delivery_years"),
    "sipri_exporter_ranks": ("year",),
    "sipri_flows": ("year",),
    "sipri_military_expenditure": ("year",),
    "ucdp_external_support": ("year",),
    "un_agreement": ("year",),
    "un_ideal_points": ("year",),
    "un_ukraine_roll_calls": ("date", "covered_to"),
    "us_foreign_assistance": ("fiscal_year",),
    "us_troops_abroad": ("year",),
    "vdem_indicators": ("year",),
}
"""Columns of the times that a record covers."""

NO_TIME = {"un_arms_embargoes", "un_ukraine_votes"}
"""Records that are joined to another one, which says what time is covered."""

SINCE = {"office_holder", "took_office_in", "years_in_office"}
"""Checks for which an edition covers the time from ``since`` to its own year."""

REFUSED = "refused"


def answer(name, given, records):
    """Return the stance of a check, or that it refuses: by an error of its own and not one of pandas."""
    text = given if isinstance(given, str) else "; ".join(f"{key}={value}" for key, value in given.items())
    try:
        return run(name, text, records).stance
    except ValueError as error:
        *_, raised = traceback.extract_tb(error.__traceback__)
        own = {"claimbook", "checks"} & set(Path(raised.filename).parts)
        return REFUSED if own else f"{raised.name} failed: {error}"


def given_of(text):
    """Return the arguments of a use as they are written."""
    return dict(pair.strip().split("=", 1) for pair in text.split(";"))


def times_of(name, text):
    return {k: v for k, v in given_of(text).items() if k in TIMES and (name, k) not in CLAIMED_YEAR}


def covered_by(name):
    """Return the columns of the times that the records of a check cover."""
    return {record: COVERED[record] for record in REGISTRY[name].records if record not in NO_TIME}


@cache
def times_in(record, column):
    """Return the times in a column of a record, as text."""
    found = (part for cell in RECORDS[record][column].dropna() for part in str(cell).split("|"))
    return [time for time in found if time]


def held_by(name):
    """Return the earliest and the latest time that the records of a check hold."""
    columns = {"factbook_facts": ("since", "edition_year")} if name in SINCE else covered_by(name)
    times = [time for record, names in columns.items() for column in names for time in times_in(record, column)]
    return (min(times), max(times)) if times else ("", "")


def moved(time, years):
    """Move a year, month or day, as text, by years."""
    return f"{int(time[:4]) + years:04}{time[4:].replace('02-29', '02-28')}"


def just_outside(like, low, high):
    """Return the times before `low` and after `high`, written like `like`: as a year, a month or a day."""
    if len(like) == 4:
        return str(int(low[:4]) - 1), str(int(high[:4]) + 1)
    if len(like) == 7:
        months = [12 * int(time[:4]) + int((time + rest)[5:7]) - 1 for time, rest in ((low, "-01"), (high, "-12"))]
        return tuple(f"{month // 12}-{month % 12 + 1:02}" for month in (months[0] - 1, months[1] + 1))
    early, late = (datetime.date.fromisoformat(time) for time in ((low + "-01-01")[:10], (high + "-12-31")[:10]))
    day = datetime.timedelta(days=1)
    return (early - day).isoformat(), (late + day).isoformat()


def cut(frame, columns, keep, edge):
    """Return a record as it would be if it covered only the times that `keep`, with one of them, `edge`, its end.

    Lists of times lose those that are not kept, spans are shortened, and rows without a time that is kept are left out.
    """
    frame = frame.copy()
    first, last = columns[0], columns[-1]
    if last == "covered_to":
        frame[last] = [time if keep(time) else edge for time in frame[last]]
        return frame[[not time or keep(time) for time in frame[first]]]
    if last == "delivery_years":
        frame[last] = ["|".join(year for year in cell.split("|") if keep(year)) for cell in frame[last]]
        return frame[[keep(str(year)) for year in frame[first]]]
    if last == "last_edition":
        ends = [
            [year for year in range(int(start), int(end) + 1) if keep(str(year))]
            for start, end in zip(frame[first], frame[last], strict=True)
        ]
        frame = frame[[bool(years) for years in ends]]
        return frame.assign(**{first: [y[0] for y in ends if y], last: [y[-1] for y in ends if y]})
    return frame[[keep(str(time)) for time in frame[first]]]


def same(found, expected):
    assert (found.stance, found.sentence) == (expected.stance, expected.sentence)
    assert found.numbers == pytest.approx(expected.numbers)


def test_every_check_and_every_parameter_is_tried():
    assert {name for name, _ in SAMPLE} == REGISTRY.keys()
    assert {record for check in REGISTRY.values() for record in check.records} == COVERED.keys() | NO_TIME
    for name, check in REGISTRY.items():
        for key, parameter in check.parameters.items():
            if parameter.annotation in (int, float):
                assert key in TIMES | CLAIMED, (name, key)
    for name, text in USES:
        for key, value in given_of(text).items():
            if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
                assert key in TIMES | CLAIMED | {"release"}, (name, key)


@USE
def test_times_outside_the_record_get_no_answer(name, text):
    given, times = given_of(text), times_of(name, text)
    for key, time in times.items():
        for other in (moved(time, -1000), moved(time, 1000), *just_outside(time, *held_by(name))):
            assert answer(name, given | {key: other}, RECORDS) in (REFUSED, "silent"), (key, other)
    for years in (-1000, 1000):
        away = {key: moved(time, years) for key, time in times.items()}
        assert not away or answer(name, given | away, RECORDS) in (REFUSED, "silent"), years


@given(use=st.sampled_from(USES), years=st.integers(-900, 900))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_question_moved_out_of_the_record_gets_no_answer(use, years):
    name, text = use
    given, times = given_of(text), times_of(name, text)
    away = {key: moved(time, years) for key, time in times.items()}
    low, high = (time[:4] for time in held_by(name))
    if any(not low <= time[:4] <= high for time in away.values()):
        assert answer(name, given | away, RECORDS) in (REFUSED, "silent")


@USE
def test_a_record_that_covers_part_of_the_time_gives_no_answer(name, text):
    times = times_of(name, text)
    for record, columns in covered_by(name).items() if times else ():
        size = len(times_in(record, columns[0])[0])
        first, last = min(times.values())[:size], max(times.values())[:size]
        ends = cut(RECORDS[record], columns, last.__gt__, just_outside(last, last, last)[0])
        begins = cut(RECORDS[record], columns, first.__lt__, just_outside(first, first, first)[1])
        if name in SINCE:
            begins = RECORDS[record][RECORDS[record]["since"] > min(times.values())]
        for part in (ends, begins):
            assert answer(name, text, {**RECORDS, record: part}) in (REFUSED, "silent"), (record, len(part))


def test_votes_that_are_missing_give_no_answer():
    for name, text in USES:
        if "un_ukraine_votes" in REGISTRY[name].records:
            for resolution in RECORDS["un_ukraine_roll_calls"]["resolution"][1:]:
                votes = RECORDS["un_ukraine_votes"]
                part = {**RECORDS, "un_ukraine_votes": votes[votes["resolution"] != resolution]}
                assert answer(name, text, part) == REFUSED


@USE
def test_whom_the_record_does_not_know_gets_no_answer(name, text):
    for key in given_of(text).keys() & WHO:
        if (name, key) != ("share_of_imports", "supplier"):  # whose share, of imports that are all in the record
            assert answer(name, given_of(text) | {key: "Atlantis"}, RECORDS) in (REFUSED, "silent"), key


@USE
def test_the_order_of_rows_changes_nothing(name, text):
    expected = run(name, text, RECORDS)
    mix = random.Random(text)
    for order in (lambda n: range(n - 1, -1, -1), lambda n: mix.sample(range(n), n)):
        turned = {r: RECORDS[r].iloc[list(order(len(RECORDS[r])))] for r in REGISTRY[name].records}
        same(run(name, text, turned), expected)


@USE
def test_copies_of_rows_are_refused(name, text):
    for record in REGISTRY[name].records:
        frame = RECORDS[record]
        for copies in (frame, frame.iloc[[len(frame) // 2]]):
            assert answer(name, text, {**RECORDS, record: pd.concat([frame, copies])}) == REFUSED


@USE
def test_two_releases_are_never_added_up(name, text):
    expected = run(name, text, RECORDS)
    for record in REGISTRY[name].records:
        frame = RECORDS[record]
        if "release" not in frame:
            continue
        release = given_of(text).get("release", frame["release"].max())
        mine = frame[frame["release"] == release]
        older = {**RECORDS, record: pd.concat([frame, mine.assign(release="1900-01")])}
        newer = {**RECORDS, record: pd.concat([frame, mine.assign(release="2099-01")])}
        if "release" in REGISTRY[name].parameters and record != "sipri_deals":
            same(run(name, text, older), expected)
            found = run(name, text, newer)
            assert (found.stance, found.numbers) == (expected.stance, pytest.approx(expected.numbers))
            assert "release" in given_of(text) or "2099-01" in found.sentence
        else:
            assert answer(name, text, older) == answer(name, text, newer) == REFUSED


def shaken(frame, mix):
    """Return a record with every number that is no whole one changed by the millionth part of a millionth."""
    numbers = {
        column: [cell if pd.isna(cell) else cell * (1 + mix.choice((-1, 1)) * 1e-12) for cell in frame[column]]
        for column in frame
        if frame[column].dtype == "Float64"
    }
    return frame.assign(**{column: pd.array(values, "Float64") for column, values in numbers.items()})


@pytest.mark.parametrize(("name", "text"), USES)
def test_the_last_digit_of_a_number_changes_no_stance(name, text):
    """Each use is tried, because each compares other numbers with its thresholds."""
    expected = run(name, text, RECORDS).stance
    for seed in range(2):
        mix = random.Random(seed)
        near = {record: shaken(RECORDS[record], mix) for record in REGISTRY[name].records}
        assert run(name, text, near).stance == expected


def cells(record, column, value, **where):
    """Return a change of a record: `value` in a column of the rows that hold these cells."""
    return [(record, column, value, where)]


def flows(first, *values):
    """Return changes of what Russia delivered to Syria, year by year."""
    where = {"supplier": "Russia", "recipient": "Syria", "release": "2026-02-12"}
    return [("sipri_flows", "tiv_millions", value, where | {"year": year}) for year, value in enumerate(values, first)]


def exports(**volumes):
    """Return changes after which these are all deliveries of Belarus in 2000 and 2001."""
    changes = cells("sipri_flows", "tiv_millions", 0.0, supplier="Belarus")
    for recipient, volume in volumes.items():
        changes += cells("sipri_flows", "tiv_millions", volume, supplier="Belarus", recipient=recipient, year=2001)
    return changes


def imports(**volumes):
    """Return changes after which Belarus has ordered one deal a supplier in 2012, of these volumes."""
    deals = {
        "Russia": "russia-belarus-2012-tor-m1",
        "China": "china-belarus-2016-vn-3",
        "Ukraine": "ukraine-belarus-2012-ai-222",
    }
    changes = cells("sipri_deals", "order_year", 1990, recipient="Belarus")
    for supplier, volume in volumes.items():
        changes += cells("sipri_deals", "order_year", 2012, deal_id=deals[supplier])
        changes += cells("sipri_deals", "tiv_delivered_millions", volume, deal_id=deals[supplier])
    return changes


def rated(indicator, country, ratings):
    """Return changes of an indicator of V-Dem, by year."""
    where = {"indicator": indicator, "country": country}
    return [("vdem_indicators", "value", value, where | {"year": year}) for year, value in ratings.items()]


def agreed(partner, ratings):
    """Return changes of the agreement of Belarus with a partner, by year."""
    where = {"state_a": "Belarus", "state_b": partner}
    return [("un_agreement", "agreement", value, where | {"year": year}) for year, value in ratings.items()]


def banded(year, **bands):
    """Return changes after which the ideal points of states lie in the middle of these bands."""
    return [
        ("un_ideal_points", column, value, {"state": state, "year": year})
        for state, (low, high) in bands.items()
        for column, value in (("low", low), ("ideal_point", (low + high) / 2), ("high", high))
    ]


def spoken(share):
    return cells("factbook_facts", "share_percent", share, country="Belarus", item="official_language")


EARLIER = "supplier=Russia; recipient=Syria; start=2008; last=2017"
EXPORTS = "supplier=Belarus; recipient=Iran; first=2000; last=2001"
GROWN = "supplier=Russia; recipient=Syria; split=2011; last=2013"
SHARE = "recipient=Belarus; supplier=Russia; first=2012; last=2012"
MOVED = "state=Belarus; partner=United States; start=1994; end=2001"
WEST = "state=Belarus; west=Poland; east=Russia; start=2017; end=2019"
CLOSER = "a=Belarus; b=Iran; start=2019; end=2022"
NEAR, FAR = {"Belarus": (0.1, 0.3), "Iran": (0.6, 0.8)}, {"Belarus": (0.9, 1.0), "Iran": (0.1, 0.2)}
UNFREE = "country=Belarus; year=2001; reference=1994"
MEDIA = "country=Russia; year=2001"
RUSSIAN = "country=Belarus; language=Russian; year=2022"

EDGES = [
    (
        "from_earlier_orders",
        EARLIER,
        flows(2008, *[0.1] * 10) + cells("sipri_deals", "order_year", 2000, supplier="Russia", recipient="Syria"),
        "supports",
    ),
    ("growth_since", GROWN, flows(2008, 0.1, 0.2, 0.3, 0.3, 0.2, 0.1), "contradicts"),
    ("growth_since", GROWN, flows(2008, 0.3, 0.2, 0.1, 0.1, 0.2, 0.3), "contradicts"),
    ("growth_since", GROWN, flows(2008, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2), "supports"),
    ("growth_since", GROWN, flows(2008, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9), "qualifies"),
    ("growth_since", GROWN.replace("2013", "2012"), flows(2009, 0.1, 0.1, 0.1, 0.9), "qualifies"),
    ("share_of_exports", EXPORTS, exports(Iran=0.3, Algeria=0.9, Sudan=1.8), "supports"),
    ("share_of_imports", SHARE, imports(Russia=2.7, China=0.3), "supports"),
    ("share_of_imports", SHARE, imports(Russia=0.3, China=0.1, Ukraine=0.2), "qualifies"),
    (
        "spending_grew",
        "countries=Poland; first=2013; last=2020",
        cells("sipri_military_expenditure", "usd_2022_millions", 0.3, country="Poland"),
        "silent",
    ),
    ("un_moved_from_west", MOVED, agreed("United States", {1994: 0.45, 2001: 0.4}), "qualifies"),
    ("un_moved_from_west", MOVED, agreed("United States", {1994: 0.4, 2001: 0.45}), "contradicts"),
    ("un_votes_with_west", WEST, cells("un_agreement", "agreement", 0.7, state_a="Belarus"), "supports"),
    (
        "un_votes_with_west",
        WEST,
        cells("un_agreement", "agreement", 0.8, state_a="Belarus")
        + agreed("Poland", {2017: 0.45, 2018: 0.4, 2019: 0.4}),
        "contradicts",
    ),
    ("un_positions_closer", CLOSER, banded(2019, **FAR) + banded(2022, **NEAR), "silent"),
    ("un_positions_closer", CLOSER, banded(2019, **NEAR) + banded(2022, **FAR), "silent"),
    ("communists_in_parliament", "country=Moldova; on=2001", cells("party_seats", "seats_percent", 50.0), "qualifies"),
    ("communists_in_parliament", "country=Moldova; on=2001", cells("party_seats", "seats_percent", 25.0), "qualifies"),
    ("not_a_democracy", "country=Belarus; year=2022", cells("electoral_democracy", "high", 0.5), "qualifies"),
    (
        "not_a_democracy",
        "country=Belarus; year=2022",
        cells("electoral_democracy", "high", 0.6) + cells("electoral_democracy", "low", 0.5),
        "contradicts",
    ),
    ("election_unfree", UNFREE, rated("no_intimidation", "Belarus", {1994: -0.3, 2001: -0.3}), "qualifies"),
    ("election_unfair", UNFREE, rated("free_and_fair", "Belarus", {1994: -0.3, 2001: -0.3}), "qualifies"),
    (
        "election_in_order",
        "country=Belarus; year=2001",
        rated("no_irregularities", "Belarus", {2001: 1.0}),
        "supports",
    ),
    (
        "election_in_order",
        "country=Belarus; year=2001",
        rated("no_irregularities", "Belarus", {2001: -1.0}),
        "contradicts",
    ),
    (
        "media_restricted",
        "country=Russia; start=1999; end=2001",
        rated("free_expression", "Russia", {1999: 0.6, 2001: 0.5})
        + rated("no_censorship", "Russia", {1999: 0.4, 2001: 0.3}),
        "supports",
    ),
    ("critical_media_exist", MEDIA, cells("vdem_indicators", "value", 0.5, country="Russia"), "supports"),
    ("critical_media_exist", MEDIA, cells("vdem_indicators", "value", -0.5, country="Russia"), "contradicts"),
    ("widely_spoken", RUSSIAN, spoken(50.0), "qualifies"),
    ("widely_spoken", RUSSIAN, spoken(20.0), "qualifies"),
]


@pytest.mark.parametrize(("name", "text", "changes", "expected"), EDGES)
def test_a_number_on_a_threshold_stays_on_its_side(name, text, changes, expected):
    records = RECORDS
    for record, column, value, where in changes:
        records = changed(records, record, column, value, **where)
    assert run(name, text, records).stance == expected
    for seed in range(6):
        mix = random.Random(seed)
        near = {record: shaken(records[record], mix) for record in REGISTRY[name].records}
        assert run(name, text, near).stance == expected


@USE
def test_an_empty_record_gives_no_answer(name, text):
    reads = REGISTRY[name].records
    for empty in (*([record] for record in reads), reads):
        bare = {**RECORDS, **{record: RECORDS[record].iloc[:0] for record in empty}}
        assert answer(name, text, bare) in (REFUSED, "silent"), empty


def other_types(frame):
    """Return a record as other readers give it: text in categories, numbers and truth values of NumPy, other index."""
    numpy = {"Int64": "int64", "Float64": "float64", "boolean": "bool"}
    types = {
        column: "category" if dtype == "str" else numpy[str(dtype)]
        for column, dtype in frame.dtypes.items()
        if dtype == "str" or not frame[column].isna().any()
    }
    frame = frame.astype(types)
    return frame.set_axis(pd.Index([f"row {n % 3}" for n in range(len(frame))], name="year"))


@USE
def test_types_and_index_of_a_frame_change_nothing(name, text):
    there = {record: other_types(RECORDS[record]) for record in REGISTRY[name].records}
    same(run(name, text, there), run(name, text, RECORDS))


@pytest.fixture(scope="module", params=["polars", "duckdb"])
def elsewhere(request):
    pytest.importorskip(request.param, reason=f"{request.param} is not installed: pip install .[{request.param}]")
    resources = {resource["name"]: resource for resource in BOOK.schema["resources"]}
    return {
        record: read_records(
            DATA / resources[record]["path"],
            request.param,
            {field["name"]: field["type"] for field in resources[record]["schema"]["fields"]},
        )
        for record in COVERED.keys() | NO_TIME
    }


@USE
def test_the_engine_changes_nothing(name, text, elsewhere):
    same(run(name, text, elsewhere), run(name, text, RECORDS))

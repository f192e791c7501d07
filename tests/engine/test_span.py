"""Spans: EDTF read and written, compared and merged; nothing is made more exact than it was read."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.model.span import DIFFERS, FITS, OVERLAPS, RULE, Span, merge

DAYS = st.dates().map(datetime.date.isoformat)
SPANS = st.one_of(
    st.just(Span()),
    DAYS.map(lambda day: Span(day, "")),
    DAYS.map(lambda day: Span("", day)),
    st.tuples(DAYS, DAYS).map(lambda pair: Span(*sorted(pair))),
)
READ = {
    "2016-12-13": ("2016-12-13", "2016-12-13", "13 December 2016"),
    "2000-02": ("2000-02-01", "2000-02-29", "February 2000"),
    "1900-02": ("1900-02-01", "1900-02-28", "February 1900"),
    "2001": ("2001-01-01", "2001-12-31", "2001"),
    "2001/2003": ("2001-01-01", "2003-12-31", "2001 to 2003"),
    "2001-11/2002-01": ("2001-11-01", "2002-01-31", "1 November 2001 to 31 January 2002"),
    "2001-11-05/2001-12-01": ("2001-11-05", "2001-12-01", "5 November 2001 to 1 December 2001"),
    "../2023-10-13": ("", "2023-10-13", "not after 13 October 2023"),
    "2023-10-13/..": ("2023-10-13", "", "not before 13 October 2023"),
    "": ("", "", "no date"),
}


@pytest.mark.parametrize("text", READ)
def test_a_date_is_read_said_and_written_back(text):
    span = Span.read(text)
    assert (span.first, span.last, span.text) == READ[text]
    assert span.edtf == text
    assert span.latest == span.last


def test_what_happened_within_a_span_lies_between_its_ends():
    assert Span.read("2001-11-05/2001-12-01").between == "between 5 November 2001 and 1 December 2001"
    assert Span.read("2001-11-05").between == "5 November 2001"


@pytest.mark.parametrize(
    "text",
    [
        *("2001-13", "2001-02-30", "2001-2", "20011103", "01/11/2001", "3 November 2001", "2001-11-03T10:00"),
        *("2001/", "/2001", "../..", "..", "2001/2002/2003", "0000", "٢٠٠١", " 2001", "2001-11-3", "199X", "2001~"),
    ],
)
def test_what_is_no_date_is_refused_with_what_is_one(text):
    with pytest.raises(ValueError, match=re.escape(RULE)):
        Span.read(text)


def test_an_interval_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="must not end before it begins: 2002-01-01, 2001-12-31"):
        Span.read("2002/2001")
    with pytest.raises(ValueError, match="an end of a span must be a day"):
        Span("2001-11", "2001-11")


@given(SPANS)
def test_whatever_is_written_reads_as_the_same_days(span):
    assert Span.read(span.edtf) == span


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2021-11-03", "2021-11-04", DIFFERS),
        ("2021-11-03", "2021-11", FITS),
        ("2021-11", "2021-11-03", FITS),
        ("2021-10-20/2021-11-05", "2021-11", OVERLAPS),
        ("../2021-11-05", "2021-11", OVERLAPS),
        ("2011/..", "2021-11", FITS),
        ("2022/..", "2021-11", DIFFERS),
    ],
)
def test_spans_are_compared(one, other, expected):
    assert Span.read(one).compare(Span.read(other)) == expected


@given(SPANS, SPANS)
def test_comparing_does_not_depend_on_the_order(one, other):
    assert one.compare(other) == other.compare(one)
    assert one.compare(one) == FITS


@pytest.mark.parametrize(
    ("told", "expected", "agree"),
    [
        (["2021", "../2021-06-30"], "2021-01-01/2021-06-30", True),
        (["2021-03", "2021-03-05", ""], "2021-03-05", True),
        (["2021-03", "2021-06"], "2021-03/2021-06", False),
        (["2021-06/..", "2021-03"], "2021-03-01/..", False),
        (["", ""], "", True),
        ([], "", True),
    ],
)
def test_tellings_are_merged_to_what_all_allow_or_to_the_whole(told, expected, agree):
    assert merge(map(Span.read, told)) == (Span.read(expected), agree)
    assert merge(map(Span.read, reversed(told))) == (Span.read(expected), agree)

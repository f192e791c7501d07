"""Calendars and digits: a date of another calendar is understood or refused, and never taken for one of ours."""

import datetime
import re
from itertools import pairwise

import pytest
from files import rows
from hypothesis import given
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.model import calendars
from claimbook.model.span import RULE
from claimbook.validation import validate

PAIRS = {
    # Pairs in the tests of jalaali-js (github.com/jalaali/jalaali-js).
    "persian 1360-05-26": "1981-08-17",
    "persian 1391-10-21": "2013-01-10",
    "persian 1393-05-13": "2014-08-04",
    "persian 1397-05-13": "2018-08-04",
    "persian 1399-12-20": "2021-03-10",
    "persian 1400-04-30": "2021-07-21",
    # The modified Julian day 0, of which the tests of convertdate (github.com/fitnr/convertdate) tell both dates.
    "julian 1858-11-05": "1858-11-17",
    "julian 1900-02-29": "1900-03-13",
    # The first day of 1941 began the year 2484 of Thailand.
    "buddhist 2484-01-01": "1941-01-01",
}


@pytest.mark.parametrize("text", PAIRS)
def test_a_day_of_another_calendar_is_that_day(text):
    assert calendars.read(text).edtf == PAIRS[text]
    assert calendars.meant(text) == PAIRS[text]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("persian 1402", "2023-03-21/2024-03-19"),
        ("persian 1402-12", "2024-02-20/2024-03-19"),
        ("persian 1403-12", "2025-02-19/2025-03-20"),
        ("persian 1402-12/1403-01", "2024-02-20/2024-04-19"),
        ("julian 1917-10", "1917-10-14/1917-11-13"),
        ("buddhist 2566", "2023"),
        ("persian ۱۴۰۲-۰۱-۱۶", "2023-04-05"),
        ("۲۰۲۳-۰۴", "2023-04"),
        ("٢٠٠١/٢٠٠٣", "2001/2003"),
        ("2023-04", "2023-04"),
    ],
)
def test_a_date_is_no_more_exact_than_it_was_written(text, span):
    assert calendars.read(text).edtf == span


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("persian 1393-12-30", "must have a day from 01 to 29, as that month of the solar Hijri calendar has"),
        ("persian 1402-13", "must have a month from 01 to 12, as the solar Hijri calendar has"),
        ("persian 1303-01-01", "of the solar Hijri calendar, from 1304 to 1502"),
        ("persian 2023-04-05", "of the solar Hijri calendar, from 1304 to 1502"),
        ("julian 1900-02-30", "must have a day from 01 to 29"),
        ("islamic 1445-09-01", "dates of the calendar islamic are not reckoned here: look the day up, and write it in"),
        ("hebrew 5783", "understood are “persian …” (solar Hijri), “julian …” (Julian), “buddhist …” (Thai Buddhist)"),
        ("16 Farvardin 1402", RULE),
    ],
)
def test_what_no_rule_reckons_is_refused_with_how_to_write_it(text, rule):
    with pytest.raises(ValueError, match=re.escape(rule)):
        calendars.read(text)


@given(st.sampled_from(sorted(calendars.CALENDARS)), st.data())
def test_days_of_a_calendar_follow_one_another(name, data):
    one = calendars.CALENDARS[name]
    year = data.draw(st.sampled_from(one.years[:-1]))
    months = [one.span(f"{year:04}-{month:02}") for month in range(1, 13)]
    months.append(one.span(f"{year + 1:04}-01"))
    day = datetime.timedelta(days=1)
    for before, after in pairwise(months):
        assert datetime.date.fromisoformat(before.last) + day == datetime.date.fromisoformat(after.first)
    assert one.span(f"{year:04}").first == months[0].first
    assert one.span(f"{year:04}").last == months[11].last


OF_TIME = " (a bound in datapackage.json; a book of other times sets another there)"
CELLS = {
    "1402-01-16": f"must be at least 1800-01-01{OF_TIME}; "
    "if it is a date of the solar Hijri calendar, write 2023-04-05",
    "2566-04-05": f"must be at most 2035-12-31{OF_TIME}; "
    "if it is a date of the Thai Buddhist calendar, write 2023-04-05",
    "persian 1402-01-16": "must be a date, YYYY-MM-DD; in the Gregorian calendar, which tables have, it is 2023-04-05",
    "۲۰۲۳-۰۴-۰۵": "must be a date, YYYY-MM-DD; write it with the digits 0 to 9",
    "۱۴۰۲-۰۱-۱۶": "must be a date, YYYY-MM-DD; if it is a date of the solar Hijri calendar, write 2023-04-05",
    "0189-10-01": f"must be at least 1800-01-01{OF_TIME}",
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_says_which_calendar_it_may_be_and_how_to_write_it(folder, cell):
    for column in ("published_earliest", "published_latest"):
        folder.set("sources.csv", 2, column, cell)
    told = [p.rule for p in validate(folder.path) if p.column == "published_earliest"]
    assert told == [CELLS[cell]]


def test_a_date_in_edtf_is_told_alike(folder):
    folder.set("evidence.csv", 2, "fact_public_from", "persian 1402-01")
    (problem,) = (p for p in validate(folder.path) if p.column == "fact_public_from")
    assert problem.rule == f"{RULE}; in the Gregorian calendar, which tables have, it is 2023-03-21/2023-04-20"


def test_digits_of_other_scripts_are_told_with_their_mend(folder):
    folder.set("chains.csv", 2, "hop", "۱")
    (problem,) = (p for p in validate(folder.path) if (p.file, p.column) == ("chains.csv", "hop"))
    assert problem.rule == "must be an integer in plain digits; write it with the digits 0 to 9"


@pytest.mark.parametrize(
    ("published", "bounds"),
    [("persian 1402-01-16", ("2023-04-05",) * 2), ("۲۰۲۳-۰۴", ("2023-04-01", "2023-04-30"))],
)
def test_a_text_is_added_with_the_date_that_it_bears(folder, published, bounds):
    assert _add(folder, published) == 0
    row = rows(folder.path / "sources.csv")[-1]
    assert (row["published_earliest"], row["published_latest"]) == bounds


@pytest.mark.parametrize(
    ("published", "rule"),
    [
        ("1402-01-16", "--published: 1402-01-16: must be at least 1800-01-01"),
        ("1402-01-16", "; if it is a date of the solar Hijri calendar, write 2023-04-05"),
        ("islamic 1444-09-14", "--published: islamic 1444-09-14: dates of the calendar islamic are not reckoned here"),
        ("soon", "--published: soon: must be a date, YYYY-MM-DD"),
    ],
)
def test_a_date_that_may_be_of_another_calendar_is_asked_about(folder, capsys, published, rule):
    assert _add(folder, published) == 1
    assert rule in capsys.readouterr().err


def _add(folder, published):
    book = folder.path.parent
    (book / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/first\n", encoding="utf-8"
    )
    (book / "my.txt").write_text("He left.\n", encoding="utf-8")
    given = ["--id", "mill-1890", "--genre", "news", "--data", str(folder.path), "--published", published]
    return main(["new-text", str(book / "my.txt"), *given])

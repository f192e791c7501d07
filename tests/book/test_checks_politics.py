"""Checks on votes, elections and forms of government: what the records give, and that a changed record changes it."""

import pandas as pd
import pytest
from own_checks import run
from record_cells import changed, stance, stored, without

WAR = "start=2022-03-02; end=2023-04-05"


@pytest.mark.parametrize(
    ("state", "expected"),
    [("Belarus", "supports"), ("Eritrea", "qualifies"), ("Iran", "qualifies"), ("India", "silent")],
)
def test_votes_with_russia_are_counted_over_every_roll_call(records, state, expected):
    finding = run("un_votes_with_russia", f"state={state}; {WAR}", records)
    war = {row["resolution"] for row in stored("un_ukraine_roll_calls") if row["date"] >= "2022"}
    mine = [row["vote"] for row in stored("un_ukraine_votes", state=state) if row["resolution"] in war]
    assert finding.stance == expected
    assert finding.numbers["against_roll_calls"] == mine.count("against")
    assert finding.numbers["abstained_roll_calls"] == mine.count("abstained")
    assert finding.numbers["roll_calls"] == len(war)


def test_votes_with_russia_name_the_days_of_other_votes(records):
    war = {row["resolution"]: row["date"] for row in stored("un_ukraine_roll_calls") if row["date"] >= "2022"}
    against = {row["resolution"] for row in stored("un_ukraine_votes", state="Eritrea") if row["vote"] == "against"}
    [other] = [day for resolution, day in war.items() if resolution not in against]
    assert f", not on {other};" in run("un_votes_with_russia", f"state=Eritrea; {WAR}", records).sentence
    moved = "state=Belarus; partner=United States; start=1994; end=2001"
    american = run("un_moved_from_west", moved, records).sentence
    assert american.startswith("Voting agreement of Belarus with the United States in the UN")


def test_votes_with_russia_follow_the_record(records):
    arguments = f"state=Belarus; {WAR}"
    once = changed(records, "un_ukraine_votes", "vote", "abstained", state="Belarus", resolution="A/RES/ES-11/6")
    assert stance(once, "un_votes_with_russia", arguments) == "qualifies"
    votes = records["un_ukraine_votes"]
    never = {
        **records,
        "un_ukraine_votes": votes[(votes["state"] != "Belarus") | (votes["resolution"] == "A/RES/68/262")],
    }
    assert stance(never, "un_votes_with_russia", arguments) == "contradicts"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (f"state=Atlantis; {WAR}", "hold no vote of Atlantis"),
        ("state=Belarus; start=2015-01-01; end=2015-12-31", "hold no roll call from 2015-01-01 to 2015-12-31"),
        ("state=Belarus; start=1990-01-01; end=1990-12-31", "covers 2014-03-27 to 2023-04-30, not 1990-01-01"),
        ("state=Belarus; start=2022-03-02; end=2025-03-01", "covers 2014-03-27 to 2023-04-30, not 2022-03-02 to 2025"),
        ("state=Belarus; start=2022-3-2; end=2023-04-05", "'2022-3-2' is not a day in ISO 8601"),
    ],
)
def test_what_no_roll_call_holds_is_refused(records, arguments, words):
    with pytest.raises(ValueError, match=words):
        run("un_votes_with_russia", arguments, records)


def test_who_is_in_no_list_voted_in_favour_only_where_a_list_is_whole(records):
    # Poland has no row for the roll call of 7 April 2022, of which the votes against alone are listed
    votes = pd.concat(
        [
            records["un_ukraine_votes"],
            pd.DataFrame({"resolution": ["A/RES/68/262"], "state": ["Poland"], "vote": ["abstained"]}),
        ]
    )
    known = {**records, "un_ukraine_votes": votes}
    assert stance(known, "un_votes_with_russia", "state=Poland; start=2022-04-07; end=2022-04-07") == "silent"
    assert stance(known, "un_votes_with_russia", "state=Poland; start=2022-03-02; end=2022-03-02") == "contradicts"


def same_day(records, resolution="A/RES/ES-11/5", day="2023-02-23"):
    """Move a roll call to the day of another."""
    return changed(records, "un_ukraine_roll_calls", "date", day, resolution=resolution)


def test_two_roll_calls_of_a_day_are_two(records):
    two = same_day(records)
    found = run("un_only_backers", f"states=Belarus, Eritrea, North Korea, Syria; {WAR}", two)
    assert found.numbers["roll_calls"] == 6
    # those of both roll calls of the last day are told, Mali and Nicaragua of the one, the others of the other
    more = {
        row["state"]
        for name in ("A/RES/ES-11/5", "A/RES/ES-11/6")
        for row in stored("un_ukraine_votes", resolution=name, vote="against")
    } - {"Russia", "Belarus", "Eritrea", "North Korea", "Syria"}
    assert f"on 2023-02-23 also {', '.join(sorted(more)[:-1])} and {max(more)}" in found.sentence
    last = "states=Belarus, Eritrea, Mali, Nicaragua, North Korea, Syria"
    assert stance(records, "un_only_backers", f"{last}; {WAR}") == "qualifies"
    apart = "start=2023-02-23; end=2023-02-23"
    assert stance(two, "un_only_backers", f"{last}; {apart}") == "qualifies"


def test_two_roll_calls_of_a_day_are_named_apart(records):
    votes = run("un_votes_with_russia", f"state=Eritrea; {WAR}", same_day(records, "A/RES/ES-11/4"))
    assert ", not on 2023-02-23 (A/RES/ES-11/4);" in votes.sentence
    assert votes.numbers["roll_calls"] == 6


def test_two_roll_calls_of_a_day_are_compared(records):
    before = same_day(records, "A/RES/68/262", "2022-03-02")
    arguments = "before=A/RES/68/262; after=A/RES/ES-11/1"
    assert run("un_isolation_since", arguments, before).numbers == run("un_isolation_since", arguments, records).numbers


def test_votes_of_a_roll_call_that_are_missing_are_not_votes_in_favour(records):
    bare = without(records, "un_ukraine_votes", resolution="A/RES/ES-11/1")
    for name, who in (("un_votes_with_russia", "state=Belarus"), ("un_only_backers", "states=Belarus")):
        with pytest.raises(ValueError, match="hold no vote by state of A/RES/ES-11/1"):
            run(name, f"{who}; {WAR}", bare)


def test_lists_of_votes_against_are_as_long_as_the_totals():
    for call in stored("un_ukraine_roll_calls"):
        assert len(stored("un_ukraine_votes", resolution=call["resolution"], vote="against")) == int(call["no_count"])


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("Belarus, Eritrea, North Korea, Syria", "qualifies"),
        ("Belarus, Eritrea, Mali, Nicaragua, North Korea, Syria", "qualifies"),
        ("Belarus, China", "contradicts"),
    ],
)
def test_only_backers_are_sought_in_every_roll_call(records, states, expected):
    finding = run("un_only_backers", f"states={states}; {WAR}", records)
    named = {"Russia", *states.split(", ")}
    fitting = 0
    for call in stored("un_ukraine_roll_calls"):
        against = {row["state"] for row in stored("un_ukraine_votes", resolution=call["resolution"], vote="against")}
        fitting += call["date"] >= "2022" and against == named
    assert (finding.stance, finding.numbers["fitting_roll_calls"]) == (expected, fitting)


def test_one_roll_call_alone_would_fit_the_list(records):
    arguments = "states=Belarus, Eritrea, North Korea, Syria; start=2022-03-02; end=2022-03-02"
    assert stance(records, "un_only_backers", arguments) == "supports"
    more = changed(records, "un_ukraine_votes", "vote", "against", state="Mali", resolution="A/RES/ES-11/1")
    assert stance(more, "un_only_backers", arguments) == "contradicts"


def test_isolation_is_not_complete(records):
    finding = run("un_isolation", WAR, records)
    war = [row for row in stored("un_ukraine_roll_calls") if row["date"] >= "2022"]
    assert finding.stance == "contradicts"
    assert finding.numbers["with_russia_max"] == max(int(row["no_count"]) for row in war) - 1
    assert finding.numbers["aside_max"] == max(int(r["abstain_count"]) + int(r["not_voting_count"]) for r in war)
    assert stance(changed(records, "un_ukraine_roll_calls", "no_count", 1), "un_isolation", WAR) == "supports"
    once = changed(records, "un_ukraine_roll_calls", "no_count", 1, resolution="A/RES/ES-11/1")
    assert stance(once, "un_isolation", WAR) == "qualifies"


def test_isolation_had_begun_before_the_invasion(records):
    arguments = "before=A/RES/68/262; after=A/RES/ES-11/1"
    finding = run("un_isolation_since", arguments, records)
    assert finding.stance == "qualifies"
    assert finding.numbers == {
        "yes_before_percent": round(
            100 * int(stored("un_ukraine_roll_calls", resolution="A/RES/68/262")[0]["yes_count"]) / 193, 1
        ),
        "yes_after_percent": round(
            100 * int(stored("un_ukraine_roll_calls", resolution="A/RES/ES-11/1")[0]["yes_count"]) / 193, 1
        ),
    }
    for yes, expected in ((90, "supports"), (140, "contradicts")):
        other = changed(records, "un_ukraine_roll_calls", "yes_count", yes, resolution="A/RES/68/262")
        assert stance(other, "un_isolation_since", arguments) == expected


@pytest.mark.parametrize(("end", "expected"), [(0.36, "qualifies"), (0.5, "silent"), (0.7, "contradicts")])
def test_a_move_from_the_west_never_shows_hostility(records, end, expected):
    arguments = "state=Belarus; partner=United States; start=1994; end=2001"
    real = run("un_moved_from_west", arguments, records)
    row = stored("un_agreement", state_a="Belarus", state_b="United States", year="2001")[0]
    assert (real.stance, real.numbers["agreement_end"]) == ("qualifies", round(float(row["agreement"]), 3))
    other = changed(records, "un_agreement", "agreement", end, state_b="United States", year=2001, state_a="Belarus")
    assert stance(other, "un_moved_from_west", arguments) == expected


@pytest.mark.parametrize(("poland", "expected"), [(None, "silent"), (0.99, "supports"), ("falling", "contradicts")])
def test_votes_with_the_west_are_compared_with_votes_with_russia(records, poland, expected):
    frame = records["un_agreement"].copy()
    mine = (frame["state_a"] == "Belarus") & (frame["state_b"] == "Poland")
    if poland == "falling":
        frame.loc[mine, "agreement"] = [0.7 - 0.01 * i for i in range(int(mine.sum()))]
    elif poland:
        frame.loc[mine, "agreement"] = poland
    arguments = "state=Belarus; west=Poland; east=Russia; start=1994; end=2019"
    assert stance({**records, "un_agreement": frame}, "un_votes_with_west", arguments) == expected


@pytest.mark.parametrize(
    ("poland", "expected"),
    [
        ((0.9, 0.9, 0.7, 0.6), "silent"),  # as near in half of the years
        ((0.9, 0.9, 0.9, 0.6), "supports"),  # in more than half
        ((0.7, 0.7, 0.7, 0.7), "silent"),  # in none, but no farther than before
        ((0.7, 0.6, 0.7, 0.6), "contradicts"),  # in none, and farther
        ((0.9, 0.7, 0.7, 0.6), "silent"),  # in one, and farther
    ],
)
def test_as_near_in_most_years_or_in_none_and_falling(records, poland, expected):
    for year, near in enumerate(poland, 2016):
        records = changed(records, "un_agreement", "agreement", near, state_a="Belarus", state_b="Poland", year=year)
    records = changed(records, "un_agreement", "agreement", 0.8, state_a="Belarus", state_b="Russia")
    assert (
        stance(records, "un_votes_with_west", "state=Belarus; west=Poland; east=Russia; start=2016; end=2019")
        == expected
    )


def test_agreement_told_twice_is_refused(records):
    frame = records["un_agreement"]
    turned = frame.rename(columns={"state_a": "state_b", "state_b": "state_a"})
    arguments = "state=Belarus; partner=United States; start=1994; end=2001"
    with pytest.raises(ValueError, match="several rows a year on the agreement of Belarus and United States"):
        run("un_moved_from_west", arguments, {**records, "un_agreement": pd.concat([frame, turned])})
    with pytest.raises(ValueError, match="2001 is after 2000"):
        run("un_moved_from_west", "state=Belarus; partner=Iran; start=2001; end=2000", records)


def test_years_that_the_agreement_lacks_are_refused(records):
    with pytest.raises(ValueError, match="lack years of the agreement of Belarus and"):
        run("un_votes_with_west", "state=Belarus; west=Poland; east=Russia; start=1994; end=2021", records)


@pytest.mark.parametrize(
    ("pair", "years", "expected"),
    [
        (("Belarus", "Iran"), (2019, 2022), "supports"),
        (("Belarus", "Iran"), (2021, 2022), "silent"),
        (("Belarus", "Russia"), (2013, 2021), "silent"),
        (("Belarus", "Iran"), (2022, 2019), "contradicts"),
    ],
)
def test_positions_are_closer_only_beyond_the_bands(records, pair, years, expected):
    finding = run("un_positions_closer", f"a={pair[0]}; b={pair[1]}; start={years[0]}; end={years[1]}", records)
    ends = [float(stored("un_ideal_points", state=state, year=str(years[1]))[0]["ideal_point"]) for state in pair]
    assert finding.stance == expected
    assert finding.numbers["distance_end"] == pytest.approx(abs(ends[0] - ends[1]), abs=0.001)


@pytest.mark.parametrize(
    ("pair", "then", "now", "expected"),
    [
        (("Belarus", "Iran"), ((0.1, 0.2), (1.1, 1.2)), ((0.1, 0.2), (0.3, 0.4)), "supports"),
        (("Iran", "Belarus"), ((0.1, 0.2), (1.1, 1.2)), ((0.1, 0.2), (0.3, 0.4)), "supports"),
        (("Belarus", "Iran"), ((0.1, 0.2), (0.3, 0.4)), ((0.1, 0.2), (1.1, 1.2)), "contradicts"),
        (("Iran", "Belarus"), ((0.1, 0.2), (0.3, 0.4)), ((0.1, 0.2), (1.1, 1.2)), "contradicts"),
    ],
)
def test_the_bands_count_whichever_state_is_higher(records, pair, then, now, expected):
    for year, bands in ((2019, then), (2022, now)):
        for state, (low, high) in zip(pair, bands, strict=True):
            for column, value in (("low", low), ("ideal_point", (low + high) / 2), ("high", high)):
                records = changed(records, "un_ideal_points", column, value, state=state, year=year)
    assert stance(records, "un_positions_closer", "a=Belarus; b=Iran; start=2019; end=2022") == expected


def test_wide_bands_leave_positions_open(records):
    wide = changed(changed(records, "un_ideal_points", "low", -9.0), "un_ideal_points", "high", 9.0)
    assert stance(wide, "un_positions_closer", "a=Belarus; b=Iran; start=2019; end=2022") == "silent"


@pytest.mark.parametrize(
    ("on", "term", "expected"),
    [("2001-11-30", 2, "supports"), ("2021-02-28", 4, "contradicts"), ("2021-02-28", 6, "supports")],
)
def test_terms_are_elections_won(records, on, term, expected):
    finding = run("presidential_term", f"country=Belarus; on={on}; term={term}", records)
    won = [row for row in stored("elections", country="Belarus", decided="true") if row["date"] <= on]
    assert (finding.stance, finding.numbers["elections_won"]) == (expected, len(won))


def test_elections_of_parliament_are_no_terms_of_a_president(records):
    both = changed(records, "elections", "office", "parliament", country="Belarus", date="2006-03-19")
    finding = run("presidential_term", "country=Belarus; on=2021-02-28; term=5", both)
    assert (finding.stance, finding.numbers["elections_won"]) == ("supports", 5)


def test_terms_begin_with_the_last_change(records):
    new = changed(records, "elections", "leader_changed", True, country="Belarus", date="2010-12-19")
    assert run("presidential_term", "country=Belarus; on=2021-02-28; term=3", new).stance == "supports"


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("presidential_term", "; term=4"),
        ("incumbent_reelected", ""),
        ("elected_before", ""),
    ],
)
@pytest.mark.parametrize("on", ["2021-11-05", "2050-01-01", "1994-07-09", "1990-01-01"])
def test_elections_beyond_the_list_are_not_judged(records, name, rest, on):
    with pytest.raises(ValueError, match=f"president in Belarus covers 1994-07-10 to 2021-02-28, not {on}"):
        run(name, f"country=Belarus; on={on}{rest}", records)


def test_an_incumbent_is_reelected_on_the_day(records):
    arguments = "country=Belarus; on=2001-09-09"
    assert stance(records, "incumbent_reelected", arguments) == "supports"
    lost = changed(records, "elections", "incumbent_won", False, country="Belarus", date="2001-09-09")
    assert stance(lost, "incumbent_reelected", arguments) == "contradicts"
    assert stance(records, "incumbent_reelected", "country=Belarus; on=2001-09-08") == "qualifies"
    assert stance(records, "incumbent_reelected", "country=Belarus; on=1999-09-09") == "contradicts"
    # the year of which the list has two months may have had an election after them
    assert stance(records, "incumbent_reelected", "country=Belarus; on=2021-02-01") == "silent"


def test_a_president_was_elected_before(records):
    finding = run("elected_before", "country=Belarus; on=2001-09-09", records)
    assert (finding.stance, finding.numbers["earlier_elections_won"]) == ("supports", 1)
    new = changed(records, "elections", "leader_changed", True, country="Belarus", date="2001-09-09")
    assert stance(new, "elected_before", "country=Belarus; on=2001-09-09") == "contradicts"
    with pytest.raises(ValueError, match="0 rows for an election of a president in Belarus on 2001-09-08"):
        run("elected_before", "country=Belarus; on=2001-09-08", records)


@pytest.mark.parametrize(("months", "expected"), [(12, "supports"), (6, "qualifies")])
def test_a_government_is_newly_elected(records, months, expected):
    arguments = f"country=Moldova; on=2001-11-30; months={months}"
    assert stance(records, "government_newly_elected", arguments) == expected
    same = changed(records, "elections", "leader_changed", False, country="Moldova")
    assert stance(same, "government_newly_elected", arguments) == "contradicts"


def test_twelve_months_are_a_year_in_a_leap_year_too(records):
    arguments = "country=Moldova; on=2001-02-20; months=12"
    for date, expected in (("2000-02-20", "supports"), ("2000-02-19", "qualifies")):
        moved = changed(records, "elections", "date", date, country="Moldova", date="2001-02-25")
        assert stance(moved, "government_newly_elected", arguments) == expected


@pytest.mark.parametrize(
    ("since", "expected"), [("1994-07-20", "supports"), ("1995-07-20", "qualifies"), ("2001-01-01", "contradicts")]
)
def test_years_in_office_are_full_years(records, since, expected):
    other = changed(records, "factbook_facts", "since", since, item="president", country="Belarus")
    arguments = "country=Belarus; office=president; on=2023-04-05; years=28"
    assert stance(records, "years_in_office", arguments) == "supports"
    assert stance(other, "years_in_office", arguments) == expected


@pytest.mark.parametrize(
    ("on", "years", "expected"),
    [
        ("2021-07-19", 26, "supports"),
        ("2021-07-20", 27, "supports"),
        ("2021-07-20", 26, "qualifies"),
        ("2021-07-20", 28, "qualifies"),
        ("2021-07-20", 25, "contradicts"),
        ("2021-07-20", 29, "contradicts"),
    ],
)
def test_a_year_in_office_is_full_on_its_anniversary(records, on, years, expected):
    assert stance(records, "years_in_office", f"country=Belarus; office=president; on={on}; years={years}") == expected


def test_the_edition_next_to_the_day_names_the_holder(records):
    other = changed(
        records, "factbook_facts", "value", "Somebody", country="Belarus", item="president", edition_year=2023
    )
    other = changed(
        other, "factbook_facts", "since", "2001-06-01", country="Belarus", item="president", edition_year=2023
    )
    assert (
        stance(other, "office_holder", "country=Belarus; office=president; name=Lukashenko; on=2001-11-30")
        == "supports"
    )
    first = "country=Belarus; office=president; name=Lukashenko; on={}"
    assert stance(records, "office_holder", first.format("1994-07-20")) == "supports"
    with pytest.raises(ValueError, match="do not say who was president of Belarus on 1994-07-19"):
        run("office_holder", first.format("1994-07-19"), records)


@pytest.mark.parametrize(("since", "expected"), [("1994-07-20", "supports"), ("1996-11-28", "contradicts")])
def test_taking_office(records, since, expected):
    other = changed(records, "factbook_facts", "since", since, item="president", country="Belarus")
    arguments = "country=Belarus; office=president; on=2001-11-30; year="
    assert stance(other, "took_office_in", f"{arguments}1994") == expected
    assert stance(records, "took_office_in", f"{arguments}1996") == "contradicts"


def test_an_office_holder_is_the_one_named(records):
    arguments = "country=Iran; office=president; name=Raisi; on=2023-03-13"
    assert stance(records, "office_holder", arguments) == "supports"
    other = changed(records, "factbook_facts", "value", "Somebody", country="Iran", item="president")
    assert stance(other, "office_holder", arguments) == "contradicts"
    for on in ("2020-01-01", "2025-01-01"):
        with pytest.raises(ValueError, match=f"do not say who was president of Iran on {on}"):
            run("office_holder", f"country=Iran; office=president; name=Raisi; on={on}", records)
    undated = changed(records, "factbook_facts", "since", "", country="Iran", item="president")
    with pytest.raises(ValueError, match="do not say who was president of Iran on 2023-03-13"):
        run("office_holder", arguments, undated)


def test_a_personal_regime_is_not_ruled_by_a_party(records):
    arguments = "country=Belarus; on=2001-11-30"
    finding = run("party_regime", arguments, records)
    assert (finding.stance, finding.numbers["regime"]) == ("contradicts", "personal")
    party = changed(records, "regime_types", "regime", "party-based", country="Belarus", start="1994-07-21")
    assert stance(party, "party_regime", arguments) == "qualifies"
    with pytest.raises(ValueError, match="regimes of Belarus covers 1991-08-25 to 2020-12-31, not 2021-11-05"):
        run("party_regime", "country=Belarus; on=2021-11-05", records)
    with pytest.raises(ValueError, match="0 rows for the regime of Belarus on 1994-07-15"):
        run("party_regime", "country=Belarus; on=1994-07-15", records)


@pytest.mark.parametrize(
    ("country", "on", "expected"),
    [
        ("Belarus", "1994-07-10", "qualifies"),
        ("Belarus", "1994-07-21", "contradicts"),
        ("Belarus", "2020-12-31", "contradicts"),
        ("Cuba", "2001-11-30", "qualifies"),
    ],
)
def test_a_regime_lasts_from_its_first_day_to_its_last(records, country, on, expected):
    assert stance(records, "party_regime", f"country={country}; on={on}") == expected


def test_a_day_of_two_regimes_is_refused(records):
    with pytest.raises(ValueError, match="2 rows for the regime of Russia on 1993-09-21"):
        run("party_regime", "country=Russia; on=1993-09-21", records)


@pytest.mark.parametrize(
    ("share", "expected"), [(50.1, "supports"), (50.0, "qualifies"), (25.0, "qualifies"), (24.9, "contradicts")]
)
def test_seats_are_more_than_half_at_least_a_quarter_or_fewer(records, share, expected):
    other = changed(records, "party_seats", "seats_percent", share)
    assert stance(other, "communists_in_parliament", "country=Moldova; on=2001") == expected


@pytest.mark.parametrize(("country", "expected"), [("Moldova", "supports"), ("Belarus", "contradicts")])
def test_communists_hold_a_majority_or_not(records, country, expected):
    finding = run("communists_in_parliament", f"country={country}; on=2001", records)
    last = max(
        (row for row in stored("party_seats", country=country) if row["year"] <= "2001"), key=lambda r: r["year"]
    )
    assert (finding.stance, finding.numbers["seats_percent"]) == (expected, float(last["seats_percent"]))
    with pytest.raises(ValueError, match=f"seats in {country} covers"):
        run("communists_in_parliament", f"country={country}; on=2024", records)
    third = changed(records, "party_seats", "seats_percent", 33.0)
    assert stance(third, "communists_in_parliament", f"country={country}; on=2001") == "qualifies"


@pytest.mark.parametrize("country", ["Belarus", "Eritrea", "North Korea", "Syria"])
def test_a_band_below_the_threshold_is_no_democracy(records, country):
    arguments = f"country={country}; year=2022"
    row = stored("electoral_democracy", country=country, year="2022")[0]
    finding = run("not_a_democracy", arguments, records)
    assert (finding.stance, finding.numbers["high"]) == ("supports", float(row["high"]))
    wide = changed(records, "electoral_democracy", "high", 0.6)
    assert stance(wide, "not_a_democracy", arguments) == "qualifies"
    assert stance(changed(wide, "electoral_democracy", "low", 0.55), "not_a_democracy", arguments) == "contradicts"


def test_elections_are_competitive(records):
    assert stance(records, "elections_competitive", "country=Ukraine; year=2010") == "supports"
    assert stance(records, "elections_competitive", "country=Belarus; year=2001") == "contradicts"
    other = changed(records, "competitive_elections", "competitive", False)
    assert stance(other, "elections_competitive", "country=Ukraine; year=2010") == "contradicts"


@pytest.mark.parametrize(
    ("name", "indicator"), [("election_unfree", "no_intimidation"), ("election_unfair", "free_and_fair")]
)
def test_a_flawed_election_is_rated_low_and_lower(records, name, indicator):
    arguments = "country=Belarus; year=2001; reference=1994"
    finding = run(name, arguments, records)
    row = stored("vdem_indicators", indicator=indicator, country="Belarus", year="2001")[0]
    assert (finding.stance, finding.numbers["rating"]) == ("supports", float(row["value"]))
    for value, expected in ((0.1, "qualifies"), (2.0, "contradicts")):
        other = changed(records, "vdem_indicators", "value", value, indicator=indicator, year=2001)
        assert stance(other, name, arguments) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "contradicts"),
        (-1.0, "contradicts"),
        (-0.9, "qualifies"),
        (0.0, "qualifies"),
        (0.9, "qualifies"),
        (1.0, "supports"),
    ],
)
def test_an_election_in_order_is_rated_high(records, value, expected):
    if value is not None:
        records = changed(records, "vdem_indicators", "value", value, indicator="no_irregularities", country="Belarus")
    assert stance(records, "election_in_order", "country=Belarus; year=2001") == expected


def test_media_are_restricted_where_index_and_rating_fall(records):
    arguments = "country=Russia; start=1999; end=2001"
    assert stance(records, "media_restricted", arguments) == "supports"
    half = changed(records, "vdem_indicators", "value", 0.5, indicator="no_censorship", country="Russia")
    assert stance(half, "media_restricted", arguments) == "qualifies"
    none = changed(half, "vdem_indicators", "value", 0.8, indicator="free_expression")
    assert stance(none, "media_restricted", arguments) == "contradicts"


@pytest.mark.parametrize(("critical", "views"), [(1.5, -1.5), (-1.5, 1.5), (1.5, 0.4), (-0.4, -1.5)])
def test_media_that_are_critical_but_alike_or_the_reverse_are_in_between(records, critical, views):
    for indicator, value in (("critical_media", critical), ("range_of_views", views)):
        records = changed(records, "vdem_indicators", "value", value, indicator=indicator, year=2001)
    assert stance(records, "critical_media_exist", "country=Russia; year=2001") == "qualifies"


@pytest.mark.parametrize(("value", "expected"), [(None, "qualifies"), (1.5, "supports"), (-1.5, "contradicts")])
def test_critical_media_are_rated(records, value, expected):
    if value is not None:
        records = changed(records, "vdem_indicators", "value", value, country="Russia", year=2001)
    assert stance(records, "critical_media_exist", "country=Russia; year=2001") == expected


def test_ratings_of_other_years_are_refused(records):
    with pytest.raises(ValueError, match="0 rows for critical_media of Russia in 1901"):
        run("critical_media_exist", "country=Russia; year=1901", records)

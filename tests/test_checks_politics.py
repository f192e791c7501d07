"""Checks on votes, elections and forms of government: what the records give, and that a changed record changes it."""

import pytest
from record_cells import changed, stance, stored

from claimbook import checks

WAR = "start=2022-03-02; end=2023-04-05"


@pytest.mark.parametrize(
    ("state", "expected"),
    [("Belarus", "supports"), ("Eritrea", "qualifies"), ("Iran", "qualifies"), ("India", "silent")],
)
def test_votes_with_russia_are_counted_over_every_roll_call(records, state, expected):
    finding = checks.run("un_votes_with_russia", f"state={state}; {WAR}", records)
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
    assert f", not on {other};" in checks.run("un_votes_with_russia", f"state=Eritrea; {WAR}", records).sentence
    moved = "state=Belarus; partner=United States; start=1994; end=2001"
    american = checks.run("un_moved_from_west", moved, records).sentence
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


@pytest.mark.parametrize("arguments", [f"state=Atlantis; {WAR}", "state=Belarus; start=1990-01-01; end=1990-12-31"])
def test_what_no_roll_call_holds_is_refused(records, arguments):
    with pytest.raises(ValueError, match="the records hold no"):
        checks.run("un_votes_with_russia", arguments, records)


def test_lists_of_votes_against_are_as_long_as_the_totals():
    for call in stored("un_ukraine_roll_calls"):
        assert len(stored("un_ukraine_votes", resolution=call["resolution"], vote="against")) == int(call["no_count"])


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("Belarus, Eritrea, North Korea, Syria", "contradicts"),
        ("Belarus, Eritrea, Mali, Nicaragua, North Korea, Syria", "qualifies"),
        ("Belarus, China", "contradicts"),
    ],
)
def test_only_backers_are_sought_in_every_roll_call(records, states, expected):
    finding = checks.run("un_only_backers", f"states={states}; {WAR}", records)
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
    finding = checks.run("un_isolation", WAR, records)
    war = [row for row in stored("un_ukraine_roll_calls") if row["date"] >= "2022"]
    assert finding.stance == "qualifies"
    assert finding.numbers["with_russia_max"] == max(int(row["no_count"]) for row in war) - 1
    assert finding.numbers["aside_max"] == max(int(r["abstain_count"]) + int(r["not_voting_count"]) for r in war)
    assert stance(changed(records, "un_ukraine_roll_calls", "no_count", 1), "un_isolation", WAR) == "supports"
    assert stance(changed(records, "un_ukraine_roll_calls", "yes_count", 60), "un_isolation", WAR) == "contradicts"


def test_isolation_had_begun_before_the_invasion(records):
    arguments = "before=A/RES/68/262; after=A/RES/ES-11/1"
    finding = checks.run("un_isolation_since", arguments, records)
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
    real = checks.run("un_moved_from_west", arguments, records)
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


def test_years_that_the_agreement_lacks_are_refused(records):
    with pytest.raises(ValueError, match="lack years of the agreement of Belarus and"):
        checks.run("un_votes_with_west", "state=Belarus; west=Poland; east=Russia; start=1994; end=2021", records)


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
    finding = checks.run("un_positions_closer", f"a={pair[0]}; b={pair[1]}; start={years[0]}; end={years[1]}", records)
    ends = [float(stored("un_ideal_points", state=state, year=str(years[1]))[0]["ideal_point"]) for state in pair]
    assert finding.stance == expected
    assert finding.numbers["distance_end"] == pytest.approx(abs(ends[0] - ends[1]), abs=0.001)


def test_wide_bands_leave_positions_open(records):
    wide = changed(changed(records, "un_ideal_points", "low", -9.0), "un_ideal_points", "high", 9.0)
    assert stance(wide, "un_positions_closer", "a=Belarus; b=Iran; start=2019; end=2022") == "silent"


@pytest.mark.parametrize(
    ("on", "term", "expected"),
    [("2001-11-30", 2, "supports"), ("2021-11-05", 4, "contradicts"), ("2021-11-05", 6, "supports")],
)
def test_terms_are_elections_won(records, on, term, expected):
    finding = checks.run("presidential_term", f"country=Belarus; on={on}; term={term}", records)
    won = [row for row in stored("elections", country="Belarus", decided="true") if row["date"] <= on]
    assert (finding.stance, finding.numbers["elections_won"]) == (expected, len(won))


def test_terms_begin_with_the_last_change(records):
    new = changed(records, "elections", "leader_changed", True, country="Belarus", date="2010-12-19")
    assert checks.run("presidential_term", "country=Belarus; on=2021-11-05; term=3", new).stance == "supports"


def test_an_incumbent_is_reelected_on_the_day(records):
    arguments = "country=Belarus; on=2001-09-09"
    assert stance(records, "incumbent_reelected", arguments) == "supports"
    lost = changed(records, "elections", "incumbent_won", False, country="Belarus", date="2001-09-09")
    assert stance(lost, "incumbent_reelected", arguments) == "contradicts"
    assert stance(records, "incumbent_reelected", "country=Belarus; on=2001-09-08") == "qualifies"
    assert stance(records, "incumbent_reelected", "country=Belarus; on=1999-09-09") == "contradicts"


def test_a_president_was_elected_before(records):
    finding = checks.run("elected_before", "country=Belarus; on=2001-09-09", records)
    assert (finding.stance, finding.numbers["earlier_elections_won"]) == ("supports", 1)
    new = changed(records, "elections", "leader_changed", True, country="Belarus", date="2001-09-09")
    assert stance(new, "elected_before", "country=Belarus; on=2001-09-09") == "contradicts"


@pytest.mark.parametrize(("months", "expected"), [(12, "supports"), (6, "qualifies")])
def test_a_government_is_newly_elected(records, months, expected):
    arguments = f"country=Moldova; on=2001-11-30; months={months}"
    assert stance(records, "government_newly_elected", arguments) == expected
    same = changed(records, "elections", "leader_changed", False, country="Moldova")
    assert stance(same, "government_newly_elected", arguments) == "contradicts"


@pytest.mark.parametrize(
    ("since", "expected"), [("1994-07-20", "supports"), ("1995-07-20", "qualifies"), ("2001-01-01", "contradicts")]
)
def test_years_in_office_are_full_years(records, since, expected):
    other = changed(records, "factbook_facts", "since", since, item="president", country="Belarus")
    arguments = "country=Belarus; office=president; on=2023-04-05; years=28"
    assert stance(records, "years_in_office", arguments) == "supports"
    assert stance(other, "years_in_office", arguments) == expected


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
    with pytest.raises(ValueError, match="do not say who was president of Iran on 2020-01-01"):
        checks.run("office_holder", "country=Iran; office=president; name=Raisi; on=2020-01-01", records)


def test_a_personal_regime_is_not_ruled_by_a_party(records):
    arguments = "country=Belarus; on=2001-11-30"
    finding = checks.run("party_regime", arguments, records)
    assert (finding.stance, finding.numbers["regime"]) == ("contradicts", "personal")
    party = changed(records, "regime_types", "regime", "party-based", country="Belarus", start="1994-07-21")
    assert stance(party, "party_regime", arguments) == "qualifies"


@pytest.mark.parametrize(("country", "expected"), [("Moldova", "supports"), ("Belarus", "contradicts")])
def test_communists_hold_a_majority_or_not(records, country, expected):
    finding = checks.run("communists_in_parliament", f"country={country}; on=2001", records)
    last = max(
        (row for row in stored("party_seats", country=country) if row["year"] <= "2001"), key=lambda r: r["year"]
    )
    assert (finding.stance, finding.numbers["seats_percent"]) == (expected, float(last["seats_percent"]))
    third = changed(records, "party_seats", "seats_percent", 33.0)
    assert stance(third, "communists_in_parliament", f"country={country}; on=2001") == "qualifies"


@pytest.mark.parametrize("country", ["Belarus", "Eritrea", "North Korea", "Syria"])
def test_a_band_below_the_threshold_is_no_democracy(records, country):
    arguments = f"country={country}; year=2022"
    row = stored("electoral_democracy", country=country, year="2022")[0]
    finding = checks.run("not_a_democracy", arguments, records)
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
    finding = checks.run(name, arguments, records)
    row = stored("vdem_indicators", indicator=indicator, country="Belarus", year="2001")[0]
    assert (finding.stance, finding.numbers["rating"]) == ("supports", float(row["value"]))
    for value, expected in ((0.1, "qualifies"), (2.0, "contradicts")):
        other = changed(records, "vdem_indicators", "value", value, indicator=indicator, year=2001)
        assert stance(other, name, arguments) == expected


@pytest.mark.parametrize(("value", "expected"), [(None, "contradicts"), (0.0, "qualifies"), (1.5, "supports")])
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


@pytest.mark.parametrize(("value", "expected"), [(None, "qualifies"), (1.5, "supports"), (-1.5, "contradicts")])
def test_critical_media_are_rated(records, value, expected):
    if value is not None:
        records = changed(records, "vdem_indicators", "value", value, country="Russia", year=2001)
    assert stance(records, "critical_media_exist", "country=Russia; year=2001") == expected


def test_ratings_of_other_years_are_refused(records):
    with pytest.raises(ValueError, match="0 rows for critical_media of Russia in 1901"):
        checks.run("critical_media_exist", "country=Russia; year=1901", records)

"""Checks on states: what the records give, and that a changed record changes it."""

import pandas as pd
import pytest
from own_checks import run
from record_cells import changed, stance, stored, without


def test_neighbours_share_a_border(records):
    arguments = "country=Belarus; neighbour=Ukraine; year=2022"
    finding = run("share_a_border", arguments, records)
    row = stored("land_borders", country="Belarus", neighbour="Ukraine", edition_year="2022")[0]
    lengths = sorted(int(r["length_km"]) for r in stored("land_borders", country="Belarus", edition_year="2022"))
    rank = len(lengths) - lengths.index(int(row["length_km"]))
    assert (finding.stance, finding.numbers) == ("supports", {"length_km": int(row["length_km"]), "rank": rank})
    assert stance(without(records, "land_borders", neighbour="Ukraine"), "share_a_border", arguments) == "contradicts"
    with pytest.raises(ValueError, match="holds no borders of Iran"):
        run("share_a_border", "country=Iran; neighbour=Ukraine; year=2022", records)
    for year in (2000, 2024):
        with pytest.raises(ValueError, match=f"borders of Belarus covers 2001 to 2023, not {year}"):
            run("share_a_border", f"country=Belarus; neighbour=Ukraine; year={year}", records)


def test_a_list_of_some_neighbours_rules_out_none(records):
    found = run("share_a_border", "country=Russia; neighbour=China; year=2021", records)
    assert found.stance == "silent"
    assert "China is not among the 8 neighbours of Russia kept here, which are not all" in found.sentence
    assert stance(records, "share_a_border", "country=Belarus; neighbour=China; year=2021") == "contradicts"


def test_a_border_is_as_long_as_the_current_edition_says(records):
    arguments = "country=Belarus; neighbour=Ukraine; year={}; km=1000"
    assert stance(records, "border_longer_than", arguments.format(2022)) == "supports"
    assert stance(records, "border_longer_than", arguments.format(2013)) == "contradicts"
    shrunk = changed(records, "land_borders", "length_km", 900, neighbour="Ukraine", edition_year=2022)
    assert stance(shrunk, "border_longer_than", arguments.format(2022)) == "qualifies"
    # as long as is not longer, in the edition current then as in those before it
    for year, km in ((2022, 1111), (2013, 891)):
        exact = f"country=Belarus; neighbour=Ukraine; year={year}; km={km}"
        assert stance(records, "border_longer_than", exact) == "contradicts"
        assert stance(records, "border_longer_than", exact.replace(str(km), str(km - 1))) == "supports"
    one = without(records, "land_borders", neighbour="Ukraine", edition_year=2022)
    with pytest.raises(ValueError, match="no border of Belarus and Ukraine in the edition of 2022"):
        run("border_longer_than", arguments.format(2022), one)


def test_the_last_other_length_of_a_border_is_told(records):
    found = run("border_longer_than", "country=Belarus; neighbour=Poland; year=2022; km=300", records)
    lengths = {
        int(r["edition_year"]): int(r["length_km"])
        for r in stored("land_borders", neighbour="Poland", country="Belarus")
    }
    assert len(set(lengths.values())) == 3
    before = max(year for year, km in lengths.items() if year <= 2022 and km != lengths[2022])
    assert f"editions up to {before} gave {lengths[before]} km;" in found.sentence


def test_both_lengths_of_the_border_are_told(records):
    sentence = run("border_longer_than", "country=Belarus; neighbour=Ukraine; year=2022; km=1000", records).sentence
    for edition in ("2013", "2022"):
        row = stored("land_borders", country="Belarus", neighbour="Ukraine", edition_year=edition)[0]
        assert f"{int(row['length_km']):,} km" in sentence


def test_an_alliance_stands_at_the_borders(records):
    arguments = "country=Russia; organisation=NATO; year=2021"
    finding = run("alliance_at_borders", arguments, records)
    members = {row["country"] for row in stored("organisations", organisation="NATO", participation="member")}
    lengths = [int(row["length_km"]) for row in stored("land_borders", country="Russia") if row["neighbour"] in members]
    assert finding.stance == "contradicts"
    assert finding.numbers == {"members": len(lengths), "border_km": sum(lengths)}
    outside = changed(records, "organisations", "participation", "partner", organisation="NATO")
    assert stance(outside, "alliance_at_borders", arguments) == "silent"
    borders = outside["land_borders"]
    known = {**outside, "land_borders": borders[borders["neighbour"].isin(outside["organisations"]["country"])]}
    assert stance(known, "alliance_at_borders", arguments) == "silent"
    every = changed(known, "land_borders", "all_neighbours", True, country="Russia")
    assert stance(every, "alliance_at_borders", arguments) == "supports"
    # Belarus has all its neighbours in the record, but of Ukraine it holds no memberships
    assert stance(outside, "alliance_at_borders", "country=Belarus; organisation=NATO; year=2021") == "silent"
    with pytest.raises(ValueError, match="hold no state as a member of AUKUS"):
        run("alliance_at_borders", "country=Belarus; organisation=AUKUS; year=2021", records)


def test_a_neighbour_that_is_a_partner_is_no_member(records):
    # Belarus is a dialogue member of the Shanghai Cooperation Organisation in the editions of 2010 to 2025.
    assert stored("organisations", country="Belarus", organisation="SCO")[0]["participation"] == "dialogue member"
    assert stance(records, "alliance_at_borders", "country=Russia; organisation=SCO; year=2021") == "silent"


def test_a_member_of_an_alliance_is_not_neutral(records):
    arguments = "country=Belarus; year=2021"
    assert stance(records, "neutral_state", arguments) == "contradicts"
    left = changed(records, "organisations", "last_edition", 2010, country="Belarus", organisation="CSTO")
    assert stance(left, "neutral_state", arguments) == "silent"
    with pytest.raises(ValueError, match="no organisation of Atlantis"):
        run("neutral_state", "country=Atlantis; year=2021", records)


@pytest.mark.parametrize(
    ("year", "expected"), [(2007, "silent"), (2008, "contradicts"), (2025, "contradicts"), (2004, "silent")]
)
def test_a_membership_runs_from_its_first_edition_to_its_last(records, year, expected):
    assert stance(records, "neutral_state", f"country=Belarus; year={year}") == expected
    partner = changed(records, "organisations", "participation", "observer", country="Belarus", organisation="CSTO")
    assert stance(partner, "neutral_state", f"country=Belarus; year={year}") == "silent"
    ended = changed(records, "organisations", "last_edition", 2024, country="Belarus", organisation="CSTO")
    assert stance(ended, "neutral_state", "country=Belarus; year=2025") == "silent"


@pytest.mark.parametrize("year", [1995, 2026, 2030])
def test_an_edition_that_does_not_exist_is_not_found(records, year):
    for name, who in (("neutral_state", "country=Belarus"), ("treaty_allies", "a=Belarus; b=Russia")):
        with pytest.raises(ValueError, match=f"editions covers 1996 to 2025, not {year}"):
            run(name, f"{who}; year={year}", records)


def test_two_listings_at_once_are_refused(records):
    frame = records["organisations"]
    csto = frame[(frame["country"] == "Belarus") & (frame["organisation"] == "CSTO")]
    two = pd.concat([frame, csto.assign(participation="observer", first_edition=2020)], ignore_index=True)
    with pytest.raises(ValueError, match="lists Belarus in CSTO in 2021 as member and as observer"):
        run("neutral_state", "country=Belarus; year=2021", {**records, "organisations": two})


def test_allies_are_members_together(records):
    assert stance(records, "treaty_allies", "a=Belarus; b=Russia; year=2022") == "supports"
    assert stance(records, "treaty_allies", "a=Iran; b=Russia; year=2022") == "silent"
    observer = changed(records, "organisations", "participation", "observer", country="Belarus", organisation="CSTO")
    assert stance(observer, "treaty_allies", "a=Belarus; b=Russia; year=2022") == "silent"
    for pair in ("a=Belarus; b=Atlantis", "a=Atlantis; b=Belarus"):
        with pytest.raises(ValueError, match="no organisation of Atlantis"):
            run("treaty_allies", f"{pair}; year=2022", records)


@pytest.mark.parametrize(
    ("currency", "on", "expected"),
    [
        ("Russian rouble", "2001-11", "contradicts"),
        ("Russian rouble", "1994-06", "contradicts"),
        ("Belarusian rouble", "1994-06", "supports"),
        ("Belarusian rouble", "2001-11", "supports"),
        ("Belarusian rouble", "2020-01", "supports"),
        ("euro", "2001-11", "contradicts"),
    ],
)
def test_a_currency_is_in_force_until_it_is_withdrawn(records, currency, on, expected):
    finding = run("currency_in_force", f"country=Belarus; currency={currency}; on={on}", records)
    assert finding.stance == expected
    if (currency, expected) == ("Russian rouble", "contradicts"):
        [withdrawn] = [row["withdrawn"] for row in stored("currency_codes", country="Belarus", code="RUR")]
        assert finding.numbers["withdrawn"] == withdrawn
        assert "; the Belarusian rouble (BY" in finding.sentence
        later = [r["withdrawn"] for r in stored("currency_codes", country="Belarus") if r["withdrawn"] > on]
        assert f") was in force until {min(later)} (list of" in finding.sentence


def test_the_code_withdrawn_next_was_in_force_meanwhile(records):
    gone = changed(records, "currency_codes", "withdrawn", "2004-01", country="Belarus", code="BYB")
    gone = changed(gone, "currency_codes", "currency", "Russian rouble", country="Belarus", code="BYB")
    sentence = run("currency_in_force", "country=Belarus; currency=euro; on=2001-11", gone).sentence
    assert "; the Russian rouble (BYB) was in force until 2004-01" in sentence
    none = without(records, "currency_codes", code="BYR")
    sentence = run("currency_in_force", "country=Belarus; currency=euro; on=2001-11", none).sentence
    assert "in force until" not in sentence


@pytest.mark.parametrize("on", ["1950-01", "1994-05", "2026-03", "2050-01"])
def test_currencies_beyond_the_lists_are_not_judged(records, on):
    # The lists say when a code ended and not when it began: before the first withdrawal any may have been in force.
    for currency in ("Russian rouble", "Belarusian rouble", "euro"):
        with pytest.raises(ValueError, match=f"currency of Belarus covers 1994-06 to 2026-02-01, not {on}"):
            run("currency_in_force", f"country=Belarus; currency={currency}; on={on}", records)


def test_a_currency_withdrawn_later_would_have_been_in_force(records):
    later = changed(records, "currency_codes", "withdrawn", "2004-01", country="Belarus", code="RUR")
    assert stance(later, "currency_in_force", "country=Belarus; currency=Russian rouble; on=2001-11") == "supports"


def test_an_official_language(records):
    assert stance(records, "official_language", "country=Belarus; language=Russian; year=2022") == "supports"
    assert stance(records, "official_language", "country=Belarus; language=Polish; year=2022") == "silent"
    other = changed(records, "factbook_facts", "value", "Belarusian", item="official_language")
    assert stance(other, "official_language", "country=Belarus; language=Russian; year=2022") == "silent"


def test_the_share_of_another_language_is_refused(records):
    with pytest.raises(ValueError, match="no share of Polish in Belarus"):
        run("widely_spoken", "country=Belarus; language=Polish; year=2022", records)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(None, "supports"), (50.1, "supports"), (50.0, "qualifies"), (20.0, "qualifies"), (19.9, "contradicts")],
)
def test_a_language_is_widely_spoken_by_its_share(records, share, expected):
    if share is not None:
        records = changed(records, "factbook_facts", "share_percent", share, item="official_language")
    finding = run("widely_spoken", "country=Belarus; language=Russian; year=2022", records)
    assert finding.stance == expected
    if share is None:
        row = stored("factbook_facts", item="official_language", edition_year="2022")[0]
        assert finding.numbers["share_percent"] == float(row["share_percent"])


def test_a_government_is_described_by_a_word(records):
    assert stance(records, "government_described_as", "country=Belarus; word=communist; year=2000") == "contradicts"
    assert stance(records, "government_described_as", "country=Cuba; word=communist; year=2001") == "supports"
    assert stance(records, "government_described_as", "country=Iran; word=theocratic; year=2023") == "supports"
    other = changed(records, "factbook_facts", "value", "communist state", country="Belarus", item="government_type")
    assert stance(other, "government_described_as", "country=Belarus; word=communist; year=2000") == "supports"


def test_the_edition_of_the_year_itself_is_asked(records):
    # the next edition kept says something else, and so does the one before
    for year, word in ((2002, "republic"), (2021, "dictatorship")):
        assert stance(records, "government_described_as", f"country=Belarus; word={word}; year={year}") == "supports"


def test_a_year_between_two_editions_is_answered_where_they_agree(records):
    found = run("government_described_as", "country=Iran; word=theocratic; year=2010", records)
    assert (found.stance, "edition 2002" in found.sentence) == ("supports", True)
    with pytest.raises(ValueError, match="several values of government_type of Belarus in the editions 2002 and 2021"):
        run("government_described_as", "country=Belarus; word=republic; year=2010", records)
    for year in (2000, 2002):
        with pytest.raises(ValueError, match=f"government_type of Cuba covers 2001, not {year}"):
            run("government_described_as", f"country=Cuba; word=communist; year={year}", records)


def test_a_country_was_formerly_part_of_another(records):
    arguments = "country=Belarus; former=Soviet Union; year=2001"
    assert stance(records, "formerly_part_of", arguments) == "supports"
    other = changed(records, "factbook_facts", "value", "Poland", item="independent_from")
    assert stance(other, "formerly_part_of", arguments) == "contradicts"


def test_what_lies_in_another_region_does_not_lie_in_the_one_named(records):
    arguments = "country=Belarus; region=Central Europe; year=2020"
    assert stance(records, "lies_in_region", arguments) == "contradicts"
    other = changed(records, "factbook_facts", "value", "Central Europe", item="region")
    assert stance(other, "lies_in_region", arguments) == "supports"


def test_a_union_on_paper_is_qualified(records):
    arguments = "country=Belarus; partner=Russia; year=2000"
    assert stance(records, "union_of_two", arguments) == "qualifies"
    done = changed(records, "factbook_facts", "value", "done", item="union_put_into_practice")
    assert stance(done, "union_of_two", arguments) == "supports"
    assert stance(records, "union_of_two", "country=Belarus; partner=Iran; year=2000") == "contradicts"


def test_the_parties_of_the_union(records):
    arguments = "country=Belarus; partner=Russia; year=2021"
    assert stance(records, "union_parties", arguments) == "supports"
    other = changed(records, "factbook_facts", "value", "Poland", item="union_treaty")
    assert stance(other, "union_parties", arguments) == "contradicts"


@pytest.mark.parametrize("field", ["closest_ties", "security_partner"])
def test_the_closest_partner(records, field):
    arguments = f"country=Belarus; partner=Russia; field={field}; year=2022"
    assert stance(records, "closest_partner", arguments) == "supports"
    other = changed(records, "factbook_facts", "value", "China", item=field)
    assert stance(other, "closest_partner", arguments) == "contradicts"
    for item in ("trade", "region"):
        with pytest.raises(ValueError, match=f"no partner called '{item}'"):
            run("closest_partner", f"country=Belarus; partner=Russia; field={item}; year=2022", records)


def test_territory_was_used(records):
    arguments = "country=Belarus; by=Russia; year=2022"
    assert stance(records, "let_territory_be_used", arguments) == "supports"
    other = changed(records, "factbook_facts", "value", "nobody", item="let_territory_be_used_by")
    assert stance(other, "let_territory_be_used", arguments) == "contradicts"


def test_power_reactors_run(records):
    arguments = "country=Iran; on=2023-04-05"
    finding = run("power_reactors_run", arguments, records)
    assert (finding.stance, finding.numbers["registered"]) == (
        "supports",
        len(stored("nuclear_reactors", country="Iran")),
    )
    assert stance(records, "power_reactors_run", "country=Iran; on=2010-01-01") == "qualifies"


@pytest.mark.parametrize("name", ["power_reactors_run", "russian_reactors", "more_reactors_than"])
def test_reactors_of_countries_and_days_that_are_not_kept_are_not_judged(records, name):
    rest = "; count=2" if name == "more_reactors_than" else ""
    # The record keeps two countries of the register: that it has no row on a third says nothing of its reactors.
    with pytest.raises(ValueError, match="no reactor in France, and keeps a few countries only"):
        run(name, f"country=France; on=2023-04-05{rest}", records)
    for on in ("1975-04-30", "2024-03-04"):
        with pytest.raises(ValueError, match=f"reactors covers 1975-05-01 to 2024-03-03, not {on}"):
            run(name, f"country=Iran; on={on}{rest}", records)


@pytest.mark.parametrize(
    ("country", "on", "expected"),
    [("Iran", "2023-04-05", "supports"), ("Belarus", "2021-11-05", "supports"), ("Belarus", "2020-01-01", "qualifies")],
)
def test_russian_reactors_are_dated(records, country, on, expected):
    finding = run("russian_reactors", f"country={country}; on={on}", records)
    running = [row for row in stored("nuclear_reactors", country=country) if "" < row["operational_from"] <= on]
    assert (finding.stance, finding.numbers["operating"]) == (expected, len(running))
    assert stance(
        changed(records, "nuclear_reactors", "design", ""), "russian_reactors", f"country={country}; on={on}"
    ) == ("contradicts")


def test_building_and_operation_begin_on_their_day(records):
    [unit] = stored("nuclear_reactors", reactor="Belarusian-1")
    [second] = stored("nuclear_reactors", reactor="Belarusian-2")

    def counted(on):
        numbers = run("russian_reactors", f"country=Belarus; on={on}", records).numbers
        return numbers["operating"], numbers["being_built"]

    assert counted("2013-11-07") == (0, 0)
    assert counted(unit["construction_start"]) == (0, 1)
    assert counted(second["construction_start"]) == (0, 2)
    assert counted(unit["operational_from"]) == (1, 1)


def test_units_without_a_beginning_are_planned(records):
    arguments = "country=Iran; on=2023-04-05; count=2"
    numbers = run("more_reactors_than", arguments, records).numbers
    units = stored("nuclear_reactors", country="Iran")
    begun = [row for row in units if row["design"] == "VVER" and "" < row["construction_start"] <= "2023-04-05"]
    assert (numbers["operating"] + numbers["being_built"], numbers["planned"]) == (len(begun), len(units) - len(begun))
    drawn = changed(records, "nuclear_reactors", "design", "VVER", country="Iran")
    assert run("more_reactors_than", arguments, drawn).numbers == numbers


@pytest.mark.parametrize(("count", "expected"), [(2, "contradicts"), (1, "qualifies"), (0, "supports")])
def test_reactors_are_counted_against_the_claim(records, count, expected):
    assert stance(records, "more_reactors_than", f"country=Iran; on=2023-04-05; count={count}") == expected


def test_a_third_reactor_begun_would_qualify(records):
    begun = changed(records, "nuclear_reactors", "design", "VVER", country="Iran")
    begun = changed(begun, "nuclear_reactors", "construction_start", "2020-01-01", reactor="Bushehr-3")
    assert stance(begun, "more_reactors_than", "country=Iran; on=2023-04-05; count=2") == "qualifies"

"""Checks over arms, support, spending and sanctions: what the records give, and that a changed record changes it."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from own_checks import CHECKS, run

RECORDS = Path(__file__).parents[2] / "data" / "records"


def rows(name, **wanted):
    """Rows of a record as plain text, by a reader other than the package's."""
    with (RECORDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[k] == v for k, v in wanted.items())]


def total(found, column):
    return sum(float(row[column]) for row in found)


@pytest.fixture
def change(records):
    """Return a function that gives the records with one of them replaced by what `edit` makes of its copy."""

    def changed(name, edit):
        frame = records[name].copy()
        edited = edit(frame)
        return {**records, name: frame if edited is None else edited}

    return changed


def put(column, value, **where):
    """Return an edit that writes `value` into `column` of the rows with these values; there must be some."""

    def edit(frame):
        chosen = pd.Series(True, index=frame.index)
        for key, wanted in where.items():
            chosen &= frame[key] == wanted
        assert chosen.any()
        frame.loc[chosen, column] = value

    return edit


def added(like, **values):
    """Return an edit that appends a copy of the first row whose `like` columns fit, with other values."""

    def edit(frame):
        chosen = frame
        for key, wanted in like.items():
            chosen = chosen[chosen[key] == wanted]
        row = chosen.head(1).assign(**values)
        assert len(row) == 1
        return pd.concat([frame, row.astype(frame.dtypes)], ignore_index=True)

    return edit


def test_every_check_says_what_it_asks_reads_and_cannot_show():
    assert len(CHECKS) >= 30
    for name, check in CHECKS.items():
        assert check.asks.endswith("?"), name
        for words in (check.shows, check.cannot_show):
            assert re.fullmatch(r"[A-Z].*\.", words), name
        assert check.records, name
        assert check.meanings.keys() == check.parameters.keys(), name
        assert all(re.fullmatch(r"[A-Z“].*\.", meaning) for meaning in check.meanings.values()), name


def test_every_parameter_that_is_explained_is_taken():
    for name in {name for check in CHECKS.values() for name in check.glossary}:
        assert any(name in check.parameters and name not in check.own for check in CHECKS.values()), name


def test_a_sentence_fits_the_number_it_tells(records):
    group = "group=Lebanese; supplier=Iran; last=2001; first="
    assert "1 deal with Lebanese groups ordered in 2001:" in run("suppliers_of_group", f"{group}2001", records).sentence
    deals = len([r for r in rows("sipri_deals", recipient_group="Lebanese") if 1980 <= int(r["order_year"]) <= 2001])
    every = run("suppliers_of_group", f"{group}1980", records).sentence
    assert f"{deals} deals with Lebanese groups ordered in 1980 to 2001:" in every
    few = run("weapon_delivered", "supplier=Russia; recipient=Syria; weapon=anti-ship; first=2011; last=2017", records)
    many = run(
        "weapon_delivered", "supplier=Russia; recipient=Syria; weapon=anti-aircraft; first=2011; last=2017", records
    )
    assert " more" not in few.sentence
    assert " and 1 more" in many.sentence


def test_equal_numbers_are_told_by_name(records, change):
    arguments = "group=Hamas; supplier=Russia; first=2005; last=2017"
    for suppliers in (["Iran", "Iran", "Ankara", "Ankara"], ["Ankara", "Ankara", "Iran", "Iran"]):
        two = change("sipri_deals", lambda frame: frame.sort_values("deal_id", ascending=False))
        frame = two["sipri_deals"]
        hamas = frame.index[(frame["recipient"] == "Hamas") & frame["order_year"].between(2005, 2017)]
        frame.loc[hamas, "supplier"] = suppliers
        assert "suppliers Ankara 2, Iran 2;" in run("suppliers_of_group", arguments, two).sentence


# Exports as a whole


def test_exporter_rank(records, change):
    arguments = "exporter=Russia; first=1992; last=2017; release=2022-05"
    found = run("exporter_rank", arguments, records)
    ranked = [r for r in rows("sipri_exporter_ranks", exporter="Russia", release="2022-05") if int(r["year"]) <= 2017]
    leading = sum(int(r["world_rank"]) <= 2 for r in ranked)
    assert found.stance == "supports"
    assert (found.numbers["years_leading"], found.numbers["years"]) == (leading, len(ranked))

    worse = change("sipri_exporter_ranks", put("world_rank", 7, exporter="Russia"))
    assert run("exporter_rank", arguments, worse).stance == "contradicts"
    once = change("sipri_exporter_ranks", put("world_rank", 7, exporter="Russia", release="2022-05"))
    once["sipri_exporter_ranks"].loc[lambda f: (f["year"] == 2002) & (f["exporter"] == "Russia"), "world_rank"] = 1
    assert run("exporter_rank", arguments, once).stance == "qualifies"


@pytest.mark.parametrize(
    ("leading", "stance"), [(5, "supports"), (4, "supports"), (3, "qualifies"), (0, "contradicts")]
)
def test_four_years_of_five_are_regularly(change, leading, stance):
    def edit(frame):
        mine = (frame["exporter"] == "Russia") & frame["year"].between(2011, 2015)
        frame.loc[mine, "world_rank"] = frame.loc[mine, "year"].map(lambda year: 2 if year < 2011 + leading else 3)

    found = run("exporter_rank", "exporter=Russia; first=2011; last=2015", change("sipri_exporter_ranks", edit))
    assert (found.stance, found.numbers["years_leading"]) == (stance, leading)


def test_a_year_with_two_ranks_is_refused(change):
    two = change(
        "sipri_exporter_ranks", added({"exporter": "Russia", "year": 2012, "release": "2026-02-12"}, world_rank=9)
    )
    with pytest.raises(ValueError, match="ranked in 2 of the 2 years 2011 to 2012, by 3 rows"):
        run("exporter_rank", "exporter=Russia; first=2011; last=2012", two)


def test_exporter_rank_refuses_years_without_a_rank(records):
    with pytest.raises(ValueError, match="ranked in 1 of the 2 years"):
        run("exporter_rank", "exporter=Belarus; first=2023; last=2024", records)
    with pytest.raises(ValueError, match="release"):
        run("exporter_rank", "exporter=Belarus; first=2001; last=2001; release=1999", records)


def test_exports_by_kind_of_recipient(records, change):
    arguments = "supplier=Belarus; first=1995; last=2001"
    found = run("exports_by_kind_of_recipient", arguments, records)
    flows = [r for r in rows("sipri_flows", supplier="Belarus", release="2026-02-12") if int(r["year"]) <= 2001]
    assert found.stance == "silent"
    assert found.numbers["tiv_millions"] == pytest.approx(total(flows, "tiv_millions"))
    assert found.numbers["non_state_tiv_millions"] == 0
    embargoed = [r for r in flows if (r["recipient"], r["year"]) in {("Ethiopia", "2000"), ("Sierra Leone", "1997")}]
    assert found.numbers["embargoed_tiv_millions"] == pytest.approx(total(embargoed, "tiv_millions"))

    group = change("sipri_flows", put("recipient_kind", "non-state", supplier="Belarus", recipient="Peru"))
    assert run("exports_by_kind_of_recipient", arguments, group).stance == "qualifies"
    with pytest.raises(ValueError, match="no arms embargo"):
        run("exports_by_kind_of_recipient", arguments, change("un_arms_embargoes", lambda frame: frame.iloc[:0]))
    lifted = change("un_arms_embargoes", lambda frame: frame[frame["state"] == "Iran"])
    assert run("exports_by_kind_of_recipient", arguments, lifted).numbers["embargoed_tiv_millions"] == 0


def test_an_embargo_without_an_end_is_still_in_force(records):
    found = run("exports_by_kind_of_recipient", "supplier=Belarus; first=2021; last=2021", records)
    [delivery] = rows("sipri_flows", recipient="Central African Republic", year="2021", release="2026-02-12")
    assert found.numbers["embargoed_tiv_millions"] == float(delivery["tiv_millions"])


def test_share_of_exports(records, change):
    arguments = "supplier=Belarus; recipient=Iran; first=1995; last=2001"
    found = run("share_of_exports", arguments, records)
    flows = [r for r in rows("sipri_flows", supplier="Belarus", release="2026-02-12") if int(r["year"]) <= 2001]
    iran = total([r for r in flows if r["recipient"] == "Iran"], "tiv_millions")
    assert found.stance == "silent"
    assert found.numbers["share_percent"] == pytest.approx(100 * iran / total(flows, "tiv_millions"))
    assert run("share_of_exports", arguments.replace("Iran", "Cuba"), records).stance == "silent"
    with pytest.raises(ValueError, match="not every recipient of Russia"):
        run("share_of_exports", arguments.replace("Belarus", "Russia"), records)

    larger = change("sipri_flows", put("tiv_millions", 900.0, supplier="Belarus", recipient="Iran", year=2001))
    found = run("share_of_exports", arguments, larger)
    assert (found.stance, found.numbers["rank"]) == ("supports", 1)


# Deliveries from one supplier to one recipient


def test_deliveries(records, change):
    arguments = "supplier=Russia; recipient=Belarus; first=2000; last=2001"
    assert run("deliveries", arguments, records).stance == "silent"
    found = run("deliveries", "supplier=Russia; recipient=Belarus; first=1995; last=1999", records)
    flows = rows("sipri_flows", supplier="Russia", recipient="Belarus", release="2026-02-12")
    before = [r for r in flows if int(r["year"]) <= 1999]
    assert (found.stance, found.numbers["years_with_deliveries"]) == ("supports", len(before))
    assert found.numbers["tiv_millions"] == pytest.approx(total(before, "tiv_millions"))

    moved = change("sipri_flows", put("year", 2001, supplier="Russia", recipient="Belarus", year=1999))
    assert run("deliveries", arguments, moved).stance == "supports"
    nothing = change("sipri_flows", put("tiv_millions", 0.0, supplier="Russia", recipient="Belarus"))
    found = run("deliveries", "supplier=Russia; recipient=Belarus; first=1995; last=1999", nothing)
    assert (found.stance, found.numbers["years_with_deliveries"]) == ("silent", 0)


def test_deliveries_refuses_years_outside_the_release(records):
    with pytest.raises(ValueError, match="release 2026-02-12 covers 1995 to 2024, not 1990 to 2000"):
        run("deliveries", "supplier=Russia; recipient=Syria; first=1990; last=2000", records)
    with pytest.raises(ValueError, match="recipient 'Atlantis'"):
        run("deliveries", "supplier=Russia; recipient=Atlantis; first=2000; last=2000", records)
    with pytest.raises(ValueError, match="2001 is after 2000"):
        run("deliveries", "supplier=Russia; recipient=Syria; first=2001; last=2000", records)


def test_a_pair_that_the_record_does_not_keep_is_refused(records):
    # Angola is in the record, as a recipient of Belarus: what Russia delivered there was not looked up.
    for name, years in (("deliveries", "first=2000; last=2001"), ("growth_since", "split=2010; last=2011")):
        with pytest.raises(ValueError, match="no Russia recipient 'Angola'"):
            run(name, f"supplier=Russia; recipient=Angola; {years}", records)
    assert run("deliveries", "supplier=Belarus; recipient=Cuba; first=2000; last=2001", records).stance == "silent"


def test_the_newest_release_is_asked_unless_one_is_named(records, change):
    arguments = "supplier=Russia; recipient=Syria; first=2012; last=2018"
    flows = rows("sipri_flows", supplier="Russia", recipient="Syria")
    sums = {
        release: total([r for r in flows if r["release"] == release and 2012 <= int(r["year"]) <= 2018], "tiv_millions")
        for release in ("2022-05", "2026-02-12")
    }
    assert sums["2022-05"] != sums["2026-02-12"]
    for release, words in (("2026-02-12", arguments), ("2022-05", f"{arguments}; release=2022-05")):
        found = run("deliveries", words, records)
        assert found.numbers["tiv_millions"] == pytest.approx(sums[release])
        assert f"release {release}" in found.sentence
    third = change("sipri_flows", lambda f: pd.concat([f, f[f["release"] == "2022-05"].assign(release="2027-03")]))
    assert run("deliveries", arguments, third).numbers["tiv_millions"] == pytest.approx(sums["2022-05"])
    with pytest.raises(ValueError, match="no release '1999', only 2022-05, 2026-02-12"):
        run("deliveries", f"{arguments}; release=1999", records)


def test_growth_since(records, change):
    arguments = "supplier=Russia; recipient=Syria; split=2011; last=2017"
    found = run("growth_since", arguments, records)
    flows = rows("sipri_flows", supplier="Russia", recipient="Syria", release="2026-02-12")
    year = {int(r["year"]): float(r["tiv_millions"]) for r in flows}
    before = sum(year.get(y, 0) for y in range(2004, 2011)) / 7
    assert found.stance == "qualifies"
    assert found.numbers["mean_before_tiv_millions"] == pytest.approx(before)
    assert found.numbers["years_above"] == sum(year.get(y, 0) > before for y in range(2011, 2018)) == 3

    lasting = change(
        "sipri_flows", put("tiv_millions", 500.0, supplier="Russia", recipient="Syria", release="2026-02-12")
    )
    frame = lasting["sipri_flows"]
    frame.loc[(frame["recipient"] == "Syria") & (frame["year"] < 2011), "tiv_millions"] = 10.0
    assert run("growth_since", arguments, lasting).stance == "supports"
    frame.loc[(frame["recipient"] == "Syria") & (frame["year"] >= 2011), "tiv_millions"] = 5.0
    assert run("growth_since", arguments, lasting).stance == "contradicts"


def test_growth_from_nothing(records):
    found = run("growth_since", "supplier=Iran; recipient=Russia; split=2022; last=2023", records)
    assert (found.stance, found.numbers["mean_before_tiv_millions"]) == ("supports", 0)
    assert run("growth_since", "supplier=Iran; recipient=Russia; split=2012; last=2014", records).stance == "silent"


def test_from_earlier_orders(records, change):
    arguments = "supplier=Russia; recipient=Syria; start=2011; last=2017"
    found = run("from_earlier_orders", arguments, records)
    flows = rows("sipri_flows", supplier="Russia", recipient="Syria", release="2026-02-12")
    early = total([r for r in flows if 2011 <= int(r["year"]) <= 2013], "tiv_millions")
    assert found.stance == "qualifies"
    assert found.numbers["earlier_tiv_millions"] == pytest.approx(early)
    assert run("from_earlier_orders", f"{arguments}; negated=yes", records).stance == "contradicts"

    every = change("sipri_deals", put("order_year", 2010, supplier="Russia", recipient="Syria"))
    assert run("from_earlier_orders", arguments, every).stance == "supports"
    none = change("sipri_deals", put("order_year", 2011, supplier="Russia", recipient="Syria"))
    assert run("from_earlier_orders", arguments, none).stance == "contradicts"
    assert run("from_earlier_orders", f"{arguments}; negated=yes", none).stance == "supports"
    with pytest.raises(ValueError, match="yes or no"):
        run("from_earlier_orders", f"{arguments}; negated=perhaps", records)
    never = "supplier=Belarus; recipient=Cuba; start=2011; last=2017"
    assert run("from_earlier_orders", never, records).stance == "silent"


def yearly(frame, orders):
    """Put into the register, as all that Russia delivered to Syria, a deal a year of delivery, ordered as given."""
    mine = (frame["supplier"] == "Russia") & (frame["recipient"] == "Syria")
    like = frame[mine].head(1)
    deals = [
        like.assign(deal_id=f"of-{delivered}", order_year=ordered, delivery_years=str(delivered))
        for delivered, ordered in orders.items()
    ]
    return pd.concat([frame[~mine], *deals], ignore_index=True)


@pytest.mark.parametrize(
    ("earlier", "stance", "denied"),
    [
        (10, "supports", "contradicts"),
        (9, "qualifies", "contradicts"),
        (8, "qualifies", "qualifies"),
        (5, "qualifies", "qualifies"),
        (4, "contradicts", "qualifies"),
        (0, "contradicts", "supports"),
    ],
)
def test_earlier_orders_are_all_most_half_or_none(change, earlier, stance, denied):
    def edit(frame):
        return yearly(frame, {year: 2000 if year < 2008 + earlier else year for year in range(2008, 2018)})

    some = change("sipri_deals", edit)
    flows = change("sipri_flows", put("tiv_millions", 0.1, supplier="Russia", recipient="Syria"))["sipri_flows"]
    arguments = "supplier=Russia; recipient=Syria; start=2008; last=2017"
    assert run("from_earlier_orders", arguments, {**some, "sipri_flows": flows}).stance == stance
    assert run("from_earlier_orders", f"{arguments}; negated=yes", {**some, "sipri_flows": flows}).stance == denied


@pytest.mark.parametrize(
    ("before", "since", "stance", "affirms"),
    [(1, 2, "supports", True), (2, 3, "qualifies", True), (2, 2, "qualifies", False), (0, 0, "silent", False)],
)
def test_orders_double_grow_or_do_not(change, before, since, stance, affirms):
    years = [*range(2008, 2008 + before), *range(2011, 2011 + since), 1995]
    few = change("sipri_deals", lambda frame: yearly(frame, dict(zip(range(2000, 2020), years, strict=False))))
    found = run("orders_before_and_since", "supplier=Russia; recipient=Syria; split=2011; last=2013", few)
    assert (found.stance, found.affirms) == (stance, affirms)
    assert found.numbers == {"orders_before": before, "orders_since": since}


def test_orders_before_and_since(records, change):
    arguments = "supplier=Russia; recipient=Syria; split=2011; last=2017"
    found = run("orders_before_and_since", arguments, records)
    years = [int(r["order_year"]) for r in rows("sipri_deals", supplier="Russia", recipient="Syria")]
    assert (found.stance, found.affirms) == ("qualifies", False)
    assert found.numbers["orders_before"] == sum(2004 <= y <= 2010 for y in years)
    assert found.numbers["orders_since"] == sum(2011 <= y <= 2017 for y in years)

    later = change("sipri_deals", put("order_year", 2012, supplier="Russia", recipient="Syria", order_year=2007))
    assert run("orders_before_and_since", arguments, later).stance == "qualifies"
    latest = change("sipri_deals", put("order_year", 2012, supplier="Russia", recipient="Syria"))
    assert run("orders_before_and_since", arguments, latest).stance == "supports"


def test_noted_as_aid(records, change):
    arguments = "supplier=Russia; recipient=Syria; first=2011; last=2017"
    found = run("noted_as_aid", arguments, records)
    deals = rows("sipri_deals", supplier="Russia", recipient="Syria")
    notes = [r["aid"] for r in deals if 2011 <= int(r["order_year"]) <= 2017]
    assert found.stance == "qualifies"
    assert (found.numbers["deals"], found.numbers["aid_stated"]) == (len(notes), notes.count("stated"))

    given = change("sipri_deals", put("aid", "stated", supplier="Russia", recipient="Syria"))
    assert run("noted_as_aid", arguments, given).stance == "supports"
    paid = change("sipri_deals", put("aid", "", supplier="Russia", recipient="Syria"))
    assert run("noted_as_aid", arguments, paid).stance == "silent"


@pytest.mark.parametrize(
    ("weapon", "stance"),
    [
        ("anti-aircraft", "supports"),
        ("anti-ship", "supports"),
        ("T-72", "silent"),
        ("MiG-29", "silent"),
        ("S-300", "silent"),
        ("T-80", "silent"),
        ("Su-25", "silent"),
    ],
)
def test_weapon_delivered(records, weapon, stance):
    found = run(
        "weapon_delivered", f"supplier=Russia; recipient=Syria; weapon={weapon}; first=2011; last=2017", records
    )
    assert found.stance == stance


def test_deliveries_of_the_predecessor_are_earlier_ones(records):
    arguments = "supplier=Russia; recipient=Syria; weapon=T-72; first=1989; last=1990"
    soviet = rows("sipri_deals", supplier="Soviet Union", recipient="Syria")
    years = {y for r in soviet if r["designation"].startswith("T-72") for y in r["delivery_years"].split("|")}
    assert "1989" in years
    found = run("weapon_delivered", arguments, records)
    assert (found.stance, found.numbers["last_earlier_year"]) == ("silent", max(int(y) for y in years if y < "1989"))


@pytest.mark.parametrize("supplier", ["Russia", "Soviet Union"])
def test_a_weapon_with_less_trace_is_never_told_more_mildly(records, change, supplier):
    """An older delivery of a type says as little of these years as none does, whoever made it."""
    arguments = "supplier=Russia; recipient=Syria; weapon={}; first=2011; last=2017"
    older = added({"supplier": "Russia", "recipient": "Syria"}, supplier=supplier, designation="T-80", order_year=1991)
    traced = change("sipri_deals", lambda frame: older(frame).assign(delivery_years=_only_older))
    absent, present = (
        run("weapon_delivered", arguments.format("T-80"), records),
        run("weapon_delivered", arguments.format("T-80"), traced),
    )
    assert (absent.stance, present.stance) == ("silent", "silent")
    assert present.numbers["last_earlier_year"] == 1992
    assert "1992" in present.sentence


def _only_older(frame):
    return frame["delivery_years"].where(frame["designation"] != "T-80", "1992")


def test_weapon_delivered_tells_a_later_delivery(records, change):
    arguments = "supplier=Russia; recipient=Syria; weapon=S-300; first=2011; last=2017"
    [deal] = rows("sipri_deals", supplier="Russia", recipient="Syria", designation="S-300PMU1")
    found = run("weapon_delivered", arguments, records)
    assert found.numbers["first_later_year"] == int(deal["delivery_years"])
    assert deal["delivery_years"] in found.sentence

    sooner = change("sipri_deals", put("delivery_years", "2016", deal_id=deal["deal_id"]))
    found = run("weapon_delivered", arguments, sooner)
    assert (found.stance, found.numbers["items_delivered"]) == ("supports", int(deal["number_delivered"]))


# Deals of Belarus


def test_orders_of_year(records, change):
    found = run("orders_of_year", "supplier=Belarus; year=2001", records)
    deals = rows("sipri_deals", supplier="Belarus", order_year="2001")
    assert found.stance == "silent"
    assert found.numbers["deals"] == len(deals)
    assert found.numbers["tiv_millions"] == pytest.approx(total(deals, "tiv_delivered_millions"))

    group = change("sipri_deals", put("recipient_kind", "non-state", supplier="Belarus", order_year=2001))
    assert run("orders_of_year", "supplier=Belarus; year=2001", group).stance == "qualifies"
    with pytest.raises(ValueError, match="not every deal of Russia"):
        run("orders_of_year", "supplier=Russia; year=2001", records)


def test_deals_between(records, change):
    arguments = "one=Iran; other=Belarus; first=2012; last=2023"
    found = run("deals_between", arguments, records)
    pairs = rows("sipri_deals", supplier="Iran", recipient="Belarus") + rows(
        "sipri_deals", supplier="Belarus", recipient="Iran"
    )
    assert found.stance == "silent"
    assert found.numbers["deals_in_record"] == len(pairs)
    assert max(r["order_year"] for r in pairs if r["order_year"] < "2012") in found.sentence
    assert min(r["order_year"] for r in pairs if r["order_year"] > "2023") in found.sentence

    sooner = change("sipri_deals", put("order_year", 2023, supplier="Iran", recipient="Belarus"))
    assert run("deals_between", arguments, sooner).stance == "supports"


def test_share_of_imports(records, change):
    arguments = "recipient=Belarus; supplier=Russia; first=2012; last=2022"
    found = run("share_of_imports", arguments, records)
    deals = [r for r in rows("sipri_deals", recipient="Belarus") if 2012 <= int(r["order_year"]) <= 2022]
    russia = total([r for r in deals if r["supplier"] == "Russia"], "tiv_delivered_millions")
    assert found.stance == "supports"
    assert found.numbers["share_percent"] == pytest.approx(100 * russia / total(deals, "tiv_delivered_millions"))

    china = change("sipri_deals", put("tiv_delivered_millions", 900.0, supplier="China", recipient="Belarus"))
    assert run("share_of_imports", arguments, china).stance == "contradicts"
    frame = china["sipri_deals"]
    frame.loc[(frame["supplier"] == "China") & (frame["order_year"] == 2013), "tiv_delivered_millions"] = 0.0
    assert run("share_of_imports", arguments, china).stance == "qualifies"
    with pytest.raises(ValueError, match="not every supplier"):
        run("share_of_imports", arguments.replace("Belarus", "Syria"), records)
    bare = change("sipri_deals", put("order_year", 1990, recipient="Belarus"))
    assert run("share_of_imports", arguments, bare).stance == "silent"


# Armed groups in the register


@pytest.mark.parametrize("group", ["Hamas", "Hezbollah"])
def test_suppliers_of_group_without_russia(records, change, group):
    arguments = f"group={group}; supplier=Russia; first=1980; last=2017"
    found = run("suppliers_of_group", arguments, records)
    deals = [r for r in rows("sipri_deals", recipient=group) if int(r["order_year"]) <= 2017]
    assert (found.stance, found.numbers["deals"]) == ("silent", len(deals))

    named = change("sipri_deals", put("supplier", "Russia", deal_id=deals[0]["deal_id"]))
    named["sipri_deals"]["supplier_uncertain"] = True
    assert run("suppliers_of_group", arguments, named).stance == "qualifies"
    named["sipri_deals"]["supplier_uncertain"] = False
    assert run("suppliers_of_group", arguments, named).stance == "supports"


def test_suppliers_of_group_by_kind(records):
    assert (
        run("suppliers_of_group", "group=Ukrainian; supplier=Russia; first=2014; last=2017", records).stance
        == "supports"
    )
    found = run("suppliers_of_group", "group=Palestinian; supplier=Belarus; first=1994; last=2001", records)
    assert (found.stance, found.numbers["deals"]) == ("silent", 0)
    with pytest.raises(ValueError, match="group 'Peru'"):
        run("suppliers_of_group", "group=Peru; supplier=Belarus; first=1994; last=2001", records)


def test_passed_on(records, change):
    arguments = "supplier=Russia; middle=Syria; group=Hezbollah; until=2017"
    found = run("passed_on", arguments, records)
    came = {r["designation"] for r in rows("sipri_deals", supplier="Russia", recipient="Syria")}
    went = {r["designation"] for r in rows("sipri_deals", supplier="Syria", recipient="Hezbollah")}
    assert (found.stance, found.numbers["types_passed_on"]) == ("supports", len(came & went))

    never = change(
        "sipri_deals", lambda frame: frame[~((frame["supplier"] == "Syria") & (frame["recipient"] == "Hezbollah"))]
    )
    assert run("passed_on", arguments, never).stance == "silent"
    sooner = change("sipri_deals", put("delivery_years", "1990", supplier="Syria", recipient="Hezbollah"))
    assert run("passed_on", arguments, sooner).stance == "silent"
    put("delivery_years", "1990", supplier="Russia", recipient="Syria")(sooner["sipri_deals"])
    assert run("passed_on", arguments, sooner).stance == "supports"  # of the same year


def test_passed_on_by_belarus(records, change):
    arguments = "supplier=Russia; middle=Belarus; group=any; until=2001"
    assert run("passed_on", arguments, records).stance == "silent"
    [deal] = [r for r in rows("sipri_deals", supplier="Russia", recipient="Belarus") if int(r["order_year"]) < 2001]
    like = {"supplier": "Belarus", "recipient_kind": "non-state"}
    on = change("sipri_deals", added(like, designation=deal["designation"], delivery_years="2000"))
    assert run("passed_on", arguments, on).stance == "supports"


# External support as coded by UCDP


def test_support_coded(records, change):
    arguments = "actor=Hezbollah; supporter=Russia; kind=weapons; first=2006; last=2017"
    found = run("support_coded", arguments, records)
    named = rows("ucdp_external_support", actor="Hezbollah", supporter="Russia")
    assert (found.stance, found.numbers["years_named"]) == ("silent", len(named))

    alone = change("ucdp_external_support", put("state_supporters", 1, actor="Hezbollah", supporter="Russia"))
    assert run("support_coded", arguments, alone).stance == "supports"
    gone = change("ucdp_external_support", put("supporter", "Yemen", actor="Hezbollah", supporter="Russia"))
    assert run("support_coded", arguments, gone).stance == "silent"


@pytest.mark.parametrize(
    ("actor", "supporter", "stance"),
    [
        ("Hezbollah", "Russia", "supports"),
        ("Hezbollah", "Iran", "supports"),
        ("Syria (government)", "Russia", "supports"),
        ("Hamas", "Hezbollah", "qualifies"),
        ("Hamas", "Russia", "silent"),
    ],
)
def test_support_of_any_kind_leaves_no_supporter_out(records, actor, supporter, stance):
    """Where several states are named their kinds are pooled; that each of them is named is not in doubt."""
    found = run("support_coded", f"actor={actor}; supporter={supporter}; kind=any; first=2006; last=2017", records)
    named = {
        row["year"]
        for row in rows("ucdp_external_support", actor=actor, supporter=supporter)
        if 2006 <= int(row["year"]) <= 2017
    }
    assert (found.stance, found.numbers["years_named"]) == (stance, len(named))
    assert f"names {supporter} as a supporter, with support of any kind, in {len(named)}" in found.sentence


@pytest.mark.parametrize(
    ("actor", "supporter", "stance"),
    [
        ("DPR", "Russia", "supports"),
        ("LPR", "Russia", "supports"),
        ("Hamas", "Russia", "silent"),
        ("IS", "Russia", "silent"),
        ("IS", "Syria", "silent"),
        ("Republic of South Ossetia", "Russia", "qualifies"),
        ("Republic of Abkhazia", "Russian elements", "qualifies"),
    ],
)
def test_support_coded_for_weapons(records, actor, supporter, stance):
    arguments = f"actor={actor}; supporter={supporter}; kind=weapons; first=1992; last=2017"
    assert run("support_coded", arguments, records).stance == stance


def test_support_coded_refuses_what_the_record_lacks(records):
    with pytest.raises(ValueError, match="no row for DPR in 1992 to 2000"):
        run("support_coded", "actor=DPR; supporter=Russia; kind=weapons; first=1992; last=2000", records)
    with pytest.raises(ValueError, match="covers 1992 to 2017, not 2014 to 2018"):
        run("support_coded", "actor=DPR; supporter=Russia; kind=weapons; first=2014; last=2018", records)
    with pytest.raises(ValueError, match="kind 'advice'"):
        run("support_coded", "actor=DPR; supporter=Russia; kind=advice; first=2014; last=2017", records)


def test_groups_supported(records, change):
    arguments = "supporter=Russia; opponent=Ukraine (government); first=2014; last=2017"
    found = run("groups_supported", arguments, records)
    groups = {r["actor"] for r in rows("ucdp_external_support", opponent="Ukraine (government)", supporter="Russia")}
    assert (found.stance, found.numbers["groups"]) == ("supports", len(groups))
    assert run("groups_supported", "supporter=Belarus; opponent=any; first=1992; last=2001", records).stance == "silent"

    none = change("ucdp_external_support", put("supporter", "none named", supporter="Russia"))
    assert run("groups_supported", arguments, none).stance == "silent"


def test_fighting_coded(records, change):
    arguments = "actor=IS; opponent=Syria (government); first=2013; last=2017"
    coded = rows("ucdp_external_support", actor="IS", opponent="Syria (government)", active="true")
    found = run("fighting_coded", arguments, records)
    assert (found.stance, found.numbers["years_active"]) == ("supports", len({r["year"] for r in coded}))
    assert run("fighting_coded", f"{arguments}; negated=yes", records).stance == "contradicts"

    quiet = change("ucdp_external_support", put("active", False, actor="IS", opponent="Syria (government)", year=2013))
    assert run("fighting_coded", arguments, quiet).stance == "qualifies"
    none = change("ucdp_external_support", put("active", False, actor="IS", opponent="Syria (government)"))
    assert run("fighting_coded", arguments, none).stance == "contradicts"


def test_years_without_a_row_do_not_show_that_nobody_fought(records, change):
    arguments = "actor=IS; opponent=Syria (government); first=2005; last=2014"
    mine = {"actor": "IS", "opponent": "Syria (government)"}

    def only(year, active):
        def edit(frame):
            ours = (frame["actor"] == mine["actor"]) & (frame["opponent"] == mine["opponent"])
            return pd.concat([frame[~ours], frame[ours].head(1).assign(year=year, active=active)], ignore_index=True)

        return change("ucdp_external_support", edit)

    quiet = run("fighting_coded", arguments, only(2010, False))
    assert quiet.stance == "silent"
    assert quiet.sentence.endswith("in 0 of the 10 years 2005 to 2014; it has no row on the two for 9 years of them.")
    assert run("fighting_coded", f"{arguments}; negated=yes", only(2010, False)).stance == "silent"
    assert run("fighting_coded", arguments, only(2010, True)).stance == "qualifies"
    assert (
        "no row"
        not in run(
            "fighting_coded", arguments.replace("2005; last=2014", "2010; last=2010"), only(2010, False)
        ).sentence
    )


# NATO's eastern flank


def test_spending_grew(records, change):
    arguments = "countries=Poland/Latvia; first=2013; last=2020"
    found = run("spending_grew", arguments, records)

    def spent(country, year):
        [row] = rows("sipri_military_expenditure", country=country, year=year)
        return float(row["usd_2022_millions"])

    both = [sum(spent(country, year) for country in ("Poland", "Latvia")) for year in ("2013", "2020")]
    assert (found.stance, found.numbers["grown"]) == ("silent", 2)
    assert found.numbers["sum_factor"] == pytest.approx(both[1] / both[0])

    fell = change("sipri_military_expenditure", put("usd_2022_millions", 1.0, year=2020))
    assert run("spending_grew", arguments, fell).stance == "qualifies"
    flat = change("sipri_military_expenditure", put("usd_2022_millions", 100.0))
    assert run("spending_grew", arguments, flat).stance == "silent"
    with pytest.raises(ValueError, match="country 'Atlantis'"):
        run("spending_grew", "countries=Poland/Atlantis; first=2013; last=2020", records)


def test_us_troops_grew(records, change):
    found = run("us_troops_grew", "countries=Poland; first=2013; last=2021", records)
    [now] = rows("us_troops_abroad", country="Poland", year="2021")
    assert (found.stance, found.numbers["troops_last"]) == ("silent", int(now["us_active_duty_troops"]))
    baltic = "countries=Estonia/Latvia/Lithuania; first=2013; last=2021"
    assert run("us_troops_grew", baltic, records).stance == "silent"
    fewer = change("us_troops_abroad", put("us_active_duty_troops", 0, year=2021))
    assert run("us_troops_grew", baltic, fewer).stance == "qualifies"
    same = change("us_troops_abroad", put("us_active_duty_troops", 5))
    assert run("us_troops_grew", baltic, same).stance == "silent"


# US assistance


def test_assistance_reaches(records, change):
    found = run("assistance_reaches", "country=Ukraine; billions=7; until=2014", records)
    years = rows("us_foreign_assistance", country="Ukraine", transaction="obligated")
    spent = total([r for r in years if int(r["fiscal_year"]) <= 2014], "current_usd")
    assert found.stance == "contradicts"
    assert found.numbers["current_usd_billions"] == pytest.approx(spent / 1e9)
    assert run("assistance_reaches", "country=Ukraine; billions=7; until=2020", records).stance == "silent"
    only_in_constant_dollars = run("assistance_reaches", "country=Ukraine; billions=6; until=2014", records)
    assert only_in_constant_dollars.stance == "silent"

    more = put("current_usd", 4_000_000_000, country="Ukraine", transaction="obligated", fiscal_year=2013)
    changed = change("us_foreign_assistance", more)
    assert run("assistance_reaches", "country=Ukraine; billions=7; until=2014", changed).stance == "silent"
    with pytest.raises(ValueError, match="Ukraine by fiscal year covers 1990 to 2023, not 2030"):
        run("assistance_reaches", "country=Ukraine; billions=7; until=2030", records)


def test_assistance_that_comes_to_the_sum_reaches_it(change):
    columns = dict.fromkeys(("current_usd", "constant_usd"), 280_000_000)
    flat = change("us_foreign_assistance", lambda frame: frame.assign(**columns))
    assert run("assistance_reaches", "country=Ukraine; billions=7; until=2014", flat).stance == "silent"
    assert run("assistance_reaches", "country=Ukraine; billions=7; until=2013", flat).stance == "contradicts"


def test_assistance_is_added_up_over_every_year_once(change):
    gap = change("us_foreign_assistance", lambda frame: frame[frame["fiscal_year"] != 2001])
    with pytest.raises(ValueError, match="each fiscal year of Ukraine from 1990 to 2014 once"):
        run("assistance_reaches", "country=Ukraine; billions=7; until=2014", gap)
    both = change("us_foreign_assistance", lambda frame: frame.assign(transaction="obligated"))
    with pytest.raises(ValueError, match="each fiscal year of Ukraine from 1990 to 2014 once"):
        run("assistance_reaches", "country=Ukraine; billions=7; until=2014", both)


# The US sanctions list


def test_on_us_list(records, change):
    arguments = "party=hizballah; date=2018-01-19"
    found = run("on_us_list", arguments, records)
    assert (found.stance, found.numbers) == ("supports", {"snapshots": 2, "listed": 2})
    [first] = rows("ofac_snapshots", snapshot_date="2015-01-17")
    assert first["hizballah_listed"] == "true"
    assert run("on_us_list", "party=hamas; date=2015-01-17", records).numbers["snapshots"] == 1

    lifted = change("ofac_snapshots", put("hizballah_listed", False, snapshot_date="2021-04-25"))
    assert run("on_us_list", arguments, lifted).stance == "silent"
    never = change("ofac_snapshots", lambda frame: frame.assign(hizballah_listed=False))
    assert run("on_us_list", arguments, never).stance == "contradicts"
    for date in ("2001-11-01", "2026-01-01"):
        with pytest.raises(ValueError, match=f"snapshots covers 2015-01-17 to 2024-04-26, not {date}"):
            run("on_us_list", f"party=hamas; date={date}", records)
    with pytest.raises(ValueError, match="'01/11/2021' is not a day in ISO 8601"):
        run("on_us_list", "party=hamas; date=01/11/2021", records)
    with pytest.raises(ValueError, match="no party 'nato'"):
        run("on_us_list", "party=nato; date=2021-11-05", records)


def test_one_state_bears_out_no_part_of_what_is_said_of_all(records, change):
    arguments = "party=hizballah; date=2018-01-19"
    assert run("recognised_by_all", arguments, records).stance == "silent"
    never = change("ofac_snapshots", lambda frame: frame.assign(hizballah_listed=False))
    assert run("recognised_by_all", arguments, never).stance == "contradicts"


def test_listed_throughout(records, change):
    arguments = "party=lukashenko; first=2015-01-17; last=2021-11-05"
    found = run("listed_throughout", arguments, records)
    days = [r for r in rows("ofac_snapshots", lukashenko_listed="true") if r["snapshot_date"] <= "2021-11-05"]
    assert (found.stance, found.numbers["listed"]) == ("qualifies", len(days))
    assert not found.affirms  # that it was listed bears out no part of good relations
    never = change("ofac_snapshots", lambda frame: frame.assign(lukashenko_listed=False))
    assert run("listed_throughout", arguments, never).stance == "silent"
    with pytest.raises(ValueError, match="no snapshot in 2016"):
        run("listed_throughout", "party=lukashenko; first=2016-01-01; last=2017-01-01", records)


def test_entries_added(records, change):
    arguments = "programme=belarus; first=2021-04-25; last=2021-11-05"
    found = run("entries_added", arguments, records)
    [then], [now] = (rows("ofac_snapshots", snapshot_date=day) for day in ("2021-04-25", "2021-10-29"))
    assert found.stance == "supports"
    assert found.numbers == {
        "entries_before": int(then["entries_belarus"]),
        "entries_after": int(now["entries_belarus"]),
    }

    same = change("ofac_snapshots", put("entries_belarus", 38, snapshot_date="2021-10-29"))
    assert run("entries_added", arguments, same).stance == "silent"
    # What was added before the period is not added in it: the list of January 2015 is not that of May 2021.
    assert run("entries_added", "programme=belarus; first=2021-08-01; last=2021-11-05", records).stance == "silent"
    for first in ("2016-01-01", "2015-01-17"):
        with pytest.raises(ValueError, match=f"fewer than two snapshots in {first} to 2017-01-01"):
            run("entries_added", f"programme=belarus; first={first}; last=2017-01-01", records)
    with pytest.raises(ValueError, match="no programme 'cuba'"):
        run("entries_added", "programme=cuba; first=2021-04-25; last=2021-11-05", records)


def test_other_grounds(records, change):
    found = run("other_grounds", "date=2023-01-21", records)
    [most] = rows("ofac_iran_programs", snapshot_date="2023-01-21", program="IRGC")
    assert (found.stance, found.numbers["most_entries"]) == ("qualifies", int(most["entries"]))

    nuclear = change("ofac_iran_programs", lambda frame: frame[frame["program"].isin(["IFSR", "IRAN"])])
    assert run("other_grounds", "date=2023-01-21", nuclear).stance == "silent"
    with pytest.raises(ValueError, match="covers 2015-01-17 to 2023-01-21, not 2023-04-05"):
        run("other_grounds", "date=2023-04-05", records)


def test_other_grounds_between_two_lists_must_stand_on_both(records, change):
    found = run("other_grounds", "date=2018-01-19", records)
    assert found.stance == "qualifies"
    assert "of 2015-01-17 has entries" in found.sentence
    assert "the next list stored, of 2021-04-25, has IRGC" in found.sentence
    for date in ("2015-01-17", "2021-04-25"):
        lifted = change("ofac_iran_programs", put("entries", 0, snapshot_date=date))
        assert run("other_grounds", "date=2018-01-19", lifted).stance == "silent"


def test_entries_on_ground(records, change):
    arguments = "program=IRAN-HR; first=2022-01-31; last=2023-01-21"
    found = run("entries_on_ground", arguments, records)
    counts = [int(r["entries"]) for r in rows("ofac_iran_programs", program="IRAN-HR")][-2:]
    assert found.stance == "supports"
    assert [found.numbers["entries_before"], found.numbers["entries_after"]] == counts

    fewer = change("ofac_iran_programs", put("entries", 1, program="IRAN-HR", snapshot_date="2023-01-21"))
    assert run("entries_on_ground", arguments, fewer).stance == "silent"
    with pytest.raises(ValueError, match="programme tag 'CUBA'"):
        run("entries_on_ground", "program=CUBA; first=2022-01-31; last=2023-01-21", records)
    with pytest.raises(ValueError, match="covers 2015-01-17 to 2023-01-21, not 2022-01-31 to 2023-04-05"):
        run("entries_on_ground", "program=IRAN-HR; first=2022-01-31; last=2023-04-05", records)

"""Checks on states: borders, organisations, currencies, languages, reactors, trade.

The records are a reference work's editions and registers of codes and of power reactors. An edition is asked that was
current when a text was written, or the last before it; what a register does not list is a contradiction only where it
lists all there is.
"""

import pandas as pd

from claimbook.analysis.limits import at_least, covered_days, covered_years, day, exceeds, month, within
from claimbook.model.checks import Finding, check

WIDELY = 50.0
"""Per cent of the population above which a language counts as widely spoken."""

SPOKEN = 20.0
"""Per cent of the population from which on a language is spoken by more than a minority among many."""

RUSSIAN_DESIGN = "VVER"
"""Name of the Russian type of pressurised water reactor."""

DEFENCE = {"CSTO": "the Collective Security Treaty Organization", "NATO": "NATO"}
"""Organisations in the record whose members owe each other help against an armed attack."""


def _fact(facts: pd.DataFrame, country: str, item: str, year: int) -> pd.Series:
    """Return one fact as the last edition up to `year` has it.

    Raises
    ------
    ValueError
        If `year` lies before the first or after the last edition kept of the fact, or between two that differ: what the
        edition of that year said is then not known.
    """
    rows = facts[(facts["country"] == country) & (facts["item"] == item)].sort_values("edition_year")
    what = f"{item} of {country}"
    within(year, year, covered_years(rows, "edition_year", what), f"the record of {what}")
    before = rows[rows["edition_year"] == rows["edition_year"][rows["edition_year"] <= year].max()]
    after = rows[rows["edition_year"] == rows["edition_year"][rows["edition_year"] >= year].min()]
    if len(set(before["value"]) | set(after["value"])) > 1:
        editions = sorted({int(before["edition_year"].iloc[0]), int(after["edition_year"].iloc[0])})
        raise ValueError(
            f"the record has several values of {what} in the editions {' and '.join(map(str, editions))}; ask for the "
            f"year of one edition with one value, not for {year}"
        )
    return before.iloc[0]


def _neighbours(borders: pd.DataFrame, country: str, year: int) -> pd.DataFrame:
    """Return the borders of a country as the last edition up to `year` has them, by neighbour."""
    rows = borders[borders["country"] == country]
    what = f"borders of {country}"
    first, _ = covered_years(rows, "edition_year", what)
    _, last = covered_years(borders, "edition_year", what)
    within(year, year, (first, last), f"the record of {what}")
    upto = rows[rows["edition_year"] <= year]
    return upto[upto["edition_year"] == upto["edition_year"].max()].sort_values("neighbour")


def _listed_as(organisations: pd.DataFrame, country: str, organisation: str, year: int) -> str:
    """Return how an edition lists a country in an organisation, or nothing."""
    rows = organisations[
        (organisations["country"] == country)
        & (organisations["organisation"] == organisation)
        & (organisations["first_edition"] <= year)
        & (organisations["last_edition"] >= year)
    ]
    listed = sorted(set(rows["participation"]))
    if len(listed) > 1:
        raise ValueError(f"the record lists {country} in {organisation} in {year} as {' and as '.join(listed)}")
    return listed[0] if listed else ""


def _check_edition(organisations: pd.DataFrame, year: int) -> None:
    """Refuse a year of which the record holds no edition; the same editions were read for all its states."""
    within(
        year,
        year,
        covered_years(organisations, "first_edition", "organisation", "last_edition"),
        "the record of editions",
    )


def _known(organisations: pd.DataFrame, *countries: str) -> None:
    """Raise ValueError if the record holds nothing at all on one of the countries."""
    for country in countries:
        if not (organisations["country"] == country).any():
            raise ValueError(f"the records hold no organisation of {country}")


@check("land_borders")
def share_a_border(borders: pd.DataFrame, country: str, neighbour: str, year: int) -> Finding:
    """Do two countries share a land border?

    Source: CIA World Factbook, Land boundaries.

    What the answer can show: whether they are neighbours, and how long the border is by that edition. It cannot show
    where a border is disputed.

    Parameters
    ----------
    borders : pandas.DataFrame
        Borders by edition.
    country, neighbour : str
        The two countries; the record lists those of the first.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports; contradicts: not listed, and the record keeps every neighbour; silent: not listed, and it keeps some.
    """
    of_country = _neighbours(borders, country, year)
    row = of_country[of_country["neighbour"] == neighbour]
    edition = int(of_country["edition_year"].iloc[0])
    if row.empty:
        every = bool(of_country["all_neighbours"].all())
        return Finding(
            "contradicts" if every else "silent",
            f"{neighbour} is not among the {len(of_country)} neighbours of {country} "
            f"{'in' if every else 'kept here, which are not all, from'} the CIA World Factbook, edition {edition}.",
            {"neighbours": len(of_country)},
        )
    length = int(row.iloc[0]["length_km"])
    rank = int((of_country["length_km"] > length).sum()) + 1
    return Finding(
        "supports",
        f"{country} and {neighbour} share a border of {length:,} km by the CIA World Factbook, edition {edition}: "
        f"number {rank} in length among the {len(of_country)} listed for {country}.",
        {"length_km": length, "rank": rank},
    )


@check("land_borders")
def border_longer_than(borders: pd.DataFrame, country: str, neighbour: str, year: int, km: int) -> Finding:
    """Is the border of two countries longer than the claim's figure?

    Source: CIA World Factbook, Land boundaries.

    What the answer can show: what one reference work gives. Lengths of a border depend on the method, and this figure
    has changed between editions without a change of the border: both are told. It cannot show the one true length.

    Parameters
    ----------
    borders : pandas.DataFrame
        Borders by edition.
    country, neighbour : str
        The two countries.
    year : int
        The year of the claim; the last edition up to it is asked.
    km : int
        The figure claimed, in kilometres.

    Returns
    -------
    Finding
        supports: longer by the edition current then; qualifies: longer only by an earlier edition; contradicts: by
        none.
    """
    edition = _neighbours(borders, country, year)["edition_year"].iloc[0]
    rows = borders[(borders["country"] == country) & (borders["neighbour"] == neighbour)]
    rows = rows[rows["edition_year"] <= edition].sort_values("edition_year")
    if rows.empty or rows["edition_year"].iloc[-1] != edition:
        raise ValueError(f"the record holds no border of {country} and {neighbour} in the edition of {edition}")
    now = rows.iloc[-1]
    others = rows[rows["length_km"] != now["length_km"]]
    stance = "supports" if now["length_km"] > km else "qualifies" if (rows["length_km"] > km).any() else "contradicts"
    before = (
        f"; editions up to {others['edition_year'].iloc[-1]} gave {others['length_km'].iloc[-1]:,} km"
        if len(others)
        else ""
    )
    return Finding(
        stance,
        f"The CIA World Factbook, edition {now['edition_year']}, gives {now['length_km']:,} km for the border of "
        f"{country} and {neighbour}{before}; the claim says more than {km:,} km.",
        {"length_km": int(now["length_km"]), "claimed_km": km},
    )


@check("land_borders", "organisations")
def alliance_at_borders(
    borders: pd.DataFrame, organisations: pd.DataFrame, country: str, organisation: str, year: int
) -> Finding:
    """Does a country share no land border with any member of an organisation?

    Source: CIA World Factbook, Land boundaries and International organization participation.

    What the answer can show: which neighbours are listed as members; of the others the record may know nothing, so that
    finding none is silence. It cannot show that there is no such neighbour.

    Parameters
    ----------
    borders, organisations : pandas.DataFrame
        Borders and memberships by edition.
    country, organisation : str
        The country and the organisation.
    year : int
        The year of the claim.

    Returns
    -------
    Finding
        contradicts: at least one neighbour is a member; supports: none is, and the record keeps every neighbour and
        knows its memberships; silent: otherwise.
    """
    of_country = _neighbours(borders, country, year)
    _check_edition(organisations, year)
    if not (organisations["organisation"] == organisation).any():
        raise ValueError(f"the records hold no state as a member of {organisation}")
    members = of_country[
        [_listed_as(organisations, name, organisation, year) == "member" for name in of_country["neighbour"]]
    ]
    edition = int(of_country["edition_year"].iloc[0])
    if len(members):
        stance = "contradicts"
        text = (
            f"At least {len(members)} neighbours of {country} were members of {organisation} in {year}: "
            f"{', '.join(members['neighbour'])}, with {int(members['length_km'].sum()):,} km of border (CIA World "
            f"Factbook, borders of edition {edition})."
        )
    else:
        unknown = set(of_country["neighbour"]) - set(organisations["country"])
        stance = "supports" if not unknown and of_country["all_neighbours"].all() else "silent"
        text = (
            f"No neighbour of {country} is listed as a member of {organisation} in {year}; of {len(unknown)} "
            f"neighbours the record holds no memberships (CIA World Factbook, borders of edition {edition})."
        )
    return Finding(stance, text, {"members": len(members), "border_km": int(members["length_km"].sum())})


@check("organisations")
def neutral_state(organisations: pd.DataFrame, country: str, year: int) -> Finding:
    """Is a country neutral, that is in no organisation whose members owe each other armed help?

    Source: CIA World Factbook, International organization participation.

    What the answer can show: membership in such an organisation, which neutrality excludes. A country in none may still
    be allied by a treaty of its own; the constitution of a state may name neutrality as an aim. It cannot show that a
    country is neutral.

    Parameters
    ----------
    organisations : pandas.DataFrame
        Memberships by edition.
    country : str
        The country.
    year : int
        The year of the claim.

    Returns
    -------
    Finding
        contradicts: a member; silent: of none in the record.
    """
    _known(organisations, country)
    _check_edition(organisations, year)
    held = [name for name in DEFENCE if _listed_as(organisations, country, name, year) == "member"]
    names = " and ".join(DEFENCE[name] for name in held) or "no organisation of collective defence kept in the record"
    return Finding(
        "contradicts" if held else "silent",
        f"The CIA World Factbook, edition {year}, lists {country} as a member of {names}.",
        {"organisations": ", ".join(held)},
    )


@check("organisations")
def treaty_allies(organisations: pd.DataFrame, a: str, b: str, year: int) -> Finding:
    """Are two countries allied, as members of one organisation of collective defence?

    Source: CIA World Factbook, International organization participation.

    What the answer can show: a common organisation whose members owe each other help. Two countries without one may be
    allied by a treaty of their own or in practice: the record is silent on that. It cannot show that two countries are
    no allies.

    Parameters
    ----------
    organisations : pandas.DataFrame
        Memberships by edition.
    a, b : str
        The two countries.
    year : int
        The year of the claim.

    Returns
    -------
    Finding
        supports: both are members of one; silent: otherwise.
    """
    _known(organisations, a, b)
    _check_edition(organisations, year)
    common = [
        name for name in DEFENCE if all(_listed_as(organisations, state, name, year) == "member" for state in (a, b))
    ]
    return Finding(
        "supports" if common else "silent",
        f"{a} and {b} are both members of {DEFENCE[common[0]]} (CIA World Factbook, edition {year})."
        if common
        else f"The CIA World Factbook, edition {year}, lists {a} and {b} together in no organisation of collective "
        "defence; treaties between two states are not in its list.",
        {"common": ", ".join(common)},
    )


@check("currency_codes")
def currency_in_force(codes: pd.DataFrame, country: str, currency: str, on: str) -> Finding:
    """Was a currency that of a country in a month?

    Source: ISO 4217, lists of current and withdrawn codes, 1 February 2026.

    What the answer can show: for which countries the standard listed a currency, and when it was withdrawn. The lists
    have every code ever assigned since they begin, so that a currency without one was not the country's; they do not
    say when a code began, so that nothing is known of the time before the country's first withdrawal. It cannot show in
    what money people in fact paid.

    Parameters
    ----------
    codes : pandas.DataFrame
        Codes by country.
    country, currency : str
        The country and the currency.
    on : str
        The month of the claim, YYYY-MM.

    Returns
    -------
    Finding
        supports: listed and not withdrawn by then; contradicts: withdrawn or never listed.
    """
    of_country = codes[codes["country"] == country].sort_values("code")
    what = f"currency of {country}"
    covered = covered_days(of_country, "withdrawn", f"withdrawn {what}")
    within(month(on), on, covered, f"the record of the {what}")
    listed = of_country[of_country["currency"] == currency]
    valid = listed[(listed["withdrawn"] == "") | (listed["withdrawn"] > on)]
    if len(valid):
        return Finding(
            "supports",
            f"ISO 4217 lists the {currency} for {country} in {on} ({', '.join(valid['code'])}; list of February 2026).",
            {"code": valid["code"].iloc[0]},
        )
    gone = (
        f"withdrew it for {country} in {listed['withdrawn'].max()}" if len(listed) else f"never listed it for {country}"
    )
    # A code without a date of withdrawal may be younger than `on`: only withdrawn ones tell what was used meanwhile.
    after = of_country[of_country["withdrawn"] > on].sort_values("withdrawn")
    then = (
        f"; the {after['currency'].iloc[0]} ({after['code'].iloc[0]}) was in force until {after['withdrawn'].iloc[0]}"
        if len(after)
        else ""
    )
    return Finding(
        "contradicts",
        f"The {currency} was not a currency of {country} in {on}: ISO 4217 {gone}{then} (list of February 2026).",
        {"withdrawn": listed["withdrawn"].max() if len(listed) else "never listed"},
    )


@check("factbook_facts")
def official_language(facts: pd.DataFrame, country: str, language: str, year: int) -> Finding:
    """Is a language official in a country?

    Source: CIA World Factbook, Languages.

    What the answer can show: what a reference work states of the law. The record keeps one official language, so that
    another one may be official beside it. It cannot show what is spoken.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, language : str
        The country and the language.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports: stated; silent: not stated.
    """
    row = _fact(facts, country, "official_language", year)
    same = row["value"] == language
    return Finding(
        "supports" if same else "silent",
        f"The CIA World Factbook, edition {row['edition_year']}, "
        f"{'has' if same else 'is kept here for another language than'} {language} as an official language of "
        f"{country}.",
        {"edition": int(row["edition_year"])},
    )


@check("factbook_facts")
def widely_spoken(facts: pd.DataFrame, country: str, language: str, year: int) -> Finding:
    """Is a language widely spoken in a country?

    Source: CIA World Factbook, Languages, after the census.

    What the answer can show: the share that speaks it by the last census used. It cannot show how well or at what
    occasion.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, language : str
        The country and the language.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports: by more than half of the people; qualifies: by a fifth or more; contradicts: by fewer.
    """
    row = _fact(facts, country, "official_language", year)
    if row["value"] != language or pd.isna(row["share_percent"]):
        raise ValueError(f"the records hold no share of {language} in {country}")
    share = float(row["share_percent"])
    return Finding(
        "supports" if exceeds(share, WIDELY) else "qualifies" if at_least(share, SPOKEN) else "contradicts",
        f"{share:.1f} per cent of the people of {country} speak {language} by the CIA World Factbook, edition "
        f"{row['edition_year']}, after an earlier census.",
        {"share_percent": share},
    )


@check("factbook_facts")
def government_described_as(facts: pd.DataFrame, country: str, word: str, year: int) -> Finding:
    """Does a reference work describe a country's government by a word?

    Source: CIA World Factbook, Government type.

    What the answer can show: the class into which the United States Government's reference work puts a government,
    which is a judgement. It uses 'communist state' for some, so that its absence means something. It cannot show that
    the class is the right one.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, word : str
        The country and the word, in lower case.
    year : int
        The year of the claim; the edition of that year or the last before it is asked.

    Returns
    -------
    Finding
        supports: the word stands in the description; contradicts: another description.
    """
    row = _fact(facts, country, "government_type", year)
    return Finding(
        "supports" if word in row["value"] else "contradicts",
        f"The CIA World Factbook, edition {row['edition_year']}, enters the government of {country} as: "
        f"{row['value']}.",
        {"government_type": row["value"]},
    )


@check("factbook_facts")
def formerly_part_of(facts: pd.DataFrame, country: str, former: str, year: int) -> Finding:
    """Was a country formerly part of another state?

    Source: CIA World Factbook, Independence.

    What the answer can show: from which state the country became independent, and when. It cannot show how or why.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, former : str
        The country and the state it is said to have belonged to.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports or contradicts.
    """
    row = _fact(facts, country, "independent_from", year)
    return Finding(
        "supports" if row["value"] == former else "contradicts",
        f"{country} has been independent from the {row['value']} since {row['since']} (CIA World Factbook, edition "
        f"{row['edition_year']}).",
        {"independent_from": row["value"], "since": row["since"]},
    )


@check("factbook_facts")
def lies_in_region(facts: pd.DataFrame, country: str, region: str, year: int) -> Finding:
    """Does a country lie in a region of Europe?

    Source: CIA World Factbook, Location.

    What the answer can show: into which region one reference work puts it. Regions are conventions, and there is more
    than one, so that another region qualifies and does not contradict. It cannot show which convention is right.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, region : str
        The country and the region.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports: the same region; qualifies: another.
    """
    row = _fact(facts, country, "region", year)
    return Finding(
        "supports" if row["value"] == region else "qualifies",
        f"The CIA World Factbook, edition {row['edition_year']}, places {country} in {row['value']}; the claim says "
        f"{region}. Regions are conventions.",
        {"region": row["value"]},
    )


@check("factbook_facts")
def union_parties(facts: pd.DataFrame, country: str, partner: str, year: int) -> Finding:
    """Is the treaty on a union of two states one between the two countries named?

    Source: CIA World Factbook, Background, as entered in factbook_facts.

    What the answer can show: who signed and when. It cannot show what the union does.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, partner : str
        The two countries.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports or contradicts.
    """
    treaty = _fact(facts, country, "union_treaty", year)
    return Finding(
        "supports" if treaty["value"] == partner else "contradicts",
        f"The treaty on a union of two states was signed by {country} and {treaty['value']} on {treaty['since']} (CIA "
        f"World Factbook, edition {treaty['edition_year']}).",
        {"party": treaty["value"], "signed": treaty["since"]},
    )


@check("factbook_facts")
def union_of_two(facts: pd.DataFrame, country: str, partner: str, year: int) -> Finding:
    """Do two countries form a union with each other?

    Source: CIA World Factbook, Background, as entered in factbook_facts.

    What the answer can show: that a treaty on a union was signed and what the edition says of its being put into
    practice, which is a judgement. It cannot show how much of the union exists in fact.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, partner : str
        The two countries.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports: a treaty, put into practice; qualifies: a treaty, not or not seriously put into practice; contradicts:
        a treaty with another country.
    """
    treaty = _fact(facts, country, "union_treaty", year)
    practice = _fact(facts, country, "union_put_into_practice", year)
    if treaty["value"] != partner:
        stance = "contradicts"
    else:
        stance = "qualifies" if practice["value"].startswith("not") else "supports"
    return Finding(
        stance,
        f"{country} and {treaty['value']} signed a treaty on a union of two states on {treaty['since']}; put into "
        f"practice: {practice['value']} (CIA World Factbook, edition {practice['edition_year']}).",
        {"signed": treaty["since"], "practice": practice["value"]},
    )


@check("factbook_facts")
def closest_partner(facts: pd.DataFrame, country: str, partner: str, field: str, year: int) -> Finding:
    """Is a country the close partner of another that the claim says?

    Source: CIA World Factbook, Background or Military - note, as entered in factbook_facts.

    What the answer can show: the judgement of one reference work. It measures nothing. It cannot show how close.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, partner : str
        The two countries.
    field : str
        closest_ties (politics and economy) or security_partner (military).
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports or contradicts.
    """
    if field not in ("closest_ties", "security_partner"):
        raise ValueError(f"the records hold no partner called {field!r}")
    row = _fact(facts, country, field, year)
    what = "close political and economic ties" if field == "closest_ties" else "close security ties"
    return Finding(
        "supports" if row["value"] == partner else "contradicts",
        f"The CIA World Factbook, edition {row['edition_year']}, names {row['value']} as the country with which "
        f"{country} has {what}.",
        {"partner": row["value"], "edition": int(row["edition_year"])},
    )


@check("factbook_facts")
def let_territory_be_used(facts: pd.DataFrame, country: str, by: str, year: int) -> Finding:
    """Did a country let another's forces use its territory for an attack?

    Source: CIA World Factbook, Military - note, as entered in factbook_facts.

    What the answer can show: what a reference work of the United States Government states; a party to the dispute over
    the war may say otherwise. It cannot show what the country itself decided.

    Parameters
    ----------
    facts : pandas.DataFrame
        Facts by edition.
    country, by : str
        The country and the one whose forces used its territory.
    year : int
        The year of the claim; the last edition up to it is asked.

    Returns
    -------
    Finding
        supports or contradicts.
    """
    row = _fact(facts, country, "let_territory_be_used_by", year)
    return Finding(
        "supports" if row["value"] == by else "contradicts",
        f"The CIA World Factbook, edition {row['edition_year']}, states that {country} let forces of {row['value']} "
        "use its territory for an invasion.",
        {"used_by": row["value"]},
    )


def _reactors(reactors: pd.DataFrame, country: str, on: str) -> pd.DataFrame:
    """Return a country's reactors by name; a country or a day that the record does not cover is refused."""
    of_country = reactors[reactors["country"] == country].sort_values("reactor")
    if of_country.empty:
        raise ValueError(f"the record holds no reactor in {country}, and keeps a few countries only")
    within(day(on), on, covered_days(reactors, "construction_start", "reactor"), "the record of reactors")
    return of_country


def _begun(of_country: pd.DataFrame, on: str) -> pd.DataFrame:
    """Return those of the reactors that are of Russian design and were built or being built on a day."""
    return of_country[
        (of_country["design"] == RUSSIAN_DESIGN)
        & (of_country["construction_start"] != "")
        & (of_country["construction_start"] <= on)
    ]


def _running(units: pd.DataFrame, on: str) -> pd.DataFrame:
    """Return those of the reactors that operated on a day."""
    return units[(units["operational_from"] != "") & (units["operational_from"] <= on)]


@check("nuclear_reactors")
def power_reactors_run(reactors: pd.DataFrame, country: str, on: str) -> Finding:
    """Does a country run power reactors, of whatever design?

    Source: GeoNuclearData v0.17.17 (March 2024), after IAEA PRIS and the World Nuclear Association.

    What the answer can show: that there is a nuclear programme with reactors that make electricity. It cannot show
    anything of enrichment, of research or of any military use.

    Parameters
    ----------
    reactors : pandas.DataFrame
        Power reactors.
    country : str
        The country.
    on : str
        The day for which the claim is made, ISO 8601.

    Returns
    -------
    Finding
        supports: at least one operates; qualifies: units are registered, none operates.
    """
    of_country = _reactors(reactors, country, on)
    running = _running(of_country, on)
    return Finding(
        "supports" if len(running) else "qualifies",
        f"Of {len(of_country)} power reactors registered for {country}, {len(running)} operated on {on}; the others "
        "were being built, planned or of unknown state (GeoNuclearData, 2024).",
        {"registered": len(of_country), "operating": len(running)},
    )


@check("nuclear_reactors")
def russian_reactors(reactors: pd.DataFrame, country: str, on: str) -> Finding:
    """Have Russia and a country built a power reactor of Russian design there?

    Source: GeoNuclearData v0.17.17 (March 2024), after IAEA PRIS and the World Nuclear Association.

    What the answer can show: reactors of the Russian type built or being built by a day. It cannot show who built a
    reactor; research reactors are not in the register.

    Parameters
    ----------
    reactors : pandas.DataFrame
        Power reactors.
    country : str
        The country.
    on : str
        The day for which the claim is made, ISO 8601.

    Returns
    -------
    Finding
        supports: at least one operates; qualifies: one is being built; contradicts: none.
    """
    begun = _begun(_reactors(reactors, country, on), on)
    running = _running(begun, on)
    return Finding(
        "supports" if len(running) else "qualifies" if len(begun) else "contradicts",
        f"Power reactors of Russian design in {country} on {on}: {len(running)} "
        f"operating{' (' + ', '.join(running['reactor']) + ')' if len(running) else ''}, {len(begun) - len(running)} "
        "being built (GeoNuclearData, 2024).",
        {"operating": len(running), "being_built": len(begun) - len(running)},
    )


@check("nuclear_reactors")
def more_reactors_than(reactors: pd.DataFrame, country: str, on: str, count: int) -> Finding:
    """Were more power reactors of Russian design built or begun in a country than the claim's number?

    Source: GeoNuclearData v0.17.17 (March 2024), after IAEA PRIS and the World Nuclear Association.

    What the answer can show: the count of power reactors, which the register lists completely, planned ones included.
    Units that are only planned are told but not counted as built. It cannot show what was agreed but not registered.

    Parameters
    ----------
    reactors : pandas.DataFrame
        Power reactors.
    country : str
        The country.
    on : str
        The day for which the claim is made, ISO 8601.
    count : int
        The number that the claim says is exceeded.

    Returns
    -------
    Finding
        supports: more operate; qualifies: more with those being built; contradicts: not even so.
    """
    of_country = _reactors(reactors, country, on)
    begun = _begun(of_country, on)
    running = _running(begun, on)
    planned = len(of_country) - len(begun)
    stance = "supports" if len(running) > count else "qualifies" if len(begun) > count else "contradicts"
    return Finding(
        stance,
        f"Power reactors of Russian design in {country} on {on}: {len(running)} operating, "
        f"{len(begun) - len(running)} being built; {planned} further units are registered with no building begun or "
        "of no stated design (GeoNuclearData, 2024).",
        {
            "operating": len(running),
            "being_built": len(begun) - len(running),
            "claimed_more_than": count,
            "planned": planned,
        },
    )

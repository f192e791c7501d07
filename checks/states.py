"""Checks on states: borders, organisations, currencies, languages, reactors, trade.

The records are a reference work's editions and registers of codes and of power reactors. An edition is asked that was
current when a text was written, or the last before it; what a register does not list is a contradiction only where it
lists all there is.
"""

import operator

import pandas as pd

from claimbook.analysis.limits import covered_days, covered_years, day, exceeds, month, settled, within
from claimbook.model.checks import Finding, check

WIDELY = 50.0
"""Per cent of the population above which a language counts as widely spoken."""

SPOKEN = 20.0
"""Per cent of the population from which on a language is spoken by more than a minority among many."""

RUSSIAN_DESIGN = "VVER"
"""Name of the Russian type of pressurised water reactor."""

DEFENCE = {"CSTO": "the Collective Security Treaty Organization", "NATO": "NATO"}
"""Organisations in the record whose members owe each other help against an armed attack."""

PARTNERS = {"closest_ties": "close political and economic ties", "security_partner": "close security ties"}
"""Facts on the partner of a country, and what sentences call them."""


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


def _fact_is(
    facts: pd.DataFrame,
    country: str,
    item: str,
    year: int,
    claimed: str,
    told: str,
    numbers: dict[str, str],
    otherwise: str = "contradicts",
    same=operator.eq,
) -> Finding:
    """Say whether a fact is what is claimed of it, or stands to it as `same` tells; if not, with another stance.

    The sentence `told` has places for ``country``, ``claimed``, ``value``, ``since`` and ``edition``; `numbers` has
    those of them that are told as numbers, by their name there.
    """
    row = _fact(facts, country, item, year)
    words = {"country": country, "claimed": claimed, "value": row["value"], "since": row["since"]}
    words["edition"] = int(row["edition_year"])
    return Finding(
        "supports" if same(row["value"], claimed) else otherwise,
        told.format(**words),
        {name: words[of] for name, of in numbers.items()},
    )


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


def _common_defence(organisations: pd.DataFrame, year: int, *countries: str) -> list[str]:
    """Return the organisations of :data:`DEFENCE` in which all the countries were members in a year."""
    for country in countries:
        if not (organisations["country"] == country).any():
            raise ValueError(f"the records hold no organisation of {country}")
    _check_edition(organisations, year)
    return [
        name
        for name in DEFENCE
        if all(_listed_as(organisations, country, name, year) == "member" for country in countries)
    ]


@check(
    "land_borders",
    asks="Do two countries share a land border?",
    shows="Whether they are neighbours, and how long the border is by that edition.",
    cannot_show="Where a border is disputed.",
    stances={
        "supports": "the border is listed",
        "contradicts": "it is not, and the record keeps every neighbour",
        "silent": "it is not, and the record keeps some neighbours",
    },
)
def share_a_border(borders: pd.DataFrame, country: str, neighbour: str, year: int) -> Finding:
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


@check(
    "land_borders",
    asks="Is the border of two countries longer than the claim's figure?",
    shows=(
        "What one reference work gives. Lengths of a border depend on the method, and this figure has changed between "
        "editions without a change of the border: both are told."
    ),
    cannot_show="The one true length.",
    stances={
        "supports": "longer by the edition current then",
        "qualifies": "longer only by an earlier edition",
        "contradicts": "longer by none",
    },
)
def border_longer_than(borders: pd.DataFrame, country: str, neighbour: str, year: int, km: int) -> Finding:
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


@check(
    ("land_borders", "organisations"),
    asks="Does a country share no land border with any member of an organisation?",
    shows=(
        "Which neighbours are listed as members; of the others the record may know nothing, so that finding none is "
        "silence."
    ),
    cannot_show="That there is no such neighbour.",
    stances={
        "supports": "no neighbour is a member, and the record keeps every neighbour and knows its memberships",
        "contradicts": "at least one is",
        "silent": "otherwise",
    },
)
def alliance_at_borders(
    borders: pd.DataFrame, organisations: pd.DataFrame, country: str, organisation: str, year: int
) -> Finding:
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


@check(
    "organisations",
    asks="Is a country neutral, that is in no organisation whose members owe each other armed help?",
    shows=(
        "Membership in such an organisation, which neutrality excludes. A country in none may still be allied by a "
        "treaty of its own; the constitution of a state may name neutrality as an aim."
    ),
    cannot_show="That a country is neutral.",
    stances={"contradicts": "it is a member of one", "silent": "of none in the record"},
)
def neutral_state(organisations: pd.DataFrame, country: str, year: int) -> Finding:
    held = _common_defence(organisations, year, country)
    names = " and ".join(DEFENCE[name] for name in held) or "no organisation of collective defence kept in the record"
    return Finding(
        "contradicts" if held else "silent",
        f"The CIA World Factbook, edition {year}, lists {country} as a member of {names}.",
        {"organisations": ", ".join(held)},
    )


@check(
    "organisations",
    asks="Are two countries allied, as members of one organisation of collective defence?",
    shows=(
        "A common organisation whose members owe each other help. Two countries without one may be allied by a treaty "
        "of their own or in practice: the record is silent on that."
    ),
    cannot_show="That two countries are no allies.",
    stances={"supports": "both are members of one", "silent": "otherwise"},
)
def treaty_allies(organisations: pd.DataFrame, a: str, b: str, year: int) -> Finding:
    common = _common_defence(organisations, year, a, b)
    return Finding(
        "supports" if common else "silent",
        f"{a} and {b} are both members of {DEFENCE[common[0]]} (CIA World Factbook, edition {year})."
        if common
        else f"The CIA World Factbook, edition {year}, lists {a} and {b} together in no organisation of collective "
        "defence; treaties between two states are not in its list.",
        {"common": ", ".join(common)},
    )


@check(
    "currency_codes",
    asks="Was a currency that of a country in a month?",
    shows=(
        "For which countries the standard listed a currency, and when it was withdrawn. The lists have every code ever"
        " assigned since they begin, but do not say when a code began, so that nothing is known of the time before the"
        " country's first withdrawal."
    ),
    cannot_show="In what money people in fact paid.",
    stances={"supports": "listed and not withdrawn by then", "contradicts": "withdrawn or never listed"},
    parameters={"on": "The month of the claim, such as 2001-11."},
)
def currency_in_force(codes: pd.DataFrame, country: str, currency: str, on: str) -> Finding:
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


@check(
    "factbook_facts",
    asks="Is a language official in a country?",
    shows=(
        "What a reference work states of the law. The record keeps one official language, so that another one may be "
        "official beside it."
    ),
    cannot_show="What is spoken.",
    stances={"supports": "stated", "silent": "not stated"},
)
def official_language(facts: pd.DataFrame, country: str, language: str, year: int) -> Finding:
    same = _fact(facts, country, "official_language", year)["value"] == language
    has = "has" if same else "is kept here for another language than"
    told = "The CIA World Factbook, edition {edition}, " + has + " {claimed} as an official language of {country}."
    return _fact_is(facts, country, "official_language", year, language, told, {"edition": "edition"}, "silent")


@check(
    "factbook_facts",
    asks="Is a language widely spoken in a country?",
    shows="The share that speaks it by the last census used.",
    cannot_show="How well or at what occasion.",
    stances={
        "supports": "by more than half of the people",
        "qualifies": "by a fifth or more",
        "contradicts": "by fewer",
    },
)
def widely_spoken(facts: pd.DataFrame, country: str, language: str, year: int) -> Finding:
    row = _fact(facts, country, "official_language", year)
    if row["value"] != language or pd.isna(row["share_percent"]):
        raise ValueError(f"the records hold no share of {language} in {country}")
    share = float(row["share_percent"])
    return Finding(
        settled(exceeds(share, WIDELY), exceeds(SPOKEN, share)),
        f"{share:.1f} per cent of the people of {country} speak {language} by the CIA World Factbook, edition "
        f"{row['edition_year']}, after an earlier census.",
        {"share_percent": share},
    )


@check(
    "factbook_facts",
    asks="Does a reference work describe a country's government by a word?",
    shows=(
        "The class into which the United States Government's reference work puts a government, which is a judgement. "
        "It uses “communist state” for some, so that its absence means something."
    ),
    cannot_show="That the class is the right one.",
    stances={"supports": "the word stands in the description", "contradicts": "another description"},
)
def government_described_as(facts: pd.DataFrame, country: str, word: str, year: int) -> Finding:
    told = "The CIA World Factbook, edition {edition}, enters the government of {country} as: {value}."
    numbers = {"government_type": "value"}
    return _fact_is(facts, country, "government_type", year, word, told, numbers, same=operator.contains)


@check(
    "factbook_facts",
    asks="Was a country formerly part of another state?",
    shows="From which state the country became independent, and when.",
    cannot_show="How or why.",
    stances={"supports": "from the state named", "contradicts": "from another"},
)
def formerly_part_of(facts: pd.DataFrame, country: str, former: str, year: int) -> Finding:
    told = "{country} has been independent from the {value} since {since} (CIA World Factbook, edition {edition})."
    numbers = {"independent_from": "value", "since": "since"}
    return _fact_is(facts, country, "independent_from", year, former, told, numbers)


@check(
    "factbook_facts",
    asks="Does a country lie in a region of Europe?",
    shows=(
        "Into which region one reference work puts it. Regions are conventions, and there is more than one: by this "
        "one, what lies in another region does not lie in the region named."
    ),
    cannot_show="Which convention is right.",
    stances={"supports": "the same region", "contradicts": "another"},
)
def lies_in_region(facts: pd.DataFrame, country: str, region: str, year: int) -> Finding:
    told = (
        "The CIA World Factbook, edition {edition}, places {country} in {value}; the claim says {claimed}. Regions are "
        "conventions."
    )
    return _fact_is(facts, country, "region", year, region, told, {"region": "value"})


@check(
    "factbook_facts",
    asks="Is the treaty on a union of two states one between the two countries named?",
    shows="Who signed and when.",
    cannot_show="What the union does.",
    stances={"supports": "the treaty is between these two", "contradicts": "it is with another country"},
)
def union_parties(facts: pd.DataFrame, country: str, partner: str, year: int) -> Finding:
    told = (
        "The treaty on a union of two states was signed by {country} and {value} on {since} (CIA World Factbook, "
        "edition {edition})."
    )
    return _fact_is(facts, country, "union_treaty", year, partner, told, {"party": "value", "signed": "since"})


@check(
    "factbook_facts",
    asks="Do two countries form a union with each other?",
    shows=(
        "That a treaty on a union was signed and what the edition says of its being put into practice, which is a "
        "judgement."
    ),
    cannot_show="How much of the union exists in fact.",
    stances={
        "supports": "a treaty, put into practice",
        "qualifies": "a treaty, not or not seriously put into practice",
        "contradicts": "a treaty with another country",
    },
)
def union_of_two(facts: pd.DataFrame, country: str, partner: str, year: int) -> Finding:
    treaty = _fact(facts, country, "union_treaty", year)
    practice = _fact(facts, country, "union_put_into_practice", year)
    practised = not practice["value"].startswith("not")
    return Finding(
        settled(treaty["value"] == partner and practised, treaty["value"] != partner),
        f"{country} and {treaty['value']} signed a treaty on a union of two states on {treaty['since']}; put into "
        f"practice: {practice['value']} (CIA World Factbook, edition {practice['edition_year']}).",
        {"signed": treaty["since"], "practice": practice["value"]},
    )


@check(
    "factbook_facts",
    asks="Is a country the close partner of another that the claim says?",
    shows="The judgement of one reference work. It measures nothing.",
    cannot_show="How close.",
    stances={"supports": "the country named", "contradicts": "another"},
)
def closest_partner(facts: pd.DataFrame, country: str, partner: str, field: str, year: int) -> Finding:
    if field not in PARTNERS:
        raise ValueError(f"the records hold no partner called {field!r}")
    told = "The CIA World Factbook, edition {edition}, names {value} as the country with which {country} has "
    numbers = {"partner": "value", "edition": "edition"}
    return _fact_is(facts, country, field, year, partner, f"{told}{PARTNERS[field]}.", numbers)


@check(
    "factbook_facts",
    asks="Did a country let another's forces use its territory for an attack?",
    shows=(
        "What a reference work of the United States Government states; a party to the dispute over the war may say "
        "otherwise."
    ),
    cannot_show="What the country itself decided.",
    stances={"supports": "the forces of the country named used it", "contradicts": "those of another did"},
)
def let_territory_be_used(facts: pd.DataFrame, country: str, by: str, year: int) -> Finding:
    told = (
        "The CIA World Factbook, edition {edition}, states that {country} let forces of {value} use its territory for "
        "an invasion."
    )
    return _fact_is(facts, country, "let_territory_be_used_by", year, by, told, {"used_by": "value"})


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


@check(
    "nuclear_reactors",
    asks="Does a country run power reactors, of whatever design?",
    shows="That there is a nuclear programme with reactors that make electricity.",
    cannot_show="Anything of enrichment, of research or of any military use.",
    stances={"supports": "at least one operates", "qualifies": "units are registered, none operates"},
)
def power_reactors_run(reactors: pd.DataFrame, country: str, on: str) -> Finding:
    of_country = _reactors(reactors, country, on)
    running = _running(of_country, on)
    return Finding(
        "supports" if len(running) else "qualifies",
        f"Of {len(of_country)} power reactors registered for {country}, {len(running)} operated on {on}; the others "
        "were being built, planned or of unknown state (GeoNuclearData, 2024).",
        {"registered": len(of_country), "operating": len(running)},
    )


@check(
    "nuclear_reactors",
    asks="Have Russia and a country built a power reactor of Russian design there?",
    shows="Reactors of the Russian type built or being built by a day.",
    cannot_show="Who built a reactor; research reactors are not in the register.",
    stances={"supports": "at least one operates", "qualifies": "one is being built", "contradicts": "there is none"},
)
def russian_reactors(reactors: pd.DataFrame, country: str, on: str) -> Finding:
    begun = _begun(_reactors(reactors, country, on), on)
    running = _running(begun, on)
    return Finding(
        settled(len(running) > 0, len(begun) == 0),
        f"Power reactors of Russian design in {country} on {on}: {len(running)} "
        f"operating{' (' + ', '.join(running['reactor']) + ')' if len(running) else ''}, {len(begun) - len(running)} "
        "being built (GeoNuclearData, 2024).",
        {"operating": len(running), "being_built": len(begun) - len(running)},
    )


@check(
    "nuclear_reactors",
    asks="Were more power reactors of Russian design built or begun in a country than the claim's number?",
    shows=(
        "The count of power reactors, which the register lists completely. Units that are only planned are told but "
        "not counted as built."
    ),
    cannot_show="What was agreed but not registered.",
    stances={"supports": "more operate", "qualifies": "more with those being built", "contradicts": "not even so"},
)
def more_reactors_than(reactors: pd.DataFrame, country: str, on: str, count: int) -> Finding:
    of_country = _reactors(reactors, country, on)
    begun = _begun(of_country, on)
    running = _running(begun, on)
    planned = len(of_country) - len(begun)
    return Finding(
        settled(len(running) > count, len(begun) <= count),
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

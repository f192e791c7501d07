"""Checks on votes, elections and forms of government.

Votes in the UN General Assembly are acts, but what a claim makes of them (loyalty, isolation, hostility, friendship)
is more than a vote: such checks say what the votes show and no more. Ratings of democracy, elections and media are
codings by experts, made after the years that they describe.
"""

import pandas as pd

from claimbook.analysis import aggregates
from claimbook.analysis.limits import at_least, covered_days, covered_years, day, exceeds, only, settled, within
from claimbook.model.checks import Finding, check
from claimbook.model.decimals import count

MEMBERS = 193
"""Member states of the United Nations from 2011 on."""

SMALL_SHIFT = 0.05
"""Smaller shifts of voting agreement are taken for none: it is what one vote in twenty makes."""

MORE_CONDEMNED = 10.0
"""Percentage points by which a share of states must grow to count as another situation."""

DEMOCRATIC = 0.5
"""Electoral democracy index from which on V-Dem's own classification of regimes speaks of an electoral democracy."""

MEAN_RATING = 0.0
"""On V-Dem's model scale 0 lies near the mean of all countries and years."""

CLEARLY = 0.5
"""Nearer to the mean than this a rating is taken for middling: the copies of V-Dem in use hold no bands for it."""

FALL = 0.1
"""Fall of an index from 0 to 1 that counts as a restriction; V-Dem's bands are commonly half as wide."""

MAJORITY = 50.0
"""Per cent of seats, or of states, above which one side decides alone."""

BOTH = ("contradicts", "qualifies", "supports")
"""Stance where neither, one or both of two signs are there."""

BELOW = {
    "supports": "below the mean, and below the earlier election",
    "qualifies": "one of the two",
    "contradicts": "neither",
}
"""When a check of :func:`_rated_below` takes which stance."""

YEAR_OF_VOTE = {"year": "Year of the election."}
DAY_OF_VOTE = {"on": "Day of the vote, ISO 8601."}


def _listed(names) -> str:
    """Join `names` in alphabetical order: ``A, B and C``."""
    names = sorted(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _the(state: str) -> str:
    """Put the article where the name of a state takes one."""
    return f"the {state}" if state == "United States" else state


def _of_year(rows: pd.DataFrame, country: str, year: int, what: str = "") -> pd.Series:
    """Return the one row on a country in a year."""
    return only(rows[(rows["country"] == country) & (rows["year"] == year)], f"{what}{country} in {year}")


def _calls(roll_calls: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return the roll calls from `start` to `end`, both included, by date."""
    within(day(start), day(end), covered_days(roll_calls, "date", "roll call"), "the record of roll calls")
    chosen = roll_calls[roll_calls["date"].between(start, end)].sort_values(["date", "resolution"])
    if chosen.empty:
        raise ValueError(f"the records hold no roll call from {start} to {end}")
    return chosen


def _calls_with_votes(roll_calls: pd.DataFrame, votes: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return the roll calls of a period, which must all have their votes by state."""
    calls = _calls(roll_calls, start, end)
    bare = sorted(set(calls["resolution"]) - set(votes["resolution"]))
    if bare:
        raise ValueError(f"the records hold no vote by state of {_listed(bare)}")
    return calls


def _days_of(calls: pd.DataFrame) -> list[str]:
    """Name roll calls by their day, and by their resolution as well where a day has several."""
    shared = calls["date"].duplicated(keep=False)
    return [
        f"{date} ({resolution})" if several else date
        for date, resolution, several in zip(calls["date"], calls["resolution"], shared, strict=True)
    ]


def _against(votes: pd.DataFrame, resolution: str) -> set[str]:
    """Return the states that voted against `resolution`."""
    return set(votes[(votes["resolution"] == resolution) & (votes["vote"] == "against")]["state"])


@check(
    ("un_ukraine_roll_calls", "un_ukraine_votes"),
    asks="How often did a state vote as Russia did, against resolutions of the UN General Assembly on Ukraine?",
    shows=(
        "Whether the state stood with Russia where every state had to show its hand. All roll calls of the period "
        "count, never one alone. Who abstained has not voted for Russia; who has no row is known only not to have "
        "voted against."
    ),
    cannot_show="What the state did otherwise; and the selection of roll calls is a choice.",
    stances={
        "supports": "against in every roll call",
        "qualifies": "against in some",
        "contradicts": "against in none, and in favour in all that are listed in full",
        "silent": "against in none, otherwise",
    },
)
def un_votes_with_russia(roll_calls: pd.DataFrame, votes: pd.DataFrame, state: str, start: str, end: str) -> Finding:
    calls = _calls_with_votes(roll_calls, votes, start, end)
    if not (votes["state"] == state).any():
        raise ValueError(f"the records hold no vote of {state}")
    mine = votes[(votes["state"] == state) & votes["resolution"].isin(calls["resolution"])]
    against = int((mine["vote"] == "against").sum())
    abstained = int((mine["vote"] == "abstained").sum())
    if against == len(calls):
        stance = "supports"
    elif against:
        stance = "qualifies"
    else:
        stance = "contradicts" if mine.empty and (calls["states_listed"] == "full").any() else "silent"
    with_russia = calls["resolution"].isin(mine[mine["vote"] == "against"]["resolution"])
    others = [name for name, same in zip(_days_of(calls), with_russia, strict=True) if not same]
    elsewhere = f", not on {_listed(others)}" if against and others else ""
    aside = f"; it is on record as abstaining in {abstained}" if abstained else ""
    return Finding(
        stance,
        f"{state} voted with Russia in {against} of {count(len(calls), 'roll call')} of the UN General Assembly on "
        f"Ukraine from {calls['date'].iloc[0]} to {calls['date'].iloc[-1]}{elsewhere}{aside}.",
        {"against_roll_calls": against, "abstained_roll_calls": abstained, "roll_calls": len(calls)},
    )


@check(
    ("un_ukraine_roll_calls", "un_ukraine_votes"),
    asks="Were the states named the only ones to vote with Russia on Ukraine in the UN General Assembly?",
    shows=(
        "Whether a list of Russia's supporters fits each roll call, or only one that was chosen. The lists of votes "
        "against are complete."
    ),
    cannot_show="Support outside the Assembly.",
    stances={
        "supports": "the list fits every roll call",
        "qualifies": "it fits some of them",
        "contradicts": "it fits none",
    },
)
def un_only_backers(roll_calls: pd.DataFrame, votes: pd.DataFrame, states: str, start: str, end: str) -> Finding:
    calls = _calls_with_votes(roll_calls, votes, start, end)
    named = {name.strip() for name in states.split(",")}
    backers = {resolution: _against(votes, resolution) - {"Russia"} for resolution in calls["resolution"]}
    fits = calls["resolution"].map(lambda resolution: backers[resolution] == named)
    others = set.union(*backers.values()) - named
    first, last = calls["date"].iloc[0], calls["date"].iloc[-1]
    of_last_day = calls["date"] == last
    more = set.union(*(backers[resolution] for resolution in calls["resolution"][of_last_day])) - named
    added = f"; on {last} also {_listed(more)}" if more else ""
    fitting = int(fits.sum())
    return Finding(
        settled(fits.all(), not fits.any()),
        f"Exactly {_listed(named)} voted with Russia in {fitting} of {len(calls)} UN roll calls on Ukraine from "
        f"{first} to {last}{added}. {len(others)} further states did so at least once.",
        {"fitting_roll_calls": fitting, "roll_calls": len(calls), "further_states": len(others)},
    )


@check(
    "un_ukraine_roll_calls",
    asks="Did Russia stand alone in the roll calls of the UN General Assembly on Ukraine?",
    shows=(
        "How many states voted with Russia, against it, or kept out of it: complete isolation falls with company in "
        "every vote."
    ),
    cannot_show="Relations outside the Assembly, nor isolation as such.",
    stances={
        "supports": "no other state ever voted with Russia",
        "qualifies": "none did in some of them",
        "contradicts": "others did in every one",
    },
)
def un_isolation(roll_calls: pd.DataFrame, start: str, end: str) -> Finding:
    calls = _calls(roll_calls, start, end)
    others = calls["no_count"] - 1
    aside = MEMBERS - calls["yes_count"] - calls["no_count"]
    majorities = int((calls["yes_count"] * 2 > MEMBERS).sum())
    return Finding(
        settled(others.max() == 0, others.min() > 0),
        f"In {len(calls)} UN roll calls on Ukraine from {calls['date'].iloc[0]} to {calls['date'].iloc[-1]}, "
        f"{calls['yes_count'].min()} to {calls['yes_count'].max()} of {MEMBERS} members voted against Russia's "
        f"position, {others.min()} to {others.max()} voted with Russia, and {aside.min()} to {aside.max()} abstained "
        "or did not vote.",
        {
            "yes_min": int(calls["yes_count"].min()),
            "yes_max": int(calls["yes_count"].max()),
            "with_russia_min": int(others.min()),
            "with_russia_max": int(others.max()),
            "aside_max": int(aside.max()),
            "majorities": majorities,
        },
    )


@check(
    "un_ukraine_roll_calls",
    asks="Did more states vote against Russia's position on Ukraine after the invasion than before?",
    shows="Whether the invasion of 2022 made a difference in the Assembly, as against the vote on Crimea in 2014.",
    cannot_show="When isolation began elsewhere.",
    stances={
        "supports": "no majority of the members before, and many more after",
        "qualifies": "many more, but a majority before as well",
        "contradicts": "not many more",
    },
)
def un_isolation_since(roll_calls: pd.DataFrame, before: str, after: str) -> Finding:
    first, second = (only(roll_calls[roll_calls["resolution"] == symbol], symbol) for symbol in (before, after))
    old, new = (100 * row["yes_count"] / MEMBERS for row in (first, second))
    more = at_least(new - old, MORE_CONDEMNED)
    stance = "contradicts" if not more else "qualifies" if exceeds(old, MAJORITY) else "supports"
    return Finding(
        stance,
        f"{first['yes_count']} of {MEMBERS} UN members ({old:.0f} per cent) voted for the resolution on Ukraine of "
        f"{first['date']}, {second['yes_count']} ({new:.0f} per cent) for that of {second['date']}; "
        f"{first['no_count']} and {second['no_count']} voted against.",
        {"yes_before_percent": round(old, 1), "yes_after_percent": round(new, 1)},
    )


def _pair(agreement, a: str, b: str, start: int, end: int) -> pd.DataFrame:
    """Return the agreement of two states from `start` to `end`, by year, every year of it."""
    if start > end:
        raise ValueError(f"{start} is after {end}; name the earlier one first")
    chosen = aggregates.years_of_pair(agreement, a, b, start, end)
    if set(chosen["year"]) != set(range(start, end + 1)):
        raise ValueError(f"the records lack years of the agreement of {a} and {b} from {start} to {end}")
    if len(chosen) != end - start + 1:
        raise ValueError(f"the records hold several rows a year on the agreement of {a} and {b}: keep one of a pair")
    return chosen


@check(
    "un_agreement",
    asks="Did a state's votes in the UN General Assembly move away from a Western state's?",
    shows="The direction in which votes moved, by our calculation.",
    cannot_show=(
        "Hostility, which is more than voting otherwise: a move away qualifies the claim and never supports it."
    ),
    stances={"qualifies": "agreement fell", "contradicts": "it rose", "silent": "it stayed"},
    parameters={"partner": "The Western state."},
    large=("un_agreement",),
)
def un_moved_from_west(agreement, state: str, partner: str, start: int, end: int) -> Finding:
    years = _pair(agreement, state, partner, start, end)
    first, last = float(years["agreement"].iloc[0]), float(years["agreement"].iloc[-1])
    shift = last - first
    moved = at_least(abs(shift), SMALL_SHIFT)
    stance = "silent" if not moved else "qualifies" if shift < 0 else "contradicts"
    return Finding(
        stance,
        f"Voting agreement of {state} with {_the(partner)} in the UN General Assembly went from {first:.2f} in "
        f"{start} to {last:.2f} in {end} (scale 0 to 1; unvotes, 2021). That is a direction of votes and no measure "
        "of hostility.",
        {"agreement_start": round(first, 3), "agreement_end": round(last, 3)},
    )


@check(
    "un_agreement",
    asks="Did a state vote as much with a Western state as with another in the UN General Assembly?",
    shows="To whose votes the state's own were nearer, by our calculation.",
    cannot_show=(
        "Visits, trade or terms of friendship, so that it contradicts only where the votes were farther from the West "
        "in every year and ever more so."
    ),
    stances={
        "supports": "at least as near to the West in most years",
        "contradicts": "in no year, and falling",
        "silent": "otherwise",
    },
    large=("un_agreement",),
)
def un_votes_with_west(agreement, state: str, west: str, east: str, start: int, end: int) -> Finding:
    western, eastern = (_pair(agreement, state, other, start, end)["agreement"].to_numpy() for other in (west, east))
    nearer = sum(at_least(near, other) for near, other in zip(western, eastern, strict=True))
    falling = at_least(western[0] - western[-1], SMALL_SHIFT)
    return Finding(
        settled(nearer * 2 > len(western), nearer == 0 and falling, "silent"),
        f"In {nearer} of {len(western)} years from {start} to {end} {state} voted at least as much with {_the(west)} "
        f"as with {_the(east)} in the UN General Assembly; agreement with {_the(west)} went from {western[0]:.2f} to "
        f"{western[-1]:.2f}, with {_the(east)} from {eastern[0]:.2f} to {eastern[-1]:.2f} (unvotes, 2021).",
        {"years_nearer_west": nearer, "years": len(western), "west_end": round(float(western[-1]), 3)},
    )


@check(
    "un_ideal_points",
    asks="Did the positions of two states in the UN General Assembly come closer, beyond the doubt of the estimates?",
    shows="Whether two states moved together in their votes, the bands of the estimates considered.",
    cannot_show="Why, nor dealings outside the Assembly.",
    stances={
        "supports": "the largest distance that the bands of the end allow is smaller than the least of the start",
        "contradicts": "the reverse",
        "silent": "the bands leave it open",
    },
)
def un_positions_closer(points: pd.DataFrame, a: str, b: str, start: int, end: int) -> Finding:
    spans, placed = [], []
    for year in (start, end):
        first, second = (
            only(points[(points["state"] == s) & (points["year"] == year)], f"{s} in {year}") for s in (a, b)
        )
        placed.append((first["ideal_point"], second["ideal_point"]))
        spans.append(
            (
                max(0.0, first["low"] - second["high"], second["low"] - first["high"]),
                abs(first["ideal_point"] - second["ideal_point"]),
                max(first["high"] - second["low"], second["high"] - first["low"]),
            )
        )
    moved = [float(then - before) for before, then in zip(*placed, strict=True)]
    (least, old, most), (least_end, new, most_end) = spans
    stance = settled(exceeds(least, most_end), exceeds(least_end, most), "silent")
    doubt = ("a difference within" if stance == "silent" else "beyond") + " the bands of the estimates"
    return Finding(
        stance,
        f"The distance of {a} and {_the(b)} in ideal points estimated from UN votes went from {old:.2f} in {start} to "
        f"{new:.2f} in {end}, {doubt}; {a} moved by {moved[0]:+.2f}, {_the(b)} by {moved[1]:+.2f} (release of July "
        "2025). Votes show positions, not their causes.",
        {
            "distance_start": round(float(old), 3),
            "distance_end": round(float(new), 3),
            "moved_a": round(moved[0], 3),
            "moved_b": round(moved[1], 3),
        },
    )


def _decided(elections: pd.DataFrame, country: str, office: str, on: str) -> pd.DataFrame:
    """Return the rounds that decided an election by the day `on`, by date; a day that is not covered is refused."""
    held = elections[(elections["country"] == country) & (elections["office"] == office) & elections["decided"]]
    what = f"election of a {office} in {country}"
    within(day(on), on, covered_days(held, "date", what), f"the record of every {what}")
    return held[held["date"] <= on].sort_values("date")


def _won(elections: pd.DataFrame, country: str, on: str) -> pd.DataFrame:
    """Return the presidential elections that the president of the day `on` had won, by date."""
    held = _decided(elections, country, "president", on).reset_index(drop=True)
    changes = held.index[held["leader_changed"]]
    if not len(changes):
        raise ValueError(f"the records do not reach back to the first election of the president of {country}")
    return held.loc[changes[-1] :]


@check(
    "elections",
    asks="Is a president in the term that the claim says, by the number of elections won?",
    shows="How many elections the president had won by a day.",
    cannot_show="Whether they were fair; and it counts elections, not terms as a constitution may count them anew.",
    stances={"supports": "as many as claimed", "contradicts": "another number"},
)
def presidential_term(elections: pd.DataFrame, country: str, on: str, term: int) -> Finding:
    won = _won(elections, country, on)
    return Finding(
        "supports" if len(won) == term else "contradicts",
        f"By {on} the president of {country} had won {count(len(won), 'election')} "
        f"({', '.join(won['date'])}; REIGN election list, 2021); the claim counts {count(term, 'term')}.",
        {"elections_won": len(won), "term_claimed": term},
    )


@check(
    "elections",
    asks="Was the president in office elected again in the vote of a day?",
    shows=(
        "That a vote was held on the day and that the incumbent came out of it as the winner. The list is complete for"
        " presidents."
    ),
    cannot_show="Whether the count was right.",
    stances={
        "supports": "a vote was held and the incumbent won it",
        "qualifies": "no vote on that day, but the incumbent won another one in that year",
        "contradicts": "another won, or the list covers the year to its end and has no vote in it",
        "silent": "no vote, in a year that the list does not cover to its end",
    },
    parameters=DAY_OF_VOTE,
)
def incumbent_reelected(elections: pd.DataFrame, country: str, on: str) -> Finding:
    _decided(elections, country, "president", on)
    held = elections[(elections["country"] == country) & (elections["office"] == "president") & elections["decided"]]
    that_year = held[held["date"].str[:4] == on[:4]]
    same = that_year[that_year["date"] == on]
    if len(same):
        won = bool(same.iloc[0]["incumbent_won"])
        return Finding(
            "supports" if won else "contradicts",
            f"A presidential election was held in {country} on {on}, and {'the incumbent' if won else 'another'} won "
            "it (REIGN election list, 2021).",
            {"incumbent_won": "yes" if won else "no"},
        )
    won = bool(that_year["incumbent_won"].any())
    ended = bool(len(that_year)) or f"{on[:4]}-12-31" <= covered_days(held, "date", "election")[1]
    dates = _listed(that_year["date"]) if len(that_year) else "no day"
    return Finding(
        "qualifies" if won else "contradicts" if ended else "silent",
        f"No presidential election in {country} on {on}: in {on[:4]} the REIGN election list (2021) has {dates}.",
        {"incumbent_won": "another day" if won else "no"},
    )


@check(
    "elections",
    asks="Had the president who won the vote of a day won an election before it?",
    shows="Earlier elections won.",
    cannot_show="Their quality.",
    stances={"supports": "there is one", "contradicts": "there is none"},
    parameters=DAY_OF_VOTE,
)
def elected_before(elections: pd.DataFrame, country: str, on: str) -> Finding:
    won = _won(elections, country, on)
    only(won[won["date"] == on], f"an election of a president in {country} on {on}")
    earlier = won[won["date"] < on]
    return Finding(
        "supports" if len(earlier) else "contradicts",
        f"Before {on} the president of {country} had won {count(len(earlier), 'presidential election')}"
        f"{' (' + ', '.join(earlier['date']) + ')' if len(earlier) else ''} (REIGN election list, 2021).",
        {"earlier_elections_won": len(earlier)},
    )


@check(
    "elections",
    asks="Did the government of a country come to power by an election held lately?",
    shows="The last parliamentary election, and whether it changed who governs.",
    cannot_show="Who won.",
    stances={
        "supports": "it changed who governs within these months",
        "qualifies": "it did so earlier",
        "contradicts": "it changed nothing",
    },
)
def government_newly_elected(elections: pd.DataFrame, country: str, on: str, months: int) -> Finding:
    last = _decided(elections, country, "parliament", on).iloc[-1]
    held, asked = pd.Timestamp(last["date"]), pd.Timestamp(on)
    ago = (asked - held).days / 30.4375
    lately = held + pd.DateOffset(months=months) >= asked
    stance = "contradicts" if not last["leader_changed"] else "supports" if lately else "qualifies"
    return Finding(
        stance,
        f"The last parliamentary election in {country} by {on} was that of {last['date']}, {ago:.0f} months earlier; "
        f"it {'changed' if last['leader_changed'] else 'did not change'} who leads the government (REIGN election "
        "list, 2021).",
        {"months_ago": round(ago, 1), "changed": "yes" if last["leader_changed"] else "no"},
    )


@check(
    "factbook_facts",
    asks="Has the holder of an office been in it for the number of years that the claim says?",
    shows="Full years since the day of taking office.",
    cannot_show="By what right the office was held.",
    stances={
        "supports": "as many full years",
        "qualifies": "off by one, which may be rounding",
        "contradicts": "otherwise",
    },
)
def years_in_office(facts: pd.DataFrame, country: str, office: str, on: str, years: int) -> Finding:
    holder = _holder(facts, country, office, on)
    since, day = pd.Timestamp(holder["since"]), pd.Timestamp(on)
    full = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return Finding(
        settled(full == years, abs(full - years) > 1),
        f"{holder['value']} had been {office.replace('_', ' ')} of {country} for {full} full years on {on}, since "
        f"{holder['since']} (CIA World Factbook, edition {holder['edition_year']}).",
        {"full_years": int(full), "years_claimed": years},
    )


def _holder(facts: pd.DataFrame, country: str, office: str, on: str) -> pd.Series:
    """Return who held an office on a day: the earliest edition of that year or later names the holder since then."""
    rows = facts[
        (facts["country"] == country)
        & (facts["item"] == office)
        & (facts["edition_year"] >= int(day(on)[:4]))
        & (facts["since"] != "")
        & (facts["since"] <= on)
    ]
    if rows.empty:
        raise ValueError(f"the records do not say who was {office} of {country} on {on}")
    return only(rows[rows["edition_year"] == rows["edition_year"].min()], f"the {office} of {country} on {on}")


@check(
    "factbook_facts",
    asks="Did a person hold an office on a day?",
    shows="Who held the office, by a reference work that names the holder and since when.",
    cannot_show="How the office was won; it takes no side on that.",
    stances={"supports": "the person named", "contradicts": "another"},
)
def office_holder(facts: pd.DataFrame, country: str, office: str, name: str, on: str) -> Finding:
    holder = _holder(facts, country, office, on)
    return Finding(
        "supports" if holder["value"] == name else "contradicts",
        f"{holder['value']} was {office.replace('_', ' ')} of {country} on {on}, since {holder['since']} (CIA World "
        f"Factbook, edition {holder['edition_year']}).",
        {"holder": holder["value"], "since": holder["since"]},
    )


@check(
    "factbook_facts",
    asks="Did the holder of an office take it in the year that the claim says?",
    shows="The day since which the holder is in office.",
    cannot_show="How the office was won.",
    stances={"supports": "in the year claimed", "contradicts": "in another"},
    parameters={"year": "The year claimed."},
)
def took_office_in(facts: pd.DataFrame, country: str, office: str, on: str, year: int) -> Finding:
    holder = _holder(facts, country, office, on)
    return Finding(
        "supports" if holder["since"][:4] == str(year) else "contradicts",
        f"{holder['value']} has been {office.replace('_', ' ')} of {country} since {holder['since']} (CIA World "
        f"Factbook, edition {holder['edition_year']}).",
        {"since": holder["since"], "year_claimed": year},
    )


@check(
    "regime_types",
    asks="Was a country ruled by a party, as a communist state is, on a day?",
    shows=(
        "Whether experts code the regime as rule by a party. The scheme has no class of communist states, and rule by "
        "a party can be communist or not."
    ),
    cannot_show="Which ideology a party holds, so that it qualifies at best.",
    stances={"qualifies": "rule by a party, alone or with other features", "contradicts": "another type"},
)
def party_regime(regimes: pd.DataFrame, country: str, on: str) -> Finding:
    of_country = regimes[regimes["country"] == country].sort_values("start")
    within(
        day(on), on, covered_days(of_country, "start", f"regime of {country}"), f"the record of regimes of {country}"
    )
    current = only(
        of_country[(of_country["start"] <= on) & ((of_country["end"] == "") | (of_country["end"] >= on))],
        f"the regime of {country} on {on}",
    )
    party = "party" in current["regime"]
    earlier = of_country[(of_country["start"] < current["start"]) & of_country["regime"].str.contains("party")]
    before = (
        f"; up to {earlier['end'].iloc[-1]} it was {earlier['regime'].iloc[-1]}" if len(earlier) and not party else ""
    )
    return Finding(
        "qualifies" if party else "contradicts",
        f"The regime of {country} on {on} is coded {current['regime']}, since {current['start']}{before} (REIGN "
        "regime list, 2021; it has no class 'communist').",
        {"regime": current["regime"], "since": current["start"]},
    )


@check(
    "party_seats",
    asks="Did the party of communists have a majority in parliament?",
    shows=(
        "Seats by the last election. Where deputies mostly belong to no party they say little of who governs, but a "
        "communist party without seats does not rule through parliament."
    ),
    cannot_show="Who governs.",
    stances={"supports": "more than half of the seats", "qualifies": "at least a quarter", "contradicts": "less"},
    parameters={"on": "The year for which the claim is made."},
)
def communists_in_parliament(seats: pd.DataFrame, country: str, on: int) -> Finding:
    of_country = seats[seats["country"] == country]
    what = f"seats in {country}"
    within(on, on, covered_years(of_country, "year", what), f"the record of {what}")
    held = of_country[of_country["year"] <= on]
    last = only(held[held["year"] == held["year"].max()], f"{what} by {on}")
    share = float(last["seats_percent"])
    return Finding(
        settled(exceeds(share, MAJORITY), exceeds(MAJORITY / 2, share)),
        f"The {last['party']} held {share:.1f} per cent of the seats in the parliament of {country} after the "
        f"election of {last['year']} (V-Party, 2026).",
        {"seats_percent": share, "election": int(last["year"])},
    )


@check(
    "electoral_democracy",
    asks="Is a country rated below the threshold of an electoral democracy?",
    shows=(
        "A rating by experts of the conditions of elections and of freedoms. Principles of democratic rule are more "
        "than that, but a country below half of the scale does not hold to the least of them."
    ),
    cannot_show="What a government holds to in principle.",
    stances={
        "supports": "the whole band lies below the threshold",
        "qualifies": "the band spans it",
        "contradicts": "the whole band lies at or above it",
    },
)
def not_a_democracy(indices: pd.DataFrame, country: str, year: int) -> Finding:
    row = _of_year(indices, country, year)
    return Finding(
        settled(exceeds(DEMOCRATIC, row["high"]), at_least(row["low"], DEMOCRATIC)),
        f"V-Dem (v15, 2025) rates {country} {row['index']:.2f} on the electoral democracy index of {year} (band "
        f"{row['low']:.2f} to {row['high']:.2f}; scale 0 to 1, electoral democracy from {DEMOCRATIC}).",
        {"index": float(row["index"]), "low": float(row["low"]), "high": float(row["high"])},
    )


@check(
    "competitive_elections",
    asks="Could the opposition come to power by the elections of a country in a year?",
    shows=(
        "Whether offices were filled by elections that the opposition could win, so that a leader of the year counts "
        "as elected."
    ),
    cannot_show="Who was elected.",
    stances={"supports": "coded as competitive", "contradicts": "coded as not competitive"},
)
def elections_competitive(elections: pd.DataFrame, country: str, year: int) -> Finding:
    row = _of_year(elections, country, year)
    competitive = bool(row["competitive"])
    return Finding(
        "supports" if competitive else "contradicts",
        f"The Lexical Index of Electoral Democracy codes the elections of {country} as "
        f"{'competitive' if competitive else 'not competitive'} in {year} (release covering the years to 2024).",
        {"competitive": "yes" if competitive else "no"},
    )


def _rating(indicators: pd.DataFrame, indicator: str, country: str, year: int) -> float:
    """Return the value of one V-Dem indicator."""
    return float(_of_year(indicators[indicators["indicator"] == indicator], country, year, f"{indicator} of ")["value"])


def _rated_below(
    indicators: pd.DataFrame, indicator: str, country: str, year: int, reference: int, sentence: str
) -> Finding:
    """Say whether a rating is below the mean, and below an earlier one.

    `sentence` has places for ``value`` and ``earlier``.
    """
    value, earlier = (_rating(indicators, indicator, country, y) for y in (year, reference))
    return Finding(
        BOTH[exceeds(MEAN_RATING, value) + exceeds(earlier, value)],
        sentence.format(country=country, year=year, reference=reference, value=value, earlier=earlier)
        + " (model scale; 0 is near the mean of all countries and years; data to 2021).",
        {"rating": value, "rating_reference": earlier},
    )


@check(
    "vdem_indicators",
    asks="Was an election not free: were opponents intimidated by the government or its agents?",
    shows="A rating by experts, near the mean of all countries and years at 0. It is no observer's report.",
    cannot_show="A single case.",
    stances=BELOW,
    parameters=YEAR_OF_VOTE,
)
def election_unfree(indicators: pd.DataFrame, country: str, year: int, reference: int) -> Finding:
    return _rated_below(
        indicators,
        "no_intimidation",
        country,
        year,
        reference,
        "V-Dem rates freedom from intimidation by the government at the election of {year} in {country} at "
        "{value:.2f}, after {earlier:.2f} in {reference}",
    )


@check(
    "vdem_indicators",
    asks="Was an election not fair, all in all?",
    shows="A rating by experts of the whole process before, on and after the day. It is no observer's report.",
    cannot_show="What was unfair, nor a single case.",
    stances=BELOW,
    parameters=YEAR_OF_VOTE,
)
def election_unfair(indicators: pd.DataFrame, country: str, year: int, reference: int) -> Finding:
    return _rated_below(
        indicators,
        "free_and_fair",
        country,
        year,
        reference,
        "V-Dem rates the election of {year} in {country} at {value:.2f} for being free and fair, after {earlier:.2f} "
        "in {reference}",
    )


@check(
    "vdem_indicators",
    asks="Was an election properly run, without double voting, ballot stuffing or a false count?",
    shows="A rating by experts of irregularities that were meant. It is no recount.",
    cannot_show="The true count.",
    stances={
        "supports": "clearly above the mean (1 or more)",
        "qualifies": "between the two",
        "contradicts": "clearly below it (-1 or less)",
    },
    parameters=YEAR_OF_VOTE,
)
def election_in_order(indicators: pd.DataFrame, country: str, year: int) -> Finding:
    value = _rating(indicators, "no_irregularities", country, year)
    return Finding(
        settled(at_least(value, MEAN_RATING + 1), at_least(MEAN_RATING - 1, value)),
        f"V-Dem rates freedom from voting irregularities at the election of {year} in {country} at {value:.2f} (model "
        "scale, about -4 to 4; 0 is near the mean of all countries and years; data to 2021).",
        {"rating": value},
    )


@check(
    "vdem_indicators",
    asks="Did the freedom of expression and of the media fall under a government?",
    shows="That freedom fell and that experts rate the government's censorship as greater.",
    cannot_show="Who did what to which outlet.",
    stances={
        "supports": "index and censorship rating both fell",
        "qualifies": "one of them did",
        "contradicts": "neither did",
    },
    parameters={"start": "Last year before the government.", "end": "Year of the claim."},
)
def media_restricted(indicators: pd.DataFrame, country: str, start: int, end: int) -> Finding:
    old, new = (_rating(indicators, "free_expression", country, year) for year in (start, end))
    free, less_free = (_rating(indicators, "no_censorship", country, year) for year in (start, end))
    fell = at_least(old - new, FALL) + at_least(free - less_free, FALL)
    return Finding(
        BOTH[fell],
        f"V-Dem's freedom of expression index for {country} went from {old:.2f} in {start} to {new:.2f} in {end} "
        f"(scale 0 to 1), its rating of freedom from government censorship from {free:.2f} to {less_free:.2f} (model "
        "scale).",
        {"index_start": old, "index_end": new, "censorship_start": free, "censorship_end": less_free},
    )


@check(
    "vdem_indicators",
    asks="Were there media in a country that criticised the government and a range of views among them?",
    shows=(
        "Ratings by experts of what the main media dared to print and air, which media under the government's control "
        "would not."
    ),
    cannot_show="Which outlets those were.",
    stances={
        "supports": "both ratings lie clearly above the mean",
        "qualifies": "otherwise",
        "contradicts": "both lie clearly below it",
    },
)
def critical_media_exist(indicators: pd.DataFrame, country: str, year: int) -> Finding:
    critical, views = (_rating(indicators, name, country, year) for name in ("critical_media", "range_of_views"))
    weaker, stronger = sorted((critical, views))
    return Finding(
        settled(at_least(weaker, MEAN_RATING + CLEARLY), at_least(MEAN_RATING - CLEARLY, stronger)),
        f"V-Dem rates the main media of {country} in {year} at {critical:.2f} for criticism of the government and at "
        f"{views:.2f} for the range of views (model scale; 0 is near the mean of all countries and years; data to "
        "2021).",
        {"critical": critical, "range": views},
    )

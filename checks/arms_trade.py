"""Checks over arms transfers, external support, military spending, US assistance and the US sanctions list.

Two limits hold for every check that reads SIPRI's arms transfers. The trend-indicator value (TIV) measures the volume
of major weapons and is no sum of money; and the register rests largely on published sources and leaves out small arms,
so what it does not list may still have happened. It is therefore never said to contradict by its silence, and its
silence is the same of every weapon.
"""

import pandas as pd

from claimbook.analysis import aggregates
from claimbook.analysis.limits import (
    at_least,
    covered_days,
    covered_years,
    day,
    exceeds,
    only,
    release_of,
    settled,
    span,
    within,
)
from claimbook.model.checks import Finding, check
from claimbook.model.decimals import count, plain

NEWEST = "newest"
"""In place of the name of a release: the newest that the record holds."""
REGULARLY = 0.8
"""Share of the years from which on something happens regularly: four years in five."""
NOTABLE_SHARE = 0.1
"""Share of an exporter's volume from which on a recipient is more than one customer among many."""
DEPENDENT = 0.9
"""Share of the registered imports from which on a state depends on one supplier."""
MOST = 0.9
"""Share from which on nearly all of a volume is meant."""
GROWN = 1.25
"""Factor from which on spending has grown by more than the ups and downs of single years."""
DOUBLED = 2.0
"""Factor from which on a number has grown several times over: the lowest that such words allow."""
PREDECESSORS = {"Russia": "Soviet Union"}
"""Suppliers with a predecessor whose older deliveries a text may have in mind."""
COMPLETE_EXPORTERS = ("Belarus",)
"""Suppliers of which the table of deliveries keeps every recipient."""
COMPLETE_IMPORTERS = ("Belarus",)
"""Recipients of which the table of deals keeps every supplier."""
BATTLE_DEATHS = 25
"""Deaths in battle in a calendar year from which on UCDP calls a conflict active."""
OTHER_GROUNDS = ("IRAN-HR", "HRIT-IR", "IRGC", "IRAN-CON-ARMS-EO")
"""Iran programmes that by their name are about human rights, the Revolutionary Guards or conventional arms."""
PARTIES = {"hamas": "Hamas", "hizballah": "Hezbollah", "lukashenko": "the president of Belarus"}
"""Parties whose listing the snapshots of the US sanctions list keep, and what sentences call them."""
PROGRAMMES = {"belarus": "Belarus", "iran": "Iran", "russia_eo14024": "Russia (E.O. 14024)"}
"""Programmes whose entries the snapshots count, and what sentences call them."""
ORDERED = {"first": "First year of order.", "last": "Last year of order."}
YEARS_COMPARED = {"first": "The earlier year.", "last": "The later year, which is compared with it."}
SNAPSHOTS_COMPARED = {
    "first": "First day, ISO 8601; the first snapshot from it on is compared with the last one.",
    "last": "Last day, ISO 8601; the last snapshot up to it is compared with the first one.",
}
FLIPPED = {"supports": "contradicts", "contradicts": "supports"}
"""Stances toward a claim that states the opposite of what is asked."""


def _check_negated(negated: str) -> None:
    if negated not in ("yes", "no"):
        raise ValueError(f"negated is yes or no, not {negated!r}")


def _known(frame: pd.DataFrame, column: str, value: str, what: str) -> None:
    if value not in set(frame[column]):
        raise ValueError(f"the record has no {what} {value!r}")


def _check_order(first: int, last: int) -> None:
    if first > last:
        raise ValueError(f"{first} is after {last}; name the earlier one first")


def _length(split: int, last: int) -> int:
    """Return the number of years from `split` to `last`, which is also that of the years compared with them."""
    _check_order(split, last)
    return last - split + 1


def _in_years(frame: pd.DataFrame, column: str, first: int, last: int) -> pd.DataFrame:
    return frame[frame[column].between(first, last)]


def _row(frame: pd.DataFrame, **wanted) -> pd.Series:
    """Return the one row with these values."""
    rows = frame
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return only(rows, ", ".join(map(str, wanted.values())))


def _names(counts: pd.Series, most: int = 6) -> str:
    """Return the first names with their numbers, largest first and equal ones by name, and how many more there are."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{name} {number}" for name, number in ranked[:most]]
    return ", ".join(shown) + (f" and {len(ranked) - most} more" if len(ranked) > most else "")


def _delivery_years(deals: pd.DataFrame) -> pd.Series:
    """Return the years with deliveries of each deal, as sets of integers."""
    return deals["delivery_years"].map(lambda cell: {int(year) for year in cell.split("|") if year})


def _delivered(deals: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the deals with a delivery in these years."""
    return deals[_delivery_years(deals).map(lambda years: any(first <= year <= last for year in years)).astype(bool)]


def _register(deals: pd.DataFrame) -> str:
    return f"SIPRI's register (export of {release_of(deals)})"


def _ordered(deals: pd.DataFrame, chosen: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return those of some deals that were ordered in these years, which the whole register must reach."""
    _orders_covered(deals, first, last)
    return _in_years(chosen, "order_year", first, last)


def _orders_covered(deals: pd.DataFrame, first: int, last: int) -> None:
    """Refuse years of order that the register as kept here does not reach."""
    within(first, last, covered_years(deals, "order_year", "deal"), "the register by year of order")


def _deliveries_covered(deals: pd.DataFrame, first: int, last: int) -> None:
    """Refuse years of delivery that the register as kept here does not reach."""
    delivered = set().union(*_delivery_years(deals))
    if not delivered:
        raise ValueError("the record holds no deal with a delivery")
    within(first, last, (min(delivered), max(delivered)), "the register by year of delivery")


def _flows(flows, supplier: str, first: int, last: int, release: str, recipient: str = "") -> tuple[pd.DataFrame, str]:
    """Sum what `supplier` delivered in these years by recipient and year, in one release.

    Returns
    -------
    pandas.DataFrame, str
        The sums, and the name of the release.

    Raises
    ------
    ValueError
        If the record lacks the release, its years or the supplier, or if it keeps neither every recipient of the
        supplier nor the one that is named.
    """
    spans = aggregates.one_release(
        aggregates.spans(flows, ("release", "supplier")), None if release == NEWEST else release
    )
    name = spans["release"].iloc[0]
    _known(spans, "supplier", supplier, "supplier")
    within(first, last, (int(spans["first"].min()), int(spans["last"].max())), f"release {name}")
    by = ("release", "recipient", "recipient_kind", "year")
    rows = aggregates.sums(flows, "tiv_millions", by, {"supplier": supplier})
    if recipient and supplier not in COMPLETE_EXPORTERS:
        _known(rows, "recipient", recipient, f"{supplier} recipient")
    return _in_years(aggregates.one_release(rows, name), "year", first, last), name


def _all_exports(flows, supplier: str, first: int, last: int, release: str) -> tuple[pd.DataFrame, str]:
    """Return all that `supplier` delivered in these years; refused where the record keeps chosen recipients only."""
    if supplier not in COMPLETE_EXPORTERS:
        raise ValueError(f"the record keeps not every recipient of {supplier}")
    return _flows(flows, supplier, first, last, release)


def _pair(deals: pd.DataFrame, supplier: str, recipient: str) -> pd.DataFrame:
    rows = deals[(deals["supplier"] == supplier) & (deals["recipient"] == recipient)]
    if rows.empty:
        raise ValueError(f"the record has no deal from {supplier} to {recipient}")
    return rows


def _with_group(deals: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the deals with a recipient, or with recipients of a group, that are no states."""
    rows = deals[((deals["recipient"] == group) | (deals["recipient_group"] == group)) & _non_state(deals)]
    if rows.empty:
        raise ValueError(f"the record has no group {group!r}")
    return rows


def _label(deals: pd.DataFrame, group: str) -> str:
    return group if group in set(deals["recipient"]) else f"{group} groups"


def _non_state(frame: pd.DataFrame) -> pd.Series:
    return frame["recipient_kind"] == "non-state"


# Exports as a whole


@check(
    "sipri_exporter_ranks",
    asks="Did the exporter regularly rank among the first by volume of major weapons?",
    shows=(
        "Its rank by volume of major weapons delivered in a year, among every exporting state, so that it can "
        "contradict. The ranking is ours."
    ),
    cannot_show="Earnings, small arms, or how a year's orders compare.",
    stances={
        "supports": "it ranked so in at least four years of five",
        "qualifies": "in fewer years",
        "contradicts": "in none",
    },
)
def exporter_rank(
    ranks: pd.DataFrame, exporter: str, first: int, last: int, top: int = 2, release: str = NEWEST
) -> Finding:
    _check_order(first, last)
    ranks = aggregates.one_release(ranks, None if release == NEWEST else release)
    release = release_of(ranks)
    _known(ranks, "exporter", exporter, "exporter")
    rows = _in_years(ranks[ranks["exporter"] == exporter], "year", first, last)
    years = last - first + 1
    ranked = rows["year"].nunique()
    if not len(rows) == ranked == years:
        raise ValueError(
            f"{exporter} is ranked in {ranked} of the {years} years {first} to {last}, by {count(len(rows), 'row')}; "
            "each year needs one"
        )
    leading = int((rows["world_rank"] <= top).sum())
    best, worst = int(rows["world_rank"].min()), int(rows["world_rank"].max())
    return Finding(
        settled(at_least(leading, REGULARLY * years), not leading),
        f"By volume of major weapons (TIV) {exporter} ranked among the first {top} exporters in {leading} of {years} "
        f"years, {span(first, last)} (best rank {best}, worst {worst}); our ranking from SIPRI, release {release}.",
        {"years_leading": leading, "years": years, "best_rank": best, "worst_rank": worst},
    )


@check(
    ("sipri_flows", "un_arms_embargoes"),
    asks="How much of the registered exports went to recipients that are no states, or to states under a UN embargo?",
    shows=(
        "Major weapons by recipient, and embargoes by calendar year: a delivery may have come before the embargo, or "
        "have been left free by it."
    ),
    cannot_show="Small arms or secret deals; and a group that is no state need not be what a text calls it.",
    stances={"qualifies": "anything went to a recipient that is no state", "silent": "nothing did"},
    large=("sipri_flows",),
)
def exports_by_kind_of_recipient(
    flows, embargoes: pd.DataFrame, supplier: str, first: int, last: int, release: str = NEWEST
) -> Finding:
    rows, release = _all_exports(flows, supplier, first, last, release)
    if embargoes.empty:
        raise ValueError("the record holds no arms embargo")
    total = float(rows["tiv_millions"].sum())
    non_state = float(rows.loc[_non_state(rows), "tiv_millions"].sum())
    pairs = rows.reset_index().merge(embargoes, left_on="recipient", right_on="state")
    in_force = (pairs["first_year"] <= pairs["year"]) & (pairs["year"] <= pairs["last_year"].fillna(last))
    embargoed = float(pairs.loc[in_force].drop_duplicates("index")["tiv_millions"].sum())
    return Finding(
        "qualifies" if exceeds(non_state, 0) else "silent",
        f"Of {total:,.0f} million TIV that {supplier} delivered to {rows['recipient'].nunique()} recipients in "
        f"{span(first, last)}, {non_state:,.1f} million went to recipients that are no states and {embargoed:,.1f} "
        f"million to states under a UN arms embargo for at least part of that year; SIPRI, release {release}, without "
        "small arms.",
        {"tiv_millions": total, "non_state_tiv_millions": non_state, "embargoed_tiv_millions": embargoed},
    )


@check(
    "sipri_flows",
    asks="How large a part of the supplier's registered exports did the recipient take?",
    shows="Trade in major weapons as one sign of contacts between two states; shares and ranks are ours.",
    cannot_show="Other contacts, so that no delivery says nothing against them.",
    stances={
        "supports": "the recipient took a tenth of the volume or more",
        "silent": "less: little trade says nothing against contacts",
    },
    parameters={"recipient": "Recipient as the record names it; one that it does not name had nothing registered."},
    large=("sipri_flows",),
)
def share_of_exports(flows, supplier: str, recipient: str, first: int, last: int, release: str = NEWEST) -> Finding:
    rows, release = _all_exports(flows, supplier, first, last, release)
    by_recipient = rows.groupby("recipient")["tiv_millions"].sum()
    total, value = float(by_recipient.sum()), float(by_recipient.get(recipient, 0.0))
    numbers = {"tiv_millions": value, "total_tiv_millions": total, "recipients": len(by_recipient)}
    if not exceeds(value, 0):
        return Finding(
            "silent",
            f"No delivery of major weapons from {supplier} to {recipient} is registered for {span(first, last)}, "
            f"among {total:,.0f} million TIV to {len(by_recipient)} recipients; SIPRI, release {release}. Arms are "
            "only one kind of contact.",
            numbers,
        )
    share, rank = value / total, sum(exceeds(other, value) for other in by_recipient) + 1
    return Finding(
        "supports" if at_least(share, NOTABLE_SHARE) else "silent",
        f"{recipient} took {value:,.1f} of {total:,.0f} million TIV, {share:.1%} of the major weapons that {supplier} "
        f"delivered in {span(first, last)}: rank {rank} of {len(by_recipient)} recipients; our share from SIPRI, "
        f"release {release}. Arms are only one kind of contact.",
        numbers | {"share_percent": 100 * share, "rank": rank},
    )


# Deliveries from one supplier to one recipient


@check(
    "sipri_flows",
    asks="Are deliveries of major weapons from the supplier to the recipient registered for these years?",
    shows="That major weapons were delivered, and how much by volume.",
    cannot_show="Small arms and ammunition, nor what was sold in a year and delivered in another.",
    stances={"supports": "any delivery is registered", "silent": "none is"},
    large=("sipri_flows",),
)
def deliveries(flows, supplier: str, recipient: str, first: int, last: int, release: str = NEWEST) -> Finding:
    rows, release = _flows(flows, supplier, first, last, release, recipient)
    rows = rows[(rows["recipient"] == recipient) & (rows["tiv_millions"] > 0)]
    total, years = float(rows["tiv_millions"].sum()), rows["year"].nunique()
    numbers = {"tiv_millions": total, "years_with_deliveries": years}
    if rows.empty:
        return Finding(
            "silent",
            f"SIPRI registers no delivery of major weapons from {supplier} to {recipient} in {span(first, last)} "
            f"(release {release}); small arms and most ammunition are outside its register.",
            numbers,
        )
    return Finding(
        "supports",
        f"SIPRI registers deliveries of major weapons from {supplier} to {recipient} in {years} of the "
        f"{count(last - first + 1, 'year')} {span(first, last)}, {total:,.1f} million TIV together "
        f"(release {release}, our sum).",
        numbers,
    )


@check(
    "sipri_flows",
    asks="Were deliveries larger from a given year on, and in most of those years?",
    shows="The yearly mean since the year beside that of equally many years before; the means are ours.",
    cannot_show="Small arms, nor why deliveries rose or fell: those of a year may go back to orders of long before.",
    stances={
        "supports": "the mean reached the multiple, and most years lie above the earlier mean",
        "qualifies": "only one of the two holds, or it grew by less",
        "contradicts": "it did not grow",
        "silent": "nothing is registered in either period",
    },
    large=("sipri_flows",),
)
def growth_since(
    flows,
    supplier: str,
    recipient: str,
    split: int,
    last: int,
    factor: float = DOUBLED,
    release: str = NEWEST,
) -> Finding:
    length = _length(split, last)
    rows, release = _flows(flows, supplier, split - length, last, release, recipient)
    series = rows[rows["recipient"] == recipient].groupby("year")["tiv_millions"].sum().astype(float)
    series = series.reindex(range(split - length, last + 1), fill_value=0.0)
    before, since = series.loc[: split - 1].mean(), series.loc[split:].mean()
    above = sum(exceeds(value, before) for value in series.loc[split:])
    if not exceeds(before, 0) and not exceeds(since, 0):
        stance = "silent"
    elif not exceeds(since, before):
        stance = "contradicts"
    elif at_least(since, factor * before) and 2 * above > length:
        stance = "supports"
    else:
        stance = "qualifies"
    return Finding(
        stance,
        f"Deliveries of major weapons from {supplier} to {recipient} averaged {before:,.1f} million TIV a year in "
        f"{split - length} to {split - 1} and {since:,.1f} million in {split} to {last}, with {above} of these "
        f"{count(length, 'year')} above the earlier mean; our means from SIPRI, release {release}.",
        {"mean_before_tiv_millions": float(before), "mean_since_tiv_millions": float(since), "years_above": above},
    )


@check(
    ("sipri_deals", "sipri_flows"),
    asks="Do the deliveries from a given year on rest on orders placed before it?",
    shows=(
        "The volume of years in which all deals that deliver were ordered before, or all later; years with both stay "
        "unassigned. Major weapons only, and many order years are estimates."
    ),
    cannot_show="The contracts themselves.",
    stances={
        "supports": "all deliveries rest on earlier orders; if negated, none does",
        "qualifies": "half or more do; if negated, some do",
        "contradicts": "fewer do; if negated, nearly all do",
        "silent": "nothing is registered",
    },
    parameters={
        "start": "First year of the deliveries; orders before it are the earlier ones.",
        "last": "Last year of the deliveries.",
        "release": "Release of the deliveries.",
    },
    large=("sipri_flows",),
)
def from_earlier_orders(
    deals: pd.DataFrame,
    flows,
    supplier: str,
    recipient: str,
    start: int,
    last: int,
    negated: str = "no",
    release: str = NEWEST,
) -> Finding:
    _check_negated(negated)
    rows, release = _flows(flows, supplier, start, last, release, recipient)
    _orders_covered(deals, start, last)
    _deliveries_covered(deals, start, last)
    volume = rows[rows["recipient"] == recipient].groupby("year")["tiv_millions"].sum().astype(float)
    pair = deals[(deals["supplier"] == supplier) & (deals["recipient"] == recipient)]
    earlier = later = 0.0
    later_years = []
    for year, tiv in volume.items():
        before = _delivered(pair, year, year)["order_year"] < start
        if before.empty:
            raise ValueError(f"no deal from {supplier} to {recipient} delivers in {year}")
        earlier += tiv if before.all() else 0.0
        later += tiv if not before.any() else 0.0
        later_years += [year] if not before.all() else []
    total = float(volume.sum())
    some, every = exceeds(earlier, 0), at_least(earlier, total)
    if not exceeds(total, 0):
        stance = "silent"
    elif negated == "yes":
        stance = settled(not some, at_least(earlier, MOST * total))
    else:
        stance = settled(every, exceeds(total, 2 * earlier))
    since = f"; {count(len(later_years), 'year')} from {later_years[0]} on had later orders" if later_years else ""
    return Finding(
        stance,
        f"Of {total:,.0f} million TIV of major weapons that {supplier} delivered to {recipient} in {start} to {last}, "
        f"{earlier:,.0f} million came in years with deliveries only under orders from before {start}{since}; our "
        f"calculation from SIPRI, releases {release} and {release_of(deals)}.",
        {"tiv_millions": total, "earlier_tiv_millions": earlier, "later_tiv_millions": later},
    )


@check(
    "sipri_deals",
    asks="Did the number of orders rise from a given year on?",
    shows=(
        "Registered deals in major weapons by order year, often an estimate, in equally long periods before and since "
        "the year; the count is ours."
    ),
    cannot_show=(
        "Contracts as such, of which one can stand as several deals, nor any over small arms, nor orders that brought "
        "nothing; so a number that did not rise is a limit and no contradiction."
    ),
    stances={
        "supports": "the number at least doubled",
        "qualifies": "it rose by less, which bears out a part, or did not rise",
        "silent": "there is no order in either period",
    },
)
def orders_before_and_since(deals: pd.DataFrame, supplier: str, recipient: str, split: int, last: int) -> Finding:
    pair = _pair(deals, supplier, recipient)
    start = split - _length(split, last)
    _orders_covered(deals, start, last)
    before = len(_in_years(pair, "order_year", start, split - 1))
    since = len(_in_years(pair, "order_year", split, last))
    if not before and not since:
        stance = "silent"
    else:
        stance = "supports" if since > before and since >= DOUBLED * before else "qualifies"
    return Finding(
        stance,
        f"{_register(deals)} has {count(before, 'deal')} from {supplier} to {recipient} "
        f"ordered in {start} to {split - 1} and {since} ordered in {split} to {last}; major weapons only, order years "
        "partly estimated, orders without a delivery mostly not in it.",
        {"orders_before": before, "orders_since": since},
        affirms=since > before,
    )


@check(
    "sipri_deals",
    asks="Does the register note deals with the recipient as aid, that is as given without full payment?",
    shows="How many deals are noted as aid, with SIPRI's doubts.",
    cannot_show="Who paid: that a deal is not noted as aid says nothing of its payment.",
    stances={
        "supports": "every deal is noted as aid without doubt",
        "qualifies": "some are noted in any way",
        "silent": "none is",
    },
    parameters=ORDERED,
)
def noted_as_aid(deals: pd.DataFrame, supplier: str, recipient: str, first: int, last: int) -> Finding:
    rows = _ordered(deals, _pair(deals, supplier, recipient), first, last)
    if rows.empty:
        raise ValueError(f"the record has no deal from {supplier} to {recipient} ordered in {first} to {last}")
    stated, noted = int((rows["aid"] == "stated").sum()), int((rows["aid"] != "").sum())
    stance = "supports" if stated == len(rows) else "qualifies" if noted else "silent"
    return Finding(
        stance,
        f"Of {count(len(rows), 'deal')} from {supplier} to {recipient} ordered in {span(first, last)}, SIPRI's "
        f"register (export of {release_of(deals)}) notes {stated} as aid and {noted - stated} as probable or possible "
        "aid; it has no note on the payment of the rest.",
        {"deals": len(rows), "aid_stated": stated, "aid_doubtful": noted - stated},
    )


@check(
    "sipri_deals",
    asks="Did this weapon come from the supplier to the recipient in these years?",
    shows="Deliveries of major weapons by designation; a first delivery after these years is told.",
    cannot_show=(
        "What the supplier's own forces brought with them; and a weapon that is not in the register may have come. "
        "Its absence says the same of every weapon: an older delivery of the same type is another one."
    ),
    stances={"supports": "it came in these years", "silent": "it did not, whether or not it came before or after"},
)
def weapon_delivered(deals: pd.DataFrame, supplier: str, recipient: str, weapon: str, first: int, last: int) -> Finding:
    _pair(deals, supplier, recipient)
    _deliveries_covered(deals, first, last)
    makers = {supplier, PREDECESSORS.get(supplier, supplier)}
    fits = deals["designation"].str.startswith(weapon) | (deals["weapon_kind"] == weapon)
    rows = deals[fits & deals["supplier"].isin(makers) & (deals["recipient"] == recipient)]
    now = _delivered(rows[rows["supplier"] == supplier], first, last)
    years = sorted(set().union(*_delivery_years(rows)))
    numbers = {"deals": len(now), "items_delivered": int(now["number_delivered"].sum())}
    head = _register(deals)
    if len(now):
        spell = sorted(set().union(*_delivery_years(now)))
        items = _names(now.groupby("designation")["number_delivered"].sum(), 4)
        return Finding(
            "supports",
            f"{head} has {count(len(now), 'deal')} of {supplier} with {recipient} fitting '{weapon}' that delivered "
            f"in {span(first, last)}: {items} (items of the whole deals, {span(spell[0], spell[-1])}).",
            numbers,
        )
    earlier = [year for year in years if year < first]
    later = [year for year in years if year > last]
    then = f" A first later delivery is registered for {later[0]}." if later else ""
    if earlier:
        by = ", ".join(sorted(set(rows.loc[_delivered(rows, earlier[0], earlier[-1]).index, "supplier"])))
        return Finding(
            "silent",
            f"{head} has no delivery fitting '{weapon}' from {supplier} to {recipient} in {span(first, last)}; it "
            f"has earlier ones of {span(earlier[0], earlier[-1])} (supplier: {by}).{then}",
            numbers | {"last_earlier_year": earlier[-1]},
        )
    return Finding(
        "silent",
        f"{head} has no delivery fitting '{weapon}' from {supplier} to {recipient} up to {last}.{then}",
        numbers | ({"first_later_year": later[0]} if later else {}),
    )


# Deals of Belarus


@check(
    "sipri_deals",
    asks="Which orders placed with the supplier in a year are registered, and any by recipients that are no states?",
    shows="Registered deals in major weapons by order year, which is often an estimate.",
    cannot_show=(
        "Contract sums, nor small arms: sums of money told elsewhere can be neither confirmed nor refuted by it."
    ),
    stances={"qualifies": "a recipient that is no state ordered in that year", "silent": "none did"},
    parameters={"year": "Year of order."},
)
def orders_of_year(deals: pd.DataFrame, supplier: str, year: int) -> Finding:
    if supplier not in COMPLETE_EXPORTERS:
        raise ValueError(f"the record keeps not every deal of {supplier}")
    _known(deals, "supplier", supplier, "supplier")
    _orders_covered(deals, year, year)
    rows = deals[(deals["supplier"] == supplier) & (deals["order_year"] == year)]
    outside = int(_non_state(rows).sum())
    volume, doubtful = float(rows["tiv_delivered_millions"].sum()), int(rows["order_year_uncertain"].sum())
    who = f" ({_names(rows['recipient'].value_counts())})" if len(rows) else ""
    return Finding(
        "qualifies" if outside else "silent",
        f"{_register(deals)} has {count(len(rows), 'deal')} ordered from {supplier} in "
        f"{year}{who}, {volume:,.1f} million TIV, order year uncertain for {doubtful}; {outside} with a recipient that "
        "is no state. It gives no contract sums and leaves out small arms.",
        {"deals": len(rows), "non_state_deals": outside, "tiv_millions": volume, "order_year_uncertain": doubtful},
    )


@check(
    "sipri_deals",
    asks="Are arms deals between the two registered for these years, in either direction?",
    shows="Orders of major weapons as one sign of closer relations; the deals nearest before and after are told.",
    cannot_show="Other cooperation, so that no deal says nothing against it.",
    stances={"supports": "there is a deal", "silent": "there is none"},
    parameters=ORDERED,
)
def deals_between(deals: pd.DataFrame, one: str, other: str, first: int, last: int) -> Finding:
    pairs = deals[
        ((deals["supplier"] == one) & (deals["recipient"] == other))
        | ((deals["supplier"] == other) & (deals["recipient"] == one))
    ]
    if pairs.empty:
        raise ValueError(f"the record has no deal between {one} and {other}")
    rows = _ordered(deals, pairs, first, last)
    before = pairs.loc[pairs["order_year"] < first, "order_year"]
    after = pairs.loc[pairs["order_year"] > last, "order_year"]
    near = [f"last one before: {before.max()}"] if len(before) else []
    near += [f"first one after: {after.min()}"] if len(after) else []
    what = f" ({_names(rows['designation'].value_counts())})" if len(rows) else ""
    return Finding(
        "supports" if len(rows) else "silent",
        f"{_register(deals)} has {count(len(rows), 'deal')} between {one} and {other} "
        f"ordered in {span(first, last)}{what}; {', '.join(near) or 'none before or after'}. Major weapons only.",
        {"deals": len(rows), "deals_in_record": len(pairs)},
    )


@check(
    "sipri_deals",
    asks="How far do the recipient's arms imports depend on one supplier?",
    shows=(
        "The supplier's share, by volume, of what deals ordered in these years delivered in major weapons; the share "
        "is ours."
    ),
    cannot_show="Training, money, or troops.",
    stances={
        "supports": "nine tenths or more",
        "qualifies": "half or more",
        "contradicts": "less",
        "silent": "no import is registered",
    },
    parameters=ORDERED,
)
def share_of_imports(deals: pd.DataFrame, recipient: str, supplier: str, first: int, last: int) -> Finding:
    if recipient not in COMPLETE_IMPORTERS:
        raise ValueError(f"the record keeps not every supplier of {recipient}")
    rows = _ordered(deals, deals[deals["recipient"] == recipient], first, last)
    total = float(rows["tiv_delivered_millions"].sum())
    value = float(rows.loc[rows["supplier"] == supplier, "tiv_delivered_millions"].sum())
    if not exceeds(total, 0):
        stance, share = "silent", 0.0
    else:
        share = value / total
        stance = settled(at_least(share, DEPENDENT), exceeds(1, 2 * share))
    return Finding(
        stance,
        f"{supplier} supplied {value:,.0f} of {total:,.0f} million TIV ({share:.0%}) of the major weapons that "
        f"{recipient} received under deals ordered in {span(first, last)}; suppliers by number of deals: "
        f"{_names(rows['supplier'].value_counts()) or 'none'}; our share from SIPRI's register, {release_of(deals)}.",
        {"tiv_millions": value, "total_tiv_millions": total, "share_percent": 100 * share},
    )


# Armed groups in the register


@check(
    "sipri_deals",
    asks="Is the supplier registered as arming the group?",
    shows="Who delivered major weapons to a group, often as unknown or uncertain.",
    cannot_show="Small arms; and secret deliveries are what the register sees least.",
    stances={
        "supports": "the supplier is named without doubt",
        "qualifies": "with doubt only",
        "silent": "it is not named",
    },
    parameters=ORDERED,
)
def suppliers_of_group(deals: pd.DataFrame, group: str, supplier: str, first: int, last: int) -> Finding:
    rows = _ordered(deals, _with_group(deals, group), first, last)
    named = rows[rows["supplier"] == supplier]
    certain = int((~named["supplier_uncertain"]).sum())
    stance = "supports" if certain else "qualifies" if len(named) else "silent"
    who = f": suppliers {_names(rows['supplier'].value_counts())}" if len(rows) else ""
    return Finding(
        stance,
        f"{_register(deals)} has {count(len(rows), 'deal')} with {_label(deals, group)} "
        f"ordered in {span(first, last)}{who}; {supplier} is named in {len(named)}, without doubt in {certain}. Small "
        "arms are left out.",
        {"deals": len(rows), "deals_of_supplier": len(named), "certain": certain},
    )


@check(
    "sipri_deals",
    asks="Did weapons of types that the supplier delivered to a state go on from there to a group?",
    shows=(
        "Designations: types that came to the state from the supplier and that the state delivered to the group in the"
        " same year or later."
    ),
    cannot_show="That the very items went on; and secret transfers are what the register sees least.",
    stances={"supports": "a type went on", "silent": "none did"},
    parameters={
        "supplier": "First supplier.",
        "group": "A recipient that is no state, a group of them, or “any” for all.",
    },
)
def passed_on(deals: pd.DataFrame, supplier: str, middle: str, group: str, until: int) -> Finding:
    _deliveries_covered(deals, until, until)
    first = _delivered(_pair(deals, supplier, middle), 0, until)
    rows = deals[_non_state(deals)] if group == "any" else _with_group(deals, group)
    second = _delivered(rows[rows["supplier"] == middle], 0, until)
    came = _delivery_years(first).map(min).groupby(first["designation"]).min()
    went = _delivery_years(second).map(lambda years: max(year for year in years if year <= until))
    went = went.groupby(second["designation"]).max()
    both = sorted(t for t in came.index.intersection(went.index) if came[t] <= went[t])
    whom = "recipients that are no states" if group == "any" else _label(deals, group)
    if both:
        listed = "; ".join(f"{t} (to {middle} from {came[t]}, on by {went[t]})" for t in both[:3])
        return Finding(
            "supports",
            f"{_register(deals)}: of {count(first['designation'].nunique(), 'type')} "
            f"that {supplier} delivered to {middle}, {len(both)} went on from there to {whom}: {listed}. Types, not "
            "items, are compared.",
            {"types_delivered": first["designation"].nunique(), "types_passed_on": len(both)},
        )
    return Finding(
        "silent",
        f"{_register(deals)} has {count(first['designation'].nunique(), 'type')} that "
        f"{supplier} delivered to {middle} up to {until}, and none of them going on from there to {whom}; small arms "
        "are left out.",
        {"types_delivered": first["designation"].nunique(), "types_passed_on": 0},
    )


# External support as coded by UCDP


def _coded(support: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the rows of these years; years that the data set as kept here does not reach are refused."""
    within(first, last, covered_years(support, "year", "warring party"), "the record")
    return _in_years(support, "year", first, last)


def _party(support: pd.DataFrame, actor: str, first: int, last: int) -> pd.DataFrame:
    _known(support, "actor", actor, "warring party")
    rows = _coded(support, first, last)
    rows = rows[rows["actor"] == actor]
    if rows.empty:
        raise ValueError(f"the record has no row for {actor} in {first} to {last}")
    return rows


@check(
    "ucdp_external_support",
    asks="Is the state coded as a supporter of the warring party, and with this kind of support?",
    shows=(
        "Which supporters the coders found in published sources. Where several states are named the kinds of support "
        "are pooled, so that a kind is certain only where the state stands alone. That a state is named as a "
        "supporter is certain wherever it is named: asked for support of any kind, no year is left out."
    ),
    cannot_show="That there was no support.",
    stances={
        "supports": "it is the only state named in a year with that kind of support; of any kind, it is named as one",
        "qualifies": "it is named with no other state but not, or not as a state, with that kind; of any kind, it is "
        "named, but not as a state",
        "silent": "it is not named, or a kind is asked for and kinds are pooled among several states",
    },
)
def support_coded(support: pd.DataFrame, actor: str, supporter: str, kind: str, first: int, last: int) -> Finding:
    if kind not in ("any", "troops", "weapons", "materiel", "training", "funding"):
        raise ValueError(f"the record has no support of kind {kind!r}")
    rows = _party(support, actor, first, last)
    named = rows[rows["supporter"] == supporter]
    if kind == "any":
        return _named_at_all(support, rows, named, actor, supporter, span(first, last))
    alone = named[(named["state_supporters"] == 1) & (named["supporter_kind"] == "state") & named[kind]]
    unpooled = named[named["state_supporters"] <= 1]
    stance = "supports" if len(alone) else "qualifies" if len(unpooled) else "silent"
    coded, named_years, alone_years = (frame["year"].nunique() for frame in (rows, named, alone))
    when = f" ({', '.join(map(str, sorted(set(named['year']))[:4]))})" if 0 < named_years <= 4 else ""
    return Finding(
        stance,
        f"UCDP's External Support Dataset ({release_of(support)}) codes {actor} in {span(first, last)} for "
        f"{count(coded, 'year')} and names {supporter} as a supporter in {named_years}{when}; with {kind}, and as the "
        f"only state, in {alone_years}.",
        {"years_coded": coded, "years_named": named_years, "years_alone_with_kind": alone_years},
    )


def _named_at_all(
    support: pd.DataFrame, rows: pd.DataFrame, named: pd.DataFrame, actor: str, supporter: str, years: str
) -> Finding:
    """Say whether a supporter is named with support of any kind, be it alone or among several states."""
    as_state = named[named["supporter_kind"] == "state"]
    coded, named_years, state_years = (frame["year"].nunique() for frame in (rows, named, as_state))
    when = f" ({', '.join(map(str, sorted(set(named['year']))[:4]))})" if 0 < named_years <= 4 else ""
    return Finding(
        "supports" if state_years else "qualifies" if named_years else "silent",
        f"UCDP's External Support Dataset ({release_of(support)}) codes {actor} in {years} for "
        f"{count(coded, 'year')} and names {supporter} as a supporter, with support of any kind, in "
        f"{named_years}{when}; as a state in {state_years}.",
        {"years_coded": coded, "years_named": named_years, "years_named_as_state": state_years},
    )


@check(
    "ucdp_external_support",
    asks="Which armed groups does the coding name the state as a supporter of?",
    shows=(
        "Groups that fight a government and whose support by the state the coders found; the record keeps only the "
        "groups that the texts speak of."
    ),
    cannot_show="What to call a group.",
    stances={"supports": "there is such a group", "silent": "there is none"},
)
def groups_supported(support: pd.DataFrame, supporter: str, opponent: str, first: int, last: int) -> Finding:
    if opponent != "any":
        _known(support, "opponent", opponent, "opponent")
    rows = _coded(support, first, last)
    rows = rows[rows["actor_kind"] == "non-state"]
    if opponent != "any":
        rows = rows[rows["opponent"] == opponent]
    if rows.empty:
        raise ValueError(f"the record has no armed group for {opponent} in {first} to {last}")
    named = rows[(rows["supporter"] == supporter) & (rows["supporter_kind"] == "state")].groupby("actor")["year"]
    named = named.nunique()
    against = "" if opponent == "any" else f" that fight {opponent}"
    return Finding(
        "supports" if len(named) else "silent",
        f"UCDP's External Support Dataset ({release_of(support)}) names {supporter} as a state supporter of "
        f"{len(named)} of {count(rows['actor'].nunique(), 'armed group')}{against} kept here for {span(first, last)}"
        f"{' (years: ' + _names(named) + ')' if len(named) else ''}.",
        {"groups": len(named), "groups_in_record": rows["actor"].nunique()},
    )


@check(
    "ucdp_external_support",
    asks="Did the two fight each other, with at least 25 killed in a year?",
    shows=(
        "That there was fighting: UCDP marks a conflict as active from 25 deaths in battle between the two in the "
        "calendar year."
    ),
    cannot_show="Its scale beyond that threshold, nor motives.",
    stances={
        "supports": "every year is marked active; if negated, none is and the record has every year",
        "qualifies": "some are",
        "contradicts": "none is, and the record has every year; if negated, every year is marked active",
        "silent": "none is, and the record lacks years of the two",
    },
    parameters={"actor": "One of the two warring parties, as the record names it.", "opponent": "The other."},
)
def fighting_coded(
    support: pd.DataFrame, actor: str, opponent: str, first: int, last: int, negated: str = "no"
) -> Finding:
    _check_negated(negated)
    rows = _party(support, actor, first, last)
    rows = rows[rows["opponent"] == opponent]
    if rows.empty:
        raise ValueError(f"the record has no row for {actor} against {opponent} in {first} to {last}")
    active, asked = rows.loc[rows["active"], "year"].nunique(), last - first + 1
    lacking = asked - rows["year"].nunique()
    none = "silent" if lacking else "contradicts"
    stance = "supports" if active == asked else "qualifies" if active else none
    lacks = f"; it has no row on the two for {count(lacking, 'year')} of them" if lacking else ""
    return Finding(
        FLIPPED.get(stance, stance) if negated == "yes" else stance,
        f"UCDP (External Support Dataset {release_of(support)}) marks the conflict of {actor} with {opponent} as "
        f"active, that is with at least {BATTLE_DEATHS} battle deaths in the year, in {active} of the "
        f"{count(asked, 'year')} {span(first, last)}{lacks}.",
        {"years_active": active, "years": asked},
    )


# NATO's eastern flank


def _countries(frame: pd.DataFrame, countries: str) -> list[str]:
    names = [name.strip() for name in countries.split("/")]
    for name in names:
        _known(frame, "country", name, "country")
    return names


def _then_and_now(
    frame: pd.DataFrame, countries: str, column: str, first: int, last: int
) -> tuple[list[str], list[float], list[float]]:
    """Return the names of some countries, and a number of each in two years."""
    _check_order(first, last)
    names = _countries(frame, countries)
    then, now = ([float(_row(frame, country=name, year=year)[column]) for name in names] for year in (first, last))
    return names, then, now


@check(
    "sipri_military_expenditure",
    asks="Did military spending grow in these countries?",
    shows=(
        "Spending of every kind, pay and pensions included, in constant US dollars. Growth says nothing for a claim "
        "about infrastructure, but where spending falls everywhere, the claim wants a reason."
    ),
    cannot_show="Infrastructure, nor where forces stand.",
    stances={"qualifies": "it fell in all of them", "silent": "it did not"},
    parameters=YEARS_COMPARED,
)
def spending_grew(spending: pd.DataFrame, countries: str, first: int, last: int, factor: float = GROWN) -> Finding:
    names, then, now = _then_and_now(spending, countries, "usd_2022_millions", first, last)
    grown = sum(at_least(b, factor * a) for a, b in zip(then, now, strict=True))
    fallen = sum(exceeds(a, b) for a, b in zip(then, now, strict=True))
    pairs = zip(names, then, now, strict=True)
    told = ", ".join(f"{name} {a:,.0f} to {b:,.0f} ({b / a:.1f} times)" for name, a, b in pairs)
    return Finding(
        "qualifies" if fallen == len(names) else "silent",
        f"Military spending from {first} to {last}, in millions of US dollars of 2022: {told}; SIPRI, workbook "
        f"{release_of(spending)}. Spending is not infrastructure.",
        {"countries": len(names), "grown": grown, "fallen": fallen, "sum_factor": sum(now) / sum(then)},
        affirms=False,
    )


@check(
    "us_troops_abroad",
    asks="Did the number of US troops assigned to these countries grow?",
    shows="Active-duty troops assigned to a country.",
    cannot_show=(
        "Rotating and temporary forces, the main presence in these countries, nor the troops of other NATO states, nor"
        " infrastructure."
    ),
    stances={"qualifies": "the number fell", "silent": "it did not: more troops of one state are no infrastructure"},
    parameters=YEARS_COMPARED,
)
def us_troops_grew(troops: pd.DataFrame, countries: str, first: int, last: int) -> Finding:
    names, *of_years = _then_and_now(troops, countries, "us_active_duty_troops", first, last)
    then, now = (int(sum(numbers)) for numbers in of_years)
    return Finding(
        "qualifies" if now < then else "silent",
        f"US active-duty troops assigned to {', '.join(names)}: {then:,} in {first}, {now:,} in {last} (US Defense "
        f"Manpower Data Center by way of troopdata, {release_of(troops)}). Rotating forces and other NATO states are "
        "not counted.",
        {"troops_first": then, "troops_last": now},
        affirms=False,
    )


# US assistance


@check(
    "us_foreign_assistance",
    asks="Had all US assistance to the country together reached the sum by then?",
    shows=(
        "All reported assistance of every purpose, added up from the first year recorded; a sum said to have been "
        "spent for one purpose by then cannot be larger, as far as it was reported."
    ),
    cannot_show=(
        "Secret spending or loan guarantees, nor what was spent to which end: a total that reaches the sum makes the "
        "claim possible and no more."
    ),
    stances={
        "contradicts": "the total of every purpose lies below the sum, in current and in constant dollars",
        "silent": "it reaches the sum in either",
    },
    parameters={"until": "Last fiscal year that counts."},
)
def assistance_reaches(assistance: pd.DataFrame, country: str, billions: float, until: int) -> Finding:
    _known(assistance, "country", country, "country")
    rows = assistance[(assistance["country"] == country) & (assistance["transaction"] == "obligated")]
    covered = covered_years(rows, "fiscal_year", f"fiscal year of {country}")
    within(until, until, covered, f"the record of {country} by fiscal year")
    rows = rows[rows["fiscal_year"] <= until]
    if list(rows["fiscal_year"].sort_values()) != list(range(covered[0], until + 1)):
        raise ValueError(f"the record must hold each fiscal year of {country} from {covered[0]} to {until} once")
    current, constant = (float(rows[column].sum()) / 1e9 for column in ("current_usd", "constant_usd"))
    return Finding(
        "contradicts" if exceeds(billions, max(current, constant)) else "silent",
        f"All US assistance of every kind obligated to {country} in fiscal years {rows['fiscal_year'].min()} to "
        f"{until} comes to {current:.2f} billion dollars ({constant:.2f} billion in constant dollars), against "
        f"{plain(billions)} billion claimed; ForeignAssistance.gov, {release_of(assistance)}. Purposes are not told "
        "apart.",
        {"current_usd_billions": current, "constant_usd_billions": constant, "claimed_usd_billions": billions},
    )


# The US sanctions list


def _stored(snapshots: pd.DataFrame, first: str, last: str) -> list[str]:
    """Return the days of the snapshots that lie around or in a period, by date.

    These are the last one up to its first day, and the first one from its last day on, and all between; a period that
    begins before the first snapshot or ends after the last is refused.
    """
    stored = sorted(set(snapshots["snapshot_date"]))
    within(day(first), day(last), covered_days(snapshots, "snapshot_date", "snapshot"), "the record of snapshots")
    before = max(date for date in stored if date <= first)
    after = min(date for date in stored if date >= last)
    return [date for date in stored if before <= date <= after]


def _compared(snapshots: pd.DataFrame, first: str, last: str) -> tuple[str, str]:
    """Return the days of the first and the last snapshot in a period; refused where it has fewer than two."""
    stored = [date for date in _stored(snapshots, first, last) if first <= date <= last]
    if len(stored) < 2:
        raise ValueError(f"the record has fewer than two snapshots in {first} to {last}, so that none can be compared")
    return stored[0], stored[-1]


def _entries_rose(days: tuple[str, str], entries: list[int], which: str, stored: str = "", rest: str = "") -> Finding:
    """Say whether the number of some entries on the list was higher on the later of two days."""
    before, after = entries
    return Finding(
        "supports" if after > before else "silent",
        f"Entries on the US Treasury's sanctions list {which}: {before:,} {stored}on {days[0]}, {after:,} on {days[1]} "
        f"({after - before:+,}){rest}.",
        {"entries_before": before, "entries_after": after},
    )


def _called(names: dict[str, str], key: str, what: str) -> str:
    if key not in names:
        raise ValueError(f"the record has no {what} {key!r}")
    return names[key]


@check(
    "ofac_snapshots",
    asks="Was the party on the US sanctions list on that day?",
    shows=(
        "Listing by the United States on the days stored around the day asked for. The list is the act itself and "
        "complete for its day."
    ),
    cannot_show="The view of other states, nor since when.",
    stances={
        "supports": "it was listed in what is read",
        "contradicts": "in none of it",
        "silent": "the lists before and after differ",
    },
)
def on_us_list(snapshots: pd.DataFrame, party: str, date: str) -> Finding:
    name = _called(PARTIES, party, "party")
    rows = [_row(snapshots, snapshot_date=stored) for stored in _stored(snapshots, date, date)]
    listed = [bool(row[f"{party}_listed"]) for row in rows]
    stance = "supports" if all(listed) else "silent" if any(listed) else "contradicts"
    told = " and ".join(
        f"{'contains' if on else 'does not contain'} {name} as stored on {row['snapshot_date']}"
        for on, row in zip(listed, rows, strict=True)
    )
    return Finding(
        stance,
        f"The US Treasury's sanctions list {told}, asked for {date}; it tells of the United States only.",
        {"snapshots": len(rows), "listed": sum(listed)},
    )


@check(
    "ofac_snapshots",
    asks="Does the US list bear out that all states of a kind have listed the party?",
    shows="One state of many: whether the United States had listed the party.",
    cannot_show=(
        "That any other state has listed the party, so that it bears out neither the universal claim nor a part of it."
    ),
    stances={
        "contradicts": "not even the United States had listed it",
        "silent": "they had, or the lists before and after differ",
    },
)
def recognised_by_all(snapshots: pd.DataFrame, party: str, date: str) -> Finding:
    found = on_us_list(snapshots, party, date)
    return Finding({"supports": "silent"}.get(found.stance, found.stance), found.sentence, found.numbers)


@check(
    "ofac_snapshots",
    asks="Was the party under US sanctions at a time for which good relations with Western powers are claimed?",
    shows="On how many of the days stored the party was listed.",
    cannot_show="The policy of other powers, nor the days between the snapshots.",
    stances={"qualifies": "it was listed on any day stored, as a listing may outlast a thaw", "silent": "it was not"},
)
def listed_throughout(snapshots: pd.DataFrame, party: str, first: str, last: str) -> Finding:
    _stored(snapshots, first, last)
    rows = snapshots[snapshots["snapshot_date"].between(first, last)]
    if rows.empty:
        raise ValueError(f"the record has no snapshot in {first} to {last}")
    name = _called(PARTIES, party, "party")
    listed = int(rows[f"{party}_listed"].sum())
    stance = "qualifies" if listed else "silent"
    stored = sorted(rows["snapshot_date"])
    return Finding(
        stance,
        f"The US Treasury's sanctions list contains {name} in {listed} of {count(len(rows), 'snapshot')} stored "
        f"between {stored[0]} and {stored[-1]}; it tells nothing of the European Union.",
        {"snapshots": len(rows), "listed": listed},
        affirms=False,
    )


@check(
    "ofac_snapshots",
    asks="Did the number of entries on the US sanctions list under the programme rise between two days?",
    shows="The net change of the number of entries. The list is the act itself.",
    cannot_show="For what conduct the entries were added.",
    stances={"supports": "the number rose", "silent": "it did not"},
    parameters=SNAPSHOTS_COMPARED,
)
def entries_added(snapshots: pd.DataFrame, programme: str, first: str, last: str) -> Finding:
    name, column = _called(PROGRAMMES, programme, "programme"), f"entries_{programme}"
    days = _compared(snapshots, first, last)
    entries = [int(_row(snapshots, snapshot_date=on)[column]) for on in days]
    return _entries_rose(days, entries, f"under the programme {name}", "as stored ")


@check(
    "ofac_iran_programs",
    asks="Are US sanctions on Iran on account of its nuclear programme alone?",
    shows=(
        "Entries under tags that by their name are about human rights (IRAN-HR, HRIT-IR), the Revolutionary Guards "
        "(IRGC) or conventional arms. The tags of an entry tell its legal ground."
    ),
    cannot_show="Shares, as an entry can carry several tags.",
    stances={
        "qualifies": "there are entries under such tags in what is read",
        "silent": "there are none: the nuclear ground has no tag of its own",
    },
)
def other_grounds(programs: pd.DataFrame, date: str) -> Finding:
    stored = _stored(programs, date, date)
    lists = [programs[programs["snapshot_date"] == on].set_index("program")["entries"] for on in stored]
    others = [tags[tags.index.isin(OTHER_GROUNDS) & (tags > 0)] for tags in lists]
    rows, other = lists[0], others[0]
    after = f"; the next list stored, of {stored[1]}, has {_names(others[1]) or 'none'}" if stored[1:] else ""
    return Finding(
        "qualifies" if all(len(tags) for tags in others) else "silent",
        f"The US Treasury's sanctions list of {stored[0]} has entries on Iran under "
        f"{count(len(rows), 'programme tag')}; among them by name for other grounds than nuclear ones: "
        f"{_names(other) or 'none'} (an entry can carry several tags){after}.",
        {"tags": len(rows), "other_tags": len(other), "most_entries": int(other.max()) if len(other) else 0},
        affirms=False,
    )


@check(
    "ofac_iran_programs",
    asks="Did entries on the US sanctions list on this legal ground increase between two days?",
    shows="That sanctions on that stated ground, told by the programme tag, were added on balance.",
    cannot_show="Which conduct of which day led to an entry.",
    stances={"supports": "the entries increased", "silent": "they did not"},
    parameters=SNAPSHOTS_COMPARED,
)
def entries_on_ground(programs: pd.DataFrame, program: str, first: str, last: str) -> Finding:
    _known(programs, "program", program, "programme tag")
    days, tagged = _compared(programs, first, last), programs[programs["program"] == program]
    entries = [int(tagged.loc[tagged["snapshot_date"] == on, "entries"].sum()) for on in days]
    rest = "; the tag tells the legal ground, not the conduct of a day"
    return _entries_rose(days, entries, f"with the tag {program}", rest=rest)

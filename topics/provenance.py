"""One figure through its tellings, and what it can be held against.

The tellings and yardsticks are tables of the ledger; registers are read from the records. Only quantities that
:mod:`claimbook.analysis.quantities` calls alike are drawn on one axis: every other one gets an axis of its own.
"""

import contextlib

import pandas as pd
import plotly.graph_objects as go

from claimbook.analysis import aggregates, quantities
from claimbook.analysis.quantities import Interval, PriceIndex, Quantity, told_interval
from claimbook.model.decimals import plain
from claimbook.model.ledger import Ledger
from claimbook.view import palette, sums
from claimbook.view.charts import LEGEND, Figure, _numbered_axis
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import (
    amount,
    cited,
    claim_link,
    count,
    date_text,
    entries,
    lines,
    needs,
    no_chart,
    quantity_text,
    quiet,
    reference_link,
    table,
)

FIGURE = "wnd-2001-q01"
"""The quantity whose tellings the lineage follows."""

SCALES_OF_MONEY = (("delivery", "export", "flow"), ("trade",), ("cargo",), ("income",))
"""What yardsticks count to which the scale of the figure is compared, in the order in which that is said."""

STAGES = {"contract": "contracts", "export": "exports", "delivery": "deliveries", "flow": "sold, stage not told"}
SYMBOLS = {"exact": "circle", "approximate": "circle-open", "at_least": "triangle-right", "at_most": "triangle-left"}
SIGNS = {"exact": "", "approximate": "about ", "at_least": "over ", "at_most": "up to "}
ARROWS = {
    "names_telling": ("solid", "names the earlier telling", palette.ACCENT),
    "inferred_from": ("dot", "descent inferred", palette.NEUTRAL),
}
"""Per column of ``lineage``: the dash of its arrows, what they mean, their colour."""

UNTITLED = "[no title seen]"
"""Title in ``references.bib`` of what was read without one; its organization is shown instead."""

UNTOLD = "told by neither"


def _when(telling) -> str:
    return date_text(telling.date, telling.date_end, "bounded")


def _label(telling) -> str:
    later = "" if telling.date[:7] == telling.date_end[:7] else " or later:"
    return f"{telling.date[:7]}{later} {telling.short_name}"


def _in_order(ledger: Ledger) -> pd.DataFrame:
    """Return the tellings by the first and then by the last day possible, those with no last day at the end."""
    rows = ledger.lineage.assign(last=ledger.lineage["date_end"].replace("", "9999"))
    return rows.sort_values(["date", "last"], kind="stable").reset_index(drop=True)


def _sum(telling) -> str:
    return f"{SIGNS[telling.bound]}{amount(float(telling.amount), telling.currency)}"


def _buyers(ledger: Ledger) -> dict[str, pd.DataFrame]:
    rows = ledger.lineage_buyers.sort_values(["telling_id", "place"])
    return {key: part for key, part in rows.groupby("telling_id")}


def arrows(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Return, for every telling with a forerunner: the forerunner, the telling, and the column that says so."""
    return [
        (getattr(t, column), t.telling_id, column)
        for t in ledger.lineage.itertuples(index=False)
        for column in ARROWS
        if getattr(t, column)
    ]


def tellings(ledger: Ledger) -> Figure | Html:
    """Chart every telling of the figure by stage and time, with an arrow from the telling it goes back to.

    Where none is listed, a sentence says so.
    """
    rows = _in_order(ledger)
    if rows.empty:
        return no_chart("no telling of the sum is listed")
    stages = list(STAGES)
    place = {t.telling_id: (stages.index(t.stage), i) for i, t in enumerate(rows.itertuples())}
    traces, seen = [], set()
    for earlier, later, column in arrows(ledger):
        dash, word, colour = ARROWS[column]
        (x0, y0), (x1, y1) = place[earlier], place[later]
        # The middle point bends the arrow past the marks between its ends.
        bend = 0.5 * (x0 + x1) - 0.1 * (1 + 0.45 * abs(y1 - y0))
        traces.append(
            go.Scatter(
                x=[x0, bend, x1],
                y=[y0, 0.5 * (y0 + y1), y1],
                mode="lines+markers",
                line={"dash": dash, "width": 2, "color": colour, "shape": "spline"},
                marker={"symbol": "arrow", "size": [0, 0, 13], "angleref": "previous", "standoff": 8, "color": colour},
                name=word,
                legendgroup=column,
                showlegend=column not in seen,
                hoverinfo="skip",
            )
        )
        seen.add(column)
    for bound, symbol in SYMBOLS.items():
        part = rows[rows["bound"] == bound]
        if part.empty:
            continue
        traces.append(
            go.Scatter(
                x=[place[t][0] for t in part["telling_id"]],
                y=[place[t][1] for t in part["telling_id"]],
                mode="markers+text",
                marker={"symbol": symbol, "size": 13, "color": palette.TEXT_COLOURS[1], "line": {"width": 2}},
                text=[f"  {t.amount / 1e6:.0f} M" for t in part.itertuples()],
                textposition="middle right",
                textfont={"size": 11},
                cliponaxis=False,
                name={"exact": "number with no bound"}.get(bound, palette.BOUNDS[bound]),
                hovertext=[f"{t.carrier}: {_sum(t)}, {STAGES[t.stage]}" for t in part.itertuples()],
                hoverinfo="text",
            )
        )
    counts = rows["stage"].value_counts()
    moved = int(counts.get("export", 0) + counts.get("delivery", 0))
    named = int((rows["names_telling"] != "").sum())
    title = (
        f"{int(counts.get('contract', 0))} of {count(len(rows), 'telling')} speak of contracts, {moved} of exports or "
        f"deliveries; {named} name the earlier telling they go back to"
    )
    buyers = _buyers(ledger)
    data = pd.DataFrame(
        {
            "Telling": [_label(t) for t in rows.itertuples()],
            "Date": [_when(t) for t in rows.itertuples()],
            "Sum": [_sum(t) for t in rows.itertuples()],
            "Stage": rows["stage"].map(STAGES),
            "Buyers": ["; ".join(buyers[t]["buyer"]) for t in rows["telling_id"]],
            "Credited to": rows["credited_to"],
            "Names": rows["names_telling"],
            "Inferred from": rows["inferred_from"],
        }
    )
    return Figure(
        traces,
        id="figure-tellings",
        title=title,
        caption=f"Tellings found of one sum, earliest above; n = {len(rows)}. M: millions of US dollars. An arrow "
        "leads from a telling to a later one: solid where the later names it, dotted where only shared details suggest "
        "it, none where nothing is known. Undated ones stand at the first day possible.",
        alt=f"Diagram. {title}. "
        + "; ".join(f"{_label(t)}: {_sum(t)}, {STAGES[t.stage]}" for t in rows.itertuples())
        + ".",
        table=data,
        source="publications listed in the table of tellings; arrows are our reading",
        height=170 + 42 * len(rows),
        xaxis={
            "tickmode": "array",
            "tickvals": list(range(len(stages))),
            "ticktext": [STAGES[s].split(",")[0] for s in stages],
            "range": [-0.95, len(stages) - 0.2],
            "zeroline": False,
        },
        yaxis=_numbered_axis(data["Telling"]),
        legend=LEGEND,
        hovermode="closest",
    )


def buyers(ledger: Ledger) -> Figure | Html:
    """Chart which buyers each telling names, earliest telling above; say so where none is listed."""
    rows = _in_order(ledger)
    named = ledger.lineage_buyers
    if named.empty:
        return no_chart("no telling of the sum is listed")
    groups = list(named["buyer_group"].value_counts().index)
    place = {t: i for i, t in enumerate(rows["telling_id"])}
    n_tellings = named.groupby("buyer_group")["telling_id"].nunique()
    sets = named.groupby("telling_id")["buyer_group"].agg(frozenset)
    title = (
        f"{groups[0]} are named in {int(n_tellings[groups[0]])} of {count(len(rows), 'telling')}; the list of buyers "
        f"takes {sets.nunique()} different forms"
    )
    labels = [_label(t) for t in rows.itertuples()]
    data = pd.DataFrame({"Telling": labels})
    for group in groups:
        told = named[named["buyer_group"] == group].groupby("telling_id")["buyer"].agg("; ".join)
        data[group] = [told.get(t) for t in rows["telling_id"]]
    return Figure(
        [
            go.Scatter(
                x=named["buyer_group"].tolist(),
                y=[place[t] for t in named["telling_id"]],
                mode="markers",
                marker={"symbol": "square", "size": 13, "color": palette.ACCENT},
                hovertext=named["buyer"].tolist(),
                hoverinfo="text",
            )
        ],
        id="figure-buyers",
        title=title,
        caption=f"Buyers named for the sum by telling; n = {len(rows)} tellings. The groups are ours; the table has "
        "the words. No telling divides the sum among its buyers.",
        alt=f"Dot matrix. {title}. "
        + "; ".join(f"{g} in {count(int(n_tellings[g]), 'telling')}" for g in groups)
        + ".",
        table=data,
        source="publications listed in the table of tellings",
        height=150 + 34 * len(rows),
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": groups,
            "range": [-0.6, len(groups) - 0.4],
            "side": "top",
            "tickangle": -60,
            "dtick": 1,
        },
        yaxis=_numbered_axis(labels),
        hovermode="closest",
    )


def _titles(ledger: Ledger) -> dict[str, str]:
    return {
        key: (entry["title"] == UNTITLED and entry.get("organization")) or entry["title"]
        for key, entry in ledger.bibliography.items()
    }


def _read(row, titles: dict[str, str]) -> Html:
    return join([reference_link(row.reference, titles[row.reference]), f", {palette.READ_AS[row.read_as]}"])


def _with_rules(shown: Html, *tables: str) -> Html:
    """Put links to the tables that hold the rows, and to what each of their columns means, under what is shown."""
    links = join((el("a", el("code", name), href=f"data.ipynb#table-{name}") for name in tables), ", ")
    return el("div", shown, el("p", "Rows, columns and rules: ", links, class_="cb-quiet"))


def telling_list(ledger: Ledger) -> Html:
    """List every telling with all that it says of the sum, whom it credits, and where it was read."""
    titles, named = _titles(ledger), _buyers(ledger)
    shorts = ledger.lineage.set_index("telling_id")["short_name"]
    rows = []
    for t in _in_order(ledger).itertuples(index=False):
        period = date_text(t.period_start, t.period_end) if t.period_start else "no period told"
        if t.names_telling:
            origin = lines(f"{shorts[t.names_telling]}, which it names")
        elif t.inferred_from:
            origin = lines(f"{shorts[t.inferred_from]}, inferred", t.inference_reason)
        else:
            origin = "not known"
        rows.append(
            {
                "Telling": lines(el("span", t.carrier, id=f"telling-{t.telling_id}"), _when(t), t.date_basis),
                "Sum": lines(_sum(t), cited(t.wording)),
                "Period": lines(period, t.period_words or None),
                "Stage": lines(STAGES[t.stage], t.stage_words),
                "Buyers": "; ".join(named[t.telling_id]["buyer"]),
                "Credited to": t.credited_to,
                "Goes back to": origin,
                "Read in": lines(_read(t, titles), t.note or None),
            }
        )
    shown = entries(pd.DataFrame(rows), f"{count(len(rows), 'telling')} of the sum, earliest first")
    return _with_rules(shown, "lineage", "lineage_buyers")


def changes(ledger: Ledger) -> Html:
    """List, arrow by arrow, in what a telling differs from the one it goes back to."""
    by_id = {t.telling_id: t for t in ledger.lineage.itertuples(index=False)}
    groups = ledger.lineage_buyers.groupby("telling_id")["buyer_group"].agg(set)
    rows = []
    for earlier, later, column in sorted(arrows(ledger), key=lambda a: (by_id[a[1]].date, a[1])):
        a, b = by_id[earlier], by_id[later]
        listed = [groups.get(telling, set()) for telling in (earlier, later)]
        gone, new = sorted(listed[0] - listed[1]), sorted(listed[1] - listed[0])
        moved = [f"gone: {', '.join(gone)}"] if gone else []
        moved += [f"new: {', '.join(new)}"] if new else []
        rows.append(
            {
                "From → to": lines(f"{a.short_name} → {b.short_name}", ARROWS[column][1]),
                "Sum": _change(_sum(a), _sum(b)),
                "Stage": _change(STAGES[a.stage], STAGES[b.stage]),
                "Period": _change(_period(a), _period(b), "no period told"),
                "Buyers": "; ".join(moved) or ("same groups" if listed[0] else UNTOLD),
                "Credited to": _change(a.credited_to, b.credited_to, "nobody told"),
            }
        )
    return table(pd.DataFrame(rows), "What differs from telling to telling; where it arose is not known")


def _period(telling) -> str:
    return date_text(telling.period_start, telling.period_end) if telling.period_start or telling.period_end else ""


def _change(before: str, after: str, untold: str = "") -> str:
    """Say how two tellings differ in one thing; what neither tells is not the same in both."""
    if before == after:
        return "same" if before else UNTOLD
    return f"{before or untold} → {after or untold}"


def lead(ledger: Ledger) -> Html:
    """Say how many tellings were found, over which time, and what changes between them."""
    rows = _in_order(ledger)
    if rows.empty:
        return el("p", "No telling of the sum is listed in this ledger.", class_="cb-lead")
    first = rows.iloc[0]
    seen_whole = int((rows["read_as"] == "full").sum())
    forms = ledger.lineage_buyers.groupby("telling_id")["buyer_group"].agg(frozenset).nunique()
    sums = sorted({float(a) for a in rows["amount"]})
    inferred = int((rows["inferred_from"] != "").sum())
    named = int((rows["names_telling"] != "").sum())
    return el(
        "p",
        f"{count(len(rows), 'telling')} of the sum were found, from {rows['date'].min()[:4]} to "
        f"{rows['date'].max()[:4]}; the earliest is that of {first['short_name']} ({_when(first)}). Between them stand "
        f"{count(len(sums), 'amount')} ({' and '.join(amount(s, 'US dollars') for s in sums)}), "
        f"{count(rows['stage'].nunique(), 'stage')} and {forms} different lists of buyers. {named} name the telling "
        f"they go back to, for {inferred} it is inferred, for {len(rows) - named - inferred} nothing is known. "
        f"{seen_whole} of them could be read whole. None of the parts read shows a document behind the sum.",
        class_="cb-lead",
    )


def searches(ledger: Ledger, about: str) -> Html:
    """List what was looked for, where, and with what result.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    about : str
        ``telling`` or ``yardstick``.
    """
    rows = ledger.lineage_searches[ledger.lineage_searches["about"] == about]
    if rows.empty:
        return quiet("No search is logged.")
    words = {"found": "found", "partly": "in part", "none": "not found"}
    frame = pd.DataFrame(
        {
            "Looked for": rows["looked_for"],
            "Result": rows["result"].map(words),
            "Where": rows["where"],
            "Day": rows["date"],
        }
    )
    found = rows["result"].value_counts()
    caption = f"{count(len(rows), 'search', 'searches')}: " + ", ".join(
        f"{found.get(key, 0)} {word}" for key, word in words.items()
    )
    return _with_rules(table(frame, caption), "lineage_searches")


def reported(ledger: Ledger) -> Figure | Html:
    """Chart the sums of money that the texts report of arms, each on an axis with its like alone.

    Where none is reported, a sentence says so.
    """
    rows = ledger.quantities[ledger.quantities["arms_deal"] & (ledger.quantities["dimension"] == "money")]
    if rows.empty:
        return no_chart("no sum of arms money is reported")
    return sums.sums_of(ledger, rows, "arms-sums", "of arms money")


def derived_index(assistance: pd.DataFrame, tolerance: float = 1e-4) -> PriceIndex:
    """Derive a price index from a record that gives the same sums in current and in constant US dollars.

    Parameters
    ----------
    assistance : pandas.DataFrame
        The record ``us_foreign_assistance``.
    tolerance : float
        How far two rows of a year may differ by the rounding of their sums.

    Raises
    ------
    ValueError
        If rows of one year disagree, or no year has the same sum in both.
    """
    paid = assistance[assistance["current_usd"] > 0]
    ratios = (paid["constant_usd"].astype(float) / paid["current_usd"].astype(float)).groupby(paid["fiscal_year"])
    apart = ratios.max() - ratios.min() > tolerance * ratios.mean()
    if apart.any():
        raise ValueError(f"rows of {', '.join(map(str, apart.index[apart]))} disagree on the price index")
    factors = {int(year): float(factor) for year, factor in ratios.median().items()}
    base = [year for year, factor in factors.items() if abs(factor - 1) <= tolerance]
    if len(base) != 1:
        raise ValueError("the price index has no single base year")
    return PriceIndex("USD", base[0], factors, "us_foreign_assistance")


def measured(ledger: Ledger) -> list[Quantity]:
    """Return the yardsticks that are sums of money as quantities."""
    called = ledger.column("yardsticks", "counts").get("words", {})
    return [
        Quantity(
            name=y["short_name"],
            counts=y["counts"],
            unit=y["currency"],
            bound=y["bound"],
            interval=told_interval(y["bound"], y["amount"]),
            start=y["period_start"],
            end=y["period_end"],
            spread=y["spread"],
            price_year=None if pd.isna(y["price_year"]) else int(y["price_year"]),
            called=called.get(y["counts"], ""),
        )
        for _, y in ledger.yardsticks[ledger.yardsticks["unit"] == "currency"].iterrows()
    ]


def registered(flows, supplier: str, first: int, last: int, release: str) -> Quantity:
    """Return the volume of major weapons that `supplier` delivered from `first` to `last`, by ``sipri_flows``.

    Raises
    ------
    ValueError
        If the release does not cover the years.
    """
    mine = aggregates.sums(flows, "tiv_millions", ("supplier", "year"), {"release": release})
    if mine.empty or first < mine["year"].min() or last > mine["year"].max():
        raise ValueError(f"release {release} does not cover {first} to {last}")
    mine = mine[(mine["supplier"] == supplier) & mine["year"].between(first, last)]
    volume = float(mine["tiv_millions"].sum())
    years = str(first) if first == last else f"{first}–{last}"
    return Quantity(
        name=f"registered deliveries of {supplier}, {years}",
        counts="tiv",
        called="volume of deliveries (TIV)",
        unit="million TIV",
        bound="exact",
        interval=Interval(volume, volume),
        start=f"{first}-01-01",
        end=f"{last}-12-31",
        money=False,
    )


def _the_figure(ledger: Ledger) -> Quantity:
    rows = ledger.quantities[ledger.quantities["quantity_id"] == FIGURE]
    return quantities.reported(ledger, rows)[0]


def _index(ledger: Ledger) -> PriceIndex | None:
    """Return the price index that the records give; None where they give none."""
    try:
        return derived_index(ledger.records["us_foreign_assistance"])
    except (KeyError, ValueError):
        return None


def _newest(ledger: Ledger) -> str:
    return aggregates.releases(ledger.records["sipri_flows"])[-1]


def _volume(ledger: Ledger, figure: Quantity) -> Quantity | None:
    """Return the registered volume of deliveries in the year of the figure; None where the register has none."""
    if not figure.start or "sipri_flows" not in ledger.records:
        return None
    year = int(figure.start[:4])
    try:
        return registered(ledger.records["sipri_flows"], "Belarus", year, year, _newest(ledger))
    except ValueError:
        return None


@needs(quantity=FIGURE)
def refusal(ledger: Ledger) -> Html:
    """Try to put the figure beside deliveries in money and registered volume, and show what the guard answers."""
    figure, volume = _the_figure(ledger), _volume(ledger, _the_figure(ledger))
    others = [q for q in measured(ledger) if q.counts == "delivery"][:1]
    others += [volume] if volume else []
    if not others:
        return quiet("Nothing to set beside the sum: no yardstick of deliveries, and no register of its year.")
    try:
        quantities.require_alike([figure, *others])
    except quantities.UnlikeError as refused:
        answer = str(refused)
    else:
        return el("p", "The guard has nothing to refuse: they are alike.")
    return el(
        "div",
        el("p", f"Asked to draw {'three' if len(others) > 1 else 'two'} quantities on one axis, the book answers:"),
        el("pre", el("code", answer), class_="cb-refusal", style="white-space:pre-wrap"),
        el(
            "p",
            "A contract may be cancelled, stretched over years or never paid, so a sum of contracts says nothing of "
            "what was delivered; TIV measures the volume of major weapons and has no price; and a sum over months "
            "cannot stand beside one over years. Side by side on one axis they would look like one series.",
        ),
    )


def _converted(ledger: Ledger, found: list[Quantity]) -> list[Quantity]:
    """Bring to one year and to one year's prices what can be brought there; leave the rest as it is."""
    index, result = _index(ledger), []
    for q in found:
        if index is not None and q.money and q.unit == "USD" and q.years is not None:
            with contextlib.suppress(ValueError):  # the index need not cover its years
                q = quantities.in_prices(q, index)
                q = quantities.per_year(q) if q.has_pace else q
        result.append(q)
    return result


@needs("us_foreign_assistance", quantity=FIGURE)
def conversions(ledger: Ledger) -> Html:
    """Show every step by which the figure and the yardsticks in dollars are converted, with factor and source."""
    figure = _the_figure(ledger)
    index = _index(ledger)
    if index is None:
        return quiet("Nothing is converted: the record at hand gives no price index.")
    link = el("a", "current and constant dollars of US foreign assistance", href=f"data.ipynb#record-{index.source}")
    rows = []
    for before in (figure, *measured(ledger)):
        (after,) = _converted(ledger, [before])
        for number, step in enumerate(after.steps, start=1):
            f = step.factor
            rows.append(
                {
                    "Quantity": lines(before.name, f"step {number}; as told: {sums.said(before)}, {before.span}"),
                    "Rule": step.rule,
                    "Factor": sums.from_to(plain(f.low, 4), plain(f.high, 4)),
                    "Source of the factor": link if step.source else "arithmetic",
                    "Result": sums.said(Quantity("", "other", before.unit, before.bound, step.result, of="result")),
                }
            )
    if not rows:
        return quiet("Nothing is converted: no sum in US dollars has a period that the price index covers.")
    caption = (
        f"Conversions step by step; prices of fiscal year {index.base}. The price index is derived by us: constant "
        "divided by current dollars of the same payments, by US fiscal year"
    )
    return table(pd.DataFrame(rows), caption)


@needs(quantity=FIGURE)
def yardsticks(ledger: Ledger) -> Figure | Html:
    """Chart the figure and the yardsticks in money, converted, each group of like quantities on an axis of its own."""
    found = _converted(ledger, [_the_figure(ledger), *measured(ledger)])
    groups, index = quantities.alike(found), _index(ledger)
    traces, layout, height = sums.panels(groups)
    alone = groups[0]
    others = len(alone) - 1
    title = (
        f"None of the {count(len(found) - 1, 'sum')} found may stand on one axis with the figure; they need "
        f"{len(groups)} axes"
        if not others
        else f"{count(others, 'sum')} of {len(found) - 1} may stand on one axis with the figure"
    )
    if len(found) == 1:
        title = "No sum is found that could stand beside the figure"
    converted = (
        f"US dollars with a known period: prices of {index.base}, a year (a half-year as a range from nothing more to "
        "the same pace); all else as told. "
        if index
        else ""
    )
    return Figure(
        traces,
        id="figure-yardsticks",
        title=title,
        caption=f"The figure and what it can be held against in money; n = {len(found)}. {converted}"
        "Each axis begins at zero and counts one thing; lengths on different axes do not compare.",
        alt=f"Dot chart with {count(len(groups), 'axis', 'axes')}. {title}. "
        + "; ".join(f"{q.name}: {sums.said(q)}, {q.kind['counts']}, {q.span}" for q in found)
        + ".",
        table=sums.quantity_table(found),
        source="publications listed in the table of yardsticks; conversions are our calculation",
        height=height,
        **layout,
    )


def yardstick_list(ledger: Ledger) -> Html:
    """List every yardstick: what it counts, what it says, whether it covers buyers that are no states, where read."""
    titles = _titles(ledger)
    covers = {"yes": "covered", "no": "not covered", "unknown": "not said"}
    rows = []
    for y in ledger.yardsticks.itertuples(index=False):
        number = "no number"
        if not pd.isna(y.amount):
            number = SIGNS[y.bound] + amount(float(y.amount), y.currency or y.unit)
        period = date_text(y.period_start, y.period_end) if y.period_start else "no period told"
        rows.append(
            {
                "Yardstick": lines(el("span", y.short_name, id=f"yardstick-{y.yardstick_id}"), y.publisher),
                "Counts": lines(y.what_it_counts, y.scope or None),
                "Number": lines(number, period),
                "What it says": lines(y.finding, y.note or None),
                "Buyers that are no states": covers[y.covers_nonstate],
                "Read in": _read(y, titles),
            }
        )
    shown = entries(pd.DataFrame(rows), f"{count(len(rows), 'yardstick')} from publications; registers follow below")
    return _with_rules(shown, "yardsticks")


@needs(quantity=FIGURE)
def plausibility(ledger: Ledger) -> Html:
    """Say how large the figure would be beside each yardstick of another kind, as scale and not as a test."""
    figure, index = _the_figure(ledger), _index(ledger)
    items = _beside_money(ledger, figure, index) + _beside_register(ledger, figure)
    if not items:
        return quiet("Nothing to compare: no yardstick in US dollars, and no register of the year of the sum.")
    return el(
        "div",
        el(
            "p",
            "Comparisons of scale across unlike quantities, in words and on no axis. They say how large the sum is, "
            "not whether it is so: a contract need not be delivered, and secret deals would be missing from each "
            "yardstick.",
        ),
        el("ul", [el("li", item) for item in items]),
    )


def _beside_money(ledger: Ledger, figure: Quantity, index: PriceIndex | None) -> list[str]:
    """Say how large the figure is beside the yardsticks in US dollars; of what cannot be converted, say why."""
    in_dollars = [q for q in measured(ledger) if q.unit == "USD"]
    in_dollars = [q for kinds in SCALES_OF_MONEY for q in in_dollars if q.counts in kinds]
    if not in_dollars:
        return []
    if index is None:
        return ["No price index is at hand, so that sums of money of different years are not compared."]
    try:
        value = quantities.in_prices(figure, index).interval
    except ValueError as refused:
        reason = str(refused).removeprefix(f"{figure.name}: ")
        return [f"The sum is not compared with sums of money, because {reason}."]
    items, rates = [], []
    for q in in_dollars:
        try:
            whole = quantities.in_prices(q, index)
            if q.counts == "income":
                rates.append(quantities.per_year(whole).interval)
                continue
            items.append(f"{q.name}: {_beside(figure, value, whole, index)}.")
        except ValueError as refused:
            items.append(f"{q.name}: not compared, because {str(refused).removeprefix(f'{q.name}: ')}.")
    lows = [rate.low for rate in rates if rate.low]
    if len(lows) > 1:
        items.append(
            f"{count(len(lows), 'sum')} called income differ among themselves by a factor of up to "
            f"{max(lows) / min(lows):.1f}, so that none of them can confirm or refute another sum."
        )
    return items


def _beside(figure: Quantity, value: Interval, whole: Quantity, index: PriceIndex) -> str:
    """Say how large the figure, converted to `value`, is beside one yardstick.

    Raises
    ------
    ValueError
        If nothing bounds one of the two on the side on which the other is bounded, or no period is told.
    """
    if whole.counts == "cargo":
        return f"they would pay for {_span(_ratio(value, whole.interval), '')} such cargoes"
    if figure.years is None or whole.years is None:
        raise ValueError("no period is told of one of the two")
    if whole.counts == "trade":
        share = Interval(figure.years / whole.years, figure.years / whole.years)
        part = _span(_ratio(value, whole.interval.scaled(share), 100), "%")
        return f"they would come to {part} of the trade of as many {'days' if figure.months is None else 'months'}"
    part = _span(_ratio(value, whole.interval, 100), "%")
    return (
        f"the contracts of {figure.length} would come to {part} of what is counted there for {whole.length}, in "
        f"prices of {index.base}"
    )


def _beside_register(ledger: Ledger, figure: Quantity) -> list[str]:
    """Say what SIPRI's register has of the year of the figure; nothing where it does not cover it."""
    volume = _volume(ledger, figure)
    if volume is None or not {"sipri_exporter_ranks", "sipri_deals"} <= set(ledger.records):
        return []
    flows, ranks = ledger.records["sipri_flows"], ledger.records["sipri_exporter_ranks"]
    year, release = int(figure.start[:4]), _newest(ledger)
    rank = ranks[(ranks["release"] == release) & (ranks["exporter"] == "Belarus") & (ranks["year"] == year)]
    places = [f"place {r.world_rank} of {r.exporters_ranked}" for r in rank.itertuples(index=False)]
    to = flows[(flows["release"] == release) & (flows["supplier"] == "Belarus") & (flows["year"] == year)]
    deals = ledger.records["sipri_deals"]
    ordered = deals[(deals["supplier"] == "Belarus") & (deals["order_year"] == year)]
    return [
        f"SIPRI's register, our calculation: {volume.interval.low:.0f} million TIV delivered by Belarus in {year}, "
        f"{places[0] if places else 'without a place'}, to {', '.join(sorted(to['recipient'])) or 'nobody'}; "
        f"{count(len(ordered), 'order')} of {year} registered, "
        f"{int((ordered['recipient_kind'] == 'non-state').sum()) or 'none'} by a buyer that is not a state."
    ]


def _ratio(one: Interval, other: Interval, times: float = 1.0) -> Interval:
    """Return between which numbers the ratio of two sums lies, as far as their ends tell.

    Raises
    ------
    ValueError
        If no end of it is known.
    """
    low = one.low / other.high * times if one.low is not None and other.high else None
    high = one.high / other.low * times if one.high is not None and other.low else None
    if low is None and high is None:
        raise ValueError("the words of the two bound no share of one in the other")
    return Interval(low, high)


def _span(ratio: Interval, unit: str) -> str:
    low, high = (None if end is None else f"{end:.0f}" for end in (ratio.low, ratio.high))
    if None in (low, high):
        return f"at most {high}{unit}" if low is None else f"at least {low}{unit}"
    return f"about {low}{unit}" if low == high else f"{low} to {high}{unit}"


@needs(quantity=FIGURE)
def figure_claim(ledger: Ledger) -> Html:
    """Show the figure as the ledger holds it, with the claim that tells it."""
    row = ledger.quantities[ledger.quantities["quantity_id"] == FIGURE].iloc[0]
    told = ledger.quantity_claims[ledger.quantity_claims["quantity_id"] == FIGURE].iloc[0]
    return el(
        "p",
        cited(told["wording"]),
        " (",
        claim_link(told["claim_id"]),
        "), coded as: ",
        quantity_text(row),
        class_="cb-lead",
    )

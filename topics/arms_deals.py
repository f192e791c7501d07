"""What the registers and the conflict data show of arms transfers, beside what the texts say of them.

Every chart takes the whole ledger and reads the records; titles are computed. Two limits hold throughout: SIPRI's
trend-indicator value (TIV) measures the volume of major weapons and is no sum of money; and what a register or a coding
does not list may still have happened.
"""

import calendar
import datetime
import itertools
import re

import pandas as pd
import plotly.graph_objects as go

from claimbook.analysis import aggregates
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.quantities import has_number
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.model.letters import slug, slugs
from claimbook.view import palette
from claimbook.view.assessments import Assessments
from claimbook.view.cards import Cards
from claimbook.view.charts import LEGEND, Figure, _bars, _listed, _marker, _numbered_axis, _row_label
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import Html, el, join
from claimbook.view.prose import listing
from claimbook.view.tables import (
    actor_names,
    cited,
    claim_link,
    count,
    date_text,
    entries,
    lines,
    needs,
    no_chart,
    not_here,
    number_text,
    quiet,
    table,
)

MARKED_YEAR = 2001
"""The year of which the first text speaks."""

KINDS = {
    "state": ("state", "", palette.ACCENT, "circle"),
    "partial": ("state, partial UN embargo", "/", palette.TEXT_COLOURS[2], "diamond"),
    "whole": ("state, UN arms embargo", "x", palette.TEXT_COLOURS[1], "square"),
    "non-state": ("no state", ".", palette.TEXT_COLOURS[3], "star"),
}
"""Kinds of recipient: their words, filling, colour and symbol."""

OUTSIDE = ("Small arms", "Ammunition")
"""Items of a text that the register leaves out, wholly or almost."""

BY_KIND = {"Anti-aircraft missiles": "anti-aircraft", "Anti-ship missiles": "anti-ship"}
"""Items of a text that are a kind of weapon of the register; the others begin with a designation."""

ROUTES = (
    ("Hamas", "hamas", ("Hamas",), ("Hamas",)),
    ("Hezbollah", "hezbollah", ("Hezbollah",), ("Hezbollah",)),
    ("Islamic State", "islamic-state", (), ("IS",)),
    ("Donbas", "donbas", ("Ukraine rebels",), ("DPR", "LPR", "United Armed Forces of Novorossiya")),
    ("South Ossetia", "south-ossetia", (), ("Republic of South Ossetia",)),
    ("Abkhazia", "abkhazia", (), ("Republic of Abkhazia",)),
)
"""Per route: its name, the object of the claims, the register's recipients, the parties of the conflict data."""

ACTORS = {"donbas": "Ukraine rebels", "syrian-government": "Syria"}
"""Names in the register of actors that the texts call otherwise."""

PERIODS = ((1900, 1991), (1992, 2000), (2001, 2001), (2002, 2010), (2011, 2017), (2018, 2021), (2022, 2099))
"""Periods of the control: the marked year stands alone, and so do the years of the wars the texts speak of."""

UNDATED = "undated"

SYRIA_TEXT = "defence-ua"
"""The text that lists weapons for Syria."""

IRAN_TEXT = "srebrnik-2023"
"""The text that tells of arms between Iran, Russia and Belarus."""

RELEASE_LOOKS = (("circle", "solid"), ("circle-open", "dot"), ("diamond-open", "dash"), ("square-open", "dashdot"))
"""Mark and dash of the releases of a register, the newest first; of more of them the looks come again."""


def of_arms(ledger: Ledger) -> pd.DataFrame:
    """Return the quantities that concern arms deals or arms flows."""
    return ledger.quantities[ledger.quantities["arms_deal"]]


def not_of_arms(ledger: Ledger) -> pd.DataFrame:
    """Return the quantities that concern no arms deal."""
    return ledger.quantities[~ledger.quantities["arms_deal"]]


def transfers(ledger: Ledger) -> pd.DataFrame:
    """Return the claims about arms going from one side to another: those whose relation has the word arms."""
    return ledger.claims[ledger.claims["relation"].str.contains(r"(?:^|_)arms(?:_|$)")]


def _stages(ledger: Ledger) -> dict[str, str]:
    return ledger.column("quantities", "stage")["words"]


def told_lead(ledger: Ledger) -> Html:
    """Say how many of the reported quantities concern arms, how many of these have a number, and of what sort."""
    rows = of_arms(ledger)
    if rows.empty:
        return el("p", "No quantity of arms deals or arms flows is reported.", class_="cb-lead")
    numbered = rows[has_number(rows)]
    parts = [f"{_stages(ledger)[stage]} ({n})" for stage, n in rows["stage"].value_counts().items()]
    return el(
        "p",
        f"{len(rows)} of the {count(len(ledger.quantities), 'reported quantity', 'reported quantities')} concern arms "
        f"deals or arms flows, and {len(numbered)} of them {'has' if len(numbered) == 1 else 'have'} a number. "
        "By stage: ",
        listing(parts),
        ".",
        class_="cb-lead",
    )


def findings(ledger: Ledger, base: str = "") -> list[tuple]:
    """Return what the texts tell of arms, for :func:`claimbook.view.prose.findings`."""
    ends = terminal_sources(ledger).set_index("claim_id")
    names, stages = actor_names(ledger), _stages(ledger)
    rows = of_arms(ledger)
    numbered = rows[has_number(rows)]
    told = ledger.quantity_claims.groupby("quantity_id")["claim_id"].first()
    trails = [
        [
            f"{number_text(q)}, {stages[q['stage']]} (",
            claim_link(told[q["quantity_id"]], base),
            f"), told over {ends.loc[told[q['quantity_id']], 'hops']} hops; its trail ends at ",
            f"{names[ends.loc[told[q['quantity_id']], 'actor_id']]}",
        ]
        for _, q in numbered.iterrows()
    ]
    passed = ends.loc[transfers(ledger)["claim_id"]]
    denied = set(ledger.claim_links[ledger.claim_links["type"] == "denies"]["related_claim_id"]) & set(passed.index)
    return [
        (
            len(rows),
            f"Of {count(len(rows), 'reported quantity', 'reported quantities')} of arms deals and arms flows, ",
            f"{len(numbered) or 'none'} {'has' if len(numbered) < 2 else 'have'} a number",
            [": ", listing(trails)] if trails else None,
            ". ",
            el("a", "Arms deals", href=f"{base}arms-deals.ipynb"),
        ),
        (
            len(passed),
            f"{count(len(passed), 'claim')} {'says' if len(passed) == 1 else 'say'} that arms pass from one side "
            "to another, or that they do not: ",
            f"{int(passed['own'].sum())} on the text's own word alone, {int(passed['nameless'].sum())} from ",
            f"sources that are described or unnamed; {len(denied)} of them are denied in the same text. ",
            el("a", "What is said to go where", href=f"{base}arms-deals.ipynb"),
        ),
    ]


def by_stage(ledger: Ledger) -> Figure | Html:
    """Chart each reported quantity of arms deals at the stage it speaks of, full where it has a number.

    Where none is reported, a sentence says so.
    """
    rows = of_arms(ledger).reset_index(drop=True)
    if rows.empty:
        return no_chart("no quantity of arms deals or flows is reported")
    told = ledger.quantity_claims.groupby("quantity_id")["wording"].first()
    rows = rows.assign(words=rows["quantity_id"].map(told), numbered=has_number(rows))
    words = _stages(ledger)
    stages = [word for stage, word in words.items() if stage in set(rows["stage"])]
    traces, labels = [], []
    for flag, name, symbol in ((True, "with a number", "circle"), (False, "no number given", "circle-open")):
        part = rows[rows["numbered"] == flag]
        traces.append(
            go.Scatter(
                x=part["stage"].map(words).tolist(),
                y=part.index.tolist(),
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": 14, "color": palette.ACCENT, "line": {"width": 2}},
                hovertext=part["measure"].tolist(),
                hoverinfo="text",
            )
        )
    for i, q in rows.iterrows():
        labels.append(_row_label(i, f"“{q['words']}” · {q['unit']}", 20))
    bare = int((~rows["numbered"]).sum())
    have = "has" if len(rows) == 1 else "have"
    title = f"{bare} of {count(len(rows), 'quantity', 'quantities')} of arms deals and flows {have} no number"
    table = pd.DataFrame(
        {
            "Words": rows["words"],
            "What is counted": rows["measure"],
            "Stage": rows["stage"].map(words),
            "Sort": rows["dimension"].map(palette.DIMENSIONS),
            "Number": [
                None if not q["numbered"] else number_text(q) if pd.isna(q["value"]) else q["value"]
                for _, q in rows.iterrows()
            ],
            "Bound": rows["bound"].map(palette.BOUNDS),
        }
    )
    return Figure(
        traces,
        id="all-arms-stages",
        title=title,
        caption=f"Reported quantities of arms deals and arms flows by stage; n = {len(rows)}. Full mark: the text "
        "gives a number; hollow: it gives none. They count different things, so no common scale is drawn.",
        alt=f"Dot chart. {title}. " + _listed(f"{q.words}: {words[q.stage]}" for q in rows.itertuples()) + ".",
        table=table,
        height=150 + 56 * len(rows),
        annotations=labels,
        xaxis={
            "type": "category",
            "categoryarray": stages,
            "categoryorder": "array",
            "range": [-0.5, len(stages) - 0.5],
        },
        yaxis={"visible": False, "range": [len(rows) - 0.5, -0.9]},
        legend=LEGEND,
        hovermode="closest",
    )


def transfer_list(ledger: Ledger) -> Html:
    """List the claims on arms between two sides, passed, sold or negotiated, with their terminal source."""
    names = actor_names(ledger)
    cards = Cards(ledger)
    ends = terminal_sources(ledger)
    claims = transfers(ledger)
    claims = claims.assign(end=ends.loc[claims.index, "actor_id"])
    rows = []
    for _, claim in claims.iterrows():
        who, whom = (names.get(claim[end], claim[end]) for end in ("subject", "object"))
        told = f"{who} {claim['relation'].replace('_', ' ')} {whom}"
        opposite = "says that this is not so" if claim["polarity"] == "negative" else None
        rows.append(
            {
                "Claimed: who, what, whom": lines(told, claim["item"] or None),
                "Statement": lines(claim["statement"], opposite),
                "Trail ends at": names[claim["end"]],
                "Denied": cards.assessed.denial(claim["claim_id"])
                or cards.assessed.absent(claim["claim_id"], "denial"),
                "Verdict": cards.assessed.mark(claim["claim_id"]),
                "Claim": claim_link(claim["claim_id"]),
            }
        )
    frame = pd.DataFrame(rows)
    return table(frame, f"{count(len(frame), 'claim')} on arms between two sides")


def exporter_ranks(flows) -> pd.DataFrame:
    """Rank exporters by what they delivered in a year, from the deliveries of all of them.

    Parameters
    ----------
    flows : frame
        The columns of the record ``sipri_flows``, on any engine; a pair and a year may have several rows.

    Returns
    -------
    pandas.DataFrame
        The columns of the record ``sipri_exporter_ranks``.
    """
    found = aggregates.ranks(flows, "tiv_millions", "supplier", ("release", "year"))
    names = {
        "supplier": "exporter",
        "rank": "world_rank",
        "ranked": "exporters_ranked",
        "share_percent": "world_share_percent",
    }
    found = found.rename(columns=names).sort_values(["release", "exporter", "year"], ignore_index=True)
    columns = ["release", "exporter", "year", "tiv_millions", "world_rank", "exporters_ranked", "world_share_percent"]
    return found[columns]


def _resource(ledger: Ledger, name: str) -> dict:
    return next(r for r in ledger.schema["resources"] if r["name"] == name)


def _credit(ledger: Ledger, *names: str) -> str:
    """Return the credit line of records: publisher's data set, release, and that sums are ours."""
    versions = "; ".join(dict.fromkeys(_resource(ledger, name)["version"] for name in names))
    if all(name.startswith("sipri") for name in names):
        return (
            f"information from the SIPRI Arms Transfers Database ({versions}); selection, counts and sums are our "
            "calculation, not SIPRI's"
        )
    return f"UCDP External Support Dataset ({versions}); counts are ours"


def _years(deals: pd.DataFrame) -> list[list[int]]:
    return [[int(year) for year in cell.split("|") if year] for cell in deals["delivery_years"]]


def _year_span(years) -> str:
    """Write years as a reader would: single ones, and runs of three or more by their ends."""
    years, runs = sorted(set(years)), []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)


def _kind_of(ledger: Ledger, rows: pd.DataFrame) -> list[str]:
    """Return the key of :data:`KINDS` of every delivery: recipients by their year."""
    spans = [
        (e.state, int(e.first_year), 9999 if pd.isna(e.last_year) else int(e.last_year), e.scope)
        for e in ledger.records["un_arms_embargoes"].itertuples(index=False)
    ]
    found = []
    for row in rows.itertuples(index=False):
        scopes = {scope for state, first, last, scope in spans if state == row.recipient and first <= row.year <= last}
        if row.recipient_kind == "non-state":
            found.append("non-state")
        else:
            found.append("whole" if "whole" in scopes else "partial" if scopes else "state")
    return found


def _exports(ledger: Ledger, supplier: str) -> pd.DataFrame:
    rows = aggregates.one_release(ledger.records["sipri_flows"])
    rows = rows[rows["supplier"] == supplier].reset_index(drop=True)
    return rows.assign(kind=_kind_of(ledger, rows))


@needs("sipri_flows", "un_arms_embargoes")
def belarus_by_year(ledger: Ledger) -> Figure | Html:
    """Chart the registered deliveries of Belarus by year and kind of recipient, with the marked year named."""
    flows = aggregates.one_release(ledger.records["sipri_flows"])
    rows = _exports(ledger, "Belarus")
    years = list(range(int(flows["year"].min()), int(flows["year"].max()) + 1))
    if not {MARKED_YEAR - 1, MARKED_YEAR} <= set(years):
        return no_chart(f"the register at hand does not cover {MARKED_YEAR - 1} and {MARKED_YEAR}")
    if not rows["tiv_millions"].sum():
        return no_chart("no delivery of Belarus is registered")
    sums = rows.groupby(["year", "kind"])["tiv_millions"].sum().unstack(fill_value=0.0)
    sums = sums.reindex(index=years, columns=list(KINDS), fill_value=0.0).astype(float).round(2)
    whole = sums.to_numpy().sum()
    marked, before = sums.loc[MARKED_YEAR].sum(), sums.loc[MARKED_YEAR - 1].sum()
    shares = {kind: sums[kind].sum() / whole * 100 for kind in KINDS}
    title = (
        f"Belarus: {marked:.0f} million TIV registered in {MARKED_YEAR} after {before:.0f} the year before; "
        f"{shares['non-state']:.1f}% of the volume of {years[0]}–{years[-1]} went to a buyer that is not a state"
    )
    data = pd.DataFrame({"Year": [str(y) for y in years]})
    traces = []
    for kind, (word, pattern, colour, _) in KINDS.items():
        data[word] = sums[kind].tolist()
        traces.append(go.Bar(x=years, y=sums[kind].tolist(), name=word, marker=_marker(colour, pattern)))
    embargoed = shares["partial"] + shares["whole"]
    return Figure(
        traces,
        id="belarus-years",
        title=title,
        caption=f"Major weapons delivered by Belarus by year and kind of recipient; n = {len(rows)} pairs of recipient "
        "and year. TIV is a volume, not dollars. Small arms and most ammunition are left out, and deliveries that "
        "nobody reported. A delivery under an embargo on part of a state's arms need not have been forbidden.",
        alt=f"Bar chart. {title}. {embargoed:.0f}% went to states under a UN arms embargo, whole or in part; the most "
        f"came in {sums.sum(axis=1).round(2).idxmax()}.",
        table=data,
        source=_credit(ledger, "sipri_flows") + "; embargoes: UN Security Council resolutions, by year",
        height=430,
        barmode="stack",
        annotations=[_pointer(MARKED_YEAR, float(marked), str(MARKED_YEAR))],
        xaxis={"title": {"text": "year of delivery"}, "tickformat": "d"},
        yaxis={"title": {"text": "million TIV"}, "rangemode": "tozero"},
        legend=LEGEND,
    )


def _pointer(x: float, y: float, words: str) -> dict:
    return {"x": x, "y": y, "text": words, "showarrow": True, "arrowhead": 2, "ax": 0, "ay": -34}


@needs("sipri_exporter_ranks")
def belarus_rank(ledger: Ledger) -> Figure | Html:
    """Chart the place of Belarus among exporters of major weapons by year, in every release of the register."""
    rows = ledger.records["sipri_exporter_ranks"]
    rows = rows[rows["exporter"] == "Belarus"]
    if rows.empty:
        return no_chart("the register at hand gives Belarus no place")
    newest = aggregates.one_release(rows)
    top = newest.sort_values(["world_rank", "year"]).iloc[0]
    traces, releases = [], sorted(set(rows["release"]), reverse=True)
    for release, look in zip(releases, itertools.cycle(RELEASE_LOOKS), strict=False):
        ranks = rows[rows["release"] == release].set_index("year")["world_rank"]
        span = range(int(ranks.index.min()), int(ranks.index.max()) + 1)
        traces.append(
            go.Scatter(
                x=list(span),
                y=[int(ranks[year]) if year in ranks.index else None for year in span],
                mode="lines+markers",
                name=f"release {release}",
                marker={"symbol": look[0], "size": 8, "color": palette.ACCENT, "line": {"width": 2}},
                line={"dash": look[1], "width": 1.5, "color": palette.ACCENT},
            )
        )
    within = int((newest["world_rank"] <= 10).sum())
    both = rows.pivot(index="year", columns="release", values="world_rank")
    moved = int((both.max(axis=1) != both.min(axis=1)).sum())
    title, pointers = f"Belarus was among the first ten in {count(within, 'year')} of {len(newest)}", []
    for marked in newest[newest["year"] == MARKED_YEAR].itertuples(index=False):
        title = (
            f"Belarus was place {marked.world_rank} of {marked.exporters_ranked} in {MARKED_YEAR}, and among the "
            f"first ten in {count(within, 'year')} of {len(newest)}"
        )
        pointers.append(_pointer(MARKED_YEAR, int(marked.world_rank), str(MARKED_YEAR)) | {"ay": 34})
    compared = "Two" if len(releases) == 2 else len(releases)
    compared = f"{compared} releases side by side show how far later reports move a place: in {count(moved, 'year')} "
    compared += "they differ. "
    return Figure(
        traces,
        id="belarus-rank",
        title=title,
        caption=f"Place among all exporting states by volume of major weapons; n = {count(len(newest), 'year')}. "
        + (compared if len(releases) > 1 else "")
        + "Years without registered exports have no place. A place says nothing of small arms or of money.",
        alt=f"Line chart. {title}; the best place was {top['world_rank']}, in {top['year']}.",
        table=pd.DataFrame(
            {
                "Year": rows["year"].astype(str),
                "Release": rows["release"],
                "Place": rows["world_rank"],
                "Exporters ranked": rows["exporters_ranked"],
                "Million TIV": rows["tiv_millions"],
                "Share of the world (%)": rows["world_share_percent"],
            }
        ),
        source=_credit(ledger, "sipri_exporter_ranks"),
        height=400,
        annotations=pointers,
        xaxis={"title": {"text": "year of delivery"}, "tickformat": "d"},
        yaxis={"title": {"text": "place among exporters"}, "range": [rows["world_rank"].max() + 3, 0]},
        legend=LEGEND,
    )


@needs("sipri_flows", "un_arms_embargoes")
def belarus_recipients(ledger: Ledger) -> Figure | Html:
    """Chart to whom and when Belarus delivered, a disc a year, by kind of recipient."""
    rows = _exports(ledger, "Belarus")
    if rows.empty:
        return no_chart("no delivery of Belarus is registered")
    totals = rows.groupby("recipient")["tiv_millions"].sum().round(2).sort_values(ascending=False, kind="stable")
    order = list(totals.index)
    place = {name: i for i, name in enumerate(order)}
    largest = float(rows["tiv_millions"].max()) or 1.0
    traces = []
    for kind, (word, _, colour, symbol) in KINDS.items():
        part = rows[rows["kind"] == kind]
        if part.empty:
            continue
        traces.append(
            go.Scatter(
                x=part["year"].tolist(),
                y=[place[r] for r in part["recipient"]],
                mode="markers",
                name=word,
                marker={
                    "symbol": symbol,
                    "size": [6 + 14 * (float(v) / largest) ** 0.5 for v in part["tiv_millions"]],
                    "color": colour,
                    "opacity": 0.85,
                },
                hovertext=[f"{r.recipient}, {r.year}: {r.tiv_millions:,.1f} million TIV" for r in part.itertuples()],
                hoverinfo="text",
            )
        )
    marked = rows[rows["year"] == MARKED_YEAR]
    none = sorted(set(rows.loc[rows["recipient_kind"] == "non-state", "recipient"]))
    title = (
        f"{count(len(order), 'registered recipient')} of Belarus, {len(none) or 'none'} of them no state; in "
        f"{MARKED_YEAR} it delivered to " + (", ".join(sorted(marked["recipient"])) or "nobody that is registered")
    )
    return Figure(
        traces,
        id="belarus-recipients",
        title=title,
        caption=f"Deliveries of major weapons by Belarus by recipient and year, largest recipient above; n = "
        f"{len(rows)} pairs. The area of a mark follows the volume, its shape the kind of recipient in that year.",
        alt=f"Bubble chart. {title}. The largest are "
        + ", ".join(f"{name} ({value:.0f} million TIV)" for name, value in totals.head(4).items())
        + (f". No state: {', '.join(none)}." if none else "."),
        table=pd.DataFrame(
            {
                "Recipient": rows["recipient"],
                "Year": rows["year"].astype(str),
                "Kind": [KINDS[k][0] for k in rows["kind"]],
                "Million TIV": rows["tiv_millions"].astype(float).round(2),
            }
        ),
        source=_credit(ledger, "sipri_flows"),
        height=170 + 24 * len(order),
        shapes=[_upright(MARKED_YEAR)],
        xaxis={"title": {"text": "year of delivery"}, "tickformat": "d"},
        yaxis=_numbered_axis(order),
        legend=LEGEND,
        hovermode="closest",
    )


def _upright(first: float, last: float | None = None) -> dict:
    """Return the shape that marks a point in time, or the band in which it must lie."""
    return {
        "type": "line" if last is None else "rect",
        "xref": "x",
        "yref": "paper",
        "x0": first,
        "x1": first if last is None else last,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": palette.NEUTRAL, "dash": "dash", "width": 1.5},
    }


def limits(ledger: Ledger, *records: str) -> Html:
    """List the limits of records where they bear, each record linked to its description."""
    parts, described = [], {r["name"] for r in ledger.schema["resources"]}
    if lacking := [f"the record {name}" for name in records if name not in described]:
        parts.append(not_here(lacking))
    for name in filter(described.__contains__, records):
        resource = _resource(ledger, name)
        head = el("a", resource["title"], href=f"data.ipynb#record-{name}")
        items = [el("li", trap) for trap in resource["traps"]]
        parts.append(
            el("details", el("summary", "What it leaves out: ", resource["title"]), el("p", head), el("ul", items))
        )
    return el("div", parts, class_="cb-limits")


def _decimal(day: str) -> float:
    """Return an ISO date as a decimal year, for axes on which whole years stand at their number."""
    date = datetime.date.fromisoformat(day)
    return date.year + (date - datetime.date(date.year, 1, 1)).days / (366 if calendar.isleap(date.year) else 365)


def _published(ledger: Ledger, source_id: str) -> tuple[str, str]:
    source = ledger.sources.set_index("source_id").loc[source_id]
    return source["published_earliest"], source["published_latest"]


NO_WAR = "the conflict data at hand have no fighting in Syria before the text"


def war_began(ledger: Ledger) -> int | None:
    """Return the first year in which the conflict data have fighting in Syria against the insurgents, if any."""
    rows = ledger.records["ucdp_external_support"]
    rows = rows[(rows["actor"] == "Syria (government)") & (rows["opponent"] == "Syrian insurgents") & rows["active"]]
    return None if rows.empty else int(rows["year"].min())


def _war_before_text(ledger: Ledger) -> int | None:
    """Return the year in which the war began, where that is before the one in which the text on it appeared."""
    start = war_began(ledger)
    return start if start is not None and start < _text_years(ledger)[0] else None


def _text_years(ledger: Ledger) -> tuple[int, int]:
    """Return the first and last year in which the text on Syria may have appeared."""
    first, last = _published(ledger, SYRIA_TEXT)
    return int(first[:4]), int(last[:4])


def _pair(ledger: Ledger, supplier: str, recipient: str) -> pd.DataFrame:
    deals = ledger.records["sipri_deals"]
    rows = deals[(deals["supplier"] == supplier) & (deals["recipient"] == recipient)]
    return rows.sort_values(["order_year", "delivery_years", "designation"], kind="stable")


@needs("sipri_flows", "sipri_deals", "ucdp_external_support", dated=SYRIA_TEXT)
def syria_by_year(ledger: Ledger) -> Figure | Html:
    """Chart Russia's deliveries to Syria by year of delivery over its orders by year of order."""
    if (start := _war_before_text(ledger)) is None:
        return no_chart(NO_WAR)
    flows = aggregates.one_release(ledger.records["sipri_flows"])
    volume = flows[(flows["supplier"] == "Russia") & (flows["recipient"] == "Syria")].set_index("year")["tiv_millions"]
    deals = _pair(ledger, "Russia", "Syria")
    years = list(range(int(flows["year"].min()), int(flows["year"].max()) + 1))
    volume = volume.astype(float).reindex(years, fill_value=0.0).round(2)
    orders = {
        flag: deals[deals["order_year_uncertain"] == flag]["order_year"].value_counts().reindex(years, fill_value=0)
        for flag in (False, True)
    }
    text = _text_years(ledger)
    last = text[0] - 1
    length = last - start + 1
    if not {start - length, last} <= set(years):
        return no_chart(f"the register at hand does not cover {start - length} to {last}")
    mean = {"before": volume.loc[start - length : start - 1].mean(), "since": volume.loc[start:last].mean()}
    placed = {"before": deals["order_year"].between(start - length, start - 1).sum()}
    placed["since"] = deals["order_year"].between(start, last).sum()
    title = (
        f"Russia to Syria, {start}–{last}: {mean['since']:.0f} million TIV delivered a year after "
        f"{mean['before']:.0f} in the {length} years before; {placed['since']} orders after {placed['before']}"
    )
    words = ("Million TIV delivered", "Orders placed", "Orders placed, year uncertain")
    series = (volume.tolist(), orders[False].tolist(), orders[True].tolist())
    looks = (_marker(palette.ACCENT), _marker(palette.TEXT_COLOURS[1]), _marker(palette.TEXT_COLOURS[1], "/"))
    traces = [
        go.Bar(x=years, y=values, name=word, marker=look, yaxis="y" if i == 0 else "y2")
        for i, (word, values, look) in enumerate(zip(words, series, looks, strict=True))
    ]
    return Figure(
        traces,
        id="syria-years",
        title=title,
        caption=f"Above: major weapons delivered, by year of delivery. Below: deals by year of order, hatched where "
        f"it is an estimate; n = {len(deals)} deals, "
        f"{int((~deals['order_year'].isin(years)).sum()) or 'none'} of them ordered before the years "
        "drawn. Dashed line: start of the war; dashed box: when the text may have appeared.",
        alt=f"Two bar charts over the same years. {title}."
        + (f" The most was delivered in {volume.idxmax()}, {volume.max():.0f} million TIV." if volume.any() else ""),
        table=pd.DataFrame({"Year": [str(y) for y in years], **dict(zip(words, series, strict=True))}),
        source=_credit(ledger, "sipri_flows", "sipri_deals"),
        height=520,
        barmode="stack",
        shapes=[_upright(start - 0.5), _upright(text[0] - 0.5, text[1] + 0.5)],
        xaxis={"title": {"text": "year"}, "tickformat": "d", "anchor": "y2"},
        yaxis={"title": {"text": "million TIV"}, "domain": [0.42, 1]},
        yaxis2={"title": {"text": "deals"}, "domain": [0, 0.32], "anchor": "x"},
        legend=LEGEND,
    )


def _deal_rows(deals: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Deal": [_deal_name(d) for d in deals.itertuples()],
            "From": deals["supplier"],
            "To": deals["recipient"],
            "Kind": deals["weapon_kind"],
            "Ordered": [f"{d.order_year}{' (estimate)' if d.order_year_uncertain else ''}" for d in deals.itertuples()],
            "Delivered": [_year_span(years) or "none registered" for years in _years(deals)],
            "Number": deals["number_delivered"],
            "Million TIV": deals["tiv_delivered_millions"],
            "Supplier uncertain": ["yes" if flag else "no" for flag in deals["supplier_uncertain"]],
            "Aid": deals["aid"],
        }
    )


def _deal_name(deal) -> str:
    return f"{deal.designation} ({deal.order_year})"


def _deal_chart(deals: pd.DataFrame, labels: list[str], *, marks=(), **block) -> Figure:
    """Return a chart of deals: a row each, from the year of order to the years of delivery.

    Parameters
    ----------
    deals : pandas.DataFrame
        The deals, in the order in which they are drawn from above.
    labels : list of str
        Names of the rows.
    marks : iterable of dict
        Shapes that mark points in time.
    **block
        The other arguments of :class:`~claimbook.view.charts.Figure`.
    """
    deals = deals.reset_index(drop=True)
    years = _years(deals)
    xs, ys = [], []
    for i, (order, delivered) in enumerate(zip(deals["order_year"], years, strict=True)):
        xs += [int(order), max(delivered, default=int(order)), None]
        ys += [i, i, None]
    traces = [
        go.Scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"color": palette.NEUTRAL, "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
        )
    ]
    for flag, name, symbol in ((False, "ordered", "diamond"), (True, "ordered, year estimated", "diamond-open")):
        rows = [i for i, uncertain in enumerate(deals["order_year_uncertain"]) if bool(uncertain) is flag]
        traces.append(
            _dots([int(deals["order_year"][i]) for i in rows], rows, name, symbol, palette.TEXT_COLOURS[1], 15)
        )
    for flag, name, symbol in ((False, "delivered", "circle"), (True, "delivered, supplier uncertain", "circle-open")):
        points = [
            (year, i)
            for i, uncertain in enumerate(deals["supplier_uncertain"])
            if bool(uncertain) is flag
            for year in years[i]
        ]
        traces.append(_dots([p[0] for p in points], [p[1] for p in points], name, symbol, palette.ACCENT, 8))
    return Figure(
        [t for t in traces if len(t.x)],
        table=_deal_rows(deals),
        height=190 + 26 * len(labels),
        shapes=list(marks),
        xaxis={"title": {"text": "year"}, "tickformat": "d"},
        yaxis=_numbered_axis(labels),
        legend=LEGEND,
        hovermode="closest",
        **block,
    )


def _dots(x: list, y: list, name: str, symbol: str, colour: str, size: int) -> go.Scatter:
    marker = {"symbol": symbol, "size": size, "color": colour, "line": {"width": 2, "color": colour}}
    return go.Scatter(x=x, y=y, mode="markers", name=name, marker=marker)


@needs("sipri_deals", "ucdp_external_support", dated=SYRIA_TEXT)
def syria_orders(ledger: Ledger) -> Figure | Html:
    """Chart every registered deal of Russia with Syria from order to deliveries."""
    deals = _pair(ledger, "Russia", "Syria")
    if deals.empty:
        return no_chart("no deal of Russia with Syria is registered")
    if (start := _war_before_text(ledger)) is None:
        return no_chart(NO_WAR)
    text = _published(ledger, SYRIA_TEXT)
    last = int(text[0][:4]) - 1
    during = [any(start <= year <= last for year in years) for years in _years(deals)]
    earlier = int((deals[during]["order_year"] < start).sum())
    title = (
        f"Of {count(sum(during), 'deal')} with deliveries in {start}–{last}, {earlier} were ordered before the war and "
        f"{sum(during) - earlier} since"
    )
    return _deal_chart(
        deals,
        [_deal_name(d) for d in deals.itertuples()],
        marks=[_upright(start), _upright(_decimal(text[0]), _decimal(text[1]))],
        id="syria-orders",
        title=title,
        caption=f"Deals of Russia with Syria from the year of order (diamond) to the years of delivery (circles); n = "
        f"{len(deals)}. Hollow: an estimate. Dashed line: start of the war; dashed box: when the text may have "
        "appeared. The register does not say how much of a deal came in which year, nor who paid.",
        alt=f"Timeline of deals. {title}.",
        source=_credit(ledger, "sipri_deals"),
    )


def _item_deals(ledger: Ledger, item: str, supplier: str) -> pd.DataFrame:
    """Return the registered deals with Syria in an item of the text's list."""
    deals = _pair(ledger, supplier, "Syria")
    if item in OUTSIDE:
        return deals.iloc[:0]
    if item in BY_KIND:
        return deals[deals["weapon_kind"] == BY_KIND[item]]
    return deals[deals["designation"].str.startswith(item.split()[0])]


def _items(ledger: Ledger) -> pd.DataFrame:
    """Return the claims by which the text of :func:`syria_items` lists weapons for Syria."""
    claims = transfers(ledger.text(SYRIA_TEXT))
    return claims[(claims["subject"] == "russia") & (claims["object"] == "syria") & (claims["item"] != "")]


def _against_text(years: list[int], text: tuple[int, int]) -> str:
    """Say which years lie before, about and after the time in which a text may have appeared."""
    parts = {
        "before the text": [y for y in years if y < text[0]],
        "in the years in which the text may have appeared": [y for y in years if text[0] <= y <= text[1]],
        "after the text": [y for y in years if y > text[1]],
    }
    return "; ".join(f"{_year_span(found)}: {words}" for words, found in parts.items() if found)


def _all_years(deals: pd.DataFrame) -> list[int]:
    return sorted({year for years in _years(deals) for year in years})


@needs("sipri_deals", "ucdp_external_support", dated=SYRIA_TEXT)
def syria_items(ledger: Ledger) -> Figure | Html:
    """Chart the weapons that a text lists for Syria: when the register has them delivered, before or after the text."""
    claims, text, start = _items(ledger), _text_years(ledger), war_began(ledger)
    names = claims["item"].tolist()
    traces = []
    for supplier, symbol, colour in (
        ("Russia", "circle", palette.ACCENT),
        ("Soviet Union", "square-open", palette.NEUTRAL),
    ):
        points = [(y, i) for i, item in enumerate(names) for y in _all_years(_item_deals(ledger, item, supplier))]
        if points:
            traces.append(_dots([p[0] for p in points], [p[1] for p in points], f"from {supplier}", symbol, colour, 9))
    if not traces:
        return no_chart("no item that the text lists for Syria is registered")
    rows, before, after, never = [], 0, 0, 0
    for item in names:
        years = _all_years(_item_deals(ledger, item, "Russia"))
        scope = item not in OUTSIDE
        before += any(y < text[0] for y in years)
        after += bool(years) and min(years) >= text[0]
        never += scope and not years
        soviet = _year_span(_all_years(_item_deals(ledger, item, "Soviet Union")))
        rows.append(
            {
                "Item of the text": item,
                "In the register's scope": "yes" if scope else "no",
                "Delivered by Russia": _year_span(years) or None,
                "Against the text": _against_text(years, text) or None,
                "Delivered by the Soviet Union": soviet or None,
            }
        )
    outside = sum(item in OUTSIDE for item in names)
    title = (
        f"Of {len(names)} items listed for Syria, {before} are registered from Russia before the text, {after} only "
        f"in its year or later, {never} never; {outside} lie outside the register"
    )
    return Figure(
        traces,
        id="syria-items",
        title=title,
        caption=f"Years of registered delivery to Syria of each item that the text lists; n = {len(names)} items. "
        "Dashed line: start of the war; dashed box: when the text may have appeared. Soviet deliveries are a "
        "selection of the designations that the text names. No mark is no proof that nothing came.",
        alt=f"Dot chart. {title}.",
        table=pd.DataFrame(rows),
        source=_credit(ledger, "sipri_deals"),
        height=190 + 40 * len(names),
        shapes=[
            *([] if start is None else [_upright(start)]),
            _upright(*(_decimal(d) for d in _published(ledger, SYRIA_TEXT))),
        ],
        xaxis={"title": {"text": "year of delivery"}, "tickformat": "d"},
        yaxis=_numbered_axis([f"{n} (not in register)" if n in OUTSIDE else n for n in names]),
        legend=LEGEND,
        hovermode="closest",
    )


@needs("sipri_deals", dated=SYRIA_TEXT)
def syria_list(ledger: Ledger) -> Html:
    """List the text's weapons for Syria: what is registered, when, before or after the text, with the verdict."""
    assessed, text = Assessments(ledger), _text_years(ledger)
    rows = []
    for claim in _items(ledger).itertuples(index=False):
        deals = _item_deals(ledger, claim.item, "Russia")
        soviet = _item_deals(ledger, claim.item, "Soviet Union")
        if claim.item in OUTSIDE:
            found, when = "outside the register, which lists major weapons", "–"
        else:
            found = _stacked(_deal_words(d, y) for d, y in zip(deals.itertuples(), _years(deals), strict=True))
            when = _against_text(_all_years(deals), text) or "not registered from Russia"
        rows.append(
            {
                "Item": lines(claim.item, cited(claim.quote) if claim.quote else None),
                "Registered from Russia": found,
                "Before or after the text": when,
                "Earlier, from the Soviet Union": _year_span(_all_years(soviet)) or "–",
                "Verdict": assessed.mark(claim.claim_id),
                "Claim": claim_link(claim.claim_id),
            }
        )
    if not rows:
        return quiet("The text lists no item for Syria.")
    return entries(
        pd.DataFrame(rows), f"{count(len(rows), 'item')} that the text lists for Syria, against the register"
    )


def _stacked(words, otherwise: str = "none") -> Html | str:
    """Put words one below the other, all of one weight; say `otherwise` where there are none."""
    words = list(words)
    return join([el("div", word) for word in words]) if words else otherwise


def _deal_words(deal, years: list[int]) -> str:
    order = f"ordered {'about ' if deal.order_year_uncertain else 'in '}{deal.order_year}"
    when = f"{int(deal.number_delivered):,} delivered {_year_span(years)}" if years else "no delivery registered"
    doubt = "; supplier uncertain" if deal.supplier_uncertain else ""
    return f"{deal.designation}: {order}, {when}{doubt}"


@needs("sipri_flows", "sipri_deals", "ucdp_external_support", dated=SYRIA_TEXT)
def syria_growth(ledger: Ledger) -> Html:
    """Test “shipments grew” on deliveries and on orders, and say which earlier orders the deliveries rest on."""
    if (start := _war_before_text(ledger)) is None:
        return quiet(f"Nothing to test: {NO_WAR}.")
    span = f"supplier=Russia; recipient=Syria; split={start}; last={_text_years(ledger)[0] - 1}"
    asked = (
        ("growth_since", span),
        ("orders_before_and_since", span),
        ("from_earlier_orders", span.replace("split=", "start=")),
    )
    items = []
    for name, arguments in asked:
        question = el("a", ledger.checks[name].asks, href=f"method.ipynb#check-{name}")
        try:
            finding = ledger.finding(name, arguments)
        except ValueError as refused:
            items.append(el("li", question, f" The record at hand cannot answer: {refused}."))
            continue
        items.append(
            el(
                "li",
                question,
                f" Toward a claim that it is so, the record {palette.STANCES[finding.stance]}: ",
                finding.sentence,
            )
        )
    claims = ledger.claims[ledger.claims["subject"].str.startswith(("Russian arms", "Russian-Syrian"))]
    assessed = Assessments(ledger)
    told = [
        el("li", c.statement, " ", assessed.mark(c.claim_id), " ", claim_link(c.claim_id)) for c in claims.itertuples()
    ]
    with_verdicts = [el("p", "The text's claims on it, with their verdicts:"), el("ul", told)]
    return el("div", el("ul", items), with_verdicts if told else quiet("The text has no claim on it."))


@needs("sipri_deals")
def suppliers_of_groups(ledger: Ledger) -> Figure | Html:
    """Chart whom the register names as supplier of armed groups, deal by deal."""
    deals = ledger.records["sipri_deals"]
    rows = deals[deals["recipient_kind"] == "non-state"]
    if rows.empty:
        return no_chart("no deal with a recipient that is no state is registered")
    doubtful = rows["supplier_uncertain"] & (rows["supplier"] != "unknown")
    names = rows["supplier"].where(~doubtful, rows["supplier"] + ", uncertain").replace("unknown", "not known")
    counts = pd.crosstab(rows["recipient"], names)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    order = counts.sum().sort_values(ascending=False, kind="stable").index
    counts = counts[order]
    colours, patterns = palette.SERIES, ("", "/", "x", ".", "\\", "-", "+", "|")
    markers = [
        _marker(palette.NEUTRAL if n == "not known" else colours[i % len(colours)], patterns[i % len(patterns)])
        for i, n in enumerate(order)
    ]
    russian = rows[rows["supplier"] == "Russia"]
    title = (
        f"Russia is the registered supplier of {len(russian)} of {count(len(rows), 'deal')} with recipients that are "
        f"not states{', all with ' + ' and '.join(sorted(set(russian['recipient']))) if len(russian) else ''}; of "
        f"{int(rows['supplier_uncertain'].sum())} the supplier is unknown or uncertain"
    )
    data = counts.reset_index(names="Recipient")
    data.columns.name = None
    return _bars(
        data,
        markers,
        "deals in the register",
        id="groups-suppliers",
        title=title,
        caption=f"Deals in major weapons with recipients that are no states, by supplier as registered; n = "
        f"{len(rows)}. Deals differ in size and must not be read as volumes. Small arms, most ammunition and deals "
        "that nobody reported are missing. Our extract holds Palestinian, Lebanese, Albanian and "
        "Ukrainian groups, and whoever Belarus delivered to.",
        alt=f"Bar chart. {title}. "
        + "; ".join(f"{g}: " + ", ".join(f"{s} {n}" for s, n in row.items() if n) for g, row in counts.iterrows())
        + ".",
        source=_credit(ledger, "sipri_deals"),
    )


SUPPORT = {
    "Russia": ("Russia named", "square", palette.TEXT_COLOURS[1]),
    "Belarus": ("Belarus named", "diamond", palette.TEXT_COLOURS[2]),
    "others": ("others named", "circle-open", palette.ACCENT),
    "none": ("nobody named", "x-thin-open", palette.NEUTRAL),
}
"""What the conflict data say of a party in a year: words, symbol, colour."""


GROUPS = {
    "AMB": "al-Aqsa Martyrs' Brigades",
    "DPR": "Donetsk People's Republic",
    "IS": "Islamic State",
    "LPR": "Luhansk People's Republic",
    "PFLP": "Popular Front for the Liberation of Palestine",
    "PFLP-GC": "its General Command",
    "PIJ": "Palestinian Islamic Jihad",
    "PRC": "Popular Resistance Committees",
    "UCK": "Kosovo Liberation Army and, in 2001, National Liberation Army in Macedonia",
}
"""What the short names of the conflict data stand for."""


def _named(supporters: set[str]) -> str:
    if any(name.startswith("Russia") for name in supporters):
        return "Russia"
    if "Belarus" in supporters:
        return "Belarus"
    return "none" if supporters <= {"none named"} else "others"


@needs("ucdp_external_support")
def supporters(ledger: Ledger) -> Figure | Html:
    """Chart whom the conflict data name as external supporter of armed groups, year by year."""
    rows = ledger.records["ucdp_external_support"]
    rows = rows[rows["actor_kind"] == "non-state"]
    if rows.empty:
        return no_chart("the conflict data at hand have no party that is no state")
    by_year = rows.groupby(["actor", "year"])["supporter"].agg(lambda s: set(s) - {"none named"} or {"none named"})
    by_year = by_year.reset_index()
    by_year["named"] = by_year["supporter"].map(_named)
    russian = by_year[by_year["named"] == "Russia"]
    order = sorted(
        set(by_year["actor"]),
        key=lambda a: (a not in set(russian["actor"]), by_year[by_year["actor"] == a]["year"].min(), a),
    )
    place = {actor: i for i, actor in enumerate(order)}
    traces = []
    for key, (word, symbol, colour) in SUPPORT.items():
        part = by_year[by_year["named"] == key]
        if len(part):
            trace = _dots(part["year"].tolist(), [place[a] for a in part["actor"]], word, symbol, colour, 9)
            trace.hovertext = [f"{r.actor}, {r.year}: {', '.join(sorted(r.supporter))}" for r in part.itertuples()]
            trace.hoverinfo = "text"
            traces.append(trace)
    spans = [f"{a} {_year_span(russian[russian['actor'] == a]['year'])}" for a in order if a in set(russian["actor"])]
    title = f"The conflict data name Russia for {len(spans) or 'none'} of {count(len(order), 'armed group')}"
    title += f": {', '.join(spans)}" if spans else ""
    return Figure(
        traces,
        id="groups-supporters",
        title=title,
        caption=f"External supporters of armed groups by year; n = {len(by_year)} pairs of group and year. Support of "
        "any kind counts, not arms alone, and an arms sale may fall outside. No mark: the year is not covered. Nobody "
        "named means that none was found in the sources coded. The data end with "
        f"{int(rows['year'].max())}. In Abkhazia they name “Russian elements”, not the state. "
        + "; ".join(f"{short}: {GROUPS[short]}" for short in sorted(order) if short in GROUPS)
        + ".",
        alt=f"Dot chart. {title}.",
        table=pd.DataFrame(
            {
                "Group": by_year["actor"],
                "Year": by_year["year"].astype(str),
                "Supporters named": [", ".join(sorted(s)) for s in by_year["supporter"]],
            }
        ),
        source=_credit(ledger, "ucdp_external_support"),
        height=190 + 30 * len(order),
        xaxis={"title": {"text": "year"}, "tickformat": "d"},
        yaxis=_numbered_axis(order),
        legend=LEGEND,
        hovermode="closest",
    )


@needs("sipri_deals", "ucdp_external_support")
def routes(ledger: Ledger) -> Html:
    """List route by route what the register and the conflict data say, who is named, and what is not known."""
    assessed = Assessments(ledger)
    deals, support = ledger.records["sipri_deals"], ledger.records["ucdp_external_support"]
    rows = []
    for name, actor, recipients, parties in ROUTES:
        mine = deals[deals["recipient"].isin(recipients)]
        coded = support[support["actor"].isin(parties)]
        russian = coded[coded["supporter"].str.startswith("Russia")]
        others = sorted(set(coded["supporter"]) - set(russian["supporter"]) - {"none named"})
        shown = []
        for (supplier, unsure), part in mine.groupby(["supplier", "supplier_uncertain"]):
            who = "supplier not known" if supplier == "unknown" else supplier + (", uncertain" if unsure else "")
            shown.append(f"{who}: {count(len(part), 'deal')} ({', '.join(dict.fromkeys(part['designation']))})")
        doubtful = int(mine["supplier_uncertain"].sum())
        unknown = [f"who supplied {doubtful} of {count(len(mine), 'deal')}"] if doubtful else []
        unknown += ["what the register holds: our extract does not cover it"] if not recipients else []
        unknown += [f"what came after {int(coded['year'].max())}, where the coding ends"] if len(coded) else []
        claims = _route_claims(ledger, actor)
        rows.append(
            {
                "Route": f"Russia to {name}",
                "Register (major weapons)": lines(*shown)
                if shown
                else ("none registered" if recipients else "not covered"),
                "Conflict data: Russia named": (
                    lines(_year_span(russian["year"]), ", ".join(sorted(set(russian["supporter"]))))
                    if len(russian)
                    else "no year"
                ),
                "Others named": lines(
                    ", ".join(others) or "nobody", f"years covered: {_year_span(coded['year'])}" if len(coded) else None
                ),
                "Not known": _stacked((*unknown, "small arms and ammunition")),
                "Claims": join(([claim_link(c), " ", assessed.mark(c)] for c in claims["claim_id"]), el("br")),
            }
        )
    return entries(pd.DataFrame(rows), "Routes named by the text, against the register and the conflict data")


def _route_claims(ledger: Ledger, actor: str) -> pd.DataFrame:
    claims = transfers(ledger)
    return claims[(claims["subject"] == "russia") & (claims["object"] == actor) & claims["checkable"]]


def route_evidence(ledger: Ledger) -> Html:
    """Show the claims that name a route, without those on single items, with the evidence on both sides."""
    claims = pd.concat([_route_claims(ledger, actor) for _, actor, _, _ in ROUTES])
    claims = claims[claims["item"] == ""]
    if claims.empty:
        return quiet("No claim is on one of the routes.")
    caption = f"{count(len(claims), 'claim')} on the routes, with registers and published investigations"
    return Assessments(ledger).side_by_side(claims["claim_id"], caption)


IRAN_PAIRS = (("Iran", "Russia"), ("Iran", "Belarus"), ("Belarus", "Iran"))


@needs("sipri_deals", dated=IRAN_TEXT)
def iran_deals(ledger: Ledger) -> Figure | Html:
    """Chart the registered deals of Iran with Russia as recipient, and between Iran and Belarus."""
    deals = pd.concat([_pair(ledger, *pair) for pair in IRAN_PAIRS])
    if deals.empty:
        return no_chart("no deal between Iran and Russia or Belarus is registered")
    text = _published(ledger, IRAN_TEXT)
    russia = _pair(ledger, "Iran", "Russia")
    drones = russia[russia["weapon_kind"] == "drone"]
    since = f" since {min(_all_years(drones))}" if _all_years(drones) else ""
    between = [
        f"{a} to {b} {_year_span(_all_years(_pair(ledger, a, b))) or 'none'}"
        for a, b in IRAN_PAIRS
        if "Belarus" in (a, b)
    ]
    title = (
        f"{count(int(drones['number_delivered'].sum()), 'drone')} registered from Iran to Russia{since}; "
        + ", ".join(between)
    )
    return _deal_chart(
        deals,
        [f"{d.supplier} → {d.recipient}: {d.designation}" for d in deals.itertuples()],
        marks=[_upright(_decimal(text[0]))],
        id="iran-deals",
        title=title,
        caption=f"Deals from the year of order (diamond) to the years of delivery (circles); n = {len(deals)}. "
        "Hollow: an estimate, or a supplier that the register doubts. Dashed line: the column of the text. Numbers "
        "are partly estimates; a deal with no circle has no registered delivery.",
        alt=f"Timeline of deals. {title}.",
        source=_credit(ledger, "sipri_deals"),
    )


@needs("sipri_deals", "ucdp_external_support", dated=IRAN_TEXT)
def iran_lead(ledger: Ledger) -> Html:
    """Say pair by pair what the register has between Iran, Russia and Belarus, and what nothing at hand covers."""
    text = _published(ledger, IRAN_TEXT)
    items = []
    for supplier, recipient in IRAN_PAIRS:
        deals = _pair(ledger, supplier, recipient)
        words = [_deal_words(d, y) for d, y in zip(deals.itertuples(), _years(deals), strict=True)]
        items.append(
            el(
                "li",
                el("strong", f"{supplier} to {recipient}"),
                f", {count(len(deals), 'deal')}: " if words else ": no deal",
                "; ".join(words),
                ".",
            )
        )
    russia = _pair(ledger, "Iran", "Russia")
    before = sum(any(year < int(text[0][:4]) for year in years) for years in _years(russia))
    coded = ledger.records["ucdp_external_support"]
    return el(
        "div",
        el("ul", items),
        el(
            "p",
            f"The text is of {date_text(*text)}; {before} of the {count(len(russia), 'deal')} from Iran to Russia have "
            "deliveries registered for years before that one. The register names years, not days. "
            f"The conflict data end with {int(coded['year'].max())} and say nothing of these deliveries. Parts, "
            "licences, training and small arms are outside both.",
        ),
    )


def iran_evidence(ledger: Ledger) -> Html:
    """Show the claims on arms between Iran, Russia and Belarus with the evidence on both sides."""
    claims = transfers(ledger)
    ends = {"iran", "russia", "belarus"}
    claims = claims[
        claims["subject"].isin(ends) & claims["object"].isin(ends) & (claims["subject"] != claims["object"])
    ]
    claims = claims[(claims[["subject", "object"]] == "iran").any(axis=1) & claims["checkable"]]
    trains = ledger.claims[(ledger.claims["subject"] == "iran") & (ledger.claims["relation"] == "trains")]
    claims = pd.concat([claims, trains[trains["checkable"]]])
    if claims.empty:
        return quiet("No claim is on arms or trainers between Iran and Russia or Belarus.")
    minsk = int((claims[["subject", "object"]] == "belarus").any(axis=1).sum())
    caption = (
        f"{count(len(claims), 'claim')} on arms and trainers between Iran and Russia or Belarus; "
        f"{minsk or 'none'} of them {'name' if minsk > 1 else 'names'} Belarus"
    )
    return Assessments(ledger).side_by_side(claims["claim_id"], caption)


def _period(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return (
        f"until {last}" if first == PERIODS[0][0] else f"since {first}" if last == PERIODS[-1][1] else f"{first}–{last}"
    )


def _periods(years) -> list[str]:
    return [slug(_period(a, b)) for a, b in PERIODS if any(a <= year <= b for year in years)]


@needs("sipri_deals")
def deals(ledger: Ledger) -> FacetFilter | Html:
    """Return the chooser of registered deals beside the texts' claims: exporter, recipient, period.

    A claim that tells no period stands under every period up to its text's publication, where that has a date, and says
    so. A claim about negotiations is not there: it names no side that gives.
    """
    names, assessed = actor_names(ledger), Assessments(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    told = ledger.quantity_claims.merge(ledger.quantities, on="quantity_id")
    found = []
    columns = {"told": ("In the words of the texts", []), "registered": ("In the register", [])}

    def add(row_id, supplier, takers, periods, column, html):
        found.append((row_id, supplier, takers, periods, html))
        columns[column][1].append(row_id)

    passed = transfers(ledger)
    for claim in passed[~passed["relation"].str.startswith("negotiat")].itertuples(index=False):
        supplier = ACTORS.get(claim.subject) or names.get(claim.subject, claim.subject)
        takers = _takers(ledger, claim, names)
        mine = told[told["claim_id"] == claim.claim_id]
        years = [int(day[:4]) for day in (*mine["period_start"], *mine["period_end"]) if day]
        source_id = ids.text_of(claim.claim_id)
        until = int(_published(ledger, source_id)[1][:4] or PERIODS[-1][1])
        upto = "" if until == PERIODS[-1][1] else f" up to {until}"
        denied = assessed.denial(claim.claim_id)
        negated = " as not so" if claim.polarity == "negative" else ""
        html = el(
            "div",
            el("p", el("strong", f"{supplier} → {'; '.join(takers)}"), f": told{negated} by {shorts[source_id]}"),
            el("p", claim.statement, " ", assessed.mark(claim.claim_id), " ", claim_link(claim.claim_id)),
            el("p", cited(claim.quote), class_="cb-quote") if claim.quote else None,
            el("p", "Denied: ", denied, class_="cb-quiet") if denied else None,
            None if years else el("p", f"No period told: shown for every period{upto}.", class_="cb-quiet"),
            class_="cb-claim",
        )
        told_for = range(min(years), max(years) + 1) if years else range(PERIODS[0][0], until + 1)
        periods = _periods(told_for) + ([] if years else [UNDATED])
        add(f"told-{claim.claim_id}", supplier, takers, periods, "told", html)
    frame = ledger.records["sipri_deals"].sort_values(
        ["supplier", "recipient", "order_year", "designation"], kind="stable"
    )
    for deal, years in zip(frame.itertuples(index=False), _years(frame), strict=True):
        html = el(
            "div",
            el("p", el("strong", f"{deal.supplier} → {deal.recipient}"), ": registered"),
            el("p", _deal_words(deal, years), " ", el("a", "record", href="data.ipynb#record-sipri_deals")),
            class_="cb-claim",
        )
        periods = _periods(years or [deal.order_year])
        add(f"deal-{deal.deal_id}", deal.supplier, [deal.recipient], periods, "registered", html)
    exporters = slugs((supplier for _, supplier, *_ in found), "exporter")
    recipients = slugs((taker for _, _, takers, *_ in found for taker in takers), "recipient")
    rows = [
        (row_id, {"exporter": [exporters[by]], "recipient": [recipients[to] for to in takers], "period": periods}, html)
        for row_id, by, takers, periods, html in found
    ]
    facets = {
        "exporter": ("Exporter", {exporters[name]: name for name in sorted(exporters, key=str.casefold)}),
        "recipient": ("Recipient", {recipients[name]: name for name in sorted(recipients, key=str.casefold)}),
        "period": ("Period", {**{slug(_period(a, b)): _period(a, b) for a, b in PERIODS}, UNDATED: "no period told"}),
    }
    return FacetFilter(
        id="deals",
        label="Registered deals beside the words of the texts",
        noun="entries",
        facets=facets,
        rows=rows,
        columns=columns,
    )


def _takers(ledger: Ledger, claim, names: dict[str, str]) -> list[str]:
    """Name the recipients of a transfer: the claim's object, each actor it lists, or who a told quantity went to."""
    if claim.object in names:
        return [ACTORS.get(claim.object) or names[claim.object]]
    known = {name: actor for actor, name in names.items()}
    listed = re.split(r", | or | and ", claim.object)
    if all(name in known for name in listed):
        return [ACTORS.get(known[name]) or name for name in listed]
    quantities = ledger.quantity_claims.loc[ledger.quantity_claims["claim_id"] == claim.claim_id, "quantity_id"]
    found = ledger.quantity_recipients.loc[ledger.quantity_recipients["quantity_id"].isin(quantities), "actor_id"]
    return [ACTORS.get(actor) or names[actor] for actor in dict.fromkeys(found)] or [claim.object or "nobody named"]


@needs("sipri_deals")
def lead(ledger: Ledger) -> Html:
    """Say in one paragraph what the register shows of the pairs the texts speak of."""
    register = ledger.records["sipri_deals"]
    belarus = register[register["supplier"] == "Belarus"]
    if belarus.empty:
        return quiet("The register at hand has no deal of Belarus.")
    groups = belarus[belarus["recipient_kind"] == "non-state"]
    named = belarus[belarus["recipient_group"].isin(["Palestinian", "Lebanese", "Albanian"])]
    return el(
        "p",
        f"The register has {count(len(belarus), 'deal')} of Belarus with "
        f"{count(belarus['recipient'].nunique(), 'recipient')}, {len(groups) or 'none'} of them with a buyer that is "
        f"not a state ({', '.join(sorted(set(groups['recipient']))) or 'none'}) and {len(named) or 'none'} with a "
        "Palestinian, Lebanese or Albanian group. It lists major weapons that somebody reported: rifles, most "
        "ammunition and secret deals are not in it, so its silence refutes nothing.",
        class_="cb-lead",
    )

"""Alliances by the numbers: votes, positions, memberships and indices, set beside what the texts say of them.

A vote shows how a state voted and no more: agreement in the General Assembly is no measure of friendship. Bands are
drawn wherever the data give them.
"""

import pandas as pd
import plotly.graph_objects as go

from claimbook.analysis import aggregates
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.assessments import Assessments
from claimbook.view.charts import LEGEND, Figure, _bars, _marker, _names_axis
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import claim_link, count, date_text, lines, needs, no_chart, quiet, table

VOTES = {
    "in_favour": "in favour",
    "against": "against",
    "abstained": "abstained",
    "not_voting": "cast no vote",
    "not_against": "not against; more is not known",
}
VOTE_SYMBOLS = {
    "against": "x",
    "abstained": "circle-open",
    "not_voting": "line-ew-open",
    "in_favour": "triangle-up",
    "not_against": "circle-open-dot",
}
VOTE_COLOURS = {
    "against": palette.SERIES[1],
    "abstained": palette.SERIES[0],
    "not_voting": palette.NEUTRAL,
    "in_favour": palette.SERIES[3],
    "not_against": palette.NEUTRAL,
}

PAIR_LOOKS = (
    (palette.SERIES[1], "solid", "circle"),
    (palette.SERIES[3], "dash", "square"),
    (palette.SERIES[2], "dot", "diamond"),
    (palette.SERIES[0], "dashdot", "triangle-up"),
    (palette.SERIES[5], "longdash", "x"),
    (palette.SERIES[4], "longdashdot", "cross"),
)
"""Colour, dash and mark of the lines of a chart, in order; any one of them tells two lines apart, as far as they go."""

WAR = ("2022-03-01", "2023-04-30")
"""First and last day of the roll calls on Ukraine that the chapter shows."""

NO_CALL = f"no roll call on Ukraine, {date_text(*WAR)}, is at hand"

LOYAL = ("Belarus", "Eritrea", "North Korea", "Syria")
"""The states that a text calls the loyal ones."""

BESIDE = ("Iran", "China", "Cuba", "Kazakhstan")
"""States set beside the loyal ones whatever their votes: named in the texts or allied by treaty."""

SUBJECTS = (
    r"(?:^|[^a-z])(?:hostil|friend|neutral|isolat|loyal|democra|independent media"
    r"|(?:all(?:y|ies|ied)|free|fair)(?![a-z]))"
)
"""Words of a claim that set it beside the numbers of this chapter."""


def vote_of(state: str, call, votes: pd.DataFrame) -> str:
    """Return how a state voted in a roll call (a row of ``un_ukraine_roll_calls``), as far as the lists tell.

    A state that stands in no list voted in favour where the lists are whole; where only those against are listed it is
    known not to have voted against.
    """
    found = votes.loc[(votes["resolution"] == call.resolution) & (votes["state"] == state), "vote"]
    if len(found):
        return found.iloc[0]
    return "in_favour" if call.states_listed == "full" else "not_against"


def tallies(calls: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """Compare the number of states listed with the total announced, for each roll call and each vote that is listed.

    Returns
    -------
    pandas.DataFrame
        ``resolution``, ``vote``, ``listed``, ``announced``, ``whole`` (whether the list claims to be whole).
    """
    whole = {
        "full": {"against", "abstained", "not_voting"},
        "against_and_abstained": {"against", "abstained"},
        "against": {"against"},
    }
    columns = {"against": "no_count", "abstained": "abstain_count", "not_voting": "not_voting_count"}
    rows = []
    for call in calls.itertuples(index=False):
        for vote, column in columns.items():
            listed = int(((votes["resolution"] == call.resolution) & (votes["vote"] == vote)).sum())
            if listed:
                is_whole = vote in whole[call.states_listed]
                rows.append((call.resolution, vote, listed, int(getattr(call, column)), is_whole))
    return pd.DataFrame(rows, columns=["resolution", "vote", "listed", "announced", "whole"])


def _in_war(ledger: Ledger) -> tuple[pd.DataFrame, pd.DataFrame]:
    calls = ledger.records["un_ukraine_roll_calls"]
    calls = calls[calls["date"].between(*WAR)].sort_values(["date", "resolution"]).reset_index(drop=True)
    votes = ledger.records["un_ukraine_votes"]
    return calls, votes[votes["resolution"].isin(calls["resolution"])]


def _days(calls: pd.DataFrame) -> list[str]:
    """Name roll calls by their day, and by their resolution as well where a day has several."""
    shared = calls["date"].duplicated(keep=False)
    return [
        date_text(call.date, call.date) + (f" ({call.resolution})" if several else "")
        for call, several in zip(calls.itertuples(index=False), shared, strict=True)
    ]


def credit(ledger: Ledger, name: str) -> str:
    """Return the line that says whose data a record holds."""
    resource = next(r for r in ledger.schema["resources"] if r["name"] == name)
    publisher = ledger.origins.set_index("origin")["name"].get(resource["origin"], resource["title"])
    return f"{publisher}: {resource['title']} ({resource['version']}); record {name} of this book"


def _published(ledger: Ledger, first: int, last: int) -> list[dict]:
    """Return shapes that mark the years in which texts appeared, as far as the axis goes."""
    shapes = []
    for source in ledger.sources[ledger.sources["published_earliest"] != ""].itertuples(index=False):
        start, end = int(source.published_earliest[:4]), int(source.published_latest[:4])
        if first <= start <= last:
            colour = palette.text_colour(ledger.texts, source.source_id)
            x = (start + end) / 2
            line = {"color": colour, "dash": "dash", "width": 1}
            shapes.append({"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line})
    return shapes


def _line_figure(ledger: Ledger, table_: pd.DataFrame, unit: str, bands=None, **block) -> Figure:
    """Return a chart of lines over the years: the first column is the year, every other one a line.

    Parameters
    ----------
    ledger : Ledger
        For the years of publication.
    table_ : pandas.DataFrame
        What is drawn, and the chart's data table.
    unit : str
        What the vertical axis measures.
    bands : dict of str to tuple of (list, list), optional
        Lower and upper end of the band of a line, by its name.
    **block
        The other arguments of Figure.
    """
    years = [int(y) for y in table_["Year"]]
    lines_ = [c for c in table_.columns[1:] if not c.endswith((", lower", ", upper"))]
    traces = []
    for place, name in enumerate(lines_):
        colour, dash, symbol = palette.line_look(PAIR_LOOKS, place)
        values = [None if pd.isna(v) else float(v) for v in table_[name]]
        if bands and name in bands:
            # A band drawn through years in which it is not known would close over itself.
            known = [(y, *ends) for y, *ends in zip(years, *bands[name], strict=True) if not pd.isna(ends).any()]
            traces.append(
                go.Scatter(
                    x=[y for y, _, _ in known] + [y for y, _, _ in known[::-1]],
                    y=[high for _, _, high in known] + [low for _, low, _ in known[::-1]],
                    fill="toself",
                    fillcolor=palette.washed(colour, 0.18),
                    line={"width": 0},
                    hoverinfo="skip",
                    showlegend=False,
                    name=f"{name}, band",
                )
            )
        traces.append(
            go.Scatter(
                x=years,
                y=values,
                mode="lines+markers",
                name=name,
                line={"color": colour, "dash": dash, "width": 2},
                marker={"symbol": symbol, "size": 7, "color": colour},
            )
        )
    return Figure(
        traces,
        table=table_,
        height=460,
        shapes=_published(ledger, years[0], years[-1]),
        xaxis={"title": {"text": "year"}, "dtick": 5, "automargin": True},
        yaxis={"title": {"text": unit}, "automargin": True},
        legend=LEGEND,
        margin={"l": 8, "r": 16, "t": 16, "b": 48},
        **block,
    )


@needs("un_agreement")
def agreement(ledger: Ledger) -> Figure | Html:
    """Chart how far Belarus and Russia agree with others in votes of the General Assembly, by year."""
    rows = ledger.records["un_agreement"]
    rows = rows.assign(pair=rows["state_a"] + " and " + rows["state_b"])
    wide = rows.pivot(index="year", columns="pair", values="agreement")
    last = int(wide.index.max())
    ends = wide.loc[last]
    order = [p for p in ends.sort_values(ascending=False).index if p.startswith("Belarus")]
    order += [p for p in ends.sort_values(ascending=False).index if p not in order]
    named = {"Russia": "Russia", "Iran": "Iran", "United States": "the United States"}
    named = {f"Belarus and {state}": words for state, words in named.items()}
    said = [f"{ends[pair]:.2f} with {words}" for pair, words in named.items() if not pd.isna(ends.get(pair))]
    title = f"Agreement of Belarus in UN votes of {last}, from 0 to 1: {', '.join(said) or 'not known'}"
    table_ = wide[order].round(3).reset_index().rename(columns={"year": "Year"})
    return _line_figure(
        ledger,
        table_,
        "agreement (0 to 1)",
        id="alliances-agreement",
        title=title,
        caption=f"Mean of 1 less the distance of the two votes, with yes 1, abstention 0.5 and no 0; n = {len(table_)} "
        f"years, {int(rows['roll_calls'].min())} to {int(rows['roll_calls'].max())} roll calls of a pair in a year. "
        "Dashed uprights: years in which texts appeared. Most votes concern the Middle East, disarmament and human "
        "rights: agreement there is no measure of friendship.",
        alt=f"Line chart. {title}. " + "; ".join(f"{p}: {_ends(wide[p], last)}" for p in order) + ".",
        source=credit(ledger, "un_agreement"),
    )


def _ends(values: pd.Series, last: int) -> str:
    """Say the first value of a line, and that of a year, as far as they are known."""
    known = values.dropna()
    ends = dict.fromkeys(year for year in (values.index.min(), last) if year in known.index)
    return ", ".join(f"{known[year]:.2f} in {year}" for year in ends) or "not known in these years"


@needs("un_ideal_points")
def ideal_points(ledger: Ledger) -> Figure | Html:
    """Chart the positions estimated from UN votes, with their bands, by year."""
    rows = ledger.records["un_ideal_points"].sort_values(["state", "year"])
    wide = {
        column: rows.pivot(index="year", columns="state", values=column) for column in ("ideal_point", "low", "high")
    }
    points = wide["ideal_point"]
    last = int(points.index.max())
    order = list(points.loc[last].sort_values(ascending=False).index)
    here = points.loc[last].dropna()
    said = [
        f"{abs(here['Belarus'] - here[state]):.2f} from {words}"
        for state, words in (("Russia", "Russia"), ("United States", "the United States"))
        if {"Belarus", state} <= set(here.index)
    ]
    title = f"In {last} Belarus lies {' and '.join(said)} in positions estimated from UN votes"
    if not said:
        title = f"Positions estimated from UN votes, up to {last}"
    columns = {"Year": points.index.tolist()}
    for state in order:
        columns[state] = points[state].round(3).tolist()
        columns[f"{state}, lower"] = wide["low"][state].round(3).tolist()
        columns[f"{state}, upper"] = wide["high"][state].round(3).tolist()
    table_ = pd.DataFrame(columns)
    bands = {s: (wide["low"][s].astype(float).tolist(), wide["high"][s].astype(float).tolist()) for s in order}
    return _line_figure(
        ledger,
        table_,
        "estimated position",
        bands,
        id="alliances-ideal-points",
        title=title,
        caption=f"A higher position is nearer to that of the United States; the scale has no unit. Bands: 5th to 95th "
        f"percentile; n = {len(rows)} estimates. Differences within the bands mean nothing. Dashed uprights: "
        "years in which texts appeared.",
        alt=f"Line chart with bands. {title}. " + "; ".join(f"{s}: {_ends(points[s], last)}" for s in order) + ".",
        source=credit(ledger, "un_ideal_points"),
    )


@needs("un_ukraine_roll_calls", "un_ukraine_votes")
def roll_calls(ledger: Ledger) -> Figure | Html:
    """Chart the totals of the roll calls on Ukraine."""
    calls, _ = _in_war(ledger)
    if calls.empty:
        return no_chart(NO_CALL)
    fewest = calls.loc[calls["no_count"].idxmin()]
    most = calls.loc[calls["no_count"].idxmax()]
    title = (
        f"Of {count(len(calls), 'roll call')} on Ukraine, votes against number from {fewest['no_count']} to "
        f"{most['no_count']}"
    )
    table_ = pd.DataFrame(
        {
            "Roll call": [f"{day}: {title_}" for day, title_ in zip(_days(calls), calls["title"], strict=True)],
            "in favour": calls["yes_count"].astype(int),
            "against": calls["no_count"].astype(int),
            "abstained": calls["abstain_count"].astype(int),
            "cast no vote": calls["not_voting_count"].astype(int),
        }
    )
    markers = [
        _marker(VOTE_COLOURS[v], p)
        for v, p in (("in_favour", ""), ("against", "x"), ("abstained", "/"), ("not_voting", "."))
    ]
    return _bars(
        table_,
        markers,
        "member states",
        id="alliances-roll-calls",
        title=title,
        caption=f"Votes of member states on resolutions adopted on Ukraine, {date_text(*WAR)}; n = {len(calls)} roll "
        "calls. To abstain or to cast no vote is not to support Russia.",
        alt=f"Bar chart. {title}: "
        + "; ".join(
            f"{day} {c.yes_count} in favour, {c.no_count} against, {c.abstain_count} abstained"
            for day, c in zip(_days(calls), calls.itertuples(index=False), strict=True)
        )
        + ".",
        source=credit(ledger, "un_ukraine_roll_calls"),
    )


@needs("un_ukraine_roll_calls", "un_ukraine_votes")
def who_voted(ledger: Ledger) -> Figure | Html:
    """Chart how the 'loyal' states, Russia and everybody who ever voted against voted in each roll call."""
    calls, votes = _in_war(ledger)
    if calls.empty:
        return no_chart(NO_CALL)
    against = votes[votes["vote"] == "against"].groupby("state").size()
    rest = sorted(set(against.index) | set(BESIDE), key=lambda s: (-int(against.get(s, 0)), s))
    states = ["Russia", *LOYAL, *(s for s in rest if s not in (*LOYAL, "Russia"))]
    days = _days(calls)
    cast = {s: [vote_of(s, c, votes) for c in calls.itertuples(index=False)] for s in states}
    traces = []
    for vote, symbol in VOTE_SYMBOLS.items():
        places = [(i, s) for s in states for i, v in enumerate(cast[s]) if v == vote]
        if places:
            traces.append(
                go.Scatter(
                    x=[days[i] for i, _ in places],
                    y=[s for _, s in places],
                    mode="markers",
                    name=VOTES[vote],
                    marker={"symbol": symbol, "size": 11, "color": VOTE_COLOURS[vote], "line": {"width": 2}},
                )
            )
    always = [s for s in states if s != "Russia" and set(cast[s]) == {"against"}]
    ever = [s for s in states if s != "Russia" and "against" in cast[s]]
    title = (
        f"{len(ever)} states besides Russia voted against at least once; in every roll call only {_and(always)}"
        if always
        else f"{len(ever)} states besides Russia voted against at least once, none in every roll call"
    )
    table_ = pd.DataFrame([{"State": s, **{d: VOTES[v] for d, v in zip(days, cast[s], strict=True)}} for s in states])
    listed = tallies(calls, votes)
    whole = listed[listed["whole"]]
    fit = int((whole["listed"] == whole["announced"]).sum())
    fits = f"{fit} of {len(whole)} lists of states are as long as the total announced. " if len(whole) else ""
    return Figure(
        traces,
        id="alliances-who-voted",
        title=title,
        caption=f"n = {len(states)} states in {len(calls)} roll calls: Russia, the four that a text calls loyal, "
        f"every state that voted against at least once, and {_and(BESIDE)}. {fits}"
        "Where only the votes against are listed, another state is known only not to have voted against.",
        alt=f"Dot chart, a row a state. {title}. "
        + "; ".join(f"{s}: against in {cast[s].count('against')} of {len(calls)}" for s in (*LOYAL, "Iran"))
        + ".",
        table=table_,
        source=credit(ledger, "un_ukraine_votes"),
        height=170 + 24 * len(states),
        xaxis={
            "type": "category",
            "categoryarray": days,
            "categoryorder": "array",
            "tickangle": -60,
            "side": "top",
            "automargin": True,
        },
        yaxis=_names_axis(states) | {"categoryarray": states, "categoryorder": "array"},
        legend={**LEGEND, "y": 0, "yanchor": "top"},
        hovermode="closest",
    )


def _and(names) -> str:
    *others, last = [*names] or [""]
    return f"{', '.join(others)} and {last}" if others else last


@needs("un_ukraine_roll_calls", "un_ukraine_votes")
def with_russia(ledger: Ledger) -> Html:
    """List how far each state agreed with Russia in the roll calls on Ukraine, computed from the votes listed."""
    calls, votes = _in_war(ledger)
    if calls.empty:
        return quiet(f"Nothing to compare: {NO_CALL}.")
    states = sorted({*LOYAL, *BESIDE} | set(votes.loc[votes["vote"] == "against", "state"]) - {"Russia"})
    cast = pd.DataFrame(
        [
            (state, call.resolution, vote_of(state, call, votes))
            for state in ("Russia", *states)
            for call in calls.itertuples(index=False)
        ],
        columns=["state", "resolution", "vote"],
    )
    try:
        found = aggregates.agreement(cast, "Russia", per=()).set_index("state_b").reindex(states)
    except ValueError:
        return quiet("Nothing to compare: in no roll call at hand are the votes of Russia and of another state known.")
    found = found.sort_values("agreement", ascending=False, kind="stable")
    rows = [
        {
            "State": state,
            "Roll calls in which both votes are known": 0 if pd.isna(shared) else int(shared),
            "Agreement": "–" if pd.isna(near) else f"{near:.2f}",
            "Voted the same in": "–" if pd.isna(same) else str(round(same * shared)),
            "Called loyal": "yes" if state in LOYAL else "no",
        }
        for state, shared, near, same in found[["roll_calls", "agreement", "identical"]].itertuples()
    ]
    caption = (
        f"Agreement with Russia in {count(len(calls), 'roll call')}, recomputed from the votes listed. Abstentions "
        "are not listed for every roll call, so a state that did not always vote against is known in fewer of them "
        "and stands nearer to Russia here than it was"
    )
    return table(pd.DataFrame(rows), caption)


@needs("organisations", "factbook_facts")
def memberships(ledger: Ledger) -> Figure | Html:
    """Chart who is listed as a member of which organisation in which editions of the Factbook."""
    rows = ledger.records["organisations"]
    rows = rows[rows["organisation"].isin(("CIS", "CSTO", "EAEU", "SCO", "NATO"))]
    facts = ledger.records["factbook_facts"]
    union = facts[facts["item"] == "union_treaty"]
    spans = [
        (f"{r.country}: {r.organisation}", r.participation, int(r.first_edition), int(r.last_edition))
        for r in rows.itertuples(index=False)
    ]
    spans += [
        (
            f"{country}: treaty on a union with {value}",
            "member",
            int(part["edition_year"].min()),
            int(part["edition_year"].max()),
        )
        for (country, value), part in union.groupby(["country", "value"])
    ]
    if not spans:
        return no_chart("no membership is listed in the editions at hand")
    order = ["Belarus", "Russia", "Iran", "Kazakhstan"]
    spans.sort(key=lambda s: (order.index(s[0].split(":")[0]) if s[0].split(":")[0] in order else 9, s[0]))
    names = [s[0] for s in spans]
    traces = []
    for full, word, colour, pattern in (
        (True, "member, or party to the treaty", palette.SERIES[0], ""),
        (False, "observer or partner", palette.SERIES[2], "/"),
    ):
        part = [s for s in spans if (s[1] == "member") == full]
        if part:
            traces.append(
                go.Bar(
                    x=[last - first + 1 for _, _, first, last in part],
                    base=[first for _, _, first, _ in part],
                    y=[name for name, *_ in part],
                    orientation="h",
                    name=word,
                    marker=_marker(colour, pattern),
                )
            )
    belarus = [s[0].split(": ")[1] for s in spans if s[0].startswith("Belarus") and s[1] == "member"]
    shared = [o for o in belarus if f"Russia: {o}" in names]
    iran = [f"{s[0].split(': ')[1]} ({s[1]})" for s in spans if s[0].startswith("Iran")]
    title = (
        f"Belarus is listed as a member beside Russia in {_and(shared) or 'none of them'}; Iran only in "
        f"{_and(iran) or 'none'}"
    )
    return Figure(
        traces,
        id="alliances-memberships",
        title=title,
        caption=f"Editions of the CIA World Factbook that list the membership, first to last; n = {len(spans)} spans. "
        "Editions lag behind the facts. Hatched: less than a member. CIS: Commonwealth of Independent States; CSTO: "
        "Collective Security Treaty Organization; EAEU: Eurasian Economic Union; SCO: Shanghai Cooperation "
        "Organisation.",
        alt=f"Bar chart, a bar from the first edition to the last. {title}. "
        + "; ".join(f"{n}: {p}, {a} to {b}" for n, p, a, b in spans)
        + ".",
        table=pd.DataFrame(
            [(name, word, str(first), str(last), last - first + 1) for name, word, first, last in spans],
            columns=["State and organisation", "As", "First edition", "Last edition", "Years"],
        ),
        source=credit(ledger, "organisations"),
        height=160 + 30 * len(spans),
        barmode="overlay",
        shapes=_published(ledger, 1993, 2026),
        xaxis={
            "title": {"text": "edition"},
            "range": [min(1995, *(s[2] for s in spans)), max(2027, *(s[3] + 2 for s in spans))],
            "automargin": True,
        },
        yaxis=_names_axis(names) | {"categoryarray": names, "categoryorder": "array"},
        legend=LEGEND,
    )


@needs("electoral_democracy")
def democracy(ledger: Ledger) -> Figure | Html:
    """Chart the electoral democracy index of the states that a text says cannot be called democratic.

    The title is about the last year that the index covers before the last of the texts appeared.
    """
    rows = ledger.records["electoral_democracy"].sort_values(["country", "year"])
    wide = {c: rows.pivot(index="year", columns="country", values=c) for c in ("index", "low", "high")}
    index = wide["index"]
    # A text may be undated, or older than what the index covers.
    appeared = max(ledger.sources["published_latest"], default="")
    years = [int(year) for year in index.index if not appeared or year < int(appeared[:4])]
    year = max(years, default=int(index.index.max()))
    order = list(index.loc[year].sort_values(ascending=False).index)
    rated = list(index.loc[year].dropna().sort_values(ascending=False).index)
    top = f"{index.at[year, rated[0]]:.2f}"
    title = f"In {year} the electoral democracy index of {_and(rated)} lies at {top}"
    if len(rated) > 1:
        title += " or below"
    columns = {"Year": index.index.tolist()}
    for state in order:
        columns[state] = index[state].round(3).tolist()
        columns[f"{state}, lower"] = wide["low"][state].round(3).tolist()
        columns[f"{state}, upper"] = wide["high"][state].round(3).tolist()
    bands = {s: (wide["low"][s].astype(float).tolist(), wide["high"][s].astype(float).tolist()) for s in order}
    return _line_figure(
        ledger,
        pd.DataFrame(columns),
        "index (0 to 1)",
        bands,
        id="alliances-democracy",
        title=title,
        caption=f"Codings by experts, made after the years they describe, with bands; n = {len(rows)} values. The "
        "index measures the conditions of elections. Dashed uprights: years in which texts appeared.",
        alt=f"Line chart with bands. {title}. " + "; ".join(f"{s}: {_ends(index[s], year)}" for s in order) + ".",
        source=credit(ledger, "electoral_democracy"),
    )


@needs("vdem_indicators")
def media(ledger: Ledger) -> Figure | Html:
    """Chart the freedom of expression in Russia over the years of which a text speaks."""
    rows = ledger.records["vdem_indicators"]
    rows = rows[(rows["indicator"] == "free_expression") & (rows["country"] == "Russia")].sort_values("year")
    if rows.empty:
        return no_chart("the index at hand does not rate freedom of expression in Russia")
    by_year = rows.set_index("year")["value"]
    first, last = int(by_year.index.min()), int(by_year.index.max())
    # A text may be undated, or older than what the index covers.
    appeared = sorted(int(day[:4]) for day in ledger.sources["published_earliest"] if day)
    years = sorted({first, *[year for year in appeared if year in by_year.index][:1], last})
    title = f"Freedom of expression in Russia is rated {_and([f'{by_year[y]:.2f} in {y}' for y in years])}"
    return _line_figure(
        ledger,
        pd.DataFrame({"Year": by_year.index, "Russia": by_year.round(3).tolist()}),
        "index (0 to 1)",
        id="alliances-media",
        title=title,
        caption=f"Codings by experts, made after the years they describe; n = {len(by_year)} years. The copy used "
        "has no bands, so small differences mean nothing. Dashed upright: year in which the text on it appeared.",
        alt=f"Line chart. {title}.",
        source=credit(ledger, "vdem_indicators"),
    )


@needs("vdem_indicators")
def elections(ledger: Ledger) -> Figure | Html:
    """Chart how presidential elections in Belarus are rated."""
    rows = ledger.records["vdem_indicators"]
    rows = rows[
        (rows["country"] == "Belarus")
        & rows["indicator"].isin(("free_and_fair", "no_intimidation", "no_irregularities"))
    ]
    wide = rows.pivot(index="year", columns="indicator", values="value").sort_index()
    fair = wide.get("free_and_fair", pd.Series(dtype=float)).dropna()
    if fair.empty:
        return no_chart("the index at hand does not rate elections in Belarus")
    title = (
        f"Of {len(wide)} presidential elections in Belarus that of {fair.idxmax()} is rated the freest, "
        f"that of {fair.idxmin()} the least free"
    )
    words = {
        "free_and_fair": "free and fair",
        "no_intimidation": "no intimidation",
        "no_irregularities": "no irregularities",
    }
    table_ = wide.round(2).rename(columns=words).reset_index().rename(columns={"year": "Year"})
    return _line_figure(
        ledger,
        table_,
        "rating (about -4 to 4)",
        id="alliances-elections",
        title=title,
        caption=f"Codings by experts on the scale of their measurement model, where 0 is near the mean of all "
        f"countries and years and higher is better; n = {len(wide)} elections. The copy used has no bands. Dashed "
        "uprights: years in which texts appeared.",
        alt=f"Line chart. {title}: " + ", ".join(f"{y} {v:.1f}" for y, v in fair.items()) + ".",
        source=credit(ledger, "vdem_indicators"),
    )


def sayings(ledger: Ledger, assessed: Assessments | None = None) -> Html:
    """List what each text says of friends and enemies, neutrals and the isolated, and of rule, with the numbers.

    Beside each claim stand its verdict and what the checks over votes, memberships and indices find on it.
    """
    assessed = assessed or Assessments(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    claims = ledger.claims[
        (ledger.claims["layer"] == "content")
        & (
            ledger.claims["statement"].str.contains(SUBJECTS, case=False, regex=True)
            | ledger.claims["relation"].str.contains(SUBJECTS, case=False, regex=True)
        )
    ]
    out = []
    for claim in claims.itertuples(index=False):
        rows = assessed.rows.get(claim.claim_id)
        computed = [] if rows is None else [r for _, r in rows[rows["check"] != ""].iterrows()]
        source = ids.text_of(claim.claim_id)
        denies = "; told as not so" if claim.polarity == "negative" else ""
        out.append(
            {
                "What is said": lines(claim.statement, join([shorts[source], denies, " ", claim_link(claim.claim_id)])),
                "Verdict": assessed.mark(claim.claim_id),
                "What the numbers show": lines(
                    *(
                        join([f"{palette.STANCES[r['stance']]}: ", r["finding"], " ", el("small", assessed.weight(r))])
                        for r in computed
                    )
                )
                if computed
                else "no number here bears on it",
                "_": not computed,
            }
        )
    frame = pd.DataFrame(out).sort_values("_", kind="stable").drop(columns="_") if out else pd.DataFrame()
    return table(
        frame,
        f"{count(len(out), 'claim')} on friends and enemies, neutrals, the isolated, elections, media and democracy",
    )


@needs("un_ukraine_roll_calls", "un_ukraine_votes")
def lead(ledger: Ledger) -> Html:
    """Say what the votes show of the four 'loyal' states."""
    calls, votes = _in_war(ledger)
    if calls.empty:
        return el("p", f"{NO_CALL[0].upper()}{NO_CALL[1:]}.", class_="cb-lead")
    numbers = {s: sum(vote_of(s, c, votes) == "against" for c in calls.itertuples(index=False)) for s in LOYAL}
    others = set(votes.loc[votes["vote"] == "against", "state"]) - {*LOYAL, "Russia"}
    return el(
        "p",
        f"In {count(len(calls), 'roll call')} on Ukraine, {date_text(*WAR)}, the states that one text calls loyal "
        "voted against with Russia: ",
        ", ".join(f"{s} in {n}" for s, n in numbers.items()),
        f". {count(len(others), 'other state')} did so at least once. A vote shows how a state voted and no more.",
        class_="cb-lead",
    )

"""Events in time: when each is told and recorded, how it stands, what became of what was foretold.

A telling is never made more precise than its words: an event that a text puts only before a day keeps an open start,
and one without any date stands in no place on the axis. An allegation is marked by the verdicts on its claims.
"""

import datetime
import itertools
import re

import pandas as pd
import plotly.graph_objects as go

from claimbook.analysis import dates
from claimbook.analysis.verdicts import VERDICTS
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.model.span import DIFFERS, FITS, Span, merge
from claimbook.view import addresses, palette
from claimbook.view.assessments import Assessments, mark
from claimbook.view.charts import (
    LEGEND,
    Figure,
    _bars,
    _day_after,
    _foremost,
    _listed,
    _marker,
    _publication,
    _row_label,
)
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import Html, el, join
from claimbook.view.prose import listing
from claimbook.view.tables import (
    actor_names,
    cited,
    claim_link,
    claim_links,
    date_text,
    entries,
    lines,
    no_chart,
    quiet,
    reference_link,
    table,
)

NOT_FACT = ("promised", "planned", "hypothetical")
"""Modes of an event that lies ahead, or may."""

MIXED = "mixed"
"""Stands for the verdict of an event whose claims have different verdicts."""

ALLEGED_SYMBOLS = {
    "supported": "circle-open-dot",
    "partly_supported": "square-open-dot",
    "disputed": "star-diamond-open",
    "contradicted": "x-open",
    "not_established": "circle-open",
    "not_checkable": "line-ew-open",
    MIXED: "hexagon-open",
}
"""Marks of alleged events, all hollow: none can be taken for the full circle of an event told as fact."""

OUTCOMES = {
    "kept": "came about",
    "partly": "came about in part",
    "not_kept": "did not come about so far",
    "open": "still open or not settled on record",
    "not_known": "not known",
}
OUTCOME_GLYPHS = {"kept": "●", "partly": "◐", "not_kept": "✕", "open": "◇", "not_known": "○"}

MOST_EVENTS, MOST_PANELS, MOST_MISSING = 150, 12, 30
"""Rows and panels that a chart draws, and events that a cell of a table lists."""

PLACED = ("start", "end", "agree", "words", "texts", "claims", "verdict")
"""What :func:`placed` adds to the columns of ``events``."""

WHEN = re.compile(
    r"\b(?:(?:1[89]|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b"
)
"""A finding that names a year, a month or a day of the week."""


def event_verdict(verdicts) -> str:
    """Return the verdict that all claims on an event share, or MIXED."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else MIXED


def _claims_on(ledger: Ledger) -> dict[str, list[str]]:
    """Return, for each event, its claims that it is so, or, where a text has none, those that it was said."""
    told = ledger.event_claims.merge(ledger.claims[["claim_id", "layer"]], on="claim_id")
    out = {}
    for event_id, part in told.groupby("event_id", sort=False):
        content = part[part["layer"] == "content"]
        out[event_id] = list(dict.fromkeys((content if len(content) else part)["claim_id"]))
    return out


def placed(ledger: Ledger, assessed: Assessments | None = None) -> pd.DataFrame:
    """Place every event in time and say on what the place rests.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    assessed : Assessments, optional
        The verdicts, where they are computed already.

    Returns
    -------
    pandas.DataFrame
        The rows of ``events`` with :data:`PLACED`: ``start`` and ``end`` (ISO; the record's or the text's date where
        there is one, otherwise the days that the tellings allow, open ones empty), ``agree`` (whether the tellings
        share a day), ``words`` (list of the words the date rests on), ``texts`` (list of source_id), ``claims`` (list),
        ``verdict``.
    """
    verdicts = (assessed or Assessments(ledger)).verdicts["verdict"]
    told = ledger.event_claims.assign(source_id=ids.texts_of(ledger.event_claims["claim_id"]))
    parts = {key: part for key, part in told.groupby("event_id")}
    weighed = _claims_on(ledger)
    rows = []
    for event in ledger.events.itertuples(index=False):
        part = parts[event.event_id]
        within, agree = merge(map(Span, part["told_start"], part["told_end"]))
        start, end = within.first, within.last
        if event.date_basis:
            start, end = event.date_start, event.date_end
        rows.append(
            {
                "start": start,
                "end": end,
                "agree": agree,
                "words": [w for w in dict.fromkeys(part["date_words"]) if w],
                "texts": list(dict.fromkeys(part["source_id"])),
                "claims": list(dict.fromkeys(part["claim_id"])),
                "verdict": event_verdict(verdicts[c] for c in weighed[event.event_id]),
            }
        )
    return ledger.events.assign(**pd.DataFrame(rows, index=ledger.events.index, columns=list(PLACED)))


def _verdict_counts(found: list[str]) -> str:
    return ", ".join(
        f"{palette.VERDICT_GLYPHS[v]} {palette.VERDICTS[v]}" + (f" × {found.count(v)}" if len(set(found)) > 1 else "")
        for v in VERDICTS
        if v in found
    )


def _standing(event, weighed: dict, verdicts: pd.Series) -> str:
    """Say how an event is told, with its verdicts where it is alleged."""
    word = palette.MODES[event.mode]
    return (
        f"{word}: {_verdict_counts([verdicts[c] for c in weighed[event.event_id]])}"
        if event.mode == "alleged"
        else word
    )


def _look(mode: str, verdict: str) -> tuple[str, str, str]:
    """Return name, mark and colour of the events of one mode, alleged ones by verdict."""
    if mode != "alleged":
        return palette.MODES[mode], palette.MODE_SYMBOLS[mode], palette.MODE_COLOURS[mode]
    word = "verdicts differ" if verdict == MIXED else palette.VERDICTS[verdict]
    colour = palette.NEUTRAL if verdict == MIXED else palette.VERDICT_COLOURS[verdict]
    return f"alleged, {word}", ALLEGED_SYMBOLS[verdict], colour


def _events_table(ledger: Ledger, rows: pd.DataFrame, assessed: Assessments) -> pd.DataFrame:
    shorts = ledger.sources.set_index("source_id")["short_name"]
    weighed, verdicts = _claims_on(ledger), assessed.verdicts["verdict"]
    return pd.DataFrame(
        {
            "Event": rows["summary"],
            "Told by": [", ".join(shorts[t] for t in texts) for texts in rows["texts"]],
            "First day": rows["start"].replace("", None),
            "Last day": rows["end"].replace("", None),
            "How the date is known": rows["date_basis"].map({**palette.DATE_BASES, "": "bounds told, or none"}),
            "Words it rests on": ["; ".join(words) for words in rows["words"]],
            "As told": [_standing(e, weighed, verdicts) for e in rows.itertuples(index=False)],
            "Type (PLOVER)": rows["type"],
            "Claims": [", ".join(claims) for claims in rows["claims"]],
        }
    )


def all_events(ledger: Ledger, assessed: Assessments | None = None) -> Figure | Html:
    """Chart the events that have a date or a bound on one axis, a row an event, oldest first.

    Each row has its date in words, so that a dense year can be read; a line runs over all days that are possible, and
    an event with an open start is marked at the last day that its words allow, one with an open end at the first.
    Events with no date at all stand in the table, and where there are more than :data:`MOST_EVENTS` with one, all but
    those told by most texts and claims. Where none has a date or a bound, a sentence says so.
    """
    assessed = assessed or Assessments(ledger)
    rows = placed(ledger, assessed)
    dated = rows[(rows["start"] != "") | (rows["end"] != "")]
    if dated.empty:
        return no_chart("no event is dated")
    dated = dated.assign(order=[s or e for s, e in zip(dated["start"], dated["end"], strict=True)])
    dated = dated.sort_values(["order", "end", "event_id"]).reset_index(drop=True)
    undated = rows[(rows["start"] == "") & (rows["end"] == "")]
    drawn = _most_told(dated)
    years = dated["order"].str[:4]
    busiest = years.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    intervals = int((dated["start"] != dated["end"]).sum())
    title = (
        f"{len(dated)} of {count(len(rows), 'event')} {'has' if len(rows) == 1 else 'have'} a place in time, from "
        f"{years.min()} to {_last_day(dated)[:4]}; the fullest year is {busiest.index[0]}"
    )
    open_end = ((drawn["start"] != "") & (drawn["end"] == "")).any()
    return Figure(
        _traces(drawn),
        id="timeline-events",
        title=title,
        caption=f"Events by first possible day, oldest first; n = {len(dated)}, of which {intervals} are intervals, "
        f"drawn as lines over all possible days. {len(undated)} more have no date and stand in the table only. "
        + ("" if len(drawn) == len(dated) else f"Drawn: the {len(drawn)} told by most texts and claims. ")
        + "A mark that points left: the words allow any day up to it. "
        + ("One that points right: any day from it on. " if open_end else "")
        + "Full: told as fact. Hollow: alleged, by the "
        "verdict on its claims. Dashed uprights: publication of the texts.",
        alt=f"Timeline. {title}. {int((dated['mode'] == 'happened').sum())} are told as fact, "
        f"{int((dated['mode'] == 'alleged').sum())} alleged.",
        table=_events_table(ledger, pd.concat([dated, undated]), assessed),
        height=180 + 58 * len(drawn),
        annotations=_labels(drawn, ledger, assessed),
        shapes=[
            {**_publication(ledger, s, yref="paper", y0=0, y1=1), "opacity": 0.5, "layer": "below"}
            for s in ledger.sources.itertuples(index=False)
            if s.published_earliest
        ],
        xaxis={
            "title": {"text": "date of the event", "standoff": 8},
            "type": "date",
            "side": "top",
            "automargin": True,
            "range": _range(drawn),
        },
        yaxis={"visible": False, "range": [len(drawn) - 0.6, -1.1]},
        legend={**LEGEND, "y": 0, "yanchor": "top"},
        hovermode="closest",
    )


def _most_told(dated: pd.DataFrame) -> pd.DataFrame:
    """Return the events told by most texts and claims, in their order, each with its row as ``y``."""
    often = dated.assign(by=dated["texts"].map(len), n=dated["claims"].map(len))
    often = often.sort_values(["by", "n"], ascending=False, kind="stable").head(MOST_EVENTS)
    drawn = dated.loc[often.index.sort_values()]
    return drawn.assign(y=range(len(drawn)))


def _traces(drawn: pd.DataFrame) -> list[go.Scatter]:
    """Return the lines and marks of events, mode by mode, alleged ones by verdict."""
    traces = []
    for mode in palette.MODES:
        group = drawn[drawn["mode"] == mode]
        verdicts = [v for v in ALLEGED_SYMBOLS if v in set(group["verdict"])] if mode == "alleged" else [None]
        for verdict in verdicts:
            part = group if verdict is None else group[group["verdict"] == verdict]
            if len(part):
                traces += _marks(part, *_look(mode, verdict))
    return traces


def _labels(drawn: pd.DataFrame, ledger: Ledger, assessed: Assessments) -> list[dict]:
    """Return over each row what the event is and, where it is not told as fact, how it is told."""
    weighed, verdict_of = _claims_on(ledger), assessed.verdicts["verdict"]
    labels = []
    for e in drawn.itertuples(index=False):
        when = date_text(e.start, e.end, e.date_precision)
        label = [f"{when}: {e.summary}"]
        if e.mode != "happened":
            label.append(_brief(e, weighed, verdict_of))
        place = {"yanchor": "bottom", "align": "left", "font": {"size": 11}}
        labels.append({**_row_label(e.y, "<br>".join(label), 7), **place})
    return labels


def _brief(event, weighed: dict, verdicts: pd.Series) -> str:
    """Say in a line short enough for a phone how an event that is not told as fact is told, and its verdicts."""
    found = [verdicts[c] for c in weighed[event.event_id]]
    if event.mode != "alleged":
        return palette.MODES[event.mode]
    if event.verdict != MIXED:
        return f"alleged, {palette.VERDICT_GLYPHS[event.verdict]} {palette.VERDICTS[event.verdict]}"
    return "alleged, verdicts differ: " + ", ".join(
        f"{found.count(v)} {palette.VERDICT_GLYPHS[v]}" for v in VERDICTS if v in found
    )


def _last_day(dated: pd.DataFrame) -> str:
    """Return the last day on which one of some dated events is known to lie, or to begin."""
    return max(dated["end"].max(), dated["start"].max())


def _range(dated: pd.DataFrame) -> list[str]:
    first, last = int(dated["order"].min()[:4]), int(_last_day(dated)[:4])
    return [f"{max(first - 2, 1):04d}-01-01", f"{min(last + 2, 9999):04d}-01-01"]


def _marks(part: pd.DataFrame, name: str, symbol: str, colour: str) -> list[go.Scatter]:
    """Return the lines and marks of events that look alike; only one of them has a place in the legend."""
    xs, ys = [], []
    for e in part.itertuples(index=False):
        if e.start and e.end:
            xs += [e.start, _day_after(e.end), None]
            ys += [e.y, e.y, None]
    traces = [
        go.Scatter(
            x=xs, y=ys, mode="lines", line={"color": colour, "width": 3}, hoverinfo="skip", showlegend=False, name=name
        )
    ]
    hollow = "" if symbol == palette.MODE_SYMBOLS["happened"] else "-open"
    pointed = [
        symbol if e.start and e.end else f"triangle-{'right' if e.start else 'left'}{hollow}"
        for e in part.itertuples(index=False)
    ]
    traces.append(
        go.Scatter(
            x=[e.start or e.end for e in part.itertuples(index=False)],
            y=part["y"].tolist(),
            mode="markers",
            name=name,
            marker={"symbol": pointed, "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
            hovertext=[
                f"{e.summary}<br>{date_text(e.start, e.end, e.date_precision)}" for e in part.itertuples(index=False)
            ],
            hoverinfo="text",
        )
    )
    return traces


def per_year(ledger: Ledger, assessed: Assessments | None = None) -> Figure | Html:
    """Chart how many events begin in each year, by how they are told; say so where none is dated."""
    rows = placed(ledger, assessed)
    year = pd.Series([(s or e)[:4] for s, e in zip(rows["start"], rows["end"], strict=True)], index=rows.index)
    dated = rows.assign(year=year)[year != ""]
    if dated.empty:
        return no_chart("no event is dated")
    counts = dated.groupby(["year", "mode"]).size().unstack(fill_value=0)
    modes = [m for m in palette.MODES if m in counts.columns]
    totals = counts.sum(axis=1)
    title = f"{totals.idxmax()} is the fullest year, with {count(int(totals.max()), 'event')}"
    patterns = dict(zip(palette.MODES, ("", "/", "x", "-", ".", "\\"), strict=True))
    return _bars(
        pd.DataFrame({"Year": list(counts.index), **{palette.MODES[m]: counts[m].tolist() for m in modes}}),
        [_marker(palette.MODE_COLOURS[m], patterns[m]) for m in modes],
        "events",
        id="timeline-years",
        title=title,
        caption=f"Events by the year in which they begin at the earliest, or end at the latest where the start is "
        f"open; n = {len(dated)}. Years without an event stay empty.",
        alt=f"Bar chart. {title}. " + ", ".join(f"{y} {int(n)}" for y, n in totals.items()) + ".",
    )


def told_against_happened(ledger: Ledger, assessed: Assessments | None = None) -> Figure | Html:
    """Chart, for each text, the place of each dated event in the text against its date.

    Of more than :data:`MOST_PANELS` texts those with most dated events are drawn; the table has all. Where no event is
    dated, a sentence says so.
    """
    order = ledger.sentences.assign(place=ledger.sentences.groupby("source_id").cumcount() + 1)
    place = ledger.claims["sentence_id"].map(order.set_index("sentence_id")["place"])
    place = dict(zip(ledger.claims["claim_id"], place, strict=True))
    rows = placed(ledger, assessed)
    rows = rows[(rows["start"] != "") | (rows["end"] != "")]
    if rows.empty:
        return no_chart("no event is dated")
    shorts = ledger.sources.set_index("source_id")["short_name"]
    told = {name: [] for name in shorts.index}
    for e in rows.itertuples(index=False):
        for name in e.texts:
            told[name].append((e, min(place[c] for c in e.claims if ids.text_of(c) == name)))
    height = order.groupby("source_id")["place"].max()
    panels = _foremost(ledger, pd.Series({name: len(mine) for name, mine in told.items()}), MOST_PANELS)
    panels = [name for name in panels if name in height.index]
    records, gaps, same_year = [], [], 0
    for source in ledger.sources.itertuples(index=False):
        name, mine = source.source_id, told[source.source_id]
        near = sum((e.start or e.end)[:4] == source.published_earliest[:4] for e, _ in mine)
        same_year += near
        gaps.append(f"{shorts[name]} {near} of {len(mine)}")
        records += [
            (shorts[name], p, e.start or None, e.end or None, palette.MODES[e.mode], e.summary)
            for e, p in sorted(mine, key=lambda pair: pair[1])
        ]
    traces, axes = _panels(ledger, {name: told[name] for name in panels}, height)
    table_ = pd.DataFrame(records, columns=["Text", "Sentence", "First day", "Last day", "As told", "Event"])
    lie = "lies in the year in which its" if len(records) == 1 else "lie in the year in which their"
    title = f"{same_year} of {count(len(records), 'dated event')} {lie} text appeared"
    dated = rows.assign(order=[s or e for s, e in zip(rows["start"], rows["end"], strict=True)])
    return Figure(
        traces,
        id="timeline-text-time",
        title=title,
        caption=f"Place in the text (sentence, from the top) against date of the event; n = {len(records)} tellings. "
        "Dashed uprights: publication. Full circle: told as fact; every other mark is hollow. An event told by two "
        "texts stands in both panels."
        + ("" if len(panels) == len(shorts) else f" Drawn: the {len(panels)} texts with most dated events."),
        alt=f"{count(len(panels), 'dot chart')}, one for each text. {title}: {_listed(gaps)}.",
        table=table_,
        height=420 + 6 * int(height[panels].sum()),
        showlegend=False,
        shapes=[
            _publication(ledger, s, yref=f"y{'' if n == 1 else n} domain", y0=0, y1=1)
            for n, s in enumerate(ledger.sources.set_index("source_id", drop=False).loc[panels].itertuples(), start=1)
            if s.published_earliest
        ],
        xaxis={
            "title": {"text": "date of the event"},
            "type": "date",
            "range": _range(dated),
            "anchor": f"y{len(panels)}" if len(panels) > 1 else "y",
            "automargin": True,
        },
        hovermode="closest",
        **axes,
    )


def _panels(ledger: Ledger, told: dict[str, list[tuple]], height: pd.Series) -> tuple[list[go.Scatter], dict]:
    """Return the marks of the events of each text with their place in it, and an axis for each text, one below another.

    Every sentence has the same room: a text has a panel as high as it is long, by `height`.
    """
    traces, axes = [], {}
    total, gap, top = int(height[list(told)].sum()), 0.12 / len(told), 1.0
    shorts = ledger.sources.set_index("source_id")["short_name"]
    for n, (name, mine) in enumerate(told.items(), start=1):
        axis = "" if n == 1 else str(n)
        share = 0.88 * height[name] / total
        axes[f"yaxis{axis}"] = {
            "domain": [max(0.0, top - share), top],
            "range": [int(height[name]) + 0.8, 0.2],
            "title": {"text": f"{shorts[name]}: sentence", "font": {"size": 11}},
            "dtick": 10,
            "anchor": "x",
            "automargin": True,
        }
        top -= share + gap
        colour = palette.text_colour(ledger.texts, name)
        traces.append(
            go.Scatter(
                x=[e.start or e.end for e, _ in mine],
                y=[p for _, p in mine],
                yaxis=f"y{axis}",
                mode="markers",
                name=shorts[name],
                marker={
                    "symbol": [palette.MODE_SYMBOLS[e.mode] for e, _ in mine],
                    "size": 10,
                    "color": colour,
                    "line": {"width": 2, "color": colour},
                },
                hovertext=[e.summary for e, _ in mine],
                hoverinfo="text",
            )
        )
    return traces, axes


def left_out(ledger: Ledger, assessed: Assessments | None = None) -> Html:
    """List, per text, its span of time, its longest gap, and what only other texts tell that had happened by then.

    Of very many such events the cell lists those that share most actors with the text.
    """
    rows = placed(ledger, assessed)
    fact = rows[(rows["mode"] == "happened") & (rows["date_basis"] != "")]
    actors = ledger.event_actors.groupby("event_id")["actor_id"].agg(set).to_dict()
    shorts = ledger.sources.set_index("source_id")["short_name"]
    out = []
    for source in ledger.sources.itertuples(index=False):
        # Of no event at all the mask would be no mask, but a choice of no column.
        is_mine = fact["texts"].map(lambda texts, s=source.source_id: s in texts).astype(bool)
        mine = fact[is_mine].sort_values("start")
        involved = set().union(*(actors.get(e, set()) for e in mine["event_id"]), set())
        before = fact[~is_mine & (fact["end"] < source.published_earliest)].sort_values("start")
        missing = [e for e in before.itertuples(index=False) if actors.get(e.event_id, set()) & involved]
        near = sorted(missing, key=lambda e: -len(actors[e.event_id] & involved))[:MOST_MISSING]
        chosen = {e.event_id for e in near}
        gap = longest_gap(mine["start"])
        items = [
            el("li", date_text(e.start, e.end, e.date_precision), ": ", e.summary, " ", claim_links(e.claims[:1]))
            for e in missing
            if e.event_id in chosen
        ]
        if len(items) < len(missing):
            left = count(len(missing) - len(items), "more event")
            told = el("a", "all told as fact", href=addresses.events_told_as(ledger, "happened"))
            items.append(el("li", f"{left} that share fewer actors with it; see ", told))
        out.append(
            {
                "Text": shorts[source.source_id],
                "Its own past": f"{date_text(mine['start'].iloc[0], mine['start'].iloc[0])} to "
                f"{date_text(mine['end'].max(), mine['end'].max())}; {count(len(mine), 'event')} told as fact"
                if len(mine)
                else "no event with a date",
                "Longest stretch without an event": f"{gap[0][:4]} to {gap[1][:4]}" if gap else "–",
                "Told only by other texts, though it had happened and shares an actor": el(
                    "details", el("summary", count(len(missing), "event")), el("ul", items)
                )
                if missing
                else "none",
            }
        )
    return table(pd.DataFrame(out), "What each text tells of the past before it, and what of it only the others tell")


def longest_gap(days) -> tuple[str, str] | None:
    """Return the two neighbouring days of a list that lie farthest apart; None where there are fewer than two."""
    known = sorted(days)
    pairs = itertools.pairwise(known)
    return max(pairs, key=lambda p: datetime.date.fromisoformat(p[1]) - datetime.date.fromisoformat(p[0]), default=None)


def events(ledger: Ledger, assessed: Assessments | None = None) -> FacetFilter | Html:
    """Return the filter over all events: by text, actor, type, mode, and how told and recorded date agree.

    Where there is no event, a sentence says so.
    """
    if ledger.events.empty:
        return quiet("Nothing to filter: no event is told.")
    assessed = assessed or Assessments(ledger)
    rows = placed(ledger, assessed)
    rows = rows.assign(order=[s or e or "9999" for s, e in zip(rows["start"], rows["end"], strict=True)])
    rows = rows.sort_values(["order", "event_id"])
    shorts = ledger.sources.set_index("source_id")["short_name"]
    names = actor_names(ledger)
    involved = ledger.event_actors.groupby("event_id")["actor_id"].agg(lambda a: list(dict.fromkeys(a))).to_dict()
    told = {key: part for key, part in ledger.event_claims.groupby("event_id")}
    compared = dates.compared(ledger)
    apart = set(compared.loc[compared["outcome"] != FITS, "event_id"])
    shown = []
    for e in rows.itertuples(index=False):
        values = {
            "text": e.texts,
            "actor": involved.get(e.event_id, []),
            "type": [e.type],
            "mode": [e.mode],
            "date": ["none" if not (e.start or e.end) else "differs" if e.event_id in apart else "dated"],
        }
        shown.append((e.event_id, values, _event_row(e, told[e.event_id], assessed, names, involved, shorts)))
    used = {a for actors in involved.values() for a in actors}
    facets = {
        "text": ("Text", shorts.to_dict()),
        "actor": ("Actor", {a: names[a] for a in sorted(used, key=lambda a: names[a].casefold())}),
        "type": ("Type (PLOVER)", {t: "no type fits" if t == "none" else t for t in sorted(set(rows["type"]))}),
        "mode": ("Told as", {m: w for m, w in palette.MODES.items() if m in set(rows["mode"])}),
        "date": ("Date", {"dated": "dated", "differs": "told and record differ", "none": "no date"}),
    }
    return FacetFilter(id="events", label="Filter the events", noun="events", facets=facets, rows=shown)


def _event_row(event, told: pd.DataFrame, assessed: Assessments, names, involved: dict, shorts) -> Html:
    when = date_text(event.start, event.end, event.date_precision)
    claims = []
    for claim in event.claims:
        denied = assessed.denial(claim)
        shown = [claim_link(claim), " ", assessed.mark(claim), [" denied: ", denied] if denied else None]
        claims.append(el("li", shown))
    days = [
        [
            shorts[ids.text_of(claim)],
            ": ",
            date_text(start, end, "bounded"),
            [" (", cited(words), ")"] if words else None,
            f", {place}" if place else None,
        ]
        for (claim, start, end, words, place) in _tellings(told)
    ]
    actors = ", ".join(names[a] for a in involved.get(event.event_id, []))
    return el(
        "details",
        el(
            "summary",
            el("strong", when),
            " ",
            el("span", event.summary, class_="cb-statement"),
            " ",
            el("small", palette.MODES[event.mode], "; ", "no PLOVER type fits" if event.type == "none" else event.type),
        ),
        el("p", "As told: ", join(days, "; ")) if days else el("p", "As told: no date, no place"),
        el("p", "On record: ", recorded(event)) if event.date_basis == "record" else None,
        el("p", "Who: ", actors, class_="cb-quiet") if actors else None,
        el("p", "Claims:"),
        el("ul", claims),
        class_="cb-claim",
    )


def _tellings(told: pd.DataFrame) -> list[tuple[str, str, str, str, str]]:
    """Return the tellings with a date or a place, each once per text."""
    found = {}
    for r in told.itertuples(index=False):
        if r.told_start or r.told_end or r.date_words or r.told_place:
            key = (ids.text_of(r.claim_id), r.told_start, r.told_end, r.date_words, r.told_place)
            found.setdefault(key, (r.claim_id, r.told_start, r.told_end, r.date_words, r.told_place))
    return list(found.values())


def recorded(event) -> Html:
    """Say when and where the record puts an event, with the link to what says so."""
    when = date_text(event.date_start, event.date_end, event.date_precision)
    where = f", {event.place}" if event.place else ""
    source = reference_link(event.reference, event.reference) if event.reference else None
    return join([when, where, " (", source, ")"] if source else [when, where])


def episode(ledger: Ledger, name: str, assessed: Assessments | None = None) -> Html:
    """Show an episode in detail: each event as told and on record, and each difference that the evidence shows.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    name : str
        An episode of the table ``episodes``. A ledger that has none of its events says so in a sentence.
    assessed : Assessments, optional
        The verdicts, where they are computed already.

    Raises
    ------
    KeyError
        If the ledger has episodes, and none of this name.
    """
    assessed = assessed or Assessments(ledger)
    by_id = ledger.events.set_index("event_id", drop=False)
    episodes = (ledger.whole or ledger).tables.get("episodes", pd.DataFrame(columns=["episode", "event_id"]))
    if len(episodes) and name not in set(episodes["episode"]):
        raise KeyError(f"there is no episode {name!r}, only {', '.join(dict.fromkeys(episodes['episode']))}")
    chosen = [e for e in episodes.loc[episodes["episode"] == name, "event_id"] if e in by_id.index]
    if not chosen:
        return quiet("None of the events of this episode is in this ledger.")
    out, differences = [], 0
    for event in by_id.loc[chosen].itertuples(index=False):
        told = ledger.event_claims[ledger.event_claims["event_id"] == event.event_id]
        marked = _differences(event, told, assessed)
        differences += len(marked)
        out.append(
            {
                "Event": lines(event.summary, palette.MODES[event.mode]),
                "As told": lines(
                    *(
                        join(
                            [date_text(s, e, "bounded"), [" (", cited(w), ")"] if w else None, f", {p}" if p else None]
                        )
                        for _, s, e, w, p in _tellings(told)
                    )
                )
                if _tellings(told)
                else "no date, no place",
                "On record": recorded(event) if event.date_basis == "record" else "no date established",
                "Differences": join(
                    [
                        el("ul", [el("li", m) for m in marked]) if marked else "none in the evidence",
                        _agreeing(told, assessed),
                    ]
                ),
                "Claims": join([[claim_link(c), " ", assessed.mark(c)] for c in dict.fromkeys(told["claim_id"])], "; "),
            }
        )
    caption = f"{count(len(out), 'event')}, {count(differences, 'difference')} between text and record"
    return entries(pd.DataFrame(out), caption)


def _differences(event, told: pd.DataFrame, assessed: Assessments) -> list:
    """Return, in words, the dates that differ and every row of evidence that qualifies or contradicts a claim."""
    found = []
    if event.date_basis == "record":
        for _, start, end, words, _ in _tellings(told):
            if not (start or end):
                continue
            outcome = Span(start, end).compare(Span(event.date_start, event.date_end))
            if outcome != FITS:
                found.append(["✕ Dates ", outcome, ": told as ", cited(words) if words else date_text(start, end)])
    seen = set()
    for claim_id in dict.fromkeys(told["claim_id"]):
        rows = assessed.rows.get(claim_id)
        if rows is None:
            continue
        for _, row in rows[rows["stance"].isin(("qualifies", "contradicts"))].iterrows():
            if (row["reference"], row["finding"]) not in seen:
                seen.add((row["reference"], row["finding"]))
                glyph = "✕" if row["stance"] == "contradicts" else "◐"
                found.append([f"{glyph} ", row["finding"], " ", el("small", assessed.weight(row))])
    return found


def _agreeing(told: pd.DataFrame, assessed: Assessments) -> Html | None:
    """Fold the findings that support the claims on an event; None where there are none."""
    found = {}
    for claim_id in dict.fromkeys(told["claim_id"]):
        rows = assessed.rows.get(claim_id)
        if rows is not None:
            for _, row in rows[rows["stance"] == "supports"].iterrows():
                found.setdefault((row["reference"], row["finding"]), row)
    if not found:
        return None
    items = [el("li", row["finding"], " ", el("small", assessed.weight(row))) for row in found.values()]
    return el("details", el("summary", count(len(items), "finding"), " for it"), el("ul", items))


def differences(ledger: Ledger, assessed: Assessments | None = None) -> Html:
    """List every date on which text and record differ, by the dates themselves or by a finding of the evidence."""
    assessed = assessed or Assessments(ledger)
    rows = dates.compared(ledger)
    rows = rows[rows["outcome"] != FITS]
    out = [
        {
            "Event or claim": lines(r.summary, claim_link(r.claim_id)),
            "As told": join([date_text(r.told_start, r.told_end, "bounded"), " (", cited(r.date_words), ")"]),
            "Record": lines(f"✕ dates {r.outcome}", recorded(r)),
        }
        for r in rows.itertuples(index=False)
    ]
    dated = ledger.event_claims[ledger.event_claims["date_words"] != ""].drop_duplicates("claim_id")
    for r in dated.itertuples(index=False):
        evidence = assessed.rows.get(r.claim_id)
        if evidence is None:
            continue
        evidence = evidence[evidence["stance"].isin(("qualifies", "contradicts")) & (evidence["check"] == "")]
        evidence = evidence[[bool(WHEN.search(finding)) for finding in evidence["finding"]]]
        if len(evidence):
            out.append(
                {
                    "Event or claim": lines(
                        assessed.claims.at[r.claim_id, "statement"],
                        join([claim_link(r.claim_id), " ", assessed.mark(r.claim_id)]),
                    ),
                    "As told": join([date_text(r.told_start, r.told_end, "bounded"), " (", cited(r.date_words), ")"]),
                    "Record": lines(
                        *(
                            join([f"{'✕' if row['stance'] == 'contradicts' else '◐'} ", row["finding"], " "])
                            + el("small", assessed.weight(row))
                            for _, row in evidence.iterrows()
                        )
                    ),
                }
            )
    if not out:
        return quiet("No date that is told differs from one on record.")
    caption = (
        f"{count(len(out), 'row')}: first dates that share no day or only some, then dated claims whose evidence names "
        "another time. ✕: contradicts; ◐: true only in part"
    )
    return entries(pd.DataFrame(out), caption)


def foretold(ledger: Ledger) -> pd.DataFrame:
    """Return everything the texts foretell, with its outcome on record.

    Returns
    -------
    pandas.DataFrame
        A row per event that is promised, planned or (where a claim predicts it, or an outcome is on record)
        hypothetical, and per prediction without such an event: ``event_id``, ``claims``, ``summary``, ``sort`` and
        ``status``, the last outcome's, ``not_known`` where there is none.
    """
    predictions = set(ledger.claims.loc[ledger.claims["kind"] == "prediction", "claim_id"])
    told = ledger.event_claims.groupby("event_id")["claim_id"].agg(lambda c: list(dict.fromkeys(c))).to_dict()
    settled = set(ledger.outcomes["event_id"]) | set(ledger.outcomes["claim_id"])
    rows, covered = [], set()
    for e in ledger.events[ledger.events["mode"].isin(NOT_FACT)].itertuples(index=False):
        mine = told[e.event_id]
        if e.mode != "hypothetical" or predictions & set(mine) or e.event_id in settled:
            covered |= set(mine)
            rows.append((e.event_id, "", mine, e.summary, palette.MODES[e.mode]))
    by_id = ledger.claims.set_index("claim_id")
    for claim_id in ledger.claims["claim_id"]:
        if claim_id in predictions - covered:
            rows.append(("", claim_id, [claim_id], by_id.at[claim_id, "statement"], "predicted"))
    frame = pd.DataFrame(rows, columns=["event_id", "claim_id", "claims", "summary", "sort"])
    return frame.assign(status=[_last(_found(ledger, r)) for r in frame.itertuples(index=False)])


def _found(ledger: Ledger, unit) -> pd.DataFrame:
    column = "event_id" if unit.event_id else "claim_id"
    found = ledger.outcomes[ledger.outcomes[column] == getattr(unit, column)]
    return found.sort_values(
        "known_on", key=lambda dates: dates.map(lambda date: Span.read(date).latest), kind="stable"
    )


def _last(found: pd.DataFrame) -> str:
    return found["status"].iloc[-1] if len(found) else "not_known"


def outcomes(ledger: Ledger, assessed: Assessments | None = None) -> Html:
    """List every prediction, plan and promise beside its outcome on record, or 'not known'."""
    assessed = assessed or Assessments(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    rows = foretold(ledger)
    rank = {s: i for i, s in enumerate(("kept", "partly", "not_kept", "open", "not_known"))}
    rows = rows.assign(rank=rows["status"].map(rank)).sort_values("rank", kind="stable")
    out = []
    for unit in rows.itertuples(index=False):
        found = [
            join(
                [
                    f"{date_text(r.known_on, r.known_on)}: " if r.known_on else None,
                    r.outcome,
                    # Where nothing is known, no publication need stand beside it.
                    [" (", reference_link(r.reference, assessed.titles[r.reference]), ")"] if r.reference else None,
                ]
            )
            for r in _found(ledger, unit).itertuples(index=False)
        ]
        texts = ", ".join(shorts[s] for s in dict.fromkeys(ids.text_of(c) for c in unit.claims))
        out.append(
            {
                "Foretold": lines(unit.summary, f"{texts}; {unit.sort}", claim_links(unit.claims)),
                "Outcome": f"{OUTCOME_GLYPHS[unit.status]} {OUTCOMES[unit.status]}",
                "On record": lines(*found) if found else "nothing looked up that shows it",
            }
        )
    if not out:
        return quiet("Nothing is foretold, planned or promised.")
    return table(pd.DataFrame(out), f"{count(len(out), 'thing')} foretold, planned or promised, and what became of it")


def outcomes_lead(ledger: Ledger) -> Html:
    """Say how many foretold things came about."""
    found = foretold(ledger)["status"].value_counts()
    if found.empty:
        return el("p", "The texts foretell, plan or promise nothing.", class_="cb-lead")
    parts = [f"{found[s]} {word}" for s, word in OUTCOMES.items() if s in found.index]
    return el(
        "p",
        f"The texts foretell, plan or promise {count(int(found.sum()), 'thing')}: ",
        listing(parts),
        ". A text cannot know its future; none is marked down for it.",
        class_="cb-lead",
    )


def lead(ledger: Ledger, assessed: Assessments | None = None) -> Html:
    """Say how many events are told as fact, alleged and ahead, how many have a date, and how the alleged ones stand."""
    rows = placed(ledger, assessed)
    if rows.empty:
        return el("p", "The texts tell no event.", class_="cb-lead")
    alleged = rows[rows["mode"] == "alleged"]
    verdicts = alleged["verdict"].value_counts()
    dated = int(((rows["start"] != "") | (rows["end"] != "")).sum())
    words = [
        [f"{n} ", "with verdicts that differ" if v == MIXED else mark(v)]
        for v, n in verdicts.reindex([*VERDICTS, MIXED]).dropna().astype(int).items()
    ]
    compared = dates.compared(ledger)
    apart = compared.loc[compared["outcome"] == DIFFERS, "event_id"].nunique()
    happened = int((rows["mode"] == "happened").sum())
    return el(
        "p",
        f"The texts tell {count(len(rows), 'event')}, {dated or 'none'} of them with a date or a bound. ",
        f"{happened} {'is' if happened == 1 else 'are'} told as fact, {len(alleged)} alleged",
        ["; of the alleged ones ", listing(words)] if words else None,
        f". In {count(apart, 'event') if apart else 'none'} the date told and the date on record share no day.",
        class_="cb-lead",
    )

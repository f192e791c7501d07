"""Events in time: when each is told and recorded, how it stands, and in what text and record differ.

A telling is never made more precise than its words: an event that a text puts only before a day keeps an open start,
and one without any date stands in no place on the axis. An allegation is marked by the verdicts on its claims.
"""

import pandas as pd

from claimbook.analysis import dates
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.model.span import FITS, Span, merge
from claimbook.view import palette
from claimbook.view.assessments import Assessments
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import Html, el, join, named
from claimbook.view.tables import actor_names, cited, date_text, quiet, reference_link, spoken_in

MIXED = "mixed"
"""Stands for the verdict of an event whose claims have different verdicts."""

PLACED = ("start", "end", "agree", "words", "texts", "claims", "verdict")
"""What :func:`placed` adds to the columns of ``events``."""


def event_verdict(verdicts) -> str:
    """Return the verdict that all claims on an event share, or MIXED."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else MIXED


def _claims_on(ledger: Ledger) -> dict[str, list[str]]:
    """Return, for each event, its claims on the event itself, or, where a text has none, those that it was said."""
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


def events(ledger: Ledger, assessed: Assessments | None = None) -> FacetFilter | Html:
    """Return the filter over all events: by text, actor, type, mode, and how told and recorded date agree.

    They lie folded by year, those without a date last; :func:`year_fold` names the fold of a year. Where there is no
    event, a sentence says so.
    """
    if ledger.events.empty:
        return quiet("Nothing to filter: no event is told.")
    assessed = assessed or Assessments(ledger)
    rows = placed(ledger, assessed)
    rows = rows.assign(order=[s or e or "9999" for s, e in zip(rows["start"], rows["end"], strict=True)])
    rows = rows.sort_values(["order", "event_id"])
    shorts = ledger.sources.set_index("source_id")["short_name"]
    names, spoken = actor_names(ledger), spoken_in(ledger)
    involved = ledger.event_actors.groupby("event_id")["actor_id"].agg(lambda a: list(dict.fromkeys(a))).to_dict()
    told = {key: part for key, part in ledger.event_claims.groupby("event_id")}
    compared = dates.compared(ledger)
    apart = set(compared.loc[compared["outcome"] != FITS, "event_id"])
    shown, folds = [], {}
    for e in rows.itertuples(index=False):
        values = {
            "text": e.texts,
            "actor": involved.get(e.event_id, []),
            "type": [e.type],
            "mode": [e.mode],
            "date": ["none" if not (e.start or e.end) else "differs" if e.event_id in apart else "dated"],
        }
        year = (e.start or e.end)[:4]
        folds.setdefault(year_fold(year), (year or "No date", []))[1].append(e.event_id)
        shown.append((e.event_id, values, _event_row(e, told[e.event_id], assessed, shorts, spoken)))
    used = {a for actors in involved.values() for a in actors}
    facets = {
        "text": ("Text", shorts.to_dict()),
        "actor": ("Actor", {a: names[a] for a in sorted(used, key=lambda a: names[a].casefold())}),
        "type": ("Type (PLOVER)", {t: "no type fits" if t == "none" else t for t in sorted(set(rows["type"]))}),
        "mode": ("Told as", {m: w for m, w in palette.MODES.items() if m in set(rows["mode"])}),
        "date": ("Date", {"dated": "dated", "differs": "told and record differ", "none": "no date"}),
    }
    return FacetFilter(id="events", label="Find an event", noun="events", facets=facets, rows=shown, folds=folds)


def year_fold(year: str) -> str:
    """Return the anchor of a year in the list of all events; of no year, of those without a date.

    Examples
    --------
    >>> year_fold("2021"), year_fold("")
    ('events-2021', 'events-undated')
    """
    return f"events-{year or 'undated'}"


def _event_row(event, told: pd.DataFrame, assessed: Assessments, shorts, spoken: dict[str, str]) -> Html:
    """Show an event in a line: its day, which leads to the record, its claims, and how its texts put the time."""
    day = date_text(event.start, event.end, event.date_precision) if event.start or event.end else None
    if event.date_basis == "record" and event.reference:
        day = reference_link(event.reference, day)
    tellings: dict[str, list] = {}
    for claim, start, end, words, _ in _tellings(told):
        if words or start or end:
            source_id = ids.text_of(claim)
            how = cited(words, spoken[source_id]) if words else date_text(start, end)
            tellings.setdefault(source_id, []).append(how)
    days = [join([named(shorts[text]), " ", join(dict.fromkeys(said), ", ")]) for text, said in tellings.items()]
    return el(
        "div",
        [el("strong", join(filter(None, [day, event.place]), ", ")), ": "] if day or event.place else None,
        event.summary,
        None if event.mode == "happened" else el("span", f" ({palette.MODES[event.mode]})", class_="cb-quiet"),
        el("small", assessed.line(event.claims), ["; told: ", join(days, "; ")] if days else None),
        class_="cb-line",
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
    """Show the events of an episode as :func:`beside` does.

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
    return beside(ledger, chosen, assessed)


def beside(ledger: Ledger, event_ids, assessed: Assessments | None = None) -> Html:
    """List events, a line each: on record, what happened, its claims with their verdicts, and a date told otherwise.

    The evidence stands on the pages of the claims.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    event_ids : iterable of str
        Events of the ledger, in the order in which they are shown.
    assessed : Assessments, optional
        The verdicts, where they are computed already.
    """
    assessed, event_ids = assessed or Assessments(ledger), list(event_ids)
    if not event_ids:
        return quiet("No such event is told.")
    rows, spoken = [], spoken_in(ledger)
    for event in ledger.events.set_index("event_id", drop=False).loc[event_ids].itertuples(index=False):
        told = ledger.event_claims[ledger.event_claims["event_id"] == event.event_id]
        otherwise = _otherwise(event, told, spoken)
        rows.append(
            el(
                "div",
                el("strong", recorded(event) if event.date_basis == "record" else "no date on record"),
                " ",
                event.summary,
                None if event.mode == "happened" else el("span", f" ({palette.MODES[event.mode]})", class_="cb-quiet"),
                el("small", assessed.line(dict.fromkeys(told["claim_id"]))),
                [el("small", "✕ Dates ", line) for line in otherwise],
                class_="cb-line",
            )
        )
    return el("div", rows, class_="cb-lines")


def _otherwise(event, told: pd.DataFrame, spoken: dict[str, str]) -> list:
    """Say, for each telling of an event whose date does not fit the record, how it is told."""
    if event.date_basis != "record":
        return []
    found = []
    for claim, start, end, words, _ in _tellings(told):
        outcome = Span(start, end).compare(Span(event.date_start, event.date_end)) if start or end else FITS
        if outcome != FITS:
            found.append(
                [outcome, ": told as ", cited(words, spoken[ids.text_of(claim)]) if words else date_text(start, end)]
            )
    return found

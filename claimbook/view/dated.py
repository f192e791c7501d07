"""The events of one text that have a date, on one axis with the day on which the text appeared."""

from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import grammar, palette
from claimbook.view.charts import SOURCE, Figure
from claimbook.view.markup import Html
from claimbook.view.tables import date_text, quiet

FEWEST = 4
"""Of fewer events no picture is drawn: the table below it shows them as well."""


def events(text: Ledger) -> Figure | Html:
    """Draw the dated events of a text, a lane for each way of telling them; of very few a sentence says how many.

    Parameters
    ----------
    text : Ledger
        One text's part.
    """
    dated = text.events.assign(first=text.events["date_start"].where(lambda day: day != "", text.events["date_end"]))
    dated = dated[(dated["date_basis"] != "") & (dated["first"] != "")].sort_values(["first", "event_id"])
    if len(dated) < FEWEST:
        return quiet(f"{count(len(dated), 'event') if len(dated) else 'No event'} of the text can be dated.")
    [source] = text.sources.itertuples(index=False)
    first, last = (date_text(day, day) for day in (dated["first"].iloc[0], dated["first"].iloc[-1]))
    title = f"{count(len(dated), 'dated event')}, from {first} to {last}"
    if appeared := source.published_earliest:
        year_before = f"{int(appeared[:4]) - 1:04d}{appeared[4:]}"
        near = int(dated["first"].between(year_before, source.published_latest).sum())
        verb = "falls" if near == 1 else "fall"
        title = f"{near or 'None'} of {len(dated)} dated events {verb} in the year before it appeared"
    undated = len(text.events) - len(dated)
    shown = dated.assign(told=dated["mode"].map(palette.MODES)).sort_values(
        "mode", key=lambda modes: modes.map(list(palette.MODES).index), kind="stable"
    )
    figure = grammar.strip(
        shown,
        x="first",
        y="told",
        color="mode",
        symbol="mode",
        hover_name="summary",
        hover_data={"told": False, "mode": False, "first": False},
        labels={"first": "first possible day"},
        marks=grammar.published(text, days=True),
        id=f"{source.source_id}-events",
        title=title,
        alt=f"Dots on an axis of time, from {first} to {last}. {title}.",
        source=SOURCE,
        note=f"Events by how they are told, each at its first possible day; n = {count(len(dated), 'dated event')}"
        + (f", {undated} more with no date, in the table only" if undated else "")
        + ". Dashed: the first day on which the text may have appeared. Hollow: not told as fact.",
        table=shown[["summary", "first", "date_end", "told"]].set_axis(
            ["Event", "First possible day", "Last possible day", "As told"], axis=1
        ),
    )
    return figure.update_layout(showlegend=False)  # the lanes bear the names

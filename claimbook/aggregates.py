"""Computations that meet large data once a reader brings a publisher's full files, each written once for any engine.

Every function takes a frame of any engine that Narwhals knows: pandas, Polars, DuckDB, Dask, PySpark. Filtering,
joining and grouping stay on that engine; what comes back is the small result, as a pandas frame in the dtypes of the
ledger and in the order of its keys, so that findings do not depend on the engine.
"""

from collections.abc import Mapping, Sequence

import narwhals as nw
import pandas as pd

from claimbook.records import collected
from claimbook.records import lazy as _lazy

VALUES = {"in_favour": 1.0, "abstained": 0.5, "against": 0.0}
"""Place of each vote on the line from no to yes; a state that casts no vote has none."""


def _ordered(frame: nw.LazyFrame, keys: Sequence[str]) -> pd.DataFrame:
    return collected(frame).sort_values(list(keys), ignore_index=True)


def agreement(
    votes,
    state: str,
    values: Mapping[str | int, float] = VALUES,
    per: Sequence[str] = ("year",),
    roll_call: str = "resolution",
) -> pd.DataFrame:
    """Compute how far one state agrees with every other over roll calls.

    Parameters
    ----------
    votes : frame
        One row per state and roll call: `roll_call`, ``state``, ``vote`` and the columns of `per`.
    state : str
        The state compared with all others.
    values : dict
        Place of each vote on the line from no (0) to yes (1); a vote that is not named counts as none cast.
    per : sequence of str
        Columns whose values are kept apart; empty for one number a state over everything.
    roll_call : str
        Column that names the roll call.

    Returns
    -------
    pandas.DataFrame
        The columns of the record ``un_agreement``: ``state_a`` (`state`), ``state_b``, those of `per`, ``roll_calls``
        (number in which both cast a vote), ``agreement`` (mean of 1 less the distance of the two votes, 0 to 1) and
        ``identical`` (share of these in which both voted the same, 0 to 1).

    Raises
    ------
    ValueError
        If there is no roll call in which `state` and another cast a vote.

    Examples
    --------
    >>> two = {"resolution": ["a", "a"], "state": ["Here", "There"], "vote": ["against", "abstained"]}
    >>> agreement(pd.DataFrame(two), "Here", per=())["agreement"].item()
    0.5
    """
    place = nw.lit(0.0)
    for vote, value in values.items():
        if value:
            place = place + (nw.col("vote") == vote).cast(nw.Float64) * value
    cast = _lazy(votes, roll_call, "state", "vote", *per).filter(nw.col("vote").is_in(list(values)))
    cast = cast.select(roll_call, "state", *per, place.alias("place"))
    # The years of a roll call are those of the other state's row: it is one event, and the join stays on one key.
    mine = cast.filter(nw.col("state") == state).select(roll_call, nw.col("place").alias("mine"))
    others = cast.filter(nw.col("state") != state)
    distance = (nw.col("place") - nw.col("mine")).abs()
    pairs = others.join(mine, on=roll_call, how="inner").with_columns(
        near=1 - distance, same=(nw.col("place") == nw.col("mine")).cast(nw.Float64)
    )
    keys = ["state", *per]
    found = pairs.group_by(*keys).agg(
        nw.col("near").count().alias("roll_calls"),
        nw.col("near").mean().alias("agreement"),
        nw.col("same").mean().alias("identical"),
    )
    result = _ordered(found, keys).rename(columns={"state": "state_b"})
    if result.empty:
        raise ValueError(f"the votes hold no roll call in which {state} and another state cast one of {list(values)}")
    result.insert(0, "state_a", pd.Series(state, index=result.index, dtype="str"))
    return result


def years_of_pair(agreements, a: str, b: str, start: int, end: int) -> pd.DataFrame:
    """Return the rows of ``un_agreement`` on two states, named in either order, from `start` to `end`, by year."""
    one, other, year = nw.col("state_a"), nw.col("state_b"), nw.col("year")
    pair = ((one == a) & (other == b)) | ((one == b) & (other == a))
    return _ordered(
        _lazy(agreements, "state_a", "state_b", "year").filter(pair & (year >= start) & (year <= end)), ["year"]
    )


def deliveries(
    flows, by: Sequence[str] = ("release", "supplier", "year"), where: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Sum deliveries of arms: by default by release, exporter and year.

    Parameters
    ----------
    flows : frame
        The columns of the record ``sipri_flows``; a pair and a year may have several rows.
    by : sequence of str
        Columns to group by.
    where : dict of str to str, optional
        Values that columns must have.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` and ``tiv_millions``: the sum, in millions of the trend-indicator value, which is no sum of
        money.
    """
    frame = _lazy(flows, "tiv_millions", *by, *(where or {}))
    for column, value in (where or {}).items():
        frame = frame.filter(nw.col(column) == value)
    return _ordered(frame.group_by(*by).agg(nw.col("tiv_millions").sum()), by)


def exporter_ranks(flows) -> pd.DataFrame:
    """Rank exporters by what they delivered in a year, from the deliveries of all of them.

    Returns
    -------
    pandas.DataFrame
        The columns of the record ``sipri_exporter_ranks``: ``release``, ``exporter``, ``year``, ``tiv_millions``,
        ``world_rank`` (1 is the largest; equals share the better rank), ``exporters_ranked`` (number with any delivery
        in the year) and ``world_share_percent``.
    """
    sums = deliveries(flows).rename(columns={"supplier": "exporter"})
    sums = sums[sums["tiv_millions"] > 0].reset_index(drop=True)
    volume = sums.groupby(["release", "year"])["tiv_millions"]
    return sums.assign(
        world_rank=volume.rank(method="min", ascending=False).astype("Int64"),
        exporters_ranked=volume.transform("size").astype("Int64"),
        world_share_percent=100 * sums["tiv_millions"] / volume.transform("sum"),
    )


def spans(flows) -> pd.DataFrame:
    """Return first and last year (``first``, ``last``) of the deliveries, by ``release`` and ``supplier``."""
    years = _lazy(flows, "release", "supplier", "year").group_by("release", "supplier")
    return _ordered(
        years.agg(nw.col("year").min().alias("first"), nw.col("year").max().alias("last")), ["release", "supplier"]
    )


def distinct(frame, column: str) -> set:
    """Return the values of a column."""
    return set(collected(_lazy(frame, column).select(column).unique())[column])


def event_counts(events, by: Sequence[str] = ("actor", "recipient")) -> pd.DataFrame:
    """Count coded events by pair and month.

    Parameters
    ----------
    events : frame
        One row per event and pair, with ``date`` (a date, or ISO 8601 text; what is shorter than a month, or missing,
        is left out) and the columns of `by`.
    by : sequence of str
        Columns to group by besides the month; add ``type`` to keep types apart.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, ``month`` (YYYY-MM) and ``events`` (number).
    """
    day = nw.col("date").cast(nw.String)
    dated = _lazy(events, "date", *by).filter(~nw.col("date").is_null()).filter(day.str.len_chars() >= len("YYYY-MM"))
    keys = [*by, "month"]
    dated = dated.with_columns(month=day.str.slice(0, len("YYYY-MM"))).select(*keys)
    return _ordered(dated.group_by(*keys).agg(nw.len().alias("events")), keys)

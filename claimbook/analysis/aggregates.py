"""Computations that meet large data once a reader brings a publisher's full files, each written once for any engine.

Every function takes a frame of any engine that Narwhals knows: pandas, Polars, DuckDB, Dask, PySpark. Filtering,
joining and grouping stay on that engine; what comes back is the small result, as a pandas frame in the dtypes of the
ledger and in the order of its keys, so that findings do not depend on the engine.
"""

from collections.abc import Mapping, Sequence

import narwhals as nw
import pandas as pd

from claimbook.model.records import collected, lazy

VALUES = {"in_favour": 1.0, "abstained": 0.5, "against": 0.0}
"""Place of each vote on the line from no to yes; a state that casts no vote has none."""

PLACES = 6
"""Decimals to which a sum of deliveries is rounded: the register gives three, and the last binary digit of a sum
depends on the order of its rows, so that equal volumes would have different ranks."""

SAME = 1e-9
"""Distance of two votes below which they are the same: places of votes are told to a few decimals."""

RELEASE = "release"
"""Column that names the release of a row, where a frame holds several; releases are named by their day, or month."""


def _ordered(frame: nw.LazyFrame, keys: Sequence[str]) -> pd.DataFrame:
    return collected(frame).sort_values(list(keys), ignore_index=True)


def releases(frame) -> list[str]:
    """Return the releases that a frame holds, by name, which is by day: the newest last.

    Raises
    ------
    ValueError
        If the frame is empty.
    """
    found = sorted(distinct(frame, RELEASE))
    if not found:
        raise ValueError("the frame holds no row, and so no release")
    return found


def one_release(frame, release: str | None = None):
    """Return the rows of one release.

    Parameters
    ----------
    frame : frame
        A frame with the column ``release``.
    release : str, optional
        Its name; the newest where not given.

    Returns
    -------
    frame
        The rows, on the engine of `frame`.

    Raises
    ------
    ValueError
        If the frame does not hold the release.
    """
    found = releases(frame)
    if release is not None and release not in found:
        raise ValueError(f"there is no release {release!r}, only {', '.join(found)}")
    return lazy(frame).filter(nw.col(RELEASE) == (release or found[-1])).to_native()


def _refuse_several(frame: nw.LazyFrame) -> None:
    """Refuse to compute over several releases at once, each of which repeats the facts of the others."""
    found = sorted(distinct(frame, RELEASE)) if RELEASE in frame.collect_schema().names() else []
    if len(found) > 1:
        raise ValueError(
            f"the rows are of the releases {', '.join(found)}, which repeat one another, so that what is added up over "
            f"them counts double: take one, as in one_release(frame, {found[-1]!r})"
        )


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
        One row per state and roll call, of one release: `roll_call`, ``state``, ``vote`` and the columns of `per`.
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
        If there is no roll call in which `state` and another cast a vote, if `state` has several votes in a roll call,
        or if the votes are of several releases.

    Examples
    --------
    >>> two = {"resolution": ["a", "a"], "state": ["Here", "There"], "vote": ["against", "abstained"]}
    >>> agreement(pd.DataFrame(two), "Here", per=())["agreement"].item()
    0.5
    """
    rows = lazy(votes, roll_call, "state", "vote", *per)
    _refuse_several(rows)
    place = nw.lit(0.0)
    for vote, value in values.items():
        if value:
            place = place + (nw.col("vote") == vote).cast(nw.Float64) * value
    cast = rows.filter(nw.col("vote").is_in(list(values)))
    cast = cast.select(roll_call, "state", *per, place.alias("place"))
    # The years of a roll call are those of the other state's row: it is one event, and the join stays on one key.
    mine = cast.filter(nw.col("state") == state).select(roll_call, nw.col("place").alias("mine"))
    several = mine.group_by(roll_call).agg(nw.len().alias("_times")).filter(nw.col("_times") > 1).select(roll_call)
    if len(twice := collected(several.head(1))):
        raise ValueError(
            f"{state} has several votes in the roll call {twice[roll_call].item()}: keep one row a state and roll call"
        )
    others = cast.filter(nw.col("state") != state)
    distance = (nw.col("place") - nw.col("mine")).abs()
    pairs = others.join(mine, on=roll_call, how="inner").with_columns(
        near=1 - distance, same=(distance < SAME).cast(nw.Float64)
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
        lazy(agreements, "state_a", "state_b", "year").filter(pair & (year >= start) & (year <= end)), ["year"]
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

    Raises
    ------
    ValueError
        If the deliveries are of several releases and neither `by` keeps them apart nor `where` takes one.
    """
    frame = lazy(flows, "tiv_millions", *by, *(where or {}))
    for column, value in (where or {}).items():
        frame = frame.filter(nw.col(column) == value)
    if RELEASE not in by:
        _refuse_several(frame)
    sums = _ordered(frame.group_by(*by).agg(nw.col("tiv_millions").sum()), by)
    return sums.assign(tiv_millions=sums["tiv_millions"].round(PLACES))


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
    years = lazy(flows, "release", "supplier", "year").group_by("release", "supplier")
    return _ordered(
        years.agg(nw.col("year").min().alias("first"), nw.col("year").max().alias("last")), ["release", "supplier"]
    )


def distinct(frame, column: str) -> set:
    """Return the values of a column."""
    return set(collected(lazy(frame, column).select(column).unique())[column])


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

    Raises
    ------
    ValueError
        If the events are of several releases that `by` does not keep apart.
    """
    rows = lazy(events, "date", *by)
    if RELEASE not in by:
        _refuse_several(rows)
    day = nw.col("date").cast(nw.String)
    dated = rows.filter(~nw.col("date").is_null()).filter(day.str.len_chars() >= len("YYYY-MM"))
    keys = [*by, "month"]
    dated = dated.with_columns(month=day.str.slice(0, len("YYYY-MM"))).select(*keys)
    return _ordered(dated.group_by(*keys).agg(nw.len().alias("events")), keys)

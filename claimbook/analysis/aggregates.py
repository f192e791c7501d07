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
"""Decimals to which a sum is rounded: its last binary digit depends on the order of the rows, so that equal sums would
have different ranks."""

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
        ``state_a`` (`state`), ``state_b``, the columns of `per`, ``roll_calls``
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
    >>> float(agreement(pd.DataFrame(two), "Here", per=())["agreement"].item())
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
    """Return the rows of such agreements on two states, named in either order, from `start` to `end`, by year."""
    one, other, year = nw.col("state_a"), nw.col("state_b"), nw.col("year")
    pair = ((one == a) & (other == b)) | ((one == b) & (other == a))
    return _ordered(
        lazy(agreements, "state_a", "state_b", "year").filter(pair & (year >= start) & (year <= end)), ["year"]
    )


def sums(frame, value: str, by: Sequence[str], where: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Add up a column by others.

    Parameters
    ----------
    frame : frame
        Rows of which several may belong to one sum.
    value : str
        Column to add up.
    by : sequence of str
        Columns to group by.
    where : dict of str to str, optional
        Values that columns must have.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` and `value`, the sum in its unit.

    Raises
    ------
    ValueError
        If the rows are of several releases and neither `by` keeps them apart nor `where` takes one.
    """
    rows = lazy(frame, value, *by, *(where or {}))
    for column, wanted in (where or {}).items():
        rows = rows.filter(nw.col(column) == wanted)
    if RELEASE not in by:
        _refuse_several(rows)
    found = _ordered(rows.group_by(*by).agg(nw.col(value).sum()), by)
    return found.assign(**{value: found[value].round(PLACES)})


def ranks(frame, value: str, of: str, within: Sequence[str]) -> pd.DataFrame:
    """Rank the values of a column by their sums, from the rows of all of them.

    Parameters
    ----------
    frame : frame
        Rows of which several may belong to one sum.
    value : str
        Column to add up.
    of : str
        Column whose values are ranked.
    within : sequence of str
        Columns within whose values they are ranked, such as release and year.

    Returns
    -------
    pandas.DataFrame
        The columns of `within`, `of`, `value` (the sum, above zero), ``rank`` (1 is the largest; equals share the
        better rank), ``ranked`` (how many there are) and ``share_percent`` of the whole.
    """
    totals = sums(frame, value, (*within, of))
    totals = totals[totals[value] > 0].reset_index(drop=True)
    volume = totals.groupby(list(within))[value]
    return totals.assign(
        rank=volume.rank(method="min", ascending=False).astype("Int64"),
        ranked=volume.transform("size").astype("Int64"),
        share_percent=100 * totals[value] / volume.transform("sum"),
    )


def spans(frame, by: Sequence[str], year: str = "year") -> pd.DataFrame:
    """Return first and last year (``first``, ``last``) of the rows, by the columns of `by`."""
    years = lazy(frame, *by, year).group_by(*by)
    return _ordered(years.agg(nw.col(year).min().alias("first"), nw.col(year).max().alias("last")), by)


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

"""What the benchmarks measured: how time and memory grow with the records, the ledger and the book.

Seconds belong to one machine and one hour. So findings are ratios within a run and exponents: how many times longer a
ten times larger job takes, as a power of ten.
"""

import contextlib
import math
import statistics
from functools import wraps

import pandas as pd
import plotly.graph_objects as go

from claimbook.model import decimals
from claimbook.model.decimals import count
from claimbook.model.ledger import results_dir
from claimbook.view import palette
from claimbook.view.charts import LEGEND, Figure, _bars, _marker
from claimbook.view.markup import Html, el
from claimbook.view.tables import no_chart, quiet, table

SOURCE = "benchmarks of this book, benchmarks/results"
LIMIT = 1.1
"""Exponent from which on time would grow clearly faster than size."""

ENGINES = {"pandas": "pandas", "polars": "Polars", "duckdb": "DuckDB", "dask": "Dask", "pyspark": "PySpark"}
STEPS = {"load": "loading", "validate": "validation", "verdicts": "verdicts"}
LOOKS = (
    (palette.SERIES[0], "solid", "circle"),
    (palette.SERIES[1], "dash", "square"),
    (palette.SERIES[3], "dot", "diamond"),
    (palette.SERIES[2], "dashdot", "triangle-up"),
    (palette.SERIES[4], "longdash", "x"),
)
"""Colour, dash and mark of the lines of a chart, in order; any one of them tells two lines apart, as far as they go."""


def results(name: str) -> pd.DataFrame:
    """Read one file of results.

    Raises
    ------
    FileNotFoundError
        If it has not been measured.
    """
    return pd.read_csv(results_dir() / f"{name}.csv")


def exponent(sizes, amounts) -> float:
    """Fit the exponent of growth: the slope of a line through the logarithms, by least squares.

    Parameters
    ----------
    sizes, amounts : sequence of float
        Positive numbers, at least two different sizes.

    Examples
    --------
    >>> round(exponent([1, 10, 100], [2, 20, 200]), 2)
    1.0
    """
    if len(set(sizes)) < 2:
        raise ValueError("an exponent needs two sizes")
    return statistics.linear_regression([math.log10(s) for s in sizes], [math.log10(a) for a in amounts]).slope


def _measured(name: str, script: str, *, ended: bool = False):
    """Let a chart or a table say that its results are not there, instead of failing the page, and how to get them.

    With `ended` at least one run must have gone through.
    """

    def wrap(function):
        @wraps(function)
        def shown() -> Figure | Html:
            with contextlib.suppress(FileNotFoundError):  # a book need not have the folder either
                if (results_dir() / f"{name}.csv").is_file():
                    if ended and not (results(name)["status"] == "ok").any():
                        return quiet("Nothing to show: no run went through.")
                    return function()
            how = el("code", f"python benchmarks/{script}")
            return el("p", "This has not been measured yet: run ", how, " and build the book again.")

        return shown

    return wrap


def growth(name: str, size: str, group: str, amount: str) -> pd.DataFrame:
    """Return how an amount grows with size, for each group of a file of results.

    Returns
    -------
    pandas.DataFrame
        The group, the ``largest`` size that went through, the ``amount`` there, the ``fitted`` exponent over all sizes
        and the exponent of the ``last`` step alone, where start-up weighs least; both are missing for a single size.
    """
    rows = results(name)
    found = []
    for key, part in rows[rows["status"] == "ok"].groupby(group, sort=False):
        part = part.sort_values(size)
        whole = last = float("nan")
        if len(part) > 1:
            whole = exponent(part[size], part[amount])
            last = exponent(part[size].tail(2), part[amount].tail(2))
        found.append((key, int(part[size].iloc[-1]), float(part[amount].iloc[-1]), whole, last))
    return pd.DataFrame(found, columns=[group, "largest", "amount", "fitted", "last"])


def _named(names: dict[str, str], key: str) -> str:
    """Return the words for an engine or a step; a benchmark may have measured others than are known here."""
    return names.get(key, key)


def _power(number: int) -> str:
    """Write a number in words of scale: 100 thousand, 10 million."""
    return " ".join(filter(None, decimals.scaled(number, (*decimals.SCALES, (10**3, "thousand")))))


def _seconds(value: float) -> str:
    return f"{value:.0f} s" if value >= 10 else f"{decimals.plain(value, 2)} s"


def _lines(wide: pd.DataFrame, names: dict[str, str], x: str, y: str, **block) -> Figure:
    """Return a chart of lines over sizes, both axes logarithmic: the index is the size, every column a line."""
    traces = [
        go.Scatter(
            x=[int(size) for size in wide.index],
            y=[None if pd.isna(value) else float(value) for value in wide[column]],
            mode="lines+markers",
            name=_named(names, column),
            line={"color": colour, "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 9, "color": colour},
        )
        for column, (colour, dash, symbol) in (
            (column, palette.line_look(LOOKS, place)) for place, column in enumerate(wide.columns)
        )
    ]
    shown = wide.rename(columns=names).reset_index(names=x)
    return Figure(
        traces,
        table=shown,
        height=440,
        xaxis={"type": "log", "title": {"text": x}, "dtick": 1, "automargin": True},
        yaxis={"type": "log", "title": {"text": y}, "dtick": 1, "automargin": True},
        legend=LEGEND,
        source=SOURCE,
        **block,
    )


def _wide(name: str, size: str, group: str, amount: str) -> pd.DataFrame:
    rows = results(name)
    rows = rows[rows["status"] == "ok"]
    order = list(dict.fromkeys(rows[group]))
    return rows.pivot(index=size, columns=group, values=amount)[order]


def _ends(found: pd.DataFrame, group: str, names: dict[str, str], unit: str) -> str:
    return "; ".join(
        f"{_named(names, row[group])}: "
        f"{_seconds(row['amount']) if unit == 's' else format(row['amount'], ',.0f') + ' MB'} "
        f"at {_power(row['largest'])}"
        + ("" if pd.isna(row["fitted"]) else f", exponent {row['fitted']:.2f} (last step {row['last']:.2f})")
        for _, row in found.iterrows()
    )


def _stopped() -> str:
    """Say which engines did not go through, and where."""
    rows = results("records")
    rows = rows[rows["status"] != "ok"]
    words = {"stopped: memory": "reached the limit set for memory", "stopped: time": "reached the limit set for time"}
    return "; ".join(
        f"{_named(ENGINES, r.engine)} {words.get(r.status, 'failed')} over {_power(r.votes)} votes, holding "
        f"{r.peak_mb / 1000:.0f} GB"
        for r in rows.itertuples(index=False)
    )


@_measured("records", "records.py", ended=True)
def records_time() -> Figure | Html:
    """Chart the time of one computation over synthetic votes, by engine and number of votes."""
    found, wide = growth("records", "votes", "engine", "seconds"), _wide("records", "votes", "engine", "seconds")
    top = wide.index.max()
    last = wide.loc[top].dropna().sort_values()
    first = wide.loc[wide.index.min()].dropna().sort_values()
    shown = "pandas" if "pandas" in first.index else first.index[0]
    small = f"Over {_power(int(first.name))} votes {_named(ENGINES, shown)} takes {_seconds(first[shown])}"
    if len(last) > 1:
        large = f"over {_power(int(top))} {_named(ENGINES, last.index[0])} is fastest, in {_seconds(last.iloc[0])}"
    else:
        large = f"over {_power(int(top))} only {_named(ENGINES, last.index[0])} goes through"
    title = f"{small}; {large}"
    stopped = _stopped()
    return _lines(
        wide,
        ENGINES,
        "votes",
        "seconds",
        id="scale-records-time",
        title=title,
        caption="Agreement of one country with all others, by year, from Parquet files, the start of the engine left "
        f"out; n = {int(wide.notna().sum().sum())} runs, each once. Both axes are logarithmic: a slope of one means "
        "that ten times the votes take ten times as long. " + (f"{stopped}." if stopped else ""),
        alt=f"Line chart. {title}. {_ends(found, 'engine', ENGINES, 's')}.",
    )


@_measured("records", "records.py", ended=True)
def records_memory() -> Figure | Html:
    """Chart the largest memory that the same runs held."""
    found, wide = growth("records", "votes", "engine", "peak_mb"), _wide("records", "votes", "engine", "peak_mb")
    top = wide.loc[wide.index.max()].dropna().sort_values()
    least, most = top.index[0], top.index[-1]
    title = (
        f"At {_power(int(top.name))} votes {_named(ENGINES, most)} holds {top.iloc[-1] / top.iloc[0]:.0f} times the "
        f"memory of {_named(ENGINES, least)}"
        if len(top) > 1
        else f"At {_power(int(top.name))} votes {_named(ENGINES, least)} holds {top.iloc[0]:,.0f} MB"
    )
    return _lines(
        wide,
        ENGINES,
        "votes",
        "largest memory (MB)",
        id="scale-records-memory",
        title=title,
        caption="Resident memory of the process and all that it started, the largest of samples taken twenty times a "
        f"second; n = {int(wide.notna().sum().sum())} runs.",
        alt=f"Line chart. {title}. {_ends(found, 'engine', ENGINES, 'MB')}.",
    )


@_measured("ledger", "ledger.py", ended=True)
def ledger_time() -> Figure | Html:
    """Chart the time of loading, validating and judging ledgers of several sizes."""
    found = growth("ledger", "claims", "step", "cpu_seconds")
    wide = _wide("ledger", "claims", "step", "cpu_seconds")
    steepest = found.set_index("step")[["fitted", "last"]].max(axis=1).dropna()
    title = "Of a single size no growth can be told"
    if len(steepest):
        step, steep = steepest.idxmax(), round(steepest.max(), 2)  # as it is shown
        words = "no faster than" if steep <= 1 else "nearly in step with" if steep <= LIMIT else "faster than"
        title = f"Time grows {words} the ledger: the steepest exponent is {steep:.2f}, of {_named(STEPS, step)}"
    rows = results("ledger")
    gone = [
        f"{_named(STEPS, r.step)} was {r.status} at {r.factor:,} times the size"
        for r in rows.itertuples()
        if r.status != "ok"
    ]
    return _lines(
        wide,
        STEPS,
        "claims",
        "processor time (seconds)",
        id="scale-ledger-time",
        title=title,
        caption=f"The ledger of this book, repeated with fresh identifiers; n = {count(len(wide), 'size')}. "
        f"The steepest of the exponents fitted over all sizes and of the last steps is named; the limit set for it is "
        f"{LIMIT}. " + ("; ".join(gone) + "." if gone else ""),
        alt=f"Line chart. {title}. {_ends(found, 'step', STEPS, 's')}.",
    )


@_measured("ledger", "ledger.py")
def ledger_table() -> Html:
    """List time and memory of every step and size of the ledger."""
    rows = results("ledger")
    shown = pd.DataFrame(
        {
            "Claims": [f"{n:,}" for n in rows["claims"]],
            "Rows of evidence": [f"{n:,}" for n in rows["evidence_rows"]],
            "Step": [_named(STEPS, step) for step in rows["step"]],
            "Processor time": ["–" if pd.isna(s) else _seconds(s) for s in rows["cpu_seconds"]],
            "Wall time": ["–" if pd.isna(s) else _seconds(s) for s in rows["seconds"]],
            "Largest memory": [f"{mb:,.0f} MB" for mb in rows["peak_mb"]],
            "Outcome": rows["status"],
        }
    )
    return table(shown, "Loading, validation and verdicts by size of the ledger")


@_measured("book", "book.py", ended=True)
def book_builds() -> Figure | Html:
    """Chart builds of this book beside the stock configuration and the template, in one run."""
    rows = results("book")
    rows = rows[rows["status"] == "ok"]
    wide = rows.pivot(index="book", columns="build", values="seconds")
    shown = pd.DataFrame({"Build": rows["book"] + ", " + rows["build"], "seconds": rows["seconds"].round(1)})
    own = wide.loc["this book"] if "this book" in wide.index else pd.Series(dtype=float)
    if not {"cold", "one chapter"} <= set(own.dropna().index):
        return no_chart("a cold build of this book, or one after a change, did not go through")
    title = f"After a change to one chapter a build takes {own['one chapter'] / own['cold']:.0%} of a cold one"
    if "stock configuration" in wide.index and pd.notna(wide.at["stock configuration", "cold"]):
        stock = wide.loc["stock configuration"]
        ratio = own["cold"] / stock["cold"]
        title = f"A cold build takes {ratio:.2f} times as long as with the stock configuration. {title}"
        if pd.notna(stock.get("one chapter")):
            title += f", there {stock['one chapter'] / stock['cold']:.0%}"
    run = rows[rows["build"] == "cold"].set_index("book")["notebooks_run"]
    return _bars(
        shown,
        [_marker(palette.ACCENT)],
        "seconds",
        grouped=True,
        id="scale-builds",
        title=title,
        caption=f"Wall time of builds in one run, each once; n = {count(len(rows), 'build')}. Cold builds execute "
        + ", ".join(f"{count(int(number), 'notebook')} ({book})" for book, number in run.items())
        + ". The stock configuration is what jupyter-book create writes: it does not purge, join or check pages.",
        alt=f"Bar chart. {title}: "
        + "; ".join(f"{r.book}, {r.build} {r.seconds:.0f} s" for r in rows.itertuples(index=False))
        + ".",
        source=SOURCE,
    )


@_measured("notebooks", "book.py")
def notebooks() -> Figure | Html:
    """Chart the time of each notebook in the cold builds, ours beside the stock configuration."""
    rows = results("notebooks")
    wide = rows.pivot(index="notebook", columns="book", values="seconds")
    wide = wide.reindex(columns=["this book", "stock configuration"]).dropna()
    if wide.empty:
        return no_chart("no notebook was measured in this book and under the stock configuration")
    wide = wide.sort_values("this book", ascending=False)
    ratio = float((wide["this book"] / wide["stock configuration"]).median())
    title = f"A notebook takes {ratio:.2f} times as long as under the stock configuration, in the median"
    shown = wide.round(1).reset_index(names="Notebook")
    return _bars(
        shown,
        [_marker(palette.ACCENT), _marker(palette.NEUTRAL, "/")],
        "seconds",
        grouped=True,
        id="scale-notebooks",
        title=title,
        caption=f"Execution and reading of each notebook in the cold builds, a fresh kernel each; n = {len(wide)} "
        "notebooks. The stock numbers cover execution alone.",
        alt=f"Bar chart. {title}. Longest: "
        + ", ".join(f"{name} {value:.0f} s" for name, value in wide["this book"].head(3).items())
        + ".",
        source=SOURCE,
    )


@_measured("texts", "book.py --texts")
def texts_table() -> Html:
    """List the builds of books of several numbers of texts."""
    rows = results("texts")
    shown = pd.DataFrame(
        {
            "Texts": rows["texts"],
            "Cold build": [_seconds(s) for s in rows["seconds"]],
            "Of it the text chapters": [_seconds(s) for s in rows["text_chapters_seconds"]],
            "A text chapter": [
                _seconds(s / n) if n else "–"
                for s, n in zip(rows["text_chapters_seconds"], rows["text_chapters_run"], strict=True)
            ],
            "Largest memory": [f"{mb:,.0f} MB" for mb in rows["peak_mb"]],
            "Heaviest page, compressed": [
                "–" if pd.isna(kb) else f"{page}, {kb:,.0f} KB"
                for page, kb in zip(rows["heaviest_page"], rows["heaviest_kb"], strict=True)
            ],
            "Outcome": rows["status"],
        }
    )
    return table(shown, "The whole book with the chapters and the ledger of so many texts")


def _whole_books() -> pd.DataFrame:
    """Return the builds that ended as a book, the smallest book first."""
    rows = results("texts")
    return rows[rows["status"] == "ok"].sort_values("texts")


@_measured("texts", "book.py --texts")
def texts_time() -> Figure | Html:
    """Chart the cold builds of books of several numbers of texts, and of it the chapters of the texts."""
    rows = _whole_books()
    if rows.empty:
        return no_chart("no build ended as a book")
    few, many = rows.iloc[0], rows.iloc[-1]
    title = f"A book of {many['texts']} texts is built in {_seconds(many['seconds'])}"
    if len(rows) > 1:
        title += f", {many['seconds'] / few['seconds']:.1f} times as long as one of {few['texts']}"
    parts = {"Whole build": "seconds", "Of it the text chapters": "text_chapters_seconds"}
    shown = pd.DataFrame(
        {
            "Part": list(parts),
            **{f"{r['texts']} texts": [round(r[column], 1) for column in parts.values()] for _, r in rows.iterrows()},
        }
    )
    return _bars(
        shown,
        [_marker(LOOKS[n % len(LOOKS)][0], "" if n % 2 else "/") for n in range(len(rows))],
        "seconds",
        grouped=True,
        id="scale-texts",
        title=title,
        caption=f"Wall time of cold builds, each once; n = {count(len(rows), 'build')}. In a larger book every "
        "text, with its claims and its chapter, is there several times under names of its own; the other chapters are "
        "there once, over all texts.",
        alt=f"Bar chart. {title}. "
        + "; ".join(
            f"{r.texts} texts {r.seconds:.0f} s, of it {r.text_chapters_seconds:.0f} s for their chapters"
            for r in rows.itertuples(index=False)
        )
        + ".",
        source=SOURCE,
    )


@_measured("texts", "book.py --texts")
def texts_lead() -> Html:
    """Say how a build grows with the number of texts, as far as it was measured."""
    rows = results("texts")
    done = rows[rows["text_chapters_run"] > 0]
    each = done["text_chapters_seconds"] / done["text_chapters_run"]
    words = "; ".join(
        f"with {n} texts a text chapter takes {_seconds(s)} to run" for n, s in zip(done["texts"], each, strict=True)
    )
    bad = rows[rows["status"] != "ok"]
    gone = "".join(f" The build with {r.texts} texts did not end as a book ({r.status})." for r in bad.itertuples())
    whole = _whole_books()
    grown = ""
    if len(whole) > 1:
        few, many = whole.iloc[0], whole.iloc[-1]
        fitted = exponent(whole["texts"], whole["seconds"])
        grown = (
            f" The whole book of {many['texts']} texts is built in {_seconds(many['seconds'])}, "
            f"{many['seconds'] / few['seconds']:.1f} times as long as that of {few['texts']} (exponent {fitted:.2f}), "
            f"holding {many['peak_mb'] / 1000:.1f} GB. Its heaviest page has {many['heaviest_kb']:,.0f} KB on the wire "
            f"instead of {few['heaviest_kb']:,.0f}."
        )
    return el("p", f"{words[:1].upper()}{words[1:]}.{grown}{gone}", class_="cb-lead")


@_measured("records", "records.py", ended=True)
def lead() -> Html:
    """Say when to move to which engine, as measured."""
    time, memory = (_wide("records", "votes", "engine", column) for column in ("seconds", "peak_mb"))
    top, words = int(time.index.max()), []
    if "pandas" in time:
        plain = time["pandas"].dropna()
        large = int(plain.index.max())
        words.append(
            f"pandas, the default, has computed the agreement of one country with all others over {_power(large)} "
            f"votes in {_seconds(plain[large])}, holding {memory['pandas'][large] / 1000:.1f} GB. "
        )
    for name, seconds in time.loc[top].dropna().sort_values().items():
        if name != "pandas":
            words.append(
                f"{_named(ENGINES, name)} goes through {_power(top)} votes in {_seconds(seconds)}, holding "
                f"{memory[name][top] / 1000:.1f} GB. "
            )
    if stopped := _stopped():
        words.append(f"{stopped}. ")
    words.append("Dask and Spark are for what no one machine holds; here they ran on a single machine only.")
    return el("p", words, class_="cb-lead")


@_measured("machine", "records.py")
def machines() -> Html:
    """List the machine of each part of the benchmarks, when it was measured and how busy it was."""
    rows = results("machine")
    shown = pd.DataFrame(
        {
            "Part": rows["part"],
            "Measured on": rows["measured_on"],
            "Machine": [
                f"{r.system}, {r.processor}, {count(int(r.cores), 'core')}, {r.memory_gb:.0f} GB, Python {r.python}"
                for r in rows.itertuples(index=False)
            ],
            "Processes waiting, before and after": [
                ", ".join("not noted" if pd.isna(n) else f"{n:.1f}" for n in (r.load_before, r.load_after))
                for r in rows.itertuples(index=False)
            ],
            "Packages": rows["packages"],
        }
    )
    return table(shown, "Where and when each part was measured")

"""Records in large: CSV or Parquet files, one or many, as the frame of whichever engine is to compute on them.

pandas is the default and reads into memory. Polars, DuckDB, Dask and PySpark read lazily, so that files larger than
memory, or lying on a cluster, can be computed on; :func:`collected` brings a result back as a pandas frame. All are
spoken to through Narwhals, and those beyond pandas are optional: ``python -m pip install -e ".[engines]"``.

Every engine reads a CSV file alike, because nothing about it is guessed. It is UTF-8, with or without a byte-order
mark. Its first row names the columns. Commas separate the cells; a cell in straight quotation marks may hold commas,
line breaks and doubled quotation marks; blanks belong to their cell, and no word means that a cell is empty. Blank
lines, rows without any value and nameless empty columns at the end, which spreadsheets leave, are left out. A file on
this machine is looked through before it is read, at about a hundred megabytes a second, and refused by its line where
it is written otherwise. What the engines' own readers would not agree on, such as a lone quotation mark inside a cell,
is read into memory by the csv module of Python for all of them.
"""

import codecs
import csv
import glob
import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd

from claimbook.model.cells import COMMAS, QUOTES, SEPARATORS, UTF_16, not_utf8
from claimbook.model.schema import BOOLEANS, PLAIN

# Where pyarrow is installed pandas would keep text in it, which turns markup in a table into plain text. The book is to
# be the same whatever else is installed; only large files, which need pyarrow anyway, are kept its way.
pd.set_option("mode.string_storage", "python")
# Python's csv module alone would give up at a cell of 128 KB.
csv.field_size_limit(2**31 - 1)

DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "year": "Int64"}
"""pandas dtype of each Table Schema type; dates stay ISO 8601 strings, which sort as they are."""

TRUE, FALSE = ([word, *(odd for odd, plain in BOOLEANS.items() if plain == word)] for word in ("true", "false"))
"""How what is true or false is written, by hand or by people's tools."""

_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
_INTEGER = PLAIN["integer"]
FORMS = {
    "integer": _INTEGER,
    "year": _INTEGER,
    "number": (
        "-?(?:[0-9]{1,40}(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,2})?",
        "must be a number in plain decimal notation, such as 14.5",
    ),
    "boolean": ("|".join(TRUE + FALSE), PLAIN["boolean"][1]),
    "date": (
        f"[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|[0-9]{{4}}-(?:{_DAYS})|{_LEAP_YEAR}-02-29",
        "must be a date, YYYY-MM-DD, or its month or year alone",
    ),
}
"""How a cell of each type is written, in what the regular expressions of all engines have in common, and the rule.

Publishers' files may write more than the tables of a ledger, for which :mod:`claimbook.model.schema` has the forms:
powers of ten, a month or a year for a date.
"""

CHUNK = 1 << 24
"""Bytes of a CSV file that are looked through at once, and given to Dask as a part; a longer row is read in memory."""

NO_MARKS = bytes(set(range(256)) - set(b",\n"))
"""Bytes that end neither a cell nor a row."""

REFUSED = "refused: "
"""Begins what an engine that computes later is made to say of a cell."""

SHOWN = 80
"""Characters of a cell that a message shows."""

EXACT = 2**53
"""Up to here a floating-point number tells each integer from the next."""

INSTALL = 'python -m pip install -e ".[{}]"'
"""Adds an extra to the packages that are there, typed in the folder of the book; in double quotes for every shell."""


class RecordsError(ValueError):
    """Files of records are not written as they must be: ``file:row:column: value: rule``."""


class EngineError(ValueError):
    """Another engine than pandas failed; the message names it and what to do, the cause is its own error."""


@dataclass
class _Source:
    """Files of records and what is known of them.

    Attributes
    ----------
    files : list of str
        The files, in order.
    form : str
        ``csv`` or ``parquet``.
    types : dict of str to str
        Table Schema type of the columns asked for.
    columns : list of str
        The columns of CSV files; empty where one of them does not lie on this machine.
    breaks : bool
        Whether cells of the CSV files may hold line breaks.
    parts : list of tuple of str, int, int
        File, first byte and end of pieces that hold whole rows and no header.
    cells : pandas.DataFrame or None
        The cells themselves, where the engines' own readers would not agree on them.
    whole : bool
        Whether pandas gets all rows at once, so that they can be counted.
    """

    files: list[str]
    form: str
    types: dict[str, str]
    columns: list[str] = field(default_factory=list)
    breaks: bool = False
    parts: list[tuple[str, int, int]] = field(default_factory=list)
    cells: pd.DataFrame | None = None
    whole: bool = True

    def __str__(self) -> str:
        more = len(self.files) - 1
        return f"{self.files[0]} and {more} more" if more else self.files[0]


def _pandas(source: _Source):
    if source.form == "parquet":
        try:
            with pd.option_context("mode.string_storage", "pyarrow"):
                frame = pd.concat([pd.read_parquet(file) for file in source.files], ignore_index=True)
        except ImportError as error:
            needed = INSTALL.format("parquet")
            raise ImportError(f"pandas reads Parquet with pyarrow, which is not installed: {needed}") from error
    elif source.cells is not None:
        frame = source.cells
    else:
        frame = pd.concat([_text(file, source.columns) for file in source.files], ignore_index=True)
    return _typed(frame, source)


def _polars(source: _Source):
    polars = import_module("polars")
    patterns = any("://" in file for file in source.files)
    if source.form == "parquet":
        frame = polars.scan_parquet(source.files, glob=patterns)
    elif source.cells is not None:
        texts = {name: source.cells[name].tolist() for name in source.columns}
        frame = polars.LazyFrame(texts, schema=dict.fromkeys(texts, polars.String))
    else:
        named = {"with_column_names": lambda _: source.columns} if source.columns else {}
        frame = polars.scan_csv(source.files, separator=",", quote_char='"', infer_schema=False, glob=patterns, **named)
    return _typed_lazily(frame, source)


def _duckdb(source: _Source):
    duckdb = import_module("duckdb")
    files = [_literally(file, "[*?", "[{}]") for file in source.files]
    if source.form == "parquet":
        frame = duckdb.read_parquet(files)
    elif source.cells is not None:
        frame = duckdb.from_df(source.cells)
    else:
        form = {"header": True, "sep": ",", "quotechar": '"', "escapechar": '"', "max_line_size": CHUNK}
        named = {"columns": dict.fromkeys(source.columns, "VARCHAR"), "auto_detect": False} if source.columns else {}
        frame = duckdb.read_csv(files, **form, **(named or {"all_varchar": True}))
    return _typed_lazily(frame, source)


def _dask(source: _Source):
    dask = import_module("dask.dataframe")
    if source.cells is not None:
        return dask.from_pandas(_typed(source.cells, source), npartitions=1)
    asked = _Source(source.files, source.form, source.types, source.columns, whole=False)
    if source.columns:
        empty = _typed(pd.DataFrame(columns=source.columns, dtype="str"), asked)
        return dask.from_map(_part, source.parts, source=asked, meta=empty)
    if source.form == "parquet":
        frame = dask.read_parquet(source.files)
    else:
        frame = dask.read_csv(source.files, blocksize=None, **AS_TEXT)
    return frame.map_partitions(_typed, asked, meta=_typed(frame._meta.copy(), asked))


def _pyspark(source: _Source):
    sql = import_module("pyspark.sql")
    types = import_module("pyspark.sql.types")
    # The session at hand is used: on a cluster that is the cluster's.
    session = sql.SparkSession.builder.getOrCreate()
    schema = types.StructType([types.StructField(name, types.StringType()) for name in source.columns])
    files = [_literally(file, "[]{}*?", "\\{}") for file in source.files]
    if source.form == "parquet":
        frame = session.read.parquet(*files)
    elif source.cells is not None:
        frame = session.createDataFrame(source.cells.to_numpy(dtype=object).tolist(), schema)
    else:
        form = {"header": True, "sep": ",", "quote": '"', "escape": '"', "encoding": "utf-8", "mode": "FAILFAST"}
        # Read line by line, Spark drops a line of white space alone, which can be a row where there is one column.
        across = source.breaks or len(source.columns) == 1
        known = {"schema": schema, "multiLine": across} if source.columns else {"multiLine": True}
        frame = session.read.csv(files, **form, **known)
    # To Narwhals a dot in the name of a column would lead into it.
    names = {f"c{place}": name for place, name in enumerate(frame.columns)}
    return _typed_lazily(frame.toDF(*names), source, names).toDF(*names.values())


ENGINES: dict[str, Callable] = {
    "pandas": _pandas,
    "polars": _polars,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _pyspark,
}
"""How each engine reads files: CSV with every cell as text, which is then given its type or refused."""

AS_TEXT = {
    "dtype": str,
    "keep_default_na": False,
    "index_col": False,
    "encoding": "utf-8-sig",
    "skip_blank_lines": False,  # a cell of white space alone is a row, and blank lines do not come this far
}
"""How pandas reads every cell of a CSV file as text."""


def _literally(file: str, marks: str, escaped: str) -> str:
    """Return the name of a file so that an engine takes it for no pattern; an address is left as it is."""
    return file if "://" in file else "".join(escaped.format(c) if c in marks else c for c in file)


def read_records(
    paths: str | Path | Iterable[str | Path], engine: str = "pandas", types: Mapping[str, str] | None = None
):
    """Read records from CSV or Parquet files as a frame of `engine`.

    Parameters
    ----------
    paths : path, or list of paths
        Files, folders of files, or patterns such as ``votes/*.parquet``, all of one format; an address with ``://`` is
        left to the engine.
    engine : str
        One of :data:`ENGINES`.
    types : dict of str to str, optional
        Table Schema type by column, as in ``datapackage.json``; every column named must be there. Other columns of a
        CSV file stay text, other columns of a Parquet file stay what they are.

    Returns
    -------
    frame
        pandas.DataFrame, polars.LazyFrame, duckdb.DuckDBPyRelation, dask.dataframe.DataFrame or
        pyspark.sql.DataFrame. Empty cells are missing in typed columns and ``""`` in text columns. Dates are text, ISO
        8601: of Parquet's points in time the day.

    Raises
    ------
    FileNotFoundError
        If a path leads to no file.
    ImportError
        If the engine is not installed.
    RecordsError
        If a file lacks a column, is not written as a CSV file must be or, with pandas, has a cell that is not of its
        type. The other engines meet such a cell when they compute: :func:`collected` then raises EngineError.
    EngineError
        If another engine cannot read the files.
    ValueError
        If the engine is unknown or formats are mixed.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)}, not {engine!r}")
    source = _Source(*_files(paths), dict(types or {}))
    if source.form == "csv":
        _look_through(source)
    try:
        with _named(engine, f"read {source}"):
            return ENGINES[engine](source)
    except ModuleNotFoundError as error:
        needed = INSTALL.format(engine)
        raise ImportError(f"the engine {engine} is not installed ({error}); it is an extra: {needed}") from error


def lazy(frame, *columns: str) -> nw.LazyFrame:
    """Return a frame of any engine as Narwhals takes it, to be computed by :func:`collected`.

    Raises
    ------
    RecordsError
        If the frame lacks one of `columns`.
    """
    with _quiet():
        taken = nw.from_native(frame).lazy()
        held = taken.collect_schema().names() if columns else []
    if missing := [name for name in columns if name not in held]:
        raise RecordsError(f"the records have no column {missing[0]}, which is needed; theirs are {', '.join(held)}")
    return taken


def collected(frame) -> pd.DataFrame:
    """Compute a frame of any engine and return it in the dtypes of the ledger.

    Parameters
    ----------
    frame : frame
        A frame of any engine that Narwhals knows, or a Narwhals frame.

    Raises
    ------
    EngineError
        If another engine than pandas cannot compute it, as where a cell is not of its type.
    """
    frame = lazy(frame)
    with _named(frame.implementation.value, "compute"):
        schema = frame.collect_schema()
        if frame.implementation.is_duckdb():
            # Narwhals would need one more package for it, and pandas would make floats of integers beside empty cells.
            cells = pd.DataFrame(frame.to_native().fetchall(), columns=list(schema), dtype=object)
        else:
            frame = frame.collect()
            if frame.implementation.is_pandas():
                cells = frame.to_native().reset_index(drop=True)
            else:
                cells = pd.DataFrame(frame.to_dict(as_series=False), columns=list(schema), dtype=object)
        dtypes = {name: _dtype(dtype) for name, dtype in schema.items()}
        return cells.astype({name: dtype for name, dtype in dtypes.items() if dtype and cells[name].dtype != dtype})


def repeated(frame) -> str:
    """Return a row that a frame holds more than once, its cells separated by commas; ``""`` where there is none."""
    if isinstance(frame, pd.DataFrame):  # for which the grouping below takes twenty times as long
        again = frame[frame.duplicated()]
    else:
        columns = lazy(frame).collect_schema().names()
        times = lazy(frame).group_by(*columns).agg(nw.len().alias("_times"))
        again = collected(times.filter(nw.col("_times") > 1).select(*columns).head(1))
    return "" if again.empty else ", ".join(map(str, again.iloc[0]))


def _dtype(dtype) -> str | None:
    if dtype.is_integer():
        return "Int64"
    if dtype.is_numeric():
        return "Float64"
    return {nw.Boolean: "boolean", nw.String: "str", nw.Categorical: "str"}.get(dtype.base_type())


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep from readers what libraries tell developers, and only that."""
    with warnings.catch_warnings():
        # It asks for a package that a later Narwhals will need; the one that is pinned does without.
        warnings.filterwarnings("ignore", "Dask support is moving out of Narwhals", FutureWarning)
        # The tests compare what is used of PySpark with plain pandas, in the version pinned.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        # Dask's own reading of Parquet, which works until pandas 4.
        warnings.filterwarnings("ignore", "The inplace keyword", DeprecationWarning, r"dask\.")
        yield


@contextmanager
def _named(engine: str, doing: str) -> Iterator[None]:
    """Name the engine in its errors, and say what to do."""
    with _quiet():
        try:
            yield
        except Exception as error:
            if engine == "pandas" or isinstance(error, (ModuleNotFoundError, EngineError)):
                raise
            if isinstance(error, RecordsError) and doing != "compute":
                raise
            raise EngineError(f"the engine {engine} could not {doing}: {_said(error)}") from error


def _said(error: Exception) -> str:
    """Say in one line what an engine said, and what to do about it."""
    told = str(error)
    rules = "|".join(re.escape(rule) for _, rule in FORMS.values())
    if refused := re.search(rf"{REFUSED}(.*?: (?:{rules}))", told, re.DOTALL):
        told = refused[1].replace("\n", "\\n")
    first = next((line.strip() for line in told.splitlines() if line.strip()), type(error).__name__)
    first = first if len(first) <= 300 else f"{first[:299]}…"
    if "JAVA" in first:
        return f"{first}; PySpark needs Java 17 or newer, on PATH or named by JAVA_HOME"
    return f"{first}; try engine='pandas' to see the row"


def _files(paths) -> tuple[list[str], str]:
    """Return the files that `paths` mean, in order, and their format."""
    files: list[str] = []
    for path in [paths] if isinstance(paths, str | Path) else paths:
        name = str(path)
        if "://" in name:
            found = [name]
        elif Path(name).is_dir():
            found = sorted(str(p) for p in Path(name).iterdir() if p.suffix in (".csv", ".parquet"))
        else:
            found = [name] if Path(name).is_file() else sorted(glob.glob(name))
        if not found:
            raise FileNotFoundError(f"{name}: no such file of records")
        files += found
    if not files:
        raise FileNotFoundError("no file of records is named")
    forms = {Path(file).suffix.lstrip(".") for file in files}
    if len(forms) > 1 or not forms <= {"csv", "parquet"}:
        raise ValueError(f"{files[0]}: records must be all .csv or all .parquet, not {', '.join(sorted(forms))}")
    return files, forms.pop()


# CSV files: what they must be, found out without guessing.


def _look_through(source: _Source) -> None:
    """Learn how CSV files are written; refuse those that lack a column, or whose columns are not those of the first."""
    headers, alike = {}, True
    for file in (f for f in source.files if "://" not in f):
        _, headers[file] = next(_rows(file))
        for name in source.types:
            if name not in headers[file]:
                raise RecordsError(f"{file}:1: the column {name} is missing")
        first = next(iter(headers))
        if headers[file] != headers[first]:
            raise RecordsError(f"{file}:1: columns must be those of {first}: {','.join(headers[first])}")
        if pieces := _pieces(file, len(headers[file])):
            source.parts += [(file, *piece) for piece in pieces[0]]
            source.breaks = source.breaks or pieces[1]
        else:
            alike = False
    if len(headers) == len(source.files):
        source.columns = headers[first]
    if not alike:
        read = [_cells(file) if file in headers else _text(file, headers[first]) for file in source.files]
        source.cells, source.columns = pd.concat(read, ignore_index=True), headers[first]


def _rows(file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line and cells of every row of a CSV file, the header first, and refuse by its line what is none."""
    with Path(file).open("rb") as raw:
        if raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise RecordsError(f"{file}:1: {UTF_16}")
    columns: list[str] = []
    with Path(file).open(encoding="utf-8-sig", newline="") as handle:
        reader, line = csv.reader(handle, strict=True), 1
        try:
            for cells in reader:
                if any("\0" in cell for cell in cells):
                    raise RecordsError(f"{file}:{line}: must not contain a NUL character")
                if not columns:
                    yield line, (columns := _header(file, cells))
                elif any(cells) or (cells and len(columns) == 1):
                    if len(cells) < len(columns) or any(cells[len(columns) :]):
                        raise RecordsError(
                            f"{file}:{line}: the row must have {len(columns)} cells and has {len(cells)}"
                        )
                    yield line, cells[: len(columns)]
                line = reader.line_num + 1
        except csv.Error as error:
            raise RecordsError(f"{file}:{line}: must be CSV: {error}") from error
        except UnicodeDecodeError as error:
            raise RecordsError(_not_utf8(file)) from error
    if not columns:
        raise RecordsError(f"{file}:1: the header is missing")


def _header(file: str, cells: list[str]) -> list[str]:
    """Return the columns that a header names."""
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        raise RecordsError(f"{file}:1: the header is missing")
    if cells[0].lower().startswith("sep="):
        raise RecordsError(f"{file}:1: must not begin with a line for Excel alone, {cells[0]!r}; delete it")
    if len(cells) == 1 and (others := next((name for mark, name in SEPARATORS.items() if mark in cells[0]), None)):
        raise RecordsError(f"{file}:1: cells must be separated by commas, not {others}; {COMMAS}")
    columns = [name or f"Unnamed: {place}" for place, name in enumerate(cells)]
    for place, name in enumerate(columns):
        if name[0] in QUOTES:
            raise RecordsError(f'{file}:1:{name}: only straight quotation marks, ", hold a cell')
        if name in columns[:place]:
            raise RecordsError(f"{file}:1: the column {name} is given twice")
    return columns


def _not_utf8(file: str) -> str:
    with Path(file).open("rb") as handle:
        for line, raw in enumerate(handle, 1):
            try:
                raw.decode()
            except UnicodeDecodeError as error:
                return f"{file}:{line}: {not_utf8(raw, error.start, file)}"
    return f"{file}: must be UTF-8; save it as UTF-8"


def _cells(file: str) -> pd.DataFrame:
    """Read every cell of a CSV file as text, row by row."""
    rows = _rows(file)
    _, columns = next(rows)
    return pd.DataFrame([cells for _, cells in rows], columns=columns, dtype="str")


def _pieces(file: str, width: int) -> tuple[list[tuple[int, int]], bool] | None:
    """Look through a CSV file for whatever the engines' own readers would not agree on.

    Returns
    -------
    tuple or None
        First byte and end of pieces that hold whole rows without the header, and whether cells hold line breaks; None
        where the file has to be read row by row.
    """
    # A row without any value would be kept by some engines and left out by others; so would a blank line.
    empty = rb"(?!\r?\n)" if width == 1 else rb'(?![,"]*+\r?\n)'

    def row(inside: bytes) -> bytes:
        cell = rb'(?:(?:"[^"\r\0%b]*+")++|[^",\r\n\0]*+)' % inside
        return rb"%b%b(?:,%b){%d}\r?\n" % (empty, cell, cell, width - 1)

    def end(form: re.Pattern, raw: bytes) -> int:
        found = form.match(raw)
        return found.end() if found else 0

    def bare(raw: bytes) -> int:
        """Return the end of whole rows that hold no quotation mark, which are told several times faster."""
        raw, line = raw[: raw.rfind(b"\n") + 1], b"," * (width - 1) + b"\n"
        if any(mark in raw for mark in (b'"', b"\r", b"\0", b"\n" + line)) or raw.startswith(line):
            return 0
        marks = raw.translate(None, NO_MARKS)
        return len(raw) if marks == line * (len(marks) // width) else 0

    plain, broken = (re.compile(rb"(?:%b)++" % row(inside)) for inside in (rb"\n", b""))
    pieces, breaks, rest = [], False, b""
    with Path(file).open("rb") as handle:
        place = len(codecs.BOM_UTF8) if handle.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else 0
        handle.seek(place)
        while chunk := handle.read(CHUNK) or (rest and b"\n"):
            raw = rest + chunk
            upto = bare(raw) or end(plain, raw)
            if upto <= raw.rfind(b"\n"):
                breaks = breaks or end(broken, raw) > upto
                upto = end(broken, raw)
            rest = raw[upto:]
            if not _is_utf8(raw[:upto]) or len(rest) > CHUNK or (rest and chunk == b"\n"):
                return None
            if upto:
                first = 0 if pieces else end(re.compile(row(b"")), raw)
                pieces.append((place + first, place + upto))
                place += upto
    return pieces, breaks


def _is_utf8(raw: bytes) -> bool:
    try:
        return raw.isascii() or bool(raw.decode())
    except UnicodeDecodeError:
        return False


def _part(part: tuple[str, int, int], source: _Source) -> pd.DataFrame:
    """Read a piece of a CSV file, for Dask."""
    file, first, end = part
    with Path(file).open("rb") as handle:
        handle.seek(first)
        raw = handle.read(end - first)
    cells = _text(io.BytesIO(raw), source.columns, None) if raw else pd.DataFrame(columns=source.columns, dtype="str")
    return _typed(cells, replace(source, files=[file]))


def _text(file, columns: Sequence[str] = (), header: int | None = 0) -> pd.DataFrame:
    return pd.read_csv(file, header=header, names=list(columns) or None, **AS_TEXT)


# Types: what is not of its type is refused, on every engine in its own way.


def _typed(frame: pd.DataFrame, source: _Source) -> pd.DataFrame:
    """Give the columns asked for their types, on pandas and on the parts of a frame of Dask."""
    _require(frame.columns, source)
    frame = frame.copy(deep=False)
    for name, kind in source.types.items():
        frame[name] = _column(frame[name], name, kind, source)
    return frame


def _column(values: pd.Series, name: str, kind: str, source: _Source) -> pd.Series:
    held = pd.api.types.infer_dtype(values, skipna=True)
    if kind not in FORMS:
        return (values if isinstance(values.dtype, pd.StringDtype) else values.astype("str")).fillna("")
    if held in ("string", "empty"):
        codes, texts = pd.factorize(values.to_numpy(dtype=object))
        if odd := _odd(texts, kind):
            raise RecordsError(f"{_place(source, name, odd, values)}: {odd[:SHOWN]!r}: {FORMS[kind][1]}")
        if kind == "date":
            return values.astype("str").fillna("")
        read, dtype = {"number": (float, "float64"), "boolean": (TRUE.__contains__, "bool")}.get(kind, (int, "int64"))
        numbers = np.fromiter((read(text) if text else 0 for text in texts), dtype, len(texts))
        distinct = pd.array(numbers, dtype=DTYPES[kind])
        distinct[np.fromiter((not text for text in texts), "bool", len(texts))] = pd.NA
        return pd.Series(distinct.take(codes, allow_fill=True), index=values.index)
    if kind == "date" and held in ("date", "datetime", "datetime64"):
        return pd.to_datetime(values).dt.strftime("%Y-%m-%d").astype("str").fillna("")
    if held == "decimal":
        values, held = values.astype(object).map(float, na_action="ignore"), "floating"
    if kind == "number" and held in ("integer", "floating", "mixed-integer-float"):
        return values.astype("Float64")
    if kind == "boolean" and held == "boolean":
        return values.astype("boolean")
    if FORMS[kind] == _INTEGER and held == "integer":
        return values.astype("Int64")
    if FORMS[kind] == _INTEGER and held in ("floating", "mixed-integer-float"):
        numbers = values.astype("Float64")
        whole = (numbers.isna() | ((numbers % 1 == 0) & (numbers.abs() <= EXACT))).astype("bool")
        if not whole.all():
            odd = numbers[~whole].iloc[0]
            raise RecordsError(f"{_place(source, name, odd, values)}: {odd}: {FORMS[kind][1]}")
        return numbers.astype("Int64")
    raise RecordsError(f"{source}::{name}: {held}: {FORMS[kind][1]}")


def _odd(texts: Iterable[str], kind: str) -> str | None:
    """Return the first text that is not of a type."""
    form, filled = FORMS[kind][0], [text for text in texts if text]
    lines = "\n".join([*filled, ""])  # all at once, which is several times faster
    if lines.count("\n") == len(filled) and re.fullmatch(f"(?:(?:{form})\n)*+", lines):
        return None
    return next(text for text in filled if not re.fullmatch(form, text))


def _place(source: _Source, name: str, odd, values: pd.Series) -> str:
    """Say where a cell stands, as file:row:column; in Parquet, rows count over all files from 1."""
    for file in source.files:
        if source.form != "csv" or "://" in file:
            continue
        rows = _rows(file)
        place = next(rows)[1].index(name)
        for line, cells in rows:
            if cells[place] == odd:
                return f"{file}:{line}:{name}"
    row = int((values == odd).to_numpy().argmax()) + 1 if source.whole else ""
    return f"{source}:{row}:{name}"


def _require(columns: Iterable[str], source: _Source) -> None:
    if missing := [name for name in source.types if name not in columns]:
        raise RecordsError(f"{source.files[0]}: the column {missing[0]} is missing")


def _typed_lazily(native, source: _Source, names: Mapping[str, str] | None = None):
    """Give the columns asked for their types on an engine that computes later, and then refuses.

    Where `names` are given, they are those of the files, by the columns of the frame.
    """
    frame = lazy(native)
    schema = frame.collect_schema()
    names = names or {column: column for column in schema}
    _require(names.values(), source)
    ready, guarded = [], {}
    for column, held in schema.items():
        cell, name = nw.col(column), names[column]
        kind = source.types.get(name, "string" if source.form == "csv" else None)
        form, rule = FORMS.get(kind, ("", ""))
        if kind is None:
            continue
        if not form:
            ready.append(cell.cast(nw.String).fill_null(""))
        elif held == nw.String or (FORMS[kind] == _INTEGER and held.is_numeric() and not held.is_integer()):
            shown = cell.cast(nw.String).str.slice(0, SHOWN)
            refused = [nw.lit(f"{REFUSED}{source}::{name}: '"), shown, nw.lit(f"': {rule}")]
            ready.append(_text_or(nw.concat_str(refused), cell, held, kind).alias(column))
            guarded[column] = kind
        elif kind == "date" and held in (nw.Date, nw.Datetime):
            ready.append(cell.dt.to_string("%Y-%m-%d").fill_null(""))
        elif kind == "number" and held.is_numeric():
            ready.append(cell.cast(nw.Float64))
        elif FORMS[kind] == _INTEGER and held.is_integer():
            ready.append(cell.cast(nw.Int64))
        elif not (kind == "boolean" and held == nw.Boolean):
            raise RecordsError(f"{source}::{name}: {held}: {rule}")
    frame = frame.with_columns(*ready) if ready else frame
    return _refusing(frame, guarded).to_native() if guarded else frame.to_native()


def _text_or(refused: nw.Expr, cell: nw.Expr, held, kind: str) -> nw.Expr:
    """Return the text of a cell where it is of its type, nothing where it is empty, and else what is said of it."""
    if held == nw.String:
        absent, good = cell.is_null() | (cell == ""), cell
        fits = cell.str.contains(rf"^(?:{FORMS[kind][0]})\z")
        if kind == "boolean":
            good = nw.when(cell.is_in(TRUE)).then(nw.lit("1")).otherwise(nw.lit("0"))
    else:
        cell = cell.cast(nw.Float64)
        absent, good = cell.is_null() | cell.is_nan(), cell.cast(nw.Int64).cast(nw.String)
        fits = (cell == cell.floor()) & (cell.abs() <= EXACT)
    return nw.when(~absent).then(nw.when(fits).then(good).otherwise(refused))


def _refusing(frame: nw.LazyFrame, guarded: Mapping[str, str]) -> nw.LazyFrame:
    """Cast the texts of :func:`_text_or`, so that what is said of a cell becomes the error of the engine."""
    if frame.implementation.is_spark_like():
        # A cast of Spark may be set to give nothing where it fails.
        functions, native = import_module("pyspark.sql.functions"), frame.to_native()
        for column in guarded:
            cell = functions.col(column)
            sound = functions.when(cell.startswith(REFUSED), functions.raise_error(cell)).otherwise(cell)
            native = native.withColumn(column, sound.cast("string"))
        frame = lazy(native)
    casts = []
    for column, kind in guarded.items():
        cell = nw.col(column)
        if kind == "date":
            # A cast of the text of an error is made for the error alone.
            sound = nw.when(cell.str.starts_with(REFUSED)).then(cell).cast(nw.Int64).is_null()
            casts.append(nw.when(sound).then(cell.fill_null("")).alias(column))
        elif kind == "boolean":
            casts.append(cell.cast(nw.Int64) == 1)
        else:
            casts.append(cell.cast(nw.Float64 if kind == "number" else nw.Int64))
    return frame.with_columns(*casts)

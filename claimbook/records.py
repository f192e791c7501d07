"""Records in large: CSV or Parquet files, one or many, as the frame of whichever engine is to compute on them.

pandas is the default and reads into memory. Polars, DuckDB, Dask and PySpark read lazily, so that files larger than
memory, or lying on a cluster, can be computed on; :func:`collected` brings a result back as a pandas frame. All are
spoken to through Narwhals, and those beyond pandas are optional: ``pip install .[engines]``.
"""

import csv
import glob
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

import narwhals as nw
import pandas as pd

# Where pyarrow is installed pandas would keep text in it, which turns markup in a table into plain text. The book is to
# be the same whatever else is installed; only large files, which need pyarrow anyway, are kept its way.
pd.set_option("mode.string_storage", "python")

DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "year": "Int64"}
"""pandas dtype of each Table Schema type; dates stay ISO 8601 strings, which sort as they are."""

RULES = {
    "Int64": "must be an integer in plain digits",
    "Float64": "must be a number in plain decimal notation",
    "boolean": "must be true or false",
}


def _pandas(paths: list[str], form: str, types: Mapping[str, str]):
    if form == "parquet":
        with pd.option_context("mode.string_storage", "pyarrow"):
            return pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    read = {path: pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8") for path in paths}
    return pd.concat(read.values(), ignore_index=True)


def _polars(paths: list[str], form: str, types: Mapping[str, str]):
    polars = import_module("polars")
    return polars.scan_parquet(paths) if form == "parquet" else polars.scan_csv(paths, infer_schema=False)


def _duckdb(paths: list[str], form: str, types: Mapping[str, str]):
    duckdb = import_module("duckdb")
    return duckdb.read_parquet(paths) if form == "parquet" else duckdb.read_csv(paths, all_varchar=True, header=True)


def _dask(paths: list[str], form: str, types: Mapping[str, str]):
    dask = import_module("dask.dataframe")
    if form == "parquet":
        return dask.read_parquet(paths)
    # Its text columns mark what is missing in a way that a cast of text to whole numbers does not survive.
    dtypes = {name: DTYPES.get(kind, "str") for name, kind in types.items()}
    empty = {name: [""] for name, dtype in dtypes.items() if dtype != "str"}
    dtypes = defaultdict(lambda: "str", dtypes)
    return dask.read_csv(paths, dtype=dtypes, keep_default_na=False, na_values=empty, encoding="utf-8")


def _pyspark(paths: list[str], form: str, types: Mapping[str, str]):
    # The session at hand is used: on a cluster that is the cluster's.
    session = import_module("pyspark.sql").SparkSession.builder.getOrCreate()
    if form == "parquet":
        return session.read.parquet(*paths)
    return session.read.csv(paths, header=True, escape='"', mode="FAILFAST", encoding="utf-8")


ENGINES: dict[str, Callable] = {
    "pandas": _pandas,
    "polars": _polars,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _pyspark,
}
"""How each engine reads files: CSV with every cell as text, except where it has to be told the types at once."""


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
        pyspark.sql.DataFrame. Empty cells are missing in typed columns and ``""`` in text columns.

    Raises
    ------
    FileNotFoundError
        If a path leads to no file.
    ImportError
        If the engine is not installed.
    ValueError
        If the engine is unknown, formats are mixed, a file lacks a column or, with pandas, a cell is not of its type.
        The engines that read lazily meet such a cell when they compute, and raise their own error then.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)}, not {engine!r}")
    types = dict(types or {})
    files, form = _files(paths)
    if form == "csv":
        _check_headers(files, types)
    try:
        native = ENGINES[engine](files, form, types)
    except ModuleNotFoundError as error:
        raise ImportError(
            f"the engine {engine} is not installed ({error}); it is an extra: pip install .[{engine}]"
        ) from error
    if engine == "pandas":
        return _typed_pandas(native, files, types)
    frame = nw.from_native(native)
    missing = [name for name in types if name not in frame.collect_schema()]
    if missing:
        raise ValueError(f"{files[0]}: the column {missing[0]} is missing")
    casts = _casts(frame.collect_schema(), types)
    return (frame.with_columns(*casts) if casts else frame).to_native()


def collected(frame) -> pd.DataFrame:
    """Compute a frame of any engine and return it in the dtypes of the ledger.

    Parameters
    ----------
    frame : frame
        A frame of any engine that Narwhals knows, or a Narwhals frame.
    """
    frame = nw.from_native(frame, pass_through=False)
    if isinstance(frame, nw.LazyFrame):
        # DuckDB would else answer in an Arrow table, for which one more package is needed.
        schema = frame.collect_schema()
        frame = frame.collect("pandas" if frame.implementation.is_duckdb() else None)
    else:
        schema = frame.schema
    dtypes = {name: _dtype(dtype) for name, dtype in schema.items()}
    if frame.implementation.is_pandas():
        cells = frame.to_native().reset_index(drop=True)
    else:
        cells = pd.DataFrame(frame.to_dict(as_series=False), columns=list(dtypes))
    return cells.astype({name: dtype for name, dtype in dtypes.items() if dtype and cells[name].dtype != dtype})


def _dtype(dtype) -> str | None:
    if dtype.is_integer():
        return "Int64"
    if dtype.is_numeric():
        return "Float64"
    return {nw.Boolean: "boolean", nw.String: "str", nw.Categorical: "str"}.get(dtype.base_type())


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


def _check_headers(files: list[str], types: Mapping[str, str]) -> None:
    """Refuse files without a column that is asked for, or with columns in another order than the first."""
    first: list[str] | None = None
    for file in files:
        if "://" in file:
            continue
        with Path(file).open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle), [])
        for name in types:
            if name not in header:
                raise ValueError(f"{file}:1: the column {name} is missing")
        if first is None:
            first = header
        elif header != first:
            raise ValueError(f"{file}:1: columns must be those of {files[0]}: {','.join(first)}")


def _typed_pandas(frame: pd.DataFrame, files: list[str], types: Mapping[str, str]) -> pd.DataFrame:
    for name, kind in types.items():
        if name not in frame:
            raise ValueError(f"{files[0]}: the column {name} is missing")
        dtype = DTYPES.get(kind, "str")
        values = frame[name]
        if dtype == "str":
            text = values if pd.api.types.is_string_dtype(values.dtype) else values.astype("str")
            frame[name] = text.fillna("")
            continue
        if pd.api.types.is_string_dtype(values.dtype):
            values = values.mask(values == "")
            if dtype == "boolean":
                read = values.map({"true": True, "false": False})
            else:
                read = pd.to_numeric(values, errors="coerce")
            odd = read.isna() & values.notna()
            if odd.any():
                raise ValueError(_odd(files, name, values[odd].iloc[0], int(odd.to_numpy().argmax()), dtype))
            values = read
        frame[name] = values.astype(dtype)
    return frame


def _odd(files: list[str], name: str, value: str, place: int, dtype: str) -> str:
    """Say where a cell that is not of its type stands: its row counts over all files where there are several."""
    where = f"{files[0]}:{place + 2}" if len(files) == 1 else f"row {place + 1} of {len(files)} files"
    return f"{where}:{name}: {value!r}: {RULES[dtype]}"


def _casts(schema: Mapping, types: Mapping[str, str]) -> list[nw.Expr]:
    casts = []
    for name, kind in types.items():
        dtype, column = DTYPES.get(kind, "str"), nw.col(name)
        if schema[name] != nw.String:
            wanted = {"Int64": nw.Int64, "Float64": nw.Float64}.get(dtype)
            if wanted not in (None, schema[name]):
                casts.append(column.cast(wanted))
            continue
        if dtype == "str":
            casts.append(column.fill_null(""))
            continue
        filled = nw.when(column != "").then(column)
        if dtype == "boolean":
            casts.append((filled == "true").alias(name))
        else:
            casts.append(filled.cast(nw.Int64 if dtype == "Int64" else nw.Float64).alias(name))
    return casts

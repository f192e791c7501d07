"""Engines for records, as far as they are installed here."""

import os
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from shutil import which

from claimbook.model import records

NEEDS = {"pandas": "pandas", "polars": "polars", "duckdb": "duckdb", "dask": "dask.dataframe", "pyspark": "pyspark"}


def reason(engine):
    """Say why an engine cannot run here; None where it can."""
    try:
        if find_spec(NEEDS[engine]) is None:
            return f"{engine} is not installed: {records.INSTALL.format(engine)}"
    except ModuleNotFoundError:
        return f"{engine} is not installed: {records.INSTALL.format(engine)}"
    if engine == "pyspark" and which("java") is None and "JAVA_HOME" not in os.environ:
        return "PySpark needs Java, which is not on PATH"
    return None


@contextmanager
def running(engine):
    """Keep what an engine runs on: PySpark needs a session, in the size that small files need."""
    if engine != "pyspark":
        yield
        return
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    quick = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.memory": "1g"}
    builder = SparkSession.builder.master("local[1]")
    for key, value in quick.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield
    session.stop()

"""Time the agreement of one country with all others over synthetic UN votes, on every engine that is installed.

``python benchmarks/records.py`` writes ``results/records.csv``. The votes are drawn with a fixed seed, lie in Parquet
files in a temporary folder, and every engine must find the same.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import common

STATES = 200
YEARS = range(1946, 2026)
PART = 5_000_000
"""Rows of a file, so that larger data are more files."""


def draw(rows: int, folder: Path) -> None:
    """Write `rows` votes as Parquet files: every state in every roll call, one vote in ten not cast."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = pa.array([f"State {i:03}" for i in range(STATES)])
    words = pa.array(["in_favour", "abstained", "against", "absent"])
    folder.mkdir()
    calls = rows // STATES
    for part, first in enumerate(range(0, rows, PART)):
        number = np.arange(first, min(first + PART, rows))
        draws = np.random.default_rng([common.SEED, rows, part]).choice(4, len(number), p=(0.6, 0.15, 0.15, 0.1))
        call = number // STATES
        table = pa.table(
            {
                "resolution": call.astype("int32"),
                "state": names.take(pa.array(number % STATES)),
                "year": (YEARS[0] + call * len(YEARS) // calls).astype("int16"),
                "vote": words.take(pa.array(draws)),
            }
        )
        pq.write_table(table, folder / f"part-{part:03}.parquet", row_group_size=1_000_000)


def work(engine: str, folder: str) -> None:
    """Compute on one engine and print how long that took, its start left out, and what was found."""
    from claimbook.analysis.aggregates import agreement
    from claimbook.model.records import read_records

    if engine == "pyspark":
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[*]").config("spark.driver.memory", "4g")
        builder.config(
            "spark.sql.shuffle.partitions", "16"
        )  # two hundred, for a cluster, only cost time on one machine
        builder.config("spark.ui.enabled", "false").getOrCreate().sparkContext.setLogLevel("ERROR")
    else:
        read_records(next(Path(folder).iterdir()), engine)
    started = time.perf_counter()
    found = agreement(read_records(folder, engine), "State 000")
    seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "seconds": seconds,
                "rows": len(found),
                "roll_calls": int(found["roll_calls"].sum()),
                "agreement": round(float(found["agreement"].sum()), 6),
            }
        )
    )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="up to a million votes only")
    parser.add_argument("--work", nargs=2, metavar=("ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--limit-mb", type=float, default=10_000, help="memory at which a run is stopped")
    parser.add_argument("--largest", type=int, default=8, help="largest power of ten")
    options = parser.parse_args()
    if options.work:
        work(*options.work)
        return
    busy = os.getloadavg()[0]
    engines = [e for e in ("pandas", "polars", "duckdb", "dask", "pyspark") if find_spec(e)]
    if shutil.which("java") is None and "pyspark" in engines:
        engines.remove("pyspark")
    rows, gone = [], set()
    with tempfile.TemporaryDirectory(prefix="votes-") as temporary:
        for power in range(5, (6 if options.quick else options.largest) + 1):
            folder, first = Path(temporary, str(power)), None
            draw(10**power, folder)
            for engine in engines:
                if engine in gone:  # what did not go through with a tenth of the votes is not tried again
                    continue
                run = common.measure(
                    [sys.executable, __file__, "--work", engine, folder],
                    limit_mb=options.limit_mb,
                    env=common.environment(),
                )
                found = json.loads(run.output.strip().splitlines()[-1]) if run.status == "ok" else {}
                if run.status == "ok":
                    finding = {key: value for key, value in found.items() if key != "seconds"}
                    first = first or finding
                    if finding != first:
                        sys.exit(f"{engine} finds {finding}, not {first}")
                else:
                    gone.add(engine)
                    if run.status == "failed":
                        print(run.output[-2000:], file=sys.stderr)
                rows.append(
                    {
                        "engine": engine,
                        "votes": 10**power,
                        "status": run.status,
                        "seconds": round(found["seconds"], 3) if found else "",
                        "process_seconds": round(run.seconds, 3),
                        "cpu_seconds": round(run.cpu_seconds, 3),
                        "peak_mb": round(run.peak_mb),
                    }
                )
                print(*rows[-1].values(), flush=True)
            shutil.rmtree(folder)
    common.write("records", rows)
    common.note_machine("records", busy)


if __name__ == "__main__":
    main()

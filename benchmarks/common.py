"""What the benchmarks share: measuring a process with its children, the machine, and writing results as CSV.

A number measured on one machine at one time says little; what counts are ratios within one run, and how time grows
with size. Every run notes the machine and how busy it was.
"""

import csv
import datetime
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).resolve().parent / "results"
SEED = 20260101
PACKAGES = ("pandas", "narwhals", "polars", "duckdb", "dask", "pyspark", "pyarrow", "jupyter-book")
"""Packages whose versions are noted beside results, as far as they are installed."""


@dataclass(frozen=True)
class Measured:
    """How a process ended: its output, wall time (seconds), processor time of all it started (seconds), peak memory.

    Memory is the largest sum of resident memory over the process and its children, in megabytes, sampled twenty times
    a second; `status` is ``ok``, ``failed``, or which limit stopped it.
    """

    status: str
    output: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(command: list, *, limit_mb: float = 10_000, limit_seconds: float = 900, **options) -> Measured:
    """Run a command and measure it; stop it where it goes beyond a limit, for the sake of the machine."""
    before = os.times()
    started, peak, status = time.perf_counter(), 0.0, "ok"
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
        process = subprocess.Popen(
            [str(part) for part in command], stdout=out, stderr=subprocess.STDOUT, start_new_session=True, **options
        )
        while process.poll() is None:
            peak = max(peak, resident_mb(process.pid))
            over = peak > limit_mb, time.perf_counter() - started > limit_seconds
            if any(over):
                status = "stopped: memory" if over[0] else "stopped: time"
                os.killpg(process.pid, 9)
                process.wait()
            time.sleep(0.05)
        seconds, after = time.perf_counter() - started, os.times()
        out.seek(0)
        text = out.read()
    if status == "ok" and process.returncode:
        status = "failed"
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(status, text, seconds, used, peak)


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and of all that it started, in megabytes."""
    total, todo = 0, [pid]
    while todo:
        process = Path("/proc", str(todo.pop()))
        try:
            total += int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for thread in (process / "task").iterdir():
                todo += map(int, (thread / "children").read_text().split())
        except (OSError, ValueError):
            continue  # it has ended meanwhile
    return total / 1e6


def write(name: str, rows: list[dict]) -> None:
    """Write rows as ``results/NAME.csv``, aside first, so that a stopped run leaves the results of the last one."""
    RESULTS.mkdir(exist_ok=True)
    side = RESULTS / f".{name}.csv"
    with side.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    side.replace(RESULTS / f"{name}.csv")


def between(text: str, marks: tuple[str, str], table: str, file: Path) -> str:
    """Return the text of a file with a table between its two marks, in place of what stood there."""
    before, _, rest = text.partition(marks[0])
    _, mark, after = rest.partition(marks[1])
    if not mark:
        raise ValueError(f"{file}: the marks {marks} are missing")
    return f"{before}{marks[0]}{table}{mark}{after}"


def note_machine(part: str, busy_before: float) -> None:
    """Note on which machine, when and with what a part was measured, in ``results/machine.csv``."""
    rows, path = [], RESULTS / "machine.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["part"] != part]
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    rows.append(
        {
            "part": part,
            "measured_on": datetime.date.today().isoformat(),
            "system": platform.system(),
            "processor": model or platform.machine(),
            "cores": os.cpu_count(),
            "memory_gb": round(memory / 1e6, 1),
            "python": platform.python_version(),
            "load_before": round(busy_before, 1),
            "load_after": round(os.getloadavg()[0], 1),
            "packages": " ".join(f"{name} {version}" for name in PACKAGES if (version := installed(name))),
        }
    )
    write("machine", sorted(rows, key=lambda row: row["part"]))


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def installed(package: str) -> str | None:
    """Return the version of a package, or None where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which this checkout is the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "PYSPARK_PYTHON": sys.executable, **more}

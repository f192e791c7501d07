"""Weigh what the book installs beside what any book of its kind installs, package by package.

    python benchmarks/environment.py            # needs the packages of the tests and git

Two new environments are filled in one run: one with Jupyter Book, JupyterLab, pandas, Plotly and ipywidgets in the
versions of ``requirements.txt``, one with ``requirements.txt`` and the package itself from the last commit. Writes
``results/environment.csv`` and the table of it in ``README.md`` beside this file.
"""

import argparse
import csv
import re
import subprocess
import tempfile
from pathlib import Path

import common
import packages
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FRESH = ("jupyter-book<2", "jupyterlab", "pandas", "plotly", "ipywidgets")
"""What a book of Jupyter Book with tables, charts and controls installs anyway."""
MOST = 75
"""Megabytes that the book may take up on disk beyond it."""
HEAVY = 5
"""Megabytes from which on a package that comes anyway is listed as well."""
ON_DISK = "on disk"
"""Name of the row with all that lies in an environment: blocks of the disk, those of Python itself included."""
COLUMNS = ("package", "version", "fresh_mb", "book_mb", "byte_code_mb", "needed_by")
README = Path(__file__).with_name("README.md")
MARKS = ("<!-- environment: written by benchmarks/environment.py -->\n", "<!-- end of environment -->")
REASONS = {"claimbook": "the package of this book itself", "pip": "comes with every environment"}


def measure(work, python):
    """Yield a row for every package that the book installs, and one for what lies on disk."""
    clone = work / "clone"
    subprocess.run(["git", "clone", "-q", common.ROOT, clone], check=True)
    pins = clone / "requirements.txt"
    steps = {"fresh": [[*FRESH, "-c", pins]], "book": [["-r", pins], ["--no-deps", "--no-build-isolation", clone]]}
    found, disk = {}, {}
    for name in steps:
        inside = packages.make_environment(work / name, python)
        for step in steps[name]:
            subprocess.run([inside, "-m", "pip", "install", "-q", *step], check=True)
        found[name], disk[name] = packages.installed(inside), packages.disk(work / name)
    needed_by = packages.needed(["claimbook"], found["book"])
    for package, facts in sorted(found["book"].items()):
        fresh = [megabytes(found["fresh"][package].size)] if package in found["fresh"] else [""]
        sizes = [*fresh, megabytes(facts.size), megabytes(facts.byte_code)]
        yield dict(
            zip(COLUMNS, [package, facts.version, *sizes, " ".join(sorted(needed_by.get(package, ())))], strict=True)
        )
    yield dict(zip(COLUMNS, [ON_DISK, "", str(disk["fresh"]), str(disk["book"]), "", ""], strict=True))


def megabytes(size):
    """Return a number of bytes in MB, as it is written."""
    return f"{size / packages.MB:.1f}"


def read():
    """Return what was measured last."""
    with (common.RESULTS / "environment.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def beyond(rows):
    """Return how many MB the book takes up on disk beyond the fresh environment."""
    (disk,) = (row for row in rows if row["package"] == ON_DISK)
    return round(float(disk["book_mb"]) - float(disk["fresh_mb"]), 1)


def reasons():
    """Return why the project asks for a package itself, by its name: what pyproject.toml says beside it."""
    lines = re.findall(r'^  "([^"]+)",\s+# (.+)$', (common.ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    return REASONS | {canonicalize_name(Requirement(line).name): why for line, why in lines}


def with_table(text, rows):
    """Return the text of the README with the table of `rows` between its two marks."""
    return common.between(text, MARKS, table(rows), README)


def table(rows):
    """Return a table of the packages beyond the fresh environment and of the heavy ones within it."""
    (disk,) = (row for row in rows if row["package"] == ON_DISK)
    own = [row for row in rows if not row["fresh_mb"]]
    heavy = [row for row in rows if row["fresh_mb"] and row is not disk and float(row["book_mb"]) >= HEAVY]
    lines = [
        f"The fresh environment takes up {disk['fresh_mb']} MB on disk and that of the book {disk['book_mb']}: "
        f"{beyond(rows)} more, of {MOST} that it may.\n",
        "| package | MB | of it byte code | beyond a fresh one | why it stays |",
        "| --- | --: | --: | --- | --- |",
    ]
    why = reasons()
    for row in sorted(own, key=weight) + sorted(heavy, key=weight):
        reason = why.get(row["package"]) or f"for {named(row['needed_by'].split())}"
        place = "" if row["fresh_mb"] else "yes"
        lines.append(f"| {row['package']} | {row['book_mb']} | {row['byte_code_mb']} | {place} | {reason} |")
    return "\n".join(lines) + "\n"


def named(names):
    """Return names of packages for a reader, of many the first two."""
    return ", ".join(names if len(names) < 4 else [*names[:2], f"{len(names) - 2} more"])


def weight(row):
    """Return by what rows are sorted: the heaviest first."""
    return -float(row["book_mb"])


def main(argv=None):
    """Measure both environments and write the results and the table of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="python3.11", help="interpreter of the environments (default: python3.11)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="environment-") as work:
        rows = list(measure(Path(work), options.python))
    common.write("environment", rows)
    README.write_text(with_table(README.read_text(encoding="utf-8"), rows), encoding="utf-8")
    print(f"{beyond(rows)} MB beyond a fresh environment")


if __name__ == "__main__":
    main()

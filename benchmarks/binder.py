"""Measure what Binder would do with this repository, without Docker.

repo2docker's own build pack reads a fresh clone of the last commit and says how it would be installed; its commands run
in a new environment of the Python it asks for; what they install is weighed; JupyterLab starts from it, and a chapter
runs until its first chart is drawn.

    .venv/bin/python benchmarks/binder.py            # needs the test environment, a Chromium and git

Binder has an environment of its own with JupyterLab in it, made by conda, into which the commands install. Here the
environment is empty, so that all that is needed comes from the commands. Times depend on the machine and its load; both
are recorded.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import packages
from packaging.requirements import Requirement
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "binder.csv"
sys.path.insert(0, str(ROOT / "tests"))

from browser import DESK, FLAGS, Visit, installed  # noqa: E402
from lab import Desk, jupyterlab  # noqa: E402

REPO2DOCKER = "jupyter-repo2docker==2026.4.0"
CHART = ".jp-OutputArea .js-plotly-plot .main-svg .trace"
ASK = """
import json
from repo2docker.app import Repo2Docker
app = Repo2Docker()
for kind in app.buildpacks:
    pack = kind(base_image=app.base_image)
    if pack.detect():
        break
print(json.dumps({"pack": type(pack).__name__, "python": pack.python_version, "commands": pack.get_assemble_scripts()}))
"""
WHERE = "import claimbook; print(claimbook.__file__)"


def ask(folder, clone):
    """Return which build pack of repo2docker takes a clone, for which Python, and by which commands."""
    python = packages.make_environment(folder)
    subprocess.run([python, "-m", "pip", "install", "-q", REPO2DOCKER], check=True)
    return json.loads(packages.output([python, "-c", ASK], cwd=clone))


def weigh(python, direct):
    """Yield what is installed in MB: in all, of it byte code, and what each direct dependency alone brings."""
    found = packages.installed(python)
    every = packages.needed(direct, found).keys()

    def size(names):
        return round(sum(found[name].size for name in names) / packages.MB, 1)

    yield "installed", size(every), "MB"
    yield "installed: byte code", round(sum(found[name].byte_code for name in every) / packages.MB, 1), "MB"
    for line in direct:
        alone = every - packages.needed([other for other in direct if other != line], found).keys()
        yield f"only for {Requirement(line).name}", size(alone), "MB"


def first_chart(python, clone, home, chapter):
    """Yield the seconds from the start of JupyterLab to its answer, to the first chart, to the end of the chapter."""
    started = time.monotonic()

    def seconds():
        return round(time.monotonic() - started, 1)

    with jupyterlab(python, clone, home) as url, sync_playwright() as playwright:
        yield "JupyterLab answers", seconds(), "s"
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        with Visit(browser, url, viewport=DESK) as visit:
            desk = Desk(visit.page, url)
            desk.start(chapter)
            visit.page.locator(CHART).first.wait_for(timeout=300_000)
            yield "first chart", seconds(), "s"
            desk.look(chapter)
            yield "chapter run without an error", seconds(), "s"
        browser.close()


def measure(work, python, chapter):
    """Yield every measure in turn as (name, value, unit)."""
    clone = work / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    asked = ask(work / "repo2docker", clone)
    yield "build pack", asked["pack"], ""
    yield "Python", asked["python"], ""
    environment = work / "environment"
    inside = packages.make_environment(environment, python or f"python{asked['python']}")
    empty = packages.disk(environment)
    variables = os.environ | {"KERNEL_PYTHON_PREFIX": str(environment), "NB_PYTHON_PREFIX": str(environment)}
    variables.pop("PYTHONPATH", None)
    started = time.monotonic()
    for number, (_, command) in enumerate(asked["commands"], 1):
        yield f"command {number}", command.replace("${KERNEL_PYTHON_PREFIX}/bin/", ""), ""
        subprocess.run(["bash", "-ec", command], cwd=clone, env=variables, check=True)
    yield "commands succeed in", round(time.monotonic() - started, 1), "s"
    os.environ.pop("PYTHONPATH", None)
    # From another folder, as the clone itself holds a package of that name.
    place = Path(packages.output([inside, "-c", WHERE], cwd=work).strip())
    if not place.is_relative_to(environment):
        raise SystemExit(f"claimbook is imported from {place}, not from the environment")
    project = tomllib.loads((clone / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield "on disk", round(packages.disk(environment) - empty, 1), "MB"
    yield from weigh(inside, project["dependencies"])
    yield "processors", os.cpu_count(), ""
    yield "load before the start", round(os.getloadavg()[0], 1), ""
    yield from first_chart(inside, clone, work / "home", chapter)


def main(argv=None):
    """Measure, print each measure as it comes, and write all of them to the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="interpreter of the version Binder would use (default: pythonX.Y on PATH)")
    parser.add_argument("--chapter", default="chapters/texts/wnd-2001", help="what is run (default: %(default)s)")
    options = parser.parse_args(argv)
    work = Path(tempfile.mkdtemp(prefix="binder-"))
    rows = []
    try:
        for row in measure(work, options.python, options.chapter):
            rows.append(row)
            print(*row, flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("measure", "value", "unit"), *rows])


if __name__ == "__main__":
    main()

"""Measure every page of the built book as a reader on a phone gets it, and write down what comes out.

``python benchmarks/pages.py --tools FOLDER`` serves the book gzipped on this machine, opens each page in Chromium, and
writes ``benchmarks/results/pages.csv`` and the table of it in the README beside this file. FOLDER is where ``npm
install lighthouse pa11y`` was run; nothing else of the project needs node.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import common
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "book")]
from browser import DESK, FLAGS, Visit, draw_charts, installed, served, use_theme  # noqa: E402
from notebooks import toc_pages  # noqa: E402

from claimbook.model import ids  # noqa: E402
from claimbook.site.light import is_leaf  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "pages.csv"
README = Path(__file__).with_name("README.md")
MARKS = ("<!-- pages: written by benchmarks/pages.py -->\n", "<!-- end of pages -->")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NEAR = 97  # a score below is the median of three runs: single ones scatter by two or three points
HEADS = {
    "page": "page",
    "kilobytes": "first view, KB gzipped",
    "requests": "requests",
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
    "pa11y": "pa11y errors",
    "axe": "axe violations",
    "layout_shift": "layout shift",
    "overflow": "overflow at 320 px",
    "outside": "requests to other hosts",
    "charts": "charts drawn",
}
LEFT = {"page"}
LEAVES = 3
SHIFTS = """
window.layoutShift = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.layoutShift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
"""


def main(argv=None):
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--book", type=Path, default=ROOT / "_build" / "html", help="folder of the built book")
    parser.add_argument("--tools", type=Path, required=True, help="folder in which lighthouse and pa11y are installed")
    parser.add_argument("--pages", nargs="*", help="only these, as index.html; the others keep their rows")
    options = parser.parse_args(argv)
    every = [*(f"{page}.html" for page in toc_pages()), "404.html", "search.html", *light(options.book)]
    rows = {row["page"]: row for row in read()}
    for name in options.pages or every:
        row = measure(options.book, name, options.tools)
        rows[row["page"]] = row
        write([rows[page] for page in (name.removesuffix(".html") for name in every) if page in rows])
    return 0


def light(book):
    """Return the heaviest of the light pages, which are too many to measure all: a claim of each text, some leaves."""

    def heaviest(paths):
        return sorted(paths, key=lambda path: path.stat().st_size, reverse=True)

    claims = {}
    for path in heaviest((book / "claims").glob("*-c*.html")):
        claims.setdefault(ids.text_of(path.stem), path)
    leaves = heaviest(path for path in book.glob("chapters/*/*.html") if is_leaf(path.read_text(encoding="utf-8")))
    return sorted(path.relative_to(book).as_posix() for path in [*claims.values(), *leaves[:LEAVES]])


def measure(book, name, tools):
    """Return all figures of one page and say them on the terminal.

    Parameters
    ----------
    book : Path
        Folder of the built book.
    name : str
        The page, relative to it.
    tools : Path
        Where lighthouse and pa11y are installed.

    Returns
    -------
    dict of str to str or number
        The columns of the results, see `HEADS`.
    """
    with served(book) as url:
        row = {"page": name.removesuffix(".html"), **visit(url, name), "pa11y": pa11y(url + name, tools)}
        row |= lighthouse(url + name, tools)
    print("  ".join(f"{key} {row[key]}" for key in HEADS), flush=True)
    return {key: row[key] for key in HEADS}


def visit(url, name):
    """Return what a browser of our own sees: weight, requests, charts, layout shift, overflow, axe's findings."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        with Visit(browser, url, viewport=DESK) as seen:
            page = seen.page
            page.add_init_script(SHIFTS)
            page.goto(url + name, wait_until="networkidle")
            first = {"kilobytes": round(seen.kilobytes), "requests": len(seen.asked)}
            charts = len(draw_charts(page))
            shift = round(page.evaluate("layoutShift"), 3)
            found = set()
            for scheme in ("dark", "light"):
                use_theme(page, scheme)
                for rule in Axe().run(page, options={"preload": False}).response["violations"]:
                    if any(tag.startswith("wcag") for tag in rule["tags"]):
                        found |= {(rule["id"], *map(str, node["target"])) for node in rule["nodes"]}
            report(found)
            page.set_viewport_size({"width": 320, "height": 640})
            page.wait_for_timeout(1000)
            overflow = max(0, page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        browser.close()
    outside = len(seen.outside)
    return {
        **first, "charts": charts, "layout_shift": shift, "axe": len(found), "overflow": overflow, "outside": outside
    }  # fmt: skip


def pa11y(address, tools):
    """Return how many errors pa11y finds by WCAG 2 AA."""
    settings = {
        "standard": "WCAG2AA",
        "runners": ["axe", "htmlcs"],
        "timeout": 300_000,
        "chromeLaunchConfig": {"executablePath": installed(), "args": list(FLAGS)},
        "actions": ["click element h1"],
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(settings, file)
        file.flush()
        command = [str(tools / "node_modules" / ".bin" / "pa11y"), "--config", file.name, "--reporter", "json", address]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 2):
        raise RuntimeError(f"pa11y failed on {address}: {run.stderr or run.stdout}")
    # What axe leaves to the eye, such as the contrast of words in a drawing, is no error; the tests compute it.
    issues = [issue for issue in json.loads(run.stdout) if not issue["runnerExtras"].get("needsFurtherReview")]
    found = {(issue["code"], issue["selector"]) for issue in issues}
    report(found)
    return len(found)


def lighthouse(address, tools):
    """Return the four scores of Lighthouse on a phone, 0 to 100; performance near the limit is a median of three."""
    scores = [audit(address, tools)]
    if scores[0]["performance"] < NEAR:
        scores += [audit(address, tools) for _ in range(2)]
    return {key: round(median(score[key] for score in scores)) for key in CATEGORIES}


def audit(address, tools):
    """Run Lighthouse once; return its scores and print which audits failed."""
    command = [str(tools / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless {' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": installed()}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    categories = json.loads(run.stdout)["categories"]
    audits = json.loads(run.stdout)["audits"]
    failed = {
        (key, ref["id"])
        for key in CATEGORIES[1:]
        for ref in categories[key]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] not in (None, 1)
    }
    report(failed)
    return {key: 100 * categories[key]["score"] for key in CATEGORIES}


def report(found):
    """Print the first of what was found, so that it can be mended."""
    for finding in sorted(found)[:8]:
        print("   ", *finding, file=sys.stderr, flush=True)


def write(rows):
    """Write the results and their table in the README."""
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(HEADS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    README.write_text(with_table(README.read_text(encoding="utf-8"), read()), encoding="utf-8")


def read():
    """Return the rows of the results as they were written; none before the first run."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_table(text, rows):
    """Return the README with the table of `rows` between its two marks."""
    return common.between(text, MARKS, table(rows), README)


def table(rows):
    """Return the results as a Markdown table."""
    lines = [HEADS.values(), ("---" if key in LEFT else "--:" for key in HEADS)]
    lines += [[str(row[key]) for key in HEADS] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())

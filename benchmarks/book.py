"""Time building the book, beside the same notebooks under the stock configuration, and beside the template's book.

``python benchmarks/book.py`` writes ``results/book.csv`` and ``results/notebooks.csv``, all from one run;
``python benchmarks/book.py --texts`` writes ``results/texts.csv``: a book of 4 and of 40 texts.
"""

import argparse
import csv
import gzip
import json
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path

import common
import synthetic
import yaml

KINDS = ("cold", "no change", "one chapter", "a word of prose", "a row of data", "no chapter")
"""The builds: from nothing; of what is there already; after a change in a code cell, in a sentence, in a row of
``claims.csv``; after a notebook was added that is not in the table of contents."""
STOCK_COMMAND = Path(sys.executable).with_name("jupyter-book")
EXECUTED = re.compile(r"^\s+(\S+) … (executed|read|failed) in ([0-9.]+) s", re.M)
STOCK = re.compile(r"(\S+?)(?:\.ipynb)?: Executed notebook in ([0-9.]+) seconds")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def checkout(target: Path) -> Path:
    """Copy what the book is built from, less what was built.

    Of the chapter that charts what is measured here the title stays: without its page, links to it would lead nowhere.
    """
    built = ("_build", ".git", ".venv", "__pycache__", "tests", "*.egg-info", ".*_cache")
    shutil.copytree(common.ROOT, target, ignore=shutil.ignore_patterns(*built, "results"))
    charts = target / "chapters" / "use" / "scale.ipynb"
    content = json.loads(charts.read_text(encoding="utf-8"))
    content["cells"] = content["cells"][:1]
    charts.write_text(json.dumps(content), encoding="utf-8")
    return target


def build(source: Path, limit: float) -> common.Measured:
    """Build the book of a checkout, with its own package."""
    environment = common.environment(PYTHONPATH=str(source), CLAIMBOOK_TEXTS="")
    return common.measure(
        [sys.executable, "-m", "claimbook.site"], cwd=source, env=environment, limit_seconds=limit, limit_mb=8000
    )


def stock_build(source: Path, package: Path, limit: float, force: bool = False) -> common.Measured:
    """Build a folder with jupyter-book alone; with `force` all notebooks run, as they must after data have changed."""
    path = source / "_config.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["execute"]["execute_notebooks"] = "force" if force else "cache"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    environment = common.environment(PYTHONPATH=str(package), CLAIMBOOK_DATA=str(package / "data"), CLAIMBOOK_TEXTS="")
    return common.measure([STOCK_COMMAND, "build", source], env=environment, limit_seconds=limit, limit_mb=8000)


def stock_source(book: Path, target: Path) -> Path:
    """Write the notebooks of a book with the configuration that ``jupyter-book create`` writes."""
    template(target)
    for path in target.iterdir():
        if path.suffix in (".md", ".ipynb"):
            path.unlink()
    shutil.copytree(book / "chapters", target / "chapters")
    shutil.copytree(book / "data", target / "data")
    for name in ("index.md", "_toc.yml"):
        shutil.copy(book / name, target / name)
    # The one departure: without its bibliography the book's citations would not be set at all.
    config = yaml.safe_load((target / "_config.yml").read_text(encoding="utf-8"))
    config["bibtex_bibfiles"] = ["data/references.bib"]
    (target / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return target


def template(target: Path) -> Path:
    """Write the book that ``jupyter-book create`` writes."""
    made = common.measure([STOCK_COMMAND, "create", target], env=common.environment())
    if made.status != "ok":
        sys.exit(made.output)
    return target


def change(book: Path, kind: str) -> None:
    """Make the change that a kind of build is about: in a cell, in a sentence, or in a row of data."""
    if kind == "one chapter":
        with_cell(chapter(book), "code", "\n# changed")
    elif kind == "a word of prose":
        with_cell(chapter(book), "markdown", " Changed.")
    elif kind == "a row of data":
        path = book / "data" / "claims.csv"
        with path.open(encoding="utf-8", newline="") as file:
            first, *rows = csv.DictReader(file)
        first["note"] += " Changed."
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(first), lineterminator="\n")
            writer.writeheader()
            writer.writerows([first, *rows])
    elif kind == "no chapter":
        shutil.copy(chapter(book), book / "chapters" / "aside.ipynb")


def chapter(book: Path) -> Path:
    """Return the chapter that is changed."""
    own = book / "chapters" / "texts" / "wnd-2001.ipynb"
    return own if own.exists() else book / "notebooks.ipynb"


def with_cell(notebook: Path, kind: str, words: str) -> None:
    """Add words to the last cell of a kind."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = [cell for cell in content["cells"] if cell["cell_type"] == kind][-1]
    cell["source"] = ["".join(cell["source"]) + words]
    notebook.write_text(json.dumps(content), encoding="utf-8")


def opened(notebook: str, words: str) -> str:
    """Begin the first paragraph of a chapter with words of its own: no two pages may describe themselves alike."""
    content = json.loads(notebook)
    prose = (cell for cell in content["cells"] if cell["cell_type"] == "markdown")
    cell = next(cell for cell in prose if not "".join(cell["source"]).startswith("#"))
    cell["source"] = [words, *cell["source"]]
    return json.dumps(content)


def heaviest(book: Path) -> dict:
    """Return the page whose HTML weighs most on the wire, with its kilobytes; both are empty without a book."""
    sizes = {page.relative_to(book).as_posix(): len(gzip.compress(page.read_bytes())) for page in book.rglob("*.html")}
    page = max(sizes, key=sizes.get, default="")
    return {"heaviest_page": page, "heaviest_kb": round(sizes[page] / 1000) if page else ""}


def row(book: str, kind: str, run: common.Measured, executed: list) -> dict:
    """Return a line of the results and print it."""
    found = {
        "book": book,
        "build": kind,
        "status": run.status,
        "seconds": round(run.seconds, 2),
        "cpu_seconds": round(run.cpu_seconds, 2),
        "peak_mb": round(run.peak_mb),
        "notebooks_run": len(executed),
    }
    print(*found.values(), flush=True)
    if run.status != "ok":
        print(run.output[-3000:], file=sys.stderr)
    return found


def own(run: common.Measured) -> list[tuple[str, float]]:
    """Return the notebooks that a build of ours ran, with seconds."""
    return [(name, float(s)) for name, what, s in EXECUTED.findall(run.output) if what == "executed" and "/" in name]


def stocks(run: common.Measured) -> list[tuple[str, float]]:
    """Return the notebooks that a stock build ran, with seconds."""
    return [(Path(name).name, float(s)) for name, s in STOCK.findall(COLOURS.sub("", run.output))]


def kinds(book: str, quick: bool) -> tuple[str, ...]:
    """Return the builds that are measured of a book, in order: each begins where the one before ended."""
    if quick and book != "this book":
        return ("cold",)
    return ("cold", "no change", "one chapter") if book == "template" else KINDS


def own_texts(source: Path, chapters: list[dict]) -> bool:
    """Tell whether chapters of a book are those of its texts, which are named after them."""
    with (source / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["source_id"] for row in csv.DictReader(file)}
    return {Path(chapter["file"]).name for chapter in chapters} <= texts


def builds(folder: Path, quick: bool, limit: float) -> None:
    """Measure this book, the same notebooks under the stock configuration, and the template, in one run."""
    source = checkout(folder / "book")
    stock = stock_source(source, folder / "stock")
    plain = template(folder / "template")
    books = {"this book": source, "stock configuration": stock, "template": plain}
    rows, notebooks = [], []
    for kind in KINDS:  # all books by turns: on a shared machine the pace changes within minutes, and ratios with it
        for book, path in books.items():
            if kind not in kinds(book, quick):
                continue
            change(path, kind)
            if book == "this book":
                run = build(path, limit)
            else:
                run = stock_build(path, source, limit, force=kind == "a row of data")
            executed = own(run) if book == "this book" else stocks(run)
            rows.append(row(book, kind, run, executed))
            if kind == "cold":
                notebooks += [{"book": book, "notebook": Path(n).name, "seconds": s} for n, s in executed]
    common.write("book", sorted(rows, key=lambda found: [*books].index(found["book"])))
    common.write("notebooks", notebooks)


def repeated(source: Path, factor: int) -> list[str]:
    """Give a book `factor` times its texts, each with a chapter of its own; return the chapters of texts."""
    data = source / "data"
    data.rename(source / "one")
    synthetic.repeat(source / "one", data, factor)
    shutil.rmtree(source / "one")
    toc = yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))
    chapters = next(part["chapters"] for part in toc["parts"] if own_texts(source, part["chapters"]))
    for chapter in list(chapters):
        path = source / f"{chapter['file']}.ipynb"
        content = path.read_text(encoding="utf-8")
        for copy in range(1, factor):
            fresh = path.with_stem(f"{path.stem}-r{copy}")
            fresh.write_text(opened(content.replace(path.stem, fresh.stem), f"Text {copy}: "), encoding="utf-8")
            chapters.append({"file": fresh.relative_to(source).with_suffix("").as_posix()})
    (source / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")
    return [chapter["file"] for chapter in chapters]


def texts(folder: Path, quick: bool, limit: float) -> None:
    """Measure books of 4 and 40 text chapters over a ledger of as many texts."""
    rows = []
    for factor in (1, 2) if quick else (1, 10):
        source = checkout(folder / f"texts-{factor}")
        chapters = repeated(source, factor)
        run = build(source, limit)
        executed = own(run)
        names = {Path(chapter).name for chapter in chapters}
        found = row(f"{len(chapters)} texts", "cold", run, executed)
        of_texts = [s for n, s in executed if Path(n).name in names]
        rows.append(
            {
                "texts": len(chapters),
                **{key: value for key, value in found.items() if key not in ("book", "build")},
                "text_chapters_seconds": round(sum(of_texts), 2),
                "text_chapters_run": len(of_texts),
                **heaviest(source / "_build" / "html"),
            }
        )
    common.write("texts", rows)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="stock builds cold only; with --texts, 4 and 8 texts")
    parser.add_argument("--texts", action="store_true", help="a book of 4 and of 40 texts")
    parser.add_argument("--limit-seconds", type=float, default=1800, help="time after which a build is stopped")
    options = parser.parse_args()
    if not entry_points(group="myst_nb.mime_renderers", name="claimbook"):
        sys.exit("the book's renderer is not installed here: pip install --no-deps -e .")
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="book-") as temporary:
        part = texts if options.texts else builds
        part(Path(temporary), options.quick, options.limit_seconds)
    common.note_machine("texts" if options.texts else "book", busy)


if __name__ == "__main__":
    main()

"""The build command on small real books: what runs again, what is kept, what a failure or an interruption leaves."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from files import contents
from folder import Folder
from places import ROOT
from signals import heeding
from small_book import begin, command, executed, run, run_apart, write_notebook

from claimbook.site import build as building
from claimbook.site import cache_key
from claimbook.site.build import aside, main, recover, replaceable, swap
from claimbook.site.launch import FORMS, NO_FORM

FORM = "Reply as a person or body named"
CHART = """from IPython.display import display
meta = {"id": "one", "title": "T", "caption": "C", "alt": "A", "source": "S", "columns": ["a"], "rows": [[1]]}
figure = {"data": [{"type": "bar", "y": [1]}], "layout": {"meta": {"claimbook": meta}}}
display({"application/vnd.plotly.v1+json": figure, "text/plain": "figure"}, raw=True)"""
CONTROL = """from IPython.display import display
facets = {"id": "f", "label": "F", "noun": "rows", "facets": [{"name": "k", "label": "K", "options": [["a", "A"]]}]}
facets["rows"] = [{"id": "r", "facets": {"k": ["a"]}, "html": "<p>row</p>"}]
view = {"version_major": 2, "version_minor": 0, "model_id": "0"}
display({"application/vnd.claimbook.facets+json": facets, "application/vnd.jupyter.widget-view+json": view},
        raw=True)"""


BESIDE = {"around", "built", "cache", "doctrees", "ipython", "kept", "lock", "raw"}


def note(book, name, code, lead=None):
    write_notebook(book, name, f"# Page {name}\n\n{lead or f'The lead of {name}. And more.'}", b=code)


def text_of(page):
    return " ".join(BeautifulSoup(page, "html.parser").text.split())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small book, built."""
    book = begin(tmp_path_factory.mktemp("built") / "book", "a", "b")
    (book / "data" / "a.csv").write_text("a\n")
    note(book, "a", CHART, lead=f"A lead. And more.\n\n**Try:** something.\n\n1. Use *{FORM}*. Then wait.")
    note(book, "b", CONTROL)
    assert executed(run_apart(book)) == {"chapters/a", "chapters/b"}
    return book


@pytest.fixture
def book(built, tmp_path):
    """A copy of the built book that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "book"))


def test_pages_are_finished_and_hold_chart_and_control(built):
    html = built / "_build" / "html"
    page = (html / "chapters" / "a.html").read_text(encoding="utf-8")
    assert 'id="chart-one"' in page
    assert "Content-Security-Policy" in page
    assert '<meta content="A lead." name="description"/>' in page
    assert "Try: something. Run it with make lab." in text_of(page)
    assert f"Use {FORM}. Then wait. {NO_FORM}Who replies; Claims; The reply; In your words." in text_of(page)
    assert (html / "charts" / "one.csv").read_bytes() == b"a\r\n1\r\n"
    control = (html / "chapters" / "b.html").read_text(encoding="utf-8")
    assert 'data-control="f"' in control
    assert 'type="application/vnd.jupyter' not in control
    assert 'id="key"' in (html / "index.html").read_text(encoding="utf-8")
    assert (html / "404.html").is_file()
    assert {path.name for path in (built / "_build").iterdir()} == BESIDE | {"html"}


def test_no_change_runs_nothing_and_gives_the_same_bytes(book):
    before = contents(book / "_build" / "html")
    result = run(book)
    assert executed(result) == set()
    assert "nothing has changed" in result.stdout
    assert "sphinx" not in result.stdout
    assert contents(book / "_build" / "html") == before


def test_pages_that_were_changed_by_hand_are_written_anew(book, built):
    (book / "_build" / "html" / "chapters" / "a.html").write_text("spoiled")
    (book / "_build" / "html" / "charts" / "one.csv").unlink()
    result = run(book)
    assert executed(result) == set()
    assert "nothing has changed" not in result.stdout
    assert contents(book / "_build" / "html") == contents(built / "_build" / "html")


def test_a_notebook_that_is_no_page_changes_nothing_unless_a_page_names_it(book):
    """One that an author tries something out in, or that Jupyter has begun as Untitled.ipynb."""
    run(book)  # it was copied
    note(book, "aside", "1 / 0")
    assert "nothing has changed" in run(book).stdout
    (book / "index.md").write_text((book / "index.md").read_text() + "\n{download}`x <chapters/aside.ipynb>`\n")
    named = building.inputs(book)  # by which a build knows whether anything has changed
    note(book, "aside", "2 / 0")
    assert building.inputs(book) != named


def test_what_pages_come_from_is_told_apart(tmp_path, monkeypatch):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    for name in ("chapters", "_build", ".git", "env"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text("1")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    states = [building.inputs(tmp_path)]
    for name in ("_build", ".git", "env"):
        (tmp_path / name / "a").write_text("2")
    monkeypatch.setenv("CLAIMBOOK_DATA", "elsewhere")
    assert building.inputs(tmp_path) == states[0]
    (tmp_path / "chapters" / "a").write_text("2")
    states.append(building.inputs(tmp_path))
    (tmp_path / FORMS).mkdir(parents=True)
    (tmp_path / FORMS / "a.yml").write_text("name: A\n")
    states.append(building.inputs(tmp_path))
    monkeypatch.setenv("CLAIMBOOK_REPOSITORY", "https://github.com/OWNER/NAME")
    states.append(building.inputs(tmp_path))
    (tmp_path / ".site" / "sphinx-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / ".site")
    states.append(building.inputs(tmp_path))
    assert len(set(states)) == len(states)


BARE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}


@pytest.mark.parametrize(
    ("name", "variables", "dots"),
    [
        ("My Books #1", {"TZ": "America/St_Johns"}, "…"),
        pytest.param("100% sure", {"TZ": "Pacific/Kiritimati"} | BARE, r"\u2026", marks=pytest.mark.thorough),
    ],
)
def test_a_changed_cell_runs_its_notebook_alone_wherever_the_book_lies(built, tmp_path, name, variables, dots):
    """In a folder of any name, in any time zone, with neither a home nor a locale."""
    book = Path(shutil.copytree(built, tmp_path / name))
    note(book, "b", "print('new words…')")
    (tmp_path / "file").touch()  # nothing can be written below it, not even by root
    result = run_apart(book, HOME=str(tmp_path / "file"), **variables)
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.findall(rf"(\S+) {re.escape(dots)} executed", result.stdout) == ["chapters/b"]
    assert "new words…" in (book / "_build" / "html" / "chapters" / "b.html").read_text(encoding="utf-8")
    address = result.stdout.splitlines()[-1]
    assert address.startswith("file:///")
    assert " " not in address
    assert Path(url2pathname(urlsplit(address).path)) == book / "_build" / "html" / "index.html"
    assert urlsplit(address).fragment == ""


def test_what_notebooks_compute_from_runs_all_and_prunes_the_cache(book, built):
    before = cache_key(book)
    (book / "data" / "b.csv").write_text("b\n")
    assert cache_key(book) != before
    (book / "data" / "b.csv").unlink()
    # The package counts as well, and here it is the book's own.
    with (book / "claimbook" / "view" / "mime.py").open("a") as file:
        file.write("\n")
    assert executed(run_apart(book)) == {"chapters/a", "chapters/b"}
    assert len(list((book / "_build" / "cache").iterdir())) == 1
    assert contents(book / "_build" / "html") == contents(built / "_build" / "html")


@pytest.mark.thorough
def test_a_change_of_the_site_renders_all_and_runs_nothing(book):
    chart = book / "claimbook" / "site" / "templates" / "chart.html"
    chart.write_text(chart.read_text(encoding="utf-8").replace("Source: ", "Sources: "), encoding="utf-8")
    style = book / "claimbook" / "site" / "static" / "claimbook.css"
    style.write_text(style.read_text(encoding="utf-8") + "\nbody { tab-size: 7 }\n", encoding="utf-8")
    (book / "benchmarks" / "results").mkdir(parents=True)
    (book / "benchmarks" / "results" / "pages.csv").write_text("page\n")
    assert executed(run_apart(book, CLAIMBOOK_REPOSITORY="https://github.com/OWNER/NAME")) == set()
    page = (book / "_build" / "html" / "chapters" / "a.html").read_text(encoding="utf-8")
    assert "Sources: S" in page
    assert "Try: something. Open in Binder" in text_of(page)
    assert "https://mybinder.org/v2/gh/OWNER/NAME/main?urlpath=lab/tree/chapters/a.ipynb" in page
    assert f"Use {FORM}. Then wait." in text_of(page)
    assert NO_FORM.split(":")[0] not in text_of(page)
    link = BeautifulSoup(page, "html.parser").find(
        "a", href="https://github.com/OWNER/NAME/issues/new?template=reply.yml"
    )
    assert link.get_text() == FORM
    assert "tab-size: 7" in (book / "_build" / "html" / "_static" / "book.css").read_text(encoding="utf-8")


def test_everything_wrong_is_told_at_once_and_the_old_book_stays(book):
    before = contents(book / "_build" / "html")
    flawed = CHART.replace('"alt": "A"', '"alt": ""')
    note(book, "a", flawed, lead="A lead to [nowhere](#nothing).")
    note(book, "b", "1 / 0")
    result = run(book)
    assert result.returncode == 1
    assert re.search(r"chapters/a\.ipynb.*chart 'one' in cell 2: no alt", result.stderr)
    assert "'nothing'" in result.stderr
    assert "chapters/b … failed" in result.stdout
    assert "chapters/b.ipynb: WARNING" in result.stderr
    assert "1 / 0" in result.stderr
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert contents(book / "_build" / "html") == before
    again = run(book)
    assert again.returncode == 1
    assert "'nothing'" in again.stderr


def test_an_old_address_must_lead_to_a_page_of_the_book(book):
    config = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    config.setdefault("sphinx", {}).setdefault("config", {})["claimbook_moved"] = {
        "old": "chapters/a",
        "gone": "no/page",
    }
    (book / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    result = run(book)
    assert result.returncode == 1
    told = [line for line in result.stderr.splitlines() if "claimbook_moved" in line]
    assert [line.partition("WARNING: ")[2] for line in told] == [
        "_config.yml: claimbook_moved: gone leads to no/page, which is no page of the book"
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SIGINT", 130),
        pytest.param("SIGTERM", 130, marks=pytest.mark.thorough),
        pytest.param("SIGKILL", -9, marks=pytest.mark.thorough),
    ],
)
def test_an_interrupted_build_leaves_the_old_book_and_keeps_what_was_executed(book, name, code):
    before = contents(book / "_build" / "html")
    running = book / "running"
    note(book, "a", "print('first words')")
    note(book, "b", f"import pathlib, time\npathlib.Path({str(running)!r}).touch()\ntime.sleep(100)")
    call = command(book)
    call["args"] = heeding(*call["args"])
    told = book / "told"
    with told.open("w") as out, subprocess.Popen(**call, stdout=out, stderr=subprocess.PIPE) as build:
        while not (running.exists() and "chapters/a … executed" in told.read_text(encoding="utf-8")):
            assert build.poll() is None, build.stderr.read()
            time.sleep(0.1)
        build.send_signal(getattr(signal, name))
        said = build.communicate()[1]
    assert build.returncode == code
    if name != "SIGKILL":
        assert said == "error: interrupted; what was executed is kept, and the previous book is untouched\n"
    assert contents(book / "_build" / "html") == before
    if name == "SIGTERM":  # after which a build goes on as after SIGINT
        return
    note(book, "b", "print('new words')")
    assert executed(run(book)) == {"chapters/b"}
    for chapter, words in (("a", "first words"), ("b", "new words")):
        assert words in (book / "_build" / "html" / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_what_a_stopped_build_left_torn_is_executed_again(book):
    [cache] = (book / "_build" / "cache").iterdir()
    kept = {path: nbformat.reads(path.read_text(encoding="utf-8"), 4) for path in cache.glob("executed/*/base.ipynb")}
    chart, control = sorted(kept, key=lambda path: "facets" in kept[path].cells[0].source)

    def again():
        (book / "_build" / "unfinished").touch()
        (book / "_build" / "built").unlink()
        return executed(run(book))

    assert again() == set()
    control.write_text(control.read_text(encoding="utf-8")[:-50], encoding="utf-8")
    shutil.rmtree(chart.parent)
    assert again() == {"chapters/a", "chapters/b"}
    (cache / "global.db").write_bytes(b"torn")
    assert again() == {"chapters/a", "chapters/b"}


def test_a_swap_stopped_anywhere_leaves_a_whole_book(tmp_path, monkeypatch):
    out = tmp_path / "html"
    for point in range(3):
        shutil.rmtree(out, ignore_errors=True)
        for name in ("html", "raw"):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "index.html").write_text(name)
        renames = iter(range(3))
        rename = Path.rename

        def stop(path, target, point=point, renames=renames, rename=rename):
            if next(renames) == point:
                raise KeyboardInterrupt
            return rename(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", stop)
            try:
                swap(tmp_path / "raw", out)
            except KeyboardInterrupt:
                assert point < 2
        recover(out)
        assert (out / "index.html").read_text() == ("html" if point < 2 else "raw")
        assert not aside(out).exists()


@pytest.mark.parametrize("at", ["run_sphinx", "finish", "swap"])
def test_a_build_stopped_in_any_stage_leaves_the_old_book(tmp_path, monkeypatch, capsys, at):
    out = tmp_path / "_build" / "html"
    out.mkdir(parents=True)
    for name in ("index.html", "objects.inv"):
        (out / name).write_text("old")
    (tmp_path / "_config.yml").touch()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    raw = tmp_path / "_build" / "raw"

    def sphinx(source, target, doctrees, cache, cited):
        target.mkdir(parents=True)
        (target / "index.html").write_text("new")
        return 0

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "run_sphinx", sphinx)
    monkeypatch.setattr(building, "finish", lambda raw, fresh, kept, found, claims: shutil.copytree(raw, fresh))
    monkeypatch.setattr(building, "set_environment", lambda source, work: None)
    monkeypatch.setattr(building.kernels, "prepare", lambda *modules: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with monkeypatch.context() as patch:
        patch.setattr(building, at, stop)
        assert building.main(["--source", str(tmp_path)]) == 130
    assert "the previous book is untouched" in capsys.readouterr().err
    assert (out / "index.html").read_text() == "old"
    assert not raw.exists()
    assert building.main(["--source", str(tmp_path)]) == 0
    assert (out / "index.html").read_text() == "new"


@pytest.mark.thorough
def test_another_folder_and_another_hash_seed_give_the_same_bytes(built, tmp_path):
    book = tmp_path / "elsewhere" / "of the same book"
    shutil.copytree(built, book, ignore=shutil.ignore_patterns("_build"))
    call = command(book)
    call["env"]["PYTHONHASHSEED"] = "7"
    result = subprocess.run(**call, capture_output=True, check=False, timeout=300)
    assert executed(result) == {"chapters/a", "chapters/b"}
    assert contents(book / "_build" / "html") == contents(built / "_build" / "html")


def test_only_a_book_may_be_replaced(tmp_path):
    assert replaceable(tmp_path / "new")
    assert replaceable(tmp_path)
    (tmp_path / "thesis.txt").touch()
    assert not replaceable(tmp_path)
    result = subprocess.run(
        [sys.executable, "-m", "claimbook.site", "--source", ROOT, "--out", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert f"{tmp_path} is not empty and no built book" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_published_address_that_is_none_stops_the_build_at_once(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    monkeypatch.delenv("CLAIMBOOK_BASEURL", raising=False)
    (tmp_path / "_config.yml").write_text("html:\n  baseurl: nowhere\n")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    assert main(["--source", str(tmp_path)]) == 1
    assert "nowhere: must be an http(s) address" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"_config.yml", "_toc.yml"}


@pytest.mark.parametrize("toc", ["", "root: [", "format: jb-book\nroot: index\nchapters: 1\n"])
def test_contents_that_cannot_be_read_stop_the_build_at_once(tmp_path, capsys, toc):
    (tmp_path / "_config.yml").touch()
    (tmp_path / "_toc.yml").write_text(toc)
    assert main(["--source", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("error: _toc.yml: ")
    assert {path.name for path in tmp_path.iterdir()} == {"_config.yml", "_toc.yml"}


def test_notebooks_run_again_when_the_published_address_changes(tmp_path, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    monkeypatch.delenv("CLAIMBOOK_BASEURL", raising=False)
    nowhere = cache_key(tmp_path)
    monkeypatch.setenv("CLAIMBOOK_BASEURL", "https://a.example/")
    assert cache_key(tmp_path) != nowhere


RUN = """from pathlib import Path
from claimbook.site import execute, kernels
book = Path.cwd()
kernels.prepare("claimbook.site.warm")
found = execute.waiting([book / "chapters" / f"{name}.ipynb" for name in "ab"], book / "kept")
execute.execute(found, book / "kept", book, timeout=60, at_once=1)
print(*(notebook.cells[1].outputs[0].text.strip() for notebook in found.values()), sep="\\n")"""


def test_what_one_notebook_does_never_reaches_another(book):
    """Kernels come from one process: modules, tables of the ledger, settings and the folder are each notebook's own."""
    (book / "ledger").mkdir()
    data = Folder(book / "ledger" / "data")
    spoil = """import os, pandas, plotly.io
from claimbook.model import ledger
small = ledger.load()
small.claims.loc[:, "statement"] = "spoiled"
pandas.set_option("display.max_rows", 1)
plotly.io.templates.default = "plotly_dark"
os.environ["SPOILED"] = "yes"
os.chdir("/")
ledger.spoiled = True
print((ledger.load().claims["statement"] == "spoiled").sum(), "spoiled when loaded again")"""
    look = """import os, pandas, plotly.io
from claimbook.model import ledger
print((ledger.load().claims["statement"] == "spoiled").sum(), "spoiled,", pandas.get_option("display.max_rows") > 1,
      plotly.io.templates.default, os.environ.get("SPOILED"), os.path.basename(os.getcwd()),
      hasattr(ledger, "spoiled"))"""
    note(book, "a", spoil)
    note(book, "b", look)
    call = command(book, CLAIMBOOK_DATA=str(data.path))
    call["args"] = [sys.executable, "-c", RUN]
    assert subprocess.run(**call, capture_output=True, check=True).stdout.splitlines()[-2:] == [
        "0 spoiled when loaded again",
        "0 spoiled, True plotly None chapters False",
    ]


@pytest.mark.thorough
def test_where_no_process_can_be_forked_kernels_are_ordinary_and_the_book_is_the_same(book, built):
    """As on Windows and macOS."""
    shutil.rmtree(book / "_build")
    call = command(book, PYTHONHASHSEED="0")
    start = (
        "from claimbook.site import build, kernels; kernels.can_fork = lambda: False; raise SystemExit(build.main([]))"
    )
    call["args"] = [sys.executable, "-c", start]
    assert executed(subprocess.run(**call, capture_output=True, check=False, timeout=300)) == {
        "chapters/a",
        "chapters/b",
    }
    assert contents(book / "_build" / "html") == contents(built / "_build" / "html")


def test_a_page_shows_what_has_changed_in_others(book, tmp_path):
    """A title stands beside every page, a heading in links to it: each build is that of a book begun anew."""
    anew = tmp_path / "anew"
    (book / "index.md").write_text(
        "# Book\n\nThe finding {cite}`key`, first. See [](#a-heading). And more.\n\n```{bibliography}\n```\n"
    )

    def same():
        assert run(book).returncode == 0
        shutil.rmtree(anew, ignore_errors=True)
        shutil.copytree(book, anew, ignore=shutil.ignore_patterns("_build"))
        shutil.copytree(book / "_build" / "cache", anew / "_build" / "cache")  # what notebooks give is not asked here
        assert run(anew).returncode == 0
        assert contents(book / "_build" / "html") == contents(anew / "_build" / "html")

    note(book, "a", CHART, lead="A lead. And more.\n\n(a-heading)=\n## A heading\n\nWords.")
    run(book)
    # The heading that the first page names; a source that was put back and is older than its page.
    note(book, "a", CHART, lead="A lead. And more.\n\n(a-heading)=\n## Another heading\n\nWords.")
    note(book, "b", CONTROL, lead="What was found. And more.")
    source, page = book / "chapters" / "b.ipynb", book / "_build" / "html" / "chapters" / "b.html"
    old = page.stat().st_mtime - 100
    os.utime(source, (old, old))
    same()
    assert "What was found" in page.read_text(encoding="utf-8")
    # The title beside all pages, the chart with its table.
    write_notebook(book, "a", "# Another title\n\nA lead. And more.\n\n(a-heading)=\n## Another heading", b="1")
    same()
    assert not (book / "_build" / "html" / "charts" / "one.csv").exists()
    # A page that is gone, with what stood on it.
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: chapters/a\n")
    same()
    assert not page.exists()


def test_only_pages_that_have_changed_are_read_and_finished_again(book):
    (book / "_build" / "built").unlink()
    run(book)  # the book was copied, and in another folder Sphinx reads all
    pages = {path.name: path.stat().st_mtime_ns for path in (book / "_build" / "kept").iterdir()}
    note(book, "b", CONTROL, lead="Other words. And more.")
    result = run(book)
    assert executed(result) == set()
    assert re.findall(r"(\S+) … read", result.stdout) == ["chapters/b"]
    after = {path.name: path.stat().st_mtime_ns for path in (book / "_build" / "kept").iterdir()}
    assert len(after) == len(pages)
    assert len(after.items() - pages.items()) == 1

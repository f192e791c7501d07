"""Build the book: run Sphinx, finish its pages, and put the result in place of the old book."""

import argparse
import asyncio
import contextlib
import gc
import hashlib
import json
import os
import shutil
import signal
import sys
import time
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import yaml
from filelock import FileLock, Timeout

from claimbook.exchange.published import base_url, edition
from claimbook.model.settings import DATA, EXPORT, TEXTS, Settings
from claimbook.site import PACKAGE, cache_key, data_of, digests, fingerprint, kernels, publish
from claimbook.site.find import Found
from claimbook.site.finish import BookError, finish
from claimbook.site.kept import Kept
from claimbook.site.launch import FORMS

OUT = Path("_build", "html")
"""Where the book goes, from the folder of its source."""

TRACES = ("index.html", "objects.inv")  # a folder with these two is a book that may be replaced


def main(argv=None):
    """Run the command line; return the exit code.

    Parameters
    ----------
    argv : list of str, optional
        Arguments; those of the process where not given.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m claimbook.site", description=__doc__)
    parser.add_argument("--source", type=Path, default=Path("."), help="folder of the book (default: this one)")
    parser.add_argument("--out", type=Path, help="where the book goes (default: _build/html in the source)")
    parser.add_argument("--watch", action="store_true", help="show the book here and build it anew when a file changes")
    parser.add_argument("--port", type=int, default=8000, help="where --watch shows it (default: 8000; 0: any)")
    options = parser.parse_args(argv)
    source = options.source.resolve()
    out = (options.out or source / OUT).resolve()
    for name in ("_config.yml", "_toc.yml"):
        if not (source / name).is_file():
            return fail(f"no {name} in {source}")
    if source.is_relative_to(out) or not replaceable(out):
        return fail(f"{out} is not empty and no built book: it will not be overwritten")
    try:
        base_url(data_of(source))
    except ValueError as error:
        return fail(error)
    try:
        chapters(source)
    except Exception as error:  # of YAML, or of the parser of contents, which has one of its own
        return fail(f"_toc.yml: {error}")
    if options.watch:
        return watched(source, out, options.port)
    # An ordinary exception lets every stage clean up after itself.
    signal.signal(signal.SIGTERM, interrupt)
    # Trees of a hundred thousand elements are grown here, and none of them is garbage before its page is written.
    gc.set_threshold(200_000, 50, 50)
    try:
        with locked(source / "_build"):
            return build(source, out)
    except KeyboardInterrupt:
        return fail("interrupted; what was executed is kept, and the previous book is untouched", 130)


def fail(message, code=1):
    """Say why there is no new book and return the exit code."""
    print(f"error: {message}", file=sys.stderr)
    return code


def watched(source, out, port):
    """Show the book and build it anew when a file changes, till somebody ends it."""
    from claimbook.site.watch import watch

    try:
        asyncio.run(watch(source, out, port))
    except OSError as error:
        return fail(f"--port {port}: {error.strerror}; choose another one")
    except KeyboardInterrupt:
        return 0
    return 0


def interrupt(*_):
    """Treat a request to end like Ctrl-C."""
    raise KeyboardInterrupt


def replaceable(out):
    """Tell whether `out` may be replaced: it is missing, empty, or a built book."""
    return not out.exists() or (out.is_dir() and (not any(out.iterdir()) or all((out / t).is_file() for t in TRACES)))


@contextlib.contextmanager
def locked(work):
    """Hold the lock of the work folder, waiting for another build to end."""
    work.mkdir(exist_ok=True)
    lock = FileLock(work / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("another build of this book is running; waiting for it", flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def build(source, out):
    """Build the book of `source` into `out`; return the exit code.

    The old book stays as it is until the new one is whole, and where nothing has changed since it was built. What
    Sphinx wrote and remembers is kept as long as nothing but chapters changes, and forgotten when a build fails, so
    that every warning shows again. What is executed, found and finished is kept by what it comes from.
    """
    work = source / "_build"
    mark, state = work / "built", inputs(source)
    recover(out)
    if current(source, out, state.whole):
        print("nothing has changed since this book was built")
        print((out / "index.html").as_uri())
        return 0
    raw, doctrees, outputs, cache = (work / name for name in ("raw", "doctrees", "jupyter_execute", "cache"))
    fresh, unfinished = work / "fresh", work / "unfinished"
    kept, used = Kept(work / "kept", state.made), cache_key(source)
    set_environment(source, work)
    if unfinished.exists():  # a build was stopped, maybe while it wrote to the cache
        mend(cache)
    unfinished.touch()
    known = work / "around"
    if not (known.is_file() and known.read_text(encoding="utf-8") == state.around):
        forget(raw, doctrees)
    known.unlink(missing_ok=True)
    whole = False
    try:
        forget(outputs, fresh)
        notebooks = waiting_notebooks(source, cache / used)
        kernels.prepare(*["claimbook.site.warm"] * bool(notebooks), "claimbook.site.page")
        import_module("jupyter_book.sphinx")  # takes seconds, is needed next, and meanwhile that process starts
        found, claims, cited = known_things(source, work / "export" / used, kept, used)
        run_notebooks(source, notebooks, cache / used)
        with stage("sphinx"):
            status = run_sphinx(source, raw, doctrees, cache / used, cited)
        if status:
            unfinished.unlink()
            return fail("the book has warnings or errors, see above; the previous book is untouched")
        with stage("finishing"):
            finish(raw, fresh, kept, found, claims)
            swap(fresh, out)
        whole = True
    except (BookError, ValueError) as error:
        unfinished.unlink()
        return fail(f"{error}\nthe book is not fit to be read; the previous book is untouched")
    finally:
        forget(outputs, fresh, *(() if whole else (raw, doctrees)))
    forget(*(folder for place in (cache, work / "export") for folder in place.glob("*") if folder.name != used))
    kept.prune()
    unfinished.unlink()
    known.write_text(state.around, encoding="utf-8")
    mark.write_text(f"{state.whole} {fingerprint(out)}", encoding="utf-8")
    print((out / "index.html").as_uri())
    return 0


def current(source, out, state):
    """Tell whether the book in `out` is the one that a build made last of all that `state` is a hash of."""
    mark = source / "_build" / "built"
    return mark.is_file() and mark.read_text(encoding="utf-8") == f"{state} {fingerprint(out)}"


def known_things(source, export, kept, key):
    """Return what of the book's ledger readers find, its claims' pages, how it is cited; let chapters show an export.

    Parameters
    ----------
    source : Path
        The folder of the book.
    export : Path
        Where the export lies, or is to lie.
    kept : claimbook.site.kept.Kept
        Results of earlier builds.
    key : str
        What all that is computed of the ledger comes from.

    Returns
    -------
    found : claimbook.site.find.Found or None
        None where there is no ledger.
    claims : dict of str to str
        HTML of the page of every claim, by its path within the book.
    cited : dict of str to str
        As :func:`claimbook.site.publish.cited_as` returns it.

    Raises
    ------
    LedgerError
        If the ledger does not obey its schema.
    """
    if not (source / "data" / "datapackage.json").is_file():
        return None, {}, {}
    place = kept.place("found", key)
    if not (place.is_file() and export.is_dir()):
        with stage("export"), kernels.workers() as pool:
            found, claims, cited = pool.submit(exported, source, export).result()
            kept.write(place, [asdict(found), claims, cited])
    os.environ[EXPORT] = str(export)
    found, claims, cited = kept.read(place)
    return Found(**found), claims, cited


def exported(source, folder):
    """Export the book's ledger; return what a reader can find of it, the pages of its claims, and how it is cited."""
    from claimbook.exchange.export import export
    from claimbook.model import ledger
    from claimbook.site import claim_pages
    from claimbook.site.things import in_ledger

    book, base = ledger.load(source / "data"), base_url(data_of(source))
    cited = publish.citation(edition(book))
    found = in_ledger(book)
    forget(folder)
    export(data_of(source), folder, everything=True, base=base)
    config = configuration(source)
    facts = claim_pages.Facts(
        title=config.get("title") or book.schema["title"],
        authors=config.get("author") or "",
        **cited,
        coder=book.schema.get("coder", ""),
        base=base,
    )
    reviews = json.loads((folder / "claimreview.jsonld").read_text(encoding="utf-8"))["dataFeedElement"]
    pages = claim_pages.pages(book, facts, {one["item"]["identifier"]: one["item"] for one in reviews})
    return found, pages, cited


def waiting_notebooks(source, cache):
    """Return the notebooks of the book that are to be run before their pages are read.

    Which notebooks are run is for the configuration to say; only where results are kept is something run ahead.
    """
    # What runs notebooks takes a second to import, which no wrong argument should have to wait for.
    from claimbook.site.execute import waiting

    settings = configuration(source).get("execute") or {}
    ahead = settings.get("execute_notebooks") == "cache" and not settings.get("exclude_patterns")
    return waiting((path for path in chapters(source) if path.suffix == ".ipynb"), cache) if ahead else {}


def run_notebooks(source, notebooks, cache):
    """Run notebooks into the cache."""
    from claimbook.site.execute import execute

    if notebooks:
        with stage("notebooks"), ignore_loops():
            patience = (configuration(source).get("execute") or {}).get("timeout", 30)
            execute(notebooks, cache, source, patience, kernels.at_once())


def configuration(source):
    """Return what ``_config.yml`` in the folder `source` says."""
    return yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8")) or {}


def chapters(source):
    """Return the files of the pages in the table of contents of the book in `source`."""
    from sphinx_external_toc.parsing import parse_toc_yaml

    pages = parse_toc_yaml(source / "_toc.yml")
    found = (source / f"{page}{suffix}" for page in pages for suffix in ("", ".ipynb", ".md", ".rst"))
    return [path for path in found if path.is_file()]


class Inputs(NamedTuple):
    """Hashes of what a book's pages come from: its files, this package, settings, and what is installed.

    ``whole`` is of all that, ``around`` of all but the chapters, ``made`` of package and installation alone.
    """

    whole: str
    around: str
    made: str


def inputs(source):
    """Return the hashes of what the pages of the book in `source` come from, as :class:`Inputs`."""
    files = own_files(source)
    settings = replace(Settings.read(), data=None, texts=None, export=None)  # which a build sets itself
    known, made = digests(*files, source / FORMS, without=asides(source, files)), made_with()
    pages = {*chapters(source)}
    around = {file: digest for file, digest in known.items() if file not in pages}

    def named(files):
        return hashlib.sha256("\0".join([*files.values(), made, repr(settings)]).encode()).hexdigest()[:16]

    return Inputs(named(known), named(around), made)


def own_files(source):
    """Return the files and folders at the top of a book, less what is generated, hidden or an environment."""
    found = (path for path in sorted(source.iterdir()) if path.name not in ("_build", "build", "dist"))
    return [path for path in found if not path.name.startswith(".") and not (path / "pyvenv.cfg").exists()]


def asides(source, files):
    """Return the notebooks among files and folders of a book that are no page of it, and that no page names."""
    pages = chapters(source)
    told = "".join(path.read_text(encoding="utf-8") for path in pages)
    notebooks = (path for top in files for path in ([top] if top.is_file() else top.rglob("*.ipynb")))
    return [p for p in notebooks if p.suffix == ".ipynb" and p not in pages and p.name not in told]


def made_with():
    """Return a hash of what makes a book: this package, Python, and the packages that are installed."""
    installed = sorted(info.name for place in dict.fromkeys(sys.path) for info in Path(place).glob("*.dist-info"))
    return hashlib.sha256("\0".join([fingerprint(PACKAGE), sys.version, *installed]).encode()).hexdigest()[:16]


def set_environment(source, work):
    """Let kernels read this book's data, and no settings or start-up files of the person who builds."""
    settings = work / "ipython" / "profile_default" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        "c.IPKernelApp.log_level = 50\nc.HistoryManager.enabled = False\nc.InteractiveShell.colors = 'nocolor'\n",
        encoding="utf-8",
    )
    os.environ["IPYTHONDIR"] = str(work / "ipython")
    os.environ[DATA] = str(source / "data")
    os.environ[TEXTS] = ""  # what a chapter shows of a reader's copies is for the reader alone
    # The cache of notebooks notes the time in UTC and takes it for local time.
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()


@contextlib.contextmanager
def stage(name):
    """Announce a stage and say how long it took."""
    started = time.monotonic()
    print(f"{name} …", flush=True)
    yield
    print(f"{name} took {time.monotonic() - started:.1f} s", flush=True)


def forget(*folders):
    """Remove folders, existing or not."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def mend(cache):
    """Drop from the caches in the folder `cache` each notebook that is not whole, and a cache that cannot be read."""
    from jupyter_cache import get_cache
    from jupyter_cache.cache.db import NbCacheRecord

    for folder in cache.glob("*"):
        try:
            known = get_cache(folder)
            for record in known.list_cache_records():
                if not whole(known, record):
                    NbCacheRecord.remove_record(record.pk, known.db)
                    forget(folder / "executed" / record.hashkey)
        except Exception:  # whatever is wrong with its database: all that it holds can be executed again
            forget(folder)


def whole(cache, record):
    """Tell whether a notebook of a cache is there as it was executed."""
    try:
        notebook = cache.get_cache_bundle(record.pk).nb
    except (OSError, KeyError, ValueError):
        return False
    return cache.create_hashed_notebook(notebook)[1] == record.hashkey


def ignore_loops():
    """Return a context in which no event loop takes over signals.

    nbclient gives Ctrl-C to its loop, where it ends the kernel and no more: the build would go on with a notebook
    that failed. Where a loop cannot take a signal, nbclient leaves it to the process.
    """
    return mock.patch.object(asyncio.SelectorEventLoop, "add_signal_handler", side_effect=RuntimeError)


def run_sphinx(source, raw, doctrees, cache, cited):
    """Run Sphinx as Jupyter Book configures it; return non-zero where anything was wrong."""
    # Sphinx and Jupyter Book take seconds to import, which no wrong argument should have to wait for.
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    if not sys.stderr.isatty():
        nocolor()
    with ignore_loops():
        result = build_sphinx(
            source,
            raw,
            noconfig=True,
            path_config=source / "_config.yml",
            confoverrides={
                "external_toc_path": str(source / "_toc.yml"),
                "latex_individualpages": False,
                "nitpicky": True,
                "claimbook_progress": True,
                "claimbook_cache": str(cache),
                "claimbook_cited": cited,
                # Warnings fail the build anyway; going on shows the failing cells of all notebooks at once.
                "nb_execution_raise_on_error": False,
            },
            doctreedir=doctrees,
            freshenv=False,
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if isinstance(result, KeyboardInterrupt):
        raise result
    return result


def recover(out):
    """Put the old book back where a build was stopped between the two renames of a swap."""
    old = aside(out)
    if old.exists():
        if out.exists():
            forget(old)
        else:
            old.rename(out)


def swap(new, out):
    """Put the book `new` in the place of `out` with two renames."""
    near = out.with_name(f".{out.name}.new")
    forget(near)
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, near)  # a rename, or a copy where `out` lies on another disk
    old = aside(out)
    if out.exists():
        out.rename(old)
    near.rename(out)
    forget(old)


def aside(out):
    """Return where the old book waits during a swap."""
    return out.with_name(f".{out.name}.old")

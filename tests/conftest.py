import gc
import os
import re
import shutil
import sys
from pathlib import Path

import engines
import pytest
from browser import FLAGS, NAMES, installed
from folder import Folder
from places import FIXTURES
from playwright.sync_api import sync_playwright
from xdist.scheduler import LoadScopeScheduling

from claimbook.model.records import ENGINES

# What somebody builds their own book with is not what the tests are about; their copies of the texts are.
for name in [name for name in os.environ if name.startswith("CLAIMBOOK_") and name != "CLAIMBOOK_TEXTS"]:
    del os.environ[name]

# No test asks jsonschema for formats of addresses, whose grammar takes a second to compile in each worker.
sys.modules["rfc3987_syntax"] = None

KERNELS = {
    *("test_build", "test_lab", "test_own_book", "test_readers_chapter", "test_small_builds", "test_workbench_lab"),
}
"""Test files that start kernels of their own: many at once stall now and then, so one worker runs them all."""


def unit(nodeid):
    """Return what a test must share a worker with: a visit of a page, the kernels, or the rest of its file."""
    file, _, test = nodeid.partition("::")
    if Path(file).stem in KERNELS:
        return "kernels"
    page = re.search(r"\[([\w/.-]+\.html)\]$", test)
    return f"{file}[{page[1]}]" if page else file


class ByUnit(LoadScopeScheduling):
    """Give each worker a whole unit at a time."""

    def _split_scope(self, nodeid):
        return unit(nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Share out the tests by our own units.

    The groups of xdist would say the same, but they do nothing under a pytest that keeps no ``_nodeid``: each worker
    then builds its own book and visits its own pages.
    """
    return ByUnit(config, log)


def pytest_collection_modifyitems(items):
    """Put the kernels first, because they take longest, and last the visits, which even out what is left."""
    items.sort(key=lambda item: (unit(item.nodeid) != "kernels", "[" in unit(item.nodeid)))


def pytest_collection_finish():
    """Keep the thousands of tests and all that was imported for them out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)  # the copies at hand are of the real texts
    return Folder(tmp_path / "data")


@pytest.fixture
def texts(tmp_path):
    return Path(shutil.copytree(FIXTURES / "texts", tmp_path / "texts"))


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request):
    """Name an engine for records, and run it while the tests of a file use it."""
    if why := engines.reason(request.param):
        pytest.skip(why)
    with engines.running(request.param):
        yield request.param


# Not for the whole session: while Playwright runs, its event loop keeps tests of other files from starting their own.
@pytest.fixture(scope="module")
def browser():
    path = installed()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"none of {', '.join(NAMES)} is on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()

import os
import subprocess
import sys

import pytest
from browser import DESK, Visit, served
from places import ROOT
from this_book import BOOK

from claimbook.site.build import locked


@pytest.fixture(scope="session")
def records():
    """Return the records of the book, which no test may change in place."""
    return BOOK.records


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """Build the book of this checkout beside the one of its owner, once for all workers; return its pages' folder."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "book"
    out, log = shared / "html", shared / "log"
    with locked(shared):
        if not log.exists():
            build = subprocess.run(
                [sys.executable, "-m", "claimbook.site", "--out", str(out)],
                cwd=ROOT,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            log.write_text(build.stdout, encoding="utf-8")
    if not out.exists():
        pytest.fail(f"the book cannot be built\n{log.read_text(encoding='utf-8')}", pytrace=False)
    return out


@pytest.fixture(scope="session")
def site_url(book):
    with served(book) as url:
        yield url


@pytest.fixture
def front(browser, site_url):
    """Show the first page of the book, on which nothing may go wrong."""
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}index.html")
        yield visit.page
        assert visit.errors == []

"""What the README says of measurements is what was measured."""

import importlib
import re

import pytest
from places import ROOT

BENCHMARKS = ROOT / "benchmarks"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def pages(monkeypatch):
    return benchmark("pages", monkeypatch)


@pytest.fixture
def environment(monkeypatch):
    return benchmark("environment", monkeypatch)


def benchmark(name, monkeypatch):
    """Return the module of a benchmark, which finds its neighbours as it does when it is run."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module(name)


def test_the_readme_shows_the_results(pages):
    assert pages.with_table(README, pages.read()) == README


def test_the_readme_of_the_benchmarks_says_why_each_package_stays(environment):
    rows = environment.read()
    text = environment.README.read_text(encoding="utf-8")
    assert environment.with_table(text, rows) == text
    listed = re.findall(r"^\| (\S+) \| [0-9.]+ \| [0-9.]+ \| (yes)? ?\| (\S.*) \|$", text, re.M)
    beyond = {row["package"] for row in rows if not row["fresh_mb"]}
    assert {package for package, place, _ in listed if place} == beyond
    assert len(listed) > len(beyond)


def test_every_package_that_is_installed_is_weighed(environment):
    """One that comes or goes is to be weighed again; a new version of one changes little."""
    pins = re.findall(r"^([\w.-]+)==.*?(?:; (.*))?$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    needed = {
        name for name, marker in pins if not marker or environment.Requirement(f"{name}; {marker}").marker.evaluate()
    }
    weighed = {row["package"] for row in environment.read()}
    assert weighed - {environment.ON_DISK} == needed | {"claimbook", "pip"}


def test_the_book_takes_up_little_beyond_what_its_kind_does(environment):
    assert environment.beyond(environment.read()) <= environment.MOST


def test_a_table_is_written_between_its_marks(pages):
    row = dict.fromkeys(pages.HEADS, 0) | {"page": "x"}
    text = pages.with_table(f"a\n{pages.MARKS[0]}old\n{pages.MARKS[1]}\nb", [row])
    assert (text[:2], text[-2:]) == ("a\n", "\nb")
    assert "old" not in text
    assert f"| x |{' 0 |' * (len(pages.HEADS) - 1)}\n" in text
    with pytest.raises(ValueError, match="marks"):
        pages.with_table("no marks", [row])

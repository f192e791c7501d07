"""What the READMEs say and show is what was measured and what the ledger holds."""

import importlib
import re

import pytest
import yaml
from notebooks import charts_of, figures_of
from places import ROOT
from this_book import BOOK, with_tables

from claimbook.site import launch

BENCHMARKS = ROOT / "benchmarks"
README = (ROOT / "README.md").read_text(encoding="utf-8")
README_WORDS = 500


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


@pytest.fixture
def picture(monkeypatch):
    return benchmark("picture", monkeypatch)


def test_the_readme_is_short():
    assert len(README.split()) <= README_WORDS


def test_every_file_that_a_readme_leads_to_is_there():
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", BENCHMARKS / "README.md"):
        places = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
        assert [place for place in places if not (path.parent / place).exists()] == []


def test_the_readme_has_a_badge_of_binder_only_for_the_address_of_the_repository():
    known = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    asked = re.findall(r"https://mybinder\.org/v2/[^)\s]+", README)
    ours = launch.binder(known["url"], known["branch"], "index.md").partition("?")[0] if known["url"] else ""
    assert [address for address in asked if not ours or not address.startswith(ours)] == []


def test_the_picture_of_the_readme_is_that_of_the_chapter_on_claims_today(picture):
    figure = charts_of(f"chapters/record/{picture.CHAPTER.stem}")[picture.CHART]
    shown = picture.PICTURE.read_text(encoding="utf-8")
    assert shown == picture.svg(figure), "draw it again: python benchmarks/picture.py"
    assert f"]({picture.PICTURE.relative_to(ROOT)})" in README


def test_the_picture_follows_the_ledger_and_brings_its_own_colours(picture, monkeypatch):
    changed = BOOK.claims.assign(weight=["background", *BOOK.claims["weight"].iloc[1:]])
    assert not changed.equals(BOOK.claims)
    figure = figures_of(f"chapters/record/{picture.CHAPTER.stem}", monkeypatch, with_tables(claims=changed))[
        picture.CHART
    ]
    drawn = picture.svg(figure)
    assert drawn != picture.PICTURE.read_text(encoding="utf-8")
    used, given = (set(re.findall(rf"{start}(--cb-[\w-]+)", drawn)) for start in (r"var\(", "[{;]"))
    assert used == given


def test_the_readme_of_the_benchmarks_shows_the_pages_as_measured(pages):
    text = pages.README.read_text(encoding="utf-8")
    assert pages.with_table(text, pages.read()) == text


def test_light_pages_are_measured_by_a_sample_with_a_claim_of_each_text(pages, book):
    sample = pages.light(book)
    texts = {path.stem for path in (ROOT / "chapters" / "texts").glob("*.ipynb")}
    claims = {name.removeprefix("claims/").rsplit("-c", 1)[0] for name in sample if name.startswith("claims/")}
    assert claims == texts
    assert len(sample) == len(texts) + pages.LEAVES
    assert all((book / name).is_file() for name in sample)


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

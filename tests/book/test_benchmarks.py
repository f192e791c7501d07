"""What the README says of measurements is what was measured."""

import importlib.util

import pytest
from places import ROOT

SPEC = importlib.util.spec_from_file_location("pages", ROOT / "benchmarks" / "pages.py")
pages = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pages)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_the_results():
    assert pages.with_table(README, pages.read()) == README


def test_a_table_is_written_between_its_marks():
    row = dict.fromkeys(pages.HEADS, 0) | {"page": "x"}
    text = pages.with_table(f"a\n{pages.MARKS[0]}old\n{pages.MARKS[1]}\nb", [row])
    assert (text[:2], text[-2:]) == ("a\n", "\nb")
    assert "old" not in text
    assert f"| x |{' 0 |' * (len(pages.HEADS) - 1)}\n" in text
    with pytest.raises(ValueError, match="marks"):
        pages.with_table("no marks", [row])

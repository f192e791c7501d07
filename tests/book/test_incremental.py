"""What a build keeps of the one before: after any change it gives what a build from nothing gives."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from files import contents
from places import ROOT
from this_book import BOOK

from claimbook.model.schema import FILE
from claimbook.site import build, cache_key

TABLES = [*(resource["path"] for resource in BOOK.schema["resources"]), FILE, "references.bib"]

# Sphinx once after each third of the chapters has got another word, and then once from nothing. Every third is read and
# written among pages of either other third, so that what a page has of its neighbours is looked at from both sides.
SPHINX = """
import json, os, sys
from pathlib import Path
from claimbook.site import cache_key, publish
from claimbook.site.build import chapters, run_sphinx, set_environment
source = Path.cwd()
work = source / "_build"
os.environ["CLAIMBOOK_EXPORT"] = str(next((work / "export").iterdir()))
set_environment(source, work)
pages = chapters(source)
known = work / "cache" / cache_key(source), publish.cited_as(source / "data")
for some in [[], *(pages[n::3] for n in range(3))]:
    for path in some:
        if path.suffix == ".ipynb":
            content = json.loads(path.read_text(encoding="utf-8"))
            cell = [cell for cell in content["cells"] if cell["cell_type"] == "markdown"][-1]
            cell["source"] = ["".join(cell["source"]), " Another word."]
            path.write_text(json.dumps(content), encoding="utf-8")
        else:
            path.write_text(path.read_text(encoding="utf-8") + "\\nAnother word.\\n", encoding="utf-8")
    print(f"after {len(some)}")
    assert run_sphinx(source, work / "raw", work / "doctrees", *known) == 0
assert run_sphinx(source, work / "anew" / "raw", work / "anew" / "doctrees", *known) == 0
"""


@pytest.mark.thorough
def test_after_a_change_to_any_chapter_pages_are_those_of_a_build_from_nothing(book, tmp_path):
    left_out = ("_build", ".git", ".venv", "tests", "*.egg-info", ".*_cache", "__pycache__")
    source = shutil.copytree(ROOT, tmp_path / "book", ignore=shutil.ignore_patterns(*left_out))
    for name in ("cache", "export"):
        shutil.copytree(ROOT / "_build" / name, source / "_build" / name)
    cache = source / "_build" / "cache"
    (source / "_build" / "anew").mkdir()
    (source / "_build" / "anew" / "cache").symlink_to(cache)
    result = subprocess.run([sys.executable, "-c", SPHINX], cwd=source, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    first, *steps, _ = result.stdout.split("after ")[1:]
    assert first.count(" … read in") >= sum(step.count(" … read in") for step in steps)
    assert [step.count(" … read in") for step in steps] == [int(step.split()[0]) for step in steps]
    assert " … executed" not in result.stdout
    after, anew = (contents(source / "_build" / place) for place in ("raw", "anew/raw"))
    assert after.keys() == anew.keys()
    # What a style sheet is asked for with is told by a file of the last build, and is no more in a finished page.
    version = re.compile(rb"\?v=[0-9a-f]{8}")
    differ = [name for name in after if version.sub(b"", after[name]) != version.sub(b"", anew[name])]
    assert differ in ([], [".buildinfo"])  # which Sphinx keeps for itself


def test_a_change_of_any_table_runs_every_notebook_and_reads_every_page_again(tmp_path):
    """A notebook may compute from any of them; results are kept by what all of it was computed from."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: chapters/a\n")
    page = tmp_path / "chapters" / "a.ipynb"
    page.write_text(json.dumps({"cells": []}), encoding="utf-8")

    def state():
        return cache_key(tmp_path), build.inputs(tmp_path).around

    seen = [state()]
    for table in TABLES:  # a line more to each, one after the other: no state is that of any before it
        with (tmp_path / "data" / table).open("a", encoding="utf-8") as file:
            file.write("\n")
        seen.append(state())
        assert all(now not in before for now, before in zip(seen[-1], zip(*seen[:-1], strict=True), strict=True)), table
    assert len(seen) == len(TABLES) + 1 > 30

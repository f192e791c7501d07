"""A text more, validly coded, turns no test of this book red: none counts the texts that there happen to be."""

import csv
import os
import re
import shutil
import subprocess
import sys

import pytest
from places import ROOT

from claimbook.cli import main
from claimbook.validation import validate

TRIED = ("charts", "people", "the_ledger", "the_texts")
"""Files of tests that ask something of every text and need no built page."""

KNOWN = {"author_basis": "none named", "outlet_basis": "masthead", "date_basis": "not stated", "stance": "for nobody"}
KNOWN |= {"reliability": "F", "reliability_reason": "not looked at"}
CLAIM = {"claim_id": "moon-2024-c001", "sentence_id": "moon-2024-p01-s1", "start": 0, "end": 33, "layer": "content"}
CLAIM |= {"statement": "The moon is near.", "kind": "status", "subject": "The moon", "relation": "is", "object": "Near"}
CLAIM |= {"polarity": "positive", "weight": "thesis", "checkable": "true", "chain_id": "moon-2024-k01"}
SEARCH = {"search_id": "moon-2024-c001-s01", "claim_id": "moon-2024-c001", "side": "both", "where": "a library"}
SEARCH |= {"looked_for": "how far the moon is", "result": "none", "date": "2026-11-25"}


def rewrite(path, change):
    """Change the rows of a table, which `change` gets and returns as a list of dicts."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), reader.fieldnames
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def add_a_text(book):
    """Add a text of one sentence with one claim, as whoever codes it would."""
    (book / "my.txt").write_bytes(b"The moon is nearer than it looks.\n")
    given = ["--id", "moon-2024", "--genre", "blog", "--outlet", "Moon Gazette", "--data", str(book / "data")]
    assert main(["new-text", str(book / "my.txt"), *given]) == 0
    rewrite(book / "data" / "sources.csv", lambda rows: [*rows[:-1], rows[-1] | KNOWN])
    rewrite(book / "data" / "claims.csv", lambda rows: [*rows, CLAIM])
    rewrite(book / "data" / "searches.csv", lambda rows: [*rows, SEARCH])
    chapter = book / "chapters" / "texts" / "moon-2024.ipynb"
    written = re.sub(r'To be written: [^"\\]*', "Not much is said of the moon. ", chapter.read_text(encoding="utf-8"))
    chapter.write_text(written, encoding="utf-8")


@pytest.mark.thorough
def test_a_text_more_turns_no_test_red(tmp_path):
    book, own = tmp_path / "book", shutil.ignore_patterns("__pycache__")
    for name in ("chapters", "checks", "claimbook", "data", "tests"):
        shutil.copytree(ROOT / name, book / name, ignore=own)
    for name in ("CITATION.cff", "_config.yml", "_toc.yml", "index.md", "pyproject.toml"):
        shutil.copy(ROOT / name, book)
    add_a_text(book)
    assert list(map(str, validate(book / "data"))) == []
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CLAIMBOOK_", "PYTEST_"))}
    files = [f"tests/book/test_{name}.py" for name in TRIED]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "--assert=plain", *files],
        cwd=book,
        env=environment | {"PYTHONPATH": str(book)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "moon-2024" in (book / "_toc.yml").read_text(encoding="utf-8")

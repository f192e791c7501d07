"""Two small ledgers through a whole build of the book, in which every warning is an error.

A book of one text is built in ``test_own_book``; what its chapters show of any ledger is read in
``test_small_ledgers``.
"""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
import yaml
from ledgers import ALIKE, LEDGERS, write
from notebooks import OF_THE_SUBJECT
from places import ROOT
from this_book import BOOK

from claimbook.authoring import skeleton
from claimbook.model import ledger
from claimbook.view.markup import plain

OWN = BOOK.texts


def copied(made, book):
    """Write the book with another ledger: without the chapters of its texts, with those of the ledger's.

    What shows the same for every ledger is not run again.
    """
    write(made(), book)
    shutil.copy(ROOT / "pyproject.toml", book)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    moved = config["sphinx"]["config"]["claimbook_moved"]
    config["sphinx"]["config"]["claimbook_moved"] = {
        old: new for old, new in moved.items() if new.rpartition("/")[2] not in OWN
    }
    (book / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copytree(ROOT / "chapters", book / "chapters", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for source_id in OWN:
        (book / "chapters" / "texts" / f"{source_id}.ipynb").unlink()
    # Prose that leads to a chapter of a text is that of the book with this text.
    gone = re.compile(rf"\[([^\]]*)\]\((?:chapters/texts/|\.\./texts/)?(?:{'|'.join(OWN)})\.ipynb[^)]*\)")
    for name in ALIKE | OF_THE_SUBJECT:
        path = book / f"{name}.ipynb"
        page = nbformat.read(path, as_version=4)
        page.cells = [cell for cell in page.cells if cell.cell_type == "markdown"]
        for cell in page.cells:
            cell.source = gone.sub(r"\1", cell.source)
        nbformat.write(page, path)
    index = gone.sub(r"\1", (ROOT / "index.md").read_text(encoding="utf-8"))
    (book / "index.md").write_text(index, encoding="utf-8")
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    sources = ledger.load(book / "data").sources
    [texts] = [part for part in toc["parts"] if part["caption"] == "The texts"]
    texts["chapters"] = [{"file": f"chapters/texts/{source_id}"} for source_id in sources["source_id"]]
    toc["parts"] = [part for part in toc["parts"] if part["chapters"]]
    (book / "_toc.yml").write_text(yaml.safe_dump(toc, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for source_id, name in zip(sources["source_id"], sources["short_name"], strict=True):
        made = skeleton.notebook(source_id, name).decode().replace(skeleton.LEAD, f"What {source_id} says is short.")
        (book / "chapters" / "texts" / f"{source_id}.ipynb").write_text(made, encoding="utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["empty", "four scripts"])
def test_a_book_is_built_without_a_warning(name, tmp_path):
    copied(LEDGERS[name], tmp_path)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "claimbook.site", "--source", str(tmp_path), "--out", str(out)]
    set_here = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBOOK_")}
    build = subprocess.run(command, cwd=ROOT, env=set_here, capture_output=True, text=True, timeout=600, check=False)
    assert build.returncode == 0, build.stdout + build.stderr
    assert "WARNING" not in build.stderr
    book = ledger.load(tmp_path / "data")
    pages = {path.stem: plain(path.read_text(encoding="utf-8")) for path in (out / "chapters").glob("*/*.html")}
    assert {path.stem for path in (tmp_path / "chapters").glob("*/*.*")} <= pages.keys()
    assert ("No chart: there is nothing to draw." in pages["claims"]) == book.claims.empty
    for text in book.sources.itertuples(index=False):
        assert text.short_name in pages[text.source_id]
    for actor in book.actors["name"]:
        assert actor in (out / "_static" / "search-data.js").read_text(encoding="utf-8")
    assert (out / "data" / "verdicts.csv").read_text(encoding="utf-8").count("\n") == 1 + len(book.claims)

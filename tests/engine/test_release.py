"""A version of a small book: noted, built, packed, read without network, and released once more."""

import contextlib
import re
import subprocess
import zipfile

import pytest
import small_book
from browser import Visit
from commands import ran
from folder import Folder

from claimbook.analysis import versions
from claimbook.exchange import citation, published
from claimbook.model import ids, ledger
from claimbook.site.things import in_ledger
from claimbook.validation import validate

AUTHOR = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


class Book:
    """A book in a repository of its own."""

    def __init__(self, path):
        self.path = small_book.begin(path)
        (path / "data" / "references.bib").unlink()
        (path / "data").rmdir()
        self.data = Folder(path / "data")
        with (path / "data" / "references.bib").open("a") as handle:
            handle.write(small_book.REFERENCES)
        self.places()
        (path / ".gitignore").write_text("_build/\ndist/\n__pycache__/\n")
        (path / "LICENSE").write_text("All of it.\n")
        (path / "CITATION.cff").write_text('cff-version: 1.2.0\nversion: 1.0.0\ndate-released: "2031-02-15"\n')
        (path / "README.md").write_text("This is version 1.0.0, 15 February 2031.\n")
        self.git("init", "-q")
        self.commit()

    def places(self):
        """Write pages with nothing but the places to which the search and the pages of claims lead."""
        book = ledger.load(self.data.path)
        found = [entry[1] for entries in in_ledger(book).groups.values() for entry in entries]
        found += [f"chapters/texts/{ids.text_of(name)}.html#{name}" for name in book.sentences["sentence_id"]]
        pages: dict[str, list[str]] = {}
        for address in [*found, "chapters/record/claims.html#all-claims"]:
            page, _, anchor = address.partition("#")
            pages.setdefault(page.removesuffix(".html"), []).append(anchor)
        pages = {page: anchors for page, anchors in pages.items() if page.startswith("chapters/")}
        for page, anchors in pages.items():
            (self.path / page).parent.mkdir(parents=True, exist_ok=True)
            spans = "".join(f'<span id="{anchor}"></span>\n' for anchor in anchors)
            (self.path / f"{page}.md").write_text(f"# {page}\n\nOf {page}.\n\n<div>\n{spans}</div>\n")
        listed = "".join(f"- file: {page}\n" for page in pages)
        (self.path / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{listed}")

    def git(self, *arguments):
        environment = small_book.command(self.path, **AUTHOR)["env"]
        run = subprocess.run(["git", *arguments], cwd=self.path, env=environment, check=True, capture_output=True)
        return run.stdout.decode().strip()

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-qm", "a step")

    def release(self, *arguments):
        """Run the command; return its status and what it says."""
        with contextlib.chdir(self.path):
            return ran("release", *arguments)

    def built(self):
        run = small_book.run(self.path)
        assert run.returncode == 0, run.stdout + run.stderr

    @property
    def zips(self):
        return sorted(self.path.glob("dist/*.zip"))


@pytest.mark.thorough
def test_a_book_is_released_twice_and_says_at_each_step_what_is_lacking(tmp_path, browser, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)  # the copies at hand are of other texts
    book = Book(tmp_path / "book")
    book.data.set("version_verdicts.csv", 2, "verdict", "disputed")  # as if the first version had said so
    book.commit()
    status, said = book.release()
    assert status == 1
    assert "versions.csv does not list version 2.0.0 of datapackage.json: run release --name NAME" in said
    assert "there is no book in" in said

    status, said = book.release("--name", "Second", "--date", "2031-04-01")
    assert status == 1
    assert "alder-2030-c001: disputed in version 1.0.0, supported now: say why in corrections.csv" in said
    assert len(book.data.rows("versions.csv")) == 2

    why = {"was": "Disputed.", "now": "Supported.", "reason": "A row was read again.", "raised_by": "contributors"}
    book.data.add("corrections.csv", correction_id="k003", date="2031-03-20", claim_id="alder-2030-c001", **why)
    assert "must not lie before 2031-03-20" in book.release("--name", "Second", "--date", "2031-03-01")[1]
    assert "must be a day, YYYY-MM-DD" in book.release("--name", "Second", "--date", "soon")[1]
    status, said = book.release("--name", "Second", "--date", "2031-04-01")
    assert status == 0, said
    assert book.data.rows("versions.csv")[2] == ["2.0.0", "Second", "2031-04-01", "k003", ""]
    assert 'version: 2.0.0\ndate-released: "2031-04-01"' in (book.path / "CITATION.cff").read_text()
    assert (book.path / "README.md").read_text() == "This is version 2.0.0, 1 April 2031.\n"
    assert validate(book.data.path) == []

    book.built()
    status, said = book.release()
    assert status == 1
    assert "files are in no commit" in said
    assert "there is no book" not in said
    book.commit()
    status, said = book.release()
    assert status == 0, said
    line = f"git tag -a v2.0.0 -m 'Second, 1 April 2031' {book.git('rev-parse', 'HEAD')[:12]}"
    assert line in said
    [first] = book.zips
    before = first.read_bytes()
    assert book.release()[0] == 0
    assert first.read_bytes() == before
    subprocess.run(line, shell=True, cwd=book.path, env=small_book.command(book.path, **AUTHOR)["env"], check=True)

    assert "v2.0.0 is a tag already" in book.release("--name", "Second once more")[1]
    book.data.replace("datapackage.json", '"version": "2.0.0"', '"version": "2.1.0"')
    more = {"claim_id": "alder-2030-c002", "was": "Not established.", "now": "The same, by another row."}
    more |= {"reason": "It was read again.", "raised_by": "reader"}
    book.data.add("corrections.csv", correction_id="k004", date="2031-05-01", **more)
    assert published.edition(ledger.load(book.data.path)).words == "2.1.0, not yet released"
    assert book.release("--name", "Third", "--date", "2031-05-02")[0] == 0
    book.commit()
    status, said = book.release()
    assert status == 1
    assert "is not the one that follows from these files: build it" in said
    book.built()
    status, said = book.release()
    assert status == 0, said
    assert [path.name for path in book.zips] == [f"{first.stem[:-5]}2.0.0.zip", f"{first.stem[:-5]}2.1.0.zip"]
    held = versions.of_corrections(ledger.load(book.data.path))
    assert {key: one.version for key, one in held.items()} == {
        "k001": "1.0.0", "k002": "2.0.0", "k003": "2.0.0", "k004": "2.1.0"
    }  # fmt: skip
    read_without_network(book, tmp_path / "unpacked", browser)


def read_without_network(book, place, browser):
    """Unpack the last zip of the book and read it as somebody who has nothing else."""
    with zipfile.ZipFile(book.zips[-1]) as archive:
        names = archive.namelist()
        archive.extractall(place)
    [folder] = place.iterdir()
    assert {name.split("/")[1] for name in names} == {"README.txt", "LICENSE", "CITATION.cff", "book"}
    assert f"{folder.name}/book/data/claims.csv" in names
    assert f"{folder.name}/book/data/LICENCES.txt" in names
    said = (folder / "README.txt").read_text(encoding="utf-8")
    assert "Open book/index.html in a browser." in said
    assert re.search(r"Cite it as: .* \(2031\): .*, version 2\.1\.0, 2 May 2031\.", said)
    assert book.git("rev-parse", "HEAD") in said
    with Visit(browser, "file://") as visit:
        visit.page.goto((folder / "book" / "index.html").as_uri())
        assert visit.page.locator("article h1").inner_text().startswith("Book")
        visit.page.locator("article > .cb-cite summary").click()
        assert "version 2.1.0, 2 May 2031" in visit.page.locator("article > .cb-cite .cb-citation").first.inner_text()
        visit.page.goto((folder / "book" / "claims" / "alder-2030-c001.html").as_uri())
        text = visit.page.locator("main").inner_text()
        assert "version 2.1.0, 2 May 2031" in text
        assert "in version 2.0.0, 2031-03-20: Disputed. → Supported. (A row was read again.)" in text
        assert not visit.outside
        assert not visit.errors


def test_a_correction_after_the_release_is_told_in_citations(folder):
    folder.add("versions.csv", version="2.0.0", name="Second", date="2031-03-05", last_correction="k002")
    for row in folder.rows("version_verdicts.csv")[1:]:
        folder.add("version_verdicts.csv", version="2.0.0", claim_id=row[1], verdict=row[2])
    book = ledger.load(folder.path)
    assert published.edition(book) == published.Edition("2.0.0", "2031-03-05", "2.0.0, 5 March 2031")
    assert 'date-released: "2031-03-05"' in citation.cff(book, book.schema)
    assert "version = {2.0.0, 5 March 2031}" in citation.bibtex(book, book.schema)
    assert "year = {2031}" in citation.bibtex(book, book.schema)
    folder.set("versions.csv", 3, "last_correction", "k001")
    words = published.edition(ledger.load(folder.path)).words
    assert words == "2.0.0, 5 March 2031, corrected up to 5 March 2031"


@pytest.mark.parametrize(
    ("file", "column", "value", "expected"),
    [
        ("versions.csv", "version", "0.9.0", "version: 0.9.0: must be higher than that of the row above"),
        ("versions.csv", "version", "2.0.1", "must not be higher than the version of datapackage.json, 2.0.0"),
        ("versions.csv", "version", "2.0", "version: 2.0: "),
        ("versions.csv", "date", "2031-01-01", "must not lie before that of the row above"),
        ("versions.csv", "date", "2031-03-01", "must not lie before that of the last correction it holds"),
        ("versions.csv", "last_correction", "k009", "must be found in corrections.correction_id"),
        ("versions.csv", "last_correction", "", "must not be older than that of the row above"),
        ("version_verdicts.csv", "verdict", "true", "verdict: true: must be one of"),
        ("version_verdicts.csv", "claim_id", "alder-2030-c999", "must be found in claims.claim_id or retired_ids.id"),
        ("version_verdicts.csv", "version", "3.0.0", "must be found in versions.version"),
        (
            "version_verdicts.csv",
            "verdict",
            "disputed",
            "disputed: is not the verdict of version 1.0.0: corrections.csv must say why, by version 2.0.0",
        ),
    ],
)
def test_each_rule_of_versions_has_a_case_that_breaks_it(file, column, value, expected, folder):
    folder.add("versions.csv", version="2.0.0", name="Second", date="2031-03-05", last_correction="k002")
    for row in folder.rows("version_verdicts.csv")[1:]:
        folder.add("version_verdicts.csv", version="2.0.0", claim_id=row[1], verdict=row[2])
    assert validate(folder.path) == []
    folder.set(file, len(folder.rows(file)), column, value)
    assert [str(problem) for problem in validate(folder.path) if expected in str(problem)]


def test_a_version_without_verdicts_is_named(folder):
    folder.add("versions.csv", version="2.0.0", name="Second", date="2031-03-05", last_correction="k002")
    expected = "versions.csv:3:version: 2.0.0: must have its verdicts in version_verdicts.csv"
    assert [str(problem) for problem in validate(folder.path)] == [expected]

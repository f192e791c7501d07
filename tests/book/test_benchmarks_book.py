"""What `benchmarks/book.py` measures is the change that it names: it has to know where the chapters lie."""

import hashlib
import json

import pytest
import yaml
from places import ROOT
from test_benchmarks import benchmark


@pytest.fixture
def book(monkeypatch):
    return benchmark("book", monkeypatch)


@pytest.fixture
def source(book, tmp_path):
    return book.checkout(tmp_path / "book")


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("one chapter", {"chapters/texts/wnd-2001.ipynb"}),
        ("a word of prose", {"chapters/texts/wnd-2001.ipynb"}),
        ("a row of data", {"data/claims.csv"}),
        ("no chapter", {"chapters/aside.ipynb"}),
        ("no change", set()),
    ],
)
def test_a_kind_of_build_changes_one_file_of_this_book(book, source, kind, changed):
    before = digests(source)
    book.change(source, kind)
    after = digests(source)
    assert {name for name in after if after[name] != before.get(name)} == changed


def test_the_chapter_that_charts_the_measurements_keeps_its_title_alone(source):
    cells = json.loads((source / "chapters/use/scale.ipynb").read_text(encoding="utf-8"))["cells"]
    assert len(cells) == 1
    assert cells[0]["source"][0].startswith("# ")


def test_a_book_of_more_texts_has_a_chapter_for_each_of_them(book, source):
    own = {path.stem for path in (ROOT / "chapters/texts").glob("*.ipynb")}
    chapters = book.repeated(source, 3)
    toc = yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))
    named = {chapter["file"] for part in toc["parts"] for chapter in part["chapters"]}
    assert {chapter.rsplit("/", 1)[1] for chapter in chapters} == own | {f"{n}-r{i}" for n in own for i in (1, 2)}
    assert set(chapters) <= named
    for chapter in chapters:
        identifier = chapter.rsplit("/", 1)[1]
        assert f'"{identifier}' in (source / f"{chapter}.ipynb").read_text(encoding="utf-8").replace("\\", "")

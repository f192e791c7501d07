"""The worked example of the chapter on adding a text: it ends sound, shows what it is for, and touches nothing."""

import ast
import re

import nbformat
import pytest
from places import ROOT

from claimbook.analysis import evidence
from claimbook.authoring import workshop
from claimbook.model import passages


def files(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def session():
    """The names and the outputs that the chapter's cells leave, with the files of the book before and after."""
    before = {name: files(ROOT / name) for name in ("data", "chapters")}
    names, outputs = {}, []
    for cell in nbformat.read(ROOT / "chapters" / "use" / "add-a-text.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            *body, last = ast.parse(cell.source).body
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            outputs.append((cell.source, eval(compile(ast.Expression(last.value), "cell", "eval"), names)))
    return names, outputs, before, {name: files(ROOT / name) for name in ("data", "chapters")}


def test_the_book_is_left_as_it_is(session):
    _, _, before, after = session
    assert before == after


def test_it_begins_with_problems_and_ends_with_none(session):
    _, outputs, _, _ = session
    told = [str(shown) for source, shown in outputs if "desk.problems()" in source]
    assert "must carry a claim" in told[0]
    assert "To be written" in told[0]
    assert told[1] == "<p>No problem: every rule holds, and every passage agrees with the text.</p>"


def test_it_shows_the_verdicts_that_a_class_should_see(session):
    desk = session[0]["desk"]
    assert set(evidence.verdicts(desk.text)["verdict"]) == {
        "supported",
        "partly_supported",
        "contradicted",
        "not_established",
        "not_checkable",
    }


def test_its_links_stay_on_the_page(session):

    shown = "".join(str(output) for _, output in session[1] if hasattr(output, "__html__"))
    ids = set(re.findall(r'\bid="([^"]+)"', shown))
    local = set(re.findall(r'href="#([^"]+)"', shown))
    assert local
    assert local <= ids
    assert ".ipynb" not in re.sub(r"<code>[^<]*</code>|<li>chapters[^<]*</li>", "", shown)
    assert len(re.findall(r'\bid="([^"]+)"', shown)) == len(ids)


def test_its_folder_goes_with_the_session_and_is_nowhere_named(session):
    desk = session[0]["desk"]
    assert not any(str(desk.book) in str(output) for _, output in session[1])
    other = workshop.begin("ems-1870")
    folder = other.book
    assert folder.exists()
    del other
    assert not folder.exists()


def test_words_that_do_not_stand_once_and_unknown_columns_are_refused():
    desk = workshop.begin("ems-1870")
    desk.new_text(genre="news", outlet="North German Gazette")
    text = passages.read_text(desk.texts, "ems-1870")
    assert passages.gaps(text, [(s.start, s.end) for s in desk.ledger.sentences.itertuples()]) == []
    with pytest.raises(ValueError, match="must stand once in ems-1870-p01-s1, and stands there 2 times"):
        desk.claim("p01-s1", "his Majesty the King", "A claim.", ("king-william", "is"))
    with pytest.raises(ValueError, match=r"claims.csv has no column colour"):
        desk.claim("p01-s1", "French ambassador", "A claim.", ("benedetti", "is"), colour="red")
    with pytest.raises(ValueError, match=r"claims.csv has no ems-1870-c099"):
        desk.second(c099={"weight": "thesis"})

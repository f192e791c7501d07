"""A book of one's own: begun with one command, without a trace of this one, built empty and with a text."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
from files import contents, rows
from places import ROOT
from test_engine_knows_no_text import SUBJECT, ids, named, names
from test_one_more_text import add_a_text

from claimbook.authoring import generic, init
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.validation import validate

GIVEN = {
    "title": 'Rain & "Shine": claims',
    "subject": "on the weather",
    "organisation": "Weather Checkers",
    "organisation_url": "https://weather.example/",
    "coder": "two people, apart",
    "licence": "CC-BY-SA-4.0",
}
OPTIONS = init.Options(**GIVEN)

ALLOWED = {
    ".gitattributes": set(),
    "chapters/use/add-a-text.ipynb": {"war"},
    "chapters/use/glossary.md": {"sanction"},
    "chapters/use/method.ipynb": {"sanction"},
    "data/datapackage.json": {"war", "alliance", "sanction"},
}
"""What the files of a new book may say of our subject all the same: the short example, and words of PLOVER and of the
schema that stand beside others."""


@pytest.fixture
def own(tmp_path):
    init.begin(tmp_path / "own", OPTIONS)
    return tmp_path / "own"


def command(book, *arguments, path=ROOT, python=sys.executable):
    """Run Python in a book as its owner would, with the package that `path` has."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CLAIMBOOK_", "PYTEST_"))}
    return subprocess.run(
        [str(python), "-m", *map(str, arguments)],
        cwd=book,
        env=environment | {"PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def built(book, **options):
    """Build a book; return the text of its pages by their paths."""
    done = command(book, "claimbook.site", **options)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = (book / "_build" / "html").rglob("*.html")
    return {page.relative_to(book / "_build" / "html").as_posix(): page.read_text(encoding="utf-8") for page in pages}


def traces(files):
    """Return what some files say of this book: its ids, the names in it, its title, its subject."""
    own = ids() | names()
    subject = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(SUBJECT)})(?![A-Za-z])", re.IGNORECASE)
    found = {(name, word) for name, text in files.items() for word in named(own, text)}
    said = {(name, word.lower()) for name, text in files.items() for word in subject.findall(text)}
    allowed = {(name, word) for name, words in ALLOWED.items() for word in words}
    return found | (said - allowed) | {(name, "title") for name, text in files.items() if "Allegations" in text}


def test_it_holds_what_was_said_of_it_and_no_trace_of_this_book(own):
    files = {name: raw.decode() for name, raw in contents(own).items()}
    assert traces(files) == set()
    package = json.loads(files["data/datapackage.json"])
    assert (package["name"], package["coder"]) == ("rain-shine-claims", "two people, apart")
    [maker] = package["contributors"]
    assert (maker["title"], maker["path"]) == ("Weather Checkers", "https://weather.example/")
    assert package["version"] == "0.1.0"
    assert {one["name"] for r in package["resources"] for one in r["licenses"]} == {"CC-BY-SA-4.0"}
    config = yaml.safe_load(files["_config.yml"])
    assert (config["title"], config["author"]) == (GIVEN["title"], "Weather Checkers")
    assert "claimbook_moved" not in config["sphinx"]["config"]
    assert 'about="on the weather"' in files["index.md"]
    assert "python -m claimbook new-text" in files["README.md"]
    assert "{{" not in files["README.md"] + files["index.md"]


def test_what_is_marked_in_a_chapter_would_be_a_trace_of_this_book():
    whole = {name: generic.read(name) for name in generic.FILES if name.startswith("chapters/")}
    assert len({name for name, _ in traces(whole)}) > 5


def test_it_is_valid_and_has_every_table_empty(own):
    assert validate(own / "data") == []
    assert all(frame.empty for frame in ledger.load(own / "data").tables.values())


def test_it_takes_all_that_is_generic_from_the_chapters_of_this_book(own):
    for name in generic.FILES:
        mine, theirs = (own / name).read_text(encoding="utf-8"), generic.lies(ROOT, name).read_text(encoding="utf-8")
        if name.endswith(".ipynb"):
            known = {"".join(cell["source"]) for cell in json.loads(theirs)["cells"]}
            cells = ["".join(cell["source"]) for cell in json.loads(mine)["cells"]]
            changed = [cell for cell in cells if cell not in known]
            assert len(changed) <= (2 if name == generic.EVENTS else 0), changed
        elif name.endswith((".md", ".yml")):
            known = {line for line in theirs.splitlines() if not line.startswith(("title:", "author:"))}
            assert {line for line in mine.splitlines() if not line.startswith(("title:", "author:"))} <= known


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"licence": "MINE"}, "--licence: MINE: must be one of: CC-BY-4.0,"),
        ({"title": " "}, "--title:  : must not begin or end with white space"),
        ({"title": ""}, "--title: : must be given"),
        ({"organisation_url": "weather"}, "--organisation-url: weather: must be an http(s) address with a host"),
        ({"coder": "=cmd()"}, "--coder: =cmd(): must not begin like a spreadsheet formula"),
    ],
)
def test_an_option_that_breaks_a_rule_is_named_and_nothing_is_written(tmp_path, capsys, options, complaint):
    given = [word for name, value in (GIVEN | options).items() for word in (f"--{name.replace('_', '-')}={value}",)]
    assert main(["init", str(tmp_path / "new"), *given]) == 1
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_refused(tmp_path, capsys):
    (tmp_path / ".git").mkdir()
    assert main(["init", str(tmp_path), "--title", "Rain"]) == 0
    before = contents(tmp_path)
    capsys.readouterr()
    assert main(["init", str(tmp_path), "--title", "Snow"]) == 1
    assert "README.md" in capsys.readouterr().err
    assert contents(tmp_path) == before


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Pack the package from a copy of its sources; return the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("claimbook", "chapters", ".github"):
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", ".gitattributes", "_config.yml"):
        shutil.copy(ROOT / name, folder / "source")
    (folder / "source" / "data").mkdir()
    shutil.copy(ROOT / generic.SCHEMA, folder / "source" / "data")
    options = ("--no-deps", "--no-build-isolation", "-q", "-w", folder / "wheels")
    made = command(folder / "source", "pip", "wheel", ".", *options)
    assert made.returncode == 0, made.stderr
    [wheel] = (folder / "wheels").iterdir()
    return wheel


def test_a_wheel_packs_what_a_new_book_begins_with(wheel):
    with zipfile.ZipFile(wheel) as packed:
        for name in generic.FILES:
            lies = generic.lies(ROOT, name)
            assert packed.read(f"claimbook/authoring/{generic.PACKED}/{name}") == lies.read_bytes(), name
    assert not (ROOT / "claimbook" / "authoring" / generic.PACKED).exists()


@pytest.mark.thorough
def test_where_there_is_no_repository_a_book_is_begun_built_empty_and_grows_with_a_text(wheel, own, tmp_path):
    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=False, symlinks=True)
    [place] = fresh.glob("**/site-packages")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place)
    # The packages that ours needs are those of the tests; the package itself is the wheel's, which comes first.
    needed = Path(yaml.__file__).parents[1]
    (place / "needed.pth").write_text(f"{needed}\n")
    there = {"path": place, "python": fresh / ("Scripts" if os.name == "nt" else "bin") / "python"}
    book = tmp_path / "begun"
    given = [f"--{name.replace('_', '-')}={value}" for name, value in GIVEN.items()]
    begun = command(tmp_path, "claimbook", "init", book, *given, **there)
    assert begun.returncode == 0, begun.stderr
    assert contents(book) == contents(own), "it is the one that the repository begins"

    pages = built(book, **there)
    assert "This edition holds no claim yet." in pages["index.html"]
    assert "Coded by: two people, apart." in pages["index.html"]
    assert "credit “Weather Checkers”" in pages["chapters/use/data.html"]
    assert "The moon" not in "".join(pages.values())
    (book / "chapters" / "texts").mkdir()
    add_a_text(book)
    grown = built(book, **there)
    assert "The moon is near." in grown["chapters/texts/moon-2024.html"]
    assert "1 claim" in grown["index.html"]
    assert "claims/moon-2024-c001.html" in grown
    assert rows(book / "data" / "sources.csv")[0]["source_id"] == "moon-2024"

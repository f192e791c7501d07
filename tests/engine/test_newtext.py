"""Adding a text: its sentences cover it, its rows stand together or not at all, and what is missing is asked for."""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest
import schemas
import yaml
from files import contents, rows
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator as Validator
from places import FIXTURES, ROOT

from claimbook.authoring import newtext, skeleton, splitting, transaction
from claimbook.cli import main
from claimbook.model import passages
from claimbook.validation import validate

TEXT = "By A. Writer\n\nThe Duke of Alder sold guns. “Nobody knows why,” said Gen. Harrow on Oct. 5.\n"
TOC = """format: jb-book
root: index
parts:
  - caption: The texts  # in order
    chapters:
      - file: chapters/texts/alder-2030
      - file: chapters/texts/birch-2031
  - caption: About
    chapters:
      - file: chapters/use/method
"""


def parts(text, *abbreviations):
    return [text[s.start : s.end] for s in splitting.sentences(text, abbreviations)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! Four… Five.", ["One.", "Two?", "Three!", "Four…", "Five."]),
        ("He paid 2.5 million. So it is said.", ["He paid 2.5 million.", "So it is said."]),
        ("“No,” he said. “Yes.” (Maybe.) End.", ["“No,” he said.", "“Yes.”", "(Maybe.)", "End."]),
        ("Gen. Ames of the U.S. Army met J. F. Birch.", ["Gen. Ames of the U.S. Army met J. F. Birch."]),
        ("He said no. Then he sat. On Oct. 5 he left.", ["He said no.", "Then he sat.", "On Oct. 5 he left."]),
        ("It stops... but goes on. Really.", ["It stops... but goes on.", "Really."]),
        ("A headline\n\nBody text", ["A headline", "Body text"]),
        ("First line.\nSecond line.", ["First line.", "Second line."]),
        (
            "A wrapped\nline of text. And\nanother one\nhere.\n\nNew.",
            ["A wrapped\nline of text.", "And\nanother one\nhere.", "New."],
        ),
        ("Ends with no stop", ["Ends with no stop"]),
        ("\r\n Windows lines.\r\n\r\nMore.\r\n", ["Windows lines.", "More."]),
        ("她说。他走了。", ["她说。", "他走了。"]),
        ("Stop. ! Then more.", ["Stop.", "! Then more."]),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text, expected):
    assert parts(text) == expected


def test_a_reader_names_what_ends_no_sentence():
    assert len(parts("The Bt. Hon. Ames left.")) == 2
    assert len(parts("The Bt. Hon. Ames left.", "bt.")) == 1


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\n\r\t“”\"'()é。 -;"), max_size=120))
def test_nothing_that_is_not_blank_is_left_out_and_nothing_overlaps(text):
    found = splitting.sentences(text)
    spans = [(s.start, s.end) for s in found]
    assert passages.gaps(text, spans) == []
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    numbers = [(s.paragraph, s.sentence) for s in found]
    assert numbers == sorted(set(numbers))


@pytest.fixture
def book(folder):
    root = folder.path.parent
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    (root / "chapters" / "texts").mkdir(parents=True)
    (root / "my.txt").write_bytes(TEXT.encode())
    return root


def add(book, *arguments, path="my.txt", source_id="duke-1890", genre="news"):
    given = ["--id", source_id, "--genre", genre, "--data", str(book / "data")]
    return main(["new-text", str(book / path), *given, *arguments])


def test_a_text_is_added_with_rows_chapter_and_entry(book, capsys):
    before = contents(book)
    assert add(book, "--title", "Guns <for> *Birch*", "--outlet", "Alder Times", "--published", "1890-10") == 0
    after = contents(book)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        *(f"data/{t}.csv" for t in ("sources", "sentences", "actors", "chains")),
        "chapters/texts/duke-1890.ipynb",
        "_toc.yml",
    }
    assert all(after[f"data/{t}.csv"].startswith(before[f"data/{t}.csv"]) for t in ("sources", "sentences", "chains"))
    assert before.keys() <= after.keys()
    source = rows(book / "data" / "sources.csv")[-1]
    assert (source["published_earliest"], source["published_latest"]) == ("1890-10-01", "1890-10-31")
    assert (source["short_name"], source["voice"]) == ("Alder Times 1890", "alder-times")
    assert (source["sha256"], source["characters"]) == (hashlib.sha256(TEXT.encode()).hexdigest(), str(len(TEXT)))
    assert source["stance"] == source["reliability"] == ""
    cut = [TEXT[int(r["start"]) : int(r["end"])] for r in rows(book / "data" / "sentences.csv")[-3:]]
    assert cut == ["By A. Writer", "The Duke of Alder sold guns.", "“Nobody knows why,” said Gen. Harrow on Oct. 5."]
    toc = yaml.safe_load((book / "_toc.yml").read_text())
    assert [c["file"] for c in toc["parts"][0]["chapters"]][-1] == "chapters/texts/duke-1890"
    assert (book / "_toc.yml").read_text().replace("      - file: chapters/texts/duke-1890\n", "") == TOC
    notebook = nbformat.read(book / "chapters" / "texts" / "duke-1890.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source == "# Guns \\<for\\> \\*Birch\\*"
    out = capsys.readouterr().out
    assert "keep your file as duke-1890.txt" in out
    assert all(step in out for step in ("references.bib", "number_exceptions.csv", "claim_links.csv", "make book"))
    assert not any(TEXT.encode() in raw or b"Nobody knows" in raw for name, raw in after.items() if name != "my.txt")


def test_validation_asks_for_what_is_missing_until_it_is_there(book, texts, capsys, folder):
    assert add(book, "--outlet", "Alder Times") == 0
    (texts / "duke-1890.txt").write_bytes(TEXT.encode())
    capsys.readouterr()
    assert main(["validate", "--data", str(book / "data"), "--texts", str(texts), "--only", "duke-1890"]) == 1
    out = capsys.readouterr().out
    assert out.count("must carry a claim: add its rows to claims.csv, or make its role boilerplate") == 3
    assert out.count("write it, and remove 'To be written:'") == 3
    for column in ("author_basis", "outlet_basis", "date_basis", "stance", "reliability", "reliability_reason"):
        assert f":{column}: : must" in out
    assert "must be the hash" not in out

    line = len(folder.rows("sources.csv"))
    for column in ("author_basis", "outlet_basis", "date_basis", "stance", "reliability_reason"):
        folder.set("sources.csv", line, column, "invented for the tests")
    folder.set("sources.csv", line, "reliability", "F")
    line = len(folder.rows("sentences.csv"))
    folder.set("sentences.csv", line - 2, "role", "boilerplate")
    for number, at in enumerate((line - 1, line), 1):
        sentence = folder.rows("sentences.csv")[at - 1]
        folder.add(
            "claims.csv",
            claim_id=f"duke-1890-c{number:03d}",
            sentence_id=sentence[0],
            start=sentence[4],
            end=sentence[5],
            statement=f"Statement {number} about the Duke.",
            layer="content",
            kind="opinion",
            subject="The Duke",
            relation="is",
            polarity="positive",
            weight="background",
            checkable="false",
            not_checkable_reason="opinion",
            chain_id="duke-1890-k01",
        )
    place = TEXT.index("Oct")
    for number, (start, end) in enumerate([(place, place + 3), (place + 5, place + 6)], 1):
        cells = {"start": start, "end": end, "reason": "a day that the claim does not need"}
        folder.add("number_exceptions.csv", exception_id=f"duke-1890-x{number:02d}", sentence_id=sentence[0], **cells)
    chapter = book / "chapters" / "texts" / "duke-1890.ipynb"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace(skeleton.TO_DO, "Written:"), encoding="utf-8")
    capsys.readouterr()
    status = main(["validate", "--data", str(book / "data"), "--texts", str(texts), "--only", "duke-1890"])
    out = capsys.readouterr().out
    assert (status, out.splitlines()[-1]) == (0, f"passages: compared with duke-1890 in {texts}"), out


def test_the_second_time_nothing_changes(book, capsys):
    arguments = ("--author", "Ann Duke", "--published", "1890-10-06/1891")
    assert add(book, *arguments) == 0
    before = contents(book)
    assert add(book, *arguments) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert contents(book) == before
    assert add(book, "--author", "Bea Duke") == 1
    assert "--author: Bea Duke: the text is there already, with Ann Duke" in capsys.readouterr().err
    assert contents(book) == before


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"", "0 characters: must not be empty"),
        (b" \n\xc2\xa0 . \n", "must not be empty"),
        (b"PK\x03\x04\0\0", "NUL at byte 4: must be a text, not a binary file"),
        ("Käse".encode("latin-1"), "at byte 1: must be UTF-8"),
        (b"\xef\xbb\xbfText.", "must not begin with a byte order mark"),
        (b"A text \x1b[31m.", "'\\x1b' at character 7: must be a text, without control characters"),
    ],
    ids=["empty", "blank", "binary", "latin-1", "byte order mark", "control character"],
)
def test_a_file_that_is_no_text_stops_it(book, capsys, raw, complaint):
    (book / "my.txt").write_bytes(raw)
    before = contents(book)
    assert add(book) == 1
    error = capsys.readouterr().err
    assert complaint in error
    assert f"{book}/my.txt" in error
    assert contents(book) == before


@pytest.mark.parametrize(
    ("option", "name", "voice"),
    [
        ("--author", "Łukasz Żak", "lukasz-zak"),
        ("--author", "Александр К.", "aleksandr-k"),
        ("--author", "李 Wei", "author-of-duke-1890"),
        ("--outlet", "新华社", "outlet-of-duke-1890"),
    ],
)
def test_whoever_speaks_gets_an_identifier_from_any_name(book, capsys, option, name, voice):
    assert add(book, option, name) == 0
    assert rows(book / "data" / "sources.csv")[-1]["voice"] == voice
    assert [row["actor_id"] for row in rows(book / "data" / "actors.csv") if row["name"] == name] == [voice]
    said = capsys.readouterr().out
    assert ("which the letters of the name do not give" in said) == voice.endswith("of-duke-1890")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"source_id": "Duke 1890"}, "--id: Duke 1890: must be lower-case letters and digits"),
        ({"source_id": "Żak 1890"}, "in groups joined by hyphens, as in zak-1890"),
        ({"source_id": "新华社"}, "in groups joined by hyphens, as in alder-2030"),
        ({"source_id": "alder-2030"}, "--id: alder-2030: is the id of another text"),
        ({"genre": "poem"}, "--genre: poem: must be one of: news, opinion"),
        (["--published", "1890-13"], "--published: 1890-13: must be a date"),
        (["--published", "1890-02-30"], "--published: 1890-02-30: must be a date"),
        (["--published", "1891/1890"], "--published: 1891/1890: must be a date"),
        (["--published", "0189-10"], "--published: 0189-10: must be at least 1800-01-01"),
        (["--published", "2201"], "--published: 2201: must be at most 2035-12-31"),
        (["--url", "javascript:alert(1)"], "--url: javascript:alert(1): must be an http(s) address"),
        (["--language", "English"], "--language: English: must be an ISO 639-1 code"),
        (["--title", "=1+1"], "--title: =1+1: must not begin like a spreadsheet formula"),
        (["--author", "A\nB"], "--author: A\nB: must not contain line breaks"),
        (["--short-name", "Birch"], "--short-name: Birch: is the short name of another text"),
        (["--voice", "Ann Duke"], "--voice: Ann Duke: must be an actor_id"),
        ({"path": "none.txt"}, "none.txt: No such file"),
        (["--book", "/nowhere"], "/nowhere holds no _toc.yml"),
    ],
    ids=str,
)
def test_a_bad_option_stops_it(book, capsys, arguments, complaint):
    before = contents(book)
    assert (add(book, **arguments) if isinstance(arguments, dict) else add(book, *arguments)) == 1
    assert complaint in capsys.readouterr().err
    assert contents(book) == before


def test_all_that_is_wrong_is_told_at_once(book, capsys):
    assert add(book, "--published", "soon", "--url", "x", genre="poem") == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_two_texts_of_one_outlet_and_year_get_two_short_names(book):
    assert add(book, "--outlet", "Alder Times", "--published", "1890-10") == 0
    (book / "second.txt").write_text(TEXT + "More guns.", encoding="utf-8")
    second = ("--outlet", "Alder Times", "--published", "1890-11")
    assert add(book, *second, path="second.txt", source_id="duke-1890-b") == 0
    names = [source["short_name"] for source in rows(book / "data" / "sources.csv")[-2:]]
    assert names == ["Alder Times 1890", "Alder Times 1890 (duke-1890-b)"]
    before = contents(book)
    assert add(book, *second, path="second.txt", source_id="duke-1890-b") == 0
    assert contents(book) == before


def test_a_text_that_is_there_under_another_name_is_refused(book, capsys):
    (book / "my.txt").write_bytes((FIXTURES / "texts" / "birch-2031.txt").read_bytes())
    assert add(book) == 1
    assert "this very text is in the ledger already, as birch-2031" in capsys.readouterr().err


def test_a_chapter_of_that_name_is_not_overwritten(book, capsys):
    (book / "chapters" / "texts" / "duke-1890.ipynb").write_text("mine")
    assert add(book) == 1
    assert "there is a chapter" in capsys.readouterr().err
    assert (book / "chapters" / "texts" / "duke-1890.ipynb").read_text() == "mine"


def test_a_table_that_cannot_be_read_is_told_and_left(book, capsys):
    (book / "data" / "chains.csv").write_text("chain_id\n")
    before = contents(book)
    assert add(book) == 1
    assert "chains.csv:1:hop: : the column is missing" in capsys.readouterr().err
    assert contents(book) == before


def test_the_folders_are_found_by_the_environment_and_named_apart(book, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CLAIMBOOK_DATA", str(book / "data"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "_toc.yml").write_text("root: index\nchapters:\n- file: a\n")
    assert main(["new-text", str(book / "my.txt"), "--id", "one", "--genre", "blog", "--book", str(elsewhere)]) == 0
    assert (elsewhere / "_toc.yml").read_text() == "root: index\nchapters:\n- file: chapters/texts/one\n- file: a\n"
    assert (elsewhere / "chapters" / "texts" / "one.ipynb").exists()
    assert rows(book / "data" / "sources.csv")[-1]["voice"] == "author-of-one"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "root: index\nparts:\n - caption: The texts\n   chapters:\n - caption: About\n   chapters:\n   - file: a\n",
            {"parts": [{"caption": "The texts", "chapters": ["NEW"]}, {"caption": "About", "chapters": ["a"]}]},
        ),
        (
            "root: index\nparts:\n- caption: The texts\n  chapters: []  # none yet\n- chapters:\n  - file: a\n",
            {"parts": [{"caption": "The texts", "chapters": ["NEW"]}, {"chapters": ["a"]}]},
        ),
        ("root: index\nchapters:", {"chapters": ["NEW"]}),
        ("root: index\nchapters:  # none yet\n# nor here\noptions: {}\n", {"chapters": ["NEW"], "options": {}}),
        ("root: index\nchapters: null\n", {"chapters": ["NEW"]}),
        (
            "root: index\nparts:\n- caption: About\n  chapters:\n  - file: a\n",
            {"parts": [{"caption": "About", "chapters": ["NEW", "a"]}]},
        ),
        (
            "root: index\nchapters:\n"
            "  - title: Birch\n    file: chapters/texts/birch-2031.ipynb  # last\n  - file: a\n",
            {"chapters": [{"title": "Birch", "file": "chapters/texts/birch-2031.ipynb"}, "NEW", "a"]},
        ),
        (
            "root: index\nchapters:\n- file: chapters/texts/birch-2031\n  sections:\n  - file: b\n\n# about\n- file: a",
            {"chapters": [{"file": "chapters/texts/birch-2031", "sections": ["b"]}, "NEW", "a"]},
        ),
        (
            "root: index\nchapters:\n- file: chapters/texts/birch-2031\n"
            "  title: >-\n    Birch,\n    a tale\n\n- file: a\n",
            {"chapters": [{"file": "chapters/texts/birch-2031", "title": "Birch, a tale"}, "NEW", "a"]},
        ),
    ],
    ids=[
        "emptied",
        "brackets",
        "no line end",
        "comment",
        "null",
        "no part of texts",
        "title first",
        "sections",
        "folded",
    ],
)
def test_the_chapter_has_a_line_after_the_other_texts_or_where_the_first_list_begins(book, capsys, before, after):
    def filed(value):
        if isinstance(value, dict):
            return {key: filed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [filed(inner) if isinstance(inner, dict) else {"file": inner} for inner in value]
        return value

    toc = book / "_toc.yml"
    toc.write_text(before, encoding="utf-8")
    assert add(book, "--outlet", "Alder Times") == 0
    listed = toc.read_text(encoding="utf-8").replace("chapters/texts/duke-1890", "NEW")
    assert yaml.safe_load(listed) == {"root": "index"} | filed(after)
    assert [line for line in before.splitlines() if line.partition("#")[2] and line not in listed.splitlines()] == (
        ["  chapters: []  # none yet"] if "[]" in before else []
    )
    moved = "_toc.yml: its line begins the first list" in capsys.readouterr().out
    assert moved == ("birch-2031" not in before)


def test_no_other_byte_changes_however_the_lists_are_written(book):
    toc = """# own order
root:   index
parts:
- caption: 'The texts'
  chapters:
    -   file: "chapters/texts/birch-2031"  # the last
NEW
    # what all of them say
    -   file: a
        title:  ~
- {caption: About,  chapters: null}
- chapters:
  - file: b
    title: of two
      lines
"""
    cff = """keywords: [a,b,  c]
references:
- type:   article
  abstract: |
    Old.

# how often
version: 1
"""
    (book / "_toc.yml").write_bytes(toc.replace("NEW\n", "").replace("\n", "\r\n").encode())
    (book / "CITATION.cff").write_bytes(cff.encode())
    assert add(book) == 0
    listed = toc.replace("NEW", "    - file: chapters/texts/duke-1890").replace("\n", "\r\n")
    assert (book / "_toc.yml").read_bytes().decode() == listed
    cited = (book / "CITATION.cff").read_bytes().decode()
    start, end = cited.index('- type: "newspaper-article"'), cited.index("\n# how often")
    assert cited[:start] + cited[end:] == cff


@pytest.mark.parametrize(
    ("toc", "complaint"),
    [
        (
            "",
            "must name the first page of the book and list its chapters: write “root: index” and below it “chapters:”",
        ),
        ("# nothing\n", "must name the first page of the book and list its chapters"),
        ("- file: a\n", "must name the first page of the book and list its chapters"),
        ("chapters:\n- file: a\n", "must name the first page of the book and list its chapters"),
        ("root: index\n", "must have a list of chapters that a chapter can be added to: write “chapters:” in it"),
        ("root: index\nchapters: none\n", "must have a list of chapters that a chapter can be added to"),
        (
            "root: index\nchapters: [{file: a}]\n",
            "chapters: must be a YAML list, one entry below the other",
        ),
        ("root: index\nchapters:\n- file: a\nchapters:\n- file: b\n", "chapters at line 2: must be given once"),
        ("root: a\nroot: b\nchapters:\n- file: a\n", "root at line 1: must be given once"),
        ("root: index\nchapters:\n  - file: a\n bad: [\n", "must be YAML, and is not at line 4"),
        (
            "root: index\nchapters:\n- file: chapters/texts/duke-1890.ipynb\n",
            "chapters/texts/duke-1890: is listed already",
        ),
        (b"root: \xe9\n", "must be UTF-8; save it as UTF-8"),
        (None, "holds no _toc.yml, so no chapter can be added there: name the book's folder (--book)"),
    ],
)
def test_a_table_of_contents_that_takes_no_chapter_is_refused_and_nothing_is_written(book, capsys, toc, complaint):
    path = book / "_toc.yml"
    path.unlink()
    if toc is not None:
        path.write_bytes(toc if isinstance(toc, bytes) else toc.encode())
    before = contents(book)
    assert add(book) == 1
    error = capsys.readouterr().err
    assert f"{book if toc is None else path}" in error
    assert complaint in error
    assert contents(book) == before


@pytest.mark.parametrize(
    "citation",
    [
        "title: A\n# all of them\nreferences:\n  - type: article\n    title: Old\nversion: 1  # not the last\n",
        "title: A\nreferences:\n- type: article\n  title: Old\n\n- type: article\n  title: Other",
        "title: A\nreferences:  # texts\n    - {type: article, title: Old}\n\n",
        "title: A",
        "title: A\nreferences:  # none yet\nversion: 1\n",
        "references:\n- title: Old\n  abstract: >-\n    Of old\n    guns.\n\n# the version\nversion: 1\n",
    ],
)
def test_the_citation_names_the_new_text_after_the_others(book, citation):
    (book / "CITATION.cff").write_text(citation, encoding="utf-8")
    assert add(book, "--title", 'Guns: "a" # tale', "--outlet", "Alder Times", "--published", "1890-10-05") == 0
    after = (book / "CITATION.cff").read_text(encoding="utf-8")
    before = yaml.safe_load(citation)
    cff = yaml.safe_load(after)
    assert cff.pop("references")[:-1] == (before.pop("references", None) or [])
    assert after.count("references:") == 1
    assert cff == before
    new = yaml.safe_load(after)["references"][-1]
    assert (new["title"], new["date-published"], new["year"]) == ('Guns: "a" # tale', "1890-10-05", 1890)
    assert new["authors"] == [{"name": "Alder Times"}]
    assert [line for line in citation.splitlines() if line not in after.splitlines()] == []


@pytest.mark.parametrize(
    ("citation", "complaint"),
    [
        (b"references: [{type: article}]\n", "references: must be a YAML list"),
        (b"references: none\n", "references: must be a YAML list"),
        (b"- a\n", "references: must be a YAML list"),
        (b"a: 1\nb: [\n", "must be YAML, and is not at line 3"),
        (b"a: \xe9\n", "must be UTF-8; save it as UTF-8"),
        (b"a: 1\na: 2\n", "a at line 1: must be given once"),
    ],
)
def test_a_citation_that_takes_no_reference_is_refused(book, capsys, citation, complaint):
    (book / "CITATION.cff").write_bytes(citation)
    before = contents(book)
    assert add(book) == 1
    assert f"CITATION.cff: {complaint}" in capsys.readouterr().err
    assert contents(book) == before


def test_lines_of_windows_stay_lines_of_windows_except_in_tables(book):
    (book / "CITATION.cff").write_text("references:\n  - type: article\n", encoding="utf-8")
    tables = [book / "data" / f"{name}.csv" for name in ("sources", "sentences", "actors", "chains")]
    before = {path: path.read_bytes() for path in tables}
    for path in (book / "_toc.yml", book / "CITATION.cff", *tables):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert add(book) == 0
    for path in (book / "_toc.yml", book / "CITATION.cff"):
        assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    assert all(path.read_bytes().startswith(before[path]) for path in tables)


def test_a_dry_run_shows_the_sentences_and_writes_nothing(book, capsys):
    before = contents(book)
    assert add(book, "--dry-run", "--abbreviation", "guns") == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in shown] == ["duke-1890-p01-s1", "duke-1890-p02-s1"]
    assert contents(book) == before


def test_words_are_found_with_their_sentence_and_offsets(book, capsys, texts):
    arguments = ["--data", str(book / "data"), "--texts", str(texts)]
    assert main(["passage", "alder-2030", "River Brigade", *arguments]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "alder-2030-p01-s1,25,38"
    assert main(["passage", "alder-2030", "River Brigades", *arguments]) == 1
    assert "no sentence with the words" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("there", "words", "said"),
    [
        ("Norland’s capital", "Norland's capital", "the text has U+2019 ’ where you wrote '"),
        ("“We sell", '"We sell', 'the text has U+201C “ where you wrote "'),
        ("River\nBrigade, the", "River Brigade, the", "the text has a line break where you wrote a blank"),
        ("Nor\u00adland has", "Norland has", "the text has U+00AD (soft hyphen) where you wrote nothing"),
        (
            "three\u00a0million — so",
            "three million - so",
            "the text has U+00A0 (no-break space) where you wrote a blank",
        ),
        ("T‑9", "T-9", "the text has U+2011 ‑ where you wrote -"),
        ("Cafe\u0301", "Café", "the text has U+0065 U+0301 e\u0301 where you wrote U+00E9 é"),
        ("as is", "as is", ""),
    ],
)
def test_words_that_look_the_same_are_found_and_the_difference_is_said(book, capsys, tmp_path, there, words, said):
    before, after = "x\U0001f3f0 ", " and so on"
    (tmp_path / "alder-2030.txt").write_text(f"{before}{there}{after}", encoding="utf-8", newline="")
    first, *others = rows(book / "data" / "sentences.csv")
    whole = first | {"start": "0", "end": "60"}
    with (book / "data" / "sentences.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(whole), lineterminator="\n")
        writer.writeheader()
        writer.writerows([whole, *(row | {"start": "60", "end": "61"} for row in others)])
    assert main(["passage", "alder-2030", words, "--data", str(book / "data"), "--texts", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    # A castle is one code point, though two UTF-16 units and four bytes.
    assert out == f"alder-2030-p01-s1,3,{3 + len(there)}\n"
    assert err.startswith(f"passage: alder-2030-p01-s1: {said}") if said else err == ""


def test_words_of_two_sentences_are_told_to_be_so(book, capsys, texts):
    arguments = ["--data", str(book / "data"), "--texts", str(texts)]
    assert main(["passage", "alder-2030", "River Brigade By Tess", *arguments]) == 1
    assert "in no one sentence, but from 25 to 47" in capsys.readouterr().err


def interrupting(function, at, error):
    """Return `function` with the call number `at` failing, before it does anything, with `error`."""
    calls = []

    def called(*arguments):
        calls.append(arguments)
        if len(calls) == at:
            raise error
        return function(*arguments)

    return called, calls


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError("disk full"), SystemExit(143)], ids=repr)
@pytest.mark.parametrize("name", ["rename", "replace", "fsync"])
def test_an_interruption_leaves_what_was_before(book, monkeypatch, name, error):
    before, real = contents(book), getattr(os, name)
    for at in range(1, 20):
        called, calls = interrupting(real, at, error)
        with monkeypatch.context() as patch:
            patch.setattr(transaction.os, name, called)
            try:
                status = add(book, "--outlet", "Alder Times")
            except (KeyboardInterrupt, SystemExit):
                status = 1
        if len(calls) < at:
            assert status == 0
            break
        assert status == 1
        assert contents(book) == before, f"{name} {at}"
    assert at > {"rename": 2, "replace": 6, "fsync": 7}[name]


KILLED = """
import os, sys
from claimbook.authoring import transaction
from claimbook.cli import main
name, at = sys.argv[1], int(sys.argv[2])
real, calls = getattr(os, name), []
def called(*arguments):
    calls.append(arguments)
    if len(calls) == at:
        os.kill(os.getpid(), 9)
    return real(*arguments)
setattr(transaction.os, name, called)
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize(("name", "at"), [("fsync", 4), ("replace", 4), ("rename", 2)])
def test_what_a_killed_process_left_is_undone_by_the_next(book, name, at, capsys):
    before = contents(book)
    arguments = ["--id", "duke-1890", "--genre", "news", "--data", str(book / "data")]
    command = [sys.executable, "-c", KILLED, name, str(at), "new-text", str(book / "my.txt"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert contents(book) != before
    assert main(["validate", "--data", str(book / "data")]) == 0
    assert contents(book) == before
    assert add(book) == 0


def test_a_book_that_is_being_changed_is_left_alone(book, capsys):
    before = contents(book)
    with transaction.locked(book):
        assert add(book) == 1
    assert f"{book} is being changed by another command: nothing written" in capsys.readouterr().err
    assert contents(book) == before
    assert add(book) == 0


def test_of_many_commands_at_once_one_changes_the_book(book):
    arguments = ["--id", "duke-1890", "--genre", "news", "--data", str(book / "data")]
    command = [sys.executable, "-m", "claimbook", "new-text", str(book / "my.txt"), *arguments]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    told = [process.communicate(timeout=60) for process in running]
    refused = [err for _, err in told if err]
    assert all("is being changed by another command: nothing written" in err for err in refused)
    assert sum("sentences; changed or new" in out for out, _ in told) == 1
    assert sum("nothing changed" in out for out, _ in told) == len(told) - 1 - len(refused)
    assert not list(book.glob(".claimbook-*"))
    assert [row["source_id"] for row in rows(book / "data" / "sources.csv")].count("duke-1890") == 1


def test_a_chapter_that_is_no_notebook_is_a_problem(book):
    (book / "chapters" / "texts" / "alder-2030.ipynb").write_text("{")
    assert [str(p) for p in newtext.unwritten(book, ["alder-2030", "birch-2031"])] == [
        "chapters/texts/alder-2030.ipynb::: : must be a notebook"
    ]


def test_the_small_ledger_stays_valid_where_a_text_is_only_planned(book):
    options = newtext.Options("duke-1890", "news")
    made = newtext.plan(book / "my.txt", options, book / "data", book)
    assert len(made.changes) == 6
    assert json.loads(made.changes[book / "chapters" / "texts" / "duke-1890.ipynb"])["nbformat"] == 4
    assert validate(book / "data") == []


def test_a_text_may_have_any_number_of_paragraphs_claims_and_chains(book, folder, capsys):
    (book / "my.txt").write_bytes(b"It rains a lot. \n\n" * 120)
    assert add(book, "--outlet", "Town Hall", genre="press_release") == 0
    sentences = [row["sentence_id"] for row in rows(book / "data" / "sentences.csv")]
    assert sentences[-1] == "duke-1890-p120-s1"
    chain = rows(book / "data" / "chains.csv")[-1]
    folder.add("chains.csv", **chain | {"chain_id": "duke-1890-k100"})
    folder.add("claims.csv", claim_id="duke-1890-c1000", sentence_id="duke-1890-p120-s1", chain_id="duke-1890-k100")
    folder.add("number_exceptions.csv", exception_id="duke-1890-x100", sentence_id="duke-1890-p120-s1")
    folder.add("quantities.csv", quantity_id="duke-1890-q100", dimension="share", unit="per cent", bound="unspecified")
    folder.add("searches.csv", search_id="duke-1890-c1000-s100", claim_id="duke-1890-c1000")
    found = {(p.column, p.rule) for p in validate(book / "data") if "pattern" in p.rule or "one of" in p.rule}
    assert {column for column, _ in found} == set()


def test_a_book_whose_own_schema_has_room_for_fewer_says_so(book, folder, capsys):
    path = book / "data" / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("-p\\\\d{2,}-s", "-p\\\\d{2}-s"), encoding="utf-8")
    (book / "my.txt").write_bytes(b"It rains a lot. \n\n" * 100)
    before = contents(book)
    assert add(book) == 1
    told = capsys.readouterr().err
    assert "duke-1890-p100-s1: must match the pattern" in told
    assert "let datapackage.json take it, or split the text" in told
    assert contents(book) == before


@pytest.mark.parametrize("genre", ["speech", "post", "press_release", "report", "satire"])
def test_texts_of_many_kinds_can_be_cited(book, genre):
    (book / "CITATION.cff").write_text("cff-version: 1.2.0\nmessage: m\ntitle: t\nauthors: [{name: n}]\n")
    assert add(book, "--outlet", "Town Hall", genre=genre) == 0
    cited = yaml.safe_load((book / "CITATION.cff").read_text())
    assert [error.message for error in Validator(schemas.CFF).iter_errors(cited)] == []

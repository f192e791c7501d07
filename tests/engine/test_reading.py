"""Tables as people's tools leave them: read as they are meant, or refused in one line that says how to mend them."""

import csv
import io
import re
import unicodedata

import pytest
from files import contents
from folder import Folder
from places import FIXTURES
from table_forms import TOOLS, assert_same, mangle, same

from claimbook.authoring import splitting
from claimbook.cli import main
from claimbook.model import ledger, passages
from claimbook.validation import validate


@pytest.mark.parametrize("tool", TOOLS)
def test_every_table_is_read_as_it_is_meant(folder, tool):
    meant = ledger.load(folder.path, validate=False)
    mangle(folder.path, tool)
    assert_same(ledger.load(folder.path), meant)


NAME = ("actors.csv", 2, "name", "Nørland, née Å")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Return the files of an export of the ledger whose tables no tool has touched."""
    place = tmp_path_factory.mktemp("plain")
    folder = Folder(place / "data")
    folder.set(*NAME)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CLAIMBOOK_TEXTS", raising=False)
        assert main(["export", str(place / "export"), "--data", str(folder.path), "--all"]) == 0
    return contents(place / "export")


@pytest.mark.parametrize("tool", TOOLS)
def test_it_validates_and_is_written_back_in_one_form(folder, tmp_path, plain, tool):
    folder.set(*NAME)
    mangle(folder.path, tool)
    (folder.path / "references.bib").write_bytes(
        b"\xef\xbb\xbf" + (folder.path / "references.bib").read_bytes().replace(b"\n", b"\r\n")
    )
    (folder.path / "datapackage.json").write_bytes(b"\xef\xbb\xbf" + (folder.path / "datapackage.json").read_bytes())
    assert validate(folder.path) == []
    assert main(["export", str(tmp_path / "mangled"), "--data", str(folder.path), "--all"]) == 0
    assert contents(tmp_path / "mangled") == plain


def test_a_text_is_added_to_tables_of_any_form_in_one_form(folder, tmp_path, capsys):
    (tmp_path / "_toc.yml").write_text("root: index\nchapters:\n- file: a\n", encoding="utf-8")
    (tmp_path / "my.txt").write_text("One. Two.", encoding="utf-8")
    folder.set("actors.csv", 12, "name", "Ödön Żak")
    before = contents(folder.path)
    mangle(folder.path, "all of it")
    author = unicodedata.normalize("NFD", "Ödön Żak")
    arguments = ["--id", "my-text", "--genre", "blog", "--author", author, "--data", str(folder.path)]
    assert main(["new-text", str(tmp_path / "my.txt"), *arguments]) == 0
    after = contents(folder.path)
    for name in ("sources.csv", "sentences.csv", "chains.csv"):
        assert after[name].startswith(before[name])
        assert after[name].isascii() or unicodedata.is_normalized("NFC", after[name].decode())
    # The author is known, in whichever form the name is typed.
    assert folder.rows("sources.csv")[-1][8] == folder.rows("chains.csv")[-1][2] == rows_of(before["actors.csv"])[11][0]


def rows_of(raw):
    return list(csv.reader(io.StringIO(raw.decode(), newline="")))


def test_words_of_a_text_are_found_in_any_normal_form(folder, texts, capsys):
    """Offsets count what stands in the file, composed or not, and the tables hold its words composed."""
    path = texts / "alder-2030.txt"
    text = path.read_text(encoding="utf-8").replace("Harrow", "Hárröw").replace("River", "Rivér")
    for form in ("NFC", "NFD"):
        stored = unicodedata.normalize(form, text)
        path.write_text(stored, encoding="utf-8")
        rows = folder.rows("sentences.csv")
        cut = [s for s in splitting.sentences(stored)]
        assert len(cut) == 11
        for line, s in enumerate(cut, 2):
            rows[line - 1][4:7] = [s.start, s.end, passages.sha256(stored[s.start : s.end])]
        folder.write("sentences.csv", rows)
        for typed in ("NFC", "NFD"):
            words = unicodedata.normalize(typed, "Rivér Brigade")
            assert main(["passage", "alder-2030", words, "--data", str(folder.path), "--texts", str(texts)]) == 0
            sentence, start, end = capsys.readouterr().out.splitlines()[0].split(",")
            assert sentence == "alder-2030-p01-s1"
            assert unicodedata.normalize("NFC", stored[int(start) : int(end)]) == "Rivér Brigade"
        folder.set("mentions.csv", 3, "start", start)
        folder.set("mentions.csv", 3, "end", end)
        folder.set("mentions.csv", 3, "as_written", unicodedata.normalize("NFD", "Rivér Brigade"))
        problems = validate(folder.path, texts, only="alder-2030")
        assert [p for p in problems if (p.file, p.row) == ("mentions.csv", 3)] == []


def put(file, change):
    """Return a corruption of the bytes of a table."""

    def corrupt(folder):
        path = folder.path / file
        path.write_bytes(change(path.read_bytes()))

    return corrupt


def cell(file, line, column, value):
    return lambda folder: folder.set(file, line, column, value)


def delimited(separator):
    return lambda raw: same(raw, delimiter=separator)


COMMAS = "save it as comma-separated CSV (in a country with a decimal comma, Excel's CSV has semicolons)"
REFUSED = {
    "a line for Excel alone": (
        put("actors.csv", lambda raw: b"sep=,\n" + raw),
        "actors.csv:1:: sep=,: must not begin with a line for Excel alone; delete it",
    ),
    "a line for Excel alone, and semicolons": (
        put("actors.csv", lambda raw: b"sep=;\r\n" + delimited(";")(raw)),
        f"actors.csv:1:: sep=;: must not begin with a line for Excel alone; delete it, and {COMMAS}",
    ),
    "semicolons": (
        put("actors.csv", delimited(";")),
        f"actors.csv:1:: ;: cells must be separated by commas, not semicolons; {COMMAS}",
    ),
    "tabs": (
        put("actors.csv", delimited("\t")),
        f"actors.csv:1:: \\t: cells must be separated by commas, not tabs; {COMMAS}",
    ),
    "UTF-16": (
        put("actors.csv", lambda raw: raw.decode().encode("utf-16")),
        "actors.csv:1:: : must be UTF-8, and is UTF-16, as Windows PowerShell and Excel's Unicode text are; save it as "
        "UTF-8",
    ),
    "UTF-16 without a mark": (
        put("actors.csv", lambda raw: raw.decode().encode("utf-16-be")),
        "actors.csv:1:: : must be UTF-8, and is UTF-16, as Windows PowerShell and Excel's Unicode text are; save it as "
        "UTF-8",
    ),
    "Windows-1252": (
        put("actors.csv", lambda raw: raw.replace(b"Vestria,", b"V\xe9stria,").replace(b"Norland,", b"N\xf8rland,")),
        "actors.csv:2:: b'\\xf8': must be UTF-8, and seems to be Windows-1252 ('ø'); save it as UTF-8, in Excel as "
        "“CSV UTF-8”; and 2 more lines",
    ),
    "a decimal comma": (
        cell("quantities.csv", 3, "value", "14,0"),
        "quantities.csv:3:value: 14,0: must be a number in plain decimal notation; write a decimal with a point, and "
        "no marks between thousands",
    ),
    "a decimal comma that splits its cell": (
        put("quantities.csv", lambda raw: raw.replace(b"q02,2,", b"q02,2,0,")),
        "quantities.csv:3:: : the row must have 15 cells and has 16; a number has a decimal point and no comma, and a "
        "cell with a comma stands in quotation marks",
    ),
    "curly quotation marks in the header": (
        put("actors.csv", lambda raw: re.sub(r"[^,\n]+", r"“\g<0>”", raw.decode()).encode()),
        "actors.csv:1:: “actor_id”,“name”,“kind”,“iso3”,“living”,“reliability”,“reliability_reason”,“co…: columns "
        "must be named without blanks and without curly quotation marks, which hold no cell together",
    ),
    "curly quotation marks round a comma": (
        put("actors.csv", lambda raw: raw.replace(b"Vestria,", "“Vestria, Republic”,".encode(), 1)),
        "actors.csv:3:: : the row must have 8 cells and has 9; a cell with a comma stands in straight quotation marks "
        '("), which curly ones are not',
    ),
    "curly quotation marks round a word": (
        cell("actors.csv", 2, "kind", "“state”"),
        "actors.csv:2:kind: “state”: must be one of: person, state, government_body, international_organisation, "
        "alliance, armed_group, media, company, organisation, group, document, place; write it without quotation marks "
        "of its own",
    ),
    "a non-breaking space in an id of its own": (
        cell("claims.csv", 19, "claim_id", "birch-2031\u00a0-c003"),
        "claims.csv:19:claim_id: birch-2031\\xa0-c003: must match the pattern [a-z0-9]+(-[a-z0-9]+)*-c\\d{3,}; it "
        "holds a blank of another kind, such as a non-breaking one: delete it",
    ),
    "a non-breaking space in an id of another table": (
        cell("mentions.csv", 2, "actor_id", "norland\u202f"),
        "mentions.csv:2:actor_id: norland\\u202f: must not begin or end with white space",
    ),
    "a blank of another kind inside an id of another table": (
        cell("evidence.csv", 3, "origin", "norl\u2009and"),
        "evidence.csv:3:origin: norl\\u2009and: must be found in origins.origin; it holds a blank of another "
        "kind, such as a non-breaking one: delete it",
    ),
    "a value in capital letters": (
        cell("evidence.csv", 3, "stance", "Denies"),
        "evidence.csv:3:stance: Denies: must be one of: supports, admits, supports_part, qualifies, contradicts, "
        "not_verified, asserts, denies, silent; write it in small letters",
    ),
    "a mark in the middle": (
        put("actors.csv", lambda raw: raw + b"\xef\xbb\xbf" + raw),
        "actors.csv:13:: : must not contain a byte order mark except at its beginning",
    ),
    "an empty row in the middle": (
        put("actors.csv", lambda raw: raw.replace(b"\n", b"\n,,,,,,\n", 1)),
        "actors.csv:2:: : the row must not be empty; delete it",
    ),
    "a cell right of the last column": (
        put("actors.csv", lambda raw: b"\n".join(line + b"," for line in raw.splitlines()) + b"spare\n"),
        "actors.csv:12:: : the header names no column for a cell right of the last one; delete it",
    ),
}


@pytest.mark.parametrize(("corrupt", "line"), REFUSED.values(), ids=REFUSED)
def test_what_would_lose_data_is_one_line_with_its_mend(folder, capsys, corrupt, line):
    corrupt(folder)
    assert main(["validate", "--data", str(folder.path)]) == 1
    assert capsys.readouterr().out.splitlines() == [line]
    with pytest.raises(ValueError, match=re.escape(line)):
        ledger.load(folder.path)


def test_a_handful_of_faults_is_listed_row_by_row(folder, capsys):
    rows = folder.rows("actors.csv")
    for number, told in ((10, 10), (11, 1)):
        folder.write("actors.csv", rows + [[f"a-{i}", "A", "realm", *[""] * (len(rows[0]) - 3)] for i in range(number)])
        assert main(["validate", "--data", str(folder.path)]) == 1
        kinds = [line for line in capsys.readouterr().out.splitlines() if ":kind:" in line]
        assert len(kinds) == told
    assert kinds[0].endswith("; and 10 more rows with this value, the last of them row 23")


def test_what_a_rule_says_of_each_row_does_not_part_the_same_faults(folder, capsys):
    rows = folder.rows("actors.csv")
    folder.write("actors.csv", rows + [rows[1]] * 20)
    assert main(["validate", "--data", str(folder.path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "actors.csv:13:actor_id: norland: the key must be unique and is also in row 2; and 19 more rows with this "
        "value, the last of them row 32"
    ]


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_a_text_with_other_line_ends_is_told_so(folder, texts, capsys, ends):
    path = texts / "alder-2030.txt"
    for mark, also in ((b"", ""), (b"\xef\xbb\xbf", ", and no byte-order mark")):
        path.write_bytes(mark + (FIXTURES / "texts" / path.name).read_bytes().replace(b"\n", ends))
        assert main(["validate", "--data", str(folder.path), "--texts", str(texts)]) == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert line.endswith(
            f"must be the hash of {path}, and would be with the line ends of Unix (LF){also}: save the copy so (git "
            "and editors change them)"
        )
    path.write_text("Another text.", encoding="utf-8")
    assert main(["validate", "--data", str(folder.path), "--texts", str(texts)]) == 1
    assert capsys.readouterr().out.splitlines()[0].endswith(f"must be the hash of {path}")

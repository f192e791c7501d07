"""The bibliography as readers see it: BibTeX is decoded where it is read and escaped where it is written."""

import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.exchange import citation
from claimbook.model import bibliography
from claimbook.model.ledger import load, read_schema
from claimbook.site import places, things
from claimbook.view import addresses, tables
from claimbook.view.assessments import Assessments
from claimbook.view.markup import plain

SPECIAL = st.sampled_from("\\{}%$&#_~^-'`?!,\"@=<> \u0301é")
WORDS = st.text(st.one_of(SPECIAL, st.characters(exclude_categories=("Cs", "Cc"))), max_size=40)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (r"{\v S}ef\v{c}ovi\v c", "Šefčovič"),
        (r"Ku{\'z}niar, {\L}ukasz \.Zak, Bj{\o}rn, Gro\ss", "Kuźniar, Łukasz Żak, Bjørn, Groß"),
        (r"\'{\i}, \={\i}, \d{h}, {\c{\'c}}, M{\"u}ller", "í, ī, ḥ, ḉ, Müller"),
        (r"R\&D, 580\%, \$5, a\_b, \#1, {\&}", "R&D, 580%, $5, a_b, #1, &"),
        ("60% of $100mn and $5", "60% of $100mn and $5"),  # neither a comment nor a formula
        (r"``So'' -- it \emph{is} said \dots", "“So” – it is said …"),
        (r"FOI-R-{}-5181", "FOI-R--5181"),
        (r"\textquoteright{} \textbackslash{} \{x\} x\textasciitilde{}y", "’ \\ {x} x~y"),
        ("{{The {UN}}}  in\n  Minsk", "The UN in Minsk"),
        ("Luka\\-\u0161enka, p.~5", "Lukašenka, p.\u00a05"),
        ("e\u0301", "é"),
    ],
)
def test_a_value_is_shown_as_words(value, shown):
    assert bibliography.decode(value) == shown


def test_an_address_is_taken_as_it_stands_but_for_escapes():
    address = r"https://a.example/~b?c=%20d\_e{\_}f&g--h\%C3#i"
    assert bibliography.decode(address, "url") == "https://a.example/~b?c=%20d_e_f&g--h%C3#i"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (r"a \foo{b}", r"the command \foo is not known: write what it shows, in UTF-8"),
        (r"\alpha", r"the command \alpha is not known"),
        ("a\\", "must not end in a backslash"),
    ],
)
def test_a_command_that_cannot_be_shown_is_refused_and_named(folder, capsys, value, rule):
    folder.replace("references.bib", "{Birch note}", f'"{value}"')
    assert main(["validate", "--data", str(folder.path)]) == 1
    assert f"references.bib:17:title: {value}: {rule}" in capsys.readouterr().out


@given(WORDS)
@example("a -- b --- ``c'' ?` ,, \\textbackslash{} {} 5% $x$ ~ ^")
def test_words_survive_being_written_and_read(words):
    words = unicodedata.normalize("NFC", " ".join(words.split()))
    assert bibliography.decode(bibliography.encode(words)) == words
    entries, flaws = bibliography.parse(f"@misc{{a, title = {{x{bibliography.encode(words)}x}}, year = 2001}}")
    assert flaws == []
    assert entries["a"]["title"] == unicodedata.normalize("NFC", f"x{words}x")


@given(WORDS)
def test_whatever_stands_in_a_field_is_shown_or_refused(value):
    try:
        shown = bibliography.decode(value)
    except ValueError as error:
        shown = str(error)
    assert shown == unicodedata.normalize("NFC", shown)


def test_a_reader_sees_no_tex_anywhere(folder):
    path = folder.path / "references.bib"
    bib = path.read_text(encoding="utf-8")
    bib = bib.replace("{Harrow, Tess}", r"{Ku{\'z}niar, {\L}ukasz}").replace("{The Alder}", r"{Alder \& Birch}")
    bib = bib.replace("{Norland Quietly Arms the River Brigade}", r"{{\v S}ef\v{c}ovi\v c: 5\% of {US} arms}")
    path.write_text(bib.replace("{Statement on arms}", r"{Arms \& {\'E}tat}"), encoding="utf-8")
    book = load(folder.path)
    assert bibliography.read(folder.path)["alder-2030"]["author"] == "Kuźniar, Łukasz"
    page = tables.references(book)
    assert "Šefčovič: 5% of US arms" in page
    assert "Kuźniar, Łukasz; Alder & Birch" in plain(page)
    found = {entry[0]: entry[2:4] for entry in things.in_ledger(book).groups["publications"]}
    assert found["alder-2030"] == ("Šefčovič: 5% of US arms", "Kuźniar, Łukasz; Alder & Birch; 2030-03")
    assert Assessments(book).titles["norland-2030-statement"] == "Arms & État"
    assert not any(sign in page for sign in ("\\", "{", "}"))


def test_the_citation_of_an_export_is_escaped(folder):
    package = read_schema(folder.path)
    package["title"] = r"50% of R&D -- Łukasz's {draft} \o/"
    package["contributors"] = [{"title": "Alder & Birch, Inc."}, {"title": "The {UN}"}]
    entries, flaws = bibliography.parse(citation.bibtex(load(folder.path), package, "https://a.example/~b/"))
    assert flaws == []
    [entry] = entries.values()
    assert entry["title"] == package["title"]
    assert entry["author"] == "Alder & Birch, Inc. and The {UN}"
    assert entry["url"] == "https://a.example/~b/"


@pytest.mark.parametrize("key", ["élan-2030", "Élan-2030", "новая-газета-2030", "新华社-2030", "~a", "Zeit:2030/a"])
def test_any_key_is_on_a_page_or_refused(folder, tmp_path, capsys, key):
    old = "norland-2030-statement"
    for file in folder.path.rglob("*"):
        if file.suffix in (".csv", ".bib"):
            file.write_text(file.read_text(encoding="utf-8").replace(old, key), encoding="utf-8")
    first = key[0].lower() if key[0] in "éÉ" else key[0]
    exported = main(["export", str(tmp_path / "export"), "--all", "--data", str(folder.path)])
    said = capsys.readouterr().out
    if key == "~a":
        assert exported == 1
        assert "references.bib:27:: ~a: a key must consist of letters, digits and - _ . : + /" in said
        return
    assert exported == 0, said
    book = load(folder.path)
    shown = tables.references(book)
    holding = [leaf.name for leaf in shown.leaves if BeautifulSoup(leaf.body, "html.parser").find(id=key)]
    assert holding == [{"é": "references-e", "н": "references-n", "新": "references-other", "Z": "references-z"}[first]]
    [short] = BeautifulSoup(shown.short, "html.parser").find_all(id=key)
    assert short.a["href"] == f"{holding[0]}.html#{key}"
    assert places.address(f"use/references.html#{key}") == f"use/{holding[0]}.html#{key}"
    assert key in {entry[0] for entry in things.in_ledger(book).groups["publications"]}


@pytest.mark.parametrize(
    ("url", "words", "address"),
    [
        ("https://a.example/x", "well-known, they say", "https://a.example/x#:~:text=well%2Dknown%2C%20they%20say"),
        ("https://a.example/x#top", "they say", "https://a.example/x#top:~:text=they%20say"),
        ("https://a.example/x", "a b … c", "https://a.example/x#:~:text=a%20b,c"),
        ("https://a.example/x", "a b c d e f g h i", "https://a.example/x#:~:text=a%20b%20c,g%20h%20i"),
        (
            "https://a.example/x",
            "в Минске",
            "https://a.example/x#:~:text=%D0%B2%20%D0%9C%D0%B8%D0%BD%D1%81%D0%BA%D0%B5",
        ),
        ("https://a.example/x.PDF?y=1", "they say", "https://a.example/x.PDF?y=1"),
        ("https://a.example/x", "", "https://a.example/x"),
    ],
)
def test_a_link_leads_to_the_words_within_a_page(url, words, address):
    assert addresses.words(url, words) == address


def test_decisive_words_stand_beside_what_they_bear_out_and_lead_to_their_place(folder):
    folder.set("evidence.csv", 5, "words", "received him")
    folder.set("evidence.csv", 5, "words_english", "<i>welcomed</i> him")
    shown = BeautifulSoup(Assessments(load(folder.path)).sides("alder-2030-c008"), "html.parser")
    row = shown.find(id="alder-2030-c008-e01")
    assert row.select_one(".cb-words a q").text == "received him"
    assert row.select_one(".cb-words a")["href"].endswith("#:~:text=received%20him")
    assert row.select_one(".cb-words a")["rel"] == ["noopener"]
    assert "(in English: <i>welcomed</i> him)" in row.text


def test_an_archived_copy_is_linked_and_must_be_an_address(folder, capsys):
    folder.replace(
        "references.bib", "title = {Birch note},", "title = {Birch note}, archived = {https://web.example/1/x_y},"
    )
    shown = BeautifulSoup(tables.references(load(folder.path)), "html.parser")
    assert shown.find("a", string="archived copy")["href"] == "https://web.example/1/x_y"
    folder.replace("references.bib", "https://web.example/1/x_y", "the library")
    assert main(["validate", "--data", str(folder.path)]) == 1
    assert "archived: the library: must be an http(s) address with a host" in capsys.readouterr().out

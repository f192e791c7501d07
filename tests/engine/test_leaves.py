"""A long form stands on light pages of its own; its page names each in a line, and what lies there is linked there."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from claimbook.site import light, places
from claimbook.site.kept import Kept
from claimbook.site.renderers import leaves_problems
from claimbook.view.leaves import Leaf, line, long
from claimbook.view.markup import el
from claimbook.view.mime import LEAVES

A = Leaf("words-a", "Words, A", el("p", "Alder", id="alder"), "A")
B = Leaf("words-b", "Words, B", el("p", "Birch <&>", id="birch"), "B")


def made(path="chapters/use/words-a.html", body="<p>x</p>"):
    return light.leaf(path, "A & B", body, book="The book", coder="a model", page="chapters/use/words", of="Words")


def test_a_notebook_shows_the_whole_and_the_page_the_short_form():
    bundle = long(line([A, B]), [A, B])._repr_mimebundle_()
    assert "Alder" in bundle["text/html"]
    assert "Birch &lt;&amp;&gt;" in bundle["text/html"]
    links = BeautifulSoup(bundle[LEAVES]["html"], "html.parser").find_all("a")
    assert [(a.text, a["href"], a["aria-label"]) for a in links] == [
        ("A", "words-a.html", "Words, A"),
        ("B", "words-b.html", "Words, B"),
    ]
    of_a = BeautifulSoup(bundle[LEAVES]["leaves"][0]["html"], "html.parser")
    assert [a.text for a in of_a.find_all("a")] == ["B"]  # the line does not lead to where one is
    assert of_a.find(id="alder") is not None


def test_a_leaf_without_a_label_has_no_line_of_leaves():
    alone = Leaf("words", "Words", el("p", "Alder"))
    assert long(el("p"), [alone])._repr_mimebundle_()[LEAVES]["leaves"][0]["html"] == "<p>Alder</p>"


def test_a_leaf_says_where_it_belongs_and_is_known_as_one():
    page = BeautifulSoup(made(), "html.parser")
    assert page.h1.text == "A & B"
    assert page.main.a["href"] == "words.html"
    assert page.find("link", rel="stylesheet")["href"] == "../../_static/book.css"
    assert light.is_leaf(made())
    assert not light.is_leaf(f"<!DOCTYPE html>\n<html><body>{light.LEAF}")


def test_a_link_of_a_leaf_leads_to_a_page_of_the_book_or_is_none(tmp_path):
    name = "chapters/use/words-a.html"
    body = '<a href="../texts/alder.html#x">there</a> <a href="gone.html">away</a> <a href="#alder">here</a>'
    [page] = light.finished({name: made(name, body)}, {"chapters/texts/alder.html"}, Kept(tmp_path, "x"))
    links = [a["href"] for a in BeautifulSoup(page.text, "html.parser").main.find_all("a")]
    assert links == ["../texts/alder.html#x", "#alder"]


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["Words A"], "the leaf 'Words A' is not lower case with hyphens"),
        (["words-a", "words-a"], "the name of the leaf 'words-a' is taken"),
        (["words"], "the name of the leaf 'words' is taken"),
    ],
)
def test_a_leaf_has_a_name_of_its_own(names, problem):
    env = SimpleNamespace(temp_data={}, docname="chapters/use/words", found_docs={"chapters/use/words"})
    assert leaves_problems([{"name": name} for name in names], env) == [problem]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("references.html#alder-2030", "references-a.html#alder-2030"),
        ("../use/references.ipynb#1tv-2020", "../use/references-0-9.html#1tv-2020"),
        ("references.html", "references.html"),
        ("preferences.html#alder-2030", "preferences.html#alder-2030"),
        ("https://a.example/x/references.html#a", "https://a.example/x/references.html#a"),
    ],
)
def test_a_link_to_a_publication_leads_to_its_letter(link, leads):
    assert places.address(link) == leads

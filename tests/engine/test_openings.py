"""Cards of the pages of a folder, in a book of a few pages built with Sphinx alone."""

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

LEAD = '.. raw:: html\n\n   <p class="cb-lead">Sales <em>fell</em> by 3.5 per cent. They rose later.</p>\n'


@pytest.fixture
def build(tmp_path):
    """Build a book whose first page shows the cards of a folder; return them."""
    source = tmp_path / "source"
    (source / "stories").mkdir(parents=True)
    (source / "conf.py").write_text("extensions = ['claimbook.site.openings']\n")
    (source / "other.rst").write_text("Other\n=====\n\nNot a story.\n")

    def built(stories):
        for name, text in stories.items():
            (source / "stories" / f"{name}.rst").write_text(f"{name} told\n{'=' * 20}\n\n{text}\n")
        pages = "".join(f"   stories/{name}\n" for name in stories)
        index = f"Book\n====\n\n.. openings:: stories\n\n.. toctree::\n\n   other\n{pages}"
        (source / "index.rst").write_text(index)
        out = tmp_path / "out"
        with patch_docutils(), docutils_namespace():
            Sphinx(source, source, out, tmp_path / "doctrees", "html", status=None).build()
        page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
        return page.select(".cb-openings > li")

    return built


def said(card):
    return card.a.get_text(), card.a["href"], card.p.get_text()


def test_a_page_that_joins_the_contents_has_its_card_in_their_order(build):
    first = ("sales", "stories/sales.html")
    assert [said(card)[1] for card in build({"sales": LEAD})] == [first[1]]
    cards = build({"trade": "Trade grew. It had shrunk.", "sales": LEAD})
    assert [said(card) for card in cards] == [
        ("trade told", "stories/trade.html", "Trade grew."),
        ("sales told", "stories/sales.html", "Sales fell by 3.5 per cent."),
    ]
    assert not any(card.select("figure") for card in cards), "neither has a picture"


def test_a_card_follows_the_page_when_its_opening_changes(build):
    build({"sales": LEAD})
    [card] = build({"sales": LEAD.replace("fell", "rose")})
    assert said(card)[2] == "Sales rose by 3.5 per cent."


def test_words_of_a_page_are_shown_as_words(build):
    [card] = build({"sales": "Say ``<b>`` & be gone."})
    assert said(card)[2] == "Say <b> & be gone."
    assert not card.select("b")


def test_a_folder_without_pages_shows_no_cards(build):
    assert build({}) == []

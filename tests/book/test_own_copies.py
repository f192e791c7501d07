"""One's own copies of the texts of this book: all of each is found, and on the built pages nothing of it can leave."""

import os
import re

import pytest
from browser import DESK, PHONE, Visit, draw_charts
from copy_page import give, passages, write
from this_book import BOOK

from claimbook.model.passages import read_text
from claimbook.model.prints import folded

CONNECT = re.compile(r"connect-src ('\w+')")
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def real(source_id):
    folder = os.environ.get("CLAIMBOOK_TEXTS")
    if not folder:
        pytest.skip("needs the texts: set CLAIMBOOK_TEXTS")
    return read_text(folder, source_id)


def fold(text):
    return "".join(kept.character for kept in folded(text))


@pytest.mark.parametrize("source_id", BOOK.texts)
def test_every_sentence_of_the_text_is_found_and_every_claim_marked(browser, tmp_path, source_id):
    text, part = real(source_id), BOOK.text(source_id)
    content = part.sentences[part.sentences["role"] == "content"]
    path = write(tmp_path, BOOK, source_id)
    with Visit(browser, tmp_path.as_uri(), viewport=DESK) as visit:
        visit.page.goto(path.as_uri())
        for copy in (text, text.translate(STRAIGHT).replace("\n", "\r\n")):
            said = give(visit.page, copy)
            assert f"{len(content)} of {len(content)} sentences found, and {len(part.claims)} of" in said
            marked = passages(visit.page)
            for claim in part.claims.itertuples():
                assert fold(marked[claim.claim_id]) == fold(text[claim.start : claim.end])
        assert visit.errors == []


def test_every_content_sentence_has_a_fingerprint_of_its_folded_form():
    content = BOOK.sentences[BOOK.sentences["role"] == "content"]
    assert (content["folded_sha256"] != "").all()
    assert (content["folded_steps"].str.split().map(lambda n: sum(map(int, n[::2]))) == content["folded_length"]).all()


def test_pages_of_texts_alone_take_a_copy_and_may_connect_to_nothing(book):
    pages = {f"chapters/texts/{source_id}.html" for source_id in BOOK.texts}
    policies = {
        path.relative_to(book).as_posix(): CONNECT.findall(path.read_text(encoding="utf-8"))
        for path in [*book.glob("*.html"), *(book / "chapters").rglob("*.html")]
    }
    for name, policy in policies.items():  # a light page names no place to connect to, and so may connect to none
        assert policy == ["'none'"] if name in pages else policy in ([], ["'self'"]), name
        assert policy or "default-src 'none'" in (book / name).read_text(encoding="utf-8"), name
        assert ("copy.js" in (book / name).read_text(encoding="utf-8")) == (name in pages)


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_on_the_built_page_no_request_follows_a_copy(browser, book, site_url, scheme):
    source_id = BOOK.texts[0]
    text = real(source_id)
    home = site_url if scheme == "http" else f"{book.as_uri()}/"
    with Visit(browser, home, viewport=DESK) as visit:
        visit.page.goto(f"{home}chapters/texts/{source_id}.html")
        assert draw_charts(visit.page, "figure.cb-chart >> nth=0") or not visit.page.locator("figure.cb-chart").count()
        assert "sentences found" in give(visit.page, text)
        before = len(visit.asked)
        visit.page.locator("a.cb-mark").first.click()
        visit.page.mouse.wheel(0, 400)
        visit.page.locator("a.cb-mark").nth(5).hover()
        assert "sentences found" in give(visit.page, text.translate(STRAIGHT), None)
        assert visit.asked[before:] == []
        assert visit.outside == []
        assert visit.errors == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_marked_copy_fits_the_built_page(browser, book, site_url, size):
    source_id = BOOK.texts[0]
    with Visit(browser, site_url, viewport=size) as visit:
        visit.page.goto(f"{site_url}chapters/texts/{source_id}.html")
        give(visit.page, real(source_id))
        assert len(passages(visit.page)) == len(BOOK.text(source_id).claims)
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def test_the_build_never_shows_a_readers_copy(book):
    for source_id in BOOK.texts:
        page = (book / "chapters" / "texts" / f"{source_id}.html").read_text(encoding="utf-8")
        assert "cb-own" in page
        assert "sentences found in" not in page

"""One's own copy of a text: what it may differ in, what it may not, and that nothing of it leaves the page."""

import re
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import DESK, PHONE, Visit, served
from copy_page import give, passages, write
from folder import Folder
from places import FIXTURES

from claimbook.model import ledger, prints
from claimbook.model.passages import read_text
from claimbook.view import own_copy, palette
from claimbook.view.cards import Cards

SMALL = ledger.load(FIXTURES / "ledger")
ALDER = "alder-2030"
TEXT = read_text(FIXTURES / "texts", ALDER)
CLAIMS = SMALL.text(ALDER).claims
CONTENT = SMALL.text(ALDER).sentences.query("role == 'content'")
HASH = "async (text) => claimbookHash(text)"
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def fold(text):
    return "".join(kept.character for kept in prints.folded(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It sold “rockets” – many.", 'it sold "rockets" -- many'),
        ("an organisation", "an organi-\nsation"),
        ("an organisation", "an organi\u00adsation"),
        ("$1.5 million", "$1,5 million"),
        ("the café", unicodedata.normalize("NFD", "the café")),
        ("in the ﬁeld", "in the field"),
        ("10\u00a0000 men", "10 000 men"),
    ],
)
def test_what_copying_changes_folds_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("$1.5 million", "$15 million"), ("in 2001, 15 men", "in 200115 men"), ("9 tanks", "9 tankers")]
)
def test_what_says_something_else_does_not(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("words", ["“No,” he said: ½ of 1,500–2,000.", "ﬁve x", "…", "A. B 3.5 km; 2001, 15"])
def test_steps_lead_from_every_place_to_the_folded_form(words):
    kept, steps = prints.folded(words), prints.steps(prints.folded(words), len(words))
    assert (sum(steps[::2]), sum(steps[1::2])) == (len(kept), len(words))
    at = folded = 0
    for n, width in zip(steps[::2], steps[1::2], strict=True):
        assert [one.start for one in kept if at <= one.start < at + width] == [
            k.start for k in kept[folded : folded + n]
        ]
        at, folded = at + width, folded + n


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return ledger.load(Folder(tmp_path_factory.mktemp("ledger") / "data").path)


@pytest.fixture(scope="module")
def site(tmp_path_factory, small):
    folder = tmp_path_factory.mktemp("copy")
    write(folder, small, ALDER)
    with served(folder) as home:
        yield folder, home


@pytest.fixture
def visit(browser, site):
    with Visit(browser, site[1], viewport=DESK) as visit:
        visit.page.goto(f"{site[1]}chapters/{ALDER}.html")
        yield visit
        assert visit.errors == []
        assert visit.outside == []


def sentence(place):
    """Return the words of a sentence by paragraph and number."""
    row = CONTENT.set_index(["paragraph", "sentence"]).loc[place]
    return TEXT[row.start : row.end]


def wrapped(text):
    return re.sub(r"(?<!\n) (?!\n)", lambda m: "\n" if m.start() % 7 == 0 else " ", text)


PAGE = (
    "<!doctype html><html><head><title>Norland sells</title><style>p{{color:red}}</style></head><body><nav><ul><li>Home"
    "<li>World</ul></nav><script>var x = 1;</script>{}<footer>All rights</footer></body></html>"
)
SAME = {
    "as it is": TEXT,
    "line ends of Windows and a byte-order mark": f"\ufeff{TEXT}".replace("\n", "\r\n"),
    "straight quotation marks": TEXT.translate(STRAIGHT),
    "another apostrophe and dashes": TEXT.replace("’", "´").replace("-", "—"),
    "wrapped lines": wrapped(TEXT),
    "a line break between paragraphs": TEXT.replace("\n\n", "\n"),
    "soft hyphens and odd blanks": TEXT.replace("million", "mil\u00adlion").replace(" of ", "\u00a0of  "),
    "words hyphenated at line ends": TEXT.replace("agreements", "agree-\nments"),
    "capitals": TEXT.upper(),
    "a menu before it and notes after": f"Home\nWorld\nNorland 2030\n\n{TEXT}\n\n3 comments\n\nShare. 12 March 2030.",
    "headings between": TEXT.replace("\n\nThe ", "\n\nWHAT FOLLOWS\n\nThe "),
    "a teaser that repeats a sentence": f"{sentence((5, 2))}\n\n{TEXT}",
}


@pytest.mark.parametrize("copy", SAME.values(), ids=SAME)
def test_every_sentence_and_claim_is_found_in_a_copy(visit, copy):
    said = give(visit.page, copy)
    assert f"{len(CONTENT)} of {len(CONTENT)} sentences found" in said
    marked = passages(visit.page)
    assert {*marked} == {*CLAIMS["claim_id"]}
    for claim in CLAIMS.itertuples():
        assert fold(marked[claim.claim_id]) == fold(TEXT[claim.start : claim.end])


FILES = {
    "UTF-16 with its mark": (TEXT.encode("utf-16"), "copy.txt"),
    "UTF-16 without": (TEXT.encode("utf-16-be"), "copy.txt"),
    "Windows-1252": (TEXT.encode("windows-1252"), "copy.txt"),
    "a web page": (PAGE.format("".join(f"<p>{p}</p>" for p in TEXT.split("\n\n"))).encode(), "copy.html"),
    "a web page of divisions": (PAGE.format(TEXT.replace("\n\n", "<br><br>")).encode(), "copy.txt"),
    "a web page that names its encoding": (
        PAGE.replace("<style>", "<meta charset=windows-1252><style>").format(TEXT).encode("windows-1252"),
        "page.htm",
    ),
    "words that are pasted": (TEXT, None),
}


@pytest.mark.parametrize(("copy", "name"), FILES.values(), ids=FILES)
def test_files_are_read_as_they_are_written(visit, copy, name):
    assert f"{len(CONTENT)} of {len(CONTENT)} sentences found" in give(visit.page, copy, name)
    assert len(passages(visit.page)) == len(CLAIMS)


OTHER = {
    "a letter": ((6, 1), lambda words: words.replace("reacted", "retracted")),
    "a number": ((5, 2), lambda words: words.replace("120", "12.0")),
    "the order of words": ((4, 2), lambda words: words.replace("She also", "Also she")),
    "nothing is left": ((4, 1), lambda words: ""),
    "a word before": ((6, 2), lambda words: words.replace("Billions", "Zillions")),
}


@pytest.mark.parametrize(("place", "change"), OTHER.values(), ids=OTHER)
def test_a_sentence_that_says_something_else_alone_is_missing(visit, place, change):
    words = sentence(place)
    assert change(words) != words
    said = give(visit.page, TEXT.replace(words, change(words)))
    assert f"{len(CONTENT) - 1} of {len(CONTENT)} sentences found" in said
    assert f"paragraph {place[0]}, sentence {place[1]}." in said
    row = CONTENT.set_index(["paragraph", "sentence"]).loc[place]
    lost = {*CLAIMS["claim_id"][CLAIMS["sentence_id"] == row.sentence_id]}
    assert {*passages(visit.page)} == {*CLAIMS["claim_id"]} - lost
    listed = visit.page.locator(".cb-absent [data-claim]").evaluate_all("all => all.map(one => one.dataset.claim)")
    assert {*listed} == lost


def test_sentences_that_changed_places_are_each_found_at_their_own(visit):
    one, other = sentence((5, 1)), sentence((6, 2))
    copy = TEXT.replace(one, "\0").replace(other, one).replace("\0", other)
    assert f"{len(CONTENT)} of {len(CONTENT)}" in give(visit.page, copy)
    marked = passages(visit.page)
    assert all(marked[claim.claim_id] == TEXT[claim.start : claim.end] for claim in CLAIMS.itertuples())


def test_a_part_is_marked_as_far_as_it_goes(visit):
    assert f"2 of {len(CONTENT)} sentences found" in give(visit.page, TEXT.split("\n\n")[4], None)


@pytest.mark.parametrize("copy", [read_text(FIXTURES / "texts", "birch-2031"), "Some other words.", "½ … 3"])
def test_another_text_is_said_to_be_one(visit, copy):
    said = give(visit.page, copy)
    assert "No sentence of" in said
    assert "another text" in said
    assert passages(visit.page) == {}
    assert visit.page.locator(".cb-give").is_visible()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04 word/document.xml", "word processor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "word processor"),
        (b"{\\rtf1 Norland", "word processor"),
        (b"GIF\x01\x02\x03\x00", "no file of text"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_a_way_out(visit, raw, words):
    said = give(visit.page, raw)
    assert words in said
    assert "paste them here" in said


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_nothing_is_asked_for_once_a_copy_is_there(browser, site, scheme):
    folder, home = site
    start = home if scheme == "http" else folder.as_uri()
    with Visit(browser, start, viewport=DESK) as visit:
        visit.page.goto(f"{start.rstrip('/')}/chapters/{ALDER}.html")
        assert not any("copy-" in address for address in visit.asked)
        give(visit.page, TEXT)
        before = len(visit.asked)
        for number in range(4):
            visit.page.locator("a.cb-mark").nth(number).click()
        visit.page.locator(".cb-back").first.click()
        assert f"{len(CONTENT)} of" in give(visit.page, TEXT.translate(STRAIGHT), None)
        assert visit.asked[before:] == []
        assert all(TEXT[:20] not in address for address in visit.asked)
        assert visit.errors == []
        tries = "() => fetch('/x?' + document.title).then(() => 'sent', () => 'stopped')"
        assert visit.page.evaluate(tries) == "stopped"
        visit.errors.clear()


def test_without_the_browsers_own_hash_a_plain_one_gives_the_same(browser, site):
    long = "ä" * 200
    with Visit(browser, site[1], viewport=DESK) as visit:
        visit.page.goto(f"{site[1]}chapters/{ALDER}.html")
        native = [visit.page.evaluate(HASH, text) for text in ("", "abc", TEXT, long, "x" * 55, "x" * 56, "x" * 64)]
    with Visit(browser, site[1], viewport=DESK) as visit:
        visit.page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
        visit.page.goto(f"{site[1]}chapters/{ALDER}.html")
        assert visit.page.evaluate("() => crypto.subtle === undefined")
        plain = [visit.page.evaluate(HASH, text) for text in ("", "abc", TEXT, long, "x" * 55, "x" * 56, "x" * 64)]
        assert plain == native
        assert f"{len(CONTENT)} of {len(CONTENT)}" in give(visit.page, TEXT)


def test_the_script_folds_as_the_model_does(visit):
    for words in (TEXT, "“İĐ ½ № ﬁ e\u0301 1,5 2001, 15 3–4 a\u00adb ™ Ὀδυσσεύς", "中国。12．5", "𝟙𝟚 .5 5."):
        found = visit.page.evaluate("text => claimbookFolded([...text]).map(k => [k.character, k.start, k.end])", words)
        assert [tuple(kept) for kept in found] == [tuple(kept) for kept in prints.folded(words)]


def test_passages_and_cards_lead_to_each_other_by_keyboard(visit):
    page = visit.page
    give(page, TEXT)
    words = page.locator("a.cb-mark").nth(3)
    claim = words.get_attribute("data-claims").split()[0]
    words.focus()
    page.keyboard.press("Enter")
    focused = "() => document.activeElement.dataset.claim"
    assert page.evaluate(focused) == claim
    page.locator(f"[data-claim='{claim}'] .cb-back").focus()
    page.keyboard.press("Enter")
    assert claim in page.evaluate("() => document.activeElement.dataset.claims").split()


def test_a_card_has_verdict_and_denial_and_leads_to_the_claims_page(visit, small):
    give(visit.page, TEXT)
    cards = Cards(small)
    for claim in CLAIMS["claim_id"]:
        card = visit.page.locator(f"[data-claim='{claim}']")
        verdict = cards.assessed.verdicts.at[claim, "verdict"]
        assert palette.VERDICTS[verdict] in card.locator(".cb-verdict").inner_text()
        assert card.locator("a").get_attribute("href").endswith(f"/claims/{claim}.html")
        assert ("Denied:" in card.inner_text()) == bool(cards.assessed.denial(claim))


def test_on_a_phone_the_cards_of_a_passage_open_in_place(browser, site):
    with Visit(browser, site[1], viewport=PHONE) as visit:
        page = visit.page
        page.goto(f"{site[1]}chapters/{ALDER}.html")
        give(page, TEXT)
        assert page.locator(".cb-pair [data-claim]:visible").count() == 0
        words = page.locator("a.cb-mark").nth(1)
        words.click()
        shown = page.locator(".cb-pair [data-claim]:visible").evaluate_all("all => all.map(one => one.dataset.claim)")
        assert {*shown} == {*words.get_attribute("data-claims").split()}
        words.click()
        assert page.locator(".cb-pair [data-claim]:visible").count() == 0
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
        page.emulate_media(media="print")
        assert page.locator(".cb-pair [data-claim]:visible").count() == len(CLAIMS)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_marked_copy_is_accessible(browser, site, size, theme):
    # axe is brought into the page as code, which the policy of the page forbids.
    with Visit(browser, site[1], viewport=size, bypass_csp=True) as visit:
        visit.page.goto(f"{site[1]}chapters/{ALDER}.html")
        visit.page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        give(visit.page, TEXT.replace("reacted", "retracted"))
        visit.page.locator("a.cb-mark").first.click()
        result = Axe().run(visit.page)
        assert result.response["violations"] == [], result.generate_report()


def test_the_page_and_its_data_hold_no_words_of_the_text(site):
    folder, _ = site
    held = (folder / "_static" / f"copy-{ALDER}.js").read_text(encoding="utf-8")
    for claim in CLAIMS.itertuples():
        passage = TEXT[claim.start : claim.end]
        assert len(passage.split()) < 6 or passage not in held


def test_in_jupyterlab_the_copy_of_the_folder_stands_beside_its_claims(small, monkeypatch, tmp_path):
    text = small.text(ALDER)
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)
    assert "CLAIMBOOK_TEXTS" in own_copy.beside(text).striptags()
    monkeypatch.setenv("CLAIMBOOK_TEXTS", str(FIXTURES / "texts"))
    shown = own_copy.beside(text)
    assert "<script" not in shown
    assert f"{len(CONTENT)} of {len(CONTENT)} sentences found" in shown.striptags()
    for claim in CLAIMS["claim_id"]:
        assert f'id="{claim}-copy"' in shown
        assert re.search(rf'data-claims="[^"]*\b{claim}\b', shown)
    assert "Oda Brandt said at a press briefing" in shown.striptags()
    # The page gets another form, which never holds the copy.
    page = own_copy.panel(text)._repr_mimebundle_()["application/vnd.claimbook.copy+json"]["html"]
    assert "press briefing" not in page
    (tmp_path / f"{ALDER}.txt").write_text(TEXT.replace("reacted", "retracted"), encoding="utf-8")
    assert "Not found: paragraph 6, sentence 1" in own_copy.beside(text, tmp_path).striptags()
    (tmp_path / f"{ALDER}.txt").write_text("Other words.", encoding="utf-8")
    assert "another text" in own_copy.beside(text, tmp_path).striptags()
    assert "cannot be read" in own_copy.beside(text, tmp_path / "none").striptags()


def test_a_fingerprint_that_is_not_of_its_sentence_is_refused(folder, texts):
    from claimbook.validation import validate

    assert validate(folder.path, texts=texts) == []
    folder.set("sentences.csv", 2, "folded_length", "7")
    (problem,) = validate(folder.path, texts=texts)
    assert str(problem).startswith("sentences.csv:2:folded_length: 7: must be that of the passage")

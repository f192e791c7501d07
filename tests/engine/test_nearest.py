"""\"Was this checked?\": a reader's sentence finds the claims nearest to it, on a small ledger."""

import pytest
from browser import DESK, Visit
from playwright.sync_api import expect
from search_page import check, write

from claimbook.model import ledger
from claimbook.site import nearest, speech
from claimbook.view.cards import Cards

NOTHING = "Nothing near in this book. The sentence was not checked here, which says nothing of whether it is true."


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    from folder import Folder

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CLAIMBOOK_TEXTS", raising=False)
        yield ledger.load(Folder(tmp_path_factory.mktemp("small") / "data").path)


@pytest.fixture(scope="module")
def visit(browser, small, tmp_path_factory):
    """Open the page from the disk, where nothing but its own folder can be reached."""
    path = write(tmp_path_factory.mktemp("page"), small)
    with Visit(browser, path.parent.as_uri(), viewport=DESK) as visit:
        visit.page.goto(path.as_uri())
        yield visit
        assert (visit.outside, visit.errors) == ([], [])


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Norland secretly delivers weapons to the River Brigade", "alder-2030-c001"),
        ("Rockets worth forty million dollars were shipped to the Brigade", "alder-2030-c003"),
        ("$40m of rockets for the Brigade", "alder-2030-c003"),
        ("In April 2029 Oda Brandt, the minister, travelled to Vestria", "alder-2030-c008"),
        ("The Northern League keeps silent", "alder-2030-c013"),
    ],
)
def test_a_sentence_in_other_words_finds_its_claim(sentence, claim, visit):
    assert claim in check(visit.page, sentence)


def test_what_is_shown_is_statement_verdict_denial_text_and_why(visit, small):
    [shown, *_] = check(visit.page, "Norland secretly delivers weapons to the River Brigade")
    first = visit.page.locator("#cb-nearest li").first
    claim = small.claims.set_index("claim_id").loc[shown]
    expect(first.locator("> a")).to_have_text(claim["statement"])
    expect(first.locator("> .cb-verdict")).to_be_visible()
    expect(first).to_contain_text(shown)
    expect(first).to_contain_text(
        "telling words and names, in the claim, as they are or in like words: Norland, secretly, delivers, weapons"
    )


def test_a_claim_with_a_denial_shows_it(visit, small):
    denied = next(c for c in small.claims["claim_id"] if Cards(small).assessed.denial(c) is not None)
    statement = small.claims.set_index("claim_id").at[denied, "statement"]
    check(visit.page, statement)
    line = visit.page.locator("#cb-nearest li", has_text=denied)
    expect(line).to_contain_text("Denied: ")


@pytest.mark.parametrize(
    "sentence",
    [
        "The orchestra plays Mahler in Vienna tonight",
        "Bread has become dearer in Peru",
        "constructor toString __proto__ valueOf",
        "the of and",
        "!!! ???",
    ],
)
def test_a_sentence_on_something_else_finds_nothing_and_is_told_so(sentence, visit):
    assert check(visit.page, sentence) == []
    expect(visit.page.locator("#cb-near")).to_have_text(NOTHING)


def test_an_emptied_field_takes_its_answer_with_it(visit):
    page = visit.page
    assert check(page, "Norland secretly delivers weapons to the River Brigade")
    page.locator("#cb-sentence").fill("")
    page.get_by_role("button", name="Find the nearest claims").click()
    assert page.locator("#cb-sentence").evaluate("field => !field.checkValidity()")


def test_the_keyboard_asks_and_a_screen_reader_hears_the_answer(visit):
    page = visit.page
    field = page.get_by_role("textbox", name="Paste a sentence")
    field.fill("Rockets worth forty million dollars were shipped to the Brigade")
    field.press("Tab")
    page.keyboard.press("Enter")
    status = page.locator("#cb-near")
    expect(status).to_have_role("status")
    expect(status).to_be_focused()
    expect(status).to_contain_text("near this sentence, the nearest first: “Rockets for some 40 million dollars")
    page.keyboard.press("Tab")
    expect(page.locator("#cb-nearest li > a").first).to_be_focused()


def test_the_answer_has_an_address(visit, browser):
    page = visit.page
    shown = check(page, "The Northern League keeps silent")
    with Visit(browser, page.url.split("search.html")[0], viewport=DESK) as other:
        other.page.goto(page.url)
        expect(other.page.locator("#cb-nearest li")).to_have_count(len(shown))
        assert other.page.locator("#cb-q").input_value() == ""


def test_the_answer_fits_a_small_phone(visit):
    page = visit.page
    page.set_viewport_size({"width": 320, "height": 640})
    try:
        assert check(page, "Norland secretly delivers weapons to the River Brigade")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    finally:
        page.set_viewport_size(DESK)


def test_build_and_page_cut_words_alike(visit, small):
    texts = [
        *small.claims["statement"],
        "$500m, half a billion, Peru's U.N. ten thousand",
        "twenty-eight; illegally, 7,000",
    ]
    check(visit.page, "Norland")
    script = """texts => {
        const { words, stem } = claimbookWords(claimbookSearch.rules);
        return texts.map(text => words(text).map(word => [word, stem(word)]));
    }"""
    expected = [[[word, speech.stem(word)] for word in speech.words(text)] for text in texts]
    assert visit.page.evaluate(script, texts) == expected


# The index ----------------------------------------------------------------------------------------------


def test_a_name_is_one_token_in_every_spelling(small):
    names = nearest.spellings(small)
    courier = [*small.actors["actor_id"]].index("vestria-courier")
    for text in ("the Vestria Courier", "VESTRIA COURIER", "Courier"):
        assert nearest.tokens(text, names)[0] == f"@{courier}"
    brandt = [*small.actors["actor_id"]].index("oda-brandt")
    assert nearest.tokens("Brandt", names) == nearest.tokens("Oda Brandt", names)[:1] == [f"@{brandt}"]


def test_an_ordinary_word_is_no_name_though_a_sentence_begins_with_it(small):
    assert "observ" not in nearest.spellings(small)
    small.mentions.loc[0, "as_written"] = "Rockets"
    assert speech.stem("rockets") not in nearest.spellings(small)


def test_a_claim_s_own_words_count_most_and_those_of_its_evidence_least(small):
    made = nearest.index(Cards(small))
    steps = made["tokens"][speech.stem("ruthless")]
    places = [made["claims"].index("alder-2030-c010")]
    assert [(steps[0] // len(nearest.LEVELS), steps[0] % len(nearest.LEVELS))] == [(places[0], nearest.CLAIM)]
    own = {speech.stem(w) for text in small.claims["statement"] for w in speech.words(text)}
    findings = {speech.stem(w) for text in small.evidence["finding"] for w in speech.words(text)}
    only = next(t for t in sorted(findings - own) if t in made["tokens"])
    assert {step % len(nearest.LEVELS) for step in made["tokens"][only]} <= {
        nearest.TEXT,
        nearest.BESIDE,
        nearest.EVIDENCE,
    }

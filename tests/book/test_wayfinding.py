"""Finding one's way in the built book: search, addresses, cards at links, citations, routes, the order of pages."""

import csv
import json
import re
from collections import Counter
from functools import partial

import pybtex.database
import pytest
import yaml
from browser import DESK, Visit
from bs4 import BeautifulSoup, SoupStrainer
from notebooks import toc_pages
from places import ROOT
from playwright.sync_api import expect
from search_page import check
from test_pages import violations
from this_book import BOOK, rows_of

from claimbook.analysis import evidence
from claimbook.exchange import citation
from claimbook.exchange.published import edition
from claimbook.model import bibliography
from claimbook.site import find, folding, launch
from claimbook.site.renderers import page_address
from claimbook.view import addresses, palette
from claimbook.view.markup import plain

PAGES = toc_pages()
# Words, with a group in which they must find something and the end of an address that must be among it.
FINDS = [
    ("Wezeman", "claims", "#wnd-2001-c052"),
    ("Wezemaen", "actors", "#claims:actor=wezeman"),
    ("Khameini", "claims", None),
    ("Хаменеи", "actors", "#claims:actor=khamenei"),
    ("Batehkin", "actors", "#claims:actor=batekhin"),
    ("Лукашенко", "actors", "#claims:actor=lukashenko"),
    ("Łukaszenka", "claims", None),
    ("Тегеран", "actors", "#claims:actor=iran"),
    ("wnd-2001-c042", "claims", "#wnd-2001-c042"),
    ("500 million", "quantities", "#wnd-2001-q01"),
    ("road map", "events", "#row-ev-2023-road-map-signed"),
    ("TREND-indicator", "terms", "#term-TIV"),
    ("hard cases", "sections", "method.html#hard-cases"),
    ("wnd-2001-c001-e01", "evidence", "#wnd-2001-c001-e01"),
    ("kremlin embassy", "publications", None),
]


def stating(*words, table="claims", column="statement"):
    """Return the ids of rows whose words hold all of some."""
    rows = BOOK.tables[table]
    told = [text.lower() for text in rows[column]]
    return {row for row, text in zip(rows.iloc[:, 0], told, strict=True) if all(word.lower() in text for word in words)}


def counting(value):
    """Return the ids of quantities of a value, and of the claims that tell them."""
    ids = set(BOOK.quantities.loc[BOOK.quantities["value"] == value, "quantity_id"])
    told = BOOK.quantity_claims
    return ids | set(told.loc[told["quantity_id"].isin(ids), "claim_id"])


def happening(*words):
    return stating(*words, table="events", column="summary")


def found(*words):
    """Return the ids of rows of evidence whose finding holds all of some words, and of the claims that show them."""
    rows = stating(*words, table="evidence", column="finding")
    return rows | {row.rpartition("-")[0] for row in rows}


SOLD = BOOK.claims[(BOOK.claims["subject"] == "belarus") & (BOOK.claims["relation"] == "sells_arms_to")]
OPEN, SHARED = {"what-is-open-and-what-would-settle-it"}, {"its-own-words-or-shared-verbatim"}
DENIED = set(BOOK.evidence.loc[BOOK.evidence["stance"] == "denies", "claim_id"])
# What a newcomer types, with what must stand among the first five answers: at least one of these.
QUESTIONS = [
    ("did Belarus sell arms to terrorists", set(SOLD["claim_id"])),
    ("Has Belarus ever sold weapons to Hamas?", {"hamas"} | stating("weapons", "Hamas") | found("Hamas", "Belarus")),
    ("rank exports of arms", stating("rankings", "exports")),
    ("seven billion", counting(7e9)),
    ("$7bn", counting(7e9)),
    ("500 million dollars", counting(5e8)),
    ("$500m", counting(5e8)),
    ("half a billion dollars", counting(5e8)),
    ("who denied it", happening("denied") | DENIED | found("denied") | {"the-denial", "the-denials"}),
    ("when was the treaty signed", found("treaty", "signed")),
    ("how many nuclear weapons in Belarus?", stating("nuclear weapons", "Belarus")),
    ("did the US pay for a coup in Ukraine", stating("coup", "Ukraine") | {"the-seven-billion"}),
    ("does Russia arm Hezbollah", stating("Russia", "arms", "Hezbollah")),
    ("iranian drones", stating("Iran", "drones")),
    ("was the election fair", stating("not fair")),
    ("when did Lukashenka visit Teheran", happening("Lukashenko visits Tehran")),
    ("Лукашенко Тегеран визит", happening("Lukashenko visits Tehran")),
    ("sanctions against Belarus", stating("sanctions", "Belarus")),
    ("did hamas shoot at a school bus", stating("school bus") | happening("school bus")),
    ("what is TIV", {"term-TIV"}),
    ("what does not established mean", {"term-not-established"}),
    ("28 programs", counting(28)),
    ("how are exports counted by SIPRI", found("SIPRI", "export") | {"term-SIPRI"}),
    ("who wrote the blog", {"about", "about-this-text", "a-blog-post-november-2021"}),
    ("unsettled", OPEN),
    ("unresolved claims", OPEN),
    ("what is open", OPEN),
    ("How much of the blog is copied?", SHARED),
    ("own words", SHARED),
    ("can I trust it", {"who-checked-it-and-can-i-trust-it"}),
    ("share a currency or a defence doctrine", {"the-doctrine-and-its-dates"}),
]
NO_WEAPONS = "no-weapons-in-the-plan-of-iran-and-belarus-as-listed"
# What a newcomer types in words that the book has not, or of several things at once, with what must stand first.
FIRST = [
    ("Belarus arms exports 2000 2001", "belarus-as-exporter"),
    ("unresolved", *OPEN),
    ("plagiarised", *SHARED),
    ("road map military", NO_WEAPONS),
    ("Henry Srebrnik", "about"),
    ("Goldman Sachs European Central Bank", "walsh-2021-c022"),
]

# Per whole question of docs/questions.csv what must be among the first three answers, and what of the answer must stand
# on the first screen of results.
with (ROOT / "docs" / "questions.csv").open(encoding="utf-8") as rows:
    ASKED = {row["question_id"]: row["question"] for row in csv.DictReader(rows)}
WHOLE = {
    "q01": ("how-a-sum-travelled", "DEBKA published a figure first", "20 July 2001", "Deutsche Presse-Agentur|dpa"),
    "q02": ("wnd-2001-c052", "Wezeman", "SIPRI institute", "supported"),
    "q03": ("belarus-as-exporter", r"Algeria \(MiG-29S\), .*, Uganda \(T-55AM-2\) and Yemen \("),
    "q04": ("the-doctrine-and-its-dates", "no common currency in 2001", "nor in 2021", "In 2018|4 November 2021"),
    "q05": ("seventeen-years", "16 years and 4 months", "No visit between was found"),
    "q06": (NO_WEAPONS, "Weapons and military matters are not among the fields", "its own text was not found"),
    "q07": ("about", "Henry Srebrnik", "134 rest on the text's own word", "itys-itys.blogspot.com"),
    "q08": ("weapons-announced", "Whether warheads came is another matter", "could not tell"),
    "q09": ("alliances-by-the-numbers", "Belarus, North Korea and Syria voted no with Russia in all 6", "Eritrea in 5"),
    "q10": ("one-missile-one-bus", "7 April 2011", "is not established", "Human Rights Watch could not tell"),
    "q11": ("defence-ua-c111", "bears out a part of it", "commanders, direct deliveries, no conditions"),
    "q12": ("defence-ua-c152", "Great stocks of two bases", "look alike from outside"),
    "q13": ("every-weapon-the-text-lists", "only anti-aircraft missiles and anti-ship missiles"),
    "q14": ("about", "Its author is not named", "between 19 January 2018 and 18 January 2019"),
    "q15": ("its-own-words-or-shared-verbatim", "18 words in a row", "3.0% of its characters", "no charge of copying"),
    "q16": ("walsh-2021-c052", "Adolf Hitler", "President of Belarus denies it", "named Stalin"),
    "q17": ("the-seven-billion", "no source for the sum was found"),
    "q18": ("walsh-2021-c022", "contradicted", "its capital comes from the national central banks"),
    "q19": (
        "who-checked-it-and-can-i-trust-it",
        "guide with its sources beside it",
        "A large language model|No independent",
    ),
    "q20": ("what-is-open-and-what-would-settle-it", "110 claims are open"),
}
# Further ones, which no rule was made for.
OTHERS = {
    "Is Lukashenko really the head of the Union of Russia and Belarus, as the 2001 article says?": "wnd-2001-c100",
    "Did the Belarusian Foreign Ministry deny the arms allegations, and what exactly did it say?": "wnd-2001-c053",
    "How long is the border between Ukraine and Belarus, and was a wall really built on it?": "srebrnik-2023-c046",
    "Did Belarus send its own troops into Ukraine in 2022?": "srebrnik-2023-c129",
    "Does Russia itself list Hezbollah or Islamic State as terrorist organisations?": "defence-ua-c108",
    "What are the 28 programmes of the Union State, and do they include a common gas market?": "walsh-2021-c099",
    "How free was the 2001 election in Belarus according to the observers?": "wnd-2001-c087",
    "Has Iran become a nuclear-armed state, or how close is it to a bomb?": "the-nuclear-thread",
}
# What is in view, word by word: a text may begin above the edge and end below it.
IN_VIEW = """() => {
    const words = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(document.getElementById('cb-results'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
            range.setStart(walker.currentNode, word.index);
            range.setEnd(walker.currentNode, word.index + word[0].length);
            const box = range.getBoundingClientRect();
            if (box.width && box.top >= 0 && box.bottom <= innerHeight) words.push(word[0]);
        }
    }
    return words.join(' ');
}"""


def ask(page, words):
    """Type words into the search page and wait for the whole answer."""
    page.locator("#cb-q").fill(words)
    expect(page.locator("#cb-results")).to_have_attribute("data-whole", "yes")
    expect(page.locator("#cb-found")).to_contain_text(f"“{words}”")


@pytest.fixture(scope="module")
def search(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}search.html")
        yield visit.page
    assert visit.errors == []


@pytest.mark.parametrize(("words", "group", "end"), FINDS)
def test_the_search_finds(words, group, end, search):
    ask(search, words)
    hits = search.locator(f"[data-group={group}]")
    if more := hits.locator("button").all():
        more[0].click()
    links = hits.locator("li > a").evaluate_all("links => links.map(link => link.href)")
    assert links
    assert end is None or any(link.endswith(end) for link in links), links


@pytest.mark.parametrize(("question", "answers"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_a_question_is_answered_first(question, answers, search):
    assert answers
    ask(search, question)
    first = search.locator("#cb-results li > a").evaluate_all("links => links.slice(0, 5).map(link => link.hash)")
    ids = [hash.removeprefix("#").removeprefix("row-").removeprefix("claims:actor=") for hash in first]
    assert answers & set(ids), ids


@pytest.mark.parametrize(("question", "answer"), FIRST, ids=[question for question, _ in FIRST])
def test_the_very_first_answer_is_the_one_where_all_meet(question, answer, search):
    ask(search, question)
    assert search.locator("#cb-results li > a").first.evaluate("link => link.hash.slice(1)") == answer


def first_answers(search, question):
    """Ask a question and return the ids of the first three answers."""
    ask(search, question)
    first = search.locator("#cb-results li > a").evaluate_all("links => links.slice(0, 3).map(link => link.hash)")
    return [place.removeprefix("#").removeprefix("row-") for place in first]


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_a_whole_question_is_answered_by_the_first_screen_of_results(question, search):
    answer, *told = WHOLE[next(key for key, words in ASKED.items() if words == question)]
    assert answer in first_answers(search, question)
    search.evaluate("scrollTo(0, 0)")
    seen = search.evaluate(IN_VIEW)
    for words in told:
        assert re.search(words, seen), (words, seen)


@pytest.mark.parametrize(("question", "answer"), OTHERS.items())
def test_a_question_that_no_rule_was_made_for_is_answered(question, answer, search):
    assert answer in first_answers(search, question)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("What is the reliability of the blog of 2021?", "walsh-2021"),
        ("What is the reliability of the 2001 article?", "wnd-2001"),
        ("What is the reliability of the column?", "srebrnik-2023"),
        ("What is the reliability of the Defense Express article?", "defence-ua"),
    ],
)
def test_a_text_that_is_called_by_its_kind_year_or_name_is_the_one_found(asked, text, search):
    ask(search, asked)
    found = search.locator("[data-group=best] li > a").evaluate_all("links => links.map(link => link.pathname)")
    of_texts = [path for path in found if "/texts/" in path]
    assert of_texts
    assert of_texts[0].endswith(f"/{text}.html")


def test_an_answer_says_why_a_verdict_is_so_and_what_a_section_has_on_the_question(search, cards):
    ask(search, "Goldman Sachs European Central Bank")
    claim = search.locator("[data-group=best] li").first
    expect(claim.locator(".cb-verdict")).to_contain_text("contradicted")
    expect(claim.locator("p")).to_contain_text(cards["claims"]["walsh-2021-c022"][4])
    # What decides is told as well, once the evidence has come.
    expect(claim.locator("p")).to_contain_text("European Central Bank: ")
    ask(search, "road map military")
    expect(search.locator("[data-group=best] li p").first).to_contain_text("military matters are not among the fields")


def test_what_has_every_word_goes_before_what_has_most_of_them(search):
    ask(search, "Hezbollah commanders zzzz")
    expect(search.locator("#cb-found")).to_contain_text("none with every word")
    assert search.locator("[data-group=claims] li").count() > 1
    ask(search, "Hezbollah commanders")
    expect(search.locator("#cb-found")).not_to_contain_text("none with every word")
    both = search.locator("[data-group=claims] li > a").all_inner_texts()
    assert [text for text in both if not ("Hezbollah" in text or "commanders" in text)] == []


ALIKE = [
    ["sell", "sells", "sold", "selling", "sale", "sales"],
    ["supply", "supplies", "supplied", "supplier", "suppliers"],
    ["export", "exports", "exported", "exporter", "exporters"],
    ["deliver", "delivered", "delivery", "deliveries"],
    ["deny", "denies", "denied", "denial", "denials"],
    ["rank", "ranks", "ranked", "ranking", "rankings"],
    ["treaty", "treaties"],
    ["sign", "signed", "signing"],
    ["invade", "invaded", "invasion"],
    ["elect", "elected", "election", "elections"],
    ["missile", "missiles"],
    ["ship", "shipped", "shipment", "shipments"],
    ["Russia", "Russian", "Russians", "Russia's"],
    ["Iran", "Iranian"],
    ["Belarus", "Belarusian"],
    ["Ukraine", "Ukrainian"],
    ["7 billion", "seven billion", "7bn", "7 bn"],
    [
        "500 million dollars",
        "$500m",
        "$500 million",
        "$ 500 mln",
        "five hundred million dollars",
        "half a billion dollars",
    ],
    ["10,000", "10000", "ten thousand", "10 thousand", "10k"],
    ["28", "twenty-eight", "twenty eight"],
    ["528", "five hundred twenty-eight"],
]
APART = [
    "Iran Iraq",
    "arms army",
    "state statement station",
    "Russia rush",
    "Belarus Belgrade",
    "sell sill",
    "7 70 700",
]


def test_words_are_alike_in_their_forms_and_numbers_in_any(search):
    ask(search, "iran")
    script = """texts => {
        const { words, stem } = claimbookWords(claimbookSearch.rules);
        return texts.map(text => words(text).map(stem).sort().join(' '));
    }"""
    for forms in ALIKE:
        made = search.evaluate(script, forms)
        assert len(set(made)) == 1, dict(zip(forms, made, strict=True))
    for words in map(str.split, APART):
        made = search.evaluate(script, words)
        assert len(set(made)) == len(words), dict(zip(words, made, strict=True))


def test_evidence_is_shown_as_evidence(search, cards):
    ask(search, "SIPRI ranks Russia second")
    rows = evidence.resolved(BOOK).set_index("evidence_id")
    names = dict(zip(BOOK.origins["origin"], BOOK.origins["name"], strict=True))
    for group in ("evidence", "best"):
        for line in search.locator(f"[data-group={group}] li").filter(has=search.locator("a[href*='-e']")).all():
            row = rows.loc[line.locator("> a").evaluate("link => link.hash.slice(1)")]
            told = line.inner_text()
            assert palette.STANCES[row["stance"]] in told
            assert names[row["origin"]] in told
            assert line.locator(".cb-verdict").count() == 0
            claim = line.locator("div a")
            assert claim.inner_text() == row["claim_id"]
            assert claim.evaluate("link => link.hash") == f"#{row['claim_id']}"
    assert search.locator("[data-group=evidence] li").count()


def test_a_quantity_has_the_verdict_of_the_claim_that_tells_it(search, cards):
    ask(search, "7 billion")
    line = search.locator("[data-group=quantities] li").first
    assert line.locator("> .cb-verdict").count() == 0
    claim = line.locator("div a").inner_text()
    verdict = cards["verdicts"][cards["claims"][claim][1]][1]
    expect(line.locator("div")).to_contain_text(f"told in {claim}")
    expect(line.locator("div .cb-verdict")).to_contain_text(verdict)


def test_the_search_says_where_it_finds_nothing_and_how_much_elsewhere(search):
    ask(search, "zzzz qqqq")
    expect(search.locator("#cb-found")).to_have_role("status")
    expect(search.locator("#cb-found")).to_contain_text("Nothing found for “zzzz qqqq”")
    assert search.locator("#cb-results li").count() == 0
    ask(search, "lukashenko")
    hits = search.locator("[data-group=claims]")
    total = int(re.search(r"\d+", hits.locator("h2").inner_text())[0])
    assert hits.locator("li").count() == 5
    hits.get_by_role("button", name="Show all").press("Enter")
    assert hits.locator("li").count() == total
    expect(hits.locator("li").nth(5).locator("a")).to_be_focused()
    assert hits.locator("li .cb-verdict").count() == total


def test_an_answer_is_accessible(search):
    ask(search, "tehran")
    assert violations(search) == []


def test_an_exact_id_comes_first(search):
    ask(search, "wnd-2001-c001-e01")
    first = search.locator("#cb-results li > a").first
    assert first.evaluate("link => link.hash") == "#wnd-2001-c001-e01"


def test_build_and_page_fold_alike(search):
    ask(search, "iran")
    texts = [row["as_written"] for row in rows_of("mentions")]
    texts += ["Łukaszenka Лукашэнка", "ÉTAT d’état", "straße Ærø Щёлково Їжак Ґ ў İstanbul ﬁne", "S-300, $500"]
    script = """texts => {
        const { words, sound } = claimbookFolding(claimbookSearch.rules);
        return texts.map(text => words(text).map(word => [word, sound(word)]));
    }"""
    expected = [[[word, folding.sound(word)] for word in folding.words(text)] for text in texts]
    assert search.evaluate(script, texts) == expected


def test_the_search_works_without_a_server_from_the_dialog_of_any_page(browser, book):
    home = book.as_uri()
    with Visit(browser, home, viewport=DESK) as visit:
        page = visit.page
        page.goto(f"{home}/chapters/use/method.html")
        page.get_by_role("button", name="Search").locator("visible=true").first.click()
        page.locator("dialog[open] input[name=q]").fill("Тегеран")
        page.keyboard.press("Enter")
        expect(page.locator("#cb-found")).to_contain_text("“Тегеран”")
        assert page.url.startswith(f"{home}/search.html?q=")
        page.locator("[data-group=actors] li > a").first.click()
        page.wait_for_url("**/claims.html#claims:actor=iran")
        assert (visit.outside, visit.errors) == ([], [])


def test_without_scripts_the_search_page_leads_on(browser, site_url):
    with Visit(browser, site_url, java_script_enabled=False, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}search.html")
        main = visit.page.locator("main article")
        expect(main.get_by_role("link", name="all claims")).to_be_visible()
        assert main.locator("input, button").locator("visible=true").count() == 0


# Addresses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "address"),
    [
        ("claims", addresses.claim),
        ("evidence", addresses.evidence),
        ("quantities", addresses.quantity),
        ("events", partial(addresses.event, BOOK)),
    ],
)
def test_every_row_has_its_place_on_one_page(table, address, book):
    ids = {
        page: Counter(re.findall(r'\sid="([^"]+)"', (book / f"{page}.html").read_text(encoding="utf-8")))
        for page in PAGES
    }
    rows = [next(iter(row.values())) for row in rows_of(table)]
    assert rows
    for row in rows:
        page, anchor = page_address(address(row, "chapters/")).split("#")
        places = [(name, counted[anchor]) for name, counted in ids.items() if counted[anchor]]
        assert places == [(page.removesuffix(".html"), 1)], row


def elements(book, name, *kinds):
    """Return of a page the elements of some kinds alone, because most of a long page is others."""
    return BeautifulSoup(
        (book / f"{name}.html").read_text(encoding="utf-8"), "html.parser", parse_only=SoupStrainer(kinds)
    )


def test_pages_describe_themselves_and_lead_on_in_order(book):
    described = set()
    for number, name in enumerate(PAGES):
        page = elements(book, name, "meta", "a", "link")
        described.add(page.select_one("meta[name=description]")["content"])
        leads = [page.select_one(f"a.{kind}") for kind in ("left-prev", "right-next")]
        beside = [PAGES[number - 1] if number else None, PAGES[number + 1] if number + 1 < len(PAGES) else None]
        found = [
            link and (book / f"{name}.html").parent.joinpath(link["href"]).resolve().relative_to(book.resolve())
            for link in leads
        ]
        assert [path and path.as_posix().removesuffix(".html") for path in found] == beside, name
        assert page.select("link[rel=canonical], meta[property='og:url'], meta[property='og:image']") == []
    assert len(described) == len(PAGES)
    assert not (book / "sitemap.xml").exists()


def test_the_front_page_has_three_routes(book):
    page = BeautifulSoup((book / "index.html").read_text(encoding="utf-8"), "html.parser")
    section = page.find("section", id="where-to-go-from-here")
    assert [route.get_text(strip=True) for route in section.select("dt")] == ["Five minutes", "A class", "An analyst"]
    assert all(line.a and len(line.get_text()) > len(line.a.get_text()) + 20 for line in section.select("dd"))


def test_the_page_on_corrections_links_its_forms_or_says_what_to_send(book):
    page = BeautifulSoup(
        (book / "chapters" / "use" / "corrections.html").read_text(encoding="utf-8"), "html.parser"
    ).article
    told = " ".join(page.get_text().split())
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    url, _ = launch.repository({f"repository_{name}": value for name, value in settings.items()})
    for name, (file, asked) in launch.forms(ROOT).items():
        assert name in told
        links = [link["href"] for link in page.find_all("a") if link.get_text() == name]
        assert bool(links) == bool(url)
        assert set(links) <= {launch.form_address(url, file)}
        assert (f"{launch.NO_FORM}{'; '.join(asked)}." in told) != bool(url)


# Cards at links and citations ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cards(book):
    script = (book / find.CARDS).read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.claimbookCards=").rstrip().rstrip(";"))


def test_pointing_at_a_claim_shows_what_it_says(front, cards):
    link, card = front.locator("article a.cb-sq").first, front.get_by_role("tooltip")
    statement, verdict, _, denial, *_ = cards["claims"][link.evaluate("link => link.hash.slice(1)")]
    height = front.evaluate("document.documentElement.scrollHeight")
    link.hover()
    expect(card).to_contain_text(statement)
    expect(card.locator(".cb-verdict")).to_contain_text(cards["verdicts"][verdict][1])
    assert ("Denied: " in card.inner_text()) == bool(denial)
    assert front.evaluate("document.documentElement.scrollHeight") == height
    assert violations(front) == []
    # The pointer can go onto the card, and the card stays until it has left.
    card.hover()
    front.wait_for_timeout(600)
    expect(card).to_be_visible()
    front.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_keyboard_gets_the_card_of_a_claim_and_of_a_term(front, cards):
    card = front.get_by_role("tooltip")
    for links in ("article a.cb-sq", "article a.cb-term"):
        link = front.locator(links).first
        link.evaluate("link => link.before(document.createElement('button'))")
        link.locator("xpath=preceding::button[1]").focus()
        front.keyboard.press("Tab")
        expect(link).to_be_focused()
        expect(card).to_be_visible()
        expect(link).to_have_attribute("aria-describedby", card.get_attribute("id"))
        name = link.get_attribute("href").split("#")[1]
        said = cards["claims"][name][0] if name in cards["claims"] else cards["terms"][name][1]
        expect(card).to_contain_text(said)
        front.keyboard.press("Tab")
        expect(link).not_to_have_attribute("aria-describedby", "cb-hover")


def test_a_finger_follows_the_link(browser, site_url):
    with Visit(browser, site_url, viewport={"width": 390, "height": 844}, has_touch=True) as visit:
        visit.page.goto(f"{site_url}index.html")
        link = visit.page.locator(".cb-cards strong + a").first
        name = link.evaluate("link => link.hash.slice(1)")
        link.tap()
        visit.page.wait_for_url(f"**#{name}")


PUBLISHED = "https://books.example/arms/"
NOW = edition(BOOK)
YEAR = NOW.date[:4]


def citations(place):
    """Open the way to cite and return what it shows: the plain citation, and the fields of the BibTeX entry."""
    place.locator("summary").click()
    expect(place.locator(".cb-citation")).to_have_count(2)
    text, bibtex = place.locator(".cb-citation").all_inner_texts()
    ((key, entry),) = pybtex.database.parse_string(bibtex, "bibtex").entries.items()
    return text, key, dict(entry.fields)


@pytest.mark.parametrize("base", ["", PUBLISHED])
def test_a_chart_and_a_page_can_be_cited(base, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        page = visit.page
        if base:  # as a build writes it that knows its address
            known = "() => { const facts = document.getElementById('cb-book'); if (facts) facts.textContent = "
            known += f'facts.textContent.replace(\'"base": ""\', \'"base": "{base}"\'); }}'
            page.add_init_script(f"document.addEventListener('readystatechange', {known}, {{ once: true }})")
        page.goto(f"{site_url}chapters/record/claims.html")
        chart = page.locator("figure.cb-chart").first
        name = chart.get_attribute("id")
        places = {
            f"chapters/record/claims.html#{name}": (
                chart.locator(".cb-cite"),
                chart.locator(".cb-title > span").inner_text(),
                f"chart {name.removeprefix('chart-')}",
                name,
            ),
            "chapters/record/claims.html": (
                page.locator("article > .cb-cite"),
                page.locator("article h1").evaluate("h1 => h1.firstChild.data"),
                "page claims",
                "page-claims",
            ),
        }
        for address, (place, title, note, name) in places.items():
            text, key, fields = citations(place)
            assert text.startswith(f"The Arms, Allies, Allegations contributors ({YEAR}): “{title}” ({note}")
            assert f". In: Arms, Allies, Allegations, version {NOW.words}." in text
            assert key == name
            assert fields["title"] == f"{{{title}}}"
            assert fields["year"] == YEAR
            assert fields["note"].startswith(note)
            if base:
                assert text.endswith(f". {base}{address}")
                assert fields["url"] == f"{base}{address}"
            else:
                assert "url" not in fields
            for said in (text, fields["note"]):
                assert (citation.UNPUBLISHED in said) == (not base)
                assert "127.0.0.1" not in said
        cite = page.locator("article > .cb-cite")
        cite.get_by_role("button", name="Copy BibTeX").click()
        expect(cite.get_by_role("status")).to_have_text("Copied")
        odd = r"50% of $5 & a_b ~ ^ # -- \o/ {x} 1975–2017"
        page.goto(f"{site_url}chapters/record/claims.html")
        other = page.locator("figure.cb-chart").first
        other.locator(".cb-plot").evaluate("(plot, title) => { plot.dataset.title = title; }", odd)
        other.locator(".cb-cite summary").click()
        [entry] = bibliography.parse(other.locator(".cb-citation").nth(1).inner_text())[0].values()
        assert entry["title"] == odd
        assert visit.errors == []


def test_a_claim_is_cited_on_its_own_page_with_verdict_and_denial(book, cards):
    claim = "wnd-2001-c042"
    statement, verdict, _, denial, *_ = cards["claims"][claim]
    cited = elements(book, f"claims/{claim}", "p").select_one(".cb-citation").get_text()
    for part in (statement, claim, cards["verdicts"][verdict][1], denial, YEAR):
        assert part in cited


def test_every_term_marked_on_a_page_has_a_gloss(book, cards):
    marked = 0
    for name in PAGES:
        page = elements(book, name, "a")
        terms = [link["href"].split("#")[1] for link in page.select("a.cb-term")]
        assert len(terms) == len(set(terms)), name
        assert set(terms) <= set(cards["terms"])
        marked += len(terms)
    assert marked
    assert all(gloss == plain(gloss) for _, gloss in cards["terms"].values())


def test_a_pasted_sentence_is_held_against_the_claims(browser, book):
    home = book.as_uri()
    with Visit(browser, home, viewport={"width": 320, "height": 640}, color_scheme="dark") as visit:
        page = visit.page
        page.goto(f"{home}/search.html")
        assert not [address for address in visit.asked if "-data.js" in address]
        [claim, *_] = check(page, "Moscow secretly gives guns to Hizballah")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert violations(page) == []
        page.locator("#cb-nearest li > a").first.click()
        page.wait_for_url(f"**{claim}*")
        assert (visit.outside, visit.errors) == ([], [])


def moved_pages():
    """Return the old addresses of pages with their present ones, as the configuration has them."""
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]["claimbook_moved"]


def test_an_old_address_keeps_its_query_and_its_place(browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/claims.html?from=a-link#claims:actor=putin")
        visit.page.wait_for_url(f"{site_url}chapters/record/claims.html?from=a-link#claims:actor=putin")
        assert visit.errors == []


@pytest.mark.parametrize("old", moved_pages())
def test_an_old_address_has_a_link_where_scripts_are_off(old, book):
    page = BeautifulSoup((book / f"{old}.html").read_text(encoding="utf-8"), "html.parser")
    [link] = page.main.select("p a[href]")
    led = (book / f"{old}.html").parent / link["href"]
    assert led.resolve() == (book / f"{moved_pages()[old]}.html").resolve()
    assert page.select_one("meta[http-equiv=Content-Security-Policy]")

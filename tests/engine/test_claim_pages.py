"""The page of each claim: what it shows, where it leads, and what it may load."""

import json

import pytest
from bs4 import BeautifulSoup

from claimbook.analysis import history
from claimbook.analysis.verdicts import Item
from claimbook.exchange.published import claim_path
from claimbook.model import ledger
from claimbook.site import claim_pages, light
from claimbook.site.finish import check
from claimbook.site.kept import Kept
from claimbook.site.page import Page, lead_to_claims
from claimbook.view.cards import Cards

BASE = "https://a.example/b/"


def facts(base=""):
    return claim_pages.Facts("A Book", "the authors", "1.2", "2031", "one reader", base)


@pytest.fixture
def book(folder):
    return ledger.load(folder.path)


def page_of(book, claim_id, base="", reviews=None):
    return BeautifulSoup(claim_pages.pages(book, facts(base), reviews or {})[claim_path(claim_id)], "html.parser")


def test_every_claim_has_a_page_and_every_retired_one(folder):
    first = folder.rows("claims.csv")[1][0]
    folder.add("retired_ids.csv", id="alder-2030-c777", successors=first, reason="It said it twice.")
    book = ledger.load(folder.path)
    made = claim_pages.pages(book, facts(), {})
    retired = [name for name in book.retired_ids["id"] if "-e" not in name]
    assert {*made} == {claim_path(c) for c in [*book.claims["claim_id"], *retired]}
    old = BeautifulSoup(made[claim_path("alder-2030-c777")], "html.parser")
    assert "It said it twice." in old.main.text
    assert old.main.a["href"] == f"{first}.html#{first}"


def test_a_page_holds_every_row_of_evidence_in_full(book):
    cards = Cards(book)
    for claim_id in book.claims.loc[book.claims["checkable"], "claim_id"]:
        page = page_of(book, claim_id)
        rows = cards.assessed.rows.get(claim_id)
        for row in [] if rows is None else rows.itertuples():
            shown = page.find(id=row.evidence_id)
            assert row.finding in shown.text
            assert row.assessment.split("(")[0] in shown.text
            assert row.locator in shown.text


def test_an_assessment_leads_to_the_row_that_it_names(folder):
    rows = folder.rows("evidence.csv")
    line = next(n for n, row in enumerate(rows, 1) if row[0].endswith("-e01"))
    folder.set("evidence.csv", line, "assessment", "It says less (see e01), and e99 is nowhere.")
    book = ledger.load(folder.path)
    shown = page_of(book, rows[line - 1][1]).find(id=rows[line - 1][0])
    link = shown.find("a", href=lambda href: href.endswith(f"#{rows[line - 1][0]}"))
    assert link.text in set(book.origins["name"])
    assert "It says less (see " in shown.text
    assert "and e99 is nowhere." in shown.text


def test_a_page_says_verdict_reason_and_denial(book):
    cards = Cards(book)
    for _, claim in book.claims.iterrows():
        page = page_of(book, claim["claim_id"])
        assert page.h1.text == claim["statement"]
        assert page.find(class_="cb-verdict")
        if claim["checkable"]:
            assert cards.assessed.why(claim["claim_id"]) in page.main.text
        if cards.assessed.denial(claim["claim_id"]):
            assert "Denied:" in page.main.text
            assert "Denied:" in page.find(class_="cb-embed").pre.text, "a card elsewhere carries the denial too"


def test_all_links_lead_somewhere_whatever_pages_the_book_has(book, tmp_path):
    kept = Kept(tmp_path / "kept", "")
    made = claim_pages.pages(book, facts(), {})
    bare = light.finished(made, {"_static/favicon.svg", "index.html", "search.html"}, kept)
    assert [*check(bare, {*made, "_static/favicon.svg", "index.html", "search.html"})] == []
    assert 'href="../chapters' not in "".join(page.text for page in bare)
    rich = light.finished(made, {"chapters/use/method.html", "index.html", "search.html"}, kept)
    assert all('href="../chapters/use/method.html"' in page.text for page in rich)


def test_a_review_is_told_only_where_the_address_is_known_and_a_side_established(book):
    verdicts = Cards(book).assessed.verdicts["verdict"]
    reviews = {claim: {"@type": "ClaimReview", "about": "</script>"} for claim in verdicts.index}
    for claim_id, verdict in verdicts.items():
        known = page_of(book, claim_id, BASE, reviews).find("script", type="application/ld+json")
        assert (known is not None) == (verdict in claim_pages.ESTABLISHED), verdict
        if known:
            assert json.loads(known.string) == reviews[claim_id]
        assert page_of(book, claim_id, "", reviews).find("script", type="application/ld+json") is None
    assert {*verdicts} & {*claim_pages.ESTABLISHED}
    assert {*verdicts} - {*claim_pages.ESTABLISHED}


def test_the_card_for_another_page_links_to_the_claim_where_there_is_an_address(book):
    claim_id = book.claims["claim_id"].iloc[0]
    card = BeautifulSoup(page_of(book, claim_id, BASE).find(class_="cb-embed").pre.text, "html.parser")
    assert card.a["href"] == f"{BASE}claims/{claim_id}.html"
    assert card.script is None
    unpublished = page_of(book, claim_id).find(class_="cb-embed")
    assert BeautifulSoup(unpublished.pre.text, "html.parser").a is None
    assert "no published address" in unpublished.p.text


def test_cells_are_shown_as_text(folder):
    folder.set("claims.csv", 2, "statement", "It <script>alert(1)</script> says.")
    book = ledger.load(folder.path)
    page = page_of(book, book.claims["claim_id"].iloc[0])
    assert page.h1.text == "It <script>alert(1)</script> says."
    assert len(page.find_all("script")) == 1


@pytest.mark.parametrize(
    ("href", "led"),
    [
        ("alder-2030.ipynb#alder-2030-c042", "../../claims/alder-2030-c042.html#alder-2030-c042"),
        ("../texts/alder-2030.html#alder-2030-c042-e01", "../../claims/alder-2030-c042.html#alder-2030-c042-e01"),
        ("chapters/texts/alder-2030.html#alder-2030-c042", "claims/alder-2030-c042.html#alder-2030-c042"),
        ("alder-2030.html#alder-2030-p01-s1", "alder-2030.html#alder-2030-p01-s1"),
        ("birch-2031.html#alder-2030-c042", "birch-2031.html#alder-2030-c042"),
        ("#alder-2030-c042", "#alder-2030-c042"),
        ("https://a.example/alder-2030.html", "https://a.example/alder-2030.html"),
    ],
)
def test_links_to_claims_lead_to_their_pages_and_no_other_does(href, led):
    page = Page.read("chapters/texts/x.html", f'<p><a href="{href}">x</a></p>')
    lead_to_claims(page)
    assert page.soup.a["href"] == led


def test_the_history_has_a_step_for_each_day_that_changed_the_verdict():
    rows = [
        Item("supports", "register", "A", known_from="2031-05-01"),
        Item("supports", "paper", "B", known_from="2031-06-01"),
        Item("contradicts", "court", "A", primary=True, known_from="2032-01-01"),
        Item("contradicts", "nobody", "A", known_from=""),
    ]
    assert history.steps(rows, since="2030-01-01") == [
        ("2030-01-01", "not_established"),
        ("2031-05-01", "supported"),
        ("2032-01-01", "contradicted"),
    ]
    assert history.steps(rows, since="2031-05-15")[0] == ("2031-05-15", "supported")
    assert history.steps([], since="2030-01-01") == [("2030-01-01", "not_established")]
    assert history.steps([]) == []


def lists_of(page):
    """Return the items under each heading of a page of a claim."""
    found = {}
    for head in page.main.find_all("h2"):
        after = head.find_next_sibling()
        if after is not None and after.name in ("ul", "details"):
            found[head.text] = [item.text for item in after.find_all("li")]
    return found


def test_what_a_claim_is_linked_to_is_named_by_its_words_and_its_verdict(book):
    first, other = book.claim_links.loc[0, ["claim_id", "related_claim_id"]]
    cards = Cards(book)
    for here, there in ((first, other), (other, first)):
        page = page_of(book, here)
        link = page.find_all("dl")[-1].find("a", href=lambda href, there=there: href.endswith(f"#{there}"))
        statement = cards.assessed.claims.at[there, "statement"]
        assert link.text == statement
        assert link.find_next(class_="cb-verdict").text == cards.assessed.mark(there, why=False).striptags()
        assert ("Denied:" in link.parent.text) == bool(cards.assessed.denial(there))
        assert "→" not in [a.text for a in page.select("dl a")]


def test_claims_of_one_sentence_and_of_one_mouth_lead_to_one_another(folder):
    folder.add(
        "chains.csv", chain_id="alder-2030-k06", hop="1", actor_id="tess-harrow", verb="cites", anonymity="named"
    )
    folder.add(
        "chains.csv", chain_id="alder-2030-k06", hop="2", actor_id="vestria-courier", verb="says", anonymity="named"
    )
    rows = folder.rows("claims.csv")
    at = next(n for n, row in enumerate(rows, 1) if row[0] == "alder-2030-c012")
    folder.set("claims.csv", at, "chain_id", "alder-2030-k06")
    book = ledger.load(folder.path)
    said = dict(zip(book.claims["claim_id"], book.claims["statement"], strict=True))
    near = lists_of(page_of(book, "alder-2030-c008"))
    assert [said["alder-2030-c009"] in item for item in near["Told in the same breath"]] == [True]
    mouth = lists_of(page_of(book, "alder-2030-c003"))["On the word of Vestria Courier too"]
    assert [said["alder-2030-c012"] in item for item in mouth] == [True]
    linked = "alder-2030-c002"
    assert said[linked] not in str(lists_of(page_of(book, "alder-2030-c003"))), "it stands among the links"


def test_what_only_limits_a_claim_stands_apart_from_what_bears_out_a_part(folder):
    rows = folder.rows("evidence.csv")
    line = next(n for n, row in enumerate(rows, 1) if row[0] == "alder-2030-c008-e01")
    folder.set("evidence.csv", line, "stance", "qualifies")
    heads = {}
    for affirms in ("true", "false"):
        folder.set("evidence.csv", line, "affirms", affirms)
        page = page_of(ledger.load(folder.path), "alder-2030-c008")
        heads[affirms] = page.find(id="alder-2030-c008-e01").find_parent("div").strong.text
        opening = page.h1.find_next_siblings("p")[2].text
        assert opening.startswith("In part: ") == (affirms == "true")
    assert heads == {"true": "In part", "false": "Limits it"}


def test_the_part_that_holds_is_said_in_the_first_words_of_its_assessment(folder):
    rows = folder.rows("evidence.csv")
    line = next(n for n, row in enumerate(rows, 1) if row[0] == "alder-2030-c008-e01")
    folder.set("evidence.csv", line, "stance", "supports_part")
    folder.set("evidence.csv", line, "assessment", "Bears out a visit, by E. Brandt. Of the month it says nothing.")
    page = page_of(ledger.load(folder.path), "alder-2030-c008")
    assert page.find(string="In part: Bears out a visit, by E. Brandt (")


def test_a_denial_stands_in_its_words_beside_the_verdict(book):
    page = page_of(book, "alder-2030-c001")
    opening = page.find("h2").find_previous("ul").text
    assert "The government rejects that it arms any group outside the law." in opening
    assert Cards(book).assessed.claims.at["alder-2030-c007", "statement"] in opening

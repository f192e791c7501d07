"""The first page of a book, on the small ledger: what is counted, what is said of it, what leads where."""

import dataclasses

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from folder import Folder

from claimbook.analysis import evidence
from claimbook.model import ledger
from claimbook.view import front
from claimbook.view.markup import plain
from claimbook.view.proofs import NotBorneOutError

BIRCH = ("Argues that nothing was sold.", "birch-2031-c003", "")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return ledger.load(Folder(tmp_path_factory.mktemp("small") / "data").path)


def soup(html):
    return BeautifulSoup(html, "html.parser")


def changed(small, **tables):
    return dataclasses.replace(small, tables=small.tables | tables)


def with_verdicts(monkeypatch, **rows):
    """Let the charges be of these weights and verdicts: by weight, pairs of a text and a verdict."""
    told = [(text, weight, verdict) for weight, pairs in rows.items() for text, verdict in pairs]
    frame = pd.DataFrame(told, columns=["text", "weight", "verdict"]).assign(claim_id="x")
    monkeypatch.setattr(evidence, "charges", lambda book: frame)


def test_a_charge_that_a_text_repeats_counts_once_and_as_its_weightier_telling(small):
    assert not evidence.charges(small)["claim_id"].duplicated().any()
    charges = set(evidence.charges(small)["claim_id"])
    assert "alder-2030-c001" in charges
    assert "alder-2030-c003" not in charges, "it repeats the first"
    claims = small.claims.assign(
        weight=small.claims["weight"].mask(small.claims["claim_id"] == "alder-2030-c001", "background")
    )
    turned = changed(small, claims=claims)
    weight = turned.claims.set_index("claim_id")["weight"]
    assert weight["alder-2030-c003"] != "background"
    charges = set(evidence.charges(turned)["claim_id"])
    assert "alder-2030-c001" not in charges
    assert "alder-2030-c003" in charges


def test_what_cannot_be_checked_is_no_charge_and_what_another_text_repeats_is_one_of_its_own(small):
    assert set(evidence.charges(small)["claim_id"]) <= set(small.claims.loc[small.claims["checkable"], "claim_id"])
    links = small.claim_links.assign(
        related_claim_id=small.claim_links["related_claim_id"].mask(
            small.claim_links["claim_id"] == "alder-2030-c003", "birch-2031-c003"
        )
    )
    assert "alder-2030-c003" in set(evidence.charges(changed(small, claim_links=links))["claim_id"])


HELD, OPEN = ("a", "supported"), ("a", "not_established")


@pytest.mark.parametrize(
    ("background", "support", "thesis", "said"),
    [
        (
            [(text, "supported") for text in "abc"],
            [OPEN],
            [("a", "supported"), *((text, "not_established") for text in "abc")],
            "In every text the main points hold in full less often than the background",
        ),
        # One text, or two, is no sample of texts.
        ([HELD] * 3, [OPEN], [HELD, OPEN], "One of two main points hold in full"),
        ([HELD, ("b", "supported")], [OPEN], [OPEN, ("b", "disputed")], "None of two main points hold in full"),
        ([HELD, OPEN], [OPEN], [HELD, OPEN], "One of two main points hold in full"),
        ([OPEN], [OPEN], [HELD], "One of one main points hold in full"),
        ([HELD], [HELD], [], "No main point of the texts can be checked."),
        # Of all texts together it would be so, but not of each of them.
        (
            [HELD] * 9 + [("b", "not_established")],
            [HELD, HELD, OPEN],
            [OPEN] * 3 + [("b", "supported")],
            "One of four main points hold in full",
        ),
    ],
)
def test_the_headline_says_no_more_than_the_evidence_bears_out(background, support, thesis, said, small, monkeypatch):
    with_verdicts(monkeypatch, background=background, support=support, thesis=thesis)
    wanted = said.replace("points hold in", "points holds in") if said.startswith("One") else said
    assert front.headline(small) == wanted


def test_every_claim_is_a_square_that_says_what_it_stands_for_and_leads_there(small):
    page = soup(front.squares(small, base="chapters/"))
    marks = page.select(".cb-cells a")
    told = {mark["href"].partition("#")[2]: mark["aria-label"] for mark in marks}
    assert told.keys() == set(small.claims["claim_id"])
    for claim in small.claims.itertuples():
        assert claim.statement in told[claim.claim_id]
    again = [mark["href"].partition("#")[2] for mark in marks if "cb-again" in mark["class"]]
    assert again == ["alder-2030-c003"]
    for block in page.select("[role=group]"):
        counted = block.select("a:not(.cb-again, .cb-is-not-checkable)")
        held = [mark for mark in counted if "cb-is-supported" in mark["class"]]
        assert block.select_one(".cb-held").text == f"{len(held)} of {len(counted)} supported"
    cells = [int(cell.text) for row in page.select("tbody tr") for cell in row.select("td")[1:]]
    assert sum(cells) == len(small.claims)


def test_one_text_has_no_choice_of_texts(small):
    assert soup(front.squares(small)).select("form input[name=text]")
    assert not soup(front.squares(small.text("birch-2031"))).select("form")


def test_a_card_shows_the_errors_that_are_named_or_stops_where_they_are_none(small):
    verdicts = evidence.verdicts(small).set_index("claim_id")["verdict"]
    cards = soup(front.texts(small, {})).select(".cb-cards > li")
    assert len(cards) == len(small.sources)
    for source_id, card in zip(small.sources["source_id"], cards, strict=True):
        mine = small.text(source_id).claims["claim_id"]
        for words, verdict in (("Clearest error", "contradicted"), ("What holds", "supported")):
            said = next(plain(str(p)) for p in card.select("p") if words in p.text)
            link = next(p.a for p in card.select("p") if words in p.text)
            assert ("no claim of it is" in said) == (not (verdicts[mine] == verdict).any())
            if link:
                assert verdicts[link["href"].partition("#")[2]] == verdict
    assert verdicts["birch-2031-c003"] != "contradicted"
    with pytest.raises(NotBorneOutError, match="birch-2031-c003: Clearest error"):
        front.texts(small, {"birch-2031": BIRCH})


def test_the_search_leads_to_its_questions():
    page = soup(front.search("Look it up", ["Who & why?"], {"This one": "A sentence."}))
    assert page.label.text == "Look it up"
    assert [a["href"] for a in page.select("a")] == ["search.html?q=Who+%26+why%3F", "search.html?sentence=A+sentence."]

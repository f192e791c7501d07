"""What is open, and what would settle it, on the small ledger."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from claimbook.model import ledger
from claimbook.view import unsettled
from claimbook.view.cards import Cards


@pytest.fixture
def small(folder):
    return ledger.load(folder.path)


def soup(html):
    return BeautifulSoup(str(html), "html.parser")


def test_every_open_claim_stands_on_the_leaf_of_its_text_with_what_was_sought(small):
    shown = unsettled.unsettled(small)
    verdicts = Cards(small).assessed.verdicts["verdict"]
    open_ = [c for c, verdict in verdicts.items() if verdict in unsettled.OPEN]
    listed = [a["href"].rpartition("#")[2] for leaf in shown.leaves for a in soup(leaf.body).select("li > a")]
    assert sorted(listed) == sorted(open_)
    assert (
        f"{len(open_)} claims are open (unresolved): {len(open_)} not established, 0 disputed" in soup(shown.short).text
    )
    alder = soup(shown.leaves[0].body).text
    assert "Would help, and was not found: The price of a sale." not in alder, "that claim is partly supported"
    assert "Would help, and was not found: A transcript." in alder
    assert "Would help, and was found in part: Statements of the government." in alder
    assert "Rockets in the register of deliveries" not in alder, "what was found settles nothing more"


def test_the_main_points_stand_first_and_one_told_again_once(folder):
    rows = folder.rows("claims.csv")
    for claim in ("alder-2030-c009", "alder-2030-c012"):
        line = next(n for n, row in enumerate(rows, 1) if row[0] == claim)
        folder.set("claims.csv", line, "weight", "thesis")
    folder.add("claim_links.csv", claim_id="alder-2030-c012", related_claim_id="alder-2030-c009", type="repeats")
    small = ledger.load(folder.path)
    shown = unsettled.unsettled(small)
    points = [a["href"].rpartition("#")[2] for a in soup(shown.short).select("li > a")]
    assert points == ["alder-2030-c009", "birch-2031-c003"]
    first = [a["href"].rpartition("#")[2] for a in soup(shown.leaves[0].body).select("li > a")][:2]
    assert first == ["alder-2030-c009", "alder-2030-c012"]


def test_a_ledger_in_which_nothing_is_open_says_so(small):
    settled = small.claims[small.claims["claim_id"] == "alder-2030-c008"]
    closed = replace(small, tables={**small.tables, "claims": settled})
    assert "No claim that can be checked is open" in unsettled.unsettled(closed)

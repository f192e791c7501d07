"""Numbers in sentences: counted again from the CSV files, without pandas, and found on the built page."""

import collections
import dataclasses
import re

import pytest
from bs4 import BeautifulSoup
from outputs import claim_of
from this_book import BOOK, rows_of

from claimbook.analysis import evidence
from claimbook.view import palette, prose
from claimbook.view.markup import plain

TEXTS = list(BOOK.sources["source_id"])
VERDICT = dict(evidence.verdicts(BOOK)[["claim_id", "verdict"]].itertuples(index=False))


def numbers(html):
    """Return the numbers of a sentence in order; "none" of something is a nought."""
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", re.sub(r"\b[Nn]one\b", "0", plain(html)))]


def counted(source_id):
    """Return claims, content sentences, not checkable, thesis, own word, and others' ends by how they are named."""
    claims = [r for r in rows_of("claims") if r["claim_id"].startswith(f"{source_id}-c")]
    content = sum(r["source_id"] == source_id and r["role"] == "content" for r in rows_of("sentences"))
    last = {}
    for hop in rows_of("chains"):
        number = int(hop["hop"])
        if number >= last.get(hop["chain_id"], (0,))[0]:
            last[hop["chain_id"]] = (number, hop["anonymity"])
    ends = [last[claim["chain_id"]] for claim in claims]
    others = collections.Counter(anonymity for hops, anonymity in ends if hops > 1)
    stuck = sum(claim["checkable"] == "false" for claim in claims)
    thesis = sum(claim["weight"] == "thesis" for claim in claims)
    return [len(claims), content, stuck, thesis], others, max(hops for hops, _ in ends)


@pytest.mark.parametrize("source_id", TEXTS)
def test_the_lead_of_a_text_counts_right(source_id):
    assert numbers(prose.text_lead(BOOK.text(source_id))) == counted(source_id)[0]


@pytest.mark.parametrize("source_id", TEXTS)
def test_on_whose_word_a_text_rests_counts_right(source_id):
    (claims, *_), others, longest = counted(source_id)
    said = prose.authority(BOOK.text(source_id))
    ends = [others[kind] for kind in ("named", "described", "unnamed") if others[kind]]
    own = [claims - others.total(), claims, others.total()]
    assert numbers(said) == [*own, *(ends if len(ends) > 1 else []), longest]


def test_on_whose_word_a_text_rests_follows_its_chains():
    text = BOOK.text("walsh-2021")
    assert "The other 36 claims lead back to somebody who is named." in plain(prose.authority(text))
    chains = text.chains.assign(anonymity=text.chains["anonymity"].mask(text.chains["hop"] > 1, "unnamed"))
    hidden = dataclasses.replace(text, tables=text.tables | {"chains": chains})
    assert "The other 36 claims lead back to somebody who cannot be identified." in plain(prose.authority(hidden))
    alone = dataclasses.replace(text, tables=text.tables | {"chains": chains[chains["hop"] == 1]})
    assert plain(prose.authority(alone)) == "139 of 139 claims rest on the text's own word alone."


@pytest.mark.parametrize("source_id", TEXTS)
def test_what_becomes_of_a_thesis_counts_right(source_id):
    text = BOOK.text(source_id)
    said = plain(prose.thesis_lead(text))
    for weight, which, none in (
        ("thesis", "claims? that carr(?:ies|y) its thesis", "No claim carries its thesis."),
        ("support", "claims? on which it rests that", "It rests that on no claim."),
    ):
        mine = [VERDICT[c] for c in text.claims["claim_id"][text.claims["weight"] == weight]]
        if not mine:
            assert none in said
            continue
        part = re.split(f"Of {len(mine)} {which}, ", said)[1].split(".")[0]
        for verdict in set(mine):
            number = mine.count(verdict)
            assert f"{number} {'is' if number == 1 else 'are'} {palette.VERDICTS[verdict]}" in part
        assert sum(map(int, re.findall(r"\d+", part))) == len(mine)
    supports = BeautifulSoup(prose.supports(text), "html.parser")
    listed = {claim_of(a) for a in supports.select("li a.cb-id")}
    assert set(text.claims["claim_id"][text.claims["weight"] == "support"]) <= listed


@pytest.mark.parametrize(
    ("weights", "said", "thesis", "support"),
    [
        (["thesis"], "Of 1 claim that carries its thesis, 1 is ", "2021 claims:The", "on 0 claims."),
        (["support"], "No claim carries its thesis. Of 1 claim", "no claim is coded as thesis", "on 1 claim, sorted"),
        (["background"] * 2, "No claim carries its thesis. It rests that on no claim.", "no claim", "on 0 claims."),
    ],
)
def test_a_text_of_few_claims_is_told_in_whole_sentences(weights, said, thesis, support):
    text = BOOK.text("walsh-2021")
    claims = text.claims.head(len(weights)).assign(weight=weights)
    few = dataclasses.replace(text, tables=text.tables | {"claims": claims})
    assert plain(prose.thesis_lead(few)).startswith(said)
    assert thesis in plain(prose.theses(few))
    assert "<ul></ul>" not in prose.theses(few)
    assert support in plain(prose.supports(few))


@pytest.mark.parametrize("source_id", TEXTS)
def test_events_and_quantities_of_a_text_count_right(source_id):
    told = [r for r in rows_of("event_claims") if r["claim_id"].startswith(f"{source_id}-c")]
    events = [r for r in rows_of("events") if r["event_id"] in {t["event_id"] for t in told}]
    dated = {t["event_id"] for t in told if t["told_start"] or t["told_end"]}
    counts = [
        len(events),
        len(dated),
        sum(e["mode"] != "happened" for e in events),
        sum(e["date_basis"] == "record" for e in events),
    ]
    assert numbers(prose.events_lead(BOOK.text(source_id))) == (counts if events else [])
    mine = {r["quantity_id"] for r in rows_of("quantity_claims") if r["claim_id"].startswith(f"{source_id}-c")}
    arms = [q for q in rows_of("quantities") if q["quantity_id"] in mine and q["arms_deal"] == "true"]
    assert numbers(prose.quantities_lead(BOOK.text(source_id)))[:2] == ([len(mine), len(arms)] if mine else [])


@pytest.mark.parametrize("source_id", TEXTS)
def test_the_page_says_what_the_ledger_says(book, source_id):
    page = BeautifulSoup((book / "chapters" / f"{source_id}.html").read_text(encoding="utf-8"), "html.parser")
    leads = [" ".join(lead.text.split()) for lead in page.select(".cb-lead")]
    assert leads[0] == plain(prose.thesis_lead(BOOK.text(source_id)))
    assert plain(prose.text_lead(BOOK.text(source_id))) in leads
    shown = {card["id"] for card in page.select("details.cb-claim[id]")}
    assert shown == set(BOOK.text(source_id).claims["claim_id"])

"""Numbers in sentences: counted again from the CSV files, without pandas, and found on the built page."""

import collections
import dataclasses
import re

import pytest
from bs4 import BeautifulSoup
from this_book import BOOK, rows_of

from claimbook.analysis import evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.view import addresses, prose, trails
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
    (claims, *_), others, _ = counted(source_id)
    bar = BeautifulSoup(trails.figure(BOOK.text(source_id)), "html.parser").select("div > strong")
    ends = {"own": claims - others.total(), **others}
    assert [int(part.text) for part in bar] == [ends[kind] for kind in trails.ENDS if ends.get(kind)]


WEIGHTS = {"thesis": "carr(?:ies|y) its thesis", "support": "brought in its support", "background": "in the background"}


@pytest.mark.parametrize("source_id", TEXTS)
def test_the_result_of_a_text_counts_its_checkable_claims_by_weight(source_id):
    text = BOOK.text(source_id)
    said = plain(prose.result(text))
    for weight, which in WEIGHTS.items():
        mine = collections.Counter(VERDICT[c] for c in text.claims["claim_id"][text.claims["weight"] == weight])
        stuck = mine.pop("not_checkable", 0)
        part = re.search(rf"[Oo]f {mine.total()} checkable claims? (?:that )?{which}, ([^.;]*)([^.]*)", said)
        for verdict, (one, several) in prose.WORDED.items():
            if number := mine[verdict]:
                assert f"{number} {one if number == 1 else several}" in part[1]
        assert sum(map(int, re.findall(r"\d+", part[1]))) == mine.total()
        if weight == "thesis":
            assert (f"; {stuck} more cannot be checked" == part[2]) == (stuck > 0)


@pytest.mark.parametrize(
    ("weights", "said", "thesis"),
    [
        (["thesis"], "Of 1 checkable claim that carries its thesis, 1 ", "2021 claims:The"),
        (
            ["support"],
            "No checkable claim carries its thesis. Of 1 checkable claim brought",
            "no claim is coded as thesis",
        ),
        (["background"] * 2, "No checkable claim carries its thesis. Of 2 checkable claims in the back", "no claim"),
    ],
)
def test_a_text_of_few_claims_is_told_in_whole_sentences(weights, said, thesis):
    text = BOOK.text("walsh-2021")
    claims = text.claims.head(len(weights)).assign(weight=weights)
    few = dataclasses.replace(text, tables=text.tables | {"claims": claims})
    assert plain(prose.result(few)).startswith(said)
    assert thesis in plain(prose.theses(few))
    assert "<ul></ul>" not in prose.theses(few)
    none = dataclasses.replace(text, tables=text.tables | {"claims": claims.head(0)})
    assert plain(prose.result(none)) == "No claim of the text is coded."
    assert plain(prose.holds(none)).startswith("No claim that carries its thesis or supports it")
    assert plain(prose.known_wrong(none)).startswith("No evidence known to have been public")


def linked(html):
    """Return the claims to which links of a block lead."""
    return [a["href"].partition("#")[2] for a in BeautifulSoup(html, "html.parser").select("a[href]")]


@pytest.mark.parametrize("source_id", TEXTS)
def test_what_holds_is_every_borne_out_claim_of_weight_once_and_nothing_else(source_id):
    text = BOOK.text(source_id)
    page = BeautifulSoup(prose.holds(text), "html.parser")
    weighty = text.claims["claim_id"][text.claims["weight"].isin(["thesis", "support"])]
    whole = [a["title"] for a in page.select("li > a")]
    in_part = [a["href"].partition("#")[2] for a in page.select("a.cb-id")]
    for listed, verdict in ((whole, "supported"), (in_part, "partly_supported")):
        assert sorted(listed) == sorted(c for c in weighty if VERDICT[c] == verdict)
    for group in page.select("section"):
        assert group.strong.text.endswith(f"({len(group.select('li'))})")


@pytest.mark.parametrize("source_id", TEXTS)
def test_what_was_known_to_be_wrong_stands_apart_with_what_was_public_then(source_id):
    text = BOOK.text(source_id)
    wrong = evidence.contradicted_at_publication(text)
    wrong = wrong[wrong["claim_id"].map(VERDICT).eq("contradicted")]
    parts = {
        part.strong.text: part
        for part in BeautifulSoup(prose.known_wrong(text), "html.parser").select(".cb-wrong > div")
    }
    assert bool(parts) == bool(len(wrong))
    links = text.claim_links[(text.claim_links["type"] == "repeats") & (text.claim_links["differs"] == "")]
    again = links[links["claim_id"].isin(wrong["claim_id"]) & links["related_claim_id"].isin(wrong["claim_id"])]
    wrong = wrong[~wrong["claim_id"].isin(again["claim_id"])]
    for told in again.itertuples(index=False):
        [item] = (i for part in parts.values() for i in part.select("li") if i.find(title=told.related_claim_id))
        assert "Told again: " in item.text
        assert told.claim_id in str(item)
    appeared = text.sources["published_earliest"].iloc[0]
    rows = evidence.resolved(BOOK)
    for head, mine in (
        ("In the text's own voice", wrong[wrong["own"]]),
        ("On the word of others", wrong[~wrong["own"]]),
    ):
        items = parts[head].select("li") if head in parts else []
        assert [item.select_one("a[title]")["title"] for item in items] == mine["claim_id"].tolist()
        for item, claim in zip(items, mine["claim_id"], strict=True):
            told = " ".join(item.text.split())
            [row] = (row for row in rows[rows["claim_id"] == claim].itertuples() if row.finding in told)
            assert row.stance == "contradicts"
            assert row.known_from <= appeared


def test_a_text_that_was_wrong_in_nothing_is_said_to_be():
    text = BOOK.text("walsh-2021")
    own = evidence.contradicted_at_publication(text)["claim_id"]
    rest = text.claims[~text.claims["claim_id"].isin(own)]
    clean = dataclasses.replace(text, tables=text.tables | {"claims": rest})
    said = "No evidence known to have been public when it appeared contradicts any claim of it."
    assert plain(prose.known_wrong(clean)) == said


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
    page = BeautifulSoup((book / "chapters" / "texts" / f"{source_id}.html").read_text(encoding="utf-8"), "html.parser")
    leads = [" ".join(lead.text.split()) for lead in page.select(".cb-lead")]
    assert leads[0] == plain(prose.result(BOOK.text(source_id)))
    assert plain(prose.text_lead(BOOK.text(source_id))) in leads
    shown = {point["id"] for point in page.select("article.cb-point[id]")}
    assert shown == set(BOOK.text(source_id).claims["claim_id"])


@pytest.mark.parametrize("source_id", TEXTS)
def test_the_byline_says_who_and_when_or_why_not_and_leads_to_the_rest(source_id):
    text = BOOK.text(source_id)
    source = text.sources.iloc[0]
    shown = BeautifulSoup(prose.byline(text), "html.parser")
    basis = source["author_basis"][1:].partition(".")[0]
    assert (source["author"] or f"No author is known ({source['author_basis'][0].lower()}{basis}") in shown.text
    assert (source["published_earliest"] == source["published_latest"]) != ("states no date" in shown.text)
    assert shown.a["href"] == f"#{addresses.ABOUT}"
    assert BeautifulSoup(prose.about(text), "html.parser").find(id=addresses.ABOUT)


def test_shared_words_are_counted_and_no_charge():
    text = BOOK.text("walsh-2021")
    said = plain(prose.wording(text))
    assert "shares 18 words in a row with The Goa Spotlight" in said
    assert "no charge of copying" in said
    assert said.startswith(f"{(terminal_sources(text)['hops'] == 1).sum()} of ")
    bare = dataclasses.replace(BOOK, tables={**BOOK.tables, "shared_wording": BOOK.shared_wording.head(0)})
    assert "No run of words is listed" in prose.wording(bare.text("walsh-2021"))

"""The walk through a text, and its trails: nothing is lost, what weighs stands open, and the strip leads there."""

import functools
import re
from dataclasses import replace

import pytest
from browser import DESK, Visit
from bs4 import BeautifulSoup
from this_book import BOOK

from claimbook.analysis import evidence
from claimbook.view import palette, trails, walk
from claimbook.view.assessments import Assessments

TEXTS = {source_id: BOOK.text(source_id) for source_id in BOOK.sources["source_id"]}
VERDICT = evidence.verdicts(BOOK).set_index("claim_id")["verdict"]


@functools.cache
def page_of(source_id):
    """Return the walk through a text; no test may change it."""
    return BeautifulSoup(walk.claims(TEXTS[source_id]), "html.parser")


def changed(text, **frames):
    return replace(text, tables={**text.tables, **frames})


@pytest.mark.parametrize("source_id", TEXTS)
def test_every_old_address_is_there_once(source_id):
    text, ids = TEXTS[source_id], [part["id"] for part in page_of(source_id).select("[id]")]
    assert len(ids) == len(set(ids))
    first_here = {q for q in text.quantities["quantity_id"] if q.startswith(f"{source_id}-q")}
    old = {*text.claims["claim_id"], *text.sentences["sentence_id"], *text.evidence["evidence_id"], *first_here}
    assert old <= set(ids)


@pytest.mark.parametrize("source_id", TEXTS)
def test_thesis_and_contradicted_claims_stand_open_and_the_others_are_folded(source_id):
    text, page = TEXTS[source_id], page_of(source_id)
    apart = {point["id"] for point in page.select("article") if not point.find_parent("details")}
    weighty = text.claims["weight"].eq("thesis") | text.claims["claim_id"].map(VERDICT).eq("contradicted")
    assert apart == set(text.claims["claim_id"][weighty])
    for point in page.select("article"):
        [chip] = point.select(".cb-verdict")
        assert palette.VERDICTS[VERDICT[point["id"]]] in chip.text


def test_a_claim_that_comes_to_carry_the_thesis_is_unfolded():
    text = TEXTS["wnd-2001"]
    claim = text.claims["claim_id"][text.claims["weight"] == "background"].iloc[0]
    claims = text.claims.assign(weight=text.claims["weight"].mask(text.claims["claim_id"] == claim, "thesis"))
    before, after = (BeautifulSoup(walk.claims(t), "html.parser") for t in (text, changed(text, claims=claims)))
    assert [bool(page.find(id=claim).find_parent("details")) for page in (before, after)] == [True, False]


@pytest.mark.parametrize("source_id", TEXTS)
def test_each_side_shows_its_evidence_or_whether_it_was_searched(source_id):
    text, assessed = TEXTS[source_id], Assessments(BOOK)
    for claim in text.claims[text.claims["checkable"]].itertuples():
        shown = " ".join(page_of(source_id).find(id=claim.claim_id).text.split())
        rows = assessed.told(claim.claim_id)
        if claim.weight == "background" and not walk.stands_open(
            claim._asdict(), assessed.verdicts.at[claim.claim_id, "verdict"]
        ):
            assert not page_of(source_id).find(id=claim.claim_id).select(".cb-told, .cb-sides"), claim.claim_id
            continue
        for side, stances in walk.SIDES.items():
            if not any(row["side"] in stances for row in rows):
                absent = assessed.absent(claim.claim_id, side.lower())
                assert f"{side} {absent}." in shown or f"For and against: {absent}." in shown
        best = [row for row in rows if row["counts"] and row["stance"] == "contradicts"]
        if best:
            words = [row["words_english"] or row["words"] or row["finding"].partition("; ")[0] for row in best]
            assert any(" ".join(w.rstrip(".").split()) in shown for w in words)


@pytest.mark.parametrize("source_id", TEXTS)
def test_the_strip_has_a_column_a_sentence_and_leads_to_its_paragraph(source_id):
    text, page = TEXTS[source_id], page_of(source_id)
    links = page.select("#strip a")
    assert len(links) == text.sentences["paragraph"].nunique()
    columns = [column for link in links for column in link.select("span > span")]
    assert len(columns) == len(text.sentences)
    for column, sentence in zip(columns, text.sentences.itertuples(), strict=True):
        assert column["style"].startswith(f"flex:{sentence.end - sentence.start} ")
        stacked = sum(int(re.search(r"flex:(\d+)", part["style"])[1]) for part in column.select("i"))
        assert stacked == (text.claims["sentence_id"] == sentence.sentence_id).sum()
    for link in links:
        section = page.find(id=link["href"].removeprefix("#"))
        assert section.name == "section"
        said = {v: len(section.select(f".cb-verdict-{v.replace('_', '-')}")) for v in palette.VERDICTS}
        told = ", ".join(f"{n} {palette.VERDICTS[v]}" for v, n in said.items() if n) or "no claim"
        assert link["aria-label"] == f"{section.h3.text}: {told}"


@pytest.mark.parametrize("source_id", TEXTS)
def test_bar_and_tree_count_every_claim_once(source_id):
    text = TEXTS[source_id]
    page = BeautifulSoup(trails.figure(text), "html.parser")
    numbers = [int(part.text.replace(",", "")) for part in page.select("div > strong")]
    assert sum(numbers) == len(text.claims)
    assert len(page.select(".cb-marks i")) == len(text.claims)
    told = [int(small.text.split()[0]) for small in page.select("li > small") if " claim" in small.text]
    assert sum(told) == len(text.claims)


def test_a_speaker_who_becomes_nameless_gets_another_frame_and_another_part_of_the_bar():
    text = TEXTS["walsh-2021"]
    chains = text.chains.assign(anonymity=text.chains["anonymity"].mask(text.chains["hop"] > 1, "unnamed"))
    before, after = (str(trails.figure(t)) for t in (text, changed(text, chains=chains)))
    for words in ("2px dotted", f">{trails.ENDS['unnamed']}<"):
        assert words not in before
        assert words in after


def test_markup_in_a_cell_is_shown_as_text():
    claims = TEXTS["wnd-2001"].claims.copy()
    claims.loc[0, "statement"] = "<script>alert(1)</script>"
    html = walk.claims(changed(TEXTS["wnd-2001"], claims=claims))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("scripts", [True, False])
def test_the_strip_stays_in_view_and_leads_by_keyboard(scripts, browser, site_url):
    with Visit(browser, site_url, viewport=DESK, java_script_enabled=scripts) as visit:
        page = visit.page
        page.goto(f"{site_url}chapters/texts/wnd-2001.html")
        link = page.locator("#strip a").last
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#wnd-2001-p*")
        place = page.locator(link.get_attribute("href"))
        page.wait_for_timeout(300)
        assert page.locator("#strip").evaluate("e => e.getBoundingClientRect().top") >= 0
        strip, there = (one.bounding_box() for one in (page.locator("#strip"), place))
        assert strip["y"] + strip["height"] <= there["y"] + 1
        if scripts:
            page.locator(".cb-sentence").nth(9).evaluate(
                "e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 250)"
            )
            page.wait_for_function("document.querySelectorAll('#strip [aria-current]').length === 1")


def test_a_finger_can_hit_every_paragraph_in_the_strip(browser, site_url):
    with Visit(browser, site_url, viewport={"width": 390, "height": 800}) as visit:
        for source_id in TEXTS:
            visit.page.goto(f"{site_url}chapters/texts/{source_id}.html")
            boxes = visit.page.locator("#strip a").evaluate_all(
                "all => all.map(a => a.getBoundingClientRect()).map(({width, height}) => [width, height])"
            )
            assert min(min(box) for box in boxes) >= 24

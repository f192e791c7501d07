"""The chapter on claims and evidence: each claim once in its picture, and lists that are as the rule gives them."""

import collections

import pytest
from bs4 import BeautifulSoup
from figures import block, bundle, rows
from notebooks import charts_of, figure_of, results_of, shown_by
from outputs import claim_of
from this_book import BOOK, rows_of, with_tables

from claimbook.analysis import evidence
from claimbook.analysis.verdicts import STRICTER
from claimbook.view import palette
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import plain

PAGE = "chapters/record/claims"
VERDICT = evidence.verdicts(BOOK).set_index("claim_id")
WORDS = VERDICT["verdict"].map(palette.VERDICTS)


@pytest.fixture
def shown():
    return shown_by(PAGE)


@pytest.fixture
def figures():
    return charts_of(PAGE)


def test_every_chart_carries_all_that_a_reader_needs(figures):
    assert set(figures) == {"verdict-profile", "verdicts-by-threshold"}
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("title", "caption", "alt", "source"))
        assert "n = " in said["caption"]
        assert said["rows"]


def test_every_claim_is_one_square_under_its_verdict(figures):
    squares = bundle(figures["verdict-profile"])["data"]
    assert {trace["name"]: len(trace["x"]) for trace in squares} == WORDS.value_counts().to_dict()
    for trace in squares:
        assert {WORDS[claim] for claim in trace["hovertext"]} == {trace["name"]}
    counted = rows(figures["verdict-profile"])
    assert counted[list(set(WORDS))].sum().to_dict() == WORDS.value_counts().to_dict()
    thesis = sum(claim["weight"] == "thesis" for claim in rows_of("claims"))
    assert counted[counted["weight"] == "thesis"][list(set(WORDS))].to_numpy().sum() == thesis


def test_the_title_counts_the_theses_that_evidence_could_settle(figures, monkeypatch):
    central = BOOK.claims[(BOOK.claims["weight"] == "thesis") & BOOK.claims["checkable"]]
    found = WORDS[central["claim_id"]].value_counts()
    stand, total = found["supported"], len(central)
    fallen = found.get("contradicted", 0) or "none"
    said = f"{stand} of {total} central claims are fully supported, {fallen} contradicted"
    assert block(figures["verdict-profile"])["title"] == said
    one = next(claim for claim in central["claim_id"] if WORDS[claim] == "supported")
    fewer = BOOK.claims.assign(weight=BOOK.claims["weight"].mask(BOOK.claims["claim_id"] == one, "background"))
    after = figure_of("verdict-profile", PAGE, monkeypatch, with_tables(claims=fewer))
    assert block(after)["title"].startswith(f"{stand - 1} of {total - 1} central claims are fully supported")
    opinion = BOOK.claims.assign(weight="background")
    none = figure_of("verdict-profile", PAGE, monkeypatch, with_tables(claims=opinion))
    assert block(none)["title"] == "No claim that carries a thesis is checkable"


def test_one_text_can_be_chosen_in_the_first_cell(monkeypatch):
    change = ("ledger.load()", 'ledger.load().text("walsh-2021")')
    figure = figure_of("verdict-profile", PAGE, monkeypatch, change=change)
    assert sum(len(trace["x"]) for trace in bundle(figure)["data"]) == len(BOOK.text("walsh-2021").claims)


def test_a_tighter_threshold_establishes_less(figures):
    drawn = rows(figures["verdicts-by-threshold"]).set_index("Threshold")
    assert (drawn.sum(axis=1) == BOOK.claims["checkable"].sum()).all()
    for name, threshold in STRICTER:
        found = evidence.verdicts(BOOK, threshold)["verdict"].map(palette.VERDICTS).value_counts()
        assert drawn.loc[name].to_dict() == {verdict: found.get(verdict, 0) for verdict in drawn}
    bars = {t["name"]: dict(zip(t["y"], t["x"], strict=True)) for t in bundle(figures["verdicts-by-threshold"])["data"]}
    assert bars == {verdict: drawn[verdict].to_dict() for verdict in drawn}
    supported = drawn["supported"]
    assert supported.iloc[0] >= supported["Two origins"] >= supported["Three origins"] >= supported.iloc[-1]
    title = block(figures["verdicts-by-threshold"])["title"]
    assert f"from {supported.iloc[0]} to {supported.iloc[-1]} where" in title


def control(shown, name):
    [found] = [result for result in shown if isinstance(result, FacetFilter) and result.id == name]
    return found


def test_thesis_and_contradicted_claims_stand_open_with_who_bears_them_out_and_the_rest_lies_folded(shown):
    claims = control(shown, "claims")
    folded = {claim for _, ids in claims.folds.values() for claim in ids}
    central = BOOK.claims["weight"].eq("thesis") | BOOK.claims["claim_id"].map(VERDICT["verdict"]).eq("contradicted")
    assert {row_id for row_id, _, _ in claims.rows} - folded == set(BOOK.claims.loc[central, "claim_id"])
    assert {row_id for row_id, _, _ in claims.rows} == set(BOOK.claims["claim_id"])
    told = {row_id: html for row_id, _, html in claims.rows}
    for claim in BOOK.claims.itertuples():
        assert claim.statement in plain(told[claim.claim_id])
        assert f'#{claim.claim_id}"' in told[claim.claim_id]
        assert (" For: " in plain(told[claim.claim_id])) == (claim.claim_id not in folded and claim.checkable)
        assert claim.claim_id not in ABOUT_LIVING or "Denied: " in told[claim.claim_id]
    findings = BOOK.evidence["finding"]
    assert not any(finding in plain(" ".join(told.values())) for finding in findings[findings.str.len() > 60])


def test_a_changed_verdict_or_weight_opens_a_claim(monkeypatch):
    thesis = BOOK.claims.assign(weight=BOOK.claims["weight"].mask(BOOK.claims["claim_id"] == "wnd-2001-c002", "thesis"))
    for book, folded in ((BOOK, True), (with_tables(claims=thesis), False)):
        claims = control(results_of(PAGE, monkeypatch, book), "claims")
        assert ("wnd-2001-c002" in {claim for _, ids in claims.folds.values() for claim in ids}) == folded


def test_what_was_contradicted_at_publication_is_listed_exactly(shown):
    wrong = control(shown, "wrong-then")
    listed = {claim_of(BeautifulSoup(html, "html.parser").select_one("a.cb-id")) for _, _, html in wrong.rows}
    assert listed == set(VERDICT.index[VERDICT["verdict_then"] == "contradicted"])
    assert set(control(shown, "claims").select(then="contradicted")) == listed
    hops = collections.Counter(row["chain_id"] for row in rows_of("chains"))
    chain = {row["claim_id"]: row["chain_id"] for row in rows_of("claims")}
    own = sum(hops[chain[claim]] == 1 for claim in listed)
    [mine] = [ids for heading, ids in wrong.folds.values() if heading == "Said by the text itself"]
    assert len(mine) == own < len(listed), "a defence that a text reports is no miss of the text"
    assert len(wrong.select(**{"said by": "the text itself"})) == own


LIVING = set(BOOK.actors["actor_id"][BOOK.actors["living"].fillna(False)])
ABOUT_LIVING = {c.claim_id for c in BOOK.claims.itertuples(index=False) if {c.subject, c.object} & LIVING}


def test_what_is_not_rated_is_counted_by_its_reason(shown, monkeypatch):
    said = shown[-1]
    reasons = collections.Counter(claim["not_checkable_reason"] for claim in rows_of("claims"))
    del reasons[""]
    for reason, number in reasons.items():
        assert f"{palette.REASONS[reason]} ({number})" in said
    assert f"settle {len(BOOK.claims) - reasons.total()} claims" in said
    all_checkable = BOOK.claims.assign(checkable=True, not_checkable_reason="")
    assert results_of(PAGE, monkeypatch, with_tables(claims=all_checkable))[-1].endswith("what is not rated: none.")

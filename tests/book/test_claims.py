"""The chapter on claims and evidence: each claim once in its picture, and lists that are as the rule gives them."""

import collections

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from figures import block, bundle
from notebooks import figures_of, results_of
from outputs import claim_of
from this_book import BOOK, rows_of, with_tables

from claimbook.analysis import evidence
from claimbook.analysis.verdicts import STRICTER
from claimbook.view import palette
from claimbook.view.charts import Figure
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import Html, plain

PAGE = "chapters/claims"
VERDICT = evidence.verdicts(BOOK).set_index("claim_id")
WORDS = VERDICT["verdict"].map(palette.VERDICTS)


@pytest.fixture(scope="module")
def shown():
    """What the cells of the chapter give, run once."""
    with pytest.MonkeyPatch.context() as patch:
        yield results_of(PAGE, patch)


@pytest.fixture(scope="module")
def figures(shown):
    return {block(figure)["id"]: figure for figure in shown if isinstance(figure, Figure)}


def rows(figure):
    said = block(figure)
    return pd.DataFrame(said["rows"], columns=said["columns"])


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
    said = f"{stand} of {total} central claims are fully supported, {found['contradicted']} contradicted"
    assert block(figures["verdict-profile"])["title"] == said
    one = next(claim for claim in central["claim_id"] if WORDS[claim] == "supported")
    fewer = BOOK.claims.assign(weight=BOOK.claims["weight"].mask(BOOK.claims["claim_id"] == one, "background"))
    after = figures_of(PAGE, monkeypatch, with_tables(claims=fewer))["verdict-profile"]
    assert block(after)["title"].startswith(f"{stand - 1} of {total - 1} central claims are fully supported")
    opinion = BOOK.claims.assign(weight="background")
    none = figures_of(PAGE, monkeypatch, with_tables(claims=opinion))["verdict-profile"]
    assert block(none)["title"] == "No claim that carries a thesis is checkable"


def test_one_text_can_be_chosen_in_the_first_cell(monkeypatch):
    change = ("ledger.load()", 'ledger.load().text("walsh-2021")')
    figure = figures_of(PAGE, monkeypatch, change=change)["verdict-profile"]
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


def test_every_thesis_can_be_found_by_text_and_verdict_with_its_denial(shown):
    theses = next(result for result in shown if isinstance(result, FacetFilter))
    thesis = BOOK.claims[BOOK.claims["weight"] == "thesis"]
    told = {
        claim_of(BeautifulSoup(html, "html.parser").select_one("a.cb-id")): plain(html) for _, _, html in theses.rows
    }
    assert list(told) == list(thesis["claim_id"])
    for claim in thesis.itertuples():
        assert claim.statement in told[claim.claim_id]
        assert palette.VERDICTS[VERDICT.at[claim.claim_id, "verdict_then"]] in told[claim.claim_id]
    assert any("Denied: " in words for words in told.values())
    assert 0 < len(theses.select(text="WorldNetDaily 2001")) < len(theses.rows)
    assert {value for _, values, _ in theses.rows for value in values["text"]} == set(BOOK.sources["short_name"])


def test_what_was_contradicted_at_publication_is_listed_exactly(shown):
    table = next(result for result in shown if isinstance(result, Html) and "Said by" in result)
    listed = {}
    for row in BeautifulSoup(table, "html.parser").select("tbody tr"):
        listed[claim_of(row.select_one("a.cb-id"))] = row.select("td")[0].text
        assert "Denied: " in row.text or claim_of(row.select_one("a.cb-id")) not in ABOUT_LIVING
    assert set(listed) == set(VERDICT.index[VERDICT["verdict_then"] == "contradicted"])
    hops = collections.Counter(row["chain_id"] for row in rows_of("chains"))
    chain = {row["claim_id"]: row["chain_id"] for row in rows_of("claims")}
    own = {claim for claim, speaker in listed.items() if speaker == "the text itself"}
    assert own == {claim for claim in listed if hops[chain[claim]] == 1}
    assert "wnd-2001-c091" in listed.keys() - own  # a defence that the text reports is no miss of the text
    assert f"{len(own)} of them made by the text itself" in table


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

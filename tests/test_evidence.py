"""Evidence before the rule: checks computed, dates and letters settled, verdicts shown with their reasons."""

import csv
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from claimbook import assessments, cards, checks, evidence, ledger, palette, prose
from claimbook.chains import terminal_sources
from claimbook.markup import plain
from claimbook.verdicts import COUNTED, VERDICTS, Threshold

ROOT = Path(__file__).parents[1]
BOOK = ledger.load(ROOT / "data")
TEXTS = list(BOOK.sources["source_id"])
VERDICT = evidence.verdicts(BOOK).set_index("claim_id")
HARD_CASES = 20
CHECKS = 30


def with_rows(rows):
    """Return the book with other rows of evidence."""
    return replace(BOOK, tables={**BOOK.tables, "evidence": rows})


def rows_of(claim_id):
    return BOOK.evidence[BOOK.evidence["claim_id"] == claim_id]


def test_every_check_is_live_and_there_are_enough():
    used = set(BOOK.evidence["check"]) - {""}
    assert used == set(checks.registry())
    assert len(used) >= CHECKS
    for row in evidence.resolved(BOOK).itertuples(index=False):
        assert row.finding
        assert row.stance in (*COUNTED, "asserts", "denies", "silent")


def test_no_stance_or_finding_of_a_check_is_stored():
    checked = BOOK.evidence[BOOK.evidence["check"] != ""]
    assert set(checked["stance"]) == set(checked["finding"]) == {""}
    computed = evidence.resolved(BOOK).set_index("evidence_id")
    for row in checked.itertuples(index=False):
        found = checks.run(row.check, row.check_args, BOOK.records)
        assert (found.stance, found.sentence) == tuple(computed.loc[row.evidence_id, ["stance", "finding"]])


def test_a_changed_record_changes_the_verdict():
    claim = "srebrnik-2023-c038"  # Ukraine and Belarus share a long border
    row = rows_of(claim)[rows_of(claim)["check"] != ""]
    alone = with_rows(row)
    assert evidence.verdicts(alone).set_index("claim_id").at[claim, "verdict"] == "supported"
    none = {name: frame.iloc[:0] if name == "land_borders" else frame for name, frame in BOOK.records.items()}
    with pytest.raises(ValueError, match="Belarus"):
        evidence.verdicts(replace(alone, records=none))


def test_without_evidence_every_checkable_claim_is_unverifiable():
    bare = evidence.verdicts(with_rows(BOOK.evidence.iloc[:0]))
    expected = BOOK.claims["checkable"].map({True: "unverifiable", False: "not_checkable"})
    assert bare["verdict"].tolist() == bare["verdict_then"].tolist() == expected.tolist()
    assert bare["fragility"].isna().all()


def test_the_order_of_rows_changes_nothing():
    turned = evidence.verdicts(with_rows(BOOK.evidence.iloc[::-1].reset_index(drop=True)))
    pd.testing.assert_frame_equal(turned, evidence.verdicts(BOOK))


def test_a_partys_own_word_changes_nothing_in_the_whole_book():
    rows = BOOK.evidence
    pd.testing.assert_frame_equal(evidence.verdicts(with_rows(rows[~rows["interested"]])), evidence.verdicts(BOOK))


def test_evidence_is_known_from_the_later_of_its_two_dates():
    rows = evidence.resolved(BOOK)
    for row in rows.itertuples(index=False):
        assert row.known_from == max(row.fact_public_from, row.version_released)


def test_then_is_what_was_known_on_the_first_possible_day():
    day = evidence.published(BOOK)
    for source in BOOK.sources.itertuples(index=False):
        mine = BOOK.text(source.source_id)
        assert {day[c] for c in mine.claims["claim_id"]} == {source.published_earliest}
        then = evidence.verdicts(mine, day=source.published_earliest)
        assert then["verdict"].tolist() == VERDICT.loc[then["claim_id"], "verdict_then"].tolist()


def test_a_text_alone_gets_the_verdicts_of_the_whole():
    for source_id in TEXTS:
        alone = evidence.verdicts(BOOK.text(source_id)).set_index("claim_id")
        pd.testing.assert_frame_equal(alone, VERDICT.loc[alone.index])


def test_letters_follow_carrier_and_terminal_source():
    ends = terminal_sources(BOOK).set_index("claim_id")
    carrier = BOOK.sources.set_index("source_id")["reliability"]
    for claim, row in VERDICT.iterrows():
        assert row["carrier"] == carrier[claim.rsplit("-", 1)[0]]
        if ends.at[claim, "own"]:
            assert row["terminal"] == row["carrier"]
        elif ends.at[claim, "nameless"]:
            assert row["terminal"] == "F"
    assert VERDICT.at["wnd-2001-c042", "terminal"] == "F"


def test_coverage_counts_every_checkable_claim_once():
    n = evidence.coverage(BOOK)
    assert n["checkable"] == BOOK.claims["checkable"].sum() == n["counted"] + n["shown_only"] + n["search_only"]


def test_the_rule_gives_what_was_argued_for_in_every_hard_case():
    cases = BOOK.hard_cases
    assert len(cases) >= HARD_CASES
    given = dict(zip(cases["claim_id"], VERDICT.loc[cases["claim_id"], "verdict"], strict=True))
    assert given == dict(zip(cases["claim_id"], cases["expected"], strict=True))
    assert cases["difficulty"].nunique() >= 6
    assert cases["claim_id"].str.rsplit("-", n=1).str[0].nunique() == len(TEXTS)


@pytest.mark.parametrize("source_id", TEXTS)
def test_every_claim_shows_its_verdict_and_reasons_on_the_page(book, source_id):
    page = BeautifulSoup((book / "chapters" / f"{source_id}.html").read_text(encoding="utf-8"), "html.parser")
    placed = {element["id"]: element for element in page.find_all(id=True)}
    rows = evidence.resolved(BOOK).groupby("claim_id")
    for claim in BOOK.text(source_id).claims.itertuples(index=False):
        card = placed[claim.claim_id]
        assert card.name == "details"
        marks = card.select_one("summary").select(".cb-verdict")
        assert [palette.VERDICTS[VERDICT.at[claim.claim_id, "verdict"]] in m.text for m in marks] == [True]
        if claim.claim_id in rows.groups:
            for row in rows.get_group(claim.claim_id).itertuples(index=False):
                shown = placed[row.evidence_id]
                assert any(parent is card for parent in shown.parents)
                assert plain(row.finding) in " ".join(shown.text.split())
        elif claim.checkable:
            assert card.text.count("None found.") == 2
            assert "Searched" in card.text


LIVING = set(BOOK.actors["actor_id"][BOOK.actors["living"].fillna(False)])
ABOUT_LIVING = {c.claim_id for c in BOOK.claims.itertuples(index=False) if {c.subject, c.object} & LIVING}


def test_an_allegation_about_a_living_person_carries_its_denial_or_none_found():
    assessed = assessments.Assessments(BOOK)
    assert ABOUT_LIVING
    for claim in ABOUT_LIVING:
        assert assessed.denial(claim)
    assert "wnd-2001-c054" in assessed.denial("wnd-2001-c012")


def test_a_denial_stands_with_a_claim_in_every_list():
    supports = prose.supports(BOOK.text("walsh-2021"))
    beside = assessments.Assessments(BOOK).side_by_side(sorted(ABOUT_LIVING & set(BOOK.evidence["claim_id"])), "x")
    for page, item in (
        (supports, "li"),
        (beside, "section"),
        (assessments.knowably_wrong(BOOK), "tr"),
        (assessments.hard_cases(BOOK), "tr"),
        (cards.collisions(BOOK, "strains", across=True), ".cb-sides > div"),
    ):
        shown = [(part.select_one("a.cb-id"), part.text) for part in BeautifulSoup(page, "html.parser").select(item)]
        about = [words for link, words in shown if link and link.text in ABOUT_LIVING]
        assert about
        assert all("Denied: " in words for words in about)


def test_knowably_wrong_lists_exactly_the_claims_contradicted_then():
    page = BeautifulSoup(assessments.knowably_wrong(BOOK), "html.parser")
    listed = [row.select_one("th a.cb-id").text for row in page.select("tbody tr")]
    assert listed == VERDICT.index[VERDICT["verdict_then"] == "contradicted"].tolist()


def test_what_changes_under_a_stricter_rule_is_listed_whole():
    strict = evidence.verdicts(BOOK, Threshold(primary_only=True)).set_index("claim_id")["verdict"]
    moved = strict.index[strict != VERDICT["verdict"]]
    page = BeautifulSoup(assessments.changed_under(BOOK, Threshold(primary_only=True), "x"), "html.parser")
    assert {a.text for a in page.select("a.cb-id")} == set(moved)


def test_exported_verdicts_are_those_of_the_book(tmp_path):
    from claimbook.__main__ import main

    assert main(["export", str(tmp_path / "out"), "--data", str(ROOT / "data")]) == 0
    with (tmp_path / "out" / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["claim_id"] for r in rows] == BOOK.claims["claim_id"].tolist()
    assert [r["verdict"] for r in rows] == VERDICT["verdict"].tolist()
    assert {r["verdict"] for r in rows} <= set(VERDICTS)
    for row in rows:
        fragile = VERDICT.at[row["claim_id"], "fragility"]
        assert row["fragility"] == ("" if pd.isna(fragile) else str(fragile))

"""Evidence before the rule: checks computed, dates and letters settled, verdicts shown with their reasons."""

import csv
import datetime
import functools
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from outputs import claim_of
from own_checks import CHECKS, run
from places import ROOT
from this_book import BOOK, rows_of, with_tables

from claimbook.analysis import comparison, evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.verdicts import COUNTED, OWN_WORD, STANCES, VERDICTS, Threshold
from claimbook.exchange import claimreview
from claimbook.model.span import Span
from claimbook.view import assessments, cards, palette, prose, walk
from claimbook.view.markup import plain

TEXTS = list(BOOK.sources["source_id"])
VERDICT = evidence.verdicts(BOOK).set_index("claim_id")
HARD_CASES = 20


@functools.cache
def evidence_on(claim_id):
    return BOOK.evidence[BOOK.evidence["claim_id"] == claim_id]


def test_every_check_is_live_and_there_are_enough():
    used = set(BOOK.evidence["check"]) - {""}
    assert used == set(CHECKS)
    assert len(used) >= 30
    for row in evidence.resolved(BOOK).itertuples(index=False):
        assert row.finding
        assert row.stance in STANCES


def test_no_stance_or_finding_of_a_check_is_stored():
    checked = BOOK.evidence[BOOK.evidence["check"] != ""]
    assert set(checked["stance"]) == set(checked["finding"]) == {""}
    computed = evidence.resolved(BOOK).set_index("evidence_id")
    for row in checked.itertuples(index=False):
        found = run(row.check, row.check_args, BOOK.records)
        assert (found.stance, found.sentence) == tuple(computed.loc[row.evidence_id, ["stance", "finding"]])


def test_a_changed_record_changes_the_verdict():
    claim = "srebrnik-2023-c038"  # Ukraine and Belarus share a long border
    row = evidence_on(claim)[evidence_on(claim)["check"] != ""]
    alone = with_tables(evidence=row)
    assert evidence.verdicts(alone).set_index("claim_id").at[claim, "verdict"] == "supported"
    none = {name: frame.iloc[:0] if name == "land_borders" else frame for name, frame in BOOK.records.items()}
    with pytest.raises(ValueError, match="Belarus"):
        evidence.verdicts(replace(alone, records=none))


def test_without_evidence_no_checkable_claim_is_established():
    bare = evidence.verdicts(with_tables(evidence=BOOK.evidence.iloc[:0]))
    expected = BOOK.claims["checkable"].map({True: "not_established", False: "not_checkable"})
    assert bare["verdict"].tolist() == bare["verdict_then"].tolist() == expected.tolist()
    assert bare["fragility"].isna().all()


def test_the_order_of_rows_changes_nothing():
    turned = evidence.verdicts(with_tables(evidence=BOOK.evidence.iloc[::-1].reset_index(drop=True)))
    pd.testing.assert_frame_equal(turned, evidence.verdicts(BOOK))


def test_a_partys_own_word_changes_nothing_in_the_whole_book():
    """It is named in the sentence that says why, and moves nothing else."""
    rows, weighed = BOOK.evidence, [column for column in evidence.COLUMNS if column != "why"]
    spoken = rows["stance"].isin(OWN_WORD)
    assert spoken.any()
    without = evidence.verdicts(with_tables(evidence=rows[~spoken]), columns=weighed)
    pd.testing.assert_frame_equal(without, evidence.verdicts(BOOK, columns=weighed))


def test_evidence_is_known_from_the_later_of_its_two_dates():
    rows = evidence.resolved(BOOK)
    for row in rows.itertuples(index=False):
        latest = {Span.read(date).latest for date in (row.fact_public_from, row.version_released)}
        assert Span.read(row.known_from).latest == max(latest)


def test_then_is_what_was_known_on_the_first_possible_day():
    day = evidence.published(BOOK)
    for source in BOOK.sources.itertuples(index=False):
        mine = BOOK.text(source.source_id)
        assert {day[c] for c in mine.claims["claim_id"]} == {source.published_earliest}
        if not source.published_earliest:  # no day on which anything could have been known
            assert set(VERDICT.loc[mine.claims["claim_id"], "verdict_then"]) <= {"not_established", "not_checkable"}
            continue
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


def test_coverage_counts_the_evidence_that_the_rule_counts():
    """Count from the files, without the rule's own predicate."""
    checkable = {row["claim_id"] for row in rows_of("claims") if row["checkable"] == "true"}
    counting, others = set(), set()
    quantities = comparison.told(BOOK)
    compared = {row["evidence_id"]: row for _, row in BOOK.evidence[comparison.counts(BOOK.evidence)].iterrows()}
    for row in rows_of("evidence"):
        stance = row["stance"]
        if row["check"]:
            stance = run(row["check"], row["check_args"], BOOK.records).stance
        elif not stance:
            stance = comparison.of_row(compared[row["evidence_id"]], quantities).stance
        counts = stance in ("supports", "supports_part", "qualifies", "contradicts") and row["interested"] == "false"
        (counting if counts and row["reliability"] in tuple("ABC") else others).add(row["claim_id"])
    only = {row["claim_id"] for row in rows_of("searches")} - counting - others
    assert evidence.coverage(BOOK) == {
        "checkable": len(checkable),
        "counted": len(checkable & counting),
        "shown_only": len(checkable & (others - counting)),
        "search_only": len(checkable & only),
    }


def test_a_row_that_no_letter_lets_count_is_shown_as_not_counted():
    claim = "srebrnik-2023-c038"
    rows = evidence_on(claim).assign(check="", check_args="", stance="supports", finding="x", reference="")
    lone = with_tables(evidence=rows.iloc[:1].assign(evidence_id=f"{claim}-e01", reliability="E", interested=False))
    assert evidence.coverage(lone)["counted"] == 0
    assert evidence.resolved(lone)["counts"].tolist() == [False]
    assessed, computed = assessments.Assessments(BOOK), evidence.resolved(BOOK)
    for row in computed[computed["stance"].isin(COUNTED)].to_dict("records"):
        assert ("shown, not counted" in assessed.weight(row)) != row["counts"]


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        ("2010-12-31", "2010-12-31"),
        ("2010-12", "2010-12-31"),
        ("2010", "2010-12-31"),
        (datetime.date(2010, 12, 31), "2010-12-31"),
        (datetime.datetime(2010, 12, 31, 23, 59), "2010-12-31"),
        (pd.Timestamp("2010-12-31"), "2010-12-31"),
        ("2012-02", "2012-02-29"),
    ],
)
def test_a_day_is_one_day_however_it_is_given(day, meant):
    found = evidence.verdicts(BOOK, day=day)
    pd.testing.assert_frame_equal(found, evidence.verdicts(BOOK, day=meant))
    made = [row["source_id"] for row in rows_of("sources") if row["published_earliest"] <= meant]
    assert set(found["claim_id"].str.rsplit("-", n=1).str[0]) == set(made)
    assert 0 < len(found) < len(BOOK.claims)


@pytest.mark.parametrize(
    "day", ["tomorrow", "2010-13-45", "01/01/2010", "2010-02-30", "", "2010-1-1", " 2010", "２０１０", 2010, pd.NaT]
)
def test_what_is_no_day_is_refused(day):
    with pytest.raises(ValueError, match="must be a date, or a day, month or year"):
        evidence.verdicts(BOOK, day=day)


def test_columns_may_be_chosen():
    some = evidence.verdicts(BOOK, columns=["verdict", "claim_id"])
    pd.testing.assert_frame_equal(some, evidence.verdicts(BOOK)[["verdict", "claim_id"]])
    with pytest.raises(ValueError, match="not 'outcome'"):
        evidence.verdicts(BOOK, columns=["outcome"])


def test_the_rule_gives_what_was_argued_for_in_every_hard_case():
    cases = BOOK.hard_cases
    assert len(cases) >= HARD_CASES
    given = dict(zip(cases["claim_id"], VERDICT.loc[cases["claim_id"], "verdict"], strict=True))
    assert given == dict(zip(cases["claim_id"], cases["expected"], strict=True))
    assert cases["difficulty"].nunique() >= 6
    assert cases["claim_id"].str.rsplit("-", n=1).str[0].nunique() >= 4


@pytest.fixture(scope="module")
def placed(book):
    """Return the elements with an id on the pages of the claims."""
    pages = ((book / "claims" / f"{claim}.html").read_text(encoding="utf-8") for claim in BOOK.claims["claim_id"])
    return {one["id"]: one for page in pages for one in BeautifulSoup(page, "html.parser").find_all(id=True)}


SHOWN = assessments.Assessments(BOOK)


def test_words_are_shown_of_what_counts_and_of_denials_alone():
    for rows in SHOWN.rows.values():
        for row in rows.to_dict("records"):
            shown = SHOWN.words(row)
            assert bool(shown) == bool(row["words"] and (row["counts"] or row["stance"] == "denies"))
            assert not shown or row["words"] in plain(shown)


def test_every_claim_shows_its_verdict_and_all_its_evidence_on_its_page(placed):
    rows = evidence.resolved(BOOK).groupby("claim_id")
    for claim in BOOK.claims.itertuples(index=False):
        page = placed[claim.claim_id].find_parent("main")
        assert palette.VERDICTS[VERDICT.at[claim.claim_id, "verdict"]] in page.select_one(".cb-verdict").text
        if claim.claim_id in rows.groups:
            for row in rows.get_group(claim.claim_id).itertuples(index=False):
                shown = placed[row.evidence_id]
                assert page in shown.parents
                assert plain(row.finding) in " ".join(shown.text.split())
        elif claim.checkable:
            assert "Searched" in page.text


def test_a_mark_says_why_to_whoever_points_at_it_unless_that_stands_beside_it():
    assessed, claim = assessments.Assessments(BOOK), "walsh-2021-c009"
    titles = [BeautifulSoup(assessed.mark(claim, why=why), "html.parser").span.get("title") for why in (True, False)]
    assert titles == [VERDICT.at[claim, "why"], None]
    opinion = BOOK.claims.loc[~BOOK.claims["checkable"], "claim_id"].iloc[0]
    assert "title" not in BeautifulSoup(assessed.mark(opinion), "html.parser").span.attrs


MOST_MARKS = 90
"""Marks with their sentence that a page may show; of hundreds, the sentences would weigh more than the page."""


def test_marks_say_why_on_the_pages_of_the_record_and_not_by_the_hundred(book):
    said = {}
    for page in sorted((book / "chapters").glob("*/*.html")):
        shown = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(".cb-verdict[title]")
        said[page.stem] = [mark["title"] for mark in shown]
    spoken = {page for page, titles in said.items() if titles}
    assert {"armed-groups", "actors-language-own-voice", "codebook-evidence-stance"} <= spoken
    assert {page: len(titles) for page, titles in said.items() if len(titles) > MOST_MARKS} == {}
    assert {title for titles in said.values() for title in titles} <= set(VERDICT["why"])


LOGGED = {"for": {"for", "both"}, "against": {"against", "both"}, "denial": {"denial"}}


def is_searched(claim_id, side):
    """Tell from the file alone whether a search for a side of a claim is logged."""
    return any(row["claim_id"] == claim_id and row["side"] in LOGGED[side] for row in rows_of("searches"))


def test_none_found_is_said_where_a_search_is_logged_and_nowhere_else(placed):
    said = {"None found.": 0, "Not searched.": 0}
    for claim in BOOK.claims.itertuples(index=False):
        card = placed[claim.claim_id].find_parent("main")
        for side in card.select(".cb-sides > div"):
            head, words = side.strong.text, side.p.text if side.p else ""
            searched = is_searched(claim.claim_id, "against" if head == "Against" else "for")
            assert words in ("", "None found." if searched else "Not searched.")
            said[words] = said.get(words, 0) + 1
        denied = card.find("dt", string="Denied")
        if denied and denied.find_next_sibling("dd").text in ("none found", "not searched"):
            searched = is_searched(claim.claim_id, "denial")
            assert denied.find_next_sibling("dd").text == ("none found" if searched else "not searched")
    assert min(said.values()) > 0


def test_a_missing_denial_is_told_alike_in_every_list_and_in_the_reviews():
    def missing(book):
        assessed = assessments.Assessments(book)
        told = {c: assessed.denial(c) for c in sorted(ABOUT_LIVING)}
        return {c: words for c, words in told.items() if words in ("none found", "not searched")}

    claim = next(iter(missing(BOOK)))
    row = {**rows_of("searches")[0], "search_id": f"{claim}-s99", "claim_id": claim, "side": "denial"}
    searched = with_tables(searches=pd.concat([BOOK.searches, pd.DataFrame([row])]))
    for book, logged in ((BOOK, False), (searched, True)):
        told = missing(book)
        reviews = claimreview.denials(cards.Cards(book))
        for other, words in told.items():
            found = is_searched(other, "denial") or (logged and other == claim)
            assert words == ("none found" if found else "not searched")
            assert reviews[other] == f"No denial was {'found' if found else 'searched for'}."
        assert told[claim] == ("none found" if logged else "not searched")


def test_a_search_names_its_side_where_it_is_listed():
    assessed = assessments.Assessments(BOOK)
    for row in rows_of("searches"):
        assert f"{palette.SEARCHES[row['side']]}: {row['looked_for']}" in plain(assessed.searched(row["claim_id"]))


LIVING = set(BOOK.actors["actor_id"][BOOK.actors["living"].fillna(False)])
ABOUT_LIVING = {c.claim_id for c in BOOK.claims.itertuples(index=False) if {c.subject, c.object} & LIVING}


def test_an_allegation_about_a_living_person_carries_its_denial_or_none_found():
    assessed = assessments.Assessments(BOOK)
    assert ABOUT_LIVING
    for claim in ABOUT_LIVING:
        assert assessed.denial(claim)
    assert "wnd-2001-c054" in assessed.denial("wnd-2001-c012")


def test_a_denial_stands_with_a_claim_in_every_list():
    beside = assessments.Assessments(BOOK).side_by_side(sorted(ABOUT_LIVING & set(BOOK.evidence["claim_id"])), "x")
    for page, item in (
        (beside, "section"),
        (assessments.hard_cases(BOOK), "tr"),
        (cards.collisions(BOOK, "strains", across=True), ".cb-sides > div"),
    ):
        shown = [(part.select_one("a.cb-id"), part.text) for part in BeautifulSoup(page, "html.parser").select(item)]
        about = [words for link, words in shown if link and claim_of(link) in ABOUT_LIVING]
        assert about
        assert all("Denied: " in words for words in about)


def test_a_denial_stands_with_every_claim_that_a_text_page_names():
    for source_id in TEXTS:
        text, named = BOOK.text(source_id), set()
        for page, item in ((prose.holds(text), "li"), (walk.claims(text), "article")):
            for part in BeautifulSoup(page, "html.parser").select(item):
                claim = part.select_one("a[title]")["title"]
                named.add(claim)
                denied = assessments.Assessments(BOOK).denial(claim)
                assert (" Denied: " in f" {part.text}".replace("Denied:", " Denied:")) == bool(denied), claim
        assert named == set(text.claims["claim_id"])


def test_what_changes_under_a_stricter_rule_is_counted_whole_and_linked_in_part():
    strict = evidence.verdicts(BOOK, Threshold(primary_only=True)).set_index("claim_id")["verdict"]
    moved = set(strict.index[strict != VERDICT["verdict"]])
    page = BeautifulSoup(assessments.changed_under(BOOK, Threshold(primary_only=True), "x"), "html.parser")
    rows = [row.find_all(["th", "td"]) for row in page.select("tbody tr")]
    assert sum(int(number.text) for *_, number, _ in rows) == len(moved)
    for *_, number, cell in rows:
        linked = {claim_of(a) for a in cell.select("a.cb-id")}
        assert linked <= moved
        assert len(linked) == min(int(number.text), assessments.FIRST)
        further = [a.text for a in cell.select("a:not(.cb-id)")]
        assert further == ([f"{int(number.text) - len(linked)} more"] if int(number.text) > len(linked) else [])


def test_exported_verdicts_are_those_of_the_book(tmp_path):
    from claimbook.cli import main

    assert main(["export", str(tmp_path / "out"), "--data", str(ROOT / "data")]) == 0
    with (tmp_path / "out" / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["claim_id"] for r in rows] == BOOK.claims["claim_id"].tolist()
    assert [r["verdict"] for r in rows] == VERDICT["verdict"].tolist()
    assert {r["verdict"] for r in rows} <= set(VERDICTS)
    for row in rows:
        fragile = VERDICT.at[row["claim_id"], "fragility"]
        assert row["fragility"] == ("" if pd.isna(fragile) else str(fragile))

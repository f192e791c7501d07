"""Agreement of two codings: kappa against published examples, alignment one to one, and every disagreement listed."""

import math
import random
import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook import agreement, ledger
from claimbook.__main__ import main

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=40)


def pairs(table):
    """Return a table of counts, rows for the first coder, as pairs of values."""
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "expected", "digits"),
    [
        # The example of ci.kappa(.05, 31, 12, 4, 58) in the manual of the R package statpsych.
        ([[31, 12], [4, 58]], (0.6756757, 0.07344761, 0.5317210, 0.8196303), 6),
        # The output of SAS that the tests of statsmodels compare with.
        ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], (0.4842, 0.1380, 0.2137, 0.7547), 4),
    ],
    ids=["statpsych", "SAS"],
)
def test_kappa_of_published_examples(table, expected, digits):
    found = agreement.kappa(pairs(table))
    assert (found.kappa, found.se, found.low, found.high) == pytest.approx(expected, abs=0.51 * 10**-digits)


def test_kappa_is_one_for_equal_and_about_nothing_for_independent_codings():
    draw = random.Random(8)
    first, second, third = ([draw.choice("abcd") for _ in range(4000)] for _ in range(3))
    same = agreement.kappa(list(zip(first, first, strict=True)))
    assert (same.kappa, same.se, same.low, same.high, same.observed) == (1, 0, 1, 1, 1)
    for other in (second, third):
        apart = agreement.kappa(list(zip(first, other, strict=True)))
        assert abs(apart.kappa) < 0.03
        assert apart.low < 0 < apart.high


@given(PAIRS)
def test_kappa_is_the_same_from_either_side_and_within_its_interval(given_pairs):
    here, there = agreement.kappa(given_pairs), agreement.kappa([pair[::-1] for pair in given_pairs])
    assert (here.kappa, here.se) == pytest.approx((there.kappa, there.se), nan_ok=True)
    if not math.isnan(here.kappa):
        assert -1 <= here.low <= here.kappa <= here.high <= 1


@pytest.mark.parametrize("given_pairs", [[], [("a", "a")] * 5], ids=["no claim", "one value"])
def test_kappa_is_not_defined_where_there_is_nothing_to_agree_on(given_pairs):
    found = agreement.kappa(given_pairs)
    assert math.isnan(found.kappa)
    assert math.isnan(found.observed) == (not given_pairs)


def test_one_value_each_but_not_the_same_is_no_agreement():
    assert agreement.kappa([("a", "b")] * 5).kappa == 0


@pytest.fixture
def other(folder, tmp_path):
    """A second coding, of another coder, which a test may change."""
    path = shutil.copytree(folder.path, tmp_path / "other")
    copy = object.__new__(type(folder))
    copy.path = path
    return copy


def compare(folder, other, text=None):
    return agreement.compare(ledger.load(folder.path), ledger.load(other.path), text)


def test_equal_codings_agree_on_all(folder, other):
    found = compare(folder, other)
    claims = list(ledger.load(folder.path).claims["claim_id"])
    assert found.texts == ["alder-2030", "birch-2031"]
    assert found.pairs == [(c, c) for c in claims]
    assert found.disagreements.empty
    assert {k.observed for k in found.variables.values() if k.n} == {1}
    assert found.variables["kind"].kappa == 1


def test_a_claim_is_found_again_by_passage_and_statement_not_by_its_name(folder, other):
    rows = other.rows("claims.csv")
    ids = [row[0] for row in rows[1:] if row[0].startswith("alder")]
    renamed = dict(zip(ids, ids[1:] + ids[:1], strict=True))
    other.write("claims.csv", [rows[0], *reversed([[renamed.get(r[0], r[0]), *r[1:]] for r in rows[1:]])])
    assert dict(compare(folder, other).pairs).items() >= renamed.items()


def test_what_differs_is_listed_with_both_values(folder, other):
    other.set("claims.csv", 2, "weight", "support")
    other.set("claims.csv", 2, "statement", "In secret, Norland supplies arms to the Brigade.")
    other.set("quantities.csv", 2, "bound", "exact")
    found = compare(folder, other)
    listed = {(r.variable, r.first, r.first_value, r.second_value) for r in found.disagreements.itertuples()}
    assert listed == {
        ("weight", "alder-2030-c001", "thesis", "support"),
        ("bound", "alder-2030-c003", "approximate", "exact"),
    }
    assert found.variables["weight"].observed < 1
    shown = agreement.report(found)
    assert "A alder-2030-c001: thesis: Norland supplies" in shown
    assert "B alder-2030-c001: support: In secret" in shown


def test_a_claim_that_one_coder_alone_saw_is_counted_apart(folder, other):
    rows = other.rows("claims.csv")
    other.write("claims.csv", [row for row in rows if row[0] != "alder-2030-c003"])
    found = compare(folder, other)
    assert list(found.unaligned[0]["claim_id"]) == ["alder-2030-c003"]
    assert found.unaligned[1].empty
    assert "alder-2030-c003" not in dict(found.pairs)
    assert "1 of A and 0 of B without a counterpart" in agreement.report(found)


def test_no_claim_is_paired_twice_and_none_across_sentences(folder, other):
    rows = other.rows("claims.csv")
    doubled = [rows[0], *rows[1:], *([f"{r[0][:-3]}9{r[0][-2:]}", *r[1:]] for r in rows[1:])]
    other.write("claims.csv", doubled)
    found = compare(folder, other)
    assert len(found.pairs) == len({a for a, _ in found.pairs}) == len({b for _, b in found.pairs}) == len(rows) - 1
    sentence = {row[0]: row[1] for row in doubled[1:]}
    assert all(sentence[a] == sentence[b] for a, b in found.pairs)


def test_passages_without_a_common_character_are_no_pair(folder):
    claims = ledger.load(folder.path).claims
    one = claims[claims["claim_id"] == "alder-2030-c001"]
    assert agreement.align(one, one.assign(start=20, end=38)) == []
    assert agreement.align(one, one.assign(start=19, end=38)) == [("alder-2030-c001", "alder-2030-c001")]


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda f: f.set("sources.csv", 2, "sha256", "0" * 64), "the two codings are of different files"),
        (
            lambda f: f.set("sentences.csv", 3, "end", "50"),
            "alder-2030-p02-s1 (40 to 54) in A and alder-2030-p02-s1 (40 to 50)",
        ),
        (lambda f: f.drop("sentences.csv", 10), "sentences"),
        (lambda f: f.write("sources.csv", f.rows("sources.csv")[:1]), "no text in common: A has alder-2030"),
    ],
    ids=["other file", "other end", "a sentence less", "no text"],
)
def test_codings_of_different_sentences_are_refused(folder, other, spoil, complaint, capsys):
    spoil(other)
    assert main(["agreement", str(folder.path), str(other.path)]) == 1
    assert complaint in capsys.readouterr().err


def test_the_command_needs_no_book_and_takes_exports(folder, other, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["export", "copy", "--data", str(other.path)]) == 0
    capsys.readouterr()
    assert main(["agreement", str(folder.path), "copy", "--text", "birch-2031"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Texts: birch-2031\n")
    assert "No disagreement" in out
    assert main(["agreement", str(folder.path), "copy", "--text", "none"]) == 1
    assert "A has no text none; it has alder-2030, birch-2031" in capsys.readouterr().err
    assert main(["agreement", str(folder.path), "nowhere"]) == 1


def test_ties_go_by_name(folder):
    claims = ledger.load(folder.path).claims.iloc[:1]
    twins = pd.concat([claims, claims.assign(claim_id="alder-2030-c999")])
    assert agreement.align(claims, twins) == [("alder-2030-c001", "alder-2030-c001")]
    assert agreement.align(twins, claims) == [("alder-2030-c001", "alder-2030-c001")]


def test_the_interval_is_cut_at_its_ends():
    assert agreement.kappa(pairs([[3, 1], [0, 1]])).high == 1

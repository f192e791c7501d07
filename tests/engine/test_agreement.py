"""Agreement of two codings: kappa against published examples, alignment one to one, and every disagreement listed."""

import itertools
import math
import random
import shutil

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimbook.analysis import agreement, alignment
from claimbook.cli import main
from claimbook.model import ledger

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=40)


def pairs(table):
    """Return a table of counts, rows for the first coder, as pairs of values."""
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "kappa", "interval"),
    [
        # The example of ci.kappa(.05, 31, 12, 4, 58) in the manual of the R package statpsych, and its interval by the
        # large-sample formula.
        ([[31, 12], [4, 58]], 0.6756757, (0.5317210, 0.8196303)),
        # The output of SAS that the tests of statsmodels compare with.
        ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], 0.4842, (0.2137, 0.7547)),
    ],
    ids=["statpsych", "SAS"],
)
def test_kappa_of_published_examples(table, kappa, interval):
    found = agreement.kappa(pairs(table))
    assert found.value == pytest.approx(kappa, abs=5e-5)
    assert (found.low, found.high) == pytest.approx(interval, abs=0.03)


def test_the_interval_is_that_of_a_bootstrap_with_other_draws():
    units = np.array(pairs([[20, 4, 1], [3, 15, 2], [0, 2, 9]]))
    draw = np.random.default_rng(5)
    kappas = []
    for _ in range(4000):
        first, second = units[draw.integers(len(units), size=len(units))].T
        same = sum(np.mean(first == v) * np.mean(second == v) for v in range(3))
        kappas.append((np.mean(first == second) - same) / (1 - same))
    found = agreement.kappa([tuple(unit) for unit in units.tolist()])
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(kappas, (2.5, 97.5))), abs=0.02)
    assert found == agreement.kappa([tuple(unit) for unit in units.tolist()])


def test_the_interval_holds_the_kappa_of_the_population():
    """Two coders agree beyond chance on six of ten units; about 95 of 100 intervals must hold that."""
    draw, held = random.Random(3), 0
    for _ in range(80):
        first = [draw.choice("abc") for _ in range(60)]
        found = agreement.kappa([(v, v if draw.random() < 0.6 else draw.choice("abc")) for v in first])
        held += found.low <= 0.6 <= found.high
    assert held > 0.87 * 80


def test_alpha_of_krippendorffs_example_of_four_coders_who_left_units_out():
    observers = ("123321412***", "1233224125*3", "*33323422 51*".replace(" ", ""), "12332441251*")
    units = [[None if v == "*" else v for v in unit] for unit in zip(*observers, strict=True)]
    found = agreement.alpha(units)
    assert (found.n, round(found.value, 3)) == (11, 0.743)
    assert found.low < found.value < found.high <= 1


@settings(deadline=None)
@given(PAIRS)
def test_alpha_does_not_mind_who_coded_what_and_two_who_always_agree_have_one(given_pairs):
    turned = agreement.alpha([pair[::-1] for pair in given_pairs])
    assert agreement.alpha(given_pairs).words == turned.words
    same = agreement.alpha([(a, a, None) for a, _ in given_pairs])
    assert math.isnan(same.value) or same.value == 1


def test_independent_codings_have_a_kappa_of_about_nothing():
    draw = random.Random(8)
    first, second, third = ([draw.choice("abcd") for _ in range(4000)] for _ in range(3))
    for other in (second, third):
        apart = agreement.kappa(list(zip(first, other, strict=True)))
        assert abs(apart.value) < 0.03
        assert apart.low < 0 < apart.high


@given(PAIRS)
def test_kappa_is_the_same_from_either_side_and_so_is_its_interval(given_pairs):
    here, there = agreement.kappa(given_pairs), agreement.kappa([pair[::-1] for pair in given_pairs])
    assert here.words == there.words
    assert (here.n, here.agreed) == (there.n, there.agreed) == (len(given_pairs), sum(a == b for a, b in given_pairs))
    assert math.isnan(here.low) or -1 <= here.low < here.high <= 1
    assert math.isnan(here.low) or not math.isnan(here.value)
    if len(given_pairs) < 10:
        assert here.words == (f"too few to say: {len(given_pairs)}", "–")


@pytest.mark.parametrize(
    ("given_pairs", "words"),
    [
        ([], ("too few to say: 0", "–")),
        ([("a", "a")] * 5, ("too few to say: 5", "–")),
        ([("a", "b")] * 5, ("too few to say: 5", "–")),
        (pairs([[3, 1], [1, 4]]), ("too few to say: 9", "–")),
        (pairs([[4, 1], [1, 4]]), ("0.60", "0.00 to 1.00")),
        ([("a", "a")] * 30, ("not defined", "–")),
        ([("a", "b")] * 30, ("0.00", "not known")),
        (pairs([[15, 0], [0, 15]]), ("1.00", "not known")),
        (pairs([[29, 1], [0, 0]]), ("0.00", "not known")),
        (pairs([[27, 1], [1, 1]]), ("0.46", "not known")),
    ],
)
def test_nothing_is_said_that_so_few_or_so_even_units_cannot_tell(given_pairs, words):
    assert agreement.kappa(given_pairs).words == words


def test_halves_are_rounded_as_a_browser_rounds_them():
    assert [agreement.digits(v) for v in (0.125, -0.125, 0.375, 1.0, -0.004, 0.004)] == [
        *("0.13", "-0.13", "0.38", "1.00", "0.00", "0.00")
    ]


@pytest.fixture
def other(folder, tmp_path):
    """A second coding, of another coder, which a test may change."""
    path = shutil.copytree(folder.path, tmp_path / "other")
    copy = object.__new__(type(folder))
    copy.path = path
    return copy


def compare(folder, other, text=None):
    return agreement.compare([ledger.load(folder.path), ledger.load(other.path)], text)


def test_equal_codings_agree_on_all(folder, other):
    found = compare(folder, other)
    claims = list(ledger.load(folder.path).claims["claim_id"])
    assert found.texts == ["alder-2030", "birch-2031"]
    assert found.groups == {(c, c): True for c in claims}
    assert found.disagreements.empty
    assert all(of.alpha.agreed == of.alpha.n for of in found.variables.values())
    assert found.variables["kind"].alpha.words == ("1.00", "not known")
    assert found.variables["kind"].kappas["A", "B"].words == ("1.00", "not known")
    assert agreement.report(found).endswith("No disagreement on any aligned claim.")


def test_a_claim_is_found_again_by_passage_and_statement_not_by_its_name(folder, other):
    rows = other.rows("claims.csv")
    ids = [row[0] for row in rows[1:] if row[0].startswith("alder")]
    renamed = dict(zip(ids, ids[1:] + ids[:1], strict=True))
    other.write("claims.csv", [rows[0], *reversed([[renamed.get(r[0], r[0]), *r[1:]] for r in rows[1:]])])
    assert dict(compare(folder, other).groups.keys()).items() >= renamed.items()


def test_what_differs_is_listed_with_both_values(folder, other):
    other.set("claims.csv", 2, "weight", "support")
    other.set("claims.csv", 2, "statement", "In secret, Norland supplies arms to the Brigade.")
    other.set("quantities.csv", 2, "bound", "exact")
    found = compare(folder, other)
    listed = {(r.variable, r.A, r.A_value, r.B_value) for r in found.disagreements.itertuples()}
    assert listed == {
        ("weight", "alder-2030-c001", "thesis", "support"),
        ("bound", "alder-2030-c003", "approximate", "exact"),
    }
    assert found.variables["weight"].alpha.agreed == found.variables["weight"].alpha.n - 1
    shown = agreement.report(found)
    assert "A alder-2030-c001: thesis: Norland supplies" in shown
    assert "B alder-2030-c001: support: In secret" in shown


def test_a_claim_that_one_coder_alone_saw_is_counted_apart(folder, other):
    for path in other.path.glob("*.csv"):  # the claim and all that is coded of it
        rows = other.rows(path.name)
        other.write(path.name, [row for row in rows if "alder-2030-c003" not in row])
    found = compare(folder, other)
    assert list(found.unaligned[0]["claim_id"]) == ["alder-2030-c003"]
    assert found.unaligned[1].empty
    assert "alder-2030-c003" not in dict(found.groups.keys())
    assert "1 of A and 0 of B without a counterpart" in agreement.report(found)


def test_no_claim_is_paired_twice_and_none_across_sentences(folder, other):
    rows = other.rows("claims.csv")
    doubled = [rows[0], *rows[1:], *([f"{r[0][:-3]}9{r[0][-2:]}", *r[1:]] for r in rows[1:])]
    other.write("claims.csv", doubled)
    found = compare(folder, other)
    assert len(found.groups) == len({a for a, _ in found.groups}) == len({b for _, b in found.groups}) == len(rows) - 1
    sentence = {row[0]: row[1] for row in doubled[1:]}
    assert all(sentence[a] == sentence[b] for a, b in found.groups)


def test_claims_whose_passages_do_not_meet_are_paired_by_what_they_say(folder):
    claims = ledger.load(folder.path).claims
    one = claims[claims["claim_id"] == "alder-2030-c001"]
    pair = ("alder-2030-c001", "alder-2030-c001")
    assert alignment.align(one, one.assign(start=19, end=38))[pair].by_passage
    elsewhere = one.assign(sentence_id="alder-2030-p03-s1", start=64, end=80)
    turned = "In secret, arms are supplied to the Brigade by Norland."
    assert not alignment.align(one, elsewhere.assign(statement=turned))[pair].by_passage
    for otherwise in (
        {"statement": "Vestria buys tanks from a neighbour."},
        {"statement": f"{turned[:-1]} since 2029."},
        {"statement": turned, "polarity": "negative"},
        {"sentence_id": "birch-2031-p01-s1"},
    ):
        assert alignment.align(one, elsewhere.assign(**otherwise)) == {}


def test_the_pairs_are_those_that_fit_best_together_not_the_best_one_first(folder):
    claims = ledger.load(folder.path).claims
    one = claims[claims["claim_id"] == "alder-2030-c001"]
    mine = pd.concat([one.assign(start=0, end=20), one.assign(claim_id="alder-2030-c900", start=0, end=12)])
    theirs = pd.concat([one.assign(start=0, end=14), one.assign(claim_id="alder-2030-c900", start=13, end=20)])
    assert list(alignment.align(mine, theirs)) == [
        ("alder-2030-c001", "alder-2030-c900"),
        ("alder-2030-c900", "alder-2030-c001"),
    ]


@given(st.lists(st.lists(st.sampled_from([0, 0.5, 0.7, 1.1, 1.6]), min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_other_pairs_have_a_higher_sum(gains):
    found = alignment.best(gains)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    small, wide = (gains, 3) if len(gains) <= 3 else ([*zip(*gains, strict=True)], len(gains))
    chosen = itertools.permutations(range(wide), len(small))
    most = max(sum(row[j] for row, j in zip(small, order, strict=True)) for order in chosen)
    assert sum(gains[i][j] for i, j in found) == pytest.approx(most)


def test_statements_are_alike_in_any_alphabet_and_with_other_endings():
    said = ["Завод продал ракеты соседям.", "Ракеты завода были проданы соседу.", "Министр уехал в отпуск."]
    alike = alignment.likeness(said)
    assert alike(said[0], said[0]) == 1
    assert alike(said[0], said[1]) > 0.5 > 0.2 > alike(said[0], said[2])


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda f: f.set("sources.csv", 2, "sha256", "0" * 64), "the codings are of different files"),
        (
            lambda f: f.set("sentences.csv", 3, "end", "50"),
            "alder-2030-p02-s1 (40 to 54) in A and alder-2030-p02-s1 (40 to 50)",
        ),
        (lambda f: f.drop("sentences.csv", 10), "sentences"),
        (
            lambda f: [f.write(path.name, f.rows(path.name)[:1]) for path in f.path.glob("*.csv")],
            "no text in common: A has alder-2030",
        ),
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
    assert list(alignment.align(claims, twins)) == [("alder-2030-c001", "alder-2030-c001")]
    assert list(alignment.align(twins, claims)) == [("alder-2030-c001", "alder-2030-c001")]


def test_a_reason_is_compared_where_both_call_the_claim_not_checkable(folder, other):
    """Three claims of the small ledger are not checkable, and fifteen have no reason."""
    found = compare(folder, other).variables["not_checkable_reason"].alpha
    assert (found.n, found.agreed, found.words) == (3, 3, ("too few to say: 3", "–"))
    other.set("claims.csv", 11, "not_checkable_reason", "vague")
    other.set("claims.csv", 2, "checkable", "false")
    other.set("claims.csv", 2, "not_checkable_reason", "vague")
    found = compare(folder, other)
    assert (found.variables["not_checkable_reason"].alpha.n, found.variables["not_checkable_reason"].alpha.agreed) == (
        3,
        2,
    )
    told = found.disagreements.set_index("variable").loc["not_checkable_reason"]
    assert told[["A", "A_value", "B_value"]].tolist() == ["alder-2030-c010", "epithet", "vague"]


def test_deleting_all_evidence_of_one_coder_is_a_disagreement(folder, other):
    other.write("evidence.csv", other.rows("evidence.csv")[:1])
    found = compare(folder, other)
    assert (found.shared, len(found.unshared[0]), len(found.unshared[1])) == ([], 5, 0)
    assert found.variables["stance"].alpha.n == 0
    listed = {(r.variable, r.A, r.A_value, r.B_value) for r in found.disagreements.itertuples()}
    assert listed == {
        ("verdict", "alder-2030-c001", "supported", "not_established"),
        ("verdict", "alder-2030-c003", "partly_supported", "not_established"),
        ("verdict", "alder-2030-c008", "supported", "not_established"),
    }
    shown = agreement.report(found)
    assert "0 shared; 5 of A and 0 of B without a counterpart" in shown
    assert "alder-2030-c008-e01: courier-2029-visit" in shown
    assert "alder-2030-c001-e01: rockets_delivered" in shown
    assert "No disagreement" not in shown


def test_codings_that_both_lack_evidence_do_not_agree_on_it(folder, other):
    for one in (folder, other):
        one.write("evidence.csv", one.rows("evidence.csv")[:1])
    found = compare(folder, other)
    assert [found.variables[v].alpha.words[0] for v in ("stance", "verdict")] == ["too few to say: 0"] * 2


def test_evidence_that_changes_no_verdict_is_told_too(folder, other):
    """The row is a party's own denial, which never counts."""
    other.drop("evidence.csv", 3)
    found = compare(folder, other)
    assert found.disagreements.empty
    assert list(found.unshared[0]["evidence_id"]) == ["alder-2030-c001-e02"]
    shown = agreement.report(found)
    assert "Evidence of A alone:\n  alder-2030-c001-e02: norland-2030-statement" in shown
    assert "No disagreement on any" not in shown


def test_stances_on_shared_evidence_are_compared(folder, other):
    other.set("evidence.csv", 5, "stance", "contradicts")
    found = compare(folder, other)
    assert found.variables["stance"].alpha.n == 3
    assert found.variables["stance"].alpha.agreed == 2
    told = found.disagreements.set_index("variable")
    assert told.loc["stance", ["evidence", "A_value", "B_value"]].tolist() == [
        *("courier-2029-visit", "supports", "contradicts")
    ]
    assert told.loc["verdict", ["A_value", "B_value"]].tolist() == ["supported", "contradicted"]
    assert "stance of courier-2029-visit, alder-2030-p04-s2" in agreement.report(found)


def test_a_check_is_a_unit_only_where_its_arguments_differ(folder, other):
    assert compare(folder, other).variables["stance"].alpha.n == 3
    other.set("evidence.csv", 4, "check_args", "supplier=norland; recipient=river-brigade; least=1")
    found = compare(folder, other)
    assert found.variables["stance"].alpha.n == 4
    assert len(found.shared) == 5
    told = found.disagreements[found.disagreements["variable"] == "stance"].iloc[0]
    assert (told["evidence"], told["A_value"], told["B_value"]) == (*("rockets_delivered", "qualifies", "supports"),)


def test_evidence_is_matched_by_its_place_before_its_order(folder, other):
    for one in (folder, other):
        one.add("evidence.csv", **dict(zip(one.rows("evidence.csv")[0], one.rows("evidence.csv")[4], strict=True)))
        one.set("evidence.csv", 7, "evidence_id", "alder-2030-c008-e02")
        one.set("evidence.csv", 7, "locator", "second page")
    rows = other.rows("evidence.csv")
    other.write("evidence.csv", [rows[0], *reversed(rows[1:])])
    assert all(a == b for a, b in compare(folder, other).shared)


def test_evidence_goes_with_the_claim_it_was_aligned_with(folder, other):
    for file in other.path.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("alder-2030-c008", "alder-2030-c900"), encoding="utf-8")
    found = compare(folder, other)
    assert ("alder-2030-c008-e01", "alder-2030-c900-e01") in found.shared
    assert found.disagreements.empty


def test_a_check_that_is_not_here_is_named(folder, other, capsys):
    other.set("evidence.csv", 2, "check", "rockets_sunk")
    assert main(["agreement", str(folder.path), str(other.path)]) == 1
    assert "evidence.csv: B names a check or record that is not here: 'rockets_sunk'" in capsys.readouterr().err


@pytest.fixture
def third(folder, tmp_path):
    path = shutil.copytree(folder.path, tmp_path / "third")
    copy = object.__new__(type(folder))
    copy.path = path
    return copy


def all_of(*folders):
    return agreement.compare([ledger.load(one.path) for one in folders])


def test_three_coders_are_compared_together_and_two_by_two(folder, other, third):
    other.set("claims.csv", 2, "weight", "support")
    third.set("claims.csv", 2, "weight", "background")
    third.set("claims.csv", 4, "weight", "background")
    for path in third.path.glob("*.csv"):  # the third has not seen this claim
        third.write(path.name, [row for row in third.rows(path.name) if "birch-2031-c001" not in row])
    found = all_of(folder, other, third)
    claims = len(ledger.load(folder.path).claims)
    assert (found.names, len(found.groups)) == (("A", "B", "C"), claims)
    assert ("birch-2031-c001", "birch-2031-c001", "") in found.groups
    weight = found.variables["weight"]
    assert (weight.alpha.n, weight.alpha.agreed) == (claims, claims - 2)
    assert {pair: (k.n, k.agreed) for pair, k in weight.kappas.items()} == {
        ("A", "B"): (claims, claims - 1),
        ("A", "C"): (claims - 1, claims - 3),
        ("B", "C"): (claims - 1, claims - 3),
    }
    told = found.disagreements.set_index(["variable", "A"]).loc[("weight", "alder-2030-c001")]
    assert told[["A_value", "B_value", "C_value"]].tolist() == ["thesis", "support", "background"]
    shown = agreement.report(found)
    assert f"Claims: {claims} aligned ({claims - 1} by all); 0 of A and 0 of B and 0 of C without" in shown
    assert "kappa A, C" in shown
    assert "C alder-2030-c001: background\n" in shown


def test_a_claim_that_two_of_three_have_under_other_names_is_one_group(folder, other, third):
    for one, name in ((other, "alder-2030-c901"), (third, "alder-2030-c902")):
        for file in one.path.glob("*.csv"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("alder-2030-c008", name), encoding="utf-8")
    assert ("alder-2030-c008", "alder-2030-c901", "alder-2030-c902") in all_of(folder, other, third).groups


def test_the_command_takes_any_number_of_codings_but_one(folder, other, third, capsys):
    assert main(["agreement", str(folder.path), str(other.path), str(third.path)]) == 0
    assert "kappa B, C" in capsys.readouterr().out
    third.set("sentences.csv", 3, "end", "50")
    assert main(["agreement", str(folder.path), str(other.path), str(third.path)]) == 1
    assert "(40 to 54) in A and alder-2030-p02-s1 (40 to 50) in C" in capsys.readouterr().err
    with pytest.raises(ValueError, match="1 codings: name two to 26"):
        all_of(folder)


def test_evidence_is_shared_by_its_address_whatever_key_the_coders_gave_it(folder, other):
    for file in ("references.bib", "evidence.csv", "events.csv", "outcomes.csv", "shared_wording.csv"):
        path = other.path / file
        path.write_text(path.read_text(encoding="utf-8").replace("courier-2029-visit", "visit"), encoding="utf-8")
    url = ledger.load(folder.path).bibliography["courier-2029-visit"]["url"]
    other.replace("references.bib", url, f"{url.replace('https://', 'http://www.')}/#top")
    found = compare(folder, other)
    assert ("alder-2030-c008-e01", "alder-2030-c008-e01") in found.shared
    assert found.variables["stance"].alpha.n == 3
    other.replace("references.bib", "#top", "second")  # two rows rest on it
    assert compare(folder, other).variables["stance"].alpha.n == 1


def test_origins_of_shared_evidence_are_compared_by_name(folder, other):
    other.set("evidence.csv", 5, "origin", "northern-league")
    found = compare(folder, other)
    assert (found.variables["origin"].alpha.n, found.variables["origin"].alpha.agreed) == (3, 2)
    told = found.disagreements.set_index("variable").loc["origin"]
    assert told[["A_value", "B_value"]].tolist() == ["Vestria Courier", "Northern League"]
    assert compare(folder, folder).variables["origin"].alpha.agreed == 3


def test_claims_aligned_by_their_words_alone_are_counted_as_such(folder, other):
    other.set("claims.csv", 2, "start", "21")
    other.set("claims.csv", 2, "end", "38")
    found = compare(folder, other)
    assert not found.groups["alder-2030-c001", "alder-2030-c001"]
    assert "Aligned by their statements alone, as their passages do not meet: 1" in agreement.report(found)

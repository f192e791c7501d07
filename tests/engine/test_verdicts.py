"""The verdict rule: its table case by case, and the properties it must have whatever the evidence."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimbook.analysis.verdicts import (
    COUNTED,
    ORDER,
    VERDICTS,
    Item,
    Threshold,
    as_of,
    counted,
    credibility,
    fragility,
    verdict,
    would_change,
)

STANCES = (*COUNTED, "asserts", "denies", "silent")


def item(stance, origin="o1", letter="B", primary=False, known_from=""):
    return Item(stance, origin, letter, primary, stance in ("asserts", "denies"), known_from)


def s(origin="s1", letter="B", **more):
    return item("supports", origin, letter, **more)


def q(origin="q1", letter="B", **more):
    return item("qualifies", origin, letter, **more)


def c(origin="c1", letter="B", **more):
    return item("contradicts", origin, letter, **more)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], "unverifiable"),
        ([s()], "supported"),
        ([s(letter="A")], "supported"),
        ([s(letter="C")], "unverifiable"),
        ([s(letter="C"), s("s2", "C")], "supported"),
        ([s(letter="C"), s("s1", "D")], "unverifiable"),
        ([s(letter="C", primary=True)], "supported"),
        ([s(letter="E"), s("s2", "F")], "unverifiable"),
        ([q()], "partly_supported"),
        ([q(letter="C")], "unverifiable"),
        ([q(letter="C"), s(letter="C")], "partly_supported"),
        ([s(), s("s2"), q()], "partly_supported"),
        ([c()], "contradicted"),
        ([c(letter="C")], "unverifiable"),
        ([c(letter="C"), c("c2", "D")], "contradicted"),
        ([s(), c()], "disputed"),
        ([q(), c()], "disputed"),
        ([s(), s("s2"), c()], "partly_supported"),
        ([s(primary=True), c()], "partly_supported"),
        ([s(), c(), c("c2")], "contradicted"),
        ([s(), c(primary=True)], "contradicted"),
        ([s(), s("s2"), c(), c("c2")], "disputed"),
        ([s(primary=True), c(primary=True)], "disputed"),
        ([item("asserts")], "unverifiable"),
        ([item("denies")], "unverifiable"),
        ([item("silent")], "unverifiable"),
        ([s(), item("denies"), item("silent")], "supported"),
    ],
)
def test_each_row_of_the_rule(evidence, expected):
    assert verdict(evidence) == expected


def test_a_claim_that_cannot_be_checked_stays_so_whatever_the_evidence():
    assert verdict([s(primary=True)], checkable=False) == "not_checkable"
    assert fragility([s(primary=True)], checkable=False) is None
    assert would_change([], checkable=False) == []


@pytest.mark.parametrize(
    ("threshold", "evidence", "expected"),
    [
        (Threshold(origins=2), [s()], "unverifiable"),
        (Threshold(origins=2), [s(), s("s2")], "supported"),
        (Threshold(origins=3), [s(), s("s2")], "unverifiable"),
        (Threshold(origins=3), [s(), s("s2"), s("s3")], "supported"),
        (Threshold(origins=3), [s(primary=True)], "supported"),
        (Threshold(primary_only=True), [s(), s("s2")], "unverifiable"),
        (Threshold(primary_only=True), [s(), s("s2"), c(primary=True)], "contradicted"),
        (Threshold(floor="A"), [s()], "unverifiable"),
        (Threshold(floor="B"), [s(), c(letter="C")], "supported"),
        (Threshold(floor="F"), [s(letter="E"), s("s2", "F")], "supported"),
    ],
)
def test_a_threshold_decides_what_counts(threshold, evidence, expected):
    assert verdict(evidence, threshold=threshold) == expected


@pytest.mark.parametrize("wrong", [{"origins": 0}, {"floor": "G"}, {"floor": ""}, {"floor": "AB"}])
def test_a_threshold_out_of_range_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Threshold(**wrong)


def test_what_was_not_yet_public_does_not_count_then():
    evidence = [s(known_from="2001-09-10"), c(known_from="2005-01-01", primary=True), c("c2")]
    assert verdict(evidence) == "contradicted"
    assert verdict(as_of(evidence, "2001-11-01")) == "supported"
    assert verdict(as_of(evidence, "2001-09-09")) == "unverifiable"
    assert verdict(as_of(evidence, "2001-09-10")) == "supported"


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], None),
        ([s()], 1),
        ([s(), s("s2")], 2),
        ([s(letter="C"), s("s2", "C")], 1),
        ([s(primary=True), s("s2", primary=True), s("s3", "C")], 2),
        ([s(), s("s2"), s("s3"), c()], 1),
        ([s(letter="C")], None),
        ([c(primary=True), c("c2"), s()], 1),
        ([s(), c()], 1),
    ],
)
def test_fragility_is_the_fewest_origins_to_lose(evidence, expected):
    assert fragility(evidence) == expected


def test_fragility_of_many_alike_origins_is_found_without_trying_every_subset():
    assert fragility([s(f"s{n}") for n in range(60)]) == 60


def test_what_would_change_names_stance_kind_and_outcome():
    found = [(x.stance, x.primary, x.verdict) for x in would_change([s()])]
    assert found == [("contradicts", False, "disputed"), ("contradicts", True, "contradicted")]
    found = [(x.stance, x.primary, x.verdict) for x in would_change([])]
    assert found == [("supports", False, "supported"), ("contradicts", False, "contradicted")]
    assert would_change([s(primary=True), s("s2"), c(primary=True), c("c2")]) == []


@pytest.mark.parametrize(
    ("evidence", "digit"),
    [
        ([s(primary=True)], "1"),
        ([s(), s("s2")], "1"),
        ([s()], "2"),
        ([q()], "3"),
        ([s(), c()], "4"),
        ([c()], "5"),
        ([], "6"),
    ],
)
def test_the_admiralty_digit_follows_the_evidence(evidence, digit):
    assert credibility(evidence) == digit


items = st.builds(
    item,
    stance=st.sampled_from(STANCES),
    origin=st.sampled_from(["a", "b", "c", "d", "e"]),
    letter=st.sampled_from("ABCDEF"),
    primary=st.booleans(),
    known_from=st.sampled_from(["", "2001-01-01", "2020-01-01"]),
)
evidences = st.lists(items, max_size=8)
thresholds = st.builds(
    Threshold, origins=st.integers(1, 3), primary_only=st.booleans(), floor=st.sampled_from("ABCDEF")
)
many = settings(max_examples=600, deadline=None)


@many
@given(evidences, items, thresholds)
def test_adding_support_never_lowers_and_contradiction_never_raises(evidence, more, threshold):
    before = ORDER[verdict(evidence, threshold=threshold)]
    after = ORDER[verdict([*evidence, more], threshold=threshold)]
    if more.stance == "supports":
        assert after >= before
    elif more.stance == "contradicts":
        assert after <= before


@many
@given(evidences, thresholds, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(evidence, threshold, random):
    shuffled = [*evidence, *evidence]
    random.shuffle(shuffled)
    for function in (verdict, fragility, would_change, credibility):
        assert function(shuffled, threshold=threshold) == function(evidence, threshold=threshold)


@many
@given(evidences, st.lists(st.sampled_from(["asserts", "denies", "silent"]), max_size=4), thresholds)
def test_a_partys_own_word_and_silence_change_nothing(evidence, words, threshold):
    spoken = [item(w, f"party-{n}", "A", primary=True) for n, w in enumerate(words)]
    assert verdict([*evidence, *spoken], threshold=threshold) == verdict(evidence, threshold=threshold)


@many
@given(evidences, st.sampled_from(COUNTED), thresholds)
def test_an_interested_source_never_counts_whatever_stance_it_is_given(evidence, stance, threshold):
    own = Item(stance, "party", "A", primary=True, interested=True)
    assert verdict([*evidence, own], threshold=threshold) == verdict(evidence, threshold=threshold)


@many
@given(evidences, thresholds)
def test_the_same_origin_twice_on_a_side_is_one(evidence, threshold):
    again = [item(e.stance, e.origin, e.reliability, e.primary) for e in evidence]
    assert verdict(evidence + again, threshold=threshold) == verdict(evidence, threshold=threshold)


@many
@given(evidences, thresholds)
def test_fragility_is_true_and_least(evidence, threshold):

    before = verdict(evidence, threshold=threshold)
    origins = sorted({e.origin for e in counted(evidence, threshold)})
    sizes = [
        n
        for n in range(1, len(origins) + 1)
        for gone in combinations(origins, n)
        if verdict([e for e in evidence if e.origin not in gone], threshold=threshold) != before
    ]
    assert fragility(evidence, threshold=threshold) == min(sizes, default=None)


@many
@given(evidences, thresholds)
def test_what_would_change_does_change(evidence, threshold):
    before = verdict(evidence, threshold=threshold)
    for change in would_change(evidence, threshold=threshold):
        more = Item(change.stance, "another", "A" if change.primary else "B", change.primary)
        assert verdict([*evidence, more], threshold=threshold) == change.verdict != before


@given(evidences)
def test_every_outcome_is_a_verdict(evidence):
    assert verdict(evidence) in VERDICTS
    assert verdict(as_of(evidence, "2001-06-01")) in VERDICTS
    assert verdict([]) == "unverifiable"

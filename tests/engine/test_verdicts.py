"""The verdict rule: its table of cases, its principles one by one, and the properties it has whatever the evidence."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimbook.analysis.cases import CASES, OWN, PRACTICES
from claimbook.analysis.comparison import BOUNDS, NEAR, TOLERANCE, compare
from claimbook.analysis.quantities import Interval
from claimbook.analysis.reasons import why
from claimbook.analysis.sensitivity import credibility, fragility, would_change
from claimbook.analysis.verdicts import (
    ORDER,
    OWN_WORD,
    PLAIN,
    PRINCIPLES,
    STANCES,
    VERDICTS,
    Claim,
    Item,
    Step,
    Threshold,
    as_of,
    competent,
    counts,
    grade,
    judge,
    side,
    superseded,
    verdict,
)

ACCUSES = Claim(accusation=True)


def item(stance, owner="o1", letter="B", primary=False, known_from="", **more):
    return Item(stance, owner, letter, primary, stance in (*OWN_WORD, "admits"), known_from, **more)


def s(owner="s1", letter="B", **more):
    return item("supports", owner, letter, **more)


def q(owner="q1", letter="B", affirms=True, **more):
    return item("qualifies", owner, letter, affirms=affirms, **more)


def p(owner="p1", letter="B", **more):
    return item("supports_part", owner, letter, **more)


def c(owner="c1", letter="B", **more):
    return item("contradicts", owner, letter, **more)


def nv(owner="n1", letter="A"):
    return item("not_verified", owner, letter)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.situation[:60])
def test_each_case_has_the_outcome_that_fact_checkers_would_reach(case):
    assert case.given.verdict == case.verdict, why(case.given)


def test_the_table_of_cases_is_whole():
    """It has forty cases at least, shows every principle at work, and every practice has its source and words."""
    assert len(CASES) >= 40
    assert len({case.situation for case in CASES}) == len(CASES)
    assert {case.principle for case in CASES} == set(PRINCIPLES)
    assert {case.verdict for case in CASES} == set(VERDICTS)
    assert {case.practice for case in CASES} - {OWN} == set(PRACTICES)
    assert sum(case.practice == OWN for case in CASES) < len(CASES) / 6
    for practice in PRACTICES.values():
        assert practice.url.startswith(("http://", "https://"))
        assert practice.read
        assert 0 < len(practice.words.split()) <= 25


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], "not_established"),
        ([s()], "supported"),
        ([s(letter="A")], "supported"),
        ([s(letter="C")], "not_established"),
        ([s(letter="C"), s("s2", "C")], "not_established"),
        ([s(letter="C"), s("s2")], "supported"),
        ([s(letter="C", primary=True)], "not_established"),
        ([s(letter="D", primary=True)], "not_established"),
        ([s(letter="D"), s("s2", "D"), s("s3", "E")], "not_established"),
        ([q()], "partly_supported"),
        ([q(affirms=False)], "not_established"),
        ([q(letter="C")], "not_established"),
        ([q(letter="C"), s(letter="C")], "not_established"),
        ([q(), s(letter="C")], "partly_supported"),
        ([s(), s("s2"), q()], "partly_supported"),
        ([s(), s("s2"), q(affirms=False)], "partly_supported"),
        ([s(), s("s2"), q(letter="C")], "supported"),
        ([s(primary=True), q()], "supported"),
        ([s(primary=True), q(primary=True)], "partly_supported"),
        ([p()], "partly_supported"),
        ([p(letter="C")], "not_established"),
        ([s(), p()], "supported"),
        ([s(letter="C"), p()], "partly_supported"),
        ([s(), p(), q()], "partly_supported"),
        ([p(), c()], "disputed"),
        ([p(), c(letter="C")], "partly_supported"),
        ([p(primary=True), s()], "supported"),
        ([c()], "contradicted"),
        ([c(letter="C")], "not_established"),
        ([c(letter="C"), c("c2", "D")], "not_established"),
        ([s(), c()], "disputed"),
        ([s(), c(letter="C")], "supported"),
        ([s(letter="C"), c()], "contradicted"),
        ([s(letter="C"), c(letter="C")], "not_established"),
        ([q(), c()], "disputed"),
        ([s(), s("s2"), c()], "supported"),
        ([s(primary=True), c(), c("c2")], "supported"),
        ([s(), c(), c("c2")], "contradicted"),
        ([s(), s("s2"), c(primary=True)], "contradicted"),
        ([s(), s("s2"), c(), c("c2")], "disputed"),
        ([s(primary=True), c(primary=True)], "disputed"),
        ([item("admits")], "supported"),
        ([item("admits", primary=True, letter="A"), c(), c("c2")], "contradicted"),
        ([s(), nv()], "not_established"),
        ([c(), nv()], "not_established"),
        ([s(), nv(letter="C")], "supported"),
        ([s(), s("s2"), nv()], "supported"),
        ([s(primary=True), nv()], "supported"),
        ([nv()], "not_established"),
        ([item("asserts")], "not_established"),
        ([item("denies")], "not_established"),
        ([item("silent")], "not_established"),
        ([s(), item("denies"), item("silent")], "supported"),
    ],
)
def test_each_row_of_the_rule(evidence, expected):
    assert verdict(evidence) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([s()], "not_established"),
        ([q()], "not_established"),
        ([item("admits")], "not_established"),
        ([s(primary=True)], "supported"),
        ([s(), s("s2", "C")], "supported"),
        ([s(), c()], "disputed"),
        ([c()], "contradicted"),
        ([s(letter="C"), c()], "contradicted"),
        ([s(), q(letter="C")], "partly_supported"),
        ([s(), q("q1"), q("q2")], "partly_supported"),
        ([s(), q(letter="C", affirms=False)], "not_established"),
    ],
)
def test_an_accusation_takes_a_record_or_two_and_its_contradiction_no_more_than_any(evidence, expected):
    assert verdict(evidence, ACCUSES) == expected


def test_a_claim_that_cannot_be_checked_stays_so_whatever_the_evidence():
    opinion = Claim(checkable=False)
    assert verdict([s(primary=True)], opinion) == "not_checkable"
    assert fragility([s(primary=True)], opinion) is None
    assert would_change([], opinion) == []


@pytest.mark.parametrize(
    ("threshold", "evidence", "expected"),
    [
        (Threshold(origins=2), [s()], "not_established"),
        (Threshold(origins=2), [s(), s("s2")], "supported"),
        (Threshold(origins=3), [s(), s("s2")], "not_established"),
        (Threshold(origins=3), [s(), s("s2"), s("s3")], "supported"),
        (Threshold(origins=3), [s(primary=True)], "supported"),
        (Threshold(primary_only=True), [s(), s("s2")], "not_established"),
        (Threshold(primary_only=True), [s(), s("s2"), c(primary=True)], "contradicted"),
        (Threshold(floor="A"), [s()], "not_established"),
        (Threshold(floor="B"), [s(), s("s2", "C")], "supported"),
        (Threshold(floor="D"), [s(), s("s2", "D")], "supported"),
        (Threshold(floor="F"), [s(letter="E"), s("s2", "F")], "not_established"),
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
    assert verdict(as_of(evidence, "2001-09-09")) == "not_established"
    assert verdict(as_of(evidence, "2001-09-10")) == "supported"


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (item("silent", "s1", key="b", supersedes="a"), "not_established"),
        (c("s1", key="b", supersedes="a"), "contradicted"),
        (item("silent", "other", "A", key="b", supersedes="a"), "supported"),
        (item("silent", "s1", "D", key="b", supersedes="a"), "supported"),
        (item("denies", "s1", key="b", supersedes="a"), "supported"),
    ],
)
def test_only_its_own_source_takes_a_row_back_and_with_no_weaker_one(later, expected):
    assert verdict([s(key="a"), later]) == expected


def test_a_release_that_replaces_another_stays_so_when_it_is_replaced_itself():
    editions = [c(key="a"), c(key="b", supersedes="a"), s("c1", key="c", supersedes="b")]
    assert superseded(editions) == {"a", "b"}
    assert verdict(editions) == "supported"


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], None),
        ([s()], 1),
        ([s(), s("s2")], 2),
        ([s(letter="C"), s("s2")], 1),
        ([s(), s("s2", "C"), s("s3", "C")], 1),
        ([s(primary=True), s("s2", primary=True), s("s3", "C")], 2),
        ([s(), s("s2"), s("s3"), c()], 2),
        ([s(letter="C")], None),
        ([s(), nv()], 1),
        ([c(primary=True), c("c2"), s()], 1),
        ([s(), c()], 1),
    ],
)
def test_fragility_is_the_fewest_owners_to_lose(evidence, expected):
    assert fragility(evidence) == expected


def test_fragility_of_many_alike_owners_is_found_without_trying_every_subset():
    assert fragility([s(f"s{n}") for n in range(60)]) == 60


def test_what_would_change_names_stance_kind_and_outcome():
    found = [(x.stance, x.primary, x.verdict) for x in would_change([s()])]
    assert found == [
        ("contradicts", False, "disputed"),
        ("contradicts", True, "contradicted"),
        ("not_verified", False, "not_established"),
    ]
    found = [(x.stance, x.primary, x.verdict) for x in would_change([])]
    assert found == [("supports", False, "supported"), ("contradicts", False, "contradicted")]
    found = [(x.stance, x.primary, x.verdict) for x in would_change([], ACCUSES)]
    assert found == [("supports", True, "supported"), ("contradicts", False, "contradicted")]
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


@pytest.mark.parametrize(
    ("evidence", "claim", "expected"),
    [
        (
            [s(kind="outlet"), s("s2", kind="outlet"), item("denies", "m", name="the ministry")],
            PLAIN,
            "Two independent news reports support it; the ministry denies it.",
        ),
        (
            [s(primary=True, name="treaty office"), c(kind="outlet"), c("c2", kind="outlet")],
            PLAIN,
            "A record (treaty office) settles it; two news reports say otherwise.",
        ),
        ([s(kind="agency", name="Wire")], ACCUSES, "One reliable agency report (Wire) supports it; an accusation "
         "takes more than that."),
        ([s(letter="C"), s("s2", "C")], PLAIN, "Two less reliable sources support it; such sources alone establish "
         "nothing."),
        ([s(), nv()], PLAIN, "One reliable source supports it; one source tried to verify it and could not."),
        ([item("admits", name="the company")], PLAIN, "The company admits it against its own interest."),
        ([item("asserts", name="the army")], PLAIN, "The army asserts it; nothing else was found that counts."),
        ([q(affirms=False)], PLAIN, "One source limits it; no source affirms any part of it."),
        ([p()], PLAIN, "One reliable source bears out a part of it, and not the whole."),
        ([s(), p()], ACCUSES, "One reliable source supports it; one source bears out a part of it."),
        ([p(letter="C")], PLAIN, "One less reliable source supports it, in full or in part; such sources alone "
         "establish nothing."),
        ([q(primary=True)], PLAIN, "A record bears out a part of it, and not the whole."),
        ([s(letter="F")], PLAIN, "Only sources that do not count speak of it."),
        ([], PLAIN, "Nothing was found that counts for it or against it."),
        ([], Claim(checkable=False), "It is of a kind that evidence cannot settle."),
        (
            [s(), c("s1", key="b", supersedes="a"), s(key="a")],
            PLAIN,
            "One reliable source supports it; one reliable source contradicts it; what its own source took back or "
            "replaced is not counted.",
        ),
    ],
)  # fmt: skip
def test_a_verdict_says_why_in_plain_english(evidence, claim, expected):
    assert why(judge(evidence, claim)) == expected


def exactly(number):
    return Interval(number, number)


@pytest.mark.parametrize(
    ("bound", "told", "counted", "expected"),
    [
        ("exact", exactly(500), exactly(5), ("contradicts", False)),
        ("exact", exactly(500), exactly(500), ("supports", False)),
        ("exact", exactly(500), exactly(504), ("supports", False)),
        ("exact", exactly(453), exactly(432), ("qualifies", True)),
        ("exact", exactly(500), exactly(800), ("contradicts", False)),
        ("exact", exactly(500), Interval(300, 700), ("qualifies", False)),
        ("exact", exactly(500), Interval(600, 700), ("qualifies", False)),
        ("exact", exactly(500), Interval(700, 900), ("contradicts", False)),
        ("approximate", exactly(500), exactly(455), ("supports", False)),
        ("approximate", exactly(500), exactly(440), ("qualifies", True)),
        ("range", Interval(10, 20), exactly(15), ("supports", False)),
        ("range", Interval(10, 20), exactly(40), ("contradicts", False)),
        ("at_least", Interval(500, None), exactly(9000), ("supports", False)),
        ("at_least", Interval(500, None), exactly(430), ("contradicts", False)),
        ("at_most", Interval(None, 12), exactly(3), ("supports", False)),
        ("at_most", Interval(None, 12), exactly(13), ("contradicts", False)),
        ("exact", exactly(0), exactly(1), ("contradicts", False)),
        ("exact", exactly(-40), exactly(-40.2), ("supports", False)),
    ],
)
def test_numbers_are_compared_and_not_judged(bound, told, counted, expected):
    found = compare(bound, told, counted)
    assert (found.stance, found.affirms) == expected


def test_a_place_in_an_order_is_right_or_wrong():
    assert compare("exact", exactly(5), exactly(4)).stance == "qualifies"
    assert compare("exact", exactly(5), exactly(4), ordinal=True).stance == "contradicts"


@pytest.mark.parametrize(
    ("bound", "told", "counted", "message"),
    [
        ("unspecified", Interval(1e9, None), exactly(1), "bounds nothing"),
        ("exact", exactly(5), Interval(5, None), "both ends"),
        ("range", Interval(5, None), exactly(5), "lacks an end"),
    ],
)
def test_what_cannot_be_compared_is_refused(bound, told, counted, message):
    with pytest.raises(ValueError, match=message):
        compare(bound, told, counted)


@given(st.sampled_from(sorted(TOLERANCE)), st.floats(1, 1e9), st.floats(0, 2), st.floats(0, 2))
def test_a_count_nearer_to_the_number_told_is_never_worse(bound, told, near, far):
    near, far = sorted((near, far))
    low, high = (None if bound == "at_most" else told), (None if bound == "at_least" else told)
    order = ("contradicts", "qualifies", "supports")
    sign = -1 if bound == "at_least" else 1
    found = [
        order.index(compare(bound, Interval(low, high), exactly(told + sign * told * off)).stance)
        for off in (near, far)
    ]
    assert found[0] >= found[1]
    assert 0 < max(TOLERANCE.values()) < NEAR
    assert set(BOUNDS) < set(TOLERANCE)


items = st.builds(
    item,
    stance=st.sampled_from(STANCES),
    owner=st.sampled_from(["a", "b", "c", "d", "e"]),
    letter=st.sampled_from("ABCDEF"),
    primary=st.booleans(),
    known_from=st.sampled_from(["", "2001-01-01", "2020-01-01"]),
    affirms=st.booleans(),
)


@st.composite
def evidences_(draw, size=8):
    """Draw evidence in which some rows supersede others."""
    rows = draw(st.lists(items, max_size=size))
    of = st.sampled_from(["", *(f"r{n}" for n in range(len(rows)))])
    return [replace(row, key=f"r{n}", supersedes=draw(of)) for n, row in enumerate(rows)]


evidences = evidences_()
claims = st.builds(Claim, checkable=st.just(True), accusation=st.booleans())
thresholds = st.builds(
    Threshold, origins=st.integers(1, 3), primary_only=st.booleans(), floor=st.sampled_from("ABCDEF")
)
many = settings(max_examples=500, deadline=None)


@many
@given(evidences, items, claims, thresholds, st.sampled_from(["", "r0", "r1", "r2"]))
def test_adding_support_never_lowers_and_contradiction_never_raises(evidence, more, claim, threshold, gone):
    """Of contradicting rows that supersede, those are left out that take the place of one that limits the claim."""
    before = ORDER[verdict(evidence, claim, threshold)]
    if any(row.key == gone and row.stance == "qualifies" for row in evidence) and more.stance == "contradicts":
        gone = ""
    after = ORDER[verdict([*evidence, replace(more, key="new", supersedes=gone)], claim, threshold)]
    if more.stance in ("supports", "admits"):
        assert after >= before
    elif more.stance == "contradicts":
        assert after <= before


@many
@given(evidences, claims, thresholds, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(evidence, claim, threshold, random):
    shuffled = [*evidence, *evidence]
    random.shuffle(shuffled)
    for function in (verdict, fragility, would_change, credibility):
        assert function(shuffled, claim, threshold) == function(evidence, claim, threshold)
    assert why(judge(shuffled, claim, threshold)) == why(judge(evidence, claim, threshold))


@many
@given(evidences, st.lists(st.sampled_from([*OWN_WORD, "silent"]), max_size=4), claims, thresholds)
def test_a_partys_own_word_and_silence_change_nothing(evidence, words, claim, threshold):
    spoken = [item(w, f"party-{n}", "A", primary=True) for n, w in enumerate(words)]
    assert verdict([*evidence, *spoken], claim, threshold) == verdict(evidence, claim, threshold)


@many
@given(evidences, st.sampled_from([stance for stance in STANCES if stance != "admits"]), claims, thresholds)
def test_an_interested_source_never_counts_but_where_it_admits(evidence, stance, claim, threshold):
    own = Item(stance, "party", "A", primary=True, interested=True)
    assert verdict([*evidence, own], claim, threshold) == verdict(evidence, claim, threshold)


@many
@given(st.lists(st.sampled_from("abc"), unique=True))
def test_a_joint_body_is_no_witness_beside_those_that_make_it_up(owners):
    """Where none of them speaks, it speaks for them once."""
    joint = s("union", joint_of=("a", "b"))
    found = side([*map(s, owners), joint, joint])
    assert found.origins == len(owners) + {"a", "b"}.isdisjoint(owners)
    assert found.step == side([joint, *map(s, owners)]).step


@many
@given(evidences, claims, st.data())
def test_a_further_witness_of_an_owner_already_counted_changes_nothing(evidence, claim, data):
    standing = [e for e in evidence if e.key not in superseded(evidence) and counts(e)]
    if standing:
        known = data.draw(st.sampled_from(standing))
        outlet = replace(known, key="another outlet", supersedes="", name="another outlet")
        assert verdict([*evidence, outlet], claim) == verdict(evidence, claim)


@many
@given(evidences, items, claims, st.sampled_from("DEF"), st.sampled_from(["", "r0", "r1", "r2"]))
def test_a_row_below_the_floor_never_changes_a_verdict(evidence, more, claim, letter, gone):
    low = replace(more, reliability=letter, key="low", supersedes=gone)
    assert verdict([*evidence, low], claim) == verdict(evidence, claim)


@many
@given(evidences, claims, thresholds)
def test_superseding_twice_changes_nothing(evidence, claim, threshold):
    gone = superseded(evidence)
    standing = [e for e in evidence if e.key not in gone]
    assert superseded(standing) == set()
    assert verdict(standing, claim, threshold) == verdict(evidence, claim, threshold)
    again = [replace(e, key=f"{e.key}-again") for e in evidence if e.supersedes in gone and e.key not in gone]
    assert verdict([*evidence, *again], claim, threshold) == verdict(evidence, claim, threshold)


@many
@given(st.lists(items, max_size=12), claims, st.booleans())
def test_nothing_weaker_overturns_a_record(evidence, claim, supports):
    """Whatever witnesses say, a record for a claim keeps it supported, in part at most where a record limits it."""
    weaker = [e for e in evidence if grade(e) != "record"]
    record = s("archive", "A", primary=True) if supports else c("archive", "A", primary=True)
    assert verdict([*weaker, record], claim) == ("supported" if supports else "contradicted")


@many
@given(st.lists(items, max_size=12), claims)
def test_what_cannot_establish_cannot_undo(evidence, claim):
    """Sources that are fairly reliable at most leave as it is whatever stands without them on one side alone."""
    weak = [
        replace(e, stance="contradicts", reliability="C", owner=f"x{e.owner}") for e in evidence if not e.interested
    ]
    for strong in ([s()], [s(), s("s2")], [q()]):
        assert verdict([*strong, *weak], claim) == verdict(strong, claim)


@many
@given(evidences, claims)
def test_what_affirms_a_part_never_helps_to_establish_the_whole(evidence, claim):
    wholly = [e for e in evidence if e.stance not in ("qualifies", "supports_part")]
    if verdict(evidence, claim) == "supported" and not superseded(evidence):
        assert verdict(wholly, claim) == "supported"


BOTH = ("r1", "r2")


def parts(first="a", second="b", letter="B", **more):
    return [p(first, key="r1", together=BOTH, **more), p(second, letter, key="r2", together=BOTH, **more)]


@pytest.mark.parametrize(
    ("evidence", "claim", "expected"),
    [
        (parts(), PLAIN, "supported"),
        (parts()[:1], PLAIN, "partly_supported"),
        ([p("a"), p("b")], PLAIN, "partly_supported"),
        (parts(letter="C"), PLAIN, "partly_supported"),
        (parts(letter="D"), PLAIN, "partly_supported"),
        (parts(), ACCUSES, "partly_supported"),
        (parts(primary=True), ACCUSES, "supported"),
        ([*parts(), s("c")], ACCUSES, "supported"),
        ([*parts(), s("a")], ACCUSES, "partly_supported"),
        ([*parts(), q("c")], PLAIN, "partly_supported"),
        ([*parts(known_from="2031-05-02"), p("a", key="r1", together=BOTH)], PLAIN, "supported"),
    ],
)
def test_parts_that_make_up_the_whole_are_one_witness_of_it_no_stronger_than_the_weakest(evidence, claim, expected):
    assert verdict(evidence, claim) == expected


def test_parts_that_make_up_the_whole_fall_with_any_of_them():
    assert fragility(parts()) == 1
    # One who speaks alone is no part of the whole, though of the same stance and weight.
    alone = [p("z", key="r3"), *parts()]
    assert fragility(alone) == fragility(alone[::-1]) == 1
    assert as_of([p("a", key="r1", together=BOTH, known_from="2031-01-01"), *parts()[1:]], "2031-02-01") != parts()
    assert why(judge(parts())) == "Two sources together support it."
    assert why(judge(parts("a", "a"))) == "One reliable source supports it."
    assert why(judge(parts(primary=True))) == "Two records together settle it."


@many
@given(evidences, claims)
def test_what_leaves_the_rest_untold_never_limits_it(evidence, claim):
    if verdict(evidence, claim) == "supported":
        assert verdict([*evidence, p("another")], claim) == "supported"


@many
@given(evidences, claims)
def test_limits_alone_support_nothing_unless_a_source_affirms_a_part(evidence, claim):
    own = ("supports", "admits", "supports_part")
    bare = [replace(e, affirms=False) for e in evidence if e.stance not in own]
    assert verdict(bare, claim) in ("not_established", "contradicted")


@many
@given(evidences, claims, thresholds)
def test_fragility_is_true_and_least(evidence, claim, threshold):
    before = verdict(evidence, claim, threshold)
    owners = sorted({e.owner for e in evidence if counts(e, threshold) or competent(e, threshold)})
    sizes = [
        n
        for n in range(1, len(owners) + 1)
        for gone in combinations(owners, n)
        if verdict([e for e in evidence if e.owner not in gone], claim, threshold) != before
    ]
    assert fragility(evidence, claim, threshold) == min(sizes, default=None)


@many
@given(evidences, claims, thresholds)
def test_what_would_change_does_change(evidence, claim, threshold):
    before = verdict(evidence, claim, threshold)
    for change in would_change(evidence, claim, threshold):
        letter = "A" if change.primary or change.stance == "not_verified" else "B"
        more = Item(change.stance, "another", letter, change.primary)
        assert verdict([*evidence, more], claim, threshold) == change.verdict != before


@many
@given(evidences, claims, thresholds)
def test_every_outcome_is_a_verdict_with_a_sentence(evidence, claim, threshold):
    for rows in (evidence, as_of(evidence, "2001-06-01"), []):
        found = judge(rows, claim, threshold)
        assert found.verdict in VERDICTS
        assert why(found)[0].isupper()
        assert why(found).endswith(".")


@many
@given(st.lists(items, max_size=6), thresholds)
def test_a_side_stands_on_the_step_of_the_best_there_is(evidence, threshold):
    mine = [e for e in evidence if counts(e, threshold)]
    found = side(mine, threshold)
    assert (found.step == Step.NOTHING) == (not mine)
    assert (found.step == Step.RECORD) == any(grade(e, threshold) == "record" for e in mine)
    assert found.origins == len({e.owner for e in mine})

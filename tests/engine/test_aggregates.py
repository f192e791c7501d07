"""Sums over large records: of one release, of each row once, and the same whatever the order of the rows."""

import pandas as pd
import pytest

from claimbook.analysis import aggregates
from claimbook.model.records import collected, repeated


@pytest.fixture(scope="module", params=["pandas", "polars", "duckdb"])
def flows(request):
    """Deliveries of the same volume, in parts of other sizes, from two exporters in two releases."""
    rows = [
        *(("2022-05", "Here", f"State {n}", 2001, 0.1) for n in range(3)),
        ("2022-05", "There", "State 0", 2001, 0.3),
        ("2026-02-12", "Here", "State 0", 2001, 0.5),
        ("2026-02-12", "Here", "State 0", 2002, 0.7),
    ]
    frame = pd.DataFrame(rows, columns=["release", "supplier", "recipient", "year", "tonnes"])
    if request.param == "pandas":
        return frame
    engine = pytest.importorskip(request.param, reason=f"{request.param} is not installed")
    return engine.DataFrame(frame.to_dict("list")) if request.param == "polars" else engine.from_df(frame)


@pytest.fixture(scope="module")
def polars():
    return pytest.importorskip("polars", reason="polars is not installed: pip install .[polars]")


def test_a_sum_over_two_releases_is_refused_and_says_what_to_do(flows):
    with pytest.raises(ValueError, match=r"releases 2022-05, 2026-02-12.*one_release\(frame, '2026-02-12'\)"):
        aggregates.sums(flows, "tonnes", ("supplier", "year"))
    with pytest.raises(ValueError, match="counts double"):
        aggregates.sums(flows, "tonnes", ("supplier",), {"supplier": "Here"})


def test_a_sum_within_a_release_is_given(flows):
    assert aggregates.sums(flows, "tonnes", ("release", "supplier", "year"))["tonnes"].tolist() == [0.3, 0.3, 0.5, 0.7]
    named = aggregates.sums(flows, "tonnes", ("supplier",), {"release": "2026-02-12"})
    picked = aggregates.sums(aggregates.one_release(flows, "2026-02-12"), "tonnes", ("supplier",))
    newest = aggregates.sums(aggregates.one_release(flows), "tonnes", ("supplier",))
    for found in (named, picked, newest):
        assert found.to_dict("records") == [{"supplier": "Here", "tonnes": 1.2}]
    # a supplier of one release only is asked without a doubt
    assert aggregates.sums(flows, "tonnes", ("year",), {"supplier": "There"})["tonnes"].tolist() == [0.3]


def test_a_release_is_picked_by_name_or_is_the_newest(flows):
    assert aggregates.releases(flows) == ["2022-05", "2026-02-12"]
    one = aggregates.one_release(flows, "2022-05")
    assert type(one) is type(flows) or not isinstance(flows, pd.DataFrame)
    assert set(collected(one)["release"]) == {"2022-05"}
    assert set(collected(aggregates.one_release(flows))["release"]) == {"2026-02-12"}
    with pytest.raises(ValueError, match="no release '1999', only 2022-05, 2026-02-12"):
        aggregates.one_release(flows, "1999")


def test_an_empty_frame_has_no_release():
    with pytest.raises(ValueError, match="holds no row, and so no release"):
        aggregates.one_release(pd.DataFrame({"release": []}, dtype="str"))


def test_equal_volumes_share_a_rank_whatever_their_parts(flows):
    ranks = aggregates.ranks(aggregates.one_release(flows, "2022-05"), "tonnes", "supplier", ("release", "year"))
    assert ranks["supplier"].tolist() == ["Here", "There"]
    assert ranks["rank"].tolist() == [1, 1]
    assert ranks["share_percent"].tolist() == [50.0, 50.0]


VOTES = pd.DataFrame(
    [("a", "Here", 2001, "against"), ("a", "There", 2001, "against"), ("b", "Here", 2001, "in_favour")],
    columns=["resolution", "state", "year", "vote"],
)


def test_agreement_over_two_releases_of_votes_is_refused():
    both = pd.concat([VOTES.assign(release="2021"), VOTES.assign(release="2024")])
    for per in (("year",), ("release", "year")):
        with pytest.raises(ValueError, match="releases 2021, 2024"):
            aggregates.agreement(both, "Here", per=per)
    one = aggregates.agreement(aggregates.one_release(both), "Here")
    assert one["roll_calls"].tolist() == [1]


def test_two_votes_of_a_state_in_a_roll_call_are_refused(polars):
    twice = pd.concat([VOTES, VOTES])
    for votes in (twice, polars.DataFrame(twice.to_dict("list"))):
        with pytest.raises(ValueError, match=r"Here has several votes in the roll call [ab]: keep one row"):
            aggregates.agreement(votes, "Here")


def test_votes_at_the_same_place_are_the_same():
    places = {"against": 0.1 + 0.2, "in_favour": 0.3}
    votes = VOTES.assign(resolution="a", vote=["against", "in_favour", "against"]).iloc[:2]
    assert aggregates.agreement(votes, "Here", places)["identical"].tolist() == [1.0]


def test_events_of_two_releases_are_counted_apart_or_not_at_all():
    events = pd.DataFrame({"release": ["1", "2"], "date": ["2022-03-01"] * 2, "actor": "A", "recipient": "B"})
    with pytest.raises(ValueError, match="releases 1, 2"):
        aggregates.event_counts(events)
    assert aggregates.event_counts(events, ("release", "actor"))["events"].tolist() == [1, 1]


def test_a_row_that_stands_twice_is_found(flows, polars):
    assert repeated(flows) == ""
    twice = {"state": ["Here", "There", "Here"], "year": [2001, 2001, 2001], "vote": [None, "x", None]}
    for rows in (pd.DataFrame(twice), polars.DataFrame(twice)):
        assert repeated(rows).startswith("Here, 2001, ")
        assert repeated(rows[:2]) == ""


def test_a_frame_is_brought_to_the_types_of_the_ledger():
    frame = pd.DataFrame(
        {
            "state": pd.Categorical(["Here", "There"]),
            "year": [2001, 2002],
            "share": [0.5, None],
            "active": [True, False],
        },
        index=["a", "a"],
    )
    found = collected(frame)
    assert {column: str(dtype) for column, dtype in found.dtypes.items()} == {
        "state": "str",
        "year": "Int64",
        "share": "Float64",
        "active": "boolean",
    }
    assert found.index.tolist() == [0, 1]

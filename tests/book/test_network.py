"""Actors: edges lead to their claims, dashes follow denials and verdicts, characters count once for a voice."""

import pytest
from figures import block, bundle
from this_book import BOOK, with_tables

from claimbook.analysis import pairs
from claimbook.view import network
from claimbook.view.markup import plain

EDGES = pairs.edges(BOOK)
FIGURES = {"network": network.network(BOOK), "voice_shares": network.voice_shares(BOOK)}


@pytest.mark.parametrize("name", FIGURES)
def test_chart_carries_all_that_a_reader_needs(name):
    meta = block(FIGURES[name])
    assert all(meta[part].strip() for part in ("id", "title", "caption", "alt", "source"))
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])


def test_every_claim_between_two_actors_is_in_exactly_one_edge():
    known = set(BOOK.actors["actor_id"])
    claims = BOOK.claims
    expected = claims[
        (claims["layer"] == "content")
        & claims["subject"].isin(known)
        & claims["object"].isin(known)
        & (claims["subject"] != claims["object"])
    ]
    assert sorted(c for claims in EDGES["claims"] for c in claims) == sorted(expected["claim_id"])
    assert not EDGES.duplicated(["subject", "object"]).any()
    assert (EDGES["n"] == EDGES["claims"].map(len)).all()


def test_width_is_the_number_of_claims_and_dash_the_standing():
    drawn = EDGES[EDGES["n"] >= 3]
    lines = [t for t in bundle(FIGURES["network"])["data"] if t["mode"] == "lines"]
    for trace, edge in zip(lines, drawn.itertuples(index=False), strict=True):
        assert trace["line"]["width"] == pytest.approx(0.8 * edge.n)
        assert trace["line"]["dash"] == network.STANDING_LOOKS[edge.standing][1]
    assert len({dash for _, dash in network.STANDING_LOOKS.values()}) == len(pairs.STANDINGS)
    assert len(block(FIGURES["network"])["rows"]) == len(EDGES)


@pytest.mark.parametrize(
    ("verdicts", "denied", "expected"),
    [
        (["supported", "unverifiable"], False, "plain"),
        (["unverifiable", "not_checkable"], False, "unverifiable"),
        (["supported"], True, "denied"),
        (["unverifiable"], True, "denied"),
    ],
)
def test_a_denial_shows_before_anything_else(verdicts, denied, expected):
    assert pairs.standing(verdicts, denied) == expected


def test_a_claim_told_as_not_so_makes_its_edge_denied():
    claims = BOOK.claims.copy()
    edge = EDGES[EDGES["standing"] == "plain"].iloc[0]
    claims.loc[claims["claim_id"] == edge["claims"][0], "polarity"] = "negative"
    changed = with_tables(claims=claims)
    after = pairs.edges(changed).set_index("edge_id")
    assert after.loc[edge["edge_id"], "standing"] == "denied"


def test_each_edge_leads_to_its_claims_and_each_cell_to_its_edge():
    control = network.edge_filter(BOOK)
    html = {row_id: html for row_id, _, html in control.rows}
    for edge in EDGES.itertuples(index=False):
        assert all(f'#{claim}"' in html[edge.edge_id] for claim in edge.claims)
    table = network.adjacency(BOOK)
    first = EDGES.iloc[0]
    assert f'href="#row-{first["edge_id"]}"' in table
    assert control.select(subject=first["subject"], object=first["object"]) == [first["edge_id"]]


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([], 0),
        ([(0, 5)], 5),
        ([(0, 5), (0, 5)], 5),
        ([(3, 8), (0, 5)], 8),
        ([(0, 10), (2, 4)], 10),
        ([(0, 2), (5, 6)], 3),
    ],
)
def test_overlapping_passages_count_once(intervals, expected):
    assert pairs.covered(intervals) == expected


def test_shares_of_voices_lie_within_the_text():
    frame = pairs.voice_shares(BOOK)
    assert frame["share"].between(0, 1).all()
    assert frame[frame["own"]]["source_id"].tolist() == BOOK.sources["source_id"].tolist()


def test_who_is_heard_is_not_listed_as_never_heard():
    text = plain(network.quoted_or_described(BOOK))
    assert "Named most often and never heard" in text
    for source_id in BOOK.sources["source_id"]:
        assert BOOK.sources.set_index("source_id").at[source_id, "short_name"] in text


def test_sentences_with_two_voices_are_found():
    html = network.own_voice_inside(BOOK)
    hops = BOOK.chains.groupby("chain_id")["hop"].max()
    content = BOOK.claims[BOOK.claims["layer"] == "content"]
    depth = content["chain_id"].map(hops)
    mixed = {s for s, part in depth.groupby(content["sentence_id"]) if (part == 1).any() and (part > 1).any()}
    assert mixed
    assert all(f"#{s}" in html for s in mixed)

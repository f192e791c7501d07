"""Actors: the matrix counts the claims of each pair, its looks follow denials; characters count once for a voice."""

import pytest
from bs4 import BeautifulSoup
from figures import block, rows
from notebooks import charts_of, figure_of, figures_of, shown_by
from this_book import BOOK, with_tables

from claimbook.analysis import pairs
from claimbook.view import network
from claimbook.view.markup import plain
from claimbook.view.tables import actor_names

PAGE = "chapters/record/actors-language"
EDGES = pairs.edges(BOOK)
NAMES = actor_names(BOOK)
LOOKS = {"plain": "not denied", "denied": "denied", "not_established": "not established"}
LEAST = 3


@pytest.fixture
def page():
    return shown_by(PAGE)


@pytest.fixture
def figures():
    return charts_of(PAGE)


def table_of(page, caption):
    """Return the cells of the table of that caption, a list a row."""
    [table] = [t for r in page for t in BeautifulSoup(str(r), "html.parser").select("table") if caption in t.text]
    return [[cell.text for cell in row.select("th, td")] for row in table.select("tbody tr")]


def sentences_of(page, caption):
    """Return the sentences to which the rows of the table of that caption lead."""
    [table] = [t for r in page for t in BeautifulSoup(str(r), "html.parser").select("table") if caption in t.text]
    return {row.a["title"].removeprefix("Sentence ") for row in table.select("tbody th")}


def cells(figure):
    """Return each mark of the matrix: who, to whom, its number and its look."""
    return {(y, x): (int(n), t.name) for t in figure.data for x, y, n in zip(t.x, t.y, t.text, strict=True)}


def test_every_chart_carries_all_that_a_reader_needs(figures):
    assert set(figures) == {"network", "network-heard"}
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("title", "caption", "alt", "source"))
        assert "n = " in said["caption"]
        assert said["rows"]


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


@pytest.mark.parametrize(
    ("verdicts", "denied", "expected"),
    [
        (["supported", "not_established"], False, "plain"),
        (["not_established", "not_checkable"], False, "not_established"),
        (["supported"], True, "denied"),
        (["not_established"], True, "denied"),
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
    assert any(verb.startswith("not: ") for verb in after.loc[edge["edge_id"], "verbs"])
    assert not any(verb.startswith("not: ") for verb in edge["verbs"])


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


def test_the_matrix_has_the_number_of_claims_of_each_pair_and_its_standing(figures):
    enough = EDGES[EDGES["n"] >= LEAST]
    expected = {(NAMES[e.subject], NAMES[e.object]): (e.n, LOOKS[e.standing]) for e in enough.itertuples()}
    assert cells(figures["network"]) == expected
    assert all(trace.marker.symbol.endswith("-open") for trace in figures["network"].data), "told, and not recorded"
    told = rows(figures["network"])
    assert sorted(map(int, told["claims"])) == sorted(enough["n"])
    held = EDGES["standing"].value_counts()
    title = block(figures["network"])["title"]
    assert title == (
        f"Denied at least in part: {held['denied']} of {len(EDGES)} pairs; not established: {held['not_established']}"
    )


def test_a_claim_that_is_denied_changes_the_mark_of_its_pair(figures, monkeypatch):
    claims = BOOK.claims.copy()
    edge = EDGES[(EDGES["standing"] == "plain") & (EDGES["n"] >= LEAST)].iloc[0]
    claims.loc[claims["claim_id"] == edge["claims"][0], "polarity"] = "negative"
    changed = figures_of(PAGE, monkeypatch, with_tables(claims=claims))
    pair = NAMES[edge["subject"]], NAMES[edge["object"]]
    assert cells(figures["network"])[pair] == (edge["n"], "not denied")
    assert cells(changed["network"])[pair] == (edge["n"], "denied")
    assert block(changed["network"])["title"] != block(figures["network"])["title"]


def test_pairs_of_fewer_claims_are_drawn_where_one_asks_for_them(monkeypatch):
    wider = figure_of("network", PAGE, monkeypatch, change=("least = 3", "least = 2"))
    assert len(cells(wider)) == (EDGES["n"] >= LEAST - 1).sum() > (EDGES["n"] >= LEAST).sum()


def test_each_pair_of_the_list_leads_to_its_claims():
    control = network.edge_filter(BOOK)
    html = {row_id: html for row_id, _, html in control.rows}
    for edge in EDGES.itertuples(index=False):
        assert all(f'#{claim}"' in html[edge.edge_id] for claim in edge.claims)
    first = EDGES.iloc[0]
    assert control.select(subject=first["subject"], object=first["object"]) == [first["edge_id"]]


def test_bars_are_the_shares_of_the_voices(figures):
    shares = pairs.voice_shares(BOOK).groupby(["source_id", "anonymity"])["share"].sum()
    shorts = BOOK.sources.set_index("source_id")["short_name"]
    expected = {(shorts[s], round(100 * share, 1)) for (s, _), share in shares.items()}
    assert {(y, x) for t in figures["network-heard"].data for x, y in zip(t.x, t.y, strict=True)} == expected
    own = shares.xs("own", level="anonymity")
    ends = f"{100 - 100 * own.max():.0f} to {100 - 100 * own.min():.0f}"
    assert block(figures["network-heard"])["title"] == f"Others' words carry {ends} per cent of a text"


def test_who_is_heard_is_not_listed_as_never_heard(page):
    listed = table_of(page, "who is only described")
    assert [short for short, *_ in listed] == BOOK.sources["short_name"].tolist()
    for _, heard, never in listed:
        heard, never = ({one.rsplit(": ", 1)[0] for one in cell.split("; ")} for cell in (heard, never))
        assert heard
        assert never
        assert not heard & never


def test_sentences_with_two_voices_are_found(page):
    hops = BOOK.chains.groupby("chain_id")["hop"].max()
    content = BOOK.claims[BOOK.claims["layer"] == "content"]
    depth = content["chain_id"].map(hops)
    mixed = {s for s, part in depth.groupby(content["sentence_id"]) if (part == 1).any() and (part > 1).any()}
    listed = table_of(page, f"{len(mixed)} sentences in which")
    assert sentences_of(page, f"{len(mixed)} sentences in which") == mixed
    own = content[(depth == 1) & content["sentence_id"].isin(mixed)]
    said = " ".join(plain(cells) for *_, cells in listed)
    assert all(" ".join(statement.split()) in said for statement in own["statement"])

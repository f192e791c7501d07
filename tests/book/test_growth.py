"""A book of many texts: charts stay within their space, lists do not outgrow the ledger, what is left out is said."""

import importlib.util
from dataclasses import replace

import pytest
from notebooks import figure_of, results_of, shown_by
from places import ROOT
from this_book import BOOK

from claimbook.model import ledger
from claimbook.view import charts, explore
from claimbook.view.assessments import Assessments
from claimbook.view.mime import META

SPEC = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
synthetic = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(synthetic)

FACTOR = 4
TALLEST = 9000


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Return a ledger of several times as many texts."""
    folder = tmp_path_factory.mktemp("many") / "data"
    synthetic.repeat(ROOT / "data", folder, FACTOR)
    return ledger.load(folder)


@pytest.fixture(scope="module")
def assessed(many):
    return Assessments(many)


def test_a_repeated_ledger_names_every_text_differently(many):
    assert many.sources["short_name"].is_unique
    assert len(many.sources) == FACTOR * len(BOOK.sources)


def test_the_squares_of_many_texts_stay_within_their_space(many, monkeypatch):
    figure = figure_of("verdict-profile", "chapters/record/claims", monkeypatch, many)
    assert figure.layout.height <= TALLEST
    assert sum(len(trace.x) for trace in figure.data) == len(many.claims)
    assert len(figure.layout.annotations) == len(many.sources)


@pytest.mark.parametrize("page", ["chapters/record/diplomatic-events", "chapters/record/actors-language"])
def test_a_chapter_of_many_texts_draws_what_can_be_read_and_its_lists_have_all(page, many, monkeypatch):
    once = {r.id: r for r in shown_by(page) if isinstance(r, explore.FacetFilter)}
    found = results_of(page, monkeypatch, many)
    figures = [result for result in found if isinstance(result, charts.Figure)]
    assert figures
    for figure in figures:
        names = {
            trace.y[i] if trace.type == "bar" else trace.name for trace in figure.data for i in range(len(trace.x))
        }
        assert len(names) <= 20
        assert figure.layout.height <= TALLEST / 4
        assert len(figure.layout.meta[META]["alt"]) <= 1500
    for name, control in ((r.id, r) for r in found if isinstance(r, explore.FacetFilter)):
        times = 1 if name in ("edges", "epithets") else FACTOR  # the actors stay the same, however many texts name them
        assert len(control.rows) == times * len(once[name].rows), name


def test_of_many_texts_those_with_most_dated_events_have_a_lane_and_the_table_has_all(many, monkeypatch):
    whole = figure_of("timeline-events", "chapters/record/diplomatic-events", monkeypatch, many)
    assert len(whole.layout.yaxis.tickvals) == 12 < len(many.sources)
    assert len({row[1] for row in whole.layout.meta[META]["rows"]}) == len(many.sources)


def test_many_days_of_publication_do_not_each_become_a_state(many):
    def with_days(n):
        days = [f"2010-01-{1 + i % n:02d}" for i in range(len(many.sources))]
        sources = many.sources.assign(published_earliest=days, published_latest=days)
        return list(explore.known_days(replace(many, tables=many.tables | {"sources": sources})))

    few, most = with_days(explore.MOST_DAYS), with_days(explore.MOST_DAYS + 1)
    assert sum(day.startswith("2010-01") for day in few) == explore.MOST_DAYS
    assert not any(day.startswith("2010-01") for day in most)
    assert [day for day in few if not day.startswith("2010-01")] == most
    assert "2015-12-31" in most


def test_a_day_on_which_many_texts_appeared_is_named_by_their_number(many):
    words = explore.known_days(many)
    assert any(word.endswith(f"({FACTOR} texts)") for word in words.values())

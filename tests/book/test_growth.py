"""A book of many texts: charts stay within their space, lists do not outgrow the ledger, what is left out is said."""

import importlib.util
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from notebooks import figures_of, results_of
from places import ROOT
from this_book import BOOK

from claimbook.model import ledger
from claimbook.view import charts, explore
from claimbook.view.assessments import Assessments
from claimbook.view.mime import CHART, META
from topics import arms_deals as arms
from topics import provenance

SPEC = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
synthetic = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(synthetic)

FACTOR = 4
CHARTS = {
    "mentions": charts.mentions,
    "quantities": charts.quantities_by_dimension,
    "stages": arms.by_stage,
    "sums": provenance.reported,
}
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


@pytest.fixture(scope="module")
def drawn(many):
    """Return each chart of the many texts as its JSON."""
    return {name: json.loads(json.dumps(chart(many)._repr_mimebundle_()[0][CHART])) for name, chart in CHARTS.items()}


def block(figure):
    return figure["layout"]["meta"][META]


def test_a_repeated_ledger_names_every_text_differently(many):
    assert many.sources["short_name"].is_unique
    assert len(many.sources) == FACTOR * len(BOOK.sources)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_many_texts_can_be_read(drawn, name):
    figure = drawn[name]
    assert figure["layout"]["height"] <= TALLEST
    assert len(block(figure)["alt"]) <= 1500
    assert block(figure)["rows"]
    shown = {trace["name"] for trace in figure["data"] if trace.get("showlegend", True) and "name" in trace}
    assert not figure["layout"].get("showlegend", True) or len(shown) <= charts.MOST_TEXTS + 1
    looks = [json.dumps(trace["marker"]) for trace in figure["data"] if trace["type"] == "bar"]
    assert len(looks) == len(set(looks))


def test_the_squares_of_many_texts_stay_within_their_space(many, monkeypatch):
    figure = figures_of("chapters/claims", monkeypatch, many)["verdict-profile"]
    assert figure.layout.height <= TALLEST
    assert sum(len(trace.x) for trace in figure.data) == len(many.claims)
    assert len(figure.layout.annotations) == len(many.sources)


def test_panels_share_the_height_and_never_overlap(drawn):
    domains = [v["domain"] for k, v in drawn["sums"]["layout"].items() if k.startswith("yaxis")]
    assert all(0 <= low < high <= 1 for low, high in domains)
    ordered = sorted(domains)
    assert all(low[1] <= high[0] for low, high in pairwise(ordered))


def test_a_chart_that_leaves_something_out_says_so_and_its_table_has_all(many, drawn):
    texts = len(many.sources)
    for name in ("mentions", "quantities"):
        assert len(drawn[name]["data"]) < texts
        assert "the table has all" in block(drawn[name])["caption"]
        assert len(block(drawn[name])["columns"]) == texts + 1
    for name, chart in CHARTS.items():
        assert "Drawn: the" not in chart(BOOK).layout.meta[META]["caption"], name


def test_stacked_bars_keep_their_totals(drawn):
    for name in ("mentions", "quantities"):
        sums = [sum(values) for values in zip(*(trace["x"] for trace in drawn[name]["data"]), strict=True)]
        assert sums == [sum(row[1:]) for row in block(drawn[name])["rows"]]
        texts = len(block(drawn[name])["columns"]) - 1
        assert drawn[name]["data"][-1]["name"] == f"{texts - charts.MOST_TEXTS} other texts"


@pytest.mark.parametrize("page", ["chapters/diplomatic-events", "chapters/actors-language"])
def test_a_chapter_of_many_texts_draws_what_can_be_read_and_its_lists_have_all(page, many, monkeypatch):
    once = {r.id: r for r in results_of(page, monkeypatch) if isinstance(r, explore.FacetFilter)}
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
    [whole] = figures_of("chapters/diplomatic-events", monkeypatch, many).values()
    assert len(whole.layout.yaxis.tickvals) == 12 < len(many.sources)
    assert len({row[1] for row in whole.layout.meta[META]["rows"]}) == len(many.sources)


def test_what_another_text_lists_is_no_item_of_the_text_on_syria(many):
    once, more = (arms.syria_items(book).layout.meta[META] for book in (BOOK, many))
    assert (more["title"], more["rows"]) == (once["title"], once["rows"])


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

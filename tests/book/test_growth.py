"""A book of many texts: charts stay within their space, lists do not outgrow the ledger, what is left out is said."""

import importlib.util
import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from places import ROOT
from this_book import BOOK

from claimbook.model import ledger
from claimbook.view import charts, explore, language, network, timeline
from claimbook.view.assessments import Assessments
from claimbook.view.markup import plain
from claimbook.view.mime import CHART, META

SPEC = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
synthetic = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(synthetic)

FACTOR = 4
CHARTS = {
    "mentions": charts.mentions,
    "profile": charts.verdict_profile,
    "rates": language.rates,
    "voice_shares": network.voice_shares,
    "network": network.network,
    "events": timeline.all_events,
    "years": timeline.per_year,
    "places": timeline.told_against_happened,
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
    widths = [trace.get("line", {}).get("width", 0) for trace in figure["data"]]
    assert max(widths) <= network.WIDEST
    looks = [json.dumps(trace["marker"]) for trace in figure["data"] if trace["type"] == "bar"]
    assert len(looks) == len(set(looks))


def test_panels_share_the_height_and_never_overlap(drawn):
    domains = [v["domain"] for k, v in drawn["places"]["layout"].items() if k.startswith("yaxis")]
    assert all(0 <= low < high <= 1 for low, high in domains)
    ordered = sorted(domains)
    assert all(low[1] <= high[0] for low, high in pairwise(ordered))


def test_a_chart_that_leaves_something_out_says_so_and_its_table_has_all(many, drawn):
    texts = len(many.sources)
    for name in ("mentions", "rates"):
        assert len(drawn[name]["data"]) < texts
        assert "the table has all" in block(drawn[name])["caption"]
        assert len(block(drawn[name])["columns"]) == texts + 1
    assert f"Drawn: the {timeline.MOST_EVENTS} told by most" in block(drawn["events"])["caption"]
    assert len(block(drawn["events"])["rows"]) == len(many.events)
    assert f"Drawn: the {timeline.MOST_PANELS} texts" in block(drawn["places"])["caption"]
    once = {row[0] for row in timeline.told_against_happened(BOOK).layout.meta[META]["rows"]}
    assert len({row[0] for row in block(drawn["places"])["rows"]}) == FACTOR * len(once)
    assert f"Drawn: n = {network.MOST_PAIRS} pairs" in block(drawn["network"])["caption"]
    for name, chart in CHARTS.items():
        assert "Drawn: the" not in chart(BOOK).layout.meta[META]["caption"], name


def test_stacked_bars_keep_their_totals(drawn):
    mentions = drawn["mentions"]
    sums = [sum(values) for values in zip(*(trace["x"] for trace in mentions["data"]), strict=True)]
    assert sums == [sum(row[1:]) for row in block(mentions)["rows"]]
    texts = len(block(mentions)["columns"]) - 1
    assert mentions["data"][-1]["name"] == f"{texts - charts.MOST_TEXTS} other texts"


def test_the_leaders_that_a_title_names_are_drawn(drawn):
    shown = [trace["name"] for trace in drawn["rates"]["data"]]
    leaders = re.findall(r"(?:: |; )(.+?) in ", block(drawn["rates"])["title"])
    assert leaders
    assert {leader for leader in leaders if not re.fullmatch(r"\d+ texts", leader)} <= set(shown)


def test_how_near_events_lie_to_their_text_is_counted_over_all_texts(drawn):
    near, told = map(int, re.match(r"(\d+) of (\d+)", block(drawn["places"])["title"]).groups())
    once = timeline.told_against_happened(BOOK).layout.meta[META]["title"]
    assert (near, told) == tuple(FACTOR * int(n) for n in re.match(r"(\d+) of (\d+)", once).groups())


def test_what_others_tell_grows_with_the_texts_and_not_with_their_square(many, assessed):
    once, more = timeline.left_out(BOOK), timeline.left_out(many, assessed)
    most = timeline.MOST_MISSING + 1
    assert all(part.count("<li>") <= most for part in more.split("<details>")[1:])
    assert max(part.count("<li>") for part in more.split("<details>")[1:]) == most
    assert "more events that share fewer actors with it" in plain(more)
    assert "share fewer actors" not in plain(once)


def test_epithets_of_many_texts_stand_in_one_column(many):
    once, more = language.differing_epithets(BOOK), language.differing_epithets(many)
    assert once.count('<th scope="col">') == 1 + len(BOOK.sources)
    assert more.count('<th scope="col">') == 2
    given = many.mentions[many.mentions["epithet"] != ""]
    assert more.count("cb-id") == once.count("cb-id") * FACTOR
    different = given.groupby("actor_id")["epithet"].nunique()
    assert more.count("<li>") == different[different > 1].sum()
    assert f"<summary>{FACTOR} places</summary>" in more


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

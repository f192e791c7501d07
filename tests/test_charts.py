"""Charts draw what their tables say, and their tables say what the ledger holds."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from claimbook import cards, charts, evidence, ledger, lineage, palette, tables
from claimbook.mime import CHART, META

BOOK = ledger.load(ledger.data_dir())
TEXTS = {source_id: BOOK.text(source_id) for source_id in BOOK.sources["source_id"]}
BARS = [
    charts.mentions(BOOK),
    charts.claims_by_kind(BOOK),
    charts.verdict_profile(BOOK),
    charts.verdicts_by_kind(BOOK),
    charts.verdicts_by_threshold(BOOK),
    charts.quantities_by_dimension(BOOK),
    charts.event_types(BOOK),
    *(charts.mentions(text) for text in TEXTS.values()),
]
OTHERS = [
    lineage.money(TEXTS["wnd-2001"]),
    charts.arms_by_stage(BOOK),
    *(charts.authority(text) for text in TEXTS.values()),
    *(charts.timeline(text) for text in TEXTS.values()),
]


def bundle(figure):
    """Return what the notebook emits, through JSON as on its way to page and JupyterLab."""
    data, _ = figure._repr_mimebundle_()
    assert set(data) == {CHART}
    return json.loads(json.dumps(data[CHART]))


def block(figure):
    return bundle(figure)["layout"]["meta"][META]


def by_id(figure):
    return block(figure)["id"]


@pytest.mark.parametrize("figure", BARS + OTHERS, ids=by_id)
def test_chart_carries_all_that_a_reader_needs(figure):
    meta = block(figure)
    for part in ("id", "title", "caption", "alt", "source"):
        assert meta[part].strip()
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert meta["rows"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])
    assert "template" not in bundle(figure)["layout"]


@pytest.mark.parametrize("figure", BARS, ids=by_id)
def test_bars_are_the_columns_of_the_table(figure):
    meta = block(figure)
    frame = pd.DataFrame(meta["rows"], columns=meta["columns"])
    drawn = bundle(figure)["data"]
    assert len(drawn) == len(meta["columns"]) - 1
    for trace, column in zip(drawn, meta["columns"][1:], strict=True):
        assert trace["x"] == frame[column].tolist()
        assert trace["y"] == frame[meta["columns"][0]].tolist()


@pytest.mark.parametrize("source_id", TEXTS)
def test_authority_counts_every_claim_once(source_id):
    text = TEXTS[source_id]
    figure = charts.authority(text)
    drawn = sorted(n for trace in bundle(figure)["data"] for n in trace["x"])
    assert drawn == sorted(row[-1] for row in block(figure)["rows"])
    assert sum(drawn) == len(text.claims)


@pytest.mark.parametrize("source_id", TEXTS)
def test_timeline_draws_every_dated_event_at_its_first_day(source_id):
    text = TEXTS[source_id]
    dated = text.events[text.events["date_basis"] != ""]
    marks = [t for t in bundle(charts.timeline(text))["data"] if t["mode"] == "markers"]
    assert sorted(x for t in marks for x in t["x"]) == sorted(dated["date_start"])
    assert len(block(charts.timeline(text))["rows"]) == len(text.events)


@pytest.mark.parametrize("source_id", TEXTS)
def test_an_alleged_event_is_drawn_hollow_and_never_with_the_facts(source_id):
    text = TEXTS[source_id]
    marks = [t for t in bundle(charts.timeline(text))["data"] if t["mode"] == "markers"]
    by_name = {t["name"]: t["marker"]["symbol"] for t in marks}
    assert all(symbol.endswith("-open") for name, symbol in by_name.items() if name != "told as fact")
    dated = text.events[text.events["date_basis"] != ""]
    facts = [t for t in marks if t["name"] == "told as fact"]
    assert sum(len(t["x"]) for t in facts) == (dated["mode"] == "happened").sum()


def test_unlike_sums_of_a_text_stand_on_axes_of_their_own():
    figure = bundle(lineage.money(TEXTS["wnd-2001"]))
    axes = {trace.get("xaxis", "x") for trace in figure["data"]}
    rows = TEXTS["wnd-2001"].quantities
    assert len(axes) == len(rows[rows["dimension"] == "money"]) == 2
    assert len(block(lineage.money(TEXTS["walsh-2021"]))["rows"]) == 1
    assert "No chart" in lineage.money(TEXTS["defence-ua"])


def test_arms_quantities_stand_at_their_stage_and_full_only_with_a_number():
    full, hollow = bundle(charts.arms_by_stage(BOOK))["data"]
    rows = tables.arms(BOOK)
    assert len(full["x"]) == rows["value"].notna().sum()
    assert len(full["x"]) + len(hollow["x"]) == len(rows)
    assert hollow["marker"]["symbol"].endswith("-open")
    stages = [row[2] for row in block(charts.arms_by_stage(BOOK))["rows"]]
    assert sorted(full["x"] + hollow["x"]) == sorted(stages)


@pytest.mark.parametrize("figure", [charts.verdict_profile(BOOK), charts.verdicts_by_kind(BOOK)], ids=by_id)
def test_every_claim_is_in_the_profile_once_under_its_verdict(figure):
    drawn = {t["name"]: sum(t["x"]) for t in bundle(figure)["data"]}
    found = evidence.verdicts(BOOK)["verdict"].map(palette.VERDICTS).value_counts().to_dict()
    assert drawn == found


def test_verdicts_differ_by_filling_as_well_as_colour():
    looks = {
        (t["marker"]["color"], t["marker"]["pattern"]["shape"]) for t in bundle(charts.verdict_profile(BOOK))["data"]
    }
    fillings = {shape for _, shape in looks}
    assert len(looks) == len(fillings) == len(bundle(charts.verdict_profile(BOOK))["data"])


def test_a_tighter_threshold_establishes_less():
    rows = pd.DataFrame(block(charts.verdicts_by_threshold(BOOK))["rows"]).set_axis(
        block(charts.verdicts_by_threshold(BOOK))["columns"], axis=1
    )
    supported = rows.set_index("Threshold")["supported"]
    assert supported.iloc[0] >= supported["Two origins"] >= supported["Three origins"] >= supported.iloc[-1]
    assert (rows.drop(columns="Threshold").sum(axis=1) == BOOK.claims["checkable"].sum()).all()


def test_a_changed_row_changes_chart_and_title():
    events = BOOK.events.copy()
    events["mode"] = "alleged"
    changed = replace(BOOK, tables={**BOOK.tables, "events": events})
    source_id = next(iter(TEXTS))
    assert "0 of" in block(charts.timeline(changed.text(source_id)))["title"]


def test_markup_in_a_cell_is_shown_as_text():
    claims = TEXTS["wnd-2001"].claims.copy()
    claims.loc[0, "statement"] = "<script>alert(1)</script>"
    changed = replace(TEXTS["wnd-2001"], tables={**TEXTS["wnd-2001"].tables, "claims": claims})
    html = cards.claims_in_order(changed)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_strip_has_one_box_a_sentence_and_the_tree_every_claim():
    for text in TEXTS.values():
        assert charts.strip(text).count("cb-block") == len(text.sentences)
        tree = charts.chain_tree(text)
        assert all(f'href="#{claim}"' in tree for claim in text.claims["claim_id"])

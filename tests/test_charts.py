"""Charts draw what their tables say, and their tables say what the ledger holds."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from claimbook import charts, ledger, tables
from claimbook.mime import CHART, META

BOOK = ledger.load(ledger.data_dir())
TEXTS = {source_id: BOOK.text(source_id) for source_id in BOOK.sources["source_id"]}
BARS = [
    charts.mentions(BOOK),
    charts.language(BOOK),
    charts.claims_by_kind(BOOK),
    charts.quantities_by_dimension(BOOK),
    charts.event_types(BOOK),
    *(charts.mentions(text) for text in TEXTS.values()),
]
OTHERS = [
    charts.money(BOOK, tables.arms(BOOK)),
    charts.arms_by_stage(BOOK),
    charts.timeline_by_text(BOOK),
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


def test_an_alleged_event_is_drawn_hollow_and_never_with_the_facts():
    marks = [t for t in bundle(charts.timeline_by_text(BOOK))["data"] if t["mode"] == "markers"]
    by_name = {t["name"]: t["marker"]["symbol"] for t in marks}
    assert by_name["alleged"].endswith("-open")
    assert by_name["alleged"] != by_name["told as fact"]
    dated = BOOK.events[BOOK.events["date_basis"] != ""]
    facts = next(t for t in marks if t["name"] == "told as fact")
    assert len(facts["x"]) == (dated["mode"] == "happened").sum()


def test_money_draws_numbers_as_told_and_invents_none():
    rows = tables.arms(BOOK)
    rows = rows[rows["dimension"] == "money"]
    drawn = bundle(charts.money(BOOK, rows))["data"]
    for trace, (_, quantity) in zip(drawn, rows.iterrows(), strict=True):
        if pd.isna(quantity["value"]):
            assert (trace["mode"], trace["line"]["dash"]) == ("lines", "dot")
        else:
            assert trace["x"] == [quantity["value"]]
    table = block(charts.money(BOOK, rows))["rows"]
    assert [row[1] for row in table] == [None if pd.isna(v) else v for v in rows["value"]]


def test_arms_quantities_stand_at_their_stage_and_full_only_with_a_number():
    full, hollow = bundle(charts.arms_by_stage(BOOK))["data"]
    rows = tables.arms(BOOK)
    assert len(full["x"]) == rows["value"].notna().sum()
    assert len(full["x"]) + len(hollow["x"]) == len(rows)
    assert hollow["marker"]["symbol"].endswith("-open")
    stages = [row[2] for row in block(charts.arms_by_stage(BOOK))["rows"]]
    assert sorted(full["x"] + hollow["x"]) == sorted(stages)


def test_money_in_two_currencies_is_refused():
    rows = BOOK.quantities[BOOK.quantities["dimension"] == "money"].copy()
    rows.iloc[0, rows.columns.get_loc("currency")] = "RUB"
    with pytest.raises(ValueError, match="one currency, not RUB, USD"):
        charts.money(BOOK, rows)
    with pytest.raises(ValueError, match="not none"):
        charts.money(BOOK, rows.iloc[:0])


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
    html = tables.claims_in_order(changed)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_strip_has_one_box_a_sentence_and_the_tree_every_claim():
    for text in TEXTS.values():
        assert charts.strip(text).count("cb-block") == len(text.sentences)
        tree = charts.chain_tree(text)
        assert all(f'href="#{claim}"' in tree for claim in text.claims["claim_id"])

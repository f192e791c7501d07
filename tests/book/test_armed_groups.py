"""The chapter on armed groups: what is said of each, registered, coded and denied; a row changed, and it follows."""

import pytest
from bs4 import BeautifulSoup
from figures import block, rows
from notebooks import charts_of, figure_of, results_of, shown_by
from this_book import BOOK, with_records, with_tables

from claimbook.view.assessments import Assessments
from claimbook.view.explore import FacetFilter
from claimbook.view.markup import plain
from claimbook.view.palette import VERDICTS
from claimbook.view.proofs import NotBorneOutError

PAGE = "chapters/record/armed-groups"
DEALS, SUPPORT = BOOK.records["sipri_deals"], BOOK.records["ucdp_external_support"]
CHARGES = {"Donbas": "defence-ua-c019", "South Ossetia": "defence-ua-c020", "Abkhazia": "defence-ua-c021"}
CHARGES |= {"Hamas": "defence-ua-c128", "Hezbollah": "defence-ua-c129", "Islamic State": "defence-ua-c131"}
SHOWN = Assessments(BOOK)


@pytest.fixture
def shown():
    return shown_by(PAGE)


@pytest.fixture
def figures():
    return charts_of(PAGE)


def by_group(results):
    """Return the table with a line a group: its cells by their heads, by group."""
    [table] = [t for one in results for t in BeautifulSoup(str(one), "html.parser").select("table.cb-table")]
    heads = [head.text for head in table.select("thead th")]
    lines = [[cell.get_text(" ") for cell in row.select("th, td")] for row in table.select("tbody tr")]
    return {line[0]: dict(zip(heads, line, strict=True)) for line in lines}


def test_each_group_has_a_line_with_what_is_said_registered_coded_and_denied(shown):
    table = by_group(shown)
    assert list(table) == list(CHARGES)
    html = "".join(str(one) for one in shown if isinstance(one, str))
    for group, line in table.items():
        assert all(cell.strip() for cell in line.values()), group
        claim = CHARGES[group]
        assert SHOWN.claims.at[claim, "statement"] in line["The text says"]
        assert f'href="../texts/defence-ua.ipynb#{claim}"' in html
        assert plain(SHOWN.denial(claim)).replace(";", " ;").split() == line["Denied by"].replace(";", " ;").split()
        assert VERDICTS[SHOWN.verdicts.at[claim, "verdict"]] in line["Verdict"]
    assert "Russia, 2014–2017" in table["Donbas"]["Coded: Russia"]
    assert "Russian elements, 1993" in table["Abkhazia"]["Coded: Russia"]
    assert "not named" in table["Hamas"]["Coded: Russia"]
    assert table["Islamic State"]["Registered suppliers"] == "not in our extract"
    assert "Russia" not in table["Hezbollah"]["Registered suppliers"]


def test_the_table_follows_who_is_asked_for_and_a_row_of_the_record(monkeypatch):
    iran = by_group(results_of(PAGE, monkeypatch, change=('who = "Russia"', 'who = "Iran"')))
    assert "Iran, " in iran["Hamas"]["Coded: Iran"]
    assert "not named" in iran["Donbas"]["Coded: Iran"]
    support = SUPPORT.copy()
    at = support.index[(support["actor"] == "Hamas") & (support["year"] == 2017)][0]
    support.loc[at, "supporter"] = "Russia"
    changed = by_group(results_of(PAGE, monkeypatch, with_records(ucdp_external_support=support)))
    assert "Russia, 2017" in changed["Hamas"]["Coded: Russia"]


def test_a_verdict_of_another_kind_stops_the_lead(monkeypatch):
    gone = BOOK.evidence[~BOOK.evidence["claim_id"].isin(["defence-ua-c020", "defence-ua-c021"])]
    with pytest.raises(NotBorneOutError, match="is supported, to"):
        results_of(PAGE, monkeypatch, with_tables(evidence=gone))


def test_everyone_who_published_on_a_charge_is_named_once_on_a_side_with_a_link(shown):
    [listed] = [s for one in shown if (s := BeautifulSoup(str(one), "html.parser")).select_one(".cb-entries")]
    entries = listed.select(".cb-entry")
    for entry, claim in zip(entries, CHARGES.values(), strict=True):
        assert SHOWN.claims.at[claim, "statement"] in entry.get_text()
        mine = BOOK.evidence[(BOOK.evidence["claim_id"] == claim) & (BOOK.evidence["check"] == "")]
        assert {a.get_text() for a in entry.select("dd a")} == set(mine["origin"].map(SHOWN.origins))
        said = dict(zip([t.text for t in entry.select("dt")], [d.text for d in entry.select("dd")], strict=True))
        for head, stance, side in (("Speaks against it", "contradicts", "against"), ("Denied by", "denies", "denial")):
            named = set(mine.loc[mine["stance"] == stance, "origin"].map(SHOWN.origins))
            assert set(said[head].split("; ")) == (named or {SHOWN.absent(claim, side)})


def test_a_source_that_is_coded_against_moves_to_the_other_side(monkeypatch):
    turned = BOOK.evidence.copy()
    at = turned.index[(turned["claim_id"] == "defence-ua-c019") & (turned["origin"] == "osce-smm")]
    turned.loc[at, "stance"] = "contradicts"
    found = results_of(PAGE, monkeypatch, with_tables(evidence=turned))
    entry = next(e for one in found for e in BeautifulSoup(str(one), "html.parser").select(".cb-entry"))
    against = dict(zip([t.text for t in entry.select("dt")], [d.text for d in entry.select("dd")], strict=True))
    assert against["Speaks against it"] == SHOWN.origins["osce-smm"]


def test_suppliers_of_groups_count_every_deal_once(figures, monkeypatch):
    drawn = rows(figures["groups-suppliers"])
    mine = DEALS[DEALS["recipient_kind"] == "non-state"]
    deals = drawn["deals"].astype(int)
    assert deals.sum() == len(mine)
    assert deals[drawn["supplier"] == "Russia"].sum() == (mine["supplier"] == "Russia").sum()
    assert deals[drawn["supplier"] == "not known"].sum() == (mine["supplier"] == "unknown").sum()
    changed = DEALS.copy()
    changed.loc[changed.index[changed["recipient"] == "Hamas"][0], "supplier"] = "Russia"
    with pytest.raises(NotBorneOutError, match="not for Hamas or Hezbollah"):
        results_of(PAGE, monkeypatch, with_records(sipri_deals=changed))


def test_support_is_shown_once_a_group_and_year_and_follows_who_is_asked_for(figures, monkeypatch):
    armed = SUPPORT[SUPPORT["actor_kind"] == "non-state"]
    figure = figures["groups-supporters"]
    assert len(rows(figure)) == len(armed[["actor", "year"]].drop_duplicates())

    def marked(figure, name):
        return sum(len(trace.x) for trace in figure.data if trace.name == f"{name} named")

    def pairs(name):
        return len(armed[armed["supporter"].str.startswith(name)][["actor", "year"]].drop_duplicates())

    assert marked(figure, "Russia") == pairs("Russia")
    iran = figure_of("groups-supporters", PAGE, monkeypatch, change=('who = "Russia"', 'who = "Iran"'))
    assert (marked(iran, "Iran"), marked(iran, "Russia")) == (pairs("Iran"), 0)
    assert block(iran)["title"].startswith("The conflict data name Iran for ")


def test_every_figure_has_its_words_its_number_and_its_caveat(figures):
    assert figures.keys() == {"groups-suppliers", "groups-supporters"}
    for figure in figures.values():
        said = block(figure)
        assert all(said[part].strip() for part in ("id", "title", "caption", "alt", "source"))
        assert "n = " in said["caption"]


def test_every_claim_on_a_group_can_be_found_with_its_verdict_and_its_denial(shown):
    [control] = [one for one in shown if isinstance(one, FacetFilter)]
    ids = ["hamas", "hezbollah", "islamic-state", "donbas", "south-ossetia", "abkhazia"]
    on = BOOK.claims[BOOK.claims["subject"].isin(ids) | BOOK.claims["object"].isin(ids)]
    assert len(control.rows) == len(on)
    assert set(control.facets["group"][1]) == set(CHARGES)
    for claim, (_, values, html) in zip(on["claim_id"], control.rows, strict=True):
        assert f'href="../texts/defence-ua.ipynb#{claim}"' in html
        assert values["verdict"] == [VERDICTS[SHOWN.verdicts.at[claim, "verdict"]]]
        assert SHOWN.denial(claim) is None or plain(SHOWN.denial(claim)) in plain(html)
    assert 0 < len(control.select(group="Hamas", about="arms")) < len(control.select(group="Hamas"))

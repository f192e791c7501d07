"""Finding one's way, on small inputs: folding, the data of the search, glosses, addresses and what links need."""

import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from claimbook.exchange.published import data_day
from claimbook.model import ids, ledger
from claimbook.model.settings import BASE_URL
from claimbook.site import find, folding, glosses, publish, things
from claimbook.site.page import Page
from claimbook.view import addresses, tables
from claimbook.view.cards import Cards

BASE = "https://books.example/arms/"
ALIKE = [
    "Lukashenko Лукашенко Łukaszenka Lukashenka Лукашэнка Lukaschenko",
    "Tehran Teheran Тегеран",
    "Khamenei Khameini Хаменеи",
    "Wezeman Wezemaen",
    "Moscow Moskva Москва",
    "Belarus Беларусь",
    "Hezbollah Hizballah Хезболла",
    "Alexander Aleksandr Александр Аляксандр",
    "Yanukovych Янукович",
    "Shoigu Шойгу",
]
APART = [
    "Iran Iraq",
    "Raisi Russia",
    "Syria Serbia",
    "Putin Lavrov",
    "Hamas Homs",
    "Belarus Belgrade",
    "Moldova Moscow",
]


def heard(names):
    return {folding.sound(folding.fold(name)) for name in names.split()}


@pytest.mark.parametrize("names", ALIKE)
def test_spellings_of_one_name_sound_alike(names):
    assert len(heard(names)) == 1


@pytest.mark.parametrize("names", APART)
def test_different_names_do_not(names):
    assert len(heard(names)) == len(names.split())


def test_words_lose_case_diacritics_and_script_and_nothing_else():
    assert folding.words("Coup d’ÉTAT, S-300; Łódź — Щёлково") == [
        "coup",
        "d",
        "etat",
        "s",
        "300",
        "lodz",
        "shchelkovo",
    ]
    assert folding.fold("ship") != folding.fold("chip")


@pytest.fixture
def small(folder):
    return ledger.load(folder.path)


def test_what_can_be_found_is_what_the_ledger_holds(small):
    found = things.in_ledger(small)
    for group, table, key in (
        ("claims", "claims", "claim_id"),
        ("quantities", "quantities", "quantity_id"),
        ("events", "events", "event_id"),
        ("evidence", "evidence", "evidence_id"),
    ):
        assert sorted(entry[0] for entry in found.groups[group]) == sorted(small.tables[table][key]), group
    assert set(found.claims) == set(small.claims["claim_id"])
    for group in ("claims", "evidence"):
        for name, address, *_ in found.groups[group]:
            claim = name if group == "claims" else name.rpartition("-")[0]
            assert address == f"claims/{claim}.html#{name}"


def test_a_name_leads_to_the_place_of_whom_it_names(small):
    where = {name: address for name, address, *_ in things.in_ledger(small).groups["actors"]}
    assert where["tess-harrow"] == f"chapters/texts/alder-2030.html#{addresses.ABOUT}"
    assert where["oda-brandt"] == "chapters/record/claims.html#claims:actor=oda-brandt"
    assert where["observers"] == "chapters/record/claims.html#claims:actor=observers", "who only speaks has claims too"


def test_a_claim_is_found_with_why_its_verdict_is_so_and_which_part_holds(small):
    found = things.in_ledger(small).claims
    cards = Cards(small)
    for claim_id, (_, verdict, reason, _, why, part) in found.items():
        assert why == ("" if reason else cards.assessed.why(claim_id))
        assert bool(part) == (verdict == "partly_supported")
    assert {verdict for _, verdict, *_ in found.values()} >= {"partly_supported", "not_checkable"}


def test_what_a_section_says_is_found_wherever_an_output_puts_it(tmp_path):
    body = (
        '<section id="top"><h1>Arms</h1><div class="cell"><div><p>A lead</p></div></div>'
        '<section id="part"><h2>A part</h2><div><p>In words.</p><table><caption>Sold in 2001</caption>'
        "<tr><td>7</td></tr></table><details><p>Hidden.</p></details></div></section>"
        '<section id="p1" class="cb-sentence"><h3>Paragraph 1</h3><p>A claim.</p></section></section>'
    )
    found = find.Found()
    find.on_page(found, page_of(tmp_path / "arms.html", body))
    assert [(e[0], e[4]) for e in found.groups["sections"]] == [
        ("top", "A lead."),
        ("part", "In words.\nSold in 2001."),
    ]


def test_a_label_stands_with_its_value_and_what_is_whole_gets_no_stop(tmp_path):
    body = (
        '<section id="top"><h1>Arms</h1><dl><dt>Outlet</dt><dd>The Alder (alder.example)</dd><dt>Published</dt>'
        "<dd>in March</dd></dl><p>It is so. (<a>source</a>)</p><p><strong>Try:</strong> change it.</p></section>"
    )
    found = find.Found()
    find.on_page(found, page_of(tmp_path / "arms.html", body))
    [entry] = found.groups["sections"]
    assert entry[4] == "Outlet: The Alder (alder.example). Published: in March.\nIt is so. (source)"


@pytest.mark.parametrize(("others", "texts"), [(1, ("alder-2030",)), (2, ())])
def test_a_page_is_about_the_text_to_whose_claims_it_leads(others, texts, tmp_path):
    claims = [f"alder-2030-c00{n}" for n in range(1, 5)] + [f"birch-2031-c00{n}" for n in range(1, others + 1)]
    links = "".join(f'<a href="claims/{claim}.html#{claim}">{claim}</a>' for claim in claims)
    found = find.Found()
    find.on_page(found, page_of(tmp_path / "arms.html", f'<section id="top"><h1>Arms</h1><p>{links}</p></section>'))
    assert found.groups["sections"][0][8] == texts


def test_a_text_is_called_by_its_kind_its_years_and_its_name(folder, small):
    called = things.called(small)
    assert called["alder-2030"] == (["articl"], ["2030"], ["ald"])
    kinds, years, name = called["birch-2031"]
    assert "blog" in kinds
    assert (years, name) == ([], ["birch"])
    folder.set("sources.csv", 2, "genre", "opinion")
    assert "column" in things.called(ledger.load(folder.path))["alder-2030"][0], "an opinion that somebody signs"
    folder.set("sources.csv", 2, "author", "")
    assert "column" not in things.called(ledger.load(folder.path))["alder-2030"][0]


@pytest.mark.parametrize(("living", "kind", "said"), [("true", "person", True), ("false", "state", False)])
def test_a_claim_about_a_living_person_carries_its_denial_or_that_there_is_none(folder, living, kind, said):
    for line in range(2, len(folder.rows("actors.csv")) + 1):
        folder.set("actors.csv", line, "living", living)
        folder.set("actors.csv", line, "kind", kind)
    small = ledger.load(folder.path)
    about = small.claims["subject"].isin(small.actors["actor_id"])
    denials = {things.in_ledger(small).claims[claim][3] for claim in small.claims.loc[about, "claim_id"]}
    assert ("not searched" in denials) == said
    assert ("" in denials) != said


def test_a_quantity_has_its_anchor_in_the_chapter_of_its_text_alone(small):
    first = small.quantities.at[0, "quantity_id"]
    home = small.text(ids.text_of(first))
    row = BeautifulSoup(tables.quantities(home), "html.parser").select_one(f"tr#{first}")
    assert row.select_one("a.cb-id")["href"] == addresses.quantity(first)
    whole = BeautifulSoup(tables.quantities(small), "html.parser")
    assert whole.select("tr[id]") == []
    assert len(whole.select(f"a.cb-id[href$={first}]")) == 1


def page_of(path, body):
    html = f"<html><head></head><body><article>{body}</article></body></html>"
    path.write_text(html, encoding="utf-8")
    return Page.read(path.name, path.read_text(encoding="utf-8"))


ENTRIES = (
    '<dl class="glossary"><dt id="term-TIV">TIV<a class="headerlink" href="#term-TIV">#</a></dt>'
    '<dt id="term-trend">trend value</dt><dd><p>A volume.</p><p>More.</p></dd>'
    '<dt id="term-hop">hop</dt><dd><p>A step.</p></dd></dl>'
)


def test_the_first_use_of_a_term_on_a_page_leads_to_its_entry(tmp_path):
    page = page_of(tmp_path / "glossary.html", f"<h1>Words</h1>{ENTRIES}")
    glossary = glosses.Glossary(page.name, find.terms(page))
    assert glossary.glosses == {"term-TIV": ["TIV", "A volume."], "term-hop": ["hop", "A step."]}
    body = (
        "<h1>Hops</h1><details><summary>One hop</summary><p>Of three hops.</p></details>"
        "<p>Shopping, <q>a hop</q>, <code>hop</code>, tiv: Hops of TIV, a hop, a trend value.</p>"
    )
    page = page_of(tmp_path / "page.html", body)
    before = page.soup.get_text()
    glosses.link(page, glossary)
    assert page.soup.get_text() == before
    links = page.soup.select("a.cb-term")
    assert [(a.string, a["href"]) for a in links] == [
        ("Hops", "glossary.html#term-hop"),
        ("TIV", "glossary.html#term-TIV"),
    ]
    assert all(a.parent.name == "p" and a.parent.parent.name == "article" for a in links)
    assert set(links) <= set(page.elements)


def test_a_term_that_stands_in_a_fold_alone_is_marked_there(tmp_path):
    glossary = glosses.Glossary("glossary.html", [("term-hop", "hop", "A step.", [])])
    page = page_of(tmp_path / "page.html", "<details><summary>hop</summary><p>hop hop</p></details>")
    glosses.link(page, glossary)
    assert str(page.soup.p) == '<p><a class="cb-term" href="glossary.html#term-hop">hop</a> hop</p>'


def test_an_ordinary_word_in_a_finding_is_the_source_s(tmp_path):
    entries = [("term-hop", "hop", "A step.", []), ("term-TIV", "TIV", "A volume.", []), ("term-x", "hop on", "Z.", [])]
    page = page_of(tmp_path / "page.html", '<ul class="cb-sides"><li>A hop of TIV</li></ul><p>hop</p>')
    glosses.link(page, glosses.Glossary("glossary.html", entries))
    assert [(a.string, a.parent.name) for a in page.soup.select("a.cb-term")] == [("TIV", "li"), ("hop", "p")]


def test_sections_charts_and_terms_can_be_found(tmp_path):
    body = (
        '<section id="top"><h1>Arms<a class="headerlink" href="#top">#</a></h1><p>Lead.</p>'
        '<section id="part"><h2>A part</h2><p>Some words.</p>'
        '<figure id="chart-a" class="cb-chart"><p class="cb-title"><span>It grew</span></p>'
        f"<figcaption><p>By year.</p></figcaption></figure></section>{ENTRIES}</section>"
    )
    found = find.Found()
    find.on_page(found, page_of(tmp_path / "arms.html", body))
    assert [e[:4] for e in found.groups["sections"]] == [
        ("top", "arms.html#top", "Arms", ""),
        ("part", "arms.html#part", "A part", "Arms"),
    ]
    assert found.groups["sections"][1][4] == "Some words."
    assert found.groups["charts"] == [("chart-a", "arms.html#chart-a", "It grew", "Arms", "By year.", (), "", "", ())]
    assert [e[:4] for e in found.groups["terms"]] == [
        ("term-TIV", "arms.html#term-TIV", "TIV", "A volume."),
        ("term-hop", "arms.html#term-hop", "hop", "A step."),
    ]


# Where the book is published -----------------------------------------------------------------------


def head_of(base, address="chapters/a.html", preview=True):
    book = {"title": "Book", "authors": "us", "version": "1.2", "year": "2026"}
    given = {"book": book, "address": address, "base": base, "preview": preview}
    html = publish.head(title='A "title" <b>', description="A lead.", **given)
    return BeautifulSoup(html, "html.parser")


def said(page):
    return {m.get("name") or m["property"]: m["content"] for m in page.select("meta")}


def test_a_page_of_a_published_book_says_where_it_is():
    page = head_of(BASE)
    facts = said(page)
    assert facts["og:url"] == f"{BASE}chapters/a.html"
    assert facts["og:image"] == f"{BASE}_static/preview.png"
    assert facts["og:title"] == 'A "title" <b>'
    assert facts["description"] == facts["og:description"] == "A lead."
    assert facts["twitter:card"] == "summary_large_image"
    assert json.loads(page.script.string) == {
        "title": "Book",
        "authors": "us",
        "version": "1.2",
        "year": "2026",
        "page": 'A "title" <b>',
        "base": BASE,
    }


def test_a_book_without_a_picture_for_links_names_none():
    facts = said(head_of(BASE, preview=False))
    assert facts["og:url"] == f"{BASE}chapters/a.html"
    assert not [name for name in facts if "image" in name or name == "twitter:card"]


def test_the_year_of_citations_is_that_of_the_last_day_of_the_data(folder):
    assert publish.cited_as(folder.path)["year"] == data_day(ledger.load(folder.path))[:4] > "2000"
    assert publish.cited_as(folder.path / "nowhere") == {"version": "", "year": ""}
    folder.write("searches.csv", folder.rows("searches.csv")[:1])
    for line in range(2, len(folder.rows("sources.csv")) + 1):
        folder.set("sources.csv", line, "published_latest", "")
    # Where no search and no text has a day, that of the evidence or of the records is taken.
    assert publish.cited_as(folder.path)["year"] == data_day(ledger.load(folder.path))[:4] > "2000"


def test_without_an_address_none_is_made_up():
    facts = said(head_of(""))
    assert facts["description"] == "A lead."
    assert not [value for value in facts.values() if "://" in value]
    assert "og:image" not in facts
    assert "og:url" not in said(head_of(BASE, "404.html"))


def test_the_map_lists_every_page_of_a_published_book(tmp_path):
    publish.write_map(tmp_path, {"index", "chapters/a"}, "")
    assert list(tmp_path.iterdir()) == []
    publish.write_map(tmp_path, {"index", "chapters/a"}, BASE)
    places = [e.text for e in ElementTree.parse(tmp_path / "sitemap.xml").iter() if e.tag.endswith("loc")]
    assert places == [f"{BASE}chapters/a.html", f"{BASE}index.html"]
    assert f"Sitemap: {BASE}sitemap.xml" in (tmp_path / "robots.txt").read_text()


def test_the_address_comes_from_the_environment_or_the_configuration(monkeypatch):
    monkeypatch.delenv(BASE_URL, raising=False)
    assert publish.base_url("") == ""
    assert publish.base_url("https://a.example/b") == "https://a.example/b/"
    monkeypatch.setenv(BASE_URL, BASE)
    assert publish.base_url("https://a.example/b") == BASE


@pytest.mark.parametrize(
    "address", ["books.example/arms", "ftp://books.example/", "https://a.example/?q=1", "https:// a"]
)
def test_an_address_that_is_none_is_refused_by_name_and_value(monkeypatch, address):
    monkeypatch.setenv(BASE_URL, address)
    with pytest.raises(ConfigError) as error:
        publish.base_url("")
    assert str(error.value).startswith(f"{BASE_URL}: {address}: ")
    monkeypatch.delenv(BASE_URL)
    with pytest.raises(ConfigError, match=r"_config\.yml: html\.baseurl: "):
        publish.base_url(address)


def test_the_page_not_found_offers_search_and_every_chapter():
    page = BeautifulSoup(publish.not_found({"chapters/a": "A & B", "chapters/b": "C"}), "html.parser")
    assert page.select_one("form[role=search][action='search.html'] input[name=q]")
    assert [(a["href"], a.string) for a in page.select("ul a")][1:] == [
        ("chapters/a.html", "A & B"),
        ("chapters/b.html", "C"),
    ]
